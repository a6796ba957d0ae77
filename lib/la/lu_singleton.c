/* lu_singleton.c - pivots that need no arithmetic: unit vectors, column and row singletons.
 *
 * A column with one entry in rows without pivot becomes a column of U, whose row leaves the other
 * columns; a row with one entry in active columns gives a column of L. Both are found by queues, so
 * that the whole costs O(nnz(B)) [Orchard-Hays 1968; Suhl and Suhl 1990, section 2]. When the column
 * queue has run dry the row queue makes no new column singletons, so one pass of each will do.
 * What is left is the nucleus. column_count, row_count, original_max and by_row hold for it.
 *
 * A column whose only entry is below settings.singular of its largest is rejected: it depends on the
 * columns before it. A row whose only entry is that small stays for the nucleus to judge. */
#include "la/lu_object.h"

#include <math.h>
#include <string.h>

typedef struct source {
    const dca__lu_matrix *matrix;
    const dca_index *basis;
} source;

static void pivot_units(dca__lu *lu, const dca_index *basis)
{
    for (dca_index k = 0; k < lu->m; k++) {
        lu->state[k] = DCA__LU_ACTIVE;
        if (basis[k] >= 0) {
            continue;
        }
        const dca_index i = -1 - basis[k];
        if (lu->new_pivot_of_row[i] < 0) {
            dca__lu_record_pivot(lu, i, k, 1.0);
        } else {
            lu->state[k] = DCA__LU_REJECTED; /* the same unit vector twice */
        }
    }
}

/* Entries of each structural position in rows without pivot, and of each such row. */
static dca_nnz count_entries(dca__lu *lu, const source *from)
{
    dca_nnz total = 0;
    memset(lu->row_count, 0, (size_t)lu->m * sizeof *lu->row_count);
    for (dca_index k = 0; k < lu->m; k++) {
        lu->column_count[k] = 0;
        lu->original_max[k] = 1.0;
        const dca_index j = from->basis[k];
        if (j < 0) {
            continue;
        }
        const dca_nnz start = from->matrix->start[j];
        const dca_nnz end = start + from->matrix->length[j];
        double largest = 0.0;
        dca_index count = 0;
        for (dca_nnz e = start; e < end; e++) {
            const double size = fabs(from->matrix->value[e]);
            const dca_index i = from->matrix->index[e];
            if (size > largest) {
                largest = size;
            }
            if (size != 0.0 && lu->new_pivot_of_row[i] < 0) {
                lu->row_count[i]++;
                count++;
            }
        }
        lu->original_max[k] = largest;
        lu->column_count[k] = count;
        total += count;
        lu->basis_entries += end - start;
    }
    lu->work += lu->basis_entries;
    return total;
}

/* Which positions each row without pivot is in. */
static dca_status list_by_row(dca__lu *lu, const source *from, dca_nnz total)
{
    const dca_status status = dca__lu_reserve_lines(lu, &lu->by_row, total, false);
    if (status != DCA_OK) {
        return status;
    }
    dca_nnz used = 0;
    for (dca_index i = 0; i < lu->m; i++) {
        dca__lu_span *span = &lu->by_row.span[i];
        span->start = used;
        span->length = 0;
        span->room = lu->row_count[i];
        used += lu->row_count[i];
    }
    lu->by_row.used = used;
    for (dca_index k = 0; k < lu->m; k++) {
        if (lu->column_count[k] == 0) {
            continue;
        }
        const dca_nnz start = from->matrix->start[from->basis[k]];
        const dca_nnz end = start + from->matrix->length[from->basis[k]];
        for (dca_nnz e = start; e < end; e++) {
            const dca_index i = from->matrix->index[e];
            if (from->matrix->value[e] != 0.0 && lu->new_pivot_of_row[i] < 0) {
                dca__lu_span *span = &lu->by_row.span[i];
                lu->by_row.index[span->start + span->length++] = k;
            }
        }
        lu->work += end - start;
    }
    return DCA_OK;
}

