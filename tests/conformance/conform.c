/* conform.c - see conform.h. */
#include "conform.h"

#include "backend/backend.h"

static const dca_backend *(*const BACKENDS[])(void) = {
    dca__native_backend,
    conform_glpk,
};
static const char *const NAMES[] = {"native", "glpk"}; /* to name those that are not built, too */
static const char *const METHODS[] = {"auto", "dual", "primal"};
enum { BACKEND_COUNT = sizeof BACKENDS / sizeof *BACKENDS, METHOD_COUNT = 3, NAME_ROOM = 120 };

typedef struct item {
    const conform_case *what;
    int backend, method;
    char name[NAME_ROOM];
} item;

static void run_item(void **state)
{
    const item *one = *state;
    const dca_backend *backend = BACKENDS[one->backend]();
    if (backend == NULL) {
        print_message("backend %s is not built\n", NAMES[one->backend]);
        skip();
    }
    if ((backend->capabilities & one->what->needs) != one->what->needs) {
        print_message("backend %s cannot do that\n", NAMES[one->backend]);
        skip();
    }
    fixture f = {.backend = backend, .method = METHODS[one->method]};
    f.env = account_env(&f.book, 0);
    assert_int_equal(dca_options_new(f.env, &f.options), DCA_OK);
    option(&f, "method", f.method);
    one->what->run(&f);
    dca_options_free(f.options);
    assert_int_equal(dca_env_memory(f.env), 0);
    account_close(&f.book, f.env);
}

int conform_main(const conform_case *cases, size_t count)
{
    const size_t most = count * BACKEND_COUNT * METHOD_COUNT;
    item *items = calloc(most, sizeof *items);
    struct CMUnitTest *tests = calloc(most, sizeof *tests);
    size_t used = 0;
    for (int b = 0; b < BACKEND_COUNT; b++) {
        for (size_t k = 0; k < count; k++) {
            for (int method = 0; method < (cases[k].once ? 1 : METHOD_COUNT); method++) {
                item *one = &items[used];
                *one = (item){.what = &cases[k], .backend = b, .method = method};
                snprintf(one->name, sizeof one->name, "%s/%s: %s", NAMES[b], METHODS[method],
                         cases[k].name);
                tests[used++] = (struct CMUnitTest){
                    .name = one->name, .test_func = run_item, .initial_state = one};
            }
        }
    }
    const int failed = _cmocka_run_group_tests("conformance", tests, used, NULL, NULL);
    free(tests);
    free(items);
    return failed;
}

/* ---- LPs --------------------------------------------------------------------------------------------- */

static void must(const dca_lp *lp, dca_status status)
{
    if (status != DCA_OK) {
        dca_error error = DCA_ERROR_INIT;
        dca_lp_error(lp, &error);
        fail_msg("status %d: %s", (int)status, error.text);
    }
}

static dca_doubles one_double(const double *at)
{
    return (dca_doubles){at, 0};
}

dca_lp *lp_empty(fixture *f)
{
    dca_lp *lp = NULL;
    assert_int_equal(dca_lp_new(f->env, &lp), DCA_OK);
    return lp;
}

dca_index lp_row(dca_lp *lp, double lower, double upper)
{
    dca_index row;
    must(lp, dca_lp_add_row(lp, NULL, lower, upper, 0, NULL, NULL, &row));
    return row;
}

dca_index lp_column(dca_lp *lp, double cost, double lower, double upper, dca_index count,
                    const dca_index *rows, const double *values)
{
    dca_index column;
    must(lp, dca_lp_add_column(lp, NULL, cost, lower, upper, count, rows, values, &column));
    return column;
}

void lp_cost(dca_lp *lp, dca_index column, double cost)
{
    must(lp, dca_lp_set_costs(lp, 1, &column, one_double(&cost)));
}

void lp_column_bounds(dca_lp *lp, dca_index column, double lower, double upper)
{
    must(lp, dca_lp_set_column_bounds(lp, 1, &column, one_double(&lower), one_double(&upper)));
}

