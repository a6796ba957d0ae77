/* env_struct.h - the inside of dca_env, for alloc.c and log.c only. */
#ifndef DCA_BASE_ENV_STRUCT_H
#define DCA_BASE_ENV_STRUCT_H

#include "dcalloc/types.h"

#include <stdatomic.h>

struct dca_env {
    atomic_int references;
    _Atomic uint64_t used;
    _Atomic uint64_t peak;
    uint64_t limit; /* 0: none */
    void *user;
    void *(*allocate)(void *user, void *ptr, size_t old_size, size_t new_size);
    void (*log)(void *user, int32_t level, const char *line); /* NULL: silent */
};

#endif
