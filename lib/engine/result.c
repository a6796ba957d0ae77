/* result.c - the life of a result. O(1) but the last release, which frees the arrays. */
#include "engine/result.h"

#include "base/alloc.h"
#include "base/env.h"
#include "engine/model_answer.h"
#include "explain/conflict_words.h"

#include <string.h>

dca_status dca__result_new(dca_env *env, dca__answer *answer, dca__names *names, dca_result **out)
{
    dca_result *result = DCA_NEW(env, dca_result);
    if (result == NULL) {
        return DCA_E_NOMEM;
    }
    result->env = dca__env_retain(env);
    atomic_init(&result->references, 1);
    result->answer = *answer;
    result->names = names == NULL ? NULL : dca__names_retain(names);
    memset(answer, 0, sizeof *answer);
    *out = result;
    return DCA_OK;
}

dca_result *dca__result_retain(dca_result *result)
{
    atomic_fetch_add_explicit(&result->references, 1, memory_order_relaxed);
    return result;
}

void dca__result_release(dca_result *result)
{
    if (result == NULL ||
        atomic_fetch_sub_explicit(&result->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    dca_env *env = result->env;
    dca__answer_free(env, &result->answer);
    dca__names_release(result->names);
    dca__model_answer_free(result->model);
    dca__conflict_free(result->conflict);
    dca__free(env, result);
    dca__env_release(env);
}
