/* presolve_state.h - what the reductions share. For lib/lp/presolve*.c only.
 *
 * The matrix is kept by columns and by rows, with everything that is gone still in it: a row or column
 * that is gone has the number of the record that removed it as its time, so that "there at the moment
 * of record t" reads time > t. Entries change only when a column is substituted by a multiple of
 * its row, in place; what outgrows its room moves to the end of its area. Entries of rows that
 * vanish stay there as zeros, so that each entry of a column knows its place in the row
 * (column_twin).
 *
 * A row or column is as it was when it went, which is what its undo reads. Of those that change
 * after a record whose undo reads them the old state stays in the area (old_start). Reduced costs
 * need none of this where that of the column substituted is 0: they are the same before and after.
 *
 * Prices on the way back are those of the original costs throughout: when a reduction moves p times a
 * row into the costs, price_shift of the row grows by p, and d_j = c_j - A_j'y holds at every stage
 * with base costs c, which know nothing of such moves, and y = price of the stage + shift. */
#ifndef DCA_LP_PRESOLVE_STATE_H
#define DCA_LP_PRESOLVE_STATE_H

#include "lp/presolve.h"

typedef enum dca__reduction {
    DCA__REDUCED_ROW = 0,   /* empty or redundant row */
    DCA__REDUCED_FIXED,     /* column at a value */
    DCA__REDUCED_SINGLETON, /* row with one entry: a bound */
    DCA__REDUCED_FORCING,   /* row that fixes its columns; their records follow */
    DCA__REDUCED_FREE,      /* (implied) free column with one entry, and its row */
    DCA__REDUCED_SLACK,     /* column with one entry that widens its row */
    DCA__REDUCED_DUPLICATE, /* row that is a multiple of another */
    DCA__REDUCED_DOUBLETON, /* equation in two columns, and one of them */
    DCA__REDUCED_PRESSED,   /* column with one entry that its cost presses against its row */
    DCA__REDUCED_IMPLIED,   /* implied free column, and an equation that it is substituted by */
    DCA__REDUCED_PARALLEL,  /* column that is a multiple of another, cost too */
    DCA__REDUCED_TIGHT,     /* inequality that a column pushes to its side: an equation */
    DCA__NUM_REDUCTIONS
} dca__reduction;

typedef struct dca__record {
    uint8_t kind;      /* dca__reduction */
    uint8_t status;    /* of what was removed, or flags */
    bool low_from_row; /* the lower (upper) bound came from the removed row */
    bool high_from_row;
    dca_index row, column, other;
    double a;         /* coefficient or ratio */
    double low, high; /* bounds of the column, as the reduction says */
    double row_low, row_high;
    double value;
    double other_a, other_cost; /* doubleton: of the column that stays, as it was before */
    /* doubleton: that column as it was. slack, pressed: the row as it was, where it changed since
     * (length -1: it did not), and in `other` the record before that reads the same row, + 1. */
    dca_nnz old_start;
    dca_index old_length;
} dca__record;

enum { DCA__THERE = INT32_MAX };

struct dca__presolve {
    dca_env *env;
    const dca_problem *original;
    dca_nnz *row_start; /* [m+1], [m]: row i is row_start[i] .. row_start[i] + row_length[i] - 1 */
    dca_index *row_length, *row_room;
    dca_index *row_index;
    double *row_value;
    dca_nnz row_used, row_index_capacity, row_value_capacity;
    dca_nnz *column_start; /* [n] likewise; a column that changes moves to the end */
    dca_index *column_length, *column_room;
    dca_index *column_index;
    double *column_value;
    dca_index *column_twin; /* offset of the entry in its row, while that is there */
    dca_nnz column_used, column_index_capacity, column_value_capacity, column_twin_capacity;

