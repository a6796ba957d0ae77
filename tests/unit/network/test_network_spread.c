/* Trees that spread a load, on small multicommodity flows: commodities on a ring with chords, whose links
 * are the load rows of one level. */
#include "account.h"
#include "backend/backend.h"
#include "base/limit.h"
#include "base/opt.h"
#include "base/rng.h"
#include "check.h"
#include "lp/verify.h"
#include "network/network.h"
#include "simplex/state.h"

enum { MOST_ROWS = 260, MOST_COLUMNS = 600, MOST_ENTRIES = 3000 };

/* A problem with its arrays: rows are links, then the nodes of each commodity; column 0 is the level. */
typedef struct flows {
    dca_index links, nodes, commodities;
    dca_index reach; /* load rows that an arc is in */
    uint64_t dice;
    dca_problem view;
    double cost[MOST_COLUMNS], lower[MOST_COLUMNS], upper[MOST_COLUMNS];
    double row_lower[MOST_ROWS], row_upper[MOST_ROWS];
    dca_nnz start[MOST_COLUMNS];
    dca_index length[MOST_COLUMNS], index[MOST_ENTRIES];
    double value[MOST_ENTRIES];
    dca_nnz used;
} flows;

static dca_index roll(flows *f, dca_index n)
{
    return (dca_index)(dca__hash_unit(f->dice++) * n);
}

static void add_column(flows *f, double cost, double lower, double upper)
{
    const dca_index j = f->view.num_columns++;
    f->cost[j] = cost;
    f->lower[j] = lower;
    f->upper[j] = upper;
    f->start[j] = f->used;
    f->length[j] = 0;
}

static void add_entry(flows *f, dca_index i, double value)
{
    f->index[f->used] = i;
    f->value[f->used++] = value;
    f->length[f->view.num_columns - 1]++;
}

/* Both directions of a link for every commodity. */
static void add_link(flows *f, dca_index link, dca_index a, dca_index b)
{
    for (dca_index c = 0; c < f->commodities; c++) {
        const dca_index base = f->links + c * f->nodes;
        for (int back = 0; back < 2; back++) {
            add_column(f, 0.0, 0.0, roll(f, 3) == 0 ? 100.0 : INFINITY);
            for (dca_index r = 0; r < f->reach; r++)
                add_entry(f, (link + r) % f->links, 1.0);
            add_entry(f, base + (back ? b : a), 1.0);
            add_entry(f, base + (back ? a : b), -1.0);
        }
    }
}

static void make_reaching(uint64_t seed, dca_index nodes, dca_index chords, dca_index commodities,
                          dca_index reach, flows *f)
{
    memset(f, 0, sizeof *f);
    f->dice = seed * 15485863u;
    f->nodes = nodes;
    f->links = nodes + chords;
    f->commodities = commodities;
    f->reach = reach;
    f->view = (dca_problem){sizeof f->view,
                            f->links + commodities * nodes,
                            0,
                            0.0,
                            f->cost,
                            f->lower,
                            f->upper,
                            f->row_lower,
                            f->row_upper,
                            f->start,
                            f->length,
                            f->index,
                            f->value};
    add_column(f, 1.0, roll(f, 3) == 0 ? -INFINITY : 0.0, INFINITY);
    for (dca_index k = 0; k < f->links; k++) {
        f->row_lower[k] = -INFINITY;
        f->row_upper[k] = (double)(roll(f, 3) - 1);
        add_entry(f, k, -(1.0 + (double)roll(f, 4)));
    }
    for (dca_index k = 0; k < f->links; k++) {
        const dca_index a = k < nodes ? k : roll(f, nodes);
        add_link(f, k, a, k < nodes ? (a + 1) % nodes : (a + 2 + roll(f, nodes - 3)) % nodes);
    }
    add_column(f, 0.0, 1.0, 1.0); /* what a link carries anyway */
    add_entry(f, roll(f, f->links), 2.0);
    for (dca_index c = 0; c < commodities; c++) {
        for (dca_index v = 1; v < nodes; v++) {
            const double demand = (double)roll(f, 8);
            const dca_index i = f->links + c * nodes;
            f->row_lower[i + v] = f->row_upper[i + v] = -demand;
            f->row_lower[i] += demand;
        }
        f->row_upper[f->links + c * nodes] = f->row_lower[f->links + c * nodes];
    }
}

