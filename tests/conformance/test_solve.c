/* Solve: the same value as the native cold solve, proved, in every shape that an LP can have. */
#include "conform.h"

static void by_hand(fixture *f)
{
    /* max 5x + 4y,  6x + 4y <= 24,  x + 2y <= 6,  y - x <= 1,  y <= 2,  x, y >= 0: 21 at (3, 3/2) */
    dca_lp *lp = lp_empty(f);
    assert_int_equal(dca_lp_set_sense(lp, DCA_MAXIMISE), DCA_OK);
    lp_row(lp, -INFINITY, 24.0);
    lp_row(lp, -INFINITY, 6.0);
    lp_row(lp, -INFINITY, 1.0);
    lp_column(lp, 5.0, 0.0, INFINITY, 3, (dca_index[]){0, 1, 2}, (double[]){6.0, 1.0, -1.0});
    lp_column(lp, 4.0, 0.0, 2.0, 3, (dca_index[]){0, 1, 2}, (double[]){4.0, 2.0, 1.0});
    dca_solver *solver = solver_of(f, lp);
    dca_result *result = solve(solver, lp, DCA_OPTIMAL);
    double x[2];
    double y[3];
    assert_int_equal(dca_result_get_x(result, 0, 2, x), DCA_OK);
    assert_int_equal(dca_result_get_y(result, 0, 3, y), DCA_OK);
    assert_close(dca_result_objective(result), 21.0, 1e-9);
    assert_close(x[0], 3.0, 1e-9);
    assert_close(x[1], 1.5, 1e-9);
    assert_close(y[0], 0.75, 1e-9); /* 6 y0 + y1 = 5, 4 y0 + 2 y1 = 4 */
    assert_close(y[1], 0.5, 1e-9);
    assert_close(y[2], 0.0, 1e-9);
    dca_result_free(result);
    dca_solver_free(solver);
    dca_lp_free(lp);
}

static void random_ones(fixture *f)
{
    for (uint64_t seed = 1; seed <= 40; seed++) {
        small s;
        random_small(&s, seed, (dca_index)(1 + seed % 20), (dca_index)(2 + seed * 7 % 29));
        s.offset = 1000.0 * (double)(seed % 3);
        dca_lp *lp = lp_of(f, &s, seed % 2 ? DCA_MAXIMISE : DCA_MINIMISE);
        dca_solver *solver = solver_of(f, lp);
        dca_result *result = NULL;
        dca_solver *reference = native_solver(f, lp);
        assert_int_equal(dca_solver_solve(reference, NULL, &result), DCA_OK);
        const dca_outcome outcome = dca_result_outcome(result);
        const double value = dca_result_objective(result);
        dca_result_free(result);
        dca_solver_free(reference);
        assert_true(outcome == DCA_OPTIMAL || outcome == DCA_INFEASIBLE);
        const double found = solved(solver, lp, outcome);
        if (outcome == DCA_OPTIMAL)
            assert_close(found, value, 1e-8);
        dca_solver_free(solver);
        dca_lp_free(lp);
    }
}

static void without_presolve_and_scaling(fixture *f)
{
    option(f, "presolve", "off");
    random_ones(f);
    option(f, "scaling", "off");
    random_ones(f);
}

/* 40 + 60 rows, 2400 columns. */
static void medium(fixture *f)
{
    dca_lp *lp = transport(f, 3, 40, 60, 1000, false);
    const double value = cold_value(f, lp);
    dca_solver *solver = solver_of(f, lp);
    assert_close(solved(solver, lp, DCA_OPTIMAL), value, 1e-9);
    assert_close(value, nearbyint(value), 1e-9); /* totally unimodular */
    dca_solver_free(solver);
    dca_lp_free(lp);
}

static void medium_random(fixture *f)
{
    for (uint64_t seed = 1; seed <= 4; seed++) {
        dca_lp *lp = random_medium(f, seed, 120, 200);
        const double value = cold_value(f, lp);
        for (int presolve = 0; presolve < 2; presolve++) {
            option(f, "presolve", presolve ? "on" : "off");
            dca_solver *solver = solver_of(f, lp);
            assert_close(solved(solver, lp, DCA_OPTIMAL), value, 1e-8);
            dca_solver_free(solver);
        }
        dca_lp_free(lp);
    }
}

