/* json_read_supply.c - the sections that say what there is: resources, domains, links, pools. */
#include "io/json_read.h"

#include "base/alloc.h"
#include "base/err.h"
#include "io/json_words.h"

#include <math.h>
#include <string.h>

dca_status dca__scenario_resources(dca__scenario *s, dca_index section)
{
    const dca__json *const json = s->in.json;
    dca_status status = dca__json_want(&s->in, section, DCA_JSON_OBJECT);
    for (dca_index k = status == DCA_OK ? dca__json_first(json, section) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(json, k)->next) {
        const char *unit = NULL;
        const char *const name = dca__json_key(json, k);
        status = dca__json_take(&s->in, k, DCA_FIELD_NAME, &unit);
        if (status != DCA_OK) {
            return status;
        }
        if (name[0] == '\0') {
            return dca__json_wrong(&s->in, k, "a resource needs a name that is not empty");
        }
        if (strcmp(name, "power") == 0) {
            if (strcmp(unit, "W") != 0) {
                return dca__json_wrong(&s->in, k, "power is always there and its unit is W");
            }
            continue;
        }
        if (dca__model_add_resource(s->model, name, unit) != DCA_OK) {
            return dca__fail_nomem(s->in.err);
        }
    }
    return status;
}

/* ---- Repair weights ------------------------------------------------------------------------------ */

/* {resource: weight or null} of one pool or domain. */
static dca_status read_repair(dca__scenario *s, dca_index object, double *row)
{
    const dca__json *const json = s->in.json;
    const dca_index node = dca__json_member(json, object, "repair");
    if (node < 0) {
        return DCA_OK;
    }
    dca_status status = dca__json_want(&s->in, node, DCA_JSON_OBJECT);
    for (dca_index k = status == DCA_OK ? dca__json_first(json, node) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(json, k)->next) {
        dca_index r = 0;
        status = dca__scenario_find(s, k, DCA_KIND_RESOURCE, dca__json_key(json, k), &r);
        if (status == DCA_OK) {
            status = dca__json_take(&s->in, k, DCA_FIELD_WEIGHT, &row[r]);
        }
    }
    return status;
}

/* ---- Domains ------------------------------------------------------------------------------------- */

static dca_status read_kind(const dca__scenario *s, dca_index object, int32_t *kind)
{
    const dca_index node = dca__json_member(s->in.json, object, "kind");
    if (node < 0) {
        return dca__json_wrong(&s->in, object, "there is no 'kind', expected one of %s",
                               DCA_DOMAIN_WORDS);
    }
    const char *word = NULL;
    const dca_status status = dca__json_take(&s->in, node, DCA_FIELD_NAME, &word);
    for (int32_t k = 0; status == DCA_OK && k < DCA_NUM_DOMAIN_KINDS; k++) {
        if (strcmp(word, dca__domain_word(k)) == 0) {
            *kind = k;
            return DCA_OK;
        }
    }
    return status != DCA_OK ? status
                            : dca__json_wrong(&s->in, node, "found \"%.40s\", expected one of %s",
                                              word, DCA_DOMAIN_WORDS);
}

static dca_status read_limits(dca__scenario *s, dca_index object, dca_index domain)
{
    const dca__json *const json = s->in.json;
    const dca_index node = dca__json_member(json, object, "limits");
    if (node < 0) {
        return DCA_OK;
    }
    dca_status status = dca__json_want(&s->in, node, DCA_JSON_OBJECT);
    for (dca_index k = status == DCA_OK ? dca__json_first(json, node) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(json, k)->next) {
        dca_index r = 0;
        status = dca__scenario_find(s, k, DCA_KIND_RESOURCE, dca__json_key(json, k), &r);
        if (status == DCA_OK) {
            status = dca__json_take(&s->in, k, DCA_FIELD_LIMIT,
                                    &s->model->limit[(dca_nnz)domain * s->model->stride + r]);
        }
    }
    return status;
}

