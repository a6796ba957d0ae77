/* test_alloc.c - the account, the limit, and what stands after a refusal. */
#include "account.h"
#include "base/alloc.h"

static void test_account(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    assert_int_equal(dca__env_memory(env), 0);
    double *a = DCA_ARRAY(env, double, 10);
    assert_non_null(a);
    const uint64_t one = dca__env_memory(env);
    assert_true(one >= 80);
    char *b = dca__strdup(env, "feed A");
    assert_string_equal(b, "feed A");
    const uint64_t both = dca__env_memory(env);
    assert_true(both > one);
    dca__free(env, a);
    assert_int_equal(dca__env_memory(env), both - one);
    assert_int_equal(dca__env_memory_peak(env), both);
    dca__free(env, b);
    dca__free(env, NULL);
    assert_int_equal(dca__env_memory(env), 0);
    assert_int_equal(dca__env_memory_peak(env), both);
    account_close(&book, env);
}

static void test_alignment_and_zeros(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (dca_nnz n = 0; n < 40; n++) {
        unsigned char *block = DCA_ZEROS(env, unsigned char, n);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % 16, 0);
        for (dca_nnz k = 0; k < n; k++)
            assert_int_equal(block[k], 0);
        dca__free(env, block);
    }
    account_close(&book, env);
}

static void test_realloc_keeps_the_prefix(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int32_t *block = dca__realloc(env, NULL, 5, sizeof *block);
    for (int k = 0; k < 5; k++)
        block[k] = k * k;
    static const dca_nnz sizes[] = {500, 7, 5};
    for (int s = 0; s < 3; s++) {
        block = dca__realloc(env, block, sizes[s], sizeof *block);
        assert_non_null(block);
        for (int k = 0; k < 5; k++)
            assert_int_equal(block[k], k * k);
    }
    dca__free(env, block);
    assert_int_equal(dca__env_memory(env), 0);
    account_close(&book, env);
}

static void test_overflow_is_refused(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    assert_null(DCA_ARRAY(env, double, INT64_MAX));
    assert_null(DCA_ARRAY(env, double, INT64_MAX / 8 + 1));
    assert_null(DCA_ARRAY(env, char, -1));
    assert_int_equal(book.requests, 1); /* the env: the allocator was never asked */
    assert_int_equal(dca__env_memory(env), 0);
    account_close(&book, env);
}

static void test_memory_limit(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 1000);
    char *a = DCA_ARRAY(env, char, 600);
    assert_non_null(a);
    const uint64_t used = dca__env_memory(env);
    assert_null(DCA_ARRAY(env, char, 600));
    assert_null(dca__realloc(env, a, 1200, 1)); /* the old block stands */
    memset(a, 1, 600);
    assert_int_equal(dca__env_memory(env), used);
    char *b = DCA_ARRAY(env, char, 300); /* there is still room for less */
    assert_non_null(b);
    assert_true(dca__env_memory_peak(env) <= 1000);
    dca__free(env, a);
    a = DCA_ARRAY(env, char, 600); /* and again for the same after a free */
    assert_non_null(a);
    dca__free(env, a);
    dca__free(env, b);
    account_close(&book, env);
}

static void test_refused_blocks_leave_everything(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int64_t *array = NULL;
    dca_nnz capacity = 0;
    assert_int_equal(DCA_RESERVE(env, array, capacity, 3), DCA_OK);
    assert_true(capacity >= 3);
    array[2] = 77;
    const dca_nnz before = capacity;
    const int64_t *const where = array;
    const uint64_t used = dca__env_memory(env);
    book.refuse_at = book.requests + 1;
    assert_int_equal(DCA_RESERVE(env, array, capacity, before + 1), DCA_E_NOMEM);
    assert_int_equal(capacity, before);
    assert_ptr_equal(array, where);
    assert_int_equal(array[2], 77);
    assert_int_equal(dca__env_memory(env), used);
    assert_int_equal(DCA_RESERVE(env, array, capacity, before + 1), DCA_OK); /* refused once only */
    assert_int_equal(array[2], 77);
    book.refuse_at = book.requests + 1;
    assert_null(dca__strdup(env, "x"));
    dca__free(env, array);
    account_close(&book, env);
}

/* Growing one by one asks the allocator O(log n) times. */
static void test_reserve_grows_geometrically(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    double *array = NULL;
    dca_nnz capacity = 0;
    for (dca_nnz n = 1; n <= 100000; n++)
        assert_int_equal(DCA_RESERVE(env, array, capacity, n), DCA_OK);
    assert_true(book.requests < 40);
    dca__free(env, array);
    account_close(&book, env);
}

static void test_env_is_counted(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    assert_ptr_equal(dca__env_retain(env), env);
    dca__env_release(env);
    assert_int_equal(book.blocks, 1);
    account_close(&book, env);
    dca__env_release(NULL);
    book.refuse_at = book.requests + 1;
    dca_env_config config = DCA_ENV_CONFIG_INIT;
    config.user = &book;
    config.allocate = account_allocate;
    dca_env *untouched = (dca_env *)&book;
    assert_int_equal(dca__env_new(&config, &untouched), DCA_E_NOMEM);
    assert_ptr_equal(untouched, &book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_account),
        cmocka_unit_test(test_alignment_and_zeros),
        cmocka_unit_test(test_realloc_keeps_the_prefix),
        cmocka_unit_test(test_overflow_is_refused),
        cmocka_unit_test(test_memory_limit),
        cmocka_unit_test(test_refused_blocks_leave_everything),
        cmocka_unit_test(test_reserve_grows_geometrically),
        cmocka_unit_test(test_env_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
