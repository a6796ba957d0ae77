/* api_model_add.c - include/dcalloc/model.h: adds by spec. All or none: an object that is refused takes
 * those before it in the same call along. */
#include "api/api_model.h"
#include "base/alloc.h"

#include <math.h>
#include <stdio.h>

static dca_status check_text(const dca_model *model, dca_kind kind, dca_index index,
                             const char *field, const char *text)
{
    if (text != NULL && text[0] == '\0') {
        return dca__fail(dca__model_err(model), DCA_E_ARG, kind, index,
                         "%s %d: the %s is empty, expected text or NULL", dca__kind_name(kind),
                         (int)index, field);
    }
    return DCA_OK;
}

/* values [num_resources], each finite and >= 0; NULL: none. */
static dca_status check_dense(const dca_model *model, dca__owner owner, const char *field,
                              const double *values)
{
    for (dca_index r = 0; values != NULL && r < model->num_resources; r++) {
        if (!(values[r] >= 0.0 && values[r] < INFINITY)) {
            char text[96];
            (void)snprintf(text, sizeof text, "%s of resource '%.60s'", field,
                           dca__strtab_name(&model->resource_names, r));
            return dca__check_amount(owner, text, values[r], dca__model_err(model));
        }
    }
    return DCA_OK;
}

dca_status dca_model_add_resource(dca_model *model, const char *name, const char *unit,
                                  dca_index *out)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    const dca_index r = model->num_resources;
    dca_status status = dca__check_count(DCA_KIND_RESOURCE, 1, r, &model->error);
    if (status == DCA_OK) {
        status = check_text(model, DCA_KIND_RESOURCE, r, "name", name);
    }
    if (status == DCA_OK) {
        status = check_text(model, DCA_KIND_RESOURCE, r, "unit", unit);
    }
    if (status != DCA_OK) {
        return status;
    }
    status = dca__model_add_resource(model, name, unit);
    if (status != DCA_OK) {
        return dca__model_add_failed(model, status, DCA_KIND_RESOURCE, r, name);
    }
    if (out != NULL) {
        *out = r;
    }
    return DCA_OK;
}

/* ---- Checks of one spec ---------------------------------------------------------------------------- */

dca_status dca__check_pool(const dca_model *model, const dca_pool_spec *spec, dca_index index)
{
    dca_error *err = dca__model_err(model);
    const dca__owner owner = {DCA_KIND_POOL, index, spec->name};
    dca_status status = check_text(model, DCA_KIND_POOL, index, "name", spec->name);
    if (status == DCA_OK && spec->elastic != 0 && spec->elastic != 1) {
        return dca__bad_number(owner, "elastic", spec->elastic, "0 or 1", err);
    }
    if (status == DCA_OK) {
        status = dca__check_amount(owner, "count", spec->count, err);
    }
    if (status == DCA_OK) {
        status = dca__check_amount(owner, "idle_watts", spec->idle_watts, err);
    }
    if (status == DCA_OK) {
        status = dca__check_finite(owner, "price", spec->price, err);
    }
    if (status == DCA_OK) {
        status = check_dense(model, owner, "capacity", spec->capacity);
    }
    if (status == DCA_OK) {
        status = check_dense(model, owner, "watts", spec->watts);
    }
    if (status == DCA_OK && spec->watts != NULL && spec->watts[DCA_POWER] != 0.0) {
        return dca__bad_number(owner, "watts of resource 'power'", spec->watts[DCA_POWER],
                               "0: power is drawn as it is used", err);
    }
    return status;
}

static dca_status check_domain(const dca_model *model, const dca_domain_spec *spec, dca_index index)
{
    dca_error *err = dca__model_err(model);
    const dca__owner owner = {DCA_KIND_DOMAIN, index, spec->name};
    dca_status status = check_text(model, DCA_KIND_DOMAIN, index, "name", spec->name);
    if (status == DCA_OK && (spec->kind < DCA_DOMAIN_POWER || spec->kind > DCA_DOMAIN_TENANT)) {
        return dca__bad_number(owner, "kind", spec->kind, "a dca_domain_kind, 0 to 3", err);
    }
    if (status == DCA_OK) {
        status = dca__check_positive(owner, "factor", spec->factor, err);
    }
    if (status == DCA_OK) {
        status = dca__check_finite(owner, "energy_price", spec->energy_price, err);
    }
    if (status == DCA_OK && spec->kind == DCA_DOMAIN_TENANT && spec->energy_price != 0.0) {
        return dca__bad_number(owner, "energy_price", spec->energy_price,
                               "0: a tenant has no meter", err);
    }
    return status;
}

