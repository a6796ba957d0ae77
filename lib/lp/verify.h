/* verify.h - the proof of an answer, on the caller's own numbers (docs/numerics.md).
 *
 * Everything is recomputed here from the problem's data in compensated doubles; nothing that a
 * solver computed but x, y or the ray is believed. O(nnz), plus bound propagation where a reduced
 * cost points at an infinite bound. */
#ifndef DCA_LP_VERIFY_H
#define DCA_LP_VERIFY_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

/** Rows and bounds hold, and a dual bound meets the value. Writes activity [m] and d [n] too when not
 *  NULL. y belongs to the minimisation. cert->valid says whether the claim "optimal" is proved. */
DCA_NODISCARD dca_status dca__verify_optimal(dca_env *env, const dca_problem *problem,
                                             const double *x, const double *y, double *activity,
                                             double *d, dca_certificate *cert);
/** Rows and bounds hold (valid), no claim about the dual. */
DCA_NODISCARD dca_status dca__verify_feasible(dca_env *env, const dca_problem *problem,
                                              const double *x, double *activity,
                                              dca_certificate *cert);
/** The ray [m] is multiplied out; noise in it may be dropped (it is rewritten then). */
DCA_NODISCARD dca_status dca__verify_farkas(dca_env *env, const dca_problem *problem, double *ray,
                                            dca_certificate *cert);
/** x feasible and r [n] a direction of recession along which the objective falls. */
DCA_NODISCARD dca_status dca__verify_unbounded(dca_env *env, const dca_problem *problem,
                                               const double *x, double *ray, dca_certificate *cert);

#endif
