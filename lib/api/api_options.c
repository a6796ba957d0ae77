/* api_options.c - include/dcalloc/options.h. */
#include "api/api_check.h"
#include "base/alloc.h"
#include "base/env.h"
#include "base/err.h"
#include "base/opt.h"
#include "dcalloc/options.h"

#include <string.h>

dca_status dca_options_new(dca_env *env, dca_options **out)
{
    if (env == NULL || out == NULL) {
        return DCA_E_ARG;
    }
    dca_options *options = DCA_NEW(env, dca_options);
    if (options == NULL) {
        return DCA_E_NOMEM;
    }
    options->env = dca__env_retain(env);
    dca__error_clear(&options->error);
    dca__settings_init(&options->settings);
    *out = options;
    return DCA_OK;
}

void dca_options_free(dca_options *options)
{
    if (options != NULL) {
        dca_env *env = options->env;
        dca__free(env, options);
        dca__env_release(env);
    }
}

dca_status dca_options_set(dca_options *options, const char *name, const char *value)
{
    if (options == NULL) {
        return DCA_E_ARG;
    }
    dca_status status = dca__check_pointer(name, "name", &options->error);
    if (status == DCA_OK) {
        status = dca__check_pointer(value, "value", &options->error);
    }
    return status != DCA_OK ? status
                            : dca__settings_set(&options->settings, name, value, &options->error);
}

dca_status dca_options_get(const dca_options *options, const char *name, char out[32])
{
    if (options == NULL) {
        return DCA_E_ARG;
    }
    dca_error *err = (dca_error *)&options->error; /* the record is not part of the value */
    dca_status status = dca__check_pointer(name, "name", err);
    if (status == DCA_OK) {
        status = dca__check_pointer(out, "out", err);
    }
    return status != DCA_OK ? status : dca__settings_get(&options->settings, name, out, err);
}

dca_status dca_options_get_number(const dca_options *options, const char *name, double *out)
{
    if (options == NULL) {
        return DCA_E_ARG;
    }
    dca_error *err = (dca_error *)&options->error;
    dca_status status = dca__check_pointer(name, "name", err);
    if (status == DCA_OK) {
        status = dca__check_pointer(out, "out", err);
    }
    return status != DCA_OK ? status : dca__settings_get_number(&options->settings, name, out, err);
}

void dca_options_error(const dca_options *options, dca_error *out)
{
    if (options != NULL) {
        dca__error_copy(&options->error, out);
    }
}

dca_index dca_options_count(void)
{
    return dca__settings_count();
}

dca_status dca_options_describe(dca_index k, dca_option_info *out)
{
    if (k < 0 || k >= dca__settings_count()) {
        return DCA_E_ARG;
    }
    dca__option_info info;
    dca__settings_describe(k, &info);
    dca_option_info told = {0};
    told.name = info.name;
    told.type = info.type;
    told.unit = info.unit;
    told.sentence = info.sentence;
    memcpy(told.initial, info.initial, sizeof told.initial);
    memcpy(told.lower, info.lower, sizeof told.lower);
    memcpy(told.upper, info.upper, sizeof told.upper);
    return dca__check_out_struct(out, sizeof told, "dca_option_info", &told, NULL);
}
