/* point.h - what a solve hands back about an LP: values, prices, basis, ray. Plain arrays that one
 * owner frees; all in the caller's space, prices in the LP's own sense (c = A'y + d). */
#ifndef DCA_LP_POINT_H
#define DCA_LP_POINT_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#include <stdbool.h>

/** Counts the points that share their arrays. */
typedef struct dca__sharing dca__sharing;

typedef struct dca__point {
    dca_index num_rows, num_columns;
    bool has_point;                /* x, activity */
    bool has_dual;                 /* y, d */
    bool has_basis;                /* column_status, row_status */
    dca_certificate_kind ray_kind; /* FARKAS: ray [num_rows]; RAY: ray [num_columns]; else none */
    double *x, *d;                 /* [num_columns] */
    double *activity, *y;          /* [num_rows] */
    uint8_t *column_status, *row_status;
    double *ray;           /* NULL when there is none */
    dca__sharing *sharing; /* NULL: the arrays are this point's alone */
} dca__point;

/** All arrays but the ray, undefined. */
DCA_NODISCARD dca_status dca__point_new(dca_env *env, dca_index num_rows, dca_index num_columns,
                                        dca__point *out);
/** The last of those that share the arrays frees them; thread-safe. */
void dca__point_free(dca_env *env, dca__point *point);
/** *out shares the arrays with `point`, which has no ray: neither may write to them until it has called
 *  dca__point_own(). O(1). On DCA_E_NOMEM nothing has changed. */
DCA_NODISCARD dca_status dca__point_share(dca_env *env, dca__point *point, dca__point *out);
/** The arrays become the point's alone: O(m + n) when they are shared. On DCA_E_NOMEM it stands. */
DCA_NODISCARD dca_status dca__point_own(dca_env *env, dca__point *point);

#endif
