/* Symmetry reduction by its identities: the partition is the coarsest equitable one, as found again by
 * comparing everything with everything; the quotient has the optimum of the original, and what is
 * lifted is proved there. */
#include "account.h"
#include "backend/backend.h"
#include "base/alloc.h"
#include "base/opt.h"
#include "check.h"
#include "lp/lp.h"
#include "lp/problem.h"
#include "lp/symmetry_state.h"
#include "lp/verify.h"

/* ---- Partitions, the slow way ---------------------------------------------------------------------- */

enum { MOST = 400 };

/* The matrix by rows, dense; classes of rows and columns. */
typedef struct slow {
    const dca_problem *problem;
    double *a;
    dca_index row_class[MOST], column_class[MOST];
} slow;

static double at(const slow *s, bool row, dca_index k, dca_index other)
{
    const dca_index n = s->problem->num_columns;
    return s
        ->a[row ? (size_t)k * (size_t)n + (size_t)other : (size_t)other * (size_t)n + (size_t)k];
}

static void slow_init(slow *s, const dca_problem *problem)
{
    const dca_index m = problem->num_rows;
    const dca_index n = problem->num_columns;
    assert_true(m <= MOST && n <= MOST);
    s->problem = problem;
    s->a = calloc((size_t)m * (size_t)n + 1, sizeof *s->a);
    for (dca_index j = 0; j < n; j++)
        for (dca_index t = 0; t < problem->length[j]; t++)
            s->a[(size_t)problem->index[problem->start[j] + t] * (size_t)n + (size_t)j] =
                problem->value[problem->start[j] + t];
}

/* Members k and l have equally many entries of each value in each class of the other side. */
static bool entries_agree(const slow *s, bool row, dca_index k, dca_index l)
{
    const dca_index count = row ? s->problem->num_columns : s->problem->num_rows;
    const dca_index *class = row ? s->column_class : s->row_class;
    for (dca_index t = 0; t < count; t++) {
        const double value = at(s, row, k, t);
        if (value == at(s, row, l, t))
            continue;
        int balance = 0; /* of entries like this one, and of those like l's */
        int other = 0;
        for (dca_index u = 0; u < count; u++) {
            if (class[u] == class[t]) {
                balance += (at(s, row, k, u) == value) - (at(s, row, l, u) == value);
                other +=
                    (at(s, row, k, u) == at(s, row, l, t)) - (at(s, row, l, u) == at(s, row, l, t));
            }
        }
        if (balance != 0 || other != 0)
            return false;
    }
    return true;
}

static bool data_agree(const dca_problem *p, bool row, dca_index k, dca_index l)
{
    return row ? p->row_lower[k] == p->row_lower[l] && p->row_upper[k] == p->row_upper[l]
               : p->cost[k] == p->cost[l] && p->lower[k] == p->lower[l] &&
                     p->upper[k] == p->upper[l];
}

/* One round on one side, from the classes as they are; the new number of classes. */
static dca_index slow_round(slow *s, bool row, bool first)
{
    const dca_index count = row ? s->problem->num_rows : s->problem->num_columns;
    dca_index *class = row ? s->row_class : s->column_class;
    dca_index fresh[MOST];
    dca_index number = 0;
    for (dca_index k = 0; k < count; k++) {
        fresh[k] = -1;
        for (dca_index l = 0; l < k && fresh[k] < 0; l++) {
            if (first ? data_agree(s->problem, row, k, l)
                      : class[k] == class[l] && entries_agree(s, row, k, l))
                fresh[k] = fresh[l];
        }
        fresh[k] = fresh[k] < 0 ? number++ : fresh[k];
    }
    memcpy(class, fresh, (size_t)count * sizeof *class);
    return number;
}

/* Refine the classes as they are until nothing changes; the number of classes. */
static dca_index slow_refine_entries(slow *s, dca_index number)
{
    for (;;) {
        const dca_index now = slow_round(s, true, false) + slow_round(s, false, false);
        if (now == number)
            return now;
        number = now;
    }
}

/* The coarsest equitable partition; the number of classes. */
static dca_index slow_refine(slow *s)
{
    return slow_refine_entries(s, slow_round(s, true, true) + slow_round(s, false, true));
}

