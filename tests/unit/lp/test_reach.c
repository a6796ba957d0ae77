/* Bounds that rows imply: every feasible point keeps them, they are there where one row gives one and at the
 * end of short chains, and sums kept over edits give what fresh ones give. */
#include "account.h"
#include "base/alloc.h"
#include "check.h"
#include "lp/implied.h"
#include "lp/lp.h"
#include "lp/problem.h"
#include "lp/reach.h"

#include <math.h>

enum { PROBLEMS = 200, EDITS = 10 };

typedef struct matrix {
    dca_nnz start[SMALL_ROWS + 1];
    dca_index index[SMALL_ROWS * SMALL_COLUMNS];
    double value[SMALL_ROWS * SMALL_COLUMNS];
} matrix;

static dca__reach *reach_of(dca_env *env, const dca_problem *view, matrix *rows)
{
    dca__reach *reach = NULL;
    dca__lp_transpose(view, rows->start, rows->index, rows->value);
    const dca__rows by_row = {rows->start, rows->index, rows->value};
    assert_int_equal(dca__reach_new(env, view, by_row, &reach), DCA_OK);
    dca__reach_begin(reach, view);
    return reach;
}

static void draw_bounds(dice *d, small *s, dca_index j, double x)
{
    s->lower[j] = dice_below(d, 2) ? x - dice_unit(d) : -INFINITY;
    s->upper[j] = dice_below(d, 2) ? x + dice_unit(d) : INFINITY;
}

/* x is feasible; some sides are open. */
static void draw(dice *d, small *s, double *x)
{
    small_init(s, 1 + dice_below(d, 6), 1 + dice_below(d, 8));
    for (dca_index j = 0; j < s->n; j++) {
        x[j] = 4.0 * dice_unit(d) - 2.0;
        draw_bounds(d, s, j, x[j]);
        s->cost[j] = dice_below(d, 2) ? dice_coefficient(d) : 0.0;
    }
    for (dca_index i = 0; i < s->m; i++) {
        double activity = 0.0;
        for (dca_index j = 0; j < s->n; j++) {
            s->a[i][j] = dice_below(d, 3) == 0 ? dice_coefficient(d) : 0.0;
            activity += s->a[i][j] * x[j];
        }
        s->row_lower[i] = dice_below(d, 2) ? activity - dice_unit(d) : -INFINITY;
        s->row_upper[i] = dice_below(d, 2) ? activity + dice_unit(d) : INFINITY;
    }
}

static double cost_of(const small *s, const double *x)
{
    double sum = 0.0;
    for (dca_index j = 0; j < s->n; j++) {
        sum += s->cost[j] * x[j];
    }
    return sum;
}

static void holds_at(const double *x, double cutoff, dca__reach *reach, const dca_problem *view,
                     dca__implied *one_row, int *found)
{
    int64_t work = 0;
    for (dca_index j = 0; j < view->num_columns; j++) {
        for (int upper = 0; upper < 2; upper++) {
            if (!isinf(upper ? view->upper[j] : view->lower[j])) {
                continue;
            }
            const double bound = dca__reach_bound(reach, view, cutoff, j, upper != 0, &work);
            assert_true(upper ? x[j] <= bound : x[j] >= bound);
            if (!isinf(dca__implied_bound(one_row, j, upper != 0))) {
                assert_false(isinf(bound));
            }
            *found += !isinf(bound);
        }
    }
}

static void random_bounds_hold(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int found = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        dice d = {seed * 15485863u};
        small s;
        double x[SMALL_COLUMNS];
        matrix rows;
        draw(&d, &s, x);
        const dca_problem view = small_view(&s);
        dca__reach *reach = reach_of(env, &view, &rows);
        for (int k = 0; k < EDITS; k++) {
            const double cutoff = cost_of(&s, x) + 0.5;
            dca__implied *one_row = NULL;
            assert_int_equal(dca__implied_new(env, &view, cutoff, &one_row), DCA_OK);
            holds_at(x, cutoff, reach, &view, one_row, &found);
            dca__implied_free(one_row);
            const dca_index j = dice_below(&d, s.n);
            draw_bounds(&d, &s, j, x[j]);
            s.cost[j] = dice_below(&d, 2) ? dice_coefficient(&d) : 0.0;
            dca__reach_edit(reach, &view, j);
        }
        dca__reach_free(reach);
    }
    assert_true(found > PROBLEMS);
    account_close(&book, env);
}

/* x0 + x1 <= 3, t - x0 - 2 x1 = 0, all >= 0: t <= 9 by a chain, each of the x at most 3. Where x1 may be
 * anything below 0 too, nothing bounds x0 or t; with cost 2 of t and no other, c'x <= 8 does: t <= 4. */
static void chains_and_costs(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small s;
    matrix rows;
    int64_t work = 0;
    small_init(&s, 2, 3);
    s.a[0][0] = s.a[0][1] = 1.0;
    s.a[1][0] = -1.0;
    s.a[1][1] = -2.0;
    s.a[1][2] = 1.0;
    s.row_lower[0] = -INFINITY;
    s.row_upper[0] = 3.0;
    s.row_lower[1] = s.row_upper[1] = 0.0;
    for (dca_index j = 0; j < 3; j++) {
        s.cost[j] = 0.0;
        s.lower[j] = 0.0;
        s.upper[j] = INFINITY;
    }
    const dca_problem view = small_view(&s);
    dca__reach *reach = reach_of(env, &view, &rows);
    const double chain = dca__reach_bound(reach, &view, 8.0, 2, true, &work);
    assert_true(chain >= 9.0 && chain <= 9.0 + 1e-6);
    s.lower[1] = -INFINITY;
    dca__reach_edit(reach, &view, 1);
    assert_true(isinf(dca__reach_bound(reach, &view, 8.0, 0, true, &work)));
    assert_true(isinf(dca__reach_bound(reach, &view, 8.0, 2, true, &work)));
    s.cost[2] = 2.0;
    dca__reach_edit(reach, &view, 2);
    const double dear = dca__reach_bound(reach, &view, 8.0, 2, true, &work);
    assert_true(dear >= 4.0 && dear <= 4.0 + 1e-6);
    dca__reach_free(reach);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_bounds_hold),
        cmocka_unit_test(chains_and_costs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
