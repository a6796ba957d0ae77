/* env.h - environments and controls. */
#ifndef DCALLOC_ENV_H
#define DCALLOC_ENV_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Version of the library that was loaded, as DCA_VERSION. */
DCA_API int32_t dca_version(void);

/** What this build can do, as words separated by spaces, e.g. "simplex mps gz json". Static. */
DCA_API const char *dca_capabilities(void);

/** "optimal", "time_limit", ... as the program prints it; "unknown" for other values. Static. */
DCA_API const char *dca_outcome_name(dca_outcome outcome);
/** "ok", "out of memory", ... Static. */
DCA_API const char *dca_status_name(dca_status status);

/** Make an environment. It is released by dca_env_free() and lives until its last object is freed.
 *  @param config  allocator, log sink, memory limit; NULL: C library, silent, none
 *  @return DCA_OK, DCA_E_ARG (out NULL), DCA_E_ABI or DCA_E_NOMEM */
DCA_API DCA_NODISCARD dca_status dca_env_new(const dca_env_config *config, dca_env **out);
DCA_API void dca_env_free(dca_env *env);

/** Bytes that the objects of this environment hold now, and the most they ever held. O(1). */
DCA_API uint64_t dca_env_memory(const dca_env *env);
DCA_API uint64_t dca_env_memory_peak(const dca_env *env);

/** A control: cancel flag, deadline, work limit, progress callback. One control may serve one call
 *  at a time. */
DCA_API DCA_NODISCARD dca_status dca_control_new(dca_env *env, dca_control **out);
DCA_API void dca_control_free(dca_control *control);
/** Ask the running call, and every later one until reset, to stop. May be called at any time from
 *  any thread or signal handler. */
DCA_API void dca_control_cancel(dca_control *control);
/** Clear the cancel flag. */
DCA_API void dca_control_reset(dca_control *control);
/** Stop `seconds` from now (>= 0); INFINITY: never. NaN or negative is DCA_E_ARG. */
DCA_API DCA_NODISCARD dca_status dca_control_set_deadline(dca_control *control, double seconds);
/** Stop after `entries` more matrix entries were touched, the same on every machine; 0: no limit. */
DCA_API DCA_NODISCARD dca_status dca_control_set_work_limit(dca_control *control, int64_t entries);
/** Show progress at most every `interval` seconds (>= 0); a nonzero return cancels. NULL: none. */
DCA_API DCA_NODISCARD dca_status dca_control_set_progress(
    dca_control *control, int32_t (*callback)(void *user, const dca_progress *progress), void *user,
    double interval);

/* ---- For backends (expert tier) ------------------------------------------------------------------ */

/** Allocate (block NULL), resize or free (size 0) through the environment, counted against its
 *  limit. NULL when refused: the old block stands. */
DCA_API void *dca_env_resize(dca_env *env, void *block, size_t size);
/** Count `work` entries touched, show `progress` (NULL: none) when it is time to, and ask whether to go
 *  on: DCA_UNSOLVED, else the limit that was met (time, work, interrupted). control NULL: go on. A few
 *  instructions, and a look at the clock with `progress` and a callback that wants it. */
DCA_API dca_outcome dca_control_poll(dca_control *control, int64_t work,
                                     const dca_progress *progress);

#ifdef __cplusplus
}
#endif
#endif /* DCALLOC_ENV_H */
