/* model_answer.h - what a model's result knows beyond the LP's: values by object, limits with use and
 * price, and the sentences. Filled once, by the solve; all arrays are the answer's own. */
#ifndef DCA_ENGINE_MODEL_ANSWER_H
#define DCA_ENGINE_MODEL_ANSWER_H

#include "compile/compile.h"
#include "dcalloc/export.h"
#include "engine/frozen.h"
#include "explain/explain.h"

typedef struct dca__model_answer {
    dca_env *env;
    dca__frozen *frozen; /* retained */
    uint64_t compaction; /* of the model: indices are those of its slots then */
    bool has_values;     /* there is a point: everything up to energy */
    bool infeasible;     /* repairs holds something */
    bool own_tier;       /* the first tier was added on our account */

    dca_index num_tiers;
    double *tier_value;    /* [num_tiers] in its own sense */
    dca_sense *tier_sense; /* [num_tiers] */
    bool *tier_priced;     /* [num_tiers] the tier was solved: it has prices */

    double *served, *unmet, *amount;        /* [demands] */
    double *placed;                         /* [placements] */
    double *nodes_on, *pool_cost, *pool_kw; /* [pools] */
    double *domain_cost, *domain_kw;        /* [domains] */
    double *link_use, *link_limit;          /* [links] */
    double *pool_use, *pool_limit;          /* [pools * resources] */
    double *domain_use, *domain_limit;      /* [domains * resources] */
    double cost, energy;                    /* per hour; kWh per hour */

    dca_index num_limits;
    dca__key *limit_key; /* [num_limits] ascending */
    double *limit, *use; /* [num_limits] */
    double *price;       /* [num_tiers * num_limits] in the tier's own sense */

    dca__blocking blocking;
    dca__text notes, sentences;
    dca__repair_plan repairs[3];
} dca__model_answer;

void dca__model_answer_free(dca__model_answer *answer); /* NULL is a no-op. */
/** Arrays of the right sizes, zeros, without values; limits and their keys as compiled. */
DCA_NODISCARD dca_status dca__model_answer_new(const dca_model *model,
                                               const dca__compiled *compiled, dca__frozen *frozen,
                                               dca__model_answer **out);
/** Values of every object at the point x [columns], activity [rows]. */
void dca__model_answer_fill(const dca_model *model, const dca__compiled *compiled, const double *x,
                            const double *activity, dca__model_answer *answer);
/** Prices of every limit in tier t, from the y and d of its solve (of the minimisation). */
void dca__model_answer_price(const dca_model *model, const dca__compiled *compiled, dca_index tier,
                             const double *x, const double *y, const double *d,
                             dca__model_answer *answer);
/** Notes, blocking limits and the report. */
DCA_NODISCARD dca_status dca__model_answer_explain(const dca_model *model,
                                                   const dca__compiled *compiled,
                                                   dca_outcome outcome,
                                                   const dca_certificate *certificate,
                                                   dca__model_answer *answer);
/** Limit, use and row (-1: none) of a pair; false when it names nothing. */
bool dca__model_answer_limit(const dca__model_answer *answer, dca_kind kind, dca_index index,
                             dca_index resource, double *limit, double *use, dca_index *row);

#endif
