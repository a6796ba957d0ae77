/* lu_factor.c - P B Q = L U of a basis: units and singletons, then Markowitz on the nucleus.
 *
 * References: Markowitz 1957; Suhl and Suhl 1990, "Computing sparse LU factorizations for
 * large-scale linear programming bases", ORSA J. Computing 2. We deviate in the threshold, which is
 * by column (L is stored by columns and stays bounded by 1/threshold). */
#include "la/lu_object.h"

#include "base/limit.h"

#include <assert.h>
#include <string.h>

enum { POLL_WORK = 100000 }; /* entries between two looks at the control */

void dca__lu_record_pivot(dca__lu *lu, dca_index row, dca_index position, double value)
{
    const dca_index pivot = lu->num_pivots++;
    lu->new_row_of_pivot[pivot] = row;
    lu->new_position_of_pivot[pivot] = position;
    lu->new_pivot_of_row[row] = pivot;
    lu->new_pivot_of_position[position] = pivot;
    lu->new_diagonal[pivot] = value;
    lu->state[position] = DCA__LU_PIVOTED;
}

static void start(dca__lu *lu, dca_index m)
{
    for (dca_index i = 0; i < m; i++) {
        lu->new_pivot_of_row[i] = -1;
        lu->new_pivot_of_position[i] = -1;
    }
    lu->num_pivots = 0;
    lu->work += 2 * (int64_t)m;
}

/* The columns of the basis side by side, by position: they lie scattered over the whole matrix, and the
 * phases read them five times. O(nnz(B) + m). */
static dca_status gather(dca__lu *lu, const dca__lu_matrix *matrix, const dca_index *basis,
                         dca__lu_matrix *own)
{
    dca_nnz need = 0;
    for (dca_index k = 0; k < lu->m; k++) {
        const dca_index j = basis[k];
        lu->own_basis[k] = j < 0 ? j : k;
        lu->own_start[k] = need;
        lu->own_length[k] = j < 0 ? 0 : matrix->length[j];
        need += lu->own_length[k];
    }
    const dca_status status = dca__lu_reserve_entries(lu, &lu->own, need);
    if (status != DCA_OK) {
        return status;
    }
    for (dca_index k = 0; k < lu->m; k++) {
        if (basis[k] < 0) {
            continue;
        }
        const dca_nnz from = matrix->start[basis[k]];
        const dca_nnz to = lu->own_start[k];
        for (dca_index e = 0; e < lu->own_length[k]; e++) {
            lu->own.index[to + e] = matrix->index[from + e];
            lu->own.value[to + e] = matrix->value[from + e];
        }
    }
    lu->own.used = need;
    lu->work += need + lu->m;
    *own = (dca__lu_matrix){lu->own_start, lu->own_length, lu->own.index, lu->own.value};
    return DCA_OK;
}

static dca_status pivot_nucleus(dca__lu *lu, const dca__lu_matrix *matrix, const dca_index *basis)
{
    dca_status status = dca__lu_load_nucleus(lu, matrix, basis);
    const int64_t before = lu->work;
    int64_t polled = before;
    dca_index row;
    dca_index position;
    while (status == DCA_OK && dca__lu_search_pivot(lu, &row, &position)) {
        status = dca__lu_eliminate(lu, row, position);
        if (status == DCA_OK && lu->work - polled > POLL_WORK) {
            const dca__stop stop = dca__control_poll(lu->control, lu->work - polled);
            polled = lu->work;
            status = stop == DCA__GO ? DCA_OK : DCA_E_STATE;
        }
    }
    (void)dca__control_poll(lu->control, before - polled); /* counted by the caller */
    lu->num_steps = lu->num_pivots - lu->num_singletons;
    return status;
}

static void forget_updates(dca__lu *lu)
{
    lu->num_updates = 0;
    lu->eta.used = 0;
    lu->eta_start[0] = 0;
    lu->spike_count = -1;
    lu->unit_row = -1;
    for (dca_index i = 0; i < lu->m; i++) {
        lu->eta_last[i] = -1;
    }
    lu->cancellation = 1.0;
    lu->growth = 1.0;
}

dca_status dca__lu_factorise(dca__lu *lu, dca_index m, const dca__lu_matrix *matrix,
                             const dca_index *basis)
{
    const int64_t before = lu->work;
    const dca_index old_m = lu->m;
    const dca_nnz old_entries = lu->basis_entries;
    dca_status status = dca__lu_reserve_rows(lu, m);
    if (status != DCA_OK) {
        return status;
    }
    lu->m = m;
    start(lu, m);
    dca__lu_matrix own;
    status = gather(lu, matrix, basis, &own);
    if (status == DCA_OK) {
        status = dca__lu_pivot_singletons(lu, &own, lu->own_basis);
    }
    if (status == DCA_OK) {
        status = pivot_nucleus(lu, &own, lu->own_basis);
    }
    if (status == DCA_OK) {
        status = dca__lu_build(lu, &own, lu->own_basis);
    }
    if (status != DCA_OK) {
        lu->m = old_m;
        lu->basis_entries = old_entries;
        return status;
    }
    forget_updates(lu);
    lu->scratch.size = m;
    lu->work_of_factor = lu->work - before;
    lu->work_at_factor = lu->work;
    lu->work_at_update = lu->work;
    lu->work_per_update = 0.0;
    DCA__LU_VERIFY(lu);
    return DCA_OK;
}
