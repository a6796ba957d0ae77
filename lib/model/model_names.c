/* model_names.c - what every kind of object has: slots, names, units. Lookup O(length) but for
 * placements without a name of their own, whose "<demand>@<pool>" is O(placements of the demand). */
#include "model/model.h"

#include "base/alloc.h"
#include "base/err.h"

#include <stdio.h>
#include <string.h>

dca_index dca__model_count(const dca_model *model, dca_kind kind)
{
    switch (kind) {
    case DCA_KIND_RESOURCE:
        return model->num_resources;
    case DCA_KIND_POOL:
        return model->num_pools;
    case DCA_KIND_DOMAIN:
        return model->num_domains;
    case DCA_KIND_LINK:
        return model->num_links;
    case DCA_KIND_DEMAND:
        return model->num_demands;
    case DCA_KIND_PLACEMENT:
        return model->num_placements;
    case DCA_KIND_TIER:
        return model->num_tiers;
    default:
        return 0;
    }
}

bool dca__model_exists(const dca_model *model, dca_kind kind, dca_index index)
{
    if (index < 0 || index >= dca__model_count(model, kind)) {
        return false;
    }
    switch (kind) {
    case DCA_KIND_POOL:
        return model->pools[index].alive;
    case DCA_KIND_DOMAIN:
        return model->domains[index].alive;
    case DCA_KIND_LINK:
        return model->links[index].alive;
    case DCA_KIND_DEMAND:
        return model->demands[index].alive;
    case DCA_KIND_PLACEMENT:
        return model->placements[index].alive;
    default:
        return true;
    }
}

static const dca__strtab *table_of(const dca_model *model, dca_kind kind)
{
    switch (kind) {
    case DCA_KIND_RESOURCE:
        return &model->resource_names;
    case DCA_KIND_POOL:
        return &model->pool_names;
    case DCA_KIND_DOMAIN:
        return &model->domain_names;
    case DCA_KIND_LINK:
        return &model->link_names;
    case DCA_KIND_DEMAND:
        return &model->demand_names;
    case DCA_KIND_PLACEMENT:
        return &model->placement_names;
    case DCA_KIND_TIER:
        return &model->tier_names;
    default:
        return NULL;
    }
}

/* The first placement without a name of its own that "<demand>@<pool>" describes, or -1. */
static dca_index find_made(const dca_model *model, const char *name)
{
    for (const char *at = strchr(name, '@'); at != NULL; at = strchr(at + 1, '@')) {
        const dca_index demand = dca__strtab_find(&model->demand_names, name, (size_t)(at - name));
        const dca_index pool = dca__strtab_find(&model->pool_names, at + 1, strlen(at + 1));
        if (demand < 0 || (pool < 0 && strcmp(at + 1, "-") != 0)) {
            continue;
        }
        for (dca_index k = model->demands[demand].first; k >= 0; k = model->placements[k].next) {
            if (model->placements[k].pool == pool &&
                dca__strtab_name(&model->placement_names, k) == NULL) {
                return k;
            }
        }
    }
    return -1;
}

dca_index dca__model_find(const dca_model *model, dca_kind kind, const char *name)
{
    const dca__strtab *table = table_of(model, kind);
    if (table == NULL || name == NULL) {
        return -1;
    }
    const dca_index found = dca__strtab_find(table, name, strlen(name));
    return found < 0 && kind == DCA_KIND_PLACEMENT ? find_made(model, name) : found;
}

/* "<demand>@<pool>", "<demand>@-" on no pool; made once, kept until the placement goes. */
static const char *make_name(dca_model *model, dca_index k)
{
    if (k >= model->num_made) {
        char **grown =
            dca__realloc(model->env, model->made_names, model->num_placements, sizeof *grown);
        if (grown == NULL) {
            return NULL;
        }
        memset(grown + model->num_made, 0,
               (size_t)(model->num_placements - model->num_made) * sizeof *grown);
        model->made_names = grown;
        model->num_made = model->num_placements;
    }
    if (model->made_names[k] == NULL) {
        const dca__placement *placement = &model->placements[k];
        const char *demand = dca__strtab_name(&model->demand_names, placement->demand);
        const char *pool =
            placement->pool < 0 ? "-" : dca__strtab_name(&model->pool_names, placement->pool);
        const size_t length = strlen(demand) + strlen(pool) + 2;
        char *text = DCA_ARRAY(model->env, char, (dca_nnz)length);
        if (text != NULL) {
            (void)snprintf(text, length, "%s@%s", demand, pool);
        }
        model->made_names[k] = text;
    }
    return model->made_names[k];
}

const char *dca__model_object_name(const dca_model *model, dca_kind kind, dca_index index)
{
    const dca__strtab *table = table_of(model, kind);
    if (table == NULL || !dca__model_exists(model, kind, index)) {
        return NULL;
    }
    const char *name = dca__strtab_name(table, index);
    if (name == NULL && kind == DCA_KIND_PLACEMENT) {
        name = make_name((dca_model *)model, index); /* a cache: no edit */
    }
    return name;
}

const char *dca__model_unit(const dca_model *model, dca_kind kind, dca_index index)
{
    if (!dca__model_exists(model, kind, index)) {
        return NULL;
    }
    switch (kind) {
    case DCA_KIND_RESOURCE:
        return dca__strtab_name(&model->labels, model->resource_unit[index]);
    case DCA_KIND_POOL:
        return "node";
    case DCA_KIND_LINK:
        return dca__strtab_name(&model->labels, model->links[index].unit);
    case DCA_KIND_DEMAND:
        return dca__strtab_name(&model->labels, model->demands[index].unit);
    case DCA_KIND_PLACEMENT:
        return dca__model_unit(model, DCA_KIND_DEMAND, model->placements[index].demand);
    default:
        return NULL;
    }
}

dca_status dca__model_intern(dca_model *model, const char *text, dca_index *out)
{
    const dca_index found = dca__strtab_find(&model->labels, text, strlen(text));
    if (found >= 0) {
        *out = found;
        return DCA_OK;
    }
    const dca_status status = dca__strtab_append(model->env, &model->labels, text);
    if (status == DCA_OK) {
        *out = model->labels.count - 1;
    }
    return status;
}

dca_status dca__model_append_name(dca_model *model, dca__strtab *table, dca_kind kind,
                                  const char *name)
{
    char made[64];
    if (name == NULL) {
        (void)snprintf(made, sizeof made, "%s %d", dca__kind_name(kind), (int)table->count);
        /* taken: by a caller's own name, or by one made before slots were renumbered */
        for (int k = 2; dca__strtab_find(table, made, strlen(made)) >= 0; k++) {
            (void)snprintf(made, sizeof made, "%s %d.%d", dca__kind_name(kind), (int)table->count,
                           k);
        }
        name = made;
    }
    return dca__strtab_append(model->env, table, name);
}
