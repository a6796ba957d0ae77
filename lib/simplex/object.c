/* object.c - the life of the object: allocate for a problem, take it over, free.
 *
 * Everything a solve needs is allocated here, so that no iteration allocates (but the LU kernel, which
 * grows its own store and refuses without harm). A load builds a second set of arrays and swaps: when
 * memory runs out the old problem stands. Cost: O(m + n + entries). */
#include "simplex/state.h"

#include "base/alloc.h"
#include "base/env.h"

#include <string.h>

dca_status dca__simplex_matrix_new(dca_env *env, dca_index m, dca_index n, dca_nnz entries,
                                   dca__simplex_matrix *out)
{
    dca__simplex_matrix a = {0};
    a.entries = entries;
    a.col_start = DCA_ARRAY(env, dca_nnz, n + 1);
    a.col_twin = DCA_ARRAY(env, dca_nnz, entries);
    a.row_start = DCA_ARRAY(env, dca_nnz, m + 1);
    a.row_twin = DCA_ARRAY(env, dca_nnz, entries);
    a.col_length = DCA_ARRAY(env, dca_index, n);
    a.col_index = DCA_ARRAY(env, dca_index, entries);
    a.row_active = DCA_ARRAY(env, dca_index, m);
    a.row_index = DCA_ARRAY(env, dca_index, entries);
    a.col_value = DCA_ARRAY(env, double, entries);
    a.row_value = DCA_ARRAY(env, double, entries);
    if (a.col_start == NULL || a.col_twin == NULL || a.row_start == NULL || a.row_twin == NULL ||
        a.col_length == NULL || a.col_index == NULL || a.row_active == NULL ||
        a.row_index == NULL || a.col_value == NULL || a.row_value == NULL) {
        dca__simplex_matrix_free(env, &a);
        return DCA_E_NOMEM;
    }
    *out = a;
    return DCA_OK;
}

void dca__simplex_matrix_free(dca_env *env, dca__simplex_matrix *a)
{
    dca__free(env, a->col_start);
    dca__free(env, a->col_twin);
    dca__free(env, a->row_start);
    dca__free(env, a->row_twin);
    dca__free(env, a->col_length);
    dca__free(env, a->col_index);
    dca__free(env, a->row_active);
    dca__free(env, a->row_index);
    dca__free(env, a->col_value);
    dca__free(env, a->row_value);
    memset(a, 0, sizeof *a);
}

static dca__simplex_matrix current_matrix(const dca__simplex *s)
{
    const dca__simplex_matrix a = {s->entries,   s->col_start,  s->col_twin,  s->row_start,
                                   s->row_twin,  s->col_length, s->col_index, s->row_active,
                                   s->row_index, s->col_value,  s->row_value};
    return a;
}

void dca__simplex_adopt_matrix(dca__simplex *s, const dca__simplex_matrix *a)
{
    dca__simplex_matrix old = current_matrix(s);
    dca__simplex_matrix_free(s->env, &old);
    s->entries = a->entries;
    s->col_start = a->col_start;
    s->col_twin = a->col_twin;
    s->row_start = a->row_start;
    s->row_twin = a->row_twin;
    s->col_length = a->col_length;
    s->col_index = a->col_index;
    s->row_active = a->row_active;
    s->row_index = a->row_index;
    s->col_value = a->col_value;
    s->row_value = a->row_value;
}

void dca__simplex_build_rows(dca__simplex *s)
{
    memset(s->row_start, 0, (size_t)(s->m + 1) * sizeof(dca_nnz));
    for (dca_index j = 0; j < s->n; j++) {
        const dca_nnz end = s->col_start[j] + s->col_length[j];
        for (dca_nnz k = s->col_start[j]; k < end; k++) {
            s->row_start[s->col_index[k] + 1]++;
        }
    }
    for (dca_index i = 0; i < s->m; i++) {
        s->row_start[i + 1] += s->row_start[i];
        s->row_active[i] = 0;
    }
    s->active_entries = 0;
    for (int pass = 0; pass < 2; pass++) { /* active columns first */
        for (dca_index j = 0; j < s->n; j++) {
            if ((s->active[j] != 0) != (pass == 0)) {
                continue;
            }
            const dca_nnz end = s->col_start[j] + s->col_length[j];
            for (dca_nnz k = s->col_start[j]; k < end; k++) {
                const dca_index i = s->col_index[k];
                const dca_nnz place = s->row_start[i] + s->row_active[i]++;
                s->row_index[place] = j;
                s->row_value[place] = s->col_value[k];
                s->row_twin[place] = k;
                s->col_twin[k] = place;
            }
        }
    }
    memset(s->row_active, 0, (size_t)s->m * sizeof(dca_index));
    for (dca_index j = 0; j < s->n; j++) {
        if (!s->active[j]) {
            continue;
        }
        s->active_entries += s->col_length[j];
        const dca_nnz end = s->col_start[j] + s->col_length[j];
        for (dca_nnz k = s->col_start[j]; k < end; k++) {
            s->row_active[s->col_index[k]]++;
        }
    }
}

