/* api_model_result.c - include/dcalloc/result.h: what a result knows about its model.
 *
 * A result has no place for an error record: its getters answer with the status alone. */
#include "dcalloc/result.h"

#include "api/api_check.h"
#include "api/api_model.h"
#include "engine/model_answer.h"
#include "engine/result.h"

#include <string.h>

/* DCA_OK when the result is a model's and has a point. */
static dca_status has_values(const dca_result *result)
{
    if (result == NULL) {
        return DCA_E_ARG;
    }
    return result->model != NULL && result->model->has_values ? DCA_OK : DCA_E_STATE;
}

/* Copy values[first .. first+n) of a kind; out may be NULL. */
static dca_status copy_range(const dca_result *result, dca_kind kind, const double *values,
                             dca_index first, dca_index n, double *out)
{
    const dca_status status =
        dca__check_range(kind, first, n, result->model->frozen->count[kind], NULL);
    if (status == DCA_OK && n > 0 && out != NULL) {
        memcpy(out, values + first, (size_t)n * sizeof *out);
    }
    return status;
}

/* The same where out is required. */
static dca_status get_range(const dca_result *result, dca_kind kind, const double *values,
                            dca_index first, dca_index n, double *out)
{
    return n > 0 && out == NULL ? DCA_E_ARG : copy_range(result, kind, values, first, n, out);
}

dca_index dca_result_num_tiers(const dca_result *result)
{
    return result == NULL || result->model == NULL ? 0 : result->model->num_tiers;
}

dca_status dca_result_tier_value(const dca_result *result, dca_index tier, double *out)
{
    const dca_status status = has_values(result);
    return status != DCA_OK
               ? status
               : get_range(result, DCA_KIND_TIER, result->model->tier_value, tier, 1, out);
}

const char *dca_result_tier_name(const dca_result *result, dca_index tier)
{
    return result == NULL || result->model == NULL
               ? NULL
               : dca__frozen_name(result->model->frozen, DCA_KIND_TIER, tier);
}

dca_status dca_result_get_served(const dca_result *result, dca_index first, dca_index n,
                                 double *out)
{
    const dca_status status = has_values(result);
    return status != DCA_OK
               ? status
               : get_range(result, DCA_KIND_DEMAND, result->model->served, first, n, out);
}

dca_status dca_result_get_unmet(const dca_result *result, dca_index first, dca_index n, double *out)
{
    const dca_status status = has_values(result);
    return status != DCA_OK
               ? status
               : get_range(result, DCA_KIND_DEMAND, result->model->unmet, first, n, out);
}

dca_status dca_result_get_placed(const dca_result *result, dca_index first, dca_index n,
                                 double *out)
{
    const dca_status status = has_values(result);
    return status != DCA_OK
               ? status
               : get_range(result, DCA_KIND_PLACEMENT, result->model->placed, first, n, out);
}

dca_status dca_result_get_placements(const dca_result *result, dca_index first, dca_index n,
                                     dca_index *demand, dca_index *pool)
{
    if (result == NULL) {
        return DCA_E_ARG;
    }
    if (result->model == NULL) {
        return DCA_E_STATE;
    }
    const dca__frozen *frozen = result->model->frozen;
    const dca_status status =
        dca__check_range(DCA_KIND_PLACEMENT, first, n, frozen->count[DCA_KIND_PLACEMENT], NULL);
    if (status != DCA_OK || n == 0) {
        return status;
    }
    if (demand != NULL) {
        memcpy(demand, frozen->demand + first, (size_t)n * sizeof *demand);
    }
    if (pool != NULL) {
        memcpy(pool, frozen->pool + first, (size_t)n * sizeof *pool);
    }
    return DCA_OK;
}

dca_status dca_result_get_pools(const dca_result *result, dca_index first, dca_index n,
                                double *nodes_on, double *cost, double *kilowatts)
{
    dca_status status = has_values(result);
    if (status == DCA_OK) {
        status = copy_range(result, DCA_KIND_POOL, result->model->nodes_on, first, n, nodes_on);
    }
    if (status == DCA_OK) {
        status = copy_range(result, DCA_KIND_POOL, result->model->pool_cost, first, n, cost);
    }
    return status != DCA_OK
               ? status
               : copy_range(result, DCA_KIND_POOL, result->model->pool_kw, first, n, kilowatts);
}

dca_status dca_result_get_domains(const dca_result *result, dca_index first, dca_index n,
                                  double *cost, double *kilowatts)
{
    dca_status status = has_values(result);
    if (status == DCA_OK) {
        status = copy_range(result, DCA_KIND_DOMAIN, result->model->domain_cost, first, n, cost);
    }
    return status != DCA_OK
               ? status
               : copy_range(result, DCA_KIND_DOMAIN, result->model->domain_kw, first, n, kilowatts);
}

