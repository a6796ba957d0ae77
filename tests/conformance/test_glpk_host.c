/* A host that uses GLPK itself, in the thread in which our plug-in solves: its objects and settings stay,
 * nothing is printed, and memory that GLPK cannot get is a status. */
#include "conform.h"

#include <glpk.h>
#include <unistd.h>

static const char *const METHODS[] = {"auto", "dual", "primal"};

/* A fixture without the runner: this is about one backend. */
static void set_up(fixture *f)
{
    memset(f, 0, sizeof *f);
    f->backend = conform_glpk();
    f->env = account_env(&f->book, 0);
    assert_int_equal(dca_options_new(f->env, &f->options), DCA_OK);
}

static void tear_down(fixture *f)
{
    dca_options_free(f->options);
    account_close(&f->book, f->env);
}

static void solve_once(fixture *f, dca_status expected)
{
    dca_lp *lp = transport(f, 2, 60, 80, 100, false);
    dca_solver *solver = solver_of(f, lp);
    dca_result *result = NULL;
    assert_int_equal(dca_solver_solve(solver, NULL, &result), expected);
    if (expected == DCA_OK)
        judge(lp, result);
    dca_result_free(result);
    if (expected != DCA_OK) /* and the same solver goes on */
        assert_close(solved(solver, lp, DCA_OPTIMAL), cold_value(f, lp), 1e-9);
    dca_solver_free(solver);
    dca_lp_free(lp);
}

static void nothing_is_left_in_the_thread(void **unused)
{
    (void)unused;
    fixture f;
    set_up(&f);
    (void)glp_free_env();
    solve_once(&f, DCA_OK);
    assert_int_equal(glp_free_env(), 1); /* there was none */
    tear_down(&f);
}

static void the_hosts_objects_stay(void **unused)
{
    (void)unused;
    fixture f;
    set_up(&f);
    glp_prob *own = glp_create_prob();
    glp_add_cols(own, 1);
    glp_set_col_bnds(own, 1, GLP_LO, 7.0, 0.0);
    glp_set_obj_coef(own, 1, 1.0);
    for (int terminal = GLP_OFF; terminal <= GLP_ON; terminal += GLP_ON - GLP_OFF) {
        (void)glp_term_out(terminal);
        for (int k = 0; k < 3; k++) {
            option(&f, "method", METHODS[k]);
            solve_once(&f, DCA_OK);
        }
        assert_int_equal(glp_term_out(GLP_OFF), terminal);
        assert_int_equal(glp_simplex(own, NULL), 0);
        assert_true(glp_get_obj_val(own) == 7.0);
    }
    glp_delete_prob(own);
    (void)glp_free_env();
    tear_down(&f);
}

/* GLPK's own limit of 1 MB is in the way. After such an error its environment must go. */
static void memory_that_glpk_cannot_get(void **unused)
{
    (void)unused;
    fixture f;
    set_up(&f);
    (void)glp_init_env();
    glp_mem_limit(1);
    (void)glp_term_out(GLP_OFF);
    solve_once(&f, DCA_E_NOMEM);
    assert_int_equal(glp_term_out(GLP_OFF), GLP_OFF);
    (void)glp_free_env();
    tear_down(&f);
}

/* What is written to standard output and error while `act` runs. */
static long written(void (*act)(void **))
{
    (void)fflush(stdout);
    (void)fflush(stderr);
    FILE *file = tmpfile();
    assert_non_null(file);
    const int out = dup(STDOUT_FILENO);
    const int err = dup(STDERR_FILENO);
    assert_true(dup2(fileno(file), STDOUT_FILENO) >= 0);
    assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
    act(NULL);
    (void)fflush(stdout);
    (void)fflush(stderr);
    (void)dup2(out, STDOUT_FILENO);
    (void)dup2(err, STDERR_FILENO);
    (void)close(out);
    (void)close(err);
    const long size = (long)lseek(fileno(file), 0, SEEK_END);
    (void)fclose(file);
    return size;
}

static void says(void **unused)
{
    (void)unused;
    puts("something");
}

static void silent(void **unused)
{
    (void)unused;
    assert_true(written(says) > 0);
    assert_int_equal(written(nothing_is_left_in_the_thread), 0);
    assert_int_equal(written(memory_that_glpk_cannot_get), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_left_in_the_thread),
        cmocka_unit_test(the_hosts_objects_stay),
        cmocka_unit_test(memory_that_glpk_cannot_get),
        cmocka_unit_test(silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
