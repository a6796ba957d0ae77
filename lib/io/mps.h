/* mps.h - MPS files: reading fixed and free, writing free. What each construct means stands in
 * docs/formats.md. */
#ifndef DCA_IO_MPS_H
#define DCA_IO_MPS_H

#include "base/limit.h"
#include "dcalloc/export.h"
#include "lp/lp.h"

/** Read from memory. On failure *err says line and column (both from 1, bytes), what was found and
 *  what was expected. O(length); at most 64 bytes per byte of text. */
DCA_NODISCARD dca_status dca__mps_parse(dca_env *env, const char *text, size_t length,
                                        dca_control *control, dca_lp **out, dca_error *err);
/** Read a file, "-" or gzip included. */
DCA_NODISCARD dca_status dca__mps_read(dca_env *env, const char *path, dca_control *control,
                                       dca_lp **out, dca_error *err);
/** Write free MPS that reads back the same bit for bit; what MPS cannot hold is DCA_E_ARG. */
DCA_NODISCARD dca_status dca__mps_write(const dca_lp *lp, const char *path, dca_error *err);

#endif
