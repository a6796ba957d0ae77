/* crash_penalty.h - rough prices and values of a problem without a basis. */
#ifndef DCA_SIMPLEX_CRASH_PENALTY_H
#define DCA_SIMPLEX_CRASH_PENALTY_H

#include "simplex/state.h"

/** Values x [n] within their bounds, nearly feasible, and prices y [m], for the caller's costs, by about
 *  `most` entries touched. *left: the part of the rows' violation at the bounds that x has left, 1 where
 *  nothing was done. */
DCA_NODISCARD dca_status dca__simplex_penalty(dca__simplex *s, int64_t most, double *x, double *y,
                                              double *left);

#endif
