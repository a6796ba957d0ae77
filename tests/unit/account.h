/* account.h - an allocator for tests: checks every size that it is told, counts what is out, and can
 * refuse. A block carries its size in front; the guard behind it is checked on free. */
#ifndef DCA_TESTS_ACCOUNT_H
#define DCA_TESTS_ACCOUNT_H

#include "base/env.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

typedef struct account {
    long blocks;    /* out now */
    long requests;  /* for new or larger blocks, so far */
    long refuse_at; /* this request is refused, 0: none */
    int for_ever;   /* and every one after it */
} account;

enum { ACCOUNT_FRONT = 16, ACCOUNT_GUARD = 16, ACCOUNT_FILL = 0xA5 };

static inline void account_check(const char *front, size_t old_size)
{
    size_t size;
    memcpy(&size, front, sizeof size);
    if (size != old_size)
        fail_msg("old size %zu told, the block has %zu", old_size, size);
    for (int k = 0; k < ACCOUNT_GUARD; k++) {
        if ((unsigned char)front[ACCOUNT_FRONT + size + (size_t)k] != ACCOUNT_FILL)
            fail_msg("written behind a block of %zu bytes", size);
    }
}

static inline void *account_allocate(void *user, void *ptr, size_t old_size, size_t new_size)
{
    account *book = user;
    char *front = ptr == NULL ? NULL : (char *)ptr - ACCOUNT_FRONT;
    if (front != NULL)
        account_check(front, old_size);
    else if (old_size != 0)
        fail_msg("old size %zu told for no block", old_size);
    if (new_size == 0) {
        book->blocks -= front != NULL;
        free(front);
        return NULL;
    }
    if (new_size > old_size) {
        book->requests++;
        const long past = book->requests - book->refuse_at;
        if (book->refuse_at > 0 && (past == 0 || (past > 0 && book->for_ever)))
            return NULL;
    }
    char *fresh = malloc(ACCOUNT_FRONT + new_size + ACCOUNT_GUARD);
    if (fresh == NULL)
        return NULL;
    memcpy(fresh, &new_size, sizeof new_size);
    memset(fresh + ACCOUNT_FRONT, ACCOUNT_FILL, new_size + ACCOUNT_GUARD);
    if (front != NULL) {
        memcpy(fresh + ACCOUNT_FRONT, ptr, old_size < new_size ? old_size : new_size);
        free(front);
    } else {
        book->blocks++;
    }
    return fresh + ACCOUNT_FRONT;
}

/** An env on this book; limit 0: none. The book must outlive it. */
static inline dca_env *account_env(account *book, uint64_t limit)
{
    dca_env_config config = DCA_ENV_CONFIG_INIT;
    config.user = book;
    config.allocate = account_allocate;
    config.memory_limit = limit;
    dca_env *env = NULL;
    if (dca__env_new(&config, &env) != DCA_OK)
        fail_msg("no env");
    return env;
}

/** Release the env and see that nothing is out. */
static inline void account_close(account *book, dca_env *env)
{
    dca__env_release(env);
    if (book->blocks != 0)
        fail_msg("%ld blocks were not freed", book->blocks);
}

#endif
