/* limit.h - the control object: when to stop, and who is told how it goes.
 *
 * Work is counted in matrix entries touched, the same on every machine. The clock is read only in
 * poll(), about once per 100 000 entries, and only ever stops a solve. */
#ifndef DCA_BASE_LIMIT_H
#define DCA_BASE_LIMIT_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#include <stdbool.h>

typedef enum dca__stop { DCA__GO = 0, DCA__STOP_TIME, DCA__STOP_WORK, DCA__STOP_CANCEL } dca__stop;

DCA_NODISCARD dca_status dca__control_new(dca_env *env, dca_control **out);
void dca__control_free(dca_control *control);
void dca__control_cancel(dca_control *control); /* async-signal-safe */
void dca__control_reset(dca_control *control);  /* clears cancel and the work count */
/** Seconds from now until work is to stop; INFINITY: never. */
void dca__control_set_deadline(dca_control *control, double seconds);
/** Entries that may still be touched; 0 or less: no limit. */
void dca__control_set_work_limit(dca_control *control, int64_t work);
/** Return nonzero from the callback to cancel. Called at most every `interval` seconds. */
void dca__control_set_progress(dca_control *control, void *user,
                               int32_t (*callback)(void *user, const dca_progress *progress),
                               double interval);

/** What a control was before it was narrowed. */
typedef struct dca__limits_before {
    double deadline;
    int64_t work_limit;
} dca__limits_before;
/** For one call: stop after `seconds` (INFINITY: no matter) or `work` entries (0: no matter) at the
 *  latest, sooner if the control says so already. The clock is read only for a finite `seconds`. */
void dca__control_narrow(dca_control *control, double seconds, int64_t work,
                         dca__limits_before *before);
void dca__control_widen(dca_control *control, const dca__limits_before *before);

/** Count `work` entries and say whether to stop. control NULL: never. Cheap: a few instructions
 *  unless 100 000 entries went by since the clock was last read. */
dca__stop dca__control_poll(dca_control *control, int64_t work);

/** As poll, and show progress when it is time to. */
dca__stop dca__control_progress(dca_control *control, int64_t work, const dca_progress *progress);

/** The outcome that stands for a stop. */
dca_outcome dca__stop_outcome(dca__stop stop);

/** Seconds on a monotonic clock, for statistics only. */
double dca__seconds(void);

#endif
