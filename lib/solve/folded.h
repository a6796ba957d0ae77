/* folded.h - a cold solve by way of the quotient under symmetry (lp/symmetry.h). */
#ifndef DCA_SOLVE_FOLDED_H
#define DCA_SOLVE_FOLDED_H

#include "solve/solve.h"

typedef struct dca__folded {
    bool found;          /* *answer is there */
    bool has_start;      /* its point's statuses are a start for a simplex, though no basis */
    int64_t work;        /* of looking for symmetry */
    int32_t method;      /* that finished: 1 dual, 2 primal, 0 none */
    dca_solve_info info; /* of the quotient's solve, all zero without one */
} dca__folded;

/** Merge what cannot be told apart, solve the quotient by a pipeline of its own, lift, verify. The
 *  answer is proved on `problem`, or a limit; its point is spread evenly over the classes and has no
 *  basis. Not found: there is too little symmetry, or the lifted answer is not proved. */
DCA_NODISCARD dca_status dca__solve_folded(dca_env *env, const dca_backend *backend,
                                           const dca_problem *problem, const dca_options *options,
                                           dca_control *control, dca__folded *report,
                                           dca__answer *answer);

#endif
