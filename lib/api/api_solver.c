/* api_solver.c - include/dcalloc/solver.h. */
#include "dcalloc/solver.h"

#include "api/api_check.h"
#include "base/err.h"
#include "engine/solver.h"

dca_status dca_solver_new_lp(dca_lp *lp, const dca_options *options, dca_solver **out,
                             dca_error *err)
{
    dca_status status = dca__check_pointer(lp, "lp", err);
    if (status == DCA_OK) {
        status = dca__check_pointer(out, "out", err);
    }
    if (status != DCA_OK) {
        return status;
    }
    status = dca__solver_new_lp(lp, options, out);
    return status == DCA_E_NOMEM ? dca__fail_nomem(err) : status;
}

dca_status dca_solver_new_model(dca_model *model, const dca_options *options, dca_solver **out,
                                dca_error *err)
{
    dca_status status = dca__check_pointer(model, "model", err);
    if (status == DCA_OK) {
        status = dca__check_pointer(out, "out", err);
    }
    if (status != DCA_OK) {
        return status;
    }
    status = dca__solver_new_model(model, options, out);
    return status == DCA_E_NOMEM ? dca__fail_nomem(err) : status;
}

void dca_solver_free(dca_solver *solver)
{
    dca__solver_free(solver);
}

void dca_solver_error(const dca_solver *solver, dca_error *out)
{
    if (solver != NULL) {
        dca__error_copy(&solver->error, out);
    }
}

static dca_status check_backend(const dca_backend *backend, dca_error *err)
{
    if (backend->struct_size < sizeof *backend) {
        return dca__fail(err, DCA_E_ABI, DCA_KIND_NONE, -1,
                         "backend: struct_size is %lld, expected at least %lld",
                         (long long)backend->struct_size, (long long)sizeof *backend);
    }
    if (backend->name == NULL || backend->open == NULL || backend->close == NULL ||
        backend->load == NULL || backend->solve == NULL || backend->get_point == NULL) {
        return dca__fail(err, DCA_E_ARG, DCA_KIND_NONE, -1,
                         "backend: name, open, close, load, solve or get_point is NULL, expected "
                         "all of them");
    }
    const uint32_t has = backend->capabilities;
    if (((has & DCA_BACKEND_BASIS) != 0 &&
         (backend->set_basis == NULL || backend->get_basis == NULL)) ||
        ((has & DCA_BACKEND_EDIT) != 0 && backend->edit == NULL) ||
        ((has & DCA_BACKEND_RAYS) != 0 && backend->get_ray == NULL)) {
        return dca__fail(err, DCA_E_ARG, DCA_KIND_NONE, -1,
                         "backend '%.80s': a capability is claimed whose function is NULL",
                         backend->name);
    }
    return DCA_OK;
}

dca_status dca_solver_set_backend(dca_solver *solver, const dca_backend *backend)
{
    if (solver == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status = backend == NULL ? DCA_OK : check_backend(backend, &solver->error);
    return status != DCA_OK ? status : dca__solver_set_backend(solver, backend);
}

dca_status dca_solver_set_options(dca_solver *solver, const dca_options *options)
{
    if (solver == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status = dca__check_pointer(options, "options", &solver->error);
    if (status == DCA_OK) {
        dca__solver_set_options(solver, options);
    }
    return status;
}

dca_status dca_solver_solve(dca_solver *solver, dca_control *control, dca_result **out)
{
    if (solver == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status = dca__check_pointer(out, "out", &solver->error);
    return status != DCA_OK ? status : dca__solver_solve(solver, control, out);
}

void dca_solver_reset(dca_solver *solver)
{
    if (solver != NULL) {
        dca__solver_reset(solver);
    }
}

static dca_status check_statuses(const uint8_t *statuses, dca_index n, dca_kind kind,
                                 const char *argument, dca_error *err)
{
    if (n > 0 && statuses == NULL) {
        return dca__check_pointer(statuses, argument, err);
    }
    for (dca_index k = 0; k < n; k++) {
        if (statuses[k] > DCA_BASIS_FREE) {
            return dca__fail(err, DCA_E_ARG, kind, k,
                             "%s %d: the basis status is %d, expected 0 (basic), 1 (lower), "
                             "2 (upper) or 3 (free)",
                             dca__kind_name(kind), (int)k, (int)statuses[k]);
        }
    }
    return DCA_OK;
}

dca_status dca_solver_set_basis(dca_solver *solver, const uint8_t *columns, const uint8_t *rows)
{
    if (solver == NULL) {
        return DCA_E_ARG;
    }
    const dca_lp *lp = solver->lp;
    if (lp == NULL) {
        return dca__fail(&solver->error, DCA_E_STATE, DCA_KIND_NONE, -1,
                         "this solver was made from a model; only solvers of an LP take a basis");
    }
    dca_status status =
        check_statuses(columns, lp->num_columns, DCA_KIND_COLUMN, "columns", &solver->error);
    if (status == DCA_OK) {
        status = check_statuses(rows, lp->num_rows, DCA_KIND_ROW, "rows", &solver->error);
    }
    if (status == DCA_OK) {
        status = dca__pipeline_set_basis(solver->pipeline, lp, columns, rows);
        status = status == DCA_E_NOMEM ? dca__fail_nomem(&solver->error) : status;
    }
    return status;
}

static dca_status check_marks(const uint8_t *marks, dca_index n, dca_kind kind, dca_error *err)
{
    for (dca_index k = 0; marks != NULL && k < n; k++) {
        if (marks[k] > (DCA_UNTOUCHABLE_LOWER | DCA_UNTOUCHABLE_UPPER)) {
            return dca__fail(err, DCA_E_ARG, kind, k,
                             "%s %d: the mark is %d, expected 0, 1 (lower bound untouchable), 2 "
                             "(upper) or 3 (both)",
                             dca__kind_name(kind), (int)k, (int)marks[k]);
        }
    }
    return DCA_OK;
}

dca_status dca_solver_find_conflict(dca_solver *solver, const uint8_t *columns, const uint8_t *rows,
                                    dca_control *control, dca_result **out)
{
    if (solver == NULL) {
        return DCA_E_ARG;
    }
    const dca_lp *lp = solver->lp;
    dca_error *err = &solver->error;
    dca_status status = dca__check_pointer(out, "out", err);
    if (status == DCA_OK && lp == NULL && (columns != NULL || rows != NULL)) {
        status = dca__fail(err, DCA_E_ARG, DCA_KIND_NONE, -1,
                           "this solver was made from a model, whose limits are untouchable by an "
                           "infinite repair weight; expected no marks");
    }
    if (status == DCA_OK && lp != NULL) {
        status = check_marks(columns, lp->num_columns, DCA_KIND_COLUMN, err);
    }
    if (status == DCA_OK && lp != NULL) {
        status = check_marks(rows, lp->num_rows, DCA_KIND_ROW, err);
    }
    return status != DCA_OK ? status
                            : dca__solver_find_conflict(solver, columns, rows, control, out);
}

dca_status dca_solver_compiled(dca_solver *solver, dca_control *control, dca_lp **out)
{
    if (solver == NULL) {
        return DCA_E_ARG;
    }
    const dca_status status = dca__check_pointer(out, "out", &solver->error);
    return status != DCA_OK ? status : dca__solver_compiled(solver, control, out);
}
