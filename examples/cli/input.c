/* input.c - read what a file holds. The name says the format: .json a scenario, .lp CPLEX LP, .mps
 * MPS, each with or without .gz. Standard input and files of other names are looked at: a scenario
 * begins with a brace, an LP file with minimize or maximize, which begin no MPS file. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static bool name_ends(const char *name, const char *ending)
{
    const size_t length = strlen(name);
    const size_t tail = strlen(ending);
    return length >= tail && strcmp(name + length - tail, ending) == 0;
}

cli_format format_of_name(const char *name)
{
    static const struct {
        const char *plain, *packed;
        cli_format format;
    } endings[] = {{".json", ".json.gz", FORMAT_SCENARIO},
                   {".lp", ".lp.gz", FORMAT_LP},
                   {".mps", ".mps.gz", FORMAT_MPS}};
    for (size_t k = 0; k < sizeof endings / sizeof *endings; k++) {
        if (name_ends(name, endings[k].plain) || name_ends(name, endings[k].packed)) {
            return endings[k].format;
        }
    }
    return FORMAT_UNKNOWN;
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

/* The first word of a text, as in LP files: behind blanks and comments, which begin with a backslash. */
static const char *first_word(const char *text, size_t length, size_t *word)
{
    size_t at = 0;
    bool comment = false;
    while (at < length && (comment || strchr(" \t\r\n\\", text[at]) != NULL) && text[at] != '\0') {
        comment = text[at] == '\\' || (comment && text[at] != '\n');
        at++;
    }
    for (*word = 0; at + *word < length && strchr(" \t\r\n", text[at + *word]) == NULL;) {
        ++*word;
    }
    return text + at;
}

static cli_format format_of_text(const char *text, size_t length)
{
    static const char *const senses[] = {"minimize", "minimise", "minimum", "min",
                                         "maximize", "maximise", "maximum", "max"};
    static const char mark[] = "\xEF\xBB\xBF"; /* byte order mark */
    if (length >= 3 && memcmp(text, mark, 3) == 0) {
        text += 3;
        length -= 3;
    }
    size_t word = 0;
    const char *const first = first_word(text, length, &word);
    if (word > 0 && first[0] == '{') {
        return FORMAT_SCENARIO;
    }
    for (size_t k = 0; k < sizeof senses / sizeof *senses; k++) {
        if (word == strlen(senses[k]) && strncasecmp(first, senses[k], word) == 0) {
            return FORMAT_LP;
        }
    }
    return FORMAT_MPS;
}

/* The format of a file whose name says nothing: MPS too when it cannot be looked at twice. */
static cli_format format_of_file(const char *path)
{
    char head[4096];
    struct stat about;
    FILE *const file = stat(path, &about) == 0 && S_ISREG(about.st_mode) ? fopen(path, "rb") : NULL;
    if (file == NULL) {
        return FORMAT_MPS; /* the reader says what is wrong */
    }
    const size_t length = fread(head, 1, sizeof head, file);
    fclose(file);
    return format_of_text(head, length);
}

static dca_status parse_text(cli_run *run, const cli_text *text, cli_input *out, dca_error *error)
{
    const char *const at = text->at != NULL ? text->at : "";
    switch (format_of_text(at, text->length)) {
    case FORMAT_SCENARIO:
        return dca_model_parse_json(run->env, at, text->length, run->control, &out->model, error);
    case FORMAT_LP:
        return dca_lp_parse_lp(run->env, at, text->length, run->control, &out->lp, error);
    default:
        return dca_lp_parse_mps(run->env, at, text->length, run->control, &out->lp, error);
    }
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
        result = parse_text(run, &text, out, error);
    } else {
        error->code = DCA_E_NOMEM;
        snprintf(error->text, sizeof error->text, "out of memory");
    }
    text_free(&text);
    return result;
}

static dca_status read_file(cli_run *run, const char *path, cli_input *out, dca_error *error)
{
    const cli_format named = format_of_name(path);
    switch (named == FORMAT_UNKNOWN ? format_of_file(path) : named) {
    case FORMAT_SCENARIO:
        return dca_model_read_json(run->env, path, run->control, &out->model, error);
    case FORMAT_LP:
        return dca_lp_read_lp(run->env, path, run->control, &out->lp, error);
    default:
        return dca_lp_read_mps(run->env, path, run->control, &out->lp, error);
    }
}

int input_read(cli_run *run, const char *path, cli_input *out)
{
    const double before = clock_seconds();
    dca_error error = DCA_ERROR_INIT;
    const dca_status status =
        strcmp(path, "-") == 0 ? parse_stdin(run, out, &error) : read_file(run, path, out, &error);
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
