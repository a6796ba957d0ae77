/* api_model.c - include/dcalloc/model.h: life, names, and reading objects back. */
#include "api/api_model.h"

#include <math.h>

dca_status dca__check_alive(const dca_model *model, dca_kind kind, dca_index index)
{
    dca_error *err = dca__model_err(model);
    const dca_status status = dca__check_index(kind, index, dca__model_count(model, kind), err);
    if (status == DCA_OK && !dca__model_exists(model, kind, index)) {
        return dca__fail(err, DCA_E_ARG, kind, index, "%s %d was removed", dca__kind_name(kind),
                         (int)index);
    }
    return status;
}

dca_status dca__model_add_failed(const dca_model *model, dca_status status, dca_kind kind,
                                 dca_index index, const char *name)
{
    dca_error *err = dca__model_err(model);
    if (status != DCA_E_ARG) {
        return dca__fail_nomem(err);
    }
    return dca__fail(err, DCA_E_ARG, kind, index,
                     "%s %d: the name '%.80s' is taken by another %s, expected a name of its own",
                     dca__kind_name(kind), (int)index, name == NULL ? "" : name,
                     dca__kind_name(kind));
}

dca_status dca_model_new(dca_env *env, dca_model **out)
{
    return env == NULL || out == NULL ? DCA_E_ARG : dca__model_new(env, out);
}

void dca_model_free(dca_model *model)
{
    dca__model_release(model);
}

void dca_model_error(const dca_model *model, dca_error *out)
{
    if (model != NULL) {
        dca__error_copy(&model->error, out);
    }
}

uint64_t dca_model_revision(const dca_model *model)
{
    return model == NULL ? 0 : model->revision;
}

dca_status dca_model_set_name(dca_model *model, const char *name)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    return dca__model_set_name(model, name) == DCA_OK ? DCA_OK : dca__fail_nomem(&model->error);
}

const char *dca_model_name(const dca_model *model)
{
    return model == NULL ? NULL : model->name;
}

dca_index dca_model_count(const dca_model *model, dca_kind kind)
{
    return model == NULL ? 0 : dca__model_count(model, kind);
}

int32_t dca_model_exists(const dca_model *model, dca_kind kind, dca_index index)
{
    return model != NULL && dca__model_exists(model, kind, index);
}

dca_index dca_model_find(const dca_model *model, dca_kind kind, const char *name)
{
    return model == NULL ? -1 : dca__model_find(model, kind, name);
}

const char *dca_model_object_name(const dca_model *model, dca_kind kind, dca_index index)
{
    return model == NULL ? NULL : dca__model_object_name(model, kind, index);
}

const char *dca_model_unit(const dca_model *model, dca_kind kind, dca_index index)
{
    return model == NULL ? NULL : dca__model_unit(model, kind, index);
}

/* ---- Objects as their specs --------------------------------------------------------------------- */

dca_status dca_model_get_pool(const dca_model *model, dca_index pool, dca_pool_spec *out)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status = dca__check_alive(model, DCA_KIND_POOL, pool);
    if (status != DCA_OK) {
        return status;
    }
    const dca__pool *from = &model->pools[pool];
    dca_pool_spec spec = DCA_POOL_SPEC_INIT;
    spec.elastic = from->elastic;
    spec.name = dca__model_object_name(model, DCA_KIND_POOL, pool);
    spec.count = from->count;
    spec.capacity = model->capacity + (dca_nnz)pool * model->stride;
    spec.watts = model->watts + (dca_nnz)pool * model->stride;
    spec.idle_watts = from->idle_watts;
    spec.price = from->price;
    return dca__check_out_struct(out, sizeof spec, "dca_pool_spec", &spec, dca__model_err(model));
}

dca_status dca_model_get_domain(const dca_model *model, dca_index domain, dca_domain_spec *out)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status = dca__check_alive(model, DCA_KIND_DOMAIN, domain);
    if (status != DCA_OK) {
        return status;
    }
    const dca__domain *from = &model->domains[domain];
    dca_domain_spec spec = DCA_DOMAIN_SPEC_INIT;
    spec.kind = from->kind;
    spec.name = dca__model_object_name(model, DCA_KIND_DOMAIN, domain);
    spec.factor = from->factor;
    spec.energy_price = from->energy_price;
    return dca__check_out_struct(out, sizeof spec, "dca_domain_spec", &spec, dca__model_err(model));
}

dca_status dca_model_get_link(const dca_model *model, dca_index link, dca_link_spec *out)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status = dca__check_alive(model, DCA_KIND_LINK, link);
    if (status != DCA_OK) {
        return status;
    }
    const dca__link *from = &model->links[link];
    dca_link_spec spec = DCA_LINK_SPEC_INIT;
    spec.name = dca__model_object_name(model, DCA_KIND_LINK, link);
    spec.from = dca__strtab_name(&model->labels, from->from);
    spec.to = dca__strtab_name(&model->labels, from->to);
    spec.unit = dca__strtab_name(&model->labels, from->unit);
    spec.capacity = from->capacity;
    spec.price = from->price;
    return dca__check_out_struct(out, sizeof spec, "dca_link_spec", &spec, dca__model_err(model));
}

