/* conflict_filter.c - from an infeasible set of groups to an irreducible one (deletion filter).
 *
 * Invariant: the groups in force are infeasible together, by multipliers that were verified. A group
 * is taken out for good when the rest is infeasible without it, and necessary when the rest is then
 * feasible, or known to be by the basis; it stays necessary when more is taken out. Untouchable groups
 * are all in force until no other is left to try. */
#include "explain/conflict_part.h"

#include "base/alloc.h"
#include "base/err.h"
#include "lp/verify.h"

enum { OUT = 0, IN, NECESSARY }; /* states of a group */

/* What a test or a solve says of the groups in force. */
typedef enum verdict { FEASIBLE, CONTRADICTED, UNDECIDED, STOPPED } verdict;

typedef struct filter {
    dca_env *env;
    const dca__conflict_question *ask;
    const dca_options *asked;
    dca_control *control;
    dca_error *err;
    uint8_t *state;  /* [num_groups] */
    uint8_t *used;   /* [num_groups] what the last multipliers use; zero between calls */
    dca_nnz *active; /* [num_active] groups that are not out, ascending */
    dca_nnz num_active;
    dca__conflict_part part; /* lp NULL: none yet */
    dca__conflict_set *out;
} filter;

static bool untouchable(const filter *f, dca_nnz g)
{
    return f->ask->untouchable != NULL && f->ask->untouchable[g] != 0;
}

/* ---- Solve ------------------------------------------------------------------------------------------- */

/* The options of the part: the dual from where it stands, and what is left of the limits. */
static dca_options part_options(const filter *f)
{
    dca_options options = *f->asked;
    dca__settings *settings = &options.settings;
    settings->method = DCA__METHOD_DUAL;
    settings->presolve = 0;
    settings->symmetry = 0;
    settings->relax = 1;
    dca__settings_spend(settings, f->out->seconds, f->out->work, f->out->iterations);
    return options;
}

static verdict judge(dca_outcome outcome)
{
    switch (outcome) {
    case DCA_OPTIMAL:
    case DCA_FEASIBLE:
        return FEASIBLE;
    case DCA_INFEASIBLE:
        return CONTRADICTED;
    case DCA_TIME_LIMIT:
    case DCA_WORK_LIMIT:
    case DCA_INTERRUPTED:
        return STOPPED;
    default:
        return UNDECIDED;
    }
}

static dca_status solve_part(filter *f, dca__answer *answer, verdict *out)
{
    const dca_options options = part_options(f);
    const dca_status status =
        dca__pipeline_solve(f->part.pipeline, f->part.lp, &options, f->control, answer, f->err);
    if (status == DCA_OK) {
        f->out->iterations += answer->info.iterations;
        f->out->work += answer->info.work;
        f->out->seconds += answer->info.seconds;
        *out = judge(answer->outcome);
    }
    return status;
}

/* ---- Shrink ------------------------------------------------------------------------------------------ */

/* Groups that are out leave the list. */
static void compact(filter *f)
{
    dca_nnz left = 0;
    for (dca_nnz e = 0; e < f->num_active; e++) {
        const dca_nnz g = f->active[e];
        f->used[g] = 0;
        if (f->state[g] != OUT) {
            f->active[left++] = g;
        }
    }
    f->num_active = left;
}

/* Take out the groups that `used` leaves over, and clear it. Untouchable ones stay while others are
 * tried. O(active groups). */
static void keep_used(filter *f, bool also_untouchable)
{
    for (dca_nnz e = 0; e < f->num_active; e++) {
        const dca_nnz g = f->active[e];
        if (f->state[g] == IN && f->used[g] == 0 && (also_untouchable || !untouchable(f, g))) {
            f->state[g] = OUT;
            if (f->part.lp != NULL) {
                dca__conflict_part_switch(&f->part, g, false);
            }
        }
    }
    compact(f);
}

static void clear_used(filter *f)
{
    for (dca_nnz e = 0; e < f->num_active; e++) {
        f->used[f->active[e]] = 0;
    }
}

