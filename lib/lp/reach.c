/* reach.c - bounds that follow from rows. */
#include "lp/reach.h"

#include "base/alloc.h"
#include "base/env.h"

#include <math.h>

/* Bounds are pushed out by this part of the terms they are made of: sums of 2^20 terms. */
#define OUTWARDS 0x1p-32
/* Rows in a chain; longer rows are not looked into for columns without bounds; entries a question may
 * touch. */
enum { DEEPEST = 2, LONGEST = 256, MOST_WORK = 4096 };
/* The sum of costs is formed anew after so many changes. */
enum { MOST_CHANGES = 1 << 16 };

/* What the terms of a row come to. */
typedef struct range {
    double least, most;              /* sums of the finite terms */
    double size;                     /* and of their magnitudes */
    dca_index open_least, open_most; /* infinite ones */
} range;

struct dca__reach {
    dca_env *env;
    dca__rows rows;
    range *row;     /* [m] */
    uint8_t *known; /* [m] row[i] is right */
    range cost;     /* of c'x */
    double *term;   /* [2n] least and largest c_j x_j in it */
    int64_t changes;
};

void dca__reach_free(dca__reach *reach)
{
    if (reach != NULL) {
        dca_env *env = reach->env;
        dca__free(env, reach->row);
        dca__free(env, reach->known);
        dca__free(env, reach->term);
        dca__free(env, reach);
        dca__env_release(env);
    }
}

dca_status dca__reach_new(dca_env *env, const dca_problem *problem, dca__rows rows,
                          dca__reach **out)
{
    dca__reach *reach = DCA_NEW(env, dca__reach);
    if (reach == NULL) {
        return DCA_E_NOMEM;
    }
    reach->env = dca__env_retain(env);
    reach->rows = rows;
    reach->row = DCA_ARRAY(env, range, problem->num_rows);
    reach->known = DCA_ZEROS(env, uint8_t, problem->num_rows);
    reach->term = DCA_ARRAY(env, double, 2 * (dca_nnz)problem->num_columns);
    if (reach->row == NULL || reach->known == NULL || reach->term == NULL) {
        dca__reach_free(reach);
        return DCA_E_NOMEM;
    }
    *out = reach;
    return DCA_OK;
}

/* ---- Sums ------------------------------------------------------------------------------------------ */

/* The least and the largest a x_j. */
static void term_of(const dca_problem *problem, dca_index j, double a, double *least, double *most)
{
    const bool up = a > 0.0;
    *least = a == 0.0 ? 0.0 : a * (up ? problem->lower[j] : problem->upper[j]);
    *most = a == 0.0 ? 0.0 : a * (up ? problem->upper[j] : problem->lower[j]);
}

static void add(range *r, double least, double most, double sign)
{
    const dca_index one = sign > 0.0 ? 1 : -1;
    if (isinf(least)) {
        r->open_least += one;
    } else {
        r->least += sign * least;
        r->size += fabs(least); /* never less: the rounding of what has left stays */
    }
    if (isinf(most)) {
        r->open_most += one;
    } else {
        r->most += sign * most;
        r->size += fabs(most);
    }
}

static const range *row_range(dca__reach *reach, const dca_problem *problem, dca_index i,
                              int64_t *work)
{
    range *r = &reach->row[i];
    if (!reach->known[i]) {
        *r = (range){0};
        for (dca_nnz e = reach->rows.start[i]; e < reach->rows.start[i + 1]; e++) {
            double least;
            double most;
            term_of(problem, reach->rows.index[e], reach->rows.value[e], &least, &most);
            add(r, least, most, 1.0);
        }
        *work += reach->rows.start[i + 1] - reach->rows.start[i];
        reach->known[i] = 1;
    }
    return r;
}

static void sum_costs(dca__reach *reach, const dca_problem *problem)
{
    reach->cost = (range){0};
    reach->changes = 0;
    for (dca_index j = 0; j < problem->num_columns; j++) {
        double *term = reach->term + 2 * (dca_nnz)j;
        term_of(problem, j, problem->cost[j], &term[0], &term[1]);
        add(&reach->cost, term[0], term[1], 1.0);
    }
}

void dca__reach_begin(dca__reach *reach, const dca_problem *problem)
{
    for (dca_index i = 0; i < problem->num_rows; i++) {
        reach->known[i] = 0;
    }
    sum_costs(reach, problem);
}

