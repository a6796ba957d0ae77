/* gub_basis.c - the working basis W: its LU with an eta file, the values and prices that it gives.
 *
 * The factor is of W_0; etas are in product form, because a key that changes alters every column of
 * its set in W. They are few and short: a factorisation follows after DCA__GUB_ETAS, and costs no
 * more than a hundred solves. FTRAN walks the etas forward with a list while it is sparse, BTRAN
 * backward and dense: it is done once an iteration, for all prices. */
#include "simplex/gub.h"

#include "base/alloc.h"

#include <string.h>

/* Vectors with more entries than this part of the rows are no longer listed. */
#define LISTED_SHARE 0.2

static void count_lu_work(dca__gub *g)
{
    const int64_t now = dca__lu_work(g->lu);
    g->s->work += now - g->lu_work_seen;
    g->lu_work_seen = now;
}

static inline void add(dca__spvec *v, dca_index i, double a)
{
    const double old = v->value[i];
    if (old == 0.0 && v->count >= 0) {
        v->index[v->count++] = i;
    }
    const double sum = old + a;
    v->value[i] =
        sum == 0.0 ? DCA__GUB_NOTHING : sum; /* stays in the list, so that it is not listed twice */
}

void dca__gub_add_part(const dca__gub *g, dca_index j, double scale, dca__spvec *v)
{
    const dca_index n = g->s->n;
    if (j >= n) {
        const dca_index i = g->working[j - n];
        if (i >= 0) {
            add(v, i, scale);
        }
        return;
    }
    const dca_index place = g->place[j];
    for (dca_nnz e = g->start[place]; e < g->start[place + 1]; e++) {
        add(v, g->index[e], scale * g->value[e]);
    }
}

static inline dca_index key_of(const dca__gub *g, dca_index set)
{
    return g->s->head[g->rows + set];
}

/* The column of j in W. */
static void working_column(const dca__gub *g, dca_index j, dca__spvec *v)
{
    const dca_index set = g->set_of[j];
    dca__gub_add_part(g, j, 1.0, v);
    if (set >= 0) {
        const dca_index key = key_of(g, set);
        dca__gub_add_part(g, key, -g->sigma[j] / g->sigma[key], v);
    }
}

static bool make_room(dca__gub *g)
{
    const dca__simplex *s = g->s;
    dca_nnz need = 0;
    for (dca_index p = 0; p < g->rows; p++) {
        const dca_index j = s->head[p];
        need += dca__gub_part_length(g, j) +
                (g->set_of[j] >= 0 ? dca__gub_part_length(g, key_of(g, g->set_of[j])) : 0);
    }
    if (need <= g->basis_room) {
        return true;
    }
    const dca_nnz room = need + need / 2;
    dca_index *index = DCA_ARRAY(s->env, dca_index, room);
    double *value = DCA_ARRAY(s->env, double, room);
    if (index == NULL || value == NULL) {
        dca__free(s->env, index);
        dca__free(s->env, value);
        return false;
    }
    dca__free(s->env, g->basis_index);
    dca__free(s->env, g->basis_value);
    g->basis_index = index;
    g->basis_value = value;
    g->basis_room = room;
    return true;
}

/* Put the logicals in that the LU asked for. */
static void repair(dca__gub *g)
{
    dca__simplex *s = g->s;
    const dca_index count = dca__lu_num_deficient(g->lu);
    for (dca_index k = 0; k < count; k++) {
        dca_index p;
        dca_index i;
        dca__lu_deficient(g->lu, k, &p, &i);
        const dca_index out = s->head[p];
        if (g->set_of[out] >= 0) {
            dca__gub_unlink(g, p, g->set_of[out]);
        }
        s->position[out] = -1;
        dca__simplex_place_nonbasic(s, out, s->x[out]);
    }
    for (dca_index k = 0; k < count; k++) {
        dca_index p;
        dca_index i;
        dca__lu_deficient(g->lu, k, &p, &i);
        const dca_index in = s->n + g->row_of[i];
        s->head[p] = in;
        s->position[in] = p;
        s->status[in] = DCA_BASIS_BASIC;
    }
    if (count > 0) {
        dca__simplex_partition(s);
    }
}

