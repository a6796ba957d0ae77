/* face.c - the optimal face of a tier, as bounds. */
#include "engine/face.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

/* A reduced cost c_j - sum a_ij y_i counts when it exceeds this times its largest term, and a price
 * when its term does so in some column: below that it is rounding. */
static const double face_tolerance = 1e-9;

static double *copy(dca_env *env, const double *from, dca_index n)
{
    double *to = DCA_ARRAY(env, double, n);
    if (to != NULL && n > 0) {
        memcpy(to, from, (size_t)n * sizeof *to);
    }
    return to;
}

void dca__face_free(dca_env *env, dca__face *face)
{
    dca__free(env, face->lower);
    dca__free(env, face->upper);
    dca__free(env, face->row_lower);
    dca__free(env, face->row_upper);
    *face = (dca__face){0};
}

dca_status dca__face_new(const dca_lp *lp, dca__face *out)
{
    dca__face face;
    face.lower = copy(lp->env, lp->lower, lp->num_columns);
    face.upper = copy(lp->env, lp->upper, lp->num_columns);
    face.row_lower = copy(lp->env, lp->row_lower, lp->num_rows);
    face.row_upper = copy(lp->env, lp->row_upper, lp->num_rows);
    if (face.lower == NULL || face.upper == NULL || face.row_lower == NULL ||
        face.row_upper == NULL) {
        dca__face_free(lp->env, &face);
        return DCA_E_NOMEM;
    }
    *out = face;
    return DCA_OK;
}

void dca__face_apply(const dca__face *face, dca_lp *lp)
{
    for (dca_index j = 0; j < lp->num_columns; j++) {
        dca__lp_set_column_bounds(lp, j, face->lower[j], face->upper[j]);
    }
    for (dca_index i = 0; i < lp->num_rows; i++) {
        dca__lp_set_row_bounds(lp, i, face->row_lower[i], face->row_upper[i]);
    }
}

/* The bound that the value stands at: the nearer one, when it is finite. */
static bool bound_at(double value, double lower, double upper, double *bound)
{
    const double below = isinf(lower) ? INFINITY : fabs(value - lower);
    const double above = isinf(upper) ? INFINITY : fabs(value - upper);
    *bound = below <= above ? lower : upper;
    return fmin(below, above) < INFINITY;
}

dca_status dca__face_narrow(const dca_lp *lp, const dca__point *point, dca__face *face)
{
    bool *priced = DCA_ZEROS(lp->env, bool, lp->num_rows);
    if (priced == NULL) {
        return DCA_E_NOMEM;
    }
    for (dca_index j = 0; j < lp->num_columns; j++) {
        const dca_nnz end = lp->start[j] + lp->length[j];
        double scale = fabs(lp->cost[j]);
        for (dca_nnz e = lp->start[j]; e < end; e++) {
            scale = fmax(scale, fabs(lp->value[e] * point->y[lp->index[e]]));
        }
        for (dca_nnz e = lp->start[j]; e < end; e++) {
            const dca_index i = lp->index[e];
            priced[i] = priced[i] || fabs(lp->value[e] * point->y[i]) > face_tolerance * scale;
        }
        double bound;
        if (fabs(point->d[j]) > face_tolerance * scale &&
            (!point->has_basis || point->column_status[j] != DCA_BASIS_BASIC) &&
            bound_at(point->x[j], face->lower[j], face->upper[j], &bound)) {
            face->lower[j] = face->upper[j] = bound;
        }
    }
    for (dca_index i = 0; i < lp->num_rows; i++) {
        double bound;
        if (priced[i] && point->y[i] != 0.0 &&
            (!point->has_basis || point->row_status[i] != DCA_BASIS_BASIC) &&
            bound_at(point->activity[i], face->row_lower[i], face->row_upper[i], &bound)) {
            face->row_lower[i] = face->row_upper[i] = bound;
        }
    }
    dca__free(lp->env, priced);
    return DCA_OK;
}
