/* case.h - a common case in C: the run of one scenario through its steps (README.md). Public headers
 * and jansson only.
 *
 * Every function that returns bool gives false when the case does not hold, and the run then holds a
 * complaint, the first one. Values taken from the JSON are borrowed from it. */
#ifndef DCA_TESTS_CASE_H
#define DCA_TESTS_CASE_H

#include <dcalloc.h>
#include <jansson.h>
#include <stdbool.h>

typedef struct case_run {
    dca_env *env;
    dca_model *model;
    dca_solver *solver;
    dca_result *result;
    char complaint[512];
} case_run;

/** Note what is wrong, unless something was already. Returns false. */
bool complain(case_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- Reading ---------------------------------------------------------------------------------- */

/** Is it an object whose keys are all among `keys`, words separated by blanks? */
bool only(case_run *run, const json_t *object, const char *keys, const char *what);
/** A number, or "inf", "-inf", "nan". */
bool number_of(case_run *run, const json_t *value, double *out);
/** The same for a key; *out stays where the key is missing. */
bool number_at(case_run *run, const json_t *object, const char *key, double *out);
/** The string of a key; NULL where it is missing. */
const char *word_at(const json_t *object, const char *key);
/** The kind of a word: "pool", "demand", ... */
bool kind_of(case_run *run, const char *word, dca_kind *out);
const char *kind_word(int32_t kind);

/* ---- Doing ------------------------------------------------------------------------------------ */

/** Make one edit, which may have to be refused. */
bool case_edit(case_run *run, const json_t *edit);
/** A call must have been refused with this error. */
bool case_refused(case_run *run, const json_t *refusal, dca_status status, const dca_error *error);
/** Compare the answer that the run holds. */
bool case_expect(case_run *run, const json_t *expect);
/** found against expected, within the tolerance of the README. */
bool near(case_run *run, double found, const json_t *expected, const char *what, const char *of);

#endif /* DCA_TESTS_CASE_H */
