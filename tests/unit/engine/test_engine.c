/* test_engine.c - properties of answers to random models: edits and re-solve equal a fresh solve; tiers
 * equal solving with the earlier values as constraints; prices are slopes of the optimal value; pools
 * may be split; the use reported is the use recomputed; terms mean what they say. */
#include "account.h"
#include "base/limit.h"
#include "dcalloc/lp.h"
#include "random_model.h"

static account book;

static dca_model *fresh(dca_env **env)
{
    book = (account){0};
    *env = account_env(&book, 0);
    dca_model *model = NULL;
    assert_int_equal(dca_model_new(*env, &model), DCA_OK);
    return model;
}

static void finish(dca_model *model, dca_env *env)
{
    dca_model_free(model);
    account_close(&book, env);
}

/* Random tiers can be unbounded (a maximised tier of nothing) or optimal; both must agree. */
static void same_answer(const dca_result *left, const dca_result *right, uint64_t seed, int round)
{
    if (dca_result_outcome(left) != dca_result_outcome(right))
        fail_msg("seed %d round %d: outcomes %d and %d", (int)seed, round,
                 (int)dca_result_outcome(left), (int)dca_result_outcome(right));
    for (dca_index t = 0; dca_result_outcome(left) == DCA_OPTIMAL && t < dca_result_num_tiers(left);
         t++) {
        const double a = tier_value(left, t);
        const double b = tier_value(right, t);
        if (!(fabs(a - b) <= 1e-6 * fmax(1.0, fabs(b))))
            fail_msg("seed %d round %d tier %d: %.12g and %.12g", (int)seed, round, (int)t, a, b);
    }
}

static dca_result *any(dca_solver *solver)
{
    dca_result *result = NULL;
    assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_OK);
    return result;
}

static void test_resolve_is_solve(void **state)
{
    (void)state;
    int optimal = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        dca_env *env;
        dca_model *model = fresh(&env);
        random_model(model, seed);
        dca_solver *solver = new_solver(model);
        draw d = {seed << 41};
        for (int round = 0; round < 5; round++) {
            dca_result *warm = any(solver);
            dca_solver *other = new_solver(model);
            dca_result *cold = any(other);
            same_answer(warm, cold, seed, round);
            optimal += dca_result_outcome(warm) == DCA_OPTIMAL;
            dca_result_free(cold);
            dca_solver_free(other);
            dca_result_free(warm);
            if (round == 2) { /* a structural edit: a pool or a demand more or less */
                if (below(&d, 2) == 0) {
                    (void)add_pool(model, NULL, 2, 4, 0, 100, 1, 0);
                    place(model, 0);
                } else {
                    must(model, dca_model_remove(model, DCA_KIND_PLACEMENT, 0));
                }
            }
            for (int e = 0; e < 3; e++) {
                if (dca_model_exists(model, DCA_KIND_PLACEMENT, 0) != 0) {
                    random_edit(model, &d);
                } else { /* others may draw the placement that is gone */
                    must(model, dca_model_set_demand_amount(model, 0, below(&d, 13)));
                }
            }
        }
        dca_solver_free(solver);
        finish(model, env);
    }
    print_message("%d optimal answers\n", optimal);
    assert_true(optimal > 300);
}

/* Two tiers: unmet first, then cost. The same cost must come from one LP in which the first tier's value
 * is held by a large weight: W unmet + cost, W above every exchange rate. */
static void test_lexicographic(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 80; seed++) {
        dca_env *env;
        dca_model *model = fresh(&env);
        random_model(model, seed);
        must(model, dca_model_clear_tiers(model));
        (void)add_tier(model, "unmet", DCA_TERM_UNMET);
        (void)add_tier(model, "cost", DCA_TERM_COST);
        dca_result *tiers = solve_once(model, DCA_OPTIMAL);
        const double first = tier_value(tiers, 0);
        const double second = tier_value(tiers, 1);
        must(model, dca_model_clear_tiers(model));
        const dca_index both = add_tier(model, "both", DCA_TERM_COST);
        dca_term_spec term = DCA_TERM_SPEC_INIT;
        term.kind = DCA_TERM_UNMET;
        term.weight = 1e5;
        must(model, dca_model_add_term(model, both, &term, NULL));
        dca_result *weighted = solve_once(model, DCA_OPTIMAL);
        close_to(tier_value(weighted, 0) / 1e5, (1e5 * first + second) / 1e5);
        dca_result_free(weighted);
        dca_result_free(tiers);
        finish(model, env);
    }
}

