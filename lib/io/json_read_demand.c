/* json_read_demand.c - the sections that say what is wanted: demands, where they may run by rule ("on"),
 * placements one by one, amounts placed now. */
#include "io/json_read.h"

#include "base/alloc.h"
#include "base/err.h"

#include <string.h>

/* Does `name` match `pattern`, in which * stands for any text? Backtracks to the last * only. */
static bool matches(const char *pattern, const char *name)
{
    const char *star = NULL;
    const char *resume = NULL;
    while (*name != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            resume = name;
        } else if (*pattern == *name) {
            pattern++;
            name++;
        } else if (star != NULL) {
            pattern = star + 1;
            name = ++resume;
        } else {
            return false;
        }
    }
    while (*pattern == '*') {
        pattern++;
    }
    return *pattern == '\0';
}

/* What a rule says of the pools that a pattern matches. */
typedef struct rule_terms {
    double rate, cost, ceiling;
} rule_terms;

static void take_pool(dca__scenario *s, dca_index pool, const rule_terms *terms, dca_index *count)
{
    if (s->taken[pool]) {
        return; /* an earlier pattern has it */
    }
    s->taken[pool] = true;
    s->list[*count] = pool;
    s->rule[0][*count] = terms->rate;
    s->rule[1][*count] = terms->cost;
    s->rule[2][*count] = terms->ceiling;
    ++*count;
}

/* Append the pools of a pattern that are not in the list yet. */
static dca_status take_pattern(dca__scenario *s, dca_index node, const char *pattern,
                               const rule_terms *terms, dca_index *count)
{
    bool any = false;
    if (strchr(pattern, '*') == NULL) {
        dca_index pool = -1;
        const dca_status status = dca__scenario_find(s, node, DCA_KIND_POOL, pattern, &pool);
        if (status == DCA_OK) {
            take_pool(s, pool, terms, count);
        }
        return status;
    }
    for (dca_index p = 0; p < s->model->num_pools; p++) {
        if (matches(pattern, dca__model_object_name(s->model, DCA_KIND_POOL, p))) {
            any = true;
            take_pool(s, p, terms, count);
        }
    }
    return any ? DCA_OK : dca__json_wrong(&s->in, node, "pattern '%.80s' matches no pool", pattern);
}

/* A rate, or an object {rate, cost, ceiling}. */
static dca_status read_terms(const dca__scenario *s, dca_index node, rule_terms *terms)
{
    static const dca__json_field fields[] = {
        {"rate", DCA_FIELD_POSITIVE, offsetof(rule_terms, rate)},
        {"cost", DCA_FIELD_FINITE, offsetof(rule_terms, cost)},
        {"ceiling", DCA_FIELD_LIMIT, offsetof(rule_terms, ceiling)}};
    if (dca__json_at(s->in.json, node)->kind == DCA_JSON_OBJECT) {
        return dca__json_fields(&s->in, node, DCA_FIELDS(fields), terms);
    }
    return dca__json_take(&s->in, node, DCA_FIELD_POSITIVE, &terms->rate);
}

/* "on": a pattern, a list of patterns, or an object of patterns and terms. */
static dca_status take_rule(dca__scenario *s, dca_index node, dca_index *count)
{
    const dca__json *const json = s->in.json;
    const int32_t kind = dca__json_at(json, node)->kind;
    const rule_terms initial = {1.0, 0.0, INFINITY};
    dca_status status = DCA_OK;
    if (kind == DCA_JSON_STRING) {
        return take_pattern(s, node, dca__json_text(json, node), &initial, count);
    }
    if (kind != DCA_JSON_ARRAY && kind != DCA_JSON_OBJECT) {
        return dca__json_wrong(&s->in, node,
                               "found %s, expected the name of a pool or a pattern with *, a list "
                               "of these, or an object of these and rates",
                               dca__json_kind_name((dca__json_kind)kind));
    }
    for (dca_index k = dca__json_first(json, node); k >= 0 && status == DCA_OK;
         k = dca__json_at(json, k)->next) {
        const char *pattern = dca__json_key(json, k);
        rule_terms terms = initial;
        status = kind == DCA_JSON_ARRAY ? dca__json_take(&s->in, k, DCA_FIELD_NAME, &pattern)
                                        : read_terms(s, k, &terms);
        if (status == DCA_OK) {
            status = take_pattern(s, k, pattern, &terms, count);
        }
    }
    return status;
}

