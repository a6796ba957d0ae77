/* test_compile.c - models become the LPs that docs/model.md writes down, and patches become what a new
 * compilation gives, bit for bit. */
#include "account.h"
#include "compile/compile.h"
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

static dca__compiled compiled_of(const dca_model *model)
{
    dca__compiled compiled;
    dca_error err = DCA_ERROR_INIT;
    if (dca__compile(model, &compiled, &err) != DCA_OK)
        fail_msg("%s", err.text);
    return compiled;
}

static double entry(const dca__compiled *c, dca_index row, dca_index column)
{
    assert_true(row >= 0 && column >= 0);
    return dca__lp_coefficient(c->lp, row, column);
}

static void test_empty(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    dca__compiled c = compiled_of(model);
    assert_int_equal(c.lp->num_rows, 0);
    assert_int_equal(c.lp->num_columns, 0);
    assert_int_equal(c.num_tiers, 1);
    assert_int_equal(c.tiers[0].tier, -1);
    dca__compiled_free(env, &c);
    (void)add_demand(model, "alone", 5, 0, 0);
    c = compiled_of(model);
    assert_int_equal(c.lp->num_rows, 1);
    assert_true(c.lp->row_lower[0] == 5 && c.lp->row_upper[0] == 5);
    assert_true(c.lp->upper[c.map.unmet[0]] == 5);
    assert_true(c.tiers[0].cost[0] == 1);
    dca__compiled_free(env, &c);
    finish(model, env);
}

/* Pool of 3 nodes (8 GPU, 3000 W each, 400 W idle, 300 W per GPU) in a feed (factor 1.5, 9 kW, 0.1 per
 * kWh); an elastic one of up to 2 (4 GPU, 100 W idle); a demand of 2 GPU and 50 W a unit. */
static void test_by_hand(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    const dca_index gpu = add_resource(model, "GPU", "GPU");
    const dca_index fixed = add_pool(model, "fixed", 3, 8, 400, 300, 2.5, 0);
    const dca_index elastic = add_pool(model, "elastic", 2, 4, 100, 0, 1.5, 1);
    must(model, dca_model_set_pool_capacity(model, fixed, DCA_POWER, 3000));
    const dca_index feed = add_domain(model, "feed", DCA_DOMAIN_POWER, 1.5, 0.1);
    must(model, dca_model_set_domain_limit(model, feed, DCA_POWER, 9000));
    must(model, dca_model_set_pool_domain(model, fixed, feed, 1));
    must(model, dca_model_set_pool_domain(model, elastic, feed, 1));
    const double use[2] = {50, 2};
    dca_demand_spec spec = DCA_DEMAND_SPEC_INIT;
    spec.name = "train";
    spec.use = use;
    spec.amount = 20;
    spec.min_share = 0.25;
    must(model, dca_model_add_demands(model, &spec, sizeof spec, 1, NULL));
    place(model, 0);
    (void)add_tier(model, "cost", DCA_TERM_COST);
    (void)add_tier(model, "balance", DCA_TERM_UTILISATION);
    (void)add_tier(model, "share", DCA_TERM_SHARE);
    dca__compiled c = compiled_of(model);
    const dca__map *map = &c.map;
    const dca_index x = map->placed[0];
    const dca_index on = map->nodes[elastic];
    const dca_index row_fixed = map->pool_row[fixed * 2 + gpu];
    const dca_index row_power = map->pool_row[fixed * 2 + DCA_POWER];
    const dca_index row_elastic = map->pool_row[elastic * 2 + gpu];
    const dca_index row_feed = map->domain_row[feed * 2 + DCA_POWER];
    const dca_index row_demand = map->demand_row[0];
    assert_int_equal(map->pool_row[elastic * 2 + DCA_POWER], -1); /* not limited */
    assert_int_equal(map->nodes[fixed], -1);
    assert_int_equal(map->num_limits, 5);
    assert_true(c.lp->row_upper[row_fixed] == 24);
    assert_true(c.lp->row_upper[row_power] == 9000 - 1200);
    assert_true(c.lp->row_upper[row_feed] == 9000 - 1.5 * 1200);
    assert_true(c.lp->row_upper[row_elastic] == 0);
    assert_true(entry(&c, row_fixed, x) == 2);
    assert_true(entry(&c, row_power, x) == 50 + 300 * 2);
    assert_true(entry(&c, row_feed, x) == 1.5 * 650);
    assert_true(entry(&c, row_feed, map->placed[1]) == 1.5 * 50);
    assert_true(entry(&c, row_feed, on) == 1.5 * 100);
    assert_true(entry(&c, row_elastic, on) == -4);
    assert_true(c.lp->upper[on] == 2);
    assert_true(entry(&c, row_demand, x) == 1 && entry(&c, row_demand, map->unmet[0]) == 1);
    assert_true(c.lp->upper[map->unmet[0]] == 15);
    /* cost: nodes, energy at the feed's meter */
    const dca__tier_cost *cost = &c.tiers[0];
    assert_int_equal(cost->tier, 0);
    close_to(cost->cost[x], 1.5 * 0.1 * 0.650);
    close_to(cost->cost[on], 1.5 + 1.5 * 0.1 * 0.100);
    close_to(cost->offset, 3 * (2.5 + 1.5 * 0.1 * 0.400));
    /* balance: use - limit u <= - what idles */
    const dca_index u = map->term_column[1];
    const dca_index twin = map->first_repeat[row_power];
    assert_true(entry(&c, twin, x) == 650 && entry(&c, twin, u) == -9000);
    assert_true(c.lp->row_upper[twin] == -1200);
    const dca_index twin_elastic = map->first_repeat[row_elastic];
    assert_true(entry(&c, twin_elastic, u) == -8 && entry(&c, twin_elastic, on) == 0);
    /* share: unmet + weight amount t <= amount */
    const dca_index t = map->term_column[2];
    const dca_index share = map->first_repeat[row_demand];
    assert_true(entry(&c, share, map->unmet[0]) == 1 && entry(&c, share, t) == 20);
    assert_true(c.lp->row_upper[share] == 20 && c.lp->upper[t] == 1);
    assert_int_equal(c.tiers[2].sense, DCA_MAXIMISE);
    assert_true(c.tiers[2].cost[t] == -1);
    dca__compiled_free(env, &c);
    finish(model, env);
}