static void make_flows(uint64_t seed, dca_index nodes, dca_index chords, dca_index commodities,
                       flows *f)
{
    make_reaching(seed, nodes, chords, commodities, 1, f);
}

/* The same in other units, rows also reflected; in half of the cases with the level reflected. */
static void disguise(flows *f)
{
    static const double FACTORS[] = {1.0, -1.0, 3.0, -0.1, 7.0, 0.5, -4.0};
    double row[MOST_ROWS];
    for (dca_index i = 0; i < f->view.num_rows; i++) {
        const double r = row[i] = FACTORS[roll(f, 7)];
        const double one = r * f->row_lower[i];
        const double two = r * f->row_upper[i];
        f->row_lower[i] = fmin(one, two);
        f->row_upper[i] = fmax(one, two);
    }
    for (dca_index j = 0; j < f->view.num_columns; j++) {
        double c = fabs(FACTORS[roll(f, 7)]);
        c = j == 0 && f->dice % 2 ? -c : c;
        const double one = f->lower[j] / c;
        const double two = f->upper[j] / c;
        f->cost[j] *= c;
        f->lower[j] = fmin(one, two);
        f->upper[j] = fmax(one, two);
        for (dca_nnz k = f->start[j]; k < f->start[j] + f->length[j]; k++)
            f->value[k] *= c * row[f->index[k]];
    }
}

typedef struct solved {
    dca_backend_report report;
    dca_certificate cert;
} solved;

/* From a basis, or from slacks where columns is NULL. */
static solved solve_from(dca_env *env, const flows *f, dca__method method, dca__crash crash,
                         const uint8_t *columns, const uint8_t *rows)
{
    const dca_backend *native = dca__native_backend();
    dca_options options = {.env = env};
    dca__settings_init(&options.settings);
    options.settings.method = method;
    options.settings.crash = crash;
    solved out = {.report = {.struct_size = sizeof out.report}};
    void *solver = NULL;
    double x[MOST_COLUMNS];
    double y[MOST_ROWS];
    assert_int_equal(native->open(env, &solver), DCA_OK);
    assert_int_equal(native->load(solver, &f->view), DCA_OK);
    if (columns != NULL)
        assert_int_equal(native->set_basis(solver, columns, rows), DCA_OK);
    assert_int_equal(native->solve(solver, &options, NULL, &out.report), DCA_OK);
    assert_int_equal(native->get_point(solver, x, y), DCA_OK);
    if (out.report.outcome == DCA_OPTIMAL)
        assert_int_equal(dca__verify_optimal(env, &f->view, x, y, NULL, NULL, &out.cert), DCA_OK);
    native->close(solver);
    return out;
}

static dca__network_report spread(dca_env *env, const flows *f, uint8_t *columns, uint8_t *rows)
{
    dca__network_report report;
    assert_int_equal(dca__network_spread(env, &f->view, INT64_MAX, NULL, &report, columns, rows),
                     DCA_OK);
    return report;
}

/* The point of a basis: its violations, and the level in the direction that costs. */
static double level_of(dca_env *env, const flows *f, const uint8_t *columns, const uint8_t *rows,
                       double *violation)
{
    dca__simplex *s = NULL;
    dca__settings settings;
    dca__simplex_report report;
    dca_control *control = NULL;
    dca__settings_init(&settings);
    assert_int_equal(dca__control_new(env, &control), DCA_OK);
    dca__control_cancel(control);
    assert_int_equal(dca__simplex_new(env, &s), DCA_OK);
    assert_int_equal(dca__simplex_load(s, &f->view), DCA_OK);
    assert_int_equal(dca__simplex_set_basis(s, columns, rows), DCA_OK);
    assert_int_equal(dca__simplex_solve(s, &settings, DCA__METHOD_PRIMAL, control, &report),
                     DCA_OK);
    assert_int_equal(report.iterations, 0);
    const double level = f->cost[0] * s->x[0];
    *violation = report.infeasibility;
    dca__simplex_free(s);
    dca__control_free(control);
    return level;
}

