/* Solve again after each kind of edit: the value is that of a fresh cold solve. */
#include "conform.h"

enum { M = 12, N = 20 };

/* An edit of one kind, drawn by dice. */
typedef void change(dca_lp *lp, dice *d);

static dca_index any_row(dca_lp *lp, dice *d)
{
    return dice_below(d, dca_lp_num_rows(lp));
}

static dca_index any_column(dca_lp *lp, dice *d)
{
    return dice_below(d, dca_lp_num_columns(lp));
}

static void change_cost(dca_lp *lp, dice *d)
{
    const dca_index j = any_column(lp, d);
    double cost;
    assert_int_equal(dca_lp_get_columns(lp, j, 1, &cost, NULL, NULL, NULL), DCA_OK);
    lp_cost(lp, j, dice_below(d, 4) == 0 ? 0.0 : cost + 6.0 * dice_unit(d) - 3.0);
}

static void change_column_bounds(dca_lp *lp, dice *d)
{
    const dca_index j = any_column(lp, d);
    double lower;
    double upper;
    assert_int_equal(dca_lp_get_columns(lp, j, 1, NULL, &lower, &upper, NULL), DCA_OK);
    const double low = lower - dice_unit(d);
    switch (dice_below(d, 4)) {
    case 0:
        lp_column_bounds(lp, j, low, upper + dice_unit(d));
        break;
    case 1:
        lp_column_bounds(lp, j, lower, lower); /* fixed */
        break;
    case 2:
        lp_column_bounds(lp, j, lower, lower + 4.0);
        break;
    default:
        lp_column_bounds(lp, j, low, upper - 0.3 * (upper - lower));
        break;
    }
}

static void change_row_bounds(dca_lp *lp, dice *d)
{
    const dca_index i = any_row(lp, d);
    double lower;
    double upper;
    assert_int_equal(dca_lp_get_rows(lp, i, 1, &lower, &upper), DCA_OK);
    const double by = 4.0 * dice_unit(d);
    switch (dice_below(d, 4)) {
    case 0:
        lp_row_bounds(lp, i, lower - by, upper + by);
        break;
    case 1:
        lp_row_bounds(lp, i, -INFINITY, INFINITY);
        break;
    case 2:
        if (isinf(lower) && isinf(upper))
            lp_row_bounds(lp, i, -by, by);
        else
            lp_row_bounds(lp, i, isinf(lower) ? upper : lower, isinf(lower) ? upper : lower);
        break;
    default:
        lp_row_bounds(lp, i, isinf(lower) ? -INFINITY : lower + 0.2 * by, upper);
        break;
    }
}

static void change_coefficient(dca_lp *lp, dice *d)
{
    lp_entry(lp, any_row(lp, d), any_column(lp, d), 4.0 * dice_unit(d) - 2.0);
}

static void remove_coefficient(dca_lp *lp, dice *d)
{
    lp_entry(lp, any_row(lp, d), any_column(lp, d), 0.0);
}

/* Several at once, some of them twice: the last one counts. */
static void change_many_coefficients(dca_lp *lp, dice *d)
{
    dca_index rows[12];
    dca_index columns[12];
    double values[12];
    for (int k = 0; k < 12; k++) {
        rows[k] = k % 4 == 3 ? rows[k - 1] : any_row(lp, d);
        columns[k] = k % 4 == 3 ? columns[k - 1] : any_column(lp, d);
        values[k] = k % 3 == 2 ? 0.0 : 2.0 * dice_unit(d) - 1.0;
    }
    assert_int_equal(dca_lp_set_coefficients(lp, 12, rows, columns, values), DCA_OK);
}

static void add_rows(dca_lp *lp, dice *d)
{
    for (int k = 0; k < 2; k++) {
        const dca_index columns[] = {any_column(lp, d)};
        const double values[] = {1.0 + dice_unit(d)};
        dca_index row;
        assert_int_equal(
            dca_lp_add_row(lp, NULL, -10.0, 4.0 + dice_unit(d), 1, columns, values, &row), DCA_OK);
    }
}

static void add_columns(dca_lp *lp, dice *d)
{
    const dca_index rows[] = {any_row(lp, d)};
    const double values[] = {1.0 - 2.0 * dice_unit(d)};
    lp_column(lp, 4.0 * dice_unit(d) - 2.0, -1.0, 2.0, 1, rows, values);
}

static void delete_rows(dca_lp *lp, dice *d)
{
    const dca_index rows[] = {any_row(lp, d)};
    if (dca_lp_num_rows(lp) > 2)
        assert_int_equal(dca_lp_delete_rows(lp, 1, rows, NULL), DCA_OK);
}

static void delete_columns(dca_lp *lp, dice *d)
{
    const dca_index columns[] = {any_column(lp, d)};
    if (dca_lp_num_columns(lp) > 2)
        assert_int_equal(dca_lp_delete_columns(lp, 1, columns, NULL), DCA_OK);
}

