/* network_start.c - the rows of a problem that make a network, solved as if the others were not there.
 *
 * Rows come one by one, equations first and short ones before long ones. One is taken when every column
 * in it has at most one entry in the rows taken before, and when the factors that these columns ask for
 * agree, set of rows by set of rows. O(entries), nearly. [After Bixby and Fourer (1988), Finding
 * embedded network rows in linear programs, row addition]
 *
 * The optimal trees of these rows, the logicals of the others basic, make a basis of the whole. The other
 * rows have prices of 0 there, so that it is dual feasible wherever the trees are optimal; it is primal
 * feasible but for the other rows. */
#include "network/network_state.h"

#include "base/alloc.h"
#include "base/sort.h"
#include "lp/lp.h"

#include <string.h>

enum { NOWHERE = -1, TWICE = -2 }; /* of a column in the rows taken */

/* All of the work; arrays that are NULL are not there yet. */
typedef struct search {
    const dca_problem *p;
    dca_nnz entries;
    dca_nnz *row_start; /* [m + 1] rows by rows */
    dca_index *row_index;
    double *row_value;
    dca__row_forest forest; /* of the rows taken */
    dca_index *holder;      /* [n] the row taken that column j is in, -1: none, -2: two */
    double *held;           /* [n] its entry there */
    dca_index *asked_by;    /* [m] the row that last asked for a factor of this top */
    double *asked;          /* [m] r of the top over r of that row */
    uint8_t *taken;         /* [m] */
    dca_index *order;       /* [m] */
    dca_index count;        /* of rows taken */
} search;

static void search_free(dca_env *env, search *s)
{
    dca__free(env, s->row_start);
    dca__free(env, s->row_index);
    dca__free(env, s->row_value);
    dca__free(env, s->forest.parent);
    dca__free(env, s->forest.size);
    dca__free(env, s->forest.factor);
    dca__free(env, s->holder);
    dca__free(env, s->held);
    dca__free(env, s->asked_by);
    dca__free(env, s->asked);
    dca__free(env, s->taken);
    dca__free(env, s->order);
}

static bool search_new(dca_env *env, const dca_problem *p, search *s)
{
    const dca_index m = p->num_rows;
    const dca_index n = p->num_columns;
    memset(s, 0, sizeof *s);
    s->p = p;
    for (dca_index j = 0; j < n; j++) {
        s->entries += p->length[j];
    }
    return (s->row_start = DCA_ARRAY(env, dca_nnz, (dca_nnz)m + 1)) != NULL &&
           (s->row_index = DCA_ARRAY(env, dca_index, s->entries)) != NULL &&
           (s->row_value = DCA_ARRAY(env, double, s->entries)) != NULL &&
           (s->forest.parent = DCA_ARRAY(env, dca_index, m)) != NULL &&
           (s->forest.size = DCA_ARRAY(env, dca_index, m)) != NULL &&
           (s->forest.factor = DCA_ARRAY(env, double, m)) != NULL &&
           (s->holder = DCA_ARRAY(env, dca_index, n)) != NULL &&
           (s->held = DCA_ARRAY(env, double, n)) != NULL &&
           (s->asked_by = DCA_ARRAY(env, dca_index, m)) != NULL &&
           (s->asked = DCA_ARRAY(env, double, m)) != NULL &&
           (s->taken = DCA_ZEROS(env, uint8_t, m)) != NULL &&
           (s->order = DCA_ARRAY(env, dca_index, m)) != NULL;
}

/* Can row i come to those taken? */
static bool fits(search *s, dca_index i)
{
    for (dca_nnz k = s->row_start[i]; k < s->row_start[i + 1]; k++) {
        const dca_index j = s->row_index[k];
        if (s->holder[j] == TWICE) {
            return false;
        }
        if (s->holder[j] == NOWHERE) {
            continue;
        }
        double at;
        const dca_index top = dca__network_find_top(&s->forest, s->holder[j], &at);
        const double asked = -s->row_value[k] / (s->held[j] * at);
        if (s->asked_by[top] != i) {
            s->asked_by[top] = i;
            s->asked[top] = asked;
        } else if (!(fabs(s->asked[top] - asked) <= DCA__RATIO_NOISE * fabs(asked))) {
            return false;
        }
    }
    return true;
}

static void take(search *s, dca_index i)
{
    for (dca_nnz k = s->row_start[i]; k < s->row_start[i + 1]; k++) {
        const dca_index j = s->row_index[k];
        if (s->holder[j] == NOWHERE) {
            s->holder[j] = i;
            s->held[j] = s->row_value[k];
        } else {
            (void)dca__network_bind(&s->forest, i, s->row_value[k], s->holder[j], s->held[j]);
            s->holder[j] = TWICE;
        }
    }
    s->taken[i] = 1;
    s->order[s->count++] = i; /* over what was read already */
}

static void find_rows(search *s)
{
    const dca_problem *p = s->p;
    dca__lp_transpose(p, s->row_start, s->row_index, s->row_value);
    dca__network_split(&s->forest, p->num_rows);
    for (dca_index j = 0; j < p->num_columns; j++) {
        s->holder[j] = NOWHERE;
    }
    for (dca_index i = 0; i < p->num_rows; i++) {
        s->order[i] = i;
        s->asked_by[i] = NOWHERE;
        s->asked[i] = (double)(s->row_start[i + 1] - s->row_start[i]);
        if (p->row_lower[i] != p->row_upper[i]) {
            s->asked[i] += (double)s->entries;
        }
    }
    dca__sort_by_key(s->order, p->num_rows, s->asked);
    for (dca_index k = 0; k < p->num_rows; k++) {
        const dca_index i = s->order[k];
        if (fits(s, i)) {
            take(s, i);
        }
    }
}

