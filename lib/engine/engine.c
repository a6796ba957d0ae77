/* engine.c - a model from words to answer. */
#include "engine/engine.h"

#include "base/alloc.h"
#include "base/env.h"
#include "base/err.h"
#include "engine/face.h"
#include "engine/lp_names.h"
#include "explain/conflict_words.h"
#include "lp/verify.h"

#include <math.h>
#include <string.h>

dca_status dca__engine_new(dca_model *model, dca__model_engine **out)
{
    dca__model_engine *engine = DCA_NEW(model->env, dca__model_engine);
    if (engine == NULL) {
        return DCA_E_NOMEM;
    }
    if (dca__pipeline_new(model->env, &engine->pipeline) != DCA_OK) {
        dca__free(model->env, engine);
        return DCA_E_NOMEM;
    }
    engine->env = dca__env_retain(model->env);
    engine->model = dca__model_retain(model);
    *out = engine;
    return DCA_OK;
}

static void drop_later(dca__later_tier *later)
{
    dca__pipeline_free(later->pipeline);
    if (later->lp != NULL) {
        dca__lp_release(later->lp);
    }
    *later = (dca__later_tier){0};
}

static void drop_compiled(dca__model_engine *engine)
{
    for (dca_index t = 1; engine->later != NULL && t < engine->compiled.num_tiers; t++) {
        drop_later(&engine->later[t - 1]);
    }
    dca__free(engine->env, engine->later);
    engine->later = NULL;
    dca__compiled_free(engine->env, &engine->compiled);
    dca__free(engine->env, engine->column_status);
    dca__free(engine->env, engine->row_status);
    dca__frozen_release(engine->frozen);
    engine->column_status = engine->row_status = NULL;
    engine->frozen = NULL;
    engine->has_basis = false;
}

void dca__engine_free(dca__model_engine *engine)
{
    if (engine == NULL) {
        return;
    }
    dca_env *env = engine->env;
    drop_compiled(engine);
    dca__pipeline_free(engine->pipeline);
    dca__model_release(engine->model);
    dca__free(env, engine);
    dca__env_release(env);
}

void dca__engine_reset(dca__model_engine *engine)
{
    drop_compiled(engine);
    dca__pipeline_reset(engine->pipeline);
}

dca_status dca__engine_set_backend(dca__model_engine *engine, const dca_backend *backend)
{
    for (dca_index t = 1; engine->later != NULL && t < engine->compiled.num_tiers; t++) {
        drop_later(&engine->later[t - 1]);
    }
    engine->backend = backend;
    return dca__pipeline_set_backend(engine->pipeline, backend);
}

/* ---- Up to date -------------------------------------------------------------------------------------- */

/* Everything that a new compilation needs; put in place only when it is whole. */
static dca_status compile_anew(dca__model_engine *engine, dca_error *err)
{
    dca_env *env = engine->env;
    dca__compiled fresh = {0};
    dca__frozen *frozen = NULL;
    uint8_t *columns = NULL;
    uint8_t *rows = NULL;
    dca__later_tier *later = NULL;
    dca_status status = dca__compile(engine->model, &fresh, err);
    if (status != DCA_OK) {
        return status;
    }
    columns = DCA_ARRAY(env, uint8_t, fresh.map.num_columns);
    rows = DCA_ARRAY(env, uint8_t, fresh.map.num_rows);
    later = DCA_ZEROS(env, dca__later_tier, fresh.num_tiers - 1);
    if (columns == NULL || rows == NULL || later == NULL ||
        dca__frozen_new(engine->model, &fresh, &frozen) != DCA_OK) {
        status = dca__fail_nomem(err);
        goto done;
    }
    const bool carried = engine->has_basis && engine->compiled.compaction == fresh.compaction;
    dca__pipeline_reset(engine->pipeline);
    if (carried) {
        dca__map_carry(&engine->compiled.map, engine->column_status, engine->row_status, &fresh.map,
                       columns, rows);
        if (dca__pipeline_set_basis(engine->pipeline, fresh.lp, columns, rows) != DCA_OK) {
            status = dca__fail_nomem(err);
            goto done;
        }
    }
    drop_compiled(engine);
    engine->compiled = fresh;
    engine->frozen = frozen;
    engine->column_status = columns;
    engine->row_status = rows;
    engine->later = later;
    engine->has_basis = carried;
    return DCA_OK;
done:
    dca__frozen_release(frozen);
    dca__free(env, later);
    dca__free(env, rows);
    dca__free(env, columns);
    dca__compiled_free(env, &fresh);
    return status;
}

