/* problem.h - small dense problems for tests of lib/lp and lib/solve: filled by index, given out as
 * dca_problem. */
#ifndef DCA_TESTS_PROBLEM_H
#define DCA_TESTS_PROBLEM_H

#include "base/rng.h"
#include "dcalloc/types.h"

#include <string.h>

enum { SMALL_ROWS = 24, SMALL_COLUMNS = 32 };

typedef struct small {
    dca_index m, n;
    double a[SMALL_ROWS][SMALL_COLUMNS];
    double cost[SMALL_COLUMNS], lower[SMALL_COLUMNS], upper[SMALL_COLUMNS];
    double row_lower[SMALL_ROWS], row_upper[SMALL_ROWS];
    double offset;
    /* filled by small_view */
    dca_nnz start[SMALL_COLUMNS];
    dca_index length[SMALL_COLUMNS];
    dca_index index[SMALL_ROWS * SMALL_COLUMNS];
    double value[SMALL_ROWS * SMALL_COLUMNS];
} small;

/** m x n of zeros; columns [0, inf), rows free. */
static inline void small_init(small *s, dca_index m, dca_index n)
{
    memset(s, 0, sizeof *s);
    s->m = m;
    s->n = n;
    for (dca_index j = 0; j < n; j++)
        s->upper[j] = INFINITY;
    for (dca_index i = 0; i < m; i++) {
        s->row_lower[i] = -INFINITY;
        s->row_upper[i] = INFINITY;
    }
}

static inline dca_problem small_view(small *s)
{
    dca_nnz used = 0;
    for (dca_index j = 0; j < s->n; j++) {
        s->start[j] = used;
        for (dca_index i = 0; i < s->m; i++) {
            if (s->a[i][j] != 0.0) {
                s->index[used] = i;
                s->value[used++] = s->a[i][j];
            }
        }
        s->length[j] = (dca_index)(used - s->start[j]);
    }
    const dca_problem view = {sizeof view, s->m,     s->n,         s->offset,    s->cost,
                              s->lower,    s->upper, s->row_lower, s->row_upper, s->start,
                              s->length,   s->index, s->value};
    return view;
}

/** Random numbers by seed: uniform in [0, 1), in {0..n-1}, and small interesting coefficients. */
typedef struct dice {
    uint64_t state;
} dice;
static inline double dice_unit(dice *d)
{
    return dca__hash_unit(d->state++);
}
static inline int dice_below(dice *d, int n)
{
    return (int)(dice_unit(d) * n);
}
static inline double dice_coefficient(dice *d)
{
    static const double SOME[] = {1, 1, 1, -1, -1, 2, -2, 0.5, 3, -0.25, 10, 0.1};
    return dice_below(d, 3) == 0 ? 4.0 * dice_unit(d) - 2.0 : SOME[dice_below(d, 12)];
}

#endif
