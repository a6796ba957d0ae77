/* test_crash.c - what a cold solve begins with, beside the logicals: the same outcome and the same
 * objective, each answer multiplied out on the problem, and less work where auto begins so. */
#include "../account.h"
#include "base/limit.h"
#include "base/rng.h"
#include "lp/verify.h"
#include "simplex/choice.h"
#include "simplex/crash_penalty.h"
#include "simplex/crash_triangular.h"

#include <math.h>
#include <string.h>

enum { ROWS = 90, COLUMNS = 3600, EACH = 6 };

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

typedef enum kind { PARTITION, COVERING, SHARES, MIXED, HOPELESS, KINDS } kind;

/* Rows to be met by the columns: as equations (PARTITION), at least (COVERING), with factors and limits
 * above on every third row (SHARES), with boxes, upper bounds alone and costs of either sign (MIXED).
 * Columns at multiples of 5 are a solution. HOPELESS: the last equation has none but with one row less. */
static void fill(wide *p, uint64_t seed, kind k, dca_index n)
{
    memset(p, 0, sizeof *p);
    drawn = seed << 32;
    const dca_index m = n < COLUMNS ? 20 + below(40) : ROWS;
    double activity[ROWS] = {0};
    for (dca_index j = 0; j < n; j++) {
        const int stride = 1 + below(3);
        const dca_index first = below(m);
        p->start[j] = (dca_nnz)j * EACH;
        p->length[j] = 1 + below(EACH);
        p->cost[j] = p->length[j] * (1.0 + unit()) + 1.0;
        p->upper[j] = k == MIXED && below(3) == 0 ? 1.0 + below(3) : INFINITY;
        if (k == MIXED && p->upper[j] < INFINITY) {
            p->cost[j] -= 6.0;
            p->lower[j] = below(4) == 0 ? -INFINITY : 0.0;
            if (p->lower[j] == -INFINITY)
                p->cost[j] = -1.0 - unit();
        }
        for (dca_index e = 0; e < p->length[j]; e++) {
            const dca_nnz at = p->start[j] + e;
            p->index[at] = (first + e * stride) % m;
            p->value[at] = k == SHARES ? 0.5 + unit() : 1.0;
            activity[p->index[at]] += j % 5 == 0 ? p->value[at] * (1.0 + (j % 3)) : 0.0;
        }
    }
    for (dca_index i = 0; i < m; i++) {
        const bool limit = k == SHARES && i % 3 == 0;
        p->row_lower[i] = limit ? -INFINITY : activity[i];
        p->row_upper[i] = limit ? 1.1 * activity[i] : k == COVERING ? INFINITY : activity[i];
    }
    if (k == HOPELESS) /* entries are not negative */
        p->row_lower[m - 1] = p->row_upper[m - 1] = -1.0;
    p->view = (dca_problem){
        sizeof p->view, m,        n,         0.0,      p->cost, p->lower, p->upper, p->row_lower,
        p->row_upper,   p->start, p->length, p->index, p->value};
}

static dca__settings settings_of(dca__crash crash)
{
    dca__settings settings;
    dca__settings_init(&settings);
    settings.crash = crash;
    return settings;
}

static bool holds(dca_env *env, dca__simplex *s, const wide *p, dca_outcome outcome)
{
    static double x[COLUMNS], y[ROWS], ray[COLUMNS];
    dca_certificate cert = {0};
    dca__simplex_get_point(s, x, y);
    if (outcome == DCA_OPTIMAL) {
        assert_int_equal(dca__verify_optimal(env, &p->view, x, y, NULL, NULL, &cert), DCA_OK);
    } else {
        assert_int_equal(outcome, DCA_INFEASIBLE);
        assert_true(dca__simplex_get_ray(s, ray));
        assert_int_equal(dca__verify_farkas(env, &p->view, ray, &cert), DCA_OK);
    }
    return cert.valid;
}

typedef struct answer {
    dca_outcome outcome;
    double objective;
    int64_t iterations, work;
} answer;