dca_status dca_result_totals(const dca_result *result, double *cost, double *energy)
{
    const dca_status status = has_values(result);
    if (status == DCA_OK && cost != NULL) {
        *cost = result->model->cost;
    }
    if (status == DCA_OK && energy != NULL) {
        *energy = result->model->energy;
    }
    return status;
}

/* ---- Limits ---------------------------------------------------------------------------------------- */

/* Price of the limit with row `row` (-1: unlimited or unused, 0) in a tier; NAN when the tier was not
 * reached. */
static double price_of(const dca__model_answer *answer, dca_index tier, dca_index row)
{
    if (!answer->tier_priced[tier]) {
        return NAN;
    }
    return row < 0 ? 0.0 : answer->price[(dca_nnz)tier * answer->num_limits + row];
}

static dca_status give_limit(const dca_result *result, dca_kind kind, dca_index index,
                             dca_index resource, dca_limit *out)
{
    const dca__model_answer *answer = result->model;
    double limit;
    double use;
    dca_index row;
    if (!dca__model_answer_limit(answer, kind, index, resource, &limit, &use, &row)) {
        return DCA_E_ARG;
    }
    const bool counted = kind == DCA_KIND_POOL || kind == DCA_KIND_DOMAIN;
    const dca_limit given = {
        sizeof given, (int32_t)kind,           index, counted ? resource : -1, limit,
        use,          price_of(answer, 0, row)};
    return dca__check_out_struct(out, sizeof given, "dca_limit", &given, NULL);
}

dca_status dca_result_limit(const dca_result *result, dca_kind kind, dca_index index,
                            dca_index resource, dca_limit *out)
{
    const dca_status status = has_values(result);
    return status != DCA_OK ? status : give_limit(result, kind, index, resource, out);
}

dca_status dca_result_limit_price(const dca_result *result, dca_index tier, dca_kind kind,
                                  dca_index index, dca_index resource, double *out)
{
    const dca_status status = has_values(result);
    if (status != DCA_OK) {
        return status;
    }
    const dca__model_answer *answer = result->model;
    double limit;
    double use;
    dca_index row;
    if (out == NULL || tier < 0 || tier >= answer->num_tiers ||
        !dca__model_answer_limit(answer, kind, index, resource, &limit, &use, &row)) {
        return DCA_E_ARG;
    }
    if (!answer->tier_priced[tier]) {
        return DCA_E_STATE;
    }
    *out = price_of(answer, tier, row);
    return DCA_OK;
}

dca_status dca_result_pool_price(const dca_result *result, dca_index pool, dca_index resource,
                                 double *out)
{
    return dca_result_limit_price(result, 0, DCA_KIND_POOL, pool, resource, out);
}

dca_index dca_result_num_limits(const dca_result *result)
{
    return result == NULL || result->model == NULL ? 0 : result->model->num_limits;
}

dca_status dca_result_limit_at(const dca_result *result, dca_index k, dca_limit *out)
{
    const dca_status status = has_values(result);
    if (status != DCA_OK) {
        return status;
    }
    if (k < 0 || k >= result->model->num_limits) {
        return DCA_E_ARG;
    }
    const dca__key *key = &result->model->limit_key[k];
    return give_limit(result, dca__map_kind(key), key->a, key->b, out);
}

/* ---- Back into a model ------------------------------------------------------------------------------- */

dca_status dca_model_set_current_from(dca_model *model, const dca_result *result)
{
    if (model == NULL) {
        return DCA_E_ARG;
    }
    dca_error *err = &model->error;
    const dca_status status = dca__check_pointer(result, "result", err);
    if (status != DCA_OK) {
        return status;
    }
    if (has_values(result) != DCA_OK) {
        return dca__fail(err, DCA_E_STATE, DCA_KIND_NONE, -1,
                         "the result holds no allocation: it is of an LP, or its outcome has no "
                         "point");
    }
    const dca__model_answer *answer = result->model;
    const dca_index n = answer->frozen->count[DCA_KIND_PLACEMENT];
    if (answer->compaction != model->compaction || n > model->num_placements) {
        return dca__fail(err, DCA_E_ARG, DCA_KIND_PLACEMENT, -1,
                         "the result knows %d placements of before, the model has %d now: expected "
                         "a result of this model since its last compact",
                         (int)n, (int)model->num_placements);
    }
    for (dca_index k = 0; k < model->num_placements; k++) {
        model->placements[k].current = k < n ? fmax(0.0, answer->placed[k]) : 0.0;
    }
    dca__model_note(model, DCA__CHANGE_CURRENT, -1, -1);
    return DCA_OK;
}
