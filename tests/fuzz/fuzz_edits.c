/* fuzz_edits.c - bytes as a script of edits and solves of a small LP. One solver follows the edits; a new
 * one on a copy must come to the same outcome and value. Numbers are halves from -4 to 4, so that right
 * answers are proved. Work is bounded: MOST_SOLVES of them. */
#include "dcalloc.h"
#include "fuzz.h"

#include <math.h>

enum { MOST_ROWS = 8, MOST_COLUMNS = 10, MOST_SOLVES = 2 };
static const double SAME_VALUE = 1e-7; /* two proved optima agree by so much, relative */

typedef struct script {
    const uint8_t *at, *end;
    dca_env *env;
    dca_lp *lp;
    dca_options *options;
    dca_solver *solver;
    int solves;
} script;

static void must(dca_status status, const char *what)
{
    demand(status == DCA_OK, what);
}

static int next(script *s, int n)
{
    return s->at < s->end ? *s->at++ % n : 0;
}

static double half(script *s)
{
    return 0.5 * (next(s, 17) - 8);
}

/* Bounds of every kind; crossing ones, too. */
static void draw_bounds(script *s, double *lower, double *upper)
{
    const int kind = next(s, 8);
    const double low = half(s);
    const double width = 0.5 * next(s, 12) - (kind == 7 ? 2.0 : 0.0);
    *lower = kind == 0 || kind == 1 ? -INFINITY : kind == 2 ? 0.0 : low;
    *upper = kind == 0 || kind == 2 || kind == 3 ? INFINITY : kind == 4 ? low : low + width;
}

static dca_index draw_entries(script *s, dca_index n, dca_index *index, double *value)
{
    dca_index count = 0;
    const int mask = next(s, 256);
    for (dca_index k = 0; k < n && k < 8; k++) {
        if ((mask >> k & 1) != 0) {
            index[count] = k;
            value[count++] = half(s);
        }
    }
    return count;
}

static void add(script *s, bool row)
{
    double lower, upper, value[8];
    dca_index index[8];
    const dca_index m = dca_lp_num_rows(s->lp);
    const dca_index n = dca_lp_num_columns(s->lp);
    draw_bounds(s, &lower, &upper);
    const dca_index count = draw_entries(s, row ? n : m, index, value);
    if (row && m < MOST_ROWS) {
        must(dca_lp_add_row(s->lp, NULL, lower, upper, count, index, value, NULL), "a row");
    } else if (!row && n < MOST_COLUMNS) {
        must(dca_lp_add_column(s->lp, NULL, half(s), lower, upper, count, index, value, NULL),
             "a column");
    }
}

static void edit(script *s, int what)
{
    const dca_index m = dca_lp_num_rows(s->lp);
    const dca_index n = dca_lp_num_columns(s->lp);
    double lower, upper;
    if (m == 0 || n == 0) {
        return;
    }
    const dca_index i = next(s, m);
    const dca_index j = next(s, n);
    const double value = half(s);
    switch (what) {
    case 0:
        must(dca_lp_set_costs(s->lp, 1, &j, (dca_doubles){&value, 0}), "a cost");
        break;
    case 1:
        draw_bounds(s, &lower, &upper);
        must(dca_lp_set_column_bounds(s->lp, 1, &j, (dca_doubles){&lower, 0},
                                      (dca_doubles){&upper, 0}),
             "bounds of a column");
        break;
    case 2:
        draw_bounds(s, &lower, &upper);
        must(
            dca_lp_set_row_bounds(s->lp, 1, &i, (dca_doubles){&lower, 0}, (dca_doubles){&upper, 0}),
            "bounds of a row");
        break;
    case 3:
        must(dca_lp_set_coefficients(s->lp, 1, &i, &j, &value), "a coefficient");
        break;
    case 4:
        must(dca_lp_delete_rows(s->lp, 1, &i, NULL), "a row less");
        break;
    default:
        must(dca_lp_delete_columns(s->lp, 1, &j, NULL), "a column less");
        break;
    }
}

static void set_option(script *s)
{
    static const char *const options[][2] = {
        {"presolve", "off"},
        {"presolve", "on"},
        {"method", "primal"},
        {"method", "dual"},
        {"method", "auto"},
        {"scaling", "off"},
        {"lu.updates", "1"},
        {"lu.updates", "100"},
        {"simplex.pricing_dual", "devex"},
        {"simplex.pricing_primal", "dantzig"},
        {"simplex.pricing_primal", "steepest"},
        {"simplex.sifting", "on"},
        {"simplex.cap", "1e-9"},
    };
    const int k = next(s, sizeof options / sizeof *options);
    must(dca_options_set(s->options, options[k][0], options[k][1]), "an option");
    must(dca_solver_set_options(s->solver, s->options), "options");
}

