/* objective.c - tiers of terms as cost vectors.
 *
 *     cost         sum_p s_p nodes_p (price_p + E_p idle_p / 1000) + sum_k s_k x_k c_k,
 *                  c_k = cost_k + sum_l carried_kl price_l + E_p power_k / 1000
 *     energy       sum_p e_p nodes_p idle_p / 1000 + sum_k e_p x_k power_k / 1000
 *     unmet        sum_i weight_i unmet_i          value  sum_i value_i (amount_i - unmet_i)
 *     share        t          utilisation  u       movement  sum (more + less) + sum over the rest x
 *
 * E_p is money per kWh drawn at pool p: sum over domains above of factor x energy price. e_p is kWh
 * counted per kWh drawn: sum of the factors of metered domains (those with an energy price) and what
 * share of the pool has no meter. s is the share of a pool or demand in the scope, 1 without one. In
 * a domain, energy is what the domain counts. Nodes always on are constants, kept in the offset. */
#include "compile/compile.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

static bool is_large(int32_t kind)
{
    return kind == DCA_TERM_VALUE || kind == DCA_TERM_SHARE;
}

bool dca__objective_covers(const dca_model *model, const dca__compiled *compiled,
                           const dca__term *term, dca_index i)
{
    const dca__demand *demand = &model->demands[i];
    if (demand->priority < term->priority) {
        return false;
    }
    return term->domain < 0 ||
           (demand->tenant >= 0 &&
            dca__ways_share(&compiled->tenant_ways, demand->tenant, term->domain) > 0.0);
}

bool dca__objective_balances(const dca_model *model, const dca__compiled *compiled,
                             const dca__term *term, const dca__key *row)
{
    (void)model;
    if (term->resource >= 0 && (row->kind == DCA__ROW_LINK || row->b != term->resource)) {
        return false;
    }
    if (term->domain < 0) {
        return true;
    }
    if (row->kind == DCA__ROW_DOMAIN) {
        return row->a == term->domain;
    }
    return row->kind == DCA__ROW_POOL &&
           dca__ways_share(&compiled->pool_ways, row->a, term->domain) > 0.0;
}

double dca__objective_watt_cost(const dca_model *model, const dca__compiled *compiled,
                                dca_index pool)
{
    const dca__ways *ways = &compiled->pool_ways;
    double money = 0.0;
    for (dca_nnz e = ways->start[pool]; e < ways->start[pool + 1]; e++) {
        money += ways->factor[e] * model->domains[ways->domain[e]].energy_price;
    }
    return money / 1000.0;
}

double dca__objective_watt_energy(const dca_model *model, const dca__compiled *compiled,
                                  dca_index pool)
{
    const dca__ways *ways = &compiled->pool_ways;
    double counted = 0.0;
    double metered = 0.0;
    for (dca_nnz e = ways->start[pool]; e < ways->start[pool + 1]; e++) {
        if (model->domains[ways->domain[e]].energy_price != 0.0) {
            counted += ways->factor[e];
            metered += ways->share[e];
        }
    }
    return (counted + fmax(0.0, 1.0 - metered)) / 1000.0;
}

double dca__objective_unit_cost(const dca_model *model, const dca__compiled *compiled, dca_index k)
{
    const dca__placement *placement = &model->placements[k];
    double cost = placement->cost;
    for (dca_nnz e = placement->link; e < placement->link + placement->link_length; e++) {
        cost += model->links_used.value[e] * model->links[model->links_used.index[e]].price;
    }
    if (placement->pool >= 0) {
        cost +=
            dca__objective_watt_cost(model, compiled, placement->pool) * dca__model_power(model, k);
    }
    return cost;
}

/* How much of a placement (by its demand) or a pool counts in the scope of a term. */
static double placement_share(const dca_model *model, const dca__compiled *compiled,
                              const dca__term *term, dca_index k)
{
    const dca__placement *placement = &model->placements[k];
    if (term->domain < 0) {
        return 1.0;
    }
    if (model->domains[term->domain].kind == DCA_DOMAIN_TENANT) {
        const dca_index tenant = model->demands[placement->demand].tenant;
        return tenant < 0 ? 0.0 : dca__ways_share(&compiled->tenant_ways, tenant, term->domain);
    }
    return placement->pool < 0
               ? 0.0
               : dca__ways_share(&compiled->pool_ways, placement->pool, term->domain);
}

static double pool_share(const dca_model *model, const dca__compiled *compiled,
                         const dca__term *term, dca_index p)
{
    if (term->domain < 0) {
        return 1.0;
    }
    return model->domains[term->domain].kind == DCA_DOMAIN_TENANT
               ? 0.0
               : dca__ways_share(&compiled->pool_ways, p, term->domain);
}

