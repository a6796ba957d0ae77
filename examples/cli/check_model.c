/* check_model.c - what looks wrong in a scenario: demands that fit nowhere or want nothing, placements
 * on nodes that are too small, resources that nobody has or nobody uses, empty pools, limits that look
 * like another unit. One pass over every object. */
#include "findings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct survey {
    const dca_model *model;
    cli_findings *all;
    dca_index resources;
    bool *offered;        /* [resources] some pool has it */
    bool *wanted;         /* [resources] some demand or placement uses it */
    dca_index *ways;      /* [demands] placements that fit */
    dca_index *too_large; /* [demands] placements that do not */
    double least_idle;    /* smallest idle watts of a pool that has any */
} survey;

static const char *name_of(const survey *s, dca_kind kind, dca_index index)
{
    const char *const name = dca_model_object_name(s->model, kind, index);
    return name != NULL ? name : "?";
}

static void say(const survey *s, dca_kind kind, dca_index index, const char *remark)
{
    static const struct {
        dca_kind kind;
        const char *word;
    } words[] = {{DCA_KIND_RESOURCE, "resource"},
                 {DCA_KIND_POOL, "pool"},
                 {DCA_KIND_DOMAIN, "domain"},
                 {DCA_KIND_LINK, "link"},
                 {DCA_KIND_DEMAND, "demand"}};
    char line[400];
    const char *word = "";
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        word = words[k].kind == kind ? words[k].word : word;
    }
    snprintf(line, sizeof line, "%s %.120s: %s", word, name_of(s, kind, index), remark);
    findings_add(s->all, line);
}

static void check_pools(survey *s)
{
    for (dca_index p = 0; p < dca_model_count(s->model, DCA_KIND_POOL); p++) {
        dca_pool_spec pool = DCA_POOL_SPEC_INIT;
        if (!dca_model_exists(s->model, DCA_KIND_POOL, p) ||
            dca_model_get_pool(s->model, p, &pool) != DCA_OK) {
            continue;
        }
        bool any = false;
        for (dca_index r = 1; r < s->resources && pool.capacity != NULL; r++) {
            any = any || pool.capacity[r] > 0.0;
            s->offered[r] = s->offered[r] || (pool.capacity[r] > 0.0 && pool.count > 0.0);
        }
        if (pool.count == 0.0) {
            say(s, DCA_KIND_POOL, p, "has no nodes");
        } else if (!any) {
            say(s, DCA_KIND_POOL, p, "has none of any resource");
        }
        for (dca_index r = 1; r < s->resources && pool.watts != NULL; r++) {
            if (pool.watts[r] > 0.0 && (pool.capacity == NULL || pool.capacity[r] == 0.0)) {
                say(s, DCA_KIND_POOL, p, "draws watts for a resource that it does not have");
            }
        }
        if (pool.idle_watts > 0.0) {
            s->least_idle = fmin(s->least_idle, pool.idle_watts);
        }
    }
}

/* Does one unit placed fit one node of its pool? */
static bool fits(const survey *s, const dca_placement_spec *placement, const double *use)
{
    dca_pool_spec pool = DCA_POOL_SPEC_INIT;
    if (placement->pool < 0 || use == NULL) {
        return true;
    }
    if (dca_model_get_pool(s->model, placement->pool, &pool) != DCA_OK) {
        return false;
    }
    bool right = pool.count > 0.0;
    for (dca_index r = 1; r < s->resources; r++) {
        const double capacity = pool.capacity != NULL ? pool.capacity[r] : 0.0;
        right = right && use[r] <= capacity * (1.0 + 1e-9);
    }
    return right;
}

static void survey_placements(survey *s)
{
    for (dca_index k = 0; k < dca_model_count(s->model, DCA_KIND_PLACEMENT); k++) {
        dca_placement_spec placement = DCA_PLACEMENT_SPEC_INIT;
        dca_demand_spec demand = DCA_DEMAND_SPEC_INIT;
        if (!dca_model_exists(s->model, DCA_KIND_PLACEMENT, k) ||
            dca_model_get_placement(s->model, k, &placement) != DCA_OK ||
            dca_model_get_demand(s->model, placement.demand, &demand) != DCA_OK) {
            continue;
        }
        const double *const use = placement.use != NULL ? placement.use : demand.use;
        for (dca_index r = 0; r < s->resources && use != NULL; r++) {
            s->wanted[r] = s->wanted[r] || use[r] > 0.0;
        }
        if (fits(s, &placement, use)) {
            s->ways[placement.demand]++;
        } else {
            s->too_large[placement.demand]++;
        }
    }
}

static void check_demands(const survey *s)
{
    for (dca_index k = 0; k < dca_model_count(s->model, DCA_KIND_DEMAND); k++) {
        dca_demand_spec demand = DCA_DEMAND_SPEC_INIT;
        if (!dca_model_exists(s->model, DCA_KIND_DEMAND, k) ||
            dca_model_get_demand(s->model, k, &demand) != DCA_OK) {
            continue;
        }
        if (demand.amount == 0.0) {
            say(s, DCA_KIND_DEMAND, k, "wants nothing");
        }
        if (s->ways[k] == 0 && s->too_large[k] > 0) {
            say(s, DCA_KIND_DEMAND, k, "one unit fits no node of the pools where it may run");
        } else if (s->ways[k] == 0) {
            say(s, DCA_KIND_DEMAND, k,
                "fits nowhere: no node takes one unit, or nothing says where it may run");
        } else if (s->too_large[k] > 0) {
            say(s, DCA_KIND_DEMAND, k, "one unit does not fit a node of some of its placements");
        }
        for (dca_index r = 1; r < s->resources && demand.use != NULL; r++) {
            if (demand.use[r] > 0.0 && !s->offered[r]) {
                char line[200];
                snprintf(line, sizeof line, "uses %.100s, which no pool has",
                         name_of(s, DCA_KIND_RESOURCE, r));
                say(s, DCA_KIND_DEMAND, k, line);
            }
        }
    }
}

