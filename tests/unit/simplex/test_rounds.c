/* test_rounds.c - whole solves of small random problems: every claim is multiplied out on the problem
 * as given, and the algorithms, warm or cold, agree with each other. */
#include "../account.h"
#include "../lp/problem.h"
#include "base/limit.h"
#include "lp/verify.h"
#include "simplex/simplex.h"

#include <math.h>

typedef struct answer {
    dca_outcome outcome;
    double objective;
    int64_t iterations;
} answer;

/* A multiple of 1/64: costs made as A'y are then exact, and so are ties. */
static double coarse(dice *d)
{
    return round(64.0 * dice_coefficient(d)) / 64.0;
}

static void random_bounds(dice *d, double at, double *lower, double *upper)
{
    const double below = at - 3.0 * dice_unit(d) * dice_below(d, 2);
    const double above = at + 3.0 * dice_unit(d) * dice_below(d, 2);
    switch (dice_below(d, 8)) {
    case 0:
        *lower = -INFINITY, *upper = INFINITY;
        break;
    case 1:
        *lower = -INFINITY, *upper = above;
        break;
    case 2:
        *lower = *upper = at;
        break;
    case 3:
    case 4:
        *lower = below, *upper = above;
        break;
    default:
        *lower = below, *upper = INFINITY;
        break;
    }
}

/* Feasible around a random point, unless `twist`: then the row bounds ignore the point. */
static void random_problem(small *p, uint64_t seed)
{
    dice d = {seed * 7919u};
    const dca_index m = 1 + dice_below(&d, SMALL_ROWS);
    const dca_index n = 1 + dice_below(&d, SMALL_COLUMNS);
    const bool twist = dice_below(&d, 4) == 0;
    const bool costs_bounded = dice_below(&d, 3) > 0;
    const double density = 0.1 + 0.5 * dice_unit(&d);
    small_init(p, m, n);
    double x[SMALL_COLUMNS];
    double y[SMALL_ROWS];
    for (dca_index i = 0; i < m; i++) {
        y[i] = dice_below(&d, 2) ? coarse(&d) : 0.0;
        for (dca_index j = 0; j < n; j++)
            p->a[i][j] = dice_unit(&d) < density ? coarse(&d) : 0.0;
    }
    for (dca_index j = 0; j < n; j++) {
        x[j] = dice_below(&d, 7) - 3;
        random_bounds(&d, x[j], &p->lower[j], &p->upper[j]);
        p->cost[j] = dice_below(&d, 3) ? coarse(&d) : 0.0;
    }
    for (dca_index i = 0; i < m; i++) {
        double activity = twist ? 5.0 * coarse(&d) : 0.0;
        for (dca_index j = 0; j < n; j++)
            activity += p->a[i][j] * x[j];
        random_bounds(&d, activity, &p->row_lower[i], &p->row_upper[i]);
        const bool lower = p->row_lower[i] > -INFINITY;
        if ((!lower && y[i] > 0) || (p->row_upper[i] == INFINITY && y[i] < 0))
            y[i] = 0.0;
    }
    for (dca_index j = 0; costs_bounded && j < n; j++) { /* then y is dual feasible */
        double reduced = p->lower[j] == -INFINITY && p->upper[j] == INFINITY ? 0.0 : dice_unit(&d);
        if (p->lower[j] == -INFINITY)
            reduced = -reduced;
        p->cost[j] = reduced;
        for (dca_index i = 0; i < m; i++)
            p->cost[j] += y[i] * p->a[i][j];
    }
}

