/* api_check.h - what every public call does with what it was given. For lib/api only.
 *
 * A check that fails fills *err (may be NULL) with a sentence that names the culprit by the caller's
 * own name, the value found and what was expected, and returns the status. */
#ifndef DCA_API_API_CHECK_H
#define DCA_API_API_CHECK_H

#include "base/stride.h"
#include "base/strtab.h"
#include "dcalloc/export.h"
#include "dcalloc/types.h"

/* ---- Structs across the ABI ------------------------------------------------------------------- */

/** Copy the caller's struct, whose first member is its struct_size, over *out, which holds the
 *  defaults and is `known` bytes: a shorter one leaves the tail of *out as it is, a longer one must
 *  have zero bytes beyond `known`. `type` is its name for the message. DCA_E_ARG when NULL,
 *  DCA_E_ABI; *out is then undefined. */
DCA_NODISCARD dca_status dca__check_struct(const void *from, size_t known, const char *type,
                                           void *out, dca_error *err);
/** Copy `from`, `known` bytes, to a struct of the caller's: as much of it as its struct_size (0: the
 *  one we know) has room for, the rest zeros; struct_size is kept. */
DCA_NODISCARD dca_status dca__check_out_struct(void *to, size_t known, const char *type,
                                               const void *from, dca_error *err);

/* ---- Pointers, counts, indices ------------------------------------------------------------------ */

DCA_NODISCARD dca_status dca__check_pointer(const void *pointer, const char *argument,
                                            dca_error *err);
/** 0 <= n, and count + n objects still have an index. */
DCA_NODISCARD dca_status dca__check_count(dca_kind kind, int64_t n, dca_index count,
                                          dca_error *err);
DCA_NODISCARD dca_status dca__check_index(dca_kind kind, dca_index index, dca_index count,
                                          dca_error *err);
/** [first, first+n) within [0, count). */
DCA_NODISCARD dca_status dca__check_range(dca_kind kind, dca_index first, dca_index n,
                                          dca_index count, dca_error *err);
/** A list of n indices (NULL: 0 .. n-1) in [0, count), in any order, repeated or not. */
DCA_NODISCARD dca_status dca__check_list(dca_kind kind, dca_nnz n, const dca_index *list,
                                         dca_index count, dca_error *err);
/** The same, each at most once. O(n log n); memory for a copy of a long list. */
DCA_NODISCARD dca_status dca__check_set(dca_env *env, dca_kind kind, dca_index n,
                                        const dca_index *list, dca_index count, dca_error *err);

/* ---- Numbers ------------------------------------------------------------------------------------ */

/** Whose number it is: "pool 'a100'", or "pool 7" where name is NULL. */
typedef struct dca__owner {
    dca_kind kind;
    dca_index index;
    const char *name;
} dca__owner;

/** "column 'x': cost is nan, expected a finite number". Returns DCA_E_ARG. */
dca_status dca__bad_number(dca__owner owner, const char *field, double value, const char *expected,
                           dca_error *err);
DCA_NODISCARD dca_status dca__check_finite(dca__owner owner, const char *field, double value,
                                           dca_error *err);
/** lowest <= value <= highest, which may be infinite. */
DCA_NODISCARD dca_status dca__check_within(dca__owner owner, const char *field, double value,
                                           double lowest, double highest, dca_error *err);
/** 0 <= value, finite. */
DCA_NODISCARD dca_status dca__check_amount(dca__owner owner, const char *field, double value,
                                           dca_error *err);
/** 0 < value, finite. */
DCA_NODISCARD dca_status dca__check_positive(dca__owner owner, const char *field, double value,
                                             dca_error *err);
/** lower < INFINITY and upper > -INFINITY, neither NaN; lower > upper is allowed. */
DCA_NODISCARD dca_status dca__check_bounds(dca__owner owner, double lower, double upper,
                                           dca_error *err);

/* ---- Sparse lists --------------------------------------------------------------------------------- */

/** What n sparse lists say: list k is about object first + k, its entries about others. */
typedef struct dca__sparse_rule {
    const char *argument; /* "entries" */
    const char *value;    /* "coefficient" */
    dca_kind kind;        /* of the objects that the lists are about */
    dca_index first;
    dca_strings name;              /* [n] their names */
    dca_kind entry_kind;           /* of the objects that the entries refer to */
    dca_index entry_count;         /* how many of these there are */
    const dca__strtab *entry_name; /* their names, or NULL */
    double lowest;                 /* of the values, which are finite */
} dca__sparse_rule;

/** Offsets from start[0] >= 0 that do not decrease, indices in range and at most once per list, values
 *  finite and >= lowest. O(entries), or O(k log k) and a copy for a long list out of order. */
DCA_NODISCARD dca_status dca__check_sparse(dca_env *env, dca_sparse lists, dca_index n,
                                           const dca__sparse_rule *rule, dca_error *err);

#endif
