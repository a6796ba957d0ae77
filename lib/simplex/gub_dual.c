/* gub_dual.c - the loop of the dual simplex over a working basis (gub_dual.h).
 *
 *     p        argmax violation^2 / w_p over W and the keys of mixed sets; such a key changes places
 *              with a member of W first
 *     rho      W^-T e_p, its row alpha_p, and the sets on the way           gub_row.c
 *     moved    one FTRAN for all that gave way
 *     alpha_q  W^-1 of the column of q; tau = W^-1 rho; weights
 *     sets     one that q or the leaving variable made pure is solved anew    gub_set.c
 *
 * Every rebuild has a fresh factor, recomputed d and x, and sets that are optimal at its prices;
 * wrong signs that are left, of mixed sets or without a set, flip or have their cost shifted. Costs
 * are perturbed from the start. When no violation is left they are put back, and the primal over
 * the same working basis does what remains (gub.c). */
#include "simplex/gub_dual.h"

#include "base/alloc.h"
#include "base/log.h"

#include <string.h>

/* Iterations after which this loop gives up: a third of a row is usual. */
enum { LEAST_CAP = 10000, ROWS_CAP = 20, BARREN_LIMIT = 3 };
#define WEIGHT_FLOOR 1e-4
/* A norm that comes out below this part of the terms it is a difference of is rounding. At 1e-4,
 * with rows of norm 10^4 about, true norms were lost and the tail of the solve was up to four times
 * as long. */
#define WEIGHT_SHARE 1e-10

typedef enum step {
    STEP_DONE,
    STEP_REBUILD,
    STEP_NO_ROW, /* no violation left */
    STEP_OTHER,  /* infeasible, or no pivot that can be trusted: not for this loop */
    STEP_STOP
} step;

static void reset_weights(dca__gub_dual *h)
{
    for (dca_index p = 0; p < h->g->rows; p++) {
        h->weight[p] = 1.0;
    }
}

/* x of W and of the keys follows what has moved. */
static void follow_moves(dca__gub_dual *h)
{
    dca__gub *g = h->g;
    dca__simplex *s = g->s;
    dca__spvec *v = &h->moved;
    if (v->count == 0) {
        return;
    }
    dca__gub_solve(g, v);
    const dca_index length = dca__spvec_length(v);
    for (dca_index k = 0; k < length; k++) {
        const dca_index p = dca__spvec_at(v, k);
        const dca_index j = s->head[p];
        const dca_index set = g->set_of[j];
        s->x[j] += v->value[p];
        if (set >= 0) {
            const dca_index key = s->head[g->rows + set];
            s->x[key] -= g->sigma[j] / g->sigma[key] * v->value[p];
        }
    }
    s->work += length;
    dca__spvec_clear(v);
}

/* d of all variables for the prices of the working costs. O(entries). */
static void compute_duals(dca__gub *g)
{
    dca__simplex *s = g->s;
    const double *c = s->work_cost;
    dca__gub_compute_prices(g, c);
    for (dca_index set = 0; set < g->sets; set++) {
        const double price = dca__gub_set_price(g, set, c);
        const dca_index size = dca__gub_size(g, set);
        for (dca_index k = 0; k < size; k++) {
            const dca_index j = dca__gub_member(g, set, k);
            s->d[j] = s->position[j] >= 0 ? 0.0 : dca__gub_reduced_cost(g, j, price, c);
        }
    }
    for (dca_index place = g->group[g->sets]; place < s->n; place++) {
        const dca_index j = g->column[place];
        s->d[j] = s->position[j] >= 0 ? 0.0 : dca__gub_reduced_cost(g, j, 0.0, c);
    }
    for (dca_index i = 0; i < g->rows; i++) {
        const dca_index j = s->n + g->row_of[i];
        s->d[j] = s->position[j] >= 0 ? 0.0 : c[j] - g->y[i];
    }
    s->work += s->entries + s->total;
}

static bool has_wrong_sign(const dca__simplex *s, dca_index j)
{
    return s->work_lower[j] < s->work_upper[j] && dca__simplex_wrong_sign(s, j) > s->dual_tolerance;
}

