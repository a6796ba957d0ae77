/* lp_edit.c - numeric edits, each written to the log that solvers follow.
 *
 * The log is a ring that grows until it holds as many edits as the LP has rows and columns (at least
 * 1024), then overwrites its oldest. Where the first block of it cannot be had, an edit counts as a
 * change of structure: solvers then load anew, and nothing is lost but time. */
#include "base/alloc.h"
#include "lp/lp.h"
#include "lp/lp_area.h"

#include <string.h>

/* Bit for bit: 0 and -0 differ. */
static bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static void grow_log(dca_lp *lp)
{
    enum { FIRST = 32, LEAST = 1024 };
    const dca_nnz size = (dca_nnz)lp->num_rows + lp->num_columns;
    const dca_nnz most = size > LEAST ? size : LEAST;
    if (lp->log_end != (uint64_t)lp->log_capacity || lp->log_capacity >= most) {
        return; /* only a ring that never wrapped can grow in place */
    }
    const dca_nnz doubled = lp->log_capacity == 0 ? FIRST : 2 * lp->log_capacity;
    const dca_nnz capacity = doubled < most ? doubled : most;
    dca_edit *fresh = dca__realloc(lp->env, lp->log, capacity, sizeof *fresh);
    if (fresh != NULL) {
        lp->log = fresh;
        lp->log_capacity = capacity;
    }
}

static void record(dca_lp *lp, dca_edit_kind kind, dca_index index, dca_index other, double a,
                   double b)
{
    lp->revision++;
    grow_log(lp);
    if (lp->log_capacity == 0) {
        lp->structure++;
        return;
    }
    dca_edit *edit = &lp->log[lp->log_end % (uint64_t)lp->log_capacity];
    edit->kind = (int32_t)kind;
    edit->index = index;
    edit->other = other;
    edit->a = a;
    edit->b = b;
    lp->log_end++;
}

void dca__lp_set_cost(dca_lp *lp, dca_index j, double cost)
{
    if (!same(lp->cost[j], cost)) {
        lp->cost[j] = cost;
        record(lp, DCA_EDIT_COST, j, -1, cost, 0.0);
    }
}

void dca__lp_set_column_bounds(dca_lp *lp, dca_index j, double lower, double upper)
{
    if (!same(lp->lower[j], lower) || !same(lp->upper[j], upper)) {
        lp->lower[j] = lower;
        lp->upper[j] = upper;
        record(lp, DCA_EDIT_COLUMN_BOUNDS, j, -1, lower, upper);
    }
}

void dca__lp_set_row_bounds(dca_lp *lp, dca_index i, double lower, double upper)
{
    if (!same(lp->row_lower[i], lower) || !same(lp->row_upper[i], upper)) {
        lp->row_lower[i] = lower;
        lp->row_upper[i] = upper;
        record(lp, DCA_EDIT_ROW_BOUNDS, i, -1, lower, upper);
    }
}

