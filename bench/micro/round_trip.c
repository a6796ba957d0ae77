/* round_trip.c - what one edit and re-solve of a tiny problem costs in C, for bindings to compare with:
 * bindings/go/bench_test.go makes the same calls.
 *
 *     LP:     maximise 3 x + 2 y,  x + y <= 4 .. 4.6 (edited),  x + 3 y <= 8,  0 <= x <= 3
 *     model:  4 nodes of 2 GPUs, jobs of 2 GPUs, 5 .. 11 of them wanted (edited)
 *
 * A round edits, solves, reads the objective and frees the result. Prints the mean of a round in the
 * fastest of BATCHES batches in microseconds; exits 1 when an answer is wrong. */
#include <dcalloc.h>

#include <math.h>
#include <stdio.h>
#include <time.h>

enum { BATCHES = 40, ROUNDS = 500 };

static double microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return 1e6 * (double)now.tv_sec + 1e-3 * (double)now.tv_nsec;
}

typedef struct problem {
    dca_lp *lp;
    dca_model *model;
    dca_solver *solver;
} problem;

/* Edit number k; what the objective must be then. */
static double edit_lp(problem *p, int k)
{
    const dca_index row = 0;
    const double upper = 4.0 + 0.1 * (k % 7);
    if (dca_lp_set_row_bounds(p->lp, 1, &row, (dca_doubles){NULL, 0},
                              (dca_doubles){&upper, sizeof upper}) != DCA_OK) {
        return NAN;
    }
    return 3.0 * 3.0 + 2.0 * (upper - 3.0);
}

static double edit_model(problem *p, int k)
{
    const double amount = 5.0 + k % 7;
    return dca_model_set_demand_amount(p->model, 0, amount) == DCA_OK ? amount - 4.0 : NAN;
}

static int build_lp(dca_env *env, problem *p)
{
    static const dca_index rows[] = {0, 1};
    static const double x_entries[] = {1.0, 1.0};
    static const double y_entries[] = {1.0, 3.0};
    return dca_lp_new(env, &p->lp) == DCA_OK && dca_lp_set_sense(p->lp, DCA_MAXIMISE) == DCA_OK &&
           dca_lp_add_row(p->lp, NULL, -INFINITY, 4.0, 0, NULL, NULL, NULL) == DCA_OK &&
           dca_lp_add_row(p->lp, NULL, -INFINITY, 8.0, 0, NULL, NULL, NULL) == DCA_OK &&
           dca_lp_add_column(p->lp, NULL, 3.0, 0.0, 3.0, 2, rows, x_entries, NULL) == DCA_OK &&
           dca_lp_add_column(p->lp, NULL, 2.0, 0.0, INFINITY, 2, rows, y_entries, NULL) == DCA_OK &&
           dca_solver_new_lp(p->lp, NULL, &p->solver, NULL) == DCA_OK;
}

static int build_model(dca_env *env, problem *p)
{
    static const double amounts[] = {0.0, 2.0};
    dca_pool_spec pool = DCA_POOL_SPEC_INIT;
    pool.count = 4.0;
    pool.capacity = amounts;
    dca_demand_spec demand = DCA_DEMAND_SPEC_INIT;
    demand.use = amounts;
    return dca_model_new(env, &p->model) == DCA_OK &&
           dca_model_add_resource(p->model, "gpu", NULL, NULL) == DCA_OK &&
           dca_model_add_pools(p->model, &pool, sizeof pool, 1, NULL) == DCA_OK &&
           dca_model_add_demands(p->model, &demand, sizeof demand, 1, NULL) == DCA_OK &&
           dca_model_place(p->model, 0, -1, NULL, NULL, NULL) == DCA_OK &&
           dca_solver_new_model(p->model, NULL, &p->solver, NULL) == DCA_OK;
}

/* Mean of a round in the fastest batch, or NAN when an answer is wrong. */
static double measure(problem *p, double (*edit)(problem *, int))
{
    double best = INFINITY;
    for (int batch = 0; batch < BATCHES; batch++) {
        const double begin = microseconds();
        for (int k = 0; k < ROUNDS; k++) {
            dca_result *result = NULL;
            const double expected = edit(p, k);
            if (dca_solver_solve(p->solver, NULL, &result) != DCA_OK) {
                return NAN;
            }
            const double objective = dca_result_objective(result);
            dca_result_free(result);
            if (!(fabs(objective - expected) <= 1e-9)) {
                return NAN;
            }
        }
        best = fmin(best, (microseconds() - begin) / ROUNDS);
    }
    return best;
}

int main(void)
{
    dca_env *env = NULL;
    problem lp = {0};
    problem model = {0};
    if (dca_env_new(NULL, &env) != DCA_OK) {
        return 1;
    }
    const double of_lp = build_lp(env, &lp) ? measure(&lp, edit_lp) : NAN;
    const double of_model = build_model(env, &model) ? measure(&model, edit_model) : NAN;
    printf("edit and solve in C: LP %.3f us, model %.3f us (fastest of %d batches of %d)\n", of_lp,
           of_model, BATCHES, ROUNDS);
    dca_solver_free(lp.solver);
    dca_solver_free(model.solver);
    dca_lp_free(lp.lp);
    dca_model_free(model.model);
    dca_env_free(env);
    return !(of_lp < INFINITY && of_model < INFINITY);
}
