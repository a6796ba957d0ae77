/* Limits and cancelling: the call ends with that outcome, and the same solver then solves to the end. The
 * LP takes some hundred pivots by any method: backends may look at limits in slices. */
#include "conform.h"

typedef struct bench {
    dca_lp *lp;
    dca_solver *solver;
    dca_control *control;
    double value;
} bench;

static bench set_up(fixture *f)
{
    bench b = {.lp = transport(f, 21, 50, 60, 10000, false)};
    b.value = cold_value(f, b.lp);
    b.solver = solver_of(f, b.lp);
    assert_int_equal(dca_control_new(f->env, &b.control), DCA_OK);
    return b;
}

/* Ends by a limit, then without one. */
static void stops(bench *b, dca_outcome expected)
{
    dca_result *result = NULL;
    assert_int_equal(dca_solver_solve(b->solver, b->control, &result), DCA_OK);
    if (dca_result_outcome(result) != expected)
        fail_msg("%s, expected %s", dca_outcome_name(dca_result_outcome(result)),
                 dca_outcome_name(expected));
    dca_result_free(result);
}

static void tear_down(bench *b)
{
    dca_control_free(b->control);
    dca_solver_free(b->solver);
    dca_lp_free(b->lp);
}

static void goes_on(bench *b)
{
    assert_close(solved(b->solver, b->lp, DCA_OPTIMAL), b->value, 1e-9);
    tear_down(b);
}

static void iterations(fixture *f)
{
    option(f, "limits.iterations", "20");
    bench b = set_up(f);
    dca_result *result = NULL;
    for (int round = 0; round < 2; round++) {
        assert_int_equal(dca_solver_solve(b.solver, NULL, &result), DCA_OK);
        assert_int_equal(dca_result_outcome(result), DCA_WORK_LIMIT);
        assert_int_equal(iterations_of(result), 20);
        dca_result_free(result);
    }
    option(f, "limits.iterations", "0");
    assert_int_equal(dca_solver_set_options(b.solver, f->options), DCA_OK);
    goes_on(&b);
}

static void work_option(fixture *f)
{
    option(f, "limits.work", "2000");
    bench b = set_up(f);
    stops(&b, DCA_WORK_LIMIT);
    option(f, "limits.work", "0");
    assert_int_equal(dca_solver_set_options(b.solver, f->options), DCA_OK);
    goes_on(&b);
}

static void work_control(fixture *f)
{
    bench b = set_up(f);
    option(f, "presolve", "off");
    assert_int_equal(dca_solver_set_options(b.solver, f->options), DCA_OK);
    assert_int_equal(dca_control_set_work_limit(b.control, 1), DCA_OK);
    stops(&b, DCA_WORK_LIMIT);
    assert_int_equal(dca_control_set_work_limit(b.control, 0), DCA_OK);
    dca_result *result = NULL; /* the same control, at large again */
    assert_int_equal(dca_solver_solve(b.solver, b.control, &result), DCA_OK);
    assert_int_equal(dca_result_outcome(result), DCA_OPTIMAL);
    dca_result_free(result);
    goes_on(&b);
}

/* Backends may look at limits in slices: no more than 300 pivots late, here. The same every time. */
static void work_is_bounded(fixture *f)
{
    enum { LIMIT = 20000, LATE = 300 };
    bench b = set_up(f);
    option(f, "presolve", "off");
    int64_t first = 0;
    for (int round = 0; round < 2; round++) {
        dca_solver *solver = solver_of(f, b.lp);
        assert_int_equal(dca_control_set_work_limit(b.control, LIMIT), DCA_OK);
        dca_result *result = NULL;
        assert_int_equal(dca_solver_solve(solver, b.control, &result), DCA_OK);
        dca_solve_info info = {.struct_size = sizeof info};
        assert_int_equal(dca_result_info(result, &info), DCA_OK);
        assert_true(info.work <= LIMIT + info.entries + LATE * (int64_t)(info.rows + info.columns));
        assert_true(dca_result_outcome(result) == DCA_WORK_LIMIT ||
                    (dca_result_outcome(result) == DCA_OPTIMAL && info.iterations <= LATE));
        assert_true(round == 0 || info.work == first);
        first = info.work;
        dca_result_free(result);
        dca_solver_free(solver);
    }
    goes_on(&b);
}

static void no_time(fixture *f)
{
    bench b = set_up(f);
    assert_int_equal(dca_control_set_deadline(b.control, 0.0), DCA_OK);
    stops(&b, DCA_TIME_LIMIT);
    stops(&b, DCA_TIME_LIMIT);
    goes_on(&b);
}

