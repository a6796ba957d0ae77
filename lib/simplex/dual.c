/* dual.c - the dual simplex: keeps d feasible, removes the violations of x.
 *
 * Phase 1 solves the boxed subproblem (varinfo.c) when flips alone do not make d feasible; phase 2
 * works on the caller's bounds. Both are the same loop. Costs are perturbed on request or when the
 * dual objective stalls, and shifted where rounding made d infeasible; rounds.c takes all that back.
 * Every rebuild works on a fresh factor with recomputed d and x, and only a rebuild that finds no
 * violation says "optimal". [Koberstein (2005); Forrest, Goldfarb (1992)] */
#include "simplex/state.h"

#include <string.h>

/* A weight below this part of the true norm is wrong: corrected, and the row chosen again. */
#define WEIGHT_TRUST 0.25
/* Multipliers of a ray below this part of the largest are noise. */
#define RAY_DROP 1e-13
/* Iterations without dual progress after which costs are perturbed. */
enum { STALL_LIMIT = 100, BAN_LIMIT = 20 };

typedef enum step {
    STEP_DONE,
    STEP_REBUILD,    /* start again from a fresh factor */
    STEP_NO_ROW,     /* no violation left */
    STEP_INFEASIBLE, /* proved */
    STEP_BANNED,     /* the row is left out until the next rebuild */
    STEP_STOP
} step;

static void clear_step(dca__simplex *s)
{
    dca__spvec_clear(&s->rho);
    dca__spvec_clear(&s->alpha_q);
    dca__spvec_clear(&s->tau);
    dca__spvec_clear(&s->flip);
    dca__spvec_clear(&s->alpha_p);
}

static double norm_squared(const dca__spvec *v)
{
    double sum = 0.0;
    const dca_index length = dca__spvec_length(v);
    for (dca_index k = 0; k < length; k++) {
        const double a = v->value[dca__spvec_at(v, k)];
        sum += a * a;
    }
    return sum;
}

/* The leaving position with its rho, -1 for none or when told to stop; weights that prove wrong are
 * corrected on the way, as many as there are. */
static dca_index choose_row(dca__simplex *s, double *norm)
{
    while (!dca__simplex_must_stop(s)) {
        const dca_index p = dca__simplex_price_dual(s);
        if (p < 0) {
            return -1;
        }
        dca__simplex_btran_unit(s, p, &s->rho);
        *norm = norm_squared(&s->rho);
        if (!s->dual_steepest) {
            return p;
        }
        const double stored = s->dual_weight[p];
        s->dual_weight[p] = *norm;
        if (stored >= WEIGHT_TRUST * *norm) {
            return p;
        }
        dca__simplex_note_position(s, p);
        dca__spvec_clear(&s->rho);
    }
    return -1;
}

/* x_B for the flips of boxed variables that the ratio test passed: one FTRAN for all. */
static void apply_flips(dca__simplex *s)
{
    for (dca_index k = 0; k < s->flip_count; k++) {
        const dca_index j = s->flip_list[k];
        const bool to_upper = s->status[j] == DCA_BASIS_LOWER;
        const double target = to_upper ? s->work_upper[j] : s->work_lower[j];
        dca__simplex_add_column(s, j, target - s->x[j], &s->flip);
        s->status[j] = to_upper ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
        s->x[j] = target;
    }
    if (s->flip_count > 0) {
        dca__simplex_ftran(s, &s->flip);
        dca__simplex_shift_values(s, &s->flip, 1.0, true);
    }
}

static bool pivots_agree(double by_row, double by_column)
{
    return fabs(by_row - by_column) <= DCA__PIVOT_DISAGREEMENT * (1.0 + fabs(by_column)) &&
           fabs(by_row - by_column) <= 1e-3 * fabs(by_column);
}

/* Leave row p out until the next rebuild, or ask for one. */
static step doubt(dca__simplex *s, dca_index p)
{
    if (!s->fresh) {
        return STEP_REBUILD;
    }
    s->row_merit[p] = 0.0;
    return STEP_BANNED;
}

