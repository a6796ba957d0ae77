/* io_names.c - names in files. */
#include "io/io_names.h"

#include <stdio.h>
#include <string.h>

const char *dca__file_name(const dca__strtab *names, dca_index k, char letter,
                           char buffer[DCA_NAME_ROOM])
{
    const char *name = dca__strtab_name(names, k);
    if (name != NULL) {
        return name;
    }
    size_t length = (size_t)snprintf(buffer, DCA_NAME_ROOM, "%c%lld", letter, (long long)k + 1);
    while (length < DCA_NAME_ROOM - 1 && dca__strtab_find(names, buffer, length) >= 0) {
        buffer[length++] = '_';
        buffer[length] = '\0';
    }
    return buffer;
}

dca_index dca__file_find(const dca__strtab *names, char letter, const char *text, size_t length)
{
    const dca_index named = dca__strtab_find(names, text, length);
    if (named >= 0 || length < 2 || text[0] != letter || text[1] == '0') {
        return named;
    }
    int64_t number = 0;
    for (size_t k = 1; k < length && text[k] >= '0' && text[k] <= '9' && number <= INT32_MAX; k++) {
        number = number * 10 + (text[k] - '0');
    }
    if (number < 1 || number > names->count || names->text[number - 1] != NULL) {
        return -1;
    }
    char buffer[DCA_NAME_ROOM];
    const char *made = dca__file_name(names, (dca_index)number - 1, letter, buffer);
    const dca_index slot = (dca_index)number - 1;
    return strlen(made) == length && memcmp(made, text, length) == 0 ? slot : -1;
}

bool dca__file_name_valid(const char *name)
{
    const unsigned char *at = (const unsigned char *)name;
    while (*at > ' ' && *at != 127) {
        at++;
    }
    return *at == '\0' && *name != '\0';
}

char *dca__file_show(char out[DCA_SHOWN], const char *text, size_t length)
{
    enum { MOST = 60 };
    const size_t count = length < MOST ? length : MOST;
    for (size_t k = 0; k < count; k++) {
        const unsigned char byte = (unsigned char)text[k];
        out[k] = byte < ' ' || byte >= 127 ? '?' : text[k];
    }
    memcpy(out + count, length > MOST ? "..." : "", length > MOST ? 4 : 1);
    return out;
}
