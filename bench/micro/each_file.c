/* each_file.c - read, measure, free; the first file that fails ends the program. */
#include "each_file.h"

#include "io/mps.h"
#include "lp/lp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int one_file(dca_env *env, const char *path, each_file_measure *measure)
{
    dca_lp *lp = NULL;
    if (dca__mps_read(env, path, NULL, &lp, NULL) != DCA_OK) {
        return 1;
    }
    const char *name = strrchr(path, '/');
    double *cost = malloc((size_t)(lp->num_columns + 1) * sizeof *cost);
    int status = cost == NULL;
    if (status == 0) {
        dca_problem problem;
        dca__lp_view(lp, cost, &problem);
        status = measure(env, name == NULL ? path : name + 1, &problem);
    }
    dca__lp_release(lp);
    free(cost);
    return status;
}

int each_file(int argc, char **argv, each_file_measure *measure)
{
    dca_env *env = NULL;
    int status = dca__env_new(NULL, &env) != DCA_OK;
    for (int k = 1; k < argc && status == 0; k++) {
        status = one_file(env, argv[k], measure);
        if (status != 0) {
            fprintf(stderr, "%s: not read, not solved or out of memory\n", argv[k]);
        }
    }
    if (env != NULL) {
        dca__env_release(env);
    }
    return status;
}
