/* ray.c - certificates, multiplied out on the caller's bounds and the original matrix.
 *
 * Farkas: z = A'y; every point satisfies y'(A x + s) = 0, so there is none when the largest value of
 * z'x + y's over the bounds is negative:
 *     margin = - sum max(z_j l_j, z_j u_j) - sum max(-y_i ru_i, -y_i rl_i) > 0
 * Noise at an infinite bound, up to NOISE of what was summed there, counts as zero.
 * Direction: r_q = +-1, r_B = -+alpha_q, zero elsewhere; no bound may end it and c'r < 0. O(entries). */
#include "simplex/state.h"

#include <string.h>

#define NOISE  1e-9 /* relative part of a sum that rounding may leave */
#define MARGIN 1e-9 /* least margin relative to the size of the ray */

/* Largest value of z x on [lower, upper]; INFINITY when it has none. */
static double reach(double z, double lower, double upper, double noise)
{
    if (fabs(z) <= noise) {
        const double bound = z > 0.0 ? upper : lower;
        return fabs(bound) < INFINITY ? z * bound : 0.0;
    }
    return z > 0.0 ? z * upper : z * lower;
}

bool dca__simplex_keep_farkas(dca__simplex *s, const double *multipliers)
{
    double *y = s->ray;
    double largest = 0.0;
    for (dca_index i = 0; i < s->m; i++) {
        y[i] = multipliers[i];
        largest = fmax(largest, fabs(y[i]));
    }
    double total = 0.0;
    double scale = 0.0;
    for (dca_index j = 0; j < s->n; j++) {
        double z = 0.0;
        double size = 0.0;
        const dca_nnz end = s->col_start[j] + s->col_length[j];
        for (dca_nnz k = s->col_start[j]; k < end; k++) {
            const double product = s->col_value[k] * y[s->col_index[k]];
            z += product;
            size += fabs(product);
        }
        total += reach(z, s->lower[j], s->upper[j], NOISE * size);
        scale += fabs(z);
    }
    for (dca_index i = 0; i < s->m; i++) {
        const dca_index j = s->n + i;
        total += reach(y[i], s->lower[j], s->upper[j], NOISE * largest);
        scale += fabs(y[i]);
    }
    s->work += s->entries + s->total;
    s->ray_kind = -total > MARGIN * scale ? 1 : 0;
    return s->ray_kind == 1;
}

bool dca__simplex_keep_direction(dca__simplex *s, dca_index q, double direction)
{
    const dca__spvec *alpha = &s->alpha_q;
    memset(s->ray, 0, (size_t)s->n * sizeof(double));
    if (q < s->n) {
        s->ray[q] = direction;
    }
    double slope = s->cost[q] * direction;
    double scale = fabs(slope);
    const dca_index length = dca__spvec_length(alpha);
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(alpha, k);
        const dca_index j = s->head[i];
        const double r = -direction * alpha->value[i];
        if (fabs(r) <= DCA__PIVOT_FRESH || j >= s->n) {
            continue;
        }
        s->ray[j] = r;
        slope += s->cost[j] * r;
        scale += fabs(s->cost[j] * r);
    }
    s->work += s->n + length;
    if (!(slope < -MARGIN * scale)) {
        return false;
    }
    s->ray_kind = 2;
    return true;
}