/* The claim is true; the objective of an optimal one. */
static answer prove(dca_env *env, dca__simplex *s, small *p, const dca__simplex_report *report)
{
    const dca_problem view = small_view(p);
    double x[SMALL_COLUMNS];
    double y[SMALL_ROWS];
    double ray[SMALL_COLUMNS + SMALL_ROWS];
    uint8_t columns[SMALL_COLUMNS];
    uint8_t rows[SMALL_ROWS];
    dca_certificate cert = {0};
    dca__simplex_get_point(s, x, y);
    dca__simplex_get_basis(s, columns, rows);
    answer out = {report->outcome, 0.0, report->iterations};
    dca_index basic = 0;
    for (dca_index i = 0; i < p->m; i++)
        basic += rows[i] == DCA_BASIS_BASIC;
    for (dca_index j = 0; j < p->n; j++) {
        basic += columns[j] == DCA_BASIS_BASIC;
        out.objective += p->cost[j] * x[j];
        if (columns[j] == DCA_BASIS_LOWER)
            assert_true(x[j] == p->lower[j]);
        if (columns[j] == DCA_BASIS_UPPER)
            assert_true(x[j] == p->upper[j]);
    }
    assert_int_equal(basic, p->m);
    switch (report->outcome) {
    case DCA_OPTIMAL:
        assert_int_equal(dca__verify_optimal(env, &view, x, y, NULL, NULL, &cert), DCA_OK);
        break;
    case DCA_INFEASIBLE:
        assert_true(dca__simplex_get_ray(s, ray));
        assert_int_equal(dca__verify_farkas(env, &view, ray, &cert), DCA_OK);
        break;
    case DCA_UNBOUNDED:
        assert_true(dca__simplex_get_ray(s, ray));
        assert_int_equal(dca__verify_unbounded(env, &view, x, ray, &cert), DCA_OK);
        break;
    default:
        fail_msg("outcome %d", (int)report->outcome);
    }
    /* An optimum of 0 has no relative gap: there one rounding of the prices is allowed. */
    const bool at_zero = report->outcome == DCA_OPTIMAL && fabs(out.objective) < 1e-14 &&
                         fabs(cert.dual_bound) < 1e-14;
    if (!cert.valid && !at_zero)
        fail_msg("outcome %d, gap %g, primal %g, dual %g, bound %g for %g", (int)report->outcome,
                 cert.relative_gap, cert.primal_violation, cert.dual_violation, cert.dual_bound,
                 out.objective);
    return out;
}

static answer run(dca_env *env, dca__simplex *s, small *p, dca__method method)
{
    dca__settings settings;
    dca__settings_init(&settings);
    dca__simplex_report report;
    assert_int_equal(dca__simplex_solve(s, &settings, method, NULL, &report), DCA_OK);
    return prove(env, s, p, &report);
}

/* From the slack basis, by sets. */
static answer run_by_sets(dca_env *env, dca__simplex *s, small *p, dca__method method)
{
    dca__settings settings;
    dca__settings_init(&settings);
    settings.gub = 2;
    dca__simplex_report report;
    assert_int_equal(dca__simplex_solve(s, &settings, method, NULL, &report), DCA_OK);
    return prove(env, s, p, &report);
}

static void assert_same(answer a, answer b)
{
    assert_int_equal(a.outcome, b.outcome);
    if (a.outcome == DCA_OPTIMAL)
        assert_true(fabs(a.objective - b.objective) <= 1e-7 * (1.0 + fabs(a.objective)));
}

static dca__simplex *loaded(dca_env *env, small *p)
{
    dca__simplex *s = NULL;
    assert_int_equal(dca__simplex_new(env, &s), DCA_OK);
    const dca_problem view = small_view(p);
    assert_int_equal(dca__simplex_load(s, &view), DCA_OK);
    return s;
}

static void test_methods_agree(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int seen[16] = {0};
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        small p;
        random_problem(&p, seed);
        dca__simplex *s = loaded(env, &p);
        const answer dual = run(env, s, &p, DCA__METHOD_DUAL);
        const answer warm = run(env, s, &p, DCA__METHOD_AUTO);
        assert_same(dual, warm);
        if (dual.outcome == DCA_OPTIMAL)
            assert_int_equal(warm.iterations, 0);
        const dca_problem view = small_view(&p);
        assert_int_equal(dca__simplex_load(s, &view), DCA_OK);
        assert_same(dual, run(env, s, &p, DCA__METHOD_PRIMAL));
        dca__simplex_free(s);
        seen[dual.outcome]++;
    }
    assert_true(seen[DCA_OPTIMAL] > 500);
    assert_true(seen[DCA_INFEASIBLE] > 200);
    assert_true(seen[DCA_UNBOUNDED] > 100);
    account_close(&book, env);
}

