/* verify.c - rows and bounds, and the dual bound.
 *
 * Definitions (u = 2^-53, v_i the violation of row i, |A| entrywise):
 *     rows and bounds  v_i <= 1e-7 + 8u (|A||x|)_i
 *     dual bound       D = c0 + sum y_i {rl_i|ru_i} + sum_j {d_j l_j|d_j u_j},   d = c - A'y
 *                      rl_i where y_i > 0, ru_i where y_i < 0; l_j where d_j > 0, u_j where d_j < 0
 *     optimal          |P - D~| <= 1e-8 max(|P - c0|, |D~ - c0|) + 8u (sum of the terms of P, D~)
 *     resolved bound   D~ = c0 + sum y_i {rl_i|ru_i} + sum_j (d_j - e_j) {l_j|u_j} + e_j x_j,
 *                      e_j = the part of d_j within 8u (|c_j| + sum |a_ij y_i|)
 * where P = c'x + c0. Any y gives a true D: rows are multiplied and added, columns are at their best.
 * D~ is the D of the costs c - e, and P - D~ its gap: what the rounding of y leaves in d is credited at
 * x_j instead of the bound, so that it neither opens a gap nor hides one. 3x = 0 with cost 1 has the
 * price 1/3, no double, and d = 5e-17 times any bound is not 0: no value of 0 could be proved.
 * The offset takes no part: it is left out of all sums. An infinite l_j or u_j that D needs is
 * replaced by an implied bound, from the rows together with c'x <= P, which every optimum satisfies
 * (P is enlarged by 1e-6 sum |c_j x_j| here, as x may be infeasible by rounding); where there is
 * none, d_j within 2^-36 (|c_j| + sum |a_ij y_i|) counts as 0 and the certificate says `rounded`.
 *
 * A basic solution has P = D by construction, so the gap says something only because D is computed
 * with the signs that bounds allow, and relative to the value itself.
 *
 * Neumaier, Shcherbina (2004), "Safe bounds in linear and mixed-integer linear programming", Math.
 * Programming; Jansson (2004), "Rigorous lower and upper bounds in linear programming", SIAM J. Opt. */
#include "lp/verify.h"

#include "base/alloc.h"
#include "base/dd.h"
#include "lp/implied.h"
#include "lp/verify_sum.h"

#include <stdbool.h>
#include <string.h>

static double larger(double a, double b)
{
    return b > a ? b : a; /* larger(0.0, -0.0) is 0.0 */
}

bool dca__all_finite(const double *value, dca_index n)
{
    for (dca_index k = 0; k < n; k++) {
        if (!isfinite(value[k])) {
            return false;
        }
    }
    return true;
}

void dca__sum_rows(const dca_problem *problem, const double *x, dca__sum *rows)
{
    memset(rows, 0, (size_t)problem->num_rows * sizeof *rows);
    for (dca_index j = 0; j < problem->num_columns; j++) {
        if (x[j] == 0.0) {
            continue;
        }
        const dca_nnz end = problem->start[j] + problem->length[j];
        for (dca_nnz k = problem->start[j]; k < end; k++) {
            dca__sum_add(&rows[problem->index[k]], problem->value[k], x[j]);
        }
    }
}

dca__sum dca__sum_column(const dca_problem *problem, dca_index j, const double *y)
{
    dca__sum sum = {{0.0, 0.0}, 0.0};
    const dca_nnz end = problem->start[j] + problem->length[j];
    for (dca_nnz k = problem->start[j]; k < end; k++) {
        const double price = y[problem->index[k]];
        if (price != 0.0) {
            dca__sum_add(&sum, problem->value[k], price);
        }
    }
    return sum;
}

void dca__certificate_clear(dca_certificate *cert, dca_certificate_kind kind)
{
    memset(cert, 0, sizeof *cert);
    cert->struct_size = sizeof *cert;
    cert->kind = kind;
    cert->primal_violation = INFINITY;
    cert->dual_violation = INFINITY;
    cert->relative_gap = INFINITY;
    cert->dual_bound = -INFINITY;
}

/* How far the sum misses [low, high], less its rounding floor. */
static double excess(dca__sum sum, double low, double high)
{
    const double miss = larger(dca__dd_below(sum.total, low), -dca__dd_below(sum.total, high));
    return miss - DCA_CLAIM_ROUNDING * DCA_UNIT_ROUNDOFF * sum.magnitude;
}

/* Largest violation of rows and bounds less the rounding floors, at least 0. */
static double primal_violation(const dca_problem *problem, const double *x, const dca__sum *rows)
{
    double worst = 0.0;
    for (dca_index i = 0; i < problem->num_rows; i++) {
        worst = larger(worst, excess(rows[i], problem->row_lower[i], problem->row_upper[i]));
    }
    for (dca_index j = 0; j < problem->num_columns; j++) {
        const dca__sum value = {{x[j], 0.0}, fabs(x[j])};
        worst = larger(worst, excess(value, problem->lower[j], problem->upper[j]));
    }
    return worst;
}

