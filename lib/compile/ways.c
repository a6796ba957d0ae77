/* ways.c - the ways up. */
#include "compile/ways.h"

#include "base/alloc.h"
#include "base/err.h"

#include <math.h>
#include <string.h>

/* Shares that the caller divided are trusted to sum to 1 within this. */
static const double share_slack = 1e-9;

typedef struct work {
    const dca_model *model;
    dca_index *rank;  /* [domains] place in an order with children before parents */
    double *in;       /* [domains] flow in with factors; zero between sources */
    double *in_share; /* [domains] without; zero between sources */
    dca_index *open;  /* [domains] reached and not passed on yet */
    dca_index num_open;
} work;

void dca__ways_free(dca_env *env, dca__ways *ways)
{
    dca__free(env, ways->start);
    dca__free(env, ways->domain);
    dca__free(env, ways->share);
    dca__free(env, ways->factor);
    *ways = (dca__ways){0};
}

double dca__ways_share(const dca__ways *ways, dca_index source, dca_index domain)
{
    for (dca_nnz e = ways->start[source]; e < ways->start[source + 1]; e++) {
        if (ways->domain[e] == domain) {
            return ways->share[e];
        }
    }
    return 0.0;
}

double dca__ways_factor(const dca__ways *ways, dca_index source, dca_index domain)
{
    for (dca_nnz e = ways->start[source]; e < ways->start[source + 1]; e++) {
        if (ways->domain[e] == domain) {
            return ways->factor[e];
        }
    }
    return 0.0;
}

/* Order domains with children before parents (Kahn 1962): the model has no cycles. */
static void order_domains(const dca_model *model, dca_index *rank, dca_index *below,
                          dca_index *queue)
{
    const dca_index n = model->num_domains;
    memset(below, 0, (size_t)n * sizeof *below);
    for (dca_index d = 0; d < n; d++) {
        for (dca_index a = model->domains[d].arcs; a >= 0; a = model->arcs[a].next) {
            below[model->arcs[a].to]++;
        }
    }
    dca_index tail = 0;
    for (dca_index d = 0; d < n; d++) {
        if (below[d] == 0) {
            queue[tail++] = d;
        }
    }
    for (dca_index head = 0; head < tail; head++) {
        const dca_index d = queue[head];
        rank[d] = head;
        for (dca_index a = model->domains[d].arcs; a >= 0; a = model->arcs[a].next) {
            if (--below[model->arcs[a].to] == 0) {
                queue[tail++] = model->arcs[a].to;
            }
        }
    }
}

static void flow_in(work *w, dca_index domain, double share, double amount)
{
    if (w->in_share[domain] == 0.0) {
        w->open[w->num_open++] = domain;
    }
    w->in_share[domain] += share;
    w->in[domain] += amount;
}

/* The open domain that stands lowest: everything below it was passed on. */
static dca_index take_lowest(work *w)
{
    dca_index best = 0;
    for (dca_index k = 1; k < w->num_open; k++) {
        if (w->rank[w->open[k]] < w->rank[w->open[best]]) {
            best = k;
        }
    }
    const dca_index domain = w->open[best];
    w->open[best] = w->open[--w->num_open];
    return domain;
}

/* Arcs of one tail: over the domains of one kind, shares other than 1 sum to 1. */
static dca_status check_shares(const dca_model *model, dca_kind kind, dca_index index,
                               dca_index arcs, dca_error *err)
{
    static const char *const kinds[] = {"power", "failure", "network", "tenant"};
    double sum[4] = {0.0};
    bool parted[4] = {false};
    for (dca_index a = arcs; a >= 0; a = model->arcs[a].next) {
        if (model->arcs[a].share != 1.0) {
            sum[model->domains[model->arcs[a].to].kind] += model->arcs[a].share;
            parted[model->domains[model->arcs[a].to].kind] = true;
        }
    }
    for (int k = 0; k < 4; k++) {
        if (parted[k] && fabs(sum[k] - 1.0) > share_slack) {
            return dca__fail(err, DCA_E_ARG, kind, index,
                             "%s '%.60s': its shares in domains of kind %s sum to %s, expected 1",
                             dca__kind_name(kind), dca__model_object_name(model, kind, index),
                             kinds[k], DCA_G(sum[k]));
        }
    }
    return DCA_OK;
}

