/* backend.h - the contract between the library and a simplex code (expert tier: may change in any
 * minor release). The native core and plug-ins such as libdcalloc-glpk implement it.
 *
 * A backend holds one problem and one basis. It is told of edits, asked to solve, and read. It
 * reports what it believes; the library verifies on the caller's own numbers before it says so. It
 * never prints, exits, aborts or keeps globals; one state is used by one thread at a time, but by any.
 *
 * Arguments are the library's, checked before. Order: open, load, then edits, set_basis and solves as it
 * comes, close at any time. solve before a load is DCA_E_STATE. get_basis, get_point and get_ray speak of
 * the last solve and are asked before anything else changes; without a solve since the load that returned
 * DCA_OK they are DCA_E_STATE. After a call that failed, the next load and solve work.
 *
 * tests/conformance holds every backend to this; docs/algorithms/backends.md says what may differ. */
#ifndef DCALLOC_BACKEND_H
#define DCALLOC_BACKEND_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dca_edit_kind {
    DCA_EDIT_COST = 0,      /**< cost[index] = a */
    DCA_EDIT_COLUMN_BOUNDS, /**< lower[index] = a, upper[index] = b */
    DCA_EDIT_ROW_BOUNDS,    /**< row_lower[index] = a, row_upper[index] = b */
    DCA_EDIT_COEFFICIENT    /**< A[index, other] = a (0 removes) */
} dca_edit_kind;

typedef struct dca_edit {
    int32_t kind;
    dca_index index; /**< Column (cost, column bounds) or row. */
    dca_index other; /**< Column of a coefficient, else -1. */
    double a, b;
} dca_edit;

/** What a backend can do beyond load, solve and get_point. */
enum {
    DCA_BACKEND_DUAL = 1,    /**< Method "dual". */
    DCA_BACKEND_PRIMAL = 2,  /**< Method "primal". */
    DCA_BACKEND_BASIS = 4,   /**< set_basis and get_basis. */
    DCA_BACKEND_EDIT = 8,    /**< edit keeps the solver warm. */
    DCA_BACKEND_RAYS = 16,   /**< get_ray. */
    DCA_BACKEND_NETWORK = 32 /**< Method "network". */
};

typedef struct dca_backend_report {
    uint32_t struct_size;
    int32_t outcome;    /**< dca_outcome that the backend believes. */
    int64_t iterations; /**< Of this solve, all phases. */
    int64_t work;       /**< Matrix entries touched, or 0 when not counted. */
    int32_t method;     /**< 1 dual, 2 primal, 3 network: the one that finished. */
    int32_t has_basis;  /**< get_basis will answer. */
    const char *note;   /**< Static one-line remark for the log, or NULL. */
} dca_backend_report;

typedef struct dca_backend {
    uint32_t struct_size;
    uint32_t capabilities;
    const char *name;
    /** env outlives the state. DCA_E_UNSUPPORTED: not in this build of it. */
    DCA_NODISCARD dca_status (*open)(dca_env *env, void **state);
    void (*close)(void *state);
    /** Replace the problem; the basis becomes the slack basis. DCA_E_NOMEM: the old one stands. */
    DCA_NODISCARD dca_status (*load)(void *state, const dca_problem *problem);
    /** All or none. */
    DCA_NODISCARD dca_status (*edit)(void *state, const dca_edit *edits, dca_nnz n);
    /** Any statuses (dca_basis_status); the backend repairs what is not a basis, also when edits make
     *  it singular. */
    DCA_NODISCARD dca_status (*set_basis)(void *state, const uint8_t *columns, const uint8_t *rows);
    /** From the basis at hand by option method. Honours the options method, scaling, tolerances and
     *  limits.iterations (which ends as DCA_WORK_LIMIT). Limits of time and work, cancel and progress come
     *  through the control: it is polled (dca_control_poll) at least once, and a stop is an outcome, with
     *  the point of the moment. DCA_E_UNSUPPORTED: the problem is not one for the method, as report->note
     *  says. */
    DCA_NODISCARD dca_status (*solve)(void *state, const dca_options *options, dca_control *control,
                                      dca_backend_report *report);
    /** num_rows statuses are basic; the others name the bound that the variable is at. */
    DCA_NODISCARD dca_status (*get_basis)(void *state, uint8_t *columns, uint8_t *rows);
    /** x [num_columns] and y [num_rows], y for the minimisation. */
    DCA_NODISCARD dca_status (*get_point)(void *state, double *x, double *y);
    /** After infeasible: y [num_rows], a Farkas ray (sum y_i {rl|ru} over its signs exceeds what
     *  A'y can reach within the column bounds). After unbounded: r [num_columns]. Else DCA_E_STATE. */
    DCA_NODISCARD dca_status (*get_ray)(void *state, double *ray);
} dca_backend;

#ifdef __cplusplus
}
#endif
#endif /* DCALLOC_BACKEND_H */
