/* The public calls about LP solvers and their results: bad arguments are refused with a sentence and
 * change nothing, objects may be freed in any order. */
#include "account.h"
#include "backend/backend.h"
#include "dcalloc.h"

#include <string.h>

/* max 3a + 2b, a + b <= 4 ("cap"), a + 3b <= 6, a <= 3: a = 3, b = 1, value 11. Prices: cap 2, the bound
 * of a 1. */
static dca_lp *blend(dca_env *env)
{
    dca_lp *lp = NULL;
    assert_int_equal(dca_lp_new(env, &lp), DCA_OK);
    assert_int_equal(dca_lp_set_sense(lp, DCA_MAXIMISE), DCA_OK);
    assert_int_equal(dca_lp_add_row(lp, "cap", -INFINITY, 4.0, 0, NULL, NULL, NULL), DCA_OK);
    assert_int_equal(dca_lp_add_row(lp, NULL, -INFINITY, 6.0, 0, NULL, NULL, NULL), DCA_OK);
    const dca_index rows[] = {0, 1};
    const double a[] = {1.0, 1.0};
    const double b[] = {1.0, 3.0};
    assert_int_equal(dca_lp_add_column(lp, "a", 3.0, 0.0, 3.0, 2, rows, a, NULL), DCA_OK);
    assert_int_equal(dca_lp_add_column(lp, "b", 2.0, 0.0, INFINITY, 2, rows, b, NULL), DCA_OK);
    return lp;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-9;
}

static void check_blend(const dca_result *result)
{
    double x[2], y[2], d[2], activity[2];
    assert_int_equal(dca_result_outcome(result), DCA_OPTIMAL);
    assert_true(near(dca_result_objective(result), 11.0));
    assert_int_equal(dca_result_get_x(result, 0, 2, x), DCA_OK);
    assert_int_equal(dca_result_get_y(result, 0, 2, y), DCA_OK);
    assert_int_equal(dca_result_get_d(result, 0, 2, d), DCA_OK);
    assert_int_equal(dca_result_get_activity(result, 0, 2, activity), DCA_OK);
    assert_true(near(x[0], 3.0) && near(x[1], 1.0));
    /* Degenerate: the second row meets 3 + 3 = 6, too. Any prices with c = A'y + d will do. */
    assert_true(near(activity[0], 4.0) && near(activity[1], 6.0));
    assert_true(near(3.0, y[0] + y[1] + d[0]) && near(2.0, y[0] + 3.0 * y[1] + d[1]));
    assert_true(y[0] >= 0.0 && y[1] >= 0.0 && near(4.0 * y[0] + 6.0 * y[1] + 3.0 * d[0], 11.0));
}

static void the_answer_outlives_everything(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = blend(env);
    dca_solver *solver = NULL;
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca_solver_new_lp(lp, NULL, &solver, &err), DCA_OK);
    dca_result *result = NULL;
    assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_OK);
    dca_result *again = dca_result_retain(result);
    assert_ptr_equal(again, result);
    dca_lp_free(lp); /* the solver keeps it */
    dca_result *second = NULL;
    assert_int_equal(dca_solver_solve(solver, NULL, &second), DCA_OK);
    dca_solve_info info = {.struct_size = sizeof info};
    assert_int_equal(dca_result_info(second, &info), DCA_OK);
    assert_int_equal(info.warm, 1);
    assert_int_equal(info.iterations, 0);
    dca_solver_free(solver);
    dca_result_free(result);
    check_blend(again);
    check_blend(second);
    dca_certificate cert = {.struct_size = sizeof cert};
    assert_int_equal(dca_result_certificate(again, &cert), DCA_OK);
    assert_true(cert.valid && cert.kind == DCA_CERTIFICATE_KKT && near(cert.dual_bound, 11.0));
    dca_result_free(again);
    dca_result_free(second);
    account_close(&book, env);
}

static void getters_refuse(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = blend(env);
    dca_solver *solver = NULL;
    assert_int_equal(dca_solver_new_lp(lp, NULL, &solver, NULL), DCA_OK);
    dca_result *result = NULL;
    assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_OK);
    double x[2] = {-7.0, -7.0};
    assert_int_equal(dca_result_get_x(result, 1, 2, x), DCA_E_ARG);
    assert_int_equal(dca_result_get_x(result, -1, 1, x), DCA_E_ARG);
    assert_int_equal(dca_result_get_x(result, 0, -1, x), DCA_E_ARG);
    assert_int_equal(dca_result_get_x(result, 0, 1, NULL), DCA_E_ARG);
    assert_int_equal(dca_result_get_x(NULL, 0, 1, x), DCA_E_ARG);
    assert_int_equal(dca_result_get_ray(result, x), DCA_E_STATE);
    assert_true(x[0] == -7.0 && x[1] == -7.0);
    assert_int_equal(dca_result_get_x(result, 2, 0, NULL), DCA_OK);
    assert_int_equal(dca_result_num_rows(NULL), 0);
    assert_int_equal(dca_result_outcome(NULL), DCA_UNSOLVED);
    assert_true(isnan(dca_result_objective(NULL)));
    uint8_t columns[2];
    assert_int_equal(dca_result_get_basis(result, columns, NULL), DCA_OK);
    dca_result_free(result);
    dca_result_free(NULL);

    /* infeasible: a ray, no point */
    const dca_index row = 0;
    const double low = 10.0;
    assert_int_equal(
        dca_lp_set_row_bounds(lp, 1, &row, (dca_doubles){&low, 0}, (dca_doubles){NULL, 0}), DCA_OK);
    const double high = 20.0;
    assert_int_equal(
        dca_lp_set_row_bounds(lp, 1, &row, (dca_doubles){NULL, 0}, (dca_doubles){&high, 0}),
        DCA_OK);
    assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_OK);
    assert_int_equal(dca_result_outcome(result), DCA_INFEASIBLE);
    double ray[2];
    assert_int_equal(dca_result_get_ray(result, ray), DCA_OK);
    assert_true(ray[0] > 0.0); /* a + b >= 10 against the rest */
    assert_int_equal(dca_result_get_x(result, 0, 2, x), DCA_E_STATE);
    assert_true(isnan(dca_result_objective(result)));
    dca_result_free(result);
    dca_solver_free(solver);
    dca_solver_free(NULL);
    dca_lp_free(lp);
    account_close(&book, env);
}

