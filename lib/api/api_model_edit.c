/* api_model_edit.c - include/dcalloc/model.h: one number of one object, removal, renumbering. Every
 * check comes before the first change. */
#include "api/api_model.h"
#include "base/alloc.h"

#include <math.h>

typedef dca_status (*check_number)(dca__owner owner, const char *field, double value,
                                   dca_error *err);

/* 0 <= value, infinite or not. */
static dca_status check_capacity(dca__owner owner, const char *field, double value, dca_error *err)
{
    return dca__check_within(owner, field, value, 0.0, INFINITY, err);
}

/* The object is there and `value` passes. */
static dca_status check_edit(const dca_model *model, dca_kind kind, dca_index index,
                             const char *field, double value, check_number check)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status = dca__check_alive(model, kind, index);
    if (status != DCA_OK) {
        return status;
    }
    const dca__owner anonymous = {kind, index, NULL};
    if (check(anonymous, field, value, NULL) == DCA_OK) {
        return DCA_OK; /* no name is looked up for a number that passes */
    }
    return check(dca__model_owner(model, kind, index), field, value, dca__model_err(model));
}

/* ---- Pools ------------------------------------------------------------------------------------------ */

dca_status dca_model_set_pool_count(dca_model *model, dca_index pool, double count)
{
    const dca_status status =
        check_edit(model, DCA_KIND_POOL, pool, "count", count, dca__check_amount);
    if (status == DCA_OK) {
        model->pools[pool].count = count;
        dca__model_note(model, DCA__CHANGE_POOL, pool, -1);
    }
    return status;
}

dca_status dca_model_set_pool_capacity(dca_model *model, dca_index pool, dca_index resource,
                                       double capacity)
{
    dca_status status =
        check_edit(model, DCA_KIND_POOL, pool, "capacity", capacity, dca__check_amount);
    if (status == DCA_OK) {
        status = dca__check_index(DCA_KIND_RESOURCE, resource, model->num_resources, &model->error);
    }
    if (status == DCA_OK) {
        model->capacity[(dca_nnz)pool * model->stride + resource] = capacity;
        dca__model_note(model, DCA__CHANGE_POOL, pool, resource);
    }
    return status;
}

dca_status dca_model_set_pool_watts(dca_model *model, dca_index pool, dca_index resource,
                                    double watts)
{
    dca_status status = check_edit(model, DCA_KIND_POOL, pool, "watts", watts, dca__check_amount);
    if (status == DCA_OK) {
        status = dca__check_index(DCA_KIND_RESOURCE, resource, model->num_resources, &model->error);
    }
    if (status == DCA_OK && resource == DCA_POWER && watts != 0.0) {
        status = dca__bad_number(dca__model_owner(model, DCA_KIND_POOL, pool),
                                 "watts of resource 'power'", watts,
                                 "0: power is drawn as it is used", &model->error);
    }
    if (status == DCA_OK) {
        model->watts[(dca_nnz)pool * model->stride + resource] = watts;
        dca__model_note_structure(model);
    }
    return status;
}

dca_status dca_model_set_pool_idle_watts(dca_model *model, dca_index pool, double watts)
{
    const dca_status status =
        check_edit(model, DCA_KIND_POOL, pool, "idle_watts", watts, dca__check_amount);
    if (status == DCA_OK) {
        model->pools[pool].idle_watts = watts;
        dca__model_note_structure(model);
    }
    return status;
}

dca_status dca_model_set_pool_price(dca_model *model, dca_index pool, double price)
{
    const dca_status status =
        check_edit(model, DCA_KIND_POOL, pool, "price", price, dca__check_finite);
    if (status == DCA_OK) {
        model->pools[pool].price = price;
        dca__model_note(model, DCA__CHANGE_COST, pool, -1);
    }
    return status;
}

/* ---- Domains and links ------------------------------------------------------------------------------ */

dca_status dca_model_set_domain_factor(dca_model *model, dca_index domain, double factor)
{
    const dca_status status =
        check_edit(model, DCA_KIND_DOMAIN, domain, "factor", factor, dca__check_positive);
    if (status == DCA_OK) {
        model->domains[domain].factor = factor;
        dca__model_note_structure(model);
    }
    return status;
}

dca_status dca_model_set_domain_energy_price(dca_model *model, dca_index domain, double price)
{
    dca_status status =
        check_edit(model, DCA_KIND_DOMAIN, domain, "energy_price", price, dca__check_finite);
    if (status == DCA_OK && price != 0.0 && model->domains[domain].kind == DCA_DOMAIN_TENANT) {
        status = dca__bad_number(dca__model_owner(model, DCA_KIND_DOMAIN, domain), "energy_price",
                                 price, "0: a tenant has no meter", &model->error);
    }
    if (status == DCA_OK) {
        model->domains[domain].energy_price = price;
        dca__model_note(model, DCA__CHANGE_COST, domain, -1);
    }
    return status;
}

dca_status dca_model_set_link_capacity(dca_model *model, dca_index link, double capacity)
{
    const dca_status status =
        check_edit(model, DCA_KIND_LINK, link, "capacity", capacity, check_capacity);
    if (status == DCA_OK) {
        model->links[link].capacity = capacity;
        dca__model_note(model, DCA__CHANGE_LINK, link, -1);
    }
    return status;
}

