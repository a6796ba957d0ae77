/* presolve_column.c - columns whose place is known: fixed, empty, or pushed one way by their cost and
 * held back by no row.
 *
 *     l = u        at the value
 *     pushed down  c_j >= 0, and every row that the column is in lets it fall: rl infinite where
 *                  a > 0, ru infinite where a < 0. Then d_j >= 0 at any prices, and x_j = l_j.
 *     pushed up    likewise
 * An empty column is pushed by its cost alone. With cost 0 and no bound on the way the rows could all
 * be satisfied by the column: left to the simplex. */
#include "lp/presolve_state.h"

static const double CROSSED = 1e-9;

typedef struct freedom {
    bool falls, rises; /* no row objects */
} freedom;

static freedom rows_let(dca__presolve *p, dca_index j)
{
    freedom f = {true, true};
    const dca_nnz end = dca__column_end(p, j);
    for (dca_nnz k = p->column_start[j]; k < end && (f.falls || f.rises); k++) {
        const dca_index i = p->column_index[k];
        if (!dca__row_there(p, i)) {
            continue;
        }
        const bool low_open = isinf(p->row_lower[i]);
        const bool high_open = isinf(p->row_upper[i]);
        f.falls = f.falls && (p->column_value[k] > 0.0 ? low_open : high_open);
        f.rises = f.rises && (p->column_value[k] > 0.0 ? high_open : low_open);
    }
    p->work += p->column_length[j];
    return f;
}

dca_status dca__presolve_fixed_column(dca__presolve *p, dca_index j, bool *removed)
{
    const double low = p->lower[j];
    const double high = p->upper[j];
    *removed = true;
    if (low >= high) {
        if (low > high + CROSSED * (1.0 + fabs(high))) {
            p->undecided = true;
            return DCA_OK;
        }
        return dca__presolve_fix(p, j, low, DCA_BASIS_LOWER);
    }
    const freedom f = rows_let(p, j);
    if (p->column_count[j] == 0 && p->cost[j] == 0.0 && isinf(low) && isinf(high)) {
        return dca__presolve_fix(p, j, 0.0, DCA_BASIS_FREE);
    }
    const bool down = f.falls && (p->cost[j] > 0.0 || (p->cost[j] == 0.0 && !isinf(low)));
    const bool up = f.rises && (p->cost[j] < 0.0 || (p->cost[j] == 0.0 && !isinf(high)));
    if (down && !isinf(low)) {
        return dca__presolve_fix(p, j, low, DCA_BASIS_LOWER);
    }
    if (up && !isinf(high)) {
        return dca__presolve_fix(p, j, high, DCA_BASIS_UPPER);
    }
    p->undecided = p->undecided || down || up;
    *removed = false;
    return DCA_OK;
}
