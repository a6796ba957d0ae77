/* edit.c - the edits of a trace file, one at a time. */
#include "hot.h"

#include <stdlib.h>
#include <string.h>

/* Room for one more item. */
static bool grow(void **at, int64_t used, int64_t *room, size_t size)
{
    if (used < *room) {
        return true;
    }
    const int64_t more = *room > 0 ? 2 * *room : 64;
    void *grown = realloc(*at, (size_t)more * size);
    if (grown == NULL) {
        return false;
    }
    *at = grown;
    *room = more;
    return true;
}

static bool push_index(hot_indices *list, dca_index value)
{
    void *at = list->at;
    const bool done = grow(&at, list->used, &list->room, sizeof value);
    list->at = at;
    if (done) {
        list->at[list->used++] = value;
    }
    return done;
}

static bool push_double(hot_doubles *list, double value)
{
    void *at = list->at;
    const bool done = grow(&at, list->used, &list->room, sizeof value);
    list->at = at;
    if (done) {
        list->at[list->used++] = value;
    }
    return done;
}

static bool close_list(hot_sparse *sparse)
{
    void *at = sparse->start;
    const bool done = grow(&at, sparse->lists + 1, &sparse->room, sizeof *sparse->start);
    sparse->start = at;
    if (done) {
        sparse->start[0] = 0;
        sparse->start[++sparse->lists] = sparse->index.used;
    }
    return done;
}

static void clear(hot_edit *e)
{
    hot_indices *const indices[] = {&e->gone_column, &e->gone_row,    &e->new_row.index,   &e->row,
                                    &e->column,      &e->cost_column, &e->new_column.index};
    hot_doubles *const doubles[] = {&e->new_row_lower,
                                    &e->new_row_upper,
                                    &e->new_row.value,
                                    &e->new_cost,
                                    &e->new_lower,
                                    &e->new_upper,
                                    &e->new_column.value,
                                    &e->row_lower,
                                    &e->row_upper,
                                    &e->lower,
                                    &e->upper,
                                    &e->cost};
    for (size_t k = 0; k < sizeof indices / sizeof *indices; k++) {
        indices[k]->used = 0;
    }
    for (size_t k = 0; k < sizeof doubles / sizeof *doubles; k++) {
        doubles[k]->used = 0;
    }
    e->new_row.lists = e->new_column.lists = 0;
    e->num_domain = 0;
    e->has_offset = false;
}

void hot_edit_free(hot_edit *e)
{
    void *const blocks[] = {e->gone_column.at,
                            e->gone_row.at,
                            e->new_row.index.at,
                            e->row.at,
                            e->column.at,
                            e->cost_column.at,
                            e->new_column.index.at,
                            e->new_row_lower.at,
                            e->new_row_upper.at,
                            e->new_row.value.at,
                            e->new_cost.at,
                            e->new_lower.at,
                            e->new_upper.at,
                            e->new_column.value.at,
                            e->row_lower.at,
                            e->row_upper.at,
                            e->lower.at,
                            e->upper.at,
                            e->cost.at,
                            e->new_row.start,
                            e->new_column.start,
                            e->domain};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++) {
        free(blocks[k]);
    }
    *e = (hot_edit){.has_offset = false};
}

/* ---- Lines; numbers are separated by blanks -------------------------------------------------- */

static bool next_double(char **at, double *out)
{
    char *end = NULL;
    *out = strtod(*at, &end);
    const bool found = end != *at;
    *at = end;
    return found;
}

static bool next_index(char **at, dca_index *out)
{
    char *end = NULL;
    const long value = strtol(*at, &end, 10);
    const bool found = end != *at && value >= -1 && value <= INT32_MAX;
    *out = (dca_index)value;
    *at = end;
    return found;
}

static bool read_indices(char *at, hot_indices *out)
{
    dca_index n = 0;
    bool done = next_index(&at, &n);
    for (dca_index k = 0; done && k < n; k++) {
        dca_index value = -1;
        done = next_index(&at, &value) && push_index(out, value);
    }
    return done;
}

static bool read_sparse(char *at, hot_sparse *out)
{
    dca_index n = 0;
    bool done = next_index(&at, &n);
    for (dca_index k = 0; done && k < n; k++) {
        dca_index index = -1;
        double value = 0.0;
        done = next_index(&at, &index) && next_double(&at, &value) &&
               push_index(&out->index, index) && push_double(&out->value, value);
    }
    return done && close_list(out);
}

