/* summary.h - an answer to a scenario, gathered for the report and the plot. */
#ifndef DCALLOC_CLI_SUMMARY_H
#define DCALLOC_CLI_SUMMARY_H

#include "cli.h"

/* Use and limit of one resource over all pools. */
typedef struct cli_usage {
    double use, limit;
} cli_usage;

typedef struct cli_summary {
    const dca_result *result;
    const dca_model *model;
    dca_index num_resources, num_pools, num_domains, num_demands, num_placements;
    double *served, *unmet; /* [num_demands] */
    double *placed;         /* [num_placements] */
    double *kilowatts;      /* [num_domains] counted */
    double *nodes_on;       /* [num_pools] */
    dca_index num_limits;
    dca_limit *limits; /* [num_limits] */
    cli_usage *usage;  /* [num_resources] */
    dca_index *worst;  /* [num_worst] demands with unmet units, most weight first */
    dca_index num_worst;
    dca_index *dearest; /* [num_dearest] limits with a price, the one that costs most first */
    dca_index num_dearest;
} cli_summary;

/* False when out of memory; then nothing is to be freed. */
bool summary_make(const dca_model *model, const dca_result *result, cli_summary *out);
void summary_free(cli_summary *summary);

/* Units not served count as such when they are more than rounding of what was wanted. */
bool summary_is_unmet(const cli_summary *summary, dca_index demand);
/* A number for people: 4 significant digits, or whole below 10^6. */
void summary_number(double value, char out[48]);
/* A number and its unit: 560 kW, 8152 pod. */
void summary_quantity(double value, const char *unit, char out[64]);
/* "power of feed-A", "uplink-3", "demand train". */
void summary_limit_name(const cli_summary *summary, const dca_limit *limit, char *out, size_t size);
const char *summary_limit_unit(const cli_summary *summary, const dca_limit *limit);
/* use / limit, 0 where there is no limit. */
double summary_share(double use, double limit);

#endif
