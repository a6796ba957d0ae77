/* What the constructs of LP files mean: each by its own small text, and what any bytes do: an error
 * with its place or an LP, in bounded memory and linear time. Whole files, good and bad, with the
 * answer or the message expected, are in tests/data/lp. */
#include "base/err.h"
#include "base/limit.h"
#include "base/rng.h"
#include "io/lp_text.h"
#include "io/lpfile_notes.h"
#include "io/lpfile_scan.h"

#include <time.h>

static void check_column(const dca_lp *lp, dca_index j, const char *name, double lower,
                         double upper, int integer)
{
    if (j >= lp->num_columns || strcmp(lp->column_names.text[j], name) != 0)
        fail_msg("column %d is not %s", (int)j, name);
    if (!same_bits(lp->lower[j], lower) || !same_bits(lp->upper[j], upper) ||
        lp->integer[j] != integer)
        fail_msg("column %s is [%g, %g] %d, expected [%g, %g] %d", name, lp->lower[j], lp->upper[j],
                 lp->integer[j], lower, upper, integer);
}

/* ---- Rows ---------------------------------------------------------------------------------------- */

static const struct {
    const char *text;    /* of one constraint; columns x, y, z come in this order */
    double x, y, z;      /* its coefficients */
    double lower, upper; /* its bounds */
} rows[] = {
    {"x + y <= 4", 1, 1, 0, -INFINITY, 4},
    {"x + y < 4", 1, 1, 0, -INFINITY, 4},
    {"x + y =< 4", 1, 1, 0, -INFINITY, 4},
    {"x + y >= 4", 1, 1, 0, 4, INFINITY},
    {"x + y > 4", 1, 1, 0, 4, INFINITY},
    {"x + y => 4", 1, 1, 0, 4, INFINITY},
    {"x + y = 4", 1, 1, 0, 4, 4},
    {"x+y<=4", 1, 1, 0, -INFINITY, 4},
    {"-x-2y>=-4", -1, -2, 0, -4, INFINITY},
    {"x<-4", 1, 0, 0, -INFINITY, -4},
    {"x>-4", 1, 0, 0, -4, INFINITY},
    /* numbers */
    {"3x + 2.5e+3 y - .5z <= 1", 3, 2500, -0.5, -INFINITY, 1},
    {"3 x + 2.y - 1e-1 z <= 1E2", 3, 2, -0.1, -INFINITY, 100},
    {"3\nx + 2\n\n\ty <= 1", 3, 2, 0, -INFINITY, 1},
    {"3e2x <= 1", 300, 0, 0, -INFINITY, 1},
    {"- - 3 x + - y - + z <= - -1", 3, -1, -1, -INFINITY, 1},
    {"+ x <= + 1", 1, 0, 0, -INFINITY, 1},
    {"0 x + 1 y <= 1", 0, 1, 0, -INFINITY, 1},
    /* repeated variables, constants on the left, variables on the right */
    {"x + y + 2 x - 3 y <= 1", 3, -2, 0, -INFINITY, 1},
    {"x - x + y <= 1", 0, 1, 0, -INFINITY, 1},
    {"x + 2 <= 5", 1, 0, 0, -INFINITY, 3},
    {"x + 2 + y - 3 <= 5 + 1", 1, 1, 0, -INFINITY, 7},
    {"x + y <= 2 z + 1", 1, 1, -2, -INFINITY, 1},
    {"x <= y", 1, -1, 0, -INFINITY, 0},
    {"x + 1 >= y + x - 3", 0, -1, 0, -4, INFINITY},
    {"x = 2 y +\n 3 z", 1, -2, -3, 0, 0},
    {"2 <= x + y", 1, 1, 0, 2, INFINITY},
    {"2 >= x", 1, 0, 0, -INFINITY, 2},
    {"2 = x + 1", 1, 0, 0, 1, 1},
    {"0 <= 4", 0, 0, 0, -INFINITY, 4},
    {"3 >= 4", 0, 0, 0, 1, INFINITY},
    /* ranges */
    {"-5 <= x + y <= 8", 1, 1, 0, -5, 8},
    {"8 >= x + y >= -5", 1, 1, 0, -5, 8},
    {"-5 <= x\n + y\n <= 8", 1, 1, 0, -5, 8},
    {"-5 <= 2\n x <= 8", 2, 0, 0, -5, 8},
    {"-5 <= x + 1 <= 8", 1, 0, 0, -6, 7},
    {"1 + 1 <= x <= 8 - 1", 1, 0, 0, 2, 7},
    {"9 <= x <= 8", 1, 0, 0, 9, 8},
    {"-inf <= x <= 8", 1, 0, 0, -INFINITY, 8},
    {"2 <= x <= +INFINITY", 1, 0, 0, 2, INFINITY},
    {"-infinity <= x <= inf", 1, 0, 0, -INFINITY, INFINITY},
    {"-1 <= 0 <= 8", 0, 0, 0, -1, 8},
    /* endless and huge limits, signs of zero */
    {"x >= -inf", 1, 0, 0, -INFINITY, INFINITY},
    {"x <= 1e20", 1, 0, 0, -INFINITY, INFINITY},
    {"x >= -1e+30", 1, 0, 0, -INFINITY, INFINITY},
    {"x <= 9.9e19", 1, 0, 0, -INFINITY, 9.9e19},
    {"x <= -0", 1, 0, 0, -INFINITY, -0.0},
    {"- 0 x + y >= 0", 0, 1, 0, 0, INFINITY},
};

