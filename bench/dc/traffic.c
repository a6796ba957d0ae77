/* traffic.c - flows over precomputed paths: the largest total, and the smallest utilisation.
 *
 *     total:        max sum_p f_p - (hops of p) f_p / 256,   sum_{p of d} f_p + unmet_d = amount_d,
 *                   sum_{p over l} f_p <= c_l
 *     utilisation:  min u + PENALTY sum_d unmet_d,           and sum_{p over l} f_p <= c_l u
 *
 * Abuzaid et al.: Contracting wide-area network topologies (NCFlow), 2021; Hong et al.: Achieving
 * high utilization with software-driven WAN (SWAN), 2013. Each demand has up to PATHS paths: the
 * shortest, and shortest ones under shaken lengths. In domain terms: links, demands, and
 * placements on no pool. Capacities are such that all demands on their shortest paths would use
 * `load` of them in the mean. */
#include "build.h"
#include "network.h"

#include <stdlib.h>
#include <string.h>

enum {
    PATHS = 4,
    LONGEST = 64, /* links of a path that is kept */
    FAN = 16,     /* demands from a source */
    FEWEST = 6,   /* nodes */
    SAMPLE = 64,
    TURNS = 3,
    STREAM_TARGET = 64,
    STREAM_AMOUNT,
    STREAM_WIDTH
};

static const double PENALTY = 64.0;

typedef struct path {
    dca_index length;
    dca_index link[LONGEST];
} path;

/* The paths to the targets of one source. */
typedef struct fan {
    dca_index target[FAN];
    double amount[FAN];
    path paths[FAN][PATHS];
    int count[FAN]; /* different paths */
} fan;

/* The path by which the last search came to v; false when it is too long or not there. */
static bool trace_back(const dc_network *network, dca_index source, dca_index v, path *out)
{
    out->length = 0;
    while (v != source) {
        if (network->via[v] < 0 || out->length == LONGEST) {
            return false;
        }
        out->link[out->length++] = network->via[v];
        v = network->from[network->via[v]];
    }
    return out->length > 0;
}

static bool is_new(const fan *f, int d, const path *found)
{
    for (int k = 0; k < f->count[d]; k++) {
        if (f->paths[d][k].length == found->length &&
            memcmp(f->paths[d][k].link, found->link, (size_t)found->length * sizeof *found->link) ==
                0) {
            return false;
        }
    }
    return true;
}

static void find_fan(const dc_parameters *given, dc_network *network, dca_index source, fan *out)
{
    memset(out->count, 0, sizeof out->count);
    for (int d = 0; d < FAN; d++) {
        const uint64_t at = (uint64_t)source * FAN + (uint64_t)d;
        const uint64_t k = dc_identity(given, at);
        const int64_t step = 1 + dc_below(given->seed, STREAM_TARGET, at, network->nodes - 1);
        out->target[d] = (dca_index)((source + step) % network->nodes);
        out->amount[d] = dc_size(given->seed, STREAM_AMOUNT, k, given->skew, 256.0);
    }
    for (int variant = 0; variant < PATHS; variant++) {
        dc_network_search(network, given->seed, source, variant);
        for (int d = 0; d < FAN; d++) {
            path *found = &out->paths[d][out->count[d]];
            if (trace_back(network, source, out->target[d], found) && is_new(out, d, found)) {
                out->count[d]++;
            }
        }
    }
}

static void add_fan(dc_build *build, const fan *f, bool hard)
{
    for (int d = 0; d < FAN; d++) {
        dc_build_demand(build, f->amount[d], 1.0, 1.0, -1, hard);
        for (int k = 0; k < f->count[d]; k++) {
            const path *p = &f->paths[d][k];
            dc_build_place(build, -1, 1.0, (double)p->length / 256.0);
            for (dca_index l = 0; l < p->length; l++) {
                dc_build_carry(build, p->link[l]);
            }
        }
    }
}

