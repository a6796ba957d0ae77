/* gz_none.c - a build without zlib. */
#include "io/io_gz.h"

#include "base/err.h"

dca_status dca__gz_inflate(dca_env *env, const char *path, dca_control *control, const char *data,
                           size_t length, char **out, size_t *out_length, dca_error *err)
{
    (void)env;
    (void)control;
    (void)data;
    (void)length;
    (void)out;
    (void)out_length;
    return dca__fail(err, DCA_E_UNSUPPORTED, DCA_KIND_FILE, -1,
                     "%.120s is compressed, expected plain text: this build has no zlib", path);
}

dca_status dca__gz_open(dca_env *env, FILE *file, dca__gz **out, dca_error *err)
{
    (void)env;
    (void)file;
    (void)out;
    return dca__fail(err, DCA_E_UNSUPPORTED, DCA_KIND_FILE, -1,
                     "a name in .gz asks for compression, which this build does not have");
}

bool dca__gz_write(dca__gz *gz, const char *data, size_t length)
{
    (void)gz;
    (void)data;
    (void)length;
    return false;
}

bool dca__gz_finish(dca__gz *gz)
{
    (void)gz;
    return false;
}

void dca__gz_close(dca__gz *gz)
{
    (void)gz;
}
