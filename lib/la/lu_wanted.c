/* lu_wanted.c - few entries of U^-1 b, by rows of U.
 *
 *     x_i = (b_i - sum_k u_ik x_k) / u_ii
 *
 * needs x_k for the entries of row i, and so on: the pivots that are reached from the wanted
 * ones through the rows of U. The dual simplex asks this of tau = B^-1 rho_p, whose entries are
 * needed only where alpha_q has some: with many more rows than columns most rows of the basis
 * are slack, tau has an entry in nearly each of them, and alpha_q in few. The cost is that of
 * the rows reached, however full x is. The reach is that of Gilbert and Peierls (1988), taken
 * from the other end. */
#include "la/lu_object.h"

#include <math.h>

/* x_i for reach[top..m), each after those that it needs; returns the entries touched. */
static int64_t solve_rows(const dca__lu *lu, dca_index top, double *restrict x)
{
    const dca__lu_span *restrict span = lu->u_row.span;
    const dca_index *restrict index = lu->u_row.index;
    const double *restrict entry = lu->u_row.value;
    const double drop = lu->settings.drop;
    int64_t work = 0;
    for (dca_index t = lu->m - 1; t >= top; t--) {
        const dca_index i = lu->reach[t];
        double sum = x[i];
        const dca_nnz end = span[i].start + span[i].length;
        for (dca_nnz e = span[i].start; e < end; e++) {
            sum -= entry[e] * x[index[e]];
        }
        const double v = sum / lu->diagonal[i];
        x[i] = fabs(v) <= drop ? 0.0 : v;
        work += span[i].length;
    }
    return work;
}

dca_index dca__lu_solve_wanted(dca__lu *lu, const dca__spvec *want, dca_index limit, dca__spvec *x)
{
    dca__spvec *pivots = &lu->scratch;
    for (dca_index t = 0; t < want->count; t++) {
        pivots->index[t] = lu->pivot_of_position[want->index[t]];
        pivots->value[pivots->index[t]] = 1.0;
    }
    pivots->count = want->count;
    const dca_index top = dca__lu_reach(lu, &lu->u_row, pivots, limit);
    if (top >= 0) {
        lu->work += solve_rows(lu, top, x->value) + 2 * (int64_t)(lu->m - top);
        for (dca_index t = 0; t < want->count; t++) {
            lu->moved[t] = x->value[pivots->index[t]];
        }
        for (dca_index t = top; t < lu->m; t++) {
            x->value[lu->reach[t]] = 0.0;
        }
        lu->work += x->count == DCA__DENSE ? lu->m : x->count;
        dca__spvec_clear(x);
        for (dca_index t = 0; t < want->count; t++) {
            x->index[t] = want->index[t];
            x->value[want->index[t]] = lu->moved[t];
        }
        x->count = want->count;
    }
    dca__spvec_clear(pivots);
    return top >= 0 ? lu->m - top : -1;
}
