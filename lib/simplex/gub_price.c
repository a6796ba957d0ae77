/* gub_price.c - the entering variable, by partial pricing set by set.
 *
 *     merit_j = d_j^2 / (1 + |a_j|^2) over wrong signs
 *
 * Prices of W are exact and of this basis, so the reduced cost of a column is a dot product over
 * its working rows, once the price of its set is known, which is one over those of the key. An
 * iteration prices the candidates that it has, then the next sets in turn, a share of all entries;
 * the best column of a set becomes a candidate, the worst one drops out when there are too many.
 * Only a turn round all sets that finds nothing says that there is no wrong sign. */
#include "simplex/gub.h"

/* An iteration looks at this part of the entries beside the candidates. */
#define SCAN_SHARE 0.02
enum { LEAST_SCAN = 1000 };

void dca__gub_forget_candidates(dca__gub *g)
{
    g->candidates = 0;
}

static double merit_of(dca__gub *g, dca_index j, double d)
{
    dca__simplex *s = g->s;
    s->d[j] = d;
    const double excess = dca__simplex_dual_excess(s, j);
    return excess <= s->dual_tolerance ? 0.0 : excess * excess / g->norm[j];
}

/* Price the candidates again; those without merit go. */
static void price_candidates(dca__gub *g, const double *c)
{
    dca__simplex *s = g->s;
    int kept = 0;
    dca_nnz touched = g->candidates;
    for (int k = 0; k < g->candidates; k++) {
        const dca_index j = g->candidate[k];
        if (!s->active[j]) {
            continue;
        }
        const dca_index set = g->set_of[j];
        const double price = dca__gub_set_price(g, set, c);
        const double merit = merit_of(g, j, dca__gub_reduced_cost(g, j, price, c));
        touched += dca__gub_part_length(g, j) +
                   (set < 0 ? 0 : dca__gub_part_length(g, s->head[g->rows + set]));
        if (merit > 0.0) {
            g->candidate[kept] = j;
            g->merit[kept++] = merit;
        }
    }
    s->work += touched;
    g->candidates = kept;
}

static void keep(dca__gub *g, dca_index j, double merit)
{
    int worst = 0;
    for (int k = 0; k < g->candidates; k++) {
        if (g->candidate[k] == j) {
            return;
        }
        worst = g->merit[k] < g->merit[worst] ? k : worst;
    }
    if (g->candidates < DCA__GUB_CANDIDATES) {
        worst = g->candidates++;
    } else if (g->merit[worst] >= merit) {
        return;
    }
    g->candidate[worst] = j;
    g->merit[worst] = merit;
}

/* The best of a group becomes a candidate; returns the entries touched. */
static dca_nnz price_group(dca__gub *g, dca_index group, const double *c)
{
    dca__simplex *s = g->s;
    const bool is_set = group < g->sets;
    const double price = is_set ? dca__gub_set_price(g, group, c) : 0.0;
    dca_index best = -1;
    double best_merit = 0.0;
    for (dca_index place = g->group[group]; place < g->group[group + 1]; place++) {
        const dca_index j = g->column[place];
        if (!s->active[j]) {
            continue;
        }
        const double merit = merit_of(g, j, dca__gub_reduced_cost(g, j, price, c));
        if (merit > best_merit) {
            best_merit = merit;
            best = j;
        }
    }
    if (is_set) {
        const dca_index j = s->n + g->set_row[group];
        const double merit = s->active[j] ? merit_of(g, j, c[j] - price) : 0.0;
        if (merit > best_merit) {
            best_merit = merit;
            best = j;
        }
    }
    if (best >= 0) {
        keep(g, best, best_merit);
    }
    const dca_nnz key = is_set ? dca__gub_part_length(g, s->head[g->rows + group]) : 0;
    return 1 + key + g->start[g->group[group + 1]] - g->start[g->group[group]];
}

static dca_nnz price_working_logicals(dca__gub *g, const double *c)
{
    const dca__simplex *s = g->s;
    for (dca_index i = 0; i < g->rows; i++) {
        const dca_index j = s->n + g->row_of[i];
        const double merit = s->active[j] ? merit_of(g, j, c[j] - g->y[i]) : 0.0;
        if (merit > 0.0) {
            keep(g, j, merit);
        }
    }
    return g->rows;
}

dca_index dca__gub_price(dca__gub *g, const double *c)
{
    dca__simplex *s = g->s;
    if (!g->priced) {
        dca__gub_compute_prices(g, c);
    }
    price_candidates(g, c);
    const dca_nnz share = (dca_nnz)(SCAN_SHARE * (double)s->entries);
    const dca_nnz budget = share > LEAST_SCAN ? share : LEAST_SCAN;
    dca_nnz scanned = 0;
    for (dca_index seen = 0; seen < g->sets + 2; seen++) {
        if (scanned >= budget && g->candidates > 0) {
            break;
        }
        scanned +=
            g->cursor <= g->sets ? price_group(g, g->cursor, c) : price_working_logicals(g, c);
        g->cursor = g->cursor > g->sets ? 0 : g->cursor + 1;
    }
    s->work += scanned;
    dca_index best = -1;
    double best_merit = 0.0;
    for (int k = 0; k < g->candidates; k++) {
        if (g->merit[k] > best_merit) {
            best_merit = g->merit[k];
            best = g->candidate[k];
        }
    }
    return best;
}
