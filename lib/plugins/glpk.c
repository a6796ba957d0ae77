/* glpk.c - GLPK behind the backend contract.
 *
 * GLPK prints, aborts on what it calls errors, and keeps its objects in an environment of the thread
 * that made them. So the state here is a plain copy of the problem and of the last basis, point and
 * ray; a glp_prob is built, solved and deleted within one call, output is off, and errors come back
 * through its hook by longjmp. After such an error GLPK demands that its environment of this thread is
 * freed: a host that uses GLPK in the same thread loses its own objects then, and only then. GLPK
 * cannot tell which error hook stood before; none stands afterwards.
 *
 * The simplex runs in slices of SLICE_MS, between which the control is asked: each continues from the
 * basis of the one before. GLPK has no Farkas multipliers to give after its primal simplex; they are
 * the row prices of the elastic problem
 *
 *     min sum p_i + q_i   subject to   rl <= A x + p - q <= ru,   l <= x <= u,   p, q >= 0
 *
 * whose optimal value is positive exactly when the problem is infeasible. */
#include "dcalloc-glpk.h"
#include "dcalloc/env.h"
#include "dcalloc/options.h"

#include <glpk.h>

#include <math.h>
#include <setjmp.h>
#include <stdbool.h>
#include <string.h>

enum { SLICE_MS = 50 };

typedef struct state {
    dca_env *env;
    dca_index num_rows, num_columns;
    double *cost, *lower, *upper;  /* [num_columns] */
    double *row_lower, *row_upper; /* [num_rows] */
    dca_nnz *start;                /* [num_columns + 1] packed columns */
    dca_index *index;
    double *value;
    uint8_t *status; /* [num_columns + num_rows]: dca_basis_status */
    bool has_basis;
    double *x, *y, *ray; /* [num_columns], [num_rows], [the longer] of the last solve */
    dca_outcome outcome;
    bool has_ray;
} state;

/* ---- Memory ------------------------------------------------------------------------------------- */

static void *grab(dca_env *env, dca_nnz count, size_t size)
{
    return dca_env_resize(env, NULL, ((size_t)count + 1) * size);
}

static void drop(dca_env *env, void *block)
{
    (void)dca_env_resize(env, block, 0);
}

static void drop_problem(state *s)
{
    void *const blocks[] = {s->cost,  s->lower, s->upper,  s->row_lower, s->row_upper, s->start,
                            s->index, s->value, s->status, s->x,         s->y,         s->ray};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++) {
        drop(s->env, blocks[k]);
    }
}

static dca_status glpk_open(dca_env *env, void **out)
{
    state *s = grab(env, 1, sizeof *s);
    if (s == NULL) {
        return DCA_E_NOMEM;
    }
    memset(s, 0, sizeof *s);
    s->env = env;
    *out = s;
    return DCA_OK;
}

static void glpk_close(void *self)
{
    state *s = self;
    if (s != NULL) {
        drop_problem(s);
        drop(s->env, s);
    }
}

/* ---- Load and edit --------------------------------------------------------------------------------- */

static dca_status reserve(state *s, dca_nnz entries)
{
    const dca_index m = s->num_rows;
    const dca_index n = s->num_columns;
    s->cost = grab(s->env, n, sizeof *s->cost);
    s->lower = grab(s->env, n, sizeof *s->lower);
    s->upper = grab(s->env, n, sizeof *s->upper);
    s->row_lower = grab(s->env, m, sizeof *s->row_lower);
    s->row_upper = grab(s->env, m, sizeof *s->row_upper);
    s->start = grab(s->env, n, sizeof *s->start);
    s->index = grab(s->env, entries, sizeof *s->index);
    s->value = grab(s->env, entries, sizeof *s->value);
    s->status = grab(s->env, (dca_nnz)m + n, sizeof *s->status);
    s->x = grab(s->env, n, sizeof *s->x);
    s->y = grab(s->env, m, sizeof *s->y);
    s->ray = grab(s->env, m > n ? m : n, sizeof *s->ray);
    const bool whole = s->cost && s->lower && s->upper && s->row_lower && s->row_upper &&
                       s->start && s->index && s->value && s->status && s->x && s->y && s->ray;
    return whole ? DCA_OK : DCA_E_NOMEM;
}

/* Bounds that cross by no more than rounding reach a backend: GLPK refuses them, so they meet. */
static void put_bounds(double low, double high, double *lower, double *upper)
{
    *lower = low > high ? 0.5 * low + 0.5 * high : low;
    *upper = low > high ? *lower : high;
}

