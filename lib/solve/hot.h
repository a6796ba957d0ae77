/* hot.h - re-solving from the last optimum, with a proof that is kept alive (native backend only).
 *
 *     edits -> the simplex resumes (simplex/resume.c) -> its trail to the proof (lp/proof.c) -> check
 *
 * An answer of this way costs what the edits reach. Whatever is in doubt, or has drifted to a tenth
 * of a claim, is left to a whole solve, which begins from the basis reached. */
#ifndef DCA_SOLVE_HOT_H
#define DCA_SOLVE_HOT_H

#include "lp/proof.h"
#include "solve/solve.h"

typedef struct dca__hot {
    dca__proof *proof; /* NULL until the first re-solve */
    bool same_matrix;  /* the proof knows the matrix */
    bool proved;       /* the proof holds the backend's point but for its trail */
} dca__hot;

void dca__hot_free(dca__hot *hot);
/** The backend has another matrix. */
void dca__hot_forget(dca__hot *hot);

/** `edits` [n] are in `problem` and handed to the native backend `state` since the last solve. *done:
 *  *out is optimal, its point shared with the proof; else report says what was spent in vain. */
DCA_NODISCARD dca_status dca__hot_solve(dca_env *env, dca__hot *hot, void *state,
                                        const dca_problem *problem, const dca_edit *edits,
                                        dca_nnz n, const dca_options *options, dca_control *control,
                                        dca_backend_report *report, dca__answer *out, bool *done);

#endif
