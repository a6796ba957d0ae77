/* fuzz_scenario.c - any bytes as a scenario: an error with its place, or a model whose text reads back
 * the same; memory bounded, nothing left behind. Build and run:
 *
 *     CC=clang meson setup build/fuzz -Dfuzz=enabled -Db_sanitize=address,undefined -Db_lundef=false \
 *         -Dc_args=-fsanitize=fuzzer-no-link
 *     ninja -C build/fuzz && build/fuzz/tests/fuzz_scenario -max_total_time=60 CORPUS examples/scenarios
 */
#include "base/alloc.h"
#include "base/env.h"
#include "io/json.h"
#include "model/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "broken: %s\n", what);
        abort();
    }
}

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
    dca_env *env = NULL;
    dca_model *model = NULL;
    dca_error error = DCA_ERROR_INIT;
    demand(dca__env_new(NULL, &env) == DCA_OK, "an environment");
    const dca_status status =
        dca__json_read_model(env, (const char *)data, size, NULL, &model, &error);
    demand(dca__env_memory_peak(env) <= 64 * size + (1u << 20), "memory");
    if (status == DCA_OK) {
        check_round_trip(env, model);
    } else {
        demand(status == DCA_E_SYNTAX && error.line > 0 && error.column > 0, "a place");
    }
    dca__model_release(model);
    demand(dca__env_memory(env) == 0, "nothing left behind");
    dca__env_release(env);
    return 0;
}
