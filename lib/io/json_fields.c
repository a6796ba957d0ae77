/* json_fields.c - typed values out of a JSON tree, see json_fields.h. */
#include "io/json_fields.h"

#include "base/err.h"
#include "base/num.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *dca__json_kind_name(dca__json_kind kind)
{
    static const char *const names[] = {"null",     "false",    "true",     "a number",
                                        "a string", "an array", "an object"};
    return names[kind];
}

/* The sentence about `node`, at byte `at` of the text. */
static dca_status wrong_at(const dca__json_reader *r, dca_index node, int64_t at,
                           const char *sentence)
{
    char path[96];
    int64_t line = 0;
    int64_t column = 0;
    dca__json_place(r->json, at, &line, &column);
    dca__json_path(r->json, node, path, sizeof path);
    return dca__fail_at(r->err, DCA_E_SYNTAX, line, column, "%s%s%s", path,
                        path[0] != '\0' ? ": " : "", sentence);
}

dca_status dca__json_wrong(const dca__json_reader *r, dca_index node, const char *format, ...)
{
    char sentence[200];
    va_list list;
    va_start(list, format);
    vsnprintf(sentence, sizeof sentence, format, list);
    va_end(list);
    return wrong_at(r, node, dca__json_at(r->json, node)->at, sentence);
}

dca_status dca__json_blame(const dca__json_reader *r, dca_index node, dca_status status,
                           const dca_error *why)
{
    if (status == DCA_E_NOMEM) {
        return dca__fail_nomem(r->err);
    }
    return dca__json_wrong(r, node, "%s", why->text);
}

/* "found ..., expected ..." */
static dca_status unexpected(const dca__json_reader *r, dca_index node, const char *expected)
{
    const dca__json_node *const at = dca__json_at(r->json, node);
    if (at->kind == DCA_JSON_NUMBER) {
        return dca__json_wrong(r, node, "found %s, expected %s", DCA_G(at->as.number), expected);
    }
    if (at->kind == DCA_JSON_STRING) {
        return dca__json_wrong(r, node, "found \"%.60s\", expected %s",
                               dca__json_text(r->json, node), expected);
    }
    return dca__json_wrong(r, node, "found %s, expected %s",
                           dca__json_kind_name((dca__json_kind)at->kind), expected);
}

dca_status dca__json_want(const dca__json_reader *r, dca_index node, dca__json_kind kind)
{
    if (dca__json_at(r->json, node)->kind == (int32_t)kind) {
        return DCA_OK;
    }
    return unexpected(r, node, dca__json_kind_name(kind));
}

static dca_status take_number(const dca__json_reader *r, dca_index node, dca__json_field_kind kind,
                              double *out)
{
    const dca__json_node *const at = dca__json_at(r->json, node);
    if (at->kind == DCA_JSON_NULL && (kind == DCA_FIELD_LIMIT || kind == DCA_FIELD_WEIGHT)) {
        *out = INFINITY;
        return DCA_OK;
    }
    const double value = at->as.number;
    const bool number = at->kind == DCA_JSON_NUMBER;
    const char *expected = "a number";
    bool right = number;
    switch (kind) {
    case DCA_FIELD_AMOUNT:
        expected = "a number of 0 or more";
        right = number && value >= 0.0;
        break;
    case DCA_FIELD_POSITIVE:
        expected = "a number above 0";
        right = number && value > 0.0;
        break;
    case DCA_FIELD_LIMIT:
        expected = "a number of 0 or more, or null for no limit";
        right = number && value >= 0.0;
        break;
    case DCA_FIELD_WEIGHT:
        expected = "a number above 0, or null where it may not give";
        right = number && value > 0.0;
        break;
    case DCA_FIELD_FRACTION:
        expected = "a number from 0 to 1";
        right = number && value >= 0.0 && value <= 1.0;
        break;
    default:
        break;
    }
    if (!right) {
        return unexpected(r, node, expected);
    }
    *out = value;
    return DCA_OK;
}

dca_status dca__json_take(const dca__json_reader *r, dca_index node, dca__json_field_kind kind,
                          void *out)
{
    const dca__json_node *const at = dca__json_at(r->json, node);
    double value = 0.0;
    switch (kind) {
    case DCA_FIELD_NAME:
        if (at->kind != DCA_JSON_STRING || dca__json_text(r->json, node)[0] == '\0') {
            return unexpected(r, node, "a string that is not empty");
        }
        *(const char **)out = dca__json_text(r->json, node);
        return DCA_OK;
    case DCA_FIELD_BOOL:
        if (at->kind != DCA_JSON_TRUE && at->kind != DCA_JSON_FALSE) {
            return unexpected(r, node, "true or false");
        }
        *(int32_t *)out = at->kind == DCA_JSON_TRUE;
        return DCA_OK;
    case DCA_FIELD_INTEGER:
        value = at->as.number;
        if (at->kind != DCA_JSON_NUMBER || !(value >= -2147483648.0 && value <= 2147483647.0) ||
            value != (double)(int32_t)value) {
            return unexpected(r, node, "a whole number");
        }
        *(int32_t *)out = (int32_t)value;
        return DCA_OK;
    default:
        return take_number(r, node, kind, out);
    }
}

dca_status dca__json_fields(const dca__json_reader *r, dca_index node,
                            const dca__json_field *fields, size_t n, void *out)
{
    dca_status status = dca__json_want(r, node, DCA_JSON_OBJECT);
    for (dca_index k = status == DCA_OK ? dca__json_first(r->json, node) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(r->json, k)->next) {
        const char *const key = dca__json_key(r->json, k);
        size_t f = 0;
        while (f < n && strcmp(fields[f].key, key) != 0) {
            f++;
        }
        if (f == n && strcmp(key, "note") != 0 && strcmp(key, "source") != 0) {
            char sentence[96];
            snprintf(sentence, sizeof sentence, "there is no such key; '%.40s' is not known here",
                     key);
            return wrong_at(r, k, dca__json_key_at(r->json, k), sentence);
        }
        if (f < n && fields[f].kind != DCA_FIELD_OTHER) {
            status = dca__json_take(r, k, (dca__json_field_kind)fields[f].kind,
                                    (char *)out + fields[f].offset);
        }
    }
    return status;
}

dca_index dca__json_member(const dca__json *json, dca_index object, const char *key)
{
    for (dca_index k = dca__json_first(json, object); k >= 0; k = dca__json_at(json, k)->next) {
        if (strcmp(dca__json_key(json, k), key) == 0) {
            return k;
        }
    }
    return -1;
}
