/* refine.c - iterative refinement of an LP's answer.
 *
 * Seen from the point x and the prices y of an answer, y being 0 where a row is no equation, the same
 * LP reads, but for a constant,
 *
 *     min (c - A'y)'x'   l - x <= x' <= u - x,   rl - A x <= A x' <= ru - A x
 *
 * and (x + x', y + y') is optimal when (x', y') is. The residuals are computed in twice the precision
 * and multiplied by powers of two, sides by p and costs by d, so that the largest violation of a side
 * and the largest wrong sign become about 1: what the simplex could not see next to numbers of 1e10 it
 * now sees to 1e-9. From the basis at hand that takes few pivots, mostly none. As the simplex scales
 * rows and columns, a violation of 1 may still be nothing to it: a round that makes the answer no
 * better is taken again with p and d greater by BOOST. ROUNDS rounds, or until the answer is proved.
 * O(entries) a round, and a factorisation.
 *
 * Gleixner, Steffy, Wolter (2016), "Iterative refinement for linear programming", INFORMS J. Comput. 28.
 * Here the result is rounded to doubles: verify.c forgives what doubles cannot hold, and nothing else. */
#include "solve/refine.h"

#include "base/alloc.h"
#include "base/log.h"
#include "lp/verify.h"
#include "lp/verify_sum.h"
#include "solve/certify.h"

#include <string.h>

enum { ROUNDS = 4 };
static const double BOOST = 0x1p30;

/* The LP as seen from a point, in arrays of its own; the matrix is the problem's. */
typedef struct residual {
    double *cost, *lower, *upper;  /* [n] */
    double *row_lower, *row_upper; /* [m] */
    dca__sum *rows;                /* [m] A x */
    double *prices;                /* [m] y of the equations, else 0 */
    double *x, *y;                 /* [n], [m] the correction */
    double sides, costs;           /* what they are multiplied by */
    double boost;
} residual;

static void residual_free(dca_env *env, residual *r)
{
    dca__free(env, r->cost);
    dca__free(env, r->lower);
    dca__free(env, r->upper);
    dca__free(env, r->row_lower);
    dca__free(env, r->row_upper);
    dca__free(env, r->rows);
    dca__free(env, r->prices);
    dca__free(env, r->x);
    dca__free(env, r->y);
}

static bool residual_new(dca_env *env, dca_index m, dca_index n, residual *r)
{
    *r = (residual){.boost = 1.0};
    r->cost = DCA_ARRAY(env, double, n);
    r->lower = DCA_ARRAY(env, double, n);
    r->upper = DCA_ARRAY(env, double, n);
    r->row_lower = DCA_ARRAY(env, double, m);
    r->row_upper = DCA_ARRAY(env, double, m);
    r->rows = DCA_ARRAY(env, dca__sum, m);
    r->prices = DCA_ARRAY(env, double, m);
    r->x = DCA_ARRAY(env, double, n);
    r->y = DCA_ARRAY(env, double, m);
    return r->cost != NULL && r->lower != NULL && r->upper != NULL && r->row_lower != NULL &&
           r->row_upper != NULL && r->rows != NULL && r->prices != NULL && r->x != NULL &&
           r->y != NULL;
}

/* By how much a reduced cost or price has the wrong sign for its status. */
static double wrong_sign(uint8_t status, double d)
{
    switch (status) {
    case DCA_BASIS_LOWER:
        return fmax(-d, 0.0);
    case DCA_BASIS_UPPER:
        return fmax(d, 0.0);
    default:
        return fabs(d);
    }
}

/* What is left of a miss or a wrong sign beyond the rounding floor. */
static double beyond(double miss, double magnitude)
{
    return miss - DCA_CLAIM_ROUNDING * DCA_UNIT_ROUNDOFF * magnitude;
}

