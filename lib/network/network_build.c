/* network_build.c - from a problem to arcs, and from a tree to a basis of the problem.
 *
 * With b_ij = r_i a_ij = +-w_j the flow of column j is w_j x_j, its cost c_j / w_j a unit. The logical
 * s_i = -(A x)_i of the simplex has the flow r_i s_i. A row that is a bound tightens its column; where
 * the arc ends at that bound, the column is basic and the logical of the row is not. O(entries). */
#include "network/network_state.h"

#include "base/alloc.h"
#include "base/env.h"

#include <string.h>

typedef struct column {
    double lower, upper; /* of x_j, rows that are bounds among them */
    double weight;       /* w_j */
    dca_index tail, head;
} column;

void dca__network_free(dca_env *env, dca__network *net)
{
    if (net != NULL) {
        dca__free(env, net->tail);
        dca__free(env, net->head);
        dca__free(env, net->cost);
        dca__free(env, net->capacity);
        dca__free(env, net->state);
        dca__free(env, net->free_arc);
        dca__free(env, net->row_factor);
        dca__free(env, net->floor);
        dca__free(env, net->ceiling);
        dca__free(env, net->excess);
        dca__free(env, net->lower_row);
        dca__free(env, net->upper_row);
        dca__free(env, net->bound_sign);
        dca__free(env, net->node);
        dca__free(env, net->y);
        dca__free(env, net->elastic);
        dca__free(env, net);
    }
}

static bool allocate(dca_env *env, dca__network *net)
{
    return (net->tail = DCA_ARRAY(env, dca_index, net->arcs)) != NULL &&
           (net->head = DCA_ARRAY(env, dca_index, net->arcs)) != NULL &&
           (net->cost = DCA_ARRAY(env, double, net->arcs)) != NULL &&
           (net->capacity = DCA_ARRAY(env, double, net->arcs)) != NULL &&
           (net->state = DCA_ARRAY(env, int8_t, net->arcs)) != NULL &&
           (net->free_arc = DCA_ZEROS(env, uint8_t, net->n)) != NULL &&
           (net->floor = DCA_ARRAY(env, double, net->m)) != NULL &&
           (net->ceiling = DCA_ARRAY(env, double, net->m)) != NULL &&
           (net->excess = DCA_ZEROS(env, double, net->m)) != NULL &&
           (net->node = DCA_ARRAY(env, dca__network_node, (dca_nnz)net->m + 1)) != NULL &&
           (net->y = DCA_ARRAY(env, double, (dca_nnz)net->m + 1)) != NULL &&
           (net->elastic = DCA_ZEROS(env, int8_t, net->m)) != NULL;
}

/* Room for the rows behind bounds, where there are any. */
static bool allocate_bounds(dca_env *env, dca__network *net)
{
    bool any = false;
    for (dca_index i = 0; i < net->m && !any; i++) {
        any = net->row_factor[i] == 0.0;
    }
    if (!any) {
        return true;
    }
    net->lower_row = DCA_ARRAY(env, dca_index, net->n);
    net->upper_row = DCA_ARRAY(env, dca_index, net->n);
    net->bound_sign = DCA_ZEROS(env, int8_t, net->m);
    if (net->lower_row == NULL || net->upper_row == NULL || net->bound_sign == NULL) {
        return false;
    }
    for (dca_index j = 0; j < net->n; j++) {
        net->lower_row[j] = net->upper_row[j] = -1;
    }
    return true;
}

/* rl <= a x_j <= ru */
static void tighten(dca__network *net, const dca_problem *p, dca_index j, dca_nnz k, column *c)
{
    const dca_index i = p->index[k];
    const double one = p->row_lower[i] / p->value[k];
    const double two = p->row_upper[i] / p->value[k];
    const double lower = fmin(one, two);
    const double upper = fmax(one, two);
    net->bound_sign[i] = p->value[k] > 0.0 ? 1 : -1;
    if (lower > c->lower) {
        c->lower = lower;
        net->lower_row[j] = i;
    }
    if (upper < c->upper) {
        c->upper = upper;
        net->upper_row[j] = i;
    }
}