static dca_status add_domain(dca__scenario *s, dca_index object)
{
    static const dca__json_field fields[] = {
        {"name", DCA_FIELD_NAME, offsetof(dca_domain_spec, name)},
        {"factor", DCA_FIELD_POSITIVE, offsetof(dca_domain_spec, factor)},
        {"energy_price", DCA_FIELD_FINITE, offsetof(dca_domain_spec, energy_price)},
        {"kind", DCA_FIELD_OTHER, 0},
        {"in", DCA_FIELD_OTHER, 0},
        {"limits", DCA_FIELD_OTHER, 0},
        {"repair", DCA_FIELD_OTHER, 0}};
    dca_domain_spec spec = DCA_DOMAIN_SPEC_INIT;
    dca_status status = dca__json_fields(&s->in, object, DCA_FIELDS(fields), &spec);
    if (status == DCA_OK) {
        status = dca__scenario_has_name(s, object, spec.name);
    }
    if (status == DCA_OK) {
        status = read_kind(s, object, &spec.kind);
    }
    if (status != DCA_OK) {
        return status;
    }
    status = dca__model_add_domain(s->model, &spec);
    if (status != DCA_OK) {
        return dca__scenario_taken(s, object, status, DCA_KIND_DOMAIN, spec.name);
    }
    const dca_index domain = s->model->num_domains - 1;
    status = read_limits(s, object, domain);
    return status != DCA_OK
               ? status
               : read_repair(s, object,
                             s->model->domain_repair + (dca_nnz)domain * s->model->stride);
}

/* One arc from a pool or a domain up to the domain named at `node`. */
static dca_status add_arc(dca__scenario *s, dca_index node, const char *name, double share,
                          dca_kind kind, dca_index from)
{
    dca_index to = -1;
    dca_status status = dca__scenario_find(s, node, DCA_KIND_DOMAIN, name, &to);
    if (status != DCA_OK) {
        return status;
    }
    const bool tenant = s->model->domains[to].kind == DCA_DOMAIN_TENANT;
    if (kind == DCA_KIND_DOMAIN) {
        if (tenant != (s->model->domains[from].kind == DCA_DOMAIN_TENANT)) {
            return dca__json_wrong(&s->in, node,
                                   "domain '%.60s' is %s tenant and the one below it is not alike",
                                   name, tenant ? "a" : "no");
        }
        status = dca__model_set_parent_arc(s->model, from, to, share);
    } else if (tenant) {
        return dca__json_wrong(
            &s->in, node, "domain '%.60s' is a tenant: it counts its demands, not pools", name);
    } else {
        status = dca__model_set_pool_arc(s->model, from, to, share);
    }
    return status == DCA_OK ? DCA_OK : dca__fail_nomem(s->in.err);
}

/* "in": a name, an object {name: share}, or a list of both. */
static dca_status read_arcs(dca__scenario *s, dca_index node, dca_kind kind, dca_index from,
                            bool inner)
{
    const dca__json *const json = s->in.json;
    const int32_t what = dca__json_at(json, node)->kind;
    dca_status status = DCA_OK;
    if (what == DCA_JSON_STRING) {
        const char *name = NULL;
        status = dca__json_take(&s->in, node, DCA_FIELD_NAME, &name);
        return status != DCA_OK ? status : add_arc(s, node, name, 1.0, kind, from);
    }
    if (what != DCA_JSON_OBJECT && (what != DCA_JSON_ARRAY || inner)) {
        return dca__json_wrong(&s->in, node,
                               "found %s, expected the name of a domain, an object of names and "
                               "shares, or a list of these",
                               dca__json_kind_name((dca__json_kind)what));
    }
    for (dca_index k = dca__json_first(json, node); k >= 0 && status == DCA_OK;
         k = dca__json_at(json, k)->next) {
        double share = 1.0;
        if (what == DCA_JSON_ARRAY) {
            status = read_arcs(s, k, kind, from, true);
            continue;
        }
        status = dca__json_take(&s->in, k, DCA_FIELD_POSITIVE, &share);
        if (status == DCA_OK && share > 1.0) {
            return dca__json_wrong(&s->in, k, "found %s, expected a share above 0 and at most 1",
                                   DCA_G(share));
        }
        if (status == DCA_OK) {
            status = add_arc(s, k, dca__json_key(json, k), share, kind, from);
        }
    }
    return status;
}

