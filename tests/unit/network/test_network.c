/* Networks: what is one, and what every spanning tree must be after every pivot. */
#include "account.h"
#include "check.h"
#include "network/network_state.h"
#include "network/networks.h"

static dca__network_kind kind_of(dca_env *env, small *s)
{
    const dca_problem view = small_view(s);
    dca__network_kind kind;
    dca__network *net;
    assert_int_equal(dca__network_new(env, &view, &kind, &net), DCA_OK);
    assert_true((kind == DCA__NETWORK_PURE) == (net != NULL));
    dca__network_free(env, net);
    return kind;
}

static void networks_are_found_in_disguise(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (uint64_t seed = 1; seed <= 300; seed++) {
        small s;
        network_random(seed, (network_wish){.factors = true, .extra = seed % 2}, &s);
        if (kind_of(env, &s) != DCA__NETWORK_PURE)
            fail_msg("seed %d is a network", (int)seed);
    }
    account_close(&book, env);
}

/* A triangle of arcs, and what turns it into something else. */
static void what_is_none_is_refused(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small s;
    small_init(&s, 3, 3);
    for (dca_index j = 0; j < 3; j++) {
        s.a[j][j] = 2.0;
        s.a[(j + 1) % 3][j] = -2.0;
    }
    assert_int_equal(kind_of(env, &s), DCA__NETWORK_PURE);
    s.a[0][0] = 2.0 + 0x1p-30;
    assert_int_equal(kind_of(env, &s), DCA__NETWORK_GAINS);
    s.a[0][0] = -2.0; /* an odd cycle of equal signs */
    assert_int_equal(kind_of(env, &s), DCA__NETWORK_GAINS);
    s.a[1][1] = -2.0;
    assert_int_equal(kind_of(env, &s), DCA__NETWORK_PURE);
    s.a[2][0] = 1.0;
    assert_int_equal(kind_of(env, &s), DCA__NETWORK_WIDE);
    s.a[2][1] = s.a[2][2] = 0.0; /* row 2 is a bound now */
    assert_int_equal(kind_of(env, &s), DCA__NETWORK_PURE);
    account_close(&book, env);
}

/* ---- Trees ---------------------------------------------------------------------------------------------- */

/* Parents, thread, sizes and last nodes are of one tree over all nodes. */
static void check_links(const dca__network *net, uint64_t seed)
{
    const dca__network_node *node = net->node;
    dca_index size[SMALL_ROWS + 1];
    dca_index last[SMALL_ROWS + 1];
    dca_index seen = 0;
    for (dca_index v = 0; v <= net->m; v++) {
        size[v] = 1;
        last[v] = v;
    }
    for (dca_index v = node[net->m].before; v != net->m; v = node[v].before) { /* children first */
        const dca_index p = node[v].parent;
        const dca_index e = node[v].arc;
        size[p] += size[v];
        last[p] = last[p] == p ? last[v] : last[p];
        if (node[node[v].thread].before != v || node[v].size != size[v] || node[v].last != last[v])
            fail_msg("seed %d, pivot %d: node %d has %d below it up to %d, not %d up to %d",
                     (int)seed, (int)net->pivots, (int)v, (int)node[v].size, (int)node[v].last,
                     (int)size[v], (int)last[v]);
        dca_index above =
            node[v].before; /* preorder: the parent is met on the way up from before */
        while (above != p && above != net->m)
            above = node[above].parent;
        if (above != p ||
            !((net->tail[e] == v && net->head[e] == p) || (net->tail[e] == p && net->head[e] == v)))
            fail_msg("seed %d, pivot %d: node %d does not hang on %d", (int)seed, (int)net->pivots,
                     (int)v, (int)p);
        seen++;
    }
    assert_int_equal(node[net->m].size, seen + 1);
    assert_int_equal(node[net->m].last, last[net->m]);
    for (dca_index i = 0; i < net->m; i++)
        seen += net->row_factor[i] == 0.0;
    assert_int_equal(seen, net->m);
}

static double close_to(double size)
{
    return 1e-9 * (1.0 + fabs(size));
}

/* Residuals are flows within bounds, some can go up everywhere, prices make the tree's d 0. */
static void check_residuals(const dca__network *net, uint64_t seed)
{
    for (dca_index v = 0; v < net->m; v++) {
        const dca__network_node *node = &net->node[v];
        if (node->arc < 0)
            continue;
        const double size = net->capacity[node->arc];
        const bool elastic = node->arc >= net->n && net->elastic[node->arc - net->n] != 0;
        if (!(node->up >= -close_to(0.0)) || !(node->down >= -close_to(0.0)) ||
            !(elastic || (size == INFINITY ? fmax(node->up, node->down) == INFINITY
                                           : fabs(node->up + node->down - size) <= close_to(size))))
            fail_msg("seed %d, pivot %d: node %d has residuals %g, %g of %g", (int)seed,
                     (int)net->pivots, (int)v, node->up, node->down, size);
        if (!(node->up > 0.0))
            fail_msg("seed %d, pivot %d: nothing can go up from node %d", (int)seed,
                     (int)net->pivots, (int)v);
        const double d = dca__network_reduced_cost(net, node->arc);
        if (fabs(d) > close_to(net->big))
            fail_msg("seed %d, pivot %d: d of node %d is %g", (int)seed, (int)net->pivots, (int)v,
                     d);
    }
}

