/* Right answers are accepted; the same answers corrupted are refused, every time. The problems are
 * made around a chosen x and y so that both are optimal by the KKT conditions. */
#include "account.h"
#include "check.h"
#include "lp/problem.h"
#include "lp/verify.h"

typedef struct proved {
    small lp;
    double x[SMALL_COLUMNS];
    double y[SMALL_ROWS];
    dca_index at_lower, at_upper, interior, tight, loose; /* one of each */
} proved;

/* m = 10, n = 16. Column kinds by j % 4: at lower, at upper, interior, free or interior; the first
 * of each kind is recorded. Rows by i % 5: tight below, tight above, equation (twice), loose. Every
 * tight row meets an interior column, so that no other y is as good. */
static void make(uint64_t seed, proved *p)
{
    dice d = {seed * 1000003u};
    small *lp = &p->lp;
    const dca_index m = 10;
    const dca_index n = 16;
    small_init(lp, m, n);
    p->at_lower = 0;
    p->at_upper = 1;
    p->interior = 2;
    p->tight = 0;
    p->loose = 4;
    for (dca_index i = 0; i < m; i++) {
        for (dca_index j = 0; j < n; j++) {
            if (dice_below(&d, 3) == 0)
                lp->a[i][j] = dice_coefficient(&d);
        }
        lp->a[i][2] = 1.0 + dice_unit(&d);
        p->y[i] = i % 5 == 4 ? 0.0 : i % 5 == 1 ? -1.0 - dice_unit(&d) : 1.0 + dice_unit(&d);
    }
    for (dca_index j = 0; j < n; j++) {
        p->x[j] = (double)(1 + dice_below(&d, 9));
        const int kind = (int)(j % 4);
        const double d_j = kind == 0 ? 1.0 + dice_unit(&d) : kind == 1 ? -1.0 - dice_unit(&d) : 0.0;
        lp->lower[j] = kind == 0 ? p->x[j] : kind == 3 ? -INFINITY : p->x[j] - 2.0;
        lp->upper[j] = kind == 1 ? p->x[j] : kind == 3 ? INFINITY : p->x[j] + 3.0;
        lp->cost[j] = d_j;
        for (dca_index i = 0; i < m; i++)
            lp->cost[j] += lp->a[i][j] * p->y[i];
    }
    for (dca_index i = 0; i < m; i++) {
        double activity = 0.0;
        for (dca_index j = 0; j < n; j++)
            activity += lp->a[i][j] * p->x[j];
        const int kind = (int)(i % 5);
        lp->row_lower[i] = kind == 1 ? -INFINITY : kind == 4 ? activity - 1.0 : activity;
        lp->row_upper[i] = kind == 0 ? INFINITY : kind == 4 ? activity + 1.0 : activity;
    }
    lp->offset = 100.0 * dice_unit(&d);
}

static dca_certificate check(dca_env *env, proved *p)
{
    const dca_problem view = small_view(&p->lp);
    dca_certificate cert;
    assert_int_equal(dca__verify_optimal(env, &view, p->x, p->y, NULL, NULL, &cert), DCA_OK);
    return cert;
}

enum { CORRUPTIONS = 26 };

