/* crash_penalty.c - rough prices and values by quadratic penalties, before there is a basis.
 *
 * The augmented Lagrangian of the rows, the bounds of columns kept,
 *
 *     L(x) = c'x + rho/2 sum_i dist(a_i x + lambda_i / rho, [rl_i, ru_i])^2,   l <= x <= u
 *
 * is made smaller column by column: x_j moves to the minimum of a parabola above L in x_j, L itself
 * where its rows are equations. After SWEEPS sweeps the multipliers take over what the penalty pulls
 * with, and where the violation has hardly become less the penalty grows. Nothing is solved to any
 * tolerance: what is wanted is an order of the columns by d_j = c_j - a_j'y, and which of them are off
 * their bounds. Most columns of a wide problem never move: all but every CENSUS-th sweep leave out those
 * that stand at a bound with a reduced cost that is not small. O(entries) for a whole sweep.
 * [Galabova, Hall (2020), The "Idiot" crash quadratic penalty algorithm for linear programming and its
 * application to linearizations of quadratic assignment problems. Multipliers of ranges: Bertsekas
 * (1982), Constrained optimization and Lagrange multiplier methods, 3.1. Unlike there, the multipliers
 * are kept whenever the penalty grows, as prices are what we are after] */
#include "simplex/crash_penalty.h"

#include "base/alloc.h"
#include "base/log.h"

/* Descent ends when this part of the violation at the start is left. */
static const double ENOUGH = 1e-3;
/* The penalty grows by GROWTH after a round that leaves more than FALL of the violation before it. */
static const double FALL = 0.9;
static const double GROWTH = 1.5;
/* A column at a bound is idle where its reduced cost is over this times its cost. */
static const double IDLE = 0.2;
enum { SWEEPS = 4, CENSUS = 4, MOST_ROUNDS = 100 };

typedef struct row {
    double at; /* activity and shift */
    double lower, upper;
    double price; /* what a unit of it is worth */
    double shift; /* lambda / rho */
} row;

typedef struct descent {
    dca__simplex *s;
    row *rows;     /* [m] */
    double *x;     /* [n] */
    double *norm;  /* [n] |a_j|^2 */
    uint8_t *idle; /* [n] */
    double rho;
} descent;

/* `at` less its projection on the range of the row. */
static inline double beyond(const row *r, double at)
{
    return at < r->lower ? at - r->lower : at > r->upper ? at - r->upper : 0.0;
}

static double violation(const descent *w)
{
    double sum = 0.0;
    for (dca_index i = 0; i < w->s->m; i++) {
        sum += fabs(beyond(&w->rows[i], w->rows[i].at - w->rows[i].shift));
    }
    return sum;
}

static void sweep(descent *w, bool all)
{
    dca__simplex *s = w->s;
    row *restrict rows = w->rows;
    const double rho = w->rho;
    for (dca_index j = 0; j < s->n; j++) {
        if (w->norm[j] == 0.0 || (w->idle[j] && !all)) {
            continue;
        }
        const dca_nnz start = s->col_start[j];
        const dca_nnz end = start + s->col_length[j];
        double d = s->cost[j];
        for (dca_nnz e = start; e < end; e++) {
            d -= s->col_value[e] * rows[s->col_index[e]].price;
        }
        s->work += end - start;
        const double to = w->x[j] - d / (rho * w->norm[j]);
        const double within = to < s->lower[j] ? s->lower[j] : to > s->upper[j] ? s->upper[j] : to;
        const double step = within - w->x[j];
        if (step == 0.0) {
            w->idle[j] = fabs(d) > IDLE * fabs(s->cost[j]);
            continue;
        }
        w->idle[j] = 0;
        w->x[j] = within;
        for (dca_nnz e = start; e < end; e++) {
            row *r = &rows[s->col_index[e]];
            r->at += s->col_value[e] * step;
            r->price = -rho * beyond(r, r->at);
        }
        s->work += end - start;
    }
    s->work += s->n;
}

/* The multipliers take over what the penalty pulls with, and it starts anew as `rho`. */
static void take_over(descent *w, double rho)
{
    for (dca_index i = 0; i < w->s->m; i++) {
        row *r = &w->rows[i];
        const double shift = -r->price / rho;
        r->at += shift - r->shift;
        r->shift = shift;
        r->price = -rho * beyond(r, r->at);
    }
    w->rho = rho;
    w->s->work += w->s->m;
}

/* x at the bound nearest to 0, and the penalty at which a violation of the usual size is worth about
 * what columns cost. False: there is nothing to weigh. */
static bool begin(descent *w)
{
    dca__simplex *s = w->s;
    double costs = 0.0;
    double entries = 0.0;
    dca_index violated = 0;
    for (dca_index i = 0; i < s->m; i++) {
        w->rows[i] = (row){0.0, -s->upper[s->n + i], -s->lower[s->n + i], 0.0, 0.0};
    }
    for (dca_index j = 0; j < s->n; j++) {
        const dca_nnz end = s->col_start[j] + s->col_length[j];
        w->x[j] = fmax(s->lower[j], fmin(s->upper[j], 0.0));
        w->norm[j] = 0.0;
        for (dca_nnz e = s->col_start[j]; e < end; e++) {
            const double a = s->col_value[e];
            w->rows[s->col_index[e]].at += a * w->x[j];
            w->norm[j] += a * a;
            entries += fabs(a);
        }
        costs += fabs(s->cost[j]);
    }
    s->work += s->entries + s->total;
    for (dca_index i = 0; i < s->m; i++) {
        violated += beyond(&w->rows[i], w->rows[i].at) != 0.0;
    }
    w->rho = violated * costs / (entries * violation(w));
    return violated > 0 && costs > 0.0;
}

static double descend(descent *w, int64_t most)
{
    dca__simplex *s = w->s;
    const double first = violation(w);
    const int64_t began = s->work;
    double last = first;
    double rho = w->rho;
    int round = 0;
    int sweeps = 0;
    while (round < MOST_ROUNDS && last > ENOUGH * first && s->work - began < most &&
           !dca__simplex_must_stop(s)) {
        take_over(w, rho);
        for (int k = 0; k < SWEEPS; k++) {
            sweep(w, sweeps++ % CENSUS == 0);
        }
        const double now = violation(w);
        rho = now > FALL * last ? GROWTH * w->rho : w->rho;
        last = now;
        round++;
    }
    dca__log(s->env, DCA_LOG_DEBUG,
             "penalty: %d rounds, violation %s of %s, rho %s, %lld entries touched", round,
             DCA_G(last), DCA_G(first), DCA_G(w->rho), (long long)(s->work - began));
    return last / first;
}

dca_status dca__simplex_penalty(dca__simplex *s, int64_t most, double *x, double *y, double *left)
{
    dca_env *env = s->env;
    descent w = {.s = s, .x = x};
    w.rows = DCA_ARRAY(env, row, s->m);
    w.norm = DCA_ARRAY(env, double, s->n);
    w.idle = DCA_ZEROS(env, uint8_t, s->n);
    const bool room = w.rows != NULL && w.norm != NULL && w.idle != NULL;
    *left = room && begin(&w) ? descend(&w, most) : 1.0;
    for (dca_index i = 0; i < s->m && room; i++) {
        y[i] = w.rows[i].price;
    }
    dca__free(env, w.rows);
    dca__free(env, w.norm);
    dca__free(env, w.idle);
    return room ? DCA_OK : DCA_E_NOMEM;
}
