/* ways.h - the ways up: in which domains a pool, or a demand of a tenant, counts, and how much.
 *
 * What a source puts in at domain d with share s flows up: in(d) = s + sum over children c of
 * share(c, d) out(c), and out(d) = factor(d) in(d) is what d counts (PUE, losses). `share` is the same
 * without factors: how much of the source is in d at all. */
#ifndef DCA_COMPILE_WAYS_H
#define DCA_COMPILE_WAYS_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"
#include "model/model.h"

typedef struct dca__ways {
    dca_nnz *start; /* [sources + 1] */
    dca_nnz capacity, share_capacity, factor_capacity;
    dca_index *domain; /* children before parents */
    double *share, *factor;
} dca__ways;

/** Ways of every pool, and of every domain of kind tenant (itself first; others have none). O(ways *
 *  domains above a source). DCA_E_ARG with *err: shares do not add up, or something counts twice. */
DCA_NODISCARD dca_status dca__ways_build(const dca_model *model, dca__ways *pools,
                                         dca__ways *tenants, dca_error *err);
void dca__ways_free(dca_env *env, dca__ways *ways);
/** Share, without factors, of a source in a domain: 0 when it is not in it. */
double dca__ways_share(const dca__ways *ways, dca_index source, dca_index domain);
/** What the domain counts of one unit of the source. */
double dca__ways_factor(const dca__ways *ways, dca_index source, dca_index domain);

#endif
