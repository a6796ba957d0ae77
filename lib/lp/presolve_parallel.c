/* presolve_parallel.c - columns that are multiples of each other.
 *
 * Column k = lambda times column j, then d_k - lambda d_j = c_k - lambda c_j =: delta for any prices.
 *     delta = 0   x_j + lambda x_k is one variable: k goes, the bounds of j become the sum's.
 *     delta > 0   where lambda d_j >= 0, which holds for lambda > 0 where x_j has no upper bound
 *                 and for lambda < 0 where it has no lower one, d_k > 0: k goes at its lower bound.
 *     delta < 0   likewise, k goes at its upper bound.
 * A bound of x_j that a row keeps by itself is given up for this: the optimum that the rest then
 * has is one with it, too. On the way back of a sum that is basic, one of the two is at a bound,
 * the other is basic; of a sum at a bound, both are at theirs.
 *
 * O(nnz). Andersen, Andersen (1995), "Presolving in linear programming", duplicate columns. */
#include "lp/presolve_state.h"

static const double MARGIN = 1e-9; /* of the costs: delta below is not a sign */

typedef struct couple {
    dca_index gone, kept; /* k, j */
    double ratio, delta;  /* lambda, c_k - lambda c_j; 0 where it is rounding */
} couple;

static couple make_couple(const dca__presolve *p, dca_index gone, dca_index kept, double ratio)
{
    const double own = p->cost[gone];
    const double other = ratio * p->cost[kept];
    const couple c = {gone, kept, ratio,
                      dca__presolve_difference(own - other, fabs(own) + fabs(other))};
    return c;
}

/* ---- One of the two goes --------------------------------------------------------------------- */

static dca_status add(dca__presolve *p, couple c, bool *done)
{
    const double at_low = c.ratio * p->lower[c.gone];
    const double at_high = c.ratio * p->upper[c.gone];
    const double low = p->lower[c.kept] + fmin(at_low, at_high);
    const double high = p->upper[c.kept] + fmax(at_low, at_high);
    if (isinf(low) && isinf(high)) {
        return DCA_OK; /* nonbasic, neither would be at a bound */
    }
    const dca__record record = {.kind = DCA__REDUCED_PARALLEL,
                                .row = -1,
                                .column = c.gone,
                                .other = c.kept,
                                .a = c.ratio,
                                .low = p->lower[c.gone],
                                .high = p->upper[c.gone],
                                .row_low = p->lower[c.kept],
                                .row_high = p->upper[c.kept]};
    if (dca__presolve_push(p, &record) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca__presolve_drop_column(p, c.gone);
    dca__presolve_count_column(p, c.kept, -1.0);
    p->lower[c.kept] = low;
    p->upper[c.kept] = high;
    dca__presolve_count_column(p, c.kept, 1.0);
    p->column_dirty[c.kept] = 1;
    *done = true;
    return DCA_OK;
}

/* Fix the column that goes where the other one says so. */
static dca_status fix(dca__presolve *p, couple c, bool *done)
{
    const bool low = c.delta > 0.0;
    const double bound = low ? p->lower[c.gone] : p->upper[c.gone];
    const double terms = fabs(p->cost[c.gone]) + fabs(c.ratio * p->cost[c.kept]);
    if (isinf(bound) || fabs(c.delta) <= MARGIN * terms) {
        return DCA_OK;
    }
    if (!dca__presolve_give_up_bound(p, c.kept, low == (c.ratio > 0.0))) {
        return DCA_OK;
    }
    *done = true;
    return dca__presolve_fix(p, c.gone, bound, low ? DCA_BASIS_LOWER : DCA_BASIS_UPPER);
}

/* ---- The search ------------------------------------------------------------------------------ */

static dca_status judge(dca__presolve *p, dca_index j, dca_index k)
{
    const dca__line kept = dca__column_line(p, j);
    const dca__line line = dca__column_line(p, k);
    const double ratio = dca__presolve_ratio(p, &kept, &line, p->row_time);
    if (ratio == 0.0) {
        return DCA_OK;
    }
    const couple c = make_couple(p, k, j, ratio);
    bool done = false;
    if (c.delta == 0.0) {
        return add(p, c, &done);
    }
    dca_status status = fix(p, c, &done);
    if (status == DCA_OK && !done) {
        status = fix(p, make_couple(p, j, k, 1.0 / ratio), &done);
    }
    return status;
}

/* Column k against those before it with its hash, then among them. */
static dca_status place(dca__presolve *p, dca__multiples *columns, dca_index k)
{
    const dca__line line = dca__column_line(p, k);
    dca_status status = DCA_OK;
    int tries = 0;
    for (dca_index j = dca__multiples_first(columns, k, &line, p->row_time);
         j >= 0 && tries < DCA__MULTIPLES_TRIED; j = dca__multiples_next(columns, k, j)) {
        if (!dca__column_there(p, j)) {
            continue;
        }
        tries++;
        status = judge(p, j, k);
        if (status != DCA_OK || !dca__column_there(p, k)) {
            return status;
        }
    }
    dca__multiples_add(columns, k);
    return DCA_OK;
}

dca_status dca__presolve_parallel_columns(dca__presolve *p)
{
    const dca_index n = p->original->num_columns;
    dca__multiples columns;
    dca_status status = dca__multiples_new(p->env, n, p->columns_left, &columns);
    if (status != DCA_OK) {
        return status;
    }
    for (dca_index k = 0; k < n && status == DCA_OK && !dca__presolve_leave(p); k++) {
        if (dca__column_there(p, k) && p->column_count[k] > 0) {
            p->work += p->column_length[k];
            status = place(p, &columns, k);
        }
    }
    dca__multiples_free(p->env, &columns);
    return status;
}

/* ---- The way back ---------------------------------------------------------------------------- */

static double beyond(double value, double low, double high)
{
    return fmax(0.0, fmax(low - value, value - high));
}

/* The sum is basic: one of the two at a bound, such that the other misses its own least. */
static void split(const dca__record *r, dca__point *full)
{
    const double sum = full->x[r->other];
    const double bound[] = {r->low, r->high, r->row_low, r->row_high};
    int best = 0;
    double least = INFINITY;
    for (int k = 0; k < 4; k++) {
        const double miss = isinf(bound[k]) ? INFINITY
                            : k < 2         ? beyond(sum - r->a * bound[k], r->row_low, r->row_high)
                                            : beyond((sum - bound[k]) / r->a, r->low, r->high);
        if (miss < least) {
            least = miss;
            best = k;
        }
    }
    const uint8_t status = best % 2 == 0 ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
    full->column_status[r->column] = best < 2 ? status : DCA_BASIS_BASIC;
    full->column_status[r->other] = best < 2 ? DCA_BASIS_BASIC : status;
    full->x[r->column] = best < 2 ? bound[best] : (sum - bound[best]) / r->a;
    full->x[r->other] = best < 2 ? sum - r->a * bound[best] : bound[best];
}

void dca__presolve_undo_parallel(const dca__record *r, dca__point *full)
{
    const uint8_t kept = full->column_status[r->other];
    if (kept != DCA_BASIS_LOWER && kept != DCA_BASIS_UPPER) {
        split(r, full);
        return;
    }
    const bool low = kept == DCA_BASIS_LOWER;
    const bool gone_low = low == (r->a > 0.0);
    full->x[r->other] = low ? r->row_low : r->row_high;
    full->x[r->column] = gone_low ? r->low : r->high;
    full->column_status[r->column] = gone_low ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
}