/* Row i got a pivot: the active positions in it lose an entry; new singletons join the queue. */
static dca_index leave_columns(dca__lu *lu, dca_index i, dca_index tail)
{
    const dca__lu_span *span = &lu->by_row.span[i];
    for (dca_nnz e = span->start; e < span->start + span->length; e++) {
        const dca_index k = lu->by_row.index[e];
        if (lu->state[k] == DCA__LU_ACTIVE && --lu->column_count[k] == 1) {
            lu->queue[tail++] = k;
        }
    }
    lu->work += span->length;
    return tail;
}

/* The entry of active position k in its only row without pivot. */
static dca_nnz only_entry(const dca__lu *lu, const source *from, dca_index k)
{
    dca_nnz e = from->matrix->start[from->basis[k]];
    while (from->matrix->value[e] == 0.0 || lu->new_pivot_of_row[from->matrix->index[e]] >= 0) {
        e++;
    }
    return e;
}

static void pivot_columns(dca__lu *lu, const source *from)
{
    dca_index tail = 0;
    for (dca_index k = 0; k < lu->m; k++) {
        if (lu->state[k] == DCA__LU_ACTIVE && lu->column_count[k] == 1) {
            lu->queue[tail++] = k;
        }
    }
    for (dca_index head = 0; head < tail; head++) {
        const dca_index k = lu->queue[head];
        if (lu->column_count[k] != 1) {
            continue; /* its row went to another */
        }
        const dca_nnz e = only_entry(lu, from, k);
        const dca_index i = from->matrix->index[e];
        lu->work += from->matrix->length[from->basis[k]];
        if (fabs(from->matrix->value[e]) <= lu->settings.singular * lu->original_max[k]) {
            lu->state[k] = DCA__LU_REJECTED;
            lu->row_count[i]--;
            continue;
        }
        dca__lu_record_pivot(lu, i, k, from->matrix->value[e]);
        tail = leave_columns(lu, i, tail);
    }
}

/* The only active position of row i. */
static dca_index only_position(const dca__lu *lu, dca_index i)
{
    dca_nnz e = lu->by_row.span[i].start;
    while (lu->state[lu->by_row.index[e]] != DCA__LU_ACTIVE) {
        e++;
    }
    return lu->by_row.index[e];
}

static void pivot_rows(dca__lu *lu, const source *from)
{
    dca_index tail = 0;
    for (dca_index i = 0; i < lu->m; i++) {
        if (lu->new_pivot_of_row[i] < 0 && lu->row_count[i] == 1) {
            lu->queue[tail++] = i;
        }
    }
    for (dca_index head = 0; head < tail; head++) {
        const dca_index i = lu->queue[head];
        if (lu->row_count[i] != 1) {
            continue; /* its column went to another row */
        }
        const dca_index k = only_position(lu, i);
        const dca_nnz start = from->matrix->start[from->basis[k]];
        const dca_nnz end = start + from->matrix->length[from->basis[k]];
        dca_nnz pivot = start;
        while (from->matrix->index[pivot] != i || from->matrix->value[pivot] == 0.0) {
            pivot++;
        }
        lu->work += lu->by_row.span[i].length + (end - start);
        if (fabs(from->matrix->value[pivot]) <= lu->settings.singular * lu->original_max[k]) {
            continue;
        }
        dca__lu_record_pivot(lu, i, k, from->matrix->value[pivot]);
        for (dca_nnz e = start; e < end; e++) {
            const dca_index other = from->matrix->index[e];
            if (from->matrix->value[e] != 0.0 && lu->new_pivot_of_row[other] < 0 &&
                --lu->row_count[other] == 1) {
                lu->queue[tail++] = other;
            }
        }
    }
}

/* Expects new_pivot_of_row[] = -1 and num_pivots = 0. */
dca_status dca__lu_pivot_singletons(dca__lu *lu, const dca__lu_matrix *matrix,
                                    const dca_index *basis)
{
    const source from = {matrix, basis};
    pivot_units(lu, basis);
    lu->basis_entries = lu->num_pivots;
    const dca_nnz total = count_entries(lu, &from);
    const dca_status status = list_by_row(lu, &from, total);
    if (status != DCA_OK) {
        return status;
    }
    pivot_columns(lu, &from);
    pivot_rows(lu, &from);
    lu->num_singletons = lu->num_pivots;
    lu->work += 4 * (int64_t)lu->m;
    return DCA_OK;
}
