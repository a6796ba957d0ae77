/* lp_calls.c - env.h, options.h and lp.h: calls that allocate. */
#include "oom.h"

#include <math.h>

enum { LONG_LIST = 40 }; /* longer than what is searched for repeats without a copy */

void build_lp(stage *s)
{
    must_be(dca_lp_new(s->env, &s->lp));
    if (s->with == 1)
        return;
    must_be(dca_lp_set_sense(s->lp, DCA_MAXIMISE));
    must_be(dca_lp_set_name(s->lp, "blend"));
    must_be(dca_lp_add_row(s->lp, "cap", -INFINITY, 4.0, 0, NULL, NULL, NULL));
    must_be(dca_lp_add_row(s->lp, NULL, -INFINITY, 6.0, 0, NULL, NULL, NULL));
    const dca_index rows[] = {0, 1};
    const double a[] = {1.0, 1.0};
    const double b[] = {1.0, 3.0};
    must_be(dca_lp_add_column(s->lp, "a", 3.0, 0.0, 3.0, 2, rows, a, NULL));
    must_be(dca_lp_add_column(s->lp, "b", 2.0, 0.0, INFINITY, 2, rows, b, NULL));
    must_be(dca_lp_add_column(s->lp, NULL, -1.0, -1.0, 5.0, 1, rows, a, NULL));
}

/* The same with a solver that has answered, to be asked again after the edit. */
static void build_followed(stage *s)
{
    build_lp(s);
    solved(s);
}

/* An LP of some size, so that arrays are full and the area has dead places. */
static void build_wide(stage *s)
{
    must_be(dca_lp_new(s->env, &s->lp));
    for (int i = 0; i < 6; i++)
        must_be(dca_lp_add_row(s->lp, NULL, 0.0, 10.0 + i, 0, NULL, NULL, NULL));
    dca_index index[6] = {0, 1, 2, 3, 4, 5};
    const double value[6] = {1, 2, 3, 1, 2, 3};
    for (int j = 0; j < LONG_LIST + 4; j++) {
        must_be(dca_lp_add_column(s->lp, NULL, j % 5 - 2.0, 0.0, 4.0, 1 + j % 3, index + j % 4,
                                  value, NULL));
    }
    dca_index gone[16];
    for (int k = 0; k < 16; k++)
        gone[k] = 2 * k;
    if (s->with == 2) {
        must_be(dca_lp_delete_columns(s->lp, 16, gone, NULL));
        for (int j = 0; j < 8; j++)
            must_be(dca_lp_add_column(s->lp, NULL, 1.0, 0.0, 1.0, 0, NULL, NULL, NULL));
    }
    solved(s);
}

static void build_options(stage *s)
{
    must_be(dca_options_new(s->env, &s->options));
    must_be(dca_options_set(s->options, "seed", "7"));
}

/* ---- Environment, controls, options ------------------------------------------------------------- */

static dca_status env_new(stage *s)
{
    dca_env_config config = DCA_ENV_CONFIG_INIT;
    config.user = &s->book;
    config.allocate = account_allocate;
    return CALL(dca_env_new, (&config, &s->made.env));
}

static void build_block(stage *s)
{
    s->block = dca_env_resize(s->env, NULL, 10);
    memset(s->block, s->with, 10);
}

static dca_status env_resize(stage *s)
{
    unsigned char *grown = CALL(dca_env_resize, (s->env, s->block, 1000));
    if (grown != NULL)
        s->block = grown;
    for (int k = 0; s->with != 0 && k < 10; k++)
        assert_int_equal(((unsigned char *)s->block)[k], s->with);
    return grown == NULL ? DCA_E_NOMEM : DCA_OK;
}

static dca_status control_new(stage *s)
{
    return CALL(dca_control_new, (s->env, &s->made.control));
}

static dca_status options_new(stage *s)
{
    return CALL(dca_options_new, (s->env, &s->made.options));
}

/* ---- LPs ------------------------------------------------------------------------------------------- */

static dca_status lp_new(stage *s)
{
    return CALL(dca_lp_new, (s->env, &s->made.lp));
}

