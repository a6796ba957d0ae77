/* dcalloc-glpk.h - GLPK as a backend of libdcalloc, in a library of its own.
 *
 * libdcalloc-glpk links GLPK, which is under GPL version 3: so is a program that uses it. libdcalloc
 * itself neither contains nor links GLPK, and never loads this library; a program does:
 *
 *     dca_solver_set_backend(solver, dca_glpk_backend());
 */
#ifndef DCALLOC_GLPK_H
#define DCALLOC_GLPK_H

#include "dcalloc/backend.h"
#include "dcalloc/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The backend: methods dual and primal, bases, edits, rays. Static; usable from any thread. It is
 *  silent and never aborts: what GLPK calls an error becomes DCA_E_INTERNAL, and memory that GLPK
 *  cannot get DCA_E_NOMEM. GLPK allocates for itself, outside the environment's account.
 *
 *  A host may use GLPK in the same thread: its objects stay, unless GLPK meets such an error; hooks that it
 *  set (glp_term_hook, glp_error_hook) are gone after a solve. docs/algorithms/backends.md. */
DCA_API const dca_backend *dca_glpk_backend(void);

#ifdef __cplusplus
}
#endif
#endif /* DCALLOC_GLPK_H */
