/* case_edit.c - the edits of common cases, and the refusals that they may have to meet. */
#include "case.h"

#include <math.h>
#include <string.h>

enum { CASE_RESOURCES = 16, CASE_LINKS = 8 };

/* ---- Set -------------------------------------------------------------------------------------- */

typedef dca_status (*set_number)(dca_model *, dca_index, double);
typedef dca_status (*set_by_object)(dca_model *, dca_index, dca_index, double);

static const struct {
    const char *what;
    dca_kind kind;
    set_number call;
} numbers[] = {
    {"pool count", DCA_KIND_POOL, dca_model_set_pool_count},
    {"pool idle_watts", DCA_KIND_POOL, dca_model_set_pool_idle_watts},
    {"pool price", DCA_KIND_POOL, dca_model_set_pool_price},
    {"domain factor", DCA_KIND_DOMAIN, dca_model_set_domain_factor},
    {"domain energy_price", DCA_KIND_DOMAIN, dca_model_set_domain_energy_price},
    {"link capacity", DCA_KIND_LINK, dca_model_set_link_capacity},
    {"link price", DCA_KIND_LINK, dca_model_set_link_price},
    {"demand amount", DCA_KIND_DEMAND, dca_model_set_demand_amount},
    {"demand value", DCA_KIND_DEMAND, dca_model_set_demand_value},
    {"demand min_share", DCA_KIND_DEMAND, dca_model_set_demand_min_share},
    {"demand weight", DCA_KIND_DEMAND, dca_model_set_demand_weight},
    {"placement cost", DCA_KIND_PLACEMENT, dca_model_set_placement_cost},
    {"placement rate", DCA_KIND_PLACEMENT, dca_model_set_placement_rate},
    {"placement ceiling", DCA_KIND_PLACEMENT, dca_model_set_placement_ceiling},
};

static const struct {
    const char *what;
    dca_kind kind;
    const char *by; /* key of the other object */
    dca_kind other;
    set_by_object call;
} by_objects[] = {
    {"pool capacity", DCA_KIND_POOL, "resource", DCA_KIND_RESOURCE, dca_model_set_pool_capacity},
    {"pool watts", DCA_KIND_POOL, "resource", DCA_KIND_RESOURCE, dca_model_set_pool_watts},
    {"pool share", DCA_KIND_POOL, "in", DCA_KIND_DOMAIN, dca_model_set_pool_domain},
    {"domain limit", DCA_KIND_DOMAIN, "resource", DCA_KIND_RESOURCE, dca_model_set_domain_limit},
    {"domain share", DCA_KIND_DOMAIN, "in", DCA_KIND_DOMAIN, dca_model_set_domain_parent},
};

static const char *const repairs[] = {"pool repair", "domain repair", "link repair",
                                      "demand repair"};

static dca_index find(const case_run *run, dca_kind kind, const char *name)
{
    return name == NULL ? -1 : dca_model_find(run->model, kind, name);
}

static bool set_hard(case_run *run, const json_t *edit, const char *of, dca_status *status)
{
    const json_t *to = json_object_get(edit, "to");
    if (!json_is_boolean(to) || !only(run, edit, "set of to refused", "set demand hard"))
        return complain(run, "hard is neither true nor false");
    *status =
        dca_model_set_demand_hard(run->model, find(run, DCA_KIND_DEMAND, of), json_is_true(to));
    return true;
}

static bool set_repair(case_run *run, const json_t *edit, const char *what, double to,
                       dca_status *status)
{
    char kind[16] = {0};
    dca_kind held;
    memcpy(kind, what, strcspn(what, " "));
    if (!only(run, edit, "set of resource to refused", what) || !kind_of(run, kind, &held))
        return false;
    const char *resource = word_at(edit, "resource");
    *status = dca_model_set_repair_weight(
        run->model, held, find(run, held, word_at(edit, "of")),
        resource == NULL ? -1 : find(run, DCA_KIND_RESOURCE, resource), to);
    return true;
}

