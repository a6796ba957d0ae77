/* implied.c - bounds from rows, and their propagation.
 *
 * side[2i] holds the least activity of row i, side[2i+1] the largest, each as the sum of the finite
 * terms, the sum of their magnitudes and the number of infinite ones; the cut-off row is row m.
 * A side gives bounds when at most one of its terms is infinite: none, and it bounds every column of
 * the row; one, and it bounds that column only. A bound that becomes finite changes one side of each
 * row of its column, so that propagation by a queue of sides touches every entry a few times.
 *
 * Brearley, Mitra, Williams (1975), "Analysis of mathematical programming problems prior to applying
 * the simplex algorithm", Math. Programming. */
#include "lp/implied.h"

#include "base/alloc.h"
#include "base/dd.h"
#include "lp/lp.h"

typedef struct side {
    dca__dd sum;        /* of the finite terms */
    double magnitude;   /* of the finite terms */
    dca_index infinite; /* number of infinite terms */
} side;

struct dca__implied {
    dca_env *env;
    const dca_problem *problem;
    dca_index num_sides; /* 2 (m + 1) */
    double cutoff;
    double *lower, *upper; /* [n] the bounds so far */
    side *side;            /* [num_sides] */
};

/* Bounds beyond this are not worth having: their products with noise are not noise. */
static const double WORTHLESS = 1e25;
/* Outward push, relative to the magnitudes summed: 8 roundings. */
static const double PUSH = 0x1p-50;

enum { LEAST = 0, MOST = 1 };

static double row_bound(const dca__implied *implied, dca_index i, int which)
{
    const dca_problem *problem = implied->problem;
    if (i == problem->num_rows) {
        return which == LEAST ? implied->cutoff : -INFINITY;
    }
    return which == LEAST ? problem->row_upper[i] : problem->row_lower[i];
}

/* The side to which a bound of a column with coefficient a contributes. */
static int side_fed(double a, bool upper)
{
    return (a > 0.0) == upper ? MOST : LEAST;
}

static void add_term(side *s, double a, double bound, dca_index sign)
{
    if (isinf(bound)) {
        s->infinite += sign;
    } else {
        dca__dd_add_product(&s->sum, a, bound);
        s->magnitude += fabs(a * bound);
    }
}

static void add_entry(dca__implied *implied, dca_index i, dca_index j, double a)
{
    add_term(&implied->side[2 * i + side_fed(a, false)], a, implied->lower[j], 1);
    add_term(&implied->side[2 * i + side_fed(a, true)], a, implied->upper[j], 1);
}

dca_status dca__implied_new(dca_env *env, const dca_problem *problem, double cutoff,
                            dca__implied **out)
{
    const dca_index m = problem->num_rows;
    const dca_index n = problem->num_columns;
    dca__implied *implied = DCA_NEW(env, dca__implied);
    if (implied == NULL) {
        return DCA_E_NOMEM;
    }
    implied->env = env;
    implied->problem = problem;
    implied->cutoff = cutoff;
    implied->num_sides = 2 * (m + 1);
    implied->lower = DCA_ARRAY(env, double, n);
    implied->upper = DCA_ARRAY(env, double, n);
    implied->side = DCA_ZEROS(env, side, implied->num_sides);
    if (implied->lower == NULL || implied->upper == NULL || implied->side == NULL) {
        dca__implied_free(implied);
        return DCA_E_NOMEM;
    }
    for (dca_index j = 0; j < n; j++) {
        implied->lower[j] = problem->lower[j];
        implied->upper[j] = problem->upper[j];
        const dca_nnz end = problem->start[j] + problem->length[j];
        for (dca_nnz k = problem->start[j]; k < end; k++) {
            add_entry(implied, problem->index[k], j, problem->value[k]);
        }
        if (problem->cost[j] != 0.0) {
            add_entry(implied, m, j, problem->cost[j]);
        }
    }
    *out = implied;
    return DCA_OK;
}

void dca__implied_free(dca__implied *implied)
{
    if (implied != NULL) {
        dca_env *env = implied->env;
        dca__free(env, implied->lower);
        dca__free(env, implied->upper);
        dca__free(env, implied->side);
        dca__free(env, implied);
    }
}

/* The bound that row i gives on column j with coefficient a, or an infinity. */
static double bound_by_row(const dca__implied *implied, dca_index i, dca_index j, double a,
                           bool upper)
{
    /* An upper bound comes from ru and the least activity when a > 0, from rl and the largest when
     * a < 0; a lower bound the other way round. The column's own term there is its other bound. */
    const int which = (a > 0.0) == upper ? LEAST : MOST;
    const double none = upper ? INFINITY : -INFINITY;
    const double limit = row_bound(implied, i, which);
    const side *s = &implied->side[2 * i + which];
    const double own = upper ? implied->lower[j] : implied->upper[j];
    if (isinf(limit) || s->infinite > (isinf(own) ? 1 : 0)) {
        return none;
    }
    dca__dd rest = s->sum;
    if (!isinf(own)) {
        dca__dd_add_product(&rest, -a, own);
    }
    const double push = PUSH * (s->magnitude + fabs(limit)) / fabs(a);
    const double bound = dca__dd_below(rest, limit) / a;
    const double outside = upper ? bound + push : bound - push;
    return fabs(outside) < WORTHLESS ? outside : none;
}

