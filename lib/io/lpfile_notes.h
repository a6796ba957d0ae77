/* lpfile_notes.h - names that LP files cannot hold, and comments that say what the file cannot.
 *
 * The writer calls a row or column by a name of its own making where CPLEX, GLPK, HiGHS or Gurobi would
 * not read the true one, holds a range in a column and the constant of the objective in another, and
 * says so in comments at the head of the file:
 *
 *     \@row NAME = TRUE        \@column NAME = TRUE      \@range ROW COLUMN
 *     \@objective = TRUE       \@problem = TRUE          \@constant COLUMN
 *
 * TRUE is the true name, with %XX for each byte that is not a visible ASCII character, and for '%'.
 * The reader undoes all of it; a comment that does not fit what the file says is only a comment. */
#ifndef DCA_IO_LPFILE_NOTES_H
#define DCA_IO_LPFILE_NOTES_H

#include "base/strtab.h"
#include "dcalloc/export.h"
#include "io/io_field.h"
#include "io/io_names.h"

enum {
    DCA__LPF_NAME_LONGEST = 255, /* what CPLEX and GLPK take */
    DCA__LPF_NAME_ROOM = 256     /* for a name that is made */
};

typedef enum dca__lpf_topic {
    DCA__LPF_NOTE_NONE = 0, /* an ordinary comment */
    DCA__LPF_NOTE_ROW,
    DCA__LPF_NOTE_COLUMN,
    DCA__LPF_NOTE_OBJECTIVE,
    DCA__LPF_NOTE_PROBLEM,
    DCA__LPF_NOTE_PROBLEM_PLAIN, /* "Problem name: TRUE", as CPLEX writes it */
    DCA__LPF_NOTE_RANGE,
    DCA__LPF_NOTE_CONSTANT
} dca__lpf_topic;

typedef struct dca__lpf_note {
    dca__lpf_topic topic;
    dca__field name;  /* in the file: of the row or column */
    dca__field other; /* the true name, encoded; of a range: the column */
} dca__lpf_note;

/** What a comment (without its backslash) notes. */
dca__lpf_note dca__lpf_note_of(dca__field comment);

/** Is it a name that all readers take? Visible ASCII of a certain kind, beginning with a letter other
 *  than e and E or with one of some signs, at most 255 bytes, no keyword. */
bool dca__lpf_name_valid(const char *name);
/** What slot k of `names` is called in a file: its name when that is valid; R1, C1, ... when it has
 *  none; else what is left of its name, and # and its number. Never the name of another slot.
 *  Borrowed from the table or from buffer. */
const char *dca__lpf_name(const dca__strtab *names, dca_index k, char letter,
                          char buffer[DCA__LPF_NAME_ROOM]);
/** `text` made into a valid name that ends in #number, or #number.1 and so on while `names` has it. */
void dca__lpf_make_name(const dca__strtab *names, const char *text, int64_t number,
                        char buffer[DCA__LPF_NAME_ROOM]);

/** The bytes of TRUE for one byte of a name; returns how many, at most 3. */
int dca__lpf_encode(unsigned char byte, char out[3]);
/** Decode TRUE into out, which has room for coded.length + 1 bytes. False: it is none. */
bool dca__lpf_decode(dca__field coded, char *out);

#endif
