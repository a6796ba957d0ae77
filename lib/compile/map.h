/* map.h - what each row and column of a compiled model stands for.
 *
 * Rows and columns are emitted in ascending order of their keys, so a key is found by bisection, and
 * the basis of one compilation is carried to the next by merging two ascending lists. The rows of
 * limits come first: limit k of the model is row k. */
#ifndef DCA_COMPILE_MAP_H
#define DCA_COMPILE_MAP_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"
#include "model/model.h"

typedef enum dca__row_kind {
    DCA__ROW_POOL = 0,    /* a pool, b resource */
    DCA__ROW_DOMAIN,      /* a domain, b resource */
    DCA__ROW_LINK,        /* a link */
    DCA__ROW_DEMAND,      /* a demand; the last kind that is a limit */
    DCA__ROW_SHARE,       /* a term, b demand */
    DCA__ROW_UTILISATION, /* a term, b row kind of the limit, c and d its index and resource */
    DCA__ROW_MOVEMENT     /* a placement */
} dca__row_kind;

typedef enum dca__column_kind {
    DCA__COLUMN_PLACED = 0,  /* a placement: units placed */
    DCA__COLUMN_UNMET,       /* a demand: units not served */
    DCA__COLUMN_NODES,       /* a elastic pool: nodes on */
    DCA__COLUMN_SHARE,       /* a term: smallest share */
    DCA__COLUMN_UTILISATION, /* a term: largest utilisation */
    DCA__COLUMN_MORE,        /* a placement: units placed beyond the current ones */
    DCA__COLUMN_LESS         /* a placement: units fewer */
} dca__column_kind;

typedef struct dca__key {
    int32_t kind;
    dca_index a, b, c, d; /* as the kinds say; -1 where unused */
} dca__key;

typedef struct dca__map {
    dca_index num_rows, num_columns;
    dca_index num_limits; /* rows [0, num_limits) are limits */
    dca__key *row, *column;
    dca_index num_resources;
    dca_index *pool_row, *domain_row;  /* [pools, domains * num_resources], -1: none */
    dca_index *link_row, *demand_row;  /* [slots], -1: none */
    dca_index *placed, *unmet, *nodes; /* columns by slot of placement, demand, pool; -1: none */
    dca_index *term_column;            /* [terms of all tiers in order] share, utilisation; -1 */
    dca_index *first_repeat;           /* [num_limits] row of a term that repeats a limit (its
                                          utilisation, or the share of a demand), -1: none */
    dca_index *next_repeat;            /* [num_rows] next one of the same limit, -1 */
} dca__map;

void dca__map_free(dca_env *env, dca__map *map);
int dca__key_compare(const dca__key *left, const dca__key *right);
/** Where a key stands in an ascending list of n, or -1. O(log n). */
dca_index dca__key_find(const dca__key *keys, dca_index n, const dca__key *key);
/** The dca_kind that a limit row is about. */
dca_kind dca__map_kind(const dca__key *row);
/** Its limit now: capacity times count, limit, amount. INFINITY: none. */
double dca__map_limit_value(const dca_model *model, const dca__key *row);
/** Weight in a repair. INFINITY: may not give. */
double dca__map_repair_weight(const dca_model *model, const dca__key *row);

/** Statuses of rows and columns under `from` carried to `to`: what is new is basic (rows) or at its
 *  lower bound (columns). */
void dca__map_carry(const dca__map *from, const uint8_t *from_columns, const uint8_t *from_rows,
                    const dca__map *to, uint8_t *columns, uint8_t *rows);

#endif
