/* presolve_duplicate.c - rows that are multiples of each other.
 *
 * Row k = lambda times row i: k goes, i keeps the tighter of the two pairs of sides. On the way
 * back, a row i that stands at a side that k gave hands its price of the stage to k, divided by
 * lambda, and becomes basic; else k is basic. O(nnz). */
#include "lp/presolve_state.h"

static const double CROSSED = 1e-9;

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

/* Row k against those before it with its hash, then among them. */
static dca_status place(dca__presolve *p, dca__multiples *rows, dca_index k)
{
    const dca__line line = dca__row_line(p, k);
    int tries = 0;
    for (dca_index i = dca__multiples_first(rows, k, &line, p->column_time);
         i >= 0 && tries < DCA__MULTIPLES_TRIED && !p->undecided;
         i = dca__multiples_next(rows, k, i), tries++) {
        const dca__line other = dca__row_line(p, i);
        const double ratio = dca__presolve_ratio(p, &other, &line, p->column_time);
        if (ratio != 0.0) {
            return merge(p, i, k, ratio);
        }
    }
    dca__multiples_add(rows, k);
    return DCA_OK;
}

dca_status dca__presolve_duplicate_rows(dca__presolve *p)
{
    const dca_index m = p->original->num_rows;
    dca__multiples rows;
    dca_status status = dca__multiples_new(p->env, m, p->rows_left, &rows);
    if (status != DCA_OK) {
        return status;
    }
    for (dca_index i = 0; i < m && status == DCA_OK && !dca__presolve_leave(p); i++) {
        if (dca__row_there(p, i) && p->row_count[i] > 1) {
            p->work += p->row_length[i];
            status = place(p, &rows, i);
        }
    }
    dca__multiples_free(p->env, &rows);
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
