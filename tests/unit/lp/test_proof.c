/* A proof kept alive says what the whole check says: after any changes of values, prices, bounds and
 * costs the running sums imply dca__verify_optimal(), and the point is the one that was told. */
#include "account.h"
#include "base/alloc.h"
#include "check.h"
#include "lp/problem.h"
#include "lp/proof.h"
#include "lp/verify.h"

#include <math.h>

enum { PROBLEMS = 60, CHANGES = 40 };

/* Optimal by construction: activities and bounds are chosen for x, costs for y. */
static void optimal_around(dice *d, small *s, double *x, double *y)
{
    small_init(s, 1 + dice_below(d, 14), 1 + dice_below(d, 20));
    for (dca_index i = 0; i < s->m; i++) {
        double activity = 0.0;
        y[i] = dice_below(d, 2) ? 0.0 : 2.0 * dice_unit(d) - 1.0;
        for (dca_index j = 0; j < s->n; j++) {
            x[j] = i == 0 ? (double)dice_below(d, 5) : x[j];
            s->a[i][j] = dice_below(d, 3) == 0 ? dice_coefficient(d) : 0.0;
            activity += s->a[i][j] * x[j];
        }
        s->row_lower[i] = y[i] > 0.0 ? activity : activity - 1.0;
        s->row_upper[i] = y[i] < 0.0 ? activity : activity + 1.0;
    }
    for (dca_index j = 0; j < s->n; j++) {
        double price = 0.0;
        for (dca_index i = 0; i < s->m; i++) {
            price += s->a[i][j] * y[i];
        }
        const int kind = dice_below(d, 3); /* basic, at lower, at upper */
        s->cost[j] = price + (kind == 0 ? 0.0 : kind == 1 ? 1.0 : -1.0);
        s->lower[j] = kind == 1 ? x[j] : x[j] - 2.0;
        s->upper[j] = kind == 2 ? x[j] : kind == 1 && dice_below(d, 2) ? INFINITY : x[j] + 2.0;
    }
}

static dca__proof *begin(dca_env *env, const dca_problem *view, const double *x, const double *y)
{
    dca__proof *proof = NULL;
    dca__point point;
    assert_int_equal(dca__proof_new(env, &proof), DCA_OK);
    assert_int_equal(dca__point_new(env, view->num_rows, view->num_columns, &point), DCA_OK);
    memcpy(point.x, x, (size_t)view->num_columns * sizeof *x);
    memcpy(point.y, y, (size_t)view->num_rows * sizeof *y);
    memset(point.column_status, 0, (size_t)view->num_columns);
    memset(point.row_status, 0, (size_t)view->num_rows);
    assert_int_equal(dca__proof_begin(proof, view, false, &point), DCA_OK);
    return proof;
}

/* The whole check of the same point agrees; true: both prove it. */
static bool compare(dca_env *env, dca__proof *proof, const dca_problem *view)
{
    dca_certificate running;
    dca_certificate whole;
    double activity[SMALL_ROWS];
    double d[SMALL_COLUMNS];
    dca__proof_check(proof, view, &running);
    const dca__point *point = dca__proof_point(proof);
    assert_int_equal(dca__verify_optimal(env, view, point->x, point->y, activity, d, &whole),
                     DCA_OK);
    assert_true(fabs(running.primal_violation - whole.primal_violation) <=
                1e-14 * (1.0 + whole.primal_violation));
    for (dca_index i = 0; i < view->num_rows; i++) {
        assert_true(fabs(point->activity[i] - activity[i]) <= 1e-15 * (1.0 + fabs(activity[i])));
    }
    for (dca_index j = 0; j < view->num_columns; j++) {
        assert_true(point->d[j] == d[j]); /* formed as verify.c does */
    }
    if (running.valid) {
        assert_true(whole.valid);
        assert_true(fabs(running.dual_bound - whole.dual_bound) <=
                    1e-12 * (1.0 + fabs(whole.dual_bound)));
    }
    return running.valid != 0;
}

static void proves_what_the_whole_check_proves(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int proved = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        dice d = {seed * 7919u};
        small s;
        double x[SMALL_COLUMNS];
        double y[SMALL_ROWS];
        optimal_around(&d, &s, x, y);
        const dca_problem view = small_view(&s);
        dca__proof *proof = begin(env, &view, x, y);
        proved += compare(env, proof, &view);
        dca__proof_free(proof);
    }
    assert_true(proved > PROBLEMS / 2);
    account_close(&book, env);
}

