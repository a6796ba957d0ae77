/* presolve_multiples.c - rows, or columns, that may be multiples of each other.
 *
 * Candidates agree in a hash of the places of their entries and of the ratio of two of them; equality
 * is checked to the last bits. O(entries) for the hashes, O(lengths) for each pair looked at. */
#include "lp/presolve_state.h"

#include "base/alloc.h"
#include "base/rng.h"

#include <string.h>

static const double MOST_RATIO = 1e3; /* either way */

dca_status dca__multiples_new(dca_env *env, dca_index lines, dca_index left, dca__multiples *out)
{
    dca__multiples m = {.mask = 15};
    while (m.mask < (uint64_t)left) {
        m.mask = 2 * m.mask + 1;
    }
    m.key = DCA_ARRAY(env, uint64_t, lines);
    m.before = DCA_ARRAY(env, dca_index, lines);
    m.head = DCA_ZEROS(env, dca_index, (dca_nnz)m.mask + 1);
    if (m.key == NULL || m.before == NULL || m.head == NULL) {
        dca__multiples_free(env, &m);
        return DCA_E_NOMEM;
    }
    *out = m;
    return DCA_OK;
}

void dca__multiples_free(dca_env *env, dca__multiples *m)
{
    dca__free(env, m->key);
    dca__free(env, m->before);
    dca__free(env, m->head);
}

static bool is_there(const dca__line *line, dca_index k, const dca_index *time)
{
    return time[line->index[k]] == DCA__THERE && line->value[k] != 0.0;
}

/* Of places and the ratio of the entries at the least and the largest, in any order of entries: the
 * same for multiples, but for rounding. */
static uint64_t key_of(const dca__line *line, const dca_index *time)
{
    uint64_t sum = 0;
    dca_index first = -1;
    dca_index last = -1;
    for (dca_index k = 0; k < line->length; k++) {
        if (is_there(line, k, time)) {
            sum += dca__hash64((uint64_t)line->index[k]);
            first = first < 0 || line->index[k] < line->index[first] ? k : first;
            last = last < 0 || line->index[k] > line->index[last] ? k : last;
        }
    }
    const float ratio = first < 0 ? 0.0F : (float)(line->value[last] / line->value[first]);
    uint32_t bits;
    memcpy(&bits, &ratio, sizeof bits);
    return sum + dca__hash64(bits);
}

/* From the place `at` (number + 1) on in the chain of k. */
static dca_index alike(const dca__multiples *m, dca_index k, dca_index at)
{
    while (at > 0 && m->key[at - 1] != m->key[k]) {
        at = m->before[at - 1];
    }
    return at - 1;
}

dca_index dca__multiples_first(dca__multiples *m, dca_index k, const dca__line *line,
                               const dca_index *time)
{
    m->key[k] = key_of(line, time);
    return alike(m, k, m->head[m->key[k] & m->mask]);
}

dca_index dca__multiples_next(const dca__multiples *m, dca_index k, dca_index at)
{
    return alike(m, k, m->before[at]);
}

void dca__multiples_add(dca__multiples *m, dca_index k)
{
    dca_index *head = &m->head[m->key[k] & m->mask];
    m->before[k] = *head;
    *head = k + 1;
}

double dca__presolve_ratio(dca__presolve *p, const dca__line *one, const dca__line *other,
                           const dca_index *time)
{
    dca_index left = 0;
    for (dca_index k = 0; k < one->length; k++) {
        if (is_there(one, k, time)) {
            p->mark[one->index[k]] = k + 1;
            left++;
        }
    }
    double ratio = 0.0;
    bool parallel = true;
    for (dca_index k = 0; k < other->length && parallel; k++) {
        if (!is_there(other, k, time)) {
            continue;
        }
        const dca_index mark = p->mark[other->index[k]];
        const double value = mark > 0 ? one->value[mark - 1] : 0.0;
        ratio = ratio == 0.0 && mark > 0 ? other->value[k] / value : ratio;
        const double want = ratio * value;
        parallel = mark > 0 && fabs(other->value[k] - want) <= 0x1p-51 * fabs(want);
        left--;
    }
    for (dca_index k = 0; k < one->length; k++) {
        p->mark[one->index[k]] = 0;
    }
    p->work += (int64_t)one->length + other->length;
    const bool fair = fabs(ratio) <= MOST_RATIO && fabs(ratio) >= 1.0 / MOST_RATIO;
    return parallel && left == 0 && fair ? ratio : 0.0;
}
