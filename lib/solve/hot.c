/* hot.c - edits, resume, prove. */
#include "solve/hot.h"

#include "lp/verify.h"

#include <string.h>

/* A proof that has used up so much of a claim asks for a whole solve. */
#define USED_UP 0.1
/* Steps that move y to the safe side of rounding. */
enum { MOST_MENDS = 3 };

void dca__hot_free(dca__hot *hot)
{
    dca__proof_free(hot->proof);
    *hot = (dca__hot){0};
}

void dca__hot_forget(dca__hot *hot)
{
    hot->same_matrix = hot->proved = false;
}

static bool changes_matrix(const dca_edit *edits, dca_nnz n)
{
    dca_nnz k = 0;
    while (k < n && edits[k].kind != DCA_EDIT_COEFFICIENT) {
        k++;
    }
    return k < n;
}

/* The dual may do it, with pivots that nobody counts; bounds that cross have a proof of their own. */
static bool can_resume(const dca_edit *edits, dca_nnz n, const dca__settings *settings)
{
    bool can = (settings->method == DCA__METHOD_AUTO || settings->method == DCA__METHOD_DUAL) &&
               settings->iteration_limit == 0;
    for (dca_nnz k = 0; k < n && can; k++) {
        const bool bounds =
            edits[k].kind == DCA_EDIT_COLUMN_BOUNDS || edits[k].kind == DCA_EDIT_ROW_BOUNDS;
        can = !bounds || edits[k].a <= edits[k].b;
    }
    return can;
}

static void follow_trail(dca__proof *proof, void *state, const dca_problem *problem)
{
    dca_index at;
    double value;
    uint8_t status;
    while (dca__native_next_column(state, &at, &value, &status)) {
        dca__proof_set_column(proof, problem, at, value, status);
    }
    while (dca__native_next_row(state, &at, &value, &status)) {
        dca__proof_set_row(proof, problem, at, value, status);
    }
}

/* The proof of the whole point; the trail says nothing new then. */
static dca_status prove_anew(dca_env *env, dca__hot *hot, void *state, const dca_problem *problem)
{
    const dca_backend *native = dca__native_backend();
    dca__point point;
    dca_status status = hot->proof == NULL ? dca__proof_new(env, &hot->proof) : DCA_OK;
    if (status == DCA_OK) {
        status = dca__point_new(env, problem->num_rows, problem->num_columns, &point);
    }
    if (status != DCA_OK) {
        return status;
    }
    status = native->get_point(state, point.x, point.y);
    if (status == DCA_OK) {
        status = native->get_basis(state, point.column_status, point.row_status);
    }
    if (status == DCA_OK) {
        status = dca__proof_begin(hot->proof, problem, hot->same_matrix, &point);
    }
    if (status != DCA_OK) {
        dca__point_free(env, &point);
        return status;
    }
    hot->same_matrix = true;
    follow_trail(hot->proof, state, problem);
    return DCA_OK;
}

static dca_status prove_changes(dca__hot *hot, void *state, const dca_problem *problem,
                                const dca_edit *edits, dca_nnz n)
{
    if (dca__proof_open(hot->proof) != DCA_OK) {
        return DCA_E_NOMEM;
    }
    for (dca_nnz k = 0; k < n; k++) {
        dca__proof_edit(hot->proof, problem, &edits[k]);
    }
    follow_trail(hot->proof, state, problem);
    return DCA_OK;
}

static bool is_sound(const dca_certificate *cert)
{
    return cert->valid != 0 && cert->primal_violation <= USED_UP * DCA_CLAIM_PRIMAL &&
           cert->relative_gap <= USED_UP * DCA_CLAIM_GAP;
}

/* The running check; where reduced costs point at infinite bounds y is refined, if that is more than
 * rounding, and moved; then the whole check, which knows implied bounds, is asked. */
static dca_status check(dca_env *env, dca__hot *hot, void *state, const dca_problem *problem,
                        dca_certificate *cert)
{
    dca_index count;
    dca__proof_check(hot->proof, problem, cert);
    if (!is_sound(cert) && dca__proof_has_drifted(hot->proof)) {
        const dca_index *columns = dca__proof_inexact_columns(hot->proof, &count);
        if (dca__native_refine(state, columns, count)) {
            follow_trail(hot->proof, state, problem);
            dca__proof_check(hot->proof, problem, cert);
        }
    }
    for (int k = 0; k < MOST_MENDS && !is_sound(cert); k++) {
        const dca_index *columns = dca__proof_open_columns(hot->proof, &count);
        if (count == 0 || !dca__native_mend(state, columns, count)) {
            break;
        }
        follow_trail(hot->proof, state, problem);
        dca__proof_check(hot->proof, problem, cert);
    }
    if (is_sound(cert) || cert->primal_violation > USED_UP * DCA_CLAIM_PRIMAL) {
        return DCA_OK;
    }
    const dca__point *point = dca__proof_point(hot->proof);
    return dca__verify_optimal(env, problem, point->x, point->y, NULL, NULL, cert);
}

dca_status dca__hot_solve(dca_env *env, dca__hot *hot, void *state, const dca_problem *problem,
                          const dca_edit *edits, dca_nnz n, const dca_options *options,
                          dca_control *control, dca_backend_report *report, dca__answer *out,
                          bool *done)
{
    const bool proved = hot->proved;
    dca__answer answer = {.outcome = DCA_OPTIMAL};
    *done = false;
    hot->proved = false;
    if (changes_matrix(edits, n)) {
        dca__hot_forget(hot);
        return DCA_OK;
    }
    if (!can_resume(edits, n, &options->settings) ||
        !dca__native_resume(state, options, control, report)) {
        return DCA_OK;
    }
    dca_status status = proved && !dca__proof_is_worn(hot->proof)
                            ? prove_changes(hot, state, problem, edits, n)
                            : prove_anew(env, hot, state, problem);
    if (status == DCA_OK) {
        status = check(env, hot, state, problem, &answer.certificate);
    }
    if (status != DCA_OK || !is_sound(&answer.certificate)) {
        return status;
    }
    status = dca__point_share(env, dca__proof_point(hot->proof), &answer.point);
    if (status == DCA_OK) {
        answer.objective = dca__proof_objective(hot->proof, problem);
        hot->proved = *done = true;
        *out = answer;
    }
    return status;
}
