/* trace.c - a list of edits, drawn by hash, and what each means for the model and for its LP.
 *
 * The instance is edited on the way, so that every line refers to rows, columns and objects as
 * they are numbered when it is read. Costs: an arrival or a departure takes time proportional to
 * the LP. */
#include "dc.h"

#include <stdlib.h>
#include <string.h>

const char *const dc_change_name[DC_CHANGES] = {"limit",  "amount", "rhs",  "cost",
                                                "arrive", "depart", "lose", "return"};

enum {
    STREAM_MIX = 256,
    STREAM_PICK,
    STREAM_VALUE,
    REDRAWS = 4096,
    LOST_AT_ONCE = 4,
    LONGEST = 128 /* entries of a column that belongs to a demand */
};

/* Most columns of a demand beside the unmet one. */
enum { MOST_COLUMNS = 64, MOST_ROWS = 16 };

typedef struct trace {
    dc_instance *instance;
    dca_lp *lp;
    FILE *out;
    uint64_t seed, drawn;         /* index of the next number */
    dca_index room, alive, least; /* demands there is room for; that are there; that stay */
    double *slot;                 /* [room] upper bound of the slot of each demand */
    dca_index share;              /* the column of a share term, or -1 */
    dca_index lost[LOST_AT_ONCE], num_lost;
    dca_index *map; /* [map_room] */
    dca_index map_room;
    double offset; /* of the objective */
    bool failed;
} trace;

static int64_t draw(trace *t, int64_t n)
{
    return dc_below(t->seed, STREAM_VALUE, t->drawn++, n);
}

/* ---- Lines ----------------------------------------------------------------------------------- */

static void set_row(trace *t, dca_index row, double lower, double upper)
{
    fprintf(t->out, "r %d %.17g %.17g\n", row, lower, upper);
    const dca_doubles low = {&lower, sizeof lower};
    const dca_doubles up = {&upper, sizeof upper};
    t->failed = t->failed || dca_lp_set_row_bounds(t->lp, 1, &row, low, up) != DCA_OK;
}

static void set_column_upper(trace *t, dca_index column, double upper)
{
    fprintf(t->out, "b %d %.17g %.17g\n", column, 0.0, upper);
    const dca_doubles up = {&upper, sizeof upper};
    t->failed = t->failed ||
                dca_lp_set_column_bounds(t->lp, 1, &column, (dca_doubles){NULL, 0}, up) != DCA_OK;
}

static void set_cost(trace *t, dca_index column, double cost)
{
    fprintf(t->out, "c %d %.17g\n", column, cost);
    const dca_doubles costs = {&cost, sizeof cost};
    t->failed = t->failed || dca_lp_set_costs(t->lp, 1, &column, costs) != DCA_OK;
}

static void check(trace *t, dca_status status)
{
    t->failed = t->failed || status != DCA_OK;
}

/* ---- Limits, amounts, costs ------------------------------------------------------------------ */

static void set_limit(trace *t, dca_index l, double value)
{
    const dc_limit *limit = &t->instance->limits[l];
    dca_model *model = t->instance->model;
    if (limit->kind == DCA_KIND_POOL) {
        fprintf(t->out, "m pool %d %.17g\n", limit->object, value);
        check(t, dca_model_set_pool_count(model, limit->object, value));
    } else if (limit->kind == DCA_KIND_LINK) {
        fprintf(t->out, "m link %d %.17g\n", limit->object, value);
        check(t, dca_model_set_link_capacity(model, limit->object, value));
    } else if (limit->kind == DCA_KIND_DOMAIN) {
        fprintf(t->out, "m limit %d %d %.17g\n", limit->object, limit->resource, value);
        check(t, dca_model_set_domain_limit(model, limit->object, limit->resource, value));
    }
    for (dca_index k = 0; k < limit->num_rows; k++) {
        set_row(t, limit->row[k], -INFINITY, limit->factor[k] * value);
    }
}

static bool is_lost(const trace *t, dca_index l)
{
    for (dca_index k = 0; k < t->num_lost; k++) {
        if (t->lost[k] == l) {
            return true;
        }
    }
    return false;
}

static void shift_limit(trace *t, dca_index l)
{
    const double value = t->instance->limits[l].value * (double)(96 + draw(t, 65)) / 128.0;
    if (!is_lost(t, l)) {
        set_limit(t, l, value);
    }
}