/* A feasible basis of m, with a level not far over the least, which leaves the primal simplex little to
 * do. Levels are 1.38 times the least, all in all, where trees take no notice of the load. */
static void trees_leave_little(void **state)
{
    (void)state;
    static flows f;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int64_t with = 0;
    int64_t without = 0;
    double levels = 0.0;
    double least = 0.0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        uint8_t columns[MOST_COLUMNS];
        uint8_t rows[MOST_ROWS];
        make_flows(seed, 4 + (dca_index)(seed % 5), (dca_index)(seed % 4),
                   1 + (dca_index)(seed % 6), &f);
        if (seed % 2)
            disguise(&f);
        const dca__network_report trees = spread(env, &f, columns, rows);
        if (trees.rows != f.commodities * f.nodes)
            fail_msg("seed %d: %d rows", (int)seed, (int)trees.rows);
        dca_index basic = 0;
        for (dca_index j = 0; j < f.view.num_columns; j++)
            basic += columns[j] == DCA_BASIS_BASIC;
        for (dca_index i = 0; i < f.view.num_rows; i++) {
            basic += rows[i] == DCA_BASIS_BASIC;
            assert_true(rows[i] != DCA_BASIS_LOWER || f.row_lower[i] > -INFINITY);
            assert_true(rows[i] != DCA_BASIS_UPPER || f.row_upper[i] < INFINITY);
        }
        assert_int_equal(basic, f.view.num_rows);
        const solved from = solve_from(env, &f, DCA__METHOD_PRIMAL, DCA__CRASH_OFF, columns, rows);
        const solved plain = solve_from(env, &f, DCA__METHOD_DUAL, DCA__CRASH_OFF, NULL, NULL);
        if (from.report.outcome != DCA_OPTIMAL || plain.report.outcome != DCA_OPTIMAL ||
            !from.cert.valid || !plain.cert.valid)
            fail_msg("seed %d: outcomes %d, %d", (int)seed, from.report.outcome,
                     plain.report.outcome);
        if (fabs(from.cert.dual_bound - plain.cert.dual_bound) >
            1e-8 * (1.0 + fabs(plain.cert.dual_bound)))
            fail_msg("seed %d: %.12g instead of %.12g", (int)seed, from.cert.dual_bound,
                     plain.cert.dual_bound);
        double violation;
        levels += level_of(env, &f, columns, rows, &violation);
        least += plain.cert.dual_bound;
        if (violation > 1e-9)
            fail_msg("seed %d: trees miss by %g", (int)seed, violation);
        with += from.report.iterations;
        without += plain.report.iterations;
    }
    if (8 * with > without || levels > 1.3 * least)
        fail_msg("%d pivots from trees, %d from logicals; levels %g, %g", (int)with, (int)without,
                 levels, least);
    account_close(&book, env);
}

