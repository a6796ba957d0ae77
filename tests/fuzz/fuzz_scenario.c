/* fuzz_scenario.c - any bytes as a scenario: an error with its place, or a model whose text reads back
 * the same. */
#include "base/alloc.h"
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
    } else {
        demand(status == DCA_E_SYNTAX && error.line > 0 && error.column > 0, "a place");
    }
    dca__model_release(model);
    fuzz_end(&run);
    return 0;
}
