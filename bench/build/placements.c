/* placements.c - how long it takes to describe a large model: 10^6 placements of 10^4 demands on 100
 * pools, added by one columnar call.
 *
 * Prints the seconds of that call; exits 1 when the model does not hold what was added. */
#include <dcalloc.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DEMANDS = 10000, POOLS = 100, PLACEMENTS = DEMANDS * POOLS };

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Resource "gpu", the pools and the demands, each using one GPU a unit. */
static dca_status add_objects(dca_model *model)
{
    static char names[DEMANDS + POOLS][16];
    static const char *name[DEMANDS + POOLS];
    for (int k = 0; k < DEMANDS + POOLS; k++) {
        snprintf(names[k], sizeof names[k], "%s-%d", k < DEMANDS ? "job" : "pool", k);
        name[k] = names[k];
    }
    static dca_nnz start[DEMANDS + 1];
    static dca_index gpu[DEMANDS];
    static double one[DEMANDS], eight[DEMANDS];
    for (int k = 0; k <= DEMANDS; k++) {
        start[k] = k;
    }
    for (int k = 0; k < DEMANDS; k++) {
        gpu[k] = 1;
        one[k] = 1.0;
        eight[k] = 8.0;
    }
    dca_pool_columns pools = {.struct_size = sizeof pools, .n = POOLS};
    pools.name = (dca_strings){name + DEMANDS, sizeof *name};
    pools.capacity = (dca_sparse){start, gpu, eight};
    dca_demand_columns demands = {.struct_size = sizeof demands, .n = DEMANDS};
    demands.name = (dca_strings){name, sizeof *name};
    demands.use = (dca_sparse){start, gpu, one};
    dca_status status = dca_model_add_resource(model, "gpu", "GPU", NULL);
    status = status == DCA_OK ? dca_model_add_pool_columns(model, &pools, NULL) : status;
    return status == DCA_OK ? dca_model_add_demand_columns(model, &demands, NULL) : status;
}

int main(void)
{
    dca_env *env = NULL;
    dca_model *model = NULL;
    dca_index *demand = malloc(PLACEMENTS * sizeof *demand);
    dca_index *pool = malloc(PLACEMENTS * sizeof *pool);
    double *cost = malloc(PLACEMENTS * sizeof *cost);
    int status = 1;
    if (demand == NULL || pool == NULL || cost == NULL || dca_env_new(NULL, &env) != DCA_OK ||
        dca_model_new(env, &model) != DCA_OK || add_objects(model) != DCA_OK) {
        fprintf(stderr, "placements: could not set up\n");
        goto done;
    }
    for (dca_index k = 0; k < PLACEMENTS; k++) {
        demand[k] = k / POOLS;
        pool[k] = k % POOLS;
        cost[k] = 1.0 + k % 7;
    }
    dca_placement_columns columns = {.struct_size = sizeof columns, .n = PLACEMENTS};
    columns.demand = (dca_indices){demand, sizeof *demand};
    columns.pool = (dca_indices){pool, sizeof *pool};
    columns.cost = (dca_doubles){cost, sizeof *cost};
    const double begin = seconds_now();
    if (dca_model_add_placement_columns(model, &columns, NULL) != DCA_OK) {
        dca_error error = DCA_ERROR_INIT;
        dca_model_error(model, &error);
        fprintf(stderr, "placements: %s\n", error.text);
        goto done;
    }
    const double seconds = seconds_now() - begin;
    if (dca_model_count(model, DCA_KIND_PLACEMENT) == PLACEMENTS) {
        printf("%d placements added in bulk: %.3f s\n", PLACEMENTS, seconds);
        status = 0;
    }
done:
    dca_model_free(model);
    dca_env_free(env);
    free(demand);
    free(pool);
    free(cost);
    return status;
}
