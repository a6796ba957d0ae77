/* json.h - scenario files: a model as JSON, docs/formats.md and docs/scenario.schema.json. */
#ifndef DCA_IO_JSON_H
#define DCA_IO_JSON_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

enum { DCA_SCENARIO_VERSION = 1 };

/** A model from the text of a scenario. DCA_E_SYNTAX with line, column and the way to the culprit;
 *  DCA_E_NOMEM; DCA_E_STATE when the control said stop. */
DCA_NODISCARD dca_status dca__json_read_model(dca_env *env, const char *text, size_t length,
                                              dca_control *control, dca_model **out,
                                              dca_error *err);

/** The scenario of a model: reading it gives the same model (removed slots closed up). The block is
 *  the caller's, dca__free(model->env, *out); it ends in a zero byte that *length does not count. */
DCA_NODISCARD dca_status dca__json_write_model(const dca_model *model, char **out, size_t *length,
                                               dca_error *err);

#endif
