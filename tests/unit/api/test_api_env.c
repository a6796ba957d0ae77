/* Environments, controls, options, names of codes, files through the public calls. */
#include "account.h"
#include "dcalloc.h"

#include <math.h>
#include <unistd.h>

static void codes(void **unused)
{
    (void)unused;
    assert_int_equal(dca_version(), DCA_VERSION);
    assert_non_null(strstr(dca_capabilities(), "mps"));
    assert_non_null(strstr(dca_capabilities(), " lp "));
    assert_string_equal(dca_outcome_name(DCA_OPTIMAL), "optimal");
    assert_string_equal(dca_outcome_name(DCA_INFEASIBLE_OR_UNBOUNDED), "infeasible_or_unbounded");
    assert_string_equal(dca_outcome_name(DCA_IMPRECISE), "imprecise");
    assert_string_equal(dca_outcome_name((dca_outcome)99), "unknown");
    assert_string_equal(dca_outcome_name((dca_outcome)-1), "unknown");
    assert_string_equal(dca_status_name(DCA_OK), "ok");
    assert_string_equal(dca_status_name(DCA_E_UNSUPPORTED), "unsupported");
    assert_string_equal(dca_status_name((dca_status)1), "unknown");
    assert_string_equal(dca_status_name((dca_status)-9), "unknown");
    assert_string_equal(dca_status_name((dca_status)INT32_MIN), "unknown");
    for (int k = DCA_UNSOLVED; k <= DCA_IMPRECISE; k++) { /* all different */
        for (int other = DCA_UNSOLVED; other < k; other++)
            assert_string_not_equal(dca_outcome_name((dca_outcome)k),
                                    dca_outcome_name((dca_outcome)other));
    }
    for (int k = DCA_OK; k >= DCA_E_UNSUPPORTED; k--) {
        for (int other = DCA_OK; other > k; other--)
            assert_string_not_equal(dca_status_name((dca_status)k),
                                    dca_status_name((dca_status)other));
    }
}

static void environments(void **unused)
{
    (void)unused;
    assert_int_equal(dca_env_new(NULL, NULL), DCA_E_ARG);
    dca_env *env = NULL;
    dca_env_config config = DCA_ENV_CONFIG_INIT;
    config.struct_size = 0;
    assert_int_equal(dca_env_new(&config, &env), DCA_E_ABI);
    struct {
        dca_env_config known;
        uint64_t later;
    } longer = {DCA_ENV_CONFIG_INIT, 1};
    longer.known.struct_size = (uint32_t)sizeof longer;
    assert_int_equal(dca_env_new(&longer.known, &env), DCA_E_ABI);
    longer.later = 0;
    longer.known.memory_limit = 100;
    assert_int_equal(dca_env_new(&longer.known, &env), DCA_OK);
    dca_lp *refused = NULL;
    assert_int_equal(dca_lp_new(env, &refused), DCA_E_NOMEM);
    dca_env_free(env);
    config.struct_size = offsetof(dca_env_config, memory_limit); /* an older caller */
    config.memory_limit = 100;
    assert_int_equal(dca_env_new(&config, &env), DCA_OK);
    assert_int_equal(dca_lp_new(env, &refused), DCA_OK);
    dca_lp_free(refused);
    dca_env_free(env);
    assert_int_equal(dca_env_new(NULL, &env), DCA_OK);
    assert_int_equal(dca_env_memory(env), 0);
    dca_env_free(env);
    assert_int_equal(dca_env_new(NULL, &env), DCA_OK);
    assert_int_equal(dca_env_memory(env), 0);
    dca_lp *lp = NULL;
    assert_int_equal(dca_lp_new(env, &lp), DCA_OK);
    const uint64_t held = dca_env_memory(env);
    assert_true(held > 0);
    dca_lp_free(lp);
    assert_int_equal(dca_env_memory(env), 0);
    assert_int_equal(dca_env_memory_peak(env), held);
    dca_env_free(env);
    dca_env_free(NULL);
    assert_int_equal(dca_env_memory(NULL), 0);
    assert_int_equal(dca_env_memory_peak(NULL), 0);
}

static int32_t stop_at_once(void *user, const dca_progress *progress)
{
    *(int64_t *)user = progress->iteration;
    return 1;
}

