/* api_check.c - checks of what callers give, with sentences that name the culprit. */
#include "api/api_check.h"

#include "base/alloc.h"
#include "base/err.h"
#include "base/sort.h"

#include <stdio.h>
#include <string.h>

enum { SHORT_LIST = 24 }; /* Lists up to this long are searched for repeats pair by pair. */

/* ---- Structs ------------------------------------------------------------------------------------ */

/* The struct_size of a caller's struct when it can be one: its own bytes at least, 64 kB at most. */
static dca_status read_size(const void *from, size_t known, const char *type, uint32_t *out,
                            dca_error *err)
{
    if (from == NULL) {
        return dca__check_pointer(from, type, err);
    }
    memcpy(out, from, sizeof *out);
    if (*out < sizeof *out || *out > 65536) {
        return dca__fail(err, DCA_E_ABI, DCA_KIND_NONE, -1,
                         "%s: struct_size is %lld, expected %lld: start from the _INIT macro", type,
                         (long long)*out, (long long)known);
    }
    return DCA_OK;
}

dca_status dca__check_struct(const void *from, size_t known, const char *type, void *out,
                             dca_error *err)
{
    uint32_t size = 0;
    const dca_status status = read_size(from, known, type, &size, err);
    if (status != DCA_OK) {
        return status;
    }
    for (size_t k = known; k < size; k++) {
        if (((const unsigned char *)from)[k] != 0) {
            return dca__fail(err, DCA_E_ABI, DCA_KIND_NONE, -1,
                             "%s: byte %lld of %lld is set, expected none beyond %lld: the caller "
                             "was built for a later library",
                             type, (long long)k, (long long)size, (long long)known);
        }
    }
    memcpy(out, from, size < known ? size : known);
    return DCA_OK;
}

dca_status dca__check_out_struct(void *to, size_t known, const char *type, const void *from,
                                 dca_error *err)
{
    if (to == NULL) {
        return dca__check_pointer(to, type, err);
    }
    uint32_t size = 0;
    memcpy(&size, to, sizeof size);
    if (size == 0) {
        size = (uint32_t)known;
    } else {
        const dca_status status = read_size(to, known, type, &size, err);
        if (status != DCA_OK) {
            return status;
        }
    }
    memcpy(to, from, size < known ? size : known);
    if (size > known) {
        memset((char *)to + known, 0, size - known);
    }
    memcpy(to, &size, sizeof size);
    return DCA_OK;
}

/* ---- Pointers, counts, indices ------------------------------------------------------------------ */

dca_status dca__check_pointer(const void *pointer, const char *argument, dca_error *err)
{
    if (pointer == NULL) {
        return dca__fail(err, DCA_E_ARG, DCA_KIND_NONE, -1,
                         "argument '%s' is NULL, expected a pointer", argument);
    }
    return DCA_OK;
}

dca_status dca__check_count(dca_kind kind, int64_t n, dca_index count, dca_error *err)
{
    if (n < 0 || n > INT32_MAX - count) {
        return dca__fail(err, DCA_E_ARG, kind, -1,
                         "%lld %ss to add, expected a number in [0, %lld]", (long long)n,
                         dca__kind_name(kind), (long long)(INT32_MAX - count));
    }
    return DCA_OK;
}

dca_status dca__check_index(dca_kind kind, dca_index index, dca_index count, dca_error *err)
{
    if (index < 0 || index >= count) {
        return dca__fail(err, DCA_E_ARG, kind, index,
                         "%s %d does not exist: there are %d, counted from 0", dca__kind_name(kind),
                         (int)index, (int)count);
    }
    return DCA_OK;
}

dca_status dca__check_range(dca_kind kind, dca_index first, dca_index n, dca_index count,
                            dca_error *err)
{
    if (first < 0 || n < 0 || first > count || n > count - first) {
        return dca__fail(err, DCA_E_ARG, kind, first,
                         "%d %ss from %d on are asked for: there are %d, counted from 0", (int)n,
                         dca__kind_name(kind), (int)first, (int)count);
    }
    return DCA_OK;
}

