/* stride.h - reading the arrays that bulk calls take: pointer and stride in bytes, NULL for the
 * default, stride 0 to repeat the first value. Strides may be negative; values need not be aligned. */
#ifndef DCA_BASE_STRIDE_H
#define DCA_BASE_STRIDE_H

#include "dcalloc/types.h"

#include <string.h>

static inline double dca__double_at(dca_doubles array, dca_nnz k, double missing)
{
    if (array.at == NULL) {
        return missing;
    }
    double value;
    memcpy(&value, (const char *)array.at + array.stride * (ptrdiff_t)k, sizeof value);
    return value;
}

static inline dca_index dca__index_at(dca_indices array, dca_nnz k, dca_index missing)
{
    if (array.at == NULL) {
        return missing;
    }
    dca_index value;
    memcpy(&value, (const char *)array.at + array.stride * (ptrdiff_t)k, sizeof value);
    return value;
}

/** NULL when there is none. */
static inline const char *dca__string_at(dca_strings array, dca_nnz k)
{
    if (array.at == NULL) {
        return NULL;
    }
    const char *value;
    memcpy(&value, (const char *)array.at + array.stride * (ptrdiff_t)k, sizeof value);
    return value;
}

/** Entries of `n` sparse lists together. */
static inline dca_nnz dca__sparse_total(dca_sparse lists, dca_index n)
{
    return lists.start == NULL || n == 0 ? 0 : lists.start[n] - lists.start[0];
}

static inline double dca__sparse_value(dca_sparse lists, dca_nnz k)
{
    return lists.value == NULL ? 1.0 : lists.value[k];
}

#endif