/* Everything else is left alone. */
static void what_has_another_form_is_refused(void **state)
{
    (void)state;
    static flows f;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    for (int flaw = 0; flaw < 11; flaw++) {
        uint8_t columns[MOST_COLUMNS];
        uint8_t rows[MOST_ROWS];
        make_flows(5, 6, 2, 3, &f);
        assert_true(f.links > 4 && f.length[1] == 3);
        switch (flaw) {
        case 0:
            break;
        case 1:
            f.cost[0] = 0.0;
            break; /* no level */
        case 2:
            f.row_lower[0] = -1e3;
            break; /* two sides */
        case 3:
            f.value[0] = 2.0;
            break; /* the level tightens a row */
        case 4:
            f.lower[3] = -INFINITY;
            f.upper[3] = INFINITY;
            break;
        case 5:
            f.value[f.start[1] + 1] = 2.0;
            break; /* factors that do not agree */
        case 6:    /* a third row */
            f.view.num_rows++;
            f.row_upper[f.view.num_rows - 1] = 1e6;
            f.index[f.start[1]] = f.view.num_rows - 1;
            break;
        case 7: /* the logicals are feasible */
            for (dca_index i = f.links; i < f.view.num_rows; i++)
                f.row_lower[i] = f.row_upper[i] = 0.0;
            break;
        case 9:
            make_reaching(5, 6, 2, 3, 4, &f);
            break; /* still steps of ways */
        case 10:
            make_reaching(5, 6, 2, 3, 5, &f);
            break;
        case 8:
            f.length[0] = 3;
            break; /* no three loads make a problem */
        }
        const dca__network_report trees = spread(env, &f, columns, rows);
        if ((trees.rows > 0) != (flaw == 0 || flaw == 9))
            fail_msg("flaw %d: %d rows", flaw, (int)trees.rows);
    }
    account_close(&book, env);
}

static void stops_when_told(void **state)
{
    (void)state;
    static flows f;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    uint8_t columns[MOST_COLUMNS];
    uint8_t rows[MOST_ROWS];
    make_flows(3, 8, 3, 6, &f);
    const int64_t all = spread(env, &f, columns, rows).pivots;
    assert_true(all > 30);
    for (int64_t most = 0; most <= all; most += 3) {
        dca__network_report report;
        assert_int_equal(dca__network_spread(env, &f.view, most, NULL, &report, columns, rows),
                         DCA_OK);
        assert_true(report.pivots <= most && report.rows == 0);
    }
    dca_control *control = NULL;
    dca__network_report report;
    assert_int_equal(dca__control_new(env, &control), DCA_OK);
    dca__control_cancel(control);
    assert_int_equal(dca__network_spread(env, &f.view, INT64_MAX, control, &report, columns, rows),
                     DCA_OK);
    assert_int_equal(report.rows, 0);
    assert_int_equal(report.pivots, 0);
    dca__control_free(control);
    account_close(&book, env);
}

static void refused_memory_does_no_harm(void **state)
{
    (void)state;
    static flows f;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    uint8_t columns[MOST_COLUMNS];
    uint8_t rows[MOST_ROWS];
    make_flows(3, 8, 3, 6, &f);
    bool refused = true;
    for (long k = 1; refused; k++) {
        dca__network_report report;
        book.refuse_at = book.requests + k;
        const dca_status status =
            dca__network_spread(env, &f.view, INT64_MAX, NULL, &report, columns, rows);
        refused = book.requests >= book.refuse_at;
        book.refuse_at = 0;
        assert_int_equal(status, refused ? DCA_E_NOMEM : DCA_OK);
        assert_true(refused || (k > 60 && report.rows > 0));
    }
    account_close(&book, env);
}

/* Method auto takes them where the problem is large enough, the dual never. */
static void a_cold_solve_starts_there(void **state)
{
    (void)state;
    static flows f;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    make_flows(9, 16, 5, 9, &f);
    const solved own = solve_from(env, &f, DCA__METHOD_AUTO, DCA__CRASH_SPREAD, NULL, NULL);
    const solved off = solve_from(env, &f, DCA__METHOD_AUTO, DCA__CRASH_OFF, NULL, NULL);
    const solved dual = solve_from(env, &f, DCA__METHOD_DUAL, DCA__CRASH_SPREAD, NULL, NULL);
    assert_true(own.cert.valid && off.cert.valid && dual.cert.valid);
    assert_int_equal(own.report.method, 2);
    assert_int_equal(dual.report.method, 1);
    assert_true(fabs(own.cert.dual_bound - off.cert.dual_bound) < 1e-8);
    assert_true(2 * own.report.work < off.report.work);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees_leave_little),
        cmocka_unit_test(what_has_another_form_is_refused),
        cmocka_unit_test(stops_when_told),
        cmocka_unit_test(refused_memory_does_no_harm),
        cmocka_unit_test(a_cold_solve_starts_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
