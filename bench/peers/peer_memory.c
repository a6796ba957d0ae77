/* peer_memory.c - resident memory of this process, from /proc (Linux). The peak VmHWM is set back to
 * what is resident now by writing 5 to clear_refs, see proc_pid_clear_refs(5). */
#include "peer.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>

/* Bytes of a line of /proc/self/status, which is in kB; 0: not told. */
static uint64_t status_line(const char *name)
{
    FILE *file = fopen("/proc/self/status", "r");
    unsigned long long kilobytes = 0;
    char line[256];
    if (file == NULL) {
        return 0;
    }
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, name, strlen(name)) == 0) {
            (void)sscanf(line + strlen(name), "%llu", &kilobytes);
            break;
        }
    }
    fclose(file);
    return 1024U * (uint64_t)kilobytes;
}

uint64_t bench_memory_now(void)
{
    return status_line("VmRSS:");
}

uint64_t bench_memory_peak(void)
{
    return status_line("VmHWM:");
}

void bench_memory_mark(void)
{
    malloc_trim(0); /* what the reader freed goes back to the system, or it would hide later use */
    FILE *file = fopen("/proc/self/clear_refs", "w");
    if (file != NULL) {
        fputs("5", file);
        fclose(file);
    }
}
