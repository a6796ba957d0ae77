/* presolved.h - a cold solve by way of the reduced problem. */
#ifndef DCA_SOLVE_PRESOLVED_H
#define DCA_SOLVE_PRESOLVED_H

#include "solve/solve.h"

typedef struct dca__presolved {
    bool reduced; /* *answer is there, and the backend holds the reduced problem, if any */
    bool stopped; /* by the control, before the load: no answer */
    dca_index rows, columns; /* what the simplex saw */
    dca_nnz entries;
    int64_t iterations, work;
    int32_t method;
} dca__presolved;

/** Presolve, solve what is left, postsolve, verify. The answer is proved optimal, or a limit, or
 *  IMPRECISE: then its basis, if it has one, is a good start on the original. */
DCA_NODISCARD dca_status dca__solve_presolved(dca_env *env, const dca_backend *backend, void *state,
                                              const dca_problem *problem,
                                              const dca_options *options, dca_control *control,
                                              dca__presolved *report, dca__answer *answer);

#endif
