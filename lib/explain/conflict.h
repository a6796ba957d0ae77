/* conflict.h - which of the things that an infeasible LP demands cannot hold together.
 *
 * A side is one bound of one variable: 2 k + 1 for the upper and 2 k for the lower one of variable k,
 * columns first (k = j), then rows (k = num_columns + i). Sides are told in groups, which are in force
 * or not as a whole. The answer is a set of groups that is infeasible, and feasible without any one of
 * them (docs/algorithms/conflicts.md). */
#ifndef DCA_EXPLAIN_CONFLICT_H
#define DCA_EXPLAIN_CONFLICT_H

#include "dcalloc/export.h"
#include "solve/solve.h"

/** Groups of sides that are no candidates: always in force, or never. */
enum { DCA__CONFLICT_ALWAYS = -1, DCA__CONFLICT_NEVER = -2 };

typedef struct dca__conflict_question {
    const dca_lp *lp;       /* infeasible; costs do not matter */
    const double *ray;      /* [num_rows] Farkas multipliers that were verified */
    const dca_index *group; /* [2 (num_columns + num_rows)] of each side; NULL: each its own */
    dca_nnz num_groups;     /* candidates, tried for deletion in ascending order */
    const uint8_t
        *untouchable; /* [num_groups] nonzero: in force while others are tried; NULL: none */
} dca__conflict_question;

typedef struct dca__conflict_set {
    dca_nnz *group; /* [count] ascending */
    dca_index count;
    bool irreducible; /* false: infeasible, but not every member was shown to be necessary */
    int64_t iterations, work;
    double seconds;
} dca__conflict_set;

/** Filter. Limits of `options` and the control end it early: the set is then what is left so far. */
DCA_NODISCARD dca_status dca__conflict_filter(dca_env *env, const dca__conflict_question *question,
                                              const dca_options *options, dca_control *control,
                                              dca__conflict_set *out, dca_error *err);
void dca__conflict_set_free(dca_env *env, dca__conflict_set *set);

#endif
