/* symmetry_quotient.c - is the partition equitable, and the quotient.
 *
 * The copy by rows is filled by columns in the order of their classes, so that the entries of each row
 * are sorted by the class of their column; within a class they are sorted by value. Columns are short:
 * the entries of each are sorted where they stand, which is cheaper than moving them by the order of rows.
 * Then the members of a class are compared with the first, entry by entry: class and bits. O(nnz), but for
 * sorting unequal values in one class, and columns.
 *
 * s_PQ is summed over the first row of P, in sorted order and doubled precision: every row of P gives
 * the same bits. A sum that cancels to CANCELLED times its terms is 0: for a simplex it is no
 * coefficient, and whether the answer holds all the same is checked on the original. */
#include "lp/symmetry_state.h"

#include "base/alloc.h"
#include "base/dd.h"
#include "base/sort.h"

static const double CANCELLED = 0x1p-46;
/* Columns of no more entries are sorted by insertion. */
enum { FEW = 16 };

/* Entries by rows, or by columns. */
typedef struct entries {
    dca_nnz *start; /* [count + 1] */
    dca_index *index;
    double *value;
} entries;

static dca_status measure_classes(dca_env *env, dca__classes *c)
{
    c->size = DCA_ZEROS(env, dca_index, c->number);
    c->first = DCA_ARRAY(env, dca_index, c->number);
    if (c->size == NULL || c->first == NULL) {
        return DCA_E_NOMEM;
    }
    for (dca_index k = 0; k < c->count; k++) {
        if (c->size[c->of[k]]++ == 0) {
            c->first[c->of[k]] = k;
        }
    }
    return DCA_OK;
}

/* order [count]: members by class, ascending within. next [number] is workspace. */
static void order_by_class(const dca__classes *c, dca_index *next, dca_index *order)
{
    dca_index at = 0;
    for (dca_index class = 0; class < c->number; class ++) {
        next[class] = at;
        at += c->size[class];
    }
    for (dca_index k = 0; k < c->count; k++) {
        order[next[c->of[k]]++] = k;
    }
}

/* start[] of the rows, by counting. */
static void count_rows(const dca_problem *o, dca_nnz *start)
{
    memset(start, 0, ((size_t)o->num_rows + 1) * sizeof *start);
    for (dca_index j = 0; j < o->num_columns; j++) {
        for (dca_index t = 0; t < o->length[j]; t++) {
            start[(dca_nnz)o->index[o->start[j] + t] + 1]++;
        }
    }
    for (dca_index i = 0; i < o->num_rows; i++) {
        start[(dca_nnz)i + 1] += start[i];
    }
}

/* Row starts move on to the next row's; put them back. */
static void rewind_starts(dca_nnz *start, dca_index count)
{
    for (dca_index k = count; k > 0; k--) {
        start[k] = start[k - 1];
    }
    start[0] = 0;
}

static void place(entries *to, dca_index k, dca_index other, double value)
{
    const dca_nnz at = to->start[k]++;
    to->index[at] = other;
    to->value[at] = value;
}

static void fill_rows(const dca_problem *o, const dca_index *column_order, entries *rows)
{
    count_rows(o, rows->start);
    for (dca_index t = 0; t < o->num_columns; t++) {
        const dca_index j = column_order[t];
        for (dca_nnz e = o->start[j]; e < o->start[j] + o->length[j]; e++) {
            place(rows, o->index[e], j, o->value[e]);
        }
    }
    rewind_starts(rows->start, o->num_rows);
}

/* ---- Comparing --------------------------------------------------------------------------------------- */

typedef struct run {
    dca_index *index;
    double *value;
    const dca_index *class_of; /* across */
} run;

static bool entry_less(const void *context, dca_nnz a, dca_nnz b)
{
    const run *r = context;
    const dca_index class_a = r->class_of[r->index[a]];
    const dca_index class_b = r->class_of[r->index[b]];
    return class_a != class_b           ? class_a < class_b
           : r->value[a] != r->value[b] ? r->value[a] < r->value[b]
                                        : r->index[a] < r->index[b];
}

static void entry_swap(void *context, dca_nnz a, dca_nnz b)
{
    run *r = context;
    const double value = r->value[a];
    const dca_index index = r->index[a];
    r->value[a] = r->value[b];
    r->index[a] = r->index[b];
    r->value[b] = value;
    r->index[b] = index;
}

/* The end of the run of one class that begins at entry e. */
static dca_nnz class_end(const entries *a, const dca__classes *across, dca_nnz e, dca_nnz end)
{
    const dca_index class = across->of[a->index[e]];
    while (e < end && across->of[a->index[e]] == class) {
        e++;
    }
    return e;
}

