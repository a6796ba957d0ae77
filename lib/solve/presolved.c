/* presolved.c - presolve -> backend -> postsolve -> verify.
 *
 * Whatever the backend says about the reduced problem, the answer here is about the original: optimal
 * when the postsolved point is proved there, infeasible when the postsolved ray is, be it that of the
 * backend or that of a row which presolve found contradictory, a limit when one struck. The rest is
 * left to a solve of the original from the postsolved basis.
 *
 * A problem that presolve finds infeasible or unbounded, it cannot say which, is reduced once more
 * without its costs: what is infeasible shows there, with a ray that holds whatever the costs are; else
 * the basis is a feasible one, from which the original has but to find its direction. */
#include "solve/presolved.h"

#include "base/alloc.h"
#include "base/limit.h"
#include "base/log.h"
#include "lp/presolve.h"
#include "solve/certify.h"

#include <string.h>

/* Solve the reduced problem into `point`. Without rows and columns there is nothing to solve. */
static dca_status solve_reduced(const dca_backend *backend, void *state, const dca_problem *reduced,
                                const dca_options *options, dca_control *control,
                                dca__presolved *report, dca__point *point, dca_outcome *believed)
{
    *believed = DCA_OPTIMAL;
    if (reduced->num_rows == 0 && reduced->num_columns == 0) {
        point->has_basis = true;
        return DCA_OK;
    }
    dca_backend_report told = {.struct_size = sizeof told};
    dca_status status = backend->load(state, reduced);
    if (status == DCA_OK) {
        status = backend->solve(state, options, control, &told);
    }
    if (status != DCA_OK) {
        return status;
    }
    *believed = (dca_outcome)told.outcome;
    report->iterations = told.iterations;
    report->work += told.work;
    report->method = told.method;
    status = backend->get_point(state, point->x, point->y);
    if (status == DCA_OK && told.has_basis && (backend->capabilities & DCA_BACKEND_BASIS) != 0) {
        status = backend->get_basis(state, point->column_status, point->row_status);
        point->has_basis = status == DCA_OK;
    }
    return status;
}

/* The ray of the backend, or of presolve's own contradiction, as one of the original. */
static dca_status lift_ray(dca_env *env, const dca_backend *backend, void *state,
                           dca__presolve *presolve, const dca__point *reduced, dca__point *full)
{
    double *ray = NULL;
    full->ray = DCA_ARRAY(env, double, full->num_rows);
    dca_status status = full->ray == NULL ? DCA_E_NOMEM : DCA_OK;
    if (status == DCA_OK && reduced != NULL) {
        ray = DCA_ARRAY(env, double, reduced->num_rows);
        status = ray == NULL ? DCA_E_NOMEM : backend->get_ray(state, ray);
    }
    if (status == DCA_OK) {
        status = dca__presolve_ray(presolve, ray, full);
    }
    if (status == DCA_OK) {
        memcpy(full->ray, full->y, (size_t)full->num_rows * sizeof *full->ray);
    } else {
        dca__free(env, full->ray);
        full->ray = NULL;
    }
    dca__free(env, ray);
    return status == DCA_E_NOMEM ? status : DCA_OK; /* a claim without a ray is none */
}

/* A contradiction that presolve met; *proved says whether *out is the answer. */
static dca_status lift_contradiction(dca_env *env, dca__presolve *presolve,
                                     const dca_problem *problem, dca__answer *out, bool *proved)
{
    dca__answer answer = {.outcome = DCA_IMPRECISE, .objective = NAN};
    dca_status status = dca__point_new(env, problem->num_rows, problem->num_columns, &answer.point);
    if (status == DCA_OK) {
        status = lift_ray(env, NULL, NULL, presolve, NULL, &answer.point);
    }
    if (status == DCA_OK) {
        status = dca__certify_ray(env, problem, DCA_INFEASIBLE, &answer);
    }
    *proved = status == DCA_OK && answer.outcome == DCA_INFEASIBLE;
    if (*proved) {
        *out = answer;
    } else {
        dca__answer_free(env, &answer);
    }
    return status;
}

