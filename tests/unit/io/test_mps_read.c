/* What MPS constructs mean: each by its own small file. Where readers differ, CPLEX and HiGHS are
 * followed; expected numbers come from the definitions in docs/formats.md. */
#include "io/mps_text.h"

static void check_column(const dca_lp *lp, const char *name, double lower, double upper,
                         int integer)
{
    const dca_index j = column_of(lp, name);
    if (j < 0)
        fail_msg("no column %s", name);
    if (!same_bits(lp->lower[j], lower) || !same_bits(lp->upper[j], upper) ||
        lp->integer[j] != integer)
        fail_msg("column %s is [%g, %g] %d, expected [%g, %g] %d", name, lp->lower[j], lp->upper[j],
                 lp->integer[j], lower, upper, integer);
}

static void check_row(const dca_lp *lp, const char *name, double lower, double upper)
{
    const dca_index i = row_of(lp, name);
    if (i < 0)
        fail_msg("no row %s", name);
    if (!same_bits(lp->row_lower[i], lower) || !same_bits(lp->row_upper[i], upper))
        fail_msg("row %s is [%g, %g], expected [%g, %g]", name, lp->row_lower[i], lp->row_upper[i],
                 lower, upper);
}

/* ---- Bounds: x is marked integer, y is not ------------------------------------------------------ */

static const struct {
    const char *bounds;
    double x_lower, x_upper, y_lower, y_upper;
    int y_integer;
} bound_cases[] = {
    {"", 0, 1, 0, INFINITY, 0},
    {" LO B x 2\n", 2, INFINITY, 0, INFINITY, 0},
    {" LO B x 0\n", 0, INFINITY, 0, INFINITY, 0},
    {" UP B x 5\n", 0, 5, 0, INFINITY, 0},
    {" PL B x\n", 0, INFINITY, 0, INFINITY, 0},
    {" MI B x\n", -INFINITY, INFINITY, 0, INFINITY, 0},
    {" FR B x\n", -INFINITY, INFINITY, 0, INFINITY, 0},
    {" FX B x 3\n", 3, 3, 0, INFINITY, 0},
    {" LI B y 2\n", 0, 1, 2, INFINITY, 1},
    {" UI B y 5\n", 0, 1, 0, 5, 1},
    {" BV B y\n", 0, 1, 0, 1, 1},
    {" BV B y 1\n", 0, 1, 0, 1, 1},
    {" UP B y -5\n", 0, 1, -INFINITY, -5, 0},
    {" UI B y -5\n", 0, 1, -INFINITY, -5, 1},
    {" LO B y 0\n UP B y -5\n", 0, 1, 0, -5, 0},
    {" LO B y -9\n UP B y -5\n", 0, 1, -9, -5, 0},
    {" UP B y -5\n LO B y -9\n", 0, 1, -9, -5, 0},
    {" UP B y 0\n", 0, 1, 0, 0, 0},
    {" MI B y\n UP B y 3\n", 0, 1, -INFINITY, 3, 0},
    {" UP B y 1e20\n", 0, 1, 0, INFINITY, 0},
    {" UP B y 9.9e19\n", 0, 1, 0, 9.9e19, 0},
    {" UP B y inf\n", 0, 1, 0, INFINITY, 0},
    {" LO B y -1e30\n", 0, 1, -INFINITY, INFINITY, 0},
    {" LO B y -Infinity\n", 0, 1, -INFINITY, INFINITY, 0},
    {" FR B y\n UP B y 3\n", 0, 1, -INFINITY, 3, 0},
    {" up B y 3\n", 0, 1, 0, 3, 0},
    {" UP y 3\n", 0, 1, 0, 3, 0}, /* no name of the set */
    {" FR y\n", 0, 1, -INFINITY, INFINITY, 0},
    {" MI y 0\n", 0, 1, -INFINITY, INFINITY, 0}, /* a number that says nothing */
    {" UP B y 3\n UP B2 y 4\n", 0, 1, 0, 3, 0},  /* the first set counts */
    {" UP B y 3 $ comment\n", 0, 1, 0, 3, 0},
    {" UP B y 1.5D1\n", 0, 1, 0, 15, 0},
};

