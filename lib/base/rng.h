/* rng.h - SplitMix64: reproducible random numbers and hashes of stable indices.
 *
 * Steele, Lea, Flood (2014), "Fast splittable pseudorandom number generators", OOPSLA. */
#ifndef DCA_BASE_RNG_H
#define DCA_BASE_RNG_H

#include <stdint.h>

static inline uint64_t dca__hash64(uint64_t key)
{
    uint64_t z = key + 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/** Uniform in [0, 1): 53 bits of the hash of `key`. */
static inline double dca__hash_unit(uint64_t key)
{
    return (double)(dca__hash64(key) >> 11) * 0x1p-53;
}

#endif
