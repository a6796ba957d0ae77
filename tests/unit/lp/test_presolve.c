/* Random twins: what presolve, a solve of the rest and postsolve give is optimal in the
 * original, point, prices and basis, proved there; the value is the one that the problem was
 * made around. Structure is planted so that every reduction has work. */
#include "account.h"
#include "backend/backend.h"
#include "base/opt.h"
#include "check.h"
#include "lp/presolve_state.h"
#include "lp/planted.h"
#include "lp/verify.h"

/* Around an optimal x and y: complementary by construction. Bounds are often infinite, many
 * values are equal to their bounds on both sides of the optimum (degenerate, forcing). */
static double make_twin(uint64_t seed, small *s)
{
    dice d = {seed * 2750159u};
    small_init(s, 2 + dice_below(&d, 14), 2 + dice_below(&d, 20));
    const dca_index m = s->m;
    const dca_index n = s->n;
    double x[SMALL_COLUMNS];
    double y[SMALL_ROWS];
    plant_matrix(&d, s);
    for (dca_index j = 0; j < n; j++)
        x[j] = (double)(dice_below(&d, 7) - 2);
    for (dca_index i = 0; i < m; i++) {
        double activity = 0.0;
        for (dca_index j = 0; j < n; j++)
            activity += s->a[i][j] * x[j];
        const int kind = dice_below(&d, 8); /* 0-2 loose, 3 below, 4 above, 5-7 equation */
        y[i] = kind < 3 ? 0.0 : (double)dice_below(&d, 4) * (kind == 4 ? -1.0 : 1.0);
        s->row_lower[i] = kind >= 5 || kind == 3   ? activity
                          : kind == 0 || kind == 4 ? -INFINITY
                                                   : activity - 1.0;
        s->row_upper[i] = kind >= 5 || kind == 4   ? activity
                          : kind == 1 || kind == 3 ? INFINITY
                                                   : activity + 2.0;
    }
    double value = s->offset = 7.0;
    for (dca_index j = 0; j < n; j++) {
        const int kind = dice_below(&d, 7); /* 0-1 at lower, 2 at upper, 3 fixed, 4-6 between */
        const double d_j = kind == 2  ? -(double)dice_below(&d, 3)
                           : kind < 4 ? dice_below(&d, 3)
                                      : 0;
        s->cost[j] = kind == 3 ? d_j - 1.0 : d_j;
        for (dca_index i = 0; i < m; i++)
            s->cost[j] += s->a[i][j] * y[i];
        if (fabs(s->cost[j]) < 1e-12)
            s->cost[j] = 0.0; /* no rounding that makes a direction improve */
        s->lower[j] = kind < 2 || kind == 3 ? x[j] : dice_below(&d, 2) ? -INFINITY : x[j] - 1.0;
        s->upper[j] = kind == 2 || kind == 3 ? x[j] : dice_below(&d, 2) ? INFINITY : x[j] + 2.0;
        value += s->cost[j] * x[j];
    }
    return value;
}

static dca_options options_for(dca_env *env)
{
    dca_options options = {.env = env};
    dca__settings_init(&options.settings);
    return options;
}

static int64_t solve_with(void *state, const dca_options *options, dca__point *point)
{
    const dca_backend *native = dca__native_backend();
    dca_backend_report report = {.struct_size = sizeof report};
    assert_int_equal(native->solve(state, options, NULL, &report), DCA_OK);
    assert_int_equal(report.outcome, DCA_OPTIMAL);
    assert_int_equal(native->get_point(state, point->x, point->y), DCA_OK);
    assert_int_equal(native->get_basis(state, point->column_status, point->row_status), DCA_OK);
    return report.iterations;
}

static dca_index basics(const dca__point *point)
{
    dca_index count = 0;
    for (dca_index j = 0; j < point->num_columns; j++)
        count += point->column_status[j] == DCA_BASIS_BASIC;
    for (dca_index i = 0; i < point->num_rows; i++)
        count += point->row_status[i] == DCA_BASIS_BASIC;
    return count;
}

