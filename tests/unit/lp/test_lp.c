/* Random edit scripts on an LP against a dense twin; the log against what it says; deletions, ids,
 * copies and transposes by identity; every allocation refused in turn. */
#include "account.h"
#include "base/rng.h"
#include "lp/lp.h"

#include <math.h>

enum { MOST = 40 };

/* The twin: a dense matrix where 0 is no entry. Ids are what the LP must give. */
typedef struct twin {
    int m, n;
    double cost[MOST], lower[MOST], upper[MOST], row_lower[MOST], row_upper[MOST];
    double a[MOST][MOST];
    int integer[MOST];
    uint64_t row_id[MOST], column_id[MOST], next_row_id, next_column_id;
} twin;

typedef struct script {
    uint64_t state;
} script;

static uint64_t draw(script *s, uint64_t below)
{
    s->state++;
    return dca__hash64(s->state) % below;
}

static double number(script *s)
{
    return (double)draw(s, 2001) / 8.0 - 125.0;
}

static void check_areas(const dca_lp *lp)
{
    dca_nnz entries = 0;
    dca_nnz room = 0;
    char *taken = calloc(1, (size_t)lp->area_used + 1);
    for (dca_index j = 0; j < lp->num_columns; j++) {
        assert_in_range(lp->length[j], 0, lp->room[j]);
        assert_true(lp->start[j] + lp->room[j] <= lp->area_used);
        for (dca_nnz e = lp->start[j]; e < lp->start[j] + lp->room[j]; e++) {
            assert_int_equal(taken[e], 0);
            taken[e] = 1;
        }
        entries += lp->length[j];
        room += lp->room[j];
    }
    free(taken);
    assert_int_equal(entries, lp->num_entries);
    assert_int_equal(room, lp->num_room);
    assert_true(lp->area_used <= lp->area_capacity);
}

static void compare(const dca_lp *lp, const twin *t)
{
    assert_int_equal(lp->num_rows, t->m);
    assert_int_equal(lp->num_columns, t->n);
    int integers = 0;
    int entries = 0;
    for (int i = 0; i < t->m; i++) {
        assert_true(lp->row_lower[i] == t->row_lower[i]);
        assert_true(lp->row_upper[i] == t->row_upper[i]);
        assert_true(lp->row_id[i] == t->row_id[i]);
    }
    for (int j = 0; j < t->n; j++) {
        assert_true(lp->cost[j] == t->cost[j]);
        assert_true(lp->lower[j] == t->lower[j]);
        assert_true(lp->upper[j] == t->upper[j]);
        assert_true(lp->column_id[j] == t->column_id[j]);
        assert_int_equal(lp->integer[j] != 0, t->integer[j]);
        integers += t->integer[j];
        int before = -1;
        for (dca_nnz e = lp->start[j]; e < lp->start[j] + lp->length[j]; e++) {
            assert_true(lp->index[e] > before);
            before = lp->index[e];
            assert_true(lp->value[e] != 0.0);
        }
        for (int i = 0; i < t->m; i++) {
            assert_true(dca__lp_coefficient(lp, i, j) == t->a[i][j]);
            entries += t->a[i][j] != 0.0;
        }
    }
    assert_int_equal(lp->num_integers, integers);
    assert_int_equal(lp->num_entries, entries);
    check_areas(lp);
}

/* ---- Steps of a script: each does the same to both --------------------------------------------- */

/* Draw `lists` sparse lists over [0, others): about a third of the places, in any order, zeros too. */
static int draw_lists(script *s, int lists, int others, dca_nnz *start, dca_index *index,
                      double *value)
{
    int at = 0;
    start[0] = 0;
    for (int k = 0; k < lists; k++) {
        const int shift = others > 0 ? (int)draw(s, (uint64_t)others) : 0;
        for (int o = 0; o < others; o++) {
            if (draw(s, 3) == 0) {
                index[at] = (dca_index)((o * 7 + shift) % others); /* 7: see add_columns */
                value[at++] = draw(s, 8) == 0 ? 0.0 : number(s);
            }
        }
        start[k + 1] = at;
    }
    return at;
}

/* Multiplying by 7 permutes [0, others) unless 7 divides others: then the order is plain. */
static void unique(dca_index *index, const dca_nnz *start, int lists, int others)
{
    for (int k = 0; others % 7 == 0 && k < lists; k++) {
        int next = 0;
        for (dca_nnz e = start[k]; e < start[k + 1]; e++) {
            index[e] = (dca_index)next++;
        }
    }
}