/* Make the first rows share no column. */
static void separate_rows(small *p, dice *d)
{
    const dca_index sets = 1 + dice_below(d, p->m);
    for (dca_index j = 0; j < p->n; j++) {
        const dca_index own = dice_below(d, sets);
        for (dca_index i = 0; i < sets; i++)
            p->a[i][j] = i == own ? p->a[i][j] : 0.0;
    }
}

/* By sets and not by sets: the same answer, proved, twice the same pivots, and a basis to go on from. */
static void test_sets_agree(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int seen[16] = {0};
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        small p;
        random_problem(&p, seed);
        dice d = {seed * 17u};
        if (seed % 4 > 0)
            separate_rows(&p, &d);
        dca__simplex *plain = loaded(env, &p);
        const answer dual = run(env, plain, &p, DCA__METHOD_DUAL);
        dca__simplex_free(plain);
        for (int k = 0; k < 2; k++) {
            const dca__method method = k == 0 ? DCA__METHOD_PRIMAL : DCA__METHOD_DUAL;
            dca__simplex *s = loaded(env, &p);
            const answer sets = run_by_sets(env, s, &p, method);
            assert_same(dual, sets);
            if (sets.outcome == DCA_OPTIMAL)
                assert_int_equal(run(env, s, &p, DCA__METHOD_AUTO).iterations, 0);
            dca__simplex *other = loaded(env, &p);
            const answer again = run_by_sets(env, other, &p, method);
            assert_int_equal(sets.iterations, again.iterations);
            assert_true(sets.objective == again.objective);
            dca__simplex_free(other);
            dca__simplex_free(s);
            seen[sets.outcome]++;
        }
    }
    assert_true(seen[DCA_OPTIMAL] > 1000);
    assert_true(seen[DCA_INFEASIBLE] > 400);
    assert_true(seen[DCA_UNBOUNDED] > 200);
    account_close(&book, env);
}

/* Any statuses are repaired into a basis, from which the same answer is reached. */
static void test_any_basis(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (uint64_t seed = 1; seed <= 600; seed++) {
        small p;
        random_problem(&p, seed);
        dca__simplex *s = loaded(env, &p);
        const answer cold = run(env, s, &p, DCA__METHOD_AUTO);
        dice d = {seed};
        uint8_t columns[SMALL_COLUMNS];
        uint8_t rows[SMALL_ROWS];
        for (dca_index j = 0; j < p.n; j++)
            columns[j] = (uint8_t)dice_below(&d, 4);
        for (dca_index i = 0; i < p.m; i++)
            rows[i] = (uint8_t)dice_below(&d, 4);
        const dca__method methods[] = {DCA__METHOD_DUAL, DCA__METHOD_PRIMAL, DCA__METHOD_AUTO};
        for (int k = 0; k < 3; k++) {
            assert_int_equal(dca__simplex_set_basis(s, columns, rows), DCA_OK);
            assert_same(cold, run(env, s, &p, methods[k]));
        }
        dca__simplex_free(s);
    }
    account_close(&book, env);
}

static dca_edit random_edit(dice *d, small *p)
{
    dca_edit e = {dice_below(d, 4), dice_below(d, p->n), -1, 0.0, 0.0};
    const dca_index i = dice_below(d, p->m);
    const double by = coarse(d);
    switch (e.kind) {
    case DCA_EDIT_COST:
        p->cost[e.index] = e.a = p->cost[e.index] + by;
        break;
    case DCA_EDIT_COLUMN_BOUNDS:
        p->lower[e.index] = e.a = p->lower[e.index] + by;
        p->upper[e.index] = e.b = p->upper[e.index] + by;
        break;
    case DCA_EDIT_ROW_BOUNDS:
        e.index = i;
        p->row_lower[i] = e.a = p->row_lower[i] + by;
        p->row_upper[i] = e.b = p->row_upper[i] + by;
        break;
    default:
        e.other = e.index;
        e.index = i;
        p->a[i][e.other] = e.a = dice_below(d, 4) == 0 ? 0.0 : by;
        break;
    }
    return e;
}

