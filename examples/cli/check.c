/* check.c - `dcalloc check FILE`: what looks wrong before anything is solved. */
#include "findings.h"

#include <math.h>
#include <stdlib.h>

typedef struct lp_arrays {
    double *cost, *lower, *upper, *row_lower, *row_upper, *value;
    dca_nnz *start;
    dca_index *index, *row_count;
} lp_arrays;

static void arrays_free(lp_arrays *a)
{
    free(a->cost);
    free(a->lower);
    free(a->upper);
    free(a->row_lower);
    free(a->row_upper);
    free(a->value);
    free(a->start);
    free(a->index);
    free(a->row_count);
    *a = (lp_arrays){0};
}

static bool arrays_read(const dca_lp *lp, lp_arrays *a)
{
    const size_t n = (size_t)dca_lp_num_columns(lp);
    const size_t m = (size_t)dca_lp_num_rows(lp);
    const size_t entries = (size_t)dca_lp_num_entries(lp);
    a->cost = malloc((n + 1) * sizeof(double));
    a->lower = malloc((n + 1) * sizeof(double));
    a->upper = malloc((n + 1) * sizeof(double));
    a->row_lower = malloc((m + 1) * sizeof(double));
    a->row_upper = malloc((m + 1) * sizeof(double));
    a->start = malloc((n + 1) * sizeof(dca_nnz));
    a->index = malloc((entries + 1) * sizeof(dca_index));
    a->value = malloc((entries + 1) * sizeof(double));
    a->row_count = calloc(m + 1, sizeof(dca_index));
    if (a->cost == NULL || a->lower == NULL || a->upper == NULL || a->row_lower == NULL ||
        a->row_upper == NULL || a->start == NULL || a->index == NULL || a->value == NULL ||
        a->row_count == NULL) {
        return false;
    }
    const dca_index columns = dca_lp_num_columns(lp);
    const dca_index rows = dca_lp_num_rows(lp);
    return dca_lp_get_columns(lp, 0, columns, a->cost, a->lower, a->upper, NULL) == DCA_OK &&
           dca_lp_get_rows(lp, 0, rows, a->row_lower, a->row_upper) == DCA_OK &&
           dca_lp_get_entries(lp, 0, columns, a->start, a->index, a->value) == DCA_OK;
}

static const char *name_or(const char *name, const char *kind, dca_index k, char room[32])
{
    if (name != NULL) {
        return name;
    }
    snprintf(room, 32, "%s%lld", kind, (long long)k + 1);
    return room;
}

static void check_rows(const dca_lp *lp, const lp_arrays *a, cli_findings *all)
{
    char room[32];
    char line[256];
    for (dca_index i = 0; i < dca_lp_num_rows(lp); i++) {
        const char *const name = name_or(dca_lp_row_name(lp, i), "R", i, room);
        if (a->row_lower[i] > a->row_upper[i]) {
            snprintf(line, sizeof line, "row %s: lower bound %g is above upper bound %g", name,
                     a->row_lower[i], a->row_upper[i]);
            findings_add(all, line);
        } else if (a->row_count[i] == 0 && (a->row_lower[i] > 0.0 || a->row_upper[i] < 0.0)) {
            snprintf(line, sizeof line, "row %s: has no entries, and 0 is outside of its bounds",
                     name);
            findings_add(all, line);
        } else if (a->row_count[i] == 0) {
            snprintf(line, sizeof line, "row %s: has no entries", name);
            findings_add(all, line);
        } else if (isinf(a->row_lower[i]) && isinf(a->row_upper[i])) {
            snprintf(line, sizeof line, "row %s: limits nothing", name);
            findings_add(all, line);
        }
    }
}