static void corrupt(int way, proved *p)
{
    small *lp = &p->lp;
    switch (way) {
    case 0:
        p->x[p->at_lower] -= 1e-3;
        break; /* out of its bound */
    case 1:
        p->x[p->at_upper] += 1e-3;
        break;
    case 2:
        p->x[p->interior] += 1e-4;
        break; /* breaks the equations */
    case 3:
        p->y[p->tight] = -p->y[p->tight];
        break; /* wrong sign: counts as 0 */
    case 4:
        p->y[p->tight] *= 1.01;
        break;
    case 5:
        p->y[p->tight] = 0.0;
        break;
    case 6:
        memset(p->y, 0, sizeof p->y);
        break;
    case 7:
        p->y[p->loose] = 0.1;
        break; /* a price without a binding row */
    case 8:
        lp->cost[p->interior] += 1e-3;
        break;
    case 9:
        lp->row_lower[p->tight] += 1e-3;
        break;
    case 10:
        lp->row_lower[p->tight] -= 1.0;
        break; /* the price pays for what no longer binds */
    case 11:
        lp->a[p->tight][p->interior] += 1e-3;
        break;
    case 12:
        lp->lower[p->at_lower] -= 1.0;
        break;
    case 13:
        lp->lower[p->at_lower] = p->x[p->at_lower] + 1e-5;
        break;
    case 14:
        lp->upper[p->at_upper] += 1.0;
        break;
    case 15:
        lp->upper[p->interior] = p->x[p->interior] - 1e-5;
        break;
    case 16:
        p->x[3] = NAN;
        break;
    case 17:
        p->y[2] = NAN;
        break;
    case 18:
        p->x[3] = INFINITY;
        break;
    case 19:
        p->y[2] = -INFINITY;
        break;
    case 20:
        lp->cost[3] += 1e-2;
        break; /* a free column with a reduced cost */
    case 21:
        lp->row_upper[p->loose] = -1e4;
        break;
    case 22:
        lp->cost[p->at_lower] = -lp->cost[p->at_lower] - 50.0;
        break;
    case 23:
        for (dca_index j = 0; j < lp->n; j++)
            p->x[j] *= 1.0 + 1e-5;
        break;
    case 24:
        for (dca_index i = 0; i < lp->m; i++)
            p->y[i] = -p->y[i];
        break;
    case 25:
        memset(p->x, 0, sizeof p->x);
        break;
    default:
        fail_msg("no corruption %d", way);
    }
}

static void right_answers_pass_and_corrupted_ones_do_not(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    proved right;
    proved wrong;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        make(seed, &right);
        const dca_certificate cert = check(env, &right);
        if (!cert.valid)
            fail_msg("seed %d: gap %g, primal %g", (int)seed, cert.relative_gap,
                     cert.primal_violation);
        double value = right.lp.offset;
        for (dca_index j = 0; j < right.lp.n; j++)
            value += right.lp.cost[j] * right.x[j];
        assert_true(fabs(cert.dual_bound - value) <= 1e-8 * (1.0 + fabs(value)));
        for (int way = 0; way < CORRUPTIONS; way++) {
            wrong = right;
            corrupt(way, &wrong);
            if (check(env, &wrong).valid)
                fail_msg("seed %d: corruption %d went unseen", (int)seed, way);
        }
    }
    account_close(&book, env);
}

/* min 1e-9 x, x >= 1: at x = 1.3 every absolute test passes with y = 0 (d = 1e-9 "is" 0). */
static void tiny_prices_are_not_noise(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    proved p = {0};
    small_init(&p.lp, 1, 1);
    p.lp.a[0][0] = 1.0;
    p.lp.row_lower[0] = 1.0;
    p.lp.cost[0] = 1e-9;
    p.x[0] = 1.3;
    p.y[0] = 0.0;
    assert_false(check(env, &p).valid);
    p.y[0] = 1e-9; /* complementarity is missed by 3e-10, the gap by 23 % */
    assert_false(check(env, &p).valid);
    p.x[0] = 1.0;
    assert_true(check(env, &p).valid);
    account_close(&book, env);
}

/* The offset is no excuse: it does not enlarge the scale of the gap. */
static void offset_does_not_hide_the_gap(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    proved p;
    make(7, &p);
    p.lp.offset = 1e15;
    assert_true(check(env, &p).valid);
    p.y[p.tight] *= 1.01;
    assert_false(check(env, &p).valid);
    account_close(&book, env);
}

/* min x, 3x = 0, -1 <= x <= 3: the price 1/3 is no double, so d = 5e-17 and D = -5e-17, while P = 0. */
static void rounding_of_a_price_is_not_a_gap(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    proved p = {0};
    small_init(&p.lp, 1, 1);
    p.lp.a[0][0] = 3.0;
    p.lp.row_lower[0] = p.lp.row_upper[0] = 0.0;
    p.lp.lower[0] = -1.0;
    p.lp.upper[0] = 3.0;
    p.lp.cost[0] = 1.0;
    p.x[0] = 0.0;
    p.y[0] = 1.0 / 3.0;
    const dca_certificate cert = check(env, &p);
    assert_true(cert.valid);
    assert_true(cert.relative_gap == 0.0);
    p.y[0] += 1e-14;
    assert_false(check(env, &p).valid);
    account_close(&book, env);
}

