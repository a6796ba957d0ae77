/* scale.h - factors of two that bring the entries of a problem near 1.
 *
 *     A' = R A S,  c' = t S c,  x = S x',  y = R y' / t,  d = S^-1 d' / t
 *
 * R and S are diagonal, t is a number, all powers of two: scaling and undoing it are exact. Bounds of
 * columns divide by S, those of rows multiply by R. Infinities stay. */
#ifndef DCA_LP_SCALE_H
#define DCA_LP_SCALE_H

#include "dcalloc/backend.h"
#include "dcalloc/export.h"
#include "dcalloc/types.h"

typedef struct dca__scale {
    dca_index num_rows, num_columns;
    double *row;      /* [m] diagonal of R */
    double *column;   /* [n] diagonal of S */
    double objective; /* t */
} dca__scale;

/** Factors for a problem: geometric, then equilibration of columns. O(nnz), a few passes. */
DCA_NODISCARD dca_status dca__scale_new(dca_env *env, const dca_problem *problem, dca__scale *out);
/** All factors 1. */
DCA_NODISCARD dca_status dca__scale_identity(dca_env *env, dca_index num_rows,
                                             dca_index num_columns, dca__scale *out);
void dca__scale_free(dca_env *env, dca__scale *scale);

/** The arrays of a problem, in place; start, length and index say where the entries are. */
void dca__scale_apply(const dca__scale *scale, const dca_problem *problem, double *cost,
                      double *lower, double *upper, double *row_lower, double *row_upper,
                      double *value);
/** The inverse, exact again. */
void dca__scale_undo_apply(const dca__scale *scale, const dca_problem *problem, double *cost,
                           double *lower, double *upper, double *row_lower, double *row_upper,
                           double *value);
/** An edit in the scaled problem. */
dca_edit dca__scale_edit(const dca__scale *scale, const dca_edit *edit);

/* Back to the caller's numbers, in place. */
void dca__scale_undo_point(const dca__scale *scale, double *x, double *y);
void dca__scale_undo_farkas(const dca__scale *scale, double *y);
void dca__scale_undo_direction(const dca__scale *scale, double *r);

#endif
