/* test_sort.c - a sort is right when the output is ascending and is a permutation of the input. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/rng.h"
#include "base/sort.h"

enum { MOST = 300 };

static void entries_sorted_and_kept_together(void **state)
{
    (void)state;
    for (dca_index n = 0; n < MOST; n += n < 40 ? 1 : 37) {
        dca_index index[MOST];
        double value[MOST];
        int64_t sum = 0;
        for (dca_index k = 0; k < n; k++) {
            index[k] = (dca_index)(dca__hash64((uint64_t)(k * 1000 + n)) % 1000);
            value[k] = index[k] + 0.5;
            sum += index[k];
        }
        dca__sort_entries(index, value, n);
        for (dca_index k = 0; k < n; k++) {
            assert_true(value[k] == index[k] + 0.5);
            assert_true(k == 0 || index[k - 1] <= index[k]);
            sum -= index[k];
        }
        assert_int_equal(sum, 0);
    }
}

static void equal_keys_fall_back_on_the_index(void **state)
{
    (void)state;
    dca_index order[MOST];
    double key[MOST];
    for (dca_index k = 0; k < MOST; k++) {
        order[k] = MOST - 1 - k;
        key[k] = (double)(dca__hash64((uint64_t)k) % 5);
    }
    dca__sort_by_key(order, MOST, key);
    for (dca_index k = 1; k < MOST; k++) {
        assert_true(key[order[k - 1]] < key[order[k]] ||
                    (key[order[k - 1]] == key[order[k]] && order[k - 1] < order[k]));
    }
}

static void plain_indices(void **state)
{
    (void)state;
    dca_index index[] = {5, 3, 9, 1, 1, 0, 7, 2, 8, 6, 4, 11, 10, 13, 12, 15, 14, 17, 16};
    dca__sort_index(index, sizeof index / sizeof *index);
    assert_int_equal(index[0], 0);
    for (size_t k = 1; k < sizeof index / sizeof *index; k++) {
        assert_true(index[k - 1] <= index[k]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_sorted_and_kept_together),
        cmocka_unit_test(equal_keys_fall_back_on_the_index),
        cmocka_unit_test(plain_indices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
