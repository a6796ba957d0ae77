/* resume.c - a re-solve from the optimum at hand that costs what the edits reach.
 *
 * After an optimum x, y, d, the factor, the edge weights and the candidate lists are those of the
 * caller's problem. Edits of bounds and costs are then small steps from there:
 *
 *     bound of nonbasic j    x_j by delta,  x_B -= B^-1 a_j delta      one FTRAN for all of them
 *     bound of basic j       its merit is looked at again
 *     cost of nonbasic j     d_j += delta
 *     cost of basic j        B' dy = delta,  y += dy,  d -= dy' [A I]    one BTRAN for all of them
 *
 * and the dual simplex goes on from the list of violations, without a scan of rows or columns, a
 * fresh factor (until the updates of this one are used up: renew.c) or recomputed vectors; after costs
 * that leave a wrong sign at a feasible point, the primal. What changes is written to the trail, so that
 * whoever proves the answer (lib/lp/proof.c) looks at nothing else. Nothing is claimed here: an optimum on
 * updated numbers is one when it is proved. Where neither can go on, resume gives up, and a whole solve
 * begins from the basis reached: dca__simplex_prepare() recomputes everything.
 *
 * [solver-notes A6; Bixby (2002), Solving real-world linear programs, on factors kept alive] */
#include "simplex/state.h"

static void begin_trail(dca__simplex *s)
{
    for (dca_index k = 0; k < s->trail_count; k++) {
        s->trail_mark[s->trail[k]] = 0;
    }
    for (dca_index k = 0; k < s->price_trail_count; k++) {
        s->price_mark[s->price_trail[k]] = 0;
    }
    s->trail_count = s->price_trail_count = 0;
}

/* The basic variables that a step along v moved. */
static void note_positions(dca__simplex *s, const dca__spvec *v)
{
    const dca_index length = dca__spvec_length(v);
    for (dca_index k = 0; k < length; k++) {
        const dca_index p = dca__spvec_at(v, k);
        if (v->value[p] != 0.0 && s->head[p] < s->n) {
            dca__simplex_note_status(s, s->head[p]);
        }
    }
    s->work += length;
}

/* y += scale v; the multiplier of a basic logical is its cost, but that of `leaving` is about to move. */
static void shift_multipliers(dca__simplex *s, const dca__spvec *v, double scale, dca_index leaving)
{
    const dca_index length = dca__spvec_length(v);
    for (dca_index k = 0; k < length; k++) {
        const dca_index i = dca__spvec_at(v, k);
        const dca_index logical = s->n + i;
        if (v->value[i] != 0.0 && (s->position[logical] < 0 || logical == leaving)) {
            s->y[i] += scale * v->value[i];
            dca__simplex_note_price(s, i);
        }
    }
    s->work += length;
}

void dca__simplex_trail_flip(dca__simplex *s, dca_index q)
{
    dca__simplex_note_status(s, q);
    note_positions(s, &s->alpha_q);
}

void dca__simplex_trail_pivot(dca__simplex *s, dca_index q, dca_index leaving, double theta)
{
    dca__simplex_note_status(s, q);
    dca__simplex_note_status(s, leaving);
    note_positions(s, &s->alpha_q);
    if (s->flip_count > 0) {
        note_positions(s, &s->flip);
        for (dca_index k = 0; k < s->flip_count; k++) {
            dca__simplex_note_status(s, s->flip_list[k]);
        }
    }
    if (theta != 0.0) {
        shift_multipliers(s, &s->rho, theta, leaving);
    }
    if (q >= s->n) {
        s->y[q - s->n] = s->work_cost[q];
        dca__simplex_note_price(s, q - s->n);
    }
}

bool dca__simplex_next_column(dca__simplex *s, dca_index *column)
{
    if (s->trail_count == 0) {
        return false;
    }
    *column = s->trail[--s->trail_count];
    s->trail_mark[*column] = 0;
    return true;
}

bool dca__simplex_next_row(dca__simplex *s, dca_index *row)
{
    if (s->price_trail_count == 0) {
        return false;
    }
    *row = s->price_trail[--s->price_trail_count];
    s->price_mark[*row] = 0;
    return true;
}

