/* network_portions.c - is a problem a network but for the rows of one column, and its portions if so.
 *
 * The level is the longest column that could be one. What its rows leave must be a network: columns of at
 * most two entries there, with factors of rows that agree (network_detect.c), and no column without
 * bounds, whose flow a tree does not tell. And the logicals must violate it: where they do not, as for the
 * most of a minimum, the primal simplex is at home already. Sets of rows are those of the forest of
 * factors; portions take them in the order of their first rows. O(entries), nearly. */
#include "network/network_portions.h"

#include "base/alloc.h"

/* Fewer load rows have no load to spread. Columns that reach more load rows than this on average are ways
 * already, not steps of ways: the network says little about them, and trees are no good start. */
enum { LEAST_LOADS = 4, MOST_REACHED = 4, NOWHERE = -1 };

/* ---- The level ---------------------------------------------------------------------------------------- */

/* The sign of row i as a load row of a column that costs in direction `toward`, with entry a; 0: none. */
static double load_sign(const dca_problem *p, dca_index i, double a, double toward)
{
    const bool below = p->row_lower[i] > -INFINITY;
    const bool above = p->row_upper[i] < INFINITY;
    if (below == above || a == 0.0) {
        return 0.0;
    }
    return above && a * toward < 0.0 ? 1.0 : below && a * toward > 0.0 ? -1.0 : 0.0;
}

static bool could_be_level(const dca_problem *p, dca_index j)
{
    const double toward = p->cost[j] > 0.0 ? 1.0 : -1.0;
    for (dca_nnz k = p->start[j]; k < p->start[j] + p->length[j]; k++) {
        if (load_sign(p, p->index[k], p->value[k], toward) == 0.0) {
            return false;
        }
    }
    return true;
}

static dca_index find_level(const dca_problem *p)
{
    dca_index found = NOWHERE;
    dca_index longest = LEAST_LOADS - 1;
    for (dca_index j = 0; j < p->num_columns; j++) {
        if (p->cost[j] != 0.0 && p->length[j] > longest && could_be_level(p, j)) {
            found = j;
            longest = p->length[j];
        }
    }
    return found;
}

static void list_loads(dca__portions *t)
{
    const dca_problem *p = t->problem;
    const double toward = p->cost[t->level] > 0.0 ? 1.0 : -1.0;
    t->base = toward > 0.0 ? p->lower[t->level] : -p->upper[t->level];
    for (dca_index i = 0; i < p->num_rows; i++) {
        t->load_of[i] = NOWHERE;
    }
    for (dca_index k = 0; k < t->loads; k++) {
        const dca_nnz e = p->start[t->level] + k;
        const dca_index i = p->index[e];
        const double sign = load_sign(p, i, p->value[e], toward);
        const double limit = sign > 0.0 ? p->row_upper[i] : -p->row_lower[i];
        t->load_of[i] = k;
        t->load[k] =
            (dca__load_row){.row = i, .sign = sign, .weight = fabs(p->value[e]), .limit = limit};
    }
}

/* ---- Portions ----------------------------------------------------------------------------------------- */

/* What dividing needs for a while. */
typedef struct division {
    dca__row_forest forest;              /* of the rows that are not load rows */
    dca_index *columns;                  /* [m] by top: columns in the set; then places of rows */
    dca_index *portion;                  /* [m] by top: NOWHERE, then its portion */
    dca_index *first_row, *first_column; /* [m + 1] by portion */
} division;

static void division_free(dca_env *env, division *d)
{
    dca__free(env, d->forest.parent);
    dca__free(env, d->forest.size);
    dca__free(env, d->forest.factor);
    dca__free(env, d->columns);
    dca__free(env, d->portion);
    dca__free(env, d->first_row);
    dca__free(env, d->first_column);
}

