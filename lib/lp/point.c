/* point.c - the arrays of a point. */
#include "lp/point.h"

#include "base/alloc.h"

#include <string.h>

dca_status dca__point_new(dca_env *env, dca_index num_rows, dca_index num_columns, dca__point *out)
{
    dca__point point = {.num_rows = num_rows, .num_columns = num_columns};
    point.x = DCA_ARRAY(env, double, num_columns);
    point.d = DCA_ARRAY(env, double, num_columns);
    point.activity = DCA_ARRAY(env, double, num_rows);
    point.y = DCA_ARRAY(env, double, num_rows);
    point.column_status = DCA_ARRAY(env, uint8_t, num_columns);
    point.row_status = DCA_ARRAY(env, uint8_t, num_rows);
    if (point.x == NULL || point.d == NULL || point.activity == NULL || point.y == NULL ||
        point.column_status == NULL || point.row_status == NULL) {
        dca__point_free(env, &point);
        return DCA_E_NOMEM;
    }
    *out = point;
    return DCA_OK;
}

void dca__point_free(dca_env *env, dca__point *point)
{
    dca__free(env, point->x);
    dca__free(env, point->d);
    dca__free(env, point->activity);
    dca__free(env, point->y);
    dca__free(env, point->column_status);
    dca__free(env, point->row_status);
    dca__free(env, point->ray);
    memset(point, 0, sizeof *point);
}
