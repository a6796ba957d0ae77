/* Scenarios: reading what was written gives the same model (the same text when written again), what is
 * wrong is refused at its place by name, and nothing is lost when memory runs out. */
#include "io/json.h"

#include "account.h"
#include "base/alloc.h"
#include "base/err.h"
#include "model/model.h"

static dca_status read(dca_env *env, const char *text, dca_model **out, dca_error *err)
{
    return dca__json_read_model(env, text, strlen(text), NULL, out, err);
}

static const char whole[] =
    "{\"dcalloc\": 1, \"name\": \"all keys\", \"note\": [\"any\", {\"thing\": 1}],\n"
    " \"resources\": {\"gpu\": \"GPU\", \"cpu\": \"core\", \"power\": \"W\"},\n"
    " \"domains\": [\n"
    "  {\"name\": \"row\", \"kind\": \"power\", \"factor\": 1.25, \"in\": {\"A\": 0.5, \"B\": "
    "0.5},\n"
    "   \"limits\": {\"power\": 1000}, \"source\": \"ours\"},\n"
    "  {\"name\": \"A\", \"kind\": \"power\", \"energy_price\": 0.1, \"limits\": {\"power\": "
    "9e5},\n"
    "   \"repair\": {\"power\": null}},\n"
    "  {\"name\": \"B\", \"kind\": \"power\"},\n"
    "  {\"name\": \"team\", \"kind\": \"tenant\", \"limits\": {\"gpu\": 7}}],\n"
    " \"links\": [{\"name\": \"up\", \"from\": \"x\", \"to\": \"y\", \"unit\": \"Gb/s\",\n"
    "   \"capacity\": 40, \"price\": 0.5, \"repair\": 2}, {\"name\": \"down\"}],\n"
    " \"pools\": [\n"
    "  {\"name\": \"a100\", \"count\": 10, \"capacity\": {\"gpu\": 8, \"cpu\": 96},\n"
    "   \"watts\": {\"gpu\": 300}, \"idle_watts\": 250, \"price\": 3, \"elastic\": true,\n"
    "   \"in\": [\"row\"], \"repair\": {\"gpu\": 3}},\n"
    "  {\"name\": \"a10\", \"count\": 4, \"capacity\": {\"gpu\": 1, \"cpu\": 32}, \"in\": "
    "\"row\"},\n"
    "  {\"name\": \"cpu\", \"capacity\": {\"cpu\": 64}}],\n"
    " \"demands\": [\n"
    "  {\"name\": \"train\", \"amount\": 12, \"unit\": \"job\", \"use\": {\"gpu\": 4, \"cpu\": "
    "16},\n"
    "   \"value\": 2, \"min_share\": 0.5, \"weight\": 3, \"priority\": -2, \"tenant\": \"team\",\n"
    "   \"on\": \"*\", \"current\": {\"a100\": 5}, \"repair\": null},\n"
    "  {\"name\": \"serve\", \"amount\": null, \"use\": {\"gpu\": 1}, \"on\": {\"a100\": 2.5, "
    "\"a1*\": {\"ceiling\": 9}}},\n"
    "  {\"name\": \"flow\", \"hard\": true, \"placements\": [\n"
    "    {\"links\": [\"up\", \"down\"], \"cost\": 1.5, \"ceiling\": 3, \"name\": \"path\"},\n"
    "    {\"pool\": \"cpu\", \"use\": {\"cpu\": 2}, \"links\": {\"up\": 0.25}, \"rate\": 0.1}]}],\n"
    " \"placements\": [{\"demand\": \"serve\", \"pool\": \"cpu\", \"use\": {}, \"current\": 1}],\n"
    " \"objective\": [{\"name\": \"first\", \"terms\": [{\"kind\": \"unmet\", \"priority\": 1,\n"
    "   \"domain\": \"team\"}, {\"kind\": \"cost\", \"weight\": 0.001}]},\n"
    "   {\"name\": \"second\", \"terms\": [{\"kind\": \"utilisation\", \"resource\": \"gpu\"}]}]}";

