/* presolve_pressed_column.c - a column with one entry whose cost presses it against its row.
 *
 * x_j has entry a in row i only, rl < ru, c_j > 0 (c_j < 0 likewise), and row i with the bounds of
 * its other columns keeps x_j above its lower bound. Nothing but the row stops x_j from falling, so
 * the row stands at the side S that y_i = c_j / a wants, and
 *     x_j = (S - sum of the others) / a.
 * x_j goes and its cost moves into the others (price y_i). Of row i remains what the upper bound of
 * x_j asks of the others: their sum is at least S - a u_j where S = rl, at most that where S = ru.
 * So the fixed charges of a transport problem go, x - u y <= 0 with 0 <= y <= 1 and a cost on y:
 * the row becomes x <= u.
 * On the way back, where the row that remains is at its side, x_j stands at its upper bound, else
 * it is basic; the row stands at S. Its price is c_j / a plus that of the row that remains, which
 * has the same sign.
 * Andersen, Andersen (1995), "Presolving in linear programming", dominated columns; Gamrath et al.
 * (2015), "Progress in presolving for mixed integer programming". */
#include "lp/presolve_state.h"

dca_status dca__presolve_pressed_column(dca__presolve *p, dca_index j, dca_index i, double a,
                                        bool *removed)
{
    const double price = p->cost[j] / a;
    const bool at_low = price > 0.0;
    const double side = at_low ? p->row_lower[i] : p->row_upper[i];
    if (isinf(side)) {
        return DCA_OK; /* the cost presses against a bound: not for this reduction */
    }
    const bool falls = p->cost[j] > 0.0;
    const double stop = falls ? p->upper[j] : p->lower[j];
    const dca__record record = {.kind = DCA__REDUCED_PRESSED,
                                .status = at_low ? DCA_BASIS_LOWER : DCA_BASIS_UPPER,
                                .high_from_row = falls,
                                .row = i,
                                .column = j,
                                .a = a,
                                .row_low = side,
                                .high = stop};
    if (dca__presolve_push_watching(p, &record) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca__presolve_drop_column(p, j);
    dca__presolve_move_cost(p, i, price, side);
    p->row_lower[i] = at_low ? side - a * stop : -INFINITY;
    p->row_upper[i] = at_low ? INFINITY : side - a * stop;
    dca__presolve_touch_columns(p, i);
    *removed = true;
    return DCA_OK;
}

void dca__presolve_undo_pressed(const dca__presolve *p, const dca__record *r, dca_nnz t,
                                dca__point *full)
{
    uint8_t *row = &full->row_status[r->row];
    uint8_t *column = &full->column_status[r->column];
    if (*row == DCA_BASIS_BASIC) {
        const double others = dca__presolve_watched_activity(p, t, full->x);
        full->x[r->column] = (r->row_low - others) / r->a;
        *column = DCA_BASIS_BASIC;
    } else {
        full->x[r->column] = r->high;
        *column = r->high_from_row ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
    }
    *row = r->status;
}
