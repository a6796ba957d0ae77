/* hot.h - one contestant of the bench of re-solving: a solver that is handed an LP, and then
 * edits of it, each followed by a solve; and the program around it.
 *
 *     PROGRAM --version
 *     PROGRAM [--option NAME=VALUE]... [--limit SECONDS] [--cold N,N,...] LP.mps TRACE
 *
 * The LP is always to be minimised. Traces are described in bench/dc/README.md. The program
 * writes one JSON object per line to standard output: {"event": "read" | "loaded" | "edit" |
 * "end", ...}; edit 0 is the first solve. Reading and parsing are not timed; making the edit and
 * solving are, together. With --cold every edit is made, but only after those listed, ascending,
 * is there a solve, from scratch. */
#ifndef BENCH_HOT_H
#define BENCH_HOT_H

#include "peer.h"

#include <stdbool.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One domain edit: a word, up to three numbers of objects, a value. */
typedef struct hot_domain_edit {
    char what[8]; /* pool, link, limit, amount, cost, arrive, depart */
    dca_index at[3];
    double value;
} hot_domain_edit;

/* Numbers that grow in number; kept from edit to edit. */
typedef struct hot_indices {
    dca_index *at;
    int64_t used, room;
} hot_indices;
typedef struct hot_doubles {
    double *at;
    int64_t used, room;
} hot_doubles;

/* Lists of sparse entries: list k is [start[k], start[k+1]) of index and value. */
typedef struct hot_sparse {
    dca_nnz *start; /* [lists+1] */
    int64_t lists, room;
    hot_indices index;
    hot_doubles value;
} hot_sparse;

/* What one edit does, in this order: columns and rows go, rows and columns come, bounds, costs. */
typedef struct hot_edit {
    char change[16];
    bool has_offset;
    double offset; /* in the file's own sense */
    hot_indices gone_column, gone_row;
    hot_doubles new_row_lower, new_row_upper;
    hot_sparse new_row; /* entries of columns that are there */
    hot_doubles new_cost, new_lower, new_upper;
    hot_sparse new_column;
    hot_indices row, column, cost_column;
    hot_doubles row_lower, row_upper, lower, upper;
    hot_doubles cost; /* of minimising */
    hot_domain_edit *domain;
    int64_t num_domain, room_domain;
} hot_edit;

typedef struct hot_answer {
    const char *status; /* as in bench_answer */
    double objective;
    bool whole;               /* the objective has its offset already, in the file's own sense */
    int64_t iterations, work; /* of this solve; -1: not told */
} hot_answer;

typedef struct hot_task {
    const char *path, *trace;
    bench_option options[BENCH_MOST_OPTIONS];
    int num_options;
    double limit;     /* s, of a solve */
    const char *cold; /* what is left of the list; NULL: all, warm */
    char head[256];   /* first line of the trace */
} hot_task;

/* What each solver's file defines. */
typedef struct hot_peer {
    const char *name;
    void (*version)(char *out, size_t size);
    /* The solver's own problem; NULL when `error` says why not. */
    void *(*load)(const bench_lp *lp, const hot_task *task, char *error, size_t size);
    bool (*apply)(void *problem, const hot_edit *edit);       /* timed */
    void (*solve)(void *problem, bool cold, hot_answer *out); /* timed */
    void (*unload)(void *problem);
} hot_peer;

extern const hot_peer hot_this_peer;

/* The value of an option, or `otherwise`. */
const char *hot_option(const hot_task *task, const char *name, const char *otherwise);

/* The next edit of a trace; false at its end, or with *bad where it is no trace. */
bool hot_read_edit(FILE *trace, double sign, hot_edit *out, bool *bad);
void hot_edit_free(hot_edit *edit);

#ifdef __cplusplus
}
#endif
#endif /* BENCH_HOT_H */
