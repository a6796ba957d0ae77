/* json_tree.c - JSON text to tree, see json_tree.h. An explicit stack is not needed: the open array or
 * object is the parent of the node at hand. */
#include "io/json_tree.h"

#include "base/alloc.h"
#include "base/err.h"
#include "base/limit.h"
#include "base/num.h"
#include "base/strtab.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct parser {
    dca__json *json;
    dca_error *err;
    int64_t at;     /* next byte */
    dca_index open; /* innermost open array or object, or -1 */
    int depth;
} parser;

void dca__json_place(const dca__json *json, int64_t at, int64_t *line, int64_t *column)
{
    *line = 1;
    *column = 1;
    for (int64_t k = 0; k < at && k < (int64_t)json->length; k++) {
        const unsigned char c = (unsigned char)json->text[k];
        if (c == '\n') {
            ++*line;
            *column = 1;
        } else if ((c & 0xC0) != 0x80) { /* not the tail of a character */
            ++*column;
        }
    }
}

/* Backwards from the value, over blanks and the colon: no quote within a key stands without a
 * backslash, and none stands before its opening quote. */
int64_t dca__json_key_at(const dca__json *json, dca_index node)
{
    const char *const text = json->text;
    int64_t at = json->node[node].at - 1;
    while (text[at] != '"') {
        at--;
    }
    do {
        at--;
    } while (text[at] != '"' || text[at - 1] == '\\');
    return at;
}

char *dca__json_path(const dca__json *json, dca_index node, char *buffer, size_t size)
{
    size_t end = size - 1; /* filled from the back */
    buffer[end] = '\0';
    while (node > 0) {
        const dca_index parent = json->node[node].parent;
        char number[32];
        const char *piece = dca__json_key(json, node);
        bool dot = piece != NULL && parent > 0;
        if (piece == NULL) {
            dca_index place = 0;
            for (dca_index k = parent + 1; k != node; k = json->node[k].next) {
                place++;
            }
            snprintf(number, sizeof number, "[%d]", (int)place);
            piece = number;
        }
        const size_t length = strlen(piece);
        if (length + dot > end) {
            break;
        }
        end -= length;
        memcpy(buffer + end, piece, length);
        if (dot) {
            buffer[--end] = '.';
        }
        node = parent;
    }
    memmove(buffer, buffer + end, size - end);
    return buffer;
}

static dca_status refuse(const parser *p, int64_t at, const char *sentence)
{
    int64_t line = 0;
    int64_t column = 0;
    dca__json_place(p->json, at, &line, &column);
    return dca__fail_at(p->err, DCA_E_SYNTAX, line, column, "%s", sentence);
}

static int peek(const parser *p)
{
    return p->at < (int64_t)p->json->length ? (unsigned char)p->json->text[p->at] : -1;
}

static void skip_blanks(parser *p)
{
    int c = peek(p);
    while (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        p->at++;
        c = peek(p);
    }
}

/* "found 'x', expected ..." */
static dca_status unexpected(const parser *p, const char *expected)
{
    char sentence[160];
    const int c = peek(p);
    if (c < 0) {
        snprintf(sentence, sizeof sentence, "the text ends, expected %s", expected);
    } else if (c > 0x20 && c < 0x7F) {
        snprintf(sentence, sizeof sentence, "found '%s', expected %s",
                 (const char[]){(char)c, '\0'}, expected);
    } else {
        snprintf(sentence, sizeof sentence, "found byte %d, expected %s", c, expected);
    }
    return refuse(p, p->at, sentence);
}

/* ---- Strings ------------------------------------------------------------------------------------- */

int dca__json_utf8(const char *text, int64_t left)
{
    const unsigned char *const s = (const unsigned char *)text;
    const int length = s[0] < 0x80   ? 1
                       : s[0] < 0xC2 ? 0
                       : s[0] < 0xE0 ? 2
                       : s[0] < 0xF0 ? 3
                       : s[0] < 0xF5 ? 4
                                     : 0;
    if (length == 0 || length > left) {
        return 0;
    }
    for (int k = 1; k < length; k++) {
        if ((s[k] & 0xC0) != 0x80) {
            return 0;
        }
    }
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) ||
        (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F)) {
        return 0; /* overlong, surrogate, beyond U+10FFFF */
    }
    return length;
}