static dca_status bring_up_to_date(dca__model_engine *engine, dca_error *err)
{
    if (engine->compiled.lp != NULL) {
        bool patched;
        const dca_status status =
            dca__compile_patch(engine->model, &engine->compiled, &patched, err);
        if (status != DCA_OK || patched) {
            return status;
        }
    }
    return compile_anew(engine, err);
}

static void set_costs(dca_lp *lp, const dca__tier_cost *tier)
{
    for (dca_index j = 0; j < lp->num_columns; j++) {
        dca__lp_set_cost(lp, j, tier->cost[j]);
    }
}

static void keep_basis(dca__model_engine *engine, const dca__point *point)
{
    if (point->has_basis) {
        if (point->num_columns > 0) {
            memcpy(engine->column_status, point->column_status, (size_t)point->num_columns);
        }
        if (point->num_rows > 0) {
            memcpy(engine->row_status, point->row_status, (size_t)point->num_rows);
        }
        engine->has_basis = true;
    }
}

/* ---- Tiers ------------------------------------------------------------------------------------------- */

/* One call of solve. */
typedef struct job {
    dca__model_engine *engine;
    const dca_options *options;
    dca_control *control;
    dca__answer *first; /* answer of the first tier; its x is the last tier's at the end */
    dca__model_answer *out;
    dca_error *err;
} job;

/* What of the options' limits the tiers so far have left. */
static dca_options remaining(const job *j)
{
    dca_options options = *j->options;
    dca__settings_spend(&options.settings, j->first->info.seconds, j->first->info.work,
                        j->first->info.iterations);
    return options;
}

/* The later tier's point becomes the answer's; prices and certificate stay the first tier's. What
 * stands at a bound of the face alone is told by the bounds of the first tier's LP. */
static void take_point(const dca_lp *lp, dca__point *to, dca__point *from)
{
    double *x = to->x;
    double *activity = to->activity;
    to->x = from->x;
    to->activity = from->activity;
    from->x = x;
    from->activity = activity;
    to->has_basis = to->has_basis && from->has_basis;
    for (dca_index j = 0; to->has_basis && j < lp->num_columns; j++) {
        const uint8_t status = from->column_status[j];
        const bool above =
            status == DCA_BASIS_LOWER && to->x[j] == lp->upper[j] && lp->lower[j] < lp->upper[j];
        to->column_status[j] = above ? DCA_BASIS_UPPER : status;
    }
    for (dca_index i = 0; to->has_basis && i < lp->num_rows; i++) {
        const uint8_t status = from->row_status[i];
        const double middle = 0.5 * (lp->row_lower[i] + lp->row_upper[i]);
        const bool above = status == DCA_BASIS_LOWER && lp->row_lower[i] < lp->row_upper[i] &&
                           (isinf(lp->row_lower[i]) || to->activity[i] > middle);
        to->row_status[i] = above ? DCA_BASIS_UPPER : status;
    }
}

/* A copy of the first tier's LP with a pipeline that starts from its basis. */
static dca_status begin_later(const dca__model_engine *engine, const dca__point *start,
                              dca__later_tier *later)
{
    const dca_lp *lp = engine->compiled.lp;
    dca_status status = dca__lp_copy(lp, &later->lp);
    if (status == DCA_OK) {
        status = dca__pipeline_new(engine->env, &later->pipeline);
    }
    if (status == DCA_OK) {
        dca__pipeline_keep_exact(later->pipeline, true);
    }
    if (status == DCA_OK && engine->backend != NULL) {
        status = dca__pipeline_set_backend(later->pipeline, engine->backend);
    }
    if (status == DCA_OK && start->has_basis) {
        status = dca__pipeline_set_basis(later->pipeline, later->lp, start->column_status,
                                         start->row_status);
    }
    later->structure = lp->structure;
    later->cursor = lp->log_end;
    return status;
}

