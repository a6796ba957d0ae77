/* lu_solve.c - B x = b and B'y = c with the factors.
 *
 *     ftran   x = Q U^-1 R_t .. R_1 L^-1 b          columns of L and U
 *     btran   y = L^-T R_1' .. R_t' U^-T Q'c        rows of U and L
 *
 * Each triangular solve is sparse (symbolic reach) when the right-hand side is sparse, solves of its
 * kind have been sparse of late, and the reach turns out small; else a loop over all pivots
 * [Hall and McKinnon 2005]. The vector then loses its list until the end, where it is listed again
 * if that is worth while. Where only few entries of x are asked for, those that they depend on are
 * computed by rows of U, if they are fewer (lu_wanted.c). */
#include "la/lu_object.h"

#include <assert.h>
#include <math.h>

/* Shares of m: a right-hand side above START or a kind of solve whose results lie above RESULT is
 * solved densely, a reach above RESULT is given up. Above LISTED a result is not listed. */
static const double START_DENSITY = 0.05;
static const double RESULT_DENSITY = 0.10;
static const double LISTED_DENSITY = 0.30;
/* By rows of U the reach must be below this part of what by columns is predicted; each success takes
 * a share off that prediction, down to twice the reach, so that it is tested now and then. */
static const double WANTED_PART = 0.5;
static const double WANTED_DOUBT = 1.0 / 64.0;

/* One triangular solve: lines of the factor, their diagonal, and in which order to go without a
 * reach. L: the listed pivots. U: pivots as numbered, those moved by updates after or before them. */
typedef struct triangle {
    const dca__lu_lines *lines;
    const double *diagonal; /* NULL: ones */
    const dca_index *listed;
    dca_index num_listed;
    bool backward; /* U only */
} triangle;

static dca_index share(double density, dca_index m)
{
    return (dca_index)(density * (double)m);
}

static void learn(double *density, dca_index count, dca_index m)
{
    *density += m == 0 ? 0.0 : 0.25 * ((double)count / (double)m - *density);
}

/* One branch, and NaN counts. */
static inline bool is_zero(double v)
{
    return fabs(v) <= 0.0;
}

/* What the loops below carry along. */
typedef struct sweep {
    const dca__lu_span *span;
    const dca_index *index;
    const double *entry, *diagonal;
    double *value;
    double drop;
    dca_index count; /* pivots that had something to do */
    int64_t work;
} sweep;

static inline void take_pivot(sweep *s, dca_index p)
{
    const dca_index *restrict index = s->index;
    const double *restrict entry = s->entry;
    double *restrict value = s->value;
    const double v = s->diagonal == NULL ? value[p] : value[p] / s->diagonal[p];
    if (fabs(v) <= s->drop) {
        value[p] = 0.0;
        return;
    }
    value[p] = v;
    s->count++;
    const dca_nnz end = s->span[p].start + s->span[p].length;
    for (dca_nnz e = s->span[p].start; e < end; e++) {
        value[index[e]] -= entry[e] * v;
    }
    s->work += s->span[p].length;
}

static void sweep_listed(sweep *s, const dca_index *restrict listed, dca_index length)
{
    for (dca_index t = 0; t < length; t++) {
        if (!is_zero(s->value[listed[t]])) {
            take_pivot(s, listed[t]);
        }
    }
}

/* Pivots in their own order; those that were moved, order[p] < 0, are not for now. */
static void sweep_forward(sweep *s, const dca_index *restrict order, dca_index m)
{
    const double *value = s->value;
    for (dca_index p = 0; p < m; p++) {
        if (!is_zero(value[p]) && order[p] >= 0) {
            take_pivot(s, p);
        }
    }
}

static void sweep_backward(sweep *s, const dca_index *restrict order, dca_index m)
{
    const double *value = s->value;
    for (dca_index p = m - 1; p >= 0; p--) {
        if (!is_zero(value[p]) && order[p] >= 0) {
            take_pivot(s, p);
        }
    }
}

/* The moved pivots stand behind the others, with -1 where one was moved again. */
static void sweep_moved(const dca__lu *lu, sweep *s, bool backward)
{
    const dca_index moved = lu->order_length - lu->m;
    for (dca_index t = 0; t < moved; t++) {
        const dca_index p = lu->order[backward ? lu->order_length - 1 - t : lu->m + t];
        if (p >= 0 && !is_zero(s->value[p])) {
            take_pivot(s, p);
        }
    }
}

/* Returns how many pivots had something to do. */
static dca_index solve_all(dca__lu *lu, const triangle *factor, double *value)
{
    sweep s = {factor->lines->span,
               factor->lines->index,
               factor->lines->value,
               factor->diagonal,
               value,
               lu->settings.drop,
               0,
               0};
    if (factor->listed != NULL) {
        sweep_listed(&s, factor->listed, factor->num_listed);
        s.work += factor->num_listed;
    } else if (factor->backward) {
        sweep_moved(lu, &s, true);
        sweep_backward(&s, lu->order, lu->m);
        s.work += lu->order_length;
    } else {
        sweep_forward(&s, lu->order, lu->m);
        sweep_moved(lu, &s, false);
        s.work += lu->order_length;
    }
    lu->work += s.work;
    return s.count;
}

