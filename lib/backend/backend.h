/* backend.h - the native implementation of the contract in dcalloc/backend.h. */
#ifndef DCA_BACKEND_BACKEND_H
#define DCA_BACKEND_BACKEND_H

#include "dcalloc/backend.h"

#include <stdbool.h>

/** The native simplex core: scales by powers of two, edits in place, rays, bases. Static. */
const dca_backend *dca__native_backend(void);

/* Beyond the contract, for a state of the native backend: a solve that resumes (simplex/simplex.h). */

/** From the last optimum and the edits since; report as of solve. False: solve() is needed; what was
 *  spent is in the report. */
bool dca__native_resume(void *state, const dca_options *options, dca_control *control,
                        dca_backend_report *report);
/** Columns whose price points at an infinite bound by rounding: move y. False: there is none. */
bool dca__native_mend(void *state, const dca_index *columns, dca_index count);
/** Refine y by what the columns' reduced costs are wrong by. False: by nothing. */
bool dca__native_refine(void *state, const dca_index *columns, dca_index count);
/** The next column, and then row, that has changed since the last optimum; false: no more. */
bool dca__native_next_column(void *state, dca_index *j, double *x, uint8_t *status);
bool dca__native_next_row(void *state, dca_index *i, double *y, uint8_t *status);

#endif