static bool read_bounds(char *at, hot_indices *which, hot_doubles *lower, hot_doubles *upper)
{
    dca_index index = -1;
    double low = 0.0;
    double up = 0.0;
    return next_index(&at, &index) && next_double(&at, &low) && next_double(&at, &up) &&
           push_index(which, index) && push_double(lower, low) && push_double(upper, up);
}

static bool read_cost(char *at, double sign, hot_edit *out)
{
    dca_index index = -1;
    double cost = 0.0;
    return next_index(&at, &index) && next_double(&at, &cost) &&
           push_index(&out->cost_column, index) && push_double(&out->cost, sign * cost);
}

static bool read_new_row(char *at, hot_edit *out)
{
    double lower = 0.0;
    double upper = 0.0;
    return next_double(&at, &lower) && next_double(&at, &upper) &&
           push_double(&out->new_row_lower, lower) && push_double(&out->new_row_upper, upper) &&
           read_sparse(at, &out->new_row);
}

static bool read_new_column(char *at, double sign, hot_edit *out)
{
    double cost = 0.0;
    double lower = 0.0;
    double upper = 0.0;
    return next_double(&at, &cost) && next_double(&at, &lower) && next_double(&at, &upper) &&
           push_double(&out->new_cost, sign * cost) && push_double(&out->new_lower, lower) &&
           push_double(&out->new_upper, upper) && read_sparse(at, &out->new_column);
}

/* "WORD I [J [K]] VALUE", depart without a value. */
static bool read_domain(char *at, hot_edit *out)
{
    static const struct {
        const char *what;
        int objects;
        bool value;
    } forms[] = {{"pool", 1, true}, {"link", 1, true},   {"limit", 2, true},  {"amount", 1, true},
                 {"cost", 1, true}, {"arrive", 3, true}, {"depart", 2, false}};
    void *list = out->domain;
    bool done = grow(&list, out->num_domain, &out->room_domain, sizeof *out->domain);
    out->domain = list;
    if (!done) {
        return false;
    }
    hot_domain_edit *made = &out->domain[out->num_domain++];
    const size_t length = strcspn(at, " ");
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        if (strlen(forms[f].what) == length && strncmp(at, forms[f].what, length) == 0) {
            at += length;
            *made = (hot_domain_edit){.at = {-1, -1, -1}};
            memcpy(made->what, forms[f].what, length);
            for (int k = 0; done && k < forms[f].objects; k++) {
                done = next_index(&at, &made->at[k]);
            }
            return done && (!forms[f].value || next_double(&at, &made->value));
        }
    }
    return false;
}

static bool read_line(char *line, double sign, hot_edit *out)
{
    char *rest = line + 2;
    switch (line[0]) {
    case 'e':
        snprintf(out->change, sizeof out->change, "%.*s", (int)strcspn(rest, "\n"), rest);
        return true;
    case 'r':
        return read_bounds(rest, &out->row, &out->row_lower, &out->row_upper);
    case 'b':
        return read_bounds(rest, &out->column, &out->lower, &out->upper);
    case 'c':
        return read_cost(rest, sign, out);
    case 'o':
        out->has_offset = true;
        return next_double(&rest, &out->offset);
    case 'R':
        return read_new_row(rest, out);
    case 'C':
        return read_new_column(rest, sign, out);
    case 'x':
        return read_indices(rest, &out->gone_row);
    case 'y':
        return read_indices(rest, &out->gone_column);
    case 'm':
        return read_domain(rest, out);
    default:
        return false;
    }
}

bool hot_read_edit(FILE *trace, double sign, hot_edit *out, bool *bad)
{
    char *line = NULL;
    size_t size = 0;
    bool more = false;
    clear(out);
    *bad = false;
    for (;;) {
        const ssize_t length = getline(&line, &size, trace);
        if (length <= 0) {
            *bad = more;
            more = false;
            break;
        }
        if (line[0] == '.') {
            break;
        }
        more = true;
        if (length < 3 || !read_line(line, sign, out)) {
            *bad = true;
            more = false;
            break;
        }
    }
    free(line);
    return more;
}
