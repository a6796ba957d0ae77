/* gub.h - the primal simplex over a working basis: generalised upper bounds.
 *
 *     rows = sets + working rows,  every column has an entry in at most one set row
 *
 * A set is a row with the variables in it (its columns and its logical). Of every set one basic
 * variable is its key, k(s); the other basic variables stand in the working basis W, of the order
 * of the working rows. With sigma_j the coefficient of j in its set row, w_j its column in the
 * working rows and r_j = sigma_j / sigma_k(s):
 *
 *     column of j in W:    w_j - r_j w_k(s)                (without a set: w_j)
 *     B^-1 a_q:            alpha_W = W^-1 (w_q - r_q w_k),
 *                          alpha_k(s) = (sigma_q [q in s] - sum over W in s of sigma_j alpha_j)
 *                                       / sigma_k(s)
 *     prices:              W'y = (c_j - r_j c_k(s))_j,   y_s = (c_k - w_k'y) / sigma_k(s)
 *     reduced cost:        d_j = c_j - w_j'y - sigma_j y_s
 *
 * so an iteration solves with W alone and touches the sets that it must. W = W_0 E_1 .. E_t: the LU
 * of W_0, then an eta per iteration,
 *
 *     column at p:  E = I + (alpha - e_p) e_p'             q takes position p
 *     key of s changes places with l at position p:  row p of E is -sigma_k / sigma_l at p and
 *                          -sigma_j / sigma_l at every other position in s
 *
 * The basis lives in head[] of the simplex: positions 0 .. rows-1 are W, rows + s is the key of s.
 * So ratio tests, values, bounds, statuses and perturbation are those of the simplex, and what this
 * method leaves behind is an ordinary basis.
 * [Dantzig, Van Slyke (1967), Generalized upper bounding techniques, J. Comput. Syst. Sci. 1;
 *  Lasdon (1970), Optimization theory for large systems, ch. 6] */
#ifndef DCA_SIMPLEX_GUB_H
#define DCA_SIMPLEX_GUB_H

#include "simplex/state.h"

enum {
    DCA__GUB_NONE = -1,
    DCA__GUB_ETAS = 50,     /* etas between two factorisations */
    DCA__GUB_ETA_ROWS = 40, /* room of their entries, in working columns */
    DCA__GUB_CANDIDATES = 64
};
/* A new key has at least this part of the largest coefficient that can be had. */
#define DCA__GUB_KEY_SHARE 0.1
/* Zero that stays in the list of its vector, so that it is not listed twice. */
#define DCA__GUB_NOTHING 1e-100

/** An elementary matrix: entries start .. start + length - 1 of the eta store. */
typedef struct dca__gub_eta {
    dca_nnz start;
    dca_index length, p;
    bool is_row;
    double pivot;      /* column: alpha_p; row: sigma of the key that was */
    double multiplier; /* row: sigma of the key that is */
} dca__gub_eta;

typedef struct dca__gub {
    dca__simplex *s;
    dca_index sets, rows;
    bool dual;          /* gub_dual.c is to run, else gub.c */
    dca_index *set_of;  /* [total] or DCA__GUB_NONE */
    double *sigma;      /* [total] coefficient in the set row; 0 without one */
    dca_index *working; /* [m] number of a working row, or DCA__GUB_NONE */
    dca_index *row_of;  /* [rows] the row of a working row */
    dca_index *set_row; /* [sets] */

    /* Working parts of the columns, the columns of a set together, those without a set last. */
    dca_nnz *start; /* [n+1] by place */
    dca_index *index;
    double *value;
    dca_index *column; /* [n] by place */
    dca_index *place;  /* [n] */
    dca_index *group;  /* [sets+2] places where sets begin; n */
    double *norm;      /* [total] 1 + |a_j|^2: scale of d_j in pricing */

    /* The working basis. */
    dca__lu *lu;
    int64_t lu_work_seen;
    dca_nnz basis_room;
    dca_nnz *basis_start;                 /* [rows+1] */
    dca_index *basis_length, *basis_list; /* [rows] */
    dca_index *basis_index;               /* [basis_room] */
    double *basis_value;
    dca_index *first;           /* [sets] positions of W in the set, a list */
    dca_index *next, *previous; /* [rows] */
    dca__gub_eta *eta;
    int eta_count;
    dca_nnz eta_used, eta_room;
    dca_index *eta_index;
    double *eta_value;
    bool fresh;

    dca__spvec column_work; /* size rows, zero between steps */
    double *y;              /* [rows] of the costs of the phase */
    bool priced;            /* y is of this basis and these costs */

    /* Candidates. */
    dca_index *candidate;
    double *merit;
    int candidates;
    dca_index cursor; /* the next group to look at */
} dca__gub;

/* ---- gub_sets.c: which rows are sets, and the columns by sets -------------------------------- */

