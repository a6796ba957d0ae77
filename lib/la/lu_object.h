/* lu_object.h - the inside of dca__lu, for lu_*.c and their tests only.
 *
 * Pivots are numbered as the factorisation found them: pivot p pairs row_of_pivot[p] with
 * position_of_pivot[p] for good, and L, the row etas and U are indexed by pivots on both sides, so
 * that rows and positions appear only at the two ends of a solve and dense loops walk memory forward.
 *
 *     L   unit lower triangular, diagonal not stored
 *     R_t row etas: v_r -= sum_j mu_j v_j, r = eta_row[t]
 *     U   upper triangular in the order `order`, diagonal apart in `diagonal`
 *
 * L and U are stored twice, by columns and by rows, as files of lines with gaps. An update moves its
 * pivot to the end of `order`, leaving -1 behind, so that no order is ever shifted.
 *
 * Arrays marked [m] have capacity m_capacity. The `new_` arrays are filled by a factorisation and
 * swapped in when it can no longer fail. */
#ifndef DCA_LA_LU_OBJECT_H
#define DCA_LA_LU_OBJECT_H

#include "la/lu.h"

/* Where a line lies in its file: entries start .. start+length-1, room for `room`. */
typedef struct dca__lu_span {
    dca_nnz start;
    dca_index length, room;
} dca__lu_span;

/* Rows or columns of a sparse matrix in one file. Gaps between lines hold nothing. */
typedef struct dca__lu_lines {
    dca__lu_span *span; /* [m] */
    dca_index *index;
    double *value; /* NULL: pattern only */
    dca_nnz used;  /* end of the last line */
    dca_nnz index_capacity, value_capacity;
} dca__lu_lines;

/* A growing list of entries. */
typedef struct dca__lu_entries {
    dca_index *index;
    double *value;
    dca_nnz used, index_capacity, value_capacity;
} dca__lu_entries;

/* Lines of the nucleus by their number of entries: doubly linked lists. */
typedef struct dca__lu_counts {
    dca_index *head; /* [m+1] first line with that count, or -1 */
    dca_index *next; /* [m] or -1 */
    dca_index *prev; /* [m] or -1-count for the first, DCA__LU_UNLINKED for a line in no list */
} dca__lu_counts;

enum { DCA__LU_UNLINKED = INT32_MIN };

/* What a position is during a factorisation. */
typedef enum dca__lu_state { DCA__LU_ACTIVE = 0, DCA__LU_PIVOTED, DCA__LU_REJECTED } dca__lu_state;

/* The kinds of solve whose density is predicted apart. */
typedef enum dca__lu_kind {
    DCA__LU_ENTERING = 0, /* ftran for update */
    DCA__LU_FTRAN,
    DCA__LU_BTRAN,
    DCA__LU_NUM_KINDS
} dca__lu_kind;

struct dca__lu {
    dca_env *env;
    dca__lu_settings settings;
    int32_t update_room;  /* arrays by update have room for as many, >= settings.max_updates */
    dca_control *control; /* polled by factorise; NULL: none */
    dca_index m;
    dca_nnz m_capacity;

    /* The factors. */
    dca_index *row_of_pivot, *pivot_of_row;           /* [m] */
    dca_index *position_of_pivot, *pivot_of_position; /* [m] */
    double *diagonal;                                 /* [m] of U */
    dca_index *order; /* [m + update_room] pivots, -1: moved to the end */
    dca_index *rank;  /* [m] order[rank[p]] == p */
    dca_index order_length;
    dca__lu_lines l_column, l_row, u_column, u_row;
    dca_index *l_column_order; /* [m] pivots with a column of L, first pivot first */
    dca_index *l_row_order;    /* [m] pivots with a row of L, last pivot first */
    dca_index num_l_columns, num_l_rows;
    dca_index *deficient_position, *deficient_row; /* [m] */
    dca_index num_deficient;
    dca_nnz l_entries, u_entries, basis_entries; /* without diagonals; with */

    /* Updates. */
    dca_index num_updates;
    dca_index *eta_row;    /* [update_room] */
    dca_nnz *eta_start;    /* [update_room + 1] */
    double *eta_sum;       /* [update_room] zero between calls */
    dca__lu_entries eta;   /* pivots and mu */
    dca_index *eta_number; /* of each entry */
    dca_nnz *eta_next;     /* the entry before in the same row, or -1 */
    dca_nnz eta_number_capacity, eta_next_capacity;
    dca_nnz *eta_last;      /* [m] last entry in a row, or -1 */
    dca_index *spike_index; /* [m] the entering column before U */
    double *spike_value;    /* [m] */
    dca_index spike_count;  /* -1: none kept */
    dca_index *unit_index;  /* [m] U^-T e_r of the last btran of a unit vector, less entry r */
    double *unit_value;     /* [m] divided by -entry r: these are the mu of an update at r */
    dca_index unit_row, unit_count; /* r, or -1: none kept */
    double cancellation;            /* largest ratio of a new pivot's terms to the pivot */
    double growth;                  /* largest growth of an entry when a row was eliminated */

    /* Solves. */
    uint32_t *mark; /* [m] of pivots, or of rows in a factorisation; == epoch: visited */
    uint32_t epoch;
    dca_index *reach;                     /* [m] */
    dca_index *stack;                     /* [m] */
    dca_nnz *cursor;                      /* [m] by depth */
    dca__spvec scratch;                   /* [m] zero between calls; arrays owned here */
    double *moved;                        /* [m] values on their way to another place */
    double density[DCA__LU_NUM_KINDS][2]; /* of results: L, U; moving averages */

    /* Work, in entries touched. */
    int64_t work;
    int64_t work_of_factor, work_at_factor, work_at_update;
    double work_per_update; /* moving average */

