/* Every loop stops when told: at whatever entry of work a limit or a cancel strikes, the call is over
 * within a bounded number of entries more, with a point, its residuals and a true bound; and the same
 * pipeline then solves to the end. What is not counted as work, loading, is counted here by a backend. */
#include "account.h"
#include "base/opt.h"
#include "check.h"
#include "lp/problem.h"
#include "lp/verify.h"
#include "solve/solve.h"

/* ---- A transport LP, with rows and columns that presolve takes ------------------- */

enum { SOURCES = 30, SINKS = 40, ROWS = SOURCES + SINKS + 10, COLUMNS = SOURCES * SINKS };

static dca_lp *transport(dca_env *env, uint64_t seed)
{
    dice d = {seed * 1000003u};
    dca_lp *lp = NULL;
    assert_int_equal(dca__lp_new(env, &lp), DCA_OK);
    static double low[ROWS], high[ROWS], cost[COLUMNS], most[COLUMNS];
    static dca_nnz start[COLUMNS + 1];
    static dca_index index[3 * COLUMNS];
    static double value[3 * COLUMNS];
    for (int i = 0; i < ROWS; i++) {
        low[i] = i < SOURCES           ? -INFINITY
                 : i < SOURCES + SINKS ? 3.0 + dice_below(&d, 9)
                                       : -INFINITY;
        high[i] = i < SOURCES ? 14.0 + dice_below(&d, 9) : INFINITY;
    }
    dca_nnz used = 0;
    for (int j = 0; j < COLUMNS; j++) {
        start[j] = used;
        cost[j] = 1.0 + dice_unit(&d);
        most[j] = j % 7 == 0 ? 0.0 : INFINITY;
        const int rows[] = {j / SINKS, SOURCES + j % SINKS, SOURCES + SINKS + j % 10};
        for (int k = 0; k < 3; k++) {
            index[used] = rows[k];
            value[used++] = 1.0;
        }
    }
    start[COLUMNS] = used;
    dca_lp_rows rows = {.struct_size = sizeof rows, .n = ROWS};
    rows.lower = (dca_doubles){low, sizeof *low};
    rows.upper = (dca_doubles){high, sizeof *high};
    assert_int_equal(dca__lp_add_rows(lp, &rows, NULL), DCA_OK);
    const dca_lp_columns columns = {.struct_size = sizeof columns,
                                    .n = COLUMNS,
                                    .cost = {cost, sizeof *cost},
                                    .upper = {most, sizeof *most},
                                    .entries = {start, index, value}};
    assert_int_equal(dca__lp_add_columns(lp, &columns, NULL), DCA_OK);
    return lp;
}

/* ---- A backend that counts ---------------------------------------------------------------------------- */

static int loads, solves, solves_to_fail;

static dca_status counting_load(void *state, const dca_problem *problem)
{
    loads++;
    return dca__native_backend()->load(state, problem);
}

static dca_status counting_solve(void *state, const dca_options *options, dca_control *control,
                                 dca_backend_report *report)
{
    solves++;
    if (solves_to_fail > 0) {
        solves_to_fail--;
        return DCA_E_STATE;
    }
    return dca__native_backend()->solve(state, options, control, report);
}

typedef struct bench {
    account book;
    dca_env *env;
    dca_lp *lp;
    dca_backend backend;
    dca_options options;
    dca__pipeline *pipe;
    dca_control *control;
    double value; /* of the optimum */
} bench;

static void set_up(bench *b)
{
    b->book = (account){0};
    b->env = account_env(&b->book, 0);
    b->lp = transport(b->env, 11);
    b->options = (dca_options){.env = b->env};
    dca__settings_init(&b->options.settings);
    b->backend = *dca__native_backend();
    b->backend.load = counting_load;
    b->backend.solve = counting_solve;
    assert_int_equal(dca__control_new(b->env, &b->control), DCA_OK);
    loads = solves = solves_to_fail = 0;
}

