/* redcost.c - multipliers and reduced costs.
 *
 *     B'y = c_B,    d_j = c_j - a_j'y,    d of the logical of row i = c - y_i
 *
 * computed whole by one BTRAN and one pass over A; after a pivot d -= theta alpha_p with
 * theta = d_q / alpha_pq, over the active entries of the pivot row only. */
#include "simplex/state.h"

#include "base/dd.h"

#include <string.h>

enum { SAFE_STEPS = 3 };
/* Reduced costs of basic variables are pushed to their safe side by this part of their terms: over
 * their rounding, 2^-53, and under what verify.c forgives, 8 * 2^-53. */
#define SAFE_ROUNDING 0x1p-51
/* A multiplier is noise when one step of refinement changes it by this part. */
#define NOISE_SHARE 0.125
/* Or when it is smaller than this part of the largest. */
#define SPECK 0x1p-80

/* c_j - a_j'y without rounding error in the sum; *magnitude receives |c_j| + sum |a_ij y_i|. */
static double exact_residual(const dca__simplex *s, dca_index j, double cost, const double *y,
                             double *magnitude)
{
    dca__dd sum = {cost, 0.0};
    double size = fabs(cost);
    if (j >= s->n) {
        dca__dd_add(&sum, -y[j - s->n]);
        size += fabs(y[j - s->n]);
    } else {
        const dca_nnz end = s->col_start[j] + s->col_length[j];
        for (dca_nnz k = s->col_start[j]; k < end; k++) {
            const double price = y[s->col_index[k]];
            dca__dd_add_product(&sum, -s->col_value[k], price);
            size += fabs(s->col_value[k] * price);
        }
    }
    *magnitude = size;
    return dca__dd_value(sum);
}

/* A reduced cost that rounding of y cannot turn: towards the only finite bound. */
static double safe_dual(const dca__simplex *s, dca_index j, double magnitude)
{
    const bool below = s->lower[j] > -INFINITY;
    const bool above = s->upper[j] < INFINITY;
    return below == above ? 0.0 : (below ? SAFE_ROUNDING : -SAFE_ROUNDING) * magnitude;
}

/* v = B^-T v for a right-hand side of any size. */
static void solve_scaled(dca__simplex *s, dca__spvec *v)
{
    v->count = DCA__DENSE;
    const double unit = dca__simplex_normalise(v);
    dca__simplex_btran(s, v);
    for (dca_index i = 0; i < s->m; i++) {
        v->value[i] *= unit;
    }
    v->count = DCA__DENSE;
}

/* y_i points at an infinite side, within the tolerance. */
static bool proves_nothing(const dca__simplex *s, dca_index i)
{
    const double y = s->y[i];
    const dca_index j = s->n + i;
    return fabs(y) <= s->dual_tolerance &&
           (y > 0.0 ? s->upper[j] == INFINITY : s->lower[j] == -INFINITY);
}

/* y_i is not known to one digit, or of no use. */
static bool is_noise(const dca__simplex *s, dca_index i, double dy, double largest)
{
    const double y = fabs(s->y[i]);
    return fabs(dy) > NOISE_SHARE * y || y < SPECK * largest || proves_nothing(s, i);
}

/* One step of refinement: B' dy = c_B - B'y. With `purge`, a y_i that the step changes by as much as
 * it is was noise: zero. False: there was nothing to refine. */
static bool refine_multipliers(dca__simplex *s, const double *costs, bool purge)
{
    dca__spvec *v = &s->tau;
    double *restrict y = s->y;
    double largest = 0.0;
    bool rounded = false;
    for (dca_index p = 0; p < s->m; p++) {
        double magnitude;
        v->value[p] = exact_residual(s, s->head[p], costs[s->head[p]], y, &magnitude);
        largest = fabs(y[p]) > largest ? fabs(y[p]) : largest;
        rounded = rounded || v->value[p] != 0.0;
    }
    s->work += s->entries;
    if (!rounded) {
        return false;
    }
    solve_scaled(s, v);
    for (dca_index i = 0; i < s->m; i++) {
        const double dy = v->value[i];
        y[i] += dy;
        if (purge && is_noise(s, i, dy, largest)) {
            y[i] = 0.0;
        }
    }
    dca__spvec_clear(v);
    return true;
}

/* Move y so that no basic variable with one finite bound has a reduced cost that points at the other
 * side, where rounding left one; multipliers that are zero stay so. False: nothing to do. */
static bool make_duals_safe(dca__simplex *s, const double *costs)
{
    dca__spvec *v = &s->tau;
    double *restrict y = s->y;
    bool wrong = false;
    for (dca_index p = 0; p < s->m; p++) {
        const dca_index j = s->head[p];
        double magnitude;
        const double residual = exact_residual(s, j, costs[j], y, &magnitude);
        const double safe = j < s->n ? safe_dual(s, j, magnitude) : 0.0;
        const bool inside =
            safe == 0.0 || residual == 0.0 || (safe > 0.0 ? residual >= safe : residual <= safe);
        v->value[p] = inside ? 0.0 : residual - safe;
        wrong = wrong || residual * safe < 0.0;
    }
    s->work += s->entries;
    if (wrong) {
        solve_scaled(s, v);
        for (dca_index i = 0; i < s->m; i++) {
            y[i] += y[i] != 0.0 ? v->value[i] : 0.0;
            y[i] = proves_nothing(s, i) ? 0.0 : y[i];
        }
    }
    v->count = DCA__DENSE;
    dca__spvec_clear(v);
    return wrong;
}