/* A pool's limit is its count times the capacity of a node: the capacity moves. */
static void set_limit(dca_model *model, dca_kind kind, dca_index index, dca_index resource,
                      double value)
{
    if (kind == DCA_KIND_DOMAIN) {
        must(model, dca_model_set_domain_limit(model, index, resource, value));
    } else if (kind == DCA_KIND_LINK) {
        must(model, dca_model_set_link_capacity(model, index, value));
    } else if (kind == DCA_KIND_DEMAND) {
        must(model, dca_model_set_demand_amount(model, index, value));
    } else {
        dca_pool_spec pool = DCA_POOL_SPEC_INIT;
        must(model, dca_model_get_pool(model, index, &pool));
        must(model, dca_model_set_pool_capacity(model, index, resource, value / pool.count));
    }
}

/* A price lies between the one-sided slopes of the optimal value. */
static void check_price(dca_model *model, dca_solver *solver, const dca_result *base, dca_kind kind,
                        dca_index index, dca_index resource, uint64_t seed)
{
    const dca_limit at = limit(base, kind, index, resource);
    const double step = 1e-4;
    double value[2];
    for (int side = 0; side < 2; side++) {
        const double moved = at.limit + (side == 0 ? -step : step);
        set_limit(model, kind, index, resource, moved);
        dca_result *result = solve(solver, DCA_OPTIMAL);
        value[side] = tier_value(result, 0);
        dca_result_free(result);
    }
    set_limit(model, kind, index, resource, at.limit);
    const double middle = tier_value(base, 0);
    const double left = (middle - value[0]) / step;
    const double right = (value[1] - middle) / step;
    const double slack = 1e-4 * fmax(1.0, fabs(at.price));
    if (at.price < fmin(left, right) - slack || at.price > fmax(left, right) + slack)
        fail_msg("seed %d %d %d: price %.10g, slopes %.10g and %.10g", (int)seed, (int)kind,
                 (int)index, at.price, left, right);
}

static void test_price_is_slope(void **state)
{
    (void)state;
    static const int32_t kinds[] = {DCA_TERM_UNMET, DCA_TERM_VALUE, DCA_TERM_SHARE,
                                    DCA_TERM_UTILISATION};
    for (uint64_t seed = 1; seed <= 60; seed++) {
        dca_env *env;
        dca_model *model = fresh(&env);
        random_model(model, seed);
        must(model, dca_model_clear_tiers(model));
        const int32_t kind = kinds[seed % 4];
        const dca_index tier = add_tier(model, "first", kind);
        if (kind == DCA_TERM_UTILISATION) { /* alone it would serve nothing */
            dca_term_spec term = DCA_TERM_SPEC_INIT;
            term.kind = DCA_TERM_VALUE;
            must(model, dca_model_add_term(model, tier, &term, NULL));
        }
        dca_solver *solver = new_solver(model);
        dca_result *base = solve(solver, DCA_OPTIMAL);
        check_price(model, solver, base, DCA_KIND_DOMAIN, 3, 1, seed);
        check_price(model, solver, base, DCA_KIND_DOMAIN, 5, 1, seed);
        check_price(model, solver, base, DCA_KIND_LINK, 0, -1, seed);
        for (dca_index p = 0; p < dca_model_count(model, DCA_KIND_POOL); p++) {
            dca_limit at = {.struct_size = sizeof at};
            if (dca_result_limit(base, DCA_KIND_POOL, p, 1, &at) == DCA_OK && at.limit > 0.1 &&
                isfinite(at.limit)) {
                check_price(model, solver, base, DCA_KIND_POOL, p, 1, seed);
            }
        }
        for (dca_index i = 0; i < dca_model_count(model, DCA_KIND_DEMAND); i++) {
            if (limit(base, DCA_KIND_DEMAND, i, -1).limit > 0) {
                check_price(model, solver, base, DCA_KIND_DEMAND, i, -1, seed);
            }
        }
        dca_result_free(base);
        dca_solver_free(solver);
        finish(model, env);
    }
}

