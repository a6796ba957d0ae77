/* test_steps.c - the quantities of an iteration by their identities, in the middle of solves:
 * B x_B = -N x_N, d = c - [A I]'y, alpha_p = rho_p'[A I], w_p = |rho_p|^2,
 * w_j = |alpha_j|^2, twins, the heap. */
#include "../account.h"
#include "../lp/problem.h"
#include "la/lu_object.h"
#include "simplex/choice.h"
#include "simplex/state.h"

#include <math.h>

typedef struct fixture {
    account book;
    dca_env *env;
    small p;
    dca__simplex *s;
    dca__settings settings;
} fixture;

/* Boxed columns, costs of any sign, rows of any kind: feasible at 0. */
static void begin(fixture *f, uint64_t seed)
{
    memset(f, 0, sizeof *f);
    f->env = account_env(&f->book, 0);
    dice d = {seed * 104729u};
    small_init(&f->p, 4 + dice_below(&d, SMALL_ROWS - 4), 6 + dice_below(&d, SMALL_COLUMNS - 6));
    for (dca_index j = 0; j < f->p.n; j++) {
        f->p.cost[j] = dice_coefficient(&d);
        f->p.lower[j] = dice_below(&d, 2) ? -3.0 * dice_unit(&d) : 0.0;
        f->p.upper[j] = dice_below(&d, 8) ? 4.0 * dice_unit(&d) : f->p.lower[j];
        for (dca_index i = 0; i < f->p.m; i++)
            f->p.a[i][j] = dice_below(&d, 3) ? 0.0 : dice_coefficient(&d);
    }
    for (dca_index i = 0; i < f->p.m; i++) {
        f->p.row_upper[i] = 2.0 * dice_unit(&d);
        f->p.row_lower[i] = dice_below(&d, 2) ? -INFINITY : -dice_unit(&d);
    }
    assert_int_equal(dca__simplex_new(f->env, &f->s), DCA_OK);
    const dca_problem view = small_view(&f->p);
    assert_int_equal(dca__simplex_load(f->s, &view), DCA_OK);
    dca__settings_init(&f->settings);
}

static void end(fixture *f)
{
    dca__simplex_free(f->s);
    account_close(&f->book, f->env);
}

/* Stop after k iterations of `method`, settled: a basis in the middle of the way. */
static void advance(fixture *f, dca__method method, int64_t k)
{
    dca__simplex_report report;
    f->settings.iteration_limit = k;
    assert_int_equal(dca__simplex_solve(f->s, &f->settings, method, NULL, &report), DCA_OK);
}

static double entry(const fixture *f, dca_index i, dca_index j)
{
    return j < f->p.n ? f->p.a[i][j] : j == f->p.n + i ? 1.0 : 0.0;
}

static void test_values_and_prices(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        fixture f;
        begin(&f, seed);
        advance(&f, seed & 1 ? DCA__METHOD_DUAL : DCA__METHOD_PRIMAL, 1 + (int64_t)(seed % 9));
        const dca__simplex *s = f.s;
        for (dca_index i = 0; i < s->m; i++) {
            double sum = 0.0;
            for (dca_index j = 0; j < s->total; j++)
                sum += entry(&f, i, j) * s->x[j];
            assert_true(fabs(sum) < 1e-9);
        }
        for (dca_index j = 0; j < s->total; j++) {
            double d = s->cost[j];
            for (dca_index i = 0; i < s->m; i++)
                d -= entry(&f, i, j) * s->y[i];
            assert_true(fabs(d - s->d[j]) < 1e-9);
            if (s->position[j] >= 0)
                assert_int_equal(s->head[s->position[j]], j);
        }
        end(&f);
    }
}

/* Both copies of A agree, and active entries stand in front. */
static void test_twins(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        fixture f;
        begin(&f, seed);
        advance(&f, DCA__METHOD_AUTO, 1 + (int64_t)(seed % 12));
        const dca__simplex *s = f.s;
        for (dca_index j = 0; j < s->n; j++) {
            for (dca_nnz k = s->col_start[j]; k < s->col_start[j] + s->col_length[j]; k++) {
                const dca_nnz e = s->col_twin[k];
                const dca_index i = s->col_index[k];
                assert_int_equal(s->row_twin[e], k);
                assert_int_equal(s->row_index[e], j);
                assert_true(s->row_value[e] == s->col_value[k]);
                assert_true(s->row_start[i] <= e && e < s->row_start[i + 1]);
                assert_int_equal(e < s->row_start[i] + s->row_active[i], s->active[j] != 0);
            }
            assert_int_equal(s->active[j] != 0, s->position[j] < 0 && s->lower[j] < s->upper[j]);
        }
        end(&f);
    }
}

