/* lp_area.h - the entry area of an LP: room for columns to grow in. For lib/lp only.
 *
 * Columns stand anywhere in the area, each in room[j] places. A column that outgrows its room moves
 * to the end, its old places are dead. When the area is full it is either extended, or, when more
 * than half of it is dead, rebuilt without the dead places. Rooms never shrink while their column
 * lives, so an entry that was taken out can always be put back without memory. */
#ifndef DCA_LP_LP_AREA_H
#define DCA_LP_LP_AREA_H

#include "lp/lp.h"

/** Make room for `need` more places at the end of the area, which exists from then on even if need is
 *  0; columns may move. Amortised O(need). */
DCA_NODISCARD dca_status dca__area_reserve(dca_lp *lp, dca_nnz need);
/** Rebuild the area with `more[j]` more places (NULL: none) than room in each column. O(entries). */
DCA_NODISCARD dca_status dca__area_rebuild(dca_lp *lp, const dca_index *more);
/** Make room for one more entry in column j. Amortised O(1). */
DCA_NODISCARD dca_status dca__area_widen(dca_lp *lp, dca_index j);
/** Arrays per column and per row. */
DCA_NODISCARD dca_status dca__lp_reserve_columns(dca_lp *lp, dca_nnz need);
DCA_NODISCARD dca_status dca__lp_reserve_rows(dca_lp *lp, dca_nnz need);

#endif
