/* warm.c - what stays alive between solves: bases given, bases read, and edits in place.
 *
 * Bounds and costs change in O(1) and keep the factor. A coefficient that exists is changed in both
 * copies of A; one that does not is inserted by rebuilding both, O(entries) for the whole batch. The
 * factor is dropped only when a basic column changed. */
#include "simplex/state.h"

#include "base/alloc.h"

#include <string.h>

void dca__simplex_slack_basis(dca__simplex *s)
{
    for (dca_index j = 0; j < s->n; j++) {
        s->position[j] = -1;
        s->status[j] = DCA_BASIS_LOWER;
    }
    for (dca_index i = 0; i < s->m; i++) {
        s->head[i] = s->n + i;
        s->position[s->n + i] = i;
        s->status[s->n + i] = DCA_BASIS_BASIC;
    }
    for (dca_index j = 0; j < s->n; j++) {
        const double lower = s->lower[j];
        const double upper = s->upper[j];
        s->status[j] = lower > -INFINITY  ? DCA_BASIS_LOWER
                       : upper < INFINITY ? DCA_BASIS_UPPER
                                          : DCA_BASIS_FREE;
    }
    s->factored = false;
    s->dual_weights_valid = false;
    s->alive = false;
}

/* The status of the logical of a row: s = -activity, so the sides change places. */
static uint8_t mirror(uint8_t status)
{
    return status == DCA_BASIS_LOWER   ? DCA_BASIS_UPPER
           : status == DCA_BASIS_UPPER ? DCA_BASIS_LOWER
                                       : status;
}

static void enlist(dca__simplex *s, dca_index j, dca_index *count)
{
    s->position[j] = *count;
    s->head[(*count)++] = j;
    s->status[j] = DCA_BASIS_BASIC;
}

dca_status dca__simplex_set_basis(dca__simplex *s, const uint8_t *columns, const uint8_t *rows)
{
    dca_index count = 0;
    for (dca_index j = 0; j < s->total; j++) {
        const uint8_t status = j < s->n ? columns[j] : mirror(rows[j - s->n]);
        s->position[j] = -1;
        s->status[j] = status == DCA_BASIS_BASIC ? DCA_BASIS_LOWER : status;
        if (status == DCA_BASIS_BASIC && count < s->m) {
            enlist(s, j, &count);
        }
    }
    for (dca_index i = 0; i < s->m && count < s->m; i++) {
        if (s->position[s->n + i] < 0) {
            enlist(s, s->n + i, &count);
        }
    }
    dca__simplex_restore_bounds(s);
    for (dca_index j = 0; j < s->total; j++) {
        if (s->position[j] >= 0) {
            s->x[j] = 0.0;
        }
    }
    dca__simplex_place_all(s);
    dca__simplex_partition(s);
    s->factored = false;
    s->dual_weights_valid = false;
    s->alive = false;
    return DCA_OK;
}

void dca__simplex_get_basis(const dca__simplex *s, uint8_t *columns, uint8_t *rows)
{
    memcpy(columns, s->status, (size_t)s->n);
    for (dca_index i = 0; i < s->m; i++) {
        rows[i] = mirror(s->status[s->n + i]);
    }
}

void dca__simplex_get_point(const dca__simplex *s, double *x, double *y)
{
    memcpy(x, s->x, (size_t)s->n * sizeof(double));
    memcpy(y, s->y, (size_t)s->m * sizeof(double));
}

void dca__simplex_get_column(const dca__simplex *s, dca_index j, double *x, uint8_t *status)
{
    *x = s->x[j];
    *status = s->status[j];
}

void dca__simplex_get_row(const dca__simplex *s, dca_index i, double *y, uint8_t *status)
{
    *y = s->y[i];
    *status = mirror(s->status[s->n + i]);
}

bool dca__simplex_get_ray(dca__simplex *s, double *ray)
{
    if (s->ray_kind == 0) {
        return false;
    }
    memcpy(ray, s->ray, (size_t)(s->ray_kind == 1 ? s->m : s->n) * sizeof(double));
    return true;
}

/* Place of entry (i, j) in the column copy, or -1. */
static dca_nnz find_entry(const dca__simplex *s, dca_index i, dca_index j)
{
    const dca_nnz end = s->col_start[j] + s->col_length[j];
    for (dca_nnz k = s->col_start[j]; k < end; k++) {
        if (s->col_index[k] == i) {
            return k;
        }
    }
    return -1;
}