static dca_status add_columns(script *s, dca_lp *lp, twin *t)
{
    static dca_index index[MOST * MOST];
    static double value[MOST * MOST];
    dca_nnz start[MOST + 1];
    double cost[4], lower[4], upper[4];
    dca_index integer[4];
    const int n = (int)draw(s, 4);
    if (t->n + n > MOST) {
        return DCA_OK;
    }
    draw_lists(s, n, t->m, start, index, value);
    unique(index, start, n, t->m);
    for (int k = 0; k < n; k++) {
        cost[k] = number(s);
        lower[k] = draw(s, 4) == 0 ? -INFINITY : number(s);
        upper[k] = draw(s, 4) == 0 ? INFINITY : number(s);
        integer[k] = (dca_index)draw(s, 2);
    }
    const dca_lp_columns columns = {.struct_size = (uint32_t)sizeof columns,
                                    .n = n,
                                    .cost = {cost, sizeof *cost},
                                    .lower = {lower, sizeof *lower},
                                    .upper = {upper, sizeof *upper},
                                    .integer = {integer, sizeof *integer},
                                    .entries = {start, index, value}};
    const dca_status status = dca__lp_add_columns(lp, &columns, NULL);
    for (int k = 0; k < n && status == DCA_OK; k++, t->n++) {
        t->cost[t->n] = cost[k];
        t->lower[t->n] = lower[k];
        t->upper[t->n] = upper[k];
        t->integer[t->n] = integer[k];
        t->column_id[t->n] = t->next_column_id++;
        for (int i = 0; i < t->m; i++)
            t->a[i][t->n] = 0.0;
        for (dca_nnz e = start[k]; e < start[k + 1]; e++)
            t->a[index[e]][t->n] = value[e];
    }
    return status;
}

static dca_status add_rows(script *s, dca_lp *lp, twin *t)
{
    static dca_index index[MOST * MOST];
    static double value[MOST * MOST];
    dca_nnz start[MOST + 1];
    double lower[4], upper[4];
    const int n = (int)draw(s, 4);
    if (t->m + n > MOST) {
        return DCA_OK;
    }
    draw_lists(s, n, t->n, start, index, value);
    unique(index, start, n, t->n);
    for (int k = 0; k < n; k++) {
        lower[k] = draw(s, 4) == 0 ? -INFINITY : number(s);
        upper[k] = draw(s, 4) == 0 ? INFINITY : number(s);
    }
    const dca_lp_rows rows = {.struct_size = (uint32_t)sizeof rows,
                              .n = n,
                              .lower = {lower, sizeof *lower},
                              .upper = {upper, sizeof *upper},
                              .entries = {start, index, value}};
    const dca_status status = dca__lp_add_rows(lp, &rows, NULL);
    for (int k = 0; k < n && status == DCA_OK; k++, t->m++) {
        t->row_lower[t->m] = lower[k];
        t->row_upper[t->m] = upper[k];
        t->row_id[t->m] = t->next_row_id++;
        for (int j = 0; j < t->n; j++)
            t->a[t->m][j] = 0.0;
        for (dca_nnz e = start[k]; e < start[k + 1]; e++)
            t->a[t->m][index[e]] = value[e];
    }
    return status;
}

static dca_status set_coefficients(script *s, dca_lp *lp, twin *t)
{
    enum { EDITS = 12 };
    dca_index rows[EDITS], columns[EDITS];
    double values[EDITS];
    if (t->m == 0 || t->n == 0) {
        return DCA_OK;
    }
    for (int k = 0; k < EDITS; k++) {
        rows[k] = (dca_index)draw(s, (uint64_t)t->m);
        columns[k] = (dca_index)draw(s, (uint64_t)(t->n < 3 ? t->n : 3));
        values[k] = draw(s, 3) == 0 ? 0.0 : number(s);
    }
    const dca_status status = dca__lp_set_coefficients(lp, EDITS, rows, columns, values);
    for (int k = 0; k < EDITS && status == DCA_OK; k++)
        t->a[rows[k]][columns[k]] = values[k];
    return status;
}

static void set_numbers(script *s, dca_lp *lp, twin *t)
{
    if (t->n > 0) {
        const int j = (int)draw(s, (uint64_t)t->n);
        t->cost[j] = number(s);
        dca__lp_set_cost(lp, j, t->cost[j]);
        t->lower[j] = number(s);
        dca__lp_set_column_bounds(lp, j, t->lower[j], t->upper[j]);
        t->integer[j] = (int)draw(s, 2);
        dca__lp_set_integer(lp, j, t->integer[j] != 0);
    }
    if (t->m > 0) {
        const int i = (int)draw(s, (uint64_t)t->m);
        t->row_upper[i] = number(s);
        dca__lp_set_row_bounds(lp, i, t->row_lower[i], t->row_upper[i]);
    }
}

