/* network_tree.c - the spanning tree: its start, its prices, and what a pivot does to it.
 *
 * A pivot sends flow around the cycle that the entering arc (u, v) closes, from u to v along the arc,
 * from v up to the apex and from the apex down to u. Of the arcs that block, the last one on that way,
 * counted from the apex, leaves: the tree stays strongly feasible. The subtree that the leaving arc cut
 * off is hung on the entering one: its stem, the path between the two, turns round, and all of its
 * nodes move in thread, depth and price by one walk. O(cycle + subtree).
 * [Ahuja, Magnanti, Orlin (1993), Network flows, 11.4 to 11.6; Barr, Glover, Klingman (1979),
 * Enhancements of spanning tree labelling procedures] */
#include "network/network_state.h"

/* ---- Start ---------------------------------------------------------------------------------------------- */

/* The logical of row i with the flow that the columns leave to it. */
static void plant_node(dca__network *net, dca_index i)
{
    dca__network_node *node = &net->node[i];
    const double flow = net->excess[i];
    const dca_index e = net->n + i;
    node->parent = net->m;
    node->arc = e;
    node->depth = 1;
    if (flow >= net->ceiling[i]) {
        net->elastic[i] = 1;
        node->up = INFINITY;
        node->down = flow - net->ceiling[i];
    } else if (flow < net->floor[i]) {
        net->elastic[i] = -1;
        node->up = net->floor[i] - flow;
        node->down = INFINITY;
    } else {
        net->elastic[i] = 0;
        node->up = net->ceiling[i] - flow;
        node->down = flow - net->floor[i];
    }
}

void dca__network_plant(dca__network *net)
{
    const dca_index root = net->m;
    net->node[root] = (dca__network_node){.parent = -1, .arc = -1, .depth = 0};
    dca_index last = root;
    for (dca_index i = 0; i < net->m; i++) {
        if (net->row_factor[i] == 0.0) {
            net->node[i] = (dca__network_node){.parent = -1, .arc = -1, .depth = 0};
            net->y[i] = 0.0;
            continue;
        }
        plant_node(net, i);
        net->node[last].thread = i;
        net->node[i].before = last;
        last = i;
    }
    net->node[last].thread = root;
    net->node[root].before = last;
    net->work += net->arcs;
}

void dca__network_set_big(dca__network *net, double big)
{
    net->big = big;
    for (dca_index i = 0; i < net->m; i++) {
        net->cost[net->n + i] = net->elastic[i] * big;
    }
    dca__network_compute_prices(net);
}

void dca__network_compute_prices(dca__network *net)
{
    const dca_index root = net->m;
    net->y[root] = 0.0;
    for (dca_index v = net->node[root].thread; v != root; v = net->node[v].thread) {
        const dca_index e = net->node[v].arc;
        const double above = net->y[net->node[v].parent];
        net->y[v] = net->tail[e] == v ? above + net->cost[e] : above - net->cost[e];
    }
    net->work += net->m;
}

dca_index dca__network_relieve(dca__network *net, double noise)
{
    dca_index count = 0;
    for (dca_index i = 0; i < net->m; i++) {
        dca__network_node *node = &net->node[i];
        const int elastic = net->elastic[i];
        if (elastic == 0 || (elastic > 0 ? node->down : node->up) > noise) {
            continue;
        }
        node->up = elastic > 0 ? 0.0 : net->capacity[net->n + i];
        node->down = elastic > 0 ? net->capacity[net->n + i] : 0.0;
        net->elastic[i] = 0;
        net->cost[net->n + i] = 0.0;
        count++;
    }
    net->work += net->m;
    return count;
}

/* ---- The cycle ------------------------------------------------------------------------------------------ */

typedef struct cycle {
    dca_index u, v; /* flow enters the arc at u and leaves it at v */
    double step;
    dca_index cut; /* the node whose arc to its parent leaves; -1: the entering arc itself */
    bool below_u;  /* the subtree cut off holds u, else v */
} cycle;

/* Of the arcs of least residual the last one from the apex down to u, over the arc, and up from v. */
static void find_cut(dca__network *net, cycle *c)
{
    const dca__network_node *restrict node = net->node;
    dca_index a = c->u;
    dca_index b = c->v;
    double step_u = INFINITY;
    double step_v = INFINITY;
    dca_index cut_u = -1;
    dca_index cut_v = -1;
    while (a != b) {
        if (node[a].depth >= node[b].depth) {
            if (node[a].down < step_u) {
                step_u = node[a].down;
                cut_u = a;
            }
            a = node[a].parent;
        } else {
            if (node[b].up <= step_v) {
                step_v = node[b].up;
                cut_v = b;
            }
            b = node[b].parent;
        }
        net->work++;
    }
    if (step_u < c->step) {
        c->step = step_u;
        c->cut = cut_u;
        c->below_u = true;
    }
    if (step_v <= c->step && step_v < INFINITY) {
        c->step = step_v;
        c->cut = cut_v;
        c->below_u = false;
    }
    c->step = fmax(c->step, 0.0); /* residuals are sums: rounding may have left less than nothing */
}