    double *cost, *lower, *upper;     /* [n] as they are now */
    double *base_cost;                /* [n] of the matrix as it is now, no row moved into them */
    double *row_lower, *row_upper;    /* [m] */
    double *price_shift;              /* [m] */
    double *cost_terms, *price_terms; /* [n], [m] magnitudes summed into cost and price_shift */
    double offset;
    dca_index *row_count, *column_count; /* entries left */
    dca_index *row_time, *column_time;   /* DCA__THERE, or the record that removed it */
    uint8_t *row_dirty;                  /* dca__row_dirt */
    uint8_t *column_dirty;               /* to be looked at (again) */
    struct dca__activity *activity;      /* [m] up to date where not DCA__ACTIVITY_OLD */
    dca_index *row_watch;                /* [m] last record + 1 that will read the row, 0 none */
    dca_index rows_left, columns_left;
    dca_index *mark; /* [max(m, n)] zero between calls */

    dca__record *record;
    dca_nnz num_records, record_capacity;
    int64_t work, work_limit;
    int64_t work_told; /* to the control */
    dca_control *control;
    dca__stop stop;
    bool undecided;
    dca_index contradiction;    /* a row that cannot be satisfied; -1: none seen */
    double contradiction_price; /* 1 where it stays below its lower side, -1 above its upper one */
    bool without_costs;         /* undoing a ray */

    dca_problem reduced;    /* of the arrays below */
    double *reduced_values; /* one block: cost, lower, upper, row_lower, row_upper, value */
    dca_nnz *reduced_start;
    dca_index *reduced_length, *reduced_index;
    dca_index *row_map, *column_map; /* reduced -> original */
};

/** What is to be done about a row that changed. */
enum dca__row_dirt { DCA__LOOK = 1, DCA__LOOK_FOR_IMPLIED = 2, DCA__ACTIVITY_OLD = 4 };

/** Is the lower (upper) bound of a column infinite or kept by a row? */
typedef struct dca__implied {
    bool low, high;
} dca__implied;

/** Least and largest activity of a row: sums of the finite terms and numbers of infinite ones. */
typedef struct dca__activity {
    double least, most;
    dca_index least_infinite, most_infinite;
} dca__activity;

static inline bool dca__row_there(const dca__presolve *p, dca_index i)
{
    return p->row_time[i] == DCA__THERE;
}

static inline bool dca__column_there(const dca__presolve *p, dca_index j)
{
    return p->column_time[j] == DCA__THERE;
}

/** Is entry k of the rows in a column that is there, and not one that vanished? */
static inline bool dca__row_entry_there(const dca__presolve *p, dca_nnz k)
{
    return dca__column_there(p, p->row_index[k]) && p->row_value[k] != 0.0;
}

/** A difference of numbers of this size: 0 when it is nothing but their rounding. */
static inline double dca__presolve_difference(double difference, double terms)
{
    return fabs(difference) <= 0x1p-46 * terms ? 0.0 : difference;
}

static inline dca_nnz dca__row_end(const dca__presolve *p, dca_index i)
{
    return p->row_start[i] + p->row_length[i];
}

static inline dca_nnz dca__column_end(const dca__presolve *p, dca_index j)
{
    return p->column_start[j] + p->column_length[j];
}

/* ---- Reducing. Each returns DCA_OK or DCA_E_NOMEM, and may set p->undecided. ----------------------- */

/** Time to leave: undecided, out of work, or told to stop. For loops that can be long. */
bool dca__presolve_leave(dca__presolve *p);

/** Row i changed: its sides, entries, or bounds of its columns. */
static inline void dca__presolve_touch(dca__presolve *p, dca_index i)
{
    p->row_dirty[i] = DCA__LOOK | DCA__LOOK_FOR_IMPLIED | DCA__ACTIVITY_OLD;
}

