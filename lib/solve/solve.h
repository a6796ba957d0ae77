/* solve.h - the pipeline: presolve -> scale -> solve -> unscale -> postsolve -> verify -> repair, and where
 * there is symmetry the same for the quotient, lifted and verified.
 *
 * A pipeline follows one LP: it holds the backend's live state, the basis by ids, and how far it has
 * read the LP's log. It says optimal, infeasible or unbounded only with a certificate that verify
 * accepted; what fails its check is repaired (refactorise, tighten, unscaled, other method) and only
 * then called imprecise. */
#ifndef DCA_SOLVE_SOLVE_H
#define DCA_SOLVE_SOLVE_H

#include "backend/backend.h"
#include "base/limit.h"
#include "base/opt.h"
#include "dcalloc/export.h"
#include "dcalloc/types.h"
#include "lp/lp.h"
#include "lp/point.h"

typedef struct dca__pipeline dca__pipeline;

/** One answer about an LP; the owner frees it. */
typedef struct dca__answer {
    dca_outcome outcome;
    double objective; /* in the LP's sense, NAN without a point */
    dca_certificate certificate;
    dca__point point;
    dca_solve_info info;
} dca__answer;

DCA_NODISCARD dca_status dca__pipeline_new(dca_env *env, dca__pipeline **out);
void dca__pipeline_free(dca__pipeline *pipeline);
void dca__pipeline_reset(dca__pipeline *pipeline); /* forget basis and live state */
DCA_NODISCARD dca_status dca__pipeline_set_backend(dca__pipeline *pipeline,
                                                   const dca_backend *backend); /* NULL: native */
/** Prices will be read with a relative tolerance (engine/face.h): no solve resumes, each ends with a fresh
 *  factor and refined prices. */
void dca__pipeline_keep_exact(dca__pipeline *pipeline, bool exact);
/** Statuses for the LP's present columns and rows; the next solve starts there. */
DCA_NODISCARD dca_status dca__pipeline_set_basis(dca__pipeline *pipeline, const dca_lp *lp,
                                                 const uint8_t *columns, const uint8_t *rows);
/** Solve `lp` (the same one at every call), warm when it can. *out is untouched on error. */
DCA_NODISCARD dca_status dca__pipeline_solve(dca__pipeline *pipeline, const dca_lp *lp,
                                             const dca_options *options, dca_control *control,
                                             dca__answer *out, dca_error *err);
void dca__answer_free(dca_env *env, dca__answer *answer);

#endif
