/* gub.c - the loop of the primal simplex over a working basis (gub.h).
 *
 * Phase 1 minimises the sum of infeasibilities, phase 2 the working costs; prices are computed anew
 * in every iteration, so the costs of phase 1 may follow the point as they like. Every claim
 * follows a fresh factor with recomputed values and a turn round all sets. Where this loop cannot
 * go on, the ordinary primal continues from its basis. */
#include "simplex/gub.h"

#include "base/log.h"

/* Iterations after which this loop gives up: 1.2 to 1.8 a row are usual, 10 have been seen. */
enum { LEAST_CAP = 10000, ROWS_CAP = 20 };
enum { BARREN_LIMIT = 3 };

typedef enum step {
    STEP_DONE,
    STEP_REBUILD,
    STEP_NO_COLUMN,
    STEP_FEASIBLE, /* phase 1 has nothing left to remove */
    STEP_OTHER,    /* unbounded, or no pivot that can be trusted: not for this loop */
    STEP_STOP
} step;

/* The costs of phase 1 of what alpha_q moved. */
static void follow_phase_costs(dca__gub *g, dca_index nonbasic)
{
    dca__simplex *s = g->s;
    const dca__spvec *alpha = &s->alpha_q;
    for (dca_index k = 0; k < alpha->count; k++) {
        const dca_index j = s->head[alpha->index[k]];
        const double cost = dca__simplex_phase_one_cost(s, j);
        if (cost != s->phase_cost[j]) {
            s->infeasible += (cost != 0.0) - (s->phase_cost[j] != 0.0);
            s->phase_cost[j] = cost;
            g->priced = false;
        }
    }
    if (s->phase_cost[nonbasic] != 0.0) {
        s->phase_cost[nonbasic] = 0.0;
        s->infeasible--;
        g->priced = false;
    }
}

static double exact_dual(const dca__simplex *s, dca_index q, double *magnitude)
{
    const double *c = dca__simplex_phase_costs(s);
    const dca__spvec *alpha = &s->alpha_q;
    double sum = c[q];
    double size = fabs(sum);
    for (dca_index k = 0; k < alpha->count; k++) {
        const dca_index i = alpha->index[k];
        const double term = c[s->head[i]] * alpha->value[i];
        sum -= term;
        size += fabs(term);
    }
    *magnitude = size;
    return sum;
}

static bool rebuild(dca__gub *g)
{
    dca__simplex *s = g->s;
    if (!g->fresh && dca__gub_factorise(g) != DCA_OK) {
        return false;
    }
    dca__simplex_break_stall(s);
    dca__gub_compute_values(g);
    dca__simplex_set_phase(s);
    g->priced = false;
    dca__gub_forget_candidates(g);
    return true;
}

static step move(dca__gub *g, dca_index q, double direction, const dca__blocking *block)
{
    dca__simplex *s = g->s;
    const dca_index p = block->p;
    bool good = true;
    dca_index nonbasic = q;
    dca__simplex_shift_values(s, &s->alpha_q, direction * block->step, false);
    s->stalled = block->step > 0.0 ? 0 : s->stalled + 1;
    if (p < 0) { /* to its other bound */
        s->status[q] = direction > 0.0 ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
        s->x[q] = direction > 0.0 ? s->work_upper[q] : s->work_lower[q];
    } else {
        nonbasic = s->head[p];
        s->x[q] += direction * block->step;
        s->x[nonbasic] = block->to_upper ? s->work_upper[nonbasic] : s->work_lower[nonbasic];
        good = dca__gub_exchange(g, p, q, block->to_upper ? DCA_BASIS_UPPER : DCA_BASIS_LOWER);
    }
    s->iterations++;
    if (s->phase == 1) {
        follow_phase_costs(g, nonbasic);
    }
    return good ? STEP_DONE : STEP_REBUILD;
}

static step iterate(dca__gub *g)
{
    dca__simplex *s = g->s;
    if (dca__simplex_must_stop(s)) {
        return STEP_STOP;
    }
    if (s->phase == 1 && s->infeasible == 0) {
        return STEP_FEASIBLE;
    }
    const dca_index q = dca__gub_price(g, dca__simplex_phase_costs(s));
    if (q < 0) {
        return STEP_NO_COLUMN;
    }
    dca__gub_ftran(g, q);
    double magnitude = 0.0;
    const double exact = exact_dual(s, q, &magnitude);
    if (fabs(s->d[q] - exact) > DCA__DUAL_DISAGREEMENT * (fabs(exact) + s->dual_tolerance) &&
        fabs(s->d[q] - exact) > DCA__ROW_DROP * magnitude) {
        return g->fresh ? STEP_OTHER : STEP_REBUILD;
    }
    const double direction = exact < 0.0 ? 1.0 : -1.0;
    const dca__blocking block = s->phase == 1
                                    ? dca__simplex_ratio_phase_one(s, q, direction, fabs(exact))
                                    : dca__simplex_ratio_primal(s, q, direction);
    if (block.p < -1) {
        return g->fresh ? STEP_OTHER : STEP_REBUILD;
    }
    if (block.p >= 0 && fabs(s->alpha_q.value[block.p]) < s->settings.pivot_tolerance) {
        return g->fresh ? STEP_OTHER : STEP_REBUILD;
    }
    return move(g, q, direction, &block);
}

static dca__ending run(dca__gub *g)
{
    dca__simplex *s = g->s;
    s->run_cap = s->iterations + LEAST_CAP + ROWS_CAP * (int64_t)s->m;
    int barren = 0;
    for (;;) {
        if (!rebuild(g)) {
            return DCA__END_FAILED;
        }
        const int64_t before = s->iterations;
        step outcome = STEP_DONE;
        while (outcome == STEP_DONE && s->iterations < s->run_cap) {
            outcome = iterate(g);
            dca__spvec_clear(&s->alpha_q);
            if (dca__simplex_is_stalled(s)) {
                break;
            }
        }
        if (outcome == STEP_STOP) {
            return DCA__END_STOPPED;
        }
        if (outcome == STEP_OTHER) {
            return DCA__END_OTHER;
        }
        if (outcome == STEP_NO_COLUMN && s->iterations == before) {
            return s->phase == 2 ? DCA__END_OPTIMAL : DCA__END_OTHER;
        }
        barren = s->iterations > before ? 0 : barren + 1;
        if (barren > BARREN_LIMIT || s->work > s->work_cap || s->iterations >= s->run_cap) {
            return DCA__END_OTHER;
        }
    }
}

void dca__gub_keep_prices(dca__gub *g)
{
    dca__simplex *s = g->s;
    for (dca_index i = 0; i < g->rows; i++) {
        s->y[g->row_of[i]] = g->y[i];
    }
    for (dca_index set = 0; set < g->sets; set++) {
        s->y[g->set_row[set]] = dca__gub_set_price(g, set, s->work_cost);
    }
}

dca__ending dca__gub_run(dca__gub *g)
{
    dca__simplex *s = g->s;
    const int64_t before = s->iterations;
    s->stalled = 0;
    s->perturbations = 0;
    const dca__ending ending = run(g);
    if (ending == DCA__END_STOPPED && g->priced && s->phase == 2) {
        dca__gub_keep_prices(g);
    }
    dca__log(s->env, DCA_LOG_DEBUG, "simplex: %d sets, %d working rows: %lld iterations%s",
             (int)g->sets, (int)g->rows, (long long)(s->iterations - before),
             ending == DCA__END_OTHER ? ", left to the primal" : "");
    return ending;
}
