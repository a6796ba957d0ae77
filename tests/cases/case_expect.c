/* case_expect.c - what a common case expects of an answer. */
#include "case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Numbers agree within this times max(1, |expected|). */
static const double case_tolerance = 1e-7;
enum { CASE_OBJECTS = 64 };

bool near(case_run *run, double found, const json_t *expected, const char *what, const char *of)
{
    double wanted = NAN;
    if (!number_of(run, expected, &wanted))
        return false;
    return found == wanted || fabs(found - wanted) <= case_tolerance * fmax(1.0, fabs(wanted)) ||
           complain(run, "%s %s is %.17g, expected %.17g", what, of, found, wanted);
}

/* ---- Numbers by name --------------------------------------------------------------------------- */

static dca_status get_nodes_on(const dca_result *result, dca_index at, dca_index n, double *out)
{
    return dca_result_get_pools(result, at, n, out, NULL, NULL);
}

static dca_status get_pool_kilowatts(const dca_result *result, dca_index at, dca_index n,
                                     double *out)
{
    return dca_result_get_pools(result, at, n, NULL, NULL, out);
}

static dca_status get_domain_kilowatts(const dca_result *result, dca_index at, dca_index n,
                                       double *out)
{
    return dca_result_get_domains(result, at, n, NULL, out);
}

static dca_status get_domain_costs(const dca_result *result, dca_index at, dca_index n, double *out)
{
    return dca_result_get_domains(result, at, n, out, NULL);
}

static const struct {
    const char *key;
    dca_kind kind;
    dca_status (*get)(const dca_result *, dca_index, dca_index, double *);
} vectors[] = {
    {"served", DCA_KIND_DEMAND, dca_result_get_served},
    {"unmet", DCA_KIND_DEMAND, dca_result_get_unmet},
    {"placed", DCA_KIND_PLACEMENT, dca_result_get_placed},
    {"nodes_on", DCA_KIND_POOL, get_nodes_on},
    {"pool_kilowatts", DCA_KIND_POOL, get_pool_kilowatts},
    {"domain_kilowatts", DCA_KIND_DOMAIN, get_domain_kilowatts},
    {"domain_costs", DCA_KIND_DOMAIN, get_domain_costs},
};

static bool expect_vectors(case_run *run, const json_t *expect)
{
    for (size_t k = 0; k < sizeof vectors / sizeof *vectors; k++) {
        const char *name;
        json_t *value;
        json_object_foreach(json_object_get(expect, vectors[k].key), name, value)
        {
            double found = NAN;
            const dca_index at = dca_model_find(run->model, vectors[k].kind, name);
            if (vectors[k].get(run->result, at, 1, &found) != DCA_OK)
                return complain(run, "there is no %s of '%s'", vectors[k].key, name);
            if (!near(run, found, value, vectors[k].key, name))
                return false;
        }
    }
    return true;
}

static bool expect_tiers(case_run *run, json_t *tiers)
{
    if (tiers == NULL)
        return true;
    dca_index k = 0;
    const char *name;
    json_t *value;
    json_object_foreach(tiers, name, value)
    {
        double found = NAN;
        const char *held = dca_result_tier_name(run->result, k);
        if (held == NULL || strcmp(held, name) != 0)
            return complain(run, "tier %d is '%s', expected '%s'", (int)k, held, name);
        if (dca_result_tier_value(run->result, k, &found) != DCA_OK ||
            !near(run, found, value, "tier", name))
            return complain(run, "tier '%s' has no value", name);
        k++;
    }
    return k == dca_result_num_tiers(run->result) || complain(run, "there are more tiers");
}

static bool expect_totals(case_run *run, const json_t *expect)
{
    const json_t *objective = json_object_get(expect, "objective");
    const json_t *cost = json_object_get(expect, "cost");
    const json_t *energy = json_object_get(expect, "energy");
    double total = NAN;
    double drawn = NAN;
    if ((cost != NULL || energy != NULL) &&
        dca_result_totals(run->result, &total, &drawn) != DCA_OK)
        return complain(run, "there are no totals");
    return (objective == NULL ||
            near(run, dca_result_objective(run->result), objective, "objective", "")) &&
           (cost == NULL || near(run, total, cost, "cost", "")) &&
           (energy == NULL || near(run, drawn, energy, "energy", ""));
}

/* ---- Limits ------------------------------------------------------------------------------------ */

