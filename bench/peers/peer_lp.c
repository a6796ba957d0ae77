/* peer_lp.c - an MPS file as arrays, read with our reader, so that every contestant gets the same
 * numbers. O(entries). */
#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *room(size_t count, size_t size)
{
    return calloc(count > 0 ? count : 1, size);
}

/* Copies of the LP's arrays; false when memory ran out. */
static bool copy(const dca_lp *lp, bench_lp *out)
{
    const dca_index m = out->m = dca_lp_num_rows(lp);
    const dca_index n = out->n = dca_lp_num_columns(lp);
    const size_t entries = (size_t)dca_lp_num_entries(lp);
    out->sign = dca_lp_sense(lp) == DCA_MAXIMISE ? -1.0 : 1.0;
    out->offset = dca_lp_offset(lp);
    out->cost = room((size_t)n, sizeof *out->cost);
    out->lower = room((size_t)n, sizeof *out->lower);
    out->upper = room((size_t)n, sizeof *out->upper);
    out->row_lower = room((size_t)m, sizeof *out->row_lower);
    out->row_upper = room((size_t)m, sizeof *out->row_upper);
    out->start = room((size_t)n + 1, sizeof *out->start);
    out->index = room(entries, sizeof *out->index);
    out->value = room(entries, sizeof *out->value);
    if (out->cost == NULL || out->lower == NULL || out->upper == NULL || out->row_lower == NULL ||
        out->row_upper == NULL || out->start == NULL || out->index == NULL || out->value == NULL ||
        dca_lp_get_columns(lp, 0, n, out->cost, out->lower, out->upper, NULL) != DCA_OK ||
        dca_lp_get_rows(lp, 0, m, out->row_lower, out->row_upper) != DCA_OK ||
        dca_lp_get_entries(lp, 0, n, out->start, out->index, out->value) != DCA_OK) {
        return false;
    }
    for (dca_index j = 0; j < n; j++) {
        out->cost[j] *= out->sign;
    }
    return true;
}

bool bench_read(const char *path, bench_lp *out, char *error, size_t size)
{
    dca_env *env = NULL;
    dca_lp *lp = NULL;
    dca_error details = DCA_ERROR_INIT;
    bool done = false;
    memset(out, 0, sizeof *out);
    if (dca_env_new(NULL, &env) != DCA_OK) {
        snprintf(error, size, "no environment");
    } else if (dca_lp_read_mps(env, path, NULL, &lp, &details) != DCA_OK) {
        snprintf(error, size, "line %lld: %s", (long long)details.line, details.text);
    } else if (!copy(lp, out)) {
        snprintf(error, size, "out of memory");
    } else {
        done = true;
    }
    dca_lp_free(lp);
    dca_env_free(env);
    if (!done) {
        bench_lp_free(out);
    }
    return done;
}

void bench_lp_free(bench_lp *lp)
{
    free(lp->cost);
    free(lp->lower);
    free(lp->upper);
    free(lp->row_lower);
    free(lp->row_upper);
    free(lp->start);
    free(lp->index);
    free(lp->value);
    memset(lp, 0, sizeof *lp);
}