static void free_arrays(dca__simplex *s)
{
    dca_env *env = s->env;
    dca__simplex_matrix matrix = current_matrix(s);
    dca__simplex_matrix_free(env, &matrix);
    dca__free(env, s->cost);
    dca__free(env, s->lower);
    dca__free(env, s->upper);
    dca__free(env, s->work_cost);
    dca__free(env, s->work_lower);
    dca__free(env, s->work_upper);
    dca__free(env, s->x);
    dca__free(env, s->d);
    dca__free(env, s->status);
    dca__free(env, s->active);
    dca__free(env, s->asleep);
    dca__free(env, s->head);
    dca__free(env, s->position);
    dca__free(env, s->lu_basis);
    dca__free(env, s->dual_weight);
    dca__free(env, s->primal_weight);
    dca__free(env, s->reference);
    dca__free(env, s->row_merit);
    dca__free(env, s->row_list);
    dca__free(env, s->row_hot_list);
    dca__free(env, s->row_listed);
    dca__free(env, s->col_list);
    dca__free(env, s->col_hot_list);
    dca__free(env, s->col_listed);
    dca__spvec_free(env, &s->rho);
    dca__spvec_free(env, &s->alpha_q);
    dca__spvec_free(env, &s->tau);
    dca__spvec_free(env, &s->flip);
    dca__spvec_free(env, &s->alpha_p);
    dca__free(env, s->y);
    dca__free(env, s->edited);
    dca__free(env, s->trail);
    dca__free(env, s->trail_mark);
    dca__free(env, s->price_trail);
    dca__free(env, s->price_mark);
    dca__free(env, s->phase_cost);
    dca__free(env, s->sort_index);
    dca__free(env, s->sort_key);
    dca__free(env, s->sort_bound);
    dca__free(env, s->flip_list);
    dca__free(env, s->ray);
}

static bool allocate_variables(dca__simplex *s)
{
    dca_env *env = s->env;
    const dca_nnz total = s->total;
    return (s->cost = DCA_ZEROS(env, double, total)) != NULL &&
           (s->lower = DCA_ARRAY(env, double, total)) != NULL &&
           (s->upper = DCA_ARRAY(env, double, total)) != NULL &&
           (s->work_cost = DCA_ARRAY(env, double, total)) != NULL &&
           (s->work_lower = DCA_ARRAY(env, double, total)) != NULL &&
           (s->work_upper = DCA_ARRAY(env, double, total)) != NULL &&
           (s->x = DCA_ZEROS(env, double, total)) != NULL &&
           (s->d = DCA_ZEROS(env, double, total)) != NULL &&
           (s->status = DCA_ARRAY(env, uint8_t, total)) != NULL &&
           (s->active = DCA_ZEROS(env, uint8_t, total)) != NULL &&
           (s->asleep = DCA_ZEROS(env, uint8_t, total)) != NULL &&
           (s->position = DCA_ARRAY(env, dca_index, total)) != NULL &&
           (s->primal_weight = DCA_ARRAY(env, double, total)) != NULL &&
           (s->reference = DCA_ZEROS(env, uint8_t, total)) != NULL &&
           (s->col_list = DCA_ARRAY(env, dca_index, total + 1)) != NULL &&
           (s->col_hot_list = DCA_ARRAY(env, dca_index, total)) != NULL &&
           (s->col_listed = DCA_ZEROS(env, uint8_t, total)) != NULL &&
           (s->phase_cost = DCA_ZEROS(env, double, total)) != NULL &&
           (s->sort_index = DCA_ARRAY(env, dca_index, 2 * total)) != NULL &&
           (s->sort_key = DCA_ARRAY(env, double, 2 * total)) != NULL &&
           (s->sort_bound = DCA_ARRAY(env, double, 2 * total)) != NULL &&
           (s->flip_list = DCA_ARRAY(env, dca_index, total)) != NULL &&
           (s->edited = DCA_ARRAY(env, dca_index, total)) != NULL &&
           (s->trail = DCA_ARRAY(env, dca_index, s->n)) != NULL &&
           (s->trail_mark = DCA_ZEROS(env, uint8_t, s->n)) != NULL &&
           (s->ray = DCA_ARRAY(env, double, total)) != NULL;
}

