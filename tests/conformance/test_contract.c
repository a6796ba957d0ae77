/* The contract itself (dcalloc/backend.h), without the pipeline: what is open, loaded, edited, asked for and
 * read, in the order in which the library may do so and in those in which it must not. Answers are verified
 * by lib/lp/verify.c on the numbers handed in. */
#include "conform.h"
#include "lp/verify.h"

static void *opened(fixture *f)
{
    void *state = NULL;
    assert_int_equal(f->backend->open(f->env, &state), DCA_OK);
    assert_non_null(state);
    return state;
}

static void loaded(fixture *f, void *state, small *s)
{
    const dca_problem view = small_view(s);
    assert_int_equal(f->backend->load(state, &view), DCA_OK);
    for (size_t k = 0; k < sizeof s->index / sizeof *s->index; k++)
        s->index[k] = -7; /* the problem is borrowed for the call alone */
}

static dca_backend_report run(fixture *f, void *state)
{
    dca_backend_report report = {.struct_size = sizeof report, .outcome = -1};
    assert_int_equal(f->backend->solve(state, f->options, NULL, &report), DCA_OK);
    assert_true(report.iterations >= 0 && report.work >= 0);
    assert_true(report.method == 1 || report.method == 2);
    return report;
}

/* Value of the optimum, proved. */
static double optimum(fixture *f, void *state, small *s)
{
    const dca_problem view = small_view(s);
    const dca_backend_report report = run(f, state);
    assert_int_equal(report.outcome, DCA_OPTIMAL);
    double x[SMALL_COLUMNS];
    double y[SMALL_ROWS];
    assert_int_equal(f->backend->get_point(state, x, y), DCA_OK);
    dca_certificate cert;
    assert_int_equal(dca__verify_optimal(f->env, &view, x, y, NULL, NULL, &cert), DCA_OK);
    if (!cert.valid)
        fail_msg("violation %g, gap %g", cert.primal_violation, cert.relative_gap);
    return cert.dual_bound;
}

/* Feasible and bounded. */
static void draw(fixture *f, small *s, uint64_t seed)
{
    for (;; seed += 100) {
        random_small(s, 600 + seed, 9, 13);
        dca_lp *lp = lp_of(f, s, DCA_MINIMISE);
        dca_solver *solver = native_solver(f, lp);
        dca_result *result = NULL;
        assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_OK);
        const bool fine = dca_result_outcome(result) == DCA_OPTIMAL;
        dca_result_free(result);
        dca_solver_free(solver);
        dca_lp_free(lp);
        if (fine)
            return;
    }
}

static void nothing_is_answered_too_early(fixture *f)
{
    small s;
    draw(f, &s, 1);
    uint8_t columns[SMALL_COLUMNS];
    uint8_t rows[SMALL_ROWS];
    double x[SMALL_COLUMNS];
    double y[SMALL_ROWS];
    void *state = opened(f);
    for (int round = 0; round < 2; round++) { /* a load forgets the last answer */
        dca_backend_report report = {.struct_size = sizeof report};
        if (round == 0)
            assert_int_equal(f->backend->solve(state, f->options, NULL, &report), DCA_E_STATE);
        else
            loaded(f, state, &s);
        assert_int_equal(f->backend->get_point(state, x, y), DCA_E_STATE);
        assert_int_equal(f->backend->get_basis(state, columns, rows), DCA_E_STATE);
        assert_int_equal(f->backend->get_ray(state, x), DCA_E_STATE);
        loaded(f, state, &s);
        optimum(f, state, &s);
        assert_int_equal(f->backend->get_ray(state, x), DCA_E_STATE); /* an optimum has none */
        assert_int_equal(f->backend->get_basis(state, columns, rows), DCA_OK);
    }
    f->backend->close(state);
    f->backend->close(opened(f)); /* closed as it was opened */
    f->backend->close(NULL);
}

static void load_replaces(fixture *f)
{
    void *state = opened(f);
    for (uint64_t seed = 1; seed <= 6; seed++) {
        small s;
        draw(f, &s, seed);
        s.m = (dca_index)(9 - seed); /* another shape each time; fewer rows stay feasible */
        loaded(f, state, &s);
        const double value = optimum(f, state, &s);
        void *fresh = opened(f);
        loaded(f, fresh, &s);
        assert_close(value, optimum(f, fresh, &s), 1e-9);
        f->backend->close(fresh);
    }
    f->backend->close(state);
}

