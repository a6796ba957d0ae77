/* deferrable.c - a day of work that may wait, at sites with prices of energy that change by the
 * hour. Made in the LP layer: the domain layer has one period.
 *
 *     min sum_sh price_sh g_sh + sum_s PEAK peak_s + PENALTY sum_j unmet_j
 *     sum_hs x_jhs + unmet_j = energy_j,    0 <= x_jhs <= rate_j    in the hours of the window,
 *     sum_j x_jhs <= cores_s,               sum_j pue_sh x_jhs - g_sh = 0,
 *     g_sh <= peak_s <= feed_s
 *
 * After Radovanovic et al.: Carbon-aware computing for datacenters, 2021. Every job may run at
 * WAYS sites, in a window of 4 to 12 hours, at a rate that gets it done in half of it. Cores are
 * such that jobs spread evenly over window and sites would use `load` of them in the mean. */
#include "build.h"

#include <stdlib.h>

enum {
    HOURS = 24,
    WAYS = 2,
    STREAM_ENERGY = 96,
    STREAM_WINDOW,
    STREAM_SITE,
    STREAM_PRICE,
    STREAM_PUE
};

static const double PENALTY = 4096.0, PEAK = 16.0;

typedef struct job {
    double energy;
    int begin, hours;
    dca_index site;
} job;

static job job_of(const dc_parameters *given, int64_t j, dca_index sites)
{
    const uint64_t k = dc_identity(given, (uint64_t)j);
    job made = {.energy = dc_size(given->seed, STREAM_ENERGY, k, given->skew, 256.0)};
    made.hours = (int)(4 + dc_below(given->seed, STREAM_WINDOW, 2 * k, 9));
    made.begin = (int)dc_below(given->seed, STREAM_WINDOW, 2 * k + 1, HOURS + 1 - made.hours);
    made.site = (dca_index)dc_below(given->seed, STREAM_SITE, k, sites);
    return made;
}

/* Rows of site s and hour h stand together: cores, power, peak. */
static dca_index hour_row(dca_index s, int h)
{
    return 3 * (s * HOURS + h);
}

static double pue(const dc_parameters *given, dca_index s, int h)
{
    const uint64_t at = (uint64_t)s * HOURS + (uint64_t)h;
    return 1.0 + (double)(3 + dc_below(given->seed, STREAM_PUE, at, 8)) / 32.0;
}

static void add_sites(const dc_parameters *given, dc_matrix *matrix, dca_index sites, double cores,
                      dc_instance *out)
{
    for (dca_index s = 0; s < sites; s++) {
        const double here = dc_lost(given, s, sites) ? 0.0 : cores;
        for (int h = 0; h < HOURS; h++) {
            dc_limit limit = {.kind = DCA_KIND_NONE, .object = -1, .resource = -1, .value = here};
            limit.row[limit.num_rows] = dc_matrix_row(matrix, -INFINITY, here);
            limit.factor[limit.num_rows++] = 1.0;
            (void)dc_matrix_row(matrix, 0.0, 0.0);
            (void)dc_matrix_row(matrix, -INFINITY, 0.0);
            if (here > 0.0) {
                out->limits[out->num_limits++] = limit;
            }
        }
    }
}

/* g_sh and peak_s. */
static void add_energy(const dc_parameters *given, dc_matrix *matrix, dca_index sites, double cores)
{
    for (dca_index s = 0; s < sites; s++) {
        for (int h = 0; h < HOURS; h++) {
            const uint64_t at = (uint64_t)s * HOURS + (uint64_t)h;
            const double day = h >= 7 && h < 21 ? 64.0 : 32.0;
            const double price = day + (double)dc_below(given->seed, STREAM_PRICE, at, 33);
            (void)dc_matrix_column(matrix, price, 0.0, INFINITY);
            dc_matrix_entry(matrix, hour_row(s, h) + 1, -1.0);
            dc_matrix_entry(matrix, hour_row(s, h) + 2, 1.0);
        }
        (void)dc_matrix_column(matrix, PEAK, 0.0, 1.25 * cores);
        for (int h = 0; h < HOURS; h++) {
            dc_matrix_entry(matrix, hour_row(s, h) + 2, -1.0);
        }
    }
}

static void add_job(const dc_parameters *given, dc_matrix *matrix, dca_index sites, int64_t j,
                    dc_instance *out)
{
    const job one = job_of(given, j, sites);
    const double rate = 2.0 * one.energy / one.hours;
    dc_demand *demand = &out->demands[j];
    *demand = (dc_demand){.object = -1, .link = -1, .amount = one.energy, .unmet = -1};
    demand->row[demand->num_rows] = dc_matrix_row(matrix, one.energy, one.energy);
    demand->role[demand->num_rows++] = DC_EQUAL;
    for (int w = 0; w < WAYS; w++) {
        const dca_index s = (one.site + w) % sites;
        for (int h = one.begin; h < one.begin + one.hours; h++) {
            const dca_index column = dc_matrix_column(matrix, 0.0, 0.0, rate);
            demand->first = demand->count == 0 ? column : demand->first;
            demand->count++;
            dc_matrix_entry(matrix, hour_row(s, h), 1.0);
            dc_matrix_entry(matrix, hour_row(s, h) + 1, pue(given, s, h));
            dc_matrix_entry(matrix, demand->row[0], 1.0);
        }
    }
}

static bool make(const dc_parameters *given, dc_instance *out)
{
    const int64_t jobs = given->nonzeros / 49 + 1; /* 2 sites, 8 hours, 3 entries; unmet */
    const dca_index sites = (dca_index)(jobs / 100 > 4 ? jobs / 100 : 4);
    double energy = 0.0;
    dc_matrix matrix;
    for (int64_t j = 0; j < jobs; j++) {
        energy += job_of(given, j, sites).energy;
    }
    const double cores = 1.0 + floor(energy / given->load / (double)sites / HOURS);
    if (!dc_reserve(out, sites * HOURS, (dca_index)jobs)) {
        return false;
    }
    dc_matrix_begin(&matrix);
    add_sites(given, &matrix, sites, cores, out);
    add_energy(given, &matrix, sites, cores);
    for (int64_t j = 0; j < jobs; j++) {
        add_job(given, &matrix, sites, j, out);
    }
    for (int64_t j = 0; j < jobs; j++) {
        dc_demand *demand = &out->demands[j];
        demand->unmet = dc_matrix_column(&matrix, PENALTY, 0.0, given->hard ? 0.0 : demand->amount);
        dc_matrix_entry(&matrix, demand->row[0], 1.0);
    }
    out->num_demands = (dca_index)jobs;
    out->amounts = !given->hard;
    out->expected = given->load > 1.0 && given->hard ? DCA_INFEASIBLE : DCA_OPTIMAL;
    return dc_matrix_end(&matrix, out->env, &out->lp);
}

const dc_family dc_deferrable = {
    .name = "deferrable",
    .about =
        "a day of deferrable work, energy by the hour (LP layer: no periods in the domain yet)",
    .defaults = {.skew = 4, .load = 0.5, .alike = 0.0, .kinds = 32},
    .make = make,
};
