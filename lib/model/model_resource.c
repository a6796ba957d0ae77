/* model_resource.c - resources: names, units, and the width of the dense rows.
 *
 * Rows of pools and domains are `stride` doubles wide. When a resource does not fit, every dense
 * array is laid out anew with a stride half as wide again: amortised O(pools + domains) a resource. */
#include "model/model.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

/* A copy of n rows of `from`, wider, the new places filled. NULL: no memory. */
static double *widen(dca_env *env, const double *from, dca_index n, dca_nnz rows,
                     dca_index old_stride, dca_index stride, double fill)
{
    double *fresh = DCA_ARRAY(env, double, rows *stride);
    if (fresh == NULL) {
        return NULL;
    }
    for (dca_index k = 0; k < n; k++) {
        double *row = fresh + (dca_nnz)k * stride;
        for (dca_index r = 0; r < stride; r++) {
            row[r] = r < old_stride ? from[(dca_nnz)k * old_stride + r] : fill;
        }
    }
    return fresh;
}

static dca_status grow_stride(dca_model *model)
{
    enum { ARRAYS = 5 };
    dca_env *env = model->env;
    const dca_index old = model->stride;
    const dca_index stride = old + old / 2 + 4;
    double **const array[ARRAYS] = {&model->capacity, &model->watts, &model->pool_repair,
                                    &model->limit, &model->domain_repair};
    const double fill[ARRAYS] = {0.0, 0.0, 1.0, INFINITY, 1.0};
    double *fresh[ARRAYS] = {NULL};
    double *scratch = DCA_ZEROS(env, double, 3 * (dca_nnz)stride);
    dca_index *unit = DCA_ARRAY(env, dca_index, stride);
    bool whole = scratch != NULL && unit != NULL;
    for (int a = 0; whole && a < ARRAYS; a++) {
        const bool pool = a < 3;
        fresh[a] = widen(env, *array[a], pool ? model->num_pools : model->num_domains,
                         pool ? model->pool_rows : model->domain_rows, old, stride, fill[a]);
        whole = fresh[a] != NULL;
    }
    if (!whole) {
        for (int a = 0; a < ARRAYS; a++) {
            dca__free(env, fresh[a]);
        }
        dca__free(env, scratch);
        dca__free(env, unit);
        return DCA_E_NOMEM;
    }
    if (model->num_resources > 0) {
        memcpy(unit, model->resource_unit, (size_t)model->num_resources * sizeof *unit);
    }
    for (int a = 0; a < ARRAYS; a++) {
        dca__free(env, *array[a]);
        *array[a] = fresh[a];
    }
    dca__free(env, model->scratch);
    dca__free(env, model->resource_unit);
    model->scratch = scratch;
    model->resource_unit = unit;
    model->stride = stride;
    return DCA_OK;
}

dca_status dca__model_add_resource(dca_model *model, const char *name, const char *unit)
{
    if (model->num_resources == model->stride && grow_stride(model) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca_index label = 0;
    if (unit != NULL && dca__model_intern(model, unit, &label) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    const dca_status status =
        dca__model_append_name(model, &model->resource_names, DCA_KIND_RESOURCE, name);
    if (status != DCA_OK) {
        return status;
    }
    model->resource_unit[model->num_resources++] = label;
    model->revision++; /* nothing uses it yet: no solve depends on it */
    return DCA_OK;
}
