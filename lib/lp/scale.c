/* scale.c - geometric scaling, then equilibration, rounded to powers of two.
 *
 * Geometric: r_i = 1 / sqrt(min_j |a_ij s_j| max_j |a_ij s_j|), then the same for s_j by columns, at
 * most four times or until the spread no longer shrinks by a tenth. Equilibration: s_j such that the
 * largest |r_i a_ij s_j| of the column lies in [1, 2). A matrix whose entries lie within [0.1, 10] is
 * left alone. t brings the geometric mean of the smallest and largest scaled cost to 1, so that
 * tolerances on reduced costs mean the same when prices are 1e-9.
 *
 * Exponents are kept within +-120, so that scaled numbers of ordinary size cannot overflow.
 *
 * Curtis, Reid (1972), "On the automatic scaling of matrices for Gaussian elimination", IMA J. Appl.
 * Math.; Tomlin (1975), "On scaling linear programming problems", Math. Programming Study 4. */
#include "lp/scale.h"

#include "base/alloc.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { PASSES = 4, MOST_EXPONENT = 120 };

/* Entries within this range of 1 are near enough. */
static const double NEAR = 10.0;

typedef struct range {
    double least, most;
} range;

static const range NOTHING = {INFINITY, 0.0};

static void widen(range *r, double magnitude)
{
    r->least = magnitude < r->least ? magnitude : r->least;
    r->most = magnitude > r->most ? magnitude : r->most;
}