static void reads_what_it_says(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_model *model = NULL;
    dca_error err = DCA_ERROR_INIT;
    if (read(env, whole, &model, &err) != DCA_OK) {
        fail_msg("%d:%d %s", (int)err.line, (int)err.column, err.text);
    }
    assert_int_equal(model->num_resources, 3);
    assert_int_equal(model->num_pools, 3);
    assert_int_equal(model->num_demands, 3);
    const dca_index gpu = dca__model_find(model, DCA_KIND_RESOURCE, "gpu");
    assert_true(model->capacity[gpu] == 8.0);
    assert_true(model->pool_repair[gpu] == 3.0);
    /* train (4 GPUs) fits one node of a100 only; serve fits a100 and a10, and has one more by hand */
    assert_int_equal(model->num_placements, 1 + 2 + 2 + 1);
    assert_string_equal(dca__model_object_name(model, DCA_KIND_PLACEMENT, 0), "train@a100");
    assert_true(model->placements[0].current == 5.0);
    assert_true(model->placements[1].rate == 2.5);
    assert_true(model->placements[2].rate == 1.0 && model->placements[2].ceiling == 9.0);
    assert_true(isinf(model->placements[1].ceiling));
    assert_int_equal(model->placements[3].link_length, 2);
    assert_string_equal(dca__model_object_name(model, DCA_KIND_PLACEMENT, 3), "path");
    assert_int_equal(model->placements[3].pool, -1);
    assert_true(isinf(model->demands[1].amount));
    assert_true(isinf(model->demands[0].repair_weight));
    assert_int_equal(model->demands[0].tenant, 3);
    assert_int_equal(model->tiers[0].count, 2);
    assert_int_equal(model->tiers[0].terms[0].domain, 3);
    assert_int_equal(model->tiers[1].terms[0].resource, gpu);
    dca__model_release(model);
    account_close(&book, env);
}

static void writes_what_it_read(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_model *first = NULL;
    dca_model *second = NULL;
    char *once = NULL;
    char *twice = NULL;
    size_t length = 0;
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(read(env, whole, &first, &err), DCA_OK);
    assert_int_equal(dca__json_write_model(first, &once, &length, &err), DCA_OK);
    assert_int_equal(strlen(once), length);
    if (read(env, once, &second, &err) != DCA_OK) {
        fail_msg("%d:%d %s in %s", (int)err.line, (int)err.column, err.text, once);
    }
    assert_int_equal(dca__json_write_model(second, &twice, NULL, &err), DCA_OK);
    assert_string_equal(once, twice);
    assert_int_equal(first->num_placements, second->num_placements);
    for (dca_index k = 0; k < first->num_placements; k++) {
        const dca__placement *a = &first->placements[k];
        const dca__placement *b = &second->placements[k];
        assert_true(a->rate == b->rate && a->cost == b->cost && a->ceiling == b->ceiling);
        assert_true(a->current == b->current && a->pool == b->pool && a->demand == b->demand);
        assert_true((a->use < 0) == (b->use < 0) && a->use_length == b->use_length);
        assert_int_equal(a->link_length, b->link_length);
    }
    dca__free(env, once);
    dca__free(env, twice);
    dca__model_release(first);
    dca__model_release(second);
    account_close(&book, env);
}