/* Draw a set of at most 4 of [0, count), in any order. */
static int draw_set(script *s, int count, dca_index *out)
{
    int n = 0;
    for (int tries = 0; tries < 4 && count > 0; tries++) {
        const dca_index k = (dca_index)draw(s, (uint64_t)count);
        bool fresh = true;
        for (int o = 0; o < n; o++)
            fresh = fresh && out[o] != k;
        if (fresh)
            out[n++] = k;
    }
    return n;
}

static void check_map(const dca_index *map, int before, int n, const dca_index *deleted)
{
    int kept = 0;
    for (int k = 0; k < before; k++) {
        bool gone = false;
        for (int d = 0; d < n; d++)
            gone = gone || deleted[d] == k;
        assert_int_equal(map[k], gone ? -1 : kept);
        kept += !gone;
    }
}

static dca_status delete_columns(script *s, dca_lp *lp, twin *t)
{
    dca_index list[4], map[MOST];
    const int n = draw_set(s, t->n, list);
    const bool mapped = draw(s, 2) == 0;
    const dca_status status = dca__lp_delete_columns(lp, n, list, mapped ? map : NULL);
    if (status != DCA_OK)
        return status;
    if (mapped)
        check_map(map, t->n, n, list);
    int kept = 0;
    for (int j = 0; j < t->n; j++) {
        bool gone = false;
        for (int d = 0; d < n; d++)
            gone = gone || list[d] == j;
        if (gone)
            continue;
        t->cost[kept] = t->cost[j];
        t->lower[kept] = t->lower[j];
        t->upper[kept] = t->upper[j];
        t->integer[kept] = t->integer[j];
        t->column_id[kept] = t->column_id[j];
        for (int i = 0; i < t->m; i++)
            t->a[i][kept] = t->a[i][j];
        kept++;
    }
    t->n = kept;
    return DCA_OK;
}

static dca_status delete_rows(script *s, dca_lp *lp, twin *t)
{
    dca_index list[4], map[MOST];
    const int n = draw_set(s, t->m, list);
    const bool mapped = draw(s, 2) == 0;
    const dca_status status = dca__lp_delete_rows(lp, n, list, mapped ? map : NULL);
    if (status != DCA_OK)
        return status;
    if (mapped)
        check_map(map, t->m, n, list);
    int kept = 0;
    for (int i = 0; i < t->m; i++) {
        bool gone = false;
        for (int d = 0; d < n; d++)
            gone = gone || list[d] == i;
        if (gone)
            continue;
        t->row_lower[kept] = t->row_lower[i];
        t->row_upper[kept] = t->row_upper[i];
        t->row_id[kept] = t->row_id[i];
        memcpy(t->a[kept], t->a[i], sizeof t->a[i]);
        kept++;
    }
    t->m = kept;
    return DCA_OK;
}

static dca_status step(script *s, dca_lp *lp, twin *t)
{
    switch (draw(s, 10)) {
    case 0:
    case 1:
        return add_columns(s, lp, t);
    case 2:
    case 3:
        return add_rows(s, lp, t);
    case 4:
    case 5:
    case 6:
        return set_coefficients(s, lp, t);
    case 7:
        return draw(s, 3) == 0 ? delete_columns(s, lp, t) : DCA_OK;
    case 8:
        return draw(s, 3) == 0 ? delete_rows(s, lp, t) : DCA_OK;
    default:
        set_numbers(s, lp, t);
        return DCA_OK;
    }
}

static void scripts(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (uint64_t seed = 0; seed < 60; seed++) {
        static twin t;
        memset(&t, 0, sizeof t);
        script s = {seed << 32};
        dca_lp *lp = NULL;
        assert_int_equal(dca__lp_new(env, &lp), DCA_OK);
        for (int k = 0; k < 120; k++) {
            assert_int_equal(step(&s, lp, &t), DCA_OK);
            compare(lp, &t);
        }
        dca_lp *copy = NULL;
        assert_int_equal(dca__lp_copy(lp, &copy), DCA_OK);
        dca__lp_release(lp);
        compare(copy, &t);
        dca__lp_release(copy);
    }
    account_close(&book, env);
}

