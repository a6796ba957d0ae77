/* report.c - the answer as sentences for people: verdict and proof, tiers, demands, limits, or repair. */
#include "explain/explain.h"

#include "base/alloc.h"
#include "base/num.h"
#include "base/sort.h"

#include <math.h>

enum { MOST_LINES = 12 }; /* of unmet demands, of limits, of changes */

static const char *outcome_sentence(dca_outcome outcome)
{
    switch (outcome) {
    case DCA_OPTIMAL:
        return "Optimal";
    case DCA_FEASIBLE:
        return "Feasible, not proved optimal";
    case DCA_INFEASIBLE:
        return "Infeasible: what must be served does not fit the limits";
    case DCA_UNBOUNDED:
        return "Unbounded: something without a limit is worth having more of";
    case DCA_INFEASIBLE_OR_UNBOUNDED:
        return "Infeasible or unbounded";
    case DCA_TIME_LIMIT:
        return "Stopped by the time limit";
    case DCA_WORK_LIMIT:
        return "Stopped by the work limit";
    case DCA_INTERRUPTED:
        return "Interrupted";
    case DCA_IMPRECISE:
        return "Imprecise: the answer missed its check";
    default:
        return "Not solved";
    }
}

static void say_verdict(const dca__verdict *verdict, dca__text *out)
{
    const dca_certificate *proof = verdict->certificate;
    dca__text_begin(out);
    dca__text_append(out, "%s", outcome_sentence(verdict->outcome));
    if (verdict->outcome == DCA_OPTIMAL && proof->valid != 0) {
        dca__text_append(out, ", proved on the original numbers: relative gap %s, violation %s",
                         DCA_G(proof->relative_gap), DCA_G(proof->primal_violation));
    } else if (verdict->outcome == DCA_INFEASIBLE && proof->valid != 0) {
        dca__text_append(out, ", proved on the original numbers by Farkas multipliers");
        if (proof->primal_violation > 0.0) { /* the narrow claim */
            dca__text_append(out, " with a margin of %s, which is within the tolerance",
                             DCA_G(proof->relative_gap));
        }
    }
    dca__text_append(out, ".");
}

static void say_tiers(const dca__verdict *verdict, dca__text *out)
{
    for (dca_index t = 0; t < verdict->num_tiers; t++) {
        dca__text_begin(out);
        dca__text_append(out, "Tier %d, '%s', %s: %s%s.", (int)t + 1, verdict->tier_name[t],
                         verdict->tier_sense[t] == DCA_MAXIMISE ? "maximised" : "minimised",
                         DCA_G(verdict->tier_value[t]),
                         t == 0 && verdict->own_tier
                             ? " (added, as no tier of the model says how much to serve)"
                             : "");
    }
    dca__text_begin(out);
    dca__text_append(out, "Cost %s per hour, energy %s kWh per hour.", DCA_G(verdict->cost),
                     DCA_G(verdict->energy));
}

/* Indices [count] of what `wanted` says, by ascending key; NULL and 0 on no memory. */
static dca_index *pick(dca_env *env, dca_index n, const double *key, dca_index *count)
{
    dca_index *index = DCA_ARRAY(env, dca_index, n);
    *count = 0;
    for (dca_index k = 0; index != NULL && k < n; k++) {
        if (key[k] < 0.0) {
            index[(*count)++] = k;
        }
    }
    if (index != NULL) {
        dca__sort_by_key(index, *count, key);
    }
    return index;
}

static void say_rest(dca_index count, const char *what, dca__text *out)
{
    if (count > MOST_LINES) {
        dca__text_begin(out);
        dca__text_append(out, "... and %d more %s.", (int)(count - MOST_LINES), what);
    }
}

static void say_demands(const dca__facts *facts, const dca__text *notes, dca__text *out)
{
    const dca_model *model = facts->model;
    dca_env *env = model->env;
    dca_index count = 0;
    dca_index alive = 0;
    dca_index *order = NULL;
    double *key = DCA_ARRAY(env, double, model->num_demands);
    for (dca_index i = 0; key != NULL && i < model->num_demands; i++) {
        const dca__demand *demand = &model->demands[i];
        const bool unmet = demand->alive && facts->unmet[i] > 1e-7 * fmax(1.0, demand->amount);
        alive += demand->alive;
        key[i] = unmet ? -demand->weight * facts->unmet[i] : 0.0;
    }
    if (key != NULL) {
        order = pick(env, model->num_demands, key, &count);
    }
    if (order == NULL) {
        out->failed = true;
    } else {
        dca__text_begin(out);
        dca__text_append(out, "%d of %d demands are served in full.", (int)(alive - count),
                         (int)alive);
        for (dca_index k = 0; k < count && k < MOST_LINES; k++) {
            dca__text_begin(out);
            dca__text_append(out, "Demand '%s': %s.",
                             dca__model_object_name(model, DCA_KIND_DEMAND, order[k]),
                             dca__text_get(notes, order[k]));
        }
        say_rest(count, "demands are not served in full", out);
    }
    dca__free(env, order);
    dca__free(env, key);
}

