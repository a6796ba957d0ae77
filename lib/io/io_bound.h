/* io_bound.h - from where on a number in a file of an LP is an infinite bound. */
#ifndef DCA_IO_IO_BOUND_H
#define DCA_IO_IO_BOUND_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

/** Bounds of this size are infinite in MPS and LP files, as CPLEX, Gurobi and HiGHS read them. */
#define DCA__FILE_INFINITY 1e20

/** A bound that a file means by `value`. */
double dca__file_bound(double value);
/** DCA_E_ARG for a finite bound that a file of `format` would turn into an infinite one. */
DCA_NODISCARD dca_status dca__file_check_bound(dca_kind kind, dca_index index, const char *name,
                                               double value, const char *format, dca_error *err);

#endif
