/* arrival.c - a demand that comes to a model, or leaves it. */
#include "dc.h"

#include <string.h>

enum { RESOURCES = 8, WAYS = 64, LINKS = 64 };

/* A demand with the numbers of another. */
static dca_index copy_demand(dca_model *model, dca_index object, double amount)
{
    dca_demand_spec spec = DCA_DEMAND_SPEC_INIT;
    double use[RESOURCES] = {0.0};
    const dca_index resources = dca_model_count(model, DCA_KIND_RESOURCE);
    dca_index made = -1;
    if (resources > RESOURCES || dca_model_get_demand(model, object, &spec) != DCA_OK) {
        return -1;
    }
    if (spec.use != NULL) {
        memcpy(use, spec.use, (size_t)resources * sizeof *use);
    }
    spec.use = use; /* what was lent lasts until the next edit */
    spec.unit = NULL;
    spec.name = NULL;
    spec.amount = amount;
    return dca_model_add_demands(model, &spec, sizeof spec, 1, &made) == DCA_OK ? made : -1;
}

static dca_index copy_slot(dca_model *model, dca_index link)
{
    dca_link_spec from = DCA_LINK_SPEC_INIT;
    dca_link_spec spec = DCA_LINK_SPEC_INIT;
    dca_index made = -1;
    if (dca_model_get_link(model, link, &from) != DCA_OK) {
        return -1;
    }
    spec.unit = "h";
    spec.capacity = from.capacity;
    return dca_model_add_links(model, &spec, sizeof spec, 1, &made) == DCA_OK ? made : -1;
}

dca_index dc_model_arrive(dca_model *model, dca_index object, dca_index placement, dca_index count,
                          double amount, bool slots)
{
    dca_placement_spec specs[WAYS];
    dca_index links[WAYS][LINKS];
    const dca_index copy = count > WAYS ? -1 : copy_demand(model, object, amount);
    dca_index slot = -1;
    if (copy < 0) {
        return -1;
    }
    for (dca_index k = 0; k < count; k++) {
        dca_placement_spec *spec = &specs[k];
        *spec = (dca_placement_spec)DCA_PLACEMENT_SPEC_INIT;
        if (dca_model_get_placement(model, placement + k, spec) != DCA_OK ||
            spec->num_links > LINKS) {
            return -1;
        }
        if (slots && k == 0) {
            slot = copy_slot(model, spec->link[0]);
        }
        for (dca_index l = 0; l < spec->num_links; l++) {
            links[k][l] = slots ? slot : spec->link[l];
        }
        if (slots && k == 0 && dca_model_get_placement(model, placement, spec) != DCA_OK) {
            return -1; /* the slot was an edit */
        }
        spec->demand = copy;
        spec->name = NULL;
        spec->use = NULL;
        spec->link = spec->num_links > 0 ? links[k] : NULL;
        spec->link_use = NULL;
    }
    return dca_model_add_placements(model, specs, sizeof *specs, count, NULL) == DCA_OK ? copy : -1;
}

bool dc_model_depart(dca_model *model, dca_index object, dca_index link)
{
    return dca_model_remove(model, DCA_KIND_DEMAND, object) == DCA_OK &&
           (link < 0 || dca_model_remove(model, DCA_KIND_LINK, link) == DCA_OK);
}
