/* json_tree.h - a JSON text as a tree that remembers where everything stood.
 *
 * Storage  One array of nodes in the order of the text, each with its parent, its next sibling and
 *          the byte where it began; decoded strings, each ended by a zero byte, in one text. At most
 *          48 bytes a node and two bytes of the input make one, so memory is below 32 times the input.
 * Accepts  RFC 8259 exactly, in UTF-8 (a byte order mark is passed over). Refused with line and
 *          column: duplicate keys in an object, numbers beyond the range of a double, the character
 *          U+0000 (names are C strings), nesting deeper than DCA_JSON_DEPTH.
 * Cost     Linear in the length of the text; no recursion. */
#ifndef DCA_IO_JSON_TREE_H
#define DCA_IO_JSON_TREE_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

enum { DCA_JSON_DEPTH = 64 };

typedef enum dca__json_kind {
    DCA_JSON_NULL = 0,
    DCA_JSON_FALSE,
    DCA_JSON_TRUE,
    DCA_JSON_NUMBER,
    DCA_JSON_STRING,
    DCA_JSON_ARRAY,
    DCA_JSON_OBJECT
} dca__json_kind;

typedef struct dca__json_node {
    int32_t kind;     /* dca__json_kind */
    dca_index parent; /* -1: the root */
    dca_index next;   /* sibling, -1: the last */
    dca_index count;  /* children of an array or object; the first is the node after this one */
    int64_t at;       /* byte of the text where the value begins */
    int64_t key;      /* place of the key in `strings`, -1: none */
    union {
        double number;
        int64_t string; /* place in `strings` */
        dca_index last; /* of an array or object: the last child, while parsing */
    } as;
} dca__json_node;

typedef struct dca__json {
    dca_env *env;
    const char *text; /* borrowed; [length] */
    size_t length;
    dca__json_node *node; /* [count]; the root is node 0 */
    dca_nnz count, capacity;
    char *strings;
    dca_nnz strings_used, strings_capacity;
} dca__json;

/** Parse text[0..length), which is borrowed until dca__json_free(). DCA_E_SYNTAX with line and column,
 *  DCA_E_NOMEM, or DCA_E_STATE when the control says stop. On failure *out is empty. */
DCA_NODISCARD dca_status dca__json_parse(dca_env *env, const char *text, size_t length,
                                         dca_control *control, dca__json *out, dca_error *err);
void dca__json_free(dca__json *json);

/** Length of the UTF-8 character at text (at most `left` bytes, at least 1), or 0: it is not one. */
int dca__json_utf8(const char *text, int64_t left);
/** Line and column of a byte, both from 1; columns count characters. */
void dca__json_place(const dca__json *json, int64_t at, int64_t *line, int64_t *column);
/** The byte where the key of a member of an object begins, at its opening quote. */
int64_t dca__json_key_at(const dca__json *json, dca_index node);
/** The way from the root to a node, "pools[3].count", cut in front to fit. Returns buffer. */
char *dca__json_path(const dca__json *json, dca_index node, char *buffer, size_t size);

static inline const dca__json_node *dca__json_at(const dca__json *json, dca_index node)
{
    return &json->node[node];
}
/** First child of an array or object, or -1. */
static inline dca_index dca__json_first(const dca__json *json, dca_index node)
{
    return json->node[node].count > 0 ? node + 1 : -1;
}
static inline const char *dca__json_key(const dca__json *json, dca_index node)
{
    return json->node[node].key < 0 ? NULL : json->strings + json->node[node].key;
}
static inline const char *dca__json_text(const dca__json *json, dca_index node)
{
    return json->strings + json->node[node].as.string;
}

#endif
