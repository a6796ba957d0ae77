/* abi_dump.c - what crosses the ABI, as the C compiler lays it out: the size of every public
 * structure, the offset and size of every field, the value of every enumerator. The tests of the
 * bindings compare their own declarations with these lines:
 *
 *     struct NAME SIZE
 *     field NAME FIELD OFFSET SIZE
 *     enum NAME VALUE
 */
#include <dcalloc.h>

#include <stddef.h>
#include <stdio.h>

#define STRUCT(type) printf("struct %s %zu\n", #type, sizeof(type))
#define FIELD(type, field)                                                                         \
    printf("field %s %s %zu %zu\n", #type, #field, offsetof(type, field),                          \
           sizeof(((type *)NULL)->field))
#define ENUM(name) printf("enum %s %lld\n", #name, (long long)(name))

static void shared(void)
{
    STRUCT(dca_error);
    FIELD(dca_error, struct_size);
    FIELD(dca_error, code);
    FIELD(dca_error, kind);
    FIELD(dca_error, index);
    FIELD(dca_error, line);
    FIELD(dca_error, column);
    FIELD(dca_error, text);
    STRUCT(dca_env_config);
    FIELD(dca_env_config, struct_size);
    FIELD(dca_env_config, reserved);
    FIELD(dca_env_config, user);
    FIELD(dca_env_config, allocate);
    FIELD(dca_env_config, log);
    FIELD(dca_env_config, memory_limit);
    STRUCT(dca_progress);
    FIELD(dca_progress, struct_size);
    FIELD(dca_progress, phase);
    FIELD(dca_progress, iteration);
    FIELD(dca_progress, work);
    FIELD(dca_progress, objective);
    FIELD(dca_progress, infeasibility);
    FIELD(dca_progress, fraction);
    STRUCT(dca_doubles);
    FIELD(dca_doubles, at);
    FIELD(dca_doubles, stride);
    STRUCT(dca_indices);
    FIELD(dca_indices, at);
    FIELD(dca_indices, stride);
    STRUCT(dca_strings);
    FIELD(dca_strings, at);
    FIELD(dca_strings, stride);
    STRUCT(dca_sparse);
    FIELD(dca_sparse, start);
    FIELD(dca_sparse, index);
    FIELD(dca_sparse, value);
    STRUCT(dca_option_info);
    FIELD(dca_option_info, struct_size);
    FIELD(dca_option_info, reserved);
    FIELD(dca_option_info, name);
    FIELD(dca_option_info, type);
    FIELD(dca_option_info, unit);
    FIELD(dca_option_info, sentence);
    FIELD(dca_option_info, initial);
    FIELD(dca_option_info, lower);
    FIELD(dca_option_info, upper);
}

static void lp(void)
{
    STRUCT(dca_lp_columns);
    FIELD(dca_lp_columns, struct_size);
    FIELD(dca_lp_columns, n);
    FIELD(dca_lp_columns, cost);
    FIELD(dca_lp_columns, lower);
    FIELD(dca_lp_columns, upper);
    FIELD(dca_lp_columns, integer);
    FIELD(dca_lp_columns, name);
    FIELD(dca_lp_columns, entries);
    STRUCT(dca_lp_rows);
    FIELD(dca_lp_rows, struct_size);
    FIELD(dca_lp_rows, n);
    FIELD(dca_lp_rows, lower);
    FIELD(dca_lp_rows, upper);
    FIELD(dca_lp_rows, name);
    FIELD(dca_lp_rows, entries);
    STRUCT(dca_problem);
    FIELD(dca_problem, struct_size);
    FIELD(dca_problem, num_rows);
    FIELD(dca_problem, num_columns);
    FIELD(dca_problem, offset);
    FIELD(dca_problem, cost);
    FIELD(dca_problem, lower);
    FIELD(dca_problem, upper);
    FIELD(dca_problem, row_lower);
    FIELD(dca_problem, row_upper);
    FIELD(dca_problem, start);
    FIELD(dca_problem, length);
    FIELD(dca_problem, index);
    FIELD(dca_problem, value);
    STRUCT(dca_certificate);
    FIELD(dca_certificate, struct_size);
    FIELD(dca_certificate, kind);
    FIELD(dca_certificate, valid);
    FIELD(dca_certificate, rounded);
    FIELD(dca_certificate, primal_violation);
    FIELD(dca_certificate, dual_violation);
    FIELD(dca_certificate, relative_gap);
    FIELD(dca_certificate, dual_bound);
    STRUCT(dca_solve_info);
    FIELD(dca_solve_info, struct_size);
    FIELD(dca_solve_info, warm);
    FIELD(dca_solve_info, iterations);
    FIELD(dca_solve_info, work);
    FIELD(dca_solve_info, seconds);
    FIELD(dca_solve_info, rows);
    FIELD(dca_solve_info, columns);
    FIELD(dca_solve_info, entries);
    FIELD(dca_solve_info, presolved_rows);
    FIELD(dca_solve_info, presolved_columns);
    FIELD(dca_solve_info, presolved_entries);
    FIELD(dca_solve_info, method);
    FIELD(dca_solve_info, note);
}

