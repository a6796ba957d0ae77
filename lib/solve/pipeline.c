/* pipeline.c - from an LP to a proved answer, cold or warm.
 *
 * Cold: merge what symmetry allows and solve the quotient (folded.c); else presolve, solve what is left,
 * postsolve, verify; the original is loaded with the postsolved basis when the next solve, or an answer
 * that is not proved yet, asks for it. Warm: the edits logged since the last solve go to the backend,
 * which patches its live state; anything that is not in the log (rows or columns added or deleted,
 * sense) loads the LP anew and starts from the last basis, carried over by ids. An answer that misses
 * its check climbs the repair ladder (choose.c), then is called imprecise.
 *
 * The backend always minimises: costs of an LP to be maximised are negated on the way in (view, edits)
 * and prices on the way out. Limits of the options narrow the control for the call. */
#include "solve/solve.h"

#include "base/alloc.h"
#include "base/env.h"
#include "base/err.h"
#include "base/log.h"
#include "lp/verify.h"
#include "solve/certify.h"
#include "solve/choose.h"
#include "solve/folded.h"
#include "solve/hot.h"
#include "solve/kept_basis.h"
#include "solve/presolved.h"
#include "solve/refine.h"

#include <string.h>

struct dca__pipeline {
    dca_env *env;
    const dca_backend *backend;
    void *state;  /* of the backend; NULL: not open */
    double *cost; /* of the view handed to backend and verify */
    dca_nnz cost_capacity;
    bool viewed;                          /* `cost` is as of the two counts below */
    uint64_t view_structure, view_cursor; /* of the LP */
    bool loaded;        /* the backend holds the LP as of `structure` and `cursor` */
    uint64_t structure; /* of the LP when loaded */
    uint64_t cursor;    /* edits of the LP's log handed over */
    dca__kept_basis basis;
    bool basis_given;  /* by set_basis: hand it over even when loaded */
    bool basis_lifted; /* from a quotient: a start where symmetry finds nothing */
    bool basis_behind; /* the statuses of `hot` are newer than those kept; ids are the same */
    bool exact;        /* no hot solves */
    dca__hot hot;
};

/* One call of dca__pipeline_solve. */
typedef struct call {
    dca__pipeline *pipe;
    const dca_lp *lp;
    dca_problem view;
    dca_options options; /* of the attempt */
    dca_control *control;
    int64_t iterations, work;
    int32_t method; /* that finished the last attempt: 1 dual, 2 primal, 3 network, 0 none */
    bool warm;
    const char *note;
    const char *refusal; /* why the backend does not solve this by the method asked for */
    bool have_best;
    dca__answer best;                  /* so far, not proved */
    double least_violation;            /* of the points that were found */
    dca__narrow narrow;                /* infeasible, should nothing else be proved */
    dca_index seen_rows, seen_columns; /* by the simplex */
    dca_nnz seen_entries;
} call;

dca_status dca__pipeline_new(dca_env *env, dca__pipeline **out)
{
    dca__pipeline *pipe = DCA_NEW(env, dca__pipeline);
    if (pipe == NULL) {
        return DCA_E_NOMEM;
    }
    pipe->env = dca__env_retain(env);
    pipe->backend = dca__native_backend();
    *out = pipe;
    return DCA_OK;
}

static void close_backend(dca__pipeline *pipe)
{
    if (pipe->state != NULL) {
        pipe->backend->close(pipe->state);
        pipe->state = NULL;
    }
    pipe->loaded = false;
    dca__hot_forget(&pipe->hot);
}

void dca__pipeline_free(dca__pipeline *pipe)
{
    if (pipe != NULL) {
        dca_env *env = pipe->env;
        close_backend(pipe);
        dca__kept_basis_free(env, &pipe->basis);
        dca__hot_free(&pipe->hot);
        dca__free(env, pipe->cost);
        dca__free(env, pipe);
        dca__env_release(env);
    }
}

void dca__pipeline_reset(dca__pipeline *pipe)
{
    close_backend(pipe);
    dca__hot_free(&pipe->hot);
    pipe->viewed = pipe->basis_behind = false;
    pipe->basis.present = false;
    pipe->basis_given = false;
    pipe->basis_lifted = false;
}

