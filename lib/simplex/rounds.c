/* rounds.c - one solve: which algorithm, what follows what, and what may be claimed.
 *
 *     dual (perturbed) -> take the perturbation back -> primal for what is left -> dual for what that
 *     left -> ...
 *
 * A round ends with the caller's costs and bounds, a fresh factor, recomputed and refined x, and d.
 * When both kinds of infeasibility are gone the claim is made; after ROUNDS rounds the tolerance is
 * relaxed tenfold, up to DCA__CLAIM, then the answer is IMPRECISE. Rounds, and iterations of a round,
 * are bounded, so that every solve ends.
 *
 * A method that auto chose (choice.c) has a turn of simplex.cap times the predicted work to come to its
 * optimum; then the other one has a turn twice as long, from slacks, then the first one goes on from
 * where it was, and so on. So no method that goes astray keeps the solve, whatever was predicted. Turns
 * are counted in entries touched: the same calls give the same bits. */
#include "simplex/choice.h"
#include "simplex/crash_triangular.h"
#include "simplex/state.h"

#include "base/alloc.h"
#include "base/log.h"
#include "simplex/gub_dual.h"

/* Wrong signs that the tolerance lets pass are worth a few pivots more down to this. */
#define POLISH 1e-13
/* The turn of the primal from a triangular basis, of one from slacks: it pays at once or not at all. */
#define TRIANGULAR_TURN 0.2
enum { ROUNDS = 4, MOST_ROUNDS = 16, MOST_OTHERS = 4 };

bool dca__simplex_prepare(dca__simplex *s)
{
    if (s->current && !s->cost_changed && !s->bounds_changed) {
        return true;
    }
    dca__simplex_restore_costs(s);
    dca__simplex_restore_bounds(s);
    dca__simplex_place_all(s);
    dca__simplex_partition(s);
    if (!(s->factored && s->fresh) && dca__simplex_factorise(s) != DCA_OK) {
        return false;
    }
    dca__simplex_compute_duals(s, s->work_cost);
    dca__simplex_compute_values(s);
    s->current = true;
    return true;
}

/* The state as the caller will see it, by a factor that was probed. False: memory, or told to stop. */
static bool settle(dca__simplex *s)
{
    if (!dca__simplex_prepare(s) || !dca__simplex_trust_factor(s) || !dca__simplex_prepare(s)) {
        return false;
    }
    dca__simplex_refine_duals(s, s->work_cost);
    dca__simplex_refine_values(s);
    return true;
}

/* After a stop: the point of the basis at hand by the factor at hand; without one the values stay as
 * they are. */
static void settle_stopped(dca__simplex *s)
{
    dca__simplex_restore_costs(s);
    dca__simplex_restore_bounds(s);
    dca__simplex_place_all(s);
    dca__simplex_partition(s);
    if (s->factored) {
        dca__simplex_compute_duals(s, s->work_cost);
        dca__simplex_compute_values(s);
    }
}

/* A lower bound above its upper bound is an answer of its own. */
static bool bounds_cross(const dca__simplex *s)
{
    for (dca_index j = 0; j < s->total; j++) {
        if (s->lower[j] > s->upper[j]) {
            return true;
        }
    }
    return false;
}

/* No wrong sign, and fewer violations than basic columns: a basis that an edit left. The way to the
 * optimum is short, and perturbed costs would move every tie that the edit does not touch. Should it
 * stall, the dual still perturbs. */
static bool starts_near(const dca__simplex *s)
{
    double sum = 0.0;
    dca_index violated = 0;
    dca_index columns = 0;
    for (dca_index p = 0; p < s->m; p++) {
        violated += dca__simplex_excess(s, s->head[p], s->primal_tolerance) != 0.0;
        columns += s->head[p] < s->n;
    }
    return violated <= columns && dca__simplex_dual_infeasibility(s, s->dual_tolerance, &sum) == 0;
}

/* What conclude() knows between rounds. */
typedef struct course {
    dca__method method;
    bool dual_sets; /* the first round may go by sets, by one of the methods */
    bool primal_sets;
    int others;     /* rounds that ended with the wish for the other algorithm */
    bool polishing; /* this round runs with POLISH as dual tolerance */
    bool polished;
    double tolerance;  /* the dual tolerance behind it */
    bool fresh;        /* the method has its first round, or the first of a turn */
    bool sift;         /* that first one is of sift.c */
    bool by_prices;    /* from a set by prices; should that be no good, */
    dca__method plain; /* by this method without a set */
    uint8_t *parked;   /* [total] statuses that the other method has come to, or NULL */
    double allowance;  /* entries that this turn of a method may touch; INFINITY: no turns */
} course;

