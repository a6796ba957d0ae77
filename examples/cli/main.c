/* main.c - the program dcalloc: environment, options and control, then one command. */
#include "cli.h"

#include <errno.h>
#include <math.h>
#include <string.h>

static void on_log(void *user, int32_t level, const char *line)
{
    const bool *const verbose = user;
    if (*verbose || level <= DCA_LOG_ERROR) {
        progress_clear();
        fprintf(stderr, "%s\n", line);
    }
}

/* NAME=VALUE into the options. */
static int set_option(cli_run *run, const char *setting)
{
    char name[64];
    dca_error error = DCA_ERROR_INIT;
    const char *const equals = strchr(setting, '=');
    const size_t length = (size_t)(equals - setting);
    if (strcmp(setting, "method=glpk") == 0) {
        return plugin_glpk(run);
    }
    if (length >= sizeof name) {
        error.code = DCA_E_ARG;
        snprintf(error.text, sizeof error.text, "there is no option '%.80s'; see dcalloc options",
                 setting);
        return message_fail(run, NULL, &error, false);
    }
    memcpy(name, setting, length);
    name[length] = '\0';
    if (dca_options_set(run->options, name, equals + 1) != DCA_OK) {
        dca_options_error(run->options, &error);
        return message_fail(run, NULL, &error, false);
    }
    return EXIT_OPTIMAL;
}

static int prepare(cli_run *run)
{
    dca_error error = DCA_ERROR_INIT;
    if (dca_options_new(run->env, &run->options) != DCA_OK ||
        dca_control_new(run->env, &run->control) != DCA_OK) {
        error.code = DCA_E_NOMEM;
        snprintf(error.text, sizeof error.text, "out of memory");
        return message_fail(run, NULL, &error, false);
    }
    if (run->args->basis_out != NULL && set_option(run, "basis=on") != EXIT_OPTIMAL) {
        return EXIT_INTERNAL;
    }
    for (int k = 0; k < run->args->num_settings; k++) {
        const int status = set_option(run, run->args->setting[k]);
        if (status != EXIT_OPTIMAL) {
            return status;
        }
    }
    if (isfinite(run->args->time_limit) &&
        dca_control_set_deadline(run->control, run->args->time_limit) != DCA_OK) {
        return EXIT_INTERNAL;
    }
    interrupt_install(run->control);
    progress_install(run->control);
    return EXIT_OPTIMAL;
}

static int run_command(cli_run *run)
{
    switch (run->args->command) {
    case COMMAND_SOLVE:
        return command_solve(run);
    case COMMAND_CHECK:
        return command_check(run);
    case COMMAND_CONVERT:
        return command_convert(run);
    case COMMAND_EXPLAIN:
        return command_explain(run);
    case COMMAND_OPTIONS:
        return command_options(run);
    default:
        return EXIT_USAGE;
    }
}

static int with_environment(const cli_args *args)
{
    bool verbose = args->verbose;
    dca_env_config config = DCA_ENV_CONFIG_INIT;
    config.user = &verbose;
    config.log = on_log;
    cli_run run = {.args = args, .started = clock_seconds()};
    int status = EXIT_MEMORY;
    if (dca_env_new(&config, &run.env) == DCA_OK) {
        status = prepare(&run);
        if (status == EXIT_OPTIMAL) {
            status = run_command(&run);
        }
    }
    progress_clear();
    dca_control_free(run.control);
    dca_options_free(run.options);
    dca_env_free(run.env);
    return status;
}

/* --json anywhere, also where the command line could not be read to its end. */
static bool wants_json(int argc, char **argv)
{
    bool found = false;
    for (int k = 1; k < argc; k++) {
        found = found || strcmp(argv[k], "--json") == 0;
    }
    return found;
}

int main(int argc, char **argv)
{
    cli_args args;
    int status = args_parse(argc, argv, &args);
    if (status == EXIT_OPTIMAL) {
        if (args.command == COMMAND_HELP) {
            args_help(stdout);
        } else if (args.command == COMMAND_VERSION) {
            const int32_t version = dca_version();
            printf("dcalloc %d.%d.%d (%s)\n", (int)(version / 1000000),
                   (int)(version / 1000 % 1000), (int)(version % 1000), dca_capabilities());
        } else {
            status = with_environment(&args);
        }
    } else if (status == EXIT_USAGE && wants_json(argc, argv)) {
        dca_error error = DCA_ERROR_INIT;
        error.code = DCA_E_ARG;
        snprintf(error.text, sizeof error.text, "%s", args.wrong);
        status = message_json(status, NULL, &error);
    }
    args_free(&args);
    errno = 0;
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "dcalloc: cannot write to standard output: %s\n", strerror(errno));
        return EXIT_WRITE;
    }
    return status;
}