static void constraints(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        for (int form = 0; form < 3; form++) { /* labelled; the second of two; the first of two */
            char text[256];
            snprintf(text, sizeof text, "min 0 x + 0 y + 0 z\nst\n%s%s%s\nend\n",
                     form == 0   ? "r : "
                     : form == 1 ? "- x + y >= 1\n"
                                 : "",
                     rows[k].text, form == 2 ? "\n- x + y >= 1" : "");
            /* behind a range a sign goes on with it: the next row needs a label */
            const bool open = strncmp(rows[k].text, "2 ", 2) == 0 ||
                              strncmp(rows[k].text, "0 <=", 4) == 0 ||
                              strncmp(rows[k].text, "3 >=", 4) == 0;
            if (form == 2 && open)
                continue;
            dca_lp *lp = parse_lp(env, text);
            const dca_index i = form == 1 ? 1 : 0;
            assert_int_equal(lp->num_rows, form == 0 ? 1 : 2);
            if (!same_bits(dca__lp_coefficient(lp, i, 0), rows[k].x) ||
                !same_bits(dca__lp_coefficient(lp, i, 1), rows[k].y) ||
                !same_bits(dca__lp_coefficient(lp, i, 2), rows[k].z) ||
                !same_bits(lp->row_lower[i], rows[k].lower) ||
                !same_bits(lp->row_upper[i], rows[k].upper))
                fail_msg("%s: %g x + %g y + %g z in [%g, %g]", rows[k].text,
                         dca__lp_coefficient(lp, i, 0), dca__lp_coefficient(lp, i, 1),
                         dca__lp_coefficient(lp, i, 2), lp->row_lower[i], lp->row_upper[i]);
            const int other = form == 0 ? 0 : 2;
            const int own = (rows[k].x != 0) + (rows[k].y != 0) + (rows[k].z != 0);
            assert_int_equal(lp->num_entries, own + other);
            if (form == 0)
                assert_string_equal(lp->row_names.text[0], "r");
            else
                assert_null(lp->row_names.text[i]);
            dca__lp_release(lp);
        }
    }
    account_close(&book, env);
}

