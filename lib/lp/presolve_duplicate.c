/* presolve_duplicate.c - rows that are multiples of each other.
 *
 * Row k = lambda times row i: k goes, i keeps the tighter of the two pairs of sides. On the way
 * back, a row i that stands at a side that k gave hands its price of the stage to k, divided by
 * lambda, and becomes basic; else k is basic.
 *
 * Candidates agree in a hash of their columns and of the ratio of two entries; equality is then
 * checked to the last bits, with a few predecessors of the same hash. O(nnz). */
#include "lp/presolve_state.h"

#include "base/alloc.h"

static const double CROSSED = 1e-9;
static const double MOST_RATIO = 1e3; /* either way */

typedef struct search {
    uint64_t *key;     /* [m] */
    dca_index *head;   /* [mask + 1] last row + 1 of a hash, 0 none */
    dca_index *before; /* [m] the one before it + 1 */
    uint64_t mask;
} search;

enum { TRIES = 4 };

/* The ratio of row k to row i, 0 when they are not multiples. */
static double ratio_of(dca__presolve *p, dca_index i, dca_index k)
{
    const dca_nnz begin = p->row_start[i];
    const dca_nnz end = dca__row_end(p, i);
    for (dca_nnz e = begin; e < end; e++) {
        if (dca__row_entry_there(p, e)) {
            p->mark[p->row_index[e]] = (dca_index)(e - begin + 1);
        }
    }
    double ratio = 0.0;
    bool parallel = p->row_count[i] == p->row_count[k];
    for (dca_nnz e = p->row_start[k]; e < dca__row_end(p, k) && parallel; e++) {
        if (!dca__row_entry_there(p, e)) {
            continue;
        }
        const dca_index mark = p->mark[p->row_index[e]];
        const double other = mark > 0 ? p->row_value[begin + mark - 1] : 0.0;
        ratio = ratio == 0.0 && mark > 0 ? p->row_value[e] / other : ratio;
        const double want = ratio * other;
        parallel = mark > 0 && fabs(p->row_value[e] - want) <= 0x1p-51 * fabs(want);
    }
    for (dca_nnz e = begin; e < end; e++) {
        p->mark[p->row_index[e]] = 0;
    }
    p->work += (int64_t)p->row_length[i] + p->row_length[k];
    const bool fair = fabs(ratio) <= MOST_RATIO && fabs(ratio) >= 1.0 / MOST_RATIO;
    return parallel && fair ? ratio : 0.0;
}

static dca_status merge(dca__presolve *p, dca_index i, dca_index k, double ratio)
{
    double low = (ratio > 0.0 ? p->row_lower[k] : p->row_upper[k]) / ratio;
    double high = (ratio > 0.0 ? p->row_upper[k] : p->row_lower[k]) / ratio;
    const double slack = CROSSED * (1.0 + (isinf(low) ? 0.0 : fabs(low)));
    if (low > p->row_upper[i] + slack || high < p->row_lower[i] - slack) {
        p->undecided = true;
        return DCA_OK;
    }
    low = low > p->row_upper[i] ? p->row_upper[i] : low;
    high = high < p->row_lower[i] ? p->row_lower[i] : high;
    const dca__record record = {.kind = DCA__REDUCED_DUPLICATE,
                                .row = k,
                                .other = i,
                                .column = -1,
                                .a = ratio,
                                .low_from_row = low > p->row_lower[i],
                                .high_from_row = high < p->row_upper[i],
                                .row_low = fmax(low, p->row_lower[i]),
                                .row_high = fmin(high, p->row_upper[i]),
                                .value = p->price_shift[i]};
    if (dca__presolve_push(p, &record) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca__presolve_drop_row(p, k);
    p->row_lower[i] = record.row_low;
    p->row_upper[i] = fmax(record.row_low, record.row_high);
    dca__presolve_touch(p, i);
    return DCA_OK;
}

/* Row k against those before it with its hash, then into the table. */
static dca_status place(dca__presolve *p, search *s, dca_index k)
{
    dca_index *head = &s->head[s->key[k] & s->mask];
    int tries = 0;
    for (dca_index at = *head; at > 0 && tries < TRIES && !p->undecided; at = s->before[at - 1]) {
        const dca_index i = at - 1;
        if (s->key[i] != s->key[k]) {
            continue;
        }
        tries++;
        const double ratio = ratio_of(p, i, k);
        if (ratio != 0.0) {
            return merge(p, i, k, ratio);
        }
    }
    s->before[k] = *head;
    *head = k + 1;
    return DCA_OK;
}

dca_status dca__presolve_duplicate_rows(dca__presolve *p)
{
    const dca_index m = p->original->num_rows;
    search s = {.mask = 15};
    while (s.mask < (uint64_t)p->rows_left) {
        s.mask = 2 * s.mask + 1;
    }
    s.key = DCA_ARRAY(p->env, uint64_t, m);
    s.before = DCA_ARRAY(p->env, dca_index, m);
    s.head = DCA_ZEROS(p->env, dca_index, (dca_nnz)s.mask + 1);
    dca_status status = s.key == NULL || s.before == NULL || s.head == NULL ? DCA_E_NOMEM : DCA_OK;
    for (dca_index i = 0; i < m && status == DCA_OK && !dca__presolve_leave(p); i++) {
        if (dca__row_there(p, i) && p->row_count[i] > 1) {
            const dca_nnz at = p->row_start[i];
            s.key[i] = dca__presolve_line_key(p->row_index + at, p->row_value + at,
                                              p->row_length[i], p->column_time);
            p->work += p->row_length[i];
            status = place(p, &s, i);
        }
    }
    dca__free(p->env, s.key);
    dca__free(p->env, s.before);
    dca__free(p->env, s.head);
    return status;
}

void dca__presolve_undo_duplicate(const dca__record *r, dca__point *full)
{
    uint8_t *kept = &full->row_status[r->other];
    uint8_t *gone = &full->row_status[r->row];
    *gone = DCA_BASIS_BASIC;
    if (*kept == DCA_BASIS_BASIC || *kept == DCA_BASIS_FREE) {
        return;
    }
    const double price = full->y[r->other] - r->value;
    bool at_low = *kept == DCA_BASIS_LOWER;
    if (r->row_low >= r->row_high) { /* one side: the sign of the price says which one it needs */
        at_low = price >= 0.0;
        *kept = at_low ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
    }
    if (at_low ? r->low_from_row : r->high_from_row) {
        full->y[r->row] += price / r->a;
        full->y[r->other] -= price;
        *kept = DCA_BASIS_BASIC;
        *gone = at_low == (r->a > 0.0) ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
    }
}
