/* conflict_part.c - the part of an LP that a conflict is looked for in. */
#include "explain/conflict_part.h"

#include "base/alloc.h"
#include "base/err.h"
#include "lp/verify.h"
#include "lp/verify_sum.h"

#include <math.h>

/* A multiplier this small against the terms that it stands with is tried by deletion. */
static const double FAINT = 1e-7;

/* The bound that a side of the question's LP stands for. */
static double bound_of(const dca_lp *lp, dca_nnz side)
{
    const dca_nnz k = side / 2;
    const bool upper = side % 2 != 0;
    if (k < lp->num_columns) {
        return upper ? lp->upper[k] : lp->lower[k];
    }
    return upper ? lp->row_upper[k - lp->num_columns] : lp->row_lower[k - lp->num_columns];
}

dca_nnz dca__conflict_group(const dca__conflict_question *ask, dca_nnz side)
{
    if (isinf(bound_of(ask->lp, side))) {
        return DCA__CONFLICT_NEVER;
    }
    return ask->group == NULL ? side : ask->group[side];
}

/* Is a side of the question's LP in force? */
static bool is_on(const dca__conflict_question *ask, const uint8_t *in_force, dca_nnz side)
{
    const dca_nnz g = dca__conflict_group(ask, side);
    return g == DCA__CONFLICT_ALWAYS || (g >= 0 && in_force[g] != 0);
}

/* ---- Build ------------------------------------------------------------------------------------------- */

/* Side of the question's LP that side s of the part is. */
static dca_nnz outer_side(const dca__conflict_part *part, dca_nnz s)
{
    const dca_nnz k = s / 2;
    const dca_nnz n = part->lp->num_columns;
    const dca_nnz outer =
        k < n ? part->column[k] : (dca_nnz)part->ask->lp->num_columns + part->row[k - n];
    return 2 * outer + s % 2;
}

/* Rows with a side in force; new_row [num_rows] says where they went, -1: nowhere. */
static dca_status add_rows(dca__conflict_part *part, const uint8_t *in_force, dca_index *new_row,
                           dca_error *err)
{
    const dca_lp *from = part->ask->lp;
    const dca_nnz first = 2 * (dca_nnz)from->num_columns;
    dca_index count = 0;
    for (dca_index i = 0; i < from->num_rows; i++) {
        const dca_nnz side = first + 2 * (dca_nnz)i;
        const bool there = is_on(part->ask, in_force, side) || is_on(part->ask, in_force, side + 1);
        new_row[i] = there ? count : -1;
        count += there;
    }
    part->row = DCA_ARRAY(part->env, dca_index, count);
    if (part->row == NULL) {
        return dca__fail_nomem(err);
    }
    for (dca_index i = 0; i < from->num_rows; i++) {
        if (new_row[i] >= 0) {
            part->row[new_row[i]] = i;
        }
    }
    const dca_lp_rows rows = {.struct_size = sizeof rows, .n = count};
    return dca__lp_add_rows(part->lp, &rows, err);
}

/* Columns with entries in those rows. */
static dca_status add_columns(dca__conflict_part *part, const dca_index *new_row, dca_error *err)
{
    dca_env *env = part->env;
    const dca_lp *from = part->ask->lp;
    dca_nnz *start = DCA_ARRAY(env, dca_nnz, (dca_nnz)from->num_columns + 1);
    dca_index *index = DCA_ARRAY(env, dca_index, from->num_entries);
    double *value = DCA_ARRAY(env, double, from->num_entries);
    part->column = DCA_ARRAY(env, dca_index, from->num_columns);
    dca_status status;
    if (start == NULL || index == NULL || value == NULL || part->column == NULL) {
        status = dca__fail_nomem(err);
        goto done;
    }
    dca_index count = 0;
    dca_nnz used = 0;
    for (dca_index j = 0; j < from->num_columns; j++) {
        start[count] = used;
        for (dca_nnz e = from->start[j]; e < from->start[j] + from->length[j]; e++) {
            if (new_row[from->index[e]] >= 0) {
                index[used] = new_row[from->index[e]];
                value[used++] = from->value[e];
            }
        }
        if (used > start[count]) {
            part->column[count++] = j;
        }
    }
    start[count] = used;
    static const double infinite[] = {-INFINITY, INFINITY};
    const dca_lp_columns columns = {.struct_size = sizeof columns,
                                    .n = count,
                                    .lower = {&infinite[0], 0},
                                    .upper = {&infinite[1], 0},
                                    .entries = {start, index, value}};
    status = dca__lp_add_columns(part->lp, &columns, err);
done:
    dca__free(env, value);
    dca__free(env, index);
    dca__free(env, start);
    return status;
}

