/* limit.c - cancel flag, deadline, work limit, progress. */
#include "base/limit.h"

#include "base/alloc.h"
#include "base/env.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

enum { CLOCK_WORK = 100000 }; /* Entries between two looks at the clock: about 0.1 ms. */

struct dca_control {
    dca_env *env;
    atomic_int cancelled;
    double deadline; /* on dca__seconds(); INFINITY: none */
    int64_t work;
    int64_t work_limit; /* INT64_MAX: none */
    int64_t next_look;  /* work count at which the clock is read */
    void *user;
    int32_t (*callback)(void *user, const dca_progress *progress);
    double interval;
    double next_call;
};

double dca__seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

dca_status dca__control_new(dca_env *env, dca_control **out)
{
    dca_control *control = DCA_NEW(env, dca_control);
    if (control == NULL) {
        return DCA_E_NOMEM;
    }
    control->env = dca__env_retain(env);
    atomic_init(&control->cancelled, 0);
    control->deadline = INFINITY;
    control->work_limit = INT64_MAX;
    *out = control;
    return DCA_OK;
}

void dca__control_free(dca_control *control)
{
    if (control != NULL) {
        dca_env *env = control->env;
        dca__free(env, control);
        dca__env_release(env);
    }
}

void dca__control_cancel(dca_control *control)
{
    atomic_store(&control->cancelled, 1);
}

void dca__control_reset(dca_control *control)
{
    atomic_store(&control->cancelled, 0);
    control->work_limit =
        control->work_limit == INT64_MAX ? INT64_MAX : control->work_limit - control->work;
    control->work = 0;
    control->next_look = 0;
}

void dca__control_set_deadline(dca_control *control, double seconds)
{
    control->deadline = dca__seconds() + seconds;
    control->next_look = control->work;
}

void dca__control_set_work_limit(dca_control *control, int64_t work)
{
    control->work_limit =
        work <= 0 || work > INT64_MAX - control->work ? INT64_MAX : control->work + work;
}

void dca__control_set_progress(dca_control *control, void *user,
                               int32_t (*callback)(void *user, const dca_progress *progress),
                               double interval)
{
    control->user = user;
    control->callback = callback;
    control->interval = interval;
    control->next_call = dca__seconds() + interval;
}

void dca__control_narrow(dca_control *control, double seconds, int64_t work,
                         dca__limits_before *before)
{
    before->deadline = control->deadline;
    before->work_limit = control->work_limit;
    if (seconds < INFINITY) {
        const double deadline = dca__seconds() + seconds;
        control->deadline = deadline < control->deadline ? deadline : control->deadline;
        control->next_look = control->work;
    }
    if (work > 0 && work < control->work_limit - control->work) {
        control->work_limit = control->work + work;
    }
}

void dca__control_widen(dca_control *control, const dca__limits_before *before)
{
    control->deadline = before->deadline;
    control->work_limit = before->work_limit;
}

dca__stop dca__control_poll(dca_control *control, int64_t work)
{
    if (control == NULL) {
        return DCA__GO;
    }
    control->work += work;
    if (atomic_load_explicit(&control->cancelled, memory_order_relaxed)) {
        return DCA__STOP_CANCEL;
    }
    if (control->work > control->work_limit) {
        return DCA__STOP_WORK;
    }
    if (control->work >= control->next_look && control->deadline < INFINITY) {
        control->next_look = control->work + CLOCK_WORK;
        if (dca__seconds() >= control->deadline) {
            control->next_look = control->work;
            return DCA__STOP_TIME;
        }
    }
    return DCA__GO;
}

dca__stop dca__control_progress(dca_control *control, int64_t work, const dca_progress *progress)
{
    const dca__stop stop = dca__control_poll(control, work);
    if (control == NULL || control->callback == NULL || stop != DCA__GO) {
        return stop;
    }
    const double now = dca__seconds();
    if (now >= control->next_call) {
        control->next_call = now + control->interval;
        if (control->callback(control->user, progress) != 0) {
            dca__control_cancel(control);
            return DCA__STOP_CANCEL;
        }
    }
    return stop;
}

dca_outcome dca__stop_outcome(dca__stop stop)
{
    return stop == DCA__STOP_TIME   ? DCA_TIME_LIMIT
           : stop == DCA__STOP_WORK ? DCA_WORK_LIMIT
           : stop == DCA__GO        ? DCA_UNSOLVED
                                    : DCA_INTERRUPTED;
}