/* Which limit a JSON object names; `keys` is what else may stand in it. */
static bool where(case_run *run, const json_t *given, const char *keys, dca_limit *out)
{
    dca_kind kind;
    const char *of = word_at(given, "of");
    const char *resource = word_at(given, "resource");
    if (!only(run, given, keys, "limit") || !kind_of(run, word_at(given, "kind"), &kind))
        return false;
    *out = (dca_limit){.struct_size = sizeof *out, .kind = (int32_t)kind, .resource = -1};
    out->index = of == NULL ? -1 : dca_model_find(run->model, kind, of);
    if (resource != NULL)
        out->resource = dca_model_find(run->model, DCA_KIND_RESOURCE, resource);
    if (out->index < 0 || (resource != NULL && out->resource < 0))
        return complain(run, "there is no limit of '%s'", of == NULL ? "" : of);
    return true;
}

static bool read_limit(case_run *run, const json_t *given, const char *keys, dca_limit *out)
{
    if (!where(run, given, keys, out))
        return false;
    const dca_limit at = *out;
    return dca_result_limit(run->result, (dca_kind)at.kind, at.index, at.resource, out) == DCA_OK ||
           complain(run, "the answer has no limit of '%s'", word_at(given, "of"));
}

static bool expect_limit(case_run *run, const json_t *given)
{
    dca_limit found;
    if (!read_limit(run, given, "kind of resource limit use price tier", &found))
        return false;
    const char *of = word_at(given, "of");
    const json_t *limit = json_object_get(given, "limit");
    const json_t *use = json_object_get(given, "use");
    const json_t *price = json_object_get(given, "price");
    const json_t *tier = json_object_get(given, "tier");
    if (tier != NULL && dca_result_limit_price(run->result, (dca_index)json_integer_value(tier),
                                               (dca_kind)found.kind, found.index, found.resource,
                                               &found.price) != DCA_OK)
        return complain(run, "no price of '%s' in that tier", of);
    return (limit == NULL || near(run, found.limit, limit, "limit of", of)) &&
           (use == NULL || near(run, found.use, use, "use of", of)) &&
           (price == NULL || near(run, found.price, price, "price of", of));
}

static bool expect_price_sum(case_run *run, const json_t *given)
{
    double sum = 0.0;
    size_t k;
    json_t *one;
    json_array_foreach(json_object_get(given, "limits"), k, one)
    {
        dca_limit found;
        if (!read_limit(run, one, "kind of resource", &found))
            return false;
        sum += found.price;
    }
    return only(run, given, "limits is", "price sum") &&
           near(run, sum, json_object_get(given, "is"), "sum of prices", "");
}

static bool same_limit(const dca_limit *a, const dca_limit *b)
{
    return a->kind == b->kind && a->index == b->index && a->resource == b->resource;
}

static bool expect_blocking(case_run *run, const char *demand, const json_t *limits)
{
    const dca_index at = dca_model_find(run->model, DCA_KIND_DEMAND, demand);
    dca_limit found[CASE_OBJECTS];
    dca_index count = 0;
    for (int k = 0; k < CASE_OBJECTS; k++) {
        found[k].struct_size = sizeof *found;
    }
    if (dca_result_blocking(run->result, at, CASE_OBJECTS, found, &count) != DCA_OK)
        return complain(run, "no limits that block '%s'", demand);
    if ((size_t)count != json_array_size(limits))
        return complain(run, "%d limits block '%s'", (int)count, demand);
    size_t k;
    json_t *one;
    json_array_foreach((json_t *)limits, k, one)
    {
        dca_limit wanted;
        bool seen = false;
        if (!where(run, one, "kind of resource", &wanted))
            return false;
        for (dca_index i = 0; i < count; i++) {
            seen = seen || same_limit(&found[i], &wanted);
        }
        if (!seen)
            return complain(run, "'%s' does not block '%s'", word_at(one, "of"), demand);
    }
    return true;
}

static bool expect_limits(case_run *run, const json_t *expect)
{
    size_t k;
    json_t *one;
    json_array_foreach(json_object_get(expect, "limits"), k, one)
    {
        if (!expect_limit(run, one))
            return false;
    }
    json_array_foreach(json_object_get(expect, "price_sums"), k, one)
    {
        if (!expect_price_sum(run, one))
            return false;
    }
    const char *demand;
    json_object_foreach(json_object_get(expect, "blocking"), demand, one)
    {
        if (!expect_blocking(run, demand, one))
            return false;
    }
    return true;
}