dca_status dca__check_list(dca_kind kind, dca_nnz n, const dca_index *list, dca_index count,
                           dca_error *err)
{
    if (n < 0 || (list == NULL && n > count)) {
        return dca__fail(err, DCA_E_ARG, kind, -1,
                         "%lld %ss are listed, expected a number in [0, %d]", (long long)n,
                         dca__kind_name(kind), (int)count);
    }
    for (dca_nnz k = 0; list != NULL && k < n; k++) {
        if (list[k] < 0 || list[k] >= count) {
            return dca__check_index(kind, list[k], count, err);
        }
    }
    return DCA_OK;
}

/* An index that list[n] holds twice, or -1. DCA_E_NOMEM. */
static dca_status find_repeat(dca_env *env, dca_nnz n, const dca_index *list, dca_index *repeat)
{
    *repeat = -1;
    dca_nnz ascending = 1;
    while (ascending < n && list[ascending - 1] < list[ascending]) {
        ascending++;
    }
    if (ascending >= n) {
        return DCA_OK;
    }
    if (n <= SHORT_LIST) {
        for (dca_nnz k = ascending; k < n; k++) {
            for (dca_nnz other = 0; other < k; other++) {
                *repeat = list[other] == list[k] ? list[k] : *repeat;
            }
        }
        return DCA_OK;
    }
    dca_index *sorted = DCA_ARRAY(env, dca_index, n);
    if (sorted == NULL) {
        return DCA_E_NOMEM;
    }
    memcpy(sorted, list, (size_t)n * sizeof *sorted);
    dca__sort_index(sorted, n);
    for (dca_nnz k = 1; k < n; k++) {
        *repeat = sorted[k - 1] == sorted[k] ? sorted[k] : *repeat;
    }
    dca__free(env, sorted);
    return DCA_OK;
}

dca_status dca__check_set(dca_env *env, dca_kind kind, dca_index n, const dca_index *list,
                          dca_index count, dca_error *err)
{
    const dca_status status = dca__check_list(kind, n, list, count, err);
    if (status != DCA_OK || list == NULL) {
        return status;
    }
    dca_index repeat;
    if (find_repeat(env, n, list, &repeat) != DCA_OK) {
        return dca__fail_nomem(err);
    }
    if (repeat >= 0) {
        return dca__fail(err, DCA_E_ARG, kind, repeat, "%s %d is listed twice, expected once",
                         dca__kind_name(kind), (int)repeat);
    }
    return DCA_OK;
}

/* ---- Numbers ------------------------------------------------------------------------------------ */

enum { OWNER_TEXT = 112 };

static const char *owner_text(dca__owner owner, char out[OWNER_TEXT])
{
    if (owner.name != NULL) {
        snprintf(out, OWNER_TEXT, "%s '%.80s'", dca__kind_name(owner.kind), owner.name);
    } else if (owner.index >= 0) {
        snprintf(out, OWNER_TEXT, "%s %d", dca__kind_name(owner.kind), (int)owner.index);
    } else {
        snprintf(out, OWNER_TEXT, "%s", dca__kind_name(owner.kind));
    }
    return out;
}

dca_status dca__bad_number(dca__owner owner, const char *field, double value, const char *expected,
                           dca_error *err)
{
    char text[OWNER_TEXT];
    return dca__fail(err, DCA_E_ARG, owner.kind, owner.index, "%s: %s is %s, expected %s",
                     owner_text(owner, text), field, DCA_G(value), expected);
}

dca_status dca__check_finite(dca__owner owner, const char *field, double value, dca_error *err)
{
    return isfinite(value) ? DCA_OK : dca__bad_number(owner, field, value, "a finite number", err);
}

dca_status dca__check_within(dca__owner owner, const char *field, double value, double lowest,
                             double highest, dca_error *err)
{
    if (value >= lowest && value <= highest) {
        return DCA_OK;
    }
    char text[OWNER_TEXT];
    return dca__fail(err, DCA_E_ARG, owner.kind, owner.index,
                     "%s: %s is %s, expected a number in [%s, %s]", owner_text(owner, text), field,
                     DCA_G(value), DCA_G(lowest), DCA_G(highest));
}

dca_status dca__check_amount(dca__owner owner, const char *field, double value, dca_error *err)
{
    return value >= 0.0 && value < INFINITY
               ? DCA_OK
               : dca__bad_number(owner, field, value, "a finite number >= 0", err);
}

