/* repair.c - the cheapest repair of an infeasible model, as an elastic LP.
 *
 *     minimise sum_i w_i delta_i / max(|L_i|, 1)
 *     limits:   use_i - delta_i <= L_i                    what may give, gives delta_i >= 0
 *     demands:  served_i + unmet_i + m_i delta_i = a_i    asks for a_i - delta_i, of which the share
 *                                                         m_i (1 when hard) must be served
 *
 * over the rows and bounds of the compiled LP with its costs at 0. Ceilings of placements and what fits
 * a node do not give. By capacity alone the deltas of demands are 0, by demand alone those of limits.
 *
 * The limit of an elastic pool is raised by larger nodes, of which only those that are on count: a
 * product. Two LPs stand for it. In one such limits do not give. In the other they give beside the nodes,
 * many of which are on for a token reward, and the point is then read as larger nodes: the limit that
 * makes capacity on_p what is used. Both repairs hold at their points; the smaller is taken. */
#include "explain/explain.h"

#include "base/alloc.h"
#include "base/err.h"

#include <math.h>

/* Changes below this times the limit are rounding of the LP. */
static const double change_tolerance = 1e-9;
/* Reward of having all nodes of an elastic pool on, against sizes of changes. */
static const double token = 1e-6;

/* What share of its amount a demand insists on. */
static double insists(const dca_model *model, dca_index i)
{
    return model->demands[i].hard != 0 ? 1.0 : model->demands[i].min_share;
}

/* Is row i one whose limit may give? Then *entry is the coefficient of its delta. */
static bool gives(const dca_model *model, const dca__key *row, double *entry)
{
    if (!(dca__map_repair_weight(model, row) < INFINITY)) {
        return false;
    }
    if (row->kind != DCA__ROW_DEMAND) {
        *entry = -1.0;
        return true;
    }
    *entry = insists(model, row->a);
    return *entry > 0.0 && isfinite(model->demands[row->a].amount);
}

/* Append a column per limit that may give; column_row [*count] says whose. */
static dca_status add_deltas(const dca_model *model, const dca__map *map, dca_lp *lp,
                             dca_index *column_row, dca_index *count, dca_error *err)
{
    dca_env *env = model->env;
    dca_nnz *start = DCA_ARRAY(env, dca_nnz, (dca_nnz)map->num_limits + 1);
    double *entry = DCA_ARRAY(env, double, map->num_limits);
    double *cost = DCA_ARRAY(env, double, map->num_limits);
    double *upper = DCA_ARRAY(env, double, map->num_limits);
    dca_status status;
    if (start == NULL || entry == NULL || cost == NULL || upper == NULL) {
        status = dca__fail_nomem(err);
        goto done;
    }
    dca_index n = 0;
    for (dca_index i = 0; i < map->num_limits; i++) {
        if (gives(model, &map->row[i], &entry[n])) {
            const double limit = dca__map_limit_value(model, &map->row[i]);
            column_row[n] = i;
            cost[n] = dca__map_repair_weight(model, &map->row[i]) / fmax(fabs(limit), 1.0);
            upper[n] = map->row[i].kind == DCA__ROW_DEMAND ? limit : INFINITY;
            n++;
        }
    }
    for (dca_index k = 0; k <= n; k++) {
        start[k] = k;
    }
    dca_lp_columns columns = {0};
    columns.n = n;
    columns.cost = (dca_doubles){cost, sizeof *cost};
    columns.upper = (dca_doubles){upper, sizeof *upper};
    columns.entries = (dca_sparse){start, column_row, entry};
    *count = n;
    status = n == 0 ? DCA_OK : dca__lp_add_columns(lp, &columns, err);
done:
    dca__free(env, upper);
    dca__free(env, cost);
    dca__free(env, entry);
    dca__free(env, start);
    return status;
}

/* Let only limits or only demands give, or both; limits of elastic pools only beside the nodes. */
static void restrict_to(const dca_model *model, const dca__map *map, dca_lp *lp, dca_repair_by by,
                        bool beside, const dca_index *column_row, dca_index count)
{
    const dca_index first = lp->num_columns - count;
    for (dca_index k = 0; k < count; k++) {
        const dca__key *row = &map->row[column_row[k]];
        const bool demand = row->kind == DCA__ROW_DEMAND;
        const bool elastic = row->kind == DCA__ROW_POOL && map->nodes[row->a] >= 0;
        const bool open = (by == DCA_REPAIR_CHEAPEST || demand == (by == DCA_REPAIR_DEMAND)) &&
                          (beside || !elastic);
        const double most = demand ? dca__map_limit_value(model, row) : INFINITY;
        dca__lp_set_column_bounds(lp, first + k, 0.0, open ? most : 0.0);
    }
    for (dca_index p = 0; p < model->num_pools; p++) {
        if (map->nodes[p] >= 0) {
            dca__lp_set_cost(lp, map->nodes[p],
                             beside ? -token / fmax(model->pools[p].count, 1.0) : 0.0);
        }
    }
}

static bool has_elastic(const dca_model *model, const dca__map *map)
{
    for (dca_index p = 0; p < model->num_pools; p++) {
        if (map->nodes[p] >= 0) {
            return true;
        }
    }
    return false;
}

