/* model_pool.c - pools of interchangeable nodes. */
#include "model/model.h"

#include "base/alloc.h"

#include <string.h>

/* Room for one more dense row in each of the pools' arrays. */
static dca_status reserve_rows(dca_model *model)
{
    if (model->num_pools < model->pool_rows) {
        return DCA_OK;
    }
    const dca_nnz rows = model->pool_rows + model->pool_rows / 2 + 8;
    double **const array[] = {&model->capacity, &model->watts, &model->pool_repair};
    for (int a = 0; a < 3; a++) {
        double *grown = dca__realloc(model->env, *array[a], rows * model->stride, sizeof *grown);
        if (grown == NULL) {
            return DCA_E_NOMEM; /* blocks that grew stay so: harmless */
        }
        *array[a] = grown;
    }
    model->pool_rows = rows;
    return DCA_OK;
}

dca_status dca__model_add_pool(dca_model *model, const dca_pool_spec *spec)
{
    const dca_index p = model->num_pools;
    if (reserve_rows(model) != DCA_OK ||
        DCA_RESERVE(model->env, model->pools, model->pool_capacity, (dca_nnz)p + 1) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    const dca_status status =
        dca__model_append_name(model, &model->pool_names, DCA_KIND_POOL, spec->name);
    if (status != DCA_OK) {
        return status;
    }
    dca__pool *pool = &model->pools[p];
    pool->count = spec->count;
    pool->idle_watts = spec->idle_watts;
    pool->price = spec->price;
    pool->elastic = spec->elastic;
    pool->arcs = -1;
    pool->alive = true;
    const dca_nnz row = (dca_nnz)p * model->stride;
    for (dca_index r = 0; r < model->stride; r++) {
        const bool given = r < model->num_resources;
        model->capacity[row + r] = given && spec->capacity != NULL ? spec->capacity[r] : 0.0;
        model->watts[row + r] = given && spec->watts != NULL ? spec->watts[r] : 0.0;
        model->pool_repair[row + r] = 1.0;
    }
    model->num_pools++;
    return DCA_OK;
}

void dca__model_truncate_pools(dca_model *model, dca_index count)
{
    dca__strtab_truncate(model->env, &model->pool_names, count);
    model->num_pools = count;
}

double dca__model_power_at(const dca_model *model, dca_index pool, dca_index n,
                           const dca_index *resource, const double *use)
{
    const double *watts = pool < 0 ? NULL : model->watts + (dca_nnz)pool * model->stride;
    double power = 0.0;
    for (dca_index e = 0; e < n; e++) {
        if (resource[e] == DCA_POWER) {
            power += use[e];
        } else if (watts != NULL) {
            power += watts[resource[e]] * use[e];
        }
    }
    return power;
}

bool dca__model_fits_pool(const dca_model *model, dca_index pool, dca_index n,
                          const dca_index *resource, const double *use)
{
    const double slack = 1.0 + 1e-9; /* of rounding in the caller's own divisions */
    if (pool < 0) {
        return true;
    }
    const double *capacity = model->capacity + (dca_nnz)pool * model->stride;
    for (dca_index e = 0; e < n; e++) {
        if (resource[e] != DCA_POWER && use[e] > capacity[resource[e]] * slack) {
            return false;
        }
    }
    const double watts = capacity[DCA_POWER];
    return watts <= 0.0 ||
           model->pools[pool].idle_watts + dca__model_power_at(model, pool, n, resource, use) <=
               watts * slack;
}

bool dca__model_fits(const dca_model *model, dca_index k)
{
    const dca_index *resource;
    const double *use;
    const dca_index n = dca__model_use(model, k, &resource, &use);
    return dca__model_fits_pool(model, model->placements[k].pool, n, resource, use);
}
