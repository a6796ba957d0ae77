/* gub_dual.h - the dual simplex over a working basis: sets give way as bounded variables do.
 *
 * In the dual of
 *
 *     max over y   b'y + sum over sets s of  min { (c - W'y)'x :  sigma'x in the row of s, x in its box }
 *
 * a set is a concave piecewise linear function of the working prices. It is *pure* when its key is
 * its only basic variable, else *mixed*. A step along rho_p = W^-T e_p passes the breakpoints of
 * pure sets: there a variable j of the set moves, and its key makes room for it,
 *
 *     by D = min(u_j - l_j, room of the key |sigma_k / sigma_j|)
 *
 * so that j comes to its other bound, or the key to one of its own and j takes its place; W stays
 * as it is. The slope of the dual, which starts as the violation at p, falls by |alpha_pj| D. So an
 * iteration goes on through sets as the bound flipping ratio test does through boxed variables, and
 * ends where the slope turns or at a variable that cannot give way: one of a mixed set, or without
 * a set, that has one bound. With c_j + sigma_j y_s for lines, the lower envelope of a set is
 * walked one breakpoint at a time, O(its size) each.
 *
 * All other steps are those of the dual simplex over W: steepest edge with norms |W^-T e_p|^2 over
 * working rows only, one FTRAN for all that has moved.
 * [Dantzig, Van Slyke (1967); Fourer (1985), A simplex algorithm for piecewise-linear
 *  programming I, Math. Programming 33; Maros (2003), ch. 10] */
#ifndef DCA_SIMPLEX_GUB_DUAL_H
#define DCA_SIMPLEX_GUB_DUAL_H

#include "simplex/gub.h"

typedef struct dca__gub_dual {
    dca__gub *g;
    double *weight;      /* [rows] |W^-T e_p|^2 */
    dca__spvec rho, tau; /* size rows, zero between steps */
    dca__spvec moved;    /* size rows: what has moved and x of W does not follow yet */
    dca_index *touched;  /* [sets] those that the pivot row meets */
    dca_index touched_count;
    dca_index loose_count; /* first entries of the pivot row: variables without a set */
    uint8_t *marked;       /* [sets] 1: in touched; 0 between steps */
    int64_t moves;         /* breakpoints passed */
} dca__gub_dual;

static inline bool dca__gub_is_pure(const dca__gub *g, dca_index set)
{
    return g->first[set] < 0;
}
/** Members of a set: its columns, its logical last. */
static inline dca_index dca__gub_size(const dca__gub *g, dca_index set)
{
    return g->group[set + 1] - g->group[set] + 1;
}
static inline dca_index dca__gub_member(const dca__gub *g, dca_index set, dca_index k)
{
    const dca_index at = g->group[set] + k;
    return at < g->group[set + 1] ? g->column[at] : g->s->n + g->set_row[set];
}

/* ---- gub_set.c: the optimum of one set at the prices at hand --------------------------------- */

/** Are there prices of the sets that make the slack basis dual feasible, up to flips? O(n). */
bool dca__gub_starts_dual(const dca__gub *g);
/** A pure set takes key, statuses and values that are optimal for d of its members, which become
 *  those of its new price; `moved` follows. False: the set has no such point. O(k log k) for k
 *  members. */
bool dca__gub_solve_set(dca__gub_dual *h, dca_index set);

/* ---- gub_row.c: the pivot row and the ratio test --------------------------------------------- */

/** alpha_p of the simplex = rho'(w_j - r_j w_k) of all variables, those without a set first. */
void dca__gub_pivot_row(dca__gub_dual *h);
/** Pass breakpoints until the slope, at first |excess|, turns; alpha_p and d are those of the keys
 *  that are. Returns the entering variable, d of which has the sign of its status, or -1 when none
 *  ends the ascent, or when told to stop. */
dca_index dca__gub_ratio_dual(dca__gub_dual *h, double excess);

/* ---- gub_dual.c ------------------------------------------------------------------------------ */

/** What the dual needs beside g, which *out owns from then on. On DCA_E_NOMEM g is the caller's. */
DCA_NODISCARD dca_status dca__gub_dual_new(dca__gub *g, dca__gub_dual **out);
void dca__gub_dual_free(dca__gub_dual *h);
/** Run from the slack basis. OPTIMAL: no violation and no wrong sign for the caller's costs and
 *  bounds; OTHER: as far as it goes. The basis is an ordinary one. */
dca__ending dca__gub_dual_run(dca__gub_dual *h);

#endif
