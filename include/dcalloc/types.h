/* types.h - the types that every layer shares: indices, status, outcome, error, handles, and the
 * structs that cross the ABI. No functions.
 *
 * Every struct that crosses the ABI starts with struct_size = sizeof(it), set by its _INIT macro.
 * A shorter struct gets defaults for the missing tail. A longer one is accepted only when the
 * unknown tail is all zero bytes, else DCA_E_ABI.
 */
#ifndef DCALLOC_TYPES_H
#define DCALLOC_TYPES_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef int32_t dca_index; /**< Object, row or column number, 0-based; -1 means "none". One ABI: */
typedef int64_t dca_nnz;   /**< nonzero counts and matrix offsets are always 64 bit. */

/** What a call did. Values are frozen once released; new ones are appended. */
typedef enum dca_status {
    DCA_OK = 0,
    DCA_E_NOMEM = -1,      /**< Allocation failed; the object is unchanged and usable. */
    DCA_E_ARG = -2,        /**< NULL, NaN, out of range, duplicate name, ... see dca_error. */
    DCA_E_STATE = -3,      /**< Call not allowed now, e.g. result asked for before a solve. */
    DCA_E_ABI = -4,        /**< struct_size is not one this library understands. */
    DCA_E_IO = -5,         /**< A file could not be opened, read or written. */
    DCA_E_SYNTAX = -6,     /**< Malformed MPS or JSON; dca_error.line says where. */
    DCA_E_INTERNAL = -7,   /**< A broken invariant of ours; the object can only be freed. */
    DCA_E_UNSUPPORTED = -8 /**< Not in this build (dca_capabilities()) or not by this backend. */
} dca_status;

/** What is proven about the problem, verified on the caller's own numbers. */
typedef enum dca_outcome {
    DCA_UNSOLVED = 0,
    DCA_OPTIMAL,    /**< A point and a dual bound that meet: dca_certificate. */
    DCA_FEASIBLE,   /**< A point that satisfies rows and bounds; no bound proven. */
    DCA_INFEASIBLE, /**< A Farkas ray was multiplied out. */
    DCA_UNBOUNDED,  /**< A feasible point and a ray along which the objective improves. */
    DCA_INFEASIBLE_OR_UNBOUNDED, /**< A dual ray only: no dual feasible point exists. */
    DCA_TIME_LIMIT,
    DCA_WORK_LIMIT,
    DCA_INTERRUPTED,
    DCA_IMPRECISE /**< The point missed its check; the residuals say by how much. */
} dca_outcome;

typedef enum dca_sense { DCA_MINIMISE = 0, DCA_MAXIMISE = 1 } dca_sense;

/** State of a row or a column in a basis. A row is basic when its slack is. */
typedef enum dca_basis_status {
    DCA_BASIS_BASIC = 0,
    DCA_BASIS_LOWER = 1, /**< Nonbasic at its lower bound (also when both bounds agree). */
    DCA_BASIS_UPPER = 2, /**< Nonbasic at its upper bound. */
    DCA_BASIS_FREE = 3   /**< Nonbasic without a bound, at 0. */
} dca_basis_status;

/** What an error or a sentence is about. */
typedef enum dca_kind {
    DCA_KIND_NONE = 0,
    DCA_KIND_ROW,
    DCA_KIND_COLUMN,
    DCA_KIND_RESOURCE,
    DCA_KIND_POOL,
    DCA_KIND_DOMAIN,
    DCA_KIND_LINK,
    DCA_KIND_DEMAND,
    DCA_KIND_PLACEMENT,
    DCA_KIND_TIER,
    DCA_KIND_TERM,
    DCA_KIND_OPTION,
    DCA_KIND_FILE
} dca_kind;