/* A variable with a wrong sign that no set mends: to its other bound, or its cost is shifted. */
static void mend(dca__gub_dual *h, dca_index j)
{
    dca__gub *g = h->g;
    dca__simplex *s = g->s;
    if (!has_wrong_sign(s, j)) {
        return;
    }
    if (!dca__simplex_is_boxed(s, j)) {
        s->work_cost[j] -= s->d[j];
        s->d[j] = 0.0;
        s->cost_changed = true;
        return;
    }
    const bool rises = s->status[j] == DCA_BASIS_LOWER;
    const double move = (rises ? 1.0 : -1.0) * (s->work_upper[j] - s->work_lower[j]);
    const dca_index set = g->set_of[j];
    dca__gub_add_part(g, j, -move, &h->moved);
    if (set >= 0) {
        const dca_index key = s->head[g->rows + set];
        const double ratio = g->sigma[j] / g->sigma[key];
        dca__gub_add_part(g, key, ratio * move, &h->moved);
        s->x[key] -= ratio * move;
    }
    s->x[j] = rises ? s->work_upper[j] : s->work_lower[j];
    s->status[j] = rises ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
}

/* Is a pure set what it should be at the prices at hand? */
static bool is_solved(const dca__gub *g, dca_index set)
{
    const dca__simplex *s = g->s;
    if (dca__simplex_excess(s, s->head[g->rows + set], s->primal_tolerance) != 0.0) {
        return false;
    }
    const dca_index size = dca__gub_size(g, set);
    for (dca_index k = 0; k < size; k++) {
        if (has_wrong_sign(s, dca__gub_member(g, set, k))) {
            return false;
        }
    }
    return true;
}

/* All signs right. False: a set has no point that is. */
static bool mend_all(dca__gub_dual *h)
{
    dca__gub *g = h->g;
    dca__simplex *s = g->s;
    for (dca_index set = 0; set < g->sets; set++) {
        if (dca__gub_is_pure(g, set)) {
            if (!is_solved(g, set) && !dca__gub_solve_set(h, set)) {
                return false;
            }
            continue;
        }
        const dca_index size = dca__gub_size(g, set);
        for (dca_index k = 0; k < size; k++) {
            mend(h, dca__gub_member(g, set, k));
        }
    }
    for (dca_index place = g->group[g->sets]; place < s->n; place++) {
        mend(h, g->column[place]);
    }
    for (dca_index i = 0; i < g->rows; i++) {
        mend(h, s->n + g->row_of[i]);
    }
    s->work += s->entries + s->total;
    return true;
}

/* STEP_DONE, or why there is no basis to go on from. */
static step rebuild(dca__gub_dual *h)
{
    dca__gub *g = h->g;
    dca__spvec_clear(&h->moved);
    if (!g->fresh) {
        if (dca__gub_factorise(g) != DCA_OK) {
            return STEP_STOP;
        }
        if (dca__lu_num_deficient(g->lu) > 0) {
            reset_weights(h);
        }
    }
    dca__gub_compute_values(g);
    compute_duals(g);
    const bool good = mend_all(h);
    follow_moves(h);
    return good ? STEP_DONE : STEP_OTHER;
}

/* The position that is to leave, or -1. O(working rows). */
static dca_index price(dca__gub_dual *h, double *excess)
{
    dca__gub *g = h->g;
    dca__simplex *s = g->s;
    dca_index best = -1;
    double best_merit = 0.0;
    for (dca_index p = 0; p < g->rows; p++) {
        const dca_index j = s->head[p];
        const double own = dca__simplex_excess(s, j, s->primal_tolerance);
        const dca_index set = g->set_of[j];
        if (own != 0.0 && own * own > best_merit * h->weight[p]) {
            best_merit = own * own / h->weight[p];
            best = p;
            *excess = own;
        }
        if (set < 0 || g->first[set] != p) {
            continue;
        }
        const dca_index key = s->head[g->rows + set];
        const double of_key = dca__simplex_excess(s, key, s->primal_tolerance);
        if (of_key == 0.0) {
            continue;
        }
        double weight = 0.0; /* of orthogonal rows, for want of a better one */
        for (dca_index i = p; i >= 0; i = g->next[i]) {
            const double ratio = g->sigma[s->head[i]] / g->sigma[key];
            weight += ratio * ratio * h->weight[i];
        }
        if (of_key * of_key > best_merit * weight) {
            best_merit = of_key * of_key / weight;
            best = g->rows + set;
            *excess = of_key;
        }
    }
    s->work += g->rows;
    return best;
}

