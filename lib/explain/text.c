/* text.c - many strings in one block. Each ends in a zero byte; the next begins behind it. */
#include "explain/text.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void dca__text_free(dca__text *text)
{
    dca__free(text->env, text->at);
    dca__free(text->env, text->start);
    *text = (dca__text){0};
}

void dca__text_begin(dca__text *text)
{
    if (text->failed ||
        DCA_RESERVE(text->env, text->start, text->start_capacity, (dca_nnz)text->count + 1) !=
            DCA_OK ||
        DCA_RESERVE(text->env, text->at, text->capacity, text->used + 1) != DCA_OK) {
        text->failed = true;
        return;
    }
    text->start[text->count++] = text->used;
    text->at[text->used++] = '\0';
}

/* Room behind the string so far, over its zero byte: NULL when there is none. */
static char *extend(dca__text *text, dca_nnz length)
{
    if (text->failed ||
        DCA_RESERVE(text->env, text->at, text->capacity, text->used + length) != DCA_OK) {
        text->failed = true;
        return NULL;
    }
    char *const at = text->at + text->used - 1;
    text->used += length;
    return at;
}

void dca__text_put(dca__text *text, const char *more)
{
    const size_t length = strlen(more);
    char *const at = extend(text, (dca_nnz)length);
    if (at != NULL) {
        memcpy(at, more, length + 1);
    }
}

void dca__text_append(dca__text *text, const char *format, ...)
{
    enum { LINE = 160 };
    char line[LINE];
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    const int length = vsnprintf(line, LINE, format, args);
    va_end(args);
    char *const at = length > 0 ? extend(text, length) : NULL;
    if (at != NULL && length < LINE) {
        memcpy(at, line, (size_t)length + 1);
    } else if (at != NULL) {
        (void)vsnprintf(at, (size_t)length + 1, format, again);
    }
    va_end(again);
}

const char *dca__text_get(const dca__text *text, dca_index k)
{
    return k < 0 || k >= text->count ? NULL : text->at + text->start[k];
}