/* The rows taken, in their order, as a problem. */
typedef struct part {
    dca_problem view;
    double *cost, *row_lower, *row_upper, *value;
    dca_nnz *start;
    dca_index *length, *index;
    dca_index *place; /* [m] of the problem: row of the part, -1 */
} part;

static void part_free(dca_env *env, part *t)
{
    dca__free(env, t->cost);
    dca__free(env, t->row_lower);
    dca__free(env, t->row_upper);
    dca__free(env, t->value);
    dca__free(env, t->start);
    dca__free(env, t->length);
    dca__free(env, t->index);
    dca__free(env, t->place);
}

static bool part_new(dca_env *env, const search *s, part *t)
{
    const dca_index n = s->p->num_columns;
    memset(t, 0, sizeof *t);
    return (t->cost = DCA_ARRAY(env, double, n)) != NULL &&
           (t->row_lower = DCA_ARRAY(env, double, s->count)) != NULL &&
           (t->row_upper = DCA_ARRAY(env, double, s->count)) != NULL &&
           (t->value = DCA_ARRAY(env, double, 2 * (dca_nnz)n)) != NULL &&
           (t->start = DCA_ARRAY(env, dca_nnz, n)) != NULL &&
           (t->length = DCA_ARRAY(env, dca_index, n)) != NULL &&
           (t->index = DCA_ARRAY(env, dca_index, 2 * (dca_nnz)n)) != NULL &&
           (t->place = DCA_ARRAY(env, dca_index, s->p->num_rows)) != NULL;
}

/* A column without an entry in the part costs nothing there: it stays where it is. */
static void fill(const search *s, part *t)
{
    const dca_problem *p = s->p;
    for (dca_index i = 0; i < p->num_rows; i++) {
        t->place[i] = -1;
    }
    for (dca_index k = 0; k < s->count; k++) {
        t->place[s->order[k]] = k;
        t->row_lower[k] = p->row_lower[s->order[k]];
        t->row_upper[k] = p->row_upper[s->order[k]];
    }
    dca_nnz used = 0;
    for (dca_index j = 0; j < p->num_columns; j++) {
        t->start[j] = used;
        for (dca_nnz k = p->start[j]; k < p->start[j] + p->length[j]; k++) {
            if (t->place[p->index[k]] >= 0) {
                t->index[used] = t->place[p->index[k]];
                t->value[used++] = p->value[k];
            }
        }
        t->length[j] = (dca_index)(used - t->start[j]);
        t->cost[j] = t->length[j] > 0 ? p->cost[j] : 0.0;
    }
    t->view = (dca_problem){sizeof t->view, s->count, p->num_columns, 0.0,          t->cost,
                            p->lower,       p->upper, t->row_lower,   t->row_upper, t->start,
                            t->length,      t->index, t->value};
}

/* The trees of the part, then the other rows. rows [m]. */
static dca_status solve_part(dca_env *env, const part *t, dca_index m, int64_t most,
                             dca_control *control, dca__network_report *report, uint8_t *columns,
                             uint8_t *rows)
{
    dca__network_kind kind;
    dca__network *net;
    const dca_status status = dca__network_new(env, &t->view, &kind, &net);
    if (status != DCA_OK || net == NULL) {
        return status;
    }
    uint8_t *own = DCA_ARRAY(env, uint8_t, t->view.num_rows);
    if (own != NULL) {
        dca__network_solve(net, most, control, report);
        dca__network_basis(net, columns, own);
        for (dca_index i = 0; i < m; i++) {
            rows[i] = t->place[i] >= 0 ? own[t->place[i]] : DCA_BASIS_BASIC;
        }
    }
    dca__free(env, own);
    dca__network_free(env, net);
    return own != NULL ? DCA_OK : DCA_E_NOMEM;
}

static bool has_costs(const part *t)
{
    for (dca_index j = 0; j < t->view.num_columns; j++) {
        if (t->cost[j] != 0.0) {
            return true;
        }
    }
    return false;
}

dca_status dca__network_start(dca_env *env, const dca_problem *problem,
                              const dca__network_wish *wish, int64_t most, dca_control *control,
                              dca__network_report *report, uint8_t *columns, uint8_t *rows)
{
    search s;
    part t = {0};
    dca_status status = DCA_E_NOMEM;
    *report = (dca__network_report){0};
    if (!search_new(env, problem, &s)) {
        goto done;
    }
    find_rows(&s);
    status = DCA_OK;
    if (s.count == 0 || (double)s.count < wish->least * (double)problem->num_rows) {
        goto done;
    }
    if (!part_new(env, &s, &t)) {
        status = DCA_E_NOMEM;
        goto done;
    }
    fill(&s, &t);
    if (has_costs(&t) || !wish->costs) {
        status = solve_part(env, &t, problem->num_rows, most, control, report, columns, rows);
    }
done:
    report->work += s.entries;
    part_free(env, &t);
    search_free(env, &s);
    return status;
}
