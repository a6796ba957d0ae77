/* two_tiers.c - priorities: first serve as much as possible, then as cheaply as that allows; then a
 * node fails and the answer follows.
 *
 * Two pools of nodes with two GPUs each: three old ones at price 1 an hour, four new ones at price 3.
 * Ten jobs of one GPU: six go to the old nodes, four to two new ones. */
#include "dcalloc.h"

#include <math.h>
#include <stdio.h>

enum { OLD = 0, NEW = 1, GPU = 1 };

static dca_status build(dca_model *model)
{
    const double one_gpu[] = {0.0, 1.0};
    const double two_gpus[] = {0.0, 2.0};
    dca_pool_spec pools[] = {DCA_POOL_SPEC_INIT, DCA_POOL_SPEC_INIT};
    dca_demand_spec jobs = DCA_DEMAND_SPEC_INIT;
    dca_term_spec unmet = DCA_TERM_SPEC_INIT;
    dca_term_spec cost = DCA_TERM_SPEC_INIT;
    dca_status status = dca_model_add_resource(model, "gpu", "GPU", NULL);
    pools[OLD].name = "old";
    pools[OLD].count = 3.0;
    pools[OLD].price = 1.0;
    pools[NEW].name = "new";
    pools[NEW].count = 4.0;
    pools[NEW].price = 3.0;
    for (int p = OLD; p <= NEW; p++) {
        pools[p].capacity = two_gpus;
        pools[p].elastic = 1;
    }
    jobs.name = "jobs";
    jobs.unit = "job";
    jobs.amount = 10.0;
    jobs.use = one_gpu;
    unmet.kind = DCA_TERM_UNMET;
    cost.kind = DCA_TERM_COST;
    if (status == DCA_OK) {
        status = dca_model_add_pools(model, pools, sizeof *pools, 2, NULL);
    }
    if (status == DCA_OK) {
        status = dca_model_add_demands(model, &jobs, sizeof jobs, 1, NULL);
    }
    if (status == DCA_OK) {
        status = dca_model_place(model, 0, -1, NULL, NULL, NULL);
    }
    if (status == DCA_OK) {
        status = dca_model_add_tier(model, "serve", NULL);
    }
    if (status == DCA_OK) {
        status = dca_model_add_term(model, 0, &unmet, NULL);
    }
    if (status == DCA_OK) {
        status = dca_model_add_tier(model, "save", NULL);
    }
    return status != DCA_OK ? status : dca_model_add_term(model, 1, &cost, NULL);
}

/* Solve, print, and see that so many jobs are served at that cost. */
static int solve(dca_solver *solver, double jobs, double price)
{
    dca_result *result = NULL;
    double served = NAN;
    double cost = NAN;
    double energy = NAN;
    const int solved = dca_solver_solve(solver, NULL, &result) == DCA_OK &&
                       dca_result_outcome(result) == DCA_OPTIMAL &&
                       dca_result_get_served(result, 0, 1, &served) == DCA_OK &&
                       dca_result_totals(result, &cost, &energy) == DCA_OK;
    for (dca_index k = 0; k < dca_result_num_sentences(result); k++) {
        printf("%s\n", dca_result_sentence(result, k));
    }
    dca_result_free(result);
    return solved && fabs(served - jobs) < 1e-9 && fabs(cost - price) < 1e-9;
}

int main(void)
{
    dca_env *env = NULL;
    dca_model *model = NULL;
    dca_solver *solver = NULL;
    /* 3 old nodes at 1 and 2 new ones at 3; then 2 and 3; then 2 and 2.5, and one job is left over */
    const int right =
        dca_env_new(NULL, &env) == DCA_OK && dca_model_new(env, &model) == DCA_OK &&
        build(model) == DCA_OK && dca_solver_new_model(model, NULL, &solver, NULL) == DCA_OK &&
        solve(solver, 10.0, 3.0 + 2.0 * 3.0) &&
        dca_model_set_pool_count(model, OLD, 2.0) == DCA_OK &&
        solve(solver, 10.0, 2.0 + 3.0 * 3.0) &&
        dca_model_set_pool_count(model, NEW, 2.5) == DCA_OK && solve(solver, 9.0, 2.0 + 2.5 * 3.0);
    dca_solver_free(solver);
    dca_model_free(model);
    dca_env_free(env);
    printf("%s\n", right ? "as worked out by hand" : "not what was worked out by hand");
    return right ? 0 : 1;
}