static dca_status glpk_load(void *self, const dca_problem *problem)
{
    state *s = self;
    state fresh = {
        .env = s->env, .num_rows = problem->num_rows, .num_columns = problem->num_columns};
    dca_nnz entries = 0;
    for (dca_index j = 0; j < problem->num_columns; j++) {
        entries += problem->length[j];
    }
    if (reserve(&fresh, entries) != DCA_OK) {
        drop_problem(&fresh);
        return DCA_E_NOMEM;
    }
    dca_nnz used = 0;
    for (dca_index j = 0; j < problem->num_columns; j++) {
        const size_t count = (size_t)problem->length[j];
        fresh.cost[j] = problem->cost[j];
        put_bounds(problem->lower[j], problem->upper[j], &fresh.lower[j], &fresh.upper[j]);
        fresh.start[j] = used;
        if (count > 0) {
            memcpy(fresh.index + used, problem->index + problem->start[j],
                   count * sizeof *fresh.index);
            memcpy(fresh.value + used, problem->value + problem->start[j],
                   count * sizeof *fresh.value);
        }
        used += problem->length[j];
    }
    fresh.start[problem->num_columns] = used;
    for (dca_index i = 0; i < problem->num_rows; i++) {
        put_bounds(problem->row_lower[i], problem->row_upper[i], &fresh.row_lower[i],
                   &fresh.row_upper[i]);
    }
    drop_problem(s);
    *s = fresh;
    return DCA_OK;
}

/* Where A[i, j] stands in the packed columns, or -1. */
static dca_nnz find_entry(const state *s, dca_index i, dca_index j)
{
    for (dca_nnz k = s->start[j]; k < s->start[j + 1]; k++) {
        if (s->index[k] == i) {
            return k;
        }
    }
    return -1;
}

/* Room for `extra` more entries; nothing else changes. */
static dca_status widen(state *s, dca_nnz extra)
{
    const dca_nnz entries = s->start[s->num_columns];
    dca_index *index =
        dca_env_resize(s->env, s->index, ((size_t)(entries + extra) + 1) * sizeof *index);
    if (index == NULL) {
        return DCA_E_NOMEM;
    }
    s->index = index;
    double *value =
        dca_env_resize(s->env, s->value, ((size_t)(entries + extra) + 1) * sizeof *value);
    if (value == NULL) {
        return DCA_E_NOMEM;
    }
    s->value = value;
    return DCA_OK;
}

/* A[i, j] = a; the room for a new entry is there. A zero stays as an entry: GLPK drops it. */
static void put_entry(state *s, dca_index i, dca_index j, double a)
{
    const dca_nnz at = find_entry(s, i, j);
    if (at >= 0) {
        s->value[at] = a;
        return;
    }
    const dca_nnz end = s->start[j + 1];
    const size_t after = (size_t)(s->start[s->num_columns] - end);
    memmove(s->index + end + 1, s->index + end, after * sizeof *s->index);
    memmove(s->value + end + 1, s->value + end, after * sizeof *s->value);
    s->index[end] = i;
    s->value[end] = a;
    for (dca_index k = j + 1; k <= s->num_columns; k++) {
        s->start[k]++;
    }
}

