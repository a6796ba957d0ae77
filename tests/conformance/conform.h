/* conform.h - one suite for every backend: cases are written once, against the contract of
 * dcalloc/backend.h or the public solver, and run for each backend and method under the name
 * "backend/method: case". A new backend is one line of BACKENDS in conform.c.
 *
 * A case gets an environment whose every block is accounted for; when it returns, nothing may be left.
 * What a backend may answer otherwise, it says by a capability: a case that needs one names it, and is
 * skipped without it. */
#ifndef DCA_TESTS_CONFORM_H
#define DCA_TESTS_CONFORM_H

#include "account.h"
#include "dcalloc.h"
#include "lp/problem.h"

#include <math.h>

typedef struct fixture {
    const dca_backend *backend;
    const char *method; /* "auto", "dual", "primal" */
    account book;
    dca_env *env;
    dca_options *options; /* with that method */
} fixture;

typedef struct conform_case {
    const char *name;
    void (*run)(fixture *f);
    uint32_t needs; /* capabilities */
    bool once;      /* the method does not matter */
} conform_case;

/** Run all cases with every backend and method; the status of main(). */
int conform_main(const conform_case *cases, size_t count);
#define CONFORM_MAIN(cases)                                                                        \
    int main(void)                                                                                 \
    {                                                                                              \
        return conform_main(cases, sizeof(cases) / sizeof *(cases));                               \
    }

const dca_backend *conform_glpk(void); /* or NULL */

/* ---- LPs. Every call must succeed. --------------------------------------------------------------- */

/** The LP of a dense problem. */
dca_lp *lp_of(fixture *f, const small *s, dca_sense sense);
dca_lp *lp_empty(fixture *f);
dca_index lp_row(dca_lp *lp, double lower, double upper);
/** Add a column with `count` entries. */
dca_index lp_column(dca_lp *lp, double cost, double lower, double upper, dca_index count,
                    const dca_index *rows, const double *values);
void lp_cost(dca_lp *lp, dca_index column, double cost);
void lp_column_bounds(dca_lp *lp, dca_index column, double lower, double upper);
void lp_row_bounds(dca_lp *lp, dca_index row, double lower, double upper);
void lp_entry(dca_lp *lp, dca_index row, dca_index column, double value);

/** Feasible and bounded, optima as a rule unique and not degenerate; seeded. */
void random_small(small *s, uint64_t seed, dca_index m, dca_index n);
/** Sparse, feasible, some hundred pivots; seeded. */
dca_lp *random_medium(fixture *f, uint64_t seed, dca_index m, dca_index n);
/** `sources` x `sinks`, supplies and demands of one total, integer costs below `costs`; the optimum of
 *  it is a whole number. One-unit supplies make an assignment. */
dca_lp *transport(fixture *f, uint64_t seed, dca_index sources, dca_index sinks, int costs,
                  bool assignment);

/* ---- Solve. -------------------------------------------------------------------------------------- */

dca_solver *solver_of(fixture *f, dca_lp *lp);                /* of the backend under test */
dca_solver *native_solver(fixture *f, dca_lp *lp);            /* to compare with, default options */
void option(fixture *f, const char *name, const char *value); /* for solvers made from here on */

/** Solve, see that the outcome is as expected and that it is proved, and judge the answer once more
 *  here, on the numbers of `lp`: see judge(). The caller frees. */
dca_result *solve(dca_solver *solver, const dca_lp *lp, dca_outcome expected);
/** The same, and forget it. For an optimum, its value. */
double solved(dca_solver *solver, const dca_lp *lp, dca_outcome expected);
/** Value of a fresh cold solve by the native backend. */
double cold_value(fixture *f, dca_lp *lp);
void assert_close(double value, double expected, double tolerance); /* relative to 1 + |expected| */
int64_t iterations_of(const dca_result *result);

/** The answer multiplied out by the test: point, activity, prices, signs, duality, basis statuses, rays. */
void judge(const dca_lp *lp, dca_result *result);

#endif
