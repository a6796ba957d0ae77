/* model_calls.c - model.h: calls that allocate. */
#include "model/model.h"
#include "oom.h"
#include "random_model.h"

enum { MODEL_SEED = 8, POOLS = 12, LONG_LIST = 40 };

/* Pools, domains, a link, demands with placements by rule and by hand, tiers; with holds a seed. */
void build_model(stage *s)
{
    must_be(dca_model_new(s->env, &s->model));
    random_model(s->model, s->with > 0 ? (uint64_t)s->with : MODEL_SEED);
    must_be(dca_model_set_name(s->model, "hall"));
}

static void build_followed(stage *s)
{
    build_model(s);
    solved(s);
}

static void build_empty(stage *s)
{
    must_be(dca_model_new(s->env, &s->model));
}

/* Objects were removed, so that there are gaps. */
static void build_gaps(stage *s)
{
    build_followed(s);
    must_be(dca_model_remove(s->model, DCA_KIND_POOL, 1));
    must_be(dca_model_remove(s->model, DCA_KIND_DEMAND, 0));
    must_be(dca_model_remove(s->model, DCA_KIND_DOMAIN, 4));
}

static dca_status model_new(stage *s)
{
    return CALL(dca_model_new, (s->env, &s->made.model));
}

static dca_status model_set_name(stage *s)
{
    return CALL(dca_model_set_name, (s->model, "another"));
}

static dca_status model_add_resource(stage *s)
{
    return CALL(dca_model_add_resource, (s->model, "disk", "TB", &s->made.index[0]));
}

/* So many resources before that the dense rows grow with the next. */
static void build_full_stride(stage *s)
{
    build_model(s);
    while (dca_model_count(s->model, DCA_KIND_RESOURCE) < s->model->stride)
        must_be(dca_model_add_resource(s->model, NULL, NULL, NULL));
}

static dca_status model_add_pools(stage *s)
{
    dca_pool_spec specs[POOLS];
    const double capacity[16] = {0.0, 8.0};
    for (int k = 0; k < POOLS; k++) {
        specs[k] = (dca_pool_spec)DCA_POOL_SPEC_INIT;
        specs[k].capacity = capacity;
    }
    specs[3].name = "the fourth";
    return CALL(dca_model_add_pools, (s->model, specs, sizeof *specs, POOLS, &s->made.index[0]));
}

static dca_status model_add_pools_taken(stage *s)
{
    dca_pool_spec specs[2] = {DCA_POOL_SPEC_INIT, DCA_POOL_SPEC_INIT};
    specs[0].name = specs[1].name = "twin";
    return CALL(dca_model_add_pools, (s->model, specs, sizeof *specs, 2, &s->made.index[0]));
}

static dca_status model_add_domains(stage *s)
{
    dca_domain_spec specs[POOLS];
    for (int k = 0; k < POOLS; k++)
        specs[k] = (dca_domain_spec)DCA_DOMAIN_SPEC_INIT;
    return CALL(dca_model_add_domains, (s->model, specs, sizeof *specs, POOLS, &s->made.index[0]));
}

static dca_status model_add_links(stage *s)
{
    dca_link_spec specs[POOLS];
    for (int k = 0; k < POOLS; k++)
        specs[k] = (dca_link_spec)DCA_LINK_SPEC_INIT;
    specs[1].from = "here";
    specs[1].to = "there";
    specs[2].unit = "Tb/s";
    return CALL(dca_model_add_links, (s->model, specs, sizeof *specs, POOLS, &s->made.index[0]));
}

static dca_status model_add_demands(stage *s)
{
    dca_demand_spec specs[POOLS];
    const double use[16] = {1.0, 2.0};
    for (int k = 0; k < POOLS; k++) {
        specs[k] = (dca_demand_spec)DCA_DEMAND_SPEC_INIT;
        specs[k].use = use;
    }
    specs[2].unit = "job";
    specs[5].name = "named";
    return CALL(dca_model_add_demands, (s->model, specs, sizeof *specs, POOLS, &s->made.index[0]));
}

static dca_status model_add_placements(stage *s)
{
    dca_placement_spec specs[POOLS];
    const double use[16] = {1.0, 2.0};
    const dca_index link = 0;
    for (int k = 0; k < POOLS; k++) {
        specs[k] = (dca_placement_spec)DCA_PLACEMENT_SPEC_INIT;
        specs[k].demand = 0;
        specs[k].use = use;
    }
    specs[1].name = "by hand";
    specs[2].num_links = 1;
    specs[2].link = &link;
    return CALL(dca_model_add_placements,
                (s->model, specs, sizeof *specs, POOLS, &s->made.index[0]));
}

/* ---- By columns ----------------------------------------------------------------------------------- */

