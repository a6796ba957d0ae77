/* model_answer.c - an LP point in the words of the model. O(objects + entries of what is placed). */
#include "engine/model_answer.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

void dca__model_answer_free(dca__model_answer *answer)
{
    if (answer == NULL) {
        return;
    }
    dca_env *env = answer->env;
    void *const blocks[] = {
        answer->tier_value, answer->tier_sense,   answer->tier_priced, answer->served,
        answer->unmet,      answer->amount,       answer->placed,      answer->nodes_on,
        answer->pool_cost,  answer->pool_kw,      answer->domain_cost, answer->domain_kw,
        answer->link_use,   answer->link_limit,   answer->pool_use,    answer->pool_limit,
        answer->domain_use, answer->domain_limit, answer->limit_key,   answer->limit,
        answer->use,        answer->price};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++) {
        dca__free(env, blocks[k]);
    }
    dca__blocking_free(env, &answer->blocking);
    if (answer->notes.env != NULL) {
        dca__text_free(&answer->notes);
        dca__text_free(&answer->sentences);
    }
    dca__repair_plans_free(env, answer->repairs);
    dca__frozen_release(answer->frozen);
    dca__free(env, answer);
}

/* Every array, or false. */
static bool allocate(const dca_model *model, dca__model_answer *a)
{
    dca_env *env = a->env;
    const dca_nnz resources = model->num_resources;
    const dca_nnz pools = model->num_pools;
    const dca_nnz domains = model->num_domains;
    bool whole = true;
    struct {
        double **array;
        dca_nnz count;
    } const values[] = {{&a->tier_value, a->num_tiers},
                        {&a->served, model->num_demands},
                        {&a->unmet, model->num_demands},
                        {&a->amount, model->num_demands},
                        {&a->placed, model->num_placements},
                        {&a->nodes_on, pools},
                        {&a->pool_cost, pools},
                        {&a->pool_kw, pools},
                        {&a->domain_cost, domains},
                        {&a->domain_kw, domains},
                        {&a->link_use, model->num_links},
                        {&a->link_limit, model->num_links},
                        {&a->pool_use, pools * resources},
                        {&a->pool_limit, pools * resources},
                        {&a->domain_use, domains * resources},
                        {&a->domain_limit, domains * resources},
                        {&a->limit, a->num_limits},
                        {&a->use, a->num_limits},
                        {&a->price, (dca_nnz)a->num_tiers * a->num_limits}};
    for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
        *values[k].array = DCA_ZEROS(env, double, values[k].count);
        whole = whole && *values[k].array != NULL;
    }
    a->tier_sense = DCA_ZEROS(env, dca_sense, a->num_tiers);
    a->tier_priced = DCA_ZEROS(env, bool, a->num_tiers);
    a->limit_key = DCA_ARRAY(env, dca__key, a->num_limits);
    return whole && a->tier_sense != NULL && a->tier_priced != NULL && a->limit_key != NULL;
}

/* The limits as they stand, whatever the answer is. */
static void fill_limits(const dca_model *model, dca__model_answer *a)
{
    const dca_index resources = model->num_resources;
    for (dca_index p = 0; p < model->num_pools; p++) {
        for (dca_index r = 0; r < resources; r++) {
            const double capacity = model->capacity[(dca_nnz)p * model->stride + r];
            a->pool_limit[(dca_nnz)p * resources + r] =
                r == DCA_POWER && capacity <= 0.0 ? INFINITY : capacity * model->pools[p].count;
        }
    }
    for (dca_index d = 0; d < model->num_domains; d++) {
        memcpy(a->domain_limit + (dca_nnz)d * resources, model->limit + (dca_nnz)d * model->stride,
               (size_t)resources * sizeof(double));
    }
    for (dca_index l = 0; l < model->num_links; l++) {
        a->link_limit[l] = model->links[l].capacity;
    }
    for (dca_index i = 0; i < model->num_demands; i++) {
        a->amount[i] = model->demands[i].amount;
    }
}

