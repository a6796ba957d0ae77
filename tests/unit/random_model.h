/* random_model.h - seeded models with a bit of everything, and seeded numeric edits of them. Always
 * feasible: demands are soft, and limits leave room for what idles. */
#ifndef DCA_TESTS_RANDOM_MODEL_H
#define DCA_TESTS_RANDOM_MODEL_H

#include "base/rng.h"
#include "small_model.h"

typedef struct draw {
    uint64_t key;
} draw;

static inline double unit(draw *d)
{
    return dca__hash_unit(d->key++);
}

static inline int below(draw *d, int n)
{
    return (int)(unit(d) * n);
}

/** One of 1, 2, ... n, so that ties and degenerate vertices happen. */
static inline double whole(draw *d, int n)
{
    return 1.0 + below(d, n);
}

enum { RANDOM_DOMAINS = 6 }; /* two feeds, a site, a rack, two tenants */

static inline void random_domains(dca_model *model, draw *d)
{
    (void)add_domain(model, "feed A", DCA_DOMAIN_POWER, 1.0 + 0.1 * below(d, 3), 0.1);
    (void)add_domain(model, "feed B", DCA_DOMAIN_POWER, 1.0 + 0.1 * below(d, 3), 0.2);
    (void)add_domain(model, "site", DCA_DOMAIN_POWER, 1.2, 0.0);
    (void)add_domain(model, "rack", DCA_DOMAIN_FAILURE, 1.0, 0.0);
    (void)add_domain(model, "team", DCA_DOMAIN_TENANT, 1.0, 0.0);
    (void)add_domain(model, "firm", DCA_DOMAIN_TENANT, 1.0, 0.0);
    must(model, dca_model_set_domain_parent(model, 0, 2, 1));
    must(model, dca_model_set_domain_parent(model, 1, 2, 1));
    must(model, dca_model_set_domain_parent(model, 4, 5, 1));
    must(model, dca_model_set_domain_limit(model, 0, 0, 40000));
    must(model, dca_model_set_domain_limit(model, 2, 0, 60000));
    must(model, dca_model_set_domain_limit(model, 3, 1, 20));
    must(model, dca_model_set_domain_limit(model, 5, 1, 15));
}

/** A term of any kind in a tier of its own; value, unmet and share terms may be in scope of a tenant. */
static inline void random_tiers(dca_model *model, draw *d)
{
    const int tiers = below(d, 4);
    for (int t = 0; t < tiers; t++) {
        dca_index tier;
        must(model, dca_model_add_tier(model, NULL, &tier));
        for (int e = 0; e < 1 + below(d, 2); e++) {
            dca_term_spec term = DCA_TERM_SPEC_INIT;
            term.kind = below(d, 7);
            term.weight = whole(d, 3);
            if (below(d, 3) == 0 && (term.kind == DCA_TERM_UNMET || term.kind >= DCA_TERM_VALUE))
                term.domain = 5;
            if (below(d, 4) == 0 && term.kind <= DCA_TERM_ENERGY)
                term.domain = below(d, 4);
            must(model, dca_model_add_term(model, tier, &term, NULL));
        }
    }
}

static inline void random_model(dca_model *model, uint64_t seed)
{
    draw d = {seed << 32};
    (void)add_resource(model, "GPU", "GPU");
    (void)add_resource(model, "core", "core");
    random_domains(model, &d);
    const int pools = 2 + below(&d, 4);
    for (int p = 0; p < pools; p++) {
        const dca_index at = add_pool(model, NULL, whole(&d, 4), whole(&d, 8), 100.0 * below(&d, 3),
                                      100.0 * below(&d, 4), below(&d, 3), below(&d, 3) == 0);
        must(model, dca_model_set_pool_capacity(model, at, 2, 4 * whole(&d, 8)));
        if (below(&d, 3) == 0) {
            must(model, dca_model_set_pool_capacity(model, at, 0, 3000));
        }
        const double share = 0.25 * below(&d, 5);
        must(model, dca_model_set_pool_domain(model, at, 0, share));
        must(model, dca_model_set_pool_domain(model, at, 1, 1.0 - share));
        must(model, dca_model_set_pool_domain(model, at, 3, below(&d, 2)));
    }
    const dca_index link = add_link(model, "uplink", 10, 0.25);
    const int demands = 1 + below(&d, 6);
    for (int i = 0; i < demands; i++) {
        double use[3] = {0, whole(&d, 4), whole(&d, 8)};
        dca_demand_spec spec = DCA_DEMAND_SPEC_INIT;
        spec.use = use;
        spec.amount = below(&d, 8) == 0 ? 0.0 : whole(&d, 12);
        spec.value = whole(&d, 4);
        spec.weight = whole(&d, 3);
        spec.priority = below(&d, 2);
        spec.tenant = below(&d, 3) == 0 ? -1 : 4 + below(&d, 2);
        dca_index at;
        must(model, dca_model_add_demands(model, &spec, sizeof spec, 1, &at));
        if (below(&d, 3) > 0) {
            place(model, at);
        }
        dca_placement_spec over = DCA_PLACEMENT_SPEC_INIT;
        over.demand = at;
        over.pool = below(&d, 3) == 0 ? -1 : below(&d, pools);
        over.rate = 0.5 * whole(&d, 3);
        over.cost = below(&d, 3);
        over.num_links = 1;
        over.link = &link;
        over.ceiling = below(&d, 3) == 0 ? whole(&d, 4) : INFINITY;
        must(model, dca_model_add_placements(model, &over, sizeof over, 1, NULL));
    }
    random_tiers(model, &d);
}

/** One numeric edit, of those that need no new compilation for the most part. */
static inline void random_edit(dca_model *model, draw *d)
{
    const int pool = below(d, dca_model_count(model, DCA_KIND_POOL));
    const int demand = below(d, dca_model_count(model, DCA_KIND_DEMAND));
    const int placement = below(d, dca_model_count(model, DCA_KIND_PLACEMENT));
    switch (below(d, 12)) {
    case 0:
        must(model, dca_model_set_pool_count(model, pool, below(d, 5)));
        break;
    case 1:
        must(model, dca_model_set_pool_capacity(model, pool, 1, below(d, 9)));
        break;
    case 2:
        must(model, dca_model_set_domain_limit(model, 2, 0, 50000 + 5000 * below(d, 4)));
        break;
    case 3:
        must(model, dca_model_set_domain_limit(model, 5, 1, 5 * below(d, 5)));
        break;
    case 4:
        must(model, dca_model_set_link_capacity(model, 0, 4 * below(d, 5)));
        break;
    case 5:
        must(model, dca_model_set_demand_amount(model, demand, below(d, 13)));
        break;
    case 6:
        must(model, dca_model_set_demand_value(model, demand, whole(d, 6)));
        break;
    case 7:
        must(model, dca_model_set_placement_cost(model, placement, below(d, 5)));
        break;
    case 8:
        must(model, dca_model_set_placement_ceiling(model, placement, whole(d, 5)));
        break;
    case 9:
        must(model, dca_model_set_pool_price(model, pool, below(d, 4)));
        break;
    case 10:
        must(model, dca_model_set_domain_energy_price(model, below(d, 2), 0.1 * below(d, 4)));
        break;
    default: {
        const dca_index at = placement;
        const double now = whole(d, 3); /* to 0 would keep a row that a new compilation has not */
        must(model, dca_model_set_current(model, 1, &at, (dca_doubles){&now, 0}));
    }
    }
}

#endif
