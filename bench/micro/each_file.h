/* each_file.h - a measurement of each LP that the command line names. */
#ifndef BENCH_MICRO_EACH_FILE_H
#define BENCH_MICRO_EACH_FILE_H

#include "base/env.h"
#include "dcalloc/backend.h"

/** Of a problem, to be minimised, by the name of its file; 0 when all is well. */
typedef int each_file_measure(dca_env *env, const char *name, const dca_problem *problem);

/** Read the MPS files argv[1..] one by one and measure them; the exit status of the program. */
int each_file(int argc, char **argv, each_file_measure *measure);

#endif
