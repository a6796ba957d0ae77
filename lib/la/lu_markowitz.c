/* lu_markowitz.c - which entry of the nucleus to pivot on.
 *
 * Of the entries with |a| >= threshold * (largest of their column), exact at all times, one with a
 * small Markowitz product (r-1)(c-1) is taken, r and c being the entries of its row and column: a
 * bound on the fill [Markowitz 1957]. Lines are searched by increasing count, columns before rows,
 * at most SEARCHED of them that have a candidate [Suhl and Suhl 1990]. A row without one leaves its
 * list until an elimination changes it, so that it is not searched in vain again; columns always
 * have a candidate, their largest entry. Ties go to the larger |a|, then to the first met.
 *
 * A row singleton needs no threshold: it eliminates nothing, only its size counts. */
#include "la/lu_object.h"

#include <math.h>

enum { SEARCHED = 4 };

typedef struct candidate {
    dca_index row, position; /* -1: none yet */
    double product, size;
} candidate;

void dca__lu_link(dca__lu_counts *counts, dca_index line, dca_index count)
{
    const dca_index first = counts->head[count];
    counts->head[count] = line;
    counts->next[line] = first;
    counts->prev[line] = -1 - count;
    if (first >= 0) {
        counts->prev[first] = line;
    }
}

void dca__lu_unlink(dca__lu_counts *counts, dca_index line)
{
    const dca_index prev = counts->prev[line];
    const dca_index next = counts->next[line];
    if (prev == DCA__LU_UNLINKED) {
        return;
    }
    if (prev >= 0) {
        counts->next[prev] = next;
    } else {
        counts->head[-1 - prev] = next;
    }
    if (next >= 0) {
        counts->prev[next] = prev;
    }
    counts->prev[line] = DCA__LU_UNLINKED;
}

static void consider(candidate *best, dca_index row, dca_index position, double product,
                     double size)
{
    if (best->row < 0 || product < best->product ||
        (product == best->product && size > best->size)) {
        *best = (candidate){row, position, product, size};
    }
}

static void search_column(dca__lu *lu, dca_index k, candidate *best)
{
    const dca__lu_span *span = &lu->active_column.span[k];
    const double least = lu->settings.threshold * lu->column_max[k];
    const double others = (double)(span->length - 1);
    for (dca_nnz e = span->start; e < span->start + span->length; e++) {
        const double size = fabs(lu->active_column.value[e]);
        if (size >= least) {
            const dca_index i = lu->active_column.index[e];
            consider(best, i, k, others * (double)(lu->active_row.span[i].length - 1), size);
        }
    }
    lu->work += span->length;
}

/* False when no entry of the row may be a pivot. */
static bool search_row(dca__lu *lu, dca_index i, candidate *best)
{
    const dca__lu_span *span = &lu->active_row.span[i];
    bool found = false;
    for (dca_nnz r = span->start; r < span->start + span->length; r++) {
        const dca_index k = lu->active_row.index[r];
        const dca__lu_span *column = &lu->active_column.span[k];
        const double product = (double)(column->length - 1) * (double)(span->length - 1);
        if (best->row >= 0 && product > best->product) {
            found = true; /* perhaps; not worth knowing */
            continue;
        }
        dca_nnz e = column->start;
        while (lu->active_column.index[e] != i) {
            e++;
        }
        lu->work += e - column->start + 1;
        const double size = fabs(lu->active_column.value[e]);
        const double least = span->length == 1 ? lu->settings.singular * lu->original_max[k]
                                               : lu->settings.threshold * lu->column_max[k];
        if (size >= least && size > 0.0) {
            found = true;
            consider(best, i, k, product, size);
        }
    }
    return found;
}

bool dca__lu_search_pivot(dca__lu *lu, dca_index *row, dca_index *position)
{
    candidate best = {-1, -1, 0.0, 0.0};
    int searched = 0;
    for (dca_index count = 1; count <= lu->num_nucleus_rows && lu->num_active > 0; count++) {
        const double others = (double)(count - 1);
        for (dca_index k = lu->columns.head[count]; k >= 0; k = lu->columns.next[k]) {
            search_column(lu, k, &best);
            if (best.product <= others * others || ++searched >= SEARCHED) {
                goto done;
            }
        }
        dca_index next = -1;
        for (dca_index i = lu->rows.head[count]; i >= 0; i = next) {
            next = lu->rows.next[i];
            if (!search_row(lu, i, &best)) {
                dca__lu_unlink(&lu->rows, i);
            } else if (best.product <= others * (double)count || ++searched >= SEARCHED) {
                goto done;
            }
        }
    }
done:
    *row = best.row;
    *position = best.position;
    return best.row >= 0;
}
