/* Outcomes and their proofs: infeasible with a Farkas ray, unbounded with a direction, on LPs that are so
 * by construction. judge() multiplies the rays out. */
#include "conform.h"

/* Twice: through presolve, and as it stands. */
static void expect(fixture *f, dca_lp *lp, dca_outcome outcome)
{
    for (int presolve = 1; presolve >= 0; presolve--) {
        option(f, "presolve", presolve ? "on" : "off");
        dca_solver *solver = solver_of(f, lp);
        solved(solver, lp, outcome);
        dca_solver_free(solver);
    }
    dca_lp_free(lp);
}

static void infeasible_rows(fixture *f)
{
    dca_lp *lp =
        lp_empty(f); /* x + y >= 5, x + 2y <= 4 with x, y in [0, 2]: not even the first holds */
    lp_row(lp, 5.0, INFINITY);
    lp_row(lp, -INFINITY, 4.0);
    lp_column(lp, 1.0, 0.0, 2.0, 2, (dca_index[]){0, 1}, (double[]){1.0, 1.0});
    lp_column(lp, 1.0, 0.0, 2.0, 2, (dca_index[]){0, 1}, (double[]){1.0, 2.0});
    expect(f, lp, DCA_INFEASIBLE);
}

/* x - y = 1, y - z = 1, z - x = 1 over free columns: the rows add up to 0 = 3. */
static void infeasible_free(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    for (int i = 0; i < 3; i++)
        lp_row(lp, 1.0, 1.0);
    lp_column(lp, 1.0, -INFINITY, INFINITY, 2, (dca_index[]){0, 2}, (double[]){1.0, -1.0});
    lp_column(lp, 0.0, -INFINITY, INFINITY, 2, (dca_index[]){0, 1}, (double[]){-1.0, 1.0});
    lp_column(lp, -1.0, -INFINITY, INFINITY, 2, (dca_index[]){1, 2}, (double[]){-1.0, 1.0});
    expect(f, lp, DCA_INFEASIBLE);
}

/* A random LP whose rows hold at no point: a combination of two of them is out of reach. */
static void infeasible_random(fixture *f)
{
    for (uint64_t seed = 1; seed <= 12; seed++) {
        small s;
        random_small(&s, 100 + seed, 10, 16);
        double reach = 0.0;
        for (dca_index j = 0; j < s.n; j++) {
            s.a[9][j] = s.a[0][j] - 0.5 * s.a[1][j];
            reach += fabs(s.a[0][j]) * fmax(fabs(s.lower[j]), fabs(s.upper[j]));
        }
        s.row_lower[0] = -reach - 1.0; /* row 0 <= 3, row 1 >= 2: row 9 <= 2 */
        s.row_upper[0] = 3.0;
        s.row_lower[1] = 2.0;
        s.row_upper[1] = INFINITY;
        s.row_lower[9] = 2.0 + 0.5 * (double)seed;
        s.row_upper[9] = INFINITY;
        expect(f, lp_of(f, &s, seed % 2 ? DCA_MINIMISE : DCA_MAXIMISE), DCA_INFEASIBLE);
    }
}

static void unbounded_column(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    lp_row(lp, -INFINITY, 4.0);
    lp_column(lp, -1.0, 0.0, INFINITY, 1, (dca_index[]){0}, (double[]){-1.0});
    lp_column(lp, 1.0, 0.0, 3.0, 1, (dca_index[]){0}, (double[]){1.0});
    expect(f, lp, DCA_UNBOUNDED);
}

/* Downwards: from an upper bound, from nowhere (free), and along a row without a lower side. */
static void unbounded_below(fixture *f)
{
    for (int k = 0; k < 3; k++) {
        dca_lp *lp = lp_empty(f);
        lp_row(lp, k == 2 ? -INFINITY : -4.0, 4.0);
        lp_row(lp, 0.0, 2.0);
        lp_column(lp, 1.0, -INFINITY, k == 0 ? 3.0 : INFINITY, 2, (dca_index[]){0, 1},
                  (double[]){1.0, 1.0});
        lp_column(lp, -1.0, 0.0, INFINITY, 2, (dca_index[]){0, 1},
                  (double[]){k == 2 ? -1.0 : 1.0, 1.0});
        lp_column(lp, 0.25, -5.0, 5.0, 1, (dca_index[]){1}, (double[]){1.0});
        expect(f, lp, DCA_UNBOUNDED);
    }
}

/* max x + y - z over x - y in [-1, 1], z >= 0, x + z = 3 + w, all four to infinity. */
static void unbounded_ray(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    assert_int_equal(dca_lp_set_sense(lp, DCA_MAXIMISE), DCA_OK);
    lp_row(lp, -1.0, 1.0);
    lp_row(lp, 3.0, 3.0);
    lp_column(lp, 1.0, 0.0, INFINITY, 2, (dca_index[]){0, 1}, (double[]){1.0, 1.0});
    lp_column(lp, 1.0, -INFINITY, INFINITY, 1, (dca_index[]){0}, (double[]){-1.0});
    lp_column(lp, -1.0, 0.0, INFINITY, 1, (dca_index[]){1}, (double[]){1.0});
    lp_column(lp, 0.0, 0.0, INFINITY, 1, (dca_index[]){1}, (double[]){-1.0});
    expect(f, lp, DCA_UNBOUNDED);
}

