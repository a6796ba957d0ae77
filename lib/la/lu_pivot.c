/* lu_pivot.c - the nucleus: what the singletons leave, and one step of its elimination.
 *
 *     a_ij -= (a_iq / a_pq) a_pj      for rows i of column q, columns j of row p
 *
 * The active columns carry values, the active rows only their pattern. Row p is written to raw_u,
 * the multipliers to raw_l; every touched column gets its exact largest entry back. Lines without
 * room move to the end of their file; a full file is packed and grown in one go. A column whose
 * entries have all become tiny against its original largest is rejected: it will be replaced.
 *
 * Cost of a step: the entries of the touched columns, and a search in each row that loses one. */
#include "la/lu_object.h"

#include <assert.h>
#include <math.h>

/* fmax() is a call when NaN counts. */
static inline double larger(double a, double b)
{
    return a > b ? a : b;
}

static void pick_nucleus(dca__lu *lu)
{
    lu->num_nucleus_positions = 0;
    lu->num_nucleus_rows = 0;
    for (dca_index k = 0; k < lu->m; k++) {
        if (lu->state[k] == DCA__LU_ACTIVE) {
            lu->nucleus_position[lu->num_nucleus_positions++] = k;
        }
        if (lu->new_pivot_of_row[k] < 0) {
            lu->nucleus_row[lu->num_nucleus_rows++] = k;
        }
    }
    lu->num_active = lu->num_nucleus_positions;
}

/* Lines with room for their count and half as much again. Returns the file length. */
static dca_nnz lay_out(dca__lu_lines *lines, const dca_index *id, dca_index n,
                       const dca_index *count)
{
    dca_nnz used = 0;
    for (dca_index t = 0; t < n; t++) {
        dca__lu_span *span = &lines->span[id[t]];
        span->start = used;
        span->length = 0;
        span->room = count[id[t]] + count[id[t]] / 2 + 1;
        used += span->room;
    }
    lines->used = used;
    return used;
}

static void copy_column(dca__lu *lu, const dca__lu_matrix *matrix, dca_index j, dca_index k)
{
    dca__lu_span *span = &lu->active_column.span[k];
    double largest = 0.0;
    for (dca_nnz e = matrix->start[j]; e < matrix->start[j] + matrix->length[j]; e++) {
        const dca_index i = matrix->index[e];
        if (lu->new_pivot_of_row[i] >= 0 || matrix->value[e] == 0.0) {
            continue;
        }
        const dca_nnz at = span->start + span->length++;
        lu->active_column.index[at] = i;
        lu->active_column.value[at] = matrix->value[e];
        largest = larger(largest, fabs(matrix->value[e]));
        dca__lu_span *row = &lu->active_row.span[i];
        lu->active_row.index[row->start + row->length++] = k;
    }
    lu->column_max[k] = largest;
}

static void drop_from_row(dca__lu *lu, dca_index i, dca_index k)
{
    dca__lu_span *span = &lu->active_row.span[i];
    dca_index *restrict index = lu->active_row.index + span->start;
    dca_index t = 0;
    while (index[t] != k) {
        t++;
    }
    lu->work += t + 1;
    index[t] = index[--span->length];
}

static void relink_row(dca__lu *lu, dca_index i)
{
    dca__lu_unlink(&lu->rows, i);
    if (lu->active_row.span[i].length > 0) {
        dca__lu_link(&lu->rows, i, lu->active_row.span[i].length);
    }
}

/* Back into the list of its count, or out of the game when nothing of size is left in it. */
static void settle_column(dca__lu *lu, dca_index k)
{
    dca__lu_span *span = &lu->active_column.span[k];
    dca__lu_unlink(&lu->columns, k);
    if (lu->column_max[k] > lu->settings.singular * lu->original_max[k]) {
        dca__lu_link(&lu->columns, k, span->length);
        return;
    }
    for (dca_nnz e = span->start; e < span->start + span->length; e++) {
        drop_from_row(lu, lu->active_column.index[e], k);
        relink_row(lu, lu->active_column.index[e]);
    }
    span->length = 0;
    lu->state[k] = DCA__LU_REJECTED;
    lu->num_active--;
}

