/* build.c - see build.h. A failure is remembered, and told at the end. */
#include "build.h"

#include <stdlib.h>
#include <string.h>

static void push(bool *failed, dc_array *array, const void *item)
{
    if (array->used == array->room) {
        const int64_t room = array->room > 0 ? 2 * array->room : 64;
        void *at = realloc(array->at, (size_t)room * array->size);
        if (at == NULL) {
            *failed = true;
            return;
        }
        array->at = at;
        array->room = room;
    }
    memcpy((char *)array->at + (size_t)array->used * array->size, item, array->size);
    array->used++;
}

static void push_double(bool *failed, dc_array *array, double value)
{
    push(failed, array, &value);
}

static void push_index(bool *failed, dc_array *array, dca_index value)
{
    push(failed, array, &value);
}

/* The end of a list, as the offset at which the next one starts. */
static void push_offset(bool *failed, dc_array *array, int64_t value)
{
    push(failed, array, &value);
}

static dca_doubles doubles(const dc_array *array)
{
    return (dca_doubles){array->at, sizeof(double)};
}

static dca_indices indices(const dc_array *array)
{
    return (dca_indices){array->at, sizeof(dca_index)};
}

/* ---- Models ---------------------------------------------------------------------------------- */

void dc_build_begin(dc_build *build)
{
    const dc_array d = {.size = sizeof(double)};
    const dc_array i = {.size = sizeof(dca_index)};
    const dc_array o = {.size = sizeof(dca_nnz)};
    *build = (dc_build){.tenant = i,
                        .hard = i,
                        .amount = d,
                        .value = d,
                        .weight = d,
                        .use_start = o,
                        .use_resource = i,
                        .use_value = d,
                        .demand = i,
                        .pool = i,
                        .rate = d,
                        .cost = d,
                        .link_start = o,
                        .link = i};
}

void dc_build_demand(dc_build *build, double amount, double value, double weight, dca_index tenant,
                     bool hard)
{
    push_index(&build->failed, &build->tenant, tenant);
    push_index(&build->failed, &build->hard, hard ? 1 : 0);
    push_double(&build->failed, &build->amount, amount);
    push_double(&build->failed, &build->value, value);
    push_double(&build->failed, &build->weight, weight);
    push_offset(&build->failed, &build->use_start, build->use_resource.used);
    build->num_demands++;
}

void dc_build_use(dc_build *build, dca_index resource, double value)
{
    push_index(&build->failed, &build->use_resource, resource);
    push_double(&build->failed, &build->use_value, value);
}

void dc_build_place(dc_build *build, dca_index pool, double rate, double cost)
{
    push_index(&build->failed, &build->demand, build->num_demands - 1);
    push_index(&build->failed, &build->pool, pool);
    push_double(&build->failed, &build->rate, rate);
    push_double(&build->failed, &build->cost, cost);
    push_offset(&build->failed, &build->link_start, build->link.used);
    build->num_placements++;
}

void dc_build_carry(dc_build *build, dca_index link)
{
    push_index(&build->failed, &build->link, link);
}

static void build_free(dc_build *build)
{
    dc_array *const arrays[] = {
        &build->tenant,    &build->hard,         &build->amount,     &build->value,  &build->weight,
        &build->use_start, &build->use_resource, &build->use_value,  &build->demand, &build->pool,
        &build->rate,      &build->cost,         &build->link_start, &build->link};
    for (size_t k = 0; k < sizeof arrays / sizeof *arrays; k++) {
        free(arrays[k]->at);
    }
}

bool dc_build_end(dc_build *build, dca_model *model)
{
    push_offset(&build->failed, &build->use_start, build->use_resource.used);
    push_offset(&build->failed, &build->link_start, build->link.used);
    bool done = !build->failed;
    if (done) {
        dca_demand_columns demands = {.struct_size = sizeof demands, .n = build->num_demands};
        demands.tenant = indices(&build->tenant);
        demands.hard = indices(&build->hard);
        demands.amount = doubles(&build->amount);
        demands.value = doubles(&build->value);
        demands.weight = doubles(&build->weight);
        demands.use =
            (dca_sparse){build->use_start.at, build->use_resource.at, build->use_value.at};
        dca_placement_columns placed = {.struct_size = sizeof placed, .n = build->num_placements};
        placed.demand = indices(&build->demand);
        placed.pool = indices(&build->pool);
        placed.rate = doubles(&build->rate);
        placed.cost = doubles(&build->cost);
        placed.link = (dca_sparse){build->link_start.at, build->link.at, NULL};
        done = dca_model_add_demand_columns(model, &demands, NULL) == DCA_OK &&
               dca_model_add_placement_columns(model, &placed, NULL) == DCA_OK;
    }
    build_free(build);
    return done;
}