static bool division_new(dca_env *env, dca_index m, division *d)
{
    return (d->forest.parent = DCA_ARRAY(env, dca_index, m)) != NULL &&
           (d->forest.size = DCA_ARRAY(env, dca_index, m)) != NULL &&
           (d->forest.factor = DCA_ARRAY(env, double, m)) != NULL &&
           (d->columns = DCA_ZEROS(env, dca_index, m)) != NULL &&
           (d->portion = DCA_ARRAY(env, dca_index, m)) != NULL &&
           (d->first_row = DCA_ZEROS(env, dca_index, (dca_nnz)m + 1)) != NULL &&
           (d->first_column = DCA_ZEROS(env, dca_index, (dca_nnz)m + 1)) != NULL;
}

/* A row of column j that is no load row, or NOWHERE. */
static dca_index row_of(const dca__portions *t, dca_index j)
{
    const dca_problem *p = t->problem;
    for (dca_nnz k = p->start[j]; k < p->start[j] + p->length[j]; k++) {
        if (t->load_of[p->index[k]] < 0) {
            return p->index[k];
        }
    }
    return NOWHERE;
}

/* Bind the rows of column j; false: that makes no network. */
static bool bind(const dca__portions *t, division *d, dca_index j)
{
    const dca_problem *p = t->problem;
    dca_nnz seen[2] = {0, 0};
    int count = 0;
    for (dca_nnz k = p->start[j]; k < p->start[j] + p->length[j]; k++) {
        if (t->load_of[p->index[k]] >= 0) {
            continue;
        }
        if (count == 2) {
            return false;
        }
        seen[count++] = k;
    }
    return count < 2 || dca__network_bind(&d->forest, p->index[seen[0]], p->value[seen[0]],
                                          p->index[seen[1]], p->value[seen[1]]);
}

static dca_index top_of(division *d, dca_index i)
{
    double factor;
    return dca__network_find_top(&d->forest, i, &factor);
}

/* Where columns begin. */
static double first_value(const dca_problem *p, dca_index j)
{
    return p->lower[j] > -INFINITY ? p->lower[j] : p->upper[j] < INFINITY ? p->upper[j] : 0.0;
}

/* Do the logicals violate a row that is no load row? activity [m] is undefined on entry. */
static bool lacks_a_point(const dca__portions *t, double *activity)
{
    const dca_problem *p = t->problem;
    for (dca_index i = 0; i < p->num_rows; i++) {
        activity[i] = 0.0;
    }
    for (dca_index j = 0; j < p->num_columns; j++) {
        const double x = first_value(p, j);
        for (dca_nnz k = p->start[j]; x != 0.0 && k < p->start[j] + p->length[j]; k++) {
            activity[p->index[k]] += p->value[k] * x;
        }
    }
    for (dca_index i = 0; i < p->num_rows; i++) {
        if (t->load_of[i] < 0 && (activity[i] < p->row_lower[i] || activity[i] > p->row_upper[i])) {
            return true;
        }
    }
    return false;
}

/* Load rows that column j is in. */
static dca_index loads_of(const dca__portions *t, dca_index j)
{
    const dca_problem *p = t->problem;
    dca_index count = 0;
    for (dca_nnz k = p->start[j]; k < p->start[j] + p->length[j]; k++) {
        count += t->load_of[p->index[k]] >= 0;
    }
    return count;
}

/* The sets of rows, and how many columns each has. False: no network, or not worth it. */
static bool find_sets(dca__portions *t, division *d)
{
    const dca_problem *p = t->problem;
    dca_nnz reached = 0;
    dca__network_split(&d->forest, p->num_rows);
    for (dca_index j = 0; j < p->num_columns; j++) {
        const bool bounded = p->lower[j] > -INFINITY || p->upper[j] < INFINITY;
        if (j != t->level && !(bounded && bind(t, d, j))) {
            return false;
        }
    }
    for (dca_index j = 0; j < p->num_columns; j++) {
        const dca_index i = j == t->level ? NOWHERE : row_of(t, j);
        if (i >= 0) {
            d->columns[top_of(d, i)]++;
            t->columns++;
            reached += loads_of(t, j);
        }
    }
    t->rows = p->num_rows - t->loads;
    return t->columns > 0 && reached <= MOST_REACHED * (dca_nnz)t->columns;
}