/* min 3 x0 - x1, x1 <= 3 x0, both at least 0: the value is 0, also far from the bounds. A price off by
 * rounding leaves reduced costs that are, too: times the distance from the bounds they are no gap. */
static void rounding_is_credited_at_the_point(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    proved p = {0};
    small_init(&p.lp, 1, 2);
    p.lp.cost[0] = 3.0;
    p.lp.cost[1] = -1.0;
    p.lp.a[0][0] = -3.0;
    p.lp.a[0][1] = 1.0;
    p.lp.row_upper[0] = 0.0;
    p.x[0] = 1e6;
    p.x[1] = 3e6;
    p.y[0] = -1.0;
    assert_true(check(env, &p).valid);
    p.y[0] = -1.0 + 0x1p-51;
    p.lp.upper[1] = 4e6; /* d = (6, -2) 2^-51 where 8u |terms| is (6, 2) 2^-50 */
    assert_true(check(env, &p).valid);
    assert_true(check(env, &p).relative_gap == 0.0);
    p.y[0] = -1.0 + 0x1p-46;
    assert_false(check(env, &p).valid);
    account_close(&book, env);
}

/* The same column A as above with a bound at -1e25, and min y0 B, B >= 0, which is 0: at B = 1 the bound
 * is missed by all there is. D = -5e8 is neither a scale for that gap nor a tolerance. */
static void far_bounds_hide_nothing(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    proved p = {0};
    small_init(&p.lp, 1, 2);
    p.lp.a[0][0] = 3.0;
    p.lp.row_lower[0] = p.lp.row_upper[0] = 0.0;
    p.lp.lower[0] = -1e25;
    p.lp.cost[0] = 1.0;
    p.lp.cost[1] = 1.0;
    p.y[0] = 1.0 / 3.0;
    const dca_certificate right = check(env, &p);
    assert_true(right.valid);
    assert_true(right.dual_bound < -1e8); /* true, if of little use */
    p.x[1] = 1.0;
    const dca_certificate wrong = check(env, &p);
    assert_false(wrong.valid);
    assert_true(wrong.relative_gap > 0.99);
    account_close(&book, env);
}

/* Columns 0..n-1 without upper bounds; rows x_0 <= 1, x_{j+1} - x_j <= 1: a chain that bounds them
 * all. Prices off by noise leave reduced costs that point at infinity. */
static void implied_bounds_through_a_chain(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    proved p = {0};
    const dca_index n = 12;
    small_init(&p.lp, n, n);
    for (dca_index j = 0; j < n; j++) {
        p.lp.a[j][j] = 1.0;
        if (j > 0)
            p.lp.a[j][j - 1] = -1.0;
        p.lp.row_upper[j] = 1.0;
        p.x[j] = (double)(j + 1);
    }
    p.lp.cost[n - 1] = -1.0;
    for (dca_index i = 0; i < n; i++)
        p.y[i] = -1.0 + 1e-13 * (double)(i % 3);
    dca_certificate cert = check(env, &p);
    assert_true(cert.valid);
    assert_int_equal(cert.rounded, 0);
    p.y[3] -= 1e-6;
    assert_false(check(env, &p).valid);
    account_close(&book, env);
}

/* A free column that nothing bounds: noise passes by the 2^-36 rule and the label says so. */
static void free_columns_are_labelled(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    proved p = {0};
    small_init(&p.lp, 1, 2);
    p.lp.lower[0] = p.lp.lower[1] = -INFINITY;
    p.lp.a[0][0] = 1.0;
    p.lp.a[0][1] = 3.0;
    p.lp.cost[0] = 1.0;
    p.lp.cost[1] = 3.0;
    p.lp.row_lower[0] = p.lp.row_upper[0] = 6.0;
    p.x[0] = 3.0;
    p.x[1] = 1.0;
    p.y[0] = 1.0;
    dca_certificate cert = check(env, &p);
    assert_true(cert.valid);
    assert_int_equal(cert.rounded, 0);
    p.y[0] = 1.0 - 0x1p-44;
    cert = check(env, &p);
    assert_true(cert.valid);
    assert_int_equal(cert.rounded, 1);
    p.y[0] = 1.0 - 0x1p-30;
    assert_false(check(env, &p).valid);
    account_close(&book, env);
}

