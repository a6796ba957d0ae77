/* gz_zlib.c - gzip through zlib. */
#include "io/io_gz.h"

#include "base/alloc.h"
#include "base/err.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

enum { CHUNK = 65536, GZIP_WINDOW = 15 + 16, LEVEL = 6, MEMORY = 8 };

static voidpf allocate(voidpf user, uInt count, uInt size)
{
    return dca__alloc(user, (dca_nnz)count, size);
}

static void release(voidpf user, voidpf block)
{
    dca__free(user, block);
}

/* Inflate the next piece. Z_OK, Z_STREAM_END at the end of a member, else an error of zlib. */
static int inflate_piece(z_stream *stream, const char *data, size_t length, size_t *taken,
                         char *room, size_t room_size, size_t *given)
{
    const size_t left = length - *taken;
    stream->next_in = (Bytef *)data + *taken; /* zlib only reads it */
    stream->avail_in = (uInt)(left < INT_MAX ? left : INT_MAX);
    stream->next_out = (Bytef *)room;
    stream->avail_out = (uInt)room_size;
    const int code = inflate(stream, Z_NO_FLUSH);
    *taken = (size_t)((const char *)stream->next_in - data);
    *given = room_size - stream->avail_out;
    return code;
}

dca_status dca__gz_inflate(dca_env *env, const char *path, dca_control *control, const char *data,
                           size_t length, char **out, size_t *out_length, dca_error *err)
{
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    stream.zalloc = allocate;
    stream.zfree = release;
    stream.opaque = env;
    if (inflateInit2(&stream, GZIP_WINDOW) != Z_OK) {
        return dca__fail_nomem(err);
    }
    dca_status status = DCA_OK;
    char *text = NULL;
    dca_nnz capacity = 0;
    size_t used = 0;
    size_t taken = 0;
    for (;;) {
        if (DCA_RESERVE(env, text, capacity, (dca_nnz)used + CHUNK) != DCA_OK) {
            status = dca__fail_nomem(err);
            break;
        }
        if (dca__control_poll(control, CHUNK / 16) != DCA__GO) {
            status = dca__fail(err, DCA_E_STATE, DCA_KIND_FILE, -1,
                               "reading %.120s was stopped by its control", path);
            break;
        }
        size_t given;
        const int code = inflate_piece(&stream, data, length, &taken, text + used, CHUNK, &given);
        used += given;
        if (code == Z_STREAM_END && taken == length) {
            break;
        }
        if (code == Z_STREAM_END && inflateReset(&stream) == Z_OK) {
            continue; /* another member */
        }
        if (code != Z_OK) {
            status = code == Z_MEM_ERROR
                         ? dca__fail_nomem(err)
                         : dca__fail(err, DCA_E_IO, DCA_KIND_FILE, -1,
                                     "%.120s: compressed data is damaged or ends early after %lld "
                                     "bytes of text, expected a whole gzip file",
                                     path, (long long)used);
            break;
        }
    }
    inflateEnd(&stream);
    if (status != DCA_OK) {
        dca__free(env, text);
        return status;
    }
    *out = text;
    *out_length = used;
    return DCA_OK;
}

struct dca__gz {
    dca_env *env;
    FILE *file;
    z_stream stream;
    unsigned char room[CHUNK];
};

dca_status dca__gz_open(dca_env *env, FILE *file, dca__gz **out, dca_error *err)
{
    dca__gz *gz = DCA_NEW(env, dca__gz);
    if (gz == NULL) {
        return dca__fail_nomem(err);
    }
    gz->env = env;
    gz->file = file;
    gz->stream.zalloc = allocate;
    gz->stream.zfree = release;
    gz->stream.opaque = env;
    if (deflateInit2(&gz->stream, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        dca__free(env, gz);
        return dca__fail_nomem(err);
    }
    *out = gz;
    return DCA_OK;
}

/* Deflate what is in the stream's input and write what comes out. */
static bool drain(dca__gz *gz, int flush)
{
    int code;
    do {
        gz->stream.next_out = gz->room;
        gz->stream.avail_out = CHUNK;
        code = deflate(&gz->stream, flush);
        const size_t count = CHUNK - gz->stream.avail_out;
        if (fwrite(gz->room, 1, count, gz->file) != count) {
            return false;
        }
    } while (gz->stream.avail_out == 0);
    return flush == Z_FINISH ? code == Z_STREAM_END : code != Z_STREAM_ERROR;
}

bool dca__gz_write(dca__gz *gz, const char *data, size_t length)
{
    gz->stream.next_in = (Bytef *)data; /* zlib only reads it */
    gz->stream.avail_in = (uInt)length;
    return drain(gz, Z_NO_FLUSH);
}

bool dca__gz_finish(dca__gz *gz)
{
    gz->stream.next_in = NULL;
    gz->stream.avail_in = 0;
    return drain(gz, Z_FINISH);
}

void dca__gz_close(dca__gz *gz)
{
    if (gz != NULL) {
        deflateEnd(&gz->stream);
        dca__free(gz->env, gz);
    }
}