static void names_the_culprit(void **state)
{
    (void)state;
    static const struct {
        const char *body, *path, *word;
    } cases[] = {
        {"\"pools\": [{\"name\": \"a\", \"count\": -2}]", "pools[0].count:", "-2"},
        {"\"pools\": [{\"name\": \"\"}]", "pools[0].name:", "not empty"},
        {"\"pools\": [{\"name\": \"a\"}, {\"name\": \"a\"}]", "pools[1]:", "already a pool 'a'"},
        {"\"pools\": [{\"colour\": 1}]", "pools[0].colour:", "'colour'"},
        {"\"pools\": [{\"name\": \"a\", \"capacity\": {\"gpu\": 1}}]",
         "pools[0].capacity.gpu:", "'gpu'"},
        {"\"pools\": [{\"name\": \"a\", \"in\": [\"x\"]}]", "pools[0].in[0]:", "'x'"},
        {"\"pools\": [{}]", "pools[0]:", "'name'"},
        {"\"demands\": [{}]", "demands[0]:", "'name'"},
        {"\"links\": [{}]", "links[0]:", "'name'"},
        {"\"domains\": [{\"kind\": \"power\"}]", "domains[0]:", "'name'"},
        {"\"pools\": {}", "pools:", "an array"},
        {"\"pools\": [3]", "pools[0]:", "an object"},
        {"\"pools\": [{\"elastic\": 1}]", "pools[0].elastic:", "true or false"},
        {"\"resources\": {\"gpu\": 1}", "resources.gpu:", "a string"},
        {"\"resources\": {\"power\": \"kW\"}", "resources.power:", "W"},
        {"\"domains\": [{\"name\": \"d\"}]", "domains[0]:", "'kind'"},
        {"\"domains\": [{\"name\": \"d\", \"kind\": \"pow\"}]", "domains[0].kind:", "tenant"},
        {"\"domains\": [{\"name\": \"d\", \"kind\": \"power\", \"factor\": 0}]",
         "domains[0].factor:", "above 0"},
        {"\"domains\": [{\"name\": \"a\", \"kind\": \"power\", \"in\": \"b\"},"
         "{\"name\": \"b\", \"kind\": \"power\", \"in\": \"a\"}]",
         "domains[0].in:", "above itself"},
        {"\"domains\": [{\"name\": \"a\", \"kind\": \"power\", \"in\": \"a\"}]",
         "domains[0].in:", "above itself"},
        {"\"domains\": [{\"name\": \"a\", \"kind\": \"power\"}],"
         "\"demands\": [{\"name\": \"d\", \"tenant\": \"a\"}]",
         "demands[0].tenant:", "not of kind tenant"},
        {"\"demands\": [{\"name\": \"d\", \"on\": \"h*\"}]", "demands[0].on:", "'h*'"},
        {"\"demands\": [{\"name\": \"d\", \"on\": 3}]", "demands[0].on:", "a number"},
        {"\"demands\": [{\"name\": \"d\", \"min_share\": 1.5}]", "demands[0].min_share:", "1.5"},
        {"\"demands\": [{\"name\": \"d\", \"priority\": 1.5}]", "demands[0].priority:", "whole"},
        {"\"demands\": [{\"name\": \"d\", \"amount\": null, \"hard\": true}]",
         "demands[0].amount:", "hard"},
        {"\"demands\": [{\"name\": \"d\", \"current\": {\"p\": 1}}]",
         "demands[0].current.p:", "'p'"},
        {"\"demands\": [{\"name\": \"d\", \"placements\": [{\"demand\": \"x\"}]}]",
         "demands[0].placements[0].demand:", "'demand'"},
        {"\"placements\": [{}]", "placements[0]:", "'demand'"},
        {"\"links\": [{\"name\": \"l\"}], \"demands\": [{\"name\": \"d\", \"placements\": "
         "[{\"links\": "
         "[\"l\", \"l\"]}]}]",
         "demands[0].placements[0].links[1]:", "twice"},
        {"\"objective\": [{\"terms\": [{\"kind\": \"money\"}]}]",
         "objective[0].terms[0].kind:", "cost"},
        {"\"domains\": [{\"name\": \"a\", \"kind\": \"power\"}],"
         "\"pools\": [{\"name\": \"p\", \"in\": {\"a\": 0.5}}]",
         "pools[0].in:", "sum to 0.5"},
        {"\"objective\": [{}]", "objective[0]:", "'terms'"},
        {"\"objective\": [{\"terms\": [{\"kind\": \"cost\", \"resource\": \"power\"}]}]",
         "objective[0].terms[0].resource:", "utilisation"},
        {"\"domains\": [{\"name\": \"d\", \"kind\": \"power\"}],"
         "\"objective\": [{\"terms\": [{\"kind\": \"unmet\", \"domain\": \"d\"}]}]",
         "objective[0].terms[0].domain:", "tenant"},
        {"\"domains\": [{\"name\": \"t\", \"kind\": \"tenant\"}], \"pools\": [{\"name\": \"a\", "
         "\"in\": \"t\"}]",
         "pools[0].in:", "tenant"},
        {"\"domains\": [{\"name\": \"t\", \"kind\": \"tenant\"},"
         "{\"name\": \"d\", \"kind\": \"power\", \"in\": \"t\"}]",
         "domains[1].in:", "tenant"},
        {"\"links\": [{\"name\": \"l\", \"repair\": 0}]", "links[0].repair:", "above 0"},
        {"\"dcallok\": 1", "dcallok:", "'dcallok'"},
    };
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char text[400];
        dca_model *model = NULL;
        dca_error err = DCA_ERROR_INIT;
        (void)snprintf(text, sizeof text, "{\"dcalloc\": 1,\n%s}", cases[k].body);
        assert_int_equal(read(env, text, &model, &err), DCA_E_SYNTAX);
        if (strncmp(err.text, cases[k].path, strlen(cases[k].path)) != 0 ||
            strstr(err.text, cases[k].word) == NULL || err.line != 2) {
            fail_msg("%s\n%d:%d %s", text, (int)err.line, (int)err.column, err.text);
        }
        assert_null(model);
    }
    account_close(&book, env);
}

