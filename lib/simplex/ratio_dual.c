/* ratio_dual.c - the entering variable of the dual: bound flipping with Harris tolerances.
 *
 * With sign = +1 when the leaving variable is above its upper bound, -1 when below its lower one, the
 * step t >= 0 changes d_j to d_j - t sign alpha_pj. A breakpoint t_j = d_j / (sign alpha_pj) is where
 * d_j changes its sign; a boxed variable may flip to its other bound there, and the slope, which
 * starts as the violation, falls by |alpha_pj| (u_j - l_j). The last group of breakpoints before the
 * slope is used up is the place to stop: with a slope of 0 (within the primal tolerance: the flips
 * have removed the violation) the next group is no better and the step longer. Groups are those of
 * Harris: with T = min (|d_j| + tolerance) / |alpha_pj|, all j with t_j <= T; among them the largest
 * |alpha_pj| is taken, and an earlier group when its pivot is too small.
 *
 * Breakpoints are collected lazily in slices of growing t and taken from a heap as long as the slope
 * asks for more: O(candidates + s log s), s the number of breakpoints passed.
 * [Maros (2003), Computational techniques of the simplex method, ch. 10; Koberstein (2005), ch. 6.2] */
#include "simplex/state.h"

/* Below this part of the best pivot (or below 1) an earlier group is preferred. */
#define PIVOT_SHARE 0.1
/* Slices grow by this factor. */
#define SLICE 4.0
/* And start no shorter than this. */
#define LEAST_SLICE 1e-12

/* By status: what makes |d_j| towards the breakpoint of d_j, slightly negative when d_j is on the wrong
 * side by less than the tolerance; and whether d_j moves towards it where sign alpha_pj is negative
 * and positive. Basic variables never do. */
static const double TOWARDS[] = {0.0, 1.0, -1.0, 0.0};
static const bool MOVES[][4] = {{false, false, true, true}, {false, true, false, true}};

static inline double distance(const dca__simplex *s, dca_index j)
{
    return TOWARDS[s->status[j]] * s->d[j];
}

/* Variables whose d_j moves towards zero, with a pivot of at least `least`; their number. sort_key
 * receives |d_j|, sort_bound |alpha_pj|, *first the least relaxed ratio. Where half of the row moves
 * the right way a branch would be guessed wrong: there is none but for the minimum. */
static dca_index collect(dca__simplex *s, double sign, double least, double *first)
{
    const dca_index length = s->alpha_p.count;
    const dca_index *restrict index = s->alpha_p.index;
    const double *restrict alpha = s->alpha_p.value;
    const uint8_t *restrict status = s->status;
    const double *restrict d = s->d;
    dca_index *restrict candidate = s->sort_index;
    double *restrict key = s->sort_key;
    double *restrict bound = s->sort_bound;
    const double tolerance = s->dual_tolerance;
    dca_index count = 0;
    double next = INFINITY;
    for (dca_index k = 0; k < length; k++) {
        const dca_index j = index[k];
        const double a = sign * alpha[j];
        const double size = fabs(a);
        const double gap = TOWARDS[status[j]] * d[j];
        const bool moves = MOVES[a > 0.0][status[j]] & (size > least);
        candidate[count] = j;
        key[count] = gap;
        bound[count] = size;
        count += moves;
        if (moves & (gap + tolerance < next * size)) {
            next = (gap + tolerance) / size;
        }
    }
    s->work += length;
    *first = next;
    return count;
}

static void swap_candidates(dca__simplex *s, dca_index a, dca_index b)
{
    const dca_index j = s->sort_index[a];
    const double key = s->sort_key[a];
    const double bound = s->sort_bound[a];
    s->sort_index[a] = s->sort_index[b];
    s->sort_key[a] = s->sort_key[b];
    s->sort_bound[a] = s->sort_bound[b];
    s->sort_index[b] = j;
    s->sort_key[b] = key;
    s->sort_bound[b] = bound;
}

