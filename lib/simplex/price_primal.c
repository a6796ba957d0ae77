/* price_primal.c - the entering variable: argmax d_j^2 / w_j over the list of active variables whose
 * reduced cost has the wrong sign. Every change of d passes through the list (note_column); entries
 * that became feasible are dropped when met: O(list). Free variables are first in line. */
#include "simplex/state.h"

/* A nonbasic free variable counts this many times its merit. */
#define FREE_FACTOR 1e6

void dca__simplex_list_columns(dca__simplex *s)
{
    for (dca_index k = 0; k < s->col_count; k++) {
        s->col_listed[s->col_list[k]] = 0;
    }
    s->col_count = 0;
    for (dca_index j = 0; j < s->total; j++) {
        dca__simplex_note_column(s, j);
    }
    s->work += s->total;
}

dca_index dca__simplex_price_primal(dca__simplex *s)
{
    dca_index best = -1;
    double best_merit = 0.0;
    dca_index kept = 0;
    for (dca_index k = 0; k < s->col_count; k++) {
        const dca_index j = s->col_list[k];
        const double excess = dca__simplex_dual_excess(s, j);
        if (excess <= s->dual_tolerance) {
            s->col_listed[j] = 0;
            continue;
        }
        s->col_list[kept++] = j;
        const double factor = s->status[j] == DCA_BASIS_FREE ? FREE_FACTOR : 1.0;
        const double merit = factor * excess * excess / s->primal_weight[j];
        if (merit > best_merit || (merit == best_merit && j < best)) {
            best_merit = merit;
            best = j;
        }
    }
    s->work += s->col_count;
    s->col_count = kept;
    return best;
}