static void edits_equal_loading(fixture *f)
{
    for (uint64_t seed = 1; seed <= 10; seed++) {
        dice d = {seed * 86028121u};
        small s;
        draw(f, &s, seed);
        void *state = opened(f);
        loaded(f, state, &s);
        if (seed % 2) /* before the first solve and after it */
            optimum(f, state, &s);
        const dca_index j = dice_below(&d, s.n);
        const dca_index i = dice_below(&d, s.m);
        const dca_index k = dice_below(&d, s.n);
        s.cost[j] = -s.cost[j];
        s.upper[j] += 1.0;
        s.row_upper[i] = s.row_upper[i] + 1.0;
        s.row_lower[i] = -INFINITY;
        s.a[i][j] = seed % 3 == 0 ? 0.0 : 1.25;
        s.a[i][k] = -0.5;
        const dca_edit edits[] = {
            {DCA_EDIT_COST, j, -1, s.cost[j], 0.0},
            {DCA_EDIT_COLUMN_BOUNDS, j, -1, s.lower[j], s.upper[j]},
            {DCA_EDIT_ROW_BOUNDS, i, -1, s.row_lower[i], s.row_upper[i]},
            {DCA_EDIT_COEFFICIENT, i, j, 77.0, 0.0},
            {DCA_EDIT_COEFFICIENT, i, j, s.a[i][j], 0.0}, /* the last one counts */
            {DCA_EDIT_COEFFICIENT, i, k, s.a[i][k], 0.0},
        };
        if (j == k)
            s.a[i][j] = -0.5;
        assert_int_equal(f->backend->edit(state, edits, 6), DCA_OK);
        assert_int_equal(f->backend->edit(state, edits, 0), DCA_OK);
        const dca_backend_report edited = run(f, state);
        void *fresh = opened(f);
        loaded(f, fresh, &s);
        const dca_backend_report expected = run(f, fresh);
        assert_int_equal(edited.outcome, expected.outcome);
        if (edited.outcome == DCA_OPTIMAL)
            assert_close(optimum(f, state, &s), optimum(f, fresh, &s), 1e-9);
        f->backend->close(fresh);
        f->backend->close(state);
    }
}

static void bases(fixture *f)
{
    small s;
    draw(f, &s, 3);
    void *state = opened(f);
    loaded(f, state, &s);
    const double value = optimum(f, state, &s);
    uint8_t columns[SMALL_COLUMNS];
    uint8_t rows[SMALL_ROWS];
    assert_int_equal(f->backend->get_basis(state, columns, rows), DCA_OK);
    dca_index basic = 0;
    for (dca_index j = 0; j < s.n; j++)
        basic += columns[j] == DCA_BASIS_BASIC;
    for (dca_index i = 0; i < s.m; i++)
        basic += rows[i] == DCA_BASIS_BASIC;
    assert_int_equal(basic, s.m);
    assert_int_equal(run(f, state).iterations, 0); /* hot */
    loaded(f, state, &s);
    assert_int_equal(f->backend->set_basis(state, columns, rows), DCA_OK);
    assert_int_equal(run(f, state).iterations, 0); /* warm */
    memset(columns, DCA_BASIS_BASIC, sizeof columns);
    memset(rows, DCA_BASIS_BASIC, sizeof rows);
    assert_int_equal(f->backend->set_basis(state, columns, rows), DCA_OK); /* over a live one */
    assert_close(optimum(f, state, &s), value, 1e-9);
    f->backend->close(state);
}