dca_status dca__pipeline_set_backend(dca__pipeline *pipe, const dca_backend *backend)
{
    close_backend(pipe);
    pipe->backend = backend != NULL ? backend : dca__native_backend();
    return DCA_OK;
}

void dca__pipeline_keep_exact(dca__pipeline *pipe, bool exact)
{
    pipe->exact = exact;
}

dca_status dca__pipeline_set_basis(dca__pipeline *pipe, const dca_lp *lp, const uint8_t *columns,
                                   const uint8_t *rows)
{
    const dca_status status = dca__kept_basis_store(pipe->env, &pipe->basis, lp, columns, rows);
    if (status == DCA_OK) {
        pipe->basis_given = true;
        pipe->basis_lifted = pipe->basis_behind = false;
    }
    return status;
}

/* ---- Up to date ------------------------------------------------------------------------------------ */

static bool can(const dca__pipeline *pipe, uint32_t capability)
{
    return (pipe->backend->capabilities & capability) != 0;
}

/* The statuses of the last hot solve, which left them where they were. O(m + n), once before a load. */
static void fetch_basis(dca__pipeline *pipe)
{
    if (pipe->basis_behind) {
        const dca__point *point = dca__proof_point(pipe->hot.proof);
        if (point->has_basis) { /* else lost to a lack of memory: the older one is good */
            dca__kept_basis_renew(&pipe->basis, point->column_status, point->row_status);
        }
        pipe->basis_behind = false;
    }
}

/* The kept basis, fitted to the LP as it is, to the backend. */
static dca_status hand_over_basis(const call *job)
{
    dca__pipeline *pipe = job->pipe;
    fetch_basis(pipe);
    const dca_lp *lp = job->lp;
    dca_status status = DCA_E_NOMEM;
    uint8_t *columns = DCA_ARRAY(pipe->env, uint8_t, lp->num_columns);
    uint8_t *rows = DCA_ARRAY(pipe->env, uint8_t, lp->num_rows);
    if (columns != NULL && rows != NULL) {
        dca__kept_basis_carry(&pipe->basis, lp, columns, rows);
        status = pipe->backend->set_basis(pipe->state, columns, rows);
    }
    dca__free(pipe->env, columns);
    dca__free(pipe->env, rows);
    return status;
}

static dca_status open_backend(dca__pipeline *pipe)
{
    if (pipe->state != NULL) {
        return DCA_OK;
    }
    void *state = NULL;
    const dca_status status = pipe->backend->open(pipe->env, &state);
    pipe->state = status == DCA_OK ? state : NULL;
    return status;
}

static dca_status load(call *job, bool with_basis)
{
    dca__pipeline *pipe = job->pipe;
    dca_status status = open_backend(pipe);
    if (status == DCA_OK) {
        status = pipe->backend->load(pipe->state, &job->view);
    }
    if (status != DCA_OK) {
        return status;
    }
    fetch_basis(pipe);
    dca__hot_forget(&pipe->hot);
    pipe->loaded = true;
    pipe->structure = job->lp->structure;
    pipe->cursor = job->lp->log_end;
    job->warm = false;
    if (with_basis && pipe->basis.present && can(pipe, DCA_BACKEND_BASIS)) {
        status = hand_over_basis(job);
        pipe->loaded = status == DCA_OK;
        job->warm = pipe->loaded;
    }
    return status;
}

/* The edits from the cursor on, costs in the sense of the backend, all or none: *out, which the caller
 * frees in any case, and their number. */
static dca_status hand_over_edits(const call *job, dca_edit **out, dca_nnz *number)
{
    dca__pipeline *pipe = job->pipe;
    const dca_lp *lp = job->lp;
    const dca_nnz count = (dca_nnz)(lp->log_end - pipe->cursor);
    *number = count;
    *out = NULL;
    if (count == 0) {
        return DCA_OK;
    }
    dca_edit *edits = DCA_ARRAY(pipe->env, dca_edit, count);
    if (edits == NULL) {
        return DCA_E_NOMEM;
    }
    for (dca_nnz k = 0; k < count; k++) {
        edits[k] = lp->log[(pipe->cursor + (uint64_t)k) % (uint64_t)lp->log_capacity];
        if (edits[k].kind == DCA_EDIT_COST && lp->sense == DCA_MAXIMISE) {
            edits[k].a = -edits[k].a;
        }
    }
    const dca_status status = pipe->backend->edit(pipe->state, edits, count);
    if (status == DCA_OK) {
        pipe->cursor = lp->log_end;
    }
    *out = edits;
    return status;
}

