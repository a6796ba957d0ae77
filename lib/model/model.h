/* model.h - the model: resources, pools, domains, links, demands, placements, tiers, and the log of
 * edits that solvers follow. No matrix in sight.
 *
 * Storage  One array of plain structs per kind, a slot per object; a removed slot stays, dead, until
 *          compact. Pools and domains have a dense row of `stride` doubles per quantity (capacity,
 *          watts, limit, repair weight). Uses of demands and placements, and the links of placements,
 *          are sparse lists in two pooled areas; the area is never moved within, so a million
 *          placements cost a million struct writes and no allocation of their own.
 * Names    Every resource, pool, domain, link, demand and tier has one, unique within its kind; an
 *          object added without gets "<kind> <index>". Placements have one only when given, else
 *          "<demand>@<pool>" is made when asked for and kept.
 * Log      Numeric edits go to a ring of bounded length; everything else raises `structure`. A solver
 *          that fell out of the ring, or sees another `structure`, compiles anew.
 *
 * Functions here trust their arguments (lib/api and lib/io validate); those that allocate may fail
 * with DCA_E_NOMEM and then leave the model as it was. */
#ifndef DCA_MODEL_MODEL_H
#define DCA_MODEL_MODEL_H

#include "base/strtab.h"
#include "dcalloc/export.h"
#include "dcalloc/types.h"

#include <stdbool.h>

/** Sparse lists that share one area. */
typedef struct dca__lists {
    dca_nnz used;
    dca_nnz index_capacity, value_capacity;
    dca_index *index;
    double *value;
} dca__lists;

/** Arcs with a share, chained by tail, in the order they were set. */
typedef struct dca__arc {
    dca_index to;   /* a domain, or -1: free */
    dca_index next; /* arc of the same tail, or -1 */
    double share;
} dca__arc;

typedef struct dca__pool {
    double count, idle_watts, price;
    int32_t elastic;
    dca_index arcs; /* first arc to a domain, or -1 */
    bool alive;
} dca__pool;

typedef struct dca__domain {
    int32_t kind;
    dca_index arcs; /* first arc to a parent, or -1 */
    double factor, energy_price;
    bool alive;
} dca__domain;

typedef struct dca__link {
    dca_index unit, from, to; /* slots of labels; from, to: or -1 */
    double capacity, price, repair_weight;
    bool alive;
} dca__link;

typedef struct dca__demand {
    dca_nnz use; /* start of its list in uses */
    dca_index use_length;
    dca_index tenant, unit;
    dca_index first, last; /* placements, chained by `next`, ascending; -1: none */
    int32_t hard, priority;
    double amount, value, min_share, weight, repair_weight;
    bool alive;
} dca__demand;

typedef struct dca__placement {
    double rate, cost, ceiling, current;
    dca_nnz use;  /* start of its list in uses, -1: as the demand */
    dca_nnz link; /* start of its list in links_used */
    dca_index use_length, link_length;
    dca_index demand, pool; /* pool: or -1 */
    dca_index next;         /* placement of the same demand, or -1 */
    bool alive;
} dca__placement;

typedef struct dca__term {
    double weight;
    int32_t kind, priority;
    dca_index domain, resource; /* or -1 */
} dca__term;

typedef struct dca__tier {
    dca__term *terms;
    dca_nnz capacity;
    dca_index count;
} dca__tier;

/** What a numeric edit changed; the new value is read from the model. */
typedef enum dca__change_kind {
    DCA__CHANGE_POOL = 0, /* count, capacity of `resource` (or -1: count) */
    DCA__CHANGE_LIMIT,    /* limit of domain `index` on `resource` */
    DCA__CHANGE_LINK,     /* capacity */
    DCA__CHANGE_DEMAND,   /* amount, min_share, hard */
    DCA__CHANGE_CEILING,  /* of placement `index` */
    DCA__CHANGE_CURRENT,  /* amounts placed now, of all placements */
    DCA__CHANGE_COST,     /* objective only: any price, placement cost, value, weight of a term */
    DCA__CHANGE_REPAIR    /* repair weight: no solve depends on it */
} dca__change_kind;

