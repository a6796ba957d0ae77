/* verify.h - the proof of an answer, on the caller's own numbers (docs/numerics.md).
 *
 * Everything is recomputed here from the problem's data in compensated doubles; nothing that a
 * solver computed but x, y or the ray is believed. O(nnz), plus bound propagation where a reduced
 * cost points at an infinite bound. x, y or rays that are not finite are simply not valid. */
#ifndef DCA_LP_VERIFY_H
#define DCA_LP_VERIFY_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#include <stdbool.h>

/* What the claims mean. They are not options: an answer is proved or it is not. */

/** A row or bound may be missed by this much, plus its rounding floor. */
#define DCA_CLAIM_PRIMAL 1e-7
/** The rounding floor of a sum, as a multiple of u times the sum of its terms' magnitudes. */
#define DCA_CLAIM_ROUNDING 8.0
/** Primal value and dual bound may differ by this much, relative to the larger without offset. */
#define DCA_CLAIM_GAP 1e-8
/** Where nothing bounds a column, its reduced cost may be wrong by this times the terms summed. */
#define DCA_CLAIM_NOISE 0x1p-36
/** A Farkas margin exceeds this times the sum of the multipliers, of rows and of columns: less
 *  could be bridged by violations of DCA_CLAIM_PRIMAL. */
#define DCA_CLAIM_MARGIN 1e-7
/** The same for the narrow claim: every point misses a row or bound by more than this, to which the
 *  simplex works. */
#define DCA_CLAIM_NARROW 1e-9
/** A ray may leave a closed side, and must improve, by this times the terms summed. */
#define DCA_CLAIM_RAY 1e-9

/** Rows and bounds hold, and a dual bound meets the value. Writes activity [m] and d [n] too when not
 *  NULL. y belongs to the minimisation; a y_i that points at an infinite side counts as 0, in d too.
 *  cert->valid says whether the claim "optimal" is proved. */
DCA_NODISCARD dca_status dca__verify_optimal(dca_env *env, const dca_problem *problem,
                                             const double *x, const double *y, double *activity,
                                             double *d, dca_certificate *cert);
/** The same in a hurry: a bound that only a chain of rows gives is not looked for. */
DCA_NODISCARD dca_status dca__verify_stopped(dca_env *env, const dca_problem *problem,
                                             const double *x, const double *y, double *activity,
                                             double *d, dca_certificate *cert);
/** Rows and bounds hold (valid), no claim about the dual. */
DCA_NODISCARD dca_status dca__verify_feasible(dca_env *env, const dca_problem *problem,
                                              const double *x, double *activity,
                                              dca_certificate *cert);
/** The ray [m] is multiplied out; noise in it may be dropped (it is rewritten then). Bounds that
 *  contradict each other are a proof by themselves, whatever the ray. */
DCA_NODISCARD dca_status dca__verify_farkas(dca_env *env, const dca_problem *problem, double *ray,
                                            dca_certificate *cert);
/** The ray [m] proves that every point misses a row or bound by more than DCA_CLAIM_NARROW; a point
 *  that misses none by more than DCA_CLAIM_PRIMAL there may be. Nothing counts as noise. */
DCA_NODISCARD dca_status dca__verify_narrow(dca_env *env, const dca_problem *problem, double *ray,
                                            dca_certificate *cert);
/** How far two bounds of one variable contradict each other: 0 unless by more than two points within
 *  the claim could bridge. */
double dca__verify_crossing(double low, double high);
/** x feasible and r [n] a direction of recession along which the objective falls; components of r on
 *  the wrong side of a finite bound are dropped (it is rewritten then). */
DCA_NODISCARD dca_status dca__verify_unbounded(dca_env *env, const dca_problem *problem,
                                               const double *x, double *ray, dca_certificate *cert);

/** y_i := 0 where it points at an infinite side. */
void dca__verify_clean_prices(const dca_problem *problem, double *y);
/** y_i := 0 where |y_i| max_j |a_ij| is within 2^-40 of the largest cost: what a solver leaves of a
 *  price that is 0. *dropped says whether there was any. For a second try at a proof. */
DCA_NODISCARD dca_status dca__verify_drop_noise(dca_env *env, const dca_problem *problem, double *y,
                                                bool *dropped);

#endif
