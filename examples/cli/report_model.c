/* report_model.c - the answer to a scenario, for people: what is served and what is not and why, how
 * full things are, watts, the limits that bind with their prices, cost, or the repair. */
#include "summary.h"

#include <math.h>
#include <string.h>

enum { LONGEST_LIST = 10, LONGEST_PLACED = 16, NAME_WIDTH = 30, BAR_WIDTH = 24 };

static void heading(const cli_style *style, const char *text)
{
    printf("\n%s%s%s\n", style_on(style, BOLD), text, style_on(style, PLAIN));
}

/* A name in `width` columns: cut with a mark when it is longer. Columns are counted in characters. */
static void print_name(const cli_style *style, const char *name, int width)
{
    int columns = 0;
    const char *at = name;
    while (*at != '\0' && columns < width) {
        do {
            at++;
        } while (((unsigned char)*at & 0xC0) == 0x80);
        columns++;
    }
    if (*at != '\0') { /* too long: give the last column to the mark */
        do {
            at--;
        } while (at > name && ((unsigned char)*at & 0xC0) == 0x80);
        printf("%.*s%s", (int)(at - name), name, style->tables ? "…" : "~");
    } else {
        printf("%s%*s", name, width - columns, "");
    }
}

/* Full is good for what is served, and tight for what is used. */
typedef enum bar_meaning { BAR_USED = 0, BAR_SERVED } bar_meaning;

static cli_colour bar_colour(double share, bar_meaning meaning)
{
    if (meaning == BAR_SERVED) {
        return share >= 0.999 ? GREEN : (share >= 0.9 ? YELLOW : RED);
    }
    return share >= 0.999 ? RED : (share >= 0.9 ? YELLOW : GREEN);
}

static void print_bar(const cli_style *style, double share, bar_meaning meaning)
{
    const double part = share < 0.0 ? 0.0 : (share > 1.0 ? 1.0 : share);
    const int full = (int)(part * BAR_WIDTH + 0.5);
    const cli_colour colour = bar_colour(share, meaning);
    printf("%s", style_on(style, colour));
    for (int k = 0; k < full; k++) {
        fputs(style->tables ? "█" : "#", stdout);
    }
    printf("%s", style_on(style, DIM));
    for (int k = full; k < BAR_WIDTH; k++) {
        fputs(style->tables ? "░" : ".", stdout);
    }
    printf("%s", style_on(style, PLAIN));
}

static void print_usage(const cli_style *style, const char *name, double use, double limit,
                        const char *unit, bar_meaning meaning)
{
    char used[64];
    char allowed[64];
    const double share = summary_share(use, limit);
    summary_quantity(use, unit, used);
    summary_quantity(limit, unit, allowed);
    printf("  ");
    print_name(style, name, NAME_WIDTH);
    printf(" ");
    if (isfinite(limit)) {
        print_bar(style, share, meaning);
        printf(" %5.1f %%  %s of %s\n", 100.0 * share, used, allowed);
    } else {
        printf("%*s          %s, no limit\n", BAR_WIDTH, "", used);
    }
}

/* ---- Sections ------------------------------------------------------------------------------------ */

static void print_tiers(const cli_style *style, const dca_result *result)
{
    for (dca_index t = 0; t < dca_result_num_tiers(result); t++) {
        double value = NAN;
        const char *const name = dca_result_tier_name(result, t);
        if (dca_result_tier_value(result, t, &value) == DCA_OK && isfinite(value)) {
            printf("objective %d: %s%s%s = %.10g\n", (int)t + 1, style_on(style, BOLD),
                   name != NULL ? name : "", style_on(style, PLAIN),
                   fabs(value) < 1e-9 ? 0.0 : value);
        }
    }
}

/* Served of wanted, for each unit that demands are counted in. */
static void print_served(const cli_summary *s, const cli_style *style)
{
    heading(style, "Served");
    for (dca_index k = 0; k < s->num_demands; k++) {
        const char *const unit = dca_result_unit(s->result, DCA_KIND_DEMAND, k);
        double served = 0.0;
        double wanted = 0.0;
        dca_index demands = 0;
        bool seen = unit == NULL;
        for (dca_index other = 0; other < s->num_demands && !seen; other++) {
            const char *const its = dca_result_unit(s->result, DCA_KIND_DEMAND, other);
            if (its == NULL || strcmp(its, unit) != 0) {
                continue;
            }
            seen = other < k;
            served += s->served[other];
            wanted += s->served[other] + s->unmet[other];
            demands++;
        }
        if (!seen && wanted >= 0.0) {
            char name[64];
            snprintf(name, sizeof name, "%lld demand%s", (long long)demands,
                     demands == 1 ? "" : "s");
            print_usage(style, name, served, wanted, unit, BAR_SERVED);
        }
    }
}

