/* convert.c - `dcalloc convert IN OUT`: an LP to free MPS or LP format, scenario to scenario, and a
 * scenario to the LP of its first tier. The name of OUT says which: what ends neither in .lp nor in .json
 * is MPS. */
#include "cli.h"

#include <string.h>

static int write_lp(const cli_run *run, const dca_lp *lp, const char *path)
{
    dca_error error = DCA_ERROR_INIT;
    const dca_status status = format_of_name(path) == FORMAT_LP
                                  ? dca_lp_write_lp(lp, path, &error)
                                  : dca_lp_write_mps(lp, path, &error);
    return status == DCA_OK ? EXIT_OPTIMAL : message_fail(run, path, &error, true);
}

static int write_compiled(const cli_run *run, dca_model *model, const char *path)
{
    dca_error error = DCA_ERROR_INIT;
    dca_solver *solver = NULL;
    dca_lp *lp = NULL;
    int status = EXIT_OPTIMAL;
    if (dca_solver_new_model(model, run->options, &solver, &error) != DCA_OK) {
        return message_fail(run, run->args->file[0], &error, false);
    }
    if (dca_solver_compiled(solver, run->control, &lp) != DCA_OK) {
        dca_solver_error(solver, &error);
        status = message_fail(run, run->args->file[0], &error, false);
        status = status == EXIT_USAGE ? EXIT_READ : status; /* what was read does not add up */
    } else {
        status = write_lp(run, lp, path);
    }
    dca_lp_free(lp);
    dca_solver_free(solver);
    return status;
}

int command_convert(cli_run *run)
{
    const char *const path = run->args->file[1];
    const bool to_scenario = format_of_name(path) == FORMAT_SCENARIO;
    dca_error error = DCA_ERROR_INIT;
    cli_input input = {0};
    int status = input_read(run, run->args->file[0], &input);
    if (status == EXIT_STOPPED || status == EXIT_INTERRUPTED) {
        return report_stopped(run, status);
    }
    if (status != EXIT_OPTIMAL) {
        return status;
    }
    const bool standard = strcmp(path, "-") == 0;
    if (input.lp != NULL && to_scenario) {
        error.code = DCA_E_UNSUPPORTED;
        snprintf(error.text, sizeof error.text,
                 "an LP has no pools and demands: it cannot become a scenario");
        status = message_fail(run, path, &error, true);
    } else if (input.lp != NULL) {
        status = write_lp(run, input.lp, path);
    } else if (to_scenario || standard) {
        if (dca_model_write_json(input.model, path, &error) != DCA_OK) {
            status = message_fail(run, path, &error, true);
        }
    } else {
        status = write_compiled(run, input.model, path);
    }
    input_free(&input);
    return status;
}