/* Do the multipliers hold with the groups alone that they use? Then only these are left in force. */
static dca_status shrink(filter *f, const dca__answer *answer, bool also_untouchable)
{
    bool sound = false;
    if (answer->point.ray_kind == DCA_CERTIFICATE_FARKAS &&
        dca__conflict_part_support(&f->part, answer->point.ray, f->used, &sound) != DCA_OK) {
        return dca__fail_nomem(f->err);
    }
    if (sound) {
        keep_used(f, also_untouchable);
    } else {
        clear_used(f);
    }
    return DCA_OK;
}

/* The same for a basic ray of sides that are a group each: those used clearly are necessary. */
static dca_status shrink_to_basic(filter *f, const dca__answer *answer)
{
    dca_status status = shrink(f, answer, false);
    const dca__point *point = &answer->point;
    if (status != DCA_OK || f->ask->group != NULL || !point->has_basis ||
        !dca__conflict_part_unique(&f->part, point->column_status, point->row_status)) {
        return status;
    }
    bool sound = false;
    if (dca__conflict_part_support(&f->part, point->ray, f->used, &sound) != DCA_OK) {
        return dca__fail_nomem(f->err);
    }
    for (dca_nnz e = 0; e < f->num_active && sound; e++) {
        const dca_nnz g = f->active[e];
        f->state[g] = f->used[g] == DCA__CONFLICT_CLEAR ? NECESSARY : IN;
    }
    clear_used(f);
    return DCA_OK;
}

/* Everything that may be in force is. */
static void all_in(filter *f)
{
    f->num_active = f->ask->num_groups;
    for (dca_nnz g = 0; g < f->num_active; g++) {
        f->state[g] = IN;
        f->active[g] = g;
    }
}

/* What the multipliers of the question use. *sound false: they lean on implied bounds, and everything
 * is in. */
static dca_status begin_with_ray(filter *f, bool *sound)
{
    all_in(f);
    if (dca__conflict_support(f->ask, f->ask->ray, f->used, sound) != DCA_OK) {
        return dca__fail_nomem(f->err);
    }
    if (*sound) {
        keep_used(f, false);
    } else {
        clear_used(f);
    }
    return DCA_OK;
}

/* Build the part and have it solved. *found: it is infeasible, and shrunk to what its ray uses. */
static dca_status solve_anew(filter *f, bool *found, bool *stopped)
{
    dca__answer answer = {0};
    verdict said = UNDECIDED;
    dca__conflict_part_free(&f->part);
    dca_status status = dca__conflict_part_new(f->env, f->ask, f->state, &f->part, f->err);
    if (status == DCA_OK) {
        status = solve_part(f, &answer, &said);
    }
    if (status != DCA_OK) {
        return status;
    }
    *found = said == CONTRADICTED;
    *stopped = said == STOPPED;
    if (*found) {
        status = shrink_to_basic(f, &answer);
    }
    dca__answer_free(f->env, &answer);
    return status;
}

/* A part that is infeasible by a basic ray: from what the multipliers of the question use, and if that
 * does not do, from everything. Where neither does, what is left is the former. */
static dca_status begin(filter *f, bool *found)
{
    bool stopped = false;
    bool sound = false;
    dca_status status = begin_with_ray(f, &sound);
    if (status == DCA_OK) {
        status = solve_anew(f, found, &stopped);
    }
    if (status == DCA_OK && !*found && !stopped && sound) {
        all_in(f);
        status = solve_anew(f, found, &stopped);
        if (status == DCA_OK && !*found) {
            dca__conflict_part_free(&f->part);
            status = begin_with_ray(f, &sound);
        }
    }
    return status;
}

/* ---- Filter ------------------------------------------------------------------------------------------ */

/* Is the group necessary? *stopped: a limit struck, and nothing is known of it. */
static dca_status try_without(filter *f, dca_nnz g, bool *stopped)
{
    dca__answer answer = {0};
    verdict said = UNDECIDED;
    dca__conflict_part_switch(&f->part, g, false);
    dca_status status = solve_part(f, &answer, &said);
    if (status != DCA_OK) {
        return status;
    }
    if (said == CONTRADICTED) {
        f->state[g] = OUT;
        compact(f);
        status = shrink(f, &answer, untouchable(f, g));
    } else {
        dca__conflict_part_switch(&f->part, g, true);
        f->state[g] = NECESSARY;
        f->out->irreducible = f->out->irreducible && said == FEASIBLE;
    }
    *stopped = said == STOPPED;
    dca__answer_free(f->env, &answer);
    return status;
}