/* After edits the warm solve agrees with a cold solve of the edited problem. */
static void test_edits_stay_warm(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (uint64_t seed = 1; seed <= 300; seed++) {
        small p;
        random_problem(&p, seed);
        dca__simplex *s = loaded(env, &p);
        (void)run(env, s, &p, DCA__METHOD_AUTO);
        dice d = {seed * 31u};
        for (int round = 0; round < 6; round++) {
            dca_edit edits[3];
            for (int k = 0; k < 3; k++)
                edits[k] = random_edit(&d, &p);
            assert_int_equal(dca__simplex_edit(s, edits, 3), DCA_OK);
            const answer warm = run(env, s, &p, DCA__METHOD_AUTO);
            dca__simplex *other = loaded(env, &p);
            assert_same(warm, run(env, other, &p, DCA__METHOD_AUTO));
            dca__simplex_free(other);
        }
        dca__simplex_free(s);
    }
    account_close(&book, env);
}

static void test_bad_edit_changes_nothing(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small p;
    random_problem(&p, 5);
    dca__simplex *s = loaded(env, &p);
    const answer first = run(env, s, &p, DCA__METHOD_AUTO);
    const dca_edit edits[2] = {{DCA_EDIT_COST, 0, -1, 1e6, 0.0},
                               {DCA_EDIT_COST, p.n, -1, 0.0, 0.0}};
    assert_int_equal(dca__simplex_edit(s, edits, 2), DCA_E_ARG);
    assert_same(first, run(env, s, &p, DCA__METHOD_AUTO));
    dca__simplex_free(s);
    account_close(&book, env);
}

/* Iteration, work and cancel limits end a solve with their outcome; the next solve goes on. */
static void test_limits(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int stopped = 0;
    int stopped_by_sets = 0;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        small p;
        random_problem(&p, seed);
        dca__simplex *s = loaded(env, &p);
        dca__settings settings;
        dca__settings_init(&settings);
        settings.iteration_limit = 2;
        dca__simplex_report report;
        assert_int_equal(dca__simplex_solve(s, &settings, DCA__METHOD_AUTO, NULL, &report), DCA_OK);
        if (report.outcome == DCA_WORK_LIMIT) {
            assert_true(report.iterations <= 3);
            stopped++;
        }
        dca_control *control = NULL;
        assert_int_equal(dca__control_new(env, &control), DCA_OK);
        dca__control_cancel(control);
        settings.iteration_limit = 0;
        const dca_problem view = small_view(&p);
        assert_int_equal(dca__simplex_load(s, &view), DCA_OK);
        assert_int_equal(dca__simplex_solve(s, &settings, DCA__METHOD_DUAL, control, &report),
                         DCA_OK);
        if (report.outcome != DCA_OPTIMAL)
            assert_int_equal(report.outcome, DCA_INTERRUPTED);
        dca__control_free(control);
        (void)run(env, s, &p, DCA__METHOD_AUTO);
        assert_int_equal(dca__simplex_load(s, &view), DCA_OK);
        settings.iteration_limit = 2;
        settings.gub = 2;
        assert_int_equal(dca__simplex_solve(s, &settings, DCA__METHOD_AUTO, NULL, &report), DCA_OK);
        assert_true(report.outcome != DCA_WORK_LIMIT || report.iterations <= 3);
        stopped_by_sets += report.outcome == DCA_WORK_LIMIT;
        (void)run(env, s, &p, DCA__METHOD_AUTO);
        dca__simplex_free(s);
    }
    assert_true(stopped > 20);
    assert_true(stopped_by_sets > 20);
    account_close(&book, env);
}

/* Each request refused in turn: DCA_E_NOMEM, and afterwards the object still solves. */
static void refuse_memory(dca__method method, int32_t gub)
{
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small p;
    random_problem(&p, 11);
    dca__simplex *reference = loaded(env, &p);
    const answer want = run(env, reference, &p, DCA__METHOD_DUAL);
    dca__simplex_free(reference);
    bool done = false;
    for (long k = 1; !done; k++) {
        book.requests = 0;
        book.refuse_at = k;
        dca__simplex *s = NULL;
        dca_status status = dca__simplex_new(env, &s);
        if (status == DCA_OK) {
            const dca_problem view = small_view(&p);
            status = dca__simplex_load(s, &view);
            if (status != DCA_OK)
                assert_int_equal(dca__simplex_load(s, &view), DCA_OK);
            dca__settings settings;
            dca__settings_init(&settings);
            settings.gub = gub;
            dca__simplex_report report;
            const dca_status solved = dca__simplex_solve(s, &settings, method, NULL, &report);
            status = status == DCA_OK ? solved : status;
            done = book.requests < k;
            book.refuse_at = 0;
            assert_same(want, run(env, s, &p, DCA__METHOD_DUAL));
        }
        if (!done && status != DCA_OK)
            assert_int_equal(status, DCA_E_NOMEM);
        book.refuse_at = 0;
        dca__simplex_free(s);
    }
    account_close(&book, env);
}

