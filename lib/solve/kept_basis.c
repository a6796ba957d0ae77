/* kept_basis.c - keep a basis, and carry it over edits. */
#include "solve/kept_basis.h"

#include "base/alloc.h"

#include <string.h>

void dca__kept_basis_free(dca_env *env, dca__kept_basis *kept)
{
    dca__free(env, kept->row_status);
    dca__free(env, kept->column_status);
    dca__free(env, kept->row_id);
    dca__free(env, kept->column_id);
    memset(kept, 0, sizeof *kept);
}

dca_status dca__kept_basis_store(dca_env *env, dca__kept_basis *kept, const dca_lp *lp,
                                 const uint8_t *columns, const uint8_t *rows)
{
    const dca_index m = lp->num_rows;
    const dca_index n = lp->num_columns;
    if (DCA_RESERVE(env, kept->row_status, kept->row_capacity, m) != DCA_OK ||
        DCA_RESERVE(env, kept->column_status, kept->column_capacity, n) != DCA_OK ||
        DCA_RESERVE(env, kept->row_id, kept->row_id_capacity, m) != DCA_OK ||
        DCA_RESERVE(env, kept->column_id, kept->column_id_capacity, n) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    if (m > 0) {
        memcpy(kept->row_status, rows, (size_t)m);
        memcpy(kept->row_id, lp->row_id, (size_t)m * sizeof *lp->row_id);
    }
    if (n > 0) {
        memcpy(kept->column_status, columns, (size_t)n);
        memcpy(kept->column_id, lp->column_id, (size_t)n * sizeof *lp->column_id);
    }
    kept->num_rows = m;
    kept->num_columns = n;
    kept->present = true;
    return DCA_OK;
}

void dca__kept_basis_renew(dca__kept_basis *kept, const uint8_t *columns, const uint8_t *rows)
{
    if (kept->num_rows > 0) {
        memcpy(kept->row_status, rows, (size_t)kept->num_rows);
    }
    if (kept->num_columns > 0) {
        memcpy(kept->column_status, columns, (size_t)kept->num_columns);
    }
}

void dca__kept_basis_carry(const dca__kept_basis *kept, const dca_lp *lp, uint8_t *columns,
                           uint8_t *rows)
{
    dca_index old = 0;
    for (dca_index i = 0; i < lp->num_rows; i++) {
        while (old < kept->num_rows && kept->row_id[old] < lp->row_id[i]) {
            old++;
        }
        const bool known = old < kept->num_rows && kept->row_id[old] == lp->row_id[i];
        rows[i] = known ? kept->row_status[old] : DCA_BASIS_BASIC;
    }
    old = 0;
    for (dca_index j = 0; j < lp->num_columns; j++) {
        while (old < kept->num_columns && kept->column_id[old] < lp->column_id[j]) {
            old++;
        }
        const bool known = old < kept->num_columns && kept->column_id[old] == lp->column_id[j];
        columns[j] = known                  ? kept->column_status[old]
                     : !isinf(lp->lower[j]) ? DCA_BASIS_LOWER
                     : !isinf(lp->upper[j]) ? DCA_BASIS_UPPER
                                            : DCA_BASIS_FREE;
    }
}