static void solver_calls_refuse(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = blend(env);
    dca_solver *solver = NULL;
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca_solver_new_lp(NULL, NULL, &solver, &err), DCA_E_ARG);
    assert_non_null(strstr(err.text, "lp"));
    assert_null(solver);
    assert_int_equal(dca_solver_new_lp(lp, NULL, NULL, &err), DCA_E_ARG);
    assert_int_equal(dca_solver_new_lp(lp, NULL, &solver, &err), DCA_OK);
    assert_int_equal(dca_solver_solve(NULL, NULL, NULL), DCA_E_ARG);
    assert_int_equal(dca_solver_solve(solver, NULL, NULL), DCA_E_ARG);
    dca_solver_error(solver, &err);
    assert_non_null(strstr(err.text, "out"));
    const uint8_t good[] = {0, 1};
    const uint8_t bad[] = {0, 9};
    assert_int_equal(dca_solver_set_basis(solver, good, bad), DCA_E_ARG);
    dca_solver_error(solver, &err);
    assert_int_equal(err.kind, DCA_KIND_ROW);
    assert_int_equal(err.index, 1);
    assert_int_equal(dca_solver_set_basis(solver, NULL, good), DCA_E_ARG);
    assert_int_equal(dca_solver_set_basis(solver, good, good), DCA_OK);
    dca_backend broken = *dca__native_backend();
    broken.struct_size = 8;
    assert_int_equal(dca_solver_set_backend(solver, &broken), DCA_E_ABI);
    broken = *dca__native_backend();
    broken.get_ray = NULL;
    assert_int_equal(dca_solver_set_backend(solver, &broken), DCA_E_ARG);
    assert_int_equal(dca_solver_set_options(solver, NULL), DCA_E_ARG);
    /* none of it did harm */
    dca_result *result = NULL;
    assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_OK);
    check_blend(result);
    dca_result_free(result);

    dca_options *options = NULL;
    assert_int_equal(dca_options_new(env, &options), DCA_OK);
    assert_int_equal(dca_options_set(options, "method", "ipm"), DCA_OK);
    assert_int_equal(dca_solver_set_options(solver, options), DCA_OK);
    result = NULL;
    assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_E_UNSUPPORTED);
    assert_null(result);
    dca_solver_error(solver, &err);
    assert_non_null(strstr(err.text, "ipm"));
    dca_options_free(options);
    dca_solver_free(solver);
    dca_lp_free(lp);
    account_close(&book, env);
}

/* A backend without basis, edits and rays still gives proved answers, cold each time. */
static void a_backend_with_little(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = blend(env);
    dca_backend little = *dca__native_backend();
    little.capabilities = 0;
    little.edit = NULL;
    little.set_basis = NULL;
    little.get_basis = NULL;
    little.get_ray = NULL;
    for (int presolve = 0; presolve < 2; presolve++) {
        dca_options *options = NULL;
        assert_int_equal(dca_options_new(env, &options), DCA_OK);
        assert_int_equal(dca_options_set(options, "presolve", presolve ? "on" : "off"), DCA_OK);
        dca_solver *solver = NULL;
        assert_int_equal(dca_solver_new_lp(lp, options, &solver, NULL), DCA_OK);
        assert_int_equal(dca_solver_set_backend(solver, &little), DCA_OK);
        for (int round = 0; round < 3; round++) {
            dca_result *result = NULL;
            assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_OK);
            check_blend(result);
            dca_result_free(result);
        }
        const dca_index column = 0;
        const double low[] = {5.0, 0.0};
        assert_int_equal(dca_lp_set_column_bounds(lp, 1, &column, (dca_doubles){&low[0], 0},
                                                  (dca_doubles){NULL, 0}),
                         DCA_OK); /* 5 <= a <= 3 proves itself */
        dca_result *result = NULL;
        assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_OK);
        assert_int_equal(dca_result_outcome(result), DCA_INFEASIBLE);
        dca_result_free(result);
        assert_int_equal(dca_lp_set_column_bounds(lp, 1, &column, (dca_doubles){&low[1], 0},
                                                  (dca_doubles){NULL, 0}),
                         DCA_OK);
        dca_solver_free(solver);
        dca_options_free(options);
    }
    dca_lp_free(lp);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_answer_outlives_everything),
        cmocka_unit_test(getters_refuse),
        cmocka_unit_test(solver_calls_refuse),
        cmocka_unit_test(a_backend_with_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