/** Find the sets and order the columns by them, for the slack basis, which head[] then holds as
 *  above; the factor of the simplex is void. g->dual says which simplex is to run, the dual where
 *  it may, pays and can start. *out is NULL, and nothing changed, when neither pays (settings.gub).
 *  O(entries). On DCA_E_NOMEM nothing changed. */
DCA_NODISCARD dca_status dca__gub_new(dca__simplex *s, bool dual, bool primal, dca__gub **out);
void dca__gub_free(dca__gub *g);
/** At prices of 0 the column wants to go where it has no bound: only the price of a set can mend
 *  that. */
static inline bool dca__gub_needs_set(const dca__simplex *s, dca_index j)
{
    return (s->work_cost[j] > 0.0 && s->work_lower[j] == -INFINITY) ||
           (s->work_cost[j] < 0.0 && s->work_upper[j] == INFINITY);
}
/** Position p of W holds a variable of the set. */
static inline void dca__gub_link(dca__gub *g, dca_index p, dca_index set)
{
    g->previous[p] = DCA__GUB_NONE;
    g->next[p] = g->first[set];
    if (g->first[set] >= 0) {
        g->previous[g->first[set]] = p;
    }
    g->first[set] = p;
}

static inline void dca__gub_unlink(dca__gub *g, dca_index p, dca_index set)
{
    if (g->previous[p] >= 0) {
        g->next[g->previous[p]] = g->next[p];
    } else {
        g->first[set] = g->next[p];
    }
    if (g->next[p] >= 0) {
        g->previous[g->next[p]] = g->previous[p];
    }
}

/* ---- gub_basis.c: the working basis ---------------------------------------------------------- */

DCA_NODISCARD dca_status dca__gub_factorise(dca__gub *g);
void dca__gub_compute_values(dca__gub *g);
/** alpha_q of the simplex = B^-1 a_q. */
void dca__gub_ftran(dca__gub *g, dca_index q);
/** y of costs c [total]. */
void dca__gub_compute_prices(dca__gub *g, const double *c);
/** v = W^-1 v, and v = W^-T v. */
void dca__gub_solve(dca__gub *g, dca__spvec *v);
void dca__gub_solve_transposed(dca__gub *g, dca__spvec *v);
/** v += scale w_j */
void dca__gub_add_part(const dca__gub *g, dca_index j, double scale, dca__spvec *v);
/** The position of W in the set whose variable is to be its key: a large coefficient, far from its
 *  bounds. */
dca_index dca__gub_next_key(const dca__gub *g, dca_index set);
/** The key of the set and head[p] change places: a row eta. */
void dca__gub_change_key(dca__gub *g, dca_index set, dca_index p);
/** q enters, head[p] leaves to `status`; alpha_q is of q. False: factorise. */
bool dca__gub_exchange(dca__gub *g, dca_index p, dca_index q, uint8_t status);

/** Entries of w_j. */
static inline dca_nnz dca__gub_part_length(const dca__gub *g, dca_index j)
{
    return j >= g->s->n ? 1 : g->start[g->place[j] + 1] - g->start[g->place[j]];
}
/** w_j'y */
static inline double dca__gub_part_product(const dca__gub *g, dca_index j)
{
    const dca_index n = g->s->n;
    if (j >= n) {
        const dca_index i = g->working[j - n];
        return i >= 0 ? g->y[i] : 0.0;
    }
    const dca_index place = g->place[j];
    double sum = 0.0;
    for (dca_nnz e = g->start[place]; e < g->start[place + 1]; e++) {
        sum += g->value[e] * g->y[g->index[e]];
    }
    return sum;
}
/** y_s for costs c; 0 without a set. */
static inline double dca__gub_set_price(const dca__gub *g, dca_index set, const double *c)
{
    if (set < 0) {
        return 0.0;
    }
    const dca_index key = g->s->head[g->rows + set];
    return (c[key] - dca__gub_part_product(g, key)) / g->sigma[key];
}
/** d_j for the price of its set. */
static inline double dca__gub_reduced_cost(const dca__gub *g, dca_index j, double set_price,
                                           const double *c)
{
    return c[j] - dca__gub_part_product(g, j) - g->sigma[j] * set_price;
}

/* ---- gub_price.c ----------------------------------------------------------------------------- */

void dca__gub_forget_candidates(dca__gub *g);
/** The entering variable, d[q] set, or -1 when no variable has a wrong sign. */
dca_index dca__gub_price(dca__gub *g, const double *c);

/* ---- gub.c ----------------------------------------------------------------------------------- */

/** Run from the slack basis. OPTIMAL: no wrong sign for the working bounds; OTHER: as far as it
 *  goes. The basis is an ordinary one. */
dca__ending dca__gub_run(dca__gub *g);
/** y of the simplex from the prices at hand, which are of the working costs: after a stop. */
void dca__gub_keep_prices(dca__gub *g);

#endif
