/* renew.c - a fresh factor, and updated numbers refined, in the middle of a resumed solve (resume.c).
 *
 * When the updates of the factor are used up, x, y and d stay as they are but for what they are wrong by:
 *
 *     B' dy = c_B - B'y    residual in twice the precision,    y += dy,  d anew from y
 *     B dx_B = - A x - s   only where the residual shows more than rounding
 *
 * so that the trail stays short and the dual goes on. A price that the correction takes to nothing
 * was the rounding of a zero, and becomes one. The same correction on the columns that a proof names
 * costs what it reaches. Where the basis is singular, or what the algorithm keeps
 * feasible is not so any more, the whole solve is left to do it. */
#include "simplex/state.h"

/* A price smaller than this part of its own correction was nothing but rounding. */
#define CANCELLED 0x1p-26
/* Residuals of rows are left alone up to here: a thousandth of what the tolerance allows at least. */
#define DRIFTED 1e-12

/* y += B^-T v; v is cleared. The price of a basic logical is its cost; with `kept` zeros stay. */
static void correct_prices(dca__simplex *s, dca__spvec *v, bool kept)
{
    const double unit = dca__simplex_normalise(v);
    dca__simplex_btran(s, v);
    const dca_index length = dca__spvec_length(v);
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(v, k);
        const double dy = unit * v->value[i];
        if (dy == 0.0 || s->position[s->n + i] >= 0 || (kept && s->y[i] == 0.0)) {
            continue;
        }
        const double y = s->y[i] + dy;
        s->y[i] = !kept && fabs(y) <= CANCELLED * fabs(dy) ? 0.0 : y;
        dca__simplex_note_price(s, i);
    }
    s->work += length;
    dca__spvec_clear(v);
}

bool dca__simplex_mend_duals(dca__simplex *s, const dca_index *columns, dca_index count)
{
    const bool unsafe = dca__simplex_unsafe_duals(s, columns, count, &s->tau);
    if (unsafe) {
        correct_prices(s, &s->tau, true);
    }
    return unsafe;
}

bool dca__simplex_refine_prices(dca__simplex *s, const dca_index *columns, dca_index count)
{
    const bool wrong = dca__simplex_price_residuals(s, columns, count, &s->tau);
    if (wrong) {
        correct_prices(s, &s->tau, false);
    }
    return wrong;
}

/* v = - A x - s, dense; its largest entry. */
static double row_residuals(dca__simplex *s, dca__spvec *v)
{
    double *restrict value = v->value;
    for (dca_index i = 0; i < s->m; i++) {
        value[i] = -s->x[s->n + i];
    }
    for (dca_index j = 0; j < s->n; j++) {
        const double x = s->x[j];
        const dca_nnz end = x == 0.0 ? 0 : s->col_start[j] + s->col_length[j];
        for (dca_nnz k = s->col_start[j]; k < end; k++) {
            value[s->col_index[k]] -= s->col_value[k] * x;
        }
    }
    double largest = 0.0;
    for (dca_index i = 0; i < s->m; i++) {
        largest = fabs(value[i]) > largest ? fabs(value[i]) : largest;
    }
    v->count = DCA__DENSE;
    s->work += s->entries + s->total;
    return largest;
}

static void correct_values(dca__simplex *s)
{
    dca__spvec *v = &s->tau;
    if (row_residuals(s, v) > DRIFTED) {
        const double unit = dca__simplex_normalise(v);
        dca__simplex_ftran(s, v);
        for (dca_index p = 0; p < s->m; p++) {
            if (v->value[p] != 0.0) {
                s->x[s->head[p]] += unit * v->value[p];
                dca__simplex_note_status(s, s->head[p]);
            }
        }
        v->count = DCA__DENSE;
    }
    dca__spvec_clear(v);
}

bool dca__simplex_renew(dca__simplex *s)
{
    if (dca__simplex_factorise(s) != DCA_OK || dca__lu_num_deficient(s->lu) > 0) {
        return false;
    }
    (void)dca__simplex_refine_prices(s, s->head, s->m);
    dca__simplex_price_out(s, s->work_cost);
    correct_values(s);
    dca__simplex_list_violations(s);
    return true;
}
