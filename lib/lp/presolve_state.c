/* presolve_state.c - the moves that reductions are made of. */
#include "lp/presolve_state.h"

#include "base/alloc.h"

enum { POLL_WORK = 20000 };

bool dca__presolve_leave(dca__presolve *p)
{
    if (p->work - p->work_told >= POLL_WORK) {
        p->stop = dca__control_poll(p->control, p->work - p->work_told);
        p->work_told = p->work;
    }
    return p->undecided || p->stop != DCA__GO || p->work > p->work_limit;
}

dca_status dca__presolve_push(dca__presolve *p, const dca__record *record)
{
    if (DCA_RESERVE(p->env, p->record, p->record_capacity, p->num_records + 1) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    p->record[p->num_records++] = *record;
    return DCA_OK;
}

dca_status dca__presolve_push_watching(dca__presolve *p, const dca__record *record)
{
    const dca_status status = dca__presolve_push(p, record);
    if (status == DCA_OK) {
        dca__record *pushed = &p->record[p->num_records - 1];
        pushed->other = p->row_watch[record->row];
        pushed->old_length = -1;
        p->row_watch[record->row] = (dca_index)p->num_records;
    }
    return status;
}

void dca__presolve_touch_rows(dca__presolve *p, dca_index j)
{
    const dca_nnz end = dca__column_end(p, j);
    for (dca_nnz k = p->column_start[j]; k < end; k++) {
        dca__presolve_touch(p, p->column_index[k]);
    }
    p->work += p->column_length[j];
}

void dca__presolve_touch_columns(dca__presolve *p, dca_index i)
{
    for (dca_nnz k = p->row_start[i]; k < dca__row_end(p, i); k++) {
        p->column_dirty[p->row_index[k]] = 1;
    }
    p->work += p->row_length[i];
}

void dca__presolve_drop_row(dca__presolve *p, dca_index i)
{
    p->row_time[i] = (dca_index)(p->num_records - 1);
    p->rows_left--;
    for (dca_nnz k = p->row_start[i]; k < dca__row_end(p, i); k++) {
        const dca_index j = p->row_index[k];
        if (dca__row_entry_there(p, k)) {
            p->column_count[j]--;
            p->column_dirty[j] = 1;
        }
    }
    p->work += p->row_length[i];
}

/* Beyond this multiple of what is left, a term that leaves a sum takes its accuracy along. */
static const double MOST_CANCELLED = 0x1p20;

void dca__presolve_count_column(dca__presolve *p, dca_index j, double sign)
{
    const dca_nnz end = dca__column_end(p, j);
    for (dca_nnz k = p->column_start[j]; k < end; k++) {
        const dca_index i = p->column_index[k];
        if (!dca__row_there(p, i) || (p->row_dirty[i] & DCA__ACTIVITY_OLD) != 0) {
            continue;
        }
        const double a = p->column_value[k];
        const double low = a * (a > 0.0 ? p->lower[j] : p->upper[j]);
        const double high = a * (a > 0.0 ? p->upper[j] : p->lower[j]);
        dca__activity *act = &p->activity[i];
        act->least_infinite += isinf(low) ? (dca_index)sign : 0;
        act->most_infinite += isinf(high) ? (dca_index)sign : 0;
        act->least += isinf(low) ? 0.0 : sign * low;
        act->most += isinf(high) ? 0.0 : sign * high;
        if ((!isinf(low) && fabs(low) > MOST_CANCELLED * (1.0 + fabs(act->least))) ||
            (!isinf(high) && fabs(high) > MOST_CANCELLED * (1.0 + fabs(act->most)))) {
            p->row_dirty[i] |= DCA__ACTIVITY_OLD;
        }
    }
}

bool dca__presolve_give_up_bound(dca__presolve *p, dca_index j, bool upper)
{
    double *bound = upper ? &p->upper[j] : &p->lower[j];
    const dca_nnz end = dca__column_end(p, j);
    bool kept = isinf(*bound);
    for (dca_nnz k = p->column_start[j]; k < end && !kept; k++) {
        const dca_index i = p->column_index[k];
        if (dca__row_there(p, i)) {
            const dca__implied implied =
                dca__presolve_implied(p, i, j, p->column_value[k], dca__presolve_activity(p, i));
            kept = upper ? implied.high : implied.low;
        }
    }
    p->work += p->column_length[j];
    if (kept && !isinf(*bound)) {
        dca__presolve_count_column(p, j, -1.0);
        *bound = upper ? INFINITY : -INFINITY;
        dca__presolve_count_column(p, j, 1.0);
    }
    return kept;
}

void dca__presolve_drop_column(dca__presolve *p, dca_index j)
{
    dca__presolve_count_column(p, j, -1.0);
    p->column_time[j] = (dca_index)(p->num_records - 1);
    p->columns_left--;
    const dca_nnz end = dca__column_end(p, j);
    for (dca_nnz k = p->column_start[j]; k < end; k++) {
        const dca_index i = p->column_index[k];
        if (dca__row_there(p, i)) {
            p->row_count[i]--;
            p->row_dirty[i] |= DCA__LOOK | DCA__LOOK_FOR_IMPLIED;
        }
    }
    p->work += p->column_length[j];
}

dca_status dca__presolve_fix(dca__presolve *p, dca_index j, double value, dca_basis_status status)
{
    const dca__record record = {.kind = DCA__REDUCED_FIXED,
                                .status = (uint8_t)status,
                                .row = -1,
                                .column = j,
                                .value = value};
    if (dca__presolve_push(p, &record) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca__presolve_drop_column(p, j);
    p->offset += p->cost[j] * value;
    const dca_nnz end = dca__column_end(p, j);
    for (dca_nnz k = p->column_start[j]; k < end && value != 0.0; k++) {
        const dca_index i = p->column_index[k];
        if (dca__row_there(p, i)) {
            p->row_lower[i] -= p->column_value[k] * value;
            p->row_upper[i] -= p->column_value[k] * value;
        }
    }
    return DCA_OK;
}

void dca__presolve_move_cost(dca__presolve *p, dca_index i, double price, double side)
{
    if (price == 0.0) {
        return;
    }
    for (dca_nnz k = p->row_start[i]; k < dca__row_end(p, i); k++) {
        const dca_index j = p->row_index[k];
        if (dca__row_entry_there(p, k)) {
            const double moved = price * p->row_value[k];
            p->cost_terms[j] += fabs(moved);
            p->cost[j] = dca__presolve_difference(p->cost[j] - moved, p->cost_terms[j]);
            p->column_dirty[j] = 1;
        }
    }
    p->work += p->row_length[i];
    p->offset += price * side;
    p->price_terms[i] += fabs(price);
    p->price_shift[i] = dca__presolve_difference(p->price_shift[i] + price, p->price_terms[i]);
}

dca__activity dca__presolve_activity(dca__presolve *p, dca_index i)
{
    if ((p->row_dirty[i] & DCA__ACTIVITY_OLD) == 0) {
        return p->activity[i];
    }
    dca__activity act = {0.0, 0.0, 0, 0};
    for (dca_nnz k = p->row_start[i]; k < dca__row_end(p, i); k++) {
        const dca_index j = p->row_index[k];
        if (!dca__row_entry_there(p, k)) {
            continue;
        }
        const double a = p->row_value[k];
        const double low = a > 0.0 ? p->lower[j] : p->upper[j];
        const double high = a > 0.0 ? p->upper[j] : p->lower[j];
        if (isinf(low)) {
            act.least_infinite++;
        } else {
            act.least += a * low;
        }
        if (isinf(high)) {
            act.most_infinite++;
        } else {
            act.most += a * high;
        }
    }
    p->work += p->row_length[i];
    p->activity[i] = act;
    p->row_dirty[i] &= (uint8_t)~DCA__ACTIVITY_OLD;
    return act;
}

dca__range dca__presolve_range(const dca__presolve *p, dca_index i, dca_index j, double a,
                               dca__activity act)
{
    const double low = p->lower[j];
    const double high = p->upper[j];
    const double own_least = a > 0.0 ? low : high;
    const double own_most = a > 0.0 ? high : low;
    act.least_infinite -= isinf(own_least) ? 1 : 0;
    act.most_infinite -= isinf(own_most) ? 1 : 0;
    act.least -= isinf(own_least) ? 0.0 : a * own_least;
    act.most -= isinf(own_most) ? 0.0 : a * own_most;
    /* a x_j lies in [rl - most of the others, ru - least of the others] */
    const double from = act.most_infinite > 0 ? -INFINITY : p->row_lower[i] - act.most;
    const double to = act.least_infinite > 0 ? INFINITY : p->row_upper[i] - act.least;
    const dca__range range = {a > 0.0 ? from / a : to / a, a > 0.0 ? to / a : from / a};
    return range;
}

dca__implied dca__presolve_implied(const dca__presolve *p, dca_index i, dca_index j, double a,
                                   dca__activity act)
{
    const dca__range range = dca__presolve_range(p, i, j, a, act);
    const dca__implied implied = {isinf(p->lower[j]) || range.low >= p->lower[j],
                                  isinf(p->upper[j]) || range.high <= p->upper[j]};
    return implied;
}

double dca__presolve_reduced_cost(const dca__presolve *p, dca_index j, const double *y)
{
    double d = p->base_cost[j];
    double terms = fabs(d);
    const dca_nnz end = dca__column_end(p, j);
    for (dca_nnz k = p->column_start[j]; k < end; k++) {
        const double term = p->column_value[k] * y[p->column_index[k]];
        d -= term;
        terms += fabs(term);
    }
    return dca__presolve_difference(d, terms);
}

/* Of a row that begins at `start`. */
static double activity_of(const dca__presolve *p, dca_nnz start, dca_index length, dca_nnz t,
                          const double *x)
{
    double sum = 0.0;
    for (dca_nnz k = start; k < start + length; k++) {
        const dca_index j = p->row_index[k];
        if ((dca_nnz)p->column_time[j] > t) {
            sum += p->row_value[k] * x[j];
        }
    }
    return sum;
}

double dca__presolve_activity_after(const dca__presolve *p, dca_index i, dca_nnz t, const double *x)
{
    return activity_of(p, p->row_start[i], p->row_length[i], t, x);
}

double dca__presolve_watched_activity(const dca__presolve *p, dca_nnz t, const double *x)
{
    const dca__record *r = &p->record[t];
    return r->old_length < 0 ? dca__presolve_activity_after(p, r->row, t, x)
                             : activity_of(p, r->old_start, r->old_length, t, x);
}

void dca__presolve_undo_fixed(const dca__record *r, dca__point *full)
{
    full->x[r->column] = r->value;
    full->column_status[r->column] = r->status;
}
