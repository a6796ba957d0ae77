/* plugin.c - other simplex codes, loaded when they are asked for: the library never does. */
#include "cli.h"

#include <dlfcn.h>
#include <string.h>

#define PLUGIN "libdcalloc-glpk.so." PLUGIN_VERSION

/* Open the plug-in and put its backend into *out. It stays loaded until the program ends. */
static const char *load(const dca_backend **out)
{
    void *const library = dlopen(PLUGIN, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        return "method glpk needs " PLUGIN ", which is not installed: build with GLPK to have it";
    }
    void *const symbol = dlsym(library, "dca_glpk_backend");
    const dca_backend *(*backend)(void) = NULL;
    memcpy(&backend, &symbol, sizeof backend); /* POSIX: a symbol's address is a function's */
    if (backend == NULL) {
        return PLUGIN " has no dca_glpk_backend: it is not ours";
    }
    *out = backend();
    return NULL;
}

int plugin_glpk(cli_run *run)
{
    dca_error error = DCA_ERROR_INIT;
    const char *const fault = load(&run->backend);
    if (fault == NULL) {
        return EXIT_OPTIMAL;
    }
    error.code = DCA_E_UNSUPPORTED;
    snprintf(error.text, sizeof error.text, "%s", fault);
    return message_fail(run, NULL, &error, false);
}

dca_status new_solver(const cli_run *run, const cli_input *input, dca_solver **out,
                      dca_error *error)
{
    dca_solver *solver = NULL;
    dca_status status = input->lp != NULL
                            ? dca_solver_new_lp(input->lp, run->options, &solver, error)
                            : dca_solver_new_model(input->model, run->options, &solver, error);
    if (status == DCA_OK && run->backend != NULL) {
        status = dca_solver_set_backend(solver, run->backend);
        if (status != DCA_OK) {
            dca_solver_error(solver, error);
            dca_solver_free(solver);
        }
    }
    if (status == DCA_OK) {
        *out = solver;
    }
    return status;
}
