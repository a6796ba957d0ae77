/* state.h - the inside of dca__simplex, and one group of functions per quantity or step.
 *
 * Variables   0 .. n-1 are the columns of A, n + i is the logical of row i; total = n + m. In
 *             A x + s = 0 every logical has the column e_i, so basis, bounds, costs, values, reduced
 *             costs and edge weights are indexed by variable and survive every change of basis.
 * Basis       head[p] is the variable at position p, position[j] its inverse (-1: nonbasic).
 * Layers      cost/lower/upper are the caller's; work_cost/work_lower/work_upper are what the
 *             iterations see: phase-1 boxes, perturbation and shifts live there and nowhere else.
 * Sparse      Work vectors are zero with count 0 between steps (la/spvec.h).
 * Active      A nonbasic variable whose working bounds differ and that is not asleep (sift.c): the
 *             only ones that can enter. Rows
 *             keep the entries of active columns in front; reduced costs of inactive variables are
 *             stale between two calls of dca__simplex_compute_duals().
 *
 * Notation: x primal values, d reduced costs, p leaving position, q entering variable,
 * rho_p = B^-T e_p, alpha_p = rho_p' [A I], alpha_q = B^-1 a_q. */
#ifndef DCA_SIMPLEX_STATE_H
#define DCA_SIMPLEX_STATE_H

#include "simplex/simplex.h"

#include "la/lu.h"
#include "la/spvec.h"

#include <math.h>

/* Tolerances that are not options, one name each. */
#define DCA__PIVOT_DISAGREEMENT 1e-7 /* relative: pivot by row against pivot by column */
#define DCA__PIVOT_FRESH        1e-9 /* smallest pivot on a fresh factor when nothing else is there */
#define DCA__CLAIM              1e-7   /* a tolerance is relaxed at most to this */
#define DCA__RESIDUAL           1e-9   /* relative: solves with a factor that a claim may rest on */
#define DCA__ROW_DROP           1e-14  /* pivot row entries below are taken as zero */
#define DCA__FREE_BOX           1000.0 /* phase-1 box of a free variable */

/* Updates that the LU has room for; rebuilds cost O(entries), so long bases get more of them than the
 * option lu.updates says: one for every DCA__ROWS_PER_UPDATE rows. */
#define DCA__LU_SINGULAR                                                                           \
    1e-11 /* a column without an entry above this times its largest has no pivot */
enum { DCA__MOST_UPDATES = 1000, DCA__ROWS_PER_UPDATE = 100 };
enum { DCA__LISTED = 1, DCA__HOT = 2 };
/* Values of simplex.pricing_primal. */
enum { DCA__PRIMAL_DEVEX = 0, DCA__PRIMAL_DANTZIG = 1, DCA__PRIMAL_STEEPEST = 2 };

/** What a run of one algorithm ended with. */
typedef enum dca__ending {
    DCA__END_OPTIMAL = 0, /* no infeasibility of the kind it removes, for the working data */
    DCA__END_INFEASIBLE,  /* ray holds a Farkas ray that was multiplied out */
    DCA__END_UNBOUNDED,   /* ray holds a direction */
    DCA__END_OTHER,       /* this algorithm cannot go on: let the other one try */
    DCA__END_STOPPED,     /* stop says why */
    DCA__END_FAILED       /* memory: s->failure */
} dca__ending;

struct dca__simplex {
    dca_env *env;
    dca__settings settings;
    dca_control *control;
    dca__stop stop;
    dca_status failure;

    /* The problem. */
    dca_index m, n, total;
    double offset;
    double *cost, *lower, *upper; /* [total] the caller's */
    dca_nnz entries;
    dca_nnz *col_start;    /* [n+1] */
    dca_index *col_length; /* [n] */
    dca_index *col_index;  /* [entries] rows */
    double *col_value;
    dca_nnz *col_twin;     /* [entries] place of the same entry in the row copy */
    dca_nnz *row_start;    /* [m+1] */
    dca_index *row_active; /* [m] entries of active columns come first, that many */
    dca_index *row_index;  /* [entries] columns */
    double *row_value;
    dca_nnz *row_twin; /* [entries] place in the column copy */

