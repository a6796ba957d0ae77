/* test_cases.c - the common cases (README.md) through the public C interface, and each of them spoiled
 * in every way that it can be: those must fail. Argument: the folder of the cases. */
#include "case.h"

#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CASES_AT_LEAST = 30, CASES_AT_MOST = 99 };

/* ---- Reading ----------------------------------------------------------------------------------- */

bool complain(case_run *run, const char *format, ...)
{
    if (run->complaint[0] == 0) {
        va_list arguments;
        va_start(arguments, format);
        (void)vsnprintf(run->complaint, sizeof run->complaint, format, arguments);
        va_end(arguments);
    }
    return false;
}

static bool among(const char *key, const char *keys)
{
    const size_t length = strlen(key);
    for (const char *at = strstr(keys, key); at != NULL; at = strstr(at + 1, key)) {
        const bool starts = at == keys || at[-1] == ' ';
        if (starts && (at[length] == ' ' || at[length] == 0))
            return true;
    }
    return false;
}

bool only(case_run *run, const json_t *object, const char *keys, const char *what)
{
    if (!json_is_object(object))
        return complain(run, "%s is no object", what);
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value)
    {
        if (!among(key, keys))
            return complain(run, "unknown key '%s' in %s", key, what);
    }
    return true;
}

bool number_of(case_run *run, const json_t *value, double *out)
{
    const char *word = json_string_value(value);
    if (json_is_number(value))
        *out = json_number_value(value);
    else if (word != NULL && strcmp(word, "inf") == 0)
        *out = INFINITY;
    else if (word != NULL && strcmp(word, "-inf") == 0)
        *out = -INFINITY;
    else if (word != NULL && strcmp(word, "nan") == 0)
        *out = NAN;
    else
        return complain(run, "'%s' is no number", word == NULL ? "?" : word);
    return true;
}

bool number_at(case_run *run, const json_t *object, const char *key, double *out)
{
    const json_t *value = json_object_get(object, key);
    return value == NULL || number_of(run, value, out);
}

const char *word_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static const char *const kind_words[] = {"none",   "row",    "column", "resource",  "pool",
                                         "domain", "link",   "demand", "placement", "tier",
                                         "term",   "option", "file"};

const char *kind_word(int32_t kind)
{
    const int32_t n = (int32_t)(sizeof kind_words / sizeof *kind_words);
    return kind >= 0 && kind < n ? kind_words[kind] : "unknown";
}

bool kind_of(case_run *run, const char *word, dca_kind *out)
{
    for (size_t k = 0; word != NULL && k < sizeof kind_words / sizeof *kind_words; k++) {
        if (strcmp(word, kind_words[k]) == 0) {
            *out = (dca_kind)k;
            return true;
        }
    }
    return complain(run, "'%s' is no kind", word == NULL ? "?" : word);
}

/* ---- Running ----------------------------------------------------------------------------------- */

/* The tiers of a solver that starts anew are those of the answer. */
static bool same_when_cold(case_run *run)
{
    dca_solver *cold = NULL;
    dca_result *other = NULL;
    bool same = dca_solver_new_model(run->model, NULL, &cold, NULL) == DCA_OK &&
                dca_solver_solve(cold, NULL, &other) == DCA_OK;
    for (dca_index k = 0; same && k < dca_result_num_tiers(other); k++) {
        double anew = NAN;
        double found = NAN;
        same = dca_result_tier_value(other, k, &anew) == DCA_OK &&
               dca_result_tier_value(run->result, k, &found) == DCA_OK;
        if (same) {
            json_t *expected = json_real(anew);
            same = near(run, found, expected, "tier, warm against cold,",
                        dca_result_tier_name(other, k));
            json_decref(expected);
        }
    }
    dca_result_free(other);
    dca_solver_free(cold);
    return same || complain(run, "it cannot be solved anew");
}

