/* frozen.c - names and units in one block of text. Units are few: each stands there once per label. */
#include "engine/frozen.h"

#include "base/alloc.h"
#include "base/env.h"

#include <string.h>

/* Append text (NULL: -1) and say where it stands. */
static dca_status put(dca__frozen *frozen, const char *first, const char *second, dca_nnz *at)
{
    *at = -1;
    if (first == NULL) {
        return DCA_OK;
    }
    const size_t length = strlen(first);
    const size_t more = second == NULL ? 0 : strlen(second) + 1;
    if (DCA_RESERVE(frozen->env, frozen->text, frozen->capacity,
                    frozen->used + (dca_nnz)(length + more) + 1) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    char *to = frozen->text + frozen->used;
    memcpy(to, first, length);
    if (second != NULL) {
        to[length] = '@';
        memcpy(to + length + 1, second, more - 1);
    }
    to[length + more] = '\0';
    *at = frozen->used;
    frozen->used += (dca_nnz)(length + more) + 1;
    return DCA_OK;
}

static dca_status put_names(dca__frozen *frozen, const dca_model *model, dca_kind kind)
{
    const dca_index n = dca__model_count(model, kind);
    frozen->count[kind] = n;
    frozen->name[kind] = DCA_ARRAY(frozen->env, dca_nnz, n);
    if (frozen->name[kind] == NULL) {
        return DCA_E_NOMEM;
    }
    for (dca_index k = 0; k < n; k++) {
        const char *first = NULL;
        const char *second = NULL;
        if (kind != DCA_KIND_PLACEMENT) {
            first = dca__model_object_name(model, kind, k);
        } else if (model->placements[k].alive) { /* without filling the model's own cache */
            const dca__placement *placement = &model->placements[k];
            first = dca__strtab_name(&model->placement_names, k);
            if (first == NULL) {
                first = dca__strtab_name(&model->demand_names, placement->demand);
                second = placement->pool < 0
                             ? "-"
                             : dca__strtab_name(&model->pool_names, placement->pool);
            }
        }
        if (put(frozen, first, second, &frozen->name[kind][k]) != DCA_OK) {
            return DCA_E_NOMEM;
        }
    }
    return DCA_OK;
}

/* label [labels] where each label stands. */
static dca_status put_units(dca__frozen *frozen, const dca_model *model, dca_kind kind,
                            const dca_nnz *label)
{
    const dca_index n = dca__model_count(model, kind);
    frozen->unit[kind] = DCA_ARRAY(frozen->env, dca_nnz, n);
    if (frozen->unit[kind] == NULL) {
        return DCA_E_NOMEM;
    }
    for (dca_index k = 0; k < n; k++) {
        const dca_index slot = kind == DCA_KIND_RESOURCE ? model->resource_unit[k]
                               : kind == DCA_KIND_LINK   ? model->links[k].unit
                                                         : model->demands[k].unit;
        frozen->unit[kind][k] = dca__model_exists(model, kind, k) ? label[slot] : -1;
    }
    return DCA_OK;
}

static dca_status put_placements(dca__frozen *frozen, const dca_model *model)
{
    const dca_index n = dca__model_count(model, DCA_KIND_PLACEMENT);
    frozen->demand = DCA_ARRAY(frozen->env, dca_index, n);
    frozen->pool = DCA_ARRAY(frozen->env, dca_index, n);
    if (frozen->demand == NULL || frozen->pool == NULL) {
        return DCA_E_NOMEM;
    }
    for (dca_index k = 0; k < n; k++) {
        const dca__placement *placement = &model->placements[k];
        frozen->demand[k] = placement->alive ? placement->demand : -1;
        frozen->pool[k] = placement->alive ? placement->pool : -1;
    }
    return DCA_OK;
}

static dca_status put_tiers(dca__frozen *frozen, const dca_model *model,
                            const dca__compiled *compiled)
{
    const dca_index n = compiled->num_tiers;
    frozen->count[DCA_KIND_TIER] = n;
    frozen->name[DCA_KIND_TIER] = DCA_ARRAY(frozen->env, dca_nnz, n);
    if (frozen->name[DCA_KIND_TIER] == NULL) {
        return DCA_E_NOMEM;
    }
    for (dca_index t = 0; t < n; t++) {
        const dca_index tier = compiled->tiers[t].tier;
        const char *name =
            tier < 0 ? "unmet demand" : dca__model_object_name(model, DCA_KIND_TIER, tier);
        if (put(frozen, name, NULL, &frozen->name[DCA_KIND_TIER][t]) != DCA_OK) {
            return DCA_E_NOMEM;
        }
    }
    return DCA_OK;
}

static dca_status put_keys(dca__frozen *frozen, const dca__map *map)
{
    frozen->num_rows = map->num_rows;
    frozen->num_columns = map->num_columns;
    frozen->row = DCA_ARRAY(frozen->env, dca__key, map->num_rows);
    frozen->column = DCA_ARRAY(frozen->env, dca__key, map->num_columns);
    if (frozen->row == NULL || frozen->column == NULL) {
        return DCA_E_NOMEM;
    }
    if (map->num_rows > 0) {
        memcpy(frozen->row, map->row, (size_t)map->num_rows * sizeof *map->row);
    }
    if (map->num_columns > 0) {
        memcpy(frozen->column, map->column, (size_t)map->num_columns * sizeof *map->column);
    }
    return DCA_OK;
}

static dca_status fill(dca__frozen *frozen, const dca_model *model, const dca__compiled *compiled)
{
    static const dca_kind named[] = {DCA_KIND_RESOURCE, DCA_KIND_POOL,   DCA_KIND_DOMAIN,
                                     DCA_KIND_LINK,     DCA_KIND_DEMAND, DCA_KIND_PLACEMENT};
    static const dca_kind measured[] = {DCA_KIND_RESOURCE, DCA_KIND_LINK, DCA_KIND_DEMAND};
    dca_nnz *label = DCA_ARRAY(frozen->env, dca_nnz, model->labels.count);
    dca_status status = label == NULL ? DCA_E_NOMEM : DCA_OK;
    for (dca_index k = 0; status == DCA_OK && k < model->labels.count; k++) {
        status = put(frozen, dca__strtab_name(&model->labels, k), NULL, &label[k]);
    }
    for (size_t k = 0; status == DCA_OK && k < sizeof named / sizeof *named; k++) {
        status = put_names(frozen, model, named[k]);
    }
    for (size_t k = 0; status == DCA_OK && k < sizeof measured / sizeof *measured; k++) {
        status = put_units(frozen, model, measured[k], label);
    }
    dca__free(frozen->env, label);
    if (status == DCA_OK) {
        status = put_placements(frozen, model);
    }
    if (status == DCA_OK) {
        status = put_tiers(frozen, model, compiled);
    }
    return status == DCA_OK ? put_keys(frozen, &compiled->map) : status;
}

dca_status dca__frozen_new(const dca_model *model, const dca__compiled *compiled, dca__frozen **out)
{
    dca__frozen *frozen = DCA_NEW(model->env, dca__frozen);
    if (frozen == NULL) {
        return DCA_E_NOMEM;
    }
    frozen->env = dca__env_retain(model->env);
    atomic_init(&frozen->references, 1);
    if (fill(frozen, model, compiled) != DCA_OK) {
        dca__frozen_release(frozen);
        return DCA_E_NOMEM;
    }
    *out = frozen;
    return DCA_OK;
}

dca__frozen *dca__frozen_retain(dca__frozen *frozen)
{
    atomic_fetch_add_explicit(&frozen->references, 1, memory_order_relaxed);
    return frozen;
}

void dca__frozen_release(dca__frozen *frozen)
{
    if (frozen == NULL ||
        atomic_fetch_sub_explicit(&frozen->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    dca_env *env = frozen->env;
    for (int kind = 0; kind < DCA__FROZEN_KINDS; kind++) {
        dca__free(env, frozen->name[kind]);
        dca__free(env, frozen->unit[kind]);
    }
    dca__free(env, frozen->demand);
    dca__free(env, frozen->pool);
    dca__free(env, frozen->row);
    dca__free(env, frozen->column);
    dca__free(env, frozen->text);
    dca__free(env, frozen);
    dca__env_release(env);
}

static const char *text_at(const dca__frozen *frozen, dca_nnz *const *table, dca_kind kind,
                           dca_index index)
{
    if ((int)kind < 0 || (int)kind >= DCA__FROZEN_KINDS || table[kind] == NULL || index < 0 ||
        index >= frozen->count[kind] || table[kind][index] < 0) {
        return NULL;
    }
    return frozen->text + table[kind][index];
}

const char *dca__frozen_name(const dca__frozen *frozen, dca_kind kind, dca_index index)
{
    return text_at(frozen, frozen->name, kind, index);
}

const char *dca__frozen_unit(const dca__frozen *frozen, dca_kind kind, dca_index index)
{
    if (kind == DCA_KIND_PLACEMENT) {
        const bool there = index >= 0 && index < frozen->count[DCA_KIND_PLACEMENT];
        return there ? text_at(frozen, frozen->unit, DCA_KIND_DEMAND, frozen->demand[index]) : NULL;
    }
    return text_at(frozen, frozen->unit, kind, index);
}