static bool log_reaches_back(const dca__pipeline *pipe, const dca_lp *lp)
{
    return lp->log_end - pipe->cursor <= (uint64_t)lp->log_capacity;
}

/* Edits are all that the backend has not seen. */
static bool is_live(const dca__pipeline *pipe, const dca_lp *lp)
{
    return pipe->loaded && pipe->structure == lp->structure && log_reaches_back(pipe, lp) &&
           can(pipe, DCA_BACKEND_EDIT);
}

/* The backend holds the LP as it is now, with the best basis there is. */
static dca_status bring_up_to_date(call *job)
{
    dca__pipeline *pipe = job->pipe;
    const dca_lp *lp = job->lp;
    if (!is_live(pipe, lp)) {
        job->note = !pipe->basis.present               ? ""
                    : !pipe->loaded                    ? "loaded from a basis"
                    : pipe->structure != lp->structure ? "rows or columns changed: loaded anew"
                                                       : "edit log overrun: loaded anew";
        return load(job, true);
    }
    job->warm = true;
    dca_edit *edits;
    dca_nnz count;
    dca_status status = hand_over_edits(job, &edits, &count);
    dca__free(pipe->env, edits);
    if (count > 0) {
        dca__hot_forget(&pipe->hot); /* not by solve_hot(), which gave way to a basis */
    }
    pipe->hot.proved = false;
    if (status == DCA_OK && pipe->basis_given && can(pipe, DCA_BACKEND_BASIS)) {
        status = hand_over_basis(job);
    }
    return status;
}

/* ---- Attempts ---------------------------------------------------------------------------------------- */

static bool is_stop(dca_outcome outcome)
{
    return outcome == DCA_TIME_LIMIT || outcome == DCA_WORK_LIMIT || outcome == DCA_INTERRUPTED;
}

static bool is_proved(dca_outcome outcome)
{
    return outcome == DCA_OPTIMAL || outcome == DCA_INFEASIBLE || outcome == DCA_UNBOUNDED;
}

/* Solve with the job's options and verify. */
static dca_status attempt(call *job, dca__answer *answer)
{
    dca__pipeline *pipe = job->pipe;
    dca_backend_report report = {.struct_size = sizeof report};
    dca_status status = pipe->backend->solve(pipe->state, &job->options, job->control, &report);
    if (status != DCA_OK) {
        job->refusal = report.note;
        return status;
    }
    job->iterations += report.iterations;
    job->work += report.work;
    job->method = report.method;
    return dca__certify(pipe->env, pipe->backend, pipe->state, &job->view, &report, &job->narrow,
                        answer);
}

/* Keep the better of two that are not proved. */
static void keep_best(call *job, dca__answer *answer)
{
    dca_env *env = job->pipe->env;
    job->least_violation = fmin(job->least_violation, answer->certificate.primal_violation);
    if (job->have_best && !dca__answer_better(answer, &job->best)) {
        dca__answer_free(env, answer);
        return;
    }
    if (job->have_best) {
        dca__answer_free(env, &job->best);
    }
    job->best = *answer;
    job->have_best = true;
}

/* False when the iterations are used up. */
static bool set_up_rung(call *job, const dca_options *asked, const dca__rung *rung)
{
    const int64_t limit = asked->settings.iteration_limit;
    job->options.settings = rung->settings;
    if (limit > 0) {
        job->options.settings.iteration_limit = limit - job->iterations;
    }
    return limit <= 0 || job->iterations < limit;
}

static dca_status keep_statuses(call *job, const dca__point *point, bool lifted)
{
    dca__pipeline *pipe = job->pipe;
    const dca_status status = dca__kept_basis_store(pipe->env, &pipe->basis, job->lp,
                                                    point->column_status, point->row_status);
    if (status == DCA_OK) {
        pipe->basis_lifted = lifted;
        pipe->basis_behind = false;
    }
    return status;
}

