/* test_sift.c - wide problems with and without a working set, and solves that change over between the
 * methods: the same outcome and the same objective, each answer multiplied out on the problem. */
#include "../account.h"
#include "base/limit.h"
#include "base/rng.h"
#include "lp/verify.h"
#include "simplex/simplex.h"

#include <math.h>
#include <string.h>

enum { ROWS = 16, COLUMNS = 900, EACH = 6 };

typedef struct wide {
    dca_problem view;
    double cost[COLUMNS], lower[COLUMNS], upper[COLUMNS], row_lower[ROWS], row_upper[ROWS];
    double value[COLUMNS * EACH];
    dca_nnz start[COLUMNS];
    dca_index length[COLUMNS], index[COLUMNS * EACH];
} wide;

static uint64_t drawn;
static double unit(void)
{
    return dca__hash_unit(drawn++);
}
static int below(int n)
{
    return (int)(unit() * n);
}

/* 0: covering, slacks infeasible, costs positive. 1: packing, slacks feasible, costs negative.
 * 2: any rows and bounds; one in four is infeasible, one in four unbounded. */
static void fill(wide *p, uint64_t seed)
{
    memset(p, 0, sizeof *p);
    drawn = seed << 32;
    const int kind = (int)(seed % 3);
    const bool hopeless = seed % 12 == 5; /* a row of positive entries that must be negative */
    const bool endless = seed % 12 == 8;
    const dca_index m = 3 + below(ROWS - 2);
    const dca_index n = 250 + below(COLUMNS - 249);
    double activity[ROWS] = {0};
    for (dca_index j = 0; j < n; j++) {
        const dca_index first = below(m);
        p->start[j] = (dca_nnz)j * EACH;
        p->length[j] = 1 + below(m < EACH ? m : EACH);
        const bool boxed = below(3) == 0;
        const double upper = boxed ? 1.0 + below(3) : INFINITY;
        p->lower[j] = kind == 2 && boxed && !hopeless && below(5) == 0 ? -INFINITY : 0.0;
        p->upper[j] = kind == 2 || below(4) == 0 ? upper : INFINITY;
        p->cost[j] = kind == 1 ? -1.0 - below(9) : kind == 0 ? 1.0 + below(9) : below(9);
        if (p->lower[j] == -INFINITY)
            p->cost[j] = -1.0 - below(3);
        else if (kind == 2 && boxed)
            p->cost[j] -= 4.0;
        for (dca_index k = 0; k < p->length[j]; k++) {
            const dca_nnz at = p->start[j] + k;
            p->index[at] = (first + k) % m;
            p->value[at] = kind == 2 && !hopeless && below(3) == 0 ? -1.0 : 1.0 + 0.25 * below(5);
            activity[p->index[at]] += p->value[at] * (j % 7 == 0 ? 1.0 : 0.0);
        }
    }
    if (endless)
        p->cost[n / 2] = -1.0, p->upper[n / 2] = INFINITY, p->length[n / 2] = 0;
    for (dca_index i = 0; i < m; i++) {
        const double at = hopeless && i == m / 2 ? -5.0 : activity[i];
        p->row_lower[i] = kind == 1 || (kind == 2 && below(3) == 0) ? -INFINITY : at;
        p->row_upper[i] = kind == 0 || (kind == 2 && below(3) == 0) ? INFINITY : at;
    }
    if (hopeless)
        p->row_upper[m / 2] = -5.0;
    p->view = (dca_problem){
        sizeof p->view, m,        n,         0.0,      p->cost, p->lower, p->upper, p->row_lower,
        p->row_upper,   p->start, p->length, p->index, p->value};
}

typedef struct answer {
    dca_outcome outcome;
    double objective;
    int64_t iterations, work;
} answer;