dca_status dca__gub_factorise(dca__gub *g)
{
    dca__simplex *s = g->s;
    if (!make_room(g)) {
        s->failure = DCA_E_NOMEM;
        return DCA_E_NOMEM;
    }
    dca__spvec *v = &g->column_work;
    dca_nnz at = 0;
    for (dca_index p = 0; p < g->rows; p++) {
        working_column(g, s->head[p], v);
        g->basis_start[p] = at;
        for (dca_index k = 0; k < v->count; k++) {
            const dca_index i = v->index[k];
            if (fabs(v->value[i]) > DCA__ROW_DROP) {
                g->basis_index[at] = i;
                g->basis_value[at++] = v->value[i];
            }
        }
        g->basis_length[p] = (dca_index)(at - g->basis_start[p]);
        g->basis_list[p] = p;
        dca__spvec_clear(v);
    }
    s->work += 2 * at + g->rows;
    const dca__lu_matrix matrix = {g->basis_start, g->basis_length, g->basis_index, g->basis_value};
    const dca_status status = dca__lu_factorise(g->lu, g->rows, &matrix, g->basis_list);
    count_lu_work(g);
    if (status != DCA_OK) {
        const bool stopped = status == DCA_E_STATE && dca__simplex_must_stop(s);
        s->failure = stopped ? DCA_OK : status;
        return status;
    }
    repair(g);
    g->eta_count = 0;
    g->eta_used = 0;
    g->fresh = true;
    g->priced = false;
    return DCA_OK;
}

/* x -= step times the entries of the eta, kept as a list while x has one. */
static void subtract_eta(const dca__gub *g, const dca__gub_eta *eta, double step, dca__spvec *v)
{
    const dca_index *restrict index = g->eta_index + eta->start;
    const double *restrict value = g->eta_value + eta->start;
    if (v->count == DCA__DENSE) {
        double *restrict x = v->value;
        for (dca_index k = 0; k < eta->length; k++) {
            x[index[k]] -= step * value[k];
        }
        return;
    }
    for (dca_index k = 0; k < eta->length; k++) {
        add(v, index[k], -step * value[k]);
    }
}

/* v = E^-1 v, from W_0 to W. */
static void apply_etas(dca__gub *g, dca__spvec *v)
{
    double *restrict x = v->value;
    int64_t touched = 0;
    for (int t = 0; t < g->eta_count; t++) {
        const dca__gub_eta *eta = &g->eta[t];
        if (v->count > LISTED_SHARE * (double)g->rows) {
            v->count = DCA__DENSE;
        }
        if (eta->is_row) {
            const dca_index *restrict index = g->eta_index + eta->start;
            const double *restrict value = g->eta_value + eta->start;
            double sum = eta->multiplier * x[eta->p];
            for (dca_index k = 0; k < eta->length; k++) {
                sum += value[k] * x[index[k]];
            }
            touched += eta->length;
            if (sum != 0.0 || x[eta->p] != 0.0) {
                add(v, eta->p, -x[eta->p] - sum / eta->pivot);
            }
        } else if (x[eta->p] != 0.0) {
            const double step = x[eta->p] / eta->pivot;
            x[eta->p] = step;
            subtract_eta(g, eta, step, v);
            touched += eta->length;
        }
    }
    g->s->work += g->eta_count + touched;
}

/* u = E^-T c, from W to W_0. */
static void apply_etas_transposed(dca__gub *g, double *restrict u)
{
    int64_t touched = 0;
    for (int t = g->eta_count; t-- > 0;) {
        const dca__gub_eta *eta = &g->eta[t];
        const dca_index *restrict index = g->eta_index + eta->start;
        const double *restrict value = g->eta_value + eta->start;
        double at_p = u[eta->p];
        touched += eta->length;
        if (eta->is_row) {
            at_p *= -eta->multiplier / eta->pivot;
            for (dca_index k = 0; k < eta->length && at_p != 0.0; k++) {
                u[index[k]] += value[k] / eta->multiplier * at_p;
            }
        } else {
            for (dca_index k = 0; k < eta->length; k++) {
                at_p -= value[k] * u[index[k]];
            }
            at_p /= eta->pivot;
        }
        u[eta->p] = at_p;
    }
    g->s->work += g->eta_count + touched;
}

