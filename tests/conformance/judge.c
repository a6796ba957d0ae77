/* judge.c - an answer multiplied out on the numbers of the LP, independently of lib/lp/verify.c: plain
 * doubles, tolerances a little wider than what the library claims (docs/numerics.md). */
#include "conform.h"

#define POINT      2e-7 /* a row or bound may be missed by this, plus ROUNDING of its terms */
#define GAP        1e-7 /* of value and dual bound, relative */
#define PLACE      1e-8 /* a nonbasic variable rests at its bound, relative to 1 + its terms */
#define ROUNDING   1e-12
#define STATIONARY 1e-9 /* c = A'y + d, relative to the terms */

typedef struct numbers {
    dca_index m, n;
    double *cost, *lower, *upper, *row_lower, *row_upper, *value;
    dca_nnz *start;
    dca_index *index;
} numbers;

static double *doubles(dca_nnz count)
{
    double *block = calloc((size_t)count + 1, sizeof *block);
    assert_non_null(block);
    return block;
}

static numbers read_lp(const dca_lp *lp)
{
    numbers a = {.m = dca_lp_num_rows(lp), .n = dca_lp_num_columns(lp)};
    const dca_nnz entries = dca_lp_num_entries(lp);
    a.cost = doubles(a.n);
    a.lower = doubles(a.n);
    a.upper = doubles(a.n);
    a.row_lower = doubles(a.m);
    a.row_upper = doubles(a.m);
    a.value = doubles(entries);
    a.start = calloc((size_t)a.n + 1, sizeof *a.start);
    a.index = calloc((size_t)entries + 1, sizeof *a.index);
    assert_int_equal(dca_lp_get_columns(lp, 0, a.n, a.cost, a.lower, a.upper, NULL), DCA_OK);
    assert_int_equal(dca_lp_get_rows(lp, 0, a.m, a.row_lower, a.row_upper), DCA_OK);
    assert_int_equal(dca_lp_get_entries(lp, 0, a.n, a.start, a.index, a.value), DCA_OK);
    for (dca_index j = 0; j < a.n; j++)
        a.cost[j] *= dca_lp_sense(lp) == DCA_MAXIMISE ? -1.0 : 1.0;
    return a;
}

static void free_numbers(numbers *a)
{
    free(a->cost);
    free(a->lower);
    free(a->upper);
    free(a->row_lower);
    free(a->row_upper);
    free(a->value);
    free(a->start);
    free(a->index);
}

/* out [m] = A x, terms [m] = |A||x|. */
static void multiply(const numbers *a, const double *x, double *out, double *terms)
{
    for (dca_index i = 0; i < a->m; i++)
        out[i] = terms[i] = 0.0;
    for (dca_index j = 0; j < a->n; j++) {
        for (dca_nnz k = a->start[j]; k < a->start[j + 1]; k++) {
            out[a->index[k]] += a->value[k] * x[j];
            terms[a->index[k]] += fabs(a->value[k] * x[j]);
        }
    }
}

/* A_j'y, and the sum of its absolute terms. */
static double price(const numbers *a, dca_index j, const double *y, double *terms)
{
    double sum = 0.0;
    for (dca_nnz k = a->start[j]; k < a->start[j + 1]; k++) {
        sum += a->value[k] * y[a->index[k]];
        *terms += fabs(a->value[k] * y[a->index[k]]);
    }
    return sum;
}

static void within(const char *what, dca_index at, double value, double low, double high,
                   double terms)
{
    const double slack = POINT + ROUNDING * terms;
    if (!(value >= low - slack && value <= high + slack))
        fail_msg("%s %d: %.15g is not in [%.15g, %.15g]", what, (int)at, value, low, high);
}

static void judge_point(const numbers *a, const dca_result *result, double *x, double *activity,
                        double *terms)
{
    assert_int_equal(dca_result_get_x(result, 0, a->n, x), DCA_OK);
    double *told = doubles(a->m);
    assert_int_equal(dca_result_get_activity(result, 0, a->m, told), DCA_OK);
    multiply(a, x, activity, terms);
    for (dca_index j = 0; j < a->n; j++)
        within("column", j, x[j], a->lower[j], a->upper[j], fabs(x[j]));
    for (dca_index i = 0; i < a->m; i++) {
        within("row", i, activity[i], a->row_lower[i], a->row_upper[i], terms[i]);
        within("activity of row", i, told[i], activity[i], activity[i], terms[i]);
    }
    free(told);
}

