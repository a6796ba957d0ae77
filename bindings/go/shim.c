/* shim.c - see shim.h. */
#include "shim.h"

#include <dlfcn.h>
#include <string.h>

#include "_cgo_export.h"

static dca_doubles doubles(const double *at, size_t length)
{
    const dca_doubles given = {at, length == 1 ? 0 : (ptrdiff_t)sizeof(double)};
    return given;
}

dca_status go_lp_set_costs(dca_lp *lp, dca_index n, const dca_index *columns, const double *costs,
                           size_t length)
{
    return dca_lp_set_costs(lp, n, columns, doubles(costs, length));
}

dca_status go_lp_set_column_bounds(dca_lp *lp, dca_index n, const dca_index *columns,
                                   const double *lower, size_t lower_length, const double *upper,
                                   size_t upper_length)
{
    return dca_lp_set_column_bounds(lp, n, columns, doubles(lower, lower_length),
                                    doubles(upper, upper_length));
}

dca_status go_lp_set_row_bounds(dca_lp *lp, dca_index n, const dca_index *rows, const double *lower,
                                size_t lower_length, const double *upper, size_t upper_length)
{
    return dca_lp_set_row_bounds(lp, n, rows, doubles(lower, lower_length),
                                 doubles(upper, upper_length));
}

dca_status go_lp_set_integers(dca_lp *lp, dca_index n, const dca_index *columns,
                              const int32_t *integer, size_t length)
{
    const dca_indices given = {integer, length == 1 ? 0 : (ptrdiff_t)sizeof(int32_t)};
    return dca_lp_set_integers(lp, n, columns, given);
}

dca_status go_model_set_current(dca_model *model, dca_index n, const dca_index *placements,
                                const double *amounts, size_t length)
{
    return dca_model_set_current(model, n, placements, doubles(amounts, length));
}

static dca_status edit_one(dca_model *model, const go_edit *e)
{
    switch (e->field) {
    case GO_SET_POOL_COUNT:
        return dca_model_set_pool_count(model, e->at, e->value);
    case GO_SET_POOL_CAPACITY:
        return dca_model_set_pool_capacity(model, e->at, e->other, e->value);
    case GO_SET_POOL_WATTS:
        return dca_model_set_pool_watts(model, e->at, e->other, e->value);
    case GO_SET_POOL_IDLE_WATTS:
        return dca_model_set_pool_idle_watts(model, e->at, e->value);
    case GO_SET_POOL_PRICE:
        return dca_model_set_pool_price(model, e->at, e->value);
    case GO_SET_DOMAIN_LIMIT:
        return dca_model_set_domain_limit(model, e->at, e->other, e->value);
    case GO_SET_DOMAIN_FACTOR:
        return dca_model_set_domain_factor(model, e->at, e->value);
    case GO_SET_DOMAIN_ENERGY_PRICE:
        return dca_model_set_domain_energy_price(model, e->at, e->value);
    case GO_SET_LINK_CAPACITY:
        return dca_model_set_link_capacity(model, e->at, e->value);
    case GO_SET_LINK_PRICE:
        return dca_model_set_link_price(model, e->at, e->value);
    case GO_SET_DEMAND_AMOUNT:
        return dca_model_set_demand_amount(model, e->at, e->value);
    case GO_SET_DEMAND_VALUE:
        return dca_model_set_demand_value(model, e->at, e->value);
    case GO_SET_DEMAND_MIN_SHARE:
        return dca_model_set_demand_min_share(model, e->at, e->value);
    case GO_SET_DEMAND_WEIGHT:
        return dca_model_set_demand_weight(model, e->at, e->value);
    case GO_SET_DEMAND_HARD:
        return dca_model_set_demand_hard(model, e->at, e->value != 0.0);
    case GO_SET_PLACEMENT_COST:
        return dca_model_set_placement_cost(model, e->at, e->value);
    case GO_SET_PLACEMENT_RATE:
        return dca_model_set_placement_rate(model, e->at, e->value);
    case GO_SET_PLACEMENT_CEILING:
        return dca_model_set_placement_ceiling(model, e->at, e->value);
    default:
        return DCA_E_ARG;
    }
}

dca_status go_model_edit(dca_model *model, const go_edit *edits, size_t n, size_t *made)
{
    dca_status status = DCA_OK;
    for (*made = 0; *made < n && status == DCA_OK; (*made)++) {
        status = edit_one(model, &edits[*made]);
    }
    *made -= status != DCA_OK;
    return status;
}

static void log_line(void *user, int32_t level, const char *line)
{
    goLog((uintptr_t)user, level, (char *)line);
}

dca_status go_env_new(uintptr_t handle, uint64_t memory_limit, dca_env **out)
{
    dca_env_config config = DCA_ENV_CONFIG_INIT;
    config.user = (void *)handle;
    config.log = handle == 0 ? NULL : log_line;
    config.memory_limit = memory_limit;
    return dca_env_new(&config, out);
}

static int32_t show_progress(void *user, const dca_progress *progress)
{
    return goProgress((uintptr_t)user, (dca_progress *)progress);
}

dca_status go_control_set_progress(dca_control *control, uintptr_t handle, double interval)
{
    return dca_control_set_progress(control, handle == 0 ? NULL : show_progress, (void *)handle,
                                    interval);
}

static void note(const char *said, char *why, size_t size)
{
    why[0] = 0;
    strncat(why, said == NULL ? "no such library or symbol" : said, size - 1);
}

const dca_backend *go_backend_load(const char *path, const char *symbol, char *why, size_t size)
{
    void *const opened = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (opened == NULL) {
        note(dlerror(), why, size);
        return NULL;
    }
    void *const found = dlsym(opened, symbol);
    if (found == NULL) {
        note(dlerror(), why, size);
        dlclose(opened);
        return NULL;
    }
    const dca_backend *(*give)(void) = NULL;
    memcpy(&give, &found, sizeof give);
    return give();
}
