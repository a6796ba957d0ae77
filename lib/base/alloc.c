/* alloc.c - the env object and every allocation of the library.
 *
 * A block is a 16-byte header holding its payload size, then the payload. Header and payload are
 * counted in env->used; the limit is checked before the allocator is asked. This is the only file
 * that knows malloc. */
#include "base/alloc.h"

#include "base/env.h"
#include "base/env_struct.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER = 16 };

static void *libc_allocate(void *user, void *ptr, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, new_size);
}

/* Count `grow` more bytes against the limit, or refuse. */
static bool account(dca_env *env, size_t grow)
{
    const uint64_t used = atomic_fetch_add(&env->used, grow) + grow;
    if (env->limit != 0 && used > env->limit) {
        atomic_fetch_sub(&env->used, grow);
        return false;
    }
    uint64_t peak = atomic_load(&env->peak);
    while (used > peak && !atomic_compare_exchange_weak(&env->peak, &peak, used)) {
    }
    return true;
}

static size_t payload_size(const void *block)
{
    size_t bytes;
    memcpy(&bytes, (const char *)block - HEADER, sizeof bytes);
    return bytes;
}

static void *resize(dca_env *env, void *block, dca_nnz count, size_t size)
{
    if (count < 0 || (uint64_t)count > (SIZE_MAX / 2 - HEADER) / size) {
        return NULL;
    }
    const size_t bytes = (size_t)count * size;
    const size_t old = block == NULL ? 0 : payload_size(block);
    const size_t total = bytes + HEADER;
    const size_t old_total = block == NULL ? 0 : old + HEADER;
    if (total > old_total && !account(env, total - old_total)) {
        return NULL;
    }
    char *base = block == NULL ? NULL : (char *)block - HEADER;
    char *fresh = env->allocate(env->user, base, old_total, total);
    if (fresh == NULL) {
        if (total > old_total) {
            atomic_fetch_sub(&env->used, total - old_total);
        }
        return NULL;
    }
    if (total < old_total) {
        atomic_fetch_sub(&env->used, old_total - total);
    }
    memcpy(fresh, &bytes, sizeof bytes);
    return fresh + HEADER;
}

void *dca__alloc(dca_env *env, dca_nnz count, size_t size)
{
    return resize(env, NULL, count, size);
}

void *dca__alloc_zeros(dca_env *env, dca_nnz count, size_t size)
{
    void *block = resize(env, NULL, count, size);
    if (block != NULL) {
        memset(block, 0, (size_t)count * size);
    }
    return block;
}

void *dca__realloc(dca_env *env, void *block, dca_nnz count, size_t size)
{
    return resize(env, block, count, size);
}

void dca__free(dca_env *env, void *block)
{
    if (block == NULL) {
        return;
    }
    const size_t total = payload_size(block) + HEADER;
    env->allocate(env->user, (char *)block - HEADER, total, 0);
    atomic_fetch_sub(&env->used, total);
}

char *dca__strdup(dca_env *env, const char *text)
{
    const size_t length = strlen(text) + 1;
    char *copy = DCA_ARRAY(env, char, (dca_nnz)length);
    if (copy != NULL) {
        memcpy(copy, text, length);
    }
    return copy;
}

dca_status dca__reserve(dca_env *env, void **block, dca_nnz *capacity, dca_nnz need, size_t size)
{
    if (need <= *capacity && *block != NULL) {
        return DCA_OK;
    }
    dca_nnz grown = *capacity + *capacity / 2 + 8;
    if (grown < need) {
        grown = need;
    }
    void *fresh = resize(env, *block, grown, size);
    if (fresh == NULL) {
        return DCA_E_NOMEM;
    }
    *block = fresh;
    *capacity = grown;
    return DCA_OK;
}

dca_status dca__env_new(const dca_env_config *config, dca_env **out)
{
    dca_env proto;
    memset(&proto, 0, sizeof proto);
    proto.allocate = libc_allocate;
    if (config != NULL) {
        proto.user = config->user;
        proto.log = config->log;
        proto.limit = config->memory_limit;
        if (config->allocate != NULL) {
            proto.allocate = config->allocate;
        }
    }
    dca_env *env = proto.allocate(proto.user, NULL, 0, sizeof *env);
    if (env == NULL) {
        return DCA_E_NOMEM;
    }
    *env = proto;
    atomic_init(&env->references, 1);
    atomic_init(&env->used, 0);
    atomic_init(&env->peak, 0);
    *out = env;
    return DCA_OK;
}

dca_env *dca__env_retain(dca_env *env)
{
    atomic_fetch_add(&env->references, 1);
    return env;
}

void dca__env_release(dca_env *env)
{
    if (env != NULL && atomic_fetch_sub(&env->references, 1) == 1) {
        env->allocate(env->user, env, sizeof *env, 0);
    }
}

uint64_t dca__env_memory(const dca_env *env)
{
    return atomic_load(&env->used);
}

uint64_t dca__env_memory_peak(const dca_env *env)
{
    return atomic_load(&env->peak);
}
