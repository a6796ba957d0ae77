/* fold.c - what looking for symmetry costs and gives, file by file.
 *
 *     build/release/bench/bench_fold FILE.mps.gz ...
 *
 * A line per file: rows, columns, entries; those of the quotient, or "-"; the factor by which rows and
 * columns shrink; entries touched per entry; the least milliseconds of some rounds. Sees the internals. */
#include "each_file.h"
#include "lp/symmetry.h"

#include <math.h>
#include <stdio.h>

enum { ROUNDS = 5 };

static int fold(dca_env *env, const char *name, const dca_problem *problem)
{
    const double size = (double)problem->num_rows + problem->num_columns;
    long long entries = 0;
    for (dca_index j = 0; j < problem->num_columns; j++) {
        entries += problem->length[j];
    }
    double least = INFINITY;
    dca__symmetry *symmetry = NULL;
    dca__symmetry_verdict verdict = DCA__SYMMETRY_NOTHING;
    for (int round = 0; round < ROUNDS; round++) {
        dca__symmetry_free(symmetry);
        symmetry = NULL;
        const double began = dca__seconds();
        if (dca__symmetry_new(env, problem, NULL, &symmetry, &verdict) != DCA_OK) {
            return 1;
        }
        least = fmin(least, dca__seconds() - began);
    }
    printf("%-40s %7d %7d %8lld ", name, (int)problem->num_rows, (int)problem->num_columns,
           entries);
    if (verdict == DCA__SYMMETRY_REDUCED) {
        const dca_problem *q = dca__symmetry_quotient(symmetry);
        printf("%7d %7d %8.2f", (int)q->num_rows, (int)q->num_columns,
               size / ((double)q->num_rows + q->num_columns));
    } else {
        printf("%7s %7s %8s", "-", "-", "-");
    }
    printf(" %7.2f %9.3f ms\n", (double)dca__symmetry_work(symmetry) / fmax(1.0, (double)entries),
           1e3 * least);
    dca__symmetry_free(symmetry);
    return 0;
}

int main(int argc, char **argv)
{
    return each_file(argc, argv, fold);
}
