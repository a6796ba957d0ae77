/* conflict.c - what `dcalloc explain` says of an infeasible LP or scenario: marks of what may not give,
 * and the conflict as JSON. */
#include "cli.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

static bool matches(const char *pattern, const char *name)
{
    return name != NULL && (strcmp(pattern, name) == 0 || fnmatch(pattern, name, 0) == 0);
}

/* Mark what the pattern names; how many. */
static dca_index mark(const dca_lp *lp, const char *pattern, uint8_t *marks)
{
    const dca_index n = dca_lp_num_columns(lp);
    const dca_index m = dca_lp_num_rows(lp);
    dca_index count = 0;
    for (dca_index k = 0; k < n + m; k++) {
        if (matches(pattern, k < n ? dca_lp_column_name(lp, k) : dca_lp_row_name(lp, k - n))) {
            marks[k] = DCA_UNTOUCHABLE_LOWER | DCA_UNTOUCHABLE_UPPER;
            count++;
        }
    }
    return count;
}

static int fail(const cli_run *run, const char *sentence, const char *what)
{
    dca_error error = DCA_ERROR_INIT;
    error.code = DCA_E_ARG;
    snprintf(error.text, sizeof error.text, "--untouchable '%.80s': %s", what, sentence);
    return message_fail(run, run->args->file[0], &error, false);
}

int conflict_marks(const cli_run *run, const cli_input *input, uint8_t **out)
{
    const cli_args *const args = run->args;
    *out = NULL;
    if (args->num_untouchable == 0) {
        return EXIT_OPTIMAL;
    }
    if (input->lp == NULL) {
        return fail(run, "a scenario says by \"repair\": null what may not give",
                    args->untouchable[0]);
    }
    const size_t size =
        (size_t)dca_lp_num_columns(input->lp) + (size_t)dca_lp_num_rows(input->lp) + 1;
    uint8_t *const marks = calloc(size, 1);
    if (marks == NULL) {
        fputs("dcalloc: out of memory\n", stderr);
        return EXIT_MEMORY;
    }
    for (int k = 0; k < args->num_untouchable; k++) {
        if (mark(input->lp, args->untouchable[k], marks) == 0) {
            free(marks);
            return fail(run, "no row or column has that name", args->untouchable[k]);
        }
    }
    *out = marks;
    return EXIT_OPTIMAL;
}

static const char *kind_word(int32_t kind)
{
    static const struct {
        int32_t kind;
        const char *word;
    } words[] = {{DCA_KIND_ROW, "row"},
                 {DCA_KIND_COLUMN, "column"},
                 {DCA_KIND_POOL, "pool"},
                 {DCA_KIND_DOMAIN, "domain"},
                 {DCA_KIND_LINK, "link"},
                 {DCA_KIND_DEMAND, "demand"},
                 {DCA_KIND_PLACEMENT, "placement"}};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (words[k].kind == kind) {
            return words[k].word;
        }
    }
    return "";
}

/* The unit of a member's limit: nodes where an elastic pool may have so many; an LP has none. */
static const char *unit_of(const dca_result *result, const dca_conflict_member *member)
{
    if (member->resource >= 0) {
        return dca_result_unit(result, DCA_KIND_RESOURCE, member->resource);
    }
    return member->kind == DCA_KIND_POOL
               ? "node"
               : dca_result_unit(result, (dca_kind)member->kind, member->index);
}

void conflict_json(const dca_result *result, cli_json *json)
{
    dca_index count = 0;
    int32_t irreducible = 0;
    if (dca_result_conflict_count(result, &count, &irreducible) != DCA_OK) {
        return;
    }
    json_open(json, "conflict", '{');
    json_bool(json, "irreducible", irreducible != 0);
    json_open(json, "members", '[');
    for (dca_index k = 0; k < count; k++) {
        dca_conflict_member member = {.struct_size = sizeof member};
        if (dca_result_conflict_at(result, k, &member) != DCA_OK) {
            continue;
        }
        json_open(json, NULL, '{');
        json_string(json, "kind", kind_word(member.kind));
        json_string(json, "name", dca_result_name(result, (dca_kind)member.kind, member.index));
        json_integer(json, "index", member.index);
        json_string(json, "resource",
                    member.resource < 0
                        ? NULL
                        : dca_result_name(result, DCA_KIND_RESOURCE, member.resource));
        json_string(json, "side", member.side < 0 ? "lower" : member.side > 0 ? "upper" : NULL);
        json_number(json, "limit", member.limit);
        json_string(json, "unit", unit_of(result, &member));
        json_bool(json, "untouchable", member.untouchable != 0);
        json_string(json, "text", dca_result_conflict_note(result, k));
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}