static column read_column(dca__network *net, const dca_problem *p, dca_index j)
{
    const dca_index root = net->m;
    column c = {p->lower[j], p->upper[j], 1.0, root, root};
    for (dca_nnz k = p->start[j]; k < p->start[j] + p->length[j]; k++) {
        const dca_index i = p->index[k];
        const double b = net->row_factor[i] * p->value[k];
        if (b == 0.0) {
            tighten(net, p, j, k, &c);
            continue;
        }
        c.weight = fabs(b);
        if (b > 0.0) {
            c.tail = i;
        } else {
            c.head = i;
        }
    }
    c.upper = fmax(c.lower, c.upper); /* rows that contradict each other: the simplex will say so */
    return c;
}

static void add_column(dca__network *net, const dca_problem *p, dca_index j)
{
    const column c = read_column(net, p, j);
    const double lower = c.weight * c.lower;
    const double upper = c.weight * c.upper;
    net->tail[j] = c.tail;
    net->head[j] = c.head;
    net->cost[j] = p->cost[j] / c.weight;
    net->capacity[j] = upper - lower;
    net->free_arc[j] = lower == -INFINITY && upper == INFINITY;
    net->state[j] = net->free_arc[j] || net->capacity[j] == 0.0 ? DCA__ARC_TREE
                    : lower > -INFINITY                         ? DCA__ARC_LOWER
                                                                : DCA__ARC_UPPER;
    const double flow = net->free_arc[j] ? 0.0 : lower > -INFINITY ? lower : upper;
    if (c.tail != net->m) {
        net->excess[c.tail] -= flow;
    }
    if (c.head != net->m) {
        net->excess[c.head] += flow;
    }
    net->largest_cost = fmax(net->largest_cost, fabs(net->cost[j]));
}

static void note_flow(dca__network *net, double flow)
{
    if (isfinite(flow)) {
        net->largest_flow = fmax(net->largest_flow, fabs(flow));
    }
}

static void add_logical(dca__network *net, const dca_problem *p, dca_index i)
{
    const dca_index e = net->n + i;
    const double r = net->row_factor[i];
    net->tail[e] = r != 0.0 ? i : net->m;
    net->head[e] = net->m;
    net->cost[e] = 0.0;
    net->state[e] = DCA__ARC_TREE;
    net->floor[i] = r > 0.0 ? -r * p->row_upper[i] : -r * p->row_lower[i];
    net->ceiling[i] = r > 0.0 ? -r * p->row_lower[i] : -r * p->row_upper[i];
    net->capacity[e] = net->ceiling[i] - net->floor[i];
    if (r != 0.0) {
        note_flow(net, net->floor[i]);
        note_flow(net, net->ceiling[i]);
        note_flow(net, net->excess[i]);
    }
}

static dca_status build(dca_env *env, const dca_problem *p, dca__network *net)
{
    if (!allocate(env, net) || !allocate_bounds(env, net)) {
        return DCA_E_NOMEM;
    }
    for (dca_index j = 0; j < net->n; j++) {
        add_column(net, p, j);
    }
    for (dca_index i = 0; i < net->m; i++) {
        add_logical(net, p, i);
    }
    return DCA_OK;
}

dca_status dca__network_new(dca_env *env, const dca_problem *problem, dca__network_kind *kind,
                            dca__network **out)
{
    *out = NULL;
    if (problem->num_columns > INT32_MAX - problem->num_rows) {
        return DCA_E_NOMEM;
    }
    dca__network *net = DCA_NEW(env, dca__network);
    if (net == NULL) {
        return DCA_E_NOMEM;
    }
    net->m = problem->num_rows;
    net->n = problem->num_columns;
    net->arcs = net->m + net->n;
    net->row_factor = DCA_ARRAY(env, double, net->m);
    dca_status status = net->row_factor == NULL
                            ? DCA_E_NOMEM
                            : dca__network_detect(env, problem, net->row_factor, kind);
    if (status == DCA_OK && *kind == DCA__NETWORK_PURE) {
        status = build(env, problem, net);
        if (status == DCA_OK) {
            *out = net;
            return DCA_OK;
        }
    }
    dca__network_free(env, net);
    return status;
}

