/* quiet.c - the public functions that never allocate, each called while every request is refused. */
#include "base/env.h"
#include "oom.h"

#include <math.h>

static void quiet_env(stage *s)
{
    dca_env *other = dca__env_retain(s->env); /* so that free does not end it */
    must_be(dca_control_new(s->env, &s->control));
    QUIET(s, dca_version, (), == DCA_VERSION);
    QUIET(s, dca_capabilities, (), != NULL);
    QUIET(s, dca_outcome_name, (DCA_OPTIMAL), != NULL);
    QUIET(s, dca_status_name, (DCA_E_NOMEM), != NULL);
    QUIET_VOID(s, dca_env_free, (other));
    QUIET(s, dca_env_memory, (s->env), > 0);
    QUIET(s, dca_env_memory_peak, (s->env), > 0);
    QUIET_VOID(s, dca_control_cancel, (s->control));
    QUIET_VOID(s, dca_control_reset, (s->control));
    QUIET(s, dca_control_set_deadline, (s->control, 10.0), == DCA_OK);
    QUIET(s, dca_control_set_work_limit, (s->control, 10), == DCA_OK);
    QUIET(s, dca_control_set_progress, (s->control, NULL, NULL, 1.0), == DCA_OK);
    QUIET(s, dca_control_poll, (s->control, 1, NULL), == DCA_UNSOLVED);
    QUIET_VOID(s, dca_control_free, (s->control));
    s->control = NULL;
}

static void quiet_options(stage *s)
{
    char text[32];
    double number;
    dca_option_info info = {.struct_size = sizeof info};
    dca_options *other = NULL;
    must_be(dca_options_new(s->env, &s->options));
    must_be(dca_options_new(s->env, &other));
    QUIET(s, dca_options_set, (s->options, "seed", "3"), == DCA_OK);
    QUIET(s, dca_options_set, (s->options, "none", "3"), == DCA_E_ARG);
    QUIET(s, dca_options_get, (s->options, "seed", text), == DCA_OK);
    QUIET(s, dca_options_get_number, (s->options, "seed", &number), == DCA_OK);
    QUIET_VOID(s, dca_options_error, (s->options, &s->err));
    QUIET(s, dca_options_count, (), > 0);
    QUIET(s, dca_options_describe, (0, &info), == DCA_OK);
    QUIET_VOID(s, dca_options_free, (other));
}

static void quiet_lp(stage *s)
{
    const dca_indices whole = {(const dca_index[]){1}, 0};
    const dca_index column = 0;
    double value[8];
    int32_t integer[8];
    dca_nnz start[8];
    dca_index index[16];
    dca_lp *other = NULL;
    build_lp(s);
    must_be(dca_lp_copy(s->lp, &other));
    QUIET_VOID(s, dca_lp_error, (s->lp, &s->err));
    QUIET(s, dca_lp_set_integers, (s->lp, 1, &column, whole), == DCA_OK);
    QUIET(s, dca_lp_set_sense, (s->lp, DCA_MINIMISE), == DCA_OK);
    QUIET(s, dca_lp_set_offset, (s->lp, 3.0), == DCA_OK);
    QUIET(s, dca_lp_num_rows, (s->lp), == 2);
    QUIET(s, dca_lp_num_columns, (s->lp), == 3);
    QUIET(s, dca_lp_num_entries, (s->lp), == 5);
    QUIET(s, dca_lp_num_integers, (s->lp), == 1);
    QUIET(s, dca_lp_sense, (s->lp), == DCA_MINIMISE);
    QUIET(s, dca_lp_offset, (s->lp), == 3.0);
    QUIET(s, dca_lp_name, (s->lp), != NULL);
    QUIET(s, dca_lp_objective_name, (s->lp), == NULL);
    QUIET(s, dca_lp_row_name, (s->lp, 0), != NULL);
    QUIET(s, dca_lp_column_name, (s->lp, 0), != NULL);
    QUIET(s, dca_lp_find_row, (s->lp, "cap"), == 0);
    QUIET(s, dca_lp_find_column, (s->lp, "b"), == 1);
    QUIET(s, dca_lp_get_columns, (s->lp, 0, 3, value, value + 3, NULL, integer), == DCA_OK);
    QUIET(s, dca_lp_get_rows, (s->lp, 0, 2, value, value + 2), == DCA_OK);
    QUIET(s, dca_lp_get_entries, (s->lp, 0, 3, start, index, value), == DCA_OK);
    QUIET(s, dca_lp_revision, (s->lp), > 0);
    QUIET_VOID(s, dca_lp_free, (other));
}

