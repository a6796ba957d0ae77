/* compile.c - model -> LP, whole. Order: ways up, rows with bounds, columns with entries, costs. */
#include "compile/compile.h"

#include "base/alloc.h"
#include "base/err.h"
#include "compile/build.h"

#include <math.h>
#include <string.h>

void dca__compiled_free(dca_env *env, dca__compiled *compiled)
{
    if (compiled->lp != NULL) {
        dca__lp_release(compiled->lp);
    }
    dca__map_free(env, &compiled->map);
    dca__ways_free(env, &compiled->pool_ways);
    dca__ways_free(env, &compiled->tenant_ways);
    for (dca_index t = 0; compiled->tiers != NULL && t < compiled->num_tiers; t++) {
        dca__free(env, compiled->tiers[t].cost);
    }
    dca__free(env, compiled->tiers);
    dca__free(env, compiled->idle);
    *compiled = (dca__compiled){0};
}

/* ---- Values of single rows and columns ------------------------------------------------------------- */

double dca__compile_ceiling(const dca_model *model, dca_index k)
{
    const dca__placement *placement = &model->placements[k];
    if (placement->pool >= 0 &&
        (model->pools[placement->pool].count <= 0.0 || !dca__model_fits(model, k))) {
        return 0.0;
    }
    return placement->ceiling;
}

double dca__compile_slack(const dca_model *model, dca_index i)
{
    const dca__demand *demand = &model->demands[i];
    if (demand->hard != 0 || isinf(demand->amount)) {
        return 0.0;
    }
    return (1.0 - demand->min_share) * demand->amount;
}

double dca__compile_share_bound(const dca_model *model, const dca__compiled *compiled,
                                const dca__term *term)
{
    double bound = 0.0;
    for (dca_index i = 0; i < model->num_demands; i++) {
        const dca__demand *demand = &model->demands[i];
        if (demand->alive && isfinite(demand->amount) &&
            dca__objective_covers(model, compiled, term, i)) {
            bound = fmax(bound, 1.0 / demand->weight);
        }
    }
    return bound;
}

void dca__compile_idle(const dca_model *model, dca__compiled *compiled)
{
    memset(compiled->idle, 0, (size_t)model->num_domains * sizeof *compiled->idle);
    const dca__ways *ways = &compiled->pool_ways;
    for (dca_index p = 0; p < model->num_pools; p++) {
        const dca__pool *pool = &model->pools[p];
        const double watts = pool->alive && pool->elastic == 0 ? pool->idle_watts * pool->count : 0;
        for (dca_nnz e = ways->start[p]; watts > 0.0 && e < ways->start[p + 1]; e++) {
            compiled->idle[ways->domain[e]] += ways->factor[e] * watts;
        }
    }
}

double dca__compile_constant(const dca_model *model, const dca__compiled *compiled,
                             const dca__key *row)
{
    if (row->kind == DCA__ROW_POOL && row->b == DCA_POWER && model->pools[row->a].elastic == 0) {
        return model->pools[row->a].idle_watts * model->pools[row->a].count;
    }
    return row->kind == DCA__ROW_DOMAIN && row->b == DCA_POWER ? compiled->idle[row->a] : 0.0;
}

void dca__compile_row_bounds(const dca_model *model, const dca__compiled *compiled,
                             const dca__key *row, double *lower, double *upper)
{
    *lower = -INFINITY;
    if (row->kind == DCA__ROW_DEMAND) {
        const double amount = model->demands[row->a].amount;
        *lower = isinf(amount) ? -INFINITY : amount;
        *upper = amount;
    } else if (row->kind == DCA__ROW_SHARE) {
        *upper = model->demands[row->b].amount;
    } else if (row->kind == DCA__ROW_UTILISATION) {
        const dca__key limit = {row->b, row->c, row->d, -1, -1};
        *upper = -dca__compile_constant(model, compiled, &limit);
    } else if (row->kind == DCA__ROW_MOVEMENT) {
        *lower = *upper = model->placements[row->a].current;
    } else if (row->kind == DCA__ROW_POOL && model->pools[row->a].elastic != 0) {
        *upper = 0.0;
    } else {
        *upper = dca__map_limit_value(model, row) - dca__compile_constant(model, compiled, row);
    }
}

/* ---- The whole -------------------------------------------------------------------------------------- */

/* n places of -1, or NULL. */
static dca_index *none(dca_env *env, dca_nnz n)
{
    dca_index *array = DCA_ARRAY(env, dca_index, n);
    for (dca_nnz k = 0; array != NULL && k < n; k++) {
        array[k] = -1;
    }
    return array;
}

static dca_status map_new(const dca_model *model, dca__map *map)
{
    dca_env *env = model->env;
    dca_nnz terms = 0;
    for (dca_index t = 0; t < model->num_tiers; t++) {
        terms += model->tiers[t].count;
    }
    map->num_resources = model->num_resources;
    map->pool_row = none(env, (dca_nnz)model->num_pools * model->num_resources);
    map->domain_row = none(env, (dca_nnz)model->num_domains * model->num_resources);
    map->link_row = none(env, model->num_links);
    map->demand_row = none(env, model->num_demands);
    map->placed = none(env, model->num_placements);
    map->unmet = none(env, model->num_demands);
    map->nodes = none(env, model->num_pools);
    map->term_column = none(env, terms);
    return map->pool_row == NULL || map->domain_row == NULL || map->link_row == NULL ||
                   map->demand_row == NULL || map->placed == NULL || map->unmet == NULL ||
                   map->nodes == NULL || map->term_column == NULL
               ? DCA_E_NOMEM
               : DCA_OK;
}

