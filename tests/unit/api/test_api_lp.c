/* The public LP calls: what goes in comes out; every bad argument is refused with a sentence that names
 * the culprit, and leaves the LP as it was; every allocation refused in turn. */
#include "account.h"
#include "dcalloc.h"
#include "io/mps_text.h"

/* rows r0 [-inf, 4], r1 [1, 3]; columns x (cost 1, [0, inf)), y (cost -2, [-1, 5], integer) */
static dca_lp *small(dca_env *env)
{
    dca_lp *lp = NULL;
    assert_int_equal(dca_lp_new(env, &lp), DCA_OK);
    assert_int_equal(dca_lp_add_row(lp, "r0", -INFINITY, 4.0, 0, NULL, NULL, NULL), DCA_OK);
    assert_int_equal(dca_lp_add_row(lp, "r1", 1.0, 3.0, 0, NULL, NULL, NULL), DCA_OK);
    const dca_index rows[] = {1, 0};
    const double values[] = {2.0, 1.0};
    dca_index j = -1;
    assert_int_equal(dca_lp_add_column(lp, "x", 1.0, 0.0, INFINITY, 2, rows, values, &j), DCA_OK);
    assert_int_equal(j, 0);
    assert_int_equal(dca_lp_add_column(lp, "y", -2.0, -1.0, 5.0, 1, rows, values, &j), DCA_OK);
    assert_int_equal(j, 1);
    const dca_index one = 1;
    const dca_indices marks = {&one, 0};
    assert_int_equal(dca_lp_set_integers(lp, 1, &j, marks), DCA_OK);
    return lp;
}

static void reading(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = small(env);
    assert_int_equal(dca_lp_num_rows(lp), 2);
    assert_int_equal(dca_lp_num_columns(lp), 2);
    assert_int_equal(dca_lp_num_entries(lp), 3);
    assert_int_equal(dca_lp_num_integers(lp), 1);
    double cost[2], lower[2], upper[2], row_lower[2], row_upper[2], value[3];
    int32_t integer[2];
    assert_int_equal(dca_lp_get_columns(lp, 0, 2, cost, lower, upper, integer), DCA_OK);
    assert_true(cost[0] == 1.0 && cost[1] == -2.0 && lower[1] == -1.0 && upper[0] == INFINITY);
    assert_true(integer[0] == 0 && integer[1] == 1);
    assert_int_equal(dca_lp_get_columns(lp, 1, 1, cost, NULL, NULL, NULL), DCA_OK);
    assert_true(cost[0] == -2.0);
    assert_int_equal(dca_lp_get_rows(lp, 0, 2, row_lower, row_upper), DCA_OK);
    assert_true(row_lower[0] == -INFINITY && row_upper[1] == 3.0);
    dca_nnz start[3] = {9, 9, 9};
    dca_index index[3];
    assert_int_equal(dca_lp_get_entries(lp, 0, 2, start, NULL, NULL), DCA_OK);
    assert_true(start[0] == 0 && start[1] == 2 && start[2] == 3);
    assert_int_equal(dca_lp_get_entries(lp, 0, 2, start, index, value), DCA_OK);
    assert_true(index[0] == 0 && index[1] == 1 && index[2] == 1);
    assert_true(value[0] == 1.0 && value[1] == 2.0 && value[2] == 2.0);
    assert_string_equal(dca_lp_row_name(lp, 1), "r1");
    assert_string_equal(dca_lp_column_name(lp, 0), "x");
    assert_null(dca_lp_column_name(lp, 2));
    assert_null(dca_lp_column_name(lp, -1));
    assert_int_equal(dca_lp_find_row(lp, "r1"), 1);
    assert_int_equal(dca_lp_find_column(lp, "r1"), -1);
    assert_int_equal(dca_lp_find_column(lp, NULL), -1);
    assert_null(dca_lp_name(lp));
    assert_int_equal(dca_lp_set_name(lp, "n"), DCA_OK);
    assert_int_equal(dca_lp_set_objective_name(lp, "c"), DCA_OK);
    assert_string_equal(dca_lp_name(lp), "n");
    assert_string_equal(dca_lp_objective_name(lp), "c");
    assert_int_equal(dca_lp_set_name(lp, NULL), DCA_OK);
    assert_null(dca_lp_name(lp));
    dca_lp_free(lp);
    account_close(&book, env);
}

