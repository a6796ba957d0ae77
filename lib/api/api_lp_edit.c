/* api_lp_edit.c - include/dcalloc/lp.h: edits in place. Everything is checked before the first change. */
#include "api/api_lp.h"

#include <math.h>

dca_status dca_lp_set_sense(dca_lp *lp, dca_sense sense)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    if (sense != DCA_MINIMISE && sense != DCA_MAXIMISE) {
        return dca__fail(&lp->error, DCA_E_ARG, DCA_KIND_NONE, -1,
                         "sense is %d, expected DCA_MINIMISE (0) or DCA_MAXIMISE (1)", (int)sense);
    }
    dca__lp_set_sense(lp, sense);
    return DCA_OK;
}

dca_status dca_lp_set_offset(dca_lp *lp, double offset)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    if (!isfinite(offset)) {
        return dca__fail(&lp->error, DCA_E_ARG, DCA_KIND_NONE, -1,
                         "the offset is %s, expected a finite number", DCA_G(offset));
    }
    dca__lp_set_offset(lp, 0.0 + offset); /* never -0: files hold its negative */
    return DCA_OK;
}

dca_status dca_lp_set_name(dca_lp *lp, const char *name)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    return dca__lp_set_name(lp, name) == DCA_OK ? DCA_OK : dca__fail_nomem(&lp->error);
}

dca_status dca_lp_set_objective_name(dca_lp *lp, const char *name)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    return dca__lp_set_objective_name(lp, name) == DCA_OK ? DCA_OK : dca__fail_nomem(&lp->error);
}

/* The sentence for a name that `holder` of the same kind has. */
static dca_status name_status(dca_lp *lp, dca_status status, dca_kind kind, dca_index index,
                              dca_index holder, const char *name)
{
    if (status == DCA_E_ARG) {
        return dca__fail(&lp->error, DCA_E_ARG, kind, index,
                         "%s %d: the name '%.80s' is taken by %s %d, expected a name of its own",
                         dca__kind_name(kind), (int)index, name, dca__kind_name(kind), (int)holder);
    }
    return status == DCA_OK ? DCA_OK : dca__fail_nomem(&lp->error);
}

dca_status dca_lp_set_row_name(dca_lp *lp, dca_index row, const char *name)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status = dca__check_index(DCA_KIND_ROW, row, lp->num_rows, &lp->error);
    return status != DCA_OK ? status
                            : name_status(lp, dca__lp_set_row_name(lp, row, name), DCA_KIND_ROW,
                                          row, dca_lp_find_row(lp, name), name);
}

dca_status dca_lp_set_column_name(dca_lp *lp, dca_index column, const char *name)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status =
        dca__check_index(DCA_KIND_COLUMN, column, lp->num_columns, &lp->error);
    return status != DCA_OK
               ? status
               : name_status(lp, dca__lp_set_column_name(lp, column, name), DCA_KIND_COLUMN, column,
                             dca_lp_find_column(lp, name), name);
}

/* What a list says at k: NULL stands for 0 .. n-1. */
static dca_index listed(const dca_index *list, dca_index k)
{
    return list == NULL ? k : list[k];
}

dca_status dca_lp_set_costs(dca_lp *lp, dca_index n, const dca_index *columns, dca_doubles costs)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    dca_status status = dca__check_list(DCA_KIND_COLUMN, n, columns, lp->num_columns, &lp->error);
    for (dca_index k = 0; k < n && status == DCA_OK; k++) {
        const double cost = dca__double_at(costs, k, 0.0);
        if (!isfinite(cost)) {
            status = dca__check_finite(dca__column_owner(lp, listed(columns, k)), "cost", cost,
                                       &lp->error);
        }
    }
    for (dca_index k = 0; k < n && status == DCA_OK; k++) {
        dca__lp_set_cost(lp, listed(columns, k), dca__double_at(costs, k, 0.0));
    }
    return status;
}

