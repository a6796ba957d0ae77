/* log.h - one complete line to the env's sink; silent without one. */
#ifndef DCA_BASE_LOG_H
#define DCA_BASE_LOG_H

#include "base/num.h"
#include "dcalloc/types.h"

#include <stdbool.h>

/** Doubles are shown with DCA_G(x). Costs a test when no sink is set. */
void dca__log(dca_env *env, dca_log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool dca__log_wanted(const dca_env *env);

#endif