static bool set_current(case_run *run, const char *of, double to, dca_status *status)
{
    const dca_index at = find(run, DCA_KIND_PLACEMENT, of);
    *status = dca_model_set_current(run->model, 1, &at, (dca_doubles){&to, sizeof to});
    return true;
}

static bool set_term_weight(case_run *run, const json_t *edit, const char *of, double to,
                            dca_status *status)
{
    const json_t *term = json_object_get(edit, "term");
    if (!json_is_integer(term) || !only(run, edit, "set of term to refused", "set tier weight"))
        return complain(run, "the weight of no term");
    *status = dca_model_set_term_weight(run->model, find(run, DCA_KIND_TIER, of),
                                        (dca_index)json_integer_value(term), to);
    return true;
}

static bool edit_set(case_run *run, const json_t *edit, dca_status *status)
{
    const char *what = word_at(edit, "set");
    const char *of = word_at(edit, "of");
    if (what == NULL || of == NULL)
        return complain(run, "set of nothing");
    if (strcmp(what, "demand hard") == 0)
        return set_hard(run, edit, of, status);
    double to = NAN;
    if (!number_of(run, json_object_get(edit, "to"), &to))
        return false;
    for (size_t k = 0; k < sizeof by_objects / sizeof *by_objects; k++) {
        if (strcmp(what, by_objects[k].what) == 0) {
            const char *by = word_at(edit, by_objects[k].by);
            *status = by_objects[k].call(run->model, find(run, by_objects[k].kind, of),
                                         find(run, by_objects[k].other, by), to);
            return only(run, edit,
                        by_objects[k].other == DCA_KIND_DOMAIN ? "set of in to refused"
                                                               : "set of resource to refused",
                        what);
        }
    }
    for (size_t k = 0; k < sizeof repairs / sizeof *repairs; k++) {
        if (strcmp(what, repairs[k]) == 0)
            return set_repair(run, edit, what, to, status);
    }
    if (strcmp(what, "tier weight") == 0)
        return set_term_weight(run, edit, of, to, status);
    if (!only(run, edit, "set of to refused", what))
        return false;
    if (strcmp(what, "placement current") == 0)
        return set_current(run, of, to, status);
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        if (strcmp(what, numbers[k].what) == 0) {
            *status = numbers[k].call(run->model, find(run, numbers[k].kind, of), to);
            return true;
        }
    }
    return complain(run, "set '%s' is unknown", what);
}

/* ---- Add -------------------------------------------------------------------------------------- */

/* Amounts by resource of a key into row[CASE_RESOURCES], NULL where the key is missing. */
static bool by_resource(case_run *run, const json_t *edit, const char *key, double *row,
                        const double **out)
{
    json_t *given = json_object_get(edit, key);
    memset(row, 0, CASE_RESOURCES * sizeof *row);
    const char *name;
    json_t *value;
    json_object_foreach(given, name, value)
    {
        const dca_index at = find(run, DCA_KIND_RESOURCE, name);
        if (at < 0 || at >= CASE_RESOURCES || !number_of(run, value, &row[at]))
            return complain(run, "%s of resource '%s'", key, name);
    }
    *out = given == NULL ? NULL : row;
    return true;
}

static bool add_pool(case_run *run, const json_t *edit, dca_status *status)
{
    double capacity[CASE_RESOURCES];
    double watts[CASE_RESOURCES];
    dca_pool_spec spec = DCA_POOL_SPEC_INIT;
    spec.name = word_at(edit, "name");
    spec.elastic = json_is_true(json_object_get(edit, "elastic"));
    if (!only(run, edit, "add name count capacity watts idle_watts price elastic refused",
              "pool") ||
        !number_at(run, edit, "count", &spec.count) ||
        !number_at(run, edit, "idle_watts", &spec.idle_watts) ||
        !number_at(run, edit, "price", &spec.price) ||
        !by_resource(run, edit, "capacity", capacity, &spec.capacity) ||
        !by_resource(run, edit, "watts", watts, &spec.watts))
        return false;
    *status = dca_model_add_pools(run->model, &spec, sizeof spec, 1, NULL);
    return true;
}

