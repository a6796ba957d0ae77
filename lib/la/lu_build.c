/* lu_build.c - from the sequence of pivots to the stored factors.
 *
 * Entry (i, column of pivot p) of B, with q the pivot of row i, is
 *     in U        when q is a singleton before p;
 *     in L        divided by the diagonal, when p is a singleton and q comes later;
 *     elsewhere   already in raw_l or raw_u, from the elimination of the nucleus.
 * Rows without pivot get the last ones, each with the unit vector of its own at a position without
 * pivot: the multipliers of such a row stay, the entries of the column that was there do not.
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
    dca_index *u_column, *u_row, *l_column, *l_row; /* [m] entries of each line, when counting */
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
    for (dca_index p = 0; p < from->m; p++) {
        const dca_index k = lu->new_position_of_pivot[p];
        const dca_index j = from->basis[k];
        if (j < 0 || lu->state[k] == DCA__LU_REJECTED) {
            continue;
        }
        const bool singleton = p < lu->num_singletons;
        const dca_nnz end = from->matrix->start[j] + from->matrix->length[j];
        for (dca_nnz e = from->matrix->start[j]; e < end; e++) {
            const dca_index q = lu->new_pivot_of_row[from->matrix->index[e]];
            const double value = from->matrix->value[e];
            if (q == p || value == 0.0) {
                continue;
            }
            if (q < lu->num_singletons && q < p) {
                u_entry(lu, from, q, p, value, place);
            } else if (singleton) {
                l_entry(lu, from, q, p, value / lu->new_diagonal[p], place);
            }
        }
    }
}

static inline void walk_nucleus(dca__lu *lu, const source *from, bool place)
{
    dca_nnz l = 0;
    dca_nnz u = 0;
    for (dca_index step = 0; step < lu->num_steps; step++) {
        const dca_index p = lu->num_singletons + step;
        for (; l < lu->raw_l_end[step]; l++) {
            l_entry(lu, from, lu->new_pivot_of_row[lu->raw_l.index[l]], p, lu->raw_l.value[l],
                    place);
        }
        for (; u < lu->raw_u_end[step]; u++) {
            const dca_index k = lu->raw_u.index[u];
            if (lu->state[k] != DCA__LU_REJECTED) {
                u_entry(lu, from, p, lu->new_pivot_of_position[k], lu->raw_u.value[u], place);
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
    for (dca_index i = 0; i < lu->m; i++) {
        if (lu->new_pivot_of_row[i] >= 0) {
            continue;
        }
        while (lu->new_pivot_of_position[k] >= 0) {
            k++;
        }
        dca__lu_record_pivot(lu, i, k, 1.0);
        lu->state[k] = DCA__LU_REJECTED;
    }
}

static void list_deficient(dca__lu *lu)
{
    lu->num_deficient = 0;
    for (dca_index p = lu->num_singletons + lu->num_steps; p < lu->m; p++) {
        lu->deficient_position[lu->num_deficient] = lu->new_position_of_pivot[p];
        lu->deficient_row[lu->num_deficient++] = lu->new_row_of_pivot[p];
    }
}

static dca_nnz lay_out(dca__lu_lines *lines, dca_index m, const dca_index *count)
{
    dca_nnz used = 0;
    for (dca_index p = 0; p < m; p++) {
        lines->span[p] = (dca__lu_span){used, 0, count[p]};
        used += count[p];
    }
    lines->used = used;
    return used;
}

static void list_orders(dca__lu *lu)
{
    lu->num_l_columns = 0;
    lu->num_l_rows = 0;
    for (dca_index p = 0; p < lu->m; p++) {
        const dca_index q = lu->m - 1 - p;
        if (lu->l_column.span[p].length > 0) {
            lu->l_column_order[lu->num_l_columns++] = p;
        }
        if (lu->l_row.span[q].length > 0) {
            lu->l_row_order[lu->num_l_rows++] = q;
        }
        lu->order[p] = p;
        lu->rank[p] = p;
    }
    lu->order_length = lu->m;
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
    swap_indices(&lu->row_of_pivot, &lu->new_row_of_pivot);
    swap_indices(&lu->pivot_of_row, &lu->new_pivot_of_row);
    swap_indices(&lu->position_of_pivot, &lu->new_position_of_pivot);
    swap_indices(&lu->pivot_of_position, &lu->new_pivot_of_position);
}

dca_status dca__lu_build(dca__lu *lu, const dca__lu_matrix *matrix, const dca_index *basis)
{
    /* The counting arrays of the singleton phase and a stack have done their duty: [m] each. */
    const source from = {matrix,        basis,     lu->m,    lu->column_count,
                         lu->row_count, lu->queue, lu->stack};
    pair_deficient(lu);
    const dca_status status = count_and_reserve(lu, &from);
    if (status != DCA_OK) {
        return status;
    }
    lu->l_entries = lay_out(&lu->l_column, lu->m, from.l_column);
    lay_out(&lu->l_row, lu->m, from.l_row);
    lu->u_entries = lay_out(&lu->u_column, lu->m, from.u_column);
    lay_out(&lu->u_row, lu->m, from.u_row);
    walk_basis(lu, &from, true);
    walk_nucleus(lu, &from, true);
    list_orders(lu);
    list_deficient(lu);
    swap_in(lu);
    lu->work += 2 * (lu->basis_entries + lu->l_entries + lu->u_entries) + 8 * (int64_t)lu->m;
    return DCA_OK;
}
