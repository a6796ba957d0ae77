/* presolve.c - the driver: reduce in passes, build what is left, undo.
 *
 * A pass looks at the rows and columns whose surroundings changed. Where that removes less than 1 %
 * of what is left, what looks at everything has its turn: dominated columns, duplicate rows,
 * parallel columns, implied free columns (these last, as they change the matrix). Passes end when
 * that removes less than 1 % as well, after MOST_PASSES, or when the work share is used up. */
#include "lp/presolve_state.h"

#include "base/alloc.h"
#include "base/env.h"
#include "lp/lp.h"

#include <string.h>

enum {
    MOST_PASSES = 25,
    MOST_WIDE = 256, /* columns a row: beyond, the simplex is done before the wide steps are */
    WORK_SHARE = 40  /* entries touched, per entry, row and column of the problem */
};

/* Less than this part removed over all is not worth a basis that must be postsolved. */
static const double WORTH = 0.01;

static dca_status set_up(dca__presolve *p)
{
    dca_env *env = p->env;
    const dca_problem *o = p->original;
    const dca_index m = o->num_rows;
    const dca_index n = o->num_columns;
    dca_nnz entries = 0;
    for (dca_index j = 0; j < n; j++) {
        entries += o->length[j];
    }
    p->row_start = DCA_ARRAY(env, dca_nnz, (dca_nnz)m + 1);
    p->row_length = DCA_ARRAY(env, dca_index, m);
    p->row_room = DCA_ARRAY(env, dca_index, m);
    p->row_index = DCA_ARRAY(env, dca_index, entries);
    p->row_value = DCA_ARRAY(env, double, entries);
    p->column_start = DCA_ARRAY(env, dca_nnz, n);
    p->column_length = DCA_ARRAY(env, dca_index, n);
    p->column_index = DCA_ARRAY(env, dca_index, entries);
    p->column_value = DCA_ARRAY(env, double, entries);
    p->column_twin = DCA_ARRAY(env, dca_index, entries);
    p->base_cost = DCA_ARRAY(env, double, n);
    p->cost = DCA_ARRAY(env, double, n);
    p->lower = DCA_ARRAY(env, double, n);
    p->upper = DCA_ARRAY(env, double, n);
    p->row_lower = DCA_ARRAY(env, double, m);
    p->row_upper = DCA_ARRAY(env, double, m);
    p->price_shift = DCA_ZEROS(env, double, m);
    p->price_terms = DCA_ZEROS(env, double, m);
    p->activity = DCA_ARRAY(env, dca__activity, m);
    p->row_watch = DCA_ZEROS(env, dca_index, m);
    p->column_room = DCA_ARRAY(env, dca_index, n);
    p->mark = DCA_ZEROS(env, dca_index, m > n ? m : n);
    p->cost_terms = DCA_ARRAY(env, double, n);
    p->row_count = DCA_ZEROS(env, dca_index, m);
    p->column_count = DCA_ZEROS(env, dca_index, n);
    p->row_time = DCA_ARRAY(env, dca_index, m);
    p->column_time = DCA_ARRAY(env, dca_index, n);
    p->row_dirty = DCA_ARRAY(env, uint8_t, m);
    p->column_dirty = DCA_ARRAY(env, uint8_t, n);
    if (p->row_length == NULL || p->row_room == NULL || p->column_start == NULL ||
        p->column_length == NULL || p->column_index == NULL || p->column_value == NULL ||
        p->base_cost == NULL || p->row_start == NULL || p->row_index == NULL ||
        p->row_value == NULL || p->cost == NULL || p->lower == NULL || p->upper == NULL ||
        p->row_lower == NULL || p->row_upper == NULL || p->price_shift == NULL ||
        p->price_terms == NULL || p->cost_terms == NULL || p->row_count == NULL ||
        p->column_count == NULL || p->row_time == NULL || p->column_time == NULL ||
        p->row_dirty == NULL || p->column_dirty == NULL || p->column_twin == NULL ||
        p->activity == NULL || p->row_watch == NULL || p->column_room == NULL || p->mark == NULL) {
        return DCA_E_NOMEM;
    }
    dca__lp_transpose(o, p->row_start, p->row_index, p->row_value);
    p->row_used = p->row_index_capacity = p->row_value_capacity = entries;
    p->column_used = p->column_index_capacity = entries;
    p->column_value_capacity = p->column_twin_capacity = entries;
    memset(p->row_length, 0, (size_t)m * sizeof *p->row_length);
    dca_nnz used = 0;
    for (dca_index j = 0; j < n; j++) {
        p->column_start[j] = used;
        p->column_length[j] = o->length[j];
        p->column_room[j] = o->length[j];
        memcpy(p->column_index + used, o->index + o->start[j],
               (size_t)o->length[j] * sizeof *p->column_index);
        memcpy(p->column_value + used, o->value + o->start[j],
               (size_t)o->length[j] * sizeof *p->column_value);
        for (dca_index k = 0; k < o->length[j]; k++) { /* rows were filled column by column */
            const dca_index i = p->column_index[used + k];
            const dca_index counts = p->column_value[used + k] != 0.0 ? 1 : 0;
            p->column_twin[used + k] = p->row_length[i]++;
            p->row_count[i] += counts;
            p->column_count[j] += counts;
        }
        used += o->length[j];
        p->base_cost[j] = o->cost[j];
        p->cost[j] = o->cost[j];
        p->cost_terms[j] = fabs(o->cost[j]);
        p->lower[j] = o->lower[j];
        p->upper[j] = o->upper[j];
        p->column_time[j] = DCA__THERE;
        p->column_dirty[j] = 1;
    }
    for (dca_index i = 0; i < m; i++) {
        p->row_lower[i] = o->row_lower[i];
        p->row_upper[i] = o->row_upper[i];
        p->row_room[i] = p->row_length[i];
        p->row_time[i] = DCA__THERE;
        dca__presolve_touch(p, i);
    }
    p->offset = o->offset;
    p->contradiction = -1;
    p->rows_left = m;
    p->columns_left = n;
    p->work = 2 * entries;
    return DCA_OK;
}

