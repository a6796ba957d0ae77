/* heap.c - a heap on (key, index), largest first, ties by index: a total order, so that results do not
 * depend on anything but the numbers. Heapify O(n), pop and push O(log n). */
#include "simplex/state.h"

static bool before(double key_a, dca_index a, double key_b, dca_index b)
{
    return key_a < key_b || (key_a == key_b && a < b);
}

static void sift_down(dca_index root, dca_index n, double *key, dca_index *index)
{
    if (root >= n) {
        return;
    }
    const double k = key[root];
    const dca_index v = index[root];
    for (;;) {
        dca_index child = 2 * root + 1;
        if (child >= n) {
            break;
        }
        if (child + 1 < n && before(key[child], index[child], key[child + 1], index[child + 1])) {
            child++;
        }
        if (!before(k, v, key[child], index[child])) {
            break;
        }
        key[root] = key[child];
        index[root] = index[child];
        root = child;
    }
    key[root] = k;
    index[root] = v;
}

void dca__simplex_heapify(dca_index n, double *key, dca_index *index)
{
    for (dca_index root = n / 2; root-- > 0;) {
        sift_down(root, n, key, index);
    }
}

void dca__simplex_pop(dca_index n, double *key, dca_index *index)
{
    const dca_index last = n - 1;
    const double k = key[0];
    const dca_index v = index[0];
    key[0] = key[last];
    index[0] = index[last];
    key[last] = k;
    index[last] = v;
    sift_down(0, last, key, index);
}

void dca__simplex_push(dca_index n, double *key, dca_index *index, double k, dca_index v)
{
    dca_index at = n;
    while (at > 0) {
        const dca_index parent = (at - 1) / 2;
        if (!before(key[parent], index[parent], k, v)) {
            break;
        }
        key[at] = key[parent];
        index[at] = index[parent];
        at = parent;
    }
    key[at] = k;
    index[at] = v;
}
