/* primal.c - the primal simplex: keeps x feasible, removes the wrong signs of d.
 *
 * Phase 1 minimises the sum of infeasibilities: a basic variable below its lower bound costs -1, one
 * above its upper bound +1; the costs follow the point, and d follows the costs by one BTRAN and one
 * row for all changes of an iteration. Phase 2 minimises the working costs. Bounds of basic variables
 * are perturbed when the point stalls, and shifted where rounding crossed one; rounds.c takes that
 * back. Every rebuild works on a fresh factor with recomputed x and d. [Maros (2003), ch. 9] */
#include "simplex/state.h"

#include <string.h>

enum { STALL_LIMIT = 60, BAN_LIMIT = 20 };
/* Rebuilds in a row that find the sum of either phase no smaller than it was: a cycle. */
enum { FLAT_LIMIT = 500 };

typedef enum step {
    STEP_DONE,
    STEP_REBUILD,
    STEP_NO_COLUMN, /* no wrong sign left */
    STEP_FEASIBLE,  /* phase 1 has nothing left to remove */
    STEP_UNBOUNDED, /* nothing blocks q */
    STEP_BANNED,    /* the column is left out until the next rebuild */
    STEP_STOP
} step;

static void clear_step(dca__simplex *s)
{
    dca__spvec_clear(&s->rho);
    dca__spvec_clear(&s->alpha_q);
    dca__spvec_clear(&s->tau);
    dca__spvec_clear(&s->alpha_p);
}

void dca__simplex_set_phase(dca__simplex *s)
{
    s->infeasibility = dca__simplex_primal_infeasibility(s, NULL);
    s->infeasible = 0;
    memset(s->phase_cost, 0, (size_t)s->total * sizeof(double));
    for (dca_index p = 0; p < s->m; p++) {
        const dca_index j = s->head[p];
        s->phase_cost[j] = dca__simplex_phase_one_cost(s, j);
        s->infeasible += s->phase_cost[j] != 0.0;
    }
    s->phase = s->infeasible > 0 ? 1 : 2;
    s->work += s->total;
}

bool dca__simplex_is_stalled(const dca__simplex *s)
{
    return s->stalled > STALL_LIMIT && s->settings.perturbation != 0 &&
           s->perturbations < DCA__MOST_PERTURBATIONS;
}

void dca__simplex_break_stall(dca__simplex *s)
{
    if (dca__simplex_is_stalled(s)) {
        dca__simplex_perturb_bounds(s);
        s->perturbations++;
        s->stalled = 0; /* not at every rebuild: a cycle may be one pivot long */
    }
}

/* d_q = c_q - c_B'alpha_q by the column just computed. */
static double exact_dual(const dca__simplex *s, dca_index q)
{
    const double *c = dca__simplex_phase_costs(s);
    const dca__spvec *alpha = &s->alpha_q;
    const dca_index length = dca__spvec_length(alpha);
    double sum = c[q];
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(alpha, k);
        sum -= c[s->head[i]] * alpha->value[i];
    }
    return sum;
}

/* The costs of phase 1 of the variables that alpha_q moved, and d for the difference. After the
 * exchange; `leaving` has just become nonbasic. */
static void follow_phase_costs(dca__simplex *s, dca_index leaving)
{
    const dca__spvec *alpha = &s->alpha_q;
    dca__spvec *delta = &s->tau;
    const dca_index length = dca__spvec_length(alpha);
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(alpha, k);
        const dca_index j = s->head[i];
        const double cost = dca__simplex_phase_one_cost(s, j);
        if (cost != s->phase_cost[j]) {
            delta->value[i] = cost - s->phase_cost[j];
            delta->index[delta->count++] = i;
            s->infeasible += (cost != 0.0) - (s->phase_cost[j] != 0.0);
            s->phase_cost[j] = cost;
        }
    }
    if (leaving >= 0 && s->phase_cost[leaving] != 0.0) {
        s->d[leaving] -= s->phase_cost[leaving];
        s->phase_cost[leaving] = 0.0;
        s->infeasible--;
        dca__simplex_note_column(s, leaving);
    }
    s->work += length;
    if (delta->count == 0 || !s->factored) {
        return;
    }
    dca__simplex_btran(s, delta);
    dca__spvec_clear(&s->alpha_p);
    dca__simplex_pivot_row(s, delta, &s->alpha_p);
    dca__simplex_follow_row(s, 1.0, 1.0, 0.0);
}

static step ban(dca__simplex *s, dca_index q)
{
    if (!s->fresh) {
        return STEP_REBUILD;
    }
    s->d[q] = 0.0;
    return STEP_BANNED;
}

