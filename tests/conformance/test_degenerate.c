/* Degenerate LPs: ties everywhere, and the classical examples on which textbook rules cycle. */
#include "conform.h"

static void expect(fixture *f, dca_lp *lp, double value)
{
    for (int presolve = 1; presolve >= 0; presolve--) {
        option(f, "presolve", presolve ? "on" : "off");
        dca_solver *solver = solver_of(f, lp);
        assert_close(solved(solver, lp, DCA_OPTIMAL), value, 1e-9);
        dca_solver_free(solver);
    }
    dca_lp_free(lp);
}

/* Beale, "Cycling in the dual simplex algorithm" (1955), as in Chvatal, "Linear Programming" (1983), and
 * Dantzig (1963): min -3/4 x4 + 20 x5 - 1/2 x6 + 6 x7, optimum -5/4 at x4 = x6 = 1. */
static void beale(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    lp_row(lp, -INFINITY, 0.0);
    lp_row(lp, -INFINITY, 0.0);
    lp_row(lp, -INFINITY, 1.0);
    const dca_index rows[] = {0, 1, 2};
    lp_column(lp, -0.75, 0.0, INFINITY, 2, rows, (double[]){0.25, 0.5});
    lp_column(lp, 20.0, 0.0, INFINITY, 2, rows, (double[]){-8.0, -12.0});
    lp_column(lp, -0.5, 0.0, INFINITY, 3, rows, (double[]){-1.0, -0.5, 1.0});
    lp_column(lp, 6.0, 0.0, INFINITY, 2, rows, (double[]){9.0, 3.0});
    expect(f, lp, -1.25);
}

/* Kuhn, as in Balinski and Tucker, "Duality theory of linear programs" (1969): min -2x1 - 3x2 + x3 + 12x4,
 * -2x1 - 9x2 + x3 + 9x4 <= 0, x1/3 + x2 - x3/3 - 2x4 <= 0, 2x1 + 3x2 - x3 - 12x4 <= 2: optimum -2, for
 * the last row is the negated objective, and (2, 0, 2, 0) attains it. */
static void kuhn(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    lp_row(lp, -INFINITY, 0.0);
    lp_row(lp, -INFINITY, 0.0);
    lp_row(lp, -INFINITY, 2.0);
    const dca_index rows[] = {0, 1, 2};
    lp_column(lp, -2.0, 0.0, INFINITY, 3, rows, (double[]){-2.0, 1.0 / 3.0, 2.0});
    lp_column(lp, -3.0, 0.0, INFINITY, 3, rows, (double[]){-9.0, 1.0, 3.0});
    lp_column(lp, 1.0, 0.0, INFINITY, 3, rows, (double[]){1.0, -1.0 / 3.0, -1.0});
    lp_column(lp, 12.0, 0.0, INFINITY, 3, rows, (double[]){9.0, -2.0, -12.0});
    expect(f, lp, -2.0);
}

/* Marshall and Suurballe, "A note on cycling in the simplex method" (1969): max 10x1 - 57x2 - 9x3 - 24x4,
 * optimum 1 at (1, 0, 1, 0). */
static void marshall(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    assert_int_equal(dca_lp_set_sense(lp, DCA_MAXIMISE), DCA_OK);
    lp_row(lp, -INFINITY, 0.0);
    lp_row(lp, -INFINITY, 0.0);
    lp_row(lp, -INFINITY, 1.0);
    const dca_index rows[] = {0, 1, 2};
    lp_column(lp, 10.0, 0.0, INFINITY, 3, rows, (double[]){0.5, 0.5, 1.0});
    lp_column(lp, -57.0, 0.0, INFINITY, 2, rows, (double[]){-5.5, -1.5});
    lp_column(lp, -9.0, 0.0, INFINITY, 2, rows, (double[]){-2.5, -0.5});
    lp_column(lp, -24.0, 0.0, INFINITY, 2, rows, (double[]){9.0, 1.0});
    expect(f, lp, 1.0);
}

/* cost (i, k) = i k on n x n: the optimum pairs i with n - 1 - k, by the rearrangement inequality. */
static void assignment(fixture *f)
{
    enum { SIDE = 14 };
    dca_lp *lp = transport(f, 1, SIDE, SIDE, 2, true);
    double value = 0.0;
    for (dca_index i = 0; i < SIDE; i++) {
        for (dca_index k = 0; k < SIDE; k++)
            lp_cost(lp, i * SIDE + k, (double)i * k);
        value += (double)i * (SIDE - 1 - i);
    }
    expect(f, lp, value);
}

/* Equal costs: every vertex is optimal, and nothing says where to go. */
static void all_the_same(fixture *f)
{
    enum { SIDE = 16 };
    dca_lp *lp = transport(f, 1, SIDE, SIDE, 1, true);
    for (dca_index j = 0; j < SIDE * SIDE; j++)
        lp_cost(lp, j, 3.0);
    expect(f, lp, 3.0 * SIDE);
}

/* Costs 0, 1, 2 and unit supplies: nearly all pivots are degenerate. */
static void many_ties(fixture *f)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        dca_lp *lp = transport(f, 40 + seed, 24, 24, 3, true);
        expect(f, lp, cold_value(f, lp));
        lp = transport(f, 50 + seed, 20, 30, 3, false);
        expect(f, lp, cold_value(f, lp));
    }
}

/* A vertex where 3 n rows meet in n dimensions, again and again the same row. */
static void the_same_row_often(fixture *f)
{
    small s;
    small_init(&s, 24, 8);
    double value = 0.0;
    for (dca_index j = 0; j < 8; j++) {
        s.cost[j] = -1.0 - j;
        value += s.cost[j];
        for (dca_index k = 0; k < 3; k++) {
            s.a[3 * j + k][j] = 1.0 + k;
            s.row_upper[3 * j + k] = 1.0 + k;
            if (j > 0) {
                s.a[3 * j + k][j - 1] = -1.0;
                s.row_upper[3 * j + k] = k;
            }
        }
    }
    /* x_j <= (k + x_{j-1}) / (1 + k): 1 for all, as x_0 <= 1 */
    expect(f, lp_of(f, &s, DCA_MINIMISE), value);
}

static const conform_case CASES[] = {
    {"Beale's example", beale, 0, false},
    {"Kuhn's example", kuhn, 0, false},
    {"Marshall and Suurballe's example", marshall, 0, false},
    {"assignment", assignment, 0, false},
    {"equal costs", all_the_same, 0, false},
    {"many ties", many_ties, 0, false},
    {"the same row often", the_same_row_often, 0, false},
};
CONFORM_MAIN(CASES)