/* Ten nodes, of which a feed lets five run: one GPU more in all ten is half a GPU more in use. */
static void test_elastic_price(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    add_resource(model, "gpu", "GPU");
    add_pool(model, "pool", 10, 8, 100, 0, 0, 1);
    add_domain(model, "feed", DCA_DOMAIN_POWER, 1.0, 0.0);
    must(model, dca_model_set_pool_domain(model, 0, 0, 1.0));
    must(model, dca_model_set_domain_limit(model, 0, DCA_POWER, 500));
    const double use[] = {0.0, 1.0};
    dca_demand_spec job = DCA_DEMAND_SPEC_INIT;
    job.name = "job";
    job.use = use;
    job.amount = 1000;
    must(model, dca_model_add_demands(model, &job, sizeof job, 1, NULL));
    must(model, dca_model_place(model, 0, -1, NULL, NULL, NULL));
    add_tier(model, "value", DCA_TERM_VALUE);
    dca_solver *solver = new_solver(model);
    dca_result *base = solve(solver, DCA_OPTIMAL);
    assert_true(fabs(tier_value(base, 0) - 40.0) <= 1e-9);
    assert_true(fabs(limit(base, DCA_KIND_POOL, 0, 1).price - 0.5) <= 1e-9);
    check_price(model, solver, base, DCA_KIND_POOL, 0, 1, 0);
    dca_result_free(base);
    dca_solver_free(solver);
    finish(model, env);
}

/* A pool of two nodes is two pools of one. */
static void test_split_pool(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        double value[2][2];
        for (int split = 0; split < 2; split++) {
            dca_env *env;
            dca_model *model = fresh(&env);
            draw d = {seed};
            (void)add_resource(model, "GPU", "GPU");
            const dca_index feed = add_domain(model, "feed", DCA_DOMAIN_POWER, 1.2, 0.1);
            must(model, dca_model_set_domain_limit(model, feed, 0, 4000 + 1000 * whole(&d, 4)));
            for (int p = 0; p < 3; p++) {
                const double capacity = whole(&d, 8);
                const double idle = 100 * below(&d, 3);
                const double watts = 100 * whole(&d, 3);
                const int32_t elastic = below(&d, 2);
                for (int k = 0; k < 1 + split; k++) {
                    const dca_index at =
                        add_pool(model, NULL, split ? 1 : 2, capacity, idle, watts, 1, elastic);
                    must(model, dca_model_set_pool_domain(model, at, feed, 1));
                }
            }
            for (int i = 0; i < 4; i++) {
                place(model, add_demand(model, NULL, whole(&d, 9), whole(&d, 5), 0));
            }
            (void)add_tier(model, "unmet", DCA_TERM_UNMET);
            (void)add_tier(model, "cost", DCA_TERM_COST);
            dca_result *result = solve_once(model, DCA_OPTIMAL);
            value[split][0] = tier_value(result, 0);
            value[split][1] = tier_value(result, 1);
            dca_result_free(result);
            finish(model, env);
        }
        close_to(value[1][0], value[0][0]);
        close_to(value[1][1], value[0][1]);
    }
}