/* Shares other than 1 sum to 1, over the domains of one kind above one pool or domain. */
static dca_status check_shares(const dca__scenario *s, dca_index node, dca_index arcs)
{
    const double slack = 1e-9; /* of rounding in thirds and the like */
    double sum[DCA_NUM_DOMAIN_KINDS] = {0.0};
    for (dca_index a = arcs; a >= 0; a = s->model->arcs[a].next) {
        if (s->model->arcs[a].share != 1.0) {
            sum[s->model->domains[s->model->arcs[a].to].kind] += s->model->arcs[a].share;
        }
    }
    for (int32_t k = 0; k < DCA_NUM_DOMAIN_KINDS; k++) {
        if (sum[k] != 0.0 && fabs(sum[k] - 1.0) > slack) {
            return dca__json_wrong(&s->in, node,
                                   "the shares in domains of kind %s sum to %s, expected 1",
                                   dca__domain_word(k), DCA_G(sum[k]));
        }
    }
    return DCA_OK;
}

/* A domain that stands above itself, or -1: depth first, each arc once. `next` [domains] holds the arc to
 * follow from a domain, `path` [domains] the way from the root of the search. */
static dca_index find_cycle(const dca_model *model, dca_index *next, dca_index *path)
{
    enum { FRESH = -3, DONE = -2 }; /* an arc otherwise, -1: none is left */
    for (dca_index d = 0; d < model->num_domains; d++) {
        next[d] = FRESH;
    }
    for (dca_index root = 0; root < model->num_domains; root++) {
        dca_index height = 0;
        if (next[root] == FRESH) {
            next[root] = model->domains[root].arcs;
            path[height++] = root;
        }
        while (height > 0) {
            const dca_index d = path[height - 1];
            const dca_index arc = next[d];
            if (arc < 0) {
                next[d] = DONE;
                height--;
                continue;
            }
            const dca_index up = model->arcs[arc].to;
            next[d] = model->arcs[arc].next;
            if (next[up] == FRESH) {
                next[up] = model->domains[up].arcs;
                path[height++] = up;
            } else if (next[up] != DONE) {
                return up;
            }
        }
    }
    return -1;
}

/* No domain of the section stands above itself. */
static dca_status check_cycles(dca__scenario *s, dca_index section)
{
    dca_env *const env = s->model->env;
    const dca_index n = s->model->num_domains;
    dca_index *const next = DCA_ARRAY(env, dca_index, n);
    dca_index *const path = DCA_ARRAY(env, dca_index, n);
    dca_status status = DCA_OK;
    if (next == NULL || path == NULL) {
        status = dca__fail_nomem(s->in.err);
    } else {
        const dca_index found = find_cycle(s->model, next, path);
        dca_index node = dca__json_first(s->in.json, section);
        for (dca_index d = 0; d < found; d++) {
            node = dca__json_at(s->in.json, node)->next;
        }
        if (found >= 0) {
            status = dca__json_wrong(&s->in, dca__json_member(s->in.json, node, "in"),
                                     "domain '%.60s' would stand above itself",
                                     dca__model_object_name(s->model, DCA_KIND_DOMAIN, found));
        }
    }
    dca__free(env, next);
    dca__free(env, path);
    return status;
}

dca_status dca__scenario_domains(dca__scenario *s, dca_index section)
{
    const dca__json *const json = s->in.json;
    dca_status status = dca__json_want(&s->in, section, DCA_JSON_ARRAY);
    for (dca_index k = status == DCA_OK ? dca__json_first(json, section) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(json, k)->next) {
        status = dca__scenario_poll(s);
        if (status == DCA_OK) {
            status = add_domain(s, k);
        }
    }
    dca_index domain = 0;
    for (dca_index k = status == DCA_OK ? dca__json_first(json, section) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(json, k)->next, domain++) {
        const dca_index node = dca__json_member(json, k, "in");
        if (node >= 0) {
            status = read_arcs(s, node, DCA_KIND_DOMAIN, domain, false);
            if (status == DCA_OK) {
                status = check_shares(s, node, s->model->domains[domain].arcs);
            }
        }
    }
    return status != DCA_OK ? status : check_cycles(s, section);
}

/* ---- Links --------------------------------------------------------------------------------------- */

