/* Scenarios and their answers through the public calls: refused arguments, files that are not there,
 * answers in JSON, and memory that runs out at every place. */
#include "dcalloc.h"

#include "account.h"

#include <string.h>
#include <unistd.h>

/* 1000 W feed 5 GPUs; 7 are wanted. */
static const char feasible[] =
    "{\"dcalloc\": 1, \"name\": \"hall\", \"resources\": {\"gpu\": \"GPU\"},"
    " \"domains\": [{\"name\": \"feed\", \"kind\": \"power\", \"limits\": {\"power\": 1000}}],"
    " \"pools\": [{\"name\": \"a\", \"count\": 2, \"capacity\": {\"gpu\": 4},"
    "   \"watts\": {\"gpu\": 200}, \"in\": \"feed\"}],"
    " \"demands\": [{\"name\": \"jobs\", \"amount\": 7, \"use\": {\"gpu\": 1}, \"on\": \"*\"}]}";

/* 4 GPUs, and 7 that must be. */
static const char infeasible[] =
    "{\"dcalloc\": 1, \"resources\": {\"gpu\": \"GPU\"},"
    " \"pools\": [{\"name\": \"a\", \"count\": 1, \"capacity\": {\"gpu\": 4}}],"
    " \"demands\": [{\"name\": \"jobs\", \"amount\": 7, \"hard\": true, \"use\": {\"gpu\": 1},"
    "   \"on\": \"*\"}]}";

/* Read, solve, answer; DCA_OK, or the status of what failed first. */
static dca_status answer(dca_env *env, const char *text, char **out)
{
    dca_model *model = NULL;
    dca_solver *solver = NULL;
    dca_result *result = NULL;
    size_t length = 0;
    dca_status status = dca_model_parse_json(env, text, strlen(text), NULL, &model, NULL);
    if (status == DCA_OK) {
        status = dca_solver_new_model(model, NULL, &solver, NULL);
    }
    if (status == DCA_OK) {
        status = dca_solver_solve(solver, NULL, &result);
    }
    if (status == DCA_OK) {
        status = dca_result_answer_json(result, out, &length, NULL);
        assert_true(status != DCA_OK || strlen(*out) == length);
        assert_ptr_equal(dca_result_env(result), env);
    }
    dca_result_free(result);
    dca_solver_free(solver);
    dca_model_free(model);
    return status;
}

static void says_what_it_found(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    char *text = NULL;
    assert_int_equal(answer(env, feasible, &text), DCA_OK);
    assert_non_null(strstr(text, "\"version\": 1"));
    assert_non_null(strstr(text, "\"served\": 5, \"unmet\": 2"));
    assert_non_null(strstr(text, "\"blocked_by\": [{\"kind\": \"domain\", \"name\": \"feed\", "
                                 "\"resource\": \"power\", \"unit\": \"W\", \"limit\": 1000, "
                                 "\"use\": 1000, \"price\": -0.005}]"));
    assert_non_null(strstr(text, "\"demand\": \"jobs\", \"pool\": \"a\", \"placed\": 5"));
    assert_null(strstr(text, "\"repair\""));
    dca_text_free(env, text);
    assert_int_equal(answer(env, infeasible, &text), DCA_OK);
    assert_non_null(strstr(text, "\"from\": 7, \"to\": 4"));
    assert_null(strstr(text, "\"served\""));
    dca_text_free(env, text);
    dca_text_free(NULL, NULL);
    account_close(&book, env);
}

static void refuses_arguments(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_model *model = NULL;
    dca_lp *lp = NULL;
    dca_solver *solver = NULL;
    dca_result *result = NULL;
    char *text = NULL;
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca_model_parse_json(NULL, "{}", 2, NULL, &model, &err), DCA_E_ARG);
    assert_int_equal(dca_model_parse_json(env, NULL, 2, NULL, &model, &err), DCA_E_ARG);
    assert_int_equal(dca_model_parse_json(env, "{}", 2, NULL, NULL, &err), DCA_E_ARG);
    assert_int_equal(dca_model_parse_json(env, NULL, 0, NULL, &model, &err), DCA_E_SYNTAX);
    assert_int_equal(dca_model_read_json(env, NULL, NULL, &model, &err), DCA_E_ARG);
    assert_int_equal(dca_model_read_json(env, "/absent/file", NULL, &model, &err), DCA_E_IO);
    assert_non_null(strstr(err.text, "/absent/file"));
    assert_null(model);
    assert_int_equal(dca_model_write_json(NULL, "x", &err), DCA_E_ARG);
    assert_int_equal(dca_result_answer_json(NULL, &text, NULL, &err), DCA_E_ARG);
    assert_int_equal(dca_result_write_solution(NULL, "x", &err), DCA_E_ARG);
    assert_int_equal(dca_basis_write(NULL, "x", &err), DCA_E_ARG);
    assert_null(dca_result_env(NULL));
    assert_int_equal(dca_lp_new(env, &lp), DCA_OK);
    assert_int_equal(dca_solver_new_lp(lp, NULL, &solver, NULL), DCA_OK);
    assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_OK);
    assert_int_equal(dca_result_answer_json(result, &text, NULL, &err), DCA_E_STATE);
    assert_int_equal(dca_result_answer_json(result, NULL, NULL, &err), DCA_E_ARG);
    assert_null(text);
    dca_result_free(result);
    dca_solver_free(solver);
    dca_lp_free(lp);
    account_close(&book, env);
}

static void writes_and_reads_files(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_model *model = NULL;
    dca_model *again = NULL;
    dca_error err = DCA_ERROR_INIT;
    char path[] = "/tmp/dcalloc-scenario-XXXXXX";
    const int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    assert_int_equal(dca_model_parse_json(env, feasible, strlen(feasible), NULL, &model, &err),
                     DCA_OK);
    assert_int_equal(dca_model_write_json(model, path, &err), DCA_OK);
    assert_int_equal(dca_model_read_json(env, path, NULL, &again, &err), DCA_OK);
    assert_string_equal(dca_model_name(again), "hall");
    assert_int_equal(dca_model_count(again, DCA_KIND_PLACEMENT), 1);
    assert_int_equal(dca_model_write_json(model, "/absent/folder/file.json", &err), DCA_E_IO);
    dca_model_free(again);
    again = NULL;
    /* a name that JSON cannot hold: an error, and the file is as it was */
    assert_int_equal(dca_model_set_name(model, "\xFF"), DCA_OK);
    assert_int_equal(dca_model_write_json(model, path, &err), DCA_E_ARG);
    assert_int_equal(dca_model_read_json(env, path, NULL, &again, &err), DCA_OK);
    dca_model_free(again);
    dca_model_free(model);
    unlink(path);
    account_close(&book, env);
}

static void stops_when_told(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_control *control = NULL;
    dca_model *model = NULL;
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca_control_new(env, &control), DCA_OK);
    dca_control_cancel(control);
    assert_int_equal(dca_model_parse_json(env, feasible, strlen(feasible), control, &model, &err),
                     DCA_E_STATE);
    assert_null(model);
    dca_control_free(control);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_it_found),
        cmocka_unit_test(refuses_arguments),
        cmocka_unit_test(writes_and_reads_files),
        cmocka_unit_test(stops_when_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
