/* Basis files: what is written reads back as the same statuses; each kind of line by what it says;
 * malformed files by place. */
#include "base/rng.h"
#include "io/basis_file.h"
#include "io/mps_text.h"

#include <unistd.h>

static char path[] = "/tmp/dcalloc_basis_XXXXXX";

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

/* Rows and columns of every kind of bounds, some without names. */
static dca_lp *make_lp(dca_env *env, dca_index m, dca_index n)
{
    static const double lower[] = {0.0, -INFINITY, -INFINITY, -1.0, 2.0};
    static const double upper[] = {INFINITY, 5.0, INFINITY, 1.0, 2.0};
    dca_lp *lp = NULL;
    assert_int_equal(dca__lp_new(env, &lp), DCA_OK);
    for (dca_index i = 0; i < m; i++) {
        char text[16];
        snprintf(text, sizeof text, "r%d", (int)i);
        const char *name = i % 3 == 0 ? NULL : text;
        const dca_lp_rows row = {.struct_size = (uint32_t)sizeof row,
                                 .n = 1,
                                 .lower = {&lower[i % 5], 0},
                                 .upper = {&upper[i % 5], 0},
                                 .name = {&name, 0}};
        assert_int_equal(dca__lp_add_rows(lp, &row, NULL), DCA_OK);
    }
    for (dca_index j = 0; j < n; j++) {
        char text[16];
        snprintf(text, sizeof text, j % 2 == 0 ? "C%d" : "x%d", (int)j); /* C2 is not column 1 */
        const char *name = j % 4 == 1 ? NULL : text;
        const dca_lp_columns column = {.struct_size = (uint32_t)sizeof column,
                                       .n = 1,
                                       .lower = {&lower[j % 5], 0},
                                       .upper = {&upper[j % 5], 0},
                                       .name = {&name, 0}};
        assert_int_equal(dca__lp_add_columns(lp, &column, NULL), DCA_OK);
    }
    return lp;
}

/* A nonbasic status that the bounds allow. */
static uint8_t allowed(double lower, double upper, uint64_t chance)
{
    if (isinf(lower) && isinf(upper))
        return DCA_BASIS_FREE;
    if (isinf(lower))
        return DCA_BASIS_UPPER;
    return isinf(upper) || chance % 2 == 0 ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
}

static void round_trips(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (uint64_t seed = 0; seed < 200; seed++) {
        const dca_index m = (dca_index)(dca__hash64(seed) % 12);
        const dca_index n = (dca_index)(dca__hash64(seed + 1000) % 12);
        dca_lp *lp = make_lp(env, m, n);
        dca__point point;
        assert_int_equal(dca__point_new(env, m, n, &point), DCA_OK);
        point.has_basis = true;
        for (dca_index i = 0; i < m; i++)
            point.row_status[i] = DCA_BASIS_BASIC;
        dca_index next = 0;
        for (dca_index j = 0; j < n; j++) {
            const uint64_t chance = dca__hash64(seed * 64 + (uint64_t)j);
            point.column_status[j] = allowed(lp->lower[j], lp->upper[j], chance);
            if (chance % 3 == 0 && next < m) { /* it takes the place of a row */
                point.column_status[j] = DCA_BASIS_BASIC;
                const dca_index i = m - 1 - next++;
                point.row_status[i] = allowed(lp->row_lower[i], lp->row_upper[i], chance / 3);
            } else if (seed % 5 == 0 && chance % 7 == 0) { /* too many: still a basis to repair */
                point.column_status[j] = DCA_BASIS_BASIC;
            }
        }
        dca_error err = DCA_ERROR_INIT;
        if (dca__basis_write(env, &point, &lp->column_names, &lp->row_names, path, &err) != DCA_OK)
            fail_msg("%s", err.text);
        uint8_t columns[12], rows[12];
        if (dca__basis_read(lp, path, columns, rows, &err) != DCA_OK)
            fail_msg("%d:%d: %s", (int)err.line, (int)err.column, err.text);
        assert_memory_equal(columns, point.column_status, (size_t)n);
        assert_memory_equal(rows, point.row_status, (size_t)m);
        dca__point_free(env, &point);
        dca__lp_release(lp);
    }
    account_close(&book, env);
}

static void put(const char *text)
{
    FILE *file = fopen(path, "wb");
    fputs(text, file);
    fclose(file);
}