/* What a result says of use and cost, recomputed from what it placed. */
static void test_use_is_sum(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        dca_env *env;
        dca_model *model = fresh(&env);
        random_model(model, seed);
        must(model, dca_model_clear_tiers(model));
        (void)add_tier(model, "value", DCA_TERM_VALUE);
        (void)add_tier(model, "cost", DCA_TERM_COST);
        (void)add_tier(model, "energy", DCA_TERM_ENERGY);
        dca_result *result = solve_once(model, DCA_OPTIMAL);
        const dca_index pools = dca_model_count(model, DCA_KIND_POOL);
        double gpu[16] = {0.0};
        double value = 0.0;
        for (dca_index k = 0; k < dca_model_count(model, DCA_KIND_PLACEMENT); k++) {
            dca_placement_spec placement = DCA_PLACEMENT_SPEC_INIT;
            dca_demand_spec demand = DCA_DEMAND_SPEC_INIT;
            assert_int_equal(dca_model_get_placement(model, k, &placement), DCA_OK);
            assert_int_equal(dca_model_get_demand(model, placement.demand, &demand), DCA_OK);
            value += demand.value * placement.rate * placed(result, k);
            if (placement.pool >= 0)
                gpu[placement.pool] += demand.use[1] * placed(result, k);
        }
        close_to(tier_value(result, 0), value);
        double total = 0.0;
        double cost;
        double energy;
        for (dca_index p = 0; p < pools; p++) {
            const dca_limit at = limit(result, DCA_KIND_POOL, p, 1);
            close_to(at.use, gpu[p]);
            assert_true(at.use <= at.limit * (1 + 1e-7));
            double part;
            assert_int_equal(dca_result_get_pools(result, p, 1, NULL, &part, NULL), DCA_OK);
            total += part;
        }
        assert_int_equal(dca_result_totals(result, &cost, &energy), DCA_OK);
        close_to(tier_value(result, 1), cost);
        close_to(tier_value(result, 2), energy);
        assert_true(total <= cost + 1e-7); /* the rest is of placements on no pool */
        for (dca_index k = 0; k < dca_result_num_limits(result); k++) {
            dca_limit at = {.struct_size = sizeof at};
            assert_int_equal(dca_result_limit_at(result, k, &at), DCA_OK);
            assert_true(at.use <= at.limit + 1e-6 * fmax(1.0, fabs(at.limit)));
        }
        dca_result_free(result);
        finish(model, env);
    }
}

/* The smallest share is as large as it can be, and in this symmetric case the same for all. */
static void test_share_and_balance(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    (void)add_resource(model, "GPU", "GPU");
    (void)add_pool(model, "p", 1, 12, 0, 0, 0, 0);
    place(model, add_demand(model, "a", 10, 1, 0));
    place(model, add_demand(model, "b", 20, 1, 0));
    (void)add_tier(model, "fair", DCA_TERM_SHARE);
    dca_result *result = solve_once(model, DCA_OPTIMAL);
    close_to(tier_value(result, 0), 12.0 / 30.0);
    close_to(served(result, 0), 4);
    close_to(served(result, 1), 8);
    close_to(limit(result, DCA_KIND_POOL, 0, 1).price, 1.0 / 30.0);
    dca_result_free(result);
    /* weights: b's share is divided by 2 */
    must(model, dca_model_set_demand_weight(model, 1, 2));
    result = solve_once(model, DCA_OPTIMAL);
    close_to(tier_value(result, 0), 12.0 / 50.0);
    dca_result_free(result);
    /* balance after value: 6 of two pools of 4 and 8: a half of each */
    (void)add_pool(model, "q", 1, 8, 0, 0, 0, 0);
    must(model, dca_model_set_pool_capacity(model, 0, 1, 4));
    must(model, dca_model_set_demand_amount(model, 0, 6));
    must(model, dca_model_set_demand_amount(model, 1, 0));
    place(model, 0);
    must(model, dca_model_clear_tiers(model));
    (void)add_tier(model, "unmet", DCA_TERM_UNMET);
    (void)add_tier(model, "balance", DCA_TERM_UTILISATION);
    result = solve_once(model, DCA_OPTIMAL);
    close_to(tier_value(result, 1), 0.5);
    close_to(limit(result, DCA_KIND_POOL, 0, 1).use, 2);
    close_to(limit(result, DCA_KIND_POOL, 1, 1).use, 4);
    double price;
    assert_int_equal(dca_result_limit_price(result, 1, DCA_KIND_POOL, 1, 1, &price), DCA_OK);
    close_to(price, -6.0 / 144.0); /* d(6 / (4 + L))/dL at L = 8 */
    dca_result_free(result);
    finish(model, env);
}

