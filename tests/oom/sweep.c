/* sweep.c - every public call of the tables with its k-th allocation refused, k = 1, 2, 3, ...
 *
 *     sweep GROUP     lp, model, io, solve, model-solve: the sweep
 *     sweep --list    play every case once with memory; print the functions called, one a line
 *
 * Three authorities refuse: the allocator once, the allocator from k on, and the env's memory limit.
 * A refused call says DCA_E_NOMEM, in its status and its error record, leaves its outputs and objects as
 * they were, and succeeds when it is called again, with the outcome that it has on a fresh stage. In the
 * end no block is out. A refusal that was the last request of its call is the same once and for ever,
 * so only others are played again. */
#include "base/env_struct.h"
#include "oom.h"

#include <stdlib.h>
#include <unistd.h>

typedef enum authority { ONCE, FOR_EVER, LIMIT } authority;

enum { PATTERN = 0x5A, LIMIT_STEPS = 16, MOST = 20000 };

static char folder[] = "/tmp/dcalloc_oom_XXXXXX";
static bool listing;

void oom_called(const char *function)
{
    if (listing)
        printf("%s\n", function);
}

void oom_quiet_begin(stage *s, const char *function)
{
    if (listing)
        printf("%s\n", function);
    s->book.refuse_at = s->book.requests + 1;
    s->book.for_ever = 1;
}

void oom_quiet_end(stage *s, const char *function, bool holds)
{
    if (s->book.requests >= s->book.refuse_at)
        fail_msg("%s asked for memory", function);
    if (!holds)
        fail_msg("%s: not what was expected of it", function);
    s->book.refuse_at = 0;
    s->book.for_ever = 0;
}

void must_be(dca_status status)
{
    if (status != DCA_OK)
        fail_msg("status %d (%s)", (int)status, dca_status_name(status));
}

/* ---- Stages -------------------------------------------------------------------------------------- */

void stage_open(stage *s)
{
    memset(s, 0, sizeof *s);
    s->env = account_env(&s->book, 0);
    s->err = (dca_error)DCA_ERROR_INIT;
}

void stage_file(stage *s, const char *text)
{
    snprintf(s->path, sizeof s->path, "%s/file", folder);
    if (text != NULL) {
        FILE *file = fopen(s->path, "wb");
        assert_non_null(file);
        fputs(text, file);
        fclose(file);
    }
}

static void free_made(stage *s)
{
    made *m = &s->made;
    dca_lp_free(m->lp);
    dca_model_free(m->model);
    dca_options_free(m->options);
    dca_control_free(m->control);
    dca_solver_free(m->solver);
    dca_result_free(m->result);
    dca_text_free(s->env, m->text);
    (void)dca_env_resize(s->env, m->block, 0);
    dca_env_free(m->env);
}

void stage_close(stage *s)
{
    free_made(s);
    dca_result_free(s->result);
    dca_solver_free(s->solver);
    dca_control_free(s->control);
    dca_options_free(s->options);
    dca_model_free(s->model);
    dca_lp_free(s->lp);
    (void)dca_env_resize(s->env, s->block, 0);
    if (s->path[0] != '\0')
        unlink(s->path);
    if (dca_env_memory(s->env) != 0)
        fail_msg("%llu bytes in use at the end", (unsigned long long)dca_env_memory(s->env));
    account_close(&s->book, s->env);
}

/* ---- One call ------------------------------------------------------------------------------------- */

static dca_status play(stage *s, const oom_case *r)
{
    memset(&s->made, PATTERN, sizeof s->made);
    return r->call(s);
}

/* Outputs that were not given out become NULL. */
static void settle(made *m)
{
    void *pattern;
    memset(&pattern, PATTERN, sizeof pattern);
    unsigned char *at = (unsigned char *)m;
    for (; at < (unsigned char *)m->index; at += sizeof pattern) {
        if (memcmp(at, &pattern, sizeof pattern) == 0)
            memset(at, 0, sizeof pattern);
    }
}