/* The row of the limit that a row of a term repeats, or -1. */
static dca_index repeated(const dca__map *map, const dca__key *row)
{
    if (row->kind == DCA__ROW_SHARE) {
        return map->demand_row[row->b];
    }
    if (row->kind != DCA__ROW_UTILISATION) {
        return -1;
    }
    if (row->b == DCA__ROW_POOL) {
        return map->pool_row[(dca_nnz)row->c * map->num_resources + row->d];
    }
    return row->b == DCA__ROW_DOMAIN
               ? map->domain_row[(dca_nnz)row->c * map->num_resources + row->d]
               : map->link_row[row->c];
}

/* Rows are all there: chain those that repeat a limit to it. */
static void chain_repeats(dca__build *build)
{
    dca__map *map = &build->out->map;
    while (map->num_limits < build->num_rows &&
           build->row_key[map->num_limits].kind <= DCA__ROW_DEMAND) {
        map->num_limits++;
    }
    map->first_repeat = none(build->out->env, map->num_limits);
    map->next_repeat = none(build->out->env, build->num_rows);
    if (map->first_repeat == NULL || map->next_repeat == NULL) {
        build->failed = true;
        return;
    }
    for (dca_index i = build->num_rows - 1; i >= map->num_limits; i--) {
        const dca_index limit = repeated(map, &build->row_key[i]);
        if (limit >= 0) {
            map->next_repeat[i] = map->first_repeat[limit];
            map->first_repeat[limit] = i;
        }
    }
}

static void emit(dca__build *build)
{
    dca__emit_pool_rows(build);
    dca__emit_domain_rows(build);
    dca__emit_link_rows(build);
    dca__emit_demand_rows(build);
    dca__emit_share_rows(build);
    dca__emit_balance_rows(build);
    dca__emit_movement_rows(build);
    if (!build->failed) {
        chain_repeats(build);
    }
    if (!build->failed) {
        dca__emit_placed(build);
        dca__emit_unmet(build);
        dca__emit_nodes(build);
        dca__emit_shares(build);
        dca__emit_balances(build);
        dca__emit_movements(build);
    }
}

/* Hand the rows and columns described to the LP, and their keys to the map. */
static dca_status finish(dca__build *build, dca_error *err)
{
    dca__compiled *out = build->out;
    dca_status status = dca__lp_new(out->env, &out->lp);
    if (status != DCA_OK) {
        return dca__fail_nomem(err);
    }
    dca_lp_rows rows = {0};
    rows.n = build->num_rows;
    rows.lower = (dca_doubles){build->row_lower, sizeof *build->row_lower};
    rows.upper = (dca_doubles){build->row_upper, sizeof *build->row_upper};
    if (rows.n > 0) {
        status = dca__lp_add_rows(out->lp, &rows, err);
    }
    dca_lp_columns columns = {0};
    columns.n = build->num_columns;
    columns.lower = (dca_doubles){build->lower, sizeof *build->lower};
    columns.upper = (dca_doubles){build->upper, sizeof *build->upper};
    columns.entries = (dca_sparse){build->start, build->index, build->value};
    if (status == DCA_OK && columns.n > 0) {
        status = dca__lp_add_columns(out->lp, &columns, err);
    }
    out->map.num_rows = build->num_rows;
    out->map.num_columns = build->num_columns;
    out->map.row = build->row_key;
    out->map.column = build->column_key;
    build->row_key = build->column_key = NULL;
    return status;
}

static bool holds_term(const dca_model *model, dca_term_kind kind)
{
    for (dca_index t = 0; t < model->num_tiers; t++) {
        for (dca_index e = 0; e < model->tiers[t].count; e++) {
            if (model->tiers[t].terms[e].kind == (int32_t)kind) {
                return true;
            }
        }
    }
    return false;
}

dca_status dca__compile(const dca_model *model, dca__compiled *result, dca_error *err)
{
    dca_env *env = model->env;
    dca__compiled out = {0};
    dca__build build = {0};
    out.env = env;
    out.structure = model->structure;
    out.compaction = model->compaction;
    out.cursor = model->journal_end;
    out.moves = holds_term(model, DCA_TERM_MOVEMENT);
    out.values = holds_term(model, DCA_TERM_VALUE);
    build.model = model;
    build.out = &out;
    dca_status status = dca__ways_build(model, &out.pool_ways, &out.tenant_ways, err);
    if (status != DCA_OK) {
        goto done;
    }
    out.idle = DCA_ZEROS(env, double, model->num_domains);
    if (out.idle == NULL || map_new(model, &out.map) != DCA_OK) {
        status = dca__fail_nomem(err);
        goto done;
    }
    dca__compile_idle(model, &out);
    emit(&build);
    status = build.failed ? dca__fail_nomem(err) : finish(&build, err);
    if (status == DCA_OK && dca__objective_new(model, &out) != DCA_OK) {
        status = dca__fail_nomem(err);
    }
done:
    dca__free(env, build.row_key);
    dca__free(env, build.column_key);
    dca__free(env, build.row_lower);
    dca__free(env, build.row_upper);
    dca__free(env, build.lower);
    dca__free(env, build.upper);
    dca__free(env, build.start);
    dca__free(env, build.index);
    dca__free(env, build.value);
    if (status != DCA_OK) {
        dca__compiled_free(env, &out);
        return status;
    }
    *result = out;
    return DCA_OK;
}