dca_index dc_add_pool(dca_model *model, double count, dca_index num_resources,
                      const double *capacity, const double *watts)
{
    const dca_nnz start[] = {0, num_resources};
    const dca_index index[] = {0, 1, 2, 3, 4, 5, 6, 7};
    dca_pool_columns pool = {.struct_size = sizeof pool, .n = 1};
    pool.count = (dca_doubles){&count, sizeof count};
    pool.capacity = (dca_sparse){start, index, capacity};
    pool.watts = watts == NULL ? (dca_sparse){NULL, NULL, NULL} : (dca_sparse){start, index, watts};
    dca_index first = -1;
    return dca_model_add_pool_columns(model, &pool, &first) == DCA_OK ? first : -1;
}

bool dc_add_tier(dca_model *model, const int *kinds, const double *weights)
{
    dca_index tier = -1;
    bool done = dca_model_add_tier(model, "objective", &tier) == DCA_OK;
    for (int k = 0; done && kinds[k] >= 0; k++) {
        dca_term_spec term = DCA_TERM_SPEC_INIT;
        term.kind = kinds[k];
        term.weight = weights[k];
        done = dca_model_add_term(model, tier, &term, NULL) == DCA_OK;
    }
    return done;
}

/* ---- LPs ------------------------------------------------------------------------------------- */

void dc_matrix_begin(dc_matrix *matrix)
{
    const dc_array d = {.size = sizeof(double)};
    const dc_array i = {.size = sizeof(dca_index)};
    const dc_array o = {.size = sizeof(dca_nnz)};
    *matrix = (dc_matrix){.row_lower = d,
                          .row_upper = d,
                          .cost = d,
                          .lower = d,
                          .upper = d,
                          .start = o,
                          .index = i,
                          .value = d};
}

dca_index dc_matrix_row(dc_matrix *matrix, double lower, double upper)
{
    push_double(&matrix->failed, &matrix->row_lower, lower);
    push_double(&matrix->failed, &matrix->row_upper, upper);
    return matrix->num_rows++;
}

dca_index dc_matrix_column(dc_matrix *matrix, double cost, double lower, double upper)
{
    push_double(&matrix->failed, &matrix->cost, cost);
    push_double(&matrix->failed, &matrix->lower, lower);
    push_double(&matrix->failed, &matrix->upper, upper);
    push_offset(&matrix->failed, &matrix->start, matrix->index.used);
    return matrix->num_columns++;
}

void dc_matrix_entry(dc_matrix *matrix, dca_index row, double value)
{
    push_index(&matrix->failed, &matrix->index, row);
    push_double(&matrix->failed, &matrix->value, value);
}

bool dc_matrix_end(dc_matrix *matrix, dca_env *env, dca_lp **out)
{
    push_offset(&matrix->failed, &matrix->start, matrix->index.used);
    bool done = !matrix->failed && dca_lp_new(env, out) == DCA_OK;
    if (done) {
        dca_lp_rows rows = {.struct_size = sizeof rows, .n = matrix->num_rows};
        rows.lower = doubles(&matrix->row_lower);
        rows.upper = doubles(&matrix->row_upper);
        dca_lp_columns columns = {.struct_size = sizeof columns, .n = matrix->num_columns};
        columns.cost = doubles(&matrix->cost);
        columns.lower = doubles(&matrix->lower);
        columns.upper = doubles(&matrix->upper);
        columns.entries = (dca_sparse){matrix->start.at, matrix->index.at, matrix->value.at};
        done = dca_lp_add_rows(*out, &rows, NULL) == DCA_OK &&
               dca_lp_add_columns(*out, &columns, NULL) == DCA_OK;
    }
    dc_array *const arrays[] = {&matrix->row_lower, &matrix->row_upper, &matrix->cost,
                                &matrix->lower,     &matrix->upper,     &matrix->start,
                                &matrix->index,     &matrix->value};
    for (size_t k = 0; k < sizeof arrays / sizeof *arrays; k++) {
        free(arrays[k]->at);
    }
    return done;
}

bool dc_reserve(dc_instance *out, dca_index limits, dca_index demands)
{
    out->limits = calloc((size_t)limits + 1, sizeof *out->limits);
    out->demands = calloc((size_t)demands + 1, sizeof *out->demands);
    return out->limits != NULL && out->demands != NULL;
}