    /* What the iterations see. */
    double *work_cost, *work_lower, *work_upper; /* [total] */
    double *x, *d;                               /* [total] */
    uint8_t *status;                             /* [total] dca_basis_status */
    uint8_t *active;                             /* [total] */
    dca_index *head;                             /* [m] */
    dca_index *position;                         /* [total] */
    dca_index *lu_basis;                         /* [m] head as the LU wants it */
    dca_nnz active_entries;                      /* entries of active columns */

    /* The working set of columns (sift.c). */
    uint8_t *asleep; /* [total] outside of it; all 0 while not sifting */
    bool may_sift;   /* in this solve */
    bool sifting;
    bool sift_open;  /* a column that is asleep, or was, may be attractive */
    int64_t sift_at; /* iterations at the last selection */

    /* Factor. */
    dca__lu *lu;
    bool factored; /* the LU is of this head */
    bool fresh;    /* and had no update since */
    bool current;  /* x, y and d are recomputed ones of this head and of the working data */
    double threshold;

    /* Edge weights. Positions are stable: a fresh factor does not move them. */
    double *dual_weight;   /* [m] by position: |rho|^2 or a reference weight */
    double *primal_weight; /* [total] of nonbasic variables: Devex or norms */
    uint8_t *reference;    /* [total] in the primal reference framework */
    bool dual_steepest;    /* dual_weight holds norms, else Devex weights */
    bool dual_weights_valid;

    /* Candidates: positions that violate a bound, variables whose d has the wrong sign. All of them are
     * in a list; those whose merit was at least `hot` when it last changed are in a short list too. */
    double *row_merit;       /* [m] violation^2 / dual_weight at position p, 0: none */
    uint8_t *row_listed;     /* [m] DCA__LISTED, DCA__HOT */
    dca_index *row_list;     /* [m+1] */
    dca_index *row_hot_list; /* [m] */
    dca_index row_count, row_hot_count;
    double row_hot;
    uint8_t *col_listed;     /* [total] */
    dca_index *col_list;     /* [total+1] */
    dca_index *col_hot_list; /* [total] */
    dca_index col_count, col_hot_count;
    double col_hot;

    /* Work vectors. */
    dca__spvec rho, alpha_q, tau, flip; /* size m */
    dca__spvec alpha_p;                 /* size total */
    double *y;                          /* [m] multipliers of the last dca__simplex_compute_duals */
    double *phase_cost;                 /* [total] primal phase 1: -1, 0, 1 of basic variables */
    dca_index *sort_index;              /* [2 total] ratio tests */
    double *sort_key, *sort_bound;      /* [2 total] */
    dca_index *flip_list;               /* [total] */
    dca_index flip_count;

    /* Where we are. */
    int phase;           /* 1 or 2 */
    bool cost_changed;   /* work_cost differs from cost: perturbed or shifted */
    bool bounds_changed; /* work bounds differ from the caller's: perturbed or shifted */
    double primal_tolerance, dual_tolerance;
    uint64_t epoch; /* number of perturbations so far, part of their hash */
    int64_t iterations, iteration_cap;
    int64_t
        run_cap; /* iterations at which this run of one algorithm gives up: nothing cycles for ever */
    int64_t work, work_polled, lu_work_seen, work_cap;
    int64_t stalled;      /* iterations in a row without progress */
    dca_index infeasible; /* primal phase 1: basic variables that cost something */
    int perturbations;    /* of bounds, in this run of the primal */
    double infeasibility; /* sum of primal violations */

    /* Alive between solves (resume.c). */
    bool alive;        /* an optimum but for the variables in `edited` */
    bool listed;       /* and the candidates of the dual are listed */
    bool trailing;     /* what changes is noted */
    bool resume_wrong; /* a changed cost left a wrong sign that no flip mends */
    dca_index *edited; /* [total] variables whose bounds or cost changed, perhaps twice */
    dca_index edited_count;
    dca_index *trail, *price_trail; /* [n] columns, [m] rows that changed */
    dca_index trail_count, price_trail_count;
    uint8_t *trail_mark, *price_mark; /* [n], [m] 1: in the trail */