void dca__simplex_note_edit(dca__simplex *s, dca_index variable)
{
    if (s->alive && s->edited_count == s->total) {
        s->alive = false;
    }
    if (s->alive) {
        s->edited[s->edited_count++] = variable;
    }
}

/* The variable stands where its bounds and its status put it. */
static void replace(dca__simplex *s, dca_index j)
{
    const double lower = s->work_lower[j];
    const double upper = s->work_upper[j];
    if (s->status[j] == DCA_BASIS_LOWER && lower > -INFINITY) {
        s->x[j] = lower;
    } else if (s->status[j] == DCA_BASIS_UPPER && upper < INFINITY && lower != upper) {
        s->x[j] = upper;
    } else {
        dca__simplex_place_nonbasic(s, j, 0.0);
    }
}

static double reduced_cost(dca__simplex *s, dca_index j)
{
    if (j >= s->n) {
        return s->work_cost[j] - s->y[j - s->n];
    }
    double sum = s->work_cost[j];
    const dca_nnz end = s->col_start[j] + s->col_length[j];
    for (dca_nnz k = s->col_start[j]; k < end; k++) {
        sum -= s->col_value[k] * s->y[s->col_index[k]];
    }
    s->work += s->col_length[j];
    return sum;
}

/* Boxed variables can flip; a wrong sign of another one is for the primal. */
static void look_at_sign(dca__simplex *s, dca_index j)
{
    s->resume_wrong = s->resume_wrong || (!dca__simplex_is_boxed(s, j) &&
                                          dca__simplex_dual_excess(s, j) > s->dual_tolerance);
}

/* Costs first: signs follow them. Changes of basic costs gather in `tau`. */
static void take_cost(dca__simplex *s, dca_index j)
{
    const double delta = s->cost[j] - s->work_cost[j];
    const dca_index p = s->position[j];
    if (delta == 0.0) {
        return;
    }
    s->work_cost[j] = s->cost[j];
    if (p < 0) {
        s->d[j] += delta;
        look_at_sign(s, j);
    } else {
        s->tau.value[p] = delta;
        s->tau.index[s->tau.count++] = p;
    }
}

/* y and d for the changed costs of basic variables. */
static void price_basic_costs(dca__simplex *s)
{
    dca__spvec *v = &s->tau;
    if (v->count == 0) {
        return;
    }
    dca__simplex_btran(s, v);
    shift_multipliers(s, v, 1.0, -1);
    dca__simplex_pivot_row(s, v, &s->alpha_p);
    const dca_index length = dca__spvec_length(&s->alpha_p);
    for (dca_index k = 0; k < length; k++) {
        const dca_index j = dca__spvec_at(&s->alpha_p, k);
        s->d[j] -= s->alpha_p.value[j];
        look_at_sign(s, j);
    }
    s->work += length;
}

/* New bounds of a variable, or a new sign of its d: a boxed one flips, if the dual is to go on. False:
 * bounds that cross. */
static bool take_bounds(dca__simplex *s, dca_index j)
{
    s->work_lower[j] = s->lower[j];
    s->work_upper[j] = s->upper[j];
    dca__simplex_note_status(s, j);
    if (s->lower[j] > s->upper[j]) {
        return false;
    }
    if (s->position[j] >= 0) {
        dca__simplex_note_position(s, s->position[j]);
        return true;
    }
    const double before = s->x[j];
    const bool active = s->lower[j] < s->upper[j];
    replace(s, j);
    if (active && !s->active[j]) { /* stale until now */
        s->d[j] = reduced_cost(s, j);
    }
    dca__simplex_set_active(s, j, active);
    look_at_sign(s, j);
    if (!s->resume_wrong && dca__simplex_dual_excess(s, j) > s->dual_tolerance) {
        const bool to_upper = s->status[j] == DCA_BASIS_LOWER;
        s->status[j] = to_upper ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
        s->x[j] = to_upper ? s->work_upper[j] : s->work_lower[j];
    }
    if (s->x[j] != before) {
        dca__simplex_add_column(s, j, s->x[j] - before, &s->flip);
    }
    return true;
}

