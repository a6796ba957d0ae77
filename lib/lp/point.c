/* point.c - the arrays of a point, and points that share them.
 *
 * A solver that stays alive hands out its own arrays instead of a copy: points share them by an
 * atomic count, and whoever wants to write while others look copies first (copy on write). */
#include "lp/point.h"

#include "base/alloc.h"

#include <stdatomic.h>
#include <string.h>

struct dca__sharing {
    atomic_int points;
};

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

static bool is_last(const dca__point *point)
{
    return point->sharing == NULL ||
           atomic_fetch_sub_explicit(&point->sharing->points, 1, memory_order_acq_rel) == 1;
}

void dca__point_free(dca_env *env, dca__point *point)
{
    if (is_last(point)) {
        dca__free(env, point->x);
        dca__free(env, point->d);
        dca__free(env, point->activity);
        dca__free(env, point->y);
        dca__free(env, point->column_status);
        dca__free(env, point->row_status);
        dca__free(env, point->ray);
        dca__free(env, point->sharing);
    }
    memset(point, 0, sizeof *point);
}

dca_status dca__point_share(dca_env *env, dca__point *point, dca__point *out)
{
    if (point->sharing == NULL) {
        point->sharing = DCA_NEW(env, dca__sharing);
        if (point->sharing == NULL) {
            return DCA_E_NOMEM;
        }
        atomic_init(&point->sharing->points, 1);
    }
    atomic_fetch_add_explicit(&point->sharing->points, 1, memory_order_relaxed);
    *out = *point;
    return DCA_OK;
}

static void copy_array(void *to, const void *from, dca_index count, size_t size)
{
    if (count > 0) {
        memcpy(to, from, (size_t)count * size);
    }
}

dca_status dca__point_own(dca_env *env, dca__point *point)
{
    const dca_index m = point->num_rows;
    const dca_index n = point->num_columns;
    if (point->sharing == NULL ||
        atomic_load_explicit(&point->sharing->points, memory_order_acquire) == 1) {
        return DCA_OK;
    }
    dca__point fresh;
    if (dca__point_new(env, m, n, &fresh) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    copy_array(fresh.x, point->x, n, sizeof *fresh.x);
    copy_array(fresh.d, point->d, n, sizeof *fresh.d);
    copy_array(fresh.activity, point->activity, m, sizeof *fresh.activity);
    copy_array(fresh.y, point->y, m, sizeof *fresh.y);
    copy_array(fresh.column_status, point->column_status, n, sizeof *fresh.column_status);
    copy_array(fresh.row_status, point->row_status, m, sizeof *fresh.row_status);
    fresh.has_point = point->has_point;
    fresh.has_dual = point->has_dual;
    fresh.has_basis = point->has_basis;
    dca__point_free(env, point);
    *point = fresh;
    return DCA_OK;
}
