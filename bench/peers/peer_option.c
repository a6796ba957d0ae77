/* peer_option.c - options of a contestant on its command line. */
#include "peer.h"

#include <string.h>

bool bench_option_add(bench_option options[BENCH_MOST_OPTIONS], int *count, char *text)
{
    char *equals = strchr(text, '=');
    if (equals == NULL || *count == BENCH_MOST_OPTIONS) {
        return false;
    }
    *equals = '\0';
    options[(*count)++] = (bench_option){text, equals + 1};
    return true;
}