static bool same_classes(const dca_index *a, const dca_index *b, dca_index count)
{
    for (dca_index k = 0; k < count; k++) /* both number classes by their first members */
        if (a[k] != b[k])
            return false;
    return true;
}

/* ---- Planted symmetry ------------------------------------------------------------------------------ */

static void shuffle(dice *d, dca_index *order, dca_index n)
{
    for (dca_index k = 0; k < n; k++)
        order[k] = k;
    for (dca_index k = n - 1; k > 0; k--) {
        const dca_index l = dice_below(d, k + 1);
        const dca_index swap = order[k];
        order[k] = order[l];
        order[l] = swap;
    }
}

/* Copies of a block, rows that add the copies up, columns that stand in all of them; feasible around a
 * point that is the same in each copy, boxed. Rows and columns in any order. */
static void planted(uint64_t seed, small *out)
{
    dice d = {seed * 7368787u};
    const dca_index rows = 1 + dice_below(&d, 3);
    const dca_index columns = 1 + dice_below(&d, 4);
    const dca_index copies = 3 + dice_below(&d, 4);
    const dca_index links = dice_below(&d, 3);
    const dca_index shared = dice_below(&d, 3);
    small s;
    small_init(&s, rows * copies + links, columns * copies + shared);
    double x[SMALL_COLUMNS];
    for (dca_index j = 0; j < columns + shared; j++) {
        const dca_index first = j < columns ? j : columns * copies + j - columns;
        x[first] = (double)dice_below(&d, 5);
        s.cost[first] = (double)(dice_below(&d, 11) - 5);
        s.lower[first] = dice_below(&d, 3) == 0 ? x[first] : x[first] - 2.0;
        s.upper[first] = x[first] + (double)dice_below(&d, 9);
        for (dca_index i = 0; i < rows; i++)
            s.a[i][first] = dice_below(&d, 2) ? dice_coefficient(&d) : 0.0;
        for (dca_index i = 0; i < links; i++)
            s.a[rows * copies + i][first] = dice_below(&d, 2) ? dice_coefficient(&d) : 0.0;
    }
    for (dca_index c = 1; c < copies; c++) {
        for (dca_index j = 0; j < columns; j++) {
            const dca_index k = c * columns + j;
            x[k] = x[j];
            s.cost[k] = s.cost[j];
            s.lower[k] = s.lower[j];
            s.upper[k] = s.upper[j];
            for (dca_index i = 0; i < rows; i++)
                s.a[c * rows + i][k] = s.a[i][j];
            for (dca_index i = 0; i < links; i++)
                s.a[rows * copies + i][k] = s.a[rows * copies + i][j];
        }
        for (dca_index j = 0; j < shared; j++)
            for (dca_index i = 0; i < rows; i++)
                s.a[c * rows + i][columns * copies + j] = s.a[i][columns * copies + j];
    }
    for (dca_index i = 0; i < s.m; i++) {
        double activity = 0.0;
        for (dca_index j = 0; j < s.n; j++)
            activity += s.a[i][j] * x[j];
        if (i >= rows && i < rows * copies) {
            s.row_lower[i] = s.row_lower[i - rows];
            s.row_upper[i] = s.row_upper[i - rows];
            continue;
        }
        const int kind = dice_below(&d, 3);
        s.row_lower[i] = kind == 0 ? -INFINITY : activity - 0x1p-20;
        s.row_upper[i] = kind == 1 ? INFINITY : activity + 1.0;
    }
    dca_index row_order[SMALL_ROWS];
    dca_index column_order[SMALL_COLUMNS];
    shuffle(&d, row_order, s.m);
    shuffle(&d, column_order, s.n);
    small_init(out, s.m, s.n);
    out->offset = 3.0;
    for (dca_index i = 0; i < s.m; i++) {
        out->row_lower[row_order[i]] = s.row_lower[i];
        out->row_upper[row_order[i]] = s.row_upper[i];
        for (dca_index j = 0; j < s.n; j++)
            out->a[row_order[i]][column_order[j]] = s.a[i][j];
    }
    for (dca_index j = 0; j < s.n; j++) {
        out->cost[column_order[j]] = s.cost[j];
        out->lower[column_order[j]] = s.lower[j];
        out->upper[column_order[j]] = s.upper[j];
    }
}

