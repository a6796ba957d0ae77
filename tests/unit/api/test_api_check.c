/* The checks that every public call shares: struct sizes, lists, numbers, sparse lists. */
#include "account.h"
#include "api/api_check.h"

#include <math.h>

typedef struct old_struct {
    uint32_t struct_size;
    int32_t a;
} old_struct;
typedef struct known_struct {
    uint32_t struct_size;
    int32_t a;
    double b; /* default 7 */
} known_struct;
typedef struct new_struct {
    known_struct known;
    double c;
    char d;
} new_struct;

static dca_status take(const void *from, known_struct *out, dca_error *err)
{
    const known_struct defaults = {sizeof defaults, -1, 7.0};
    *out = defaults;
    return dca__check_struct(from, sizeof defaults, "known_struct", out, err);
}

static void struct_sizes(void **unused)
{
    (void)unused;
    dca_error err = DCA_ERROR_INIT;
    known_struct out;
    const old_struct shorter = {sizeof shorter, 3};
    assert_int_equal(take(&shorter, &out, &err), DCA_OK);
    assert_true(out.a == 3 && out.b == 7.0);
    const known_struct equal = {sizeof equal, 4, 5.0};
    assert_int_equal(take(&equal, &out, &err), DCA_OK);
    assert_true(out.a == 4 && out.b == 5.0);
    new_struct longer;
    memset(&longer, 0, sizeof longer);
    longer.known = equal;
    longer.known.struct_size = (uint32_t)sizeof longer;
    assert_int_equal(take(&longer, &out, &err), DCA_OK);
    assert_true(out.a == 4 && out.b == 5.0);
    longer.d = 1;
    assert_int_equal(take(&longer, &out, &err), DCA_E_ABI);
    assert_non_null(strstr(err.text, "later library"));
    longer.d = 0;
    longer.c = -0.0;
    assert_int_equal(take(&longer, &out, &err), DCA_E_ABI);
    const uint32_t bad[] = {0, 1, 3, 65537, UINT32_MAX};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        known_struct wrong = equal;
        wrong.struct_size = bad[k];
        assert_int_equal(take(&wrong, &out, &err), DCA_E_ABI);
        assert_non_null(strstr(err.text, "known_struct: struct_size is"));
    }
    assert_int_equal(take(NULL, &out, &err), DCA_E_ARG);
    assert_int_equal(take(NULL, &out, NULL), DCA_E_ARG);
}

static void out_structs(void **unused)
{
    (void)unused;
    const known_struct value = {sizeof value, 4, 5.0};
    struct {
        new_struct at;
        char guard[8];
    } to;
    memset(&to, 0x5A, sizeof to);
    to.at.known.struct_size = (uint32_t)sizeof to.at;
    assert_int_equal(dca__check_out_struct(&to.at, sizeof value, "x", &value, NULL), DCA_OK);
    assert_true(to.at.known.b == 5.0 && to.at.c == 0.0 && to.at.d == 0 && to.guard[0] == 0x5A);
    assert_int_equal(to.at.known.struct_size, sizeof to.at);
    memset(&to, 0x5A, sizeof to);
    to.at.known.struct_size = sizeof(old_struct);
    assert_int_equal(dca__check_out_struct(&to.at, sizeof value, "x", &value, NULL), DCA_OK);
    char untouched[sizeof(double)];
    memset(untouched, 0x5A, sizeof untouched);
    assert_memory_equal(&to.at.known.b, untouched, sizeof untouched);
    assert_int_equal(to.at.known.struct_size, sizeof(old_struct));
    to.at.known.struct_size = 0; /* the one we know */
    assert_int_equal(dca__check_out_struct(&to.at, sizeof value, "x", &value, NULL), DCA_OK);
    assert_int_equal(to.at.known.struct_size, sizeof value);
    assert_int_equal(dca__check_out_struct(NULL, sizeof value, "x", &value, NULL), DCA_E_ARG);
    to.at.known.struct_size = 2;
    assert_int_equal(dca__check_out_struct(&to.at, sizeof value, "x", &value, NULL), DCA_E_ABI);
}