/* The demand asks for `more` than before, or is worth that much more in the offset. */
static void shift_offset(trace *t, const dc_demand *demand, double more)
{
    dca_demand_spec spec = DCA_DEMAND_SPEC_INIT;
    if (t->instance->values) {
        check(t, dca_model_get_demand(t->instance->model, demand->object, &spec));
        t->offset -= spec.value * more;
    }
}

static void set_amount(trace *t, dc_demand *demand, double amount)
{
    double upper = 0.0;
    if (demand->object >= 0) {
        fprintf(t->out, "m amount %d %.17g\n", demand->object, amount);
        shift_offset(t, demand, amount - demand->now);
        check(t, dca_model_set_demand_amount(t->instance->model, demand->object, amount));
    }
    demand->now = amount;
    for (dca_index k = 0; k < demand->num_rows; k++) {
        if (demand->role[k] == DC_EQUAL) {
            set_row(t, demand->row[k], amount, amount);
        } else if (demand->role[k] == DC_LEAST) {
            set_row(t, demand->row[k], amount, INFINITY);
        }
    }
    check(t, dca_lp_get_columns(t->lp, demand->unmet, 1, NULL, NULL, &upper, NULL));
    if (upper > 0.0) { /* not hard */
        set_column_upper(t, demand->unmet, amount);
    }
}

static void set_slot(trace *t, dca_index d, double value)
{
    const dc_demand *demand = &t->instance->demands[d];
    fprintf(t->out, "m link %d %.17g\n", demand->link, value);
    check(t, dca_model_set_link_capacity(t->instance->model, demand->link, value));
    t->slot[d] = value;
    for (dca_index k = 0; k < demand->num_rows; k++) {
        if (demand->role[k] == DC_SLOT) {
            set_row(t, demand->row[k], -INFINITY, value);
        }
    }
}

static void shift_amount(trace *t, dca_index d)
{
    dc_demand *demand = &t->instance->demands[d];
    if (t->instance->slots) {
        set_slot(t, d, (double)(64 + draw(t, 65)) / 128.0);
    } else {
        set_amount(t, demand, demand->amount * (double)(64 + draw(t, 129)) / 128.0);
    }
}

static bool has_amounts(const trace *t)
{
    return t->instance->amounts || t->instance->slots;
}

/* 1 % of limits and amounts, each from a stretch of its own. */
static void shift_right_hand_sides(trace *t)
{
    const int64_t limits = t->instance->num_limits;
    const int64_t all = limits + (has_amounts(t) ? t->alive : 0);
    const int64_t count = all / 100 > 0 ? all / 100 : 1;
    for (int64_t k = 0; k < count; k++) {
        const int64_t begin = k * all / count;
        const int64_t end = (k + 1) * all / count;
        const int64_t at = begin + draw(t, end - begin);
        if (at < limits) {
            shift_limit(t, (dca_index)at);
        } else {
            shift_amount(t, (dca_index)(at - limits));
        }
    }
}

static void shift_cost(trace *t, dc_demand *demand)
{
    dca_placement_spec spec = DCA_PLACEMENT_SPEC_INIT;
    const dca_index k = (dca_index)draw(t, demand->count);
    const double factor = (double)(112 + draw(t, 33)) / 128.0;
    double cost = 0.0;
    check(t, dca_lp_get_columns(t->lp, demand->first + k, 1, &cost, NULL, NULL, NULL));
    if (demand->object < 0) {
        set_cost(t, demand->first + k, cost * factor);
        return;
    }
    check(t, dca_model_get_placement(t->instance->model, demand->placement + k, &spec));
    const double now = spec.cost * factor;
    fprintf(t->out, "m cost %d %.17g\n", demand->placement + k, now);
    check(t, dca_model_set_placement_cost(t->instance->model, demand->placement + k, now));
    set_cost(t, demand->first + k, cost + (now - spec.cost));
}

/* 1 % of the costs of placements. */
static void shift_costs(trace *t)
{
    int64_t placements = 0;
    for (dca_index d = 0; d < t->alive; d++) {
        placements += t->instance->demands[d].count;
    }
    const int64_t part = placements / 100 > 0 ? placements / 100 : 1;
    const int64_t count = part < t->alive ? part : t->alive;
    for (int64_t k = 0; k < count; k++) {
        const int64_t begin = k * t->alive / count;
        const int64_t end = (k + 1) * t->alive / count;
        dc_demand *demand = &t->instance->demands[begin + draw(t, end - begin)];
        if (demand->count > 0) {
            shift_cost(t, demand);
        }
    }
}

