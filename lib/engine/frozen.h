/* frozen.h - the names and units of a model as they were when it was solved, and whose placement is
 * whose, shared by results. */
#ifndef DCA_ENGINE_FROZEN_H
#define DCA_ENGINE_FROZEN_H

#include "compile/compile.h"
#include "dcalloc/export.h"

#include <stdatomic.h>

enum { DCA__FROZEN_KINDS = DCA_KIND_TIER + 1 };

typedef struct dca__frozen {
    dca_env *env;
    atomic_int references;
    dca_index count[DCA__FROZEN_KINDS]; /* slots, removed ones included; tiers: of the answer */
    dca_nnz *name[DCA__FROZEN_KINDS];   /* [count] offset in text, or -1 */
    dca_nnz *unit[DCA__FROZEN_KINDS];   /* [count] likewise; NULL: the kind has none */
    dca_index *demand, *pool;           /* [placements] -1: none, and of removed ones */
    char *text;
    dca_nnz used, capacity;
    dca_index num_rows, num_columns;
    dca__key *row, *column; /* what the LP's rows and columns stand for */
} dca__frozen;

/** O(names). The tiers are those compiled. */
DCA_NODISCARD dca_status dca__frozen_new(const dca_model *model, const dca__compiled *compiled,
                                         dca__frozen **out);
dca__frozen *dca__frozen_retain(dca__frozen *frozen);
void dca__frozen_release(dca__frozen *frozen); /* NULL is a no-op. */
const char *dca__frozen_name(const dca__frozen *frozen, dca_kind kind, dca_index index);
/** Of a placement: that of its demand. NULL: none. */
const char *dca__frozen_unit(const dca__frozen *frozen, dca_kind kind, dca_index index);

#endif
