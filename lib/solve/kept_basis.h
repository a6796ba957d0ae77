/* kept_basis.h - a basis by the ids of its rows and columns, so that it survives edits of the LP.
 *
 * Ids ascend with the index and never return (lp/lp.h): carrying the basis over any additions and
 * deletions is a merge of two ascending lists. Rows that are new start basic, columns that are new at
 * a bound; the backend repairs what is then not a basis. */
#ifndef DCA_SOLVE_KEPT_BASIS_H
#define DCA_SOLVE_KEPT_BASIS_H

#include "lp/lp.h"

#include <stdbool.h>

typedef struct dca__kept_basis {
    bool present;
    dca_index num_rows, num_columns;
    dca_nnz row_capacity, column_capacity, row_id_capacity, column_id_capacity;
    uint8_t *row_status, *column_status;
    uint64_t *row_id, *column_id;
} dca__kept_basis;

void dca__kept_basis_free(dca_env *env, dca__kept_basis *kept);
/** Keep statuses of the LP's present rows and columns. On DCA_E_NOMEM the old ones stand. */
DCA_NODISCARD dca_status dca__kept_basis_store(dca_env *env, dca__kept_basis *kept,
                                               const dca_lp *lp, const uint8_t *columns,
                                               const uint8_t *rows);
/** Other statuses of the rows and columns that are kept. */
void dca__kept_basis_renew(dca__kept_basis *kept, const uint8_t *columns, const uint8_t *rows);
/** Statuses for the LP as it is now: columns [num_columns], rows [num_rows]. O(m + n). */
void dca__kept_basis_carry(const dca__kept_basis *kept, const dca_lp *lp, uint8_t *columns,
                           uint8_t *rows);

#endif
