/* lp_names.c - names for the rows and columns of a compiled model. */
#include "engine/lp_names.h"

#include "base/alloc.h"
#include "base/env.h"

#include <stdio.h>
#include <string.h>

/* Text in the making, grown as needed. */
typedef struct line {
    dca_env *env;
    char *at;
    dca_nnz capacity, used;
    bool failed;
} line;

static void append(line *to, const char *text)
{
    const size_t length = text == NULL ? 0 : strlen(text);
    if (to->failed ||
        DCA_RESERVE(to->env, to->at, to->capacity, to->used + (dca_nnz)length + 1) != DCA_OK) {
        to->failed = true;
        return;
    }
    for (size_t k = 0; k < length; k++) {
        const char c = text[k];
        to->at[to->used++] = c == ' ' || (c >= '\t' && c <= '\r') ? '_' : c;
    }
    to->at[to->used] = '\0';
}

static void append_number(line *to, dca_index number)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%d", (int)number);
    append(to, text);
}

static void name_column(const dca__frozen *frozen, const dca__key *key, line *to)
{
    static const char *const word[] = {"placed[",      "unmet[", "nodes[", "share[",
                                       "utilisation[", "more[",  "less["};
    static const dca_kind kind[] = {DCA_KIND_PLACEMENT, DCA_KIND_DEMAND, DCA_KIND_POOL,
                                    DCA_KIND_NONE,      DCA_KIND_NONE,   DCA_KIND_PLACEMENT,
                                    DCA_KIND_PLACEMENT};
    append(to, word[key->kind]);
    if (kind[key->kind] == DCA_KIND_NONE) {
        append_number(to, key->a);
    } else {
        append(to, dca__frozen_name(frozen, kind[key->kind], key->a));
    }
    append(to, "]");
}

/* "pool,GPU", "link": what a limit row is about. */
static void name_limit(const dca__frozen *frozen, int32_t row_kind, dca_index index,
                       dca_index resource, line *to)
{
    const dca__key key = {row_kind, index, resource, -1, -1};
    append(to, dca__frozen_name(frozen, dca__map_kind(&key), index));
    if (resource >= 0) {
        append(to, ",");
        append(to, dca__frozen_name(frozen, DCA_KIND_RESOURCE, resource));
    }
}

static void name_row(const dca__frozen *frozen, const dca__key *key, line *to)
{
    static const char *const word[] = {"capacity[", "limit[",       "link[",    "demand[",
                                       "share[",    "utilisation[", "movement["};
    append(to, word[key->kind]);
    if (key->kind <= DCA__ROW_DEMAND) {
        name_limit(frozen, key->kind, key->a, key->b, to);
    } else if (key->kind == DCA__ROW_MOVEMENT) {
        append(to, dca__frozen_name(frozen, DCA_KIND_PLACEMENT, key->a));
    } else {
        append_number(to, key->a);
        append(to, ",");
        if (key->kind == DCA__ROW_SHARE) {
            append(to, dca__frozen_name(frozen, DCA_KIND_DEMAND, key->b));
        } else {
            name_limit(frozen, key->b, key->c, key->d, to);
        }
    }
    append(to, "]");
}

static dca_status name_all(const dca__frozen *frozen, bool rows, line *to, dca__strtab *out)
{
    const dca_index n = rows ? frozen->num_rows : frozen->num_columns;
    for (dca_index k = 0; k < n; k++) {
        to->used = 0;
        if (rows) {
            name_row(frozen, &frozen->row[k], to);
        } else {
            name_column(frozen, &frozen->column[k], to);
        }
        dca_status status = to->failed ? DCA_E_NOMEM : dca__strtab_append(frozen->env, out, to->at);
        if (status == DCA_E_ARG) {
            status = dca__strtab_append(frozen->env, out, NULL);
        }
        if (status != DCA_OK) {
            return status;
        }
    }
    return DCA_OK;
}

dca_status dca__lp_names_new(const dca__frozen *frozen, dca__names **out)
{
    dca__names *names = DCA_NEW(frozen->env, dca__names);
    if (names == NULL) {
        return DCA_E_NOMEM;
    }
    names->env = dca__env_retain(frozen->env);
    atomic_init(&names->references, 1);
    line text = {.env = frozen->env};
    dca_status status = name_all(frozen, true, &text, &names->rows);
    if (status == DCA_OK) {
        status = name_all(frozen, false, &text, &names->columns);
    }
    dca__free(frozen->env, text.at);
    if (status != DCA_OK) {
        dca__names_release(names);
        return status;
    }
    *out = names;
    return DCA_OK;
}