static void lists(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_error err = DCA_ERROR_INIT;
    dca_index list[100];
    for (int k = 0; k < 100; k++)
        list[k] = (dca_index)((k * 37) % 100);
    assert_int_equal(dca__check_set(env, DCA_KIND_ROW, 100, list, 100, &err), DCA_OK);
    assert_int_equal(dca__check_set(env, DCA_KIND_ROW, 20, list, 100, &err), DCA_OK);
    assert_int_equal(dca__check_set(env, DCA_KIND_ROW, 100, NULL, 100, &err), DCA_OK);
    assert_int_equal(dca__check_set(env, DCA_KIND_ROW, 101, NULL, 100, &err), DCA_E_ARG);
    assert_int_equal(dca__check_set(env, DCA_KIND_ROW, -1, list, 100, &err), DCA_E_ARG);
    for (int n = 2; n <= 100; n += 49) { /* short and long lists */
        const dca_index kept = list[n - 1];
        list[n - 1] = list[0];
        assert_int_equal(dca__check_set(env, DCA_KIND_ROW, n, list, 100, &err), DCA_E_ARG);
        assert_non_null(strstr(err.text, "row 0 is listed twice"));
        assert_int_equal(err.index, 0);
        assert_int_equal(dca__check_list(DCA_KIND_ROW, n, list, 100, &err), DCA_OK);
        list[n - 1] = 100;
        assert_int_equal(dca__check_set(env, DCA_KIND_ROW, n, list, 100, &err), DCA_E_ARG);
        assert_non_null(strstr(err.text, "row 100 does not exist: there are 100"));
        list[n - 1] = -1;
        assert_int_equal(dca__check_list(DCA_KIND_ROW, n, list, 100, &err), DCA_E_ARG);
        list[n - 1] = kept;
    }
    book.refuse_at = book.requests + 1;
    assert_int_equal(dca__check_set(env, DCA_KIND_ROW, 100, list, 100, &err), DCA_E_NOMEM);
    account_close(&book, env);
    assert_int_equal(dca__check_range(DCA_KIND_POOL, 3, 4, 7, &err), DCA_OK);
    assert_int_equal(dca__check_range(DCA_KIND_POOL, 7, 0, 7, &err), DCA_OK);
    assert_int_equal(dca__check_range(DCA_KIND_POOL, 3, 5, 7, &err), DCA_E_ARG);
    assert_int_equal(dca__check_range(DCA_KIND_POOL, INT32_MAX, INT32_MAX, 7, &err), DCA_E_ARG);
    assert_int_equal(dca__check_range(DCA_KIND_POOL, -1, 1, 7, &err), DCA_E_ARG);
    assert_int_equal(dca__check_range(DCA_KIND_POOL, 0, -1, 7, &err), DCA_E_ARG);
    assert_int_equal(dca__check_count(DCA_KIND_POOL, INT32_MAX, 1, &err), DCA_E_ARG);
    assert_int_equal(dca__check_count(DCA_KIND_POOL, INT32_MAX - 1, 1, &err), DCA_OK);
    assert_int_equal(dca__check_count(DCA_KIND_POOL, -1, 1, &err), DCA_E_ARG);
}

static void numbers(void **unused)
{
    (void)unused;
    dca_error err = DCA_ERROR_INIT;
    const dca__owner named = {DCA_KIND_POOL, 3, "a100"};
    const dca__owner unnamed = {DCA_KIND_POOL, 3, NULL};
    assert_int_equal(dca__check_finite(named, "price", NAN, &err), DCA_E_ARG);
    assert_string_equal(err.text, "pool 'a100': price is nan, expected a finite number");
    assert_int_equal(err.kind, DCA_KIND_POOL);
    assert_int_equal(err.index, 3);
    assert_int_equal(dca__check_finite(unnamed, "price", INFINITY, &err), DCA_E_ARG);
    assert_string_equal(err.text, "pool 3: price is inf, expected a finite number");
    assert_int_equal(dca__check_finite(named, "price", 1e308, &err), DCA_OK);
    const double bad[] = {NAN, INFINITY, -INFINITY, -1.0};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        assert_int_equal(dca__check_amount(named, "x", bad[k], &err), DCA_E_ARG);
        assert_int_equal(dca__check_positive(named, "x", bad[k], &err), DCA_E_ARG);
        assert_int_equal(dca__check_within(named, "x", bad[k], 0.0, 1.0, &err), DCA_E_ARG);
    }
    assert_int_equal(dca__check_amount(named, "x", 0.0, &err), DCA_OK);
    assert_int_equal(dca__check_positive(named, "x", 0.0, &err), DCA_E_ARG);
    assert_int_equal(dca__check_positive(named, "x", 5e-324, &err), DCA_OK);
    assert_int_equal(dca__check_within(named, "x", 1.0, 0.0, 1.0, &err), DCA_OK);
    assert_int_equal(dca__check_within(named, "share", 1.5, 0.0, 1.0, &err), DCA_E_ARG);
    assert_string_equal(err.text, "pool 'a100': share is 1.5, expected a number in [0, 1]");
    assert_int_equal(dca__check_bounds(named, -INFINITY, INFINITY, &err), DCA_OK);
    assert_int_equal(dca__check_bounds(named, 3.0, 2.0, &err), DCA_OK);
    assert_int_equal(dca__check_bounds(named, INFINITY, INFINITY, &err), DCA_E_ARG);
    assert_int_equal(dca__check_bounds(named, -INFINITY, -INFINITY, &err), DCA_E_ARG);
    assert_int_equal(dca__check_bounds(named, NAN, 0.0, &err), DCA_E_ARG);
    assert_int_equal(dca__check_bounds(named, 0.0, NAN, &err), DCA_E_ARG);
}