static answer run(dca_env *env, const wide *p, dca__method method, dca__crash crash)
{
    static double x[COLUMNS], y[ROWS];
    const dca__settings settings = settings_of(crash);
    dca__simplex *s = NULL;
    dca__simplex_report report;
    assert_int_equal(dca__simplex_new(env, &s), DCA_OK);
    assert_int_equal(dca__simplex_load(s, &p->view), DCA_OK);
    assert_int_equal(dca__simplex_solve(s, &settings, method, NULL, &report), DCA_OK);
    answer out = {report.outcome, 0.0, report.iterations, report.work};
    assert_true(holds(env, s, p, report.outcome));
    dca__simplex_get_point(s, x, y);
    for (dca_index j = 0; j < p->view.num_columns; j++)
        out.objective += p->cost[j] * x[j];
    if (report.outcome == DCA_OPTIMAL) { /* all columns are awake again, and the basis is optimal */
        assert_int_equal(dca__simplex_solve(s, &settings, method, NULL, &report), DCA_OK);
        assert_int_equal(report.outcome, DCA_OPTIMAL);
        assert_int_equal(report.iterations, 0);
    }
    dca__simplex_free(s);
    return out;
}

static void assert_same(uint64_t seed, answer a, answer b)
{
    if (a.outcome != b.outcome)
        fail_msg("seed %d: outcome %d instead of %d", (int)seed, b.outcome, a.outcome);
    if (a.outcome == DCA_OPTIMAL && fabs(a.objective - b.objective) > 1e-8 * fabs(a.objective))
        fail_msg("seed %d: %.12g instead of %.12g", (int)seed, b.objective, a.objective);
}

static void test_twins(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int seen[16] = {0};
    for (uint64_t seed = 1; seed <= 200; seed++) {
        static wide p;
        fill(&p, seed, (kind)(seed % KINDS), 200 + 10 * (dca_index)(seed % 90));
        const answer plain = run(env, &p, DCA__METHOD_AUTO, DCA__CRASH_OFF);
        const answer penalty = run(env, &p, DCA__METHOD_AUTO, DCA__CRASH_PENALTY);
        assert_same(seed, plain, penalty);
        assert_same(seed, plain, run(env, &p, DCA__METHOD_PRIMAL, DCA__CRASH_PENALTY));
        assert_same(seed, plain, run(env, &p, DCA__METHOD_DUAL, DCA__CRASH_PENALTY));
        assert_same(seed, plain, run(env, &p, DCA__METHOD_AUTO, DCA__CRASH_AUTO));
        for (dca__method method = DCA__METHOD_AUTO; method <= DCA__METHOD_PRIMAL; method++)
            assert_same(seed, plain, run(env, &p, method, DCA__CRASH_TRIANGULAR));
        const answer again = run(env, &p, DCA__METHOD_AUTO, DCA__CRASH_PENALTY);
        assert_int_equal(again.work, penalty.work);
        assert_true(again.objective == penalty.objective);
        seen[plain.outcome]++;
    }
    assert_int_equal(seen[DCA_OPTIMAL], 160);
    assert_int_equal(seen[DCA_INFEASIBLE], 40);
    account_close(&book, env);
}

/* On wide problems of rows to be met auto begins by prices, and that is what it is for. */
static void test_auto_pays(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int64_t with = 0;
    int64_t without = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        static wide p;
        fill(&p, seed, seed % 2 ? PARTITION : COVERING, COLUMNS);
        const answer plain = run(env, &p, DCA__METHOD_AUTO, DCA__CRASH_OFF);
        const answer chosen = run(env, &p, DCA__METHOD_AUTO, DCA__CRASH_AUTO);
        const answer asked = run(env, &p, DCA__METHOD_AUTO, DCA__CRASH_PENALTY);
        assert_int_equal(chosen.iterations,
                         asked.iterations); /* the same but for the look for sets */
        with += chosen.work;
        without += plain.work;
    }
    if (!(4 * with < 3 * without))
        fail_msg("%d entries by prices, %d without", (int)with, (int)without);
    account_close(&book, env);
}

/* The descent by itself: within bounds, as near to the rows as it says, at prices whose dual bound is
 * below the optimum and not far below, and no more work than allowed but for one round. */