/* Numbers of a model change in place, and its journal is a ring. */
static void quiet_model_edits(stage *s)
{
    dca_model *m = s->model;
    const dca_doubles amounts = {(const double[]){1.0}, 0};
    QUIET(s, dca_model_set_domain_limit, (m, 0, DCA_POWER, 30000.0), == DCA_OK);
    QUIET(s, dca_model_set_repair_weight, (m, DCA_KIND_POOL, 0, 1, 2.0), == DCA_OK);
    QUIET(s, dca_model_set_pool_count, (m, 0, 3.0), == DCA_OK);
    QUIET(s, dca_model_set_pool_capacity, (m, 0, 1, 6.0), == DCA_OK);
    QUIET(s, dca_model_set_pool_watts, (m, 0, 1, 50.0), == DCA_OK);
    QUIET(s, dca_model_set_pool_idle_watts, (m, 0, 5.0), == DCA_OK);
    QUIET(s, dca_model_set_pool_price, (m, 0, 2.0), == DCA_OK);
    QUIET(s, dca_model_set_domain_factor, (m, 2, 1.3), == DCA_OK);
    QUIET(s, dca_model_set_domain_energy_price, (m, 0, 0.2), == DCA_OK);
    QUIET(s, dca_model_set_link_capacity, (m, 0, 12.0), == DCA_OK);
    QUIET(s, dca_model_set_link_price, (m, 0, 0.5), == DCA_OK);
    QUIET(s, dca_model_set_demand_amount, (m, 0, 4.0), == DCA_OK);
    QUIET(s, dca_model_set_demand_value, (m, 0, 2.0), == DCA_OK);
    QUIET(s, dca_model_set_demand_min_share, (m, 0, 0.1), == DCA_OK);
    QUIET(s, dca_model_set_demand_weight, (m, 0, 2.0), == DCA_OK);
    QUIET(s, dca_model_set_demand_hard, (m, 0, 0), == DCA_OK);
    QUIET(s, dca_model_set_placement_cost, (m, 0, 1.0), == DCA_OK);
    QUIET(s, dca_model_set_placement_rate, (m, 0, 0.5), == DCA_OK);
    QUIET(s, dca_model_set_placement_ceiling, (m, 0, 9.0), == DCA_OK);
    QUIET(s, dca_model_set_current, (m, 1, NULL, amounts), == DCA_OK);
    QUIET(s, dca_model_set_current_from, (m, s->result), == DCA_OK);
    QUIET(s, dca_model_set_term_weight, (m, 0, 0, 2.0), == DCA_OK);
    QUIET(s, dca_model_remove, (m, DCA_KIND_PLACEMENT, 0), == DCA_OK);
    QUIET(s, dca_model_remove, (m, DCA_KIND_DEMAND, 0), == DCA_OK);
    QUIET(s, dca_model_remove, (m, DCA_KIND_POOL, 0), == DCA_OK);
    QUIET(s, dca_model_remove, (m, DCA_KIND_DOMAIN, 3), == DCA_OK);
    QUIET(s, dca_model_clear_tiers, (m), == DCA_OK);
}

