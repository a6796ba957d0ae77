/* mps_reader.h - the state of reading one MPS text, for the mps_*.c files only.
 *
 * Rows and columns go to the LP as they come; right-hand sides, ranges and bounds are kept beside it
 * until the end, so that their sections may stand in any order. */
#ifndef DCA_IO_MPS_READER_H
#define DCA_IO_MPS_READER_H

#include "io/mps.h"
#include "io/mps_scan.h"

enum { DCA__MPS_OBJECTIVE = -2, DCA__MPS_NO_ROW = -1 };

/* Bits of what BOUNDS said about a column. */
enum {
    DCA__BOUND_UP = 1,
    DCA__BOUND_LO = 2,
    DCA__BOUND_FX = 4,
    DCA__BOUND_FR = 8,
    DCA__BOUND_MI = 16,
    DCA__BOUND_PL = 32,
    DCA__BOUND_BV = 64
};

typedef struct dca__mps_reader {
    dca_env *env;
    dca_control *control;
    dca_error *err;
    dca__mps_scan scan;
    const char *nul; /* first zero byte of the text, or NULL */
    dca_lp *lp;
    dca__mps_section section;
    unsigned seen; /* bits of sections */
    char *scratch; /* a name as a C string */
    dca_nnz scratch_capacity;

    dca__field objective; /* its name; empty: none so far */
    dca__field wanted;    /* OBJNAME; empty: the first N row */
    int64_t wanted_line, wanted_column;
    bool sense_due, name_due; /* the line after OBJSENSE, OBJNAME */

    char *row_type; /* [num_rows] N E L G */
    dca_nnz row_type_capacity;
    double *rhs, *range;               /* [num_rows] NaN: none; made at the end of ROWS */
    double *exact_lower, *exact_upper; /* [num_rows] NaN: none; NULL until needed */
    dca_index *stamp;                  /* [num_rows] 1 + the column that last had an entry there */
    bool objective_rhs;
    dca__field rhs_set, range_set, bound_set;
    unsigned sets; /* bits: the set of this section is known; others were passed over */

    dca__field column; /* being read; empty: none */
    double cost;
    bool cost_seen, integer;
    dca_index *entry_row; /* of this column */
    double *entry_value;
    dca_nnz num_entries, row_capacity, value_capacity;

    uint8_t *bounds; /* [num_columns] bits; made at the end of COLUMNS */
} dca__mps_reader;

/** "found 'x', expected ..." at a field, or "found the end of the line, ...". DCA_E_SYNTAX. */
dca_status dca__mps_expected(dca__mps_reader *r, dca__field found, const char *expected);
/** A sentence of its own at a field. */
dca_status dca__mps_wrong(dca__mps_reader *r, dca__field at, const char *sentence);
/** A field as a C string: until the next call; NULL without memory. */
const char *dca__mps_name(dca__mps_reader *r, dca__field name);
/** A row by name: its index, DCA__MPS_OBJECTIVE or DCA__MPS_NO_ROW. */
dca_index dca__mps_find_row(const dca__mps_reader *r, dca__field name);
/** A number; `finite` refuses infinite ones. */
DCA_NODISCARD dca_status dca__mps_number(dca__mps_reader *r, dca__field field, bool finite,
                                         double *out);

/* Data lines, with the fields in their six places. */
DCA_NODISCARD dca_status dca__mps_columns_line(dca__mps_reader *r);
DCA_NODISCARD dca_status dca__mps_columns_end(dca__mps_reader *r);
DCA_NODISCARD dca_status dca__mps_rhs_line(dca__mps_reader *r);
DCA_NODISCARD dca_status dca__mps_ranges_line(dca__mps_reader *r);
DCA_NODISCARD dca_status dca__mps_bounds_line(dca__mps_reader *r);
/** A comment: "*exact_range row lower upper" says what a width cannot (docs/formats.md). */
DCA_NODISCARD dca_status dca__mps_comment_line(dca__mps_reader *r);
/** Put right-hand sides and ranges into the rows, default bounds into integer columns. */
void dca__mps_finish(dca__mps_reader *r);

#endif
