/* values.c - values of the basic variables and their violations.
 *
 *     B x_B = - N x_N        (rows of A x + s = 0)
 *
 * computed whole by one FTRAN, updated by x_B -= theta alpha_q in an iteration. Merits of violated
 * positions follow every change, with a list of the positions that have one: a list entry whose merit
 * is 0 is dropped when pricing meets it. */
#include "simplex/state.h"

#include "base/dd.h"

/* rhs = -N x_N; dense. */
static void subtract_nonbasic(const dca__simplex *s, double *restrict rhs)
{
    for (dca_index j = 0; j < s->n; j++) {
        const double x = s->x[j];
        if (x == 0.0 || s->position[j] >= 0) {
            continue;
        }
        const dca_nnz end = s->col_start[j] + s->col_length[j];
        for (dca_nnz k = s->col_start[j]; k < end; k++) {
            rhs[s->col_index[k]] -= s->col_value[k] * x;
        }
    }
    for (dca_index i = 0; i < s->m; i++) {
        const dca_index j = s->n + i;
        if (s->position[j] < 0) {
            rhs[i] -= s->x[j];
        }
    }
}

void dca__simplex_compute_values(dca__simplex *s)
{
    dca__spvec *v = &s->tau;
    subtract_nonbasic(s, v->value);
    v->count = DCA__DENSE;
    s->work += s->entries + s->total;
    dca__simplex_ftran(s, v);
    for (dca_index p = 0; p < s->m; p++) {
        s->x[s->head[p]] = v->value[p];
    }
    v->count = DCA__DENSE;
    dca__spvec_clear(v);
}

double dca__simplex_normalise(dca__spvec *v)
{
    const dca_index length = dca__spvec_length(v);
    double largest = 0.0;
    for (dca_index k = 0; k < length; k++) {
        const double size = fabs(v->value[dca__spvec_at(v, k)]);
        largest = size > largest ? size : largest;
    }
    if (largest == 0.0) {
        return 1.0;
    }
    int exponent;
    (void)frexp(largest, &exponent);
    const double unit = ldexp(1.0, exponent);
    for (dca_index k = 0; k < length; k++) {
        v->value[dca__spvec_at(v, k)] /= unit;
    }
    return unit;
}

void dca__simplex_refine_values(dca__simplex *s)
{
    dca__spvec *v = &s->tau;
    for (dca_index i = 0; i < s->m; i++) {
        dca__dd sum = {-s->x[s->n + i], 0.0};
        for (dca_nnz e = s->row_start[i]; e < s->row_start[i + 1]; e++) {
            dca__dd_add_product(&sum, -s->row_value[e], s->x[s->row_index[e]]);
        }
        v->value[i] = dca__dd_value(sum);
    }
    v->count = DCA__DENSE;
    s->work += s->entries + s->total;
    const double unit = dca__simplex_normalise(v);
    dca__simplex_ftran(s, v);
    for (dca_index p = 0; p < s->m; p++) {
        s->x[s->head[p]] += unit * v->value[p];
    }
    v->count = DCA__DENSE;
    dca__spvec_clear(v);
}

bool dca__simplex_has_violations(const dca__simplex *s)
{
    dca_index k = 0;
    while (k < s->row_count && s->row_merit[s->row_list[k]] == 0.0) {
        k++;
    }
    return k < s->row_count;
}

void dca__simplex_list_violations(dca__simplex *s)
{
    for (dca_index k = 0; k < s->row_count; k++) {
        s->row_listed[s->row_list[k]] = 0;
    }
    s->row_count = 0;
    s->row_hot_count = 0;
    s->row_hot = INFINITY;
    for (dca_index p = 0; p < s->m; p++) {
        dca__simplex_note_position(s, p);
    }
    s->work += s->m;
}

static void shift(dca__simplex *s, const dca__spvec *alpha, double theta)
{
    const dca_index length = dca__spvec_length(alpha);
    const dca_index *restrict head = s->head;
    const double *restrict value = alpha->value;
    double *restrict x = s->x;
    for (dca_index k = 0; k < length; k++) {
        const dca_index p = dca__spvec_at(alpha, k);
        x[head[p]] -= theta * value[p];
    }
}

/* The same with note_position(), without its branches. */
static void shift_noted(dca__simplex *s, const dca__spvec *alpha, double theta)
{
    const dca_index length = dca__spvec_length(alpha);
    const dca_index *restrict head = s->head;
    const double *restrict value = alpha->value;
    const double *restrict lower = s->work_lower;
    const double *restrict upper = s->work_upper;
    const double *restrict weight = s->dual_weight;
    double *restrict x = s->x;
    double *restrict merits = s->row_merit;
    uint8_t *restrict listed = s->row_listed;
    dca_index *restrict list = s->row_list;
    const double tolerance = s->primal_tolerance;
    const double hot = s->row_hot;
    dca_index count = s->row_count;
    for (dca_index k = 0; k < length; k++) {
        const dca_index p = dca__spvec_at(alpha, k);
        const dca_index j = head[p];
        const double moved = x[j] - theta * value[p];
        const double over = moved > upper[j] + tolerance ? moved - upper[j] : 0.0;
        const double excess = moved < lower[j] - tolerance ? moved - lower[j] : over;
        const double merit = excess * excess / weight[p];
        const uint8_t mark = listed[p];
        x[j] = moved;
        merits[p] = merit;
        list[count] = p; /* [m+1]: there is room for one that does not stay */
        count += (excess != 0.0) & (mark == 0);
        listed[p] = mark | (uint8_t)(excess != 0.0 ? DCA__LISTED : 0);
        if ((excess != 0.0) & (merit >= hot) & (mark < DCA__HOT)) {
            listed[p] = DCA__LISTED | DCA__HOT;
            s->row_hot_list[s->row_hot_count++] = p;
        }
    }
    s->row_count = count;
}

void dca__simplex_shift_values(dca__simplex *s, const dca__spvec *alpha, double theta, bool note)
{
    if (note) {
        shift_noted(s, alpha, theta);
    } else {
        shift(s, alpha, theta);
    }
    s->work += dca__spvec_length(alpha);
}

double dca__simplex_primal_infeasibility(const dca__simplex *s, double *largest)
{
    double sum = 0.0;
    double most = 0.0;
    for (dca_index p = 0; p < s->m; p++) {
        const double excess = fabs(dca__simplex_excess(s, s->head[p], 0.0));
        sum += excess;
        most = excess > most ? excess : most;
    }
    if (largest != NULL) {
        *largest = most;
    }
    return sum;
}
