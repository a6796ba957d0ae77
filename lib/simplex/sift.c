/* sift.c - the primal on a working set of columns, where columns far outnumber rows.
 *
 * A column outside the set is asleep: nonbasic at its bound and not active, so that pivot rows, weights
 * and lists do not see it. When nothing in the set is attractive any more, the rebuild that finds this,
 * which prices all columns anyway, wakes the most attractive ones, d_j^2 / (1 + |a_j|^2) first; when
 * the set has grown too large, those that are not attractive go to sleep. When no column is attractive,
 * asleep or awake, the point is optimal for the whole problem. There is one object, one factor and one
 * point: no subproblem is built or copied, and the set costs one O(entries) pass for each selection.
 *
 * Where the slack basis is not feasible, the first set holds for each violated row the columns that mend
 * it at the least cost per row mended, and the dual solves that before the primal goes on, in phase 1
 * should the set have no feasible point.
 * [Forrest (1989), "sprint", as told in Bixby, Gregory, Lustig, Marsten, Shanno (1992), Very large-scale
 * linear programming: a case study in combining interior point and simplex methods] */
#include "simplex/state.h"

#include "base/log.h"

#include <string.h>

/* Wide: so many columns for each row, and so many in all. */
enum { WIDE = 3, WIDE_COLUMNS = 1000 };
/* A selection wakes as many columns as there are rows, but at least so many. */
enum { LEAST_WOKEN = 200 };
/* Awake for each column that a selection may wake: above, those not attractive go to sleep. */
enum { MOST_SELECTIONS = 4 };
/* Columns of the first set for each violated row. */
enum { FIRST_EACH = 5 };

bool dca__simplex_is_wide(const dca__simplex *s)
{
    const int64_t n = s->n;
    return s->settings.sifting == 2
               ? n > s->m
               : s->settings.sifting == 1 && n >= WIDE_COLUMNS && n >= WIDE * (int64_t)s->m;
}

static void fall_asleep(dca__simplex *s)
{
    s->sifting = true;
    s->sift_at = -1;
    for (dca_index j = 0; j < s->n; j++) {
        s->asleep[j] = s->position[j] < 0;
    }
}

void dca__simplex_sift_begin(dca__simplex *s)
{
    if (!s->sifting && s->may_sift) {
        fall_asleep(s);
        dca__simplex_partition(s);
    }
}

void dca__simplex_sift_end(dca__simplex *s)
{
    if (s->sifting) {
        s->sifting = false;
        memset(s->asleep, 0, (size_t)s->n);
        dca__simplex_partition(s);
    }
}

/* 1 + |a_j|^2 */
static double weight_of(const dca__simplex *s, dca_index j)
{
    const dca_nnz end = s->col_start[j] + s->col_length[j];
    double sum = 1.0;
    for (dca_nnz k = s->col_start[j]; k < end; k++) {
        sum += s->col_value[k] * s->col_value[k];
    }
    return sum;
}

/* Columns of the set that are not attractive go to sleep. */
static void shrink(dca__simplex *s)
{
    for (dca_index j = 0; j < s->n; j++) {
        if (s->active[j] && dca__simplex_wrong_sign(s, j) <= s->dual_tolerance) {
            s->asleep[j] = 1;
            dca__simplex_set_active(s, j, false);
        }
    }
    s->work += s->n;
}

static void wake(dca__simplex *s, dca_index j)
{
    s->asleep[j] = 0;
    s->primal_weight[j] = 1.0;
    s->reference[j] = 1;
    dca__simplex_set_active(s, j, true);
}

bool dca__simplex_sift_select(dca__simplex *s)
{
    const bool idle = s->iterations == s->sift_at;
    const dca_index most = s->m > LEAST_WOKEN ? s->m : LEAST_WOKEN;
    dca_index awake = 0;
    dca_index count = 0;
    for (dca_index j = 0; j < s->n; j++) {
        if (s->active[j]) {
            awake++;
            if (!idle && dca__simplex_wrong_sign(s, j) > s->dual_tolerance) {
                s->sift_at = s->iterations;
                return true;
            }
        } else if (s->asleep[j] && s->work_lower[j] < s->work_upper[j]) {
            const double wrong = dca__simplex_wrong_sign(s, j);
            if (wrong > s->dual_tolerance) {
                s->sort_index[count] = j;
                s->sort_key[count++] = wrong * wrong / weight_of(s, j);
                s->work += s->col_length[j];
            }
        }
    }
    s->work += s->n + count;
    if (awake > MOST_SELECTIONS * (int64_t)most) {
        shrink(s);
    }
    dca__simplex_heapify(count, s->sort_key, s->sort_index);
    dca_index woken = 0;
    for (; woken < most && count > 0; woken++) {
        dca__simplex_pop(count--, s->sort_key, s->sort_index);
        wake(s, s->sort_index[count]);
    }
    s->sift_at = s->iterations;
    return woken > 0;
}

/* What a step of column j away from its bound does to a violated row: > 0 mends it. */
static double mends(const dca__simplex *s, dca_index i, dca_index j, double value)
{
    const double excess = dca__simplex_excess(s, s->n + i, s->primal_tolerance);
    return excess * (s->status[j] == DCA_BASIS_UPPER ? -value : value);
}

/* |d_j| for each violated row that j mends, less those that it makes worse; INFINITY: none is left. */
static double cost_per_row(const dca__simplex *s, dca_index j)
{
    const dca_nnz end = s->col_start[j] + s->col_length[j];
    dca_index served = 0;
    for (dca_nnz k = s->col_start[j]; k < end; k++) {
        const double effect = mends(s, s->col_index[k], j, s->col_value[k]);
        served += (effect > 0.0) - (effect < 0.0);
    }
    return served > 0 ? fabs(s->d[j]) / served : INFINITY;
}

/* Wake the columns of the first set; all are asleep, and the basis is that of slacks. */
static void select_first(dca__simplex *s)
{
    double *restrict cost = s->sort_key;
    for (dca_index j = 0; j < s->n; j++) {
        cost[j] = cost_per_row(s, j);
    }
    for (dca_index i = 0; i < s->m; i++) {
        dca_index chosen[FIRST_EACH];
        int count = 0;
        for (dca_nnz e = s->row_start[i]; e < s->row_start[i + 1]; e++) {
            const dca_index j = s->row_index[e];
            if (mends(s, i, j, s->row_value[e]) <= 0.0 || !(cost[j] < INFINITY) ||
                (count == FIRST_EACH && cost[j] >= cost[chosen[count - 1]])) {
                continue;
            }
            int k = count < FIRST_EACH ? count++ : count - 1;
            for (; k > 0 && cost[chosen[k - 1]] > cost[j]; k--) {
                chosen[k] = chosen[k - 1];
            }
            chosen[k] = j;
        }
        for (int k = 0; k < count; k++) {
            s->asleep[chosen[k]] = 0;
        }
    }
    s->work += 2 * s->entries;
}

dca__ending dca__simplex_sift(dca__simplex *s)
{
    if (!dca__simplex_prepare(s)) {
        return DCA__END_FAILED;
    }
    fall_asleep(s);
    select_first(s);
    dca__simplex_partition(s);
    const dca__ending ending = dca__simplex_dual(s, true);
    dca__log(s->env, DCA_LOG_DEBUG, "simplex: %lld iterations on the first working set%s",
             (long long)s->iterations, ending == DCA__END_OPTIMAL ? "" : ", not to its optimum");
    if (ending == DCA__END_STOPPED || ending == DCA__END_FAILED) {
        dca__simplex_sift_end(s);
        return ending;
    }
    return dca__simplex_primal(s);
}