/* Lists of the part's sides by group, by counting. */
static dca_status list_groups(dca__conflict_part *part, dca_error *err)
{
    const dca_nnz groups = part->ask->num_groups;
    const dca_nnz sides = 2 * ((dca_nnz)part->lp->num_columns + part->lp->num_rows);
    part->start = DCA_ZEROS(part->env, dca_nnz, groups + 2);
    part->side = DCA_ARRAY(part->env, dca_nnz, sides);
    if (part->start == NULL || part->side == NULL) {
        return dca__fail_nomem(err);
    }
    for (dca_nnz s = 0; s < sides; s++) {
        const dca_nnz g = dca__conflict_group(part->ask, outer_side(part, s));
        part->start[g >= 0 ? g + 2 : 0] += g >= 0;
    }
    for (dca_nnz g = 2; g <= groups + 1; g++) {
        part->start[g] += part->start[g - 1];
    }
    for (dca_nnz s = 0; s < sides; s++) {
        const dca_nnz g = dca__conflict_group(part->ask, outer_side(part, s));
        if (g >= 0) {
            part->side[part->start[g + 1]++] = s;
        }
    }
    return DCA_OK;
}

static void switch_side(dca__conflict_part *part, dca_nnz s, bool on)
{
    dca_lp *lp = part->lp;
    const bool upper = s % 2 != 0;
    const double bound = on      ? bound_of(part->ask->lp, outer_side(part, s))
                         : upper ? INFINITY
                                 : -INFINITY;
    const dca_nnz k = s / 2;
    if (k < lp->num_columns) {
        const dca_index j = (dca_index)k;
        dca__lp_set_column_bounds(lp, j, upper ? lp->lower[j] : bound,
                                  upper ? bound : lp->upper[j]);
    } else {
        const dca_index i = (dca_index)(k - lp->num_columns);
        dca__lp_set_row_bounds(lp, i, upper ? lp->row_lower[i] : bound,
                               upper ? bound : lp->row_upper[i]);
    }
}

dca_status dca__conflict_part_new(dca_env *env, const dca__conflict_question *ask,
                                  const uint8_t *in_force, dca__conflict_part *out, dca_error *err)
{
    dca__conflict_part part = {.env = env, .ask = ask};
    dca_index *new_row = DCA_ARRAY(env, dca_index, ask->lp->num_rows);
    dca_status status = DCA_E_NOMEM;
    if (new_row == NULL || dca__lp_new(env, &part.lp) != DCA_OK ||
        dca__pipeline_new(env, &part.pipeline) != DCA_OK) {
        status = dca__fail_nomem(err);
        goto done;
    }
    status = add_rows(&part, in_force, new_row, err);
    if (status == DCA_OK) {
        status = add_columns(&part, new_row, err);
    }
    if (status == DCA_OK) {
        status = list_groups(&part, err);
    }
    if (status == DCA_OK) {
        const dca_nnz sides = 2 * ((dca_nnz)part.lp->num_columns + part.lp->num_rows);
        for (dca_nnz s = 0; s < sides; s++) {
            if (is_on(ask, in_force, outer_side(&part, s))) {
                switch_side(&part, s, true);
            }
        }
    }
done:
    dca__free(env, new_row);
    if (status != DCA_OK) {
        dca__conflict_part_free(&part);
        return status;
    }
    *out = part;
    return DCA_OK;
}

void dca__conflict_part_free(dca__conflict_part *part)
{
    dca__pipeline_free(part->pipeline);
    if (part->lp != NULL) {
        dca__lp_release(part->lp);
    }
    dca__free(part->env, part->column);
    dca__free(part->env, part->row);
    dca__free(part->env, part->start);
    dca__free(part->env, part->side);
    *part = (dca__conflict_part){.env = part->env, .ask = part->ask};
}

