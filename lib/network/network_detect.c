/* network_detect.c - factors of rows that make every column an arc.
 *
 * A column with the entries a_i and a_k asks for r_i a_i = - r_k a_k. The ratios r_i / r_k live in a
 * forest of disjoint sets, each row with its factor relative to its parent: a column either joins two
 * sets or closes a cycle, around which the factors must agree. The sign is part of the factor, so that
 * reflections of rows come with it. O(entries), nearly. [Bixby and Cunningham (1980), Converting linear
 * programs to network problems, treat the general case, where rows may be combined too] */
#include "network/network_state.h"

#include "base/alloc.h"

void dca__network_split(dca__row_forest *f, dca_index rows)
{
    for (dca_index i = 0; i < rows; i++) {
        f->parent[i] = i;
        f->size[i] = 1;
        f->factor[i] = 1.0;
    }
}

dca_index dca__network_find_top(dca__row_forest *f, dca_index i, double *factor)
{
    double product = 1.0;
    while (f->parent[i] != i) {
        const dca_index p = f->parent[i];
        f->factor[i] *= f->factor[p];
        f->parent[i] = f->parent[p];
        product *= f->factor[i];
        i = f->parent[i];
    }
    *factor = product;
    return i;
}

bool dca__network_bind(dca__row_forest *f, dca_index i, double a, dca_index k, double b)
{
    double at_i;
    double at_k;
    const dca_index top = dca__network_find_top(f, i, &at_i);
    const dca_index other = dca__network_find_top(f, k, &at_k);
    const double here = at_i * a;
    const double there = at_k * b;
    if (top == other) {
        return fabs(here + there) <= DCA__RATIO_NOISE * fabs(here);
    }
    const bool above = f->size[top] >= f->size[other];
    const double ratio = above ? -here / there : -there / here; /* of the lower top to the higher */
    if (!isfinite(ratio) || ratio == 0.0) {
        return false;
    }
    const dca_index high = above ? top : other;
    const dca_index low = above ? other : top;
    f->parent[low] = high;
    f->factor[low] = ratio;
    f->size[high] += f->size[low];
    return true;
}

/* Entries of column j in rows that are nodes. */
static dca_index node_entries(const dca_problem *p, dca_index j, const double *row_factor)
{
    dca_index count = 0;
    for (dca_nnz k = p->start[j]; k < p->start[j] + p->length[j]; k++) {
        count += row_factor[p->index[k]] != 0.0;
    }
    return count;
}

/* row_factor [m]: 0 for rows with one entry whose column has more than two, else 1. False: a column is
 * too long all the same. length [m] undefined. */
static bool mark_bounds(const dca_problem *p, dca_index *length, double *row_factor)
{
    bool lengthy = false;
    for (dca_index i = 0; i < p->num_rows; i++) {
        row_factor[i] = 1.0;
        length[i] = 0;
    }
    for (dca_index j = 0; j < p->num_columns && !lengthy; j++) {
        lengthy = p->length[j] > 2;
    }
    if (!lengthy) {
        return true;
    }
    for (dca_index j = 0; j < p->num_columns; j++) {
        for (dca_nnz k = p->start[j]; k < p->start[j] + p->length[j]; k++) {
            length[p->index[k]]++;
        }
    }
    for (dca_index j = 0; j < p->num_columns; j++) {
        for (dca_nnz k = p->start[j]; p->length[j] > 2 && k < p->start[j] + p->length[j]; k++) {
            if (length[p->index[k]] == 1) {
                row_factor[p->index[k]] = 0.0;
            }
        }
        if (p->length[j] > 2 && node_entries(p, j, row_factor) > 2) {
            return false;
        }
    }
    return true;
}

static bool bind_column(dca__row_forest *f, const dca_problem *p, dca_index j,
                        const double *row_factor)
{
    dca_nnz first = -1;
    for (dca_nnz k = p->start[j]; k < p->start[j] + p->length[j]; k++) {
        if (row_factor[p->index[k]] == 0.0) {
            continue;
        }
        if (first >= 0) {
            return dca__network_bind(f, p->index[first], p->value[first], p->index[k], p->value[k]);
        }
        first = k;
    }
    return true;
}

static dca__network_kind detect(dca__row_forest *f, const dca_problem *p, double *row_factor)
{
    if (!mark_bounds(p, f->size, row_factor)) {
        return DCA__NETWORK_WIDE;
    }
    dca__network_split(f, p->num_rows);
    for (dca_index j = 0; j < p->num_columns; j++) {
        if (!bind_column(f, p, j, row_factor)) {
            return DCA__NETWORK_GAINS;
        }
    }
    for (dca_index i = 0; i < p->num_rows; i++) {
        if (row_factor[i] != 0.0) {
            (void)dca__network_find_top(f, i, &row_factor[i]);
            if (!isfinite(row_factor[i]) || row_factor[i] == 0.0) {
                return DCA__NETWORK_GAINS;
            }
        }
    }
    return DCA__NETWORK_PURE;
}

dca_status dca__network_detect(dca_env *env, const dca_problem *problem, double *row_factor,
                               dca__network_kind *kind)
{
    const dca_index m = problem->num_rows;
    dca__row_forest f = {DCA_ARRAY(env, dca_index, m), DCA_ARRAY(env, dca_index, m),
                         DCA_ARRAY(env, double, m)};
    dca_status status = DCA_E_NOMEM;
    if (f.parent != NULL && f.size != NULL && f.factor != NULL) {
        *kind = detect(&f, problem, row_factor);
        status = DCA_OK;
    }
    dca__free(env, f.parent);
    dca__free(env, f.size);
    dca__free(env, f.factor);
    return status;
}