/* A price times the side that it names; one that names no side must be nothing but noise. */
static double at_side(const char *what, dca_index k, double price, double low, double high,
                      double terms)
{
    const double side = price > 0.0 ? low : high;
    if (isinf(side)) {
        if (!(fabs(price) <= STATIONARY * terms))
            fail_msg("%s %d: the price %g names a bound that is not there", what, (int)k, price);
        return 0.0;
    }
    return price == 0.0 ? 0.0 : price * side;
}

static void judge_duality(const numbers *a, const dca_lp *lp, const dca_result *result,
                          const double *x)
{
    const double sign = dca_lp_sense(lp) == DCA_MAXIMISE ? -1.0 : 1.0;
    double *y = doubles(a->m);
    double *d = doubles(a->n);
    assert_int_equal(dca_result_get_y(result, 0, a->m, y), DCA_OK);
    assert_int_equal(dca_result_get_d(result, 0, a->n, d), DCA_OK);
    double primal = 0.0;
    double dual = 0.0;
    double size = 0.0;
    for (dca_index i = 0; i < a->m; i++) {
        y[i] *= sign;
        const double part = at_side("row", i, y[i], a->row_lower[i], a->row_upper[i], 0.0);
        dual += part;
        size += fabs(part);
    }
    for (dca_index j = 0; j < a->n; j++) {
        d[j] *= sign;
        double terms = fabs(a->cost[j]) + fabs(d[j]);
        const double sum = price(a, j, y, &terms);
        if (!(fabs(a->cost[j] - sum - d[j]) <= STATIONARY * terms))
            fail_msg("column %d: c %g, A'y %g, d %g", (int)j, a->cost[j], sum, d[j]);
        const double part = at_side("column", j, d[j], a->lower[j], a->upper[j], terms);
        dual += part;
        primal += a->cost[j] * x[j];
        size += fabs(part) + fabs(a->cost[j] * x[j]);
    }
    const double scale = fmax(fabs(primal), fabs(dual));
    if (!(fabs(primal - dual) <= GAP * scale + ROUNDING * size))
        fail_msg("primal %.15g, dual %.15g", primal, dual);
    const double told = dca_result_objective(result);
    const double value = sign * primal + dca_lp_offset(lp);
    if (!(fabs(told - value) <= ROUNDING * (1.0 + size + fabs(dca_lp_offset(lp)))))
        fail_msg("objective %.15g, c'x + c0 is %.15g", told, value);
    free(y);
    free(d);
}

static void rests(const char *what, dca_index k, uint8_t status, double value, double low,
                  double high, double terms)
{
    const double place = status == DCA_BASIS_LOWER   ? low
                         : status == DCA_BASIS_UPPER ? high
                         : isinf(low) && isinf(high) ? 0.0
                                                     : NAN;
    const bool fixed = low == high; /* LOWER "also when both bounds agree" */
    if (status > DCA_BASIS_FREE || (fixed && status != DCA_BASIS_LOWER) ||
        !(fabs(value - place) <= PLACE * (1.0 + terms)))
        fail_msg("%s %d: status %d, value %.15g in [%.15g, %.15g]", what, (int)k, (int)status,
                 value, low, high);
}

static void judge_basis(const numbers *a, const dca_result *result, const double *x,
                        const double *activity, const double *terms)
{
    uint8_t *columns = calloc((size_t)a->n + 1, 1);
    uint8_t *rows = calloc((size_t)a->m + 1, 1);
    if (dca_result_get_basis(result, columns, rows) == DCA_OK) {
        dca_index basic = 0;
        for (dca_index j = 0; j < a->n; j++) {
            basic += columns[j] == DCA_BASIS_BASIC;
            if (columns[j] != DCA_BASIS_BASIC)
                rests("column", j, columns[j], x[j], a->lower[j], a->upper[j], fabs(x[j]));
        }
        for (dca_index i = 0; i < a->m; i++) {
            basic += rows[i] == DCA_BASIS_BASIC;
            if (rows[i] != DCA_BASIS_BASIC)
                rests("row", i, rows[i], activity[i], a->row_lower[i], a->row_upper[i], terms[i]);
        }
        assert_int_equal(basic, a->m);
    }
    free(columns);
    free(rows);
}