static dca_status glpk_edit(void *self, const dca_edit *edits, dca_nnz n)
{
    state *s = self;
    dca_nnz extra = 0;
    for (dca_nnz k = 0; k < n; k++) {
        extra += edits[k].kind == DCA_EDIT_COEFFICIENT &&
                 find_entry(s, edits[k].index, edits[k].other) < 0;
    }
    if (extra > 0 && widen(s, extra) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    for (dca_nnz k = 0; k < n; k++) {
        const dca_edit *e = &edits[k];
        const dca_index at = e->index;
        if (e->kind == DCA_EDIT_COST) {
            s->cost[at] = e->a;
        } else if (e->kind == DCA_EDIT_COLUMN_BOUNDS) {
            put_bounds(e->a, e->b, &s->lower[at], &s->upper[at]);
        } else if (e->kind == DCA_EDIT_ROW_BOUNDS) {
            put_bounds(e->a, e->b, &s->row_lower[at], &s->row_upper[at]);
        } else {
            put_entry(s, at, e->other, e->a);
        }
    }
    return DCA_OK;
}

static dca_status glpk_set_basis(void *self, const uint8_t *columns, const uint8_t *rows)
{
    state *s = self;
    if (s->num_columns > 0) {
        memcpy(s->status, columns, (size_t)s->num_columns);
    }
    if (s->num_rows > 0) {
        memcpy(s->status + s->num_columns, rows, (size_t)s->num_rows);
    }
    s->has_basis = true;
    return DCA_OK;
}

/* ---- Build a glp_prob ------------------------------------------------------------------------------- */

static int bound_type(double low, double high)
{
    return isinf(low)    ? (isinf(high) ? GLP_FR : GLP_UP)
           : isinf(high) ? GLP_LO
           : low < high  ? GLP_DB
                         : GLP_FX;
}

/* num (entries [1..] of ind, val) column j of A, as GLPK wants it: from 1, without zeros. */
static int column_entries(const state *s, dca_index j, int *ind, double *val)
{
    int count = 0;
    for (dca_nnz k = s->start[j]; k < s->start[j + 1]; k++) {
        if (s->value[k] != 0.0) {
            count++;
            ind[count] = s->index[k] + 1;
            val[count] = s->value[k];
        }
    }
    return count;
}

static void build(const state *s, glp_prob *lp, int *ind, double *val)
{
    if (s->num_rows > 0) {
        glp_add_rows(lp, s->num_rows);
    }
    if (s->num_columns > 0) {
        glp_add_cols(lp, s->num_columns);
    }
    for (dca_index i = 0; i < s->num_rows; i++) {
        glp_set_row_bnds(lp, i + 1, bound_type(s->row_lower[i], s->row_upper[i]), s->row_lower[i],
                         s->row_upper[i]);
    }
    for (dca_index j = 0; j < s->num_columns; j++) {
        glp_set_col_bnds(lp, j + 1, bound_type(s->lower[j], s->upper[j]), s->lower[j], s->upper[j]);
        glp_set_obj_coef(lp, j + 1, s->cost[j]);
        glp_set_mat_col(lp, j + 1, column_entries(s, j, ind, val), ind, val);
    }
}

static int glp_status(uint8_t status)
{
    static const int of[] = {GLP_BS, GLP_NL, GLP_NU, GLP_NF};
    return status < 4 ? of[status] : GLP_NL;
}

static uint8_t dca_basis(int status)
{
    return (uint8_t)(status == GLP_BS   ? DCA_BASIS_BASIC
                     : status == GLP_NU ? DCA_BASIS_UPPER
                     : status == GLP_NF ? DCA_BASIS_FREE
                                        : DCA_BASIS_LOWER);
}

/* Start from our statuses if they are a basis that GLPK can factorise, else from its triangular one. */
static void start_basis(const state *s, glp_prob *lp)
{
    if (s->has_basis) {
        for (dca_index j = 0; j < s->num_columns; j++) {
            glp_set_col_stat(lp, j + 1, glp_status(s->status[j]));
        }
        for (dca_index i = 0; i < s->num_rows; i++) {
            glp_set_row_stat(lp, i + 1, glp_status(s->status[s->num_columns + i]));
        }
        if (glp_factorize(lp) == 0) {
            return;
        }
    }
    glp_adv_basis(lp, 0);
}

/* ---- Solve ------------------------------------------------------------------------------------------ */

typedef struct run {
    jmp_buf escape;
    state *s;
    dca_control *control;
    bool dual; /* start with the dual simplex */
    bool scaling;
    glp_prob *lp, *elastic;
    int *ind; /* [num_rows + 1] */
    double *val;
    int64_t iterations;
} run;

static void on_error(void *info)
{
    run *r = info;
    longjmp(r->escape, 1);
}

/* Simplex in slices; the outcome that GLPK believes, or a limit. */
static dca_outcome simplex(run *r, glp_prob *lp, bool dual)
{
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.meth = dual ? GLP_DUALP : GLP_PRIMAL;
    options.tol_bnd = 1e-9;
    options.tol_dj = 1e-9;
    options.tm_lim = SLICE_MS;
    for (;;) {
        const int before = glp_get_it_cnt(lp);
        const int code = glp_simplex(lp, &options);
        const int pivots = glp_get_it_cnt(lp) - before;
        r->iterations += pivots;
        const dca_outcome stop = dca_control_poll(r->control, (int64_t)pivots * r->s->num_rows, NULL);
        if (stop != DCA_UNSOLVED) {
            return stop;
        }
        if (code == GLP_EBADB || code == GLP_ESING || code == GLP_ECOND) {
            glp_std_basis(lp);
            continue;
        }
        if (code == 0) {
            const int status = glp_get_status(lp);
            if (status == GLP_OPT || status == GLP_UNBND || status == GLP_NOFEAS) {
                return status == GLP_OPT     ? DCA_OPTIMAL
                       : status == GLP_UNBND ? DCA_UNBOUNDED
                                             : DCA_INFEASIBLE;
            }
            if (options.meth == GLP_DUALP) { /* no dual feasible basis: the primal decides */
                options.meth = GLP_PRIMAL;
                continue;
            }
            return DCA_IMPRECISE;
        }
        if (code == GLP_EFAIL && options.meth == GLP_DUALP) {
            options.meth = GLP_PRIMAL;
        } else if (code != GLP_ETMLIM) {
            return DCA_IMPRECISE;
        }
    }
}

static void read_point(state *s, glp_prob *lp)
{
    for (dca_index j = 0; j < s->num_columns; j++) {
        s->x[j] = glp_get_col_prim(lp, j + 1);
        s->status[j] = dca_basis(glp_get_col_stat(lp, j + 1));
    }
    for (dca_index i = 0; i < s->num_rows; i++) {
        s->y[i] = glp_get_row_dual(lp, i + 1);
        s->status[s->num_columns + i] = dca_basis(glp_get_row_stat(lp, i + 1));
    }
    s->has_basis = true;
}

/* Row prices of the elastic problem are Farkas multipliers. */
static dca_outcome farkas(run *r)
{
    state *s = r->s;
    r->elastic = glp_create_prob();
    build(s, r->elastic, r->ind, r->val);
    for (dca_index j = 0; j < s->num_columns; j++) {
        glp_set_obj_coef(r->elastic, j + 1, 0.0);
    }
    for (dca_index i = 0; i < s->num_rows; i++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            if (isinf(sign > 0 ? s->row_lower[i] : s->row_upper[i])) {
                continue;
            }
            const int column = glp_add_cols(r->elastic, 1);
            r->ind[1] = i + 1;
            r->val[1] = sign;
            glp_set_mat_col(r->elastic, column, 1, r->ind, r->val);
            glp_set_col_bnds(r->elastic, column, GLP_LO, 0.0, 0.0);
            glp_set_obj_coef(r->elastic, column, 1.0);
        }
    }
    const dca_outcome outcome = simplex(r, r->elastic, false);
    if (outcome != DCA_OPTIMAL) {
        return outcome;
    }
    for (dca_index i = 0; i < s->num_rows; i++) {
        s->ray[i] = glp_get_row_dual(r->elastic, i + 1);
    }
    s->has_ray = glp_get_obj_val(r->elastic) > 0.0;
    return s->has_ray ? DCA_INFEASIBLE : DCA_IMPRECISE;
}