/* Movement: what stands stays when it may; a lost pool moves just what was on it. */
static void test_movement(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    (void)add_resource(model, "GPU", "GPU");
    for (int p = 0; p < 3; p++) {
        (void)add_pool(model, NULL, 1, 8, 0, 0, 0, 0);
    }
    for (int i = 0; i < 3; i++) {
        place(model, add_demand(model, NULL, 4, 1, 0));
    }
    (void)add_tier(model, "unmet", DCA_TERM_UNMET);
    (void)add_tier(model, "movement", DCA_TERM_MOVEMENT);
    dca_solver *solver = new_solver(model);
    dca_result *result = solve(solver, DCA_OPTIMAL);
    close_to(tier_value(result, 1), 12); /* from nothing, all is movement */
    must(model, dca_model_set_current_from(model, result));
    dca_result_free(result);
    result = solve(solver, DCA_OPTIMAL);
    close_to(tier_value(result, 1), 0);
    const double lost = limit(result, DCA_KIND_POOL, 0, 1).use;
    dca_result_free(result);
    must(model, dca_model_set_pool_count(model, 0, 0));
    result = solve(solver, DCA_OPTIMAL);
    close_to(tier_value(result, 0), 0);
    close_to(tier_value(result, 1), 2 * lost); /* away and to */
    dca_result_free(result);
    dca_solver_free(solver);
    finish(model, env);
}

