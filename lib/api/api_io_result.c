/* api_io_result.c - include/dcalloc/io.h: answers to files. */
#include "api/api_check.h"
#include "base/alloc.h"
#include "base/err.h"
#include "dcalloc/io.h"
#include "engine/lp_names.h"
#include "engine/model_answer.h"
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

static dca_status check(const dca_result *result, const char *path, dca_error *err)
{
    const dca_status status = dca__check_pointer(result, "result", err);
    return status != DCA_OK ? status : dca__check_pointer(path, "path", err);
}

/* Names of rows and columns, one reference more: those of an LP are kept, those of a compiled model are
 * made for the file. */
static dca_status take_names(const dca_result *result, dca__names **out, dca_error *err)
{
    if (result->names != NULL) {
        *out = dca__names_retain(result->names);
        return DCA_OK;
    }
    return dca__lp_names_new(result->model->frozen, out) == DCA_OK ? DCA_OK : dca__fail_nomem(err);
}

dca_status dca_result_write_solution(const dca_result *result, const char *path, dca_error *err)
{
    dca__names *names = NULL;
    dca_status status = check(result, path, err);
    if (status == DCA_OK) {
        status = take_names(result, &names, err);
    }
    if (status == DCA_OK) {
        status = dca__solution_write(result->env, &result->answer.point, &names->columns,
                                     &names->rows, path, err);
    }
    dca__names_release(names);
    return status;
}

dca_status dca_basis_write(const dca_result *result, const char *path, dca_error *err)
{
    dca__names *names = NULL;
    dca_status status = check(result, path, err);
    if (status == DCA_OK) {
        status = take_names(result, &names, err);
    }
    if (status == DCA_OK) {
        status = dca__basis_write(result->env, &result->answer.point, &names->columns, &names->rows,
                                  path, err);
    }
    dca__names_release(names);
    return status;
}
