/* glpk_copy.h - the GLPK plug-in's own copy of a problem, of its basis and of the last answer: plain
 * arrays in the environment's account, readable from any thread. No GLPK here. */
#ifndef DCALLOC_GLPK_COPY_H
#define DCALLOC_GLPK_COPY_H

#include "dcalloc/backend.h"

#include <stdbool.h>

/* Columns are packed with room: entries of column j stand in start[j] .. start[j] + length[j] - 1, and
 * up to start[j + 1] there is room for more. An entry may be 0. */
typedef struct dca__glpk_copy {
    dca_env *env;
    dca_index num_rows, num_columns;
    double *cost, *lower, *upper;  /* [num_columns]; lower <= upper */
    double *row_lower, *row_upper; /* [num_rows] */
    dca_nnz *start;                /* [num_columns + 1] */
    dca_index *length;             /* [num_columns] */
    dca_index *index;              /* [start[num_columns]] */
    double *value;
    uint8_t *status;  /* [num_columns + num_rows]: dca_basis_status, num_rows of them basic */
    double *x, *y;    /* [num_columns], [num_rows] of the last solve */
    double *activity; /* [num_rows] of the last solve */
    double *ray;      /* [the longer] of the last solve, when has_ray */
    bool solved;      /* since the load: status, x and y are an answer */
    bool has_ray;
    dca_outcome outcome;
} dca__glpk_copy;

/** `count` things of `size` bytes, at least one. */
void *dca__glpk_grab(dca_env *env, dca_nnz count, size_t size);
void dca__glpk_drop(dca_env *env, void *block);

/** Take a problem over, with the slack basis. DCA_E_NOMEM: the old one stands. O(entries). */
DCA_NODISCARD dca_status dca__glpk_copy_load(dca__glpk_copy *copy, const dca_problem *problem);
/** All or none. O(n), and O(entries) once for a batch that makes new entries. */
DCA_NODISCARD dca_status dca__glpk_copy_edit(dca__glpk_copy *copy, const dca_edit *edits,
                                             dca_nnz n);
/** Any statuses: the first num_rows basic ones stay basic, and rows fill up what is missing. */
void dca__glpk_copy_set_basis(dca__glpk_copy *copy, const uint8_t *columns, const uint8_t *rows);
/** Columns that no row can be paired with leave the basis, rows left over enter it: GLPK fails an
 *  assertion on a basis that is singular by its pattern. O(entries of basic columns) as a rule, times
 *  rows at worst. DCA_E_NOMEM: unchanged. */
DCA_NODISCARD dca_status dca__glpk_copy_mend_basis(dca__glpk_copy *copy);
void dca__glpk_copy_free(dca__glpk_copy *copy); /* the arrays */

#endif