/* 2^exponent, for exponents of normal numbers. */
static double power_of_two(int exponent)
{
    const uint64_t bits = (uint64_t)(1023 + exponent) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

/* The power of two nearest to 1 / value (in the exponent), 1 for nothing. */
static double reciprocal(double value)
{
    if (!(value > 0.0) || isinf(value)) {
        return 1.0;
    }
    int exponent;
    const double mantissa = frexp(value, &exponent);     /* in [0.5, 1) */
    exponent -= mantissa < 0x1.6a09e667f3bcdp-1 ? 1 : 0; /* below 1 / sqrt 2 */
    exponent = exponent > MOST_EXPONENT ? MOST_EXPONENT : exponent;
    exponent = exponent < -MOST_EXPONENT ? -MOST_EXPONENT : exponent;
    return power_of_two(-exponent);
}

static double middle(range r)
{
    return r.most > 0.0 ? sqrt(r.least) * sqrt(r.most) : 0.0;
}

static range whole_range(const dca_problem *p)
{
    range all = NOTHING;
    for (dca_index j = 0; j < p->num_columns; j++) {
        const dca_nnz end = p->start[j] + p->length[j];
        for (dca_nnz k = p->start[j]; k < end; k++) {
            widen(&all, fabs(p->value[k]));
        }
    }
    return all;
}

static void scale_rows(const dca_problem *p, dca__scale *s, range *rows)
{
    for (dca_index i = 0; i < p->num_rows; i++) {
        rows[i] = NOTHING;
    }
    for (dca_index j = 0; j < p->num_columns; j++) {
        const dca_nnz end = p->start[j] + p->length[j];
        for (dca_nnz k = p->start[j]; k < end; k++) {
            widen(&rows[p->index[k]], fabs(p->value[k]) * s->column[j]);
        }
    }
    for (dca_index i = 0; i < p->num_rows; i++) {
        s->row[i] = reciprocal(middle(rows[i]));
    }
}

/* Returns the range of what is scaled: powers of two move that of a column without rounding. */
static range scale_columns(const dca_problem *p, dca__scale *s, bool equilibrate)
{
    range all = NOTHING;
    for (dca_index j = 0; j < p->num_columns; j++) {
        range column = NOTHING;
        const dca_nnz end = p->start[j] + p->length[j];
        for (dca_nnz k = p->start[j]; k < end; k++) {
            widen(&column, fabs(p->value[k]) * s->row[p->index[k]]);
        }
        if (!equilibrate) {
            s->column[j] = reciprocal(middle(column));
        } else if (column.most > 0.0) {
            int exponent;
            frexp(column.most, &exponent);
            exponent = exponent > MOST_EXPONENT ? MOST_EXPONENT : exponent;
            exponent = exponent < -MOST_EXPONENT ? -MOST_EXPONENT : exponent;
            s->column[j] = power_of_two(1 - exponent);
        }
        if (column.most > 0.0) {
            widen(&all, column.least * s->column[j]);
            widen(&all, column.most * s->column[j]);
        }
    }
    return all;
}

static void scale_objective(const dca_problem *p, dca__scale *s)
{
    range costs = NOTHING;
    for (dca_index j = 0; j < p->num_columns; j++) {
        if (p->cost[j] != 0.0) {
            widen(&costs, fabs(p->cost[j]) * s->column[j]);
        }
    }
    s->objective = reciprocal(middle(costs));
}

dca_status dca__scale_identity(dca_env *env, dca_index num_rows, dca_index num_columns,
                               dca__scale *out)
{
    dca__scale scale = {.num_rows = num_rows, .num_columns = num_columns, .objective = 1.0};
    scale.row = DCA_ARRAY(env, double, num_rows);
    scale.column = DCA_ARRAY(env, double, num_columns);
    if (scale.row == NULL || scale.column == NULL) {
        dca__scale_free(env, &scale);
        return DCA_E_NOMEM;
    }
    for (dca_index i = 0; i < num_rows; i++) {
        scale.row[i] = 1.0;
    }
    for (dca_index j = 0; j < num_columns; j++) {
        scale.column[j] = 1.0;
    }
    *out = scale;
    return DCA_OK;
}

dca_status dca__scale_new(dca_env *env, const dca_problem *problem, dca__scale *out)
{
    dca__scale scale;
    if (dca__scale_identity(env, problem->num_rows, problem->num_columns, &scale) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    range all = whole_range(problem);
    if (all.most > NEAR || all.least < 1.0 / NEAR) {
        range *rows = DCA_ARRAY(env, range, problem->num_rows);
        if (rows == NULL) {
            dca__scale_free(env, &scale);
            return DCA_E_NOMEM;
        }
        double spread = INFINITY;
        for (int pass = 0; pass < PASSES && all.most > 0.0; pass++) {
            scale_rows(problem, &scale, rows);
            all = scale_columns(problem, &scale, false);
            if (!(all.most / all.least < 0.9 * spread)) {
                break;
            }
            spread = all.most / all.least;
        }
        (void)scale_columns(problem, &scale, true);
        dca__free(env, rows);
    }
    scale_objective(problem, &scale);
    *out = scale;
    return DCA_OK;
}

void dca__scale_free(dca_env *env, dca__scale *scale)
{
    dca__free(env, scale->row);
    dca__free(env, scale->column);
    scale->row = NULL;
    scale->column = NULL;
}

void dca__scale_apply(const dca__scale *scale, const dca_problem *problem, double *cost,
                      double *lower, double *upper, double *row_lower, double *row_upper,
                      double *value)
{
    for (dca_index j = 0; j < problem->num_columns; j++) {
        const double s = scale->column[j];
        cost[j] *= s * scale->objective;
        lower[j] /= s;
        upper[j] /= s;
        const dca_nnz end = problem->start[j] + problem->length[j];
        for (dca_nnz k = problem->start[j]; k < end; k++) {
            value[k] *= s * scale->row[problem->index[k]];
        }
    }
    for (dca_index i = 0; i < problem->num_rows; i++) {
        row_lower[i] *= scale->row[i];
        row_upper[i] *= scale->row[i];
    }
}

void dca__scale_undo_apply(const dca__scale *scale, const dca_problem *problem, double *cost,
                           double *lower, double *upper, double *row_lower, double *row_upper,
                           double *value)
{
    for (dca_index j = 0; j < problem->num_columns; j++) {
        const double s = scale->column[j];
        cost[j] /= s * scale->objective;
        lower[j] *= s;
        upper[j] *= s;
        const dca_nnz end = problem->start[j] + problem->length[j];
        for (dca_nnz k = problem->start[j]; k < end; k++) {
            value[k] /= s * scale->row[problem->index[k]];
        }
    }
    for (dca_index i = 0; i < problem->num_rows; i++) {
        row_lower[i] /= scale->row[i];
        row_upper[i] /= scale->row[i];
    }
}

dca_edit dca__scale_edit(const dca__scale *scale, const dca_edit *edit)
{
    dca_edit scaled = *edit;
    switch ((dca_edit_kind)edit->kind) {
    case DCA_EDIT_COST:
        scaled.a *= scale->column[edit->index] * scale->objective;
        break;
    case DCA_EDIT_COLUMN_BOUNDS:
        scaled.a /= scale->column[edit->index];
        scaled.b /= scale->column[edit->index];
        break;
    case DCA_EDIT_ROW_BOUNDS:
        scaled.a *= scale->row[edit->index];
        scaled.b *= scale->row[edit->index];
        break;
    case DCA_EDIT_COEFFICIENT:
        scaled.a *= scale->row[edit->index] * scale->column[edit->other];
        break;
    }
    return scaled;
}

void dca__scale_undo_point(const dca__scale *scale, double *x, double *y)
{
    for (dca_index j = 0; j < scale->num_columns; j++) {
        x[j] *= scale->column[j];
    }
    for (dca_index i = 0; i < scale->num_rows; i++) {
        y[i] *= scale->row[i] / scale->objective;
    }
}

void dca__scale_undo_farkas(const dca__scale *scale, double *y)
{
    for (dca_index i = 0; i < scale->num_rows; i++) {
        y[i] *= scale->row[i];
    }
}

void dca__scale_undo_direction(const dca__scale *scale, double *r)
{
    for (dca_index j = 0; j < scale->num_columns; j++) {
        r[j] *= scale->column[j];
    }
}
