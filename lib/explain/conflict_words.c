/* conflict_words.c - what the members of a conflict are called, for an LP and for a model.
 *
 * Groups of a model, in the order in which they are tried for deletion: the upper bound of each
 * placement (its ceiling, or 0 where a unit does not fit), the nodes of each elastic pool, then the
 * limits in the order of the map, which ends with the demands. What a demand insists on is its balance
 * row with the bound of what may stay unmet. Lower bounds are all 0 and always in force; rows of terms
 * contradict nothing and are never in force. */
#include "explain/conflict_words.h"

#include "base/alloc.h"
#include "base/err.h"
#include "explain/explain.h"

#include <math.h>

enum { MOST_TOLD = 12 }; /* members in sentences */

void dca__conflict_free(dca__conflict *conflict)
{
    if (conflict != NULL) {
        dca_env *env = conflict->env;
        dca__text_free(&conflict->notes);
        dca__free(env, conflict->member);
        dca__free(env, conflict);
    }
}

/* Room for the members of a set. */
static dca_status conflict_new(dca_env *env, const dca__conflict_set *set, dca__conflict **out)
{
    dca__conflict *conflict = DCA_NEW(env, dca__conflict);
    dca_conflict_member *member = DCA_ZEROS(env, dca_conflict_member, set->count);
    if (conflict == NULL || member == NULL) {
        dca__free(env, member);
        dca__free(env, conflict);
        return DCA_E_NOMEM;
    }
    conflict->env = env;
    conflict->count = set->count;
    conflict->irreducible = set->irreducible;
    conflict->member = member;
    conflict->notes.env = env;
    *out = conflict;
    return DCA_OK;
}

/* Hand over a conflict whose phrases are whole. */
static dca_status hand_over(dca__conflict *conflict, dca__conflict **out, dca_error *err)
{
    if (conflict->notes.failed) {
        dca__conflict_free(conflict);
        return dca__fail_nomem(err);
    }
    *out = conflict;
    return DCA_OK;
}

/* ---- LP ------------------------------------------------------------------------------------------------ */

/* Marks of the call as flags of sides; *out NULL: none. */
static dca_status read_marks(const dca_lp *lp, const uint8_t *columns, const uint8_t *rows,
                             uint8_t **out)
{
    *out = NULL;
    if (columns == NULL && rows == NULL) {
        return DCA_OK;
    }
    const dca_nnz n = lp->num_columns;
    const dca_nnz m = lp->num_rows;
    uint8_t *marks = DCA_ZEROS(lp->env, uint8_t, 2 * (n + m));
    if (marks == NULL) {
        return DCA_E_NOMEM;
    }
    for (dca_nnz k = 0; k < n + m; k++) {
        const uint8_t *from = k < n ? columns : rows;
        const uint8_t bits = from == NULL ? 0 : from[k < n ? k : k - n];
        marks[2 * k] = (bits & DCA_UNTOUCHABLE_LOWER) != 0;
        marks[2 * k + 1] = (bits & DCA_UNTOUCHABLE_UPPER) != 0;
    }
    *out = marks;
    return DCA_OK;
}

/* Member k of the conflict is this side. */
static void tell_side(const dca_lp *lp, const uint8_t *marks, dca_nnz side,
                      const dca__strtab *column_names, const dca__strtab *row_names,
                      dca__conflict *conflict, dca_index k)
{
    const bool column = side / 2 < lp->num_columns;
    const bool upper = side % 2 != 0;
    const dca_index at = (dca_index)(side / 2 - (column ? 0 : lp->num_columns));
    const char *name = dca__strtab_name(column ? column_names : row_names, at);
    dca_conflict_member *member = &conflict->member[k];
    member->struct_size = sizeof *member;
    member->kind = column ? DCA_KIND_COLUMN : DCA_KIND_ROW;
    member->index = at;
    member->resource = -1;
    member->side = upper ? 1 : -1;
    member->untouchable = marks != NULL && marks[side] != 0;
    member->limit = column ? (upper ? lp->upper[at] : lp->lower[at])
                           : (upper ? lp->row_upper[at] : lp->row_lower[at]);
    dca__text_begin(&conflict->notes);
    if (name != NULL) {
        dca__text_append(&conflict->notes, "%s '%s'", column ? "column" : "row", name);
    } else {
        dca__text_append(&conflict->notes, "%s %d", column ? "column" : "row", (int)at);
    }
    dca__text_append(&conflict->notes, " is at %s %s%s", upper ? "most" : "least",
                     DCA_G(member->limit), member->untouchable != 0 ? ", untouchable" : "");
}

