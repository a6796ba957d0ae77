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

typedef struct dca__face {
    double *lower, *upper, *row_lower, *row_upper; /* the bounds before, NULL: nothing is fixed */
} dca__face;

/** Remember the bounds, to be restored by release. */
DCA_NODISCARD dca_status dca__face_hold(const dca_lp *lp, dca__face *face);
/** Fix what `point`, optimal for the LP's costs, says. O(entries). */
DCA_NODISCARD dca_status dca__face_fix(dca_lp *lp, const dca__point *point);
/** Put every bound back. */
void dca__face_release(dca_lp *lp, dca__face *face);

#endif
