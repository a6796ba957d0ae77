/* Solves by way of the quotient: the same outcome and value as without, proved; no basis unless it is
 * asked for; edits that keep or break the symmetry. LPs of 1000 rows and columns and more, made of
 * copies of a small block under shared rows. */
#include "account.h"
#include "base/alloc.h"
#include "base/opt.h"
#include "check.h"
#include "lp/problem.h"
#include "lp/verify.h"
#include "solve/solve.h"

enum { ROWS = 3, COLUMNS = 5, COPIES = 128, MANY_COPIES = 3000, LINKS = 2 };

typedef enum fate { FEASIBLE, INFEASIBLE, UNBOUNDED, FATES } fate;

/* Copies of a random block, each with the same entries in the links. Feasible around a point and boxed;
 * or with a link that asks for more than the boxes have; or with a column that improves for ever. */
static dca_lp *many_copies_of_block(dca_env *env, uint64_t seed, fate how, int copies)
{
    dice d = {seed * 7919u + 3};
    double a[ROWS + LINKS][COLUMNS];
    double x[COLUMNS], cost[COLUMNS], lower[COLUMNS], upper[COLUMNS];
    for (int j = 0; j < COLUMNS; j++) {
        x[j] = (double)dice_below(&d, 4);
        cost[j] = (double)(dice_below(&d, 21) - 10);
        lower[j] = dice_below(&d, 2) ? x[j] : x[j] - 2.0;
        upper[j] = x[j] + (double)dice_below(&d, 8);
        for (int i = 0; i < ROWS + LINKS; i++)
            a[i][j] = dice_below(&d, 2) ? dice_coefficient(&d) : 0.0;
    }
    if (how == UNBOUNDED) {
        cost[0] = -1.0;
        upper[0] = INFINITY;
        for (int i = 0; i < ROWS + LINKS; i++)
            a[i][0] = a[i][0] > 0.0 ? -a[i][0] : a[i][0];
    }
    dca_lp *lp = NULL;
    assert_int_equal(dca__lp_new(env, &lp), DCA_OK);
    static double low[ROWS * MANY_COPIES + LINKS], high[ROWS * MANY_COPIES + LINKS];
    for (int i = 0; i < ROWS + LINKS; i++) {
        double activity = 0.0, most = 0.0;
        for (int j = 0; j < COLUMNS; j++) {
            activity += a[i][j] * x[j];
            most += fmax(a[i][j] * lower[j], a[i][j] * upper[j]);
        }
        const int kind = how == UNBOUNDED ? 0 : dice_below(&d, 4);
        double from = kind == 0 ? -INFINITY : kind == 1 ? activity : activity - 1.0;
        double to = kind == 2 ? INFINITY : kind == 1 ? activity : activity + 0.5;
        if (i >= ROWS) {
            from *= copies;
            to *= copies;
        }
        if (how == INFEASIBLE && i == ROWS) {
            from = copies * most + 1.0 + fabs(most);
            to = INFINITY;
        }
        for (int c = 0; c < (i < ROWS ? copies : 1); c++) {
            const int row = i < ROWS ? c * ROWS + i : ROWS * copies + i - ROWS;
            low[row] = from;
            high[row] = to;
        }
    }
    const dca_lp_rows rows = {.struct_size = sizeof rows,
                              .n = ROWS * copies + LINKS,
                              .lower = {low, sizeof(double)},
                              .upper = {high, sizeof(double)}};
    assert_int_equal(dca__lp_add_rows(lp, &rows, NULL), DCA_OK);
    for (int k = 0; k < copies * COLUMNS; k++) {
        const int j = (k * 7) % COLUMNS;
        const int c = k / COLUMNS;
        dca_index index[ROWS + LINKS];
        double value[ROWS + LINKS];
        dca_nnz start[] = {0, 0};
        for (int i = 0; i < ROWS + LINKS; i++) {
            if (a[i][j] != 0.0) {
                index[start[1]] = i < ROWS ? c * ROWS + i : ROWS * copies + i - ROWS;
                value[start[1]++] = a[i][j];
            }
        }
        const dca_lp_columns column = {.struct_size = sizeof column,
                                       .n = 1,
                                       .cost = {&cost[j], 0},
                                       .lower = {&lower[j], 0},
                                       .upper = {&upper[j], 0},
                                       .entries = {start, index, value}};
        assert_int_equal(dca__lp_add_columns(lp, &column, NULL), DCA_OK);
    }
    dca__lp_set_offset(lp, -2.0);
    return lp;
}

static dca_lp *copies_of_block(dca_env *env, uint64_t seed, fate how)
{
    return many_copies_of_block(env, seed, how, COPIES);
}

static dca_options options_of(dca_env *env, int symmetry, int basis)
{
    dca_options options = {.env = env};
    dca__settings_init(&options.settings);
    options.settings.symmetry = symmetry;
    options.settings.basis = basis;
    return options;
}

