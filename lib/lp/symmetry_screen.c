/* symmetry_screen.c - rounds of keys: colour refinement by the whole, and the place to give up.
 *
 *     round 0   key_i = h(rl_i, ru_i),   key_j = h(c_j, l_j, u_j)
 *     round t   key_i = h(key_i, sum_j h(a_ij, key_j)),   then   key_j = h(key_j, sum_i h(a_ij, key_i))
 *
 * in integers modulo 2^64, so that the order of summation is no matter. Different keys mean different
 * classes of the coarsest equitable partition, whatever the round: as soon as there are more of them
 * than pay, there is nothing to be gained. That takes two rounds on most problems without symmetry. When
 * a round splits nothing, the partition is the coarsest equitable one.
 *
 * O(nnz) a round, at most ROUNDS. Chains that need more are left to the worklist. */
#include "lp/symmetry_state.h"

#include "base/alloc.h"

enum { ROUNDS = 8 };

typedef struct screen {
    uint64_t *row_key, *column_key; /* [m], [n] */
    uint64_t *sum;                  /* [m] */
    dca_index *slot;                /* [mask + 1] a class, or -1 */
    uint64_t *class_key;            /* [limit + 1] by class */
    uint64_t mask;                  /* slots are a power of two, twice as many as classes */
} screen;

static uint64_t mix(uint64_t key, uint64_t with)
{
    return dca__hash64(key ^ (with * 0xD6E8FEB86659FD93u));
}

static void first_keys(const dca_problem *o, screen *w)
{
    for (dca_index i = 0; i < o->num_rows; i++) {
        w->row_key[i] =
            mix(dca__number_bits(o->row_lower[i]), dca__number_bits(o->row_upper[i]) + 1);
    }
    for (dca_index j = 0; j < o->num_columns; j++) {
        const uint64_t bounds =
            mix(dca__number_bits(o->lower[j]), dca__number_bits(o->upper[j]) + 1);
        w->column_key[j] = mix(bounds, dca__number_bits(o->cost[j]));
    }
}

/* Classes by equal keys. False: more than `most` of them. */
static bool classify(screen *w, const uint64_t *key, int64_t most, dca__classes *classes)
{
    memset(w->slot, -1, (size_t)(w->mask + 1) * sizeof *w->slot);
    dca_index number = 0;
    for (dca_index k = 0; k < classes->count; k++) {
        uint64_t at = key[k] & w->mask;
        while (w->slot[at] >= 0 && w->class_key[w->slot[at]] != key[k]) {
            at = (at + 1) & w->mask;
        }
        if (w->slot[at] < 0) {
            if (number >= most) {
                return false;
            }
            w->slot[at] = number;
            w->class_key[number++] = key[k];
        }
        classes->of[k] = w->slot[at];
    }
    classes->number = number;
    return true;
}

static void key_rows(const dca_problem *o, screen *w)
{
    memset(w->sum, 0, (size_t)o->num_rows * sizeof *w->sum);
    for (dca_index j = 0; j < o->num_columns; j++) {
        const uint64_t key = w->column_key[j];
        const dca_nnz end = o->start[j] + o->length[j];
        for (dca_nnz e = o->start[j]; e < end; e++) {
            w->sum[o->index[e]] += mix(key, dca__number_bits(o->value[e]));
        }
    }
    for (dca_index i = 0; i < o->num_rows; i++) {
        w->row_key[i] = mix(w->row_key[i], w->sum[i]);
    }
}

static void key_columns(const dca_problem *o, screen *w)
{
    for (dca_index j = 0; j < o->num_columns; j++) {
        uint64_t sum = 0;
        const dca_nnz end = o->start[j] + o->length[j];
        for (dca_nnz e = o->start[j]; e < end; e++) {
            sum += mix(w->row_key[o->index[e]], dca__number_bits(o->value[e]));
        }
        w->column_key[j] = mix(w->column_key[j], sum);
    }
}

/* Both kinds by their keys. False when it does not pay. */
static bool classify_rows(dca__symmetry *s, screen *w)
{
    return classify(w, w->row_key, s->limit - s->columns.number, &s->rows);
}

static bool classify_columns(dca__symmetry *s, screen *w)
{
    return classify(w, w->column_key, s->limit - s->rows.number, &s->columns);
}

static bool give_up(dca__symmetry *s)
{
    s->rows.number = s->rows.count; /* as good as */
    s->columns.number = s->columns.count;
    return false;
}

/* One round; false when it is over: does not pay, or told to stop. */
static bool round_of_keys(dca__symmetry *s, screen *w)
{
    const int64_t each = s->entries + s->rows.count + s->columns.count;
    if (dca__symmetry_poll(s, each)) {
        return false;
    }
    key_rows(s->original, w);
    if (!classify_rows(s, w)) {
        return give_up(s);
    }
    if (dca__symmetry_poll(s, each)) {
        return false;
    }
    key_columns(s->original, w);
    return classify_columns(s, w) || give_up(s);
}

static void run(dca__symmetry *s, screen *w, bool *stable)
{
    first_keys(s->original, w);
    if (dca__symmetry_poll(s, (int64_t)s->rows.count + s->columns.count)) {
        return;
    }
    if (!classify_rows(s, w) || !classify_columns(s, w)) {
        (void)give_up(s);
        return;
    }
    for (int round = 0; round < ROUNDS && !*stable; round++) {
        const int64_t before = (int64_t)s->rows.number + s->columns.number;
        if (!round_of_keys(s, w)) {
            return;
        }
        *stable = (int64_t)s->rows.number + s->columns.number == before;
    }
}

dca_status dca__symmetry_screen(dca__symmetry *s, bool *stable)
{
    dca_env *env = s->env;
    uint64_t slots = 16;
    while (slots < 2 * (uint64_t)s->limit) {
        slots *= 2;
    }
    *stable = false;
    screen w = {DCA_ARRAY(env, uint64_t, s->rows.count), DCA_ARRAY(env, uint64_t, s->columns.count),
                DCA_ARRAY(env, uint64_t, s->rows.count), DCA_ARRAY(env, dca_index, (dca_nnz)slots),
                DCA_ARRAY(env, uint64_t, s->limit + 1),  slots - 1};
    dca_status status = DCA_E_NOMEM;
    if (w.row_key != NULL && w.column_key != NULL && w.sum != NULL && w.slot != NULL &&
        w.class_key != NULL) {
        run(s, &w, stable);
        status = DCA_OK;
    }
    dca__free(env, w.row_key);
    dca__free(env, w.column_key);
    dca__free(env, w.sum);
    dca__free(env, w.slot);
    dca__free(env, w.class_key);
    return status;
}
