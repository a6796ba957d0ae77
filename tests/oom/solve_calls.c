/* solve_calls.c - solver.h: calls that allocate, in every phase that a solve has. */
#include "backend/backend.h"
#include "oom.h"
#include "random_model.h"

#include <math.h>

void unsolved(stage *s)
{
    if (s->lp != NULL)
        must_be(dca_solver_new_lp(s->lp, s->options, &s->solver, &s->err));
    else
        must_be(dca_solver_new_model(s->model, s->options, &s->solver, &s->err));
}

void solved(stage *s)
{
    dca_result *result = NULL;
    if (s->solver == NULL)
        unsolved(s);
    must_be(dca_solver_solve(s->solver, NULL, &result));
    dca_result_free(result);
}

static dca_status solver_solve(stage *s)
{
    return CALL(dca_solver_solve, (s->solver, s->control, &s->made.result));
}

/* ---- Problems --------------------------------------------------------------------------------------- */

static double coefficient(draw *d)
{
    return below(d, 2) == 0 ? whole(d, 3) : -whole(d, 3);
}

/* Feasible around a point, boxed, so with an optimum: m rows, n columns, a third of the entries. */
static void random_lp(stage *s, uint64_t seed, int m, int n)
{
    draw d = {seed << 32};
    double activity[64] = {0.0};
    must_be(dca_lp_new(s->env, &s->lp));
    for (int i = 0; i < m; i++)
        must_be(dca_lp_add_row(s->lp, NULL, -INFINITY, INFINITY, 0, NULL, NULL, NULL));
    for (int j = 0; j < n; j++) {
        dca_index index[64];
        double value[64];
        int count = 0;
        const double at = below(&d, 5);
        for (int i = 0; i < m; i++) {
            if (below(&d, 3) == 0) {
                index[count] = i;
                value[count] = coefficient(&d);
                activity[i] += value[count++] * at;
            }
        }
        const double lower = below(&d, 3) == 0 ? at : at - 3.0;
        const double upper = below(&d, 3) == 0 ? at + 1.0 : at + 50.0;
        must_be(dca_lp_add_column(s->lp, NULL, below(&d, 21) - 10.0, lower, upper, count, index,
                                  value, NULL));
    }
    for (int i = 0; i < m; i++) {
        const int kind = below(&d, 4);
        const double lower = kind == 0 || kind == 3 ? activity[i] : activity[i] - 2.0;
        const double upper = kind == 1 || kind == 3 ? activity[i] : activity[i] + 1.0;
        const dca_index row = i;
        must_be(dca_lp_set_row_bounds(s->lp, 1, &row, (dca_doubles){&lower, 0},
                                      (dca_doubles){&upper, 0}));
    }
}

/* Something for every rule of presolve. */
static void add_reducible(stage *s)
{
    const dca_index n = dca_lp_num_columns(s->lp);
    const dca_index two[] = {0, 1};
    const dca_index last[] = {n, n + 1};
    const double ones[] = {1.0, 1.0};
    const double pair[] = {2.0, -1.0};
    must_be(dca_lp_add_row(s->lp, NULL, -1.0, 1.0, 0, NULL, NULL, NULL));    /* empty */
    must_be(dca_lp_add_row(s->lp, NULL, -9.0, 40.0, 1, two, ones, NULL));    /* singleton */
    must_be(dca_lp_add_row(s->lp, NULL, -500.0, 500.0, 2, two, ones, NULL)); /* redundant */
    must_be(dca_lp_add_row(s->lp, NULL, -400.0, 450.0, 2, two, ones, NULL)); /* the same again */
    must_be(dca_lp_add_column(s->lp, NULL, 1.0, 0.0, 9.0, 2, two, pair, NULL));
    must_be(dca_lp_add_column(s->lp, NULL, 1.0, 0.0, 9.0, 2, two, pair, NULL));  /* a twin */
    must_be(dca_lp_add_column(s->lp, NULL, 5.0, 0.0, 9.0, 2, two, pair, NULL));  /* dominated */
    must_be(dca_lp_add_column(s->lp, NULL, 1.0, 1.0, 9.0, 0, NULL, NULL, NULL)); /* empty */
    must_be(dca_lp_add_column(s->lp, NULL, 1.0, 2.0, 2.0, 2, two, ones, NULL));  /* fixed */
    must_be(dca_lp_add_row(s->lp, NULL, 4.0, 4.0, 2, last, pair, NULL));         /* doubleton */
    const dca_index row = dca_lp_num_rows(s->lp) - 1;
    must_be(dca_lp_add_column(s->lp, NULL, 0.0, -INFINITY, INFINITY, 1, &row, ones, NULL));
}

