/* reservations.c - capacity that outlives the loss of any one failure domain. Made in the LP
 * layer: the domain layer has no scenarios.
 *
 *     min sum cost_h x_mhr + PENALTY sum_r unmet_r
 *     sum_r x_mhr <= supply_mh,    sum_mh rru_rh x_mhr - total_r = 0,
 *     total_r - sum_h rru_rh x_mhr + unmet_r >= wanted_r   for every failure domain m
 *
 * Newell et al.: RAS: continuously optimized region-wide datacenter resource allocation, 2021,
 * without the price of moves. DOMAINS failure domains (MSBs), TYPES of hardware, of which a
 * reservation can use WAYS, each at its own worth (RRU). */
#include "build.h"

enum {
    DOMAINS = 12,
    TYPES = 6,
    WAYS = 3,
    STREAM_WANTED = 112,
    STREAM_WAY,
    STREAM_WORTH,
    STREAM_SUPPLY,
    STREAM_COST
};

static const double PENALTY = 256.0;

static dca_index supply_row(dca_index m, dca_index h)
{
    return m * TYPES + h;
}

static void add_supply(const dc_parameters *given, dc_matrix *matrix, double mean, dc_instance *out)
{
    for (dca_index m = 0; m < DOMAINS; m++) {
        for (dca_index h = 0; h < TYPES; h++) {
            const double part =
                0.5 + dc_fraction(given->seed, STREAM_SUPPLY, (uint64_t)supply_row(m, h));
            const double here = dc_lost(given, m, DOMAINS) ? 0.0 : 1.0 + floor(part * mean);
            dc_limit limit = {.kind = DCA_KIND_NONE, .object = -1, .resource = -1, .value = here};
            limit.row[limit.num_rows] = dc_matrix_row(matrix, -INFINITY, here);
            limit.factor[limit.num_rows++] = 1.0;
            if (here > 0.0) {
                out->limits[out->num_limits++] = limit;
            }
        }
    }
}

static void add_reservation(const dc_parameters *given, dc_matrix *matrix, dca_index r,
                            double wanted, dc_demand *demand)
{
    const uint64_t k = dc_identity(given, (uint64_t)r);
    *demand = (dc_demand){.object = -1, .link = -1, .amount = wanted, .unmet = -1};
    for (int m = 0; m < DOMAINS; m++) {
        demand->row[demand->num_rows] = dc_matrix_row(matrix, wanted, INFINITY);
        demand->role[demand->num_rows++] = DC_LEAST;
    }
    const dca_index total = dc_matrix_row(matrix, 0.0, 0.0);
    demand->row[demand->num_rows] = total;
    demand->role[demand->num_rows++] = DC_FIXED;
    const dca_index first = (dca_index)dc_below(given->seed, STREAM_WAY, k, TYPES);
    for (dca_index m = 0; m < DOMAINS; m++) {
        for (dca_index w = 0; w < WAYS; w++) {
            const dca_index h = (first + w) % TYPES;
            const uint64_t at = k * WAYS + (uint64_t)w;
            const double worth = (double)(8 + dc_below(given->seed, STREAM_WORTH, at, 9)) / 8.0;
            const double cost = (double)(8 + h + dc_below(given->seed, STREAM_COST, at, 8)) / 8.0;
            const dca_index column = dc_matrix_column(matrix, cost, 0.0, INFINITY);
            demand->first = demand->count == 0 ? column : demand->first;
            demand->count++;
            dc_matrix_entry(matrix, supply_row(m, h), 1.0);
            dc_matrix_entry(matrix, total, worth);
            dc_matrix_entry(matrix, demand->row[m], -worth);
        }
    }
    (void)dc_matrix_column(matrix, 0.0, 0.0, INFINITY);
    demand->count++;
    dc_matrix_entry(matrix, total, -1.0);
    for (int m = 0; m < DOMAINS; m++) {
        dc_matrix_entry(matrix, demand->row[m], 1.0);
    }
}

static bool make(const dc_parameters *given, dc_instance *out)
{
    const dca_index reservations =
        (dca_index)(given->nonzeros / (3 * DOMAINS * WAYS + 2 * DOMAINS + 1) + 1);
    double all = 0.0;
    dc_matrix matrix;
    if (!dc_reserve(out, DOMAINS * TYPES, reservations)) {
        return false;
    }
    for (dca_index r = 0; r < reservations; r++) {
        all += dc_size(given->seed, STREAM_WANTED, dc_identity(given, (uint64_t)r), given->skew,
                       4096.0);
    }
    dc_matrix_begin(&matrix);
    add_supply(given, &matrix, all / given->load / (DOMAINS * TYPES), out);
    for (dca_index r = 0; r < reservations; r++) {
        const double wanted = dc_size(given->seed, STREAM_WANTED, dc_identity(given, (uint64_t)r),
                                      given->skew, 4096.0);
        add_reservation(given, &matrix, r, wanted, &out->demands[r]);
    }
    for (dca_index r = 0; r < reservations; r++) {
        dc_demand *demand = &out->demands[r];
        demand->unmet = dc_matrix_column(&matrix, PENALTY, 0.0, demand->amount);
        for (int m = 0; m < DOMAINS; m++) {
            dc_matrix_entry(&matrix, demand->row[m], 1.0);
        }
    }
    out->num_demands = reservations;
    out->amounts = out->costs = true;
    return dc_matrix_end(&matrix, out->env, &out->lp);
}

const dc_family dc_reservations = {
    .name = "reservations",
    .about = "reservations that survive any one failure domain (RAS; LP layer: no scenarios in the "
             "domain)",
    .defaults = {.skew = 4, .load = 0.75, .alike = 0.0, .kinds = 32},
    .make = make,
};