/* The residuals, not multiplied yet; the largest violation and the largest wrong sign. */
static void take_residuals(const dca_problem *problem, const dca__point *point, residual *r,
                           double *violation, double *sign)
{
    *violation = *sign = 0.0;
    dca__sum_rows(problem, point->x, r->rows);
    for (dca_index i = 0; i < problem->num_rows; i++) {
        r->row_lower[i] = dca__dd_below(r->rows[i].total, problem->row_lower[i]);
        r->row_upper[i] = dca__dd_below(r->rows[i].total, problem->row_upper[i]);
        const double miss = fmax(r->row_lower[i], -r->row_upper[i]);
        *violation = fmax(*violation, beyond(miss, r->rows[i].magnitude));
        r->prices[i] = point->y[i];
        if (problem->row_lower[i] < problem->row_upper[i]) {
            r->prices[i] = 0.0;
            *sign = fmax(*sign, wrong_sign(point->row_status[i], point->y[i]));
        }
    }
    for (dca_index j = 0; j < problem->num_columns; j++) {
        const dca__sum priced = dca__sum_column(problem, j, point->y);
        const dca__sum moved = dca__sum_column(problem, j, r->prices);
        const double d = dca__dd_below(priced.total, problem->cost[j]);
        r->cost[j] = dca__dd_below(moved.total, problem->cost[j]);
        r->lower[j] = problem->lower[j] - point->x[j];
        r->upper[j] = problem->upper[j] - point->x[j];
        *violation = fmax(*violation, beyond(fmax(r->lower[j], -r->upper[j]), fabs(point->x[j])));
        if (problem->lower[j] < problem->upper[j]) {
            const double wrong = wrong_sign(point->column_status[j], d);
            *sign = fmax(*sign, beyond(wrong, priced.magnitude + fabs(problem->cost[j])));
        }
    }
}

/* The power of two that brings `largest` to [1, 2), at least 1. */
static double multiplier(double largest)
{
    int exponent;
    frexp(largest, &exponent);
    return largest > 0.0 ? fmax(ldexp(1.0, 1 - exponent), 1.0) : 1.0;
}

static void multiply(double *value, dca_index count, double by)
{
    for (dca_index k = 0; k < count; k++) {
        value[k] *= by;
    }
}

/* The correction onto the point; what is not basic is where its status says, exactly. */
static void correct(const dca_problem *problem, const residual *r, dca__point *point)
{
    for (dca_index j = 0; j < problem->num_columns; j++) {
        const uint8_t status = point->column_status[j];
        point->x[j] = status == DCA_BASIS_LOWER   ? problem->lower[j]
                      : status == DCA_BASIS_UPPER ? problem->upper[j]
                                                  : point->x[j] + r->x[j] / r->sides;
    }
    for (dca_index i = 0; i < problem->num_rows; i++) {
        point->y[i] =
            point->row_status[i] == DCA_BASIS_BASIC ? 0.0 : r->prices[i] + r->y[i] / r->costs;
    }
}

