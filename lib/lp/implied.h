/* implied.h - column bounds that follow from the rows.
 *
 * From  rl_i <= sum_k a_ik x_k <= ru_i  and bounds on the other columns,
 *     a_ij > 0:  x_j <= (ru_i - min_i) / a_ij,   x_j >= (rl_i - max_i) / a_ij
 * (swapped for a_ij < 0), where min_i and max_i are the least and largest activity of the other
 * columns. The cut-off row c'x <= P takes part as one more row. Every bound is pushed outwards by
 * more than its rounding error, so that it holds for real numbers.
 *
 * Only bounds that are infinite are replaced; these are for proofs, never handed to a simplex. */
#ifndef DCA_LP_IMPLIED_H
#define DCA_LP_IMPLIED_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#include <stdbool.h>

typedef struct dca__implied dca__implied;

/** Sum up the activities. cutoff: largest c'x (without offset), INFINITY: none. O(nnz). */
DCA_NODISCARD dca_status dca__implied_new(dca_env *env, const dca_problem *problem, double cutoff,
                                          dca__implied **out);
void dca__implied_free(dca__implied *implied);

/** The tightest upper (or lower) bound on column j that one row gives now; its own bound when that
 *  is finite; infinite when there is none. O(length of the column). */
double dca__implied_bound(const dca__implied *implied, dca_index j, bool upper);

/** Replace infinite bounds until no row gives another, once each. O(nnz). */
DCA_NODISCARD dca_status dca__implied_propagate(dca__implied *implied);

#endif
