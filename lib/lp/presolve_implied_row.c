/* presolve_implied_row.c - rows that follow from other rows and the bounds.
 *
 * Row s and the bounds of its other columns bound x_j:  a_sj x_j <= ru_s - least of the others,
 * and so on. Of each column the tightest such bound is kept with its row. A row i whose activity
 * stays within its sides by these bounds, less those that it gave itself, follows from what
 * stays: it goes like any redundant row, basic, with price 0. The bounds that it gave are no
 * longer used. They serve for this test only, and in one step: a bound is derived from the
 * bounds of the columns alone, so that no row takes part in the proof of itself. Two passes over
 * the entries.
 *
 * Guard: |a_sj| at least 1e-3 of the largest entry of row s. Andersen, Andersen (1995),
 * "Presolving in linear programming"; Gondzio (1997). */
#include "lp/presolve_state.h"

#include "base/alloc.h"

static const double GUARD = 1e-3;
static const double EQUAL = 1e-13;

enum { NO_ROW = -1 };

typedef struct implied_bounds {
    double *low, *high;            /* [n] the tightest, own bounds included */
    dca_index *low_row, *high_row; /* [n] that gave them; NO_ROW: the column's own */
} implied_bounds;

static void take_bounds(dca__presolve *p, dca_index i, implied_bounds *b)
{
    const dca__activity act = dca__presolve_activity(p, i);
    if ((act.least_infinite > 1 || isinf(p->row_upper[i])) &&
        (act.most_infinite > 1 || isinf(p->row_lower[i]))) {
        return;
    }
    double largest = 0.0;
    for (dca_nnz k = p->row_start[i]; k < dca__row_end(p, i); k++) {
        if (dca__row_entry_there(p, k)) {
            largest = fmax(largest, fabs(p->row_value[k]));
        }
    }
    for (dca_nnz k = p->row_start[i]; k < dca__row_end(p, i); k++) {
        const dca_index j = p->row_index[k];
        const double a = p->row_value[k];
        if (!dca__row_entry_there(p, k) || fabs(a) < GUARD * largest) {
            continue;
        }
        const dca__range range = dca__presolve_range(p, i, j, a, act);
        if (range.low > b->low[j]) {
            b->low[j] = range.low;
            b->low_row[j] = i;
        }
        if (range.high < b->high[j]) {
            b->high[j] = range.high;
            b->high_row[j] = i;
        }
    }
    p->work += 2 * (int64_t)p->row_length[i];
}

/* Does row i follow, by bounds that it did not give? */
static bool follows(dca__presolve *p, dca_index i, const implied_bounds *b)
{
    double least = isinf(p->row_lower[i]) ? INFINITY : 0.0;
    double most = isinf(p->row_upper[i]) ? -INFINITY : 0.0;
    for (dca_nnz k = p->row_start[i]; k < dca__row_end(p, i); k++) {
        const dca_index j = p->row_index[k];
        const double a = p->row_value[k];
        if (!dca__row_entry_there(p, k)) {
            continue;
        }
        const double low = b->low_row[j] == i ? p->lower[j] : b->low[j];
        const double high = b->high_row[j] == i ? p->upper[j] : b->high[j];
        least += a * (a > 0.0 ? low : high);
        most += a * (a > 0.0 ? high : low);
        if (least == -INFINITY || most == INFINITY) {
            p->work += k - p->row_start[i];
            return false;
        }
    }
    p->work += p->row_length[i];
    return least >= p->row_lower[i] - EQUAL * (1.0 + fabs(p->row_lower[i])) &&
           most <= p->row_upper[i] + EQUAL * (1.0 + fabs(p->row_upper[i]));
}

static void forget_bounds(const dca__presolve *p, dca_index i, implied_bounds *b)
{
    for (dca_nnz k = p->row_start[i]; k < dca__row_end(p, i); k++) {
        const dca_index j = p->row_index[k];
        if (b->low_row[j] == i) {
            b->low[j] = p->lower[j];
            b->low_row[j] = NO_ROW;
        }
        if (b->high_row[j] == i) {
            b->high[j] = p->upper[j];
            b->high_row[j] = NO_ROW;
        }
    }
}

static dca_status drop_followers(dca__presolve *p, implied_bounds *b)
{
    const dca_index m = p->original->num_rows;
    for (dca_index i = 0; i < m && !dca__presolve_leave(p); i++) {
        if (dca__row_there(p, i)) {
            take_bounds(p, i, b);
        }
    }
    for (dca_index i = 0; i < m && !dca__presolve_leave(p); i++) {
        if (!dca__row_there(p, i) || !follows(p, i, b)) {
            continue;
        }
        const dca__record record = {.kind = DCA__REDUCED_ROW, .row = i, .column = -1};
        if (dca__presolve_push(p, &record) != DCA_OK) {
            return DCA_E_NOMEM;
        }
        forget_bounds(p, i, b);
        dca__presolve_drop_row(p, i);
    }
    return DCA_OK;
}

dca_status dca__presolve_implied_rows(dca__presolve *p)
{
    const dca_index n = p->original->num_columns;
    implied_bounds b = {DCA_ARRAY(p->env, double, n), DCA_ARRAY(p->env, double, n),
                        DCA_ARRAY(p->env, dca_index, n), DCA_ARRAY(p->env, dca_index, n)};
    dca_status status = DCA_E_NOMEM;
    if (b.low != NULL && b.high != NULL && b.low_row != NULL && b.high_row != NULL) {
        for (dca_index j = 0; j < n; j++) {
            b.low[j] = p->lower[j];
            b.high[j] = p->upper[j];
            b.low_row[j] = b.high_row[j] = NO_ROW;
        }
        p->work += n;
        status = drop_followers(p, &b);
    }
    dca__free(p->env, b.low);
    dca__free(p->env, b.high);
    dca__free(p->env, b.low_row);
    dca__free(p->env, b.high_row);
    return status;
}
