/* certify.c - get the point or ray, verify it, say what is proved.
 *
 * A stop by a limit hands over the point of the moment with its residuals and the dual bound that its
 * prices give, whatever they are worth; the certificate's primal_violation says whether the point is
 * feasible. Should that point happen to be optimal, it is called so. A proof that fails is tried once
 * more without the noise in the prices. */
#include "solve/certify.h"

#include "base/alloc.h"
#include "base/dd.h"
#include "lp/verify.h"

#include <string.h>

static bool can(const dca_backend *backend, uint32_t capability)
{
    return (backend->capabilities & capability) != 0;
}

static bool is_stop(dca_outcome outcome)
{
    return outcome == DCA_TIME_LIMIT || outcome == DCA_WORK_LIMIT || outcome == DCA_INTERRUPTED;
}

static double objective_at(const dca_problem *problem, const double *x)
{
    dca__dd value = {problem->offset, 0.0};
    for (dca_index j = 0; j < problem->num_columns; j++) {
        dca__dd_add_product(&value, problem->cost[j], x[j]);
    }
    return dca__dd_value(value);
}

dca_status dca__certify_point(dca_env *env, const dca_problem *problem, dca_outcome believed,
                              dca__answer *answer)
{
    dca__point *point = &answer->point;
    const bool stopped = is_stop(believed);
    dca_status status = (stopped ? dca__verify_stopped : dca__verify_optimal)(
        env, problem, point->x, point->y, point->activity, point->d, &answer->certificate);
    if (status == DCA_OK && !stopped && !answer->certificate.valid &&
        answer->certificate.primal_violation <= DCA_CLAIM_PRIMAL) {
        bool dropped;
        status = dca__verify_drop_noise(env, problem, point->y, &dropped);
        if (status == DCA_OK && dropped) {
            status = dca__verify_optimal(env, problem, point->x, point->y, point->activity,
                                         point->d, &answer->certificate);
        }
    }
    if (status != DCA_OK) {
        return status;
    }
    dca__verify_clean_prices(problem, point->y);
    point->has_point = true;
    point->has_dual = true;
    answer->objective = objective_at(problem, point->x);
    answer->outcome = answer->certificate.valid ? DCA_OPTIMAL : stopped ? believed : DCA_IMPRECISE;
    return DCA_OK;
}

void dca__certify_basis(const dca_problem *problem, dca__point *point)
{
    for (dca_index j = 0; j < problem->num_columns; j++) {
        if (point->column_status[j] == DCA_BASIS_UPPER && problem->lower[j] == problem->upper[j]) {
            point->column_status[j] = DCA_BASIS_LOWER;
        }
    }
    for (dca_index i = 0; i < problem->num_rows; i++) {
        if (point->row_status[i] == DCA_BASIS_UPPER &&
            problem->row_lower[i] == problem->row_upper[i]) {
            point->row_status[i] = DCA_BASIS_LOWER;
        }
    }
    point->has_basis = true;
}

dca_status dca__certify_ray(dca_env *env, const dca_problem *problem, dca_outcome believed,
                            dca__answer *answer)
{
    dca__point *point = &answer->point;
    answer->outcome = DCA_IMPRECISE;
    if (believed == DCA_INFEASIBLE) {
        const dca_status status =
            dca__verify_farkas(env, problem, point->ray, &answer->certificate);
        if (status == DCA_OK && answer->certificate.valid) {
            answer->outcome = DCA_INFEASIBLE;
            point->ray_kind = DCA_CERTIFICATE_FARKAS;
        }
        return status;
    }
    dca_certificate cert;
    dca_status status = dca__verify_unbounded(env, problem, point->x, point->ray, &cert);
    if (status != DCA_OK || !cert.valid) {
        return status;
    }
    status = dca__certify_point(env, problem, DCA_UNBOUNDED, answer); /* activity, d */
    answer->certificate = cert;
    answer->outcome = DCA_UNBOUNDED;
    answer->objective = NAN;
    point->ray_kind = DCA_CERTIFICATE_RAY;
    return status;
}