/* A claim could be made: is there a sign that a few pivots more would set right? */
static bool begin_polish(dca__simplex *s, course *way)
{
    double sum = 0.0;
    if (way->polished || s->dual_tolerance <= POLISH ||
        dca__simplex_dual_infeasibility(s, POLISH, &sum) == 0) {
        return false;
    }
    way->polished = way->polishing = true;
    way->tolerance = s->dual_tolerance;
    way->method = DCA__METHOD_PRIMAL;
    s->dual_tolerance = POLISH;
    s->work_cap = s->work + s->work / 8;
    return true;
}

static void end_polish(dca__simplex *s, course *way)
{
    if (way->polishing) {
        way->polishing = false;
        s->dual_tolerance = way->tolerance;
        s->work_cap = INT64_MAX;
    }
}

static void relax(dca__simplex *s)
{
    s->primal_tolerance = fmin(10.0 * s->primal_tolerance, DCA__CLAIM);
    s->dual_tolerance = fmin(10.0 * s->dual_tolerance, DCA__CLAIM);
}

static const char *method_name(dca__method method)
{
    return method == DCA__METHOD_DUAL ? "dual" : "primal";
}

static dca__method other_than(dca__method method)
{
    return method == DCA__METHOD_DUAL ? DCA__METHOD_PRIMAL : DCA__METHOD_DUAL;
}

/* The work at which a turn of so many entries ends. */
static int64_t end_of_turn(const dca__simplex *s, double allowance)
{
    const double end = (double)s->work + allowance;
    return end < (double)INT64_MAX / 2 ? (int64_t)end : INT64_MAX;
}

/* The turn of the method at hand is over: its basis is parked, and the other one goes on from where it
 * was parked, at first from slacks, for twice as long. False: memory. */
static bool change_over(dca__simplex *s, course *way)
{
    uint8_t *parked = DCA_ARRAY(s->env, uint8_t, (dca_nnz)s->total);
    if (parked == NULL) {
        s->failure = DCA_E_NOMEM;
        return false;
    }
    dca__simplex_get_basis(s, parked, parked + s->n);
    if (way->parked == NULL) {
        dca__simplex_slack_basis(s);
    } else if (dca__simplex_set_basis(s, way->parked, way->parked + s->n) != DCA_OK) {
        s->failure = DCA_E_NOMEM;
    }
    s->current = false;
    dca__free(s->env, way->parked);
    way->parked = parked;
    way->method = other_than(way->method);
    way->fresh = true;
    way->allowance *= 2.0;
    s->work_cap = end_of_turn(s, way->allowance);
    dca__log(s->env, DCA_LOG_INFO,
             "auto: after %lld entries touched over to the %s, for %s entries", (long long)s->work,
             method_name(way->method), DCA_G(way->allowance));
    return s->failure == DCA_OK;
}

/* After a round without infeasibility of its own kind: what is left, with everything put back? True
 * when the claim can be made. */
static bool settled(dca__simplex *s, course *way, int round)
{
    double largest = 0.0;
    double sum = 0.0;
    dca__simplex_primal_infeasibility(s, &largest);
    const dca_index wrong = dca__simplex_dual_infeasibility(s, s->dual_tolerance, &sum);
    dca__log(s->env, DCA_LOG_DEBUG,
             "simplex: round %d (%s), iteration %lld: largest violation %s, %d wrong signs", round,
             method_name(way->method), (long long)s->iterations, DCA_G(largest), (int)wrong);
    if (wrong == 0 && largest <= s->primal_tolerance) {
        return !begin_polish(s, way);
    }
    way->method = wrong > 0 ? DCA__METHOD_PRIMAL : DCA__METHOD_DUAL;
    return false;
}

/* The dual over g, which it frees. */
static dca__ending run_dual_over(dca__simplex *s, dca__gub *g)
{
    dca__gub_dual *h = NULL;
    if (dca__gub_dual_new(g, &h) != DCA_OK) {
        dca__gub_free(g);
        s->failure = DCA_E_NOMEM;
        return DCA__END_FAILED;
    }
    const dca__ending ending = dca__gub_dual_run(h);
    dca__gub_dual_free(h);
    return ending == DCA__END_OTHER ? dca__simplex_dual(s, false) : ending;
}

