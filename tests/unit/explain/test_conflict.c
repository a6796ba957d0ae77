/* test_conflict.c - a conflict is infeasible by itself and feasible without any one of its members, for
 * random LPs and models, with and without untouchable ones; limits end it early; every allocation is
 * refused in turn. */
#include "account.h"
#include "base/rng.h"
#include "dcalloc.h"
#include "random_model.h"

#include <math.h>

static account book;

enum { MOST = 64, ROWS = 10, COLUMNS = 8 }; /* members; of random LPs */

/* ---- LPs ---------------------------------------------------------------------------------------------- */

static double small_integer(uint64_t *seed, int low, int high)
{
    *seed = dca__hash64(*seed);
    return low + (double)(*seed % (uint64_t)(high - low + 1));
}

/* m rows and n columns with small integers; often infeasible. */
static dca_lp *random_lp(dca_env *env, uint64_t seed, dca_index m, dca_index n)
{
    dca_lp *lp = NULL;
    assert_int_equal(dca_lp_new(env, &lp), DCA_OK);
    for (dca_index i = 0; i < m; i++) {
        const double low = small_integer(&seed, -4, 8);
        const double high = low + small_integer(&seed, 0, 3);
        const double kind = small_integer(&seed, 0, 3);
        assert_int_equal(dca_lp_add_row(lp, NULL, kind == 1.0 ? -INFINITY : low,
                                        kind == 2.0   ? INFINITY
                                        : kind == 3.0 ? low
                                                      : high,
                                        0, NULL, NULL, NULL),
                         DCA_OK);
    }
    for (dca_index j = 0; j < n; j++) {
        dca_index rows[32];
        double values[32];
        dca_index count = 0;
        for (dca_index i = 0; i < m; i++) {
            const double value = small_integer(&seed, -5, 5);
            if (fabs(value) > 2.0) {
                rows[count] = i;
                values[count++] = value - (value > 0.0 ? 2.0 : -2.0);
            }
        }
        const double kind = small_integer(&seed, 0, 4);
        assert_int_equal(dca_lp_add_column(lp, NULL, small_integer(&seed, -3, 3),
                                           kind == 0.0 ? -INFINITY : 0.0,
                                           kind == 1.0 ? INFINITY : small_integer(&seed, 1, 4),
                                           count, rows, values, NULL),
                         DCA_OK);
    }
    return lp;
}

static dca_solver *solver_of(dca_lp *lp)
{
    dca_solver *solver = NULL;
    assert_int_equal(dca_solver_new_lp(lp, NULL, &solver, NULL), DCA_OK);
    return solver;
}

/* A random LP with its solver, and what was found. */
typedef struct stage {
    dca_env *env;
    dca_lp *lp;
    dca_solver *solver;
    dca_result *result; /* the last one, freed at the end */
} stage;

static stage set_stage(uint64_t seed)
{
    book = (account){0};
    stage s = {.env = account_env(&book, 0)};
    s.lp = random_lp(s.env, seed, ROWS, COLUMNS);
    s.solver = solver_of(s.lp);
    return s;
}

/* Look for a conflict; is there one? */
static bool look(stage *s, const uint8_t *rows)
{
    dca_result_free(s->result);
    s->result = NULL;
    assert_int_equal(dca_solver_find_conflict(s->solver, NULL, rows, NULL, &s->result), DCA_OK);
    return dca_result_outcome(s->result) == DCA_INFEASIBLE;
}

static void clear_stage(stage *s)
{
    dca_result_free(s->result);
    dca_solver_free(s->solver);
    dca_lp_free(s->lp);
    account_close(&book, s->env);
}

/* The members of a result; how many. */
static dca_index members(const dca_result *result, dca_conflict_member out[MOST], int32_t *proved)
{
    dca_index count = 0;
    assert_int_equal(dca_result_conflict_count(result, &count, proved), DCA_OK);
    assert_in_range(count, 1, MOST);
    for (dca_index k = 0; k < count; k++) {
        out[k] = (dca_conflict_member){.struct_size = sizeof out[k]};
        assert_int_equal(dca_result_conflict_at(result, k, &out[k]), DCA_OK);
        assert_non_null(dca_result_conflict_note(result, k));
    }
    assert_int_equal(dca_result_conflict_at(result, count, &out[0]), DCA_E_ARG);
    assert_null(dca_result_conflict_note(result, count));
    return count;
}