/* Set options and solve; *status and *error say how that went. */
static bool solve(case_run *run, json_t *options, dca_status *status, dca_error *error)
{
    if (options != NULL) {
        dca_options *made = NULL;
        const char *name;
        json_t *value;
        *status = dca_options_new(run->env, &made);
        json_object_foreach(options, name, value)
        {
            if (*status == DCA_OK)
                *status = dca_options_set(made, name, json_string_value(value));
        }
        if (made != NULL)
            dca_options_error(made, error);
        if (*status == DCA_OK)
            *status = dca_solver_set_options(run->solver, made);
        dca_options_free(made);
        if (*status != DCA_OK)
            return true;
    }
    dca_result *result = NULL;
    *status = dca_solver_solve(run->solver, NULL, &result);
    dca_solver_error(run->solver, error);
    if (*status != DCA_OK)
        return true;
    dca_result_free(run->result);
    run->result = result;
    const dca_outcome outcome = dca_result_outcome(result);
    dca_certificate proof = {.struct_size = sizeof proof};
    if (dca_result_certificate(result, &proof) != DCA_OK ||
        ((outcome == DCA_OPTIMAL || outcome == DCA_INFEASIBLE) && proof.valid == 0))
        return complain(run, "the answer is not proved");
    return outcome != DCA_OPTIMAL || same_when_cold(run);
}

static bool run_step(case_run *run, const json_t *step)
{
    size_t k;
    json_t *edit;
    if (!only(run, step, "why edits options expect refused", "step") ||
        word_at(step, "why") == NULL)
        return complain(run, "a step without why");
    json_array_foreach(json_object_get(step, "edits"), k, edit)
    {
        if (!case_edit(run, edit))
            return false;
    }
    dca_status status = DCA_OK;
    dca_error error = DCA_ERROR_INIT;
    const json_t *expect = json_object_get(step, "expect");
    const json_t *refusal = json_object_get(step, "refused");
    if ((expect == NULL) == (refusal == NULL))
        return complain(run, "a step expects or is refused");
    if (!solve(run, json_object_get(step, "options"), &status, &error))
        return false;
    if (refusal != NULL)
        return case_refused(run, refusal, status, &error);
    if (status != DCA_OK)
        return complain(run, "solve: %s", error.text);
    return case_expect(run, expect);
}

static bool run_steps(case_run *run, const json_t *steps)
{
    size_t k;
    json_t *step;
    if (json_array_size(steps) == 0)
        return complain(run, "there are no steps");
    json_array_foreach((json_t *)steps, k, step)
    {
        char said[sizeof run->complaint];
        if (!run_step(run, step)) {
            memcpy(said, run->complaint, sizeof said);
            (void)snprintf(run->complaint, sizeof run->complaint, "step %d: %.480s", (int)k + 1,
                           said);
            return false;
        }
    }
    return true;
}

/* The scenario as text, the caller's to free. */
static char *text_of(const json_t *given)
{
    const json_t *scenario = json_object_get(given, "scenario");
    if (scenario != NULL)
        return json_dumps(scenario, JSON_REAL_PRECISION(17));
    char *all = calloc(1, 1);
    size_t k;
    json_t *line;
    json_array_foreach(json_object_get(given, "text"), k, line)
    {
        char *longer = realloc(all, strlen(all) + json_string_length(line) + 2);
        if (longer == NULL)
            break;
        all = longer;
        strcat(strcat(all, k == 0 ? "" : "\n"), json_string_value(line));
    }
    return all;
}

/* Run a case; the complaint is empty when it holds. */
static void run_case(const json_t *given, char complaint[512])
{
    case_run run = {0};
    char *text = text_of(given);
    dca_error error = DCA_ERROR_INIT;
    const json_t *refusal = json_object_get(given, "refused");
    bool holds = only(&run, given, "title shows source scenario text refused steps", "case");
    dca_status status = dca_env_new(NULL, &run.env);
    if (holds && status == DCA_OK && text != NULL) {
        status = dca_model_parse_json(run.env, text, strlen(text), NULL, &run.model, &error);
        if (refusal != NULL)
            holds = case_refused(&run, refusal, status, &error);
        else if (status != DCA_OK ||
                 dca_solver_new_model(run.model, NULL, &run.solver, &error) != 0)
            holds = complain(&run, "%s", error.text);
        else
            holds = run_steps(&run, json_object_get(given, "steps"));
    }
    dca_result_free(run.result);
    dca_solver_free(run.solver);
    dca_model_free(run.model);
    if (holds && dca_env_memory(run.env) != 0)
        complain(&run, "%d bytes are still held", (int)dca_env_memory(run.env));
    dca_env_free(run.env);
    free(text);
    memcpy(complaint, run.complaint, sizeof run.complaint);
}