typedef struct dca__change {
    int32_t kind; /* dca__change_kind */
    dca_index index, resource;
} dca__change;

enum { DCA__JOURNAL_LENGTH = 4096 };

struct dca_model {
    dca_env *env;
    int references; /* caller and solvers; one thread at a time, not atomic */
    dca_error error;
    char *name;         /* or NULL */
    dca__strtab labels; /* units and places: interned, 0 "unit", 1 "W", 2 "GB/s" */

    dca_index num_resources, stride; /* stride >= num_resources, of the dense rows */
    dca__strtab resource_names;
    dca_index *resource_unit; /* [stride] label */
    double *scratch;          /* [3 * stride]: what getters of uses lend */

    dca_index num_pools;
    dca_nnz pool_capacity;
    dca__pool *pools;
    dca_nnz pool_rows;                      /* capacity of the dense rows, in pools */
    double *capacity, *watts, *pool_repair; /* [num_pools * stride] */
    dca__strtab pool_names;

    dca_index num_domains;
    dca_nnz domain_capacity;
    dca__domain *domains;
    dca_nnz domain_rows;
    double *limit, *domain_repair; /* [num_domains * stride] */
    dca__strtab domain_names;

    dca_index num_arcs, free_arc;
    dca_nnz arc_capacity;
    dca__arc *arcs;

    dca_index num_links;
    dca_nnz link_capacity;
    dca__link *links;
    dca__strtab link_names;

    dca_index num_demands;
    dca_nnz demand_capacity;
    dca__demand *demands;
    dca__strtab demand_names;

    dca_index num_placements;
    dca_nnz placement_capacity;
    dca__placement *placements;
    dca__strtab placement_names; /* may hold fewer slots than there are placements */
    char **made_names;           /* [num_made] names made on demand, or NULL */
    dca_index num_made;

    dca__lists uses, links_used;

    dca_index num_tiers;
    dca_nnz tier_capacity;
    dca__tier *tiers;
    dca__strtab tier_names;

    uint64_t revision;    /* every edit */
    uint64_t structure;   /* edits that are not in the log */
    uint64_t compaction;  /* times that slots were renumbered */
    dca__change *journal; /* [DCA__JOURNAL_LENGTH] ring; change e stands at e % length */
    uint64_t journal_end; /* changes logged since the model was made */
};

DCA_NODISCARD dca_status dca__model_new(dca_env *env, dca_model **out);
dca_model *dca__model_retain(dca_model *model);
void dca__model_release(dca_model *model);
DCA_NODISCARD dca_status dca__model_set_name(dca_model *model, const char *name);

/* ---- journal.c */
void dca__model_note(dca_model *model, dca__change_kind kind, dca_index index, dca_index resource);
void dca__model_note_structure(dca_model *model);

/* ---- model_names.c: every kind alike */
dca_index dca__model_count(const dca_model *model, dca_kind kind);
bool dca__model_exists(const dca_model *model, dca_kind kind, dca_index index);
dca_index dca__model_find(const dca_model *model, dca_kind kind, const char *name);
/** NULL: no such slot, removed, or out of memory for a name made on demand. */
const char *dca__model_object_name(const dca_model *model, dca_kind kind, dca_index index);
/** Unit of a resource, pool ("node"), link, demand or placement (of its demand); NULL: none. */
const char *dca__model_unit(const dca_model *model, dca_kind kind, dca_index index);
/** Slot of a label, added when new. */
DCA_NODISCARD dca_status dca__model_intern(dca_model *model, const char *text, dca_index *out);
/** Append `name`, or "<kind> <index>" when NULL (with ".2", ".3" ... when taken). DCA_E_ARG: taken. */
DCA_NODISCARD dca_status dca__model_append_name(dca_model *model, dca__strtab *table, dca_kind kind,
                                                const char *name);

/* ---- model_resource.c */
DCA_NODISCARD dca_status dca__model_add_resource(dca_model *model, const char *name,
                                                 const char *unit);

/* ---- model_pool.c. One object at a time; DCA_E_ARG: the name is taken. The truncate functions undo
 * adds: nothing may refer to what goes. Adds do not note the edit; the caller does, once. */
