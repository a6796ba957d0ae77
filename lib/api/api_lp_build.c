/* api_lp_build.c - include/dcalloc/lp.h: life of an LP, rows and columns in and out. */
#include "api/api_lp.h"
#include "base/alloc.h"

#include <math.h>

dca_status dca_lp_new(dca_env *env, dca_lp **out)
{
    return env == NULL || out == NULL ? DCA_E_ARG : dca__lp_new(env, out);
}

dca_status dca_lp_copy(const dca_lp *lp, dca_lp **out)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    dca_status status = dca__check_pointer(out, "out", dca__lp_note(lp));
    if (status != DCA_OK) {
        return status;
    }
    status = dca__lp_copy(lp, out);
    return status == DCA_E_NOMEM ? dca__fail_nomem(dca__lp_note(lp)) : status;
}

void dca_lp_free(dca_lp *lp)
{
    dca__lp_release(lp);
}

void dca_lp_error(const dca_lp *lp, dca_error *out)
{
    if (lp != NULL) {
        dca__error_copy(&lp->error, out);
    }
}

static dca_status check_columns(dca_lp *lp, const dca_lp_columns *columns)
{
    dca_error *err = &lp->error;
    dca_status status = dca__check_count(DCA_KIND_COLUMN, columns->n, lp->num_columns, err);
    for (dca_index k = 0; k < columns->n && status == DCA_OK; k++) {
        const double cost = dca__double_at(columns->cost, k, 0.0);
        const double lower = dca__double_at(columns->lower, k, 0.0);
        const double upper = dca__double_at(columns->upper, k, INFINITY);
        if (isfinite(cost) && lower < INFINITY && upper > -INFINITY) {
            continue;
        }
        const dca__owner owner = {DCA_KIND_COLUMN, lp->num_columns + k,
                                  dca__string_at(columns->name, k)};
        status = dca__check_finite(owner, "cost", cost, err);
        if (status == DCA_OK) {
            status = dca__check_bounds(owner, lower, upper, err);
        }
    }
    if (status != DCA_OK) {
        return status;
    }
    const dca__sparse_rule rule = {"entries",       "coefficient",  DCA_KIND_COLUMN,
                                   lp->num_columns, columns->name,  DCA_KIND_ROW,
                                   lp->num_rows,    &lp->row_names, -INFINITY};
    return dca__check_sparse(lp->env, columns->entries, columns->n, &rule, err);
}

static dca_status check_rows(dca_lp *lp, const dca_lp_rows *rows)
{
    dca_error *err = &lp->error;
    dca_status status = dca__check_count(DCA_KIND_ROW, rows->n, lp->num_rows, err);
    for (dca_index k = 0; k < rows->n && status == DCA_OK; k++) {
        const dca__owner owner = {DCA_KIND_ROW, lp->num_rows + k, dca__string_at(rows->name, k)};
        status = dca__check_bounds(owner, dca__double_at(rows->lower, k, -INFINITY),
                                   dca__double_at(rows->upper, k, INFINITY), err);
    }
    if (status != DCA_OK) {
        return status;
    }
    const dca__sparse_rule rule = {"entries",       "coefficient",     DCA_KIND_ROW,
                                   lp->num_rows,    rows->name,        DCA_KIND_COLUMN,
                                   lp->num_columns, &lp->column_names, -INFINITY};
    return dca__check_sparse(lp->env, rows->entries, rows->n, &rule, err);
}

dca_status dca_lp_add_columns(dca_lp *lp, const dca_lp_columns *columns, dca_index *first)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    dca_lp_columns own = {0};
    dca_status status = dca__check_struct(columns, sizeof own, "dca_lp_columns", &own, &lp->error);
    if (status == DCA_OK) {
        status = check_columns(lp, &own);
    }
    const dca_index before = lp->num_columns;
    if (status == DCA_OK) {
        status = dca__lp_add_columns(lp, &own, &lp->error);
    }
    if (status == DCA_OK && first != NULL) {
        *first = before;
    }
    return status;
}