/* Power: 2 nodes of 8 GPU, 400 W idle each, 300 W per GPU, PUE 1.5 at the site, 0.2 per kWh there. */
static void test_power_tree(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    (void)add_resource(model, "GPU", "GPU");
    (void)add_pool(model, "p", 2, 8, 400, 300, 0, 0);
    const dca_index row = add_domain(model, "row", DCA_DOMAIN_POWER, 1.0, 0);
    const dca_index site = add_domain(model, "site", DCA_DOMAIN_POWER, 1.5, 0.2);
    must(model, dca_model_set_pool_domain(model, 0, row, 1));
    must(model, dca_model_set_domain_parent(model, row, site, 1));
    must(model, dca_model_set_domain_limit(model, site, 0, 4800));
    place(model, add_demand(model, "job", 16, 1, 0));
    (void)add_tier(model, "unmet", DCA_TERM_UNMET);
    (void)add_tier(model, "cost", DCA_TERM_COST);
    dca_result *result = solve_once(model, DCA_OPTIMAL);
    /* 1.5 (800 + 300 g) <= 4800: g = 8 */
    close_to(served(result, 0), 8);
    const dca_limit at = limit(result, DCA_KIND_DOMAIN, site, 0);
    close_to(at.use, 4800);
    close_to(at.price, -1.0 / 450.0);
    double cost;
    double kilowatts;
    assert_int_equal(dca_result_get_domains(result, site, 1, &cost, &kilowatts), DCA_OK);
    close_to(kilowatts, 4.8);
    close_to(cost, 0.96);
    assert_int_equal(dca_result_get_domains(result, row, 1, NULL, &kilowatts), DCA_OK);
    close_to(kilowatts, 3.2);
    double energy;
    assert_int_equal(dca_result_totals(result, &cost, &energy), DCA_OK);
    close_to(energy, 4.8);
    close_to(cost, 0.96);
    dca_limit block = {.struct_size = sizeof block};
    dca_index count;
    assert_int_equal(dca_result_blocking(result, 0, 1, &block, &count), DCA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(block.kind, DCA_KIND_DOMAIN);
    assert_int_equal(block.index, site);
    assert_string_equal(dca_result_demand_note(result, 0),
                        "served 8 of 16 unit; 8 unmet: power of domain 'site' is full (price "
                        "0.00222222)");
    dca_result_free(result);
    finish(model, env);
}

static void test_edges(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    dca_solver *solver = new_solver(model);
    dca_result *result = solve(solver, DCA_OPTIMAL); /* nothing at all */
    close_to(dca_result_objective(result), 0);
    dca_result_free(result);
    (void)add_resource(model, "GPU", "GPU");
    (void)add_pool(model, "p", 1, 4, 0, 0, 0, 0);
    result = solve(solver, DCA_OPTIMAL); /* no demand */
    dca_result_free(result);
    const dca_index big = add_demand(model, "big", 3, 8, 0);
    place(model, big);
    result = solve(solver, DCA_OPTIMAL); /* fits nowhere */
    close_to(unmet(result, big), 3);
    assert_string_equal(dca_result_demand_note(result, big),
                        "served 0 of 3 unit; 3 unmet: fits nowhere: one unit needs 8 GPU, the "
                        "largest node has 4");
    dca_result_free(result);
    const dca_index all = add_demand(model, "all", INFINITY, 1, 0);
    place(model, all);
    (void)add_tier(model, "value", DCA_TERM_VALUE);
    result = solve(solver, DCA_OPTIMAL); /* as much as fits */
    close_to(served(result, all), 4);
    close_to(unmet(result, all), 0);
    close_to(limit(result, DCA_KIND_POOL, 0, 1).price, 1);
    dca_result_free(result);
    (void)add_placement(model, all, -1, 1, 0); /* on nothing: no limit */
    result = solve(solver, DCA_UNBOUNDED);
    dca_result_free(result);
    must(model, dca_model_set_demand_amount(model, all, 6));
    result = solve(solver, DCA_OPTIMAL);
    close_to(served(result, all), 6);
    dca_result_free(result);
    dca_solver_free(solver);
    finish(model, env);
}

/* A slot of a kind that holds an object, or -1. */
static dca_index alive(const dca_model *model, dca_kind kind, draw *d)
{
    const dca_index n = dca_model_count(model, kind);
    for (int tries = 0; tries < 20 && n > 0; tries++) {
        const dca_index at = below(d, n);
        if (dca_model_exists(model, kind, at) != 0)
            return at;
    }
    return -1;
}

/* One change of what there is, not of a number alone. */
static void structural_edit(dca_model *model, draw *d)
{
    static const dca_kind kinds[] = {DCA_KIND_POOL, DCA_KIND_DEMAND, DCA_KIND_PLACEMENT};
    const dca_kind kind = kinds[below(d, 3)];
    const dca_index at = alive(model, kind, d);
    const dca_index demand = alive(model, DCA_KIND_DEMAND, d);
    const dca_index pool = alive(model, DCA_KIND_POOL, d);
    switch (below(d, 11)) {
    case 0:
        if (at >= 0)
            must(model, dca_model_remove(model, kind, at));
        break;
    case 1:
        must(model, dca_model_compact(model, NULL, NULL, NULL, NULL, NULL));
        break;
    case 2: {
        const dca_index fresh_pool =
            add_pool(model, NULL, whole(d, 4), whole(d, 8), 50, 100, 1, below(d, 2));
        must(model, dca_model_set_pool_capacity(model, fresh_pool, 2, 16));
        must(model, dca_model_set_pool_domain(model, fresh_pool, 2, below(d, 2)));
        if (demand >= 0)
            place(model, demand);
        break;
    }
    case 3:
        place(model, add_demand(model, NULL, whole(d, 9), whole(d, 4), 0));
        break;
    case 4:
        (void)add_resource(model, NULL, NULL);
        break;
    case 5:
        must(model, dca_model_set_domain_limit(model, 3, 1, below(d, 2) ? INFINITY : 10));
        break;
    case 6:
        must(model, dca_model_set_link_capacity(model, 0, below(d, 2) ? INFINITY : 6));
        break;
    case 7:
        if (demand >= 0)
            must(model, dca_model_set_demand_amount(model, demand, below(d, 2) ? INFINITY : 5));
        break;
    case 8:
        if (pool >= 0)
            must(model, dca_model_set_pool_capacity(model, pool, DCA_POWER, 4000.0 * below(d, 2)));
        break;
    case 9:
        must(model, dca_model_set_domain_factor(model, 2, 1.0 + 0.1 * below(d, 4)));
        break;
    default:
        must(model, dca_model_clear_tiers(model));
        random_tiers(model, d);
    }
}

/* Whatever comes, the solver that follows says what a new one says. */
static void test_follows_structure(void **state)
{
    (void)state;
    int optimal = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        dca_env *env;
        dca_model *model = fresh(&env);
        random_model(model, seed);
        dca_solver *solver = new_solver(model);
        draw d = {seed << 43};
        for (int round = 0; round < 12; round++) {
            dca_result *warm = any(solver);
            dca_solver *other = new_solver(model);
            dca_result *cold = any(other);
            same_answer(warm, cold, seed, round);
            optimal += dca_result_outcome(warm) == DCA_OPTIMAL;
            if (dca_result_outcome(warm) == DCA_OPTIMAL && below(&d, 3) == 0)
                must(model, dca_model_set_current_from(model, warm));
            dca_result_free(cold);
            dca_solver_free(other);
            dca_result_free(warm);
            structural_edit(model, &d);
        }
        dca_solver_free(solver);
        finish(model, env);
    }
    print_message("%d optimal answers\n", optimal);
    assert_true(optimal > 200);
}

