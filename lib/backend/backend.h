/* backend.h - the native implementation of the contract in dcalloc/backend.h. */
#ifndef DCA_BACKEND_BACKEND_H
#define DCA_BACKEND_BACKEND_H

#include "dcalloc/backend.h"

/** The native simplex core: scales by powers of two, edits in place, rays, bases. Static. */
const dca_backend *dca__native_backend(void);

#endif
