/* test_gub_dual.c - the dual over a working basis (gub_dual.h): the optimum of a set by its
 * conditions, the pivot row against columns, the ratio test by the signs that it leaves, and whole
 * solves of allocation problems against the plain dual. */
#include "../account.h"
#include "../lp/problem.h"
#include "lp/verify.h"
#include "simplex/gub_dual.h"

#include <math.h>

enum { PIVOTS = 12 };

/* Rows below `sets` share no column and cap it; the others are dense. Columns of a set have any
 * cost, the others pay, or have two bounds. */
static void random_allocation(small *p, dice *d, bool mixed_signs)
{
    const dca_index m = 2 + dice_below(d, SMALL_ROWS - 2);
    const dca_index n = 4 + dice_below(d, SMALL_COLUMNS - 4);
    const dca_index sets = 1 + dice_below(d, m);
    small_init(p, m, n);
    for (dca_index j = 0; j < n; j++) {
        const bool member = dice_below(d, 8) > 0;
        p->cost[j] = dice_coefficient(d);
        p->upper[j] = dice_below(d, 3) ? INFINITY : 1.0 + dice_below(d, 3);
        if (member) {
            const double a = dice_coefficient(d);
            p->a[dice_below(d, sets)][j] = mixed_signs && dice_below(d, 4) == 0 ? a : 0.1 + fabs(a);
        } else if (p->upper[j] == INFINITY) {
            p->cost[j] = fabs(p->cost[j]);
        }
        for (dca_index i = sets; i < m; i++)
            p->a[i][j] = dice_below(d, 2) ? dice_coefficient(d) : 0.0;
    }
    for (dca_index i = 0; i < m; i++) {
        p->row_upper[i] = 1.0 + dice_below(d, 4);
        if (dice_below(d, 4) == 0)
            p->row_lower[i] = p->row_upper[i] - dice_below(d, 2);
    }
}

static dca__simplex *loaded(dca_env *env, small *p)
{
    dca__simplex *s = NULL;
    assert_int_equal(dca__simplex_new(env, &s), DCA_OK);
    const dca_problem view = small_view(p);
    assert_int_equal(dca__simplex_load(s, &view), DCA_OK);
    s->settings.gub = 2;
    s->settings.pivot_tolerance = 1e-7;
    s->iteration_cap = s->work_cap = INT64_MAX;
    s->primal_tolerance = s->dual_tolerance = 1e-9;
    return s;
}

static dca__gub_dual *dual_of(dca_env *env, dca__simplex *s)
{
    dca__gub *g = NULL;
    assert_int_equal(dca__gub_new(s, true, false, &g), DCA_OK);
    if (g == NULL)
        return NULL;
    dca__gub_dual *h = NULL;
    assert_int_equal(dca__gub_dual_new(g, &h), DCA_OK);
    assert_int_equal(dca__gub_factorise(g), DCA_OK);
    dca__gub_compute_values(g);
    memcpy(s->d, s->work_cost, (size_t)s->total * sizeof *s->d);
    (void)env;
    return h;
}

/* The set row is kept within the bounds of all members. */
static void check_values(const dca__gub *g, dca_index set)
{
    const dca__simplex *s = g->s;
    double sum = 0.0;
    for (dca_index k = 0; k < dca__gub_size(g, set); k++) {
        const dca_index j = dca__gub_member(g, set, k);
        sum += g->sigma[j] * s->x[j];
        assert_true(s->x[j] >= s->work_lower[j] - 1e-9 && s->x[j] <= s->work_upper[j] + 1e-9);
    }
    assert_true(fabs(sum) <= 1e-9);
}

/* And signs are right: the conditions of the optimum. */
static void check_set(const dca__gub *g, dca_index set)
{
    const dca__simplex *s = g->s;
    check_values(g, set);
    for (dca_index k = 0; k < dca__gub_size(g, set); k++) {
        const dca_index j = dca__gub_member(g, set, k);
        if (s->position[j] >= 0)
            assert_true(s->d[j] == 0.0);
        else if (s->work_lower[j] < s->work_upper[j])
            assert_true(dca__simplex_wrong_sign(s, j) <= 1e-9);
    }
}

static void test_set_by_conditions(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int solved = 0;
    int refused = 0;
    for (uint64_t seed = 1; seed <= 500; seed++) {
        dice d = {seed * 6007u};
        small p;
        random_allocation(&p, &d, true);
        dca__simplex *s = loaded(env, &p);
        dca__gub_dual *h = dual_of(env, s);
        for (dca_index set = 0; h != NULL && set < h->g->sets; set++) {
            if (dca__gub_solve_set(h, set)) {
                check_set(h->g, set);
                solved++;
            } else {
                refused++;
            }
        }
        /* what moved is what the working rows lost */
        for (dca_index i = 0; h != NULL && i < h->g->rows; i++) {
            const dca_index row = h->g->row_of[i];
            double sum = h->moved.value[i];
            for (dca_index j = 0; j < p.n; j++)
                sum += p.a[row][j] * s->x[j];
            assert_true(fabs(sum) <= 1e-9);
        }
        dca__gub_dual_free(h);
        dca__simplex_free(s);
    }
    assert_true(solved > 1000);
    assert_true(refused > 20);
    account_close(&book, env);
}

