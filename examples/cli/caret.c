/* caret.c - the line of a file in which an error is, and a caret under the place: for people, beneath the
 * one line that scripts read. A long line is shown in part. What a terminal might take for a command is
 * shown as '?'. */
#include "cli.h"

#include <string.h>

enum { BEFORE = 60, AFTER = 36 }; /* bytes of the line that are shown around the place */

/* The bytes of the line from `from` on, at most `room`; -1 when there is no such line. */
static int read_part(FILE *file, int64_t line, int64_t from, char *part, int room, bool *more)
{
    char block[65536];
    int64_t at = 1;
    int64_t column = 0; /* from 0 */
    int length = 0;
    size_t got = 0;
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        size_t k = 0;
        for (; k < got && at < line; k++) { /* to the line */
            const char *const end = memchr(block + k, '\n', got - k);
            k = end == NULL ? got - 1 : (size_t)(end - block);
            at += end != NULL;
        }
        for (; k < got && at == line; k++, column++) {
            if (block[k] == '\n' || length == room) {
                *more = length == room && block[k] != '\n';
                return length;
            }
            if (column >= from) {
                part[length++] = block[k];
            }
        }
    }
    *more = false;
    return at == line ? length : -1;
}

/* The length of the UTF-8 sequence that begins here, or 0: no visible character. */
static int sequence(const unsigned char *at, int room)
{
    if (at[0] < 0x80) {
        return at[0] >= ' ' && at[0] != 127;
    }
    const int length = at[0] >= 0xF0 ? 4 : at[0] >= 0xE0 ? 3 : 2;
    if (at[0] < 0xC2 || at[0] > 0xF4 || length > room || (at[0] == 0xC2 && at[1] < 0xA0)) {
        return 0; /* no beginning, cut off, or a control character */
    }
    for (int k = 1; k < length; k++) {
        if ((at[k] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

/* Show part of a line; before `place` the same width in blanks and tabs goes to `indent`. */
static void show_part(const char *part, int length, int place, bool utf8, cli_text *indent)
{
    for (int k = 0; k < length;) {
        const int whole = sequence((const unsigned char *)part + k, length - k);
        const int step = whole > 1 && utf8 ? whole : 1;
        if (part[k] == '\t') {
            fputc('\t', stderr);
        } else if (step > 1 || whole == 1) {
            fwrite(part + k, 1, (size_t)step, stderr);
        } else {
            fputc('?', stderr);
        }
        if (k < place) {
            text_add(indent, part[k] == '\t' ? "\t" : " ", 1);
        }
        k += step;
    }
}

void caret_show(const char *file, const dca_error *error)
{
    const cli_style style = style_of(stderr);
    if (error->line <= 0 || error->column <= 0 || strcmp(file, "-") == 0) {
        return;
    }
    FILE *const stream = fopen(file, "rb");
    if (stream == NULL) {
        return;
    }
    char part[BEFORE + AFTER + 2];
    bool more = false;
    unsigned char magic[2] = {0};
    const bool packed = fread(magic, 1, 2, stream) == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
    const int64_t place = error->column - 1;
    int64_t from = place > BEFORE ? place - BEFORE : 0;
    rewind(stream);
    int length = packed ? -1 : read_part(stream, error->line, from, part, BEFORE + AFTER, &more);
    fclose(stream);
    if (length <= 0 || length < place - from) {
        return;
    }
    int skip = 0; /* do not begin within a character */
    while (from > 0 && skip < 3 && skip < length && ((unsigned char)part[skip] & 0xC0) == 0x80) {
        skip++;
    }
    length -= length > 0 && !more && part[length - 1] == '\r';
    const char *const lead = from > 0 ? "  ..." : "  ";
    cli_text indent = {0};
    fputs(lead, stderr);
    show_part(part + skip, length - skip, (int)(place - from) - skip, style.tables, &indent);
    fprintf(stderr, "%s\n%*s%s%s^%s\n", more ? "..." : "", (int)strlen(lead), "",
            indent.at != NULL ? indent.at : "", style_on(&style, GREEN), style_on(&style, PLAIN));
    text_free(&indent);
}