/* A step whose k-th allocation is refused changes nothing, and succeeds when tried again. */
static void refused(void **unused)
{
    (void)unused;
    for (uint64_t seed = 100; seed < 112; seed++) {
        account book = {0};
        dca_env *env = account_env(&book, 0);
        static twin t;
        static twin before;
        memset(&t, 0, sizeof t);
        script s = {seed << 32};
        dca_lp *lp = NULL;
        assert_int_equal(dca__lp_new(env, &lp), DCA_OK);
        int refusals = 0;
        for (int k = 0; k < 60; k++) {
            for (int nth = 1;; nth++) {
                const script again = s;
                before = t;
                book.refuse_at = book.requests + nth;
                book.for_ever = seed % 2 == 0;
                const dca_status status = step(&s, lp, &t);
                book.refuse_at = 0;
                if (status == DCA_OK)
                    break;
                assert_int_equal(status, DCA_E_NOMEM);
                compare(lp, &before);
                s = again;
                refusals++;
            }
            compare(lp, &t);
        }
        assert_true(refusals > 20);
        dca__lp_release(lp);
        account_close(&book, env);
    }
}

/* ---- Log ---------------------------------------------------------------------------------------- */

static void log_says_all(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    static twin t;
    static twin follower;
    memset(&t, 0, sizeof t);
    script s = {77};
    dca_lp *lp = NULL;
    assert_int_equal(dca__lp_new(env, &lp), DCA_OK);
    uint64_t cursor = 0;
    uint64_t structure = 0;
    int followed = 0;
    for (int k = 0; k < 4000; k++) {
        assert_int_equal(step(&s, lp, &t), DCA_OK);
        if (draw(&s, 5) != 0)
            continue;
        if (structure != lp->structure || lp->log_end - cursor > (uint64_t)lp->log_capacity) {
            follower = t;
        }
        for (; structure == lp->structure && cursor < lp->log_end; cursor++, followed++) {
            const dca_edit *edit = &lp->log[cursor % (uint64_t)lp->log_capacity];
            switch (edit->kind) {
            case DCA_EDIT_COST:
                follower.cost[edit->index] = edit->a;
                break;
            case DCA_EDIT_COLUMN_BOUNDS:
                follower.lower[edit->index] = edit->a;
                follower.upper[edit->index] = edit->b;
                break;
            case DCA_EDIT_ROW_BOUNDS:
                follower.row_lower[edit->index] = edit->a;
                follower.row_upper[edit->index] = edit->b;
                break;
            default:
                follower.a[edit->index][edit->other] = edit->a;
                break;
            }
        }
        cursor = lp->log_end;
        structure = lp->structure;
        for (int j = 0; j < t.n; j++)
            follower.integer[j] = t.integer[j]; /* marks are no edits of the LP */
        compare(lp, &follower);
    }
    assert_true(followed > 1000);
    dca__lp_release(lp);
    account_close(&book, env);
}

/* A ring that wrapped holds the last edits; unchanged values make none; -0 is a change of 0. */
static void log_wraps(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = NULL;
    assert_int_equal(dca__lp_new(env, &lp), DCA_OK);
    const dca_lp_columns one = {.struct_size = (uint32_t)sizeof one, .n = 1};
    assert_int_equal(dca__lp_add_columns(lp, &one, NULL), DCA_OK);
    dca__lp_set_cost(lp, 0, 0.0);
    assert_int_equal(lp->log_end, 0);
    const uint64_t revision = lp->revision;
    dca__lp_set_cost(lp, 0, -0.0);
    assert_int_equal(lp->log_end, 1);
    assert_true(lp->revision > revision);
    for (int k = 1; k <= 5000; k++)
        dca__lp_set_cost(lp, 0, k);
    assert_int_equal(lp->log_end, 5001);
    assert_true(lp->log_capacity <= 1024);
    for (dca_nnz back = 0; back < lp->log_capacity; back++) {
        const uint64_t e = lp->log_end - 1 - (uint64_t)back;
        assert_true(lp->log[e % (uint64_t)lp->log_capacity].a == 5000.0 - (double)back);
    }
    dca__lp_release(lp);
    account_close(&book, env);
}

/* Without memory for the log, an edit is a change of structure. */
static void log_refused(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = NULL;
    assert_int_equal(dca__lp_new(env, &lp), DCA_OK);
    const dca_lp_columns one = {.struct_size = (uint32_t)sizeof one, .n = 1};
    assert_int_equal(dca__lp_add_columns(lp, &one, NULL), DCA_OK);
    const uint64_t structure = lp->structure;
    book.refuse_at = book.requests + 1;
    dca__lp_set_cost(lp, 0, 3.0);
    assert_true(lp->cost[0] == 3.0);
    assert_int_equal(lp->structure, structure + 1);
    assert_int_equal(lp->log_end, 0);
    dca__lp_release(lp);
    account_close(&book, env);
}