static void check_untouched(const oom_case *r, const made *m)
{
    const unsigned char *at = (const unsigned char *)m;
    for (size_t k = 0; k < sizeof *m; k++) {
        if (at[k] != PATTERN)
            fail_msg("%s: an output was changed, byte %zu", r->name, k);
    }
}

static void check_told(const oom_case *r, const stage *s, dca_status status)
{
    dca_error err = DCA_ERROR_INIT;
    switch (r->told) {
    case TOLD_ERR:
        err = s->err;
        break;
    case TOLD_LP:
        dca_lp_error(s->lp, &err);
        break;
    case TOLD_MODEL:
        dca_model_error(s->model, &err);
        break;
    case TOLD_SOLVER:
        dca_solver_error(s->solver, &err);
        break;
    default:
        return;
    }
    const char *part = status == DCA_E_NOMEM ? "out of memory" : "";
    if (err.code != status || strstr(err.text, part) == NULL || strstr(err.text, "(null)") != NULL)
        fail_msg("%s: the error record says %d '%s'", r->name, (int)err.code, err.text);
}

static void build(stage *s, const oom_case *r)
{
    stage_open(s);
    s->with = r->with;
    if (r->build != NULL)
        r->build(s);
}

/* The outcome with memory; *span receives by how much the call raised the bytes in use. */
static void play_with_memory(const oom_case *r, print *outcome, uint64_t *span)
{
    stage s;
    build(&s, r);
    s.env->peak = s.env->used;
    const uint64_t before = s.env->used;
    const dca_status status = play(&s, r);
    *span = s.env->peak - before;
    if (status != r->want)
        fail_msg("%s: status %d, expected %d", r->name, (int)status, (int)r->want);
    settle(&s.made);
    print_outcome(outcome, &s);
    stage_close(&s);
}

typedef struct trial {
    bool refused; /* something was asked for and not given */
    bool more;    /* and asked for again after that */
} trial;

static trial play_without(const oom_case *r, authority a, long k, uint64_t span,
                          const print *expected)
{
    stage s;
    print before = {0};
    print after = {0};
    build(&s, r);
    print_objects(&before, &s);
    const long asked = s.book.requests;
    s.book.refuse_at = a == LIMIT ? 0 : asked + k;
    s.book.for_ever = a == FOR_EVER;
    s.env->limit = a == LIMIT ? s.env->used + span * (uint64_t)(k - 1) / LIMIT_STEPS + 1 : 0;
    dca_status status = play(&s, r);
    trial t = {a == LIMIT ? status == DCA_E_NOMEM : s.book.requests >= asked + k,
               s.book.requests > asked + k};
    s.book.refuse_at = 0;
    s.env->limit = 0;
    if (status == DCA_E_NOMEM) {
        assert_true(t.refused);
        check_untouched(r, &s.made);
        check_told(r, &s, status);
        memset(&s.made, 0, sizeof s.made);
        print_objects(&after, &s);
        if (!print_same(&after, &before))
            fail_msg("%s, refusal %ld: the objects are not as they were", r->name, k);
        print_free(&after);
        status = play(&s, r);
    }
    if (status != r->want)
        fail_msg("%s, refusal %ld: status %d, expected %d", r->name, k, (int)status, (int)r->want);
    if (status != DCA_OK) {
        check_untouched(r, &s.made);
        check_told(r, &s, status);
    }
    settle(&s.made);
    print_outcome(&after, &s);
    if (!print_same(&after, expected))
        fail_msg("%s, refusal %ld: not the outcome of a fresh call", r->name, k);
    print_free(&after);
    print_free(&before);
    stage_close(&s);
    return t;
}

static void sweep(void **state)
{
    const oom_case *r = *state;
    print expected = {0};
    uint64_t span;
    play_with_memory(r, &expected, &span);
    if (!listing) {
        long k = 1;
        for (;; k++) {
            const trial once = play_without(r, ONCE, k, span, &expected);
            if (!once.refused)
                break;
            if (once.more)
                (void)play_without(r, FOR_EVER, k, span, &expected);
            assert_true(k < MOST);
        }
        if (k == 1)
            fail_msg("%s allocates nothing: it belongs to quiet.c", r->name);
        for (long step = 1; span > 0 && step <= LIMIT_STEPS; step++)
            (void)play_without(r, LIMIT, step, span, &expected);
    }
    print_free(&expected);
}