/* x + y >= 3e6 with x, y in [0, 1e6]; then min -x - y with x = 1e4 y. */
static void rays(fixture *f)
{
    small s;
    small_init(&s, 1, 2);
    s.a[0][0] = 1.0;
    s.a[0][1] = 1.0;
    s.upper[0] = s.upper[1] = 1e6;
    s.row_lower[0] = 3e6;
    void *state = opened(f);
    loaded(f, state, &s);
    assert_int_equal(run(f, state).outcome, DCA_INFEASIBLE);
    double ray[2];
    dca_certificate cert;
    assert_int_equal(f->backend->get_ray(state, ray), DCA_OK);
    dca_problem view = small_view(&s);
    assert_int_equal(dca__verify_farkas(f->env, &view, ray, &cert), DCA_OK);
    assert_true(cert.valid && ray[0] > 0.0);
    s.a[0][1] = -1e4;
    s.upper[0] = s.upper[1] = INFINITY;
    s.row_lower[0] = s.row_upper[0] = 0.0;
    s.cost[0] = s.cost[1] = -1.0;
    loaded(f, state, &s);
    assert_int_equal(run(f, state).outcome, DCA_UNBOUNDED);
    double x[2];
    double y[1];
    assert_int_equal(f->backend->get_ray(state, ray), DCA_OK);
    assert_int_equal(f->backend->get_point(state, x, y), DCA_OK);
    view = small_view(&s);
    assert_int_equal(dca__verify_unbounded(f->env, &view, x, ray, &cert), DCA_OK);
    assert_true(cert.valid);
    f->backend->close(state);
}

/* Bounds that cross by rounding meet in their middle; rows and columns may be missing. */
static void odd_shapes(fixture *f)
{
    void *state = opened(f);
    small s;
    small_init(&s, 0, 2);
    s.cost[0] = 1.0;
    s.cost[1] = -1.0;
    s.upper[1] = 5.0;
    loaded(f, state, &s);
    assert_close(optimum(f, state, &s), -5.0, 0.0);
    small_init(&s, 2, 0);
    s.row_lower[0] = -1.0;
    loaded(f, state, &s);
    assert_close(optimum(f, state, &s), 0.0, 0.0);
    small_init(&s, 1, 1);
    s.a[0][0] = 2.0;
    s.cost[0] = 3.0;
    s.row_lower[0] = 4.0 + 1e-8;
    s.row_upper[0] = 4.0;
    loaded(f, state, &s);
    const dca_backend_report report = run(f, state);
    double x;
    double y;
    assert_int_equal(report.outcome, DCA_OPTIMAL);
    assert_int_equal(f->backend->get_point(state, &x, &y), DCA_OK);
    assert_close(x, 2.0, 1e-8);
    assert_close(y, 1.5, 1e-9);
    f->backend->close(state);
}

static void two_states(fixture *f)
{
    small one;
    small other;
    draw(f, &one, 7);
    draw(f, &other, 8);
    void *first = opened(f);
    void *second = opened(f);
    loaded(f, first, &one);
    loaded(f, second, &other);
    optimum(f, first, &one);
    const double its = optimum(f, second, &other);
    for (int round = 0; round < 3; round++) {
        const dca_edit edit = {DCA_EDIT_COST, round, -1, one.cost[round] = 2.0 - round, 0.0};
        assert_int_equal(f->backend->edit(first, &edit, 1), DCA_OK);
        optimum(f, first, &one);
        assert_close(optimum(f, second, &other), its, 1e-12);
    }
    loaded(f, first, &other);
    assert_close(optimum(f, first, &other), its, 1e-9);
    f->backend->close(first);
    assert_close(optimum(f, second, &other), its, 1e-12);
    f->backend->close(second);
}

static void what_it_says_of_itself(fixture *f)
{
    const dca_backend *b = f->backend;
    assert_int_equal(b->struct_size, sizeof *b);
    assert_true(b->name != NULL && b->name[0] != 0);
    assert_true(b->open && b->close && b->load && b->solve && b->get_point);
    if (b->capabilities & DCA_BACKEND_EDIT)
        assert_non_null(b->edit);
    if (b->capabilities & DCA_BACKEND_BASIS)
        assert_true(b->set_basis != NULL && b->get_basis != NULL);
    if (b->capabilities & DCA_BACKEND_RAYS)
        assert_non_null(b->get_ray);
}

enum { ALL = DCA_BACKEND_BASIS | DCA_BACKEND_RAYS };
static const conform_case CASES[] = {
    {"what it says of itself", what_it_says_of_itself, 0, true},
    {"nothing is answered too early", nothing_is_answered_too_early, ALL, true},
    {"load replaces", load_replaces, 0, false},
    {"edits equal loading", edits_equal_loading, DCA_BACKEND_EDIT, false},
    {"bases", bases, DCA_BACKEND_BASIS, false},
    {"rays", rays, DCA_BACKEND_RAYS, false},
    {"odd shapes", odd_shapes, 0, false},
    {"two states", two_states, DCA_BACKEND_EDIT, false},
};
CONFORM_MAIN(CASES)
