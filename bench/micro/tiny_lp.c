/* tiny_lp.c - what the smallest problem costs: create, solve and destroy an LP of two variables.
 *
 *     maximise 3 x + 2 y   subject to   x + y <= 4,  x + 3 y <= 6,  0 <= x <= 3,  y >= 0
 *
 * Prints the median and the 99th percentile of one round in microseconds; exits 1 when an answer is
 * not the optimum (11, at x = 3, y = 1). */
#include <dcalloc.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 20000 };

static double microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return 1e6 * (double)now.tv_sec + 1e-3 * (double)now.tv_nsec;
}

/* One round; the objective, or NAN when a call failed. */
static double round_trip(dca_env *env)
{
    static const dca_index rows[] = {0, 1};
    static const double x_entries[] = {1.0, 1.0};
    static const double y_entries[] = {1.0, 3.0};
    dca_lp *lp = NULL;
    dca_solver *solver = NULL;
    dca_result *result = NULL;
    double objective = NAN;
    if (dca_lp_new(env, &lp) == DCA_OK && dca_lp_set_sense(lp, DCA_MAXIMISE) == DCA_OK &&
        dca_lp_add_row(lp, NULL, -INFINITY, 4.0, 0, NULL, NULL, NULL) == DCA_OK &&
        dca_lp_add_row(lp, NULL, -INFINITY, 6.0, 0, NULL, NULL, NULL) == DCA_OK &&
        dca_lp_add_column(lp, NULL, 3.0, 0.0, 3.0, 2, rows, x_entries, NULL) == DCA_OK &&
        dca_lp_add_column(lp, NULL, 2.0, 0.0, INFINITY, 2, rows, y_entries, NULL) == DCA_OK &&
        dca_solver_new_lp(lp, NULL, &solver, NULL) == DCA_OK &&
        dca_solver_solve(solver, NULL, &result) == DCA_OK &&
        dca_result_outcome(result) == DCA_OPTIMAL) {
        objective = dca_result_objective(result);
    }
    dca_result_free(result);
    dca_solver_free(solver);
    dca_lp_free(lp);
    return objective;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(void)
{
    static double seconds[ROUNDS];
    dca_env *env = NULL;
    if (dca_env_new(NULL, &env) != DCA_OK) {
        return 1;
    }
    int status = 0;
    for (int k = 0; k < ROUNDS; k++) {
        const double begin = microseconds();
        const double objective = round_trip(env);
        seconds[k] = microseconds() - begin;
        if (!(fabs(objective - 11.0) <= 1e-9)) {
            fprintf(stderr, "tiny_lp: objective %g, expected 11\n", objective);
            status = 1;
            break;
        }
    }
    dca_env_free(env);
    if (status == 0) {
        qsort(seconds, ROUNDS, sizeof *seconds, ascending);
        printf("create, solve, destroy of two variables: median %.2f us, p99 %.2f us (%d rounds)\n",
               seconds[ROUNDS / 2], seconds[ROUNDS - ROUNDS / 100], ROUNDS);
    }
    return status;
}
