/* message.c - what went wrong, on one line: FILE:LINE:COLUMN: what was found and what was expected.
 * With --json the same as an object on standard output. */
#include "cli.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

void message_error(const char *file, const dca_error *error)
{
    progress_clear();
    if (file == NULL) {
        fprintf(stderr, "dcalloc: %s\n", error->text);
        return;
    }
    if (strcmp(file, "-") == 0) {
        file = "<standard input>";
    }
    if (error->line > 0) {
        fprintf(stderr, "%s:%lld:%lld: %s\n", file, (long long)error->line,
                (long long)(error->column > 0 ? error->column : 1), error->text);
    } else {
        fprintf(stderr, "%s: %s\n", file, error->text);
    }
}

int exit_of_status(dca_status status, bool writing)
{
    switch (status) {
    case DCA_OK:
        return EXIT_OPTIMAL;
    case DCA_E_NOMEM:
        return EXIT_MEMORY;
    case DCA_E_UNSUPPORTED:
        return EXIT_UNSUPPORTED;
    case DCA_E_IO:
        return writing ? EXIT_WRITE : EXIT_READ;
    case DCA_E_SYNTAX:
        return EXIT_READ;
    case DCA_E_ARG:
        return writing ? EXIT_WRITE : EXIT_USAGE;
    default:
        return EXIT_INTERNAL;
    }
}

int exit_of_result(const dca_result *result)
{
    dca_certificate certificate = {.struct_size = sizeof certificate};
    switch (dca_result_outcome(result)) {
    case DCA_OPTIMAL:
        return EXIT_OPTIMAL;
    case DCA_INFEASIBLE:
        return EXIT_INFEASIBLE;
    case DCA_UNBOUNDED:
        return EXIT_UNBOUNDED;
    case DCA_INFEASIBLE_OR_UNBOUNDED:
        return EXIT_INFEASIBLE_OR_UNBOUNDED;
    case DCA_FEASIBLE:
        return EXIT_STOPPED_FEASIBLE;
    case DCA_TIME_LIMIT:
    case DCA_WORK_LIMIT:
        if (dca_result_certificate(result, &certificate) == DCA_OK &&
            isfinite(dca_result_objective(result)) && certificate.primal_violation <= 1e-7) {
            return EXIT_STOPPED_FEASIBLE;
        }
        return EXIT_STOPPED;
    case DCA_INTERRUPTED:
        return EXIT_INTERRUPTED;
    case DCA_IMPRECISE:
        return EXIT_IMPRECISE;
    default:
        return EXIT_INTERNAL;
    }
}

int message_json(int status, const char *file, const dca_error *error)
{
    cli_json json = {0};
    json_open(&json, NULL, '{');
    json_string(&json, "status", status == EXIT_UNSUPPORTED ? "unsupported" : "error");
    json_number(&json, "objective", NAN);
    json_integer(&json, "code", error->code);
    json_string(&json, "file", file);
    json_integer(&json, "line", error->line);
    json_integer(&json, "column", error->column);
    json_string(&json, "text", error->text);
    json_close(&json, '}');
    const int printed = json_print(&json);
    text_free(&json.text);
    return printed == EXIT_OPTIMAL ? status : printed;
}

int message_fail(const cli_run *run, const char *file, const dca_error *error, bool writing)
{
    message_error(file, error);
    if (file != NULL && (isatty(fileno(stderr)) || run->args->verbose)) {
        caret_show(file, error);
    }
    const int status = exit_of_status((dca_status)error->code, writing);
    return run->args->json ? message_json(status, file, error) : status;
}