dca_status dca__conflict_of_lp(const dca_lp *lp, const double *ray, const uint8_t *columns,
                               const uint8_t *rows, const dca__strtab *column_names,
                               const dca__strtab *row_names, const dca_options *options,
                               dca_control *control, dca__conflict **out, dca_error *err)
{
    dca_env *env = lp->env;
    uint8_t *marks = NULL;
    dca__conflict *conflict = NULL;
    dca__conflict_set set = {0};
    if (read_marks(lp, columns, rows, &marks) != DCA_OK) {
        return dca__fail_nomem(err);
    }
    const dca__conflict_question ask = {.lp = lp,
                                        .ray = ray,
                                        .num_groups = 2 * ((dca_nnz)lp->num_columns + lp->num_rows),
                                        .untouchable = marks};
    dca_status status = dca__conflict_filter(env, &ask, options, control, &set, err);
    if (status == DCA_OK && conflict_new(env, &set, &conflict) != DCA_OK) {
        status = dca__fail_nomem(err);
    }
    if (conflict != NULL) {
        for (dca_index k = 0; k < set.count; k++) {
            tell_side(lp, marks, set.group[k], column_names, row_names, conflict, k);
        }
        status = hand_over(conflict, out, err);
    }
    dca__conflict_set_free(env, &set);
    dca__free(env, marks);
    return status;
}

/* ---- Model --------------------------------------------------------------------------------------------- */

/* Where the groups of a kind begin. */
typedef struct groups {
    dca_nnz pools, limits, count; /* placements begin at 0 */
} groups;

static groups count_groups(const dca_model *model, const dca__map *map)
{
    groups g;
    g.pools = model->num_placements;
    g.limits = g.pools + model->num_pools;
    g.count = g.limits + map->num_limits;
    return g;
}

/* group [2 (columns + rows)] of every side of the compiled LP. */
static void group_sides(const dca__map *map, const groups *g, dca_index *group)
{
    const dca_nnz n = map->num_columns;
    for (dca_nnz j = 0; j < n; j++) {
        const dca__key *key = &map->column[j];
        group[2 * j] = DCA__CONFLICT_ALWAYS;
        group[2 * j + 1] = key->kind == DCA__COLUMN_PLACED  ? key->a
                           : key->kind == DCA__COLUMN_NODES ? (dca_index)(g->pools + key->a)
                           : key->kind == DCA__COLUMN_UNMET
                               ? (dca_index)(g->limits + map->demand_row[key->a])
                               : DCA__CONFLICT_ALWAYS;
    }
    for (dca_index i = 0; i < map->num_rows; i++) {
        const dca_index of = i < map->num_limits ? (dca_index)(g->limits + i) : DCA__CONFLICT_NEVER;
        group[2 * (n + i)] = group[2 * (n + i) + 1] = of;
    }
}

static void tell_placement(const dca_model *model, dca_index k, dca_conflict_member *member,
                           dca__text *note)
{
    const dca__placement *placement = &model->placements[k];
    const char *unit = dca__model_unit(model, DCA_KIND_DEMAND, placement->demand);
    const char *demand = dca__model_object_name(model, DCA_KIND_DEMAND, placement->demand);
    member->kind = DCA_KIND_PLACEMENT;
    member->index = k;
    if (placement->pool >= 0 && model->pools[placement->pool].count <= 0.0) {
        dca__text_append(note, "pool '%s' has no nodes",
                         dca__model_object_name(model, DCA_KIND_POOL, placement->pool));
    } else if (placement->pool >= 0 && !dca__model_fits(model, k)) {
        dca__text_append(note, "one %s of demand '%s' does not fit a node of pool '%s'", unit,
                         demand, dca__model_object_name(model, DCA_KIND_POOL, placement->pool));
    } else {
        member->limit = placement->ceiling;
        dca__text_append(note, "placement '%s' of demand '%s' is limited to %s",
                         dca__model_object_name(model, DCA_KIND_PLACEMENT, k), demand,
                         DCA_G(placement->ceiling));
    }
}

static void tell_demand(const dca_model *model, dca_index i, dca_conflict_member *member,
                        dca__text *note)
{
    const dca__demand *demand = &model->demands[i];
    const char *unit = dca__model_unit(model, DCA_KIND_DEMAND, i);
    const char *name = dca__model_object_name(model, DCA_KIND_DEMAND, i);
    member->limit = demand->amount * (demand->hard != 0 ? 1.0 : demand->min_share);
    dca__text_append(note, "demand '%s' insists on %s %s", name, DCA_G(member->limit), unit);
    if (demand->hard == 0) {
        dca__text_append(note, " (a share of %s of %s %s)", DCA_G(demand->min_share),
                         DCA_G(demand->amount), unit);
    }
    if (demand->first < 0) {
        dca__text_append(note, " and has no placement");
    }
}

