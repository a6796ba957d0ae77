/* lp.h - the LP layer: a linear programme with names, built and edited in place.
 *
 *     minimise or maximise  c'x + c0   subject to   rl <= A x <= ru,   l <= x <= u
 *
 * Rows and columns are dense indices. Deletion compacts and returns the map. Costs and coefficients
 * are finite; lower bounds may be -INFINITY and upper bounds INFINITY; NaN is refused everywhere. A
 * lower bound above its upper bound is accepted: the answer is then infeasible. Every edit is all or
 * nothing, and the next solve of each solver on this LP starts from its last basis.
 *
 * Bulk arguments: dca_doubles and friends give a pointer and a stride in bytes; NULL for the default.
 * An `index` list may be NULL: then the call is about 0 .. n-1. */
#ifndef DCALLOC_LP_H
#define DCALLOC_LP_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/** An LP without rows and columns, to be minimised. */
DCA_API DCA_NODISCARD dca_status dca_lp_new(dca_env *env, dca_lp **out);
DCA_API DCA_NODISCARD dca_status dca_lp_copy(const dca_lp *lp, dca_lp **out);
DCA_API void dca_lp_free(dca_lp *lp);
/** Details of the last failed call on this object. */
DCA_API void dca_lp_error(const dca_lp *lp, dca_error *out);

/* ---- Build. O(entries) each. --------------------------------------------------------------------*/

/** Append columns; they get the indices *first .. *first+n-1. Entries refer to rows that exist; a row
 *  listed twice in a column is DCA_E_ARG; zeros are dropped.
 *  @param first  receives the index of the first new column (may be NULL) */
DCA_API DCA_NODISCARD dca_status dca_lp_add_columns(dca_lp *lp, const dca_lp_columns *columns,
                                                    dca_index *first);
/** Append rows; entries refer to columns that exist. */
DCA_API DCA_NODISCARD dca_status dca_lp_add_rows(dca_lp *lp, const dca_lp_rows *rows,
                                                 dca_index *first);
/** Append one column. `rows` and `values` hold `count` entries; name may be NULL. */
DCA_API DCA_NODISCARD dca_status dca_lp_add_column(dca_lp *lp, const char *name, double cost,
                                                   double lower, double upper, dca_index count,
                                                   const dca_index *rows, const double *values,
                                                   dca_index *out);
/** Append one row. */
DCA_API DCA_NODISCARD dca_status dca_lp_add_row(dca_lp *lp, const char *name, double lower,
                                                double upper, dca_index count,
                                                const dca_index *columns, const double *values,
                                                dca_index *out);

/* ---- Edit. -------------------------------------------------------------------------------------- */

DCA_API DCA_NODISCARD dca_status dca_lp_set_sense(dca_lp *lp, dca_sense sense);
DCA_API DCA_NODISCARD dca_status dca_lp_set_offset(dca_lp *lp, double offset);
/** Name of the problem; NULL: none. */
DCA_API DCA_NODISCARD dca_status dca_lp_set_name(dca_lp *lp, const char *name);
/** Name of the objective row in files; NULL: "obj". */
DCA_API DCA_NODISCARD dca_status dca_lp_set_objective_name(dca_lp *lp, const char *name);
DCA_API DCA_NODISCARD dca_status dca_lp_set_row_name(dca_lp *lp, dca_index row, const char *name);
DCA_API DCA_NODISCARD dca_status dca_lp_set_column_name(dca_lp *lp, dca_index column,
                                                        const char *name);
DCA_API DCA_NODISCARD dca_status dca_lp_set_costs(dca_lp *lp, dca_index n, const dca_index *columns,
                                                  dca_doubles costs);
/** `lower` or `upper` with at == NULL leaves that side as it is. */
DCA_API DCA_NODISCARD dca_status dca_lp_set_column_bounds(dca_lp *lp, dca_index n,
                                                          const dca_index *columns,
                                                          dca_doubles lower, dca_doubles upper);
DCA_API DCA_NODISCARD dca_status dca_lp_set_row_bounds(dca_lp *lp, dca_index n,
                                                       const dca_index *rows, dca_doubles lower,
                                                       dca_doubles upper);
/** Nonzero marks an integer column. */
DCA_API DCA_NODISCARD dca_status dca_lp_set_integers(dca_lp *lp, dca_index n,
                                                     const dca_index *columns, dca_indices integer);
/** Set A[rows[k], columns[k]] = values[k]; zero removes the entry. */
DCA_API DCA_NODISCARD dca_status dca_lp_set_coefficients(dca_lp *lp, dca_nnz n,
                                                         const dca_index *rows,
                                                         const dca_index *columns,
                                                         const double *values);
/** Delete rows (each listed once); the rest keep their order.
 *  @param map  [num_rows before] receives each row's new index or -1 (may be NULL) */
DCA_API DCA_NODISCARD dca_status dca_lp_delete_rows(dca_lp *lp, dca_index n, const dca_index *rows,
                                                    dca_index *map);
DCA_API DCA_NODISCARD dca_status dca_lp_delete_columns(dca_lp *lp, dca_index n,
                                                       const dca_index *columns, dca_index *map);

/* ---- Read. Ranges [first, first+n) are copied into out arrays; NULL outs are skipped. ------------ */

DCA_API dca_index dca_lp_num_rows(const dca_lp *lp);
DCA_API dca_index dca_lp_num_columns(const dca_lp *lp);
DCA_API dca_nnz dca_lp_num_entries(const dca_lp *lp);
DCA_API dca_index dca_lp_num_integers(const dca_lp *lp);
DCA_API dca_sense dca_lp_sense(const dca_lp *lp);
DCA_API double dca_lp_offset(const dca_lp *lp);
/** Borrowed until the next edit; NULL when unnamed. */
DCA_API const char *dca_lp_name(const dca_lp *lp);
DCA_API const char *dca_lp_objective_name(const dca_lp *lp);
DCA_API const char *dca_lp_row_name(const dca_lp *lp, dca_index row);
DCA_API const char *dca_lp_column_name(const dca_lp *lp, dca_index column);
/** The row or column of a name, or -1. O(length). */
DCA_API dca_index dca_lp_find_row(const dca_lp *lp, const char *name);
DCA_API dca_index dca_lp_find_column(const dca_lp *lp, const char *name);
DCA_API DCA_NODISCARD dca_status dca_lp_get_columns(const dca_lp *lp, dca_index first, dca_index n,
                                                    double *cost, double *lower, double *upper,
                                                    int32_t *integer);
DCA_API DCA_NODISCARD dca_status dca_lp_get_rows(const dca_lp *lp, dca_index first, dca_index n,
                                                 double *lower, double *upper);
/** Entries of columns first .. first+n-1 by column, rows ascending. Call with index NULL to learn
 *  start[n], then with room for that many.
 *  @param start  [n+1] receives offsets from 0 */
DCA_API DCA_NODISCARD dca_status dca_lp_get_entries(const dca_lp *lp, dca_index first, dca_index n,
                                                    dca_nnz *start, dca_index *index,
                                                    double *value);
/** Increases with every edit. */
DCA_API uint64_t dca_lp_revision(const dca_lp *lp);

#ifdef __cplusplus
}
#endif
#endif /* DCALLOC_LP_H */
