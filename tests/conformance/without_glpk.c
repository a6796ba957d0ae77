/* without_glpk.c - no GLPK here: its cases are skipped. */
#include "conform.h"

const dca_backend *conform_glpk(void)
{
    return NULL;
}