static void test_pivot_row(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        fixture f;
        begin(&f, seed);
        advance(&f, DCA__METHOD_DUAL, 1 + (int64_t)(seed % 12));
        dca__simplex *s = f.s;
        for (dca_index p = 0; p < s->m; p++) {
            dca__simplex_btran_unit(s, p, &s->rho);
            dca__simplex_pivot_row(s, &s->rho, &s->alpha_p);
            for (dca_index j = 0; j < s->total; j++) {
                double sum = 0.0;
                for (dca_index i = 0; i < s->m; i++)
                    sum += entry(&f, i, j) * s->rho.value[i];
                if (s->active[j])
                    assert_true(fabs(sum - s->alpha_p.value[j]) < 1e-9);
                else
                    assert_true(s->alpha_p.value[j] == 0.0);
                if (s->position[j] >= 0) /* rho_p'B = e_p' */
                    assert_true(fabs(sum - (s->position[j] == p ? 1.0 : 0.0)) < 1e-9);
            }
            dca__spvec_clear(&s->rho);
            dca__spvec_clear(&s->alpha_p);
        }
        end(&f);
    }
}

/* From the slack basis on the dual weights are the squared norms of the rows of the inverse. */
static void test_dual_weights(void **state)
{
    (void)state;
    int compared = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        fixture f;
        begin(&f, seed);
        advance(&f, DCA__METHOD_DUAL, 1 + (int64_t)(seed % 15));
        dca__simplex *s = f.s;
        for (dca_index p = 0; p < s->m && s->dual_weights_valid && s->dual_steepest; p++) {
            dca__simplex_btran_unit(s, p, &s->rho);
            double norm = 0.0;
            for (dca_index i = 0; i < s->m; i++)
                norm += s->rho.value[i] * s->rho.value[i];
            assert_true(fabs(norm - s->dual_weight[p]) <= 1e-6 * norm + 1e-4);
            dca__spvec_clear(&s->rho);
            compared++;
        }
        end(&f);
    }
    assert_true(compared > 200);
}

/* One pivot of the dual as far as weights and factor are concerned. */
static void exchange_weighted(dca__simplex *s, dca_index p, dca_index q)
{
    dca__simplex_btran_unit(s, p, &s->rho);
    double norm = 0.0;
    for (dca_index i = 0; i < s->m; i++)
        norm += s->rho.value[i] * s->rho.value[i];
    dca__simplex_ftran_column(s, q, true, &s->alpha_q);
    dca__spvec_copy(&s->rho, &s->tau);
    dca__simplex_ftran(s, &s->tau);
    const double pivot = s->alpha_q.value[p];
    dca__simplex_update_dual_weights(s, p, pivot, norm);
    dca__simplex_exchange(s, p, q, DCA_BASIS_LOWER);
    (void)dca__simplex_update_factor(s, p, pivot);
    dca__spvec_clear(&s->rho);
    dca__spvec_clear(&s->alpha_q);
    dca__spvec_clear(&s->tau);
}

/* Rows [e 1; 1 0]: after column 0 came in at the pivot e, both rows of the inverse are of length 1/e and
 * parallel but for a unit; after column 1 the first is a unit vector, of weight 1, though its terms are
 * 1/e^2 each. */
static void test_dual_weight_cancels(void **state)
{
    (void)state;
    fixture f;
    memset(&f, 0, sizeof f);
    f.env = account_env(&f.book, 0);
    small_init(&f.p, 2, 2);
    f.p.a[0][0] = 0x1p-13;
    f.p.a[0][1] = f.p.a[1][0] = 1.0;
    assert_int_equal(dca__simplex_new(f.env, &f.s), DCA_OK);
    const dca_problem view = small_view(&f.p);
    assert_int_equal(dca__simplex_load(f.s, &view), DCA_OK);
    dca__simplex *s = f.s;
    assert_true(dca__simplex_prepare(s));
    dca__simplex_reset_dual_weights(s);
    assert_true(s->dual_steepest);
    exchange_weighted(s, 0, 0);
    assert_true(fabs(s->dual_weight[0] - 0x1p26) <= 1.0);
    assert_true(fabs(s->dual_weight[1] - 0x1p26) <= 2.0);
    exchange_weighted(s, 1, 1);
    assert_true(fabs(s->dual_weight[0] - 1.0) <= 1e-3);
    end(&f);
}

/* From any basis on the primal weights of steepest edge are norms over the reference framework: from
 * the slack basis over all variables, then from where the first call stopped. */