/* Strides: whole structs, one value for all, backwards; defaults. */
static void strides(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    struct item {
        char tag; /* so that the doubles need not be aligned in files of others */
        double cost, upper;
        const char *name;
        int32_t integer;
    } items[] = {{'a', 1.0, 10.0, "p", 0}, {'b', 2.0, 20.0, NULL, 1}, {'c', 3.0, 30.0, "q", 7}};
    const double five = 5.0;
    const ptrdiff_t stride = (ptrdiff_t)sizeof *items;
    dca_lp_columns columns = {.struct_size = (uint32_t)sizeof columns,
                              .n = 3,
                              .cost = {&items[2].cost, -stride},
                              .lower = {&five, 0},
                              .upper = {&items[0].upper, stride},
                              .integer = {&items[0].integer, stride},
                              .name = {&items[0].name, stride}};
    dca_lp *lp = NULL;
    dca_index first = -1;
    assert_int_equal(dca_lp_new(env, &lp), DCA_OK);
    assert_int_equal(dca_lp_add_columns(lp, &columns, &first), DCA_OK);
    assert_int_equal(first, 0);
    assert_int_equal(dca_lp_add_columns(lp, &columns, &first), DCA_E_ARG); /* names are taken */
    columns.struct_size = offsetof(dca_lp_columns, integer);               /* an older caller */
    assert_int_equal(dca_lp_add_columns(lp, &columns, &first), DCA_OK);
    assert_int_equal(first, 3);
    double cost[6], lower[6], upper[6];
    int32_t integer[6];
    assert_int_equal(dca_lp_get_columns(lp, 0, 6, cost, lower, upper, integer), DCA_OK);
    for (int k = 0; k < 6; k++) {
        assert_true(cost[k] == 3.0 - k % 3 && lower[k] == 5.0 && upper[k] == 10.0 * (1 + k % 3));
        assert_int_equal(integer[k], k == 1 || k == 2);
        assert_int_equal(dca_lp_column_name(lp, k) == NULL, k == 1 || k > 2);
    }
    columns.struct_size = 8;
    assert_int_equal(dca_lp_add_columns(lp, &columns, NULL), DCA_OK); /* n alone: defaults */
    assert_int_equal(dca_lp_get_columns(lp, 8, 1, cost, lower, upper, NULL), DCA_OK);
    assert_true(cost[0] == 0.0 && lower[0] == 0.0 && upper[0] == INFINITY);
    const dca_lp_rows rows = {.struct_size = 8, .n = 2};
    assert_int_equal(dca_lp_add_rows(lp, &rows, NULL), DCA_OK);
    assert_int_equal(dca_lp_get_rows(lp, 1, 1, lower, upper), DCA_OK);
    assert_true(lower[0] == -INFINITY && upper[0] == INFINITY);
    dca_lp_free(lp);
    account_close(&book, env);
}

/* ---- Bad arguments -------------------------------------------------------------------------------- */

/* The call must fail with this sentence and change nothing. */
#define REFUSED(call, status, sentence)                                                            \
    do {                                                                                           \
        dca_lp *before = NULL;                                                                     \
        assert_int_equal(dca_lp_copy(lp, &before), DCA_OK);                                        \
        const uint64_t revision = dca_lp_revision(lp);                                             \
        assert_int_equal((call), (status));                                                        \
        dca_error told = DCA_ERROR_INIT;                                                           \
        dca_lp_error(lp, &told);                                                                   \
        if (told.code != (status) || strstr(told.text, (sentence)) == NULL)                        \
            fail_msg("line %d: '%s', expected '%s'", __LINE__, told.text, (sentence));             \
        assert_true(same_lp(lp, before));                                                          \
        assert_int_equal(dca_lp_revision(lp), revision);                                           \
        dca_lp_free(before);                                                                       \
    } while (0)

