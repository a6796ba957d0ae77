/* test_err.c - error records: who is to blame, and that nothing is written past a record's end. */
#include "base/err.h"
#include "check.h"

#include <string.h>

static void test_fields(void **state)
{
    (void)state;
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca__fail(&err, DCA_E_ARG, DCA_KIND_ROW, 7, "row '%s' has %s", "c7", "nan"),
                     DCA_E_ARG);
    assert_int_equal(err.code, DCA_E_ARG);
    assert_int_equal(err.kind, DCA_KIND_ROW);
    assert_int_equal(err.index, 7);
    assert_int_equal(err.line, 0);
    assert_string_equal(err.text, "row 'c7' has nan");
    assert_int_equal(dca__fail_at(&err, DCA_E_SYNTAX, 12, 3, "found %d", 5), DCA_E_SYNTAX);
    assert_int_equal(err.kind, DCA_KIND_FILE);
    assert_int_equal(err.index, -1);
    assert_int_equal(err.line, 12);
    assert_int_equal(err.column, 3);
    assert_string_equal(err.text, "found 5");
    dca__error_clear(&err);
    assert_int_equal(err.code, DCA_OK);
    assert_string_equal(err.text, "");
}

static void test_null_record(void **state)
{
    (void)state;
    assert_int_equal(dca__fail(NULL, DCA_E_IO, DCA_KIND_FILE, -1, "x"), DCA_E_IO);
    assert_int_equal(dca__fail_at(NULL, DCA_E_SYNTAX, 1, 1, "x"), DCA_E_SYNTAX);
    assert_int_equal(dca__fail_nomem(NULL), DCA_E_NOMEM);
    const dca_error err = DCA_ERROR_INIT;
    dca__error_copy(&err, NULL);
}

/* A long sentence is cut between characters, ends in "..." and is terminated. */
static void test_long_text(void **state)
{
    (void)state;
    char name[400];
    for (size_t shift = 0; shift < 3; shift++) {
        memset(name, 'x', shift);
        for (size_t k = shift; k + 1 < sizeof name; k += 2)
            memcpy(name + k, "\xC3\xA4", 2); /* a-umlaut */
        name[sizeof name - 1] = '\0';
        dca_error err = DCA_ERROR_INIT;
        dca__fail(&err, DCA_E_ARG, DCA_KIND_POOL, 0, "%s", name);
        const size_t length = strlen(err.text);
        assert_true(length < sizeof err.text);
        assert_string_equal(err.text + length - 3, "...");
        assert_int_equal((length - 3 - shift) % 2, 0);
    }
}

/* A caller with an older, shorter record gets as much as it has room for, terminated. */
static void test_shorter_record(void **state)
{
    (void)state;
    dca_error full = DCA_ERROR_INIT;
    dca__fail(&full, DCA_E_ARG, DCA_KIND_LINK, 3, "link 'a-b' has a negative capacity");
    union {
        dca_error record;
        unsigned char bytes[sizeof(dca_error)];
    } old;
    memset(&old, 0xEE, sizeof old);
    const size_t size = offsetof(dca_error, text) + 10;
    old.record.struct_size = (uint32_t)size;
    dca__error_copy(&full, &old.record);
    assert_int_equal(old.record.struct_size, size);
    assert_int_equal(old.record.index, 3);
    assert_string_equal(old.record.text, "link 'a-b");
    for (size_t k = size; k < sizeof old; k++)
        assert_int_equal(old.bytes[k], 0xEE);
}

static void test_kind_names(void **state)
{
    (void)state;
    assert_string_equal(dca__kind_name(DCA_KIND_ROW), "row");
    assert_string_equal(dca__kind_name(DCA_KIND_POOL), "pool");
    assert_string_equal(dca__kind_name(DCA_KIND_OPTION), "option");
    assert_string_equal(dca__kind_name(DCA_KIND_FILE), "file");
    assert_string_equal(dca__kind_name((dca_kind)999), "object");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),     cmocka_unit_test(test_null_record),
        cmocka_unit_test(test_long_text),  cmocka_unit_test(test_shorter_record),
        cmocka_unit_test(test_kind_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
