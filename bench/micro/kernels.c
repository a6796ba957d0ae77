/* kernels.c - what the kernels of the simplex cost at the optimal basis of a problem, file by file.
 *
 *     build/release/bench/bench_kernels FILE.mps.gz ...
 *
 * A line per file and kernel: microseconds and entries touched per call, means over ROUNDS calls on
 * positions and columns spread over the basis; density of the result. The problem is taken as it is,
 * neither presolved nor scaled. Sees the internals. */
#include "each_file.h"
#include "simplex/state.h"

#include <stdio.h>

enum { ROUNDS = 200, FACTORISATIONS = 5 };

typedef struct tally {
    const char *kernel;
    double seconds;
    int64_t work;
    double density; /* summed over the calls */
    int calls;
} tally;

static int64_t work_of(const dca__simplex *s)
{
    return s->work + dca__lu_work(s->lu);
}

static double density(const dca__spvec *v)
{
    dca_index nonzeros = 0;
    for (dca_index k = 0; k < dca__spvec_length(v); k++) {
        nonzeros += v->value[dca__spvec_at(v, k)] != 0.0;
    }
    return v->size == 0 ? 0.0 : (double)nonzeros / v->size;
}

/* One call is over: what stood on the clock and on the counter before it is given. */
static void note(tally *t, const dca__simplex *s, double began, int64_t before,
                 const dca__spvec *out)
{
    t->seconds += dca__seconds() - began;
    t->work += work_of(s) - before;
    t->density += out == NULL ? 0.0 : density(out);
    t->calls++;
}

static void print(const char *name, const dca__simplex *s, const tally *t)
{
    const double calls = t->calls > 0 ? t->calls : 1;
    printf("%-32s %7d %8d %-10s %10.2f us %12.0f entries %7.3f %%\n", name, (int)s->m, (int)s->n,
           t->kernel, 1e6 * t->seconds / calls, (double)t->work / calls,
           100.0 * t->density / calls);
}

/* The k-th of ROUNDS numbers spread over 0 .. n-1. */
static dca_index spread(int k, dca_index n)
{
    return (dca_index)((int64_t)k * n / ROUNDS);
}

static dca_index next_nonbasic(const dca__simplex *s, dca_index j)
{
    for (dca_index k = 0; k < s->total; k++, j = j + 1 == s->total ? 0 : j + 1) {
        if (s->position[j] < 0) {
            return j;
        }
    }
    return -1;
}

static int measure(const char *name, dca__simplex *s)
{
    tally factor = {.kernel = "factorise"}, btran = {.kernel = "btran e_p"};
    tally row = {.kernel = "pivot row"}, ftran = {.kernel = "ftran a_q"};
    for (int k = 0; k < FACTORISATIONS; k++) {
        const int64_t before = work_of(s);
        const double began = dca__seconds();
        if (dca__simplex_factorise(s) != DCA_OK) {
            return 1;
        }
        note(&factor, s, began, before, NULL);
    }
    for (int k = 0; k < ROUNDS && s->m > 0; k++) {
        int64_t before = work_of(s);
        double began = dca__seconds();
        dca__simplex_btran_unit(s, spread(k, s->m), &s->rho);
        note(&btran, s, began, before, &s->rho);
        before = work_of(s);
        began = dca__seconds();
        dca__simplex_pivot_row(s, &s->rho, &s->alpha_p);
        note(&row, s, began, before, &s->alpha_p);
        dca__spvec_clear(&s->rho);
        dca__spvec_clear(&s->alpha_p);
        const dca_index q = next_nonbasic(s, spread(k, s->total));
        if (q >= 0) {
            before = work_of(s);
            began = dca__seconds();
            dca__simplex_ftran_column(s, q, false, &s->alpha_q);
            note(&ftran, s, began, before, &s->alpha_q);
            dca__spvec_clear(&s->alpha_q);
        }
    }
    print(name, s, &factor);
    print(name, s, &btran);
    print(name, s, &row);
    print(name, s, &ftran);
    return 0;
}

static int kernels(dca_env *env, const char *name, const dca_problem *problem)
{
    dca__simplex *simplex = NULL;
    dca__simplex_report report;
    dca__settings settings;
    dca__settings_init(&settings);
    int status = dca__simplex_new(env, &simplex) != DCA_OK ||
                 dca__simplex_load(simplex, problem) != DCA_OK ||
                 dca__simplex_solve(simplex, &settings, DCA__METHOD_AUTO, NULL, &report) != DCA_OK;
    if (status == 0) {
        status = measure(name, simplex);
    }
    dca__simplex_free(simplex);
    return status;
}

int main(int argc, char **argv)
{
    return each_file(argc, argv, kernels);
}
