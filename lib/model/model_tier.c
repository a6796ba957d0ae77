/* model_tier.c - tiers of the objective and their terms. */
#include "model/model.h"

#include "base/alloc.h"

dca_status dca__model_add_tier(dca_model *model, const char *name)
{
    const dca_index t = model->num_tiers;
    if (DCA_RESERVE(model->env, model->tiers, model->tier_capacity, (dca_nnz)t + 1) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    const dca_status status =
        dca__model_append_name(model, &model->tier_names, DCA_KIND_TIER, name);
    if (status != DCA_OK) {
        return status;
    }
    model->tiers[t] = (dca__tier){NULL, 0, 0};
    model->num_tiers++;
    dca__model_note_structure(model);
    return DCA_OK;
}

dca_status dca__model_add_term(dca_model *model, dca_index tier, const dca_term_spec *spec)
{
    dca__tier *to = &model->tiers[tier];
    if (DCA_RESERVE(model->env, to->terms, to->capacity, (dca_nnz)to->count + 1) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca__term *term = &to->terms[to->count++];
    term->weight = spec->weight;
    term->kind = spec->kind;
    term->priority = spec->priority;
    term->domain = spec->domain;
    term->resource = spec->resource;
    dca__model_note_structure(model);
    return DCA_OK;
}

void dca__model_clear_tiers(dca_model *model)
{
    for (dca_index t = 0; t < model->num_tiers; t++) {
        dca__free(model->env, model->tiers[t].terms);
    }
    dca__strtab_truncate(model->env, &model->tier_names, 0);
    model->num_tiers = 0;
    dca__model_note_structure(model);
}
