/* model_link.c - links between places. */
#include "model/model.h"

#include "base/alloc.h"

dca_status dca__model_add_link(dca_model *model, const dca_link_spec *spec)
{
    const dca_index l = model->num_links;
    dca_index unit = 0;
    dca_index from = -1;
    dca_index to = -1;
    if (DCA_RESERVE(model->env, model->links, model->link_capacity, (dca_nnz)l + 1) != DCA_OK ||
        dca__model_intern(model, spec->unit != NULL ? spec->unit : "GB/s", &unit) != DCA_OK ||
        (spec->from != NULL && dca__model_intern(model, spec->from, &from) != DCA_OK) ||
        (spec->to != NULL && dca__model_intern(model, spec->to, &to) != DCA_OK)) {
        return DCA_E_NOMEM;
    }
    const dca_status status =
        dca__model_append_name(model, &model->link_names, DCA_KIND_LINK, spec->name);
    if (status != DCA_OK) {
        return status;
    }
    model->links[l] = (dca__link){unit, from, to, spec->capacity, spec->price, 1.0, true};
    model->num_links++;
    return DCA_OK;
}

void dca__model_truncate_links(dca_model *model, dca_index count)
{
    dca__strtab_truncate(model->env, &model->link_names, count);
    model->num_links = count;
}
