/* choice.c - the algorithm that a cold solve begins with.
 *
 * Counted at the slack basis: rows that it violates, and columns whose reduced cost has the wrong sign
 * and that no flip to the other bound mends. Then
 *
 *     no row, some column           primal: it is in phase 2 at once; on a working set where columns
 *                                   far outnumber rows. But dual where hardly any column that has a
 *                                   reduced cost is wrong: the slacks are nearly dual feasible
 *     some row, no column           dual, likewise in phase 2; where columns far outnumber rows, on a
 *                                   working set first (sift.c): by prices from penalties where these are
 *                                   more than a few rows and half of the columns have a cost, else by
 *                                   cost per row where no equation is violated. Prices also where hardly
 *                                   any column is wrong
 *     hardly any row, and most of
 *     the columns with a price      primal: the slacks are nearly feasible and far from dual feasible
 *     else both, or neither         dual; but where columns are often wrong and few rows violated, the
 *                                   primal from a triangular basis (crash_triangular.c), if that is
 *                                   large
 *
 * and a solve is predicted to touch PREDICTED_WORK entries sqrt(m) entries of work: the fit over all
 * shared LPs, whose logarithm is off by 1.2 (standard deviation). That is good enough to tell a method
 * that goes astray, at simplex.cap times as much, not to tell the better of two. Figures, and rules that
 * were no better: docs/algorithms/choice.md. */
#include "simplex/choice.h"

#include "base/log.h"

#define PREDICTED_WORK 20.0
/* At most this share of the columns with a reduced cost is wrong: nearly dual feasible; or of the rows
 * is violated: nearly feasible. */
#define NEARLY 0.05
/* More than this share of the columns with a reduced cost is wrong: far from dual feasible. */
#define MOST 0.5
/* Prices are worth their penalties where these shares of rows and columns, or more, are violated and
 * have a cost. */
#define SOME_ROWS    0.05
#define MANY_COLUMNS 0.5
/* A triangular basis pays where at most this share of the rows is violated, this share of the columns
 * with a reduced cost is wrong, and it has columns for this share of the rows. */
#define FEW_ROWS       0.2
#define OFTEN_WRONG    0.2
#define LEAST_TRIANGLE 0.1

/* What is counted. */
typedef struct features {
    dca_index violated;  /* rows */
    dca_index equations; /* of these */
    dca_index wrong;     /* columns whose reduced cost has the wrong sign */
    dca_index flips;     /* and those that a flip mends */
    dca_index priced;    /* columns whose reduced cost is not 0 */
} features;

bool dca__simplex_is_cold(const dca__simplex *s)
{
    for (dca_index p = 0; p < s->m; p++) {
        if (s->head[p] < s->n) {
            return false;
        }
    }
    return true;
}

static features measure(dca__simplex *s)
{
    features f = {0};
    for (dca_index p = 0; p < s->m; p++) {
        const dca_index j = s->head[p];
        if (dca__simplex_excess(s, j, s->primal_tolerance) != 0.0) {
            f.violated++;
            f.equations += s->lower[j] == s->upper[j];
        }
    }
    for (dca_index j = 0; j < s->n; j++) {
        f.priced += s->active[j] && fabs(s->d[j]) > s->dual_tolerance;
        if (dca__simplex_dual_excess(s, j) > s->dual_tolerance) {
            const bool boxed = dca__simplex_is_boxed(s, j);
            f.flips += boxed;
            f.wrong += !boxed;
        }
    }
    s->work += s->total;
    return f;
}

double dca__simplex_predicted(const dca__simplex *s)
{
    return PREDICTED_WORK * (double)(s->entries + s->total) * sqrt((double)s->m + 1.0);
}

/* Does a working set by prices pay? */
static bool wants_prices(const dca__simplex *s, const features *f)
{
    if (s->settings.crash == DCA__CRASH_PENALTY) {
        return true;
    }
    return s->settings.crash == DCA__CRASH_AUTO && dca__simplex_is_wide(s) &&
           f->wrong <= NEARLY * f->priced && f->violated >= SOME_ROWS * s->m && f->violated > 0 &&
           f->priced >= MANY_COLUMNS * s->n;
}

/* The primal from a triangular basis, should there be a large one. */
static void consider_triangle(const dca__simplex *s, const features *f, dca__choice *choice)
{
    if (s->settings.crash == DCA__CRASH_TRIANGULAR) {
        choice->triangular = true;
        choice->least = 1;
    } else if (s->settings.crash == DCA__CRASH_AUTO) {
        choice->triangular = f->violated > 0 && f->violated <= FEW_ROWS * s->m &&
                             f->wrong >= OFTEN_WRONG * f->priced;
        choice->least = (dca_index)(LEAST_TRIANGLE * s->m) + 1;
    }
}

dca__choice dca__simplex_choose(dca__simplex *s)
{
    const features f = measure(s);
    const bool wide = dca__simplex_is_wide(s);
    dca__choice choice = {.method = DCA__METHOD_DUAL, .predicted = dca__simplex_predicted(s)};
    consider_triangle(s, &f, &choice);
    if (wants_prices(s, &f)) {
        choice.method = DCA__METHOD_PRIMAL;
        choice.sift = choice.by_prices = true;
    } else if ((f.violated == 0 && f.wrong > NEARLY * f.priced) ||
               (f.violated <= NEARLY * s->m && f.wrong > MOST * f.priced)) {
        choice.method = DCA__METHOD_PRIMAL;
    } else if (f.violated > 0 && f.wrong + f.flips == 0 && f.equations == 0 && wide) {
        choice.method = DCA__METHOD_PRIMAL;
        choice.sift = true;
    }
    dca__log(s->env, DCA_LOG_INFO,
             "auto: %s%s%s, as slacks violate %d of %d rows (%d equations), and of %d columns (%d "
             "with a price) %d have a wrong sign and %d are to be flipped; predicted %s entries "
             "touched",
             choice.method == DCA__METHOD_DUAL ? "dual" : "primal",
             choice.by_prices ? " on a working set by prices from penalties"
             : choice.sift    ? " on a working set that the dual begins"
             : wide && choice.method == DCA__METHOD_PRIMAL ? " on a working set"
                                                           : "",
             choice.triangular ? ", or the primal from a triangular basis" : "", (int)f.violated,
             (int)s->m, (int)f.equations, (int)s->n, (int)f.priced, (int)f.wrong, (int)f.flips,
             DCA_G(choice.predicted));
    return choice;
}
