/* lu_store.c - the object and its memory: arrays by row, files of lines, lists of entries.
 *
 * Growing keeps what is there, so a refused allocation leaves the old factors as they were. */
#include "la/lu_object.h"

#include "base/alloc.h"

#include <string.h>

/* Every array of the object that has one item per row, and how many more. */
enum { PLAIN = 0, PLUS_ONE, PLUS_UPDATES };
typedef struct row_array {
    size_t offset, size;
    int more;
} row_array;
#define ROW_ARRAY(field, more)                                                                     \
    {                                                                                              \
        offsetof(dca__lu, field), sizeof *((dca__lu *)0)->field, more                              \
    }
static const row_array row_arrays[] = {
    ROW_ARRAY(row_of_pivot, PLAIN),
    ROW_ARRAY(pivot_of_row, PLAIN),
    ROW_ARRAY(position_of_pivot, PLAIN),
    ROW_ARRAY(pivot_of_position, PLAIN),
    ROW_ARRAY(diagonal, PLAIN),
    ROW_ARRAY(order, PLUS_UPDATES),
    ROW_ARRAY(rank, PLAIN),
    ROW_ARRAY(l_column.span, PLAIN),
    ROW_ARRAY(l_row.span, PLAIN),
    ROW_ARRAY(u_column.span, PLAIN),
    ROW_ARRAY(u_row.span, PLAIN),
    ROW_ARRAY(l_column_order, PLAIN),
    ROW_ARRAY(l_row_order, PLAIN),
    ROW_ARRAY(deficient_position, PLAIN),
    ROW_ARRAY(deficient_row, PLAIN),
    ROW_ARRAY(spike_index, PLAIN),
    ROW_ARRAY(spike_value, PLAIN),
    ROW_ARRAY(unit_index, PLAIN),
    ROW_ARRAY(unit_value, PLAIN),
    ROW_ARRAY(eta_last, PLAIN),
    ROW_ARRAY(mark, PLAIN),
    ROW_ARRAY(reach, PLAIN),
    ROW_ARRAY(stack, PLAIN),
    ROW_ARRAY(cursor, PLAIN),
    ROW_ARRAY(scratch.value, PLAIN),
    ROW_ARRAY(scratch.index, PLAIN),
    ROW_ARRAY(moved, PLAIN),
    ROW_ARRAY(own_start, PLAIN),
    ROW_ARRAY(own_length, PLAIN),
    ROW_ARRAY(own_basis, PLAIN),
    ROW_ARRAY(new_row_of_pivot, PLAIN),
    ROW_ARRAY(new_pivot_of_row, PLAIN),
    ROW_ARRAY(new_position_of_pivot, PLAIN),
    ROW_ARRAY(new_pivot_of_position, PLAIN),
    ROW_ARRAY(new_diagonal, PLAIN),
    ROW_ARRAY(state, PLAIN),
    ROW_ARRAY(column_count, PLAIN),
    ROW_ARRAY(row_count, PLAIN),
    ROW_ARRAY(column_max, PLAIN),
    ROW_ARRAY(original_max, PLAIN),
    ROW_ARRAY(queue, PLAIN),
    ROW_ARRAY(tally, PLAIN),
    ROW_ARRAY(by_row.span, PLAIN),
    ROW_ARRAY(nucleus_position, PLAIN),
    ROW_ARRAY(nucleus_row, PLAIN),
    ROW_ARRAY(active_column.span, PLAIN),
    ROW_ARRAY(active_row.span, PLAIN),
    ROW_ARRAY(columns.head, PLUS_ONE),
    ROW_ARRAY(columns.next, PLAIN),
    ROW_ARRAY(columns.prev, PLAIN),
    ROW_ARRAY(rows.head, PLUS_ONE),
    ROW_ARRAY(rows.next, PLAIN),
    ROW_ARRAY(rows.prev, PLAIN),
    ROW_ARRAY(multiplier, PLAIN),
    ROW_ARRAY(raw_l_end, PLAIN),
    ROW_ARRAY(raw_u_end, PLAIN),
};
enum { NUM_ROW_ARRAYS = sizeof row_arrays / sizeof row_arrays[0] };

static void *load_pointer(const dca__lu *lu, size_t offset)
{
    void *block;
    memcpy(&block, (const char *)lu + offset, sizeof block);
    return block;
}

static void store_pointer(dca__lu *lu, size_t offset, void *block)
{
    memcpy((char *)lu + offset, &block, sizeof block);
}

