/* sort.h - in-place sorting with a total order, so that ties cannot depend on the C library.
 *
 * Heapsort (Williams 1964), insertion sort below 16 items: O(n log n) at worst, no memory. */
#ifndef DCA_BASE_SORT_H
#define DCA_BASE_SORT_H

#include "dcalloc/types.h"

#include <stdbool.h>

/** Sort whatever `context` holds, 0 <= i, j < n. less must be a strict total order. */
void dca__sort(void *context, dca_nnz n, bool (*less)(const void *context, dca_nnz i, dca_nnz j),
               void (*swap)(void *context, dca_nnz i, dca_nnz j));

/** index[] ascending. */
void dca__sort_index(dca_index *index, dca_nnz n);
/** index[] ascending, value[] moved along: entries of a sparse vector. */
void dca__sort_entries(dca_index *index, double *value, dca_nnz n);
/** index[] by ascending key[index[k]], ties by index. */
void dca__sort_by_key(dca_index *index, dca_nnz n, const double *key);

#endif
