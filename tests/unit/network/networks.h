/* networks.h - random small networks, disguised: rows and columns are multiplied by numbers, rows also by
 * -1, and bounds become rows. */
#ifndef DCA_TESTS_NETWORKS_H
#define DCA_TESTS_NETWORKS_H

#include "lp/problem.h"

#include <math.h>

enum { NETWORK_NODES = 12, NETWORK_ARCS = 30 };

typedef struct network_wish {
    bool feasible; /* the rows hold at some point within the bounds */
    bool bounded;  /* no arc without an upper bound */
    bool factors;  /* rows and columns are multiplied by numbers that are no powers of two */
    bool extra;    /* some bounds of columns are rows of their own */
} network_wish;

/* A column of up to two entries, +1 and -1, in rows below nodes. */
static inline void network_column(small *s, dice *d, dca_index nodes, dca_index j)
{
    const dca_index i = dice_below(d, nodes);
    const dca_index k = dice_below(d, nodes);
    const int kind = dice_below(d, 8);
    if (kind > 0)
        s->a[i][j] = kind == 1 ? -1.0 : 1.0;
    if (kind > 2 && i != k)
        s->a[k][j] = -1.0;
}

static inline void network_bounds(small *s, dice *d, dca_index j, double x, bool bounded)
{
    s->lower[j] = x - (double)dice_below(d, 3);
    s->upper[j] = x + (double)dice_below(d, 4);
    if (bounded)
        return;
    const int kind = dice_below(d, 8);
    if (kind == 0 || kind == 1)
        s->lower[j] = -INFINITY;
    if (kind == 0 || kind > 4)
        s->upper[j] = INFINITY;
}

/* Some columns get a row that says what a bound said. */
static inline void network_extra_rows(small *s, dice *d)
{
    for (dca_index j = 0; j < s->n && s->m < SMALL_ROWS; j++) {
        if (dice_below(d, 4) != 0)
            continue;
        const double a = dice_below(d, 2) ? 2.0 : -1.0;
        s->a[s->m][j] = a;
        s->row_lower[s->m] = a > 0.0 ? a * s->lower[j] : a * s->upper[j];
        s->row_upper[s->m] = a > 0.0 ? a * s->upper[j] : a * s->lower[j];
        if (dice_below(d, 2)) {
            s->lower[j] = -INFINITY;
            s->upper[j] = INFINITY;
        }
        s->m++;
    }
}

static inline void network_disguise(small *s, dice *d)
{
    static const double FACTORS[] = {1.0, -1.0, 3.0, -0.1, 7.0, 0.5, -1e3};
    for (dca_index i = 0; i < s->m; i++) {
        const double r = FACTORS[dice_below(d, 7)];
        const double low = r > 0.0 ? r * s->row_lower[i] : r * s->row_upper[i];
        const double high = r > 0.0 ? r * s->row_upper[i] : r * s->row_lower[i];
        s->row_lower[i] = low;
        s->row_upper[i] = high;
        for (dca_index j = 0; j < s->n; j++)
            s->a[i][j] *= r;
    }
    for (dca_index j = 0; j < s->n; j++) {
        const double c = fabs(FACTORS[dice_below(d, 7)]);
        s->cost[j] *= c;
        s->lower[j] /= c;
        s->upper[j] /= c;
        for (dca_index i = 0; i < s->m; i++)
            s->a[i][j] *= c;
    }
}

static inline void network_random(uint64_t seed, network_wish wish, small *s)
{
    dice d = {seed * 32452843u};
    small_init(s, 2 + dice_below(&d, NETWORK_NODES - 1), 1 + dice_below(&d, NETWORK_ARCS));
    double x[SMALL_COLUMNS];
    for (dca_index j = 0; j < s->n; j++) {
        network_column(s, &d, s->m, j);
        x[j] = (double)(dice_below(&d, 9) - 2);
        s->cost[j] = (double)(dice_below(&d, 21) - (wish.bounded ? 10 : 3));
        network_bounds(s, &d, j, x[j], wish.bounded);
    }
    for (dca_index i = 0; i < s->m; i++) {
        double activity = wish.feasible ? 0.0 : (double)(dice_below(&d, 9) - 4);
        for (dca_index j = 0; j < s->n; j++)
            activity += s->a[i][j] * x[j];
        const int kind = dice_below(&d, 5);
        s->row_lower[i] = kind == 0 ? -INFINITY : activity - (double)(kind == 1);
        s->row_upper[i] = kind == 2 ? INFINITY : activity + (double)(kind == 1);
    }
    if (wish.extra)
        network_extra_rows(s, &d);
    if (wish.factors)
        network_disguise(s, &d);
}

#endif