/* A ray that is no proof of the claim may be one of the narrow claim. */
static dca_status keep_narrow(dca_env *env, const dca_problem *problem, dca__point *point,
                              dca__narrow *narrow)
{
    dca_certificate cert;
    const dca_status status = dca__verify_narrow(env, problem, point->ray, &cert);
    if (status == DCA_OK && cert.valid &&
        (narrow->ray == NULL || cert.relative_gap > narrow->certificate.relative_gap)) {
        dca__free(env, narrow->ray);
        narrow->ray = point->ray;
        narrow->certificate = cert;
        point->ray = NULL;
    }
    return status;
}

/* The ray of the backend, and for a direction its point. */
static dca_status certify_claim(dca_env *env, const dca_backend *backend, void *state,
                                const dca_problem *problem, dca_outcome believed,
                                dca__narrow *narrow, dca__answer *answer)
{
    dca__point *point = &answer->point;
    dca_status status = backend->get_ray(state, point->ray);
    if (status == DCA_OK && believed == DCA_UNBOUNDED) {
        status = backend->get_point(state, point->x, point->y);
    }
    if (status != DCA_OK) { /* a claim without a ray */
        answer->outcome = DCA_IMPRECISE;
        return status == DCA_E_NOMEM ? status : DCA_OK;
    }
    status = dca__certify_ray(env, problem, believed, answer);
    if (status == DCA_OK && believed == DCA_INFEASIBLE && answer->outcome == DCA_IMPRECISE) {
        status = keep_narrow(env, problem, point, narrow);
    }
    return status;
}

void dca__certify_narrow(dca__narrow *narrow, double violation, dca__answer *answer)
{
    dca__point *point = &answer->point;
    narrow->certificate.primal_violation = violation;
    answer->certificate = narrow->certificate;
    answer->outcome = DCA_INFEASIBLE;
    answer->objective = NAN;
    point->has_point = point->has_dual = false;
    point->ray = narrow->ray;
    point->ray_kind = DCA_CERTIFICATE_FARKAS;
    narrow->ray = NULL;
}

dca_status dca__certify(dca_env *env, const dca_backend *backend, void *state,
                        const dca_problem *problem, const dca_backend_report *report,
                        dca__narrow *narrow, dca__answer *out)
{
    dca__answer answer = {.outcome = DCA_IMPRECISE, .objective = NAN};
    answer.certificate.struct_size = sizeof answer.certificate;
    answer.certificate.primal_violation = INFINITY;
    answer.certificate.dual_violation = INFINITY;
    answer.certificate.relative_gap = INFINITY;
    answer.certificate.dual_bound = -INFINITY;
    const dca_index m = problem->num_rows;
    const dca_index n = problem->num_columns;
    const dca_outcome believed = (dca_outcome)report->outcome;
    dca_status status = dca__point_new(env, m, n, &answer.point);
    if (status != DCA_OK) {
        return status;
    }
    dca__point *point = &answer.point;
    if (report->has_basis && can(backend, DCA_BACKEND_BASIS)) {
        status = backend->get_basis(state, point->column_status, point->row_status);
        if (status == DCA_OK) {
            dca__certify_basis(problem, point);
        }
    }
    if ((believed == DCA_INFEASIBLE || believed == DCA_UNBOUNDED) &&
        can(backend, DCA_BACKEND_RAYS)) {
        point->ray = DCA_ARRAY(env, double, believed == DCA_INFEASIBLE ? m : n);
        status = point->ray == NULL
                     ? DCA_E_NOMEM
                     : certify_claim(env, backend, state, problem, believed, narrow, &answer);
        if (status == DCA_OK && point->ray_kind == DCA_CERTIFICATE_NONE) {
            dca__free(env, point->ray);
            point->ray = NULL;
        }
    }
    if (status != DCA_E_NOMEM && answer.outcome == DCA_IMPRECISE) {
        status = backend->get_point(state, point->x, point->y);
        if (status == DCA_OK) {
            status = dca__certify_point(env, problem, believed, &answer);
        } else if (is_stop(believed)) {
            answer.outcome = believed;
        }
    }
    if (status == DCA_E_NOMEM) {
        dca__answer_free(env, &answer);
        return status;
    }
    *out = answer;
    return DCA_OK;
}