/* Rows with large cancelling terms have a floor of their own, and only that. */
static void rounding_floor_of_a_row(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    proved p = {0};
    small_init(&p.lp, 1, 2);
    p.lp.a[0][0] = 1.0;
    p.lp.a[0][1] = -1.0;
    p.lp.row_lower[0] = p.lp.row_upper[0] = 0.0;
    p.x[0] = 1e12;
    p.x[1] = 1e12 + 0.001; /* (|A||x|) 8u = 1.8e-3 */
    dca_certificate cert;
    const dca_problem view = small_view(&p.lp);
    assert_int_equal(dca__verify_feasible(env, &view, p.x, NULL, &cert), DCA_OK);
    assert_true(cert.valid);
    p.x[1] = 1e12 + 0.01;
    assert_int_equal(dca__verify_feasible(env, &view, p.x, NULL, &cert), DCA_OK);
    assert_false(cert.valid);
    account_close(&book, env);
}

/* x + y >= 3, x <= 1, y <= 1 by rows and bounds in turn. */
static void farkas_rays(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (uint64_t seed = 1; seed <= 50; seed++) {
        /* A random nonnegative combination of rows reads 0 >= 1: columns are free or boxed so that
         * z can be what it likes there. */
        dice d = {seed * 7919u};
        small lp;
        const dca_index m = 8;
        const dca_index n = 10;
        small_init(&lp, m, n);
        double ray[SMALL_ROWS];
        double demand = 0.0;
        for (dca_index i = 0; i < m; i++) {
            for (dca_index j = 0; j < n; j++)
                lp.a[i][j] = dice_below(&d, 2) ? dice_coefficient(&d) : 0.0;
            ray[i] = (i % 2 ? -1.0 : 1.0) * (1.0 + dice_below(&d, 4));
        }
        double reach = 0.0;
        for (dca_index j = 0; j < n; j++) {
            double z = 0.0;
            for (dca_index i = 0; i < m; i++)
                z += ray[i] * lp.a[i][j];
            if (j % 2) { /* boxed */
                lp.lower[j] = -1.0;
                lp.upper[j] = 2.0;
                reach += fmax(-z, 2.0 * z);
            } else { /* closed where z points, open on the other side */
                lp.lower[j] = z >= 0.0 ? -INFINITY : 1.0;
                lp.upper[j] = z >= 0.0 ? 1.0 : INFINITY;
                reach += z;
            }
        }
        for (dca_index i = 0; i < m; i++) {
            const double side = (reach + 1.0) / (m * ray[i]);
            lp.row_lower[i] = ray[i] > 0.0 ? side : -INFINITY;
            lp.row_upper[i] = ray[i] > 0.0 ? INFINITY : side;
            demand += ray[i] * side;
        }
        assert_true(demand > reach + 0.5);
        const dca_problem view = small_view(&lp);
        dca_certificate cert;
        double trial[SMALL_ROWS];
        memcpy(trial, ray, sizeof trial);
        assert_int_equal(dca__verify_farkas(env, &view, trial, &cert), DCA_OK);
        assert_true(cert.valid);
        for (dca_index i = 0; i < m; i++) {
            memcpy(trial, ray, sizeof trial);
            trial[i] = -trial[i] * 3.0; /* wrong side: dropped, and the rest is no proof */
            assert_int_equal(dca__verify_farkas(env, &view, trial, &cert), DCA_OK);
            assert_false(cert.valid && trial[i] != 0.0);
        }
        memset(trial, 0, sizeof trial);
        assert_int_equal(dca__verify_farkas(env, &view, trial, &cert), DCA_OK);
        assert_false(cert.valid);
        trial[0] = NAN;
        assert_int_equal(dca__verify_farkas(env, &view, trial, &cert), DCA_OK);
        assert_false(cert.valid);
        /* Relax the rows by what the ray demands too much: feasible within the claim, no proof. */
        for (dca_index i = 0; i < m; i++) {
            const double back = (demand - reach) / (m * fabs(ray[i]));
            lp.row_lower[i] -= ray[i] > 0.0 ? back : 0.0;
            lp.row_upper[i] += ray[i] > 0.0 ? 0.0 : back;
        }
        memcpy(trial, ray, sizeof trial);
        assert_int_equal(dca__verify_farkas(env, &view, trial, &cert), DCA_OK);
        assert_false(cert.valid);
    }
    account_close(&book, env);
}

