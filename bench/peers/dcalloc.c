/* dcalloc.c - libdcalloc through its public headers. Making the solver is timed with the solve, as that
 * is where the LP is taken over. */
#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct problem {
    dca_env *env;
    dca_options *options;
    dca_control *control;
    dca_lp *lp;
    dca_solver *solver;
    dca_result *result;
    dca_status status;
    double limit;
    char error[224];
} problem;

/* "0.1.0 FILE": the file tells which library was loaded. */
static void version(char *out, size_t size)
{
    const int32_t number = dca_version();
    char line[1024];
    char path[sizeof line] = "";
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps != NULL && fgets(line, sizeof line, maps) != NULL) {
        const char *slash = strchr(line, '/');
        if (slash != NULL && strstr(slash, "libdcalloc.") != NULL) {
            snprintf(path, sizeof path, "%.*s", (int)strcspn(slash, "\n"), slash);
            break;
        }
    }
    if (maps != NULL) {
        fclose(maps);
    }
    snprintf(out, size, "%d.%d.%d %s", number / 1000000, number / 1000 % 1000, number % 1000, path);
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

static bool build(const bench_lp *lp, dca_lp *out)
{
    dca_lp_rows rows = {.struct_size = sizeof rows, .n = lp->m};
    rows.lower = (dca_doubles){lp->row_lower, sizeof(double)};
    rows.upper = (dca_doubles){lp->row_upper, sizeof(double)};
    dca_lp_columns columns = {.struct_size = sizeof columns, .n = lp->n};
    columns.cost = (dca_doubles){lp->cost, sizeof(double)};
    columns.lower = (dca_doubles){lp->lower, sizeof(double)};
    columns.upper = (dca_doubles){lp->upper, sizeof(double)};
    columns.entries = (dca_sparse){lp->start, lp->index, lp->value};
    return dca_lp_add_rows(out, &rows, NULL) == DCA_OK &&
           dca_lp_add_columns(out, &columns, NULL) == DCA_OK;
}

static void *load(const bench_lp *lp, const bench_task *task, char *error, size_t size)
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
            dca_error details = DCA_ERROR_INIT;
            dca_options_error(p->options, &details);
            snprintf(error, size, "%s", details.text);
            goto failed;
        }
    }
    if (!build(lp, p->lp)) {
        dca_error details = DCA_ERROR_INIT;
        dca_lp_error(p->lp, &details);
        snprintf(error, size, "%s", details.text);
        goto failed;
    }
    return p;
failed:
    if (p != NULL) {
        unload(p);
    }
    return NULL;
}

static void solve(void *given)
{
    problem *p = given;
    dca_error details = DCA_ERROR_INIT;
    p->status = dca_control_set_deadline(p->control, p->limit);
    if (p->status == DCA_OK) {
        p->status = dca_solver_new_lp(p->lp, p->options, &p->solver, &details);
    }
    if (p->status == DCA_OK) {
        p->status = dca_solver_solve(p->solver, p->control, &p->result);
    }
}

/* Iterations, work and proof of an answer. */
static void describe(const dca_result *result, bench_answer *out)
{
    dca_solve_info info = {.struct_size = sizeof info};
    dca_certificate proof = {.struct_size = sizeof proof};
    if (dca_result_info(result, &info) != DCA_OK ||
        dca_result_certificate(result, &proof) != DCA_OK) {
        return;
    }
    out->iterations = info.iterations;
    out->work = info.work;
    snprintf(out->extra, sizeof out->extra,
             ", \"proved\": %s, \"method\": \"%s\", \"presolved\": [%d, %d, %lld]",
             proof.valid != 0 ? "true" : "false", info.method, info.presolved_rows,
             info.presolved_columns, (long long)info.presolved_entries);
}

static void answer(void *given, bench_answer *out)
{
    const problem *p = given;
    if (p->status != DCA_OK) {
        out->status = p->status == DCA_E_NOMEM ? "out_of_memory" : "failed";
        snprintf(out->extra, sizeof out->extra, ", \"text\": \"%s\"", dca_status_name(p->status));
        return;
    }
    const dca_outcome outcome = dca_result_outcome(p->result);
    out->status = dca_outcome_name(outcome);
    out->objective = dca_result_objective(p->result);
    describe(p->result, out);
    const dca_index m = dca_result_num_rows(p->result);
    const dca_index n = dca_result_num_columns(p->result);
    out->has_x = dca_result_get_x(p->result, 0, n, out->x) == DCA_OK;
    out->has_y = dca_result_get_y(p->result, 0, m, out->y) == DCA_OK;
}

const bench_peer bench_this_peer = {
    .name = "dcalloc",
    .version = version,
    .load = load,
    .solve = solve,
    .answer = answer,
    .unload = unload,
};
