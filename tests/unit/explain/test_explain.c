/* test_explain.c - sentences say what is so: who blocks, what fits nowhere, what a repair must change,
 * and every repair does repair. */
#include "account.h"
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

/* Dearest first, used up, and lifting every one of them serves more. */
static void test_blocking(void **state)
{
    (void)state;
    int lifted = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        dca_env *env;
        dca_model *model = fresh(&env);
        random_model(model, seed);
        must(model, dca_model_clear_tiers(model));
        (void)add_tier(model, "unmet", DCA_TERM_UNMET);
        dca_solver *solver = new_solver(model);
        dca_result *result = solve(solver, DCA_OPTIMAL);
        for (dca_index i = 0; i < dca_model_count(model, DCA_KIND_DEMAND); i++) {
            dca_limit block[32];
            dca_index count;
            memset(block, 0, sizeof block);
            assert_int_equal(dca_result_blocking(result, i, 32, block, &count), DCA_OK);
            assert_non_null(dca_result_demand_note(result, i));
            if (unmet(result, i) < 1e-6) {
                assert_int_equal(count, 0);
                assert_null(strstr(dca_result_demand_note(result, i), "unmet"));
                continue;
            }
            assert_non_null(strstr(dca_result_demand_note(result, i), "unmet"));
            for (dca_index k = 0; k < count && k < 32; k++) {
                assert_true(block[k].use >= block[k].limit - 1e-6);
                assert_true(k == 0 || block[k].price >= block[k - 1].price - 1e-12);
            }
        }
        /* a link that blocks with a price: more of it serves more */
        const dca_limit link = limit(result, DCA_KIND_LINK, 0, -1);
        if (link.price < -1e-6) {
            const double before = tier_value(result, 0);
            must(model, dca_model_set_link_capacity(model, 0, link.limit + 0.01));
            dca_result *more = solve(solver, DCA_OPTIMAL);
            assert_true(tier_value(more, 0) < before);
            dca_result_free(more);
            lifted++;
        }
        dca_result_free(result);
        dca_solver_free(solver);
        finish(model, env);
    }
    assert_true(lifted > 3);
}

static void apply(dca_model *model, const dca_repair *change, double extra)
{
    const double to = change->to + extra * (change->to - change->from);
    if (change->kind == DCA_KIND_DEMAND) {
        must(model, dca_model_set_demand_amount(model, change->index, fmax(0.0, to)));
    } else if (change->kind == DCA_KIND_LINK) {
        must(model, dca_model_set_link_capacity(model, change->index, to));
    } else if (change->kind == DCA_KIND_DOMAIN) {
        must(model, dca_model_set_domain_limit(model, change->index, change->resource, to));
    } else {
        dca_pool_spec pool = DCA_POOL_SPEC_INIT;
        assert_int_equal(dca_model_get_pool(model, change->index, &pool), DCA_OK);
        must(model,
             dca_model_set_pool_capacity(model, change->index, change->resource, to / pool.count));
    }
}

/* Each kind of repair makes the model feasible, contains only its kind, and the cheapest is no dearer
 * than the other two. */