/* Move to the front the candidates that are needed: until the slope is used up or none is left.
 * Returns their number; their sort_key becomes minus their ratio, for the heap. */
static dca_index select_slice(dca__simplex *s, dca_index count, double next, double *slope)
{
    dca_index chosen = 0;
    double limit = LEAST_SLICE;
    while (*slope > s->primal_tolerance && chosen < count) {
        limit = SLICE * (next > limit ? next : limit); /* grows, whatever the signs of d */
        next = INFINITY;
        for (dca_index k = chosen; k < count; k++) {
            const double a = s->sort_bound[k];
            const double gap = s->sort_key[k];
            if (gap > limit * a) {
                const double relaxed = gap + s->dual_tolerance;
                next = relaxed < next * a ? relaxed / a : next;
                continue;
            }
            const dca_index j = s->sort_index[k];
            swap_candidates(s, k, chosen);
            s->sort_key[chosen++] = -gap / a;
            *slope -= a * (s->work_upper[j] - s->work_lower[j]);
        }
        s->work += count - chosen;
    }
    return chosen;
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

/* Pop breakpoints in ascending order, groups of Harris at a time, until the slope is used up; then the last
 * group with a decent pivot. Popped candidates stand at the end of sort_index, the first one last;
 * *flips receives how many of them lie in earlier groups. A group is closed when the next ratio is
 * beyond the least relaxed ratio in it: none further on can have a smaller one. */
static dca_index choose_group(dca__simplex *s, dca_index chosen, double slope, dca_index *flips)
{
    const double *restrict alpha = s->alpha_p.value;
    dca_index best = -1;
    double best_pivot = 0.0;
    double all_pivot = 0.0;
    dca_index left = chosen;
    while (left > 0 && slope > s->primal_tolerance) {
        const dca_index start = chosen - left;
        double limit = INFINITY;
        dca_index top = -1;
        double top_pivot = 0.0;
        while (left > 0 && -s->sort_key[0] <= limit) {
            dca__simplex_pop(left, s->sort_key, s->sort_index);
            left--;
            const dca_index j = s->sort_index[left];
            const double a = fabs(alpha[j]);
            const double relaxed = -s->sort_key[left] + s->dual_tolerance / a;
            limit = relaxed < limit ? relaxed : limit;
            slope -= a * (s->work_upper[j] - s->work_lower[j]);
            if (a > top_pivot) {
                top_pivot = a;
                top = j;
            }
        }
        all_pivot = top_pivot > all_pivot ? top_pivot : all_pivot;
        const double wanted = PIVOT_SHARE * all_pivot < 1.0 ? PIVOT_SHARE * all_pivot : 1.0;
        if (best < 0 || top_pivot >= wanted || top_pivot >= best_pivot) {
            best = top;
            best_pivot = top_pivot;
            *flips = start;
        }
    }
    s->work += 8 * (int64_t)(chosen - left);
    return best;
}

dca_index dca__simplex_ratio_dual(dca__simplex *s, double excess)
{
    const double sign = excess > 0.0 ? 1.0 : -1.0;
    const int32_t updates = dca__lu_num_updates(s->lu);
    const double least = updates < 10 ? DCA__PIVOT_FRESH : s->settings.pivot_tolerance;
    s->flip_count = 0;
    double first = 0.0;
    const dca_index count = collect(s, sign, least, &first);
    double slope = fabs(excess);
    const dca_index chosen = select_slice(s, count, first, &slope);
    if (chosen == 0 || slope > s->primal_tolerance) {
        return -1;
    }
    dca__simplex_heapify(chosen, s->sort_key, s->sort_index);
    s->work += chosen;
    dca_index flips = 0;
    const dca_index q = choose_group(s, chosen, fabs(excess), &flips);
    for (dca_index k = 0; k < flips; k++) {
        s->flip_list[s->flip_count++] = s->sort_index[chosen - 1 - k];
    }
    make_step_nonnegative(s, q);
    return q;
}
