/* test_model.c - the model through its public calls: what is added is read back, what is wrong is
 * refused with a sentence and leaves the model as it was, slots keep their meaning. */
#include "account.h"
#include "check.h"
#include "dcalloc/model.h"
#include "model/model.h"

#include <math.h>
#include <time.h>

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

/* The last error of the model names all of these. */
static void says(const dca_model *model, const char *a, const char *b)
{
    dca_error err = DCA_ERROR_INIT;
    dca_model_error(model, &err);
    if (strstr(err.text, a) == NULL || strstr(err.text, b) == NULL)
        fail_msg("expected '%s' and '%s' in: %s", a, b, err.text);
}

/* Two resources, two pools in a rack and a feed, two demands, a link, placements of each kind. */
static void build(dca_model *model)
{
    dca_index gpu;
    assert_int_equal(dca_model_add_resource(model, "GPU", "GPU", &gpu), DCA_OK);
    assert_int_equal(gpu, 1);
    const double capacity[2][2] = {{0, 8}, {3000, 4}};
    const double watts[2] = {0, 300};
    dca_pool_spec pool[2] = {DCA_POOL_SPEC_INIT, DCA_POOL_SPEC_INIT};
    pool[0].name = "a100";
    pool[0].count = 3;
    pool[0].capacity = capacity[0];
    pool[0].watts = watts;
    pool[0].idle_watts = 400;
    pool[0].price = 2.5;
    pool[1].name = "v100";
    pool[1].elastic = 1;
    pool[1].capacity = capacity[1];
    assert_int_equal(dca_model_add_pools(model, pool, sizeof *pool, 2, NULL), DCA_OK);
    dca_domain_spec domain[3] = {DCA_DOMAIN_SPEC_INIT, DCA_DOMAIN_SPEC_INIT, DCA_DOMAIN_SPEC_INIT};
    domain[0].name = "feed";
    domain[0].factor = 1.2;
    domain[0].energy_price = 0.1;
    domain[1].name = "rack";
    domain[1].kind = DCA_DOMAIN_FAILURE;
    domain[2].name = "team";
    domain[2].kind = DCA_DOMAIN_TENANT;
    assert_int_equal(dca_model_add_domains(model, domain, sizeof *domain, 3, NULL), DCA_OK);
    assert_int_equal(dca_model_set_pool_domain(model, 0, 0, 1), DCA_OK);
    assert_int_equal(dca_model_set_pool_domain(model, 1, 1, 1), DCA_OK);
    assert_int_equal(dca_model_set_domain_parent(model, 1, 0, 1), DCA_OK);
    assert_int_equal(dca_model_set_domain_limit(model, 0, DCA_POWER, 9000), DCA_OK);
    dca_link_spec link = DCA_LINK_SPEC_INIT;
    link.name = "uplink";
    link.from = "rack";
    link.to = "spine";
    link.capacity = 100;
    assert_int_equal(dca_model_add_links(model, &link, sizeof link, 1, NULL), DCA_OK);
    const double use[2] = {0, 2};
    dca_demand_spec demand[2] = {DCA_DEMAND_SPEC_INIT, DCA_DEMAND_SPEC_INIT};
    demand[0].name = "train";
    demand[0].use = use;
    demand[0].amount = 20;
    demand[0].tenant = 2;
    demand[0].unit = "pod";
    demand[1].name = "flow";
    demand[1].amount = INFINITY;
    assert_int_equal(dca_model_add_demands(model, demand, sizeof *demand, 2, NULL), DCA_OK);
    dca_index count = -1;
    assert_int_equal(dca_model_place(model, 0, -1, NULL, NULL, &count), DCA_OK);
    assert_int_equal(count, 2);
    const dca_index over[1] = {0};
    dca_placement_spec placement = DCA_PLACEMENT_SPEC_INIT;
    placement.demand = 1;
    placement.name = "flow over uplink";
    placement.num_links = 1;
    placement.link = over;
    assert_int_equal(dca_model_add_placements(model, &placement, sizeof placement, 1, NULL),
                     DCA_OK);
}