static void bad_adds(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = small(env);
    dca_index out = -7;
    const dca_index two[] = {0, 1};
    const dca_index twice[] = {1, 1};
    const dca_index beyond[] = {0, 2};
    const double ones[] = {1.0, 1.0};
    const double odd[] = {1.0, NAN};
    REFUSED(dca_lp_add_column(lp, "z", NAN, 0, 1, 0, NULL, NULL, &out), DCA_E_ARG,
            "column 'z': cost is nan, expected a finite number");
    REFUSED(dca_lp_add_column(lp, NULL, INFINITY, 0, 1, 0, NULL, NULL, &out), DCA_E_ARG,
            "column 2: cost is inf, expected a finite number");
    REFUSED(dca_lp_add_column(lp, "z", 0, NAN, 1, 0, NULL, NULL, &out), DCA_E_ARG,
            "column 'z': the lower bound is nan");
    REFUSED(dca_lp_add_column(lp, "z", 0, 0, -INFINITY, 0, NULL, NULL, &out), DCA_E_ARG,
            "column 'z': the upper bound is -inf");
    REFUSED(dca_lp_add_column(lp, "z", 0, 0, 1, -1, two, ones, &out), DCA_E_ARG, "'count' is -1");
    REFUSED(dca_lp_add_column(lp, "z", 0, 0, 1, 2, NULL, ones, &out), DCA_E_ARG, "'rows' is NULL");
    REFUSED(dca_lp_add_column(lp, "z", 0, 0, 1, 2, two, NULL, &out), DCA_E_ARG, "'values' is NULL");
    REFUSED(dca_lp_add_column(lp, "z", 0, 0, 1, 2, twice, ones, &out), DCA_E_ARG,
            "column 'z': row 'r1' is listed twice");
    REFUSED(dca_lp_add_column(lp, "z", 0, 0, 1, 2, beyond, ones, &out), DCA_E_ARG,
            "column 'z': row 2 does not exist: there are 2");
    REFUSED(dca_lp_add_column(lp, "z", 0, 0, 1, 2, two, odd, &out), DCA_E_ARG,
            "column 'z': coefficient of row 'r1' is nan, expected a finite number");
    REFUSED(dca_lp_add_column(lp, "x", 0, 0, 1, 0, NULL, NULL, &out), DCA_E_ARG,
            "the name 'x' is taken");
    REFUSED(dca_lp_add_row(lp, "z", NAN, 1, 0, NULL, NULL, &out), DCA_E_ARG,
            "row 'z': the lower bound is nan");
    REFUSED(dca_lp_add_row(lp, "z", 0, 1, 2, twice, ones, &out), DCA_E_ARG,
            "row 'z': column 'y' is listed twice");
    REFUSED(dca_lp_add_row(lp, "r0", 0, 1, 2, two, ones, &out), DCA_E_ARG,
            "the name 'r0' is taken");
    REFUSED(dca_lp_add_row(lp, "z", 0, 1, 2, two, NULL, &out), DCA_E_ARG, "'values' is NULL");
    REFUSED(dca_lp_add_columns(lp, NULL, &out), DCA_E_ARG, "'dca_lp_columns' is NULL");
    REFUSED(dca_lp_add_rows(lp, NULL, &out), DCA_E_ARG, "'dca_lp_rows' is NULL");
    dca_lp_columns columns = {.struct_size = (uint32_t)sizeof columns, .n = -1};
    REFUSED(dca_lp_add_columns(lp, &columns, &out), DCA_E_ARG, "-1 columns to add");
    columns.n = INT32_MAX;
    REFUSED(dca_lp_add_columns(lp, &columns, &out), DCA_E_ARG, "2147483647 columns to add");
    columns.struct_size = 3;
    REFUSED(dca_lp_add_columns(lp, &columns, &out), DCA_E_ABI, "dca_lp_columns: struct_size is 3");
    const dca_lp_rows rows = {.struct_size = (uint32_t)sizeof rows, .n = INT32_MAX - 1};
    REFUSED(dca_lp_add_rows(lp, &rows, &out), DCA_E_ARG, "2147483646 rows to add");
    assert_int_equal(out, -7); /* outputs untouched */
    dca_lp_free(lp);
    account_close(&book, env);
}