static dca_status lp_copy(stage *s)
{
    return CALL(dca_lp_copy, (s->lp, &s->made.lp));
}

/* Columns with names and entries, so many that every array grows. */
static dca_status lp_add_columns(stage *s)
{
    enum { N = 12 };
    static const char *const names[N] = {"c0", "c1", NULL, "c3", "c4",  "c5",
                                         "c6", "c7", "c8", "c9", "c10", "c11"};
    static const dca_index integer[2] = {0, 1};
    dca_nnz start[N + 1];
    dca_index index[2 * N];
    double value[2 * N];
    for (int k = 0; k < N; k++) {
        start[k] = 2 * k;
        index[2 * k] = 1;
        index[2 * k + 1] = 0;
        value[2 * k] = k; /* a zero is dropped */
        value[2 * k + 1] = 1.0;
    }
    start[N] = 2 * N;
    const double upper = 2.0;
    const bool entries = dca_lp_num_rows(s->lp) > 0;
    const dca_lp_columns columns = {.struct_size = (uint32_t)sizeof columns,
                                    .n = N,
                                    .upper = {&upper, 0},
                                    .integer = {integer, 0},
                                    .name = {names, sizeof *names},
                                    .entries = {entries ? start : NULL, index, value}};
    return CALL(dca_lp_add_columns, (s->lp, &columns, &s->made.index[0]));
}

/* One column whose list is long: looking for repeats takes a copy of it. */
static dca_status lp_add_long_row(stage *s)
{
    dca_index index[LONG_LIST];
    dca_nnz start[2] = {0, LONG_LIST};
    for (int k = 0; k < LONG_LIST; k++)
        index[k] = LONG_LIST - 1 - k;
    const char *name = "long";
    const dca_lp_rows rows = {.struct_size = (uint32_t)sizeof rows,
                              .n = 1,
                              .name = {&name, 0},
                              .entries = {start, index, NULL}};
    return CALL(dca_lp_add_rows, (s->lp, &rows, &s->made.index[0]));
}

/* Many rows, with few entries (one by one into the columns) or many (all columns widened at once). */
static dca_status lp_add_rows(stage *s)
{
    enum { N = 12 };
    static const char *const names[2] = {"first", "second"};
    const dca_index n = s->with == 3 ? 2 : N;
    dca_nnz start[N + 1];
    dca_index index[2 * N];
    for (int k = 0; k <= N; k++)
        start[k] = s->with == 3 ? k : 2 * k;
    for (int k = 0; k < 2 * N; k++)
        index[k] = s->with == 3 ? k : k % 2;
    const double lower = -5.0;
    const bool entries = dca_lp_num_columns(s->lp) > 0;
    const dca_lp_rows rows = {.struct_size = (uint32_t)sizeof rows,
                              .n = n,
                              .lower = {&lower, 0},
                              .name = {n == 2 ? names : NULL, sizeof *names},
                              .entries = {entries ? start : NULL, index, NULL}};
    return CALL(dca_lp_add_rows, (s->lp, &rows, &s->made.index[0]));
}

static dca_status lp_add_column(stage *s)
{
    const dca_index rows[] = {1, 0};
    const double values[] = {2.0, 5.0};
    return CALL(dca_lp_add_column,
                (s->lp, "fresh", 1.0, 0.0, 1.0, 2, rows, values, &s->made.index[0]));
}

static dca_status lp_add_row(stage *s)
{
    const dca_index columns[] = {2, 0};
    const double values[] = {2.0, 5.0};
    return CALL(dca_lp_add_row, (s->lp, "fresh", 0.0, 9.0, 2, columns, values, &s->made.index[0]));
}

/* Six full rows one by one, so that names, rows, log and area all run out of room on the way. */
static void build_nearly_full(stage *s)
{
    build_lp(s);
    solved(s);
    const dca_index columns[] = {0, 1, 2};
    const double values[] = {1.0, 1.0, 1.0};
    for (int k = 0; k < s->with; k++)
        must_be(dca_lp_add_row(s->lp, NULL, -1.0, 20.0, 3, columns, values, NULL));
    for (int k = 0; k < s->with; k++)
        must_be(dca_lp_add_column(s->lp, NULL, -1.0, 0.0, 1.0, 2, columns, values, NULL));
}