/* Rows that ask for more than nothing, or allow more than nothing: auto takes the dual for the first, whose
 * slack basis is infeasible, and the primal for the second, whose slack basis is feasible and not optimal. Otherwise what was asked for is what ran. */
static void the_method_that_was_asked_for(fixture *f)
{
    for (int cover = 0; cover < 2; cover++) {
        dice d = {77};
        small s;
        small_init(&s, 12, 18);
        for (dca_index i = 0; i < s.m; i++) {
            s.row_lower[i] = cover ? 5.0 + i : -INFINITY;
            s.row_upper[i] = cover ? INFINITY : 5.0 + i;
            for (dca_index j = 0; j < s.n; j++)
                s.a[i][j] = dice_below(&d, 2) * (1.0 + dice_unit(&d));
        }
        for (dca_index j = 0; j < s.n; j++) {
            s.cost[j] = (cover ? 1.0 : -1.0) * (1.0 + dice_unit(&d));
            s.upper[j] = cover ? 100.0 : INFINITY; /* else flips would make it dual feasible */
        }
        option(f, "presolve", "off");
        dca_lp *lp = lp_of(f, &s, DCA_MINIMISE);
        dca_solver *solver = solver_of(f, lp);
        dca_result *result = solve(solver, lp, DCA_OPTIMAL);
        dca_solve_info info = {.struct_size = sizeof info};
        assert_int_equal(dca_result_info(result, &info), DCA_OK);
        const bool automatic = strcmp(f->method, "auto") == 0;
        assert_string_equal(info.method, !automatic ? f->method : cover ? "dual" : "primal");
        assert_true(info.iterations > 0);
        dca_result_free(result);
        dca_solver_free(solver);
        dca_lp_free(lp);
    }
}

/* What a backend makes of an option is its own matter; the answer is not. */
static void options_change_no_answer(fixture *f)
{
    static const char *const others[][2] = {{"simplex.pricing_dual", "dantzig"},
                                            {"simplex.pricing_dual", "devex"},
                                            {"simplex.pricing_primal", "dantzig"},
                                            {"simplex.pricing_primal", "steepest"},
                                            {"simplex.perturbation", "off"},
                                            {"simplex.sifting", "on"},
                                            {"simplex.cap", "1e-9"},
                                            {"simplex.primal_tolerance", "1e-8"},
                                            {"simplex.dual_tolerance", "1e-11"},
                                            {"simplex.pivot_tolerance", "1e-6"},
                                            {"lu.threshold", "0.9"},
                                            {"lu.drop", "0"},
                                            {"lu.updates", "3"},
                                            {"seed", "42"},
                                            {"scaling", "off"}};
    dca_lp *lp = random_medium(f, 9, 60, 100);
    const double value = cold_value(f, lp);
    option(f, "presolve", "off");
    for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
        option(f, others[k][0], others[k][1]);
        dca_solver *solver = solver_of(f, lp);
        assert_close(solved(solver, lp, DCA_OPTIMAL), value, 1e-8);
        dca_solver_free(solver);
    }
    dca_lp_free(lp);
}

static void degenerate_shapes(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    assert_int_equal(dca_lp_set_offset(lp, 7.0), DCA_OK);
    dca_solver *solver = solver_of(f, lp);
    assert_close(solved(solver, lp, DCA_OPTIMAL), 7.0, 0.0); /* nothing at all */
    lp_column(lp, 2.0, -1.0, 5.0, 0, NULL, NULL);
    lp_column(lp, -3.0, -1.0, 5.0, 0, NULL, NULL);
    lp_column(lp, 0.0, -INFINITY, INFINITY, 0, NULL, NULL);
    assert_close(solved(solver, lp, DCA_OPTIMAL), 7.0 - 2.0 - 15.0, 1e-12); /* no rows */
    dca_index map[3];
    assert_int_equal(dca_lp_delete_columns(lp, 3, (dca_index[]){0, 1, 2}, map), DCA_OK);
    lp_row(lp, -1.0, 1.0);
    lp_row(lp, -INFINITY, INFINITY);
    assert_close(solved(solver, lp, DCA_OPTIMAL), 7.0, 0.0); /* no columns, rows that hold */
    lp_row(lp, 1.0, 2.0);
    solved(solver, lp, DCA_INFEASIBLE); /* 0 in [1, 2] */
    dca_solver_free(solver);
    dca_lp_free(lp);
}

