/* options.h - typed options by name; the list is docs/options.md and `dcalloc options`. */
#ifndef DCALLOC_OPTIONS_H
#define DCALLOC_OPTIONS_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One option, as dca_options_describe() tells it. Strings are static. */
typedef struct dca_option_info {
    uint32_t struct_size, reserved;
    const char *name;     /**< e.g. "simplex.primal_tolerance" */
    const char *type;     /**< "real", "integer", or the words allowed: "auto|dual|primal" */
    const char *unit;     /**< "s", "entries", or "" */
    const char *sentence; /**< What it does. */
    char initial[32];     /**< Default, as text. */
    char lower[32];       /**< Bounds, as text; empty for words. */
    char upper[32];
} dca_option_info;

/** All options at their defaults. */
DCA_API DCA_NODISCARD dca_status dca_options_new(dca_env *env, dca_options **out);
DCA_API void dca_options_free(dca_options *options);

/** Set an option from text, e.g. ("simplex.pricing_dual", "devex") or ("limits.work", "2e6").
 *  An unknown name or a value out of bounds is DCA_E_ARG; nothing is clamped. Sticky until changed.
 *  Solvers copy the options when they are made. */
DCA_API DCA_NODISCARD dca_status dca_options_set(dca_options *options, const char *name,
                                                 const char *value);
/** Read an option as text into out[32]. */
DCA_API DCA_NODISCARD dca_status dca_options_get(const dca_options *options, const char *name,
                                                 char out[32]);
/** Read an option as a number, without text or locale: a real; an integer, exact up to 2^53; a word as
 *  its place in `type`, from 0. DCA_E_ARG: unknown name. */
DCA_API DCA_NODISCARD dca_status dca_options_get_number(const dca_options *options,
                                                        const char *name, double *out);
/** Details of the last failed call on this object. */
DCA_API void dca_options_error(const dca_options *options, dca_error *out);

/** Number of options, and the k-th one, 0 <= k < number. */
DCA_API dca_index dca_options_count(void);
DCA_API DCA_NODISCARD dca_status dca_options_describe(dca_index k, dca_option_info *out);

#ifdef __cplusplus
}
#endif
#endif /* DCALLOC_OPTIONS_H */