static void test_primal_weights(void **state)
{
    (void)state;
    int compared = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        fixture f;
        begin(&f, seed);
        f.settings.pricing_primal = DCA__PRIMAL_STEEPEST;
        for (int call = 0; call < 2; call++) {
            advance(&f, DCA__METHOD_PRIMAL, 2 + (int64_t)(seed % 5));
            dca__simplex *s = f.s;
            if (s->stop == DCA__GO) /* solved: the last round may have been one of the dual */
                break;
            for (dca_index j = 0; j < s->total; j++) {
                if (!s->active[j])
                    continue;
                dca__simplex_ftran_column(s, j, false, &s->alpha_q);
                double norm = s->reference[j];
                for (dca_index p = 0; p < s->m; p++) {
                    const double a = s->alpha_q.value[p];
                    norm += s->reference[s->head[p]] ? a * a : 0.0;
                }
                assert_true(fabs(norm - s->primal_weight[j]) <= 1e-6 * norm + 1e-4);
                dca__spvec_clear(&s->alpha_q);
                compared += s->primal_weight[j] != 1.0;
            }
        }
        end(&f);
    }
    assert_true(compared > 200);
}

/* The ratio test keeps every d on its side, up to the tolerance, for the step that it chooses. */
static void test_ratio_dual(void **state)
{
    (void)state;
    int chosen = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        fixture f;
        begin(&f, seed);
        dca__simplex *s = f.s;
        advance(&f, DCA__METHOD_DUAL, 1 + (int64_t)(seed % 6));
        (void)dca__simplex_correct_duals(s, false);
        dca__simplex_compute_values(s);
        for (dca_index p = 0; p < s->m; p++) {
            const double excess = dca__simplex_excess(s, s->head[p], s->primal_tolerance);
            if (excess == 0.0)
                continue;
            dca__simplex_btran_unit(s, p, &s->rho);
            dca__simplex_pivot_row(s, &s->rho, &s->alpha_p);
            const dca_index q = dca__simplex_ratio_dual(s, excess);
            if (q >= 0) {
                const double theta = s->d[q] / s->alpha_p.value[q];
                assert_true(theta * excess >= 0.0);
                double slope = fabs(excess);
                for (dca_index k = 0; k < s->flip_count; k++) {
                    const dca_index j = s->flip_list[k];
                    slope -= fabs(s->alpha_p.value[j]) * (s->work_upper[j] - s->work_lower[j]);
                    s->status[j] =
                        s->status[j] == DCA_BASIS_LOWER ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
                }
                assert_true(slope >= -1e-9);
                for (dca_index j = 0; j < s->total; j++)
                    s->d[j] -= theta * s->alpha_p.value[j];
                for (dca_index j = 0; j < s->total; j++)
                    assert_true(dca__simplex_dual_excess(s, j) <= 2.0 * s->dual_tolerance + 1e-12);
                chosen++;
            }
            dca__spvec_clear(&s->rho);
            dca__spvec_clear(&s->alpha_p);
            break;
        }
        end(&f);
    }
    assert_true(chosen > 20);
}

/* Relative error put into pivots of the factor. */
#define WRONG 1e-4

static void spoil(dca__lu *lu)
{
    for (dca_index p = 0; p < lu->m; p += 3)
        lu->diagonal[p] *= 1.0 + WRONG;
}

/* A factor that solves wrongly is found out and made anew; a good one stays. */
static void test_factor_is_probed(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        fixture f;
        begin(&f, seed);
        advance(&f, DCA__METHOD_DUAL, 1 + (int64_t)(seed % 9));
        dca__simplex *s = f.s;
        assert_int_equal(dca__simplex_factorise(s), DCA_OK);
        assert_true(dca__simplex_prepare(s));
        const double threshold = s->threshold;
        const double pivot = s->lu->diagonal[0];
        assert_true(dca__simplex_trust_factor(s));
        assert_true(s->threshold == threshold && s->current && s->fresh);
        spoil(s->lu);
        assert_true(dca__simplex_trust_factor(s));
        assert_true(s->threshold > threshold && !s->current && s->fresh);
        assert_true(fabs(s->lu->diagonal[0] - pivot) < 1e-12 * fabs(pivot) ||
                    s->lu->diagonal[0] != pivot * (1.0 + WRONG));
        assert_true(dca__simplex_prepare(s));
        end(&f);
    }
}

typedef struct saboteur {
    dca__simplex *s;
    int64_t at; /* iteration */
    int done;
} saboteur;

static int32_t sabotage(void *user, const dca_progress *progress)
{
    saboteur *who = user;
    if (!who->done && who->s->factored && progress->iteration >= who->at) {
        spoil(who->s->lu);
        who->done = 1;
    }
    return 0;
}

/* The factor goes wrong at some iteration: pivots by row and by column, the refactorisation and the
 * probe before a claim see to it that the optimum is that of a solve in peace. */