/* Placements on the pools of the rule where one unit fits one node. */
static dca_status place_by_rule(dca__scenario *s, dca_index node, dca_index demand)
{
    const dca_model *const model = s->model;
    const dca__demand *const wanted = &model->demands[demand];
    const bool none = wanted->use_length == 0;
    const dca_index *const resource = none ? NULL : model->uses.index + wanted->use;
    const double *const use = none ? NULL : model->uses.value + wanted->use;
    dca_index count = 0;
    dca_index fitting = 0;
    const dca_status status = take_rule(s, node, &count);
    for (dca_index k = 0; k < count; k++) {
        const dca_index pool = s->list[k];
        s->taken[pool] = false;
        if (dca__model_fits_pool(model, pool, wanted->use_length, resource, use)) {
            s->list[fitting] = pool;
            for (int c = 0; c < 3; c++) {
                s->rule[c][fitting] = s->rule[c][k];
            }
            fitting++;
        }
    }
    if (status != DCA_OK) {
        return status;
    }
    const dca_placement_columns columns = {.struct_size = sizeof columns,
                                           .n = fitting,
                                           .demand = {&demand, 0},
                                           .pool = {s->list, sizeof *s->list},
                                           .rate = {s->rule[0], sizeof *s->rule[0]},
                                           .cost = {s->rule[1], sizeof *s->rule[1]},
                                           .ceiling = {s->rule[2], sizeof *s->rule[2]}};
    return dca__model_add_placements(s->model, &columns) == DCA_OK ? DCA_OK
                                                                   : dca__fail_nomem(s->in.err);
}

/* "current" of a demand: {pool: units placed there now}. */
static dca_status read_current(dca__scenario *s, dca_index node, dca_index demand)
{
    const dca__json *const json = s->in.json;
    dca_status status = dca__json_want(&s->in, node, DCA_JSON_OBJECT);
    for (dca_index k = status == DCA_OK ? dca__json_first(json, node) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(json, k)->next) {
        dca_index pool = -1;
        double amount = 0.0;
        status = dca__scenario_find(s, k, DCA_KIND_POOL, dca__json_key(json, k), &pool);
        if (status == DCA_OK) {
            status = dca__json_take(&s->in, k, DCA_FIELD_AMOUNT, &amount);
        }
        dca_index at = status == DCA_OK ? s->model->demands[demand].first : -1;
        while (at >= 0 && s->model->placements[at].pool != pool) {
            at = s->model->placements[at].next;
        }
        if (status == DCA_OK && at < 0) {
            return dca__json_wrong(&s->in, k, "the demand has no placement on this pool");
        }
        if (status == DCA_OK) {
            s->model->placements[at].current = amount;
        }
    }
    return status;
}

/* ---- Demands ------------------------------------------------------------------------------------- */

static dca_status read_spec(dca__scenario *s, dca_index object, dca_demand_spec *spec)
{
    static const dca__json_field fields[] = {
        {"name", DCA_FIELD_NAME, offsetof(dca_demand_spec, name)},
        {"amount", DCA_FIELD_LIMIT, offsetof(dca_demand_spec, amount)},
        {"unit", DCA_FIELD_NAME, offsetof(dca_demand_spec, unit)},
        {"value", DCA_FIELD_FINITE, offsetof(dca_demand_spec, value)},
        {"min_share", DCA_FIELD_FRACTION, offsetof(dca_demand_spec, min_share)},
        {"weight", DCA_FIELD_POSITIVE, offsetof(dca_demand_spec, weight)},
        {"hard", DCA_FIELD_BOOL, offsetof(dca_demand_spec, hard)},
        {"priority", DCA_FIELD_INTEGER, offsetof(dca_demand_spec, priority)},
        {"tenant", DCA_FIELD_OTHER, 0},
        {"use", DCA_FIELD_OTHER, 0},
        {"on", DCA_FIELD_OTHER, 0},
        {"placements", DCA_FIELD_OTHER, 0},
        {"current", DCA_FIELD_OTHER, 0},
        {"repair", DCA_FIELD_OTHER, 0}};
    dca_status status = dca__json_fields(&s->in, object, DCA_FIELDS(fields), spec);
    if (status == DCA_OK) {
        status = dca__scenario_has_name(s, object, spec->name);
    }
    const dca_index amount = dca__json_member(s->in.json, object, "amount");
    if (status == DCA_OK && isinf(spec->amount) && (spec->hard || spec->min_share > 0.0)) {
        return dca__json_wrong(&s->in, amount,
                               "a demand without end cannot be hard or have a min_share");
    }
    const dca_index tenant = dca__json_member(s->in.json, object, "tenant");
    if (status == DCA_OK && tenant >= 0) {
        status = dca__scenario_named(s, tenant, DCA_KIND_DOMAIN, &spec->tenant);
        if (status == DCA_OK && s->model->domains[spec->tenant].kind != DCA_DOMAIN_TENANT) {
            return dca__json_wrong(&s->in, tenant, "domain '%.80s' is not of kind tenant",
                                   dca__json_text(s->in.json, tenant));
        }
    }
    return status;
}

