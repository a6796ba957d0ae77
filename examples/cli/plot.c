/* plot.c - the answer to a scenario as a picture: on the left who gets what, on the right power and
 * other shared limits, what binds and at what price, what is not served. */
#include "plot.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WIDTH = 1240, MARGIN = 40, LEFT = 740, GAP = 50, LISTED = 9 };

static double draw_bar(const plot *p, const dca_limit *limit, double x, double y, double width)
{
    const char *const name = dca_result_name(p->s->result, DCA_KIND_DOMAIN, limit->index);
    const char *const resource =
        limit->resource == DCA_POWER
            ? ""
            : dca_result_name(p->s->result, DCA_KIND_RESOURCE, limit->resource);
    const svg_font left = {12, INK, false, ANCHOR_START};
    const svg_font right = {11, GREY, false, ANCHOR_END};
    const double share = summary_share(limit->use, limit->limit);
    const char *const unit = summary_limit_unit(p->s, limit);
    const bool tight = fabs(limit->price) > 1e-12 || share > 0.999;
    char used[64];
    char allowed[64];
    char words[200];
    summary_quantity(limit->use, unit, used);
    summary_quantity(limit->limit, unit, allowed);
    snprintf(words, sizeof words, "%.30s%s%s of %s, %.1f %%", resource != NULL ? resource : "",
             resource != NULL && resource[0] != '\0' ? " " : "", used, allowed, 100.0 * share);
    svg_words(p->svg, x, y, &left, 22, name != NULL ? name : "?");
    svg_words(p->svg, x + width, y, &right, 0, words);
    svg_rect(p->svg, x, y + 6.0, width, 11.0, 2.0, PALE, NULL);
    svg_rect(p->svg, x, y + 6.0, width * fmin(share, 1.0), 11.0, 2.0, tight ? TIGHT : SERVED,
             words);
    return y + 36.0;
}

/* Limits of domains, on power or on the rest. */
static double draw_domains(const plot *p, bool power, double x, double y, double width)
{
    const svg_font heading = {16, INK, true, ANCHOR_START};
    bool any = false;
    for (dca_index k = 0; k < p->s->num_limits; k++) {
        const dca_limit *const limit = &p->s->limits[k];
        if (limit->kind != DCA_KIND_DOMAIN || !isfinite(limit->limit) ||
            (limit->resource == DCA_POWER) != power) {
            continue;
        }
        if (!any) {
            svg_words(p->svg, x, y, &heading, 0, power ? "Power" : "Other shared limits");
            y += 24.0;
            any = true;
        }
        y = draw_bar(p, limit, x, y, width);
    }
    return any ? y + 14.0 : y;
}

static double draw_prices(const plot *p, double x, double y, double width)
{
    const svg_font heading = {16, INK, true, ANCHOR_START};
    const svg_font note = {11, GREY, false, ANCHOR_START};
    const svg_font left = {12, INK, false, ANCHOR_START};
    const svg_font right = {12, TIGHT, true, ANCHOR_END};
    const char *const tier = dca_result_tier_name(p->s->result, 0);
    char words[200];
    if (p->s->num_dearest == 0) {
        return y;
    }
    svg_words(p->svg, x, y, &heading, 0, "Limits that bind");
    snprintf(words, sizeof words, "what one unit more would change in %.60s",
             tier != NULL ? tier : "the objective");
    svg_words(p->svg, x, y + 17.0, &note, 0, words);
    y += 40.0;
    for (dca_index k = 0; k < p->s->num_dearest && k < LISTED; k++) {
        const dca_limit *const limit = &p->s->limits[p->s->dearest[k]];
        const char *const unit = summary_limit_unit(p->s, limit);
        summary_limit_name(p->s, limit, words, sizeof words);
        svg_words(p->svg, x, y, &left, 32, words);
        snprintf(words, sizeof words, "%+.3g per %.20s", limit->price,
                 unit != NULL ? unit : "unit");
        svg_words(p->svg, x + width, y, &right, 0, words);
        y += 20.0;
    }
    if (p->s->num_dearest > LISTED) {
        snprintf(words, sizeof words, "and %lld more", (long long)p->s->num_dearest - LISTED);
        svg_words(p->svg, x, y, &note, 0, words);
        y += 20.0;
    }
    return y + 14.0;
}