/* The copy as the first tier's LP is now, with costs and bounds of its own. */
static dca_status follow(const dca__model_engine *engine, dca_index t, const dca__face *face,
                         const dca__point *start)
{
    const dca_lp *lp = engine->compiled.lp;
    dca__later_tier *later = &engine->later[t - 1];
    dca_status status = DCA_OK;
    if (later->lp != NULL && (later->structure != lp->structure ||
                              lp->log_end - later->cursor > (uint64_t)lp->log_capacity)) {
        drop_later(later);
    }
    if (later->lp == NULL) {
        status = begin_later(engine, start, later);
    }
    for (; status == DCA_OK && later->cursor < lp->log_end; later->cursor++) {
        const dca_edit *edit = &lp->log[later->cursor % (uint64_t)lp->log_capacity];
        if (edit->kind == DCA_EDIT_COEFFICIENT) {
            status = dca__lp_set_coefficient(later->lp, edit->index, edit->other, edit->a);
        }
    }
    if (status != DCA_OK) {
        drop_later(later);
        return status;
    }
    set_costs(later->lp, &engine->compiled.tiers[t]);
    dca__face_apply(face, later->lp);
    return DCA_OK;
}

/* The tier is solved to optimality: prices, point, and the face that it leaves. */
static dca_status take_tier(const job *j, dca_index t, dca__answer *answer, dca__face *face)
{
    dca__model_engine *engine = j->engine;
    dca_status status = DCA_OK;
    dca__model_answer_price(engine->model, &engine->compiled, t, answer->point.x, answer->point.y,
                            answer->point.d, j->out);
    if (t + 1 < engine->compiled.num_tiers) {
        status = dca__face_narrow(engine->later[t - 1].lp, &answer->point, face);
    }
    take_point(engine->compiled.lp, &j->first->point, &answer->point);
    return status == DCA_OK ? DCA_OK : dca__fail_nomem(j->err);
}

/* Optimise tier t on the face of those before it. *go says whether it was reached. */
static dca_status solve_tier(const job *j, dca_index t, dca__face *face, bool *go)
{
    static const char unreached[] = "a later tier was not reached";
    dca__model_engine *engine = j->engine;
    dca__answer answer = {0};
    if (engine->compiled.tiers[t].empty) {
        j->out->tier_priced[t] = true; /* a constant: every point is optimal, every price 0 */
        return DCA_OK;
    }
    if (follow(engine, t, face, &j->first->point) != DCA_OK) {
        return dca__fail_nomem(j->err);
    }
    const dca_options options = remaining(j);
    dca_status status = dca__pipeline_solve(engine->later[t - 1].pipeline, engine->later[t - 1].lp,
                                            &options, j->control, &answer, j->err);
    if (status != DCA_OK) {
        return status;
    }
    j->first->info.iterations += answer.info.iterations;
    j->first->info.work += answer.info.work;
    j->first->info.seconds += answer.info.seconds;
    if (dca__point_own(engine->env, &answer.point) != DCA_OK) {
        status = dca__fail_nomem(j->err);
    } else if (answer.outcome == DCA_OPTIMAL) {
        status = take_tier(j, t, &answer, face);
    } else {
        /* on the face of a proved tier nothing is infeasible but by rounding */
        *go = false;
        j->first->outcome = answer.outcome == DCA_INFEASIBLE ? DCA_IMPRECISE : answer.outcome;
        memcpy(j->first->info.note, unreached, sizeof unreached);
    }
    dca__answer_free(engine->env, &answer);
    return status;
}

/* Tiers after the first, each on the face of those before. */
static dca_status solve_rest(const job *j)
{
    dca__model_engine *engine = j->engine;
    const dca_lp *lp = engine->compiled.lp;
    dca__face face = {0};
    if (engine->compiled.num_tiers == 1) {
        return DCA_OK;
    }
    dca_status status = dca__face_new(lp, &face);
    if (status == DCA_OK) {
        status = dca__face_narrow(lp, &j->first->point, &face);
    }
    if (status != DCA_OK) {
        dca__face_free(engine->env, &face);
        return dca__fail_nomem(j->err);
    }
    bool go = true;
    for (dca_index t = 1; t < engine->compiled.num_tiers && go && status == DCA_OK; t++) {
        status = solve_tier(j, t, &face, &go);
    }
    dca__face_free(engine->env, &face);
    return status;
}

