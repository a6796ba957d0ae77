/* presolve_parallel.c - columns that are multiples of each other.
 *
 * Column k = lambda times column j, then d_k - lambda d_j = c_k - lambda c_j =: delta for any
 * prices.
 *     delta = 0   x_j + lambda x_k is one variable: k goes, the bounds of j become the sum's.
 *     delta > 0   where lambda d_j >= 0, which holds for lambda > 0 where x_j has no upper bound
 *                 and for lambda < 0 where it has no lower one, d_k > 0: k goes at its lower bound.
 *     delta < 0   likewise, k goes at its upper bound.
 * A bound of x_j that a row keeps by itself is given up for this: the optimum that the rest then
 * has is one with it, too. On the way back of a sum that is basic, one of the two is at a bound,
 * the other is basic; of a sum at a bound, both are at theirs.
 *
 * Candidates agree in a hash of their rows and of the ratio of two entries; equality is then
 * checked to the last bits, with a few predecessors of the same hash. O(nnz).
 * Andersen, Andersen (1995), "Presolving in linear programming", duplicate columns. */
#include "lp/presolve_state.h"

#include "base/alloc.h"

static const double MARGIN = 1e-9;    /* of the costs: delta below is not a sign */
static const double MOST_RATIO = 1e3; /* of lambda, either way */

enum { TRIES = 4 };

typedef struct search {
    dca__presolve *p;
    uint64_t *key;     /* [n] */
    dca_index *head;   /* [mask + 1] last column + 1 of a hash, 0 none */
    dca_index *before; /* [n] the one before it + 1 */
    uint64_t mask;
} search;

typedef struct couple {
    dca_index gone, kept; /* k, j */
    double ratio, delta;  /* lambda, c_k - lambda c_j; 0 where it is rounding */
} couple;

/* Column k by column j, 0 when they are not multiples. Both have the same number of entries. */
static double ratio_of(dca__presolve *p, dca_index j, dca_index k)
{
    const dca_nnz begin = p->column_start[j];
    const dca_nnz end = dca__column_end(p, j);
    for (dca_nnz e = begin; e < end; e++) {
        p->mark[p->column_index[e]] = (dca_index)(e - begin + 1);
    }
    double ratio = 0.0;
    bool parallel = true;
    for (dca_nnz e = p->column_start[k]; e < dca__column_end(p, k) && parallel; e++) {
        const dca_index i = p->column_index[e];
        if (!dca__row_there(p, i)) {
            continue;
        }
        const dca_index mark = p->mark[i];
        const double other = mark > 0 ? p->column_value[begin + mark - 1] : 0.0;
        ratio = ratio == 0.0 && mark > 0 ? p->column_value[e] / other : ratio;
        const double want = ratio * other;
        parallel = mark > 0 && fabs(p->column_value[e] - want) <= 0x1p-51 * fabs(want);
    }
    for (dca_nnz e = begin; e < end; e++) {
        p->mark[p->column_index[e]] = 0;
    }
    p->work += (int64_t)p->column_length[j] + p->column_length[k];
    const bool fair = fabs(ratio) <= MOST_RATIO && fabs(ratio) >= 1.0 / MOST_RATIO;
    return parallel && fair ? ratio : 0.0;
}

static couple make_couple(const dca__presolve *p, dca_index gone, dca_index kept, double ratio)
{
    const double own = p->cost[gone];
    const double other = ratio * p->cost[kept];
    const couple c = {gone, kept, ratio,
                      dca__presolve_difference(own - other, fabs(own) + fabs(other))};
    return c;
}

/* ---- One of the two goes
 * ------------------------------------------------------------------------------- */

