/* io_field.c - comparing pieces of a text. */
#include "io/io_field.h"

#include <string.h>

bool dca__field_is(dca__field field, const char *word)
{
    for (size_t k = 0; k < field.length; k++) {
        const char c = field.at[k];
        if (word[k] == '\0' || (c >= 'a' && c <= 'z' ? c - 32 : c) != word[k]) {
            return false;
        }
    }
    return word[field.length] == '\0';
}

bool dca__field_same(dca__field a, dca__field b)
{
    return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}