/* Within each class by value. */
static void sort_values(entries *a, dca_index count, const dca__classes *across)
{
    for (dca_nnz e = 0, k = 0; k < count; k++) {
        while (e < a->start[k + 1]) {
            const dca_nnz end = class_end(a, across, e, a->start[k + 1]);
            bool sorted = true;
            for (dca_nnz f = e + 1; f < end && sorted; f++) {
                sorted = a->value[f - 1] <= a->value[f];
            }
            if (!sorted) {
                run r = {a->index + e, a->value + e, across->of};
                dca__sort(&r, end - e, entry_less, entry_swap);
            }
            e = end;
        }
    }
}

/* By insertion, the entries by class and value: for few of them. */
static void sort_few(run *r, dca_index count)
{
    for (dca_index e = 1; e < count; e++) {
        for (dca_index f = e; f > 0 && entry_less(r, f, f - 1); f--) {
            entry_swap(r, f, f - 1);
        }
    }
}

/* A copy of the columns, each by the classes of its rows, and by value. */
static void fill_columns(const dca_problem *o, const dca__classes *across, entries *columns)
{
    dca_nnz used = 0;
    for (dca_index j = 0; j < o->num_columns; j++) {
        const dca_index count = o->length[j];
        run r = {columns->index + used, columns->value + used, across->of};
        columns->start[j] = used;
        for (dca_index e = 0; e < count; e++) {
            r.index[e] = o->index[o->start[j] + e];
            r.value[e] = o->value[o->start[j] + e];
        }
        if (count <= FEW) {
            sort_few(&r, count);
        } else {
            dca__sort(&r, count, entry_less, entry_swap);
        }
        used += count;
    }
    columns->start[o->num_columns] = used;
}

/* Members k and l look alike across. */
static bool alike(const entries *a, const dca__classes *across, dca_index k, dca_index l)
{
    const dca_nnz count = a->start[(dca_nnz)k + 1] - a->start[k];
    if (count != a->start[(dca_nnz)l + 1] - a->start[l]) {
        return false;
    }
    const dca_index *index_k = a->index + a->start[k];
    const dca_index *index_l = a->index + a->start[l];
    const double *value_k = a->value + a->start[k];
    const double *value_l = a->value + a->start[l];
    for (dca_nnz e = 0; e < count; e++) {
        if (across->of[index_k[e]] != across->of[index_l[e]] || value_k[e] != value_l[e]) {
            return false;
        }
    }
    return true;
}

static bool all_alike(const entries *a, const dca__classes *along, const dca__classes *across)
{
    for (dca_index k = 0; k < along->count; k++) {
        if (!alike(a, across, along->first[along->of[k]], k)) {
            return false;
        }
    }
    return true;
}

/* Bounds and costs are equal within classes. */
static bool data_alike(const dca__symmetry *s)
{
    const dca_problem *o = s->original;
    for (dca_index i = 0; i < o->num_rows; i++) {
        const dca_index first = s->rows.first[s->rows.of[i]];
        if (o->row_lower[i] != o->row_lower[first] || o->row_upper[i] != o->row_upper[first]) {
            return false;
        }
    }
    for (dca_index j = 0; j < o->num_columns; j++) {
        const dca_index first = s->columns.first[s->columns.of[j]];
        if (o->cost[j] != o->cost[first] || o->lower[j] != o->lower[first] ||
            o->upper[j] != o->upper[first]) {
            return false;
        }
    }
    return true;
}

/* Fills the copy by rows, sorted, and compares; the copy by columns is needed here only. */
static dca_status compare(dca__symmetry *s, bool *equitable)
{
    dca_env *env = s->env;
    const dca_problem *o = s->original;
    entries rows = {s->row_start, s->row_index, s->row_value};
    entries columns = {DCA_ARRAY(env, dca_nnz, (dca_nnz)o->num_columns + 1),
                       DCA_ARRAY(env, dca_index, s->entries), DCA_ARRAY(env, double, s->entries)};
    dca_index *order = DCA_ARRAY(env, dca_index, o->num_columns);
    dca_index *next = DCA_ARRAY(env, dca_index, o->num_columns);
    dca_status status = DCA_E_NOMEM;
    *equitable = false;
    if (columns.start == NULL || columns.index == NULL || columns.value == NULL || order == NULL ||
        next == NULL) {
        goto done;
    }
    status = DCA_OK;
    order_by_class(&s->columns, next, order);
    fill_rows(o, order, &rows);
    if (dca__symmetry_poll(s, 2 * s->entries + o->num_columns)) {
        goto done;
    }
    fill_columns(o, &s->rows, &columns);
    if (dca__symmetry_poll(s, s->entries + o->num_rows)) {
        goto done;
    }
    sort_values(&rows, o->num_rows, &s->columns);
    *equitable = data_alike(s) && all_alike(&rows, &s->rows, &s->columns) &&
                 all_alike(&columns, &s->columns, &s->rows);
    (void)dca__symmetry_poll(s, 4 * s->entries);
done:
    dca__free(env, columns.start);
    dca__free(env, columns.index);
    dca__free(env, columns.value);
    dca__free(env, order);
    dca__free(env, next);
    return status;
}