/* A life from file to answer in an env whose config has a limit, from too little to enough: a call says
 * so, nothing is left, and no more than the limit was ever held. */
static dca_status live(dca_env *env, const char *text)
{
    dca_model *model = NULL;
    dca_solver *solver = NULL;
    dca_result *result = NULL;
    char *answer = NULL;
    dca_status status = dca_model_parse_json(env, text, strlen(text), NULL, &model, NULL);
    if (status == DCA_OK)
        status = dca_solver_new_model(model, NULL, &solver, NULL);
    if (status == DCA_OK)
        status = dca_solver_solve(solver, NULL, &result);
    if (status == DCA_OK)
        status = dca_result_answer_json(result, &answer, NULL, NULL);
    if (status == DCA_OK)
        assert_int_equal(dca_result_outcome(result), DCA_OPTIMAL);
    dca_text_free(env, answer);
    dca_result_free(result);
    dca_solver_free(solver);
    dca_model_free(model);
    return status;
}

static void within_a_limit(void **unused)
{
    (void)unused;
    enum { STEP = 512 };
    static const char text[] =
        "{\"dcalloc\": 1, \"pools\": [{\"name\": \"a\", \"count\": 2}],"
        "\"demands\": [{\"name\": \"job\", \"amount\": 3, \"on\": [\"a\"]}]}";
    long failures = 0;
    dca_status status = DCA_E_NOMEM;
    for (uint64_t limit = 1; status != DCA_OK; limit += STEP) {
        account book = {0};
        dca_env_config config = DCA_ENV_CONFIG_INIT;
        dca_env *env = NULL;
        config.user = &book;
        config.allocate = account_allocate;
        config.memory_limit = limit;
        must_be(dca_env_new(&config, &env));
        status = live(env, text);
        if (status != DCA_OK && status != DCA_E_NOMEM)
            fail_msg("limit %llu: status %d", (unsigned long long)limit, (int)status);
        assert_true(dca_env_memory_peak(env) <= limit);
        assert_int_equal(dca_env_memory(env), 0);
        dca_env_free(env);
        assert_int_equal(book.blocks, 0);
        failures += status != DCA_OK;
    }
    assert_true(failures > 10);
}

/* ---- Groups ---------------------------------------------------------------------------------------- */

static int play_cases(const char *group, const oom_case *cases, size_t count)
{
    struct CMUnitTest *tests = calloc(count, sizeof *tests);
    for (size_t k = 0; k < count; k++) {
        tests[k].name = cases[k].name;
        tests[k].test_func = sweep;
        tests[k].initial_state = (void *)(uintptr_t)&cases[k];
    }
    const int failed = _cmocka_run_group_tests(group, tests, count, NULL, NULL);
    free(tests);
    return failed;
}

int main(int count, char **arguments)
{
    const struct {
        const char *name;
        const oom_case *cases;
        size_t count;
    } groups[] = {{"lp", lp_cases, num_lp_cases},
                  {"model", model_cases, num_model_cases},
                  {"io", io_cases, num_io_cases},
                  {"solve", solve_cases, num_solve_cases},
                  {"model-solve", model_solve_cases, num_model_solve_cases}};
    const char *wanted = count > 1 ? arguments[1] : "";
    int failed = 0;
    listing = strcmp(wanted, "--list") == 0;
    if (mkdtemp(folder) == NULL)
        return 1;
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
        if (listing || strcmp(wanted, groups[g].name) == 0)
            failed += play_cases(groups[g].name, groups[g].cases, groups[g].count);
    }
    const struct CMUnitTest others[] = {cmocka_unit_test(play_quiet),
                                        cmocka_unit_test(within_a_limit)};
    if (listing || strcmp(wanted, "lp") == 0)
        failed += cmocka_run_group_tests(others, NULL, NULL);
    rmdir(folder);
    return failed;
}
