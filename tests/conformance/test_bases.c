/* Bases in and out: a basis that is optimal costs no pivots, any statuses are mended, and what comes out
 * names the place of every variable (judge() looks at each answer). */
#include "conform.h"

enum { M = 14, N = 22 };

typedef struct basis {
    uint8_t columns[SMALL_COLUMNS + 4], rows[SMALL_ROWS + 4];
} basis;

static basis basis_of(const dca_result *result)
{
    basis b = {{0}, {0}};
    assert_int_equal(dca_result_get_basis(result, b.columns, b.rows), DCA_OK);
    return b;
}

static dca_lp *some_lp(fixture *f, uint64_t seed)
{
    small s;
    random_small(&s, 300 + seed, M, N);
    dca_lp *lp = lp_of(f, &s, seed % 2 ? DCA_MAXIMISE : DCA_MINIMISE);
    dca_solver *probe = native_solver(f, lp);
    dca_result *result = NULL;
    assert_int_equal(dca_solver_solve(probe, NULL, &result), DCA_OK);
    const bool fine = dca_result_outcome(result) == DCA_OPTIMAL;
    dca_result_free(result);
    dca_solver_free(probe);
    if (!fine) {
        dca_lp_free(lp);
        return some_lp(f, seed + 1000);
    }
    return lp;
}

static void optimal_basis_in(fixture *f)
{
    for (uint64_t seed = 1; seed <= 10; seed++) {
        dca_lp *lp = some_lp(f, seed);
        dca_solver *first = solver_of(f, lp);
        dca_result *result = solve(first, lp, DCA_OPTIMAL);
        const basis b = basis_of(result);
        const double value = dca_result_objective(result);
        dca_result_free(result);
        dca_solver_free(first);
        dca_solver *second = solver_of(f, lp);
        assert_int_equal(dca_solver_set_basis(second, b.columns, b.rows), DCA_OK);
        result = solve(second, lp, DCA_OPTIMAL);
        assert_close(dca_result_objective(result), value, 1e-9);
        assert_int_equal(iterations_of(result), 0);
        const basis out = basis_of(result);
        assert_memory_equal(out.columns, b.columns, N);
        assert_memory_equal(out.rows, b.rows, M);
        dca_result_free(result);
        dca_solver_free(second);
        dca_lp_free(lp);
    }
}

/* The basis of one backend is one to the other. */
static void basis_of_another_backend(fixture *f)
{
    for (uint64_t seed = 1; seed <= 10; seed++) {
        dca_lp *lp = some_lp(f, seed);
        dca_solver *native = native_solver(f, lp);
        dca_result *result = solve(native, lp, DCA_OPTIMAL);
        const basis b = basis_of(result);
        dca_result_free(result);
        dca_solver *tested = solver_of(f, lp);
        assert_int_equal(dca_solver_set_basis(tested, b.columns, b.rows), DCA_OK);
        result = solve(tested, lp, DCA_OPTIMAL);
        assert_true(iterations_of(result) <= 1);
        dca_result_free(result);
        dca_solver_free(tested);
        dca_solver_free(native);
        dca_lp_free(lp);
    }
}

static void rubbish(fixture *f)
{
    for (uint64_t seed = 1; seed <= 30; seed++) {
        dice d = {seed * 32452843u};
        dca_lp *lp = some_lp(f, seed % 5);
        const double value = cold_value(f, lp);
        basis b;
        for (dca_index j = 0; j < N; j++)
            b.columns[j] = (uint8_t)(seed % 4 == 0   ? DCA_BASIS_BASIC
                                     : seed % 4 == 1 ? DCA_BASIS_FREE
                                                     : dice_below(&d, 4));
        for (dca_index i = 0; i < M; i++)
            b.rows[i] = (uint8_t)(seed % 4 == 0   ? DCA_BASIS_BASIC
                                  : seed % 4 == 1 ? DCA_BASIS_UPPER
                                                  : dice_below(&d, 4));
        dca_solver *solver = solver_of(f, lp);
        for (int round = 0; round < 2; round++) { /* the second time over a live one */
            assert_int_equal(dca_solver_set_basis(solver, b.columns, b.rows), DCA_OK);
            assert_close(solved(solver, lp, DCA_OPTIMAL), value, 1e-8);
        }
        dca_solver_free(solver);
        dca_lp_free(lp);
    }
}