static void no_time_by_option(fixture *f)
{
    option(f, "limits.time", "0");
    bench b = set_up(f);
    dca_result *result = NULL;
    assert_int_equal(dca_solver_solve(b.solver, NULL, &result), DCA_OK);
    assert_int_equal(dca_result_outcome(result), DCA_TIME_LIMIT);
    dca_result_free(result);
    option(f, "limits.time", "inf");
    assert_int_equal(dca_solver_set_options(b.solver, f->options), DCA_OK);
    goes_on(&b);
}

/* Less than a slice takes: the option alone ends it. */
static void little_time_by_option(fixture *f)
{
    option(f, "limits.time", "1e-4");
    option(f, "presolve", "off");
    bench b = set_up(f);
    for (int round = 0; round < 3; round++) {
        dca_result *result = NULL;
        assert_int_equal(dca_solver_solve(b.solver, NULL, &result), DCA_OK);
        assert_true(dca_result_outcome(result) == DCA_TIME_LIMIT ||
                    dca_result_outcome(result) == DCA_OPTIMAL); /* a machine may be fast */
        dca_result_free(result);
    }
    option(f, "limits.time", "inf");
    assert_int_equal(dca_solver_set_options(b.solver, f->options), DCA_OK);
    goes_on(&b);
}

static void cancelled_before(fixture *f)
{
    bench b = set_up(f);
    dca_control_cancel(b.control);
    stops(&b, DCA_INTERRUPTED);
    stops(&b, DCA_INTERRUPTED);
    dca_control_reset(b.control);
    goes_on(&b);
}

typedef struct watcher {
    int calls, cancel_at;
    int64_t last;
} watcher;

static int32_t watch(void *user, const dca_progress *progress)
{
    watcher *w = user;
    assert_true(progress->struct_size >= sizeof *progress);
    assert_true(progress->iteration >= 0 && progress->work >= 0);
    w->last = progress->iteration;
    return ++w->calls == w->cancel_at;
}

static void cancelled_by_progress(fixture *f)
{
    bench b = set_up(f);
    option(f, "presolve", "off");
    assert_int_equal(dca_solver_set_options(b.solver, f->options), DCA_OK);
    watcher w = {.cancel_at = 1};
    assert_int_equal(dca_control_set_progress(b.control, watch, &w, 0.0), DCA_OK);
    stops(&b, DCA_INTERRUPTED);
    assert_int_equal(w.calls, 1);
    dca_control_reset(b.control);
    w = (watcher){.cancel_at = 0}; /* only watch */
    dca_result *result = NULL;
    assert_int_equal(dca_solver_solve(b.solver, b.control, &result), DCA_OK);
    assert_int_equal(dca_result_outcome(result), DCA_OPTIMAL);
    assert_true(w.calls >= 1 && w.last <= iterations_of(result));
    dca_result_free(result);
    goes_on(&b);
}

/* A stop hands over what there is: a basis, from which the next solve goes on. */
static void a_stop_has_a_basis(fixture *f)
{
    option(f, "limits.iterations", "30");
    option(f, "presolve", "off");
    bench b = set_up(f);
    dca_result *result = NULL;
    assert_int_equal(dca_solver_solve(b.solver, NULL, &result), DCA_OK);
    uint8_t *columns = calloc(3000, 1);
    uint8_t *rows = calloc(110, 1);
    assert_int_equal(dca_result_get_basis(result, columns, rows), DCA_OK);
    dca_index basic = 0;
    for (int j = 0; j < 3000; j++)
        basic += columns[j] == DCA_BASIS_BASIC;
    for (int i = 0; i < 110; i++)
        basic += rows[i] == DCA_BASIS_BASIC;
    assert_int_equal(basic, 110);
    free(columns);
    free(rows);
    dca_result_free(result);
    option(f, "limits.iterations", "0");
    assert_int_equal(dca_solver_set_options(b.solver, f->options), DCA_OK);
    goes_on(&b);
}

static const conform_case CASES[] = {
    {"iterations", iterations, 0, false},
    {"work, by option", work_option, 0, false},
    {"work, by control", work_control, 0, false},
    {"work is overdrawn by a slice at most", work_is_bounded, 0, false},
    {"no time", no_time, 0, false},
    {"no time, by option", no_time_by_option, 0, false},
    {"little time, by option", little_time_by_option, 0, false},
    {"cancelled before", cancelled_before, 0, false},
    {"cancelled by progress", cancelled_by_progress, 0, false},
    {"a stop has a basis", a_stop_has_a_basis, DCA_BACKEND_BASIS, false},
};
CONFORM_MAIN(CASES)