static void print_unmet(const cli_summary *s, const cli_style *style)
{
    if (s->num_worst == 0) {
        printf("  nothing is left unserved\n");
        return;
    }
    heading(style, "Not served, and why");
    for (dca_index k = 0; k < s->num_worst && k < LONGEST_LIST; k++) {
        const dca_index demand = s->worst[k];
        const char *const note = dca_result_demand_note(s->result, demand);
        const char *const name = dca_result_name(s->result, DCA_KIND_DEMAND, demand);
        if (note != NULL && note[0] != '\0') {
            printf("  %s%s%s: %s\n", style_on(style, BOLD), name != NULL ? name : "?",
                   style_on(style, PLAIN), note);
        } else {
            char amount[64];
            summary_quantity(s->unmet[demand], dca_result_unit(s->result, DCA_KIND_DEMAND, demand),
                             amount);
            printf("  %s: %s not served\n", name != NULL ? name : "?", amount);
        }
    }
    if (s->num_worst > LONGEST_LIST) {
        printf("  and %lld more\n", (long long)s->num_worst - LONGEST_LIST);
    }
}

/* Who runs where, when that is a short list. */
static void print_placed(const cli_summary *s, const cli_style *style)
{
    dca_index count = 0;
    for (dca_index k = 0; k < s->num_placements; k++) {
        count += s->placed[k] > 1e-9;
    }
    if (count == 0 || count > LONGEST_PLACED) {
        return;
    }
    heading(style, "Placed");
    for (dca_index k = 0; k < s->num_placements; k++) {
        dca_index demand = -1;
        dca_index pool = -1;
        if (s->placed[k] > 1e-9 &&
            dca_result_get_placements(s->result, k, 1, &demand, &pool) == DCA_OK) {
            const char *const on = dca_result_name(s->result, DCA_KIND_POOL, pool);
            char amount[64];
            summary_quantity(s->placed[k], dca_result_unit(s->result, DCA_KIND_DEMAND, demand),
                             amount);
            printf("  ");
            print_name(style, dca_result_name(s->result, DCA_KIND_DEMAND, demand), NAME_WIDTH);
            printf(" %s %s %s\n", amount, on != NULL ? "on" : "by",
                   on != NULL ? on : dca_result_name(s->result, DCA_KIND_PLACEMENT, k));
        }
    }
}

static void print_utilisation(const cli_summary *s, const cli_style *style)
{
    heading(style, "Use of all pools");
    for (dca_index r = 0; r < s->num_resources; r++) {
        if (s->usage[r].limit > 0.0) {
            print_usage(style, dca_result_name(s->result, DCA_KIND_RESOURCE, r), s->usage[r].use,
                        s->usage[r].limit, dca_result_unit(s->result, DCA_KIND_RESOURCE, r),
                        BAR_USED);
        }
    }
}

/* Domains with limits; power first, then the rest by index. */
static void print_domains(const cli_summary *s, const cli_style *style)
{
    for (int power = 1; power >= 0; power--) {
        bool first = true;
        for (dca_index k = 0; k < s->num_limits; k++) {
            const dca_limit *const limit = &s->limits[k];
            if (limit->kind != DCA_KIND_DOMAIN || !isfinite(limit->limit) ||
                (limit->resource == DCA_POWER) != (power == 1)) {
                continue;
            }
            char name[128];
            const char *shown = name;
            if (first) {
                heading(style, power ? "Power" : "Other domains");
                first = false;
            }
            summary_limit_name(s, limit, name, sizeof name);
            if (power) {
                shown = dca_result_name(s->result, DCA_KIND_DOMAIN, limit->index);
            }
            print_usage(style, shown, limit->use, limit->limit, summary_limit_unit(s, limit),
                        BAR_USED);
        }
    }
}