/** Column j has other bounds. */
void dca__presolve_touch_rows(dca__presolve *p, dca_index j);
/** Row i has other sides: its columns are to be looked at. */
void dca__presolve_touch_columns(dca__presolve *p, dca_index i);
/** Put column j, with its bounds, into the activities of its rows (sign 1) or take it out (-1). */
void dca__presolve_count_column(dca__presolve *p, dca_index j, double sign);
/** Give up the upper (lower) bound of column j where a row keeps it; false when it stays. */
bool dca__presolve_give_up_bound(dca__presolve *p, dca_index j, bool upper);
/** Push a record; its number is p->num_records before the call. */
DCA_NODISCARD dca_status dca__presolve_push(dca__presolve *p, const dca__record *record);
/** Push a record whose undo reads the row, which stays. */
DCA_NODISCARD dca_status dca__presolve_push_watching(dca__presolve *p, const dca__record *record);
/** Take row i out under the record pushed last. */
void dca__presolve_drop_row(dca__presolve *p, dca_index i);
/** Take column j out under the record pushed last; its entries are gone, the rows as they are. */
void dca__presolve_drop_column(dca__presolve *p, dca_index j);
/** Fix column j at a value with the status it will have: record, bounds of rows, offset. */
DCA_NODISCARD dca_status dca__presolve_fix(dca__presolve *p, dca_index j, double value,
                                           dca_basis_status status);
/** costs -= price * row i, offset += price * side: the row at `side` paid for. */
void dca__presolve_move_cost(dca__presolve *p, dca_index i, double price, double side);
dca__activity dca__presolve_activity(dca__presolve *p, dca_index i);
/** Values that row i with that activity leaves x_j with entry a, without its own bounds. */
typedef struct dca__range {
    double low, high;
} dca__range;
dca__range dca__presolve_range(const dca__presolve *p, dca_index i, dca_index j, double a,
                               dca__activity act);
/** Which of its finite bounds x_j keeps by row i with entry a and that activity, without them. */
dca__implied dca__presolve_implied(const dca__presolve *p, dca_index i, dca_index j, double a,
                                   dca__activity act);
/* ---- presolve_multiples.c -------------------------------------------------------------------------- */

/** Entries of a row or column. */
typedef struct dca__line {
    const dca_index *index;
    const double *value;
    dca_index length;
} dca__line;

/** Rows, or columns, by a hash that multiples share. */
typedef struct dca__multiples {
    uint64_t *key;     /* [lines] */
    dca_index *head;   /* [mask + 1] last line + 1 of a hash, 0 none */
    dca_index *before; /* [lines] the one before it + 1 */
    uint64_t mask;
} dca__multiples;

/** Of each hash so many predecessors are looked at. */
enum { DCA__MULTIPLES_TRIED = 4 };

/** For about `left` of the `lines`. */
DCA_NODISCARD dca_status dca__multiples_new(dca_env *env, dca_index lines, dca_index left,
                                            dca__multiples *out);
void dca__multiples_free(dca_env *env, dca__multiples *m);
/** The last line added with the key of line k, which is that of its entries that are there by the times
 *  of the others; -1: none. */
dca_index dca__multiples_first(dca__multiples *m, dca_index k, const dca__line *line,
                               const dca_index *time);
/** The one before `at`. */
dca_index dca__multiples_next(const dca__multiples *m, dca_index k, dca_index at);
void dca__multiples_add(dca__multiples *m, dca_index k);
/** lambda where `other` is lambda times `one`, within 1e-3 .. 1e3; else 0. */
double dca__presolve_ratio(dca__presolve *p, const dca__line *one, const dca__line *other,
                           const dca_index *time);
static inline dca__line dca__row_line(const dca__presolve *p, dca_index i)
{
    const dca_nnz at = p->row_start[i];
    return (dca__line){p->row_index + at, p->row_value + at, p->row_length[i]};
}
static inline dca__line dca__column_line(const dca__presolve *p, dca_index j)
{
    const dca_nnz at = p->column_start[j];
    return (dca__line){p->column_index + at, p->column_value + at, p->column_length[j]};
}

/* ---- The reductions -------------------------------------------------------------------------------- */

