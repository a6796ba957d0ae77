/* lose_feed.c - a power feed fails: what moves, what is lost, what it costs.
 *
 *     lose_feed SCENARIO FEED
 *
 * Solves the scenario, then edits the model in place as the electricians would see it: what drew a share
 * from the feed draws it from its other feeds, in proportion; what had no other goes dark. The new
 * objective serves as much as it can, moves as little as it can from where things run now, and only
 * then saves energy. The second solve starts from the first. */
#include "dcalloc.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LISTED = 8 };

/* What an answer says in sum; units of all demands are added up. */
typedef struct tally {
    double served, wanted, cost, energy;
    double *placed; /* [placements] */
    double *unmet;  /* [demands] */
    dca_solve_info info;
    dca_outcome outcome;
} tally;

static int fail(const char *where, const dca_error *error)
{
    fprintf(stderr, "%s: %s\n", where, error->text);
    return 1;
}

static int model_fail(const dca_model *model)
{
    dca_error error = DCA_ERROR_INIT;
    dca_model_error(model, &error);
    return fail("edit", &error);
}

static int take_tally(const dca_model *model, const dca_result *result, tally *out)
{
    const dca_index placements = dca_model_count(model, DCA_KIND_PLACEMENT);
    const dca_index demands = dca_model_count(model, DCA_KIND_DEMAND);
    double *const served = calloc((size_t)demands + 1, sizeof *served);
    out->placed = calloc((size_t)placements + 1, sizeof *out->placed);
    out->unmet = calloc((size_t)demands + 1, sizeof *out->unmet);
    out->info.struct_size = sizeof out->info;
    out->outcome = dca_result_outcome(result);
    int failed = served == NULL || out->placed == NULL || out->unmet == NULL ||
                 dca_result_get_placed(result, 0, placements, out->placed) != DCA_OK ||
                 dca_result_get_served(result, 0, demands, served) != DCA_OK ||
                 dca_result_get_unmet(result, 0, demands, out->unmet) != DCA_OK ||
                 dca_result_totals(result, &out->cost, &out->energy) != DCA_OK ||
                 dca_result_info(result, &out->info) != DCA_OK;
    for (dca_index k = 0; k < demands && !failed; k++) {
        out->served += served[k];
        out->wanted += served[k] + out->unmet[k];
    }
    free(served);
    if (failed) {
        fprintf(stderr, "no answer with values: %s\n",
                dca_outcome_name(dca_result_outcome(result)));
    }
    return failed;
}

static void free_tally(tally *t)
{
    free(t->placed);
    free(t->unmet);
}

/* ---- The edit ------------------------------------------------------------------------------------ */

/* Set the share of one pool or domain in a domain. */
static dca_status set_share(dca_model *model, dca_kind kind, dca_index index, dca_index domain,
                            double share)
{
    return kind == DCA_KIND_POOL ? dca_model_set_pool_domain(model, index, domain, share)
                                 : dca_model_set_domain_parent(model, index, domain, share);
}

/* Take `index` off the lost feed and scale its shares in the other feeds, those above which stands what
 * stands above the lost one, so that they sum to 1. A sole feed is left: it has no power. */
static dca_status leave_feed(dca_model *model, dca_kind kind, dca_index index, dca_index lost)
{
    double share = 0.0;
    dca_status status = dca_model_get_share(model, kind, index, lost, &share);
    if (status != DCA_OK || share == 0.0 || share == 1.0) {
        return status;
    }
    for (dca_index d = 0; d < dca_model_count(model, DCA_KIND_DOMAIN) && status == DCA_OK; d++) {
        double other = 0.0;
        dca_domain_spec spec = DCA_DOMAIN_SPEC_INIT;
        if (d == lost || dca_model_get_domain(model, d, &spec) != DCA_OK ||
            spec.kind != DCA_DOMAIN_POWER) {
            continue;
        }
        status = dca_model_get_share(model, kind, index, d, &other);
        if (status == DCA_OK && other > 0.0) {
            status = set_share(model, kind, index, d, fmin(other / (1.0 - share), 1.0));
        }
    }
    return status == DCA_OK ? set_share(model, kind, index, lost, 0.0) : status;
}

