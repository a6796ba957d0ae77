/* reach.h - how far a column can go: bounds that rows imply, from sums kept between questions.
 *
 *     a_ij x_j <= ru_i - sum over k != i of the least a_ik x_k,    and so on for the other sides
 *
 * Kept are, for each row that was asked and for the costs as a row, c'x <= cut-off, the least and the
 * largest of the sum over all columns with finite bounds there, and the number of the others. A question
 * is then O(length of the column); where other columns of a row have no bound of their own either, theirs are
 * looked for in the same way, a few rows deep.
 *
 * Bounds are pushed outwards by far more than the rounding of the sums. */
#ifndef DCA_LP_REACH_H
#define DCA_LP_REACH_H

#include "dcalloc/backend.h"

#include <stdbool.h>

typedef struct dca__reach dca__reach;

/** The matrix by rows, which the caller keeps as long as the object is used. */
typedef struct dca__rows {
    const dca_nnz *start;   /* [m+1] */
    const dca_index *index; /* columns */
    const double *value;
} dca__rows;

DCA_NODISCARD dca_status dca__reach_new(dca_env *env, const dca_problem *problem, dca__rows rows,
                                        dca__reach **out);
void dca__reach_free(dca__reach *reach);
/** Everything may have changed but the matrix. O(m + n). */
void dca__reach_begin(dca__reach *reach, const dca_problem *problem);
/** The bounds or the cost of column j have changed. O(length of the column). */
void dca__reach_edit(dca__reach *reach, const dca_problem *problem, dca_index j);
/** A bound of x_j where c'x <= cutoff; infinite where none was found. *work counts entries. */
double dca__reach_bound(dca__reach *reach, const dca_problem *problem, double cutoff, dca_index j,
                        bool upper, int64_t *work);

#endif