/* Behind a label the left side may be missing, as HiGHS writes rows without entries. */
static void missing_side(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = parse_lp(env, "min x\nst\n a: <= +4\n b: >= - 1\n c: = 0\n d: <= x\n x >= 1\nend");
    assert_int_equal(lp->num_rows, 5);
    assert_true(lp->row_lower[0] == -INFINITY && lp->row_upper[0] == 4.0);
    assert_true(lp->row_lower[1] == -1.0 && lp->row_upper[1] == INFINITY);
    assert_true(lp->row_lower[2] == 0.0 && lp->row_upper[2] == 0.0);
    assert_true(lp->row_lower[3] == 0.0 && lp->row_upper[3] == INFINITY);
    assert_int_equal(lp->num_entries, 2);
    dca__lp_release(lp);
    account_close(&book, env);
}

/* ---- Bounds: of x, in [0, inf) before ------------------------------------------------------------ */

static const struct {
    const char *text;
    double lower, upper;
    int integer;
} bounds[] = {
    {"", 0, INFINITY, 0},
    {"bounds", 0, INFINITY, 0},
    {"bounds\n x <= 4", 0, 4, 0},
    {"bound\n x < 4", 0, 4, 0},
    {"Bounds\n x >= 2", 2, INFINITY, 0},
    {"bounds\n 4 >= x", 0, 4, 0},
    {"bounds\n 2 <= x", 2, INFINITY, 0},
    {"bounds\n 2 = x", 2, 2, 0},
    {"bounds\n x = 5", 5, 5, 0},
    {"bounds\n x = - 5", -5, -5, 0},
    {"bounds\n 0 <= x <= 4", 0, 4, 0},
    {"bounds\n -1 <= x\n <= 4", -1, 4, 0},
    {"bounds\n 4 >= x >= -1", -1, 4, 0},
    {"bounds\n x free", -INFINITY, INFINITY, 0},
    {"bounds\n x FREE", -INFINITY, INFINITY, 0},
    {"bounds\n -inf <= x <= 4", -INFINITY, 4, 0},
    {"bounds\n -Infinity <= x <= +INF", -INFINITY, INFINITY, 0},
    {"bounds\n x >= -inf", -INFINITY, INFINITY, 0},
    {"bounds\n x <= inf", 0, INFINITY, 0},
    {"bounds\n x >= -1e30\n x <= 1e20", -INFINITY, INFINITY, 0},
    {"bounds\n x <= -5", 0, -5, 0}, /* the lower bound stays, as CPLEX documents */
    {"bounds\n x <= -5\n x >= -7", -7, -5, 0},
    {"bounds\n x <= 4\n x >= 2\n x <= 3", 2, 3, 0}, /* the last one holds */
    {"bounds\n x <= 4 x >= 2", 2, 4, 0},
    {"bounds\n x <= 4\n -2 <= x", -2, 4, 0},
    {"bounds\n x free\n x >= 2", 2, INFINITY, 0},
    {"bounds\n x >= -0\n x <= -0", -0.0, -0.0, 0},
    {"bounds\n x <= - -3", 0, 3, 0},
    {"general\n x", 0, INFINITY, 1},
    {"generals x", 0, INFINITY, 1},
    {"gen\n x", 0, INFINITY, 1},
    {"integer\n x", 0, INFINITY, 1},
    {"Integers\n x", 0, INFINITY, 1},
    {"int\n x", 0, INFINITY, 1},
    {"int\nbounds\n x <= 3\nint\n x", 0, 3, 1},
    {"binary\n x", 0, 1, 1},
    {"binaries\n x", 0, 1, 1},
    {"bin\n x\nbounds\n x <= 5", 0, 1, 1}, /* both hold */
    {"bounds\n x = 1\nbin\n x", 1, 1, 1},
    {"bounds\n x free\nbin\n x", 0, 1, 1},
    {"bounds\n -0.5 <= x <= 1.5\nbin\n x", 0, 1, 1},
    {"bounds\n 0.25 <= x <= 0.75\nbin\n x", 0.25, 0.75, 1},
};

