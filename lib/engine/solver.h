/* solver.h - the solver object: one type, made from an LP or from a model.
 *
 * It holds its own copy of the options, a reference to what it solves, and everything that stays
 * alive between solves: for an LP the pipeline, for a model the engine, which holds pipelines of its
 * own. Exactly one of lp and engine is set. One thread at a time. */
#ifndef DCA_ENGINE_SOLVER_H
#define DCA_ENGINE_SOLVER_H

#include "engine/result.h"
#include "solve/solve.h"

/** What a model solver keeps: compiled LP, tiers, cursors into the model's journal. */
struct dca__model_engine;

struct dca_solver {
    dca_env *env;
    dca_error error;                  /* of the last failed call */
    dca_options options;              /* env and settings; error unused */
    dca_lp *lp;                       /* LP solvers: the LP followed, retained; else NULL */
    dca__pipeline *pipeline;          /* LP solvers; else NULL */
    dca__names *names;                /* as of the two counts below, or NULL */
    uint64_t structure, renamed;      /* of the LP when names were taken */
    struct dca__model_engine *engine; /* model solvers; else NULL */
};

/** A solver without lp and engine; options NULL: defaults. */
DCA_NODISCARD dca_status dca__solver_new(dca_env *env, const dca_options *options,
                                         dca_solver **out);
/** A solver of an LP, which it retains. */
DCA_NODISCARD dca_status dca__solver_new_lp(dca_lp *lp, const dca_options *options,
                                            dca_solver **out);
/** A solver of a model, which it retains. */
DCA_NODISCARD dca_status dca__solver_new_model(dca_model *model, const dca_options *options,
                                               dca_solver **out);
void dca__solver_free(dca_solver *solver); /* NULL is a no-op. */
void dca__solver_reset(dca_solver *solver);
DCA_NODISCARD dca_status dca__solver_set_backend(dca_solver *solver, const dca_backend *backend);
void dca__solver_set_options(dca_solver *solver, const dca_options *options); /* NULL: defaults */
/** Solve and hand over a new result. On failure *out is untouched and solver->error says why. */
DCA_NODISCARD dca_status dca__solver_solve(dca_solver *solver, dca_control *control,
                                           dca_result **out);

/** Solve and, where the answer is infeasible, find a conflict; marks as in the public call. */
DCA_NODISCARD dca_status dca__solver_find_conflict(dca_solver *solver, const uint8_t *columns,
                                                   const uint8_t *rows, dca_control *control,
                                                   dca_result **out);

/** The LP that is solved, as an independent copy. */
DCA_NODISCARD dca_status dca__solver_compiled(dca_solver *solver, dca_control *control,
                                              dca_lp **out);

#endif