static void say_limits(const dca__facts *facts, dca__text *out)
{
    const dca_model *model = facts->model;
    const dca_index n = facts->map->num_limits;
    dca_index count = 0;
    dca_index *order = NULL;
    double *key = DCA_ARRAY(model->env, double, n);
    for (dca_index i = 0; key != NULL && i < n; i++) {
        const double worth = dca__explain_worth(facts, i);
        const bool binds = facts->map->row[i].kind != DCA__ROW_DEMAND && worth > 1e-9 &&
                           dca__explain_full(facts->limit[i], facts->use[i]);
        /* by what a hundredth of the limit is worth: units differ, shares do not */
        key[i] = binds ? -worth * fmax(facts->limit[i], 1e-300) : 0.0;
    }
    if (key != NULL) {
        order = pick(model->env, n, key, &count);
    }
    if (order == NULL) {
        out->failed = true;
    }
    for (dca_index k = 0; order != NULL && k < count && k < MOST_LINES; k++) {
        const dca__key *row = &facts->map->row[order[k]];
        const char *unit = dca__explain_unit(model, row);
        dca__text_begin(out);
        dca__text_append(out, "Limit: ");
        dca__explain_name_limit(model, row, out);
        dca__text_append(out, " is full, %s of %s %s; one more %s is worth %s.",
                         DCA_G(facts->use[order[k]]), DCA_G(facts->limit[order[k]]), unit, unit,
                         DCA_G(dca__explain_worth(facts, order[k])));
    }
    say_rest(count, "limits are full and have a price", out);
    dca__free(model->env, order);
    dca__free(model->env, key);
}

static void say_change(const dca_model *model, const dca_repair *change, dca__text *out)
{
    static const int32_t row_kind[] = {DCA__ROW_POOL, DCA__ROW_DOMAIN, DCA__ROW_LINK,
                                       DCA__ROW_DEMAND};
    const int which = change->kind - DCA_KIND_POOL;
    const dca__key row = {row_kind[which], change->index, change->resource, -1, -1};
    const char *unit = dca__explain_unit(model, &row);
    const double by = change->to - change->from;
    dca__text_append(out, "%s ", by > 0.0 ? "raise" : "lower");
    dca__explain_name_limit(model, &row, out);
    dca__text_append(out, " from %s %s to %s %s (%s%s %s)", DCA_G(change->from), unit,
                     DCA_G(change->to), unit, by > 0.0 ? "+" : "", DCA_G(by), unit);
}

static void say_repairs(const dca_model *model, const dca__repair_plan plans[3], dca__text *out)
{
    static const char *const title[] = {"Cheapest repair", "Repair by capacity alone",
                                        "Repair by demand alone"};
    for (int by = 0; by < 3; by++) {
        const dca__repair_plan *plan = &plans[by];
        dca__text_begin(out);
        dca__text_append(out, "%s", title[by]);
        if (!plan->known) {
            dca__text_append(out, ": not found before the limit.");
            continue;
        }
        if (isinf(plan->size)) {
            dca__text_append(out, ": there is none.");
            continue;
        }
        dca__text_append(out, " (size %s): ", DCA_G(plan->size));
        for (dca_index k = 0; k < plan->count && k < MOST_LINES; k++) {
            dca__text_append(out, "%s", k > 0 ? "; " : "");
            say_change(model, &plan->change[k], out);
        }
        if (plan->count > MOST_LINES) {
            dca__text_append(out, "; and %d more changes", (int)(plan->count - MOST_LINES));
        }
        dca__text_append(out, ".");
    }
}

void dca__explain_report(const dca__facts *facts, const dca__verdict *verdict,
                         const dca__text *notes, const dca__repair_plan plans[3], dca__text *out)
{
    say_verdict(verdict, out);
    if (verdict->has_values) {
        say_tiers(verdict, out);
        say_demands(facts, notes, out);
        say_limits(facts, out);
    }
    if (plans != NULL) {
        say_repairs(facts->model, plans, out);
    }
}
