/* choice.h - which algorithm a cold solve begins with, from counts of the problem. */
#ifndef DCA_SIMPLEX_CHOICE_H
#define DCA_SIMPLEX_CHOICE_H

#include "simplex/state.h"

typedef struct dca__choice {
    dca__method method; /* DUAL or PRIMAL */
    bool sift;          /* the dual on a working set of columns first, then the primal (sift.c) */
    bool by_prices;     /* that set by prices (crash_penalty.c) */
    bool triangular;    /* the primal from a triangular basis, where that has `least` columns */
    dca_index least;
    double predicted; /* entries that a solve touches */
} dca__choice;

/** No column is basic: nothing is known of the problem yet. O(1) for most other bases, O(m) at most. */
bool dca__simplex_is_cold(const dca__simplex *s);
/** Entries that a cold solve is predicted to touch. */
double dca__simplex_predicted(const dca__simplex *s);
/** For the slack basis after dca__simplex_prepare(); says why in the log. O(m + n). */
dca__choice dca__simplex_choose(dca__simplex *s);

#endif
