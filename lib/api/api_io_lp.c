/* api_io_lp.c - include/dcalloc/io.h: LPs from files and to files. */
#include "api/api_lp.h"
#include "dcalloc/io.h"
#include "io/basis_file.h"
#include "io/lpfile.h"
#include "io/mps.h"

static dca_status check_read(const dca_env *env, const char *path, dca_lp **out, dca_error *err)
{
    dca_status status = dca__check_pointer(env, "env", err);
    if (status == DCA_OK) {
        status = dca__check_pointer(path, "path", err);
    }
    return status == DCA_OK ? dca__check_pointer(out, "out", err) : status;
}

static dca_status check_parse(const dca_env *env, const char *text, size_t length, dca_lp **out,
                              dca_error *err)
{
    dca_status status = dca__check_pointer(env, "env", err);
    if (status == DCA_OK && length > 0) {
        status = dca__check_pointer(text, "text", err);
    }
    return status == DCA_OK ? dca__check_pointer(out, "out", err) : status;
}

static dca_status check_write(const dca_lp *lp, const char *path, dca_error *err)
{
    const dca_status status = dca__check_pointer(lp, "lp", err);
    return status == DCA_OK ? dca__check_pointer(path, "path", err) : status;
}

dca_status dca_lp_read_mps(dca_env *env, const char *path, dca_control *control, dca_lp **out,
                           dca_error *err)
{
    const dca_status status = check_read(env, path, out, err);
    return status != DCA_OK ? status : dca__mps_read(env, path, control, out, err);
}

dca_status dca_lp_parse_mps(dca_env *env, const char *text, size_t length, dca_control *control,
                            dca_lp **out, dca_error *err)
{
    const dca_status status = check_parse(env, text, length, out, err);
    return status != DCA_OK ? status : dca__mps_parse(env, text, length, control, out, err);
}

dca_status dca_lp_write_mps(const dca_lp *lp, const char *path, dca_error *err)
{
    const dca_status status = check_write(lp, path, err);
    return status != DCA_OK ? status : dca__mps_write(lp, path, err);
}

dca_status dca_lp_read_lp(dca_env *env, const char *path, dca_control *control, dca_lp **out,
                          dca_error *err)
{
    const dca_status status = check_read(env, path, out, err);
    return status != DCA_OK ? status : dca__lpfile_read(env, path, control, out, err);
}

dca_status dca_lp_parse_lp(dca_env *env, const char *text, size_t length, dca_control *control,
                           dca_lp **out, dca_error *err)
{
    const dca_status status = check_parse(env, text, length, out, err);
    return status != DCA_OK ? status : dca__lpfile_parse(env, text, length, control, out, err);
}

dca_status dca_lp_write_lp(const dca_lp *lp, const char *path, dca_error *err)
{
    const dca_status status = check_write(lp, path, err);
    return status != DCA_OK ? status : dca__lpfile_write(lp, path, err);
}

dca_status dca_basis_read(const dca_lp *lp, const char *path, uint8_t *columns, uint8_t *rows,
                          dca_error *err)
{
    dca_status status = dca__check_pointer(lp, "lp", err);
    if (status == DCA_OK) {
        status = dca__check_pointer(path, "path", err);
    }
    if (status == DCA_OK && lp->num_columns > 0) {
        status = dca__check_pointer(columns, "columns", err);
    }
    if (status == DCA_OK && lp->num_rows > 0) {
        status = dca__check_pointer(rows, "rows", err);
    }
    return status != DCA_OK ? status : dca__basis_read(lp, path, columns, rows, err);
}
