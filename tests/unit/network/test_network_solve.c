/* Method network behind the backend: twins with the dual simplex, refusals, limits, memory. */
#include "account.h"
#include "backend/backend.h"
#include "base/limit.h"
#include "base/opt.h"
#include "check.h"
#include "lp/verify.h"
#include "network/network.h"
#include "network/networks.h"

static dca_options options_for(dca_env *env, dca__method method)
{
    dca_options options = {.env = env};
    dca__settings_init(&options.settings);
    options.settings.method = method;
    return options;
}

typedef struct solved {
    dca_backend_report report;
    dca_certificate cert;
    double x[SMALL_COLUMNS], y[SMALL_ROWS];
} solved;

/* A cold solve, its answer checked. */
static solved solve_by(dca_env *env, small *s, const dca_options *options)
{
    const dca_backend *native = dca__native_backend();
    const dca_problem view = small_view(s);
    solved out = {.report = {.struct_size = sizeof out.report}};
    void *solver = NULL;
    assert_int_equal(native->open(env, &solver), DCA_OK);
    assert_int_equal(native->load(solver, &view), DCA_OK);
    assert_int_equal(native->solve(solver, options, NULL, &out.report), DCA_OK);
    assert_int_equal(native->get_point(solver, out.x, out.y), DCA_OK);
    double ray[SMALL_ROWS + SMALL_COLUMNS];
    switch (out.report.outcome) {
    case DCA_OPTIMAL:
        assert_int_equal(dca__verify_optimal(env, &view, out.x, out.y, NULL, NULL, &out.cert),
                         DCA_OK);
        break;
    case DCA_INFEASIBLE:
        if (native->get_ray(solver, ray) == DCA_OK)
            assert_int_equal(dca__verify_farkas(env, &view, ray, &out.cert), DCA_OK);
        break;
    default:
        assert_int_equal(out.report.outcome, DCA_UNBOUNDED);
        assert_int_equal(native->get_ray(solver, ray), DCA_OK);
        assert_int_equal(dca__verify_unbounded(env, &view, out.x, ray, &out.cert), DCA_OK);
        break;
    }
    native->close(solver);
    return out;
}

static solved solve(dca_env *env, small *s, dca__method method)
{
    const dca_options options = options_for(env, method);
    return solve_by(env, s, &options);
}

/* A few rows with entries in most columns, that do not hold everywhere. */
static void add_rows_across(uint64_t seed, small *s)
{
    dice d = {seed * 49979687u};
    for (int k = 0; k < 3; k++) {
        double middle = 0.0;
        for (dca_index j = 0; j < s->n; j++) {
            if (dice_below(&d, 4) != 0) {
                s->a[s->m][j] = 1.0 + dice_unit(&d);
                const double x = s->lower[j] > -INFINITY ? s->lower[j] : s->upper[j];
                middle += isfinite(x) ? s->a[s->m][j] * x : 0.0;
            }
        }
        s->row_lower[s->m] = -INFINITY;
        s->row_upper[s->m++] = middle + 20.0 + (double)dice_below(&d, 60);
    }
}

static void answers_are_those_of_the_dual(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int seen[3] = {0};
    int left = 0;
    for (uint64_t seed = 1; seed <= 1200; seed++) {
        small s;
        network_random(seed,
                       (network_wish){.feasible = seed % 4,
                                      .bounded = seed % 2,
                                      .factors = seed % 3 == 0,
                                      .extra = seed % 5 == 0},
                       &s);
        const solved tree = solve(env, &s, DCA__METHOD_NETWORK);
        const solved twin = solve(env, &s, DCA__METHOD_DUAL);
        if (tree.report.outcome != twin.report.outcome || !tree.cert.valid)
            fail_msg("seed %d: outcome %d (%s) instead of %d", (int)seed, tree.report.outcome,
                     tree.cert.valid ? "valid" : "not valid", twin.report.outcome);
        seen[tree.report.outcome == DCA_OPTIMAL      ? 0
             : tree.report.outcome == DCA_INFEASIBLE ? 1
                                                     : 2]++;
        if (tree.report.outcome != DCA_OPTIMAL)
            continue;
        const double one = tree.cert.dual_bound;
        const double two = twin.cert.dual_bound;
        if (fabs(one - two) > 1e-9 * (1.0 + fabs(two)))
            fail_msg("seed %d: %.12g instead of %.12g", (int)seed, one, two);
        left += tree.report.method != 3;
    }
    assert_true(seen[0] > 300 && seen[1] > 100 && seen[2] > 50);
    assert_int_equal(left, 0); /* where there is an optimum the tree is it */
    account_close(&book, env);
}

