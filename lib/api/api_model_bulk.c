/* api_model_bulk.c - include/dcalloc/model.h: adds by columns, and placements by rule. O(objects and
 * entries) each; nothing is allocated per placement. */
#include "api/api_model.h"
#include "base/alloc.h"

#include <math.h>

/* Spread sparse list k over dense [num_resources], zero on entry; clear undoes it. */
static void spread(dca_sparse lists, dca_index k, double *dense, bool clear)
{
    if (lists.start == NULL) {
        return;
    }
    for (dca_nnz e = lists.start[k]; e < lists.start[k + 1]; e++) {
        dense[lists.index[e]] = clear ? 0.0 : dca__sparse_value(lists, e);
    }
}

static dca_status check_uses(const dca_model *model, dca_sparse lists, dca_index n,
                             const char *argument, dca_kind kind, dca_index first, dca_strings name)
{
    const dca__sparse_rule rule = {argument,
                                   argument,
                                   kind,
                                   first,
                                   name,
                                   DCA_KIND_RESOURCE,
                                   model->num_resources,
                                   &model->resource_names,
                                   0.0};
    return dca__check_sparse(model->env, lists, n, &rule, dca__model_err(model));
}

static dca_status add_pool_columns(dca_model *model, const dca_pool_columns *columns,
                                   double *capacity, double *watts)
{
    const dca_index before = model->num_pools;
    dca_status status = DCA_OK;
    for (dca_index k = 0; status == DCA_OK && k < columns->n; k++) {
        dca_pool_spec spec = DCA_POOL_SPEC_INIT;
        spec.elastic = dca__index_at(columns->elastic, k, spec.elastic);
        spec.name = dca__string_at(columns->name, k);
        spec.count = dca__double_at(columns->count, k, spec.count);
        spec.idle_watts = dca__double_at(columns->idle_watts, k, spec.idle_watts);
        spec.price = dca__double_at(columns->price, k, spec.price);
        spec.capacity = capacity;
        spec.watts = watts;
        spread(columns->capacity, k, capacity, false);
        spread(columns->watts, k, watts, false);
        status = dca__check_pool(model, &spec, before + k);
        if (status == DCA_OK) {
            status = dca__model_add_pool(model, &spec);
            if (status != DCA_OK) {
                status = dca__model_add_failed(model, status, DCA_KIND_POOL, before + k, spec.name);
            }
        }
        spread(columns->capacity, k, capacity, true);
        spread(columns->watts, k, watts, true);
    }
    if (status != DCA_OK) {
        dca__model_truncate_pools(model, before);
    }
    return status;
}

dca_status dca_model_add_pool_columns(dca_model *model, const dca_pool_columns *columns,
                                      dca_index *first)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    dca_error *err = &model->error;
    const dca_index before = model->num_pools;
    dca_pool_columns own = {0};
    dca_status status = dca__check_struct(columns, sizeof own, "dca_pool_columns", &own, err);
    if (status == DCA_OK) {
        status = dca__check_count(DCA_KIND_POOL, own.n, before, err);
    }
    if (status == DCA_OK) {
        status =
            check_uses(model, own.capacity, own.n, "capacity", DCA_KIND_POOL, before, own.name);
    }
    if (status == DCA_OK) {
        status = check_uses(model, own.watts, own.n, "watts", DCA_KIND_POOL, before, own.name);
    }
    if (status != DCA_OK) {
        return status;
    }
    double *dense = DCA_ZEROS(model->env, double, 2 * (dca_nnz)model->num_resources);
    status = dense == NULL ? dca__fail_nomem(err)
                           : add_pool_columns(model, &own, dense, dense + model->num_resources);
    dca__free(model->env, dense);
    if (status != DCA_OK) {
        return status;
    }
    if (own.n > 0) {
        dca__model_note_structure(model);
    }
    if (first != NULL) {
        *first = before;
    }
    return DCA_OK;
}

