/* network.h - LPs whose columns are arcs of a graph, and the simplex method on its spanning trees.
 *
 *     minimise c'x   subject to   rl <= A x <= ru,   l <= x <= u
 *
 * is a network when rows and columns can be scaled, rows by numbers of either sign, so that every
 * column has at most one +1 and one -1. Rows are nodes; a column is the arc from its +1 to its -1, and
 * where it has one entry the root takes the place of the other; the logical of a row is an arc to the
 * root. A basis is a spanning tree. Rows with a single entry count as bounds of a column that would
 * have too many entries otherwise.
 *
 * What comes out is a basis for the simplex, which makes sure of it and claims: nothing is claimed
 * here. */
#ifndef DCA_NETWORK_NETWORK_H
#define DCA_NETWORK_NETWORK_H

#include "base/limit.h"
#include "dcalloc/types.h"

typedef struct dca__network dca__network;

typedef enum dca__network_kind {
    DCA__NETWORK_PURE = 0, /* a network up to scaling */
    DCA__NETWORK_WIDE,     /* a column has more than two entries */
    DCA__NETWORK_GAINS     /* the factors around a cycle are not 1: a generalised network */
} dca__network_kind;

typedef struct dca__network_report {
    bool optimal; /* else infeasible, unbounded, stopped or too long: the tree is what it came to */
    int64_t pivots;
    int64_t work;   /* arcs and nodes touched */
    dca_index rows; /* of the network; 0 of a start: there is none */
    /* The trees are good for their point, not for their prices: arcs are free, or cost what
     * dca__network_spread() made of the load. */
    bool is_point;
} dca__network_report;

/** What the problem is: *out is there when PURE. Lower bounds do not exceed upper ones. O(entries), and
 *  only O(columns) where a column is too long. */
DCA_NODISCARD dca_status dca__network_new(dca_env *env, const dca_problem *problem,
                                          dca__network_kind *kind, dca__network **out);
void dca__network_free(dca_env *env, dca__network *net); /* NULL is a no-op. */

/** From the star of logicals, later from the tree at hand, to an optimal tree; at most `most` pivots in
 *  all. */
void dca__network_solve(dca__network *net, int64_t most, dca_control *control,
                        dca__network_report *report);
/** New costs p->cost for a problem of the same columns otherwise; the tree stays. O(entries). */
void dca__network_set_costs(dca__network *net, const dca_problem *p);
/** x [n] of the tree, for columns that have a bound of their own. O(entries). */
void dca__network_point(const dca__network *net, const dca_problem *p, double *x);
/** The tree as statuses (dca_basis_status) of columns and rows, exactly as many basic as rows. */
void dca__network_basis(const dca__network *net, uint8_t *columns, uint8_t *rows);
/** Which parts of a problem are worth their trees. */
typedef struct dca__network_wish {
    double least; /* rows, as a part of all */
    bool costs;   /* some column in them costs something */
} dca__network_wish;

/** A basis of any problem: optimal trees of those of its rows that make a network, found greedily, where
 *  they are as wished; columns [n] and rows [m] are undefined else. O(entries) and the pivots. */
DCA_NODISCARD dca_status dca__network_start(dca_env *env, const dca_problem *problem,
                                            const dca__network_wish *wish, int64_t most,
                                            dca_control *control, dca__network_report *report,
                                            uint8_t *columns, uint8_t *rows);
/** A basis for the least of a maximum: trees that spread the load of what is a network but for the rows
 *  of one column, that column in the place of the highest load. report->rows is 0 where the problem is
 *  not of this kind, or when told to stop; columns [n] and rows [m] are undefined then. O(entries) and
 *  the pivots. */
DCA_NODISCARD dca_status dca__network_spread(dca_env *env, const dca_problem *problem, int64_t most,
                                             dca_control *control, dca__network_report *report,
                                             uint8_t *columns, uint8_t *rows);

#endif
