/* shim.h - the calls that cgo cannot make by itself: structs by value that hold Go memory, and C
 * function pointers to Go functions. */
#ifndef DCALLOC_GO_SHIM_H
#define DCALLOC_GO_SHIM_H

#include <dcalloc.h>
#include <stdint.h>
#include <stdlib.h>

/* Arrays of `length` values; 1 value stands for all, 0 for the default. */
dca_status go_lp_set_costs(dca_lp *lp, dca_index n, const dca_index *columns, const double *costs,
                           size_t length);
dca_status go_lp_set_column_bounds(dca_lp *lp, dca_index n, const dca_index *columns,
                                   const double *lower, size_t lower_length, const double *upper,
                                   size_t upper_length);
dca_status go_lp_set_row_bounds(dca_lp *lp, dca_index n, const dca_index *rows, const double *lower,
                                size_t lower_length, const double *upper, size_t upper_length);
dca_status go_lp_set_integers(dca_lp *lp, dca_index n, const dca_index *columns,
                              const int32_t *integer, size_t length);
dca_status go_model_set_current(dca_model *model, dca_index n, const dca_index *placements,
                                const double *amounts, size_t length);

/* One edit of a model: what is set (GO_SET_...), of which object, by which other one, to what. */
typedef struct go_edit {
    int32_t field;
    dca_index at, other;
    double value;
} go_edit;
enum {
    GO_SET_POOL_COUNT = 0,
    GO_SET_POOL_CAPACITY,
    GO_SET_POOL_WATTS,
    GO_SET_POOL_IDLE_WATTS,
    GO_SET_POOL_PRICE,
    GO_SET_DOMAIN_LIMIT,
    GO_SET_DOMAIN_FACTOR,
    GO_SET_DOMAIN_ENERGY_PRICE,
    GO_SET_LINK_CAPACITY,
    GO_SET_LINK_PRICE,
    GO_SET_DEMAND_AMOUNT,
    GO_SET_DEMAND_VALUE,
    GO_SET_DEMAND_MIN_SHARE,
    GO_SET_DEMAND_WEIGHT,
    GO_SET_DEMAND_HARD,
    GO_SET_PLACEMENT_COST,
    GO_SET_PLACEMENT_RATE,
    GO_SET_PLACEMENT_CEILING
};
/* Make edits in order up to the first that is refused; *made says how many were made. */
dca_status go_model_edit(dca_model *model, const go_edit *edits, size_t n, size_t *made);

/* `handle` is a runtime/cgo.Handle: a number that travels as the callbacks' user argument. */
dca_status go_env_new(uintptr_t handle, uint64_t memory_limit, dca_env **out);
dca_status go_control_set_progress(dca_control *control, uintptr_t handle, double interval);

/* A backend from a shared library, NULL when it cannot be had; *why then says so in why[size]. */
const dca_backend *go_backend_load(const char *path, const char *symbol, char *why, size_t size);

#endif /* DCALLOC_GO_SHIM_H */