static dca_status lose(dca_model *model, dca_index lost)
{
    dca_status status = dca_model_set_domain_limit(model, lost, DCA_POWER, 0.0);
    for (dca_index d = 0; d < dca_model_count(model, DCA_KIND_DOMAIN) && status == DCA_OK; d++) {
        if (d != lost) {
            status = leave_feed(model, DCA_KIND_DOMAIN, d, lost);
        }
    }
    for (dca_index p = 0; p < dca_model_count(model, DCA_KIND_POOL) && status == DCA_OK; p++) {
        status = leave_feed(model, DCA_KIND_POOL, p, lost);
    }
    return status;
}

/* Serve, then move little, then save. */
static dca_status want_least_movement(dca_model *model, const dca_result *now)
{
    static const struct {
        const char *name;
        dca_term_kind kind;
    } tiers[] = {{"unmet demand", DCA_TERM_UNMET},
                 {"movement", DCA_TERM_MOVEMENT},
                 {"energy cost", DCA_TERM_COST}};
    dca_status status = dca_model_set_current_from(model, now);
    if (status == DCA_OK) {
        status = dca_model_clear_tiers(model);
    }
    for (size_t k = 0; k < sizeof tiers / sizeof *tiers && status == DCA_OK; k++) {
        dca_index tier = -1;
        dca_term_spec term = DCA_TERM_SPEC_INIT;
        term.kind = tiers[k].kind;
        status = dca_model_add_tier(model, tiers[k].name, &tier);
        if (status == DCA_OK) {
            status = dca_model_add_term(model, tier, &term, NULL);
        }
    }
    return status;
}

/* ---- What moved ---------------------------------------------------------------------------------- */

/* Indices of the largest |value|, at most LISTED. */
static int largest(const double *value, dca_index n, dca_index out[LISTED])
{
    int count = 0;
    while (count < LISTED) {
        dca_index best = -1;
        for (dca_index k = 0; k < n; k++) {
            int taken = 0;
            for (int t = 0; t < count; t++) {
                taken = taken || out[t] == k;
            }
            if (!taken && fabs(value[k]) > 0.5 &&
                (best < 0 || fabs(value[k]) > fabs(value[best]))) {
                best = k;
            }
        }
        if (best < 0) {
            break;
        }
        out[count++] = best;
    }
    return count;
}

static void print_changes(const dca_model *model, dca_kind kind, const char *title,
                          const double *change, dca_index n)
{
    dca_index list[LISTED];
    const int count = largest(change, n, list);
    if (count > 0) {
        printf("%s\n", title);
    }
    for (int k = 0; k < count; k++) {
        printf("    %-44s %+9.0f\n", dca_model_object_name(model, kind, list[k]), change[list[k]]);
    }
}

static int print_moves(const dca_model *model, const tally *before, const tally *after)
{
    const dca_index pools = dca_model_count(model, DCA_KIND_POOL);
    const dca_index demands = dca_model_count(model, DCA_KIND_DEMAND);
    double *const by_pool = calloc((size_t)pools + 1, sizeof *by_pool);
    double *const by_demand = calloc((size_t)demands + 1, sizeof *by_demand);
    const dca_index placements = dca_model_count(model, DCA_KIND_PLACEMENT);
    double *const by_way = calloc((size_t)placements + 1, sizeof *by_way);
    double stopped = 0.0;
    double started = 0.0;
    const int failed = by_pool == NULL || by_demand == NULL || by_way == NULL;
    for (dca_index k = 0; k < placements && !failed; k++) {
        dca_placement_spec placement = DCA_PLACEMENT_SPEC_INIT;
        const double change = after->placed[k] - before->placed[k];
        if (dca_model_get_placement(model, k, &placement) == DCA_OK && placement.pool >= 0) {
            by_pool[placement.pool] += change;
        }
        by_way[k] = change;
        stopped += change < 0.0 ? -change : 0.0;
        started += change > 0.0 ? change : 0.0;
    }
    for (dca_index k = 0; k < demands && !failed; k++) {
        by_demand[k] = before->unmet[k] - after->unmet[k];
    }
    if (!failed) {
        printf("what moved: %.0f stopped where they ran, %.0f of them started elsewhere\n", stopped,
               started);
        print_changes(model, DCA_KIND_PLACEMENT, "  the largest moves", by_way, placements);
        print_changes(model, DCA_KIND_POOL, "  pools that changed most, by what runs there",
                      by_pool, pools);
        print_changes(model, DCA_KIND_DEMAND, "  demands that changed most, by what is served",
                      by_demand, demands);
    }
    free(by_pool);
    free(by_demand);
    free(by_way);
    return failed;
}