/* Noise in a ray at a column without upper bound: taken out, or bounded by the rows. */
static void farkas_noise(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small lp;
    small_init(&lp, 3, 2);
    lp.a[0][0] = 1.0; /* x >= 2 */
    lp.row_lower[0] = 2.0;
    lp.a[1][0] = 1.0; /* x <= 1 */
    lp.row_upper[1] = 1.0;
    lp.a[2][1] = 1.0; /* y >= -1, noise */
    lp.row_lower[2] = -1.0;
    double ray[] = {1.0, -1.0, 1e-15};
    dca_problem view = small_view(&lp);
    dca_certificate cert;
    assert_int_equal(dca__verify_farkas(env, &view, ray, &cert), DCA_OK);
    assert_true(cert.valid);
    assert_true(ray[2] == 0.0);
    double large[] = {1.0, -1.0, 1e-3}; /* not noise, and y has no upper bound */
    assert_int_equal(dca__verify_farkas(env, &view, large, &cert), DCA_OK);
    assert_false(cert.valid);
    lp.row_upper[2] = 5.0; /* now the row bounds y */
    view = small_view(&lp);
    double bounded[] = {1.0, -1.0, 1e-3};
    assert_int_equal(dca__verify_farkas(env, &view, bounded, &cert), DCA_OK);
    assert_true(cert.valid);
    account_close(&book, env);
}

/* x >= at + off and x <= at, 1 and -1 as multipliers: the wide claim and the narrow one. */
static void two_claims(dca_env *env, small *lp, double at, double off, bool wide, bool narrow)
{
    lp->row_lower[0] = at + off;
    lp->row_upper[1] = at;
    const dca_problem view = small_view(lp);
    dca_certificate cert;
    double ray[] = {1.0, -1.0, 0.0};
    assert_int_equal(dca__verify_farkas(env, &view, ray, &cert), DCA_OK);
    assert_int_equal(cert.valid, wide);
    assert_int_equal(dca__verify_narrow(env, &view, ray, &cert), DCA_OK);
    assert_int_equal(cert.valid, narrow);
    if (narrow)
        assert_true(fabs(cert.relative_gap - 0.5 * off) <= 1e-6 * off + 1e-16 * at);
}

/* What lies between the claims, noise that only the wide one forgives, and rounding of large sides. */
static void narrow_margins(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small lp;
    small_init(&lp, 3, 2);
    lp.a[0][0] = lp.a[1][0] = 1.0;
    lp.a[2][1] = 1.0;
    two_claims(env, &lp, 1.0, 1e-6, true, true);
    two_claims(env, &lp, 1.0, 1.9e-7, false, true);
    two_claims(env, &lp, 1.0, 3e-9, false, true);
    two_claims(env, &lp, 1.0, 1.9e-9, false, false); /* at 1 + 9.5e-10 both rows hold within 1e-9 */
    two_claims(env, &lp, 1.0, 0x1p-52, false, false);
    two_claims(env, &lp, 1e9, 2.4e-7, false, false); /* two ulps */
    lp.lower[1] = -INFINITY;                         /* a free column with z = -2^-40 */
    lp.a[0][1] = 1.0;
    lp.a[1][1] = 1.0 + 0x1p-40;
    two_claims(env, &lp, 1.0, 1e-6, true, false);
    lp.row_lower[2] = -1e3; /* now it has bounds: 1e3 * 2^-40 goes off the margin */
    lp.row_upper[2] = 1e3;
    lp.row_lower[0] = 1.0 + 1e-8;
    const dca_problem view = small_view(&lp);
    double ray[] = {1.0, -1.0, 0.0};
    dca_certificate cert;
    assert_int_equal(dca__verify_narrow(env, &view, ray, &cert), DCA_OK);
    assert_true(cert.valid && fabs(cert.relative_gap - 0.5 * (1e-8 - 0x1p-40 * 1e3)) < 1e-14);
    account_close(&book, env);
}