/* The tree alone: as many basic variables as rows, and an optimum that the simplex leaves as it is. */
static void an_optimal_tree_is_an_optimal_basis(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    const dca_backend *native = dca__native_backend();
    const dca_options options = options_for(env, DCA__METHOD_PRIMAL);
    int optimal = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        small s;
        network_random(seed,
                       (network_wish){.feasible = true,
                                      .bounded = seed % 2,
                                      .factors = seed % 3 == 0,
                                      .extra = seed % 5 == 0},
                       &s);
        const dca_problem view = small_view(&s);
        dca__network_kind kind;
        dca__network *net;
        dca__network_report own;
        uint8_t columns[SMALL_COLUMNS];
        uint8_t rows[SMALL_ROWS];
        assert_int_equal(dca__network_new(env, &view, &kind, &net), DCA_OK);
        dca__network_solve(net, INT64_MAX, NULL, &own);
        dca__network_basis(net, columns, rows);
        dca__network_free(env, net);
        dca_index basic = 0;
        for (dca_index j = 0; j < s.n; j++)
            basic += columns[j] == DCA_BASIS_BASIC;
        for (dca_index i = 0; i < s.m; i++)
            basic += rows[i] == DCA_BASIS_BASIC;
        assert_int_equal(basic, s.m);
        void *solver = NULL;
        dca_backend_report report = {.struct_size = sizeof report};
        assert_int_equal(native->open(env, &solver), DCA_OK);
        assert_int_equal(native->load(solver, &view), DCA_OK);
        assert_int_equal(native->set_basis(solver, columns, rows), DCA_OK);
        assert_int_equal(native->solve(solver, &options, NULL, &report), DCA_OK);
        if (own.optimal && (report.outcome != DCA_OPTIMAL || report.iterations != 0))
            fail_msg("seed %d: outcome %d after %d more pivots", (int)seed, report.outcome,
                     (int)report.iterations);
        optimal += own.optimal;
        native->close(solver);
    }
    assert_true(optimal > 150);
    account_close(&book, env);
}

/* A network and rows across it: those across are never taken when the network's own are shorter. */
static void trees_of_some_rows_are_a_start(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int optimal = 0;
    int64_t with = 0;
    int64_t without = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        small s;
        network_random(
            seed, (network_wish){.feasible = true, .bounded = seed % 2, .factors = seed % 3 == 0},
            &s);
        const dca_index nodes = s.m;
        add_rows_across(seed, &s);
        const dca_problem view = small_view(&s);
        dca_options options = options_for(env, DCA__METHOD_AUTO);
        uint8_t columns[SMALL_COLUMNS];
        uint8_t rows[SMALL_ROWS];
        dca__network_report own;
        const dca__network_wish wish = {0.0, false};
        assert_int_equal(
            dca__network_start(env, &view, &wish, INT64_MAX, NULL, &own, columns, rows), DCA_OK);
        assert_true(own.rows > 0 && own.rows <= s.m);
        dca_index basic = 0;
        for (dca_index j = 0; j < s.n; j++)
            basic += columns[j] == DCA_BASIS_BASIC;
        for (dca_index i = 0; i < s.m; i++)
            basic += rows[i] == DCA_BASIS_BASIC;
        assert_int_equal(basic, s.m);
        if (seed % 3 != 0 && own.rows < nodes)
            fail_msg("seed %d: %d rows of %d", (int)seed, (int)own.rows, (int)nodes);
        options.settings.crash = DCA__CRASH_NETWORK;
        const solved crash = solve_by(env, &s, &options);
        options.settings.crash = DCA__CRASH_OFF;
        const solved plain = solve_by(env, &s, &options);
        if (crash.report.outcome != plain.report.outcome || !crash.cert.valid)
            fail_msg("seed %d: outcome %d instead of %d", (int)seed, crash.report.outcome,
                     plain.report.outcome);
        if (crash.report.outcome != DCA_OPTIMAL)
            continue;
        if (fabs(crash.cert.dual_bound - plain.cert.dual_bound) >
            1e-9 * (1.0 + fabs(plain.cert.dual_bound)))
            fail_msg("seed %d: %.12g instead of %.12g", (int)seed, crash.cert.dual_bound,
                     plain.cert.dual_bound);
        with += crash.report.iterations - own.pivots;
        without += plain.report.iterations;
        optimal++;
    }
    assert_true(optimal > 150);
    if (2 * with > without)
        fail_msg("%d pivots from trees, %d from logicals", (int)with, (int)without);
    account_close(&book, env);
}

