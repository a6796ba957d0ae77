/* Memory: the k-th request is refused for k = 1, 2, 3 ... in each call, once and for ever. The call says
 * DCA_E_NOMEM, what was there stands, and the same state then goes on. */
#include "conform.h"
#include "lp/verify.h"

static void *opened(fixture *f)
{
    void *state = NULL;
    assert_int_equal(f->backend->open(f->env, &state), DCA_OK);
    return state;
}

static double optimum(fixture *f, void *state, small *s)
{
    const dca_problem view = small_view(s);
    dca_backend_report report = {.struct_size = sizeof report};
    assert_int_equal(f->backend->solve(state, f->options, NULL, &report), DCA_OK);
    assert_int_equal(report.outcome, DCA_OPTIMAL);
    double x[SMALL_COLUMNS];
    double y[SMALL_ROWS];
    assert_int_equal(f->backend->get_point(state, x, y), DCA_OK);
    dca_certificate cert;
    assert_int_equal(dca__verify_optimal(f->env, &view, x, y, NULL, NULL, &cert), DCA_OK);
    assert_true(cert.valid);
    return cert.dual_bound;
}

/* Both optimal, with different values. */
static void two_problems(small *one, small *other)
{
    random_small(one, 1, 6, 8);
    random_small(other, 1, 6, 8);
    for (dca_index i = 0; i < 6; i++) {
        one->row_lower[i] = other->row_lower[i] = -INFINITY;
        one->row_upper[i] = 50.0;
        other->row_upper[i] = 60.0;
    }
    other->cost[0] -= 20.0;
}

static void refuse(fixture *f, long k, int for_ever)
{
    f->book.refuse_at = f->book.requests + k;
    f->book.for_ever = for_ever;
}

static void relent(fixture *f)
{
    f->book.refuse_at = 0;
}

static void open_refused(fixture *f)
{
    for (long k = 1;; k++) {
        const long before = f->book.blocks;
        void *state = NULL;
        refuse(f, k, 1);
        const dca_status status = f->backend->open(f->env, &state);
        relent(f);
        if (status == DCA_OK) {
            f->backend->close(state);
            assert_true(k > 1);
            return;
        }
        assert_int_equal(status, DCA_E_NOMEM);
        assert_null(state);
        assert_int_equal(f->book.blocks, before);
    }
}

static void load_refused(fixture *f)
{
    small one;
    small other;
    two_problems(&one, &other);
    const dca_problem second = small_view(&other);
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        void *state = opened(f);
        const dca_problem first = small_view(&one);
        assert_int_equal(f->backend->load(state, &first), DCA_OK);
        const double value = optimum(f, state, &one);
        long k = 1;
        for (;; k++) {
            refuse(f, k, for_ever);
            const dca_status status = f->backend->load(state, &second);
            relent(f);
            if (status == DCA_OK)
                break;
            assert_int_equal(status, DCA_E_NOMEM);
            assert_close(optimum(f, state, &one), value, 1e-12);
        }
        assert_true(k > 2);
        optimum(f, state, &other);
        f->backend->close(state);
    }
}

static void edit_refused(fixture *f)
{
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        for (long k = 1;; k++) {
            small one;
            small other;
            two_problems(&one, &other);
            one.a[0][0] = one.a[1][1] = 0.0;
            void *state = opened(f);
            const dca_problem first = small_view(&one);
            assert_int_equal(f->backend->load(state, &first), DCA_OK);
            const double value = optimum(f, state, &one);
            const dca_edit edits[] = {{DCA_EDIT_COST, 0, -1, -9.0, 0.0},
                                      {DCA_EDIT_COEFFICIENT, 0, 0, 2.0, 0.0},
                                      {DCA_EDIT_ROW_BOUNDS, 2, -1, -INFINITY, 10.0},
                                      {DCA_EDIT_COEFFICIENT, 1, 1, 3.0, 0.0}};
            refuse(f, k, for_ever);
            const dca_status status = f->backend->edit(state, edits, 4);
            relent(f);
            if (status == DCA_E_NOMEM)
                assert_close(optimum(f, state, &one), value, 1e-12); /* none of them */
            else
                assert_int_equal(status, DCA_OK);
            if (status != DCA_OK)
                assert_int_equal(f->backend->edit(state, edits, 4), DCA_OK);
            one.cost[0] = -9.0;
            one.a[0][0] = 2.0;
            one.a[1][1] = 3.0;
            one.row_upper[2] = 10.0;
            optimum(f, state, &one);
            f->backend->close(state);
            if (status == DCA_OK) {
                assert_true(k > 1);
                break;
            }
        }
    }
}

