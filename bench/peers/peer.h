/* peer.h - one contestant of the bench: a solver that is handed an LP in arrays, and the program
 * around it.
 *
 *     PROGRAM --version
 *     PROGRAM [--option NAME=VALUE]... [--limit SECONDS] [--repeats N] [--point FILE] LP.mps[.gz]
 *
 * The LP is always to be minimised; integer marks are dropped. The program writes one JSON object per
 * line to standard output: {"event": "read" | "loaded" | "solved" | "answer", ...}; what solvers
 * print goes to standard error. A first solve of a second or more is the measurement; else it is a
 * warm-up, and N more follow, each from a problem loaded anew. FILE receives the point: four int64
 * (n, m, x is there, y is there), then x [n] and y [m] of those that are there. */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include <dcalloc.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* minimise c'x + offset, rl <= A x <= ru, l <= x <= u; A by column, rows ascending. */
typedef struct bench_lp {
    dca_index m, n;
    double sign; /* -1: the file maximises; the cost is turned round, offset and answer are not */
    double offset;
    double *cost, *lower, *upper;  /* [n] */
    double *row_lower, *row_upper; /* [m] */
    dca_nnz *start;                /* [n+1] */
    dca_index *index;              /* [start[n]] */
    double *value;                 /* [start[n]] */
} bench_lp;

enum { BENCH_MOST_OPTIONS = 32 };
typedef struct bench_option {
    const char *name;
    const char *value;
} bench_option;

typedef struct bench_task {
    const char *path, *point; /* point may be NULL */
    bench_option options[BENCH_MOST_OPTIONS];
    int num_options;
    double limit; /* s */
    int repeats;
} bench_task;

typedef struct bench_answer {
    const char *status; /* optimal, infeasible, unbounded, infeasible_or_unbounded, time_limit,
                           imprecise, out_of_memory, failed */
    double objective;   /* c'x, without the offset */
    int64_t iterations, work; /* -1: not told */
    double *x;                /* [n] */
    double *y;                /* [m] prices: c = A'y + d */
    bool has_x, has_y;
    char extra[512]; /* more members for the answer, `, "name": value`, or empty */
} bench_answer;

/* What each solver's file defines. */
typedef struct bench_peer {
    const char *name;
    void (*version)(char *out, size_t size);
    /* The solver's own problem; NULL when `error` says why not. Not timed as solving. */
    void *(*load)(const bench_lp *lp, const bench_task *task, char *error, size_t size);
    void (*solve)(void *problem); /* timed */
    void (*answer)(void *problem, bench_answer *out);
    void (*unload)(void *problem);
} bench_peer;

extern const bench_peer bench_this_peer;

/* Append NAME=VALUE, split in place. False: it is no such text, or there is no more room. */
bool bench_option_add(bench_option options[BENCH_MOST_OPTIONS], int *count, char *text);

/* Index of the task's value of option `name` in words [NULL at the end], the first when the option is not
 * given; -1 when it is none of them. */
int bench_choice(const bench_task *task, const char *name, const char *const *words);
/* The first option whose name is none of names [NULL at the end], or NULL. */
const char *bench_unknown(const bench_task *task, const char *const *names);

/* Read a file into arrays; false when `error` says why not. */
bool bench_read(const char *path, bench_lp *out, char *error, size_t size);
void bench_lp_free(bench_lp *lp);

/* Resident bytes now; the peak since bench_memory_mark(). 0 where the system does not tell. */
uint64_t bench_memory_now(void);
uint64_t bench_memory_peak(void);
void bench_memory_mark(void);

#endif /* BENCH_PEER_H */
