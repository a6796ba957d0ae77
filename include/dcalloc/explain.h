/* explain.h - answers as sentences, in the caller's names and units. */
#ifndef DCALLOC_EXPLAIN_H
#define DCALLOC_EXPLAIN_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The limits that keep demand `demand` from being served more, dearest first: those that are used
 *  up and that one of its placements uses. Empty when all is served or when it fits nowhere
 *  (dca_result_demand_note() then says why).
 *  @param capacity  length of out (0 to ask for the number)
 *  @param count     receives how many there are */
DCA_API DCA_NODISCARD dca_status dca_result_blocking(const dca_result *result, dca_index demand,
                                                     dca_index capacity, dca_limit *out,
                                                     dca_index *count);
/** One sentence about a demand: served, or unmet and why. Borrowed; lives as long as the result. */
DCA_API const char *dca_result_demand_note(const dca_result *result, dca_index demand);

/** The cheapest repair of an infeasible model: how many changes, their weighted size, and each. A
 *  repair that does not exist (no limit may give) has count 0 and size INFINITY. DCA_E_STATE when
 *  the outcome is not infeasible. */
DCA_API DCA_NODISCARD dca_status dca_result_repair_count(const dca_result *result, dca_repair_by by,
                                                         dca_index *count, double *size);
DCA_API DCA_NODISCARD dca_status dca_result_repair_at(const dca_result *result, dca_repair_by by,
                                                      dca_index k, dca_repair *out);

/** The conflict of an infeasible answer: things that cannot hold together, none of which can be spared.
 *  Only results of dca_solver_find_conflict() have one; else DCA_E_STATE.
 *  @param count        how many members it has
 *  @param irreducible  1: each was shown to be necessary, the others being feasible without it; 0: a
 *                      limit or rounding kept that from being shown. Either may be NULL. */
DCA_API DCA_NODISCARD dca_status dca_result_conflict_count(const dca_result *result,
                                                           dca_index *count, int32_t *irreducible);
/** Member k, 0 <= k < count: for an LP columns before rows, for a model placements, pools, domains,
 *  links, demands. */
DCA_API DCA_NODISCARD dca_status dca_result_conflict_at(const dca_result *result, dca_index k,
                                                        dca_conflict_member *out);
/** Member k as a phrase: "demand 'train' insists on 20 job". Borrowed; lives as long as the result. */
DCA_API const char *dca_result_conflict_note(const dca_result *result, dca_index k);

/** The answer as English sentences, one line each, for people: verdict and its proof, unmet demands
 *  with reasons, limits that bind with prices, or the repair. Borrowed; lives as long as the result. */
DCA_API dca_index dca_result_num_sentences(const dca_result *result);
DCA_API const char *dca_result_sentence(const dca_result *result, dca_index k);

/** Names as the result knows them (frozen when it was made); borrowed; NULL when there is none.
 *  kind: resource, pool, domain, link, demand, placement, tier; of an LP row or column (those of a
 *  compiled model are made for files only). */
DCA_API const char *dca_result_name(const dca_result *result, dca_kind kind, dca_index index);
/** Unit of a resource, a link, a demand; of a placement that of its demand. NULL: it has none. */
DCA_API const char *dca_result_unit(const dca_result *result, dca_kind kind, dca_index index);
/** Number of slots of a kind in the model when it was solved, removed ones included. */
DCA_API dca_index dca_result_count(const dca_result *result, dca_kind kind);

#ifdef __cplusplus
}
#endif
#endif /* DCALLOC_EXPLAIN_H */
