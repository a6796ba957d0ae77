/* edge_norms_dual.c - weights of the rows for dual pricing.
 *
 * Steepest edge: w_p = |rho_p|^2, exact from the slack basis on (all 1). With alpha_q the pivot
 * column, tau = B^-1 rho_p and r_i = alpha_iq / alpha_pq:
 *
 *     w_i <- max(w_i - 2 r_i tau_i + r_i^2 w_p, 1e-12 r_i^2 w_p, floor),   w_q <- w_p / alpha_pq^2
 *
 * Rows that were nearly parallel to rho_p leave much less than their terms, and the bounds stand only
 * where rounding is all that is left: a weight too small is found when its row is chosen (dual.c), one
 * too large never, as it keeps its row from being chosen.
 *
 * From another basis the norms are not known; then the weights start from 1 and are those of Devex,
 * a reference framework: w_i <- max(w_i, r_i^2 w_p), and are called that. The weight of q takes the
 * place of that of the leaving variable; a fresh factorisation keeps positions, hence the weights.
 * [Forrest, Goldfarb (1992), Steepest-edge simplex algorithms for linear programming; Harris (1973)] */
#include "simplex/state.h"

#define WEIGHT_FLOOR 1e-4
/* Below this part of its terms a weight is rounding. */
#define TERM_SHARE 1e-12

void dca__simplex_reset_dual_weights(dca__simplex *s)
{
    bool slack = true;
    for (dca_index p = 0; p < s->m; p++) {
        s->dual_weight[p] = 1.0;
        slack = slack && s->head[p] >= s->n;
    }
    s->dual_steepest = slack && s->settings.pricing_dual == 0;
    s->dual_weights_valid = true;
    s->work += s->m;
}

static void steepest(dca__simplex *s, double pivot, double norm)
{
    const dca__spvec *alpha = &s->alpha_q;
    const double *restrict value = alpha->value;
    const double *restrict tau = s->tau.value;
    double *restrict weight = s->dual_weight;
    const dca_index length = dca__spvec_length(alpha);
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(alpha, k);
        const double r = value[i] / pivot;
        const double updated = weight[i] - 2.0 * r * tau[i] + r * r * norm;
        const double share = TERM_SHARE * r * r * norm;
        const double least = r == 0.0 ? 0.0 : share > WEIGHT_FLOOR ? share : WEIGHT_FLOOR;
        weight[i] = updated > least ? updated : least;
    }
}

static void devex(dca__simplex *s, double pivot, double reference)
{
    const dca__spvec *alpha = &s->alpha_q;
    const double *restrict value = alpha->value;
    double *restrict weight = s->dual_weight;
    const dca_index length = dca__spvec_length(alpha);
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(alpha, k);
        const double r = value[i] / pivot;
        const double updated = r * r * reference;
        weight[i] = updated > weight[i] ? updated : weight[i];
    }
}

void dca__simplex_update_dual_weights(dca__simplex *s, dca_index p, double pivot, double norm)
{
    if (s->settings.pricing_dual == 2) {
        return;
    }
    const double weight = s->dual_steepest ? norm : s->dual_weight[p];
    if (s->dual_steepest) {
        steepest(s, pivot, norm);
    } else {
        devex(s, pivot, weight);
    }
    s->work += dca__spvec_length(&s->alpha_q);
    const double updated = weight / (pivot * pivot);
    const double least = s->dual_steepest ? WEIGHT_FLOOR : 1.0;
    s->dual_weight[p] = updated > least ? updated : least;
}