void dca__reach_edit(dca__reach *reach, const dca_problem *problem, dca_index j)
{
    const dca_nnz end = problem->start[j] + problem->length[j];
    for (dca_nnz k = problem->start[j]; k < end; k++) {
        reach->known[problem->index[k]] = 0;
    }
    if (reach->changes++ == MOST_CHANGES) {
        sum_costs(reach, problem);
        return;
    }
    double *term = reach->term + 2 * (dca_nnz)j;
    add(&reach->cost, term[0], term[1], -1.0);
    term_of(problem, j, problem->cost[j], &term[0], &term[1]);
    add(&reach->cost, term[0], term[1], 1.0);
}

/* ---- Questions ------------------------------------------------------------------------------------- */

/* One question: what all of its parts share. */
typedef struct question {
    dca__reach *reach;
    const dca_problem *problem;
    double cutoff;
    int64_t work;
} question;

static double chain(question *q, dca_index j, bool upper, int depth);

/* From a sum that may be at most, or at least, `limit`, of which all but a x_j come to `others` at their
 * best. */
static double solve_for(double limit, double others, double a, double size, bool upper)
{
    const double none = upper ? INFINITY : -INFINITY;
    const double bound = (limit - others) / a;
    const double error = OUTWARDS * (fabs(limit) + size) / fabs(a);
    return !isfinite(bound) || !isfinite(error) ? none : upper ? bound + error : bound - error;
}

/* The infinite terms of row i but that of j, each by a chain of its own; false: one has no bound. */
static bool close_row(question *q, dca_index i, dca_index j, bool least, int depth, double *others,
                      double *size)
{
    const dca__rows *rows = &q->reach->rows;
    if (depth == 0 || rows->start[i + 1] - rows->start[i] > LONGEST) {
        return false;
    }
    for (dca_nnz e = rows->start[i]; e < rows->start[i + 1]; e++) {
        const dca_index k = rows->index[e];
        const double a = rows->value[e];
        const bool upper = (a > 0.0) != least;
        if (q->work >= MOST_WORK) {
            return false;
        }
        if (k == j || a == 0.0 || !isinf(upper ? q->problem->upper[k] : q->problem->lower[k])) {
            continue;
        }
        const double term = a * chain(q, k, upper, depth - 1);
        if (isinf(term)) {
            return false;
        }
        *others += term;
        *size += fabs(term);
    }
    q->work += rows->start[i + 1] - rows->start[i];
    return true;
}

static double bound_by_row(question *q, dca_index i, dca_index j, double a, bool upper, int depth)
{
    const bool from_above = upper == (a > 0.0); /* by the upper side of the row */
    const double limit = from_above ? q->problem->row_upper[i] : q->problem->row_lower[i];
    const double none = upper ? INFINITY : -INFINITY;
    if (a == 0.0 || isinf(limit)) {
        return none;
    }
    const range *r = row_range(q->reach, q->problem, i, &q->work);
    double least;
    double most;
    term_of(q->problem, j, a, &least, &most);
    const double own = from_above ? least : most;
    const dca_index open = (from_above ? r->open_least : r->open_most) - (isinf(own) ? 1 : 0);
    double others = (from_above ? r->least : r->most) - (isinf(own) ? 0.0 : own);
    double size = r->size;
    if (open > 0 && !close_row(q, i, j, from_above, depth, &others, &size)) {
        return none;
    }
    return solve_for(limit, others, a, size, upper);
}

/* The costs as a row: c'x <= cutoff. */
static double bound_by_costs(const question *q, dca_index j, bool upper)
{
    const double c = q->problem->cost[j];
    const range *r = &q->reach->cost;
    const double own = q->reach->term[2 * (dca_nnz)j];
    const dca_index open = r->open_least - (isinf(own) ? 1 : 0);
    if (c == 0.0 || upper != (c > 0.0) || open > 0 || !isfinite(q->cutoff)) {
        return upper ? INFINITY : -INFINITY;
    }
    const double others = r->least - (isinf(own) ? 0.0 : own);
    return solve_for(q->cutoff, others, c, r->size, upper);
}

/* The first bound that is found. */
static double chain(question *q, dca_index j, bool upper, int depth)
{
    double bound = bound_by_costs(q, j, upper);
    const dca_nnz end = q->problem->start[j] + q->problem->length[j];
    for (int d = 0; d <= depth && isinf(bound); d++) { /* what is near first */
        for (dca_nnz k = q->problem->start[j];
             k < end && isinf(bound) && (d == 0 || q->work < MOST_WORK); k++) {
            bound = bound_by_row(q, q->problem->index[k], j, q->problem->value[k], upper, d);
            q->work++;
        }
    }
    return bound;
}

double dca__reach_bound(dca__reach *reach, const dca_problem *problem, double cutoff, dca_index j,
                        bool upper, int64_t *work)
{
    question q = {reach, problem, cutoff, 0};
    const double bound = chain(&q, j, upper, DEEPEST);
    *work += q.work;
    return bound;
}
