/* native.c - the native simplex behind the backend contract.
 *
 * The simplex works on the numbers it is given; here they are scaled on the way in and unscaled on the
 * way out, by powers of two, so that nothing is lost. load() keeps a copy of the problem until the
 * first solve, whose options say whether to scale; then the simplex has its own and the copy goes.
 * The factors stay as they are until the next load: edits are scaled with them, so that the live state
 * of the simplex remains good. Whoever finds that the unscaled answer misses its claim loads again and
 * solves with option scaling off, from the basis at hand.
 *
 * A cold solve of a network (network/network.h) starts from the tree that the network simplex ends with,
 * in the caller's numbers; the simplex makes sure of it and claims.
 *
 * Bounds that cross by no more than the claim allows are drawn together at their middle: the simplex
 * sees l <= u always. */
#include "backend/backend.h"

#include "base/alloc.h"
#include "base/env.h"
#include "base/log.h"
#include "base/opt.h"
#include "lp/scale.h"
#include "network/network.h"
#include "simplex/simplex.h"

#include <math.h>
#include <string.h>

/* With fewer rows method auto has nothing to win by trees. */
enum { LEAST_NETWORK = 100 };
/* Option simplex.crash = auto takes trees of no fewer rows than this part of all, where at least that
 * part is violated at the bounds. */
static const double LEAST_PART = 0.95;
static const double LEAST_VIOLATED = 0.5;

typedef struct copy {
    dca_problem view; /* of the arrays below */
    double *cost, *lower, *upper, *row_lower, *row_upper, *value;
    dca_nnz *start;
    dca_index *length, *index;
} copy;

typedef struct native {
    dca_env *env;
    dca__simplex *simplex;
    dca_index num_rows, num_columns;
    bool loaded;  /* once */
    bool pending; /* `problem` (and `basis`) wait for the first solve */
    bool solved;  /* since the load: there is an answer to read */
    copy problem;
    uint8_t *basis;   /* [num_columns + num_rows] statuses to start from, or NULL */
    dca__scale scale; /* once loaded */
    dca_outcome outcome;
} native;

static void copy_free(dca_env *env, copy *c)
{
    dca__free(env, c->cost);
    dca__free(env, c->lower);
    dca__free(env, c->upper);
    dca__free(env, c->row_lower);
    dca__free(env, c->row_upper);
    dca__free(env, c->value);
    dca__free(env, c->start);
    dca__free(env, c->length);
    dca__free(env, c->index);
    memset(c, 0, sizeof *c);
}

static void draw_together(double *low, double *high)
{
    if (*low > *high) {
        *low = *high = 0.5 * *low + 0.5 * *high;
    }
}

static dca_status copy_new(dca_env *env, const dca_problem *p, copy *out)
{
    const dca_index m = p->num_rows;
    const dca_index n = p->num_columns;
    dca_nnz entries = 0;
    for (dca_index j = 0; j < n; j++) {
        entries += p->length[j];
    }
    copy c = {0};
    c.cost = DCA_ARRAY(env, double, n);
    c.lower = DCA_ARRAY(env, double, n);
    c.upper = DCA_ARRAY(env, double, n);
    c.row_lower = DCA_ARRAY(env, double, m);
    c.row_upper = DCA_ARRAY(env, double, m);
    c.value = DCA_ARRAY(env, double, entries);
    c.start = DCA_ARRAY(env, dca_nnz, n);
    c.length = DCA_ARRAY(env, dca_index, n);
    c.index = DCA_ARRAY(env, dca_index, entries);
    if (c.cost == NULL || c.lower == NULL || c.upper == NULL || c.row_lower == NULL ||
        c.row_upper == NULL || c.value == NULL || c.start == NULL || c.length == NULL ||
        c.index == NULL) {
        copy_free(env, &c);
        return DCA_E_NOMEM;
    }
    dca_nnz used = 0;
    for (dca_index j = 0; j < n; j++) {
        c.cost[j] = p->cost[j];
        c.lower[j] = p->lower[j];
        c.upper[j] = p->upper[j];
        draw_together(&c.lower[j], &c.upper[j]);
        c.start[j] = used;
        c.length[j] = p->length[j];
        const size_t count = (size_t)p->length[j];
        if (count > 0) { /* without entries the arrays may be NULL */
            memcpy(c.index + used, p->index + p->start[j], count * sizeof *c.index);
            memcpy(c.value + used, p->value + p->start[j], count * sizeof *c.value);
        }
        used += p->length[j];
    }
    for (dca_index i = 0; i < m; i++) {
        c.row_lower[i] = p->row_lower[i];
        c.row_upper[i] = p->row_upper[i];
        draw_together(&c.row_lower[i], &c.row_upper[i]);
    }
    c.view =
        (dca_problem){sizeof c.view, m,           n,       p->offset, c.cost,  c.lower, c.upper,
                      c.row_lower,   c.row_upper, c.start, c.length,  c.index, c.value};
    *out = c;
    return DCA_OK;
}