/* ---- Arrivals and departures ----------------------------------------------------------------- */

static void add_row(trace *t, double lower, double upper, dca_index column, double value)
{
    const dca_index count = column >= 0 ? 1 : 0;
    fprintf(t->out, "R %.17g %.17g %d", lower, upper, count);
    if (count > 0) {
        fprintf(t->out, " %d %.17g", column, value);
    }
    fputc('\n', t->out);
    check(t, dca_lp_add_row(t->lp, NULL, lower, upper, count, &column, &value, NULL));
}

/* A copy of column j in which the rows of `from` are those of `to`; the new column's index. */
static dca_index copy_column(trace *t, dca_index j, const dc_demand *from, const dc_demand *to,
                             double most)
{
    dca_nnz start[2] = {0, 0};
    dca_index index[LONGEST];
    double value[LONGEST];
    double cost = 0.0;
    double upper = 0.0;
    dca_index made = -1;
    check(t, dca_lp_get_entries(t->lp, j, 1, start, NULL, NULL));
    if (start[1] > LONGEST) {
        t->failed = true;
        return -1;
    }
    check(t, dca_lp_get_entries(t->lp, j, 1, start, index, value));
    check(t, dca_lp_get_columns(t->lp, j, 1, &cost, NULL, &upper, NULL));
    upper = upper > 0.0 ? fmin(upper, most) : upper;
    fprintf(t->out, "C %.17g %.17g %.17g %d", cost, 0.0, upper, (int)start[1]);
    for (dca_index e = 0; e < (dca_index)start[1]; e++) {
        for (dca_index k = 0; k < from->num_rows; k++) {
            if (index[e] == from->row[k]) {
                index[e] = to->row[k];
                break;
            }
        }
        fprintf(t->out, " %d %.17g", index[e], value[e]);
    }
    fputc('\n', t->out);
    check(t, dca_lp_add_column(t->lp, NULL, cost, 0.0, upper, (dca_index)start[1], index, value,
                               &made));
    return made;
}

/* Coefficient of the share column in the share row of a demand. */
static double share_of(const trace *t, const dc_demand *demand)
{
    dca_demand_spec spec = DCA_DEMAND_SPEC_INIT;
    return dca_model_get_demand(t->instance->model, demand->object, &spec) == DCA_OK
               ? spec.weight * spec.amount
               : NAN;
}

static void add_rows(trace *t, const dc_demand *from, double slot, dc_demand *to)
{
    for (dca_index k = 0; k < from->num_rows; k++) {
        double lower = -INFINITY;
        double upper = INFINITY;
        dca_index column = -1;
        double value = 0.0;
        check(t, dca_lp_get_rows(t->lp, from->row[k], 1, &lower, &upper));
        to->row[k] = dca_lp_num_rows(t->lp);
        if (from->role[k] == DC_EQUAL || from->role[k] == DC_LEAST) {
            lower = to->amount;
            upper = from->role[k] == DC_EQUAL ? to->amount : INFINITY;
        } else if (from->role[k] == DC_SLOT) {
            upper = slot;
        } else if (t->share >= 0) {
            column = t->share;
            value = share_of(t, from);
        }
        add_row(t, lower, upper, column, value);
    }
}

static void arrive_in_model(trace *t, const dc_demand *from, dc_demand *to)
{
    dca_model *model = t->instance->model;
    to->placement = dca_model_count(model, DCA_KIND_PLACEMENT);
    to->link = t->instance->slots ? dca_model_count(model, DCA_KIND_LINK) : -1;
    fprintf(t->out, "m arrive %d %d %d %.17g\n", from->object, from->placement, from->count,
            to->amount);
    to->object = dc_model_arrive(model, from->object, from->placement, from->count, to->amount,
                                 t->instance->slots);
    t->failed = t->failed || to->object < 0;
}

