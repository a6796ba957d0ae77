/* err.c - error records. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill(dca_error *err, dca_status code, dca_kind kind, dca_index index, int64_t line,
                 int64_t column, const char *format, va_list args)
{
    dca_error record = DCA_ERROR_INIT;
    record.code = code;
    record.kind = (int32_t)kind;
    record.index = index;
    record.line = line;
    record.column = column;
    const int length = vsnprintf(record.text, sizeof record.text, format, args);
    if (length >= (int)sizeof record.text) { /* cut: say so, and never inside a UTF-8 character */
        size_t end = sizeof record.text - 4;
        while (end > 0 && ((unsigned char)record.text[end] & 0xC0) == 0x80) {
            end--;
        }
        memcpy(record.text + end, "...", 4);
    }
    dca__error_copy(&record, err);
}

dca_status dca__fail(dca_error *err, dca_status code, dca_kind kind, dca_index index,
                     const char *format, ...)
{
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        fill(err, code, kind, index, 0, 0, format, args);
        va_end(args);
    }
    return code;
}

dca_status dca__fail_at(dca_error *err, dca_status code, int64_t line, int64_t column,
                        const char *format, ...)
{
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        fill(err, code, DCA_KIND_FILE, -1, line, column, format, args);
        va_end(args);
    }
    return code;
}

dca_status dca__fail_nomem(dca_error *err)
{
    return dca__fail(err, DCA_E_NOMEM, DCA_KIND_NONE, -1,
                     "out of memory: the allocator refused or the env's memory limit is reached");
}

void dca__error_copy(const dca_error *from, dca_error *to)
{
    if (to == NULL) {
        return;
    }
    const uint32_t size = to->struct_size;
    if (size == 0 || size >= sizeof *to) {
        *to = *from;
        to->struct_size = size == 0 ? (uint32_t)sizeof *to : size;
    } else if (size > offsetof(dca_error, text)) { /* an older, shorter record */
        memcpy(to, from, size);
        ((char *)to)[size - 1] = '\0';
        to->struct_size = size;
    }
}

void dca__error_clear(dca_error *err)
{
    const dca_error none = DCA_ERROR_INIT;
    *err = none;
}

const char *dca__kind_name(dca_kind kind)
{
    static const char *const names[] = {"object", "row",    "column", "resource",  "pool",
                                        "domain", "link",   "demand", "placement", "tier",
                                        "term",   "option", "file"};
    return (unsigned)kind < sizeof names / sizeof *names ? names[kind] : names[0];
}