static dca_nnz items(const dca__lu *lu, const row_array *array, dca_nnz capacity)
{
    switch (array->more) {
    case PLUS_ONE:
        return capacity + 1;
    case PLUS_UPDATES:
        return capacity + lu->update_room;
    default:
        return capacity;
    }
}

/* What is new is zero, as the marks and the work vectors must be. */
dca_status dca__lu_reserve_rows(dca__lu *lu, dca_index m)
{
    if (m <= lu->m_capacity) {
        return DCA_OK;
    }
    dca_nnz capacity = lu->m_capacity + lu->m_capacity / 4;
    if (capacity < m) {
        capacity = m;
    }
    for (int a = 0; a < NUM_ROW_ARRAYS; a++) {
        const row_array *array = &row_arrays[a];
        const dca_nnz old = lu->m_capacity < 0 ? 0 : items(lu, array, lu->m_capacity);
        const dca_nnz count = items(lu, array, capacity);
        char *block = dca__realloc(lu->env, load_pointer(lu, array->offset), count, array->size);
        if (block == NULL) {
            return DCA_E_NOMEM;
        }
        memset(block + (size_t)old * array->size, 0, (size_t)(count - old) * array->size);
        store_pointer(lu, array->offset, block);
    }
    lu->m_capacity = capacity;
    return DCA_OK;
}

dca_status dca__lu_reserve_entries(dca__lu *lu, dca__lu_entries *entries, dca_nnz need)
{
    dca_status status = DCA_RESERVE(lu->env, entries->index, entries->index_capacity, need);
    if (status == DCA_OK) {
        status = DCA_RESERVE(lu->env, entries->value, entries->value_capacity, need);
    }
    return status;
}

dca_status dca__lu_reserve_lines(dca__lu *lu, dca__lu_lines *lines, dca_nnz need, bool values)
{
    dca_status status = DCA_RESERVE(lu->env, lines->index, lines->index_capacity, need);
    if (status == DCA_OK && values) {
        status = DCA_RESERVE(lu->env, lines->value, lines->value_capacity, need);
    }
    return status;
}

dca_status dca__lu_repack_lines(dca__lu *lu, dca__lu_lines *lines, const dca_index *id, dca_index n,
                                dca_nnz extra, bool values)
{
    dca_nnz live = 0;
    for (dca_index t = 0; t < n; t++) {
        live += lines->span[id == NULL ? t : id[t]].length;
    }
    const dca_nnz capacity = 2 * live + extra + 16;
    dca_index *index = DCA_ARRAY(lu->env, dca_index, capacity);
    double *value = values ? DCA_ARRAY(lu->env, double, capacity) : NULL;
    if (index == NULL || (values && value == NULL)) {
        dca__free(lu->env, index);
        dca__free(lu->env, value);
        return DCA_E_NOMEM;
    }
    dca_nnz used = 0;
    for (dca_index t = 0; t < n; t++) {
        dca__lu_span *span = &lines->span[id == NULL ? t : id[t]];
        const size_t length = (size_t)span->length;
        if (length > 0) {
            memcpy(index + used, lines->index + span->start, length * sizeof *index);
            if (values) {
                memcpy(value + used, lines->value + span->start, length * sizeof *value);
            }
        }
        span->start = used;
        span->room = span->length;
        used += span->length;
    }
    dca__free(lu->env, lines->index);
    lines->index = index;
    lines->index_capacity = capacity;
    if (values) {
        dca__free(lu->env, lines->value);
        lines->value = value;
        lines->value_capacity = capacity;
    }
    lines->used = used;
    lu->work += live + n;
    return DCA_OK;
}

void dca__lu_move_line(dca__lu_lines *lines, dca_index i, dca_index room)
{
    dca__lu_span *span = &lines->span[i];
    const size_t length = (size_t)span->length;
    if (length > 0) {
        memcpy(lines->index + lines->used, lines->index + span->start,
               length * sizeof *lines->index);
        if (lines->value != NULL) {
            memcpy(lines->value + lines->used, lines->value + span->start,
                   length * sizeof *lines->value);
        }
    }
    span->start = lines->used;
    span->room = room;
    lines->used += room;
}

uint32_t dca__lu_next_epoch(dca__lu *lu)
{
    if (lu->epoch == UINT32_MAX) {
        memset(lu->mark, 0, (size_t)lu->m_capacity * sizeof *lu->mark);
        lu->epoch = 0;
    }
    return ++lu->epoch;
}

static void free_lines(dca__lu *lu, dca__lu_lines *lines)
{
    dca__free(lu->env, lines->index);
    dca__free(lu->env, lines->value);
}

