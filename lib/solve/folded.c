/* folded.c - symmetry -> pipeline of the quotient -> lift -> verify.
 *
 * The quotient is an LP like any other: presolve, repair and rays are those of a pipeline of its own.
 * What that proves about the quotient is not believed here; the lifted point or ray is checked on the
 * problem. Limits are in the control already. */
#include "solve/folded.h"

#include "base/alloc.h"
#include "base/log.h"
#include "lp/symmetry.h"
#include "solve/certify.h"

#include <string.h>

/* Rows and columns below which nothing is merged: small LPs are solved in no time, and keep a basis. */
enum { LEAST = 1000 };

/* An LP object with the numbers of a problem. */
static dca_status lp_of(dca_env *env, const dca_problem *problem, dca_lp **out)
{
    const dca_index n = problem->num_columns;
    dca_nnz *start = DCA_ARRAY(env, dca_nnz, (dca_nnz)n + 1);
    dca_lp *lp = NULL;
    dca_status status = start == NULL ? DCA_E_NOMEM : dca__lp_new(env, &lp);
    if (status == DCA_OK) {
        const dca_lp_rows rows = {.struct_size = sizeof rows,
                                  .n = problem->num_rows,
                                  .lower = {problem->row_lower, sizeof(double)},
                                  .upper = {problem->row_upper, sizeof(double)}};
        status = dca__lp_add_rows(lp, &rows, NULL);
    }
    if (status == DCA_OK) {
        start[0] = 0;
        for (dca_index j = 0; j < n; j++) {
            start[(dca_nnz)j + 1] = start[j] + problem->length[j];
        }
        const dca_lp_columns columns = {.struct_size = sizeof columns,
                                        .n = n,
                                        .cost = {problem->cost, sizeof(double)},
                                        .lower = {problem->lower, sizeof(double)},
                                        .upper = {problem->upper, sizeof(double)},
                                        .entries = {start, problem->index, problem->value}};
        status = dca__lp_add_columns(lp, &columns, NULL);
    }
    dca__free(env, start);
    if (status != DCA_OK) {
        if (lp != NULL) {
            dca__lp_release(lp);
        }
        return status;
    }
    dca__lp_set_offset(lp, problem->offset);
    *out = lp;
    return DCA_OK;
}

static dca_status solve_quotient(dca_env *env, const dca_backend *backend,
                                 const dca_problem *quotient, const dca_options *asked,
                                 dca_control *control, dca__answer *out)
{
    dca_options options = *asked;
    options.settings.symmetry = 0;
    options.settings.time_limit = INFINITY;
    options.settings.work_limit = 0;
    dca_lp *lp = NULL;
    dca__pipeline *pipe = NULL;
    dca_status status = lp_of(env, quotient, &lp);
    if (status == DCA_OK) {
        status = dca__pipeline_new(env, &pipe);
    }
    if (status == DCA_OK) {
        status = dca__pipeline_set_backend(pipe, backend);
    }
    if (status == DCA_OK) {
        status = dca__pipeline_solve(pipe, lp, &options, control, out, NULL);
    }
    dca__pipeline_free(pipe);
    if (lp != NULL) {
        dca__lp_release(lp);
    }
    return status;
}

static bool has_ray(dca_outcome outcome)
{
    return outcome == DCA_INFEASIBLE || outcome == DCA_UNBOUNDED;
}

/* The quotient's answer as one of the problem's, checked there. */
static dca_status lift(dca_env *env, const dca__symmetry *symmetry, const dca_problem *problem,
                       const dca__answer *quotient, dca__answer *out)
{
    const dca_outcome believed = quotient->outcome;
    dca__answer answer = {.outcome = DCA_IMPRECISE, .objective = NAN};
    answer.certificate.struct_size = sizeof answer.certificate;
    dca__point *point = &answer.point;
    dca_status status = dca__point_new(env, problem->num_rows, problem->num_columns, point);
    if (status != DCA_OK) {
        return status;
    }
    if (quotient->point.has_point) {
        dca__symmetry_lift_x(symmetry, quotient->point.x, point->x);
        dca__symmetry_lift_y(symmetry, quotient->point.y, point->y);
    }
    if (has_ray(believed)) {
        const bool farkas = believed == DCA_INFEASIBLE;
        point->ray = DCA_ARRAY(env, double, farkas ? problem->num_rows : problem->num_columns);
        if (point->ray == NULL) {
            status = DCA_E_NOMEM;
        } else {
            (farkas ? dca__symmetry_lift_y : dca__symmetry_lift_x)(symmetry, quotient->point.ray,
                                                                   point->ray);
            status = dca__certify_ray(env, problem, believed, &answer);
        }
    } else if (quotient->point.has_point) {
        status = dca__certify_point(env, problem, believed, &answer);
    }
    if (status != DCA_OK) {
        dca__answer_free(env, &answer);
        return status;
    }
    *out = answer;
    return DCA_OK;
}

dca_status dca__solve_folded(dca_env *env, const dca_backend *backend, const dca_problem *problem,
                             const dca_options *options, dca_control *control, dca__folded *report,
                             dca__answer *answer)
{
    memset(report, 0, sizeof *report);
    if ((int64_t)problem->num_rows + problem->num_columns < LEAST) {
        return DCA_OK;
    }
    dca__symmetry *symmetry = NULL;
    dca__symmetry_verdict verdict;
    dca__answer small = {0};
    dca__answer lifted;
    dca_status status = dca__symmetry_new(env, problem, control, &symmetry, &verdict);
    if (status != DCA_OK) {
        return status;
    }
    report->work = dca__symmetry_work(symmetry);
    if (verdict != DCA__SYMMETRY_REDUCED) {
        goto done;
    }
    const dca_problem *quotient = dca__symmetry_quotient(symmetry);
    dca__log(env, DCA_LOG_INFO, "symmetry: %d x %d is %d x %d", (int)problem->num_rows,
             (int)problem->num_columns, (int)quotient->num_rows, (int)quotient->num_columns);
    status = solve_quotient(env, backend, quotient, options, control, &small);
    if (status != DCA_OK) {
        goto done;
    }
    report->info = small.info;
    report->method = strcmp(small.info.method, "network") == 0  ? 3
                     : strcmp(small.info.method, "primal") == 0 ? 2
                     : strcmp(small.info.method, "dual") == 0   ? 1
                                                                : 0;
    status = lift(env, symmetry, problem, &small, &lifted);
    if (status != DCA_OK) {
        goto done;
    }
    report->found = lifted.outcome != DCA_IMPRECISE;
    report->has_start = lifted.outcome == DCA_OPTIMAL && small.point.has_basis;
    if (report->has_start) {
        status = dca__symmetry_lift_start(symmetry, &small.point, lifted.point.column_status,
                                          lifted.point.row_status);
    }
    if (status == DCA_OK && report->found) {
        *answer = lifted;
    } else {
        dca__log(env, DCA_LOG_DEBUG, "symmetry: not proved, violation %s, gap %s",
                 DCA_G(lifted.certificate.primal_violation),
                 DCA_G(lifted.certificate.relative_gap));
        dca__answer_free(env, &lifted);
    }
done:
    dca__answer_free(env, &small);
    dca__symmetry_free(symmetry);
    return status;
}
