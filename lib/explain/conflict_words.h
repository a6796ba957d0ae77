/* conflict_words.h - a conflict in the caller's words: members by what they stand for, with a phrase
 * each. Immutable once made; what a result holds of it. */
#ifndef DCA_EXPLAIN_CONFLICT_WORDS_H
#define DCA_EXPLAIN_CONFLICT_WORDS_H

#include "base/strtab.h"
#include "compile/map.h"
#include "dcalloc/export.h"
#include "explain/conflict.h"
#include "explain/text.h"

typedef struct dca__conflict {
    dca_env *env;
    dca_index count;
    bool irreducible;
    dca_conflict_member *member; /* [count] */
    dca__text notes;             /* [count] */
} dca__conflict;

void dca__conflict_free(dca__conflict *conflict); /* NULL is a no-op. */

/** The conflict of an LP, whose sides are the groups. Marks as in the public call; names may be
 *  empty. */
DCA_NODISCARD dca_status dca__conflict_of_lp(const dca_lp *lp, const double *ray,
                                             const uint8_t *columns, const uint8_t *rows,
                                             const dca__strtab *column_names,
                                             const dca__strtab *row_names,
                                             const dca_options *options, dca_control *control,
                                             dca__conflict **out, dca_error *err);

/** The conflict of a model compiled to `lp`: members are limits, demands, ceilings, numbers of nodes. */
DCA_NODISCARD dca_status dca__conflict_of_model(const dca_model *model, const dca__map *map,
                                                const dca_lp *lp, const double *ray,
                                                const dca_options *options, dca_control *control,
                                                dca__conflict **out, dca_error *err);

/** The conflict as sentences, appended. */
void dca__conflict_report(const dca__conflict *conflict, dca__text *out);

#endif
