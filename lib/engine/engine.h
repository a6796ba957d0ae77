/* engine.h - a model from words to answer: compile, follow edits, tiers, explanation.
 *
 * It holds what stays alive between solves: the compiled LP with its map, one pipeline on it, the names
 * as results know them. The tiers share the LP: their costs take turns, and the face of each is held by
 * bounds that are put back at the end, so that the next solve starts hot from the last basis. */
#ifndef DCA_ENGINE_ENGINE_H
#define DCA_ENGINE_ENGINE_H

#include "dcalloc/export.h"
#include "engine/model_answer.h"
#include "solve/solve.h"

typedef struct dca__model_engine {
    dca_env *env;
    dca_model *model; /* retained */
    dca__pipeline *pipeline;
    dca__compiled compiled;              /* lp NULL: not compiled yet */
    dca__frozen *frozen;                 /* names as of `compiled`, or NULL */
    uint8_t *column_status, *row_status; /* last basis, by the rows and columns of `compiled` */
    bool has_basis;
} dca__model_engine;

DCA_NODISCARD dca_status dca__engine_new(dca_model *model, dca__model_engine **out);
void dca__engine_free(dca__model_engine *engine); /* NULL is a no-op. */
void dca__engine_reset(dca__model_engine *engine);
/** One answer: that of the first tier at the last tier's point, and the model's. The caller frees
 *  both. On failure nothing is handed over. */
DCA_NODISCARD dca_status dca__engine_solve(dca__model_engine *engine, const dca_options *options,
                                           dca_control *control, dca__answer *answer,
                                           dca__model_answer **model_answer, dca_error *err);
/** The LP of the first tier, in its own sense, as an independent copy. */
DCA_NODISCARD dca_status dca__engine_compiled(dca__model_engine *engine, dca_lp **out,
                                              dca_error *err);

#endif
