/* factor.c - the basis matrix and solves with it: B = columns head[0..m), by the LU kernel.
 *
 * A singular basis is repaired: where the LU finds no pivot the logical of an unpivoted row is put
 * in, and the variable that stood there moves to the bound nearest to its value.
 * Work of the kernel is added to the work of the simplex, in entries touched. */
#include "simplex/state.h"

#include "base/log.h"

/* A pivot that a fresh factor cannot agree about, or a probe that it fails, asks for a safer factor: threshold times this. */
#define THRESHOLD_GROWTH  3.0
#define HIGHEST_THRESHOLD 0.9

static void count_lu_work(dca__simplex *s)
{
    const int64_t now = dca__lu_work(s->lu);
    s->work += now - s->lu_work_seen;
    s->lu_work_seen = now;
}

static dca__lu_matrix basis_columns(const dca__simplex *s)
{
    const dca__lu_matrix matrix = {s->col_start, s->col_length, s->col_index, s->col_value};
    return matrix;
}

/* Put the logicals in that the LU asked for. */
static void repair(dca__simplex *s)
{
    const dca_index count = dca__lu_num_deficient(s->lu);
    for (dca_index k = 0; k < count; k++) {
        dca_index p;
        dca_index i;
        dca__lu_deficient(s->lu, k, &p, &i);
        const dca_index out = s->head[p];
        s->position[out] = -1;
        dca__simplex_place_nonbasic(s, out, s->x[out]);
    }
    for (dca_index k = 0; k < count; k++) {
        dca_index p;
        dca_index i;
        dca__lu_deficient(s->lu, k, &p, &i);
        const dca_index in = s->n + i;
        s->head[p] = in;
        s->position[in] = p;
        s->status[in] = DCA_BASIS_BASIC;
        s->dual_weight[p] = 1.0;
    }
    if (count > 0) {
        dca__simplex_partition(s);
        s->dual_weights_valid = false;
    }
}

dca_status dca__simplex_factorise(dca__simplex *s)
{
    for (dca_index p = 0; p < s->m; p++) {
        const dca_index j = s->head[p];
        s->lu_basis[p] = j < s->n ? j : -1 - (j - s->n);
    }
    const dca__lu_matrix matrix = basis_columns(s);
    const dca_status status = dca__lu_factorise(s->lu, s->m, &matrix, s->lu_basis);
    count_lu_work(s);
    if (status != DCA_OK) {
        s->factored = false;
        /* DCA_E_STATE: the control stopped it, and will say so again once that work is counted. */
        const bool stopped = status == DCA_E_STATE && dca__simplex_must_stop(s);
        s->failure = stopped ? DCA_OK : status;
        return status;
    }
    repair(s);
    s->factored = true;
    s->fresh = true;
    s->current = false;
    return DCA_OK;
}

void dca__simplex_add_column(dca__simplex *s, dca_index j, double scale, dca__spvec *v)
{
    double *restrict value = v->value;
    if (j >= s->n) {
        const dca_index i = j - s->n;
        if (value[i] == 0.0 && v->count >= 0) {
            v->index[v->count++] = i;
        }
        value[i] += scale;
        if (value[i] == 0.0) {
            value[i] = 1e-100; /* stays in the list, so that it is not listed twice */
        }
        return;
    }
    const dca_nnz end = s->col_start[j] + s->col_length[j];
    for (dca_nnz k = s->col_start[j]; k < end; k++) {
        const dca_index i = s->col_index[k];
        const double old = value[i];
        const double sum = old + scale * s->col_value[k];
        if (old == 0.0 && v->count >= 0) {
            v->index[v->count++] = i;
        }
        value[i] = sum == 0.0 ? 1e-100 : sum;
    }
    s->work += s->col_length[j];
}

void dca__simplex_ftran(dca__simplex *s, dca__spvec *v)
{
    dca__lu_ftran(s->lu, v, false);
    count_lu_work(s);
}

void dca__simplex_ftran_at(dca__simplex *s, dca__spvec *v, const dca__spvec *want)
{
    dca__lu_ftran_at(s->lu, v, want);
    count_lu_work(s);
}

void dca__simplex_ftran_column(dca__simplex *s, dca_index q, bool entering, dca__spvec *out)
{
    dca__simplex_add_column(s, q, 1.0, out);
    dca__lu_ftran(s->lu, out, entering);
    count_lu_work(s);
}

void dca__simplex_btran(dca__simplex *s, dca__spvec *v)
{
    dca__lu_btran(s->lu, v);
    count_lu_work(s);
}

void dca__simplex_btran_unit(dca__simplex *s, dca_index p, dca__spvec *out)
{
    out->value[p] = 1.0;
    out->index[0] = p;
    out->count = 1;
    dca__simplex_btran(s, out);
}

bool dca__simplex_update_factor(dca__simplex *s, dca_index p, double pivot)
{
    const dca__lu_verdict verdict = dca__lu_update(s->lu, p, pivot);
    count_lu_work(s);
    s->fresh = false;
    if (verdict != DCA__LU_UPDATED) {
        s->factored = false;
        return false;
    }
    const int64_t limit = s->settings.lu_updates + s->m / DCA__ROWS_PER_UPDATE;
    return dca__lu_num_updates(s->lu) < limit && !dca__lu_wants_refactor(s->lu);
}

void dca__simplex_set_threshold(dca__simplex *s, double threshold)
{
    s->threshold = threshold;
    dca__lu_set_threshold(s->lu, threshold);
}

bool dca__simplex_distrust(dca__simplex *s)
{
    if (s->threshold >= HIGHEST_THRESHOLD) {
        return false;
    }
    dca__simplex_set_threshold(s, fmin(THRESHOLD_GROWTH * s->threshold, HIGHEST_THRESHOLD));
    s->factored = false;
    return true;
}

bool dca__simplex_trust_factor(dca__simplex *s)
{
    for (;;) {
        const dca__lu_matrix matrix = basis_columns(s);
        const double residual = dca__lu_residual(s->lu, &matrix, s->lu_basis);
        count_lu_work(s);
        if (residual <= DCA__RESIDUAL || !dca__simplex_distrust(s)) {
            return true;
        }
        dca__log(s->env, DCA_LOG_DEBUG, "simplex: residual %s of a fresh factor, threshold now %s",
                 DCA_G(residual), DCA_G(s->threshold));
        if (dca__simplex_factorise(s) != DCA_OK) {
            return false;
        }
    }
}

bool dca__simplex_must_stop(dca__simplex *s)
{
    if (s->stop != DCA__GO) {
        return true;
    }
    const dca_progress progress = {sizeof progress,
                                   s->phase == 1 ? DCA_PHASE_SIMPLEX_1 : DCA_PHASE_SIMPLEX_2,
                                   s->iterations,
                                   s->work,
                                   NAN,
                                   s->infeasibility,
                                   NAN};
    s->stop = dca__control_progress(s->control, s->work - s->work_polled, &progress);
    s->work_polled = s->work;
    if (s->stop == DCA__GO && s->iterations >= s->iteration_cap) {
        s->stop = DCA__STOP_WORK;
    }
    return s->stop != DCA__GO;
}
