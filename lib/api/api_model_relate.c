/* api_model_relate.c - include/dcalloc/model.h: who counts where, limits, repair weights, tiers. */
#include "api/api_model.h"

#include <math.h>

/* A share in [0, 1] of `owner`. */
static dca_status check_share(const dca_model *model, dca_kind kind, dca_index index, double share)
{
    if (share >= 0.0 && share <= 1.0) {
        return DCA_OK;
    }
    return dca__check_within(dca__model_owner(model, kind, index), "share", share, 0.0, 1.0,
                             dca__model_err(model));
}

dca_status dca_model_set_pool_domain(dca_model *model, dca_index pool, dca_index domain,
                                     double share)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    dca_status status = dca__check_alive(model, DCA_KIND_POOL, pool);
    if (status == DCA_OK) {
        status = dca__check_alive(model, DCA_KIND_DOMAIN, domain);
    }
    if (status == DCA_OK) {
        status = check_share(model, DCA_KIND_POOL, pool, share);
    }
    if (status != DCA_OK) {
        return status;
    }
    if (model->domains[domain].kind == DCA_DOMAIN_TENANT) {
        return dca__fail(&model->error, DCA_E_ARG, DCA_KIND_DOMAIN, domain,
                         "domain '%.60s' is a tenant: it counts its demands, expected pool '%.60s' "
                         "in a domain of kind power, failure or network",
                         dca__model_object_name(model, DCA_KIND_DOMAIN, domain),
                         dca__model_object_name(model, DCA_KIND_POOL, pool));
    }
    status = dca__model_set_pool_arc(model, pool, domain, share);
    return status == DCA_OK ? DCA_OK : dca__fail_nomem(&model->error);
}

/* parent above child: kinds agree and no cycle closes. */
static dca_status check_parent(const dca_model *model, dca_index child, dca_index parent)
{
    dca_error *err = dca__model_err(model);
    const char *below = dca__model_object_name(model, DCA_KIND_DOMAIN, child);
    const char *above = dca__model_object_name(model, DCA_KIND_DOMAIN, parent);
    const bool tenant = model->domains[child].kind == DCA_DOMAIN_TENANT;
    if (tenant != (model->domains[parent].kind == DCA_DOMAIN_TENANT)) {
        return dca__fail(err, DCA_E_ARG, DCA_KIND_DOMAIN, child,
                         "domain '%.60s' is %s and domain '%.60s' is %s: expected both to be "
                         "tenants or neither",
                         below, tenant ? "a tenant" : "no tenant", above,
                         tenant ? "no tenant" : "a tenant");
    }
    bool cycle = false;
    if (dca__model_reaches(model, parent, child, &cycle) != DCA_OK) {
        return dca__fail_nomem(err);
    }
    if (cycle) {
        return dca__fail(err, DCA_E_ARG, DCA_KIND_DOMAIN, child,
                         "domain '%.60s' below domain '%.60s' closes a cycle: the second is in the "
                         "first already, expected a tree or a DAG",
                         below, above);
    }
    return DCA_OK;
}

dca_status dca_model_set_domain_parent(dca_model *model, dca_index child, dca_index parent,
                                       double share)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    dca_status status = dca__check_alive(model, DCA_KIND_DOMAIN, child);
    if (status == DCA_OK) {
        status = dca__check_alive(model, DCA_KIND_DOMAIN, parent);
    }
    if (status == DCA_OK) {
        status = check_share(model, DCA_KIND_DOMAIN, child, share);
    }
    if (status == DCA_OK && share > 0.0) {
        status = check_parent(model, child, parent);
    }
    if (status != DCA_OK) {
        return status;
    }
    status = dca__model_set_parent_arc(model, child, parent, share);
    return status == DCA_OK ? DCA_OK : dca__fail_nomem(&model->error);
}

dca_status dca_model_set_domain_limit(dca_model *model, dca_index domain, dca_index resource,
                                      double limit)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    dca_error *err = &model->error;
    dca_status status = dca__check_alive(model, DCA_KIND_DOMAIN, domain);
    if (status == DCA_OK) {
        status = dca__check_index(DCA_KIND_RESOURCE, resource, model->num_resources, err);
    }
    if (status == DCA_OK) {
        status = dca__check_within(dca__model_owner(model, DCA_KIND_DOMAIN, domain), "limit", limit,
                                   0.0, INFINITY, err);
    }
    if (status != DCA_OK) {
        return status;
    }
    if (resource != DCA_POWER && model->domains[domain].kind == DCA_DOMAIN_POWER) {
        return dca__fail(err, DCA_E_ARG, DCA_KIND_DOMAIN, domain,
                         "domain '%.60s' is of kind power and counts power only, expected no limit "
                         "on resource '%.60s'",
                         dca__model_object_name(model, DCA_KIND_DOMAIN, domain),
                         dca__model_object_name(model, DCA_KIND_RESOURCE, resource));
    }
    model->limit[(dca_nnz)domain * model->stride + resource] = limit;
    dca__model_note(model, DCA__CHANGE_LIMIT, domain, resource);
    return DCA_OK;
}

