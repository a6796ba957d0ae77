/* sift.c - the primal on a working set of columns, where columns far outnumber rows.
 *
 * A column outside the set is asleep: nonbasic at its bound and not active, so that pivot rows, weights
 * and lists do not see it. When nothing in the set is attractive any more, the rebuild that finds this,
 * which prices all columns anyway, wakes the most attractive ones, d_j^2 / (1 + |a_j|^2) first; when
 * the set has grown too large, those that are not attractive go to sleep. When no column is attractive,
 * asleep or awake, the point is optimal for the whole problem. There is one object, one factor and one
 * point: no subproblem is built or copied, and the set costs one O(entries) pass for each selection.
 *
 * Where the slack basis is not feasible, the dual solves a first set (sift_first.c) before the primal
 * goes on. A row that no column awake can mend wakes some that can, those first whose reduced cost is
 * least for what they do, wrong signs before all: the next rebuild shifts their costs, and the primal
 * takes the shifts back. It begins in phase 1 should the set have no feasible point all the same.
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
/* A row for which no column is awake wakes one for so many rows. */
enum { MENDERS = 4 };

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

bool dca__simplex_sift_mend(dca__simplex *s, bool above)
{
    const double *restrict rho = s->rho.value;
    const double least = s->settings.pivot_tolerance;
    dca_index count = 0;
    dca__simplex_compute_duals(s, s->work_cost);
    for (dca_index j = 0; j < s->n; j++) {
        if (!s->asleep[j] || !(s->work_lower[j] < s->work_upper[j])) {
            continue;
        }
        const dca_nnz end = s->col_start[j] + s->col_length[j];
        double alpha = 0.0;
        for (dca_nnz e = s->col_start[j]; e < end; e++) {
            alpha += s->col_value[e] * rho[s->col_index[e]];
        }
        const double towards = s->status[j] == DCA_BASIS_UPPER ? -1.0 : 1.0;
        const double size = (above ? towards : -towards) * alpha;
        if (size > least || (s->status[j] == DCA_BASIS_FREE && -size > least)) {
            s->sort_index[count] = j;
            s->sort_key[count++] = -towards * s->d[j] / fabs(alpha);
        }
    }
    s->work += s->entries + s->n;
    dca__simplex_heapify(count, s->sort_key, s->sort_index);
    const dca_index most = s->m / MENDERS + 1;
    dca_index woken = 0;
    for (; woken < most && count > 0; woken++) {
        dca__simplex_pop(count--, s->sort_key, s->sort_index);
        wake(s, s->sort_index[count]);
    }
    return woken > 0;
}

/* Wake the first set. False: memory, or there is none. */
static bool wake_first(dca__simplex *s, bool by_prices)
{
    bool good = true;
    if (!by_prices) {
        dca__simplex_first_by_costs(s);
    } else if (dca__simplex_first_by_prices(s, &good) != DCA_OK) {
        s->failure = DCA_E_NOMEM;
    }
    return good && s->failure == DCA_OK;
}

bool dca__simplex_sift(dca__simplex *s, bool by_prices, dca__ending *out)
{
    *out = DCA__END_FAILED;
    if (!dca__simplex_prepare(s)) {
        return true;
    }
    fall_asleep(s);
    if (!wake_first(s, by_prices)) {
        dca__simplex_sift_end(s);
        return s->failure != DCA_OK;
    }
    dca__simplex_partition(s);
    const dca__ending ending = dca__simplex_dual(s, !by_prices);
    dca__log(s->env, DCA_LOG_DEBUG, "simplex: %lld iterations on the first working set%s",
             (long long)s->iterations, ending == DCA__END_OPTIMAL ? "" : ", not to its optimum");
    if (ending == DCA__END_STOPPED || ending == DCA__END_FAILED) {
        dca__simplex_sift_end(s);
        *out = ending;
    } else {
        *out = dca__simplex_primal(s);
    }
    return true;
}
