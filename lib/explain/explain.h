/* explain.h - numbers into sentences, in the caller's names and units.
 *
 * Everything is derived from the point and the prices, never from the basis: two bases of one point
 * tell the same story. */
#ifndef DCA_EXPLAIN_EXPLAIN_H
#define DCA_EXPLAIN_EXPLAIN_H

#include "compile/map.h"
#include "dcalloc/export.h"
#include "explain/text.h"
#include "solve/solve.h"

/** What the sentences are about: borrowed from an answer in the making. */
typedef struct dca__facts {
    const dca_model *model;
    const dca__map *map;
    const dca_lp *lp;
    const double *limit, *use;    /* [map->num_limits] of every limit row */
    const double *price;          /* [map->num_limits] first tier, in its own sense */
    dca_sense sense;              /* of the first tier */
    const double *served, *unmet; /* [demands] */
    const double *placed;         /* [placements] */
} dca__facts;

/** Blocking limits of every demand: rows of limits, dearest first. */
typedef struct dca__blocking {
    dca_nnz *start; /* [demands + 1] */
    dca_index *row; /* [start[demands]] */
    dca_nnz capacity;
} dca__blocking;

void dca__blocking_free(dca_env *env, dca__blocking *blocking);
/** O(entries of the placements of unmet demands). */
DCA_NODISCARD dca_status dca__explain_blocking(const dca__facts *facts, dca__blocking *out);
/** Is the limit used up? */
bool dca__explain_full(double limit, double use);
/** What one more unit of a limit is worth in the first tier: >= 0 where it helps. */
double dca__explain_worth(const dca__facts *facts, dca_index row);

/** "GPU of pool 'V100'", "power of domain 'feed A'", "link 'uplink'", "demand 'train'". */
void dca__explain_name_limit(const dca_model *model, const dca__key *row, dca__text *text);
/** Unit of a limit. */
const char *dca__explain_unit(const dca_model *model, const dca__key *row);

/** One string per demand slot: served, or unmet and why; of removed ones an empty string. */
void dca__explain_demands(const dca__facts *facts, const dca__blocking *blocking, dca__text *out);

/** One way to repair an infeasible model. */
typedef struct dca__repair_plan {
    bool known;  /* false: it was stopped before it was found */
    double size; /* weighted sum, INFINITY: there is none */
    dca_index count;
    dca_nnz capacity;
    dca_repair *change;
} dca__repair_plan;

/** The three repairs, by dca_repair_by, of an LP that is infeasible: three LPs. `lp` is not changed. */
DCA_NODISCARD dca_status dca__explain_repairs(const dca_model *model, const dca__map *map,
                                              const dca_lp *lp, const dca_options *options,
                                              dca_control *control, dca__repair_plan plans[3],
                                              dca_error *err);
void dca__repair_plans_free(dca_env *env, dca__repair_plan plans[3]);

/** What the report says beside facts. */
typedef struct dca__verdict {
    dca_outcome outcome;
    const dca_certificate *certificate;
    dca_index num_tiers;
    const char *const *tier_name;
    const double *tier_value;
    const dca_sense *tier_sense;
    bool own_tier;       /* the first tier was added on our account */
    bool has_values;     /* there is a point to speak of */
    double cost, energy; /* per hour */
} dca__verdict;

/** Sentences, one string each. plans NULL: not infeasible. notes: those of the demands. */
void dca__explain_report(const dca__facts *facts, const dca__verdict *verdict,
                         const dca__text *notes, const dca__repair_plan plans[3], dca__text *out);

#endif
