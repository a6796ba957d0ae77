/* redcost.c - multipliers and reduced costs.
 *
 *     B'y = c_B,    d_j = c_j - a_j'y,    d of the logical of row i = c - y_i
 *
 * computed whole by one BTRAN and one pass over A; after a pivot d -= theta alpha_p with
 * theta = d_q / alpha_pq, over the active entries of the pivot row only. */
#include "simplex/state.h"

#include <string.h>

/* One step of refinement: B' dy = c_B - B'y. */
static void refine_multipliers(dca__simplex *s, const double *costs, double *y)
{
    dca__spvec *v = &s->tau;
    for (dca_index p = 0; p < s->m; p++) {
        const dca_index j = s->head[p];
        double sum = costs[j];
        if (j >= s->n) {
            sum -= y[j - s->n];
        } else {
            const dca_nnz end = s->col_start[j] + s->col_length[j];
            for (dca_nnz k = s->col_start[j]; k < end; k++) {
                sum -= s->col_value[k] * y[s->col_index[k]];
            }
        }
        v->value[p] = sum;
    }
    v->count = DCA__DENSE;
    dca__simplex_btran(s, v);
    for (dca_index i = 0; i < s->m; i++) {
        y[i] += v->value[i];
    }
    v->count = DCA__DENSE;
    dca__spvec_clear(v);
}

/* Multipliers that are nothing but rounding of the basic costs are zero. */
static void drop_noise(const dca__simplex *s, const double *costs, double *y)
{
    double largest = 0.0;
    for (dca_index p = 0; p < s->m; p++) {
        const double c = fabs(costs[s->head[p]]);
        largest = c > largest ? c : largest;
    }
    for (dca_index i = 0; i < s->m; i++) {
        if (fabs(y[i]) <= 0x1p-51 * largest) {
            y[i] = 0.0;
        }
    }
}

void dca__simplex_compute_duals(dca__simplex *s, const double *costs)
{
    dca__spvec *v = &s->tau;
    for (dca_index p = 0; p < s->m; p++) {
        v->value[p] = costs[s->head[p]];
    }
    v->count = DCA__DENSE;
    dca__simplex_btran(s, v);
    double *restrict y = s->y;
    memcpy(y, v->value, (size_t)s->m * sizeof(double));
    v->count = DCA__DENSE;
    dca__spvec_clear(v);
    if (s->fresh) {
        refine_multipliers(s, costs, y);
    }
    drop_noise(s, costs, y);
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

void dca__simplex_update_duals(dca__simplex *s, dca_index q, dca_index leaving, double theta)
{
    const dca__spvec *alpha = &s->alpha_p;
    const dca_index length = dca__spvec_length(alpha);
    if (theta != 0.0) {
        for (dca_index k = 0; k < length; k++) {
            const dca_index j = dca__spvec_at(alpha, k);
            s->d[j] -= theta * alpha->value[j];
        }
        s->work += length;
    }
    s->d[q] = 0.0;
    s->d[leaving] = -theta;
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
