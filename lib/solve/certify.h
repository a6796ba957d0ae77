/* certify.h - from what a backend believes to what is proved. */
#ifndef DCA_SOLVE_CERTIFY_H
#define DCA_SOLVE_CERTIFY_H

#include "solve/solve.h"

/** Multipliers that prove no more than the narrow claim (lp/verify.h), kept until every attempt at
 *  another answer has failed. Zeros: nothing was tried. */
typedef struct dca__narrow {
    double *ray; /* [num_rows], NULL: none */
    dca_certificate certificate;
} dca__narrow;

/** Read the backend's last answer about `problem` (the caller's, to be minimised) and check it.
 *  The answer's outcome is OPTIMAL, INFEASIBLE or UNBOUNDED only when verify accepted it, a limit
 *  when the report says so and the point is not optimal anyway, else IMPRECISE. Prices are those of
 *  the minimisation still. *narrow keeps the ray with the largest margin of those that prove the
 *  narrow claim. *out is untouched on DCA_E_NOMEM. */
DCA_NODISCARD dca_status dca__certify(dca_env *env, const dca_backend *backend, void *state,
                                      const dca_problem *problem, const dca_backend_report *report,
                                      dca__narrow *narrow, dca__answer *out);

/** An answer that is not proved becomes INFEASIBLE by the narrow claim, which gives up its ray;
 *  `violation` is the least of any point that was found, and goes into the certificate. */
void dca__certify_narrow(dca__narrow *narrow, double violation, dca__answer *answer);

/** The same for a point in hand: x, y and, where point->has_basis, statuses are filled in. */
DCA_NODISCARD dca_status dca__certify_point(dca_env *env, const dca_problem *problem,
                                            dca_outcome believed, dca__answer *answer);

/** The statuses are filled in: has_basis, and LOWER where both bounds agree (dca_basis_status). */
void dca__certify_basis(const dca_problem *problem, dca__point *point);

/** A claim that is a ray in hand, point->ray, with point->x for a direction: the outcome is INFEASIBLE
 *  or UNBOUNDED as believed, with everything filled in, or IMPRECISE. */
DCA_NODISCARD dca_status dca__certify_ray(dca_env *env, const dca_problem *problem,
                                          dca_outcome believed, dca__answer *answer);

/** Bounds of a row or a column contradict each other: an answer without point, a ray of zeros.
 *  *found says whether they do. */
DCA_NODISCARD dca_status dca__certify_crossing(dca_env *env, const dca_problem *problem,
                                               bool *found, dca__answer *out);

/** What is known before a solver has the problem: every column at the bound nearest to 0, no prices, the
 *  slack basis; checked like any point. O(entries). */
DCA_NODISCARD dca_status dca__certify_start(dca_env *env, const dca_problem *problem,
                                            dca_outcome stop, dca__answer *out);

/** From the minimisation to the LP's own sense: y, d, objective, dual bound. */
void dca__answer_restore_sense(dca__answer *answer, dca_sense sense);

/** True when a is nearer to a proof than b; both imprecise. */
bool dca__answer_better(const dca__answer *a, const dca__answer *b);

#endif
