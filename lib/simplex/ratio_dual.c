/* ratio_dual.c - the entering variable of the dual: bound flipping with Harris tolerances.
 *
 * With sign = +1 when the leaving variable is above its upper bound, -1 when below its lower one, the
 * step t >= 0 changes d_j to d_j - t sign alpha_pj. A breakpoint t_j = d_j / (sign alpha_pj) is where
 * d_j changes its sign; a boxed variable may flip to its other bound there, and the slope, which
 * starts as the violation, falls by |alpha_pj| (u_j - l_j). The last group of breakpoints before the
 * slope turns negative is the place to stop. Groups are those of Harris: with
 * T = min (|d_j| + tolerance) / |alpha_pj|, all j with t_j <= T; among them the largest |alpha_pj| is
 * taken, and an earlier group when its pivot is too small.
 *
 * Breakpoints are collected lazily in slices of growing t, only the slices needed are sorted:
 * O(candidates + s log s), s the number of breakpoints passed.
 * [Maros (2003), Computational techniques of the simplex method, ch. 10; Koberstein (2005), ch. 6.2] */
#include "simplex/state.h"

/* Below this part of the best pivot (or below 1) an earlier group is preferred. */
#define PIVOT_SHARE 0.1
/* Slices grow by this factor. */
#define SLICE 10.0

/* |d_j| towards the breakpoint; slightly negative when d_j is on the wrong side by less than the
 * tolerance. */
static inline double distance(const dca__simplex *s, dca_index j)
{
    switch (s->status[j]) {
    case DCA_BASIS_LOWER:
        return s->d[j];
    case DCA_BASIS_UPPER:
        return -s->d[j];
    default:
        return 0.0;
    }
}

/* Variables whose d_j moves towards zero, with a pivot of at least `least`. */
static dca_index collect(dca__simplex *s, double sign, double least)
{
    const dca__spvec *alpha = &s->alpha_p;
    const dca_index length = dca__spvec_length(alpha);
    dca_index count = 0;
    for (dca_index k = 0; k < length; k++) {
        const dca_index j = dca__spvec_at(alpha, k);
        const double a = sign * alpha->value[j];
        const uint8_t status = s->status[j];
        if ((status == DCA_BASIS_LOWER && a > least) || (status == DCA_BASIS_UPPER && a < -least) ||
            (status == DCA_BASIS_FREE && fabs(a) > least)) {
            s->sort_index[count++] = j;
        }
    }
    s->work += length;
    return count;
}

/* Move to the front the candidates that are needed: until the slope is negative or none is left.
 * Returns their number; sort_key holds their ratios. */
static dca_index select_slice(dca__simplex *s, dca_index count, double *slope)
{
    const double *restrict alpha = s->alpha_p.value;
    dca_index chosen = 0;
    double limit = 1e-7;
    for (;;) {
        double next = INFINITY;
        for (dca_index k = chosen; k < count; k++) {
            const dca_index j = s->sort_index[k];
            const double a = fabs(alpha[j]);
            const double gap = distance(s, j);
            if (gap > limit * a) {
                const double relaxed = (gap + s->dual_tolerance) / a;
                next = relaxed < next ? relaxed : next;
                continue;
            }
            s->sort_index[k] = s->sort_index[chosen];
            s->sort_index[chosen] = j;
            s->sort_key[chosen] = gap / a;
            chosen++;
            *slope -= a * (s->work_upper[j] - s->work_lower[j]);
        }
        s->work += count - chosen;
        if (*slope < 0.0 || chosen == count || next == INFINITY) {
            return chosen;
        }
        limit = SLICE * next > SLICE * limit ? SLICE * next : SLICE * limit;
    }
}

/* Shift the cost of q so that its step is not negative. */
static void make_step_nonnegative(dca__simplex *s, dca_index q)
{
    if (distance(s, q) < 0.0) {
        s->work_cost[q] -= s->d[q];
        s->d[q] = 0.0;
        s->cost_changed = true;
    }
}

/* Among the sorted candidates: groups of Harris until the slope turns, then the last group with a
 * decent pivot. *flips receives how many candidates in front lie in earlier groups. */
static dca_index choose_group(dca__simplex *s, dca_index chosen, double slope, dca_index *flips)
{
    const double *restrict alpha = s->alpha_p.value;
    double *restrict bound = s->sort_bound; /* suffix minima of the relaxed ratios */
    double least = INFINITY;
    for (dca_index k = chosen; k-- > 0;) {
        const double a = fabs(alpha[s->sort_index[k]]);
        const double relaxed = s->sort_key[k] + s->dual_tolerance / a;
        least = relaxed < least ? relaxed : least;
        bound[k] = least;
    }
    dca_index best = -1;
    dca_index best_start = 0;
    double best_pivot = 0.0;
    double all_pivot = 0.0;
    for (dca_index start = 0; start < chosen && slope >= 0.0;) {
        dca_index end = start;
        dca_index top = start;
        double top_pivot = 0.0;
        for (; end < chosen && (end == start || s->sort_key[end] <= bound[start]); end++) {
            const dca_index j = s->sort_index[end];
            const double a = fabs(alpha[j]);
            slope -= a * (s->work_upper[j] - s->work_lower[j]);
            if (a > top_pivot) {
                top_pivot = a;
                top = end;
            }
        }
        all_pivot = top_pivot > all_pivot ? top_pivot : all_pivot;
        const double wanted = PIVOT_SHARE * all_pivot < 1.0 ? PIVOT_SHARE * all_pivot : 1.0;
        if (best < 0 || top_pivot >= wanted || top_pivot >= best_pivot) {
            best = top;
            best_start = start;
            best_pivot = top_pivot;
        }
        start = end;
    }
    *flips = best_start;
    return best;
}

dca_index dca__simplex_ratio_dual(dca__simplex *s, double excess)
{
    const double sign = excess > 0.0 ? 1.0 : -1.0;
    const int32_t updates = dca__lu_num_updates(s->lu);
    const double least = updates < 10 ? DCA__PIVOT_FRESH : s->settings.pivot_tolerance;
    s->flip_count = 0;
    const dca_index count = collect(s, sign, least);
    double slope = fabs(excess);
    const dca_index chosen = select_slice(s, count, &slope);
    if (chosen == 0 || slope > s->primal_tolerance) {
        return -1;
    }
    dca__simplex_sort(chosen, s->sort_key, s->sort_index);
    s->work += chosen;
    dca_index flips = 0;
    const dca_index best = choose_group(s, chosen, fabs(excess), &flips);
    const dca_index q = s->sort_index[best];
    for (dca_index k = 0; k < flips; k++) {
        s->flip_list[s->flip_count++] = s->sort_index[k];
    }
    make_step_nonnegative(s, q);
    return q;
}
