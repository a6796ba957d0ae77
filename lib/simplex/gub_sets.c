/* gub_sets.c - a greedy set of disjoint rows, and the columns ordered by them.
 *
 * Rows are taken by increasing length when none of their columns is taken: the shorter a row the
 * fewer others it excludes. Then a set that alone keeps several disjoint rows out gives way to
 * them: a short link of a network that came before the demands of its paths. */
#include "simplex/gub_dual.h"

#include "base/alloc.h"

#include <string.h>

/* auto: at most this part of the rows are working rows, and the problem is not a small one. */
#define WORKING_SHARE_DUAL   0.5
#define WORKING_SHARE_PRIMAL 0.125
enum { LEAST_ENTRIES_DUAL = 1000, LEAST_ENTRIES_PRIMAL = 5000 };

/* Passes of exchange_sets() at most; the second finds little. */
enum { EXCHANGES = 3 };
/* Columns without a set that need one are looked after when they are at most this part of all. */
#define FEW_MISSING 0.05
enum { COVERS = 4 };

/* Rows by increasing length, one bucket per length. False: memory. */
static bool order_rows(dca__simplex *s, dca_index *order)
{
    dca_index *bucket = DCA_ZEROS(s->env, dca_index, s->n + 2);
    if (bucket == NULL) {
        return false;
    }
    for (dca_index i = 0; i < s->m; i++) {
        bucket[s->row_start[i + 1] - s->row_start[i] + 1]++;
    }
    for (dca_index k = 0; k <= s->n; k++) {
        bucket[k + 1] += bucket[k];
    }
    for (dca_index i = 0; i < s->m; i++) {
        order[bucket[s->row_start[i + 1] - s->row_start[i]]++] = i;
    }
    dca__free(s->env, bucket);
    return true;
}

/* The row becomes the set where none of its columns is in one. */
static bool take_row(dca__gub *g, dca_index i, dca_index set)
{
    const dca__simplex *s = g->s;
    for (dca_nnz e = s->row_start[i]; e < s->row_start[i + 1]; e++) {
        if (g->set_of[s->row_index[e]] != DCA__GUB_NONE || s->row_value[e] == 0.0) {
            return false;
        }
    }
    for (dca_nnz e = s->row_start[i]; e < s->row_start[i + 1]; e++) {
        g->set_of[s->row_index[e]] = set;
        g->sigma[s->row_index[e]] = s->row_value[e];
    }
    g->set_of[s->n + i] = set;
    g->sigma[s->n + i] = 1.0;
    g->set_row[set] = i;
    return true;
}

static void release_row(dca__gub *g, dca_index i)
{
    const dca__simplex *s = g->s;
    for (dca_nnz e = s->row_start[i]; e < s->row_start[i + 1]; e++) {
        g->set_of[s->row_index[e]] = DCA__GUB_NONE;
        g->sigma[s->row_index[e]] = 0.0;
    }
    g->set_of[s->n + i] = DCA__GUB_NONE;
    g->sigma[s->n + i] = 0.0;
}

/* The only set that the columns of the row are in; NONE: there are more. */
static dca_index only_blocker(const dca__gub *g, dca_index i)
{
    const dca__simplex *s = g->s;
    dca_index found = DCA__GUB_NONE;
    for (dca_nnz e = s->row_start[i]; e < s->row_start[i + 1]; e++) {
        const dca_index set = g->set_of[s->row_index[e]];
        if (set >= 0 && found >= 0 && set != found) {
            return DCA__GUB_NONE;
        }
        found = set >= 0 ? set : found;
    }
    return found;
}

/* Where a set alone keeps two or more rows out, they take its place. first [m], next [m] are work
 * space. Returns whether sets have become more. O(entries). */