/* Outcome of the LP with the sides of members alone, but the one at `left_out`. */
static dca_outcome outcome_of(const dca_lp *lp, const dca_conflict_member *member, dca_index count,
                              dca_index left_out)
{
    dca_lp *part = NULL;
    assert_int_equal(dca_lp_copy(lp, &part), DCA_OK);
    const double below = -INFINITY;
    const double above = INFINITY;
    const dca_doubles lowest = {&below, 0};
    const dca_doubles highest = {&above, 0};
    assert_int_equal(dca_lp_set_row_bounds(part, dca_lp_num_rows(lp), NULL, lowest, highest),
                     DCA_OK);
    assert_int_equal(dca_lp_set_column_bounds(part, dca_lp_num_columns(lp), NULL, lowest, highest),
                     DCA_OK);
    for (dca_index k = 0; k < count; k++) {
        const bool row = member[k].kind == DCA_KIND_ROW;
        double low;
        double high;
        if (k == left_out) {
            continue;
        }
        assert_int_equal(
            row ? dca_lp_get_rows(part, member[k].index, 1, &low, &high)
                : dca_lp_get_columns(part, member[k].index, 1, NULL, &low, &high, NULL),
            DCA_OK);
        *(member[k].side < 0 ? &low : &high) = member[k].limit;
        const dca_doubles lower = {&low, 0};
        const dca_doubles upper = {&high, 0};
        assert_int_equal(row ? dca_lp_set_row_bounds(part, 1, &member[k].index, lower, upper)
                             : dca_lp_set_column_bounds(part, 1, &member[k].index, lower, upper),
                         DCA_OK);
    }
    const dca_doubles no_cost = {(const double[]){0.0}, 0};
    assert_int_equal(dca_lp_set_costs(part, dca_lp_num_columns(lp), NULL, no_cost), DCA_OK);
    dca_solver *solver = solver_of(part);
    dca_result *result = NULL;
    assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_OK);
    const dca_outcome outcome = dca_result_outcome(result);
    dca_result_free(result);
    dca_solver_free(solver);
    dca_lp_free(part);
    return outcome;
}

static void check_irreducible(const dca_lp *lp, const dca_conflict_member *member, dca_index count)
{
    assert_int_equal(outcome_of(lp, member, count, -1), DCA_INFEASIBLE);
    for (dca_index k = 0; k < count; k++) {
        assert_int_equal(outcome_of(lp, member, count, k), DCA_OPTIMAL);
    }
}

static void test_random_lps(void **state)
{
    (void)state;
    int looked_at = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        stage s = set_stage(seed);
        if (look(&s, NULL)) {
            dca_conflict_member member[MOST];
            int32_t proved = 0;
            const dca_index count = members(s.result, member, &proved);
            assert_true(proved);
            check_irreducible(s.lp, member, count);
            looked_at++;
        } else {
            assert_int_equal(dca_result_conflict_count(s.result, NULL, NULL), DCA_E_STATE);
        }
        clear_stage(&s);
    }
    assert_true(looked_at > 60);
}

/* Every row side that is marked, behind the `count` members; how many there are then. */
static dca_index add_marked(const dca_lp *lp, const uint8_t marks[ROWS],
                            dca_conflict_member *member, dca_index count)
{
    for (dca_index i = 0; i < ROWS; i++) {
        double low;
        double high;
        assert_int_equal(dca_lp_get_rows(lp, i, 1, &low, &high), DCA_OK);
        if ((marks[i] & DCA_UNTOUCHABLE_LOWER) != 0 && isfinite(low)) {
            member[count++] =
                (dca_conflict_member){.kind = DCA_KIND_ROW, .index = i, .side = -1, .limit = low};
        }
        if ((marks[i] & DCA_UNTOUCHABLE_UPPER) != 0 && isfinite(high)) {
            member[count++] =
                (dca_conflict_member){.kind = DCA_KIND_ROW, .index = i, .side = 1, .limit = high};
        }
    }
    return count;
}

/* Rows marked at random: those told are irreducible, and no smaller set of others would do: with the
 * marked rows all in force and without any one unmarked member the LP is feasible. */
