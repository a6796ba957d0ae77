/* lu_build.c - from the sequence of pivots to the stored factors.
 *
 * With rank(i) the place of row i's pivot, entry (i, column of row r) of B is
 *     in U        when row i was pivoted by a singleton, before r;
 *     in L        divided by the pivot, when r was a singleton and i came later or never;
 *     elsewhere   already in raw_l or raw_u, from the elimination of the nucleus.
 * Rows without pivot come last, each with the unit vector of its own at a position without pivot:
 * the multipliers of such a row stay, the entries of the column that was there do not.
 *
 * Lines lie in the file in the order of the pivots, so that dense solves walk memory forward. Two
 * passes, one to count and one to place: O(nnz(B) + nnz(L+U) + m). All memory is reserved between
 * them; until then the old factors are untouched, afterwards nothing can fail. */
#include "la/lu_object.h"

#include <string.h>

typedef struct source {
    const dca__lu_matrix *matrix;
    const dca_index *basis;
    dca_index m;
    /* Counting: entries of each line, by row. */
    dca_index *u_column, *u_row, *l_column, *l_row;
    const dca_index *row_of_position, *rank, *order;
    const double *diagonal;
} source;

static inline void put(dca__lu_lines *lines, dca_index line, dca_index index, double value)
{
    dca__lu_span *span = &lines->span[line];
    const dca_nnz at = span->start + span->length++;
    lines->index[at] = index;
    lines->value[at] = value;
}

static inline void u_entry(dca__lu *lu, const source *from, dca_index row, dca_index column,
                           double value, bool place)
{
    if (place) {
        put(&lu->u_column, column, row, value);
        put(&lu->u_row, row, column, value);
    } else {
        from->u_column[column]++;
        from->u_row[row]++;
    }
}

static inline void l_entry(dca__lu *lu, const source *from, dca_index row, dca_index column,
                           double value, bool place)
{
    if (place) {
        put(&lu->l_column, column, row, value);
        put(&lu->l_row, row, column, value);
    } else {
        from->l_column[column]++;
        from->l_row[row]++;
    }
}

static inline void walk_basis(dca__lu *lu, const source *from, bool place)
{
    for (dca_index k = 0; k < from->m; k++) {
        const dca_index r = from->row_of_position[k];
        const dca_index j = from->basis[k];
        if (j < 0 || r < 0) {
            continue;
        }
        const dca_index own = from->rank[r];
        const bool singleton = own < lu->num_singletons;
        const dca_nnz end = from->matrix->start[j] + from->matrix->length[j];
        for (dca_nnz e = from->matrix->start[j]; e < end; e++) {
            const dca_index i = from->matrix->index[e];
            const double value = from->matrix->value[e];
            const dca_index rank = from->rank[i];
            if (i == r || value == 0.0) {
                continue;
            }
            if (rank < lu->num_singletons && rank < own) {
                u_entry(lu, from, i, r, value, place);
            } else if (singleton) {
                l_entry(lu, from, i, r, value / from->diagonal[r], place);
            }
        }
    }
}

static inline void walk_nucleus(dca__lu *lu, const source *from, bool place)
{
    dca_nnz l = 0;
    dca_nnz u = 0;
    for (dca_index step = 0; step < lu->num_pivots - lu->num_singletons; step++) {
        const dca_index r = from->order[lu->num_singletons + step];
        for (; l < lu->raw_l_end[step]; l++) {
            l_entry(lu, from, lu->raw_l.index[l], r, lu->raw_l.value[l], place);
        }
        for (; u < lu->raw_u_end[step]; u++) {
            const dca_index column = from->row_of_position[lu->raw_u.index[u]];
            if (column >= 0) {
                u_entry(lu, from, r, column, lu->raw_u.value[u], place);
            }
        }
    }
}

static dca_status count_and_reserve(dca__lu *lu, const source *from)
{
    const size_t bytes = (size_t)from->m * sizeof(dca_index);
    memset(from->u_column, 0, bytes);
    memset(from->u_row, 0, bytes);
    memset(from->l_column, 0, bytes);
    memset(from->l_row, 0, bytes);
    walk_basis(lu, from, false);
    walk_nucleus(lu, from, false);
    dca_nnz l = 0;
    dca_nnz u = 0;
    for (dca_index i = 0; i < from->m; i++) {
        l += from->l_column[i];
        u += from->u_column[i];
    }
    dca_status status = dca__lu_reserve_lines(lu, &lu->l_column, l, true);
    if (status == DCA_OK) {
        status = dca__lu_reserve_lines(lu, &lu->l_row, l, true);
    }
    if (status == DCA_OK) {
        status = dca__lu_reserve_lines(lu, &lu->u_column, u, true);
    }
    if (status == DCA_OK) {
        status = dca__lu_reserve_lines(lu, &lu->u_row, u, true);
    }
    return status;
}