static dca_status remember_basis(call *job, const dca__point *point)
{
    return point->has_basis ? keep_statuses(job, point, false) : DCA_OK;
}

/* By way of the reduced problem. *done: *out is the answer; else the basis kept is where to start. */
static dca_status solve_cold(call *job, const dca_options *asked, dca__answer *out, bool *done)
{
    dca__pipeline *pipe = job->pipe;
    dca_env *env = pipe->env;
    dca__presolved report = {0};
    dca__answer answer;
    *done = false;
    dca_status status = open_backend(pipe);
    if (status == DCA_OK) {
        pipe->loaded = false;
        status = dca__solve_presolved(env, pipe->backend, pipe->state, &job->view, asked,
                                      job->control, &report, &answer);
    }
    if (status != DCA_OK || !report.reduced) {
        job->work += report.work;
        return status; /* a control that stopped presolve is asked again before the load */
    }
    job->iterations += report.iterations;
    job->work += report.work;
    job->method = report.method;
    job->seen_rows = report.rows;
    job->seen_columns = report.columns;
    job->seen_entries = report.entries;
    status = remember_basis(job, &answer.point);
    if (status != DCA_OK) {
        dca__answer_free(env, &answer);
        return status;
    }
    *done = is_proved(answer.outcome) || is_stop(answer.outcome);
    if (*done) {
        *out = answer;
        return DCA_OK;
    }
    dca__log(env, DCA_LOG_DEBUG, "postsolved: not proved, violation %s, gap %s",
             DCA_G(answer.certificate.primal_violation), DCA_G(answer.certificate.relative_gap));
    keep_best(job, &answer);
    return DCA_OK;
}

/* By way of the quotient under symmetry. *done: *out is the answer, without a basis; that kept is where
 * a simplex can start. */
static dca_status solve_folded(call *job, const dca_options *asked, dca__answer *out, bool *done)
{
    dca__pipeline *pipe = job->pipe;
    dca__folded report;
    dca_status status =
        dca__solve_folded(pipe->env, pipe->backend, &job->view, asked, job->control, &report, out);
    *done = false;
    if (status == DCA_OK && report.has_start) {
        status = keep_statuses(job, &out->point, true);
        if (status != DCA_OK) {
            dca__answer_free(pipe->env, out);
        }
    }
    if (status != DCA_OK) {
        return status;
    }
    job->work += report.work + report.info.work;
    job->iterations += report.info.iterations;
    if (report.found) {
        job->method = report.method;
        job->note = "by symmetry";
        job->seen_rows = report.info.presolved_rows;
        job->seen_columns = report.info.presolved_columns;
        job->seen_entries = report.info.presolved_entries;
        *done = true;
    }
    return DCA_OK;
}

/* The last word: no attempt came to a point within the claim, and one to multipliers that leave no
 * point within the tolerance that the simplex works to. */
static void conclude_narrow(call *job)
{
    if (job->best.outcome == DCA_IMPRECISE && job->narrow.ray != NULL &&
        job->least_violation > DCA_CLAIM_PRIMAL) {
        dca__certify_narrow(&job->narrow, job->least_violation, &job->best);
        job->note = "infeasible by less than the tolerance of a claim";
    }
}

/* The last attempt at an answer that is imprecise still: its residuals, in twice the precision, as LPs. */
static dca_status refine_best(call *job, const dca_options *asked)
{
    dca__pipeline *pipe = job->pipe;
    const dca__rung last = {.settings = asked->settings};
    if (job->best.outcome != DCA_IMPRECISE || !job->best.point.has_point ||
        !job->best.point.has_basis || !set_up_rung(job, asked, &last)) {
        return DCA_OK;
    }
    job->options.settings.method = DCA__METHOD_AUTO;
    job->options.settings.perturbation = 0;
    job->options.settings.scaling = 1; /* whatever was asked for has failed */
    pipe->loaded = false;
    dca__refined report;
    dca_status status = dca__refine(pipe->env, pipe->backend, pipe->state, &job->view,
                                    &job->options, job->control, &report, &job->best);
    job->iterations += report.iterations;
    job->work += report.work;
    if (job->best.outcome == DCA_IMPRECISE && is_stop(report.last)) {
        job->best.outcome = report.last;
    }
    if (status == DCA_OK && job->best.outcome == DCA_OPTIMAL) {
        job->note = "repaired by iterative refinement";
        status = remember_basis(job, &job->best.point);
    }
    return status;
}

