/* api_io_result.c - include/dcalloc/io.h: answers to files. */
#include "api/api_check.h"
#include "base/alloc.h"
#include "base/err.h"
#include "dcalloc/io.h"
#include "engine/result.h"
#include "io/basis_file.h"
#include "io/solution.h"

dca_env *dca_result_env(const dca_result *result)
{
    return result == NULL ? NULL : result->env;
}

void dca_text_free(dca_env *env, char *text)
{
    if (env != NULL) {
        dca__free(env, text);
    }
}

/* The answer to a scenario has no names of rows and columns: files call them R1, C1, ... */
static const dca__strtab unnamed;

static dca_status check(const dca_result *result, const char *path, dca_error *err)
{
    const dca_status status = dca__check_pointer(result, "result", err);
    return status != DCA_OK ? status : dca__check_pointer(path, "path", err);
}

dca_status dca_result_write_solution(const dca_result *result, const char *path, dca_error *err)
{
    const dca_status status = check(result, path, err);
    if (status != DCA_OK) {
        return status;
    }
    const dca__names *const names = result->names;
    return dca__solution_write(result->env, &result->answer.point,
                               names != NULL ? &names->columns : &unnamed,
                               names != NULL ? &names->rows : &unnamed, path, err);
}

dca_status dca_basis_write(const dca_result *result, const char *path, dca_error *err)
{
    const dca_status status = check(result, path, err);
    if (status != DCA_OK) {
        return status;
    }
    const dca__names *const names = result->names;
    return dca__basis_write(result->env, &result->answer.point,
                            names != NULL ? &names->columns : &unnamed,
                            names != NULL ? &names->rows : &unnamed, path, err);
}
