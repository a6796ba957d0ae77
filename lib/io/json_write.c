/* json_write.c - a model as a scenario. What is at its default is left out; placements are written one
 * by one, in their order, after the demands; removed slots are passed over. Linear in the size of the
 * model. */
#include "io/json.h"

#include "base/err.h"
#include "io/json_out.h"
#include "io/json_words.h"
#include "model/model.h"

#include <limits.h>
#include <math.h>
#include <string.h>

static const char *name_of(const dca_model *model, dca_kind kind, dca_index index)
{
    return dca__model_object_name(model, kind, index);
}

static void put_unless(dca__json_out *out, const char *key, double value, double initial)
{
    if (value != initial) {
        dca__json_put_number(out, key, value);
    }
}

/* {resource: number} of a dense row, without the entries at `initial`; nothing when there are none. */
static void put_row(dca__json_out *out, const dca_model *model, const char *key, const double *row,
                    double initial)
{
    bool open = false;
    for (dca_index r = 0; r < model->num_resources; r++) {
        if (row[r] == initial) {
            continue;
        }
        if (!open) {
            dca__json_open(out, key, '{', false);
            open = true;
        }
        dca__json_put_number(out, name_of(model, DCA_KIND_RESOURCE, r), row[r]);
    }
    if (open) {
        dca__json_close(out, '}');
    }
}

/* {name: number} of a sparse list. */
static void put_list(dca__json_out *out, const dca_model *model, const char *key, dca_kind kind,
                     const dca__lists *lists, dca_nnz start, dca_index length)
{
    dca__json_open(out, key, '{', false);
    for (dca_nnz e = start; e < start + length; e++) {
        dca__json_put_number(out, name_of(model, kind, lists->index[e]), lists->value[e]);
    }
    dca__json_close(out, '}');
}

static void put_arcs(dca__json_out *out, const dca_model *model, dca_index arc)
{
    bool whole = true;
    if (arc < 0) {
        return;
    }
    for (dca_index a = arc; a >= 0; a = model->arcs[a].next) {
        whole = whole && model->arcs[a].share == 1.0;
    }
    dca__json_open(out, "in", whole ? '[' : '{', false);
    for (dca_index a = arc; a >= 0; a = model->arcs[a].next) {
        const char *const name = name_of(model, DCA_KIND_DOMAIN, model->arcs[a].to);
        if (whole) {
            dca__json_put_string(out, NULL, name);
        } else {
            dca__json_put_number(out, name, model->arcs[a].share);
        }
    }
    dca__json_close(out, whole ? ']' : '}');
}

static void put_resources(dca__json_out *out, const dca_model *model)
{
    dca__json_open(out, "resources", '{', true);
    for (dca_index r = 1; r < model->num_resources; r++) {
        dca__json_put_string(out, name_of(model, DCA_KIND_RESOURCE, r),
                             dca__model_unit(model, DCA_KIND_RESOURCE, r));
    }
    dca__json_close(out, '}');
}

static void put_domains(dca__json_out *out, const dca_model *model)
{
    dca__json_open(out, "domains", '[', true);
    for (dca_index d = 0; d < model->num_domains; d++) {
        const dca__domain *const domain = &model->domains[d];
        if (!domain->alive) {
            continue;
        }
        dca__json_open(out, NULL, '{', false);
        dca__json_put_string(out, "name", name_of(model, DCA_KIND_DOMAIN, d));
        dca__json_put_string(out, "kind", dca__domain_word(domain->kind));
        put_unless(out, "factor", domain->factor, 1.0);
        put_unless(out, "energy_price", domain->energy_price, 0.0);
        put_row(out, model, "limits", model->limit + (dca_nnz)d * model->stride, INFINITY);
        put_arcs(out, model, domain->arcs);
        put_row(out, model, "repair", model->domain_repair + (dca_nnz)d * model->stride, 1.0);
        dca__json_close(out, '}');
    }
    dca__json_close(out, ']');
}

static void put_links(dca__json_out *out, const dca_model *model)
{
    dca__json_open(out, "links", '[', true);
    for (dca_index l = 0; l < model->num_links; l++) {
        const dca__link *const link = &model->links[l];
        if (!link->alive) {
            continue;
        }
        dca__json_open(out, NULL, '{', false);
        dca__json_put_string(out, "name", name_of(model, DCA_KIND_LINK, l));
        if (link->from >= 0) {
            dca__json_put_string(out, "from", dca__strtab_name(&model->labels, link->from));
        }
        if (link->to >= 0) {
            dca__json_put_string(out, "to", dca__strtab_name(&model->labels, link->to));
        }
        dca__json_put_string(out, "unit", dca__model_unit(model, DCA_KIND_LINK, l));
        put_unless(out, "capacity", link->capacity, INFINITY);
        put_unless(out, "price", link->price, 0.0);
        put_unless(out, "repair", link->repair_weight, 1.0);
        dca__json_close(out, '}');
    }
    dca__json_close(out, ']');
}

static void put_pools(dca__json_out *out, const dca_model *model)
{
    dca__json_open(out, "pools", '[', true);
    for (dca_index p = 0; p < model->num_pools; p++) {
        const dca__pool *const pool = &model->pools[p];
        const dca_nnz row = (dca_nnz)p * model->stride;
        if (!pool->alive) {
            continue;
        }
        dca__json_open(out, NULL, '{', false);
        dca__json_put_string(out, "name", name_of(model, DCA_KIND_POOL, p));
        put_unless(out, "count", pool->count, 1.0);
        put_row(out, model, "capacity", model->capacity + row, 0.0);
        put_row(out, model, "watts", model->watts + row, 0.0);
        put_unless(out, "idle_watts", pool->idle_watts, 0.0);
        put_unless(out, "price", pool->price, 0.0);
        if (pool->elastic) {
            dca__json_put_bool(out, "elastic", true);
        }
        put_arcs(out, model, pool->arcs);
        put_row(out, model, "repair", model->pool_repair + row, 1.0);
        dca__json_close(out, '}');
    }
    dca__json_close(out, ']');
}