/* First place in column j whose row is not before i. */
static dca_nnz find_entry(const dca_lp *lp, dca_index i, dca_index j)
{
    dca_nnz low = lp->start[j];
    dca_nnz high = low + lp->length[j];
    while (low < high) {
        const dca_nnz middle = low + (high - low) / 2;
        if (lp->index[middle] < i) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

double dca__lp_coefficient(const dca_lp *lp, dca_index i, dca_index j)
{
    const dca_nnz at = find_entry(lp, i, j);
    return at < lp->start[j] + lp->length[j] && lp->index[at] == i ? lp->value[at] : 0.0;
}

static void remove_entry(dca_lp *lp, dca_index j, dca_nnz at)
{
    const size_t behind = (size_t)(lp->start[j] + lp->length[j] - at - 1);
    memmove(lp->index + at, lp->index + at + 1, behind * sizeof *lp->index);
    memmove(lp->value + at, lp->value + at + 1, behind * sizeof *lp->value);
    lp->length[j]--;
    lp->num_entries--;
}

static dca_status insert_entry(dca_lp *lp, dca_index i, dca_index j, double value)
{
    if (dca__area_widen(lp, j) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    const dca_nnz at = find_entry(lp, i, j);
    const size_t behind = (size_t)(lp->start[j] + lp->length[j] - at);
    memmove(lp->index + at + 1, lp->index + at, behind * sizeof *lp->index);
    memmove(lp->value + at + 1, lp->value + at, behind * sizeof *lp->value);
    lp->index[at] = i;
    lp->value[at] = value;
    lp->length[j]++;
    lp->num_entries++;
    return DCA_OK;
}

dca_status dca__lp_set_coefficient(dca_lp *lp, dca_index i, dca_index j, double value)
{
    const dca_nnz at = find_entry(lp, i, j);
    const bool present = at < lp->start[j] + lp->length[j] && lp->index[at] == i;
    if (present ? same(lp->value[at], value) : value == 0.0) {
        return DCA_OK;
    }
    if (!present && insert_entry(lp, i, j, value) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    if (present && value == 0.0) {
        remove_entry(lp, j, at);
    } else if (present) {
        lp->value[at] = value;
    }
    record(lp, DCA_EDIT_COEFFICIENT, i, j, value, 0.0);
    return DCA_OK;
}

dca_status dca__lp_set_coefficients(dca_lp *lp, dca_nnz n, const dca_index *rows,
                                    const dca_index *columns, const double *values)
{
    const uint64_t revision = lp->revision;
    double *before = DCA_ARRAY(lp->env, double, n);
    if (before == NULL) {
        return DCA_E_NOMEM;
    }
    dca_status status = DCA_OK;
    for (dca_nnz k = 0; k < n && status == DCA_OK; k++) {
        before[k] = dca__lp_coefficient(lp, rows[k], columns[k]);
        status = dca__lp_set_coefficient(lp, rows[k], columns[k], values[k]);
        while (status != DCA_OK && k-- > 0) { /* rooms do not shrink: undoing needs no memory */
            const dca_status undone = dca__lp_set_coefficient(lp, rows[k], columns[k], before[k]);
            status = undone == DCA_OK ? status : DCA_E_INTERNAL;
        }
        if (status != DCA_OK) {
            lp->revision = revision; /* the log tells of both ways: solvers end where they were */
            break;
        }
    }
    dca__free(lp->env, before);
    return status;
}

void dca__lp_set_integer(dca_lp *lp, dca_index j, bool integer)
{
    if ((lp->integer[j] != 0) != integer) {
        lp->integer[j] = integer;
        lp->num_integers += integer ? 1 : -1;
        lp->revision++;
    }
}

void dca__lp_set_sense(dca_lp *lp, dca_sense sense)
{
    if (lp->sense != sense) {
        lp->sense = sense;
        lp->revision++;
        lp->structure++;
    }
}

void dca__lp_set_offset(dca_lp *lp, double offset)
{
    if (!same(lp->offset, offset)) {
        lp->offset = offset;
        lp->revision++;
        lp->structure++;
    }
}

static dca_status set_text(dca_lp *lp, char **at, const char *text)
{
    char *copy = NULL;
    if (text != NULL) {
        copy = dca__strdup(lp->env, text);
        if (copy == NULL) {
            return DCA_E_NOMEM;
        }
    }
    dca__free(lp->env, *at);
    *at = copy;
    lp->revision++;
    return DCA_OK;
}

dca_status dca__lp_set_name(dca_lp *lp, const char *name)
{
    return set_text(lp, &lp->name, name);
}

dca_status dca__lp_set_objective_name(dca_lp *lp, const char *name)
{
    return set_text(lp, &lp->objective_name, name);
}

static dca_status set_slot(dca_lp *lp, dca__strtab *names, dca_index slot, const char *name)
{
    const dca_status status = dca__strtab_set(lp->env, names, slot, name);
    lp->revision += status == DCA_OK;
    lp->renamed += status == DCA_OK;
    return status;
}

dca_status dca__lp_set_row_name(dca_lp *lp, dca_index i, const char *name)
{
    return set_slot(lp, &lp->row_names, i, name);
}

dca_status dca__lp_set_column_name(dca_lp *lp, dca_index j, const char *name)
{
    return set_slot(lp, &lp->column_names, j, name);
}