/* ---- Reduce ------------------------------------------------------------------------------------------ */

static dca_status pass_rows(dca__presolve *p)
{
    for (dca_index i = 0; i < p->original->num_rows && !dca__presolve_leave(p); i++) {
        if ((p->row_dirty[i] & DCA__LOOK) != 0 && dca__row_there(p, i)) {
            p->row_dirty[i] &= (uint8_t)~DCA__LOOK;
            const dca_status status = dca__presolve_row(p, i);
            if (status != DCA_OK) {
                return status;
            }
        }
    }
    return DCA_OK;
}

static dca_status pass_columns(dca__presolve *p)
{
    for (dca_index j = 0; j < p->original->num_columns && !dca__presolve_leave(p); j++) {
        if (!p->column_dirty[j] || !dca__column_there(p, j)) {
            continue;
        }
        p->column_dirty[j] = 0;
        bool removed;
        dca_status status = dca__presolve_fixed_column(p, j, &removed);
        if (status == DCA_OK && !removed && !p->undecided && p->column_count[j] == 1) {
            status = dca__presolve_singleton_column(p, j, &removed);
        }
        if (status == DCA_OK && !removed && !p->undecided) {
            status = dca__presolve_tight_row(p, j);
        }
        if (status != DCA_OK) {
            return status;
        }
    }
    return DCA_OK;
}

static dca_status pass_implied(dca__presolve *p)
{
    dca_status status = DCA_OK;
    for (dca_index i = 0; i < p->original->num_rows && status == DCA_OK && !dca__presolve_leave(p);
         i++) {
        if (dca__row_there(p, i)) {
            status = dca__presolve_implied_column(p, i);
        }
    }
    return status;
}

/* What looks at everything, in order of cost; only when rows and columns by themselves are done. */
static dca_status (*const WIDE_STEPS[])(dca__presolve *) = {
    dca__presolve_dominated, dca__presolve_duplicate_rows, dca__presolve_implied_rows,
    dca__presolve_parallel_columns, pass_implied};

static bool is_slow(const dca__presolve *p, dca_index before)
{
    return (double)(before - p->rows_left - p->columns_left) < WORTH * before;
}

static dca_status reduce(dca__presolve *p)
{
    enum { STEPS = sizeof WIDE_STEPS / sizeof WIDE_STEPS[0] };
    dca_status status = DCA_OK;
    for (int pass = 0; pass < MOST_PASSES && status == DCA_OK && !dca__presolve_leave(p); pass++) {
        const dca_index before = p->rows_left + p->columns_left;
        status = pass_rows(p);
        if (status == DCA_OK && !dca__presolve_leave(p)) {
            status = pass_columns(p);
        }
        if (!is_slow(p, before)) {
            continue;
        }
        if (p->columns_left / MOST_WIDE > p->rows_left) {
            break;
        }
        for (int k = 0; k < STEPS && status == DCA_OK && !dca__presolve_leave(p); k++) {
            status = WIDE_STEPS[k](p);
        }
        if (is_slow(p, before)) {
            break;
        }
    }
    return status;
}

/* ---- What is left ------------------------------------------------------------------------------------- */

