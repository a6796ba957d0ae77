/* cli.h - what the files of the command-line program share.
 *
 * The program is written against the public headers only. It keeps to the C locale, so printf writes
 * a decimal point everywhere. The answer goes to standard output, everything else to standard
 * error. */
#ifndef DCALLOC_CLI_H
#define DCALLOC_CLI_H

#include "dcalloc.h"

#include <stdbool.h>
#include <stdio.h>

/* Exit statuses. */
enum {
    EXIT_OPTIMAL = 0, /* or: done */
    EXIT_USAGE = 2,
    EXIT_READ = 3,
    EXIT_WRITE = 4,
    EXIT_MEMORY = 5,
    EXIT_UNSUPPORTED = 6,
    EXIT_INFEASIBLE = 10,
    EXIT_UNBOUNDED = 11,
    EXIT_STOPPED_FEASIBLE = 12,
    EXIT_STOPPED = 13,
    EXIT_INFEASIBLE_OR_UNBOUNDED = 14,
    EXIT_IMPRECISE = 20,
    EXIT_INTERNAL = 70,
    EXIT_INTERRUPTED = 130
};

typedef enum cli_command {
    COMMAND_NONE = 0,
    COMMAND_SOLVE,
    COMMAND_CHECK,
    COMMAND_CONVERT,
    COMMAND_EXPLAIN,
    COMMAND_OPTIONS,
    COMMAND_HELP,
    COMMAND_VERSION
} cli_command;

/* The command line, taken apart. Strings are those of argv. */
typedef struct cli_args {
    cli_command command;
    const char *file[2]; /* input; output of convert */
    int num_files;
    bool json, verbose;
    double time_limit; /* seconds, INFINITY: none */
    const char *basis_in, *basis_out, *solution, *plot;
    const char **setting; /* NAME=VALUE, in the order given; [num_settings] */
    int num_settings;
    const char **untouchable; /* names or patterns of rows and columns; [num_untouchable] */
    int num_untouchable;
    char wrong[200]; /* what is wrong with the command line, when something is */
} cli_args;

/* One run of the program: what every command needs. */
typedef struct cli_run {
    const cli_args *args;
    dca_env *env;
    dca_options *options;
    dca_control *control;
    const dca_backend *backend; /* NULL: the native one */
    double started;             /* clock when the run began */
    double read_seconds;        /* what reading took */
} cli_run;

/* What a file held: one of the two, or neither. */
typedef struct cli_input {
    dca_lp *lp;
    dca_model *model;
} cli_input;

/* A growing text. Once an allocation failed it is `broken` and takes nothing more. */
typedef struct cli_text {
    char *at;
    size_t length, capacity;
    bool broken;
} cli_text;

