/* model.h - the domain layer: who wants what, where it could run, and what limits it.
 *
 * Objects are slots: an index keeps its meaning until the object is removed, and is not reused until
 * dca_model_compact(). Using a removed slot is DCA_E_ARG. Every add and set is all or nothing.
 *
 * A limit that is not set is unlimited. A resource that a pool does not list, it does not have. A use
 * that is not listed is 0. A placement is eligible only where one indivisible unit fits one node.
 * Demands are soft unless declared hard. Units are labels: they are shown, and never converted.
 *
 * Without periods there is one period of one hour: costs are per hour, energy is kWh per hour. */
#ifndef DCALLOC_MODEL_H
#define DCALLOC_MODEL_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A model with the one resource DCA_POWER ("power", W) and nothing else. */
DCA_API DCA_NODISCARD dca_status dca_model_new(dca_env *env, dca_model **out);
DCA_API void dca_model_free(dca_model *model);
DCA_API void dca_model_error(const dca_model *model, dca_error *out);
/** Increases with every edit. */
DCA_API uint64_t dca_model_revision(const dca_model *model);
/** Name of the whole; NULL: none. */
DCA_API DCA_NODISCARD dca_status dca_model_set_name(dca_model *model, const char *name);
DCA_API const char *dca_model_name(const dca_model *model);

/* ---- Add, one or many ------------------------------------------------------------------------------ */

/** Add a resource. Names are unique per kind of object; unit NULL: "unit". */
DCA_API DCA_NODISCARD dca_status dca_model_add_resource(dca_model *model, const char *name,
                                                        const char *unit, dca_index *out);
/** Append `n` objects; they get the indices *first .. *first+n-1. `stride` is the byte distance
 *  between specs, so an older, shorter struct still works. first may be NULL. */
DCA_API DCA_NODISCARD dca_status dca_model_add_pools(dca_model *model, const dca_pool_spec *specs,
                                                     size_t stride, dca_index n, dca_index *first);
DCA_API DCA_NODISCARD dca_status dca_model_add_domains(dca_model *model,
                                                       const dca_domain_spec *specs, size_t stride,
                                                       dca_index n, dca_index *first);
DCA_API DCA_NODISCARD dca_status dca_model_add_links(dca_model *model, const dca_link_spec *specs,
                                                     size_t stride, dca_index n, dca_index *first);
DCA_API DCA_NODISCARD dca_status dca_model_add_demands(dca_model *model,
                                                       const dca_demand_spec *specs, size_t stride,
                                                       dca_index n, dca_index *first);
DCA_API DCA_NODISCARD dca_status dca_model_add_placements(dca_model *model,
                                                          const dca_placement_spec *specs,
                                                          size_t stride, dca_index n,
                                                          dca_index *first);
/** Columnar forms: a million placements in well under a second. */
DCA_API DCA_NODISCARD dca_status dca_model_add_pool_columns(dca_model *model,
                                                            const dca_pool_columns *columns,
                                                            dca_index *first);
DCA_API DCA_NODISCARD dca_status dca_model_add_demand_columns(dca_model *model,
                                                              const dca_demand_columns *columns,
                                                              dca_index *first);
DCA_API DCA_NODISCARD dca_status dca_model_add_placement_columns(
    dca_model *model, const dca_placement_columns *columns, dca_index *first);

/** Placements by rule: `demand` may run on each of the pools listed (n = -1: on every pool) at the
 *  rates given (NULL: 1), where one unit of it fits one node. Pools where it does not fit, or where a
 *  placement of it stands already, are passed over; later changes of pools do not add placements.
 *  @param count  receives how many placements were added (may be NULL) */
DCA_API DCA_NODISCARD dca_status dca_model_place(dca_model *model, dca_index demand, dca_index n,
                                                 const dca_index *pools, const double *rates,
                                                 dca_index *count);

/* ---- Relations and limits --------------------------------------------------------------------------- */

/** Pool `pool` draws `share` of its use from `domain` (default way: 1). The shares of a pool over the
 *  domains of one kind that are not 1 sum to 1 (two feeds), and no domain counts a pool more than
 *  once over all ways up: the next solve checks both. share 0 takes it out. */
