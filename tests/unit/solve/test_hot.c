/* Hot solves: what goes on from the last optimum is what a fresh solver says, and is proved. */
#include "../small_lp.h"
#include "lp/verify.h"
#include "solve/certify.h"

/* One edit of a bound, a side or a cost; now and then two. */
static void draw_edit(dice *d, const small *s, dca_lp *lp)
{
    const dca_index j = dice_below(d, s->n);
    const dca_index i = dice_below(d, s->m);
    const double step = 2.0 * dice_unit(d) - 1.0;
    switch (dice_below(d, 4)) {
    case 0:
        dca__lp_set_cost(lp, j, s->cost[j] + step);
        break;
    case 1:
        dca__lp_set_column_bounds(lp, j, s->lower[j] - fabs(step), s->upper[j] + step * step);
        break;
    case 2:
        dca__lp_set_column_bounds(lp, j, s->lower[j], dice_below(d, 2) ? INFINITY : s->upper[j]);
        break;
    default:
        dca__lp_set_row_bounds(lp, i, s->row_lower[i] + 0.5 * step,
                               fmax(s->row_upper[i], s->row_lower[i]) + fabs(step));
        break;
    }
}

static void proves_itself(dca_env *env, const dca_lp *lp, const dca__answer *answer)
{
    double cost[SMALL_COLUMNS];
    double y[SMALL_ROWS];
    dca_problem view;
    dca_certificate whole;
    dca__lp_view(lp, cost, &view);
    for (dca_index i = 0; i < lp->num_rows; i++)
        y[i] = lp->sense == DCA_MAXIMISE ? -answer->point.y[i] : answer->point.y[i];
    assert_int_equal(dca__verify_optimal(env, &view, answer->point.x, y, NULL, NULL, &whole),
                     DCA_OK);
    assert_true(whole.valid);
    assert_int_equal(basics(&answer->point), lp->num_rows);
}

/* Scripts of edits with a solve after each: a solver that stays alive says what a fresh one says, its
 * proofs hold when they are made whole, twins give the same bits, and answers stay as they were. */
static void hot_answers_are_those_of_a_fresh_solver(void **state)
{
    (void)state;
    enum { SEEDS = 60, EDITS = 30 };
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int hot = 0;
    int all = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        dca_options options = defaults(env);
        options.settings.lu_updates = seed % 2 == 0 ? 1 : options.settings.lu_updates; /* renew.c */
        small s;
        random_feasible(seed, &s);
        dice d = {seed * 32452843u};
        dca_lp *lp = lp_of(env, &s);
        dca__lp_set_sense(lp, seed % 3 == 0 ? DCA_MAXIMISE : DCA_MINIMISE);
        dca__pipeline *pipe = NULL;
        dca__pipeline *twin = NULL;
        assert_int_equal(dca__pipeline_new(env, &pipe), DCA_OK);
        assert_int_equal(dca__pipeline_new(env, &twin), DCA_OK);
        dca__answer last = {0};
        double last_x[SMALL_COLUMNS];
        for (int k = 0; k < EDITS; k++) {
            draw_edit(&d, &s, lp);
            dca_outcome outcome;
            const double objective = fresh_objective(env, lp, &options, &outcome);
            dca__answer answer = solve(pipe, lp, &options);
            dca__answer other = solve(twin, lp, &options);
            assert_int_equal(answer.outcome, outcome);
            if (outcome == DCA_OPTIMAL) {
                assert_true(fabs(answer.objective - objective) <= 1e-8 * (1.0 + fabs(objective)));
                proves_itself(env, lp, &answer);
                assert_memory_equal(&answer.objective, &other.objective, sizeof objective);
                assert_memory_equal(answer.point.x, other.point.x,
                                    (size_t)s.n * sizeof *answer.point.x);
                assert_memory_equal(answer.point.y, other.point.y,
                                    (size_t)s.m * sizeof *answer.point.y);
            }
            if (last.point.has_point)
                assert_memory_equal(last.point.x, last_x, (size_t)s.n * sizeof *last_x);
            all++;
            hot += lp->sense == DCA_MINIMISE ? answer.point.sharing != NULL : 0;
            dca__answer_free(env, &last);
            dca__answer_free(env, &other);
            last = answer;
            if (last.point.has_point)
                memcpy(last_x, last.point.x, (size_t)s.n * sizeof *last_x);
        }
        dca__answer_free(env, &last);
        dca__pipeline_free(twin);
        dca__pipeline_free(pipe);
        dca__lp_release(lp);
    }
    assert_true(hot > all / 4);
    account_close(&book, env);
}

/* Costs alone, the basis left to the primal: as a fresh solver says, and from the last optimum. */
static void costs_are_taken_hot(void **state)
{
    (void)state;
    enum { SEEDS = 60, EDITS = 20 };
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int primal = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        small s;
        random_feasible(seed, &s);
        dice d = {seed * 86028121u};
        dca_options options = defaults(env);
        options.settings.lu_updates = seed % 2 == 0 ? 1 : options.settings.lu_updates;
        dca_lp *lp = lp_of(env, &s);
        dca__pipeline *pipe = NULL;
        assert_int_equal(dca__pipeline_new(env, &pipe), DCA_OK);
        for (int k = 0; k < EDITS; k++) {
            dca__lp_set_cost(lp, dice_below(&d, s.n), dice_coefficient(&d));
            dca_outcome outcome;
            const double objective = fresh_objective(env, lp, &options, &outcome);
            dca__answer answer = solve(pipe, lp, &options);
            assert_int_equal(answer.outcome, outcome);
            if (outcome == DCA_OPTIMAL) {
                assert_true(fabs(answer.objective - objective) <= 1e-8 * (1.0 + fabs(objective)));
                proves_itself(env, lp, &answer);
                primal += answer.point.sharing != NULL && strcmp(answer.info.method, "primal") == 0;
            }
            dca__answer_free(env, &answer);
        }
        dca__pipeline_free(pipe);
        dca__lp_release(lp);
    }
    assert_true(primal > SEEDS);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hot_answers_are_those_of_a_fresh_solver),
        cmocka_unit_test(costs_are_taken_hot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
