/* glpk_copy.c - see glpk_copy.h. */
#include "glpk_copy.h"
#include "dcalloc/env.h"

#include <string.h>

void *dca__glpk_grab(dca_env *env, dca_nnz count, size_t size)
{
    return dca_env_resize(env, NULL, ((size_t)count + 1) * size);
}

void dca__glpk_drop(dca_env *env, void *block)
{
    (void)dca_env_resize(env, block, 0);
}

void dca__glpk_copy_free(dca__glpk_copy *c)
{
    void *const blocks[] = {c->cost,  c->lower,  c->upper,    c->row_lower, c->row_upper,
                            c->start, c->length, c->index,    c->value,     c->status,
                            c->x,     c->y,      c->activity, c->ray};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++) {
        dca__glpk_drop(c->env, blocks[k]);
    }
}

/* ---- Load ------------------------------------------------------------------------------------------- */

static bool reserve(dca__glpk_copy *c, dca_nnz entries)
{
    dca_env *env = c->env;
    const dca_index m = c->num_rows;
    const dca_index n = c->num_columns;
    c->cost = dca__glpk_grab(env, n, sizeof *c->cost);
    c->lower = dca__glpk_grab(env, n, sizeof *c->lower);
    c->upper = dca__glpk_grab(env, n, sizeof *c->upper);
    c->row_lower = dca__glpk_grab(env, m, sizeof *c->row_lower);
    c->row_upper = dca__glpk_grab(env, m, sizeof *c->row_upper);
    c->start = dca__glpk_grab(env, n, sizeof *c->start);
    c->length = dca__glpk_grab(env, n, sizeof *c->length);
    c->index = dca__glpk_grab(env, entries, sizeof *c->index);
    c->value = dca__glpk_grab(env, entries, sizeof *c->value);
    c->status = dca__glpk_grab(env, (dca_nnz)m + n, sizeof *c->status);
    c->x = dca__glpk_grab(env, n, sizeof *c->x);
    c->y = dca__glpk_grab(env, m, sizeof *c->y);
    c->activity = dca__glpk_grab(env, m, sizeof *c->activity);
    c->ray = dca__glpk_grab(env, m > n ? m : n, sizeof *c->ray);
    return c->cost && c->lower && c->upper && c->row_lower && c->row_upper && c->start &&
           c->length && c->index && c->value && c->status && c->x && c->y && c->activity && c->ray;
}

/* Bounds that cross by no more than rounding reach a backend: they meet in the middle. */
static void put_bounds(double low, double high, double *lower, double *upper)
{
    *lower = low > high ? 0.5 * low + 0.5 * high : low;
    *upper = low > high ? *lower : high;
}

static void fill(dca__glpk_copy *c, const dca_problem *problem)
{
    dca_nnz used = 0;
    for (dca_index j = 0; j < c->num_columns; j++) {
        const dca_index count = problem->length[j];
        c->cost[j] = problem->cost[j];
        put_bounds(problem->lower[j], problem->upper[j], &c->lower[j], &c->upper[j]);
        c->start[j] = used;
        c->length[j] = count;
        for (dca_index k = 0; k < count; k++) {
            c->index[used + k] = problem->index[problem->start[j] + k];
            c->value[used + k] = problem->value[problem->start[j] + k];
        }
        used += count;
        c->status[j] = DCA_BASIS_LOWER;
    }
    c->start[c->num_columns] = used;
    for (dca_index i = 0; i < c->num_rows; i++) {
        put_bounds(problem->row_lower[i], problem->row_upper[i], &c->row_lower[i],
                   &c->row_upper[i]);
        c->status[c->num_columns + i] = DCA_BASIS_BASIC;
    }
}

dca_status dca__glpk_copy_load(dca__glpk_copy *c, const dca_problem *problem)
{
    dca__glpk_copy fresh = {
        .env = c->env, .num_rows = problem->num_rows, .num_columns = problem->num_columns};
    dca_nnz entries = 0;
    for (dca_index j = 0; j < problem->num_columns; j++) {
        entries += problem->length[j];
    }
    if (!reserve(&fresh, entries)) {
        dca__glpk_copy_free(&fresh);
        return DCA_E_NOMEM;
    }
    fill(&fresh, problem);
    dca__glpk_copy_free(c);
    *c = fresh;
    return DCA_OK;
}

/* ---- Edit ------------------------------------------------------------------------------------------- */

