/* Threads: one state is used by one thread at a time, but by any; states have nothing in common. */
#include "conform.h"

#include <pthread.h>

enum { THREADS = 4, ROUNDS = 12, N = 13 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The book of the fixture, for several threads. */
static void *locked_allocate(void *user, void *block, size_t old_size, size_t new_size)
{
    pthread_mutex_lock(&lock);
    void *fresh = account_allocate(user, block, old_size, new_size);
    pthread_mutex_unlock(&lock);
    return fresh;
}

/* Every step of a job runs in a thread of its own. cmocka's asserts belong to the main thread: steps note
 * what went wrong. */
typedef struct job {
    const fixture *f;
    dca_env *env;
    small problem;
    void *state;
    double value, expected;
    dca_status status; /* of the step that failed first */
    int outcome;
} job;

static void in_a_thread(void *(*step)(void *), job *j)
{
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, step, j), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(j->status, DCA_OK);
}

static void note(job *j, dca_status status)
{
    j->status = j->status == DCA_OK ? status : j->status;
}

static void *open_step(void *user)
{
    job *j = user;
    note(j, j->f->backend->open(j->env, &j->state));
    return NULL;
}

static void *load_step(void *user)
{
    job *j = user;
    const dca_problem view = small_view(&j->problem);
    note(j, j->f->backend->load(j->state, &view));
    return NULL;
}

static void *solve_step(void *user)
{
    job *j = user;
    dca_backend_report report = {.struct_size = sizeof report};
    note(j, j->f->backend->solve(j->state, j->f->options, NULL, &report));
    j->outcome = report.outcome;
    return NULL;
}

static void *read_step(void *user)
{
    job *j = user;
    double x[SMALL_COLUMNS];
    double y[SMALL_ROWS];
    note(j, j->f->backend->get_point(j->state, x, y));
    j->value = 0.0;
    for (dca_index k = 0; k < j->problem.n; k++)
        j->value += j->problem.cost[k] * x[k];
    return NULL;
}

static void *edit_step(void *user)
{
    job *j = user;
    const dca_edit edit = {DCA_EDIT_COST, 1, -1, j->problem.cost[1] = -4.0, 0.0};
    note(j, j->f->backend->edit(j->state, &edit, 1));
    return NULL;
}

static void *close_step(void *user)
{
    job *j = user;
    j->f->backend->close(j->state);
    return NULL;
}

/* Rows that the middle of the bounds meets: feasible. */
static void draw(small *s, uint64_t seed)
{
    random_small(s, seed, 9, N);
    for (dca_index i = 0; i < s->m; i++) {
        double middle = 0.0;
        for (dca_index j = 0; j < s->n; j++)
            middle += s->a[i][j] * 0.5 * (s->lower[j] + s->upper[j]);
        s->row_lower[i] = middle - 1.0 - 0.1 * (double)i;
        s->row_upper[i] = middle + 2.0;
    }
}

static dca_env *threaded_env(account *book)
{
    dca_env_config config = DCA_ENV_CONFIG_INIT;
    config.user = book;
    config.allocate = locked_allocate;
    dca_env *env = NULL;
    assert_int_equal(dca_env_new(&config, &env), DCA_OK);
    return env;
}

static void handed_from_thread_to_thread(fixture *f)
{
    account book = {0};
    job j = {.f = f, .env = threaded_env(&book)};
    draw(&j.problem, 1);
    in_a_thread(open_step, &j);
    in_a_thread(load_step, &j);
    for (int round = 0; round < 2; round++) {
        in_a_thread(solve_step, &j);
        assert_int_equal(j.outcome, DCA_OPTIMAL);
        in_a_thread(read_step, &j);
        dca_lp *lp = lp_of(f, &j.problem, DCA_MINIMISE);
        assert_close(j.value, cold_value(f, lp), 1e-9);
        dca_lp_free(lp);
        in_a_thread(edit_step, &j);
    }
    in_a_thread(close_step, &j);
    assert_int_equal(dca_env_memory(j.env), 0);
    account_close(&book, j.env);
}

/* Open, load, solve, edit, solve, close, again and again. */
static void *many_solves(void *user)
{
    job *j = user;
    for (int round = 0; round < ROUNDS; round++) {
        job own = *j;
        open_step(&own);
        if (own.status == DCA_OK) {
            load_step(&own);
            solve_step(&own);
            read_step(&own);
            if (own.outcome != DCA_OPTIMAL ||
                !(fabs(own.value - own.expected) <= 1e-8 * (1.0 + fabs(own.expected))))
                note(j, DCA_E_INTERNAL);
            edit_step(&own);
            solve_step(&own);
            close_step(&own);
        }
        note(j, own.status);
    }
    return NULL;
}

static void several_at_once(fixture *f)
{
    account book = {0};
    dca_env *env = threaded_env(&book);
    pthread_t threads[THREADS];
    static job jobs[THREADS];
    for (int k = 0; k < THREADS; k++) {
        jobs[k] = (job){.f = f, .env = env};
        draw(&jobs[k].problem, 10 + (uint64_t)k);
        dca_lp *lp = lp_of(f, &jobs[k].problem, DCA_MINIMISE);
        jobs[k].expected = cold_value(f, lp);
        dca_lp_free(lp);
    }
    for (int k = 0; k < THREADS; k++)
        assert_int_equal(pthread_create(&threads[k], NULL, many_solves, &jobs[k]), 0);
    for (int k = 0; k < THREADS; k++)
        assert_int_equal(pthread_join(threads[k], NULL), 0);
    for (int k = 0; k < THREADS; k++)
        assert_int_equal(jobs[k].status, DCA_OK);
    assert_int_equal(dca_env_memory(env), 0);
    account_close(&book, env);
}

static const conform_case CASES[] = {
    {"handed from thread to thread", handed_from_thread_to_thread, DCA_BACKEND_EDIT, false},
    {"several at once", several_at_once, DCA_BACKEND_EDIT, false},
};
CONFORM_MAIN(CASES)
