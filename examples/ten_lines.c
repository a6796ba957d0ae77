/* ten_lines.c - an LP from the first call to the proved answer: 3 GPUs' worth of two jobs,
 *     maximise 3 x + 2 y   subject to   x + y <= 4,   x + 3 y <= 6,   0 <= x <= 3,   0 <= y.
 * By hand: x = 3, y = 1, 11 in all. */
#include "dcalloc.h"

#include <stdio.h>

int main(void)
{
    dca_env *env = NULL;
    dca_lp *lp = NULL;
    dca_solver *solver = NULL;
    dca_result *result = NULL;
    double x[2] = {0.0, 0.0};
    int right = dca_env_new(NULL, &env) == DCA_OK && dca_lp_new(env, &lp) == DCA_OK &&
                dca_lp_set_sense(lp, DCA_MAXIMISE) == DCA_OK &&
                dca_lp_add_column(lp, "x", 3.0, 0.0, 3.0, 0, NULL, NULL, NULL) == DCA_OK &&
                dca_lp_add_column(lp, "y", 2.0, 0.0, INFINITY, 0, NULL, NULL, NULL) == DCA_OK &&
                dca_lp_add_row(lp, "gpu", -INFINITY, 4.0, 2, (const dca_index[]){0, 1},
                               (const double[]){1.0, 1.0}, NULL) == DCA_OK &&
                dca_lp_add_row(lp, "rack", -INFINITY, 6.0, 2, (const dca_index[]){0, 1},
                               (const double[]){1.0, 3.0}, NULL) == DCA_OK &&
                dca_solver_new_lp(lp, NULL, &solver, NULL) == DCA_OK &&
                dca_solver_solve(solver, NULL, &result) == DCA_OK &&
                dca_result_outcome(result) == DCA_OPTIMAL &&
                dca_result_get_x(result, 0, 2, x) == DCA_OK;
    printf("%s: %g at x = %g, y = %g\n", dca_outcome_name(dca_result_outcome(result)),
           dca_result_objective(result), x[0], x[1]);
    right = right && x[0] == 3.0 && x[1] == 1.0 && dca_result_objective(result) == 11.0;
    dca_result_free(result);
    dca_solver_free(solver);
    dca_lp_free(lp);
    dca_env_free(env);
    return right ? 0 : 1;
}
