/* solution_write.c - the solution file. Numbers read back bit for bit. */
#include "io/solution.h"

#include "io/io_file.h"
#include "io/io_names.h"
#include "io/json_tree.h"

#include <math.h>
#include <string.h>

/* Names in files need not be UTF-8, JSON must be: other bytes become U+FFFD. */
static void write_string(dca__sink *sink, const char *text)
{
    dca__sink_text(sink, "\"");
    const char *end = text + strlen(text);
    for (const char *at = text; at < end;) {
        const int size = dca__json_utf8(at, end - at);
        const unsigned char byte = (unsigned char)*at;
        if (size == 0) {
            dca__sink_text(sink, "\\ufffd");
        } else if (byte == '"' || byte == '\\' || byte < ' ') {
            const char *digits = "0123456789abcdef";
            const char escape[] = {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15], '\0'};
            dca__sink_text(sink, escape);
        } else {
            dca__sink_bytes(sink, at, (size_t)size);
        }
        at += size == 0 ? 1 : size;
    }
    dca__sink_text(sink, "\"");
}

static void write_names(dca__sink *sink, const dca__strtab *names, dca_index n, char letter)
{
    char room[DCA_NAME_ROOM];
    dca__sink_text(sink, "[");
    for (dca_index k = 0; k < n; k++) {
        dca__sink_text(sink, k > 0 ? "," : "");
        write_string(sink, dca__file_name(names, k, letter, room));
    }
    dca__sink_text(sink, "]");
}

static void write_numbers(dca__sink *sink, const double *values, dca_index n, bool present)
{
    if (!present) {
        dca__sink_text(sink, "null");
        return;
    }
    dca__sink_text(sink, "[");
    for (dca_index k = 0; k < n; k++) {
        dca__sink_text(sink, k > 0 ? "," : "");
        if (isfinite(values[k])) {
            dca__sink_number(sink, values[k]);
        } else {
            dca__sink_text(sink, "null");
        }
    }
    dca__sink_text(sink, "]");
}

static void write_statuses(dca__sink *sink, const uint8_t *statuses, dca_index n, bool present)
{
    static const char *const words[] = {"\"basic\"", "\"lower\"", "\"upper\"", "\"free\""};
    if (!present) {
        dca__sink_text(sink, "null");
        return;
    }
    dca__sink_text(sink, "[");
    for (dca_index k = 0; k < n; k++) {
        dca__sink_text(sink, k > 0 ? "," : "");
        dca__sink_text(sink, words[statuses[k] & 3]);
    }
    dca__sink_text(sink, "]");
}

static void write_half(dca__sink *sink, const dca__strtab *names, char letter, dca_index n,
                       const double *value, const double *dual, const uint8_t *status,
                       const dca__point *point)
{
    dca__sink_text(sink, "{\"name\": ");
    write_names(sink, names, n, letter);
    dca__sink_text(sink, ",\n  \"value\": ");
    write_numbers(sink, value, n, point->has_point);
    dca__sink_text(sink, ",\n  \"dual\": ");
    write_numbers(sink, dual, n, point->has_dual);
    dca__sink_text(sink, ",\n  \"status\": ");
    write_statuses(sink, status, n, point->has_basis);
    dca__sink_text(sink, "}");
}

dca_status dca__solution_write(dca_env *env, const dca__point *point,
                               const dca__strtab *column_names, const dca__strtab *row_names,
                               const char *path, dca_error *err)
{
    dca__sink *sink = NULL;
    const dca_status status = dca__sink_open(env, path, &sink, err);
    if (status != DCA_OK) {
        return status;
    }
    dca__sink_text(sink, "{\"columns\":\n ");
    write_half(sink, column_names, 'C', point->num_columns, point->x, point->d,
               point->column_status, point);
    dca__sink_text(sink, ",\n\"rows\":\n ");
    write_half(sink, row_names, 'R', point->num_rows, point->activity, point->y, point->row_status,
               point);
    const bool farkas = point->ray_kind == DCA_CERTIFICATE_FARKAS;
    if (point->ray != NULL && (farkas || point->ray_kind == DCA_CERTIFICATE_RAY)) {
        dca__sink_text(sink, farkas ? ",\n\"ray\": {\"kind\": \"farkas\", \"values\": "
                                    : ",\n\"ray\": {\"kind\": \"ray\", \"values\": ");
        write_numbers(sink, point->ray, farkas ? point->num_rows : point->num_columns, true);
        dca__sink_text(sink, "}");
    }
    dca__sink_text(sink, "}\n");
    return dca__sink_close(sink, err);
}