/* The first tier's certificate at the last tier's point. */
static dca_status verify_again(const job *j)
{
    dca__model_engine *engine = j->engine;
    const dca_lp *lp = engine->compiled.lp;
    dca_problem view;
    dca_certificate certificate = j->first->certificate;
    double *cost = DCA_ARRAY(engine->env, double, lp->num_columns);
    if (cost == NULL) {
        return dca__fail_nomem(j->err);
    }
    dca__lp_view(lp, cost, &view);
    const dca_status status =
        dca__verify_optimal(engine->env, &view, j->first->point.x, j->first->point.y,
                            j->first->point.activity, j->first->point.d, &certificate);
    dca__free(engine->env, cost);
    if (status != DCA_OK) {
        return dca__fail_nomem(j->err);
    }
    j->first->certificate = certificate;
    if (certificate.valid == 0 && j->first->outcome == DCA_OPTIMAL) {
        j->first->outcome = DCA_IMPRECISE;
    }
    return DCA_OK;
}

/* ---- The answer -------------------------------------------------------------------------------------- */

/* From the minimisation without offset to the first tier's own sense. */
static void own_sense(const dca__tier_cost *tier, dca__answer *answer)
{
    const double sign = tier->sense == DCA_MAXIMISE ? -1.0 : 1.0;
    dca__point *point = &answer->point;
    answer->objective = sign * answer->objective + tier->offset;
    answer->certificate.dual_bound = sign * answer->certificate.dual_bound + tier->offset;
    for (dca_index i = 0; sign < 0.0 && point->has_dual && i < point->num_rows; i++) {
        point->y[i] = point->y[i] == 0.0 ? 0.0 : -point->y[i];
    }
    for (dca_index k = 0; sign < 0.0 && point->has_dual && k < point->num_columns; k++) {
        point->d[k] = point->d[k] == 0.0 ? 0.0 : -point->d[k];
    }
}

/* Is there a point worth telling: feasible, or said to be imprecise? */
static bool has_values(const dca__answer *answer)
{
    switch (answer->outcome) {
    case DCA_OPTIMAL:
    case DCA_FEASIBLE:
    case DCA_UNBOUNDED:
    case DCA_IMPRECISE:
        return answer->point.has_point;
    case DCA_TIME_LIMIT:
    case DCA_WORK_LIMIT:
    case DCA_INTERRUPTED:
        return answer->point.has_point && answer->certificate.primal_violation <= DCA_CLAIM_PRIMAL;
    default:
        return false;
    }
}

/* The first tier is solved: the rest, the values, the sentences. */
static dca_status complete(const job *j)
{
    dca__model_engine *engine = j->engine;
    const dca_model *model = engine->model;
    const dca__compiled *compiled = &engine->compiled;
    dca_status status = DCA_OK;
    keep_basis(engine, &j->first->point);
    if (j->first->outcome == DCA_OPTIMAL) {
        dca__model_answer_price(model, compiled, 0, j->first->point.x, j->first->point.y,
                                j->first->point.d, j->out);
        status = solve_rest(j);
        if (status == DCA_OK && compiled->num_tiers > 1) {
            status = verify_again(j);
        }
    } else if (j->first->outcome == DCA_INFEASIBLE) {
        j->out->infeasible = true;
        const dca_options options = remaining(j);
        status = dca__explain_repairs(model, &compiled->map, compiled->lp, &options, j->control,
                                      j->out->repairs, j->err);
    }
    if (status != DCA_OK) {
        return status;
    }
    if (has_values(j->first)) {
        dca__model_answer_fill(model, compiled, j->first->point.x, j->first->point.activity,
                               j->out);
    }
    own_sense(&compiled->tiers[0], j->first);
    if (j->out->has_values) {
        j->first->objective = j->out->tier_value[0];
    }
    status = dca__model_answer_explain(model, compiled, j->first->outcome, &j->first->certificate,
                                       j->out);
    return status == DCA_OK ? DCA_OK : dca__fail_nomem(j->err);
}

