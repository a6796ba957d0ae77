/* symmetry_refine.c - colour refinement with a worklist.
 *
 * A class C on the worklist splits the classes of the other side: members f of a class stay together
 * when their entries in C have equal sums of h(a_ef) over e in C, hashes modulo 2^64, added up in any
 * order. Of the parts the largest keeps the number of the class; the others go to the worklist. Where
 * the class was not on it that is all but the largest part, which is enough: what C and all its parts
 * but one count equally, the last part does, too (Hopcroft). An entry is therefore touched at most
 * 1 + log2 times, as its row or column is in a part of at most half the size each time.
 *
 * Members of a class are contiguous; those hit by C are moved to the front of their class, so that a
 * splitter costs its entries and the sorting of what it splits, never the size of a class. */
#include "lp/symmetry_state.h"

#include "base/alloc.h"
#include "base/sort.h"
#include "lp/lp.h"

typedef struct side {
    dca_index count;
    const dca_nnz *start;    /* entries of member k: start[k] .. start[k] + length_of(k) - 1 */
    const dca_index *length; /* or NULL: up to start[k + 1] */
    const dca_index *index;
    const double *value;

    dca_index *member; /* [count] by class */
    dca_index *place;  /* [count] the inverse */
    dca_index *of;     /* [count] class */
    uint64_t *sum;     /* [count] zero between splitters */
    dca_index number;  /* of classes; arrays below have room for `limit` of them */
    dca_index *first, *size;
    dca_index *hits; /* members hit, zero between splitters */
    dca_index *hit;  /* [num_hit] classes with hits */
    dca_index num_hit;
    dca_index *queue; /* [num_queued] a stack */
    uint8_t *queued;
    dca_index num_queued;
} side;

static bool allocate_side(dca_env *env, side *a, dca_nnz limit)
{
    a->member = DCA_ARRAY(env, dca_index, a->count);
    a->place = DCA_ARRAY(env, dca_index, a->count);
    a->sum = DCA_ZEROS(env, uint64_t, a->count);
    a->first = DCA_ARRAY(env, dca_index, limit);
    a->size = DCA_ZEROS(env, dca_index, limit);
    a->hits = DCA_ZEROS(env, dca_index, limit);
    a->hit = DCA_ARRAY(env, dca_index, limit);
    a->queue = DCA_ARRAY(env, dca_index, limit);
    a->queued = DCA_ZEROS(env, uint8_t, limit);
    return a->member != NULL && a->place != NULL && a->sum != NULL && a->first != NULL &&
           a->size != NULL && a->hits != NULL && a->hit != NULL && a->queue != NULL &&
           a->queued != NULL;
}

static void free_side(dca_env *env, side *a)
{
    dca__free(env, a->member);
    dca__free(env, a->place);
    dca__free(env, a->sum);
    dca__free(env, a->first);
    dca__free(env, a->size);
    dca__free(env, a->hits);
    dca__free(env, a->hit);
    dca__free(env, a->queue);
    dca__free(env, a->queued);
}

static void enqueue(side *a, dca_index class)
{
    if (!a->queued[class]) {
        a->queued[class] = 1;
        a->queue[a->num_queued++] = class;
    }
}

/* Members in the order of their classes, all classes on the worklist. */
static void fill_side(side *a)
{
    for (dca_index k = 0; k < a->count; k++) {
        a->size[a->of[k]]++;
    }
    dca_index next = 0;
    for (dca_index class = 0; class < a->number; class ++) {
        a->first[class] = next;
        next += a->size[class];
        a->size[class] = 0;
        enqueue(a, class);
    }
    for (dca_index k = 0; k < a->count; k++) {
        const dca_index class = a->of[k];
        const dca_index at = a->first[class] + a->size[class]++;
        a->member[at] = k;
        a->place[k] = at;
    }
}

static void swap_members(side *a, dca_index p, dca_index q)
{
    const dca_index k = a->member[p];
    const dca_index l = a->member[q];
    a->member[p] = l;
    a->member[q] = k;
    a->place[l] = p;
    a->place[k] = q;
}

/* Member f of `to` has an entry `value` in the splitter. */
static void strike(side *to, dca_index f, double value)
{
    const dca_index class = to->of[f];
    const dca_index next = to->first[class] + to->hits[class];
    if (to->place[f] >= next) {
        if (to->hits[class] == 0) {
            to->hit[to->num_hit++] = class;
        }
        swap_members(to, to->place[f], next);
        to->hits[class]++;
    }
    to->sum[f] += dca__hash64(dca__number_bits(value));
}

/* The sums over a splitter; false when told to stop. */
static bool gather(dca__symmetry *s, const side *from, dca_index class, side *to)
{
    for (dca_index t = 0; t < from->size[class]; t++) {
        const dca_index k = from->member[from->first[class] + t];
        const dca_nnz begin = from->start[k];
        const dca_nnz end =
            from->length != NULL ? begin + from->length[k] : from->start[(dca_nnz)k + 1];
        for (dca_nnz e = begin; e < end; e++) {
            strike(to, from->index[e], from->value[e]);
        }
        if (dca__symmetry_poll(s, end - begin + 1)) {
            return false;
        }
    }
    return true;
}

/* ---- Splitting --------------------------------------------------------------------------------------- */

typedef struct hit_members {
    side *of;
    dca_index first;
} hit_members;

static bool sum_less(const void *context, dca_nnz a, dca_nnz b)
{
    const hit_members *h = context;
    const dca_index k = h->of->member[h->first + a];
    const dca_index l = h->of->member[h->first + b];
    const uint64_t *sum = h->of->sum;
    return sum[k] != sum[l] ? sum[k] < sum[l] : k < l;
}

