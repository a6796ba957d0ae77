/* test_strtab.c - the name table against the plain definition: a list searched from its start. */
#include "account.h"
#include "base/rng.h"
#include "base/strtab.h"

enum { SLOTS = 400, NAMES = 60 };

/* What the table must hold: the name number of each slot, -1 for none. */
typedef struct mirror {
    int name[SLOTS];
    int count;
} mirror;

static const char *spell(char text[24], int name)
{
    snprintf(text, 24, name % 2 ? "n%d" : "pool-%d", name);
    return text;
}

static int mirror_find(const mirror *m, int name)
{
    for (int k = 0; k < m->count; k++) {
        if (m->name[k] == name)
            return k;
    }
    return -1;
}

static void assert_agree(const dca__strtab *table, const mirror *m)
{
    char text[24];
    assert_int_equal(table->count, m->count);
    for (int k = 0; k < m->count; k++) {
        if (m->name[k] < 0)
            assert_null(dca__strtab_name(table, k));
        else
            assert_string_equal(dca__strtab_name(table, k), spell(text, m->name[k]));
    }
    for (int name = 0; name < NAMES; name++) {
        spell(text, name);
        assert_int_equal(dca__strtab_find(table, text, strlen(text)), mirror_find(m, name));
    }
}

static void compact(dca_env *env, dca__strtab *table, mirror *m, uint64_t seed)
{
    dca_index map[SLOTS];
    int kept = 0;
    for (int k = 0; k < m->count; k++) {
        map[k] = dca__hash64(seed + (uint64_t)k) % 3 == 0 ? -1 : kept;
        if (map[k] >= 0)
            m->name[kept++] = m->name[k];
    }
    m->count = kept;
    dca__strtab_compact(env, table, map);
}

/* The table gives way to a copy of it, which is edited from then on; memory is refused at first. */
static void become_copy(account *book, dca_env *env, dca__strtab *table)
{
    dca__strtab copy = {0};
    for (long k = 1; k <= 3; k++) {
        book->refuse_at = book->requests + k;
        assert_int_equal(dca__strtab_copy(env, table, &copy), DCA_E_NOMEM);
    }
    book->refuse_at = book->requests + 4; /* three blocks do */
    assert_int_equal(dca__strtab_copy(env, table, &copy), DCA_OK);
    book->refuse_at = 0;
    dca__strtab_free(env, table);
    *table = copy;
}

static void test_random_edits(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca__strtab table = {0};
    mirror m = {.count = 0};
    char text[24];
    for (uint64_t step = 0; step < 6000; step++) {
        const uint64_t key = dca__hash64(step);
        const int name = (int)(key % (NAMES + 10)) - 10; /* negative: no name */
        const char *const spelled = name < 0 ? NULL : spell(text, name);
        const int holder = name < 0 ? -1 : mirror_find(&m, name);
        const int action = (int)((key >> 32) % 100);
        if (action < 60 && m.count < SLOTS) {
            assert_int_equal(dca__strtab_append(env, &table, spelled),
                             holder < 0 ? DCA_OK : DCA_E_ARG);
            if (holder < 0)
                m.name[m.count++] = name < 0 ? -1 : name;
        } else if (action < 96 && m.count > 0) {
            const int slot = (int)((key >> 40) % (uint64_t)m.count);
            const bool taken = holder >= 0 && holder != slot;
            assert_int_equal(dca__strtab_set(env, &table, slot, spelled),
                             taken ? DCA_E_ARG : DCA_OK);
            if (!taken)
                m.name[slot] = name < 0 ? -1 : name;
        } else if (action < 98) {
            const int count = m.count - (int)((key >> 50) % 10);
            m.count = count < 0 ? 0 : count;
            dca__strtab_truncate(env, &table, m.count);
        } else {
            compact(env, &table, &m, step);
        }
        if (step % 50 == 0)
            assert_agree(&table, &m);
        if (step % 300 == 299) {
            become_copy(&book, env, &table);
            assert_agree(&table, &m);
        }
    }
    assert_agree(&table, &m);
    dca__strtab copy = {0};
    assert_int_equal(dca__strtab_copy(env, &table, &copy), DCA_OK);
    dca__strtab_free(env, &table);
    assert_agree(&copy, &m);
    dca__strtab_free(env, &copy);
    assert_int_equal(dca__env_memory(env), 0);
    account_close(&book, env);
}