dca_status dca__model_answer_new(const dca_model *model, const dca__compiled *compiled,
                                 dca__frozen *frozen, dca__model_answer **out)
{
    dca__model_answer *answer = DCA_NEW(model->env, dca__model_answer);
    if (answer == NULL) {
        return DCA_E_NOMEM;
    }
    answer->env = model->env;
    answer->frozen = dca__frozen_retain(frozen);
    answer->compaction = model->compaction;
    answer->num_tiers = compiled->num_tiers;
    answer->num_limits = compiled->map.num_limits;
    answer->own_tier = compiled->tiers[0].tier < 0;
    answer->notes.env = answer->sentences.env = model->env;
    if (!allocate(model, answer)) {
        dca__model_answer_free(answer);
        return DCA_E_NOMEM;
    }
    for (dca_index t = 0; t < answer->num_tiers; t++) {
        answer->tier_sense[t] = compiled->tiers[t].sense;
    }
    fill_limits(model, answer);
    for (dca_index i = 0; i < answer->num_limits; i++) {
        answer->limit_key[i] = compiled->map.row[i];
        answer->limit[i] = dca__map_limit_value(model, &compiled->map.row[i]);
    }
    *out = answer;
    return DCA_OK;
}

/* ---- Values ------------------------------------------------------------------------------------------ */

/* Use of resources and power `watts` in every domain on the ways of a source, times `amount`. */
static void count_in_domains(const dca_model *model, const dca__ways *ways, dca_index source,
                             dca_index n, const dca_index *resource, const double *use,
                             double watts, double amount, dca__model_answer *a)
{
    for (dca_nnz e = ways->start[source]; e < ways->start[source + 1]; e++) {
        const dca_index d = ways->domain[e];
        const double factor = ways->factor[e] * amount;
        double *row = a->domain_use + (dca_nnz)d * model->num_resources;
        row[DCA_POWER] += factor * watts;
        for (dca_index u = 0; model->domains[d].kind != DCA_DOMAIN_POWER && u < n; u++) {
            if (resource[u] != DCA_POWER) {
                row[resource[u]] += factor * use[u];
            }
        }
    }
}

static void fill_placement(const dca_model *model, const dca__compiled *compiled, dca_index k,
                           double amount, dca__model_answer *a)
{
    const dca__placement *placement = &model->placements[k];
    const dca_index tenant = model->demands[placement->demand].tenant;
    const double watts = dca__model_power(model, k);
    const double cost = dca__objective_unit_cost(model, compiled, k) * amount;
    const dca_index *resource;
    const double *use;
    const dca_index n = dca__model_use(model, k, &resource, &use);
    a->placed[k] = amount;
    a->served[placement->demand] += placement->rate * amount;
    a->cost += cost;
    for (dca_nnz e = placement->link; e < placement->link + placement->link_length; e++) {
        a->link_use[model->links_used.index[e]] += model->links_used.value[e] * amount;
    }
    if (placement->pool >= 0) {
        double *row = a->pool_use + (dca_nnz)placement->pool * model->num_resources;
        row[DCA_POWER] += watts * amount;
        for (dca_index u = 0; u < n; u++) {
            if (resource[u] != DCA_POWER) {
                row[resource[u]] += use[u] * amount;
            }
        }
        a->pool_cost[placement->pool] += cost;
        count_in_domains(model, &compiled->pool_ways, placement->pool, n, resource, use, watts,
                         amount, a);
    }
    if (tenant >= 0) {
        count_in_domains(model, &compiled->tenant_ways, tenant, n, resource, use, watts, amount, a);
    }
}

static void fill_pool(const dca_model *model, const dca__compiled *compiled, dca_index p,
                      double nodes, dca__model_answer *a)
{
    const dca__pool *pool = &model->pools[p];
    const double idle = pool->idle_watts * nodes;
    double *power = &a->pool_use[(dca_nnz)p * model->num_resources + DCA_POWER];
    const double cost = pool->price * nodes + dca__objective_watt_cost(model, compiled, p) * idle;
    a->nodes_on[p] = nodes;
    a->pool_cost[p] += cost;
    a->cost += cost;
    *power += idle;
    a->pool_kw[p] = *power / 1000.0;
    a->energy += dca__objective_watt_energy(model, compiled, p) * *power;
    count_in_domains(model, &compiled->pool_ways, p, 0, NULL, NULL, idle, 1.0, a);
}