/* The limit that delta means; of an elastic pool that of larger nodes, INFINITY where none is on. */
static double repaired(const dca_model *model, const dca__map *map, const dca__key *row,
                       double limit, double delta, const double *x)
{
    if (row->kind == DCA__ROW_DEMAND) {
        return fmax(0.0, limit - delta);
    }
    if (row->kind != DCA__ROW_POOL || map->nodes[row->a] < 0) {
        return limit + delta;
    }
    const double count = model->pools[row->a].count;
    const double on = x[map->nodes[row->a]];
    const double node = model->capacity[(dca_nnz)row->a * model->stride + row->b];
    return on > change_tolerance * count ? (node * on + delta) * count / on : INFINITY;
}

static dca_status read_plan(const dca_model *model, const dca__map *map, const double *x,
                            const double *delta, const dca_index *column_row, dca_index count,
                            dca__repair_plan *plan)
{
    plan->size = 0.0;
    for (dca_index k = 0; k < count; k++) {
        const dca__key *row = &map->row[column_row[k]];
        const double limit = dca__map_limit_value(model, row);
        const double scale = fmax(fabs(limit), 1.0);
        if (delta[k] <= change_tolerance * scale) {
            continue;
        }
        if (DCA_RESERVE(model->env, plan->change, plan->capacity, (dca_nnz)plan->count + 1) !=
            DCA_OK) {
            return DCA_E_NOMEM;
        }
        dca_repair *change = &plan->change[plan->count++];
        change->struct_size = sizeof *change;
        change->kind = (int32_t)dca__map_kind(row);
        change->index = row->a;
        change->resource = row->b;
        change->from = limit;
        change->to = repaired(model, map, row, limit, delta[k], x);
        plan->size += dca__map_repair_weight(model, row) * fabs(change->to - limit) / scale;
    }
    plan->count = plan->size < INFINITY ? plan->count : 0;
    return DCA_OK;
}

/* Solve for one plan. */
static dca_status find_plan(const dca_model *model, const dca__map *map, dca_lp *lp,
                            dca__pipeline *pipeline, const dca_options *options,
                            dca_control *control, const dca_index *column_row, dca_index count,
                            dca__repair_plan *plan, dca_error *err)
{
    dca__answer answer = {0};
    dca_status status = dca__pipeline_solve(pipeline, lp, options, control, &answer, err);
    if (status != DCA_OK) {
        return status;
    }
    plan->known = answer.outcome == DCA_OPTIMAL || answer.outcome == DCA_INFEASIBLE;
    plan->size = INFINITY;
    if (answer.outcome == DCA_OPTIMAL) {
        status = read_plan(model, map, answer.point.x, answer.point.x + (lp->num_columns - count),
                           column_row, count, plan);
        status = status == DCA_OK ? DCA_OK : dca__fail_nomem(err);
    }
    dca__answer_free(model->env, &answer);
    return status;
}

/* The better of what two LPs say: smaller, or found at all. */
static void keep_better(dca_env *env, dca__repair_plan *plan, dca__repair_plan *other)
{
    const bool known = plan->known && other->known;
    if (other->size < plan->size) {
        const dca__repair_plan swap = *plan;
        *plan = *other;
        *other = swap;
    }
    plan->known = known;
    dca__free(env, other->change);
}

void dca__repair_plans_free(dca_env *env, dca__repair_plan plans[3])
{
    for (int by = 0; by < 3; by++) {
        dca__free(env, plans[by].change);
        plans[by] = (dca__repair_plan){0};
    }
}

dca_status dca__explain_repairs(const dca_model *model, const dca__map *map, const dca_lp *lp,
                                const dca_options *options, dca_control *control,
                                dca__repair_plan plans[3], dca_error *err)
{
    dca_env *env = model->env;
    dca_lp *elastic = NULL;
    dca__pipeline *pipeline = NULL;
    dca_index count = 0;
    dca_index *column_row = DCA_ARRAY(env, dca_index, map->num_limits);
    dca_status status = DCA_E_NOMEM;
    for (int by = 0; by < 3; by++) {
        plans[by] = (dca__repair_plan){0};
    }
    if (column_row == NULL || dca__lp_copy(lp, &elastic) != DCA_OK ||
        dca__pipeline_new(env, &pipeline) != DCA_OK) {
        (void)dca__fail_nomem(err);
        goto done;
    }
    for (dca_index j = 0; j < elastic->num_columns; j++) {
        dca__lp_set_cost(elastic, j, 0.0);
    }
    status = add_deltas(model, map, elastic, column_row, &count, err);
    for (int by = 0; by < 3 && status == DCA_OK; by++) {
        restrict_to(model, map, elastic, (dca_repair_by)by, false, column_row, count);
        status = find_plan(model, map, elastic, pipeline, options, control, column_row, count,
                           &plans[by], err);
        if (status == DCA_OK && by != DCA_REPAIR_DEMAND && has_elastic(model, map)) {
            dca__repair_plan other = {0};
            restrict_to(model, map, elastic, (dca_repair_by)by, true, column_row, count);
            status = find_plan(model, map, elastic, pipeline, options, control, column_row, count,
                               &other, err);
            keep_better(env, &plans[by], &other);
        }
    }
done:
    dca__pipeline_free(pipeline);
    if (elastic != NULL) {
        dca__lp_release(elastic);
    }
    dca__free(env, column_row);
    if (status != DCA_OK) {
        dca__repair_plans_free(env, plans);
    }
    return status;
}