/* rho = W^-T e_p; the norm of it. */
static double compute_rho(dca__gub_dual *h, dca_index p)
{
    dca__gub *g = h->g;
    h->rho.value[p] = 1.0;
    dca__gub_solve_transposed(g, &h->rho);
    double norm = 0.0;
    const dca_index length = dca__spvec_length(&h->rho);
    for (dca_index k = 0; k < length; k++) {
        const double r = h->rho.value[dca__spvec_at(&h->rho, k)];
        norm += r * r;
    }
    g->s->work += length;
    return norm;
}

/* As in edge_norms_dual.c; alpha_q and rho are those of p. */
static void update_weights(dca__gub_dual *h, dca_index p, double pivot, double norm)
{
    dca__gub *g = h->g;
    const dca__spvec *alpha = &g->s->alpha_q;
    dca__spvec_copy(&h->rho, &h->tau);
    dca__gub_solve(g, &h->tau);
    for (dca_index k = 0; k < alpha->count; k++) {
        const dca_index i = alpha->index[k];
        if (i >= g->rows) {
            continue;
        }
        const double r = alpha->value[i] / pivot;
        const double updated = h->weight[i] - 2.0 * r * h->tau.value[i] + r * r * norm;
        h->weight[i] = fmax(updated, fmax(WEIGHT_SHARE * r * r * norm, WEIGHT_FLOOR));
    }
    h->weight[p] = fmax(norm / (pivot * pivot), WEIGHT_FLOOR);
    g->s->work += alpha->count;
}

/* d for the step that makes d_q zero. */
static void update_duals(dca__gub *g, dca_index q, dca_index leaving)
{
    dca__simplex *s = g->s;
    const dca__spvec *alpha = &s->alpha_p;
    const double theta = s->d[q] / alpha->value[q];
    for (dca_index k = 0; k < alpha->count; k++) {
        const dca_index j = alpha->index[k];
        s->d[j] = s->position[j] >= 0 ? 0.0 : s->d[j] - theta * alpha->value[j];
    }
    s->d[q] = 0.0;
    s->d[leaving] = -theta;
    s->work += alpha->count;
}

/* q enters for p; x, d, weights and W follow. */
static step pivot(dca__gub_dual *h, dca_index p, dca_index q, double bound, double norm)
{
    dca__gub *g = h->g;
    dca__simplex *s = g->s;
    const dca_index leaving = s->head[p];
    dca__gub_ftran(g, q);
    const double alpha = s->alpha_q.value[p];
    const double by_row = s->alpha_p.value[q];
    if (fabs(by_row - alpha) > DCA__PIVOT_DISAGREEMENT * (1.0 + fabs(alpha)) ||
        fabs(by_row - alpha) > 1e-3 * fabs(alpha) || fabs(alpha) < DCA__PIVOT_FRESH) {
        return g->fresh ? STEP_OTHER : STEP_REBUILD;
    }
    if (dca__simplex_wrong_sign(s, q) > 0.0) {
        s->work_cost[q] -= s->d[q];
        s->d[q] = 0.0;
        s->cost_changed = true;
    }
    update_duals(g, q, leaving);
    const double theta = (s->x[leaving] - bound) / alpha;
    dca__simplex_shift_values(s, &s->alpha_q, theta, false);
    s->x[q] += theta;
    s->x[leaving] = bound;
    update_weights(h, p, alpha, norm);
    const dca_index set = g->set_of[leaving];
    const bool good = dca__gub_exchange(
        g, p, q,
        bound == s->work_upper[leaving] && s->work_lower[leaving] < bound ? DCA_BASIS_UPPER
                                                                          : DCA_BASIS_LOWER);
    s->iterations++;
    if (set >= 0 && dca__gub_is_pure(g, set) && !is_solved(g, set)) {
        if (!dca__gub_solve_set(h, set)) {
            return g->fresh ? STEP_OTHER : STEP_REBUILD;
        }
        follow_moves(h);
    }
    return good ? STEP_DONE : STEP_REBUILD;
}

static step iterate(dca__gub_dual *h)
{
    dca__gub *g = h->g;
    dca__simplex *s = g->s;
    if (dca__simplex_must_stop(s)) {
        return STEP_STOP;
    }
    double excess = 0.0;
    dca_index p = price(h, &excess);
    if (p < 0) {
        return STEP_NO_ROW;
    }
    if (p >= g->rows) {
        const dca_index set = p - g->rows;
        p = dca__gub_next_key(g, set);
        dca__gub_change_key(g, set, p);
    }
    const dca_index leaving = s->head[p];
    const double norm = compute_rho(h, p);
    h->weight[p] = fmax(norm, WEIGHT_FLOOR);
    dca__gub_pivot_row(h);
    const dca_index q = dca__gub_ratio_dual(h, excess);
    follow_moves(h);
    if (q < 0) {
        return s->stop != DCA__GO ? STEP_STOP : g->fresh ? STEP_OTHER : STEP_REBUILD;
    }
    return pivot(h, p, q, excess > 0.0 ? s->work_upper[leaving] : s->work_lower[leaving], norm);
}

