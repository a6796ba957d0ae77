/* glpk.c - GLPK behind the backend contract.
 *
 * GLPK prints, aborts on what it calls errors, and keeps its objects in an environment of the thread
 * that made them. So the state is a plain copy of problem, basis and answer (glpk_copy.h), and a glp_prob
 * is built, solved and deleted within one call: O(entries) and one factorisation more than a live one
 * would cost. Output is off; what GLPK prints before it aborts is swallowed by its terminal hook; its
 * error hook comes back by longjmp, after which GLPK demands that its environment of this thread is
 * freed. An environment that this call made is freed at its end in any case; one that was there (the
 * host uses GLPK in this thread) is kept, but for the case of such an error.
 *
 * The simplex runs in slices, between which control and limits are asked: SLICE_LEAST pivots (fewer, and
 * GLPK never comes to perturb a degenerate problem), then twice as many each time up to SLICE_WORK (each
 * slice begins with a fresh factor and fresh weights). Slices go by pivots and not by the clock, so that
 * the same calls give the same bits.
 *
 * What differs from GLPK's own program:
 * - Costs are scaled by a power of two to about 1000: GLPK takes its dual tolerance absolutely below.
 * - Optimal x and y are those of the final basis B with a fresh factor, refined with residuals in
 *   doubled precision:  B dx = A x - r,  B' dy = c_B - A_B' y.
 * - GLPK has no Farkas multipliers to give; they are the row prices of the elastic problem
 *
 *       min sum p_i + q_i   subject to   rl <= A x + p - q <= ru,   l <= x <= u,   p, q >= 0
 *
 *   whose optimal value is positive exactly when the problem is infeasible. With costs 0 for x the
 *   final basis is dual feasible in it, from where the dual simplex goes on. */
#include "dcalloc-glpk.h"
#include "dcalloc/env.h"
#include "dcalloc/options.h"
#include "glpk_copy.h"

#include <glpk.h>

#include <math.h>
#include <setjmp.h>
#include <string.h>

/* Work of a slice, counted as rows + columns for each pivot: about a second. */
#define SLICE_WORK 2e7
/* A solve is given up, as imprecise, after PIVOTS_LEAST + PIVOTS_EACH (rows + columns) pivots. */
enum { SLICE_LEAST = 300, PIVOTS_LEAST = 100000, PIVOTS_EACH = 100 };
/* Passes of refinement at most; each must shrink the residual. */
enum { REFINEMENTS = 3 };
/* The largest scaled cost lies in [512, 1024): GLPK scales larger ones, but not smaller ones. */
enum { COST_EXPONENT = 10 };

enum { METHOD_AUTO, METHOD_DUAL, METHOD_PRIMAL }; /* of option method */

typedef struct run {
    jmp_buf escape;
    bool refused; /* GLPK's last words were about memory */
    dca__glpk_copy *s;
    dca_control *control;
    dca_progress progress;
    double time_limit, iteration_limit, work_limit; /* INFINITY: none */
    int method;
    bool dual; /* the method of the last slice */
    bool scaling;
    bool textbook
        [2]; /* Dantzig's pricing in the primal, in the dual; else projected steepest edge */
    glp_smcp options;
    double cost_scale;
    glp_prob *lp;
    int *ind; /* [num_rows + num_columns + 1] */
    double *val;
    double *high, *low, *correction; /* [num_rows + 1] of the refinement */
    double slice;                    /* pivots of the next one */
    int64_t iterations, unpolled;
    const char *note;
} run;

static dca_status glpk_open(dca_env *env, void **out)
{
    if (glp_config("TLS") == NULL) { /* one environment for all threads */
        return DCA_E_UNSUPPORTED;
    }
    dca__glpk_copy *s = dca__glpk_grab(env, 1, sizeof *s);
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
    dca__glpk_copy *s = self;
    if (s != NULL) {
        dca__glpk_copy_free(s);
        dca__glpk_drop(s->env, s);
    }
}

static dca_status glpk_load(void *self, const dca_problem *problem)
{
    return dca__glpk_copy_load(self, problem);
}

static dca_status glpk_edit(void *self, const dca_edit *edits, dca_nnz n)
{
    return dca__glpk_copy_edit(self, edits, n);
}

