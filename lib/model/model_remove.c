/* model_remove.c - removal leaves dead slots; compact closes the gaps.
 *
 * Removal of a placement is O(placements of its demand), of a pool O(placements), of a domain
 * O(pools + domains + demands). Compact is O(everything), moves in place and cannot fail; the lists
 * of dead objects are dropped from the areas. */
#include "model/model.h"

#include "base/alloc.h"

#include <string.h>

/* The placement is dead already, or dies: out of its demand's chain, its names gone. */
static void drop_placement(dca_model *model, dca_index k)
{
    dca__placement *placement = &model->placements[k];
    placement->alive = false;
    if (k < model->placement_names.count) {
        (void)!dca__strtab_set(model->env, &model->placement_names, k, NULL); /* cannot fail */
    }
    if (k < model->num_made) {
        dca__free(model->env, model->made_names[k]);
        model->made_names[k] = NULL;
    }
}

static void unchain(dca_model *model, dca_index k)
{
    dca__demand *demand = &model->demands[model->placements[k].demand];
    dca_index *link = &demand->first;
    dca_index before = -1;
    while (*link != k) {
        before = *link;
        link = &model->placements[*link].next;
    }
    *link = model->placements[k].next;
    if (demand->last == k) {
        demand->last = before;
    }
}

void dca__model_remove_placement(dca_model *model, dca_index k)
{
    unchain(model, k);
    drop_placement(model, k);
    dca__model_note_structure(model);
}

void dca__model_remove_demand(dca_model *model, dca_index d)
{
    dca__demand *demand = &model->demands[d];
    for (dca_index k = demand->first; k >= 0; k = model->placements[k].next) {
        drop_placement(model, k);
    }
    demand->first = demand->last = -1;
    demand->alive = false;
    (void)!dca__strtab_set(model->env, &model->demand_names, d, NULL);
    dca__model_note_structure(model);
}

void dca__model_remove_pool(dca_model *model, dca_index p)
{
    for (dca_index d = 0; d < model->num_demands; d++) { /* one walk of every chain */
        dca__demand *demand = &model->demands[d];
        dca_index *link = &demand->first;
        demand->last = -1;
        while (*link >= 0) {
            dca__placement *placement = &model->placements[*link];
            if (placement->pool == p) {
                drop_placement(model, *link);
                *link = placement->next;
            } else {
                demand->last = *link;
                link = &placement->next;
            }
        }
    }
    while (model->pools[p].arcs >= 0) {
        const dca_index a = model->pools[p].arcs;
        model->pools[p].arcs = model->arcs[a].next;
        model->arcs[a] = (dca__arc){-1, model->free_arc, 0.0};
        model->free_arc = a;
    }
    model->pools[p].alive = false;
    (void)!dca__strtab_set(model->env, &model->pool_names, p, NULL);
    dca__model_note_structure(model);
}

void dca__model_remove_link(dca_model *model, dca_index l)
{
    model->links[l].alive = false;
    (void)!dca__strtab_set(model->env, &model->link_names, l, NULL);
    dca__model_note_structure(model);
}

void dca__model_remove_domain(dca_model *model, dca_index d)
{
    dca__model_detach_domain(model, d);
    for (dca_index k = 0; k < model->num_demands; k++) {
        if (model->demands[k].tenant == d) {
            model->demands[k].tenant = -1;
        }
    }
    model->domains[d].alive = false;
    (void)!dca__strtab_set(model->env, &model->domain_names, d, NULL);
    dca__model_note_structure(model);
}

/* Fill map[0..n) for the structs whose `alive` flag stands `offset` bytes inside each. */
static dca_index number(const void *array, size_t size, size_t offset, dca_index n, dca_index *map)
{
    dca_index kept = 0;
    for (dca_index k = 0; k < n; k++) {
        bool alive;
        memcpy(&alive, (const char *)array + (size_t)k * size + offset, sizeof alive);
        map[k] = alive ? kept++ : -1;
    }
    return kept;
}

/* Move the structs that stay to their new slots. */
static void pack(void *array, size_t size, dca_index n, const dca_index *map)
{
    if (array == NULL) {
        return;
    }
    for (dca_index k = 0; k < n; k++) {
        if (map[k] >= 0 && map[k] != k) {
            memcpy((char *)array + (size_t)map[k] * size, (char *)array + (size_t)k * size, size);
        }
    }
}

static void pack_list(dca__lists *lists, dca_nnz *to, dca_nnz *start, dca_index length)
{
    if (length > 0 && *to != *start) {
        memmove(lists->index + *to, lists->index + *start, (size_t)length * sizeof *lists->index);
        memmove(lists->value + *to, lists->value + *start, (size_t)length * sizeof *lists->value);
    }
    *start = *to;
    *to += length;
}

/* Lists of demands and placements stand in the area in the order of adding, each kind ascending in
 * its slots: merging the two by start keeps every move downwards. */