static void test_repairs_repair(void **state)
{
    (void)state;
    int repaired = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        double size[3];
        for (int by = 0; by < 3; by++) {
            dca_env *env;
            dca_model *model = fresh(&env);
            random_model(model, seed);
            draw d = {seed << 42};
            for (dca_index i = 0; i < dca_model_count(model, DCA_KIND_DEMAND); i++) {
                if (below(&d, 2) == 0) {
                    must(model, dca_model_set_demand_amount(model, i, 5 + whole(&d, 40)));
                    if (below(&d, 3) == 0)
                        must(model, dca_model_set_demand_min_share(model, i, 0.75));
                    else
                        must(model, dca_model_set_demand_hard(model, i, 1));
                }
            }
            dca_solver *solver = new_solver(model);
            dca_result *result = NULL;
            assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_OK);
            size[by] = 0.0;
            dca_index count = 0;
            if (dca_result_outcome(result) == DCA_INFEASIBLE) {
                assert_int_equal(
                    dca_result_repair_count(result, (dca_repair_by)by, &count, &size[by]), DCA_OK);
                for (dca_index k = 0; k < count; k++) {
                    dca_repair change = {.struct_size = sizeof change};
                    assert_int_equal(dca_result_repair_at(result, (dca_repair_by)by, k, &change),
                                     DCA_OK);
                    const bool demand = change.kind == DCA_KIND_DEMAND;
                    assert_true(by != DCA_REPAIR_CAPACITY || !demand);
                    assert_true(by != DCA_REPAIR_DEMAND || demand);
                    assert_true(demand ? change.to < change.from : change.to > change.from);
                    apply(model, &change, 1e-6);
                }
                dca_result *after = NULL;
                assert_int_equal(dca_solver_solve(solver, NULL, &after), DCA_OK);
                if (!isinf(size[by])) {
                    if (dca_result_outcome(after) == DCA_INFEASIBLE)
                        fail_msg("seed %d: repair %d does not repair", (int)seed, by);
                    repaired++;
                }
                dca_result_free(after);
            }
            dca_result_free(result);
            dca_solver_free(solver);
            finish(model, env);
        }
        assert_true(size[0] <= fmin(size[1], size[2]) + 1e-9);
    }
    print_message("%d repairs\n", repaired);
    assert_true(repaired > 30);
}

/* Weights steer the repair; what may not give does not. */
static void test_repair_weights(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    (void)add_resource(model, "GPU", "GPU");
    (void)add_pool(model, "pool", 2, 4, 0, 100, 0, 0);
    const dca_index feed = add_domain(model, "feed 'A'", DCA_DOMAIN_POWER, 1, 0);
    must(model, dca_model_set_pool_domain(model, 0, feed, 1));
    must(model, dca_model_set_domain_limit(model, feed, 0, 500));
    place(model, add_demand(model, "job", 7, 1, 1));
    dca_solver *solver = new_solver(model);
    must(model, dca_model_set_repair_weight(model, DCA_KIND_DEMAND, 0, -1, INFINITY));
    dca_result *result = solve(solver, DCA_INFEASIBLE);
    tells(result,
          "Cheapest repair (size 0.4): raise power of domain 'feed 'A'' from 500 W to 700 W "
          "(+200 W).");
    tells(result, "Repair by demand alone: there is none.");
    dca_index count;
    double size;
    assert_int_equal(dca_result_repair_count(result, DCA_REPAIR_DEMAND, &count, &size), DCA_OK);
    assert_int_equal(count, 0);
    assert_true(isinf(size));
    dca_result_free(result);
    must(model, dca_model_set_repair_weight(model, DCA_KIND_DEMAND, 0, -1, 1));
    must(model, dca_model_set_repair_weight(model, DCA_KIND_DOMAIN, feed, 0, 0.5));
    result = solve(solver, DCA_INFEASIBLE); /* 0.5 * 200 / 500 = 0.2 against 2 / 7 */
    tells(result, "Cheapest repair (size 0.2): raise power");
    dca_result_free(result);
    must(model, dca_model_set_repair_weight(model, DCA_KIND_DOMAIN, feed, 0, INFINITY));
    result = solve(solver, DCA_INFEASIBLE);
    tells(result, "Cheapest repair (size 0.285714): lower demand 'job' from 7 unit to 5 unit");
    tells(result, "Repair by capacity alone: there is none.");
    dca_result_free(result);
    dca_solver_free(solver);
    finish(model, env);
}

/* An elastic pool of ten nodes of 8, of which a feed of 500 W lets five run: 50 wanted. More power, or
 * larger nodes: 5 of 10 each. */
