/* gub_sets.c - a greedy set of disjoint rows, and the columns ordered by them.
 *
 * Rows are taken by increasing length when none of their columns is taken: the shorter a row the
 * fewer others it excludes. */
#include "simplex/gub.h"

#include "base/alloc.h"

#include <string.h>

/* auto: at most this part of the rows are working rows, and the problem is not a small one. */
#define WORKING_SHARE 0.125
enum { LEAST_ENTRIES = 5000 };

/* set_of of the columns, working and set_row. Rows are read by length with one bucket per length.
 * */
static bool find_sets(dca__gub *g)
{
    dca__simplex *s = g->s;
    dca_index *order = DCA_ARRAY(s->env, dca_index, s->m);
    dca_index *bucket = DCA_ZEROS(s->env, dca_index, s->n + 2);
    if (order == NULL || bucket == NULL) {
        dca__free(s->env, order);
        dca__free(s->env, bucket);
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
    for (dca_index j = 0; j < s->total; j++) {
        g->set_of[j] = DCA__GUB_NONE;
        g->sigma[j] = 0.0;
    }
    for (dca_index k = 0; k < s->m; k++) {
        const dca_index i = order[k];
        bool is_free = true;
        dca_nnz e = s->row_start[i];
        for (; e < s->row_start[i + 1] && is_free; e++) {
            is_free = g->set_of[s->row_index[e]] == DCA__GUB_NONE && s->row_value[e] != 0.0;
        }
        if (!is_free) {
            g->working[i] = g->rows;
            g->row_of[g->rows++] = i;
            continue;
        }
        for (e = s->row_start[i]; e < s->row_start[i + 1]; e++) {
            g->set_of[s->row_index[e]] = g->sets;
            g->sigma[s->row_index[e]] = s->row_value[e];
        }
        g->set_of[s->n + i] = g->sets;
        g->sigma[s->n + i] = 1.0;
        g->working[i] = DCA__GUB_NONE;
        g->set_row[g->sets++] = i;
    }
    s->work += 2 * s->entries + s->total;
    dca__free(s->env, order);
    dca__free(s->env, bucket);
    return true;
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

static bool pays(const dca__gub *g)
{
    const dca__simplex *s = g->s;
    return s->settings.gub == 2
               ? g->sets > 0
               : s->entries >= LEAST_ENTRIES && g->rows <= WORKING_SHARE * (double)s->m;
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

dca_status dca__gub_new(dca__simplex *s, dca__gub **out)
{
    *out = NULL;
    dca__gub *g = DCA_NEW(s->env, dca__gub);
    if (g == NULL) {
        return DCA_E_NOMEM;
    }
    g->s = s;
    if (!allocate_sets(g) || !find_sets(g)) {
        dca__gub_free(g);
        return DCA_E_NOMEM;
    }
    if (!pays(g)) {
        dca__gub_free(g);
        return DCA_OK;
    }
    if (!allocate_basis(g)) {
        dca__gub_free(g);
        return DCA_E_NOMEM;
    }
    order_columns(g);
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