static bool holds(dca_env *env, dca__simplex *s, const wide *p, dca_outcome outcome)
{
    static double x[COLUMNS], y[ROWS], ray[COLUMNS];
    dca_certificate cert = {0};
    dca__simplex_get_point(s, x, y);
    if (outcome == DCA_OPTIMAL) {
        assert_int_equal(dca__verify_optimal(env, &p->view, x, y, NULL, NULL, &cert), DCA_OK);
        return cert.valid;
    }
    assert_true(dca__simplex_get_ray(s, ray));
    if (outcome == DCA_INFEASIBLE) {
        assert_int_equal(dca__verify_farkas(env, &p->view, ray, &cert), DCA_OK);
        return cert.valid;
    }
    assert_int_equal(outcome, DCA_UNBOUNDED);
    assert_int_equal(dca__verify_unbounded(env, &p->view, x, ray, &cert), DCA_OK);
    return cert.valid;
}

static dca__settings settings_of(int sifting, double cap)
{
    dca__settings settings;
    dca__settings_init(&settings);
    settings.sifting = sifting;
    settings.cap = cap;
    return settings;
}

static answer run(dca_env *env, const wide *p, dca__method method, const dca__settings *settings)
{
    static double x[COLUMNS], y[ROWS];
    static uint8_t columns[COLUMNS], rows[ROWS];
    dca__simplex *s = NULL;
    dca__simplex_report report;
    assert_int_equal(dca__simplex_new(env, &s), DCA_OK);
    assert_int_equal(dca__simplex_load(s, &p->view), DCA_OK);
    assert_int_equal(dca__simplex_solve(s, settings, method, NULL, &report), DCA_OK);
    answer out = {report.outcome, 0.0, report.iterations, report.work};
    assert_true(holds(env, s, p, report.outcome));
    dca__simplex_get_point(s, x, y);
    dca__simplex_get_basis(s, columns, rows);
    dca_index basic = 0;
    for (dca_index j = 0; j < p->view.num_columns; j++) {
        basic += columns[j] == DCA_BASIS_BASIC;
        out.objective += p->cost[j] * x[j];
        assert_false(columns[j] == DCA_BASIS_LOWER && x[j] != p->lower[j]);
        assert_false(columns[j] == DCA_BASIS_UPPER && x[j] != p->upper[j]);
    }
    for (dca_index i = 0; i < p->view.num_rows; i++)
        basic += rows[i] == DCA_BASIS_BASIC;
    assert_int_equal(basic, p->view.num_rows);
    if (report.outcome == DCA_OPTIMAL) { /* all columns are awake again, and the basis is optimal */
        assert_int_equal(dca__simplex_solve(s, settings, DCA__METHOD_AUTO, NULL, &report), DCA_OK);
        assert_int_equal(report.outcome, DCA_OPTIMAL);
        assert_int_equal(report.iterations, 0);
    }
    dca__simplex_free(s);
    return out;
}

static void assert_same(answer a, answer b)
{
    assert_int_equal(a.outcome, b.outcome);
    if (a.outcome == DCA_OPTIMAL)
        assert_true(fabs(a.objective - b.objective) <= 1e-8 * (1.0 + fabs(a.objective)));
}

static void test_sifted_twins(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    const dca__settings off = settings_of(0, INFINITY);
    const dca__settings on = settings_of(2, INFINITY);
    int seen[16] = {0};
    int64_t touched[2] = {0, 0};
    for (uint64_t seed = 1; seed <= 300; seed++) {
        static wide p;
        fill(&p, seed);
        const answer dual = run(env, &p, DCA__METHOD_DUAL, &off);
        const answer plain = run(env, &p, DCA__METHOD_PRIMAL, &off);
        const answer sifted = run(env, &p, DCA__METHOD_PRIMAL, &on);
        const answer chosen = run(env, &p, DCA__METHOD_AUTO, &on);
        assert_same(dual, plain);
        assert_same(dual, sifted);
        assert_same(dual, chosen);
        assert_same(dual, run(env, &p, DCA__METHOD_DUAL, &on));
        const answer again = run(env, &p, DCA__METHOD_AUTO, &on);
        assert_int_equal(again.iterations, chosen.iterations);
        assert_int_equal(again.work, chosen.work);
        assert_true(again.objective == chosen.objective);
        seen[dual.outcome]++;
        touched[0] += plain.work;
        touched[1] += sifted.work;
    }
    assert_true(seen[DCA_OPTIMAL] > 230);
    assert_true(seen[DCA_INFEASIBLE] > 10);
    assert_true(seen[DCA_UNBOUNDED] > 10);
    assert_true(touched[1] < touched[0]);
    account_close(&book, env);
}