/* alpha_p of each variable is entry p of its column. */
static void check_row(dca__gub *g, dca_index p)
{
    dca__simplex *s = g->s;
    for (dca_index q = 0; q < s->total; q++) {
        if (s->position[q] >= 0)
            continue;
        dca__gub_ftran(g, q);
        const double by_column = s->alpha_q.value[p];
        assert_true(fabs(by_column - s->alpha_p.value[q]) <= 1e-8 * (1.0 + fabs(by_column)));
        dca__spvec_clear(&s->alpha_q);
    }
}

/* After the step to q every sign is right. */
static void check_signs(dca__gub *g, dca_index q)
{
    dca__simplex *s = g->s;
    const double theta = s->d[q] / s->alpha_p.value[q];
    for (dca_index j = 0; j < s->total; j++) {
        if (s->position[j] >= 0 || s->work_lower[j] == s->work_upper[j])
            continue;
        s->d[j] -= theta * s->alpha_p.value[j];
        assert_true(dca__simplex_wrong_sign(s, j) <= 1e-7);
        s->d[j] += theta * s->alpha_p.value[j];
    }
}

/* From sets that are optimal: the row of some position, and the ratio test for a violation there.
 * */
static void test_row_and_ratio(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int steps = 0;
    int64_t moves = 0;
    for (uint64_t seed = 1; seed <= 500; seed++) {
        dice d = {seed * 5003u};
        small p;
        random_allocation(&p, &d, false);
        dca__simplex *s = loaded(env, &p);
        dca__gub_dual *h = dual_of(env, s);
        bool good = h != NULL && h->g->rows > 0;
        for (dca_index set = 0; good && set < h->g->sets; set++)
            good = dca__gub_solve_set(h, set);
        for (dca_index j = 0; good && j < s->n; j++) {
            if (h->g->set_of[j] < 0 && s->d[j] < 0.0)
                s->status[j] = DCA_BASIS_UPPER;
        }
        for (int t = 0; good && t < PIVOTS; t++) {
            dca__gub *g = h->g;
            const dca_index row = dice_below(&d, g->rows);
            h->rho.value[row] = 1.0;
            dca__gub_solve_transposed(g, &h->rho);
            dca__gub_pivot_row(h);
            check_row(g, row);
            const dca_index q = dca__gub_ratio_dual(h, dice_below(&d, 2) ? 3.0 : -3.0);
            for (dca_index set = 0; t == 0 && set < g->sets; set++)
                check_values(g, set);
            good = q >= 0;
            if (good) {
                check_row(g, row);
                check_signs(g, q);
                const double theta = s->d[q] / s->alpha_p.value[q];
                for (dca_index j = 0; j < s->total; j++)
                    s->d[j] = s->position[j] >= 0 ? 0.0 : s->d[j] - theta * s->alpha_p.value[j];
                const dca_index leaving = s->head[row];
                s->d[leaving] = -theta;
                dca__gub_ftran(g, q);
                good =
                    dca__gub_exchange(g, row, q, theta > 0.0 ? DCA_BASIS_UPPER : DCA_BASIS_LOWER) &&
                    fabs(s->alpha_p.value[q]) > 1e-2;
                steps++;
            }
            dca__spvec_clear(&s->alpha_q);
            dca__spvec_clear(&s->alpha_p);
            dca__spvec_clear(&h->rho);
        }
        moves += h == NULL ? 0 : h->moves;
        dca__gub_dual_free(h);
        dca__simplex_free(s);
    }
    assert_true(steps > 500);
    assert_true(moves > 500);
    account_close(&book, env);
}

static dca_outcome solve(dca_env *env, small *p, int32_t gub, double *objective)
{
    dca__simplex *s = loaded(env, p);
    const dca_problem view = small_view(p);
    double x[SMALL_COLUMNS];
    double y[SMALL_ROWS];
    dca_certificate cert = {0};
    dca__settings settings;
    dca__settings_init(&settings);
    settings.gub = gub;
    dca__simplex_report report;
    assert_int_equal(dca__simplex_solve(s, &settings, DCA__METHOD_DUAL, NULL, &report), DCA_OK);
    dca__simplex_get_point(s, x, y);
    *objective = 0.0;
    for (dca_index j = 0; j < p->n; j++)
        *objective += p->cost[j] * x[j];
    if (report.outcome == DCA_OPTIMAL) {
        assert_int_equal(dca__verify_optimal(env, &view, x, y, NULL, NULL, &cert), DCA_OK);
        assert_true(cert.valid || fabs(*objective) < 1e-12);
    }
    dca__simplex_free(s);
    return report.outcome;
}

static void test_twins(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int seen[16] = {0};
    int started = 0;
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        dice d = {seed * 7001u};
        small p;
        random_allocation(&p, &d, seed % 3 == 0);
        dca__simplex *s = loaded(env, &p);
        dca__gub *g = NULL;
        assert_int_equal(dca__gub_new(s, true, false, &g), DCA_OK);
        started += g != NULL;
        dca__gub_free(g);
        dca__simplex_free(s);
        double with = 0.0;
        double without = 0.0;
        const dca_outcome outcome = solve(env, &p, 2, &with);
        assert_int_equal(outcome, solve(env, &p, 0, &without));
        if (outcome == DCA_OPTIMAL)
            assert_true(fabs(with - without) <= 1e-7 * (1.0 + fabs(without)));
        seen[outcome]++;
    }
    assert_true(started > 1000);
    assert_true(seen[DCA_OPTIMAL] > 500);
    assert_true(seen[DCA_INFEASIBLE] > 50);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set_by_conditions),
        cmocka_unit_test(test_row_and_ratio),
        cmocka_unit_test(test_twins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