static dca_status glpk_set_basis(void *self, const uint8_t *columns, const uint8_t *rows)
{
    dca__glpk_copy_set_basis(self, columns, rows);
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

/* The power of two that brings the largest cost below 2^COST_EXPONENT. */
static double cost_scale(const dca__glpk_copy *s)
{
    double largest = 0.0;
    for (dca_index j = 0; j < s->num_columns; j++) {
        largest = fmax(largest, fabs(s->cost[j]));
    }
    int exponent;
    (void)frexp(largest, &exponent);
    return largest > 0.0 ? ldexp(1.0, COST_EXPONENT - exponent) : 1.0;
}

static void build(run *r)
{
    const dca__glpk_copy *s = r->s;
    r->lp = glp_create_prob();
    if (s->num_rows > 0) {
        glp_add_rows(r->lp, s->num_rows);
    }
    if (s->num_columns > 0) {
        glp_add_cols(r->lp, s->num_columns);
    }
    for (dca_index i = 0; i < s->num_rows; i++) {
        glp_set_row_bnds(r->lp, i + 1, bound_type(s->row_lower[i], s->row_upper[i]),
                         s->row_lower[i], s->row_upper[i]);
    }
    for (dca_index j = 0; j < s->num_columns; j++) {
        glp_set_col_bnds(r->lp, j + 1, bound_type(s->lower[j], s->upper[j]), s->lower[j],
                         s->upper[j]);
        glp_set_obj_coef(r->lp, j + 1, s->cost[j] * r->cost_scale);
        int count = 0;
        for (dca_nnz k = s->start[j]; k < s->start[j] + s->length[j]; k++) {
            if (s->value[k] != 0.0) {
                count++;
                r->ind[count] = s->index[k] + 1;
                r->val[count] = s->value[k];
            }
        }
        r->unpolled += count;
        glp_set_mat_col(r->lp, j + 1, count, r->ind, r->val);
    }
    if (r->scaling) {
        glp_scale_prob(r->lp, GLP_SF_GM | GLP_SF_EQ | GLP_SF_2N | GLP_SF_SKIP);
    }
}

static int glp_status(uint8_t status)
{
    static const int of[] = {GLP_BS, GLP_NL, GLP_NU, GLP_NF};
    return of[status];
}

static uint8_t dca_basis(int status)
{
    return (uint8_t)(status == GLP_BS   ? DCA_BASIS_BASIC
                     : status == GLP_NU ? DCA_BASIS_UPPER
                     : status == GLP_NF ? DCA_BASIS_FREE
                                        : DCA_BASIS_LOWER);
}

/* Our statuses, made to fit the bounds by GLPK; slacks when GLPK cannot factorise them. */
static void start_basis(run *r)
{
    const dca__glpk_copy *s = r->s;
    for (dca_index j = 0; j < s->num_columns; j++) {
        glp_set_col_stat(r->lp, j + 1, glp_status(s->status[j]));
    }
    for (dca_index i = 0; i < s->num_rows; i++) {
        glp_set_row_stat(r->lp, i + 1, glp_status(s->status[s->num_columns + i]));
    }
    if (glp_warm_up(r->lp) != 0) {
        r->note = "GLPK, from slacks: the basis given is singular";
        glp_std_basis(r->lp);
        (void)glp_warm_up(r->lp);
    }
    r->dual = r->method == METHOD_DUAL ||
              (r->method == METHOD_AUTO && glp_get_prim_stat(r->lp) != GLP_FEAS);
}

/* ---- Simplex ---------------------------------------------------------------------------------------- */

static int64_t pivot_work(const run *r)
{
    return (int64_t)r->s->num_rows + r->s->num_columns;
}

/* Before each slice: a limit that was met, or DCA_UNSOLVED. */
static dca_outcome ask(run *r, glp_prob *lp)
{
    r->progress.phase =
        glp_get_prim_stat(lp) == GLP_FEAS ? DCA_PHASE_SIMPLEX_2 : DCA_PHASE_SIMPLEX_1;
    r->progress.iteration = r->iterations;
    const int64_t work = r->unpolled;
    r->progress.work += work;
    r->unpolled = 0;
    const dca_outcome stop = dca_control_poll(r->control, work, &r->progress);
    return stop == DCA_UNSOLVED && (double)r->iterations >= r->iteration_limit ? DCA_WORK_LIMIT
                                                                               : stop;
}

/* Pivots and time of the next slice. Limits of the options cut it short; the control ends it. */
static void set_up_slice(run *r)
{
    const double each = (double)pivot_work(r);
    double pivots = r->slice;
    r->slice = fmax(fmin(2.0 * r->slice, SLICE_WORK / fmax(each, 1.0)), SLICE_LEAST);
    pivots = fmin(pivots, r->iteration_limit - (double)r->iterations);
    pivots = fmin(pivots, 1.0 + r->work_limit / fmax(each, 1.0));
    r->options.it_lim = (int)fmax(pivots, 1.0);
    r->options.tm_lim = (int)fmin(1.0 + 1000.0 * r->time_limit, INT32_MAX);
    r->options.meth = r->dual ? GLP_DUAL : GLP_PRIMAL;
    r->options.pricing = r->textbook[r->dual] ? GLP_PT_STD : GLP_PT_PSE;
}

/* What a call that came to its end believes; DCA_UNSOLVED: nothing. */
static dca_outcome verdict(glp_prob *lp)
{
    switch (glp_get_status(lp)) {
    case GLP_OPT:
        return DCA_OPTIMAL;
    case GLP_NOFEAS:
        return DCA_INFEASIBLE;
    case GLP_UNBND:
        return DCA_UNBOUNDED;
    default:
        return DCA_UNSOLVED;
    }
}

/* From the basis at hand by r->dual's method. The dual gives way to the primal where it finds no dual
 * feasible basis or fails; the primal is the last word. */
static dca_outcome simplex(run *r, glp_prob *lp)
{
    const int64_t most = r->iterations + PIVOTS_LEAST + PIVOTS_EACH * pivot_work(r);
    bool restarted = false;
    while (r->iterations < most) {
        const dca_outcome stop = ask(r, lp);
        if (stop != DCA_UNSOLVED) {
            return stop;
        }
        set_up_slice(r);
        const int before = glp_get_it_cnt(lp);
        const int code = glp_simplex(lp, &r->options);
        const int pivots = glp_get_it_cnt(lp) - before;
        r->iterations += pivots;
        r->unpolled += pivots * pivot_work(r);
        if (code == GLP_ETMLIM) { /* all the time that the options give went by in one slice */
            return DCA_TIME_LIMIT;
        }
        if (code == GLP_EITLIM) {
            continue;
        }
        if (code == GLP_EBADB || code == GLP_ESING || code == GLP_ECOND) {
            if (restarted) {
                return DCA_IMPRECISE;
            }
            restarted = true;
            glp_std_basis(lp);
            continue;
        }
        const dca_outcome found = code == 0 ? verdict(lp) : DCA_UNSOLVED;
        if (found != DCA_UNSOLVED) {
            return found;
        }
        if (!r->dual) {
            return DCA_IMPRECISE;
        }
        r->dual = false;
    }
    return DCA_IMPRECISE;
}

/* ---- Refine ----------------------------------------------------------------------------------------- */

/* high + low += a b, without rounding but that of low. */
static void add_product(double *high, double *low, double a, double b)
{
    const double product = a * b;
    const double sum = *high + product;
    const double part = sum - *high;
    *low += fma(a, b, -product) + ((*high - (sum - part)) + (product - part));
    *high = sum;
}

/* r->val [1..m] = A x - activity by rows; the largest of them. */
static double row_residual(run *r)
{
    const dca__glpk_copy *s = r->s;
    for (dca_index i = 0; i < s->num_rows; i++) {
        r->high[i] = -s->activity[i];
        r->low[i] = 0.0;
    }
    for (dca_index j = 0; j < s->num_columns; j++) {
        for (dca_nnz k = s->start[j]; k < s->start[j] + s->length[j]; k++) {
            add_product(&r->high[s->index[k]], &r->low[s->index[k]], s->value[k], s->x[j]);
        }
    }
    double largest = 0.0;
    for (dca_index i = 0; i < s->num_rows; i++) {
        r->val[i + 1] = r->high[i] + r->low[i];
        largest = fmax(largest, fabs(r->val[i + 1]));
    }
    return largest;
}

/* r->val [1..m] = reduced costs by positions of the basis, which should be 0; the largest of them. */
static double price_residual(run *r)
{
    const dca__glpk_copy *s = r->s;
    double largest = 0.0;
    for (dca_index p = 1; p <= s->num_rows; p++) {
        const dca_index j = glp_get_bhead(r->lp, p) - 1 - s->num_rows;
        double high = j < 0 ? s->y[j + s->num_rows] : s->cost[j] * r->cost_scale;
        double low = 0.0;
        for (dca_nnz k = j < 0 ? 0 : s->start[j]; j >= 0 && k < s->start[j] + s->length[j]; k++) {
            add_product(&high, &low, -s->value[k], s->y[s->index[k]]);
        }
        r->val[p] = high + low;
        largest = fmax(largest, fabs(r->val[p]));
    }
    return largest;
}

/* x and activity of the basic variables += sign r->val [positions 1..m]. */
static void step_values(run *r, double sign)
{
    dca__glpk_copy *s = r->s;
    for (dca_index p = 1; p <= s->num_rows; p++) {
        const dca_index j = glp_get_bhead(r->lp, p) - 1 - s->num_rows;
        double *const value = j < 0 ? &s->activity[j + s->num_rows] : &s->x[j];
        *value += sign * r->val[p];
    }
}

static void step_prices(run *r, double sign)
{
    for (dca_index i = 0; i < r->s->num_rows; i++) {
        r->s->y[i] -= sign * r->val[i + 1];
    }
}

/* Corrections while they shrink the residual; one that does not is taken back. */
static void improve(run *r, double (*residual)(run *), void (*solve)(glp_prob *, double[]),
                    void (*step)(run *, double))
{
    const size_t bytes = ((size_t)r->s->num_rows + 1) * sizeof *r->val;
    double *const last = r->correction;
    double before = residual(r);
    for (int pass = 0; pass < REFINEMENTS && before > 0.0; pass++) {
        solve(r->lp, r->val);
        memcpy(last, r->val, bytes);
        step(r, 1.0);
        const double after = residual(r);
        if (!(after < before)) {
            memcpy(r->val, last, bytes);
            step(r, -1.0);
            return;
        }
        before = after;
    }
}

/* The bound that a nonbasic variable sits at. */
static double resting_place(int status, double low, double high)
{
    return status == GLP_NU ? high : status == GLP_NF ? 0.0 : low;
}

static void refine(run *r)
{
    dca__glpk_copy *s = r->s;
    if (glp_factorize(r->lp) != 0) {
        return;
    }
    for (dca_index j = 0; j < s->num_columns; j++) {
        const int status = glp_get_col_stat(r->lp, j + 1);
        if (status != GLP_BS) {
            s->x[j] = resting_place(status, s->lower[j], s->upper[j]);
        }
    }
    for (dca_index i = 0; i < s->num_rows; i++) {
        const int status = glp_get_row_stat(r->lp, i + 1);
        if (status != GLP_BS) {
            s->activity[i] = resting_place(status, s->row_lower[i], s->row_upper[i]);
        }
    }
    improve(r, row_residual, glp_ftran, step_values);
    improve(r, price_residual, glp_btran, step_prices);
}

/* ---- Answers ---------------------------------------------------------------------------------------- */

/* Basis, x and y, the prices still in scaled costs. */
static void read_point(run *r)
{
    dca__glpk_copy *s = r->s;
    for (dca_index j = 0; j < s->num_columns; j++) {
        s->x[j] = glp_get_col_prim(r->lp, j + 1);
        s->status[j] = dca_basis(glp_get_col_stat(r->lp, j + 1));
    }
    for (dca_index i = 0; i < s->num_rows; i++) {
        s->activity[i] = glp_get_row_prim(r->lp, i + 1);
        s->y[i] = glp_get_row_dual(r->lp, i + 1);
        s->status[s->num_columns + i] = dca_basis(glp_get_row_stat(r->lp, i + 1));
    }
}

/* Make r->lp the elastic problem; row prices of its optimum are Farkas multipliers. */
static dca_outcome farkas(run *r)
{
    dca__glpk_copy *s = r->s;
    for (dca_index j = 0; j < s->num_columns; j++) {
        glp_set_obj_coef(r->lp, j + 1, 0.0);
    }
    for (dca_index i = 0; i < s->num_rows; i++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            if (isinf(sign > 0 ? s->row_lower[i] : s->row_upper[i])) {
                continue;
            }
            const int column = glp_add_cols(r->lp, 1);
            r->ind[1] = i + 1;
            r->val[1] = sign;
            glp_set_mat_col(r->lp, column, 1, r->ind, r->val);
            glp_set_col_bnds(r->lp, column, GLP_LO, 0.0, 0.0);
            glp_set_obj_coef(r->lp, column, 1.0);
        }
    }
    const bool found_by = r->dual;
    r->dual = true;
    const dca_outcome outcome = simplex(r, r->lp);
    r->dual = found_by;
    if (outcome != DCA_OPTIMAL) {
        return outcome == DCA_INFEASIBLE || outcome == DCA_UNBOUNDED ? DCA_IMPRECISE : outcome;
    }
    for (dca_index i = 0; i < s->num_rows; i++) {
        s->ray[i] = glp_get_row_dual(r->lp, i + 1);
    }
    s->has_ray = glp_get_obj_val(r->lp) > 0.0;
    return s->has_ray ? DCA_INFEASIBLE : DCA_IMPRECISE;
}

