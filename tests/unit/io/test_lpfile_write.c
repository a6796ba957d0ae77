/* An LP that is written as an LP file and read back is the same bit for bit, names included, and is
 * written the same again: random LPs with awkward numbers and names, the shared Netlib LPs, plain and
 * compressed. Only what had no name has one then, the one it has in MPS. */
#include "base/alloc.h"
#include "io/awkward_lp.h"
#include "io/folder.h"
#include "io/io_file.h"
#include "io/lp_text.h"

enum { LONGEST_LINE = 560 }; /* what CPLEX reads */

/* The file as text, of which every line is checked: ASCII, short, no keyword begins a line of names. */
static char *read_checked(dca_env *env, const char *path, bool comments_too)
{
    char *text = NULL;
    size_t length = 0;
    assert_int_equal(dca__file_read(env, path, NULL, &text, &length, NULL), DCA_OK);
    assert_int_equal(strlen(text), length);
    for (const char *line = text; *line != '\0';) {
        const char *end = strchr(line, '\n');
        assert_non_null(end);
        if (*line != '\\' || comments_too)
            assert_true(end - line <= LONGEST_LINE);
        for (; line < end; line++)
            assert_true(*line >= ' ' && *line < 127);
        line++;
    }
    return text;
}

static dca_lp *write_and_read(const dca_lp *lp, const char *path)
{
    dca_error err = DCA_ERROR_INIT;
    if (dca__lpfile_write(lp, path, &err) != DCA_OK)
        fail_msg("not written: %s", err.text);
    dca_lp *back = NULL;
    if (dca__lpfile_read(lp->env, path, NULL, &back, &err) != DCA_OK)
        fail_msg("not read: %s:%d:%d: %s", path, (int)err.line, (int)err.column, err.text);
    return back;
}

/* Write, read, compare; and write what was read: the same text. */
static void round_trip(const dca_lp *lp, const char *path)
{
    dca_lp *back = write_and_read(lp, path);
    if (!same_lp(lp, back))
        fail_msg("%s reads back as another LP", path);
    char *first = read_checked(lp->env, path, false);
    assert_int_equal(dca__lpfile_write(back, path, NULL), DCA_OK);
    char *second = read_checked(lp->env, path, false);
    assert_string_equal(first, second);
    dca__free(lp->env, first);
    dca__free(lp->env, second);
    dca__lp_release(back);
}

/* ---- Random LPs --------------------------------------------------------------------------------- */

static const char *const odd_names[] = {
    "",         " ",    "a b",     "a\nb",   "-1",   "1e5",  "e5",       "E",
    "example",  ".x",   "x.y",     "x[1,2]", "[x]",  "a+b",  "a:b",      "a\\b",
    "<=",       "st",   "Subject", "to",     "END",  "Free", "bounds",   "inf",
    "Infinity", "nan",  "R3",      "C2",     "Rg1",  "Rg1_", "constant", "obj",
    "obj_",     "_#1",  "_#2",     "_#2.1",  "st#3", "%41",  "100%",     "caf\xC3\xA9",
    "\xFF",     "@row", "\\@row",  "$x",     "{x}",  "x/y",  "3x"};
enum { NUM_ODD = sizeof odd_names / sizeof *odd_names };

static dca_lp *random_lp(dca_env *env, uint64_t seed)
{
    return awkward_lp(env, seed, odd_names, NUM_ODD);
}

static void random_lps(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (uint64_t seed = 1; seed <= 400; seed++) {
        dca_lp *lp = random_lp(env, seed);
        static const char *const objectives[] = {"cost", "cost x", "2x", "st", "row3", "R1"};
        assert_int_equal(dca__lp_set_objective_name(lp, objectives[seed % 6]), DCA_OK);
        if (seed % 5 == 0)
            assert_int_equal(dca__lp_set_name(lp, odd_names[seed % NUM_ODD]), DCA_OK);
        round_trip(lp, in_folder("a.lp"));
        dca__lp_release(lp);
    }
    dca_lp *lp = random_lp(env, 7);
    round_trip(lp, in_folder("packed.lp"));
    dca_lp *back = write_and_read(lp, in_folder("packed.lp.gz"));
    assert_true(same_lp(lp, back));
    dca__lp_release(back);
    dca__lp_release(lp);
    account_close(&book, env);
}

