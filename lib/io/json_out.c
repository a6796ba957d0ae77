/* json_out.c - writing JSON, see json_out.h. */
#include "io/json_out.h"

#include "base/alloc.h"
#include "base/err.h"
#include "base/num.h"
#include "io/json_tree.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void put(dca__json_out *out, const char *piece, size_t length)
{
    if (out->failed ||
        DCA_RESERVE(out->env, out->at, out->capacity, out->used + (dca_nnz)length + 1) != DCA_OK) {
        out->failed = true;
        return;
    }
    memcpy(out->at + out->used, piece, length);
    out->used += (dca_nnz)length;
    out->at[out->used] = '\0';
}

static void put_quoted(dca__json_out *out, const char *value)
{
    const char *const end = value + strlen(value);
    int length = 1;
    put(out, "\"", 1);
    for (const char *c = value; c < end; c += length) {
        length = dca__json_utf8(c, end - c);
        if (length == 0) {
            out->unfit = true;
            length = 1;
        }
        const unsigned char byte = (unsigned char)*c;
        if (byte == '"' || byte == '\\') {
            put(out, "\\", 1);
            put(out, c, 1);
        } else if (byte < 0x20 || byte == 0x7F) {
            char escape[8];
            (void)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)byte);
            put(out, escape, 6);
        } else {
            put(out, c, (size_t)length);
        }
    }
    put(out, "\"", 1);
}

static void put_line(dca__json_out *out)
{
    put(out, "\n", 1);
    for (int k = 0; k < out->depth; k++) {
        put(out, "  ", 2);
    }
}

/* Comma, line or blank, key. */
static void put_lead(dca__json_out *out, const char *key)
{
    const bool wide = out->depth > 0 && out->wide == out->depth;
    if (out->comma) {
        put(out, wide ? "," : ", ", wide ? 1 : 2);
    }
    if (wide) {
        put_line(out);
    }
    if (key != NULL) {
        put_quoted(out, key);
        put(out, ": ", 2);
    }
    out->comma = true;
}

void dca__json_open(dca__json_out *out, const char *key, char bracket, bool wide)
{
    put_lead(out, key);
    put(out, &bracket, 1);
    if (wide) {
        out->wide = out->depth + 1;
    }
    out->depth++;
    out->comma = false;
}

void dca__json_close(dca__json_out *out, char bracket)
{
    const bool wide = out->wide == out->depth;
    out->depth--;
    if (wide) {
        out->wide = out->depth;
        if (out->comma) {
            put_line(out);
        }
    }
    put(out, &bracket, 1);
    out->comma = true;
}

void dca__json_put_string(dca__json_out *out, const char *key, const char *value)
{
    put_lead(out, key);
    if (value == NULL) {
        put(out, "null", 4);
    } else {
        put_quoted(out, value);
    }
}

void dca__json_put_number(dca__json_out *out, const char *key, double value)
{
    char digits[DCA_NUM_TEXT];
    put_lead(out, key);
    if (!isfinite(value)) {
        put(out, "null", 4);
        return;
    }
    dca__num_exact(digits, value);
    put(out, digits, strlen(digits));
}

void dca__json_put_integer(dca__json_out *out, const char *key, int64_t value)
{
    char digits[32];
    put_lead(out, key);
    (void)snprintf(digits, sizeof digits, "%lld", (long long)value);
    put(out, digits, strlen(digits));
}

void dca__json_put_bool(dca__json_out *out, const char *key, bool value)
{
    put_lead(out, key);
    put(out, value ? "true" : "false", value ? 4 : 5);
}

dca_status dca__json_finish(dca__json_out *out, char **text, size_t *length, dca_error *err)
{
    const bool failed = out->failed;
    if (failed || out->unfit) {
        dca__free(out->env, out->at);
        *out = (dca__json_out){.env = out->env};
        return failed ? dca__fail_nomem(err)
                      : dca__fail(err, DCA_E_ARG, DCA_KIND_NONE, -1,
                                  "a name is not UTF-8, and JSON holds nothing else");
    }
    *text = out->at;
    if (length != NULL) {
        *length = (size_t)out->used;
    }
    return DCA_OK;
}
