/* symmetry.c - the driver, and the way back. */
#include "lp/symmetry_state.h"

#include "base/alloc.h"
#include "base/env.h"

enum { POLL_WORK = 20000 };

bool dca__symmetry_poll(dca__symmetry *s, int64_t work)
{
    s->work += work;
    if (s->work - s->polled >= POLL_WORK) {
        s->stop = dca__control_poll(s->control, s->work - s->polled);
        s->polled = s->work;
    }
    return s->stop != DCA__GO;
}

static dca_status set_up(dca__symmetry *s)
{
    const dca_problem *o = s->original;
    s->rows.count = o->num_rows;
    s->columns.count = o->num_columns;
    for (dca_index j = 0; j < o->num_columns; j++) {
        s->entries += o->length[j];
    }
    s->limit = ((int64_t)o->num_rows + o->num_columns) / DCA__SYMMETRY_FACTOR;
    s->rows.of = DCA_ARRAY(s->env, dca_index, o->num_rows);
    s->columns.of = DCA_ARRAY(s->env, dca_index, o->num_columns);
    return s->rows.of == NULL || s->columns.of == NULL ? DCA_E_NOMEM : DCA_OK;
}

static dca_status make_room_for_rows(dca__symmetry *s)
{
    s->row_start = DCA_ARRAY(s->env, dca_nnz, (dca_nnz)s->rows.count + 1);
    s->row_index = DCA_ARRAY(s->env, dca_index, s->entries);
    s->row_value = DCA_ARRAY(s->env, double, s->entries);
    return s->row_start == NULL || s->row_index == NULL || s->row_value == NULL ? DCA_E_NOMEM
                                                                                : DCA_OK;
}

static bool goes_on(const dca__symmetry *s)
{
    return s->stop == DCA__GO && dca__symmetry_pays(s);
}

static dca_status reduce(dca__symmetry *s, bool *reduced)
{
    bool stable = false;
    *reduced = false;
    dca_status status = dca__symmetry_screen(s, &stable);
    if (status == DCA_OK && goes_on(s)) {
        status = make_room_for_rows(s);
        if (status == DCA_OK && !stable) {
            status = dca__symmetry_refine(s);
        }
        if (status == DCA_OK && goes_on(s)) {
            status = dca__symmetry_build(s, reduced);
        }
    }
    return status;
}

dca_status dca__symmetry_new(dca_env *env, const dca_problem *problem, dca_control *control,
                             dca__symmetry **out, dca__symmetry_verdict *verdict)
{
    dca__symmetry *s = DCA_NEW(env, dca__symmetry);
    if (s == NULL) {
        return DCA_E_NOMEM;
    }
    s->env = dca__env_retain(env);
    s->original = problem;
    s->control = control;
    bool reduced = false;
    dca_status status = set_up(s);
    if (status == DCA_OK) {
        status = reduce(s, &reduced);
        (void)dca__control_poll(control, s->work - s->polled); /* told; who goes on asks */
    }
    if (status != DCA_OK) {
        dca__symmetry_free(s);
        return status;
    }
    *verdict = s->stop != DCA__GO ? DCA__SYMMETRY_STOPPED
               : reduced          ? DCA__SYMMETRY_REDUCED
                                  : DCA__SYMMETRY_NOTHING;
    *out = s;
    return DCA_OK;
}

static void free_classes(dca_env *env, dca__classes *classes)
{
    dca__free(env, classes->of);
    dca__free(env, classes->size);
    dca__free(env, classes->first);
}

void dca__symmetry_free(dca__symmetry *s)
{
    if (s == NULL) {
        return;
    }
    dca_env *env = s->env;
    free_classes(env, &s->rows);
    free_classes(env, &s->columns);
    dca__free(env, s->row_start);
    dca__free(env, s->row_index);
    dca__free(env, s->row_value);
    dca__free(env, s->quotient_values);
    dca__free(env, s->quotient_start);
    dca__free(env, s->quotient_length);
    dca__free(env, s->quotient_index);
    dca__free(env, s);
    dca__env_release(env);
}

const dca_problem *dca__symmetry_quotient(const dca__symmetry *s)
{
    return &s->quotient;
}

int64_t dca__symmetry_work(const dca__symmetry *s)
{
    return s->work;
}

void dca__symmetry_lift_x(const dca__symmetry *s, const double *quotient, double *x)
{
    for (dca_index j = 0; j < s->columns.count; j++) {
        x[j] = quotient[s->columns.of[j]];
    }
}

void dca__symmetry_lift_y(const dca__symmetry *s, const double *quotient, double *y)
{
    for (dca_index i = 0; i < s->rows.count; i++) {
        const dca_index class = s->rows.of[i];
        y[i] = quotient[class] / (double)s->rows.size[class];
    }
}