static void bounds_and_marks(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (size_t k = 0; k < sizeof bounds / sizeof *bounds; k++) {
        char text[256];
        snprintf(text, sizeof text, "min x + y\nst\nx + y >= 1\n%s\nend\n", bounds[k].text);
        dca_lp *lp = parse_lp(env, text);
        check_column(lp, 0, "x", bounds[k].lower, bounds[k].upper, bounds[k].integer);
        check_column(lp, 1, "y", 0, INFINITY, 0);
        assert_int_equal(lp->num_integers, bounds[k].integer);
        dca__lp_release(lp);
    }
    account_close(&book, env);
}

/* ---- Objective, names, sections ------------------------------------------------------------------ */

static const struct {
    const char *text;
    dca_sense sense;
    const char *name;
    double x, y, offset;
} objectives[] = {
    {"minimize x + 2 y", DCA_MINIMISE, NULL, 1, 2, 0},
    {"MINIMISE\n cost : x", DCA_MINIMISE, "cost", 1, 0, 0},
    {"Minimum\n x", DCA_MINIMISE, NULL, 1, 0, 0},
    {"\n\n  Min x", DCA_MINIMISE, NULL, 1, 0, 0},
    {"\\ comment\nmaximize\n\\ comment\n 2 x - 3y \\ comment", DCA_MAXIMISE, NULL, 2, -3, 0},
    {"maximise x", DCA_MAXIMISE, NULL, 1, 0, 0},
    {"maximum x", DCA_MAXIMISE, NULL, 1, 0, 0},
    {"max profit:", DCA_MAXIMISE, "profit", 0, 0, 0},
    {"max", DCA_MAXIMISE, NULL, 0, 0, 0},
    {"min 4", DCA_MINIMISE, NULL, 0, 0, 4},
    {"min x + 4 - y - 1.5 - x + 3 x", DCA_MINIMISE, NULL, 3, -1, 2.5},
    {"min\n 3\n x\n+\n2 y", DCA_MINIMISE, NULL, 3, 2, 0},
    {"min - 0", DCA_MINIMISE, NULL, 0, 0, 0},
    {"min - 0 x", DCA_MINIMISE, NULL, -0.0, 0, 0},
};

static void objective(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (size_t k = 0; k < sizeof objectives / sizeof *objectives; k++) {
        char text[256];
        snprintf(text, sizeof text, "%s\nSubject To\nbounds\n x <= 1\n y <= 1\nend\n",
                 objectives[k].text);
        dca_lp *lp = parse_lp(env, text);
        assert_int_equal(lp->sense, objectives[k].sense);
        assert_true(same_text(lp->objective_name, objectives[k].name));
        assert_true(same_bits(lp->cost[0], objectives[k].x));
        assert_true(same_bits(lp->cost[1], objectives[k].y));
        assert_true(same_bits(lp->offset, objectives[k].offset));
        dca__lp_release(lp);
    }
    account_close(&book, env);
}