static void set_option(stage *s, const char *name, const char *value)
{
    if (s->options == NULL)
        must_be(dca_options_new(s->env, &s->options));
    must_be(dca_options_set(s->options, name, value));
}

enum { PRESOLVED, DUAL, PRIMAL, DANTZIG, SHORT_UPDATES, LIMITED };

/* A problem and a solver that has not solved it yet, in the way that `with` says. */
static void build_way(stage *s)
{
    const bool presolved = s->with == PRESOLVED || s->with == LIMITED;
    random_lp(s, 3, 10, 14);
    if (presolved)
        add_reducible(s);
    else
        set_option(s, "presolve", "off");
    if (s->with == PRIMAL || s->with == DUAL)
        set_option(s, "method", s->with == PRIMAL ? "primal" : "dual");
    if (s->with == DANTZIG) {
        set_option(s, "method", "dual");
        set_option(s, "simplex.pricing_dual", "dantzig");
        set_option(s, "scaling", "off");
    }
    if (s->with == SHORT_UPDATES)
        set_option(s, "lu.updates", "1");
    if (s->with == LIMITED) {
        set_option(s, "limits.work", "1000000000");
        set_option(s, "limits.time", "1e6");
    }
    unsolved(s);
}

enum { FORCING, FREE_COLUMN, SLACK_COLUMN };

/* One reduction each, the first of its presolve: the record of it needs room. Three columns in a row
 * that is forcing, that has a free column of its own, that has a slack of its own; two equations keep
 * the rest. */
static void build_rule(stage *s)
{
    static const dca_index columns[] = {0, 1, 2};
    static const double row[][3] = {{1.0, 2.0, 1.0}, {1.0, -1.0, 2.0}, {2.0, 1.0, -1.0}};
    must_be(dca_lp_new(s->env, &s->lp));
    for (int j = 0; j < 3; j++)
        must_be(dca_lp_add_column(s->lp, NULL, 1.0 + j, 0.0, 10.0, 0, NULL, NULL, NULL));
    for (int i = 1; i < 3; i++)
        must_be(dca_lp_add_row(s->lp, NULL, 5.0, 8.0, 3, columns, row[i], NULL));
    const double least = s->with == FORCING ? 40.0 : 6.0;
    dca_index at;
    must_be(dca_lp_add_row(s->lp, NULL, least, s->with == FORCING ? INFINITY : 6.0, 3, columns,
                           row[0], &at));
    const double one = 1.0;
    if (s->with == FREE_COLUMN)
        must_be(dca_lp_add_column(s->lp, NULL, 0.5, -INFINITY, INFINITY, 1, &at, &one, NULL));
    if (s->with == SLACK_COLUMN)
        must_be(dca_lp_add_column(s->lp, NULL, 0.5, 0.0, 3.0, 1, &at, &one, NULL));
    unsolved(s);
}

/* Enough rows and fill for the factors to outgrow their room. */
static void build_dense(stage *s)
{
    random_lp(s, (uint64_t)s->with, 24, 30);
    set_option(s, "presolve", "off");
    set_option(s, "lu.updates", "4");
    unsolved(s);
}