static bool exchange_sets(dca__gub *g, const dca_index *order, dca_index *first, dca_index *next)
{
    dca__simplex *s = g->s;
    const dca_index before = g->sets;
    for (dca_index set = 0; set < before; set++) {
        first[set] = DCA__GUB_NONE;
    }
    for (dca_index k = s->m; k-- > 0;) {
        const dca_index i = order[k];
        const dca_index set = g->set_of[s->n + i] < 0 ? only_blocker(g, i) : DCA__GUB_NONE;
        if (set >= 0) {
            next[i] = first[set];
            first[set] = i;
        }
    }
    for (dca_index set = 0; set < before; set++) {
        if (first[set] < 0 || next[first[set]] < 0) {
            continue;
        }
        const dca_index was = g->set_row[set];
        release_row(g, was);
        dca_index taken = 0;
        for (dca_index i = first[set]; i >= 0; i = next[i]) {
            const dca_index as = taken == 0 ? set : g->sets;
            if (take_row(g, i, as)) {
                g->sets += taken > 0;
                taken++;
            }
        }
        if (taken == 0) { /* stored zeros: its columns are free, so that it comes back */
            (void)take_row(g, was, set);
        }
    }
    s->work += 2 * s->entries + s->m;
    return g->sets > before;
}

/* The set is no more, the last one takes its number. */
static void drop_set(dca__gub *g, dca_index set)
{
    const dca__simplex *s = g->s;
    release_row(g, g->set_row[set]);
    const dca_index last = --g->sets;
    const dca_index row = g->set_row[last];
    if (set == last) {
        return;
    }
    for (dca_nnz e = s->row_start[row]; e < s->row_start[row + 1]; e++) {
        g->set_of[s->row_index[e]] = set;
    }
    g->set_of[s->n + row] = set;
    g->set_row[set] = row;
}

/* The shortest row of column j becomes a set, in place of those in its way. */
static void cover_column(dca__gub *g, dca_index j)
{
    dca__simplex *s = g->s;
    const dca_nnz end = s->col_start[j] + s->col_length[j];
    dca_index row = -1;
    dca_nnz least = s->entries + 1;
    for (dca_nnz k = s->col_start[j]; k < end; k++) {
        const dca_index i = s->col_index[k];
        if (s->row_start[i + 1] - s->row_start[i] < least) {
            least = s->row_start[i + 1] - s->row_start[i];
            row = i;
        }
    }
    for (dca_nnz e = row < 0 ? 0 : s->row_start[row]; row >= 0 && e < s->row_start[row + 1]; e++) {
        const dca_index set = g->set_of[s->row_index[e]];
        if (set < 0) {
            continue;
        }
        const dca_index was = g->set_row[set];
        drop_set(g, set);
        s->work += s->row_start[was + 1] - s->row_start[was];
    }
    g->sets += row >= 0 && take_row(g, row, g->sets);
}

/* For the dual: columns that need a set and have none, where they are few. Some passes: what makes
 * room may need a set itself. */
static void cover_columns(dca__gub *g)
{
    dca__simplex *s = g->s;
    for (int pass = 0; pass < COVERS; pass++) {
        dca_index missing = 0;
        for (dca_index j = 0; j < s->n; j++) {
            missing += g->set_of[j] < 0 && dca__gub_needs_set(s, j);
        }
        if (missing == 0 || missing > FEW_MISSING * (double)s->n) {
            return;
        }
        for (dca_index j = 0; j < s->n; j++) {
            if (g->set_of[j] < 0 && dca__gub_needs_set(s, j)) {
                cover_column(g, j);
            }
        }
        for (dca_index i = 0; i < s->m; i++) {
            if (g->set_of[s->n + i] < 0) {
                g->sets += take_row(g, i, g->sets);
            }
        }
        s->work += s->entries + 2 * (int64_t)s->n;
    }
}

/* set_of of the columns, working and set_row. */
static bool find_sets(dca__gub *g, bool dual)
{
    dca__simplex *s = g->s;
    dca_index *order = DCA_ARRAY(s->env, dca_index, s->m);
    dca_index *first = DCA_ARRAY(s->env, dca_index, s->m);
    dca_index *next = DCA_ARRAY(s->env, dca_index, s->m);
    const bool room = order != NULL && first != NULL && next != NULL && order_rows(s, order);
    if (room) {
        for (dca_index j = 0; j < s->total; j++) {
            g->set_of[j] = DCA__GUB_NONE;
            g->sigma[j] = 0.0;
        }
        for (dca_index k = 0; k < s->m; k++) {
            g->sets += take_row(g, order[k], g->sets);
        }
        for (int pass = 0; pass < EXCHANGES && exchange_sets(g, order, first, next); pass++) {
        }
        if (dual) {
            cover_columns(g);
        }
        for (dca_index k = 0; k < s->m; k++) {
            const dca_index i = order[k];
            g->working[i] = DCA__GUB_NONE;
            if (g->set_of[s->n + i] < 0) {
                g->working[i] = g->rows;
                g->row_of[g->rows++] = i;
            }
        }
        s->work += 2 * s->entries + s->total;
    }
    dca__free(s->env, order);
    dca__free(s->env, first);
    dca__free(s->env, next);
    return room;
}