static bool bounds_contradict(const numbers *a)
{
    bool found = false;
    for (dca_index j = 0; j < a->n; j++)
        found = found || a->lower[j] > a->upper[j] + POINT;
    for (dca_index i = 0; i < a->m; i++)
        found = found || a->row_lower[i] > a->row_upper[i] + POINT;
    return found;
}

/* sum y_i {rl | ru} exceeds all that A'y can reach. */
static void judge_farkas(const numbers *a, const dca_result *result)
{
    double *y = doubles(a->m);
    assert_int_equal(dca_result_get_ray(result, y), DCA_OK);
    double margin = 0.0;
    double size = 0.0;
    for (dca_index i = 0; i < a->m; i++) {
        const double part = at_side("row", i, y[i], a->row_lower[i], a->row_upper[i], 0.0);
        margin += part;
        size += fabs(part) + fabs(y[i]);
    }
    for (dca_index j = 0; j < a->n; j++) {
        double terms = 0.0;
        const double z = price(a, j, y, &terms);
        const double part = at_side("column", j, -z, a->lower[j], a->upper[j], terms);
        margin += part;
        size += fabs(part);
    }
    if (!bounds_contradict(a) && !(margin > GAP * size))
        fail_msg("Farkas margin %g of %g", margin, size);
    free(y);
}

static void recedes(const char *what, dca_index k, double step, double low, double high,
                    double terms)
{
    if ((step > 0.0 ? high : low) * (step > 0.0 ? 1.0 : -1.0) < INFINITY &&
        !(fabs(step) <= STATIONARY * terms))
        fail_msg("%s %d: the ray moves by %g, between %g and %g", what, (int)k, step, low, high);
}

static void judge_direction(const numbers *a, const dca_result *result)
{
    double *ray = doubles(a->n);
    double *drift = doubles(a->m);
    double *terms = doubles(a->m);
    assert_int_equal(dca_result_get_ray(result, ray), DCA_OK);
    multiply(a, ray, drift, terms);
    double gain = 0.0;
    double size = 0.0;
    for (dca_index j = 0; j < a->n; j++) {
        recedes("column", j, ray[j], a->lower[j], a->upper[j], 0.0);
        gain += a->cost[j] * ray[j];
        size += fabs(a->cost[j] * ray[j]);
    }
    for (dca_index i = 0; i < a->m; i++)
        recedes("row", i, drift[i], a->row_lower[i], a->row_upper[i], terms[i]);
    if (!(gain < -STATIONARY * size))
        fail_msg("the ray gains %g of %g", gain, size);
    free(ray);
    free(drift);
    free(terms);
}

void judge(const dca_lp *lp, dca_result *result)
{
    const dca_outcome outcome = dca_result_outcome(result);
    numbers a = read_lp(lp);
    assert_int_equal(dca_result_num_rows(result), a.m);
    assert_int_equal(dca_result_num_columns(result), a.n);
    double *x = doubles(a.n);
    double *activity = doubles(a.m);
    double *terms = doubles(a.m);
    if (outcome == DCA_OPTIMAL || outcome == DCA_UNBOUNDED) {
        judge_point(&a, result, x, activity, terms);
        judge_basis(&a, result, x, activity, terms);
    }
    if (outcome == DCA_OPTIMAL)
        judge_duality(&a, lp, result, x);
    if (outcome == DCA_INFEASIBLE)
        judge_farkas(&a, result);
    if (outcome == DCA_UNBOUNDED)
        judge_direction(&a, result);
    free(x);
    free(activity);
    free(terms);
    free_numbers(&a);
}