static void print_prices(const cli_summary *s, const cli_style *style)
{
    if (s->num_dearest == 0) {
        return;
    }
    const char *const tier = dca_result_tier_name(s->result, 0);
    heading(style, "Limits that bind, and what one unit more would change");
    for (dca_index k = 0; k < s->num_dearest && k < LONGEST_LIST; k++) {
        const dca_limit *const limit = &s->limits[s->dearest[k]];
        char name[128];
        char allowed[64];
        const char *const unit = summary_limit_unit(s, limit);
        summary_limit_name(s, limit, name, sizeof name);
        summary_quantity(limit->limit, unit, allowed);
        printf("  ");
        print_name(style, name, NAME_WIDTH + 6);
        printf(" at %-14s %+.4g %s per %s\n", allowed, limit->price, tier != NULL ? tier : "",
               unit != NULL ? unit : "unit");
    }
    if (s->num_dearest > LONGEST_LIST) {
        printf("  and %lld more\n", (long long)s->num_dearest - LONGEST_LIST);
    }
}

static void print_totals(const cli_summary *s)
{
    double cost = NAN;
    double energy = NAN;
    if (dca_result_totals(s->result, &cost, &energy) != DCA_OK) {
        return;
    }
    if (isfinite(cost) && isfinite(energy) && (cost != 0.0 || energy != 0.0)) {
        char money[48];
        char kilowatts[48];
        summary_number(cost, money);
        summary_number(energy, kilowatts);
        printf("\ncost %s per hour, energy %s kWh per hour\n", money, kilowatts);
    }
}

/* ---- Repair -------------------------------------------------------------------------------------- */

static void print_repair(const dca_model *model, const dca_result *result, const cli_style *style,
                         dca_repair_by by, const char *title)
{
    dca_index count = 0;
    double size = INFINITY;
    if (dca_result_repair_count(result, by, &count, &size) != DCA_OK || count == 0) {
        return;
    }
    printf("  %s%s%s (size %.4g)\n", style_on(style, BOLD), title, style_on(style, PLAIN), size);
    for (dca_index k = 0; k < count; k++) {
        dca_repair repair = {.struct_size = sizeof repair};
        if (dca_result_repair_at(result, by, k, &repair) != DCA_OK) {
            continue;
        }
        const cli_summary names = {.result = result, .model = model};
        const dca_limit limit = {.struct_size = sizeof limit,
                                 .kind = repair.kind,
                                 .index = repair.index,
                                 .resource = repair.resource};
        const char *const unit = summary_limit_unit(&names, &limit);
        const bool demand = repair.kind == DCA_KIND_DEMAND;
        char name[128];
        char from[64];
        char to[64];
        char by_how_much[64];
        summary_limit_name(&names, &limit, name, sizeof name);
        summary_quantity(repair.from, unit, from);
        summary_quantity(repair.to, unit, to);
        summary_quantity(fabs(repair.to - repair.from), unit, by_how_much);
        printf("    %s %s from %s to %s: %s %s\n", demand ? "cut" : "raise", name, from, to,
               by_how_much, demand ? "less" : "more");
    }
}

static void print_repairs(const dca_model *model, const dca_result *result, const cli_style *style)
{
    heading(style, "What would have to change");
    print_repair(model, result, style, DCA_REPAIR_CHEAPEST, "cheapest");
    print_repair(model, result, style, DCA_REPAIR_CAPACITY, "by capacity alone");
    print_repair(model, result, style, DCA_REPAIR_DEMAND, "by demand alone");
}

int report_model(const cli_run *run, const dca_model *model, const dca_result *result)
{
    const cli_style style = style_of(stdout);
    const char *const name = dca_model_name(model);
    cli_summary s = {0};
    if (!summary_make(model, result, &s)) {
        fputs("dcalloc: out of memory\n", stderr);
        return EXIT_MEMORY;
    }
    printf("%s%s%s\n", style_on(&style, BOLD), name != NULL ? name : run->args->file[0],
           style_on(&style, PLAIN));
    report_verdict(&style, result);
    if (dca_result_outcome(result) == DCA_INFEASIBLE) {
        print_repairs(model, result, &style);
    } else if (isfinite(dca_result_objective(result))) {
        print_tiers(&style, result);
        print_served(&s, &style);
        print_unmet(&s, &style);
        print_placed(&s, &style);
        print_utilisation(&s, &style);
        print_domains(&s, &style);
        print_prices(&s, &style);
        print_totals(&s);
    }
    printf("\n");
    report_how(&style, run, result);
    summary_free(&s);
    return EXIT_OPTIMAL;
}
