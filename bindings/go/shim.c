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
