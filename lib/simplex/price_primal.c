/* price_primal.c - the entering variable: argmax d_j^2 / w_j over the active variables whose reduced
 * cost has the wrong sign.
 *
 * Every change of d_j or w_j passes through note_column() or, for a whole pivot row in one pass,
 * follow_row(), which keep two lists: all candidates, and
 * those with a merit of at least `col_hot`. While the short list has a member of that merit, it holds
 * the best of all; when it runs dry the long list is read and a new threshold taken from its best. So
 * pricing is exact and costs O(short list) in most iterations. Free variables are first in line: their
 * merit counts FREE_FACTOR times as soon as they are in the short list. */
#include "simplex/state.h"

#define FREE_FACTOR 1e6
/* The threshold is this part of the best merit. */
#define HOT_SHARE 0.25

static void forget(dca__simplex *s)
{
    for (dca_index k = 0; k < s->col_count; k++) {
        s->col_listed[s->col_list[k]] = 0;
    }
    s->col_count = 0;
    s->col_hot_count = 0;
    s->col_hot = INFINITY;
}

void dca__simplex_list_columns(dca__simplex *s)
{
    forget(s);
    for (dca_index j = 0; j < s->total; j++) {
        dca__simplex_note_column(s, j);
    }
    s->work += s->total;
}

/* By status: the sign of d that is wrong. */
static const double WRONG_BELOW[] = {0.0, 1.0, 0.0, 1.0};
static const double WRONG_ABOVE[] = {0.0, 0.0, 1.0, 1.0};

/* Bound by memory: no branch but the one for the short list, which is rarely taken. */
void dca__simplex_follow_row(dca__simplex *s, double theta, double pivot, double weight)
{
    const dca_index length = s->alpha_p.count;
    const dca_index *restrict index = s->alpha_p.index;
    const double *restrict value = s->alpha_p.value;
    const uint8_t *restrict status = s->status;
    double *restrict d = s->d;
    double *restrict weights = s->primal_weight;
    uint8_t *restrict listed = s->col_listed;
    dca_index *restrict list = s->col_list;
    const double tolerance = s->dual_tolerance;
    const double hot = s->col_hot;
    dca_index count = s->col_count;
    for (dca_index k = 0; k < length; k++) {
        const dca_index j = index[k];
        const double a = value[j];
        const double dual = d[j] - theta * a;
        const double r = a / pivot;
        const double updated = r * r * weight;
        const double w = updated > weights[j] ? updated : weights[j];
        d[j] = dual;
        weights[j] = w;
        const double below = -dual * WRONG_BELOW[status[j]];
        const double above = dual * WRONG_ABOVE[status[j]];
        const double excess = below > above ? below : above;
        const bool wrong = excess > tolerance;
        const uint8_t mark = listed[j];
        list[count] = j; /* [total+1]: there is room for one that does not stay */
        count += wrong & (mark == 0);
        listed[j] = mark | (uint8_t)(wrong ? DCA__LISTED : 0);
        if (wrong & (mark < DCA__HOT) & (excess * excess >= hot * w)) {
            listed[j] = DCA__LISTED | DCA__HOT;
            s->col_hot_list[s->col_hot_count++] = j;
        }
    }
    s->col_count = count;
    s->work += length;
}

static double merit_of(const dca__simplex *s, dca_index j)
{
    const double excess = dca__simplex_dual_excess(s, j);
    if (excess <= s->dual_tolerance) {
        return 0.0;
    }
    const double factor = s->status[j] == DCA_BASIS_FREE ? FREE_FACTOR : 1.0;
    return factor * excess * excess / s->primal_weight[j];
}

static void refill(dca__simplex *s)
{
    double best = 0.0;
    dca_index kept = 0;
    for (dca_index k = 0; k < s->col_count; k++) {
        const dca_index j = s->col_list[k];
        const double merit = merit_of(s, j);
        s->col_listed[j] = merit > 0.0 ? DCA__LISTED : 0;
        if (merit > 0.0) {
            s->col_list[kept] = j;
            s->sort_key[kept++] = merit;
            best = merit > best ? merit : best;
        }
    }
    s->work += 2 * (int64_t)s->col_count;
    s->col_count = kept;
    s->col_hot = HOT_SHARE * best;
    s->col_hot_count = 0;
    for (dca_index k = 0; k < kept; k++) {
        if (s->sort_key[k] >= s->col_hot) {
            s->col_listed[s->col_list[k]] = DCA__LISTED | DCA__HOT;
            s->col_hot_list[s->col_hot_count++] = s->col_list[k];
        }
    }
}

static dca_index best_hot(dca__simplex *s)
{
    dca_index best = -1;
    double best_merit = 0.0;
    dca_index kept = 0;
    for (dca_index k = 0; k < s->col_hot_count; k++) {
        const dca_index j = s->col_hot_list[k];
        const double merit = merit_of(s, j);
        if (merit < s->col_hot || merit == 0.0) {
            s->col_listed[j] &= (uint8_t)~DCA__HOT;
            continue;
        }
        s->col_hot_list[kept++] = j;
        if (merit > best_merit || (merit == best_merit && j < best)) {
            best_merit = merit;
            best = j;
        }
    }
    s->work += s->col_hot_count;
    s->col_hot_count = kept;
    return best;
}

dca_index dca__simplex_price_primal(dca__simplex *s)
{
    const dca_index q = best_hot(s);
    if (q >= 0) {
        return q;
    }
    refill(s);
    return best_hot(s);
}
