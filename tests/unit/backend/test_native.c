/* The native backend by its contract: what comes back is in the caller's numbers however badly they
 * are scaled; edits equal loading anew; refused memory leaves the old problem. */
#include "account.h"
#include "backend/backend.h"
#include "base/opt.h"
#include "check.h"
#include "lp/problem.h"
#include "lp/verify.h"

static dca_options options_for(dca_env *env, int scaling)
{
    dca_options options = {.env = env};
    dca__settings_init(&options.settings);
    options.settings.scaling = scaling;
    return options;
}

/* Feasible and bounded; rows and columns multiplied by powers of ten, so that entries span 1e-8..1e8. */
static void badly_scaled(uint64_t seed, small *s)
{
    dice d = {seed * 86028121u};
    small_init(s, 8, 12);
    double rows[SMALL_ROWS];
    double x[SMALL_COLUMNS];
    for (dca_index i = 0; i < s->m; i++)
        rows[i] = pow(10.0, dice_below(&d, 9) - 4);
    for (dca_index j = 0; j < s->n; j++) {
        const double size = pow(10.0, dice_below(&d, 9) - 4);
        x[j] = (double)dice_below(&d, 5) / size;
        s->cost[j] = (double)(dice_below(&d, 21) - 10) * size;
        s->lower[j] = x[j] - 2.0 / size;
        s->upper[j] = x[j] + 3.0 / size;
        for (dca_index i = 0; i < s->m; i++) {
            if (dice_below(&d, 3) == 0)
                s->a[i][j] = dice_coefficient(&d) * size * rows[i];
        }
    }
    for (dca_index i = 0; i < s->m; i++) {
        double activity = 0.0;
        for (dca_index j = 0; j < s->n; j++)
            activity += s->a[i][j] * x[j];
        s->row_lower[i] = dice_below(&d, 2) ? -INFINITY : activity - rows[i];
        s->row_upper[i] = activity + rows[i] * (double)dice_below(&d, 2);
    }
}

static dca_certificate solve(dca_env *env, void *state, const dca_problem *view,
                             const dca_options *options, uint8_t *columns, uint8_t *rows,
                             int64_t *iterations)
{
    const dca_backend *native = dca__native_backend();
    dca_backend_report report = {.struct_size = sizeof report};
    assert_int_equal(native->solve(state, options, NULL, &report), DCA_OK);
    assert_int_equal(report.outcome, DCA_OPTIMAL);
    assert_true(report.has_basis);
    double x[SMALL_COLUMNS];
    double y[SMALL_ROWS];
    assert_int_equal(native->get_point(state, x, y), DCA_OK);
    assert_int_equal(native->get_basis(state, columns, rows), DCA_OK);
    *iterations = report.iterations;
    dca_certificate cert;
    assert_int_equal(dca__verify_optimal(env, view, x, y, NULL, NULL, &cert), DCA_OK);
    return cert;
}

static void answers_in_the_callers_numbers(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    const dca_backend *native = dca__native_backend();
    for (uint64_t seed = 1; seed <= 60; seed++) {
        small s;
        badly_scaled(seed, &s);
        const dca_problem view = small_view(&s);
        void *solver = NULL;
        assert_int_equal(native->open(env, &solver), DCA_OK);
        double value = NAN;
        uint8_t columns[SMALL_COLUMNS];
        uint8_t rows[SMALL_ROWS];
        int64_t iterations;
        for (int scaling = 1; scaling >= 0; scaling--) {
            const dca_options options = options_for(env, scaling);
            assert_int_equal(native->load(solver, &view), DCA_OK);
            if (scaling == 0) /* a basis says the same in any scale */
                assert_int_equal(native->set_basis(solver, columns, rows), DCA_OK);
            const dca_certificate cert =
                solve(env, solver, &view, &options, columns, rows, &iterations);
            if (!cert.valid)
                fail_msg("seed %d, scaling %d: violation %g, gap %g", (int)seed, scaling,
                         cert.primal_violation, cert.relative_gap);
            if (scaling == 1)
                value = cert.dual_bound;
            else if (fabs(cert.dual_bound - value) > 1e-7 * fabs(value) || iterations > 2)
                fail_msg("seed %d: %.12g after %.12g, %d pivots", (int)seed, cert.dual_bound, value,
                         (int)iterations);
        }
        native->close(solver);
    }
    account_close(&book, env);
}

