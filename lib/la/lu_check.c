/* lu_check.c - the invariants of the factors, for debug builds and tests.
 *
 * Pairing and order are inverse to each other; L is lower triangular in the order of the
 * factorisation, U upper triangular in the current one; every entry is found in the other copy with
 * the same value; lines lie inside their files and do not overlap; work vectors are zero. Uses no
 * memory and changes nothing. O(nnz times row length + m). */
#include "la/lu_object.h"

#include <math.h>

static bool are_inverse(const dca_index *a, const dca_index *b, dca_index m)
{
    for (dca_index i = 0; i < m; i++) {
        if (a[i] < 0 || a[i] >= m || b[a[i]] != i) {
            return false;
        }
    }
    return true;
}

static const char *check_pairing(const dca__lu *lu)
{
    dca_index found = 0;
    if (!are_inverse(lu->row_of_pivot, lu->pivot_of_row, lu->m) ||
        !are_inverse(lu->position_of_pivot, lu->pivot_of_position, lu->m)) {
        return "pivots, rows and positions are paired";
    }
    for (dca_index p = 0; p < lu->m; p++) {
        if (lu->rank[p] < 0 || lu->rank[p] >= lu->order_length || lu->order[lu->rank[p]] != p) {
            return "order[rank[p]] is p";
        }
        if (!(fabs(lu->diagonal[p]) > 0.0) || isinf(lu->diagonal[p])) {
            return "pivots are finite and not zero";
        }
    }
    for (dca_index t = 0; t < lu->order_length; t++) {
        found += lu->order[t] >= 0;
    }
    return found == lu->m ? NULL : "order lists every pivot once";
}

static const char *check_file(const dca__lu *lu, const dca__lu_lines *lines, dca_nnz entries)
{
    dca_nnz total = 0;
    dca_nnz room = 0;
    for (dca_index i = 0; i < lu->m; i++) {
        const dca__lu_span *span = &lines->span[i];
        if (span->length < 0 || span->length > span->room || span->start < 0 ||
            span->start + span->room > lines->used) {
            return "lines lie inside their file";
        }
        total += span->length;
        room += span->room;
    }
    if (room > lines->used || lines->used > lines->index_capacity) {
        return "lines do not overlap";
    }
    return total == entries ? NULL : "entries are counted";
}

/* Every entry j of line i is entry i of line j of the twins, with the same value. */
static const char *check_twins(const dca__lu *lu, const dca__lu_lines *lines,
                               const dca__lu_lines *twins)
{
    for (dca_index i = 0; i < lu->m; i++) {
        const dca__lu_span *span = &lines->span[i];
        for (dca_nnz e = span->start; e < span->start + span->length; e++) {
            const dca_index j = lines->index[e];
            if (j < 0 || j >= lu->m || j == i) {
                return "entries are pivots, off the diagonal";
            }
            dca_nnz t = twins->span[j].start;
            const dca_nnz end = t + twins->span[j].length;
            while (t < end && twins->index[t] != i) {
                t++;
            }
            if (t == end || twins->value[t] != lines->value[e]) {
                return "both copies agree";
            }
        }
    }
    return NULL;
}

static const char *check_upper(const dca__lu *lu)
{
    for (dca_index i = 0; i < lu->m; i++) {
        const dca__lu_span *span = &lu->u_row.span[i];
        for (dca_nnz e = span->start; e < span->start + span->length; e++) {
            if (lu->rank[lu->u_row.index[e]] <= lu->rank[i]) {
                return "U is upper triangular";
            }
        }
    }
    return NULL;
}

static const char *check_lower(const dca__lu *lu)
{
    for (dca_index i = 0; i < lu->m; i++) {
        const dca__lu_span *span = &lu->l_column.span[i];
        for (dca_nnz e = span->start; e < span->start + span->length; e++) {
            if (lu->l_column.index[e] <= i) {
                return "L is lower triangular";
            }
        }
    }
    return NULL;
}

static const char *check_zeros(const dca__lu *lu)
{
    for (dca_index i = 0; i < lu->m; i++) {
        if (lu->scratch.value[i] != 0.0 || lu->multiplier[i] != 0.0) {
            return "work vectors are zero";
        }
    }
    return lu->scratch.count == 0 ? NULL : "work vectors are empty";
}

const char *dca__lu_check(const dca__lu *lu)
{
    const char *broken = check_pairing(lu);
    if (broken == NULL) {
        broken = check_file(lu, &lu->u_column, lu->u_entries);
    }
    if (broken == NULL) {
        broken = check_file(lu, &lu->u_row, lu->u_entries);
    }
    if (broken == NULL) {
        broken = check_file(lu, &lu->l_column, lu->l_entries);
    }
    if (broken == NULL) {
        broken = check_file(lu, &lu->l_row, lu->l_entries);
    }
    if (broken == NULL) {
        broken = check_twins(lu, &lu->u_row, &lu->u_column);
    }
    if (broken == NULL) {
        broken = check_twins(lu, &lu->l_row, &lu->l_column);
    }
    if (broken == NULL) {
        broken = check_upper(lu);
    }
    if (broken == NULL) {
        broken = check_lower(lu);
    }
    return broken == NULL ? check_zeros(lu) : broken;
}
