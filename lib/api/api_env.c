/* api_env.c - include/dcalloc/env.h: environments, controls, names of codes. */
#include "api/api_check.h"
#include "base/alloc.h"
#include "base/env.h"
#include "base/limit.h"
#include "dcalloc.h"

#include <math.h>

int32_t dca_version(void)
{
    return DCA_VERSION;
}

const char *dca_capabilities(void)
{
    return DCA_CAPABILITIES;
}

const char *dca_outcome_name(dca_outcome outcome)
{
    static const char *const names[] = {
        [DCA_UNSOLVED] = "unsolved",
        [DCA_OPTIMAL] = "optimal",
        [DCA_FEASIBLE] = "feasible",
        [DCA_INFEASIBLE] = "infeasible",
        [DCA_UNBOUNDED] = "unbounded",
        [DCA_INFEASIBLE_OR_UNBOUNDED] = "infeasible_or_unbounded",
        [DCA_TIME_LIMIT] = "time_limit",
        [DCA_WORK_LIMIT] = "work_limit",
        [DCA_INTERRUPTED] = "interrupted",
        [DCA_IMPRECISE] = "imprecise",
    };
    return (unsigned)outcome < sizeof names / sizeof *names ? names[outcome] : "unknown";
}

const char *dca_status_name(dca_status status)
{
    static const char *const names[] = {
        [-DCA_OK] = "ok",
        [-DCA_E_NOMEM] = "out of memory",
        [-DCA_E_ARG] = "bad argument",
        [-DCA_E_STATE] = "not allowed now",
        [-DCA_E_ABI] = "struct not understood",
        [-DCA_E_IO] = "input or output failed",
        [-DCA_E_SYNTAX] = "malformed input",
        [-DCA_E_INTERNAL] = "internal error",
        [-DCA_E_UNSUPPORTED] = "unsupported",
    };
    const int64_t at = -(int64_t)status;
    return at >= 0 && at < (int64_t)(sizeof names / sizeof *names) ? names[at] : "unknown";
}

dca_status dca_env_new(const dca_env_config *config, dca_env **out)
{
    dca_env_config own = DCA_ENV_CONFIG_INIT;
    if (out == NULL) {
        return DCA_E_ARG;
    }
    if (config != NULL) {
        const dca_status status =
            dca__check_struct(config, sizeof own, "dca_env_config", &own, NULL);
        if (status != DCA_OK) {
            return status;
        }
    }
    return dca__env_new(&own, out);
}

void dca_env_free(dca_env *env)
{
    dca__env_release(env);
}

uint64_t dca_env_memory(const dca_env *env)
{
    return env == NULL ? 0 : dca__env_memory(env);
}

uint64_t dca_env_memory_peak(const dca_env *env)
{
    return env == NULL ? 0 : dca__env_memory_peak(env);
}

dca_status dca_control_new(dca_env *env, dca_control **out)
{
    return env == NULL || out == NULL ? DCA_E_ARG : dca__control_new(env, out);
}

void dca_control_free(dca_control *control)
{
    dca__control_free(control);
}

void dca_control_cancel(dca_control *control)
{
    if (control != NULL) {
        dca__control_cancel(control);
    }
}

void dca_control_reset(dca_control *control)
{
    if (control != NULL) {
        dca__control_reset(control);
    }
}

dca_status dca_control_set_deadline(dca_control *control, double seconds)
{
    if (control == NULL || !(seconds >= 0.0)) {
        return DCA_E_ARG;
    }
    dca__control_set_deadline(control, seconds);
    return DCA_OK;
}

dca_status dca_control_set_work_limit(dca_control *control, int64_t entries)
{
    if (control == NULL || entries < 0) {
        return DCA_E_ARG;
    }
    dca__control_set_work_limit(control, entries);
    return DCA_OK;
}

dca_status dca_control_set_progress(dca_control *control,
                                    int32_t (*callback)(void *user, const dca_progress *progress),
                                    void *user, double interval)
{
    if (control == NULL || !(interval >= 0.0)) {
        return DCA_E_ARG;
    }
    dca__control_set_progress(control, user, callback, interval);
    return DCA_OK;
}

void *dca_env_resize(dca_env *env, void *block, size_t size)
{
    if (env == NULL || size > (size_t)INT64_MAX) {
        return NULL;
    }
    if (size == 0) {
        dca__free(env, block);
        return NULL;
    }
    return dca__realloc(env, block, (dca_nnz)size, 1);
}

dca_outcome dca_control_poll(dca_control *control, int64_t work, const dca_progress *progress)
{
    const int64_t counted = work < 0 ? 0 : work;
    return dca__stop_outcome(progress == NULL ? dca__control_poll(control, counted)
                                              : dca__control_progress(control, counted, progress));
}
