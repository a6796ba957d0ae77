/* clp.c - CLP through its C interface: Clp_initialSolve with its defaults, which presolves and
 * chooses the method. Options: method = auto, dual, primal, sprint, barrier; presolve = on, off. */
#include "peer.h"

#include <Clp_C_Interface.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct problem {
    Clp_Simplex *lp;
    Clp_Solve *how;
    double limit;
} problem;

static void version(char *out, size_t size)
{
    snprintf(out, size, "%s", Clp_Version());
}

static void unload(void *given)
{
    problem *p = given;
    ClpSolve_delete(p->how);
    Clp_deleteModel(p->lp);
    free(p);
}

static bool set_options(const bench_task *task, Clp_Solve *how)
{
    static const char *const names[] = {"method", "presolve", NULL};
    static const char *const methods[] = {"auto", "dual", "primal", "sprint", "barrier", NULL};
    static const char *const switches[] = {"on", "off", NULL};
    static const int codes[] = {5, 0, 1, 2, 3}; /* ClpSolve::SolveType */
    const int method = bench_choice(task, "method", methods);
    const int presolve = bench_choice(task, "presolve", switches);
    if (bench_unknown(task, names) != NULL || method < 0 || presolve < 0) {
        return false;
    }
    ClpSolve_setSolveType(how, codes[method], -1);
    ClpSolve_setPresolveType(how, presolve, -1); /* ClpSolve::PresolveType: 0 on, 1 off */
    return true;
}

/* Offsets of CLP are int. */
static bool fill(Clp_Simplex *out, const bench_lp *lp)
{
    CoinBigIndex *start = malloc(((size_t)lp->n + 1) * sizeof *start);
    if (start == NULL || lp->start[lp->n] > INT_MAX) {
        free(start);
        return false;
    }
    for (dca_index j = 0; j <= lp->n; j++) {
        start[j] = (CoinBigIndex)lp->start[j];
    }
    Clp_loadProblem(out, lp->n, lp->m, start, lp->index, lp->value, lp->lower, lp->upper, lp->cost,
                    lp->row_lower, lp->row_upper);
    free(start);
    return true;
}

static void *load(const bench_lp *lp, const bench_task *task, char *error, size_t size)
{
    problem *p = calloc(1, sizeof *p);
    if (p == NULL) {
        snprintf(error, size, "out of memory");
        return NULL;
    }
    p->lp = Clp_newModel();
    p->how = ClpSolve_new();
    p->limit = task->limit;
    Clp_setLogLevel(p->lp, 0);
    if (!set_options(task, p->how)) {
        snprintf(error, size, "options: method=auto|dual|primal|sprint|barrier, presolve=on|off");
        unload(p);
        return NULL;
    }
    if (!fill(p->lp, lp)) {
        snprintf(error, size, "too many entries, or out of memory");
        unload(p);
        return NULL;
    }
    return p;
}

static void solve(void *given)
{
    problem *p = given;
    Clp_setMaximumSeconds(p->lp, p->limit);
    Clp_initialSolveWithOptions(p->lp, p->how);
}

static void answer(void *given, bench_answer *out)
{
    static const char *const words[] = {"optimal", "infeasible", "unbounded", "time_limit"};
    const problem *p = given;
    const int status = Clp_status(p->lp);
    out->status = status >= 0 && status < 4 ? words[status] : "failed";
    out->iterations = Clp_numberIterations(p->lp);
    snprintf(out->extra, sizeof out->extra, ", \"code\": %d, \"secondary\": %d", status,
             Clp_secondaryStatus(p->lp));
    if (status == 0) {
        out->objective = Clp_objectiveValue(p->lp);
        memcpy(out->x, Clp_primalColumnSolution(p->lp),
               (size_t)Clp_numberColumns(p->lp) * sizeof *out->x);
        memcpy(out->y, Clp_dualRowSolution(p->lp), (size_t)Clp_numberRows(p->lp) * sizeof *out->y);
        out->has_x = out->has_y = true;
    }
}

const bench_peer bench_this_peer = {
    .name = "clp",
    .version = version,
    .load = load,
    .solve = solve,
    .answer = answer,
    .unload = unload,
};
