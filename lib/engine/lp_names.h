/* lp_names.h - names for the rows and columns of a compiled model, made when a file wants them. */
#ifndef DCA_ENGINE_LP_NAMES_H
#define DCA_ENGINE_LP_NAMES_H

#include "dcalloc/export.h"
#include "engine/frozen.h"
#include "engine/names.h"

/** "placed[job@pool]", "capacity[pool,GPU]", ...: blanks in names become '_', as MPS needs; a row or
 *  column whose name would be taken has none. O(rows + columns). */
DCA_NODISCARD dca_status dca__lp_names_new(const dca__frozen *frozen, dca__names **out);

#endif