/* w_j */
static double weight_of(const dca__network *net, const dca_problem *p, dca_index j)
{
    for (dca_nnz k = p->start[j]; k < p->start[j] + p->length[j]; k++) {
        const double b = net->row_factor[p->index[k]] * p->value[k];
        if (b != 0.0) {
            return fabs(b);
        }
    }
    return 1.0;
}

void dca__network_set_costs(dca__network *net, const dca_problem *p)
{
    net->largest_cost = 0.0;
    for (dca_index j = 0; j < net->n; j++) {
        net->cost[j] = p->cost[j] / weight_of(net, p, j);
        net->largest_cost = fmax(net->largest_cost, fabs(net->cost[j]));
    }
    net->work += net->n;
}

void dca__network_point(const dca__network *net, const dca_problem *p, double *x)
{
    for (dca_index j = 0; j < net->n; j++) {
        const bool upper = net->state[j] == DCA__ARC_UPPER || p->lower[j] == -INFINITY;
        x[j] = upper ? p->upper[j] : p->lower[j];
    }
    for (dca_index v = 0; v < net->m; v++) {
        const dca__network_node *node = &net->node[v];
        const dca_index j = node->arc;
        if (j < 0 || j >= net->n) {
            continue;
        }
        const bool rises = net->tail[j] == v;
        const double more = rises ? node->up : node->down;
        const double less = rises ? node->down : node->up;
        const double weight = weight_of(net, p, j);
        x[j] = p->lower[j] > -INFINITY ? p->lower[j] + less / weight : p->upper[j] - more / weight;
    }
}

static uint8_t status_of(const dca__network *net, dca_index e)
{
    return net->state[e] == DCA__ARC_UPPER  ? DCA_BASIS_UPPER
           : e < net->n && net->free_arc[e] ? DCA_BASIS_FREE
                                            : DCA_BASIS_LOWER;
}

/* Of the activity, which falls where the logical rises: the sides change places with r_i > 0. */
static uint8_t row_status(const dca__network *net, dca_index i)
{
    const bool upper = net->state[net->n + i] == DCA__ARC_UPPER;
    return upper == (net->row_factor[i] > 0.0) ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
}

/* Column j is outside the tree, at a bound: is it that of a row? */
static void hand_to_row(const dca__network *net, dca_index j, uint8_t *columns, uint8_t *rows)
{
    const bool upper = columns[j] == DCA_BASIS_UPPER;
    const dca_index i = upper ? net->upper_row[j] : net->lower_row[j];
    if (i >= 0) {
        columns[j] = DCA_BASIS_BASIC;
        rows[i] = upper == (net->bound_sign[i] > 0) ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
    }
}

void dca__network_basis(const dca__network *net, uint8_t *columns, uint8_t *rows)
{
    for (dca_index j = 0; j < net->n; j++) {
        columns[j] = status_of(net, j);
    }
    for (dca_index i = 0; i < net->m; i++) {
        rows[i] = net->row_factor[i] == 0.0 ? DCA_BASIS_BASIC : row_status(net, i);
    }
    for (dca_index v = 0; v < net->m; v++) {
        const dca_index e = net->node[v].arc;
        if (e < 0) {
            continue;
        }
        if (e < net->n) {
            columns[e] = DCA_BASIS_BASIC;
        } else {
            rows[e - net->n] = DCA_BASIS_BASIC;
        }
    }
    for (dca_index j = 0; net->lower_row != NULL && j < net->n; j++) {
        if (columns[j] != DCA_BASIS_BASIC) {
            hand_to_row(net, j, columns, rows);
        }
    }
}