static void set_basis_refused(fixture *f)
{
    small one;
    small other;
    two_problems(&one, &other);
    const dca_problem first = small_view(&one);
    const uint8_t all[SMALL_COLUMNS] = {0};
    for (long k = 1;; k++) {
        void *state = opened(f);
        assert_int_equal(f->backend->load(state, &first), DCA_OK);
        refuse(f, k, 1);
        const dca_status status = f->backend->set_basis(state, all, all);
        relent(f);
        optimum(f, state, &one);
        f->backend->close(state);
        if (status == DCA_OK)
            return;
        assert_int_equal(status, DCA_E_NOMEM);
    }
}

static void solve_refused(fixture *f)
{
    small one;
    small other;
    two_problems(&one, &other);
    const dca_problem first = small_view(&one);
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        for (long k = 1;; k++) {
            void *state = opened(f);
            assert_int_equal(f->backend->load(state, &first), DCA_OK);
            dca_backend_report report = {.struct_size = sizeof report};
            refuse(f, k, for_ever);
            const dca_status status = f->backend->solve(state, f->options, NULL, &report);
            relent(f);
            double x[SMALL_COLUMNS];
            double y[SMALL_ROWS];
            assert_int_equal(f->backend->get_point(state, x, y),
                             status == DCA_OK ? DCA_OK : DCA_E_STATE);
            optimum(f, state, &one);
            refuse(f, k, for_ever); /* the answer of before is gone as well */
            const dca_status again = f->backend->solve(state, f->options, NULL, &report);
            relent(f);
            assert_int_equal(f->backend->get_point(state, x, y),
                             again == DCA_OK ? DCA_OK : DCA_E_STATE);
            f->backend->close(state);
            if (status == DCA_OK) {
                assert_true(k > 1);
                break;
            }
            assert_int_equal(status, DCA_E_NOMEM);
        }
    }
}

/* The whole way through the public solver: an answer or DCA_E_NOMEM, then the answer. */
static void public_solve_refused(fixture *f)
{
    small one;
    small other;
    two_problems(&one, &other);
    dca_lp *lp = lp_of(f, &one, DCA_MINIMISE);
    const double value = cold_value(f, lp);
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        for (int presolve = 0; presolve < 2; presolve++) {
            option(f, "presolve", presolve ? "on" : "off");
            for (long k = 1;; k++) {
                dca_solver *solver = solver_of(f, lp);
                dca_result *result = NULL;
                refuse(f, k, for_ever);
                const dca_status status = dca_solver_solve(solver, NULL, &result);
                relent(f);
                assert_true(status == DCA_OK || status == DCA_E_NOMEM);
                assert_true((status == DCA_OK) == (result != NULL));
                dca_result_free(result);
                assert_close(solved(solver, lp, DCA_OPTIMAL), value, 1e-9);
                dca_solver_free(solver);
                if (status == DCA_OK) {
                    assert_true(k > 5);
                    break;
                }
            }
        }
    }
    dca_lp_free(lp);
}

static const conform_case CASES[] = {
    {"open", open_refused, 0, true},
    {"load", load_refused, 0, false},
    {"edit", edit_refused, DCA_BACKEND_EDIT, false},
    {"set_basis", set_basis_refused, DCA_BACKEND_BASIS, true},
    {"solve", solve_refused, 0, false},
    {"the public solver", public_solve_refused, 0, false},
};
CONFORM_MAIN(CASES)