dca_status dca_model_add_demand_columns(dca_model *model, const dca_demand_columns *columns,
                                        dca_index *first)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    dca_error *err = &model->error;
    const dca_index before = model->num_demands;
    dca_demand_columns own = {0};
    dca_status status = dca__check_struct(columns, sizeof own, "dca_demand_columns", &own, err);
    if (status == DCA_OK) {
        status = dca__check_count(DCA_KIND_DEMAND, own.n, before, err);
    }
    if (status == DCA_OK) {
        status = check_uses(model, own.use, own.n, "use", DCA_KIND_DEMAND, before, own.name);
    }
    if (status != DCA_OK) {
        return status;
    }
    for (dca_index k = 0; status == DCA_OK && k < own.n; k++) {
        dca_demand_spec spec = DCA_DEMAND_SPEC_INIT;
        spec.name = dca__string_at(own.name, k);
        spec.tenant = dca__index_at(own.tenant, k, spec.tenant);
        spec.hard = dca__index_at(own.hard, k, spec.hard);
        spec.priority = dca__index_at(own.priority, k, spec.priority);
        spec.amount = dca__double_at(own.amount, k, spec.amount);
        spec.value = dca__double_at(own.value, k, spec.value);
        spec.min_share = dca__double_at(own.min_share, k, spec.min_share);
        spec.weight = dca__double_at(own.weight, k, spec.weight);
        status = dca__check_demand(model, &spec, before + k);
        if (status != DCA_OK) {
            break;
        }
        const dca_nnz begin = own.use.start == NULL ? 0 : own.use.start[k];
        const dca_nnz end = own.use.start == NULL ? 0 : own.use.start[k + 1];
        status = dca__model_add_demand(model, &spec, end - begin,
                                       own.use.index == NULL ? NULL : own.use.index + begin,
                                       own.use.value == NULL ? NULL : own.use.value + begin);
        if (status != DCA_OK) {
            status = dca__model_add_failed(model, status, DCA_KIND_DEMAND, before + k, spec.name);
        }
    }
    if (status != DCA_OK) {
        dca__model_truncate_demands(model, before);
        return status;
    }
    if (own.n > 0) {
        dca__model_note_structure(model);
    }
    if (first != NULL) {
        *first = before;
    }
    return DCA_OK;
}

/* The numbers of placement k, and what it refers to. */
static dca_status check_placement_at(const dca_model *model, const dca_placement_columns *columns,
                                     dca_index k)
{
    dca_error *err = dca__model_err(model);
    const dca_index demand = dca__index_at(columns->demand, k, -1);
    const dca_index pool = dca__index_at(columns->pool, k, -1);
    const double rate = dca__double_at(columns->rate, k, 1.0);
    const double cost = dca__double_at(columns->cost, k, 0.0);
    const double ceiling = dca__double_at(columns->ceiling, k, INFINITY);
    if (demand >= 0 && demand < model->num_demands && model->demands[demand].alive &&
        (pool == -1 || (pool >= 0 && pool < model->num_pools && model->pools[pool].alive)) &&
        rate > 0.0 && rate < INFINITY && fabs(cost) < INFINITY && ceiling >= 0.0) {
        return DCA_OK; /* all but the culprit pass here */
    }
    dca_status status = dca__check_alive(model, DCA_KIND_DEMAND, demand);
    if (status == DCA_OK && pool != -1) {
        status = dca__check_alive(model, DCA_KIND_POOL, pool);
    }
    const dca__owner owner = {DCA_KIND_PLACEMENT, model->num_placements + k, NULL};
    if (status == DCA_OK) {
        status = dca__check_positive(owner, "rate", rate, err);
    }
    if (status == DCA_OK) {
        status = dca__check_finite(owner, "cost", cost, err);
    }
    return status != DCA_OK ? status
                            : dca__check_within(owner, "ceiling", ceiling, 0.0, INFINITY, err);
}

static dca_status check_placements(const dca_model *model, const dca_placement_columns *columns)
{
    dca_error *err = dca__model_err(model);
    const dca_index before = model->num_placements;
    const dca_strings unnamed = {NULL, 0};
    dca_status status = dca__check_count(DCA_KIND_PLACEMENT, columns->n, before, err);
    if (status == DCA_OK && columns->n > 0) {
        status = dca__check_pointer(columns->demand.at, "demand", err);
    }
    for (dca_index k = 0; status == DCA_OK && k < columns->n; k++) {
        status = check_placement_at(model, columns, k);
    }
    if (status == DCA_OK) {
        status =
            check_uses(model, columns->use, columns->n, "use", DCA_KIND_PLACEMENT, before, unnamed);
    }
    if (status == DCA_OK) {
        const dca__sparse_rule rule = {
            "link",  "use",         DCA_KIND_PLACEMENT, before,
            unnamed, DCA_KIND_LINK, model->num_links,   &model->link_names,
            0.0};
        status = dca__check_sparse(model->env, columns->link, columns->n, &rule, err);
    }
    if (status == DCA_OK && columns->link.start != NULL && columns->n > 0) {
        for (dca_nnz e = columns->link.start[0];
             status == DCA_OK && e < columns->link.start[columns->n]; e++) {
            if (!model->links[columns->link.index[e]].alive) {
                status = dca__check_alive(model, DCA_KIND_LINK, columns->link.index[e]);
            }
        }
    }
    return status;
}

