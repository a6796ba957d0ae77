/* presolve_doubleton.c - a x_j + e x_k = b: x_j is substituted.
 *
 *     x_j = (b - e x_k) / a     (presolve_eliminate.c)
 * Row and column j go; the bounds of x_j become bounds of x_k where they are tighter. Of the two
 * columns the one with fewer entries goes, so that nothing is filled in on balance: column j and
 * one entry of k leave, at most the other entries of j come.
 * On the way back the old column k is put back where x_j gave it a bound. A column k that stands at
 * such a bound becomes basic and x_j stands at its own bound; else x_j is basic. The price of the
 * row makes the reduced cost of the basic one 0.
 *
 * Guard: 1/100 <= |a / e| <= 100. Entries that cancel to rounding are dropped. */
#include "lp/presolve_state.h"

static const double GUARD = 1e-2;
static const double CROSSED = 1e-9;
static const double MEETING = 1e-13;

typedef struct pair {
    dca_index gone, kept; /* j, k */
    double a, e;          /* their coefficients */
} pair;

/* The two columns, the one to go first. */
static pair find_pair(const dca__presolve *p, dca_index i)
{
    dca_index column[2] = {-1, -1};
    double value[2] = {0.0, 0.0};
    int found = 0;
    for (dca_nnz k = p->row_start[i]; found < 2; k++) {
        if (dca__row_entry_there(p, k)) {
            column[found] = p->row_index[k];
            value[found++] = p->row_value[k];
        }
    }
    const int g = p->column_count[column[1]] < p->column_count[column[0]] ? 1 : 0;
    const pair both = {column[g], column[1 - g], value[g], value[1 - g]};
    return both;
}

/* Bounds that x_j gives x_k, written into the record; false when they cross. */
static bool carry_bounds(dca__presolve *p, pair both, double b, dca__record *record)
{
    const bool same = both.a / both.e > 0.0; /* x_k falls when x_j rises */
    const double from_lower = (b - both.a * p->lower[both.gone]) / both.e;
    const double from_upper = (b - both.a * p->upper[both.gone]) / both.e;
    double low = same ? from_upper : from_lower;
    double high = same ? from_lower : from_upper;
    const double own_low = p->lower[both.kept];
    const double own_high = p->upper[both.kept];
    const double slack = CROSSED * (1.0 + (isinf(low) ? 0.0 : fabs(low)));
    if (low > own_high + slack || high < own_low - slack) {
        return false;
    }
    low = low > own_high ? own_high : low;
    high = high < own_low ? own_low : high;
    record->low_from_row = low > own_low;
    record->high_from_row = high < own_high;
    record->low = fmax(low, own_low);
    record->high = fmin(high, own_high);
    if (!isinf(record->low) && record->high - record->low <= MEETING * (1.0 + fabs(record->low))) {
        const double meet = record->low_from_row ? record->high : record->low;
        record->low = record->high = meet;
    }
    return true;
}

dca_status dca__presolve_doubleton(dca__presolve *p, dca_index r)
{
    const pair both = find_pair(p, r);
    const double ratio = fabs(both.a / both.e);
    if (ratio < GUARD || ratio > 1.0 / GUARD) {
        return DCA_OK;
    }
    const double b = p->row_lower[r];
    dca__record record = {.kind = DCA__REDUCED_DOUBLETON,
                          .row = r,
                          .column = both.gone,
                          .other = both.kept,
                          .a = both.a,
                          .other_a = both.e,
                          .value = b,
                          .other_cost = p->base_cost[both.kept],
                          .old_start = p->column_start[both.kept],
                          .old_length = p->column_length[both.kept]};
    if (!carry_bounds(p, both, b, &record)) {
        p->undecided = true;
        return DCA_OK;
    }
    dca_status status = DCA_OK;
    if (record.low_from_row || record.high_from_row) {
        status = dca__presolve_move_column(p, both.kept, p->column_length[both.gone]);
    }
    if (status == DCA_OK) {
        status = dca__presolve_eliminate(p, r, both.gone, both.a, b, &record);
    }
    if (status != DCA_OK) {
        return status;
    }
    p->lower[both.kept] = record.low;
    p->upper[both.kept] = record.high;
    if (record.low_from_row || record.high_from_row) {
        dca__presolve_touch_rows(p, both.kept);
    }
    return DCA_OK;
}

void dca__presolve_undo_doubleton(dca__presolve *p, const dca__record *r, dca__point *full)
{
    uint8_t *kept = &full->column_status[r->other];
    uint8_t *gone = &full->column_status[r->column];
    bool kept_basic = false;
    if (*kept == DCA_BASIS_LOWER || *kept == DCA_BASIS_UPPER) {
        bool at_lower = *kept == DCA_BASIS_LOWER;
        if (r->low >= r->high) { /* fixed: the sign of d says which bound it needs */
            at_lower = dca__presolve_reduced_cost(p, r->other, full->y) >= 0.0;
            *kept = at_lower ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
        }
        kept_basic = at_lower ? r->low_from_row : r->high_from_row;
        if (kept_basic) { /* x_k low stems from x_j high where both coefficients have one sign */
            const bool same = r->a / r->other_a > 0.0;
            *kept = DCA_BASIS_BASIC;
            *gone = at_lower == same ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
        }
    }
    if (r->low_from_row || r->high_from_row) {
        p->column_start[r->other] = r->old_start;
        p->column_length[r->other] = r->old_length;
        p->base_cost[r->other] = p->without_costs ? 0.0 : r->other_cost;
    }
    full->x[r->column] = (r->value - r->other_a * full->x[r->other]) / r->a;
    full->row_status[r->row] = DCA_BASIS_LOWER;
    if (!kept_basic) {
        *gone = DCA_BASIS_BASIC;
    }
    full->y[r->row] = 0.0;
    full->y[r->row] = kept_basic ? dca__presolve_reduced_cost(p, r->other, full->y) / r->other_a
                                 : dca__presolve_reduced_cost(p, r->column, full->y) / r->a;
}