dca_status dca__check_positive(dca__owner owner, const char *field, double value, dca_error *err)
{
    return value > 0.0 && value < INFINITY
               ? DCA_OK
               : dca__bad_number(owner, field, value, "a finite number > 0", err);
}

dca_status dca__check_bounds(dca__owner owner, double lower, double upper, dca_error *err)
{
    if (!(lower < INFINITY)) {
        return dca__bad_number(owner, "the lower bound", lower, "a number or -inf", err);
    }
    if (!(upper > -INFINITY)) {
        return dca__bad_number(owner, "the upper bound", upper, "a number or inf", err);
    }
    return DCA_OK;
}

/* ---- Sparse lists ------------------------------------------------------------------------------- */

static dca_status bad_entry(dca__owner owner, const dca__sparse_rule *rule, dca_index index,
                            double value, dca_error *err)
{
    const char *name = rule->entry_name == NULL ? NULL : dca__strtab_name(rule->entry_name, index);
    const dca__owner other = {rule->entry_kind, index, name};
    char text[OWNER_TEXT];
    char field[OWNER_TEXT + 48];
    snprintf(field, sizeof field, "%.40s of %s", rule->value, owner_text(other, text));
    return dca__bad_number(owner, field, value,
                           rule->lowest == 0.0 ? "a finite number >= 0" : "a finite number", err);
}

/* One list: [begin, end). */
static dca_status check_list_of(dca_env *env, dca_sparse lists, dca_nnz begin, dca_nnz end,
                                dca__owner owner, const dca__sparse_rule *rule, dca_error *err)
{
    char text[OWNER_TEXT];
    for (dca_nnz e = begin; e < end; e++) {
        const dca_index index = lists.index[e];
        if (index < 0 || index >= rule->entry_count) {
            return dca__fail(err, DCA_E_ARG, owner.kind, owner.index,
                             "%s: %s %d does not exist: there are %d, counted from 0",
                             owner_text(owner, text), dca__kind_name(rule->entry_kind), (int)index,
                             (int)rule->entry_count);
        }
        const double value = dca__sparse_value(lists, e);
        if (!(value >= rule->lowest && isfinite(value))) {
            return bad_entry(owner, rule, index, value, err);
        }
    }
    dca_index repeat;
    if (find_repeat(env, end - begin, lists.index + begin, &repeat) != DCA_OK) {
        return dca__fail_nomem(err);
    }
    if (repeat >= 0) {
        const char *name =
            rule->entry_name == NULL ? NULL : dca__strtab_name(rule->entry_name, repeat);
        const dca__owner other = {rule->entry_kind, repeat, name};
        char other_text[OWNER_TEXT];
        return dca__fail(err, DCA_E_ARG, owner.kind, owner.index,
                         "%s: %s is listed twice, expected once", owner_text(owner, text),
                         owner_text(other, other_text));
    }
    return DCA_OK;
}

dca_status dca__check_sparse(dca_env *env, dca_sparse lists, dca_index n,
                             const dca__sparse_rule *rule, dca_error *err)
{
    if (lists.start == NULL || n == 0) {
        return DCA_OK;
    }
    dca_nnz before = 0;
    for (dca_nnz k = 0; k <= n; k++) {
        if (lists.start[k] < before) {
            return dca__fail(err, DCA_E_ARG, rule->kind, rule->first + (dca_index)k,
                             "%s.start[%lld] is %lld, expected at least %lld", rule->argument,
                             (long long)k, (long long)lists.start[k], (long long)before);
        }
        before = lists.start[k];
    }
    if (lists.start[n] > lists.start[0] && lists.index == NULL) {
        return dca__fail(err, DCA_E_ARG, rule->kind, rule->first,
                         "%s.index is NULL, expected %lld indices", rule->argument,
                         (long long)(lists.start[n] - lists.start[0]));
    }
    for (dca_index k = 0; k < n; k++) {
        if (lists.start[k] == lists.start[k + 1]) {
            continue;
        }
        const dca__owner owner = {rule->kind, rule->first + k, dca__string_at(rule->name, k)};
        const dca_status status =
            check_list_of(env, lists, lists.start[k], lists.start[k + 1], owner, rule, err);
        if (status != DCA_OK) {
            return status;
        }
    }
    return DCA_OK;
}