static void test_refused_memory(void **state)
{
    (void)state;
    refuse_memory(DCA__METHOD_DUAL, 0);
    refuse_memory(DCA__METHOD_PRIMAL, 2);
    refuse_memory(DCA__METHOD_DUAL, 2);
}

static void test_no_rows(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small p;
    small_init(&p, 0, 3);
    p.cost[0] = 1.0;
    p.cost[1] = -1.0;
    p.upper[1] = 4.0;
    dca__simplex *s = loaded(env, &p);
    const answer boxed = run(env, s, &p, DCA__METHOD_AUTO);
    assert_int_equal(boxed.outcome, DCA_OPTIMAL);
    assert_true(boxed.objective == -4.0);
    p.cost[2] = -2.0;
    const dca_edit edit = {DCA_EDIT_COST, 2, -1, -2.0, 0.0};
    assert_int_equal(dca__simplex_edit(s, &edit, 1), DCA_OK);
    assert_int_equal(run(env, s, &p, DCA__METHOD_AUTO).outcome, DCA_UNBOUNDED);
    dca__simplex_free(s);
    account_close(&book, env);
}

/* x1 + x2 <= 4, x1 + 3 x2 <= 6, max 3 x1 + 5 x2 by hand: both rows tight, x = (3, 1), 14, y = (-2, -1)
 * for the minimisation (3 = 2 + 1, 5 = 2 + 3). */
static void test_by_hand(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small p;
    small_init(&p, 2, 2);
    p.a[0][0] = p.a[0][1] = p.a[1][0] = 1.0;
    p.a[1][1] = 3.0;
    p.row_upper[0] = 4.0;
    p.row_upper[1] = 6.0;
    p.cost[0] = -3.0;
    p.cost[1] = -5.0;
    dca__simplex *s = loaded(env, &p);
    assert_int_equal(run(env, s, &p, DCA__METHOD_AUTO).outcome, DCA_OPTIMAL);
    double x[2];
    double y[2];
    uint8_t columns[2];
    uint8_t rows[2];
    dca__simplex_get_point(s, x, y);
    dca__simplex_get_basis(s, columns, rows);
    const double want[4] = {3.0, 1.0, -2.0, -1.0};
    const double got[4] = {x[0], x[1], y[0], y[1]};
    for (int k = 0; k < 4; k++)
        assert_true(fabs(got[k] - want[k]) < 1e-12);
    assert_int_equal(rows[0], DCA_BASIS_UPPER);
    assert_int_equal(rows[1], DCA_BASIS_UPPER);
    assert_int_equal(columns[0], DCA_BASIS_BASIC);
    dca__simplex_free(s);
    account_close(&book, env);
}

/* A lower bound above its upper bound is infeasible without a solve. */
static void test_crossed_bounds(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small p;
    small_init(&p, 1, 1);
    p.lower[0] = 2.0;
    p.upper[0] = 1.0;
    dca__simplex *s = loaded(env, &p);
    dca__settings settings;
    dca__settings_init(&settings);
    dca__simplex_report report;
    assert_int_equal(dca__simplex_solve(s, &settings, DCA__METHOD_AUTO, NULL, &report), DCA_OK);
    assert_int_equal(report.outcome, DCA_INFEASIBLE);
    dca__simplex_free(s);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),         cmocka_unit_test(test_no_rows),
        cmocka_unit_test(test_crossed_bounds),  cmocka_unit_test(test_methods_agree),
        cmocka_unit_test(test_sets_agree),      cmocka_unit_test(test_any_basis),
        cmocka_unit_test(test_edits_stay_warm), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_refused_memory),  cmocka_unit_test(test_bad_edit_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
