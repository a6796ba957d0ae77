/* test_log.c - one complete line to the sink, silent without one. */
#include "base/env.h"
#include "base/log.h"
#include "check.h"

#include <string.h>

typedef struct sink {
    int lines;
    int32_t level;
    char text[1024];
} sink;

static void keep(void *user, int32_t level, const char *line)
{
    sink *s = user;
    s->lines++;
    s->level = level;
    snprintf(s->text, sizeof s->text, "%s", line);
}

static void test_sink(void **state)
{
    (void)state;
    sink s = {0};
    dca_env_config config = DCA_ENV_CONFIG_INIT;
    config.user = &s;
    config.log = keep;
    dca_env *env = NULL;
    assert_int_equal(dca__env_new(&config, &env), DCA_OK);
    assert_true(dca__log_wanted(env));
    dca__log(env, DCA_LOG_WARNING, "%d rows, objective %s", 3, DCA_G(0.5));
    assert_int_equal(s.lines, 1);
    assert_int_equal(s.level, DCA_LOG_WARNING);
    assert_string_equal(s.text, "3 rows, objective 0.5");
    char name[700];
    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = '\0';
    dca__log(env, DCA_LOG_DEBUG, "%s", name); /* cut, not overrun */
    assert_int_equal(s.lines, 2);
    assert_true(strlen(s.text) > 100 && strlen(s.text) < sizeof name);
    dca__env_release(env);
}

static void test_silent(void **state)
{
    (void)state;
    dca_env *env = NULL;
    assert_int_equal(dca__env_new(NULL, &env), DCA_OK);
    assert_false(dca__log_wanted(env));
    dca__log(env, DCA_LOG_ERROR, "%s", "nobody hears this");
    dca__env_release(env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sink), cmocka_unit_test(test_silent)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
