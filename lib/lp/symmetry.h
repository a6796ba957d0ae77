/* symmetry.h - rows and columns that cannot be told apart become one.
 *
 * A partition of rows and columns into classes is equitable when all members of a class have equal
 * bounds and costs and, for every pair of classes and every value, equally many entries of that value.
 * Then the points that are constant on classes of columns contain an optimum, and the quotient, one
 * row and one column per class, has it:
 *
 *     minimise  sum_Q |Q| c_Q x_Q   subject to   rl_P <= sum_Q s_PQ x_Q <= ru_P,   l_Q <= x_Q <= u_Q
 *     s_PQ = sum over j in Q of a_ij, the same for every i in P
 *
 *     x_j = x_Q,   y_i = y_P / |P|,   d_j = d_Q / |Q|
 *
 * The coarsest equitable partition is found by colour refinement: keys first, over all rows and columns
 * in turn, which is where problems without symmetry are given up (symmetry_screen.c); then one class
 * at a time against a worklist (symmetry_refine.c). Keys are hashes; what they merged is compared
 * entry by entry before it is used (symmetry_quotient.c), so that no answer rests on them.
 *
 * Grohe, Kersting, Mladenov, Selman (2014), "Dimension reduction via colour refinement", ESA; Paige,
 * Tarjan (1987), "Three partition refinement algorithms", SIAM J. Computing; Berkholz, Bonsma, Grohe
 * (2017), "Tight lower and upper bounds for the complexity of canonical colour refinement", Theory of
 * Computing Systems. Ours counts entries by value where Grohe et al. allow any equal sums: sums of
 * doubles cannot be compared exactly. */
#ifndef DCA_LP_SYMMETRY_H
#define DCA_LP_SYMMETRY_H

#include "base/limit.h"
#include "dcalloc/export.h"
#include "dcalloc/types.h"
#include "lp/point.h"

typedef struct dca__symmetry dca__symmetry;

typedef enum dca__symmetry_verdict {
    DCA__SYMMETRY_NOTHING =
        0, /* too small, or too little would be merged: solve the problem as it is */
    DCA__SYMMETRY_REDUCED, /* dca__symmetry_quotient() has the quotient */
    DCA__SYMMETRY_STOPPED  /* the control said so */
} dca__symmetry_verdict;

/** The quotient has at most one class per this many rows and columns, else it does not pay. */
enum { DCA__SYMMETRY_FACTOR = 2 };

/** Merge. `problem` is borrowed until the object is freed. O((m + n + nnz) log (m + n)) work where it
 *  pays, mostly below 4 nnz where it does not. */
DCA_NODISCARD dca_status dca__symmetry_new(dca_env *env, const dca_problem *problem,
                                           dca_control *control, dca__symmetry **out,
                                           dca__symmetry_verdict *verdict);
void dca__symmetry_free(dca__symmetry *symmetry);

/** The quotient, after verdict REDUCED. Borrowed. */
const dca_problem *dca__symmetry_quotient(const dca__symmetry *symmetry);
/** Entries touched so far. */
int64_t dca__symmetry_work(const dca__symmetry *symmetry);

/** The way back: x and y of the quotient to x and y of the original, each as good there as here. */
void dca__symmetry_lift_x(const dca__symmetry *symmetry, const double *quotient, double *x);
void dca__symmetry_lift_y(const dca__symmetry *symmetry, const double *quotient, double *y);
/** Statuses for a simplex on the original to start from, given an optimal point of the quotient with its
 *  basis: columns [n], rows [m]. As many basic as there are rows, not always independent. O(nnz). */
DCA_NODISCARD dca_status dca__symmetry_lift_start(const dca__symmetry *symmetry,
                                                  const dca__point *quotient, uint8_t *columns,
                                                  uint8_t *rows);

#endif