dca_status dca_model_set_link_price(dca_model *model, dca_index link, double price)
{
    const dca_status status =
        check_edit(model, DCA_KIND_LINK, link, "price", price, dca__check_finite);
    if (status == DCA_OK) {
        model->links[link].price = price;
        dca__model_note(model, DCA__CHANGE_COST, link, -1);
    }
    return status;
}

/* ---- Demands ---------------------------------------------------------------------------------------- */

/* What must be served is finite. */
static dca_status check_served(const dca_model *model, dca_index demand, double amount,
                               double min_share, int32_t hard)
{
    if (isinf(amount) && (hard != 0 || min_share > 0.0)) {
        return dca__bad_number(dca__model_owner(model, DCA_KIND_DEMAND, demand), "amount", amount,
                               "a finite number, as it is hard or has a min_share",
                               dca__model_err(model));
    }
    return DCA_OK;
}

dca_status dca_model_set_demand_amount(dca_model *model, dca_index demand, double amount)
{
    dca_status status =
        check_edit(model, DCA_KIND_DEMAND, demand, "amount", amount, check_capacity);
    if (status == DCA_OK) {
        status = check_served(model, demand, amount, model->demands[demand].min_share,
                              model->demands[demand].hard);
    }
    if (status == DCA_OK) {
        model->demands[demand].amount = amount;
        dca__model_note(model, DCA__CHANGE_DEMAND, demand, -1);
    }
    return status;
}

dca_status dca_model_set_demand_value(dca_model *model, dca_index demand, double value)
{
    const dca_status status =
        check_edit(model, DCA_KIND_DEMAND, demand, "value", value, dca__check_finite);
    if (status == DCA_OK) {
        model->demands[demand].value = value;
        dca__model_note(model, DCA__CHANGE_COST, demand, -1);
    }
    return status;
}

static dca_status check_fraction(dca__owner owner, const char *field, double value, dca_error *err)
{
    return dca__check_within(owner, field, value, 0.0, 1.0, err);
}

dca_status dca_model_set_demand_min_share(dca_model *model, dca_index demand, double min_share)
{
    dca_status status =
        check_edit(model, DCA_KIND_DEMAND, demand, "min_share", min_share, check_fraction);
    if (status == DCA_OK) {
        status = check_served(model, demand, model->demands[demand].amount, min_share, 0);
    }
    if (status == DCA_OK) {
        model->demands[demand].min_share = min_share;
        dca__model_note(model, DCA__CHANGE_DEMAND, demand, -1);
    }
    return status;
}

dca_status dca_model_set_demand_weight(dca_model *model, dca_index demand, double weight)
{
    const dca_status status =
        check_edit(model, DCA_KIND_DEMAND, demand, "weight", weight, dca__check_positive);
    if (status == DCA_OK) {
        model->demands[demand].weight = weight;
        dca__model_note_structure(model);
    }
    return status;
}

dca_status dca_model_set_demand_hard(dca_model *model, dca_index demand, int32_t hard)
{
    dca_status status = check_edit(model, DCA_KIND_DEMAND, demand, "hard", hard, check_fraction);
    if (status == DCA_OK) {
        status = check_served(model, demand, model->demands[demand].amount, 0.0, hard);
    }
    if (status == DCA_OK) {
        model->demands[demand].hard = hard;
        dca__model_note(model, DCA__CHANGE_DEMAND, demand, -1);
    }
    return status;
}

/* ---- Placements ------------------------------------------------------------------------------------- */

dca_status dca_model_set_placement_cost(dca_model *model, dca_index placement, double cost)
{
    const dca_status status =
        check_edit(model, DCA_KIND_PLACEMENT, placement, "cost", cost, dca__check_finite);
    if (status == DCA_OK) {
        model->placements[placement].cost = cost;
        dca__model_note(model, DCA__CHANGE_COST, placement, -1);
    }
    return status;
}

dca_status dca_model_set_placement_rate(dca_model *model, dca_index placement, double rate)
{
    const dca_status status =
        check_edit(model, DCA_KIND_PLACEMENT, placement, "rate", rate, dca__check_positive);
    if (status == DCA_OK) {
        model->placements[placement].rate = rate;
        dca__model_note_structure(model);
    }
    return status;
}

dca_status dca_model_set_placement_ceiling(dca_model *model, dca_index placement, double ceiling)
{
    const dca_status status =
        check_edit(model, DCA_KIND_PLACEMENT, placement, "ceiling", ceiling, check_capacity);
    if (status == DCA_OK) {
        model->placements[placement].ceiling = ceiling;
        dca__model_note(model, DCA__CHANGE_CEILING, placement, -1);
    }
    return status;
}