/* From a start, or from slacks: the optimum of the simplex, and its pivots. */
static int64_t solve(dca_env *env, const dca_problem *problem, bool started, dca__point *point)
{
    const dca_backend *native = dca__native_backend();
    dca_options options = {.env = env};
    dca__settings_init(&options.settings);
    void *state = NULL;
    dca_backend_report report = {.struct_size = sizeof report};
    assert_int_equal(native->open(env, &state), DCA_OK);
    assert_int_equal(native->load(state, problem), DCA_OK);
    if (started)
        assert_int_equal(native->set_basis(state, point->column_status, point->row_status), DCA_OK);
    assert_int_equal(native->solve(state, &options, NULL, &report), DCA_OK);
    assert_int_equal(report.outcome, DCA_OPTIMAL);
    assert_int_equal(native->get_point(state, point->x, point->y), DCA_OK);
    assert_int_equal(native->get_basis(state, point->column_status, point->row_status), DCA_OK);
    native->close(state);
    return report.iterations;
}

/* A basic status for each row, nonbasic ones at bounds that there are. */
static void is_start(const dca_problem *problem, const dca__point *point)
{
    dca_index basic = 0;
    for (dca_index j = 0; j < problem->num_columns; j++) {
        const uint8_t status = point->column_status[j];
        basic += status == DCA_BASIS_BASIC;
        assert_true(status != DCA_BASIS_LOWER || problem->lower[j] > -INFINITY);
        assert_true(status != DCA_BASIS_UPPER || problem->upper[j] < INFINITY);
    }
    for (dca_index i = 0; i < problem->num_rows; i++)
        basic += point->row_status[i] == DCA_BASIS_BASIC;
    assert_int_equal(basic, problem->num_rows);
}

static double value_of(const dca_problem *problem, const double *x)
{
    double value = problem->offset;
    for (dca_index j = 0; j < problem->num_columns; j++)
        value += problem->cost[j] * x[j];
    return value;
}

static void planted_symmetry_is_found_and_lifted(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int reduced = 0;
    int64_t pivots[2] = {0, 0}; /* from slacks, from the start that was lifted */
    for (int seed = 1; seed <= 600; seed++) {
        small s;
        planted((uint64_t)seed, &s);
        const dca_problem view = small_view(&s);
        slow reference;
        slow_init(&reference, &view);
        const dca_index number = slow_refine(&reference);
        dca__symmetry *fold = NULL;
        dca__symmetry_verdict verdict;
        assert_int_equal(dca__symmetry_new(env, &view, NULL, &fold, &verdict), DCA_OK);
        const bool pays = DCA__SYMMETRY_FACTOR * number <= s.m + s.n;
        assert_int_equal(verdict, pays ? DCA__SYMMETRY_REDUCED : DCA__SYMMETRY_NOTHING);
        if (pays) {
            reduced++;
            assert_true(same_classes(fold->rows.of, reference.row_class, s.m));
            assert_true(same_classes(fold->columns.of, reference.column_class, s.n));
            const dca_problem *quotient = dca__symmetry_quotient(fold);
            assert_int_equal(quotient->num_rows + quotient->num_columns, number);
            dca__point small_point, full;
            assert_int_equal(
                dca__point_new(env, quotient->num_rows, quotient->num_columns, &small_point),
                DCA_OK);
            assert_int_equal(dca__point_new(env, s.m, s.n, &full), DCA_OK);
            (void)solve(env, quotient, false, &small_point);
            dca__symmetry_lift_x(fold, small_point.x, full.x);
            dca__symmetry_lift_y(fold, small_point.y, full.y);
            dca_certificate cert;
            assert_int_equal(dca__verify_optimal(env, &view, full.x, full.y, NULL, NULL, &cert),
                             DCA_OK);
            if (!cert.valid)
                fail_msg("seed %d: violation %g, gap %g", seed, cert.primal_violation,
                         cert.relative_gap);
            const double lifted = value_of(&view, full.x);
            const double in_quotient = value_of(quotient, small_point.x);
            pivots[0] += solve(env, &view, false, &full);
            const double direct = value_of(&view, full.x);
            if (fabs(lifted - direct) > 1e-7 * (1.0 + fabs(direct)) ||
                fabs(in_quotient - direct) > 1e-7 * (1.0 + fabs(direct)))
                fail_msg("seed %d: lifted %.12g, quotient %.12g, direct %.12g", seed, lifted,
                         in_quotient, direct);
            assert_int_equal(
                dca__symmetry_lift_start(fold, &small_point, full.column_status, full.row_status),
                DCA_OK);
            is_start(&view, &full);
            pivots[1] += solve(env, &view, true, &full);
            assert_true(fabs(value_of(&view, full.x) - direct) <= 1e-7 * (1.0 + fabs(direct)));
            dca__point_free(env, &small_point);
            dca__point_free(env, &full);
        }
        dca__symmetry_free(fold);
        free(reference.a);
    }
    assert_true(reduced > 400);
    assert_true(2 * pivots[1] < pivots[0]);
    account_close(&book, env);
}