dca_status dca__verify_feasible(dca_env *env, const dca_problem *problem, const double *x,
                                double *activity, dca_certificate *cert)
{
    dca__certificate_clear(cert, DCA_CERTIFICATE_NONE);
    dca__sum *rows = DCA_ARRAY(env, dca__sum, problem->num_rows);
    if (rows == NULL) {
        return DCA_E_NOMEM;
    }
    dca__sum_rows(problem, x, rows);
    for (dca_index i = 0; activity != NULL && i < problem->num_rows; i++) {
        activity[i] = dca__dd_value(rows[i].total);
    }
    if (dca__all_finite(x, problem->num_columns)) {
        cert->primal_violation = primal_violation(problem, x, rows);
        cert->valid = cert->primal_violation <= DCA_CLAIM_PRIMAL;
    }
    dca__free(env, rows);
    return DCA_OK;
}

/* The side of row i at which y_i is worth something. */
static double row_side(const dca_problem *problem, dca_index i, double y)
{
    return y > 0.0 ? problem->row_lower[i] : problem->row_upper[i];
}

void dca__verify_clean_prices(const dca_problem *problem, double *y)
{
    for (dca_index i = 0; i < problem->num_rows; i++) {
        if (y[i] != 0.0 && isinf(row_side(problem, i, y[i]))) {
            y[i] = 0.0;
        }
    }
}

dca_status dca__verify_drop_noise(dca_env *env, const dca_problem *problem, double *y,
                                  bool *dropped)
{
    *dropped = false;
    double *largest = DCA_ZEROS(env, double, problem->num_rows); /* of each row */
    if (largest == NULL) {
        return DCA_E_NOMEM;
    }
    double cost = 0.0;
    for (dca_index j = 0; j < problem->num_columns; j++) {
        cost = larger(cost, fabs(problem->cost[j]));
        const dca_nnz end = problem->start[j] + problem->length[j];
        for (dca_nnz k = problem->start[j]; k < end; k++) {
            double *row = &largest[problem->index[k]];
            *row = larger(*row, fabs(problem->value[k]));
        }
    }
    for (dca_index i = 0; i < problem->num_rows; i++) {
        if (y[i] != 0.0 && fabs(y[i]) * largest[i] <= 0x1p-40 * cost) {
            y[i] = 0.0;
            *dropped = true;
        }
    }
    dca__free(env, largest);
    return DCA_OK;
}

/* ---- The dual bound ------------------------------------------------------------------------------ */

typedef struct dual_side {
    double *y;      /* [m] without prices at infinite sides */
    double *d;      /* [n] */
    double *noise;  /* [n] |c_j| + sum |a_ij y_i| */
    dca_index open; /* reduced costs that point at an infinite bound */
    double largest; /* wrong sign */
} dual_side;

static bool points_at_infinity(const dca_problem *problem, dca_index j, double d)
{
    return d != 0.0 && isinf(d > 0.0 ? problem->lower[j] : problem->upper[j]);
}

static void price_columns(const dca_problem *problem, const double *given, dual_side *dual)
{
    for (dca_index i = 0; i < problem->num_rows; i++) {
        if (dual->y[i] != given[i]) {
            dual->largest = larger(dual->largest, fabs(given[i]));
        }
    }
    for (dca_index j = 0; j < problem->num_columns; j++) {
        const dca__sum priced = dca__sum_column(problem, j, dual->y);
        dual->d[j] = dca__dd_below(priced.total, problem->cost[j]);
        dual->noise[j] = fabs(problem->cost[j]) + priced.magnitude;
        if (points_at_infinity(problem, j, dual->d[j])) {
            dual->open++;
            dual->largest = larger(dual->largest, fabs(dual->d[j]));
        }
    }
}

/* Both without the offset. */
typedef struct bounds {
    dca__sum plain;    /* D */
    dca__sum resolved; /* D~ */
    bool rounded;      /* a column without a bound took part */
} bounds;

/* The part of d_j that no y in doubles resolves: 0 <= e_j / d_j <= 1. */
static double unresolved(const dual_side *dual, dca_index j)
{
    const double resolution = DCA_CLAIM_ROUNDING * DCA_UNIT_ROUNDOFF * dual->noise[j];
    return copysign(fmin(fabs(dual->d[j]), resolution), dual->d[j]);
}

/* False when a column has no bound. implied may be NULL when open == 0. */
static bool dual_bound(const dca_problem *problem, const dual_side *dual, const double *x,
                       const dca__implied *implied, bounds *out)
{
    *out = (bounds){0};
    for (dca_index i = 0; i < problem->num_rows; i++) {
        if (dual->y[i] != 0.0) {
            dca__sum_add(&out->plain, dual->y[i], row_side(problem, i, dual->y[i]));
        }
    }
    out->resolved = out->plain;
    for (dca_index j = 0; j < problem->num_columns; j++) {
        const double d = dual->d[j];
        if (d == 0.0) {
            continue;
        }
        double side = d > 0.0 ? problem->lower[j] : problem->upper[j];
        if (isinf(side)) {
            side = dca__implied_bound(implied, j, d < 0.0);
        }
        const double e = unresolved(dual, j);
        dca__sum_add(&out->resolved, e, x[j]);
        if (!isinf(side)) {
            dca__sum_add(&out->plain, d, side);
            dca__sum_add(&out->resolved, d - e, side);
        } else if (fabs(d) <= DCA_CLAIM_NOISE * dual->noise[j]) {
            out->rounded = true;
        } else {
            return false;
        }
    }
    return true;
}

