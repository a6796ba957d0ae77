/* blocking.c - which limits keep a demand from more: used up, and used by one of its placements that
 * is below its ceiling. */
#include "explain/explain.h"

#include "base/alloc.h"
#include "base/sort.h"

#include <math.h>

/* Less than this of a limit, relative, is left: it is used up. Answers are proved to about 1e-9. */
static const double full_tolerance = 1e-7;

bool dca__explain_full(double limit, double use)
{
    return limit < INFINITY && use >= limit - full_tolerance * fmax(1.0, fabs(limit));
}

double dca__explain_worth(const dca__facts *facts, dca_index row)
{
    const double price = facts->sense == DCA_MAXIMISE ? facts->price[row] : -facts->price[row];
    return price == 0.0 ? 0.0 : price;
}

void dca__blocking_free(dca_env *env, dca__blocking *blocking)
{
    dca__free(env, blocking->start);
    dca__free(env, blocking->row);
    *blocking = (dca__blocking){0};
}

/* Append the full limits that placement k uses and that `seen` has not by demand i. */
static dca_status append(const dca__facts *facts, dca_index i, dca_index k, dca_index *seen,
                         dca__blocking *out, dca_nnz *used)
{
    const dca_lp *lp = facts->lp;
    const dca_index j = facts->map->placed[k];
    for (dca_nnz e = lp->start[j]; e < lp->start[j] + lp->length[j]; e++) {
        const dca_index row = lp->index[e];
        if (row >= facts->map->num_limits || seen[row] == i + 1 ||
            facts->map->row[row].kind == DCA__ROW_DEMAND || lp->value[e] <= 0.0 ||
            !dca__explain_full(facts->limit[row], facts->use[row])) {
            continue;
        }
        seen[row] = i + 1;
        if (DCA_RESERVE(lp->env, out->row, out->capacity, *used + 1) != DCA_OK) {
            return DCA_E_NOMEM;
        }
        out->row[(*used)++] = row;
    }
    return DCA_OK;
}

dca_status dca__explain_blocking(const dca__facts *facts, dca__blocking *result)
{
    const dca_model *model = facts->model;
    dca_env *env = model->env;
    dca__blocking out = {0};
    dca_nnz used = 0;
    dca_status status = DCA_E_NOMEM;
    dca_index *seen = DCA_ZEROS(env, dca_index, facts->map->num_limits);
    double *dearest = DCA_ARRAY(env, double, facts->map->num_limits);
    out.start = DCA_ARRAY(env, dca_nnz, (dca_nnz)model->num_demands + 1);
    if (seen == NULL || dearest == NULL || out.start == NULL) {
        goto done;
    }
    for (dca_index row = 0; row < facts->map->num_limits; row++) {
        dearest[row] = -dca__explain_worth(facts, row);
    }
    for (dca_index i = 0; i < model->num_demands; i++) {
        out.start[i] = used;
        const dca__demand *demand = &model->demands[i];
        if (!demand->alive || !(facts->unmet[i] > full_tolerance * fmax(1.0, demand->amount))) {
            continue;
        }
        for (dca_index k = demand->first; k >= 0; k = model->placements[k].next) {
            if (dca__model_fits(model, k) &&
                !dca__explain_full(model->placements[k].ceiling, facts->placed[k])) {
                status = append(facts, i, k, seen, &out, &used);
                if (status != DCA_OK) {
                    goto done;
                }
            }
        }
        dca__sort_by_key(out.row == NULL ? NULL : out.row + out.start[i], used - out.start[i],
                         dearest);
    }
    out.start[model->num_demands] = used;
    status = DCA_OK;
    *result = out;
done:
    dca__free(env, dearest);
    dca__free(env, seen);
    if (status != DCA_OK) {
        dca__blocking_free(env, &out);
    }
    return status;
}
