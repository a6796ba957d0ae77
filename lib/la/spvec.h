/* spvec.h - scattered vector: dense values with a list of the positions that may be nonzero.
 *
 * Invariant: count >= 0: value[i] != 0 only for i in index[0..count), each listed once (a superset
 * of the nonzeros); count == DCA__DENSE: any value may be nonzero, the list is void. A vector is all
 * zero with count 0 on entry to and exit from every routine that borrows it as workspace. */
#ifndef DCA_LA_SPVEC_H
#define DCA_LA_SPVEC_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

enum { DCA__DENSE = -1 };

typedef struct dca__spvec {
    double *value;    /* [size] */
    dca_index *index; /* [size], first `count` in use */
    dca_index count;  /* or DCA__DENSE */
    dca_index size;
} dca__spvec;

DCA_NODISCARD dca_status dca__spvec_init(dca_env *env, dca__spvec *vec, dca_index size);
void dca__spvec_free(dca_env *env, dca__spvec *vec);
/** All zero. O(count) when sparse, O(size) when dense. */
void dca__spvec_clear(dca__spvec *vec);
/** Rebuild the list by scanning, dropping |value| <= drop. O(size). */
void dca__spvec_gather(dca__spvec *vec, double drop);
void dca__spvec_copy(const dca__spvec *from, dca__spvec *to);

#endif
