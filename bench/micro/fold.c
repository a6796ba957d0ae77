/* fold.c - what looking for symmetry costs and gives, file by file.
 *
 *     build/release/bench/bench_fold FILE.mps.gz ...
 *
 * A line per file: rows, columns, entries; those of the quotient, or "-"; the factor by which rows and
 * columns shrink; entries touched per entry; the least milliseconds of some rounds. Sees the internals. */
#include "base/env.h"
#include "io/mps.h"
#include "lp/lp.h"
#include "lp/symmetry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 5 };

static int fold(dca_env *env, const char *path)
{
    dca_lp *lp = NULL;
    if (dca__mps_read(env, path, NULL, &lp, NULL) != DCA_OK) {
        return 1;
    }
    double *cost = malloc((size_t)(lp->num_columns + 1) * sizeof *cost);
    dca_problem problem;
    double least = INFINITY;
    dca__symmetry *symmetry = NULL;
    dca__symmetry_verdict verdict = DCA__SYMMETRY_NOTHING;
    int status = cost == NULL;
    if (status == 0) {
        dca__lp_view(lp, cost, &problem);
    }
    for (int round = 0; round < ROUNDS && status == 0; round++) {
        dca__symmetry_free(symmetry);
        symmetry = NULL;
        const double began = dca__seconds();
        status = dca__symmetry_new(env, &problem, NULL, &symmetry, &verdict) != DCA_OK;
        least = fmin(least, dca__seconds() - began);
    }
    if (status == 0) {
        const char *name = strrchr(path, '/');
        printf("%-40s %7d %7d %8lld ", name == NULL ? path : name + 1, (int)lp->num_rows,
               (int)lp->num_columns, (long long)lp->num_entries);
        if (verdict == DCA__SYMMETRY_REDUCED) {
            const dca_problem *q = dca__symmetry_quotient(symmetry);
            printf("%7d %7d %8.2f", (int)q->num_rows, (int)q->num_columns,
                   ((double)lp->num_rows + lp->num_columns) /
                       ((double)q->num_rows + q->num_columns));
        } else {
            printf("%7s %7s %8s", "-", "-", "-");
        }
        printf(" %7.2f %9.3f ms\n",
               (double)dca__symmetry_work(symmetry) / fmax(1.0, (double)lp->num_entries),
               1e3 * least);
    }
    dca__symmetry_free(symmetry);
    dca__lp_release(lp);
    free(cost);
    return status;
}

int main(int argc, char **argv)
{
    dca_env *env = NULL;
    int status = dca__env_new(NULL, &env) != DCA_OK;
    for (int k = 1; k < argc && status == 0; k++) {
        status = fold(env, argv[k]);
        if (status != 0) {
            fprintf(stderr, "%s: not read or out of memory\n", argv[k]);
        }
    }
    if (env != NULL) {
        dca__env_release(env);
    }
    return status;
}