static dca_status allocate_reduced(dca__presolve *p, dca_nnz entries)
{
    dca_env *env = p->env;
    const dca_nnz m = p->rows_left;
    const dca_nnz n = p->columns_left;
    p->reduced_values = DCA_ARRAY(env, double, 3 * n + 2 * m + entries);
    p->reduced_start = DCA_ARRAY(env, dca_nnz, n);
    p->reduced_length = DCA_ARRAY(env, dca_index, n);
    p->reduced_index = DCA_ARRAY(env, dca_index, entries);
    p->row_map = DCA_ARRAY(env, dca_index, m);
    p->column_map = DCA_ARRAY(env, dca_index, n);
    return p->reduced_values == NULL || p->reduced_start == NULL || p->reduced_length == NULL ||
                   p->reduced_index == NULL || p->row_map == NULL || p->column_map == NULL
               ? DCA_E_NOMEM
               : DCA_OK;
}

/* new_row [m of the original] is workspace: original -> reduced. */
static void fill_reduced(dca__presolve *p, dca_index *new_row)
{
    const dca_problem *o = p->original;
    const dca_index m = p->rows_left;
    const dca_index n = p->columns_left;
    double *cost = p->reduced_values;
    double *lower = cost + n;
    double *upper = lower + n;
    double *row_lower = upper + n;
    double *row_upper = row_lower + m;
    double *value = row_upper + m;
    dca_index i_new = 0;
    for (dca_index i = 0; i < o->num_rows; i++) {
        if (dca__row_there(p, i)) {
            row_lower[i_new] = p->row_lower[i];
            row_upper[i_new] = p->row_upper[i];
            p->row_map[i_new] = i;
            new_row[i] = i_new++;
        }
    }
    dca_index j_new = 0;
    dca_nnz used = 0;
    for (dca_index j = 0; j < o->num_columns; j++) {
        if (!dca__column_there(p, j)) {
            continue;
        }
        cost[j_new] = p->cost[j];
        lower[j_new] = p->lower[j];
        upper[j_new] = p->upper[j];
        p->column_map[j_new] = j;
        p->reduced_start[j_new] = used;
        const dca_nnz end = dca__column_end(p, j);
        for (dca_nnz k = p->column_start[j]; k < end; k++) {
            if (dca__row_there(p, p->column_index[k]) && p->column_value[k] != 0.0) {
                p->reduced_index[used] = new_row[p->column_index[k]];
                value[used++] = p->column_value[k];
            }
        }
        p->reduced_length[j_new] = (dca_index)(used - p->reduced_start[j_new]);
        j_new++;
    }
    p->reduced = (dca_problem){sizeof p->reduced,
                               m,
                               n,
                               p->offset,
                               cost,
                               lower,
                               upper,
                               row_lower,
                               row_upper,
                               p->reduced_start,
                               p->reduced_length,
                               p->reduced_index,
                               value};
}

static dca_status build_reduced(dca__presolve *p)
{
    dca_nnz entries = 0;
    for (dca_index j = 0; j < p->original->num_columns; j++) {
        entries += dca__column_there(p, j) ? p->column_count[j] : 0;
    }
    dca_index *new_row = DCA_ARRAY(p->env, dca_index, p->original->num_rows);
    const dca_status status = new_row == NULL ? DCA_E_NOMEM : allocate_reduced(p, entries);
    if (status == DCA_OK) {
        fill_reduced(p, new_row);
    }
    dca__free(p->env, new_row);
    return status;
}

/* ---- The object --------------------------------------------------------------------------------------- */

dca_status dca__presolve_new(dca_env *env, const dca_problem *problem, dca_control *control,
                             dca__presolve **out, dca__presolve_verdict *verdict)
{
    dca__presolve *p = DCA_NEW(env, dca__presolve);
    if (p == NULL) {
        return DCA_E_NOMEM;
    }
    p->env = dca__env_retain(env);
    p->original = problem;
    dca_status status = set_up(p);
    p->control = control;
    if (status == DCA_OK) {
        p->work_limit = WORK_SHARE * (p->work + problem->num_rows + problem->num_columns);
        status = reduce(p);
        (void)dca__control_poll(control, p->work - p->work_told); /* told; who loads asks */
    }
    *verdict = DCA__PRESOLVE_NOTHING;
    if (status == DCA_OK) {
        const double removed = (double)problem->num_rows - p->rows_left +
                               (double)problem->num_columns - p->columns_left;
        const double all = (double)problem->num_rows + problem->num_columns;
        if (p->stop != DCA__GO) {
            *verdict = DCA__PRESOLVE_STOPPED;
        } else if (p->undecided) {
            *verdict =
                p->contradiction >= 0 ? DCA__PRESOLVE_CONTRADICTION : DCA__PRESOLVE_UNDECIDED;
        } else if (removed >= WORTH * all && removed > 0.0) {
            *verdict = DCA__PRESOLVE_REDUCED;
            status = build_reduced(p);
        }
    }
    if (status != DCA_OK) {
        dca__presolve_free(p);
        return status;
    }
    *out = p;
    return DCA_OK;
}

