/* verify_ray.c - rays multiplied out: no point is feasible, or no point is best.
 *
 * Farkas   z = A'y,  margin = sum y_i {rl_i|ru_i} - sum_j max(z_j l_j, z_j u_j)
 *          What the rows demand of y'Ax exceeds what the columns can give. Accepted iff
 *              margin > 1e-7 (sum |y_i| + sum |z_j|) + 8u (sum of the terms):
 *          then no point satisfies rows and bounds even within 1e-7, so that "infeasible" and
 *          "optimal within 1e-7" exclude each other. A y_i at an infinite side is dropped; a z_j that
 *          points at an infinite bound needs an implied bound or is noise by the 2^-36 rule.
 *          The narrow claim has 1e-9 in place of 1e-7 and no rule for noise: every point misses a row
 *          or bound by more than 1e-9, in real numbers.
 *          Solvers leave noise in rays: when the ray fails as it is, entries below 2^-44, 2^-36 and
 *          2^-30 of the largest are dropped and z is computed anew.
 * Ray      |(A r)_i| <= 1e-9 (|A||r|)_i on closed sides, r_j on the right side of finite bounds,
 *          c'r <= -1e-9 sum |c_j r_j|, and x feasible. */
#include "lp/verify.h"

#include "base/alloc.h"
#include "lp/implied.h"
#include "lp/verify_sum.h"

#include <string.h>

double dca__verify_crossing(double low, double high)
{
    if (!(low > high)) {
        return 0.0;
    }
    const double floor = DCA_CLAIM_ROUNDING * DCA_UNIT_ROUNDOFF *
                         ((isinf(low) ? 0.0 : fabs(low)) + (isinf(high) ? 0.0 : fabs(high)));
    const double miss = low - high - 2.0 * (DCA_CLAIM_PRIMAL + floor);
    return miss > 0.0 ? low - high : 0.0;
}

static double largest_crossing(const dca_problem *problem)
{
    double worst = 0.0;
    for (dca_index i = 0; i < problem->num_rows; i++) {
        worst = fmax(worst, dca__verify_crossing(problem->row_lower[i], problem->row_upper[i]));
    }
    for (dca_index j = 0; j < problem->num_columns; j++) {
        worst = fmax(worst, dca__verify_crossing(problem->lower[j], problem->upper[j]));
    }
    return worst;
}

typedef struct farkas {
    dca__sum demanded;  /* sum y_i {rl|ru} - sum max(z_j l_j, z_j u_j) */
    double unsure;      /* what the sums of the z_j may have lost, times the bounds */
    double multipliers; /* sum |y_i| + sum |z_j| */
    double wrong;       /* largest z_j at an infinite bound */
    bool bounded;       /* every term found its bound */
    bool rounded;
    bool open; /* some z_j points at an infinite bound */
} farkas;

/* What a compensated sum of `length` products may have lost before its last rounding: 2 (2n u)^2 of
 * the terms, n = length + 1. [Ogita, Rump, Oishi (2005), "Accurate sum and dot product"] */
static double lost(const dca__sum *column, dca_nnz length)
{
    const double gamma = 2.0 * (double)(length + 1) * DCA_UNIT_ROUNDOFF;
    return 2.0 * gamma * gamma * column->magnitude;
}

