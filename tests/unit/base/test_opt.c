/* test_opt.c - options: every line of the table obeys its own type, bounds and default. */
#include "base/num.h"
#include "base/opt.h"
#include "check.h"

#include <math.h>
#include <string.h>

static void assert_reads(const dca__settings *settings, const char *name, const char *expected)
{
    char text[32];
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca__settings_get(settings, name, text, &err), DCA_OK);
    assert_string_equal(text, expected);
}

static void assert_refuses(dca__settings *settings, const char *name, const char *value)
{
    const dca__settings before = *settings;
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca__settings_set(settings, name, value, &err), DCA_E_ARG);
    assert_int_equal(err.code, DCA_E_ARG);
    assert_int_equal(err.kind, DCA_KIND_OPTION);
    if (strstr(err.text, name) == NULL)
        fail_msg("'%s' does not name option %s", err.text, name);
    assert_memory_equal(settings, &before, sizeof before); /* nothing is clamped */
    assert_int_equal(dca__settings_set(settings, name, value, NULL), DCA_E_ARG);
}

static void try_number(dca__settings *settings, const dca__option_info *info)
{
    double lower;
    double upper;
    assert_true(dca__num_parse(info->lower, strlen(info->lower), &lower));
    assert_true(dca__num_parse(info->upper, strlen(info->upper), &upper));
    assert_true(lower <= upper);
    assert_int_equal(dca__settings_set(settings, info->name, info->lower, NULL), DCA_OK);
    assert_reads(settings, info->name, info->lower);
    assert_int_equal(dca__settings_set(settings, info->name, info->upper, NULL), DCA_OK);
    assert_reads(settings, info->name, info->upper);
    char text[DCA_NUM_TEXT];
    assert_refuses(settings, info->name, dca__num_exact(text, lower - 1.0 - fabs(lower)));
    if (upper < 1e300)
        assert_refuses(settings, info->name, dca__num_exact(text, upper + 1.0 + fabs(upper)));
    if (strcmp(info->type, "integer") == 0)
        assert_refuses(settings, info->name, "1.5");
    assert_refuses(settings, info->name, "");
    assert_refuses(settings, info->name, "on");
    assert_refuses(settings, info->name, "nan");
    assert_refuses(settings, info->name, "1x");
}

static void test_whole_numbers(void **state)
{
    (void)state;
    dca__settings settings;
    dca__settings_init(&settings);
    static const char *const taken[][2] = {{"2e6", "2000000"},
                                           {"9007199254740993", "9007199254740993"},
                                           {"9223372036854775807", "9223372036854775807"}};
    for (size_t k = 0; k < sizeof taken / sizeof *taken; k++) {
        assert_int_equal(dca__settings_set(&settings, "limits.work", taken[k][0], NULL), DCA_OK);
        assert_reads(&settings, "limits.work", taken[k][1]);
    }
    assert_refuses(&settings, "limits.work", "9223372036854775808");
    assert_refuses(&settings, "limits.work", "9.3e18");
    assert_refuses(&settings, "limits.work", "inf");
    assert_refuses(&settings, "limits.work", "0.5");
}

static void try_words(dca__settings *settings, const dca__option_info *info)
{
    char words[128];
    snprintf(words, sizeof words, "%s", info->type);
    char *rest = NULL;
    for (char *word = strtok_r(words, "|", &rest); word; word = strtok_r(NULL, "|", &rest)) {
        assert_int_equal(dca__settings_set(settings, info->name, word, NULL), DCA_OK);
        assert_reads(settings, info->name, word);
        word[strlen(word) - 1] = '#';
        assert_refuses(settings, info->name, word);
    }
    assert_refuses(settings, info->name, "");
    assert_refuses(settings, info->name, info->type);
}

static void test_every_option(void **state)
{
    (void)state;
    assert_true(dca__settings_count() > 5);
    for (dca_index k = 0; k < dca__settings_count(); k++) {
        dca__settings settings;
        dca__settings_init(&settings);
        dca__option_info info;
        dca__settings_describe(k, &info);
        assert_reads(&settings, info.name, info.initial);
        assert_int_equal(dca__settings_set(&settings, info.name, info.initial, NULL), DCA_OK);
        assert_true(strlen(info.sentence) > 10);
        assert_int_equal(info.sentence[strlen(info.sentence) - 1], '.');
        if (strcmp(info.type, "real") == 0 || strcmp(info.type, "integer") == 0)
            try_number(&settings, &info);
        else
            try_words(&settings, &info);
        for (dca_index other = 0; other < k; other++) {
            dca__option_info earlier;
            dca__settings_describe(other, &earlier);
            assert_string_not_equal(info.name, earlier.name);
        }
    }
}

static void test_unknown(void **state)
{
    (void)state;
    dca__settings settings;
    dca__settings_init(&settings);
    assert_refuses(&settings, "no.such.option", "1");
    assert_refuses(&settings, "Method", "auto"); /* names are exact */
    char text[32] = "kept";
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca__settings_get(&settings, "nonsense", text, &err), DCA_E_ARG);
    assert_string_equal(text, "kept");
    assert_non_null(strstr(err.text, "nonsense"));
}

static void test_values_arrive(void **state)
{
    (void)state;
    dca__settings settings;
    dca__settings_init(&settings);
    assert_int_equal(settings.method, DCA__METHOD_AUTO);
    assert_int_equal(dca__settings_set(&settings, "method", "primal", NULL), DCA_OK);
    assert_int_equal(settings.method, DCA__METHOD_PRIMAL);
    assert_int_equal(dca__settings_set(&settings, "method", "ipm", NULL), DCA_OK);
    assert_int_equal(settings.method, DCA__METHOD_IPM);
    assert_int_equal(dca__settings_set(&settings, "limits.work", "2e6", NULL), DCA_OK);
    assert_int_equal(settings.work_limit, 2000000);
    assert_int_equal(dca__settings_set(&settings, "limits.time", "inf", NULL), DCA_OK);
    assert_true(isinf(settings.time_limit));
    assert_int_equal(dca__settings_set(&settings, "limits.time", "0.25", NULL), DCA_OK);
    assert_true(settings.time_limit == 0.25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_option),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_whole_numbers),
        cmocka_unit_test(test_values_arrive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
