/* solve.c - `dcalloc solve FILE`: read, solve, write what was asked for, report. */
#include "cli.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void json_size(cli_json *json, dca_index rows, dca_index columns, dca_nnz entries)
{
    json_integer(json, "rows", rows);
    json_integer(json, "columns", columns);
    json_integer(json, "nonzeros", entries);
}

static void json_certificate(cli_json *json, const dca_result *result)
{
    static const char *const kinds[] = {"none", "kkt", "farkas", "ray"};
    dca_certificate certificate = {.struct_size = sizeof certificate};
    if (result == NULL || dca_result_certificate(result, &certificate) != DCA_OK) {
        certificate =
            (dca_certificate){.primal_violation = NAN, .dual_violation = NAN, .relative_gap = NAN};
    }
    json_open(json, "certificate", '{');
    json_string(json, "kind", kinds[certificate.kind]);
    json_number(json, "primal_violation", certificate.primal_violation);
    json_number(json, "dual_violation", certificate.dual_violation);
    json_number(json, "relative_gap", certificate.relative_gap);
    json_bool(json, "valid", certificate.valid != 0);
    json_close(json, '}');
}

/* The one object of --json. result NULL: stopped before there was one. */
static int print_json(const cli_run *run, const char *status, const dca_result *result, bool model)
{
    dca_solve_info info = {.struct_size = sizeof info};
    if (result != NULL && dca_result_info(result, &info) != DCA_OK) {
        info = (dca_solve_info){.struct_size = sizeof info};
    }
    cli_json json = {0};
    json_open(&json, NULL, '{');
    json_string(&json, "status", status);
    json_number(&json, "objective", result != NULL ? dca_result_objective(result) : NAN);
    json_string(&json, "method", info.method);
    json_integer(&json, "iterations", info.iterations);
    json_number(&json, "read_seconds", run->read_seconds);
    json_number(&json, "solve_seconds", info.seconds);
    json_size(&json, info.rows, info.columns, info.entries);
    json_open(&json, "presolved", '{');
    json_size(&json, info.presolved_rows, info.presolved_columns, info.presolved_entries);
    json_close(&json, '}');
    json_certificate(&json, result);
    dca_error error = DCA_ERROR_INIT;
    char *answer = NULL;
    size_t length = 0;
    if (model && result != NULL) {
        if (dca_result_answer_json(result, &answer, &length, &error) != DCA_OK) {
            text_free(&json.text);
            return message_fail(run, NULL, &error, false);
        }
        json_raw(&json, "answer", answer, length);
        dca_text_free(dca_result_env(result), answer);
    }
    json_close(&json, '}');
    const int printed = json_print(&json);
    text_free(&json.text);
    return printed;
}

/* Reading or solving was stopped before there was a point. */
int report_stopped(const cli_run *run, int status)
{
    progress_clear();
    const char *const word = status == EXIT_INTERRUPTED ? "interrupted" : "time_limit";
    if (run->args->json) {
        const int printed = print_json(run, word, NULL, false);
        return printed == EXIT_OPTIMAL ? status : printed;
    }
    fprintf(stderr, "%s: %s while reading\n", run->args->file[0],
            status == EXIT_INTERRUPTED ? "interrupted" : "the time limit was reached");
    return status;
}

static int start_basis(const cli_run *run, const dca_lp *lp, dca_solver *solver)
{
    const char *const path = run->args->basis_in;
    dca_error error = DCA_ERROR_INIT;
    uint8_t *columns = malloc((size_t)dca_lp_num_columns(lp) + 1);
    uint8_t *rows = malloc((size_t)dca_lp_num_rows(lp) + 1);
    int status = EXIT_MEMORY;
    if (columns == NULL || rows == NULL) {
        error.code = DCA_E_NOMEM;
        snprintf(error.text, sizeof error.text, "out of memory");
        status = message_fail(run, NULL, &error, false);
    } else if (dca_basis_read(lp, path, columns, rows, &error) != DCA_OK) {
        status = message_fail(run, path, &error, false);
        status = status == EXIT_USAGE ? EXIT_READ : status;
    } else if (dca_solver_set_basis(solver, columns, rows) != DCA_OK) {
        dca_solver_error(solver, &error);
        status = message_fail(run, path, &error, false);
    } else {
        status = EXIT_OPTIMAL;
    }
    free(columns);
    free(rows);
    return status;
}