static double draw_unmet(const plot *p, double x, double y, double width)
{
    const svg_font heading = {16, INK, true, ANCHOR_START};
    const svg_font note = {11, GREY, false, ANCHOR_START};
    const svg_font left = {12, INK, false, ANCHOR_START};
    const svg_font right = {11, GREY, false, ANCHOR_END};
    const cli_summary *const s = p->s;
    char words[160];
    svg_words(p->svg, x, y, &heading, 0, "Not served");
    y += 24.0;
    if (s->num_worst == 0) {
        svg_words(p->svg, x, y, &left, 0, "Everything that was wanted is served.");
        return y + 30.0;
    }
    for (dca_index k = 0; k < s->num_worst && k < LISTED; k++) {
        const dca_index demand = s->worst[k];
        const double wanted = s->served[demand] + s->unmet[demand];
        const double share = summary_share(s->served[demand], wanted);
        const char *const name = dca_result_name(s->result, DCA_KIND_DEMAND, demand);
        char missing[64];
        char amount[64];
        summary_number(s->unmet[demand], missing);
        summary_quantity(wanted, dca_result_unit(s->result, DCA_KIND_DEMAND, demand), amount);
        snprintf(words, sizeof words, "%s of %s missing", missing, amount);
        svg_words(p->svg, x, y, &left, 28, name != NULL ? name : "?");
        svg_words(p->svg, x + width, y, &right, 0, words);
        svg_rect(p->svg, x, y + 5.0, width, 7.0, 1.5, UNSERVED, words);
        svg_rect(p->svg, x, y + 5.0, width * share, 7.0, 1.5, SERVED, words);
        y += 29.0;
    }
    if (s->num_worst > LISTED) {
        snprintf(words, sizeof words, "and %lld more demands", (long long)s->num_worst - LISTED);
        svg_words(p->svg, x, y, &note, 0, words);
        y += 20.0;
    }
    return y + 10.0;
}

/* "optimal, proved · 8100 of 8152 pods served · cost 297 per hour · 2700 kWh per hour" */
static void draw_header(const plot *p, double x, double y)
{
    const svg_font title = {26, INK, true, ANCHOR_START};
    const svg_font sub = {14, GREY, false, ANCHOR_START};
    const cli_summary *const s = p->s;
    const char *const name = dca_model_name(s->model);
    dca_certificate certificate = {.struct_size = sizeof certificate};
    double cost = NAN;
    double energy = NAN;
    double served = 0.0;
    double wanted = 0.0;
    cli_text line = {0};
    svg_words(p->svg, x, y, &title, 70, name != NULL ? name : "Allocation");
    text_print(&line, "%s", dca_outcome_name(dca_result_outcome(s->result)));
    if (dca_result_certificate(s->result, &certificate) == DCA_OK && certificate.valid) {
        text_print(&line, ", proved");
    }
    for (dca_index k = 0; k < s->num_demands; k++) {
        served += s->served[k];
        wanted += s->served[k] + s->unmet[k];
    }
    if (wanted > 0.0) {
        char number[48];
        char all[64];
        summary_number(served, number);
        summary_quantity(wanted, dca_result_unit(s->result, DCA_KIND_DEMAND, 0), all);
        text_print(&line, "  ·  %s of %s served", number, all);
    }
    if (dca_result_totals(s->result, &cost, &energy) == DCA_OK && isfinite(cost) &&
        isfinite(energy)) {
        char number[48];
        summary_number(cost, number);
        text_print(&line, "  ·  cost %s per hour", number);
        summary_number(energy, number);
        text_print(&line, "  ·  %s kWh per hour", number);
    }
    if (!line.broken && line.at != NULL) {
        svg_words(p->svg, x, y + 24.0, &sub, 0, line.at);
    }
    text_free(&line);
}

static double draw_repair(const plot *p, double x, double y)
{
    const svg_font heading = {16, INK, true, ANCHOR_START};
    const svg_font left = {13, INK, false, ANCHOR_START};
    svg_words(p->svg, x, y, &heading, 0, "What would have to change");
    y += 26.0;
    for (dca_index k = 0; k < dca_result_num_sentences(p->s->result); k++) {
        svg_words(p->svg, x, y, &left, 150, dca_result_sentence(p->s->result, k));
        y += 22.0;
    }
    return y;
}

static double draw(const plot *p)
{
    const double right = MARGIN + LEFT + GAP;
    const double width = WIDTH - MARGIN - right;
    const double top = 120.0;
    draw_header(p, MARGIN, 52.0);
    svg_line(p->svg, MARGIN, 92.0, WIDTH - MARGIN, 92.0, "#dde2e9");
    if (!isfinite(dca_result_objective(p->s->result))) {
        return draw_repair(p, MARGIN, top);
    }
    const double below = plot_pools(p, MARGIN, top, LEFT);
    double y = draw_domains(p, true, right, top, width);
    y = draw_domains(p, false, right, y, width);
    y = draw_prices(p, right, y, width);
    y = draw_unmet(p, right, y, width);
    return fmax(below, y);
}