static void quiet_model(stage *s)
{
    dca_model *m = s->model;
    dca_pool_spec pool = DCA_POOL_SPEC_INIT;
    dca_domain_spec domain = DCA_DOMAIN_SPEC_INIT;
    dca_link_spec link = DCA_LINK_SPEC_INIT;
    dca_demand_spec demand = DCA_DEMAND_SPEC_INIT;
    dca_placement_spec placement = DCA_PLACEMENT_SPEC_INIT;
    double value;
    dca_model *other = NULL;
    must_be(dca_model_new(s->env, &other));
    QUIET_VOID(s, dca_model_error, (m, &s->err));
    QUIET(s, dca_model_revision, (m), > 0);
    QUIET(s, dca_model_name, (m), != NULL);
    QUIET(s, dca_model_count, (m, DCA_KIND_POOL), > 1);
    QUIET(s, dca_model_exists, (m, DCA_KIND_POOL, 0), == 1);
    QUIET(s, dca_model_find, (m, DCA_KIND_POOL, "pool 0"), == 0);
    QUIET(s, dca_model_unit, (m, DCA_KIND_RESOURCE, 1), != NULL);
    QUIET(s, dca_model_get_pool, (m, 0, &pool), == DCA_OK);
    QUIET(s, dca_model_get_domain, (m, 0, &domain), == DCA_OK);
    QUIET(s, dca_model_get_link, (m, 0, &link), == DCA_OK);
    QUIET(s, dca_model_get_demand, (m, 0, &demand), == DCA_OK);
    QUIET(s, dca_model_get_placement, (m, 0, &placement), == DCA_OK);
    QUIET(s, dca_model_get_share, (m, DCA_KIND_POOL, 0, 0, &value), == DCA_OK);
    QUIET(s, dca_model_get_limit, (m, DCA_KIND_DOMAIN, 0, 0, &value), == DCA_OK);
    QUIET_VOID(s, dca_model_free, (other));
}

/* The answer to a model. */
static void quiet_answer(stage *s)
{
    dca_result *r = s->result;
    dca_limit limit = {.struct_size = sizeof limit};
    dca_limit limits[4] = {{.struct_size = sizeof limit}};
    dca_index count;
    dca_index index[2];
    double a, b, c;
    QUIET(s, dca_result_num_tiers, (r), > 0);
    QUIET(s, dca_result_tier_value, (r, 0, &a), == DCA_OK);
    QUIET(s, dca_result_tier_name, (r, 0), != NULL);
    QUIET(s, dca_result_get_served, (r, 0, 1, &a), == DCA_OK);
    QUIET(s, dca_result_get_unmet, (r, 0, 1, &a), == DCA_OK);
    QUIET(s, dca_result_get_placed, (r, 0, 1, &a), == DCA_OK);
    QUIET(s, dca_result_get_placements, (r, 0, 1, index, index + 1), == DCA_OK);
    QUIET(s, dca_result_get_pools, (r, 0, 1, &a, &b, &c), == DCA_OK);
    QUIET(s, dca_result_get_domains, (r, 0, 1, &a, &b), == DCA_OK);
    QUIET(s, dca_result_totals, (r, &a, &b), == DCA_OK);
    QUIET(s, dca_result_num_limits, (r), > 0);
    QUIET(s, dca_result_limit_at, (r, 0, &limit), == DCA_OK);
    const dca_limit at = limit;
    QUIET(s, dca_result_limit, (r, (dca_kind)at.kind, at.index, at.resource, &limit), == DCA_OK);
    QUIET(s, dca_result_limit_price, (r, 0, (dca_kind)at.kind, at.index, at.resource, &a),
          == DCA_OK);
    QUIET(s, dca_result_pool_price, (r, 0, 1, &a), == DCA_OK);
    QUIET(s, dca_result_blocking, (r, 0, 0, limits, &count), == DCA_OK);
    QUIET(s, dca_result_demand_note, (r, 0), != NULL);
    QUIET(s, dca_result_num_sentences, (r), > 0);
    QUIET(s, dca_result_sentence, (r, 0), != NULL);
    QUIET(s, dca_result_name, (r, DCA_KIND_POOL, 0), != NULL);
    QUIET(s, dca_result_name, (r, DCA_KIND_PLACEMENT, 0), != NULL);
    QUIET(s, dca_result_unit, (r, DCA_KIND_RESOURCE, 1), != NULL);
    QUIET(s, dca_result_count, (r, DCA_KIND_POOL), > 0);
}

static void quiet_repairs(stage *s)
{
    dca_index count = 0;
    double size;
    dca_repair repair = {.struct_size = sizeof repair};
    build_model(s);
    must_be(dca_model_set_demand_amount(s->model, 0, 1000));
    must_be(dca_model_set_demand_hard(s->model, 0, 1));
    solved(s);
    must_be(dca_solver_solve(s->solver, NULL, &s->result));
    QUIET(s, dca_result_repair_count, (s->result, DCA_REPAIR_CHEAPEST, &count, &size), == DCA_OK);
    assert_true(count > 0);
    QUIET(s, dca_result_repair_at, (s->result, DCA_REPAIR_CHEAPEST, 0, &repair), == DCA_OK);
}

