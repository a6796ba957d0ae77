/* presolve_dominated.c - columns that any optimal prices put at a bound.
 *
 * Prices are bounded: y_i <= 0 where rl_i is infinite, y_i >= 0 where ru_i is; a column with one entry
 * a in row i that may rise (fall) for ever has d_j = c_j - a y_i >= 0 (<= 0), which bounds y_i. Then
 *     c_j - sum of the largest a_ij y_i > 0   puts x_j at its lower bound,
 *     c_j - sum of the least   a_ij y_i < 0   at its upper bound,
 * by more than 1e-9 of the terms. On the way back the prices of the columns that gave these bounds are
 * right, so they hold, and so does the sign of d_j. */
#include "lp/presolve_state.h"

#include "base/alloc.h"

static const double MARGIN = 1e-9;

typedef struct prices {
    double *low, *high; /* [m] */
} prices;

static void bound_by_rows(const dca__presolve *p, prices *y)
{
    for (dca_index i = 0; i < p->original->num_rows; i++) {
        y->low[i] = isinf(p->row_upper[i]) ? 0.0 : -INFINITY;
        y->high[i] = isinf(p->row_lower[i]) ? 0.0 : INFINITY;
    }
}

static void bound_by_single(dca__presolve *p, dca_index j, prices *y)
{
    if (!isinf(p->lower[j]) && !isinf(p->upper[j])) {
        return;
    }
    dca_nnz at = p->column_start[j];
    while (!dca__row_there(p, p->column_index[at])) {
        at++;
    }
    const dca_index i = p->column_index[at];
    const double price = p->cost[j] / p->column_value[at];
    if (isinf(p->upper[j])) { /* a y <= c */
        double *side = p->column_value[at] > 0.0 ? &y->high[i] : &y->low[i];
        *side = p->column_value[at] > 0.0 ? fmin(*side, price) : fmax(*side, price);
    }
    if (isinf(p->lower[j])) { /* a y >= c */
        double *side = p->column_value[at] > 0.0 ? &y->low[i] : &y->high[i];
        *side = p->column_value[at] > 0.0 ? fmax(*side, price) : fmin(*side, price);
    }
    p->work += p->column_length[j];
}

static dca_status judge_column(dca__presolve *p, dca_index j, const prices *y)
{
    double least = p->cost[j];
    double most = p->cost[j];
    double terms = fabs(p->cost[j]);
    const dca_nnz end = dca__column_end(p, j);
    for (dca_nnz k = p->column_start[j]; k < end; k++) {
        const dca_index i = p->column_index[k];
        if (!dca__row_there(p, i)) {
            continue;
        }
        const double a = p->column_value[k];
        const double at_low = a * y->low[i];
        const double at_high = a * y->high[i];
        least -= fmax(at_low, at_high);
        most -= fmin(at_low, at_high);
        terms += fmax(isinf(at_low) ? 0.0 : fabs(at_low), isinf(at_high) ? 0.0 : fabs(at_high));
    }
    p->work += p->column_length[j];
    if (least > MARGIN * terms) {
        if (isinf(p->lower[j])) {
            p->undecided = true;
            return DCA_OK;
        }
        return dca__presolve_fix(p, j, p->lower[j], DCA_BASIS_LOWER);
    }
    if (most < -MARGIN * terms) {
        if (isinf(p->upper[j])) {
            p->undecided = true;
            return DCA_OK;
        }
        return dca__presolve_fix(p, j, p->upper[j], DCA_BASIS_UPPER);
    }
    return DCA_OK;
}

dca_status dca__presolve_dominated(dca__presolve *p)
{
    const dca_index m = p->original->num_rows;
    const dca_index n = p->original->num_columns;
    prices y = {DCA_ARRAY(p->env, double, m), DCA_ARRAY(p->env, double, m)};
    dca_status status = DCA_E_NOMEM;
    if (y.low == NULL || y.high == NULL) {
        goto done;
    }
    bound_by_rows(p, &y);
    for (dca_index j = 0; j < n; j++) {
        if (dca__column_there(p, j) && p->column_count[j] == 1) {
            bound_by_single(p, j, &y);
        }
    }
    status = DCA_OK;
    for (dca_index j = 0; j < n && status == DCA_OK && !p->undecided; j++) {
        if (dca__column_there(p, j) && p->column_count[j] > 0) {
            status = judge_column(p, j, &y);
        }
    }
done:
    dca__free(p->env, y.low);
    dca__free(p->env, y.high);
    return status;
}
