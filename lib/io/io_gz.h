/* io_gz.h - gzip, in two variants chosen by meson: gz_zlib.c, and gz_none.c, which says that this
 * build cannot. Blocks of zlib come from the env. */
#ifndef DCA_IO_IO_GZ_H
#define DCA_IO_IO_GZ_H

#include "base/limit.h"
#include "dcalloc/export.h"
#include "dcalloc/types.h"

#include <stdbool.h>
#include <stdio.h>

/** Decompress `length` bytes, one or several gzip members, into a new block. `path` for messages. */
DCA_NODISCARD dca_status dca__gz_inflate(dca_env *env, const char *path, dca_control *control,
                                         const char *data, size_t length, char **out,
                                         size_t *out_length, dca_error *err);

/** A compressor that writes to a file that it does not own. */
typedef struct dca__gz dca__gz;
DCA_NODISCARD dca_status dca__gz_open(dca_env *env, FILE *file, dca__gz **out, dca_error *err);
bool dca__gz_write(dca__gz *gz, const char *data, size_t length); /* false: not written */
bool dca__gz_finish(dca__gz *gz);                                 /* the trailer */
void dca__gz_close(dca__gz *gz);                                  /* NULL is a no-op */

#endif
