/* sift_first.c - the working set that a solve on few columns begins with (sift.c).
 *
 * By costs: for each violated row the FIRST_EACH columns that mend it at the least |d_j| for each violated
 * row that they mend, less those that they make worse. That is good where few rows ask for columns.
 *
 * By prices: after penalty descent (crash_penalty.c) the columns that it holds off their bounds, for each
 * row the COVER columns with the least d_j = c_j - a_j'y, and the least of all up to one for each row.
 * Small sets are solved fast by the dual, and cost more afterwards when a row cannot be met: the cover
 * is what keeps that rare. */
#include "simplex/choice.h"
#include "simplex/crash_penalty.h"

#include "base/alloc.h"

/* Columns for each violated row, by costs; and for each row, by prices. */
enum { FIRST_EACH = 5, COVER = 3, MOST_EACH = 5 };
/* A set by prices holds one column for each row, but at least so many. */
enum { LEAST_PRICED = 200 };
/* Descent may touch this share of the entries that the solve is predicted to. */
static const double PENALTY_SHARE = 0.15;
/* Prices are good for nothing where more than this part of the violation is left. */
static const double TRUSTED = 0.02;
/* Off its bound is a column that moved by more than this. */
static const double HELD = 1e-3;

/* What a step of column j away from its bound does to a violated row: > 0 mends it. */
static double mends(const dca__simplex *s, dca_index i, dca_index j, double value)
{
    const double excess = dca__simplex_excess(s, s->n + i, s->primal_tolerance);
    return excess * (s->status[j] == DCA_BASIS_UPPER ? -value : value);
}

/* |d_j| for each violated row that j mends, less those that it makes worse; INFINITY: none is left. */
static double cost_per_row(const dca__simplex *s, dca_index j)
{
    const dca_nnz end = s->col_start[j] + s->col_length[j];
    dca_index served = 0;
    for (dca_nnz k = s->col_start[j]; k < end; k++) {
        const double effect = mends(s, s->col_index[k], j, s->col_value[k]);
        served += (effect > 0.0) - (effect < 0.0);
    }
    return served > 0 ? fabs(s->d[j]) / served : INFINITY;
}

/* Wake for each violated row the `each` columns of least `cost` that mend it; INFINITY never. */
static void wake_cheapest(dca__simplex *s, const double *restrict cost, int each)
{
    for (dca_index i = 0; i < s->m; i++) {
        dca_index chosen[MOST_EACH];
        int count = 0;
        for (dca_nnz e = s->row_start[i]; e < s->row_start[i + 1]; e++) {
            const dca_index j = s->row_index[e];
            if (mends(s, i, j, s->row_value[e]) <= 0.0 || !(cost[j] < INFINITY) ||
                (count == each && cost[j] >= cost[chosen[count - 1]])) {
                continue;
            }
            int k = count < each ? count++ : count - 1;
            for (; k > 0 && cost[chosen[k - 1]] > cost[j]; k--) {
                chosen[k] = chosen[k - 1];
            }
            chosen[k] = j;
        }
        for (int k = 0; k < count; k++) {
            s->asleep[chosen[k]] = 0;
        }
    }
    s->work += s->entries;
}

void dca__simplex_first_by_costs(dca__simplex *s)
{
    for (dca_index j = 0; j < s->n; j++) {
        s->sort_key[j] = cost_per_row(s, j);
    }
    s->work += s->entries;
    wake_cheapest(s, s->sort_key, FIRST_EACH);
}

/* sort_key[j]: the reduced cost of a step away from the bound, by y; -INFINITY where x is off it. */
static void price_columns(dca__simplex *s, const double *restrict x, const double *restrict y)
{
    for (dca_index j = 0; j < s->n; j++) {
        const dca_nnz end = s->col_start[j] + s->col_length[j];
        double d = s->cost[j];
        for (dca_nnz e = s->col_start[j]; e < end; e++) {
            d -= s->col_value[e] * y[s->col_index[e]];
        }
        const double along = s->status[j] == DCA_BASIS_UPPER ? -d : d;
        s->sort_key[j] = fabs(x[j] - s->x[j]) > HELD ? -INFINITY : along;
    }
    s->work += s->entries + s->n;
}

/* Wake the columns of least sort_key, one for each row. */
static void wake_least(dca__simplex *s)
{
    for (dca_index j = 0; j < s->n; j++) { /* the heap gives the largest first */
        s->sort_index[j] = j;
        s->sort_key[j] = -s->sort_key[j];
    }
    const dca_index most = s->m > LEAST_PRICED ? s->m : LEAST_PRICED;
    dca__simplex_heapify(s->n, s->sort_key, s->sort_index);
    for (dca_index left = s->n; left > 0 && s->n - left < most; left--) {
        dca__simplex_pop(left, s->sort_key, s->sort_index);
        s->asleep[s->sort_index[left - 1]] = 0;
    }
    s->work += s->n;
}

dca_status dca__simplex_first_by_prices(dca__simplex *s, bool *good)
{
    double left = 1.0;
    double *x = DCA_ARRAY(s->env, double, s->n);
    double *y = DCA_ARRAY(s->env, double, s->m);
    dca_status status = x != NULL && y != NULL ? DCA_OK : DCA_E_NOMEM;
    if (status == DCA_OK) {
        const double most = PENALTY_SHARE * dca__simplex_predicted(s);
        status = dca__simplex_penalty(s, (int64_t)fmin(most, (double)INT64_MAX / 2), x, y, &left);
    }
    *good = left <= TRUSTED;
    if (status == DCA_OK && *good) {
        price_columns(s, x, y);
        wake_cheapest(s, s->sort_key, COVER);
        wake_least(s);
    }
    dca__free(s->env, x);
    dca__free(s->env, y);
    return status;
}