/* Two columns that are multiples of each other, and one without entries, all basic. */
static void singular(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    lp_row(lp, 1.0, 4.0);
    lp_row(lp, 2.0, 8.0);
    lp_row(lp, -1.0, 5.0);
    const dca_index both[] = {0, 1};
    lp_column(lp, 1.0, 0.0, 3.0, 2, both, (double[]){1.0, 2.0});
    lp_column(lp, 3.0, 0.0, 3.0, 2, both, (double[]){2.0, 4.0});
    lp_column(lp, 1.0, -1.0, 3.0, 0, NULL, NULL);
    const uint8_t basic[] = {DCA_BASIS_BASIC, DCA_BASIS_BASIC, DCA_BASIS_BASIC};
    const uint8_t at_lower[] = {DCA_BASIS_LOWER, DCA_BASIS_LOWER, DCA_BASIS_LOWER};
    option(f, "presolve", "off");
    dca_solver *solver = solver_of(f, lp);
    assert_int_equal(dca_solver_set_basis(solver, basic, at_lower), DCA_OK);
    assert_close(solved(solver, lp, DCA_OPTIMAL), 0.0, 1e-9);
    dca_solver_free(solver);
    dca_lp_free(lp);
}

/* Edits that move nothing of the optimum: no pivots; structural ones keep what is left of the basis. */
static void kept_over_edits(fixture *f)
{
    for (uint64_t seed = 1; seed <= 8; seed++) {
        dca_lp *lp = some_lp(f, seed);
        dca_solver *solver = solver_of(f, lp);
        dca_result *result = solve(solver, lp, DCA_OPTIMAL);
        const basis b = basis_of(result);
        dca_result_free(result);
        for (dca_index i = 0; i < M; i++) { /* rows that do not bind are forgotten */
            double lower;
            double upper;
            assert_int_equal(dca_lp_get_rows(lp, i, 1, &lower, &upper), DCA_OK);
            if (b.rows[i] == DCA_BASIS_BASIC)
                lp_row_bounds(lp, i, lower - 1.0, upper + 1.0);
        }
        result = solve(solver, lp, DCA_OPTIMAL);
        assert_true(iterations_of(result) <= 1);
        dca_result_free(result);
        dca_index slack = 0;
        while (slack < M && b.rows[slack] != DCA_BASIS_BASIC)
            slack++;
        if (slack < M) { /* the row leaves with its basic slack */
            assert_int_equal(dca_lp_delete_rows(lp, 1, &slack, NULL), DCA_OK);
            result = solve(solver, lp, DCA_OPTIMAL);
            assert_true(iterations_of(result) <= 1);
            dca_result_free(result);
        }
        lp_row(lp, -1.0, 1.0); /* a row without entries, a column that is too dear */
        const double sign = dca_lp_sense(lp) == DCA_MAXIMISE ? -1.0 : 1.0;
        lp_column(lp, sign * 1e4, 0.0, 1.0, 1, (dca_index[]){0}, (double[]){0.5});
        result = solve(solver, lp, DCA_OPTIMAL);
        assert_true(iterations_of(result) <= 1);
        dca_result_free(result);
        dca_solver_free(solver);
        dca_lp_free(lp);
    }
}

/* A few changed numbers of a larger LP cost fewer pivots than to begin anew. */
static void warm_is_shorter(fixture *f)
{
    dca_lp *lp = transport(f, 5, 30, 40, 1000, false);
    dca_solver *solver = solver_of(f, lp);
    dca_result *result = solve(solver, lp, DCA_OPTIMAL);
    const int64_t cold = iterations_of(result);
    dca_result_free(result);
    for (int round = 0; round < 5; round++) {
        lp_cost(lp, 17 * round + 3, 1.0 + round);
        result = solve(solver, lp, DCA_OPTIMAL);
        if (!(iterations_of(result) <= cold / 4))
            fail_msg("%d pivots after one edit, %d from the beginning", (int)iterations_of(result),
                     (int)cold);
        dca_result_free(result);
    }
    dca_solver_free(solver);
    dca_lp_free(lp);
}

static const conform_case CASES[] = {
    {"an optimal basis in", optimal_basis_in, DCA_BACKEND_BASIS, false},
    {"the basis of another backend", basis_of_another_backend, DCA_BACKEND_BASIS, false},
    {"any statuses", rubbish, DCA_BACKEND_BASIS, false},
    {"a singular basis", singular, DCA_BACKEND_BASIS, false},
    {"kept over edits", kept_over_edits, DCA_BACKEND_BASIS, false},
    {"warm is shorter", warm_is_shorter, DCA_BACKEND_BASIS | DCA_BACKEND_EDIT, false},
};
CONFORM_MAIN(CASES)