static void clear_step(dca__gub_dual *h)
{
    dca__simplex *s = h->g->s;
    dca__spvec_clear(&h->rho);
    dca__spvec_clear(&h->tau);
    dca__spvec_clear(&s->alpha_p);
    dca__spvec_clear(&s->alpha_q);
}

static dca__ending run(dca__gub_dual *h)
{
    dca__gub *g = h->g;
    dca__simplex *s = g->s;
    s->run_cap = s->iterations + LEAST_CAP + ROWS_CAP * (int64_t)s->m;
    int barren = 0;
    for (;;) {
        step outcome = rebuild(h);
        const int64_t before = s->iterations;
        while (outcome == STEP_DONE && s->iterations < s->run_cap) {
            outcome = iterate(h);
            clear_step(h);
        }
        if (outcome == STEP_STOP) {
            return s->failure == DCA_OK ? DCA__END_STOPPED : DCA__END_FAILED;
        }
        if (outcome == STEP_OTHER) {
            return DCA__END_OTHER;
        }
        if (outcome == STEP_NO_ROW && s->iterations == before) {
            return DCA__END_OPTIMAL;
        }
        barren = s->iterations > before ? 0 : barren + 1;
        if (barren > BARREN_LIMIT || s->work > s->work_cap || s->iterations >= s->run_cap) {
            return DCA__END_OTHER;
        }
    }
}

static bool allocate(dca__gub_dual *h)
{
    const dca__gub *g = h->g;
    dca_env *env = g->s->env;
    return (h->weight = DCA_ARRAY(env, double, g->rows)) != NULL &&
           (h->touched = DCA_ARRAY(env, dca_index, g->sets)) != NULL &&
           (h->marked = DCA_ZEROS(env, uint8_t, g->sets)) != NULL &&
           dca__spvec_init(env, &h->rho, g->rows) == DCA_OK &&
           dca__spvec_init(env, &h->tau, g->rows) == DCA_OK &&
           dca__spvec_init(env, &h->moved, g->rows) == DCA_OK;
}

static void release(dca__gub_dual *h)
{
    dca_env *env = h->g->s->env;
    dca__free(env, h->weight);
    dca__free(env, h->touched);
    dca__free(env, h->marked);
    dca__spvec_free(env, &h->rho);
    dca__spvec_free(env, &h->tau);
    dca__spvec_free(env, &h->moved);
    dca__free(env, h);
}

dca_status dca__gub_dual_new(dca__gub *g, dca__gub_dual **out)
{
    *out = NULL;
    dca__gub_dual *h = DCA_NEW(g->s->env, dca__gub_dual);
    if (h == NULL) {
        return DCA_E_NOMEM;
    }
    h->g = g;
    if (!allocate(h)) {
        release(h);
        return DCA_E_NOMEM;
    }
    reset_weights(h);
    *out = h;
    return DCA_OK;
}

void dca__gub_dual_free(dca__gub_dual *h)
{
    if (h != NULL) {
        dca__gub *g = h->g;
        release(h);
        dca__gub_free(g);
    }
}

dca__ending dca__gub_dual_run(dca__gub_dual *h)
{
    dca__gub *g = h->g;
    dca__simplex *s = g->s;
    const int64_t before = s->iterations;
    if (s->settings.perturbation != 0) {
        dca__simplex_perturb_costs(s);
    }
    s->phase = 2;
    const dca__ending ending = run(h);
    if (ending == DCA__END_STOPPED && s->iterations > before) {
        dca__gub_compute_prices(g, s->work_cost);
        dca__gub_keep_prices(g);
    }
    dca__simplex_partition(s);
    dca__log(s->env, DCA_LOG_DEBUG,
             "simplex: dual over %d sets, %d working rows: %lld iterations, %lld breakpoints%s",
             (int)g->sets, (int)g->rows, (long long)(s->iterations - before), (long long)h->moves,
             ending == DCA__END_OTHER ? ", left to others" : "");
    if (ending != DCA__END_OPTIMAL) {
        return ending;
    }
    dca__simplex_restore_costs(s);
    return dca__gub_run(g);
}