static dca_status add_demand(dca__scenario *s, dca_index object)
{
    const dca__json *const json = s->in.json;
    dca_demand_spec spec = DCA_DEMAND_SPEC_INIT;
    dca_index uses = 0;
    const dca_index use = dca__json_member(json, object, "use");
    const dca_index on = dca__json_member(json, object, "on");
    const dca_index placements = dca__json_member(json, object, "placements");
    const dca_index current = dca__json_member(json, object, "current");
    const dca_index repair = dca__json_member(json, object, "repair");
    dca_status status = read_spec(s, object, &spec);
    if (status == DCA_OK && use >= 0) {
        status = dca__scenario_map(s, use, DCA_KIND_RESOURCE, DCA_FIELD_AMOUNT, s->list, s->value,
                                   &uses);
    }
    if (status != DCA_OK) {
        return status;
    }
    status = dca__model_add_demand(s->model, &spec, uses, s->list, s->value);
    if (status != DCA_OK) {
        return dca__scenario_taken(s, object, status, DCA_KIND_DEMAND, spec.name);
    }
    const dca_index demand = s->model->num_demands - 1;
    if (on >= 0) {
        status = place_by_rule(s, on, demand);
    }
    if (status == DCA_OK && placements >= 0) {
        status = dca__scenario_placements(s, placements, demand);
    }
    if (status == DCA_OK && current >= 0) {
        status = read_current(s, current, demand);
    }
    if (status == DCA_OK && repair >= 0) {
        status = dca__json_take(&s->in, repair, DCA_FIELD_WEIGHT,
                                &s->model->demands[demand].repair_weight);
    }
    return status;
}

dca_status dca__scenario_demands(dca__scenario *s, dca_index section)
{
    const dca__json *const json = s->in.json;
    dca_status status = dca__json_want(&s->in, section, DCA_JSON_ARRAY);
    for (dca_index k = status == DCA_OK ? dca__json_first(json, section) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(json, k)->next) {
        status = dca__scenario_poll(s);
        if (status == DCA_OK) {
            status = add_demand(s, k);
        }
    }
    return status;
}

/* ---- Placements one by one ----------------------------------------------------------------------- */

typedef struct placement_fields {
    const char *name;
    double rate, cost, ceiling, current;
} placement_fields;

/* "links": a list of names, each carrying 1, or an object {name: units carried}. */
static dca_status read_links(dca__scenario *s, dca_index node, dca_index *count)
{
    const dca__json *const json = s->in.json;
    if (dca__json_at(json, node)->kind == DCA_JSON_OBJECT) {
        return dca__scenario_map(s, node, DCA_KIND_LINK, DCA_FIELD_AMOUNT, s->list, s->value,
                                 count);
    }
    dca_status status = dca__json_want(&s->in, node, DCA_JSON_ARRAY);
    dca_index n = 0;
    for (dca_index k = status == DCA_OK ? dca__json_first(json, node) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(json, k)->next) {
        dca_index link = -1;
        status = dca__scenario_named(s, k, DCA_KIND_LINK, &link);
        for (dca_index other = 0; status == DCA_OK && other < n; other++) {
            if (s->list[other] == link) {
                return dca__json_wrong(&s->in, k, "link '%.80s' stands twice in the list",
                                       dca__json_text(json, k));
            }
        }
        s->list[n] = link;
        s->value[n++] = 1.0;
    }
    *count = n;
    return status;
}

