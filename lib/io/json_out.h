/* json_out.h - writing JSON into a growing text. Once an allocation failed, `failed` is set and the
 * rest does nothing, so that writers check once, at the end. Numbers read back bit for bit and do not
 * depend on the locale; infinite and NaN are null. */
#ifndef DCA_IO_JSON_OUT_H
#define DCA_IO_JSON_OUT_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#include <stdbool.h>

typedef struct dca__json_out {
    dca_env *env;
    char *at; /* ends in a zero byte once something was written */
    dca_nnz used, capacity;
    int depth, wide; /* brackets open; those of them whose members stand on lines of their own */
    bool comma, failed;
    bool unfit; /* a string was not UTF-8 */
} dca__json_out;

/* `key` is NULL in arrays and for the root. A bracket opened with `wide` puts each member on its own
 * line; wide brackets are opened inside wide ones only. */
void dca__json_open(dca__json_out *out, const char *key, char bracket, bool wide);
void dca__json_close(dca__json_out *out, char bracket);
void dca__json_put_string(dca__json_out *out, const char *key, const char *value); /* NULL: null */
void dca__json_put_number(dca__json_out *out, const char *key, double value);
void dca__json_put_integer(dca__json_out *out, const char *key, int64_t value);
void dca__json_put_bool(dca__json_out *out, const char *key, bool value);
/** Hand the text over: DCA_OK and the block, or nothing left to free and DCA_E_NOMEM, or DCA_E_ARG when
 *  a name was not UTF-8, which JSON cannot hold. */
DCA_NODISCARD dca_status dca__json_finish(dca__json_out *out, char **text, size_t *length,
                                          dca_error *err);

#endif