/* POOLS sparse lists, of one entry each but for the first, which is long where `with` says so. */
typedef struct lists {
    dca_nnz start[POOLS + 1];
    dca_index index[POOLS + LONG_LIST];
    double value[POOLS + LONG_LIST];
} lists;

static dca_sparse fill(lists *l, dca_index first)
{
    dca_nnz used = 0;
    for (int k = 0; k < POOLS; k++) {
        l->start[k] = used;
        const dca_index length = k == 0 ? first : 1;
        for (dca_index e = 0; e < length; e++) {
            l->index[used] = first > 1 ? length - 1 - e : 1;
            l->value[used++] = 1.0;
        }
    }
    l->start[POOLS] = used;
    return (dca_sparse){l->start, l->index, l->value};
}

/* So many resources that a list of them is searched for repeats by way of a copy. */
static void build_many_resources(stage *s)
{
    build_model(s);
    for (int k = 0; k < LONG_LIST; k++)
        must_be(dca_model_add_resource(s->model, NULL, NULL, NULL));
}

static dca_status model_add_pool_columns(stage *s)
{
    const bool many = dca_model_count(s->model, DCA_KIND_RESOURCE) > LONG_LIST;
    static const char *const names[POOLS] = {NULL, NULL, "third"};
    lists capacity, watts;
    dca_pool_columns columns = {.struct_size = (uint32_t)sizeof columns, .n = POOLS};
    columns.name = (dca_strings){names, sizeof *names};
    columns.capacity = fill(&capacity, many ? LONG_LIST : 1);
    columns.watts = fill(&watts, 1);
    return CALL(dca_model_add_pool_columns, (s->model, &columns, &s->made.index[0]));
}

static dca_status model_add_demand_columns(stage *s)
{
    const bool many = dca_model_count(s->model, DCA_KIND_RESOURCE) > LONG_LIST;
    lists use;
    dca_demand_columns columns = {.struct_size = (uint32_t)sizeof columns, .n = POOLS};
    columns.use = fill(&use, many ? LONG_LIST : 1);
    return CALL(dca_model_add_demand_columns, (s->model, &columns, &s->made.index[0]));
}

static dca_status model_add_placement_columns(stage *s)
{
    static const dca_index demand = 0;
    lists use, link;
    dca_placement_columns columns = {.struct_size = (uint32_t)sizeof columns, .n = POOLS};
    columns.demand = (dca_indices){&demand, 0};
    columns.use = fill(&use, 1);
    columns.link = fill(&link, 0);
    for (int k = 0; k < POOLS; k++)
        link.index[k] = 0;
    return CALL(dca_model_add_placement_columns, (s->model, &columns, &s->made.index[0]));
}

static dca_status model_place(stage *s)
{
    dca_index demand;
    if (s->with == 2) { /* the list of the caller, with rates */
        static const dca_index pools[] = {1, 0};
        static const double rates[] = {2.0, 0.5};
        return CALL(dca_model_place, (s->model, 0, 2, pools, rates, &s->made.index[0]));
    }
    demand = dca_model_count(s->model, DCA_KIND_DEMAND) - 1;
    return CALL(dca_model_place, (s->model, demand, -1, NULL, NULL, &s->made.index[0]));
}

static void build_unplaced(stage *s)
{
    build_model(s);
    (void)add_demand(s->model, "late", 3.0, 1.0, 0);
}

/* ---- Relations ------------------------------------------------------------------------------------- */

static void build_domains(stage *s)
{
    build_model(s);
    for (int k = 0; k < 4; k++)
        (void)add_domain(s->model, NULL, DCA_DOMAIN_FAILURE, 1.0, 0.0);
    const dca_index last = dca_model_count(s->model, DCA_KIND_DOMAIN) - 1;
    while (s->model->num_arcs < s->model->arc_capacity) /* until the next arc needs room */
        must_be(dca_model_set_pool_domain(s->model, add_pool(s->model, NULL, 1, 1, 0, 0, 0, 0),
                                          last, 1.0));
}

static dca_status model_set_pool_domain(stage *s)
{
    const dca_index last = dca_model_count(s->model, DCA_KIND_DOMAIN) - 1;
    return CALL(dca_model_set_pool_domain, (s->model, 0, last, 1.0));
}

static dca_status model_set_domain_parent(stage *s)
{
    const dca_index last = dca_model_count(s->model, DCA_KIND_DOMAIN) - 1;
    return CALL(dca_model_set_domain_parent, (s->model, last - 1, last, 1.0));
}

static dca_status model_set_domain_parent_cycle(stage *s)
{
    return CALL(dca_model_set_domain_parent, (s->model, 2, 0, 1.0));
}