/* ---- Chains: more rounds than keys are given ------------------------------------------------------- */

enum { LINKS = 60, CHAINS = 3, CHAIN_ROWS = LINKS * CHAINS, CHAIN_COLUMNS = (LINKS + 1) * CHAINS };

/* CHAINS times  x_0 <= 5, x_k - x_k+1 <= 0: link by link from the end, everything differs. */
typedef struct chains {
    double cost[CHAIN_COLUMNS], lower[CHAIN_COLUMNS], upper[CHAIN_COLUMNS];
    double row_lower[CHAIN_ROWS], row_upper[CHAIN_ROWS];
    dca_nnz start[CHAIN_COLUMNS];
    dca_index length[CHAIN_COLUMNS], index[2 * CHAIN_ROWS];
    double value[2 * CHAIN_ROWS];
} chains;

static dca_problem make_chains(chains *c)
{
    dca_nnz used = 0;
    for (dca_index j = 0; j < CHAIN_COLUMNS; j++) {
        const dca_index chain = j / (LINKS + 1);
        const dca_index k = j % (LINKS + 1);
        c->cost[j] = -1.0;
        c->lower[j] = 0.0;
        c->upper[j] = 9.0;
        c->start[j] = used;
        if (k > 0) {
            c->index[used] = chain * LINKS + k - 1;
            c->value[used++] = -1.0;
        }
        if (k < LINKS) {
            c->index[used] = chain * LINKS + k;
            c->value[used++] = 1.0;
        }
        c->length[j] = (dca_index)(used - c->start[j]);
    }
    for (dca_index i = 0; i < CHAIN_ROWS; i++) {
        c->row_lower[i] = -INFINITY;
        c->row_upper[i] = 0.0;
    }
    return (dca_problem){
        sizeof(dca_problem), CHAIN_ROWS,   CHAIN_COLUMNS, 0.0,       c->cost,  c->lower, c->upper,
        c->row_lower,        c->row_upper, c->start,      c->length, c->index, c->value};
}

static void chains_are_told_apart_by_the_worklist(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    static chains c;
    const dca_problem view = make_chains(&c);
    static slow reference;
    slow_init(&reference, &view);
    assert_int_equal(slow_refine(&reference), 2 * LINKS + 1);
    dca__symmetry *fold = NULL;
    dca__symmetry_verdict verdict;
    assert_int_equal(dca__symmetry_new(env, &view, NULL, &fold, &verdict), DCA_OK);
    assert_int_equal(verdict, DCA__SYMMETRY_REDUCED);
    assert_true(same_classes(fold->rows.of, reference.row_class, CHAIN_ROWS));
    assert_true(same_classes(fold->columns.of, reference.column_class, CHAIN_COLUMNS));
    const int64_t size = CHAIN_ROWS + CHAIN_COLUMNS + 2 * CHAIN_ROWS;
    assert_true(dca__symmetry_work(fold) < size * (20 + 9)); /* rounds, and log2 of the size */
    dca__symmetry_free(fold);
    free(reference.a);
    account_close(&book, env);
}