/* Follow what stands open to the top and append the ways of `source`. */
static dca_status follow(work *w, dca__ways *ways, dca_nnz *used, dca_kind kind, dca_index source,
                         dca_error *err)
{
    const dca_model *model = w->model;
    dca_status status = DCA_OK;
    while (w->num_open > 0) {
        const dca_index d = take_lowest(w);
        const double share = w->in_share[d];
        const double out = w->in[d] * model->domains[d].factor;
        w->in_share[d] = w->in[d] = 0.0;
        if (status != DCA_OK) {
            continue; /* leave the work arrays zero */
        }
        if (share > 1.0 + share_slack) {
            status = dca__fail(err, DCA_E_ARG, kind, source,
                               "%s '%.60s' counts %s times in domain '%.60s': expected the shares "
                               "of all its ways there to sum to at most 1",
                               dca__kind_name(kind), dca__model_object_name(model, kind, source),
                               DCA_G(share), dca__model_object_name(model, DCA_KIND_DOMAIN, d));
            continue;
        }
        if (DCA_RESERVE(model->env, ways->domain, ways->capacity, *used + 1) != DCA_OK ||
            DCA_RESERVE(model->env, ways->share, ways->share_capacity, *used + 1) != DCA_OK ||
            DCA_RESERVE(model->env, ways->factor, ways->factor_capacity, *used + 1) != DCA_OK) {
            status = dca__fail_nomem(err);
            continue;
        }
        ways->domain[*used] = d;
        ways->share[*used] = share;
        ways->factor[*used] = out;
        (*used)++;
        for (dca_index a = model->domains[d].arcs; a >= 0; a = model->arcs[a].next) {
            const dca__arc *arc = &model->arcs[a];
            flow_in(w, arc->to, share * arc->share, out * arc->share);
        }
    }
    return status;
}

static dca_status build_pools(work *w, dca__ways *ways, dca_error *err)
{
    const dca_model *model = w->model;
    dca_nnz used = 0;
    for (dca_index p = 0; p < model->num_pools; p++) {
        ways->start[p] = used;
        const dca_index arcs = model->pools[p].arcs;
        dca_status status = check_shares(model, DCA_KIND_POOL, p, arcs, err);
        for (dca_index a = arcs; a >= 0 && status == DCA_OK; a = model->arcs[a].next) {
            flow_in(w, model->arcs[a].to, model->arcs[a].share, model->arcs[a].share);
        }
        if (status == DCA_OK) {
            status = follow(w, ways, &used, DCA_KIND_POOL, p, err);
        }
        if (status != DCA_OK) {
            return status;
        }
    }
    ways->start[model->num_pools] = used;
    return DCA_OK;
}

static dca_status build_tenants(work *w, dca__ways *ways, dca_error *err)
{
    const dca_model *model = w->model;
    dca_nnz used = 0;
    for (dca_index d = 0; d < model->num_domains; d++) {
        ways->start[d] = used;
        dca_status status = check_shares(model, DCA_KIND_DOMAIN, d, model->domains[d].arcs, err);
        if (status == DCA_OK && model->domains[d].alive &&
            model->domains[d].kind == DCA_DOMAIN_TENANT) {
            flow_in(w, d, 1.0, 1.0);
            status = follow(w, ways, &used, DCA_KIND_DOMAIN, d, err);
        }
        if (status != DCA_OK) {
            return status;
        }
    }
    ways->start[model->num_domains] = used;
    return DCA_OK;
}

dca_status dca__ways_build(const dca_model *model, dca__ways *pools, dca__ways *tenants,
                           dca_error *err)
{
    dca_env *env = model->env;
    const dca_nnz n = model->num_domains;
    work w = {model,
              DCA_ARRAY(env, dca_index, n),
              DCA_ZEROS(env, double, n),
              DCA_ZEROS(env, double, n),
              DCA_ARRAY(env, dca_index, n),
              0};
    dca_index *below = DCA_ARRAY(env, dca_index, n);
    *pools = (dca__ways){0};
    *tenants = (dca__ways){0};
    pools->start = DCA_ARRAY(env, dca_nnz, (dca_nnz)model->num_pools + 1);
    tenants->start = DCA_ARRAY(env, dca_nnz, n + 1);
    dca_status status;
    if (w.rank == NULL || w.in == NULL || w.in_share == NULL || w.open == NULL || below == NULL ||
        pools->start == NULL || tenants->start == NULL) {
        status = dca__fail_nomem(err);
    } else {
        order_domains(model, w.rank, below, w.open);
        status = build_pools(&w, pools, err);
        if (status == DCA_OK) {
            status = build_tenants(&w, tenants, err);
        }
    }
    dca__free(env, below);
    dca__free(env, w.open);
    dca__free(env, w.in_share);
    dca__free(env, w.in);
    dca__free(env, w.rank);
    if (status != DCA_OK) {
        dca__ways_free(env, pools);
        dca__ways_free(env, tenants);
    }
    return status;
}