dca_status dca_model_set_current(dca_model *model, dca_index n, const dca_index *placements,
                                 dca_doubles amounts)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    dca_error *err = &model->error;
    dca_status status =
        dca__check_list(DCA_KIND_PLACEMENT, n, placements, model->num_placements, err);
    if (status == DCA_OK && n > 0) {
        status = dca__check_pointer(amounts.at, "amounts", err);
    }
    for (dca_index k = 0; status == DCA_OK && k < n; k++) {
        const double amount = dca__double_at(amounts, k, 0.0);
        const dca_index placement = placements == NULL ? k : placements[k];
        if (placements == NULL && !model->placements[k].alive) {
            continue; /* a whole range is given: what was removed is passed over */
        }
        status = check_edit(model, DCA_KIND_PLACEMENT, placement, "current amount", amount,
                            dca__check_amount);
    }
    if (status != DCA_OK || n == 0) {
        return status;
    }
    for (dca_index k = 0; k < n; k++) {
        const dca_index placement = placements == NULL ? k : placements[k];
        if (model->placements[placement].alive) {
            model->placements[placement].current = dca__double_at(amounts, k, 0.0);
        }
    }
    dca__model_note(model, DCA__CHANGE_CURRENT, -1, -1);
    return DCA_OK;
}

/* ---- Removal ---------------------------------------------------------------------------------------- */

/* No placement uses the link. */
static dca_status check_link_free(const dca_model *model, dca_index link)
{
    for (dca_index k = 0; k < model->num_placements; k++) {
        const dca__placement *placement = &model->placements[k];
        for (dca_nnz e = 0; placement->alive && e < placement->link_length; e++) {
            if (model->links_used.index[placement->link + e] == link) {
                /* the name of a placement may have to be made, which takes memory */
                const char *name = dca__model_object_name(model, DCA_KIND_PLACEMENT, k);
                return dca__fail(dca__model_err(model), DCA_E_ARG, DCA_KIND_LINK, link,
                                 "link '%.60s' carries placement %d '%.80s', expected a link that "
                                 "no placement uses",
                                 dca__model_object_name(model, DCA_KIND_LINK, link), (int)k,
                                 name == NULL ? "" : name);
            }
        }
    }
    return DCA_OK;
}

/* No term of the objective names the domain. */
static dca_status check_domain_free(const dca_model *model, dca_index domain)
{
    for (dca_index t = 0; t < model->num_tiers; t++) {
        for (dca_index e = 0; e < model->tiers[t].count; e++) {
            if (model->tiers[t].terms[e].domain == domain) {
                return dca__fail(dca__model_err(model), DCA_E_ARG, DCA_KIND_DOMAIN, domain,
                                 "domain '%.60s' is the scope of term %d of tier '%.60s', expected "
                                 "a domain that no term names",
                                 dca__model_object_name(model, DCA_KIND_DOMAIN, domain), (int)e,
                                 dca__model_object_name(model, DCA_KIND_TIER, t));
            }
        }
    }
    return DCA_OK;
}

dca_status dca_model_remove(dca_model *model, dca_kind kind, dca_index index)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    if (kind != DCA_KIND_POOL && kind != DCA_KIND_DOMAIN && kind != DCA_KIND_LINK &&
        kind != DCA_KIND_DEMAND && kind != DCA_KIND_PLACEMENT) {
        return dca__fail(&model->error, DCA_E_ARG, kind, index,
                         "a %s cannot be removed: expected a pool, domain, link, demand or "
                         "placement",
                         dca__kind_name(kind));
    }
    dca_status status = dca__check_alive(model, kind, index);
    if (status == DCA_OK && kind == DCA_KIND_LINK) {
        status = check_link_free(model, index);
    }
    if (status == DCA_OK && kind == DCA_KIND_DOMAIN) {
        status = check_domain_free(model, index);
    }
    if (status != DCA_OK) {
        return status;
    }
    if (kind == DCA_KIND_POOL) {
        dca__model_remove_pool(model, index);
    } else if (kind == DCA_KIND_DOMAIN) {
        dca__model_remove_domain(model, index);
    } else if (kind == DCA_KIND_LINK) {
        dca__model_remove_link(model, index);
    } else if (kind == DCA_KIND_DEMAND) {
        dca__model_remove_demand(model, index);
    } else {
        dca__model_remove_placement(model, index);
    }
    return DCA_OK;
}

dca_status dca_model_compact(dca_model *model, dca_index *pools, dca_index *domains,
                             dca_index *links, dca_index *demands, dca_index *placements)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    enum { KINDS = 5 };
    dca_index *map[KINDS] = {pools, domains, links, demands, placements};
    const dca_index count[KINDS] = {model->num_pools, model->num_domains, model->num_links,
                                    model->num_demands, model->num_placements};
    dca_index *own[KINDS] = {NULL};
    bool whole = true;
    for (int k = 0; k < KINDS; k++) {
        if (map[k] == NULL) {
            own[k] = DCA_ARRAY(model->env, dca_index, count[k]);
            map[k] = own[k];
            whole = whole && own[k] != NULL;
        }
    }
    if (whole) {
        dca__model_compact(model, map[0], map[1], map[2], map[3], map[4]);
    }
    for (int k = 0; k < KINDS; k++) {
        dca__free(model->env, own[k]);
    }
    return whole ? DCA_OK : dca__fail_nomem(&model->error);
}