static dca__answer solve(dca__pipeline *pipe, const dca_lp *lp, const dca_options *options)
{
    dca__answer answer;
    dca_error err = DCA_ERROR_INIT;
    const dca_status status = dca__pipeline_solve(pipe, lp, options, NULL, &answer, &err);
    if (status != DCA_OK)
        fail_msg("status %d: %s", (int)status, err.text);
    return answer;
}

static dca__answer solve_anew(dca_env *env, const dca_lp *lp, int symmetry, int basis)
{
    const dca_options options = options_of(env, symmetry, basis);
    dca__pipeline *pipe = NULL;
    assert_int_equal(dca__pipeline_new(env, &pipe), DCA_OK);
    const dca__answer answer = solve(pipe, lp, &options);
    dca__pipeline_free(pipe);
    return answer;
}

static void agree(const dca__answer *a, const dca__answer *b, int seed)
{
    if (a->outcome != b->outcome)
        fail_msg("seed %d: outcome %d, without symmetry %d", seed, (int)a->outcome,
                 (int)b->outcome);
    assert_true(a->certificate.valid && b->certificate.valid);
    if (a->outcome == DCA_OPTIMAL &&
        fabs(a->objective - b->objective) > 1e-7 * (1.0 + fabs(b->objective)))
        fail_msg("seed %d: %.12g, without symmetry %.12g", seed, a->objective, b->objective);
}

/* What is claimed holds on the LP itself: once more, from the answer's arrays. */
static void proved(dca_env *env, const dca_lp *lp, const dca__answer *answer)
{
    dca_problem view;
    double *cost = DCA_ARRAY(env, double, lp->num_columns);
    dca__lp_view(lp, cost, &view);
    dca_certificate cert = {0};
    const dca__point *point = &answer->point;
    const dca_status status =
        answer->outcome == DCA_OPTIMAL
            ? dca__verify_optimal(env, &view, point->x, point->y, NULL, NULL, &cert)
        : answer->outcome == DCA_INFEASIBLE
            ? dca__verify_farkas(env, &view, point->ray, &cert)
            : dca__verify_unbounded(env, &view, point->x, point->ray, &cert);
    assert_int_equal(status, DCA_OK);
    assert_true(cert.valid);
    dca__free(env, cost);
}

static dca_index basics(const dca__point *point)
{
    dca_index count = 0;
    for (dca_index j = 0; j < point->num_columns; j++)
        count += point->column_status[j] == DCA_BASIS_BASIC;
    for (dca_index i = 0; i < point->num_rows; i++)
        count += point->row_status[i] == DCA_BASIS_BASIC;
    return count;
}

static void with_and_without(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (int seed = 1; seed <= 60; seed++) {
        for (int how = 0; how < FATES; how++) {
            dca_lp *lp = copies_of_block(env, (uint64_t)seed, (fate)how);
            dca__answer with = solve_anew(env, lp, 1, 0);
            dca__answer without = solve_anew(env, lp, 0, 0);
            static const dca_outcome EXPECTED[] = {DCA_OPTIMAL, DCA_INFEASIBLE, DCA_UNBOUNDED};
            assert_int_equal(without.outcome, EXPECTED[how]);
            agree(&with, &without, seed);
            proved(env, lp, &with);
            assert_string_equal(with.info.note, "by symmetry");
            assert_true(with.info.presolved_columns <= 2 * COLUMNS);
            assert_false(with.point.has_basis);
            if (how == FEASIBLE) {
                dca__answer vertex = solve_anew(env, lp, 1, 1);
                agree(&vertex, &without, seed);
                assert_true(vertex.point.has_basis);
                assert_int_equal(basics(&vertex.point), lp->num_rows);
                assert_string_equal(vertex.info.note, "by symmetry, then to a basis");
                dca__answer_free(env, &vertex);
            }
            dca__answer_free(env, &with);
            dca__answer_free(env, &without);
            dca__lp_release(lp);
        }
    }
    account_close(&book, env);
}

/* Maximising the negated costs gives the negated value, and c = A'y + d in that sense. */
static void maximised(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (int seed = 1; seed <= 10; seed++) {
        dca_lp *lp = copies_of_block(env, (uint64_t)seed, FEASIBLE);
        dca__answer least = solve_anew(env, lp, 1, 0);
        for (dca_index j = 0; j < lp->num_columns; j++)
            dca__lp_set_cost(lp, j, -lp->cost[j]);
        dca__lp_set_offset(lp, -lp->offset);
        dca__lp_set_sense(lp, DCA_MAXIMISE);
        dca__answer most = solve_anew(env, lp, 1, 0);
        assert_int_equal(most.outcome, DCA_OPTIMAL);
        assert_string_equal(most.info.note, "by symmetry");
        assert_true(fabs(most.objective + least.objective) <= 1e-9 * (1.0 + fabs(least.objective)));
        for (dca_index j = 0; j < lp->num_columns; j++) {
            double d = lp->cost[j];
            for (dca_nnz e = lp->start[j]; e < lp->start[j] + lp->length[j]; e++)
                d -= lp->value[e] * most.point.y[lp->index[e]];
            assert_true(fabs(d - most.point.d[j]) <= 1e-9);
        }
        dca__answer_free(env, &least);
        dca__answer_free(env, &most);
        dca__lp_release(lp);
    }
    account_close(&book, env);
}