dca_status dca_lp_set_column_bounds(dca_lp *lp, dca_index n, const dca_index *columns,
                                    dca_doubles lower, dca_doubles upper)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    dca_status status = dca__check_list(DCA_KIND_COLUMN, n, columns, lp->num_columns, &lp->error);
    for (dca_index k = 0; k < n && status == DCA_OK; k++) {
        const dca_index j = listed(columns, k);
        status = dca__check_bounds(dca__column_owner(lp, j), dca__double_at(lower, k, 0.0),
                                   dca__double_at(upper, k, 0.0), &lp->error);
    }
    for (dca_index k = 0; k < n && status == DCA_OK; k++) {
        const dca_index j = listed(columns, k);
        dca__lp_set_column_bounds(lp, j, dca__double_at(lower, k, lp->lower[j]),
                                  dca__double_at(upper, k, lp->upper[j]));
    }
    return status;
}

dca_status dca_lp_set_row_bounds(dca_lp *lp, dca_index n, const dca_index *rows, dca_doubles lower,
                                 dca_doubles upper)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    dca_status status = dca__check_list(DCA_KIND_ROW, n, rows, lp->num_rows, &lp->error);
    for (dca_index k = 0; k < n && status == DCA_OK; k++) {
        const dca_index i = listed(rows, k);
        status = dca__check_bounds(dca__row_owner(lp, i), dca__double_at(lower, k, 0.0),
                                   dca__double_at(upper, k, 0.0), &lp->error);
    }
    for (dca_index k = 0; k < n && status == DCA_OK; k++) {
        const dca_index i = listed(rows, k);
        dca__lp_set_row_bounds(lp, i, dca__double_at(lower, k, lp->row_lower[i]),
                               dca__double_at(upper, k, lp->row_upper[i]));
    }
    return status;
}

dca_status dca_lp_set_integers(dca_lp *lp, dca_index n, const dca_index *columns,
                               dca_indices integer)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status =
        dca__check_list(DCA_KIND_COLUMN, n, columns, lp->num_columns, &lp->error);
    for (dca_index k = 0; k < n && status == DCA_OK; k++) {
        dca__lp_set_integer(lp, listed(columns, k), dca__index_at(integer, k, 0) != 0);
    }
    return status;
}

static dca_status check_coefficients(dca_lp *lp, dca_nnz n, const dca_index *rows,
                                     const dca_index *columns, const double *values)
{
    dca_error *err = &lp->error;
    dca_status status = n > 0 ? dca__check_pointer(rows, "rows", err) : DCA_OK;
    if (status == DCA_OK && n > 0) {
        status = dca__check_pointer(columns, "columns", err);
    }
    if (status == DCA_OK && n > 0) {
        status = dca__check_pointer(values, "values", err);
    }
    if (status == DCA_OK) {
        status = dca__check_list(DCA_KIND_ROW, n, rows, lp->num_rows, err);
    }
    if (status == DCA_OK) {
        status = dca__check_list(DCA_KIND_COLUMN, n, columns, lp->num_columns, err);
    }
    for (dca_nnz k = 0; k < n && status == DCA_OK; k++) {
        const double value = values[k];
        if (!isfinite(value)) {
            const char *row = dca__strtab_name(&lp->row_names, rows[k]);
            const char *column = dca__strtab_name(&lp->column_names, columns[k]);
            status = dca__fail(err, DCA_E_ARG, DCA_KIND_COLUMN, columns[k],
                               "row %d '%.60s', column %d '%.60s': the coefficient is %s, expected "
                               "a finite number",
                               (int)rows[k], row == NULL ? "" : row, (int)columns[k],
                               column == NULL ? "" : column, DCA_G(value));
        }
    }
    return status;
}

dca_status dca_lp_set_coefficients(dca_lp *lp, dca_nnz n, const dca_index *rows,
                                   const dca_index *columns, const double *values)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status = check_coefficients(lp, n, rows, columns, values);
    if (status != DCA_OK) {
        return status;
    }
    return dca__lp_set_coefficients(lp, n, rows, columns, values) == DCA_OK
               ? DCA_OK
               : dca__fail_nomem(&lp->error);
}