static dca_status sparse(dca_env *env, const dca_nnz *start, const dca_index *index,
                         const double *value, double lowest, dca_error *err)
{
    static const char *const names[] = {"first", "second"};
    const dca_sparse lists = {start, index, value};
    const dca__sparse_rule rule = {
        "capacity", "use", DCA_KIND_DEMAND, 10, {names, sizeof *names}, DCA_KIND_RESOURCE,
        50,         NULL,  lowest};
    return dca__check_sparse(env, lists, 2, &rule, err);
}

static void sparse_lists(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_error err = DCA_ERROR_INIT;
    const dca_nnz start[] = {1, 2, 4};
    dca_index index[] = {-99, 3, 49, 0};
    double value[] = {NAN, 1.0, -2.0, 0.0};
    assert_int_equal(sparse(env, start, index, value, -INFINITY, &err), DCA_OK);
    assert_int_equal(sparse(env, start, index, NULL, 0.0, &err), DCA_OK);
    assert_int_equal(sparse(env, NULL, NULL, NULL, 0.0, &err), DCA_OK);
    assert_int_equal(sparse(env, start, index, value, 0.0, &err), DCA_E_ARG);
    assert_string_equal(err.text, "demand 'second': use of resource 49 is -2, expected a finite "
                                  "number >= 0");
    assert_int_equal(err.index, 11);
    value[3] = INFINITY;
    assert_int_equal(sparse(env, start, index, value, -INFINITY, &err), DCA_E_ARG);
    value[3] = 0.0;
    index[3] = 50;
    assert_int_equal(sparse(env, start, index, value, -INFINITY, &err), DCA_E_ARG);
    assert_non_null(strstr(err.text, "demand 'second': resource 50 does not exist: there are 50"));
    index[3] = 49;
    assert_int_equal(sparse(env, start, index, value, -INFINITY, &err), DCA_E_ARG);
    assert_string_equal(err.text, "demand 'second': resource 49 is listed twice, expected once");
    assert_int_equal(sparse(env, start, NULL, value, -INFINITY, &err), DCA_E_ARG);
    const dca_nnz falling[] = {1, 3, 2};
    assert_int_equal(sparse(env, falling, index, value, -INFINITY, &err), DCA_E_ARG);
    assert_non_null(strstr(err.text, "capacity.start[2] is 2, expected at least 3"));
    const dca_nnz negative[] = {-1, 3, 4};
    assert_int_equal(sparse(env, negative, index, value, -INFINITY, &err), DCA_E_ARG);
    dca_index many[50];
    for (int k = 0; k < 50; k++)
        many[k] = (dca_index)((k * 7) % 50);
    const dca_nnz dense[] = {0, 50, 50};
    assert_int_equal(sparse(env, dense, many, NULL, 0.0, &err), DCA_OK);
    many[49] = many[5];
    assert_int_equal(sparse(env, dense, many, NULL, 0.0, &err), DCA_E_ARG);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(struct_sizes), cmocka_unit_test(out_structs),  cmocka_unit_test(lists),
        cmocka_unit_test(numbers),      cmocka_unit_test(sparse_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