/* Turns so short that the methods change over again and again. */
static void test_change_over(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    const dca__settings never = settings_of(1, INFINITY);
    const dca__settings soon = settings_of(1, 1e-9);
    int longer = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        static wide p;
        fill(&p, seed);
        const answer straight = run(env, &p, DCA__METHOD_AUTO, &never);
        const answer turns = run(env, &p, DCA__METHOD_AUTO, &soon);
        assert_same(straight, turns);
        const answer again = run(env, &p, DCA__METHOD_AUTO, &soon);
        assert_int_equal(again.work, turns.work);
        longer += turns.work > straight.work;
    }
    assert_true(longer > 100);
    account_close(&book, env);
}

/* A stop, or a refused allocation, in the middle of a working set or a turn: the next solve is whole. */
static void test_stop_and_go_on(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int stopped = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        static wide p;
        fill(&p, seed);
        dca__settings settings = settings_of(2, seed % 2 == 0 ? 1e-9 : INFINITY);
        const answer whole = run(env, &p, DCA__METHOD_AUTO, &settings);
        dca__simplex *s = NULL;
        dca__simplex_report report;
        assert_int_equal(dca__simplex_new(env, &s), DCA_OK);
        assert_int_equal(dca__simplex_load(s, &p.view), DCA_OK);
        settings.iteration_limit = whole.iterations / 2 + 1;
        assert_int_equal(dca__simplex_solve(s, &settings, DCA__METHOD_AUTO, NULL, &report), DCA_OK);
        stopped += report.outcome == DCA_WORK_LIMIT;
        settings.iteration_limit = 0;
        assert_int_equal(dca__simplex_solve(s, &settings, DCA__METHOD_AUTO, NULL, &report), DCA_OK);
        assert_int_equal(report.outcome, whole.outcome);
        assert_true(holds(env, s, &p, report.outcome));
        dca__simplex_free(s);
    }
    assert_true(stopped > 30);
    account_close(&book, env);
}

/* Each request of a solve refused in turn: DCA_E_NOMEM, and afterwards the object still solves. */
static void test_refused_memory(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    static wide p;
    fill(&p, 3);
    const dca__settings settings = settings_of(2, 1e-9);
    const answer whole = run(env, &p, DCA__METHOD_AUTO, &settings);
    long refused = 0;
    for (bool done = false; !done; refused++) {
        dca__simplex *s = NULL;
        dca__simplex_report report;
        assert_int_equal(dca__simplex_new(env, &s), DCA_OK);
        assert_int_equal(dca__simplex_load(s, &p.view), DCA_OK);
        book.requests = 0;
        book.refuse_at = refused + 1;
        const dca_status status = dca__simplex_solve(s, &settings, DCA__METHOD_AUTO, NULL, &report);
        done = book.requests <= refused;
        book.refuse_at = 0;
        assert_true(status == DCA_OK || (!done && status == DCA_E_NOMEM));
        assert_int_equal(dca__simplex_solve(s, &settings, DCA__METHOD_AUTO, NULL, &report), DCA_OK);
        assert_int_equal(report.outcome, whole.outcome);
        assert_true(holds(env, s, &p, report.outcome));
        dca__simplex_free(s);
    }
    assert_true(refused > 2);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sifted_twins),
        cmocka_unit_test(test_change_over),
        cmocka_unit_test(test_stop_and_go_on),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