dca_status dca__lu_load_nucleus(dca__lu *lu, const dca__lu_matrix *matrix, const dca_index *basis)
{
    pick_nucleus(lu);
    const dca_nnz columns = lay_out(&lu->active_column, lu->nucleus_position,
                                    lu->num_nucleus_positions, lu->column_count);
    const dca_nnz rows =
        lay_out(&lu->active_row, lu->nucleus_row, lu->num_nucleus_rows, lu->row_count);
    dca_status status = dca__lu_reserve_lines(lu, &lu->active_column, columns, true);
    if (status == DCA_OK) {
        status = dca__lu_reserve_lines(lu, &lu->active_row, rows, false);
    }
    if (status != DCA_OK) {
        return status;
    }
    lu->raw_l.used = 0;
    lu->raw_u.used = 0;
    for (dca_index count = 0; count <= lu->num_nucleus_rows; count++) {
        lu->columns.head[count] = -1;
        lu->rows.head[count] = -1;
    }
    for (dca_index t = 0; t < lu->num_nucleus_positions; t++) {
        const dca_index k = lu->nucleus_position[t];
        copy_column(lu, matrix, basis[k], k);
        lu->columns.prev[k] = DCA__LU_UNLINKED;
        lu->work += matrix->length[basis[k]];
    }
    for (dca_index t = 0; t < lu->num_nucleus_rows; t++) {
        lu->rows.prev[lu->nucleus_row[t]] = DCA__LU_UNLINKED;
        relink_row(lu, lu->nucleus_row[t]);
    }
    for (dca_index t = 0; t < lu->num_nucleus_positions; t++) {
        settle_column(lu, lu->nucleus_position[t]);
    }
    return DCA_OK;
}

static dca_status make_column_room(dca__lu *lu, dca_index k, dca_index extra)
{
    dca__lu_lines *file = &lu->active_column;
    const dca_index need = file->span[k].length + extra;
    if (need <= file->span[k].room) {
        return DCA_OK;
    }
    const dca_index room = need + need / 2 + 4;
    if (file->used + room > file->index_capacity || file->used + room > file->value_capacity) {
        const dca_status status = dca__lu_repack_lines(lu, file, lu->nucleus_position,
                                                       lu->num_nucleus_positions, room, true);
        if (status != DCA_OK) {
            return status;
        }
    }
    dca__lu_move_line(file, k, room);
    lu->work += need;
    return DCA_OK;
}

static dca_status make_row_room(dca__lu *lu, dca_index i)
{
    dca__lu_lines *file = &lu->active_row;
    const dca_index need = file->span[i].length + 1;
    if (need <= file->span[i].room) {
        return DCA_OK;
    }
    const dca_index room = need + need / 2 + 4;
    if (file->used + room > file->index_capacity) {
        const dca_status status =
            dca__lu_repack_lines(lu, file, lu->nucleus_row, lu->num_nucleus_rows, room, false);
        if (status != DCA_OK) {
            return status;
        }
    }
    dca__lu_move_line(file, i, room);
    lu->work += need;
    return DCA_OK;
}

/* Column q divided by the pivot into multiplier[] and raw_l; q leaves its rows. */
static dca_status take_multipliers(dca__lu *lu, dca_index p, dca_index q)
{
    const dca__lu_span span = lu->active_column.span[q];
    const dca_status status = dca__lu_reserve_entries(lu, &lu->raw_l, lu->raw_l.used + span.length);
    if (status != DCA_OK) {
        return status;
    }
    double pivot = 0.0;
    for (dca_nnz e = span.start; e < span.start + span.length; e++) {
        if (lu->active_column.index[e] == p) {
            pivot = lu->active_column.value[e];
        }
    }
    assert(pivot != 0.0);
    for (dca_nnz e = span.start; e < span.start + span.length; e++) {
        const dca_index i = lu->active_column.index[e];
        if (i == p) {
            continue;
        }
        const double multiplier = lu->active_column.value[e] / pivot;
        lu->multiplier[i] = multiplier;
        lu->raw_l.index[lu->raw_l.used] = i;
        lu->raw_l.value[lu->raw_l.used++] = multiplier;
        drop_from_row(lu, i, q);
    }
    lu->active_column.span[q].length = 0;
    dca__lu_unlink(&lu->columns, q);
    lu->work += 2 * (int64_t)span.length;
    dca__lu_record_pivot(lu, p, q, pivot);
    return DCA_OK;
}

/* Take entry p out of column k and return its value. */
static double take_entry(dca__lu *lu, dca_index p, dca_index k)
{
    dca__lu_span *span = &lu->active_column.span[k];
    dca_nnz e = span->start;
    while (lu->active_column.index[e] != p) {
        e++;
    }
    const double value = lu->active_column.value[e];
    const dca_nnz last = span->start + --span->length;
    lu->active_column.index[e] = lu->active_column.index[last];
    lu->active_column.value[e] = lu->active_column.value[last];
    return value;
}