/* Lend a sparse use as a dense array: which 0 for demands, 1 for placements. */
static const double *lend_use(const dca_model *model, int which, dca_nnz start, dca_index length)
{
    double *dense = model->scratch + (dca_nnz)which * model->stride;
    memset(dense, 0, (size_t)model->stride * sizeof *dense);
    for (dca_nnz e = start; e < start + length; e++) {
        dense[model->uses.index[e]] = model->uses.value[e];
    }
    return dense;
}

dca_status dca_model_get_demand(const dca_model *model, dca_index demand, dca_demand_spec *out)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status = dca__check_alive(model, DCA_KIND_DEMAND, demand);
    if (status != DCA_OK) {
        return status;
    }
    const dca__demand *from = &model->demands[demand];
    dca_demand_spec spec = DCA_DEMAND_SPEC_INIT;
    spec.tenant = from->tenant;
    spec.name = dca__model_object_name(model, DCA_KIND_DEMAND, demand);
    spec.use = lend_use(model, 0, from->use, from->use_length);
    spec.amount = from->amount;
    spec.value = from->value;
    spec.min_share = from->min_share;
    spec.weight = from->weight;
    spec.hard = from->hard;
    spec.priority = from->priority;
    spec.unit = dca__strtab_name(&model->labels, from->unit);
    return dca__check_out_struct(out, sizeof spec, "dca_demand_spec", &spec, dca__model_err(model));
}

dca_status dca_model_get_placement(const dca_model *model, dca_index placement,
                                   dca_placement_spec *out)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status = dca__check_alive(model, DCA_KIND_PLACEMENT, placement);
    if (status != DCA_OK) {
        return status;
    }
    const dca__placement *from = &model->placements[placement];
    dca_placement_spec spec = DCA_PLACEMENT_SPEC_INIT;
    spec.demand = from->demand;
    spec.pool = from->pool;
    spec.name = dca__strtab_name(&model->placement_names, placement);
    spec.rate = from->rate;
    spec.use = from->use < 0 ? NULL : lend_use(model, 1, from->use, from->use_length);
    spec.cost = from->cost;
    spec.ceiling = from->ceiling;
    spec.num_links = from->link_length;
    spec.link = from->link_length == 0 ? NULL : model->links_used.index + from->link;
    spec.link_use = from->link_length == 0 ? NULL : model->links_used.value + from->link;
    return dca__check_out_struct(out, sizeof spec, "dca_placement_spec", &spec,
                                 dca__model_err(model));
}

/* A limit as the pair (kind, index, resource) names it. */
static double limit_of(const dca_model *model, dca_kind kind, dca_index index, dca_index resource)
{
    const dca_nnz at = (dca_nnz)index * model->stride + resource;
    switch (kind) {
    case DCA_KIND_POOL:
        return resource == DCA_POWER && model->capacity[at] <= 0.0
                   ? INFINITY
                   : model->capacity[at] * model->pools[index].count;
    case DCA_KIND_DOMAIN:
        return model->limit[at];
    case DCA_KIND_LINK:
        return model->links[index].capacity;
    default:
        return model->demands[index].amount;
    }
}

dca_status dca_model_get_limit(const dca_model *model, dca_kind kind, dca_index index,
                               dca_index resource, double *out)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    dca_error *err = dca__model_err(model);
    const bool by_resource = kind == DCA_KIND_POOL || kind == DCA_KIND_DOMAIN;
    if (!by_resource && kind != DCA_KIND_LINK && kind != DCA_KIND_DEMAND) {
        return dca__fail(err, DCA_E_ARG, kind, index,
                         "a %s has no limit: expected a pool, domain, link or demand",
                         dca__kind_name(kind));
    }
    dca_status status = dca__check_alive(model, kind, index);
    if (status == DCA_OK && by_resource) {
        status = dca__check_index(DCA_KIND_RESOURCE, resource, model->num_resources, err);
    }
    if (status == DCA_OK) {
        status = dca__check_pointer(out, "out", err);
    }
    if (status == DCA_OK) {
        *out = limit_of(model, kind, index, resource);
    }
    return status;
}

dca_status dca_model_get_share(const dca_model *model, dca_kind kind, dca_index index,
                               dca_index domain, double *out)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    dca_error *err = dca__model_err(model);
    if (kind != DCA_KIND_POOL && kind != DCA_KIND_DOMAIN) {
        return dca__fail(err, DCA_E_ARG, kind, index,
                         "a %s is in no domain: expected a pool or a domain", dca__kind_name(kind));
    }
    dca_status status = dca__check_alive(model, kind, index);
    if (status == DCA_OK) {
        status = dca__check_alive(model, DCA_KIND_DOMAIN, domain);
    }
    if (status == DCA_OK) {
        status = dca__check_pointer(out, "out", err);
    }
    if (status != DCA_OK) {
        return status;
    }
    double share = 0.0;
    dca_index arc = kind == DCA_KIND_POOL ? model->pools[index].arcs : model->domains[index].arcs;
    for (; arc >= 0; arc = model->arcs[arc].next) {
        if (model->arcs[arc].to == domain) {
            share = model->arcs[arc].share;
        }
    }
    *out = share;
    return DCA_OK;
}
