/* emit_domain.c - domains: a row per limit that is set, over everything that counts there.
 *
 *     sum_k factor_kd use_kr x_k + sum_p factor_pd idle_p nodes_p [r is power] <= limit_dr
 *
 * factor_kd is that of the pool of k on its ways up, for tenants that of the demand of k. Domains of
 * kind power count power only. */
#include "compile/build.h"

#include <math.h>

void dca__emit_domain_rows(dca__build *build)
{
    const dca_model *model = build->model;
    dca__map *map = &build->out->map;
    for (dca_index d = 0; d < model->num_domains; d++) {
        for (dca_index r = 0; model->domains[d].alive && r < map->num_resources; r++) {
            if (isfinite(model->limit[(dca_nnz)d * model->stride + r])) {
                map->domain_row[(dca_nnz)d * map->num_resources + r] =
                    dca__build_row(build, (dca__key){DCA__ROW_DOMAIN, d, r, -1, -1});
            }
        }
    }
}

/* Entries in the rows of the domains on the ways of `source`. */
static void follow_ways(dca__build *build, const dca__ways *ways, dca_index source, dca_index n,
                        const dca_index *resource, const double *use, double power)
{
    const dca__map *map = &build->out->map;
    for (dca_nnz e = ways->start[source]; e < ways->start[source + 1]; e++) {
        const dca_index *row = map->domain_row + (dca_nnz)ways->domain[e] * map->num_resources;
        dca__build_entry(build, row[DCA_POWER], ways->factor[e] * power);
        for (dca_index u = 0; u < n; u++) {
            if (resource[u] != DCA_POWER) {
                dca__build_entry(build, row[resource[u]], ways->factor[e] * use[u]);
            }
        }
    }
}

void dca__emit_domain_entries(dca__build *build, dca_index k)
{
    const dca_model *model = build->model;
    const dca_index pool = model->placements[k].pool;
    const dca_index tenant = model->demands[model->placements[k].demand].tenant;
    const dca_index *resource;
    const double *use;
    const dca_index n = dca__model_use(model, k, &resource, &use);
    const double power = dca__model_power(model, k);
    if (pool >= 0) {
        follow_ways(build, &build->out->pool_ways, pool, n, resource, use, power);
    }
    if (tenant >= 0) {
        follow_ways(build, &build->out->tenant_ways, tenant, n, resource, use, power);
    }
}