static void what_is_no_network_is_refused(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    const dca_backend *native = dca__native_backend();
    const dca_options options = options_for(env, DCA__METHOD_NETWORK);
    small s;
    small_init(&s, 2, 2);
    s.a[0][0] = s.a[0][1] = s.a[1][0] = 1.0;
    s.a[1][1] = 2.0;
    s.cost[0] = s.cost[1] = -1.0;
    s.row_upper[0] = s.row_upper[1] = 4.0;
    const dca_problem view = small_view(&s);
    void *solver = NULL;
    dca_backend_report report = {.struct_size = sizeof report};
    assert_int_equal(native->open(env, &solver), DCA_OK);
    assert_int_equal(native->load(solver, &view), DCA_OK);
    assert_int_equal(native->solve(solver, &options, NULL, &report), DCA_E_UNSUPPORTED);
    assert_non_null(strstr(report.note, "generalised"));
    const dca_options dual = options_for(env, DCA__METHOD_DUAL); /* and no harm done */
    assert_int_equal(native->solve(solver, &dual, NULL, &report), DCA_OK);
    assert_int_equal(report.outcome, DCA_OPTIMAL);
    native->close(solver);
    account_close(&book, env);
}

static void stops_when_told(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    const dca_backend *native = dca__native_backend();
    dca_options options = options_for(env, DCA__METHOD_NETWORK);
    small s;
    network_random(11, (network_wish){.feasible = true, .bounded = true}, &s);
    const dca_problem view = small_view(&s);
    void *solver = NULL;
    dca_backend_report report = {.struct_size = sizeof report};
    assert_int_equal(native->open(env, &solver), DCA_OK);
    assert_int_equal(native->load(solver, &view), DCA_OK);
    assert_int_equal(native->solve(solver, &options, NULL, &report), DCA_OK);
    const int64_t all = report.iterations;
    assert_true(all > 6);
    for (int64_t limit = 1; limit <= all + 1; limit++) {
        options.settings.iteration_limit = limit;
        assert_int_equal(native->load(solver, &view), DCA_OK);
        assert_int_equal(native->solve(solver, &options, NULL, &report), DCA_OK);
        assert_true(report.iterations <= limit);
        assert_int_equal(report.outcome == DCA_OPTIMAL || report.outcome == DCA_WORK_LIMIT, 1);
        if (limit > all)
            assert_int_equal(report.outcome, DCA_OPTIMAL);
        if (limit < 3)
            assert_int_equal(report.outcome, DCA_WORK_LIMIT);
    }
    options.settings.iteration_limit = 0;
    dca_control *control = NULL;
    assert_int_equal(dca__control_new(env, &control), DCA_OK);
    dca__control_cancel(control);
    assert_int_equal(native->load(solver, &view), DCA_OK);
    assert_int_equal(native->solve(solver, &options, control, &report), DCA_OK);
    assert_int_equal(report.outcome, DCA_INTERRUPTED);
    assert_int_equal(report.iterations, 0);
    dca__control_free(control);
    native->close(solver);
    account_close(&book, env);
}

/* The k-th allocation of a solve is refused, for every k. */
static void refuse_memory(small *s, const dca_options *options, account *book, dca_env *env)
{
    const dca_backend *native = dca__native_backend();
    const dca_problem view = small_view(s);
    bool refused = true;
    for (long k = 1; refused; k++) {
        void *solver = NULL;
        dca_backend_report report = {.struct_size = sizeof report};
        assert_int_equal(native->open(env, &solver), DCA_OK);
        assert_int_equal(native->load(solver, &view), DCA_OK);
        book->refuse_at = book->requests + k;
        const dca_status status = native->solve(solver, options, NULL, &report);
        refused = book->requests >= book->refuse_at;
        book->refuse_at = 0;
        if (refused) {
            assert_int_equal(status, DCA_E_NOMEM);
            assert_int_equal(native->solve(solver, options, NULL, &report), DCA_OK);
        }
        assert_int_equal(report.outcome, DCA_OPTIMAL);
        assert_true(refused || k > 15);
        native->close(solver);
    }
}

static void refused_memory_does_no_harm(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small s;
    network_random(7, (network_wish){.feasible = true, .bounded = true, .extra = true}, &s);
    dca_options options = options_for(env, DCA__METHOD_NETWORK);
    refuse_memory(&s, &options, &book, env);
    network_random(7, (network_wish){.feasible = true, .bounded = true}, &s);
    for (dca_index j = 0; j < s.n; j++)
        s.a[s.m][j] = 1.0 + (double)j;
    s.row_lower[s.m] = -INFINITY;
    s.row_upper[s.m++] = 1e6; /* a row across that always holds */
    options.settings.method = DCA__METHOD_AUTO;
    options.settings.crash = DCA__CRASH_NETWORK;
    refuse_memory(&s, &options, &book, env);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_those_of_the_dual),
        cmocka_unit_test(an_optimal_tree_is_an_optimal_basis),
        cmocka_unit_test(trees_of_some_rows_are_a_start),
        cmocka_unit_test(what_is_no_network_is_refused),
        cmocka_unit_test(stops_when_told),
        cmocka_unit_test(refused_memory_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
