/* gub_row.c - the pivot row over a working basis, and the ratio test that passes through sets.
 *
 * With sign = +1 when the leaving variable is above its upper bound, -1 when below its lower one,
 * the step t >= 0 changes d_j to d_j - t sign alpha_pj (ratio_dual.c). Breakpoints stand in a heap
 * by t: of a pure set the next one, of mixed sets and of variables without a set all. When the key
 * of a set changes to j, the lines of the set are written anew against that of j,
 *
 *     d_i -= sigma_i / sigma_j d_j,     alpha_i -= sigma_i / sigma_j alpha_j
 *
 * which is linear and therefore right for every t. At the end a group of Harris, all breakpoints up
 * to the least relaxed one, gives its largest pivot. */
#include "simplex/gub_dual.h"

/* Rows with fewer entries than this part of the columns are multiplied with a list. */
#define LISTED_SHARE 0.25

/* By status, as in ratio_dual.c. */
static const double TOWARDS[] = {0.0, 1.0, -1.0, 0.0};
static const bool MOVES[][4] = {{false, false, true, true}, {false, true, false, true}};

static inline void add(dca__spvec *v, dca_index i, double a)
{
    const double old = v->value[i];
    if (old == 0.0) {
        v->index[v->count++] = i;
    }
    const double sum = old + a;
    v->value[i] = sum == 0.0 ? DCA__GUB_NOTHING : sum;
}

/* alpha of the members against the key; those that are not 0 are listed. False: all are. */
static bool relate(dca__gub *g, dca_index set)
{
    dca__simplex *s = g->s;
    const dca_index key = s->head[g->rows + set];
    const dca_index logical = s->n + g->set_row[set];
    const dca_index *restrict column = g->column;
    const double *restrict sigma = g->sigma;
    double *restrict value = s->alpha_p.value;
    dca_index *restrict index = s->alpha_p.index;
    dca_index count = s->alpha_p.count;
    const double at_key = value[key];
    const double scale = fabs(at_key) > DCA__ROW_DROP ? at_key / sigma[key] : 0.0;
    for (dca_index place = g->group[set]; place < g->group[set + 1]; place++) {
        const dca_index j = column[place];
        const double a = j == key ? 0.0 : value[j] - sigma[j] * scale;
        value[j] = a;
        index[count] = j;
        count += a != 0.0;
    }
    value[logical] = logical == key ? 0.0 : -scale;
    index[count] = logical;
    count += value[logical] != 0.0;
    const bool any = count > s->alpha_p.count;
    s->alpha_p.count = count;
    return any;
}

/* Entries of the rows that rho meets. */
static dca_nnz entries_of(const dca__gub_dual *h)
{
    const dca__gub *g = h->g;
    const dca__simplex *s = g->s;
    const dca_index length = dca__spvec_length(&h->rho);
    dca_nnz sum = length;
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(&h->rho, k);
        const dca_index row = g->row_of[i];
        sum +=
            fabs(h->rho.value[i]) > DCA__ROW_DROP ? s->row_start[row + 1] - s->row_start[row] : 0;
    }
    return sum;
}

/* rho'w_j of the variables that it meets, listed; the sets among them go to `touched`, and the list
 * keeps what has none. */
static void multiply_listed(dca__gub_dual *h)
{
    dca__gub *g = h->g;
    dca__simplex *s = g->s;
    dca__spvec *alpha = &s->alpha_p;
    const dca_index length = dca__spvec_length(&h->rho);
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(&h->rho, k);
        const dca_index row = g->row_of[i];
        const double r = h->rho.value[i];
        if (fabs(r) <= DCA__ROW_DROP) {
            continue;
        }
        add(alpha, s->n + row, r);
        for (dca_nnz e = s->row_start[row]; e < s->row_start[row + 1]; e++) {
            add(alpha, s->row_index[e], r * s->row_value[e]);
        }
    }
    dca_index kept = 0;
    for (dca_index k = 0; k < alpha->count; k++) {
        const dca_index j = alpha->index[k];
        const dca_index set = g->set_of[j];
        if (set < 0) {
            alpha->index[kept++] = j;
        } else if (h->marked[set] == 0) {
            h->marked[set] = 1;
            h->touched[h->touched_count++] = set;
        }
    }
    alpha->count = kept;
    for (dca_index k = 0; k < h->touched_count; k++) {
        h->marked[h->touched[k]] = 0;
    }
}

/* The same without a list on the way, which costs more than the sum where most variables are met:
 * all sets are touched. */