static void test_descent(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (uint64_t seed = 1; seed <= 40; seed++) {
        static wide p;
        static double x[COLUMNS], y[ROWS];
        fill(&p, seed, seed % 2 ? PARTITION : SHARES, 800);
        dca__simplex *s = NULL;
        assert_int_equal(dca__simplex_new(env, &s), DCA_OK);
        assert_int_equal(dca__simplex_load(s, &p.view), DCA_OK);
        double left = 0.0;
        s->iteration_cap = INT64_MAX;
        assert_int_equal(dca__simplex_penalty(s, 0, x, y, &left), DCA_OK);
        assert_true(left == 1.0);
        const int64_t before = s->work;
        assert_int_equal(dca__simplex_penalty(s, INT64_MAX / 2, x, y, &left), DCA_OK);
        assert_true(s->work > before);
        double activity[ROWS] = {0};
        double cost = 0.0;
        double bound = 0.0;
        for (dca_index j = 0; j < p.view.num_columns; j++) {
            double d = p.cost[j];
            assert_true(x[j] >= 0.0);
            for (dca_nnz e = p.start[j]; e < p.start[j] + p.length[j]; e++) {
                activity[p.index[e]] += p.value[e] * x[j];
                d -= p.value[e] * y[p.index[e]];
            }
            cost += p.cost[j] * x[j];
            bound += d < 0.0 ? d * x[j] : 0.0; /* of the columns in use */
        }
        double first = 0.0;
        double last = 0.0;
        for (dca_index i = 0; i < p.view.num_rows; i++) {
            first += fmax(0.0, p.row_lower[i]);
            last += fmax(0.0, fmax(p.row_lower[i] - activity[i], activity[i] - p.row_upper[i]));
            bound += y[i] > 0.0 ? y[i] * p.row_lower[i] : y[i] < 0.0 ? y[i] * p.row_upper[i] : 0.0;
        }
        assert_true(fabs(last / first - left) <= 1e-9);
        if (left > 0.02)
            fail_msg("seed %d: %g left", (int)seed, left);
        const answer best = run(env, &p, DCA__METHOD_AUTO, DCA__CRASH_OFF);
        if (fabs(cost - best.objective) > 0.02 * best.objective ||
            fabs(bound - best.objective) > 0.02 * best.objective)
            fail_msg("seed %d: cost %g, bound %g, optimum %g", (int)seed, cost, bound,
                     best.objective);
        dca__simplex_free(s);
    }
    account_close(&book, env);
}

/* The first set has the columns off their bounds, and of the others those that the prices make cheapest:
 * no column asleep is cheaper than the 200th of all. */
static void test_first_set(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int used = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        static wide p;
        static double x[COLUMNS], y[ROWS], d[COLUMNS];
        fill(&p, seed, seed % 2 ? PARTITION : COVERING, 1200);
        dca__simplex *s = NULL;
        double left;
        bool good;
        assert_int_equal(dca__simplex_new(env, &s), DCA_OK);
        assert_int_equal(dca__simplex_load(s, &p.view), DCA_OK);
        s->iteration_cap = INT64_MAX;
        assert_true(dca__simplex_prepare(s));
        const int64_t most = (int64_t)(0.15 * dca__simplex_predicted(s)); /* as sift_first.c does */
        assert_int_equal(dca__simplex_penalty(s, most, x, y, &left), DCA_OK);
        memset(s->asleep, 1, (size_t)p.view.num_columns);
        assert_int_equal(dca__simplex_first_by_prices(s, &good), DCA_OK);
        used += good;
        double least = INFINITY;
        for (dca_index j = 0; j < p.view.num_columns; j++) {
            d[j] = p.cost[j];
            for (dca_nnz e = p.start[j]; e < p.start[j] + p.length[j]; e++)
                d[j] -= p.value[e] * y[p.index[e]];
            if (x[j] > 1e-3)
                d[j] = -INFINITY;
            if (s->asleep[j])
                least = fmin(least, d[j]);
        }
        int cheaper = 0;
        for (dca_index j = 0; j < p.view.num_columns; j++)
            cheaper += d[j] <= least;
        if (good && !(least > -INFINITY && least < INFINITY && cheaper >= 200))
            fail_msg("seed %d: only %d are cheaper than %g", (int)seed, cheaper, least);
        memset(s->asleep, 0, (size_t)p.view.num_columns);
        dca__simplex_free(s);
    }
    assert_true(used > 20);
    account_close(&book, env);
}

/* Columns for most rows, and nothing for the LU to repair: they are independent. Where the basis is
 * triangular the value chosen for the last of them in a row solves it; so the LU solves without fill. */
