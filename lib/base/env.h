/* env.h - the environment of a family of objects: allocator, memory account, log sink.
 *
 * An env is shared by reference count: every object that allocates holds one. Counts are atomic, so
 * objects of one env may live in different threads (the allocator and log callbacks must then be
 * thread-safe). */
#ifndef DCA_BASE_ENV_H
#define DCA_BASE_ENV_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

/** config may be NULL; lib/api has validated it. */
DCA_NODISCARD dca_status dca__env_new(const dca_env_config *config, dca_env **out);
dca_env *dca__env_retain(dca_env *env);
void dca__env_release(dca_env *env); /* NULL is a no-op. */

uint64_t dca__env_memory(const dca_env *env);      /* Bytes in use now. */
uint64_t dca__env_memory_peak(const dca_env *env); /* Most bytes in use so far. */

#endif
