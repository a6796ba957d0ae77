/* solution.h - the solution file: an answer about an LP as one JSON object (docs/formats.md). */
#ifndef DCA_IO_SOLUTION_H
#define DCA_IO_SOLUTION_H

#include "base/strtab.h"
#include "dcalloc/export.h"
#include "lp/point.h"

/** {"columns": {"name": [...], "value": [...], "dual": [...], "status": [...]}, "rows": {the same},
 *  "ray": {"kind": "farkas" | "ray", "values": [...]}}; an array that the point does not have is null, a
 *  ray that it does not have is left out. Written whole or not at all. */
DCA_NODISCARD dca_status dca__solution_write(dca_env *env, const dca__point *point,
                                             const dca__strtab *column_names,
                                             const dca__strtab *row_names, const char *path,
                                             dca_error *err);

#endif