/* The columns by sets, their working parts and norms. */
static void order_columns(dca__gub *g)
{
    const dca__simplex *s = g->s;
    memset(g->group, 0, (size_t)(g->sets + 2) * sizeof *g->group);
    for (dca_index j = 0; j < s->n; j++) {
        g->group[(g->set_of[j] < 0 ? g->sets : g->set_of[j]) + 1]++;
    }
    for (dca_index k = 0; k <= g->sets; k++) {
        g->group[k + 1] += g->group[k];
    }
    for (dca_index j = 0; j < s->n; j++) {
        const dca_index place = g->group[g->set_of[j] < 0 ? g->sets : g->set_of[j]]++;
        g->column[place] = j;
        g->place[j] = place;
    }
    memmove(g->group + 1, g->group, (size_t)(g->sets + 1) * sizeof *g->group);
    g->group[0] = 0;
    dca_nnz at = 0;
    for (dca_index place = 0; place < s->n; place++) {
        const dca_index j = g->column[place];
        const dca_nnz end = s->col_start[j] + s->col_length[j];
        double sum = 1.0;
        g->start[place] = at;
        for (dca_nnz e = s->col_start[j]; e < end; e++) {
            const dca_index i = g->working[s->col_index[e]];
            sum += s->col_value[e] * s->col_value[e];
            if (i >= 0) {
                g->index[at] = i;
                g->value[at++] = s->col_value[e];
            }
        }
        g->norm[j] = sum;
    }
    g->start[s->n] = at;
    for (dca_index i = 0; i < s->m; i++) {
        g->norm[s->n + i] = 2.0;
    }
}

static bool allocate_sets(dca__gub *g)
{
    dca__simplex *s = g->s;
    dca_env *env = s->env;
    return (g->set_of = DCA_ARRAY(env, dca_index, s->total)) != NULL &&
           (g->sigma = DCA_ARRAY(env, double, s->total)) != NULL &&
           (g->working = DCA_ARRAY(env, dca_index, s->m)) != NULL &&
           (g->row_of = DCA_ARRAY(env, dca_index, s->m)) != NULL &&
           (g->set_row = DCA_ARRAY(env, dca_index, s->m)) != NULL &&
           (g->norm = DCA_ARRAY(env, double, s->total)) != NULL &&
           (g->start = DCA_ARRAY(env, dca_nnz, s->n + 1)) != NULL &&
           (g->index = DCA_ARRAY(env, dca_index, s->entries)) != NULL &&
           (g->value = DCA_ARRAY(env, double, s->entries)) != NULL &&
           (g->column = DCA_ARRAY(env, dca_index, s->n)) != NULL &&
           (g->place = DCA_ARRAY(env, dca_index, s->n)) != NULL;
}

static bool allocate_basis(dca__gub *g)
{
    dca_env *env = g->s->env;
    const dca__settings *settings = &g->s->settings;
    const dca__lu_settings lu = {settings->lu_threshold, settings->lu_drop, DCA__LU_SINGULAR, 1};
    const dca_index k = g->rows;
    g->basis_room = 4 * (dca_nnz)k + 1000;
    g->eta_room = DCA__GUB_ETA_ROWS * (dca_nnz)k + 1000;
    return (g->group = DCA_ARRAY(env, dca_index, g->sets + 2)) != NULL &&
           (g->basis_start = DCA_ARRAY(env, dca_nnz, k + 1)) != NULL &&
           (g->basis_length = DCA_ARRAY(env, dca_index, k)) != NULL &&
           (g->basis_list = DCA_ARRAY(env, dca_index, k)) != NULL &&
           (g->basis_index = DCA_ARRAY(env, dca_index, g->basis_room)) != NULL &&
           (g->basis_value = DCA_ARRAY(env, double, g->basis_room)) != NULL &&
           (g->first = DCA_ARRAY(env, dca_index, g->sets)) != NULL &&
           (g->next = DCA_ARRAY(env, dca_index, k)) != NULL &&
           (g->previous = DCA_ARRAY(env, dca_index, k)) != NULL &&
           (g->eta = DCA_ARRAY(env, dca__gub_eta, DCA__GUB_ETAS)) != NULL &&
           (g->eta_index = DCA_ARRAY(env, dca_index, g->eta_room)) != NULL &&
           (g->eta_value = DCA_ARRAY(env, double, g->eta_room)) != NULL &&
           (g->y = DCA_ZEROS(env, double, k)) != NULL &&
           (g->merit = DCA_ARRAY(env, double, DCA__GUB_CANDIDATES)) != NULL &&
           (g->candidate = DCA_ARRAY(env, dca_index, DCA__GUB_CANDIDATES)) != NULL &&
           dca__spvec_init(env, &g->column_work, k) == DCA_OK &&
           dca__lu_new(env, &lu, &g->lu) == DCA_OK;
}

