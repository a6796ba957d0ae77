/* model_solve_calls.c - solver.h: calls on solvers of a model, in every phase that these have. */
#include "oom.h"
#include "random_model.h"

static dca_status solver_solve(stage *s)
{
    return CALL(dca_solver_solve, (s->solver, s->control, &s->made.result));
}

static dca_status solver_compiled(stage *s)
{
    return CALL(dca_solver_compiled, (s->solver, NULL, &s->made.lp));
}

static dca_status solver_new_model(stage *s)
{
    return CALL(dca_solver_new_model, (s->model, NULL, &s->made.solver, &s->err));
}

static void tiers(dca_model *model)
{
    must_be(dca_model_clear_tiers(model));
    (void)add_tier(model, "unmet", DCA_TERM_UNMET);
    (void)add_tier(model, "balance", DCA_TERM_UTILISATION);
    (void)add_tier(model, "cost", DCA_TERM_COST);
}

static void build_unsolved_model(stage *s)
{
    build_model(s);
    unsolved(s);
}

static void build_three_tiers(stage *s)
{
    build_model(s);
    tiers(s->model);
    unsolved(s);
}

/* No plan fits: the cheapest repairs are looked for. */
static void build_infeasible_model(stage *s)
{
    build_model(s);
    must_be(dca_model_set_demand_amount(s->model, 0, 1000));
    must_be(dca_model_set_demand_hard(s->model, 0, 1));
    unsolved(s);
}

enum {
    MODEL_NUMBER,
    MODEL_LIMIT,
    MODEL_ADD,
    MODEL_REMOVE,
    MODEL_COMPACT,
    MODEL_WEIGHT,
    MODEL_ENTRY
};

/* Solved with three tiers, then edited: numbers go to the compiled LP, structure compiles anew. */
static void build_edited_model(stage *s)
{
    const int edit = s->with;
    s->with = 0;
    build_model(s);
    tiers(s->model);
    if (edit == MODEL_ENTRY) /* a coefficient of the compiled LP is 0, and comes with the edit */
        must_be(dca_model_set_link_capacity(s->model, 0, 0.0));
    solved(s);
    switch (edit) {
    case MODEL_NUMBER:
        must_be(dca_model_set_demand_amount(s->model, 0, 2.5));
        must_be(dca_model_set_pool_count(s->model, 0, 1.0));
        break;
    case MODEL_LIMIT:
        must_be(dca_model_set_pool_capacity(s->model, 0, 1, 3.0));
        must_be(dca_model_set_domain_limit(s->model, 2, 0, 30000.0));
        break;
    case MODEL_ENTRY:
        must_be(dca_model_set_link_capacity(s->model, 0, 5.0));
        break;
    case MODEL_ADD:
        place(s->model, add_demand(s->model, "late", 3.0, 1.0, 0));
        break;
    case MODEL_REMOVE:
        must_be(dca_model_remove(s->model, DCA_KIND_POOL, 1));
        break;
    case MODEL_COMPACT:
        must_be(dca_model_remove(s->model, DCA_KIND_POOL, 0));
        must_be(dca_model_compact(s->model, NULL, NULL, NULL, NULL, NULL));
        break;
    default:
        must_be(dca_model_set_demand_weight(s->model, 0, 2.0));
        break;
    }
    s->with = edit;
}

static dca_status solver_find_conflict(stage *s)
{
    return CALL(dca_solver_find_conflict, (s->solver, NULL, NULL, s->control, &s->made.result));
}

const oom_case model_solve_cases[] = {
    {"model, conflict", build_infeasible_model, solver_find_conflict, TOLD_SOLVER, 0, DCA_OK},
    {"solver_new_model", build_model, solver_new_model, TOLD_ERR, 0, DCA_OK},
    {"solver_compiled", build_three_tiers, solver_compiled, TOLD_SOLVER, 0, DCA_OK},
    {"solver_compiled, edited", build_edited_model, solver_compiled, TOLD_SOLVER, MODEL_ADD,
     DCA_OK},
    {"model", build_unsolved_model, solver_solve, TOLD_SOLVER, 0, DCA_OK},
    {"model, other terms", build_unsolved_model, solver_solve, TOLD_SOLVER, 5, DCA_OK},
    {"model, three tiers", build_three_tiers, solver_solve, TOLD_SOLVER, 0, DCA_OK},
    {"model, infeasible", build_infeasible_model, solver_solve, TOLD_SOLVER, 0, DCA_OK},
    {"model, number edited", build_edited_model, solver_solve, TOLD_SOLVER, MODEL_NUMBER, DCA_OK},
    {"model, limit edited", build_edited_model, solver_solve, TOLD_SOLVER, MODEL_LIMIT, DCA_OK},
    {"model, entry edited", build_edited_model, solver_solve, TOLD_SOLVER, MODEL_ENTRY, DCA_OK},
    {"model, demand added", build_edited_model, solver_solve, TOLD_SOLVER, MODEL_ADD, DCA_OK},
    {"model, pool removed", build_edited_model, solver_solve, TOLD_SOLVER, MODEL_REMOVE, DCA_OK},
    {"model, compacted", build_edited_model, solver_solve, TOLD_SOLVER, MODEL_COMPACT, DCA_OK},
    {"model, weight edited", build_edited_model, solver_solve, TOLD_SOLVER, MODEL_WEIGHT, DCA_OK},
};
const size_t num_model_solve_cases = sizeof model_solve_cases / sizeof *model_solve_cases;
