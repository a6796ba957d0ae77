/* lp.h - the LP object: columns with gaps, names, edits, and a log of edits that solvers follow.
 *
 * Storage  Column j holds entries start[j] .. start[j]+length[j]-1 of index/value, rows ascending, with
 *          room[j] >= length[j] places; a column that outgrows its room moves to the end of the area,
 *          and the area is compacted when more than half of it is dead.
 * Ids      Rows and columns carry serial numbers that increase with the index and never return. A
 *          solver that remembers ids can carry its basis over any deletions and additions by merging
 *          two ascending lists.
 * Log      Numeric edits (cost, bounds, coefficient) go to a ring of bounded length as dca_edit;
 *          additions, deletions, sense and offset raise `structure`. A solver whose cursor fell out of
 *          the ring, or that sees another `structure`, loads the LP anew and keeps its basis by ids.
 *
 * Functions here trust their arguments (lib/api validates); those that allocate may fail with
 * DCA_E_NOMEM and then leave the LP as it was. */
#ifndef DCA_LP_LP_H
#define DCA_LP_LP_H

#include "base/strtab.h"
#include "dcalloc/backend.h"
#include "dcalloc/export.h"
#include "dcalloc/types.h"

#include <stdbool.h>

struct dca_lp {
    dca_env *env;
    int references; /* caller and solvers; one thread at a time, not atomic */
    dca_error error;
    char *name, *objective_name; /* or NULL */
    dca_sense sense;
    double offset;

    dca_index num_columns;
    dca_nnz column_capacity; /* of the arrays below */
    double *cost, *lower, *upper;
    uint8_t *integer;
    uint64_t *column_id; /* ascending */
    dca_nnz *start;
    dca_index *length, *room;
    dca_index num_integers;

    dca_index num_rows;
    dca_nnz row_capacity;
    double *row_lower, *row_upper;
    uint64_t *row_id; /* ascending */

    dca_nnz num_entries; /* live */
    dca_nnz num_room;    /* sum of room: the rest below area_used is dead */
    dca_nnz area_used;   /* first free place */
    dca_nnz area_capacity;
    dca_index *index;
    double *value;

    dca__strtab column_names, row_names; /* a slot per column, row */

    uint64_t next_column_id, next_row_id;
    uint64_t revision;  /* every edit */
    uint64_t structure; /* edits that are not in the log */
    uint64_t renamed;   /* names set since the LP was made, additions and deletions apart */
    dca_edit *log;      /* [log_capacity] ring; edit number e stands at e % log_capacity */
    dca_nnz log_capacity;
    uint64_t log_end; /* edits logged since the LP was made */
};

DCA_NODISCARD dca_status dca__lp_new(dca_env *env, dca_lp **out);
DCA_NODISCARD dca_status dca__lp_copy(const dca_lp *lp, dca_lp **out);
dca_lp *dca__lp_retain(dca_lp *lp);
void dca__lp_release(dca_lp *lp);

/** Append; entries are valid and without duplicates, zeros are dropped. Names may be taken: then
 *  DCA_E_ARG with *err, and nothing is added. */
DCA_NODISCARD dca_status dca__lp_add_columns(dca_lp *lp, const dca_lp_columns *columns,
                                             dca_error *err);
DCA_NODISCARD dca_status dca__lp_add_rows(dca_lp *lp, const dca_lp_rows *rows, dca_error *err);
DCA_NODISCARD dca_status dca__lp_delete_columns(dca_lp *lp, dca_index n, const dca_index *columns,
                                                dca_index *map);
DCA_NODISCARD dca_status dca__lp_delete_rows(dca_lp *lp, dca_index n, const dca_index *rows,
                                             dca_index *map);

/* Single numeric edits; O(1) but the coefficient (O(length of its column)). Unchanged values are not
 * logged. */
void dca__lp_set_cost(dca_lp *lp, dca_index j, double cost);
void dca__lp_set_column_bounds(dca_lp *lp, dca_index j, double lower, double upper);
void dca__lp_set_row_bounds(dca_lp *lp, dca_index i, double lower, double upper);
DCA_NODISCARD dca_status dca__lp_set_coefficient(dca_lp *lp, dca_index i, dca_index j,
                                                 double value);
/** A[rows[k], columns[k]] = values[k] in order of k, all or none. */
DCA_NODISCARD dca_status dca__lp_set_coefficients(dca_lp *lp, dca_nnz n, const dca_index *rows,
                                                  const dca_index *columns, const double *values);
/** A[i, j], O(log length). */
double dca__lp_coefficient(const dca_lp *lp, dca_index i, dca_index j);
void dca__lp_set_integer(dca_lp *lp, dca_index j, bool integer);
DCA_NODISCARD dca_status dca__lp_set_name(dca_lp *lp, const char *name); /* NULL: none */
DCA_NODISCARD dca_status dca__lp_set_objective_name(dca_lp *lp, const char *name);
/** DCA_E_ARG when another row (column) has that name. */
DCA_NODISCARD dca_status dca__lp_set_row_name(dca_lp *lp, dca_index i, const char *name);
DCA_NODISCARD dca_status dca__lp_set_column_name(dca_lp *lp, dca_index j, const char *name);
void dca__lp_set_sense(dca_lp *lp, dca_sense sense);
void dca__lp_set_offset(dca_lp *lp, double offset);

/** A borrowed view for solvers, to be minimised: `cost` receives the costs (negated when the LP
 *  maximises), [num_columns]; offset likewise. */
void dca__lp_view(const dca_lp *lp, double *cost, dca_problem *out);
/** Its two halves: the costs, O(n), and a view with costs at hand, O(1). */
void dca__lp_view_costs(const dca_lp *lp, double *cost);
void dca__lp_view_of(const dca_lp *lp, const double *cost, dca_problem *out);

/** Rows by rows: counting transpose into caller arrays; start [m+1], index and value [num_entries]. */
void dca__lp_transpose(const dca_problem *problem, dca_nnz *start, dca_index *index, double *value);

#endif