/* A value of the wrong kind is shown where the value stands, a key that is not known where the key does,
 * whatever quotes and backslashes the key has. */
static void blames_key_or_value(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line, column;
    } cases[] = {
        {"{\"dcalloc\": 1,\n  \"pools\": 3}", 2, 12},
        {"{\"dcalloc\": 1,\n  \"pool\": 3}", 2, 3},
        {"{\"dcalloc\": 1,\n  \"po\\\"ol\" :\n 3}", 2, 3},
        {"{\"dcalloc\": 1,\n  \"pool\\\\\"\n:3}", 2, 3},
        {"{\"\":1,\"dcalloc\": 1}", 1, 2},
    };
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        dca_model *model = NULL;
        dca_error err = DCA_ERROR_INIT;
        assert_int_equal(read(env, cases[k].text, &model, &err), DCA_E_SYNTAX);
        if (err.line != cases[k].line || err.column != cases[k].column) {
            fail_msg("%s\n%d:%d %s", cases[k].text, (int)err.line, (int)err.column, err.text);
        }
    }
    account_close(&book, env);
}

static void wants_its_version(void **state)
{
    (void)state;
    static const char *const texts[] = {"{}", "{\"dcalloc\": 2}", "{\"dcalloc\": \"1\"}", "[]",
                                        "1"};
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        dca_model *model = NULL;
        assert_int_equal(read(env, texts[k], &model, NULL), DCA_E_SYNTAX);
    }
    dca_model *empty = NULL;
    assert_int_equal(read(env, "{\"dcalloc\": 1}", &empty, NULL), DCA_OK);
    assert_int_equal(empty->num_pools, 0);
    dca__model_release(empty);
    account_close(&book, env);
}

static void survives_refusal(void **state)
{
    (void)state;
    for (long k = 1;; k++) {
        account book = {0};
        dca_env *env = account_env(&book, 0);
        dca_model *model = NULL;
        char *text = NULL;
        const long before = book.requests;
        book.refuse_at = before + k;
        dca_status status = read(env, whole, &model, NULL);
        if (status == DCA_OK) {
            status = dca__json_write_model(model, &text, NULL, NULL);
        }
        const bool reached = book.requests >= before + k;
        assert_int_equal(status, reached ? DCA_E_NOMEM : DCA_OK);
        dca__free(env, text);
        dca__model_release(model);
        account_close(&book, env);
        if (!reached) {
            break;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_says), cmocka_unit_test(writes_what_it_read),
        cmocka_unit_test(names_the_culprit),  cmocka_unit_test(blames_key_or_value),
        cmocka_unit_test(wants_its_version),  cmocka_unit_test(survives_refusal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
