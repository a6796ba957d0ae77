/* lpfile_notes.c - names in LP files, and the comments about them. */
#include "io/lpfile_notes.h"

#include "io/lpfile_scan.h"

#include <stdio.h>
#include <string.h>

/* ---- Names -------------------------------------------------------------------------------------- */

/* Bit b of these 128: byte b begins a name, stands in a name, in CPLEX, GLPK, HiGHS and Gurobi alike.
 * Letters but e and E (CPLEX may take them for an exponent) and ! " # $ % & ? @ _ ` ' { } ~ begin one;
 * e, E, digits and . ( ) , ; stand in one. */
static const uint64_t begins_portable[2] = {0x800000FE00000000u, 0x6FFFFFDF87FFFFDFu};
static const uint64_t within_portable[2] = {0x8BFF53FE00000000u, 0x6FFFFFFF87FFFFFFu};

static bool is_portable(unsigned char byte, bool first)
{
    const uint64_t *set = first ? begins_portable : within_portable;
    return byte < 128 && (set[byte / 64] >> (byte % 64) & 1) != 0;
}

bool dca__lpf_name_valid(const char *name)
{
    size_t length = 0;
    for (; name[length] != '\0'; length++) {
        if (length == DCA__LPF_NAME_LONGEST ||
            !is_portable((unsigned char)name[length], length == 0)) {
            return false;
        }
    }
    const dca__field word = {name, length};
    return length > 0 && !dca__lpf_is_keyword(word);
}

void dca__lpf_make_name(const dca__strtab *names, const char *text, int64_t number,
                        char buffer[DCA__LPF_NAME_ROOM])
{
    enum { KEPT = 100 };
    size_t length = 0;
    if (*text == '\0' || !is_portable((unsigned char)*text, true)) {
        buffer[length++] = '_';
    }
    for (; *text != '\0' && length < KEPT; text++) {
        const unsigned char byte = (unsigned char)*text;
        if (byte == '[' || byte == ']') {
            buffer[length++] = byte == '[' ? '(' : ')';
        } else if (is_portable(byte, false)) {
            buffer[length++] = *text;
        } else if (length == 0 || buffer[length - 1] != '_') {
            buffer[length++] = '_';
        }
    }
    for (int64_t other = 0; other == 0 || dca__strtab_find(names, buffer, strlen(buffer)) >= 0;
         other++) {
        char *const tail = buffer + length;
        const size_t room = DCA__LPF_NAME_ROOM - length;
        if (other == 0) {
            snprintf(tail, room, "#%lld", (long long)number);
        } else {
            snprintf(tail, room, "#%lld.%lld", (long long)number, (long long)other);
        }
    }
}

const char *dca__lpf_name(const dca__strtab *names, dca_index k, char letter,
                          char buffer[DCA__LPF_NAME_ROOM])
{
    const char *name = dca__strtab_name(names, k);
    if (name == NULL) {
        return dca__file_name(names, k, letter, buffer);
    }
    if (dca__lpf_name_valid(name)) {
        return name;
    }
    dca__lpf_make_name(names, name, (int64_t)k + 1, buffer);
    return buffer;
}

/* ---- Encoded names ------------------------------------------------------------------------------ */

int dca__lpf_encode(unsigned char byte, char out[3])
{
    static const char digits[] = "0123456789ABCDEF";
    out[0] = (char)byte;
    if (byte > ' ' && byte < 127 && byte != '%') {
        return 1;
    }
    out[0] = '%';
    out[1] = digits[byte >> 4];
    out[2] = digits[byte & 15];
    return 3;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool dca__lpf_decode(dca__field coded, char *out)
{
    for (size_t k = 0; k < coded.length; k++) {
        if (coded.at[k] != '%') {
            *out++ = coded.at[k];
            continue;
        }
        const int high = k + 2 < coded.length ? hex_digit(coded.at[k + 1]) : -1;
        const int low = k + 2 < coded.length ? hex_digit(coded.at[k + 2]) : -1;
        if (high < 0 || low < 0 || high + low == 0) {
            return false;
        }
        *out++ = (char)(high * 16 + low);
        k += 2;
    }
    *out = '\0';
    return true;
}

/* ---- Comments ----------------------------------------------------------------------------------- */

/* The next word of *rest, which moves behind it; of length 0 at the end. */
static dca__field next_word(dca__field *rest)
{
    size_t skip = 0;
    while (skip < rest->length && (unsigned char)rest->at[skip] <= ' ') {
        skip++;
    }
    dca__field word = {rest->at + skip, 0};
    while (skip + word.length < rest->length && (unsigned char)word.at[word.length] > ' ') {
        word.length++;
    }
    rest->at = word.at + word.length;
    rest->length -= skip + word.length;
    return word;
}

static dca__lpf_note plain_problem(dca__field comment)
{
    static const char title[] = "PROBLEM NAME:";
    dca__lpf_note note = {DCA__LPF_NOTE_NONE, comment, comment};
    dca__field head = {comment.at, sizeof title - 1};
    if (comment.length < head.length || !dca__field_is(head, title)) {
        return note;
    }
    const char *begin = comment.at + head.length;
    const char *end = comment.at + comment.length;
    while (begin < end && (*begin == ' ' || *begin == '\t')) {
        begin++;
    }
    while (end > begin && (unsigned char)end[-1] <= ' ') {
        end--;
    }
    note.topic = end > begin ? DCA__LPF_NOTE_PROBLEM_PLAIN : DCA__LPF_NOTE_NONE;
    note.other = (dca__field){begin, (size_t)(end - begin)};
    return note;
}

dca__lpf_note dca__lpf_note_of(dca__field comment)
{
    static const struct {
        const char *word;
        dca__lpf_topic topic;
        bool named, equals, other; /* which of: NAME, =, TRUE or COLUMN */
    } topics[] = {
        {"@row", DCA__LPF_NOTE_ROW, true, true, true},
        {"@column", DCA__LPF_NOTE_COLUMN, true, true, true},
        {"@objective", DCA__LPF_NOTE_OBJECTIVE, false, true, true},
        {"@problem", DCA__LPF_NOTE_PROBLEM, false, true, true},
        {"@range", DCA__LPF_NOTE_RANGE, true, false, true},
        {"@constant", DCA__LPF_NOTE_CONSTANT, true, false, false},
    };
    dca__lpf_note note = {DCA__LPF_NOTE_NONE, comment, comment};
    if (comment.length == 0 || comment.at[0] != '@') {
        return plain_problem(comment);
    }
    const dca__field word = next_word(&comment);
    for (size_t k = 0; k < sizeof topics / sizeof *topics; k++) {
        const dca__field topic = {topics[k].word, strlen(topics[k].word)};
        if (!dca__field_same(word, topic)) {
            continue;
        }
        const dca__field none = {word.at, 0};
        const dca__field equals = {"=", 1};
        note.name = topics[k].named ? next_word(&comment) : none;
        const bool fits = !topics[k].equals || dca__field_same(next_word(&comment), equals);
        note.other = topics[k].other ? next_word(&comment) : none;
        if (fits && (note.name.length > 0 || !topics[k].named) && next_word(&comment).length == 0) {
            note.topic = topics[k].topic;
        }
        return note;
    }
    return note;
}
