/* model_domain.c - domains, and the arcs by which pools and domains count in domains.
 *
 * The arcs of one tail form a chain; setting one is O(its length). A parent is set only where it
 * closes no cycle, which is found by walking up: O(domains and arcs above). */
#include "model/model.h"

#include "base/alloc.h"

#include <math.h>

static dca_status reserve_rows(dca_model *model)
{
    if (model->num_domains < model->domain_rows) {
        return DCA_OK;
    }
    const dca_nnz rows = model->domain_rows + model->domain_rows / 2 + 8;
    double **const array[] = {&model->limit, &model->domain_repair};
    for (int a = 0; a < 2; a++) {
        double *grown = dca__realloc(model->env, *array[a], rows * model->stride, sizeof *grown);
        if (grown == NULL) {
            return DCA_E_NOMEM;
        }
        *array[a] = grown;
    }
    model->domain_rows = rows;
    return DCA_OK;
}

dca_status dca__model_add_domain(dca_model *model, const dca_domain_spec *spec)
{
    const dca_index d = model->num_domains;
    if (reserve_rows(model) != DCA_OK ||
        DCA_RESERVE(model->env, model->domains, model->domain_capacity, (dca_nnz)d + 1) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    const dca_status status =
        dca__model_append_name(model, &model->domain_names, DCA_KIND_DOMAIN, spec->name);
    if (status != DCA_OK) {
        return status;
    }
    dca__domain *domain = &model->domains[d];
    domain->kind = spec->kind;
    domain->arcs = -1;
    domain->factor = spec->factor;
    domain->energy_price = spec->energy_price;
    domain->alive = true;
    for (dca_index r = 0; r < model->stride; r++) {
        model->limit[(dca_nnz)d * model->stride + r] = INFINITY;
        model->domain_repair[(dca_nnz)d * model->stride + r] = 1.0;
    }
    model->num_domains++;
    return DCA_OK;
}

void dca__model_truncate_domains(dca_model *model, dca_index count)
{
    dca__strtab_truncate(model->env, &model->domain_names, count);
    model->num_domains = count;
}

/* Take arc `a`, which `*link` points to, out of its chain. */
static void unchain(dca_model *model, dca_index *link)
{
    const dca_index a = *link;
    *link = model->arcs[a].next;
    model->arcs[a].to = -1;
    model->arcs[a].next = model->free_arc;
    model->free_arc = a;
}

static dca_status set_arc(dca_model *model, dca_index *head, dca_index to, double share)
{
    dca_index *link = head;
    while (*link >= 0 && model->arcs[*link].to != to) {
        link = &model->arcs[*link].next;
    }
    if (*link >= 0) {
        if (share == 0.0) {
            unchain(model, link);
        } else {
            model->arcs[*link].share = share;
        }
        return DCA_OK;
    }
    if (share == 0.0) {
        return DCA_OK;
    }
    dca_index a = model->free_arc;
    if (a >= 0) {
        model->free_arc = model->arcs[a].next;
    } else {
        /* growing moves the arcs, and *link may lie among them: remember it by index */
        const dca_index before =
            link == head
                ? -1
                : (dca_index)((dca__arc *)(void *)((char *)link - offsetof(dca__arc, next)) -
                              model->arcs);
        if (DCA_RESERVE(model->env, model->arcs, model->arc_capacity,
                        (dca_nnz)model->num_arcs + 1) != DCA_OK) {
            return DCA_E_NOMEM;
        }
        link = before < 0 ? head : &model->arcs[before].next;
        a = model->num_arcs++;
    }
    model->arcs[a] = (dca__arc){to, -1, share};
    *link = a;
    return DCA_OK;
}

dca_status dca__model_set_pool_arc(dca_model *model, dca_index pool, dca_index domain, double share)
{
    const dca_status status = set_arc(model, &model->pools[pool].arcs, domain, share);
    if (status == DCA_OK) {
        dca__model_note_structure(model);
    }
    return status;
}

dca_status dca__model_set_parent_arc(dca_model *model, dca_index child, dca_index parent,
                                     double share)
{
    const dca_status status = set_arc(model, &model->domains[child].arcs, parent, share);
    if (status == DCA_OK) {
        dca__model_note_structure(model);
    }
    return status;
}

dca_status dca__model_reaches(const dca_model *model, dca_index from, dca_index to, bool *out)
{
    const dca_index n = model->num_domains;
    bool *seen = DCA_ZEROS(model->env, bool, n);
    dca_index *stack = DCA_ARRAY(model->env, dca_index, n);
    dca_status status = DCA_E_NOMEM;
    if (seen != NULL && stack != NULL) {
        dca_index height = 0;
        stack[height++] = from;
        seen[from] = true;
        while (height > 0 && !seen[to]) {
            const dca_index d = stack[--height];
            for (dca_index a = model->domains[d].arcs; a >= 0; a = model->arcs[a].next) {
                if (!seen[model->arcs[a].to]) {
                    seen[model->arcs[a].to] = true;
                    stack[height++] = model->arcs[a].to;
                }
            }
        }
        *out = seen[to];
        status = DCA_OK;
    }
    dca__free(model->env, stack);
    dca__free(model->env, seen);
    return status;
}

static void drop_arcs_to(dca_model *model, dca_index *head, dca_index to)
{
    for (dca_index *link = head; *link >= 0;) {
        if (to < 0 || model->arcs[*link].to == to) {
            unchain(model, link);
        } else {
            link = &model->arcs[*link].next;
        }
    }
}

void dca__model_detach_domain(dca_model *model, dca_index domain)
{
    for (dca_index p = 0; p < model->num_pools; p++) {
        drop_arcs_to(model, &model->pools[p].arcs, domain);
    }
    for (dca_index d = 0; d < model->num_domains; d++) {
        drop_arcs_to(model, &model->domains[d].arcs, domain);
    }
    drop_arcs_to(model, &model->domains[domain].arcs, -1);
}
