/* families.c - the list of families, and making an instance of one. */
#include "build.h"

#include <stdlib.h>
#include <string.h>

const dc_family *const dc_families[] = {
    &dc_max_min,      &dc_placement,  &dc_traffic_flow,
    &dc_traffic_mlu,  &dc_transport,  &dc_deferrable,
    &dc_reservations, &dc_fair_share, NULL,
};

const dc_family *dc_family_find(const char *name)
{
    for (int k = 0; dc_families[k] != NULL; k++) {
        if (strcmp(dc_families[k]->name, name) == 0) {
            return dc_families[k];
        }
    }
    return NULL;
}

static bool sensible(const dc_parameters *given)
{
    return given->nonzeros >= 100 && given->nonzeros <= INT64_C(100000000) && given->skew >= 0 &&
           given->skew <= 12 && given->load >= 0x1p-10 && given->load <= 0x1p10 &&
           given->alike >= 0.0 && given->alike <= 1.0 && given->kinds >= 1 && given->failures >= 0;
}

bool dc_make(const dc_family *family, const dc_parameters *given, dc_instance *out)
{
    *out = (dc_instance){.expected = DCA_OPTIMAL, .optimum = NAN};
    if (!sensible(given)) {
        return false;
    }
    const bool done = dca_env_new(NULL, &out->env) == DCA_OK &&
                      dca_model_new(out->env, &out->model) == DCA_OK && family->make(given, out);
    if (done && out->lp != NULL) { /* a family of the LP layer */
        dca_model_free(out->model);
        out->model = NULL;
    }
    if (!done || (out->lp == NULL && !dc_layout(out))) {
        dc_free(out);
        return false;
    }
    return true;
}

void dc_free(dc_instance *instance)
{
    dca_lp_free(instance->lp);
    dca_model_free(instance->model);
    dca_env_free(instance->env);
    free(instance->limits);
    free(instance->demands);
    *instance = (dc_instance){0};
}