/* Links with capacities of 1, 2 or 4 times a common width. */
static bool add_links(const dc_parameters *given, const dc_network *network, dca_model *model,
                      double carried)
{
    double widths = 0.0;
    for (dca_index l = 0; l < network->links; l++) {
        widths += (double)(1 << dc_below(given->seed, STREAM_WIDTH, (uint64_t)l, 3));
    }
    const double width = 1.0 + floor(carried / given->load / widths);
    bool done = true;
    for (dca_index l = 0; done && l < network->links; l++) {
        dca_link_spec spec = DCA_LINK_SPEC_INIT;
        spec.unit = "Gb/s";
        spec.capacity = width * (double)(1 << dc_below(given->seed, STREAM_WIDTH, (uint64_t)l, 3));
        spec.capacity = network->lost[l] ? 0.0 : spec.capacity;
        done = dca_model_add_links(model, &spec, sizeof spec, 1, NULL) == DCA_OK;
    }
    return done;
}

/* Entries of the LP that come from a network of so many nodes, by those of up to SAMPLE sources;
 * `twice`: each link has two rows. -1: no memory. */
static double entries(const dc_parameters *given, dca_index nodes, bool twice, fan *f)
{
    dc_network network;
    int64_t sum = 0;
    if (!dc_network_new(given, nodes, &network)) {
        return -1.0;
    }
    const dca_index sources = nodes < SAMPLE ? nodes : SAMPLE;
    for (dca_index k = 0; k < sources; k++) {
        const dca_index source = (dca_index)((int64_t)k * nodes / sources);
        find_fan(given, &network, source, f);
        for (int d = 0; d < FAN; d++) {
            sum += 1;
            for (int p = 0; p < f->count[d]; p++) {
                sum += 1 + (twice ? 2 : 1) * (int64_t)f->paths[d][p].length;
            }
        }
    }
    dc_network_free(&network);
    return (double)sum * (double)nodes / (double)sources;
}

/* How many nodes give the nonzeros wanted: paths grow with the network, so that it takes some
 * turns. */
static dca_index choose_nodes(const dc_parameters *given, bool twice, fan *f)
{
    double nodes = (double)given->nonzeros / (FAN * 20);
    for (int turn = 0; turn < TURNS; turn++) {
        nodes = fmax(nodes, FEWEST);
        const double made = entries(given, (dca_index)nodes, twice, f);
        if (made < 0.0) {
            return -1;
        }
        nodes = floor(nodes * (double)given->nonzeros / made);
    }
    return (dca_index)fmax(nodes, FEWEST);
}

/* twice: each link has two rows. */
static bool make(const dc_parameters *given, dc_instance *out, bool twice)
{
    dc_network network;
    dc_build build;
    fan *f = malloc(sizeof *f);
    const dca_index nodes = f == NULL ? -1 : choose_nodes(given, twice, f);
    if (nodes < 0 || !dc_network_new(given, nodes, &network)) {
        free(f);
        return false;
    }
    double carried = 0.0;
    dc_build_begin(&build);
    for (dca_index source = 0; source < nodes; source++) {
        find_fan(given, &network, source, f);
        for (int d = 0; d < FAN; d++) {
            carried += f->amount[d] * (double)f->paths[d][0].length;
        }
        add_fan(&build, f, given->hard);
    }
    bool done = add_links(given, &network, out->model, carried);
    done = dc_build_end(&build, out->model) && done;
    dc_network_free(&network);
    free(f);
    return done;
}

static bool make_flow(const dc_parameters *given, dc_instance *out)
{
    const int terms[] = {DCA_TERM_VALUE, DCA_TERM_COST, -1};
    out->amounts = out->costs = out->values = true;
    return make(given, out, false) && dc_add_tier(out->model, terms, (const double[]){1.0, 1.0});
}

static bool make_mlu(const dc_parameters *given, dc_instance *out)
{
    const int terms[] = {DCA_TERM_UTILISATION, DCA_TERM_UNMET, -1};
    out->amounts = out->scaled = true;
    return make(given, out, true) && dc_add_tier(out->model, terms, (const double[]){1.0, PENALTY});
}

const dc_family dc_traffic_flow = {
    .name = "traffic_flow",
    .about = "flows over paths, largest total (NCFlow, SWAN)",
    .defaults = {.skew = 4, .load = 0.75, .alike = 0.0, .kinds = 32},
    .make = make_flow,
};

const dc_family dc_traffic_mlu = {
    .name = "traffic_mlu",
    .about = "flows over paths, smallest utilisation",
    .defaults = {.skew = 4, .load = 0.25, .alike = 0.0, .kinds = 32},
    .make = make_mlu,
};