/* The same solver through edits: one copy changes and most symmetry stays; all change and none does, so
 * that the solve starts from the lifted statuses; from then on it is hot. With a basis it is hot at once. */
static void edits(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (int seed = 1; seed <= 40; seed++) {
        dca_lp *lp = copies_of_block(env, (uint64_t)seed, FEASIBLE);
        dca__pipeline *pipe[2];
        dca_options options[2];
        for (int k = 0; k < 2; k++) {
            options[k] = options_of(env, 1, k);
            assert_int_equal(dca__pipeline_new(env, &pipe[k]), DCA_OK);
        }
        for (int step = 0; step < 4; step++) {
            dice d = {(uint64_t)seed * 100 + (uint64_t)step};
            for (dca_index j = 0; step >= 2 && j < lp->num_columns; j++)
                dca__lp_set_cost(lp, j, lp->cost[j] + dice_unit(&d));
            if (step == 1)
                dca__lp_set_column_bounds(lp, 4, lp->lower[4] - 0.5, lp->upper[4] + 0.5);
            dca__answer without = solve_anew(env, lp, 0, 0);
            for (int k = 0; k < 2; k++) {
                dca__answer with = solve(pipe[k], lp, &options[k]);
                agree(&with, &without, seed);
                proved(env, lp, &with);
                const bool folded = k == 0 && step < 2;
                assert_int_equal(with.point.has_basis, !folded);
                assert_int_equal(with.info.warm, k == 0 ? step >= 2 : step >= 1);
                dca__answer_free(env, &with);
            }
            dca__answer_free(env, &without);
        }
        dca__pipeline_free(pipe[0]);
        dca__pipeline_free(pipe[1]);
        dca__lp_release(lp);
    }
    account_close(&book, env);
}

/* Wherever a work limit strikes, what comes back is a limit or a proof. */
static void limits(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (int basis = 0; basis < 2; basis++) {
        dca_lp *lp = many_copies_of_block(env, 5, FEASIBLE, MANY_COPIES);
        dca__answer whole = solve_anew(env, lp, 1, basis);
        const int64_t work = whole.info.work;
        dca__answer_free(env, &whole);
        int stopped = 0;
        int optimal = 0;
        for (int64_t limit = 1; limit < 2 * work; limit += 1 + work / 20) {
            dca_options options = options_of(env, 1, basis);
            options.settings.work_limit = limit;
            dca__pipeline *pipe = NULL;
            assert_int_equal(dca__pipeline_new(env, &pipe), DCA_OK);
            dca__answer answer = solve(pipe, lp, &options);
            stopped += answer.outcome == DCA_WORK_LIMIT;
            optimal += answer.outcome == DCA_OPTIMAL;
            assert_true(answer.outcome == DCA_WORK_LIMIT || answer.outcome == DCA_OPTIMAL);
            if (answer.outcome == DCA_OPTIMAL)
                proved(env, lp, &answer);
            dca__answer_free(env, &answer);
            dca__pipeline_free(pipe);
        }
        assert_true(stopped > 5 && optimal > 0);
        dca__lp_release(lp);
    }
    account_close(&book, env);
}

static void every_allocation_fails_in_turn(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (int how = 0; how < FATES; how++) {
        dca_lp *lp = copies_of_block(env, 3, (fate)how);
        const dca_options options = options_of(env, 1, 1);
        dca_status status = DCA_E_NOMEM;
        long k = 0;
        for (; status != DCA_OK; k++) {
            dca__pipeline *pipe = NULL;
            assert_int_equal(dca__pipeline_new(env, &pipe), DCA_OK);
            dca__answer answer;
            book.requests = 0;
            book.refuse_at = k + 1;
            status = dca__pipeline_solve(pipe, lp, &options, NULL, &answer, NULL);
            book.refuse_at = 0;
            assert_true(status == DCA_OK || status == DCA_E_NOMEM);
            if (status == DCA_E_NOMEM) { /* and works when there is memory again */
                assert_int_equal(dca__pipeline_solve(pipe, lp, &options, NULL, &answer, NULL),
                                 DCA_OK);
            }
            assert_true(answer.certificate.valid);
            dca__answer_free(env, &answer);
            dca__pipeline_free(pipe);
        }
        assert_true(k > 100);
        dca__lp_release(lp);
    }
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_and_without),
        cmocka_unit_test(maximised),
        cmocka_unit_test(edits),
        cmocka_unit_test(limits),
        cmocka_unit_test(every_allocation_fails_in_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