static void sum_swap(void *context, dca_nnz a, dca_nnz b)
{
    hit_members *h = context;
    swap_members(h->of, h->first + (dca_index)a, h->first + (dca_index)b);
}

static bool sums_differ(const side *a, dca_index first, dca_index count)
{
    for (dca_index t = 1; t < count; t++) {
        if (a->sum[a->member[first + t]] != a->sum[a->member[first]]) {
            return true;
        }
    }
    return false;
}

/* The end of the run of equal sums that begins at `at`. */
static dca_index run_end(const side *a, dca_index at, dca_index end)
{
    const uint64_t sum = a->sum[a->member[at]];
    while (at < end && a->sum[a->member[at]] == sum) {
        at++;
    }
    return at;
}

/* Parts first..end-1 of a class get a class of their own, on the worklist. */
static void separate(side *a, dca_index first, dca_index end)
{
    const dca_index class = a->number++;
    a->first[class] = first;
    a->size[class] = end - first;
    a->hits[class] = 0;
    for (dca_index p = first; p < end; p++) {
        a->of[a->member[p]] = class;
    }
    enqueue(a, class);
}

/* Split one class by the sums of its members that were hit, which are in front and sorted; `limit`
 *  classes at most on this side, else false. */
static bool split(side *a, dca_index class, dca_index limit)
{
    const dca_index first = a->first[class];
    const dca_index hit_end = first + a->hits[class];
    const dca_index end = first + a->size[class];
    dca_index kept = hit_end; /* the largest part: those not hit, to begin with */
    dca_index kept_size = end - hit_end;
    dca_index parts = end > hit_end ? 1 : 0;
    for (dca_index at = first; at < hit_end; parts++) {
        const dca_index next = run_end(a, at, hit_end);
        if (next - at > kept_size) {
            kept = at;
            kept_size = next - at;
        }
        at = next;
    }
    if (a->number > limit - (parts - 1)) {
        return false;
    }
    for (dca_index at = first; at < hit_end;) {
        const dca_index next = run_end(a, at, hit_end);
        if (at != kept) {
            separate(a, at, next);
        }
        at = next;
    }
    if (kept != hit_end && end > hit_end) {
        separate(a, hit_end, end);
    }
    a->first[class] = kept;
    a->size[class] = kept_size;
    return true;
}

/* All classes that were hit. False: more classes than pay. */
static bool split_all(dca__symmetry *s, side *a, dca_index limit)
{
    bool pays = true;
    for (dca_index h = 0; h < a->num_hit; h++) {
        const dca_index class = a->hit[h];
        const dca_index first = a->first[class];
        const dca_index count = a->hits[class];
        const bool differ = sums_differ(a, first, count);
        if (pays && (differ || count < a->size[class])) {
            hit_members members = {a, first};
            if (differ) {
                dca__sort(&members, count, sum_less, sum_swap);
                s->work += count;
            }
            pays = split(a, class, limit);
        }
        for (dca_index t = 0; t < count; t++) {
            a->sum[a->member[first + t]] = 0;
        }
        a->hits[class] = 0;
    }
    a->num_hit = 0;
    return pays;
}

/* ---- The worklist -------------------------------------------------------------------------------------- */

/* Take one class of `from` off the list. False: it is over, does not pay, or stops. */
static bool process(dca__symmetry *s, side *from, side *to)
{
    const dca_index class = from->queue[--from->num_queued];
    from->queued[class] = 0;
    return gather(s, from, class, to) && split_all(s, to, (dca_index)(s->limit - from->number));
}

static void run(dca__symmetry *s, side *rows, side *columns)
{
    bool going = true;
    while (going && rows->num_queued + columns->num_queued > 0) {
        going = rows->num_queued > 0 ? process(s, rows, columns) : process(s, columns, rows);
    }
    /* what does not pay is told by the numbers: as many classes as members */
    s->rows.number = going ? rows->number : s->rows.count;
    s->columns.number = going ? columns->number : s->columns.count;
}

/* Number the classes by their first members. `fresh` [number] is workspace. */
static void renumber(dca__classes *classes, dca_index *fresh)
{
    memset(fresh, -1, (size_t)classes->number * sizeof *fresh);
    dca_index next = 0;
    for (dca_index k = 0; k < classes->count; k++) {
        const dca_index class = classes->of[k];
        if (fresh[class] < 0) {
            fresh[class] = next++;
        }
        classes->of[k] = fresh[class];
    }
}

dca_status dca__symmetry_refine(dca__symmetry *s)
{
    dca_env *env = s->env;
    const dca_problem *o = s->original;
    const dca_nnz limit = s->limit + 1;
    side rows = {.count = s->rows.count,
                 .start = s->row_start,
                 .index = s->row_index,
                 .value = s->row_value,
                 .of = s->rows.of,
                 .number = s->rows.number};
    side columns = {.count = s->columns.count,
                    .start = o->start,
                    .length = o->length,
                    .index = o->index,
                    .value = o->value,
                    .of = s->columns.of,
                    .number = s->columns.number};
    dca_status status = DCA_E_NOMEM;
    if (allocate_side(env, &rows, limit) && allocate_side(env, &columns, limit)) {
        dca__lp_transpose(o, s->row_start, s->row_index, s->row_value);
        fill_side(&rows);
        fill_side(&columns);
        if (!dca__symmetry_poll(s, s->entries + s->rows.count + s->columns.count)) {
            run(s, &rows, &columns);
        }
        if (s->stop == DCA__GO && dca__symmetry_pays(s)) {
            renumber(&s->rows, rows.hit);
            renumber(&s->columns, columns.hit);
        }
        status = DCA_OK;
    }
    free_side(env, &rows);
    free_side(env, &columns);
    return status;
}