static void put_demands(dca__json_out *out, const dca_model *model)
{
    dca__json_open(out, "demands", '[', true);
    for (dca_index k = 0; k < model->num_demands; k++) {
        const dca__demand *const demand = &model->demands[k];
        if (!demand->alive) {
            continue;
        }
        dca__json_open(out, NULL, '{', false);
        dca__json_put_string(out, "name", name_of(model, DCA_KIND_DEMAND, k));
        put_unless(out, "amount", demand->amount, 1.0);
        dca__json_put_string(out, "unit", dca__model_unit(model, DCA_KIND_DEMAND, k));
        if (demand->use_length > 0) {
            put_list(out, model, "use", DCA_KIND_RESOURCE, &model->uses, demand->use,
                     demand->use_length);
        }
        put_unless(out, "value", demand->value, 1.0);
        put_unless(out, "min_share", demand->min_share, 0.0);
        put_unless(out, "weight", demand->weight, 1.0);
        if (demand->hard) {
            dca__json_put_bool(out, "hard", true);
        }
        if (demand->priority != 0) {
            dca__json_put_integer(out, "priority", demand->priority);
        }
        if (demand->tenant >= 0) {
            dca__json_put_string(out, "tenant", name_of(model, DCA_KIND_DOMAIN, demand->tenant));
        }
        put_unless(out, "repair", demand->repair_weight, 1.0);
        dca__json_close(out, '}');
    }
    dca__json_close(out, ']');
}

static void put_placements(dca__json_out *out, const dca_model *model)
{
    dca__json_open(out, "placements", '[', true);
    for (dca_index k = 0; k < model->num_placements; k++) {
        const dca__placement *const placement = &model->placements[k];
        if (!placement->alive) {
            continue;
        }
        dca__json_open(out, NULL, '{', false);
        if (dca__strtab_name(&model->placement_names, k) != NULL) {
            dca__json_put_string(out, "name", dca__strtab_name(&model->placement_names, k));
        }
        dca__json_put_string(out, "demand", name_of(model, DCA_KIND_DEMAND, placement->demand));
        if (placement->pool >= 0) {
            dca__json_put_string(out, "pool", name_of(model, DCA_KIND_POOL, placement->pool));
        }
        put_unless(out, "rate", placement->rate, 1.0);
        if (placement->use >= 0) {
            put_list(out, model, "use", DCA_KIND_RESOURCE, &model->uses, placement->use,
                     placement->use_length);
        }
        put_unless(out, "cost", placement->cost, 0.0);
        put_unless(out, "ceiling", placement->ceiling, INFINITY);
        if (placement->link_length > 0) {
            put_list(out, model, "links", DCA_KIND_LINK, &model->links_used, placement->link,
                     placement->link_length);
        }
        put_unless(out, "current", placement->current, 0.0);
        dca__json_close(out, '}');
    }
    dca__json_close(out, ']');
}

static void put_objective(dca__json_out *out, const dca_model *model)
{
    dca__json_open(out, "objective", '[', true);
    for (dca_index t = 0; t < model->num_tiers; t++) {
        dca__json_open(out, NULL, '{', false);
        dca__json_put_string(out, "name", name_of(model, DCA_KIND_TIER, t));
        dca__json_open(out, "terms", '[', false);
        for (dca_index e = 0; e < model->tiers[t].count; e++) {
            const dca__term *const term = &model->tiers[t].terms[e];
            dca__json_open(out, NULL, '{', false);
            dca__json_put_string(out, "kind", dca__term_word(term->kind));
            put_unless(out, "weight", term->weight, 1.0);
            if (term->domain >= 0) {
                dca__json_put_string(out, "domain", name_of(model, DCA_KIND_DOMAIN, term->domain));
            }
            if (term->resource >= 0) {
                dca__json_put_string(out, "resource",
                                     name_of(model, DCA_KIND_RESOURCE, term->resource));
            }
            if (term->priority != INT32_MIN) {
                dca__json_put_integer(out, "priority", term->priority);
            }
            dca__json_close(out, '}');
        }
        dca__json_close(out, ']');
        dca__json_close(out, '}');
    }
    dca__json_close(out, ']');
}

dca_status dca__json_write_model(const dca_model *model, char **text, size_t *length,
                                 dca_error *err)
{
    dca__json_out out = {.env = model->env};
    dca__json_open(&out, NULL, '{', true);
    dca__json_put_integer(&out, "dcalloc", DCA_SCENARIO_VERSION);
    if (model->name != NULL) {
        dca__json_put_string(&out, "name", model->name);
    }
    if (model->num_resources > 1) {
        put_resources(&out, model);
    }
    if (model->num_domains > 0) {
        put_domains(&out, model);
    }
    if (model->num_links > 0) {
        put_links(&out, model);
    }
    if (model->num_pools > 0) {
        put_pools(&out, model);
    }
    if (model->num_demands > 0) {
        put_demands(&out, model);
    }
    if (model->num_placements > 0) {
        put_placements(&out, model);
    }
    if (model->num_tiers > 0) {
        put_objective(&out, model);
    }
    dca__json_close(&out, '}');
    return dca__json_finish(&out, text, length, err);
}