dca_status dca_model_add_placement_columns(dca_model *model, const dca_placement_columns *columns,
                                           dca_index *first)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    const dca_index before = model->num_placements;
    dca_placement_columns own = {0};
    dca_status status =
        dca__check_struct(columns, sizeof own, "dca_placement_columns", &own, &model->error);
    if (status == DCA_OK) {
        status = check_placements(model, &own);
    }
    if (status != DCA_OK) {
        return status;
    }
    if (own.n > 0) {
        if (dca__model_add_placements(model, &own) != DCA_OK) {
            return dca__fail_nomem(&model->error);
        }
        dca__model_note_structure(model);
    }
    if (first != NULL) {
        *first = before;
    }
    return DCA_OK;
}

/* Choose the pools where a unit of `demand` fits and stands not yet; chosen, rate [n of them]. */
static dca_index choose_pools(const dca_model *model, dca_index demand, dca_index n,
                              const dca_index *pools, const double *rates, bool *taken,
                              dca_index *chosen, double *rate)
{
    const dca__demand *from = &model->demands[demand];
    const dca_index *resource = from->use_length == 0 ? NULL : model->uses.index + from->use;
    const double *use = from->use_length == 0 ? NULL : model->uses.value + from->use;
    for (dca_index k = from->first; k >= 0; k = model->placements[k].next) {
        if (model->placements[k].pool >= 0) {
            taken[model->placements[k].pool] = true;
        }
    }
    dca_index count = 0;
    for (dca_index k = 0; k < n; k++) {
        const dca_index p = pools == NULL ? k : pools[k];
        if (model->pools[p].alive && !taken[p] &&
            dca__model_fits_pool(model, p, from->use_length, resource, use)) {
            taken[p] = true;
            chosen[count] = p;
            rate[count] = rates == NULL ? 1.0 : rates[k];
            count++;
        }
    }
    return count;
}

static dca_status check_place(const dca_model *model, dca_index demand, dca_index n,
                              const dca_index *pools, const double *rates)
{
    dca_error *err = dca__model_err(model);
    dca_status status = dca__check_alive(model, DCA_KIND_DEMAND, demand);
    if (status == DCA_OK && n < -1) {
        return dca__fail(err, DCA_E_ARG, DCA_KIND_POOL, -1,
                         "%d pools are listed, expected a number >= 0, or -1 for every pool",
                         (int)n);
    }
    if (status == DCA_OK && n > 0) {
        status = dca__check_pointer(pools, "pools", err);
    }
    const dca__owner owner = dca__model_owner(model, DCA_KIND_DEMAND, demand);
    const dca_index listed = n < 0 ? model->num_pools : n;
    for (dca_index k = 0; status == DCA_OK && k < listed; k++) {
        if (n >= 0) {
            status = dca__check_alive(model, DCA_KIND_POOL, pools[k]);
        }
        if (status == DCA_OK && rates != NULL && (n >= 0 || model->pools[k].alive)) {
            status = dca__check_positive(owner, "rate", rates[k], err);
        }
    }
    return status;
}

dca_status dca_model_place(dca_model *model, dca_index demand, dca_index n, const dca_index *pools,
                           const double *rates, dca_index *count)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    dca_status status = check_place(model, demand, n, pools, rates);
    if (status != DCA_OK) {
        return status;
    }
    dca_env *env = model->env;
    const dca_index listed = n < 0 ? model->num_pools : n;
    bool *taken = DCA_ZEROS(env, bool, model->num_pools);
    dca_index *chosen = DCA_ARRAY(env, dca_index, listed);
    double *rate = DCA_ARRAY(env, double, listed);
    if (taken == NULL || chosen == NULL || rate == NULL) {
        status = DCA_E_NOMEM;
        goto done;
    }
    dca_placement_columns columns = {0};
    columns.n =
        choose_pools(model, demand, listed, n < 0 ? NULL : pools, rates, taken, chosen, rate);
    columns.demand.at = &demand; /* stride 0: the same for all */
    columns.pool = (dca_indices){chosen, sizeof *chosen};
    columns.rate = (dca_doubles){rate, sizeof *rate};
    status = columns.n > INT32_MAX - model->num_placements
                 ? DCA_E_NOMEM
                 : dca__model_add_placements(model, &columns);
    if (status == DCA_OK && columns.n > 0) {
        dca__model_note_structure(model);
    }
    if (status == DCA_OK && count != NULL) {
        *count = columns.n;
    }
done:
    dca__free(env, rate);
    dca__free(env, chosen);
    dca__free(env, taken);
    return status == DCA_OK ? DCA_OK : dca__fail_nomem(&model->error);
}
