/* hot_model.c - libdcalloc at the domain level: the same instance made as a model, dca_model
 * edits, dca_solver_solve(). The instance comes from the first line of the trace; the LP file is
 * only read. */
#include "dc.h"
#include "hot.h"

#include <stdlib.h>
#include <string.h>

typedef struct problem {
    dc_instance instance;
    dca_options *options;
    dca_control *control;
    dca_solver *solver;
    dca_result *result;
    double limit;
} problem;

static void version(char *out, size_t size)
{
    const int32_t number = dca_version();
    snprintf(out, size, "%d.%d.%d", number / 1000000, number / 1000 % 1000, number % 1000);
}

static void unload(void *given)
{
    problem *p = given;
    dca_result_free(p->result);
    dca_solver_free(p->solver);
    dca_control_free(p->control);
    dca_options_free(p->options);
    if (p->instance.env != NULL) {
        dc_free(&p->instance);
    }
    free(p);
}

/* The instance that a trace begins with; false: it is none, or of the LP layer. */
static bool make(const char *head, const bench_lp *lp, dc_instance *out)
{
    char name[32];
    dc_parameters given = {0};
    long long nonzeros = 0;
    unsigned long long seed = 0;
    int hard = 0;
    if (sscanf(head, "dc %31s %lld %llu %d %lf %lf %d %d %d", name, &nonzeros, &seed, &given.skew,
               &given.load, &given.alike, &given.kinds, &given.failures, &hard) != 9 ||
        dc_family_find(name) == NULL) {
        return false;
    }
    given.nonzeros = nonzeros;
    given.seed = seed;
    given.hard = hard != 0;
    if (!dc_make(dc_family_find(name), &given, out)) {
        return false;
    }
    const bool same = out->model != NULL && dca_lp_num_rows(out->lp) == lp->m &&
                      dca_lp_num_columns(out->lp) == lp->n;
    if (!same) {
        dc_free(out);
    }
    return same;
}

static void *load(const bench_lp *lp, const hot_task *task, char *error, size_t size)
{
    problem *p = calloc(1, sizeof *p);
    if (p == NULL) {
        snprintf(error, size, "out of memory");
        return NULL;
    }
    p->limit = task->limit;
    if (!make(task->head, lp, &p->instance)) {
        snprintf(error, size, "no instance of the domain layer");
        free(p);
        return NULL;
    }
    dca_lp_free(p->instance.lp);
    p->instance.lp = NULL;
    bool done = dca_options_new(p->instance.env, &p->options) == DCA_OK &&
                dca_control_new(p->instance.env, &p->control) == DCA_OK;
    for (int k = 0; done && k < task->num_options; k++) {
        done = dca_options_set(p->options, task->options[k].name, task->options[k].value) == DCA_OK;
    }
    if (!done || dca_solver_new_model(p->instance.model, p->options, &p->solver, NULL) != DCA_OK) {
        snprintf(error, size, "options, or out of memory");
        unload(p);
        return NULL;
    }
    return p;
}

static bool apply_one(problem *p, const hot_domain_edit *e)
{
    dca_model *model = p->instance.model;
    switch (e->what[0]) {
    case 'p':
        return dca_model_set_pool_count(model, e->at[0], e->value) == DCA_OK;
    case 'l':
        return strcmp(e->what, "link") == 0
                   ? dca_model_set_link_capacity(model, e->at[0], e->value) == DCA_OK
                   : dca_model_set_domain_limit(model, e->at[0], e->at[1], e->value) == DCA_OK;
    case 'c':
        return dca_model_set_placement_cost(model, e->at[0], e->value) == DCA_OK;
    case 'd':
        return dc_model_depart(model, e->at[0], e->at[1]);
    default:
        return strcmp(e->what, "amount") == 0
                   ? dca_model_set_demand_amount(model, e->at[0], e->value) == DCA_OK
                   : dc_model_arrive(model, e->at[0], e->at[1], e->at[2], e->value,
                                     p->instance.slots) >= 0;
    }
}

static bool apply(void *given, const hot_edit *edit)
{
    bool done = true;
    for (int64_t k = 0; done && k < edit->num_domain; k++) {
        done = apply_one(given, &edit->domain[k]);
    }
    return done;
}

static void solve(void *given, bool cold, hot_answer *out)
{
    problem *p = given;
    dca_solve_info info = {.struct_size = sizeof info};
    dca_result_free(p->result);
    p->result = NULL;
    if (cold) {
        dca_solver_reset(p->solver);
    }
    if (dca_control_set_deadline(p->control, p->limit) != DCA_OK ||
        dca_solver_solve(p->solver, p->control, &p->result) != DCA_OK) {
        return;
    }
    out->status = dca_outcome_name(dca_result_outcome(p->result));
    out->objective = dca_result_objective(p->result);
    out->whole = true;
    if (dca_result_info(p->result, &info) == DCA_OK) {
        out->iterations = info.iterations;
        out->work = info.work;
    }
}

const hot_peer hot_this_peer = {
    .name = "dcalloc-model",
    .version = version,
    .load = load,
    .apply = apply,
    .solve = solve,
    .unload = unload,
};