    /* Answers. */
    double *ray;  /* [max(m, n)] */
    int ray_kind; /* 0 none, 1 Farkas, 2 direction */
};

/** The two copies of A: what changes together when the pattern does. */
typedef struct dca__simplex_matrix {
    dca_nnz entries;
    dca_nnz *col_start, *col_twin, *row_start, *row_twin;
    dca_index *col_length, *col_index, *row_active, *row_index;
    double *col_value, *row_value;
} dca__simplex_matrix;

/* ---- spvec, read ---------------------------------------------------------------------------------*/

static inline dca_index dca__spvec_length(const dca__spvec *v)
{
    return v->count >= 0 ? v->count : v->size;
}
static inline dca_index dca__spvec_at(const dca__spvec *v, dca_index k)
{
    return v->count >= 0 ? v->index[k] : k;
}

/* ---- varinfo.c: bounds, statuses, the active set ---------------------------------------------- */

static inline bool dca__simplex_is_boxed(const dca__simplex *s, dca_index j)
{
    return s->work_lower[j] > -INFINITY && s->work_upper[j] < INFINITY;
}
/** Caller's bounds and costs become the working ones. */
void dca__simplex_restore_bounds(dca__simplex *s);
void dca__simplex_restore_costs(dca__simplex *s);
/** Working bounds of the dual phase-1 subproblem. */
void dca__simplex_box_bounds(dca__simplex *s);
/** Status of a nonbasic variable that fits its working bounds, nearest to `value`; sets x. */
void dca__simplex_place_nonbasic(dca__simplex *s, dca_index j, double value);
/** Make every nonbasic status and value fit the working bounds. O(total). */
void dca__simplex_place_all(dca__simplex *s);
/** The caller's costs and bounds, a fresh factor, y, d and x. O(entries) unless all that is so
 *  already. False: memory. */
DCA_NODISCARD bool dca__simplex_prepare(dca__simplex *s);
/** Recompute the active flags and the partition of the row copy. O(entries). */
void dca__simplex_partition(dca__simplex *s);
/** Column j (or logical) becomes active or not: O(its length). */
void dca__simplex_set_active(dca__simplex *s, dca_index j, bool active);
/** Exchange: head[p] leaves to `status`, q enters. */
void dca__simplex_exchange(dca__simplex *s, dca_index p, dca_index q, uint8_t status);
/** Violation of the working bounds: > 0 above, < 0 below, 0 within. */
static inline double dca__simplex_excess(const dca__simplex *s, dca_index j, double tolerance)
{
    const double x = s->x[j];
    if (x > s->work_upper[j] + tolerance) {
        return x - s->work_upper[j];
    }
    if (x < s->work_lower[j] - tolerance) {
        return x - s->work_lower[j];
    }
    return 0.0;
}
/** By how much d_j of a nonbasic variable has the wrong sign for its status, active or not. */
static inline double dca__simplex_wrong_sign(const dca__simplex *s, dca_index j)
{
    const double d = s->d[j];
    switch (s->status[j]) {
    case DCA_BASIS_LOWER:
        return d < 0.0 ? -d : 0.0;
    case DCA_BASIS_UPPER:
        return d > 0.0 ? d : 0.0;
    case DCA_BASIS_FREE:
        return fabs(d);
    default:
        return 0.0;
    }
}
/** The same; 0 when inactive, as d_j may be stale then. */
static inline double dca__simplex_dual_excess(const dca__simplex *s, dca_index j)
{
    return s->active[j] ? dca__simplex_wrong_sign(s, j) : 0.0;
}

/* ---- factor.c ------------------------------------------------------------------------------------ */

