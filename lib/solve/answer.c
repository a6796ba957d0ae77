/* answer.c - the end of an answer. */
#include "solve/solve.h"

#include <string.h>

void dca__answer_free(dca_env *env, dca__answer *answer)
{
    dca__point_free(env, &answer->point);
    memset(answer, 0, sizeof *answer);
}