static void new_pipe(bench *b)
{
    assert_int_equal(dca__pipeline_new(b->env, &b->pipe), DCA_OK);
    assert_int_equal(dca__pipeline_set_backend(b->pipe, &b->backend), DCA_OK);
}

static dca__answer solve(bench *b, dca_control *control)
{
    dca__answer answer;
    assert_int_equal(dca__pipeline_solve(b->pipe, b->lp, &b->options, control, &answer, NULL),
                     DCA_OK);
    return answer;
}

static void tear_down(bench *b)
{
    dca__control_free(b->control);
    dca__lp_release(b->lp);
    account_close(&b->book, b->env);
}

/* The pipeline still solves to the end. */
static void goes_on(bench *b)
{
    dca__answer answer = solve(b, NULL);
    assert_int_equal(answer.outcome, DCA_OPTIMAL);
    if (b->value == 0.0)
        b->value = answer.objective;
    assert_true(fabs(answer.objective - b->value) <= 1e-9 * b->value);
    dca__answer_free(b->env, &answer);
}

/* A point with its residuals, and a bound that is one. */
static void has_what_there_is(const bench *b, const dca__answer *answer)
{
    assert_true(answer->point.has_point);
    assert_true(isfinite(answer->objective));
    assert_true(isfinite(answer->certificate.primal_violation));
    assert_true(answer->certificate.dual_bound <= b->value * (1.0 + 1e-9));
}

/* ---- Tests -------------------------------------------------------------------------------------------- */

/* Nothing is loaded or solved for a call that is over before it begins, cold or from a basis. */
static void cancelled_before(void **state)
{
    (void)state;
    bench b = {.value = 0.0};
    set_up(&b);
    new_pipe(&b);
    goes_on(&b);
    dca__pipeline_free(b.pipe);
    for (int presolve = 0; presolve < 2; presolve++) {
        b.options.settings.presolve = presolve;
        new_pipe(&b);
        for (int warm = 0; warm < 2; warm++) { /* the second time there is a basis to load with */
            if (warm == 1)
                assert_int_equal(dca__pipeline_set_backend(b.pipe, &b.backend), DCA_OK);
            dca__control_cancel(b.control);
            loads = solves = 0;
            dca__answer answer = solve(&b, b.control);
            assert_int_equal(loads, 0);
            assert_int_equal(solves, 0);
            assert_int_equal(answer.outcome, DCA_INTERRUPTED);
            assert_int_equal(answer.info.work, 0);
            assert_int_equal(answer.point.has_basis, 1);
            has_what_there_is(&b, &answer);
            dca__answer_free(b.env, &answer);
            dca__control_reset(b.control);
            goes_on(&b);
        }
        dca__pipeline_free(b.pipe);
    }
    tear_down(&b);
}

/* A stop that strikes in symmetry or presolve is seen before the load. */
static void stopped_before_the_load(void **state)
{
    (void)state;
    bench b = {.value = 0.0};
    set_up(&b);
    new_pipe(&b);
    goes_on(&b);
    dca__pipeline_free(b.pipe);
    int unloaded = 0;
    b.options.settings.method = DCA__METHOD_DUAL;
    for (int64_t limit = 1; limit < 200000; limit += limit / 2 + 1000) {
        new_pipe(&b);
        loads = 0;
        b.options.settings.work_limit = limit;
        dca__answer answer = solve(&b, NULL);
        assert_true(answer.outcome == DCA_WORK_LIMIT || answer.outcome == DCA_OPTIMAL);
        if (loads == 0) {
            assert_int_equal(answer.outcome, DCA_WORK_LIMIT);
            unloaded++;
        }
        dca__answer_free(b.env, &answer);
        b.options.settings.work_limit = 0;
        goes_on(&b);
        dca__pipeline_free(b.pipe);
    }
    assert_true(unloaded >= 2);
    tear_down(&b);
}