/* Random, feasible, with a ray put in: A r = 0 on a subset of open columns, and c'r < 0. */
static void unbounded_random(fixture *f)
{
    for (uint64_t seed = 1; seed <= 12; seed++) {
        small s;
        random_small(&s, 200 + seed, 8, 14);
        dca_lp *probe = lp_of(f, &s, DCA_MINIMISE);
        dca_solver *solver = native_solver(f, probe);
        dca_result *result = NULL;
        assert_int_equal(dca_solver_solve(solver, NULL, &result), DCA_OK);
        const bool feasible = dca_result_outcome(result) == DCA_OPTIMAL;
        dca_result_free(result);
        dca_solver_free(solver);
        dca_lp_free(probe);
        if (!feasible)
            continue;
        for (dca_index i = 0; i < s.m; i++)
            s.a[i][2] = -0.5 * s.a[i][0] - 2.0 * s.a[i][1]; /* r = (0.5, 2, 1) */
        s.upper[0] = s.upper[1] = s.upper[2] = INFINITY;
        s.cost[2] = -0.5 * s.cost[0] - 2.0 * s.cost[1] - 1.0;
        s.lower[2] = fmin(s.lower[2], 0.0); /* rows were met with column 2 as it was: free it */
        for (dca_index i = 0; i < s.m; i++) {
            s.row_lower[i] -= 40.0;
            s.row_upper[i] += 40.0;
        }
        expect(f, lp_of(f, &s, DCA_MINIMISE), DCA_UNBOUNDED);
    }
}

/* Neither primal nor dual feasible: max x, x - y = 1 and x - y = 2. The proof is Farkas's. */
static void both(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    assert_int_equal(dca_lp_set_sense(lp, DCA_MAXIMISE), DCA_OK);
    lp_row(lp, 1.0, 1.0);
    lp_row(lp, 2.0, 2.0);
    lp_column(lp, 1.0, 0.0, INFINITY, 2, (dca_index[]){0, 1}, (double[]){1.0, 1.0});
    lp_column(lp, 0.0, 0.0, INFINITY, 2, (dca_index[]){0, 1}, (double[]){-1.0, -1.0});
    expect(f, lp, DCA_INFEASIBLE);
}

static void crossing_bounds(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    lp_row(lp, 1.0, 2.0);
    lp_column(lp, 1.0, 3.0, 2.0, 1, (dca_index[]){0}, (double[]){1.0});
    expect(f, lp, DCA_INFEASIBLE);
    lp = lp_empty(f);
    lp_row(lp, 2.0, 1.0);
    lp_column(lp, 1.0, 0.0, 9.0, 1, (dca_index[]){0}, (double[]){1.0});
    expect(f, lp, DCA_INFEASIBLE);
    lp = lp_empty(f); /* by less than the claim: not a contradiction */
    lp_row(lp, 1.0 + 1e-9, 1.0);
    lp_column(lp, 1.0, 0.0, 9.0, 1, (dca_index[]){0}, (double[]){1.0});
    expect(f, lp, DCA_OPTIMAL);
}

static void empty_rows(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    lp_row(lp, -1.0, 0.0);
    lp_row(lp, 1.0, 2.0);
    lp_column(lp, 1.0, 0.0, 9.0, 1, (dca_index[]){1}, (double[]){1.0});
    expect(f, lp, DCA_OPTIMAL);
    lp = lp_empty(f);
    lp_row(lp, 0.5, INFINITY);
    lp_row(lp, 1.0, 2.0);
    lp_column(lp, 1.0, 0.0, 9.0, 1, (dca_index[]){1}, (double[]){1.0});
    expect(f, lp, DCA_INFEASIBLE);
}

/* One solver walks through all outcomes and back. */
static void from_one_to_the_other(fixture *f)
{
    dca_lp *lp = lp_empty(f);
    lp_row(lp, 2.0, 10.0);
    lp_column(lp, 1.0, 0.0, INFINITY, 1, (dca_index[]){0}, (double[]){1.0});
    lp_column(lp, 1.0, 0.0, INFINITY, 1, (dca_index[]){0}, (double[]){-1.0});
    dca_solver *solver = solver_of(f, lp);
    for (int round = 0; round < 3; round++) {
        assert_close(solved(solver, lp, DCA_OPTIMAL), 2.0, 1e-12);
        lp_cost(lp, 0, -2.0);
        solved(solver, lp, DCA_UNBOUNDED);
        lp_column_bounds(lp, 0, 0.0, 1.0);
        solved(solver, lp, DCA_INFEASIBLE);
        lp_column_bounds(lp, 0, 0.0, 12.0);
        assert_close(solved(solver, lp, DCA_OPTIMAL), -22.0, 1e-12); /* x 12, y 2 */
        lp_column_bounds(lp, 0, 0.0, INFINITY);
        lp_cost(lp, 0, 1.0);
    }
    dca_solver_free(solver);
    dca_lp_free(lp);
}

static const conform_case CASES[] = {
    {"infeasible by rows", infeasible_rows, DCA_BACKEND_RAYS, false},
    {"infeasible over free columns", infeasible_free, DCA_BACKEND_RAYS, false},
    {"infeasible at random", infeasible_random, DCA_BACKEND_RAYS, false},
    {"unbounded in one column", unbounded_column, DCA_BACKEND_RAYS, false},
    {"unbounded below", unbounded_below, DCA_BACKEND_RAYS, false},
    {"unbounded along a ray", unbounded_ray, DCA_BACKEND_RAYS, false},
    {"unbounded at random", unbounded_random, DCA_BACKEND_RAYS, false},
    {"neither primal nor dual feasible", both, DCA_BACKEND_RAYS, false},
    {"bounds that cross", crossing_bounds, DCA_BACKEND_RAYS, false},
    {"empty rows", empty_rows, DCA_BACKEND_RAYS, false},
    {"from one outcome to the other", from_one_to_the_other, DCA_BACKEND_RAYS, false},
};
CONFORM_MAIN(CASES)
