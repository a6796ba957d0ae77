/* hot_glpk.c - GLPK, warm: no presolver, messages off; the dual simplex (with the primal one
 * where it finds no dual feasible basis) after bounds changed, the primal one after costs did.
 * Deleting basic columns leaves GLPK without a basis: it is made whole by slacks, and from
 * glp_adv_basis() where that one is singular. */
#include "hot.h"

#include <glpk.h>
#include <limits.h>
#include <stdlib.h>

typedef struct problem {
    glp_prob *lp;
    glp_smcp parameters;
    bool primal, deleted;
    int *index; /* [room] */
    double *value;
    int room;
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

/* Room for so many entries, counted from 1. */
static bool reserve(problem *p, int64_t count)
{
    if (count < p->room) {
        return true;
    }
    int *index = realloc(p->index, ((size_t)count + 1) * sizeof *index);
    p->index = index == NULL ? p->index : index;
    double *value = realloc(p->value, ((size_t)count + 1) * sizeof *value);
    p->value = value == NULL ? p->value : value;
    if (index == NULL || value == NULL) {
        return false;
    }
    p->room = (int)count + 1;
    return true;
}

/* The entries of a list in the problem's own arrays; their number, -1: no room. */
static int take(problem *p, const dca_nnz *start, const dca_index *index, const double *value)
{
    const int count = (int)(start[1] - start[0]);
    if (!reserve(p, count)) {
        return -1;
    }
    for (int k = 0; k < count; k++) {
        p->index[k + 1] = index[start[0] + k] + 1;
        p->value[k + 1] = value[start[0] + k];
    }
    return count;
}

static void unload(void *given)
{
    problem *p = given;
    glp_delete_prob(p->lp);
    free(p->index);
    free(p->value);
    free(p);
}

static bool add_columns(problem *p, int n, const double *cost, const double *lower,
                        const double *upper, const dca_nnz *start, const dca_index *index,
                        const double *value)
{
    const int first = n > 0 ? glp_add_cols(p->lp, n) : 0;
    for (int j = 0; j < n; j++) {
        const int count = take(p, start + j, index, value);
        if (count < 0) {
            return false;
        }
        glp_set_mat_col(p->lp, first + j, count, p->index, p->value);
        glp_set_obj_coef(p->lp, first + j, cost[j]);
        glp_set_col_bnds(p->lp, first + j, bound_type(lower[j], upper[j]), lower[j], upper[j]);
    }
    return true;
}

static void *load(const bench_lp *lp, const hot_task *task, char *error, size_t size)
{
    problem *p = calloc(1, sizeof *p);
    if (p == NULL) {
        snprintf(error, size, "out of memory");
        return NULL;
    }
    glp_init_smcp(&p->parameters);
    p->parameters.msg_lev = GLP_MSG_OFF;
    p->parameters.tm_lim = task->limit < INT_MAX / 1000 ? (int)(1000.0 * task->limit) : INT_MAX;
    glp_term_out(GLP_OFF);
    p->lp = glp_create_prob();
    glp_set_obj_dir(p->lp, GLP_MIN);
    if (lp->m > 0) {
        glp_add_rows(p->lp, lp->m);
    }
    for (dca_index i = 0; i < lp->m; i++) {
        glp_set_row_bnds(p->lp, i + 1, bound_type(lp->row_lower[i], lp->row_upper[i]),
                         lp->row_lower[i], lp->row_upper[i]);
    }
    if (!add_columns(p, lp->n, lp->cost, lp->lower, lp->upper, lp->start, lp->index, lp->value)) {
        snprintf(error, size, "out of memory");
        unload(p);
        return NULL;
    }
    glp_scale_prob(p->lp, GLP_SF_AUTO);
    glp_adv_basis(p->lp, 0);
    p->primal = true;
    return p;
}

static bool remove_all(problem *p, const hot_indices *gone, bool rows)
{
    if (gone->used == 0) {
        return true;
    }
    if (!reserve(p, gone->used)) {
        return false;
    }
    for (int64_t k = 0; k < gone->used; k++) {
        p->index[k + 1] = gone->at[k] + 1;
    }
    p->deleted = true;
    if (rows) {
        glp_del_rows(p->lp, (int)gone->used, p->index);
    } else {
        glp_del_cols(p->lp, (int)gone->used, p->index);
    }
    return true;
}

static bool apply(void *given, const hot_edit *e)
{
    problem *p = given;
    bool done = remove_all(p, &e->gone_column, false) && remove_all(p, &e->gone_row, true);
    if (done && e->new_row.lists > 0) {
        const int first = glp_add_rows(p->lp, (int)e->new_row.lists);
        for (int i = 0; done && i < e->new_row.lists; i++) {
            const int count =
                take(p, e->new_row.start + i, e->new_row.index.at, e->new_row.value.at);
            done = count >= 0;
            if (done) {
                glp_set_mat_row(p->lp, first + i, count, p->index, p->value);
                glp_set_row_bnds(p->lp, first + i,
                                 bound_type(e->new_row_lower.at[i], e->new_row_upper.at[i]),
                                 e->new_row_lower.at[i], e->new_row_upper.at[i]);
            }
        }
    }
    if (done && e->new_column.lists > 0) {
        done = add_columns(p, (int)e->new_column.lists, e->new_cost.at, e->new_lower.at,
                           e->new_upper.at, e->new_column.start, e->new_column.index.at,
                           e->new_column.value.at);
    }
    for (int64_t k = 0; k < e->row.used; k++) {
        glp_set_row_bnds(p->lp, e->row.at[k] + 1,
                         bound_type(e->row_lower.at[k], e->row_upper.at[k]), e->row_lower.at[k],
                         e->row_upper.at[k]);
    }
    for (int64_t k = 0; k < e->column.used; k++) {
        glp_set_col_bnds(p->lp, e->column.at[k] + 1, bound_type(e->lower.at[k], e->upper.at[k]),
                         e->lower.at[k], e->upper.at[k]);
    }
    for (int64_t k = 0; k < e->cost_column.used; k++) {
        glp_set_obj_coef(p->lp, e->cost_column.at[k] + 1, e->cost.at[k]);
    }
    p->primal = e->cost_column.used > 0;
    return done;
}

/* As many basic variables as rows, by making slacks basic or not. */
static void mend_basis(problem *p)
{
    const int m = glp_get_num_rows(p->lp);
    const int n = glp_get_num_cols(p->lp);
    int basic = 0;
    for (int i = 1; i <= m; i++) {
        basic += glp_get_row_stat(p->lp, i) == GLP_BS;
    }
    for (int j = 1; j <= n; j++) {
        basic += glp_get_col_stat(p->lp, j) == GLP_BS;
    }
    for (int i = 1; i <= m && basic != m; i++) {
        const bool is = glp_get_row_stat(p->lp, i) == GLP_BS;
        if (is != (basic < m)) {
            glp_set_row_stat(p->lp, i, is ? GLP_NL : GLP_BS);
            basic += is ? -1 : 1;
        }
    }
}

static const char *status_word(const problem *p, int code)
{
    if (code != 0) {
        return code == GLP_ETMLIM ? "time_limit" : "failed";
    }
    switch (glp_get_status(p->lp)) {
    case GLP_OPT:
        return "optimal";
    case GLP_NOFEAS:
        return "infeasible";
    case GLP_UNBND:
        return "unbounded";
    default:
        return "failed";
    }
}

static void solve(void *given, bool cold, hot_answer *out)
{
    problem *p = given;
    (void)cold;
    const int before = glp_get_it_cnt(p->lp);
    if (p->deleted) {
        mend_basis(p);
        p->deleted = false;
    }
    p->parameters.meth = p->primal ? GLP_PRIMAL : GLP_DUALP;
    int code = glp_simplex(p->lp, &p->parameters);
    if (code == GLP_EBADB || code == GLP_ESING || code == GLP_ECOND) {
        glp_adv_basis(p->lp, 0);
        code = glp_simplex(p->lp, &p->parameters);
    }
    out->status = status_word(p, code);
    out->objective = glp_get_obj_val(p->lp);
    out->iterations = glp_get_it_cnt(p->lp) - before;
}

const hot_peer hot_this_peer = {
    .name = "glpk",
    .version = version,
    .load = load,
    .apply = apply,
    .solve = solve,
    .unload = unload,
};