static void print_tally(const char *title, const tally *t)
{
    printf("%s (%s, %s, %lld iterations, %.0f ms)\n", title, dca_outcome_name(t->outcome),
           t->info.warm ? "warm" : "cold", (long long)t->info.iterations, 1e3 * t->info.seconds);
    printf("  %.0f of %.0f served, cost %.1f per hour, %.0f kWh per hour\n", t->served, t->wanted,
           t->cost, t->energy);
}

/* Feeds and what is left on them. */
static void print_feeds(const dca_model *model, const dca_result *result)
{
    printf("  power\n");
    for (dca_index d = 0; d < dca_model_count(model, DCA_KIND_DOMAIN); d++) {
        dca_limit limit = {.struct_size = sizeof limit};
        if (dca_result_limit(result, DCA_KIND_DOMAIN, d, DCA_POWER, &limit) == DCA_OK &&
            isfinite(limit.limit)) {
            printf("    %-28s %7.1f of %7.1f kW, one kW more: %+.4g unmet\n",
                   dca_model_object_name(model, DCA_KIND_DOMAIN, d), limit.use / 1e3,
                   limit.limit / 1e3, 1e3 * limit.price);
        }
    }
}

static int compare(dca_model *model, dca_solver *solver, dca_index feed)
{
    dca_error error = DCA_ERROR_INIT;
    dca_result *first = NULL;
    dca_result *second = NULL;
    tally before = {0};
    tally after = {0};
    int failed = 1;
    if (dca_solver_solve(solver, NULL, &first) != DCA_OK) {
        goto unsolved;
    }
    if (take_tally(model, first, &before) != 0) {
        goto done;
    }
    if (lose(model, feed) != DCA_OK || want_least_movement(model, first) != DCA_OK) {
        model_fail(model);
        goto done;
    }
    if (dca_solver_solve(solver, NULL, &second) != DCA_OK) {
        goto unsolved;
    }
    if (take_tally(model, second, &after) != 0) {
        goto done;
    }
    print_tally("before", &before);
    print_tally("after", &after);
    printf("  the loss: %.0f served no more (%.1f %%), cost %+.1f and energy %+.0f kWh per hour\n",
           before.served - after.served,
           100.0 * (before.served - after.served) / fmax(before.served, 1.0),
           after.cost - before.cost, after.energy - before.energy);
    print_feeds(model, second);
    failed = print_moves(model, &before, &after) != 0 || after.outcome != DCA_OPTIMAL;
    goto done;
unsolved:
    dca_solver_error(solver, &error);
    fail("solve", &error);
done:
    free_tally(&before);
    free_tally(&after);
    dca_result_free(first);
    dca_result_free(second);
    return failed;
}

int main(int argc, char **argv)
{
    dca_env *env = NULL;
    dca_model *model = NULL;
    dca_solver *solver = NULL;
    dca_error error = DCA_ERROR_INIT;
    int failed = 1;
    if (argc != 3) {
        fprintf(stderr, "usage: lose_feed SCENARIO FEED\n");
        return 2;
    }
    if (dca_env_new(NULL, &env) != DCA_OK) {
        fprintf(stderr, "out of memory\n");
    } else if (dca_model_read_json(env, argv[1], NULL, &model, &error) != DCA_OK) {
        fail(argv[1], &error);
    } else if (dca_model_find(model, DCA_KIND_DOMAIN, argv[2]) < 0) {
        fprintf(stderr, "%s: there is no domain '%s'\n", argv[1], argv[2]);
    } else if (dca_solver_new_model(model, NULL, &solver, &error) != DCA_OK) {
        fail(argv[1], &error);
    } else {
        printf("%s loses %s\n", dca_model_name(model), argv[2]);
        failed = compare(model, solver, dca_model_find(model, DCA_KIND_DOMAIN, argv[2]));
    }
    dca_solver_free(solver);
    dca_model_free(model);
    dca_env_free(env);
    return failed;
}
