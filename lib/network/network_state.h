/* network_state.h - the inside of dca__network.
 *
 * Nodes    0 .. m-1 are the rows, m is the root. A node that is only a bound has no place in the tree.
 * Arcs     0 .. n-1 are the columns, n + i is the logical of row i, from i to the root. The flow of an
 *          arc leaves its tail; flow out less flow in is 0 at every node but the root.
 * Tree     Node v hangs on parent[v] by an arc; what more can flow along it is up towards the parent
 *          and down from it. Flows themselves are not kept: an arc outside is at a bound, one inside has
 *          its two residuals. thread is the preorder of the tree, a ring through the root; before is its
 *          inverse. The subtree of v is size nodes of it, from v to last.
 * Prices   d_e = cost_e - y_tail + y_head, 0 in the tree. Only differences of y count.
 * Elastic  A logical in the tree that is beyond a bound, or at its upper one: its working bounds are
 *          what lies beyond, at a cost of big a unit. Where it leaves it is as before.
 *
 * Strongly feasible: from every node some flow can go up to the root. Every tree is, from the first on,
 * so that degenerate pivots cannot cycle. [Cunningham (1976), A network simplex method] */
#ifndef DCA_NETWORK_NETWORK_STATE_H
#define DCA_NETWORK_NETWORK_STATE_H

#include "network/network.h"

#include <math.h>

enum { DCA__ARC_UPPER = -1, DCA__ARC_TREE = 0, DCA__ARC_LOWER = 1 };

typedef struct dca__network_node {
    double up, down;       /* residuals towards the parent and from it */
    dca_index parent, arc; /* -1: at the root, and at nodes that are bounds */
    dca_index thread, before;
    dca_index size; /* nodes of the subtree */
    dca_index last; /* of them, along the thread */
} dca__network_node;

struct dca__network {
    dca_index m, n, arcs;    /* rows, columns, n + m */
    dca_index *tail, *head;  /* [arcs] both the root: the arc does not count */
    double *cost, *capacity; /* [arcs] */
    int8_t *state;           /* [arcs] TREE also for arcs that cannot move */
    uint8_t *free_arc;       /* [n] without bounds */
    double *row_factor;      /* [m] what scales row i; 0: the row is a bound */
    double *floor, *ceiling; /* [m] bounds of the flow of the logical */
    double *excess;          /* [m] flow of the logical when all columns are at their bounds */
    dca_index *lower_row;    /* [n] row that is the lower bound of a column, or -1; NULL: none is */
    dca_index *upper_row;    /* [n] likewise */
    int8_t *bound_sign;      /* [m] of the one entry of a row that is a bound; NULL as lower_row */
    dca__network_node *node; /* [m + 1] */
    double *y;               /* [m + 1] */
    int8_t *elastic;         /* [m] 1: beyond the upper bound, -1: below the lower one */
    double largest_cost, big;  /* |cost| of a column; price of a unit of an elastic logical */
    double largest_flow;       /* of a logical or one of its bounds */
    bool planted;              /* there is a tree */
    dca_index next, block;     /* where pricing goes on, and in which portions */
    int64_t work, work_polled; /* counted, and of that told to the control */
    int64_t pivots;
};

/* Factors around a cycle agree when they do to this, relative: what rounding leaves of ratios that are
 * no powers of two. The simplex makes sure of every tree on the true numbers. */
#define DCA__RATIO_NOISE 0x1p-40

/** Disjoint sets of rows whose factors are bound to each other; arrays of one place a row. */
typedef struct dca__row_forest {
    dca_index *parent, *size;
    double *factor; /* of a row, relative to its parent; 1 at the top */
} dca__row_forest;
/** Every row by itself. */
void dca__network_split(dca__row_forest *f, dca_index rows);
/** The top of row i; *factor is that of i relative to it. Paths are halved on the way. */
dca_index dca__network_find_top(dca__row_forest *f, dca_index i, double *factor);
/** r_i a = - r_k b from now on; false when the factors are bound otherwise already. */
bool dca__network_bind(dca__row_forest *f, dca_index i, double a, dca_index k, double b);
/** row_factor [m] when *kind is PURE: what makes every column an arc, 0 for rows that are bounds. */
DCA_NODISCARD dca_status dca__network_detect(dca_env *env, const dca_problem *problem,
                                             double *row_factor, dca__network_kind *kind);
/** The tree is the star of logicals. O(arcs). */
void dca__network_plant(dca__network *net);
/** What a unit of an elastic logical costs; prices follow. O(m). */
void dca__network_set_big(dca__network *net, double big);
/** y from the costs, along the thread. O(m). */
void dca__network_compute_prices(dca__network *net);
/** Arc e enters, from the bound that it is at; a free one in the direction that `forward` says. False:
 *  nothing blocks it. O(its cycle + the smaller part of the tree). */
bool dca__network_pivot(dca__network *net, dca_index e, bool forward);
/** A logical that is elastic by no more than `noise` is as before. How many that were. O(m). */
dca_index dca__network_relieve(dca__network *net, double noise);

static inline double dca__network_reduced_cost(const dca__network *net, dca_index e)
{
    return net->cost[e] - net->y[net->tail[e]] + net->y[net->head[e]];
}

#endif
