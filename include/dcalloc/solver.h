/* solver.h - solve, and solve again after edits. */
#ifndef DCALLOC_SOLVER_H
#define DCALLOC_SOLVER_H

#include "dcalloc/backend.h"
#include "dcalloc/export.h"
#include "dcalloc/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A solver of an LP. It follows the LP's edits; several solvers may follow one LP.
 *  @param options  copied; NULL: defaults
 *  @param err      details of a failure (may be NULL) */
DCA_API DCA_NODISCARD dca_status dca_solver_new_lp(dca_lp *lp, const dca_options *options,
                                                   dca_solver **out, dca_error *err);
/** A solver of a model: compiles it at the first solve and follows its edits. */
DCA_API DCA_NODISCARD dca_status dca_solver_new_model(dca_model *model, const dca_options *options,
                                                      dca_solver **out, dca_error *err);
DCA_API void dca_solver_free(dca_solver *solver);
DCA_API void dca_solver_error(const dca_solver *solver, dca_error *out);

/** Use another simplex code from the next solve on; NULL: the native one. */
DCA_API DCA_NODISCARD dca_status dca_solver_set_backend(dca_solver *solver,
                                                        const dca_backend *backend);
/** Replace the options; they hold from the next solve on. */
DCA_API DCA_NODISCARD dca_status dca_solver_set_options(dca_solver *solver,
                                                        const dca_options *options);

/** Solve, or re-solve after edits: a later call warm-starts from the last basis whenever that basis
 *  is still usable; dca_solver_reset() forgets it. Symmetric LPs are solved by their quotient each time,
 *  unless option basis or symmetry says otherwise. On one machine the same input, options and calls
 *  give bit-equal results, unless a wall-clock limit strikes. After DCA_E_NOMEM the solver is as usable
 *  as before: the next solve starts from a basis that was kept, or anew, and has the same outcome and
 *  value, but where several points are optimal it may find another of them.
 *  @param control  limits and progress; NULL: those of the options only
 *  @param out      receives a new result, the caller's to free
 *  @return DCA_OK when *out holds an answer, which may be DCA_INFEASIBLE: read its outcome;
 *          DCA_E_NOMEM, DCA_E_UNSUPPORTED (integer marks without option relax, method not built) */
DCA_API DCA_NODISCARD dca_status dca_solver_solve(dca_solver *solver, dca_control *control,
                                                  dca_result **out);
/** Solve, as dca_solver_solve() does, and where the answer is infeasible say which demands of the problem
 *  cannot hold together: an irreducible infeasible set of row sides and column bounds for an LP, of
 *  limits, hard demands and ceilings for a model. Read it with dca_result_conflict_count() and its kin,
 *  in sentences with dca_result_sentence() for a model. Costs a cold solve of the rows concerned and a
 *  hot re-solve per member (docs/algorithms/conflicts.md); limits of options and control hold for all
 *  of it, and end it with what was found.
 *  @param columns  [num_columns] marks, dca_untouchable: bounds that are kept in force while others are
 *                  tried, and told only where they matter; NULL: none. NULL for a model, whose limits
 *                  are untouchable where their repair weight is infinite.
 *  @param rows     [num_rows] likewise
 *  @return as dca_solver_solve(); DCA_E_ARG: a mark above 3, or marks for a model */
DCA_API DCA_NODISCARD dca_status dca_solver_find_conflict(dca_solver *solver,
                                                          const uint8_t *columns,
                                                          const uint8_t *rows, dca_control *control,
                                                          dca_result **out);
/** Forget the basis and everything kept from earlier solves. */
DCA_API void dca_solver_reset(dca_solver *solver);

/** Start the next solve from a basis (LP solvers only): any statuses, dca_basis_status, are taken and
 *  repaired if they are not a basis.
 *  @param columns  [num_columns]
 *  @param rows     [num_rows] */
DCA_API DCA_NODISCARD dca_status dca_solver_set_basis(dca_solver *solver, const uint8_t *columns,
                                                      const uint8_t *rows);

/** The LP that a model solver compiled its model to, of its first tier, as an independent copy: to
 *  write it to a file or to study it. Rows and columns are named by what they stand for,
 *  "capacity[pool,GPU]", "placed[job@pool]" (docs/model.md). LP solvers give a copy of their LP. */
DCA_API DCA_NODISCARD dca_status dca_solver_compiled(dca_solver *solver, dca_control *control,
                                                     dca_lp **out);

#ifdef __cplusplus
}
#endif
#endif /* DCALLOC_SOLVER_H */
