/* json_read.h - what the files that read a scenario share. */
#ifndef DCA_IO_JSON_READ_H
#define DCA_IO_JSON_READ_H

#include "io/json_fields.h"
#include "model/model.h"

/* A scenario being read. */
typedef struct dca__scenario {
    dca__json_reader in;
    dca_model *model;
    dca_control *control;
    double *row[2];  /* [num_resources] each: scratch for capacities, watts, uses */
    dca_index *list; /* [max(resources, pools, links)] scratch */
    double *value;   /* [the same] */
    double *rule[3]; /* [the same] rate, cost and ceiling of each pool in the list */
    bool *taken;     /* [num_pools] all false between uses */
} dca__scenario;

#define DCA_FIELDS(table) (table), sizeof(table) / sizeof *(table)

/** The object of a name, or an error at `node` that says there is none. `name` is a key or a string. */
DCA_NODISCARD dca_status dca__scenario_find(const dca__scenario *s, dca_index node, dca_kind kind,
                                            const char *name, dca_index *out);
/** The same where the name is the string value of `node`. */
DCA_NODISCARD dca_status dca__scenario_named(const dca__scenario *s, dca_index node, dca_kind kind,
                                             dca_index *out);
/** An object {name: number} into a sparse list without zeros; list and value have room for every
 *  object of the kind. */
DCA_NODISCARD dca_status dca__scenario_map(const dca__scenario *s, dca_index node, dca_kind kind,
                                           dca__json_field_kind number, dca_index *list,
                                           double *value, dca_index *count);
/** An object {resource: number} into a dense row, 0 where it says nothing; node -1: all 0. */
DCA_NODISCARD dca_status dca__scenario_row(const dca__scenario *s, dca_index node,
                                           dca__json_field_kind number, double *row);
/** DCA_OK when `name` is there; resources, domains, links, pools and demands must have one. */
DCA_NODISCARD dca_status dca__scenario_has_name(const dca__scenario *s, dca_index object,
                                                const char *name);
/** The error of an add that failed: no memory, or the name is taken. */
dca_status dca__scenario_taken(const dca__scenario *s, dca_index node, dca_status status,
                               dca_kind kind, const char *name);
/** To be called for every element: DCA_E_STATE with a sentence when reading was stopped. */
DCA_NODISCARD dca_status dca__scenario_poll(const dca__scenario *s);

/* json_read_supply.c: resources, domains, links, pools. json_read_demand.c: demands, placements,
 * current amounts. json_read_objective.c: tiers. Each takes the node of its section, which is there. */
DCA_NODISCARD dca_status dca__scenario_resources(dca__scenario *s, dca_index section);
DCA_NODISCARD dca_status dca__scenario_domains(dca__scenario *s, dca_index section);
DCA_NODISCARD dca_status dca__scenario_links(dca__scenario *s, dca_index section);
DCA_NODISCARD dca_status dca__scenario_pools(dca__scenario *s, dca_index section);
DCA_NODISCARD dca_status dca__scenario_demands(dca__scenario *s, dca_index section);
DCA_NODISCARD dca_status dca__scenario_placements(dca__scenario *s, dca_index section,
                                                  dca_index demand);
DCA_NODISCARD dca_status dca__scenario_objective(dca__scenario *s, dca_index section);

#endif
