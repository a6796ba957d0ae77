/* Signs and sizes of prices by finite differences: y_i and d_j are the derivatives of the optimal value, in
 * its own sense, by the bound that binds. Each bound is moved by H and the LP solved anew by the native
 * backend; in an LP without degeneracy the value is linear near the optimum. */
#include "conform.h"

#define H    1e-5
#define SAME 1e-6 /* of price and difference, relative to 1 + |price| */

/* Away from every breakpoint? Then bases do not change within H. */
static bool degenerate(const dca_lp *lp, const dca_result *result)
{
    enum { M = SMALL_ROWS, N = SMALL_COLUMNS };
    const dca_index m = dca_lp_num_rows(lp);
    const dca_index n = dca_lp_num_columns(lp);
    uint8_t columns[N];
    uint8_t rows[M];
    double x[N], d[N], activity[M], y[M], lower[N], upper[N], row_lower[M], row_upper[M];
    assert_int_equal(dca_result_get_basis(result, columns, rows), DCA_OK);
    assert_int_equal(dca_result_get_x(result, 0, n, x), DCA_OK);
    assert_int_equal(dca_result_get_d(result, 0, n, d), DCA_OK);
    assert_int_equal(dca_result_get_y(result, 0, m, y), DCA_OK);
    assert_int_equal(dca_result_get_activity(result, 0, m, activity), DCA_OK);
    assert_int_equal(dca_lp_get_columns(lp, 0, n, NULL, lower, upper, NULL), DCA_OK);
    assert_int_equal(dca_lp_get_rows(lp, 0, m, row_lower, row_upper), DCA_OK);
    const double margin = 1e-2;
    bool found = false;
    for (dca_index j = 0; j < n; j++)
        found = found ||
                (columns[j] == DCA_BASIS_BASIC ? fmin(x[j] - lower[j], upper[j] - x[j]) < margin
                                               : fabs(d[j]) < margin);
    for (dca_index i = 0; i < m; i++)
        found = found || (rows[i] == DCA_BASIS_BASIC ? fmin(activity[i] - row_lower[i],
                                                            row_upper[i] - activity[i]) < margin
                                                     : fabs(y[i]) < margin);
    return found;
}

static void compare(const char *what, dca_index k, const char *side, double price, double before,
                    double after)
{
    const double slope = (after - before) / H;
    if (!(fabs(slope - price) <= SAME * (1.0 + fabs(price)) + 1e-9 * fabs(before) / H))
        fail_msg("%s %d, %s: price %.9g, difference %.9g", what, (int)k, side, price, slope);
}

/* The price of a side that does not bind is 0. */
static double binding(double price, double value, double side)
{
    return fabs(value - side) < 1e-6 ? price : 0.0;
}

static void perturb_rows(fixture *f, dca_lp *lp, const dca_result *result, double value)
{
    for (dca_index i = 0; i < dca_lp_num_rows(lp); i++) {
        double y;
        double activity;
        double lower;
        double upper;
        assert_int_equal(dca_result_get_y(result, i, 1, &y), DCA_OK);
        assert_int_equal(dca_result_get_activity(result, i, 1, &activity), DCA_OK);
        assert_int_equal(dca_lp_get_rows(lp, i, 1, &lower, &upper), DCA_OK);
        if (lower == upper) {
            lp_row_bounds(lp, i, lower + H, upper + H);
            compare("row", i, "both sides", y, value, cold_value(f, lp));
        } else {
            lp_row_bounds(lp, i, lower + H, upper);
            compare("row", i, "lower side", binding(y, activity, lower), value, cold_value(f, lp));
            lp_row_bounds(lp, i, lower, upper + H);
            compare("row", i, "upper side", binding(y, activity, upper), value, cold_value(f, lp));
        }
        lp_row_bounds(lp, i, lower, upper);
    }
}

static void perturb_columns(fixture *f, dca_lp *lp, const dca_result *result, double value)
{
    for (dca_index j = 0; j < dca_lp_num_columns(lp); j++) {
        double d;
        double x;
        double lower;
        double upper;
        assert_int_equal(dca_result_get_d(result, j, 1, &d), DCA_OK);
        assert_int_equal(dca_result_get_x(result, j, 1, &x), DCA_OK);
        assert_int_equal(dca_lp_get_columns(lp, j, 1, NULL, &lower, &upper, NULL), DCA_OK);
        lp_column_bounds(lp, j, lower + H, upper);
        compare("column", j, "lower bound", binding(d, x, lower), value, cold_value(f, lp));
        lp_column_bounds(lp, j, lower, upper + H);
        compare("column", j, "upper bound", binding(d, x, upper), value, cold_value(f, lp));
        lp_column_bounds(lp, j, lower, upper);
    }
}

static void finite_differences(fixture *f, dca_sense sense)
{
    int compared = 0;
    for (uint64_t seed = 1; seed <= 60 && compared < 4; seed++) {
        small s;
        random_small(&s, 500 + seed, 6, 9);
        dca_lp *lp = lp_of(f, &s, sense);
        dca_solver *solver = solver_of(f, lp);
        dca_result *result = NULL;
        assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_OK);
        if (dca_result_outcome(result) == DCA_OPTIMAL && !degenerate(lp, result)) {
            judge(lp, result);
            const double value = dca_result_objective(result);
            perturb_rows(f, lp, result, value);
            perturb_columns(f, lp, result, value);
            compared++;
        }
        dca_result_free(result);
        dca_solver_free(solver);
        dca_lp_free(lp);
    }
    assert_int_equal(compared, 4);
}

static void minimised(fixture *f)
{
    finite_differences(f, DCA_MINIMISE);
    option(f, "presolve", "off");
    finite_differences(f, DCA_MINIMISE);
}

static void maximised(fixture *f)
{
    finite_differences(f, DCA_MAXIMISE);
    option(f, "presolve", "off");
    finite_differences(f, DCA_MAXIMISE);
}

/* All four signs by hand, in both senses: min or max of x + y with x in [1, 3], 2 <= x + 2y <= 8. */
static void by_hand(fixture *f)
{
    for (int sense = 0; sense < 2; sense++) {
        dca_lp *lp = lp_empty(f);
        assert_int_equal(dca_lp_set_sense(lp, sense ? DCA_MAXIMISE : DCA_MINIMISE), DCA_OK);
        lp_row(lp, 2.0, 8.0);
        lp_column(lp, 1.0, 1.0, 3.0, 1, (dca_index[]){0}, (double[]){1.0});
        lp_column(lp, 1.0, -INFINITY, INFINITY, 1, (dca_index[]){0}, (double[]){2.0});
        dca_solver *solver = solver_of(f, lp);
        dca_result *result = solve(solver, lp, DCA_OPTIMAL);
        double y;
        double d[2];
        assert_int_equal(dca_result_get_y(result, 0, 1, &y), DCA_OK);
        assert_int_equal(dca_result_get_d(result, 0, 2, d), DCA_OK);
        assert_close(dca_result_objective(result), sense ? 5.5 : 1.5, 1e-12);
        assert_close(y, 0.5, 1e-12); /* more of either side raises x + y, in both senses */
        assert_close(d[0], 0.5, 1e-12);
        assert_close(d[1], 0.0, 1e-12);
        dca_result_free(result);
        dca_solver_free(solver);
        dca_lp_free(lp);
    }
}

static const conform_case CASES[] = {
    {"by hand", by_hand, 0, false},
    {"finite differences, minimised", minimised, 0, false},
    {"finite differences, maximised", maximised, 0, false},
};
CONFORM_MAIN(CASES)