/* The next group to try after `last`: not yet known to be necessary, the untouchable ones in a second
 * round. -1: none. O(log active) as long as they are met in order. */
static dca_nnz next_to_try(const filter *f, dca_nnz last, bool second_round)
{
    dca_nnz low = 0;
    dca_nnz high = f->num_active;
    while (low < high) {
        const dca_nnz middle = low + (high - low) / 2;
        if (f->active[middle] <= last) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < f->num_active; low++) {
        const dca_nnz g = f->active[low];
        if (f->state[g] == IN && untouchable(f, g) == second_round) {
            return g;
        }
    }
    return -1;
}

static dca_status filter_groups(filter *f)
{
    bool stopped = false;
    for (int round = 1; round <= 2; round++) {
        for (dca_nnz g = next_to_try(f, -1, round == 2); g >= 0 && !stopped;
             g = next_to_try(f, g, round == 2)) {
            const dca_status status = try_without(f, g, &stopped);
            if (status != DCA_OK) {
                return status;
            }
        }
    }
    return DCA_OK;
}

static dca_status collect(filter *f)
{
    dca__conflict_set *out = f->out;
    out->group = DCA_ARRAY(f->env, dca_nnz, f->num_active);
    if (out->group == NULL) {
        return dca__fail_nomem(f->err);
    }
    out->count = (dca_index)f->num_active;
    for (dca_nnz e = 0; e < f->num_active; e++) {
        out->group[e] = f->active[e];
    }
    return DCA_OK;
}

/* Two bounds of one variable that contradict each other are a conflict by themselves. */
static bool crossing(filter *f)
{
    const dca_lp *lp = f->ask->lp;
    const dca_nnz variables = (dca_nnz)lp->num_columns + lp->num_rows;
    for (dca_nnz k = 0; k < variables; k++) {
        const dca_nnz i = k - lp->num_columns;
        const double low = i < 0 ? lp->lower[k] : lp->row_lower[i];
        const double high = i < 0 ? lp->upper[k] : lp->row_upper[i];
        if (dca__verify_crossing(low, high) > 0.0) {
            const dca_nnz below = dca__conflict_group(f->ask, 2 * k);
            const dca_nnz above = dca__conflict_group(f->ask, 2 * k + 1);
            const dca_nnz first = below < above ? below : above;
            const dca_nnz second = below < above ? above : below;
            f->num_active = 0;
            if (first >= 0) {
                f->active[f->num_active++] = first;
            }
            if (second >= 0 && second != first) {
                f->active[f->num_active++] = second;
            }
            return true;
        }
    }
    return false;
}

void dca__conflict_set_free(dca_env *env, dca__conflict_set *set)
{
    dca__free(env, set->group);
    *set = (dca__conflict_set){0};
}

dca_status dca__conflict_filter(dca_env *env, const dca__conflict_question *question,
                                const dca_options *options, dca_control *control,
                                dca__conflict_set *out, dca_error *err)
{
    dca__conflict_set set = {.irreducible = true};
    filter f = {.env = env,
                .ask = question,
                .asked = options,
                .control = control,
                .err = err,
                .part = {.env = env, .ask = question},
                .out = &set};
    dca_status status;
    f.state = DCA_ZEROS(env, uint8_t, question->num_groups);
    f.used = DCA_ZEROS(env, uint8_t, question->num_groups);
    f.active = DCA_ARRAY(env, dca_nnz, question->num_groups);
    if (f.state == NULL || f.used == NULL || f.active == NULL) {
        status = dca__fail_nomem(err);
        goto done;
    }
    if (!crossing(&f)) {
        bool found = false;
        status = begin(&f, &found);
        set.irreducible = found;
        if (status == DCA_OK && found) {
            status = filter_groups(&f);
        }
        if (status != DCA_OK) {
            goto done;
        }
    }
    status = collect(&f);
done:
    dca__conflict_part_free(&f.part);
    dca__free(env, f.active);
    dca__free(env, f.used);
    dca__free(env, f.state);
    if (status != DCA_OK) {
        dca__conflict_set_free(env, &set);
        return status;
    }
    *out = set;
    return DCA_OK;
}