/* The worklist alone, from one class of rows and one of columns on. */
static void worklist_alone(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int split = 0;
    for (int seed = 1; seed <= 600; seed++) {
        small s;
        planted((uint64_t)seed, &s);
        const dca_problem view = small_view(&s);
        dca__symmetry *fold = NULL;
        dca__symmetry_verdict verdict;
        assert_int_equal(dca__symmetry_new(env, &view, NULL, &fold, &verdict), DCA_OK);
        if (verdict == DCA__SYMMETRY_REDUCED) {
            slow reference;
            slow_init(&reference, &view);
            memset(reference.row_class, 0, sizeof reference.row_class);
            memset(reference.column_class, 0, sizeof reference.column_class);
            memset(fold->rows.of, 0, (size_t)s.m * sizeof(dca_index));
            memset(fold->columns.of, 0, (size_t)s.n * sizeof(dca_index));
            fold->rows.number = fold->columns.number = 1;
            assert_int_equal(dca__symmetry_refine(fold), DCA_OK);
            const dca_index number = slow_refine_entries(&reference, 2);
            assert_int_equal(fold->rows.number + fold->columns.number, number);
            assert_true(same_classes(fold->rows.of, reference.row_class, s.m));
            assert_true(same_classes(fold->columns.of, reference.column_class, s.n));
            split += number > 5;
            free(reference.a);
        }
        dca__symmetry_free(fold);
    }
    assert_true(split > 300);
    account_close(&book, env);
}

/* ---- Not rested on hashes ---------------------------------------------------------------------------- */

/* As it was before dca__symmetry_build. */
static void forget_quotient(dca__symmetry *fold)
{
    dca__free(fold->env, fold->rows.size);
    dca__free(fold->env, fold->rows.first);
    dca__free(fold->env, fold->columns.size);
    dca__free(fold->env, fold->columns.first);
    dca__free(fold->env, fold->quotient_values);
    dca__free(fold->env, fold->quotient_start);
    dca__free(fold->env, fold->quotient_length);
    dca__free(fold->env, fold->quotient_index);
    fold->rows.size = fold->rows.first = NULL;
    fold->columns.size = fold->columns.first = NULL;
    fold->quotient_values = NULL;
    fold->quotient_start = NULL;
    fold->quotient_length = fold->quotient_index = NULL;
}

/* A partition that keys might have given had they collided: two classes of the right one are one. */
static void what_keys_merged_is_compared(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int refused = 0;
    for (int seed = 1; seed <= 200; seed++) {
        small s;
        planted((uint64_t)seed, &s);
        const dca_problem view = small_view(&s);
        dice d = {(uint64_t)seed};
        slow reference;
        slow_init(&reference, &view);
        (void)slow_refine(&reference);
        for (int merge = 0; merge < 2; merge++) { /* as it is, then with two merged */
            dca__symmetry *fold = NULL;
            dca__symmetry_verdict verdict;
            assert_int_equal(dca__symmetry_new(env, &view, NULL, &fold, &verdict), DCA_OK);
            if (verdict == DCA__SYMMETRY_REDUCED) {
                dca__classes *classes = dice_below(&d, 2) ? &fold->rows : &fold->columns;
                const dca_index into = dice_below(&d, classes->number);
                for (dca_index k = 0; k < classes->count && merge == 1; k++)
                    if (classes->of[k] == classes->number - 1)
                        classes->of[k] = into;
                const bool merged = merge == 1 && into < classes->number - 1;
                classes->number -= merged;
                forget_quotient(fold);
                bool equitable;
                assert_int_equal(dca__symmetry_build(fold, &equitable), DCA_OK);
                if (equitable == merged)
                    fail_msg("seed %d: %s is called %s", seed, merged ? "merged" : "right",
                             equitable ? "equitable" : "not equitable");
                refused += merged;
            }
            dca__symmetry_free(fold);
        }
        free(reference.a);
    }
    assert_true(refused > 60);
    account_close(&book, env);
}