static dca_status climb(call *job, const dca_options *asked, dca__answer *out)
{
    dca__pipeline *pipe = job->pipe;
    dca_env *env = pipe->env;
    dca__rung rung;
    for (int k = 0; dca__choose_rung(k, &asked->settings, job->method, &rung); k++) {
        const bool wanted = !rung.near || job->least_violation <= DCA_CLAIM_PRIMAL;
        if (!wanted || !set_up_rung(job, asked, &rung)) {
            break;
        }
        const dca__stop stop = rung.reload ? dca__control_poll(job->control, 0) : DCA__GO;
        if (stop != DCA__GO) {
            job->best.outcome = dca__stop_outcome(stop);
            break;
        }
        if (rung.reload) {
            const dca_status status = load(job, !rung.from_slack);
            if (status != DCA_OK) {
                return status;
            }
        }
        dca__answer answer;
        dca_status status = attempt(job, &answer);
        if (status != DCA_OK) {
            return status;
        }
        status = remember_basis(job, &answer.point);
        if (status != DCA_OK) {
            dca__answer_free(env, &answer);
            return status;
        }
        if (k > 0) {
            job->note = rung.remark;
        }
        if (is_proved(answer.outcome)) {
            *out = answer;
            return DCA_OK;
        }
        dca__log(env, DCA_LOG_DEBUG, "attempt %d: not proved, violation %s, gap %s", k,
                 DCA_G(answer.certificate.primal_violation),
                 DCA_G(answer.certificate.relative_gap));
        const dca_outcome outcome = answer.outcome;
        keep_best(job, &answer);
        if (is_stop(outcome)) {
            job->best.outcome = outcome;
            break;
        }
    }
    conclude_narrow(job);
    const dca_status status = refine_best(job, asked);
    if (status != DCA_OK) {
        return status;
    }
    *out = job->best;
    job->have_best = false;
    return DCA_OK;
}

/* ---- The call ------------------------------------------------------------------------------------------ */

static dca_status supported(const dca__pipeline *pipe, const dca_lp *lp,
                            const dca__settings *settings, dca_error *err)
{
    if (settings->method == DCA__METHOD_IPM ||
        (settings->method == DCA__METHOD_NETWORK && !can(pipe, DCA_BACKEND_NETWORK))) {
        return dca__fail(err, DCA_E_UNSUPPORTED, DCA_KIND_OPTION, -1,
                         "option method: the backend '%s' has no '%s'; use auto, dual or primal",
                         pipe->backend->name,
                         settings->method == DCA__METHOD_IPM ? "ipm" : "network");
    }
    if (lp->num_integers > 0 && settings->relax == 0) {
        return dca__fail(err, DCA_E_UNSUPPORTED, DCA_KIND_OPTION, -1,
                         "%lld columns are marked integer, which needs branch and bound; option "
                         "relax = on ignores the marks",
                         (long long)lp->num_integers);
    }
    return DCA_OK;
}

static void describe(const call *job, double began, dca__answer *answer)
{
    const dca_lp *lp = job->lp;
    dca_solve_info *info = &answer->info;
    memset(info, 0, sizeof *info);
    info->struct_size = sizeof *info;
    info->warm = job->warm;
    info->iterations = job->iterations;
    info->work = job->work;
    info->rows = lp->num_rows;
    info->columns = lp->num_columns;
    info->entries = lp->num_entries;
    info->presolved_rows = job->seen_rows;
    info->presolved_columns = job->seen_columns;
    info->presolved_entries = job->seen_entries;
    static const char *const methods[] = {"none", "dual", "primal", "network"};
    const char *method = methods[job->method >= 1 && job->method <= 3 ? job->method : 0];
    memcpy(info->method, method, strlen(method) + 1);
    const size_t length = strlen(job->note);
    const size_t room = sizeof info->note - 1;
    memcpy(info->note, job->note, length < room ? length : room);
    info->seconds = dca__seconds() - began;
}

