/* io_file.h - whole files in, and files out that are written whole or not at all. */
#ifndef DCA_IO_IO_FILE_H
#define DCA_IO_IO_FILE_H

#include "base/limit.h"
#include "dcalloc/export.h"
#include "dcalloc/types.h"

/** Read all of a file ("-": standard input), decompressed if it begins as gzip does. The block is the
 *  caller's and ends in a zero byte beyond *length. */
DCA_NODISCARD dca_status dca__file_read(dca_env *env, const char *path, dca_control *control,
                                        char **out, size_t *length, dca_error *err);

/** A file being written: a temporary one beside the target, moved over it by close. "-" is standard
 *  output; what is not a regular file (a pipe, a device) is written to directly; a name in .gz is
 *  compressed. Once a write fails the rest is dropped and close tells. */
typedef struct dca__sink dca__sink;
DCA_NODISCARD dca_status dca__sink_open(dca_env *env, const char *path, dca__sink **out,
                                        dca_error *err);
void dca__sink_bytes(dca__sink *sink, const char *text, size_t length);
void dca__sink_text(dca__sink *sink, const char *text);
void dca__sink_number(dca__sink *sink, double value); /* shortest exact */
/** Finish the file and free the sink. On failure the target is as it was. */
DCA_NODISCARD dca_status dca__sink_close(dca__sink *sink, dca_error *err);
/** Give up: the target is as it was. NULL is a no-op. */
void dca__sink_drop(dca__sink *sink);

#endif