static void specs(void)
{
    STRUCT(dca_pool_spec);
    FIELD(dca_pool_spec, struct_size);
    FIELD(dca_pool_spec, elastic);
    FIELD(dca_pool_spec, name);
    FIELD(dca_pool_spec, count);
    FIELD(dca_pool_spec, capacity);
    FIELD(dca_pool_spec, watts);
    FIELD(dca_pool_spec, idle_watts);
    FIELD(dca_pool_spec, price);
    STRUCT(dca_domain_spec);
    FIELD(dca_domain_spec, struct_size);
    FIELD(dca_domain_spec, kind);
    FIELD(dca_domain_spec, name);
    FIELD(dca_domain_spec, factor);
    FIELD(dca_domain_spec, energy_price);
    STRUCT(dca_link_spec);
    FIELD(dca_link_spec, struct_size);
    FIELD(dca_link_spec, reserved);
    FIELD(dca_link_spec, name);
    FIELD(dca_link_spec, from);
    FIELD(dca_link_spec, to);
    FIELD(dca_link_spec, unit);
    FIELD(dca_link_spec, capacity);
    FIELD(dca_link_spec, price);
    STRUCT(dca_demand_spec);
    FIELD(dca_demand_spec, struct_size);
    FIELD(dca_demand_spec, tenant);
    FIELD(dca_demand_spec, name);
    FIELD(dca_demand_spec, use);
    FIELD(dca_demand_spec, amount);
    FIELD(dca_demand_spec, value);
    FIELD(dca_demand_spec, min_share);
    FIELD(dca_demand_spec, weight);
    FIELD(dca_demand_spec, hard);
    FIELD(dca_demand_spec, priority);
    FIELD(dca_demand_spec, unit);
    STRUCT(dca_placement_spec);
    FIELD(dca_placement_spec, struct_size);
    FIELD(dca_placement_spec, reserved);
    FIELD(dca_placement_spec, demand);
    FIELD(dca_placement_spec, pool);
    FIELD(dca_placement_spec, name);
    FIELD(dca_placement_spec, rate);
    FIELD(dca_placement_spec, use);
    FIELD(dca_placement_spec, cost);
    FIELD(dca_placement_spec, ceiling);
    FIELD(dca_placement_spec, num_links);
    FIELD(dca_placement_spec, link);
    FIELD(dca_placement_spec, link_use);
    STRUCT(dca_term_spec);
    FIELD(dca_term_spec, struct_size);
    FIELD(dca_term_spec, kind);
    FIELD(dca_term_spec, weight);
    FIELD(dca_term_spec, domain);
    FIELD(dca_term_spec, resource);
    FIELD(dca_term_spec, priority);
}

