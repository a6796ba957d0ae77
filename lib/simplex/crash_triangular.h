/* crash_triangular.h - a basis of columns for the rows to be met, found by triangularity. */
#ifndef DCA_SIMPLEX_CRASH_TRIANGULAR_H
#define DCA_SIMPLEX_CRASH_TRIANGULAR_H

#include "simplex/state.h"

/** From the slack basis, whose values are current, to one in which columns stand for the logicals of
 *  equations and of violated rows, as far as they are triangular. *found: where these are at least `least`,
 *  and one; else, and on DCA_E_NOMEM, the slack basis stands. */
DCA_NODISCARD dca_status dca__simplex_triangular(dca__simplex *s, dca_index least, bool *found);

#endif
