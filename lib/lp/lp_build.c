/* lp_build.c - append rows and columns.
 *
 * Columns are written at the end of the area with no room to spare and sorted by row. New rows stand
 * below all others, so their entries go to the ends of the columns: one by one where they are few, and
 * with one rebuild of the area where they are many. All that can fail comes first or is undone. */
#include "base/alloc.h"
#include "base/err.h"
#include "base/sort.h"
#include "base/stride.h"
#include "lp/lp.h"
#include "lp/lp_area.h"

#include <math.h>

/* Append names [n], or none. */
static dca_status append_names(dca_lp *lp, dca__strtab *names, dca_strings from, dca_index n,
                               dca_kind kind, dca_error *err)
{
    const dca_index count = names->count;
    for (dca_index k = 0; k < n; k++) {
        const char *name = dca__string_at(from, k);
        const dca_status status = dca__strtab_append(lp->env, names, name);
        if (status == DCA_OK) {
            continue;
        }
        dca__strtab_truncate(lp->env, names, count);
        if (status == DCA_E_NOMEM) {
            return dca__fail_nomem(err);
        }
        return dca__fail(err, DCA_E_ARG, kind, count + k,
                         "%s %d: the name '%.80s' is taken, expected a name of its own",
                         dca__kind_name(kind), (int)(count + k), name);
    }
    return DCA_OK;
}

/* Write column j's entries at the end of the area: room was made. */
static void place_entries(dca_lp *lp, dca_index j, dca_sparse lists, dca_index k)
{
    const dca_nnz at = lp->area_used;
    dca_index length = 0;
    for (dca_nnz e = lists.start == NULL ? 0 : lists.start[k];
         lists.start != NULL && e < lists.start[k + 1]; e++) {
        const double value = dca__sparse_value(lists, e);
        if (value != 0.0) {
            lp->index[at + length] = lists.index[e];
            lp->value[at + length] = value;
            length++;
        }
    }
    dca__sort_entries(lp->index + at, lp->value + at, length);
    lp->start[j] = at;
    lp->length[j] = length;
    lp->room[j] = length;
    lp->area_used += length;
    lp->num_room += length;
    lp->num_entries += length;
}

dca_status dca__lp_add_columns(dca_lp *lp, const dca_lp_columns *columns, dca_error *err)
{
    const dca_index n = columns->n;
    if (dca__lp_reserve_columns(lp, (dca_nnz)lp->num_columns + n) != DCA_OK ||
        dca__area_reserve(lp, dca__sparse_total(columns->entries, n)) != DCA_OK) {
        return dca__fail_nomem(err);
    }
    const dca_status status =
        append_names(lp, &lp->column_names, columns->name, n, DCA_KIND_COLUMN, err);
    if (status != DCA_OK) {
        return status;
    }
    for (dca_index k = 0; k < n; k++) {
        const dca_index j = lp->num_columns + k;
        lp->cost[j] = dca__double_at(columns->cost, k, 0.0);
        lp->lower[j] = dca__double_at(columns->lower, k, 0.0);
        lp->upper[j] = dca__double_at(columns->upper, k, INFINITY);
        lp->integer[j] = dca__index_at(columns->integer, k, 0) != 0;
        lp->num_integers += lp->integer[j];
        lp->column_id[j] = lp->next_column_id++;
        place_entries(lp, j, columns->entries, k);
    }
    lp->num_columns += n;
    lp->revision++;
    lp->structure++;
    return DCA_OK;
}

/* Widen every column by the entries that it will get, at once. */
static dca_status widen_all(dca_lp *lp, dca_sparse lists, dca_index n)
{
    dca_index *more = DCA_ZEROS(lp->env, dca_index, lp->num_columns);
    if (more == NULL) {
        return DCA_E_NOMEM;
    }
    for (dca_nnz e = lists.start[0]; e < lists.start[n]; e++) {
        more[lists.index[e]]++;
    }
    bool needed = false;
    for (dca_index j = 0; j < lp->num_columns; j++) {
        const dca_nnz lacking = (dca_nnz)lp->length[j] + more[j] - lp->room[j];
        more[j] = lacking > 0 ? (dca_index)lacking : 0;
        needed = needed || lacking > 0;
    }
    const dca_status status = needed ? dca__area_rebuild(lp, more) : DCA_OK;
    dca__free(lp->env, more);
    return status;
}

/* Put the entries of the new rows behind those of the columns; none when memory runs out. */
static dca_status append_entries(dca_lp *lp, dca_sparse lists, dca_index n)
{
    const dca_nnz total = dca__sparse_total(lists, n);
    const bool many = total > (lp->num_entries + lp->num_columns) / 8;
    if (total > 0 && many && widen_all(lp, lists, n) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    for (dca_index k = 0; total > 0 && k < n; k++) {
        for (dca_nnz e = lists.start[k]; e < lists.start[k + 1]; e++) {
            const double value = dca__sparse_value(lists, e);
            const dca_index j = lists.index[e];
            if (value == 0.0) {
                continue;
            }
            if (dca__area_widen(lp, j) != DCA_OK) {
                while (e-- > lists.start[0]) { /* take back what was put */
                    lp->length[lists.index[e]] -= dca__sparse_value(lists, e) != 0.0;
                }
                return DCA_E_NOMEM;
            }
            const dca_nnz at = lp->start[j] + lp->length[j]++;
            lp->index[at] = lp->num_rows + k;
            lp->value[at] = value;
        }
    }
    return DCA_OK;
}

dca_status dca__lp_add_rows(dca_lp *lp, const dca_lp_rows *rows, dca_error *err)
{
    const dca_index n = rows->n;
    if (dca__lp_reserve_rows(lp, (dca_nnz)lp->num_rows + n) != DCA_OK) {
        return dca__fail_nomem(err);
    }
    const dca_index count = lp->row_names.count;
    const dca_status status = append_names(lp, &lp->row_names, rows->name, n, DCA_KIND_ROW, err);
    if (status != DCA_OK) {
        return status;
    }
    if (append_entries(lp, rows->entries, n) != DCA_OK) {
        dca__strtab_truncate(lp->env, &lp->row_names, count);
        return dca__fail_nomem(err);
    }
    const dca_nnz total = dca__sparse_total(rows->entries, n);
    for (dca_nnz e = 0; e < total; e++) {
        lp->num_entries += dca__sparse_value(rows->entries, rows->entries.start[0] + e) != 0.0;
    }
    for (dca_index k = 0; k < n; k++) {
        const dca_index i = lp->num_rows + k;
        lp->row_lower[i] = dca__double_at(rows->lower, k, -INFINITY);
        lp->row_upper[i] = dca__double_at(rows->upper, k, INFINITY);
        lp->row_id[i] = lp->next_row_id++;
    }
    lp->num_rows += n;
    lp->revision++;
    lp->structure++;
    return DCA_OK;
}