DCA_API DCA_NODISCARD dca_status dca_model_set_pool_domain(dca_model *model, dca_index pool,
                                                           dca_index domain, double share);
/** `child` counts in `parent` with `share`; a cycle is DCA_E_ARG. share 0 takes it out. */
DCA_API DCA_NODISCARD dca_status dca_model_set_domain_parent(dca_model *model, dca_index child,
                                                             dca_index parent, double share);
/** Most that may be counted in a domain of a resource; INFINITY: no limit. A tenant's quota too. */
DCA_API DCA_NODISCARD dca_status dca_model_set_domain_limit(dca_model *model, dca_index domain,
                                                            dca_index resource, double limit);
/** May this limit give in a repair, and at what weight? Default 1; INFINITY: it may not. Kinds as in
 *  dca_limit; for a demand: may its hard amount be cut. */
DCA_API DCA_NODISCARD dca_status dca_model_set_repair_weight(dca_model *model, dca_kind kind,
                                                             dca_index index, dca_index resource,
                                                             double weight);

/* ---- Edit ------------------------------------------------------------------------------------------- */

DCA_API DCA_NODISCARD dca_status dca_model_set_pool_count(dca_model *model, dca_index pool,
                                                          double count);
DCA_API DCA_NODISCARD dca_status dca_model_set_pool_capacity(dca_model *model, dca_index pool,
                                                             dca_index resource, double capacity);
DCA_API DCA_NODISCARD dca_status dca_model_set_pool_watts(dca_model *model, dca_index pool,
                                                          dca_index resource, double watts);
DCA_API DCA_NODISCARD dca_status dca_model_set_pool_idle_watts(dca_model *model, dca_index pool,
                                                               double watts);
DCA_API DCA_NODISCARD dca_status dca_model_set_pool_price(dca_model *model, dca_index pool,
                                                          double price);
DCA_API DCA_NODISCARD dca_status dca_model_set_domain_factor(dca_model *model, dca_index domain,
                                                             double factor);
DCA_API DCA_NODISCARD dca_status dca_model_set_domain_energy_price(dca_model *model,
                                                                   dca_index domain, double price);
DCA_API DCA_NODISCARD dca_status dca_model_set_link_capacity(dca_model *model, dca_index link,
                                                             double capacity);
DCA_API DCA_NODISCARD dca_status dca_model_set_link_price(dca_model *model, dca_index link,
                                                          double price);
DCA_API DCA_NODISCARD dca_status dca_model_set_demand_amount(dca_model *model, dca_index demand,
                                                             double amount);
DCA_API DCA_NODISCARD dca_status dca_model_set_demand_value(dca_model *model, dca_index demand,
                                                            double value);
DCA_API DCA_NODISCARD dca_status dca_model_set_demand_min_share(dca_model *model, dca_index demand,
                                                                double min_share);
DCA_API DCA_NODISCARD dca_status dca_model_set_demand_weight(dca_model *model, dca_index demand,
                                                             double weight);
DCA_API DCA_NODISCARD dca_status dca_model_set_demand_hard(dca_model *model, dca_index demand,
                                                           int32_t hard);
DCA_API DCA_NODISCARD dca_status dca_model_set_placement_cost(dca_model *model, dca_index placement,
                                                              double cost);
DCA_API DCA_NODISCARD dca_status dca_model_set_placement_rate(dca_model *model, dca_index placement,
                                                              double rate);
DCA_API DCA_NODISCARD dca_status dca_model_set_placement_ceiling(dca_model *model,
                                                                 dca_index placement,
                                                                 double ceiling);
/** Units placed now, for the movement term; n placements (NULL: 0..n-1, removed ones passed over).
 *  Unset: 0. */
DCA_API DCA_NODISCARD dca_status dca_model_set_current(dca_model *model, dca_index n,
                                                       const dca_index *placements,
                                                       dca_doubles amounts);
/** Take the placements of a result as the current allocation: a result of this model, no older than
 *  its last compact. */