static void test_sabotage_is_survived(void **state)
{
    (void)state;
    int sabotaged = 0;
    for (uint64_t seed = 1; seed <= 120; seed++) {
        for (int64_t at = 0; at < 12; at++) {
            const dca__method method = seed & 1 ? DCA__METHOD_DUAL : DCA__METHOD_PRIMAL;
            fixture peace;
            fixture f;
            begin(&peace, seed);
            begin(&f, seed);
            dca__simplex_report right;
            dca__simplex_report report;
            assert_int_equal(dca__simplex_solve(peace.s, &peace.settings, method, NULL, &right),
                             DCA_OK);
            saboteur who = {f.s, at, 0};
            dca_control *control = NULL;
            assert_int_equal(dca__control_new(f.env, &control), DCA_OK);
            dca__control_set_progress(control, &who, sabotage, 0.0);
            assert_int_equal(dca__simplex_solve(f.s, &f.settings, method, control, &report),
                             DCA_OK);
            sabotaged += who.done;
            assert_int_equal(report.outcome, right.outcome);
            if (right.outcome == DCA_OPTIMAL) {
                double value = 0.0;
                for (dca_index j = 0; j < f.p.n; j++)
                    value += f.p.cost[j] * (f.s->x[j] - peace.s->x[j]);
                if (fabs(value) > 1e-11)
                    fail_msg("seed %d, iteration %d: off by %g", (int)seed, (int)at, value);
                for (dca_index i = 0; i < f.s->m; i++) {
                    double sum = 0.0;
                    for (dca_index j = 0; j < f.s->total; j++)
                        sum += entry(&f, i, j) * f.s->x[j];
                    assert_true(fabs(sum) < 1e-12);
                }
            }
            dca__control_free(control);
            end(&f);
            end(&peace);
        }
    }
    assert_true(sabotaged > 500);
}

static void test_heap(void **state)
{
    (void)state;
    enum { MOST = 100 };
    for (uint64_t seed = 1; seed <= 100; seed++) {
        dice d = {seed};
        const dca_index n = dice_below(&d, MOST);
        double key[MOST];
        dca_index index[MOST];
        double sum = 0.0;
        for (dca_index k = 0; k < n; k++) {
            key[k] = dice_below(&d, 20);
            index[k] = k;
            sum += key[k] * (k + 1);
        }
        dca__simplex_heapify(n, key, index);
        for (dca_index left = n; left > 1; left--)
            dca__simplex_pop(left, key, index);
        for (dca_index k = 0; k < n; k++) {
            sum -= key[k] * (index[k] + 1);
            if (k > 0)
                assert_true(key[k - 1] < key[k] ||
                            (key[k - 1] == key[k] && index[k - 1] < index[k]));
        }
        assert_true(sum == 0.0);
    }
}

/* What auto takes for 20 rows, so many of them violated, and ten columns with a price, so many of them
 * of the wrong sign. */
static dca__method chosen(dca_index violated, dca_index wrong)
{
    fixture f;
    memset(&f, 0, sizeof f);
    f.env = account_env(&f.book, 0);
    small_init(&f.p, 20, 10);
    for (dca_index j = 0; j < f.p.n; j++) {
        f.p.a[j][j] = 1.0;
        f.p.cost[j] = j < wrong ? -1.0 : 1.0;
    }
    for (dca_index i = 0; i < f.p.m; i++) {
        f.p.row_upper[i] = 2.0;
        f.p.row_lower[i] = i < violated ? 1.0 : -INFINITY;
    }
    assert_int_equal(dca__simplex_new(f.env, &f.s), DCA_OK);
    const dca_problem view = small_view(&f.p);
    assert_int_equal(dca__simplex_load(f.s, &view), DCA_OK);
    f.s->primal_tolerance = f.s->dual_tolerance = 1e-9;
    assert_true(dca__simplex_prepare(f.s));
    const dca__method method = dca__simplex_choose(f.s).method;
    end(&f);
    return method;
}

static void test_choice(void **state)
{
    (void)state;
    assert_int_equal(chosen(0, 0), DCA__METHOD_DUAL);
    assert_int_equal(chosen(0, 1), DCA__METHOD_PRIMAL);
    assert_int_equal(chosen(1, 6), DCA__METHOD_PRIMAL); /* nearly feasible, most signs wrong */
    assert_int_equal(chosen(1, 5), DCA__METHOD_DUAL);
    assert_int_equal(chosen(2, 10), DCA__METHOD_DUAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_and_prices),
        cmocka_unit_test(test_twins),
        cmocka_unit_test(test_pivot_row),
        cmocka_unit_test(test_dual_weights),
        cmocka_unit_test(test_dual_weight_cancels),
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_primal_weights),
        cmocka_unit_test(test_ratio_dual),
        cmocka_unit_test(test_factor_is_probed),
        cmocka_unit_test(test_sabotage_is_survived),
        cmocka_unit_test(test_heap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
