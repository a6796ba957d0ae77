/* lu.h - sparse LU factorisation of a simplex basis, with Forrest-Tomlin updates.
 *
 * B is m x m; column k of B ("position k") is a column of the constraint matrix or a unit vector.
 * Two index spaces: right-hand sides of B x = b and solutions of B'y = c are indexed by *row*;
 * solutions of B x = b and right-hand sides of B'y = c by *position*.
 *
 *     P B Q = L U,   after t updates   L^-1 then R_1..R_t (row etas) gives U
 *
 * Cost: singletons and Markowitz pivots O(fill); solves proportional to the entries touched when the
 * right-hand side is sparse (symbolic reach), O(nnz(L+U)) otherwise.
 * The object owns its storage and survives a refused update or allocation: after DCA_E_NOMEM the old
 * factors stand. Work (entries touched) is added to lu->work for the caller to read. */
#ifndef DCA_LA_LU_H
#define DCA_LA_LU_H

#include "la/spvec.h"

#include <stdbool.h>

typedef struct dca__lu dca__lu;

typedef struct dca__lu_settings {
    double threshold; /* relative pivot threshold by column, e.g. 0.1 */
    double drop;      /* entries below are taken as zero, 1e-14 */
    double singular;  /* absolute: no pivot below, 1e-11 relative to the column's largest entry */
    int32_t max_updates; /* refactorise at the latest then, 100 */
} dca__lu_settings;

/** The constraint matrix by columns: column j holds entries start[j] .. start[j]+length[j]-1, no row
 *  twice, all finite; stored zeros are ignored. */
typedef struct dca__lu_matrix {
    const dca_nnz *start;
    const dca_index *length;
    const dca_index *index; /* rows */
    const double *value;
} dca__lu_matrix;

DCA_NODISCARD dca_status dca__lu_new(dca_env *env, const dca__lu_settings *settings, dca__lu **out);
void dca__lu_free(dca__lu *lu);

/** Factorise. basis[k] >= 0: column j of the matrix; basis[k] = -1-i: the unit vector e_i.
 *  When B is singular (or nearly), positions that found no pivot are paired with rows that found
 *  none: num_deficient pairs (deficient_position[], deficient_row[]), readable afterwards; the
 *  factors are those of B with the unit vector of that row put at that position. The caller must
 *  change its basis accordingly. m may differ from the last call.
 *  DCA_E_NOMEM, or DCA_E_STATE when the control said stop: the old factors stand. */
DCA_NODISCARD dca_status dca__lu_factorise(dca__lu *lu, dca_index m, const dca__lu_matrix *matrix,
                                           const dca_index *basis);
dca_index dca__lu_num_deficient(const dca__lu *lu);
void dca__lu_deficient(const dca__lu *lu, dca_index k, dca_index *position, dca_index *row);

/** B x = b in place: rows in, positions out. for_update keeps the partly transformed column that
 *  dca__lu_update needs (the entering column; at most one is kept, the last). */
void dca__lu_ftran(dca__lu *lu, dca__spvec *x, bool for_update);
/** B x = b in place like ftran, but only entries listed in `want` (positions) are needed: the others of
 *  x may be left at zero. */
void dca__lu_ftran_at(dca__lu *lu, dca__spvec *x, const dca__spvec *want);
/** B'y = c in place: positions in, rows out. With c a multiple of a unit vector e_p part of the work
 *  is kept: an update at p that comes next is cheaper. */
void dca__lu_btran(dca__lu *lu, dca__spvec *y);

typedef enum dca__lu_verdict {
    DCA__LU_UPDATED = 0,
    DCA__LU_UNSTABLE, /* new pivot disagrees with alpha_p: old factors stand, refactorise */
    DCA__LU_FULL      /* max_updates reached or no room: old factors stand, refactorise */
} dca__lu_verdict;

/** Replace the column at `position` by the one last given to ftran(for_update); alpha_p is entry
 *  `position` of its ftran result. [Forrest, Tomlin 1972; Suhl, Suhl 1993] */
dca__lu_verdict dca__lu_update(dca__lu *lu, dca_index position, double alpha_p);

/** True when the counted-work model says that a fresh factorisation pays. */
bool dca__lu_wants_refactor(const dca__lu *lu);
dca_index dca__lu_num_updates(const dca__lu *lu);

/** Largest |b - B x|_i / (|b| + |B||x|)_i of a probe, and of one transposed: the first rung of the
 *  honesty ladder. About 1e-15 when all is well; far above 1e-9 tighten the threshold. basis as in
 *  factorise (repairs need not be in yet, unless there were updates). O(nnz(B) + nnz(L+U)). */
double dca__lu_residual(dca__lu *lu, const dca__lu_matrix *matrix, const dca_index *basis);

/** Entries touched since the object was made. */
int64_t dca__lu_work(const dca__lu *lu);
/** nnz of L + U, and of B when last factorised. */
void dca__lu_fill(const dca__lu *lu, dca_nnz *factor_entries, dca_nnz *basis_entries);
/** A control to poll during long factorisations, or NULL (the default); borrowed until the next
 *  call. Its work count is left as it was: the caller counts dca__lu_work(). */
void dca__lu_set_control(dca__lu *lu, dca_control *control);
/** Take other settings: max_updates from now on, the rest for what is computed from now on; the
 *  factors stand. On DCA_E_NOMEM the old settings do too. */
DCA_NODISCARD dca_status dca__lu_configure(dca__lu *lu, const dca__lu_settings *settings);
/** Tighten or restore the pivot threshold for later factorisations. */
void dca__lu_set_threshold(dca__lu *lu, double threshold);

#endif
