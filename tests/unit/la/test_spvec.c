/* test_spvec.c - the invariant of scattered vectors under every operation, and refused memory. */
#include "bases.h"

static void fill(dca__spvec *x, dca_index count)
{
    for (dca_index t = 0; t < count; t++) {
        const dca_index i = (t * 7) % x->size;
        x->index[t] = i;
        x->value[i] = t % 3 == 0 ? 1e-20 : (double)(t + 1);
    }
    x->count = count;
}

static bool all_zero(const dca__spvec *x)
{
    for (dca_index i = 0; i < x->size; i++) {
        if (x->value[i] != 0.0)
            return false;
    }
    return x->count == 0;
}

static void clear_leaves_zeros(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__spvec x;
    assert_int_equal(dca__spvec_init(env, &x, 100), DCA_OK);
    assert_true(all_zero(&x));
    const dca_index counts[] = {0, 1, 20, 90};
    for (int c = 0; c < 4; c++) {
        fill(&x, counts[c]);
        dca__spvec_clear(&x);
        assert_true(all_zero(&x));
    }
    fill(&x, 50);
    x.count = DCA__DENSE;
    dca__spvec_clear(&x);
    assert_true(all_zero(&x));
    dca__spvec_free(env, &x);
    dca__env_release(env);
}

static void gather_lists_what_is_above_drop(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__spvec x;
    assert_int_equal(dca__spvec_init(env, &x, 100), DCA_OK);
    fill(&x, 60);
    x.count = DCA__DENSE;
    dca__spvec_gather(&x, 1e-14);
    vector_holds(&x);
    assert_int_equal(x.count, 40); /* every third of 60 was tiny */
    for (dca_index t = 0; t < x.count; t++)
        assert_true(x.value[x.index[t]] >= 1.0);
    dca__spvec_free(env, &x);
    dca__env_release(env);
}

static void copy_replaces_what_was_there(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__spvec x;
    dca__spvec y;
    assert_int_equal(dca__spvec_init(env, &x, 100), DCA_OK);
    assert_int_equal(dca__spvec_init(env, &y, 100), DCA_OK);
    for (int dense = 0; dense <= 1; dense++) {
        y.value[99] = 5.0;
        y.count = DCA__DENSE;
        dca__spvec_clear(&x);
        fill(&x, 10);
        x.count = dense ? DCA__DENSE : x.count;
        dca__spvec_copy(&x, &y);
        assert_int_equal(y.count, x.count);
        assert_memory_equal(x.value, y.value, 100 * sizeof(double));
        vector_holds(&y);
    }
    dca__spvec_free(env, &x);
    dca__spvec_free(env, &y);
    dca__env_release(env);
}

static void refused_memory_leaks_nothing(void **state)
{
    (void)state;
    for (long k = 1; k <= 2; k++) {
        account book = {0};
        dca_env *env = account_env(&book, 0);
        book.refuse_at = book.requests + k;
        dca__spvec x;
        assert_int_equal(dca__spvec_init(env, &x, 10), DCA_E_NOMEM);
        account_close(&book, env);
    }
}

static void no_rows(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__spvec x;
    assert_int_equal(dca__spvec_init(env, &x, 0), DCA_OK);
    dca__spvec_clear(&x);
    dca__spvec_gather(&x, 0.0);
    assert_int_equal(x.count, 0);
    dca__spvec_free(env, &x);
    dca__env_release(env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clear_leaves_zeros),
        cmocka_unit_test(gather_lists_what_is_above_drop),
        cmocka_unit_test(copy_replaces_what_was_there),
        cmocka_unit_test(refused_memory_leaks_nothing),
        cmocka_unit_test(no_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