/* ---- text.c */
void text_add(cli_text *text, const char *piece, size_t length);
void text_print(cli_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_free(cli_text *text);

/* ---- json_out.c: JSON on a text. Commas and nesting are the writer's business. */
typedef struct cli_json {
    cli_text text;
    bool comma; /* the next value is preceded by one */
} cli_json;
void json_open(cli_json *json, const char *key, char bracket); /* key NULL inside arrays */
void json_close(cli_json *json, char bracket);
void json_string(cli_json *json, const char *key, const char *value); /* NULL: null */
void json_number(cli_json *json, const char *key, double value);      /* not finite: null */
void json_integer(cli_json *json, const char *key, int64_t value);
void json_bool(cli_json *json, const char *key, bool value);
void json_raw(cli_json *json, const char *key, const char *value, size_t length);
/* Write it and a newline to standard output. */
int json_print(cli_json *json);

/* ---- args.c */
/* EXIT_OPTIMAL, or EXIT_USAGE or EXIT_MEMORY after a message. */
int args_parse(int argc, char **argv, cli_args *out);
void args_free(cli_args *args);
void args_help(FILE *out);

/* ---- message.c: one line on standard error, and the JSON object of an error. */
/* `file` (may be NULL) and the place in it stand before the sentence. */
void message_error(const char *file, const dca_error *error);
/* The JSON object of an error on standard output; returns `status`, or EXIT_MEMORY. */
int message_json(int status, const char *file, const dca_error *error);
/* Report a failed call, as JSON too when asked for; returns the exit status. `writing` tells a file
 * that could not be written from one that could not be read. */
int message_fail(const cli_run *run, const char *file, const dca_error *error, bool writing);
/* The status word and exit status of a call that failed, and of an answer. */
int exit_of_status(dca_status status, bool writing);
int exit_of_result(const dca_result *result);

/* ---- caret.c: the line of an error and a caret under its place, on standard error. Nothing when the
 * file cannot be read again, or is packed. */
void caret_show(const char *file, const dca_error *error);

/* ---- input.c */
typedef enum cli_format { FORMAT_UNKNOWN = 0, FORMAT_SCENARIO, FORMAT_LP, FORMAT_MPS } cli_format;
cli_format format_of_name(const char *name);
/* Read an LP or a scenario; EXIT_OPTIMAL, or another status after the message; EXIT_STOPPED or
 * EXIT_INTERRUPTED without one. */
int input_read(cli_run *run, const char *path, cli_input *out);
void input_free(cli_input *input);

/* ---- plugin.c */
int plugin_glpk(cli_run *run); /* --method glpk: load it, or say why not */
/* A solver of what was read, with the backend asked for. */
dca_status new_solver(const cli_run *run, const cli_input *input, dca_solver **out,
                      dca_error *error);

/* ---- interrupt.c */
void interrupt_install(dca_control *control);
bool interrupt_seen(void);
/* Show a bar on standard error while the control's calls run, if it is a terminal. */
void progress_install(dca_control *control);
void progress_clear(void);

/* ---- style.c: colours where standard output is a terminal that wants them. */
typedef enum cli_colour { PLAIN = 0, BOLD, DIM, RED, GREEN, YELLOW, BLUE, CYAN } cli_colour;
typedef struct cli_style {
    bool colour; /* escape sequences may be used */
    bool tables; /* boxes and bars of Unicode may be used */
    int width;   /* columns of the terminal, 100 when it is none */
} cli_style;
cli_style style_of(FILE *out);
/* The escape sequence that switches a colour on; PLAIN switches all off; "" without colours. */
const char *style_on(const cli_style *style, cli_colour colour);
/* A duration for people: "0.4 ms", "12.1 s". */
void style_seconds(double seconds, char out[32]);

/* ---- report_lp.c, report_model.c: an answer for people on standard output. */
void report_verdict(const cli_style *style, const dca_result *result);
void report_how(const cli_style *style, const cli_run *run, const dca_result *result);
void report_lp(const cli_run *run, const dca_lp *lp, const dca_result *result);
/* EXIT_OPTIMAL, or EXIT_MEMORY after a message. */
int report_model(const cli_run *run, const dca_model *model, const dca_result *result);

/* Reading was stopped: say so in the words of the answer. */
int report_stopped(const cli_run *run, int status);

/* ---- plot.c: the picture; EXIT_OPTIMAL, or another status after the message. */
int plot_write(const cli_run *run, const dca_model *model, const dca_result *result,
               const char *path);

/* ---- explain_lp.c: the sentences, into an open JSON array or (NULL) on standard output. */
int explain_lp(const dca_lp *lp, const dca_result *result, cli_json *json);

/* ---- conflict.c */
/* Marks [columns, then rows] for dca_solver_find_conflict() of what --untouchable names, NULL: none.
 * EXIT_OPTIMAL, or another status after the message. */
int conflict_marks(const cli_run *run, const cli_input *input, uint8_t **out);
/* The conflict as the member "conflict" of an open object; nothing where there is none. */
void conflict_json(const dca_result *result, cli_json *json);

/* ---- the commands; each returns the exit status */
int command_solve(cli_run *run);
int command_check(cli_run *run);
int command_convert(cli_run *run);
int command_explain(cli_run *run);
int command_options(cli_run *run);

/* Seconds on a monotonic clock. */
double clock_seconds(void);

#endif
