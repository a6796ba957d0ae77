/* hot_dcalloc.c - libdcalloc at the LP level: dca_lp edits, dca_solver_solve(). Getting rid of
 * the last result is timed with the solve. */
#include "hot.h"

#include <stdlib.h>

typedef struct problem {
    dca_env *env;
    dca_options *options;
    dca_control *control;
    dca_lp *lp;
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
    dca_lp_free(p->lp);
    dca_control_free(p->control);
    dca_options_free(p->options);
    dca_env_free(p->env);
    free(p);
}

static dca_doubles doubles(const double *at)
{
    return (dca_doubles){at, sizeof *at};
}

static bool add_rows(dca_lp *lp, dca_index n, const double *lower, const double *upper,
                     dca_sparse entries)
{
    dca_lp_rows rows = {.struct_size = sizeof rows, .n = n};
    rows.lower = doubles(lower);
    rows.upper = doubles(upper);
    rows.entries = entries;
    return dca_lp_add_rows(lp, &rows, NULL) == DCA_OK;
}

static bool add_columns(dca_lp *lp, dca_index n, const double *cost, const double *lower,
                        const double *upper, dca_sparse entries)
{
    dca_lp_columns columns = {.struct_size = sizeof columns, .n = n};
    columns.cost = doubles(cost);
    columns.lower = doubles(lower);
    columns.upper = doubles(upper);
    columns.entries = entries;
    return dca_lp_add_columns(lp, &columns, NULL) == DCA_OK;
}

static void *load(const bench_lp *lp, const hot_task *task, char *error, size_t size)
{
    problem *p = calloc(1, sizeof *p);
    if (p == NULL || dca_env_new(NULL, &p->env) != DCA_OK ||
        dca_options_new(p->env, &p->options) != DCA_OK ||
        dca_control_new(p->env, &p->control) != DCA_OK || dca_lp_new(p->env, &p->lp) != DCA_OK) {
        snprintf(error, size, "out of memory");
        goto failed;
    }
    p->limit = task->limit;
    for (int k = 0; k < task->num_options; k++) {
        if (dca_options_set(p->options, task->options[k].name, task->options[k].value) != DCA_OK) {
            snprintf(error, size, "option %s", task->options[k].name);
            goto failed;
        }
    }
    if (!add_rows(p->lp, lp->m, lp->row_lower, lp->row_upper, (dca_sparse){NULL, NULL, NULL}) ||
        !add_columns(p->lp, lp->n, lp->cost, lp->lower, lp->upper,
                     (dca_sparse){lp->start, lp->index, lp->value}) ||
        dca_solver_new_lp(p->lp, p->options, &p->solver, NULL) != DCA_OK) {
        snprintf(error, size, "the LP was refused");
        goto failed;
    }
    return p;
failed:
    if (p != NULL) {
        unload(p);
    }
    return NULL;
}

static dca_sparse entries(const hot_sparse *from)
{
    return (dca_sparse){from->start, from->index.at, from->value.at};
}

static bool apply(void *given, const hot_edit *e)
{
    dca_lp *lp = ((problem *)given)->lp;
    bool done = true;
    if (e->gone_column.used > 0) {
        done = dca_lp_delete_columns(lp, (dca_index)e->gone_column.used, e->gone_column.at, NULL) ==
               DCA_OK;
    }
    if (done && e->gone_row.used > 0) {
        done = dca_lp_delete_rows(lp, (dca_index)e->gone_row.used, e->gone_row.at, NULL) == DCA_OK;
    }
    if (done && e->new_row.lists > 0) {
        done = add_rows(lp, (dca_index)e->new_row.lists, e->new_row_lower.at, e->new_row_upper.at,
                        entries(&e->new_row));
    }
    if (done && e->new_column.lists > 0) {
        done = add_columns(lp, (dca_index)e->new_column.lists, e->new_cost.at, e->new_lower.at,
                           e->new_upper.at, entries(&e->new_column));
    }
    if (done && e->row.used > 0) {
        done = dca_lp_set_row_bounds(lp, (dca_index)e->row.used, e->row.at,
                                     doubles(e->row_lower.at), doubles(e->row_upper.at)) == DCA_OK;
    }
    if (done && e->column.used > 0) {
        done = dca_lp_set_column_bounds(lp, (dca_index)e->column.used, e->column.at,
                                        doubles(e->lower.at), doubles(e->upper.at)) == DCA_OK;
    }
    if (done && e->cost_column.used > 0) {
        done = dca_lp_set_costs(lp, (dca_index)e->cost_column.used, e->cost_column.at,
                                doubles(e->cost.at)) == DCA_OK;
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
    if (dca_result_info(p->result, &info) == DCA_OK) {
        out->iterations = info.iterations;
        out->work = info.work;
    }
}

const hot_peer hot_this_peer = {
    .name = "dcalloc",
    .version = version,
    .load = load,
    .apply = apply,
    .solve = solve,
    .unload = unload,
};
