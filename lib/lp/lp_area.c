/* lp_area.c - room for rows, columns and entries. */
#include "lp/lp_area.h"

#include "base/alloc.h"

#include <string.h>

/* Resize one array of several that share a capacity: it may come out larger than the capacity says
 * when a later one fails, which harms nobody. */
#define RESIZE(env, array, count) resize((env), (void **)(void *)&(array), (count), sizeof *(array))

static bool resize(dca_env *env, void **block, dca_nnz count, size_t size)
{
    void *fresh = dca__realloc(env, *block, count, size);
    if (fresh == NULL) {
        return false;
    }
    *block = fresh;
    return true;
}

static dca_nnz grown(dca_nnz capacity, dca_nnz need)
{
    const dca_nnz half = capacity + capacity / 2 + 4;
    return half > need ? half : need;
}

dca_status dca__lp_reserve_columns(dca_lp *lp, dca_nnz need)
{
    if (need <= lp->column_capacity) {
        return DCA_OK;
    }
    const dca_nnz count = grown(lp->column_capacity, need);
    if (!RESIZE(lp->env, lp->cost, count) || !RESIZE(lp->env, lp->lower, count) ||
        !RESIZE(lp->env, lp->upper, count) || !RESIZE(lp->env, lp->integer, count) ||
        !RESIZE(lp->env, lp->column_id, count) || !RESIZE(lp->env, lp->start, count) ||
        !RESIZE(lp->env, lp->length, count) || !RESIZE(lp->env, lp->room, count)) {
        return DCA_E_NOMEM;
    }
    lp->column_capacity = count;
    return DCA_OK;
}

dca_status dca__lp_reserve_rows(dca_lp *lp, dca_nnz need)
{
    if (need <= lp->row_capacity) {
        return DCA_OK;
    }
    const dca_nnz count = grown(lp->row_capacity, need);
    if (!RESIZE(lp->env, lp->row_lower, count) || !RESIZE(lp->env, lp->row_upper, count) ||
        !RESIZE(lp->env, lp->row_id, count)) {
        return DCA_E_NOMEM;
    }
    lp->row_capacity = count;
    return DCA_OK;
}

/* A new area of `capacity` places with the columns in their order, without dead places. */
static dca_status rebuild(dca_lp *lp, const dca_index *more, dca_nnz capacity)
{
    dca_index *index = DCA_ARRAY(lp->env, dca_index, capacity);
    double *value = DCA_ARRAY(lp->env, double, capacity);
    if (index == NULL || value == NULL) {
        dca__free(lp->env, index);
        dca__free(lp->env, value);
        return DCA_E_NOMEM;
    }
    dca_nnz at = 0;
    for (dca_index j = 0; j < lp->num_columns; j++) {
        if (lp->length[j] > 0) {
            const size_t count = (size_t)lp->length[j];
            memcpy(index + at, lp->index + lp->start[j], count * sizeof *index);
            memcpy(value + at, lp->value + lp->start[j], count * sizeof *value);
        }
        lp->start[j] = at;
        lp->room[j] += more == NULL ? 0 : more[j];
        at += lp->room[j];
    }
    dca__free(lp->env, lp->index);
    dca__free(lp->env, lp->value);
    lp->index = index;
    lp->value = value;
    lp->area_used = at;
    lp->num_room = at;
    lp->area_capacity = capacity;
    return DCA_OK;
}

dca_status dca__area_rebuild(dca_lp *lp, const dca_index *more)
{
    dca_nnz capacity = lp->num_room;
    for (dca_index j = 0; more != NULL && j < lp->num_columns; j++) {
        capacity += more[j];
    }
    return rebuild(lp, more, capacity);
}

dca_status dca__area_reserve(dca_lp *lp, dca_nnz need)
{
    if (lp->value != NULL && lp->area_used + need <= lp->area_capacity) {
        return DCA_OK;
    }
    if (lp->num_room < lp->area_used / 2) {
        return rebuild(lp, NULL, grown(lp->num_room, lp->num_room + need));
    }
    const dca_nnz count = grown(lp->area_capacity, lp->area_used + need);
    if (!RESIZE(lp->env, lp->index, count) || !RESIZE(lp->env, lp->value, count)) {
        return DCA_E_NOMEM;
    }
    lp->area_capacity = count;
    return DCA_OK;
}

dca_status dca__area_widen(dca_lp *lp, dca_index j)
{
    if (lp->length[j] < lp->room[j]) {
        return DCA_OK;
    }
    const dca_nnz wanted = (dca_nnz)lp->length[j] + lp->length[j] / 2 + 4;
    const dca_index room = wanted > INT32_MAX ? INT32_MAX : (dca_index)wanted;
    if (dca__area_reserve(lp, room) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    if (lp->length[j] > 0) {
        const size_t count = (size_t)lp->length[j];
        memcpy(lp->index + lp->area_used, lp->index + lp->start[j], count * sizeof *lp->index);
        memcpy(lp->value + lp->area_used, lp->value + lp->start[j], count * sizeof *lp->value);
    }
    lp->start[j] = lp->area_used;
    lp->area_used += room;
    lp->num_room += room - lp->room[j];
    lp->room[j] = room;
    return DCA_OK;
}