/* Every allocation refused in turn: the table is as it was, and the retry goes through. */
static void test_refused_memory(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (long k = 1; k < 100; k++) {
        dca__strtab table = {0};
        book.refuse_at = book.requests + k;
        char text[24];
        int refused = 0;
        for (int name = 0; name < 30; name++) {
            spell(text, name);
            if (dca__strtab_append(env, &table, text) != DCA_OK) {
                refused++;
                assert_int_equal(table.count, name);
                assert_int_equal(dca__strtab_find(&table, text, strlen(text)), -1);
                assert_int_equal(dca__strtab_append(env, &table, text), DCA_OK);
            }
            assert_int_equal(dca__strtab_find(&table, text, strlen(text)), name);
        }
        dca__strtab_free(env, &table);
        if (refused == 0) {
            assert_true(k > 30); /* every request was tried */
            account_close(&book, env);
            return;
        }
    }
    fail_msg("more than 100 requests for 30 names");
}

/* After reserve(n) the table itself needs no memory for n slots without names. */
static void test_reserve(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca__strtab table = {0};
    assert_int_equal(dca__strtab_reserve(env, &table, 100), DCA_OK);
    book.refuse_at = book.requests + 1;
    book.for_ever = 1;
    for (int k = 0; k < 100; k++)
        assert_int_equal(dca__strtab_append(env, &table, NULL), DCA_OK);
    dca__strtab_free(env, &table);
    account_close(&book, env);
}

/* Lookup by length: a prefix, a longer word and bytes after a NUL are other names. */
static void test_lengths(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca__strtab table = {0};
    assert_int_equal(dca__strtab_find(&table, "a", 1), -1);
    assert_int_equal(dca__strtab_append(env, &table, "ab"), DCA_OK);
    assert_int_equal(dca__strtab_append(env, &table, ""), DCA_OK);
    assert_int_equal(dca__strtab_find(&table, "abc", 2), 0);
    assert_int_equal(dca__strtab_find(&table, "abc", 3), -1);
    assert_int_equal(dca__strtab_find(&table, "abc", 1), -1);
    assert_int_equal(dca__strtab_find(&table, "abc", 0), 1);
    for (size_t length = 3; length < 64; length++) {
        char text[64] = "ab";
        assert_int_equal(dca__strtab_find(&table, text, length), -1);
    }
    assert_null(dca__strtab_name(&table, -1));
    assert_null(dca__strtab_name(&table, 2));
    dca__strtab_free(env, &table);
    account_close(&book, env);
}

/* Names chosen to fall on 64 neighbouring places of the first hash: none goes a long way, all are
 * found, also after some were taken out. */
static void test_flood(void **state)
{
    (void)state;
    enum { FLOOD = 6000, MASK = 0x3FFF };
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca__strtab table = {0};
    char text[16];
    unsigned number = 0;
    for (int k = 0; k < FLOOD; number++) {
        const int length = snprintf(text, sizeof text, "%u", number);
        uint64_t h = 0xCBF29CE484222325u ^ dca__hash64(0);
        for (int c = 0; c < length; c++)
            h = (h ^ (unsigned char)text[c]) * 0x100000001B3u;
        if ((dca__hash64(h) & MASK) >= 64)
            continue;
        assert_int_equal(dca__strtab_append(env, &table, text), DCA_OK);
        k++;
    }
    assert_int_equal(table.num_buckets, MASK + 1);
    assert_in_range(table.seed, 1, 8);
    for (dca_nnz b = 0; b < table.num_buckets; b++) {
        if (table.bucket[b].slot != 0)
            assert_in_range((b - (dca_nnz)table.bucket[b].hash) & MASK, 0, 127);
    }
    dca__strtab_truncate(env, &table, FLOOD / 2);
    for (dca_index k = 0; k < FLOOD / 2; k++) {
        const char *name = dca__strtab_name(&table, k);
        assert_int_equal(dca__strtab_find(&table, name, strlen(name)), k);
    }
    dca__strtab_free(env, &table);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_edits), cmocka_unit_test(test_refused_memory),
        cmocka_unit_test(test_reserve),      cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_flood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