static bool add_domain(case_run *run, const json_t *edit, dca_status *status)
{
    static const char *const words[] = {"power", "failure", "network", "tenant"};
    dca_domain_spec spec = DCA_DOMAIN_SPEC_INIT;
    spec.name = word_at(edit, "name");
    spec.kind = -1;
    for (int k = 0; k < 4; k++) {
        const char *kind = word_at(edit, "kind");
        if (kind != NULL && strcmp(kind, words[k]) == 0)
            spec.kind = k;
    }
    if (!only(run, edit, "add name kind factor energy_price limits refused", "domain") ||
        !number_at(run, edit, "factor", &spec.factor) ||
        !number_at(run, edit, "energy_price", &spec.energy_price))
        return false;
    dca_index at;
    *status = dca_model_add_domains(run->model, &spec, sizeof spec, 1, &at);
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(edit, "limits"), name, value)
    {
        double limit = NAN;
        if (!number_of(run, value, &limit))
            return false;
        if (*status == DCA_OK)
            *status = dca_model_set_domain_limit(run->model, at, find(run, DCA_KIND_RESOURCE, name),
                                                 limit);
    }
    return true;
}

static bool add_link(case_run *run, const json_t *edit, dca_status *status)
{
    dca_link_spec spec = DCA_LINK_SPEC_INIT;
    spec.name = word_at(edit, "name");
    spec.from = word_at(edit, "from");
    spec.to = word_at(edit, "to");
    spec.unit = word_at(edit, "unit");
    if (!only(run, edit, "add name from to unit capacity price refused", "link") ||
        !number_at(run, edit, "capacity", &spec.capacity) ||
        !number_at(run, edit, "price", &spec.price))
        return false;
    *status = dca_model_add_links(run->model, &spec, sizeof spec, 1, NULL);
    return true;
}

static bool add_demand(case_run *run, const json_t *edit, dca_status *status)
{
    static const char keys[] = "add name amount use value tenant min_share weight hard priority "
                               "unit refused";
    double use[CASE_RESOURCES];
    dca_demand_spec spec = DCA_DEMAND_SPEC_INIT;
    spec.name = word_at(edit, "name");
    spec.unit = word_at(edit, "unit");
    spec.tenant = find(run, DCA_KIND_DOMAIN, word_at(edit, "tenant"));
    spec.hard = json_is_true(json_object_get(edit, "hard"));
    spec.priority = (int32_t)json_integer_value(json_object_get(edit, "priority"));
    if (!only(run, edit, keys, "demand") || !number_at(run, edit, "amount", &spec.amount) ||
        !number_at(run, edit, "value", &spec.value) ||
        !number_at(run, edit, "min_share", &spec.min_share) ||
        !number_at(run, edit, "weight", &spec.weight) ||
        !by_resource(run, edit, "use", use, &spec.use))
        return false;
    *status = dca_model_add_demands(run->model, &spec, sizeof spec, 1, NULL);
    return true;
}

static bool add_placement(case_run *run, const json_t *edit, dca_status *status)
{
    double use[CASE_RESOURCES];
    dca_index link[CASE_LINKS];
    double carried[CASE_LINKS];
    dca_placement_spec spec = DCA_PLACEMENT_SPEC_INIT;
    spec.name = word_at(edit, "name");
    spec.demand = find(run, DCA_KIND_DEMAND, word_at(edit, "demand"));
    spec.pool = find(run, DCA_KIND_POOL, word_at(edit, "pool"));
    if (!only(run, edit, "add name demand pool rate use cost ceiling links refused", "placement") ||
        !number_at(run, edit, "rate", &spec.rate) || !number_at(run, edit, "cost", &spec.cost) ||
        !number_at(run, edit, "ceiling", &spec.ceiling) ||
        !by_resource(run, edit, "use", use, &spec.use))
        return false;
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(edit, "links"), name, value)
    {
        if (spec.num_links == CASE_LINKS || !number_of(run, value, &carried[spec.num_links]))
            return complain(run, "links of a placement");
        link[spec.num_links++] = find(run, DCA_KIND_LINK, name);
    }
    spec.link = link;
    spec.link_use = carried;
    *status = dca_model_add_placements(run->model, &spec, sizeof spec, 1, NULL);
    return true;
}