/* ---- Spoiling ---------------------------------------------------------------------------------- */

typedef struct spoil_tally {
    const json_t *whole;
    int runs;
    int passed; /* and should not have */
} spoil_tally;

static void must_fail(spoil_tally *tally, const char *what)
{
    char complaint[512];
    run_case(tally->whole, complaint);
    tally->runs++;
    if (complaint[0] == 0) {
        print_error("passed when spoiled: %s\n", what);
        tally->passed++;
    }
}

/* Another value of the same kind. */
static json_t *wrong(const json_t *value)
{
    if (json_is_boolean(value))
        return json_boolean(!json_is_true(value));
    if (json_is_integer(value))
        return json_integer(json_integer_value(value) + 1);
    if (json_is_real(value))
        return json_real(json_real_value(value) + 1.0);
    return json_sprintf("wrong %s", json_string_value(value));
}

/* Spoil each value below `node` that is expected, and add a key to each object. */
static void spoil(spoil_tally *tally, json_t *node, bool expected)
{
    if (json_is_object(node)) {
        json_object_set_new(node, "unknown", json_integer(0));
        must_fail(tally, "a key that is not known");
        json_object_del(node, "unknown");
    }
    for (void *at = json_object_iter(node); at != NULL; at = json_object_iter_next(node, at)) {
        const char *key = json_object_iter_key(at);
        json_t *value = json_incref(json_object_iter_value(at));
        const bool below = expected || among(key, "expect refused");
        if (json_is_object(value) || json_is_array(value)) {
            if (!among(key, "scenario options"))
                spoil(tally, value, below);
        } else if (below) {
            json_object_iter_set_new(node, at, wrong(value));
            must_fail(tally, key);
            json_object_iter_set(node, at, value);
        }
        json_decref(value);
    }
    for (size_t k = 0; k < json_array_size(node); k++) {
        json_t *value = json_incref(json_array_get(node, k));
        if (json_is_object(value) || json_is_array(value)) {
            spoil(tally, value, expected);
        } else if (expected) {
            json_array_set_new(node, k, wrong(value));
            must_fail(tally, json_string_value(value));
            json_array_set(node, k, value);
        }
        json_decref(value);
    }
}

/* ---- Tests ------------------------------------------------------------------------------------- */

static json_t *load(const char *path)
{
    json_error_t error;
    json_t *made = json_load_file(path, 0, &error);
    if (made == NULL)
        fail_msg("%s:%d: %s", path, error.line, error.text);
    return made;
}

static void test_case(void **state)
{
    char complaint[512];
    json_t *given = load(*state);
    run_case(given, complaint);
    json_decref(given);
    if (complaint[0] != 0)
        fail_msg("%s: %s", (const char *)*state, complaint);
}

static void test_spoiled(void **state)
{
    json_t *given = load(*state);
    spoil_tally tally = {given, 0, 0};
    spoil(&tally, given, false);
    json_decref(given);
    assert_true(tally.runs > 0);
    assert_int_equal(tally.passed, 0);
}

static int is_case(const struct dirent *entry)
{
    const size_t length = strlen(entry->d_name);
    return entry->d_name[0] >= '0' && entry->d_name[0] <= '9' && length > 5 &&
           strcmp(entry->d_name + length - 5, ".json") == 0;
}

int main(int count, char **arguments)
{
    static char paths[CASES_AT_MOST][1024];
    static struct CMUnitTest tests[2 * CASES_AT_MOST];
    struct dirent **found = NULL;
    const int n = count == 2 ? scandir(arguments[1], &found, is_case, alphasort) : -1;
    if (n < CASES_AT_LEAST || n > CASES_AT_MOST) {
        (void)fprintf(stderr, "%d cases found\n", n);
        return 1;
    }
    for (int k = 0; k < n; k++) {
        (void)snprintf(paths[k], sizeof paths[k], "%s/%s", arguments[1], found[k]->d_name);
        char *const name = strrchr(paths[k], '/') + 1;
        tests[k] = (struct CMUnitTest){name, test_case, NULL, NULL, paths[k]};
        tests[n + k] = (struct CMUnitTest){name, test_spoiled, NULL, NULL, paths[k]};
        free(found[k]);
    }
    free(found);
    return _cmocka_run_group_tests("cases", tests, (size_t)(2 * n), NULL, NULL);
}
