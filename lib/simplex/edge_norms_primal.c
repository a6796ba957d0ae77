/* edge_norms_primal.c - Devex reference weights of the columns for primal pricing.
 *
 * The framework R starts as the set of nonbasic variables, all with weight 1. With the pivot row
 * alpha_p and column alpha_q the weight of q in the framework is known exactly,
 *
 *     w_q = [q in R] + sum over basic i in R of alpha_iq^2
 *
 * and is used in w_j <- max(w_j, (alpha_pj / alpha_pq)^2 w_q), w_leaving <- max(w_q / alpha_pq^2, 1).
 * When the stored w_q overestimates the exact one by more than a factor, a new framework is begun.
 * [Harris (1973), Pivot selection methods of the Devex LP code] */
#include "simplex/state.h"

#define RESET_FACTOR 9.0

void dca__simplex_reset_primal_weights(dca__simplex *s)
{
    for (dca_index j = 0; j < s->total; j++) {
        s->primal_weight[j] = 1.0;
        s->reference[j] = s->position[j] < 0;
    }
    /* Merits have changed: pricing reads the whole list again. */
    for (dca_index k = 0; k < s->col_hot_count; k++) {
        s->col_listed[s->col_hot_list[k]] &= (uint8_t)~DCA__HOT;
    }
    s->col_hot_count = 0;
    s->col_hot = INFINITY;
    s->work += s->total;
}

double dca__simplex_update_primal_weights(dca__simplex *s, dca_index p, dca_index q, double pivot)
{
    if (s->settings.pricing_primal == 1) {
        return 0.0;
    }
    const dca__spvec *column = &s->alpha_q;
    const dca_index length = dca__spvec_length(column);
    const dca_index *restrict head = s->head;
    const uint8_t *restrict reference = s->reference;
    const double *restrict alpha = column->value;
    double exact = reference[q];
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(column, k);
        exact += reference[head[i]] ? alpha[i] * alpha[i] : 0.0;
    }
    s->work += length;
    if (s->primal_weight[q] > RESET_FACTOR * exact + RESET_FACTOR) {
        dca__simplex_reset_primal_weights(s);
        return 0.0;
    }
    const double weight = exact > 1.0 ? exact : 1.0;
    const double leaving = weight / (pivot * pivot);
    s->primal_weight[head[p]] = leaving > 1.0 ? leaving : 1.0;
    s->primal_weight[q] = 1.0;
    return weight;
}
