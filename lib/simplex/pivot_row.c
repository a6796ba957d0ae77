/* pivot_row.c - alpha_p = rho' [A I] over the active variables.
 *
 * By rows when rho_p is sparse: only the front of each row (active columns) is touched, O(entries of
 * those rows). By columns when the rows together hold more than about half of the active entries:
 * then a dot product per active column is cheaper than scattering. The choice is counted, not
 * guessed: the lengths of the rows are known. */
#include "simplex/state.h"

/* Entries by rows cost about twice an entry by columns: scattered writes. */
enum { SCATTER_COST = 2 };
/* Entries per column above which the list is made by a sweep. */
#define FULL_SHARE 0.25

/* alpha over the columns, without a list; then the list by one sweep: for rows so full that a branch
 * per entry costs more than the sweep. */
static void by_full_rows(dca__simplex *s, const dca__spvec *rho, dca__spvec *alpha)
{
    const dca_index length = dca__spvec_length(rho);
    double *restrict value = alpha->value;
    dca_index count = 0;
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(rho, k);
        const double r = rho->value[i];
        const dca_nnz end = r == 0.0 ? 0 : s->row_start[i] + s->row_active[i];
        for (dca_nnz e = s->row_start[i]; e < end; e++) {
            value[s->row_index[e]] += r * s->row_value[e];
        }
    }
    for (dca_index j = 0; j < s->n; j++) {
        if (fabs(value[j]) >= DCA__ROW_DROP) {
            alpha->index[count++] = j;
        } else {
            value[j] = 0.0;
        }
    }
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(rho, k);
        if (s->active[s->n + i] && fabs(rho->value[i]) >= DCA__ROW_DROP) {
            value[s->n + i] = rho->value[i];
            alpha->index[count++] = s->n + i;
        }
    }
    alpha->count = count;
    s->work += s->n + length;
}

static void by_rows(dca__simplex *s, const dca__spvec *rho, dca__spvec *alpha)
{
    const dca_index length = dca__spvec_length(rho);
    double *restrict value = alpha->value;
    dca_index *restrict index = alpha->index;
    dca_index count = 0;
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(rho, k);
        const double r = rho->value[i];
        if (r == 0.0) {
            continue;
        }
        const dca_nnz end = s->row_start[i] + s->row_active[i];
        for (dca_nnz e = s->row_start[i]; e < end; e++) {
            const dca_index j = s->row_index[e];
            const double old = value[j];
            const double sum = old + r * s->row_value[e];
            if (old == 0.0) {
                index[count++] = j;
            }
            value[j] = fabs(sum) < DCA__ROW_DROP ? 1e-100 : sum;
        }
        if (s->active[s->n + i]) {
            value[s->n + i] = r;
            index[count++] = s->n + i;
        }
    }
    dca_index kept = 0;
    for (dca_index k = 0; k < count; k++) {
        const dca_index j = index[k];
        if (fabs(value[j]) < DCA__ROW_DROP) {
            value[j] = 0.0;
        } else {
            index[kept++] = j;
        }
    }
    alpha->count = kept;
    s->work += count;
}

static void by_columns(dca__simplex *s, const dca__spvec *rho, dca__spvec *alpha)
{
    const double *restrict r = rho->value;
    dca_index count = 0;
    for (dca_index j = 0; j < s->n; j++) {
        if (!s->active[j]) {
            continue;
        }
        double sum = 0.0;
        const dca_nnz end = s->col_start[j] + s->col_length[j];
        for (dca_nnz e = s->col_start[j]; e < end; e++) {
            sum += r[s->col_index[e]] * s->col_value[e];
        }
        if (fabs(sum) >= DCA__ROW_DROP) {
            alpha->value[j] = sum;
            alpha->index[count++] = j;
        }
    }
    for (dca_index i = 0; i < s->m; i++) {
        if (s->active[s->n + i] && fabs(r[i]) >= DCA__ROW_DROP) {
            alpha->value[s->n + i] = r[i];
            alpha->index[count++] = s->n + i;
        }
    }
    alpha->count = count;
    s->work += s->active_entries + s->total;
}

void dca__simplex_pivot_row(dca__simplex *s, const dca__spvec *rho, dca__spvec *alpha_p)
{
    const dca_index length = dca__spvec_length(rho);
    dca_nnz touched = 0;
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(rho, k);
        touched += rho->value[i] != 0.0 ? s->row_active[i] : 0;
    }
    s->work += length;
    if (SCATTER_COST * touched < s->active_entries + s->n) {
        if (touched < FULL_SHARE * (double)s->n) {
            by_rows(s, rho, alpha_p);
        } else {
            by_full_rows(s, rho, alpha_p);
        }
        s->work += SCATTER_COST * touched;
    } else {
        by_columns(s, rho, alpha_p);
    }
}