/* kWh per hour that the term counts of one W of a placement, or of idle nodes (placement -1). */
static double energy_of_watt(const dca_model *model, const dca__compiled *compiled,
                             const dca__term *term, dca_index pool, dca_index k)
{
    if (term->domain < 0) {
        return pool < 0 ? 0.0 : dca__objective_watt_energy(model, compiled, pool);
    }
    if (model->domains[term->domain].kind == DCA_DOMAIN_TENANT) {
        const dca_index tenant = k < 0 ? -1 : model->demands[model->placements[k].demand].tenant;
        return tenant < 0 ? 0.0
                          : dca__ways_factor(&compiled->tenant_ways, tenant, term->domain) / 1000.0;
    }
    return pool < 0 ? 0.0 : dca__ways_factor(&compiled->pool_ways, pool, term->domain) / 1000.0;
}

/* A cost per node on: a column when the pool is elastic, else a constant. */
static void add_nodes(const dca_model *model, const dca__compiled *compiled, dca__tier_cost *tier,
                      dca_index p, double cost)
{
    if (compiled->map.nodes[p] >= 0) {
        tier->cost[compiled->map.nodes[p]] += cost;
    } else {
        tier->offset += cost * model->pools[p].count;
    }
}

static void add_cost(const dca_model *model, const dca__compiled *compiled, const dca__term *term,
                     double w, dca__tier_cost *tier)
{
    for (dca_index k = 0; k < model->num_placements; k++) {
        const dca_index j = compiled->map.placed[k];
        const double share = j < 0 ? 0.0 : placement_share(model, compiled, term, k);
        if (share > 0.0) {
            tier->cost[j] += w * share * dca__objective_unit_cost(model, compiled, k);
        }
    }
    for (dca_index p = 0; p < model->num_pools; p++) {
        const dca__pool *pool = &model->pools[p];
        const double share = pool->alive ? pool_share(model, compiled, term, p) : 0.0;
        if (share > 0.0) {
            const double energy = dca__objective_watt_cost(model, compiled, p) * pool->idle_watts;
            add_nodes(model, compiled, tier, p, w * share * (pool->price + energy));
        }
    }
}

static void add_energy(const dca_model *model, const dca__compiled *compiled, const dca__term *term,
                       double w, dca__tier_cost *tier)
{
    for (dca_index k = 0; k < model->num_placements; k++) {
        const dca_index j = compiled->map.placed[k];
        if (j >= 0) {
            tier->cost[j] += w *
                             energy_of_watt(model, compiled, term, model->placements[k].pool, k) *
                             dca__model_power(model, k);
        }
    }
    for (dca_index p = 0; p < model->num_pools; p++) {
        if (model->pools[p].alive && model->pools[p].idle_watts > 0.0) {
            add_nodes(model, compiled, tier, p,
                      w * energy_of_watt(model, compiled, term, p, -1) *
                          model->pools[p].idle_watts);
        }
    }
}

/* w x rate_k per unit placed, where an unlimited demand is worth w per unit served. */
static void add_served(const dca_model *model, const dca__compiled *compiled, dca_index i, double w,
                       dca__tier_cost *tier)
{
    for (dca_index k = model->demands[i].first; k >= 0; k = model->placements[k].next) {
        tier->cost[compiled->map.placed[k]] += w * model->placements[k].rate;
    }
}

static void add_demands(const dca_model *model, const dca__compiled *compiled,
                        const dca__term *term, double w, dca__tier_cost *tier)
{
    for (dca_index i = 0; i < model->num_demands; i++) {
        const dca__demand *demand = &model->demands[i];
        if (!demand->alive || !dca__objective_covers(model, compiled, term, i)) {
            continue;
        }
        const dca_index j = compiled->map.unmet[i];
        if (term->kind == DCA_TERM_UNMET) {
            tier->cost[j] += w * demand->weight;
        } else if (isinf(demand->amount)) {
            add_served(model, compiled, i, w * demand->value, tier);
        } else {
            tier->cost[j] -= w * demand->value;
            tier->offset += w * demand->value * demand->amount;
        }
    }
}

static void add_movement(const dca_model *model, const dca__compiled *compiled, double w,
                         dca__tier_cost *tier)
{
    const dca__map *map = &compiled->map;
    for (dca_index k = 0; k < model->num_placements; k++) {
        if (map->placed[k] >= 0) {
            tier->cost[map->placed[k]] += w;
        }
    }
    for (dca_index i = map->num_columns - 1; i >= 0 && map->column[i].kind >= DCA__COLUMN_MORE;
         i--) {
        tier->cost[i] += w;
        if (map->column[i].kind == DCA__COLUMN_MORE) {
            tier->cost[map->placed[map->column[i].a]] -= w; /* more and less stand for it */
        }
    }
}