static void give_basis(script *s)
{
    uint8_t columns[MOST_COLUMNS], rows[MOST_ROWS];
    for (int k = 0; k < MOST_COLUMNS; k++) {
        columns[k] = (uint8_t)next(s, 4);
    }
    for (int k = 0; k < MOST_ROWS; k++) {
        rows[k] = (uint8_t)next(s, 4);
    }
    must(dca_solver_set_basis(s->solver, columns, rows), "a basis");
}

/* ---- Answers ---------------------------------------------------------------------------------------- */

static bool agree(const dca_result *a, const dca_result *b)
{
    const dca_outcome first = dca_result_outcome(a);
    const dca_outcome second = dca_result_outcome(b);
    if (first == DCA_OPTIMAL && second == DCA_OPTIMAL) {
        const double x = dca_result_objective(a);
        const double y = dca_result_objective(b);
        return fabs(x - y) <= SAME_VALUE * fmax(1.0, fabs(x));
    }
    if (first == second) {
        return true;
    }
    return first != DCA_OPTIMAL && second != DCA_OPTIMAL &&
           (first == DCA_INFEASIBLE_OR_UNBOUNDED || second == DCA_INFEASIBLE_OR_UNBOUNDED);
}

static dca_result *answer(dca_solver *solver)
{
    dca_result *result = NULL;
    must(dca_solver_solve(solver, NULL, &result), "a solve");
    const dca_outcome outcome = dca_result_outcome(result);
    demand(outcome == DCA_OPTIMAL || outcome == DCA_INFEASIBLE || outcome == DCA_UNBOUNDED ||
               outcome == DCA_INFEASIBLE_OR_UNBOUNDED,
           "a verdict");
    return result;
}

static void solve(script *s)
{
    dca_lp *copy = NULL;
    dca_solver *other = NULL;
    if (s->solves++ >= MOST_SOLVES) {
        return;
    }
    dca_result *warm = answer(s->solver);
    must(dca_lp_copy(s->lp, &copy), "a copy");
    must(dca_solver_new_lp(copy, s->options, &other, NULL), "another solver");
    dca_result *cold = answer(other);
    if (!agree(warm, cold)) {
        fprintf(stderr, "warm %s %.17g, cold %s %.17g\n",
                dca_outcome_name(dca_result_outcome(warm)), dca_result_objective(warm),
                dca_outcome_name(dca_result_outcome(cold)), dca_result_objective(cold));
        demand(false, "one answer");
    }
    dca_result_free(warm);
    dca_result_free(cold);
    dca_solver_free(other);
    dca_lp_free(copy);
}

static void step(script *s)
{
    const int what = next(s, 14);
    switch (what) {
    case 0:
    case 1:
        add(s, what == 0);
        break;
    case 8:
        must(dca_lp_set_sense(s->lp,
                              dca_lp_sense(s->lp) == DCA_MINIMISE ? DCA_MAXIMISE : DCA_MINIMISE),
             "a sense");
        break;
    case 9:
        must(dca_lp_set_offset(s->lp, half(s)), "an offset");
        break;
    case 10:
        set_option(s);
        break;
    case 11:
        give_basis(s);
        break;
    case 12:
        dca_solver_reset(s->solver);
        break;
    case 13:
        solve(s);
        break;
    default:
        edit(s, what - 2);
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_run run = fuzz_begin(size);
    script s = {.at = data, .end = data + size, .env = run.env};
    must(dca_lp_new(s.env, &s.lp), "an LP");
    must(dca_options_new(s.env, &s.options), "options");
    must(dca_solver_new_lp(s.lp, NULL, &s.solver, NULL), "a solver");
    const int rows = next(&s, MOST_ROWS);
    const int columns = next(&s, MOST_COLUMNS);
    for (int k = 0; k < rows; k++) {
        add(&s, true);
    }
    for (int k = 0; k < columns; k++) {
        add(&s, false);
    }
    while (s.at < s.end) {
        step(&s);
    }
    s.solves = 0;
    solve(&s);
    dca_solver_free(s.solver);
    dca_options_free(s.options);
    dca_lp_free(s.lp);
    fuzz_end(&run);
    return 0;
}