/* A nonbasic column or row stands at the bound that its status names. */
static void statuses_fit(const small *s, const dca__point *point, const double *activity, int seed)
{
    for (dca_index j = 0; j < s->n; j++) {
        const double at = point->column_status[j] == DCA_BASIS_LOWER   ? s->lower[j]
                          : point->column_status[j] == DCA_BASIS_UPPER ? s->upper[j]
                                                                       : point->x[j];
        if (!(fabs(point->x[j] - at) <= 1e-7))
            fail_msg("seed %d: column %d is %g, its status says %g", seed, (int)j, point->x[j], at);
    }
    for (dca_index i = 0; i < s->m; i++) {
        const double at = point->row_status[i] == DCA_BASIS_LOWER   ? s->row_lower[i]
                          : point->row_status[i] == DCA_BASIS_UPPER ? s->row_upper[i]
                                                                    : activity[i];
        if (!(fabs(activity[i] - at) <= 1e-7))
            fail_msg("seed %d: row %d is %g, its status says %g", seed, (int)i, activity[i], at);
    }
}

static void twins(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    const dca_backend *native = dca__native_backend();
    const dca_options options = options_for(env);
    long used[DCA__NUM_REDUCTIONS] = {0};
    int reduced_away = 0;
    int pivots = 0;
    for (int seed = 1; seed <= 3000; seed++) {
        small s;
        const double value = make_twin((uint64_t)seed, &s);
        const dca_problem view = small_view(&s);
        dca__presolve *p = NULL;
        dca__presolve_verdict verdict;
        assert_int_equal(dca__presolve_new(env, &view, NULL, &p, &verdict), DCA_OK);
        if (verdict == DCA__PRESOLVE_UNDECIDED || verdict == DCA__PRESOLVE_CONTRADICTION)
            fail_msg("seed %d: called infeasible or unbounded", seed);
        if (verdict != DCA__PRESOLVE_REDUCED) {
            dca__presolve_free(p);
            continue;
        }
        for (dca_nnz t = 0; t < p->num_records; t++)
            used[p->record[t].kind]++;
        const dca_problem *rest = dca__presolve_problem(p);
        dca__point small_point;
        dca__point full;
        assert_int_equal(dca__point_new(env, rest->num_rows, rest->num_columns, &small_point),
                         DCA_OK);
        assert_int_equal(dca__point_new(env, s.m, s.n, &full), DCA_OK);
        void *solver = NULL;
        assert_int_equal(native->open(env, &solver), DCA_OK);
        if (rest->num_rows + rest->num_columns > 0) {
            assert_int_equal(native->load(solver, rest), DCA_OK);
            (void)solve_with(solver, &options, &small_point);
        } else {
            reduced_away++;
        }
        dca__presolve_undo(p, &small_point, &full);
        dca_certificate cert;
        double activity[SMALL_ROWS];
        assert_int_equal(dca__verify_optimal(env, &view, full.x, full.y, activity, NULL, &cert),
                         DCA_OK);
        if (!cert.valid) { /* by noise of the simplex only */
            bool dropped;
            assert_int_equal(dca__verify_drop_noise(env, &view, full.y, &dropped), DCA_OK);
            assert_int_equal(dca__verify_optimal(env, &view, full.x, full.y, activity, NULL, &cert),
                             DCA_OK);
        }
        if (!cert.valid)
            fail_msg("seed %d: violation %g, gap %g", seed, cert.primal_violation,
                     cert.relative_gap);
        if (fabs(cert.dual_bound - value) > 1e-7 * (1.0 + fabs(value)))
            fail_msg("seed %d: %.12g, made with %.12g", seed, cert.dual_bound, value);
        if (basics(&full) != s.m)
            fail_msg("seed %d: %d basic, %d rows", seed, (int)basics(&full), (int)s.m);
        statuses_fit(&s, &full, activity, seed);
        assert_int_equal(native->load(solver, &view), DCA_OK);
        assert_int_equal(native->set_basis(solver, full.column_status, full.row_status), DCA_OK);
        pivots += (int)solve_with(solver, &options, &full);
        native->close(solver);
        dca__point_free(env, &small_point);
        dca__point_free(env, &full);
        dca__presolve_free(p);
    }
    for (int kind = 0; kind < DCA__NUM_REDUCTIONS; kind++) {
        if (used[kind] < 20)
            fail_msg("reduction %d was used %ld times only", kind, used[kind]);
    }
    assert_true(reduced_away > 100);
    if (pivots > 30) /* a basis that is optimal needs none; ties may cost a few over all */
        fail_msg("%d pivots from postsolved bases", pivots);
    account_close(&book, env);
}

