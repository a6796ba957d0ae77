/* alloc.h - every allocation of the library.
 *
 * Blocks come from the env's allocator, are counted against its limit and carry their size in front,
 * so that free needs no size. Content is undefined unless the name says zeros. Every function that
 * can fail returns NULL or DCA_E_NOMEM and leaves its arguments as they were. */
#ifndef DCA_BASE_ALLOC_H
#define DCA_BASE_ALLOC_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#include <stdbool.h>

/** count * size bytes, or NULL (also on overflow). count == 0 gives a valid block. */
DCA_NODISCARD void *dca__alloc(dca_env *env, dca_nnz count, size_t size);
DCA_NODISCARD void *dca__alloc_zeros(dca_env *env, dca_nnz count, size_t size);
/** Resize keeping the common prefix; on NULL the old block stands. block NULL allocates. */
DCA_NODISCARD void *dca__realloc(dca_env *env, void *block, dca_nnz count, size_t size);
void dca__free(dca_env *env, void *block); /* NULL is a no-op. */

/** A copy of a string, or NULL. */
DCA_NODISCARD char *dca__strdup(dca_env *env, const char *text);

/** Make room for `need` items in the array *block of capacity *capacity (items), growing by half.
 *  On failure both stand as they were. Amortised O(1) an item. */
DCA_NODISCARD dca_status dca__reserve(dca_env *env, void **block, dca_nnz *capacity, dca_nnz need,
                                      size_t size);

/** dca__reserve for a typed array: DCA_RESERVE(env, lp->cost, lp->cost_capacity, n + 1). */
#define DCA_RESERVE(env, array, capacity, need)                                                    \
    dca__reserve((env), (void **)(void *)&(array), &(capacity), (need), sizeof *(array))

/** The typed allocations: DCA_NEW(env, dca_lp), DCA_ARRAY(env, double, n), DCA_ZEROS(...). */
#define DCA_NEW(env, type)          ((type *)dca__alloc_zeros((env), 1, sizeof(type)))
#define DCA_ARRAY(env, type, count) ((type *)dca__alloc((env), (count), sizeof(type)))
#define DCA_ZEROS(env, type, count) ((type *)dca__alloc_zeros((env), (count), sizeof(type)))

#endif
