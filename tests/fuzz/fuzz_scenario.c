/* fuzz_scenario.c - any bytes as a scenario: an error with its place, or a model whose text reads back
 * the same. One model in eight is solved, whatever its numbers, within a limit of work: it ends, and what
 * it says can be written. */
#include "base/alloc.h"
#include "dcalloc.h"
#include "fuzz.h"
#include "io/json.h"
#include "model/model.h"

/* Reading what was written gives the same text again. */
static void check_round_trip(dca_env *env, const dca_model *model)
{
    char *once = NULL;
    char *twice = NULL;
    size_t length = 0;
    dca_model *again = NULL;
    demand(dca__json_write_model(model, &once, &length, NULL) == DCA_OK, "writing");
    demand(dca__json_read_model(env, once, length, NULL, &again, NULL) == DCA_OK, "reading again");
    demand(dca__json_write_model(again, &twice, NULL, NULL) == DCA_OK, "writing again");
    demand(strcmp(once, twice) == 0, "the same text");
    dca__free(env, once);
    dca__free(env, twice);
    dca__model_release(again);
}

static void check_answer(dca_env *env, dca_model *model)
{
    enum { MOST_WORK = 200000 };
    dca_solver *solver = NULL;
    dca_control *control = NULL;
    dca_result *result = NULL;
    char *answer = NULL;
    demand(dca_solver_new_model(model, NULL, &solver, NULL) == DCA_OK, "a solver");
    demand(dca_control_new(env, &control) == DCA_OK, "a control");
    demand(dca_control_set_work_limit(control, MOST_WORK) == DCA_OK, "a limit");
    const dca_status status = dca_solver_solve(solver, control, &result);
    demand(status == DCA_OK || status == DCA_E_ARG, "an answer, or what is wrong with the model");
    if (status == DCA_OK) {
        demand(dca_result_answer_json(result, &answer, NULL, NULL) == DCA_OK, "the answer");
        demand(dca_result_num_sentences(result) > 0, "a sentence");
    }
    dca_text_free(env, answer);
    dca_result_free(result);
    dca_control_free(control);
    dca_solver_free(solver);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_run run = fuzz_begin(size);
    dca_model *model = NULL;
    dca_error error = DCA_ERROR_INIT;
    const dca_status status =
        dca__json_read_model(run.env, (const char *)data, size, NULL, &model, &error);
    fuzz_check_read(&run);
    if (status == DCA_OK) {
        check_round_trip(run.env, model);
        if (fuzz_one_in_eight(data, size)) {
            check_answer(run.env, model);
        }
    } else {
        demand(status == DCA_E_SYNTAX && error.line > 0 && error.column > 0, "a place");
    }
    dca__model_release(model);
    fuzz_end(&run);
    return 0;
}
