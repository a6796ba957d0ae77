/* api_explain.c - include/dcalloc/explain.h. Everything was worked out by the solve: getters only look. */
#include "dcalloc/explain.h"

#include "api/api_check.h"
#include "dcalloc/result.h"
#include "engine/model_answer.h"
#include "engine/result.h"
#include "explain/conflict_words.h"

dca_status dca_result_blocking(const dca_result *result, dca_index demand, dca_index capacity,
                               dca_limit *out, dca_index *count)
{
    if (result == NULL || capacity < 0 || (capacity > 0 && out == NULL)) {
        return DCA_E_ARG;
    }
    const dca__model_answer *answer = result->model;
    if (answer == NULL || !answer->has_values) {
        return DCA_E_STATE;
    }
    if (dca__frozen_name(answer->frozen, DCA_KIND_DEMAND, demand) == NULL) {
        return DCA_E_ARG;
    }
    const dca_nnz begin = answer->blocking.start[demand];
    const dca_index n = (dca_index)(answer->blocking.start[demand + 1] - begin);
    const uint32_t stride = capacity > 0 && out->struct_size > 0 ? out->struct_size : sizeof *out;
    for (dca_index k = 0; k < n && k < capacity; k++) {
        char *to = (char *)out + (size_t)k * stride;
        memcpy(to, &stride, sizeof stride); /* all as the first */
        const dca_status status =
            dca_result_limit_at(result, answer->blocking.row[begin + k], (dca_limit *)(void *)to);
        if (status != DCA_OK) {
            return status;
        }
    }
    if (count != NULL) {
        *count = n;
    }
    return DCA_OK;
}

const char *dca_result_demand_note(const dca_result *result, dca_index demand)
{
    if (result == NULL || result->model == NULL ||
        dca__frozen_name(result->model->frozen, DCA_KIND_DEMAND, demand) == NULL) {
        return NULL;
    }
    return dca__text_get(&result->model->notes, demand);
}

/* The plan asked for, or the status of there being none. */
static dca_status find_plan(const dca_result *result, dca_repair_by by,
                            const dca__repair_plan **plan)
{
    if (result == NULL || (int)by < 0 || (int)by > 2) {
        return DCA_E_ARG;
    }
    if (result->model == NULL || !result->model->infeasible || !result->model->repairs[by].known) {
        return DCA_E_STATE;
    }
    *plan = &result->model->repairs[by];
    return DCA_OK;
}

dca_status dca_result_repair_count(const dca_result *result, dca_repair_by by, dca_index *count,
                                   double *size)
{
    const dca__repair_plan *plan;
    const dca_status status = find_plan(result, by, &plan);
    if (status == DCA_OK && count != NULL) {
        *count = plan->count;
    }
    if (status == DCA_OK && size != NULL) {
        *size = plan->size;
    }
    return status;
}

dca_status dca_result_repair_at(const dca_result *result, dca_repair_by by, dca_index k,
                                dca_repair *out)
{
    const dca__repair_plan *plan;
    const dca_status status = find_plan(result, by, &plan);
    if (status != DCA_OK) {
        return status;
    }
    return k < 0 || k >= plan->count
               ? DCA_E_ARG
               : dca__check_out_struct(out, sizeof *out, "dca_repair", &plan->change[k], NULL);
}

dca_status dca_result_conflict_count(const dca_result *result, dca_index *count,
                                     int32_t *irreducible)
{
    if (result == NULL) {
        return DCA_E_ARG;
    }
    if (result->conflict == NULL) {
        return DCA_E_STATE;
    }
    if (count != NULL) {
        *count = result->conflict->count;
    }
    if (irreducible != NULL) {
        *irreducible = result->conflict->irreducible;
    }
    return DCA_OK;
}

dca_status dca_result_conflict_at(const dca_result *result, dca_index k, dca_conflict_member *out)
{
    const dca_status status = dca_result_conflict_count(result, NULL, NULL);
    if (status != DCA_OK) {
        return status;
    }
    return k < 0 || k >= result->conflict->count
               ? DCA_E_ARG
               : dca__check_out_struct(out, sizeof *out, "dca_conflict_member",
                                       &result->conflict->member[k], NULL);
}

const char *dca_result_conflict_note(const dca_result *result, dca_index k)
{
    return result == NULL || result->conflict == NULL ? NULL
                                                      : dca__text_get(&result->conflict->notes, k);
}

dca_index dca_result_num_sentences(const dca_result *result)
{
    return result == NULL || result->model == NULL ? 0 : result->model->sentences.count;
}

const char *dca_result_sentence(const dca_result *result, dca_index k)
{
    return result == NULL || result->model == NULL ? NULL
                                                   : dca__text_get(&result->model->sentences, k);
}

const char *dca_result_name(const dca_result *result, dca_kind kind, dca_index index)
{
    if (result == NULL) {
        return NULL;
    }
    if (kind == DCA_KIND_ROW || kind == DCA_KIND_COLUMN) {
        return result->names == NULL
                   ? NULL
                   : dca__strtab_name(kind == DCA_KIND_ROW ? &result->names->rows
                                                           : &result->names->columns,
                                      index);
    }
    return result->model == NULL ? NULL : dca__frozen_name(result->model->frozen, kind, index);
}

const char *dca_result_unit(const dca_result *result, dca_kind kind, dca_index index)
{
    return result == NULL || result->model == NULL
               ? NULL
               : dca__frozen_unit(result->model->frozen, kind, index);
}

dca_index dca_result_count(const dca_result *result, dca_kind kind)
{
    if (result == NULL) {
        return 0;
    }
    if (kind == DCA_KIND_ROW || kind == DCA_KIND_COLUMN) {
        return kind == DCA_KIND_ROW ? result->answer.point.num_rows
                                    : result->answer.point.num_columns;
    }
    return result->model == NULL || (int)kind < 0 || (int)kind >= DCA__FROZEN_KINDS
               ? 0
               : result->model->frozen->count[kind];
}