static bool allocate_positions(dca__simplex *s)
{
    dca_env *env = s->env;
    return (s->head = DCA_ARRAY(env, dca_index, s->m)) != NULL &&
           (s->lu_basis = DCA_ARRAY(env, dca_index, s->m)) != NULL &&
           (s->dual_weight = DCA_ARRAY(env, double, s->m)) != NULL &&
           (s->row_merit = DCA_ZEROS(env, double, s->m)) != NULL &&
           (s->row_hot_list = DCA_ARRAY(env, dca_index, s->m)) != NULL &&
           (s->row_list = DCA_ARRAY(env, dca_index, s->m + 1)) != NULL &&
           (s->row_listed = DCA_ZEROS(env, uint8_t, s->m)) != NULL &&
           (s->y = DCA_ZEROS(env, double, s->m)) != NULL &&
           (s->price_trail = DCA_ARRAY(env, dca_index, s->m)) != NULL &&
           (s->price_mark = DCA_ZEROS(env, uint8_t, s->m)) != NULL &&
           dca__spvec_init(env, &s->rho, s->m) == DCA_OK &&
           dca__spvec_init(env, &s->alpha_q, s->m) == DCA_OK &&
           dca__spvec_init(env, &s->tau, s->m) == DCA_OK &&
           dca__spvec_init(env, &s->flip, s->m) == DCA_OK &&
           dca__spvec_init(env, &s->alpha_p, s->total) == DCA_OK;
}

static void copy_problem(dca__simplex *s, const dca_problem *problem)
{
    dca_nnz at = 0;
    for (dca_index j = 0; j < s->n; j++) {
        s->cost[j] = problem->cost[j];
        s->lower[j] = problem->lower[j];
        s->upper[j] = problem->upper[j];
        s->col_start[j] = at;
        s->col_length[j] = problem->length[j];
        for (dca_nnz k = 0; k < problem->length[j]; k++) {
            s->col_index[at] = problem->index[problem->start[j] + k];
            s->col_value[at++] = problem->value[problem->start[j] + k];
        }
    }
    s->col_start[s->n] = at;
    for (dca_index i = 0; i < s->m; i++) {
        s->lower[s->n + i] = -problem->row_upper[i];
        s->upper[s->n + i] = -problem->row_lower[i];
    }
}

dca_status dca__simplex_new(dca_env *env, dca__simplex **out)
{
    dca__simplex *s = DCA_NEW(env, dca__simplex);
    if (s == NULL) {
        return DCA_E_NOMEM;
    }
    dca__settings_init(&s->settings);
    const dca__lu_settings lu = {s->settings.lu_threshold, s->settings.lu_drop, DCA__LU_SINGULAR,
                                 DCA__MOST_UPDATES};
    const dca_status status = dca__lu_new(env, &lu, &s->lu);
    if (status != DCA_OK) {
        dca__free(env, s);
        return status;
    }
    s->env = dca__env_retain(env);
    *out = s;
    return DCA_OK;
}

void dca__simplex_free(dca__simplex *s)
{
    if (s != NULL) {
        dca_env *env = s->env;
        free_arrays(s);
        dca__lu_free(s->lu);
        dca__free(env, s);
        dca__env_release(env);
    }
}

dca_status dca__simplex_load(dca__simplex *s, const dca_problem *problem)
{
    dca__simplex fresh = {0};
    fresh.env = s->env;
    fresh.settings = s->settings;
    fresh.lu = s->lu;
    fresh.lu_work_seen = s->lu_work_seen;
    fresh.m = problem->num_rows;
    fresh.n = problem->num_columns;
    fresh.total = fresh.m + fresh.n;
    fresh.offset = problem->offset;
    dca_nnz entries = 0;
    for (dca_index j = 0; j < fresh.n; j++) {
        entries += problem->length[j];
    }
    dca__simplex_matrix matrix;
    if (dca__simplex_matrix_new(s->env, fresh.m, fresh.n, entries, &matrix) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca__simplex_adopt_matrix(&fresh, &matrix);
    if (!allocate_variables(&fresh) || !allocate_positions(&fresh)) {
        free_arrays(&fresh);
        return DCA_E_NOMEM;
    }
    free_arrays(s);
    *s = fresh;
    copy_problem(s, problem);
    dca__simplex_slack_basis(s);
    dca__simplex_build_rows(s);
    dca__simplex_restore_costs(s);
    dca__simplex_restore_bounds(s);
    dca__simplex_place_all(s);
    dca__simplex_partition(s);
    return DCA_OK;
}