static void free_entries(dca__lu *lu, dca__lu_entries *entries)
{
    dca__free(lu->env, entries->index);
    dca__free(lu->env, entries->value);
}

/* Room in the arrays by update; the largest so far is kept. What is new of eta_sum is zero. */
static dca_status reserve_updates(dca__lu *lu, int32_t need)
{
    const dca_nnz old = lu->eta_sum == NULL ? 0 : lu->update_room;
    if (lu->eta_sum != NULL && need <= lu->update_room) {
        return DCA_OK;
    }
    dca_index *row = dca__realloc(lu->env, lu->eta_row, need, sizeof *row);
    if (row == NULL) {
        return DCA_E_NOMEM;
    }
    lu->eta_row = row;
    dca_nnz *start = dca__realloc(lu->env, lu->eta_start, (dca_nnz)need + 1, sizeof *start);
    if (start == NULL) {
        return DCA_E_NOMEM;
    }
    lu->eta_start = start;
    if (lu->m_capacity >= 0) {
        dca_index *order = dca__realloc(lu->env, lu->order, lu->m_capacity + need, sizeof *order);
        if (order == NULL) {
            return DCA_E_NOMEM;
        }
        lu->order = order;
    }
    double *sum = dca__realloc(lu->env, lu->eta_sum, need, sizeof *sum);
    if (sum == NULL) {
        return DCA_E_NOMEM;
    }
    memset(sum + old, 0, (size_t)(need - old) * sizeof *sum);
    lu->eta_sum = sum;
    lu->update_room = need;
    return DCA_OK;
}

dca_status dca__lu_configure(dca__lu *lu, const dca__lu_settings *settings)
{
    const dca_status status = reserve_updates(lu, settings->max_updates);
    if (status == DCA_OK) {
        lu->settings = *settings;
    }
    return status;
}

dca_status dca__lu_new(dca_env *env, const dca__lu_settings *settings, dca__lu **out)
{
    dca__lu *lu = DCA_NEW(env, dca__lu);
    if (lu == NULL) {
        return DCA_E_NOMEM;
    }
    lu->env = env;
    lu->settings = *settings;
    lu->m_capacity = -1;
    lu->spike_count = -1;
    lu->unit_row = -1;
    if (reserve_updates(lu, settings->max_updates) != DCA_OK ||
        dca__lu_reserve_rows(lu, 0) != DCA_OK) {
        dca__lu_free(lu);
        return DCA_E_NOMEM;
    }
    lu->eta_start[0] = 0;
    *out = lu;
    return DCA_OK;
}

void dca__lu_free(dca__lu *lu)
{
    if (lu == NULL) {
        return;
    }
    dca__lu_lines *files[] = {&lu->l_column, &lu->l_row,         &lu->u_column,  &lu->u_row,
                              &lu->by_row,   &lu->active_column, &lu->active_row};
    for (size_t f = 0; f < sizeof files / sizeof files[0]; f++) {
        free_lines(lu, files[f]);
    }
    free_entries(lu, &lu->eta);
    free_entries(lu, &lu->own);
    free_entries(lu, &lu->raw_l);
    free_entries(lu, &lu->raw_u);
    for (int a = 0; a < NUM_ROW_ARRAYS; a++) {
        dca__free(lu->env, load_pointer(lu, row_arrays[a].offset));
    }
    dca__free(lu->env, lu->eta_row);
    dca__free(lu->env, lu->eta_start);
    dca__free(lu->env, lu->eta_sum);
    dca__free(lu->env, lu->eta_number);
    dca__free(lu->env, lu->eta_next);
    dca__free(lu->env, lu);
}

dca_index dca__lu_num_deficient(const dca__lu *lu)
{
    return lu->num_deficient;
}

void dca__lu_deficient(const dca__lu *lu, dca_index k, dca_index *position, dca_index *row)
{
    *position = lu->deficient_position[k];
    *row = lu->deficient_row[k];
}

dca_index dca__lu_num_updates(const dca__lu *lu)
{
    return lu->num_updates;
}

int64_t dca__lu_work(const dca__lu *lu)
{
    return lu->work;
}

void dca__lu_fill(const dca__lu *lu, dca_nnz *factor_entries, dca_nnz *basis_entries)
{
    *factor_entries = lu->l_entries + lu->u_entries + lu->m;
    *basis_entries = lu->basis_entries;
}

void dca__lu_set_control(dca__lu *lu, dca_control *control)
{
    lu->control = control;
}

void dca__lu_set_threshold(dca__lu *lu, double threshold)
{
    lu->settings.threshold = threshold;
}
