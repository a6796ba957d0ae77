/* engine.h - a model from words to answer: compile, follow edits, tiers, explanation.
 *
 * It holds what stays alive between solves: the compiled LP with its map, the names as results know
 * them, and per tier an LP with a pipeline. The compiled LP is the first tier's. Each later tier has a
 * copy with costs of its own, which follows the edits of the first by its log, and whose bounds are the
 * face that the tiers before it leave; from one solve to the next little of that changes, so that every
 * tier starts hot from its own last basis. */
#ifndef DCA_ENGINE_ENGINE_H
#define DCA_ENGINE_ENGINE_H

#include "dcalloc/export.h"
#include "engine/model_answer.h"
#include "solve/solve.h"

struct dca__conflict;

/** LP and pipeline of a later tier; lp NULL: not there yet. */
typedef struct dca__later_tier {
    dca_lp *lp;
    dca__pipeline *pipeline;
    uint64_t structure, cursor; /* of the first tier's LP, as copied or followed */
} dca__later_tier;

typedef struct dca__model_engine {
    dca_env *env;
    dca_model *model;                    /* retained */
    const dca_backend *backend;          /* NULL: native */
    dca__pipeline *pipeline;             /* of the first tier */
    dca__later_tier *later;              /* [compiled.num_tiers - 1] or NULL */
    dca__compiled compiled;              /* lp NULL: not compiled yet */
    dca__frozen *frozen;                 /* names as of `compiled`, or NULL */
    uint8_t *column_status, *row_status; /* last basis, by the rows and columns of `compiled` */
    bool has_basis;
} dca__model_engine;

DCA_NODISCARD dca_status dca__engine_new(dca_model *model, dca__model_engine **out);
void dca__engine_free(dca__model_engine *engine); /* NULL is a no-op. */
void dca__engine_reset(dca__model_engine *engine);
DCA_NODISCARD dca_status dca__engine_set_backend(dca__model_engine *engine,
                                                 const dca_backend *backend); /* NULL: native */
/** One answer: that of the first tier at the last tier's point, and the model's. The caller frees
 *  both. On failure nothing is handed over. */
DCA_NODISCARD dca_status dca__engine_solve(dca__model_engine *engine, const dca_options *options,
                                           dca_control *control, dca__answer *answer,
                                           dca__model_answer **model_answer, dca_error *err);
/** The conflict of the model as last solved, which was infeasible by `ray`; its sentences are appended
 *  to those of `answer`. */
DCA_NODISCARD dca_status dca__engine_find_conflict(dca__model_engine *engine, const double *ray,
                                                   const dca_options *options, dca_control *control,
                                                   dca__model_answer *answer,
                                                   struct dca__conflict **out, dca_error *err);
/** The LP of the first tier, in its own sense, as an independent copy. */
DCA_NODISCARD dca_status dca__engine_compiled(dca__model_engine *engine, dca_lp **out,
                                              dca_error *err);

#endif