static bool pays(const dca__gub *g, double share, dca_nnz least_entries)
{
    const dca__simplex *s = g->s;
    return s->settings.gub == 2 ? g->sets > 0
                                : s->entries >= least_entries && g->rows <= share * (double)s->m;
}

/* The slack basis as gub.h orders it. */
static void take_basis(dca__gub *g)
{
    dca__simplex *s = g->s;
    for (dca_index p = 0; p < s->m; p++) {
        const dca_index row = p < g->rows ? g->row_of[p] : g->set_row[p - g->rows];
        s->head[p] = s->n + row;
        s->position[s->n + row] = p;
    }
    for (dca_index k = 0; k < g->sets; k++) {
        g->first[k] = DCA__GUB_NONE;
    }
    s->factored = false;
    s->fresh = false;
    s->current = false;
    s->dual_weights_valid = false;
}

dca_status dca__gub_new(dca__simplex *s, bool dual, bool primal, dca__gub **out)
{
    *out = NULL;
    dca__gub *g = DCA_NEW(s->env, dca__gub);
    if (g == NULL) {
        return DCA_E_NOMEM;
    }
    g->s = s;
    if (!allocate_sets(g) || !find_sets(g, dual)) {
        dca__gub_free(g);
        return DCA_E_NOMEM;
    }
    dual = dual && pays(g, WORKING_SHARE_DUAL, LEAST_ENTRIES_DUAL);
    primal = primal && pays(g, WORKING_SHARE_PRIMAL, LEAST_ENTRIES_PRIMAL);
    if (!dual && !primal) {
        dca__gub_free(g);
        return DCA_OK;
    }
    if (!allocate_basis(g)) {
        dca__gub_free(g);
        return DCA_E_NOMEM;
    }
    order_columns(g);
    g->dual = dual && dca__gub_starts_dual(g);
    if (!g->dual && !primal) {
        dca__gub_free(g);
        return DCA_OK;
    }
    take_basis(g);
    dca__lu_set_control(g->lu, s->control);
    *out = g;
    return DCA_OK;
}

void dca__gub_free(dca__gub *g)
{
    if (g == NULL) {
        return;
    }
    dca_env *env = g->s->env;
    dca__free(env, g->set_of);
    dca__free(env, g->sigma);
    dca__free(env, g->working);
    dca__free(env, g->row_of);
    dca__free(env, g->set_row);
    dca__free(env, g->norm);
    dca__free(env, g->start);
    dca__free(env, g->index);
    dca__free(env, g->value);
    dca__free(env, g->column);
    dca__free(env, g->place);
    dca__free(env, g->group);
    dca__free(env, g->basis_start);
    dca__free(env, g->basis_length);
    dca__free(env, g->basis_list);
    dca__free(env, g->basis_index);
    dca__free(env, g->basis_value);
    dca__free(env, g->first);
    dca__free(env, g->next);
    dca__free(env, g->previous);
    dca__free(env, g->eta);
    dca__free(env, g->eta_index);
    dca__free(env, g->eta_value);
    dca__free(env, g->y);
    dca__free(env, g->candidate);
    dca__free(env, g->merit);
    dca__spvec_free(env, &g->column_work);
    dca__lu_free(g->lu);
    dca__free(env, g);
}
