/* api_result.c - include/dcalloc/result.h: what every result has, and the LP part.
 *
 * A result has no place for an error record: its getters answer with the status alone. */
#include "dcalloc/result.h"

#include "api/api_check.h"
#include "engine/result.h"

#include <string.h>

dca_result *dca_result_retain(dca_result *result)
{
    return result == NULL ? NULL : dca__result_retain(result);
}

void dca_result_free(dca_result *result)
{
    dca__result_release(result);
}

dca_outcome dca_result_outcome(const dca_result *result)
{
    return result == NULL ? DCA_UNSOLVED : result->answer.outcome;
}

double dca_result_objective(const dca_result *result)
{
    return result == NULL ? NAN : result->answer.objective;
}

dca_status dca_result_certificate(const dca_result *result, dca_certificate *out)
{
    if (result == NULL) {
        return DCA_E_ARG;
    }
    return dca__check_out_struct(out, sizeof *out, "dca_certificate", &result->answer.certificate,
                                 NULL);
}

dca_status dca_result_info(const dca_result *result, dca_solve_info *out)
{
    if (result == NULL) {
        return DCA_E_ARG;
    }
    return dca__check_out_struct(out, sizeof *out, "dca_solve_info", &result->answer.info, NULL);
}

dca_index dca_result_num_rows(const dca_result *result)
{
    return result == NULL ? 0 : result->answer.point.num_rows;
}

dca_index dca_result_num_columns(const dca_result *result)
{
    return result == NULL ? 0 : result->answer.point.num_columns;
}

/* Copy values[first .. first+n) of the row or column kind, if the answer has them. */
static dca_status get_values(const dca_result *result, bool has, const double *values,
                             dca_kind kind, dca_index first, dca_index n, double *out)
{
    const dca__point *point = &result->answer.point;
    const dca_index count = kind == DCA_KIND_ROW ? point->num_rows : point->num_columns;
    const dca_status status = dca__check_range(kind, first, n, count, NULL);
    if (status != DCA_OK) {
        return status;
    }
    if (!has) {
        return DCA_E_STATE;
    }
    if (n > 0 && out == NULL) {
        return DCA_E_ARG;
    }
    if (n > 0) {
        memcpy(out, values + first, (size_t)n * sizeof *out);
    }
    return DCA_OK;
}

dca_status dca_result_get_x(const dca_result *result, dca_index first, dca_index n, double *out)
{
    if (result == NULL) {
        return DCA_E_ARG;
    }
    const dca__point *point = &result->answer.point;
    return get_values(result, point->has_point, point->x, DCA_KIND_COLUMN, first, n, out);
}

dca_status dca_result_get_activity(const dca_result *result, dca_index first, dca_index n,
                                   double *out)
{
    if (result == NULL) {
        return DCA_E_ARG;
    }
    const dca__point *point = &result->answer.point;
    return get_values(result, point->has_point, point->activity, DCA_KIND_ROW, first, n, out);
}

dca_status dca_result_get_y(const dca_result *result, dca_index first, dca_index n, double *out)
{
    if (result == NULL) {
        return DCA_E_ARG;
    }
    const dca__point *point = &result->answer.point;
    return get_values(result, point->has_dual, point->y, DCA_KIND_ROW, first, n, out);
}

dca_status dca_result_get_d(const dca_result *result, dca_index first, dca_index n, double *out)
{
    if (result == NULL) {
        return DCA_E_ARG;
    }
    const dca__point *point = &result->answer.point;
    return get_values(result, point->has_dual, point->d, DCA_KIND_COLUMN, first, n, out);
}

dca_status dca_result_get_basis(const dca_result *result, uint8_t *columns, uint8_t *rows)
{
    if (result == NULL) {
        return DCA_E_ARG;
    }
    const dca__point *point = &result->answer.point;
    if (!point->has_basis) {
        return DCA_E_STATE;
    }
    if (columns != NULL && point->num_columns > 0) {
        memcpy(columns, point->column_status, (size_t)point->num_columns);
    }
    if (rows != NULL && point->num_rows > 0) {
        memcpy(rows, point->row_status, (size_t)point->num_rows);
    }
    return DCA_OK;
}

dca_status dca_result_get_ray(const dca_result *result, double *out)
{
    if (result == NULL) {
        return DCA_E_ARG;
    }
    const dca__point *point = &result->answer.point;
    if (point->ray_kind == DCA_CERTIFICATE_NONE) {
        return DCA_E_STATE;
    }
    const dca_index count =
        point->ray_kind == DCA_CERTIFICATE_FARKAS ? point->num_rows : point->num_columns;
    if (count > 0 && out == NULL) {
        return DCA_E_ARG;
    }
    if (count > 0) {
        memcpy(out, point->ray, (size_t)count * sizeof *out);
    }
    return DCA_OK;
}