/** Details of a failed call. */
typedef struct dca_error {
    uint32_t struct_size;
    int32_t code;    /**< The dca_status returned. */
    int32_t kind;    /**< dca_kind of the culprit. */
    dca_index index; /**< Its index, or -1. */
    int64_t line;    /**< Line in the input text, from 1, or 0. */
    int64_t column;  /**< Column in that line, from 1, or 0. */
    char text[224];  /**< One English sentence, no newline, always terminated. */
} dca_error;
#define DCA_ERROR_INIT                                                                             \
    {                                                                                              \
        sizeof(dca_error), 0, 0, -1, 0, 0,                                                         \
        {                                                                                          \
            0                                                                                      \
        }                                                                                          \
    }

typedef struct dca_env dca_env;         /**< Allocator and log sink; no defaults are global. */
typedef struct dca_options dca_options; /**< Typed name/value options, see docs/options.md. */
typedef struct dca_control dca_control; /**< Cancel flag, deadline, work limit, progress. */
typedef struct dca_lp dca_lp;           /**< min c'x, rl <= Ax <= ru, l <= x <= u, with names. */
typedef struct dca_model dca_model;     /**< Pools, domains, links, demands, placements, tiers. */
typedef struct dca_solver dca_solver;   /**< Compiled LP, factorised basis, workspace. */
typedef struct dca_result dca_result;   /**< One immutable answer. */

typedef struct dca_env_config {
    uint32_t struct_size, reserved;
    void *user; /**< First argument of the callbacks below. */
    /** realloc in one function: free when new_size == 0; NULL selects the C library. Must be
     *  thread-safe when objects of one env are used from several threads. Blocks must be aligned
     *  to 16 bytes. */
    void *(*allocate)(void *user, void *ptr, size_t old_size, size_t new_size);
    /** One complete line without newline; NULL (default) is silent. */
    void (*log)(void *user, int32_t level, const char *line);
    uint64_t memory_limit; /**< Bytes that objects of this env may hold together; 0: no limit. */
} dca_env_config;
#define DCA_ENV_CONFIG_INIT                                                                        \
    {                                                                                              \
        sizeof(dca_env_config), 0, NULL, NULL, NULL, 0                                             \
    }

/** Levels of log lines. */
typedef enum dca_log_level {
    DCA_LOG_ERROR = 0,
    DCA_LOG_WARNING,
    DCA_LOG_INFO,
    DCA_LOG_DEBUG
} dca_log_level;

/** What a long call is doing, shown to the progress callback. */
typedef struct dca_progress {
    uint32_t struct_size;
    int32_t phase;        /**< dca_phase. */
    int64_t iteration;    /**< Simplex iterations so far. */
    int64_t work;         /**< Matrix entries touched so far. */
    double objective;     /**< Current objective in the caller's sense, or NAN. */
    double infeasibility; /**< Sum of violations of the current point, or NAN. */
    double fraction;      /**< Part done in [0,1] where that is known (reading), or NAN. */
} dca_progress;

typedef enum dca_phase {
    DCA_PHASE_READ = 0,
    DCA_PHASE_COMPILE,
    DCA_PHASE_PRESOLVE,
    DCA_PHASE_SIMPLEX_1, /**< Looking for feasibility. */
    DCA_PHASE_SIMPLEX_2, /**< Looking for the optimum. */
    DCA_PHASE_VERIFY,
    DCA_PHASE_EXPLAIN
} dca_phase;

/* ---- Arrays with a stride: what every bulk call takes ---------------------------------------- */

/** `at` points to the first value, NULL stands for the default; `stride` is in bytes, 0 repeats the
 *  first value. The caller states the length elsewhere in the call. */
typedef struct dca_doubles {
    const double *at;
    ptrdiff_t stride;
} dca_doubles;
typedef struct dca_indices {
    const dca_index *at;
    ptrdiff_t stride;
} dca_indices;
typedef struct dca_strings {
    const char *const *at;
    ptrdiff_t stride;
} dca_strings;
/** Compressed sparse lists: list k holds entries start[k] .. start[k+1]-1; start NULL: all empty. */
typedef struct dca_sparse {
    const dca_nnz *start;   /**< [n+1], nondecreasing, start[0] may be > 0. */
    const dca_index *index; /**< [start[n]] */
    const double *value;    /**< [start[n]], NULL: all 1. */
} dca_sparse;