static void test_read_back(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    build(model);
    dca_pool_spec pool = DCA_POOL_SPEC_INIT;
    assert_int_equal(dca_model_get_pool(model, 0, &pool), DCA_OK);
    assert_string_equal(pool.name, "a100");
    assert_true(pool.count == 3 && pool.capacity[1] == 8 && pool.watts[1] == 300);
    assert_true(pool.idle_watts == 400 && pool.price == 2.5 && pool.elastic == 0);
    dca_domain_spec domain = DCA_DOMAIN_SPEC_INIT;
    assert_int_equal(dca_model_get_domain(model, 0, &domain), DCA_OK);
    assert_true(domain.factor == 1.2 && domain.energy_price == 0.1);
    dca_link_spec link = DCA_LINK_SPEC_INIT;
    assert_int_equal(dca_model_get_link(model, 0, &link), DCA_OK);
    assert_string_equal(link.unit, "GB/s");
    assert_string_equal(link.to, "spine");
    dca_demand_spec demand = DCA_DEMAND_SPEC_INIT;
    assert_int_equal(dca_model_get_demand(model, 0, &demand), DCA_OK);
    assert_true(demand.use[0] == 0 && demand.use[1] == 2 && demand.amount == 20);
    assert_int_equal(demand.tenant, 2);
    dca_placement_spec placement = DCA_PLACEMENT_SPEC_INIT;
    assert_int_equal(dca_model_get_placement(model, 0, &placement), DCA_OK);
    assert_null(placement.use); /* as the demand */
    assert_int_equal(dca_model_get_placement(model, 2, &placement), DCA_OK);
    assert_int_equal(placement.num_links, 1);
    assert_true(placement.link_use[0] == 1.0 && isinf(placement.ceiling));
    double limit;
    assert_int_equal(dca_model_get_limit(model, DCA_KIND_POOL, 0, 1, &limit), DCA_OK);
    assert_true(limit == 24);
    assert_int_equal(dca_model_get_limit(model, DCA_KIND_POOL, 0, 0, &limit), DCA_OK);
    assert_true(isinf(limit));
    assert_int_equal(dca_model_get_limit(model, DCA_KIND_DOMAIN, 0, 0, &limit), DCA_OK);
    assert_true(limit == 9000);
    double share = -1.0;
    assert_int_equal(dca_model_set_pool_domain(model, 0, 0, 0.5), DCA_OK);
    assert_int_equal(dca_model_get_share(model, DCA_KIND_POOL, 0, 0, &share), DCA_OK);
    assert_true(share == 0.5);
    assert_int_equal(dca_model_get_share(model, DCA_KIND_DOMAIN, 0, 1, &share), DCA_OK);
    assert_true(share == 0.0);
    assert_int_equal(dca_model_get_share(model, DCA_KIND_LINK, 0, 0, &share), DCA_E_ARG);
    assert_int_equal(dca_model_get_share(model, DCA_KIND_POOL, 99, 0, &share), DCA_E_ARG);
    finish(model, env);
}

static void test_names(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    build(model);
    assert_string_equal(dca_model_object_name(model, DCA_KIND_PLACEMENT, 1), "train@v100");
    assert_string_equal(dca_model_object_name(model, DCA_KIND_PLACEMENT, 2), "flow over uplink");
    assert_int_equal(dca_model_find(model, DCA_KIND_PLACEMENT, "train@v100"), 1);
    assert_int_equal(dca_model_find(model, DCA_KIND_PLACEMENT, "flow over uplink"), 2);
    assert_int_equal(dca_model_find(model, DCA_KIND_PLACEMENT, "train@h100"), -1);
    assert_int_equal(dca_model_find(model, DCA_KIND_POOL, "v100"), 1);
    assert_string_equal(dca_model_unit(model, DCA_KIND_PLACEMENT, 0), "pod");
    assert_string_equal(dca_model_unit(model, DCA_KIND_RESOURCE, 0), "W");
    dca_pool_spec unnamed = DCA_POOL_SPEC_INIT;
    assert_int_equal(dca_model_add_pools(model, &unnamed, sizeof unnamed, 1, NULL), DCA_OK);
    assert_string_equal(dca_model_object_name(model, DCA_KIND_POOL, 2), "pool 2");
    finish(model, env);
}