static dca_status lift(dca_env *env, const dca_backend *backend, void *state,
                       dca__presolve *presolve, const dca_problem *problem,
                       const dca__point *reduced, dca_outcome believed, dca__answer *out)
{
    dca__answer answer = {.outcome = DCA_IMPRECISE, .objective = NAN};
    dca_status status = dca__point_new(env, problem->num_rows, problem->num_columns, &answer.point);
    dca__point *point = &answer.point;
    if (status == DCA_OK && believed == DCA_INFEASIBLE &&
        (backend->capabilities & DCA_BACKEND_RAYS) != 0) {
        status = lift_ray(env, backend, state, presolve, reduced, point);
    }
    if (status == DCA_OK) {
        dca__presolve_undo(presolve, reduced, point);
        if (reduced->has_basis) {
            dca__certify_basis(problem, point);
        }
        if (point->ray != NULL) {
            status = dca__certify_ray(env, problem, DCA_INFEASIBLE, &answer);
        }
    }
    if (status == DCA_OK && answer.outcome != DCA_INFEASIBLE) {
        dca__free(env, point->ray);
        point->ray = NULL;
        status = dca__certify_point(env, problem, believed, &answer);
    }
    if (status != DCA_OK) {
        dca__answer_free(env, &answer);
        return status;
    }
    *out = answer;
    return DCA_OK;
}

/* Presolve of the problem, or without its costs should the verdict be neither here nor there;
 * `costless` is then what it borrows and `zero` [num_columns] the caller's to free. */
static dca_status reduce(dca_env *env, const dca_problem *problem, dca_control *control,
                         dca_problem *costless, double **zero, dca__presolved *report,
                         dca__presolve **out, dca__presolve_verdict *verdict)
{
    *zero = NULL;
    dca_status status = dca__presolve_new(env, problem, control, out, verdict);
    if (status != DCA_OK) {
        return status;
    }
    report->work = dca__presolve_work(*out);
    if (*verdict != DCA__PRESOLVE_UNDECIDED) {
        return DCA_OK;
    }
    dca__log(env, DCA_LOG_DEBUG, "presolve: infeasible or unbounded; once more without costs");
    dca__presolve_free(*out);
    *out = NULL;
    *zero = DCA_ZEROS(env, double, problem->num_columns);
    if (*zero == NULL) {
        return DCA_E_NOMEM;
    }
    *costless = *problem;
    costless->cost = *zero;
    status = dca__presolve_new(env, costless, control, out, verdict);
    if (status == DCA_OK) {
        report->work += dca__presolve_work(*out);
    }
    return status;
}

dca_status dca__solve_presolved(dca_env *env, const dca_backend *backend, void *state,
                                const dca_problem *problem, const dca_options *options,
                                dca_control *control, dca__presolved *report, dca__answer *answer)
{
    memset(report, 0, sizeof *report);
    dca__presolve *presolve = NULL;
    dca__presolve_verdict verdict;
    dca_problem costless;
    double *zero;
    dca_status status =
        reduce(env, problem, control, &costless, &zero, report, &presolve, &verdict);
    if (status != DCA_OK) {
        dca__free(env, zero);
        return status;
    }
    report->stopped = verdict == DCA__PRESOLVE_STOPPED;
    dca__point point = {0};
    if (verdict == DCA__PRESOLVE_CONTRADICTION) {
        status = lift_contradiction(env, presolve, problem, answer, &report->reduced);
    }
    if (verdict != DCA__PRESOLVE_REDUCED) {
        goto done;
    }
    if (dca__control_poll(control, 0) != DCA__GO) {
        report->stopped = true;
        goto done;
    }
    const dca_problem *reduced = dca__presolve_problem(presolve);
    report->rows = reduced->num_rows;
    report->columns = reduced->num_columns;
    for (dca_index j = 0; j < reduced->num_columns; j++) {
        report->entries += reduced->length[j];
    }
    status = dca__point_new(env, reduced->num_rows, reduced->num_columns, &point);
    dca_outcome believed = DCA_IMPRECISE;
    if (status == DCA_OK) {
        status =
            solve_reduced(backend, state, reduced, options, control, report, &point, &believed);
    }
    if (status == DCA_OK) {
        status = lift(env, backend, state, presolve, problem, &point, believed, answer);
        report->reduced = status == DCA_OK;
    }
done:
    dca__point_free(env, &point);
    dca__presolve_free(presolve);
    dca__free(env, zero);
    return status;
}