static void controls(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_control *control = NULL;
    assert_int_equal(dca_control_new(NULL, &control), DCA_E_ARG);
    assert_int_equal(dca_control_new(env, NULL), DCA_E_ARG);
    assert_int_equal(dca_control_new(env, &control), DCA_OK);
    assert_int_equal(dca_control_set_deadline(control, NAN), DCA_E_ARG);
    assert_int_equal(dca_control_set_deadline(control, -1.0), DCA_E_ARG);
    assert_int_equal(dca_control_set_deadline(NULL, 1.0), DCA_E_ARG);
    assert_int_equal(dca_control_set_deadline(control, INFINITY), DCA_OK);
    assert_int_equal(dca_control_set_work_limit(control, -1), DCA_E_ARG);
    assert_int_equal(dca_control_set_work_limit(NULL, 1), DCA_E_ARG);
    assert_int_equal(dca_control_set_work_limit(control, 0), DCA_OK);
    assert_int_equal(dca_control_set_progress(control, NULL, NULL, -1.0), DCA_E_ARG);
    assert_int_equal(dca_control_set_progress(control, NULL, NULL, NAN), DCA_E_ARG);
    assert_int_equal(dca_control_set_progress(NULL, NULL, NULL, 1.0), DCA_E_ARG);
    assert_int_equal(dca_control_set_progress(control, NULL, NULL, 0.0), DCA_OK);
    dca_progress progress = {.struct_size = sizeof progress, .iteration = 7};
    assert_int_equal(dca_control_poll(NULL, 1, &progress), DCA_UNSOLVED);
    assert_int_equal(dca_control_poll(control, 1, &progress), DCA_UNSOLVED);
    int64_t shown = 0;
    assert_int_equal(dca_control_set_progress(control, stop_at_once, &shown, 0.0), DCA_OK);
    assert_int_equal(dca_control_poll(control, 1, NULL), DCA_UNSOLVED);
    assert_int_equal(shown, 0);
    assert_int_equal(dca_control_poll(control, 1, &progress), DCA_INTERRUPTED);
    assert_int_equal(shown, 7);
    dca_control_reset(control);
    assert_int_equal(dca_control_set_progress(control, NULL, NULL, 0.0), DCA_OK);
    assert_int_equal(dca_control_set_work_limit(control, 10), DCA_OK);
    assert_int_equal(dca_control_poll(control, 10, &progress), DCA_UNSOLVED);
    assert_int_equal(dca_control_poll(control, 1, &progress), DCA_WORK_LIMIT);
    assert_int_equal(dca_control_set_work_limit(control, 0), DCA_OK);
    dca_control_cancel(NULL);
    dca_control_reset(NULL);
    dca_control_free(NULL);
    static const char text[] = "ROWS\n N o\nCOLUMNS\nENDATA\n";
    dca_lp *lp = NULL;
    dca_control_cancel(control);
    assert_int_equal(dca_lp_parse_mps(env, text, sizeof text - 1, control, &lp, NULL), DCA_E_STATE);
    assert_null(lp);
    dca_control_reset(control);
    assert_int_equal(dca_lp_parse_mps(env, text, sizeof text - 1, control, &lp, NULL), DCA_OK);
    dca_lp_free(lp);
    dca_control_free(control);
    account_close(&book, env);
}