/* Where A[i, j] stands, or -1. */
static dca_nnz find_entry(const dca__glpk_copy *c, dca_index i, dca_index j)
{
    for (dca_nnz k = c->start[j]; k < c->start[j] + c->length[j]; k++) {
        if (c->index[k] == i) {
            return k;
        }
    }
    return -1;
}

static bool is_new(const dca__glpk_copy *c, const dca_edit *e)
{
    return e->kind == DCA_EDIT_COEFFICIENT && e->a != 0.0 && find_entry(c, e->index, e->other) < 0;
}

/* Room for `extra` entries behind the last column; nothing else changes. */
static dca_status widen(dca__glpk_copy *c, dca_nnz extra)
{
    const size_t room = (size_t)(c->start[c->num_columns] + extra) + 1;
    dca_index *index = dca_env_resize(c->env, c->index, room * sizeof *index);
    if (index == NULL) {
        return DCA_E_NOMEM;
    }
    c->index = index;
    double *value = dca_env_resize(c->env, c->value, room * sizeof *value);
    if (value == NULL) {
        return DCA_E_NOMEM;
    }
    c->value = value;
    return DCA_OK;
}

/* Room in each column for the entries that the batch makes; those made twice leave some unused. */
static dca_status make_room(dca__glpk_copy *c, const dca_edit *edits, dca_nnz n)
{
    dca_nnz extra = 0;
    for (dca_nnz k = 0; k < n; k++) {
        extra += is_new(c, &edits[k]);
    }
    if (extra == 0) {
        return DCA_OK;
    }
    dca_nnz *added = dca__glpk_grab(c->env, c->num_columns, sizeof *added);
    const dca_status status = added == NULL ? DCA_E_NOMEM : widen(c, extra);
    if (status == DCA_OK) {
        memset(added, 0, (size_t)c->num_columns * sizeof *added);
        for (dca_nnz k = 0; k < n; k++) {
            if (is_new(c, &edits[k])) {
                added[edits[k].other]++;
            }
        }
        dca_nnz shift = extra; /* of what comes behind column j */
        for (dca_index j = c->num_columns - 1; j >= 0; j--) {
            c->start[j + 1] += shift;
            shift -= added[j];
            const dca_nnz from = c->start[j];
            const size_t count = (size_t)c->length[j];
            memmove(c->index + from + shift, c->index + from, count * sizeof *c->index);
            memmove(c->value + from + shift, c->value + from, count * sizeof *c->value);
        }
    }
    dca__glpk_drop(c->env, added);
    return status;
}

static void put_entry(dca__glpk_copy *c, dca_index i, dca_index j, double a)
{
    dca_nnz at = find_entry(c, i, j);
    if (at < 0 && a == 0.0) {
        return;
    }
    if (at < 0) {
        at = c->start[j] + c->length[j]++;
        c->index[at] = i;
    }
    c->value[at] = a;
}

dca_status dca__glpk_copy_edit(dca__glpk_copy *c, const dca_edit *edits, dca_nnz n)
{
    const dca_status status = make_room(c, edits, n);
    if (status != DCA_OK) {
        return status;
    }
    for (dca_nnz k = 0; k < n; k++) {
        const dca_edit *e = &edits[k];
        const dca_index at = e->index;
        if (e->kind == DCA_EDIT_COST) {
            c->cost[at] = e->a;
        } else if (e->kind == DCA_EDIT_COLUMN_BOUNDS) {
            put_bounds(e->a, e->b, &c->lower[at], &c->upper[at]);
        } else if (e->kind == DCA_EDIT_ROW_BOUNDS) {
            put_bounds(e->a, e->b, &c->row_lower[at], &c->row_upper[at]);
        } else {
            put_entry(c, at, e->other, e->a);
        }
    }
    return DCA_OK;
}

void dca__glpk_copy_set_basis(dca__glpk_copy *c, const uint8_t *columns, const uint8_t *rows)
{
    const dca_index m = c->num_rows;
    const dca_index n = c->num_columns;
    dca_index basic = 0;
    for (dca_index k = 0; k < m + n; k++) {
        const uint8_t status = k < n ? columns[k] : rows[k - n];
        const bool stays = status == DCA_BASIS_BASIC && basic < m;
        basic += stays;
        c->status[k] = stays                       ? DCA_BASIS_BASIC
                       : status == DCA_BASIS_UPPER ? DCA_BASIS_UPPER
                                                   : DCA_BASIS_LOWER;
    }
    for (dca_index i = 0; i < m && basic < m; i++) {
        if (c->status[n + i] != DCA_BASIS_BASIC) {
            c->status[n + i] = DCA_BASIS_BASIC;
            basic++;
        }
    }
}

