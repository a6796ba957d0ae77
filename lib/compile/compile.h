/* compile.h - model -> LP.
 *
 * docs/model.md states every row and column as a formula. The LP is always to be minimised, without an
 * offset: tier t of the objective, value_t = sign_t (c_t'x) + offset_t with c_t as stored here, is
 * put into the costs by the engine. Compilation is O(placements and their entries). */
#ifndef DCA_COMPILE_COMPILE_H
#define DCA_COMPILE_COMPILE_H

#include "compile/map.h"
#include "compile/ways.h"
#include "dcalloc/export.h"
#include "lp/lp.h"
#include "model/model.h"

/** One tier of the objective. */
typedef struct dca__tier_cost {
    dca_index tier; /* of the model, or -1: minimise weighted unmet demand, added on our account */
    dca_sense sense;
    double offset; /* in the tier's own sense */
    double *cost;  /* [num_columns], to be minimised */
    bool empty;    /* every cost is 0 */
} dca__tier_cost;

typedef struct dca__compiled {
    dca_env *env;
    dca_lp *lp;
    dca__map map;
    dca__ways pool_ways, tenant_ways;
    double *idle;        /* [domains] W counted whatever is placed: idle nodes of pools always on */
    dca_index num_tiers; /* >= 1 */
    dca__tier_cost *tiers;
    bool moves;                             /* some tier holds a movement term */
    bool values;                            /* some tier holds a value term */
    uint64_t structure, compaction, cursor; /* of the model, as compiled or patched */
    bool stale; /* a patch failed half way: only a new compilation helps */
} dca__compiled;

/** DCA_E_ARG with *err: the model does not add up (shares). */
DCA_NODISCARD dca_status dca__compile(const dca_model *model, dca__compiled *out, dca_error *err);
void dca__compiled_free(dca_env *env, dca__compiled *compiled);

/** Follow the model's edits in place. *patched false: compile anew (the LP may be half patched). */
DCA_NODISCARD dca_status dca__compile_patch(const dca_model *model, dca__compiled *compiled,
                                            bool *patched, dca_error *err);

/* ---- Values of single rows and columns, for emit_*.c, delta.c and the engine. */

/** What of a limit is used whatever is placed: idle watts of nodes always on. */
double dca__compile_constant(const dca_model *model, const dca__compiled *compiled,
                             const dca__key *row);
/** Bounds of any row now. */
void dca__compile_row_bounds(const dca_model *model, const dca__compiled *compiled,
                             const dca__key *row, double *lower, double *upper);
/** Upper bound of the column of a placement: its ceiling, or 0 where a unit does not fit. */
double dca__compile_ceiling(const dca_model *model, dca_index placement);
/** Upper bound of unmet demand. */
double dca__compile_slack(const dca_model *model, dca_index demand);
/** Upper bound of the share variable of a term: 1 / smallest weight in scope, 0: none in scope. */
double dca__compile_share_bound(const dca_model *model, const dca__compiled *compiled,
                                const dca__term *term);
/** W counted in every domain of nodes that are always on: fills compiled->idle. */
void dca__compile_idle(const dca_model *model, dca__compiled *compiled);

/* ---- objective.c */
DCA_NODISCARD dca_status dca__objective_new(const dca_model *model, dca__compiled *compiled);
/** Costs and offsets of every tier, anew. O(columns and placements per term). */
void dca__objective_fill(const dca_model *model, dca__compiled *compiled);
/** Is the demand in the scope of an unmet, value or share term? */
bool dca__objective_covers(const dca_model *model, const dca__compiled *compiled,
                           const dca__term *term, dca_index demand);
/** Is the limit in the scope of a utilisation term? */
bool dca__objective_balances(const dca_model *model, const dca__compiled *compiled,
                             const dca__term *term, const dca__key *row);
/** d(offset of tier)/d(amount of demand), in the tier's own sense. */
double dca__objective_amount_rate(const dca_model *model, const dca__compiled *compiled,
                                  dca_index tier, dca_index demand);
/** Money per hour for one W drawn at a pool, and kWh counted per hour and W there. */
double dca__objective_watt_cost(const dca_model *model, const dca__compiled *compiled,
                                dca_index pool);
double dca__objective_watt_energy(const dca_model *model, const dca__compiled *compiled,
                                  dca_index pool);
/** Cost per unit placed and hour: its own, of links, of energy. */
double dca__objective_unit_cost(const dca_model *model, const dca__compiled *compiled,
                                dca_index placement);

#endif
