/* planted.h - random matrices in which every reduction of presolve has work. */
#ifndef DCA_TESTS_PLANTED_H
#define DCA_TESTS_PLANTED_H

#include "lp/problem.h"

/* About a third of the rows are singletons, copies or multiples of others; a third of the
 * columns have one entry, an eighth are multiples of others. */
static inline void plant_matrix(dice *d, small *s)
{
    const dca_index m = s->m;
    const dca_index n = s->n;
    for (dca_index i = 0; i < m; i++) {
        const int shape = dice_below(d, 6);
        const double density = shape < 2 ? 0.15 : 0.4;
        if (shape == 5 && i > 0) { /* a multiple of the row before */
            const double ratio = dice_below(d, 2) ? 2.0 : -0.5;
            for (dca_index j = 0; j < n; j++)
                s->a[i][j] = ratio * s->a[i - 1][j];
        } else if (shape == 4) {
            s->a[i][dice_below(d, n)] = dice_coefficient(d);
        } else {
            for (dca_index j = 0; j < n; j++)
                s->a[i][j] = dice_unit(d) < density ? dice_coefficient(d) : 0.0;
        }
    }
    for (dca_index j = 0; j < n; j++) {
        if (dice_below(d, 3) == 0) { /* one entry at most */
            const dca_index keep = dice_below(d, m);
            for (dca_index i = 0; i < m; i++)
                s->a[i][j] = i == keep ? s->a[i][j] : 0.0;
        }
        if (j > 0 && dice_below(d, 8) == 0) { /* a multiple of the column before */
            const double ratio = dice_below(d, 2) ? 1.0 : -2.0;
            for (dca_index i = 0; i < m; i++)
                s->a[i][j] = ratio * s->a[i][j - 1];
        }
    }
}

#endif