/* ---- By hand ------------------------------------------------------------------------------------ */

static void check_text(dca_lp *lp, const char *expected)
{
    assert_int_equal(dca__lpfile_write(lp, in_folder("t.lp"), NULL), DCA_OK);
    char *text = read_checked(lp->env, in_folder("t.lp"), true);
    if (strcmp(text, expected) != 0)
        fail_msg("written:\n%s--- expected:\n%s", text, expected);
    dca__free(lp->env, text);
}

/* Everything that takes other words, as it stands in the file. */
static void other_words(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = parse_lp(env, "max\n cost: 2 x + 3\nst\n open: x - y >= -inf\n fix: y = 1\n"
                               " two: -1 <= x + y <= 1e1\n none: 0 x <= -0\n z >= 1e-300\nbounds\n"
                               " -inf <= x <= -5\n y = -0.5\n z free\n 2 <= w\n -1 <= v <= 0\n"
                               " u <= 4\ngen\n u v\nend\n");
    assert_int_equal(dca__lp_set_column_name(lp, 0, "x[0,1]"), DCA_OK);
    assert_int_equal(dca__lp_set_row_name(lp, 1, "100 %"), DCA_OK);
    assert_int_equal(dca__lp_set_name(lp, "by hand"), DCA_OK);
    check_text(lp, "\\Problem name: by hand\n"
                   "\\@row _100_%#2 = 100%20%25\n"
                   "\\@column x(0,1)#1 = x[0,1]\n"
                   "\\@range two Rg3\n"
                   "\\@constant constant\n"
                   "Maximize\n"
                   " cost: 2 x(0,1)#1 + 0 y + 0 z + 0 w + 0 v + 0 u + 3 constant\n"
                   "Subject To\n"
                   " open: x(0,1)#1 - y >= -1e+30\n"
                   " _100_%#2: y = 1\n"
                   " two: x(0,1)#1 + y - Rg3 = 0\n"
                   " none: 0 x(0,1)#1 <= -0\n"
                   " R5: z >= 1e-300\n"
                   "Bounds\n"
                   " -inf <= x(0,1)#1 <= -5\n"
                   " y = -0.5\n"
                   " z free\n"
                   " w >= 2\n"
                   " -1 <= v <= 0\n"
                   " u <= 4\n"
                   " -1 <= Rg3 <= 10\n"
                   " constant = 1\n"
                   "Generals\n"
                   " v u\n"
                   "End\n");
    assert_int_equal(dca__lp_set_row_name(lp, 4, "last"), DCA_OK);
    round_trip(lp, in_folder("words.lp"));
    dca__lp_set_row_bounds(lp, 2, 5.0, -5.0); /* crossing limits can be written */
    dca__lp_set_column_bounds(lp, 0, 5.0, -5.0);
    dca__lp_set_column_bounds(lp, 1, 0.0, -5.0);
    round_trip(lp, in_folder("crossing.lp"));
    dca__lp_release(lp);
    account_close(&book, env);
}

