/* What is written reads back the same, bit for bit: random LPs with awkward numbers and names, the
 * shared Netlib LPs, plain and compressed. What MPS cannot hold is refused, and a file that cannot be
 * written leaves the old one. */
#include "base/alloc.h"
#include "io/awkward_lp.h"
#include "io/folder.h"
#include "io/io_file.h"
#include "io/mps_text.h"

#include <sys/stat.h>

/* Write, read, compare. */
static void round_trip(const dca_lp *lp, const char *path)
{
    dca_error err = DCA_ERROR_INIT;
    if (dca__mps_write(lp, path, &err) != DCA_OK)
        fail_msg("not written: %s", err.text);
    dca_lp *back = NULL;
    if (dca__mps_read(lp->env, path, NULL, &back, &err) != DCA_OK)
        fail_msg("not read: %d:%d: %s", (int)err.line, (int)err.column, err.text);
    if (!same_lp(lp, back))
        fail_msg("%s reads back as another LP", path);
    dca__lp_release(back);
}

/* ---- Random LPs --------------------------------------------------------------------------------- */

static const char *const odd_names[] = {
    "-1",   "1e5",         "*",        "$",    "$x",  "'MARKER'",    "RHS", "UP",
    "BND",  "FREE",        "'INTORG'", "N",    "MAX", "R3",          "C2",  "obj",
    "obj_", "caf\xC3\xA9", "a\"b\\",   "\xFF", "inf", "*exact_range"};

static dca_lp *random_lp(dca_env *env, uint64_t seed)
{
    return awkward_lp(env, seed, odd_names, sizeof odd_names / sizeof *odd_names);
}

static void random_lps(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (uint64_t seed = 1; seed <= 600; seed++) {
        dca_lp *lp = random_lp(env, seed);
        round_trip(lp, in_folder(seed % 7 == 0 ? "a.mps.gz" : "a.mps"));
        dca__lp_release(lp);
    }
    assert_int_equal(files_in_folder(), 2);
    account_close(&book, env);
}

/* Rows with two bounds: neighbours, halves of an ulp, cancellation, opposite signs. */
static void ranged_rows(void **unused)
{
    (void)unused;
    enum { ROWS = 4000 };
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = NULL;
    assert_int_equal(dca__lp_new(env, &lp), DCA_OK);
    dca_lp_rows rows = {.struct_size = (uint32_t)sizeof rows, .n = ROWS};
    assert_int_equal(dca__lp_add_rows(lp, &rows, NULL), DCA_OK);
    dice d = {99};
    for (int i = 0; i < ROWS; i++) {
        const double base = ldexp(1.0 + (double)draw(&d, 1u << 20) * 0x1p-20, (int)draw(&d, 8));
        double a = base;
        double b = -base;
        switch (draw(&d, 5)) {
        case 0:
            b = nextafter(a, INFINITY);
            break;
        case 1:
            b = nextafter(-a, draw(&d, 2) == 0 ? 0.0 : -INFINITY);
            break;
        case 2:
            b = awkward(&d);
            break;
        case 3:
            b = -a * (1.0 + (double)draw(&d, 16) * 0x1p-52);
            break;
        default:
            a = awkward(&d);
            b = awkward(&d);
            break;
        }
        lp->row_lower[i] = fmin(a, b);
        lp->row_upper[i] = fmax(a, b);
        char name[16];
        snprintf(name, sizeof name, "r%d", i);
        assert_int_equal(dca__lp_set_row_name(lp, i, name), DCA_OK);
    }
    lp->row_lower[0] = -1.0; /* their distance is not a double */
    lp->row_upper[0] = 1.0 + 0x1p-52;
    assert_int_equal(dca__lp_set_objective_name(lp, "obj"), DCA_OK);
    round_trip(lp, in_folder("ranges.mps"));

    char *text = NULL;
    size_t length = 0;
    assert_int_equal(dca__file_read(env, in_folder("ranges.mps"), NULL, &text, &length, NULL),
                     DCA_OK);
    char *comment = strstr(text, "*exact_range r0 -1 1.0000000000000002\n");
    assert_non_null(comment);
    /* Without the comment the bounds are those that the width gives, a last place away; a comment
     * that says something far off is a comment. */
    memcpy(comment, "*exact_range r0 -1 1.0000000100000002\n", 38);
    dca_lp *back = NULL;
    assert_int_equal(dca__mps_parse(env, text, length, NULL, &back, NULL), DCA_OK);
    assert_true(fabs(back->row_upper[0] - lp->row_upper[0]) == 0x1p-52);
    dca__lp_release(back);
    dca__free(env, text);
    dca__lp_release(lp);
    account_close(&book, env);
}

