/* plot_pools.c - the left half of the picture: for each pool a bar of the resource that is fullest in
 * the cluster (or in the pool, where it has none of that), split by who uses it; below it thin lines
 * for the other resources. */
#include "plot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_HEIGHT = 27, BAR_HEIGHT = 13, NAME_ROOM = 150, FIGURE_ROOM = 170, LEGEND_ROWS = 3 };

static const char *const colours[PLOT_COLOURS] = {"#3b6fb6", "#e07b39", "#3a9d5d", "#b5478f",
                                                  "#d8b13c", "#56b4d3", "#7a5bb0", "#8c6d46"};
static const char *const thin[] = {"#9aa5b4", "#b9a26a", "#7fb3a4", "#b48fb0"};
enum { NUM_THIN = sizeof thin / sizeof *thin };

/* Use of `resource` by one placement. */
static double use_of(const cli_summary *s, dca_index placement, dca_index resource, dca_index *pool,
                     dca_index *demand)
{
    dca_placement_spec spec = DCA_PLACEMENT_SPEC_INIT;
    dca_demand_spec wanted = DCA_DEMAND_SPEC_INIT;
    *pool = -1;
    *demand = -1;
    if (!(s->placed[placement] > 0.0) ||
        dca_model_get_placement(s->model, placement, &spec) != DCA_OK) {
        return 0.0;
    }
    *pool = spec.pool;
    *demand = spec.demand;
    const double *use = spec.use;
    if (use == NULL && dca_model_get_demand(s->model, spec.demand, &wanted) == DCA_OK) {
        use = wanted.use;
    }
    return use == NULL ? 0.0 : use[resource] * s->placed[placement];
}

/* A limit of the list is before (pool, resource): they stand in order of kind, index and resource. */
static bool stands_before(const dca_limit *limit, dca_index pool, dca_index resource)
{
    if (limit->kind != DCA_KIND_POOL) {
        return limit->kind < DCA_KIND_POOL;
    }
    return limit->index != pool ? limit->index < pool : limit->resource < resource;
}

