/* fair_share.c - max-min share of job classes under quotas on a tree of tenants.
 *
 *     max t   with   served_i >= t weight_i amount_i,   sum use_ir x_if <= capacity_fr,
 *                    sum over the demands of a tenant and those below it   use_ir x_if <= quota_tr
 *
 * Quotas with borrowing as of Kueue's cohorts: a team has a nominal quota and what it may borrow,
 * its limit is the sum; a department has a limit below that of its teams together, so that not
 * all can borrow at once. Flavours of nodes are pools; the root is the pools themselves. */
#include "build.h"

enum {
    WAYS = 5,
    FLAVOURS = 10,
    PER_TEAM = 10,      /* demands */
    PER_DEPARTMENT = 8, /* teams */
    STREAM_USE = 128,
    STREAM_AMOUNT,
    STREAM_WEIGHT,
    STREAM_WAY,
    STREAM_QUOTA
};
enum { CPU = 1, GPU, RESOURCES };

static const double CAPACITY[] = {0.0, 128.0, 8.0}; /* of a node */
static const double DEPARTMENT_SHARE = 0.75;        /* of the limits of its teams */

typedef struct class {
    double use[RESOURCES], amount, weight;
} class;

static class class_of(const dc_parameters *given, int64_t i)
{
    const uint64_t k = dc_identity(given, (uint64_t)i);
    class made = {.use = {0.0, 1.0, 1.0}};
    made.use[CPU] = (double)(4 + 4 * dc_below(given->seed, STREAM_USE, 2 * k, 8));
    made.use[GPU] = 0.25 * (double)(1 << dc_below(given->seed, STREAM_USE, 2 * k + 1, 6));
    made.amount = dc_size(given->seed, STREAM_AMOUNT, k, given->skew, 256.0);
    made.weight = (double)(1 << dc_below(given->seed, STREAM_WEIGHT, k, 3));
    return made;
}

static bool add_flavours(const dc_parameters *given, dca_model *model, const double *total)
{
    bool done = true;
    for (dca_index f = 0; done && f < FLAVOURS; f++) {
        const double part = (0.5 + dc_fraction(given->seed, STREAM_QUOTA, (uint64_t)f)) / FLAVOURS;
        const double most = fmax(total[CPU] / CAPACITY[CPU], total[GPU] / CAPACITY[GPU]);
        const double nodes =
            dc_lost(given, f, FLAVOURS) ? 0.0 : 1.0 + floor(part * most / given->load);
        done = dc_add_pool(model, nodes, RESOURCES, CAPACITY, NULL) == f;
    }
    return done;
}

/* Departments and their teams; a team is number team + team / PER_DEPARTMENT + 1 among the
 * domains. */
static bool add_tenants(const dc_parameters *given, dca_model *model, int64_t demands)
{
    dca_domain_spec spec = DCA_DOMAIN_SPEC_INIT;
    spec.kind = DCA_DOMAIN_TENANT;
    const int64_t teams = (demands + PER_TEAM - 1) / PER_TEAM;
    dca_index department = -1;
    double limits[RESOURCES] = {0.0};
    bool done = true;
    for (int64_t t = 0; done && t < teams; t++) {
        dca_index team = -1;
        if (t % PER_DEPARTMENT == 0) {
            done = dca_model_add_domains(model, &spec, sizeof spec, 1, &department) == DCA_OK;
            limits[CPU] = limits[GPU] = 0.0;
        }
        done = done && dca_model_add_domains(model, &spec, sizeof spec, 1, &team) == DCA_OK &&
               dca_model_set_domain_parent(model, team, department, 1.0) == DCA_OK;
        double asked[RESOURCES] = {0.0};
        for (int64_t i = t * PER_TEAM; i < (t + 1) * PER_TEAM && i < demands; i++) {
            const class one = class_of(given, i);
            asked[CPU] += one.amount * one.use[CPU];
            asked[GPU] += one.amount * one.use[GPU];
        }
        for (dca_index r = CPU; done && r < RESOURCES; r++) {
            const uint64_t at = 1024 + (uint64_t)t * RESOURCES + (uint64_t)r;
            const double part = 0.5 + dc_fraction(given->seed, STREAM_QUOTA, at);
            const double limit = 1.0 + floor(part * asked[r]);
            limits[r] += limit;
            done = dca_model_set_domain_limit(model, team, r, limit) == DCA_OK &&
                   dca_model_set_domain_limit(model, department, r,
                                              floor(DEPARTMENT_SHARE * limits[r])) == DCA_OK;
        }
    }
    return done;
}

static bool make(const dc_parameters *given, dc_instance *out)
{
    const int64_t demands = given->nonzeros / (7 * WAYS + 3) + 1;
    double total[RESOURCES] = {0.0};
    for (int64_t i = 0; i < demands; i++) {
        const class one = class_of(given, i);
        total[CPU] += one.amount * one.use[CPU];
        total[GPU] += one.amount * one.use[GPU];
    }
    bool done = dca_model_add_resource(out->model, "cpu", "core", NULL) == DCA_OK &&
                dca_model_add_resource(out->model, "gpu", "GPU", NULL) == DCA_OK &&
                add_flavours(given, out->model, total) && add_tenants(given, out->model, demands);
    dc_build build;
    dc_build_begin(&build);
    for (int64_t i = 0; done && i < demands; i++) {
        const class one = class_of(given, i);
        const uint64_t k = dc_identity(given, (uint64_t)i);
        const int64_t team = i / PER_TEAM;
        dc_build_demand(&build, one.amount, 1.0, one.weight,
                        (dca_index)(team + team / PER_DEPARTMENT + 1), false);
        dc_build_use(&build, CPU, one.use[CPU]);
        dc_build_use(&build, GPU, one.use[GPU]);
        const int64_t first = dc_below(given->seed, STREAM_WAY, k, FLAVOURS);
        for (int w = 0; w < WAYS; w++) {
            dc_build_place(&build, (dca_index)((first + w) % FLAVOURS), 1.0, 0.0);
        }
    }
    const int terms[] = {DCA_TERM_SHARE, -1};
    return dc_build_end(&build, out->model) && done &&
           dc_add_tier(out->model, terms, (const double[]){1.0});
}

const dc_family dc_fair_share = {
    .name = "fair_share",
    .about = "max-min share under quotas on a tree of tenants (Kueue)",
    .defaults = {.skew = 4, .load = 1.5, .alike = 0.0, .kinds = 32},
    .make = make,
};
