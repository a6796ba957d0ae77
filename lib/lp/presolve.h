/* presolve.h - a smaller problem with the same optimum, and the way back.
 *
 * Reductions remove rows and columns one at a time. Bounds are tightened only by a row or column that
 * goes in exchange, never by what merely follows from rows that stay: an answer at such a bound would
 * be no vertex of the original. Each leaves a record on a stack; undone in reverse they turn an optimal
 * primal point, prices and basis of the reduced problem into those of the original.
 *
 * What presolve finds unbounded it does not say, nor what it finds infeasible by more than one row: the
 * caller solves the original. Where one row cannot be satisfied, or the reduced problem has a Farkas
 * ray, dca__presolve_ray() makes it one of the original, which can be multiplied out.
 *
 * Andersen, Andersen (1995), "Presolving in linear programming", Math. Programming; Gondzio (1997),
 * "Presolve analysis of linear programs prior to applying an interior point method", INFORMS J.
 * Computing; Galabova (2023), "Presolve, crash and software engineering for HiGHS". */
#ifndef DCA_LP_PRESOLVE_H
#define DCA_LP_PRESOLVE_H

#include "base/limit.h"
#include "dcalloc/export.h"
#include "dcalloc/types.h"
#include "lp/point.h"

typedef struct dca__presolve dca__presolve;

typedef enum dca__presolve_verdict {
    DCA__PRESOLVE_NOTHING = 0, /* removed less than is worth it: solve the original */
    DCA__PRESOLVE_REDUCED, /* dca__presolve_problem() has the rest, maybe without rows or columns */
    DCA__PRESOLVE_CONTRADICTION, /* a row cannot be satisfied: dca__presolve_ray(p, NULL, ..) */
    DCA__PRESOLVE_UNDECIDED,     /* infeasible or unbounded by the look of it: solve the original */
    DCA__PRESOLVE_STOPPED        /* the control said so */
} dca__presolve_verdict;

/** Reduce. `problem` is borrowed until the object is freed. O(nnz) work a pass, until a pass removes
 *  less than 1 % of what is left. */
DCA_NODISCARD dca_status dca__presolve_new(dca_env *env, const dca_problem *problem,
                                           dca_control *control, dca__presolve **out,
                                           dca__presolve_verdict *verdict);
void dca__presolve_free(dca__presolve *presolve);

/** The reduced problem, after verdict REDUCED. Borrowed. */
const dca_problem *dca__presolve_problem(const dca__presolve *presolve);
/** Entries touched so far. */
int64_t dca__presolve_work(const dca__presolve *presolve);

/** The way back. `reduced` has x, y and statuses of the reduced problem; writes x, y and statuses of
 *  `full`, whose arrays are there. Works for any basis; the result is optimal if `reduced` is. */
void dca__presolve_undo(dca__presolve *presolve, const dca__point *reduced, dca__point *full);

/** A Farkas ray of the reduced problem [its rows], or NULL for the contradiction that presolve met, as
 *  one of the original: full->y. A candidate, to be multiplied out; x and statuses of `full` are
 *  workspace. The object is as before afterwards: dca__presolve_undo() may follow. */
DCA_NODISCARD dca_status dca__presolve_ray(dca__presolve *presolve, const double *reduced,
                                           dca__point *full);

#endif