static void bad_edits(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = small(env);
    const dca_index beyond[] = {1, 2};
    const dca_index twice[] = {1, 1};
    const double good[] = {3.0, 4.0};
    const double odd[] = {3.0, NAN};
    const dca_doubles none = {NULL, 0};
    const dca_doubles goods = {good, sizeof *good};
    const dca_doubles odds = {odd, sizeof *odd};
    const dca_indices marks = {NULL, 0};
    REFUSED(dca_lp_set_sense(lp, (dca_sense)2), DCA_E_ARG, "sense is 2");
    REFUSED(dca_lp_set_offset(lp, NAN), DCA_E_ARG, "the offset is nan");
    REFUSED(dca_lp_set_offset(lp, -INFINITY), DCA_E_ARG, "the offset is -inf");
    REFUSED(dca_lp_set_costs(lp, 2, beyond, goods), DCA_E_ARG, "column 2 does not exist");
    REFUSED(dca_lp_set_costs(lp, 2, NULL, odds), DCA_E_ARG, "column 'y': cost is nan");
    REFUSED(dca_lp_set_costs(lp, 3, NULL, goods), DCA_E_ARG, "3 columns are listed");
    REFUSED(dca_lp_set_costs(lp, -1, NULL, goods), DCA_E_ARG, "-1 columns are listed");
    REFUSED(dca_lp_set_column_bounds(lp, 2, NULL, odds, none), DCA_E_ARG,
            "column 'y': the lower bound is nan");
    REFUSED(dca_lp_set_column_bounds(lp, 2, NULL, none, odds), DCA_E_ARG,
            "column 'y': the upper bound is nan");
    REFUSED(dca_lp_set_column_bounds(lp, 2, beyond, none, goods), DCA_E_ARG, "column 2 does not");
    REFUSED(dca_lp_set_row_bounds(lp, 2, NULL, odds, goods), DCA_E_ARG,
            "row 'r1': the lower bound is nan");
    REFUSED(dca_lp_set_row_bounds(lp, 2, beyond, goods, goods), DCA_E_ARG, "row 2 does not exist");
    REFUSED(dca_lp_set_integers(lp, 2, beyond, marks), DCA_E_ARG, "column 2 does not exist");
    REFUSED(dca_lp_set_coefficients(lp, 2, beyond, twice, good), DCA_E_ARG, "row 2 does not exist");
    REFUSED(dca_lp_set_coefficients(lp, 2, twice, beyond, good), DCA_E_ARG, "column 2 does not");
    REFUSED(dca_lp_set_coefficients(lp, 2, twice, twice, odd), DCA_E_ARG,
            "row 1 'r1', column 1 'y': the coefficient is nan");
    REFUSED(dca_lp_set_coefficients(lp, 2, NULL, twice, good), DCA_E_ARG, "'rows' is NULL");
    REFUSED(dca_lp_set_coefficients(lp, 2, twice, NULL, good), DCA_E_ARG, "'columns' is NULL");
    REFUSED(dca_lp_set_coefficients(lp, 2, twice, twice, NULL), DCA_E_ARG, "'values' is NULL");
    REFUSED(dca_lp_set_coefficients(lp, -1, twice, twice, good), DCA_E_ARG, "-1 rows are listed");
    REFUSED(dca_lp_delete_rows(lp, 2, twice, NULL), DCA_E_ARG, "row 1 is listed twice");
    REFUSED(dca_lp_delete_rows(lp, 2, beyond, NULL), DCA_E_ARG, "row 2 does not exist");
    REFUSED(dca_lp_delete_columns(lp, 2, twice, NULL), DCA_E_ARG, "column 1 is listed twice");
    REFUSED(dca_lp_delete_columns(lp, 3, NULL, NULL), DCA_E_ARG, "3 columns are listed");
    REFUSED(dca_lp_set_row_name(lp, 2, "q"), DCA_E_ARG, "row 2 does not exist");
    REFUSED(dca_lp_set_row_name(lp, 0, "r1"), DCA_E_ARG, "the name 'r1' is taken by row 1");
    REFUSED(dca_lp_set_column_name(lp, -1, "q"), DCA_E_ARG, "column -1 does not exist");
    REFUSED(dca_lp_set_column_name(lp, 1, "x"), DCA_E_ARG, "the name 'x' is taken by column 0");
    REFUSED(dca_lp_get_columns(lp, 1, 2, NULL, NULL, NULL, NULL), DCA_E_ARG, "2 columns from 1 on");
    REFUSED(dca_lp_get_rows(lp, -1, 1, NULL, NULL), DCA_E_ARG, "1 rows from -1 on");
    REFUSED(dca_lp_get_entries(lp, 0, 2, NULL, NULL, NULL), DCA_E_ARG, "'start' is NULL");
    REFUSED(dca_lp_copy(lp, NULL), DCA_E_ARG, "'out' is NULL");
    dca_lp_free(lp);
    account_close(&book, env);
}

