/* args.c - the command line: a command, its files, and options in any place after it, written as
 * `--name value` or `--name=value`. */
#include "cli.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    cli_command command;
    int files; /* how many it takes */
} commands[] = {
    {"solve", COMMAND_SOLVE, 1},     {"check", COMMAND_CHECK, 1},
    {"convert", COMMAND_CONVERT, 2}, {"explain", COMMAND_EXPLAIN, 1},
    {"options", COMMAND_OPTIONS, 0}, {"help", COMMAND_HELP, 0},
};
enum { NUM_COMMANDS = sizeof commands / sizeof *commands };

void args_help(FILE *out)
{
    fputs(
        "dcalloc - allocation in data centres by linear programming\n"
        "\n"
        "usage: dcalloc solve FILE      solve a scenario (.json) or an LP (.mps, .lp)\n"
        "       dcalloc explain FILE    solve it and say why the answer is what it is\n"
        "       dcalloc check FILE      read it and say what looks wrong, without solving\n"
        "       dcalloc convert IN OUT  scenario, MPS or LP to scenario, MPS or LP (.gz packs)\n"
        "       dcalloc options         list the options that --option takes\n"
        "       dcalloc --help | --version\n"
        "A FILE of - is standard input, an OUT of - standard output.\n"
        "\n"
        "  --json              print one JSON object and nothing else\n"
        "  --method NAME       auto, dual, primal, network, ipm or glpk (default auto)\n"
        "  --time-limit S      stop after S seconds\n"
        "  --option NAME=VALUE set an option; may be repeated\n"
        "  --relax             ignore integer marks\n"
        "  --no-presolve       solve the problem as it stands\n"
        "  --basis-in FILE     start from a basis (LP); --basis-out FILE writes the last one\n"
        "  --solution FILE     write values, prices and statuses as JSON\n"
        "  --plot FILE.svg     draw the allocation (scenarios)\n"
        "  --untouchable NAME  explain: a row or column (or a pattern, cap*) of an infeasible LP "
        "that\n"
        "                      may not give; may be repeated\n"
        "  --verbose           log what is done on standard error; a caret where a file is wrong\n"
        "\n"
        "exit status: 0 optimal and verified, or done; 2 usage; 3 cannot read; 4 cannot write;\n"
        "5 out of memory; 6 unsupported; 10 infeasible; 11 unbounded; 12 stopped by a limit with\n"
        "a feasible point; 13 without one; 14 infeasible or unbounded; 20 imprecise; 70 internal\n"
        "error; 130 interrupted\n",
        out);
}

static int usage(cli_args *args, const char *sentence, const char *what)
{
    snprintf(args->wrong, sizeof args->wrong, "%s '%.80s'; see dcalloc --help", sentence, what);
    fprintf(stderr, "dcalloc: %s\n", args->wrong);
    return EXIT_USAGE;
}

/* Does `word` name the option, and where is its value? *at moves over a value of its own. Returns 0:
 * another option, 1: found, -1: its value is missing. */
static int option_value(const char *name, int argc, char **argv, int *at, const char **value)
{
    const size_t length = strlen(name);
    const char *const word = argv[*at];
    if (strncmp(word, name, length) != 0) {
        return 0;
    }
    if (word[length] == '=') {
        *value = word + length + 1;
        return 1;
    }
    if (word[length] != '\0') {
        return 0;
    }
    if (*at + 1 >= argc) {
        return -1;
    }
    *value = argv[++*at];
    return 1;
}

static int take_flag(const char *word, cli_args *out)
{
    if (strcmp(word, "--json") == 0) {
        out->json = true;
    } else if (strcmp(word, "--verbose") == 0) {
        out->verbose = true;
    } else if (strcmp(word, "--relax") == 0) {
        out->setting[out->num_settings++] = "relax=on";
    } else if (strcmp(word, "--no-presolve") == 0) {
        out->setting[out->num_settings++] = "presolve=off";
    } else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        out->command = COMMAND_HELP;
    } else if (strcmp(word, "--version") == 0) {
        out->command = COMMAND_VERSION;
    } else {
        return 0;
    }
    return 1;
}

static int take_method(const char *value, cli_args *out)
{
    static const struct {
        const char *word, *setting;
    } methods[] = {{"auto", "method=auto"},     {"dual", "method=dual"},
                   {"primal", "method=primal"}, {"network", "method=network"},
                   {"ipm", "method=ipm"},       {"glpk", "method=glpk"}};
    for (size_t k = 0; k < sizeof methods / sizeof *methods; k++) {
        if (strcmp(value, methods[k].word) == 0) {
            out->setting[out->num_settings++] = methods[k].setting;
            return EXIT_OPTIMAL;
        }
    }
    return usage(out, "--method takes auto, dual, primal, network, ipm or glpk, not", value);
}

static int take_time(const char *value, cli_args *out)
{
    char *end = NULL;
    const double seconds = strtod(value, &end);
    if (end == value || *end != '\0' || !(seconds >= 0.0)) {
        return usage(out, "--time-limit takes seconds, 0 or more, not", value);
    }
    out->time_limit = seconds;
    return EXIT_OPTIMAL;
}