/* Pair what is left, both in increasing order; their pivots come last and are 1. */
static void pair_deficient(dca__lu *lu)
{
    dca_index k = 0;
    lu->num_deficient = 0;
    for (dca_index i = 0; i < lu->m; i++) {
        if (lu->new_position_of_row[i] >= 0) {
            continue;
        }
        while (lu->new_row_of_position[k] >= 0) {
            k++;
        }
        lu->deficient_position[lu->num_deficient] = k;
        lu->deficient_row[lu->num_deficient++] = i;
        lu->new_row_of_position[k] = i;
        lu->new_position_of_row[i] = k;
        lu->new_diagonal[i] = 1.0;
        lu->new_rank[i] = lu->num_pivots;
        lu->new_order[lu->num_pivots++] = i;
        k++;
    }
}

static dca_nnz lay_out(dca__lu_lines *lines, const dca_index *order, dca_index m,
                       const dca_index *count)
{
    dca_nnz used = 0;
    for (dca_index t = 0; t < m; t++) {
        const dca_index i = order[t];
        lines->span[i] = (dca__lu_span){used, 0, count[i]};
        used += count[i];
    }
    lines->used = used;
    return used;
}

static void list_l_orders(dca__lu *lu)
{
    lu->num_l_columns = 0;
    lu->num_l_rows = 0;
    for (dca_index t = 0; t < lu->m; t++) {
        const dca_index i = lu->new_order[t];
        const dca_index j = lu->new_order[lu->m - 1 - t];
        if (lu->l_column.span[i].room > 0) {
            lu->l_column_order[lu->num_l_columns++] = i;
        }
        if (lu->l_row.span[j].room > 0) {
            lu->l_row_order[lu->num_l_rows++] = j;
        }
    }
}

static void swap_indices(dca_index **a, dca_index **b)
{
    dca_index *const kept = *a;
    *a = *b;
    *b = kept;
}

static void swap_in(dca__lu *lu)
{
    double *const diagonal = lu->diagonal;
    lu->diagonal = lu->new_diagonal;
    lu->new_diagonal = diagonal;
    swap_indices(&lu->row_of_position, &lu->new_row_of_position);
    swap_indices(&lu->position_of_row, &lu->new_position_of_row);
    swap_indices(&lu->order, &lu->new_order);
    swap_indices(&lu->rank, &lu->new_rank);
    lu->order_length = lu->m;
}

dca_status dca__lu_build(dca__lu *lu, dca_index m, const dca__lu_matrix *matrix,
                         const dca_index *basis)
{
    /* The counting arrays of the singleton phase and a stack have done their duty: [m] each. */
    const source from = {
        .matrix = matrix,
        .basis = basis,
        .m = m,
        .u_column = lu->column_count,
        .u_row = lu->row_count,
        .l_column = lu->queue,
        .l_row = lu->stack,
        .row_of_position = lu->new_row_of_position,
        .rank = lu->new_rank,
        .order = lu->new_order,
        .diagonal = lu->new_diagonal,
    };
    const dca_status status = count_and_reserve(lu, &from);
    if (status != DCA_OK) {
        return status;
    }
    lu->m = m;
    /* Entries of a replaced column are told by its row_of_position < 0, so it is paired last, and
     * its row, of rank m or more until then, counts as later than every pivot. */
    const dca_index pivots = lu->num_pivots;
    pair_deficient(lu);
    lu->l_entries = lay_out(&lu->l_column, lu->new_order, m, from.l_column);
    lay_out(&lu->l_row, lu->new_order, m, from.l_row);
    lu->u_entries = lay_out(&lu->u_column, lu->new_order, m, from.u_column);
    lay_out(&lu->u_row, lu->new_order, m, from.u_row);
    for (dca_index d = 0; d < lu->num_deficient; d++) {
        lu->new_row_of_position[lu->deficient_position[d]] = -1;
    }
    lu->num_pivots = pivots;
    walk_basis(lu, &from, true);
    walk_nucleus(lu, &from, true);
    for (dca_index d = 0; d < lu->num_deficient; d++) {
        lu->new_row_of_position[lu->deficient_position[d]] = lu->deficient_row[d];
    }
    list_l_orders(lu);
    swap_in(lu);
    lu->work += 2 * (lu->basis_entries + lu->l_entries + lu->u_entries) + 8 * (int64_t)m;
    return DCA_OK;
}