static void nulls(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = NULL;
    const dca_doubles none = {NULL, 0};
    const dca_indices marks = {NULL, 0};
    assert_int_equal(dca_lp_new(NULL, &lp), DCA_E_ARG);
    assert_int_equal(dca_lp_new(env, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_copy(NULL, &lp), DCA_E_ARG);
    dca_lp_free(NULL);
    dca_lp_error(NULL, NULL);
    assert_int_equal(dca_lp_add_columns(NULL, NULL, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_add_rows(NULL, NULL, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_add_column(NULL, NULL, 0, 0, 0, 0, NULL, NULL, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_add_row(NULL, NULL, 0, 0, 0, NULL, NULL, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_set_sense(NULL, DCA_MINIMISE), DCA_E_ARG);
    assert_int_equal(dca_lp_set_offset(NULL, 0), DCA_E_ARG);
    assert_int_equal(dca_lp_set_name(NULL, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_set_objective_name(NULL, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_set_row_name(NULL, 0, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_set_column_name(NULL, 0, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_set_costs(NULL, 0, NULL, none), DCA_E_ARG);
    assert_int_equal(dca_lp_set_column_bounds(NULL, 0, NULL, none, none), DCA_E_ARG);
    assert_int_equal(dca_lp_set_row_bounds(NULL, 0, NULL, none, none), DCA_E_ARG);
    assert_int_equal(dca_lp_set_integers(NULL, 0, NULL, marks), DCA_E_ARG);
    assert_int_equal(dca_lp_set_coefficients(NULL, 0, NULL, NULL, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_delete_rows(NULL, 0, NULL, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_delete_columns(NULL, 0, NULL, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_get_columns(NULL, 0, 0, NULL, NULL, NULL, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_get_rows(NULL, 0, 0, NULL, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_get_entries(NULL, 0, 0, NULL, NULL, NULL), DCA_E_ARG);
    assert_int_equal(dca_lp_num_rows(NULL) + dca_lp_num_columns(NULL) + dca_lp_num_integers(NULL),
                     0);
    assert_int_equal(dca_lp_num_entries(NULL), 0);
    assert_int_equal(dca_lp_sense(NULL), DCA_MINIMISE);
    assert_true(dca_lp_offset(NULL) == 0.0);
    assert_null(dca_lp_name(NULL));
    assert_null(dca_lp_objective_name(NULL));
    assert_null(dca_lp_row_name(NULL, 0));
    assert_null(dca_lp_column_name(NULL, 0));
    assert_int_equal(dca_lp_find_row(NULL, "x"), -1);
    assert_int_equal(dca_lp_find_column(NULL, "x"), -1);
    assert_int_equal(dca_lp_revision(NULL), 0);
    assert_null(lp);
    account_close(&book, env);
}

/* ---- Memory --------------------------------------------------------------------------------------- */

/* A million columns in bulk, with one entry each. */
static void bulk(void **unused)
{
    (void)unused;
    enum { MILLION = 1000000 };
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = NULL;
    assert_int_equal(dca_lp_new(env, &lp), DCA_OK);
    assert_int_equal(dca_lp_add_row(lp, "r", 0, 1, 0, NULL, NULL, NULL), DCA_OK);
    dca_nnz *start = malloc((MILLION + 1) * sizeof *start);
    dca_index *index = calloc(MILLION, sizeof *index);
    for (int k = 0; k <= MILLION; k++)
        start[k] = k;
    const dca_lp_columns columns = {
        .struct_size = (uint32_t)sizeof columns, .n = MILLION, .entries = {start, index, NULL}};
    assert_int_equal(dca_lp_add_columns(lp, &columns, NULL), DCA_OK);
    assert_int_equal(dca_lp_num_entries(lp), MILLION);
    free(start);
    free(index);
    dca_lp_free(lp);
    account_close(&book, env);
}

/* Objects may be freed in any order: the env is freed first. */
static void order(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = small(env);
    dca_env_free(env);
    assert_true(dca_lp_num_rows(lp) == 2 && book.blocks > 0);
    assert_int_equal(dca_lp_set_name(lp, "still there"), DCA_OK);
    dca_lp_free(lp);
    assert_int_equal(book.blocks, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading),   cmocka_unit_test(strides), cmocka_unit_test(bad_adds),
        cmocka_unit_test(bad_edits), cmocka_unit_test(nulls),   cmocka_unit_test(bulk),
        cmocka_unit_test(order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
