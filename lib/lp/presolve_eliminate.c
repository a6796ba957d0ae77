/* presolve_eliminate.c - a column leaves all rows by multiples of one equation.
 *
 * With sum_k a_rk x_k = b, x_j = (b - sum of the others) / a_rj:
 *     column k  becomes  column k - rho_k column j,  rho_k = a_rk / a_rj,  for every k of row r,
 *     c_k       becomes  c_k - rho_k c_j,  sides of the rows i of j move by b a_ij / a_rj.
 * Column k changes in place. Its entries in rows that are gone take part, as their prices count in
 * reduced costs: d_k is the same before and after where d_j = 0. A row that an undo will read is
 * copied before it changes.
 * O(entries of the columns k), of which only those of column j are written. */
#include "lp/presolve_state.h"

#include "base/alloc.h"

#include <string.h>

/* Entries of columns that are only passed by, per entry that is worked on. */
enum { SCANNED_PER_WORK = 4 };

/* Move row i to the end of the area, with room for more. */
static dca_status move_row(dca__presolve *p, dca_index i)
{
    const dca_index length = p->row_length[i];
    const dca_index room = 2 * length + 4;
    dca_env *env = p->env;
    if (DCA_RESERVE(env, p->row_index, p->row_index_capacity, p->row_used + room) != DCA_OK ||
        DCA_RESERVE(env, p->row_value, p->row_value_capacity, p->row_used + room) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    memcpy(p->row_index + p->row_used, p->row_index + p->row_start[i],
           (size_t)length * sizeof *p->row_index);
    memcpy(p->row_value + p->row_used, p->row_value + p->row_start[i],
           (size_t)length * sizeof *p->row_value);
    p->row_start[i] = p->row_used;
    p->row_room[i] = room;
    p->row_used += room;
    p->work += length;
    return DCA_OK;
}

/* Row i will change: leave it as it is to the records that will read it. */
static dca_status leave_to_watchers(dca__presolve *p, dca_index i)
{
    for (dca_index t = p->row_watch[i]; t > 0; t = p->record[t - 1].other) {
        p->record[t - 1].old_start = p->row_start[i];
        p->record[t - 1].old_length = p->row_length[i];
    }
    if (p->row_watch[i] == 0) {
        return DCA_OK;
    }
    p->row_watch[i] = 0;
    return move_row(p, i);
}

dca_status dca__presolve_move_column(dca__presolve *p, dca_index k, dca_index more)
{
    dca_env *env = p->env;
    const dca_index length = p->column_length[k];
    const dca_nnz room = (dca_nnz)length + length / 2 + more;
    const dca_nnz need = p->column_used + room;
    if (DCA_RESERVE(env, p->column_index, p->column_index_capacity, need) != DCA_OK ||
        DCA_RESERVE(env, p->column_value, p->column_value_capacity, need) != DCA_OK ||
        DCA_RESERVE(env, p->column_twin, p->column_twin_capacity, need) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    const dca_nnz from = p->column_start[k];
    const dca_nnz to = p->column_used;
    const size_t count = (size_t)length;
    memcpy(p->column_index + to, p->column_index + from, count * sizeof *p->column_index);
    memcpy(p->column_value + to, p->column_value + from, count * sizeof *p->column_value);
    memcpy(p->column_twin + to, p->column_twin + from, count * sizeof *p->column_twin);
    p->column_start[k] = to;
    p->column_room[k] = (dca_index)room;
    p->column_used = need;
    p->work += length;
    return DCA_OK;
}

/* The entries of column k that column j has, too; marks of those are negative afterwards. */
static void change_entries(dca__presolve *p, dca_index r, dca_index j, dca_index k, double rho)
{
    const double *gone = p->column_value + p->column_start[j] - 1;
    dca_index *const index = p->column_index + p->column_start[k];
    double *const entry = p->column_value + p->column_start[k];
    dca_index *const twin = p->column_twin + p->column_start[k];
    p->work += p->column_length[k] / SCANNED_PER_WORK;
    for (dca_index e = 0; e < p->column_length[k]; e++) {
        const dca_index i = index[e];
        const dca_index mark = p->mark[i];
        if (mark == 0) {
            continue;
        }
        p->mark[i] = -mark;
        const double old = entry[e];
        const double value =
            i == r ? 0.0 : dca__presolve_difference(old - rho * gone[mark], fabs(old));
        if (i != r && dca__row_there(p, i)) {
            p->row_value[p->row_start[i] + twin[e]] = value;
            p->row_count[i] -= value == 0.0 ? 1 : 0;
            p->column_count[k] -= value == 0.0 ? 1 : 0;
        }
        entry[e] = value;
        if (value == 0.0) {
            const dca_index last = --p->column_length[k];
            index[e] = index[last];
            entry[e] = entry[last];
            twin[e] = twin[last];
            e--;
        }
    }
}

/* The entries of column j that column k has not; marks are positive again. There is room in k. */
static dca_status fill_in(dca__presolve *p, dca_index j, dca_index k, double rho)
{
    const dca_nnz end = dca__column_end(p, j);
    for (dca_nnz e = p->column_start[j]; e < end; e++) {
        const dca_index i = p->column_index[e];
        if (p->mark[i] < 0) {
            p->mark[i] = -p->mark[i];
            continue;
        }
        const double value = -rho * p->column_value[e];
        dca_index twin = 0;
        if (dca__row_there(p, i)) {
            if (p->row_length[i] == p->row_room[i] && move_row(p, i) != DCA_OK) {
                return DCA_E_NOMEM;
            }
            twin = p->row_length[i]++;
            p->row_index[p->row_start[i] + twin] = k;
            p->row_value[p->row_start[i] + twin] = value;
            p->row_count[i]++;
            p->column_count[k]++;
        }
        const dca_nnz at = p->column_start[k] + p->column_length[k]++;
        p->column_index[at] = i;
        p->column_value[at] = value;
        p->column_twin[at] = twin;
    }
    return DCA_OK;
}

static dca_status change_column(dca__presolve *p, dca_index r, dca_index j, dca_index k, double rho)
{
    const dca_index more = p->column_length[j];
    if ((dca_nnz)p->column_length[k] + more > p->column_room[k] &&
        dca__presolve_move_column(p, k, more) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    change_entries(p, r, j, k, rho);
    p->work += 2 * (int64_t)more;
    p->cost_terms[k] += fabs(rho) * p->cost_terms[j];
    p->cost[k] = dca__presolve_difference(p->cost[k] - rho * p->cost[j], p->cost_terms[k]);
    p->base_cost[k] =
        dca__presolve_difference(p->base_cost[k] - rho * p->base_cost[j], p->cost_terms[k]);
    p->column_dirty[k] = 1;
    return fill_in(p, j, k, rho);
}

dca_status dca__presolve_eliminate(dca__presolve *p, dca_index r, dca_index j, double a, double b,
                                   const dca__record *record)
{
    const dca_nnz begin = p->column_start[j];
    const dca_nnz end = dca__column_end(p, j);
    for (dca_nnz e = begin; e < end; e++) {
        p->mark[p->column_index[e]] = (dca_index)(e - begin + 1);
    }
    dca_status status = dca__presolve_push(p, record);
    for (dca_nnz e = begin; e < end && status == DCA_OK; e++) {
        const dca_index i = p->column_index[e];
        status = i != r && dca__row_there(p, i) ? leave_to_watchers(p, i) : DCA_OK;
    }
    for (dca_nnz e = p->row_start[r]; e < dca__row_end(p, r) && status == DCA_OK; e++) {
        const dca_index k = p->row_index[e];
        if (k != j && dca__row_entry_there(p, e)) {
            status = change_column(p, r, j, k, p->row_value[e] / a);
        }
    }
    for (dca_nnz e = begin; e < end; e++) {
        p->mark[p->column_index[e]] = 0;
    }
    if (status != DCA_OK) {
        return status;
    }
    p->offset += p->cost[j] * (b / a);
    dca__presolve_drop_row(p, r);
    dca__presolve_drop_column(p, j);
    for (dca_nnz e = begin; e < end; e++) {
        const dca_index i = p->column_index[e];
        if (dca__row_there(p, i)) {
            const double constant = p->column_value[e] * (b / a);
            p->row_lower[i] -= constant;
            p->row_upper[i] -= constant;
            p->row_value[p->row_start[i] + p->column_twin[e]] = 0.0;
            dca__presolve_touch(p, i);
        }
    }
    return DCA_OK;
}
