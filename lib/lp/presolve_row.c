/* presolve_row.c - rows that say nothing, and rows that say everything.
 *
 * With L and U the least and largest activity that the column bounds allow:
 *     redundant  rl <= L and U <= ru: the row goes and is basic, price 0. Empty rows are a case.
 *     forcing    L = ru: every column stands at the bound that gives L, the row at ru with price
 *                y = min(0, min_j d_j / a_j) and d_j the reduced costs without the row: all get the
 *                right sign, and the column that attains the minimum becomes basic in place of the
 *                row. U = rl likewise.
 *     one side   a side that cannot bind stays: it costs nothing.
 * "Equal" means within 1e-13 of the magnitude of the side, "infeasible" beyond 1e-9 of it. */
#include "lp/presolve_state.h"

static const double EQUAL = 1e-13;
static const double BEYOND = 1e-9;

static double size_of(double side)
{
    return 1.0 + fabs(side);
}

static dca_status drop_redundant(dca__presolve *p, dca_index i)
{
    const dca__record record = {.kind = DCA__REDUCED_ROW, .row = i, .column = -1};
    if (dca__presolve_push(p, &record) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca__presolve_drop_row(p, i);
    return DCA_OK;
}

/* upper: the row stands at its upper side, the columns where they give the least activity. */
static dca_status force(dca__presolve *p, dca_index i, bool upper)
{
    const dca__record record = {.kind = DCA__REDUCED_FORCING,
                                .status = upper ? DCA_BASIS_UPPER : DCA_BASIS_LOWER,
                                .row = i,
                                .column = -1};
    if (dca__presolve_push(p, &record) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca__presolve_drop_row(p, i);
    for (dca_nnz k = p->row_start[i]; k < dca__row_end(p, i); k++) {
        const dca_index j = p->row_index[k];
        if (!dca__row_entry_there(p, k)) {
            continue;
        }
        const bool at_lower = (p->row_value[k] > 0.0) == upper;
        const dca_status status = dca__presolve_fix(p, j, at_lower ? p->lower[j] : p->upper[j],
                                                    at_lower ? DCA_BASIS_LOWER : DCA_BASIS_UPPER);
        if (status != DCA_OK) {
            return status;
        }
    }
    return DCA_OK;
}

dca_status dca__presolve_row(dca__presolve *p, dca_index i)
{
    const double low = p->row_lower[i];
    const double high = p->row_upper[i];
    const dca__activity act = dca__presolve_activity(p, i);
    const bool least_known = act.least_infinite == 0;
    const bool most_known = act.most_infinite == 0;
    const bool above = least_known && act.least > high + BEYOND * size_of(high);
    const bool below = most_known && act.most < low - BEYOND * size_of(low);
    if (above || below || low > high + BEYOND * size_of(high)) {
        p->undecided = true;
        p->contradiction = above || below ? i : -1;
        p->contradiction_price = above ? -1.0 : 1.0;
        return DCA_OK;
    }
    const bool low_idle = isinf(low) || (least_known && act.least >= low - EQUAL * size_of(low));
    const bool high_idle = isinf(high) || (most_known && act.most <= high + EQUAL * size_of(high));
    if (low_idle && high_idle) {
        return drop_redundant(p, i);
    }
    if (p->row_count[i] == 1) {
        return dca__presolve_singleton_row(p, i);
    }
    if (p->row_count[i] == 2 && low == high) {
        return dca__presolve_doubleton(p, i);
    }
    if (least_known && !isinf(high) && act.least >= high - EQUAL * size_of(high)) {
        return force(p, i, true);
    }
    if (most_known && !isinf(low) && act.most <= low + EQUAL * size_of(low)) {
        return force(p, i, false);
    }
    return DCA_OK;
}

void dca__presolve_undo_forcing(const dca__presolve *p, const dca__record *r, dca_nnz t,
                                dca__point *full)
{
    const bool upper = r->status == DCA_BASIS_UPPER;
    double price = 0.0;
    dca_index basic = -1;
    for (dca_nnz k = p->row_start[r->row]; k < dca__row_end(p, r->row); k++) {
        const dca_index j = p->row_index[k];
        if ((dca_nnz)p->column_time[j] <= t || p->row_value[k] == 0.0) {
            continue;
        }
        const double ratio = dca__presolve_reduced_cost(p, j, full->y) / p->row_value[k];
        if (upper ? ratio < price : ratio > price) {
            price = ratio;
            basic = j;
        }
    }
    full->y[r->row] += price;
    full->row_status[r->row] = basic >= 0 ? r->status : DCA_BASIS_BASIC;
    if (basic >= 0) {
        full->column_status[basic] = DCA_BASIS_BASIC;
    }
}