static void multiply_all(dca__gub_dual *h)
{
    dca__gub *g = h->g;
    dca__simplex *s = g->s;
    dca__spvec *alpha = &s->alpha_p;
    double *restrict value = alpha->value;
    const dca_index length = dca__spvec_length(&h->rho);
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(&h->rho, k);
        const dca_index row = g->row_of[i];
        const double r = h->rho.value[i];
        if (fabs(r) <= DCA__ROW_DROP) {
            continue;
        }
        add(alpha, s->n + row, r);
        for (dca_nnz e = s->row_start[row]; e < s->row_start[row + 1]; e++) {
            value[s->row_index[e]] += r * s->row_value[e];
        }
    }
    for (dca_index place = g->group[g->sets]; place < s->n; place++) {
        const dca_index j = g->column[place];
        alpha->index[alpha->count] = j;
        alpha->count += value[j] != 0.0;
    }
    for (dca_index set = 0; set < g->sets; set++) {
        h->touched[set] = set;
    }
    h->touched_count = g->sets;
    s->work += s->n;
}

void dca__gub_pivot_row(dca__gub_dual *h)
{
    dca__gub *g = h->g;
    dca__simplex *s = g->s;
    const dca_nnz entries = entries_of(h);
    h->touched_count = 0;
    if (entries < LISTED_SHARE * (double)s->n) {
        multiply_listed(h);
    } else {
        multiply_all(h);
    }
    h->loose_count = s->alpha_p.count;
    dca_index kept = 0;
    for (dca_index k = 0; k < h->touched_count; k++) {
        const dca_index set = h->touched[k];
        if (relate(g, set)) {
            h->touched[kept++] = set;
        }
    }
    h->touched_count = kept;
    s->work += entries + s->alpha_p.count;
}

/* The ratio test at work. */
typedef struct search {
    dca__gub_dual *h;
    double sign, least; /* smallest pivot */
    dca_index count;    /* of the heap */
} search;

/* Does d_j move towards zero, before `limit`? Then *t is when. */
static inline bool breakpoint(const search *r, dca_index j, double limit, double *t)
{
    const dca__simplex *s = r->h->g->s;
    const double a = r->sign * s->alpha_p.value[j];
    const double size = fabs(a);
    const double gap = TOWARDS[s->status[j]] * s->d[j];
    const bool moves = MOVES[a > 0.0][s->status[j]] & (size > r->least) & (gap < limit * size);
    if (!moves || s->work_lower[j] == s->work_upper[j]) {
        return false;
    }
    *t = gap > 0.0 ? gap / size : 0.0;
    return true;
}

static void open_breakpoint(search *r, dca_index j, double t)
{
    dca__simplex *s = r->h->g->s;
    s->sort_key[r->count] = -t;
    s->sort_index[r->count++] = j;
}

/* The first breakpoint of a pure set; -1 when there is none. */
static dca_index first_of_set(const search *r, dca_index set, double *t)
{
    const dca__gub *g = r->h->g;
    const dca_index size = dca__gub_size(g, set);
    dca_index best = -1;
    *t = INFINITY;
    for (dca_index k = 0; k < size; k++) {
        const dca_index j = dca__gub_member(g, set, k);
        best = breakpoint(r, j, *t, t) ? j : best;
    }
    g->s->work += size;
    return best;
}

static void open_all(search *r)
{
    const dca__gub_dual *h = r->h;
    const dca__gub *g = h->g;
    dca__simplex *s = g->s;
    double t;
    for (dca_index k = 0; k < h->touched_count; k++) {
        const dca_index set = h->touched[k];
        if (dca__gub_is_pure(g, set)) {
            const dca_index j = first_of_set(r, set, &t);
            if (j >= 0) {
                open_breakpoint(r, j, t);
            }
            continue;
        }
        const dca_index size = dca__gub_size(g, set);
        for (dca_index i = 0; i < size; i++) {
            const dca_index j = dca__gub_member(g, set, i);
            if (breakpoint(r, j, INFINITY, &t)) {
                open_breakpoint(r, j, t);
            }
        }
        s->work += size;
    }
    for (dca_index k = 0; k < h->loose_count; k++) {
        const dca_index j = s->alpha_p.index[k];
        if (breakpoint(r, j, INFINITY, &t)) {
            open_breakpoint(r, j, t);
        }
    }
    dca__simplex_heapify(r->count, s->sort_key, s->sort_index);
    s->work += h->loose_count + r->count;
}

