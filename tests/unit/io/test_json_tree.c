/* The JSON reader: what RFC 8259 allows is read as what it says, what it forbids is refused at its
 * place, and no prefix or mutation of a text does more harm than an error. */
#include "io/json_tree.h"

#include "account.h"
#include "base/err.h"
#include "base/rng.h"

#include <math.h>

static dca_status parse(dca_env *env, const char *text, dca__json *out, dca_error *err)
{
    return dca__json_parse(env, text, strlen(text), NULL, out, err);
}

static void reads_values(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca__json json = {0};
    const char *text = "\xEF\xBB\xBF { \"a\" : [1, -2.5e3, true,false , null], \"b\":{}, \"c\": "
                       "\"x\\n\\u00e9\\ud83d\\ude00\\/\" }\n";
    assert_int_equal(parse(env, text, &json, NULL), DCA_OK);
    assert_int_equal(json.node[0].kind, DCA_JSON_OBJECT);
    assert_int_equal(json.node[0].count, 3);
    const dca_index a = dca__json_first(&json, 0);
    assert_string_equal(dca__json_key(&json, a), "a");
    assert_int_equal(json.node[a].count, 5);
    dca_index k = dca__json_first(&json, a);
    assert_true(json.node[k].as.number == 1.0);
    k = json.node[k].next;
    assert_true(json.node[k].as.number == -2500.0);
    k = json.node[k].next;
    assert_int_equal(json.node[k].kind, DCA_JSON_TRUE);
    k = json.node[json.node[k].next].next;
    assert_int_equal(json.node[k].kind, DCA_JSON_NULL);
    assert_int_equal(json.node[k].next, -1);
    const dca_index b = json.node[a].next;
    assert_int_equal(json.node[b].count, 0);
    assert_int_equal(dca__json_first(&json, b), -1);
    const dca_index c = json.node[b].next;
    assert_string_equal(dca__json_text(&json, c), "x\n\xC3\xA9\xF0\x9F\x98\x80/");
    char path[32];
    assert_string_equal(dca__json_path(&json, k, path, sizeof path), "a[4]");
    dca__json_free(&json);
    account_close(&book, env);
}

static void refuses_at_the_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line, column;
    } cases[] = {
        {"", 1, 1},
        {"{\n  \"a\": 1,\n}", 3, 1},
        {"[1 2]", 1, 4},
        {"[1,]", 1, 4},
        {"{\"a\" 1}", 1, 6},
        {"{a: 1}", 1, 2},
        {"[01]", 1, 2},
        {"[1.]", 1, 4},
        {"[-]", 1, 3},
        {"[1e]", 1, 4},
        {"[.5]", 1, 2},
        {"[NaN]", 1, 2},
        {"[Infinity]", 1, 2},
        {"[1e999]", 1, 2},
        {"[tru]", 1, 2},
        {"\"abc", 1, 1},
        {"\"\\x\"", 1, 3},
        {"\"\\u00g0\"", 1, 6},
        {"\"\\u0000\"", 1, 2},
        {"\"\\ud800\"", 1, 2},
        {"\"\\udc00\"", 1, 2},
        {"\"\xC3\xA9\xFF\"", 1, 3},
        {"\"\xED\xA0\x80\"", 1, 2},
        {"\"a\tb\"", 1, 3},
        {"{} x", 1, 4},
        {"{\"a\": 1,\n \"b\": 2, \"a\": 3}", 2, 15},
    };
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        dca__json json = {0};
        dca_error err = DCA_ERROR_INIT;
        assert_int_equal(parse(env, cases[k].text, &json, &err), DCA_E_SYNTAX);
        if (err.line != cases[k].line || err.column != cases[k].column) {
            fail_msg("%s: %d:%d %s", cases[k].text, (int)err.line, (int)err.column, err.text);
        }
        assert_int_equal(json.count, 0);
    }
    account_close(&book, env);
}

static void bounds_depth(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    char text[4 * DCA_JSON_DEPTH];
    for (int depth = DCA_JSON_DEPTH; depth <= DCA_JSON_DEPTH + 1; depth++) {
        dca__json json = {0};
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        text[2 * depth] = '\0';
        assert_int_equal(parse(env, text, &json, NULL),
                         depth <= DCA_JSON_DEPTH ? DCA_OK : DCA_E_SYNTAX);
        dca__json_free(&json);
    }
    account_close(&book, env);
}

/* More than 16 keys take the other way to look for twins. */
static void finds_twins_among_many(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    char text[2000] = "{";
    size_t used = 1;
    for (int k = 0; k < 40; k++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "\"k%d\": %d, ", k, k);
    }
    for (int twin = 0; twin < 2; twin++) {
        dca__json json = {0};
        dca_error err = DCA_ERROR_INIT;
        (void)snprintf(text + used, sizeof text - used, "\"k%d\": 0}", twin ? 7 : 99);
        assert_int_equal(parse(env, text, &json, &err), twin ? DCA_E_SYNTAX : DCA_OK);
        if (twin) {
            assert_non_null(strstr(err.text, "'k7'"));
        }
        dca__json_free(&json);
    }
    account_close(&book, env);
}

static const char sample[] =
    "{\"dcalloc\": 1, \"pools\": [{\"name\": \"a\\u00e9\", \"count\": 3.5e1,"
    " \"x\": [null, true, {}]}], \"k\": -0.0}";

static void survives_any_text(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    uint64_t draw = 0;
    char text[sizeof sample];
    for (int round = 0; round < 20000; round++) {
        memcpy(text, sample, sizeof sample);
        size_t length = sizeof sample - 1;
        for (int edits = 1 + round % 3; edits > 0; edits--) {
            const size_t at = (size_t)(dca__hash64(draw++) % length);
            const uint64_t how = dca__hash64(draw++);
            text[at] = how % 2 ? (char)(how >> 8) : "{}[],:\"\\u0e-."[(how >> 8) % 13];
        }
        if (round % 5 == 0) {
            length = (size_t)(dca__hash64(draw++) % length);
        }
        dca__json json = {0};
        dca_error err = DCA_ERROR_INIT;
        const dca_status status = dca__json_parse(env, text, length, NULL, &json, &err);
        assert_true(status == DCA_OK || (status == DCA_E_SYNTAX && err.line > 0 && err.column > 0));
        dca__json_free(&json);
    }
    account_close(&book, env);
}

static void survives_refusal(void **state)
{
    (void)state;
    for (long k = 1;; k++) {
        account book = {0};
        dca_env *env = account_env(&book, 0);
        dca__json json = {0};
        const long before = book.requests;
        book.refuse_at = before + k;
        const dca_status status = parse(env, sample, &json, NULL);
        const bool reached = book.requests >= before + k;
        assert_int_equal(status, reached ? DCA_E_NOMEM : DCA_OK);
        dca__json_free(&json);
        account_close(&book, env);
        if (!reached) {
            break;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_values),      cmocka_unit_test(refuses_at_the_place),
        cmocka_unit_test(bounds_depth),      cmocka_unit_test(finds_twins_among_many),
        cmocka_unit_test(survives_any_text), cmocka_unit_test(survives_refusal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
