/* symmetry_start.c - from a basis of the quotient to a start for the original.
 *
 * A member has the status of its class, but that of the columns of a basic class only as many are
 * basic as find a row: columns of basic classes are matched with rows of nonbasic ones, each column with
 * a row where it has an entry; a row without a column has its logical basic, a column without a row
 * stands at its nearer bound. Were all the reduced costs of the basic ones 0 before, they are now: what
 * is left for a simplex is to put right the values, by dual pivots mostly.
 *
 * The matching is greedy: rows and columns with one partner left first, then rows in order with the
 * partner that has the fewest others (Karp, Sipser 1981, "Maximum matching in sparse random graphs",
 * FOCS). Taken in that order the matched part is nearly triangular. O(nnz). */
#include "lp/symmetry_state.h"

#include "base/alloc.h"

typedef struct matching {
    const dca__symmetry *s;
    dca_index *row_degree;    /* [m] free columns; -1: matched, or not to be */
    dca_index *column_degree; /* [n] free rows; -1 likewise */
    dca_index *queue;         /* [m + n] rows i, columns as -1 - j, that had one partner left */
    dca_nnz queued;
    uint8_t *columns, *rows; /* statuses */
} matching;

static void enqueue_row(matching *w, dca_index i)
{
    if (--w->row_degree[i] == 1) {
        w->queue[w->queued++] = i;
    }
}

static void enqueue_column(matching *w, dca_index j)
{
    if (--w->column_degree[j] == 1) {
        w->queue[w->queued++] = -1 - j;
    }
}

static void match(matching *w, dca_index i, dca_index j)
{
    const dca__symmetry *s = w->s;
    const dca_problem *o = s->original;
    w->row_degree[i] = w->column_degree[j] = -1;
    w->columns[j] = DCA_BASIS_BASIC;
    for (dca_nnz e = s->row_start[i]; e < s->row_start[(dca_nnz)i + 1]; e++) {
        if (w->column_degree[s->row_index[e]] > 0) {
            enqueue_column(w, s->row_index[e]);
        }
    }
    for (dca_nnz e = o->start[j]; e < o->start[j] + o->length[j]; e++) {
        if (w->row_degree[o->index[e]] > 0) {
            enqueue_row(w, o->index[e]);
        }
    }
}

/* The free column of row i with the fewest free rows, or -1. */
static dca_index partner_of_row(const matching *w, dca_index i)
{
    const dca__symmetry *s = w->s;
    dca_index best = -1;
    for (dca_nnz e = s->row_start[i]; e < s->row_start[(dca_nnz)i + 1]; e++) {
        const dca_index j = s->row_index[e];
        if (w->column_degree[j] > 0 && (best < 0 || w->column_degree[j] < w->column_degree[best])) {
            best = j;
        }
    }
    return best;
}

static dca_index partner_of_column(const matching *w, dca_index j)
{
    const dca_problem *o = w->s->original;
    for (dca_nnz e = o->start[j]; e < o->start[j] + o->length[j]; e++) {
        if (w->row_degree[o->index[e]] > 0) {
            return o->index[e];
        }
    }
    return -1;
}

/* Those with one partner left. */
static void match_forced(matching *w)
{
    while (w->queued > 0) {
        const dca_index k = w->queue[--w->queued];
        if (k >= 0 && w->row_degree[k] == 1) {
            match(w, k, partner_of_row(w, k));
        } else if (k < 0 && w->column_degree[-1 - k] == 1) {
            match(w, partner_of_column(w, -1 - k), -1 - k);
        }
    }
}

/* Degrees of what takes part; statuses of what does not. */
static void begin(matching *w, const dca__point *quotient)
{
    const dca__symmetry *s = w->s;
    const dca_problem *o = s->original;
    for (dca_index i = 0; i < o->num_rows; i++) {
        w->rows[i] = quotient->row_status[s->rows.of[i]];
        w->row_degree[i] = w->rows[i] == DCA_BASIS_BASIC ? -1 : 0;
    }
    for (dca_index j = 0; j < o->num_columns; j++) {
        const dca_index q = s->columns.of[j];
        w->columns[j] = quotient->column_status[q];
        w->column_degree[j] = -1;
        if (w->columns[j] != DCA_BASIS_BASIC) {
            continue;
        }
        const double x = quotient->x[q];
        w->columns[j] = isinf(o->lower[j]) && isinf(o->upper[j]) ? DCA_BASIS_FREE
                        : x - o->lower[j] <= o->upper[j] - x     ? DCA_BASIS_LOWER
                                                                 : DCA_BASIS_UPPER;
        w->column_degree[j] = 0;
        for (dca_nnz e = o->start[j]; e < o->start[j] + o->length[j]; e++) {
            if (w->row_degree[o->index[e]] >= 0) {
                w->row_degree[o->index[e]]++;
                w->column_degree[j]++;
            }
        }
    }
    for (dca_index i = 0; i < o->num_rows; i++) {
        if (w->row_degree[i] == 1) {
            w->queue[w->queued++] = i;
        }
    }
    for (dca_index j = 0; j < o->num_columns; j++) {
        if (w->column_degree[j] == 1) {
            w->queue[w->queued++] = -1 - j;
        }
    }
}

dca_status dca__symmetry_lift_start(const dca__symmetry *s, const dca__point *quotient,
                                    uint8_t *columns, uint8_t *rows)
{
    dca_env *env = s->env;
    const dca_nnz m = s->rows.count;
    const dca_nnz n = s->columns.count;
    matching w = {.s = s,
                  .row_degree = DCA_ARRAY(env, dca_index, m),
                  .column_degree = DCA_ARRAY(env, dca_index, n),
                  .queue = DCA_ARRAY(env, dca_index, m + n),
                  .columns = columns,
                  .rows = rows};
    dca_status status = DCA_E_NOMEM;
    if (w.row_degree != NULL && w.column_degree != NULL && w.queue != NULL) {
        begin(&w, quotient);
        match_forced(&w);
        for (dca_index i = 0; i < s->rows.count; i++) {
            if (w.row_degree[i] > 0) {
                match(&w, i, partner_of_row(&w, i));
                match_forced(&w);
            }
        }
        for (dca_index i = 0; i < s->rows.count; i++) {
            if (w.row_degree[i] == 0) {
                rows[i] = DCA_BASIS_BASIC; /* no column was left */
            }
        }
        status = DCA_OK;
    }
    dca__free(env, w.row_degree);
    dca__free(env, w.column_degree);
    dca__free(env, w.queue);
    return status;
}
