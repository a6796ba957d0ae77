/* model_placement.c - placements: bulk adds without an allocation of their own. */
#include "model/model.h"

#include "base/alloc.h"
#include "base/stride.h"

#include <math.h>
#include <string.h>

static dca_status reserve_list(dca_env *env, dca__lists *lists, dca_nnz more)
{
    if (DCA_RESERVE(env, lists->index, lists->index_capacity, lists->used + more) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    return DCA_RESERVE(env, lists->value, lists->value_capacity, lists->used + more);
}

/* Copy list k of a sparse argument into the area, dropping zeros. There is room. */
static dca_index take_list(dca__lists *lists, const dca_sparse *from, dca_nnz k)
{
    dca_index length = 0;
    for (dca_nnz e = from->start[k]; e < from->start[k + 1]; e++) {
        const double value = dca__sparse_value(*from, e);
        if (value != 0.0) {
            lists->index[lists->used] = from->index[e];
            lists->value[lists->used] = value;
            lists->used++;
            length++;
        }
    }
    return length;
}

dca_status dca__model_add_placements(dca_model *model, const dca_placement_columns *columns)
{
    const dca_index n = columns->n;
    const dca_index first = model->num_placements;
    dca__lists *const uses = &model->uses;
    dca__lists *const links = &model->links_used;
    if (reserve_list(model->env, uses, dca__sparse_total(columns->use, n)) != DCA_OK ||
        reserve_list(model->env, links, dca__sparse_total(columns->link, n)) != DCA_OK ||
        DCA_RESERVE(model->env, model->placements, model->placement_capacity, (dca_nnz)first + n) !=
            DCA_OK) {
        return DCA_E_NOMEM;
    }
    for (dca_index k = 0; k < n; k++) {
        dca__placement *placement = &model->placements[first + k];
        placement->demand = dca__index_at(columns->demand, k, -1);
        placement->pool = dca__index_at(columns->pool, k, -1);
        placement->rate = dca__double_at(columns->rate, k, 1.0);
        placement->cost = dca__double_at(columns->cost, k, 0.0);
        placement->ceiling = dca__double_at(columns->ceiling, k, INFINITY);
        placement->current = 0.0;
        placement->use = columns->use.start == NULL ? -1 : uses->used;
        placement->use_length = columns->use.start == NULL ? 0 : take_list(uses, &columns->use, k);
        placement->link = links->used;
        placement->link_length =
            columns->link.start == NULL ? 0 : take_list(links, &columns->link, k);
        placement->next = -1;
        placement->alive = true;
        dca__demand *demand = &model->demands[placement->demand];
        if (demand->last < 0) {
            demand->first = first + k;
        } else {
            model->placements[demand->last].next = first + k;
        }
        demand->last = first + k;
    }
    model->num_placements = first + n;
    return DCA_OK;
}

void dca__model_truncate_placements(dca_model *model, dca_index count, dca_nnz uses_used,
                                    dca_nnz links_used)
{
    for (dca_index k = count; k < model->num_placements; k++) {
        dca__demand *demand = &model->demands[model->placements[k].demand];
        dca_index *link = &demand->first;
        demand->last = -1;
        while (*link >= 0 && *link < count) {
            demand->last = *link;
            link = &model->placements[*link].next;
        }
        *link = -1;
    }
    if (model->placement_names.count > count) {
        dca__strtab_truncate(model->env, &model->placement_names, count);
    }
    model->uses.used = uses_used;
    model->links_used.used = links_used;
    model->num_placements = count;
}

dca_status dca__model_name_placement(dca_model *model, dca_index placement, const char *name)
{
    dca__strtab *table = &model->placement_names;
    if (dca__strtab_find(table, name, strlen(name)) >= 0) {
        return DCA_E_ARG;
    }
    while (table->count <= placement) { /* slots before it stay unnamed */
        if (dca__strtab_append(model->env, table, NULL) != DCA_OK) {
            return DCA_E_NOMEM;
        }
    }
    return dca__strtab_set(model->env, table, placement, name);
}

dca_index dca__model_use(const dca_model *model, dca_index k, const dca_index **resource,
                         const double **use)
{
    const dca__placement *placement = &model->placements[k];
    const dca__demand *demand = &model->demands[placement->demand];
    const bool own = placement->use >= 0;
    const dca_nnz start = own ? placement->use : demand->use;
    *resource = model->uses.index == NULL ? NULL : model->uses.index + start;
    *use = model->uses.value == NULL ? NULL : model->uses.value + start;
    return own ? placement->use_length : demand->use_length;
}

double dca__model_power(const dca_model *model, dca_index k)
{
    const dca_index *resource;
    const double *use;
    const dca_index n = dca__model_use(model, k, &resource, &use);
    return dca__model_power_at(model, model->placements[k].pool, n, resource, use);
}
