/* network_tree.c - the spanning tree: its start, its prices, and what a pivot does to it.
 *
 * A pivot sends flow around the cycle that the entering arc (u, v) closes, from u to v along the arc,
 * from v up to the apex and from the apex down to u. Of the arcs that block, the last one on that way,
 * counted from the apex, leaves: the tree stays strongly feasible. The subtree that the leaving arc cut
 * off is hung on the entering one: its stem, the path between the two, turns round, stretches of the
 * thread are put in their new order, sizes and last nodes change along the cycle. Prices rise in the
 * subtree or fall in the rest of the tree, whichever is smaller: only their differences count.
 * O(cycle + smaller part).
 * [Ahuja, Magnanti, Orlin (1993), Network flows, 11.4 to 11.6; Barr, Glover, Klingman (1979),
 * Enhancements of spanning tree labelling procedures, for sizes and last nodes instead of depths] */
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
    node->size = 1;
    node->last = i;
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
    net->node[root] = (dca__network_node){.parent = -1, .arc = -1, .size = 1};
    dca_index last = root;
    for (dca_index i = 0; i < net->m; i++) {
        if (net->row_factor[i] == 0.0) {
            net->node[i] = (dca__network_node){.parent = -1, .arc = -1};
            net->y[i] = 0.0;
            continue;
        }
        plant_node(net, i);
        net->node[last].thread = i;
        net->node[i].before = last;
        last = i;
        net->node[root].size++;
    }
    net->node[root].last = last;
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
        const int8_t elastic = net->elastic[i];
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
    dca_index apex;
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
        if (node[a].size <= node[b].size) {
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
    c->apex = a;
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
        if (node[a].size <= node[b].size) {
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

/* Sizes and last nodes as if the subtree of `cut` were not there; the thread still runs through it. */
static void detach(dca__network_node *node, dca_index cut, dca_index apex)
{
    const dca_index size = node[cut].size;
    const dca_index last = node[cut].last;
    const dca_index stub = node[cut].before;
    for (dca_index v = node[cut].parent; v != apex; v = node[v].parent) {
        node[v].size -= size;
    }
    for (dca_index v = node[cut].parent; v >= 0 && node[v].last == last; v = node[v].parent) {
        node[v].last = stub;
    }
}

/* Sizes and last nodes with the tree of q, which ends with `last`, right behind `parent`. */
static void attach(dca__network_node *node, dca_index q, dca_index parent, dca_index apex)
{
    const dca_index size = node[q].size;
    const dca_index last = node[q].last;
    for (dca_index v = parent; v != apex; v = node[v].parent) {
        node[v].size += size;
    }
    for (dca_index v = parent; v >= 0 && node[v].last == parent; v = node[v].parent) {
        node[v].last = last;
    }
}

/* What holds a node: its parent by an arc with residuals. */
typedef struct hold {
    dca_index parent, arc;
    double up, down;
} hold;

static hold exchange_hold(dca__network_node *node, hold fresh)
{
    const hold old = {node->parent, node->arc, node->up, node->down};
    node->parent = fresh.parent;
    node->arc = fresh.arc;
    node->up = fresh.up;
    node->down = fresh.down;
    return old;
}

/* The subtree of `cut`, detached, becomes the tree of q with the same nodes, held as `by` says. Along the
 * stem from q up to cut, each node comes with what is below it but not below the one before: two
 * stretches of the thread. */
static void turn_round(dca__network_node *node, dca_index cut, dca_index q, hold by)
{
    const dca_index total = node[cut].size;
    const dca_index stub = node[cut].before;
    const dca_index behind = node[node[cut].last].thread;
    dca_index old_last = node[q].last; /* of the subtree of the stem node before, as it was */
    dca_index old_size = node[q].size;
    dca_index rest = node[old_last].thread;
    dca_index ahead = node[q].before; /* what came before that node */
    dca_index end = old_last;         /* of what is in order */
    hold old = exchange_hold(&node[q], by);
    node[q].size = total;
    for (dca_index below = q; below != cut;) {
        const dca_index v = old.parent;
        const dca_index last = node[v].last;
        const dca_index size = node[v].size;
        const dca_index before = node[v].before;
        join(node, end, v); /* v .. ahead, then rest .. last */
        end = ahead;
        if (last != old_last) {
            join(node, ahead, rest);
            end = last;
            rest = node[last].thread;
        }
        const hold turned = {below, old.arc, old.down, old.up};
        old = exchange_hold(&node[v], turned);
        node[v].size = total - old_size;
        old_last = last;
        old_size = size;
        ahead = before;
        below = v;
    }
    for (dca_index v = cut; v != q; v = node[v].parent) {
        node[v].last = end;
    }
    node[q].last = end;
    join(node, stub, behind);
}

/* The prices from q on along the thread, `count` nodes, rise. */
static void raise_prices(dca__network *net, dca_index q, dca_index count, double raise)
{
    const dca__network_node *restrict node = net->node;
    double *restrict y = net->y;
    for (dca_index k = 0; k < count; k++) {
        y[q] += raise;
        q = node[q].thread;
    }
    net->work += count;
}

/* The subtree of the cut hangs on the entering arc, prices in it `raise` higher than before. */
static void rehang(dca__network *net, const cycle *c, hold by, double raise)
{
    dca__network_node *node = net->node;
    const dca_index q = c->below_u ? c->u : c->v;
    detach(node, c->cut, c->apex);
    turn_round(node, c->cut, q, by);
    attach(node, q, by.parent, c->apex);
    const dca_index end = node[q].last;
    join(node, end, node[by.parent].thread);
    join(node, by.parent, q);
    const dca_index moved = node[q].size;
    const dca_index others = node[net->m].size - moved;
    if (moved <= others) {
        raise_prices(net, q, moved, raise);
    } else {
        raise_prices(net, node[end].thread, others, -raise);
    }
}

static bool is_free(const dca__network *net, dca_index e)
{
    return e < net->n && net->free_arc[e];
}

bool dca__network_pivot(dca__network *net, dca_index e, bool forward)
{
    const dca_index tail = net->tail[e];
    const dca_index head = net->head[e];
    cycle c = {forward ? tail : head, forward ? head : tail, net->capacity[e], -1, -1, false};
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
    const hold by = {c.below_u ? c.v : c.u, e, c.below_u ? onward : back,
                     c.below_u ? back : onward};
    rehang(net, &c, by, q == tail ? d : -d);
    return true;
}
