/* verify_sum.h - what verify.c and verify_ray.c share: sums with their magnitude. */
#ifndef DCA_LP_VERIFY_SUM_H
#define DCA_LP_VERIFY_SUM_H

#include "base/dd.h"
#include "dcalloc/types.h"

#include <stdbool.h>

/** A compensated sum and the sum of its terms' magnitudes. */
typedef struct dca__sum {
    dca__dd total;
    double magnitude;
} dca__sum;

static inline void dca__sum_add(dca__sum *sum, double a, double b)
{
    dca__dd_add_product(&sum->total, a, b);
    sum->magnitude += fabs(a * b);
}

/** rows[i] = (A x)_i, [m]. O(entries of columns with x_j != 0). */
void dca__sum_rows(const dca_problem *problem, const double *x, dca__sum *rows);
/** (A'y)_j. */
dca__sum dca__sum_column(const dca_problem *problem, dca_index j, const double *y);
bool dca__all_finite(const double *value, dca_index n);
/** Nothing known: violations and gap infinite, bound -infinity. */
void dca__certificate_clear(dca_certificate *cert, dca_certificate_kind kind);

#endif