static void test_untouchable(void **state)
{
    (void)state;
    int told = 0;
    for (uint64_t seed = 1; seed <= 120; seed++) {
        stage s = set_stage(seed);
        uint8_t marks[ROWS];
        uint64_t at = seed;
        for (int i = 0; i < ROWS; i++) {
            marks[i] = (uint8_t)small_integer(&at, 0, 3);
        }
        if (look(&s, marks)) {
            dca_conflict_member member[2 * MOST];
            int32_t proved = 0;
            const dca_index count = members(s.result, member, &proved);
            assert_true(proved);
            check_irreducible(s.lp, member, count);
            const dca_index all = add_marked(s.lp, marks, member, count);
            for (dca_index k = 0; k < count; k++) {
                const uint8_t bit =
                    member[k].side < 0 ? DCA_UNTOUCHABLE_LOWER : DCA_UNTOUCHABLE_UPPER;
                const bool marked =
                    member[k].kind == DCA_KIND_ROW && (marks[member[k].index] & bit) != 0;
                assert_int_equal(member[k].untouchable, marked);
                told += marked;
                if (!marked) {
                    assert_int_equal(outcome_of(s.lp, member, all, k), DCA_OPTIMAL);
                }
            }
        }
        clear_stage(&s);
    }
    assert_true(told > 40);
}

/* Bounds that cross, an empty row, and a row alone. */
static void test_one_and_two(void **state)
{
    (void)state;
    book = (account){0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = NULL;
    dca_conflict_member member[MOST];
    int32_t proved = 0;
    assert_int_equal(dca_lp_new(env, &lp), DCA_OK);
    assert_int_equal(dca_lp_add_column(lp, "x", 0.0, 3.0, 2.0, 0, NULL, NULL, NULL), DCA_OK);
    assert_int_equal(dca_lp_add_row(lp, "r", -1.0, 1.0, 0, NULL, NULL, NULL), DCA_OK);
    dca_solver *solver = solver_of(lp);
    dca_result *result = NULL;
    assert_int_equal(dca_solver_find_conflict(solver, NULL, NULL, NULL, &result), DCA_OK);
    assert_int_equal(members(result, member, &proved), 2);
    assert_true(proved && member[0].side == -1 && member[1].side == 1 && member[0].limit == 3.0);
    assert_string_equal(dca_result_conflict_note(result, 1), "column 'x' is at most 2");
    dca_result_free(result);

    const double zero = 0.0;
    const double four = 4.0;
    const dca_index first = 0;
    assert_int_equal(
        dca_lp_set_column_bounds(lp, 1, &first, (dca_doubles){&zero, 0}, (dca_doubles){&four, 0}),
        DCA_OK);
    assert_int_equal(
        dca_lp_set_row_bounds(lp, 1, &first, (dca_doubles){&four, 0}, (dca_doubles){&four, 0}),
        DCA_OK);
    assert_int_equal(dca_solver_find_conflict(solver, NULL, NULL, NULL, &result), DCA_OK);
    assert_int_equal(members(result, member, &proved), 1);
    assert_true(proved && member[0].kind == DCA_KIND_ROW && member[0].side == -1);
    assert_string_equal(dca_result_conflict_note(result, 0), "row 'r' is at least 4");
    dca_result_free(result);

    const uint8_t marks[] = {4};
    result = NULL;
    assert_int_equal(dca_solver_find_conflict(solver, marks, NULL, NULL, &result), DCA_E_ARG);
    assert_null(result);
    dca_error error = DCA_ERROR_INIT;
    dca_solver_error(solver, &error);
    assert_non_null(strstr(error.text, "mark is 4"));
    dca_solver_free(solver);
    dca_lp_free(lp);
    account_close(&book, env);
}

/* A limit that the solve nearly used up leaves a set that is infeasible and not called irreducible. */
static void test_limit(void **state)
{
    (void)state;
    int early = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        stage s = set_stage(seed);
        dca_options *options = NULL;
        assert_int_equal(dca_options_new(s.env, &options), DCA_OK);
        for (int most = 1; most < 20; most++) {
            char text[16];
            snprintf(text, sizeof text, "%d", most);
            assert_int_equal(dca_options_set(options, "limits.iterations", text), DCA_OK);
            assert_int_equal(dca_solver_set_options(s.solver, options), DCA_OK);
            dca_solver_reset(s.solver);
            if (look(&s, NULL)) {
                dca_conflict_member member[MOST];
                int32_t proved = 0;
                const dca_index count = members(s.result, member, &proved);
                assert_int_equal(outcome_of(s.lp, member, count, -1), DCA_INFEASIBLE);
                if (proved) {
                    check_irreducible(s.lp, member, count);
                }
                early += !proved;
            }
        }
        dca_options_free(options);
        clear_stage(&s);
    }
    assert_true(early > 5);
}