double dca__implied_bound(const dca__implied *implied, dca_index j, bool upper)
{
    const dca_problem *problem = implied->problem;
    const double own = upper ? problem->upper[j] : problem->lower[j];
    if (!isinf(own)) {
        return own;
    }
    double best = upper ? implied->upper[j] : implied->lower[j];
    const dca_nnz end = problem->start[j] + problem->length[j];
    for (dca_nnz k = problem->start[j]; k <= end; k++) {
        const bool cost_row = k == end;
        const double a = cost_row ? problem->cost[j] : problem->value[k];
        if (a == 0.0) {
            continue;
        }
        const dca_index i = cost_row ? problem->num_rows : problem->index[k];
        const double bound = bound_by_row(implied, i, j, a, upper);
        best = upper ? fmin(best, bound) : fmax(best, bound);
    }
    return best;
}

/* ---- Propagation -------------------------------------------------------------------------------- */

typedef struct queue {
    dca_index *item; /* [num_sides] ring */
    uint8_t *inside; /* [num_sides] */
    dca_index head, count;
} queue;

static void push_side(const dca__implied *implied, queue *q, dca_index s)
{
    if (!q->inside[s] && implied->side[s].infinite <= 1 &&
        !isinf(row_bound(implied, s / 2, (int)(s % 2)))) {
        q->item[(q->head + q->count) % implied->num_sides] = s;
        q->inside[s] = 1;
        q->count++;
    }
}

static dca_index pop_side(const dca__implied *implied, queue *q)
{
    const dca_index s = q->item[q->head];
    q->head = (q->head + 1) % implied->num_sides;
    q->count--;
    q->inside[s] = 0;
    return s;
}

/* A bound of column j became finite: one side of each of its rows has a term more. */
static void set_bound(dca__implied *implied, queue *q, dca_index j, bool upper, double bound)
{
    const dca_problem *problem = implied->problem;
    *(upper ? &implied->upper[j] : &implied->lower[j]) = bound;
    const dca_nnz end = problem->start[j] + problem->length[j];
    for (dca_nnz k = problem->start[j]; k <= end; k++) {
        const double a = k == end ? problem->cost[j] : problem->value[k];
        if (a == 0.0) {
            continue;
        }
        const dca_index i = k == end ? problem->num_rows : problem->index[k];
        const dca_index s = 2 * i + side_fed(a, upper);
        implied->side[s].infinite--;
        add_term(&implied->side[s], a, bound, 0);
        push_side(implied, q, s);
    }
}

static void try_entry(dca__implied *implied, queue *q, dca_index s, dca_index j, double a)
{
    const bool upper = (a > 0.0) == (s % 2 == LEAST);
    const double now = upper ? implied->upper[j] : implied->lower[j];
    if (isinf(now)) {
        const double bound = bound_by_row(implied, s / 2, j, a, upper);
        if (!isinf(bound)) {
            set_bound(implied, q, j, upper, bound);
        }
    }
}

static void propagate(dca__implied *implied, queue *q, const dca_nnz *row_start,
                      const dca_index *row_index, const double *row_value)
{
    const dca_problem *problem = implied->problem;
    for (dca_index s = 0; s < implied->num_sides; s++) {
        push_side(implied, q, s);
    }
    while (q->count > 0) {
        const dca_index s = pop_side(implied, q);
        const dca_index i = s / 2;
        if (i == problem->num_rows) {
            for (dca_index j = 0; j < problem->num_columns; j++) {
                if (problem->cost[j] != 0.0) {
                    try_entry(implied, q, s, j, problem->cost[j]);
                }
            }
            continue;
        }
        for (dca_nnz k = row_start[i]; k < row_start[i + 1]; k++) {
            try_entry(implied, q, s, row_index[k], row_value[k]);
        }
    }
}

dca_status dca__implied_propagate(dca__implied *implied)
{
    dca_env *env = implied->env;
    const dca_problem *problem = implied->problem;
    dca_nnz entries = 0;
    for (dca_index j = 0; j < problem->num_columns; j++) {
        entries += problem->length[j];
    }
    queue q = {0};
    dca_status status = DCA_E_NOMEM;
    dca_nnz *row_start = DCA_ARRAY(env, dca_nnz, (dca_nnz)problem->num_rows + 1);
    dca_index *row_index = DCA_ARRAY(env, dca_index, entries);
    double *row_value = DCA_ARRAY(env, double, entries);
    q.item = DCA_ARRAY(env, dca_index, implied->num_sides);
    q.inside = DCA_ZEROS(env, uint8_t, implied->num_sides);
    if (row_start == NULL || row_index == NULL || row_value == NULL || q.item == NULL ||
        q.inside == NULL) {
        goto done;
    }
    dca__lp_transpose(problem, row_start, row_index, row_value);
    propagate(implied, &q, row_start, row_index, row_value);
    status = DCA_OK;
done:
    dca__free(env, row_start);
    dca__free(env, row_index);
    dca__free(env, row_value);
    dca__free(env, q.item);
    dca__free(env, q.inside);
    return status;
}
