/* simplex.h - the native simplex: one problem, one basis, kept alive between solves.
 *
 *     minimise c'x + c0   subject to   A x + s = 0 with logical s_i in [-ru_i, -rl_i],  l <= x <= u
 *
 * The object works on the numbers it is given: scaling is the backend's business. It owns a column-wise
 * and a row-wise copy of A, the factors of the basis, the values of the basic variables, prices,
 * reduced costs and edge weights by variable, and patches them when it is told of an edit.
 * Nothing here claims an outcome on updated numbers: a claim follows a fresh factorisation, without
 * perturbation (docs/numerics.md). */
#ifndef DCA_SIMPLEX_SIMPLEX_H
#define DCA_SIMPLEX_SIMPLEX_H

#include "base/limit.h"
#include "base/opt.h"
#include "dcalloc/backend.h"

typedef struct dca__simplex dca__simplex;

typedef struct dca__simplex_report {
    dca_outcome outcome; /* OPTIMAL, INFEASIBLE, UNBOUNDED, a limit, or IMPRECISE: gave up */
    dca__method method;  /* DUAL or PRIMAL: the one that finished */
    int64_t iterations;
    int64_t work;
    double infeasibility; /* sum of primal violations of the final point */
} dca__simplex_report;

DCA_NODISCARD dca_status dca__simplex_new(dca_env *env, dca__simplex **out);
void dca__simplex_free(dca__simplex *simplex);

/** Replace the problem (copied); slack basis. On DCA_E_NOMEM the old one stands. */
DCA_NODISCARD dca_status dca__simplex_load(dca__simplex *simplex, const dca_problem *problem);
/** Patch; keeps the basis, and the factors unless a basic column's coefficient changed. */
DCA_NODISCARD dca_status dca__simplex_edit(dca__simplex *simplex, const dca_edit *edits, dca_nnz n);
/** Any statuses; a singular or short basis is repaired with logicals. */
DCA_NODISCARD dca_status dca__simplex_set_basis(dca__simplex *simplex, const uint8_t *columns,
                                                const uint8_t *rows);
/** Solve from the current basis. method AUTO: from slacks by counts of the problem (choice.h), from
 *  another basis the primal where that is primal feasible, else the dual. On DCA_E_NOMEM the last basis
 *  stands. */
DCA_NODISCARD dca_status dca__simplex_solve(dca__simplex *simplex, const dca__settings *settings,
                                            dca__method method, dca_control *control,
                                            dca__simplex_report *report);

/** Solve from the last optimum, paying for what the edits since then reach. True: an optimum on updated
 *  numbers, to be proved; what changed is in the trail. False: nothing is lost, but solve() is needed.
 *  The report counts what was spent in both cases. */
bool dca__simplex_resume(dca__simplex *simplex, const dca__settings *settings, dca_control *control,
                         dca__simplex_report *report);
/** Move y where rounding left the reduced costs of basic columns on the wrong side of 0, as at the end
 *  of a whole solve; new prices are in the trail. False: none of the columns is such. */
bool dca__simplex_mend_duals(dca__simplex *simplex, const dca_index *columns, dca_index count);
/** Refine y by the reduced costs of those of the columns that are basic; new prices are in the trail. False:
 *  there was nothing to refine. */
bool dca__simplex_refine_prices(dca__simplex *simplex, const dca_index *columns, dca_index count);
/** Take one column whose value or status may have changed, or one row whose price or status may have,
 *  from the trail; false when it is empty. */
bool dca__simplex_next_column(dca__simplex *simplex, dca_index *column);
bool dca__simplex_next_row(dca__simplex *simplex, dca_index *row);
/** Value and status of a column, price and status of a row. */
void dca__simplex_get_column(const dca__simplex *simplex, dca_index j, double *x, uint8_t *status);
void dca__simplex_get_row(const dca__simplex *simplex, dca_index i, double *y, uint8_t *status);

/* Of the last solve; O(m + n). Statuses are dca_basis_status, exactly m of them basic. */
void dca__simplex_get_basis(const dca__simplex *simplex, uint8_t *columns, uint8_t *rows);
void dca__simplex_get_point(const dca__simplex *simplex, double *x, double *y);
/** After INFEASIBLE a Farkas ray [m], after UNBOUNDED a direction [n]; false when there is none. */
bool dca__simplex_get_ray(dca__simplex *simplex, double *ray);

#endif
