/* small_model.h - short words for models in tests: every call must succeed. */
#ifndef DCA_TESTS_SMALL_MODEL_H
#define DCA_TESTS_SMALL_MODEL_H

#include "check.h"
#include "dcalloc/explain.h"
#include "dcalloc/model.h"
#include "dcalloc/result.h"
#include "dcalloc/solver.h"

#include <math.h>
#include <string.h>

static inline void must(const dca_model *model, dca_status status)
{
    if (status != DCA_OK) {
        dca_error err = DCA_ERROR_INIT;
        dca_model_error(model, &err);
        fail_msg("status %d: %s", (int)status, err.text);
    }
}

static inline dca_index add_resource(dca_model *model, const char *name, const char *unit)
{
    dca_index at;
    must(model, dca_model_add_resource(model, name, unit, &at));
    return at;
}

/** A pool of `count` nodes with `capacity` of resource 1, drawing `watts` per unit of it. */
static inline dca_index add_pool(dca_model *model, const char *name, double count, double capacity,
                                 double idle, double watts, double price, int32_t elastic)
{
    double row[16] = {0.0};
    double draw[16] = {0.0};
    row[1] = capacity;
    draw[1] = watts;
    dca_pool_spec spec = DCA_POOL_SPEC_INIT;
    spec.name = name;
    spec.count = count;
    spec.capacity = row;
    spec.watts = draw;
    spec.idle_watts = idle;
    spec.price = price;
    spec.elastic = elastic;
    dca_index at;
    must(model, dca_model_add_pools(model, &spec, sizeof spec, 1, &at));
    return at;
}

static inline dca_index add_domain(dca_model *model, const char *name, int32_t kind, double factor,
                                   double energy_price)
{
    dca_domain_spec spec = DCA_DOMAIN_SPEC_INIT;
    spec.name = name;
    spec.kind = kind;
    spec.factor = factor;
    spec.energy_price = energy_price;
    dca_index at;
    must(model, dca_model_add_domains(model, &spec, sizeof spec, 1, &at));
    return at;
}

static inline dca_index add_link(dca_model *model, const char *name, double capacity, double price)
{
    dca_link_spec spec = DCA_LINK_SPEC_INIT;
    spec.name = name;
    spec.capacity = capacity;
    spec.price = price;
    dca_index at;
    must(model, dca_model_add_links(model, &spec, sizeof spec, 1, &at));
    return at;
}

/** A demand that uses `use` of resource 1 per unit. */
static inline dca_index add_demand(dca_model *model, const char *name, double amount, double use,
                                   int32_t hard)
{
    double row[16] = {0.0};
    row[1] = use;
    dca_demand_spec spec = DCA_DEMAND_SPEC_INIT;
    spec.name = name;
    spec.amount = amount;
    spec.use = row;
    spec.hard = hard;
    dca_index at;
    must(model, dca_model_add_demands(model, &spec, sizeof spec, 1, &at));
    return at;
}

static inline dca_index add_placement(dca_model *model, dca_index demand, dca_index pool,
                                      double rate, double cost)
{
    dca_placement_spec spec = DCA_PLACEMENT_SPEC_INIT;
    spec.demand = demand;
    spec.pool = pool;
    spec.rate = rate;
    spec.cost = cost;
    dca_index at;
    must(model, dca_model_add_placements(model, &spec, sizeof spec, 1, &at));
    return at;
}

static inline void place(dca_model *model, dca_index demand)
{
    must(model, dca_model_place(model, demand, -1, NULL, NULL, NULL));
}

/** A tier with one term. */
static inline dca_index add_tier(dca_model *model, const char *name, int32_t kind)
{
    dca_index tier;
    must(model, dca_model_add_tier(model, name, &tier));
    dca_term_spec spec = DCA_TERM_SPEC_INIT;
    spec.kind = kind;
    must(model, dca_model_add_term(model, tier, &spec, NULL));
    return tier;
}

static inline dca_solver *new_solver(dca_model *model)
{
    dca_solver *solver = NULL;
    dca_error err = DCA_ERROR_INIT;
    if (dca_solver_new_model(model, NULL, &solver, &err) != DCA_OK)
        fail_msg("%s", err.text);
    return solver;
}

static inline dca_result *solve(dca_solver *solver, dca_outcome outcome)
{
    dca_result *result = NULL;
    const dca_status status = dca_solver_solve(solver, NULL, &result);
    if (status != DCA_OK) {
        dca_error err = DCA_ERROR_INIT;
        dca_solver_error(solver, &err);
        fail_msg("status %d: %s", (int)status, err.text);
    }
    if (dca_result_outcome(result) != outcome) {
        for (dca_index k = 0; k < dca_result_num_sentences(result); k++)
            print_message("  %s\n", dca_result_sentence(result, k));
        fail_msg("outcome %d, expected %d", (int)dca_result_outcome(result), (int)outcome);
    }
    if (outcome == DCA_OPTIMAL || outcome == DCA_INFEASIBLE) {
        dca_certificate proof = {.struct_size = sizeof proof};
        assert_int_equal(dca_result_certificate(result, &proof), DCA_OK);
        assert_int_equal(proof.valid, 1);
    }
    return result;
}

/** Solve a model once. */
static inline dca_result *solve_once(dca_model *model, dca_outcome outcome)
{
    dca_solver *solver = new_solver(model);
    dca_result *result = solve(solver, outcome);
    dca_solver_free(solver);
    return result;
}

static inline void close_to(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-7 * fmax(1.0, fabs(expected))))
        fail_msg("%.17g, expected %.17g", value, expected);
}

static inline double served(const dca_result *result, dca_index demand)
{
    double value;
    assert_int_equal(dca_result_get_served(result, demand, 1, &value), DCA_OK);
    return value;
}

static inline double unmet(const dca_result *result, dca_index demand)
{
    double value;
    assert_int_equal(dca_result_get_unmet(result, demand, 1, &value), DCA_OK);
    return value;
}

static inline double placed(const dca_result *result, dca_index placement)
{
    double value;
    assert_int_equal(dca_result_get_placed(result, placement, 1, &value), DCA_OK);
    return value;
}

static inline double tier_value(const dca_result *result, dca_index tier)
{
    double value;
    assert_int_equal(dca_result_tier_value(result, tier, &value), DCA_OK);
    return value;
}

static inline dca_limit limit(const dca_result *result, dca_kind kind, dca_index index,
                              dca_index resource)
{
    dca_limit out = {.struct_size = sizeof out};
    assert_int_equal(dca_result_limit(result, kind, index, resource, &out), DCA_OK);
    return out;
}

/** Some sentence of the result holds this. */
static inline void tells(const dca_result *result, const char *part)
{
    for (dca_index k = 0; k < dca_result_num_sentences(result); k++) {
        if (strstr(dca_result_sentence(result, k), part) != NULL)
            return;
    }
    for (dca_index k = 0; k < dca_result_num_sentences(result); k++)
        print_message("  %s\n", dca_result_sentence(result, k));
    fail_msg("no sentence with '%s'", part);
}

#endif
