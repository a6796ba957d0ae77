/* explain.c - `dcalloc explain FILE`: the answer as sentences. */
#include "cli.h"

#include <stdlib.h>

static int explain(const cli_input *input, const dca_result *result, cli_json *json)
{
    if (input->lp != NULL) {
        return explain_lp(input->lp, result, json);
    }
    for (dca_index k = 0; k < dca_result_num_sentences(result); k++) {
        if (json != NULL) {
            json_string(json, NULL, dca_result_sentence(result, k));
        } else {
            printf("%s\n", dca_result_sentence(result, k));
        }
    }
    return EXIT_OPTIMAL;
}

static int explain_json(const cli_input *input, const dca_result *result)
{
    cli_json json = {0};
    json_open(&json, NULL, '{');
    json_string(&json, "status", dca_outcome_name(dca_result_outcome(result)));
    json_open(&json, "sentences", '[');
    const int status = explain(input, result, &json);
    json_close(&json, ']');
    conflict_json(result, &json);
    json_close(&json, '}');
    const int printed = status == EXIT_OPTIMAL ? json_print(&json) : status;
    text_free(&json.text);
    return printed;
}

int command_explain(cli_run *run)
{
    cli_input input = {0};
    dca_error error = DCA_ERROR_INIT;
    dca_solver *solver = NULL;
    dca_result *result = NULL;
    uint8_t *marks = NULL;
    int status = input_read(run, run->args->file[0], &input);
    if (status == EXIT_STOPPED || status == EXIT_INTERRUPTED) {
        return report_stopped(run, status);
    }
    if (status != EXIT_OPTIMAL) {
        return status;
    }
    status = conflict_marks(run, &input, &marks);
    if (status != EXIT_OPTIMAL) {
        goto done;
    }
    if (new_solver(run, &input, &solver, &error) != DCA_OK) {
        status = message_fail(run, run->args->file[0], &error, false);
        goto done;
    }
    const uint8_t *const rows = marks == NULL ? NULL : marks + dca_lp_num_columns(input.lp);
    if (dca_solver_find_conflict(solver, marks, rows, run->control, &result) != DCA_OK) {
        dca_solver_error(solver, &error);
        status = message_fail(run, run->args->file[0], &error, false);
        status = status == EXIT_USAGE ? EXIT_READ : status; /* what was read does not add up */
        goto done;
    }
    progress_clear();
    status = run->args->json ? explain_json(&input, result) : explain(&input, result, NULL);
    if (dca_result_outcome(result) == DCA_INTERRUPTED) {
        status = EXIT_INTERRUPTED;
    }
done:
    free(marks);
    dca_result_free(result);
    dca_solver_free(solver);
    input_free(&input);
    return status;
}
