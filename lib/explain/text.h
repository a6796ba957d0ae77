/* text.h - many strings in one block: what a result holds to be read for as long as it lives.
 *
 * A block that ran out of memory says so once, in `failed`, and swallows what follows. */
#ifndef DCA_EXPLAIN_TEXT_H
#define DCA_EXPLAIN_TEXT_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#include <stdbool.h>

typedef struct dca__text {
    dca_env *env;
    char *at;
    dca_nnz used, capacity;
    dca_nnz *start; /* [count] where each string begins */
    dca_nnz start_capacity;
    dca_index count;
    bool failed;
} dca__text;

void dca__text_free(dca__text *text);
/** Begin string number `count`; the appends that follow make it. */
void dca__text_begin(dca__text *text);
void dca__text_put(dca__text *text, const char *more);
/** As printf(), which costs ten times what dca__text_put() does. */
void dca__text_append(dca__text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** String k, or NULL. */
const char *dca__text_get(const dca__text *text, dca_index k);

#endif