/** Factorise head; a singular basis is repaired with logicals. */
DCA_NODISCARD dca_status dca__simplex_factorise(dca__simplex *s);
/** out = B^-1 a_q, kept for the update when `entering`. `out` is zero on entry. */
void dca__simplex_ftran_column(dca__simplex *s, dca_index q, bool entering, dca__spvec *out);
void dca__simplex_ftran(dca__simplex *s, dca__spvec *v);
/** The same where only the positions listed in `want` are needed; others may be left at zero. */
void dca__simplex_ftran_at(dca__simplex *s, dca__spvec *v, const dca__spvec *want);
void dca__simplex_btran(dca__simplex *s, dca__spvec *v);
/** rho = B^-T e_p. */
void dca__simplex_btran_unit(dca__simplex *s, dca_index p, dca__spvec *out);
/** v += scale * a_j, kept as a list. `v` is rows. */
void dca__simplex_add_column(dca__simplex *s, dca_index j, double scale, dca__spvec *v);
/** Put the column of the last entering ftran at position p. False: refactorise. */
bool dca__simplex_update_factor(dca__simplex *s, dca_index p, double pivot);
/** Relative pivot threshold of later factorisations. */
void dca__simplex_set_threshold(dca__simplex *s, double threshold);
/** A fresh factor gave two values for one pivot: raise the threshold, the factor is void. False: it is
 *  as high as it goes. */
bool dca__simplex_distrust(dca__simplex *s);
/** Probe the factor, which is fresh: while a solve and a transposed one leave more than DCA__RESIDUAL,
 *  factorise again with a higher threshold, as far as it goes; then x, y and d are not current.
 *  O(entries of B, L and U). False: memory, or told to stop. */
DCA_NODISCARD bool dca__simplex_trust_factor(dca__simplex *s);
/** Count work and ask whether to stop. */
bool dca__simplex_must_stop(dca__simplex *s);

/* ---- values.c ------------------------------------------------------------------------------------ */

/** x_B from the nonbasic values: one FTRAN, O(entries). */
void dca__simplex_compute_values(dca__simplex *s);
/** Divide by a power of two so that the largest entry is near 1: solves drop what is small. */
double dca__simplex_normalise(dca__spvec *v);
/** One step of refinement of x_B, the residual of A x + s = 0 in twice the precision. */
void dca__simplex_refine_values(dca__simplex *s);
/** Is a position listed that violates a bound? O(listed). */
bool dca__simplex_has_violations(const dca__simplex *s);
/** Merits of all positions and their list. O(m). */
void dca__simplex_list_violations(dca__simplex *s);
/** The value or the weight at position p has changed. */
static inline void dca__simplex_note_position(dca__simplex *s, dca_index p)
{
    const double excess = dca__simplex_excess(s, s->head[p], s->primal_tolerance);
    if (excess == 0.0) {
        s->row_merit[p] = 0.0;
        return;
    }
    const double merit = excess * excess / s->dual_weight[p];
    s->row_merit[p] = merit;
    if (s->row_listed[p] == 0) {
        s->row_listed[p] = DCA__LISTED;
        s->row_list[s->row_count++] = p;
    }
    if (merit >= s->row_hot && s->row_listed[p] == DCA__LISTED) {
        s->row_listed[p] = DCA__LISTED | DCA__HOT;
        s->row_hot_list[s->row_hot_count++] = p;
    }
}
/** x_B -= theta alpha, and the merits of what changed when `note`. */
void dca__simplex_shift_values(dca__simplex *s, const dca__spvec *alpha, double theta, bool note);
/** Sum and largest of the violations of the working bounds by basic variables. */
double dca__simplex_primal_infeasibility(const dca__simplex *s, double *largest);

/* ---- redcost.c ----------------------------------------------------------------------------------- */

/** y = B^-T c_B and d = c - [A I]'y of all nonbasic variables, for `costs` [total]. O(entries). */
void dca__simplex_compute_duals(dca__simplex *s, const double *costs);
/** Refinement of y for `costs` [total], residuals in twice the precision; the last steps
 *  leave reduced costs of basic variables with one bound a rounding error on the safe side, so that
 *  a dual bound computed from y needs no bound that is not there. Then d. */