static void fill_tier(const dca_model *model, const dca__compiled *compiled, dca__tier_cost *tier)
{
    static const dca__term unmet = {1.0, DCA_TERM_UNMET, INT32_MIN, -1, -1};
    const bool own = tier->tier < 0;
    const dca__term *terms = own ? &unmet : model->tiers[tier->tier].terms;
    const dca_index count = own ? 1 : model->tiers[tier->tier].count;
    dca_index number = 0;
    for (dca_index t = 0; t < tier->tier; t++) {
        number += model->tiers[t].count;
    }
    memset(tier->cost, 0, (size_t)compiled->map.num_columns * sizeof *tier->cost);
    tier->offset = 0.0;
    for (dca_index e = 0; e < count; e++) {
        const dca__term *term = &terms[e];
        const bool agrees = is_large(term->kind) == (tier->sense == DCA_MAXIMISE);
        const double w = agrees ? term->weight : -term->weight;
        if (term->kind == DCA_TERM_COST) {
            add_cost(model, compiled, term, w, tier);
        } else if (term->kind == DCA_TERM_ENERGY) {
            add_energy(model, compiled, term, w, tier);
        } else if (term->kind == DCA_TERM_UNMET || term->kind == DCA_TERM_VALUE) {
            add_demands(model, compiled, term, w, tier);
        } else if (term->kind == DCA_TERM_MOVEMENT) {
            add_movement(model, compiled, w, tier);
        } else if (compiled->map.term_column[number + e] >= 0) {
            tier->cost[compiled->map.term_column[number + e]] += w;
        }
    }
    tier->empty = true;
    for (dca_index j = 0; j < compiled->map.num_columns; j++) {
        tier->empty = tier->empty && tier->cost[j] == 0.0;
        if (tier->sense == DCA_MAXIMISE) {
            tier->cost[j] = tier->cost[j] == 0.0 ? 0.0 : -tier->cost[j];
        }
    }
}

void dca__objective_fill(const dca_model *model, dca__compiled *compiled)
{
    for (dca_index t = 0; t < compiled->num_tiers; t++) {
        fill_tier(model, compiled, &compiled->tiers[t]);
    }
}

double dca__objective_amount_rate(const dca_model *model, const dca__compiled *compiled,
                                  dca_index tier, dca_index i)
{
    const dca__tier_cost *cost = &compiled->tiers[tier];
    double rate = 0.0;
    for (dca_index e = 0; cost->tier >= 0 && e < model->tiers[cost->tier].count; e++) {
        const dca__term *term = &model->tiers[cost->tier].terms[e];
        if (term->kind == DCA_TERM_VALUE && isfinite(model->demands[i].amount) &&
            dca__objective_covers(model, compiled, term, i)) {
            rate +=
                (cost->sense == DCA_MAXIMISE ? 1.0 : -1.0) * term->weight * model->demands[i].value;
        }
    }
    return rate;
}

/* A tier is maximised when it holds terms and all of them are to be large. */
static dca_sense sense_of(const dca__tier *tier)
{
    for (dca_index e = 0; e < tier->count; e++) {
        if (!is_large(tier->terms[e].kind)) {
            return DCA_MINIMISE;
        }
    }
    return tier->count > 0 ? DCA_MAXIMISE : DCA_MINIMISE;
}

/* Does no tier say anything about how much is served? */
static bool says_nothing(const dca_model *model)
{
    for (dca_index t = 0; t < model->num_tiers; t++) {
        for (dca_index e = 0; e < model->tiers[t].count; e++) {
            const int32_t kind = model->tiers[t].terms[e].kind;
            if (is_large(kind) || kind == DCA_TERM_UNMET) {
                return false;
            }
        }
    }
    return true;
}

dca_status dca__objective_new(const dca_model *model, dca__compiled *compiled)
{
    const dca_index own = says_nothing(model) ? 1 : 0;
    const dca_index n = model->num_tiers + own;
    compiled->tiers = DCA_ZEROS(compiled->env, dca__tier_cost, n);
    if (compiled->tiers == NULL) {
        return DCA_E_NOMEM;
    }
    compiled->num_tiers = n;
    for (dca_index t = 0; t < n; t++) {
        dca__tier_cost *tier = &compiled->tiers[t];
        tier->tier = t - own;
        tier->sense = tier->tier < 0 ? DCA_MINIMISE : sense_of(&model->tiers[tier->tier]);
        tier->cost = DCA_ARRAY(compiled->env, double, compiled->map.num_columns);
        if (tier->cost == NULL) {
            return DCA_E_NOMEM;
        }
    }
    dca__objective_fill(model, compiled);
    return DCA_OK;
}