void lp_row_bounds(dca_lp *lp, dca_index row, double lower, double upper)
{
    must(lp, dca_lp_set_row_bounds(lp, 1, &row, one_double(&lower), one_double(&upper)));
}

void lp_entry(dca_lp *lp, dca_index row, dca_index column, double value)
{
    must(lp, dca_lp_set_coefficients(lp, 1, &row, &column, &value));
}

dca_lp *lp_of(fixture *f, const small *s, dca_sense sense)
{
    dca_lp *lp = lp_empty(f);
    must(lp, dca_lp_set_sense(lp, sense));
    must(lp, dca_lp_set_offset(lp, s->offset));
    for (dca_index i = 0; i < s->m; i++)
        lp_row(lp, s->row_lower[i], s->row_upper[i]);
    for (dca_index j = 0; j < s->n; j++) {
        dca_index rows[SMALL_ROWS];
        double values[SMALL_ROWS];
        dca_index count = 0;
        for (dca_index i = 0; i < s->m; i++) {
            if (s->a[i][j] != 0.0) {
                rows[count] = i;
                values[count++] = s->a[i][j];
            }
        }
        lp_column(lp, s->cost[j], s->lower[j], s->upper[j], count, rows, values);
    }
    return lp;
}

void random_small(small *s, uint64_t seed, dca_index m, dca_index n)
{
    dice d = {seed * 7919u + 12345u};
    small_init(s, m, n);
    for (dca_index j = 0; j < n; j++) {
        s->cost[j] = 10.0 * dice_unit(&d) - 5.0;
        s->lower[j] = floor(-5.0 * dice_unit(&d)) - dice_unit(&d);
        s->upper[j] = s->lower[j] + 1.0 + 9.0 * dice_unit(&d);
        for (dca_index i = 0; i < m; i++) {
            if (dice_below(&d, 5) < 2)
                s->a[i][j] = 8.0 * dice_unit(&d) - 4.0;
        }
    }
    for (dca_index i = 0; i < m; i++) {
        double middle = 0.0;
        double reach = 0.0;
        for (dca_index j = 0; j < n; j++) {
            middle += s->a[i][j] * 0.5 * (s->lower[j] + s->upper[j]);
            reach += fabs(s->a[i][j]) * 0.5 * (s->upper[j] - s->lower[j]);
        }
        const int kind =
            dice_below(&d, 4); /* bounds that bite: at most a quarter of the reach away */
        const double slack = (0.02 + 0.2 * dice_unit(&d)) * reach;
        s->row_lower[i] = kind == 0 ? -INFINITY : middle - slack;
        s->row_upper[i] = kind == 1 ? INFINITY : middle + (kind == 3 ? -slack : slack);
    }
}

dca_lp *random_medium(fixture *f, uint64_t seed, dca_index m, dca_index n)
{
    enum { EACH = 4 }; /* entries of a column */
    dice d = {seed * 982451653u};
    double *activity = calloc((size_t)m, sizeof *activity);
    dca_index *rows = calloc((size_t)n * EACH, sizeof *rows);
    double *values = calloc((size_t)n * EACH, sizeof *values);
    double *x = calloc((size_t)n, sizeof *x);
    assert_true(activity && rows && values && x);
    for (dca_index j = 0; j < n; j++) { /* one entry in each of EACH bands of rows */
        x[j] = dice_below(&d, 3) == 0 ? 0.0 : 10.0 * dice_unit(&d);
        for (dca_index k = 0; k < EACH; k++) {
            rows[EACH * j + k] = m * k / EACH + dice_below(&d, m / EACH);
            values[EACH * j + k] = dice_coefficient(&d);
            activity[rows[EACH * j + k]] += values[EACH * j + k] * x[j];
        }
    }
    dca_lp *lp = lp_empty(f);
    for (dca_index i = 0; i < m; i++) {
        const int kind = dice_below(&d, 4);
        lp_row(lp, kind == 0 ? -INFINITY : activity[i] - (kind == 1 ? 3.0 : 0.0),
               kind == 2 ? INFINITY : activity[i] + (kind == 0 ? 2.0 : 0.0));
    }
    for (dca_index j = 0; j < n; j++)
        lp_column(lp, 4.0 * dice_unit(&d) - 1.0, 0.0, 20.0, EACH, rows + EACH * j,
                  values + EACH * j);
    free(activity);
    free(rows);
    free(values);
    free(x);
    return lp;
}