/* How far j can move from its bound; *by_key when the key of its set comes to a bound first. */
static double room_of(const dca__gub *g, dca_index j, bool *by_key)
{
    const dca__simplex *s = g->s;
    const dca_index set = g->set_of[j];
    const double own = s->work_upper[j] - s->work_lower[j];
    *by_key = false;
    if (set < 0 || !dca__gub_is_pure(g, set)) {
        return own;
    }
    const dca_index key = s->head[g->rows + set];
    const double ratio = g->sigma[j] / g->sigma[key];
    const bool key_falls = (ratio > 0.0) == (s->status[j] == DCA_BASIS_LOWER);
    const double room = key_falls ? s->x[key] - s->work_lower[key] : s->work_upper[key] - s->x[key];
    const double of_key = room > 0.0 ? room / fabs(ratio) : 0.0;
    *by_key = of_key < own;
    return of_key < own ? of_key : own;
}

/* The lines of the set against that of j, its new key. */
static void change_lines(dca__gub *g, dca_index set, dca_index j)
{
    dca__simplex *s = g->s;
    dca__spvec *alpha = &s->alpha_p;
    const double d = s->d[j] / g->sigma[j];
    const double a = alpha->value[j] / g->sigma[j];
    const dca_index size = dca__gub_size(g, set);
    for (dca_index k = 0; k < size; k++) {
        const dca_index i = dca__gub_member(g, set, k);
        s->d[i] -= g->sigma[i] * d;
        add(alpha, i, -g->sigma[i] * a);
    }
    s->d[j] = 0.0;
    alpha->value[j] = DCA__GUB_NOTHING;
    s->work += size;
}

/* j moves by `room`, its key the other way. */
static void pass(dca__gub_dual *h, dca_index j, double room, bool by_key)
{
    dca__gub *g = h->g;
    dca__simplex *s = g->s;
    const dca_index set = g->set_of[j];
    const bool rises = s->status[j] == DCA_BASIS_LOWER;
    const double move = rises ? room : -room;
    h->moves++;
    dca__gub_add_part(g, j, -move, &h->moved);
    s->work += dca__gub_part_length(g, j);
    if (set >= 0) {
        const dca_index key = s->head[g->rows + set];
        const double ratio = g->sigma[j] / g->sigma[key];
        dca__gub_add_part(g, key, ratio * move, &h->moved);
        s->work += dca__gub_part_length(g, key);
        s->x[key] -= ratio * move;
        if (by_key) {
            const bool to_upper = (ratio > 0.0) != rises;
            s->x[j] += move;
            s->x[key] = to_upper ? s->work_upper[key] : s->work_lower[key];
            change_lines(g, set, j);
            s->head[g->rows + set] = j;
            s->position[j] = g->rows + set;
            s->status[j] = DCA_BASIS_BASIC;
            s->position[key] = -1;
            s->status[key] = to_upper ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
            return;
        }
    }
    s->x[j] = rises ? s->work_upper[j] : s->work_lower[j];
    s->status[j] = rises ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
}

static dca_index take(search *r, double *t)
{
    dca__simplex *s = r->h->g->s;
    dca__simplex_pop(r->count, s->sort_key, s->sort_index);
    r->count--;
    *t = -s->sort_key[r->count];
    s->work += 8;
    return s->sort_index[r->count];
}

/* The largest pivot among breakpoints that the tolerance makes equal to that of j at t. */
static dca_index widen(search *r, dca_index j, double t)
{
    const dca__simplex *s = r->h->g->s;
    double pivot = fabs(s->alpha_p.value[j]);
    double limit = t + s->dual_tolerance / pivot;
    while (r->count > 0 && -s->sort_key[0] <= limit) {
        double at;
        const dca_index i = take(r, &at);
        const double a = fabs(s->alpha_p.value[i]);
        limit = fmin(limit, at + s->dual_tolerance / a);
        if (a > pivot) {
            pivot = a;
            j = i;
        }
    }
    return j;
}

dca_index dca__gub_ratio_dual(dca__gub_dual *h, double excess)
{
    dca__gub *g = h->g;
    dca__simplex *s = g->s;
    search r = {h, excess > 0.0 ? 1.0 : -1.0,
                g->fresh ? DCA__PIVOT_FRESH : s->settings.pivot_tolerance, 0};
    double slope = fabs(excess);
    open_all(&r);
    while (r.count > 0 && !dca__simplex_must_stop(s)) {
        double t;
        bool by_key;
        const dca_index j = take(&r, &t);
        const double room = room_of(g, j, &by_key);
        const double left = slope - fabs(s->alpha_p.value[j]) * room;
        if (!(left > 0.0)) {
            return widen(&r, j, t);
        }
        slope = left;
        pass(h, j, room, by_key);
        const dca_index set = g->set_of[j];
        if (set >= 0 && dca__gub_is_pure(g, set)) {
            double after;
            const dca_index next = first_of_set(&r, set, &after);
            if (next >= 0) {
                dca__simplex_push(r.count++, s->sort_key, s->sort_index, -fmax(after, t), next);
            }
        }
    }
    return -1;
}
