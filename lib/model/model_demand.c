/* model_demand.c - demands. */
#include "model/model.h"

#include "base/alloc.h"

dca_status dca__model_add_demand(dca_model *model, const dca_demand_spec *spec, dca_nnz n,
                                 const dca_index *resource, const double *use)
{
    dca__lists *uses = &model->uses;
    const dca_nnz start = uses->used;
    const dca_index d = model->num_demands;
    dca_index unit = 0;
    if (DCA_RESERVE(model->env, model->demands, model->demand_capacity, (dca_nnz)d + 1) != DCA_OK ||
        DCA_RESERVE(model->env, uses->index, uses->index_capacity, start + n) != DCA_OK ||
        DCA_RESERVE(model->env, uses->value, uses->value_capacity, start + n) != DCA_OK ||
        (spec->unit != NULL && dca__model_intern(model, spec->unit, &unit) != DCA_OK)) {
        return DCA_E_NOMEM;
    }
    const dca_status status =
        dca__model_append_name(model, &model->demand_names, DCA_KIND_DEMAND, spec->name);
    if (status != DCA_OK) {
        return status;
    }
    for (dca_nnz e = 0; e < n; e++) {
        const double value = use == NULL ? 1.0 : use[e];
        if (value != 0.0) {
            uses->index[uses->used] = resource[e];
            uses->value[uses->used] = value;
            uses->used++;
        }
    }
    dca__demand *demand = &model->demands[d];
    demand->use = start;
    demand->use_length = (dca_index)(uses->used - start);
    demand->tenant = spec->tenant;
    demand->unit = unit;
    demand->first = demand->last = -1;
    demand->hard = spec->hard != 0;
    demand->priority = spec->priority;
    demand->amount = spec->amount;
    demand->value = spec->value;
    demand->min_share = spec->min_share;
    demand->weight = spec->weight;
    demand->repair_weight = 1.0;
    demand->alive = true;
    model->num_demands++;
    return DCA_OK;
}

void dca__model_truncate_demands(dca_model *model, dca_index count)
{
    if (count < model->num_demands) {
        model->uses.used = model->demands[count].use; /* lists stand in the order of adding */
    }
    dca__strtab_truncate(model->env, &model->demand_names, count);
    model->num_demands = count;
}