/* Every head of the constraints, and what is a name though it looks like something else. */
static void words(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    static const char *const heads[] = {"subject to", "SUBJECT \t TO", "such that",     "st", "st.",
                                        "s.t.",       "S.T.",          "st x + y > 0\n"};
    for (size_t k = 0; k < sizeof heads / sizeof *heads; k++) {
        char text[128];
        snprintf(text, sizeof text, "min x\n%s\n r: x + y > 1\nend", heads[k]);
        dca_lp *lp = parse_lp(env, text);
        assert_int_equal(lp->num_rows, k == 7 ? 2 : 1);
        dca__lp_release(lp);
    }
    /* first on a line a word begins a section, elsewhere, or with a colon, it is a name */
    dca_lp *lp = parse_lp(env, "min x + end + st + bounds\nst\n st: x + min >= 1\n"
                               " bounds: e9 + 3 e9x + 2ex + 1e1e1 >= 1\n"
                               " free: x[1,2] + a.b + $ + #1 + a/b + caf\xC3\xA9 >= 1\n"
                               "bounds\n free free\n end free\nend\nnot read [ \\");
    static const char *const names[] = {"x",   "end", "st",          "bounds", "min", "e9",
                                        "e9x", "ex",  "e1",          "x[1,2]", "a.b", "$",
                                        "#1",  "a/b", "caf\xC3\xA9", "free"};
    assert_int_equal(lp->num_columns, sizeof names / sizeof *names);
    for (dca_index j = 0; j < lp->num_columns; j++)
        assert_string_equal(lp->column_names.text[j], names[j]);
    assert_true(dca__lp_coefficient(lp, 1, 8) == 10.0); /* 1e1e1 is 1e1 e1 */
    check_column(lp, 15, "free", -INFINITY, INFINITY, 0);
    dca__lp_release(lp);
    /* a byte order mark, lines that end in \r\n, no last line end */
    lp = parse_lp(env, "\xEF\xBB\xBFmin\r\n x\r\nst\r\n x >= 1\r\n -x >= -3\r\nend");
    assert_int_equal(lp->num_rows, 2);
    dca__lp_release(lp);
    account_close(&book, env);
}

