/* map.c - what each row and column of a compiled model stands for. */
#include "compile/map.h"

#include "base/alloc.h"

#include <math.h>

void dca__map_free(dca_env *env, dca__map *map)
{
    void *const blocks[] = {map->row,      map->column,      map->pool_row,     map->domain_row,
                            map->link_row, map->demand_row,  map->placed,       map->unmet,
                            map->nodes,    map->term_column, map->first_repeat, map->next_repeat};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++) {
        dca__free(env, blocks[k]);
    }
    *map = (dca__map){0};
}

int dca__key_compare(const dca__key *left, const dca__key *right)
{
    const dca_index l[] = {left->kind, left->a, left->b, left->c, left->d};
    const dca_index r[] = {right->kind, right->a, right->b, right->c, right->d};
    for (int k = 0; k < 5; k++) {
        if (l[k] != r[k]) {
            return l[k] < r[k] ? -1 : 1;
        }
    }
    return 0;
}

dca_index dca__key_find(const dca__key *keys, dca_index n, const dca__key *key)
{
    dca_index low = 0;
    dca_index high = n;
    while (low < high) {
        const dca_index middle = low + (high - low) / 2;
        const int order = dca__key_compare(&keys[middle], key);
        if (order == 0) {
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return -1;
}

dca_kind dca__map_kind(const dca__key *row)
{
    static const dca_kind kinds[] = {DCA_KIND_POOL, DCA_KIND_DOMAIN, DCA_KIND_LINK,
                                     DCA_KIND_DEMAND};
    return row->kind <= DCA__ROW_DEMAND ? kinds[row->kind] : DCA_KIND_NONE;
}

double dca__map_limit_value(const dca_model *model, const dca__key *row)
{
    const dca_nnz at = (dca_nnz)row->a * model->stride + row->b;
    switch (row->kind) {
    case DCA__ROW_POOL:
        return model->capacity[at] * model->pools[row->a].count;
    case DCA__ROW_DOMAIN:
        return model->limit[at];
    case DCA__ROW_LINK:
        return model->links[row->a].capacity;
    case DCA__ROW_DEMAND:
        return model->demands[row->a].amount;
    default:
        return INFINITY;
    }
}

double dca__map_repair_weight(const dca_model *model, const dca__key *row)
{
    const dca_nnz at = (dca_nnz)row->a * model->stride + row->b;
    switch (row->kind) {
    case DCA__ROW_POOL:
        return model->pool_repair[at];
    case DCA__ROW_DOMAIN:
        return model->domain_repair[at];
    case DCA__ROW_LINK:
        return model->links[row->a].repair_weight;
    case DCA__ROW_DEMAND:
        return model->demands[row->a].repair_weight;
    default:
        return INFINITY;
    }
}

/* Merge by keys: what is not found in `from` gets `missing`. */
static void carry(const dca__key *from, dca_index num_from, const uint8_t *status,
                  const dca__key *to, dca_index num_to, uint8_t missing, uint8_t *out)
{
    dca_index f = 0;
    for (dca_index k = 0; k < num_to; k++) {
        while (f < num_from && dca__key_compare(&from[f], &to[k]) < 0) {
            f++;
        }
        const bool found = f < num_from && dca__key_compare(&from[f], &to[k]) == 0;
        out[k] = found ? status[f] : missing;
    }
}

void dca__map_carry(const dca__map *from, const uint8_t *from_columns, const uint8_t *from_rows,
                    const dca__map *to, uint8_t *columns, uint8_t *rows)
{
    carry(from->column, from->num_columns, from_columns, to->column, to->num_columns,
          DCA_BASIS_LOWER, columns);
    carry(from->row, from->num_rows, from_rows, to->row, to->num_rows, DCA_BASIS_BASIC, rows);
}
