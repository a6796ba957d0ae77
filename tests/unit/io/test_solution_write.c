/* The solution file, read back by our JSON reader: the same numbers bit for bit, the same names. */
#include "io/io_file.h"
#include "io/json_tree.h"
#include "io/mps_text.h"
#include "io/solution.h"

#include "base/alloc.h"

#include <unistd.h>

static char path[] = "/tmp/dcalloc_solution_XXXXXX";

static int make_file(void **unused)
{
    (void)unused;
    const int handle = mkstemp(path);
    return handle < 0 || close(handle) != 0;
}

static int remove_file(void **unused)
{
    (void)unused;
    return unlink(path);
}

static dca_index find(const dca__json *json, dca_index node, const char *key)
{
    for (dca_index at = dca__json_first(json, node); at >= 0; at = dca__json_at(json, at)->next) {
        if (strcmp(dca__json_key(json, at), key) == 0)
            return at;
    }
    return -1;
}

static dca_index child(const dca__json *json, dca_index node, const char *key)
{
    const dca_index at = find(json, node, key);
    if (at < 0)
        fail_msg("no '%s'", key);
    return at;
}

static void check_numbers(const dca__json *json, dca_index node, dca_index n, const double *values)
{
    assert_int_equal(dca__json_at(json, node)->kind, DCA_JSON_ARRAY);
    assert_int_equal(dca__json_at(json, node)->count, n);
    dca_index at = dca__json_first(json, node);
    for (dca_index k = 0; k < n; k++, at = dca__json_at(json, at)->next) {
        if (isfinite(values[k]))
            assert_true(same_bits(dca__json_at(json, at)->as.number, values[k]));
        else
            assert_int_equal(dca__json_at(json, at)->kind, DCA_JSON_NULL);
    }
}

static void check_texts(const dca__json *json, dca_index node, dca_index n,
                        const char *const *texts)
{
    assert_int_equal(dca__json_at(json, node)->count, n);
    dca_index at = dca__json_first(json, node);
    for (dca_index k = 0; k < n; k++, at = dca__json_at(json, at)->next)
        assert_string_equal(dca__json_text(json, at), texts[k]);
}

static void whole(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca__strtab columns = {0};
    dca__strtab rows = {0};
    static const char *const names[] = {"plain", "a\"b\\c\n\x01", "caf\xC3\xA9", "bad\xFF", NULL};
    static const char *const shown[] = {"plain", "a\"b\\c\n\x01", "caf\xC3\xA9", "bad\xEF\xBF\xBD",
                                        "C5"};
    for (int k = 0; k < 5; k++)
        assert_int_equal(dca__strtab_append(env, &columns, names[k]), DCA_OK);
    assert_int_equal(dca__strtab_append(env, &rows, "r"), DCA_OK);
    static double x[] = {0.1, -0.0, 1e300, 5e-324, 1.0 / 3.0};
    static double d[] = {1.0, 2.0, -3.0, INFINITY, 0.0};
    static double activity[] = {-7.25};
    static double y[] = {123456789.123456789};
    static uint8_t status[] = {0, 1, 2, 3, 1};
    static const char *const words[] = {"basic", "lower", "upper", "free", "lower"};
    dca__point point = {.num_rows = 1, .num_columns = 5};
    point.x = x;
    point.d = d;
    point.activity = activity;
    point.y = y;
    point.column_status = status;
    point.row_status = status;
    point.ray = d;
    for (int has = 0; has < 8; has++) {
        for (int kind = DCA_CERTIFICATE_NONE; kind <= DCA_CERTIFICATE_RAY; kind++) {
            point.has_point = (has & 1) != 0;
            point.has_dual = (has & 2) != 0;
            point.has_basis = (has & 4) != 0;
            point.ray_kind = (dca_certificate_kind)kind;
            assert_int_equal(dca__solution_write(env, &point, &columns, &rows, path, NULL), DCA_OK);
            char *text = NULL;
            size_t length = 0;
            assert_int_equal(dca__file_read(env, path, NULL, &text, &length, NULL), DCA_OK);
            dca__json json;
            dca_error err = DCA_ERROR_INIT;
            if (dca__json_parse(env, text, length, NULL, &json, &err) != DCA_OK)
                fail_msg("%s in %s", err.text, text);
            const dca_index c = child(&json, 0, "columns");
            const dca_index r = child(&json, 0, "rows");
            check_texts(&json, child(&json, c, "name"), 5, shown);
            if (point.has_point) {
                check_numbers(&json, child(&json, c, "value"), 5, x);
                check_numbers(&json, child(&json, r, "value"), 1, activity);
            } else {
                assert_int_equal(dca__json_at(&json, child(&json, c, "value"))->kind,
                                 DCA_JSON_NULL);
            }
            if (point.has_dual) {
                check_numbers(&json, child(&json, c, "dual"), 5, d);
                check_numbers(&json, child(&json, r, "dual"), 1, y);
            } else {
                assert_int_equal(dca__json_at(&json, child(&json, r, "dual"))->kind, DCA_JSON_NULL);
            }
            if (point.has_basis)
                check_texts(&json, child(&json, c, "status"), 5, words);
            else
                assert_int_equal(dca__json_at(&json, child(&json, c, "status"))->kind,
                                 DCA_JSON_NULL);
            const dca_index ray = find(&json, 0, "ray");
            if (kind == DCA_CERTIFICATE_FARKAS || kind == DCA_CERTIFICATE_RAY) {
                const bool farkas = kind == DCA_CERTIFICATE_FARKAS;
                assert_string_equal(dca__json_text(&json, child(&json, ray, "kind")),
                                    farkas ? "farkas" : "ray");
                check_numbers(&json, child(&json, ray, "values"), farkas ? 1 : 5, d);
            } else {
                assert_int_equal(ray, -1);
            }
            dca__json_free(&json);
            dca__free(env, text);
        }
    }
    dca__strtab_free(env, &columns);
    dca__strtab_free(env, &rows);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole)};
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