static step prove_infeasible(dca__simplex *s, dca_index p, double excess)
{
    if (s->sifting) { /* only the working set: sift.c claims nothing */
        return s->phase == 2 && dca__simplex_sift_mend(s, excess > 0.0) ? STEP_REBUILD
                                                                        : STEP_INFEASIBLE;
    }
    if (!s->fresh || s->phase == 1) {
        return doubt(s, p);
    }
    const double sign = excess > 0.0 ? 1.0 : -1.0;
    double largest = 0.0;
    for (dca_index i = 0; i < s->m; i++) {
        largest = fmax(largest, fabs(s->rho.value[i]));
    }
    for (dca_index i = 0; i < s->m; i++) {
        const double rho = s->rho.value[i];
        s->ray[i] = fabs(rho) > RAY_DROP * largest ? sign * rho : 0.0;
    }
    return dca__simplex_keep_farkas(s, s->ray) ? STEP_INFEASIBLE : doubt(s, p);
}

/* Everything that follows from the exchange of p and q. */
static step pivot(dca__simplex *s, dca_index p, dca_index q, bool above, double norm)
{
    const dca_index leaving = s->head[p];
    const double alpha = s->alpha_q.value[p];
    const double theta_d = s->d[q] / s->alpha_p.value[q];
    apply_flips(s);
    const double target = above ? s->work_upper[leaving] : s->work_lower[leaving];
    const double theta_p = (s->x[leaving] - target) / alpha;
    if (s->dual_steepest) {
        dca__spvec_copy(&s->rho, &s->tau);
        dca__simplex_ftran_at(s, &s->tau, &s->alpha_q);
    }
    s->stalled = theta_d == 0.0 ? s->stalled + 1 : 0;
    dca__simplex_update_duals(s, q, leaving, theta_d);
    dca__simplex_update_dual_weights(s, p, alpha, norm);
    dca__simplex_shift_values(s, &s->alpha_q, theta_p, true);
    s->x[q] += theta_p;
    s->x[leaving] = target;
    if (s->trailing) {
        dca__simplex_trail_pivot(s, q, leaving, theta_d);
    }
    dca__simplex_exchange(s, p, q, above ? DCA_BASIS_UPPER : DCA_BASIS_LOWER);
    dca__simplex_note_position(s, p);
    s->iterations++;
    s->current = false;
    return dca__simplex_update_factor(s, p, alpha) ? STEP_DONE : STEP_REBUILD;
}

static step iterate(dca__simplex *s)
{
    double norm = 0.0;
    const dca_index p = choose_row(s, &norm);
    if (p < 0) {
        return s->stop != DCA__GO ? STEP_STOP : STEP_NO_ROW;
    }
    const double excess = dca__simplex_excess(s, s->head[p], s->primal_tolerance);
    dca__simplex_pivot_row(s, &s->rho, &s->alpha_p);
    const dca_index q = dca__simplex_ratio_dual(s, excess);
    if (q < 0) {
        return prove_infeasible(s, p, excess);
    }
    dca__simplex_ftran_column(s, q, true, &s->alpha_q);
    if (!pivots_agree(s->alpha_p.value[q], s->alpha_q.value[p])) {
        return s->fresh && dca__simplex_distrust(s) ? STEP_REBUILD : doubt(s, p);
    }
    return pivot(s, p, q, excess > 0.0, norm);
}

/* Fresh factor, d, flips, x, violations. */
static bool rebuild(dca__simplex *s)
{
    if (!(s->factored && s->fresh) && dca__simplex_factorise(s) != DCA_OK) {
        return false;
    }
    if (!s->dual_weights_valid) {
        dca__simplex_reset_dual_weights(s);
    }
    if (s->stalled > STALL_LIMIT && s->settings.perturbation) {
        dca__simplex_perturb_costs(s);
        s->stalled = 0;
    }
    if (!s->current) {
        dca__simplex_compute_duals(s, s->work_cost);
    }
    dca__simplex_correct_duals(s, true);
    if (!s->current) {
        dca__simplex_compute_values(s);
    }
    s->current = true;
    dca__simplex_list_violations(s);
    s->infeasibility = dca__simplex_primal_infeasibility(s, NULL);
    s->work += s->m;
    return true;
}