/* The margin of one ray, without prices at infinite sides. implied NULL: none yet. */
static farkas multiply_out(const dca_problem *problem, const double *y, const dca__implied *implied)
{
    farkas f = {.bounded = true};
    for (dca_index i = 0; i < problem->num_rows; i++) {
        if (y[i] != 0.0) {
            dca__sum_add(&f.demanded, y[i],
                         y[i] > 0.0 ? problem->row_lower[i] : problem->row_upper[i]);
            f.multipliers += fabs(y[i]);
        }
    }
    for (dca_index j = 0; j < problem->num_columns; j++) {
        const dca__sum column = dca__sum_column(problem, j, y);
        const double z = dca__dd_value(column.total);
        if (z == 0.0) {
            continue;
        }
        f.multipliers += fabs(z);
        double side = z > 0.0 ? problem->upper[j] : problem->lower[j];
        if (isinf(side)) {
            f.open = true;
            f.wrong = fmax(f.wrong, fabs(z));
            side = implied == NULL ? side : dca__implied_bound(implied, j, z > 0.0);
        }
        if (!isinf(side)) {
            dca__sum_add(&f.demanded, -z, side);
            f.unsure += lost(&column, problem->length[j]) * fabs(side);
        } else if (fabs(z) <= DCA_CLAIM_NOISE * column.magnitude) {
            f.rounded = true;
        } else {
            f.bounded = false;
        }
    }
    return f;
}

/* What a margin has to exceed, and whether noise at an infinite bound may be taken as zero. */
typedef struct demand {
    double margin; /* times the multipliers */
    bool noise;
} demand;

static bool judge(const farkas *f, const demand *claim, dca_certificate *cert)
{
    const double margin = dca__dd_value(f->demanded.total);
    const double floor = DCA_CLAIM_ROUNDING * DCA_UNIT_ROUNDOFF * f->demanded.magnitude + f->unsure;
    cert->dual_violation = f->wrong;
    if (!f->bounded || !(f->multipliers > 0.0) || !isfinite(margin) || !isfinite(floor) ||
        (f->rounded && !claim->noise)) {
        return false;
    }
    cert->relative_gap = margin / f->multipliers;
    cert->rounded = f->rounded;
    return margin > claim->margin * f->multipliers + floor;
}

/* One attempt: as it is, then with bounds by one row, then by propagation. */
static dca_status attempt(dca_env *env, const dca_problem *problem, const demand *claim,
                          const double *y, dca__implied **implied, bool *propagated,
                          dca_certificate *cert)
{
    farkas f = multiply_out(problem, y, *implied);
    cert->valid = judge(&f, claim, cert);
    if (cert->valid && !cert->rounded) {
        return DCA_OK;
    }
    if (f.open && *implied == NULL) {
        const dca_status status = dca__implied_new(env, problem, INFINITY, implied);
        if (status != DCA_OK) {
            return status;
        }
        f = multiply_out(problem, y, *implied);
        cert->valid = judge(&f, claim, cert);
    }
    if (f.open && (!cert->valid || cert->rounded) && !*propagated) {
        const dca_status status = dca__implied_propagate(*implied);
        if (status != DCA_OK) {
            return status;
        }
        *propagated = true;
        f = multiply_out(problem, y, *implied);
        cert->valid = judge(&f, claim, cert);
    }
    return DCA_OK;
}

/* kept = ray without what is not more than share of the largest entry. */
static void drop_noise(const double *ray, dca_index m, double share, double *kept)
{
    double largest = 0.0;
    for (dca_index i = 0; i < m; i++) {
        largest = fmax(largest, fabs(ray[i]));
    }
    for (dca_index i = 0; i < m; i++) {
        kept[i] = fabs(ray[i]) > share * largest ? ray[i] : 0.0;
    }
}

/* The ray as it is, then without its noise; rewritten where a proof is found. */
static dca_status verify(dca_env *env, const dca_problem *problem, const demand *claim, double *ray,
                         dca_certificate *cert)
{
    static const double SHARES[] = {0.0, 0x1p-44, DCA_CLAIM_NOISE, 0x1p-30};
    const dca_index m = problem->num_rows;
    dca__certificate_clear(cert, DCA_CERTIFICATE_FARKAS);
    cert->primal_violation = 0.0;
    if (!dca__all_finite(ray, m)) {
        return DCA_OK;
    }
    dca_status status = DCA_E_NOMEM;
    dca__implied *implied = NULL;
    bool propagated = false;
    double *kept = DCA_ARRAY(env, double, m);
    if (kept == NULL) {
        goto done;
    }
    for (size_t s = 0; s < sizeof SHARES / sizeof *SHARES && !cert->valid; s++) {
        drop_noise(ray, m, SHARES[s], kept);
        dca__verify_clean_prices(problem, kept);
        status = attempt(env, problem, claim, kept, &implied, &propagated, cert);
        if (status != DCA_OK) {
            goto done;
        }
    }
    if (cert->valid) {
        cert->dual_bound = INFINITY;
        memcpy(ray, kept, (size_t)m * sizeof *ray);
    }
    status = DCA_OK;
done:
    dca__implied_free(implied);
    dca__free(env, kept);
    return status;
}