/* ---- Views -------------------------------------------------------------------------------------- */

static void transpose_twice(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (uint64_t seed = 200; seed < 220; seed++) {
        static twin t;
        memset(&t, 0, sizeof t);
        script s = {seed << 32};
        dca_lp *lp = NULL;
        assert_int_equal(dca__lp_new(env, &lp), DCA_OK);
        for (int k = 0; k < 60; k++)
            assert_int_equal(step(&s, lp, &t), DCA_OK);
        dca__lp_set_sense(lp, DCA_MAXIMISE);
        dca__lp_set_offset(lp, 7.0);
        double cost[MOST];
        dca_problem view;
        dca__lp_view(lp, cost, &view);
        assert_true(view.offset == -7.0);
        for (int j = 0; j < t.n; j++) {
            assert_true(cost[j] == -t.cost[j]);
            assert_true(cost[j] != 0.0 || !signbit(cost[j]));
        }
        dca_nnz start[MOST + 1];
        static dca_index index[MOST * MOST];
        static double value[MOST * MOST];
        dca__lp_transpose(&view, start, index, value);
        assert_int_equal(start[0], 0);
        assert_int_equal(start[t.m], lp->num_entries);
        dca_index length[MOST];
        for (int i = 0; i < t.m; i++) {
            length[i] = (dca_index)(start[i + 1] - start[i]);
            for (dca_nnz e = start[i]; e < start[i + 1]; e++)
                assert_true(e == start[i] || index[e - 1] < index[e]);
        }
        const dca_problem rows = {.num_rows = t.n,
                                  .num_columns = t.m,
                                  .start = start,
                                  .length = length,
                                  .index = index,
                                  .value = value};
        dca_nnz back[MOST + 1];
        static dca_index back_index[MOST * MOST];
        static double back_value[MOST * MOST];
        dca__lp_transpose(&rows, back, back_index, back_value);
        for (int j = 0; j < t.n; j++) {
            assert_int_equal(back[j + 1] - back[j], lp->length[j]);
            for (dca_index k = 0; k < lp->length[j]; k++) {
                assert_int_equal(back_index[back[j] + k], lp->index[lp->start[j] + k]);
                assert_true(back_value[back[j] + k] == lp->value[lp->start[j] + k]);
            }
        }
        dca__lp_release(lp);
    }
    account_close(&book, env);
}

static void names(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_lp *lp = NULL;
    assert_int_equal(dca__lp_new(env, &lp), DCA_OK);
    const char *const text[] = {"a", NULL, "b", "a"};
    dca_lp_rows rows = {.struct_size = (uint32_t)sizeof rows, .n = 3, .name = {text, sizeof *text}};
    assert_int_equal(dca__lp_add_rows(lp, &rows, NULL), DCA_OK);
    dca_error err = DCA_ERROR_INIT;
    const char *const more[] = {"c", "d", "b"};
    rows.name.at = more;
    assert_int_equal(dca__lp_add_rows(lp, &rows, &err), DCA_E_ARG);
    assert_non_null(strstr(err.text, "'b'"));
    assert_int_equal(err.kind, DCA_KIND_ROW);
    assert_int_equal(err.index, 5);
    assert_int_equal(lp->num_rows, 3);
    assert_int_equal(lp->row_names.count, 3);
    assert_int_equal(dca__strtab_find(&lp->row_names, "c", 1), -1);
    dca_lp_columns columns = {
        .struct_size = (uint32_t)sizeof columns, .n = 4, .name = {text, sizeof *text}};
    assert_int_equal(dca__lp_add_columns(lp, &columns, &err), DCA_E_ARG);
    assert_int_equal(lp->num_columns, 0);
    const dca_index second = 1;
    assert_int_equal(dca__lp_delete_rows(lp, 1, &second, NULL), DCA_OK);
    assert_int_equal(dca__strtab_find(&lp->row_names, "b", 1), 1);
    assert_int_equal(dca__lp_set_row_name(lp, 1, "a"), DCA_E_ARG);
    assert_int_equal(dca__lp_set_row_name(lp, 1, "z"), DCA_OK);
    assert_int_equal(dca__strtab_find(&lp->row_names, "b", 1), -1);
    dca__lp_release(lp);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scripts),      cmocka_unit_test(refused),
        cmocka_unit_test(log_says_all), cmocka_unit_test(log_wraps),
        cmocka_unit_test(log_refused),  cmocka_unit_test(transpose_twice),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
