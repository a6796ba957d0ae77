/* names.h - a frozen table of the names of an LP's rows and columns, shared by the results of a
 * solver until a name changes. */
#ifndef DCA_ENGINE_NAMES_H
#define DCA_ENGINE_NAMES_H

#include "base/strtab.h"
#include "dcalloc/export.h"
#include "lp/lp.h"

#include <stdatomic.h>

/** A table without any name has count 0: dca__strtab_name() then answers NULL everywhere. */
typedef struct dca__names {
    dca_env *env;
    atomic_int references;
    dca__strtab columns, rows;
} dca__names;

/** A copy of the LP's names as they are. O(their length). One reference, the caller's. */
DCA_NODISCARD dca_status dca__names_new(const dca_lp *lp, dca__names **out);
dca__names *dca__names_retain(dca__names *names);
void dca__names_release(dca__names *names); /* NULL is a no-op. */

#endif
