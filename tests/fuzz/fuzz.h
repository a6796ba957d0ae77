/* fuzz.h - what the fuzz targets share: demands that stop the run, the rules of time and memory, a file.
 *
 * A target takes any bytes and demands what must hold of them. ./dev fuzz builds each with libFuzzer and
 * runs it; the normal build links it with replay.c, which plays the corpus. */
#ifndef DCA_TESTS_FUZZ_H
#define DCA_TESTS_FUZZ_H

#include "base/env.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void demand(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "broken: %s\n", what);
        abort();
    }
}

typedef struct fuzz_run {
    dca_env *env;
    size_t size;
    clock_t began;
} fuzz_run;

static inline fuzz_run fuzz_begin(size_t size)
{
    fuzz_run run = {NULL, size, clock()};
    demand(dca__env_new(NULL, &run.env) == DCA_OK, "an environment");
    return run;
}

/* A reader is done: at most 64 bytes per input byte and 1 MB, 1 s per MB and 1 s of processor time. */
static inline void fuzz_check_read(const fuzz_run *run)
{
    demand(dca__env_memory_peak(run->env) <= 64 * run->size + (1u << 20), "64 bytes a byte");
    const double seconds = (double)(clock() - run->began) / CLOCKS_PER_SEC;
    demand(seconds <= 1.0 + 1e-6 * (double)run->size, "1 s per MB");
}

static inline void fuzz_end(fuzz_run *run)
{
    demand(dca__env_memory(run->env) == 0, "nothing left behind");
    dca__env_release(run->env);
}

/* For what is slow, files and solves: one input in eight. */
static inline bool fuzz_one_in_eight(const uint8_t *data, size_t size)
{
    unsigned sum = 0;
    for (size_t k = 0; k < size; k++) {
        sum += data[k];
    }
    return sum % 8 == 0;
}

static inline const char *fuzz_path(void)
{
    static char path[64];
    snprintf(path, sizeof path, "/tmp/dcalloc_fuzz_%lld", (long long)getpid());
    return path;
}

/* The bytes of the file, *length of them; the caller's to free. The file is removed. */
static inline char *fuzz_take_file(size_t *length)
{
    FILE *file = fopen(fuzz_path(), "rb");
    demand(file != NULL && fseek(file, 0, SEEK_END) == 0, "a file that was written");
    const long end = ftell(file);
    rewind(file);
    char *text = malloc((size_t)end + 1);
    demand(text != NULL && fread(text, 1, (size_t)end, file) == (size_t)end, "its bytes");
    fclose(file);
    unlink(fuzz_path());
    *length = (size_t)end;
    return text;
}

#endif