/* The flow of column j in the units of its arc, or NAN where residuals do not tell (free). */
static double flow_of(const dca__network *net, const small *s, const dca_index *node_of,
                      dca_index j)
{
    double weight = 1.0;
    for (dca_index i = 0; i < s->m; i++) {
        if (s->a[i][j] != 0.0 && net->row_factor[i] != 0.0)
            weight = fabs(net->row_factor[i] * s->a[i][j]);
    }
    const double lower = weight * s->lower[j];
    const double upper = weight * s->upper[j];
    if (node_of[j] < 0)
        return net->state[j] == DCA__ARC_UPPER ? upper : lower > -INFINITY ? lower : 0.0;
    const dca__network_node *node = &net->node[node_of[j]];
    const double onward = net->tail[j] == node_of[j] ? node->up : node->down;
    const double back = net->tail[j] == node_of[j] ? node->down : node->up;
    return back < INFINITY ? lower + back : onward < INFINITY ? upper - onward : NAN;
}

static double logical_flow(const dca__network *net, dca_index i, const dca_index *node_of)
{
    const dca_index e = net->n + i;
    if (node_of[e] < 0)
        return net->state[e] == DCA__ARC_UPPER || net->floor[i] == -INFINITY ? net->ceiling[i]
                                                                             : net->floor[i];
    const dca__network_node *node = &net->node[i];
    const int elastic = net->elastic[i];
    return elastic > 0             ? net->ceiling[i] + node->down
           : elastic < 0           ? net->floor[i] - node->up
           : node->down < INFINITY ? net->floor[i] + node->down
           : node->up < INFINITY   ? net->ceiling[i] - node->up
                                   : NAN;
}

/* Flow out less flow in is 0 at every node all of whose flows are known. */
static void check_conservation(const dca__network *net, const small *s, uint64_t seed)
{
    dca_index node_of[SMALL_ROWS + SMALL_COLUMNS];
    double balance[SMALL_ROWS + 1] = {0};
    for (dca_index e = 0; e < net->arcs; e++)
        node_of[e] = -1;
    for (dca_index v = 0; v < net->m; v++) {
        if (net->node[v].arc >= 0)
            node_of[net->node[v].arc] = v;
    }
    for (dca_index e = 0; e < net->arcs; e++) {
        if (net->tail[e] == net->head[e])
            continue;
        const double flow =
            e < net->n ? flow_of(net, s, node_of, e) : logical_flow(net, e - net->n, node_of);
        balance[net->tail[e]] += flow;
        balance[net->head[e]] -= flow;
    }
    for (dca_index i = 0; i < net->m; i++) {
        if (fabs(balance[i]) > close_to(1e3 * net->largest_flow))
            fail_msg("seed %d, pivot %d: node %d keeps %g", (int)seed, (int)net->pivots, (int)i,
                     balance[i]);
    }
}

/* Any arc with a wrong d, by the dice. */
static dca_index any_candidate(const dca__network *net, dice *d)
{
    const dca_index first = dice_below(d, (int)net->arcs);
    for (dca_index k = 0; k < net->arcs; k++) {
        const dca_index e = (first + k) % net->arcs;
        if (net->state[e] * dca__network_reduced_cost(net, e) < -close_to(net->big))
            return e;
    }
    return -1;
}

static void every_tree_is_a_tree(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int64_t pivots = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        small s;
        network_random(
            seed,
            (network_wish){.feasible = seed % 3, .bounded = seed % 2, .factors = seed % 5 == 0},
            &s);
        const dca_problem view = small_view(&s);
        dca__network_kind kind;
        dca__network *net;
        assert_int_equal(dca__network_new(env, &view, &kind, &net), DCA_OK);
        assert_non_null(net);
        dca__network_plant(net);
        dca__network_set_big(net, 100.0);
        dice d = {seed};
        bool blocked = true;
        for (dca_index e = 0; e < net->n; e++) {
            if (net->free_arc[e])
                (void)dca__network_pivot(net, e, dice_below(&d, 2) == 0);
        }
        while (blocked && net->pivots < 2000) {
            check_links(net, seed);
            check_residuals(net, seed);
            check_conservation(net, &s, seed);
            const dca_index e = any_candidate(net, &d);
            if (e < 0)
                break;
            blocked = dca__network_pivot(net, e, net->state[e] == DCA__ARC_LOWER);
        }
        if (net->pivots >= 2000)
            fail_msg("seed %d goes round in circles", (int)seed);
        pivots += net->pivots;
        dca__network_free(env, net);
    }
    assert_true(pivots > 2000);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(networks_are_found_in_disguise),
        cmocka_unit_test(what_is_none_is_refused),
        cmocka_unit_test(every_tree_is_a_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