/* One round on *next, a copy of the best answer. *solved: there is a correction, and it was checked. */
static dca_status refine_once(dca_env *env, const dca_backend *backend, void *state,
                              const dca_problem *problem, const dca_options *options,
                              dca_control *control, residual *r, dca__refined *report,
                              dca__answer *next, bool *solved)
{
    dca__point *point = &next->point;
    double violation;
    double sign;
    *solved = false;
    take_residuals(problem, point, r, &violation, &sign);
    r->sides = r->boost * multiplier(violation);
    r->costs = r->boost * multiplier(sign);
    multiply(r->cost, problem->num_columns, r->costs);
    multiply(r->lower, problem->num_columns, r->sides);
    multiply(r->upper, problem->num_columns, r->sides);
    multiply(r->row_lower, problem->num_rows, r->sides);
    multiply(r->row_upper, problem->num_rows, r->sides);
    dca_problem view = *problem;
    view.offset = 0.0;
    view.cost = r->cost;
    view.lower = r->lower;
    view.upper = r->upper;
    view.row_lower = r->row_lower;
    view.row_upper = r->row_upper;
    dca_backend_report told = {.struct_size = sizeof told};
    dca_status status = backend->load(state, &view);
    if (status == DCA_OK) {
        status = backend->set_basis(state, point->column_status, point->row_status);
    }
    if (status == DCA_OK) {
        status = backend->solve(state, options, control, &told);
    }
    report->iterations += told.iterations;
    report->work += told.work;
    report->last = (dca_outcome)told.outcome;
    if (status != DCA_OK || told.outcome != DCA_OPTIMAL || !told.has_basis) {
        return status;
    }
    status = backend->get_point(state, r->x, r->y);
    if (status == DCA_OK) {
        status = backend->get_basis(state, point->column_status, point->row_status);
    }
    if (status == DCA_OK) {
        dca__certify_basis(problem, point);
        correct(problem, r, point);
        status = dca__certify_point(env, problem, DCA_OPTIMAL, next);
        *solved = status == DCA_OK;
    }
    return status;
}

/* A copy of what refinement reads and writes. */
static dca_status copy_answer(dca_env *env, const dca__answer *answer, dca__answer *out)
{
    const dca__point *from = &answer->point;
    const size_t m = (size_t)from->num_rows;
    const size_t n = (size_t)from->num_columns;
    *out = *answer;
    const dca_status status = dca__point_new(env, from->num_rows, from->num_columns, &out->point);
    if (status == DCA_OK) {
        memcpy(out->point.x, from->x, n * sizeof *from->x);
        memcpy(out->point.y, from->y, m * sizeof *from->y);
        memcpy(out->point.column_status, from->column_status, n);
        memcpy(out->point.row_status, from->row_status, m);
        out->point.has_basis = true;
    }
    return status;
}

/* A point within the claim, or else the lesser distance from a proof, is to be refined further. */
static bool is_better(const dca__answer *next, const dca__answer *answer)
{
    const bool holds = next->certificate.primal_violation <= DCA_CLAIM_PRIMAL;
    const bool held = answer->certificate.primal_violation <= DCA_CLAIM_PRIMAL;
    return next->outcome == DCA_OPTIMAL || (holds && !held) ||
           (holds == held && dca__answer_better(next, answer));
}

dca_status dca__refine(dca_env *env, const dca_backend *backend, void *state,
                       const dca_problem *problem, const dca_options *options, dca_control *control,
                       dca__refined *report, dca__answer *answer)
{
    *report = (dca__refined){0};
    residual r;
    dca_status status = DCA_E_NOMEM;
    if (!residual_new(env, problem->num_rows, problem->num_columns, &r)) {
        goto done;
    }
    status = DCA_OK;
    const bool finite = dca__all_finite(answer->point.x, problem->num_columns) &&
                        dca__all_finite(answer->point.y, problem->num_rows);
    for (int round = 0; finite && round < ROUNDS && answer->outcome != DCA_OPTIMAL; round++) {
        dca__answer next;
        status = copy_answer(env, answer, &next);
        if (status != DCA_OK) {
            goto done;
        }
        bool solved;
        status =
            refine_once(env, backend, state, problem, options, control, &r, report, &next, &solved);
        const bool better = status == DCA_OK && solved && is_better(&next, answer);
        dca__log(env, DCA_LOG_DEBUG, "refinement %d: sides by %s, costs by %s: %s", round,
                 DCA_G(r.sides), DCA_G(r.costs), better ? "better" : "no better");
        dca__answer_free(env, better ? answer : &next);
        if (better) {
            *answer = next;
        }
        if (status != DCA_OK) {
            goto done;
        }
        r.boost = better ? 1.0 : BOOST * r.boost;
    }
done:
    residual_free(env, &r);
    return status == DCA_E_NOMEM ? status : DCA_OK; /* whatever else failed, the answer stands */
}
