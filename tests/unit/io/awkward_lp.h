/* awkward_lp.h - random LPs whose numbers and names are hard to write. */
#ifndef DCA_TESTS_AWKWARD_LP_H
#define DCA_TESTS_AWKWARD_LP_H

#include "base/rng.h"
#include "check.h"
#include "lp/lp.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct dice {
    uint64_t state;
} dice;

static inline uint64_t draw(dice *d, uint64_t below)
{
    return dca__hash64(++d->state) % below;
}

/* Any finite double below 1e20 in size: whole numbers, zeros of both signs, random bits. */
static inline double awkward(dice *d)
{
    static const double some[] = {0.0,
                                  -0.0,
                                  1.0,
                                  -1.0,
                                  0.1,
                                  5e-324,
                                  -2.2250738585072014e-308,
                                  9.9e19,
                                  1e-5,
                                  123456789.0,
                                  1e15,
                                  1e16,
                                  0x1.fffffffffffffp-1};
    if (draw(d, 2) == 0)
        return some[draw(d, sizeof some / sizeof *some)];
    for (;;) {
        const uint64_t bits = dca__hash64(++d->state);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value) && fabs(value) < 1e20)
            return value;
    }
}

static inline void random_bounds(dice *d, double *lower, double *upper, bool ordered)
{
    *lower = draw(d, 4) == 0 ? -INFINITY : awkward(d);
    *upper = draw(d, 4) == 0 ? INFINITY : draw(d, 4) == 0 ? *lower : awkward(d);
    if (*upper == -INFINITY)
        *upper = INFINITY;
    if (ordered && *lower > *upper) {
        const double other = *lower;
        *lower = *upper;
        *upper = other;
    }
}

/* At most 20 rows and columns; up to eight of each take names from `odd`. */
static inline dca_lp *awkward_lp(dca_env *env, uint64_t seed, const char *const *odd, int num_odd)
{
    enum { MOST = 20 };
    dice d = {seed << 24};
    dca_lp *lp = NULL;
    assert_int_equal(dca__lp_new(env, &lp), DCA_OK);
    const int m = (int)draw(&d, MOST);
    const int n = (int)draw(&d, MOST);
    const int shift = (int)draw(&d, (uint64_t)num_odd);
    for (int i = 0; i < m; i++) {
        double lower, upper;
        char made[32];
        snprintf(made, sizeof made, "row%d", i);
        random_bounds(&d, &lower, &upper, true);
        const char *name = i < 8 ? odd[(shift + 3 * i) % num_odd] : made;
        const dca_lp_rows row = {.struct_size = (uint32_t)sizeof row,
                                 .n = 1,
                                 .lower = {&lower, 0},
                                 .upper = {&upper, 0},
                                 .name = {&name, 0}};
        const dca_status status = dca__lp_add_rows(lp, &row, NULL);
        assert_true(status == DCA_OK || status == DCA_E_ARG); /* a name drawn twice */
    }
    for (int j = 0; j < n; j++) {
        double lower, upper, value[MOST];
        dca_index index[MOST];
        dca_nnz start[2] = {0, 0};
        random_bounds(&d, &lower, &upper, false);
        const double cost = awkward(&d);
        const dca_index integer = (dca_index)draw(&d, 2);
        for (dca_index i = 0; i < lp->num_rows; i++) {
            if (draw(&d, 3) == 0) {
                index[start[1]] = i;
                value[start[1]] = awkward(&d) * (draw(&d, 4) == 0 ? 1e280 : 1.0);
                start[1]++;
            }
        }
        char made[32];
        snprintf(made, sizeof made, "column%d", j);
        const char *name = j < 8 ? odd[(shift + 5 * j) % num_odd] : made;
        const dca_lp_columns column = {.struct_size = (uint32_t)sizeof column,
                                       .n = 1,
                                       .cost = {&cost, 0},
                                       .lower = {&lower, 0},
                                       .upper = {&upper, 0},
                                       .integer = {&integer, 0},
                                       .name = {&name, 0},
                                       .entries = {start, index, value}};
        const dca_status status = dca__lp_add_columns(lp, &column, NULL);
        assert_true(status == DCA_OK || status == DCA_E_ARG);
    }
    dca__lp_set_sense(lp, draw(&d, 2) == 0 ? DCA_MINIMISE : DCA_MAXIMISE);
    dca__lp_set_offset(lp, 0.0 + awkward(&d));
    static const char *const problems[] = {NULL, "p", "a problem  of two", "FREE", "x FREE", "*"};
    assert_int_equal(dca__lp_set_name(lp, problems[draw(&d, 6)]), DCA_OK);
    assert_int_equal(dca__lp_set_objective_name(lp, draw(&d, 2) == 0 ? "cost" : "$cost"), DCA_OK);
    return lp;
}

#endif