/* Rows and columns without names get names that nobody else has. */
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
    assert_int_equal(dca__mps_write(lp, in_folder("unnamed.mps"), NULL), DCA_OK);
    dca_lp *back = NULL;
    assert_int_equal(dca__mps_read(env, in_folder("unnamed.mps"), NULL, &back, NULL), DCA_OK);
    static const char *const expected[] = {"R1_", "R1", "obj", "R4", "R5"};
    for (int i = 0; i < 5; i++)
        assert_string_equal(back->row_names.text[i], expected[i]);
    assert_string_equal(back->column_names.text[1], "C2");
    assert_string_equal(back->objective_name, "obj_");
    dca__lp_release(back);
    dca__lp_release(lp);
    account_close(&book, env);
}

/* ---- Refusals ------------------------------------------------------------------------------------ */

static void check_refused(const dca_lp *lp, const char *sentence, dca_kind kind)
{
    FILE *old = fopen(in_folder("old.mps"), "wb");
    fputs("old", old);
    fclose(old);
    const int files = files_in_folder();
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca__mps_write(lp, in_folder("old.mps"), &err), DCA_E_ARG);
    if (strstr(err.text, sentence) == NULL || err.kind != (int32_t)kind)
        fail_msg("%s: expected %s", err.text, sentence);
    assert_int_equal(files_in_folder(), files);
    char text[8] = "";
    old = fopen(in_folder("old.mps"), "rb");
    assert_int_equal(fread(text, 1, 7, old), 3);
    fclose(old);
    assert_string_equal(text, "old");
}

static void refusals(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = parse_text(env, "ROWS\n N o\n L r\nCOLUMNS\n x r 1\nENDATA\n");
    static const char *const bad[] = {"", " ", "a b", "a\tb", "a\nb", "\x7f", "a "};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        assert_int_equal(dca__lp_set_row_name(lp, 0, bad[k]), DCA_OK);
        check_refused(lp, "row 0 has the name", DCA_KIND_ROW);
        assert_int_equal(dca__lp_set_row_name(lp, 0, "r"), DCA_OK);
        assert_int_equal(dca__lp_set_column_name(lp, 0, bad[k]), DCA_OK);
        check_refused(lp, "column 0 has the name", DCA_KIND_COLUMN);
        assert_int_equal(dca__lp_set_column_name(lp, 0, "x"), DCA_OK);
        assert_int_equal(dca__lp_set_objective_name(lp, bad[k]), DCA_OK);
        check_refused(lp, "the objective has the name", DCA_KIND_NONE);
        assert_int_equal(dca__lp_set_objective_name(lp, "o"), DCA_OK);
        if (strcmp(bad[k], "a b") != 0) {
            assert_int_equal(dca__lp_set_name(lp, bad[k]), DCA_OK);
            check_refused(lp, "the problem has the name", DCA_KIND_NONE);
            assert_int_equal(dca__lp_set_name(lp, NULL), DCA_OK);
        }
    }
    assert_int_equal(dca__lp_set_objective_name(lp, "r"), DCA_OK);
    check_refused(lp, "expected one that no row has", DCA_KIND_NONE);
    assert_int_equal(dca__lp_set_objective_name(lp, "o"), DCA_OK);
    dca__lp_set_row_bounds(lp, 0, 2.0, 1.0);
    check_refused(lp, "row 'r' has the lower bound 2 above its upper bound 1", DCA_KIND_ROW);
    dca__lp_set_row_bounds(lp, 0, 2.0, 1e20);
    check_refused(lp, "row 'r' has the bound 1e+20", DCA_KIND_ROW);
    dca__lp_set_row_bounds(lp, 0, 2.0, INFINITY);
    dca__lp_set_column_bounds(lp, 0, -3e25, 0.0);
    check_refused(lp, "column 'x' has the bound -3e+25", DCA_KIND_COLUMN);
    dca__lp_set_column_bounds(lp, 0, 5.0, -5.0); /* crossing column bounds can be written */
    round_trip(lp, in_folder("crossing.mps"));
    dca__lp_release(lp);
    account_close(&book, env);
}

