/* network.h - a directed network with hashed shortest paths (network.c). */
#ifndef BENCH_DC_NETWORK_H
#define BENCH_DC_NETWORK_H

#include "dc.h"

/* A ring in both directions, and for every node CHORDS links to others and back; out of node v
 * lead the links first[v] .. first[v+1]-1. Chords may be lost, the ring not, so that all can be
 * reached. */
typedef struct dc_network {
    dca_index nodes, links;
    dca_index *first;     /* [nodes+1] */
    dca_index *from, *to; /* [links] */
    bool *lost;           /* [links] */
    dca_index *via;       /* [nodes] the link by which the last search came to a node, -1: none */
    int64_t *distance;    /* [nodes] */
    dca_index *queue;     /* [buckets of the search] */
} dc_network;

bool dc_network_new(const dc_parameters *given, dca_index nodes, dc_network *out);
void dc_network_free(dc_network *network);
/* Shortest paths from a node, under lengths that `variant` shakes (0: does not); fills via.
 * O(links). */
void dc_network_search(dc_network *network, uint64_t seed, dca_index source, int variant);

#endif /* BENCH_DC_NETWORK_H */