static void lines(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = make_lp(env, 5, 5);
    uint8_t columns[5], rows[5];
    put("* from elsewhere\nNAME   x  Rows 5  Cols 5\n XU C0 r1\n xl  C2_ r2\n UL x3\n LL C4\n bs "
        "C2\nENDATA\n");
    dca_error err = DCA_ERROR_INIT;
    if (dca__basis_read(lp, path, columns, rows, &err) != DCA_OK)
        fail_msg("%d:%d: %s", (int)err.line, (int)err.column, err.text);
    static const uint8_t wanted[] = {DCA_BASIS_BASIC, DCA_BASIS_BASIC, DCA_BASIS_BASIC,
                                     DCA_BASIS_UPPER, DCA_BASIS_LOWER};
    assert_memory_equal(columns, wanted, 5);
    static const uint8_t wanted_rows[] = {DCA_BASIS_BASIC, DCA_BASIS_UPPER, DCA_BASIS_FREE,
                                          DCA_BASIS_BASIC, DCA_BASIS_BASIC};
    assert_memory_equal(rows, wanted_rows, 5);
    dca__lp_release(lp);
    account_close(&book, env);
}

static const struct {
    const char *text;
    int line, column;
    const char *sentence;
} bad[] = {
    {"", 1, 1, "expected ENDATA"},
    {"NAME\n XU C0 r1\n", 3, 1, "expected ENDATA"},
    {"NAME\nROWS\n", 2, 1, "found 'ROWS', expected NAME or ENDATA"},
    {"NAME\n ZZ C0\n", 2, 2, "found 'ZZ', expected XU, XL, UL, LL or BS"},
    {"NAME\n XU q r1\n", 2, 5, "found 'q', expected the name of a column"},
    {"NAME\n XU C0 q\n", 2, 8, "found 'q', expected the name of a row"},
    {"NAME\n XU C0\n", 2, 7, "found the end of the line, expected the name of a row"},
    {"NAME\n UL\n", 2, 4, "found the end of the line, expected the name of a column"},
    {"NAME\n UL C99999999999\n", 2, 5, "expected the name of a column"},
    {"NAME\n UL C0001\n", 2, 5, "expected the name of a column"},
};

static void malformed(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = make_lp(env, 5, 5);
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        put(bad[k].text);
        uint8_t columns[5] = {9, 9, 9, 9, 9};
        uint8_t rows[5] = {9, 9, 9, 9, 9};
        dca_error err = DCA_ERROR_INIT;
        assert_int_equal(dca__basis_read(lp, path, columns, rows, &err), DCA_E_SYNTAX);
        if (err.line != bad[k].line || err.column != bad[k].column ||
            strstr(err.text, bad[k].sentence) == NULL)
            fail_msg("%s--- %d:%d: %s", bad[k].text, (int)err.line, (int)err.column, err.text);
        for (int i = 0; i < 5; i++)
            assert_true(columns[i] == 9 && rows[i] == 9);
    }
    dca__lp_release(lp);
    account_close(&book, env);
}

static void refusals(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = make_lp(env, 2, 2);
    dca__point point;
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca__point_new(env, 2, 2, &point), DCA_OK);
    point.has_basis = false;
    assert_int_equal(dca__basis_write(env, &point, &lp->column_names, &lp->row_names, path, &err),
                     DCA_E_STATE);
    point.has_basis = true;
    memset(point.column_status, DCA_BASIS_LOWER, 2);
    memset(point.row_status, DCA_BASIS_LOWER, 2);
    assert_int_equal(dca__basis_write(env, &point, &lp->column_names, &lp->row_names, path, &err),
                     DCA_E_STATE);
    memset(point.row_status, DCA_BASIS_BASIC, 2);
    assert_int_equal(dca__lp_set_row_name(lp, 0, "a b"), DCA_OK);
    assert_int_equal(dca__basis_write(env, &point, &lp->column_names, &lp->row_names, path, &err),
                     DCA_E_ARG);
    assert_int_equal(err.kind, DCA_KIND_ROW);
    for (int nth = 1;; nth++) {
        uint8_t columns[2], rows[2];
        put("NAME\n UL C0\nENDATA\n");
        book.refuse_at = book.requests + nth;
        const dca_status status = dca__basis_read(lp, path, columns, rows, &err);
        book.refuse_at = 0;
        if (status == DCA_OK)
            break;
        assert_int_equal(status, DCA_E_NOMEM);
    }
    dca__point_free(env, &point);
    dca__lp_release(lp);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trips),
        cmocka_unit_test(lines),
        cmocka_unit_test(malformed),
        cmocka_unit_test(refusals),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