static bool add_term(case_run *run, dca_index tier, const json_t *term, dca_status *status)
{
    static const char *const words[] = {"cost",     "energy", "unmet", "utilisation",
                                        "movement", "value",  "share"};
    dca_term_spec spec = DCA_TERM_SPEC_INIT;
    spec.kind = -1;
    for (int k = 0; k < 7; k++) {
        const char *kind = word_at(term, "kind");
        if (kind != NULL && strcmp(kind, words[k]) == 0)
            spec.kind = k;
    }
    if (!only(run, term, "kind weight domain resource priority", "term") ||
        !number_at(run, term, "weight", &spec.weight))
        return false;
    spec.domain = find(run, DCA_KIND_DOMAIN, word_at(term, "domain"));
    spec.resource = find(run, DCA_KIND_RESOURCE, word_at(term, "resource"));
    const json_t *priority = json_object_get(term, "priority");
    if (priority != NULL)
        spec.priority = (int32_t)json_integer_value(priority);
    *status = dca_model_add_term(run->model, tier, &spec, NULL);
    return true;
}

static bool add_tier(case_run *run, const json_t *edit, dca_status *status)
{
    dca_index tier;
    if (!only(run, edit, "add name terms refused", "tier"))
        return false;
    *status = dca_model_add_tier(run->model, word_at(edit, "name"), &tier);
    size_t k;
    json_t *term;
    json_array_foreach(json_object_get(edit, "terms"), k, term)
    {
        if (*status == DCA_OK && !add_term(run, tier, term, status))
            return false;
    }
    return true;
}

static bool edit_add(case_run *run, const json_t *edit, dca_status *status)
{
    dca_kind kind;
    if (!kind_of(run, word_at(edit, "add"), &kind))
        return false;
    switch (kind) {
    case DCA_KIND_POOL:
        return add_pool(run, edit, status);
    case DCA_KIND_DOMAIN:
        return add_domain(run, edit, status);
    case DCA_KIND_LINK:
        return add_link(run, edit, status);
    case DCA_KIND_DEMAND:
        return add_demand(run, edit, status);
    case DCA_KIND_PLACEMENT:
        return add_placement(run, edit, status);
    case DCA_KIND_TIER:
        return add_tier(run, edit, status);
    case DCA_KIND_RESOURCE:
        *status =
            dca_model_add_resource(run->model, word_at(edit, "name"), word_at(edit, "unit"), NULL);
        return only(run, edit, "add name unit refused", "resource");
    default:
        return complain(run, "add '%s' is unknown", word_at(edit, "add"));
    }
}

/* ---- The rest --------------------------------------------------------------------------------- */

static bool edit_remove(case_run *run, const json_t *edit, dca_status *status)
{
    dca_kind kind;
    if (!only(run, edit, "remove name refused", "remove") ||
        !kind_of(run, word_at(edit, "remove"), &kind))
        return false;
    *status = dca_model_remove(run->model, kind, find(run, kind, word_at(edit, "name")));
    return true;
}

