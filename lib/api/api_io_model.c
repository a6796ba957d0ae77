/* api_io_model.c - include/dcalloc/io.h: scenarios from files and to files. */
#include "api/api_check.h"
#include "base/alloc.h"
#include "dcalloc/io.h"
#include "io/io_file.h"
#include "io/json.h"
#include "model/model.h"

dca_status dca_model_read_json(dca_env *env, const char *path, dca_control *control,
                               dca_model **out, dca_error *err)
{
    char *text = NULL;
    size_t length = 0;
    dca_status status = dca__check_pointer(env, "env", err);
    if (status == DCA_OK) {
        status = dca__check_pointer(path, "path", err);
    }
    if (status == DCA_OK) {
        status = dca__check_pointer(out, "out", err);
    }
    if (status == DCA_OK) {
        status = dca__file_read(env, path, control, &text, &length, err);
    }
    if (status == DCA_OK) {
        status = dca__json_read_model(env, text, length, control, out, err);
        dca__free(env, text);
    }
    return status;
}

dca_status dca_model_parse_json(dca_env *env, const char *text, size_t length, dca_control *control,
                                dca_model **out, dca_error *err)
{
    dca_status status = dca__check_pointer(env, "env", err);
    if (status == DCA_OK && length > 0) {
        status = dca__check_pointer(text, "text", err);
    }
    if (status == DCA_OK) {
        status = dca__check_pointer(out, "out", err);
    }
    return status != DCA_OK
               ? status
               : dca__json_read_model(env, length > 0 ? text : "", length, control, out, err);
}

dca_status dca_model_write_json(const dca_model *model, const char *path, dca_error *err)
{
    char *text = NULL;
    size_t length = 0;
    dca__sink *sink = NULL;
    dca_status status = dca__check_pointer(model, "model", err);
    if (status == DCA_OK) {
        status = dca__check_pointer(path, "path", err);
    }
    if (status == DCA_OK) {
        status = dca__json_write_model(model, &text, &length, err);
    }
    if (status != DCA_OK) {
        return status;
    }
    status = dca__sink_open(model->env, path, &sink, err);
    if (status == DCA_OK) {
        dca__sink_bytes(sink, text, length);
        dca__sink_text(sink, "\n");
        status = dca__sink_close(sink, err);
    }
    dca__free(model->env, text);
    return status;
}
