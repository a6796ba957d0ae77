/* choose.h - which method to begin with, and which to try when an answer misses its check. */
#ifndef DCA_SOLVE_CHOOSE_H
#define DCA_SOLVE_CHOOSE_H

#include "base/opt.h"

#include <stdbool.h>

/** One attempt of the repair ladder. */
typedef struct dca__rung {
    bool reload;     /* load the caller's problem anew */
    bool from_slack; /* from the slack basis instead of the last one */
    bool near;       /* only where a point was found within the claim */
    dca__settings settings;
    const char *remark; /* for the log and the result's note */
} dca__rung;

/** Attempt k = 0, 1, ... with the settings asked for; last: the method that finished attempt k - 1
 *  (1 dual, 2 primal). False when there is no attempt k. */
bool dca__choose_rung(int k, const dca__settings *asked, int32_t last, dca__rung *out);

#endif