/* ---- LP ---------------------------------------------------------------------------------------- */

/** Columns to append: n of them. Defaults: cost 0, lower 0, upper INFINITY, continuous, unnamed. */
typedef struct dca_lp_columns {
    uint32_t struct_size;
    dca_index n;
    dca_doubles cost, lower, upper;
    dca_indices integer; /**< Nonzero marks an integer column. */
    dca_strings name;    /**< NULL entries leave a column unnamed. */
    dca_sparse entries;  /**< Row indices and values, one list per column. */
} dca_lp_columns;

/** Rows to append: n of them. Defaults: lower -INFINITY, upper INFINITY, unnamed. */
typedef struct dca_lp_rows {
    uint32_t struct_size;
    dca_index n;
    dca_doubles lower, upper;
    dca_strings name;
    dca_sparse entries; /**< Column indices and values, one list per row. */
} dca_lp_rows;

/** A problem as solvers see it, always to be minimised; arrays are borrowed for the call. */
typedef struct dca_problem {
    uint32_t struct_size;
    dca_index num_rows, num_columns;
    double offset;           /**< c0, added to c'x. */
    const double *cost;      /**< [num_columns] */
    const double *lower;     /**< [num_columns], -INFINITY: none */
    const double *upper;     /**< [num_columns], INFINITY: none */
    const double *row_lower; /**< [num_rows] */
    const double *row_upper; /**< [num_rows] */
    const dca_nnz *start; /**< [num_columns] column j: entries start[j] .. start[j]+length[j]-1 */
    const dca_index *length; /**< [num_columns] */
    const dca_index *index;  /**< Row indices, each at most once in a column. */
    const double *value;     /**< Nonzero, finite. */
} dca_problem;

/** How an answer was checked, on the caller's own numbers (docs/numerics.md). */
typedef enum dca_certificate_kind {
    DCA_CERTIFICATE_NONE = 0,
    DCA_CERTIFICATE_KKT,    /**< Primal point and dual bound. */
    DCA_CERTIFICATE_FARKAS, /**< Row multipliers that no point can satisfy. */
    DCA_CERTIFICATE_RAY     /**< Feasible point and improving direction. */
} dca_certificate_kind;

typedef struct dca_certificate {
    uint32_t struct_size;
    int32_t kind;            /**< dca_certificate_kind. */
    int32_t valid;           /**< 1: the test of docs/numerics.md holds. */
    int32_t rounded;         /**< 1: a free column needed the 2^-36 rule. */
    double primal_violation; /**< Largest violation of a row or bound less its rounding floor, >= 0.
                                  For Farkas 0; positive where no more than the narrow claim is
                                  proved (margin at most 1e-7): that of the best point found. */
    double dual_violation;   /**< Largest wrong-signed reduced cost or row price, >= 0; for rays the
                                  part of the ray on the wrong side. */
    double relative_gap; /**< |P - D| less its rounding floor, / max(|P - c0|, |D - c0|); for Farkas
                                  margin / scale. */
    double dual_bound;   /**< D: no feasible point is better than this. -inf or +inf if none. */
} dca_certificate;

/** How the answer came about. */
typedef struct dca_solve_info {
    uint32_t struct_size;
    int32_t warm;       /**< 1: started from the last basis. */
    int64_t iterations; /**< Simplex iterations, all phases and tiers. */
    int64_t work;       /**< Matrix entries touched. */
    double seconds;     /**< Wall clock of the solve call. */
    dca_index rows, columns;
    dca_nnz entries;
    dca_index presolved_rows, presolved_columns; /**< What the simplex saw. */
    dca_nnz presolved_entries;
    char method[16]; /**< "dual", "primal", ... */
    char note[96];   /**< Why cold, why this method; may be empty. */
} dca_solve_info;