static void test_repair_elastic(void **state)
{
    (void)state;
    for (int power = 0; power < 2; power++) {
        dca_env *env;
        dca_model *model = fresh(&env);
        (void)add_resource(model, "GPU", "GPU");
        (void)add_pool(model, "pool", 10, 8, 100, 0, 0, 1);
        const dca_index feed = add_domain(model, "feed", DCA_DOMAIN_POWER, 1, 0);
        must(model, dca_model_set_pool_domain(model, 0, feed, 1));
        must(model, dca_model_set_domain_limit(model, feed, 0, 500));
        place(model, add_demand(model, "job", 50, 1, 1));
        must(model, dca_model_set_repair_weight(model, power ? DCA_KIND_POOL : DCA_KIND_DOMAIN,
                                                power ? 0 : feed, power ? 1 : 0, INFINITY));
        dca_solver *solver = new_solver(model);
        dca_result *result = solve(solver, DCA_INFEASIBLE);
        tells(result, power ? "Repair by capacity alone (size 0.25): raise power of domain 'feed' "
                              "from 500 W to 625 W"
                            : "Repair by capacity alone (size 0.25): raise GPU of pool 'pool' from "
                              "80 GPU to 100 GPU");
        dca_repair change = {.struct_size = sizeof change};
        assert_int_equal(dca_result_repair_at(result, DCA_REPAIR_CAPACITY, 0, &change), DCA_OK);
        apply(model, &change, 1e-6);
        dca_result *after = solve(solver, DCA_OPTIMAL);
        dca_result_free(after);
        dca_result_free(result);
        dca_solver_free(solver);
        finish(model, env);
    }
}

static void test_notes(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    (void)add_resource(model, "GPU", "GPU");
    (void)add_pool(model, "V100", 5, 4, 0, 0, 0, 0);
    const dca_index full = add_demand(model, "full", 10, 1, 0);
    const dca_index part = add_demand(model, "part", 20, 1, 0);
    const dca_index alone = add_demand(model, "alone", 3, 1, 0);
    const dca_index split = add_demand(model, "split", 2, 5, 0);
    const dca_index capped = add_demand(model, "capped", 9, 0, 0);
    const dca_index held = add_demand(model, "held", 9, 1, 0);
    must(model, dca_model_set_demand_weight(model, full, 2));
    place(model, full);
    place(model, part);
    (void)add_placement(model, split, 0, 1, 0); /* by hand, where it does not fit */
    const dca_index one = add_placement(model, capped, 0, 1, 0);
    must(model, dca_model_set_placement_ceiling(model, one, 4));
    const dca_index small = add_pool(model, "A10", 2, 2, 0, 0, 0, 0);
    const dca_index two = add_placement(model, held, small, 1, 0); /* more GPU would not help */
    must(model, dca_model_set_placement_ceiling(model, two, 4));
    dca_result *result = solve_once(model, DCA_OPTIMAL);
    assert_string_equal(dca_result_demand_note(result, full), "served 10 of 10 unit");
    assert_string_equal(dca_result_demand_note(result, part),
                        "served 10 of 20 unit; 10 unmet: GPU of pool 'V100' is full (price 1)");
    assert_string_equal(dca_result_demand_note(result, alone),
                        "served 0 of 3 unit; 3 unmet: it has no placement");
    assert_string_equal(dca_result_demand_note(result, split),
                        "served 0 of 2 unit; 2 unmet: fits nowhere: one unit needs 5 GPU, the "
                        "largest eligible node has 4");
    assert_string_equal(dca_result_demand_note(result, capped),
                        "served 4 of 9 unit; 5 unmet: its placements are at their ceilings");
    assert_string_equal(dca_result_demand_note(result, held),
                        "served 4 of 9 unit; 5 unmet: its placements are at their ceilings");
    assert_null(dca_result_demand_note(result, 6));
    tells(result, "Limit: GPU of pool 'V100' is full, 20 of 20 GPU; one more GPU is worth 1.");
    tells(result, "1 of 6 demands are served in full.");
    assert_string_equal(dca_result_name(result, DCA_KIND_PLACEMENT, 0), "full@V100");
    assert_string_equal(dca_result_name(result, DCA_KIND_POOL, 0), "V100");
    assert_string_equal(dca_result_unit(result, DCA_KIND_RESOURCE, 0), "W");
    assert_int_equal(dca_result_count(result, DCA_KIND_DEMAND), 6);
    assert_null(dca_result_name(result, DCA_KIND_POOL, 2));
    /* the result outlives the model */
    dca_model_free(model);
    assert_string_equal(dca_result_name(result, DCA_KIND_DEMAND, part), "part");
    dca_result_free(result);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notes),          cmocka_unit_test(test_repair_weights),
        cmocka_unit_test(test_repair_elastic), cmocka_unit_test(test_blocking),
        cmocka_unit_test(test_repairs_repair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
