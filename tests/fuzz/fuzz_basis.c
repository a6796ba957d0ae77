/* fuzz_basis.c - any bytes as a basis file: an error with its place, or statuses from which a solve comes
 * to the same optimum as from any others.
 *
 * Where the bytes hold a zero byte, what stands before it is an LP as MPS, else the LP is ours. */
#include "base/alloc.h"
#include "dcalloc.h"
#include "fuzz.h"
#include "io/basis_file.h"
#include "io/mps.h"

#include <math.h>

/* Rows and columns of every kind of bounds. max 3a + 2b - c - d, a + b <= 4, 1 <= a + 3b <= 6, a + c = 2,
 * d free, b - d <= 5, a <= 3, c in [-1, 5]. At the optimum a = 3, c = -1, b = 1, d = -4: 16. */
static const char ours[] =
    "NAME blend\nOBJSENSE MAX\nROWS\n N obj\n L cap\n G two\n E tie\n L low\n N any\n"
    "COLUMNS\n a obj 3 cap 1\n a two 1 tie 1\n b obj 2 cap 1\n b two 3 low 1\n"
    " c obj -1 tie 1\n d obj -1 low -1\n d any 1\n"
    "RHS\n RHS cap 4 two 1\n RHS tie 2 low 5\nRANGES\n RNG two 5\n"
    "BOUNDS\n UP BND a 3\n LO BND c -1\n UP BND c 5\n FR BND d\nENDATA\n";
static const double OPTIMUM = 16.0;
enum { MOST_WORK = 200000 };

/* Any statuses are a start. An LP of the fuzzer's may be anything: it is only seen to end. */
static void check_solve(dca_env *env, dca_lp *lp, const uint8_t *columns, const uint8_t *rows,
                        bool known)
{
    dca_solver *solver = NULL;
    dca_control *control = NULL;
    dca_result *result = NULL;
    demand(dca_solver_new_lp(lp, NULL, &solver, NULL) == DCA_OK, "a solver");
    demand(dca_solver_set_basis(solver, columns, rows) == DCA_OK, "statuses");
    demand(dca_control_new(env, &control) == DCA_OK, "a control");
    demand(dca_control_set_work_limit(control, MOST_WORK) == DCA_OK, "a limit");
    const dca_status status = dca_solver_solve(solver, control, &result);
    demand(status == DCA_OK || (!known && status == DCA_E_UNSUPPORTED), "a solve");
    if (known) {
        demand(dca_result_outcome(result) == DCA_OPTIMAL, "an optimum");
        demand(fabs(dca_result_objective(result) - OPTIMUM) <= 1e-9 * OPTIMUM, "the optimum");
    }
    dca_result_free(result);
    dca_control_free(control);
    dca_solver_free(solver);
}

/* What is written reads back as the same statuses, but for those that no file tells apart. */
static void check_round_trip(const dca_lp *lp, uint8_t *columns, uint8_t *rows)
{
    dca__point point = {.num_rows = lp->num_rows, .num_columns = lp->num_columns};
    size_t length;
    point.has_basis = true;
    point.column_status = columns;
    point.row_status = rows;
    const dca_status status =
        dca__basis_write(lp->env, &point, &lp->column_names, &lp->row_names, fuzz_path(), NULL);
    demand(status == DCA_OK || status == DCA_E_ARG || status == DCA_E_STATE, "written, or not");
    if (status != DCA_OK) {
        return;
    }
    char *text = fuzz_take_file(&length);
    uint8_t *again = calloc((size_t)lp->num_columns + (size_t)lp->num_rows + 1, 1);
    uint8_t *rows_again = again + lp->num_columns;
    demand(dca__basis_parse(lp, text, length, again, rows_again, NULL) == DCA_OK, "reading again");
    demand(memcmp(again, columns, (size_t)lp->num_columns) == 0, "the same columns");
    demand(memcmp(rows_again, rows, (size_t)lp->num_rows) == 0, "the same rows");
    free(again);
    free(text);
}

static void check_basis(fuzz_run *run, dca_lp *lp, const char *text, size_t length, bool known,
                        bool files)
{
    dca_error error = DCA_ERROR_INIT;
    const size_t m = (size_t)lp->num_rows;
    const size_t n = (size_t)lp->num_columns;
    uint8_t *statuses = malloc(m + n + 1);
    demand(statuses != NULL, "memory");
    memset(statuses, DCA_BASIS_LOWER, m + n);
    const dca_status status = dca__basis_parse(lp, text, length, statuses, statuses + n, &error);
    fuzz_check_read(run);
    if (status == DCA_OK) {
        check_solve(run->env, lp, statuses, statuses + n, known);
        if (files) {
            check_round_trip(lp, statuses, statuses + n);
        }
    } else {
        demand(status == DCA_E_SYNTAX && error.line > 0 && error.column > 0, "a place");
    }
    free(statuses);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_run run = fuzz_begin(size);
    const uint8_t *zero = size == 0 ? NULL : memchr(data, 0, size);
    const char *problem = zero == NULL ? ours : (const char *)data;
    const size_t length = zero == NULL ? sizeof ours - 1 : (size_t)(zero - data);
    const uint8_t *text = zero == NULL ? data : zero + 1;
    dca_lp *lp = NULL;
    const dca_status status = dca__mps_parse(run.env, problem, length, NULL, &lp, NULL);
    demand(zero != NULL || status == DCA_OK, "our own LP");
    if (status == DCA_OK) {
        check_basis(&run, lp, (const char *)text, size - (size_t)(text - data), zero == NULL,
                    fuzz_one_in_eight(data, size));
    }
    dca__lp_release(lp);
    fuzz_end(&run);
    return 0;
}