static void columns(void)
{
    STRUCT(dca_pool_columns);
    FIELD(dca_pool_columns, struct_size);
    FIELD(dca_pool_columns, n);
    FIELD(dca_pool_columns, name);
    FIELD(dca_pool_columns, count);
    FIELD(dca_pool_columns, idle_watts);
    FIELD(dca_pool_columns, price);
    FIELD(dca_pool_columns, elastic);
    FIELD(dca_pool_columns, capacity);
    FIELD(dca_pool_columns, watts);
    STRUCT(dca_demand_columns);
    FIELD(dca_demand_columns, struct_size);
    FIELD(dca_demand_columns, n);
    FIELD(dca_demand_columns, name);
    FIELD(dca_demand_columns, tenant);
    FIELD(dca_demand_columns, hard);
    FIELD(dca_demand_columns, priority);
    FIELD(dca_demand_columns, amount);
    FIELD(dca_demand_columns, value);
    FIELD(dca_demand_columns, min_share);
    FIELD(dca_demand_columns, weight);
    FIELD(dca_demand_columns, use);
    STRUCT(dca_placement_columns);
    FIELD(dca_placement_columns, struct_size);
    FIELD(dca_placement_columns, n);
    FIELD(dca_placement_columns, demand);
    FIELD(dca_placement_columns, pool);
    FIELD(dca_placement_columns, rate);
    FIELD(dca_placement_columns, cost);
    FIELD(dca_placement_columns, ceiling);
    FIELD(dca_placement_columns, use);
    FIELD(dca_placement_columns, link);
    STRUCT(dca_limit);
    FIELD(dca_limit, struct_size);
    FIELD(dca_limit, kind);
    FIELD(dca_limit, index);
    FIELD(dca_limit, resource);
    FIELD(dca_limit, limit);
    FIELD(dca_limit, use);
    FIELD(dca_limit, price);
    STRUCT(dca_conflict_member);
    FIELD(dca_conflict_member, struct_size);
    FIELD(dca_conflict_member, kind);
    FIELD(dca_conflict_member, index);
    FIELD(dca_conflict_member, resource);
    FIELD(dca_conflict_member, side);
    FIELD(dca_conflict_member, untouchable);
    FIELD(dca_conflict_member, limit);
    STRUCT(dca_repair);
    FIELD(dca_repair, struct_size);
    FIELD(dca_repair, kind);
    FIELD(dca_repair, index);
    FIELD(dca_repair, resource);
    FIELD(dca_repair, from);
    FIELD(dca_repair, to);
}

static void backend(void)
{
    STRUCT(dca_edit);
    FIELD(dca_edit, kind);
    FIELD(dca_edit, index);
    FIELD(dca_edit, other);
    FIELD(dca_edit, a);
    FIELD(dca_edit, b);
    STRUCT(dca_backend_report);
    FIELD(dca_backend_report, struct_size);
    FIELD(dca_backend_report, outcome);
    FIELD(dca_backend_report, iterations);
    FIELD(dca_backend_report, work);
    FIELD(dca_backend_report, method);
    FIELD(dca_backend_report, has_basis);
    FIELD(dca_backend_report, note);
    STRUCT(dca_backend);
    FIELD(dca_backend, struct_size);
    FIELD(dca_backend, capabilities);
    FIELD(dca_backend, name);
    FIELD(dca_backend, open);
    FIELD(dca_backend, close);
    FIELD(dca_backend, load);
    FIELD(dca_backend, edit);
    FIELD(dca_backend, set_basis);
    FIELD(dca_backend, solve);
    FIELD(dca_backend, get_basis);
    FIELD(dca_backend, get_point);
    FIELD(dca_backend, get_ray);
}

