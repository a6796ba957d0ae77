/* strtab.c - names <-> indices. */
#include "base/strtab.h"

#include "base/alloc.h"
#include "base/rng.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
    LONG_WAY = 128,
    SEEDS = 64
}; /* A probe this long asks for another seed; so many there are. */

/* FNV-1a (Fowler, Noll, Vo) from a seeded start, finished by SplitMix64. */
static uint32_t hash(const dca__strtab *table, const char *text, size_t length)
{
    uint64_t h = 0xCBF29CE484222325u ^ dca__hash64(table->seed);
    for (size_t k = 0; k < length; k++) {
        h = (h ^ (unsigned char)text[k]) * 0x100000001B3u;
    }
    return (uint32_t)dca__hash64(h);
}

/* The bucket that holds `text`, or the empty one where it would go. */
static dca_nnz probe(const dca__strtab *table, uint32_t h, const char *text, size_t length)
{
    const dca_nnz mask = table->num_buckets - 1;
    dca_nnz b = h & mask;
    for (; table->bucket[b].slot != 0; b = (b + 1) & mask) {
        if (table->bucket[b].hash != h) {
            continue;
        }
        const char *other = table->text[table->bucket[b].slot - 1];
        if (strlen(other) == length && memcmp(other, text, length) == 0) {
            break;
        }
    }
    return b;
}

/* Put a name that is not there into the hash; false when it had to go a long way. */
static bool place(dca__strtab *table, dca_index slot)
{
    const char *text = table->text[slot];
    const size_t length = strlen(text);
    const uint32_t h = hash(table, text, length);
    const dca_nnz mask = table->num_buckets - 1;
    const dca_nnz b = probe(table, h, text, length);
    table->bucket[b].hash = h;
    table->bucket[b].slot = slot + 1;
    table->used++;
    return ((b - (dca_nnz)h) & mask) < LONG_WAY;
}

/* Hash all names anew; false when one had to go a long way. */
static bool place_all(dca__strtab *table)
{
    if (table->num_buckets > 0) {
        memset(table->bucket, 0, (size_t)table->num_buckets * sizeof *table->bucket);
    }
    table->used = 0;
    bool near = true;
    for (dca_index k = 0; k < table->count && near; k++) {
        near = table->text[k] == NULL || place(table, k) || table->seed >= SEEDS;
    }
    return near;
}

static void rebuild(dca__strtab *table)
{
    while (!place_all(table)) {
        table->seed++;
    }
}

/* Insert the name of a slot, which may be the one behind the last. */
static void insert(dca__strtab *table, dca_index slot)
{
    if (!place(table, slot) && table->seed < SEEDS) {
        table->seed++;
        const dca_index count = table->count;
        table->count = slot >= count ? slot + 1 : count;
        rebuild(table);
        table->count = count;
    }
}

/* A name that is in the pool goes with it. */
static void free_text(dca_env *env, const dca__strtab *table, char *text)
{
    const uintptr_t at = (uintptr_t)text - (uintptr_t)table->pool;
    if (table->pool == NULL || at >= table->pool_length) {
        dca__free(env, text);
    }
}

void dca__strtab_free(dca_env *env, dca__strtab *table)
{
    for (dca_index k = 0; k < table->count; k++) {
        free_text(env, table, table->text[k]);
    }
    dca__free(env, table->text);
    dca__free(env, table->bucket);
    dca__free(env, table->pool);
    memset(table, 0, sizeof *table);
}