static dca_status add_link(dca__scenario *s, dca_index object)
{
    static const dca__json_field fields[] = {
        {"name", DCA_FIELD_NAME, offsetof(dca_link_spec, name)},
        {"from", DCA_FIELD_NAME, offsetof(dca_link_spec, from)},
        {"to", DCA_FIELD_NAME, offsetof(dca_link_spec, to)},
        {"unit", DCA_FIELD_NAME, offsetof(dca_link_spec, unit)},
        {"capacity", DCA_FIELD_LIMIT, offsetof(dca_link_spec, capacity)},
        {"price", DCA_FIELD_FINITE, offsetof(dca_link_spec, price)},
        {"repair", DCA_FIELD_OTHER, 0}};
    dca_link_spec spec = DCA_LINK_SPEC_INIT;
    dca_status status = dca__json_fields(&s->in, object, DCA_FIELDS(fields), &spec);
    if (status == DCA_OK) {
        status = dca__scenario_has_name(s, object, spec.name);
    }
    if (status != DCA_OK) {
        return status;
    }
    status = dca__model_add_link(s->model, &spec);
    if (status != DCA_OK) {
        return dca__scenario_taken(s, object, status, DCA_KIND_LINK, spec.name);
    }
    const dca_index repair = dca__json_member(s->in.json, object, "repair");
    return repair < 0 ? DCA_OK
                      : dca__json_take(&s->in, repair, DCA_FIELD_WEIGHT,
                                       &s->model->links[s->model->num_links - 1].repair_weight);
}

dca_status dca__scenario_links(dca__scenario *s, dca_index section)
{
    const dca__json *const json = s->in.json;
    dca_status status = dca__json_want(&s->in, section, DCA_JSON_ARRAY);
    for (dca_index k = status == DCA_OK ? dca__json_first(json, section) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(json, k)->next) {
        status = dca__scenario_poll(s);
        if (status == DCA_OK) {
            status = add_link(s, k);
        }
    }
    return status;
}

/* ---- Pools --------------------------------------------------------------------------------------- */

static dca_status add_pool(dca__scenario *s, dca_index object)
{
    static const dca__json_field fields[] = {
        {"name", DCA_FIELD_NAME, offsetof(dca_pool_spec, name)},
        {"count", DCA_FIELD_AMOUNT, offsetof(dca_pool_spec, count)},
        {"idle_watts", DCA_FIELD_AMOUNT, offsetof(dca_pool_spec, idle_watts)},
        {"price", DCA_FIELD_FINITE, offsetof(dca_pool_spec, price)},
        {"elastic", DCA_FIELD_BOOL, offsetof(dca_pool_spec, elastic)},
        {"capacity", DCA_FIELD_OTHER, 0},
        {"watts", DCA_FIELD_OTHER, 0},
        {"in", DCA_FIELD_OTHER, 0},
        {"repair", DCA_FIELD_OTHER, 0}};
    const dca__json *const json = s->in.json;
    dca_pool_spec spec = DCA_POOL_SPEC_INIT;
    dca_status status = dca__json_fields(&s->in, object, DCA_FIELDS(fields), &spec);
    if (status == DCA_OK) {
        status = dca__scenario_has_name(s, object, spec.name);
    }
    if (status == DCA_OK) {
        status = dca__scenario_row(s, dca__json_member(json, object, "capacity"), DCA_FIELD_AMOUNT,
                                   s->row[0]);
    }
    if (status == DCA_OK) {
        status = dca__scenario_row(s, dca__json_member(json, object, "watts"), DCA_FIELD_AMOUNT,
                                   s->row[1]);
    }
    if (status != DCA_OK) {
        return status;
    }
    spec.capacity = s->row[0];
    spec.watts = s->row[1];
    status = dca__model_add_pool(s->model, &spec);
    if (status != DCA_OK) {
        return dca__scenario_taken(s, object, status, DCA_KIND_POOL, spec.name);
    }
    const dca_index pool = s->model->num_pools - 1;
    const dca_index domains = dca__json_member(json, object, "in");
    if (domains >= 0) {
        status = read_arcs(s, domains, DCA_KIND_POOL, pool, false);
        if (status == DCA_OK) {
            status = check_shares(s, domains, s->model->pools[pool].arcs);
        }
    }
    return status != DCA_OK
               ? status
               : read_repair(s, object, s->model->pool_repair + (dca_nnz)pool * s->model->stride);
}

dca_status dca__scenario_pools(dca__scenario *s, dca_index section)
{
    const dca__json *const json = s->in.json;
    dca_status status = dca__json_want(&s->in, section, DCA_JSON_ARRAY);
    for (dca_index k = status == DCA_OK ? dca__json_first(json, section) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(json, k)->next) {
        status = dca__scenario_poll(s);
        if (status == DCA_OK) {
            status = add_pool(s, k);
        }
    }
    return status;
}
