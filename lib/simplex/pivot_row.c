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

/* The entries of alpha at the logicals of active rows behind the `count` that are listed; returns
 * how many are listed then. */
static dca_index add_logicals(const dca__simplex *s, const dca__spvec *rho, dca_index count,
                              dca__spvec *alpha)
{
    const dca_index length = dca__spvec_length(rho);
    const double *restrict r = rho->value;
    const uint8_t *restrict active = s->active + s->n;
    double *restrict value = alpha->value + s->n;
    dca_index *restrict index = alpha->index;
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(rho, k);
        if (active[i] && fabs(r[i]) >= DCA__ROW_DROP) {
            value[i] = r[i];
            index[count++] = s->n + i;
        }
    }
    return count;
}

/* alpha over the columns, without a list; then the list by one sweep: for rows so full that a branch
 * per entry costs more than the sweep. The sweep has no branch either: where half of the entries are
 * zero it would be guessed wrong. */
static void by_full_rows(dca__simplex *s, const dca__spvec *rho, dca__spvec *alpha)
{
    const dca_index length = dca__spvec_length(rho);
    const dca_nnz *restrict start = s->row_start;
    const dca_index *restrict column = s->row_index;
    const double *restrict entry = s->row_value;
    const dca_index n = s->n;
    double *restrict value = alpha->value;
    dca_index *restrict index = alpha->index;
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(rho, k);
        const double r = rho->value[i];
        const dca_nnz end = r == 0.0 ? 0 : start[i] + s->row_active[i];
        for (dca_nnz e = start[i]; e < end; e++) {
            value[column[e]] += r * entry[e];
        }
    }
    dca_index count = 0;
    for (dca_index j = 0; j < n; j++) {
        const double v = value[j];
        const bool kept = fabs(v) >= DCA__ROW_DROP;
        value[j] = kept ? v : 0.0;
        index[count] = j;
        count += kept;
    }
    alpha->count = add_logicals(s, rho, count, alpha);
    s->work += n + length;
}

static void by_rows(dca__simplex *s, const dca__spvec *rho, dca__spvec *alpha)
{
    const dca_index length = dca__spvec_length(rho);
    const dca_nnz *restrict start = s->row_start;
    const dca_index *restrict column = s->row_index;
    const double *restrict entry = s->row_value;
    double *restrict value = alpha->value;
    dca_index *restrict index = alpha->index;
    dca_index count = 0;
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(rho, k);
        const double r = rho->value[i];
        const dca_nnz end = r == 0.0 ? 0 : start[i] + s->row_active[i];
        for (dca_nnz e = start[i]; e < end; e++) {
            const dca_index j = column[e];
            const double old = value[j];
            const double sum = old + r * entry[e];
            index[count] = j; /* there is room: under FULL_SHARE n entries are touched */
            count += old == 0.0;
            value[j] = fabs(sum) < DCA__ROW_DROP ? 1e-100 : sum;
        }
    }
    dca_index kept = 0;
    for (dca_index k = 0; k < count; k++) {
        const dca_index j = index[k];
        const bool keep = fabs(value[j]) >= DCA__ROW_DROP;
        value[j] = keep ? value[j] : 0.0;
        index[kept] = j;
        kept += keep;
    }
    alpha->count = add_logicals(s, rho, kept, alpha);
    s->work += count + length;
}

static void by_columns(dca__simplex *s, const dca__spvec *rho, dca__spvec *alpha)
{
    const double *restrict r = rho->value;
    const dca_nnz *restrict start = s->col_start;
    const dca_index *restrict row = s->col_index;
    const double *restrict entry = s->col_value;
    const uint8_t *restrict active = s->active;
    double *restrict value = alpha->value;
    dca_index *restrict index = alpha->index;
    dca_index count = 0;
    for (dca_index j = 0; j < s->n; j++) {
        if (!active[j]) {
            continue;
        }
        double sum = 0.0;
        const dca_nnz end = start[j] + s->col_length[j];
        for (dca_nnz e = start[j]; e < end; e++) {
            sum += r[row[e]] * entry[e];
        }
        const bool kept = fabs(sum) >= DCA__ROW_DROP;
        value[j] = kept ? sum : 0.0;
        index[count] = j;
        count += kept;
    }
    alpha->count = add_logicals(s, rho, count, alpha);
    s->work += s->active_entries + s->n + dca__spvec_length(rho);
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