/** Substitute column j, entry a in equation r with right-hand side b: row r times a_ij / a leaves
 *  every row i and the costs, sides move; r and j go under `record`. */
DCA_NODISCARD dca_status dca__presolve_eliminate(dca__presolve *p, dca_index r, dca_index j,
                                                 double a, double b, const dca__record *record);
/** Move column k to the end of the area, with room for more; the old one stays where it was. */
DCA_NODISCARD dca_status dca__presolve_move_column(dca__presolve *p, dca_index k, dca_index more);

/* One reduction per file. */
DCA_NODISCARD dca_status dca__presolve_row(dca__presolve *p, dca_index i);
DCA_NODISCARD dca_status dca__presolve_singleton_row(dca__presolve *p, dca_index i);
DCA_NODISCARD dca_status dca__presolve_fixed_column(dca__presolve *p, dca_index j, bool *removed);
DCA_NODISCARD dca_status dca__presolve_singleton_column(dca__presolve *p, dca_index j,
                                                        bool *removed);
DCA_NODISCARD dca_status dca__presolve_pressed_column(dca__presolve *p, dca_index j, dca_index i,
                                                      double a, bool *removed);
/** Were row i an equation, could column j with entry a there leave by it as implied free? */
bool dca__presolve_can_substitute(dca__presolve *p, dca_index i, dca_index j, double a);
DCA_NODISCARD dca_status dca__presolve_tight_row(dca__presolve *p, dca_index j);
DCA_NODISCARD dca_status dca__presolve_implied_column(dca__presolve *p, dca_index i);
DCA_NODISCARD dca_status dca__presolve_dominated(dca__presolve *p);
DCA_NODISCARD dca_status dca__presolve_parallel_columns(dca__presolve *p);
DCA_NODISCARD dca_status dca__presolve_implied_rows(dca__presolve *p);
DCA_NODISCARD dca_status dca__presolve_duplicate_rows(dca__presolve *p);
DCA_NODISCARD dca_status dca__presolve_doubleton(dca__presolve *p, dca_index i);

/* ---- Undoing --------------------------------------------------------------------------------------- */

/** All records, last one first. */
void dca__presolve_undo_records(dca__presolve *p, dca__point *full);
/** c_j - A_j'y with the base costs; 0 when it is noise. */
double dca__presolve_reduced_cost(const dca__presolve *p, dca_index j, const double *y);
/** Sum of a_ik x_k over the columns that were there after record t, which removed row i. */
double dca__presolve_activity_after(const dca__presolve *p, dca_index i, dca_nnz t,
                                    const double *x);
/** The same for a record that watches its row. */
double dca__presolve_watched_activity(const dca__presolve *p, dca_nnz t, const double *x);

void dca__presolve_undo_fixed(const dca__record *r, dca__point *full);
void dca__presolve_undo_singleton_row(const dca__presolve *p, const dca__record *r,
                                      dca__point *full);
void dca__presolve_undo_forcing(const dca__presolve *p, const dca__record *r, dca_nnz t,
                                dca__point *full);
void dca__presolve_undo_free(const dca__presolve *p, const dca__record *r, dca_nnz t,
                             dca__point *full);
void dca__presolve_undo_slack(const dca__presolve *p, const dca__record *r, dca_nnz t,
                              dca__point *full);
void dca__presolve_undo_pressed(const dca__presolve *p, const dca__record *r, dca_nnz t,
                                dca__point *full);
void dca__presolve_undo_implied(const dca__presolve *p, const dca__record *r, dca_nnz t,
                                dca__point *full);
void dca__presolve_undo_parallel(const dca__record *r, dca__point *full);
void dca__presolve_undo_tight(const dca__record *r, dca__point *full);
void dca__presolve_undo_duplicate(const dca__record *r, dca__point *full);
void dca__presolve_undo_doubleton(dca__presolve *p, const dca__record *r, dca__point *full);

#endif
