/* emit_pool.c - pools: one row per resource that some placement uses, and power where it is limited.
 *
 *     always on:  sum_k use_kr x_k [+ idle count]           <= capacity_r count
 *     elastic:    sum_k use_kr x_k [+ idle on_p] - capacity_r on_p <= 0,   0 <= on_p <= count
 *
 * idle only where r is power; the use of power is the power drawn (docs/model.md). */
#include "compile/build.h"

/* Mark in pool_row (-2) the limits that exist: what is used, and power that is limited. */
static void mark_used(const dca_model *model, dca__map *map)
{
    for (dca_index k = 0; k < model->num_placements; k++) {
        const dca__placement *placement = &model->placements[k];
        if (!placement->alive || placement->pool < 0) {
            continue;
        }
        const dca_index *resource;
        const double *use;
        const dca_index n = dca__model_use(model, k, &resource, &use);
        dca_index *row = map->pool_row + (dca_nnz)placement->pool * map->num_resources;
        for (dca_index e = 0; e < n; e++) {
            if (resource[e] != DCA_POWER) {
                row[resource[e]] = -2;
            }
        }
    }
    for (dca_index p = 0; p < model->num_pools; p++) {
        if (model->pools[p].alive && model->capacity[(dca_nnz)p * model->stride + DCA_POWER] > 0) {
            map->pool_row[(dca_nnz)p * map->num_resources + DCA_POWER] = -2;
        }
    }
}

void dca__emit_pool_rows(dca__build *build)
{
    dca__map *map = &build->out->map;
    mark_used(build->model, map);
    for (dca_index p = 0; p < build->model->num_pools; p++) {
        for (dca_index r = 0; r < map->num_resources; r++) {
            dca_index *row = &map->pool_row[(dca_nnz)p * map->num_resources + r];
            if (*row == -2) {
                *row = dca__build_row(build, (dca__key){DCA__ROW_POOL, p, r, -1, -1});
            }
        }
    }
}

void dca__emit_pool_entries(dca__build *build, dca_index k)
{
    const dca_model *model = build->model;
    const dca__map *map = &build->out->map;
    const dca_index p = model->placements[k].pool;
    if (p < 0) {
        return;
    }
    const dca_index *row = map->pool_row + (dca_nnz)p * map->num_resources;
    const dca_index *resource;
    const double *use;
    const dca_index n = dca__model_use(model, k, &resource, &use);
    for (dca_index e = 0; e < n; e++) {
        if (resource[e] != DCA_POWER) {
            dca__build_entry(build, row[resource[e]], use[e]);
        }
    }
    if (row[DCA_POWER] >= 0) {
        dca__build_entry(build, row[DCA_POWER], dca__model_power(model, k));
    }
}

void dca__emit_nodes(dca__build *build)
{
    const dca_model *model = build->model;
    dca__compiled *out = build->out;
    for (dca_index p = 0; p < model->num_pools; p++) {
        const dca__pool *pool = &model->pools[p];
        if (!pool->alive || pool->elastic == 0) {
            continue;
        }
        for (dca_nnz e = out->pool_ways.start[p]; e < out->pool_ways.start[p + 1]; e++) {
            const dca_index row =
                out->map.domain_row[(dca_nnz)out->pool_ways.domain[e] * out->map.num_resources +
                                    DCA_POWER];
            dca__build_entry(build, row, pool->idle_watts * out->pool_ways.factor[e]);
        }
        dca__build_repeat(build);
        const dca_index *rows = out->map.pool_row + (dca_nnz)p * out->map.num_resources;
        const dca_index power = rows[DCA_POWER];
        /* in its utilisation rows the idle watts alone: the limit there is of all nodes */
        for (dca_index i = power >= 0 ? out->map.first_repeat[power] : -1; i >= 0;
             i = out->map.next_repeat[i]) {
            dca__build_entry(build, i, pool->idle_watts);
        }
        for (dca_index r = 0; r < out->map.num_resources; r++) {
            const double capacity = model->capacity[(dca_nnz)p * model->stride + r];
            const double idle = r == DCA_POWER ? pool->idle_watts : 0.0;
            dca__build_entry(build, rows[r], idle - capacity);
        }
        out->map.nodes[p] = dca__build_column(build, DCA__COLUMN_NODES, p, 0.0, pool->count);
    }
}
