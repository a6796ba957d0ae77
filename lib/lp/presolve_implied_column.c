/* presolve_implied_column.c - a column that rows keep within its bounds, by way of an equation.
 *
 * x_j has two to MOST_ENTRIES entries, one of them, a, in equation i, and each of its finite bounds
 * follows from one of its rows and the bounds of the other columns there. Its bounds say nothing,
 * so it is free, and leaves all rows and the costs by multiples of row i (presolve_eliminate.c).
 * On the way back x_j = (b - sum of the others) / a is basic, the row is not, and its price makes
 * the reduced cost of x_j 0. No other price and no reduced cost changes.
 *
 * Guards: |a| at least 1/100 of every other entry of row i and of column j. At most MOST_FILL
 * entries more than before. Of the columns of the row that with the fewest entries.
 * Andersen, Andersen (1995), "Presolving in linear programming", free column substitution. */
#include "lp/presolve_state.h"

static const double GUARD = 1e-2;

enum {
    MOST_ENTRIES = 4,
    MOST_FILL = 0,
    LONG_ROW = 500, /* is not searched */
    SHORT_ROW = 40  /* other rows of the column are asked for bounds up to this length */
};

typedef struct candidate {
    dca_index column;
    double a;
} candidate;

static bool stable(const dca__presolve *p, candidate c)
{
    const dca_nnz end = dca__column_end(p, c.column);
    for (dca_nnz k = p->column_start[c.column]; k < end; k++) {
        if (dca__row_there(p, p->column_index[k]) && fabs(c.a) < GUARD * fabs(p->column_value[k])) {
            return false;
        }
    }
    return true;
}

/* Do row i, whose activity is given, and the other rows keep both bounds? */
static bool implied_free(dca__presolve *p, dca_index i, dca__activity act, candidate c)
{
    dca__implied implied = dca__presolve_implied(p, i, c.column, c.a, act);
    const dca_nnz end = dca__column_end(p, c.column);
    for (dca_nnz k = p->column_start[c.column]; k < end && !(implied.low && implied.high); k++) {
        const dca_index other = p->column_index[k];
        if (other == i || !dca__row_there(p, other) || p->row_count[other] > SHORT_ROW) {
            continue;
        }
        const dca__implied more = dca__presolve_implied(p, other, c.column, p->column_value[k],
                                                        dca__presolve_activity(p, other));
        implied.low = implied.low || more.low;
        implied.high = implied.high || more.high;
    }
    return implied.low && implied.high;
}

/* Would the entries that come exceed those that go by more than MOST_FILL? */
static bool fills_in(dca__presolve *p, dca_index i, dca_index j)
{
    const dca_nnz rows = (dca_nnz)p->column_count[j] - 1;
    const dca_nnz most = rows + p->row_count[i] + MOST_FILL;
    dca_nnz fill = rows * ((dca_nnz)p->row_count[i] - 1);
    if (fill <= most) {
        return false;
    }
    const dca_nnz end = dca__column_end(p, j);
    for (dca_nnz k = p->column_start[j]; k < end; k++) {
        p->mark[p->column_index[k]] = 1;
    }
    p->mark[i] = 0;
    for (dca_nnz e = p->row_start[i]; e < dca__row_end(p, i) && fill > most; e++) {
        const dca_index other = p->row_index[e];
        if (other == j || !dca__row_entry_there(p, e)) {
            continue;
        }
        for (dca_nnz k = p->column_start[other]; k < dca__column_end(p, other); k++) {
            const dca_index row = p->column_index[k];
            fill -= p->mark[row] != 0 && dca__row_there(p, row) ? 1 : 0;
        }
        p->work += p->column_length[other];
    }
    for (dca_nnz k = p->column_start[j]; k < end; k++) {
        p->mark[p->column_index[k]] = 0;
    }
    return fill > most;
}

static double largest_entry(dca__presolve *p, dca_index i)
{
    double largest = 0.0;
    for (dca_nnz e = p->row_start[i]; e < dca__row_end(p, i); e++) {
        if (dca__row_entry_there(p, e)) {
            largest = fmax(largest, fabs(p->row_value[e]));
        }
    }
    p->work += 2 * (int64_t)p->row_length[i];
    return largest;
}

static bool suits(dca__presolve *p, dca_index i, dca__activity act, double largest, candidate c)
{
    return fabs(c.a) >= GUARD * largest && stable(p, c) && implied_free(p, i, act, c) &&
           !fills_in(p, i, c.column);
}

bool dca__presolve_can_substitute(dca__presolve *p, dca_index i, dca_index j, double a)
{
    const dca_index entries = p->column_count[j];
    const candidate c = {j, a};
    return entries >= 2 && entries <= MOST_ENTRIES && p->row_count[i] <= LONG_ROW &&
           suits(p, i, dca__presolve_activity(p, i), largest_entry(p, i), c);
}

/* The suitable column with the fewest entries; column -1 when there is none. */
static candidate find_column(dca__presolve *p, dca_index i, dca__activity act)
{
    const double largest = largest_entry(p, i);
    for (dca_index entries = 2; entries <= MOST_ENTRIES; entries++) {
        for (dca_nnz e = p->row_start[i]; e < dca__row_end(p, i); e++) {
            const candidate c = {p->row_index[e], p->row_value[e]};
            if (dca__row_entry_there(p, e) && p->column_count[c.column] == entries &&
                suits(p, i, act, largest, c)) {
                return c;
            }
        }
    }
    const candidate none = {-1, 0.0};
    return none;
}

dca_status dca__presolve_implied_column(dca__presolve *p, dca_index i)
{
    if ((p->row_dirty[i] & DCA__LOOK_FOR_IMPLIED) == 0) {
        return DCA_OK;
    }
    p->row_dirty[i] &= (uint8_t)~DCA__LOOK_FOR_IMPLIED;
    if (p->row_lower[i] < p->row_upper[i] || p->row_count[i] < 2 || p->row_count[i] > LONG_ROW) {
        return DCA_OK;
    }
    const candidate c = find_column(p, i, dca__presolve_activity(p, i));
    if (c.column < 0) {
        return DCA_OK;
    }
    const double b = p->row_lower[i];
    const dca__record record = {
        .kind = DCA__REDUCED_IMPLIED, .row = i, .column = c.column, .a = c.a, .value = b};
    return dca__presolve_eliminate(p, i, c.column, c.a, b, &record);
}

void dca__presolve_undo_implied(const dca__presolve *p, const dca__record *r, dca_nnz t,
                                dca__point *full)
{
    const double others = dca__presolve_activity_after(p, r->row, t, full->x);
    full->x[r->column] = (r->value - others) / r->a;
    full->y[r->row] = 0.0;
    full->y[r->row] = dca__presolve_reduced_cost(p, r->column, full->y) / r->a;
    full->column_status[r->column] = DCA_BASIS_BASIC;
    full->row_status[r->row] = DCA_BASIS_LOWER;
}