static void test_refusals(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    build(model);
    const uint64_t revision = dca_model_revision(model);
    dca_pool_spec pool[2] = {DCA_POOL_SPEC_INIT, DCA_POOL_SPEC_INIT};
    pool[0].name = "new";
    pool[1].name = "a100";
    assert_int_equal(dca_model_add_pools(model, pool, sizeof *pool, 2, NULL), DCA_E_ARG);
    says(model, "a100", "taken");
    assert_int_equal(dca_model_count(model, DCA_KIND_POOL), 2);
    assert_int_equal(dca_model_find(model, DCA_KIND_POOL, "new"), -1);
    const double negative[2] = {0, -8};
    pool[0].capacity = negative;
    assert_int_equal(dca_model_add_pools(model, pool, sizeof *pool, 1, NULL), DCA_E_ARG);
    says(model, "new", "-8");
    says(model, "GPU", "expected");
    assert_int_equal(dca_model_set_pool_count(model, 0, NAN), DCA_E_ARG);
    says(model, "a100", "nan");
    assert_int_equal(dca_model_set_pool_count(model, 7, 1), DCA_E_ARG);
    says(model, "pool 7", "does not exist");
    assert_int_equal(dca_model_set_domain_parent(model, 0, 1, 1), DCA_E_ARG);
    says(model, "feed", "cycle");
    assert_int_equal(dca_model_set_domain_parent(model, 0, 0, 1), DCA_E_ARG);
    says(model, "feed", "cycle");
    assert_int_equal(dca_model_set_domain_parent(model, 2, 0, 1), DCA_E_ARG);
    says(model, "team", "tenant");
    assert_int_equal(dca_model_set_pool_domain(model, 0, 2, 1), DCA_E_ARG);
    says(model, "team", "tenant");
    assert_int_equal(dca_model_set_pool_domain(model, 0, 0, 1.5), DCA_E_ARG);
    says(model, "share", "1.5");
    assert_int_equal(dca_model_set_domain_limit(model, 0, 1, 5), DCA_E_ARG);
    says(model, "feed", "counts power only");
    assert_int_equal(dca_model_set_domain_limit(model, 1, 1, -5), DCA_E_ARG);
    says(model, "rack", "-5");
    assert_int_equal(dca_model_set_demand_hard(model, 1, 1), DCA_E_ARG);
    says(model, "flow", "inf");
    assert_int_equal(dca_model_set_demand_min_share(model, 0, 1.01), DCA_E_ARG);
    says(model, "train", "min_share");
    assert_int_equal(dca_model_remove(model, DCA_KIND_LINK, 0), DCA_E_ARG);
    says(model, "uplink", "flow over uplink");
    assert_int_equal(dca_model_remove(model, DCA_KIND_RESOURCE, 0), DCA_E_ARG);
    assert_int_equal(dca_model_set_placement_rate(model, 0, 0), DCA_E_ARG);
    says(model, "train@a100", "rate");
    dca_demand_spec demand = DCA_DEMAND_SPEC_INIT;
    demand.tenant = 0;
    demand.name = "odd";
    assert_int_equal(dca_model_add_demands(model, &demand, sizeof demand, 1, NULL), DCA_E_ARG);
    says(model, "odd", "tenant");
    dca_placement_spec placement = DCA_PLACEMENT_SPEC_INIT;
    placement.demand = 9;
    assert_int_equal(dca_model_add_placements(model, &placement, sizeof placement, 1, NULL),
                     DCA_E_ARG);
    says(model, "demand 9", "does not exist");
    placement.demand = 0;
    placement.pool = 0;
    placement.name = "flow over uplink";
    assert_int_equal(dca_model_add_placements(model, &placement, sizeof placement, 1, NULL),
                     DCA_E_ARG);
    says(model, "flow over uplink", "taken");
    dca_term_spec term = DCA_TERM_SPEC_INIT;
    assert_int_equal(dca_model_add_term(model, 0, &term, NULL), DCA_E_ARG);
    says(model, "tier 0", "does not exist");
    pool[0].struct_size = 3;
    assert_int_equal(dca_model_add_pools(model, pool, sizeof *pool, 1, NULL), DCA_E_ABI);
    assert_int_equal(dca_model_add_pools(NULL, pool, sizeof *pool, 1, NULL), DCA_E_ARG);
    assert_int_equal(dca_model_revision(model), revision);
    assert_int_equal(dca_model_count(model, DCA_KIND_PLACEMENT), 3);
    finish(model, env);
}

