/* io_sink.c - files written whole or not at all.
 *
 * The text goes to `<target>.<pid>-<k>.tmp`, made anew in the target's folder, and is renamed over the
 * target when all of it is there: whoever kills us leaves the old file or the new one. */
#include "base/alloc.h"
#include "base/err.h"
#include "base/num.h"
#include "io/io_file.h"
#include "io/io_gz.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 65536, TRIES = 100 };

struct dca__sink {
    dca_env *env;
    FILE *file;
    dca__gz *gz;     /* or NULL */
    char *target;    /* symbolic links followed */
    char *temporary; /* NULL: written directly */
    bool failed;
    size_t used;
    char buffer[BUFFER];
};

static bool ends_in_gz(const char *path)
{
    const size_t length = strlen(path);
    return length > 3 && strcmp(path + length - 3, ".gz") == 0;
}

/* Release everything; a temporary file goes too. */
static void destroy(dca__sink *sink)
{
    dca_env *env = sink->env;
    dca__gz_close(sink->gz);
    if (sink->file != NULL && sink->file != stdout) {
        fclose(sink->file);
    }
    if (sink->temporary != NULL) {
        unlink(sink->temporary);
    }
    dca__free(env, sink->temporary);
    dca__free(env, sink->target);
    dca__free(env, sink);
}

static dca_status open_failed(dca_error *err, const char *path, int code)
{
    return dca__fail(err, DCA_E_IO, DCA_KIND_FILE, -1, "cannot write %.120s: %s", path,
                     code == ENOENT   ? "the folder does not exist"
                     : code == EACCES ? "permission denied"
                     : code == EISDIR ? "it is a directory"
                                      : "the system refused");
}

/* Make a new file beside the target. */
static dca_status open_temporary(dca__sink *sink, dca_error *err)
{
    const size_t room = strlen(sink->target) + 48;
    sink->temporary = DCA_ARRAY(sink->env, char, (dca_nnz)room);
    if (sink->temporary == NULL) {
        return dca__fail_nomem(err);
    }
    int handle = -1;
    for (int k = 0; k < TRIES && handle < 0; k++) {
        snprintf(sink->temporary, room, "%s.%lld-%d.tmp", sink->target, (long long)getpid(), k);
        handle = open(sink->temporary, O_WRONLY | O_CREAT | O_EXCL, 0666);
        if (handle < 0 && errno != EEXIST) {
            break;
        }
    }
    const int code = errno;
    sink->file = handle < 0 ? NULL : fdopen(handle, "wb");
    if (sink->file == NULL) {
        if (handle >= 0) {
            close(handle);
            unlink(sink->temporary);
        }
        dca__free(sink->env, sink->temporary);
        sink->temporary = NULL; /* not ours to remove */
        return open_failed(err, sink->target, code);
    }
    return DCA_OK;
}

/* Where a symbolic link leads, one step, into room[PATH_MAX]; false when `path` is none. */
static bool follow_link(const char *path, char *room)
{
    char link[PATH_MAX];
    const ssize_t length = readlink(path, link, sizeof link - 1);
    if (length <= 0) {
        return false;
    }
    link[length] = '\0';
    const char *slash = strrchr(path, '/');
    const size_t folder = link[0] == '/' || slash == NULL ? 0 : (size_t)(slash - path) + 1;
    if (folder + (size_t)length + 1 > PATH_MAX) {
        return false;
    }
    memmove(room, path, folder);
    memcpy(room + folder, link, (size_t)length + 1);
    return true;
}

/* Find out what the target is and open it, or a file beside it. */
static dca_status open_target(dca__sink *sink, const char *path, dca_error *err)
{
    enum { LINKS = 40 };
    char resolved[PATH_MAX];
    struct stat about;
    const bool exists = stat(path, &about) == 0;
    if (exists && S_ISDIR(about.st_mode)) {
        return open_failed(err, path, EISDIR);
    }
    for (int k = 0; k < LINKS && follow_link(path, resolved); k++) {
        path = resolved;
    }
    sink->target = dca__strdup(sink->env, path);
    if (sink->target == NULL) {
        return dca__fail_nomem(err);
    }
    if (exists && !S_ISREG(about.st_mode)) {
        sink->file = fopen(path, "wb");
        return sink->file == NULL ? open_failed(err, path, errno) : DCA_OK;
    }
    const dca_status status = open_temporary(sink, err);
    if (status == DCA_OK && exists) { /* keep the permissions; where we may not, the new ones do */
        const int kept = fchmod(fileno(sink->file), about.st_mode & 07777);
        (void)kept;
    }
    return status;
}

dca_status dca__sink_open(dca_env *env, const char *path, dca__sink **out, dca_error *err)
{
    dca__sink *sink = DCA_NEW(env, dca__sink);
    if (sink == NULL) {
        return dca__fail_nomem(err);
    }
    sink->env = env;
    dca_status status = DCA_OK;
    if (strcmp(path, "-") == 0) {
        sink->file = stdout;
    } else {
        status = open_target(sink, path, err);
    }
    if (status == DCA_OK && ends_in_gz(path)) {
        status = dca__gz_open(env, sink->file, &sink->gz, err);
    }
    if (status != DCA_OK) {
        destroy(sink);
        return status;
    }
    *out = sink;
    return DCA_OK;
}

static void flush(dca__sink *sink)
{
    if (!sink->failed && sink->used > 0) {
        sink->failed = sink->gz != NULL
                           ? !dca__gz_write(sink->gz, sink->buffer, sink->used)
                           : fwrite(sink->buffer, 1, sink->used, sink->file) != sink->used;
    }
    sink->used = 0;
}

void dca__sink_bytes(dca__sink *sink, const char *text, size_t length)
{
    while (length > 0) {
        const size_t room = BUFFER - sink->used;
        const size_t count = length < room ? length : room;
        memcpy(sink->buffer + sink->used, text, count);
        sink->used += count;
        text += count;
        length -= count;
        if (sink->used == BUFFER) {
            flush(sink);
        }
    }
}

void dca__sink_text(dca__sink *sink, const char *text)
{
    dca__sink_bytes(sink, text, strlen(text));
}

void dca__sink_number(dca__sink *sink, double value)
{
    char text[DCA_NUM_TEXT];
    dca__sink_text(sink, dca__num_exact(text, value));
}

dca_status dca__sink_close(dca__sink *sink, dca_error *err)
{
    flush(sink);
    bool done = !sink->failed && (sink->gz == NULL || dca__gz_finish(sink->gz));
    done = fflush(sink->file) == 0 && done;
    if (sink->file != stdout) {
        done = fclose(sink->file) == 0 && done;
    }
    sink->file = NULL;
    if (done && sink->temporary != NULL) {
        done = rename(sink->temporary, sink->target) == 0;
        if (done) {
            dca__free(sink->env, sink->temporary);
            sink->temporary = NULL;
        }
    }
    dca_status status = DCA_OK;
    if (!done) {
        status =
            dca__fail(err, DCA_E_IO, DCA_KIND_FILE, -1,
                      "cannot write all of %.120s: the device is full or closed, or the folder "
                      "may not be written",
                      sink->target == NULL ? "standard output" : sink->target);
    }
    destroy(sink);
    return status;
}

void dca__sink_drop(dca__sink *sink)
{
    if (sink != NULL) {
        destroy(sink);
    }
}
