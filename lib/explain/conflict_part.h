/* conflict_part.h - the part of an LP that a conflict is looked for in.
 *
 * It holds the rows that have a side in force and the columns with entries there, without costs; a
 * bound that is not in force is infinite. Sides are switched off and on by edits, so that its pipeline
 * stays hot. Sides are numbered as in conflict.h, groups are those of the question. */
#ifndef DCA_EXPLAIN_CONFLICT_PART_H
#define DCA_EXPLAIN_CONFLICT_PART_H

#include "explain/conflict.h"

typedef struct dca__conflict_part {
    dca_env *env;
    const dca__conflict_question *ask;
    dca_lp *lp;
    dca__pipeline *pipeline;
    dca_index *column, *row; /* [lp->num_columns, lp->num_rows] of the question's LP */
    dca_nnz *start, *side; /* group g holds the part's sides side[start[g]] .. side[start[g+1]-1] */
} dca__conflict_part;

/** Group of a side of the question's LP; DCA__CONFLICT_NEVER where the bound is infinite. */
dca_nnz dca__conflict_group(const dca__conflict_question *ask, dca_nnz side);

/** The part in which the groups with in_force[g] != 0 are in force. O(size of the question). */
DCA_NODISCARD dca_status dca__conflict_part_new(dca_env *env, const dca__conflict_question *ask,
                                                const uint8_t *in_force, dca__conflict_part *out,
                                                dca_error *err);
void dca__conflict_part_free(dca__conflict_part *part);

/** Switch the sides of a group. O(sides of the group). */
void dca__conflict_part_switch(dca__conflict_part *part, dca_nnz group, bool on);

/** How much of the terms that it is added to a multiplier makes up. */
enum { DCA__CONFLICT_UNUSED = 0, DCA__CONFLICT_FAINT, DCA__CONFLICT_CLEAR };

/** used[g] for every group whose sides the multipliers y of the part's rows use: FAINT where each such
 *  multiplier is within 1e-7 of the terms it stands with, else CLEAR; others are left alone. False
 *  when the multipliers lean on a bound that is not in force (one that was implied): then they prove
 *  nothing about the groups used. O(entries of the part). */
DCA_NODISCARD dca_status dca__conflict_part_support(const dca__conflict_part *part, const double *y,
                                                    uint8_t *used, bool *sound);

/** The same for multipliers y of all rows of the question. */
DCA_NODISCARD dca_status dca__conflict_support(const dca__conflict_question *ask, const double *y,
                                               uint8_t *used, bool *sound);

/** Are multipliers that the sides in force allow unique but for their scale? So it is when the basis
 *  has but one variable with a side in force: the others are free, their columns are independent, and
 *  multipliers are orthogonal to them. Then no multipliers do without a side that those found use, so
 *  that each such side is necessary. O(size of the part). */
bool dca__conflict_part_unique(const dca__conflict_part *part, const uint8_t *column_status,
                               const uint8_t *row_status);

#endif
