/* api_answer_json.c - include/dcalloc/io.h: the answer to a model as one JSON object, version 1
 * (docs/formats.md). Written from the public getters, so that it says what they say; placements of
 * nothing are left out. O(objects and limits). */
#include "api/api_check.h"
#include "base/err.h"
#include "dcalloc/explain.h"
#include "dcalloc/io.h"
#include "dcalloc/result.h"
#include "engine/model_answer.h"
#include "engine/result.h"
#include "io/json_out.h"

enum { ANSWER_VERSION = 1 };

static const char *kind_word(int32_t kind)
{
    return dca__kind_name((dca_kind)kind);
}

static void put_tiers(dca__json_out *out, const dca_result *result)
{
    dca__json_open(out, "tiers", '[', false);
    for (dca_index t = 0; t < dca_result_num_tiers(result); t++) {
        double value = NAN;
        if (dca_result_tier_value(result, t, &value) != DCA_OK) {
            value = NAN; /* null: there is no point */
        }
        dca__json_open(out, NULL, '{', false);
        dca__json_put_string(out, "name", dca_result_tier_name(result, t));
        dca__json_put_number(out, "value", value);
        dca__json_close(out, '}');
    }
    dca__json_close(out, ']');
}

/* A limit of `resource` on it, or where that is -1 on the object itself. */
static const char *unit_of(const dca_result *result, int32_t kind, dca_index index,
                           dca_index resource)
{
    return resource >= 0 ? dca_result_unit(result, DCA_KIND_RESOURCE, resource)
                         : dca_result_unit(result, (dca_kind)kind, index);
}

static void put_limit(dca__json_out *out, const dca_result *result, const dca_limit *limit)
{
    const bool resource = limit->resource >= 0;
    dca__json_open(out, NULL, '{', false);
    dca__json_put_string(out, "kind", kind_word(limit->kind));
    dca__json_put_string(out, "name", dca_result_name(result, (dca_kind)limit->kind, limit->index));
    dca__json_put_string(out, "resource",
                         resource ? dca_result_name(result, DCA_KIND_RESOURCE, limit->resource)
                                  : NULL);
    dca__json_put_string(out, "unit", unit_of(result, limit->kind, limit->index, limit->resource));
    dca__json_put_number(out, "limit", limit->limit);
    dca__json_put_number(out, "use", limit->use);
    dca__json_put_number(out, "price", limit->price);
    dca__json_close(out, '}');
}

static void put_limits(dca__json_out *out, const dca_result *result)
{
    dca__json_open(out, "limits", '[', false);
    for (dca_index k = 0; k < dca_result_num_limits(result); k++) {
        dca_limit limit = {.struct_size = sizeof limit};
        if (dca_result_limit_at(result, k, &limit) == DCA_OK) {
            put_limit(out, result, &limit);
        }
    }
    dca__json_close(out, ']');
}

/* The limits that keep a demand from more. */
static void put_blocking(dca__json_out *out, const dca_result *result, dca_index demand)
{
    const dca__model_answer *const answer = result->model;
    dca__json_open(out, "blocked_by", '[', false);
    for (dca_nnz e = answer->blocking.start[demand]; e < answer->blocking.start[demand + 1]; e++) {
        dca_limit limit = {.struct_size = sizeof limit};
        if (dca_result_limit_at(result, answer->blocking.row[e], &limit) == DCA_OK) {
            put_limit(out, result, &limit);
        }
    }
    dca__json_close(out, ']');
}

static void put_demands(dca__json_out *out, const dca_result *result)
{
    dca__json_open(out, "demands", '[', false);
    for (dca_index k = 0; k < dca_result_count(result, DCA_KIND_DEMAND); k++) {
        const char *const name = dca_result_name(result, DCA_KIND_DEMAND, k);
        double served = 0.0;
        double unmet = 0.0;
        if (name == NULL || dca_result_get_served(result, k, 1, &served) != DCA_OK ||
            dca_result_get_unmet(result, k, 1, &unmet) != DCA_OK) {
            continue;
        }
        dca__json_open(out, NULL, '{', false);
        dca__json_put_string(out, "name", name);
        dca__json_put_string(out, "unit", dca_result_unit(result, DCA_KIND_DEMAND, k));
        dca__json_put_number(out, "served", served);
        dca__json_put_number(out, "unmet", unmet);
        dca__json_put_string(out, "note", dca_result_demand_note(result, k));
        put_blocking(out, result, k);
        dca__json_close(out, '}');
    }
    dca__json_close(out, ']');
}

static void put_placements(dca__json_out *out, const dca_result *result)
{
    dca__json_open(out, "placements", '[', false);
    for (dca_index k = 0; k < dca_result_count(result, DCA_KIND_PLACEMENT); k++) {
        const char *const name = dca_result_name(result, DCA_KIND_PLACEMENT, k);
        double placed = 0.0;
        dca_index demand = -1;
        dca_index pool = -1;
        if (name == NULL || dca_result_get_placed(result, k, 1, &placed) != DCA_OK ||
            dca_result_get_placements(result, k, 1, &demand, &pool) != DCA_OK || placed == 0.0) {
            continue;
        }
        dca__json_open(out, NULL, '{', false);
        dca__json_put_string(out, "name", name);
        dca__json_put_string(out, "demand", dca_result_name(result, DCA_KIND_DEMAND, demand));
        dca__json_put_string(out, "pool", dca_result_name(result, DCA_KIND_POOL, pool));
        dca__json_put_number(out, "placed", placed);
        dca__json_close(out, '}');
    }
    dca__json_close(out, ']');
}

