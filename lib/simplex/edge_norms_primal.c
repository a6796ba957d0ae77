/* edge_norms_primal.c - weights of the columns for primal pricing: norms over a reference framework R,
 *
 *     w_j = [j in R] + sum over basic i in R of alpha_ij^2
 *
 * Devex: R starts as the set of nonbasic variables, all with weight 1. With the pivot row alpha_p and
 * column alpha_q the weight of q is known exactly; the others follow w_j <- max(w_j, r_j^2 w_q),
 * r_j = alpha_pj / alpha_pq. When the stored w_q overestimates the exact one by more than a factor, a
 * new framework is begun. [Harris (1973), Pivot selection methods of the Devex LP code]
 *
 * Steepest edge: exact, with tau = B^-T alpha_q over R, one BTRAN and one column per entry of the row:
 *
 *     w_j <- max(w_j - 2 r_j a_j'tau + r_j^2 w_q, [j in R] + r_j^2 [q in R]),   w_leaving <- w_q / alpha_pq^2
 *
 * From the slack basis all variables are in R, w_j = 1 + |a_j|^2; from another basis R is the set of
 * nonbasic variables, so that the start is exact too. [Forrest, Goldfarb (1992), Steepest-edge simplex
 * algorithms for linear programming] */
#include "simplex/state.h"

#define RESET_FACTOR 9.0
/* Norms over few variables may vanish; merits divide by them. */
#define WEIGHT_FLOOR 1e-4

static bool all_slack(const dca__simplex *s)
{
    for (dca_index p = 0; p < s->m; p++) {
        if (s->head[p] < s->n) {
            return false;
        }
    }
    return true;
}

/* All variables in R, for the slack basis. */
static void set_norms(dca__simplex *s)
{
    for (dca_index j = 0; j < s->n; j++) {
        double sum = 1.0;
        const dca_nnz end = s->col_start[j] + s->col_length[j];
        for (dca_nnz k = s->col_start[j]; k < end; k++) {
            sum += s->col_value[k] * s->col_value[k];
        }
        s->primal_weight[j] = sum;
        s->reference[j] = 1;
    }
    for (dca_index j = s->n; j < s->total; j++) {
        s->primal_weight[j] = 1.0;
        s->reference[j] = 1;
    }
    s->work += s->entries;
}

void dca__simplex_reset_primal_weights(dca__simplex *s)
{
    if (s->settings.pricing_primal == DCA__PRIMAL_STEEPEST && all_slack(s)) {
        set_norms(s);
    } else {
        for (dca_index j = 0; j < s->total; j++) {
            s->primal_weight[j] = 1.0;
            s->reference[j] = s->position[j] < 0;
        }
    }
    /* Merits have changed: pricing reads the whole list again. */
    for (dca_index k = 0; k < s->col_hot_count; k++) {
        s->col_listed[s->col_hot_list[k]] &= (uint8_t)~DCA__HOT;
    }
    s->col_hot_count = 0;
    s->col_hot = INFINITY;
    s->work += s->total;
}

/* w_q by the column. */
static double exact_weight(dca__simplex *s, dca_index q)
{
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
    return exact;
}

/* tau = B^-T alpha_q over R. */
static void solve_tau(dca__simplex *s)
{
    dca__spvec *tau = &s->tau;
    dca__spvec_copy(&s->alpha_q, tau);
    const dca_index length = dca__spvec_length(tau);
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(tau, k);
        tau->value[i] *= s->reference[s->head[i]];
    }
    s->work += length;
    dca__simplex_btran(s, tau);
}

static void steepest(dca__simplex *s, dca_index q, double pivot, double weight)
{
    const dca_index length = s->alpha_p.count;
    const dca_index *restrict index = s->alpha_p.index;
    const double *restrict row = s->alpha_p.value;
    const double *restrict tau = s->tau.value;
    const dca_index *restrict col_index = s->col_index;
    const double *restrict col_value = s->col_value;
    const double in_reference = s->reference[q];
    int64_t touched = 0;
    for (dca_index k = 0; k < length; k++) {
        const dca_index j = index[k];
        double product = 0.0;
        if (j >= s->n) {
            product = tau[j - s->n];
        } else {
            const dca_nnz start = s->col_start[j];
            const dca_index entries = s->col_length[j];
            for (dca_nnz e = start; e < start + entries; e++) {
                product += col_value[e] * tau[col_index[e]];
            }
            touched += entries;
        }
        const double r = row[j] / pivot;
        const double updated = s->primal_weight[j] - 2.0 * r * product + r * r * weight;
        const double least = s->reference[j] + r * r * in_reference;
        const double bounded = updated > least ? updated : least;
        s->primal_weight[j] = bounded > WEIGHT_FLOOR ? bounded : WEIGHT_FLOOR;
    }
    s->work += length + touched;
}

double dca__simplex_update_primal_weights(dca__simplex *s, dca_index p, dca_index q, double pivot)
{
    if (s->settings.pricing_primal == DCA__PRIMAL_DANTZIG) {
        return 0.0;
    }
    const double exact = exact_weight(s, q);
    const dca_index leaving = s->head[p];
    if (s->settings.pricing_primal == DCA__PRIMAL_STEEPEST) {
        solve_tau(s);
        steepest(s, q, pivot, exact);
        dca__spvec_clear(&s->tau);
        s->primal_weight[leaving] = fmax(exact / (pivot * pivot), WEIGHT_FLOOR);
        return 0.0;
    }
    if (s->primal_weight[q] > RESET_FACTOR * exact + RESET_FACTOR) {
        dca__simplex_reset_primal_weights(s);
        return 0.0;
    }
    const double weight = fmax(exact, 1.0);
    s->primal_weight[leaving] = fmax(weight / (pivot * pivot), 1.0);
    s->primal_weight[q] = 1.0;
    return weight;
}