/* ---- Models -------------------------------------------------------------------------------------------- */

/* Let a member of a model's conflict give: it is no longer in the way. */
static void let_go(dca_model *model, const dca_conflict_member *member)
{
    dca_pool_spec pool = DCA_POOL_SPEC_INIT;
    switch (member->kind) {
    case DCA_KIND_DEMAND:
        must(model, dca_model_set_demand_hard(model, member->index, 0));
        must(model, dca_model_set_demand_min_share(model, member->index, 0.0));
        break;
    case DCA_KIND_LINK:
        must(model, dca_model_set_link_capacity(model, member->index, INFINITY));
        break;
    case DCA_KIND_DOMAIN:
        must(model, dca_model_set_domain_limit(model, member->index, member->resource, INFINITY));
        break;
    case DCA_KIND_POOL:
        assert_int_equal(dca_model_get_pool(model, member->index, &pool), DCA_OK);
        if (member->resource < 0) {
            must(model, dca_model_set_pool_count(model, member->index, 1e6));
        } else {
            must(model, dca_model_set_pool_capacity(model, member->index, member->resource,
                                                    1e6 / fmax(pool.count, 1e-3)));
        }
        break;
    default:
        must(model, dca_model_set_placement_ceiling(model, member->index, INFINITY));
    }
}

/* Is the random model of this seed, all demands hard, feasible when one member gives? */
static dca_outcome outcome_without(uint64_t seed, const dca_conflict_member *member)
{
    account other = {0};
    dca_env *env = account_env(&other, 0);
    dca_model *model = NULL;
    assert_int_equal(dca_model_new(env, &model), DCA_OK);
    random_model(model, seed);
    for (dca_index i = 0; i < dca_model_count(model, DCA_KIND_DEMAND); i++) {
        must(model, dca_model_set_demand_hard(model, i, 1));
    }
    if (member != NULL) {
        let_go(model, member);
    }
    dca_solver *solver = new_solver(model);
    dca_result *result = NULL;
    assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_OK);
    const dca_outcome outcome = dca_result_outcome(result);
    dca_result_free(result);
    dca_solver_free(solver);
    dca_model_free(model);
    account_close(&other, env);
    return outcome;
}

/* The conflict names demands that insist and what they need; when the model has but one conflict, any
 * member that gives makes it feasible. */
static void test_models(void **state)
{
    (void)state;
    int looked_at = 0;
    int single = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        book = (account){0};
        dca_env *env = account_env(&book, 0);
        dca_model *model = NULL;
        assert_int_equal(dca_model_new(env, &model), DCA_OK);
        random_model(model, seed);
        for (dca_index i = 0; i < dca_model_count(model, DCA_KIND_DEMAND); i++) {
            must(model, dca_model_set_demand_hard(model, i, 1));
        }
        dca_solver *solver = new_solver(model);
        dca_result *result = NULL;
        assert_int_equal(dca_solver_find_conflict(solver, NULL, NULL, NULL, &result), DCA_OK);
        if (dca_result_outcome(result) == DCA_INFEASIBLE) {
            dca_conflict_member member[MOST];
            int32_t proved = 0;
            const dca_index count = members(result, member, &proved);
            assert_true(proved);
            assert_int_equal(member[count - 1].kind, DCA_KIND_DEMAND);
            int demands = 0;
            for (dca_index k = 0; k < count; k++) {
                demands += member[k].kind == DCA_KIND_DEMAND;
                single += outcome_without(seed, &member[k]) == DCA_OPTIMAL;
            }
            assert_true(demands > 0);
            const char *last = dca_result_sentence(result, dca_result_num_sentences(result) - 1);
            assert_true(strncmp(last, "- ", 2) == 0 || strncmp(last, "... ", 4) == 0);
            looked_at++;
        }
        dca_result_free(result);
        dca_solver_free(solver);
        dca_model_free(model);
        account_close(&book, env);
    }
    assert_true(looked_at > 30);
    assert_true(single > 20);
}

