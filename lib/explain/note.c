/* note.c - one sentence per demand: how much of it is served, and what is in the way of the rest. */
#include "explain/explain.h"

#include "base/num.h"

#include <math.h>

enum { MOST_REASONS = 3 }; /* limits named in a sentence */

void dca__explain_name_limit(const dca_model *model, const dca__key *row, dca__text *text)
{
    const dca_kind kind = dca__map_kind(row);
    const char *name = dca__model_object_name(model, kind, row->a);
    if (row->kind == DCA__ROW_POOL || row->kind == DCA__ROW_DOMAIN) {
        dca__text_put(text, dca__model_object_name(model, DCA_KIND_RESOURCE, row->b));
        dca__text_put(text, row->kind == DCA__ROW_POOL ? " of pool '" : " of domain '");
    } else {
        dca__text_put(text, row->kind == DCA__ROW_LINK ? "link '" : "demand '");
    }
    dca__text_put(text, name);
    dca__text_put(text, "'");
}

const char *dca__explain_unit(const dca_model *model, const dca__key *row)
{
    if (row->kind == DCA__ROW_POOL || row->kind == DCA__ROW_DOMAIN) {
        return dca__model_unit(model, DCA_KIND_RESOURCE, row->b);
    }
    return dca__model_unit(model, dca__map_kind(row), row->a);
}

/* "one unit needs 8 GPU, the largest node has 4": over the pools of its placements, or all pools when
 * it has none. False when no single resource is the reason. */
static bool too_large(const dca_model *model, dca_index i, dca__text *out)
{
    const dca__demand *demand = &model->demands[i];
    for (dca_nnz e = demand->use; e < demand->use + demand->use_length; e++) {
        const dca_index r = model->uses.index[e];
        double largest = 0.0;
        if (r == DCA_POWER) {
            continue;
        }
        for (dca_index p = 0; demand->first < 0 && p < model->num_pools; p++) {
            if (model->pools[p].alive) {
                largest = fmax(largest, model->capacity[(dca_nnz)p * model->stride + r]);
            }
        }
        for (dca_index k = demand->first; k >= 0; k = model->placements[k].next) {
            if (model->placements[k].pool >= 0) {
                largest =
                    fmax(largest,
                         model->capacity[(dca_nnz)model->placements[k].pool * model->stride + r]);
            }
        }
        if (model->uses.value[e] > largest * (1.0 + 1e-9)) {
            dca__text_append(out, "one %s needs %s %s, the largest %snode has %s",
                             dca__model_unit(model, DCA_KIND_DEMAND, i),
                             DCA_G(model->uses.value[e]),
                             dca__model_object_name(model, DCA_KIND_RESOURCE, r),
                             demand->first < 0 ? "" : "eligible ", DCA_G(largest));
            return true;
        }
    }
    return false;
}

/* Does any placement of the demand take a unit at all? */
static bool fits_somewhere(const dca_model *model, dca_index i)
{
    for (dca_index k = model->demands[i].first; k >= 0; k = model->placements[k].next) {
        if (dca__model_fits(model, k)) {
            return true;
        }
    }
    return false;
}

/* Would a unit fit a node of some pool, had it a placement there? */
static bool would_fit(const dca_model *model, dca_index i)
{
    const dca__demand *demand = &model->demands[i];
    for (dca_index p = 0; p < model->num_pools; p++) {
        if (model->pools[p].alive &&
            dca__model_fits_pool(model, p, demand->use_length, model->uses.index + demand->use,
                                 model->uses.value + demand->use)) {
            return true;
        }
    }
    return false;
}

static void why_nowhere(const dca_model *model, dca_index i, dca__text *out)
{
    const dca__demand *demand = &model->demands[i];
    if (demand->first < 0 && (demand->use_length == 0 || would_fit(model, i))) {
        dca__text_put(out, "it has no placement");
        return;
    }
    dca__text_put(out, "fits nowhere: ");
    if (!too_large(model, i, out)) {
        dca__text_append(out, "no %snode has room for one %s of it",
                         demand->first < 0 ? "" : "eligible ",
                         dca__model_unit(model, DCA_KIND_DEMAND, i));
    }
}

/* Are all placements that fit at their ceilings? */
static bool at_ceilings(const dca__facts *facts, dca_index i)
{
    const dca_model *model = facts->model;
    for (dca_index k = model->demands[i].first; k >= 0; k = model->placements[k].next) {
        if (dca__model_fits(model, k) &&
            !dca__explain_full(model->placements[k].ceiling, facts->placed[k])) {
            return false;
        }
    }
    return true;
}

static void why_unmet(const dca__facts *facts, const dca__blocking *blocking, dca_index i,
                      dca__text *out)
{
    const dca_model *model = facts->model;
    const dca_nnz begin = blocking->start[i];
    const dca_nnz end = blocking->start[i + 1];
    if (!fits_somewhere(model, i)) {
        why_nowhere(model, i, out);
        return;
    }
    if (begin == end) {
        dca__text_put(out, at_ceilings(facts, i) ? "its placements are at their ceilings"
                                                 : "no limit blocks it, the objective asks for no "
                                                   "more");
        return;
    }
    for (dca_nnz e = begin; e < end && e < begin + MOST_REASONS; e++) {
        const dca_index row = blocking->row[e];
        dca__text_put(out, e > begin ? ", " : "");
        dca__explain_name_limit(model, &facts->map->row[row], out);
        dca__text_put(out, " is full (price ");
        dca__text_put(out, DCA_G(dca__explain_worth(facts, row)));
        dca__text_put(out, ")");
    }
    if (end - begin > MOST_REASONS) {
        dca__text_append(out, " and %lld more limits are full",
                         (long long)(end - begin - MOST_REASONS));
    }
}

static void demand_note(const dca__facts *facts, const dca__blocking *blocking, dca_index i,
                        dca__text *out)
{
    const dca_model *model = facts->model;
    const dca__demand *demand = &model->demands[i];
    const char *unit = dca__model_unit(model, DCA_KIND_DEMAND, i);
    dca__text_put(out, "served ");
    dca__text_put(out, DCA_G(facts->served[i]));
    if (isinf(demand->amount)) {
        dca__text_put(out, " ");
        dca__text_put(out, unit);
        dca__text_put(out, ", as much as the objective wants");
        return;
    }
    dca__text_put(out, " of ");
    dca__text_put(out, DCA_G(demand->amount));
    dca__text_put(out, " ");
    dca__text_put(out, unit);
    if (facts->unmet[i] > 1e-7 * fmax(1.0, demand->amount)) {
        dca__text_put(out, "; ");
        dca__text_put(out, DCA_G(facts->unmet[i]));
        dca__text_put(out, " unmet: ");
        why_unmet(facts, blocking, i, out);
    }
}

void dca__explain_demands(const dca__facts *facts, const dca__blocking *blocking, dca__text *out)
{
    for (dca_index i = 0; i < facts->model->num_demands; i++) {
        dca__text_begin(out);
        if (facts->model->demands[i].alive) {
            demand_note(facts, blocking, i, out);
        }
    }
}