/* Portions of sets, in the order of first rows; the last one takes what would have no column. */
static void form_portions(dca__portions *t, division *d)
{
    const dca_index m = t->problem->num_rows;
    dca_index current = 0;
    dca_index columns = 0;
    dca_index left = t->columns;
    for (dca_index i = 0; i < m; i++) {
        d->portion[i] = NOWHERE;
    }
    for (dca_index i = 0; i < m; i++) {
        if (t->load_of[i] >= 0) {
            continue;
        }
        const dca_index top = top_of(d, i);
        if (d->portion[top] < 0) {
            d->portion[top] = current;
            columns += d->columns[top];
            left -= d->columns[top];
            if (columns >= t->loads && left > 0) {
                current++;
                columns = 0;
            }
        }
    }
    t->portions = current + 1;
}

/* Counts by portion become the places where portions begin. */
static void begin_portions(dca_index *first, dca_index portions)
{
    dca_index sum = 0;
    for (dca_index k = 0; k <= portions; k++) {
        const dca_index count = first[k];
        first[k] = sum;
        sum += count;
    }
}

static dca_index portion_of_column(const dca__portions *t, division *d, dca_index j)
{
    const dca_index i = row_of(t, j);
    return i >= 0 ? d->portion[top_of(d, i)] : t->portions;
}

/* Rows and columns by portions, loose columns behind; place [m] of a row within its portion. */
static void sort_by_portion(dca__portions *t, division *d, dca_index *place)
{
    const dca_problem *p = t->problem;
    for (dca_index i = 0; i < p->num_rows; i++) {
        if (t->load_of[i] < 0) {
            d->first_row[d->portion[top_of(d, i)]]++;
        }
    }
    for (dca_index j = 0; j < p->num_columns; j++) {
        if (j != t->level) {
            d->first_column[portion_of_column(t, d, j)]++;
        }
    }
    begin_portions(d->first_row, t->portions);
    begin_portions(d->first_column, t->portions);
    for (dca_index k = 0; k < t->portions; k++) {
        t->portion[k].first_row = d->first_row[k];
        t->portion[k].first_column = d->first_column[k];
    }
    for (dca_index i = 0; i < p->num_rows; i++) {
        if (t->load_of[i] < 0) {
            const dca_index k = d->portion[top_of(d, i)];
            place[i] = d->first_row[k] - t->portion[k].first_row;
            t->row_at[d->first_row[k]++] = i;
        }
    }
    for (dca_index j = 0; j < p->num_columns; j++) {
        if (j != t->level) {
            t->column_at[d->first_column[portion_of_column(t, d, j)]++] = j;
        }
    }
    t->loose = p->num_columns - 1 - t->columns;
}

/* The arrays in that order, without the load rows. */
static void fill(dca__portions *t, const dca_index *place)
{
    const dca_problem *p = t->problem;
    dca_nnz used = 0;
    for (dca_index k = 0; k < t->rows; k++) {
        t->row_lower[k] = p->row_lower[t->row_at[k]];
        t->row_upper[k] = p->row_upper[t->row_at[k]];
    }
    for (dca_index c = 0; c < t->columns + t->loose; c++) {
        const dca_index j = t->column_at[c];
        t->lower[c] = p->lower[j];
        t->upper[c] = p->upper[j];
        t->x[c] = first_value(p, j);
        t->start[c] = used;
        for (dca_nnz k = p->start[j]; k < p->start[j] + p->length[j]; k++) {
            if (t->load_of[p->index[k]] < 0) {
                t->index[used] = place[p->index[k]];
                t->value[used++] = p->value[k];
            }
        }
        t->length[c] = (dca_index)(used - t->start[c]);
    }
}

static dca_index end_of_rows(const dca__portions *t, dca_index k)
{
    return k + 1 < t->portions ? t->portion[k + 1].first_row : t->rows;
}

/* Columns of a portion, of the loose ones for k = portions. */
static dca_index first_column(const dca__portions *t, dca_index k)
{
    return k < t->portions ? t->portion[k].first_column : t->columns;
}