/* The objective lists what would come out of order, and nothing more. */
static void order(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    static const struct {
        const char *text, *objective;
    } cases[] = {
        {"min\nst\n r: a + b\n + c >= 1\n s: b + d >= 1\nend", "\n obj: 0 a\n"},
        {"min\n 0 a + 0 b\nst\n r: b + c >= 1\n s: a >= 1\nend", "\n obj: 0 a\n"},
        {"min\n 0 a + 0 b + 0 c\nst\n r: c >= 1\n s: a + b >= 1\nend", "\n obj: 0 a + 0 b\n"},
        {"min\n 0 a + 3 b\nst\n r: a + c >= 1\nend", "\n obj: 0 a + 3 b\n"},
        {"min\n 0 a + 0 b + 0 c\nst\n r: a + b >= 1\nend", "\n obj: 0 a + 0 b + 0 c\n"},
        {"min\nst\nend", "\n obj:\n"},
        {"min\n 5\nst\n r: 0 <= 4\n s: 1 <= 2 <= 8\n t: 0 >= -inf\nend", "\n obj: 5 constant\n"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        dca_lp *lp = parse_lp(env, cases[k].text);
        assert_int_equal(dca__lp_set_objective_name(lp, "obj"), DCA_OK);
        round_trip(lp, in_folder("order.lp"));
        char *text = read_checked(env, in_folder("order.lp"), true);
        if (strstr(text, cases[k].objective) == NULL)
            fail_msg("%s--- expected %s", text, cases[k].objective);
        dca__free(env, text);
        dca__lp_release(lp);
    }
    account_close(&book, env);
}

/* What has no name gets the one it has in MPS; the rest stays. */
static void unnamed(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = NULL;
    assert_int_equal(dca__lp_new(env, &lp), DCA_OK);
    const char *const names[] = {NULL, "R1", "obj", "R4", NULL};
    const dca_lp_rows rows = {
        .struct_size = (uint32_t)sizeof rows, .n = 5, .name = {names, sizeof *names}};
    assert_int_equal(dca__lp_add_rows(lp, &rows, NULL), DCA_OK);
    const dca_lp_columns columns = {.struct_size = (uint32_t)sizeof columns, .n = 2};
    assert_int_equal(dca__lp_add_columns(lp, &columns, NULL), DCA_OK);
    dca_lp *back = write_and_read(lp, in_folder("unnamed.lp"));
    assert_int_equal(dca__mps_write(lp, in_folder("unnamed.mps"), NULL), DCA_OK);
    dca_lp *other = NULL;
    assert_int_equal(dca__mps_read(env, in_folder("unnamed.mps"), NULL, &other, NULL), DCA_OK);
    assert_true(same_lp(back, other));
    assert_string_equal(back->row_names.text[0], "R1_");
    assert_string_equal(back->objective_name, "obj_");
    round_trip(back, in_folder("named.lp"));
    dca__lp_release(other);
    dca__lp_release(back);
    dca__lp_release(lp);
    account_close(&book, env);
}

/* Long names are replaced, and lines stay below what CPLEX reads. */
static void long_names(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = parse_lp(env, "min\n obj: x + y + z\nst\n r: x + y >= 1\n s: z >= 1\nend\n");
    char name[400];
    memset(name, 'n', sizeof name);
    for (int k = 0; k < 3; k++) { /* 255 is a name, 256 and 399 are not */
        name[k == 0 ? 255 : k == 1 ? 256 : 399] = '\0';
        assert_int_equal(dca__lp_set_column_name(lp, k, name), DCA_OK);
        assert_int_equal(dca__lp_set_row_name(lp, k == 2 ? 1 : k, name), DCA_OK);
        name[k == 0 ? 255 : 256] = 'n';
    }
    round_trip(lp, in_folder("long.lp"));
    char *text = read_checked(env, in_folder("long.lp"), false);
    assert_non_null(strstr(text, "#2 = nnn"));
    assert_non_null(strstr(text, "#3 = nnn"));
    assert_null(strstr(text, "#1 = "));
    dca__free(env, text);
    dca__lp_release(lp);
    account_close(&book, env);
}

static void refusals(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = parse_lp(env, "min\n obj: x\nst\n r: x >= 1\nend\n");
    dca_error err = DCA_ERROR_INIT;
    dca__lp_set_row_bounds(lp, 0, 2.0, 1e20);
    assert_int_equal(dca__lpfile_write(lp, in_folder("no.lp"), &err), DCA_E_ARG);
    assert_string_equal(err.text,
                        "row 'r' has the bound 1e+20, expected one below 1e20: from there "
                        "on LP format means infinity");
    assert_int_equal(err.kind, DCA_KIND_ROW);
    dca__lp_set_row_bounds(lp, 0, 2.0, 3.0);
    dca__lp_set_column_bounds(lp, 0, -3e25, 3.0);
    assert_int_equal(dca__lpfile_write(lp, in_folder("no.lp"), &err), DCA_E_ARG);
    assert_non_null(strstr(err.text, "column 'x' has the bound -3e+25"));
    assert_int_equal(access(in_folder("no.lp"), F_OK), -1);
    dca__lp_set_column_bounds(lp, 0, 0.0, 3.0);
    assert_int_equal(dca__lpfile_write(lp, in_folder("no/such/folder.lp"), &err), DCA_E_IO);
    dca_lp *back = NULL;
    assert_int_equal(dca__lpfile_read(env, in_folder("no.lp"), NULL, &back, &err), DCA_E_IO);
    dca__lp_release(lp);
    account_close(&book, env);
}

/* A refused allocation leaves no file, no block, and the old file as it was. */
static void refused_memory(void **unused)
{
    (void)unused;
    for (int k = 0; k < 4; k++) {
        account book = {.for_ever = k / 2};
        dca_env *env = account_env(&book, 0);
        dca_lp *lp = random_lp(env, 5);
        const char *name = k % 2 == 0 ? "memory.lp" : "memory.lp.gz";
        unlink(in_folder(name));
        const int files = files_in_folder();
        for (int nth = 1;; nth++) {
            book.refuse_at = book.requests + nth;
            dca_error err = DCA_ERROR_INIT;
            dca_status status = dca__lpfile_write(lp, in_folder(name), &err);
            dca_lp *back = NULL;
            if (status == DCA_OK)
                status = dca__lpfile_read(env, in_folder(name), NULL, &back, &err);
            else
                assert_int_equal(files_in_folder(), files);
            book.refuse_at = 0;
            if (status == DCA_OK) {
                assert_true(same_lp(lp, back));
                dca__lp_release(back);
                assert_true(nth > 20);
                break;
            }
            assert_int_equal(status, DCA_E_NOMEM);
            assert_int_equal(err.code, DCA_E_NOMEM);
            assert_null(back);
            unlink(in_folder(name));
        }
        dca__lp_release(lp);
        account_close(&book, env);
    }
}

/* ---- Shared LPs ---------------------------------------------------------------------------------- */

static void shared(void **unused)
{
    (void)unused;
    const char *const roots[] = {getenv("DCALLOC_SHARED"), "../shared", "../../shared"};
    char place[512];
    DIR *listing = NULL;
    for (int k = 0; k < 3 && listing == NULL; k++) {
        snprintf(place, sizeof place, "%s/data/lp/feasible", roots[k] == NULL ? "" : roots[k]);
        listing = opendir(place);
    }
    if (listing == NULL) {
        print_message("skipped: no shared data, see DCALLOC_SHARED\n");
        skip();
    }
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        if (strncmp(entry->d_name, "netlib-", 7) != 0)
            continue;
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", place, entry->d_name);
        dca_lp *lp = NULL;
        dca_error err = DCA_ERROR_INIT;
        if (dca__mps_read(env, path, NULL, &lp, &err) != DCA_OK)
            fail_msg("%s:%d:%d: %s", path, (int)err.line, (int)err.column, err.text);
        round_trip(lp, in_folder("shared.lp"));
        count++;
        dca__lp_release(lp);
    }
    closedir(listing);
    assert_true(count >= 56);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_lps), cmocka_unit_test(other_words),    cmocka_unit_test(order),
        cmocka_unit_test(unnamed),    cmocka_unit_test(long_names),     cmocka_unit_test(refusals),
        cmocka_unit_test(shared),     cmocka_unit_test(refused_memory),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