static void drop_pending(native *self)
{
    copy_free(self->env, &self->problem);
    dca__free(self->env, self->basis);
    self->basis = NULL;
    self->pending = false;
}

static dca_status native_open(dca_env *env, void **state)
{
    native *self = DCA_NEW(env, native);
    if (self == NULL) {
        return DCA_E_NOMEM;
    }
    if (dca__simplex_new(env, &self->simplex) != DCA_OK) {
        dca__free(env, self);
        return DCA_E_NOMEM;
    }
    self->env = dca__env_retain(env);
    *state = self;
    return DCA_OK;
}

static void native_close(void *state)
{
    native *self = state;
    if (self != NULL) {
        dca_env *env = self->env;
        drop_pending(self);
        dca__scale_free(env, &self->scale);
        dca__simplex_free(self->simplex);
        dca__free(env, self);
        dca__env_release(env);
    }
}

static dca_status native_load(void *state, const dca_problem *problem)
{
    native *self = state;
    copy fresh;
    const dca_status status = copy_new(self->env, problem, &fresh);
    if (status != DCA_OK) {
        return status;
    }
    drop_pending(self);
    self->problem = fresh;
    self->loaded = self->pending = true;
    self->solved = false;
    self->num_rows = problem->num_rows;
    self->num_columns = problem->num_columns;
    self->outcome = DCA_UNSOLVED;
    return DCA_OK;
}

/* Hand the waiting problem to the simplex. On failure it still waits. */
static dca_status settle(native *self, bool scaling)
{
    if (!self->pending) {
        return DCA_OK;
    }
    copy *c = &self->problem;
    dca__scale scale;
    dca_status status =
        scaling ? dca__scale_new(self->env, &c->view, &scale)
                : dca__scale_identity(self->env, self->num_rows, self->num_columns, &scale);
    if (status != DCA_OK) {
        return status;
    }
    dca__scale_apply(&scale, &c->view, c->cost, c->lower, c->upper, c->row_lower, c->row_upper,
                     c->value);
    status = dca__simplex_load(self->simplex, &c->view);
    if (status == DCA_OK && self->basis != NULL) {
        status =
            dca__simplex_set_basis(self->simplex, self->basis, self->basis + self->num_columns);
    }
    if (status != DCA_OK) {
        dca__scale_undo_apply(&scale, &c->view, c->cost, c->lower, c->upper, c->row_lower,
                              c->row_upper, c->value);
        dca__scale_free(self->env, &scale);
        return status;
    }
    dca__scale_free(self->env, &self->scale);
    self->scale = scale;
    drop_pending(self);
    return DCA_OK;
}