/* Every byte: may it begin a name, stand in one? And which names are written as they are. */
static void bytes_of_names(void **unused)
{
    (void)unused;
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (int byte = 0; byte < 256; byte++) {
        const bool letter = byte != 0 && strchr(letters, byte) != NULL;
        const bool first =
            letter || byte >= 128 || (byte != 0 && strchr("!\"#$%&(),;?@_`'{}|~/", byte) != NULL);
        const bool inside = first || (byte != 0 && strchr("0123456789.[]", byte) != NULL);
        assert_int_equal(dca__lpf_in_name((unsigned char)byte, true), first);
        assert_int_equal(dca__lpf_in_name((unsigned char)byte, false), inside);
        const char alone[] = {(char)byte, 'x', '\0'};
        const char behind[] = {'x', (char)byte, 'x', '\0'};
        const bool portable = letter || (byte != 0 && strchr("!\"#$%&?@_`'{}~", byte) != NULL);
        const bool within = portable || (byte != 0 && strchr("0123456789.(),;", byte) != NULL);
        assert_int_equal(dca__lpf_name_valid(alone), portable && byte != 'e' && byte != 'E');
        assert_int_equal(dca__lpf_name_valid(behind), within || byte == 0); /* "x" */
    }
    static const char *const keywords[] = {"min", "ST",       "Bounds",   "sos2",     "free", "INF",
                                           "nan", "infinity", "generals", "minimize", "User"};
    for (size_t k = 0; k < sizeof keywords / sizeof *keywords; k++)
        assert_false(dca__lpf_name_valid(keywords[k]));
    static const char *const names[] = {"mi", "minx", "stx", "boundsx", "x", "sos3", "freedom"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        assert_true(dca__lpf_name_valid(names[k]));
    assert_false(dca__lpf_name_valid(""));
}

/* ---- Comments that say something ----------------------------------------------------------------- */

static void notes(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    static const struct {
        const char *text; /* before the text below */
        dca_index columns;
        double lower, upper, offset;
        const char *row, *column, *name;
    } cases[] = {
        {"", 3, 0, 0, 0, "r", "x", NULL},
        {"\\Problem name: a  b \n", 3, 0, 0, 0, "r", "x", "a  b"},
        {"\\problem NAME:q\n", 3, 0, 0, 0, "r", "x", "q"},
        {"\\Problem name: \n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@problem = %0A\n", 3, 0, 0, 0, "r", "x", "\n"},
        {"\\@range r s\n\\@constant one\n", 1, 1, 4, 7, "r", "x", NULL},
        {"\\@range r s\n\\@range r s\n", 2, 1, 4, 0, "r", "x", NULL},
        {"\\@constant one\n\\@constant one\n", 2, 0, 0, 7, "r", "x", NULL},
        {"\\@row r = 100%25\n\\@column x = a%20b\n", 3, 0, 0, 0, "100%", "a b", NULL},
        {"\\@row  r\t=  \r\n", 3, 0, 0, 0, "", "x", NULL},
        /* what does not fit is a comment */
        {" \\@range r s\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\ @range r s\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@range r x\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@range q s\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@range r q\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@range r s t\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@range r\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@constant x\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@constant s\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@constant\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@row r q\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@row r = a b\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@row q = a\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@row r = a%2\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@row r = a%00\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@row r = a%0a\n", 3, 0, 0, 0, "r", "x", NULL},
        {"\\@column x = s\n", 3, 0, 0, 0, "r", "x", NULL}, /* taken */
        {"\\@Row r = a\n", 3, 0, 0, 0, "r", "x", NULL},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char text[256];
        snprintf(text, sizeof text,
                 "%smin 2 x + 7 one\nst\n r: x - s = 0\nbounds\n 1 <= s <= 4\n one = 1\nend",
                 cases[k].text);
        dca_lp *lp = parse_lp(env, text);
        if (lp->num_columns != cases[k].columns || !same_bits(lp->row_lower[0], cases[k].lower) ||
            !same_bits(lp->row_upper[0], cases[k].upper) ||
            !same_bits(lp->offset, cases[k].offset) ||
            !same_text(lp->row_names.text[0], cases[k].row) ||
            !same_text(lp->column_names.text[0], cases[k].column) ||
            !same_text(lp->name, cases[k].name))
            fail_msg("%s%d columns, [%g, %g], %g, %s %s", text, (int)lp->num_columns,
                     lp->row_lower[0], lp->row_upper[0], lp->offset, lp->row_names.text[0],
                     lp->column_names.text[0]);
        dca__lp_release(lp);
    }
    account_close(&book, env);
}

/* A column stands for a range only where it has no other part in the problem. */
static void no_folding(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    static const char *const texts[] = {
        "\\@range r s\nmin x + s\nst\n r: x - s = 0\nend",
        "\\@range r s\nmin x\nst\n r: x + s = 0\nend",
        "\\@range r s\nmin x\nst\n r: x - 2 s = 0\nend",
        "\\@range r s\nmin x\nst\n r: x - s = 1\nend",
        "\\@range r s\nmin x\nst\n r: x - s >= 0\nend",
        "\\@range r s\nmin x\nst\n r: x - s = 0\n q: s >= 1\nend",
        "\\@range r s\nmin x\nst\n q: s >= 1\n r: x - s = 0\nend",
        "\\@range q s\nmin x\nst\n r: x - s = 0\n q: x >= 1\nend",
        "\\@range r s\nmin x\nst\n r: x - s = 0\ngeneral s\nend",
        "\\@constant s\nmin x + 2 s\nst\n r: x + s >= 1\nbounds\n s = 1\nend",
        "\\@constant s\nmin x + 2 s\nst\n r: x >= 1\nbounds\n s = 2\nend",
        "\\@constant s\nmin x + 2 s\nst\n r: x >= 1\nbounds\n s <= 1\nend",
        "\\@constant s\nmin x + 2 s\nst\n r: x >= 1\nbounds\n s = 1\ngen\n s\nend",
    };
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        dca_lp *lp = parse_lp(env, texts[k]);
        if (lp->num_columns != 2 || lp->offset != 0.0)
            fail_msg("folded: %s", texts[k]);
        dca__lp_release(lp);
    }
    dca_lp *lp = parse_lp(env, "\\@range r s\n\\@range r t\nmin x\nst\n r: x - s - t = 0\nbounds\n"
                               " s = 0\n t <= 3\nend");
    assert_int_equal(lp->num_columns, 2); /* one range a row */
    dca__lp_release(lp);
    account_close(&book, env);
}