static void crossing_bounds_prove_themselves(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small lp;
    small_init(&lp, 1, 1);
    lp.a[0][0] = 1.0;
    lp.lower[0] = 1.0;
    lp.upper[0] = 0.5;
    double ray[] = {0.0};
    dca_problem view = small_view(&lp);
    dca_certificate cert;
    assert_int_equal(dca__verify_farkas(env, &view, ray, &cert), DCA_OK);
    assert_true(cert.valid);
    lp.upper[0] = 1.0 - 1e-9; /* a point in between is within the claim of both */
    assert_int_equal(dca__verify_farkas(env, &view, ray, &cert), DCA_OK);
    assert_false(cert.valid);
    lp.upper[0] = 2.0;
    lp.row_lower[0] = 3.0;
    lp.row_upper[0] = 2.0;
    assert_int_equal(dca__verify_farkas(env, &view, ray, &cert), DCA_OK);
    assert_true(cert.valid);
    account_close(&book, env);
}

/* min -x - y, x - y = 0, both >= 0: r = (1, 1). */
static void unbounded_rays(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    small lp;
    small_init(&lp, 1, 2);
    lp.a[0][0] = 1.0;
    lp.a[0][1] = -1.0;
    lp.row_lower[0] = lp.row_upper[0] = 0.0;
    lp.cost[0] = lp.cost[1] = -1.0;
    const dca_problem view = small_view(&lp);
    const double x[] = {2.0, 2.0};
    const double far[] = {2.0, 3.0};
    const struct {
        const double *x;
        double ray[2];
        int valid;
    } cases[] = {
        {x, {1.0, 1.0}, 1},   {x, {1e6, 1e6 + 1e-6}, 1}, {far, {1.0, 1.0}, 0},
        {x, {1.0, 1.001}, 0}, {x, {-1.0, -1.0}, 0},      {x, {0.0, 0.0}, 0},
        {x, {1.0, NAN}, 0},   {x, {1.0, -1e-3}, 0},      {x, {INFINITY, INFINITY}, 0},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        double ray[2] = {cases[k].ray[0], cases[k].ray[1]};
        dca_certificate cert;
        assert_int_equal(dca__verify_unbounded(env, &view, cases[k].x, ray, &cert), DCA_OK);
        assert_int_equal(cert.valid, cases[k].valid);
    }
    account_close(&book, env);
}

static void refused_memory_leaks_nothing(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    proved p = {0};
    small_init(&p.lp, 2, 2);
    p.lp.a[0][0] = p.lp.a[1][1] = 1.0;
    p.lp.a[1][0] = -1.0;
    p.lp.row_upper[0] = p.lp.row_upper[1] = 1.0;
    p.lp.cost[1] = -1.0;
    p.x[0] = 1.0;
    p.x[1] = 2.0;
    p.y[0] = -1.0 + 1e-13;
    p.y[1] = -1.0 - 1e-13;
    const dca_problem view = small_view(&p.lp);
    const long before = book.blocks;
    dca_certificate cert;
    dca_status status = DCA_E_NOMEM;
    int refused = 0;
    for (long k = 1; status == DCA_E_NOMEM; k++) {
        book.refuse_at = book.requests + k;
        status = dca__verify_optimal(env, &view, p.x, p.y, NULL, NULL, &cert);
        assert_int_equal(book.blocks, before);
        refused += status == DCA_E_NOMEM;
    }
    assert_int_equal(status, DCA_OK);
    assert_true(cert.valid);
    assert_true(refused > 5);
    book.refuse_at = 0;
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_answers_pass_and_corrupted_ones_do_not),
        cmocka_unit_test(tiny_prices_are_not_noise),
        cmocka_unit_test(offset_does_not_hide_the_gap),
        cmocka_unit_test(rounding_of_a_price_is_not_a_gap),
        cmocka_unit_test(rounding_is_credited_at_the_point),
        cmocka_unit_test(far_bounds_hide_nothing),
        cmocka_unit_test(implied_bounds_through_a_chain),
        cmocka_unit_test(free_columns_are_labelled),
        cmocka_unit_test(rounding_floor_of_a_row),
        cmocka_unit_test(farkas_rays),
        cmocka_unit_test(farkas_noise),
        cmocka_unit_test(narrow_margins),
        cmocka_unit_test(crossing_bounds_prove_themselves),
        cmocka_unit_test(unbounded_rays),
        cmocka_unit_test(refused_memory_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