/* ---- Repairs, sentences ------------------------------------------------------------------------ */

static bool expect_change(case_run *run, dca_repair_by by, dca_index count, const json_t *given)
{
    dca_limit wanted;
    if (!where(run, given, "kind of resource from to", &wanted))
        return false;
    const char *of = word_at(given, "of");
    for (dca_index k = 0; k < count; k++) {
        dca_repair change = {.struct_size = sizeof change};
        if (dca_result_repair_at(run->result, by, k, &change) != DCA_OK)
            return complain(run, "change %d cannot be read", (int)k);
        if (change.kind == wanted.kind && change.index == wanted.index &&
            change.resource == wanted.resource)
            return near(run, change.from, json_object_get(given, "from"), "from", of) &&
                   near(run, change.to, json_object_get(given, "to"), "to", of);
    }
    return complain(run, "the repair does not change '%s'", of);
}

static bool expect_repairs(case_run *run, json_t *repairs)
{
    static const char *const words[] = {"cheapest", "capacity", "demand"};
    if (repairs != NULL && !only(run, repairs, "cheapest capacity demand", "repair"))
        return false;
    for (int by = 0; by < 3; by++) {
        const json_t *given = json_object_get(repairs, words[by]);
        if (given == NULL)
            continue;
        dca_index count;
        double size;
        if (!only(run, given, "size changes", words[by]) ||
            dca_result_repair_count(run->result, (dca_repair_by)by, &count, &size) != DCA_OK)
            return complain(run, "there is no repair");
        const json_t *changes = json_object_get(given, "changes");
        if (!near(run, size, json_object_get(given, "size"), "size of the repair", words[by]) ||
            (size_t)count != json_array_size(changes))
            return complain(run, "there are %d changes", (int)count);
        size_t k;
        json_t *one;
        json_array_foreach((json_t *)changes, k, one)
        {
            if (!expect_change(run, (dca_repair_by)by, count, one))
                return false;
        }
    }
    return true;
}

static bool expect_sentences(case_run *run, const json_t *expect)
{
    size_t k;
    json_t *fragment;
    json_array_foreach(json_object_get(expect, "says"), k, fragment)
    {
        bool said = false;
        for (dca_index i = 0; i < dca_result_num_sentences(run->result); i++) {
            const char *sentence = dca_result_sentence(run->result, i);
            said = said || strstr(sentence, json_string_value(fragment)) != NULL;
        }
        if (!said)
            return complain(run, "nowhere it says '%s'", json_string_value(fragment));
    }
    return true;
}

static bool expect_rest(case_run *run, const json_t *expect)
{
    const json_t *warm = json_object_get(expect, "warm");
    dca_solve_info info = {.struct_size = sizeof info};
    if (dca_result_info(run->result, &info) != DCA_OK)
        return complain(run, "there is no info");
    if (warm != NULL && json_is_true(warm) != (info.warm != 0))
        return complain(run, "warm is %d", (int)info.warm);
    const char *word;
    json_t *value;
    json_object_foreach(json_object_get(expect, "slots"), word, value)
    {
        dca_kind kind;
        if (!kind_of(run, word, &kind))
            return false;
        const dca_index count = dca_model_count(run->model, kind);
        if (count != json_integer_value(value))
            return complain(run, "there are %d slots of %s", (int)count, word);
    }
    return true;
}

bool case_expect(case_run *run, const json_t *expect)
{
    static const char keys[] = "outcome objective tiers served unmet placed nodes_on "
                               "pool_kilowatts domain_kilowatts domain_costs cost energy limits "
                               "price_sums blocking repair warm says slots";
    const char *outcome = dca_outcome_name(dca_result_outcome(run->result));
    const char *wanted = word_at(expect, "outcome");
    if (!only(run, expect, keys, "expect"))
        return false;
    if (wanted == NULL || strcmp(outcome, wanted) != 0)
        return complain(run, "the outcome is %s", outcome);
    return expect_tiers(run, json_object_get(expect, "tiers")) && expect_totals(run, expect) &&
           expect_vectors(run, expect) && expect_limits(run, expect) &&
           expect_repairs(run, json_object_get(expect, "repair")) &&
           expect_sentences(run, expect) && expect_rest(run, expect);
}
