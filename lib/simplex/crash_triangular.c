/* crash_triangular.c - a triangular basis of columns for the rows whose logicals should leave.
 *
 * These are equations, whose logicals are fixed, and rows that the slack basis violates. A row with the
 * fewest columns left comes first, and gets one of them: one whose value solves the row within its
 * bounds before others, free before one bound before two, then the cheapest for what it adds, then the
 * shortest. All columns with an entry in the row are out from then on. So a column that is taken has
 * entries only in its own row and in rows that come later: the basis is triangular, and the value of
 * a column is known when it is chosen, from those before it. Rows without a column keep their logicals.
 * Fixed columns are never taken, nor pivots below STABLE times the largest entry of their column. O(entries).
 * [Bixby (1992), Implementing the simplex method: the initial basis; Maros (2003), Computational techniques
 * of the simplex method, 9.8; the look at values: Gould, Reid (1989), New crash procedures for large systems
 * of linear constraints] */
#include "simplex/crash_triangular.h"

#include "base/alloc.h"
#include "base/log.h"

static const double STABLE = 0.01;
enum { NONE = -1 };

/* Rows by the number of columns left: heads of lists by that number, linked both ways. */
typedef struct triangle {
    dca__simplex *s;
    dca_index *head;     /* [n + 1] */
    dca_index *next;     /* [m] */
    dca_index *previous; /* [m] */
    dca_index *count;    /* [m] columns left; NONE: not wanted, or done */
    double *activity;    /* [m] of the point as chosen so far */
    double *largest;     /* [n] absolute entry of the column */
    uint8_t *out;        /* [n] */
    uint8_t *status;     /* [total] */
    dca_index least;     /* no list below is used */
    dca_index wanted, taken;
} triangle;

static void link_row(triangle *t, dca_index i)
{
    const dca_index k = t->count[i];
    t->next[i] = t->head[k];
    t->previous[i] = NONE;
    if (t->head[k] != NONE) {
        t->previous[t->head[k]] = i;
    }
    t->head[k] = i;
    t->least = k < t->least ? k : t->least;
}

static void unlink_row(triangle *t, dca_index i)
{
    if (t->previous[i] != NONE) {
        t->next[t->previous[i]] = t->next[i];
    } else {
        t->head[t->count[i]] = t->next[i];
    }
    if (t->next[i] != NONE) {
        t->previous[t->next[i]] = t->previous[i];
    }
}

static void discard(triangle *t, dca_index j)
{
    const dca__simplex *s = t->s;
    const dca_nnz end = s->col_start[j] + s->col_length[j];
    t->out[j] = 1;
    for (dca_nnz e = s->col_start[j]; e < end; e++) {
        const dca_index i = s->col_index[e];
        if (t->count[i] > 0) {
            unlink_row(t, i);
            t->count[i]--;
            link_row(t, i);
        }
    }
}

/* What a column is chosen by, least first. */
typedef struct rank {
    int bounds;
    bool outside;
    double cost;
    dca_index length;
} rank;

static bool better(const rank *a, const rank *b)
{
    if (a->outside != b->outside) {
        return !a->outside;
    }
    if (a->bounds != b->bounds) {
        return a->bounds < b->bounds;
    }
    return a->cost != b->cost ? a->cost < b->cost : a->length < b->length;
}

/* The column for row i and its entry there; NONE. */
static dca_index choose(const triangle *t, dca_index i, double *entry, double *value)
{
    const dca__simplex *s = t->s;
    const double lower = -s->upper[s->n + i];
    const double upper = -s->lower[s->n + i];
    const double gap = t->activity[i] < lower   ? lower - t->activity[i]
                       : t->activity[i] > upper ? upper - t->activity[i]
                                                : 0.0;
    dca_index best = NONE;
    rank best_rank = {0};
    for (dca_nnz e = s->row_start[i]; e < s->row_start[i + 1]; e++) {
        const dca_index j = s->row_index[e];
        const double a = s->row_value[e];
        if (t->out[j] || a == 0.0 || fabs(a) < STABLE * t->largest[j]) {
            continue;
        }
        const double step = gap / a;
        const double to = s->x[j] + step;
        const rank r = {(s->lower[j] > -INFINITY) + (s->upper[j] < INFINITY),
                        to < s->lower[j] || to > s->upper[j], s->cost[j] * step, s->col_length[j]};
        if (best == NONE || better(&r, &best_rank)) {
            best = j;
            best_rank = r;
            *entry = a;
            *value = to;
        }
    }
    return best;
}