/* All edits since the last optimum. False: bounds that cross. */
static bool take_edits(dca__simplex *s)
{
    bool good = true;
    s->resume_wrong = false;
    for (dca_index k = 0; k < s->edited_count; k++) {
        take_cost(s, s->edited[k]);
    }
    price_basic_costs(s);
    dca__spvec_clear(&s->tau);
    for (dca_index k = 0; k < s->edited_count && good; k++) {
        good = take_bounds(s, s->edited[k]);
    }
    const dca_index length = dca__spvec_length(&s->alpha_p);
    for (dca_index k = 0; k < length && good && !s->resume_wrong; k++) { /* boxed ones flip */
        const dca_index j = dca__spvec_at(&s->alpha_p, k);
        good = dca__simplex_dual_excess(s, j) <= s->dual_tolerance || take_bounds(s, j);
    }
    dca__spvec_clear(&s->alpha_p);
    if (good && s->flip.count != 0) {
        dca__simplex_ftran(s, &s->flip);
        dca__simplex_shift_values(s, &s->flip, 1.0, true);
        note_positions(s, &s->flip);
    }
    dca__spvec_clear(&s->flip);
    s->edited_count = 0;
    return good;
}

/* The dual where all signs are right, the primal where the point is feasible and the caller leaves the
 * choice; else neither. */
static dca__ending go_on(dca__simplex *s, dca__method *method)
{
    if (!take_edits(s)) {
        return DCA__END_OTHER;
    }
    *method = s->resume_wrong ? DCA__METHOD_PRIMAL : DCA__METHOD_DUAL;
    if (!s->resume_wrong) {
        return dca__simplex_dual_resume(s);
    }
    if (s->settings.method != DCA__METHOD_AUTO || dca__simplex_has_violations(s)) {
        return DCA__END_OTHER;
    }
    s->listed = false;
    return dca__simplex_primal_resume(s);
}

void dca__simplex_come_alive(dca__simplex *s)
{
    s->alive = s->factored && !s->cost_changed && !s->bounds_changed &&
               s->primal_tolerance == s->settings.primal_tolerance &&
               s->dual_tolerance == s->settings.dual_tolerance;
    s->listed = false;
    s->edited_count = 0;
    begin_trail(s);
}

/* The lists and weights of the dual, where the last solve left others. Weights of 1 are no norms here,
 * but one that is too small is put right when its row is chosen, once, and kept right from then on: a
 * solve of a few pivots does better so than with Devex weights, which only grow from edit to edit. */
static void take_up(dca__simplex *s)
{
    if (!s->listed) {
        if (!s->dual_weights_valid) {
            dca__simplex_reset_dual_weights(s);
            s->dual_steepest = s->settings.pricing_dual == 0;
        }
        dca__simplex_list_violations(s);
        s->listed = true;
    }
}

bool dca__simplex_resume(dca__simplex *s, const dca__settings *settings, dca_control *control,
                         dca__simplex_report *report)
{
    if (!s->alive || !dca__settings_agree(&s->settings, settings)) {
        return false;
    }
    s->settings = *settings;
    s->alive = false;
    s->control = control;
    s->stop = DCA__GO;
    s->failure = DCA_OK;
    s->iterations = 0;
    s->iteration_cap = settings->iteration_limit > 0 ? settings->iteration_limit : INT64_MAX;
    s->work = s->work_polled = 0;
    s->work_cap = INT64_MAX;
    s->ray_kind = 0;
    take_up(s);
    s->current = false;
    s->trailing = true;
    dca__method method = DCA__METHOD_DUAL;
    const bool optimal = go_on(s, &method) == DCA__END_OPTIMAL;
    s->trailing = false;
    if (optimal && s->cost_changed) { /* shifted: the proof decides what it was worth */
        dca__simplex_restore_costs(s);
    }
    s->alive = optimal;
    s->control = NULL;
    *report = (dca__simplex_report){optimal ? DCA_OPTIMAL : DCA_UNSOLVED, method, s->iterations,
                                    s->work, 0.0};
    return optimal;
}
