/* log.c - log lines. */
#include "base/log.h"

#include "base/env_struct.h"

#include <stdarg.h>
#include <stdio.h>

bool dca__log_wanted(const dca_env *env)
{
    return env->log != NULL;
}

void dca__log(dca_env *env, dca_log_level level, const char *format, ...)
{
    if (env->log == NULL) {
        return;
    }
    char line[512];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    env->log(env->user, (int32_t)level, line);
}