/* A free, a fixed and an upper-only column, an equality, a range and a free row. */
static void every_kind_of_bound(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    lp_row(lp, 4.0, 4.0);
    lp_row(lp, -2.0, 6.0);
    lp_row(lp, -INFINITY, INFINITY);
    const dca_index all[] = {0, 1, 2};
    lp_column(lp, 1.0, -INFINITY, INFINITY, 3, all, (double[]){1.0, 1.0, 1.0});
    lp_column(lp, 2.0, 3.0, 3.0, 3, all, (double[]){1.0, -1.0, 5.0});
    lp_column(lp, -1.0, -INFINITY, 8.0, 3, all, (double[]){1.0, 2.0, -1.0});
    /* x1 = 3, x0 + x2 = 1, x0 + 2 x2 - 3 in [-2, 6] -> x2 in [0, 8]; min x0 - x2 + 6 = 7 - 2 x2 */
    dca_solver *solver = solver_of(f, lp);
    assert_close(solved(solver, lp, DCA_OPTIMAL), -9.0, 1e-12);
    option(f, "presolve", "off");
    dca_solver *plain = solver_of(f, lp);
    assert_close(solved(plain, lp, DCA_OPTIMAL), -9.0, 1e-12);
    dca_solver_free(plain);
    dca_solver_free(solver);
    dca_lp_free(lp);
}

/* One LP, two solvers, two backends in turn. */
static void side_by_side(fixture *f)
{
    small s;
    random_small(&s, 11, 12, 18);
    dca_lp *lp = lp_of(f, &s, DCA_MINIMISE);
    dca_solver *first = solver_of(f, lp);
    dca_solver *second = solver_of(f, lp);
    dca_solver *native = native_solver(f, lp);
    for (int round = 0; round < 4; round++) {
        lp_cost(lp, round, 3.0 - round);
        const double value = solved(first, lp, DCA_OPTIMAL);
        assert_close(solved(native, lp, DCA_OPTIMAL), value, 1e-9);
        assert_close(solved(second, lp, DCA_OPTIMAL), value, 1e-9);
        if (round == 1) /* another backend takes the basis over, and gives it back */
            assert_int_equal(dca_solver_set_backend(second, NULL), DCA_OK);
        if (round == 2)
            assert_int_equal(dca_solver_set_backend(second, f->backend), DCA_OK);
    }
    dca_solver_free(first);
    dca_solver_free(second);
    dca_solver_free(native);
    dca_lp_free(lp);
}

/* The same calls give the same bits. */
static void repeats_itself(fixture *f)
{
    dca_lp *lp = transport(f, 8, 25, 30, 50, false);
    double first[750];
    double again[750];
    for (int round = 0; round < 2; round++) {
        dca_solver *solver = solver_of(f, lp);
        dca_result *result = solve(solver, lp, DCA_OPTIMAL);
        assert_int_equal(dca_result_get_x(result, 0, 750, round == 0 ? first : again), DCA_OK);
        dca_result_free(result);
        dca_solver_free(solver);
    }
    assert_memory_equal(first, again, sizeof first);
    dca_lp_free(lp);
}

static const conform_case CASES[] = {
    {"by hand", by_hand, 0, false},
    {"random LPs", random_ones, 0, false},
    {"random LPs, without presolve and scaling", without_presolve_and_scaling, 0, false},
    {"a transport problem of 2400 columns", medium, 0, false},
    {"random LPs of 120 rows", medium_random, 0, false},
    {"the method that was asked for", the_method_that_was_asked_for,
     DCA_BACKEND_DUAL | DCA_BACKEND_PRIMAL, false},
    {"options change no answer", options_change_no_answer, 0, false},
    {"no rows, no columns, neither", degenerate_shapes, 0, false},
    {"every kind of bound", every_kind_of_bound, 0, false},
    {"several solvers on one LP", side_by_side, 0, false},
    {"the same bits again", repeats_itself, 0, false},
};
CONFORM_MAIN(CASES)