static dca_status lp_set_name(stage *s)
{
    return CALL(dca_lp_set_name, (s->lp, "another"));
}

static dca_status lp_set_objective_name(stage *s)
{
    return CALL(dca_lp_set_objective_name, (s->lp, "cost"));
}

static dca_status lp_set_row_name(stage *s)
{
    return CALL(dca_lp_set_row_name, (s->lp, s->with == 2 ? 0 : 1, "named"));
}

static dca_status lp_set_column_name(stage *s)
{
    return CALL(dca_lp_set_column_name, (s->lp, s->with == 2 ? 0 : 2, "named"));
}

/* The first edit makes the log that solvers follow; without it they load the LP anew. */
static dca_status lp_set_costs(stage *s)
{
    static const double costs[] = {4.0, 1.0};
    return CALL(dca_lp_set_costs, (s->lp, 2, NULL, (dca_doubles){costs, sizeof *costs}));
}

static dca_status lp_set_column_bounds(stage *s)
{
    static const double upper[] = {2.0, 1.0};
    return CALL(dca_lp_set_column_bounds,
                (s->lp, 2, NULL, (dca_doubles){NULL, 0}, (dca_doubles){upper, sizeof *upper}));
}

static dca_status lp_set_row_bounds(stage *s)
{
    static const double upper[] = {3.0, 5.0};
    return CALL(dca_lp_set_row_bounds,
                (s->lp, 2, NULL, (dca_doubles){NULL, 0}, (dca_doubles){upper, sizeof *upper}));
}

/* Entries that exist, that go, that come; the last of them makes a column move. */
static dca_status lp_set_coefficients(stage *s)
{
    static const dca_index rows[] = {0, 1, 1, 1, 0, 0, 1};
    static const dca_index columns[] = {0, 0, 2, 1, 1, 1, 0};
    static const double values[] = {2.5, 0.0, 4.0, 0.0, 0.0, 7.0, 1.5};
    return CALL(dca_lp_set_coefficients, (s->lp, 7, rows, columns, values));
}

static dca_status lp_delete_rows(stage *s)
{
    const dca_index row = 0;
    return CALL(dca_lp_delete_rows, (s->lp, 1, &row, NULL));
}

/* The first rows, without a list of them. */
static dca_status lp_delete_first(stage *s)
{
    return CALL(dca_lp_delete_rows, (s->lp, 1, NULL, s->made.index));
}

static dca_status lp_delete_columns(stage *s)
{
    const dca_index column = 1;
    return CALL(dca_lp_delete_columns, (s->lp, 1, &column, NULL));
}

/* A long list, checked for repeats by way of a copy, and the map given out. */
static dca_status lp_delete_many(stage *s)
{
    dca_index columns[LONG_LIST];
    for (int k = 0; k < LONG_LIST; k++)
        columns[k] = LONG_LIST - 1 - k;
    return CALL(dca_lp_delete_columns, (s->lp, LONG_LIST, columns, s->made.index));
}

/* A name that is taken is refused, whether or not there is memory, and takes the others back. */
static dca_status lp_add_taken(stage *s)
{
    static const char *const names[] = {"fresh", "b"};
    const dca_lp_columns columns = {
        .struct_size = (uint32_t)sizeof columns, .n = 2, .name = {names, sizeof *names}};
    return CALL(dca_lp_add_columns, (s->lp, &columns, &s->made.index[0]));
}

