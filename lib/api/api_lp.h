/* api_lp.h - what the LP files of lib/api share. */
#ifndef DCA_API_API_LP_H
#define DCA_API_API_LP_H

#include "api/api_check.h"
#include "base/err.h"
#include "dcalloc/lp.h"
#include "lp/lp.h"

/** Where an LP notes errors: not part of its value, so that reading it may fail with a sentence. */
static inline dca_error *dca__lp_note(const dca_lp *lp)
{
    return (dca_error *)&lp->error;
}

static inline dca__owner dca__row_owner(const dca_lp *lp, dca_index i)
{
    const dca__owner owner = {DCA_KIND_ROW, i, dca__strtab_name(&lp->row_names, i)};
    return owner;
}

static inline dca__owner dca__column_owner(const dca_lp *lp, dca_index j)
{
    const dca__owner owner = {DCA_KIND_COLUMN, j, dca__strtab_name(&lp->column_names, j)};
    return owner;
}

#endif
