/* input.c - read what a file holds. The name says the format (.json a scenario, .lp not yet read,
 * anything else MPS); standard input is looked at: a scenario begins with a brace. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool name_ends(const char *name, const char *ending)
{
    const size_t length = strlen(name);
    const size_t tail = strlen(ending);
    return length >= tail && strcmp(name + length - tail, ending) == 0;
}

static int read_stdin(cli_text *text)
{
    char block[65536];
    size_t got = 0;
    while ((got = fread(block, 1, sizeof block, stdin)) > 0) {
        text_add(text, block, got);
    }
    return text->broken ? EXIT_MEMORY : (ferror(stdin) ? EXIT_READ : EXIT_OPTIMAL);
}

static dca_status parse_stdin(cli_run *run, cli_input *out, dca_error *error)
{
    cli_text text = {0};
    const int status = read_stdin(&text);
    dca_status result = DCA_E_NOMEM;
    if (status == EXIT_READ) {
        error->code = DCA_E_IO;
        snprintf(error->text, sizeof error->text, "cannot read: %s", strerror(errno));
        result = DCA_E_IO;
    } else if (status == EXIT_OPTIMAL) {
        size_t first = 0;
        while (first < text.length && strchr(" \t\r\n", text.at[first]) != NULL) {
            first++;
        }
        const char *const at = text.at != NULL ? text.at : "";
        if (first < text.length && at[first] == '{') {
            result =
                dca_model_parse_json(run->env, at, text.length, run->control, &out->model, error);
        } else {
            result = dca_lp_parse_mps(run->env, at, text.length, run->control, &out->lp, error);
        }
    } else {
        error->code = DCA_E_NOMEM;
        snprintf(error->text, sizeof error->text, "out of memory");
    }
    text_free(&text);
    return result;
}

int input_read(cli_run *run, const char *path, cli_input *out)
{
    const double before = clock_seconds();
    dca_error error = DCA_ERROR_INIT;
    dca_status status = DCA_OK;
    if (strcmp(path, "-") == 0) {
        status = parse_stdin(run, out, &error);
    } else if (name_ends(path, ".json") || name_ends(path, ".json.gz")) {
        status = dca_model_read_json(run->env, path, run->control, &out->model, &error);
    } else if (name_ends(path, ".lp") || name_ends(path, ".lp.gz")) {
        status = DCA_E_UNSUPPORTED;
        error.code = status;
        snprintf(error.text, sizeof error.text,
                 "LP format is not supported in this version; MPS and scenarios are");
    } else {
        status = dca_lp_read_mps(run->env, path, run->control, &out->lp, &error);
    }
    run->read_seconds = clock_seconds() - before;
    if (status == DCA_OK) {
        return EXIT_OPTIMAL;
    }
    if (status == DCA_E_STATE) {
        return interrupt_seen() ? EXIT_INTERRUPTED : EXIT_STOPPED;
    }
    const int failed = message_fail(run, path, &error, false);
    return failed == EXIT_USAGE ? EXIT_READ : failed;
}

void input_free(cli_input *input)
{
    dca_lp_free(input->lp);
    dca_model_free(input->model);
    *input = (cli_input){0};
}
