/* lpfile.h - CPLEX LP files: reading and writing. The grammar, and what each construct means, stand in
 * docs/formats.md. */
#ifndef DCA_IO_LPFILE_H
#define DCA_IO_LPFILE_H

#include "base/limit.h"
#include "dcalloc/export.h"
#include "lp/lp.h"

/** Read from memory. On failure *err says line and column (both from 1, bytes), what was found and
 *  what was expected. O(length); at most 64 bytes per byte of text. */
DCA_NODISCARD dca_status dca__lpfile_parse(dca_env *env, const char *text, size_t length,
                                           dca_control *control, dca_lp **out, dca_error *err);
/** Read a file, "-" or gzip included. */
DCA_NODISCARD dca_status dca__lpfile_read(dca_env *env, const char *path, dca_control *control,
                                          dca_lp **out, dca_error *err);
/** Write a file that reads back the same LP, but that what had no name has the one it has in MPS.
 *  A finite bound of 1e20 or more is DCA_E_ARG. O(entries) work and memory. */
DCA_NODISCARD dca_status dca__lpfile_write(const dca_lp *lp, const char *path, dca_error *err);

#endif
