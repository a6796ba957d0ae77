/* face.h - the optimal face of a tier, as bounds.
 *
 * All optimal points of an LP are the feasible points at which every column with a reduced cost, and
 * every row with a price, stays at the bound where it stands (complementary slackness). Fixing those is
 * what holds a tier's value while the next is optimised; a row c'x = z would be dense, and degenerate
 * to the last bit. */
#ifndef DCA_ENGINE_FACE_H
#define DCA_ENGINE_FACE_H

#include "dcalloc/export.h"
#include "lp/lp.h"
#include "lp/point.h"

/** Bounds of an LP, narrowed tier by tier. */
typedef struct dca__face {
    double *lower, *upper;         /* [columns] */
    double *row_lower, *row_upper; /* [rows] */
} dca__face;

/** The bounds of the LP as they are. */
DCA_NODISCARD dca_status dca__face_new(const dca_lp *lp, dca__face *out);
void dca__face_free(dca_env *env, dca__face *face);
/** Fix what `point` says, optimal for the costs of `lp` within the face so far. O(entries). */
DCA_NODISCARD dca_status dca__face_narrow(const dca_lp *lp, const dca__point *point,
                                          dca__face *face);
/** Give `lp` these bounds: only what differs is an edit. */
void dca__face_apply(const dca__face *face, dca_lp *lp);

#endif