/* x moves along column k of the simplex table, in the sense that lowers the objective. */
static dca_outcome direction(run *r)
{
    dca__glpk_copy *s = r->s;
    const int m = s->num_rows;
    const int k = glp_get_unbnd_ray(r->lp);
    if (k == 0 || !glp_bf_exists(r->lp) ||
        (k <= m ? glp_get_row_stat(r->lp, k) : glp_get_col_stat(r->lp, k - m)) == GLP_BS) {
        return DCA_IMPRECISE;
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

static void solve(run *r)
{
    dca__glpk_copy *s = r->s;
    r->cost_scale = cost_scale(s);
    build(r);
    start_basis(r);
    dca_outcome outcome = simplex(r, r->lp);
    if (outcome == DCA_UNBOUNDED && r->dual) { /* the primal knows the direction */
        r->dual = false;
        outcome = simplex(r, r->lp);
    }
    read_point(r);
    if (outcome == DCA_OPTIMAL || outcome == DCA_UNBOUNDED) {
        refine(r);
    }
    if (outcome == DCA_INFEASIBLE) {
        outcome = farkas(r);
    } else if (outcome == DCA_UNBOUNDED) {
        outcome = direction(r);
    }
    for (dca_index i = 0; i < s->num_rows; i++) {
        s->y[i] /= r->cost_scale;
    }
    r->progress.work += r->unpolled;
    (void)dca_control_poll(r->control, r->unpolled, NULL); /* counted; what is found stays found */
    s->outcome = outcome;
    s->solved = true;
}

/* ---- Silence and errors ----------------------------------------------------------------------------- */

/* Everything that GLPK says. Before it calls the error hook it says why, which is how memory that its
 * allocators, glp_alloc and glp_realloc, could not get is told from the rest. */
static int on_output(void *info, const char *text)
{
    run *r = info;
    if (strncmp(text, "glp_alloc:", 10) == 0 || strncmp(text, "glp_realloc:", 12) == 0) {
        r->refused = true;
    }
    return 1; /* not to the terminal */
}

static void on_error(void *info)
{
    run *r = info;
    longjmp(r->escape, 1);
}

static dca_status guarded(run *r)
{
    const int made = glp_init_env(); /* 0: by us; 1: it was there */
    if (made > 1) {
        return made == 2 ? DCA_E_NOMEM : DCA_E_UNSUPPORTED;
    }
    const int terminal = glp_term_out(GLP_OFF);
    if (setjmp(r->escape) != 0) {
        (void)glp_free_env();
        if (made == 1 && glp_init_env() == 0) {
            (void)glp_term_out(terminal);
        }
        return r->refused ? DCA_E_NOMEM : DCA_E_INTERNAL;
    }
    glp_term_hook(on_output, r);
    glp_error_hook(on_error, r);
    solve(r);
    glp_delete_prob(r->lp);
    glp_error_hook(NULL, NULL);
    glp_term_hook(NULL, NULL);
    (void)glp_term_out(terminal);
    if (made == 0) {
        (void)glp_free_env();
    }
    return DCA_OK;
}

/* ---- Solve ------------------------------------------------------------------------------------------ */

static bool is_word(const dca_options *options, const char *name, const char *word, bool *out)
{
    char text[32];
    const bool known = dca_options_get(options, name, text) == DCA_OK;
    *out = known && strcmp(text, word) == 0;
    return known;
}

/* Limits are 0 where there is none, but time. */
static bool read_limit(const dca_options *options, const char *name, double *out)
{
    const bool known = dca_options_get_number(options, name, out) == DCA_OK;
    *out = known && *out > 0.0 ? *out : INFINITY;
    return known;
}

static bool read_options(const dca_options *options, run *r)
{
    bool primal = false;
    bool dual = false;
    glp_init_smcp(&r->options);
    r->options.msg_lev = GLP_MSG_OFF;
    r->options.r_test = GLP_RT_FLIP; /* dfl001: 30 s; with Harris's test no end in minutes */
    const bool known =
        is_word(options, "method", "primal", &primal) &&
        is_word(options, "method", "dual", &dual) &&
        is_word(options, "scaling", "on", &r->scaling) &&
        is_word(options, "simplex.pricing_primal", "dantzig", &r->textbook[0]) &&
        is_word(options, "simplex.pricing_dual", "dantzig", &r->textbook[1]) &&
        dca_options_get_number(options, "simplex.primal_tolerance", &r->options.tol_bnd) ==
            DCA_OK &&
        dca_options_get_number(options, "simplex.dual_tolerance", &r->options.tol_dj) == DCA_OK &&
        dca_options_get_number(options, "limits.time", &r->time_limit) == DCA_OK &&
        read_limit(options, "limits.iterations", &r->iteration_limit) &&
        read_limit(options, "limits.work", &r->work_limit);
    r->method = primal ? METHOD_PRIMAL : dual ? METHOD_DUAL : METHOD_AUTO;
    return known;
}

static dca_status glpk_solve(void *self, const dca_options *options, dca_control *control,
                             dca_backend_report *report)
{
    dca__glpk_copy *s = self;
    run r = {.s = s, .control = control, .slice = SLICE_LEAST, .note = "GLPK"};
    r.progress = (dca_progress){
        .struct_size = sizeof r.progress, .objective = NAN, .infeasibility = NAN, .fraction = NAN};
    if (s->start == NULL) {
        return DCA_E_STATE;
    }
    if (!read_options(options, &r)) {
        return DCA_E_INTERNAL;
    }
    s->solved = s->has_ray = false;
    const dca_nnz longest = 1 + (dca_nnz)s->num_rows + s->num_columns;
    r.ind = dca__glpk_grab(s->env, longest, sizeof *r.ind);
    r.val = dca__glpk_grab(s->env, longest, sizeof *r.val);
    r.high = dca__glpk_grab(s->env, s->num_rows, sizeof *r.high);
    r.low = dca__glpk_grab(s->env, s->num_rows, sizeof *r.low);
    r.correction = dca__glpk_grab(s->env, s->num_rows, sizeof *r.correction);
    const bool room = r.ind && r.val && r.high && r.low && r.correction;
    dca_status status = room ? dca__glpk_copy_mend_basis(s) : DCA_E_NOMEM;
    if (status == DCA_OK) {
        status = guarded(&r);
    }
    if (status == DCA_OK) {
        report->outcome = (int32_t)s->outcome;
        report->iterations = r.iterations;
        report->work = r.progress.work;
        report->method = r.dual ? 1 : 2;
        report->has_basis = 1;
        report->note = r.note;
    }
    void *const blocks[] = {r.ind, r.val, r.high, r.low, r.correction};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++) {
        dca__glpk_drop(s->env, blocks[k]);
    }
    return status;
}

/* ---- Read ------------------------------------------------------------------------------------------- */

/* memcpy, which must not see NULL even for nothing. */
static void copy_out(void *out, const void *from, dca_index count, size_t size)
{
    if (count > 0) {
        memcpy(out, from, (size_t)count * size);
    }
}

static dca_status glpk_get_basis(void *self, uint8_t *columns, uint8_t *rows)
{
    const dca__glpk_copy *s = self;
    if (!s->solved) {
        return DCA_E_STATE;
    }
    copy_out(columns, s->status, s->num_columns, 1);
    copy_out(rows, s->status + s->num_columns, s->num_rows, 1);
    return DCA_OK;
}

static dca_status glpk_get_point(void *self, double *x, double *y)
{
    const dca__glpk_copy *s = self;
    if (!s->solved) {
        return DCA_E_STATE;
    }
    copy_out(x, s->x, s->num_columns, sizeof *x);
    copy_out(y, s->y, s->num_rows, sizeof *y);
    return DCA_OK;
}

static dca_status glpk_get_ray(void *self, double *ray)
{
    const dca__glpk_copy *s = self;
    if (!s->solved || !s->has_ray) {
        return DCA_E_STATE;
    }
    copy_out(ray, s->ray, s->outcome == DCA_INFEASIBLE ? s->num_rows : s->num_columns, sizeof *ray);
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