static void options(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_options *set = NULL;
    assert_int_equal(dca_options_new(NULL, &set), DCA_E_ARG);
    assert_int_equal(dca_options_new(env, NULL), DCA_E_ARG);
    assert_int_equal(dca_options_new(env, &set), DCA_OK);
    assert_int_equal(dca_options_set(NULL, "a", "b"), DCA_E_ARG);
    assert_int_equal(dca_options_set(set, NULL, "b"), DCA_E_ARG);
    assert_int_equal(dca_options_set(set, "no.such", "1"), DCA_E_ARG);
    dca_error err = DCA_ERROR_INIT;
    dca_options_error(set, &err);
    assert_non_null(strstr(err.text, "'no.such'"));
    char text[32];
    assert_int_equal(dca_options_get(NULL, "a", text), DCA_E_ARG);
    assert_int_equal(dca_options_get(set, NULL, text), DCA_E_ARG);
    assert_int_equal(dca_options_get(set, "no.such", text), DCA_E_ARG);
    double number = -1.0;
    assert_int_equal(dca_options_get_number(NULL, "method", &number), DCA_E_ARG);
    assert_int_equal(dca_options_get_number(set, NULL, &number), DCA_E_ARG);
    assert_int_equal(dca_options_get_number(set, "method", NULL), DCA_E_ARG);
    assert_int_equal(dca_options_get_number(set, "no.such", &number), DCA_E_ARG);
    assert_true(number == -1.0);
    assert_int_equal(dca_options_get_number(set, "simplex.primal_tolerance", &number), DCA_OK);
    assert_true(number == 1e-9);
    assert_int_equal(dca_options_get_number(set, "limits.time", &number), DCA_OK);
    assert_true(number == INFINITY);
    assert_int_equal(dca_options_set(set, "limits.iterations", "1234567"), DCA_OK);
    assert_int_equal(dca_options_get_number(set, "limits.iterations", &number), DCA_OK);
    assert_true(number == 1234567.0);
    assert_int_equal(dca_options_set(set, "limits.iterations", "0"), DCA_OK);
    assert_int_equal(dca_options_set(set, "method", "primal"), DCA_OK);
    assert_int_equal(dca_options_get_number(set, "method", &number), DCA_OK);
    assert_true(number == 2.0);
    assert_int_equal(dca_options_set(set, "method", "auto"), DCA_OK);
    assert_true(dca_options_count() > 0);
    assert_int_equal(dca_options_describe(-1, NULL), DCA_E_ARG);
    for (dca_index k = 0; k < dca_options_count();
         k++) { /* each default is a value that it takes */
        dca_option_info info;
        memset(&info, 0, sizeof info);
        info.struct_size = (uint32_t)sizeof info;
        assert_int_equal(dca_options_describe(k, &info), DCA_OK);
        assert_int_equal(dca_options_get(set, info.name, text), DCA_OK);
        assert_string_equal(text, info.initial);
        assert_int_equal(dca_options_set(set, info.name, info.initial), DCA_OK);
        assert_int_equal(dca_options_set(set, info.name, NULL), DCA_E_ARG);
        assert_int_equal(dca_options_set(set, info.name, "nan"), DCA_E_ARG);
        dca_options_error(set, &err);
        assert_non_null(strstr(err.text, info.name));
        assert_int_equal(dca_options_get(set, info.name, text), DCA_OK);
        assert_string_equal(text, info.initial);
    }
    dca_option_info info;
    memset(&info, 0, sizeof info);
    assert_int_equal(dca_options_describe(dca_options_count(), &info), DCA_E_ARG);
    dca_options_free(set);
    dca_options_free(NULL);
    account_close(&book, env);
}

static void files(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    static const char text[] = "ROWS\n N o\n L r\nCOLUMNS\n x r 1\nENDATA\n";
    dca_lp *lp = NULL;
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca_lp_parse_mps(NULL, text, 1, NULL, &lp, &err), DCA_E_ARG);
    assert_non_null(strstr(err.text, "'env'"));
    assert_int_equal(dca_lp_parse_mps(env, NULL, 1, NULL, &lp, &err), DCA_E_ARG);
    assert_int_equal(dca_lp_parse_mps(env, NULL, 0, NULL, &lp, &err), DCA_E_SYNTAX);
    assert_int_equal(dca_lp_parse_mps(env, text, sizeof text - 1, NULL, NULL, &err), DCA_E_ARG);
    assert_int_equal(dca_lp_parse_mps(env, text, sizeof text - 1, NULL, &lp, NULL), DCA_OK);
    dca_lp *none = NULL;
    assert_int_equal(dca_lp_read_mps(NULL, "x", NULL, &none, &err), DCA_E_ARG);
    assert_int_equal(dca_lp_read_mps(env, NULL, NULL, &none, &err), DCA_E_ARG);
    assert_int_equal(dca_lp_read_mps(env, "x", NULL, NULL, &err), DCA_E_ARG);
    assert_int_equal(dca_lp_read_mps(env, "/no/such/file", NULL, &none, &err), DCA_E_IO);
    assert_non_null(strstr(err.text, "/no/such/file"));
    assert_int_equal(dca_lp_write_mps(NULL, "x", &err), DCA_E_ARG);
    assert_int_equal(dca_lp_write_mps(lp, NULL, &err), DCA_E_ARG);
    uint8_t status = 0;
    assert_int_equal(dca_basis_read(NULL, "x", &status, &status, &err), DCA_E_ARG);
    assert_int_equal(dca_basis_read(lp, NULL, &status, &status, &err), DCA_E_ARG);
    assert_int_equal(dca_basis_read(lp, "x", NULL, &status, &err), DCA_E_ARG);
    assert_int_equal(dca_basis_read(lp, "x", &status, NULL, &err), DCA_E_ARG);
    assert_int_equal(dca_basis_read(lp, "/no/such/file", &status, &status, &err), DCA_E_IO);
    assert_null(none);
    dca_lp_free(lp);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes),   cmocka_unit_test(environments), cmocka_unit_test(controls),
        cmocka_unit_test(options), cmocka_unit_test(files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