/* Two feeds of half each, a PDU below them, a site above: factors multiply along each way. */
static void test_ways(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    (void)add_resource(model, "GPU", "GPU");
    const dca_index pool = add_pool(model, "p", 1, 1, 0, 100, 0, 0);
    const dca_index pdu = add_domain(model, "pdu", DCA_DOMAIN_POWER, 1.1, 0);
    const dca_index a = add_domain(model, "A", DCA_DOMAIN_POWER, 1.2, 0);
    const dca_index b = add_domain(model, "B", DCA_DOMAIN_POWER, 1.3, 0);
    const dca_index site = add_domain(model, "site", DCA_DOMAIN_POWER, 1.4, 0);
    must(model, dca_model_set_pool_domain(model, pool, pdu, 1));
    must(model, dca_model_set_domain_parent(model, pdu, a, 0.25));
    must(model, dca_model_set_domain_parent(model, pdu, b, 0.75));
    must(model, dca_model_set_domain_parent(model, a, site, 1));
    must(model, dca_model_set_domain_parent(model, b, site, 1));
    dca__compiled c = compiled_of(model);
    close_to(dca__ways_factor(&c.pool_ways, pool, pdu), 1.1);
    close_to(dca__ways_factor(&c.pool_ways, pool, a), 1.1 * 0.25 * 1.2);
    close_to(dca__ways_factor(&c.pool_ways, pool, b), 1.1 * 0.75 * 1.3);
    close_to(dca__ways_factor(&c.pool_ways, pool, site), 1.1 * (0.25 * 1.2 + 0.75 * 1.3) * 1.4);
    close_to(dca__ways_share(&c.pool_ways, pool, site), 1);
    dca__compiled_free(env, &c);
    /* shares that do not sum to 1, and a pool that counts twice, are refused by name */
    must(model, dca_model_set_domain_parent(model, pdu, b, 0.5));
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca__compile(model, &c, &err), DCA_E_ARG);
    assert_non_null(strstr(err.text, "'pdu'"));
    must(model, dca_model_set_domain_parent(model, pdu, b, 0.75));
    must(model, dca_model_set_pool_domain(model, pool, site, 1));
    assert_int_equal(dca__compile(model, &c, &err), DCA_E_ARG);
    assert_non_null(strstr(err.text, "'p' counts 2 times in domain 'site'"));
    finish(model, env);
}

