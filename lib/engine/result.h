/* result.h - one immutable answer, shared by reference count.
 *
 * A result is filled once, by the solve that makes it, and never written again; only its count is,
 * atomically, so that threads may share it. It holds everything that its getters tell: never the LP,
 * the model or the solver. */
#ifndef DCA_ENGINE_RESULT_H
#define DCA_ENGINE_RESULT_H

#include "engine/names.h"
#include "solve/solve.h"

#include <stdatomic.h>

/** What a model's result knows beyond the LP's: objects, tiers, limits. */
struct dca__model_answer;
/** Things that cannot hold together (conflict_words.h). */
struct dca__conflict;

struct dca_result {
    dca_env *env;
    atomic_int references;
    dca__answer answer;              /* the LP's; for a model that of its first tier */
    dca__names *names;               /* of the LP's rows and columns, retained; NULL: of a model */
    struct dca__model_answer *model; /* NULL: the result of an LP */
    struct dca__conflict *conflict;  /* NULL: none was looked for, or there is none */
};

/** Take over `answer` (zeroed then): the result owns its arrays. On DCA_E_NOMEM the caller still
 *  does. Retains `names`, which may be NULL. One reference, the caller's. */
DCA_NODISCARD dca_status dca__result_new(dca_env *env, dca__answer *answer, dca__names *names,
                                         dca_result **out);
dca_result *dca__result_retain(dca_result *result);
void dca__result_release(dca_result *result); /* NULL is a no-op. */

#endif