const oom_case lp_cases[] = {
    {"env_new", NULL, env_new, TOLD_BY_STATUS, 0, DCA_OK},
    {"env_resize", NULL, env_resize, TOLD_BY_STATUS, 0, DCA_OK},
    {"env_resize, grow", build_block, env_resize, TOLD_BY_STATUS, 3, DCA_OK},
    {"control_new", NULL, control_new, TOLD_BY_STATUS, 0, DCA_OK},
    {"options_new", build_options, options_new, TOLD_BY_STATUS, 0, DCA_OK},
    {"lp_new", NULL, lp_new, TOLD_BY_STATUS, 0, DCA_OK},
    {"lp_copy", build_followed, lp_copy, TOLD_LP, 0, DCA_OK},
    {"lp_copy, empty", build_lp, lp_copy, TOLD_LP, 1, DCA_OK},
    {"lp_copy, wide", build_wide, lp_copy, TOLD_LP, 0, DCA_OK},
    {"lp_add_columns", build_followed, lp_add_columns, TOLD_LP, 0, DCA_OK},
    {"lp_add_columns, to an empty LP", build_lp, lp_add_columns, TOLD_LP, 1, DCA_OK},
    {"lp_add_columns, dead places", build_wide, lp_add_columns, TOLD_LP, 2, DCA_OK},
    {"lp_add_columns, name taken", build_lp, lp_add_taken, TOLD_LP, 0, DCA_E_ARG},
    {"lp_add_rows", build_followed, lp_add_rows, TOLD_LP, 0, DCA_OK},
    {"lp_add_rows, to an empty LP", build_lp, lp_add_rows, TOLD_LP, 1, DCA_OK},
    {"lp_add_rows, few entries", build_wide, lp_add_rows, TOLD_LP, 3, DCA_OK},
    {"lp_add_rows, dead places", build_wide, lp_add_rows, TOLD_LP, 2, DCA_OK},
    {"lp_add_rows, long", build_wide, lp_add_long_row, TOLD_LP, 0, DCA_OK},
    {"lp_add_column", build_followed, lp_add_column, TOLD_LP, 0, DCA_OK},
    {"lp_add_column, later", build_nearly_full, lp_add_column, TOLD_LP, 6, DCA_OK},
    {"lp_add_row", build_followed, lp_add_row, TOLD_LP, 0, DCA_OK},
    {"lp_add_row, later", build_nearly_full, lp_add_row, TOLD_LP, 6, DCA_OK},
    {"lp_set_name", build_followed, lp_set_name, TOLD_LP, 0, DCA_OK},
    {"lp_set_objective_name", build_followed, lp_set_objective_name, TOLD_LP, 0, DCA_OK},
    {"lp_set_row_name", build_followed, lp_set_row_name, TOLD_LP, 0, DCA_OK},
    {"lp_set_row_name, again", build_followed, lp_set_row_name, TOLD_LP, 2, DCA_OK},
    {"lp_set_column_name", build_followed, lp_set_column_name, TOLD_LP, 0, DCA_OK},
    {"lp_set_column_name, again", build_followed, lp_set_column_name, TOLD_LP, 2, DCA_OK},
    {"lp_set_costs", build_followed, lp_set_costs, TOLD_LP, 0, DCA_OK},
    {"lp_set_column_bounds", build_followed, lp_set_column_bounds, TOLD_LP, 0, DCA_OK},
    {"lp_set_row_bounds", build_followed, lp_set_row_bounds, TOLD_LP, 0, DCA_OK},
    {"lp_set_coefficients", build_followed, lp_set_coefficients, TOLD_LP, 0, DCA_OK},
    {"lp_set_coefficients, later", build_nearly_full, lp_set_coefficients, TOLD_LP, 4, DCA_OK},
    {"lp_set_coefficients, dead places", build_wide, lp_set_coefficients, TOLD_LP, 2, DCA_OK},
    {"lp_delete_rows", build_followed, lp_delete_rows, TOLD_LP, 0, DCA_OK},
    {"lp_delete_rows, first", build_followed, lp_delete_first, TOLD_LP, 0, DCA_OK},
    {"lp_delete_columns", build_followed, lp_delete_columns, TOLD_LP, 0, DCA_OK},
    {"lp_delete_columns, many", build_wide, lp_delete_many, TOLD_LP, 0, DCA_OK},
};
const size_t num_lp_cases = sizeof lp_cases / sizeof *lp_cases;
