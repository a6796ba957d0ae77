/* presolve_ray.c - a proof that there is no point, carried back to the original.
 *
 * Farkas multipliers y of what is left, or of a row that no values within the bounds satisfy,
 * are prices for costs of 0: z = -A'y takes the place of the reduced costs, and the sign of z_j
 * says which bound of x_j the proof uses. So every reduction undoes them as it undoes prices: a
 * bound that a singleton row gave hands its multiplier to that row, a column that was
 * substituted gets z_j = 0 by the price of its row, a forcing row gets the price that gives its
 * columns their signs. What rested on costs (a dominated column) may come out with the wrong
 * sign: the result is a candidate, which the caller multiplies out on the original. O(entries of
 * the records). */
#include "lp/presolve_state.h"

#include "base/alloc.h"

#include <string.h>

/* What an undo changes and the next one needs. */
typedef struct kept {
    double *cost;      /* [n] base_cost */
    dca_nnz *start;    /* [n] */
    dca_index *length; /* [n] */
} kept;

static void swap_in(dca__presolve *p, kept *k)
{
    const kept other = {p->base_cost, p->column_start, p->column_length};
    p->base_cost = k->cost;
    p->column_start = k->start;
    p->column_length = k->length;
    *k = other;
}

/* Multipliers as prices, statuses by sign. */
static void set_point(const dca__presolve *p, const double *reduced, dca__point *full)
{
    const dca_problem *o = p->original;
    memset(full->x, 0, (size_t)o->num_columns * sizeof *full->x);
    memset(full->y, 0, (size_t)o->num_rows * sizeof *full->y);
    memset(full->row_status, DCA_BASIS_BASIC, (size_t)o->num_rows);
    memset(full->column_status, DCA_BASIS_BASIC, (size_t)o->num_columns);
    for (dca_index i = 0; reduced != NULL && i < p->rows_left; i++) {
        full->y[p->row_map[i]] = reduced[i];
    }
    if (reduced == NULL) {
        full->y[p->contradiction] = p->contradiction_price;
    }
    for (dca_index i = 0; i < o->num_rows; i++) {
        if (full->y[i] != 0.0) {
            full->row_status[i] = full->y[i] > 0.0 ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
        }
    }
    for (dca_index j = 0; j < o->num_columns; j++) {
        if (!dca__column_there(p, j)) {
            continue;
        }
        const double z = dca__presolve_reduced_cost(p, j, full->y);
        if (z != 0.0) {
            full->column_status[j] = z > 0.0 ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
        }
    }
}

dca_status dca__presolve_ray(dca__presolve *p, const double *reduced, dca__point *full)
{
    const dca_index n = p->original->num_columns;
    kept k = {DCA_ZEROS(p->env, double, n), DCA_ARRAY(p->env, dca_nnz, n),
              DCA_ARRAY(p->env, dca_index, n)};
    const bool room = k.cost != NULL && k.start != NULL && k.length != NULL;
    if (room) {
        memcpy(k.start, p->column_start, (size_t)n * sizeof *k.start);
        memcpy(k.length, p->column_length, (size_t)n * sizeof *k.length);
        swap_in(p, &k);
        p->without_costs = true;
        set_point(p, reduced, full);
        dca__presolve_undo_records(p, full);
        p->without_costs = false;
        swap_in(p, &k);
    }
    dca__free(p->env, k.cost);
    dca__free(p->env, k.start);
    dca__free(p->env, k.length);
    return room ? DCA_OK : DCA_E_NOMEM;
}
