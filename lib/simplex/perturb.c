/* perturb.c - breaking ties: costs for the dual, bounds for the primal, by a hash of the variable.
 *
 * Costs move by about 5e-7 (1 + |c_j|) (1 + random) away from dual infeasibility: up where the
 * variable lives at its lower bound, down where it lives at its upper bound; fixed and free variables
 * keep theirs. Bounds of basic variables move outwards by the same measure, so that the point stays
 * as feasible as it was; fixed ones keep theirs, as equations that follow from others would have no
 * feasible point any more. Whatever is moved here is put back before a claim (rounds.c). */
#include "simplex/state.h"

#include "base/rng.h"

#define COST_SIZE  5e-7
#define BOUND_SIZE 5e-8

static double draw(const dca__simplex *s, dca_index j)
{
    const uint64_t key = (uint64_t)s->settings.seed * 1000003u + s->epoch;
    return 1.0 + dca__hash_unit(dca__hash64(key) ^ (uint64_t)j);
}

/* Size of costs: very large ones are damped, so that the rest is not drowned. */
static double cost_scale(const dca__simplex *s)
{
    double largest = 0.0;
    for (dca_index j = 0; j < s->n; j++) {
        const double c = fabs(s->cost[j]);
        largest = c > largest ? c : largest;
    }
    return largest > 100.0 ? sqrt(sqrt(largest)) : largest > 0.0 && largest < 1.0 ? largest : 1.0;
}

void dca__simplex_perturb_costs(dca__simplex *s)
{
    s->epoch++;
    const double base = COST_SIZE * cost_scale(s);
    for (dca_index j = 0; j < s->n; j++) {
        const double lower = s->lower[j];
        const double upper = s->upper[j];
        const double size = base * (1.0 + fabs(s->cost[j])) * draw(s, j);
        if (lower == upper || (lower == -INFINITY && upper == INFINITY)) {
            continue;
        }
        if (upper == INFINITY) {
            s->work_cost[j] += size;
        } else if (lower == -INFINITY) {
            s->work_cost[j] -= size;
        } else if (s->position[j] >= 0) {
            s->work_cost[j] += s->cost[j] >= 0.0 ? size : -size;
        } else {
            s->work_cost[j] += s->status[j] == DCA_BASIS_LOWER ? size : -size;
        }
    }
    s->cost_changed = true;
    s->current = false;
    s->work += s->n;
}

void dca__simplex_perturb_bounds(dca__simplex *s)
{
    s->epoch++;
    for (dca_index p = 0; p < s->m; p++) {
        const dca_index j = s->head[p];
        const double lower = s->work_lower[j];
        const double upper = s->work_upper[j];
        const double size = BOUND_SIZE * draw(s, j);
        if (lower == upper) {
            continue;
        }
        if (lower > -INFINITY) {
            s->work_lower[j] = lower - size * (1.0 + fabs(lower));
        }
        if (upper < INFINITY) {
            s->work_upper[j] = upper + size * (1.0 + fabs(upper));
        }
    }
    s->bounds_changed = true;
    s->current = false;
    s->work += s->m;
}