static void test_place_passes_over(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    build(model);
    dca_index count = -1;
    assert_int_equal(dca_model_place(model, 0, -1, NULL, NULL, &count), DCA_OK);
    assert_int_equal(count, 0); /* both stand already */
    const double use[2] = {0, 6};
    dca_demand_spec big = DCA_DEMAND_SPEC_INIT;
    big.name = "big";
    big.use = use;
    dca_index at;
    assert_int_equal(dca_model_add_demands(model, &big, sizeof big, 1, &at), DCA_OK);
    assert_int_equal(dca_model_place(model, at, -1, NULL, NULL, &count), DCA_OK);
    assert_int_equal(count, 1); /* 6 GPU fit a node of 8, not one of 4 */
    dca_placement_spec got = DCA_PLACEMENT_SPEC_INIT;
    assert_int_equal(dca_model_get_placement(model, 3, &got), DCA_OK);
    assert_int_equal(got.pool, 0);
    const double huge[2] = {0, 9};
    big.name = "huge";
    big.use = huge;
    assert_int_equal(dca_model_add_demands(model, &big, sizeof big, 1, &at), DCA_OK);
    assert_int_equal(dca_model_place(model, at, -1, NULL, NULL, &count), DCA_OK);
    assert_int_equal(count, 0);
    /* power per node: 3000 W, of which 4 GPU at 700 W and 400 W idle are too many */
    assert_int_equal(dca_model_set_pool_idle_watts(model, 1, 400), DCA_OK);
    assert_int_equal(dca_model_set_pool_watts(model, 1, 1, 700), DCA_OK);
    const double four[2] = {0, 4};
    big.name = "four";
    big.use = four;
    assert_int_equal(dca_model_add_demands(model, &big, sizeof big, 1, &at), DCA_OK);
    assert_int_equal(dca_model_place(model, at, -1, NULL, NULL, &count), DCA_OK);
    assert_int_equal(count, 1);
    finish(model, env);
}

static void test_remove_and_compact(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    build(model);
    assert_non_null(dca_model_object_name(model, DCA_KIND_PLACEMENT, 0));
    assert_non_null(dca_model_object_name(model, DCA_KIND_PLACEMENT, 1));
    assert_int_equal(dca_model_remove(model, DCA_KIND_POOL, 0), DCA_OK);
    assert_int_equal(dca_model_exists(model, DCA_KIND_POOL, 0), 0);
    assert_int_equal(dca_model_exists(model, DCA_KIND_PLACEMENT, 0), 0);
    assert_int_equal(dca_model_exists(model, DCA_KIND_PLACEMENT, 1), 1);
    assert_int_equal(dca_model_find(model, DCA_KIND_POOL, "a100"), -1);
    assert_int_equal(dca_model_set_pool_count(model, 0, 1), DCA_E_ARG);
    says(model, "pool 0", "removed");
    assert_int_equal(dca_model_remove(model, DCA_KIND_DOMAIN, 0), DCA_OK);
    assert_int_equal(model->domains[1].arcs, -1); /* its member stays, without a parent */
    dca_index pools[2], placements[3], domains[3];
    assert_int_equal(dca_model_compact(model, pools, domains, NULL, NULL, placements), DCA_OK);
    assert_int_equal(pools[0], -1);
    assert_int_equal(pools[1], 0);
    assert_int_equal(placements[1], 0);
    assert_int_equal(placements[2], 1);
    assert_int_equal(domains[2], 1);
    dca_pool_spec pool = DCA_POOL_SPEC_INIT;
    assert_int_equal(dca_model_get_pool(model, 0, &pool), DCA_OK);
    assert_string_equal(pool.name, "v100");
    assert_true(pool.capacity[1] == 4);
    assert_string_equal(dca_model_object_name(model, DCA_KIND_PLACEMENT, 0), "train@v100");
    assert_string_equal(dca_model_object_name(model, DCA_KIND_PLACEMENT, 1), "flow over uplink");
    dca_demand_spec demand = DCA_DEMAND_SPEC_INIT;
    assert_int_equal(dca_model_get_demand(model, 0, &demand), DCA_OK);
    assert_int_equal(demand.tenant, 1);
    assert_true(demand.use[1] == 2);
    dca_placement_spec placement = DCA_PLACEMENT_SPEC_INIT;
    assert_int_equal(dca_model_get_placement(model, 1, &placement), DCA_OK);
    assert_int_equal(placement.link[0], 0);
    assert_int_equal(model->demands[0].first, 0);
    assert_int_equal(model->demands[0].last, 0);
    finish(model, env);
}