/* q moves from one of its bounds to the other, the basis stays. */
static step flip(dca__simplex *s, dca_index q, double direction, double range)
{
    dca__simplex_shift_values(s, &s->alpha_q, direction * range, false);
    s->status[q] = direction > 0.0 ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
    s->x[q] = direction > 0.0 ? s->work_upper[q] : s->work_lower[q];
    s->stalled = 0;
    s->iterations++;
    s->current = false;
    if (s->trailing) {
        dca__simplex_trail_flip(s, q);
    }
    if (s->phase == 1) {
        follow_phase_costs(s, -1);
    }
    return STEP_DONE;
}

static step pivot(dca__simplex *s, dca_index q, double direction, const dca__blocking *block)
{
    const dca_index p = block->p;
    const dca_index leaving = s->head[p];
    const double alpha = s->alpha_q.value[p];
    dca__simplex_btran_unit(s, p, &s->rho);
    dca__simplex_pivot_row(s, &s->rho, &s->alpha_p);
    const double by_row = s->alpha_p.value[q];
    if (fabs(by_row - alpha) > DCA__PIVOT_DISAGREEMENT * (1.0 + fabs(alpha)) ||
        fabs(by_row - alpha) > 1e-3 * fabs(alpha)) {
        return s->fresh && dca__simplex_distrust(s) ? STEP_REBUILD : ban(s, q);
    }
    const double theta_d = s->d[q] / alpha;
    s->stalled = block->step > 0.0 ? 0 : s->stalled + 1;
    dca__simplex_shift_values(s, &s->alpha_q, direction * block->step, false);
    s->x[q] += direction * block->step;
    s->x[leaving] = block->to_upper ? s->work_upper[leaving] : s->work_lower[leaving];
    const double weight = dca__simplex_update_primal_weights(s, p, q, alpha);
    dca__simplex_follow_row(s, theta_d, alpha, weight);
    s->d[q] = 0.0;
    s->d[leaving] = -theta_d;
    if (s->trailing) {
        dca__simplex_trail_pivot(s, q, leaving, theta_d);
    }
    dca__simplex_exchange(s, p, q, block->to_upper ? DCA_BASIS_UPPER : DCA_BASIS_LOWER);
    dca__simplex_note_column(s, leaving);
    s->iterations++;
    s->current = false;
    const bool good = dca__simplex_update_factor(s, p, alpha);
    if (s->phase == 1) {
        follow_phase_costs(s, leaving);
    }
    return good ? STEP_DONE : STEP_REBUILD;
}

static step iterate(dca__simplex *s)
{
    if (dca__simplex_must_stop(s)) {
        return STEP_STOP;
    }
    if (s->phase == 1 && s->infeasible == 0) {
        return STEP_FEASIBLE;
    }
    const dca_index q = dca__simplex_price_primal(s);
    if (q < 0) {
        return STEP_NO_COLUMN;
    }
    dca__simplex_ftran_column(s, q, true, &s->alpha_q);
    const double stored = s->d[q];
    const double exact = exact_dual(s, q);
    s->d[q] = exact;
    if (fabs(stored - exact) > DCA__DUAL_DISAGREEMENT * (1.0 + fabs(exact)) && !s->fresh) {
        return STEP_REBUILD;
    }
    if (dca__simplex_dual_excess(s, q) <= s->dual_tolerance) {
        return STEP_DONE; /* not attractive after all: the list drops it */
    }
    const double direction = exact < 0.0 ? 1.0 : -1.0;
    const dca__blocking block = s->phase == 1
                                    ? dca__simplex_ratio_phase_one(s, q, direction, fabs(exact))
                                    : dca__simplex_ratio_primal(s, q, direction);
    if (block.p == -1) {
        return flip(s, q, direction, block.step);
    }
    if (block.p >= 0) {
        return pivot(s, q, direction, &block);
    }
    if (!s->fresh || s->phase == 1) {
        return ban(s, q);
    }
    return dca__simplex_keep_direction(s, q, direction) ? STEP_UNBOUNDED : ban(s, q);
}

/* Fresh factor, x, phase, d, lists. */
static bool rebuild(dca__simplex *s)
{
    if (!(s->factored && s->fresh) && dca__simplex_factorise(s) != DCA_OK) {
        return false;
    }
    dca__simplex_break_stall(s);
    if (!s->current) {
        dca__simplex_compute_values(s);
    }
    dca__simplex_set_phase(s);
    if (!s->current || s->phase == 1) {
        dca__simplex_compute_duals(s, dca__simplex_phase_costs(s));
    }
    s->current = s->phase == 2;
    s->sift_open = s->sifting && dca__simplex_sift_select(s);
    dca__simplex_list_columns(s);
    s->work += s->m;
    return true;
}

/* The caller's bounds and nonbasic values again. */
static void unperturb(dca__simplex *s)
{
    dca__simplex_restore_bounds(s);
    dca__simplex_place_all(s);
    dca__simplex_partition(s);
    s->current = false;
}