static void bounds(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (size_t k = 0; k < sizeof bound_cases / sizeof *bound_cases; k++) {
        char text[512];
        snprintf(text, sizeof text,
                 "NAME t\nROWS\n N o\n L r\nCOLUMNS\n M 'MARKER' 'INTORG'\n x o 1 r 1\n"
                 " M 'MARKER' 'INTEND'\n y o 1 r 1\nRHS\n S r 4\nBOUNDS\n%sENDATA\n",
                 bound_cases[k].bounds);
        dca_lp *lp = parse_text(env, text);
        check_column(lp, "x", bound_cases[k].x_lower, bound_cases[k].x_upper, 1);
        check_column(lp, "y", bound_cases[k].y_lower, bound_cases[k].y_upper,
                     bound_cases[k].y_integer);
        dca__lp_release(lp);
    }
    account_close(&book, env);
}

/* ---- Rows: types, right-hand sides and ranges, in any order of sections ------------------------ */

static const struct {
    const char *range;
    double l_lower, l_upper, g_lower, g_upper, e_lower, e_upper;
} range_cases[] = {
    {NULL, -INFINITY, 10, 10, INFINITY, 10, 10},
    {"4", 6, 10, 10, 14, 10, 14},
    {"-4", 6, 10, 10, 14, 6, 10},
    {"0", 10, 10, 10, 10, 10, 10},
    {"1e20", -INFINITY, 10, 10, INFINITY, 10, INFINITY},
    {"-inf", -INFINITY, 10, 10, INFINITY, -INFINITY, 10},
};

static void ranges(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (size_t k = 0; k < sizeof range_cases / sizeof *range_cases; k++) {
        for (int first = 0; first < 2; first++) {
            const char *range = range_cases[k].range;
            char part[128] = "";
            if (range != NULL)
                snprintf(part, sizeof part, "RANGES\n R l %s g %s\n R e %s\n", range, range, range);
            char text[512];
            snprintf(text, sizeof text,
                     "ROWS\n N o\n L l\n G g\n E e\nCOLUMNS\n x o 1 l 1\n%sRHS\n l 10 g 10\n e "
                     "10\n%sENDATA",
                     first ? part : "", first ? "" : part);
            dca_lp *lp = parse_text(env, text);
            check_row(lp, "l", range_cases[k].l_lower, range_cases[k].l_upper);
            check_row(lp, "g", range_cases[k].g_lower, range_cases[k].g_upper);
            check_row(lp, "e", range_cases[k].e_lower, range_cases[k].e_upper);
            dca__lp_release(lp);
        }
    }
    account_close(&book, env);
}

/* Right-hand sides without end free a side; widths that reach beyond 1e20 too. */
static void endless_rows(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = parse_text(env, "ROWS\n L a\n G b\n L c\n G d\n E e\n E f\n N n\n N m\nCOLUMNS\n"
                                 "RHS\n S a 1e30 b -inf\n S c 9e19 d -9e19\n S e 9e19 f -9e19\n"
                                 " T a 1\n T b 2\n S m 3\n"
                                 "RANGES\n R a 1 b 1\n R c 1e21 d 1e21\n R e 1e21 f -1e21\n R m 3\n"
                                 "ENDATA\n");
    check_row(lp, "a", -INFINITY, INFINITY);
    check_row(lp, "b", -INFINITY, INFINITY);
    check_row(lp, "c", -INFINITY, 9e19);
    check_row(lp, "d", -9e19, INFINITY);
    check_row(lp, "e", 9e19, INFINITY);
    check_row(lp, "f", -INFINITY, -9e19);
    check_row(lp, "m", -INFINITY, INFINITY);
    dca__lp_release(lp);
    account_close(&book, env);
}

