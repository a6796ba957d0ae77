/* lu_update.c - Forrest-Tomlin: one column of the basis replaced.
 *
 * Pivot (r, p) leaves and comes back as the last. The new column of U is the spike s, which
 * ftran(for_update) kept; row r of U, now left of the diagonal, is eliminated by the rows after it:
 *
 *     mu' U_after = (row r of U beyond its diagonal)      a sparse solve with rows of U
 *     row eta     v_r -= mu'v,       u_rr = s_r - mu's
 *
 * In exact arithmetic u_rr is alpha_p times the old pivot, which the ftran result supplies by
 * another way: when the two disagree the update is refused. All checks and reservations come before
 * the first change. Cost: the reach of row r, the spike, and the touched lines of U.
 *
 * References: Forrest and Tomlin 1972; Suhl and Suhl 1993, "A fast LU update for linear
 * programming", Annals of OR 43. We keep U by columns too, so that both solves stay hypersparse. */
#include "la/lu_object.h"

#include "base/alloc.h"

#include <assert.h>
#include <math.h>

/* Largest relative disagreement of the two values of the new pivot. */
static const double PIVOT_DISAGREEMENT = 1e-7;

/* Of a new update in the average of the work of updates: slow, as one dense solve among sparse ones says
 * nothing of the growth. */
static const double SLOW = 0.05;

/* mu into lu->scratch, listed; taken from the last btran of a unit vector if that was e_r. */
static void eliminate_row(dca__lu *lu, dca_index r)
{
    const dca__lu_span *span = &lu->u_row.span[r];
    dca__spvec *mu = &lu->scratch;
    if (lu->unit_row == r) {
        for (dca_index t = 0; t < lu->unit_count; t++) {
            mu->index[t] = lu->unit_index[t];
            mu->value[mu->index[t]] = lu->unit_value[t];
        }
        mu->count = lu->unit_count;
        lu->work += lu->unit_count;
        return;
    }
    for (dca_index t = 0; t < span->length; t++) {
        const dca_index j = lu->u_row.index[span->start + t];
        mu->index[t] = j;
        mu->value[j] = lu->u_row.value[span->start + t];
    }
    mu->count = span->length;
    const dca_index top = dca__lu_reach(lu, &lu->u_row, mu, lu->m);
    dca__lu_solve_reached(lu, &lu->u_row, lu->diagonal, top, NULL, mu);
}

/* s_r - mu's, and how large its terms are together. */
typedef struct pivot_sum {
    double value, terms;
} pivot_sum;

static pivot_sum new_pivot(const dca__lu *lu, dca_index r)
{
    pivot_sum pivot = {0.0, 0.0};
    for (dca_index t = 0; t < lu->spike_count; t++) {
        const dca_index i = lu->spike_index[t];
        const double s = lu->spike_value[t];
        const double term = i == r ? s : -lu->scratch.value[i] * s;
        pivot.value += term;
        pivot.terms += fabs(term);
    }
    return pivot;
}

/* Entries mu_j u_jj as they stood when they were eliminated, against the largest that row r had. */
static double row_growth(const dca__lu *lu, dca_index r)
{
    const dca__lu_span *span = &lu->u_row.span[r];
    double before = 0.0;
    double after = 0.0;
    for (dca_nnz e = span->start; e < span->start + span->length; e++) {
        before = fmax(before, fabs(lu->u_row.value[e]));
    }
    for (dca_index t = 0; t < lu->scratch.count; t++) {
        const dca_index j = lu->scratch.index[t];
        after = fmax(after, fabs(lu->scratch.value[j] * lu->diagonal[j]));
    }
    return before > 0.0 ? after / before : 1.0;
}

static bool is_stable(const dca__lu *lu, pivot_sum pivot, double expected)
{
    const double size = fmax(fabs(pivot.value), fabs(expected));
    return fabs(pivot.value) > lu->settings.singular * pivot.terms &&
           fabs(pivot.value) > lu->settings.drop &&
           fabs(pivot.value - expected) <= PIVOT_DISAGREEMENT * size;
}

static dca_index roomier(dca_index length)
{
    return length + length / 2 + 4;
}

/* Room for the eta, the spike as a column, and one more entry in each of its rows. */
static dca_status reserve(dca__lu *lu)
{
    dca_nnz moved = 0;
    for (dca_index t = 0; t < lu->spike_count; t++) {
        const dca__lu_span *span = &lu->u_row.span[lu->spike_index[t]];
        if (span->length == span->room) {
            moved += roomier(span->length);
        }
    }
    const dca_nnz etas = lu->eta.used + lu->scratch.count;
    dca_status status = dca__lu_reserve_entries(lu, &lu->eta, etas);
    if (status == DCA_OK) {
        status = DCA_RESERVE(lu->env, lu->eta_number, lu->eta_number_capacity, etas);
    }
    if (status == DCA_OK) {
        status = DCA_RESERVE(lu->env, lu->eta_next, lu->eta_next_capacity, etas);
    }
    if (status == DCA_OK) {
        status =
            dca__lu_reserve_lines(lu, &lu->u_column, lu->u_column.used + lu->spike_count, true);
    }
    if (status != DCA_OK) {
        return status;
    }
    const dca_nnz need = lu->u_row.used + moved;
    const bool full = need > lu->u_row.index_capacity || need > lu->u_row.value_capacity;
    if (full && lu->u_row.used > 2 * (lu->u_entries + lu->m)) {
        /* Packing closes the gaps, after which every row of the spike has to move. */
        for (dca_index t = 0; t < lu->spike_count; t++) {
            moved += roomier(lu->u_row.span[lu->spike_index[t]].length);
        }
        return dca__lu_repack_lines(lu, &lu->u_row, NULL, lu->m, moved, true);
    }
    return dca__lu_reserve_lines(lu, &lu->u_row, need, true);
}

