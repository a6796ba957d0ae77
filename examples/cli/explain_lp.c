/* explain_lp.c - why the answer to an LP is what it is: the rows and bounds that hold it where it is,
 * with prices, or what cannot hold together, or the direction without end. */
#include "cli.h"

#include <math.h>
#include <stdlib.h>

enum { LONGEST_LIST = 12 };

typedef struct entry {
    double key; /* largest first */
    dca_index index;
    bool row;
} entry;

static int by_key(const void *left, const void *right)
{
    const entry *const a = left;
    const entry *const b = right;
    if (a->key != b->key) {
        return a->key > b->key ? -1 : 1;
    }
    if (a->row != b->row) {
        return a->row ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

static const char *name_of(const dca_lp *lp, const entry *e, char room[32])
{
    const char *const name =
        e->row ? dca_lp_row_name(lp, e->index) : dca_lp_column_name(lp, e->index);
    if (name != NULL) {
        return name;
    }
    snprintf(room, 32, "%c%lld", e->row ? 'R' : 'C', (long long)e->index + 1);
    return room;
}

/* "at least 3", "at most 4", "from 1 to 2", "exactly 5", "free". */
static void bounds_text(double lower, double upper, char out[80])
{
    if (lower == upper) {
        snprintf(out, 80, "exactly %.10g", lower);
    } else if (isfinite(lower) && isfinite(upper)) {
        snprintf(out, 80, "from %.10g to %.10g", lower, upper);
    } else if (isfinite(lower)) {
        snprintf(out, 80, "at least %.10g", lower);
    } else if (isfinite(upper)) {
        snprintf(out, 80, "at most %.10g", upper);
    } else {
        snprintf(out, 80, "free");
    }
}

static void entry_bounds(const dca_lp *lp, const entry *e, char out[80])
{
    double lower = -INFINITY;
    double upper = INFINITY;
    const dca_status status = e->row
                                  ? dca_lp_get_rows(lp, e->index, 1, &lower, &upper)
                                  : dca_lp_get_columns(lp, e->index, 1, NULL, &lower, &upper, NULL);
    if (status != DCA_OK) {
        out[0] = '\0';
        return;
    }
    bounds_text(lower, upper, out);
}

/* Sentences go to a JSON array or to standard output. */
static void say(cli_json *json, const char *sentence)
{
    if (json != NULL) {
        json_string(json, NULL, sentence);
    } else {
        printf("%s\n", sentence);
    }
}

static void say_more(cli_json *json, dca_index count)
{
    if (count > LONGEST_LIST) {
        char line[64];
        snprintf(line, sizeof line, "  and %lld more", (long long)count - LONGEST_LIST);
        say(json, line);
    }
}

static void say_optimal(const dca_lp *lp, const dca_result *result, entry *list, double *value,
                        cli_json *json)
{
    const dca_index m = dca_result_num_rows(result);
    const dca_index n = dca_result_num_columns(result);
    dca_index count = 0;
    char line[400];
    snprintf(line, sizeof line,
             "The objective is %.12g, proved; what holds it there, dearest first:",
             dca_result_objective(result));
    say(json, line);
    for (int row = 1; row >= 0; row--) {
        const dca_index size = row ? m : n;
        const dca_status status =
            row ? dca_result_get_y(result, 0, m, value) : dca_result_get_d(result, 0, n, value);
        for (dca_index k = 0; status == DCA_OK && k < size; k++) {
            if (fabs(value[k]) > 1e-9) {
                list[count++] = (entry){fabs(value[k]), k, row == 1};
            }
        }
    }
    qsort(list, (size_t)count, sizeof *list, by_key);
    for (dca_index k = 0; k < count && k < LONGEST_LIST; k++) {
        char room[32];
        char bounds[80];
        double price = 0.0;
        const entry *const e = &list[k];
        const dca_status status = e->row ? dca_result_get_y(result, e->index, 1, &price)
                                         : dca_result_get_d(result, e->index, 1, &price);
        if (status != DCA_OK) {
            continue;
        }
        entry_bounds(lp, e, bounds);
        snprintf(line, sizeof line, "  %s %.120s is %s: one more there changes it by %+.6g",
                 e->row ? "row" : "column", name_of(lp, e, room), bounds, price);
        say(json, line);
    }
    say_more(json, count);
}

/* What cannot hold together, phrase by phrase. */
static void say_conflict(const dca_result *result, cli_json *json)
{
    dca_index count = 0;
    int32_t irreducible = 0;
    if (dca_result_conflict_count(result, &count, &irreducible) != DCA_OK) {
        return;
    }
    say(json, irreducible != 0
                  ? "No point satisfies these together, and without any one of them there is one:"
                  : "No point satisfies these together; whether any can be spared was not found "
                    "out:");
    for (dca_index k = 0; k < count && k < LONGEST_LIST; k++) {
        char line[400];
        snprintf(line, sizeof line, "  %.390s", dca_result_conflict_note(result, k));
        say(json, line);
    }
    say_more(json, count);
}

/* The direction without end, largest entries first. */
static void say_ray(const dca_lp *lp, const dca_result *result, entry *list, double *value,
                    cli_json *json)
{
    const dca_index size = dca_result_num_columns(result);
    dca_index count = 0;
    if (dca_result_get_ray(result, value) != DCA_OK) {
        return;
    }
    say(json, "The objective improves without end along this direction:");
    for (dca_index k = 0; k < size; k++) {
        if (value[k] != 0.0) {
            list[count++] = (entry){fabs(value[k]), k, false};
        }
    }
    qsort(list, (size_t)count, sizeof *list, by_key);
    for (dca_index k = 0; k < count && k < LONGEST_LIST; k++) {
        char room[32];
        char bounds[80];
        char line[400];
        entry_bounds(lp, &list[k], bounds);
        snprintf(line, sizeof line, "  column %.120s, %s: %+.6g", name_of(lp, &list[k], room),
                 bounds, value[list[k].index]);
        say(json, line);
    }
    say_more(json, count);
}

int explain_lp(const dca_lp *lp, const dca_result *result, cli_json *json)
{
    const size_t size =
        (size_t)dca_result_num_rows(result) + (size_t)dca_result_num_columns(result) + 1;
    entry *const list = malloc(size * sizeof *list);
    double *const value = malloc(size * sizeof *value);
    const bool room = list != NULL && value != NULL;
    if (room) {
        switch (dca_result_outcome(result)) {
        case DCA_OPTIMAL:
            say_optimal(lp, result, list, value, json);
            break;
        case DCA_INFEASIBLE:
            say_conflict(result, json);
            break;
        case DCA_UNBOUNDED:
            say_ray(lp, result, list, value, json);
            break;
        default:
            say(json, dca_outcome_name(dca_result_outcome(result)));
        }
    } else {
        fputs("dcalloc: out of memory\n", stderr);
    }
    free(list);
    free(value);
    return room ? EXIT_OPTIMAL : EXIT_MEMORY;
}