    /* Factorisation. */
    dca_nnz *own_start;                /* [m] the basis by position, copied */
    dca_index *own_length, *own_basis; /* [m] own_basis as the caller's basis */
    dca__lu_entries own;
    dca_index *new_row_of_pivot, *new_position_of_pivot; /* [num_pivots] */
    dca_index *new_pivot_of_row, *new_pivot_of_position; /* [m] -1: no pivot yet */
    double *new_diagonal;                                /* [num_pivots] */
    dca_index num_pivots;
    dca_index num_singletons; /* pivots before the nucleus */
    dca_index num_steps;      /* pivots of the nucleus */
    uint8_t *state;           /* [m] dca__lu_state of positions */
    dca_index *column_count;  /* [m] entries of a position in rows without pivot */
    dca_index *row_count;     /* [m] entries of a row in active positions */
    double *column_max;       /* [m] largest entry of an active column of the nucleus */
    double *original_max;     /* [m] largest entry of a column of B */
    dca_index *queue;         /* [m] */
    dca_nnz *tally;           /* [m] */
    dca__lu_lines by_row;     /* [m] positions in each row without pivot, pattern only */

    /* The nucleus. */
    dca_index *nucleus_position, *nucleus_row; /* [m] ids, first num_nucleus_* */
    dca_index num_nucleus_positions, num_nucleus_rows;
    dca_index num_active; /* positions still active */
    dca__lu_lines active_column;
    dca__lu_lines active_row; /* pattern only */
    dca__lu_counts columns, rows;
    double *multiplier;             /* [m] by row, zero between pivots */
    dca__lu_entries raw_l;          /* rows and multipliers, pivot by pivot */
    dca__lu_entries raw_u;          /* positions and values, pivot by pivot */
    dca_nnz *raw_l_end, *raw_u_end; /* [m] by nucleus pivot */
};

/* lu_store.c */
DCA_NODISCARD dca_status dca__lu_reserve_rows(dca__lu *lu, dca_index m);
DCA_NODISCARD dca_status dca__lu_reserve_entries(dca__lu *lu, dca__lu_entries *entries,
                                                 dca_nnz need);
/** Room in the file for entries up to `need`; a pattern file has no values. */
DCA_NODISCARD dca_status dca__lu_reserve_lines(dca__lu *lu, dca__lu_lines *lines, dca_nnz need,
                                               bool values);
/** Close the gaps and leave room for `extra` entries behind the last line. id lists the lines that
 *  may hold entries; NULL: lines 0..n-1. On failure nothing has changed. */
DCA_NODISCARD dca_status dca__lu_repack_lines(dca__lu *lu, dca__lu_lines *lines,
                                              const dca_index *id, dca_index n, dca_nnz extra,
                                              bool values);
/** Move line i behind the last one, with room for `room`; the file must have it. */
void dca__lu_move_line(dca__lu_lines *lines, dca_index i, dca_index room);
/** A fresh epoch: nothing is marked with it. */
uint32_t dca__lu_next_epoch(dca__lu *lu);

/* lu_singleton.c */
DCA_NODISCARD dca_status dca__lu_pivot_singletons(dca__lu *lu, const dca__lu_matrix *matrix,
                                                  const dca_index *basis);
/* lu_factor.c */
void dca__lu_record_pivot(dca__lu *lu, dca_index row, dca_index position, double value);

/* lu_markowitz.c */
void dca__lu_link(dca__lu_counts *counts, dca_index line, dca_index count);
void dca__lu_unlink(dca__lu_counts *counts, dca_index line);
/** The next pivot of the nucleus; false when no column is left. */
bool dca__lu_search_pivot(dca__lu *lu, dca_index *row, dca_index *position);

/* lu_pivot.c */
DCA_NODISCARD dca_status dca__lu_load_nucleus(dca__lu *lu, const dca__lu_matrix *matrix,
                                              const dca_index *basis);
DCA_NODISCARD dca_status dca__lu_eliminate(dca__lu *lu, dca_index row, dca_index position);

/* lu_build.c */
DCA_NODISCARD dca_status dca__lu_build(dca__lu *lu, const dca__lu_matrix *matrix,
                                       const dca_index *basis);

/* lu_reach.c */
/** The pivots that the nonzeros of x reach through `lines`, in an order that puts causes before
 *  effects: lu->reach[top..m). Returns top, or -1 when they are more than `limit`. */
dca_index dca__lu_reach(dca__lu *lu, const dca__lu_lines *lines, const dca__spvec *x,
                        dca_index limit);
/** Solve with a triangular factor over reach[top..m); diagonal NULL: ones. x is relisted, without
 *  zeros; what belongs to pivot p ends at to[p], or at p if `to` is NULL. */
void dca__lu_solve_reached(dca__lu *lu, const dca__lu_lines *lines, const double *diagonal,
                           dca_index top, const dca_index *to, dca__spvec *x);

/* lu_wanted.c */
/** x = U^-1 x by pivots, only at the positions listed in `want`, where it ends listed; the rest of x is
 *  zero. Returns how many pivots they depend on; -1, with x as it was, when more than `limit`. */
dca_index dca__lu_solve_wanted(dca__lu *lu, const dca__spvec *want, dca_index limit, dca__spvec *x);

/* lu_check.c */
/** NULL, or which invariant does not hold. O(nnz times row length). */
const char *dca__lu_check(const dca__lu *lu);

/* Debug builds check small factors after every change; release builds do not. */
enum { DCA__LU_CHECKED_ROWS = 200 };
#ifndef NDEBUG
#define DCA__LU_VERIFY(lu) assert((lu)->m > DCA__LU_CHECKED_ROWS || dca__lu_check(lu) == NULL)
#else
#define DCA__LU_VERIFY(lu) ((void)0)
#endif

#endif
