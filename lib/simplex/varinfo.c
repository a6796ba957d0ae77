/* varinfo.c - bounds, statuses and the active set: what is known of each variable apart from its
 * value.
 *
 * The row copy of A keeps the entries of active columns in front of each row. Each entry knows its
 * twin in the other copy, so a change of basis moves one entry per coefficient of the two columns
 * concerned, without searching: O(length of the column).
 * [Koberstein (2005), The dual simplex method, techniques for a fast and stable implementation, 5.4] */
#include "simplex/state.h"

#include <string.h>

void dca__simplex_restore_bounds(dca__simplex *s)
{
    memcpy(s->work_lower, s->lower, (size_t)s->total * sizeof(double));
    memcpy(s->work_upper, s->upper, (size_t)s->total * sizeof(double));
    s->bounds_changed = false;
}

void dca__simplex_restore_costs(dca__simplex *s)
{
    memcpy(s->work_cost, s->cost, (size_t)s->total * sizeof(double));
    s->cost_changed = false;
}

/* The subproblem whose optimum is minus the sum of dual infeasibilities. [Koberstein, Suhl (2007),
 * Progress in the dual simplex method for large scale LP problems: practical dual phase 1] */
void dca__simplex_box_bounds(dca__simplex *s)
{
    for (dca_index j = 0; j < s->total; j++) {
        const bool below = s->lower[j] > -INFINITY;
        const bool above = s->upper[j] < INFINITY;
        s->work_lower[j] = below ? 0.0 : above ? -1.0 : -DCA__FREE_BOX;
        s->work_upper[j] = above ? 0.0 : below ? 1.0 : DCA__FREE_BOX;
    }
    s->bounds_changed = true;
}

void dca__simplex_place_nonbasic(dca__simplex *s, dca_index j, double value)
{
    const double lower = s->work_lower[j];
    const double upper = s->work_upper[j];
    if (lower == -INFINITY && upper == INFINITY) {
        s->status[j] = DCA_BASIS_FREE;
        s->x[j] = 0.0;
    } else if (upper == INFINITY || (lower > -INFINITY && value - lower <= upper - value)) {
        s->status[j] = DCA_BASIS_LOWER;
        s->x[j] = lower;
    } else {
        s->status[j] = DCA_BASIS_UPPER;
        s->x[j] = upper;
    }
}

void dca__simplex_place_all(dca__simplex *s)
{
    for (dca_index j = 0; j < s->total; j++) {
        if (s->position[j] >= 0) {
            continue;
        }
        const double lower = s->work_lower[j];
        const double upper = s->work_upper[j];
        if (s->status[j] == DCA_BASIS_LOWER && lower > -INFINITY) {
            s->x[j] = lower;
        } else if (s->status[j] == DCA_BASIS_UPPER && upper < INFINITY && lower != upper) {
            s->x[j] = upper;
        } else {
            dca__simplex_place_nonbasic(s, j, 0.0);
        }
    }
}

/* Move place `from` of row copy to place `to`, both in one row. */
static void swap_places(dca__simplex *s, dca_nnz a, dca_nnz b)
{
    if (a == b) {
        return;
    }
    const dca_index column = s->row_index[a];
    const double value = s->row_value[a];
    const dca_nnz twin = s->row_twin[a];
    s->row_index[a] = s->row_index[b];
    s->row_value[a] = s->row_value[b];
    s->row_twin[a] = s->row_twin[b];
    s->row_index[b] = column;
    s->row_value[b] = value;
    s->row_twin[b] = twin;
    s->col_twin[s->row_twin[a]] = a;
    s->col_twin[s->row_twin[b]] = b;
}

void dca__simplex_set_active(dca__simplex *s, dca_index j, bool active)
{
    if ((s->active[j] != 0) == active) {
        return;
    }
    s->active[j] = active;
    if (j >= s->n) {
        return;
    }
    const dca_nnz end = s->col_start[j] + s->col_length[j];
    for (dca_nnz k = s->col_start[j]; k < end; k++) {
        const dca_index i = s->col_index[k];
        if (active) {
            swap_places(s, s->col_twin[k], s->row_start[i] + s->row_active[i]++);
        } else {
            swap_places(s, s->col_twin[k], s->row_start[i] + --s->row_active[i]);
        }
    }
    s->active_entries += active ? s->col_length[j] : -s->col_length[j];
    s->work += s->col_length[j];
}

void dca__simplex_partition(dca__simplex *s)
{
    for (dca_index j = 0; j < s->total; j++) {
        dca__simplex_set_active(
            s, j, s->position[j] < 0 && s->work_lower[j] < s->work_upper[j] && !s->asleep[j]);
    }
    s->work += s->total;
}

void dca__simplex_exchange(dca__simplex *s, dca_index p, dca_index q, uint8_t status)
{
    const dca_index leaving = s->head[p];
    s->head[p] = q;
    s->position[q] = p;
    s->status[q] = DCA_BASIS_BASIC;
    s->position[leaving] = -1;
    s->status[leaving] = status;
    dca__simplex_set_active(s, q, false);
    dca__simplex_set_active(s, leaving, s->work_lower[leaving] < s->work_upper[leaving]);
}