/* The comment of exact ranges: used when it agrees but for the last places, else a comment. */
static void exact_ranges(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    static const struct {
        const char *comment;
        double lower, upper;
    } comments[] = {
        {"*exact_range r 1 3\n", 1, 3},
        {"*exact_range r 1.0000000000000002 3\n", 1.0000000000000002, 3},
        {"*exact_range r 1 2.9999999999999996\n", 1, 2.9999999999999996},
        {"*exact_range r 1 3\n*exact_range r 1.0000000000000002 3\n", 1.0000000000000002, 3},
        {"*exact_range r 1.1 3\n", 1, 3},
        {"*exact_range r 1 3.1\n", 1, 3},
        {"*exact_range q 1.0000000000000002 3\n", 1, 3},
        {"*exact_range o 1.0000000000000002 3\n", 1, 3},
        {"*exact_range r 1.0000000000000002\n", 1, 3},
        {"*exact_range r 1.0000000000000002 3 4\n", 1, 3},
        {"*exact_range r x 3\n", 1, 3},
        {"*exact_range r 1 x\n", 1, 3},
        {"*exact_range r -inf inf\n", 1, 3},
        {"*exact_range r -inf 3\n", 1, 3},
        {"*e r 1.0000000000000002 3\n*\n", 1, 3},
    };
    for (size_t k = 0; k < sizeof comments / sizeof *comments; k++) {
        char text[256];
        snprintf(text, sizeof text,
                 "ROWS\n N o\n G r\n G s\nCOLUMNS\nRHS\n S r 1\nRANGES\n R r 2\n%sBOUNDS\n"
                 "*exact_range s 1e-20 1\nENDATA",
                 comments[k].comment);
        dca_lp *lp = parse_text(env, text);
        check_row(lp, "r", comments[k].lower, comments[k].upper);
        check_row(lp, "s", 0, INFINITY);
        dca__lp_release(lp);
    }
    account_close(&book, env);
}

static void objective(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    /* constant, sense in three ways, the objective by name, other N rows are free rows */
    dca_lp *lp = parse_text(env, "NAME a b  c FREE\nOBJSENSE\n    MAX\nROWS\n N o\n N other\n L r\n"
                                 "COLUMNS\n x o 2 other 3\n x r 1\nRHS\n S o 4 other 7\nENDATA\n");
    assert_string_equal(lp->name, "a b  c");
    assert_string_equal(lp->objective_name, "o");
    assert_int_equal(lp->sense, DCA_MAXIMISE);
    assert_true(lp->offset == -4.0);
    assert_true(lp->cost[0] == 2.0);
    assert_int_equal(lp->num_rows, 2);
    check_row(lp, "other", -INFINITY, INFINITY);
    assert_true(dca__lp_coefficient(lp, row_of(lp, "other"), 0) == 3.0);
    dca__lp_release(lp);

    lp =
        parse_text(env, "NAME\nOBJSENSE MAXIMIZE\nOBJNAME\n p\nROWS\n N o\n N p\nCOLUMNS\n x o 2 p "
                        "3\nENDATA\nwhatever");
    assert_null(lp->name);
    assert_int_equal(lp->sense, DCA_MAXIMISE);
    assert_string_equal(lp->objective_name, "p");
    assert_true(lp->cost[0] == 3.0);
    assert_true(lp->offset == 0.0 && !signbit(lp->offset));
    check_row(lp, "o", -INFINITY, INFINITY);
    dca__lp_release(lp);

    lp = parse_text(env,
                    "objsense min\nOBJNAME o\nrows\n n o\n e r\ncolumns\n x o -0 r 0\nrhs\n o 0 "
                    "r -0\nendata\n");
    assert_int_equal(lp->sense, DCA_MINIMISE);
    assert_true(signbit(lp->cost[0]));
    assert_int_equal(lp->num_entries, 0); /* zeros are dropped */
    check_row(lp, "r", -0.0, -0.0);
    assert_true(!signbit(lp->offset));
    dca__lp_release(lp);

    lp = parse_text(env, "ROWS\n L r\nCOLUMNS\n x r 1\nENDATA\n"); /* no objective at all */
    assert_null(lp->objective_name);
    assert_true(lp->cost[0] == 0.0);
    dca__lp_release(lp);

    lp = parse_text(env, "NAME\nROWS\n N o\nCOLUMNS\nENDATA\n");
    assert_int_equal(lp->num_rows + lp->num_columns, 0);
    dca__lp_release(lp);

    lp = parse_text(env, "NAME\ta\tFREE\nOBJSENSE\n\tminimise\nROWS\nCOLUMNS\nENDATA\n");
    assert_string_equal(lp->name, "a");
    assert_int_equal(lp->sense, DCA_MINIMISE);
    dca__lp_release(lp);

    lp = parse_text(env, "NAME\tFREE\nOBJSENSE MAXIMISE\nROWS\nCOLUMNS\nENDATA\n");
    assert_string_equal(lp->name, "FREE");
    assert_int_equal(lp->sense, DCA_MAXIMISE);
    dca__lp_release(lp);

    lp = parse_text(env, "NAME x 'FREE FREE\nROWS\nCOLUMNS\nENDATA\n");
    assert_string_equal(lp->name, "x 'FREE");
    dca__lp_release(lp);
    account_close(&book, env);
}

