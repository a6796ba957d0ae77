/* proof.h - the proof of an optimum kept alive: what verify.c computes whole, updated by what changed.
 *
 * The proof owns a point and the sums that verify.c forms from it. It is told of every edit of the
 * problem and of every changed value, price and status; each costs what it touches. Its arrays are the
 * answer: nothing that a solver says but single values and prices is believed, and what it forgets to
 * tell is simply not in the answer.
 *
 * Implication  A check that passes here passes in dca__verify_optimal(): the sums differ from those
 *              of verify.c by a rounding error that is bounded, and the bound counts against the claim
 *              (docs/numerics.md). Where that is too little, or a reduced cost points at an infinite
 *              bound, the whole check decides.
 * Cost         An entry of a changed column for x_j; an entry of every column with an entry in row i
 *              for y_i. The matrix by rows is kept: 12 bytes an entry. */
#ifndef DCA_LP_PROOF_H
#define DCA_LP_PROOF_H

#include "dcalloc/backend.h"
#include "lp/point.h"

typedef struct dca__proof dca__proof;

DCA_NODISCARD dca_status dca__proof_new(dca_env *env, dca__proof **out);
void dca__proof_free(dca__proof *proof);

/** Take over the point, with x, y and statuses (left without arrays), and sum up everything. With
 *  `same_matrix` the matrix is that of the last call. O(nnz). On DCA_E_NOMEM the caller still
 *  owns the point, and the proof is of nothing. */
DCA_NODISCARD dca_status dca__proof_begin(dca__proof *proof, const dca_problem *problem,
                                          bool same_matrix, dca__point *point);
/** Call before changes that follow. On DCA_E_NOMEM the proof stands. O(m + n) when an answer that was
 *  handed out still shares the arrays. */
DCA_NODISCARD dca_status dca__proof_open(dca__proof *proof);
/** The problem was edited: a cost, or bounds of a column or row; `problem` is as it is now. Price,
 *  value and status are to be told again. */
void dca__proof_edit(dca__proof *proof, const dca_problem *problem, const dca_edit *edit);
void dca__proof_set_column(dca__proof *proof, const dca_problem *problem, dca_index j, double x,
                           uint8_t status);
/** A price that points at an infinite side counts as 0. */
void dca__proof_set_row(dca__proof *proof, const dca_problem *problem, dca_index i, double y,
                        uint8_t status);
/** Reduced costs, sums and certificate for all changes so far; cert->valid implies what
 *  dca__verify_optimal() would say. */
void dca__proof_check(dca__proof *proof, const dca_problem *problem, dca_certificate *cert);
/** After a check: columns whose reduced cost points at an infinite bound. */
const dca_index *dca__proof_open_columns(dca__proof *proof, dca_index *count);
/** After a check: one of those is more than rounding. */
bool dca__proof_has_drifted(const dca__proof *proof);
/** After a check: basic columns whose reduced cost is not 0. */
const dca_index *dca__proof_inexact_columns(dca__proof *proof, dca_index *count);
/** c'x + c0. */
double dca__proof_objective(const dca__proof *proof, const dca_problem *problem);
/** The point, x, d, activity, y and statuses: the proof's own, which stays its owner. */
dca__point *dca__proof_point(dca__proof *proof);
/** So many entries were touched since begin that the sums should be formed anew. */
bool dca__proof_is_worn(const dca__proof *proof);

#endif
