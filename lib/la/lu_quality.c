/* lu_quality.c - when to factorise afresh, and how good fresh factors are.
 *
 * Work model: with F the work of the factorisation and S_t that of all solves and updates since, the
 * cost of an update is (F + S_t) / t. It falls while the factorisation is shared by more updates and
 * rises once solves have grown slower than it; a fresh factorisation pays from the minimum on, where
 * the work of one more update exceeds the average.
 *
 * Probe: b of signs chosen by a hash, x = ftran(b), and likewise transposed; the residual of each row
 * is taken relative to its own |b| + |B| |x|, a backward error that scaling does not hide
 * [Oettli and Prager 1964]. */
#include "la/lu_object.h"

#include "base/rng.h"

#include <math.h>

/* An entry touched by the factorisation costs this many touched by a solve, with what the simplex
 * recomputes after it. */
static const double FACTOR_COST = 8.0;

/* A new pivot whose terms are larger than it by this has lost five of its sixteen digits, and later
 * updates build on it. Independent of scaling. */
static const double MOST_CANCELLATION = 1e5;

/* The same for the entries of an eliminated row; over updates of public bases a growth of 1e7 goes
 * with residuals of 1e-7 and more. Independent of the scaling of rows, not of columns: hence the
 * margin, and TRUSTED updates that either measure leaves alone, lest a badly scaled basis is
 * factorised all the time. The caller's own checks catch what is worse. */
static const double MOST_GROWTH = 1e7;
enum { TRUSTED = 10 };

bool dca__lu_wants_refactor(const dca__lu *lu)
{
    if (lu->num_updates == 0) {
        return false;
    }
    if (lu->num_updates >= lu->settings.max_updates) {
        return true;
    }
    if (lu->num_updates > TRUSTED &&
        (lu->cancellation > MOST_CANCELLATION || lu->growth > MOST_GROWTH)) {
        return true;
    }
    const double spent = FACTOR_COST * (double)lu->work_of_factor +
                         (double)(lu->work_at_update - lu->work_at_factor);
    return lu->work_per_update > spent / (double)lu->num_updates;
}

static double sign_of(dca_index i)
{
    return dca__hash_unit((uint64_t)i) < 0.5 ? -1.0 : 1.0;
}

/* B as it was factorised: unit vectors at the positions that found no pivot. Once there are updates
 * the caller must have put them into its basis, and basis[] says all. */
typedef struct factored {
    const dca__lu *lu;
    const dca__lu_matrix *matrix;
    const dca_index *basis;
    uint32_t replaced; /* epoch: marks the replaced positions */
} factored;

typedef struct basis_column {
    const dca_index *index;
    const double *value;
    dca_index length;
} basis_column;

static const double unit_value = 1.0;

/* Column k; a unit vector's row is put into *unit_row, which must live as long as the answer. */
static basis_column column_at(const factored *b, dca_index k, dca_index *unit_row)
{
    const dca_index j = b->lu->mark[k] == b->replaced
                            ? -1 - b->lu->row_of_pivot[b->lu->pivot_of_position[k]]
                            : b->basis[k];
    if (j < 0) {
        *unit_row = -1 - j;
        return (basis_column){unit_row, &unit_value, 1};
    }
    return (basis_column){b->matrix->index + b->matrix->start[j],
                          b->matrix->value + b->matrix->start[j], b->matrix->length[j]};
}

static factored mark_replaced(dca__lu *lu, const dca__lu_matrix *matrix, const dca_index *basis)
{
    const factored b = {lu, matrix, basis, dca__lu_next_epoch(lu)};
    for (dca_index d = 0; d < lu->num_deficient && lu->num_updates == 0; d++) {
        lu->mark[lu->deficient_position[d]] = b.replaced;
    }
    return b;
}

/* Largest |b - B x| / (|b| + |B| |x|), x = ftran(b). */
static double forward_residual(dca__lu *lu, const dca__lu_matrix *matrix, const dca_index *basis,
                               double *size, double *rest)
{
    dca__spvec x = {rest, lu->queue, DCA__DENSE, lu->m};
    for (dca_index i = 0; i < lu->m; i++) {
        x.value[i] = sign_of(i);
        size[i] = 1.0;
    }
    dca__lu_ftran(lu, &x, false);
    const factored b = mark_replaced(lu, matrix, basis);
    double *const product = lu->scratch.value;
    for (dca_index k = 0; k < lu->m; k++) {
        dca_index unit_row;
        const basis_column column = column_at(&b, k, &unit_row);
        for (dca_index e = 0; e < column.length; e++) {
            product[column.index[e]] += column.value[e] * x.value[k];
            size[column.index[e]] += fabs(column.value[e] * x.value[k]);
        }
    }
    double worst = 0.0;
    for (dca_index i = 0; i < lu->m; i++) {
        worst = fmax(worst, fabs(sign_of(i) - product[i]) / size[i]);
        product[i] = 0.0;
    }
    return worst;
}

/* Largest |c - B'y| / (|c| + |B'| |y|), y = btran(c). */
static double transposed_residual(dca__lu *lu, const dca__lu_matrix *matrix, const dca_index *basis,
                                  double *rest)
{
    dca__spvec y = {rest, lu->queue, DCA__DENSE, lu->m};
    for (dca_index k = 0; k < lu->m; k++) {
        y.value[k] = sign_of(k);
    }
    dca__lu_btran(lu, &y);
    const factored b = mark_replaced(lu, matrix, basis);
    double worst = 0.0;
    for (dca_index k = 0; k < lu->m; k++) {
        dca_index unit_row;
        const basis_column column = column_at(&b, k, &unit_row);
        double product = 0.0;
        double size = 1.0;
        for (dca_index e = 0; e < column.length; e++) {
            product += column.value[e] * y.value[column.index[e]];
            size += fabs(column.value[e] * y.value[column.index[e]]);
        }
        worst = fmax(worst, fabs(sign_of(k) - product) / size);
    }
    return worst;
}

double dca__lu_residual(dca__lu *lu, const dca__lu_matrix *matrix, const dca_index *basis)
{
    /* Arrays of the factorisation, [m], idle between factorisations. */
    double *const size = lu->column_max;
    double *const rest = lu->original_max;
    const double forward = forward_residual(lu, matrix, basis, size, rest);
    const double transposed = transposed_residual(lu, matrix, basis, rest);
    lu->work += 2 * lu->basis_entries + 8 * (int64_t)lu->m;
    return fmax(forward, transposed);
}