/* a_ik -= multiplier_i u where the column has an entry; those that vanish leave. Marks the rows of
 * the column; returns how many multipliers were met. Most multipliers are zero, unpredictably: no
 * branch on them. */
static dca_index update_column(dca__lu *lu, dca_index k, double u)
{
    dca__lu_span *span = &lu->active_column.span[k];
    dca_index *restrict index = lu->active_column.index + span->start;
    double *restrict value = lu->active_column.value + span->start;
    const double *restrict multiplier = lu->multiplier;
    uint32_t *restrict mark = lu->mark;
    const uint32_t epoch = dca__lu_next_epoch(lu);
    const double drop = lu->settings.drop;
    dca_index length = span->length;
    double largest = 0.0;
    dca_index met = 0;
    lu->work += length;
    for (dca_index t = 0; t < length;) {
        const dca_index i = index[t];
        const double factor = multiplier[i];
        const double x = value[t] - factor * u;
        mark[i] = epoch;
        met += factor != 0.0;
        if (fabs(x) <= drop) {
            drop_from_row(lu, i, k);
            index[t] = index[--length];
            value[t] = value[length];
            continue;
        }
        value[t++] = x;
        largest = larger(largest, fabs(x));
    }
    span->length = length;
    lu->column_max[k] = largest;
    return met;
}

/* New entries of column k in the rows of raw_l[first..) that are not marked. */
static dca_status fill_column(dca__lu *lu, dca_index k, double u, dca_nnz first, dca_index fill)
{
    dca_status status = make_column_room(lu, k, fill);
    if (status != DCA_OK) {
        return status;
    }
    dca__lu_span *span = &lu->active_column.span[k];
    double largest = lu->column_max[k];
    for (dca_nnz e = first; e < lu->raw_l.used; e++) {
        const dca_index i = lu->raw_l.index[e];
        const double x = -lu->raw_l.value[e] * u;
        if (lu->mark[i] == lu->epoch || fabs(x) <= lu->settings.drop) {
            continue;
        }
        status = make_row_room(lu, i);
        if (status != DCA_OK) {
            return status;
        }
        dca__lu_span *row = &lu->active_row.span[i];
        lu->active_row.index[row->start + row->length++] = k;
        const dca_nnz at = span->start + span->length++;
        lu->active_column.index[at] = i;
        lu->active_column.value[at] = x;
        largest = larger(largest, fabs(x));
    }
    lu->column_max[k] = largest;
    lu->work += lu->raw_l.used - first;
    return DCA_OK;
}

/* One column of the pivot row: U entry out, elimination, back into the lists. */
static dca_status eliminate_column(dca__lu *lu, dca_index p, dca_index k, dca_nnz first)
{
    dca_status status = dca__lu_reserve_entries(lu, &lu->raw_u, lu->raw_u.used + 1);
    if (status != DCA_OK) {
        return status;
    }
    const double u = take_entry(lu, p, k);
    lu->raw_u.index[lu->raw_u.used] = k;
    lu->raw_u.value[lu->raw_u.used++] = u;
    const dca_index met = update_column(lu, k, u);
    const dca_index fill = (dca_index)(lu->raw_l.used - first) - met;
    if (fill > 0) {
        status = fill_column(lu, k, u, first, fill);
    }
    if (status == DCA_OK) {
        settle_column(lu, k);
    }
    return status;
}

/* On failure the nucleus is void; the multipliers are zero again in any case. */
dca_status dca__lu_eliminate(dca__lu *lu, dca_index p, dca_index q)
{
    const dca_index step = lu->num_pivots - lu->num_singletons;
    const dca_nnz first = lu->raw_l.used;
    dca_status status = take_multipliers(lu, p, q);
    if (status != DCA_OK) {
        return status;
    }
    lu->num_active--;
    dca__lu_unlink(&lu->rows, p);
    /* Row p itself never moves: only rows of raw_l grow. A repack may shift it, hence the span. */
    dca__lu_span *row = &lu->active_row.span[p];
    while (row->length > 0 && status == DCA_OK) {
        const dca_index k = lu->active_row.index[row->start + --row->length];
        if (k != q) {
            status = eliminate_column(lu, p, k, first);
        }
    }
    for (dca_nnz e = first; e < lu->raw_l.used; e++) {
        const dca_index i = lu->raw_l.index[e];
        lu->multiplier[i] = 0.0;
        if (status == DCA_OK) {
            relink_row(lu, i);
        }
    }
    lu->raw_l_end[step] = lu->raw_l.used;
    lu->raw_u_end[step] = lu->raw_u.used;
    return status;
}
