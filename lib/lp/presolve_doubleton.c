/* presolve_doubleton.c - a x_j + e x_k = b: x_j is substituted.
 *
 *     x_j = (b - e x_k) / a,   column k becomes column k - rho column j,  rho = e / a,
 *     c_k becomes c_k - rho c_j, sides of the rows of j move by a_ij b / a
 * Row and column j go; the bounds of x_j become bounds of x_k where they are tighter. Of the two
 * columns the one with fewer entries goes, so that nothing is filled in on balance: column j and one
 * entry of k leave, at most the other entries of j come.
 * On the way back the old column k is put back first. A column k that stands at a bound that x_j gave
 * becomes basic and x_j stands at its own bound; else x_j is basic. The price of the row makes the
 * reduced cost of the basic one 0.
 *
 * Guards: 1/100 <= |a / e| <= 100, columns of at most MOST_ENTRIES, rows of at most LONG_ROW (each is
 * searched for column k). Entries that cancel to rounding are dropped. */
#include "lp/presolve_state.h"

#include "base/alloc.h"

#include <string.h>

static const double GUARD = 1e-2;
static const double CROSSED = 1e-9;
static const double MEETING = 1e-13;

enum { MOST_ENTRIES = 12, LONG_ROW = 400 };

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
        if (dca__column_there(p, p->row_index[k])) {
            column[found] = p->row_index[k];
            value[found++] = p->row_value[k];
        }
    }
    const int g = p->column_count[column[1]] < p->column_count[column[0]] ? 1 : 0;
    const pair both = {column[g], column[1 - g], value[g], value[1 - g]};
    return both;
}

static bool suits(const dca__presolve *p, pair both)
{
    const double ratio = fabs(both.a / both.e);
    if (ratio < GUARD || ratio > 1.0 / GUARD || p->column_length[both.gone] > MOST_ENTRIES) {
        return false;
    }
    for (dca_nnz k = p->column_start[both.gone]; k < dca__column_end(p, both.gone); k++) {
        if (p->row_length[p->column_index[k]] > LONG_ROW) {
            return false;
        }
    }
    return true;
}

/* Room for everything, so that nothing can fail half way: column k anew, one entry more in each row of
 * column j, a record. Rows without room move to the end of the area. */
