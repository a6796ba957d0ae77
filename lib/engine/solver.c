/* solver.c - the life of a solver, and what each call on it means for an LP. */
#include "engine/solver.h"

#include "base/alloc.h"
#include "base/env.h"
#include "base/err.h"
#include "engine/engine.h"
#include "explain/conflict_words.h"

dca_status dca__solver_new(dca_env *env, const dca_options *options, dca_solver **out)
{
    dca_solver *solver = DCA_NEW(env, dca_solver);
    if (solver == NULL) {
        return DCA_E_NOMEM;
    }
    solver->env = dca__env_retain(env);
    solver->error = (dca_error)DCA_ERROR_INIT;
    solver->options.env = env;
    dca__solver_set_options(solver, options);
    *out = solver;
    return DCA_OK;
}

dca_status dca__solver_new_lp(dca_lp *lp, const dca_options *options, dca_solver **out)
{
    dca_solver *solver = NULL;
    if (dca__solver_new(lp->env, options, &solver) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    if (dca__pipeline_new(lp->env, &solver->pipeline) != DCA_OK) {
        dca__solver_free(solver);
        return DCA_E_NOMEM;
    }
    solver->lp = dca__lp_retain(lp);
    *out = solver;
    return DCA_OK;
}

dca_status dca__solver_new_model(dca_model *model, const dca_options *options, dca_solver **out)
{
    dca_solver *solver = NULL;
    if (dca__solver_new(model->env, options, &solver) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    if (dca__engine_new(model, &solver->engine) != DCA_OK) {
        dca__solver_free(solver);
        return DCA_E_NOMEM;
    }
    *out = solver;
    return DCA_OK;
}

void dca__solver_free(dca_solver *solver)
{
    if (solver == NULL) {
        return;
    }
    dca_env *env = solver->env;
    dca__engine_free(solver->engine);
    dca__pipeline_free(solver->pipeline);
    dca__names_release(solver->names);
    if (solver->lp != NULL) {
        dca__lp_release(solver->lp);
    }
    dca__free(env, solver);
    dca__env_release(env);
}

void dca__solver_reset(dca_solver *solver)
{
    if (solver->engine != NULL) {
        dca__engine_reset(solver->engine);
    } else {
        dca__pipeline_reset(solver->pipeline);
    }
}

dca_status dca__solver_set_backend(dca_solver *solver, const dca_backend *backend)
{
    return solver->engine != NULL ? dca__engine_set_backend(solver->engine, backend)
                                  : dca__pipeline_set_backend(solver->pipeline, backend);
}

void dca__solver_set_options(dca_solver *solver, const dca_options *options)
{
    if (options != NULL) {
        solver->options.settings = options->settings;
    } else {
        dca__settings_init(&solver->options.settings);
    }
}

/* Names are taken anew only when one may have changed. */
static dca_status refresh_names(dca_solver *solver)
{
    const dca_lp *lp = solver->lp;
    if (solver->names != NULL && solver->structure == lp->structure &&
        solver->renamed == lp->renamed) {
        return DCA_OK;
    }
    dca__names *fresh = NULL;
    if (dca__names_new(lp, &fresh) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca__names_release(solver->names);
    solver->names = fresh;
    solver->structure = lp->structure;
    solver->renamed = lp->renamed;
    return DCA_OK;
}

static dca_status solve_model(dca_solver *solver, dca_control *control, dca_result **out)
{
    dca__answer answer = {0};
    dca__model_answer *model = NULL;
    const dca_status status = dca__engine_solve(solver->engine, &solver->options, control, &answer,
                                                &model, &solver->error);
    if (status != DCA_OK) {
        return status;
    }
    if (dca__result_new(solver->env, &answer, NULL, out) != DCA_OK) {
        dca__answer_free(solver->env, &answer);
        dca__model_answer_free(model);
        return dca__fail_nomem(&solver->error);
    }
    (*out)->model = model;
    return DCA_OK;
}

dca_status dca__solver_solve(dca_solver *solver, dca_control *control, dca_result **out)
{
    if (solver->engine != NULL) {
        return solve_model(solver, control, out);
    }
    if (refresh_names(solver) != DCA_OK) {
        return dca__fail_nomem(&solver->error);
    }
    dca__answer answer = {0};
    const dca_status status = dca__pipeline_solve(solver->pipeline, solver->lp, &solver->options,
                                                  control, &answer, &solver->error);
    if (status != DCA_OK) {
        return status;
    }
    if (dca__result_new(solver->env, &answer, solver->names, out) != DCA_OK) {
        dca__answer_free(solver->env, &answer);
        return dca__fail_nomem(&solver->error);
    }
    return DCA_OK;
}

/* The options with what the solve has left of their limits. */
static dca_options remaining(const dca_solver *solver, const dca_solve_info *spent)
{
    dca_options options = solver->options;
    dca__settings_spend(&options.settings, spent->seconds, spent->work, spent->iterations);
    return options;
}

dca_status dca__solver_find_conflict(dca_solver *solver, const uint8_t *columns,
                                     const uint8_t *rows, dca_control *control, dca_result **out)
{
    dca_result *result = NULL;
    dca_status status = dca__solver_solve(solver, control, &result);
    if (result == NULL) {
        return status;
    }
    const dca__answer *answer = &result->answer;
    if (answer->outcome == DCA_INFEASIBLE) {
        const dca_options options = remaining(solver, &answer->info);
        status =
            solver->engine != NULL
                ? dca__engine_find_conflict(solver->engine, answer->point.ray, &options, control,
                                            result->model, &result->conflict, &solver->error)
                : dca__conflict_of_lp(solver->lp, answer->point.ray, columns, rows,
                                      &solver->names->columns, &solver->names->rows, &options,
                                      control, &result->conflict, &solver->error);
    }
    if (status != DCA_OK) {
        dca__result_release(result);
        return status;
    }
    *out = result;
    return DCA_OK;
}

dca_status dca__solver_compiled(dca_solver *solver, dca_control *control, dca_lp **out)
{
    (void)control; /* a copy of an LP is over in no time */
    if (solver->engine != NULL) {
        return dca__engine_compiled(solver->engine, out, &solver->error);
    }
    const dca_status status = dca__lp_copy(solver->lp, out);
    return status == DCA_E_NOMEM ? dca__fail_nomem(&solver->error) : status;
}