/* alpha of the keys, from that in W. */
static void add_keys(dca__gub *g, dca_index q, dca__spvec *alpha)
{
    const dca__simplex *s = g->s;
    const dca_index count = alpha->count;
    if (g->set_of[q] >= 0) {
        const dca_index set = g->set_of[q];
        add(alpha, g->rows + set, g->sigma[q] / g->sigma[key_of(g, set)]);
    }
    for (dca_index k = 0; k < count; k++) {
        const dca_index p = alpha->index[k];
        const dca_index j = s->head[p];
        const dca_index set = g->set_of[j];
        if (set >= 0) {
            add(alpha, g->rows + set, -g->sigma[j] * alpha->value[p] / g->sigma[key_of(g, set)]);
        }
    }
}

void dca__gub_solve(dca__gub *g, dca__spvec *v)
{
    dca__lu_ftran(g->lu, v, false);
    count_lu_work(g);
    apply_etas(g, v);
}

void dca__gub_solve_transposed(dca__gub *g, dca__spvec *v)
{
    v->count = DCA__DENSE;
    apply_etas_transposed(g, v->value);
    if (g->rows > 0) {
        dca__spvec_gather(v, 0.0);
    }
    dca__lu_btran(g->lu, v);
    count_lu_work(g);
}

void dca__gub_ftran(dca__gub *g, dca_index q)
{
    dca__simplex *s = g->s;
    dca__spvec *v = &g->column_work;
    dca__spvec *alpha = &s->alpha_q;
    working_column(g, q, v);
    dca__gub_solve(g, v);
    const dca_index length = dca__spvec_length(v);
    for (dca_index k = 0; k < length; k++) {
        const dca_index p = dca__spvec_at(v, k);
        if (fabs(v->value[p]) > DCA__ROW_DROP) {
            alpha->value[p] = v->value[p];
            alpha->index[alpha->count++] = p;
        }
    }
    dca__spvec_clear(v);
    add_keys(g, q, alpha);
    s->work += length + alpha->count;
}

void dca__gub_compute_values(dca__gub *g)
{
    dca__simplex *s = g->s;
    double *restrict rhs = s->tau.value; /* by rows, zero on entry */
    double *restrict v = g->column_work.value;
    for (dca_index j = 0; j < s->total; j++) {
        const double x = s->x[j];
        if (x == 0.0 || s->position[j] >= 0) {
            continue;
        }
        if (j >= s->n) {
            rhs[j - s->n] -= x;
            continue;
        }
        const dca_nnz end = s->col_start[j] + s->col_length[j];
        for (dca_nnz e = s->col_start[j]; e < end; e++) {
            rhs[s->col_index[e]] -= s->col_value[e] * x;
        }
    }
    g->column_work.count = DCA__DENSE;
    for (dca_index i = 0; i < g->rows; i++) {
        v[i] = rhs[g->row_of[i]];
    }
    for (dca_index set = 0; set < g->sets; set++) {
        const dca_index key = key_of(g, set);
        s->x[key] = rhs[g->set_row[set]] / g->sigma[key];
        if (s->x[key] != 0.0) {
            dca__gub_add_part(g, key, -s->x[key], &g->column_work);
        }
    }
    dca__gub_solve(g, &g->column_work);
    for (dca_index p = 0; p < g->rows; p++) {
        const dca_index j = s->head[p];
        s->x[j] = v[p];
        if (g->set_of[j] >= 0) {
            const dca_index key = key_of(g, g->set_of[j]);
            s->x[key] -= g->sigma[j] * v[p] / g->sigma[key];
        }
    }
    g->column_work.count = DCA__DENSE;
    dca__spvec_clear(&g->column_work);
    memset(rhs, 0, (size_t)s->m * sizeof *rhs);
    s->work += s->entries + s->total + s->m;
}

void dca__gub_compute_prices(dca__gub *g, const double *c)
{
    dca__simplex *s = g->s;
    dca__spvec *v = &g->column_work;
    for (dca_index p = 0; p < g->rows; p++) {
        const dca_index j = s->head[p];
        double cost = c[j];
        if (g->set_of[j] >= 0) {
            const dca_index key = key_of(g, g->set_of[j]);
            cost -= c[key] == 0.0 ? 0.0 : g->sigma[j] / g->sigma[key] * c[key];
        }
        v->value[p] = cost;
    }
    apply_etas_transposed(g, v->value);
    v->count = DCA__DENSE;
    dca__lu_btran(g->lu, v);
    count_lu_work(g);
    memcpy(g->y, v->value, (size_t)g->rows * sizeof *g->y);
    v->count = DCA__DENSE;
    dca__spvec_clear(v);
    s->work += 2 * (int64_t)g->rows;
    g->priced = true;
}

