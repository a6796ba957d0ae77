/* opt.h - the options object: typed values by name, from options.def. */
#ifndef DCA_BASE_OPT_H
#define DCA_BASE_OPT_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#include <stdbool.h>

/* The values, one field per line of options.def. Plain data: copied into each solver. */
typedef struct dca__settings {
#define OPTION_REAL(field, name, initial, lower, upper, unit, sentence) double field;
#define OPTION_INT(field, name, initial, lower, upper, unit, sentence)  int64_t field;
#define OPTION_ENUM(field, name, initial, words, sentence)              int field;
#include "base/options.def"
#undef OPTION_REAL
#undef OPTION_INT
#undef OPTION_ENUM
} dca__settings;

typedef enum dca__method {
    DCA__METHOD_AUTO = 0,
    DCA__METHOD_DUAL,
    DCA__METHOD_PRIMAL,
    DCA__METHOD_NETWORK,
    DCA__METHOD_IPM
} dca__method;

/* Of option simplex.crash. */
typedef enum dca__crash {
    DCA__CRASH_OFF = 0,
    DCA__CRASH_AUTO,
    DCA__CRASH_NETWORK,
    DCA__CRASH_SPREAD,
    DCA__CRASH_PENALTY,
    DCA__CRASH_TRIANGULAR
} dca__crash;

/** The options object: settings with an owner and the last error. */
struct dca_options {
    dca_env *env;
    dca_error error;
    dca__settings settings;
};

/** The same but for the limits, which each solve has its own of. */
bool dca__settings_agree(const dca__settings *a, const dca__settings *b);
void dca__settings_init(dca__settings *settings); /* every default */
DCA_NODISCARD dca_status dca__settings_set(dca__settings *settings, const char *name,
                                           const char *value, dca_error *err);

/** Take what was spent from the limits; a limit that is used up stays at the least there is. */
void dca__settings_spend(dca__settings *settings, double seconds, int64_t work, int64_t iterations);

typedef struct dca__option_info {
    const char *name, *type, *unit, *sentence; /* type: "real", "integer" or "word|word|..." */
    char initial[32], lower[32], upper[32];    /* as text; lower and upper empty for words */
} dca__option_info;
dca_index dca__settings_count(void);
void dca__settings_describe(dca_index k, dca__option_info *out);
/** The current value as text, 32 bytes. DCA_E_ARG: unknown name. */
DCA_NODISCARD dca_status dca__settings_get(const dca__settings *settings, const char *name,
                                           char out[32], dca_error *err);
/** The current value as a number; a word is its place among the words. */
DCA_NODISCARD dca_status dca__settings_get_number(const dca__settings *settings, const char *name,
                                                  double *out, dca_error *err);

#endif