static dca_status add(dca__presolve *p, couple c, bool *done)
{
    const double at_low = c.ratio * p->lower[c.gone];
    const double at_high = c.ratio * p->upper[c.gone];
    const double low = p->lower[c.kept] + fmin(at_low, at_high);
    const double high = p->upper[c.kept] + fmax(at_low, at_high);
    if (isinf(low) && isinf(high)) {
        return DCA_OK; /* nonbasic, neither would be at a bound */
    }
    const dca__record record = {.kind = DCA__REDUCED_PARALLEL,
                                .row = -1,
                                .column = c.gone,
                                .other = c.kept,
                                .a = c.ratio,
                                .low = p->lower[c.gone],
                                .high = p->upper[c.gone],
                                .row_low = p->lower[c.kept],
                                .row_high = p->upper[c.kept]};
    if (dca__presolve_push(p, &record) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca__presolve_drop_column(p, c.gone);
    dca__presolve_count_column(p, c.kept, -1.0);
    p->lower[c.kept] = low;
    p->upper[c.kept] = high;
    dca__presolve_count_column(p, c.kept, 1.0);
    p->column_dirty[c.kept] = 1;
    *done = true;
    return DCA_OK;
}

/* Fix the column that goes where the other one says so. */
static dca_status fix(dca__presolve *p, couple c, bool *done)
{
    const bool low = c.delta > 0.0;
    const double bound = low ? p->lower[c.gone] : p->upper[c.gone];
    const double terms = fabs(p->cost[c.gone]) + fabs(c.ratio * p->cost[c.kept]);
    if (isinf(bound) || fabs(c.delta) <= MARGIN * terms) {
        return DCA_OK;
    }
    if (!dca__presolve_give_up_bound(p, c.kept, low == (c.ratio > 0.0))) {
        return DCA_OK;
    }
    *done = true;
    return dca__presolve_fix(p, c.gone, bound, low ? DCA_BASIS_LOWER : DCA_BASIS_UPPER);
}

/* ---- The search
 * ---------------------------------------------------------------------------------------- */

static dca_status judge(dca__presolve *p, dca_index j, dca_index k)
{
    const double ratio = ratio_of(p, j, k);
    if (ratio == 0.0) {
        return DCA_OK;
    }
    const couple c = make_couple(p, k, j, ratio);
    bool done = false;
    if (c.delta == 0.0) {
        return add(p, c, &done);
    }
    dca_status status = fix(p, c, &done);
    if (status == DCA_OK && !done) {
        status = fix(p, make_couple(p, j, k, 1.0 / ratio), &done);
    }
    return status;
}

/* Column k against those before it with its hash, then into the table. */
static dca_status place(search *s, dca_index k)
{
    dca__presolve *p = s->p;
    dca_index *head = &s->head[s->key[k] & s->mask];
    dca_status status = DCA_OK;
    int tries = 0;
    for (dca_index at = *head; at > 0 && tries < TRIES; at = s->before[at - 1]) {
        const dca_index j = at - 1;
        if (s->key[j] != s->key[k] || !dca__column_there(p, j)) {
            continue;
        }
        tries++;
        status = judge(p, j, k);
        if (status != DCA_OK || !dca__column_there(p, k)) {
            return status;
        }
    }
    s->before[k] = *head;
    *head = k + 1;
    return DCA_OK;
}

dca_status dca__presolve_parallel_columns(dca__presolve *p)
{
    const dca_index n = p->original->num_columns;
    search s = {.p = p, .mask = 15};
    while (s.mask < (uint64_t)p->columns_left) {
        s.mask = 2 * s.mask + 1;
    }
    s.key = DCA_ARRAY(p->env, uint64_t, n);
    s.before = DCA_ARRAY(p->env, dca_index, n);
    s.head = DCA_ZEROS(p->env, dca_index, (dca_nnz)s.mask + 1);
    dca_status status = s.key == NULL || s.before == NULL || s.head == NULL ? DCA_E_NOMEM : DCA_OK;
    for (dca_index k = 0; k < n && status == DCA_OK && !dca__presolve_leave(p); k++) {
        if (dca__column_there(p, k) && p->column_count[k] > 0) {
            const dca_nnz at = p->column_start[k];
            s.key[k] = dca__presolve_line_key(p->column_index + at, p->column_value + at,
                                              p->column_length[k], p->row_time);
            p->work += p->column_length[k];
            status = place(&s, k);
        }
    }
    dca__free(p->env, s.key);
    dca__free(p->env, s.before);
    dca__free(p->env, s.head);
    return status;
}

/* ---- The way back
 * -------------------------------------------------------------------------------------- */

static double beyond(double value, double low, double high)
{
    return fmax(0.0, fmax(low - value, value - high));
}

/* The sum is basic: one of the two at a bound, such that the other misses its own least. */
static void split(const dca__record *r, dca__point *full)
{
    const double sum = full->x[r->other];
    const double bound[] = {r->low, r->high, r->row_low, r->row_high};
    int best = 0;
    double least = INFINITY;
    for (int k = 0; k < 4; k++) {
        const double miss = isinf(bound[k]) ? INFINITY
                            : k < 2         ? beyond(sum - r->a * bound[k], r->row_low, r->row_high)
                                            : beyond((sum - bound[k]) / r->a, r->low, r->high);
        if (miss < least) {
            least = miss;
            best = k;
        }
    }
    const uint8_t status = best % 2 == 0 ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
    full->column_status[r->column] = best < 2 ? status : DCA_BASIS_BASIC;
    full->column_status[r->other] = best < 2 ? DCA_BASIS_BASIC : status;
    full->x[r->column] = best < 2 ? bound[best] : (sum - bound[best]) / r->a;
    full->x[r->other] = best < 2 ? sum - r->a * bound[best] : bound[best];
}

void dca__presolve_undo_parallel(const dca__record *r, dca__point *full)
{
    const uint8_t kept = full->column_status[r->other];
    if (kept != DCA_BASIS_LOWER && kept != DCA_BASIS_UPPER) {
        split(r, full);
        return;
    }
    const bool low = kept == DCA_BASIS_LOWER;
    const bool gone_low = low == (r->a > 0.0);
    full->x[r->other] = low ? r->row_low : r->row_high;
    full->x[r->column] = gone_low ? r->low : r->high;
    full->column_status[r->column] = gone_low ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
}