static void arrive(trace *t)
{
    dc_instance *instance = t->instance;
    const dca_index at = (dca_index)draw(t, t->alive);
    if (t->alive == t->room) {
        const dca_index room = 2 * t->room;
        dc_demand *demands = realloc(instance->demands, (size_t)room * sizeof *demands);
        instance->demands = demands == NULL ? instance->demands : demands;
        double *slot = realloc(t->slot, (size_t)room * sizeof *slot);
        t->slot = slot == NULL ? t->slot : slot;
        if (demands == NULL || slot == NULL) {
            t->failed = true;
            return;
        }
        t->room = room;
    }
    const dc_demand *from = &instance->demands[at];
    dc_demand *to = &instance->demands[t->alive];
    *to = *from;
    const double factor = instance->amounts ? (double)(64 + draw(t, 129)) / 128.0 : 1.0;
    to->amount = from->amount * factor;
    to->now = to->amount;
    if (from->object >= 0) {
        arrive_in_model(t, from, to);
        shift_offset(t, to, to->amount);
    }
    add_rows(t, from, t->slot[at], to);
    for (dca_index k = 0; k < from->count; k++) {
        const dca_index made = copy_column(t, from->first + k, from, to, INFINITY);
        to->first = k == 0 ? made : to->first;
    }
    to->unmet = copy_column(t, from->unmet, from, to, INFINITY);
    t->slot[t->alive++] = t->slot[at];
    set_column_upper(t, to->unmet, to->amount);
}

/* Where rows or columns went. */
static void renumber(trace *t, dca_index *at)
{
    *at = *at < 0 ? -1 : t->map[*at];
}

static bool room_for_map(trace *t, dca_index n)
{
    if (n > t->map_room) {
        dca_index *map = realloc(t->map, (size_t)n * sizeof *map);
        if (map == NULL) {
            t->failed = true;
            return false;
        }
        t->map = map;
        t->map_room = n;
    }
    return true;
}

static void delete_columns(trace *t, const dc_demand *gone)
{
    dca_index list[MOST_COLUMNS + 1];
    dca_index n = 0;
    if (gone->count > MOST_COLUMNS || !room_for_map(t, dca_lp_num_columns(t->lp))) {
        t->failed = true;
        return;
    }
    for (dca_index k = 0; k < gone->count; k++) {
        list[n++] = gone->first + k;
    }
    list[n++] = gone->unmet;
    fprintf(t->out, "y %d", n);
    for (dca_index k = 0; k < n; k++) {
        fprintf(t->out, " %d", list[k]);
    }
    fputc('\n', t->out);
    check(t, dca_lp_delete_columns(t->lp, n, list, t->map));
    for (dca_index d = 0; d < t->alive; d++) {
        renumber(t, &t->instance->demands[d].first);
        renumber(t, &t->instance->demands[d].unmet);
    }
    renumber(t, &t->share);
}

static int ascending(const void *a, const void *b)
{
    const dca_index x = *(const dca_index *)a;
    const dca_index y = *(const dca_index *)b;
    return (x > y) - (x < y);
}

static void delete_rows(trace *t, const dc_demand *gone)
{
    dca_index list[MOST_ROWS];
    if (!room_for_map(t, dca_lp_num_rows(t->lp))) {
        return;
    }
    memcpy(list, gone->row, sizeof list);
    qsort(list, (size_t)gone->num_rows, sizeof *list, ascending);
    fprintf(t->out, "x %d", gone->num_rows);
    for (dca_index k = 0; k < gone->num_rows; k++) {
        fprintf(t->out, " %d", list[k]);
    }
    fputc('\n', t->out);
    check(t, dca_lp_delete_rows(t->lp, gone->num_rows, list, t->map));
    for (dca_index d = 0; d < t->alive; d++) {
        dc_demand *demand = &t->instance->demands[d];
        for (dca_index k = 0; k < demand->num_rows; k++) {
            renumber(t, &demand->row[k]);
        }
    }
    for (dca_index l = 0; l < t->instance->num_limits; l++) {
        dc_limit *limit = &t->instance->limits[l];
        for (dca_index k = 0; k < limit->num_rows; k++) {
            renumber(t, &limit->row[k]);
        }
    }
}

static void depart(trace *t)
{
    const dca_index at = (dca_index)draw(t, t->alive);
    const dc_demand gone = t->instance->demands[at];
    if (gone.object >= 0) {
        shift_offset(t, &gone, -gone.now);
        fprintf(t->out, "m depart %d %d\n", gone.object, gone.link);
        t->failed = t->failed || !dc_model_depart(t->instance->model, gone.object, gone.link);
    }
    t->alive--;
    t->instance->demands[at] = t->instance->demands[t->alive];
    t->slot[at] = t->slot[t->alive];
    delete_columns(t, &gone);
    delete_rows(t, &gone);
}

/* ---- Which edit comes next ------------------------------------------------------------------- */