static void check_columns(const dca_lp *lp, const lp_arrays *a, cli_findings *all)
{
    const double sign = dca_lp_sense(lp) == DCA_MAXIMISE ? -1.0 : 1.0;
    char room[32];
    char line[256];
    for (dca_index j = 0; j < dca_lp_num_columns(lp); j++) {
        const char *const name = name_or(dca_lp_column_name(lp, j), "C", j, room);
        const double away = sign * a->cost[j] < 0.0 ? a->upper[j] : a->lower[j];
        if (a->lower[j] > a->upper[j]) {
            snprintf(line, sizeof line, "column %s: lower bound %g is above upper bound %g", name,
                     a->lower[j], a->upper[j]);
            findings_add(all, line);
        } else if (a->start[j] == a->start[j + 1] && a->cost[j] != 0.0 && isinf(away)) {
            snprintf(line, sizeof line, "column %s: is in no row, and improves without end", name);
            findings_add(all, line);
        } else if (a->start[j] == a->start[j + 1]) {
            snprintf(line, sizeof line, "column %s: is in no row", name);
            findings_add(all, line);
        }
    }
}

static void check_range(const lp_arrays *a, dca_nnz entries, cli_findings *all)
{
    double small = INFINITY;
    double large = 0.0;
    for (dca_nnz k = 0; k < entries; k++) {
        small = fmin(small, fabs(a->value[k]));
        large = fmax(large, fabs(a->value[k]));
    }
    if (large > 1e8 * small) {
        char line[160];
        snprintf(line, sizeof line,
                 "coefficients reach from %g to %g: check the units, scaling will have to help",
                 small, large);
        findings_add(all, line);
    }
}

static int check_lp(const cli_run *run, const dca_lp *lp)
{
    lp_arrays a = {0};
    cli_findings all = {.to_json = run->args->json};
    if (!arrays_read(lp, &a)) {
        arrays_free(&a);
        fputs("dcalloc: out of memory\n", stderr);
        return EXIT_MEMORY;
    }
    const dca_nnz entries = dca_lp_num_entries(lp);
    for (dca_nnz k = 0; k < entries; k++) {
        a.row_count[a.index[k]]++;
    }
    if (all.to_json) {
        json_open(&all.json, NULL, '{');
        json_string(&all.json, "status", "done");
        json_string(&all.json, "name", dca_lp_name(lp));
        json_integer(&all.json, "rows", dca_lp_num_rows(lp));
        json_integer(&all.json, "columns", dca_lp_num_columns(lp));
        json_integer(&all.json, "nonzeros", entries);
        json_integer(&all.json, "integers", dca_lp_num_integers(lp));
        json_open(&all.json, "findings", '[');
    } else {
        printf("%s: %lld rows, %lld columns, %lld nonzeros, %lld integer columns, %s\n",
               dca_lp_name(lp) != NULL ? dca_lp_name(lp) : run->args->file[0],
               (long long)dca_lp_num_rows(lp), (long long)dca_lp_num_columns(lp),
               (long long)entries, (long long)dca_lp_num_integers(lp),
               dca_lp_sense(lp) == DCA_MAXIMISE ? "maximise" : "minimise");
    }
    check_rows(lp, &a, &all);
    check_columns(lp, &a, &all);
    check_range(&a, entries, &all);
    arrays_free(&a);
    return findings_close(&all);
}

void findings_add(cli_findings *all, const char *sentence)
{
    all->count++;
    if (all->to_json) {
        json_string(&all->json, NULL, sentence);
    } else {
        printf("  %s\n", sentence);
    }
}

int findings_close(cli_findings *all)
{
    int status = EXIT_OPTIMAL;
    if (all->to_json) {
        json_close(&all->json, ']');
        json_close(&all->json, '}');
        status = json_print(&all->json);
        text_free(&all->json.text);
    } else if (all->count == 0) {
        printf("  nothing to remark\n");
    }
    return status;
}

int command_check(cli_run *run)
{
    cli_input input = {0};
    int status = input_read(run, run->args->file[0], &input);
    if (status == EXIT_STOPPED || status == EXIT_INTERRUPTED) {
        return report_stopped(run, status);
    }
    if (status == EXIT_OPTIMAL) {
        status = input.lp != NULL ? check_lp(run, input.lp) : check_model(run, input.model);
    }
    input_free(&input);
    return status;
}