/* At any entry of work: over within so many more. */
static void bounded_work_after_a_limit(void **state)
{
    (void)state;
    bench b = {.value = 0.0};
    set_up(&b);
    new_pipe(&b);
    goes_on(&b);
    dca__pipeline_free(b.pipe);
    const int64_t most = 40000 + 20 * (int64_t)(3 * COLUMNS + ROWS + COLUMNS);
    for (int way = 0; way < 4; way++) {
        b.options.settings.presolve = way % 2;
        b.options.settings.method = way < 2 ? DCA__METHOD_DUAL : DCA__METHOD_PRIMAL;
        for (int64_t limit = 1000; limit < 4000000; limit += limit / 4) {
            new_pipe(&b);
            b.options.settings.work_limit = limit;
            dca__answer answer = solve(&b, NULL);
            if (answer.outcome != DCA_OPTIMAL) {
                assert_int_equal(answer.outcome, DCA_WORK_LIMIT);
                if (answer.info.work > limit + most)
                    fail_msg("way %d: %lld after a limit of %lld", way, (long long)answer.info.work,
                             (long long)limit);
                has_what_there_is(&b, &answer);
            }
            dca__answer_free(b.env, &answer);
            b.options.settings.work_limit = 0;
            if (limit % 5 == 0)
                goes_on(&b);
            dca__pipeline_free(b.pipe);
        }
    }
    tear_down(&b);
}

static int calls_left;

static int32_t cancel_at_last(void *user, const dca_progress *progress)
{
    (void)user;
    (void)progress;
    return --calls_left <= 0;
}

/* Cancelled at the k-th look of the simplex: one pivot more at most. */
static void cancelled_after_so_many_polls(void **state)
{
    (void)state;
    bench b = {.value = 0.0};
    set_up(&b);
    new_pipe(&b);
    goes_on(&b);
    dca__pipeline_free(b.pipe);
    dca__control_set_progress(b.control, NULL, cancel_at_last, 0.0);
    int struck = 0;
    for (int way = 0; way < 4; way++) {
        b.options.settings.presolve = way % 2;
        b.options.settings.method = way < 2 ? DCA__METHOD_DUAL : DCA__METHOD_PRIMAL;
        for (int k = 1; k < 60; k += 1 + k / 3) {
            new_pipe(&b);
            calls_left = k;
            dca__answer answer = solve(&b, b.control);
            if (answer.outcome == DCA_INTERRUPTED)
                struck++;
            else
                assert_int_equal(answer.outcome, DCA_OPTIMAL); /* it was there already, or never */
            assert_true(answer.info.iterations <= k);
            has_what_there_is(&b, &answer);
            dca__answer_free(b.env, &answer);
            dca__control_reset(b.control);
            goes_on(&b);
            dca__pipeline_free(b.pipe);
        }
    }
    assert_true(struck >= 20);
    tear_down(&b);
}

/* A solve that failed may have left the backend anywhere: the next call loads anew. */
static void loads_anew_after_a_failure(void **state)
{
    (void)state;
    bench b = {.value = 0.0};
    set_up(&b);
    for (int presolve = 0; presolve < 2; presolve++) {
        b.options.settings.presolve = presolve;
        new_pipe(&b);
        goes_on(&b);
        goes_on(&b); /* loaded now, whatever presolve did */
        loads = 0;
        goes_on(&b);
        assert_int_equal(loads, 0);
        solves_to_fail = 1;
        dca__answer answer;
        assert_int_equal(dca__pipeline_solve(b.pipe, b.lp, &b.options, NULL, &answer, NULL),
                         DCA_E_STATE);
        assert_int_equal(loads, 0);
        goes_on(&b);
        assert_int_equal(loads, 1);
        dca__pipeline_free(b.pipe);
    }
    tear_down(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cancelled_before),
        cmocka_unit_test(stopped_before_the_load),
        cmocka_unit_test(bounded_work_after_a_limit),
        cmocka_unit_test(cancelled_after_so_many_polls),
        cmocka_unit_test(loads_anew_after_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