/* What `path` names when symbolic links are followed, to be freed; NULL: no link, or no memory. */
static char *follow_links(const char *path)
{
    enum { LINKS = 40, LONGEST = 4096 };
    char *at = NULL;
    for (int k = 0; k < LINKS; k++) {
        char link[LONGEST];
        const char *const from = at != NULL ? at : path;
        const ssize_t length = readlink(from, link, sizeof link - 1);
        if (length <= 0) {
            break;
        }
        link[length] = '\0';
        const char *const slash = link[0] == '/' ? NULL : strrchr(from, '/');
        cli_text next = {0};
        text_print(&next, "%.*s%s", slash == NULL ? 0 : (int)(slash - from) + 1, from, link);
        if (next.broken) {
            text_free(&next);
            break;
        }
        free(at);
        at = next.at;
    }
    return at;
}

/* Open `path` itself when it is a device or a pipe; else a new file beside what it names, links
 * followed, with the same permissions: *target and *beside then say what to move where. */
static FILE *open_output(const char *path, char **target, cli_text *beside)
{
    struct stat about;
    const bool exists = stat(path, &about) == 0;
    if (exists && S_ISDIR(about.st_mode)) {
        errno = EISDIR;
        return NULL;
    }
    if (exists && !S_ISREG(about.st_mode)) {
        return fopen(path, "wb");
    }
    *target = follow_links(path);
    text_print(beside, "%s.%lld.part", *target != NULL ? *target : path, (long long)getpid());
    const int handle =
        beside->broken ? -1 : open(beside->at, O_WRONLY | O_CREAT | O_EXCL, (mode_t)0666);
    FILE *const file = handle < 0 ? NULL : fdopen(handle, "wb");
    if (file == NULL) {
        const int reason = errno;
        if (handle >= 0) {
            close(handle);
            remove(beside->at);
        }
        text_free(beside); /* nothing of ours is there to remove */
        errno = reason;
        return NULL;
    }
    if (exists) {
        const int kept = fchmod(handle, about.st_mode & 07777);
        (void)kept; /* where we may not, the new ones do */
    }
    return file;
}

/* Write beside the target, then move over it: whole or not at all. */
static int write_whole(const cli_run *run, const char *path, const cli_text *text)
{
    dca_error error = DCA_ERROR_INIT;
    char *target = NULL;
    cli_text beside = {0};
    FILE *const file = open_output(path, &target, &beside);
    bool right = file != NULL && fwrite(text->at, 1, text->length, file) == text->length;
    int reason = errno;
    if (file != NULL) {
        const bool closed = fclose(file) == 0;
        reason = right ? errno : reason;
        right = right && closed;
    }
    if (right && beside.at != NULL) {
        right = rename(beside.at, target != NULL ? target : path) == 0;
        reason = errno;
    }
    if (!right && beside.at != NULL) {
        remove(beside.at);
    }
    text_free(&beside);
    free(target);
    if (right) {
        return EXIT_OPTIMAL;
    }
    error.code = DCA_E_IO;
    snprintf(error.text, sizeof error.text, "cannot write: %s", strerror(reason));
    return message_fail(run, path, &error, true);
}

int plot_write(const cli_run *run, const dca_model *model, const dca_result *result,
               const char *path)
{
    cli_summary s = {0};
    cli_text body = {0};
    cli_text svg = {0};
    int status = EXIT_MEMORY;
    if (!summary_make(model, result, &s)) {
        fputs("dcalloc: out of memory\n", stderr);
        return EXIT_MEMORY;
    }
    plot p = {.s = &s, .svg = &body};
    if (plot_choose(&p)) {
        const char *const name = dca_model_name(model);
        const double height = draw(&p) + 30.0;
        svg_begin(&svg, WIDTH, height, name != NULL ? name : "Allocation");
        if (body.at != NULL) {
            text_add(&svg, body.at, body.length);
        }
        svg_end(&svg);
    }
    if (svg.at == NULL || svg.broken || body.broken) {
        fputs("dcalloc: out of memory\n", stderr);
    } else {
        status = write_whole(run, path, &svg);
    }
    plot_release(&p);
    text_free(&body);
    text_free(&svg);
    summary_free(&s);
    return status;
}