static void without_symmetry_it_gives_up(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (int seed = 1; seed <= 50; seed++) {
        small s;
        dice d = {(uint64_t)seed * 92821u};
        small_init(&s, SMALL_ROWS, SMALL_COLUMNS);
        dca_nnz entries = 0;
        for (dca_index i = 0; i < s.m; i++) /* ones only: keys must look at the structure */
            for (dca_index j = 0; j < s.n; j++) {
                s.a[i][j] = dice_below(&d, 4) == 0 ? 1.0 : 0.0;
                entries += s.a[i][j] != 0.0;
            }
        const dca_problem view = small_view(&s);
        dca__symmetry *fold = NULL;
        dca__symmetry_verdict verdict;
        assert_int_equal(dca__symmetry_new(env, &view, NULL, &fold, &verdict), DCA_OK);
        assert_int_equal(verdict, DCA__SYMMETRY_NOTHING);
        assert_true(dca__symmetry_work(fold) <= 4 * (entries + s.m + s.n));
        dca__symmetry_free(fold);
    }
    account_close(&book, env);
}

/* ---- Told to stop, and out of memory ----------------------------------------------------------------- */

static void stops_when_told(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_control *control = NULL;
    assert_int_equal(dca__control_new(env, &control), DCA_OK);
    enum { WIDE = 40000 }; /* equal columns of one entry */
    double *zeros = calloc(WIDE, sizeof *zeros);
    double *ones = calloc(WIDE, sizeof *ones);
    dca_nnz *start = calloc(WIDE, sizeof *start);
    dca_index *length = calloc(WIDE, sizeof *length);
    dca_index *rows = calloc(WIDE, sizeof *rows);
    for (int j = 0; j < WIDE; j++) {
        start[j] = j;
        length[j] = 1;
        ones[j] = 1.0;
    }
    const double low[] = {0.0};
    const double high[] = {1.0};
    const dca_problem wide = {sizeof wide, 1,    WIDE,  0.0,    zeros, zeros, ones,
                              low,         high, start, length, rows,  ones};
    dca__symmetry *fold = NULL;
    dca__symmetry_verdict verdict;
    assert_int_equal(dca__symmetry_new(env, &wide, control, &fold, &verdict), DCA_OK);
    assert_int_equal(verdict, DCA__SYMMETRY_REDUCED);
    const int64_t work = dca__symmetry_work(fold);
    dca__symmetry_free(fold);
    for (int64_t limit = 1; limit < work; limit += work / 40) { /* wherever it is */
        dca__control_reset(control);
        dca__control_set_work_limit(control, limit);
        assert_int_equal(dca__symmetry_new(env, &wide, control, &fold, &verdict), DCA_OK);
        if (limit < work - 5 * WIDE)
            assert_int_equal(verdict, DCA__SYMMETRY_STOPPED);
        dca__symmetry_free(fold);
    }
    dca__control_free(control);
    free(zeros);
    free(ones);
    free(start);
    free(length);
    free(rows);
    account_close(&book, env);
}

static void every_allocation_fails_in_turn(void **state)
{
    (void)state;
    static chains c;
    const dca_problem view = make_chains(&c);
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca_status status = DCA_E_NOMEM;
    long k = 0;
    for (; status != DCA_OK; k++) {
        dca__symmetry *fold = NULL;
        dca__symmetry_verdict verdict;
        const long before = book.blocks;
        book.requests = 0;
        book.refuse_at = k + 1;
        status = dca__symmetry_new(env, &view, NULL, &fold, &verdict);
        book.refuse_at = 0;
        assert_true(status == DCA_OK || (status == DCA_E_NOMEM && fold == NULL));
        dca__symmetry_free(fold);
        assert_int_equal(book.blocks, before);
    }
    assert_true(k > 30);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planted_symmetry_is_found_and_lifted),
        cmocka_unit_test(worklist_alone),
        cmocka_unit_test(chains_are_told_apart_by_the_worklist),
        cmocka_unit_test(what_keys_merged_is_compared),
        cmocka_unit_test(without_symmetry_it_gives_up),
        cmocka_unit_test(stops_when_told),
        cmocka_unit_test(every_allocation_fails_in_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
