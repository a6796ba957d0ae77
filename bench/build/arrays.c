/* arrays.c - from arrays to a model that is ready to solve, through the C API: see
 * bench/build/README.md.
 *
 *     build_c N
 *
 * Writes one JSON object: seconds, processor time, memory, and the size of the LP that came of
 * it. */
#include <dcalloc.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { POOLS = 100, WAYS = 10 };

typedef struct arrays {
    dca_index placements, demands;
    double capacity; /* of every pool */
    dca_index *demand, *pool, *slot;
    double *cost, *amount, *use;
    dca_nnz *start; /* [demands+1] of use */
} arrays;

static double seconds_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Bytes of a line of /proc/self/status; 0 where there is none. */
static long long memory(const char *name)
{
    char line[256];
    long long kib = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, name, strlen(name)) == 0) {
            kib = strtoll(line + strlen(name), NULL, 10);
        }
    }
    if (status != NULL) {
        fclose(status);
    }
    return 1024 * kib;
}

static bool fill(dca_index n, arrays *out)
{
    const dca_index demands = n / WAYS;
    double asked = 0.0;
    *out = (arrays){.placements = n, .demands = demands};
    out->demand = malloc((size_t)n * sizeof *out->demand);
    out->pool = malloc((size_t)n * sizeof *out->pool);
    out->cost = malloc((size_t)n * sizeof *out->cost);
    out->slot = malloc((size_t)(demands + POOLS) * sizeof *out->slot);
    out->amount = malloc((size_t)demands * sizeof *out->amount);
    out->use = malloc((size_t)demands * sizeof *out->use);
    out->start = malloc((size_t)(demands + POOLS + 1) * sizeof *out->start);
    if (out->demand == NULL || out->pool == NULL || out->cost == NULL || out->slot == NULL ||
        out->amount == NULL || out->use == NULL || out->start == NULL) {
        return false;
    }
    for (dca_index i = 0; i < demands; i++) {
        out->amount[i] = 1 + i % 5;
        out->use[i] = 1 + i % 3;
        asked += out->amount[i] * out->use[i];
    }
    for (dca_index k = 0; k < n; k++) {
        out->demand[k] = k / WAYS;
        out->pool[k] = (dca_index)((7LL * (k / WAYS) + 11 * (k % WAYS)) % POOLS);
        out->cost[k] = (double)(1 + 31LL * k % 17);
    }
    for (dca_index i = 0; i < demands + POOLS; i++) {
        out->slot[i] = 1;
        out->start[i] = i;
    }
    out->start[demands + POOLS] = demands + POOLS;
    out->capacity = (double)(dca_index)(1.25 * asked / POOLS + 1.0);
    return true;
}

static dca_status build(const arrays *a, dca_model *model)
{
    double capacity[POOLS];
    dca_index tier = -1;
    for (int p = 0; p < POOLS; p++) {
        capacity[p] = a->capacity;
    }
    dca_pool_columns pools = {.struct_size = sizeof pools, .n = POOLS};
    pools.capacity = (dca_sparse){a->start, a->slot, capacity};
    const dca_index insist = 1;
    dca_demand_columns demands = {.struct_size = sizeof demands, .n = a->demands};
    demands.amount = (dca_doubles){a->amount, sizeof *a->amount};
    demands.hard = (dca_indices){&insist, 0};
    demands.use = (dca_sparse){a->start, a->slot, a->use};
    dca_placement_columns placed = {.struct_size = sizeof placed, .n = a->placements};
    placed.demand = (dca_indices){a->demand, sizeof *a->demand};
    placed.pool = (dca_indices){a->pool, sizeof *a->pool};
    placed.cost = (dca_doubles){a->cost, sizeof *a->cost};
    dca_term_spec cost = DCA_TERM_SPEC_INIT;
    dca_term_spec unmet = DCA_TERM_SPEC_INIT; /* nothing is: all demands are hard */
    unmet.kind = DCA_TERM_UNMET;
    dca_status status = dca_model_add_resource(model, "slot", "slot", NULL);
    status = status == DCA_OK ? dca_model_add_pool_columns(model, &pools, NULL) : status;
    status = status == DCA_OK ? dca_model_add_demand_columns(model, &demands, NULL) : status;
    status = status == DCA_OK ? dca_model_add_placement_columns(model, &placed, NULL) : status;
    status = status == DCA_OK ? dca_model_add_tier(model, "cost", &tier) : status;
    status = status == DCA_OK ? dca_model_add_term(model, tier, &cost, NULL) : status;
    return status == DCA_OK ? dca_model_add_term(model, tier, &unmet, NULL) : status;
}

static int measure(dca_index n)
{
    arrays a;
    dca_env *env = NULL;
    dca_model *model = NULL;
    dca_solver *solver = NULL;
    dca_lp *lp = NULL;
    dca_result *result = NULL;
    int status = 1;
    if (!fill(n, &a)) {
        goto done;
    }
    const long long before = memory("VmRSS:");
    const double used = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    const double begin = seconds_of(CLOCK_MONOTONIC);
    if (dca_env_new(NULL, &env) != DCA_OK || dca_model_new(env, &model) != DCA_OK ||
        build(&a, model) != DCA_OK || dca_solver_new_model(model, NULL, &solver, NULL) != DCA_OK ||
        dca_solver_compiled(solver, NULL, &lp) != DCA_OK) {
        goto done;
    }
    const double seconds = seconds_of(CLOCK_MONOTONIC) - begin;
    const double processor = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - used;
    const long long peak = memory("VmHWM:");
    if (dca_solver_solve(solver, NULL, &result) != DCA_OK) {
        goto done;
    }
    const int32_t version = dca_version();
    printf(
        "{\"seconds\": %.9g, \"processor\": %.9g, \"memory\": %lld, \"rows\": %d, \"columns\": %d, "
        "\"nonzeros\": %lld, \"objective\": %.17g, \"version\": \"%d.%d.%d\"}\n",
        seconds, processor, peak - before, dca_lp_num_rows(lp), dca_lp_num_columns(lp),
        (long long)dca_lp_num_entries(lp), dca_result_objective(result), version / 1000000,
        version / 1000 % 1000, version % 1000);
    status = 0;
done:
    dca_result_free(result);
    dca_lp_free(lp);
    dca_solver_free(solver);
    dca_model_free(model);
    dca_env_free(env);
    free(a.demand);
    free(a.pool);
    free(a.cost);
    free(a.slot);
    free(a.amount);
    free(a.use);
    free(a.start);
    return status;
}

int main(int argc, char **argv)
{
    const long n = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
    if (n < 100 || n > 100000000 || n % 10 != 0) {
        fputs("usage: build_c N, a multiple of 10 from 100 on\n", stderr);
        return 2;
    }
    const int status = measure((dca_index)n);
    if (status != 0) {
        fputs("build_c: the model could not be built\n", stderr);
    }
    return status;
}
