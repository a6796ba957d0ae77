/* plugin.c - other simplex codes, loaded when they are asked for: the library never does. */
#include "cli.h"

#include <dlfcn.h>
#include <string.h>

#define PLUGIN "libdcalloc-glpk.so." PLUGIN_VERSION

/* The plug-in's backend, or NULL and why not in `text`. It stays loaded until the program ends. */
static const dca_backend *load(char *text, size_t size)
{
    void *const library = dlopen(PLUGIN, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        snprintf(text, size, "method glpk needs the plug-in, built where GLPK is: %s", dlerror());
        return NULL;
    }
    void *const symbol = dlsym(library, "dca_glpk_backend");
    const dca_backend *(*backend)(void) = NULL;
    memcpy(&backend, &symbol, sizeof backend); /* POSIX: a symbol's address is a function's */
    if (backend == NULL) {
        snprintf(text, size, PLUGIN " has no dca_glpk_backend: it is not ours");
        return NULL;
    }
    return backend();
}

int plugin_glpk(cli_run *run)
{
    dca_error error = DCA_ERROR_INIT;
    run->backend = load(error.text, sizeof error.text);
    if (run->backend != NULL) {
        return EXIT_OPTIMAL;
    }
    error.code = DCA_E_UNSUPPORTED;
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