void dca__simplex_refine_duals(dca__simplex *s, const double *costs);
/** d -= theta alpha_p for active entries, d_q = 0, d_leaving = -theta. */
void dca__simplex_update_duals(dca__simplex *s, dca_index q, dca_index leaving, double theta);
/** Dual infeasibilities over the tolerance: how many; sum in *sum. O(total). */
dca_index dca__simplex_dual_infeasibility(const dca__simplex *s, double tolerance, double *sum);
/** Make d feasible: boxed variables flip, others have their cost shifted when `shift`. Returns the
 *  number of infeasibilities left. After a flip x is not current. */
dca_index dca__simplex_correct_duals(dca__simplex *s, bool shift);

/** d of all variables from y and `costs` [total]. O(entries). */
void dca__simplex_price_out(dca__simplex *s, const double *costs);
/** Entries of v [m], zero on entry: the reduced costs, right to twice the precision, of those of the
 *  columns that are basic. False: all are 0, and so is v. */
bool dca__simplex_price_residuals(const dca__simplex *s, const dca_index *columns, dca_index count,
                                  dca__spvec *v);
/** Entries of v [m], zero on entry: by how much the reduced costs of those of the columns that are
 *  basic with one bound have to move to be safe. False: none does, v is zero. */
bool dca__simplex_unsafe_duals(const dca__simplex *s, const dca_index *columns, dca_index count,
                               dca__spvec *v);

/* ---- primal.c, shared with gub.c ----------------------------------------------------------------- */

/* Relative difference of an updated d_q from the one recomputed with alpha_q that asks for a rebuild. */
#define DCA__DUAL_DISAGREEMENT 1e-6
enum { DCA__MOST_PERTURBATIONS = 20 };

/** What basic j costs in phase 1. */
static inline double dca__simplex_phase_one_cost(const dca__simplex *s, dca_index j)
{
    const double excess = dca__simplex_excess(s, j, s->primal_tolerance);
    return excess > 0.0 ? 1.0 : excess < 0.0 ? -1.0 : 0.0;
}
/** The costs of the phase [total]. */
static inline const double *dca__simplex_phase_costs(const dca__simplex *s)
{
    return s->phase == 1 ? s->phase_cost : s->work_cost;
}
/** Infeasibility and costs of phase 1 for the point as it is, and the phase. O(total). */
void dca__simplex_set_phase(dca__simplex *s);
/** The point has not moved for long, and bounds may be perturbed once more. */
bool dca__simplex_is_stalled(const dca__simplex *s);
/** Perturb bounds where it is so. */
void dca__simplex_break_stall(dca__simplex *s);

/* ---- perturb.c ------------------------------------------------------------------------------------ */

void dca__simplex_perturb_costs(dca__simplex *s);
void dca__simplex_perturb_bounds(dca__simplex *s);

/* ---- pivot_row.c ---------------------------------------------------------------------------------- */

/** alpha_p = rho' [A I] over active variables. `alpha_p` zero on entry. */
void dca__simplex_pivot_row(dca__simplex *s, const dca__spvec *rho, dca__spvec *alpha_p);

/* ---- edge_norms_{dual,primal}.c ------------------------------------------------------------------- */

void dca__simplex_reset_dual_weights(dca__simplex *s);
void dca__simplex_update_dual_weights(dca__simplex *s, dca_index p, double pivot, double norm);
void dca__simplex_reset_primal_weights(dca__simplex *s);
/** Weights of `q` and of head[p] for their exchange. Returns the reference weight of q, for
 *  dca__simplex_follow_row(); 0 when the weights stay. */
double dca__simplex_update_primal_weights(dca__simplex *s, dca_index p, dca_index q, double pivot);

/* ---- price_{dual,primal}.c ------------------------------------------------------------------------ */

