/* build.h - arrays in which the families gather demands and their placements, or the rows and
 * columns of an LP, before they go to the library in one call each. */
#ifndef BENCH_DC_BUILD_H
#define BENCH_DC_BUILD_H

#include "dc.h"

/* An array that grows. */
typedef struct dc_array {
    void *at;
    int64_t used, room;
    size_t size; /* bytes of an item */
} dc_array;

/* Demands, each followed by what it uses and by its placements; a placement by the links it
 * takes. */
typedef struct dc_build {
    bool failed;
    dca_index num_demands, num_placements;
    dc_array tenant, hard, amount, value, weight; /* of demands */
    dc_array use_start, use_resource, use_value;  /* of demands */
    dc_array demand, pool, rate, cost;            /* of placements */
    dc_array link_start, link;                    /* of placements */
} dc_build;

void dc_build_begin(dc_build *build);
void dc_build_demand(dc_build *build, double amount, double value, double weight, dca_index tenant,
                     bool hard);
void dc_build_use(dc_build *build, dca_index resource, double value);
void dc_build_place(dc_build *build, dca_index pool, double rate, double cost);
void dc_build_carry(dc_build *build, dca_index link);
/* Add all to the model and free the arrays. */
bool dc_build_end(dc_build *build, dca_model *model);

/* Rows, and columns with their entries. */
typedef struct dc_matrix {
    bool failed;
    dca_index num_rows, num_columns;
    dc_array row_lower, row_upper;
    dc_array cost, lower, upper;
    dc_array start, index, value;
} dc_matrix;

void dc_matrix_begin(dc_matrix *matrix);
dca_index dc_matrix_row(dc_matrix *matrix, double lower, double upper);
dca_index dc_matrix_column(dc_matrix *matrix, double cost, double lower, double upper);
/* Of the last column. */
void dc_matrix_entry(dc_matrix *matrix, dca_index row, double value);
/* An LP of it; free the arrays. */
bool dc_matrix_end(dc_matrix *matrix, dca_env *env, dca_lp **out);

/* Pools, each with `count` nodes of one capacity of each resource; the first new index, or -1. */
dca_index dc_add_pool(dca_model *model, double count, dca_index num_resources,
                      const double *capacity, const double *watts);
/* A tier of terms of one weight each; kinds ends with -1. */
bool dc_add_tier(dca_model *model, const int *kinds, const double *weights);

/* Room for limits and demands of an instance made in the LP layer; false: no memory. */
bool dc_reserve(dc_instance *out, dca_index limits, dca_index demands);
/* Fill in the LP, limits and demands of an instance that has a model (layout.c). */
bool dc_layout(dc_instance *out);

extern const dc_family dc_max_min, dc_placement, dc_traffic_flow, dc_traffic_mlu, dc_transport,
    dc_deferrable, dc_reservations, dc_fair_share;

#endif /* BENCH_DC_BUILD_H */
