/* gub_set.c - the optimum of one set by itself.
 *
 *     min sum d_j x_j,   sum sigma_j x_j = 0,   l <= x <= u        (members, the logical among them)
 *
 * At a price y the activity sum sigma_j x_j(y) grows with y: member j goes from its least
 * contribution to its largest at y = d_j / sigma_j. The key is the member at which the activity
 * comes to 0: read from a heap by growing ratio. An infinite contribution that has to be left, or
 * one that has been taken before, says that no price fits. */
#include "simplex/gub_dual.h"

/* Least and largest sigma_j x_j. */
static void contribution(const dca__gub *g, dca_index j, double *least, double *largest)
{
    const dca__simplex *s = g->s;
    const double a = g->sigma[j] * s->work_lower[j];
    const double b = g->sigma[j] * s->work_upper[j];
    *least = fmin(a, b);
    *largest = fmax(a, b);
}

/* Prices of the set at which no member wants to go where it has no bound. */
static bool has_price(const dca__gub *g, dca_index set)
{
    const dca__simplex *s = g->s;
    const dca_index size = dca__gub_size(g, set);
    double from = -INFINITY;
    double to = INFINITY;
    for (dca_index k = 0; k < size; k++) {
        const dca_index j = dca__gub_member(g, set, k);
        const double ratio = s->work_cost[j] / g->sigma[j];
        double low;
        double high;
        contribution(g, j, &low, &high);
        from = low == -INFINITY ? fmax(from, ratio) : from;
        to = high == INFINITY ? fmin(to, ratio) : to;
    }
    return from <= to;
}

bool dca__gub_starts_dual(const dca__gub *g)
{
    const dca__simplex *s = g->s;
    for (dca_index place = g->group[g->sets]; place < s->n; place++) {
        if (dca__gub_needs_set(s, g->column[place])) {
            return false;
        }
    }
    for (dca_index set = 0; set < g->sets; set++) {
        if (!has_price(g, set)) {
            return false;
        }
    }
    return true;
}

/* A sum whose infinite terms are counted. */
typedef struct total {
    double sum;
    dca_index infinite;
} total;

static void put(total *t, double value, int times)
{
    if (isinf(value)) {
        t->infinite += times;
    } else {
        t->sum += times * value;
    }
}

/* Candidates to be the key by growing ratio, in a heap; what the others and their least
 * contributions sum up to. */
static dca_index open_set(const dca__gub *g, dca_index set, total *least)
{
    dca__simplex *s = g->s;
    const dca_index size = dca__gub_size(g, set);
    dca_index count = 0;
    for (dca_index k = 0; k < size; k++) {
        const dca_index j = dca__gub_member(g, set, k);
        double low;
        double high;
        contribution(g, j, &low, &high);
        put(least, low, 1);
        if (s->work_lower[j] < s->work_upper[j]) {
            s->sort_key[count] = -s->d[j] / g->sigma[j];
            s->sort_index[count++] = j;
        }
    }
    dca__simplex_heapify(count, s->sort_key, s->sort_index);
    s->work += 2 * (int64_t)size;
    return count;
}

/* Pop candidates until the activity reaches 0; the last one popped is the key. Returns how many are
 * left, -1: no price fits. */
static dca_index find_key(const dca__gub *g, dca_index count, total *least)
{
    dca__simplex *s = g->s;
    dca_index taken = 0; /* infinite ones */
    dca_index left = count;
    while (left > 0) {
        dca__simplex_pop(left, s->sort_key, s->sort_index);
        left--;
        double low;
        double high;
        contribution(g, s->sort_index[left], &low, &high);
        put(least, low, -1);
        if (isinf(high)) {
            taken++;
        } else {
            least->sum += high;
        }
        if (taken > 0 && least->infinite > 0) {
            return -1;
        }
        if (taken > 0 || (least->infinite == 0 && least->sum >= 0.0)) {
            break;
        }
    }
    s->work += 8 * (int64_t)(count - left);
    return least->infinite > 0 ? -1 : left;
}

/* x_j becomes `value`. */
static void place(dca__gub_dual *h, dca_index j, double value)
{
    dca__simplex *s = h->g->s;
    if (value != s->x[j]) {
        dca__gub_add_part(h->g, j, s->x[j] - value, &h->moved);
        s->x[j] = value;
    }
}

static void place_at(dca__gub_dual *h, dca_index j, bool at_largest)
{
    dca__simplex *s = h->g->s;
    const bool upper = at_largest == (h->g->sigma[j] > 0.0) && s->work_lower[j] < s->work_upper[j];
    s->status[j] = upper ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
    place(h, j, upper ? s->work_upper[j] : s->work_lower[j]);
}

static void change_key(dca__gub *g, dca_index set, dca_index q)
{
    dca__simplex *s = g->s;
    const dca_index p = g->rows + set;
    const dca_index was = s->head[p];
    s->position[was] = -1;
    s->status[was] = DCA_BASIS_LOWER;
    s->head[p] = q;
    s->position[q] = p;
    s->status[q] = DCA_BASIS_BASIC;
}

bool dca__gub_solve_set(dca__gub_dual *h, dca_index set)
{
    dca__gub *g = h->g;
    dca__simplex *s = g->s;
    total activity = {0.0, 0};
    const dca_index count = open_set(g, set, &activity);
    if (count == 0) {
        return dca__simplex_excess(s, s->head[g->rows + set], s->primal_tolerance) == 0.0;
    }
    const dca_index left = find_key(g, count, &activity);
    if (left < 0) {
        return false;
    }
    const dca_index key = s->sort_index[left];
    const double price = -s->sort_key[left];
    change_key(g, set, key);
    for (dca_index k = 0; k < count; k++) {
        if (k != left) {
            place_at(h, s->sort_index[k], k > left);
        }
    }
    double sum = 0.0;
    const dca_index size = dca__gub_size(g, set);
    for (dca_index k = 0; k < size; k++) {
        const dca_index j = dca__gub_member(g, set, k);
        s->d[j] -= g->sigma[j] * price;
        if (s->work_lower[j] == s->work_upper[j]) {
            place(h, j, s->work_lower[j]);
        }
        sum += j == key ? 0.0 : g->sigma[j] * s->x[j];
    }
    s->d[key] = 0.0;
    place(h, key, -sum / g->sigma[key]);
    s->work += 2 * (int64_t)size;
    return dca__simplex_excess(s, key, s->primal_tolerance) == 0.0;
}