/* ---- Building ---------------------------------------------------------------------------------------- */

/* The sum of entries e .. end - 1, all of one class. */
static double class_sum(const entries *rows, dca_nnz e, dca_nnz end)
{
    dca__dd sum = {0.0, 0.0};
    double terms = 0.0;
    for (; e < end; e++) {
        dca__dd_add(&sum, rows->value[e]);
        terms += fabs(rows->value[e]);
    }
    const double value = dca__dd_value(sum);
    return fabs(value) <= CANCELLED * terms ? 0.0 : value;
}

/* Visit s_PQ, P ascending: count them by column, or write them where start[Q] says. */
static dca_nnz visit_sums(const dca__symmetry *s, dca_nnz *start, dca_index *index, double *value)
{
    const entries rows = {s->row_start, s->row_index, s->row_value};
    dca_nnz count = 0;
    for (dca_index p = 0; p < s->rows.number; p++) {
        const dca_nnz end = rows.start[(dca_nnz)s->rows.first[p] + 1];
        for (dca_nnz e = rows.start[s->rows.first[p]]; e < end;) {
            const dca_index q = s->columns.of[rows.index[e]];
            const dca_nnz next = class_end(&rows, &s->columns, e, end);
            const double sum = class_sum(&rows, e, next);
            e = next;
            if (sum == 0.0) {
                continue;
            }
            if (index != NULL) {
                index[start[q]] = p;
                value[start[q]] = sum;
            }
            start[q]++;
            count++;
        }
    }
    return count;
}

static dca_status build(dca__symmetry *s)
{
    dca_env *env = s->env;
    const dca_problem *o = s->original;
    const dca_index m = s->rows.number;
    const dca_index n = s->columns.number;
    s->quotient_start = DCA_ZEROS(env, dca_nnz, n);
    s->quotient_length = DCA_ARRAY(env, dca_index, n);
    if (s->quotient_start == NULL || s->quotient_length == NULL) {
        return DCA_E_NOMEM;
    }
    const dca_nnz count = visit_sums(s, s->quotient_start, NULL, NULL);
    s->quotient_index = DCA_ARRAY(env, dca_index, count);
    s->quotient_values = DCA_ARRAY(env, double, 3 * (dca_nnz)n + 2 * (dca_nnz)m + count);
    if (s->quotient_index == NULL || s->quotient_values == NULL) {
        return DCA_E_NOMEM;
    }
    double *cost = s->quotient_values;
    double *lower = cost + n;
    double *upper = lower + n;
    double *row_lower = upper + n;
    double *row_upper = row_lower + m;
    double *value = row_upper + m;
    dca_nnz used = 0;
    for (dca_index q = 0; q < n; q++) {
        const dca_index j = s->columns.first[q];
        cost[q] = (double)s->columns.size[q] * o->cost[j];
        lower[q] = o->lower[j];
        upper[q] = o->upper[j];
        s->quotient_length[q] = (dca_index)s->quotient_start[q];
        s->quotient_start[q] = used;
        used += s->quotient_length[q];
    }
    for (dca_index p = 0; p < m; p++) {
        row_lower[p] = o->row_lower[s->rows.first[p]];
        row_upper[p] = o->row_upper[s->rows.first[p]];
    }
    (void)visit_sums(s, s->quotient_start, s->quotient_index, value);
    for (dca_index q = 0; q < n; q++) {
        s->quotient_start[q] -= s->quotient_length[q];
    }
    s->quotient = (dca_problem){sizeof s->quotient,
                                m,
                                n,
                                o->offset,
                                cost,
                                lower,
                                upper,
                                row_lower,
                                row_upper,
                                s->quotient_start,
                                s->quotient_length,
                                s->quotient_index,
                                value};
    return DCA_OK;
}

dca_status dca__symmetry_build(dca__symmetry *s, bool *equitable)
{
    *equitable = false;
    if (measure_classes(s->env, &s->rows) != DCA_OK ||
        measure_classes(s->env, &s->columns) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    dca_status status = compare(s, equitable);
    if (status == DCA_OK && *equitable && s->stop == DCA__GO) {
        status = build(s);
    }
    return status;
}
