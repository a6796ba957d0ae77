/* network_spread.c - trees that spread a load: a start for the least of a maximum.
 *
 *     minimise c'x + c_u u   subject to   N x = b,   G_k x - w_k u <= h_k  for the load rows k,
 *
 * where N is a network up to scaling, whatever its rows are, and the level u costs something and stands in
 * no other row: the highest utilisation of a link, the time of the last machine. Trees that ignore the
 * load rows pile the load up. So the network is solved portion by portion, each by the costs that the
 * load of the others makes,
 *
 *     load_k = (G_k x - h_k) / w_k,   y_k = |c_u| s_k / (w_k sum of s),   costs c + G'y,
 *     s_k = r_k^p + SPECK,            r_k = load_k between its least, 0, and its largest, 1,
 *
 * the prices of the load rows that an optimal level has, for a norm of the loads in place of their
 * maximum. Each portion keeps one tree: not an optimum, but a vertex, which the primal simplex has
 * hardly to mend. The basis is that of the trees; of the load rows the highest gives its place to the level.
 * O(entries) a round, and the pivots.
 *
 * [Fratta, Gerla, Kleinrock (1973), The flow deviation method, Networks 3, for costs by load; Awerbuch et
 * al. (1995), Load balancing in the L_p norm, FOCS, and Bienstock (2002), Potential function methods for
 * approximately solving linear programming problems, for norms and one commodity after the other. We do
 * not average the trees of the rounds: an average is no vertex.] */
#include "network/network_portions.h"

#include "base/alloc.h"

#include <math.h>

/* Rounds over all portions. In the first one r^p is r squared FIRST_SQUARES times, then once more. */
enum { ROUNDS = 2, FIRST_SQUARES = 2 };
/* What a row without load weighs: of two ways with little load the shorter one is taken. */
static const double SPECK = 0x1p-7;

/* The prices of the load rows, p = 2^squares. */
static void set_prices(dca__portions *t, int squares)
{
    double least = t->base > -INFINITY ? t->base : INFINITY;
    double largest = -INFINITY;
    for (dca_index k = 0; k < t->loads; k++) {
        const double load = dca__portions_load(t, k);
        least = t->base > -INFINITY ? least : fmin(least, load);
        largest = fmax(largest, load);
    }
    const double range = largest - least;
    double sum = 0.0;
    for (dca_index k = 0; k < t->loads; k++) {
        double share = range > 0.0 ? (dca__portions_load(t, k) - least) / range : 1.0;
        share = fmax(share, 0.0);
        for (int s = 0; s < squares; s++) {
            share *= share;
        }
        t->load[k].price = share + SPECK;
        sum += share + SPECK;
    }
    for (dca_index k = 0; k < t->loads; k++) {
        t->load[k].price *= fabs(t->problem->cost[t->level]) / (sum * t->load[k].weight);
    }
}

/* Take the portion out of the loads, find its best trees by what they cost without it, put it back. */
static void move_portion(dca__portions *t, dca_index portion, int squares, int64_t most,
                         dca_control *control, dca__network_report *report)
{
    dca__portion *part = &t->portion[portion];
    dca__network_report own = {0};
    dca__portions_add_loads(t, portion, -1.0);
    set_prices(t, squares);
    dca__portions_set_costs(t, portion);
    dca__network_set_costs(part->net, &part->view);
    const int64_t before = part->pivots;
    dca__network_solve(part->net, before + most, control, &own);
    dca__network_point(part->net, &part->view, t->x + part->first_column);
    dca__portions_add_loads(t, portion, 1.0);
    part->pivots = own.pivots;
    report->pivots += own.pivots - before;
    report->optimal = report->optimal && own.optimal;
}

/* False: told to stop. */
static bool spread(dca__portions *t, int64_t most, dca_control *control,
                   dca__network_report *report)
{
    report->optimal = true;
    for (int round = 0; round < ROUNDS; round++) {
        for (dca_index k = 0; k < t->portions; k++) {
            if (report->pivots >= most || dca__control_poll(control, t->loads) != DCA__GO) {
                return false;
            }
            move_portion(t, k, FIRST_SQUARES + round, most - report->pivots, control, report);
        }
    }
    return report->pivots < most;
}

/* The trees, the level in the place of the highest load row, the other load rows. */
static void write_basis(dca__portions *t, uint8_t *columns, uint8_t *rows)
{
    const dca_problem *p = t->problem;
    dca_index top = 0;
    for (dca_index k = 1; k < t->loads; k++) {
        top = dca__portions_load(t, k) > dca__portions_load(t, top) ? k : top;
    }
    dca__portions_basis(t, columns, rows);
    for (dca_index k = 0; k < t->loads; k++) {
        rows[t->load[k].row] = DCA_BASIS_BASIC;
    }
    columns[t->level] = p->cost[t->level] > 0.0 ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
    if (dca__portions_load(t, top) > t->base) {
        columns[t->level] = DCA_BASIS_BASIC;
        rows[t->load[top].row] = t->load[top].sign > 0.0 ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
    }
}

dca_status dca__network_spread(dca_env *env, const dca_problem *problem, int64_t most,
                               dca_control *control, dca__network_report *report, uint8_t *columns,
                               uint8_t *rows)
{
    dca__portions *t = NULL;
    *report = (dca__network_report){0};
    dca_status status = dca__portions_new(env, problem, &t);
    if (status == DCA_OK && t != NULL && spread(t, most, control, report)) {
        write_basis(t, columns, rows);
        report->rows = problem->num_rows - t->loads;
        report->is_point = true;
    }
    if (t != NULL) {
        report->work = dca__portions_work(t);
    }
    dca__portions_free(env, t);
    return status;
}
