/* Scaling by its identities: factors are powers of two, undoing restores every bit, prices and points
 * of the scaled problem are those of the original, entries come nearer to 1. */
#include "account.h"
#include "check.h"
#include "lp/problem.h"
#include "lp/scale.h"

static bool is_power_of_two(double value)
{
    int exponent;
    return value > 0.0 && frexp(value, &exponent) == 0.5;
}

static void random_problem(uint64_t seed, small *s)
{
    dice d = {seed * 104729u};
    small_init(s, 12, 15);
    for (dca_index j = 0; j < s->n; j++) {
        const double size = ldexp(1.0, dice_below(&d, 60) - 30);
        for (dca_index i = 0; i < s->m; i++) {
            if (dice_below(&d, 3) == 0)
                s->a[i][j] = dice_coefficient(&d) * size * ldexp(1.0, (int)(i * 3) - 18);
        }
        s->cost[j] = dice_coefficient(&d) * 1e-9;
        s->lower[j] = dice_below(&d, 4) == 0 ? -INFINITY : dice_unit(&d);
        s->upper[j] = dice_below(&d, 4) == 0 ? INFINITY : 1e3 * (1.0 + dice_unit(&d));
    }
    for (dca_index i = 0; i < s->m; i++) {
        s->row_lower[i] = dice_below(&d, 2) ? -INFINITY : -dice_unit(&d);
        s->row_upper[i] = dice_below(&d, 2) ? INFINITY : dice_unit(&d);
    }
}

static double spread(const small *s, dca_nnz entries)
{
    double least = INFINITY;
    double most = 0.0;
    for (dca_nnz k = 0; k < entries; k++) {
        least = fmin(least, fabs(s->value[k]));
        most = fmax(most, fabs(s->value[k]));
    }
    return most / least;
}

static void undone_bit_for_bit(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (uint64_t seed = 1; seed <= 50; seed++) {
        small before;
        random_problem(seed, &before);
        dca_problem view = small_view(&before);
        small s = before;
        view = small_view(&s);
        const dca_nnz entries = s.start[s.n - 1] + s.length[s.n - 1];
        before = s;
        dca__scale scale;
        assert_int_equal(dca__scale_new(env, &view, &scale), DCA_OK);
        for (dca_index i = 0; i < s.m; i++)
            assert_true(is_power_of_two(scale.row[i]));
        for (dca_index j = 0; j < s.n; j++)
            assert_true(is_power_of_two(scale.column[j]));
        assert_true(is_power_of_two(scale.objective));
        dca__scale_apply(&scale, &view, s.cost, s.lower, s.upper, s.row_lower, s.row_upper,
                         s.value);
        assert_true(spread(&s, entries) < 1e-3 * spread(&before, entries));
        for (dca_index j = 0; j < s.n; j++) { /* equilibrated */
            double most = 0.0;
            for (dca_index k = 0; k < s.length[j]; k++)
                most = fmax(most, fabs(s.value[s.start[j] + k]));
            assert_true(s.length[j] == 0 || (most >= 1.0 && most < 2.0));
        }
        dca__scale_undo_apply(&scale, &view, s.cost, s.lower, s.upper, s.row_lower, s.row_upper,
                              s.value);
        assert_memory_equal(&s, &before, sizeof s);
        dca__scale_free(env, &scale);
    }
    account_close(&book, env);
}

/* c'x, A x and c - A'y in the scaled problem are those of the original after undoing. */
static void points_and_prices(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small s;
    random_problem(3, &s);
    dca_problem view = small_view(&s);
    const small before = s;
    dca__scale scale;
    assert_int_equal(dca__scale_new(env, &view, &scale), DCA_OK);
    dca__scale_apply(&scale, &view, s.cost, s.lower, s.upper, s.row_lower, s.row_upper, s.value);
    double x[SMALL_COLUMNS];
    double y[SMALL_ROWS];
    dice d = {99};
    for (dca_index j = 0; j < s.n; j++)
        x[j] = dice_unit(&d);
    for (dca_index i = 0; i < s.m; i++)
        y[i] = dice_unit(&d);
    double d_scaled[SMALL_COLUMNS];
    double value_scaled = 0.0;
    for (dca_index j = 0; j < s.n; j++) {
        d_scaled[j] = s.cost[j];
        value_scaled += s.cost[j] * x[j];
        for (dca_index k = 0; k < s.length[j]; k++)
            d_scaled[j] -= s.value[s.start[j] + k] * y[s.index[s.start[j] + k]];
    }
    dca__scale_undo_point(&scale, x, y);
    double value = 0.0;
    for (dca_index j = 0; j < s.n; j++) {
        double d_j = before.cost[j];
        double terms = fabs(d_j);
        value += before.cost[j] * x[j];
        for (dca_index i = 0; i < s.m; i++) {
            d_j -= before.a[i][j] * y[i];
            terms += fabs(before.a[i][j] * y[i]);
        }
        const double undone = d_scaled[j] / (scale.column[j] * scale.objective);
        assert_true(fabs(d_j - undone) <= 1e-14 * terms);
    }
    assert_true(fabs(value - value_scaled / scale.objective) <= 1e-14 * fabs(value) * 15);
    dca__scale_free(env, &scale);
    account_close(&book, env);
}

