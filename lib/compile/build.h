/* build.h - the LP while it grows: rows first, then columns with their entries. For lib/compile only.
 *
 * A builder that ran out of memory says so once, in `failed`, and swallows what follows. */
#ifndef DCA_COMPILE_BUILD_H
#define DCA_COMPILE_BUILD_H

#include "compile/compile.h"

typedef struct dca__build {
    const dca_model *model;
    dca__compiled *out;
    bool failed;
    dca_index num_rows, num_columns;
    dca_nnz row_capacity, row_lower_capacity, row_upper_capacity;
    dca_nnz column_capacity, lower_capacity, upper_capacity, start_capacity;
    dca_nnz num_entries, index_capacity, value_capacity;
    dca__key *row_key, *column_key;
    double *row_lower, *row_upper, *lower, *upper;
    dca_nnz *start; /* [num_columns + 1] */
    dca_index *index;
    double *value;
} dca__build;

dca_index dca__build_row(dca__build *build, dca__key key);
/** An entry of the column that is being described. row -1 is passed over. */
void dca__build_entry(dca__build *build, dca_index row, double value);
/** Repeat the entries so far of this column in the rows of terms about their limits. */
void dca__build_repeat(dca__build *build);
/** The column is described: append it. */
dca_index dca__build_column(dca__build *build, dca__column_kind kind, dca_index a, double lower,
                            double upper);

/* Rows, in this order; each fills its part of out->map. */
void dca__emit_pool_rows(dca__build *build);
void dca__emit_domain_rows(dca__build *build);
void dca__emit_link_rows(dca__build *build);
void dca__emit_demand_rows(dca__build *build);
void dca__emit_share_rows(dca__build *build);
void dca__emit_balance_rows(dca__build *build);
void dca__emit_movement_rows(dca__build *build);

/* Entries of the column of a placement. */
void dca__emit_pool_entries(dca__build *build, dca_index placement);
void dca__emit_domain_entries(dca__build *build, dca_index placement);
void dca__emit_link_entries(dca__build *build, dca_index placement);

/* Columns, in this order. */
void dca__emit_placed(dca__build *build);
void dca__emit_unmet(dca__build *build);
void dca__emit_nodes(dca__build *build);
void dca__emit_shares(dca__build *build);
void dca__emit_balances(dca__build *build);
void dca__emit_movements(dca__build *build);

#endif
