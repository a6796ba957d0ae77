/* dcalloc.h - linear-programming allocation for data centres: the public API.
 *
 * Anything not declared in <dcalloc.h> or <dcalloc/...> is private.
 *
 * Ownership  A dca_*_new() or dca_*_read() result belongs to the caller and is released by the
 *            matching dca_*_free(); free(NULL) is a no-op. Children keep their parent alive, so
 *            objects may be freed in any order (as a garbage collector will). A `const T *` from
 *            a getter is borrowed: valid until the next non-const call on that object.
 * Errors     Fallible calls return dca_status: 0, or < 0 with every output argument untouched. The
 *            object then holds the details: dca_model_error(), dca_solver_error(). "Infeasible",
 *            "unbounded", "time limit" are answers (dca_outcome), never errors.
 * Threads    dca_env and dca_result may be shared. A model or LP and its solvers are used by one
 *            thread at a time; different ones in parallel. Only dca_control_cancel() may be called
 *            at any time, from any thread or signal handler.
 * Manners    The library never prints, exits, aborts, installs signal handlers, reads the
 *            environment or the locale, or keeps mutable globals.
 */
#ifndef DCALLOC_H
#define DCALLOC_H

#define DCA_VERSION_MAJOR 0
#define DCA_VERSION_MINOR 1
#define DCA_VERSION_PATCH 0
#define DCA_VERSION       (DCA_VERSION_MAJOR * 1000000 + DCA_VERSION_MINOR * 1000 + DCA_VERSION_PATCH)

#include "dcalloc/backend.h"
#include "dcalloc/env.h"
#include "dcalloc/explain.h"
#include "dcalloc/export.h"
#include "dcalloc/io.h"
#include "dcalloc/lp.h"
#include "dcalloc/model.h"
#include "dcalloc/options.h"
#include "dcalloc/result.h"
#include "dcalloc/solver.h"
#include "dcalloc/types.h"

#endif /* DCALLOC_H */