static void change_sense(dca_lp *lp, dice *d)
{
    (void)d;
    const dca_sense other = dca_lp_sense(lp) == DCA_MAXIMISE ? DCA_MINIMISE : DCA_MAXIMISE;
    assert_int_equal(dca_lp_set_sense(lp, other), DCA_OK);
}

static void change_offset(dca_lp *lp, dice *d)
{
    assert_int_equal(dca_lp_set_offset(lp, 100.0 * dice_unit(d)), DCA_OK);
}

/* The answer after the edit, and what a fresh solver says. */
static void compare(fixture *f, dca_solver *solver, dca_lp *lp)
{
    dca_solver *fresh = native_solver(f, lp);
    dca_result *cold = NULL;
    assert_int_equal(dca_solver_solve(fresh, NULL, &cold), DCA_OK);
    const dca_outcome outcome = dca_result_outcome(cold);
    assert_true(outcome == DCA_OPTIMAL || outcome == DCA_INFEASIBLE);
    const double value = dca_result_objective(cold);
    dca_result_free(cold);
    dca_solver_free(fresh);
    const double found = solved(solver, lp, outcome);
    if (outcome == DCA_OPTIMAL)
        assert_close(found, value, 1e-8);
}

static void again(fixture *f, change *const *changes, int count)
{
    for (uint64_t seed = 1; seed <= 6; seed++) {
        dice d = {seed * 15485863u};
        small s;
        random_small(&s, 20 + seed, M, N);
        dca_lp *lp = lp_of(f, &s, seed % 2 ? DCA_MINIMISE : DCA_MAXIMISE);
        dca_solver *solver = solver_of(f, lp);
        compare(f, solver, lp);
        for (int round = 0; round < 8; round++) {
            changes[dice_below(&d, count)](lp, &d);
            compare(f, solver, lp);
        }
        dca_solver_free(solver);
        dca_lp_free(lp);
    }
}

#define AFTER(name)                                                                                \
    static void after_##name(fixture *f)                                                           \
    {                                                                                              \
        change *const changes[] = {name};                                                          \
        again(f, changes, 1);                                                                      \
    }
AFTER(change_cost)
AFTER(change_column_bounds)
AFTER(change_row_bounds)
AFTER(change_coefficient)
AFTER(remove_coefficient)
AFTER(change_many_coefficients)
AFTER(add_rows)
AFTER(add_columns)
AFTER(delete_rows)
AFTER(delete_columns)
AFTER(change_sense)
AFTER(change_offset)

static void after_all_kinds(fixture *f)
{
    change *const changes[] = {change_cost,        change_column_bounds, change_row_bounds,
                               change_coefficient, remove_coefficient,   change_many_coefficients,
                               add_rows,           add_columns,          delete_rows,
                               delete_columns,     change_sense,         change_offset};
    again(f, changes, sizeof changes / sizeof *changes);
    option(f, "presolve", "off");
    again(f, changes, sizeof changes / sizeof *changes);
}

/* A coefficient goes to 0 and comes back; the optimum with it. */
static void there_and_back(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    lp_row(lp, 2.0, INFINITY);
    lp_column(lp, 3.0, 0.0, INFINITY, 1, (dca_index[]){0}, (double[]){1.0});
    lp_column(lp, 1.0, 0.0, INFINITY, 1, (dca_index[]){0}, (double[]){1.0});
    dca_solver *solver = solver_of(f, lp);
    assert_close(solved(solver, lp, DCA_OPTIMAL), 2.0, 1e-12);
    lp_entry(lp, 0, 1, 0.0);
    assert_close(solved(solver, lp, DCA_OPTIMAL), 6.0, 1e-12);
    lp_entry(lp, 0, 0, 0.0);
    solved(solver, lp, DCA_INFEASIBLE);
    lp_entry(lp, 0, 1, 4.0);
    assert_close(solved(solver, lp, DCA_OPTIMAL), 0.5, 1e-12);
    lp_entry(lp, 0, 0, 100.0);
    assert_close(solved(solver, lp, DCA_OPTIMAL), 0.06, 1e-12);
    dca_solver_free(solver);
    dca_lp_free(lp);
}

static const conform_case CASES[] = {
    {"costs", after_change_cost, 0, false},
    {"column bounds", after_change_column_bounds, 0, false},
    {"row bounds", after_change_row_bounds, 0, false},
    {"coefficients", after_change_coefficient, 0, false},
    {"coefficients to 0", after_remove_coefficient, 0, false},
    {"a batch of coefficients", after_change_many_coefficients, 0, false},
    {"rows added", after_add_rows, 0, false},
    {"columns added", after_add_columns, 0, false},
    {"rows deleted", after_delete_rows, 0, false},
    {"columns deleted", after_delete_columns, 0, false},
    {"sense", after_change_sense, 0, false},
    {"offset", after_change_offset, 0, false},
    {"all kinds", after_all_kinds, 0, false},
    {"a coefficient to 0 and back", there_and_back, 0, false},
};
CONFORM_MAIN(CASES)
