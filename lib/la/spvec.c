/* spvec.c - scattered vectors: dense values with a list of where they may be nonzero. */
#include "la/spvec.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

dca_status dca__spvec_init(dca_env *env, dca__spvec *vec, dca_index size)
{
    double *value = DCA_ZEROS(env, double, size);
    dca_index *index = DCA_ARRAY(env, dca_index, size);
    if (value == NULL || index == NULL) {
        dca__free(env, value);
        dca__free(env, index);
        return DCA_E_NOMEM;
    }
    vec->value = value;
    vec->index = index;
    vec->count = 0;
    vec->size = size;
    return DCA_OK;
}

void dca__spvec_free(dca_env *env, dca__spvec *vec)
{
    dca__free(env, vec->value);
    dca__free(env, vec->index);
    memset(vec, 0, sizeof *vec);
}

void dca__spvec_clear(dca__spvec *vec)
{
    /* Above this share of listed entries one sweep is cheaper than scattered stores. */
    const dca_index sweep = vec->size / 4;
    if (vec->count == DCA__DENSE || vec->count > sweep) {
        memset(vec->value, 0, (size_t)vec->size * sizeof *vec->value);
    } else {
        for (dca_index t = 0; t < vec->count; t++) {
            vec->value[vec->index[t]] = 0.0;
        }
    }
    vec->count = 0;
}

void dca__spvec_gather(dca__spvec *vec, double drop)
{
    dca_index count = 0;
    for (dca_index i = 0; i < vec->size; i++) {
        if (fabs(vec->value[i]) > drop) {
            vec->index[count++] = i;
        } else {
            vec->value[i] = 0.0;
        }
    }
    vec->count = count;
}

void dca__spvec_copy(const dca__spvec *from, dca__spvec *to)
{
    dca__spvec_clear(to);
    if (from->count == DCA__DENSE) {
        memcpy(to->value, from->value, (size_t)from->size * sizeof *from->value);
    } else {
        for (dca_index t = 0; t < from->count; t++) {
            const dca_index i = from->index[t];
            to->index[t] = i;
            to->value[i] = from->value[i];
        }
    }
    to->count = from->count;
}