static dca_status check_link(const dca_model *model, const dca_link_spec *spec, dca_index index)
{
    dca_error *err = dca__model_err(model);
    const dca__owner owner = {DCA_KIND_LINK, index, spec->name};
    dca_status status = check_text(model, DCA_KIND_LINK, index, "name", spec->name);
    if (status == DCA_OK) {
        status = check_text(model, DCA_KIND_LINK, index, "unit", spec->unit);
    }
    if (status == DCA_OK) {
        status = dca__check_within(owner, "capacity", spec->capacity, 0.0, INFINITY, err);
    }
    return status != DCA_OK ? status : dca__check_finite(owner, "price", spec->price, err);
}

static dca_status check_tenant(const dca_model *model, dca__owner owner, dca_index tenant)
{
    if (tenant == -1) {
        return DCA_OK;
    }
    const dca_status status = dca__check_alive(model, DCA_KIND_DOMAIN, tenant);
    if (status == DCA_OK && model->domains[tenant].kind != DCA_DOMAIN_TENANT) {
        return dca__fail(dca__model_err(model), DCA_E_ARG, owner.kind, owner.index,
                         "demand '%.60s': tenant is domain '%.60s', expected a domain of kind "
                         "tenant",
                         owner.name == NULL ? "" : owner.name,
                         dca__model_object_name(model, DCA_KIND_DOMAIN, tenant));
    }
    return status;
}

dca_status dca__check_demand(const dca_model *model, const dca_demand_spec *spec, dca_index index)
{
    dca_error *err = dca__model_err(model);
    const dca__owner owner = {DCA_KIND_DEMAND, index, spec->name};
    dca_status status = check_text(model, DCA_KIND_DEMAND, index, "name", spec->name);
    if (status == DCA_OK) {
        status = check_text(model, DCA_KIND_DEMAND, index, "unit", spec->unit);
    }
    if (status == DCA_OK) {
        status = check_tenant(model, owner, spec->tenant);
    }
    if (status == DCA_OK) {
        status = dca__check_within(owner, "amount", spec->amount, 0.0, INFINITY, err);
    }
    if (status == DCA_OK) {
        status = dca__check_finite(owner, "value", spec->value, err);
    }
    if (status == DCA_OK) {
        status = dca__check_within(owner, "min_share", spec->min_share, 0.0, 1.0, err);
    }
    if (status == DCA_OK) {
        status = dca__check_positive(owner, "weight", spec->weight, err);
    }
    if (status == DCA_OK && spec->hard != 0 && spec->hard != 1) {
        return dca__bad_number(owner, "hard", spec->hard, "0 or 1", err);
    }
    if (status == DCA_OK && isinf(spec->amount) && (spec->hard != 0 || spec->min_share > 0.0)) {
        return dca__bad_number(owner, "amount", spec->amount,
                               "a finite number, as it is hard or has a min_share", err);
    }
    return status != DCA_OK ? status : check_dense(model, owner, "use", spec->use);
}

static dca_status check_placement(const dca_model *model, const dca_placement_spec *spec,
                                  dca_index index)
{
    dca_error *err = dca__model_err(model);
    const dca__owner owner = {DCA_KIND_PLACEMENT, index, spec->name};
    dca_status status = check_text(model, DCA_KIND_PLACEMENT, index, "name", spec->name);
    if (status == DCA_OK) {
        status = dca__check_alive(model, DCA_KIND_DEMAND, spec->demand);
    }
    if (status == DCA_OK && spec->pool != -1) {
        status = dca__check_alive(model, DCA_KIND_POOL, spec->pool);
    }
    if (status == DCA_OK) {
        status = dca__check_positive(owner, "rate", spec->rate, err);
    }
    if (status == DCA_OK) {
        status = dca__check_finite(owner, "cost", spec->cost, err);
    }
    if (status == DCA_OK) {
        status = dca__check_within(owner, "ceiling", spec->ceiling, 0.0, INFINITY, err);
    }
    if (status == DCA_OK) {
        status = check_dense(model, owner, "use", spec->use);
    }
    if (status == DCA_OK && spec->num_links > 0) {
        status = dca__check_pointer(spec->link, "link", err);
    }
    if (status == DCA_OK) {
        status = dca__check_set(model->env, DCA_KIND_LINK, spec->num_links,
                                spec->num_links > 0 ? spec->link : NULL, model->num_links, err);
    }
    for (dca_index e = 0; status == DCA_OK && e < spec->num_links; e++) {
        status = dca__check_alive(model, DCA_KIND_LINK, spec->link[e]);
        if (status == DCA_OK && spec->link_use != NULL) {
            status = dca__check_amount(owner, "link_use", spec->link_use[e], err);
        }
    }
    return status;
}

