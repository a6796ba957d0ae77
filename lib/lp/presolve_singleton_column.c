/* presolve_singleton_column.c - columns with one entry, a in row i.
 *
 * Free, or implied free because the row and the bounds of its other columns keep it within its own:
 * its reduced cost is 0, so y_i = c_j / a. The row stands at the side that this price wants (either,
 * at price 0) and gives x_j = (side - sum of the others) / a. Row and column go; the price moves into
 * the costs of the others. On the way back the column is basic, the row is not.
 *
 * Slack: an equation, or any row when c_j = 0, takes the column in: its sides widen by what a x_j can
 * give, the column goes, the row stays (with cost: y_i grows by c_j / a on the way back). Then a row
 * within its wider sides makes the column basic, or the row when a bound of the column fits; a row at
 * a side puts the column at the bound that made that side.
 *
 * Guard: |a| at least 1e-3 of the largest entry of the row, as the others are divided by it. */
#include "lp/presolve_state.h"

static const double GUARD = 1e-3;
/* Longer rows are not searched for implied freedom: the search is paid once per column. */
enum { LONG_ROW = 500 };

typedef struct single {
    dca_index row;
    double a;
    bool stable; /* the guard holds */
} single;

static single find_entry(dca__presolve *p, dca_index j)
{
    dca_nnz at = p->column_start[j];
    while (!dca__row_there(p, p->column_index[at])) {
        at++;
    }
    single s = {p->column_index[at], p->column_value[at], true};
    double largest = 0.0;
    for (dca_nnz k = p->row_start[s.row]; k < dca__row_end(p, s.row); k++) {
        if (dca__row_entry_there(p, k)) {
            largest = fmax(largest, fabs(p->row_value[k]));
        }
    }
    p->work += p->row_length[s.row];
    s.stable = fabs(s.a) >= GUARD * largest;
    return s;
}

static dca_status take_free(dca__presolve *p, dca_index j, single s, bool *removed)
{
    const double price = p->cost[j] / s.a;
    const double low = p->row_lower[s.row];
    const double high = p->row_upper[s.row];
    const bool at_low = price > 0.0 || (price == 0.0 && !isinf(low));
    const double side = at_low ? low : high;
    if (isinf(side)) {
        p->undecided = price != 0.0; /* no price fits */
        return DCA_OK;
    }
    const dca__record record = {.kind = DCA__REDUCED_FREE,
                                .status = at_low ? DCA_BASIS_LOWER : DCA_BASIS_UPPER,
                                .row = s.row,
                                .column = j,
                                .a = s.a,
                                .value = side};
    if (dca__presolve_push(p, &record) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca__presolve_drop_column(p, j);
    dca__presolve_drop_row(p, s.row);
    dca__presolve_move_cost(p, s.row, price, side);
    *removed = true;
    return DCA_OK;
}

static dca_status take_slack(dca__presolve *p, dca_index j, single s)
{
    const double price = p->cost[j] / s.a;
    const double b = p->row_lower[s.row];
    const double at_low = s.a * p->lower[j];
    const double at_high = s.a * p->upper[j];
    const dca__record record = {.kind = DCA__REDUCED_SLACK,
                                .row = s.row,
                                .column = j,
                                .a = s.a,
                                .low = p->lower[j],
                                .high = p->upper[j],
                                .row_low = p->row_lower[s.row],
                                .row_high = p->row_upper[s.row]};
    if (dca__presolve_push_watching(p, &record) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca__presolve_drop_column(p, j);
    dca__presolve_move_cost(p, s.row, price, b);
    p->row_lower[s.row] -= fmax(at_low, at_high);
    p->row_upper[s.row] -= fmin(at_low, at_high);
    dca__presolve_touch_columns(p, s.row);
    return DCA_OK;
}

dca_status dca__presolve_singleton_column(dca__presolve *p, dca_index j, bool *removed)
{
    *removed = false;
    const single s = find_entry(p, j);
    if (!s.stable || (isinf(p->row_lower[s.row]) && isinf(p->row_upper[s.row]))) {
        return DCA_OK; /* a row without sides goes by itself */
    }
    dca__implied implied = {isinf(p->lower[j]), isinf(p->upper[j])};
    if (!(implied.low && implied.high) && p->row_count[s.row] <= LONG_ROW) {
        implied = dca__presolve_implied(p, s.row, j, s.a, dca__presolve_activity(p, s.row));
    }
    if (implied.low && implied.high) {
        const dca_status status = take_free(p, j, s, removed);
        if (status != DCA_OK || *removed || p->undecided) {
            return status;
        }
    }
    if (p->cost[j] == 0.0 || p->row_lower[s.row] == p->row_upper[s.row]) {
        *removed = true;
        return take_slack(p, j, s);
    }
    return (p->cost[j] > 0.0 ? implied.low : implied.high)
               ? dca__presolve_pressed_column(p, j, s.row, s.a, removed)
               : DCA_OK;
}

void dca__presolve_undo_free(const dca__presolve *p, const dca__record *r, dca_nnz t,
                             dca__point *full)
{
    const double others = dca__presolve_activity_after(p, r->row, t, full->x);
    full->x[r->column] = (r->value - others) / r->a;
    full->column_status[r->column] = DCA_BASIS_BASIC;
    full->row_status[r->row] = r->status;
}

static double beyond(double value, double low, double high)
{
    return fmax(0.0, fmax(low - value, value - high));
}

/* The row is within its wider sides: either the column stands at a bound and the row is basic, or the
 * row stands at a side and the column is basic. Of these the one that misses its bounds least, which
 * is by rounding only. */
static void settle_inside(const dca__record *r, double others, dca__point *full)
{
    const double value[] = {r->low, r->high, (r->row_low - others) / r->a,
                            (r->row_high - others) / r->a};
    const uint8_t column[] = {DCA_BASIS_LOWER, DCA_BASIS_UPPER, DCA_BASIS_BASIC, DCA_BASIS_BASIC};
    const uint8_t row[] = {DCA_BASIS_BASIC, DCA_BASIS_BASIC, DCA_BASIS_LOWER, DCA_BASIS_UPPER};
    int best = -1;
    double least = INFINITY;
    for (int k = r->row_low < r->row_high ? 0 : 2; k < 4; k++) {
        const double miss = isinf(value[k]) ? INFINITY
                            : k < 2 ? beyond(others + r->a * value[k], r->row_low, r->row_high)
                                    : beyond(value[k], r->low, r->high) * fabs(r->a);
        if (miss < least) {
            least = miss;
            best = k;
        }
    }
    best = best < 0 ? 2 : best;
    full->x[r->column] = value[best];
    full->column_status[r->column] = column[best];
    full->row_status[r->row] = row[best];
}

void dca__presolve_undo_slack(const dca__presolve *p, const dca__record *r, dca_nnz t,
                              dca__point *full)
{
    const uint8_t status = full->row_status[r->row];
    const double others = dca__presolve_watched_activity(p, t, full->x);
    if (status == DCA_BASIS_LOWER || status == DCA_BASIS_UPPER) {
        /* the wider lower side is rl less the most that the column gives */
        const bool at_high = (r->a > 0.0) == (status == DCA_BASIS_LOWER);
        full->x[r->column] = at_high ? r->high : r->low;
        full->column_status[r->column] = at_high ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
        return;
    }
    if (status == DCA_BASIS_FREE) { /* no side and no basic variable to give away */
        full->x[r->column] = isinf(r->low) ? (isinf(r->high) ? 0.0 : r->high) : r->low;
        full->column_status[r->column] = isinf(r->low) ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
        return;
    }
    settle_inside(r, others, full);
}