/* ---- Domain ------------------------------------------------------------------------------------ */

/** The resource that every model has from the start, index 0: electrical power, unit W. */
#define DCA_POWER 0

typedef enum dca_domain_kind {
    DCA_DOMAIN_POWER = 0, /**< PDU, UPS, feed, row, site. Counts power only. */
    DCA_DOMAIN_FAILURE,   /**< Rack, row, zone. Counts every resource. */
    DCA_DOMAIN_NETWORK,   /**< Top-of-rack uplink. Counts every resource. */
    DCA_DOMAIN_TENANT     /**< Queue, cohort, team. Counts the use of its demands. */
} dca_domain_kind;

/** Interchangeable nodes. One capacity row per resource that some placement uses. */
typedef struct dca_pool_spec {
    uint32_t struct_size;
    int32_t elastic;        /**< 0: all nodes are on. 1: the number of nodes on is decided (a real
                                 number in [0, count]); price and idle watts follow it. Default 0. */
    const char *name;       /**< Unique among pools; copied. NULL: "pool <index>"; so for every
                                 kind but placements. */
    double count;           /**< Nodes, >= 0, finite. Default 1. */
    const double *capacity; /**< [num_resources] per node, >= 0; NULL or 0: has none of it. Power:
                                 0 stands for no limit. */
    const double *watts; /**< [num_resources] W drawn per unit of the resource in use, >= 0, that of
                                 power itself 0; NULL: 0. */
    double idle_watts;   /**< W per node that is on, >= 0. Default 0. */
    double price;        /**< Cost per node that is on and hour, finite. Default 0. */
} dca_pool_spec;
#define DCA_POOL_SPEC_INIT                                                                         \
    {                                                                                              \
        sizeof(dca_pool_spec), 0, NULL, 1.0, NULL, NULL, 0.0, 0.0                                  \
    }

typedef struct dca_domain_spec {
    uint32_t struct_size;
    int32_t kind;     /**< dca_domain_kind. */
    const char *name; /**< Unique among domains; copied. */
    double factor;    /**< What members use counts factor times here and above (PUE, losses).
                              > 0, finite. Default 1. */
    double
        energy_price; /**< Cost per kWh counted in this domain, finite. Default 0. Priced where the
                              meter stands: give it to one domain on a way up only, never a tenant. */
} dca_domain_spec;
#define DCA_DOMAIN_SPEC_INIT                                                                       \
    {                                                                                              \
        sizeof(dca_domain_spec), 0, NULL, 1.0, 0.0                                                 \
    }

typedef struct dca_link_spec {
    uint32_t struct_size;
    uint32_t reserved;
    const char *name; /**< Unique among links; copied. */
    const char *from; /**< Place names, copied; may be NULL. Used in messages. */
    const char *to;
    const char *unit; /**< Unit of the capacity; NULL: "GB/s". */
    double capacity;  /**< >= 0; INFINITY: unlimited. Default INFINITY. */
    double price;     /**< Cost per unit carried, finite. Default 0. */
} dca_link_spec;
#define DCA_LINK_SPEC_INIT                                                                         \
    {                                                                                              \
        sizeof(dca_link_spec), 0, NULL, NULL, NULL, NULL, INFINITY, 0.0                            \
    }