static dca_index end_of_columns(const dca__portions *t, dca_index k)
{
    return k < t->portions ? first_column(t, k + 1) : t->columns + t->loose;
}

/* Views of the slices, and their networks. *kind as of the last one. */
static dca_status make_networks(dca_env *env, dca__portions *t, dca__network_kind *kind)
{
    dca_status status = DCA_OK;
    for (dca_index k = 0; k < t->portions && status == DCA_OK && *kind == DCA__NETWORK_PURE; k++) {
        dca__portion *part = &t->portion[k];
        const dca_index row = part->first_row;
        const dca_index c = part->first_column;
        const dca_index rows = end_of_rows(t, k) - row;
        const dca_index columns = end_of_columns(t, k) - c;
        part->view = (dca_problem){sizeof part->view,
                                   rows,
                                   columns,
                                   0.0,
                                   t->cost + c,
                                   t->lower + c,
                                   t->upper + c,
                                   t->row_lower + row,
                                   t->row_upper + row,
                                   t->start + c,
                                   t->length + c,
                                   t->index,
                                   t->value};
        dca__portions_set_costs(t, k);
        status = dca__network_new(env, &part->view, kind, &part->net);
    }
    return status;
}

/* ---- The object --------------------------------------------------------------------------------------- */

void dca__portions_free(dca_env *env, dca__portions *t)
{
    if (t == NULL) {
        return;
    }
    for (dca_index k = 0; t->portion != NULL && k < t->portions; k++) {
        dca__network_free(env, t->portion[k].net);
    }
    dca__free(env, t->load);
    dca__free(env, t->portion);
    dca__free(env, t->load_of);
    dca__free(env, t->row_at);
    dca__free(env, t->column_at);
    dca__free(env, t->row_lower);
    dca__free(env, t->row_upper);
    dca__free(env, t->cost);
    dca__free(env, t->lower);
    dca__free(env, t->upper);
    dca__free(env, t->start);
    dca__free(env, t->length);
    dca__free(env, t->index);
    dca__free(env, t->value);
    dca__free(env, t->x);
    dca__free(env, t->column_status);
    dca__free(env, t->row_status);
    dca__free(env, t);
}

static bool allocate_columns(dca_env *env, dca__portions *t)
{
    const dca_index m = t->problem->num_rows;
    const dca_index n = t->problem->num_columns;
    return (t->portion = DCA_ZEROS(env, dca__portion, t->portions)) != NULL &&
           (t->row_at = DCA_ARRAY(env, dca_index, m)) != NULL &&
           (t->column_at = DCA_ARRAY(env, dca_index, n)) != NULL &&
           (t->row_lower = DCA_ARRAY(env, double, m)) != NULL &&
           (t->row_upper = DCA_ARRAY(env, double, m)) != NULL &&
           (t->cost = DCA_ARRAY(env, double, n)) != NULL &&
           (t->lower = DCA_ARRAY(env, double, n)) != NULL &&
           (t->upper = DCA_ARRAY(env, double, n)) != NULL &&
           (t->start = DCA_ARRAY(env, dca_nnz, n)) != NULL &&
           (t->length = DCA_ARRAY(env, dca_index, n)) != NULL &&
           (t->index = DCA_ARRAY(env, dca_index, 2 * (dca_nnz)n)) != NULL &&
           (t->value = DCA_ARRAY(env, double, 2 * (dca_nnz)n)) != NULL &&
           (t->x = DCA_ARRAY(env, double, n)) != NULL &&
           (t->column_status = DCA_ARRAY(env, uint8_t, n)) != NULL &&
           (t->row_status = DCA_ARRAY(env, uint8_t, m)) != NULL;
}

