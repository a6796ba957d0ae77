/* transport.c - work to sites at the least cost, each demand at up to WAYS of them; Hitchcock's
 * problem.
 *
 *     min sum_ip c_ip x_ip + PENALTY sum_i unmet_i
 *     sum_i x_ip <= supply_p,    sum_p x_ip + unmet_i = a_i
 *
 * The optimum is planted where load <= 1. A point: a_i = a_i1 + a_i2 goes to two of the demand's
 * sites. Prices: v_i of demands, w_p of sites, w_p = 0 on every other site. Costs: c_ip = v_i -
 * w_p where the point is positive, and more elsewhere. Supplies: what the point uses, over `load`
 * where w_p = 0. Every price is below PENALTY, so point and prices are complementary, and sum c x
 * of the point is the optimum. Where load > 1, supplies are what the point uses over `load`,
 * rounded down: less in all than is asked for, which is infeasible with hard demands. */
#include "build.h"

#include <stdlib.h>

enum { WAYS = 50, STREAM_AMOUNT = 80, STREAM_WAY, STREAM_PRICE, STREAM_COST };

static const double PENALTY = 256.0;

typedef struct site {
    double used, price;
    bool lost;
} site;

static double price_of(const dc_parameters *given, dca_index p)
{
    return p % 2 == 0 ? 0.0 : (double)(1 + dc_below(given->seed, STREAM_PRICE, (uint64_t)p, 32));
}

/* Does way w of a demand whose first way is `first` carry part of the planted point? The first
 * and the middle way do, or the next ones that are not lost. */
static bool planted(const site *sites, dca_index pools, dca_index first, int ways, int w)
{
    const int wanted[] = {0, ways / 2};
    for (int k = 0; k < 2; k++) {
        for (int turn = 0; turn < ways; turn++) {
            const int at = (wanted[k] + turn) % ways;
            if (!sites[(first + at) % pools].lost) {
                if (at == w) {
                    return true;
                }
                break;
            }
        }
    }
    return false;
}

/* Demand i: into the build, into the use of the sites; what its part of the point costs. */
static double add_demand(const dc_parameters *given, dc_build *build, site *sites, dca_index pools,
                         int64_t i)
{
    const uint64_t k = dc_identity(given, (uint64_t)i);
    const int ways = pools < WAYS ? pools : WAYS;
    const double v = (double)(64 + dc_below(given->seed, STREAM_PRICE, UINT64_C(1) << 40 | k, 64));
    const double half = dc_size(given->seed, STREAM_AMOUNT, k, given->skew, 256.0);
    const dca_index first = (dca_index)dc_below(given->seed, STREAM_WAY, k, pools);
    double asked = 0.0;
    double paid = 0.0;
    int carries = 0;
    for (int w = 0; w < ways; w++) {
        carries += planted(sites, pools, first, ways, w) ? 1 : 0;
    }
    asked = half * carries;
    dc_build_demand(build, asked, 1.0, 1.0, -1, given->hard);
    dc_build_use(build, 1, 1.0);
    for (int w = 0; w < ways; w++) {
        const dca_index p = (first + w) % pools;
        const bool carry = planted(sites, pools, first, ways, w);
        const uint64_t at = k * WAYS + (uint64_t)w;
        const double more = carry ? 0.0 : (double)(1 + dc_below(given->seed, STREAM_COST, at, 64));
        const double cost = v - sites[p].price + more;
        if (carry) {
            sites[p].used += half;
            paid += cost * half;
        }
        dc_build_place(build, p, 1.0, cost);
    }
    return paid;
}

static bool make(const dc_parameters *given, dc_instance *out)
{
    int64_t demands = given->nonzeros / (2 * WAYS + 1) + 1;
    dca_index pools = (dca_index)(demands / 40 > 10 ? demands / 40 : 10);
    if (pools < WAYS) { /* all of the sites */
        demands = given->nonzeros / (2 * pools + 1) + 1;
    }
    dc_build build;
    site *sites = calloc((size_t)pools, sizeof *sites);
    double optimum = 0.0;
    bool done = sites != NULL && dca_model_add_resource(out->model, "slot", "slot", NULL) == DCA_OK;
    for (dca_index p = 0; done && p < pools; p++) {
        sites[p].price = price_of(given, p);
        sites[p].lost = dc_lost(given, p, pools);
    }
    dc_build_begin(&build);
    for (int64_t i = 0; done && i < demands; i++) {
        optimum += add_demand(given, &build, sites, pools, i);
    }
    const double capacity[] = {0.0, 1.0};
    for (dca_index p = 0; done && p < pools; p++) {
        double supply = sites[p].used;
        if (given->load > 1.0) {
            supply = floor(supply / given->load);
        } else if (sites[p].price == 0.0) {
            supply = ceil(supply / given->load);
        }
        done = dc_add_pool(out->model, supply, 2, capacity, NULL) == p;
    }
    free(sites);
    out->amounts = out->costs = true;
    out->optimum = given->load <= 1.0 ? optimum : NAN;
    out->expected = given->load > 1.0 && given->hard ? DCA_INFEASIBLE : DCA_OPTIMAL;
    const int terms[] = {DCA_TERM_COST, DCA_TERM_UNMET, -1};
    return dc_build_end(&build, out->model) && done &&
           dc_add_tier(out->model, terms, (const double[]){1.0, PENALTY});
}

const dc_family dc_transport = {
    .name = "transport",
    .about = "demands to sites at the least cost, with a planted optimum",
    .defaults = {.skew = 4, .load = 0.75, .alike = 0.0, .kinds = 32},
    .make = make,
};