static void check_limits(const survey *s)
{
    for (dca_index r = 1; r < s->resources; r++) {
        if (!s->wanted[r] && s->offered[r]) {
            say(s, DCA_KIND_RESOURCE, r, "no demand uses it");
        }
    }
    for (dca_index d = 0; d < dca_model_count(s->model, DCA_KIND_DOMAIN); d++) {
        for (dca_index r = 0; r < s->resources; r++) {
            double limit = INFINITY;
            if (!dca_model_exists(s->model, DCA_KIND_DOMAIN, d) ||
                dca_model_get_limit(s->model, DCA_KIND_DOMAIN, d, r, &limit) != DCA_OK ||
                !isfinite(limit)) {
                continue;
            }
            if (limit == 0.0) {
                char line[200];
                snprintf(line, sizeof line, "its limit on %.100s is 0",
                         name_of(s, DCA_KIND_RESOURCE, r));
                say(s, DCA_KIND_DOMAIN, d, line);
            } else if (r == DCA_POWER && limit < s->least_idle && isfinite(s->least_idle)) {
                say(s, DCA_KIND_DOMAIN, d,
                    "its limit on power is below the idle watts of one node: power is in W");
            }
        }
    }
    for (dca_index l = 0; l < dca_model_count(s->model, DCA_KIND_LINK); l++) {
        double capacity = INFINITY;
        if (dca_model_exists(s->model, DCA_KIND_LINK, l) &&
            dca_model_get_limit(s->model, DCA_KIND_LINK, l, -1, &capacity) == DCA_OK &&
            capacity == 0.0) {
            say(s, DCA_KIND_LINK, l, "its capacity is 0");
        }
    }
}

/* What only shows when the parts are put together, as shares that do not add up. */
static void check_whole(const cli_run *run, dca_model *model, cli_findings *all)
{
    dca_error error = DCA_ERROR_INIT;
    dca_solver *solver = NULL;
    dca_lp *lp = NULL;
    if (dca_solver_new_model(model, run->options, &solver, &error) == DCA_OK &&
        dca_solver_compiled(solver, run->control, &lp) == DCA_E_ARG) {
        dca_solver_error(solver, &error);
        findings_add(all, error.text);
    }
    dca_lp_free(lp);
    dca_solver_free(solver);
}

static void begin(const cli_run *run, const dca_model *model, cli_findings *all)
{
    static const struct {
        const char *key;
        dca_kind kind;
    } counts[] = {{"resources", DCA_KIND_RESOURCE}, {"pools", DCA_KIND_POOL},
                  {"domains", DCA_KIND_DOMAIN},     {"links", DCA_KIND_LINK},
                  {"demands", DCA_KIND_DEMAND},     {"placements", DCA_KIND_PLACEMENT},
                  {"tiers", DCA_KIND_TIER}};
    const char *const name = dca_model_name(model);
    if (all->to_json) {
        json_open(&all->json, NULL, '{');
        json_string(&all->json, "status", "done");
        json_string(&all->json, "name", name);
    } else {
        printf("%s: ", name != NULL ? name : run->args->file[0]);
    }
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
        const dca_index count = dca_model_count(model, counts[k].kind);
        if (all->to_json) {
            json_integer(&all->json, counts[k].key, count);
        } else {
            printf("%s%lld %s", k > 0 ? ", " : "", (long long)count, counts[k].key);
        }
    }
    if (all->to_json) {
        json_open(&all->json, "findings", '[');
    } else {
        printf("\n");
    }
}

int check_model(const cli_run *run, dca_model *model)
{
    cli_findings all = {.to_json = run->args->json};
    const size_t resources = (size_t)dca_model_count(model, DCA_KIND_RESOURCE);
    const size_t demands = (size_t)dca_model_count(model, DCA_KIND_DEMAND);
    survey s = {.model = model, .all = &all, .least_idle = INFINITY};
    s.resources = (dca_index)resources;
    s.offered = calloc(resources + 1, sizeof *s.offered);
    s.wanted = calloc(resources + 1, sizeof *s.wanted);
    s.ways = calloc(demands + 1, sizeof *s.ways);
    s.too_large = calloc(demands + 1, sizeof *s.too_large);
    int status = EXIT_MEMORY;
    if (s.offered != NULL && s.wanted != NULL && s.ways != NULL && s.too_large != NULL) {
        begin(run, model, &all);
        check_pools(&s);
        survey_placements(&s);
        check_demands(&s);
        check_limits(&s);
        check_whole(run, model, &all);
        status = findings_close(&all);
    } else {
        fputs("dcalloc: out of memory\n", stderr);
    }
    free(s.offered);
    free(s.wanted);
    free(s.ways);
    free(s.too_large);
    return status;
}