dca_status dca__engine_solve(dca__model_engine *engine, const dca_options *options,
                             dca_control *control, dca__answer *answer,
                             dca__model_answer **model_answer, dca_error *err)
{
    dca__answer first = {0};
    dca__model_answer *out = NULL;
    dca_status status = bring_up_to_date(engine, err);
    if (status != DCA_OK) {
        return status;
    }
    if (dca__model_answer_new(engine->model, &engine->compiled, engine->frozen, &out) != DCA_OK) {
        return dca__fail_nomem(err);
    }
    set_costs(engine->compiled.lp, &engine->compiled.tiers[0]);
    dca__pipeline_keep_exact(engine->pipeline, engine->compiled.num_tiers > 1);
    status =
        dca__pipeline_solve(engine->pipeline, engine->compiled.lp, options, control, &first, err);
    if (status == DCA_OK && dca__point_own(engine->env, &first.point) != DCA_OK) {
        status = dca__fail_nomem(err);
    }
    if (status == DCA_OK) {
        const job j = {engine, options, control, &first, out, err};
        status = complete(&j);
    }
    if (status != DCA_OK) {
        dca__answer_free(engine->env, &first);
        dca__model_answer_free(out);
        return status;
    }
    *answer = first;
    *model_answer = out;
    return DCA_OK;
}

dca_status dca__engine_find_conflict(dca__model_engine *engine, const double *ray,
                                     const dca_options *options, dca_control *control,
                                     dca__model_answer *answer, struct dca__conflict **out,
                                     dca_error *err)
{
    dca__conflict *conflict = NULL;
    const dca_status status =
        dca__conflict_of_model(engine->model, &engine->compiled.map, engine->compiled.lp, ray,
                               options, control, &conflict, err);
    if (status != DCA_OK) {
        return status;
    }
    dca__conflict_report(conflict, &answer->sentences);
    if (answer->sentences.failed) {
        dca__conflict_free(conflict);
        return dca__fail_nomem(err);
    }
    *out = conflict;
    return DCA_OK;
}

/* Names for a copy that will be read by people. */
static dca_status name_lp(const dca__model_engine *engine, dca_lp *lp)
{
    dca__names *names = NULL;
    dca_status status = dca__lp_names_new(engine->frozen, &names);
    if (status != DCA_OK) {
        return status;
    }
    for (dca_index i = 0; i < lp->num_rows && status == DCA_OK; i++) {
        status = dca__lp_set_row_name(lp, i, dca__strtab_name(&names->rows, i));
    }
    for (dca_index k = 0; k < lp->num_columns && status == DCA_OK; k++) {
        status = dca__lp_set_column_name(lp, k, dca__strtab_name(&names->columns, k));
    }
    dca__names_release(names);
    return status;
}

dca_status dca__engine_compiled(dca__model_engine *engine, dca_lp **out, dca_error *err)
{
    dca_status status = bring_up_to_date(engine, err);
    if (status != DCA_OK) {
        return status;
    }
    const dca__tier_cost *tier = &engine->compiled.tiers[0];
    dca_lp *copy = NULL;
    set_costs(engine->compiled.lp, tier);
    if (dca__lp_copy(engine->compiled.lp, &copy) != DCA_OK) {
        return dca__fail_nomem(err);
    }
    if (tier->sense == DCA_MAXIMISE) {
        for (dca_index k = 0; k < copy->num_columns; k++) {
            dca__lp_set_cost(copy, k, copy->cost[k] == 0.0 ? 0.0 : -copy->cost[k]);
        }
        dca__lp_set_sense(copy, DCA_MAXIMISE);
    }
    dca__lp_set_offset(copy, tier->offset);
    if (name_lp(engine, copy) != DCA_OK) {
        dca__lp_release(copy);
        return dca__fail_nomem(err);
    }
    *out = copy;
    return DCA_OK;
}
