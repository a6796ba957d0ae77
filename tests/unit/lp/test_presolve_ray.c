/* Random infeasible LPs made around their Farkas multipliers: the ray of what presolve leaves,
 * or of the row that it finds contradictory, comes back as one of the original that verify
 * multiplies out. */
#include "account.h"
#include "backend/backend.h"
#include "base/opt.h"
#include "check.h"
#include "lp/planted.h"
#include "lp/presolve.h"
#include "lp/verify.h"

/* The last row balances the others of the proof in most columns. With z = A'y and any x: row i
 * with y_i > 0 asks for more than A_i x, with y_i < 0 for less; columns have bounds at x where
 * z_j needs one (even seeds: no costs), so that y'(sides) - max z'x is `apart` for each unit of
 * |y|. */
static void make_infeasible(uint64_t seed, small *s)
{
    const double apart = 0.5;
    dice d = {seed * 7368787u};
    small_init(s, 8 + dice_below(&d, 15), 8 + dice_below(&d, 23));
    plant_matrix(&d, s);
    double x[SMALL_COLUMNS];
    double y[SMALL_ROWS];
    const int most = 1 + dice_below(&d, 6); /* rows of the proof, with the last */
    int rows = 0;
    for (dca_index j = 0; j < s->n; j++) {
        x[j] = (double)(dice_below(&d, 7) - 2);
        s->cost[j] = seed % 2 == 0 ? 0.0 : (double)(dice_below(&d, 7) - 2);
    }
    for (dca_index i = 0; i < s->m - 1; i++) {
        const bool in = rows < most && dice_below(&d, 2) == 0;
        rows += in;
        y[i] = in ? (double)(1 + dice_below(&d, 3)) * (dice_below(&d, 2) ? 1.0 : -1.0) : 0.0;
    }
    y[s->m - 1] = 1.0;
    for (dca_index j = 0; j < s->n; j++) {
        double z = 0.0;
        for (dca_index i = 0; i < s->m - 1; i++)
            z += s->a[i][j] * y[i];
        if (dice_below(&d, 8) != 0)
            s->a[s->m - 1][j] = -z;
    }
    for (dca_index i = 0; i < s->m; i++) {
        double activity = 0.0;
        for (dca_index j = 0; j < s->n; j++)
            activity += s->a[i][j] * x[j];
        s->row_lower[i] = y[i] > 0.0   ? activity + apart
                          : y[i] < 0.0 ? -INFINITY
                                       : activity - 3.0 * (double)dice_below(&d, 3);
        s->row_upper[i] = y[i] < 0.0   ? activity - apart
                          : y[i] > 0.0 ? INFINITY
                                       : activity + 3.0 * (double)dice_below(&d, 3);
    }
    for (dca_index j = 0; j < s->n; j++) {
        double z = 0.0;
        for (dca_index i = 0; i < s->m; i++)
            z += s->a[i][j] * y[i];
        s->lower[j] = z < -1e-12 ? x[j] : dice_below(&d, 2) ? -INFINITY : x[j] - 1.0;
        s->upper[j] = z > 1e-12 ? x[j] : dice_below(&d, 2) ? INFINITY : x[j] + 2.0;
    }
}

static dca_options options_for(dca_env *env)
{
    dca_options options = {.env = env};
    dca__settings_init(&options.settings);
    return options;
}

/* What the simplex says about the reduced problem, into ray. */
static bool ray_of(dca_env *env, const dca_problem *rest, double *ray)
{
    const dca_backend *native = dca__native_backend();
    const dca_options options = options_for(env);
    void *solver = NULL;
    dca_backend_report report = {.struct_size = sizeof report};
    assert_int_equal(native->open(env, &solver), DCA_OK);
    assert_int_equal(native->load(solver, rest), DCA_OK);
    assert_int_equal(native->solve(solver, &options, NULL, &report), DCA_OK);
    assert_int_not_equal(report.outcome, DCA_OPTIMAL);
    const bool claimed = report.outcome == DCA_INFEASIBLE;
    if (claimed)
        assert_int_equal(native->get_ray(solver, ray), DCA_OK);
    native->close(solver);
    return claimed;
}

static void rays_come_back(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int by_presolve = 0;
    int by_simplex = 0;
    int missed = 0;
    for (int seed = 1; seed <= 3000; seed++) {
        small s;
        make_infeasible((uint64_t)seed, &s);
        const dca_problem view = small_view(&s);
        dca__presolve *p = NULL;
        dca__presolve_verdict verdict;
        assert_int_equal(dca__presolve_new(env, &view, NULL, &p, &verdict), DCA_OK);
        double reduced[SMALL_ROWS];
        const bool contradiction = verdict == DCA__PRESOLVE_CONTRADICTION;
        const bool rest = verdict == DCA__PRESOLVE_REDUCED;
        if (contradiction || (rest && ray_of(env, dca__presolve_problem(p), reduced))) {
            dca__point full;
            dca_certificate cert;
            assert_int_equal(dca__point_new(env, s.m, s.n, &full), DCA_OK);
            assert_int_equal(dca__presolve_ray(p, rest ? reduced : NULL, &full), DCA_OK);
            assert_int_equal(dca__verify_farkas(env, &view, full.y, &cert), DCA_OK);
            by_presolve += cert.valid && contradiction;
            by_simplex += cert.valid && rest;
            missed += !cert.valid;
            if (!cert.valid && seed % 2 == 0)
                fail_msg("seed %d: the ray does not come back", seed);
            dca__point_free(env, &full);
        }
        dca__presolve_free(p);
    }
    /* with costs a dominated column may spoil one: then the original is solved */
    if (by_presolve < 1000 || by_simplex < 50 || missed > 3)
        fail_msg("%d by presolve, %d by the simplex, %d missed", by_presolve, by_simplex, missed);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rays_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