typedef struct dca_demand_spec {
    uint32_t struct_size;
    dca_index tenant;  /**< Who asks (a tenant domain), or -1. Default -1. */
    const char *name;  /**< Unique among demands; copied. */
    const double *use; /**< [num_resources] per unit of demand, >= 0; copied. NULL: all 0. What a
                            placement by rule uses; power here is drawn beside pool watts. */
    double amount;     /**< Units wanted, >= 0; INFINITY: as much as fits. Default 1. */
    double value;      /**< Worth per unit served, finite. Default 1. */
    double min_share;  /**< Fraction that must be served, in [0,1]. Default 0. */
    double weight; /**< Divides the share in max-min terms; weighs unmet units. > 0. Default 1. */
    int32_t hard;  /**< 1: all of `amount` must be served (min_share = 1). Default 0. */
    int32_t priority; /**< Shown, and selectable by terms; larger is more urgent. Default 0. */
    const char *unit; /**< What one unit is called ("pod", "job", "GB/s"); NULL: "unit". */
} dca_demand_spec;
#define DCA_DEMAND_SPEC_INIT                                                                       \
    {                                                                                              \
        sizeof(dca_demand_spec), -1, NULL, NULL, 1.0, 1.0, 0.0, 1.0, 0, 0, NULL                    \
    }

/** One way to serve one demand: on this pool, over these links, or both. */
typedef struct dca_placement_spec {
    uint32_t struct_size;
    uint32_t reserved;
    dca_index demand;
    dca_index pool;        /**< Or -1: on no pool (a flow over links). Default -1. */
    const char *name;      /**< Or NULL: "<demand>@<pool>". Copied. */
    double rate;           /**< Units of demand served per unit placed, > 0. Default 1. */
    const double *use;     /**< [num_resources] of the pool per unit placed; NULL: as the demand. */
    double cost;           /**< Cost per unit placed and hour, finite. Default 0. */
    double ceiling;        /**< Most units that may be placed, >= 0. Default INFINITY. */
    dca_index num_links;   /**< Length of the lists that follow. */
    const dca_index *link; /**< [num_links] links that carry it. */
    const double *link_use; /**< [num_links] units carried per unit placed; NULL: all 1. */
} dca_placement_spec;
#define DCA_PLACEMENT_SPEC_INIT                                                                    \
    {                                                                                              \
        sizeof(dca_placement_spec), 0, -1, -1, NULL, 1.0, NULL, 0.0, INFINITY, 0, NULL, NULL       \
    }

/** Bulk form of pools. Defaults as in dca_pool_spec. */
typedef struct dca_pool_columns {
    uint32_t struct_size;
    dca_index n;
    dca_strings name;
    dca_doubles count, idle_watts, price;
    dca_indices elastic;
    dca_sparse capacity; /**< Resource indices and capacities per node. */
    dca_sparse watts;    /**< Resource indices and W per unit in use. */
} dca_pool_columns;

/** Bulk form of demands. Defaults as in dca_demand_spec. */
typedef struct dca_demand_columns {
    uint32_t struct_size;
    dca_index n;
    dca_strings name;
    dca_indices tenant, hard, priority;
    dca_doubles amount, value, min_share, weight;
    dca_sparse use; /**< Resource indices and use per unit of demand. */
} dca_demand_columns;

/** Bulk form of placements. Defaults as in dca_placement_spec. */
typedef struct dca_placement_columns {
    uint32_t struct_size;
    dca_index n;
    dca_indices demand; /**< Required. */
    dca_indices pool;
    dca_doubles rate, cost, ceiling;
    dca_sparse use;  /**< Resource indices and use per unit placed; start NULL: as the demand. */
    dca_sparse link; /**< Link indices and units carried per unit placed. */
} dca_placement_columns;

/** What a tier of the objective may contain. Each has its natural sense; a tier whose terms are all
 *  to be made large is maximised, every other tier is minimised with those terms negated. */
typedef enum dca_term_kind {
    DCA_TERM_COST = 0, /**< Money per hour: nodes on, placements, links, energy. Small. */
    DCA_TERM_ENERGY,   /**< kWh per hour, counted in the domains with an energy price, else at the
                               pools; with a domain named, what that domain counts. Small. */
    DCA_TERM_UNMET,    /**< Sum of weight x units not served. Small. */
    DCA_TERM_UTILISATION, /**< Largest use / limit over the limits in scope. Small. */
    DCA_TERM_MOVEMENT,    /**< Sum |placed - current| over placements. Small. */
    DCA_TERM_VALUE,       /**< Sum of value x units served. Large. */
    DCA_TERM_SHARE        /**< Smallest served / (weight x amount) over demands in scope; those of
                               infinite amount have no share. Large. */
} dca_term_kind;