DCA_NODISCARD dca_status dca__model_add_pool(dca_model *model, const dca_pool_spec *spec);
void dca__model_truncate_pools(dca_model *model, dca_index count);
/** W that this use draws at a pool (-1: none): direct use and that of the resources in use. */
double dca__model_power_at(const dca_model *model, dca_index pool, dca_index n,
                           const dca_index *resource, const double *use);
/** Does this use fit one node of the pool (or is it on none)? */
bool dca__model_fits_pool(const dca_model *model, dca_index pool, dca_index n,
                          const dca_index *resource, const double *use);
bool dca__model_fits(const dca_model *model, dca_index placement);

/* ---- model_domain.c */
DCA_NODISCARD dca_status dca__model_add_domain(dca_model *model, const dca_domain_spec *spec);
void dca__model_truncate_domains(dca_model *model, dca_index count);
/** Set the share of the arc from pool (or domain) to domain; 0 removes it. */
DCA_NODISCARD dca_status dca__model_set_pool_arc(dca_model *model, dca_index pool, dca_index domain,
                                                 double share);
DCA_NODISCARD dca_status dca__model_set_parent_arc(dca_model *model, dca_index child,
                                                   dca_index parent, double share);
/** Is `to` reached from `from` by going up (or are they the same)? *out is set on DCA_OK. */
DCA_NODISCARD dca_status dca__model_reaches(const dca_model *model, dca_index from, dca_index to,
                                            bool *out);
/** Remove every arc to `domain`, and those from it. */
void dca__model_detach_domain(dca_model *model, dca_index domain);

/* ---- model_link.c */
DCA_NODISCARD dca_status dca__model_add_link(dca_model *model, const dca_link_spec *spec);
void dca__model_truncate_links(dca_model *model, dca_index count);

/* ---- model_demand.c */
/** spec->use is not read: the use is the sparse list given (use NULL: all 1); zeros are dropped. */
DCA_NODISCARD dca_status dca__model_add_demand(dca_model *model, const dca_demand_spec *spec,
                                               dca_nnz n, const dca_index *resource,
                                               const double *use);
void dca__model_truncate_demands(dca_model *model, dca_index count);

/* ---- model_placement.c */
/** Append n placements; lists are without duplicates, zeros are dropped. */
DCA_NODISCARD dca_status dca__model_add_placements(dca_model *model,
                                                   const dca_placement_columns *columns);
/** Undo adds of placements from `count` on: chains and areas are as before. */
void dca__model_truncate_placements(dca_model *model, dca_index count, dca_nnz uses_used,
                                    dca_nnz links_used);
/** Name placement (once, after it was added). DCA_E_ARG: taken. */
DCA_NODISCARD dca_status dca__model_name_placement(dca_model *model, dca_index placement,
                                                   const char *name);
/** Use of resources per unit placed: its own list or the demand's. */
dca_index dca__model_use(const dca_model *model, dca_index placement, const dca_index **resource,
                         const double **use);
/** W drawn per unit placed, at its pool. */
double dca__model_power(const dca_model *model, dca_index placement);

/* ---- model_tier.c */
DCA_NODISCARD dca_status dca__model_add_tier(dca_model *model, const char *name);
DCA_NODISCARD dca_status dca__model_add_term(dca_model *model, dca_index tier,
                                             const dca_term_spec *spec);
void dca__model_clear_tiers(dca_model *model);

/* ---- model_remove.c */
void dca__model_remove_placement(dca_model *model, dca_index placement);
void dca__model_remove_demand(dca_model *model, dca_index demand); /* and its placements */
void dca__model_remove_pool(dca_model *model, dca_index pool);     /* and its placements */
void dca__model_remove_link(dca_model *model, dca_index link);     /* no placement may use it */
void dca__model_remove_domain(dca_model *model, dca_index domain); /* no term may name it */
/** Renumber: dead slots go. Maps [count before] receive the new index or -1; all five given. */
void dca__model_compact(dca_model *model, dca_index *pools, dca_index *domains, dca_index *links,
                        dca_index *demands, dca_index *placements);

#endif
