/* err.h - how an error says who is to blame.
 *
 * Formats use %s, %d, %lld only; doubles are shown with DCA_G(x), which does not depend on the
 * locale. An error record may be NULL everywhere. */
#ifndef DCA_BASE_ERR_H
#define DCA_BASE_ERR_H

#include "base/num.h"
#include "dcalloc/types.h"

/** Fill *err (may be NULL) and return `code`, so that failing reads `return dca__fail(...)`. */
dca_status dca__fail(dca_error *err, dca_status code, dca_kind kind, dca_index index,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));

/** The same with a place in an input text, both from 1. */
dca_status dca__fail_at(dca_error *err, dca_status code, int64_t line, int64_t column,
                        const char *format, ...) __attribute__((format(printf, 5, 6)));

/** The sentence for an allocation that failed. */
dca_status dca__fail_nomem(dca_error *err);

/** Copy a record to a caller's, which may be of another struct_size. */
void dca__error_copy(const dca_error *from, dca_error *to);
void dca__error_clear(dca_error *err);

/** "demand", "pool", ... for messages. */
const char *dca__kind_name(dca_kind kind);

#endif