static void test_columns_equal_specs(void **state)
{
    (void)state;
    dca_env *env;
    dca_model *model = fresh(&env);
    dca_index gpu;
    assert_int_equal(dca_model_add_resource(model, "GPU", NULL, &gpu), DCA_OK);
    const char *const names[2] = {"x", "y"};
    const double counts[2] = {2, 5};
    const dca_nnz start[3] = {0, 1, 3};
    const dca_index index[3] = {1, 1, 0};
    const double value[3] = {8, 4, 900};
    dca_pool_columns pools = {
        sizeof pools, 2,         {names, sizeof *names}, {counts, sizeof *counts}, {NULL, 0},
        {NULL, 0},    {NULL, 0}, {start, index, value},  {NULL, NULL, NULL}};
    dca_index first = -1;
    assert_int_equal(dca_model_add_pool_columns(model, &pools, &first), DCA_OK);
    assert_int_equal(first, 0);
    dca_pool_spec pool = DCA_POOL_SPEC_INIT;
    assert_int_equal(dca_model_get_pool(model, 1, &pool), DCA_OK);
    assert_true(pool.count == 5 && pool.capacity[0] == 900 && pool.capacity[1] == 4);
    assert_int_equal(dca_model_get_pool(model, 0, &pool), DCA_OK);
    assert_true(pool.count == 2 && pool.capacity[0] == 0 && pool.capacity[1] == 8);
    assert_int_equal(dca_model_add_pool_columns(model, &pools, NULL), DCA_E_ARG);
    says(model, "x", "taken");
    const dca_nnz bad_start[2] = {0, 1};
    const dca_index bad_index[1] = {2};
    dca_demand_columns demands = {0};
    demands.struct_size = sizeof demands;
    demands.n = 1;
    demands.use = (dca_sparse){bad_start, bad_index, NULL};
    assert_int_equal(dca_model_add_demand_columns(model, &demands, NULL), DCA_E_ARG);
    demands.use.index = index;
    assert_int_equal(dca_model_add_demand_columns(model, &demands, NULL), DCA_OK);
    dca_demand_spec demand = DCA_DEMAND_SPEC_INIT;
    assert_int_equal(dca_model_get_demand(model, 0, &demand), DCA_OK);
    assert_string_equal(demand.name, "demand 0");
    assert_true(demand.use[1] == 1 && demand.use[0] == 0);
    const dca_index who[2] = {0, 3};
    dca_placement_columns placements = {0};
    placements.struct_size = sizeof placements;
    placements.n = 2;
    placements.demand = (dca_indices){who, sizeof *who};
    assert_int_equal(dca_model_add_placement_columns(model, &placements, NULL), DCA_E_ARG);
    says(model, "demand 3", "exist");
    assert_int_equal(dca_model_count(model, DCA_KIND_PLACEMENT), 0);
    finish(model, env);
}

static void test_million(void **state)
{
    (void)state;
    enum { DEMANDS = 1000, POOLS = 1000, N = DEMANDS * POOLS };
    dca_env *env = NULL;
    assert_int_equal(dca__env_new(NULL, &env), DCA_OK);
    dca_model *model = NULL;
    assert_int_equal(dca_model_new(env, &model), DCA_OK);
    dca_pool_columns pools = {0};
    pools.struct_size = sizeof pools;
    pools.n = POOLS;
    assert_int_equal(dca_model_add_pool_columns(model, &pools, NULL), DCA_OK);
    dca_demand_columns demands = {0};
    demands.struct_size = sizeof demands;
    demands.n = DEMANDS;
    assert_int_equal(dca_model_add_demand_columns(model, &demands, NULL), DCA_OK);
    dca_index *demand = malloc(N * sizeof *demand);
    dca_index *pool = malloc(N * sizeof *pool);
    double *rate = malloc(N * sizeof *rate);
    for (dca_index k = 0; k < N; k++) {
        demand[k] = k / POOLS;
        pool[k] = k % POOLS;
        rate[k] = 1.0 + k;
    }
    dca_placement_columns columns = {0};
    columns.struct_size = sizeof columns;
    columns.n = N;
    columns.demand = (dca_indices){demand, sizeof *demand};
    columns.pool = (dca_indices){pool, sizeof *pool};
    columns.rate = (dca_doubles){rate, sizeof *rate};
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    assert_int_equal(dca_model_add_placement_columns(model, &columns, NULL), DCA_OK);
    clock_gettime(CLOCK_MONOTONIC, &after);
    const double seconds =
        (double)(after.tv_sec - before.tv_sec) + 1e-9 * (double)(after.tv_nsec - before.tv_nsec);
    print_message("a million placements in %.3f s\n", seconds);
    dca_placement_spec got = DCA_PLACEMENT_SPEC_INIT;
    assert_int_equal(dca_model_get_placement(model, N - 1, &got), DCA_OK);
    assert_true(got.demand == DEMANDS - 1 && got.pool == POOLS - 1 && got.rate == N);
    assert_string_equal(dca_model_object_name(model, DCA_KIND_PLACEMENT, N - 1),
                        "demand 999@pool 999");
    free(rate);
    free(pool);
    free(demand);
    dca_model_free(model);
    dca__env_release(env);
}