static dca__ending run(dca__simplex *s)
{
    s->run_cap = dca__simplex_run_cap(s);
    int barren = 0; /* rebuilds in a row without a pivot between them */
    for (;;) {
        if (!rebuild(s)) {
            return DCA__END_FAILED;
        }
        const int64_t before = s->iterations;
        int banned = 0;
        step outcome = STEP_DONE;
        while ((outcome == STEP_DONE || (outcome == STEP_BANNED && banned < BAN_LIMIT)) &&
               s->iterations < s->run_cap) {
            outcome = iterate(s);
            clear_step(s);
            banned += outcome == STEP_BANNED;
            if (s->stalled > STALL_LIMIT && s->settings.perturbation && !s->cost_changed) {
                break;
            }
        }
        if (outcome == STEP_STOP) {
            return DCA__END_STOPPED;
        }
        if (outcome == STEP_INFEASIBLE) {
            return DCA__END_INFEASIBLE;
        }
        if (outcome == STEP_NO_ROW && banned == 0 && s->fresh) {
            return DCA__END_OPTIMAL;
        }
        barren = s->iterations > before ? 0 : barren + 1;
        if (barren > 2 || s->work > s->work_cap || s->iterations >= s->run_cap) {
            return DCA__END_OTHER;
        }
    }
}

/* Phase 1 on the boxed subproblem; afterwards the caller's bounds are back. */
static dca__ending phase_one(dca__simplex *s)
{
    s->phase = 1;
    dca__simplex_box_bounds(s);
    dca__simplex_place_all(s);
    dca__simplex_partition(s);
    s->current = false;
    const dca__ending ending = run(s);
    s->current = false;
    dca__simplex_restore_bounds(s);
    dca__simplex_place_all(s);
    dca__simplex_partition(s);
    return ending;
}

dca__ending dca__simplex_dual(dca__simplex *s, bool perturb)
{
    if (!dca__simplex_prepare(s)) {
        return DCA__END_FAILED;
    }
    s->stalled = 0;
    if (perturb && s->settings.perturbation) {
        dca__simplex_perturb_costs(s);
        dca__simplex_compute_duals(s, s->work_cost);
    }
    if (dca__simplex_correct_duals(s, false) > 0) {
        const dca__ending ending = phase_one(s);
        if (ending != DCA__END_OPTIMAL) {
            return ending;
        }
        dca__simplex_compute_duals(s, s->work_cost);
        if (dca__simplex_correct_duals(s, false) > 0) {
            return DCA__END_OTHER;
        }
    }
    s->phase = 2;
    return run(s);
}

static bool has_wrong_sign(const dca__simplex *s)
{
    for (dca_index j = 0; j < s->total; j++) {
        if (dca__simplex_dual_excess(s, j) > s->dual_tolerance) {
            return true;
        }
    }
    return false;
}

dca__ending dca__simplex_dual_resume(dca__simplex *s)
{
    step outcome = STEP_REBUILD;
    s->phase = 2;
    s->stalled = 0;
    s->run_cap = dca__simplex_run_cap(s);
    for (bool renewed = true; outcome == STEP_REBUILD && renewed;) {
        outcome = STEP_DONE;
        while (outcome == STEP_DONE && s->stalled <= STALL_LIMIT && s->iterations < s->run_cap) {
            outcome = iterate(s);
            clear_step(s);
        }
        renewed = outcome == STEP_REBUILD && dca__simplex_renew(s) && !has_wrong_sign(s);
    }
    return outcome == STEP_NO_ROW ? DCA__END_OPTIMAL
           : s->stop != DCA__GO   ? DCA__END_STOPPED
                                  : DCA__END_OTHER;
}