bool dca__simplex_price_residuals(const dca__simplex *s, const dca_index *columns, dca_index count,
                                  dca__spvec *v)
{
    for (dca_index k = 0; k < count; k++) {
        const dca_index j = columns[k];
        const dca_index p = s->position[j];
        if (p >= 0) {
            double magnitude;
            const double residual = exact_residual(s, j, s->work_cost[j], s->y, &magnitude);
            if (residual != 0.0) {
                v->value[p] = residual;
                v->index[v->count++] = p;
            }
        }
    }
    return v->count > 0;
}

bool dca__simplex_unsafe_duals(const dca__simplex *s, const dca_index *columns, dca_index count,
                               dca__spvec *v)
{
    for (dca_index k = 0; k < count; k++) {
        const dca_index j = columns[k];
        const dca_index p = s->position[j];
        if (p < 0) {
            continue;
        }
        double magnitude;
        const double residual = exact_residual(s, j, s->work_cost[j], s->y, &magnitude);
        const double safe = safe_dual(s, j, magnitude);
        if (residual * safe < 0.0) {
            v->value[p] = residual - safe;
            v->index[v->count++] = p;
        }
    }
    return v->count > 0;
}

void dca__simplex_price_out(dca__simplex *s, const double *costs)
{
    double *restrict y = s->y;
    for (dca_index i = 0; i < s->m; i++) { /* exactly so: e_i is a column of B */
        if (s->position[s->n + i] >= 0) {
            y[i] = costs[s->n + i];
        }
    }
    for (dca_index j = 0; j < s->n; j++) {
        if (s->position[j] >= 0) {
            s->d[j] = 0.0;
            continue;
        }
        double sum = costs[j];
        const dca_nnz end = s->col_start[j] + s->col_length[j];
        for (dca_nnz k = s->col_start[j]; k < end; k++) {
            sum -= s->col_value[k] * y[s->col_index[k]];
        }
        s->d[j] = sum;
    }
    for (dca_index i = 0; i < s->m; i++) {
        const dca_index j = s->n + i;
        s->d[j] = s->position[j] >= 0 ? 0.0 : costs[j] - y[i];
    }
    s->work += s->entries + s->total + s->m;
}

/* A control that says stop ends the refinement, not the answer: what is there is checked all the same. */
static bool interrupted(dca__simplex *s)
{
    const dca__stop stop = dca__control_poll(s->control, s->work - s->work_polled);
    s->work_polled = s->work;
    return stop != DCA__GO;
}

void dca__simplex_refine_duals(dca__simplex *s, const double *costs)
{
    if (refine_multipliers(s, costs, false) && !interrupted(s)) {
        (void)refine_multipliers(s, costs, true);
    }
    for (int k = 0; k < SAFE_STEPS && !interrupted(s) && make_duals_safe(s, costs); k++) {
    }
    dca__simplex_price_out(s, costs);
}

void dca__simplex_compute_duals(dca__simplex *s, const double *costs)
{
    dca__spvec *v = &s->tau;
    for (dca_index p = 0; p < s->m; p++) {
        v->value[p] = costs[s->head[p]];
    }
    solve_scaled(s, v);
    memcpy(s->y, v->value, (size_t)s->m * sizeof(double));
    dca__spvec_clear(v);
    dca__simplex_price_out(s, costs);
}

void dca__simplex_update_duals(dca__simplex *s, dca_index q, dca_index leaving, double theta)
{
    const dca_index length = theta == 0.0 ? 0 : s->alpha_p.count;
    const dca_index *restrict index = s->alpha_p.index;
    const double *restrict value = s->alpha_p.value;
    double *restrict d = s->d;
    for (dca_index k = 0; k < length; k++) {
        d[index[k]] -= theta * value[index[k]];
    }
    s->work += length;
    d[q] = 0.0;
    d[leaving] = -theta;
}

dca_index dca__simplex_dual_infeasibility(const dca__simplex *s, double tolerance, double *sum)
{
    dca_index count = 0;
    *sum = 0.0;
    for (dca_index j = 0; j < s->total; j++) {
        const double excess = dca__simplex_dual_excess(s, j);
        if (excess > tolerance) {
            count++;
            *sum += excess;
        }
    }
    return count;
}

dca_index dca__simplex_correct_duals(dca__simplex *s, bool shift)
{
    dca_index left = 0;
    for (dca_index j = 0; j < s->total; j++) {
        if (dca__simplex_dual_excess(s, j) <= s->dual_tolerance) {
            continue;
        }
        if (dca__simplex_is_boxed(s, j)) {
            const bool to_upper = s->status[j] == DCA_BASIS_LOWER;
            s->status[j] = to_upper ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
            s->x[j] = to_upper ? s->work_upper[j] : s->work_lower[j];
            s->current = false;
        } else if (shift) {
            s->work_cost[j] -= s->d[j];
            s->d[j] = 0.0;
            s->cost_changed = true;
        } else {
            left++;
        }
    }
    s->work += s->total;
    return left;
}
