/* glpk.c - GLPK's simplex as glpsol runs it by default: primal, presolve on, which also scales
 * and starts from an advanced basis (GLPK reference manual 5.0, glp_simplex and section on glpsol).
 * Options: method = primal, dual, dual_primal; presolve = on, off. */
#include "peer.h"

#include <glpk.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct problem {
    glp_prob *lp;
    glp_smcp parameters;
    int code; /* of glp_simplex */
} problem;

static void version(char *out, size_t size)
{
    snprintf(out, size, "%s", glp_version());
}

static int bound_type(double lower, double upper)
{
    if (lower == upper) {
        return GLP_FX;
    }
    if (isinf(lower)) {
        return isinf(upper) ? GLP_FR : GLP_UP;
    }
    return isinf(upper) ? GLP_LO : GLP_DB;
}

static bool set_options(const bench_task *task, glp_smcp *parameters)
{
    static const char *const names[] = {"method", "presolve", NULL};
    static const char *const methods[] = {"primal", "dual", "dual_primal", NULL};
    static const char *const switches[] = {"on", "off", NULL};
    static const int method_codes[] = {GLP_PRIMAL, GLP_DUAL, GLP_DUALP};
    const int method = bench_choice(task, "method", methods);
    const int presolve = bench_choice(task, "presolve", switches);
    if (bench_unknown(task, names) != NULL || method < 0 || presolve < 0) {
        return false;
    }
    glp_init_smcp(parameters);
    parameters->msg_lev = GLP_MSG_OFF;
    parameters->meth = method_codes[method];
    parameters->presolve = presolve == 0 ? GLP_ON : GLP_OFF;
    const double milliseconds = 1000.0 * task->limit;
    parameters->tm_lim = milliseconds < INT_MAX ? (int)milliseconds : INT_MAX;
    return true;
}

/* The matrix: GLPK counts from 1. */
static bool set_columns(glp_prob *out, const bench_lp *lp)
{
    const size_t longest = (size_t)lp->m + 1;
    int *index = malloc(longest * sizeof *index);
    double *value = malloc(longest * sizeof *value);
    const bool done = index != NULL && value != NULL;
    for (dca_index j = 0; done && j < lp->n; j++) {
        int count = 0;
        for (dca_nnz k = lp->start[j]; k < lp->start[j + 1]; k++) {
            count++;
            index[count] = lp->index[k] + 1;
            value[count] = lp->value[k];
        }
        glp_set_mat_col(out, j + 1, count, index, value);
        glp_set_obj_coef(out, j + 1, lp->cost[j]);
        glp_set_col_bnds(out, j + 1, bound_type(lp->lower[j], lp->upper[j]), lp->lower[j],
                         lp->upper[j]);
    }
    free(index);
    free(value);
    return done;
}

static void *load(const bench_lp *lp, const bench_task *task, char *error, size_t size)
{
    problem *p = calloc(1, sizeof *p);
    if (p == NULL) {
        snprintf(error, size, "out of memory");
        return NULL;
    }
    if (!set_options(task, &p->parameters)) {
        snprintf(error, size, "options: method=primal|dual|dual_primal, presolve=on|off");
        free(p);
        return NULL;
    }
    glp_term_out(GLP_OFF);
    p->lp = glp_create_prob();
    glp_set_obj_dir(p->lp, GLP_MIN);
    if (lp->m > 0) {
        glp_add_rows(p->lp, lp->m);
    }
    if (lp->n > 0) {
        glp_add_cols(p->lp, lp->n);
    }
    for (dca_index i = 0; i < lp->m; i++) {
        glp_set_row_bnds(p->lp, i + 1, bound_type(lp->row_lower[i], lp->row_upper[i]),
                         lp->row_lower[i], lp->row_upper[i]);
    }
    if (!set_columns(p->lp, lp)) {
        snprintf(error, size, "out of memory");
        glp_delete_prob(p->lp);
        free(p);
        return NULL;
    }
    if (p->parameters.presolve == GLP_OFF) {
        glp_scale_prob(p->lp, GLP_SF_AUTO);
        glp_adv_basis(p->lp, 0);
    }
    return p;
}

static void solve(void *given)
{
    problem *p = given;
    p->code = glp_simplex(p->lp, &p->parameters);
}

static const char *status_word(const problem *p)
{
    switch (p->code) {
    case 0:
        break;
    case GLP_ETMLIM:
        return "time_limit";
    case GLP_ENOPFS:
    case GLP_EBOUND:
        return "infeasible";
    case GLP_ENODFS:
        return "infeasible_or_unbounded";
    default:
        return "failed";
    }
    switch (glp_get_status(p->lp)) {
    case GLP_OPT:
        return "optimal";
    case GLP_NOFEAS:
        return "infeasible";
    case GLP_UNBND:
        return "unbounded";
    default:
        return glp_get_dual_stat(p->lp) == GLP_NOFEAS ? "infeasible_or_unbounded" : "failed";
    }
}

static void answer(void *given, bench_answer *out)
{
    const problem *p = given;
    out->status = status_word(p);
    out->iterations = glp_get_it_cnt(p->lp);
    snprintf(out->extra, sizeof out->extra, ", \"code\": %d", p->code);
    if (p->code == 0 && glp_get_status(p->lp) == GLP_OPT) {
        out->objective = glp_get_obj_val(p->lp);
        for (int j = 0; j < glp_get_num_cols(p->lp); j++) {
            out->x[j] = glp_get_col_prim(p->lp, j + 1);
        }
        for (int i = 0; i < glp_get_num_rows(p->lp); i++) {
            out->y[i] = glp_get_row_dual(p->lp, i + 1);
        }
        out->has_x = out->has_y = true;
    }
}

static void unload(void *given)
{
    problem *p = given;
    glp_delete_prob(p->lp);
    free(p);
}

const bench_peer bench_this_peer = {
    .name = "glpk",
    .version = version,
    .load = load,
    .solve = solve,
    .answer = answer,
    .unload = unload,
};