static void edits_as_if_loaded(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small s;
    random_problem(5, &s);
    s.a[4][7] = 0.375;
    dca_problem view = small_view(&s);
    dca__scale scale;
    assert_int_equal(dca__scale_new(env, &view, &scale), DCA_OK);
    const dca_edit edits[] = {{DCA_EDIT_COST, 7, -1, s.cost[7], 0.0},
                              {DCA_EDIT_COLUMN_BOUNDS, 7, -1, s.lower[7], s.upper[7]},
                              {DCA_EDIT_ROW_BOUNDS, 4, -1, s.row_lower[4], s.row_upper[4]},
                              {DCA_EDIT_COEFFICIENT, 4, 7, 0.375, 0.0}};
    dca__scale_apply(&scale, &view, s.cost, s.lower, s.upper, s.row_lower, s.row_upper, s.value);
    dca_edit e = dca__scale_edit(&scale, &edits[0]);
    assert_true(e.a == s.cost[7]);
    e = dca__scale_edit(&scale, &edits[1]);
    assert_true(e.a == s.lower[7] && e.b == s.upper[7]);
    e = dca__scale_edit(&scale, &edits[2]);
    assert_true(e.a == s.row_lower[4] && e.b == s.row_upper[4]);
    e = dca__scale_edit(&scale, &edits[3]);
    for (dca_index k = 0; k < s.length[7]; k++) {
        if (s.index[s.start[7] + k] == 4)
            assert_true(e.a == s.value[s.start[7] + k]);
    }
    dca__scale_free(env, &scale);
    account_close(&book, env);
}

/* A matrix of ones and twos is left alone; tiny costs are not. */
static void good_matrices_are_left_alone(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small s;
    small_init(&s, 2, 2);
    s.a[0][0] = s.a[1][1] = 1.0;
    s.a[0][1] = -2.0;
    s.cost[0] = s.cost[1] = 0x1p-30;
    dca_problem view = small_view(&s);
    dca__scale scale;
    assert_int_equal(dca__scale_new(env, &view, &scale), DCA_OK);
    assert_true(scale.row[0] == 1.0 && scale.row[1] == 1.0);
    assert_true(scale.column[0] == 1.0 && scale.column[1] == 1.0);
    assert_true(scale.objective == 0x1p30);
    dca__scale_free(env, &scale);
    small_init(&s, 0, 0);
    view = small_view(&s);
    assert_int_equal(dca__scale_new(env, &view, &scale), DCA_OK);
    dca__scale_free(env, &scale);
    account_close(&book, env);
}

/* A column without entries between the others changes the factor of none, nor the number of passes. */
static void empty_columns_do_not_count(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (uint64_t seed = 1; seed <= 50; seed++) {
        small plain;
        random_problem(seed, &plain);
        plain.n--;
        small gap = plain;
        gap.n++;
        for (dca_index j = plain.n; j > 3; j--) {
            for (dca_index i = 0; i < gap.m; i++)
                gap.a[i][j] = gap.a[i][j - 1];
            gap.cost[j] = gap.cost[j - 1];
        }
        gap.cost[3] = 0.0;
        for (dca_index i = 0; i < gap.m; i++)
            gap.a[i][3] = 0.0;
        const dca_problem one = small_view(&plain);
        const dca_problem two = small_view(&gap);
        dca__scale a;
        dca__scale b;
        assert_int_equal(dca__scale_new(env, &one, &a), DCA_OK);
        assert_int_equal(dca__scale_new(env, &two, &b), DCA_OK);
        for (dca_index i = 0; i < plain.m; i++)
            assert_true(a.row[i] == b.row[i]);
        for (dca_index j = 0; j < plain.n; j++)
            assert_true(a.column[j] == b.column[j < 3 ? j : j + 1]);
        dca__scale_free(env, &a);
        dca__scale_free(env, &b);
    }
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(undone_bit_for_bit),
        cmocka_unit_test(points_and_prices),
        cmocka_unit_test(edits_as_if_loaded),
        cmocka_unit_test(good_matrices_are_left_alone),
        cmocka_unit_test(empty_columns_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