static void store_eta(dca__lu *lu, dca_index r)
{
    for (dca_index t = 0; t < lu->scratch.count; t++) {
        const dca_index j = lu->scratch.index[t];
        const dca_nnz e = lu->eta.used++;
        lu->eta.index[e] = j;
        lu->eta.value[e] = lu->scratch.value[j];
        lu->eta_number[e] = lu->num_updates;
        lu->eta_next[e] = lu->eta_last[j];
        lu->eta_last[j] = e;
    }
    lu->work += lu->scratch.count;
    lu->eta_row[lu->num_updates++] = r;
    lu->eta_start[lu->num_updates] = lu->eta.used;
}

static void remove_entry(dca__lu *lu, dca__lu_lines *lines, dca_index line, dca_index index)
{
    dca__lu_span *span = &lines->span[line];
    dca_nnz e = span->start;
    while (lines->index[e] != index) {
        e++;
    }
    lu->work += e - span->start + 1;
    const dca_nnz last = span->start + --span->length;
    lines->index[e] = lines->index[last];
    lines->value[e] = lines->value[last];
}

/* Line r of `lines` goes, and its entries from their lines of `twins`. */
static void remove_line(dca__lu *lu, dca__lu_lines *lines, dca__lu_lines *twins, dca_index r)
{
    dca__lu_span *span = &lines->span[r];
    for (dca_nnz e = span->start; e < span->start + span->length; e++) {
        remove_entry(lu, twins, lines->index[e], r);
    }
    lu->u_entries -= span->length;
    span->length = 0;
}

static void insert_spike(dca__lu *lu, dca_index r)
{
    dca__lu_span *column = &lu->u_column.span[r];
    column->start = lu->u_column.used;
    for (dca_index t = 0; t < lu->spike_count; t++) {
        const dca_index i = lu->spike_index[t];
        const double s = lu->spike_value[t];
        if (i == r) {
            continue;
        }
        lu->u_column.index[lu->u_column.used] = i;
        lu->u_column.value[lu->u_column.used++] = s;
        dca__lu_span *row = &lu->u_row.span[i];
        if (row->length == row->room) {
            dca__lu_move_line(&lu->u_row, i, roomier(row->length));
            lu->work += row->length;
        }
        const dca_nnz at = row->start + row->length++;
        lu->u_row.index[at] = r;
        lu->u_row.value[at] = s;
    }
    column->length = (dca_index)(lu->u_column.used - column->start);
    column->room = column->length;
    lu->u_entries += column->length;
    lu->work += 2 * (int64_t)lu->spike_count;
}

static void move_last(dca__lu *lu, dca_index r)
{
    lu->order[lu->rank[r]] = -1;
    lu->rank[r] = lu->order_length;
    lu->order[lu->order_length++] = r;
}

static void note_work(dca__lu *lu)
{
    const double since = (double)(lu->work - lu->work_at_update);
    lu->work_per_update += (lu->num_updates == 1 ? 1.0 : SLOW) * (since - lu->work_per_update);
    lu->work_at_update = lu->work;
}

dca__lu_verdict dca__lu_update(dca__lu *lu, dca_index position, double alpha_p)
{
    const dca_index r = lu->pivot_of_position[position];
    dca__lu_verdict verdict = DCA__LU_UPDATED;
    assert(lu->spike_count >= 0);
    if (lu->num_updates >= lu->settings.max_updates) {
        return DCA__LU_FULL;
    }
    eliminate_row(lu, r);
    const pivot_sum pivot = new_pivot(lu, r);
    if (!is_stable(lu, pivot, alpha_p * lu->diagonal[r])) {
        verdict = DCA__LU_UNSTABLE;
    } else if (reserve(lu) != DCA_OK) {
        verdict = DCA__LU_FULL;
    } else {
        lu->growth = fmax(lu->growth, row_growth(lu, r));
        store_eta(lu, r);
        remove_line(lu, &lu->u_column, &lu->u_row, r);
        remove_line(lu, &lu->u_row, &lu->u_column, r);
        insert_spike(lu, r);
        move_last(lu, r);
        lu->diagonal[r] = pivot.value;
        lu->cancellation = fmax(lu->cancellation, pivot.terms / fabs(pivot.value));
        lu->spike_count = -1;
        lu->unit_row = -1;
        note_work(lu);
    }
    dca__spvec_clear(&lu->scratch);
    DCA__LU_VERIFY(lu);
    return verdict;
}