/** The position whose violation^2 / weight is largest, or -1. O(candidates). */
dca_index dca__simplex_price_dual(dca__simplex *s);
/** The variable whose d^2 / weight is largest among the wrong signs, or -1. O(candidates). */
dca_index dca__simplex_price_primal(dca__simplex *s);
/** List every active variable whose d has the wrong sign. O(total). */
void dca__simplex_list_columns(dca__simplex *s);
/** d -= theta alpha_p and w = max(w, (alpha_p / pivot)^2 weight); what becomes a candidate is listed.
 *  O(alpha_p). */
void dca__simplex_follow_row(dca__simplex *s, double theta, double pivot, double weight);
/** d_j or its weight has changed. */
static inline void dca__simplex_note_column(dca__simplex *s, dca_index j)
{
    const double excess = dca__simplex_dual_excess(s, j);
    if (excess <= s->dual_tolerance) {
        return;
    }
    if (s->col_listed[j] == 0) {
        s->col_listed[j] = DCA__LISTED;
        s->col_list[s->col_count++] = j;
    }
    if (s->col_listed[j] == DCA__LISTED && excess * excess >= s->col_hot * s->primal_weight[j]) {
        s->col_listed[j] = DCA__LISTED | DCA__HOT;
        s->col_hot_list[s->col_hot_count++] = j;
    }
}

/* ---- ratio_{dual,primal}.c ------------------------------------------------------------------------ */

/** Bound flipping ratio test on alpha_p for the violation `excess` of the leaving variable. Returns q,
 *  or -1 when no breakpoint ends the ascent; flips are in flip_list. */
dca_index dca__simplex_ratio_dual(dca__simplex *s, double excess);

typedef struct dca__blocking {
    dca_index p;   /* position that leaves; -1: q goes to its other bound; -2: nothing blocks */
    double step;   /* >= 0, length of the move of q */
    bool to_upper; /* the leaving variable ends at its upper working bound */
} dca__blocking;
/** Harris ratio test on alpha_q for the move of q in direction +1 or -1; phase 2. */
dca__blocking dca__simplex_ratio_primal(dca__simplex *s, dca_index q, double direction);
/** Longest step on which the sum of infeasibilities falls; phase 1. `slope`: |d_q|. */
dca__blocking dca__simplex_ratio_phase_one(dca__simplex *s, dca_index q, double direction,
                                           double slope);
/* heap.c: key and index [n] move together; ties by index. */
void dca__simplex_heapify(dca_index n, double *key, dca_index *index); /* largest first */
/** The largest of a heap of n moves to place n - 1; the rest is a heap of n - 1. */
void dca__simplex_pop(dca_index n, double *key, dca_index *index);
/** (k, v) joins a heap of n, which has room for one more. */
void dca__simplex_push(dca_index n, double *key, dca_index *index, double k, dca_index v);

/* ---- ray.c ---------------------------------------------------------------------------------------- */

/** Multiply out y [m] on the caller's bounds; when it proves infeasibility keep it as the ray. */
bool dca__simplex_keep_farkas(dca__simplex *s, const double *y);
/** Direction of q moving by `direction` with alpha_q; kept as the ray when it is one. */
bool dca__simplex_keep_direction(dca__simplex *s, dca_index q, double direction);

/** An honest run needs a few times total pivots; at this many it is going in circles. */
static inline int64_t dca__simplex_run_cap(const dca__simplex *s)
{
    return s->iterations + 10000 + 100 * (int64_t)s->total;
}

/* ---- sift.c --------------------------------------------------------------------------------------- */

/** So many more columns than rows that a working set pays; by option simplex.sifting. */
bool dca__simplex_is_wide(const dca__simplex *s);
/** The primal begins or ends: columns fall asleep where `may_sift`, and wake up. O(entries). */
void dca__simplex_sift_begin(dca__simplex *s);
void dca__simplex_sift_end(dca__simplex *s);
/** After d was computed: wake columns when the set is done, no awake column being attractive or no
 *  iteration possible. False: no column that is asleep is attractive. O(n). */