static dca__ending run_primal_over(dca__simplex *s, dca__gub *g)
{
    const dca__ending ending = dca__gub_run(g);
    dca__gub_free(g);
    return ending == DCA__END_OTHER ? dca__simplex_primal(s) : ending;
}

/* The first round by sets, where they pay (gub.h). False: they do not, *ending is undefined. */
static bool run_by_sets(dca__simplex *s, course *way, dca__ending *ending)
{
    dca__gub *g = NULL;
    const bool wanted = way->dual_sets || way->primal_sets;
    if (wanted && dca__gub_new(s, way->dual_sets, way->primal_sets, &g) != DCA_OK) {
        s->failure = DCA_E_NOMEM;
        *ending = DCA__END_FAILED;
        return true;
    }
    way->dual_sets = way->primal_sets = false;
    if (g == NULL) {
        return false;
    }
    way->method = g->dual ? DCA__METHOD_DUAL : DCA__METHOD_PRIMAL;
    way->fresh = way->sift = false;
    dca__log(s->env, DCA_LOG_INFO, "simplex: %s over %d rows that %d sets leave",
             method_name(way->method), (int)g->rows, (int)g->sets);
    *ending = g->dual ? run_dual_over(s, g) : run_primal_over(s, g);
    return true;
}

/* The run of this round; the first one by sets, or by sifting. */
static dca__ending run_round(dca__simplex *s, course *way)
{
    dca__ending ending;
    if (run_by_sets(s, way, &ending)) {
        return ending;
    }
    const bool fresh = way->fresh;
    const bool sift = way->sift;
    way->fresh = way->sift = false;
    if (sift) {
        if (dca__simplex_sift(s, way->by_prices, &ending)) {
            return ending;
        }
        way->method = way->plain;
        s->may_sift = false;
    }
    return way->method == DCA__METHOD_DUAL ? dca__simplex_dual(s, fresh && !starts_near(s))
                                           : dca__simplex_primal(s);
}

/* A triangular basis of at least `least` columns, and x and d with it. False: there is none. */
static bool begin_triangular(dca__simplex *s, dca_index least)
{
    bool found;
    s->failure = dca__simplex_triangular(s, least, &found);
    return s->failure == DCA_OK && found && dca__simplex_prepare(s);
}

/* How the solve begins, for the method that was asked for. */
static course begin(dca__simplex *s, dca__method method)
{
    course way = {.method = method, .fresh = true, .allowance = INFINITY};
    bool cold = dca__simplex_is_cold(s);
    if (cold && s->settings.crash == DCA__CRASH_TRIANGULAR && method != DCA__METHOD_AUTO) {
        cold = !begin_triangular(s, 1);
    }
    s->may_sift = cold && dca__simplex_is_wide(s);
    way.dual_sets = cold && s->settings.gub != 0 && method != DCA__METHOD_PRIMAL;
    way.primal_sets = cold && s->settings.gub != 0 && method != DCA__METHOD_DUAL;
    if (method == DCA__METHOD_PRIMAL && cold && s->settings.crash == DCA__CRASH_PENALTY) {
        way.sift = way.by_prices = s->may_sift = true;
        way.plain = method;
        way.primal_sets = false;
    }
    if (method == DCA__METHOD_PRIMAL || method == DCA__METHOD_DUAL) {
        return way;
    }
    if (!cold) {
        double largest = 0.0;
        dca__simplex_primal_infeasibility(s, &largest);
        way.method = largest <= s->primal_tolerance ? DCA__METHOD_PRIMAL : DCA__METHOD_DUAL;
        return way;
    }
    const dca__choice choice = dca__simplex_choose(s);
    way.method = choice.method;
    way.sift = choice.sift;
    way.by_prices = choice.by_prices;
    way.plain = DCA__METHOD_DUAL;
    s->may_sift |= choice.by_prices;
    if (s->settings.gub == 1) { /* no substitute for the dual, nor for its first set */
        way.primal_sets = way.method == DCA__METHOD_PRIMAL && !way.sift;
    }
    way.allowance = s->settings.cap * choice.predicted;
    double first = way.allowance;
    if (choice.triangular && begin_triangular(s, choice.least)) {
        way.method = DCA__METHOD_PRIMAL;
        way.sift = s->may_sift = false;
        way.dual_sets = way.primal_sets = false;
        first *= TRIANGULAR_TURN;
    } else if (s->settings.crash == DCA__CRASH_PENALTY) {
        way.dual_sets = way.primal_sets = false;
    }
    s->work_cap = end_of_turn(s, first);
    return way;
}

