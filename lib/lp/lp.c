/* lp.c - life of an LP, its view for solvers, and the transpose. */
#include "lp/lp.h"

#include "base/alloc.h"
#include "base/env.h"
#include "base/err.h"
#include "lp/lp_area.h"

#include <string.h>

dca_status dca__lp_new(dca_env *env, dca_lp **out)
{
    dca_lp *lp = DCA_NEW(env, dca_lp);
    if (lp == NULL) {
        return DCA_E_NOMEM;
    }
    lp->env = dca__env_retain(env);
    lp->references = 1;
    dca__error_clear(&lp->error);
    *out = lp;
    return DCA_OK;
}

dca_lp *dca__lp_retain(dca_lp *lp)
{
    lp->references++;
    return lp;
}

void dca__lp_release(dca_lp *lp)
{
    if (lp == NULL || --lp->references > 0) {
        return;
    }
    dca_env *env = lp->env;
    dca__free(env, lp->name);
    dca__free(env, lp->objective_name);
    dca__free(env, lp->cost);
    dca__free(env, lp->lower);
    dca__free(env, lp->upper);
    dca__free(env, lp->integer);
    dca__free(env, lp->column_id);
    dca__free(env, lp->start);
    dca__free(env, lp->length);
    dca__free(env, lp->room);
    dca__free(env, lp->row_lower);
    dca__free(env, lp->row_upper);
    dca__free(env, lp->row_id);
    dca__free(env, lp->index);
    dca__free(env, lp->value);
    dca__free(env, lp->log);
    dca__strtab_free(env, &lp->column_names);
    dca__strtab_free(env, &lp->row_names);
    dca__free(env, lp);
    dca__env_release(env);
}

#define COPY(to, from, count)                                                                      \
    do {                                                                                           \
        if ((count) > 0) {                                                                         \
            memcpy((to), (from), (size_t)(count) * sizeof *(to));                                  \
        }                                                                                          \
    } while (0)

static void copy_columns(const dca_lp *lp, dca_lp *copy)
{
    const dca_index n = lp->num_columns;
    COPY(copy->cost, lp->cost, n);
    COPY(copy->lower, lp->lower, n);
    COPY(copy->upper, lp->upper, n);
    COPY(copy->integer, lp->integer, n);
    COPY(copy->column_id, lp->column_id, n);
    COPY(copy->length, lp->length, n);
    COPY(copy->room, lp->length, n);
    dca_nnz at = 0;
    for (dca_index j = 0; j < n; j++) {
        copy->start[j] = at;
        COPY(copy->index + at, lp->index + lp->start[j], lp->length[j]);
        COPY(copy->value + at, lp->value + lp->start[j], lp->length[j]);
        at += lp->length[j];
    }
    copy->num_columns = n;
    copy->num_integers = lp->num_integers;
    copy->num_entries = at;
    copy->num_room = at;
    copy->area_used = at;
}

static void copy_rows(const dca_lp *lp, dca_lp *copy)
{
    COPY(copy->row_lower, lp->row_lower, lp->num_rows);
    COPY(copy->row_upper, lp->row_upper, lp->num_rows);
    COPY(copy->row_id, lp->row_id, lp->num_rows);
    copy->num_rows = lp->num_rows;
}

dca_status dca__lp_copy(const dca_lp *lp, dca_lp **out)
{
    dca_lp *copy = NULL;
    if (dca__lp_new(lp->env, &copy) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    if (dca__lp_set_name(copy, lp->name) != DCA_OK ||
        dca__lp_set_objective_name(copy, lp->objective_name) != DCA_OK ||
        dca__lp_reserve_columns(copy, lp->num_columns) != DCA_OK ||
        dca__lp_reserve_rows(copy, lp->num_rows) != DCA_OK ||
        dca__area_reserve(copy, lp->num_entries) != DCA_OK ||
        dca__strtab_copy(lp->env, &lp->column_names, &copy->column_names) != DCA_OK ||
        dca__strtab_copy(lp->env, &lp->row_names, &copy->row_names) != DCA_OK) {
        dca__lp_release(copy);
        return DCA_E_NOMEM;
    }
    copy_columns(lp, copy);
    copy_rows(lp, copy);
    copy->sense = lp->sense;
    copy->offset = lp->offset;
    copy->next_column_id = lp->next_column_id;
    copy->next_row_id = lp->next_row_id;
    copy->revision = lp->revision;
    copy->structure = lp->structure + 1;
    *out = copy;
    return DCA_OK;
}

void dca__lp_view_costs(const dca_lp *lp, double *cost)
{
    const double sign = lp->sense == DCA_MAXIMISE ? -1.0 : 1.0;
    for (dca_index j = 0; j < lp->num_columns; j++) {
        cost[j] = 0.0 + sign * lp->cost[j]; /* no -0 */
    }
}

void dca__lp_view(const dca_lp *lp, double *cost, dca_problem *out)
{
    dca__lp_view_costs(lp, cost);
    dca__lp_view_of(lp, cost, out);
}

void dca__lp_view_of(const dca_lp *lp, const double *cost, dca_problem *out)
{
    const double sign = lp->sense == DCA_MAXIMISE ? -1.0 : 1.0;
    const dca_problem view = {
        .struct_size = (uint32_t)sizeof view,
        .num_rows = lp->num_rows,
        .num_columns = lp->num_columns,
        .offset = 0.0 + sign * lp->offset,
        .cost = cost,
        .lower = lp->lower,
        .upper = lp->upper,
        .row_lower = lp->row_lower,
        .row_upper = lp->row_upper,
        .start = lp->start,
        .length = lp->length,
        .index = lp->index,
        .value = lp->value,
    };
    *out = view;
}

void dca__lp_transpose(const dca_problem *problem, dca_nnz *start, dca_index *index, double *value)
{
    const dca_index m = problem->num_rows;
    memset(start, 0, ((size_t)m + 1) * sizeof *start);
    for (dca_index j = 0; j < problem->num_columns; j++) {
        const dca_index *row = problem->index + problem->start[j];
        for (dca_index k = 0; k < problem->length[j]; k++) {
            start[row[k]]++;
        }
    }
    dca_nnz end = 0; /* start[i] becomes the end of row i, then counts down to its begin */
    for (dca_index i = 0; i < m; i++) {
        end += start[i];
        start[i] = end;
    }
    start[m] = end;
    for (dca_index j = problem->num_columns; j-- > 0;) {
        const dca_nnz first = problem->start[j];
        for (dca_index k = 0; k < problem->length[j]; k++) {
            const dca_nnz at = --start[problem->index[first + k]];
            index[at] = j;
            value[at] = problem->value[first + k];
        }
    }
}