void dca__model_answer_fill(const dca_model *model, const dca__compiled *compiled, const double *x,
                            const double *activity, dca__model_answer *a)
{
    const dca__map *map = &compiled->map;
    for (dca_index k = 0; k < model->num_placements; k++) {
        if (map->placed[k] >= 0 && x[map->placed[k]] != 0.0) {
            fill_placement(model, compiled, k, x[map->placed[k]], a);
        }
    }
    for (dca_index i = 0; i < model->num_demands; i++) {
        a->unmet[i] = map->unmet[i] >= 0 ? fmax(0.0, x[map->unmet[i]]) : 0.0;
    }
    for (dca_index p = 0; p < model->num_pools; p++) {
        if (model->pools[p].alive) {
            fill_pool(model, compiled, p,
                      map->nodes[p] >= 0 ? x[map->nodes[p]] : model->pools[p].count, a);
        }
    }
    for (dca_index d = 0; d < model->num_domains; d++) {
        a->domain_kw[d] = a->domain_use[(dca_nnz)d * model->num_resources + DCA_POWER] / 1000.0;
        a->domain_cost[d] = a->domain_kw[d] * model->domains[d].energy_price;
    }
    for (dca_index i = 0; i < a->num_limits; i++) {
        const dca__key *row = &map->row[i];
        const dca_nnz at = (dca_nnz)row->a * model->num_resources + row->b;
        a->use[i] = row->kind == DCA__ROW_POOL     ? a->pool_use[at]
                    : row->kind == DCA__ROW_DOMAIN ? a->domain_use[at]
                    : row->kind == DCA__ROW_LINK   ? a->link_use[row->a]
                                                   : a->served[row->a];
    }
    (void)activity;
    for (dca_index t = 0; t < a->num_tiers; t++) {
        const dca__tier_cost *tier = &compiled->tiers[t];
        double value = 0.0;
        for (dca_index j = 0; j < map->num_columns; j++) {
            value += tier->cost[j] * x[j];
        }
        a->tier_value[t] = (tier->sense == DCA_MAXIMISE ? -value : value) + tier->offset;
    }
    a->has_values = true;
}

/* ---- Prices ------------------------------------------------------------------------------------------ */

/* d(c'x)/d(amount of demand i) through its rows and the bound of what may stay unmet. */
static double amount_price(const dca_model *model, const dca__compiled *compiled, dca_index i,
                           const double *x, const double *y, const double *d)
{
    const dca__map *map = &compiled->map;
    const dca_index row = map->demand_row[i];
    const dca_index unmet = map->unmet[i];
    const dca__demand *demand = &model->demands[i];
    const double slack = dca__compile_slack(model, i);
    double price = y[row];
    if (demand->hard == 0 && isfinite(demand->amount) &&
        (slack > 0.0 ? x[unmet] >= slack * (1.0 - 1e-9) : d[unmet] < 0.0)) {
        price += d[unmet] * (1.0 - demand->min_share); /* at its bound, which moves along */
    }
    for (dca_index s = map->first_repeat[row]; s >= 0; s = map->next_repeat[s]) {
        price += y[s] * (1.0 - demand->weight * x[map->term_column[map->row[s].a]]);
    }
    return price;
}

/* A pool's limit grows with the capacity of a node, and only nodes that are on bring it: the part of
 * an elastic pool that is on. 1 for other limits. */
static double part_on(const dca_model *model, const dca__map *map, dca_index i, const double *x)
{
    const dca__key *row = &map->row[i];
    if (row->kind != DCA__ROW_POOL || map->nodes[row->a] < 0) {
        return 1.0;
    }
    const double count = model->pools[row->a].count;
    return count > 0.0 ? x[map->nodes[row->a]] / count : 0.0;
}