/* The compiled LP is the first tier's: a plain LP solver gives its value, and the result's point and
 * basis stand at an optimum of it. */
static void test_compiled(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        dca_env *env;
        dca_model *model = fresh(&env);
        random_model(model, seed);
        must(model, dca_model_clear_tiers(model));
        (void)add_tier(model, "first", seed % 2 == 0 ? DCA_TERM_VALUE : DCA_TERM_UNMET);
        (void)add_tier(model, "second", DCA_TERM_COST);
        dca_solver *solver = new_solver(model);
        dca_result *result = solve(solver, DCA_OPTIMAL);
        dca_lp *lp = NULL;
        assert_int_equal(dca_solver_compiled(solver, NULL, &lp), DCA_OK);
        assert_int_equal(dca_lp_sense(lp), seed % 2 == 0 ? DCA_MAXIMISE : DCA_MINIMISE);
        const dca_index n = dca_lp_num_columns(lp);
        const dca_index m = dca_lp_num_rows(lp);
        double *x = malloc((size_t)n * sizeof *x);
        double *cost = malloc((size_t)n * sizeof *cost);
        uint8_t *columns = malloc((size_t)n);
        uint8_t *rows = malloc((size_t)m);
        assert_int_equal(dca_result_get_x(result, 0, n, x), DCA_OK);
        assert_int_equal(dca_lp_get_columns(lp, 0, n, cost, NULL, NULL, NULL), DCA_OK);
        double value = dca_lp_offset(lp);
        for (dca_index k = 0; k < n; k++)
            value += cost[k] * x[k];
        close_to(value, tier_value(result, 0));
        const dca_index row = dca_lp_find_row(lp, "demand[demand_0]");
        double lower;
        assert_true(row >= 0 && dca_lp_find_column(lp, "unmet[demand_0]") >= 0);
        assert_int_equal(dca_lp_get_rows(lp, row, 1, &lower, NULL), DCA_OK);
        close_to(lower, limit(result, DCA_KIND_DEMAND, 0, -1).limit);
        dca_solver *plain = NULL;
        assert_int_equal(dca_solver_new_lp(lp, NULL, &plain, NULL), DCA_OK);
        assert_int_equal(dca_result_get_basis(result, columns, rows), DCA_OK);
        assert_int_equal(dca_solver_set_basis(plain, columns, rows), DCA_OK);
        dca_result *other = solve(plain, DCA_OPTIMAL);
        close_to(dca_result_objective(other), tier_value(result, 0));
        close_to(dca_result_objective(result), tier_value(result, 0));
        dca_solve_info info = {.struct_size = sizeof info};
        assert_int_equal(dca_result_info(other, &info), DCA_OK);
        assert_true(info.iterations <= 2); /* it was optimal already */
        dca_result_free(other);
        dca_solver_free(plain);
        dca_lp_free(lp);
        dca_result_free(result);
        dca_solver_free(solver);
        free(rows);
        free(columns);
        free(cost);
        free(x);
        finish(model, env);
    }
}