static void pack_uses(dca_model *model)
{
    dca_nnz to = 0;
    dca_index d = 0;
    dca_index k = 0;
    for (;;) {
        while (d < model->num_demands && !model->demands[d].alive) {
            d++;
        }
        while (k < model->num_placements &&
               (!model->placements[k].alive || model->placements[k].use < 0)) {
            k++;
        }
        const bool demand = d < model->num_demands;
        const bool placement = k < model->num_placements;
        if (!demand && !placement) {
            break;
        }
        if (demand && (!placement || model->demands[d].use <= model->placements[k].use)) {
            /* an empty list may share its start with the next: it takes no room, either order */
            pack_list(&model->uses, &to, &model->demands[d].use, model->demands[d].use_length);
            d++;
        } else {
            pack_list(&model->uses, &to, &model->placements[k].use,
                      model->placements[k].use_length);
            k++;
        }
    }
    model->uses.used = to;
}

static void pack_links_used(dca_model *model)
{
    dca_nnz to = 0;
    for (dca_index k = 0; k < model->num_placements; k++) {
        dca__placement *placement = &model->placements[k];
        if (placement->alive) {
            pack_list(&model->links_used, &to, &placement->link, placement->link_length);
        }
    }
    model->links_used.used = to;
}

static dca_index mapped(const dca_index *map, dca_index k)
{
    return k < 0 ? k : map[k];
}

static void renumber(dca_model *model, const dca_index *pools, const dca_index *domains,
                     const dca_index *links, const dca_index *demands, const dca_index *placements)
{
    for (dca_index a = 0; a < model->num_arcs; a++) {
        model->arcs[a].to = mapped(domains, model->arcs[a].to);
    }
    for (dca_index d = 0; d < model->num_demands; d++) {
        dca__demand *demand = &model->demands[d];
        if (demand->alive) {
            demand->tenant = mapped(domains, demand->tenant);
            demand->first = mapped(placements, demand->first);
            demand->last = mapped(placements, demand->last);
        }
    }
    for (dca_index k = 0; k < model->num_placements; k++) {
        dca__placement *placement = &model->placements[k];
        if (placement->alive) {
            placement->demand = demands[placement->demand];
            placement->pool = mapped(pools, placement->pool);
            placement->next = mapped(placements, placement->next);
        }
    }
    for (dca_nnz e = 0; e < model->links_used.used; e++) {
        model->links_used.index[e] = links[model->links_used.index[e]];
    }
    for (dca_index t = 0; t < model->num_tiers; t++) {
        for (dca_index e = 0; e < model->tiers[t].count; e++) {
            dca__term *term = &model->tiers[t].terms[e];
            term->domain = mapped(domains, term->domain);
        }
    }
}

static void compact_placement_names(dca_model *model, const dca_index *map)
{
    dca__strtab_compact(model->env, &model->placement_names, map); /* reads its own slots only */
    dca_index made = 0;
    for (dca_index k = 0; k < model->num_made; k++) {
        if (map[k] >= 0) {
            model->made_names[made++] = model->made_names[k]; /* dead slots hold none */
        }
    }
    model->num_made = made;
}

void dca__model_compact(dca_model *model, dca_index *pools, dca_index *domains, dca_index *links,
                        dca_index *demands, dca_index *placements)
{
#define NUMBER(type, array, n, map) number((array), sizeof(type), offsetof(type, alive), (n), (map))
    const dca_index kept_pools = NUMBER(dca__pool, model->pools, model->num_pools, pools);
    const dca_index kept_domains = NUMBER(dca__domain, model->domains, model->num_domains, domains);
    const dca_index kept_links = NUMBER(dca__link, model->links, model->num_links, links);
    const dca_index kept_demands = NUMBER(dca__demand, model->demands, model->num_demands, demands);
    const dca_index kept_placements =
        NUMBER(dca__placement, model->placements, model->num_placements, placements);
#undef NUMBER
    const size_t row = (size_t)model->stride * sizeof(double);
    pack_uses(model);
    pack_links_used(model);
    renumber(model, pools, domains, links, demands, placements);
    pack(model->capacity, row, model->num_pools, pools);
    pack(model->watts, row, model->num_pools, pools);
    pack(model->pool_repair, row, model->num_pools, pools);
    pack(model->pools, sizeof *model->pools, model->num_pools, pools);
    pack(model->limit, row, model->num_domains, domains);
    pack(model->domain_repair, row, model->num_domains, domains);
    pack(model->domains, sizeof *model->domains, model->num_domains, domains);
    pack(model->links, sizeof *model->links, model->num_links, links);
    pack(model->demands, sizeof *model->demands, model->num_demands, demands);
    pack(model->placements, sizeof *model->placements, model->num_placements, placements);
    dca__strtab_compact(model->env, &model->pool_names, pools);
    dca__strtab_compact(model->env, &model->domain_names, domains);
    dca__strtab_compact(model->env, &model->link_names, links);
    dca__strtab_compact(model->env, &model->demand_names, demands);
    compact_placement_names(model, placements);
    model->num_pools = kept_pools;
    model->num_domains = kept_domains;
    model->num_links = kept_links;
    model->num_demands = kept_demands;
    model->num_placements = kept_placements;
    model->compaction++;
    dca__model_note_structure(model);
}