/* A demand of 20 that may use a pool of 4 nodes and a link of 6: with the demand untouchable it is still
 * told, as it matters, and marked. */
static void test_untouchable_model(void **state)
{
    (void)state;
    book = (account){0};
    dca_env *env = account_env(&book, 0);
    dca_model *model = NULL;
    assert_int_equal(dca_model_new(env, &model), DCA_OK);
    dca_index gpu = -1;
    must(model, dca_model_add_resource(model, "gpu", "GPU", &gpu));
    dca_pool_spec pool = DCA_POOL_SPEC_INIT;
    const double capacity[] = {0.0, 2.0};
    pool.name = "rack";
    pool.count = 4.0;
    pool.capacity = capacity;
    must(model, dca_model_add_pools(model, &pool, sizeof pool, 1, NULL));
    dca_demand_spec demand = DCA_DEMAND_SPEC_INIT;
    const double use[] = {0.0, 1.0};
    demand.name = "serve";
    demand.amount = 20.0;
    demand.use = use;
    demand.hard = 1;
    must(model, dca_model_add_demands(model, &demand, sizeof demand, 1, NULL));
    must(model, dca_model_place(model, 0, -1, NULL, NULL, NULL));
    must(model, dca_model_set_repair_weight(model, DCA_KIND_DEMAND, 0, -1, INFINITY));
    dca_solver *solver = new_solver(model);
    dca_result *result = NULL;
    const uint8_t marks[] = {0};
    assert_int_equal(dca_solver_find_conflict(solver, NULL, marks, NULL, &result), DCA_E_ARG);
    assert_int_equal(dca_solver_find_conflict(solver, NULL, NULL, NULL, &result), DCA_OK);
    dca_conflict_member member[MOST];
    int32_t proved = 0;
    assert_int_equal(members(result, member, &proved), 2);
    assert_true(proved);
    assert_int_equal(member[0].kind, DCA_KIND_POOL);
    assert_int_equal(member[0].untouchable, 0);
    assert_int_equal(member[1].untouchable, 1);
    assert_string_equal(dca_result_conflict_note(result, 0),
                        "gpu of pool 'rack' is limited to 8 GPU");
    assert_string_equal(dca_result_conflict_note(result, 1),
                        "demand 'serve' insists on 20 unit, untouchable");
    dca_result_free(result);
    dca_solver_free(solver);
    dca_model_free(model);
    account_close(&book, env);
}

/* The k-th allocation is refused, once and for ever: no leak, and then the same conflict. */
static void test_memory(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int for_ever = 0; for_ever <= 1; for_ever++) {
        bool whole = false;
        for (long k = 1; !whole; k++) {
            stage s = set_stage(seed);
            book.requests = 0;
            book.refuse_at = k;
            book.for_ever = for_ever;
            const dca_status status =
                dca_solver_find_conflict(s.solver, NULL, NULL, NULL, &s.result);
            whole = book.requests < k;
            book.refuse_at = 0;
            if (status != DCA_OK) {
                assert_int_equal(status, DCA_E_NOMEM);
                assert_null(s.result);
                (void)look(&s, NULL);
            }
            if (dca_result_outcome(s.result) == DCA_INFEASIBLE) {
                dca_conflict_member member[MOST];
                int32_t proved = 0;
                const dca_index count = members(s.result, member, &proved);
                assert_true(proved);
                if (k % 40 == 0) {
                    check_irreducible(s.lp, member, count);
                }
            } else {
                seed++; /* one that is infeasible is wanted */
                k = 0;
            }
            clear_stage(&s);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_lps),  cmocka_unit_test(test_untouchable),
        cmocka_unit_test(test_one_and_two), cmocka_unit_test(test_limit),
        cmocka_unit_test(test_models),      cmocka_unit_test(test_untouchable_model),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
