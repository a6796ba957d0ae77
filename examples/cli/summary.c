/* summary.c - an answer gathered, see summary.h. */
#include "summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A key to sort by, largest first; ties by index, so that the order never depends on the sort. */
typedef struct ranked {
    double key;
    dca_index index;
} ranked;

static int by_rank(const void *left, const void *right)
{
    const ranked *const a = left;
    const ranked *const b = right;
    if (a->key != b->key) {
        return a->key > b->key ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

bool summary_is_unmet(const cli_summary *s, dca_index demand)
{
    return s->unmet[demand] > 1e-6 * fmax(1.0, s->served[demand] + s->unmet[demand]);
}

double summary_share(double use, double limit)
{
    return isfinite(limit) && limit > 0.0 ? use / limit : 0.0;
}

/* What a limit costs: its price times what it is; tells dear limits of small and large units apart. */
static double limit_weight(const dca_limit *limit)
{
    return fabs(limit->price) * fmax(fabs(limit->limit), 1.0);
}

static bool rank_worst(cli_summary *s)
{
    ranked *order = malloc(((size_t)s->num_demands + 1) * sizeof *order);
    if (order == NULL) {
        return false;
    }
    for (dca_index k = 0; k < s->num_demands; k++) {
        dca_demand_spec spec = DCA_DEMAND_SPEC_INIT;
        if (summary_is_unmet(s, k) && dca_model_get_demand(s->model, k, &spec) == DCA_OK) {
            order[s->num_worst++] = (ranked){spec.weight * s->unmet[k], k};
        }
    }
    qsort(order, (size_t)s->num_worst, sizeof *order, by_rank);
    for (dca_index k = 0; k < s->num_worst; k++) {
        s->worst[k] = order[k].index;
    }
    free(order);
    return true;
}

static bool rank_dearest(cli_summary *s)
{
    ranked *order = malloc(((size_t)s->num_limits + 1) * sizeof *order);
    double most = 0.0;
    if (order == NULL) {
        return false;
    }
    for (dca_index k = 0; k < s->num_limits; k++) {
        most = fmax(most, limit_weight(&s->limits[k]));
    }
    for (dca_index k = 0; k < s->num_limits; k++) {
        const double weight = limit_weight(&s->limits[k]);
        if (s->limits[k].kind != DCA_KIND_DEMAND && weight > 1e-9 * most) {
            order[s->num_dearest++] = (ranked){weight, k};
        }
    }
    qsort(order, (size_t)s->num_dearest, sizeof *order, by_rank);
    for (dca_index k = 0; k < s->num_dearest; k++) {
        s->dearest[k] = order[k].index;
    }
    free(order);
    return true;
}

static void *room(dca_index count, size_t size)
{
    return calloc((size_t)count + 1, size);
}

static bool make_room(cli_summary *s)
{
    s->served = room(s->num_demands, sizeof *s->served);
    s->unmet = room(s->num_demands, sizeof *s->unmet);
    s->worst = room(s->num_demands, sizeof *s->worst);
    s->placed = room(s->num_placements, sizeof *s->placed);
    s->kilowatts = room(s->num_domains, sizeof *s->kilowatts);
    s->nodes_on = room(s->num_pools, sizeof *s->nodes_on);
    s->limits = room(s->num_limits, sizeof *s->limits);
    s->dearest = room(s->num_limits, sizeof *s->dearest);
    s->usage = room(s->num_resources, sizeof *s->usage);
    return s->served != NULL && s->unmet != NULL && s->worst != NULL && s->placed != NULL &&
           s->kilowatts != NULL && s->nodes_on != NULL && s->limits != NULL && s->dearest != NULL &&
           s->usage != NULL;
}

/* Values that an answer without a point does not have stay 0. */
static void fill(cli_summary *s)
{
    const dca_result *const r = s->result;
    if (dca_result_get_served(r, 0, s->num_demands, s->served) != DCA_OK ||
        dca_result_get_unmet(r, 0, s->num_demands, s->unmet) != DCA_OK ||
        dca_result_get_placed(r, 0, s->num_placements, s->placed) != DCA_OK ||
        dca_result_get_domains(r, 0, s->num_domains, NULL, s->kilowatts) != DCA_OK ||
        dca_result_get_pools(r, 0, s->num_pools, s->nodes_on, NULL, NULL) != DCA_OK) {
        s->num_limits = 0;
    }
    for (dca_index k = 0; k < s->num_limits; k++) {
        dca_limit *const limit = &s->limits[k];
        limit->struct_size = sizeof *limit;
        if (dca_result_limit_at(r, k, limit) != DCA_OK) {
            limit->kind = DCA_KIND_NONE;
        } else if (limit->kind == DCA_KIND_POOL && isfinite(limit->limit)) {
            s->usage[limit->resource].use += limit->use;
            s->usage[limit->resource].limit += limit->limit;
        }
    }
}

bool summary_make(const dca_model *model, const dca_result *result, cli_summary *out)
{
    cli_summary s = {.result = result, .model = model};
    s.num_resources = dca_result_count(result, DCA_KIND_RESOURCE);
    s.num_pools = dca_result_count(result, DCA_KIND_POOL);
    s.num_domains = dca_result_count(result, DCA_KIND_DOMAIN);
    s.num_demands = dca_result_count(result, DCA_KIND_DEMAND);
    s.num_placements = dca_result_count(result, DCA_KIND_PLACEMENT);
    s.num_limits = dca_result_num_limits(result);
    if (!make_room(&s)) {
        summary_free(&s);
        return false;
    }
    fill(&s);
    if (!rank_worst(&s) || !rank_dearest(&s)) {
        summary_free(&s);
        return false;
    }
    *out = s;
    return true;
}

void summary_free(cli_summary *s)
{
    free(s->served);
    free(s->unmet);
    free(s->worst);
    free(s->placed);
    free(s->kilowatts);
    free(s->nodes_on);
    free(s->limits);
    free(s->dearest);
    free(s->usage);
    *s = (cli_summary){0};
}

void summary_number(double value, char out[48])
{
    if (fabs(value) < 5e-7) {
        snprintf(out, 48, "0");
    } else if (fabs(value) >= 1000.0 && fabs(value) < 1e7) {
        snprintf(out, 48, "%.0f", value);
    } else {
        snprintf(out, 48, "%.4g", value);
    }
}

void summary_quantity(double value, const char *unit, char out[64])
{
    char number[48];
    const bool watts = unit != NULL && strcmp(unit, "W") == 0;
    const char *prefix = "";
    if (!isfinite(value)) {
        snprintf(out, 64, "no limit");
        return;
    }
    if (watts && fabs(value) >= 1e6) {
        value /= 1e6;
        prefix = "M";
    } else if (watts && fabs(value) >= 1e3) {
        value /= 1e3;
        prefix = "k";
    }
    summary_number(value, number);
    snprintf(out, 64, "%s%s%s%.12s", number, unit != NULL ? " " : "", prefix,
             unit != NULL ? unit : "");
}

const char *summary_limit_unit(const cli_summary *s, const dca_limit *limit)
{
    if (limit->resource >= 0) {
        return dca_result_unit(s->result, DCA_KIND_RESOURCE, limit->resource);
    }
    return dca_result_unit(s->result, (dca_kind)limit->kind, limit->index);
}

void summary_limit_name(const cli_summary *s, const dca_limit *limit, char *out, size_t size)
{
    const char *const name = dca_result_name(s->result, (dca_kind)limit->kind, limit->index);
    const char *const what = name != NULL ? name : "?";
    if (limit->resource >= 0) {
        const char *const resource = dca_result_name(s->result, DCA_KIND_RESOURCE, limit->resource);
        snprintf(out, size, "%s of %s", resource != NULL ? resource : "?", what);
    } else if (limit->kind == DCA_KIND_DEMAND) {
        snprintf(out, size, "demand %s", what);
    } else {
        snprintf(out, size, "%s", what);
    }
}
