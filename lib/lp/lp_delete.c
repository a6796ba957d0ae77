/* lp_delete.c - delete rows and columns; the rest close ranks in their order.
 *
 * map[k] is the new index of row or column k, or -1. Columns leave their room behind as dead places:
 * O(columns). Rows are renumbered in every entry: O(entries). */
#include "base/alloc.h"
#include "lp/lp.h"

/* The map for deleting listed[n] of `count` things. */
static void make_map(dca_index count, dca_index n, const dca_index *listed, dca_index *map)
{
    for (dca_index k = 0; k < count; k++) {
        map[k] = 0;
    }
    for (dca_index k = 0; k < n; k++) {
        map[listed[k]] = -1;
    }
    dca_index kept = 0;
    for (dca_index k = 0; k < count; k++) {
        map[k] = map[k] < 0 ? -1 : kept++;
    }
}

static void keep_columns(dca_lp *lp, const dca_index *map)
{
    dca_index kept = 0;
    for (dca_index j = 0; j < lp->num_columns; j++) {
        if (map[j] < 0) {
            lp->num_entries -= lp->length[j];
            lp->num_room -= lp->room[j];
            lp->num_integers -= lp->integer[j] != 0;
            continue;
        }
        lp->cost[kept] = lp->cost[j];
        lp->lower[kept] = lp->lower[j];
        lp->upper[kept] = lp->upper[j];
        lp->integer[kept] = lp->integer[j];
        lp->column_id[kept] = lp->column_id[j];
        lp->start[kept] = lp->start[j];
        lp->length[kept] = lp->length[j];
        lp->room[kept] = lp->room[j];
        kept++;
    }
    lp->num_columns = kept;
    dca__strtab_compact(lp->env, &lp->column_names, map);
}

static void keep_rows(dca_lp *lp, const dca_index *map)
{
    dca_index kept = 0;
    for (dca_index i = 0; i < lp->num_rows; i++) {
        if (map[i] >= 0) {
            lp->row_lower[kept] = lp->row_lower[i];
            lp->row_upper[kept] = lp->row_upper[i];
            lp->row_id[kept] = lp->row_id[i];
            kept++;
        }
    }
    lp->num_rows = kept;
    dca__strtab_compact(lp->env, &lp->row_names, map);
    for (dca_index j = 0; j < lp->num_columns; j++) {
        const dca_nnz first = lp->start[j];
        dca_index length = 0;
        for (dca_index k = 0; k < lp->length[j]; k++) {
            const dca_index row = map[lp->index[first + k]];
            if (row >= 0) {
                lp->index[first + length] = row;
                lp->value[first + length] = lp->value[first + k];
                length++;
            }
        }
        lp->num_entries -= lp->length[j] - length;
        lp->length[j] = length;
    }
}

dca_status dca__lp_delete_columns(dca_lp *lp, dca_index n, const dca_index *columns, dca_index *map)
{
    dca_index *own = map == NULL ? DCA_ARRAY(lp->env, dca_index, lp->num_columns) : map;
    if (own == NULL) {
        return DCA_E_NOMEM;
    }
    make_map(lp->num_columns, n, columns, own);
    keep_columns(lp, own);
    lp->revision++;
    lp->structure++;
    if (map == NULL) {
        dca__free(lp->env, own);
    }
    return DCA_OK;
}

dca_status dca__lp_delete_rows(dca_lp *lp, dca_index n, const dca_index *rows, dca_index *map)
{
    dca_index *own = map == NULL ? DCA_ARRAY(lp->env, dca_index, lp->num_rows) : map;
    if (own == NULL) {
        return DCA_E_NOMEM;
    }
    make_map(lp->num_rows, n, rows, own);
    keep_rows(lp, own);
    lp->revision++;
    lp->structure++;
    if (map == NULL) {
        dca__free(lp->env, own);
    }
    return DCA_OK;
}
