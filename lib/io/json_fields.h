/* json_fields.h - typed values out of a JSON tree, with errors that name the place: line, column, and
 * the way there, as in `pools[3].count: found -2, expected a number of 0 or more`. */
#ifndef DCA_IO_JSON_FIELDS_H
#define DCA_IO_JSON_FIELDS_H

#include "io/json_tree.h"

#include <stdbool.h>

typedef struct dca__json_reader {
    const dca__json *json;
    dca_error *err;
} dca__json_reader;

/* What a key holds and where in a struct it goes. */
typedef enum dca__json_field_kind {
    DCA_FIELD_NAME = 0, /* const char *: a string, not empty; lives as long as the tree */
    DCA_FIELD_FINITE,   /* double: any number */
    DCA_FIELD_AMOUNT,   /* double >= 0 */
    DCA_FIELD_POSITIVE, /* double > 0 */
    DCA_FIELD_LIMIT,    /* double >= 0, null: INFINITY */
    DCA_FIELD_WEIGHT,   /* double > 0, null: INFINITY */
    DCA_FIELD_FRACTION, /* double in [0,1] */
    DCA_FIELD_BOOL,     /* int32_t */
    DCA_FIELD_INTEGER,  /* int32_t */
    DCA_FIELD_OTHER     /* read by its own code */
} dca__json_field_kind;

typedef struct dca__json_field {
    const char *key;
    int32_t kind;
    size_t offset;
} dca__json_field;

/** Fail with the place of `node`; `format` as in dca__fail(). */
dca_status dca__json_wrong(const dca__json_reader *r, dca_index node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** The same for a failed call on the model: its sentence in *why, at the place of `node`. */
dca_status dca__json_blame(const dca__json_reader *r, dca_index node, dca_status status,
                           const dca_error *why);

/** node is an array (object): DCA_OK, else an error that says what was found. */
DCA_NODISCARD dca_status dca__json_want(const dca__json_reader *r, dca_index node,
                                        dca__json_kind kind);
/** One value of a kind into *out, whose type the kind says. */
DCA_NODISCARD dca_status dca__json_take(const dca__json_reader *r, dca_index node,
                                        dca__json_field_kind kind, void *out);
/** Every member of object `node` that is in fields[0..n) into the struct at `out`. A key that is in
 *  none is an error, except "note" and "source", which are remarks of any type. */
DCA_NODISCARD dca_status dca__json_fields(const dca__json_reader *r, dca_index node,
                                          const dca__json_field *fields, size_t n, void *out);
/** The member with this key, or -1. */
dca_index dca__json_member(const dca__json *json, dca_index object, const char *key);
/** "a number", "an object", ... */
const char *dca__json_kind_name(dca__json_kind kind);

#endif