/* Names that look like numbers, keywords, comments; tabs, carriage returns, a byte order mark. */
static void odd_lines(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp =
        parse_text(env, "\xEF\xBB\xBFNAME\r\n* comment\nROWS\r\n N $o\n L -1e5\n\tG\tFREE\n"
                        " E $r $c\n E 'MARKER'\n\n   \r\nCOLUMNS\n"
                        " *x $o 3 -1e5 -2\n *x\t$r\t4\n"
                        " UP FREE 1 $c R 7\n RHS 'MARKER' 5 $o -6\n"
                        "RHS\n -1e5 3\n RHS $r 8\nBOUNDS\n UP UP 9\n UP B RHS 4\nENDATA");
    assert_int_equal(lp->num_rows, 4);
    assert_int_equal(lp->num_columns, 3);
    assert_string_equal(lp->objective_name, "$o");
    assert_true(lp->cost[column_of(lp, "*x")] == 3.0);
    assert_true(dca__lp_coefficient(lp, row_of(lp, "-1e5"), column_of(lp, "*x")) == -2.0);
    assert_true(dca__lp_coefficient(lp, row_of(lp, "$r"), column_of(lp, "*x")) == 4.0);
    assert_true(dca__lp_coefficient(lp, row_of(lp, "FREE"), column_of(lp, "UP")) == 1.0);
    assert_true(dca__lp_coefficient(lp, row_of(lp, "'MARKER'"), column_of(lp, "RHS")) == 5.0);
    assert_true(lp->cost[column_of(lp, "RHS")] == -6.0);
    check_row(lp, "-1e5", -INFINITY, 3);
    dca__lp_release(lp);
    account_close(&book, env);
}

/* ---- Fixed format -------------------------------------------------------------------------------- */

/*  columns: 2-3   5-12      15-22     25-36          40-47     50-61 */
static const char fixed_text[] =
    "NAME          MY MODEL\n"
    "ROWS\n"
    " N  COST\n"
    " L  ROW ONE\n"
    " G  ROW TWO   junk\n"
    " E  12345678\n"
    "COLUMNS\n"
    "    A B       COST               1.0   ROW ONE            2.0\n"
    "    A B       ROW TWO            3.0   $ comment\n"
    "    MARKER    'MARKER'                 'INTORG'\n"
    "    C         COST              -1.0   12345678          1e1 12345678\n"
    "    MARKER    'MARKER'                 'INTEND'\n"
    "    D E F GH  ROW ONE            7.0\n"
    "RHS\n"
    "              ROW ONE            8.0   ROW TWO            9.0\n"
    "RANGES\n"
    "    RNG       ROW ONE            2.0\n"
    "BOUNDS\n"
    " UP BND 1     A B                5.0\n"
    " FR BND 1     D E F GH\n"
    "ENDATA\n";

static void fixed_format(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = parse_text(env, fixed_text);
    assert_string_equal(lp->name, "MY MODEL");
    check_row(lp, "ROW ONE", 6, 8);
    check_row(lp, "ROW TWO", 9, INFINITY);
    check_row(lp, "12345678", 0, 0);
    check_column(lp, "A B", 0, 5, 0);
    check_column(lp, "C", 0, 1, 1);
    check_column(lp, "D E F GH", -INFINITY, INFINITY, 0);
    assert_true(dca__lp_coefficient(lp, row_of(lp, "ROW TWO"), column_of(lp, "A B")) == 3.0);
    assert_true(dca__lp_coefficient(lp, row_of(lp, "12345678"), column_of(lp, "C")) == 10.0);
    assert_int_equal(lp->num_entries, 4);
    dca__lp_release(lp);
    account_close(&book, env);
}

/* ---- Limits ------------------------------------------------------------------------------------- */

static const char sample[] =
    "NAME s\nROWS\n N o\n L r1\n G r2\n E r3\nCOLUMNS\n x o 1 r1 1\n x r2 2\n"
    " y r1 1 r3 -1\n z o 5\nRHS\n R r1 4 r2 1\nRANGES\n G r1 2\n"
    "*exact_range r1 2 4\nBOUNDS\n UP B x 4\n MI B y\nENDATA\n";

