/* api_lp_read.c - include/dcalloc/lp.h: reading an LP. */
#include "api/api_lp.h"

#include <string.h>

dca_index dca_lp_num_rows(const dca_lp *lp)
{
    return lp == NULL ? 0 : lp->num_rows;
}

dca_index dca_lp_num_columns(const dca_lp *lp)
{
    return lp == NULL ? 0 : lp->num_columns;
}

dca_nnz dca_lp_num_entries(const dca_lp *lp)
{
    return lp == NULL ? 0 : lp->num_entries;
}

dca_index dca_lp_num_integers(const dca_lp *lp)
{
    return lp == NULL ? 0 : lp->num_integers;
}

dca_sense dca_lp_sense(const dca_lp *lp)
{
    return lp == NULL ? DCA_MINIMISE : lp->sense;
}

double dca_lp_offset(const dca_lp *lp)
{
    return lp == NULL ? 0.0 : lp->offset;
}

const char *dca_lp_name(const dca_lp *lp)
{
    return lp == NULL ? NULL : lp->name;
}

const char *dca_lp_objective_name(const dca_lp *lp)
{
    return lp == NULL ? NULL : lp->objective_name;
}

const char *dca_lp_row_name(const dca_lp *lp, dca_index row)
{
    return lp == NULL ? NULL : dca__strtab_name(&lp->row_names, row);
}

const char *dca_lp_column_name(const dca_lp *lp, dca_index column)
{
    return lp == NULL ? NULL : dca__strtab_name(&lp->column_names, column);
}

dca_index dca_lp_find_row(const dca_lp *lp, const char *name)
{
    return lp == NULL || name == NULL ? -1 : dca__strtab_find(&lp->row_names, name, strlen(name));
}

dca_index dca_lp_find_column(const dca_lp *lp, const char *name)
{
    return lp == NULL || name == NULL ? -1
                                      : dca__strtab_find(&lp->column_names, name, strlen(name));
}

static void copy_out(double *out, const double *from, dca_index first, dca_index n)
{
    if (out != NULL && n > 0) {
        memcpy(out, from + first, (size_t)n * sizeof *out);
    }
}

dca_status dca_lp_get_columns(const dca_lp *lp, dca_index first, dca_index n, double *cost,
                              double *lower, double *upper, int32_t *integer)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status =
        dca__check_range(DCA_KIND_COLUMN, first, n, lp->num_columns, dca__lp_note(lp));
    if (status != DCA_OK) {
        return status;
    }
    copy_out(cost, lp->cost, first, n);
    copy_out(lower, lp->lower, first, n);
    copy_out(upper, lp->upper, first, n);
    for (dca_index k = 0; integer != NULL && k < n; k++) {
        integer[k] = lp->integer[first + k] != 0;
    }
    return DCA_OK;
}

dca_status dca_lp_get_rows(const dca_lp *lp, dca_index first, dca_index n, double *lower,
                           double *upper)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status =
        dca__check_range(DCA_KIND_ROW, first, n, lp->num_rows, dca__lp_note(lp));
    if (status != DCA_OK) {
        return status;
    }
    copy_out(lower, lp->row_lower, first, n);
    copy_out(upper, lp->row_upper, first, n);
    return DCA_OK;
}

dca_status dca_lp_get_entries(const dca_lp *lp, dca_index first, dca_index n, dca_nnz *start,
                              dca_index *index, double *value)
{
    if (lp == NULL) {
        return DCA_E_ARG;
    }
    dca_status status =
        dca__check_range(DCA_KIND_COLUMN, first, n, lp->num_columns, dca__lp_note(lp));
    if (status == DCA_OK) {
        status = dca__check_pointer(start, "start", dca__lp_note(lp));
    }
    if (status != DCA_OK) {
        return status;
    }
    start[0] = 0;
    for (dca_index k = 0; k < n; k++) {
        const dca_index j = first + k;
        const size_t count = (size_t)lp->length[j];
        if (index != NULL && count > 0) {
            memcpy(index + start[k], lp->index + lp->start[j], count * sizeof *index);
        }
        if (value != NULL && count > 0) {
            memcpy(value + start[k], lp->value + lp->start[j], count * sizeof *value);
        }
        start[k + 1] = start[k] + lp->length[j];
    }
    return DCA_OK;
}

uint64_t dca_lp_revision(const dca_lp *lp)
{
    return lp == NULL ? 0 : lp->revision;
}
