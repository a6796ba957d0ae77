/* with_glpk.c - GLPK for the suite, where its plug-in is built; without_glpk.c stands in elsewhere. */
#include "conform.h"
#include "dcalloc-glpk.h"

const dca_backend *conform_glpk(void)
{
    return dca_glpk_backend();
}
