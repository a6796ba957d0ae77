/* text.c - many strings in one block. Each ends in a zero byte; the next begins behind it. */
#include "explain/text.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>

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
    if (length > 0 && !text->failed) {
        if (DCA_RESERVE(text->env, text->at, text->capacity, text->used + length) != DCA_OK) {
            text->failed = true;
        } else {
            /* over the zero byte of the string so far */
            (void)vsnprintf(text->at + text->used - 1, (size_t)length + 1, format, again);
            text->used += length;
        }
    }
    va_end(again);
}

const char *dca__text_get(const dca__text *text, dca_index k)
{
    return k < 0 || k >= text->count ? NULL : text->at + text->start[k];
}
