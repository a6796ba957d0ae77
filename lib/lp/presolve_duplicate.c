/* presolve_duplicate.c - rows that are multiples of each other.
 *
 * Row k = lambda times row i: k goes, i keeps the tighter of the two pairs of sides. On the way back, a
 * row i that stands at a side that k gave hands its price of the stage to k, divided by lambda, and
 * becomes basic; else k is basic.
 *
 * Candidates agree in a hash of their columns and of their entries divided by the first, rounded to
 * float; equality is then checked to the last bits. O(nnz + m log m). */
#include "lp/presolve_state.h"

#include "base/alloc.h"
#include "base/rng.h"
#include "base/sort.h"

#include <string.h>

static const double CROSSED = 1e-9;

typedef struct keyed {
    uint64_t *key;  /* [count] */
    dca_index *row; /* [count] */
} keyed;

static bool key_less(const void *context, dca_nnz a, dca_nnz b)
{
    const keyed *k = context;
    return k->key[a] != k->key[b] ? k->key[a] < k->key[b] : k->row[a] < k->row[b];
}

static void key_swap(void *context, dca_nnz a, dca_nnz b)
{
    keyed *k = context;
    const uint64_t key = k->key[a];
    const dca_index row = k->row[a];
    k->key[a] = k->key[b];
    k->row[a] = k->row[b];
    k->key[b] = key;
    k->row[b] = row;
}

static uint64_t row_key(const dca__presolve *p, dca_index i)
{
    uint64_t sum = (uint64_t)p->row_count[i];
    double first = 0.0;
    for (dca_nnz k = p->row_start[i]; k < dca__row_end(p, i); k++) {
        const dca_index j = p->row_index[k];
        if (dca__row_entry_there(p, k)) {
            first = first == 0.0 ? p->row_value[k] : first;
            const float ratio = (float)(p->row_value[k] / first);
            uint32_t bits;
            memcpy(&bits, &ratio, sizeof bits);
            sum += dca__hash64(((uint64_t)j << 32) ^ bits);
        }
    }
    return sum;
}

/* The next entry of a column that is there, from k on. */
static dca_nnz next_entry(const dca__presolve *p, dca_nnz k, dca_nnz end)
{
    while (k < end && !dca__row_entry_there(p, k)) {
        k++;
    }
    return k;
}

/* The ratio of row k to row i, 0 when they are not multiples. */
static double ratio_of(const dca__presolve *p, dca_index i, dca_index k)
{
    const dca_nnz end_i = dca__row_end(p, i);
    const dca_nnz end_k = dca__row_end(p, k);
    dca_nnz at_i = next_entry(p, p->row_start[i], end_i);
    dca_nnz at_k = next_entry(p, p->row_start[k], end_k);
    const double ratio = p->row_value[at_k] / p->row_value[at_i];
    while (at_i < end_i && at_k < end_k) {
        const double want = ratio * p->row_value[at_i];
        if (p->row_index[at_i] != p->row_index[at_k] ||
            fabs(p->row_value[at_k] - want) > 0x1p-51 * fabs(want)) {
            return 0.0;
        }
        at_i = next_entry(p, at_i + 1, end_i);
        at_k = next_entry(p, at_k + 1, end_k);
    }
    return at_i == end_i && at_k == end_k ? ratio : 0.0;
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

static dca_status merge_equal_keys(dca__presolve *p, const keyed *rows, dca_nnz count)
{
    enum { TRIES = 8 }; /* rows of one key compared with each */
    for (dca_nnz a = 0; a < count && !p->undecided; a++) {
        const dca_index i = rows->row[a];
        for (dca_nnz b = a + 1;
             b < count && b <= a + TRIES && rows->key[b] == rows->key[a] && !p->undecided; b++) {
            const dca_index k = rows->row[b];
            if (!dca__row_there(p, i) || !dca__row_there(p, k)) {
                continue;
            }
            const double ratio = ratio_of(p, i, k);
            p->work += p->row_count[i];
            if (fabs(ratio) < 1e-3 || fabs(ratio) > 1e3) {
                continue;
            }
            const dca_status status = merge(p, i, k, ratio);
            if (status != DCA_OK) {
                return status;
            }
        }
    }
    return DCA_OK;
}

dca_status dca__presolve_duplicate_rows(dca__presolve *p)
{
    const dca_index m = p->original->num_rows;
    keyed rows = {DCA_ARRAY(p->env, uint64_t, p->rows_left),
                  DCA_ARRAY(p->env, dca_index, p->rows_left)};
    dca_status status = DCA_E_NOMEM;
    if (rows.key == NULL || rows.row == NULL) {
        goto done;
    }
    dca_nnz count = 0;
    for (dca_index i = 0; i < m; i++) {
        if (dca__row_there(p, i) && p->row_count[i] > 1) {
            rows.key[count] = row_key(p, i);
            rows.row[count++] = i;
            p->work += p->row_length[i];
        }
    }
    dca__sort(&rows, count, key_less, key_swap);
    status = merge_equal_keys(p, &rows, count);
done:
    dca__free(p->env, rows.key);
    dca__free(p->env, rows.row);
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