static void edits_equal_loading(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    const dca_backend *native = dca__native_backend();
    const dca_options options = options_for(env, 1);
    for (uint64_t seed = 1; seed <= 60; seed++) {
        small s;
        badly_scaled(seed, &s);
        dca_problem view = small_view(&s);
        void *solver = NULL;
        assert_int_equal(native->open(env, &solver), DCA_OK);
        assert_int_equal(native->load(solver, &view), DCA_OK);
        uint8_t columns[SMALL_COLUMNS];
        uint8_t rows[SMALL_ROWS];
        int64_t iterations;
        if (seed % 2) /* edits before the first solve and after it */
            (void)solve(env, solver, &view, &options, columns, rows, &iterations);
        dice d = {seed * 49979687u};
        const dca_index j = dice_below(&d, s.n);
        const dca_index i = dice_below(&d, s.m);
        s.cost[j] = -s.cost[j];
        s.upper[j] += 1.0;
        s.row_upper[i] += 1.0;
        s.a[i][j] *= 1.25;
        s.lower[j] = fmin(s.lower[j], 0.0);
        s.row_lower[i] = -INFINITY;
        const dca_edit edits[] = {
            {DCA_EDIT_COST, j, -1, s.cost[j], 0.0},
            {DCA_EDIT_COLUMN_BOUNDS, j, -1, s.lower[j], s.upper[j]},
            {DCA_EDIT_ROW_BOUNDS, i, -1, s.row_lower[i], s.row_upper[i]},
            {DCA_EDIT_COEFFICIENT, i, j, s.a[i][j], 0.0},
        };
        assert_int_equal(native->edit(solver, edits, s.a[i][j] != 0.0 ? 4 : 3), DCA_OK);
        view = small_view(&s);
        const dca_certificate edited =
            solve(env, solver, &view, &options, columns, rows, &iterations);
        assert_true(edited.valid);
        assert_int_equal(native->load(solver, &view), DCA_OK);
        const dca_certificate loaded =
            solve(env, solver, &view, &options, columns, rows, &iterations);
        assert_true(loaded.valid);
        assert_true(fabs(edited.dual_bound - loaded.dual_bound) <=
                    1e-7 * (fabs(loaded.dual_bound) + 1e-9));
        native->close(solver);
    }
    account_close(&book, env);
}

static void refused_load_leaves_the_old_problem(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    const dca_backend *native = dca__native_backend();
    const dca_options options = options_for(env, 1);
    small s;
    badly_scaled(5, &s);
    small other;
    badly_scaled(6, &other);
    const dca_problem view = small_view(&s);
    const dca_problem second = small_view(&other);
    void *solver = NULL;
    assert_int_equal(native->open(env, &solver), DCA_OK);
    assert_int_equal(native->load(solver, &view), DCA_OK);
    uint8_t columns[SMALL_COLUMNS];
    uint8_t rows[SMALL_ROWS];
    int64_t iterations;
    assert_true(solve(env, solver, &view, &options, columns, rows, &iterations).valid);
    for (long k = 1;; k++) {
        book.refuse_at = book.requests + k;
        const dca_status status = native->load(solver, &second);
        book.refuse_at = 0;
        if (status == DCA_OK)
            break;
        assert_int_equal(status, DCA_E_NOMEM);
        assert_true(solve(env, solver, &view, &options, columns, rows, &iterations).valid);
        assert_int_equal(iterations, 0);
    }
    assert_true(solve(env, solver, &second, &options, columns, rows, &iterations).valid);
    native->close(solver);
    account_close(&book, env);
}

/* x + y >= 3e6 with x, y in [0, 1e6]; and min -x - y with x = 1e4 y. */
static void rays_in_the_callers_numbers(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    const dca_backend *native = dca__native_backend();
    const dca_options options = options_for(env, 1);
    small s;
    small_init(&s, 1, 2);
    s.a[0][0] = 1e-5;
    s.a[0][1] = 1e4;
    s.upper[0] = 1e6;
    s.upper[1] = 1e-3;
    s.row_lower[0] = 30.0;
    dca_problem view = small_view(&s);
    void *solver = NULL;
    assert_int_equal(native->open(env, &solver), DCA_OK);
    assert_int_equal(native->load(solver, &view), DCA_OK);
    dca_backend_report report = {.struct_size = sizeof report};
    assert_int_equal(native->solve(solver, &options, NULL, &report), DCA_OK);
    assert_int_equal(report.outcome, DCA_INFEASIBLE);
    double ray[2];
    dca_certificate cert;
    assert_int_equal(native->get_ray(solver, ray), DCA_OK);
    assert_int_equal(dca__verify_farkas(env, &view, ray, &cert), DCA_OK);
    assert_true(cert.valid);

    small_init(&s, 1, 2);
    s.a[0][0] = 1.0;
    s.a[0][1] = -1e4;
    s.row_lower[0] = s.row_upper[0] = 0.0;
    s.cost[0] = s.cost[1] = -1.0;
    view = small_view(&s);
    assert_int_equal(native->load(solver, &view), DCA_OK);
    assert_int_equal(native->solve(solver, &options, NULL, &report), DCA_OK);
    assert_int_equal(report.outcome, DCA_UNBOUNDED);
    double x[2];
    double y[1];
    assert_int_equal(native->get_ray(solver, ray), DCA_OK);
    assert_int_equal(native->get_point(solver, x, y), DCA_OK);
    assert_int_equal(dca__verify_unbounded(env, &view, x, ray, &cert), DCA_OK);
    assert_true(cert.valid);
    native->close(solver);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_in_the_callers_numbers),
        cmocka_unit_test(edits_equal_loading),
        cmocka_unit_test(refused_load_leaves_the_old_problem),
        cmocka_unit_test(rays_in_the_callers_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