/* x[to[i]] takes what is in x[i] for a dense x, which gets a list if that is short. The nonzeros are
 * packed first, without branches: where half of the entries are zero they would be guessed wrong. */
static void permute_dense(dca__lu *lu, const dca_index *restrict to, dca__spvec *x)
{
    double *restrict value = x->value;
    double *restrict moved = lu->moved;
    dca_index *restrict index = x->index;
    const dca_index m = lu->m;
    dca_index count = 0;
    for (dca_index i = 0; i < m; i++) {
        const double v = value[i];
        value[i] = 0.0;
        moved[count] = v;
        index[count] = to[i];
        count += !is_zero(v);
    }
    for (dca_index t = 0; t < count; t++) {
        value[index[t]] = moved[t];
    }
    x->count = count <= share(LISTED_DENSITY, m) ? count : DCA__DENSE;
    lu->work += m;
}

/* The same for any x; zeros leave the list. */
static void permute(dca__lu *lu, const dca_index *restrict to, dca__spvec *x)
{
    double *restrict value = x->value;
    double *restrict moved = lu->moved;
    dca_index *restrict index = x->index;
    dca_index count = 0;
    if (x->count == DCA__DENSE) {
        permute_dense(lu, to, x);
        return;
    }
    for (dca_index t = 0; t < x->count; t++) {
        const dca_index i = index[t];
        if (!is_zero(value[i])) {
            moved[count] = value[i];
            value[i] = 0.0;
            index[count++] = to[i];
        }
    }
    for (dca_index t = 0; t < count; t++) {
        value[index[t]] = moved[t];
    }
    lu->work += x->count;
    x->count = count;
}

/* Solve, and what belongs to pivot p ends at to[p], or at p if `to` is NULL. */
static void solve(dca__lu *lu, const triangle *factor, const dca_index *to, dca__spvec *x,
                  double *density)
{
    const bool few = x->count >= 0 && x->count <= share(START_DENSITY, lu->m);
    if (few && *density <= RESULT_DENSITY) {
        const dca_index top = dca__lu_reach(lu, factor->lines, x, share(RESULT_DENSITY, lu->m));
        if (top >= 0) {
            dca__lu_solve_reached(lu, factor->lines, factor->diagonal, top, to, x);
            learn(density, x->count, lu->m);
            return;
        }
    }
    const dca_index count = solve_all(lu, factor, x->value);
    if (few) {
        learn(density, count, lu->m); /* what dense right-hand sides give says nothing */
    }
    x->count = DCA__DENSE;
    if (to != NULL) {
        permute_dense(lu, to, x);
    }
}

/* Mark what is listed, and nothing else. */
static uint32_t mark_listed(dca__lu *lu, const dca__spvec *x)
{
    const uint32_t epoch = dca__lu_next_epoch(lu);
    for (dca_index t = 0; t < x->count; t++) {
        lu->mark[x->index[t]] = epoch;
    }
    return epoch;
}

/* v_r -= mu'v, eta by eta. */
static void apply_row_etas(dca__lu *lu, double *restrict value)
{
    const dca_index *restrict index = lu->eta.index;
    const double *restrict mu = lu->eta.value;
    for (dca_index t = 0; t < lu->num_updates; t++) {
        double sum = 0.0;
        for (dca_nnz e = lu->eta_start[t]; e < lu->eta_start[t + 1]; e++) {
            sum += mu[e] * value[index[e]];
        }
        value[lu->eta_row[t]] -= sum;
    }
    lu->work += lu->eta.used + lu->num_updates;
}

/* A change of row j by `delta` goes into the sums of the etas later than t. */
static void spread(dca__lu *lu, dca_index j, double delta, dca_index t)
{
    int64_t work = 0;
    for (dca_nnz e = lu->eta_last[j]; e >= 0 && lu->eta_number[e] > t; e = lu->eta_next[e]) {
        lu->eta_sum[lu->eta_number[e]] += lu->eta.value[e] * delta;
        work++;
    }
    lu->work += work;
}

/* The same for few nonzeros: the sums mu'v of all etas are gathered from the entries in the rows of
 * v, and from those of each row that changes on the way. */
static void apply_row_etas_sparse(dca__lu *lu, dca__spvec *x)
{
    if (lu->num_updates == 0) {
        return;
    }
    const uint32_t epoch = mark_listed(lu, x);
    for (dca_index t = 0; t < x->count; t++) {
        spread(lu, x->index[t], x->value[x->index[t]], -1);
    }
    lu->work += x->count + lu->num_updates;
    for (dca_index t = 0; t < lu->num_updates; t++) {
        const double sum = lu->eta_sum[t];
        if (sum == 0.0) {
            continue;
        }
        const dca_index r = lu->eta_row[t];
        lu->eta_sum[t] = 0.0;
        x->value[r] -= sum;
        spread(lu, r, -sum, t);
        if (lu->mark[r] != epoch) {
            lu->mark[r] = epoch;
            x->index[x->count++] = r;
        }
    }
}

