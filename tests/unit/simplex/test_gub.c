/* test_gub.c - the working basis of gub.h by its identities, after pivots that nobody would
 * choose: at
 * each the column B^-1 a_q, the prices and the values are multiplied out on the whole matrix. */
#include "../account.h"
#include "../lp/problem.h"
#include "simplex/gub.h"

#include <math.h>

enum { PIVOTS = 40 };

/* Rows below `sets` share no column; the others are dense. */
static void random_sets(small *p, dice *d)
{
    const dca_index m = 2 + dice_below(d, SMALL_ROWS - 2);
    const dca_index n = 4 + dice_below(d, SMALL_COLUMNS - 4);
    const dca_index sets = 1 + dice_below(d, m);
    small_init(p, m, n);
    for (dca_index j = 0; j < n; j++) {
        p->cost[j] = dice_coefficient(d);
        p->upper[j] = dice_below(d, 3) ? INFINITY : 5.0;
        if (dice_below(d, 8))
            p->a[dice_below(d, sets)][j] = dice_coefficient(d);
        for (dca_index i = sets; i < m; i++)
            p->a[i][j] = dice_below(d, 2) ? dice_coefficient(d) : 0.0;
    }
    for (dca_index i = 0; i < m; i++)
        p->row_upper[i] = 5.0 + dice_below(d, 4);
}

/* Entry i of the column of variable j in [A I]. */
static double coefficient(const dca__simplex *s, const small *p, dca_index i, dca_index j)
{
    return j < s->n ? p->a[i][j] : i == j - s->n ? 1.0 : 0.0;
}

/* B alpha = a_q */
static void check_column(const dca__simplex *s, const small *p, dca_index q)
{
    for (dca_index i = 0; i < s->m; i++) {
        double sum = -coefficient(s, p, i, q);
        double size = fabs(sum);
        for (dca_index k = 0; k < s->m; k++) {
            const double term = coefficient(s, p, i, s->head[k]) * s->alpha_q.value[k];
            sum += term;
            size += fabs(term);
        }
        assert_true(fabs(sum) <= 1e-8 * (1.0 + size));
    }
}

/* d_j = 0 of basic variables, and the d of the others that y and the price of the set give. */
static void check_prices(dca__gub *g, const small *p)
{
    const dca__simplex *s = g->s;
    double y[SMALL_ROWS];
    dca__gub_compute_prices(g, s->work_cost);
    for (dca_index i = 0; i < g->rows; i++)
        y[g->row_of[i]] = g->y[i];
    for (dca_index set = 0; set < g->sets; set++)
        y[g->set_row[set]] = dca__gub_set_price(g, set, s->work_cost);
    for (dca_index j = 0; j < s->total; j++) {
        double d = s->work_cost[j];
        double size = 1.0 + fabs(d);
        for (dca_index i = 0; i < s->m; i++) {
            d -= coefficient(s, p, i, j) * y[i];
            size += fabs(coefficient(s, p, i, j) * y[i]);
        }
        const double price = dca__gub_set_price(g, g->set_of[j], s->work_cost);
        const double by_set = dca__gub_reduced_cost(g, j, price, s->work_cost);
        assert_true(fabs(d - by_set) <= 1e-8 * size);
        if (s->position[j] >= 0)
            assert_true(fabs(d) <= 1e-7 * size);
    }
}

/* A x + s = 0 */
static void check_values(dca__gub *g, const small *p)
{
    const dca__simplex *s = g->s;
    dca__gub_compute_values(g);
    for (dca_index i = 0; i < s->m; i++) {
        double sum = 0.0;
        double size = 1.0;
        for (dca_index j = 0; j < s->total; j++) {
            sum += coefficient(s, p, i, j) * s->x[j];
            size += fabs(coefficient(s, p, i, j) * s->x[j]);
        }
        assert_true(fabs(sum) <= 1e-7 * size);
    }
}

/* Every column in at most one set row, and sigma its coefficient there. */
static void check_sets(const dca__gub *g, const small *p)
{
    assert_int_equal(g->sets + g->rows, p->m);
    for (dca_index j = 0; j < p->n; j++) {
        for (dca_index set = 0; set < g->sets; set++) {
            const double a = p->a[g->set_row[set]][j];
            assert_true(set == g->set_of[j] ? a == g->sigma[j] && a != 0.0 : a == 0.0);
        }
    }
}

/* A position to leave: some decent pivot, the key of a set where there is a choice. */
static dca_index some_position(const dca__gub *g, dice *d)
{
    const dca__spvec *alpha = &g->s->alpha_q;
    dca_index found = -1;
    for (dca_index k = 0; k < alpha->count; k++) {
        const dca_index p = alpha->index[k];
        if (fabs(alpha->value[p]) > 0.2 && (found < 0 || dice_below(d, 3) == 0))
            found = p;
    }
    return found;
}

static void test_identities(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int key_changes = 0;
    int swaps = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        dice d = {seed * 104729u};
        small p;
        random_sets(&p, &d);
        dca__simplex *s = NULL;
        assert_int_equal(dca__simplex_new(env, &s), DCA_OK);
        const dca_problem view = small_view(&p);
        assert_int_equal(dca__simplex_load(s, &view), DCA_OK);
        s->settings.gub = 2;
        dca__gub *g = NULL;
        assert_int_equal(dca__gub_new(s, false, true, &g), DCA_OK);
        assert_non_null(g);
        check_sets(g, &p);
        assert_int_equal(dca__gub_factorise(g), DCA_OK);
        for (int t = 0; t < PIVOTS; t++) {
            const dca_index q = dice_below(&d, s->total);
            if (s->position[q] >= 0)
                continue;
            dca__gub_ftran(g, q);
            check_column(s, &p, q);
            const dca_index leave = some_position(g, &d);
            if (leave >= 0) {
                const dca_index before = leave >= g->rows ? g->first[leave - g->rows] : -1;
                key_changes += before >= 0;
                swaps += leave >= g->rows && before < 0;
                if (!dca__gub_exchange(g, leave, q, DCA_BASIS_LOWER))
                    t = PIVOTS;
            }
            dca__spvec_clear(&s->alpha_q);
            check_prices(g, &p);
            check_values(g, &p);
        }
        dca__gub_free(g);
        dca__simplex_free(s);
    }
    assert_true(key_changes > 100);
    assert_true(swaps > 100);
    account_close(&book, env);
}

/* Sets are not for small problems unless asked for. */
static void test_auto_leaves_small_ones(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dice d = {7};
    small p;
    random_sets(&p, &d);
    dca__simplex *s = NULL;
    assert_int_equal(dca__simplex_new(env, &s), DCA_OK);
    const dca_problem view = small_view(&p);
    assert_int_equal(dca__simplex_load(s, &view), DCA_OK);
    dca__gub *g = NULL;
    assert_int_equal(dca__gub_new(s, true, true, &g), DCA_OK);
    assert_null(g);
    dca__simplex_free(s);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identities),
        cmocka_unit_test(test_auto_leaves_small_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