/* Member of a limit row. */
static void tell_limit(const dca_model *model, const dca__key *row, dca_conflict_member *member,
                       dca__text *note)
{
    member->kind = (int32_t)dca__map_kind(row);
    member->index = row->a;
    member->resource = row->kind == DCA__ROW_POOL || row->kind == DCA__ROW_DOMAIN ? row->b : -1;
    member->untouchable = !(dca__map_repair_weight(model, row) < INFINITY);
    if (row->kind == DCA__ROW_DEMAND) {
        tell_demand(model, row->a, member, note);
        return;
    }
    member->limit = dca__map_limit_value(model, row);
    dca__explain_name_limit(model, row, note);
    dca__text_append(note, " is limited to %s %s", DCA_G(member->limit),
                     dca__explain_unit(model, row));
}

static void tell_group(const dca_model *model, const dca__map *map, const groups *g, dca_nnz group,
                       dca__conflict *conflict, dca_index k)
{
    dca_conflict_member *member = &conflict->member[k];
    dca__text *note = &conflict->notes;
    member->struct_size = sizeof *member;
    member->resource = -1;
    dca__text_begin(note);
    if (group < g->pools) {
        tell_placement(model, (dca_index)group, member, note);
    } else if (group < g->limits) {
        member->kind = DCA_KIND_POOL;
        member->index = (dca_index)(group - g->pools);
        member->limit = model->pools[member->index].count;
        dca__text_append(note, "pool '%s' has %s nodes",
                         dca__model_object_name(model, DCA_KIND_POOL, member->index),
                         DCA_G(member->limit));
    } else {
        tell_limit(model, &map->row[group - g->limits], member, note);
    }
    if (member->untouchable != 0) {
        dca__text_append(note, ", untouchable");
    }
}

dca_status dca__conflict_of_model(const dca_model *model, const dca__map *map, const dca_lp *lp,
                                  const double *ray, const dca_options *options,
                                  dca_control *control, dca__conflict **out, dca_error *err)
{
    dca_env *env = model->env;
    const groups g = count_groups(model, map);
    dca__conflict *conflict = NULL;
    dca__conflict_set set = {0};
    dca_status status;
    dca_index *group = DCA_ARRAY(env, dca_index, 2 * ((dca_nnz)map->num_columns + map->num_rows));
    uint8_t *marks = DCA_ZEROS(env, uint8_t, g.count);
    if (group == NULL || marks == NULL) {
        status = dca__fail_nomem(err);
        goto done;
    }
    group_sides(map, &g, group);
    for (dca_index i = 0; i < map->num_limits; i++) {
        marks[g.limits + i] = !(dca__map_repair_weight(model, &map->row[i]) < INFINITY);
    }
    const dca__conflict_question ask = {
        .lp = lp, .ray = ray, .group = group, .num_groups = g.count, .untouchable = marks};
    status = dca__conflict_filter(env, &ask, options, control, &set, err);
    if (status == DCA_OK && conflict_new(env, &set, &conflict) != DCA_OK) {
        status = dca__fail_nomem(err);
    }
    if (conflict != NULL) {
        for (dca_index k = 0; k < set.count; k++) {
            tell_group(model, map, &g, set.group[k], conflict, k);
        }
        status = hand_over(conflict, out, err);
    }
done:
    dca__conflict_set_free(env, &set);
    dca__free(env, marks);
    dca__free(env, group);
    return status;
}

void dca__conflict_report(const dca__conflict *conflict, dca__text *out)
{
    dca__text_begin(out);
    if (conflict->irreducible) {
        dca__text_append(out, "These cannot hold together, and could without any one of them:");
    } else {
        dca__text_append(out, "These cannot hold together; whether any can be spared was not "
                              "found out:");
    }
    for (dca_index k = 0; k < conflict->count && k < MOST_TOLD; k++) {
        dca__text_begin(out);
        dca__text_append(out, "- %s", dca__text_get(&conflict->notes, k));
    }
    if (conflict->count > MOST_TOLD) {
        dca__text_begin(out);
        dca__text_append(out, "... and %d more.", (int)(conflict->count - MOST_TOLD));
    }
}