static void quiet_conflict(stage *s)
{
    dca_index count = 0;
    int32_t irreducible;
    dca_conflict_member member = {.struct_size = sizeof member};
    build_model(s);
    must_be(dca_model_set_demand_amount(s->model, 0, 1000));
    must_be(dca_model_set_demand_hard(s->model, 0, 1));
    unsolved(s);
    must_be(dca_solver_find_conflict(s->solver, NULL, NULL, NULL, &s->result));
    QUIET(s, dca_result_conflict_count, (s->result, &count, &irreducible), == DCA_OK);
    assert_true(count > 0);
    QUIET(s, dca_result_conflict_at, (s->result, 0, &member), == DCA_OK);
    QUIET(s, dca_result_conflict_note, (s->result, 0), != NULL);
}

/* The answer to an LP. */
static void quiet_result(stage *s)
{
    double value[8];
    uint8_t columns[8], rows[8];
    dca_certificate proof = {.struct_size = sizeof proof};
    dca_solve_info info = {.struct_size = sizeof info};
    build_lp(s);
    solved(s);
    must_be(dca_solver_solve(s->solver, NULL, &s->result));
    dca_result *r = s->result;
    QUIET(s, dca_result_retain, (r), == r);
    QUIET_VOID(s, dca_result_free, (r));
    QUIET(s, dca_result_env, (r), == s->env);
    QUIET(s, dca_result_outcome, (r), == DCA_OPTIMAL);
    QUIET(s, dca_result_objective, (r), > 0.0);
    QUIET(s, dca_result_certificate, (r, &proof), == DCA_OK);
    QUIET(s, dca_result_info, (r, &info), == DCA_OK);
    QUIET(s, dca_result_num_rows, (r), == 2);
    QUIET(s, dca_result_num_columns, (r), == 3);
    QUIET(s, dca_result_get_x, (r, 0, 3, value), == DCA_OK);
    QUIET(s, dca_result_get_activity, (r, 0, 2, value), == DCA_OK);
    QUIET(s, dca_result_get_y, (r, 0, 2, value), == DCA_OK);
    QUIET(s, dca_result_get_d, (r, 0, 3, value), == DCA_OK);
    QUIET(s, dca_result_get_basis, (r, columns, rows), == DCA_OK);
    QUIET(s, dca_result_get_ray, (r, value), == DCA_E_STATE);
}

static void quiet_solver(stage *s)
{
    build_lp(s);
    solved(s);
    must_be(dca_options_new(s->env, &s->options));
    QUIET_VOID(s, dca_solver_error, (s->solver, &s->err));
    QUIET(s, dca_solver_set_options, (s->solver, s->options), == DCA_OK);
    QUIET(s, dca_solver_set_backend, (s->solver, NULL), == DCA_OK);
    QUIET_VOID(s, dca_solver_reset, (s->solver));
    QUIET_VOID(s, dca_solver_free, (s->solver));
    s->solver = NULL;
}

static void answered(stage *s)
{
    build_model(s);
    must_be(dca_model_clear_tiers(s->model));
    dca_term_spec spec = DCA_TERM_SPEC_INIT;
    spec.kind = DCA_TERM_VALUE;
    must_be(dca_model_add_tier(s->model, "value", NULL));
    must_be(dca_model_add_term(s->model, 0, &spec, NULL));
    solved(s);
    must_be(dca_solver_solve(s->solver, NULL, &s->result));
}

static void quiet_text(stage *s)
{
    char *text = NULL;
    answered(s);
    must_be(dca_result_answer_json(s->result, &text, NULL, &s->err));
    QUIET_VOID(s, dca_text_free, (s->env, text));
}

static void quiet_edits(stage *s)
{
    answered(s);
    quiet_model_edits(s);
}

static void quiet_reads(stage *s)
{
    answered(s);
    quiet_model(s);
    quiet_answer(s);
}

void play_quiet(void **unused)
{
    (void)unused;
    void (*const groups[])(stage *) = {quiet_env,    quiet_options, quiet_lp,       quiet_edits,
                                       quiet_reads,  quiet_repairs, quiet_conflict, quiet_result,
                                       quiet_solver, quiet_text};
    for (size_t k = 0; k < sizeof groups / sizeof *groups; k++) {
        stage s;
        stage_open(&s);
        groups[k](&s);
        stage_close(&s);
    }
}
