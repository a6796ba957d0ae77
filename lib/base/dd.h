/* dd.h - sums and products of doubles without their rounding error.
 *
 *     two_sum:     a + b = s + e exactly          [Knuth, The Art of Computer Programming 2, 4.2.2]
 *     two_product: a * b = p + e exactly, by splitting into halves of 26 bits   [1]
 *     dd:          a running sum hi + lo of such terms; the dot product of n terms is as accurate as
 *                  if computed in twice the precision and rounded once         [2]
 *
 * No fused multiply-add is used, so every compiler and processor gives the same bits. A product of
 * factors above 2^990 keeps its rounding error (the split would overflow).
 *
 * [1] Dekker (1971), "A floating-point technique for extending the available precision", Numer. Math.
 * [2] Ogita, Rump, Oishi (2005), "Accurate sum and dot product", SIAM J. Sci. Comput. */
#ifndef DCA_BASE_DD_H
#define DCA_BASE_DD_H

#include <math.h>

/** Half an ulp of 1: the largest relative error of one rounding. */
#define DCA_UNIT_ROUNDOFF 0x1p-53

typedef struct dca__dd {
    double hi, lo;
} dca__dd;

static inline double dca__two_sum(double a, double b, double *error)
{
    const double sum = a + b;
    const double b_part = sum - a;
    *error = (a - (sum - b_part)) + (b - b_part);
    return sum;
}

static inline double dca__two_product(double a, double b, double *error)
{
    const double product = a * b;
    if (fabs(a) > 0x1p990 || fabs(b) > 0x1p990) {
        *error = 0.0;
        return product;
    }
    const double a_shift = 134217729.0 * a; /* 2^27 + 1 */
    const double a_high = a_shift - (a_shift - a);
    const double a_low = a - a_high;
    const double b_shift = 134217729.0 * b;
    const double b_high = b_shift - (b_shift - b);
    const double b_low = b - b_high;
    *error = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
    return product;
}

static inline void dca__dd_add(dca__dd *sum, double term)
{
    double error;
    sum->hi = dca__two_sum(sum->hi, term, &error);
    sum->lo += error;
}

static inline void dca__dd_add_product(dca__dd *sum, double a, double b)
{
    double product_error;
    double sum_error;
    const double product = dca__two_product(a, b, &product_error);
    sum->hi = dca__two_sum(sum->hi, product, &sum_error);
    sum->lo += sum_error + product_error;
}

static inline double dca__dd_value(dca__dd sum)
{
    return sum.hi + sum.lo;
}

/** value - sum, with one rounding at the end. */
static inline double dca__dd_below(dca__dd sum, double value)
{
    return (value - sum.hi) - sum.lo;
}

#endif