static void build_outcome(stage *s)
{
    build_lp(s);
    const dca_index both[] = {0, 1};
    const double ones[] = {1.0, 1.0};
    const double inf = INFINITY;
    const double low = -INFINITY;
    switch (s->with) {
    case DCA_INFEASIBLE:
        must_be(dca_lp_add_row(s->lp, "too much", 9.0, INFINITY, 2, both, ones, NULL));
        break;
    case DCA_UNBOUNDED:
        must_be(
            dca_lp_set_row_bounds(s->lp, 2, both, (dca_doubles){&low, 0}, (dca_doubles){&inf, 0}));
        break;
    default: { /* crossing bounds prove themselves */
        const double upper = -1.0;
        must_be(dca_lp_set_column_bounds(s->lp, 1, both, (dca_doubles){NULL, 0},
                                         (dca_doubles){&upper, 0}));
        break;
    }
    }
    unsolved(s);
}

static void build_empty_lp(stage *s)
{
    must_be(dca_lp_new(s->env, &s->lp));
    unsolved(s);
}

/* Which rows and bounds cannot hold together; with marks, some are not asked about. */
static dca_status solver_find_conflict(stage *s)
{
    static const uint8_t marks[8] = {DCA_UNTOUCHABLE_LOWER | DCA_UNTOUCHABLE_UPPER};
    const uint8_t *columns = s->with == DCA_INFEASIBLE ? marks : NULL;
    return CALL(dca_solver_find_conflict,
                (s->solver, columns, columns, s->control, &s->made.result));
}

/* Infeasible, with rows that have no part in it and several that do. */
static void build_conflict(stage *s)
{
    random_lp(s, 7, 8, 12);
    const dca_index columns[] = {0, 1, 2};
    const double ones[] = {1.0, 1.0, 1.0};
    const double pair[] = {1.0, -1.0};
    must_be(dca_lp_add_row(s->lp, "sum", 90.0, INFINITY, 3, columns, ones, NULL));
    must_be(dca_lp_add_row(s->lp, "same", 0.0, 0.0, 2, columns, pair, NULL));
    must_be(dca_lp_add_row(s->lp, "most", -INFINITY, 20.0, 2, columns, ones, NULL));
    must_be(dca_lp_add_row(s->lp, "last", -INFINITY, 15.0, 2, columns + 1, ones, NULL));
    unsolved(s);
}

/* ---- Re-solves --------------------------------------------------------------------------------------- */

enum {
    EDIT_COST,
    EDIT_COLUMN,
    EDIT_ROW,
    EDIT_ENTRY,
    EDIT_NEW_ENTRY,
    ADD_ROW,
    ADD_COLUMN,
    DELETE_ROW,
    DELETE_COLUMN,
    EDIT_SENSE,
    EDIT_NAME,
    EDIT_MANY,
    GIVEN_BASIS,
    RESET
};