static bool edit_place(case_run *run, const json_t *edit, dca_status *status)
{
    dca_index pools[CASE_RESOURCES];
    double rates[CASE_RESOURCES];
    dca_index n = 0;
    const json_t *on = json_object_get(edit, "on");
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)on, name, value)
    {
        if (n == CASE_RESOURCES || !number_of(run, value, &rates[n]))
            return complain(run, "place on '%s'", name);
        pools[n++] = find(run, DCA_KIND_POOL, name);
    }
    const dca_index demand = find(run, DCA_KIND_DEMAND, word_at(edit, "place"));
    *status = dca_model_place(run->model, demand, on == NULL ? -1 : n, on == NULL ? NULL : pools,
                              on == NULL ? NULL : rates, NULL);
    return only(run, edit, "place on refused", "place");
}

static bool edit_do(case_run *run, const json_t *edit, dca_status *status)
{
    const char *what = word_at(edit, "do");
    if (what == NULL || !only(run, edit, "do", "do"))
        return complain(run, "do nothing");
    *status = DCA_OK;
    if (strcmp(what, "keep placements") == 0)
        *status = dca_model_set_current_from(run->model, run->result);
    else if (strcmp(what, "compact") == 0)
        *status = dca_model_compact(run->model, NULL, NULL, NULL, NULL, NULL);
    else if (strcmp(what, "clear tiers") == 0)
        *status = dca_model_clear_tiers(run->model);
    else if (strcmp(what, "reset") == 0)
        dca_solver_reset(run->solver);
    else
        return complain(run, "do '%s' is unknown", what);
    return true;
}

bool case_edit(case_run *run, const json_t *edit)
{
    static const struct {
        const char *key;
        bool (*call)(case_run *, const json_t *, dca_status *);
    } acts[] = {{"set", edit_set},
                {"add", edit_add},
                {"remove", edit_remove},
                {"place", edit_place},
                {"do", edit_do}};
    for (size_t k = 0; k < sizeof acts / sizeof *acts; k++) {
        if (word_at(edit, acts[k].key) == NULL)
            continue;
        dca_status status = DCA_E_INTERNAL;
        if (!acts[k].call(run, edit, &status))
            return false;
        dca_error error = DCA_ERROR_INIT;
        dca_model_error(run->model, &error);
        const json_t *refusal = json_object_get(edit, "refused");
        if (refusal != NULL)
            return case_refused(run, refusal, status, &error);
        return status == DCA_OK || complain(run, "%s: %s", acts[k].key, error.text);
    }
    return complain(run, "an edit that does nothing");
}

bool case_refused(case_run *run, const json_t *refusal, dca_status status, const dca_error *error)
{
    static const char *const words[] = {"ok", "nomem",  "arg",      "state",      "abi",
                                        "io", "syntax", "internal", "unsupported"};
    if (!only(run, refusal, "status about name line column says", "refusal"))
        return false;
    const char *wanted = word_at(refusal, "status");
    if (status == DCA_OK || wanted == NULL || strcmp(words[-status], wanted) != 0)
        return complain(run, "status %s: %s", words[-status], error->text);
    const char *about = word_at(refusal, "about");
    if (about != NULL && strcmp(about, kind_word(error->kind)) != 0)
        return complain(run, "about %s: %s", kind_word(error->kind), error->text);
    const char *name = word_at(refusal, "name");
    const char *culprit =
        name == NULL ? NULL
                     : dca_model_object_name(run->model, (dca_kind)error->kind, error->index);
    if (name != NULL && (culprit == NULL || strcmp(name, culprit) != 0))
        return complain(run, "about '%s': %s", culprit == NULL ? "" : culprit, error->text);
    const json_t *line = json_object_get(refusal, "line");
    const json_t *column = json_object_get(refusal, "column");
    if ((line != NULL && json_integer_value(line) != error->line) ||
        (column != NULL && json_integer_value(column) != error->column))
        return complain(run, "line %d, column %d: %s", (int)error->line, (int)error->column,
                        error->text);
    const char *says = word_at(refusal, "says");
    return says == NULL || strstr(error->text, says) != NULL ||
           complain(run, "'%s' is not in: %s", says, error->text);
}
