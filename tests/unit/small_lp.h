/* small_lp.h - the LP object of a small problem, random feasible ones, and solves by a pipeline. */
#ifndef DCA_TESTS_SMALL_LP_H
#define DCA_TESTS_SMALL_LP_H

#include "account.h"
#include "base/opt.h"
#include "check.h"
#include "lp/problem.h"
#include "solve/solve.h"

static inline dca_options defaults(dca_env *env)
{
    dca_options options = {.env = env};
    dca__settings_init(&options.settings);
    return options;
}

/* The LP object of a small problem. */
static inline dca_lp *lp_of(dca_env *env, small *s)
{
    const dca_problem view = small_view(s);
    dca_lp *lp = NULL;
    assert_int_equal(dca__lp_new(env, &lp), DCA_OK);
    dca_lp_rows rows = {.struct_size = sizeof rows, .n = s->m};
    rows.lower = (dca_doubles){s->row_lower, sizeof(double)};
    rows.upper = (dca_doubles){s->row_upper, sizeof(double)};
    assert_int_equal(dca__lp_add_rows(lp, &rows, NULL), DCA_OK);
    dca_nnz start[SMALL_COLUMNS + 1];
    for (dca_index j = 0; j < s->n; j++) {
        start[j] = view.start[j];
        start[j + 1] = view.start[j] + view.length[j];
    }
    dca_lp_columns columns = {.struct_size = sizeof columns, .n = s->n};
    columns.cost = (dca_doubles){s->cost, sizeof(double)};
    columns.lower = (dca_doubles){s->lower, sizeof(double)};
    columns.upper = (dca_doubles){s->upper, sizeof(double)};
    columns.entries = (dca_sparse){start, s->index, s->value};
    assert_int_equal(dca__lp_add_columns(lp, &columns, NULL), DCA_OK);
    dca__lp_set_offset(lp, s->offset);
    return lp;
}

/* Feasible around a point, bounded by boxes; some rows equations, some loose, some degenerate. */
static inline void random_feasible(uint64_t seed, small *s)
{
    dice d = {seed * 15485863u};
    small_init(s, 1 + dice_below(&d, 14), 1 + dice_below(&d, 20));
    double x[SMALL_COLUMNS];
    for (dca_index j = 0; j < s->n; j++) {
        x[j] = (double)dice_below(&d, 5);
        s->cost[j] = (double)(dice_below(&d, 21) - 10);
        s->lower[j] = dice_below(&d, 3) == 0 ? x[j] : x[j] - 3.0;
        s->upper[j] = dice_below(&d, 3) == 0 ? x[j] + 1.0 : x[j] + 50.0;
        for (dca_index i = 0; i < s->m; i++) {
            if (dice_below(&d, 3) == 0)
                s->a[i][j] = dice_coefficient(&d);
        }
    }
    for (dca_index i = 0; i < s->m; i++) {
        double activity = 0.0;
        for (dca_index j = 0; j < s->n; j++)
            activity += s->a[i][j] * x[j];
        const int kind = dice_below(&d, 4);
        s->row_lower[i] = kind == 0 || kind == 3 ? activity : kind == 1 ? -INFINITY : activity - 2;
        s->row_upper[i] = kind == 1 || kind == 3 ? activity : kind == 0 ? INFINITY : activity + 1;
    }
    s->offset = 10.0;
}

static inline dca__answer solve(dca__pipeline *pipe, const dca_lp *lp, const dca_options *options)
{
    dca__answer answer;
    dca_error err = DCA_ERROR_INIT;
    const dca_status status = dca__pipeline_solve(pipe, lp, options, NULL, &answer, &err);
    if (status != DCA_OK)
        fail_msg("status %d: %s", (int)status, err.text);
    return answer;
}

static inline double fresh_objective(dca_env *env, const dca_lp *lp, const dca_options *options,
                                     dca_outcome *outcome)
{
    dca__pipeline *pipe = NULL;
    assert_int_equal(dca__pipeline_new(env, &pipe), DCA_OK);
    dca__answer answer = solve(pipe, lp, options);
    const double objective = answer.objective;
    *outcome = answer.outcome;
    dca__answer_free(env, &answer);
    dca__pipeline_free(pipe);
    return objective;
}

/* Basic columns and rows of a point. */
static inline dca_index basics(const dca__point *point)
{
    dca_index count = 0;
    for (dca_index j = 0; j < point->num_columns; j++)
        count += point->column_status[j] == DCA_BASIS_BASIC;
    for (dca_index i = 0; i < point->num_rows; i++)
        count += point->row_status[i] == DCA_BASIS_BASIC;
    return count;
}

#endif
