/* price_dual.c - the leaving position: argmax violation_p^2 / w_p over the list of violated
 * positions. Entries whose violation has gone are dropped on the way: O(list), never O(m). */
#include "simplex/state.h"

dca_index dca__simplex_price_dual(dca__simplex *s)
{
    dca_index best = -1;
    double best_merit = 0.0;
    dca_index kept = 0;
    const double *restrict violation = s->violation;
    for (dca_index k = 0; k < s->row_count; k++) {
        const dca_index p = s->row_list[k];
        const double square = violation[p];
        if (square == 0.0) {
            s->row_listed[p] = 0;
            continue;
        }
        s->row_list[kept++] = p;
        const double weight = s->dual_weight[s->head[p]];
        if (square > best_merit * weight || (square == best_merit * weight && p < best)) {
            best_merit = square / weight;
            best = p;
        }
    }
    s->work += s->row_count;
    s->row_count = kept;
    return best;
}
