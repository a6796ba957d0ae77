/* one_hall.c - a model from the first call to the answer in words: twenty jobs of eight GPUs in a hall
 * whose feed carries 50 kW.
 * By hand: a job draws 8 x 400 W = 3200 W, and 50 000 / 3200 = 15.625 jobs run. */
#include <dcalloc.h>

#include <stdio.h>

int main(void)
{
    dca_env *env = NULL;
    dca_model *model = NULL;
    dca_solver *solver = NULL;
    dca_result *result = NULL;
    const dca_domain_spec feed = {sizeof feed, DCA_DOMAIN_POWER, "feed", 1.0, 0.0};
    const dca_pool_spec pool = {.struct_size = sizeof pool,
                                .name = "a100",
                                .count = 16,
                                .capacity = (double[]){0, 8},
                                .watts = (double[]){0, 400}};
    dca_demand_spec jobs = DCA_DEMAND_SPEC_INIT; /* [power, gpu] above and below */
    jobs.name = "training", jobs.unit = "jobs", jobs.amount = 20, jobs.use = (double[]){0, 8};
    int ok = dca_env_new(NULL, &env) == DCA_OK && dca_model_new(env, &model) == DCA_OK &&
             dca_model_add_resource(model, "gpu", "GPU", NULL) == DCA_OK &&
             dca_model_add_domains(model, &feed, sizeof feed, 1, NULL) == DCA_OK &&
             dca_model_add_pools(model, &pool, sizeof pool, 1, NULL) == DCA_OK &&
             dca_model_add_demands(model, &jobs, sizeof jobs, 1, NULL) == DCA_OK &&
             dca_model_set_pool_domain(model, 0, 0, 1.0) == DCA_OK &&
             dca_model_set_domain_limit(model, 0, DCA_POWER, 50000) == DCA_OK &&
             dca_model_place(model, 0, -1, NULL, NULL, NULL) == DCA_OK &&
             dca_solver_new_model(model, NULL, &solver, NULL) == DCA_OK &&
             dca_solver_solve(solver, NULL, &result) == DCA_OK;
    puts(ok ? dca_result_demand_note(result, 0) : "a call failed");
    double served = 0.0;
    ok = ok && dca_result_get_served(result, 0, 1, &served) == DCA_OK && served > 15.625 - 1e-9 &&
         served < 15.625 + 1e-9;
    dca_result_free(result);
    dca_solver_free(solver);
    dca_model_free(model);
    dca_env_free(env);
    return ok ? 0 : 1;
}