/* x moves along column k of the simplex table, in the sense that lowers the objective. */
static dca_outcome direction(run *r)
{
    state *s = r->s;
    const int m = s->num_rows;
    const int k = glp_get_unbnd_ray(r->lp);
    if (k == 0 ||
        (k <= m ? glp_get_row_stat(r->lp, k) : glp_get_col_stat(r->lp, k - m)) == GLP_BS) {
        return DCA_IMPRECISE; /* a dual ray: says nothing about a direction */
    }
    const double d = k <= m ? glp_get_row_dual(r->lp, k) : glp_get_col_dual(r->lp, k - m);
    const double step = d > 0.0 ? -1.0 : 1.0;
    memset(s->ray, 0, (size_t)s->num_columns * sizeof *s->ray);
    const int count = glp_eval_tab_col(r->lp, k, r->ind, r->val);
    for (int e = 1; e <= count; e++) {
        if (r->ind[e] > m) {
            s->ray[r->ind[e] - m - 1] = step * r->val[e];
        }
    }
    if (k > m) {
        s->ray[k - m - 1] = step;
    }
    s->has_ray = true;
    return DCA_UNBOUNDED;
}

static dca_outcome solve(run *r)
{
    state *s = r->s;
    r->lp = glp_create_prob();
    build(s, r->lp, r->ind, r->val);
    if (r->scaling) {
        glp_scale_prob(r->lp, GLP_SF_GM | GLP_SF_EQ | GLP_SF_2N | GLP_SF_SKIP);
    }
    start_basis(s, r->lp);
    dca_outcome outcome = simplex(r, r->lp, r->dual);
    read_point(s, r->lp);
    if (outcome == DCA_INFEASIBLE) {
        outcome = farkas(r);
    } else if (outcome == DCA_UNBOUNDED) {
        outcome = direction(r);
        if (outcome == DCA_IMPRECISE && r->dual) { /* let the primal find the direction */
            outcome = simplex(r, r->lp, false);
            read_point(s, r->lp);
            outcome = outcome == DCA_UNBOUNDED ? direction(r) : outcome;
        }
    }
    return outcome;
}

