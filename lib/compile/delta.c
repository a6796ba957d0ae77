/* delta.c - the journal of a model turned into edits of its LP.
 *
 * Counts, capacities, limits, amounts, ceilings, the current allocation and everything that only the
 * objective sees are patched in place: O(1) each for bounds, O(entries) once per batch for costs and,
 * when a capacity changed, for what fits. An edit that adds or removes a row (a limit set for the first
 * time or lifted, an amount from or to infinite) asks for a new compilation. */
#include "compile/compile.h"

#include "base/err.h"

#include <math.h>

typedef struct patch {
    const dca_model *model;
    dca__compiled *compiled;
    bool anew;   /* cannot be patched */
    bool values; /* amounts changed: offsets of value terms */
    bool costs;  /* some cost or offset changed */
    bool fits;   /* some placement may fit now that did not, or the reverse */
    bool idle;   /* watts of nodes always on changed */
    dca_status status;
} patch;

static void set_coefficient(patch *p, dca_index i, dca_index j, double value)
{
    if (p->status == DCA_OK && i >= 0 && j >= 0) {
        p->status = dca__lp_set_coefficient(p->compiled->lp, i, j, value);
    }
}

static void set_row(patch *p, dca_index i)
{
    double lower;
    double upper;
    dca__compile_row_bounds(p->model, p->compiled, &p->compiled->map.row[i], &lower, &upper);
    dca__lp_set_row_bounds(p->compiled->lp, i, lower, upper);
}

/* A limit with row i changed: its own bounds, and the rows of terms about it. */
static void set_limit(patch *p, dca_index i)
{
    const dca__map *map = &p->compiled->map;
    set_row(p, i);
    for (dca_index u = map->first_repeat[i]; u >= 0; u = map->next_repeat[u]) {
        const dca__key *row = &map->row[u];
        set_row(p, u);
        const double limit = dca__map_limit_value(p->model, &map->row[i]);
        const double value =
            row->kind == DCA__ROW_SHARE ? p->model->demands[row->b].weight * limit : -limit;
        set_coefficient(p, u, map->term_column[row->a], value);
    }
}

static void change_pool(patch *p, dca_index pool, dca_index resource)
{
    const dca_model *model = p->model;
    const dca__map *map = &p->compiled->map;
    const dca_index *rows = map->pool_row + (dca_nnz)pool * map->num_resources;
    const dca__pool *at = &model->pools[pool];
    for (dca_index r = 0; r < map->num_resources; r++) {
        const double capacity = model->capacity[(dca_nnz)pool * model->stride + r];
        if (r == DCA_POWER && (rows[r] >= 0) != (capacity > 0.0)) {
            p->anew = true; /* the pool's power is limited now, or no longer */
            return;
        }
        if (rows[r] >= 0 && (resource < 0 || resource == r)) {
            set_limit(p, rows[r]);
            if (resource == r && map->nodes[pool] >= 0) {
                set_coefficient(p, rows[r], map->nodes[pool],
                                (r == DCA_POWER ? at->idle_watts : 0.0) - capacity);
            }
        }
    }
    p->fits = true; /* also: a pool without nodes takes nothing */
    if (resource < 0 && map->nodes[pool] >= 0) {
        dca__lp_set_column_bounds(p->compiled->lp, map->nodes[pool], 0.0, at->count);
    } else if (resource < 0) {
        p->costs = true;
        p->idle = p->idle || at->idle_watts > 0.0;
    }
}

static void change_demand(patch *p, dca_index i)
{
    const dca__map *map = &p->compiled->map;
    const dca_index row = map->demand_row[i];
    if (isinf(p->model->demands[i].amount) != isinf(p->compiled->lp->row_upper[row])) {
        p->anew = true; /* shares and costs of unlimited demands stand elsewhere */
        return;
    }
    set_limit(p, row);
    dca__lp_set_column_bounds(p->compiled->lp, map->unmet[i], 0.0, dca__compile_slack(p->model, i));
    p->values = true;
}