/* ---- Mend a basis ----------------------------------------------------------------------------------- */

enum { UNPAIRED = -1, SLACK = -2 };

/* A maximum matching of basic columns and rows by augmenting paths. */
typedef struct pairing {
    dca_index *owner;  /* [m] column paired with the row, UNPAIRED, or SLACK: its slack is basic */
    dca_index *seen;   /* [m] the search that saw the row last */
    dca_index *column; /* [m] of the path, by depth */
    dca_index *row;    /* [m] that the path goes to from it */
    dca_nnz *next;     /* [m] where to look on in the column */
} pairing;

static void pairing_free(dca_env *env, pairing *p)
{
    dca__glpk_drop(env, p->owner);
    dca__glpk_drop(env, p->seen);
    dca__glpk_drop(env, p->column);
    dca__glpk_drop(env, p->row);
    dca__glpk_drop(env, p->next);
}

static dca_status pairing_new(const dca__glpk_copy *c, pairing *out)
{
    pairing p;
    p.owner = dca__glpk_grab(c->env, c->num_rows, sizeof *p.owner);
    p.seen = dca__glpk_grab(c->env, c->num_rows, sizeof *p.seen);
    p.column = dca__glpk_grab(c->env, c->num_rows, sizeof *p.column);
    p.row = dca__glpk_grab(c->env, c->num_rows, sizeof *p.row);
    p.next = dca__glpk_grab(c->env, c->num_rows, sizeof *p.next);
    if (!p.owner || !p.seen || !p.column || !p.row || !p.next) {
        pairing_free(c->env, &p);
        return DCA_E_NOMEM;
    }
    for (dca_index i = 0; i < c->num_rows; i++) {
        p.owner[i] = c->status[c->num_columns + i] == DCA_BASIS_BASIC ? SLACK : UNPAIRED;
        p.seen[i] = -1;
    }
    *out = p;
    return DCA_OK;
}

/* Pair column j with an unpaired row as it stands. */
static bool pair_at_once(const dca__glpk_copy *c, pairing *p, dca_index j)
{
    for (dca_nnz k = c->start[j]; k < c->start[j] + c->length[j]; k++) {
        if (c->value[k] != 0.0 && p->owner[c->index[k]] == UNPAIRED) {
            p->owner[c->index[k]] = j;
            return true;
        }
    }
    return false;
}

/* Pair column j by moving others along a path; depth first. */
static bool pair_by_path(const dca__glpk_copy *c, pairing *p, dca_index j)
{
    dca_index depth = 0;
    p->column[0] = j;
    p->next[0] = c->start[j];
    while (depth >= 0) {
        const dca_index at = p->column[depth];
        if (p->next[depth] == c->start[at] + c->length[at]) {
            depth--;
            continue;
        }
        const dca_nnz k = p->next[depth]++;
        const dca_index i = c->index[k];
        if (c->value[k] == 0.0 || p->owner[i] == SLACK || p->seen[i] == j) {
            continue;
        }
        p->seen[i] = j;
        p->row[depth] = i;
        if (p->owner[i] == UNPAIRED) {
            for (; depth >= 0; depth--) {
                p->owner[p->row[depth]] = p->column[depth];
            }
            return true;
        }
        depth++;
        p->column[depth] = p->owner[i];
        p->next[depth] = c->start[p->owner[i]];
    }
    return false;
}

dca_status dca__glpk_copy_mend_basis(dca__glpk_copy *c)
{
    pairing p;
    const dca_status status = pairing_new(c, &p);
    if (status != DCA_OK) {
        return status;
    }
    enum { WAITING = 255 };
    for (dca_index j = 0; j < c->num_columns; j++) {
        if (c->status[j] == DCA_BASIS_BASIC && !pair_at_once(c, &p, j)) {
            c->status[j] = WAITING;
        }
    }
    for (dca_index j = 0; j < c->num_columns; j++) {
        if (c->status[j] == WAITING) {
            c->status[j] = pair_by_path(c, &p, j) ? DCA_BASIS_BASIC : DCA_BASIS_LOWER;
        }
    }
    for (dca_index i = 0; i < c->num_rows; i++) {
        if (p.owner[i] == UNPAIRED) {
            c->status[c->num_columns + i] = DCA_BASIS_BASIC;
        }
    }
    pairing_free(c->env, &p);
    return DCA_OK;
}