static void enumerators(void)
{
    ENUM(DCA_OK);
    ENUM(DCA_E_NOMEM);
    ENUM(DCA_E_ARG);
    ENUM(DCA_E_STATE);
    ENUM(DCA_E_ABI);
    ENUM(DCA_E_IO);
    ENUM(DCA_E_SYNTAX);
    ENUM(DCA_E_INTERNAL);
    ENUM(DCA_E_UNSUPPORTED);
    ENUM(DCA_UNSOLVED);
    ENUM(DCA_OPTIMAL);
    ENUM(DCA_FEASIBLE);
    ENUM(DCA_INFEASIBLE);
    ENUM(DCA_UNBOUNDED);
    ENUM(DCA_INFEASIBLE_OR_UNBOUNDED);
    ENUM(DCA_TIME_LIMIT);
    ENUM(DCA_WORK_LIMIT);
    ENUM(DCA_INTERRUPTED);
    ENUM(DCA_IMPRECISE);
    ENUM(DCA_MINIMISE);
    ENUM(DCA_MAXIMISE);
    ENUM(DCA_BASIS_BASIC);
    ENUM(DCA_BASIS_LOWER);
    ENUM(DCA_BASIS_UPPER);
    ENUM(DCA_BASIS_FREE);
    ENUM(DCA_KIND_NONE);
    ENUM(DCA_KIND_ROW);
    ENUM(DCA_KIND_COLUMN);
    ENUM(DCA_KIND_RESOURCE);
    ENUM(DCA_KIND_POOL);
    ENUM(DCA_KIND_DOMAIN);
    ENUM(DCA_KIND_LINK);
    ENUM(DCA_KIND_DEMAND);
    ENUM(DCA_KIND_PLACEMENT);
    ENUM(DCA_KIND_TIER);
    ENUM(DCA_KIND_TERM);
    ENUM(DCA_KIND_OPTION);
    ENUM(DCA_KIND_FILE);
    ENUM(DCA_LOG_ERROR);
    ENUM(DCA_LOG_WARNING);
    ENUM(DCA_LOG_INFO);
    ENUM(DCA_LOG_DEBUG);
    ENUM(DCA_PHASE_READ);
    ENUM(DCA_PHASE_COMPILE);
    ENUM(DCA_PHASE_PRESOLVE);
    ENUM(DCA_PHASE_SIMPLEX_1);
    ENUM(DCA_PHASE_SIMPLEX_2);
    ENUM(DCA_PHASE_VERIFY);
    ENUM(DCA_PHASE_EXPLAIN);
    ENUM(DCA_CERTIFICATE_NONE);
    ENUM(DCA_CERTIFICATE_KKT);
    ENUM(DCA_CERTIFICATE_FARKAS);
    ENUM(DCA_CERTIFICATE_RAY);
    ENUM(DCA_DOMAIN_POWER);
    ENUM(DCA_DOMAIN_FAILURE);
    ENUM(DCA_DOMAIN_NETWORK);
    ENUM(DCA_DOMAIN_TENANT);
    ENUM(DCA_TERM_COST);
    ENUM(DCA_TERM_ENERGY);
    ENUM(DCA_TERM_UNMET);
    ENUM(DCA_TERM_UTILISATION);
    ENUM(DCA_TERM_MOVEMENT);
    ENUM(DCA_TERM_VALUE);
    ENUM(DCA_TERM_SHARE);
    ENUM(DCA_UNTOUCHABLE_LOWER);
    ENUM(DCA_UNTOUCHABLE_UPPER);
    ENUM(DCA_REPAIR_CHEAPEST);
    ENUM(DCA_REPAIR_CAPACITY);
    ENUM(DCA_REPAIR_DEMAND);
    ENUM(DCA_EDIT_COST);
    ENUM(DCA_EDIT_COLUMN_BOUNDS);
    ENUM(DCA_EDIT_ROW_BOUNDS);
    ENUM(DCA_EDIT_COEFFICIENT);
    ENUM(DCA_BACKEND_DUAL);
    ENUM(DCA_BACKEND_PRIMAL);
    ENUM(DCA_BACKEND_BASIS);
    ENUM(DCA_BACKEND_EDIT);
    ENUM(DCA_BACKEND_RAYS);
    ENUM(DCA_BACKEND_NETWORK);
    ENUM(DCA_POWER);
    ENUM(DCA_VERSION);
}

int main(void)
{
    shared();
    lp();
    specs();
    columns();
    backend();
    enumerators();
    return 0;
}