static void same_doubles(const double *left, const double *right, dca_index n, const char *what)
{
    for (dca_index k = 0; k < n; k++) {
        if (!(left[k] == right[k] || fabs(left[k] - right[k]) <= 1e-12 * fabs(right[k])))
            fail_msg("%s %d: %.17g patched, %.17g compiled", what, (int)k, left[k], right[k]);
    }
}

static void same(const dca__compiled *left, const dca__compiled *right)
{
    const dca_lp *l = left->lp;
    const dca_lp *r = right->lp;
    assert_int_equal(l->num_columns, r->num_columns);
    assert_int_equal(l->num_rows, r->num_rows);
    same_doubles(l->lower, r->lower, l->num_columns, "lower");
    same_doubles(l->upper, r->upper, l->num_columns, "upper");
    same_doubles(l->row_lower, r->row_lower, l->num_rows, "row_lower");
    same_doubles(l->row_upper, r->row_upper, l->num_rows, "row_upper");
    for (dca_index j = 0; j < l->num_columns; j++) {
        assert_int_equal(dca__key_compare(&left->map.column[j], &right->map.column[j]), 0);
        if (l->length[j] != r->length[j])
            fail_msg("column %d of kind %d: %d entries patched, %d compiled", (int)j,
                     (int)left->map.column[j].kind, (int)l->length[j], (int)r->length[j]);
        for (dca_index e = 0; e < l->length[j]; e++) {
            assert_int_equal(l->index[l->start[j] + e], r->index[r->start[j] + e]);
        }
        same_doubles(l->value + l->start[j], r->value + r->start[j], l->length[j], "entry");
    }
    for (dca_index i = 0; i < l->num_rows; i++) {
        assert_int_equal(dca__key_compare(&left->map.row[i], &right->map.row[i]), 0);
    }
    assert_int_equal(left->num_tiers, right->num_tiers);
    for (dca_index t = 0; t < left->num_tiers; t++) {
        same_doubles(left->tiers[t].cost, right->tiers[t].cost, l->num_columns, "cost");
        same_doubles(&left->tiers[t].offset, &right->tiers[t].offset, 1, "offset");
    }
}

static void test_patch_is_compile(void **state)
{
    (void)state;
    int patches = 0;
    int renewals = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        dca_env *env;
        dca_model *model = fresh(&env);
        random_model(model, seed);
        dca__compiled c = compiled_of(model);
        draw d = {seed << 40};
        for (int round = 0; round < 8; round++) {
            const int edits = 1 + below(&d, 4);
            for (int e = 0; e < edits; e++) {
                random_edit(model, &d);
            }
            bool patched;
            assert_int_equal(dca__compile_patch(model, &c, &patched, NULL), DCA_OK);
            dca__compiled anew = compiled_of(model);
            if (patched) {
                same(&c, &anew);
                patches++;
                dca__compiled_free(env, &anew);
            } else {
                renewals++;
                dca__compiled_free(env, &c);
                c = anew;
            }
        }
        dca__compiled_free(env, &c);
        finish(model, env);
    }
    print_message("%d patches, %d compiled anew\n", patches, renewals);
    assert_true(patches > 5 * renewals);
}

/* Every allocation of a compilation fails in turn. */
static void test_no_memory(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    random_model(model, 7);
    const long blocks = book.blocks;
    for (long k = 1;; k++) {
        book.refuse_at = book.requests + k;
        dca__compiled c;
        dca_error err = DCA_ERROR_INIT;
        const dca_status status = dca__compile(model, &c, &err);
        book.refuse_at = 0;
        if (status == DCA_OK) {
            dca__compiled_free(env, &c);
            break;
        }
        assert_int_equal(status, DCA_E_NOMEM);
        assert_int_equal(book.blocks, blocks);
    }
    finish(model, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),     cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_ways),      cmocka_unit_test(test_patch_is_compile),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
