/* Badly scaled LPs: each is a good one whose rows, columns, costs or bounds are multiplied by powers of
 * ten, so that its value is known from the good one. */
#include "conform.h"

static double power(dice *d, int reach)
{
    return pow(10.0, dice_below(d, 2 * reach + 1) - reach);
}

/* Rows by 10^[-rows, rows], columns by 10^[-columns, columns], costs by `cost`. */
static void compare(fixture *f, int rows, int columns, double cost, bool presolve, bool scaling)
{
    option(f, "presolve", presolve ? "on" : "off");
    option(f, "scaling", scaling ? "on" : "off");
    for (uint64_t seed = 1; seed <= 10; seed++) {
        dice d = {seed * 49979687u};
        small s;
        random_small(&s, 400 + seed, 10, 16);
        dca_lp *good = lp_of(f, &s, DCA_MINIMISE);
        dca_solver *reference = native_solver(f, good);
        dca_result *result = NULL;
        assert_int_equal(dca_solver_solve(reference, NULL, &result), DCA_OK);
        const bool optimal = dca_result_outcome(result) == DCA_OPTIMAL;
        const double value = cost * dca_result_objective(result);
        dca_result_free(result);
        dca_solver_free(reference);
        dca_lp_free(good);
        if (!optimal)
            continue;
        for (dca_index j = 0; j < s.n; j++) {
            const double by = power(&d, columns);
            s.cost[j] *= cost * by;
            s.lower[j] /= by;
            s.upper[j] /= by;
            for (dca_index i = 0; i < s.m; i++)
                s.a[i][j] *= by;
        }
        for (dca_index i = 0; i < s.m; i++) {
            const double by = power(&d, rows);
            s.row_lower[i] *= by;
            s.row_upper[i] *= by;
            for (dca_index j = 0; j < s.n; j++)
                s.a[i][j] *= by;
        }
        dca_lp *bad = lp_of(f, &s, DCA_MINIMISE);
        dca_solver *solver = solver_of(f, bad);
        const double found = solved(solver, bad, DCA_OPTIMAL);
        if (!(fabs(found - value) <= 1e-6 * fabs(value)))
            fail_msg("seed %d: %.12g, expected %.12g", (int)seed, found, value);
        dca_solver_free(solver);
        dca_lp_free(bad);
    }
}

static void rows(fixture *f)
{
    compare(f, 3, 0, 1.0, true, true);
    compare(f, 3, 0, 1.0, false, true);
}

static void columns(fixture *f)
{
    compare(f, 0, 3, 1.0, true, true);
    compare(f, 0, 3, 1.0, false, true);
}

static void both(fixture *f)
{
    compare(f, 3, 3, 1.0, true, true);
    compare(f, 3, 3, 1.0, false, true);
    compare(f, 2, 2, 1.0, false, false);
}

static void tiny_costs(fixture *f)
{
    compare(f, 0, 0, 1e-9, true, true);
    compare(f, 0, 0, 1e-9, false, true);
    compare(f, 0, 0, 1e-9, false, false);
    compare(f, 2, 2, 1e-9, false, true);
}

static void huge_costs(fixture *f)
{
    compare(f, 0, 0, 1e9, true, true);
    compare(f, 0, 0, 1e9, false, true);
    compare(f, 2, 2, 1e9, false, true);
}

/* x_0 + ... + x_7 >= 30 in pieces that cannot add up: piece k holds two columns, at most 3 + 4 = 7, times
 * powers of ten, and the pieces pass the sum on from row to row. */
static void infeasible(fixture *f)
{
    enum { PIECES = 4 };
    option(f, "presolve", "off");
    for (uint64_t seed = 1; seed <= 10; seed++) {
        dice d = {seed * 67867979u};
        small s;
        small_init(&s, PIECES, 3 * PIECES);
        for (dca_index k = 0; k < PIECES; k++) { /* a + b + (passed in) - (passed on) = 0 */
            s.a[k][3 * k] = s.a[k][3 * k + 1] = 1.0;
            s.upper[3 * k] = 3.0;
            s.upper[3 * k + 1] = 4.0;
            s.a[k][3 * k + 2] = -1.0;
            if (k > 0)
                s.a[k][3 * k - 1] = 1.0;
            s.row_lower[k] = s.row_upper[k] = 0.0;
            s.cost[3 * k] = 1.0;
        }
        s.lower[3 * PIECES - 1] = 30.0; /* 28 at most arrive */
        for (dca_index j = 0; j < s.n; j++) {
            const double by = power(&d, 2);
            s.lower[j] /= by;
            s.upper[j] /= by;
            for (dca_index i = 0; i < s.m; i++)
                s.a[i][j] *= by;
        }
        for (dca_index i = 0; i < s.m; i++) {
            const double by = power(&d, 2);
            for (dca_index j = 0; j < s.n; j++)
                s.a[i][j] *= by;
        }
        dca_lp *lp = lp_of(f, &s, DCA_MINIMISE);
        dca_solver *solver = solver_of(f, lp);
        solved(solver, lp, DCA_INFEASIBLE);
        dca_solver_free(solver);
        dca_lp_free(lp);
    }
}

/* One tiny cost beside large ones decides between two columns that are equal otherwise. */
static void one_tiny_cost(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    lp_row(lp, 1e6, 1e6);
    lp_column(lp, 1e-6, 0.0, INFINITY, 1, (dca_index[]){0}, (double[]){1.0});
    lp_column(lp, 1.1e-6, 0.0, INFINITY, 1, (dca_index[]){0}, (double[]){1.0});
    lp_column(lp, 1e3, 0.0, INFINITY, 1, (dca_index[]){0}, (double[]){1.0});
    option(f, "presolve", "off");
    dca_solver *solver = solver_of(f, lp);
    assert_close(solved(solver, lp, DCA_OPTIMAL), 1.0, 1e-9);
    dca_solver_free(solver);
    dca_lp_free(lp);
}

/* Bounds of 1e9 beside entries of 1e-6, with a known optimum: x = 1e9, y = 1e3. */
static void large_bounds(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    assert_int_equal(dca_lp_set_sense(lp, DCA_MAXIMISE), DCA_OK);
    lp_row(lp, -INFINITY, 2e3);
    lp_column(lp, 1.0, 0.0, 1e9, 1, (dca_index[]){0}, (double[]){1e-6});
    lp_column(lp, 1.0, 0.0, 1e9, 1, (dca_index[]){0}, (double[]){1.0});
    option(f, "presolve", "off");
    dca_solver *solver = solver_of(f, lp);
    assert_close(solved(solver, lp, DCA_OPTIMAL), 1e9 + 1e3, 1e-12);
    dca_solver_free(solver);
    dca_lp_free(lp);
}

static const conform_case CASES[] = {
    {"rows", rows, 0, false},
    {"columns", columns, 0, false},
    {"rows and columns", both, 0, false},
    {"tiny costs", tiny_costs, 0, false},
    {"huge costs", huge_costs, 0, false},
    {"infeasible", infeasible, DCA_BACKEND_RAYS, false},
    {"one tiny cost", one_tiny_cost, 0, false},
    {"large bounds", large_bounds, 0, false},
};
CONFORM_MAIN(CASES)