dca_index dca__gub_next_key(const dca__gub *g, dca_index set)
{
    const dca__simplex *s = g->s;
    double largest = 0.0;
    for (dca_index p = g->first[set]; p >= 0; p = g->next[p]) {
        largest = fmax(largest, fabs(g->sigma[s->head[p]]));
    }
    dca_index best = DCA__GUB_NONE;
    double best_room = -INFINITY;
    for (dca_index p = g->first[set]; p >= 0; p = g->next[p]) {
        const dca_index j = s->head[p];
        const double room = fmin(s->x[j] - s->work_lower[j], s->work_upper[j] - s->x[j]);
        if (room > best_room && fabs(g->sigma[j]) >= DCA__GUB_KEY_SHARE * largest) {
            best = p;
            best_room = room;
        }
    }
    return best;
}

void dca__gub_change_key(dca__gub *g, dca_index set, dca_index p)
{
    dca__simplex *s = g->s;
    const dca_index at_key = g->rows + set;
    const dca_index was = s->head[at_key];
    const dca_index is = s->head[p];
    dca__gub_eta *eta = &g->eta[g->eta_count++];
    *eta = (dca__gub_eta){g->eta_used, 0, p, true, g->sigma[was], g->sigma[is]};
    for (dca_index i = g->first[set]; i >= 0; i = g->next[i]) {
        if (i != p) {
            g->eta_index[g->eta_used] = i;
            g->eta_value[g->eta_used++] = g->sigma[s->head[i]];
        }
    }
    eta->length = (dca_index)(g->eta_used - eta->start);
    s->head[at_key] = is;
    s->position[is] = at_key;
    s->head[p] = was;
    s->position[was] = p;
    g->fresh = false;
}

/* The key of the set and head[p] change places in alpha_q. */
static void exchange_alpha(dca__gub *g, dca_index set, dca_index p)
{
    dca__spvec *alpha = &g->s->alpha_q;
    const dca_index at_key = g->rows + set;
    const double a = alpha->value[p];
    if (a == 0.0) {
        alpha->index[alpha->count++] = p;
    }
    alpha->value[p] = alpha->value[at_key];
    alpha->value[at_key] = a == 0.0 ? DCA__GUB_NOTHING : a;
}

static void push_column(dca__gub *g, dca_index p)
{
    const dca__spvec *alpha = &g->s->alpha_q;
    dca__gub_eta *eta = &g->eta[g->eta_count++];
    *eta = (dca__gub_eta){g->eta_used, 0, p, false, alpha->value[p], 0.0};
    for (dca_index k = 0; k < alpha->count; k++) {
        const dca_index i = alpha->index[k];
        if (i < g->rows && i != p) {
            g->eta_index[g->eta_used] = i;
            g->eta_value[g->eta_used++] = alpha->value[i];
        }
    }
    eta->length = (dca_index)(g->eta_used - eta->start);
}

bool dca__gub_exchange(dca__gub *g, dca_index p, dca_index q, uint8_t status)
{
    dca__simplex *s = g->s;
    g->priced = false;
    g->fresh = false;
    if (p >= g->rows) {
        const dca_index set = p - g->rows;
        if (g->first[set] >= 0) {
            p = dca__gub_next_key(g, set);
            dca__gub_change_key(g, set, p);
            exchange_alpha(g, set, p);
        } else if (g->set_of[q] != set) {
            return false; /* its alpha was an error */
        }
    }
    if (p < g->rows) {
        push_column(g, p);
        const dca_index from = g->set_of[s->head[p]];
        const dca_index to = g->set_of[q];
        if (from >= 0) {
            dca__gub_unlink(g, p, from);
        }
        if (to >= 0) {
            dca__gub_link(g, p, to);
        }
    }
    dca__simplex_exchange(s, p, q, status);
    return g->eta_count + 2 <= DCA__GUB_ETAS && g->eta_used + 2 * (dca_nnz)g->rows <= g->eta_room;
}
