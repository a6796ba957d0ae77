/* text.c - a text that grows: amortised O(1) a byte. */
#include "cli.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static bool text_room(cli_text *text, size_t more)
{
    if (text->broken) {
        return false;
    }
    const size_t need = text->length + more + 1;
    if (need <= text->capacity) {
        return true;
    }
    const size_t capacity = need + need / 2 + 256;
    char *at = realloc(text->at, capacity);
    if (at == NULL) {
        text->broken = true;
        return false;
    }
    text->at = at;
    text->capacity = capacity;
    return true;
}

void text_add(cli_text *text, const char *piece, size_t length)
{
    if (!text_room(text, length)) {
        return;
    }
    memcpy(text->at + text->length, piece, length);
    text->length += length;
    text->at[text->length] = '\0';
}

void text_print(cli_text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    va_list again;
    va_copy(again, list);
    const int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (length >= 0 && text_room(text, (size_t)length)) {
        vsnprintf(text->at + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    }
    va_end(again);
}

void text_free(cli_text *text)
{
    free(text->at);
    *text = (cli_text){0};
}