static dca_status append_placement(dca__scenario *s, dca_index object, dca_index demand,
                                   dca_index pool, const placement_fields *fields)
{
    const dca_index use = dca__json_member(s->in.json, object, "use");
    const dca_index links = dca__json_member(s->in.json, object, "links");
    dca_placement_columns columns = {.struct_size = sizeof columns,
                                     .n = 1,
                                     .demand = {&demand, 0},
                                     .pool = {&pool, 0},
                                     .rate = {&fields->rate, 0},
                                     .cost = {&fields->cost, 0},
                                     .ceiling = {&fields->ceiling, 0}};
    dca_index count = 0;
    dca_nnz use_start[2] = {0, 0};
    dca_nnz link_start[2] = {0, 0};
    dca_index *resource = NULL;
    double *amount = NULL;
    dca_status status = DCA_OK;
    if (use >= 0) {
        const dca_nnz room = (dca_nnz)dca__json_at(s->in.json, use)->count + 1;
        resource = DCA_ARRAY(s->model->env, dca_index, room);
        amount = DCA_ARRAY(s->model->env, double, room);
        status = resource == NULL || amount == NULL
                     ? dca__fail_nomem(s->in.err)
                     : dca__scenario_map(s, use, DCA_KIND_RESOURCE, DCA_FIELD_AMOUNT, resource,
                                         amount, &count);
        use_start[1] = count;
        columns.use = (dca_sparse){use_start, resource, amount};
    }
    if (status == DCA_OK && links >= 0) {
        status = read_links(s, links, &count);
        link_start[1] = count;
        columns.link = (dca_sparse){link_start, s->list, s->value};
    }
    if (status == DCA_OK && dca__model_add_placements(s->model, &columns) != DCA_OK) {
        status = dca__fail_nomem(s->in.err);
    }
    dca__free(s->model->env, resource);
    dca__free(s->model->env, amount);
    return status;
}

/* One placement; demand -1: the object names it. */
static dca_status add_placement(dca__scenario *s, dca_index object, dca_index demand)
{
    static const dca__json_field known[] = {
        {"name", DCA_FIELD_NAME, offsetof(placement_fields, name)},
        {"rate", DCA_FIELD_POSITIVE, offsetof(placement_fields, rate)},
        {"cost", DCA_FIELD_FINITE, offsetof(placement_fields, cost)},
        {"ceiling", DCA_FIELD_LIMIT, offsetof(placement_fields, ceiling)},
        {"current", DCA_FIELD_AMOUNT, offsetof(placement_fields, current)},
        {"pool", DCA_FIELD_OTHER, 0},
        {"use", DCA_FIELD_OTHER, 0},
        {"links", DCA_FIELD_OTHER, 0},
        {"demand", DCA_FIELD_OTHER, 0}};
    const size_t allowed = sizeof known / sizeof *known - (demand >= 0); /* demand: outside only */
    const dca__json *const json = s->in.json;
    placement_fields fields = {NULL, 1.0, 0.0, INFINITY, 0.0};
    dca_index pool = -1;
    dca_status status = dca__json_fields(&s->in, object, known, allowed, &fields);
    const dca_index on = status == DCA_OK ? dca__json_member(json, object, "pool") : -1;
    if (on >= 0) {
        status = dca__scenario_named(s, on, DCA_KIND_POOL, &pool);
    }
    if (status == DCA_OK && demand < 0) {
        const dca_index of = dca__json_member(json, object, "demand");
        status = of < 0 ? dca__json_wrong(&s->in, object, "there is no 'demand', expected its name")
                        : dca__scenario_named(s, of, DCA_KIND_DEMAND, &demand);
    }
    if (status == DCA_OK) {
        status = append_placement(s, object, demand, pool, &fields);
    }
    if (status != DCA_OK) {
        return status;
    }
    const dca_index k = s->model->num_placements - 1;
    s->model->placements[k].current = fields.current;
    if (fields.name != NULL) {
        status = dca__model_name_placement(s->model, k, fields.name);
        if (status != DCA_OK) {
            return dca__scenario_taken(s, object, status, DCA_KIND_PLACEMENT, fields.name);
        }
    }
    return DCA_OK;
}

dca_status dca__scenario_placements(dca__scenario *s, dca_index section, dca_index demand)
{
    const dca__json *const json = s->in.json;
    dca_status status = dca__json_want(&s->in, section, DCA_JSON_ARRAY);
    for (dca_index k = status == DCA_OK ? dca__json_first(json, section) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(json, k)->next) {
        status = dca__scenario_poll(s);
        if (status == DCA_OK) {
            status = add_placement(s, k, demand);
        }
    }
    return status;
}
