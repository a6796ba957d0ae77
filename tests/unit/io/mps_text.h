/* mps_text.h - LPs from MPS text, for tests. */
#ifndef DCA_TESTS_MPS_TEXT_H
#define DCA_TESTS_MPS_TEXT_H

#include "account.h"
#include "io/mps.h"

#include <math.h>

/** Parse or fail the test. */
static inline dca_lp *parse_text(dca_env *env, const char *text)
{
    dca_lp *lp = NULL;
    dca_error err = DCA_ERROR_INIT;
    if (dca__mps_parse(env, text, strlen(text), NULL, &lp, &err) != DCA_OK)
        fail_msg("%d:%d: %s in\n%s", (int)err.line, (int)err.column, err.text, text);
    return lp;
}

static inline dca_index row_of(const dca_lp *lp, const char *name)
{
    return dca__strtab_find(&lp->row_names, name, strlen(name));
}

static inline dca_index column_of(const dca_lp *lp, const char *name)
{
    return dca__strtab_find(&lp->column_names, name, strlen(name));
}

static inline bool same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static inline bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/** The same LP bit for bit, names included? */
static inline bool same_lp(const dca_lp *a, const dca_lp *b)
{
    if (a->num_rows != b->num_rows || a->num_columns != b->num_columns ||
        a->num_entries != b->num_entries || a->num_integers != b->num_integers ||
        a->sense != b->sense || !same_bits(a->offset, b->offset) || !same_text(a->name, b->name) ||
        !same_text(a->objective_name, b->objective_name))
        return false;
    for (dca_index i = 0; i < a->num_rows; i++) {
        if (!same_bits(a->row_lower[i], b->row_lower[i]) ||
            !same_bits(a->row_upper[i], b->row_upper[i]) ||
            !same_text(dca__strtab_name(&a->row_names, i), dca__strtab_name(&b->row_names, i)))
            return false;
    }
    for (dca_index j = 0; j < a->num_columns; j++) {
        if (!same_bits(a->cost[j], b->cost[j]) || !same_bits(a->lower[j], b->lower[j]) ||
            !same_bits(a->upper[j], b->upper[j]) || a->integer[j] != b->integer[j] ||
            a->length[j] != b->length[j] ||
            !same_text(dca__strtab_name(&a->column_names, j),
                       dca__strtab_name(&b->column_names, j)))
            return false;
        for (dca_index k = 0; k < a->length[j]; k++) {
            if (a->index[a->start[j] + k] != b->index[b->start[j] + k] ||
                !same_bits(a->value[a->start[j] + k], b->value[b->start[j] + k]))
                return false;
        }
    }
    return true;
}

#endif