DCA_API DCA_NODISCARD dca_status dca_model_set_current_from(dca_model *model,
                                                            const dca_result *result);
/** Remove an object: kind pool (with its placements), domain, link, demand (with its placements) or
 *  placement. A link that a placement uses, or a domain that a term names, is DCA_E_ARG; the members
 *  of a domain stay, without it. */
DCA_API DCA_NODISCARD dca_status dca_model_remove(dca_model *model, dca_kind kind, dca_index index);
/** Close the gaps that removals left. map: [count of kind before] per kind, each may be NULL. */
DCA_API DCA_NODISCARD dca_status dca_model_compact(dca_model *model, dca_index *pools,
                                                   dca_index *domains, dca_index *links,
                                                   dca_index *demands, dca_index *placements);

/* ---- Objective ---------------------------------------------------------------------------------------- */

/** Append a tier: tiers are optimised in order, each without giving up what earlier ones reached. */
DCA_API DCA_NODISCARD dca_status dca_model_add_tier(dca_model *model, const char *name,
                                                    dca_index *out);
DCA_API DCA_NODISCARD dca_status dca_model_add_term(dca_model *model, dca_index tier,
                                                    const dca_term_spec *spec, dca_index *out);
DCA_API DCA_NODISCARD dca_status dca_model_set_term_weight(dca_model *model, dca_index tier,
                                                           dca_index term, double weight);
/** Remove all tiers. A model without one, or whose tiers hold neither value, unmet nor share, first
 *  minimises weighted unmet demand. */
DCA_API DCA_NODISCARD dca_status dca_model_clear_tiers(dca_model *model);

/* ---- Read --------------------------------------------------------------------------------------------- */

/** Slots of a kind, removed ones included (resource, pool, domain, link, demand, placement, tier). */
DCA_API dca_index dca_model_count(const dca_model *model, dca_kind kind);
/** 1 when the slot holds an object. */
DCA_API int32_t dca_model_exists(const dca_model *model, dca_kind kind, dca_index index);
/** The object of a name, or -1. */
DCA_API dca_index dca_model_find(const dca_model *model, dca_kind kind, const char *name);
/** Borrowed until the next edit; NULL when out of range. The name of a placement that was given none
 *  is made when it is first asked for: NULL, too, where there is no memory for it. */
DCA_API const char *dca_model_object_name(const dca_model *model, dca_kind kind, dca_index index);
DCA_API const char *dca_model_unit(const dca_model *model, dca_kind kind, dca_index index);
/** Read an object back as its spec; strings and arrays are borrowed until the next edit, `use` until
 *  the next get of the same kind. */
DCA_API DCA_NODISCARD dca_status dca_model_get_pool(const dca_model *model, dca_index pool,
                                                    dca_pool_spec *out);
DCA_API DCA_NODISCARD dca_status dca_model_get_domain(const dca_model *model, dca_index domain,
                                                      dca_domain_spec *out);
DCA_API DCA_NODISCARD dca_status dca_model_get_link(const dca_model *model, dca_index link,
                                                    dca_link_spec *out);
DCA_API DCA_NODISCARD dca_status dca_model_get_demand(const dca_model *model, dca_index demand,
                                                      dca_demand_spec *out);
DCA_API DCA_NODISCARD dca_status dca_model_get_placement(const dca_model *model,
                                                         dca_index placement,
                                                         dca_placement_spec *out);
/** Share with which a pool or a domain (`kind`) counts in `domain` directly; 0: it does not. */
DCA_API DCA_NODISCARD dca_status dca_model_get_share(const dca_model *model, dca_kind kind,
                                                     dca_index index, dca_index domain,
                                                     double *out);
/** A limit as set, INFINITY when none; kinds as in dca_limit. Of a pool: capacity times count. */
DCA_API DCA_NODISCARD dca_status dca_model_get_limit(const dca_model *model, dca_kind kind,
                                                     dca_index index, dca_index resource,
                                                     double *out);

#ifdef __cplusplus
}
#endif
#endif /* DCALLOC_MODEL_H */