static dca_status native_edit(void *state, const dca_edit *edits, dca_nnz n)
{
    native *self = state;
    dca_status status = settle(self, true);
    if (status != DCA_OK) {
        return status;
    }
    dca_edit *scaled = DCA_ARRAY(self->env, dca_edit, n);
    if (scaled == NULL) {
        return DCA_E_NOMEM;
    }
    for (dca_nnz k = 0; k < n; k++) {
        scaled[k] = dca__scale_edit(&self->scale, &edits[k]);
        if (edits[k].kind == DCA_EDIT_COLUMN_BOUNDS || edits[k].kind == DCA_EDIT_ROW_BOUNDS) {
            draw_together(&scaled[k].a, &scaled[k].b);
        }
    }
    status = dca__simplex_edit(self->simplex, scaled, n);
    dca__free(self->env, scaled);
    return status;
}

static dca_status native_set_basis(void *state, const uint8_t *columns, const uint8_t *rows)
{
    native *self = state;
    if (!self->pending) {
        return dca__simplex_set_basis(self->simplex, columns, rows);
    }
    const size_t n = (size_t)self->num_columns;
    const size_t m = (size_t)self->num_rows;
    uint8_t *basis = DCA_ARRAY(self->env, uint8_t, (dca_nnz)(n + m));
    if (basis == NULL) {
        return DCA_E_NOMEM;
    }
    memcpy(basis, columns, n);
    memcpy(basis + n, rows, m);
    dca__free(self->env, self->basis);
    self->basis = basis;
    return DCA_OK;
}

/* What a cold solve begins with. */
typedef struct start {
    dca__network_report trees;
    bool found;   /* there is a basis */
    bool network; /* of the whole problem */
} start;

/* Does the point with all columns at a bound violate as many rows as are worth optimal trees? These meet
 * all of theirs, pivot by pivot, and are not feasible for the others. O(entries). */
static dca_status violates_many(dca_env *env, const dca_problem *p, bool *out)
{
    double *activity = DCA_ZEROS(env, double, p->num_rows);
    dca_index violated = 0;
    if (activity == NULL) {
        return DCA_E_NOMEM;
    }
    for (dca_index j = 0; j < p->num_columns; j++) {
        const double x = p->lower[j] > -INFINITY  ? p->lower[j]
                         : p->upper[j] < INFINITY ? p->upper[j]
                                                  : 0.0;
        for (dca_nnz e = p->start[j]; e < p->start[j] + p->length[j] && x != 0.0; e++) {
            activity[p->index[e]] += p->value[e] * x;
        }
    }
    for (dca_index i = 0; i < p->num_rows; i++) {
        violated += activity[i] < p->row_lower[i] || activity[i] > p->row_upper[i];
    }
    dca__free(env, activity);
    *out = violated >= LEAST_VIOLATED * p->num_rows;
    return DCA_OK;
}

/* Trees of a part of the rows: those that spread a load, else optimal ones. */
static dca_status start_part(native *self, const dca__settings *settings, int64_t most,
                             dca_control *control, start *out, uint8_t *columns, uint8_t *rows)
{
    const dca_problem *problem = &self->problem.view;
    const bool automatic = settings->crash == DCA__CRASH_AUTO;
    dca_status status = DCA_OK;
    bool many = settings->crash == DCA__CRASH_NETWORK;
    if (settings->crash == DCA__CRASH_SPREAD ||
        (automatic && settings->method != DCA__METHOD_DUAL)) {
        status = dca__network_spread(self->env, problem, most, control, &out->trees, columns, rows);
    }
    if (status == DCA_OK && automatic && out->trees.rows == 0 &&
        settings->method != DCA__METHOD_PRIMAL) {
        status = violates_many(self->env, problem, &many);
    }
    if (status == DCA_OK && many) {
        const dca__network_wish wish = {automatic ? LEAST_PART : 0.0, automatic};
        const int64_t work = out->trees.work;
        status = dca__network_start(self->env, problem, &wish, most, control, &out->trees, columns,
                                    rows);
        out->trees.work += work;
    }
    return status;
}

