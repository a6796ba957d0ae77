// hot_clp.cpp - CLP, warm: dual() after bounds changed, primal() after costs did, from the last
// basis; the first solve is initialSolve() with its presolve. Option keep = 0 (default), or 7:
// factors and work areas are kept from solve to solve (startFinishOptions of ClpSimplex.hpp, where
// 4 is called work in progress); after rows or columns came or went there is nothing to keep. C++
// because CLP's C interface has no keep.
#include "hot.h"

#include <ClpConfig.h>
#include <ClpSimplex.hpp>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <new>
#include <vector>

namespace {

struct problem {
    ClpSimplex lp;
    double limit = 30.0;
    int keep = 0;
    bool first = true, primal = false, reshaped = false;
};

void version(char *out, size_t size)
{
    std::snprintf(out, size, "%s", CLP_VERSION);
}

void unload(void *given)
{
    delete static_cast<problem *>(given);
}

std::vector<CoinBigIndex> offsets(const dca_nnz *start, int64_t n)
{
    std::vector<CoinBigIndex> made;
    for (int64_t k = 0; k <= n; k++) {
        made.push_back(static_cast<CoinBigIndex>(start[k]));
    }
    return made;
}

void *load(const bench_lp *lp, const hot_task *task, char *error, size_t size)
{
    problem *p = new (std::nothrow) problem;
    if (p == nullptr || lp->start[lp->n] > INT_MAX) {
        std::snprintf(error, size, "too many entries, or out of memory");
        delete p;
        return nullptr;
    }
    p->limit = task->limit;
    p->keep = std::atoi(hot_option(task, "keep", "0"));
    p->lp.setLogLevel(0);
    p->lp.loadProblem(lp->n, lp->m, offsets(lp->start, lp->n).data(), lp->index, lp->value,
                      lp->lower, lp->upper, lp->cost, lp->row_lower, lp->row_upper);
    return p;
}

bool apply(void *given, const hot_edit *e)
{
    problem *p = static_cast<problem *>(given);
    ClpSimplex &lp = p->lp;
    p->reshaped = true;
    if (e->gone_column.used > 0 || e->gone_row.used > 0) {
        lp.deleteColumns(static_cast<int>(e->gone_column.used), e->gone_column.at);
        lp.deleteRows(static_cast<int>(e->gone_row.used), e->gone_row.at);
    } else if (e->new_row.lists > 0 || e->new_column.lists > 0) {
        lp.addRows(static_cast<int>(e->new_row.lists), e->new_row_lower.at, e->new_row_upper.at,
                   offsets(e->new_row.start, e->new_row.lists).data(), e->new_row.index.at,
                   e->new_row.value.at);
        lp.addColumns(static_cast<int>(e->new_column.lists), e->new_lower.at, e->new_upper.at,
                      e->new_cost.at, offsets(e->new_column.start, e->new_column.lists).data(),
                      e->new_column.index.at, e->new_column.value.at);
    } else {
        p->reshaped = false;
    }
    for (int64_t k = 0; k < e->row.used; k++) {
        lp.setRowBounds(e->row.at[k], e->row_lower.at[k], e->row_upper.at[k]);
    }
    for (int64_t k = 0; k < e->column.used; k++) {
        lp.setColumnBounds(e->column.at[k], e->lower.at[k], e->upper.at[k]);
    }
    for (int64_t k = 0; k < e->cost_column.used; k++) {
        lp.setObjectiveCoefficient(e->cost_column.at[k], e->cost.at[k]);
    }
    p->primal = e->cost_column.used > 0;
    return true;
}

void solve(void *given, bool, hot_answer *out)
{
    static const char *const words[] = {"optimal", "infeasible", "unbounded", "time_limit"};
    problem *p = static_cast<problem *>(given);
    const int keep = p->reshaped ? p->keep & 1 : p->keep;
    p->lp.setMaximumSeconds(p->limit);
    if (p->first) {
        p->lp.initialSolve();
        p->first = false;
        p->reshaped = true;
    } else if (p->primal) {
        p->lp.primal(0, keep);
    } else {
        p->lp.dual(0, keep);
    }
    const int status = p->lp.status();
    out->status = status >= 0 && status < 4 ? words[status] : "failed";
    out->objective = p->lp.objectiveValue();
    out->iterations = p->lp.numberIterations();
}

} // namespace

extern "C" const hot_peer hot_this_peer = {"clp", version, load, apply, solve, unload};
