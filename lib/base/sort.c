/* sort.c - heapsort and insertion sort behind one interface. */
#include "base/sort.h"

enum { INSERTION = 16 };

typedef bool less_fn(const void *context, dca_nnz i, dca_nnz j);
typedef void swap_fn(void *context, dca_nnz i, dca_nnz j);

static void sift_down(void *context, dca_nnz root, dca_nnz n, less_fn *less, swap_fn *swap)
{
    for (;;) {
        dca_nnz child = 2 * root + 1;
        if (child >= n) {
            return;
        }
        if (child + 1 < n && less(context, child, child + 1)) {
            child++;
        }
        if (!less(context, root, child)) {
            return;
        }
        swap(context, root, child);
        root = child;
    }
}

void dca__sort(void *context, dca_nnz n, less_fn *less, swap_fn *swap)
{
    if (n < INSERTION) {
        for (dca_nnz k = 1; k < n; k++) {
            for (dca_nnz i = k; i > 0 && less(context, i, i - 1); i--) {
                swap(context, i, i - 1);
            }
        }
        return;
    }
    for (dca_nnz root = n / 2 - 1; root >= 0; root--) {
        sift_down(context, root, n, less, swap);
    }
    for (dca_nnz end = n - 1; end > 0; end--) {
        swap(context, 0, end);
        sift_down(context, 0, end, less, swap);
    }
}

typedef struct entries {
    dca_index *index;
    double *value; /* or NULL */
    const double *key;
} entries;

static bool by_index(const void *context, dca_nnz i, dca_nnz j)
{
    const entries *list = context;
    return list->index[i] < list->index[j];
}

static bool by_key(const void *context, dca_nnz i, dca_nnz j)
{
    const entries *list = context;
    const double a = list->key[list->index[i]];
    const double b = list->key[list->index[j]];
    return a < b || (a == b && list->index[i] < list->index[j]);
}

static void swap_index(void *context, dca_nnz i, dca_nnz j)
{
    entries *list = context;
    const dca_index index = list->index[i];
    list->index[i] = list->index[j];
    list->index[j] = index;
}

static void swap_entry(void *context, dca_nnz i, dca_nnz j)
{
    entries *list = context;
    swap_index(context, i, j);
    const double value = list->value[i];
    list->value[i] = list->value[j];
    list->value[j] = value;
}

void dca__sort_index(dca_index *index, dca_nnz n)
{
    entries list = {index, NULL, NULL};
    dca__sort(&list, n, by_index, swap_index);
}

void dca__sort_entries(dca_index *index, double *value, dca_nnz n)
{
    entries list = {index, value, NULL};
    dca__sort(&list, n, by_index, swap_entry);
}

void dca__sort_by_key(dca_index *index, dca_nnz n, const double *key)
{
    entries list = {index, NULL, key};
    dca__sort(&list, n, by_key, swap_index);
}
