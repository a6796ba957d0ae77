/* presolve_tight_row.c - a row that a column pushes to its side, and so an equation.
 *
 * Let x_j have no upper bound (or one that a row keeps), cost c_j <= 0, and let one row i alone
 * object to its rise: a_ij > 0 and ru_i finite (a_ij < 0 and rl_i likewise). Every other row k
 * of x_j has a price with a_kj y_k >= 0, so that d_j >= 0 gives
 *     a_ij y_i <= c_j - sum_k a_kj y_k <= 0
 * for any optimal prices, even those of the problem in which row i is an equation: they have the
 * sign that the inequality wants. So row i becomes one, at that side. With c_j >= 0 and the fall
 * likewise. On the way back the row, where it is not basic, stands at the side.
 *
 * The equation is there to be used: only rows that are doubletons then, and those by which x_j
 * can leave as an implied free column, are taken. One that stayed would only be harder for the
 * simplex. Andersen, Andersen (1995), "Presolving in linear programming", dominated columns;
 * Gamrath et al. (2015), "Progress in presolving for mixed integer programming", dual fixing. */
#include "lp/presolve_state.h"

enum { MOST_ENTRIES = 4, MOST_IN_ROW = 40 };

typedef struct blocker {
    dca_index row; /* the only one; -1: none, -2: several */
    double a;
} blocker;

/* Which row objects when x_j rises (sign 1) or falls (-1)? */
static blocker find_blocker(dca__presolve *p, dca_index j, double sign)
{
    blocker found = {-1, 0.0};
    const dca_nnz end = dca__column_end(p, j);
    for (dca_nnz k = p->column_start[j]; k < end && found.row != -2; k++) {
        const dca_index i = p->column_index[k];
        const double a = p->column_value[k];
        if (dca__row_there(p, i) && a != 0.0 &&
            !isinf(sign * a > 0.0 ? p->row_upper[i] : p->row_lower[i])) {
            found.row = found.row == -1 ? i : -2;
            found.a = a;
        }
    }
    p->work += p->column_length[j];
    return found;
}

dca_status dca__presolve_tight_row(dca__presolve *p, dca_index j)
{
    if (p->column_count[j] < 2 || p->column_count[j] > MOST_ENTRIES) {
        return DCA_OK;
    }
    for (int fall = 0; fall <= 1; fall++) {
        const double sign = fall ? -1.0 : 1.0;
        if (sign * p->cost[j] > 0.0) {
            continue;
        }
        const blocker b = find_blocker(p, j, sign);
        if (b.row < 0 || p->row_lower[b.row] == p->row_upper[b.row] ||
            p->row_count[b.row] > MOST_IN_ROW) {
            continue;
        }
        const double low = p->row_lower[b.row];
        const double high = p->row_upper[b.row];
        const bool at_upper = sign * b.a > 0.0;
        p->row_lower[b.row] = p->row_upper[b.row] = at_upper ? high : low;
        if ((p->row_count[b.row] > 2 && !dca__presolve_can_substitute(p, b.row, j, b.a)) ||
            !dca__presolve_give_up_bound(p, j, !fall)) {
            p->row_lower[b.row] = low;
            p->row_upper[b.row] = high;
            continue;
        }
        const dca__record record = {.kind = DCA__REDUCED_TIGHT,
                                    .status = at_upper ? DCA_BASIS_UPPER : DCA_BASIS_LOWER,
                                    .row = b.row,
                                    .column = j};
        p->row_dirty[b.row] |= DCA__LOOK | DCA__LOOK_FOR_IMPLIED;
        return dca__presolve_push(p, &record);
    }
    return DCA_OK;
}

void dca__presolve_undo_tight(const dca__record *r, dca__point *full)
{
    uint8_t *status = &full->row_status[r->row];
    *status = *status == DCA_BASIS_BASIC ? DCA_BASIS_BASIC : r->status;
}