/* Solved twice, so that the second solve has loaded the original; then one edit. */
static void build_edited(stage *s)
{
    random_lp(s, 7, 8, 12);
    solved(s);
    const double cost = -9.0;
    must_be(dca_lp_set_costs(s->lp, 1, NULL, (dca_doubles){&cost, 0}));
    solved(s);
    const dca_index at[] = {1, 2};
    const dca_index row = 0;
    const dca_index column = 3;
    const double value[] = {5.0, 6.0};
    const uint8_t statuses[32] = {DCA_BASIS_LOWER};
    double entry = 1.5;
    dca_nnz start[2];
    dca_index index[64];
    must_be(dca_lp_get_entries(s->lp, column, 1, start, index, NULL));
    dca_index absent = 0;
    while (absent < start[1] && index[absent] == absent)
        absent++;
    switch (s->with) {
    case EDIT_COST:
        must_be(dca_lp_set_costs(s->lp, 2, at, (dca_doubles){value, sizeof *value}));
        break;
    case EDIT_COLUMN:
        must_be(dca_lp_set_column_bounds(s->lp, 1, at, (dca_doubles){NULL, 0},
                                         (dca_doubles){value, 0}));
        break;
    case EDIT_ROW:
        must_be(dca_lp_set_row_bounds(s->lp, 1, at, (dca_doubles){NULL, 0},
                                      (dca_doubles){value + 1, 0}));
        break;
    case EDIT_ENTRY:
        must_be(dca_lp_set_coefficients(s->lp, 1, index, &column, &entry));
        break;
    case EDIT_NEW_ENTRY:
        must_be(dca_lp_set_coefficients(s->lp, 1, &absent, &column, &entry));
        break;
    case ADD_ROW:
        must_be(dca_lp_add_row(s->lp, NULL, -30.0, 70.0, 2, at, value, NULL));
        break;
    case ADD_COLUMN:
        must_be(dca_lp_add_column(s->lp, NULL, -1.0, 0.0, 3.0, 1, &row, value, NULL));
        break;
    case DELETE_ROW:
        must_be(dca_lp_delete_rows(s->lp, 1, &row, NULL));
        break;
    case DELETE_COLUMN:
        must_be(dca_lp_delete_columns(s->lp, 1, &column, NULL));
        break;
    case EDIT_SENSE:
        must_be(dca_lp_set_sense(s->lp, DCA_MAXIMISE));
        break;
    case EDIT_NAME:
        must_be(dca_lp_set_row_name(s->lp, 0, "named"));
        break;
    case EDIT_MANY:
        for (int k = 0; k < 5000; k++) { /* more than the log holds */
            const double now = k % 7;
            must_be(dca_lp_set_costs(s->lp, 1, at, (dca_doubles){&now, 0}));
        }
        break;
    case GIVEN_BASIS:
        must_be(dca_solver_set_basis(s->solver, statuses, statuses));
        break;
    default:
        dca_solver_reset(s->solver);
        break;
    }
}

/* ---- The ladder of repairs: the native backend, whose points are wrong for a while ------------------ */

static dca_status wrong_point(void *state, double *x, double *y)
{
    const dca_status status = dca__native_backend()->get_point(state, x, y);
    if (status == DCA_OK)
        x[0] += 100.0;
    return status;
}

static void build_ladder(stage *s)
{
    static dca_backend wrong;
    wrong = *dca__native_backend();
    wrong.get_point = wrong_point;
    random_lp(s, 7, s->with == 1 ? 8 : 4, s->with == 1 ? 12 : 6);
    if (s->with == 1)
        add_reducible(s);
    else
        set_option(s, "presolve", "off");
    unsolved(s);
    must_be(dca_solver_set_backend(s->solver, &wrong));
}

/* ---- Other calls ------------------------------------------------------------------------------------- */

static dca_status solver_new_lp(stage *s)
{
    return CALL(dca_solver_new_lp, (s->lp, NULL, &s->made.solver, &s->err));
}

static dca_status solver_set_basis(stage *s)
{
    uint8_t columns[8] = {DCA_BASIS_BASIC, DCA_BASIS_BASIC};
    uint8_t rows[8] = {DCA_BASIS_UPPER, DCA_BASIS_UPPER};
    return CALL(dca_solver_set_basis, (s->solver, columns, rows));
}

static void build_solver(stage *s)
{
    build_lp(s);
    unsolved(s);
}

static dca_status solver_compiled(stage *s)
{
    return CALL(dca_solver_compiled, (s->solver, NULL, &s->made.lp));
}