static int utf8_write(uint32_t c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | (c >> 6));
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | (c >> 12));
        out[1] = (char)(0x80 | ((c >> 6) & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (c >> 18));
    out[1] = (char)(0x80 | ((c >> 12) & 0x3F));
    out[2] = (char)(0x80 | ((c >> 6) & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* The four hexadecimal digits at p->at, or -1. */
static int32_t hex4(parser *p)
{
    int32_t value = 0;
    for (int k = 0; k < 4; k++) {
        const int c = peek(p);
        int digit = -1;
        if (c >= '0' && c <= '9') {
            digit = c - '0';
        } else if (c >= 'a' && c <= 'f') {
            digit = c - 'a' + 10;
        } else if (c >= 'A' && c <= 'F') {
            digit = c - 'A' + 10;
        }
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
        p->at++;
    }
    return value;
}

/* After "\u". */
static dca_status read_unicode(parser *p, char *out, int *length)
{
    const int64_t begin = p->at - 2;
    const int32_t first = hex4(p);
    if (first < 0) {
        return unexpected(p, "a hexadecimal digit after \\u");
    }
    uint32_t c = (uint32_t)first;
    if (first >= 0xD800 && first < 0xDC00) {
        int32_t second = -1;
        if (peek(p) == '\\') {
            p->at++;
            if (peek(p) == 'u') {
                p->at++;
                second = hex4(p);
            }
        }
        if (second < 0xDC00 || second > 0xDFFF) {
            return refuse(p, begin, "half a surrogate pair, expected the other half after it");
        }
        c = 0x10000 + (((uint32_t)first - 0xD800) << 10) + ((uint32_t)second - 0xDC00);
    } else if (first >= 0xDC00 && first < 0xE000) {
        return refuse(p, begin, "half a surrogate pair, expected the other half before it");
    }
    if (c == 0) {
        return refuse(p, begin, "the character U+0000 cannot be part of a name");
    }
    *length = utf8_write(c, out);
    return DCA_OK;
}

/* After a backslash. */
static dca_status read_escape(parser *p, char *out, int *length)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    const int c = peek(p);
    if (c == 'u') {
        p->at++;
        return read_unicode(p, out, length);
    }
    const char *const found = c > 0 ? strchr(from, c) : NULL;
    if (found == NULL) {
        return unexpected(p, "one of \" \\ / b f n r t u after a backslash");
    }
    p->at++;
    out[0] = to[found - from];
    *length = 1;
    return DCA_OK;
}

/* A string whose opening quote is at p->at. */
static dca_status read_string(parser *p, int64_t *place)
{
    dca__json *const json = p->json;
    const int64_t begin = p->at++;
    *place = json->strings_used;
    for (;;) {
        char piece[4];
        int length = 1;
        const int c = peek(p);
        if (c < 0) {
            return refuse(p, begin, "a string without its closing quote");
        }
        if (c < 0x20) {
            return refuse(p, p->at,
                          "a control character or line end in a string, expected \\n and the like");
        }
        if (c == '"') {
            p->at++;
            piece[0] = '\0';
        } else if (c == '\\') {
            p->at++;
            const dca_status status = read_escape(p, piece, &length);
            if (status != DCA_OK) {
                return status;
            }
        } else {
            const char *const s = json->text + p->at;
            length = dca__json_utf8(s, (int64_t)json->length - p->at);
            if (length == 0) {
                return refuse(p, p->at, "a byte that is not UTF-8");
            }
            memcpy(piece, s, (size_t)length);
            p->at += length;
        }
        if (DCA_RESERVE(json->env, json->strings, json->strings_capacity,
                        json->strings_used + length) != DCA_OK) {
            return dca__fail_nomem(p->err);
        }
        memcpy(json->strings + json->strings_used, piece, (size_t)length);
        json->strings_used += length;
        if (c == '"') {
            return DCA_OK;
        }
    }
}

/* ---- Values -------------------------------------------------------------------------------------- */

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static void skip_digits(parser *p)
{
    while (is_digit(peek(p))) {
        p->at++;
    }
}

static dca_status read_number(parser *p, double *out)
{
    const int64_t begin = p->at;
    if (peek(p) == '-') {
        p->at++;
    }
    if (!is_digit(peek(p))) {
        return unexpected(p, "a digit");
    }
    if (peek(p) == '0') {
        p->at++;
        if (is_digit(peek(p))) {
            return refuse(p, begin, "a number with a leading zero");
        }
    } else {
        skip_digits(p);
    }
    if (peek(p) == '.') {
        p->at++;
        if (!is_digit(peek(p))) {
            return unexpected(p, "a digit after the decimal point");
        }
        skip_digits(p);
    }
    if (peek(p) == 'e' || peek(p) == 'E') {
        p->at++;
        if (peek(p) == '+' || peek(p) == '-') {
            p->at++;
        }
        if (!is_digit(peek(p))) {
            return unexpected(p, "a digit of the exponent");
        }
        skip_digits(p);
    }
    if (!dca__num_parse(p->json->text + begin, (size_t)(p->at - begin), out)) {
        return refuse(p, begin, "not a number");
    }
    if (!isfinite(*out)) {
        return refuse(p, begin, "a number beyond the range of a double; null stands for no limit");
    }
    return DCA_OK;
}

static dca_status add_node(parser *p, int64_t key, dca_index *out)
{
    dca__json *const json = p->json;
    if (json->count >= INT32_MAX - 1) {
        return refuse(p, p->at, "too many values, expected fewer than 2^31");
    }
    if (DCA_RESERVE(json->env, json->node, json->capacity, json->count + 1) != DCA_OK) {
        return dca__fail_nomem(p->err);
    }
    const dca_index k = (dca_index)json->count++;
    json->node[k] = (dca__json_node){
        .kind = DCA_JSON_NULL, .parent = p->open, .next = -1, .at = p->at, .key = key};
    if (p->open >= 0) {
        dca__json_node *const parent = &json->node[p->open];
        if (parent->count++ > 0) {
            json->node[parent->as.last].next = k;
        }
        parent->as.last = k;
    }
    *out = k;
    return DCA_OK;
}

static bool take_word(parser *p, const char *word)
{
    const size_t length = strlen(word);
    if (p->json->length - (size_t)p->at < length ||
        memcmp(p->json->text + p->at, word, length) != 0) {
        return false;
    }
    p->at += (int64_t)length;
    return true;
}

/* One value; an array or object is only opened. */
static dca_status read_value(parser *p, int64_t key)
{
    dca__json *const json = p->json;
    dca_index k = -1;
    const int c = peek(p);
    if (c < 0) {
        return unexpected(p, "a value");
    }
    const dca_status status = add_node(p, key, &k);
    if (status != DCA_OK) {
        return status;
    }
    if (c == '{' || c == '[') {
        if (++p->depth > DCA_JSON_DEPTH) {
            return refuse(p, p->at, "nested deeper than 64 levels");
        }
        p->at++;
        json->node[k].kind = c == '{' ? DCA_JSON_OBJECT : DCA_JSON_ARRAY;
        p->open = k;
        return DCA_OK;
    }
    if (c == '"') {
        int64_t place = 0;
        json->node[k].kind = DCA_JSON_STRING;
        const dca_status read = read_string(p, &place);
        json->node[k].as.string = place;
        return read;
    }
    if (c == '-' || is_digit(c)) {
        double value = 0.0;
        json->node[k].kind = DCA_JSON_NUMBER;
        const dca_status read = read_number(p, &value);
        json->node[k].as.number = value;
        return read;
    }
    if (take_word(p, "true")) {
        json->node[k].kind = DCA_JSON_TRUE;
    } else if (take_word(p, "false")) {
        json->node[k].kind = DCA_JSON_FALSE;
    } else if (!take_word(p, "null")) {
        return unexpected(p, "a value");
    }
    return DCA_OK;
}

/* ---- Structure ----------------------------------------------------------------------------------- */

/* Duplicate keys: pairwise while there are few, else through a table of names. */
static dca_status check_keys(const parser *p, dca_index object)
{
    const dca__json *const json = p->json;
    dca__strtab names = {0};
    dca_status status = DCA_OK;
    dca_index twin = -1;
    const bool many = json->node[object].count > 16;
    for (dca_index k = dca__json_first(json, object); k >= 0; k = json->node[k].next) {
        const char *const key = dca__json_key(json, k);
        if (many) {
            status = dca__strtab_append(json->env, &names, key);
            if (status == DCA_E_ARG) {
                twin = k;
            }
            if (status != DCA_OK) {
                break;
            }
            continue;
        }
        for (dca_index other = object + 1; other != k; other = json->node[other].next) {
            if (strcmp(dca__json_key(json, other), key) == 0) {
                twin = k;
            }
        }
    }
    dca__strtab_free(json->env, &names);
    if (status == DCA_E_NOMEM) {
        return dca__fail_nomem(p->err);
    }
    if (twin >= 0) {
        char sentence[160];
        snprintf(sentence, sizeof sentence, "key '%.100s' stands twice in one object",
                 dca__json_key(json, twin));
        return refuse(p, json->node[twin].at, sentence);
    }
    return DCA_OK;
}

/* Close the open array or object and go on in its parent. */
static dca_status close_open(parser *p)
{
    const dca_index closed = p->open;
    p->at++;
    p->depth--;
    p->open = p->json->node[closed].parent;
    return p->json->node[closed].kind == DCA_JSON_OBJECT ? check_keys(p, closed) : DCA_OK;
}

/* The next element or the end of the open array or object. */
static dca_status read_member(parser *p)
{
    const dca__json_node *const open = &p->json->node[p->open];
    const bool object = open->kind == DCA_JSON_OBJECT;
    const int end = object ? '}' : ']';
    skip_blanks(p);
    if (peek(p) == end) {
        return close_open(p);
    }
    if (open->count > 0) {
        if (peek(p) != ',') {
            return unexpected(p, object ? "',' or '}'" : "',' or ']'");
        }
        p->at++;
        skip_blanks(p);
    }
    int64_t key = -1;
    if (object) {
        if (peek(p) != '"') {
            return unexpected(p, "a key in quotes");
        }
        const dca_status status = read_string(p, &key);
        if (status != DCA_OK) {
            return status;
        }
        skip_blanks(p);
        if (peek(p) != ':') {
            return unexpected(p, "':' after the key");
        }
        p->at++;
        skip_blanks(p);
    }
    return read_value(p, key);
}

dca_status dca__json_parse(dca_env *env, const char *text, size_t length, dca_control *control,
                           dca__json *out, dca_error *err)
{
    dca__json json = {.env = env, .text = text, .length = length};
    parser p = {.json = &json, .err = err, .open = -1};
    int64_t counted = 0;
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        p.at = 3;
    }
    skip_blanks(&p);
    dca_status status = read_value(&p, -1);
    while (status == DCA_OK && p.open >= 0) {
        status = read_member(&p);
        if (status == DCA_OK && dca__control_poll(control, p.at - counted) != DCA__GO) {
            status = dca__fail(err, DCA_E_STATE, DCA_KIND_FILE, -1, "reading was stopped");
        }
        counted = p.at;
    }
    if (status == DCA_OK) {
        skip_blanks(&p);
        if (peek(&p) >= 0) {
            status = unexpected(&p, "the end of the text");
        }
    }
    if (status != DCA_OK) {
        dca__json_free(&json);
        return status;
    }
    *out = json;
    return DCA_OK;
}

void dca__json_free(dca__json *json)
{
    dca__free(json->env, json->node);
    dca__free(json->env, json->strings);
    *json = (dca__json){0};
}