static void test_triangle(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (uint64_t seed = 1; seed <= 100; seed++) {
        static wide p;
        static uint8_t columns[2][COLUMNS], rows[2][ROWS];
        const dca_index n = 200 + 10 * (dca_index)(seed % 90);
        fill(&p, seed, (kind)(seed % KINDS), n);
        const dca_index m = p.view.num_rows;
        dca__simplex *s = NULL;
        bool found;
        assert_int_equal(dca__simplex_new(env, &s), DCA_OK);
        assert_int_equal(dca__simplex_load(s, &p.view), DCA_OK);
        s->iteration_cap = INT64_MAX;
        assert_true(dca__simplex_prepare(s));
        assert_int_equal(dca__simplex_triangular(s, m + 1, &found), DCA_OK);
        assert_false(found);
        dca__simplex_get_basis(s, columns[0], rows[0]);
        for (dca_index i = 0; i < m; i++)
            assert_int_equal(rows[0][i], DCA_BASIS_BASIC);
        assert_int_equal(dca__simplex_triangular(s, m / 4, &found), DCA_OK);
        assert_true(found);
        dca__simplex_get_basis(s, columns[0], rows[0]);
        assert_true(dca__simplex_prepare(s));
        dca__simplex_get_basis(s, columns[1], rows[1]);
        assert_memory_equal(columns[0], columns[1], (size_t)n);
        assert_memory_equal(rows[0], rows[1], (size_t)m);
        dca_nnz factor;
        dca_nnz basis;
        dca__lu_fill(s->lu, &factor, &basis);
        assert_true(factor <= basis + m); /* unit diagonals may be counted */
        dca__simplex_free(s);
    }
    account_close(&book, env);
}

/* A stop anywhere, and then a whole solve. */
static void stop_everywhere(dca__crash crash)
{
    account book = {0};
    dca_env *env = account_env(&book, 0);
    static wide p;
    fill(&p, 5, PARTITION, 900);
    const answer whole = run(env, &p, DCA__METHOD_AUTO, crash);
    const dca__settings settings = settings_of(crash);
    int stopped = 0;
    for (int64_t most = 1; most < whole.work; most += whole.work / 40) {
        dca__simplex *s = NULL;
        dca__simplex_report report;
        dca_control *control = NULL;
        dca__limits_before limits;
        assert_int_equal(dca__simplex_new(env, &s), DCA_OK);
        assert_int_equal(dca__control_new(env, &control), DCA_OK);
        dca__control_narrow(control, INFINITY, most, &limits);
        assert_int_equal(dca__simplex_load(s, &p.view), DCA_OK);
        assert_int_equal(dca__simplex_solve(s, &settings, DCA__METHOD_AUTO, control, &report),
                         DCA_OK);
        stopped += report.outcome == DCA_WORK_LIMIT;
        assert_true(report.work < most + whole.work / 4);
        assert_int_equal(dca__simplex_solve(s, &settings, DCA__METHOD_AUTO, NULL, &report), DCA_OK);
        assert_int_equal(report.outcome, DCA_OPTIMAL);
        assert_true(holds(env, s, &p, report.outcome));
        dca__control_free(control);
        dca__simplex_free(s);
    }
    assert_true(stopped > 30);
    account_close(&book, env);
}

static void test_stops(void **state)
{
    (void)state;
    stop_everywhere(DCA__CRASH_PENALTY);
    stop_everywhere(DCA__CRASH_TRIANGULAR);
}

/* Each request of a solve refused in turn: DCA_E_NOMEM, and afterwards the object still solves. */
static void refuse_everything(dca__crash crash)
{
    account book = {0};
    dca_env *env = account_env(&book, 0);
    static wide p;
    fill(&p, 5, PARTITION, 900);
    const dca__settings settings = settings_of(crash);
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
        assert_int_equal(report.outcome, DCA_OPTIMAL);
        assert_true(holds(env, s, &p, report.outcome));
        dca__simplex_free(s);
    }
    assert_true(refused > 5);
    account_close(&book, env);
}

static void test_refused_memory(void **state)
{
    (void)state;
    refuse_everything(DCA__CRASH_PENALTY);
    refuse_everything(DCA__CRASH_TRIANGULAR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_twins),          cmocka_unit_test(test_auto_pays),
        cmocka_unit_test(test_descent),        cmocka_unit_test(test_first_set),
        cmocka_unit_test(test_triangle),       cmocka_unit_test(test_stops),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
