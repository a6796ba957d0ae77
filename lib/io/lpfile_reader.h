/* lpfile_reader.h - the state of reading one LP text, for the lpfile_*.c files only.
 *
 * Columns go to the LP as they come. Rows and their entries are kept beside it until the end, when all
 * of them are added at once: columns go on coming while rows are read. */
#ifndef DCA_IO_LPFILE_READER_H
#define DCA_IO_LPFILE_READER_H

#include "io/io_names.h"
#include "io/lpfile.h"
#include "io/lpfile_notes.h"
#include "io/lpfile_scan.h"

/* Bits of what the sections said about a column. */
enum { DCA__LPF_LOWER = 1, DCA__LPF_UPPER = 2, DCA__LPF_BINARY = 4 };

typedef struct dca__lpf_reader {
    dca_env *env;
    dca_error *err;
    dca__lpf_scan scan;
    dca__lpf_token token; /* the one to be read next */
    dca_lp *lp;
    char *scratch; /* a name as a C string */
    dca_nnz scratch_capacity;

    dca_index num_rows;
    dca__strtab row_names;         /* [num_rows] */
    double *row_lower, *row_upper; /* [num_rows] */
    dca_nnz *row_start;            /* [num_rows + 1] once there is one */
    dca_nnz lower_capacity, upper_capacity, start_capacity;
    dca_index *entry_column; /* [num_entries] row by row, zeros too */
    double *entry_value;
    dca_nnz num_entries, column_capacity, value_capacity;

    dca_nnz *place; /* [num_columns] where its last entry is, if it is one of that column still */
    uint8_t *said;  /* [num_columns] bits */
    dca_nnz place_capacity, said_capacity;

    dca__lpf_note *note; /* in order */
    dca_nnz num_notes, note_capacity;
} dca__lpf_reader;

/** Step to the next token; fails when the control stops it, or without memory. */
DCA_NODISCARD dca_status dca__lpf_step(dca__lpf_reader *r);
/** "found 'x', expected ..." at the token. DCA_E_SYNTAX, or DCA_E_UNSUPPORTED where the token begins
 *  what is more than linear. */
dca_status dca__lpf_expected(dca__lpf_reader *r, const char *expected);
/** A sentence of its own at a token. */
dca_status dca__lpf_wrong(dca__lpf_reader *r, const dca__lpf_token *at, const char *sentence);
/** Let a token that begins a signed number show all of it. */
void dca__lpf_extend(dca__lpf_token *begin, const dca__lpf_token *number);
/** A field as a C string: until the next call; NULL without memory. */
const char *dca__lpf_text(dca__lpf_reader *r, dca__field text);
/** The column that the token names, made when it is new. */
DCA_NODISCARD dca_status dca__lpf_column(dca__lpf_reader *r, dca_index *out);

/* What one side of a relation, or the objective, holds. Its variables are the entries from `first` on. */
typedef struct dca__lpf_side {
    dca__lpf_token begin;
    bool variables, constants;
    double constant;
    bool infinite; /* the constant is a word */
} dca__lpf_side;

/** Read a linear expression, which may be empty. Variables are added to the entries from `first` on,
 *  times `sign`. With `breaks` a line end behind a whole term ends it. */
DCA_NODISCARD dca_status dca__lpf_expression(dca__lpf_reader *r, dca_nnz first, double sign,
                                             bool breaks, dca__lpf_side *out);

/* The sections; the token is the one behind the word. */
DCA_NODISCARD dca_status dca__lpf_objective(dca__lpf_reader *r);
DCA_NODISCARD dca_status dca__lpf_constraints(dca__lpf_reader *r);
DCA_NODISCARD dca_status dca__lpf_bounds(dca__lpf_reader *r);
DCA_NODISCARD dca_status dca__lpf_integers(dca__lpf_reader *r, bool binary);

/** Keep what a comment notes, and put it to use at the end: see lpfile_notes.h. */
DCA_NODISCARD dca_status dca__lpf_keep_note(void *reader, dca__field comment);
/** Default bounds, rows, and what the notes say, into the LP. */
DCA_NODISCARD dca_status dca__lpf_finish(dca__lpf_reader *r);

#endif
