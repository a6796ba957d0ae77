/* Whole files in, files out that are whole or not there: standard streams, what is no regular file,
 * stopping, every allocation refused. */
#include "account.h"
#include "base/alloc.h"
#include "base/limit.h"
#include "io/io_file.h"
#include "io/io_names.h"

#include <sys/stat.h>
#include <unistd.h>

static char path[] = "/tmp/dcalloc_file_XXXXXX";

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

/* A text of `length` bytes that no two places share. */
static char *make_text(size_t length)
{
    char *text = malloc(length + 1);
    for (size_t k = 0; k < length; k++)
        text[k] = (char)('a' + (k * k + k / 26) % 26);
    return text;
}

static void write_text(dca_env *env, const char *text, size_t length)
{
    dca__sink *sink = NULL;
    assert_int_equal(dca__sink_open(env, path, &sink, NULL), DCA_OK);
    for (size_t at = 0; at < length; at += 1000)
        dca__sink_bytes(sink, text + at, length - at < 1000 ? length - at : 1000);
    assert_int_equal(dca__sink_close(sink, NULL), DCA_OK);
}

/* Lengths around the size of a piece. */
static void lengths(void **unused)
{
    (void)unused;
    static const size_t sizes[] = {0, 1, 7, 65535, 65536, 65537, 131072, 200001};
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        char *text = make_text(sizes[k]);
        write_text(env, text, sizes[k]);
        char *back = NULL;
        size_t length = 99;
        assert_int_equal(dca__file_read(env, path, NULL, &back, &length, NULL), DCA_OK);
        assert_int_equal(length, sizes[k]);
        assert_memory_equal(back, text, length);
        assert_int_equal(back[length], '\0');
        dca__free(env, back);
        free(text);
    }
    account_close(&book, env);
}

/* "-": the standard streams, led to files for the moment. */
static void standard(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    fflush(stdout);
    const int kept = dup(STDOUT_FILENO);
    FILE *target = fopen(path, "wb");
    assert_true(dup2(fileno(target), STDOUT_FILENO) >= 0);
    dca__sink *sink = NULL;
    const dca_status opened = dca__sink_open(env, "-", &sink, NULL);
    dca__sink_text(sink, "to standard output ");
    dca__sink_number(sink, 0.1);
    const dca_status closed = dca__sink_close(sink, NULL);
    assert_true(dup2(kept, STDOUT_FILENO) >= 0);
    close(kept);
    fclose(target);
    assert_int_equal(opened, DCA_OK);
    assert_int_equal(closed, DCA_OK);
    assert_non_null(freopen(path, "rb", stdin));
    char *text = NULL;
    size_t length = 0;
    assert_int_equal(dca__file_read(env, "-", NULL, &text, &length, NULL), DCA_OK);
    assert_string_equal(text, "to standard output 0.1");
    dca__free(env, text);
    account_close(&book, env);
}

static void others(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    char *text = NULL;
    size_t length = 9;
    assert_int_equal(dca__file_read(env, "/dev/null", NULL, &text, &length, NULL), DCA_OK);
    assert_int_equal(length, 0);
    dca__free(env, text);
    dca__sink *sink = NULL;
    assert_int_equal(dca__sink_open(env, "/dev/null", &sink, NULL), DCA_OK);
    dca__sink_text(sink, "nothing");
    assert_int_equal(dca__sink_close(sink, NULL), DCA_OK);
    struct stat about;
    assert_int_equal(stat("/dev/null", &about), 0);
    assert_true(S_ISCHR(about.st_mode));
    dca_error err = DCA_ERROR_INIT;
    text = NULL;
    char below[64];
    snprintf(below, sizeof below, "%s/x", path);
    assert_int_equal(dca__file_read(env, below, NULL, &text, &length, &err), DCA_E_IO);
    assert_non_null(strstr(err.text, "not a directory"));
    assert_int_equal(dca__sink_open(env, below, &sink, &err), DCA_E_IO);
    char name[5000];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_int_equal(dca__file_read(env, name, NULL, &text, &length, &err), DCA_E_IO);
    assert_non_null(strstr(err.text, "the name is too long"));
    assert_int_equal(dca__sink_open(env, name, &sink, &err), DCA_E_IO);
    account_close(&book, env);
}

/* A sink that is dropped leaves the file as it was, and nothing beside it. */
static void dropped(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    write_text(env, "old", 3);
    dca__sink *sink = NULL;
    assert_int_equal(dca__sink_open(env, path, &sink, NULL), DCA_OK);
    dca__sink_text(sink, "new");
    char beside[64];
    snprintf(beside, sizeof beside, "%s.%d-0.tmp", path, (int)getpid());
    assert_int_equal(access(beside, F_OK), 0);
    dca__sink_drop(sink);
    dca__sink_drop(NULL);
    assert_int_not_equal(access(beside, F_OK), 0);
    char *text = NULL;
    size_t length = 0;
    assert_int_equal(dca__file_read(env, path, NULL, &text, &length, NULL), DCA_OK);
    assert_string_equal(text, "old");
    dca__free(env, text);
    /* a temporary file that another writer left does not matter */
    FILE *stale = fopen(beside, "wb");
    fclose(stale);
    write_text(env, "new", 3);
    assert_int_equal(access(beside, F_OK), 0);
    unlink(beside);
    account_close(&book, env);
}

static void stopped(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    char *text = make_text(300000);
    write_text(env, text, 300000);
    free(text);
    text = NULL;
    size_t length = 0;
    dca_control *control = NULL;
    assert_int_equal(dca__control_new(env, &control), DCA_OK);
    dca__control_cancel(control);
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca__file_read(env, path, control, &text, &length, &err), DCA_E_STATE);
    assert_null(text);
    dca__control_free(control);
    for (int nth = 1;; nth++) {
        book.refuse_at = book.requests + nth;
        const dca_status status = dca__file_read(env, path, NULL, &text, &length, &err);
        book.refuse_at = 0;
        if (status == DCA_OK)
            break;
        assert_int_equal(status, DCA_E_NOMEM);
        assert_null(text);
    }
    dca__free(env, text);
    account_close(&book, env);
}

/* Made-up names and finding them again are inverse; a name of another is never made up. */
static void names(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    static const char *const given[] = {NULL, "R1", "R1_", NULL, "R04", "", NULL, "R7", "R9"};
    dca__strtab table = {0};
    for (int k = 0; k < 9; k++)
        assert_int_equal(dca__strtab_append(env, &table, given[k]), DCA_OK);
    char room[DCA_NAME_ROOM];
    for (dca_index k = 0; k < 9; k++) {
        const char *name = dca__file_name(&table, k, 'R', room);
        assert_int_equal(dca__file_find(&table, 'R', name, strlen(name)), k);
    }
    assert_string_equal(dca__file_name(&table, 0, 'R', room), "R1__");
    assert_string_equal(dca__file_name(&table, 3, 'R', room), "R4");
    assert_string_equal(dca__file_name(&table, 6, 'R', room), "R7_");
    static const char *const none[] = {
        "R",   "R0", "R2", "R04_", "R4_", "R10", "C4", "r4", "R4x", "R+4", "R99999999999999999999",
        "R7__"};
    for (size_t k = 0; k < sizeof none / sizeof *none; k++)
        assert_int_equal(dca__file_find(&table, 'R', none[k], strlen(none[k])), -1);
    dca__strtab_free(env, &table);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths), cmocka_unit_test(standard), cmocka_unit_test(others),
        cmocka_unit_test(dropped), cmocka_unit_test(stopped),  cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