void dca__model_answer_price(const dca_model *model, const dca__compiled *compiled, dca_index tier,
                             const double *x, const double *y, const double *d,
                             dca__model_answer *a)
{
    const dca__map *map = &compiled->map;
    const bool large = compiled->tiers[tier].sense == DCA_MAXIMISE;
    double *out = a->price + (dca_nnz)tier * a->num_limits;
    for (dca_index i = 0; i < a->num_limits; i++) {
        double price = y[i] * part_on(model, map, i, x);
        if (map->row[i].kind == DCA__ROW_DEMAND) {
            price = amount_price(model, compiled, map->row[i].a, x, y, d);
        } else {
            for (dca_index u = map->first_repeat[i]; u >= 0; u = map->next_repeat[u]) {
                price += y[u] * x[map->term_column[map->row[u].a]];
            }
        }
        price = large ? -price : price;
        if (map->row[i].kind == DCA__ROW_DEMAND) {
            price += dca__objective_amount_rate(model, compiled, tier, map->row[i].a);
        }
        out[i] = price == 0.0 ? 0.0 : price;
    }
    a->tier_priced[tier] = true;
}

/* ---- Sentences --------------------------------------------------------------------------------------- */

dca_status dca__model_answer_explain(const dca_model *model, const dca__compiled *compiled,
                                     dca_outcome outcome, const dca_certificate *certificate,
                                     dca__model_answer *a)
{
    const dca__facts facts = {model,    &compiled->map,   compiled->lp, a->limit, a->use,
                              a->price, a->tier_sense[0], a->served,    a->unmet, a->placed};
    const char **tier_name = DCA_ARRAY(a->env, const char *, a->num_tiers);
    if (tier_name == NULL) {
        return DCA_E_NOMEM;
    }
    for (dca_index t = 0; t < a->num_tiers; t++) {
        tier_name[t] = dca__frozen_name(a->frozen, DCA_KIND_TIER, t);
    }
    const dca__verdict verdict = {outcome,       certificate,   a->num_tiers, tier_name,
                                  a->tier_value, a->tier_sense, a->own_tier,  a->has_values,
                                  a->cost,       a->energy};
    dca_status status = DCA_OK;
    if (a->has_values) {
        status = dca__explain_blocking(&facts, &a->blocking);
        if (status == DCA_OK) {
            dca__explain_demands(&facts, &a->blocking, &a->notes);
        }
    }
    if (status == DCA_OK) {
        dca__explain_report(&facts, &verdict, &a->notes, a->infeasible ? a->repairs : NULL,
                            &a->sentences);
        status = a->notes.failed || a->sentences.failed ? DCA_E_NOMEM : DCA_OK;
    }
    dca__free(a->env, tier_name);
    return status;
}

/* ---- Lookup ------------------------------------------------------------------------------------------ */

bool dca__model_answer_limit(const dca__model_answer *a, dca_kind kind, dca_index index,
                             dca_index resource, double *limit, double *use, dca_index *row)
{
    const dca__frozen *frozen = a->frozen;
    const dca_index resources = frozen->count[DCA_KIND_RESOURCE];
    const bool counted = kind == DCA_KIND_POOL || kind == DCA_KIND_DOMAIN;
    if ((!counted && kind != DCA_KIND_LINK && kind != DCA_KIND_DEMAND) ||
        dca__frozen_name(frozen, kind, index) == NULL ||
        (counted && (resource < 0 || resource >= resources))) {
        return false;
    }
    const dca_nnz at = (dca_nnz)index * resources + resource;
    dca__key key = {DCA__ROW_DEMAND, index, -1, -1, -1};
    if (kind == DCA_KIND_POOL) {
        key.kind = DCA__ROW_POOL;
        key.b = resource;
        *limit = a->pool_limit[at];
        *use = a->pool_use[at];
    } else if (kind == DCA_KIND_DOMAIN) {
        key.kind = DCA__ROW_DOMAIN;
        key.b = resource;
        *limit = a->domain_limit[at];
        *use = a->domain_use[at];
    } else if (kind == DCA_KIND_LINK) {
        key.kind = DCA__ROW_LINK;
        *limit = a->link_limit[index];
        *use = a->link_use[index];
    } else {
        *limit = a->amount[index];
        *use = a->served[index];
    }
    *row = dca__key_find(a->limit_key, a->num_limits, &key);
    return true;
}