/* Phase 1 found no direction: infeasible, or only so within what rounding allows. */
static dca__ending conclude_phase_one(dca__simplex *s, bool *again)
{
    if (s->bounds_changed) {
        unperturb(s);
        s->perturbations = DCA__MOST_PERTURBATIONS;
        *again = true;
        return DCA__END_OTHER;
    }
    dca__simplex_refine_duals(s, s->phase_cost); /* z_j at infinite bounds on their safe side */
    if (dca__simplex_keep_farkas(s, s->y)) {
        return DCA__END_INFEASIBLE;
    }
    double largest = 0.0;
    dca__simplex_primal_infeasibility(s, &largest);
    *again = largest <= DCA__CLAIM && s->primal_tolerance < DCA__CLAIM;
    s->primal_tolerance = largest > 0.5 * DCA__CLAIM ? DCA__CLAIM : 2.0 * largest;
    return DCA__END_OTHER;
}

/* The sum that the phase makes smaller, right after a rebuild. */
static double phase_sum(dca__simplex *s)
{
    if (s->phase == 1) {
        return s->infeasibility;
    }
    double sum = 0.0;
    for (dca_index j = 0; j < s->n; j++) {
        sum += s->work_cost[j] * s->x[j];
    }
    s->work += s->n;
    return sum;
}

static dca__ending run(dca__simplex *s)
{
    s->run_cap = dca__simplex_run_cap(s);
    int barren = 0;
    int flat = 0;
    double least[] = {INFINITY, INFINITY}; /* of the phases so far */
    for (;;) {
        if (!rebuild(s)) {
            return DCA__END_FAILED;
        }
        const double sum = phase_sum(s);
        flat = sum < least[s->phase - 1] ? 0 : flat + 1;
        least[s->phase - 1] = fmin(sum, least[s->phase - 1]);
        if (flat > FLAT_LIMIT) {
            return DCA__END_OTHER;
        }
        const int64_t before = s->iterations;
        int banned = 0;
        step outcome = STEP_DONE;
        while ((outcome == STEP_DONE || (outcome == STEP_BANNED && banned < BAN_LIMIT)) &&
               s->iterations < s->run_cap) {
            outcome = iterate(s);
            clear_step(s);
            banned += outcome == STEP_BANNED;
            if (dca__simplex_is_stalled(s)) {
                break;
            }
        }
        if (outcome == STEP_STOP) {
            return DCA__END_STOPPED;
        }
        if (outcome == STEP_UNBOUNDED) {
            if (!s->bounds_changed) {
                return DCA__END_UNBOUNDED;
            }
            unperturb(s);
            s->perturbations = DCA__MOST_PERTURBATIONS;
        }
        if (outcome == STEP_NO_COLUMN && banned == 0 && s->iterations == before && !s->sift_open) {
            bool again = false;
            const dca__ending ending =
                s->phase == 1 ? conclude_phase_one(s, &again) : DCA__END_OPTIMAL;
            if (!again) {
                return ending;
            }
        }
        barren = s->iterations > before ? 0 : barren + 1;
        if (barren > 3 || s->work > s->work_cap || s->iterations >= s->run_cap) {
            return DCA__END_OTHER;
        }
    }
}

dca__ending dca__simplex_primal(dca__simplex *s)
{
    if (!dca__simplex_prepare(s)) {
        return DCA__END_FAILED;
    }
    dca__simplex_reset_primal_weights(s);
    s->stalled = 0;
    s->perturbations = 0;
    s->dual_weights_valid = false;
    dca__simplex_sift_begin(s);
    const dca__ending ending = run(s);
    dca__simplex_sift_end(s);
    return ending;
}

dca__ending dca__simplex_primal_resume(dca__simplex *s)
{
    step outcome = STEP_REBUILD;
    s->phase = 2;
    s->stalled = 0;
    s->perturbations = 0;
    s->flip_count = 0;
    s->dual_weights_valid = false;
    s->run_cap = dca__simplex_run_cap(s);
    dca__simplex_reset_primal_weights(s);
    for (bool feasible = true; outcome == STEP_REBUILD && feasible;) {
        dca__simplex_list_columns(s);
        outcome = STEP_DONE;
        while (outcome == STEP_DONE && !dca__simplex_is_stalled(s) && s->iterations < s->run_cap) {
            outcome = iterate(s);
            clear_step(s);
        }
        feasible =
            outcome == STEP_REBUILD && dca__simplex_renew(s) && !dca__simplex_has_violations(s);
    }
    return outcome == STEP_NO_COLUMN ? DCA__END_OPTIMAL
           : s->stop != DCA__GO      ? DCA__END_STOPPED
                                     : DCA__END_OTHER;
}