static dca_status start_network(native *self, dca__network *net, const dca__settings *settings,
                                dca_control *control, start *out, uint8_t *basis)
{
    const int64_t limit = settings->iteration_limit;
    const int64_t most = limit > 0 ? limit - 1 : INT64_MAX; /* one is left to the simplex */
    uint8_t *rows = basis + self->num_columns;
    dca_status status = DCA_OK;
    if (net != NULL) {
        dca__network_solve(net, most, control, &out->trees);
        dca__network_basis(net, basis, rows);
    } else {
        status = start_part(self, settings, most, control, out, basis, rows);
    }
    out->found = status == DCA_OK && out->trees.rows > 0;
    out->network = net != NULL;
    if (out->found) {
        dca__log(self->env, DCA_LOG_DEBUG, "network: %d of %d rows, %lld pivots, %s",
                 (int)out->trees.rows, (int)self->num_rows, (long long)out->trees.pivots,
                 out->trees.optimal ? "optimal trees" : "left to the simplex");
    }
    return status;
}

/* Trees, where the problem waits without a basis and is a network, or where they are asked for: they
 * become the basis to start from. Method network asked for by name must have a network. */
static dca_status begin(native *self, const dca__settings *settings, dca_control *control,
                        dca_backend_report *report, start *out)
{
    const bool by_name = settings->method == DCA__METHOD_NETWORK;
    const bool large = self->num_rows >= LEAST_NETWORK;
    const bool wanted = by_name || (settings->method == DCA__METHOD_AUTO && large);
    const bool crash =
        settings->crash == DCA__CRASH_NETWORK ||
        (settings->crash == DCA__CRASH_SPREAD && large && settings->method != DCA__METHOD_DUAL) ||
        (settings->crash == DCA__CRASH_AUTO && large);
    memset(out, 0, sizeof *out);
    if (!self->pending || self->basis != NULL || !(wanted || crash)) {
        return DCA_OK;
    }
    dca__network_kind kind = DCA__NETWORK_WIDE;
    dca__network *net = NULL;
    dca_status status =
        wanted ? dca__network_new(self->env, &self->problem.view, &kind, &net) : DCA_OK;
    if (status != DCA_OK) {
        return status;
    }
    if (net == NULL && by_name) {
        report->note = kind == DCA__NETWORK_WIDE
                           ? "a column has more than two entries"
                           : "the factors around a cycle are not 1: a generalised network";
        return DCA_E_UNSUPPORTED;
    }
    if (net == NULL && !crash) {
        return DCA_OK;
    }
    uint8_t *basis = DCA_ARRAY(self->env, uint8_t, (dca_nnz)self->num_columns + self->num_rows);
    status = basis == NULL ? DCA_E_NOMEM : start_network(self, net, settings, control, out, basis);
    if (out->found) {
        self->basis = basis;
    } else {
        dca__free(self->env, basis);
    }
    dca__network_free(self->env, net);
    return status;
}

/* The simplex that goes on from there. Optimal trees are dual feasible as a basis; else what they have to
 * give is a point that is nearly feasible. */
static dca__method follow(const start *first, const dca__settings *settings)
{
    if (first->network && first->trees.optimal) {
        return DCA__METHOD_PRIMAL;
    }
    if (first->found && first->trees.is_point && settings->method == DCA__METHOD_AUTO) {
        return DCA__METHOD_PRIMAL;
    }
    return (dca__method)settings->method;
}

static dca_status native_solve(void *state, const dca_options *options, dca_control *control,
                               dca_backend_report *report)
{
    native *self = state;
    const dca__settings *settings = &options->settings;
    if (!self->loaded) {
        return DCA_E_STATE;
    }
    self->solved = false;
    report->note = NULL;
    start first;
    dca_status status = begin(self, settings, control, report, &first);
    if (status == DCA_OK) {
        status = settle(self, settings->scaling != 0);
    }
    if (status != DCA_OK) {
        return status;
    }
    dca__settings left = *settings;
    if (left.iteration_limit > 0) {
        left.iteration_limit -= first.trees.pivots;
    }
    const bool by_trees = first.network && first.trees.optimal;
    const dca__method method = follow(&first, settings);
    dca__simplex_report own = {0};
    status = dca__simplex_solve(self->simplex, &left, method, control, &own);
    if (status != DCA_OK) {
        return status;
    }
    self->outcome = own.outcome;
    self->solved = true;
    report->outcome = own.outcome;
    report->iterations = first.trees.pivots + own.iterations;
    report->work = first.trees.work + own.work;
    report->method = by_trees ? 3 : own.method == DCA__METHOD_PRIMAL ? 2 : 1;
    report->has_basis = 1;
    return DCA_OK;
}