dca_status dca__strtab_reserve(dca_env *env, dca__strtab *table, dca_index more)
{
    if (DCA_RESERVE(env, table->text, table->capacity, (dca_nnz)table->count + more) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    const dca_nnz need = 2 * (table->used + more) + 8; /* at most half full */
    if (need > table->num_buckets) {
        dca_nnz grown = table->num_buckets < 16 ? 16 : table->num_buckets;
        while (grown < need) {
            grown *= 2;
        }
        dca__bucket *fresh = dca__realloc(env, table->bucket, grown, sizeof *fresh);
        if (fresh == NULL) {
            return DCA_E_NOMEM;
        }
        table->bucket = fresh;
        table->num_buckets = grown;
        rebuild(table);
    }
    return DCA_OK;
}

dca_status dca__strtab_append(dca_env *env, dca__strtab *table, const char *name)
{
    if (dca__strtab_reserve(env, table, 1) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    if (name != NULL) {
        if (dca__strtab_find(table, name, strlen(name)) >= 0) {
            return DCA_E_ARG;
        }
        table->text[table->count] = dca__strdup(env, name);
        if (table->text[table->count] == NULL) {
            return DCA_E_NOMEM;
        }
        insert(table, table->count);
    } else {
        table->text[table->count] = NULL;
    }
    table->count++;
    return DCA_OK;
}

/* Take a name out of the hash: empty its bucket and move back what had probed past it. */
static void forget(dca__strtab *table, dca_index slot)
{
    const char *text = table->text[slot];
    const size_t length = strlen(text);
    const dca_nnz mask = table->num_buckets - 1;
    dca_nnz hole = probe(table, hash(table, text, length), text, length);
    table->bucket[hole].slot = 0;
    table->used--;
    for (dca_nnz b = (hole + 1) & mask; table->bucket[b].slot != 0; b = (b + 1) & mask) {
        const dca_nnz home = table->bucket[b].hash & mask;
        if (((b - home) & mask) >= ((b - hole) & mask)) {
            table->bucket[hole] = table->bucket[b];
            table->bucket[b].slot = 0;
            hole = b;
        }
    }
}

dca_status dca__strtab_set(dca_env *env, dca__strtab *table, dca_index slot, const char *name)
{
    char *copy = NULL;
    if (name != NULL) {
        const dca_index holder = dca__strtab_find(table, name, strlen(name));
        if (holder >= 0) {
            return holder == slot ? DCA_OK : DCA_E_ARG;
        }
        if (dca__strtab_reserve(env, table, 1) != DCA_OK) {
            return DCA_E_NOMEM;
        }
        copy = dca__strdup(env, name);
        if (copy == NULL) {
            return DCA_E_NOMEM;
        }
    }
    if (table->text[slot] != NULL) {
        forget(table, slot);
        free_text(env, table, table->text[slot]);
    }
    table->text[slot] = copy;
    if (copy != NULL) {
        insert(table, slot);
    }
    return DCA_OK;
}

void dca__strtab_truncate(dca_env *env, dca__strtab *table, dca_index count)
{
    while (table->count > count) {
        const dca_index last = table->count - 1;
        if (table->text[last] != NULL) {
            forget(table, last);
            free_text(env, table, table->text[last]);
        }
        table->count = last;
    }
}

void dca__strtab_compact(dca_env *env, dca__strtab *table, const dca_index *map)
{
    dca_index kept = 0;
    for (dca_index k = 0; k < table->count; k++) {
        if (map[k] >= 0) {
            table->text[kept++] = table->text[k];
        } else {
            free_text(env, table, table->text[k]);
        }
    }
    table->count = kept;
    rebuild(table);
}

dca_index dca__strtab_find(const dca__strtab *table, const char *name, size_t length)
{
    if (table->num_buckets == 0) {
        return -1;
    }
    return table->bucket[probe(table, hash(table, name, length), name, length)].slot - 1;
}

const char *dca__strtab_name(const dca__strtab *table, dca_index slot)
{
    return slot >= 0 && slot < table->count ? table->text[slot] : NULL;
}

/* The bytes of all names, each with its end. */
static size_t text_length(const dca__strtab *table)
{
    size_t sum = 0;
    for (dca_index k = 0; k < table->count; k++) {
        sum += table->text[k] != NULL ? strlen(table->text[k]) + 1 : 0;
    }
    return sum;
}

dca_status dca__strtab_copy(dca_env *env, const dca__strtab *from, dca__strtab *to)
{
    dca__strtab copy = *from;
    copy.capacity = from->count;
    copy.pool_length = text_length(from);
    copy.text = DCA_ARRAY(env, char *, copy.capacity);
    copy.bucket = DCA_ARRAY(env, dca__bucket, copy.num_buckets);
    copy.pool = DCA_ARRAY(env, char, (dca_nnz)copy.pool_length);
    if (copy.text == NULL || copy.bucket == NULL || copy.pool == NULL) {
        dca__free(env, copy.text);
        dca__free(env, copy.bucket);
        dca__free(env, copy.pool);
        return DCA_E_NOMEM;
    }
    if (copy.num_buckets > 0) {
        memcpy(copy.bucket, from->bucket, (size_t)copy.num_buckets * sizeof *copy.bucket);
    }
    char *end = copy.pool;
    for (dca_index k = 0; k < copy.count; k++) {
        copy.text[k] = NULL;
        if (from->text[k] != NULL) {
            const size_t length = strlen(from->text[k]) + 1;
            copy.text[k] = memcpy(end, from->text[k], length);
            end += length;
        }
    }
    *to = copy;
    return DCA_OK;
}
