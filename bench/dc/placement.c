/* placement.c - classes of work on pools of nodes, under a tree of power caps, for the most
 * value.
 *
 *     max sum_k (value_i - cost_k) x_k    with    sum_k x_k + unmet_i = amount_i,
 *     for every pool and resource         sum_k use_ir x_k <= capacity_pr n_p,
 *     for every feed and for the site     sum_k watts_i x_k <= limit
 *
 * The shape of openb (Weng et al.: Beware of fragmentation, 2023) after identical pods and nodes
 * are merged, with the power tree of Flex (Zhang et al., 2021). The feeds carry FEED_SHARE of
 * what their pools could draw, the site SITE_SHARE. */
#include "build.h"

enum {
    ELIGIBLE = 20,
    PER_FEED = 5, /* pools */
    STREAM_USE = 32,
    STREAM_AMOUNT,
    STREAM_NODES,
    STREAM_ELIGIBLE,
    STREAM_VALUE,
    STREAM_COST
};
enum { CPU = 1, MEMORY, GPU, RESOURCES };

static const double FEED_SHARE = 0.75, SITE_SHARE = 0.625;
static const double CAPACITY[] = {0.0, 128.0, 1024.0, 8.0}; /* of a node */
static const double WATTS[] = {0.0, 4.0, 0.25, 512.0};      /* per unit in use */

typedef struct class {
    double use[RESOURCES], amount, value;
} class;

static class class_of(const dc_parameters *given, int64_t i)
{
    const uint64_t k = dc_identity(given, (uint64_t)i);
    const int64_t kind = dc_below(given->seed, STREAM_USE, 4 * k, 4);
    class made = {.use = {0.0, 1.0, 1.0, 0.0}};
    made.use[CPU] = (double)(2 + 2 * dc_below(given->seed, STREAM_USE, 4 * k + 1, 16));
    made.use[MEMORY] = (double)(4 + 4 * dc_below(given->seed, STREAM_USE, 4 * k + 2, 64));
    if (kind > 0) { /* three quarters use GPUs, fractions of one too */
        made.use[GPU] = 0.25 * (double)(1 << dc_below(given->seed, STREAM_USE, 4 * k + 3, 6));
    }
    made.amount = dc_size(given->seed, STREAM_AMOUNT, k, given->skew, 1024.0);
    const int64_t worth = 32 + dc_below(given->seed, STREAM_VALUE, k, 33);
    made.value = (double)worth / 32.0 * (made.use[CPU] / 4.0 + 16.0 * made.use[GPU]);
    return made;
}

/* Nodes of every pool on average, so that what is asked for most is `load` times what there is. */
static double mean_nodes(const dc_parameters *given, int64_t classes, int64_t pools)
{
    double total[RESOURCES] = {0.0};
    for (int64_t i = 0; i < classes; i++) {
        const class one = class_of(given, i);
        for (int r = CPU; r < RESOURCES; r++) {
            total[r] += one.amount * one.use[r] / CAPACITY[r];
        }
    }
    return fmax(fmax(total[CPU], total[MEMORY]), total[GPU]) / given->load / (double)pools;
}

/* The pools, each on a feed, the feeds on a site. */
static bool add_pools(const dc_parameters *given, dca_model *model, dca_index pools, double mean)
{
    dca_domain_spec domain = DCA_DOMAIN_SPEC_INIT;
    dca_index site = -1;
    dca_index feed = -1;
    double watts = 0.0; /* that the pools of a feed could draw */
    double all = 0.0;
    const double node =
        WATTS[CPU] * CAPACITY[CPU] + WATTS[MEMORY] * CAPACITY[MEMORY] + WATTS[GPU] * CAPACITY[GPU];
    bool done = dca_model_add_domains(model, &domain, sizeof domain, 1, &site) == DCA_OK;
    for (dca_index p = 0; done && p < pools; p++) {
        const double part = 0.5 + dc_fraction(given->seed, STREAM_NODES, (uint64_t)p);
        const double nodes = dc_lost(given, p, pools) ? 0.0 : 1.0 + floor(part * mean);
        if (p % PER_FEED == 0) {
            done = dca_model_add_domains(model, &domain, sizeof domain, 1, &feed) == DCA_OK &&
                   dca_model_set_domain_parent(model, feed, site, 1.0) == DCA_OK;
            watts = 0.0;
        }
        watts += nodes * node;
        all += nodes * node;
        done = done && dc_add_pool(model, nodes, RESOURCES, CAPACITY, WATTS) == p &&
               dca_model_set_pool_domain(model, p, feed, 1.0) == DCA_OK;
        if (p % PER_FEED == PER_FEED - 1 || p == pools - 1) {
            done = done && dca_model_set_domain_limit(model, feed, DCA_POWER,
                                                      floor(FEED_SHARE * watts)) == DCA_OK;
        }
    }
    return done &&
           dca_model_set_domain_limit(model, site, DCA_POWER, floor(SITE_SHARE * all)) == DCA_OK;
}

static bool make(const dc_parameters *given, dc_instance *out)
{
    const int64_t classes = given->nonzeros / (6 * ELIGIBLE + 1) + 2;
    const dca_index pools = (dca_index)(classes / 25 > ELIGIBLE ? classes / 25 : ELIGIBLE);
    dca_model *model = out->model;
    bool done = dca_model_add_resource(model, "cpu", "core", NULL) == DCA_OK &&
                dca_model_add_resource(model, "memory", "GiB", NULL) == DCA_OK &&
                dca_model_add_resource(model, "gpu", "GPU", NULL) == DCA_OK &&
                add_pools(given, model, pools, mean_nodes(given, classes, pools));
    dc_build build;
    dc_build_begin(&build);
    for (int64_t i = 0; done && i < classes; i++) {
        const uint64_t k = dc_identity(given, (uint64_t)i);
        const class one = class_of(given, i);
        dc_build_demand(&build, one.amount, one.value, 1.0, -1, false);
        for (dca_index r = CPU; r < RESOURCES; r++) {
            if (one.use[r] > 0.0) {
                dc_build_use(&build, r, one.use[r]);
            }
        }
        const int64_t first = dc_below(given->seed, STREAM_ELIGIBLE, k, pools);
        for (int e = 0; e < ELIGIBLE; e++) { /* each a pool of a stretch of its own */
            const uint64_t at = k * ELIGIBLE + (uint64_t)e;
            const int64_t begin = e * (int64_t)pools / ELIGIBLE;
            const int64_t end = (e + 1) * (int64_t)pools / ELIGIBLE;
            const int64_t p =
                first + begin + dc_below(given->seed, STREAM_ELIGIBLE + 8, at, end - begin);
            const double cost = (double)dc_below(given->seed, STREAM_COST, at, 64) / 64.0;
            dc_build_place(&build, (dca_index)(p % pools), 1.0, cost);
        }
    }
    out->amounts = out->costs = out->values = true;
    const int terms[] = {DCA_TERM_VALUE, DCA_TERM_COST, -1};
    return dc_build_end(&build, model) && done &&
           dc_add_tier(model, terms, (const double[]){1.0, 1.0});
}

const dc_family dc_placement = {
    .name = "placement",
    .about = "classes of work on pools under power caps, most value (openb, Flex)",
    .defaults = {.skew = 4, .load = 1.5, .alike = 0.0, .kinds = 32},
    .make = make,
};