void dca__conflict_part_switch(dca__conflict_part *part, dca_nnz group, bool on)
{
    for (dca_nnz e = part->start[group]; e < part->start[group + 1]; e++) {
        switch_side(part, part->side[e], on);
    }
}

/* ---- What multipliers use ------------------------------------------------------------------------------ */

static void mark(const dca__conflict_question *ask, dca_nnz outer, bool clear, uint8_t *used)
{
    const dca_nnz g = dca__conflict_group(ask, outer);
    if (g >= 0 && used[g] != DCA__CONFLICT_CLEAR) {
        used[g] = clear ? DCA__CONFLICT_CLEAR : DCA__CONFLICT_FAINT;
    }
}

/* The columns' part: marks those with z_j != 0, and clear[i] where row i matters to some column. */
static bool support_of_columns(const dca__conflict_question *ask, const dca_lp *lp,
                               const dca_index *column, const double *y, uint8_t *clear,
                               uint8_t *used)
{
    const dca_problem view = {.num_rows = lp->num_rows,
                              .num_columns = lp->num_columns,
                              .start = lp->start,
                              .length = lp->length,
                              .index = lp->index,
                              .value = lp->value};
    for (dca_index j = 0; j < lp->num_columns; j++) {
        const dca__sum z = dca__sum_column(&view, j, y);
        const double value = dca__dd_value(z.total);
        for (dca_nnz e = lp->start[j]; e < lp->start[j] + lp->length[j]; e++) {
            clear[lp->index[e]] |= fabs(lp->value[e] * y[lp->index[e]]) > FAINT * z.magnitude;
        }
        if (fabs(value) <= DCA_CLAIM_NOISE * z.magnitude) {
            continue;
        }
        if (isinf(value > 0.0 ? lp->upper[j] : lp->lower[j])) {
            return false;
        }
        mark(ask, 2 * (dca_nnz)(column == NULL ? j : column[j]) + (value > 0.0),
             fabs(value) > FAINT * z.magnitude, used);
    }
    return true;
}

/* column, row: of the question's LP; NULL: lp is the question's LP itself. */
static dca_status support(const dca__conflict_question *ask, const dca_lp *lp,
                          const dca_index *column, const dca_index *row, const double *y,
                          uint8_t *used, bool *sound)
{
    const dca_nnz n = ask->lp->num_columns;
    uint8_t *clear = DCA_ZEROS(lp->env, uint8_t, lp->num_rows);
    if (clear == NULL) {
        return DCA_E_NOMEM;
    }
    *sound = support_of_columns(ask, lp, column, y, clear, used);
    for (dca_index i = 0; i < lp->num_rows; i++) {
        if (y[i] != 0.0) {
            mark(ask, 2 * (n + (row == NULL ? i : row[i])) + (y[i] < 0.0), clear[i] != 0, used);
        }
    }
    dca__free(lp->env, clear);
    return DCA_OK;
}

dca_status dca__conflict_part_support(const dca__conflict_part *part, const double *y,
                                      uint8_t *used, bool *sound)
{
    return support(part->ask, part->lp, part->column, part->row, y, used, sound);
}

dca_status dca__conflict_support(const dca__conflict_question *ask, const double *y, uint8_t *used,
                                 bool *sound)
{
    return support(ask, ask->lp, NULL, NULL, y, used, sound);
}

bool dca__conflict_part_unique(const dca__conflict_part *part, const uint8_t *column_status,
                               const uint8_t *row_status)
{
    const dca_lp *lp = part->lp;
    dca_index bounded = 0;
    for (dca_index j = 0; j < lp->num_columns; j++) {
        bounded +=
            column_status[j] == DCA_BASIS_BASIC && !(isinf(lp->lower[j]) && isinf(lp->upper[j]));
    }
    for (dca_index i = 0; i < lp->num_rows; i++) {
        bounded += row_status[i] == DCA_BASIS_BASIC &&
                   !(isinf(lp->row_lower[i]) && isinf(lp->row_upper[i]));
    }
    return bounded == 1;
}