dca_status dca__certify_crossing(dca_env *env, const dca_problem *problem, bool *found,
                                 dca__answer *out)
{
    *found = false;
    bool crossing = false;
    for (dca_index j = 0; j < problem->num_columns && !crossing; j++) {
        crossing = problem->lower[j] > problem->upper[j];
    }
    for (dca_index i = 0; i < problem->num_rows && !crossing; i++) {
        crossing = problem->row_lower[i] > problem->row_upper[i];
    }
    if (!crossing) {
        return DCA_OK;
    }
    dca__answer answer = {.outcome = DCA_INFEASIBLE, .objective = NAN};
    dca_status status = dca__point_new(env, problem->num_rows, problem->num_columns, &answer.point);
    if (status == DCA_OK) {
        answer.point.ray_kind = DCA_CERTIFICATE_FARKAS;
        answer.point.ray = DCA_ZEROS(env, double, problem->num_rows);
        status = answer.point.ray == NULL
                     ? DCA_E_NOMEM
                     : dca__verify_farkas(env, problem, answer.point.ray, &answer.certificate);
    }
    if (status == DCA_OK && answer.certificate.valid) {
        *found = true;
        *out = answer;
        return DCA_OK;
    }
    dca__answer_free(env, &answer);
    return status;
}

dca_status dca__certify_start(dca_env *env, const dca_problem *problem, dca_outcome stop,
                              dca__answer *out)
{
    dca__answer answer = {.outcome = stop, .objective = NAN};
    dca__point *point = &answer.point;
    dca_status status = dca__point_new(env, problem->num_rows, problem->num_columns, point);
    if (status != DCA_OK) {
        return status;
    }
    for (dca_index j = 0; j < problem->num_columns; j++) {
        const double lower = problem->lower[j];
        const double upper = problem->upper[j];
        const bool at_lower = fabs(lower) <= fabs(upper);
        const bool bounded = !isinf(lower) || !isinf(upper);
        point->x[j] = !bounded ? 0.0 : at_lower ? lower : upper;
        point->column_status[j] = !bounded   ? DCA_BASIS_FREE
                                  : at_lower ? DCA_BASIS_LOWER
                                             : DCA_BASIS_UPPER;
    }
    memset(point->y, 0, (size_t)problem->num_rows * sizeof *point->y);
    memset(point->row_status, DCA_BASIS_BASIC, (size_t)problem->num_rows);
    dca__certify_basis(problem, point);
    status = dca__certify_point(env, problem, stop, &answer);
    if (status != DCA_OK) {
        dca__answer_free(env, &answer);
        return status;
    }
    *out = answer;
    return DCA_OK;
}

void dca__answer_restore_sense(dca__answer *answer, dca_sense sense)
{
    if (sense == DCA_MINIMISE) {
        return;
    }
    dca__point *point = &answer->point;
    answer->objective = -answer->objective;
    answer->certificate.dual_bound = -answer->certificate.dual_bound;
    for (dca_index i = 0; point->has_dual && i < point->num_rows; i++) {
        point->y[i] = 0.0 - point->y[i]; /* no negative zeros */
    }
    for (dca_index j = 0; point->has_dual && j < point->num_columns; j++) {
        point->d[j] = 0.0 - point->d[j];
    }
}

/* How many times over its claim the answer is. */
static double distance(const dca__answer *answer)
{
    const dca_certificate *cert = &answer->certificate;
    return answer->point.has_point ? cert->primal_violation / DCA_CLAIM_PRIMAL +
                                         fmin(cert->relative_gap / DCA_CLAIM_GAP, 1e300)
                                   : INFINITY;
}

bool dca__answer_better(const dca__answer *a, const dca__answer *b)
{
    return distance(a) < distance(b);
}
