/* test_limit.c - what stops a solve: cancel, work, clock, the progress callback. */
#include "account.h"
#include "base/limit.h"

#include <math.h>

typedef struct fixture {
    account book;
    dca_env *env;
    dca_control *control;
} fixture;

static void begin(fixture *f)
{
    memset(f, 0, sizeof *f);
    f->env = account_env(&f->book, 0);
    assert_int_equal(dca__control_new(f->env, &f->control), DCA_OK);
}

static void end(fixture *f)
{
    dca__control_free(f->control);
    dca__control_free(NULL);
    account_close(&f->book, f->env);
}

static void test_nothing_stops(void **state)
{
    (void)state;
    fixture f;
    begin(&f);
    for (int k = 0; k < 100; k++) {
        assert_int_equal(dca__control_poll(f.control, 1000000), DCA__GO);
        assert_int_equal(dca__control_poll(NULL, 1000000), DCA__GO);
    }
    end(&f);
}

static void test_cancel_is_sticky(void **state)
{
    (void)state;
    fixture f;
    begin(&f);
    dca__control_cancel(f.control);
    assert_int_equal(dca__control_poll(f.control, 0), DCA__STOP_CANCEL);
    assert_int_equal(dca__control_poll(f.control, 1), DCA__STOP_CANCEL);
    dca__control_reset(f.control);
    assert_int_equal(dca__control_poll(f.control, 1), DCA__GO);
    end(&f);
}

/* The limit is how much may be touched: one entry more stops, however it was counted. */
static void test_work_limit(void **state)
{
    (void)state;
    for (int64_t chunk = 1; chunk <= 1000; chunk *= 10) {
        fixture f;
        begin(&f);
        dca__control_set_work_limit(f.control, 1000);
        for (int64_t done = 0; done < 1000; done += chunk)
            assert_int_equal(dca__control_poll(f.control, chunk), DCA__GO);
        assert_int_equal(dca__control_poll(f.control, 1), DCA__STOP_WORK);
        dca__control_set_work_limit(f.control, 5); /* from here on */
        assert_int_equal(dca__control_poll(f.control, 5), DCA__GO);
        assert_int_equal(dca__control_poll(f.control, 1), DCA__STOP_WORK);
        dca__control_set_work_limit(f.control, 0); /* none */
        assert_int_equal(dca__control_poll(f.control, 1000000000), DCA__GO);
        dca__control_set_work_limit(f.control, INT64_MAX);
        assert_int_equal(dca__control_poll(f.control, 1000000000), DCA__GO);
        end(&f);
    }
}

static void test_deadline(void **state)
{
    (void)state;
    fixture f;
    begin(&f);
    dca__control_set_deadline(f.control, 0.0);
    assert_int_equal(dca__control_poll(f.control, 1), DCA__STOP_TIME);
    assert_int_equal(dca__control_poll(f.control, 1), DCA__STOP_TIME); /* and stays past */
    dca__control_set_deadline(f.control, 3600.0);
    assert_int_equal(dca__control_poll(f.control, 1000000), DCA__GO);
    dca__control_set_deadline(f.control, INFINITY);
    assert_int_equal(dca__control_poll(f.control, 1000000), DCA__GO);
    const double start = dca__seconds();
    dca__control_set_deadline(f.control, 0.02);
    while (dca__control_poll(f.control, 1000) == DCA__GO)
        assert_true(dca__seconds() < start + 10.0);
    assert_true(dca__seconds() >= start + 0.02);
    end(&f);
}

typedef struct seen {
    int calls;
    int stop_at;
    int64_t iteration;
} seen;

static int32_t watch(void *user, const dca_progress *progress)
{
    seen *s = user;
    s->calls++;
    s->iteration = progress->iteration;
    return s->calls == s->stop_at;
}

static void test_progress(void **state)
{
    (void)state;
    fixture f;
    begin(&f);
    seen s = {0, 3, 0};
    dca__control_set_progress(f.control, &s, watch, 0.0);
    dca_progress progress = {.struct_size = sizeof progress, .iteration = 41};
    assert_int_equal(dca__control_progress(f.control, 1, &progress), DCA__GO);
    assert_int_equal(dca__control_progress(f.control, 1, &progress), DCA__GO);
    assert_int_equal(s.iteration, 41);
    assert_int_equal(dca__control_progress(f.control, 1, &progress), DCA__STOP_CANCEL);
    assert_int_equal(dca__control_progress(f.control, 1, &progress), DCA__STOP_CANCEL);
    assert_int_equal(s.calls, 3); /* a stopped solve is not shown again */
    dca__control_reset(f.control);
    dca__control_set_progress(f.control, &s, watch, 3600.0);
    for (int k = 0; k < 1000; k++)
        assert_int_equal(dca__control_progress(f.control, 1, &progress), DCA__GO);
    assert_int_equal(s.calls, 3); /* nor before the interval is over */
    assert_int_equal(dca__control_progress(NULL, 1, &progress), DCA__GO);
    end(&f);
}

static void test_outcomes(void **state)
{
    (void)state;
    assert_int_equal(dca__stop_outcome(DCA__GO), DCA_UNSOLVED);
    assert_int_equal(dca__stop_outcome(DCA__STOP_TIME), DCA_TIME_LIMIT);
    assert_int_equal(dca__stop_outcome(DCA__STOP_WORK), DCA_WORK_LIMIT);
    assert_int_equal(dca__stop_outcome(DCA__STOP_CANCEL), DCA_INTERRUPTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_stops), cmocka_unit_test(test_cancel_is_sticky),
        cmocka_unit_test(test_work_limit),    cmocka_unit_test(test_deadline),
        cmocka_unit_test(test_progress),      cmocka_unit_test(test_outcomes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
