/* fuzz_lp.c - any bytes as an LP file: an error with its place, or an LP; memory bounded, nothing left
 * behind. Build and run as fuzz_scenario. */
#include "base/env.h"
#include "io/lpfile.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "broken: %s\n", what);
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dca_env *env = NULL;
    dca_lp *lp = NULL;
    dca_error error = DCA_ERROR_INIT;
    demand(dca__env_new(NULL, &env) == DCA_OK, "an environment");
    const dca_status status = dca__lpfile_parse(env, (const char *)data, size, NULL, &lp, &error);
    demand(dca__env_memory_peak(env) <= 64 * size + (1u << 20), "memory");
    demand(status == DCA_OK || ((status == DCA_E_SYNTAX || status == DCA_E_UNSUPPORTED) &&
                                error.line > 0 && error.column > 0),
           "a place");
    dca__lp_release(lp);
    demand(dca__env_memory(env) == 0, "nothing left behind");
    dca__env_release(env);
    return 0;
}
