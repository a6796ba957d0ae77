/* model.c - the life of a model. */
#include "model/model.h"

#include "base/alloc.h"
#include "base/env.h"
#include "base/err.h"

/* Slots of model->labels that every model has, in this order. */
static const char *const first_labels[] = {"unit", "W", "GB/s"};

dca_status dca__model_new(dca_env *env, dca_model **out)
{
    dca_model *model = DCA_NEW(env, dca_model);
    if (model == NULL) {
        return DCA_E_NOMEM;
    }
    model->env = dca__env_retain(env);
    model->references = 1;
    model->free_arc = -1;
    dca__error_clear(&model->error);
    model->journal = DCA_ARRAY(env, dca__change, DCA__JOURNAL_LENGTH);
    dca_status status = model->journal == NULL ? DCA_E_NOMEM : DCA_OK;
    for (int k = 0; status == DCA_OK && k < 3; k++) {
        dca_index slot;
        status = dca__model_intern(model, first_labels[k], &slot);
    }
    if (status == DCA_OK) {
        status = dca__model_add_resource(model, "power", "W");
    }
    if (status != DCA_OK) {
        dca__model_release(model);
        return status;
    }
    *out = model;
    return DCA_OK;
}

dca_model *dca__model_retain(dca_model *model)
{
    model->references++;
    return model;
}

void dca__model_release(dca_model *model)
{
    if (model == NULL || --model->references > 0) {
        return;
    }
    dca_env *env = model->env;
    dca__model_clear_tiers(model);
    dca__free(env, model->tiers);
    for (dca_index k = 0; k < model->num_made; k++) {
        dca__free(env, model->made_names[k]);
    }
    dca__free(env, model->made_names);
    dca__strtab *const tables[] = {
        &model->labels,     &model->resource_names, &model->pool_names,      &model->domain_names,
        &model->link_names, &model->demand_names,   &model->placement_names, &model->tier_names};
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++) {
        dca__strtab_free(env, tables[k]);
    }
    void *const blocks[] = {model->name,
                            model->resource_unit,
                            model->scratch,
                            model->pools,
                            model->capacity,
                            model->watts,
                            model->pool_repair,
                            model->domains,
                            model->limit,
                            model->domain_repair,
                            model->arcs,
                            model->links,
                            model->demands,
                            model->placements,
                            model->uses.index,
                            model->uses.value,
                            model->links_used.index,
                            model->links_used.value,
                            model->journal};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++) {
        dca__free(env, blocks[k]);
    }
    dca__free(env, model);
    dca__env_release(env);
}

dca_status dca__model_set_name(dca_model *model, const char *name)
{
    char *copy = NULL;
    if (name != NULL) {
        copy = dca__strdup(model->env, name);
        if (copy == NULL) {
            return DCA_E_NOMEM;
        }
    }
    dca__free(model->env, model->name);
    model->name = copy;
    model->revision++;
    return DCA_OK;
}