/* By bisection; NULL: the answer does not limit it. */
static const dca_limit *pool_limit(const cli_summary *s, dca_index pool, dca_index resource)
{
    dca_index low = 0;
    dca_index high = s->num_limits;
    while (low < high) {
        const dca_index middle = low + (high - low) / 2;
        if (stands_before(&s->limits[middle], pool, resource)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const dca_limit *const found = low < s->num_limits ? &s->limits[low] : NULL;
    return found != NULL && found->kind == DCA_KIND_POOL && found->index == pool &&
                   found->resource == resource
               ? found
               : NULL;
}

/* The resource whose bar stands for a pool, or NULL when the answer limits none in it. */
static const dca_limit *chosen_limit(const plot *p, dca_index pool)
{
    const dca_limit *best = pool_limit(p->s, pool, p->main);
    for (dca_index r = 1; r < p->s->num_resources && best == NULL; r++) {
        best = pool_limit(p->s, pool, r);
    }
    for (dca_index r = 1; best != NULL && best->resource != p->main && r < p->s->num_resources;
         r++) {
        const dca_limit *const other = pool_limit(p->s, pool, r);
        if (other != NULL &&
            summary_share(other->use, other->limit) > summary_share(best->use, best->limit)) {
            best = other;
        }
    }
    return best;
}

/* The resource that is fullest over all pools. */
static void choose_main(plot *p)
{
    double best = -1.0;
    p->main = 0;
    for (dca_index r = 1; r < p->s->num_resources; r++) {
        const double share = summary_share(p->s->usage[r].use, p->s->usage[r].limit);
        if (share > best + 1e-9 && p->s->usage[r].limit > 0.0) {
            best = share;
            p->main = r;
        }
    }
}

/* What each demand takes of the bars, a bar counting by its part of all pools' bars. */
static void weigh_demands(const plot *p, double *weight)
{
    const cli_summary *const s = p->s;
    for (dca_index k = 0; k < s->num_placements; k++) {
        dca_index pool = -1;
        dca_index demand = -1;
        (void)use_of(s, k, p->main, &pool, &demand);
        const dca_index resource = pool >= 0 ? p->shown[pool] : -1;
        if (resource >= 0 && s->usage[resource].limit > 0.0) {
            weight[demand] += use_of(s, k, resource, &pool, &demand) / s->usage[resource].limit;
        }
    }
}

/* The demands that take most get a colour each, most first. Zeroes what it takes out of weight. */
static void choose_top(plot *p, double *weight)
{
    for (p->num_top = 0; p->num_top < PLOT_COLOURS; p->num_top++) {
        dca_index most = -1;
        for (dca_index k = 0; k < p->s->num_demands; k++) {
            if (weight[k] > 0.0 && (most < 0 || weight[k] > weight[most])) {
                most = k;
            }
        }
        if (most < 0) {
            return;
        }
        p->top[p->num_top] = most;
        weight[most] = 0.0;
    }
}

static int colour_of(const plot *p, dca_index demand)
{
    for (int k = 0; k < p->num_top; k++) {
        if (p->top[k] == demand) {
            return k;
        }
    }
    return PLOT_COLOURS;
}

/* Cut every pool's bar into colours. */
static void cut_bars(plot *p)
{
    for (dca_index k = 0; k < p->s->num_placements; k++) {
        dca_index pool = -1;
        dca_index demand = -1;
        (void)use_of(p->s, k, p->main, &pool, &demand);
        if (pool >= 0 && p->shown[pool] >= 0) {
            const double use = use_of(p->s, k, p->shown[pool], &pool, &demand);
            p->part[(size_t)pool * (PLOT_COLOURS + 1) + (size_t)colour_of(p, demand)] += use;
        }
    }
}

/* The pools with the largest part of their resource in the cluster get a row. */
static void choose_rows(plot *p)
{
    const cli_summary *const s = p->s;
    for (int row = 0; row < PLOT_ROWS; row++) {
        dca_index most = -1;
        double size = -1.0;
        for (dca_index pool = 0; pool < s->num_pools; pool++) {
            const bool there = dca_result_name(s->result, DCA_KIND_POOL, pool) != NULL;
            const dca_limit *const limit =
                there && !p->drawn[pool] && p->shown[pool] >= 0 ? chosen_limit(p, pool) : NULL;
            const double part =
                limit != NULL ? limit->limit / fmax(s->usage[limit->resource].limit, 1e-300) : 0.0;
            if (there && !p->drawn[pool] && part > size) {
                most = pool;
                size = part;
            }
        }
        if (most < 0) {
            return;
        }
        p->drawn[most] = true;
    }
}

bool plot_choose(plot *p)
{
    const cli_summary *const s = p->s;
    double *const weight = calloc((size_t)s->num_demands + 1, sizeof *weight);
    p->shown = calloc((size_t)s->num_pools + 1, sizeof *p->shown);
    p->drawn = calloc((size_t)s->num_pools + 1, sizeof *p->drawn);
    p->part = calloc(((size_t)s->num_pools + 1) * (PLOT_COLOURS + 1), sizeof *p->part);
    const bool room = weight != NULL && p->shown != NULL && p->drawn != NULL && p->part != NULL;
    if (room) {
        choose_main(p);
        for (dca_index pool = 0; pool < s->num_pools; pool++) {
            const dca_limit *const limit = chosen_limit(p, pool);
            p->shown[pool] = limit != NULL ? limit->resource : -1;
        }
        weigh_demands(p, weight);
        choose_top(p, weight);
        cut_bars(p);
        choose_rows(p);
    }
    free(weight);
    return room;
}

void plot_release(plot *p)
{
    free(p->shown);
    free(p->drawn);
    free(p->part);
}

/* The segments of one bar, demands with a colour first, in the order of the legend. */
static void draw_segments(const plot *p, const dca_limit *limit, double x, double y, double width)
{
    const cli_summary *const s = p->s;
    const double *const part = p->part + (size_t)limit->index * (PLOT_COLOURS + 1);
    double at = x;
    for (int k = 0; k <= p->num_top; k++) {
        const double use = k < p->num_top ? part[k] : part[PLOT_COLOURS];
        const double wide = width * fmin(summary_share(use, limit->limit), 1.0);
        char tip[200];
        char amount[64];
        summary_quantity(use, summary_limit_unit(s, limit), amount);
        const char *const name =
            k < p->num_top ? dca_result_name(s->result, DCA_KIND_DEMAND, p->top[k]) : "others";
        snprintf(tip, sizeof tip, "%.100s: %s", name != NULL ? name : "?", amount);
        svg_rect(p->svg, at, y, fmin(wide, x + width - at), BAR_HEIGHT, 0.0,
                 k < p->num_top ? colours[k] : REST, tip);
        at += wide;
    }
}

static void draw_pool(const plot *p, dca_index pool, double x, double y, double width)
{
    const svg_font name_font = {12, INK, false, ANCHOR_END};
    const svg_font figure = {11, GREY, false, ANCHOR_START};
    const svg_font tight = {11, TIGHT, true, ANCHOR_START};
    const cli_summary *const s = p->s;
    const dca_limit *const limit = chosen_limit(p, pool);
    const double bar = width - NAME_ROOM - FIGURE_ROOM;
    const double left = x + NAME_ROOM;
    char words[160];
    char used[64];
    char allowed[64];
    const char *const name = dca_result_name(s->result, DCA_KIND_POOL, pool);
    svg_words(p->svg, left - 10, y + 11, &name_font, 22, name != NULL ? name : "?");
    svg_rect(p->svg, left, y, bar, BAR_HEIGHT, 2.0, PALE, NULL);
    if (limit == NULL) {
        svg_words(p->svg, left + bar + 10, y + 11, &figure, 0, "not used");
        return;
    }
    draw_segments(p, limit, left, y, bar);
    summary_number(limit->use, used);
    summary_quantity(limit->limit, summary_limit_unit(s, limit), allowed);
    snprintf(words, sizeof words, "%3.0f %%  %s / %s",
             100.0 * summary_share(limit->use, limit->limit), used, allowed);
    const bool priced = fabs(limit->price) > 1e-9;
    svg_words(p->svg, left + bar + 10, y + 11, priced ? &tight : &figure, 0, words);
    int line = 0;
    for (dca_index r = 1; r < s->num_resources && line < NUM_THIN; r++) {
        const dca_limit *const other = pool_limit(s, pool, r);
        if (other != NULL && r != limit->resource) {
            svg_rect(p->svg, left, y + BAR_HEIGHT + 1.5 + 3.0 * line,
                     bar * fmin(summary_share(other->use, other->limit), 1.0), 2.0, 0.0,
                     thin[(r - 1) % NUM_THIN], NULL);
            line++;
        }
    }
}

static double draw_legend(const plot *p, double x, double y, double width)
{
    const svg_font font = {11, GREY, false, ANCHOR_START};
    const double column = width / 3.0;
    for (int k = 0; k <= p->num_top; k++) {
        const double left = x + column * (k % 3);
        const double top = y + 17.0 * (k / 3);
        const char *const name = k < p->num_top
                                     ? dca_result_name(p->s->result, DCA_KIND_DEMAND, p->top[k])
                                     : "all others";
        svg_rect(p->svg, left, top, 11.0, 11.0, 2.0, k < p->num_top ? colours[k] : REST, NULL);
        svg_words(p->svg, left + 17.0, top + 10.0, &font, 30, name != NULL ? name : "?");
    }
    return y + 17.0 * LEGEND_ROWS + 6.0;
}

static void draw_thin_legend(const plot *p, double x, double y)
{
    const svg_font font = {11, GREY, false, ANCHOR_START};
    double at = x;
    svg_words(p->svg, at, y, &font, 0, "thin lines:");
    at += 68.0;
    for (dca_index r = 1; r < p->s->num_resources && r <= NUM_THIN; r++) {
        const char *const name = dca_result_name(p->s->result, DCA_KIND_RESOURCE, r);
        svg_rect(p->svg, at, y - 5.0, 16.0, 3.0, 0.0, thin[(r - 1) % NUM_THIN], NULL);
        svg_words(p->svg, at + 21.0, y, &font, 14, name != NULL ? name : "?");
        at += 36.0 + 6.5 * (double)(name != NULL ? strlen(name) : 1);
    }
}

double plot_pools(const plot *p, double x, double y, double width)
{
    const svg_font heading = {16, INK, true, ANCHOR_START};
    const char *const resource = dca_result_name(p->s->result, DCA_KIND_RESOURCE, p->main);
    char words[160];
    snprintf(words, sizeof words, "Who gets what: %.60s, pool by pool",
             resource != NULL ? resource : "?");
    svg_words(p->svg, x, y, &heading, 0, words);
    y = draw_legend(p, x, y + 16.0, width);
    draw_thin_legend(p, x, y + 8.0);
    y += 24.0;
    dca_index more = 0;
    for (dca_index pool = 0; pool < p->s->num_pools; pool++) {
        if (p->drawn[pool]) {
            draw_pool(p, pool, x, y, width);
            y += ROW_HEIGHT;
        } else if (dca_result_name(p->s->result, DCA_KIND_POOL, pool) != NULL) {
            more++;
        }
    }
    if (more > 0) {
        const svg_font note = {11, GREY, false, ANCHOR_START};
        snprintf(words, sizeof words, "and %lld smaller pools", (long long)more);
        svg_words(p->svg, x + NAME_ROOM, y + 10.0, &note, 0, words);
        y += ROW_HEIGHT;
    }
    return y;
}