bool dca__simplex_sift_select(dca__simplex *s);
/** From the slack basis: the dual on a first working set, by prices or by costs, then the primal, and
 *  what that ended with. False: no good set was found, and nothing has changed. */
bool dca__simplex_sift(dca__simplex *s, bool by_prices, dca__ending *out);
/** The dual finds no column awake for a row, rho holds its row of B^-1 and its basic variable is above
 *  or below its bounds: wake some that can enter. False: there is none. O(entries). */
bool dca__simplex_sift_mend(dca__simplex *s, bool above);

/* ---- sift_first.c --------------------------------------------------------------------------------- */

/** Wake the columns of the first set; all are asleep, and the basis is that of slacks. O(entries). */
void dca__simplex_first_by_costs(dca__simplex *s);
/** The same by prices, and the columns off their bounds, of crash_penalty.c; none where these are not
 *  *good. */
DCA_NODISCARD dca_status dca__simplex_first_by_prices(dca__simplex *s, bool *good);

/* ---- dual.c, primal.c, warm.c, rounds.c ------------------------------------------------------------ */

dca__ending dca__simplex_dual(dca__simplex *s, bool perturb);
dca__ending dca__simplex_primal(dca__simplex *s);
/** Go on from x, d, weights and lists as they are, without a rebuild; OPTIMAL when no violation is
 *  left, else OTHER or STOPPED: a whole solve is needed. */
dca__ending dca__simplex_dual_resume(dca__simplex *s);
/** The same for a feasible point with wrong signs. The weights of the dual are void then. */
dca__ending dca__simplex_primal_resume(dca__simplex *s);

/* ---- resume.c ------------------------------------------------------------------------------------- */

/** The price or the status of row i has changed. */
static inline void dca__simplex_note_price(dca__simplex *s, dca_index i)
{
    if (!s->price_mark[i]) {
        s->price_mark[i] = 1;
        s->price_trail[s->price_trail_count++] = i;
    }
}
/** The value or the status of j has; that of a logical is nobody's business, its status is the row's. */
static inline void dca__simplex_note_status(dca__simplex *s, dca_index j)
{
    if (j >= s->n) {
        dca__simplex_note_price(s, j - s->n);
    } else if (!s->trail_mark[j]) {
        s->trail_mark[j] = 1;
        s->trail[s->trail_count++] = j;
    }
}
/** After an optimum: the next solve may resume. */
void dca__simplex_come_alive(dca__simplex *s);
/** A bound or cost of the variable has changed. */
void dca__simplex_note_edit(dca__simplex *s, dca_index variable);
/** Note what a step of q to its other bound moved. */
void dca__simplex_trail_flip(dca__simplex *s, dca_index q);
/** Note what a pivot moved, and y with it; after x has moved and before the exchange. */
void dca__simplex_trail_pivot(dca__simplex *s, dca_index q, dca_index leaving, double theta);

/* ---- renew.c -------------------------------------------------------------------------------------- */

/** A fresh factor within a resumed solve; y, d and x refined, changes noted, violations listed. O(entries).
 *  False: told to stop, memory, or a whole solve is needed. */
DCA_NODISCARD bool dca__simplex_renew(dca__simplex *s);

/* ---- continued: warm.c, object.c ------------------------------------------------------------------- */

/** Slack basis. */
void dca__simplex_slack_basis(dca__simplex *s);
/** Undefined arrays for that many entries. */
DCA_NODISCARD dca_status dca__simplex_matrix_new(dca_env *env, dca_index m, dca_index n,
                                                 dca_nnz entries, dca__simplex_matrix *out);
void dca__simplex_matrix_free(dca_env *env, dca__simplex_matrix *matrix);
/** The columns become those of `matrix` and its arrays the simplex's; the old ones are freed. */
void dca__simplex_adopt_matrix(dca__simplex *s, const dca__simplex_matrix *matrix);
/** The row copy from the column copy, with the twins and the active entries in front. */
void dca__simplex_build_rows(dca__simplex *s);

#endif