const oom_case solve_cases[] = {
    {"solver_new_lp", build_lp, solver_new_lp, TOLD_ERR, 0, DCA_OK},
    {"solver_set_basis", build_solver, solver_set_basis, TOLD_SOLVER, 0, DCA_OK},
    {"solver_compiled, LP", build_solver, solver_compiled, TOLD_SOLVER, 0, DCA_OK},

    {"solve, no rows", build_empty_lp, solver_solve, TOLD_SOLVER, 0, DCA_OK},
    {"solve, presolve", build_way, solver_solve, TOLD_SOLVER, PRESOLVED, DCA_OK},
    {"solve, forcing row", build_rule, solver_solve, TOLD_SOLVER, FORCING, DCA_OK},
    {"solve, free column", build_rule, solver_solve, TOLD_SOLVER, FREE_COLUMN, DCA_OK},
    {"solve, slack column", build_rule, solver_solve, TOLD_SOLVER, SLACK_COLUMN, DCA_OK},
    {"solve, dual", build_way, solver_solve, TOLD_SOLVER, DUAL, DCA_OK},
    {"solve, primal", build_way, solver_solve, TOLD_SOLVER, PRIMAL, DCA_OK},
    {"solve, dantzig unscaled", build_way, solver_solve, TOLD_SOLVER, DANTZIG, DCA_OK},
    {"solve, a factor a step", build_way, solver_solve, TOLD_SOLVER, SHORT_UPDATES, DCA_OK},
    {"solve, limits", build_way, solver_solve, TOLD_SOLVER, LIMITED, DCA_OK},
    {"solve, fill", build_dense, solver_solve, TOLD_SOLVER, 2, DCA_OK},
    {"solve, infeasible", build_outcome, solver_solve, TOLD_SOLVER, DCA_INFEASIBLE, DCA_OK},
    {"solve, unbounded", build_outcome, solver_solve, TOLD_SOLVER, DCA_UNBOUNDED, DCA_OK},
    {"solve, crossing bounds", build_outcome, solver_solve, TOLD_SOLVER, 0, DCA_OK},
    {"solve, ladder", build_ladder, solver_solve, TOLD_SOLVER, 0, DCA_OK},
    {"solve, ladder after presolve", build_ladder, solver_solve, TOLD_SOLVER, 1, DCA_OK},

    {"find_conflict", build_conflict, solver_find_conflict, TOLD_SOLVER, 0, DCA_OK},
    {"find_conflict, marks", build_outcome, solver_find_conflict, TOLD_SOLVER, DCA_INFEASIBLE,
     DCA_OK},
    {"find_conflict, crossing bounds", build_outcome, solver_find_conflict, TOLD_SOLVER, 0, DCA_OK},
    {"find_conflict, none", build_way, solver_find_conflict, TOLD_SOLVER, PRESOLVED, DCA_OK},

    {"re-solve, costs", build_edited, solver_solve, TOLD_SOLVER, EDIT_COST, DCA_OK},
    {"re-solve, column bounds", build_edited, solver_solve, TOLD_SOLVER, EDIT_COLUMN, DCA_OK},
    {"re-solve, row bounds", build_edited, solver_solve, TOLD_SOLVER, EDIT_ROW, DCA_OK},
    {"re-solve, entry", build_edited, solver_solve, TOLD_SOLVER, EDIT_ENTRY, DCA_OK},
    {"re-solve, new entry", build_edited, solver_solve, TOLD_SOLVER, EDIT_NEW_ENTRY, DCA_OK},
    {"re-solve, row added", build_edited, solver_solve, TOLD_SOLVER, ADD_ROW, DCA_OK},
    {"re-solve, column added", build_edited, solver_solve, TOLD_SOLVER, ADD_COLUMN, DCA_OK},
    {"re-solve, row deleted", build_edited, solver_solve, TOLD_SOLVER, DELETE_ROW, DCA_OK},
    {"re-solve, column deleted", build_edited, solver_solve, TOLD_SOLVER, DELETE_COLUMN, DCA_OK},
    {"re-solve, sense", build_edited, solver_solve, TOLD_SOLVER, EDIT_SENSE, DCA_OK},
    {"re-solve, name", build_edited, solver_solve, TOLD_SOLVER, EDIT_NAME, DCA_OK},
    {"re-solve, more than the log", build_edited, solver_solve, TOLD_SOLVER, EDIT_MANY, DCA_OK},
    {"re-solve, given basis", build_edited, solver_solve, TOLD_SOLVER, GIVEN_BASIS, DCA_OK},
    {"re-solve, reset", build_edited, solver_solve, TOLD_SOLVER, RESET, DCA_OK},
};
const size_t num_solve_cases = sizeof solve_cases / sizeof *solve_cases;