/* The files that were asked for. A part that the answer does not have is said, and is no file. */
static int write_files(const cli_run *run, const cli_input *input, const dca_result *result)
{
    const cli_args *const args = run->args;
    dca_error error = DCA_ERROR_INIT;
    if (args->solution != NULL &&
        dca_result_write_solution(result, args->solution, &error) != DCA_OK) {
        return message_fail(run, args->solution, &error, true);
    }
    if (args->basis_out != NULL) {
        const dca_status status = dca_basis_write(result, args->basis_out, &error);
        if (status == DCA_E_STATE) {
            fprintf(stderr, "%s: not written, the answer has no basis\n", args->basis_out);
        } else if (status != DCA_OK) {
            return message_fail(run, args->basis_out, &error, true);
        }
    }
    if (args->plot != NULL) {
        return plot_write(run, input->model, result, args->plot);
    }
    return EXIT_OPTIMAL;
}

static int solve_input(cli_run *run, const cli_input *input)
{
    dca_error error = DCA_ERROR_INIT;
    dca_solver *solver = NULL;
    dca_result *result = NULL;
    int status = EXIT_OPTIMAL;
    if (new_solver(run, input, &solver, &error) != DCA_OK) {
        status = message_fail(run, run->args->file[0], &error, false);
        goto done;
    }
    if (run->args->basis_in != NULL) {
        status = start_basis(run, input->lp, solver);
        if (status != EXIT_OPTIMAL) {
            goto done;
        }
    }
    if (dca_solver_solve(solver, run->control, &result) != DCA_OK) {
        dca_solver_error(solver, &error);
        status = message_fail(run, run->args->file[0], &error, false);
        status = status == EXIT_USAGE ? EXIT_READ : status; /* what was read does not add up */
        goto done;
    }
    progress_clear();
    status = write_files(run, input, result);
    if (status != EXIT_OPTIMAL) {
        goto done;
    }
    status = exit_of_result(result);
    if (run->args->json) {
        const int printed = print_json(run, dca_outcome_name(dca_result_outcome(result)), result,
                                       input->model != NULL);
        status = printed == EXIT_OPTIMAL ? status : printed;
    } else if (input->lp != NULL) {
        report_lp(run, input->lp, result);
    } else {
        const int printed = report_model(run, input->model, result);
        status = printed == EXIT_OPTIMAL ? status : printed;
    }
done:
    dca_result_free(result);
    dca_solver_free(solver);
    return status;
}

/* Options that one kind of input does not have. */
static int check_options(const cli_run *run, const cli_input *input)
{
    const cli_args *const args = run->args;
    dca_error error = DCA_ERROR_INIT;
    error.code = DCA_E_ARG;
    if (input->model != NULL && (args->basis_in != NULL || args->basis_out != NULL)) {
        snprintf(error.text, sizeof error.text, "a basis file belongs to an LP, not to a scenario");
    } else if (input->lp != NULL && args->plot != NULL) {
        snprintf(error.text, sizeof error.text, "--plot draws scenarios, not LPs");
    } else {
        return EXIT_OPTIMAL;
    }
    return message_fail(run, args->file[0], &error, false);
}

int command_solve(cli_run *run)
{
    cli_input input = {0};
    int status = input_read(run, run->args->file[0], &input);
    if (status == EXIT_STOPPED || status == EXIT_INTERRUPTED) {
        return report_stopped(run, status);
    }
    if (status == EXIT_OPTIMAL) {
        status = check_options(run, &input);
    }
    if (status == EXIT_OPTIMAL) {
        status = solve_input(run, &input);
    }
    input_free(&input);
    return status;
}