dca_status dca_model_set_repair_weight(dca_model *model, dca_kind kind, dca_index index,
                                       dca_index resource, double weight)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    dca_error *err = &model->error;
    double unused;
    dca_status status = dca_model_get_limit(model, kind, index, resource, &unused);
    if (status == DCA_OK && !(weight > 0.0)) {
        status = dca__bad_number(dca__model_owner(model, kind, index), "repair weight", weight,
                                 "a number > 0, or inf", err);
    }
    if (status != DCA_OK) {
        return status;
    }
    const dca_nnz at = (dca_nnz)index * model->stride + resource;
    if (kind == DCA_KIND_POOL) {
        model->pool_repair[at] = weight;
    } else if (kind == DCA_KIND_DOMAIN) {
        model->domain_repair[at] = weight;
    } else if (kind == DCA_KIND_LINK) {
        model->links[index].repair_weight = weight;
    } else {
        model->demands[index].repair_weight = weight;
    }
    dca__model_note(model, DCA__CHANGE_REPAIR, index, resource);
    return DCA_OK;
}

/* ---- Objective -------------------------------------------------------------------------------------- */

dca_status dca_model_add_tier(dca_model *model, const char *name, dca_index *out)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    const dca_index tier = model->num_tiers;
    const dca_status status = dca__model_add_tier(model, name);
    if (status != DCA_OK) {
        return dca__model_add_failed(model, status, DCA_KIND_TIER, tier, name);
    }
    if (out != NULL) {
        *out = tier;
    }
    return DCA_OK;
}

/* The scope of a term names what is there, and fits the kind of the term. */
static dca_status check_scope(const dca_model *model, const dca_term_spec *spec)
{
    dca_error *err = dca__model_err(model);
    const bool of_demands = spec->kind == DCA_TERM_UNMET || spec->kind == DCA_TERM_VALUE ||
                            spec->kind == DCA_TERM_SHARE;
    if (spec->domain != -1) {
        const dca_status status = dca__check_alive(model, DCA_KIND_DOMAIN, spec->domain);
        if (status != DCA_OK) {
            return status;
        }
        if (of_demands && model->domains[spec->domain].kind != DCA_DOMAIN_TENANT) {
            return dca__fail(err, DCA_E_ARG, DCA_KIND_TERM, -1,
                             "the term is about demands of domain '%.60s', expected a domain of "
                             "kind tenant",
                             dca__model_object_name(model, DCA_KIND_DOMAIN, spec->domain));
        }
        if (spec->kind == DCA_TERM_MOVEMENT) {
            return dca__fail(err, DCA_E_ARG, DCA_KIND_TERM, -1,
                             "a movement term is about all placements, expected domain -1");
        }
    }
    if (spec->resource != -1) {
        if (spec->kind != DCA_TERM_UTILISATION) {
            return dca__fail(err, DCA_E_ARG, DCA_KIND_TERM, -1,
                             "resource is %d in a term that is not utilisation, expected -1",
                             (int)spec->resource);
        }
        return dca__check_index(DCA_KIND_RESOURCE, spec->resource, model->num_resources, err);
    }
    return DCA_OK;
}

dca_status dca_model_add_term(dca_model *model, dca_index tier, const dca_term_spec *spec,
                              dca_index *out)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    dca_error *err = &model->error;
    dca_term_spec own = DCA_TERM_SPEC_INIT;
    dca_status status = dca__check_index(DCA_KIND_TIER, tier, model->num_tiers, err);
    if (status == DCA_OK) {
        status = dca__check_struct(spec, sizeof own, "dca_term_spec", &own, err);
    }
    const dca__owner owner = {DCA_KIND_TERM, -1, NULL};
    if (status == DCA_OK && (own.kind < DCA_TERM_COST || own.kind > DCA_TERM_SHARE)) {
        return dca__bad_number(owner, "kind", own.kind, "a dca_term_kind, 0 to 6", err);
    }
    if (status == DCA_OK) {
        status = dca__check_positive(owner, "weight", own.weight, err);
    }
    if (status == DCA_OK) {
        status = check_scope(model, &own);
    }
    if (status != DCA_OK) {
        return status;
    }
    const dca_index term = model->tiers[tier].count;
    if (dca__model_add_term(model, tier, &own) != DCA_OK) {
        return dca__fail_nomem(err);
    }
    if (out != NULL) {
        *out = term;
    }
    return DCA_OK;
}

dca_status dca_model_set_term_weight(dca_model *model, dca_index tier, dca_index term,
                                     double weight)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    dca_error *err = &model->error;
    dca_status status = dca__check_index(DCA_KIND_TIER, tier, model->num_tiers, err);
    if (status == DCA_OK) {
        status = dca__check_index(DCA_KIND_TERM, term, model->tiers[tier].count, err);
    }
    const dca__owner owner = {DCA_KIND_TERM, term, NULL};
    if (status == DCA_OK) {
        status = dca__check_positive(owner, "weight", weight, err);
    }
    if (status != DCA_OK) {
        return status;
    }
    model->tiers[tier].terms[term].weight = weight;
    dca__model_note(model, DCA__CHANGE_COST, term, -1);
    return DCA_OK;
}

dca_status dca_model_clear_tiers(dca_model *model)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    dca__model_clear_tiers(model);
    return DCA_OK;
}