/** A term; the scope fields narrow it, -1 means all. */
typedef struct dca_term_spec {
    uint32_t struct_size;
    int32_t kind;  /**< dca_term_kind. */
    double weight; /**< > 0, finite. Default 1. */
    dca_index
        domain; /**< Cost: pools in this domain, by share, or placements of this tenant. Energy:
                             counted there. Utilisation: its limits and those of pools in it. Unmet,
                             value, share: demands of this tenant. Movement: -1. Default -1. */
    dca_index resource; /**< Utilisation: limits on this resource only. Default -1. */
    int32_t priority;   /**< Unmet, value, share: demands of at least this priority. Default
                             INT32_MIN: all. */
} dca_term_spec;
#define DCA_TERM_SPEC_INIT                                                                         \
    {                                                                                              \
        sizeof(dca_term_spec), 0, 1.0, -1, -1, INT32_MIN                                           \
    }

/** A limit, by what it limits: (pool, resource), (domain, resource), (link, -1), (demand, -1). */
typedef struct dca_limit {
    uint32_t struct_size;
    int32_t kind;       /**< DCA_KIND_POOL, _DOMAIN, _LINK or _DEMAND. */
    dca_index index;    /**< Of the pool, domain, link or demand. */
    dca_index resource; /**< Or -1. */
    double limit;       /**< In `unit`; INFINITY: none. For a demand the amount wanted. */
    double use;         /**< What the answer uses of it. */
    double price;       /**< d(optimal value of the first tier)/d(limit), one more unit of it; in an
                             elastic pool it comes with the nodes that are on. NAN: not optimal. */
} dca_limit;

/** One change of the cheapest repair of an infeasible model. */
typedef struct dca_repair {
    uint32_t struct_size;
    int32_t kind; /**< DCA_KIND_POOL, _DOMAIN, _LINK: raise a limit; _DEMAND: ask for less. */
    dca_index index;
    dca_index resource; /**< Or -1. */
    double from, to;    /**< The limit or amount now, and repaired. */
} dca_repair;

/** One of the things that cannot hold together (dca_solver_find_conflict()). */
typedef struct dca_conflict_member {
    uint32_t struct_size;
    int32_t kind;    /**< LP: DCA_KIND_ROW, _COLUMN. Model: DCA_KIND_POOL, _DOMAIN, _LINK: a limit;
                              _DEMAND: what it insists on; _PLACEMENT: its ceiling, or 0 where one
                              unit does not fit a node. */
    dca_index index; /**< Row, column or object. */
    dca_index resource;  /**< Of a pool or a domain; -1: none, or the nodes of an elastic pool. */
    int32_t side;        /**< LP: -1 the lower bound, 1 the upper one. Model: 0. */
    int32_t untouchable; /**< 1: it was declared so. */
    double limit;        /**< The bound, limit, amount insisted on, ceiling or number of nodes. */
} dca_conflict_member;

/** Marks of rows and columns for dca_solver_find_conflict(), added up. */
typedef enum dca_untouchable {
    DCA_UNTOUCHABLE_LOWER = 1, /**< The lower bound may not give. */
    DCA_UNTOUCHABLE_UPPER = 2  /**< The upper bound may not give. */
} dca_untouchable;

/** Which repair: by any means, by limits alone, by hard demands alone. */
typedef enum dca_repair_by {
    DCA_REPAIR_CHEAPEST = 0,
    DCA_REPAIR_CAPACITY,
    DCA_REPAIR_DEMAND
} dca_repair_by;

#ifdef __cplusplus
}
#endif
#endif /* DCALLOC_TYPES_H */
