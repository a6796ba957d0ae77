/* random.c - numbers from a hash of (seed, stream, index): any of them at any time, in any order.
 *
 * The hash is a round each for seed, stream and index of the finaliser of SplitMix64 (Steele, Lea,
 * Flood: Fast splittable pseudorandom number generators, 2014). Powers of ranks are products and
 * square roots, which are rounded correctly everywhere; pow() is not. */
#include "dc.h"

#include <math.h>

enum { RANKS = 64, STREAM_IDENTITY = 1, STREAM_LOST = 2 };

static uint64_t mix(uint64_t z)
{
    z += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint64_t dc_hash(uint64_t seed, uint64_t stream, uint64_t index)
{
    return mix(mix(mix(seed) ^ stream) ^ index);
}

int64_t dc_below(uint64_t seed, uint64_t stream, uint64_t index, int64_t n)
{
    return (int64_t)(((dc_hash(seed, stream, index) >> 32) * (uint64_t)n) >> 32);
}

double dc_fraction(uint64_t seed, uint64_t stream, uint64_t index)
{
    return (double)(dc_hash(seed, stream, index) >> 44) * 0x1p-20;
}

double dc_zipf(int64_t rank, int skew)
{
    double power = 1.0;
    for (int k = 0; k < skew / 4; k++) {
        power *= (double)rank;
    }
    const double half = sqrt((double)rank);
    power *= skew % 4 >= 2 ? half : 1.0;
    power *= skew % 2 == 1 ? sqrt(half) : 1.0;
    return 1.0 / power;
}

double dc_size(uint64_t seed, uint64_t stream, uint64_t index, int skew, double largest)
{
    const int64_t rank = 1 + dc_below(seed, stream, index, RANKS);
    return fmax(1.0, floor(largest * dc_zipf(rank, skew)));
}

uint64_t dc_identity(const dc_parameters *given, uint64_t i)
{
    if (dc_fraction(given->seed, STREAM_IDENTITY, 2 * i) < given->alike) {
        return (uint64_t)dc_below(given->seed, STREAM_IDENTITY, 2 * i + 1, given->kinds);
    }
    return (uint64_t)given->kinds + i;
}

bool dc_lost(const dc_parameters *given, dca_index i, dca_index n)
{
    const dca_index lost = given->failures < n ? given->failures : n - 1;
    if (lost <= 0) {
        return false;
    }
    /* a run of consecutive objects, as what fails together stands together */
    const dca_index first = (dca_index)dc_below(given->seed, STREAM_LOST, 0, n);
    return (i - first + n) % n < lost;
}