/* Every allocation of a whole build fails in turn: the model is as it was, and what follows works. */
static void test_no_memory(void **state)
{
    (void)state;
    for (long k = 1;; k++) {
        book = (account){0};
        dca_env *env = account_env(&book, 0);
        book.refuse_at = book.requests + k;
        dca_model *model = NULL;
        dca_status status = dca_model_new(env, &model);
        if (status == DCA_OK) {
            const double capacity[2] = {0, 8};
            const double use[2] = {0, 2};
            const char *const tier = "cost";
            dca_pool_spec pool = DCA_POOL_SPEC_INIT;
            pool.capacity = capacity;
            dca_demand_spec demand = DCA_DEMAND_SPEC_INIT;
            demand.use = use;
            demand.unit = "pod";
            dca_domain_spec domain = DCA_DOMAIN_SPEC_INIT;
            dca_link_spec link = DCA_LINK_SPEC_INIT;
            link.from = "here";
            const dca_index zero = 0;
            dca_placement_spec placement = DCA_PLACEMENT_SPEC_INIT;
            placement.demand = 0;
            placement.name = "named";
            placement.use = use;
            placement.num_links = 1;
            placement.link = &zero;
            dca_term_spec term = DCA_TERM_SPEC_INIT;
            dca_index count;
            int refused = 0;
            for (int step = 0; step < 12;) {
                const uint64_t revision = dca_model_revision(model);
                switch (step) {
                case 0:
                    status = dca_model_add_resource(model, "GPU", "card", NULL);
                    break;
                case 1:
                    status = dca_model_add_pools(model, &pool, sizeof pool, 1, NULL);
                    break;
                case 2:
                    status = dca_model_add_domains(model, &domain, sizeof domain, 1, NULL);
                    break;
                case 3:
                    status = dca_model_add_links(model, &link, sizeof link, 1, NULL);
                    break;
                case 4:
                    status = dca_model_add_demands(model, &demand, sizeof demand, 1, NULL);
                    break;
                case 5:
                    status = dca_model_place(model, 0, -1, NULL, NULL, &count);
                    break;
                case 6:
                    status = dca_model_add_placements(model, &placement, sizeof placement, 1, NULL);
                    break;
                case 7:
                    status = dca_model_set_pool_domain(model, 0, 0, 1);
                    break;
                case 8:
                    status = dca_model_add_tier(model, tier, NULL);
                    break;
                case 9:
                    status = dca_model_add_term(model, 0, &term, NULL);
                    break;
                case 10:
                    status = dca_model_set_name(model, "whole");
                    break;
                default:
                    status = dca_model_compact(model, NULL, NULL, NULL, NULL, NULL);
                }
                if (status != DCA_OK) {
                    assert_int_equal(status, DCA_E_NOMEM);
                    assert_int_equal(dca_model_revision(model), revision);
                    assert_int_equal(refused++, 0);
                } else {
                    step++;
                }
            }
            assert_int_equal(dca_model_count(model, DCA_KIND_PLACEMENT), 2);
            assert_int_equal(dca_model_find(model, DCA_KIND_PLACEMENT, "named"), 1);
            if (refused == 0) {
                finish(model, env);
                break;
            }
        }
        finish(model, env);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read_back),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_place_passes_over),
        cmocka_unit_test(test_remove_and_compact),
        cmocka_unit_test(test_columns_equal_specs),
        cmocka_unit_test(test_million),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