dca_status dca_lp_add_rows(dca_lp *lp, const dca_lp_rows *rows, dca_index *first)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    dca_lp_rows own = {0};
    dca_status status = dca__check_struct(rows, sizeof own, "dca_lp_rows", &own, &lp->error);
    if (status == DCA_OK) {
        status = check_rows(lp, &own);
    }
    const dca_index before = lp->num_rows;
    if (status == DCA_OK) {
        status = dca__lp_add_rows(lp, &own, &lp->error);
    }
    if (status == DCA_OK && first != NULL) {
        *first = before;
    }
    return status;
}

/* The entries of a single row or column. */
static dca_status check_entries(dca_lp *lp, dca_index count, const dca_index *index,
                                const double *values, const char *argument)
{
    if (count < 0) {
        return dca__fail(&lp->error, DCA_E_ARG, DCA_KIND_NONE, -1,
                         "argument 'count' is %d, expected at least 0", (int)count);
    }
    if (count == 0) {
        return DCA_OK;
    }
    const dca_status status = dca__check_pointer(index, argument, &lp->error);
    return status != DCA_OK ? status : dca__check_pointer(values, "values", &lp->error);
}

dca_status dca_lp_add_column(dca_lp *lp, const char *name, double cost, double lower, double upper,
                             dca_index count, const dca_index *rows, const double *values,
                             dca_index *out)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status = check_entries(lp, count, rows, values, "rows");
    if (status != DCA_OK) {
        return status;
    }
    const dca_nnz start[2] = {0, count};
    const dca_lp_columns columns = {
        .struct_size = (uint32_t)sizeof columns,
        .n = 1,
        .cost = {&cost, 0},
        .lower = {&lower, 0},
        .upper = {&upper, 0},
        .name = {&name, 0},
        .entries = {start, rows, values},
    };
    return dca_lp_add_columns(lp, &columns, out);
}

dca_status dca_lp_add_row(dca_lp *lp, const char *name, double lower, double upper, dca_index count,
                          const dca_index *columns, const double *values, dca_index *out)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status = check_entries(lp, count, columns, values, "columns");
    if (status != DCA_OK) {
        return status;
    }
    const dca_nnz start[2] = {0, count};
    const dca_lp_rows rows = {
        .struct_size = (uint32_t)sizeof rows,
        .n = 1,
        .lower = {&lower, 0},
        .upper = {&upper, 0},
        .name = {&name, 0},
        .entries = {start, columns, values},
    };
    return dca_lp_add_rows(lp, &rows, out);
}

/* listed[n], or 0 .. n-1 in a block of the env's that the caller frees: *own. */
static const dca_index *make_list(dca_env *env, dca_index n, const dca_index *listed,
                                  dca_index **own)
{
    if (listed != NULL) {
        return listed;
    }
    *own = DCA_ARRAY(env, dca_index, n);
    for (dca_index k = 0; *own != NULL && k < n; k++) {
        (*own)[k] = k;
    }
    return *own;
}

dca_status dca_lp_delete_rows(dca_lp *lp, dca_index n, const dca_index *rows, dca_index *map)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status =
        dca__check_set(lp->env, DCA_KIND_ROW, n, rows, lp->num_rows, &lp->error);
    if (status != DCA_OK) {
        return status;
    }
    dca_index *own = NULL;
    const dca_index *list = make_list(lp->env, n, rows, &own);
    const bool done = list != NULL && dca__lp_delete_rows(lp, n, list, map) == DCA_OK;
    dca__free(lp->env, own);
    return done ? DCA_OK : dca__fail_nomem(&lp->error);
}

dca_status dca_lp_delete_columns(dca_lp *lp, dca_index n, const dca_index *columns, dca_index *map)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status =
        dca__check_set(lp->env, DCA_KIND_COLUMN, n, columns, lp->num_columns, &lp->error);
    if (status != DCA_OK) {
        return status;
    }
    dca_index *own = NULL;
    const dca_index *list = make_list(lp->env, n, columns, &own);
    const bool done = list != NULL && dca__lp_delete_columns(lp, n, list, map) == DCA_OK;
    dca__free(lp->env, own);
    return done ? DCA_OK : dca__fail_nomem(&lp->error);
}