static dca_status native_get_basis(void *state, uint8_t *columns, uint8_t *rows)
{
    const native *self = state;
    if (!self->solved) {
        return DCA_E_STATE;
    }
    dca__simplex_get_basis(self->simplex, columns, rows);
    return DCA_OK;
}

static dca_status native_get_point(void *state, double *x, double *y)
{
    const native *self = state;
    if (!self->solved) {
        return DCA_E_STATE;
    }
    dca__simplex_get_point(self->simplex, x, y);
    dca__scale_undo_point(&self->scale, x, y);
    return DCA_OK;
}

static dca_status native_get_ray(void *state, double *ray)
{
    native *self = state;
    if (!self->solved || !dca__simplex_get_ray(self->simplex, ray)) {
        return DCA_E_STATE;
    }
    if (self->outcome == DCA_INFEASIBLE) {
        dca__scale_undo_farkas(&self->scale, ray);
    } else {
        dca__scale_undo_direction(&self->scale, ray);
    }
    return DCA_OK;
}

bool dca__native_resume(void *state, const dca_options *options, dca_control *control,
                        dca_backend_report *report)
{
    native *self = state;
    dca__simplex_report own = {0};
    const bool optimal = self->solved && !self->pending && self->outcome == DCA_OPTIMAL &&
                         dca__simplex_resume(self->simplex, &options->settings, control, &own);
    report->outcome = own.outcome;
    report->iterations = own.iterations;
    report->work = own.work;
    report->method = own.method == DCA__METHOD_PRIMAL ? 2 : 1;
    report->has_basis = 1;
    report->note = NULL;
    return optimal;
}

bool dca__native_mend(void *state, const dca_index *columns, dca_index count)
{
    const native *self = state;
    return dca__simplex_mend_duals(self->simplex, columns, count);
}

bool dca__native_refine(void *state, const dca_index *columns, dca_index count)
{
    const native *self = state;
    return dca__simplex_refine_prices(self->simplex, columns, count);
}

bool dca__native_next_column(void *state, dca_index *j, double *x, uint8_t *status)
{
    const native *self = state;
    if (!dca__simplex_next_column(self->simplex, j)) {
        return false;
    }
    dca__simplex_get_column(self->simplex, *j, x, status);
    *x *= self->scale.column[*j];
    return true;
}

bool dca__native_next_row(void *state, dca_index *i, double *y, uint8_t *status)
{
    const native *self = state;
    if (!dca__simplex_next_row(self->simplex, i)) {
        return false;
    }
    dca__simplex_get_row(self->simplex, *i, y, status);
    *y *= self->scale.row[*i] / self->scale.objective;
    return true;
}

const dca_backend *dca__native_backend(void)
{
    static const dca_backend NATIVE = {
        .struct_size = sizeof(dca_backend),
        .capabilities = DCA_BACKEND_DUAL | DCA_BACKEND_PRIMAL | DCA_BACKEND_BASIS |
                        DCA_BACKEND_EDIT | DCA_BACKEND_RAYS | DCA_BACKEND_NETWORK,
        .name = "native",
        .open = native_open,
        .close = native_close,
        .load = native_load,
        .edit = native_edit,
        .set_basis = native_set_basis,
        .solve = native_solve,
        .get_basis = native_get_basis,
        .get_point = native_get_point,
        .get_ray = native_get_ray,
    };
    return &NATIVE;
}
