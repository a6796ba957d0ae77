/* oom.h - every public call while memory is refused: the stage that a call plays on, and the table.
 *
 * To add a public function: write a call function whose body says CALL(dca_new_function, (arguments)),
 * and a case for it in the table of its file; or, where it never allocates, a line QUIET(...) in
 * quiet.c. test 'oom complete' fails until one of the two is there. */
#ifndef DCA_TESTS_OOM_H
#define DCA_TESTS_OOM_H

#include "account.h"
#include "dcalloc.h"

enum { MADE_INDICES = 64, MADE_VALUES = 16, MADE_BYTES = 96 };

/* What a call gave out. Filled with a pattern before the call: a call that fails leaves it. What lies
 * here after success is freed with the stage. */
typedef struct made {
    dca_env *env;
    dca_lp *lp;
    dca_model *model;
    dca_options *options;
    dca_control *control;
    dca_solver *solver;
    dca_result *result;
    char *text; /* of dca_result_answer_json */
    void *block;
    const char *borrowed;
    dca_index index[MADE_INDICES];
    double value[MADE_VALUES];
    uint8_t byte[MADE_BYTES];
} made;

/* What a call works on: built anew for every refusal. What is NULL is not there. */
typedef struct stage {
    account book;
    dca_env *env;
    int with; /* of the case: which variant */
    dca_lp *lp;
    dca_model *model;
    dca_options *options;
    dca_control *control;
    dca_solver *solver;
    dca_result *result;
    void *block;
    char path[96]; /* a file that the call reads or writes; empty: none */
    made made;
    dca_error err; /* for calls that take one */
} stage;

/* Where a call that finds no memory says so. */
typedef enum told { TOLD_BY_STATUS, TOLD_ERR, TOLD_LP, TOLD_MODEL, TOLD_SOLVER } told;

typedef struct oom_case {
    const char *name;
    void (*build)(stage *s); /* NULL: nothing but the environment */
    dca_status (*call)(stage *s);
    told told;
    int with;
    dca_status want; /* with memory; a bad argument is refused whether or not there is memory */
} oom_case;

/* The call under test: `function` goes on the list of those that were swept. */
#define CALL(function, arguments) (oom_called(#function), function arguments)
void oom_called(const char *function);

/* A call that never allocates, made while every request is refused. `holds` is an expression of it. */
#define QUIET(s, function, arguments, holds)                                                       \
    do {                                                                                           \
        oom_quiet_begin((s), #function);                                                           \
        oom_quiet_end((s), #function, (function arguments)holds);                                  \
    } while (0)
#define QUIET_VOID(s, function, arguments)                                                         \
    do {                                                                                           \
        oom_quiet_begin((s), #function);                                                           \
        function arguments;                                                                        \
        oom_quiet_end((s), #function, true);                                                       \
    } while (0)
void oom_quiet_begin(stage *s, const char *function);
void oom_quiet_end(stage *s, const char *function, bool holds);

void stage_open(stage *s);
/* Frees everything; no block and no byte may be left. */
void stage_close(stage *s);
/* A path of its own in the test's directory, holding `text` (NULL: no file). */
void stage_file(stage *s, const char *text);

/* ---- Prints: what can be observed, as text; numbers that a solve may round apart by value ------- */

typedef struct print {
    char *text;
    size_t used, room;
    double value[64];
    int values;
} print;

void print_free(print *p);
/* The objects as they are. O(their size), allocates from the environment and gives back. */
void print_objects(print *p, const stage *s);
/* The objects, what the call made, and what the solver, where there is one, answers. */
void print_outcome(print *p, stage *s);
bool print_same(const print *a, const print *b);

/* ---- Tables and builders -------------------------------------------------------------------------- */

extern const oom_case lp_cases[], model_cases[], io_cases[], solve_cases[], model_solve_cases[];
extern const size_t num_lp_cases, num_model_cases, num_io_cases, num_solve_cases,
    num_model_solve_cases;
void play_quiet(void **unused);

void must_be(dca_status status); /* DCA_OK, or the test fails */
void build_lp(stage *s);         /* two rows, three columns, names; with 1: unnamed and empty */
void build_model(stage *s);      /* a bit of everything */
void unsolved(stage *s);         /* a solver on the stage's lp or model, with its options */
void solved(stage *s);           /* a solver on the stage's lp or model, one solve behind it */

#endif