/* Divide, for a level that is found. *kind says whether it is a network. */
static dca_status divide(dca_env *env, dca__portions *t, division *d, dca__network_kind *kind)
{
    const dca_index m = t->problem->num_rows;
    *kind = DCA__NETWORK_GAINS;
    if (!division_new(env, m, d)) {
        return DCA_E_NOMEM;
    }
    if (!lacks_a_point(t, d->forest.factor) || !find_sets(t, d)) {
        return DCA_OK;
    }
    form_portions(t, d);
    if (!allocate_columns(env, t)) {
        return DCA_E_NOMEM;
    }
    sort_by_portion(t, d, d->columns);
    fill(t, d->columns);
    dca__portions_add_loads(t, t->portions, 1.0); /* loose columns stay where they are */
    *kind = DCA__NETWORK_PURE;
    return make_networks(env, t, kind);
}

dca_status dca__portions_new(dca_env *env, const dca_problem *problem, dca__portions **out)
{
    const dca_index level = find_level(problem);
    *out = NULL;
    if (level < 0) {
        return DCA_OK;
    }
    dca__portions *t = DCA_NEW(env, dca__portions);
    if (t == NULL) {
        return DCA_E_NOMEM;
    }
    t->problem = problem;
    t->level = level;
    t->loads = problem->length[level];
    t->load = DCA_ARRAY(env, dca__load_row, t->loads);
    t->load_of = DCA_ARRAY(env, dca_index, problem->num_rows);
    division d = {0};
    dca__network_kind kind = DCA__NETWORK_GAINS;
    dca_status status = DCA_E_NOMEM;
    if (t->load != NULL && t->load_of != NULL) {
        list_loads(t);
        status = divide(env, t, &d, &kind);
    }
    division_free(env, &d);
    if (status == DCA_OK && kind == DCA__NETWORK_PURE) {
        *out = t;
        return DCA_OK;
    }
    dca__portions_free(env, t);
    return status;
}

/* ---- Costs, loads, statuses --------------------------------------------------------------------------- */

void dca__portions_set_costs(dca__portions *t, dca_index portion)
{
    const dca_problem *p = t->problem;
    const dca_index end = end_of_columns(t, portion);
    for (dca_index c = first_column(t, portion); c < end; c++) {
        const dca_index j = t->column_at[c];
        double cost = p->cost[j];
        for (dca_nnz k = p->start[j]; k < p->start[j] + p->length[j]; k++) {
            const dca_index at = t->load_of[p->index[k]];
            if (at >= 0) {
                cost += t->load[at].price * t->load[at].sign * p->value[k];
            }
        }
        t->cost[c] = cost;
        t->work += p->length[j];
    }
}

void dca__portions_add_loads(dca__portions *t, dca_index portion, double times)
{
    const dca_problem *p = t->problem;
    const dca_index end = end_of_columns(t, portion);
    for (dca_index c = first_column(t, portion); c < end; c++) {
        if (t->x[c] == 0.0) {
            continue;
        }
        const dca_index j = t->column_at[c];
        for (dca_nnz k = p->start[j]; k < p->start[j] + p->length[j]; k++) {
            const dca_index at = t->load_of[p->index[k]];
            if (at >= 0) {
                t->load[at].activity += times * t->load[at].sign * p->value[k] * t->x[c];
            }
        }
        t->work += p->length[j];
    }
}

void dca__portions_basis(dca__portions *t, uint8_t *columns, uint8_t *rows)
{
    for (dca_index k = 0; k < t->portions; k++) {
        const dca__portion *part = &t->portion[k];
        dca__network_basis(part->net, t->column_status + part->first_column,
                           t->row_status + part->first_row);
    }
    for (dca_index c = t->columns; c < t->columns + t->loose; c++) {
        t->column_status[c] = t->lower[c] > -INFINITY ? DCA_BASIS_LOWER : DCA_BASIS_UPPER;
    }
    for (dca_index c = 0; c < t->columns + t->loose; c++) {
        columns[t->column_at[c]] = t->column_status[c];
    }
    for (dca_index k = 0; k < t->rows; k++) {
        rows[t->row_at[k]] = t->row_status[k];
    }
}

int64_t dca__portions_work(const dca__portions *t)
{
    int64_t work = t->work;
    for (dca_index k = 0; k < t->portions; k++) {
        work += t->portion[k].net->work;
    }
    return work;
}