dca_status dca__verify_farkas(dca_env *env, const dca_problem *problem, double *ray,
                              dca_certificate *cert)
{
    const double crossed = largest_crossing(problem);
    if (crossed > 0.0) {
        dca__certificate_clear(cert, DCA_CERTIFICATE_FARKAS);
        cert->valid = 1;
        cert->primal_violation = cert->dual_violation = 0.0;
        cert->relative_gap = crossed;
        cert->dual_bound = INFINITY;
        return DCA_OK;
    }
    const demand claim = {DCA_CLAIM_MARGIN, true};
    return verify(env, problem, &claim, ray, cert);
}

dca_status dca__verify_narrow(dca_env *env, const dca_problem *problem, double *ray,
                              dca_certificate *cert)
{
    const demand claim = {DCA_CLAIM_NARROW, false};
    return verify(env, problem, &claim, ray, cert);
}

/* Largest excess over 1e-9 of the terms on a closed side, relative to the terms; at most 0 if none. */
static double leaves(dca__sum sum, double low, double high)
{
    const double value = dca__dd_value(sum.total);
    const double wrong =
        (value < 0.0 && !isinf(low)) || (value > 0.0 && !isinf(high)) ? fabs(value) : 0.0;
    return wrong > DCA_CLAIM_RAY * sum.magnitude ? wrong : 0.0;
}

dca_status dca__verify_unbounded(dca_env *env, const dca_problem *problem, const double *x,
                                 double *ray, dca_certificate *cert)
{
    const dca_index m = problem->num_rows;
    const dca_index n = problem->num_columns;
    const dca_status status = dca__verify_feasible(env, problem, x, NULL, cert);
    if (status != DCA_OK) {
        return status;
    }
    const bool feasible = cert->valid;
    cert->kind = DCA_CERTIFICATE_RAY;
    cert->valid = 0;
    if (!dca__all_finite(ray, n)) {
        return DCA_OK;
    }
    dca__sum *rows = DCA_ARRAY(env, dca__sum, m);
    if (rows == NULL) {
        return DCA_E_NOMEM;
    }
    dca__sum slope = {{0.0, 0.0}, 0.0};
    for (dca_index j = 0; j < n; j++) {
        if ((ray[j] < 0.0 && !isinf(problem->lower[j])) ||
            (ray[j] > 0.0 && !isinf(problem->upper[j]))) {
            ray[j] = 0.0;
        }
        if (ray[j] != 0.0 && problem->cost[j] != 0.0) {
            dca__sum_add(&slope, problem->cost[j], ray[j]);
        }
    }
    dca__sum_rows(problem, ray, rows);
    double worst = 0.0;
    for (dca_index i = 0; i < m; i++) {
        worst = fmax(worst, leaves(rows[i], problem->row_lower[i], problem->row_upper[i]));
    }
    dca__free(env, rows);
    const double fall = -dca__dd_value(slope.total);
    cert->dual_violation = worst;
    cert->relative_gap = slope.magnitude > 0.0 ? fall / slope.magnitude : 0.0;
    cert->valid = feasible && worst == 0.0 && slope.magnitude > 0.0 &&
                  fall >= DCA_CLAIM_RAY * slope.magnitude;
    return DCA_OK;
}
