/* max_min.c - the least share of jobs on accelerators of several types, as large as it can be.
 *
 *     max t   with   sum_i gpus_i x_ij <= N_j,   sum_j x_ij <= 1,   sum_j T_ij x_ij >= t w_i
 *
 * x_ij is the part of the time that job i runs on type j. Narayanan et al.: Heterogeneity-aware
 * cluster scheduling policies for deep learning workloads (Gavel), 2020. In domain terms: a type
 * is a pool of nodes of eight GPUs, a job a demand of amount 1 placed on every pool at the rate
 * T_ij, and its time a link of its own, of capacity 1.
 *
 * Optimum known when all jobs are alike (alike 1, kinds 1): the mean of any solution over the
 * jobs is one too, so that with y_j = sum_i x_ij, w t J = max { sum_j T_j y_j : y_j <= N_j /
 * gpus, sum y_j <= J }, which fills the fastest types first. */
#include "build.h"

enum { TYPES = 5, NODE = 8, STREAM_GPUS = 16, STREAM_RATE, STREAM_WEIGHT };

typedef struct job {
    double gpus, weight, rate[TYPES];
} job;

static job job_of(const dc_parameters *given, int64_t i)
{
    const uint64_t k = dc_identity(given, (uint64_t)i);
    job made = {.gpus = 1.0};
    const double gpus = dc_size(given->seed, STREAM_GPUS, k, given->skew, NODE);
    while (2.0 * made.gpus <= gpus) {
        made.gpus *= 2.0;
    }
    made.weight = (double)(1 << dc_below(given->seed, STREAM_WEIGHT, k, 3));
    for (int j = 0; j < TYPES; j++) { /* later types are faster for most, by how much differs */
        const int64_t sixteenths =
            1 + 2 * j + dc_below(given->seed, STREAM_RATE, k * TYPES + (uint64_t)j, 8);
        made.rate[j] = (double)sixteenths / 16.0;
    }
    return made;
}

/* The best mean share when all jobs are like `one`. */
static double identical(const job *one, const double *nodes, double jobs)
{
    double left = jobs;
    double served = 0.0;
    bool filled[TYPES] = {false};
    for (int turn = 0; turn < TYPES; turn++) {
        int best = -1;
        for (int j = 0; j < TYPES; j++) {
            if (!filled[j] && (best < 0 || one->rate[j] > one->rate[best])) {
                best = j;
            }
        }
        const double part = fmin(left, nodes[best] * NODE / one->gpus);
        filled[best] = true;
        served += part * one->rate[best];
        left -= part;
    }
    return served / (jobs * one->weight);
}

static bool make(const dc_parameters *given, dc_instance *out)
{
    const int64_t jobs = given->nonzeros / (3 * TYPES + 3) + 1;
    const double capacity[] = {0.0, NODE};
    double gpus = 0.0;
    double nodes[TYPES];
    bool alike = true;
    for (int64_t i = 0; i < jobs; i++) {
        gpus += job_of(given, i).gpus;
        alike = alike && dc_identity(given, (uint64_t)i) == 0;
    }
    bool done = dca_model_add_resource(out->model, "gpu", "GPU", NULL) == DCA_OK;
    for (int j = 0; done && j < TYPES; j++) { /* slow types are many */
        const double share = (double)(TYPES - j) / (TYPES * (TYPES + 1) / 2);
        nodes[j] = dc_lost(given, j, TYPES) ? 0.0 : 1.0 + floor(share * gpus / given->load / NODE);
        done = dc_add_pool(out->model, nodes[j], 2, capacity, NULL) == j;
    }
    dc_build build;
    dc_build_begin(&build);
    for (int64_t i = 0; done && i < jobs; i++) {
        const job one = job_of(given, i);
        dca_link_spec slot = DCA_LINK_SPEC_INIT;
        slot.unit = "h";
        slot.capacity = 1.0;
        done = dca_model_add_links(out->model, &slot, sizeof slot, 1, NULL) == DCA_OK;
        dc_build_demand(&build, 1.0, 1.0, one.weight, -1, false);
        dc_build_use(&build, 1, one.gpus);
        for (int j = 0; j < TYPES; j++) {
            dc_build_place(&build, j, one.rate[j], 0.0);
            dc_build_carry(&build, (dca_index)i);
        }
    }
    const job first = job_of(given, 0);
    out->optimum = alike ? identical(&first, nodes, (double)jobs) : NAN;
    out->slots = true;
    const int terms[] = {DCA_TERM_SHARE, -1};
    return dc_build_end(&build, out->model) && done &&
           dc_add_tier(out->model, terms, (const double[]){1.0});
}

const dc_family dc_max_min = {
    .name = "max_min",
    .about = "max-min share of jobs on accelerator types (Gavel)",
    .defaults = {.skew = 4, .load = 4.0, .alike = 0.0, .kinds = 32},
    .make = make,
};