/* Any refused allocation: out of memory, nothing lost, and the next try succeeds. */
static void refused(void **unused)
{
    (void)unused;
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        int nth = 1;
        for (;; nth++) {
            account book = {0};
            dca_env *env = account_env(&book, 0);
            book.refuse_at = book.requests + nth;
            book.for_ever = for_ever;
            dca_lp *lp = NULL;
            dca_error err = DCA_ERROR_INIT;
            const dca_status status =
                dca__mps_parse(env, sample, sizeof sample - 1, NULL, &lp, &err);
            book.refuse_at = 0;
            if (status == DCA_OK) {
                dca__lp_release(lp);
                account_close(&book, env);
                break;
            }
            assert_int_equal(status, DCA_E_NOMEM);
            assert_int_equal(err.code, DCA_E_NOMEM);
            assert_null(lp);
            lp = parse_text(env, sample);
            dca__lp_release(lp);
            account_close(&book, env);
        }
        assert_true(nth > 20);
    }
}

/* Every prefix of a file is either an error at a place within it, or the whole. */
static void prefixes(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (size_t length = 0; length < sizeof sample - 2; length++) {
        char *text = malloc(length + 1);
        memcpy(text, sample, length);
        dca_lp *lp = NULL;
        dca_error err = DCA_ERROR_INIT;
        assert_int_equal(dca__mps_parse(env, text, length, NULL, &lp, &err), DCA_E_SYNTAX);
        assert_true(err.line >= 1 && err.column >= 1 && err.text[0] != '\0');
        free(text);
    }
    account_close(&book, env);
}

/* At most 64 bytes a byte of text plus 1 MB, for texts made of the shortest lines. */
static void memory(void **unused)
{
    (void)unused;
    enum { LINES = 60000 };
    for (int kind = 0; kind < 3; kind++) {
        account book = {0};
        dca_env *env = account_env(&book, 0);
        char *text = malloc((size_t)LINES * 24);
        size_t at = (size_t)sprintf(text, kind == 0 ? "ROWS\n" : "ROWS\n N o\n L r\nCOLUMNS\n");
        for (int k = 0; k < LINES; k++) {
            at += (size_t)sprintf(text + at,
                                  kind == 0   ? " L %x\n"
                                  : kind == 1 ? " %x o 1\n"
                                              : " %x r 1\n",
                                  (unsigned)k);
        }
        const char *const end = kind == 0 ? "COLUMNS\nENDATA\n" : "ENDATA\n";
        memcpy(text + at, end, strlen(end));
        at += strlen(end);
        dca_lp *lp = NULL;
        assert_int_equal(dca__mps_parse(env, text, at, NULL, &lp, NULL), DCA_OK);
        assert_int_equal(kind == 0 ? lp->num_rows : lp->num_columns, LINES);
        const uint64_t peak = dca__env_memory_peak(env);
        if (peak > 64 * at + (1u << 20))
            fail_msg("kind %d: %llu bytes for a text of %zu", kind, (unsigned long long)peak, at);
        dca__lp_release(lp);
        free(text);
        account_close(&book, env);
    }
}

static void stopped(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_control *control = NULL;
    assert_int_equal(dca__control_new(env, &control), DCA_OK);
    dca_lp *lp = NULL;
    dca_error err = DCA_ERROR_INIT;
    dca__control_set_work_limit(control, 9); /* 3 to see that it is free, then 2 a line */
    assert_int_equal(dca__mps_parse(env, sample, sizeof sample - 1, control, &lp, &err),
                     DCA_E_STATE);
    assert_int_equal(err.line, 4);
    assert_null(lp);
    dca__control_reset(control);
    dca__control_set_work_limit(control, 0);
    dca__control_cancel(control);
    assert_int_equal(dca__mps_parse(env, sample, sizeof sample - 1, control, &lp, &err),
                     DCA_E_STATE);
    dca__control_reset(control);
    assert_int_equal(dca__mps_parse(env, sample, sizeof sample - 1, control, &lp, &err), DCA_OK);
    dca__lp_release(lp);
    dca__control_free(control);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds),    cmocka_unit_test(ranges),       cmocka_unit_test(objective),
        cmocka_unit_test(odd_lines), cmocka_unit_test(endless_rows), cmocka_unit_test(exact_ranges),
        cmocka_unit_test(refused),   cmocka_unit_test(fixed_format), cmocka_unit_test(prefixes),
        cmocka_unit_test(memory),    cmocka_unit_test(stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
