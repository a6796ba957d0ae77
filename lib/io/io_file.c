/* io_file.c - reading whole files. */
#include "io/io_file.h"

#include "base/alloc.h"
#include "base/err.h"
#include "io/io_gz.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { CHUNK = 65536 };

/* What errno said, without the locale. */
static const char *reason(int code)
{
    switch (code) {
    case ENOENT:
        return "no such file or directory";
    case EACCES:
    case EPERM:
        return "permission denied";
    case EISDIR:
        return "it is a directory";
    case ENOTDIR:
        return "part of the path is not a directory";
    case EMFILE:
    case ENFILE:
        return "too many open files";
    case ENAMETOOLONG:
        return "the name is too long";
    default:
        return "the system refused";
    }
}

/* Bytes in a regular file, or 0. */
static size_t size_hint(FILE *file)
{
    struct stat about;
    const bool regular = fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode);
    return regular && about.st_size > 0 ? (size_t)about.st_size : 0;
}

static dca_status slurp(dca_env *env, FILE *file, const char *path, dca_control *control,
                        char **out, size_t *length, dca_error *err)
{
    char *text = NULL;
    dca_nnz capacity = 0;
    size_t used = 0;
    size_t need = size_hint(file) + 1; /* one more: to see the end, and for the zero byte */
    dca_status status = DCA_OK;
    for (;;) {
        if (DCA_RESERVE(env, text, capacity, (dca_nnz)need) != DCA_OK) {
            status = dca__fail_nomem(err);
            break;
        }
        const size_t room = (size_t)capacity - 1 - used;
        const size_t wanted = room < CHUNK ? room + 1 : CHUNK;
        const size_t count = fread(text + used, 1, wanted, file);
        used += count;
        if (ferror(file)) {
            status = dca__fail(err, DCA_E_IO, DCA_KIND_FILE, -1, "cannot read %.120s: %s", path,
                               reason(errno));
            break;
        }
        if (dca__control_poll(control, CHUNK / 16) != DCA__GO) {
            status = dca__fail(err, DCA_E_STATE, DCA_KIND_FILE, -1,
                               "reading %.120s was stopped by its control", path);
            break;
        }
        need = used + 1;
        if (count < wanted && feof(file)) {
            break;
        }
    }
    if (status == DCA_OK && DCA_RESERVE(env, text, capacity, (dca_nnz)need) != DCA_OK) {
        status = dca__fail_nomem(err);
    }
    if (status != DCA_OK) {
        dca__free(env, text);
        return status;
    }
    text[used] = '\0';
    *out = text;
    *length = used;
    return DCA_OK;
}

dca_status dca__file_read(dca_env *env, const char *path, dca_control *control, char **out,
                          size_t *length, dca_error *err)
{
    const bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rb");
    if (file == NULL) {
        return dca__fail(err, DCA_E_IO, DCA_KIND_FILE, -1, "cannot open %.120s: %s", path,
                         reason(errno));
    }
    char *text = NULL;
    size_t used = 0;
    dca_status status = slurp(env, file, path, control, &text, &used, err);
    if (!standard) {
        fclose(file);
    }
    if (status == DCA_OK && used >= 2 && memcmp(text, "\x1f\x8b", 2) == 0) {
        char *packed = text;
        text = NULL;
        status = dca__gz_inflate(env, path, control, packed, used, &text, &used, err);
        dca__free(env, packed);
    }
    if (status != DCA_OK) {
        dca__free(env, text);
        return status;
    }
    *out = text;
    *length = used;
    return DCA_OK;
}
