/* network_portions.h - a problem as load rows, their level, and portions of a network.
 *
 * Level     A column that costs something and stands in load rows only; moving it the way that costs
 *           relaxes each of them. base is its bound on the other side, in that direction.
 * Load row  One-sided: sign (G x)_i - weight level' <= limit, with level' the level in that direction.
 * Portion   Connected sets of the other rows, with the columns in them: a network. As many sets as it
 *           takes to have a column for each load row, since prices cost O(load rows) a portion.
 * Loose     A column without a row in a portion: stays at a bound. */
#ifndef DCA_NETWORK_NETWORK_PORTIONS_H
#define DCA_NETWORK_NETWORK_PORTIONS_H

#include "network/network_state.h"

typedef struct dca__load_row {
    dca_index row;
    double sign, weight, limit;
    double activity; /* sign (G x)_i */
    double price;
} dca__load_row;

typedef struct dca__portion {
    dca_problem view; /* of slices of the arrays below; rows by their place in the portion */
    dca__network *net;
    dca_index first_row, first_column;
    int64_t pivots;
} dca__portion;

typedef struct dca__portions {
    const dca_problem *problem;
    dca_index level, loads, portions;
    double base;
    dca__load_row *load;   /* [loads] */
    dca__portion *portion; /* [portions] */
    dca_index *load_of;    /* [m] number of a load row, or -1 */
    /* Rows and columns of the problem by portions, loose columns last; the level is nowhere. */
    dca_index *row_at, *column_at;       /* [m], [n] */
    dca_index rows, columns;             /* so many, loose columns not counted */
    dca_index loose;                     /* and so many of these */
    double *row_lower, *row_upper;       /* [m] */
    double *cost, *lower, *upper;        /* [n] */
    dca_nnz *start;                      /* [n] */
    dca_index *length, *index;           /* [n], [2n] */
    double *value;                       /* [2n] */
    double *x;                           /* [n] */
    uint8_t *column_status, *row_status; /* [n], [m] */
    int64_t work; /* entries touched; those of the networks count for themselves */
} dca__portions;

/** *out is NULL where the problem is not of this form, or trees are no start for it. O(entries), and a
 *  column with more than two entries outside of the load rows ends it. */
DCA_NODISCARD dca_status dca__portions_new(dca_env *env, const dca_problem *problem,
                                           dca__portions **out);
void dca__portions_free(dca_env *env, dca__portions *t); /* NULL is a no-op. */
/** Costs of the columns of a portion: c + G'y. O(its entries). */
void dca__portions_set_costs(dca__portions *t, dca_index portion);
/** Add `times` the portion at x to the activities; portion number `portions`: the loose columns.
 *  O(its entries). */
void dca__portions_add_loads(dca__portions *t, dca_index portion, double times);
/** Statuses of all but the level and the load rows. */
void dca__portions_basis(dca__portions *t, uint8_t *columns, uint8_t *rows);
/** Entries, arcs and nodes touched. O(portions). */
int64_t dca__portions_work(const dca__portions *t);

static inline double dca__portions_load(const dca__portions *t, dca_index k)
{
    return (t->load[k].activity - t->load[k].limit) / t->load[k].weight;
}

#endif