/* An option with a value. */
static int take_option(int argc, char **argv, int *at, cli_args *out)
{
    const struct {
        const char *name;
        const char **target;
    } files[] = {{"--basis-in", &out->basis_in},
                 {"--basis-out", &out->basis_out},
                 {"--solution", &out->solution},
                 {"--plot", &out->plot}};
    const char *const word = argv[*at];
    const char *value = NULL;
    int found = 0;
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        found = option_value(files[k].name, argc, argv, at, &value);
        if (found > 0) {
            *files[k].target = value;
            return EXIT_OPTIMAL;
        }
        if (found < 0) {
            return usage(out, "a value is missing after", word);
        }
    }
    if ((found = option_value("--untouchable", argc, argv, at, &value)) > 0) {
        out->untouchable[out->num_untouchable++] = value;
        return EXIT_OPTIMAL;
    }
    if (found == 0 && (found = option_value("--option", argc, argv, at, &value)) > 0) {
        if (strchr(value, '=') == NULL) {
            return usage(out, "--option takes NAME=VALUE, not", value);
        }
        out->setting[out->num_settings++] = value;
        return EXIT_OPTIMAL;
    }
    if (found == 0 && (found = option_value("--method", argc, argv, at, &value)) > 0) {
        return take_method(value, out);
    }
    if (found == 0 && (found = option_value("--time-limit", argc, argv, at, &value)) > 0) {
        return take_time(value, out);
    }
    return usage(out, found < 0 ? "a value is missing after" : "unknown option", word);
}

static int take_word(const char *word, cli_args *out)
{
    if (out->command == COMMAND_NONE) {
        for (int k = 0; k < NUM_COMMANDS; k++) {
            if (strcmp(word, commands[k].word) == 0) {
                out->command = commands[k].command;
                return EXIT_OPTIMAL;
            }
        }
        return usage(out, "a command was expected (solve, check, convert, explain, options), not",
                     word);
    }
    if (out->num_files == 2) {
        return usage(out, "one file too many:", word);
    }
    out->file[out->num_files++] = word;
    return EXIT_OPTIMAL;
}

/* With --json nothing else is written to standard output. */
static int check_outputs(cli_args *args)
{
    const struct {
        const char *name, *path;
    } outputs[] = {{"--solution", args->solution}, {"--basis-out", args->basis_out}};
    for (size_t k = 0; k < sizeof outputs / sizeof *outputs; k++) {
        if (args->json && outputs[k].path != NULL && strcmp(outputs[k].path, "-") == 0) {
            return usage(args, "with --json standard output holds one object: no '-' after",
                         outputs[k].name);
        }
    }
    if (args->plot != NULL && strcmp(args->plot, "-") == 0) {
        return usage(args, "--plot takes the name of a file, not", args->plot);
    }
    return EXIT_OPTIMAL;
}

static int check_files(cli_args *args)
{
    if (args->num_untouchable > 0 && args->command != COMMAND_EXPLAIN) {
        return usage(args, "only explain takes --untouchable, here", args->untouchable[0]);
    }
    for (int k = 0; k < NUM_COMMANDS; k++) {
        if (commands[k].command == args->command && args->num_files != commands[k].files) {
            if (args->num_files > commands[k].files) {
                return usage(args, "one file too many:", args->file[args->num_files - 1]);
            }
            return usage(args,
                         commands[k].files == 2 ? "two files are expected after"
                                                : "a file is expected after",
                         commands[k].word);
        }
    }
    return EXIT_OPTIMAL;
}

int args_parse(int argc, char **argv, cli_args *out)
{
    *out = (cli_args){.time_limit = INFINITY};
    out->setting = calloc((size_t)argc + 1, sizeof *out->setting);
    out->untouchable = calloc((size_t)argc + 1, sizeof *out->untouchable);
    if (out->setting == NULL || out->untouchable == NULL) {
        fputs("dcalloc: out of memory\n", stderr);
        return EXIT_MEMORY;
    }
    bool only_files = false; /* after -- */
    for (int k = 1; k < argc; k++) {
        const char *const word = argv[k];
        int status = EXIT_OPTIMAL;
        if (!only_files && strcmp(word, "--") == 0) {
            only_files = true;
        } else if (only_files || word[0] != '-' || word[1] == '\0') {
            status = take_word(word, out);
        } else if (!take_flag(word, out)) {
            status = take_option(argc, argv, &k, out);
        }
        if (status != EXIT_OPTIMAL) {
            return status;
        }
        if (out->command == COMMAND_HELP || out->command == COMMAND_VERSION) {
            return EXIT_OPTIMAL;
        }
    }
    if (out->command == COMMAND_NONE) {
        args_help(stderr);
        return EXIT_USAGE;
    }
    const int status = check_files(out);
    return status == EXIT_OPTIMAL ? check_outputs(out) : status;
}

void args_free(cli_args *args)
{
    free(args->setting);
    free(args->untouchable);
    *args = (cli_args){0};
}
