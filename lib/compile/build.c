/* build.c - the LP while it grows. */
#include "compile/build.h"

#include "base/alloc.h"

dca_index dca__build_row(dca__build *build, dca__key key)
{
    dca_env *env = build->out->env;
    const dca_nnz need = (dca_nnz)build->num_rows + 1;
    if (build->failed || need > INT32_MAX ||
        DCA_RESERVE(env, build->row_key, build->row_capacity, need) != DCA_OK ||
        DCA_RESERVE(env, build->row_lower, build->row_lower_capacity, need) != DCA_OK ||
        DCA_RESERVE(env, build->row_upper, build->row_upper_capacity, need) != DCA_OK) {
        build->failed = true;
        return -1;
    }
    const dca_index i = build->num_rows++;
    build->row_key[i] = key;
    dca__compile_row_bounds(build->model, build->out, &key, &build->row_lower[i],
                            &build->row_upper[i]);
    return i;
}

void dca__build_entry(dca__build *build, dca_index row, double value)
{
    if (row < 0 || value == 0.0 || build->failed) {
        return;
    }
    dca_env *env = build->out->env;
    const dca_nnz need = build->num_entries + 1;
    if (DCA_RESERVE(env, build->index, build->index_capacity, need) != DCA_OK ||
        DCA_RESERVE(env, build->value, build->value_capacity, need) != DCA_OK) {
        build->failed = true;
        return;
    }
    build->index[build->num_entries] = row;
    build->value[build->num_entries] = value;
    build->num_entries++;
}

void dca__build_repeat(dca__build *build)
{
    const dca__map *map = &build->out->map;
    const dca_nnz end = build->num_entries;
    const dca_nnz begin = build->num_columns == 0 ? 0 : build->start[build->num_columns];
    for (dca_nnz e = begin; e < end && !build->failed; e++) {
        const dca_index row = build->index[e];
        for (dca_index i = row < map->num_limits ? map->first_repeat[row] : -1; i >= 0;
             i = map->next_repeat[i]) {
            dca__build_entry(build, i, build->value[e]);
        }
    }
}

dca_index dca__build_column(dca__build *build, dca__column_kind kind, dca_index a, double lower,
                            double upper)
{
    dca_env *env = build->out->env;
    const dca_nnz need = (dca_nnz)build->num_columns + 1;
    if (build->failed || need > INT32_MAX ||
        DCA_RESERVE(env, build->column_key, build->column_capacity, need) != DCA_OK ||
        DCA_RESERVE(env, build->lower, build->lower_capacity, need) != DCA_OK ||
        DCA_RESERVE(env, build->upper, build->upper_capacity, need) != DCA_OK ||
        DCA_RESERVE(env, build->start, build->start_capacity, need + 1) != DCA_OK) {
        build->failed = true;
        return -1;
    }
    const dca_index j = build->num_columns++;
    build->column_key[j] = (dca__key){(int32_t)kind, a, -1, -1, -1};
    build->lower[j] = lower;
    build->upper[j] = upper;
    if (j == 0) {
        build->start[0] = 0;
    }
    build->start[j + 1] = build->num_entries;
    return j;
}
