/* io_bound.c - infinite bounds in files. */
#include "io/io_bound.h"

#include "base/err.h"

#include <math.h>

double dca__file_bound(double value)
{
    return value >= DCA__FILE_INFINITY    ? INFINITY
           : value <= -DCA__FILE_INFINITY ? -INFINITY
                                          : value;
}

dca_status dca__file_check_bound(dca_kind kind, dca_index index, const char *name, double value,
                                 const char *format, dca_error *err)
{
    if (isinf(value) || fabs(value) < DCA__FILE_INFINITY) {
        return DCA_OK;
    }
    return dca__fail(
        err, DCA_E_ARG, kind, index,
        "%s '%.80s' has the bound %s, expected one below 1e20: from there on %s means infinity",
        dca__kind_name(kind), name, DCA_G(value), format);
}