/* ---- Adds ------------------------------------------------------------------------------------------ */

/* n specs may be added to `count` of them. */
static dca_status check_add(dca_model *model, dca_kind kind, const void *specs, dca_index n,
                            dca_index count)
{
    const dca_status status = dca__check_count(kind, n, count, &model->error);
    return status != DCA_OK || n == 0 ? status : dca__check_pointer(specs, "specs", &model->error);
}

static const void *spec_at(const void *specs, size_t stride, dca_index k)
{
    return (const char *)specs + (size_t)k * stride;
}

/* The edit is whole: tell solvers, and the caller where the objects stand. */
static dca_status added(dca_model *model, dca_index n, dca_index before, dca_index *first)
{
    if (n > 0) {
        dca__model_note_structure(model);
    }
    if (first != NULL) {
        *first = before;
    }
    return DCA_OK;
}

dca_status dca_model_add_pools(dca_model *model, const dca_pool_spec *specs, size_t stride,
                               dca_index n, dca_index *first)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    const dca_index before = model->num_pools;
    dca_status status = check_add(model, DCA_KIND_POOL, specs, n, before);
    for (dca_index k = 0; status == DCA_OK && k < n; k++) {
        dca_pool_spec spec = DCA_POOL_SPEC_INIT;
        status = dca__check_struct(spec_at(specs, stride, k), sizeof spec, "dca_pool_spec", &spec,
                                   &model->error);
        if (status == DCA_OK) {
            status = dca__check_pool(model, &spec, before + k);
        }
        if (status == DCA_OK) {
            status = dca__model_add_pool(model, &spec);
            if (status != DCA_OK) {
                status = dca__model_add_failed(model, status, DCA_KIND_POOL, before + k, spec.name);
            }
        }
    }
    if (status != DCA_OK) {
        dca__model_truncate_pools(model, before);
        return status;
    }
    return added(model, n, before, first);
}

dca_status dca_model_add_domains(dca_model *model, const dca_domain_spec *specs, size_t stride,
                                 dca_index n, dca_index *first)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    const dca_index before = model->num_domains;
    dca_status status = check_add(model, DCA_KIND_DOMAIN, specs, n, before);
    for (dca_index k = 0; status == DCA_OK && k < n; k++) {
        dca_domain_spec spec = DCA_DOMAIN_SPEC_INIT;
        status = dca__check_struct(spec_at(specs, stride, k), sizeof spec, "dca_domain_spec", &spec,
                                   &model->error);
        if (status == DCA_OK) {
            status = check_domain(model, &spec, before + k);
        }
        if (status == DCA_OK) {
            status = dca__model_add_domain(model, &spec);
            if (status != DCA_OK) {
                status =
                    dca__model_add_failed(model, status, DCA_KIND_DOMAIN, before + k, spec.name);
            }
        }
    }
    if (status != DCA_OK) {
        dca__model_truncate_domains(model, before);
        return status;
    }
    return added(model, n, before, first);
}

dca_status dca_model_add_links(dca_model *model, const dca_link_spec *specs, size_t stride,
                               dca_index n, dca_index *first)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    const dca_index before = model->num_links;
    dca_status status = check_add(model, DCA_KIND_LINK, specs, n, before);
    for (dca_index k = 0; status == DCA_OK && k < n; k++) {
        dca_link_spec spec = DCA_LINK_SPEC_INIT;
        status = dca__check_struct(spec_at(specs, stride, k), sizeof spec, "dca_link_spec", &spec,
                                   &model->error);
        if (status == DCA_OK) {
            status = check_link(model, &spec, before + k);
        }
        if (status == DCA_OK) {
            status = dca__model_add_link(model, &spec);
            if (status != DCA_OK) {
                status = dca__model_add_failed(model, status, DCA_KIND_LINK, before + k, spec.name);
            }
        }
    }
    if (status != DCA_OK) {
        dca__model_truncate_links(model, before);
        return status;
    }
    return added(model, n, before, first);
}

