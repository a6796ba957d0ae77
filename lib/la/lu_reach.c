/* lu_reach.c - which entries of a triangular solve can be nonzero, and the solve over just those.
 *
 * Column j of the factor says which entries x_j changes; the nonzeros of the solution are the rows
 * that the nonzeros of the right-hand side reach in that graph, and the reverse of the order in which
 * a depth-first search leaves them is an order to solve in [Gilbert and Peierls 1988]. The cost is
 * that of the solve itself: the entries of the reached lines. Marks are epochs: nothing is cleared. */
#include "la/lu_object.h"

#include <math.h>

/* Search from `root`; reached rows go to lu->reach[..top) downwards. Returns the new top, or -1 when
 * more than *left rows were met. */
static dca_index search_from(dca__lu *lu, const dca__lu_lines *lines, dca_index root, dca_index top,
                             dca_index *left)
{
    const dca__lu_span *restrict span = lines->span;
    const dca_index *restrict index = lines->index;
    uint32_t *restrict mark = lu->mark;
    dca_index *restrict stack = lu->stack;
    dca_nnz *restrict cursor = lu->cursor;
    dca_index *restrict reach = lu->reach;
    const uint32_t epoch = lu->epoch;
    dca_index depth = 0;
    stack[0] = root;
    cursor[0] = span[root].start;
    mark[root] = epoch;
    if (--*left < 0) {
        return -1;
    }
    while (depth >= 0) {
        const dca_index i = stack[depth];
        const dca_nnz end = span[i].start + span[i].length;
        dca_nnz e = cursor[depth];
        while (e < end) {
            const dca_index next = index[e++];
            if (mark[next] == epoch) {
                continue;
            }
            if (--*left < 0) {
                return -1;
            }
            mark[next] = epoch;
            if (span[next].length == 0) {
                reach[--top] = next;
                continue;
            }
            cursor[depth] = e;
            stack[++depth] = next;
            cursor[depth] = span[next].start;
            break;
        }
        if (stack[depth] == i) {
            reach[--top] = i;
            depth--;
        }
        lu->work++;
    }
    return top;
}

dca_index dca__lu_reach(dca__lu *lu, const dca__lu_lines *lines, const dca__spvec *x,
                        dca_index limit)
{
    dca_index top = lu->m;
    dca_index left = limit;
    const uint32_t epoch = dca__lu_next_epoch(lu);
    for (dca_index t = 0; t < x->count && top >= 0; t++) {
        const dca_index i = x->index[t];
        if (x->value[i] != 0.0 && lu->mark[i] != epoch) {
            top = search_from(lu, lines, i, top, &left);
        }
    }
    return top;
}

void dca__lu_solve_reached(dca__lu *lu, const dca__lu_lines *lines, const double *diagonal,
                           dca_index top, const dca_index *to, dca__spvec *x)
{
    const dca__lu_span *restrict span = lines->span;
    const dca_index *restrict index = lines->index;
    const double *restrict entry = lines->value;
    const dca_index *restrict reach = lu->reach;
    double *restrict value = x->value;
    double *restrict moved = lu->moved;
    dca_index *restrict listed = x->index;
    const double drop = lu->settings.drop;
    dca_index count = 0;
    int64_t work = 0;
    for (dca_index t = top; t < lu->m; t++) {
        const dca_index i = reach[t];
        const double v = diagonal == NULL ? value[i] : value[i] / diagonal[i];
        value[i] = 0.0;
        if (fabs(v) <= drop) {
            continue;
        }
        moved[count] = v;
        listed[count++] = to == NULL ? i : to[i];
        const dca_nnz end = span[i].start + span[i].length;
        for (dca_nnz e = span[i].start; e < end; e++) {
            value[index[e]] -= entry[e] * v;
        }
        work += span[i].length;
    }
    for (dca_index t = 0; t < count; t++) {
        value[listed[t]] = moved[t];
    }
    lu->work += 2 * work + 2 * (int64_t)(lu->m - top);
    x->count = count;
}