static dca_status make_room(dca__presolve *p, pair both)
{
    const dca_index gone = both.gone;
    const dca_nnz longest = (dca_nnz)p->column_length[gone] + p->column_length[both.kept];
    dca_nnz rows = 0;
    for (dca_nnz k = p->column_start[gone]; k < dca__column_end(p, gone); k++) {
        rows += 2 * (dca_nnz)p->row_length[p->column_index[k]] + 4;
    }
    dca_env *env = p->env;
    if (DCA_RESERVE(env, p->column_index, p->column_index_capacity, p->column_used + longest) !=
            DCA_OK ||
        DCA_RESERVE(env, p->column_value, p->column_value_capacity, p->column_used + longest) !=
            DCA_OK ||
        DCA_RESERVE(env, p->row_index, p->row_index_capacity, p->row_used + rows) != DCA_OK ||
        DCA_RESERVE(env, p->row_value, p->row_value_capacity, p->row_used + rows) != DCA_OK ||
        DCA_RESERVE(env, p->record, p->record_capacity, p->num_records + 1) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    for (dca_nnz k = p->column_start[gone]; k < dca__column_end(p, gone); k++) {
        const dca_index i = p->column_index[k];
        const dca_index length = p->row_length[i];
        if (length < p->row_room[i]) {
            continue;
        }
        memcpy(p->row_index + p->row_used, p->row_index + p->row_start[i],
               (size_t)length * sizeof *p->row_index);
        memcpy(p->row_value + p->row_used, p->row_value + p->row_start[i],
               (size_t)length * sizeof *p->row_value);
        p->row_start[i] = p->row_used;
        p->row_room[i] = 2 * length + 4;
        p->row_used += p->row_room[i];
    }
    return DCA_OK;
}

/* Set entry (i, k) of the rows: change it, append it, or take it out when the value is 0. There is
 * room. */
static void set_in_row(dca__presolve *p, dca_index i, dca_index k, double value)
{
    dca_nnz at = p->row_start[i];
    const dca_nnz end = dca__row_end(p, i);
    while (at < end && p->row_index[at] != k) {
        at++;
    }
    p->work += p->row_length[i];
    if (value == 0.0) {
        if (at < end) {
            p->row_index[at] = p->row_index[end - 1];
            p->row_value[at] = p->row_value[end - 1];
            p->row_length[i]--;
        }
        return;
    }
    p->row_index[at] = k;
    p->row_value[at] = value;
    p->row_length[i] += at == end ? 1 : 0;
}

/* The value of entry (i, j) in column j, 0 when there is none. */
static double in_column(const dca__presolve *p, dca_index j, dca_index i)
{
    for (dca_nnz k = p->column_start[j]; k < dca__column_end(p, j); k++) {
        if (p->column_index[k] == i) {
            return p->column_value[k];
        }
    }
    return 0.0;
}

/* Column k - rho column j at the end of the area, without row r; rows and counts follow. Rows that are
 * gone take part, as a price may have been moved from them. */
static void combine(dca__presolve *p, dca_index r, pair both)
{
    const dca_index kept = both.kept;
    const dca_index gone = both.gone;
    const double rho = both.e / both.a;
    const dca_nnz start = p->column_used;
    dca_nnz used = start;
    for (dca_nnz k = p->column_start[kept]; k < dca__column_end(p, kept); k++) {
        const dca_index i = p->column_index[k];
        const double old = p->column_value[k];
        const double moved = rho * in_column(p, gone, i);
        const double value = moved == 0.0 ? old : dca__presolve_difference(old - moved, fabs(old));
        if (i != r && value != 0.0) {
            p->column_index[used] = i;
            p->column_value[used++] = value;
        }
        if (i != r && moved != 0.0 && dca__row_there(p, i)) {
            set_in_row(p, i, kept, value);
            p->row_count[i] -= value == 0.0 ? 1 : 0;
            p->column_count[kept] -= value == 0.0 ? 1 : 0;
        }
    }
    for (dca_nnz k = p->column_start[gone]; k < dca__column_end(p, gone); k++) {
        const dca_index i = p->column_index[k];
        if (i == r || in_column(p, kept, i) != 0.0) {
            continue;
        }
        const double value = -rho * p->column_value[k];
        p->column_index[used] = i;
        p->column_value[used++] = value;
        if (dca__row_there(p, i)) {
            set_in_row(p, i, kept, value);
            p->row_count[i]++;
            p->column_count[kept]++;
        }
    }
    p->column_start[kept] = start;
    p->column_length[kept] = (dca_index)(used - start);
    p->column_used = used;
    p->work += used - start + p->column_length[gone];
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

static void substitute(dca__presolve *p, dca_index r, pair both, double b)
{
    const dca_index gone = both.gone;
    const dca_index kept = both.kept;
    const double rho = both.e / both.a;
    for (dca_nnz k = p->column_start[gone]; k < dca__column_end(p, gone); k++) {
        const dca_index i = p->column_index[k];
        if (i != r && dca__row_there(p, i)) {
            const double constant = p->column_value[k] * (b / both.a);
            p->row_lower[i] -= constant;
            p->row_upper[i] -= constant;
            p->row_dirty[i] = 1;
        }
    }
    combine(p, r, both);
    p->offset += p->cost[gone] * (b / both.a);
    p->cost_terms[kept] += fabs(rho) * p->cost_terms[gone];
    p->cost[kept] =
        dca__presolve_difference(p->cost[kept] - rho * p->cost[gone], p->cost_terms[kept]);
    p->base_cost[kept] = dca__presolve_difference(p->base_cost[kept] - rho * p->base_cost[gone],
                                                  p->cost_terms[kept]);
    dca__presolve_drop_row(p, r);
    dca__presolve_drop_column(p, gone);
    p->column_dirty[kept] = 1;
    for (dca_nnz k = p->column_start[kept]; k < dca__column_end(p, kept); k++) {
        p->row_dirty[p->column_index[k]] = 1;
    }
}

dca_status dca__presolve_doubleton(dca__presolve *p, dca_index r)
{
    const pair both = find_pair(p, r);
    if (!suits(p, both)) {
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
                          .other_start = p->column_start[both.kept],
                          .other_length = p->column_length[both.kept]};
    if (!carry_bounds(p, both, b, &record)) {
        p->undecided = true;
        return DCA_OK;
    }
    if (make_room(p, both) != DCA_OK || dca__presolve_push(p, &record) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    substitute(p, r, both, b);
    p->lower[both.kept] = record.low;
    p->upper[both.kept] = record.high;
    return DCA_OK;
}

/* Column k as it was, in rows that were there and in its own list. */
static void put_back(dca__presolve *p, const dca__record *r, dca_nnz t)
{
    const dca_index kept = r->other;
    p->column_start[kept] = r->other_start;
    p->column_length[kept] = r->other_length;
    p->base_cost[kept] = r->other_cost;
    for (dca_nnz k = p->column_start[r->column]; k < dca__column_end(p, r->column); k++) {
        const dca_index i = p->column_index[k];
        if (i != r->row && (dca_nnz)p->row_time[i] > t) {
            set_in_row(p, i, kept, in_column(p, kept, i));
        }
    }
}

void dca__presolve_undo_doubleton(dca__presolve *p, const dca__record *r, dca_nnz t,
                                  dca__point *full)
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
    put_back(p, r, t);
    full->x[r->column] = (r->value - r->other_a * full->x[r->other]) / r->a;
    full->row_status[r->row] = DCA_BASIS_LOWER;
    if (!kept_basic) {
        *gone = DCA_BASIS_BASIC;
    }
    full->y[r->row] = 0.0;
    full->y[r->row] = kept_basic ? dca__presolve_reduced_cost(p, r->other, full->y) / r->other_a
                                 : dca__presolve_reduced_cost(p, r->column, full->y) / r->a;
}