/* Everything between silence and its end. False when GLPK called its error hook. */
static bool guarded(run *r)
{
    const int terminal = glp_term_out(GLP_OFF);
    const bool fine = setjmp(r->escape) == 0;
    if (fine) {
        glp_error_hook(on_error, r);
        r->s->outcome = solve(r);
        if (r->elastic != NULL) {
            glp_delete_prob(r->elastic);
        }
        glp_delete_prob(r->lp);
    } else {
        glp_free_env();
    }
    glp_error_hook(NULL, NULL);
    glp_term_out(terminal);
    return fine;
}

static dca_status glpk_solve(void *self, const dca_options *options, dca_control *control,
                             dca_backend_report *report)
{
    state *s = self;
    char method[32];
    char scaling[32];
    if (dca_options_get(options, "method", method) != DCA_OK ||
        dca_options_get(options, "scaling", scaling) != DCA_OK) {
        return DCA_E_INTERNAL;
    }
    run r = {.s = s,
             .control = control,
             .dual = strcmp(method, "primal") != 0,
             .scaling = strcmp(scaling, "on") == 0};
    const dca_nnz longest = 1 + (dca_nnz)s->num_rows + s->num_columns;
    r.ind = grab(s->env, longest, sizeof *r.ind);
    r.val = grab(s->env, longest, sizeof *r.val);
    dca_status status = DCA_E_NOMEM;
    if (r.ind != NULL && r.val != NULL) {
        s->outcome = DCA_UNSOLVED;
        s->has_ray = false;
        status = guarded(&r) ? DCA_OK : DCA_E_INTERNAL;
    }
    if (status == DCA_OK) {
        report->outcome = (int32_t)s->outcome;
        report->iterations = r.iterations;
        report->work = r.iterations * s->num_rows;
        report->method = r.dual ? 1 : 2;
        report->has_basis = 1;
        report->note = "GLPK";
    }
    drop(s->env, r.ind);
    drop(s->env, r.val);
    return status;
}

/* ---- Read ------------------------------------------------------------------------------------------- */

static dca_status glpk_get_basis(void *self, uint8_t *columns, uint8_t *rows)
{
    const state *s = self;
    if (!s->has_basis) {
        return DCA_E_STATE;
    }
    if (s->num_columns > 0) {
        memcpy(columns, s->status, (size_t)s->num_columns);
    }
    if (s->num_rows > 0) {
        memcpy(rows, s->status + s->num_columns, (size_t)s->num_rows);
    }
    return DCA_OK;
}

static dca_status glpk_get_point(void *self, double *x, double *y)
{
    const state *s = self;
    if (s->outcome == DCA_UNSOLVED) {
        return DCA_E_STATE;
    }
    if (s->num_columns > 0) {
        memcpy(x, s->x, (size_t)s->num_columns * sizeof *x);
    }
    if (s->num_rows > 0) {
        memcpy(y, s->y, (size_t)s->num_rows * sizeof *y);
    }
    return DCA_OK;
}

static dca_status glpk_get_ray(void *self, double *ray)
{
    const state *s = self;
    if (!s->has_ray) {
        return DCA_E_STATE;
    }
    const dca_index length = s->outcome == DCA_INFEASIBLE ? s->num_rows : s->num_columns;
    if (length > 0) {
        memcpy(ray, s->ray, (size_t)length * sizeof *ray);
    }
    return DCA_OK;
}

const dca_backend *dca_glpk_backend(void)
{
    static const dca_backend backend = {
        .struct_size = sizeof backend,
        .capabilities = DCA_BACKEND_DUAL | DCA_BACKEND_PRIMAL | DCA_BACKEND_BASIS |
                        DCA_BACKEND_EDIT | DCA_BACKEND_RAYS,
        .name = "glpk",
        .open = glpk_open,
        .close = glpk_close,
        .load = glpk_load,
        .edit = glpk_edit,
        .set_basis = glpk_set_basis,
        .solve = glpk_solve,
        .get_basis = glpk_get_basis,
        .get_point = glpk_get_point,
        .get_ray = glpk_get_ray,
    };
    return &backend;
}