static void send_flow(dca__network *net, const cycle *c)
{
    if (c->step == 0.0) {
        return;
    }
    dca__network_node *restrict node = net->node;
    dca_index a = c->u;
    dca_index b = c->v;
    while (a != b) {
        if (node[a].depth >= node[b].depth) {
            node[a].down -= c->step;
            node[a].up += c->step;
            a = node[a].parent;
        } else {
            node[b].up -= c->step;
            node[b].down += c->step;
            b = node[b].parent;
        }
    }
}

/* ---- The tree ------------------------------------------------------------------------------------------- */

/* The arc of node p ends at the bound that blocked it. */
static void dismiss(dca__network *net, dca_index p, bool down)
{
    const dca_index e = net->node[p].arc;
    const bool upper = (net->tail[e] == p) != down;
    net->state[e] = upper ? DCA__ARC_UPPER : DCA__ARC_LOWER;
    if (e >= net->n && net->elastic[e - net->n] != 0) {
        net->state[e] = net->elastic[e - net->n] > 0 ? DCA__ARC_UPPER : DCA__ARC_LOWER;
        net->elastic[e - net->n] = 0;
        net->cost[e] = 0.0;
    }
    if (net->capacity[e] == 0.0) {
        net->state[e] = DCA__ARC_TREE;
    }
}

static void join(dca__network_node *node, dca_index first, dca_index second)
{
    node[first].thread = second;
    node[second].before = first;
}

/* From `from` along the thread while deeper than `depth`: nodes move by `down` levels and `raise`
 *  in price. Returns the last one; from itself moves always. */
static dca_index walk(dca__network *net, dca_index from, dca_index depth, dca_index end,
                      dca_index down, double raise)
{
    dca__network_node *restrict node = net->node;
    double *restrict y = net->y;
    dca_index last = from;
    int64_t count = 0;
    for (dca_index v = from;;) {
        node[v].depth += down;
        y[v] += raise;
        last = v;
        v = node[v].thread;
        count++;
        if (v == end || node[v].depth <= depth) {
            break;
        }
    }
    net->work += count;
    return last;
}

/* The subtree of `cut` comes to hang with q on `parent` by arc e, whose residuals are given; prices in it
 * rise by `raise`. Piece by piece along the stem from q up to cut: each stem node comes with what is
 * below it but not below the one before, in two stretches of the thread. */
static void rehang(dca__network *net, dca_index cut, dca_index q, dca_index parent, dca_index e,
                   double up, double down, double raise)
{
    dca__network_node *node = net->node;
    const dca_index stub = node[cut].before;
    dca_index depth = node[parent].depth + 1; /* new one of the stem node */
    dca_index last = -1;                      /* of what was put in order */
    dca_index rest = -1;                      /* what followed the subtree of the node before */
    dca_index ahead = -1;                     /* what came before that node in the thread */
    dca_index below = -1;
    for (dca_index v = q;;) {
        const dca_index next = node[v].parent;
        const dca_index old_depth = node[v].depth;
        const dca_index before = node[v].before;
        const dca_index shift = depth - old_depth;
        if (below < 0) {
            last = walk(net, v, old_depth, -1, shift, raise);
            rest = node[last].thread;
        } else {
            /* v .. ahead, then rest .. as far as it is below v */
            walk(net, v, old_depth, below, shift, raise);
            join(node, last, v);
            last = ahead;
            if (node[rest].depth > old_depth) {
                join(node, last, rest);
                last = walk(net, rest, old_depth, -1, shift, raise);
                rest = node[last].thread;
            }
        }
        const dca_index arc = node[v].arc;
        const double old_up = node[v].up;
        const double old_down = node[v].down;
        node[v].parent = below < 0 ? parent : below;
        node[v].arc = e;
        node[v].up = up;
        node[v].down = down;
        if (v == cut) {
            break;
        }
        e = arc; /* the next stem node hangs on v by the arc that held v, turned round */
        up = old_down;
        down = old_up;
        ahead = before;
        below = v;
        v = next;
        depth++;
    }
    join(node, stub, rest);
    join(node, last, node[parent].thread);
    join(node, parent, q);
}

static bool is_free(const dca__network *net, dca_index e)
{
    return e < net->n && net->free_arc[e];
}

bool dca__network_pivot(dca__network *net, dca_index e, bool forward)
{
    const dca_index tail = net->tail[e];
    const dca_index head = net->head[e];
    cycle c = {forward ? tail : head, forward ? head : tail, net->capacity[e], -1, false};
    find_cut(net, &c);
    if (c.step == INFINITY) {
        return false;
    }
    const double d = dca__network_reduced_cost(net, e);
    send_flow(net, &c);
    net->pivots++;
    if (c.cut < 0) {
        net->state[e] = (int8_t)-net->state[e];
        return true;
    }
    dismiss(net, c.cut, c.below_u);
    const double onward = net->capacity[e] - c.step; /* what more can flow this way, and back */
    const double back = is_free(net, e) ? INFINITY : c.step;
    net->state[e] = DCA__ARC_TREE;
    const dca_index q = c.below_u ? c.u : c.v;
    const dca_index parent = c.below_u ? c.v : c.u;
    rehang(net, c.cut, q, parent, e, c.below_u ? onward : back, c.below_u ? back : onward,
           q == tail ? d : -d);
    return true;
}