/* A cancelled or starved solve says so, tells no point that is not feasible, and the next one answers. */
static void test_stops(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    random_model(model, 21);
    must(model, dca_model_clear_tiers(model));
    (void)add_tier(model, "value", DCA_TERM_VALUE);
    (void)add_tier(model, "cost", DCA_TERM_COST);
    dca_solver *solver = new_solver(model);
    dca_control *control = NULL;
    assert_int_equal(dca__control_new(env, &control), DCA_OK);
    dca_result *result = NULL;
    dca__control_cancel(control);
    assert_int_equal(dca_solver_solve(solver, control, &result), DCA_OK);
    if (dca_result_outcome(result) != DCA_OPTIMAL)
        assert_int_equal(dca_result_outcome(result), DCA_INTERRUPTED);
    assert_true(dca_result_num_sentences(result) > 0);
    double value;
    if (dca_result_get_served(result, 0, 1, &value) == DCA_OK) {
        for (dca_index k = 0; k < dca_result_num_limits(result); k++) {
            dca_limit at = {.struct_size = sizeof at};
            assert_int_equal(dca_result_limit_at(result, k, &at), DCA_OK);
            assert_true(at.use <= at.limit + 1e-6 * fmax(1.0, fabs(at.limit)));
        }
    }
    dca_result_free(result);
    dca__control_reset(control);
    assert_int_equal(dca_solver_solve(solver, control, &result), DCA_OK);
    assert_int_equal(dca_result_outcome(result), DCA_OPTIMAL);
    dca_result_free(result);
    dca__control_free(control);
    dca_solver_free(solver);
    finish(model, env);
}

/* Edits, then a re-solve whose k-th allocation fails: the answer after it is that of a new solver. */
static void test_no_memory_later(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    random_model(model, 5);
    must(model, dca_model_clear_tiers(model));
    (void)add_tier(model, "unmet", DCA_TERM_UNMET);
    (void)add_tier(model, "balance", DCA_TERM_UTILISATION);
    (void)add_tier(model, "cost", DCA_TERM_COST);
    dca_solver *solver = new_solver(model);
    dca_result *result = solve(solver, DCA_OPTIMAL);
    dca_result_free(result);
    draw d = {99};
    int failures = 0;
    for (long k = 1; k < 400; k++) {
        for (int e = 0; e < 3; e++) {
            random_edit(model, &d);
        }
        if (k % 10 == 0) { /* compiled anew now and then */
            must(model, dca_model_set_demand_weight(model, 0, whole(&d, 3)));
        }
        book.refuse_at = book.requests + 1 + below(&d, 60);
        result = NULL;
        const dca_status status = dca_solver_solve(solver, NULL, &result);
        book.refuse_at = 0;
        if (status != DCA_OK) {
            assert_int_equal(status, DCA_E_NOMEM);
            failures++;
            result = any(solver);
        }
        dca_solver *other = new_solver(model);
        dca_result *cold = any(other);
        same_answer(result, cold, 5, (int)k);
        dca_result_free(cold);
        dca_solver_free(other);
        dca_result_free(result);
    }
    print_message("%d refusals\n", failures);
    assert_true(failures > 100);
    dca_solver_free(solver);
    finish(model, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_power_tree),
        cmocka_unit_test(test_share_and_balance),
        cmocka_unit_test(test_movement),
        cmocka_unit_test(test_split_pool),
        cmocka_unit_test(test_use_is_sum),
        cmocka_unit_test(test_lexicographic),
        cmocka_unit_test(test_price_is_slope),
        cmocka_unit_test(test_elastic_price),
        cmocka_unit_test(test_resolve_is_solve),
        cmocka_unit_test(test_follows_structure),
        cmocka_unit_test(test_compiled),
        cmocka_unit_test(test_stops),
        cmocka_unit_test(test_no_memory_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