/* New copies of A with room for the entries that do not exist yet, at the end of their columns. */
static dca_status insert_entries(dca__simplex *s, const dca_edit *edits, dca_nnz n)
{
    dca_nnz extra = 0;
    for (dca_nnz k = 0; k < n; k++) {
        extra += edits[k].kind == DCA_EDIT_COEFFICIENT &&
                 find_entry(s, edits[k].index, edits[k].other) < 0;
    }
    if (extra == 0) {
        return DCA_OK;
    }
    dca__simplex_matrix fresh;
    const dca_status status =
        dca__simplex_matrix_new(s->env, s->m, s->n, s->entries + extra, &fresh);
    if (status != DCA_OK) {
        return status;
    }
    memset(fresh.col_length, 0, (size_t)s->n * sizeof(dca_index));
    for (dca_nnz k = 0; k < n; k++) {
        if (edits[k].kind == DCA_EDIT_COEFFICIENT &&
            find_entry(s, edits[k].index, edits[k].other) < 0) {
            fresh.col_length[edits[k].other]++;
        }
    }
    dca_nnz at = 0;
    for (dca_index j = 0; j < s->n; j++) {
        const dca_nnz room = s->col_length[j] + fresh.col_length[j];
        fresh.col_start[j] = at;
        fresh.col_length[j] = s->col_length[j];
        memcpy(fresh.col_index + at, s->col_index + s->col_start[j],
               (size_t)s->col_length[j] * sizeof(dca_index));
        memcpy(fresh.col_value + at, s->col_value + s->col_start[j],
               (size_t)s->col_length[j] * sizeof(double));
        at += room;
    }
    fresh.col_start[s->n] = at;
    dca__simplex_adopt_matrix(s, &fresh);
    for (dca_nnz k = 0; k < n; k++) {
        const dca_edit *e = &edits[k];
        if (e->kind == DCA_EDIT_COEFFICIENT && find_entry(s, e->index, e->other) < 0) {
            const dca_nnz place = s->col_start[e->other] + s->col_length[e->other]++;
            s->col_index[place] = e->index;
            s->col_value[place] = 0.0;
        }
    }
    dca__simplex_build_rows(s);
    return DCA_OK;
}

static void set_coefficient(dca__simplex *s, dca_index i, dca_index j, double value)
{
    const dca_nnz k = find_entry(s, i, j);
    s->alive = false;
    s->col_value[k] = value;
    s->row_value[s->col_twin[k]] = value;
    if (s->position[j] >= 0) {
        s->factored = false;
    }
}

dca_status dca__simplex_edit(dca__simplex *s, const dca_edit *edits, dca_nnz n)
{
    for (dca_nnz k = 0; k < n; k++) {
        const dca_edit *e = &edits[k];
        const bool row = e->kind == DCA_EDIT_ROW_BOUNDS || e->kind == DCA_EDIT_COEFFICIENT;
        if (e->index < 0 || e->index >= (row ? s->m : s->n) ||
            (e->kind == DCA_EDIT_COEFFICIENT && (e->other < 0 || e->other >= s->n))) {
            return DCA_E_ARG;
        }
    }
    const dca_status status = insert_entries(s, edits, n);
    if (status != DCA_OK) {
        return status;
    }
    for (dca_nnz k = 0; k < n; k++) {
        const dca_edit *e = &edits[k];
        const dca_index j = e->kind == DCA_EDIT_ROW_BOUNDS ? s->n + e->index : e->index;
        switch (e->kind) {
        case DCA_EDIT_COST:
            s->cost[j] = e->a;
            break;
        case DCA_EDIT_COLUMN_BOUNDS:
            s->lower[j] = e->a;
            s->upper[j] = e->b;
            break;
        case DCA_EDIT_ROW_BOUNDS:
            s->lower[j] = -e->b;
            s->upper[j] = -e->a;
            break;
        default:
            set_coefficient(s, e->index, e->other, e->a);
            break;
        }
        if (e->kind != DCA_EDIT_COEFFICIENT) {
            dca__simplex_note_edit(s, j);
        }
    }
    return DCA_OK;
}
