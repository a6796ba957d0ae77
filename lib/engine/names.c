/* names.c - freeze and share names. */
#include "engine/names.h"

#include "base/alloc.h"
#include "base/env.h"

dca_status dca__names_new(const dca_lp *lp, dca__names **out)
{
    dca__names *names = DCA_NEW(lp->env, dca__names);
    if (names == NULL) {
        return DCA_E_NOMEM;
    }
    names->env = dca__env_retain(lp->env);
    atomic_init(&names->references, 1);
    dca_status status = DCA_OK;
    if (lp->column_names.used > 0) {
        status = dca__strtab_copy(lp->env, &lp->column_names, &names->columns);
    }
    if (status == DCA_OK && lp->row_names.used > 0) {
        status = dca__strtab_copy(lp->env, &lp->row_names, &names->rows);
    }
    if (status != DCA_OK) {
        dca__names_release(names);
        return status;
    }
    *out = names;
    return DCA_OK;
}

dca__names *dca__names_retain(dca__names *names)
{
    atomic_fetch_add_explicit(&names->references, 1, memory_order_relaxed);
    return names;
}

void dca__names_release(dca__names *names)
{
    if (names == NULL ||
        atomic_fetch_sub_explicit(&names->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    dca_env *env = names->env;
    dca__strtab_free(env, &names->columns);
    dca__strtab_free(env, &names->rows);
    dca__free(env, names);
    dca__env_release(env);
}
