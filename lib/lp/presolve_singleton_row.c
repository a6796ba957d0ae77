/* presolve_singleton_row.c - rl <= a x_j <= ru is a bound.
 *
 * The row goes, its sides divided by a become bounds of the column where they are tighter. On the way
 * back a column that stands at such a bound hands its reduced cost to the row: y = d_j / a, the column
 * is basic and the row stands at the side that gave the bound. Elsewhere the row is basic. These
 * bounds are the caller's own, so the simplex may see them. */
#include "lp/presolve_state.h"

static const double CROSSED = 1e-9;
/* Bounds nearer than this are one: which of them binds is then the sign of d, not rounding. */
static const double MEETING = 1e-13;

dca_status dca__presolve_singleton_row(dca__presolve *p, dca_index i)
{
    dca_nnz at = p->row_start[i];
    while (!dca__row_entry_there(p, at)) {
        at++;
    }
    const dca_index j = p->row_index[at];
    const double a = p->row_value[at];
    double low = (a > 0.0 ? p->row_lower[i] : p->row_upper[i]) / a;
    double high = (a > 0.0 ? p->row_upper[i] : p->row_lower[i]) / a;
    const double slack = CROSSED * (1.0 + (isinf(low) ? 0.0 : fabs(low)));
    if (low > p->upper[j] + slack || high < p->lower[j] - slack) {
        p->undecided = true;
        return DCA_OK;
    }
    low = low > p->upper[j] ? p->upper[j] : low;
    high = high < p->lower[j] ? p->lower[j] : high;
    dca__record record = {.kind = DCA__REDUCED_SINGLETON,
                          .row = i,
                          .column = j,
                          .a = a,
                          .low_from_row = low > p->lower[j],
                          .high_from_row =
                              high<p->upper[j], .low = low> p->lower[j] ? low : p->lower[j],
                          .high = high < p->upper[j] ? high : p->upper[j]};
    if (!isinf(record.low) && record.high - record.low <= MEETING * (1.0 + fabs(record.low))) {
        const double meet = record.low_from_row ? record.high : record.low;
        record.low = record.high = meet;
    }
    if (dca__presolve_push(p, &record) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca__presolve_drop_row(p, i);
    p->lower[j] = record.low;
    p->upper[j] = record.high;
    /* rows with this column may have become redundant or forcing */
    dca__presolve_touch_rows(p, j);
    return DCA_OK;
}

void dca__presolve_undo_singleton_row(const dca__presolve *p, const dca__record *r,
                                      dca__point *full)
{
    uint8_t *column = &full->column_status[r->column];
    uint8_t *row = &full->row_status[r->row];
    *row = DCA_BASIS_BASIC;
    if (*column == DCA_BASIS_BASIC || *column == DCA_BASIS_FREE) {
        return;
    }
    const double d = dca__presolve_reduced_cost(p, r->column, full->y);
    bool at_lower = *column == DCA_BASIS_LOWER;
    if (r->low >= r->high) { /* fixed: the sign of d says which bound it needs */
        at_lower = d >= 0.0;
        *column = at_lower ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
    }
    if (at_lower ? r->low_from_row : r->high_from_row) {
        full->y[r->row] += d / r->a;
        *column = DCA_BASIS_BASIC;
        *row = at_lower == (r->a > 0.0) ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
    }
}