/* v_j -= mu_j v_r, last eta first. */
static void apply_row_etas_transposed(dca__lu *lu, dca__spvec *y)
{
    const uint32_t epoch = lu->num_updates > 0 ? mark_listed(lu, y) : 0;
    for (dca_index t = lu->num_updates - 1; t >= 0; t--) {
        const double v = y->value[lu->eta_row[t]];
        if (v == 0.0) {
            continue;
        }
        for (dca_nnz e = lu->eta_start[t]; e < lu->eta_start[t + 1]; e++) {
            const dca_index j = lu->eta.index[e];
            y->value[j] -= lu->eta.value[e] * v;
            if (y->count >= 0 && lu->mark[j] != epoch) {
                lu->mark[j] = epoch;
                y->index[y->count++] = j;
            }
        }
        lu->work += lu->eta_start[t + 1] - lu->eta_start[t];
    }
    lu->work += lu->num_updates;
}

static void keep_spike(dca__lu *lu, const dca__spvec *x)
{
    const bool dense = x->count == DCA__DENSE;
    const dca_index length = dense ? lu->m : x->count;
    dca_index count = 0;
    for (dca_index t = 0; t < length; t++) {
        const dca_index i = dense ? t : x->index[t];
        if (fabs(x->value[i]) > lu->settings.drop) {
            lu->spike_index[count] = i;
            lu->spike_value[count++] = x->value[i];
        }
    }
    lu->spike_count = count;
    lu->work += length;
}

/* U^-T of a unit vector e_r is the row eta of an update at r, but for its scale. */
static void keep_unit(dca__lu *lu, dca_index r, const dca__spvec *y)
{
    const bool dense = y->count == DCA__DENSE;
    const dca_index length = dense ? lu->m : y->count;
    const double scale = -1.0 / y->value[r];
    dca_index count = 0;
    for (dca_index t = 0; t < length; t++) {
        const dca_index j = dense ? t : y->index[t];
        if (!is_zero(y->value[j]) && j != r) {
            lu->unit_index[count] = j;
            lu->unit_value[count++] = y->value[j] * scale;
        }
    }
    lu->unit_row = r;
    lu->unit_count = count;
    lu->work += length;
}

/* x <- R_t .. R_1 L^-1 b, by pivots. */
static void solve_lower(dca__lu *lu, dca__spvec *x, double *density)
{
    const triangle l = {&lu->l_column, NULL, lu->l_column_order, lu->num_l_columns, false};
    assert(x->size >= lu->m);
    permute(lu, lu->pivot_of_row, x);
    if (lu->num_l_columns > 0) {
        solve(lu, &l, NULL, x, density);
    }
    if (x->count >= 0) {
        apply_row_etas_sparse(lu, x);
    } else {
        apply_row_etas(lu, x->value);
    }
}

static void solve_upper(dca__lu *lu, dca__spvec *x, double *density)
{
    const triangle u = {&lu->u_column, lu->diagonal, NULL, 0, true};
    solve(lu, &u, lu->position_of_pivot, x, density);
}

void dca__lu_ftran(dca__lu *lu, dca__spvec *x, bool for_update)
{
    double *density = lu->density[for_update ? DCA__LU_ENTERING : DCA__LU_FTRAN];
    solve_lower(lu, x, &density[0]);
    if (for_update) {
        keep_spike(lu, x);
    }
    solve_upper(lu, x, &density[1]);
}

void dca__lu_ftran_at(dca__lu *lu, dca__spvec *x, const dca__spvec *want)
{
    double *density = lu->density[DCA__LU_FTRAN];
    solve_lower(lu, x, &density[0]);
    const double part = WANTED_PART * density[1];
    const dca_index most = share(part < RESULT_DENSITY ? part : RESULT_DENSITY, lu->m);
    const dca_index reached =
        want->count >= 0 && want->count <= most ? dca__lu_solve_wanted(lu, want, most, x) : -1;
    if (reached >= 0) {
        const double seen = (double)reached / (WANTED_PART * (double)lu->m);
        density[1] -= WANTED_DOUBT * (density[1] - seen);
        return;
    }
    solve_upper(lu, x, &density[1]);
}

void dca__lu_btran(dca__lu *lu, dca__spvec *y)
{
    const triangle u = {&lu->u_row, lu->diagonal, NULL, 0, false};
    const triangle l = {&lu->l_row, NULL, lu->l_row_order, lu->num_l_rows, false};
    double *density = lu->density[DCA__LU_BTRAN];
    assert(y->size >= lu->m);
    permute(lu, lu->pivot_of_position, y);
    const dca_index unit = y->count == 1 ? y->index[0] : -1;
    solve(lu, &u, NULL, y, &density[1]);
    if (unit >= 0 && y->value[unit] != 0.0) {
        keep_unit(lu, unit, y);
    }
    apply_row_etas_transposed(lu, y);
    if (lu->num_l_rows > 0) {
        solve(lu, &l, lu->row_of_pivot, y, &density[0]);
    } else {
        permute(lu, lu->row_of_pivot, y);
    }
}