static void take(triangle *t, dca_index i)
{
    dca__simplex *s = t->s;
    double entry = 0.0;
    double value = 0.0;
    const dca_index q = choose(t, i, &entry, &value);
    unlink_row(t, i);
    t->count[i] = NONE;
    for (dca_nnz e = s->row_start[i]; e < s->row_start[i + 1]; e++) {
        const dca_index j = s->row_index[e];
        if (q != NONE && !t->out[j]) {
            discard(t, j);
            s->work += s->col_length[j];
        }
    }
    s->work += 2 * (s->row_start[i + 1] - s->row_start[i]);
    if (q == NONE) {
        return;
    }
    const double step = value - s->x[q];
    const dca_nnz end = s->col_start[q] + s->col_length[q];
    for (dca_nnz e = s->col_start[q]; e < end && step != 0.0; e++) {
        t->activity[s->col_index[e]] += s->col_value[e] * step;
    }
    t->status[q] = DCA_BASIS_BASIC;
    t->status[s->n + i] = DCA_BASIS_LOWER;
    t->taken++;
}

/* At the slack basis: every column at its bound, every row with its columns. */
static void begin(triangle *t)
{
    dca__simplex *s = t->s;
    for (dca_index k = 0; k <= s->n; k++) {
        t->head[k] = NONE;
    }
    for (dca_index j = 0; j < s->n; j++) {
        const dca_nnz end = s->col_start[j] + s->col_length[j];
        t->out[j] = !(s->lower[j] < s->upper[j]);
        t->status[j] = s->status[j];
        t->largest[j] = 0.0;
        for (dca_nnz e = s->col_start[j]; e < end; e++) {
            t->largest[j] = fmax(t->largest[j], fabs(s->col_value[e]));
        }
    }
    t->least = s->n;
    for (dca_index i = 0; i < s->m; i++) {
        const dca_index j = s->n + i;
        t->status[j] = DCA_BASIS_BASIC;
        t->activity[i] = -s->x[j];
        t->count[i] = NONE;
        if (s->lower[j] != s->upper[j] && dca__simplex_excess(s, j, s->primal_tolerance) == 0.0) {
            continue;
        }
        t->wanted++;
        t->count[i] = 0;
        for (dca_nnz e = s->row_start[i]; e < s->row_start[i + 1]; e++) {
            t->count[i] += !t->out[s->row_index[e]];
        }
        if (t->count[i] > 0) {
            link_row(t, i);
        }
    }
    s->work += 2 * s->entries + s->total;
}

static void run(triangle *t)
{
    dca__simplex *s = t->s;
    begin(t);
    while (t->least <= s->n && !dca__simplex_must_stop(s)) {
        const dca_index i = t->head[t->least];
        if (i == NONE) {
            t->least++;
        } else if (t->least == 0) {
            unlink_row(t, i);
            t->count[i] = NONE;
        } else {
            take(t, i);
        }
    }
    dca__log(s->env, DCA_LOG_INFO, "triangular: columns for %d of %d rows", (int)t->taken,
             (int)t->wanted);
}

dca_status dca__simplex_triangular(dca__simplex *s, dca_index least, bool *found)
{
    dca_env *env = s->env;
    triangle t = {.s = s};
    t.head = DCA_ARRAY(env, dca_index, (dca_nnz)s->n + 1);
    t.next = DCA_ARRAY(env, dca_index, s->m);
    t.previous = DCA_ARRAY(env, dca_index, s->m);
    t.count = DCA_ARRAY(env, dca_index, s->m);
    t.activity = DCA_ARRAY(env, double, s->m);
    t.largest = DCA_ARRAY(env, double, s->n);
    t.out = DCA_ARRAY(env, uint8_t, s->n);
    t.status = DCA_ARRAY(env, uint8_t, s->total);
    dca_status status = DCA_E_NOMEM;
    *found = false;
    if (t.head != NULL && t.next != NULL && t.previous != NULL && t.count != NULL &&
        t.activity != NULL && t.largest != NULL && t.out != NULL && t.status != NULL) {
        run(&t);
        *found = t.taken > 0 && t.taken >= least;
        status = *found ? dca__simplex_set_basis(s, t.status, t.status + s->n) : DCA_OK;
        s->current = s->current && !*found;
    }
    dca__free(env, t.head);
    dca__free(env, t.next);
    dca__free(env, t.previous);
    dca__free(env, t.count);
    dca__free(env, t.activity);
    dca__free(env, t.largest);
    dca__free(env, t.out);
    dca__free(env, t.status);
    return status;
}
