/* api_model.h - what the model files of lib/api share. */
#ifndef DCA_API_API_MODEL_H
#define DCA_API_API_MODEL_H

#include "api/api_check.h"
#include "base/err.h"
#include "dcalloc/model.h"
#include "model/model.h"

/** Where a model notes errors: not part of its value, so that reading it may fail with a sentence. */
static inline dca_error *dca__model_err(const dca_model *model)
{
    return (dca_error *)&model->error;
}

static inline dca__owner dca__model_owner(const dca_model *model, dca_kind kind, dca_index index)
{
    const dca__owner owner = {kind, index, dca__model_object_name(model, kind, index)};
    return owner;
}

/** The slot is in range and holds an object. */
DCA_NODISCARD dca_status dca__check_alive(const dca_model *model, dca_kind kind, dca_index index);
/** The sentence for an add whose name was taken, or for no memory. */
dca_status dca__model_add_failed(const dca_model *model, dca_status status, dca_kind kind,
                                 dca_index index, const char *name);

/** Every number of a spec, and what it refers to; `index` is the slot that it will get. */
DCA_NODISCARD dca_status dca__check_pool(const dca_model *model, const dca_pool_spec *spec,
                                         dca_index index);
DCA_NODISCARD dca_status dca__check_demand(const dca_model *model, const dca_demand_spec *spec,
                                           dca_index index);

#endif