/* Does D~ meet P? Fills gap, bound and the label. P without offset. */
static bool closes(const dca_problem *problem, const dual_side *dual, const double *x,
                   const dca__implied *implied, dca__sum primal, dca_certificate *cert)
{
    bounds bound;
    cert->dual_bound = -INFINITY;
    cert->relative_gap = INFINITY;
    cert->rounded = 0;
    if (!dual_bound(problem, dual, x, implied, &bound)) {
        return false;
    }
    const double value = dca__dd_value(primal.total);
    const double resolved = dca__dd_value(bound.resolved.total);
    const double gap = fabs(value - resolved);
    const double scale = larger(fabs(value), fabs(resolved));
    const double floor =
        DCA_CLAIM_ROUNDING * DCA_UNIT_ROUNDOFF * (primal.magnitude + bound.resolved.magnitude);
    if (!isfinite(gap) || !isfinite(floor)) {
        return false;
    }
    cert->dual_bound = dca__dd_value(bound.plain.total) + problem->offset;
    cert->relative_gap = scale > 0.0 ? larger(0.0, gap - floor) / scale : 0.0;
    cert->rounded = bound.rounded;
    return gap - floor <= DCA_CLAIM_GAP * scale;
}

/* Cheap first: bounds by one row; then by propagation, which sees chains of rows and is dear. */
static dca_status prove(dca_env *env, const dca_problem *problem, const dual_side *dual,
                        const double *x, dca__sum primal, bool propagate, bool *proved,
                        dca_certificate *cert)
{
    *proved = false;
    if (dual->open == 0) {
        *proved = closes(problem, dual, x, NULL, primal, cert);
        return DCA_OK;
    }
    dca__implied *implied = NULL;
    const double cutoff = dca__dd_value(primal.total) + 1e-6 * primal.magnitude;
    dca_status status = dca__implied_new(env, problem, cutoff, &implied);
    if (status != DCA_OK) {
        return status;
    }
    *proved = closes(problem, dual, x, implied, primal, cert);
    if (propagate && (!*proved || cert->rounded)) {
        status = dca__implied_propagate(implied);
        if (status == DCA_OK) {
            *proved = closes(problem, dual, x, implied, primal, cert);
        }
    }
    dca__implied_free(implied);
    return status;
}

static dca_status verify(dca_env *env, const dca_problem *problem, const double *x, const double *y,
                         bool propagate, double *activity, double *d, dca_certificate *cert)
{
    const dca_index m = problem->num_rows;
    const dca_index n = problem->num_columns;
    dca_status status = dca__verify_feasible(env, problem, x, activity, cert);
    if (status != DCA_OK) {
        return status;
    }
    const bool feasible = cert->valid;
    cert->kind = DCA_CERTIFICATE_KKT;
    cert->valid = 0;
    dual_side dual = {0};
    double *const own_d = d == NULL ? DCA_ARRAY(env, double, n) : NULL;
    dual.d = d == NULL ? own_d : d;
    dual.y = DCA_ARRAY(env, double, m);
    dual.noise = DCA_ARRAY(env, double, n);
    if (dual.d == NULL || dual.y == NULL || dual.noise == NULL) {
        status = DCA_E_NOMEM;
        goto done;
    }
    memcpy(dual.y, y, (size_t)m * sizeof *y);
    dca__verify_clean_prices(problem, dual.y);
    price_columns(problem, y, &dual);
    if (isfinite(cert->primal_violation) && dca__all_finite(y, m)) {
        dca__sum primal = {{0.0, 0.0}, 0.0};
        for (dca_index j = 0; j < n; j++) {
            if (x[j] != 0.0 && problem->cost[j] != 0.0) {
                dca__sum_add(&primal, problem->cost[j], x[j]);
            }
        }
        cert->dual_violation = dual.largest;
        bool proved;
        status = prove(env, problem, &dual, x, primal, propagate, &proved, cert);
        cert->valid = feasible && proved;
    }
done:
    dca__free(env, dual.y);
    dca__free(env, dual.noise);
    dca__free(env, own_d);
    return status;
}

dca_status dca__verify_optimal(dca_env *env, const dca_problem *problem, const double *x,
                               const double *y, double *activity, double *d, dca_certificate *cert)
{
    return verify(env, problem, x, y, true, activity, d, cert);
}

dca_status dca__verify_stopped(dca_env *env, const dca_problem *problem, const double *x,
                               const double *y, double *activity, double *d, dca_certificate *cert)
{
    return verify(env, problem, x, y, false, activity, d, cert);
}
