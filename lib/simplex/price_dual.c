/* price_dual.c - the leaving position: argmax violation_p^2 / w_p.
 *
 * Every change of a value or a weight passes through note_position(), which keeps two lists: all
 * violated positions, and those with a merit of at least `row_hot`. While the short list has a member
 * of that merit, it holds the best of all; when it runs dry the long list is read and a new threshold
 * taken from its best. So pricing is exact and costs O(short list) in most iterations, never O(m). */
#include "simplex/state.h"

/* The threshold is this part of the best merit. */
#define HOT_SHARE 0.25

/* Drop what is feasible, find the best merit. */
static double sweep(dca__simplex *s)
{
    double best = 0.0;
    dca_index kept = 0;
    for (dca_index k = 0; k < s->row_count; k++) {
        const dca_index p = s->row_list[k];
        const double merit = s->row_merit[p];
        if (merit == 0.0) {
            s->row_listed[p] = 0;
            continue;
        }
        s->row_listed[p] = DCA__LISTED;
        s->row_list[kept++] = p;
        best = merit > best ? merit : best;
    }
    s->work += s->row_count;
    s->row_count = kept;
    return best;
}

static void refill(dca__simplex *s)
{
    const double best = sweep(s);
    s->row_hot = HOT_SHARE * best;
    s->row_hot_count = 0;
    for (dca_index k = 0; k < s->row_count; k++) {
        const dca_index p = s->row_list[k];
        if (s->row_merit[p] >= s->row_hot) {
            s->row_listed[p] = DCA__LISTED | DCA__HOT;
            s->row_hot_list[s->row_hot_count++] = p;
        }
    }
    s->work += s->row_count;
}

static dca_index best_hot(dca__simplex *s)
{
    dca_index best = -1;
    double best_merit = 0.0;
    dca_index kept = 0;
    for (dca_index k = 0; k < s->row_hot_count; k++) {
        const dca_index p = s->row_hot_list[k];
        const double merit = s->row_merit[p];
        if (merit < s->row_hot || merit == 0.0) {
            s->row_listed[p] = DCA__LISTED;
            continue;
        }
        s->row_hot_list[kept++] = p;
        if (merit > best_merit || (merit == best_merit && p < best)) {
            best_merit = merit;
            best = p;
        }
    }
    s->work += s->row_hot_count;
    s->row_hot_count = kept;
    return best;
}

dca_index dca__simplex_price_dual(dca__simplex *s)
{
    const dca_index p = best_hot(s);
    if (p >= 0) {
        return p;
    }
    refill(s);
    return best_hot(s);
}