/* x + y >= 3 with x <= 1 by a row and y <= 1. */
static void a_contradiction_is_seen(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small s;
    small_init(&s, 2, 2);
    s.a[0][0] = s.a[0][1] = 1.0;
    s.a[1][0] = 1.0;
    s.row_lower[0] = 3.0;
    s.row_upper[1] = 1.0;
    s.upper[1] = 1.0;
    const dca_problem view = small_view(&s);
    dca__presolve *p = NULL;
    dca__presolve_verdict verdict;
    assert_int_equal(dca__presolve_new(env, &view, NULL, &p, &verdict), DCA_OK);
    assert_int_equal(verdict, DCA__PRESOLVE_CONTRADICTION);
    dca__presolve_free(p);
    account_close(&book, env);
}

/* Two sources, two sinks, x_ij <= 4 y_ij with a charge on 0 <= y_ij <= 1: rows and columns of the
 * charges go, those of the transport stay. */
static void fixed_charges_go(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small s;
    small_init(&s, 8, 8);
    for (dca_index k = 0; k < 4; k++) {
        s.a[k / 2][k] = 1.0;     /* a source gives at most 6 */
        s.a[2 + k % 2][k] = 1.0; /* a sink takes at least 3 */
        s.a[4 + k][k] = 1.0;
        s.a[4 + k][4 + k] = -4.0;
        s.row_upper[4 + k] = 0.0;
        s.cost[k] = 1.0 + (double)k;
        s.upper[4 + k] = 1.0;
        s.cost[4 + k] = 7.0 - (double)k;
    }
    for (dca_index i = 0; i < 2; i++) {
        s.row_upper[i] = 6.0;
        s.row_lower[2 + i] = 3.0;
    }
    const dca_problem view = small_view(&s);
    dca__presolve *p = NULL;
    dca__presolve_verdict verdict;
    assert_int_equal(dca__presolve_new(env, &view, NULL, &p, &verdict), DCA_OK);
    assert_int_equal(verdict, DCA__PRESOLVE_REDUCED);
    const dca_problem *rest = dca__presolve_problem(p);
    assert_int_equal(rest->num_rows, 4);
    assert_int_equal(rest->num_columns, 4);
    for (dca_index j = 0; j < 4; j++) {
        assert_float_equal(rest->upper[j], 4.0, 0.0);
        assert_float_equal(rest->cost[j], 1.0 + j + (7.0 - j) / 4.0, 1e-15);
    }
    dca__presolve_free(p);
    account_close(&book, env);
}

static void stops_when_told(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_control *control = NULL;
    assert_int_equal(dca__control_new(env, &control), DCA_OK);
    /* 40 000 empty columns and a polled limit of one entry */
    enum { WIDE = 40000 };
    double *zeros = calloc(WIDE, sizeof *zeros);
    dca_nnz *start = calloc(WIDE, sizeof *start);
    dca_index *length = calloc(WIDE, sizeof *length);
    double *ones = calloc(WIDE, sizeof *ones);
    dca_index *rows = calloc(WIDE, sizeof *rows);
    for (int j = 0; j < WIDE; j++) {
        start[j] = j;
        length[j] = 1;
        ones[j] = 1.0;
    }
    const double low[] = {0.0};
    const double high[] = {1.0};
    const dca_problem wide = {sizeof wide, 1,    WIDE,  0.0,    zeros, zeros, ones,
                              low,         high, start, length, rows,  ones};
    dca__control_set_work_limit(control, 1);
    dca__presolve *p = NULL;
    dca__presolve_verdict verdict;
    assert_int_equal(dca__presolve_new(env, &wide, control, &p, &verdict), DCA_OK);
    assert_int_equal(verdict, DCA__PRESOLVE_STOPPED);
    dca__presolve_free(p);
    dca__control_free(control);
    free(zeros);
    free(start);
    free(length);
    free(ones);
    free(rows);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twins),
        cmocka_unit_test(fixed_charges_go),
        cmocka_unit_test(a_contradiction_is_seen),
        cmocka_unit_test(stops_when_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