/* The best of what was tried, or what is known without a solver. */
static dca_status stop_before_load(call *job, dca_outcome stop, dca__answer *out)
{
    if (!job->have_best) {
        return dca__certify_start(job->pipe->env, &job->view, stop, out);
    }
    *out = job->best;
    out->outcome = stop;
    job->have_best = false;
    return DCA_OK;
}

/* The backend's own way, from whatever basis there is. */
static dca_status solve_direct(call *job, const dca_options *asked, dca__answer *out)
{
    dca__pipeline *pipe = job->pipe;
    const dca__stop stop = pipe->loaded ? DCA__GO : dca__control_poll(job->control, 0);
    if (stop != DCA__GO) { /* the kept basis stands */
        return stop_before_load(job, dca__stop_outcome(stop), out);
    }
    const dca_status status = bring_up_to_date(job);
    return status == DCA_OK ? climb(job, asked, out) : status;
}

/* From an optimum by symmetry to one with a basis: *out is replaced where that succeeds. */
static dca_status cross_over(call *job, const dca_options *asked, dca__answer *out)
{
    dca_env *env = job->pipe->env;
    dca__answer vertex = {0};
    const dca_status status = solve_direct(job, asked, &vertex);
    job->warm = false;
    job->note = "by symmetry, then to a basis";
    if (status == DCA_OK && vertex.outcome != DCA_OPTIMAL) {
        dca__answer_free(env, &vertex);
        return DCA_OK;
    }
    dca__answer_free(env, out);
    if (status == DCA_OK) {
        *out = vertex;
    }
    return status;
}

/* From the last optimum, paying for the edits. *done: *out is the answer. */
static dca_status solve_hot(call *job, const dca_options *asked, dca__answer *out, bool *done)
{
    dca__pipeline *pipe = job->pipe;
    dca_edit *edits;
    dca_nnz count;
    dca_backend_report report = {.struct_size = sizeof report};
    *done = false;
    if (pipe->exact || pipe->backend != dca__native_backend() || !is_live(pipe, job->lp) ||
        pipe->basis_given) {
        return DCA_OK;
    }
    dca_status status = hand_over_edits(job, &edits, &count);
    if (status == DCA_OK) {
        status = dca__hot_solve(pipe->env, &pipe->hot, pipe->state, &job->view, edits, count, asked,
                                job->control, &report, out, done);
        job->iterations += report.iterations;
        job->work += report.work;
    }
    dca__free(pipe->env, edits);
    if (*done) {
        job->method = report.method;
        job->warm = true;
        pipe->basis_behind = true;
    }
    return status;
}

static dca_status solve(call *job, const dca_options *asked, dca__answer *out)
{
    dca__pipeline *pipe = job->pipe;
    bool crossing;
    bool done;
    dca_status status = solve_hot(job, asked, out, &done);
    if (status != DCA_OK || done) {
        return status;
    }
    status = dca__certify_crossing(pipe->env, &job->view, &crossing, out);
    if (status != DCA_OK || crossing) {
        return status;
    }
    if (!pipe->loaded) {
        const dca__stop stop = dca__control_poll(job->control, 0);
        if (stop != DCA__GO) {
            return stop_before_load(job, dca__stop_outcome(stop), out);
        }
    }
    const bool startless = !pipe->loaded && !pipe->basis.present;
    const bool cold = startless || (!pipe->loaded && pipe->basis_lifted);
    if (cold && asked->settings.symmetry != 0) {
        status = solve_folded(job, asked, out, &done);
        if (status == DCA_OK && done && out->outcome == DCA_OPTIMAL && asked->settings.basis != 0 &&
            can(pipe, DCA_BACKEND_BASIS)) {
            status = cross_over(job, asked, out);
        }
    }
    /* A method that is not for the quotient or for what presolve leaves may be for the original. */
    const bool open = status == DCA_E_UNSUPPORTED || (status == DCA_OK && !done);
    if (open && startless && asked->settings.presolve != 0) {
        status = solve_cold(job, asked, out, &done);
    }
    if (status == DCA_E_UNSUPPORTED || (status == DCA_OK && !done)) {
        status = solve_direct(job, asked, out);
    }
    if (job->have_best) {
        dca__answer_free(pipe->env, &job->best);
    }
    dca__free(pipe->env, job->narrow.ray);
    return status;
}

