/* network_simplex.c - the primal simplex on spanning trees: which arc enters, and what follows what.
 *
 *     star of logicals, those out of bounds elastic at a price -> pivots -> a higher price while some
 *     are still out -> no price, pivots -> a tree that is optimal
 *
 * Pricing goes round the arcs in blocks of a few times their square root and takes the largest d of the first
 * block that has a wrong sign. The first price is small, so that costs count from the first pivot on; no
 * simple path costs more than (m + 1) times the largest cost, so that at twice that price whatever is
 * still out of bounds stays so. Then, or when nothing blocks an arc, the tree is left to the simplex,
 * which proves. [Ahuja, Magnanti, Orlin (1993), 11.5; Grigoriadis (1986), An efficient
 * implementation of the network simplex method, for blocks] */
#include "network/network_state.h"

#include <string.h>

/* A d of the wrong sign counts when larger than this times the largest cost. */
static const double COST_NOISE = 0x1p-40;
/* A flow out of bounds counts when larger than this times the largest flow. */
static const double FLOW_NOISE = 0x1p-40;
/* The first price of a unit out of bounds, in largest costs, and how it grows. */
static const double FIRST_PRICE = 4.0;
static const double PRICE_GROWTH = 16.0;

/* Arcs in a block of pricing: so many, and so many times the square root of all. */
enum { LEAST_BLOCK = 32, ROOTS_PER_BLOCK = 4 };
/* An honest run needs a few pivots an arc; at so many it is left to the simplex. */
enum { MOST_PIVOTS = 10000, MOST_PIVOTS_PER_ARC = 100 };

typedef struct run {
    dca_control *control;
    int64_t most;
    double noise; /* of d */
} run;

static bool must_stop(dca__network *net, const run *r)
{
    const dca_progress progress = {
        sizeof progress, DCA_PHASE_SIMPLEX_2, net->pivots, net->work, NAN, NAN, NAN};
    const dca__stop stop =
        dca__control_progress(r->control, net->work - net->work_polled, &progress);
    net->work_polled = net->work;
    return stop != DCA__GO || net->pivots >= r->most;
}

/* The arc whose d is the most wrong in the first block that has one, or -1. O(block), O(arcs) at the
 * end. */
static dca_index price(dca__network *net, double noise)
{
    const dca_index *restrict tail = net->tail;
    const dca_index *restrict head = net->head;
    const double *restrict cost = net->cost;
    const double *restrict y = net->y;
    const int8_t *restrict state = net->state;
    dca_index e = net->next;
    dca_index left = net->arcs;
    while (left > 0) {
        dca_index size = net->block < left ? net->block : left;
        size = size < net->arcs - e ? size : net->arcs - e;
        double best = -noise;
        dca_index found = -1;
        for (const dca_index end = e + size; e < end; e++) {
            const double d = state[e] * (cost[e] - y[tail[e]] + y[head[e]]);
            if (d < best) {
                best = d;
                found = e;
            }
        }
        net->work += size;
        left -= size;
        e = e == net->arcs ? 0 : e;
        if (found >= 0) {
            net->next = e;
            return found;
        }
    }
    return -1;
}

/* Pivots until no d is wrong, not by prices computed afresh either. False: stopped, or unbounded. */
static bool iterate(dca__network *net, const run *r)
{
    bool fresh = false;
    while (!must_stop(net, r)) {
        const dca_index e = price(net, r->noise);
        if (e < 0) {
            if (fresh) {
                return true;
            }
            dca__network_compute_prices(net);
            fresh = true;
            continue;
        }
        fresh = false;
        if (!dca__network_pivot(net, e, net->state[e] == DCA__ARC_LOWER)) {
            return false; /* unbounded */
        }
    }
    return false;
}

/* Arcs without bounds come into the tree and stay. One that closes a cycle of its kind costs nothing to
 * leave at 0, or shows that the problem is unbounded. */
static bool enter_free_arcs(dca__network *net, const run *r)
{
    for (dca_index e = 0; e < net->n; e++) {
        if (!net->free_arc[e]) {
            continue;
        }
        if (must_stop(net, r)) {
            return false;
        }
        const double d = dca__network_reduced_cost(net, e);
        if (!dca__network_pivot(net, e, d <= 0.0) && fabs(d) > r->noise) {
            return false; /* unbounded */
        }
    }
    return true;
}

static double largest_excess(const dca__network *net)
{
    double largest = 0.0;
    for (dca_index i = 0; i < net->m; i++) {
        const dca__network_node *node = &net->node[i];
        if (net->elastic[i] != 0) {
            largest = fmax(largest, net->elastic[i] > 0 ? node->down : node->up);
        }
    }
    return largest;
}

/* Raise the price until no logical is out of bounds, then take it away. */
static bool conclude(dca__network *net, run *r)
{
    const double flow_noise = FLOW_NOISE * net->largest_flow;
    const double unit = net->largest_cost > 0.0 ? net->largest_cost : 1.0;
    const double highest = 2.0 * ((double)net->m + 1.0) * unit;
    r->noise = COST_NOISE * unit;
    dca__network_set_big(net, fmin(FIRST_PRICE * unit, highest));
    if (!net->planted) {
        net->planted = true;
        if (!enter_free_arcs(net, r)) {
            return false;
        }
    }
    while (iterate(net, r)) {
        if (largest_excess(net) <= flow_noise) {
            dca__network_relieve(net, flow_noise);
            dca__network_compute_prices(net);
            return iterate(net, r);
        }
        if (net->big >= highest) {
            return false;
        }
        dca__network_set_big(net, fmin(PRICE_GROWTH * net->big, highest));
    }
    return false;
}

void dca__network_solve(dca__network *net, int64_t most, dca_control *control,
                        dca__network_report *report)
{
    const int64_t honest = MOST_PIVOTS + MOST_PIVOTS_PER_ARC * (int64_t)net->arcs;
    run r = {.control = control, .most = most < honest ? most : honest};
    net->block = ROOTS_PER_BLOCK * (dca_index)sqrt((double)net->arcs) + LEAST_BLOCK;
    if (!net->planted) {
        dca__network_plant(net);
    }
    report->optimal = conclude(net, &r);
    report->pivots = net->pivots;
    report->work = net->work;
    report->rows = net->m;
    report->is_point = net->largest_cost == 0.0;
}