static dca_status model_compact(stage *s)
{
    return CALL(dca_model_compact, (s->model, NULL, NULL, NULL, NULL, s->made.index));
}

static dca_status model_add_tier(stage *s)
{
    return CALL(dca_model_add_tier, (s->model, s->with == 2 ? "balance" : NULL, &s->made.index[0]));
}

static void build_tiers(stage *s)
{
    build_model(s);
    while (s->model->num_tiers < s->model->tier_capacity)
        must_be(dca_model_add_tier(s->model, NULL, NULL));
}

static void build_one_tier(stage *s)
{
    build_model(s);
    must_be(dca_model_clear_tiers(s->model));
    must_be(dca_model_add_tier(s->model, "cost", NULL));
}

static dca_status model_add_term(stage *s)
{
    const dca_term_spec spec = DCA_TERM_SPEC_INIT;
    return CALL(dca_model_add_term, (s->model, 0, &spec, &s->made.index[0]));
}

/* The name of a placement that was given none is made when it is first asked for. */
static dca_status model_object_name(stage *s)
{
    const char *name = CALL(dca_model_object_name, (s->model, DCA_KIND_PLACEMENT, 0));
    if (name == NULL)
        return DCA_E_NOMEM;
    s->made.borrowed = name;
    return DCA_OK;
}

/* Refused because a placement uses the link; the sentence names it, if there is memory for the name. */
static dca_status model_remove_used(stage *s)
{
    return CALL(dca_model_remove, (s->model, DCA_KIND_LINK, 0));
}

const oom_case model_cases[] = {
    {"model_new", NULL, model_new, TOLD_BY_STATUS, 0, DCA_OK},
    {"model_set_name", build_followed, model_set_name, TOLD_MODEL, 0, DCA_OK},
    {"model_add_resource", build_empty, model_add_resource, TOLD_MODEL, 0, DCA_OK},
    {"model_add_resource, wider", build_full_stride, model_add_resource, TOLD_MODEL, 0, DCA_OK},
    {"model_add_pools", build_followed, model_add_pools, TOLD_MODEL, 0, DCA_OK},
    {"model_add_pools, first", build_empty, model_add_pools, TOLD_MODEL, 0, DCA_OK},
    {"model_add_pools, name taken", build_model, model_add_pools_taken, TOLD_MODEL, 0, DCA_E_ARG},
    {"model_add_domains", build_followed, model_add_domains, TOLD_MODEL, 0, DCA_OK},
    {"model_add_links", build_followed, model_add_links, TOLD_MODEL, 0, DCA_OK},
    {"model_add_demands", build_followed, model_add_demands, TOLD_MODEL, 0, DCA_OK},
    {"model_add_placements", build_followed, model_add_placements, TOLD_MODEL, 0, DCA_OK},
    {"model_add_pool_columns", build_followed, model_add_pool_columns, TOLD_MODEL, 0, DCA_OK},
    {"model_add_pool_columns, long", build_many_resources, model_add_pool_columns, TOLD_MODEL, 0,
     DCA_OK},
    {"model_add_demand_columns", build_followed, model_add_demand_columns, TOLD_MODEL, 0, DCA_OK},
    {"model_add_demand_columns, long", build_many_resources, model_add_demand_columns, TOLD_MODEL,
     0, DCA_OK},
    {"model_add_placement_columns", build_followed, model_add_placement_columns, TOLD_MODEL, 0,
     DCA_OK},
    {"model_place", build_unplaced, model_place, TOLD_MODEL, 0, DCA_OK},
    {"model_place, some", build_model, model_place, TOLD_MODEL, 2, DCA_OK},
    {"model_set_pool_domain", build_domains, model_set_pool_domain, TOLD_MODEL, 0, DCA_OK},
    {"model_set_domain_parent", build_domains, model_set_domain_parent, TOLD_MODEL, 0, DCA_OK},
    {"model_set_domain_parent, cycle", build_model, model_set_domain_parent_cycle, TOLD_MODEL, 0,
     DCA_E_ARG},
    {"model_compact", build_gaps, model_compact, TOLD_MODEL, 0, DCA_OK},
    {"model_add_tier", build_followed, model_add_tier, TOLD_MODEL, 2, DCA_OK},
    {"model_add_tier, more", build_tiers, model_add_tier, TOLD_MODEL, 0, DCA_OK},
    {"model_add_term", build_one_tier, model_add_term, TOLD_MODEL, 0, DCA_OK},
    {"model_object_name", build_model, model_object_name, TOLD_BY_STATUS, 0, DCA_OK},
    {"model_remove, link in use", build_model, model_remove_used, TOLD_MODEL, 0, DCA_E_ARG},
};
const size_t num_model_cases = sizeof model_cases / sizeof *model_cases;
