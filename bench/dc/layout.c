/* layout.c - where limits and demands of a model stand in its LP, as docs/model.md says: rows are
 * found by name, columns by their order (placements, unmet demands, the rest); both are checked. */
#include "build.h"

#include <stdlib.h>
#include <string.h>

/* "WORD[OBJECT]" or "WORD[OBJECT,MORE]" as a row or column name; blanks are underscores. */
static const char *name_of(char *out, size_t size, const char *word, const char *object,
                           const char *more)
{
    snprintf(out, size, "%s[%s%s%s]", word, object, more == NULL ? "" : ",",
             more == NULL ? "" : more);
    for (char *at = out; *at != '\0'; at++) {
        *at = *at == ' ' ? '_' : *at;
    }
    return out;
}

static bool same_upper(const dca_lp *lp, dca_index row, double value)
{
    double upper = NAN;
    return dca_lp_get_rows(lp, row, 1, NULL, &upper) == DCA_OK && upper == value;
}

/* Add the row of a limit, if it has one whose upper bound is factor times the value. */
static bool add_row(const dc_instance *out, dc_limit *limit, const char *name, double factor)
{
    const dca_index row = dca_lp_find_row(out->lp, name);
    if (row < 0) {
        return true; /* nothing uses it */
    }
    limit->row[limit->num_rows] = row;
    limit->factor[limit->num_rows++] = factor;
    return same_upper(out->lp, row, factor * limit->value);
}

static bool pool_limit(dc_instance *out, dca_index p)
{
    char name[96];
    dca_pool_spec spec = DCA_POOL_SPEC_INIT;
    if (dca_model_get_pool(out->model, p, &spec) != DCA_OK) {
        return false;
    }
    dc_limit limit = {.kind = DCA_KIND_POOL, .object = p, .resource = -1, .value = spec.count};
    const dca_index resources = dca_model_count(out->model, DCA_KIND_RESOURCE);
    bool done = true;
    for (dca_index r = 1; done && r < resources; r++) {
        name_of(name, sizeof name, "capacity", spec.name,
                dca_model_object_name(out->model, DCA_KIND_RESOURCE, r));
        done = add_row(out, &limit, name, spec.capacity[r]);
    }
    if (limit.num_rows > 0 && limit.value > 0.0) {
        out->limits[out->num_limits++] = limit;
    }
    return done;
}

static bool object_limit(dc_instance *out, dca_kind kind, dca_index index, dca_index resource)
{
    char name[96];
    double value = INFINITY;
    if (dca_model_get_limit(out->model, kind, index, resource, &value) != DCA_OK) {
        return false;
    }
    dc_limit limit = {.kind = kind, .object = index, .resource = resource, .value = value};
    name_of(name, sizeof name, kind == DCA_KIND_LINK ? "link" : "limit",
            dca_model_object_name(out->model, kind, index),
            resource < 0 ? NULL : dca_model_object_name(out->model, DCA_KIND_RESOURCE, resource));
    const bool done = !isfinite(value) || value <= 0.0 || add_row(out, &limit, name, 1.0);
    if (limit.num_rows > 0) {
        out->limits[out->num_limits++] = limit;
    }
    return done;
}

static bool find_limits(dc_instance *out)
{
    const dca_index pools = dca_model_count(out->model, DCA_KIND_POOL);
    const dca_index domains = dca_model_count(out->model, DCA_KIND_DOMAIN);
    const dca_index links = out->slots ? 0 : dca_model_count(out->model, DCA_KIND_LINK);
    const dca_index resources = dca_model_count(out->model, DCA_KIND_RESOURCE);
    bool done = true;
    for (dca_index p = 0; done && p < pools; p++) {
        done = pool_limit(out, p);
    }
    for (dca_index d = 0; d < domains; d++) {
        for (dca_index r = 0; done && r < resources; r++) {
            done = object_limit(out, DCA_KIND_DOMAIN, d, r);
        }
    }
    for (dca_index l = 0; done && l < links; l++) {
        done = object_limit(out, DCA_KIND_LINK, l, -1);
    }
    if (out->scaled) {
        out->num_limits = 0;
    }
    return done;
}

static bool own_row(const dc_instance *out, dc_demand *demand, const char *name, dc_role role)
{
    demand->row[demand->num_rows] = dca_lp_find_row(out->lp, name);
    demand->role[demand->num_rows] = (uint8_t)role;
    return demand->row[demand->num_rows++] >= 0;
}

static bool find_demand(dc_instance *out, dca_index i, dca_index placements)
{
    char name[96];
    dca_demand_spec spec = DCA_DEMAND_SPEC_INIT;
    dc_demand *demand = &out->demands[i];
    if (dca_model_get_demand(out->model, i, &spec) != DCA_OK) {
        return false;
    }
    *demand = (dc_demand){.object = i, .link = out->slots ? i : -1, .amount = spec.amount};
    demand->unmet = placements + i;
    bool done =
        own_row(out, demand, name_of(name, sizeof name, "demand", spec.name, NULL), DC_EQUAL);
    if (!out->amounts) {
        done = done &&
               own_row(out, demand, name_of(name, sizeof name, "share", "0", spec.name), DC_FIXED);
    }
    if (out->slots) {
        const char *link = dca_model_object_name(out->model, DCA_KIND_LINK, i);
        done =
            done && own_row(out, demand, name_of(name, sizeof name, "link", link, NULL), DC_SLOT);
    }
    name_of(name, sizeof name, "unmet", spec.name, NULL);
    const char *column = dca_lp_column_name(out->lp, demand->unmet);
    return done && column != NULL && strcmp(column, name) == 0;
}

static bool find_demands(dc_instance *out)
{
    const dca_index placements = dca_model_count(out->model, DCA_KIND_PLACEMENT);
    bool done = true;
    for (dca_index i = 0; done && i < out->num_demands; i++) {
        done = find_demand(out, i, placements);
    }
    for (dca_index k = 0; done && k < placements; k++) {
        dca_placement_spec spec = DCA_PLACEMENT_SPEC_INIT;
        done = dca_model_get_placement(out->model, k, &spec) == DCA_OK;
        dc_demand *demand = &out->demands[done ? spec.demand : 0];
        demand->first = demand->placement = demand->count == 0 ? k : demand->first;
        done = done && k == demand->first + demand->count++;
    }
    return done;
}

bool dc_layout(dc_instance *out)
{
    dca_solver *solver = NULL;
    out->num_demands = dca_model_count(out->model, DCA_KIND_DEMAND);
    const dca_index limits = dca_model_count(out->model, DCA_KIND_POOL) +
                             dca_model_count(out->model, DCA_KIND_LINK) +
                             dca_model_count(out->model, DCA_KIND_DOMAIN) *
                                 dca_model_count(out->model, DCA_KIND_RESOURCE);
    const bool done = dca_solver_new_model(out->model, NULL, &solver, NULL) == DCA_OK &&
                      dca_solver_compiled(solver, NULL, &out->lp) == DCA_OK &&
                      dc_reserve(out, limits, out->num_demands) && find_limits(out) &&
                      find_demands(out);
    dca_solver_free(solver);
    return done;
}
