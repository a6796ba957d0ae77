/* json_out.c - one JSON object, written to a text first so that half of one is never printed. */
#include "cli.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Length of the UTF-8 character at s, 0: it is not one. A zero byte ends every loop in time. */
static size_t utf8_length(const unsigned char *s)
{
    const size_t length = s[0] < 0x80   ? 1
                          : s[0] < 0xC2 ? 0
                          : s[0] < 0xE0 ? 2
                          : s[0] < 0xF0 ? 3
                          : s[0] < 0xF5 ? 4
                                        : 0;
    for (size_t k = 1; k < length; k++) {
        if ((s[k] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

/* Names from MPS files may hold any bytes: those that are not UTF-8 become U+FFFD. */
static void json_quoted(cli_text *text, const char *value)
{
    text_add(text, "\"", 1);
    for (const unsigned char *c = (const unsigned char *)value; *c != '\0';) {
        const size_t length = utf8_length(c);
        if (*c == '"' || *c == '\\') {
            text_print(text, "\\%c", *c);
        } else if (*c < 0x20 || *c == 0x7f) {
            text_print(text, "\\u%04x", *c);
        } else if (length == 0) {
            text_add(text, "\\ufffd", 6);
        } else {
            text_add(text, (const char *)c, length);
        }
        c += length == 0 ? 1 : length;
    }
    text_add(text, "\"", 1);
}

static void json_lead(cli_json *json, const char *key)
{
    if (json->comma) {
        text_add(&json->text, ", ", 2);
    }
    if (key != NULL) {
        json_quoted(&json->text, key);
        text_add(&json->text, ": ", 2);
    }
    json->comma = true;
}

void json_open(cli_json *json, const char *key, char bracket)
{
    json_lead(json, key);
    text_add(&json->text, &bracket, 1);
    json->comma = false;
}

void json_close(cli_json *json, char bracket)
{
    text_add(&json->text, &bracket, 1);
    json->comma = true;
}

void json_string(cli_json *json, const char *key, const char *value)
{
    json_lead(json, key);
    if (value == NULL) {
        text_add(&json->text, "null", 4);
    } else {
        json_quoted(&json->text, value);
    }
}

/* The shortest of 15, 16 and 17 digits that reads back the same. */
void json_number(cli_json *json, const char *key, double value)
{
    json_lead(json, key);
    if (!isfinite(value)) {
        text_add(&json->text, "null", 4);
        return;
    }
    char digits[40];
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, value);
        if (strtod(digits, NULL) == value) {
            break;
        }
    }
    text_add(&json->text, digits, strlen(digits));
}

void json_integer(cli_json *json, const char *key, int64_t value)
{
    json_lead(json, key);
    text_print(&json->text, "%lld", (long long)value);
}

void json_bool(cli_json *json, const char *key, bool value)
{
    json_lead(json, key);
    text_print(&json->text, "%s", value ? "true" : "false");
}

void json_raw(cli_json *json, const char *key, const char *value, size_t length)
{
    json_lead(json, key);
    text_add(&json->text, value, length);
}

int json_print(cli_json *json)
{
    text_add(&json->text, "\n", 1);
    if (json->text.broken) {
        fprintf(stderr, "dcalloc: out of memory\n");
        return EXIT_MEMORY;
    }
    fwrite(json->text.at, 1, json->text.length, stdout);
    return EXIT_OPTIMAL;
}
