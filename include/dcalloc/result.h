/* result.h - one immutable answer. May be shared between threads; its getters never fail for lack of
 * memory. Ranges [first, first+n) are copied out. A value that the answer does not have (no basis,
 * no ray, not a model) is DCA_E_STATE; an index out of range DCA_E_ARG.
 *
 * Sign rule, in both senses: c = A'y + d, y_i = d(objective)/d(bound of row i that binds),
 * d_j = d(objective)/d(bound of column j that binds), in the objective's own sense. */
#ifndef DCALLOC_RESULT_H
#define DCALLOC_RESULT_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#ifdef __cplusplus
extern "C" {
#endif

DCA_API dca_result *dca_result_retain(dca_result *result); /**< One more owner; returns result. */
DCA_API void dca_result_free(dca_result *result);

DCA_API dca_outcome dca_result_outcome(const dca_result *result);
/** Objective in its own sense, of the first tier for models; NAN when there is no point. */
DCA_API double dca_result_objective(const dca_result *result);
DCA_API DCA_NODISCARD dca_status dca_result_certificate(const dca_result *result,
                                                        dca_certificate *out);
DCA_API DCA_NODISCARD dca_status dca_result_info(const dca_result *result, dca_solve_info *out);

/* ---- LP ------------------------------------------------------------------------------------------ */

DCA_API dca_index dca_result_num_rows(const dca_result *result);
DCA_API dca_index dca_result_num_columns(const dca_result *result);
/** Column values x. */
DCA_API DCA_NODISCARD dca_status dca_result_get_x(const dca_result *result, dca_index first,
                                                  dca_index n, double *out);
/** Row activities A x. */
DCA_API DCA_NODISCARD dca_status dca_result_get_activity(const dca_result *result, dca_index first,
                                                         dca_index n, double *out);
/** Row prices y. */
DCA_API DCA_NODISCARD dca_status dca_result_get_y(const dca_result *result, dca_index first,
                                                  dca_index n, double *out);
/** Reduced costs d. */
DCA_API DCA_NODISCARD dca_status dca_result_get_d(const dca_result *result, dca_index first,
                                                  dca_index n, double *out);
/** dca_basis_status of every column and row; either may be NULL. DCA_E_STATE: the answer has no basis, as
 *  after a cold solve that option symmetry made smaller (1000 rows and columns or more); option basis =
 *  on asks for one. */
DCA_API DCA_NODISCARD dca_status dca_result_get_basis(const dca_result *result, uint8_t *columns,
                                                      uint8_t *rows);
/** Infeasible: [num_rows] Farkas multipliers. Unbounded: [num_columns] direction. */
DCA_API DCA_NODISCARD dca_status dca_result_get_ray(const dca_result *result, double *out);

/* ---- Model. Objects are numbered as in the model at the time of the solve. ------------------------ */

/** Value of every tier, in its own sense; num tiers by dca_result_num_tiers(). A tier "unmet demand"
 *  that was added on its own account is tier 0, and those of the model follow. */
DCA_API dca_index dca_result_num_tiers(const dca_result *result);
DCA_API DCA_NODISCARD dca_status dca_result_tier_value(const dca_result *result, dca_index tier,
                                                       double *out);
/** Name of a tier (the one added on its own account is "unmet demand"); borrowed from the result. */
DCA_API const char *dca_result_tier_name(const dca_result *result, dca_index tier);

/** Units served and not served of demands. Unlimited demands have unmet 0. */
DCA_API DCA_NODISCARD dca_status dca_result_get_served(const dca_result *result, dca_index first,
                                                       dca_index n, double *out);
DCA_API DCA_NODISCARD dca_status dca_result_get_unmet(const dca_result *result, dca_index first,
                                                      dca_index n, double *out);
/** Units placed, per placement. */
DCA_API DCA_NODISCARD dca_status dca_result_get_placed(const dca_result *result, dca_index first,
                                                       dca_index n, double *out);
/** Demand and pool of placements, -1: on no pool, and of removed ones; NULL outs are skipped. */
DCA_API DCA_NODISCARD dca_status dca_result_get_placements(const dca_result *result,
                                                           dca_index first, dca_index n,
                                                           dca_index *demand, dca_index *pool);
/** Nodes on, cost per hour and kW drawn, per pool. */
DCA_API DCA_NODISCARD dca_status dca_result_get_pools(const dca_result *result, dca_index first,
                                                      dca_index n, double *nodes_on, double *cost,
                                                      double *kilowatts);
/** Cost per hour of the energy counted and kW counted (factors included), per domain. */
DCA_API DCA_NODISCARD dca_status dca_result_get_domains(const dca_result *result, dca_index first,
                                                        dca_index n, double *cost,
                                                        double *kilowatts);
/** Total cost per hour and energy in kWh per hour (counted where it is metered, else at the pools). */
DCA_API DCA_NODISCARD dca_status dca_result_totals(const dca_result *result, double *cost,
                                                   double *energy);

/** Use, limit and price of one limit: (pool, resource), (domain, resource), (link, -1) or
 *  (demand, -1), see dca_limit. Out: limit, use, price. */
DCA_API DCA_NODISCARD dca_status dca_result_limit(const dca_result *result, dca_kind kind,
                                                  dca_index index, dca_index resource,
                                                  dca_limit *out);
/** Price of a limit in another tier's own sense. DCA_E_STATE: that tier was not reached. */
DCA_API DCA_NODISCARD dca_status dca_result_limit_price(const dca_result *result, dca_index tier,
                                                        dca_kind kind, dca_index index,
                                                        dca_index resource, double *out);
/** Marginal value, in the first tier's units, of one more unit of `resource` in `pool`. */
DCA_API DCA_NODISCARD dca_status dca_result_pool_price(const dca_result *result, dca_index pool,
                                                       dca_index resource, double *out);
/** Every limit that the compiled model has, in order of kind and index; k in [0, num). */
DCA_API dca_index dca_result_num_limits(const dca_result *result);
DCA_API DCA_NODISCARD dca_status dca_result_limit_at(const dca_result *result, dca_index k,
                                                     dca_limit *out);

#ifdef __cplusplus
}
#endif
#endif /* DCALLOC_RESULT_H */