static dca_outcome conclude(dca__simplex *s, course *way)
{
    for (int round = 0; round < MOST_ROUNDS; round++) {
        if (round >= ROUNDS && !way->polishing) {
            relax(s);
        }
        const dca__ending ending = run_round(s, way);
        switch (ending) {
        case DCA__END_STOPPED:
        case DCA__END_FAILED: /* s->failure says why, or the LU met a limit */
            return dca__stop_outcome(s->stop);
        case DCA__END_INFEASIBLE:
            return DCA_INFEASIBLE;
        case DCA__END_UNBOUNDED:
            return DCA_UNBOUNDED;
        case DCA__END_OTHER:
            if (!way->polishing && s->work > s->work_cap) {
                if (!change_over(s, way)) {
                    return dca__stop_outcome(s->stop);
                }
                round = -1; /* each turn has its own */
                break;
            }
            dca__log(s->env, DCA_LOG_DEBUG,
                     "simplex: round %d (%s), iteration %lld: left to the other", round,
                     method_name(way->method), (long long)s->iterations);
            if (!way->polishing) {
                way->others++;
                way->method = other_than(way->method);
            }
            end_polish(s, way);
            if (way->others > MOST_OTHERS) {
                return DCA_IMPRECISE;
            }
            break;
        case DCA__END_OPTIMAL:
            end_polish(s, way);
            s->work_cap = INT64_MAX; /* what is left is short */
            if (!settle(s)) {
                return dca__stop_outcome(s->stop);
            }
            if (settled(s, way, round)) {
                return DCA_OPTIMAL;
            }
            break;
        }
    }
    return DCA_IMPRECISE;
}

dca_status dca__simplex_solve(dca__simplex *s, const dca__settings *settings, dca__method method,
                              dca_control *control, dca__simplex_report *report)
{
    const dca__lu_settings lu = {settings->lu_threshold, settings->lu_drop, DCA__LU_SINGULAR,
                                 DCA__MOST_UPDATES};
    if (dca__lu_configure(s->lu, &lu) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    s->settings = *settings;
    s->control = control;
    s->stop = DCA__GO;
    s->failure = DCA_OK;
    s->iterations = 0;
    s->iteration_cap = settings->iteration_limit > 0 ? settings->iteration_limit : INT64_MAX;
    s->work = s->work_polled = 0;
    s->work_cap = INT64_MAX;
    s->primal_tolerance = settings->primal_tolerance;
    s->dual_tolerance = settings->dual_tolerance;
    s->ray_kind = 0;
    s->alive = false;
    *report = (dca__simplex_report){DCA_UNSOLVED, method, 0, 0, 0.0};
    if (bounds_cross(s)) {
        report->outcome = DCA_INFEASIBLE;
        return DCA_OK;
    }
    s->current = false;
    dca__simplex_set_threshold(s, settings->lu_threshold);
    dca__lu_set_control(s->lu, control);
    if (!dca__simplex_prepare(s)) {
        report->outcome = dca__stop_outcome(s->stop);
        dca__lu_set_control(s->lu, NULL);
        return s->failure;
    }
    course way = begin(s, method);
    report->outcome = s->failure == DCA_OK ? conclude(s, &way) : DCA_UNSOLVED;
    dca__free(s->env, way.parked);
    report->method = way.method;
    report->iterations = s->iterations;
    dca__lu_set_control(s->lu, NULL);
    if (s->stop != DCA__GO) {
        settle_stopped(s);
    } else if (s->failure == DCA_OK && report->outcome != DCA_OPTIMAL && !settle(s)) {
        report->outcome = DCA_UNSOLVED;
    }
    report->work = s->work;
    report->infeasibility = dca__simplex_primal_infeasibility(s, NULL);
    s->control = NULL;
    if (report->outcome == DCA_OPTIMAL && s->failure == DCA_OK) {
        dca__simplex_come_alive(s);
    }
    return s->failure;
}
