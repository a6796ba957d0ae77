/* symmetry_state.h - what the steps of symmetry reduction share. For lib/lp/symmetry*.c only. */
#ifndef DCA_LP_SYMMETRY_STATE_H
#define DCA_LP_SYMMETRY_STATE_H

#include "base/rng.h"
#include "lp/symmetry.h"

#include <stdbool.h>
#include <string.h>

/** Rows or columns by class; classes are numbered by their first members, ascending. */
typedef struct dca__classes {
    dca_index count;  /* of members */
    dca_index number; /* of classes */
    dca_index *of;    /* [count] */
    dca_index *size;  /* [number], once the partition is final */
    dca_index *first; /* [number] the member that stands for the class, likewise */
} dca__classes;

struct dca__symmetry {
    dca_env *env;
    const dca_problem *original;
    dca_control *control;
    dca_nnz entries;
    dca__classes rows, columns;
    int64_t limit; /* classes, of rows and columns, beyond which merging does not pay */

    dca_nnz *row_start; /* [m+1] a copy by rows, from the refinement on */
    dca_index *row_index;
    double *row_value;

    int64_t work, polled;
    dca__stop stop;

    dca_problem quotient;    /* of the arrays below */
    double *quotient_values; /* one block: cost, lower, upper, row_lower, row_upper, value */
    dca_nnz *quotient_start;
    dca_index *quotient_length, *quotient_index;
};

/** The bits of a number; both zeros are the same. */
static inline uint64_t dca__number_bits(double value)
{
    const double number = value + 0.0;
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/** Count work, and say whether to stop. */
bool dca__symmetry_poll(dca__symmetry *s, int64_t work);

static inline bool dca__symmetry_pays(const dca__symmetry *s)
{
    return (int64_t)s->rows.number + s->columns.number <= s->limit;
}

/** Rounds of keys over all rows and columns, a few at most: classes.of and number. *stable: nothing
 *  is left to split. Ends early when it does not pay, or when told to stop. */
DCA_NODISCARD dca_status dca__symmetry_screen(dca__symmetry *s, bool *stable);

/** Split classes until the partition is equitable, or does not pay. Fills the copy by rows. */
DCA_NODISCARD dca_status dca__symmetry_refine(dca__symmetry *s);

/** Sizes and representatives of the classes; compare all members entry by entry, and build the
 *  quotient. *equitable false: keys had merged what differs, and there is none. */
DCA_NODISCARD dca_status dca__symmetry_build(dca__symmetry *s, bool *equitable);

#endif
