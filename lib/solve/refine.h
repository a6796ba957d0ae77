/* refine.h - iterative refinement of an answer that missed its check. */
#ifndef DCA_SOLVE_REFINE_H
#define DCA_SOLVE_REFINE_H

#include "solve/solve.h"

/** What the rounds cost. */
typedef struct dca__refined {
    int64_t iterations, work;
    dca_outcome last; /* what the backend said of the last correction */
} dca__refined;

/** Correct the point and the prices of *answer, which has a basis and is not proved, by LPs whose data
 *  are its residuals. *answer becomes better or stays as it is; its outcome is OPTIMAL where that was
 *  proved. The backend holds another problem afterwards. */
DCA_NODISCARD dca_status dca__refine(dca_env *env, const dca_backend *backend, void *state,
                                     const dca_problem *problem, const dca_options *options,
                                     dca_control *control, dca__refined *report,
                                     dca__answer *answer);

#endif