/* The nonzeros of dense [num_resources], NULL: none. Returns their number. */
static dca_nnz gather(const dca_model *model, const double *dense, dca_index *index, double *value)
{
    dca_nnz n = 0;
    for (dca_index r = 0; dense != NULL && r < model->num_resources; r++) {
        if (dense[r] != 0.0) {
            index[n] = r;
            value[n] = dense[r];
            n++;
        }
    }
    return n;
}

dca_status dca_model_add_demands(dca_model *model, const dca_demand_spec *specs, size_t stride,
                                 dca_index n, dca_index *first)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    const dca_index before = model->num_demands;
    dca_status status = check_add(model, DCA_KIND_DEMAND, specs, n, before);
    if (status != DCA_OK) {
        return status;
    }
    dca_index *index = DCA_ARRAY(model->env, dca_index, model->num_resources);
    double *value = DCA_ARRAY(model->env, double, model->num_resources);
    if (index == NULL || value == NULL) {
        status = dca__fail_nomem(&model->error);
    }
    for (dca_index k = 0; status == DCA_OK && k < n; k++) {
        dca_demand_spec spec = DCA_DEMAND_SPEC_INIT;
        status = dca__check_struct(spec_at(specs, stride, k), sizeof spec, "dca_demand_spec", &spec,
                                   &model->error);
        if (status == DCA_OK) {
            status = dca__check_demand(model, &spec, before + k);
        }
        if (status == DCA_OK) {
            const dca_nnz uses = gather(model, spec.use, index, value);
            status = dca__model_add_demand(model, &spec, uses, index, value);
            if (status != DCA_OK) {
                status =
                    dca__model_add_failed(model, status, DCA_KIND_DEMAND, before + k, spec.name);
            }
        }
    }
    dca__free(model->env, value);
    dca__free(model->env, index);
    if (status != DCA_OK) {
        dca__model_truncate_demands(model, before);
        return status;
    }
    return added(model, n, before, first);
}

/* Add one placement that was checked. */
static dca_status add_placement(dca_model *model, const dca_placement_spec *spec, dca_index *index,
                                double *value)
{
    const dca_index k = model->num_placements;
    const dca_nnz use_start[2] = {0, gather(model, spec->use, index, value)};
    const dca_nnz link_start[2] = {0, spec->num_links};
    dca_placement_columns columns = {0};
    columns.n = 1;
    columns.demand.at = &spec->demand;
    columns.pool.at = &spec->pool;
    columns.rate.at = &spec->rate;
    columns.cost.at = &spec->cost;
    columns.ceiling.at = &spec->ceiling;
    columns.use = (dca_sparse){spec->use == NULL ? NULL : use_start, index, value};
    columns.link = (dca_sparse){link_start, spec->link, spec->link_use};
    dca_status status = dca__model_add_placements(model, &columns);
    if (status == DCA_OK && spec->name != NULL) {
        status = dca__model_name_placement(model, k, spec->name);
    }
    return status == DCA_OK
               ? DCA_OK
               : dca__model_add_failed(model, status, DCA_KIND_PLACEMENT, k, spec->name);
}

dca_status dca_model_add_placements(dca_model *model, const dca_placement_spec *specs,
                                    size_t stride, dca_index n, dca_index *first)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    const dca_index before = model->num_placements;
    const dca_nnz uses_used = model->uses.used;
    const dca_nnz links_used = model->links_used.used;
    dca_status status = check_add(model, DCA_KIND_PLACEMENT, specs, n, before);
    if (status != DCA_OK) {
        return status;
    }
    dca_index *index = DCA_ARRAY(model->env, dca_index, model->num_resources);
    double *value = DCA_ARRAY(model->env, double, model->num_resources);
    if (index == NULL || value == NULL) {
        status = dca__fail_nomem(&model->error);
    }
    for (dca_index k = 0; status == DCA_OK && k < n; k++) {
        dca_placement_spec spec = DCA_PLACEMENT_SPEC_INIT;
        status = dca__check_struct(spec_at(specs, stride, k), sizeof spec, "dca_placement_spec",
                                   &spec, &model->error);
        if (status == DCA_OK) {
            status = check_placement(model, &spec, before + k);
        }
        if (status == DCA_OK) {
            status = add_placement(model, &spec, index, value);
        }
    }
    dca__free(model->env, value);
    dca__free(model->env, index);
    if (status != DCA_OK) {
        dca__model_truncate_placements(model, before, uses_used, links_used);
        return status;
    }
    return added(model, n, before, first);
}