static void lose(trace *t)
{
    const dca_index l = (dca_index)draw(t, t->instance->num_limits);
    t->lost[t->num_lost++] = l;
    set_limit(t, l, 0.5 * t->instance->limits[l].value);
}

static void give_back(trace *t)
{
    const dca_index l = t->lost[0];
    memmove(t->lost, t->lost + 1, (size_t)(--t->num_lost) * sizeof *t->lost);
    if (!is_lost(t, l)) {
        set_limit(t, l, t->instance->limits[l].value);
    }
}

static bool possible(const trace *t, dc_change change)
{
    switch (change) {
    case DC_LIMIT:
        return t->instance->num_limits > 0;
    case DC_AMOUNT:
        return has_amounts(t);
    case DC_RHS:
        return has_amounts(t) || t->instance->num_limits > 0;
    case DC_COST:
        return t->instance->costs;
    case DC_ARRIVE:
        return true;
    case DC_DEPART:
        return t->alive > t->least;
    case DC_LOSE:
        return t->instance->num_limits > 0 && t->num_lost < LOST_AT_ONCE;
    default:
        return t->num_lost > 0;
    }
}

/* The next change among those asked for that is possible; DC_CHANGES: none. */
static dc_change next_change(const trace *t, unsigned changes, int64_t edit)
{
    static const dc_change mix[20] = {DC_RHS,    DC_COST,   DC_ARRIVE, DC_ARRIVE, DC_DEPART,
                                      DC_DEPART, DC_LOSE,   DC_RETURN, DC_LIMIT,  DC_AMOUNT,
                                      DC_LIMIT,  DC_AMOUNT, DC_LIMIT,  DC_AMOUNT, DC_LIMIT,
                                      DC_AMOUNT, DC_LIMIT,  DC_AMOUNT, DC_LIMIT,  DC_AMOUNT};
    for (uint64_t k = 0; k < REDRAWS; k++) {
        const uint64_t at = (uint64_t)edit * REDRAWS + k;
        const dc_change change = mix[dc_below(t->seed, STREAM_MIX, at, 20)];
        if ((changes & (1U << change)) != 0 && possible(t, change)) {
            return change;
        }
    }
    return DC_CHANGES;
}

static void apply(trace *t, dc_change change)
{
    switch (change) {
    case DC_LIMIT:
        shift_limit(t, (dca_index)draw(t, t->instance->num_limits));
        break;
    case DC_AMOUNT:
        shift_amount(t, (dca_index)draw(t, t->alive));
        break;
    case DC_RHS:
        shift_right_hand_sides(t);
        break;
    case DC_COST:
        shift_costs(t);
        break;
    case DC_ARRIVE:
        arrive(t);
        break;
    case DC_DEPART:
        depart(t);
        break;
    case DC_LOSE:
        lose(t);
        break;
    default:
        give_back(t);
    }
}

static bool begin(trace *t)
{
    const dc_instance *instance = t->instance;
    t->lp = instance->lp;
    t->alive = instance->num_demands;
    t->room = instance->num_demands + 1;
    t->least = instance->num_demands / 2;
    t->slot = calloc((size_t)t->room, sizeof *t->slot);
    t->share = -1;
    t->offset = dca_lp_offset(t->lp);
    if (t->slot == NULL) {
        return false;
    }
    for (dca_index d = 0; d < t->alive; d++) {
        t->slot[d] = 1.0;
        instance->demands[d].now = instance->demands[d].amount;
    }
    if (!instance->amounts && instance->model != NULL) {
        t->share = instance->demands[t->alive - 1].unmet + 1;
    }
    return true;
}

bool dc_trace_write(dc_instance *instance, uint64_t seed, unsigned changes, int64_t count,
                    FILE *out)
{
    trace t = {.instance = instance, .out = out, .seed = seed};
    bool done = begin(&t);
    for (int64_t edit = 0; done && edit < count; edit++) {
        const dc_change change = next_change(&t, changes, edit);
        if (change == DC_CHANGES) {
            done = false;
            break;
        }
        fprintf(out, "e %s\n", dc_change_name[change]);
        apply(&t, change);
        if (t.offset != dca_lp_offset(t.lp)) {
            fprintf(out, "o %.17g\n", t.offset);
            check(&t, dca_lp_set_offset(t.lp, t.offset));
        }
        fputs(".\n", out);
        done = !t.failed && ferror(out) == 0;
    }
    instance->num_demands = t.alive;
    free(t.slot);
    free(t.map);
    return done;
}
