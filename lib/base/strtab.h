/* strtab.h - names <-> indices: a growing array of strings and a hash of them.
 *
 * A slot may hold no name (NULL). Names that are set are unique. Lookup O(length), set amortised
 * O(length); the text lives until its slot is set again or the table is freed. Names chosen to fall on
 * one place of the hash do not slow it down: when a name finds too many others in its way, the table
 * is hashed anew with another seed, the same one in every run. */
#ifndef DCA_BASE_STRTAB_H
#define DCA_BASE_STRTAB_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

typedef struct dca__bucket {
    uint32_t hash;  /* its low half */
    dca_index slot; /* slot + 1, 0: empty */
} dca__bucket;

typedef struct dca__strtab {
    char **text;     /* [capacity] one block each, or in `pool`, or NULL */
    dca_index count; /* slots in use */
    dca_nnz capacity;
    dca__bucket *bucket; /* [num_buckets] open addressing, linear probing */
    dca_nnz num_buckets; /* a power of two, or 0 */
    dca_nnz used;        /* buckets filled */
    uint64_t seed;       /* of the hash */
    char *pool;          /* of a copy: the names that it was made with, in one block */
    size_t pool_length;
} dca__strtab;

void dca__strtab_free(dca_env *env, dca__strtab *table);
/** Make room for `more` slots and names, so that the next `more` appends cannot fail. */
DCA_NODISCARD dca_status dca__strtab_reserve(dca_env *env, dca__strtab *table, dca_index more);
/** Append a slot; name may be NULL. DCA_E_ARG when the name is taken, DCA_E_NOMEM. */
DCA_NODISCARD dca_status dca__strtab_append(dca_env *env, dca__strtab *table, const char *name);
/** Rename slot (NULL: unname). DCA_E_ARG when another slot has that name. */
DCA_NODISCARD dca_status dca__strtab_set(dca_env *env, dca__strtab *table, dca_index slot,
                                         const char *name);
/** Drop the slots from `count` on: undoes appends. */
void dca__strtab_truncate(dca_env *env, dca__strtab *table, dca_index count);
/** Keep slots with map[k] >= 0 in their order; map[k] is the new index. */
void dca__strtab_compact(dca_env *env, dca__strtab *table, const dca_index *map);
/** The slot of a name, or -1. */
dca_index dca__strtab_find(const dca__strtab *table, const char *name, size_t length);
/** The name of a slot, or NULL. */
const char *dca__strtab_name(const dca__strtab *table, dca_index slot);
/** Three blocks, whatever the number of names; *to can be changed like any other. O(text and buckets).
 *  On DCA_E_NOMEM *to is as it was. */
DCA_NODISCARD dca_status dca__strtab_copy(dca_env *env, const dca__strtab *from, dca__strtab *to);

#endif