static void change_limit(patch *p, dca_index row, double limit)
{
    if ((row >= 0) != (limit < INFINITY)) {
        p->anew = true;
    } else if (row >= 0) {
        set_limit(p, row);
    }
}

/* Movement rows stand for what is placed now; one that is missing needs a new compilation. */
static void change_current(patch *p)
{
    const dca__map *map = &p->compiled->map;
    if (!p->compiled->moves) {
        return;
    }
    dca_index row = map->num_rows;
    while (row > 0 && map->row[row - 1].kind == DCA__ROW_MOVEMENT) {
        row--;
    }
    for (dca_index k = 0; k < p->model->num_placements && !p->anew; k++) {
        if (row < map->num_rows && map->row[row].a == k) {
            set_row(p, row++);
        } else if (p->model->placements[k].alive && p->model->placements[k].current > 0.0) {
            p->anew = true;
        }
    }
}

static void apply(patch *p, const dca__change *change)
{
    const dca__map *map = &p->compiled->map;
    const dca_index at = change->index;
    switch (change->kind) {
    case DCA__CHANGE_POOL:
        change_pool(p, at, change->resource);
        break;
    case DCA__CHANGE_LIMIT:
        change_limit(p, map->domain_row[(dca_nnz)at * map->num_resources + change->resource],
                     p->model->limit[(dca_nnz)at * p->model->stride + change->resource]);
        break;
    case DCA__CHANGE_LINK:
        change_limit(p, map->link_row[at], p->model->links[at].capacity);
        break;
    case DCA__CHANGE_DEMAND:
        change_demand(p, at);
        break;
    case DCA__CHANGE_CEILING:
        dca__lp_set_column_bounds(p->compiled->lp, map->placed[at], 0.0,
                                  dca__compile_ceiling(p->model, at));
        break;
    case DCA__CHANGE_CURRENT:
        change_current(p);
        break;
    case DCA__CHANGE_COST:
        p->costs = true;
        break;
    default: /* a repair weight: no solve depends on it */
        break;
    }
}

/* What single edits share, once per batch. */
static void apply_shared(patch *p)
{
    const dca__map *map = &p->compiled->map;
    if (p->fits) {
        for (dca_index k = 0; k < p->model->num_placements; k++) {
            if (map->placed[k] >= 0) {
                dca__lp_set_column_bounds(p->compiled->lp, map->placed[k], 0.0,
                                          dca__compile_ceiling(p->model, k));
            }
        }
    }
    if (p->idle) {
        dca__compile_idle(p->model, p->compiled);
        for (dca_index d = 0; d < p->model->num_domains; d++) {
            const dca_index row = map->domain_row[(dca_nnz)d * map->num_resources + DCA_POWER];
            if (row >= 0) {
                set_limit(p, row);
            }
        }
    }
    if (p->costs || (p->values && p->compiled->values)) {
        dca__objective_fill(p->model, p->compiled);
    }
}

dca_status dca__compile_patch(const dca_model *model, dca__compiled *compiled, bool *patched,
                              dca_error *err)
{
    patch p = {.model = model, .compiled = compiled, .status = DCA_OK};
    *patched = false;
    if (compiled->stale || compiled->structure != model->structure ||
        compiled->map.num_resources != model->num_resources ||
        model->journal_end - compiled->cursor > DCA__JOURNAL_LENGTH) {
        return DCA_OK;
    }
    for (uint64_t e = compiled->cursor; e < model->journal_end && !p.anew && p.status == DCA_OK;
         e++) {
        apply(&p, &model->journal[e % DCA__JOURNAL_LENGTH]);
    }
    if (!p.anew && p.status == DCA_OK) {
        apply_shared(&p);
    }
    compiled->stale = p.anew || p.status != DCA_OK;
    if (p.status != DCA_OK) {
        return dca__fail_nomem(err);
    }
    if (!p.anew) {
        compiled->cursor = model->journal_end;
        *patched = true;
    }
    return DCA_OK;
}
