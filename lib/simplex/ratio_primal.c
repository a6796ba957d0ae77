/* ratio_primal.c - the leaving variable of the primal.
 *
 * q moves by t >= 0 in `direction`; basic variable i changes by -t a_i, a_i = direction alpha_iq.
 *
 * Phase 2: two passes of Harris. T = min over i of the step at which i violates its bound by the
 * tolerance; among the i whose exact step is at most T the largest |a_i| leaves. The step is at least
 * 0: a bound that was crossed within the tolerance is shifted to the value, and put back at the end.
 *
 * Phase 1: the sum of infeasibilities is convex and piecewise linear in t. Its slope starts at -|d_q|
 * and grows by |a_i| where i becomes feasible and again where it becomes infeasible on the other
 * side. The step goes through these breakpoints while the sum falls, then steps back to a breakpoint
 * with a decent pivot. Breakpoints come from a heap: O(candidates + passed log candidates).
 * [Harris (1973); Maros (2003), Computational techniques of the simplex method, ch. 9] */
#include "simplex/state.h"

#define PIVOT_SHARE 0.1
/* A slope below this part of the first one is none. */
#define SLOPE_NOISE 1e-9

static double smallest_pivot(const dca__simplex *s)
{
    return dca__lu_num_updates(s->lu) < 10 ? DCA__PIVOT_FRESH : s->settings.pivot_tolerance;
}

/* The bound that a variable meets when it moves by -a: its distance, may be negative or infinite. */
static inline double room(const dca__simplex *s, dca_index j, double a)
{
    return a > 0.0 ? s->x[j] - s->work_lower[j] : s->work_upper[j] - s->x[j];
}

static void shift_crossed_bound(dca__simplex *s, dca_index j, bool upper)
{
    const bool fixed = s->work_lower[j] == s->work_upper[j];
    if (upper || fixed) {
        s->work_upper[j] = s->x[j];
    }
    if (!upper || fixed) {
        s->work_lower[j] = s->x[j];
    }
    s->bounds_changed = true;
}

/* First pass: T, and the positions that met their bound before the T of then, in the order of the
 * column; their number. sort_index receives the position, sort_key the distance, sort_bound a_i. */
static dca_index collect_blocking(dca__simplex *s, double direction, double least, double *limit)
{
    const dca__spvec *alpha = &s->alpha_q;
    const dca_index length = dca__spvec_length(alpha);
    const double *restrict value = alpha->value;
    const dca_index *restrict head = s->head;
    const double tolerance = s->primal_tolerance;
    dca_index count = 0;
    double reach = INFINITY;
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(alpha, k);
        const double a = direction * value[i];
        const double size = fabs(a);
        if (size <= least) {
            continue;
        }
        const double distance = room(s, head[i], a);
        if (distance <= (reach > 0.0 ? reach : 0.0) * size && distance < INFINITY) {
            s->sort_index[count] = i;
            s->sort_key[count] = distance;
            s->sort_bound[count++] = a;
            if (distance + tolerance < reach * size) {
                reach = (distance + tolerance) / size;
            }
        }
    }
    s->work += length;
    *limit = reach > 0.0 ? reach : 0.0;
    return count;
}

dca__blocking dca__simplex_ratio_primal(dca__simplex *s, dca_index q, double direction)
{
    dca__blocking block = {-2, INFINITY, false};
    double limit;
    const dca_index count = collect_blocking(s, direction, smallest_pivot(s), &limit);
    double best_pivot = 0.0;
    for (dca_index k = 0; k < count; k++) {
        const double a = s->sort_bound[k];
        const double size = fabs(a);
        if (size > best_pivot && s->sort_key[k] <= limit * size) {
            best_pivot = size;
            block.p = s->sort_index[k];
            block.step = s->sort_key[k] / size;
            block.to_upper = a < 0.0;
        }
    }
    s->work += count;
    const double range = s->work_upper[q] - s->work_lower[q];
    if (range < INFINITY && range <= block.step) {
        block.p = -1;
        block.step = range;
        return block;
    }
    if (block.p >= 0 && block.step < 0.0) {
        block.step = 0.0;
        shift_crossed_bound(s, s->head[block.p], block.to_upper);
    }
    return block;
}

/* Breakpoints are numbered 2 i + (1 at the upper bound). */
static dca_index add_breakpoint(dca__simplex *s, dca_index count, dca_index code, double distance,
                                double size)
{
    s->sort_index[count] = code;
    s->sort_key[count] = -(distance + s->primal_tolerance) / size; /* the heap gives the largest */
    s->sort_bound[code] = distance / size;
    return count + 1;
}

static dca_index collect_breakpoints(dca__simplex *s, double direction, double least)
{
    const dca__spvec *alpha = &s->alpha_q;
    const dca_index length = dca__spvec_length(alpha);
    const double tolerance = s->primal_tolerance;
    dca_index count = 0;
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(alpha, k);
        const double a = direction * alpha->value[i];
        const double size = fabs(a);
        if (size <= least) {
            continue;
        }
        const dca_index j = s->head[i];
        const double x = s->x[j];
        const double lower = s->work_lower[j];
        const double upper = s->work_upper[j];
        if (a > 0.0) {
            if (x > upper + tolerance) {
                count = add_breakpoint(s, count, 2 * i + 1, x - upper, size);
            }
            if (lower > -INFINITY && x >= lower - tolerance) {
                count = add_breakpoint(s, count, 2 * i, x - lower, size);
            }
        } else {
            if (x < lower - tolerance) {
                count = add_breakpoint(s, count, 2 * i, lower - x, size);
            }
            if (upper < INFINITY && x <= upper + tolerance) {
                count = add_breakpoint(s, count, 2 * i + 1, upper - x, size);
            }
        }
    }
    s->work += length;
    return count;
}

dca__blocking dca__simplex_ratio_phase_one(dca__simplex *s, dca_index q, double direction,
                                           double slope)
{
    dca__blocking block = {-2, INFINITY, false};
    const double range = s->work_upper[q] - s->work_lower[q];
    const double *alpha = s->alpha_q.value;
    const dca_index count = collect_breakpoints(s, direction, smallest_pivot(s));
    dca__simplex_heapify(count, s->sort_key, s->sort_index);
    dca_index left = count;
    double best_pivot = 0.0;
    const double flat = SLOPE_NOISE * slope;
    while (left > 0 && slope > flat) {
        dca__simplex_pop(left, s->sort_key, s->sort_index);
        left--;
        const double size = fabs(alpha[s->sort_index[left] / 2]);
        slope -= size;
        best_pivot = size > best_pivot ? size : best_pivot;
    }
    s->work += 4 * (int64_t)(count - left) + count;
    if (count == 0) { /* only the bound of q can stop it */
        block.p = range < INFINITY ? -1 : -2;
        block.step = range;
        return block;
    }
    /* Popped breakpoints stand behind `left`, the last one first: step back to a decent pivot. */
    for (dca_index k = left; k < count; k++) {
        const dca_index code = s->sort_index[k];
        if (fabs(alpha[code / 2]) >= PIVOT_SHARE * best_pivot) {
            block.p = code / 2;
            block.step = s->sort_bound[code] > 0.0 ? s->sort_bound[code] : 0.0;
            block.to_upper = (code & 1) != 0;
            break;
        }
    }
    if (range <= block.step) {
        block.p = -1;
        block.step = range;
    }
    return block;
}