static void put_pools(dca__json_out *out, const dca_result *result)
{
    dca__json_open(out, "pools", '[', false);
    for (dca_index k = 0; k < dca_result_count(result, DCA_KIND_POOL); k++) {
        const char *const name = dca_result_name(result, DCA_KIND_POOL, k);
        double on = 0.0;
        double cost = 0.0;
        double kilowatts = 0.0;
        if (name == NULL || dca_result_get_pools(result, k, 1, &on, &cost, &kilowatts) != DCA_OK) {
            continue;
        }
        dca__json_open(out, NULL, '{', false);
        dca__json_put_string(out, "name", name);
        dca__json_put_number(out, "nodes_on", on);
        dca__json_put_number(out, "cost", cost);
        dca__json_put_number(out, "kilowatts", kilowatts);
        dca__json_close(out, '}');
    }
    dca__json_close(out, ']');
}

static void put_domains(dca__json_out *out, const dca_result *result)
{
    dca__json_open(out, "domains", '[', false);
    for (dca_index k = 0; k < dca_result_count(result, DCA_KIND_DOMAIN); k++) {
        const char *const name = dca_result_name(result, DCA_KIND_DOMAIN, k);
        double cost = 0.0;
        double kilowatts = 0.0;
        if (name == NULL || dca_result_get_domains(result, k, 1, &cost, &kilowatts) != DCA_OK) {
            continue;
        }
        dca__json_open(out, NULL, '{', false);
        dca__json_put_string(out, "name", name);
        dca__json_put_number(out, "cost", cost);
        dca__json_put_number(out, "kilowatts", kilowatts);
        dca__json_close(out, '}');
    }
    dca__json_close(out, ']');
}

static void put_repair(dca__json_out *out, const dca_result *result, const char *key,
                       dca_repair_by by)
{
    dca_index count = 0;
    double size = INFINITY;
    if (dca_result_repair_count(result, by, &count, &size) != DCA_OK) {
        return; /* stopped before it was found */
    }
    dca__json_open(out, key, '{', false);
    dca__json_put_number(out, "size", size);
    dca__json_open(out, "changes", '[', false);
    for (dca_index k = 0; k < count; k++) {
        dca_repair change = {.struct_size = sizeof change};
        if (dca_result_repair_at(result, by, k, &change) != DCA_OK) {
            continue;
        }
        dca__json_open(out, NULL, '{', false);
        dca__json_put_string(out, "kind", kind_word(change.kind));
        dca__json_put_string(out, "name",
                             dca_result_name(result, (dca_kind)change.kind, change.index));
        dca__json_put_string(out, "resource",
                             change.resource >= 0
                                 ? dca_result_name(result, DCA_KIND_RESOURCE, change.resource)
                                 : NULL);
        dca__json_put_string(out, "unit",
                             unit_of(result, change.kind, change.index, change.resource));
        dca__json_put_number(out, "from", change.from);
        dca__json_put_number(out, "to", change.to);
        dca__json_close(out, '}');
    }
    dca__json_close(out, ']');
    dca__json_close(out, '}');
}

static void put_values(dca__json_out *out, const dca_result *result)
{
    double cost = NAN;
    double energy = NAN;
    if (dca_result_totals(result, &cost, &energy) == DCA_OK) {
        dca__json_open(out, "totals", '{', false);
        dca__json_put_number(out, "cost", cost);
        dca__json_put_number(out, "energy", energy);
        dca__json_close(out, '}');
    }
    put_demands(out, result);
    put_placements(out, result);
    put_pools(out, result);
    put_domains(out, result);
    put_limits(out, result);
}

dca_status dca_result_answer_json(const dca_result *result, char **out, size_t *length,
                                  dca_error *err)
{
    dca_status status = dca__check_pointer(result, "result", err);
    if (status == DCA_OK) {
        status = dca__check_pointer(out, "out", err);
    }
    if (status != DCA_OK) {
        return status;
    }
    if (result->model == NULL) {
        return dca__fail(err, DCA_E_STATE, DCA_KIND_NONE, -1,
                         "this is the answer to an LP, expected that to a model");
    }
    dca__json_out json = {.env = result->env};
    dca__json_open(&json, NULL, '{', false);
    dca__json_put_integer(&json, "version", ANSWER_VERSION);
    put_tiers(&json, result);
    if (result->model->has_values) {
        put_values(&json, result);
    }
    if (result->model->infeasible) {
        dca__json_open(&json, "repair", '{', false);
        put_repair(&json, result, "cheapest", DCA_REPAIR_CHEAPEST);
        put_repair(&json, result, "capacity", DCA_REPAIR_CAPACITY);
        put_repair(&json, result, "demand", DCA_REPAIR_DEMAND);
        dca__json_close(&json, '}');
    }
    dca__json_open(&json, "sentences", '[', false);
    for (dca_index k = 0; k < dca_result_num_sentences(result); k++) {
        dca__json_put_string(&json, NULL, dca_result_sentence(result, k));
    }
    dca__json_close(&json, ']');
    dca__json_close(&json, '}');
    return dca__json_finish(&json, out, length, err);
}
