/* two_solves.c SCENARIO DOMAIN - solve a scenario, take the power of a domain away, solve again from where
 * the first answer stood. README.md shows the lines between the marks. */
#include <dcalloc.h>

#include <stdio.h>

int main(int argc, char **argv)
{
    dca_env *env = NULL;
    dca_model *model = NULL;
    dca_solver *solver = NULL;
    dca_result *before = NULL, *after = NULL;
    double lost[2] = {0.0, 0.0};
    if (argc != 3) {
        return 2;
    }
    const char *const path = argv[1], *const feed = argv[2];
    /* [README */
    dca_error error = DCA_ERROR_INIT;
    int ok = dca_env_new(NULL, &env) == DCA_OK &&
             dca_model_read_json(env, path, NULL, &model, &error) == DCA_OK &&
             dca_solver_new_model(model, NULL, &solver, &error) == DCA_OK &&
             dca_solver_solve(solver, NULL, &before) == DCA_OK &&
             dca_model_set_domain_limit(model, dca_model_find(model, DCA_KIND_DOMAIN, feed),
                                        DCA_POWER, 0.0) == DCA_OK &&
             dca_solver_solve(solver, NULL, &after) == DCA_OK; /* from where it stood */
    printf("unmet demand: %.0f, without %s %.0f\n", dca_result_objective(before), feed,
           dca_result_objective(after));
    /* README] */
    ok = ok && dca_result_outcome(after) == DCA_OPTIMAL &&
         dca_result_tier_value(before, 0, &lost[0]) == DCA_OK &&
         dca_result_tier_value(after, 0, &lost[1]) == DCA_OK && lost[1] > lost[0];
    dca_result_free(before);
    dca_result_free(after);
    dca_solver_free(solver);
    dca_model_free(model);
    dca_env_free(env);
    return ok ? 0 : 1;
}
