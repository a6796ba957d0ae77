/* network.c - see network.h. Lengths are whole numbers below SPAN, so that Dial's buckets (1969)
 * serve as the queue of Dijkstra's method: bucket b holds, as a list, the nodes whose distance is
 * b modulo SPAN. */
#include "network.h"

#include <stdlib.h>

enum { CHORDS = 2, SPAN = 64, STREAM_CHORD = 48, STREAM_LENGTH };

static dca_index end_of_chord(const dc_parameters *given, dca_index nodes, dca_index v, int c)
{
    const uint64_t at = (uint64_t)v * CHORDS + (uint64_t)c;
    const int64_t step = 2 + dc_below(given->seed, STREAM_CHORD, at, nodes - 3);
    return (dca_index)((v + step) % nodes);
}

/* Count or fill: with `to` NULL only first[v+1] is counted. */
static void link_up(const dc_parameters *given, dc_network *network, bool fill)
{
    const dca_index n = network->nodes;
    dca_index *place = network->first;
    for (dca_index v = 0; v < n; v++) {
        const dca_index ends[2 + CHORDS] = {(v + 1) % n, (v + n - 1) % n,
                                            end_of_chord(given, n, v, 0),
                                            end_of_chord(given, n, v, 1)};
        for (int e = 0; e < 2 + CHORDS; e++) {
            const bool back = e >= 2;
            const bool lost = back && dc_lost(given, v, n);
            for (int way = 0; way <= (back ? 1 : 0); way++) {
                const dca_index from = way == 0 ? v : ends[e];
                if (fill) {
                    const dca_index at = place[from]++;
                    network->from[at] = from;
                    network->to[at] = way == 0 ? ends[e] : v;
                    network->lost[at] = lost;
                } else {
                    place[from + 1]++;
                }
            }
        }
    }
}

bool dc_network_new(const dc_parameters *given, dca_index nodes, dc_network *out)
{
    const size_t n = (size_t)nodes;
    const size_t links = n * (2 + 2 * CHORDS);
    *out = (dc_network){.nodes = nodes, .links = (dca_index)links};
    out->first = calloc(n + 1, sizeof *out->first);
    out->from = malloc(links * sizeof *out->from);
    out->to = malloc(links * sizeof *out->to);
    out->lost = malloc(links * sizeof *out->lost);
    out->via = malloc(n * sizeof *out->via);
    out->distance = malloc(n * sizeof *out->distance);
    out->queue = malloc((2 * n + SPAN) * sizeof *out->queue);
    if (out->first == NULL || out->from == NULL || out->to == NULL || out->lost == NULL ||
        out->via == NULL || out->distance == NULL || out->queue == NULL) {
        dc_network_free(out);
        return false;
    }
    link_up(given, out, false);
    for (dca_index v = 0; v < nodes; v++) {
        out->first[v + 1] += out->first[v];
    }
    link_up(given, out, true);
    for (dca_index v = nodes; v > 0; v--) { /* filling moved each start to the next */
        out->first[v] = out->first[v - 1];
    }
    out->first[0] = 0;
    return true;
}

void dc_network_free(dc_network *network)
{
    free(network->first);
    free(network->from);
    free(network->to);
    free(network->lost);
    free(network->via);
    free(network->distance);
    free(network->queue);
    *network = (dc_network){0};
}

/* Buckets are doubly linked lists: head[b], then next and previous of nodes; previous of a head
 * is -2-b. */
typedef struct buckets {
    dca_index *head, *next, *previous;
} buckets;

static void put(const buckets *b, dca_index v, int64_t distance)
{
    const dca_index at = (dca_index)(distance % SPAN);
    b->next[v] = b->head[at];
    b->previous[v] = -2 - at;
    if (b->head[at] >= 0) {
        b->previous[b->head[at]] = v;
    }
    b->head[at] = v;
}

static void take(const buckets *b, dca_index v)
{
    if (b->previous[v] <= -2) {
        b->head[-2 - b->previous[v]] = b->next[v];
    } else {
        b->next[b->previous[v]] = b->next[v];
    }
    if (b->next[v] >= 0) {
        b->previous[b->next[v]] = b->previous[v];
    }
}

void dc_network_search(dc_network *network, uint64_t seed, dca_index source, int variant)
{
    const dca_index n = network->nodes;
    const buckets b = {network->queue, network->queue + SPAN, network->queue + SPAN + n};
    int64_t *distance = network->distance;
    for (dca_index v = 0; v < n; v++) {
        distance[v] = INT64_MAX;
        network->via[v] = -1;
    }
    for (int k = 0; k < SPAN; k++) {
        b.head[k] = -1;
    }
    distance[source] = 0;
    put(&b, source, 0);
    int64_t now = 0;
    for (dca_index waiting = 1; waiting > 0;) {
        const dca_index v = b.head[now % SPAN];
        if (v < 0) {
            now++;
            continue;
        }
        take(&b, v);
        waiting--;
        for (dca_index l = network->first[v]; l < network->first[v + 1]; l++) {
            const dca_index w = network->to[l];
            const uint64_t at = (uint64_t)variant * (uint64_t)network->links + (uint64_t)l;
            const int64_t length =
                16 + (variant == 0 ? 0 : dc_below(seed, STREAM_LENGTH, at, SPAN - 16));
            if (network->lost[l] || distance[w] <= now + length) {
                continue;
            }
            if (distance[w] == INT64_MAX) {
                waiting++;
            } else {
                take(&b, w);
            }
            distance[w] = now + length;
            network->via[w] = l;
            put(&b, w, distance[w]);
        }
    }
}