static void places(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = parse_text(env, "ROWS\n N o\n L r\nCOLUMNS\n x r 1\nENDATA\n");
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca__mps_write(lp, in_folder("no/such/folder.mps"), &err), DCA_E_IO);
    assert_non_null(strstr(err.text, "no/such/folder.mps: the folder does not exist"));
    assert_int_equal(dca__mps_write(lp, folder, &err), DCA_E_IO);
    assert_non_null(strstr(err.text, "it is a directory"));
    dca_lp *back = NULL;
    assert_int_equal(dca__mps_read(env, in_folder("nothing.mps"), NULL, &back, &err), DCA_E_IO);
    assert_non_null(strstr(err.text, "no such file"));
    assert_int_equal(dca__mps_read(env, folder, NULL, &back, &err), DCA_E_IO);
    assert_non_null(strstr(err.text, "directory"));
    if (access("/dev/full", W_OK) == 0) {
        assert_int_equal(dca__mps_write(lp, "/dev/full", &err), DCA_E_IO);
        assert_non_null(strstr(err.text, "cannot write all of /dev/full"));
        struct stat about;
        assert_int_equal(stat("/dev/full", &about), 0);
        assert_true(S_ISCHR(about.st_mode)); /* a device stays one */
    }
    /* A link stays a link; its target is replaced and keeps its permissions. */
    char target[256];
    snprintf(target, sizeof target, "%s", in_folder("target.mps"));
    FILE *old = fopen(target, "wb");
    fclose(old);
    assert_int_equal(chmod(target, 0640), 0);
    assert_int_equal(symlink("target.mps", in_folder("link.mps")), 0);
    round_trip(lp, in_folder("link.mps"));
    struct stat about;
    assert_int_equal(lstat(in_folder("link.mps"), &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_int_equal(stat(target, &about), 0);
    assert_true(about.st_size > 10);
    assert_int_equal(about.st_mode & 07777, 0640);
    dca__lp_release(lp);
    account_close(&book, env);
}

/* A refused allocation leaves no file and the old one as it was. */
static void refused_memory(void **unused)
{
    (void)unused;
    const char *const names[] = {"memory.mps", "memory.mps.gz"};
    for (int k = 0; k < 2; k++) {
        account book = {0};
        dca_env *env = account_env(&book, 0);
        dca_lp *lp = random_lp(env, 5);
        unlink(in_folder(names[k]));
        const int files = files_in_folder();
        for (int nth = 1;; nth++) {
            book.refuse_at = book.requests + nth;
            dca_error err = DCA_ERROR_INIT;
            dca_status status = dca__mps_write(lp, in_folder(names[k]), &err);
            dca_lp *back = NULL;
            if (status == DCA_OK)
                status = dca__mps_read(env, in_folder(names[k]), NULL, &back, &err);
            else
                assert_int_equal(files_in_folder(), files);
            book.refuse_at = 0;
            if (status == DCA_OK) {
                assert_true(same_lp(lp, back));
                dca__lp_release(back);
                assert_true(nth > 8);
                break;
            }
            assert_int_equal(status, DCA_E_NOMEM);
            unlink(in_folder(names[k]));
        }
        dca__lp_release(lp);
        account_close(&book, env);
    }
}

/* Damaged and doubled gzip. */
static void gzip(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = random_lp(env, 3);
    round_trip(lp, in_folder("whole.mps.gz"));
    FILE *file = fopen(in_folder("whole.mps.gz"), "rb");
    static char packed[65536];
    const size_t length = fread(packed, 1, sizeof packed, file);
    fclose(file);
    assert_true(length > 20 && length < sizeof packed && memcmp(packed, "\x1f\x8b", 2) == 0);
    for (size_t cut = 2; cut < length; cut += cut < 12 ? 1 : 37) {
        file = fopen(in_folder("cut.mps.gz"), "wb");
        fwrite(packed, 1, cut, file);
        fclose(file);
        dca_lp *back = NULL;
        dca_error err = DCA_ERROR_INIT;
        assert_int_equal(dca__mps_read(env, in_folder("cut.mps.gz"), NULL, &back, &err), DCA_E_IO);
        assert_non_null(strstr(err.text, "damaged or ends early"));
    }
    file = fopen(in_folder("twice.mps.gz"), "wb"); /* the second member lies behind ENDATA */
    fwrite(packed, 1, length, file);
    fwrite(packed, 1, length, file);
    fclose(file);
    dca_lp *back = NULL;
    assert_int_equal(dca__mps_read(env, in_folder("twice.mps.gz"), NULL, &back, NULL), DCA_OK);
    assert_true(same_lp(lp, back));
    dca__lp_release(back);
    dca__lp_release(lp);
    account_close(&book, env);
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
        bool blank = false;
        for (dca_index j = 0; j < lp->num_columns; j++)
            blank = blank || strchr(lp->column_names.text[j], ' ') != NULL;
        for (dca_index i = 0; i < lp->num_rows; i++)
            blank = blank || strchr(lp->row_names.text[i], ' ') != NULL;
        if (!blank) { /* free MPS cannot hold those */
            round_trip(lp, in_folder("shared.mps"));
            count++;
        }
        dca__lp_release(lp);
    }
    closedir(listing);
    assert_true(count > 40);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_lps), cmocka_unit_test(ranged_rows),    cmocka_unit_test(unnamed),
        cmocka_unit_test(refusals),   cmocka_unit_test(places),         cmocka_unit_test(gzip),
        cmocka_unit_test(shared),     cmocka_unit_test(refused_memory),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