void dca__presolve_free(dca__presolve *p)
{
    if (p == NULL) {
        return;
    }
    dca_env *env = p->env;
    dca__free(env, p->row_start);
    dca__free(env, p->row_length);
    dca__free(env, p->row_room);
    dca__free(env, p->column_start);
    dca__free(env, p->column_length);
    dca__free(env, p->column_index);
    dca__free(env, p->column_value);
    dca__free(env, p->column_twin);
    dca__free(env, p->base_cost);
    dca__free(env, p->row_index);
    dca__free(env, p->row_value);
    dca__free(env, p->cost);
    dca__free(env, p->lower);
    dca__free(env, p->upper);
    dca__free(env, p->row_lower);
    dca__free(env, p->row_upper);
    dca__free(env, p->price_shift);
    dca__free(env, p->price_terms);
    dca__free(env, p->activity);
    dca__free(env, p->row_watch);
    dca__free(env, p->column_room);
    dca__free(env, p->mark);
    dca__free(env, p->cost_terms);
    dca__free(env, p->row_count);
    dca__free(env, p->column_count);
    dca__free(env, p->row_time);
    dca__free(env, p->column_time);
    dca__free(env, p->row_dirty);
    dca__free(env, p->column_dirty);
    dca__free(env, p->record);
    dca__free(env, p->reduced_values);
    dca__free(env, p->reduced_start);
    dca__free(env, p->reduced_length);
    dca__free(env, p->reduced_index);
    dca__free(env, p->row_map);
    dca__free(env, p->column_map);
    dca__free(env, p);
    dca__env_release(env);
}

const dca_problem *dca__presolve_problem(const dca__presolve *p)
{
    return &p->reduced;
}

int64_t dca__presolve_work(const dca__presolve *p)
{
    return p->work;
}

/* ---- The way back ------------------------------------------------------------------------------------- */

static void undo_one(dca__presolve *p, dca_nnz t, dca__point *full)
{
    const dca__record *r = &p->record[t];
    switch ((dca__reduction)r->kind) {
    case DCA__REDUCED_ROW:
        full->row_status[r->row] = DCA_BASIS_BASIC;
        break;
    case DCA__REDUCED_FIXED:
        dca__presolve_undo_fixed(r, full);
        break;
    case DCA__REDUCED_SINGLETON:
        dca__presolve_undo_singleton_row(p, r, full);
        break;
    case DCA__REDUCED_FORCING:
        dca__presolve_undo_forcing(p, r, t, full);
        break;
    case DCA__REDUCED_FREE:
        dca__presolve_undo_free(p, r, t, full);
        break;
    case DCA__REDUCED_SLACK:
        dca__presolve_undo_slack(p, r, t, full);
        break;
    case DCA__REDUCED_DUPLICATE:
        dca__presolve_undo_duplicate(r, full);
        break;
    case DCA__REDUCED_DOUBLETON:
        dca__presolve_undo_doubleton(p, r, full);
        break;
    case DCA__REDUCED_PRESSED:
        dca__presolve_undo_pressed(p, r, t, full);
        break;
    case DCA__REDUCED_IMPLIED:
        dca__presolve_undo_implied(p, r, t, full);
        break;
    case DCA__REDUCED_PARALLEL:
        dca__presolve_undo_parallel(r, full);
        break;
    case DCA__REDUCED_TIGHT:
        dca__presolve_undo_tight(r, full);
        break;
    case DCA__NUM_REDUCTIONS:
        break;
    }
}

void dca__presolve_undo_records(dca__presolve *p, dca__point *full)
{
    for (dca_nnz t = p->num_records - 1; t >= 0; t--) {
        undo_one(p, t, full);
    }
}

void dca__presolve_undo(dca__presolve *p, const dca__point *reduced, dca__point *full)
{
    const dca_problem *o = p->original;
    memset(full->x, 0, (size_t)o->num_columns * sizeof *full->x);
    for (dca_index i = 0; i < o->num_rows; i++) {
        full->y[i] = p->price_shift[i];
    }
    for (dca_index i = 0; i < p->rows_left; i++) {
        const dca_index row = p->row_map[i];
        const double shift = p->price_shift[row];
        full->y[row] = dca__presolve_difference(shift + reduced->y[i], p->price_terms[row]);
        full->row_status[row] = reduced->row_status[i];
    }
    for (dca_index j = 0; j < p->columns_left; j++) {
        full->x[p->column_map[j]] = reduced->x[j];
        full->column_status[p->column_map[j]] = reduced->column_status[j];
    }
    dca__presolve_undo_records(p, full);
}
