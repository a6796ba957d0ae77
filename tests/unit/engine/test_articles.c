/* test_articles.c - the worked examples of the articles that this project grew out of, with the honest
 * answer: several are infeasible as printed; by how much, and what is the cheapest repair. */
#include "account.h"
#include "small_model.h"

static account book;

static dca_model *fresh(dca_env **env)
{
    book = (account){0};
    *env = account_env(&book, 0);
    dca_model *model = NULL;
    assert_int_equal(dca_model_new(*env, &model), DCA_OK);
    return model;
}

static void finish(dca_model *model, dca_result *result, dca_env *env)
{
    dca_result_free(result);
    dca_model_free(model);
    account_close(&book, env);
}

/* Number of changes of a repair, its size, and the first change. */
static dca_index repair(const dca_result *result, dca_repair_by by, double *size, dca_repair *first)
{
    dca_index count;
    assert_int_equal(dca_result_repair_count(result, by, &count, size), DCA_OK);
    first->struct_size = sizeof *first;
    if (count > 0)
        assert_int_equal(dca_result_repair_at(result, by, 0, first), DCA_OK);
    return count;
}

/* min C x + B y + P z, x <= 500, y <= 200, z <= 50, x + y + z = 1000: 250 short. */
static void test_least_cost(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    (void)add_resource(model, "unit", "unit");
    const char *const names[3] = {"hardware", "bandwidth", "power"};
    const double most[3] = {500, 200, 50};
    const double cost[3] = {1, 2, 3};
    const dca_index work = add_demand(model, "work", 1000, 1, 1);
    for (int k = 0; k < 3; k++) {
        (void)add_placement(model, work, add_pool(model, names[k], 1, most[k], 0, 0, 0, 0), 1,
                            cost[k]);
    }
    (void)add_tier(model, "cost", DCA_TERM_COST);
    dca_result *result = solve_once(model, DCA_INFEASIBLE);
    double size;
    dca_repair change;
    assert_int_equal(repair(result, DCA_REPAIR_CHEAPEST, &size, &change), 1);
    close_to(size, 0.25); /* 250 less of 1000 */
    assert_int_equal(change.kind, DCA_KIND_DEMAND);
    close_to(change.from, 1000);
    close_to(change.to, 750);
    tells(result, "lower demand 'work' from 1000 unit to 750 unit (-250 unit)");
    assert_int_equal(repair(result, DCA_REPAIR_CAPACITY, &size, &change), 1);
    close_to(size, 0.5); /* the largest limit gives at least: 250 of 500 */
    assert_int_equal(change.kind, DCA_KIND_POOL);
    assert_int_equal(change.index, 0);
    close_to(change.to, 750);
    tells(result, "raise unit of pool 'hardware' from 500 unit to 750 unit (+250 unit)");
    assert_int_equal(repair(result, DCA_REPAIR_DEMAND, &size, &change), 1);
    close_to(size, 0.25);
    double value;
    assert_int_equal(dca_result_get_served(result, 0, 1, &value), DCA_E_STATE);
    dca_result_free(result);
    /* soft: 750 served, 250 short, each pool full and worth 1 per unit */
    must(model, dca_model_set_demand_hard(model, work, 0));
    result = solve_once(model, DCA_OPTIMAL);
    close_to(served(result, work), 750);
    close_to(unmet(result, work), 250);
    close_to(tier_value(result, 1), 500 + 400 + 150);
    dca_index blocks;
    assert_int_equal(dca_result_blocking(result, work, 0, NULL, &blocks), DCA_OK);
    assert_int_equal(blocks, 3);
    close_to(limit(result, DCA_KIND_POOL, 1, 1).price, -1);
    finish(model, result, env);
}

/* n nodes of `capacity` in one pool, `load` wanted hard: infeasible, `shortage` short. */
static void short_by(double n, double capacity, double load, double shortage)
{
    dca_env *env;
    dca_model *model = fresh(&env);
    const dca_index core = add_resource(model, "core", "core");
    const dca_index pool = add_pool(model, "nodes", n, capacity, 0, 0, 0, 0);
    const dca_index work = add_demand(model, "load", load, 1, 1);
    place(model, work);
    (void)add_tier(model, "cost", DCA_TERM_COST);
    dca_result *result = solve_once(model, DCA_INFEASIBLE);
    double size;
    dca_repair change;
    assert_int_equal(repair(result, DCA_REPAIR_CHEAPEST, &size, &change), 1);
    close_to(size, fmin(shortage / load, shortage / (n * capacity)));
    assert_int_equal(repair(result, DCA_REPAIR_DEMAND, &size, &change), 1);
    close_to(change.to, n * capacity);
    assert_int_equal(repair(result, DCA_REPAIR_CAPACITY, &size, &change), 1);
    close_to(change.to, load);
    /* each repair is one: with it the model is feasible, with a little less it is not */
    must(model, dca_model_set_demand_amount(model, work, n * capacity));
    dca_solver *solver = new_solver(model);
    dca_result *other = solve(solver, DCA_OPTIMAL);
    dca_result_free(other);
    must(model, dca_model_set_demand_amount(model, work, n * capacity * 1.001));
    other = solve(solver, DCA_INFEASIBLE);
    dca_result_free(other);
    must(model, dca_model_set_demand_amount(model, work, load));
    must(model, dca_model_set_pool_capacity(model, pool, core, load / n));
    other = solve(solver, DCA_OPTIMAL);
    dca_result_free(other);
    must(model, dca_model_set_pool_capacity(model, pool, core, capacity));
    must(model, dca_model_set_demand_hard(model, work, 0));
    other = solve(solver, DCA_OPTIMAL);
    close_to(unmet(other, work), shortage);
    assert_string_equal(dca_result_tier_name(other, 0), "unmet demand");
    dca_result_free(other);
    dca_solver_free(solver);
    finish(model, result, env);
}

static void test_shortages(void **state)
{
    (void)state;
    short_by(10, 2, 30, 10);     /* load over ten nodes of 2 cores */
    short_by(4, 8, 64, 32);      /* use of four nodes of 8 cores */
    short_by(20, 30, 1500, 900); /* energy: twenty nodes of 30 units */
}

/* x in {0,1}^10, sum x = 5, costs that differ: the LP optimum is integral, which is the proof. */
static void test_choice(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    (void)add_resource(model, "slot", "slot");
    const dca_index work = add_demand(model, "nodes wanted", 5, 1, 1);
    const double cost[10] = {7, 3, 9, 1, 8, 2, 10, 4, 6, 5};
    for (int k = 0; k < 10; k++) {
        (void)add_placement(model, work, add_pool(model, NULL, 1, 1, 0, 0, 0, 0), 1, cost[k]);
    }
    (void)add_tier(model, "cost", DCA_TERM_COST);
    dca_result *result = solve_once(model, DCA_OPTIMAL);
    for (int k = 0; k < 10; k++) {
        close_to(placed(result, k), cost[k] <= 5 ? 1 : 0);
    }
    close_to(tier_value(result, 1), 1 + 2 + 3 + 4 + 5);
    finish(model, result, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_least_cost),
        cmocka_unit_test(test_shortages),
        cmocka_unit_test(test_choice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