/* ---- Warnings, control, memory ------------------------------------------------------------------- */

static char heard[2][160];
static int num_heard;

static void hear(void *user, int32_t level, const char *line)
{
    (void)user;
    if (level == DCA_LOG_WARNING)
        snprintf(heard[num_heard++ % 2], sizeof heard[0], "%s", line);
}

static void warnings(void **unused)
{
    (void)unused;
    dca_env_config config = DCA_ENV_CONFIG_INIT;
    config.log = hear;
    dca_env *env = NULL;
    assert_int_equal(dca__env_new(&config, &env), DCA_OK);
    dca_lp *lp = parse_lp(env, "min x\nst\nbounds\n x <= -1\ngenerals\n x y\nend\n");
    dca__lp_release(lp);
    dca__env_release(env);
    assert_int_equal(num_heard, 2);
    assert_non_null(strstr(heard[0], "line 6: column 'y' stands in no row"));
    assert_non_null(strstr(heard[1], "column 'x' has an upper bound below 0"));
}

static const char *const sample = "\\@row r = a%20b\n\\@range s t\nmax c: x + 3 y + 4\nst\n"
                                  " r: x + y <= 4\n s: x - t = 0\n 2 <= y + z <= 9\nbounds\n"
                                  " 1 <= t <= 2\n x free\ngenerals\n y\nbinaries\n z\nend\n";

static void stopped(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_control *control = NULL;
    assert_int_equal(dca__control_new(env, &control), DCA_OK);
    bool whole = false;
    for (int64_t work = 1; !whole; work += 3) {
        dca__control_reset(control);
        dca__control_set_work_limit(control, work);
        dca_lp *lp = NULL;
        dca_error err = DCA_ERROR_INIT;
        const dca_status status =
            dca__lpfile_parse(env, sample, strlen(sample), control, &lp, &err);
        whole = status == DCA_OK;
        assert_true(whole || (status == DCA_E_STATE && err.line > 0 && lp == NULL));
        assert_true(whole || strstr(err.text, "stopped by its control at line") != NULL);
        dca__lp_release(lp);
    }
    dca__control_free(control);
    account_close(&book, env);
}

static void refused_memory(void **unused)
{
    (void)unused;
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        account book = {.for_ever = for_ever};
        dca_env *env = account_env(&book, 0);
        for (int nth = 1;; nth++) {
            book.refuse_at = book.requests + nth;
            dca_lp *lp = NULL;
            dca_error err = DCA_ERROR_INIT;
            const dca_status status =
                dca__lpfile_parse(env, sample, strlen(sample), NULL, &lp, &err);
            book.refuse_at = 0;
            if (status == DCA_OK) {
                assert_true(nth > 20);
                dca__lp_release(lp);
                break;
            }
            assert_int_equal(status, DCA_E_NOMEM);
            assert_int_equal(err.code, DCA_E_NOMEM);
            assert_null(lp);
        }
        account_close(&book, env);
    }
}

/* ---- Any bytes ----------------------------------------------------------------------------------- */

/* Parse a block of the text's own length; the status, after checks of what holds for any bytes. */
static dca_status parse_any(const char *text, size_t length)
{
    char *own = malloc(length + (length == 0));
    memcpy(own, text, length);
    dca_env *env = NULL;
    assert_int_equal(dca__env_new(NULL, &env), DCA_OK);
    dca_lp *lp = NULL;
    dca_error err = DCA_ERROR_INIT;
    const dca_status status = dca__lpfile_parse(env, own, length, NULL, &lp, &err);
    if (dca__env_memory_peak(env) > 64 * length + (1u << 20))
        fail_msg("%zu bytes of text took %llu", length,
                 (unsigned long long)dca__env_memory_peak(env));
    assert_true(status == DCA_OK || status == DCA_E_SYNTAX || status == DCA_E_UNSUPPORTED);
    assert_true(status == DCA_OK || (err.line > 0 && err.column > 0 && err.text[0] != '\0'));
    for (const char *at = err.text; *at != '\0'; at++)
        assert_true((unsigned char)*at >= ' ' && (unsigned char)*at < 127);
    dca__lp_release(lp);
    assert_int_equal(dca__env_memory(env), 0);
    dca__env_release(env);
    free(own);
    return status;
}