dca_lp *transport(fixture *f, uint64_t seed, dca_index sources, dca_index sinks, int costs,
                  bool assignment)
{
    dice d = {seed * 104729u + 1u};
    dca_lp *lp = lp_empty(f);
    double total = 0.0;
    for (dca_index i = 0; i < sources; i++) {
        const double supply = assignment ? 1.0 : 1.0 + dice_below(&d, 9);
        total += supply;
        lp_row(lp, supply, supply);
    }
    for (dca_index k = 0; k < sinks; k++) {
        const double most = total - (double)(sinks - 1 - k);
        const double demand = assignment       ? 1.0
                              : k == sinks - 1 ? total
                                               : fmin(most, 1.0 + dice_below(&d, 9));
        total -= demand;
        lp_row(lp, demand, demand);
    }
    for (dca_index i = 0; i < sources; i++) {
        for (dca_index k = 0; k < sinks; k++) {
            const dca_index rows[] = {i, sources + k};
            const double ones[] = {1.0, 1.0};
            lp_column(lp, dice_below(&d, costs), 0.0, INFINITY, 2, rows, ones);
        }
    }
    return lp;
}

/* ---- Solve ------------------------------------------------------------------------------------------- */

void option(fixture *f, const char *name, const char *value)
{
    assert_int_equal(dca_options_set(f->options, name, value), DCA_OK);
}

static dca_solver *new_solver(dca_lp *lp, const dca_options *options, const dca_backend *backend)
{
    dca_solver *solver = NULL;
    assert_int_equal(dca_solver_new_lp(lp, options, &solver, NULL), DCA_OK);
    assert_int_equal(dca_solver_set_backend(solver, backend), DCA_OK);
    return solver;
}

dca_solver *solver_of(fixture *f, dca_lp *lp)
{
    return new_solver(lp, f->options, f->backend);
}

dca_solver *native_solver(fixture *f, dca_lp *lp)
{
    (void)f;
    return new_solver(lp, NULL, NULL);
}

dca_result *solve(dca_solver *solver, const dca_lp *lp, dca_outcome expected)
{
    dca_result *result = NULL;
    const dca_status status = dca_solver_solve(solver, NULL, &result);
    if (status != DCA_OK) {
        dca_error error = DCA_ERROR_INIT;
        dca_solver_error(solver, &error);
        fail_msg("status %d: %s", (int)status, error.text);
    }
    dca_certificate proof = {.struct_size = sizeof proof};
    assert_int_equal(dca_result_certificate(result, &proof), DCA_OK);
    if (dca_result_outcome(result) != expected || !proof.valid)
        fail_msg("%s (%s), expected %s; violation %g, gap %g",
                 dca_outcome_name(dca_result_outcome(result)), proof.valid ? "proved" : "no proof",
                 dca_outcome_name(expected), proof.primal_violation, proof.relative_gap);
    judge(lp, result);
    return result;
}

double solved(dca_solver *solver, const dca_lp *lp, dca_outcome expected)
{
    dca_result *result = solve(solver, lp, expected);
    const double value = dca_result_objective(result);
    dca_result_free(result);
    return value;
}

double cold_value(fixture *f, dca_lp *lp)
{
    dca_solver *solver = native_solver(f, lp);
    const double value = solved(solver, lp, DCA_OPTIMAL);
    dca_solver_free(solver);
    return value;
}

void assert_close(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance * (1.0 + fabs(expected))))
        fail_msg("%.15g, expected %.15g", value, expected);
}

int64_t iterations_of(const dca_result *result)
{
    dca_solve_info info = {.struct_size = sizeof info};
    assert_int_equal(dca_result_info(result, &info), DCA_OK);
    return info.iterations;
}