/* One random change, told to the proof; what it was before is put back by `undo` later. */
static void change_and_tell(dice *d, small *s, const dca_problem *view, dca__proof *proof)
{
    const dca_index j = dice_below(d, s->n);
    const dca_index i = dice_below(d, s->m);
    const dca__point *point = dca__proof_point(proof);
    dca_edit edit = {.index = j, .other = -1};
    switch (dice_below(d, 5)) {
    case 0:
        dca__proof_set_column(proof, view, j, point->x[j] + dice_coefficient(d), 1);
        break;
    case 1:
        dca__proof_set_row(proof, view, i, dice_below(d, 3) ? dice_coefficient(d) : 0.0, 0);
        break;
    case 2:
        edit.kind = DCA_EDIT_COST;
        s->cost[j] = dice_coefficient(d);
        dca__proof_edit(proof, view, &edit);
        break;
    case 3:
        edit.kind = DCA_EDIT_COLUMN_BOUNDS;
        s->lower[j] = dice_below(d, 3) ? s->lower[j] - dice_unit(d) : -INFINITY;
        s->upper[j] = dice_below(d, 3) ? point->x[j] + dice_unit(d) : INFINITY;
        dca__proof_edit(proof, view, &edit);
        break;
    default:
        edit.kind = DCA_EDIT_ROW_BOUNDS;
        edit.index = i;
        s->row_lower[i] = dice_below(d, 3) ? point->activity[i] - dice_unit(d) : -INFINITY;
        s->row_upper[i] = dice_below(d, 3) ? point->activity[i] + dice_unit(d) : INFINITY;
        dca__proof_edit(proof, view, &edit);
        dca__proof_set_row(proof, view, i, point->y[i], 0);
        break;
    }
}

static void follows_any_changes(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int proved = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        dice d = {seed * 104729u};
        small s;
        double x[SMALL_COLUMNS];
        double y[SMALL_ROWS];
        optimal_around(&d, &s, x, y);
        const small first = s;
        const dca_problem view = small_view(&s);
        dca__proof *proof = begin(env, &view, x, y);
        for (int k = 0; k < CHANGES; k++) {
            assert_int_equal(dca__proof_open(proof), DCA_OK);
            change_and_tell(&d, &s, &view, proof);
            (void)compare(env, proof, &view);
        }
        /* back to where it began: proved again as at first */
        memcpy(s.cost, first.cost, sizeof s.cost);
        memcpy(s.lower, first.lower, sizeof s.lower);
        memcpy(s.upper, first.upper, sizeof s.upper);
        memcpy(s.row_lower, first.row_lower, sizeof s.row_lower);
        memcpy(s.row_upper, first.row_upper, sizeof s.row_upper);
        for (dca_index j = 0; j < s.n; j++) {
            dca_edit edit = {.kind = DCA_EDIT_COST, .index = j, .other = -1};
            dca__proof_edit(proof, &view, &edit);
            edit.kind = DCA_EDIT_COLUMN_BOUNDS;
            dca__proof_edit(proof, &view, &edit);
            dca__proof_set_column(proof, &view, j, x[j], 0);
        }
        for (dca_index i = 0; i < s.m; i++) {
            const dca_edit edit = {.kind = DCA_EDIT_ROW_BOUNDS, .index = i, .other = -1};
            dca__proof_edit(proof, &view, &edit);
            dca__proof_set_row(proof, &view, i, y[i], 0);
        }
        proved += compare(env, proof, &view);
        dca__proof_free(proof);
    }
    assert_true(proved > PROBLEMS / 2);
    account_close(&book, env);
}

/* The bound -1e25 times d = 5e-17 is neither a scale nor a tolerance for what x1 is off. Minimise
 * x0 + x1 where 3 x0 = 0; the price 1/3 is no double. */
static void far_bounds_hide_nothing(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small s;
    small_init(&s, 1, 2);
    s.a[0][0] = 3.0;
    s.row_lower[0] = s.row_upper[0] = 0.0;
    for (dca_index j = 0; j < 2; j++) {
        s.cost[j] = 1.0;
        s.lower[j] = j == 0 ? -1e25 : 0.0;
        s.upper[j] = INFINITY;
    }
    const dca_problem view = small_view(&s);
    const double x[] = {0.0, 0.0};
    const double y[] = {1.0 / 3.0};
    dca__proof *proof = begin(env, &view, x, y);
    assert_true(compare(env, proof, &view));
    dca__proof_set_column(proof, &view, 1, 1.0, DCA_BASIS_BASIC);
    assert_false(compare(env, proof, &view));
    dca__proof_free(proof);
    account_close(&book, env);
}

/* An answer handed out stays as it was. */
static void an_answer_is_not_written_to(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dice d = {5};
    small s;
    double x[SMALL_COLUMNS];
    double y[SMALL_ROWS];
    dca__point answer;
    optimal_around(&d, &s, x, y);
    const dca_problem view = small_view(&s);
    dca__proof *proof = begin(env, &view, x, y);
    assert_int_equal(dca__point_share(env, dca__proof_point(proof), &answer), DCA_OK);
    assert_true(answer.x == dca__proof_point(proof)->x);
    assert_int_equal(dca__proof_open(proof), DCA_OK);
    dca__proof_set_column(proof, &view, 0, x[0] + 1.0, 1);
    assert_true(answer.x[0] == x[0]);
    assert_true(dca__proof_point(proof)->x[0] == x[0] + 1.0);
    const double *const own = dca__proof_point(proof)->x;
    dca__point_free(env, &answer);
    assert_int_equal(dca__proof_open(proof), DCA_OK); /* nobody looks: no copy */
    assert_true(dca__proof_point(proof)->x == own);
    dca__proof_free(proof);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proves_what_the_whole_check_proves),
        cmocka_unit_test(follows_any_changes),
        cmocka_unit_test(far_bounds_hide_nothing),
        cmocka_unit_test(an_answer_is_not_written_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