/* The control of the call: the caller's narrowed by the options, or one for the options alone. */
static dca_status solve_within_limits(call *job, const dca_options *asked, dca__answer *out)
{
    const dca__settings *settings = &asked->settings;
    if (!(settings->time_limit < INFINITY) && settings->work_limit <= 0) {
        return solve(job, asked, out);
    }
    dca_control *own = NULL;
    if (job->control == NULL) {
        if (dca__control_new(job->pipe->env, &own) != DCA_OK) {
            return DCA_E_NOMEM;
        }
        job->control = own;
    }
    dca__limits_before before;
    dca__control_narrow(job->control, settings->time_limit, settings->work_limit, &before);
    const dca_status status = solve(job, asked, out);
    dca__control_widen(job->control, &before);
    dca__control_free(own);
    return status;
}

/* The costs to be minimised: patched by the log where it reaches, else all of them. */
static void bring_view_up_to_date(dca__pipeline *pipe, const dca_lp *lp)
{
    const double sign = lp->sense == DCA_MAXIMISE ? -1.0 : 1.0;
    if (!pipe->viewed || pipe->view_structure != lp->structure ||
        lp->log_end - pipe->view_cursor > (uint64_t)lp->log_capacity) {
        dca__lp_view_costs(lp, pipe->cost);
    } else {
        for (uint64_t e = pipe->view_cursor; e < lp->log_end; e++) {
            const dca_edit *edit = &lp->log[e % (uint64_t)lp->log_capacity];
            if (edit->kind == DCA_EDIT_COST) {
                pipe->cost[edit->index] = 0.0 + sign * edit->a;
            }
        }
    }
    pipe->viewed = true;
    pipe->view_structure = lp->structure;
    pipe->view_cursor = lp->log_end;
}

static dca_status fail(const call *job, dca_status status, dca_error *err)
{
    if (status == DCA_E_NOMEM) {
        return dca__fail_nomem(err);
    }
    if (status == DCA_E_UNSUPPORTED && job->refusal != NULL) {
        return dca__fail(err, status, DCA_KIND_OPTION, -1,
                         "option method: not a problem for '%s': %s; use auto, dual or primal",
                         job->options.settings.method == DCA__METHOD_NETWORK ? "network" : "auto",
                         job->refusal);
    }
    return dca__fail(err, status, DCA_KIND_NONE, -1, "the backend '%s' failed",
                     job->pipe->backend->name);
}

dca_status dca__pipeline_solve(dca__pipeline *pipe, const dca_lp *lp, const dca_options *options,
                               dca_control *control, dca__answer *out, dca_error *err)
{
    const double began = dca__seconds();
    dca_status status = supported(pipe, lp, &options->settings, err);
    if (status != DCA_OK) {
        return status;
    }
    if (DCA_RESERVE(pipe->env, pipe->cost, pipe->cost_capacity, lp->num_columns) != DCA_OK) {
        return dca__fail_nomem(err);
    }
    call job = {.pipe = pipe,
                .lp = lp,
                .control = control,
                .note = "",
                .least_violation = INFINITY,
                .options = *options,
                .seen_rows = lp->num_rows,
                .seen_columns = lp->num_columns,
                .seen_entries = lp->num_entries};
    bring_view_up_to_date(pipe, lp);
    dca__lp_view_of(lp, pipe->cost, &job.view);
    dca__answer answer = {0};
    status = solve_within_limits(&job, options, &answer);
    if (status != DCA_OK) {
        pipe->loaded = false; /* the kept basis stands */
        return fail(&job, status, err);
    }
    pipe->basis_given = false;
    status = lp->sense == DCA_MINIMISE ? DCA_OK : dca__point_own(pipe->env, &answer.point);
    if (status != DCA_OK) {
        dca__answer_free(pipe->env, &answer);
        return dca__fail_nomem(err);
    }
    dca__answer_restore_sense(&answer, lp->sense);
    describe(&job, began, &answer);
    dca__log(pipe->env, DCA_LOG_INFO,
             "solve: outcome %d, objective %s, %s, %lld iterations, %lld entries touched%s",
             (int)answer.outcome, DCA_G(answer.objective), answer.info.method,
             (long long)answer.info.iterations, (long long)answer.info.work,
             answer.info.warm ? ", warm" : "");
    *out = answer;
    return DCA_OK;
}