static void any_bytes(void **unused)
{
    (void)unused;
    static const char alphabet[] = "xyz0123456789.eE+-<>=:\\@[]*^/ \t\n\n\r%\x80\xFF\x01";
    const size_t length = strlen(sample);
    uint64_t state = 1;
    char text[512];
    for (size_t cut = 0; cut < length - 4; cut++)
        assert_int_not_equal(parse_any(sample, cut), DCA_OK);
    for (int k = 0; k < 20000; k++) {
        memcpy(text, sample, length);
        for (int change = 0; change <= k % 3; change++) {
            const uint64_t bits = dca__hash64(++state);
            text[bits % length] = alphabet[(bits >> 20) % sizeof alphabet]; /* its zero byte too */
        }
        (void)parse_any(text, length);
    }
}

/* Texts that are all head, all depth or all length: memory stays in bounds, time is linear. */
static void long_texts(void **unused)
{
    (void)unused;
    enum { LONG = 1 << 20 };
    static const struct {
        const char *head, *repeat, *tail; /* %d in repeat counts up, in base 36 */
    } texts[] = {
        {"min ", "- ", "x\nend"},
        {"min ", "x + ", "x\nend"},
        {"min ", "+x%d", "\nend"},
        {"min\nst\n", "x>1\n", "end"},
        {"min\nst\n", "1>0\n", "end"},
        {"min\nst\n", "%d: x>1\n", "end"},
        {"min\nst\n", "y%d:x>1\n", "end"},
        {"min\ngen ", "x%d ", "\nend"},
        {"min\ngen ", "x ", "\nend"},
        {"min\nbounds ", "x<1 ", "\nend"},
        {"min ", "x", "\nend"},
        {"min ", "1", "\nend"},
        {"min ", " ", "\nend"},
        {"min ", "\n", "\nend"},
        {"min ", "\\\n", "\nend"},
        {"", "\\@constant x\n", "min x\nend"},
        {"", "\\@row r = a%d\n", "min x\nst r: x > 1\nend"},
        {"", "\\@range r s\n", "min x\nst r: x - s = 0\nend"},
        {"min\nst\n", "+x%d-y", ">1\nend"},
        {"min\nst\nr: ", "-5 <= ", "x\nend"},
    };
    char *text = malloc(LONG + 256);
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        char *at = text + sprintf(text, "%s", texts[k].head);
        for (unsigned number = 0; at < text + LONG; number++) {
            for (const char *from = texts[k].repeat; *from != '\0'; from++) {
                if (from[0] != '%') {
                    *at++ = *from;
                    continue;
                }
                from++;
                for (unsigned rest = number; rest > 0; rest /= 26)
                    *at++ = (char)('a' + rest % 26);
            }
        }
        at += sprintf(at, "%s", texts[k].tail);
        const clock_t begin = clock();
        (void)parse_any(text, (size_t)(at - text));
        const double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        if (seconds > 5.0)
            fail_msg("%s%s took %g s", texts[k].head, texts[k].repeat, seconds);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(constraints),
        cmocka_unit_test(missing_side),
        cmocka_unit_test(bounds_and_marks),
        cmocka_unit_test(objective),
        cmocka_unit_test(words),
        cmocka_unit_test(bytes_of_names),
        cmocka_unit_test(notes),
        cmocka_unit_test(no_folding),
        cmocka_unit_test(warnings),
        cmocka_unit_test(stopped),
        cmocka_unit_test(refused_memory),
        cmocka_unit_test(any_bytes),
        cmocka_unit_test(long_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
