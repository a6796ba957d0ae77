/* main.c - bench_dc: write an instance, and edits that come after it, to files.
 *
 *     bench_dc --list
 *     bench_dc FAMILY --size NONZEROS --seed N [--skew QUARTERS] [--load L] [--alike A] [--kinds K]
 *              [--failures F] [--hard] [-o FILE.mps[.gz] | FILE.json]...
 *              [--trace FILE --edits N [--changes NAME,...]] [--final FILE.mps | FILE.json]...
 *
 * Writes one JSON object to standard output: parameters, sizes, what is known by construction. -o
 * is the instance, --final what the edits of --trace make of it. */
#include "dc.h"

#include <stdlib.h>
#include <string.h>

enum { FILES = 4 };

typedef struct task {
    const dc_family *family;
    dc_parameters given;
    const char *out[FILES], *final[FILES];
    int num_out, num_final;
    const char *trace;
    int64_t edits;
    unsigned changes; /* bits of dc_change */
} task;

static int usage(void)
{
    fputs(
        "usage: bench_dc --list | FAMILY --size NONZEROS [--seed N] [--skew QUARTERS] [--load L]"
        " [--alike A]\n    [--kinds K] [--failures F] [--hard] [-o FILE]... [--trace FILE --edits N"
        " [--changes NAME,...]]\n    [--final FILE]...\n",
        stderr);
    return 2;
}

static int list(void)
{
    for (int k = 0; dc_families[k] != NULL; k++) {
        printf("%-14s%s\n", dc_families[k]->name, dc_families[k]->about);
    }
    return 0;
}

/* Bits of the names in a list; 0: one of them is no change. */
static unsigned changes_of(const char *text)
{
    unsigned bits = 0;
    while (*text != '\0') {
        const size_t length = strcspn(text, ",");
        unsigned bit = 0;
        for (unsigned k = 0; k < DC_CHANGES; k++) {
            if (strlen(dc_change_name[k]) == length &&
                strncmp(dc_change_name[k], text, length) == 0) {
                bit = 1U << k;
            }
        }
        if (bit == 0) {
            return 0;
        }
        bits |= bit;
        text += length + (text[length] == ',' ? 1 : 0);
    }
    return bits;
}

static bool number(const char *text, double *out)
{
    char *end = NULL;
    *out = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*out);
}

/* Option `name` with a value. */
static bool take(task *t, const char *name, const char *text)
{
    double value = 0.0;
    if (strcmp(name, "-o") == 0 && t->num_out < FILES) {
        t->out[t->num_out++] = text;
        return true;
    }
    if (strcmp(name, "--final") == 0 && t->num_final < FILES) {
        t->final[t->num_final++] = text;
        return true;
    }
    if (strcmp(name, "--trace") == 0) {
        t->trace = text;
        return true;
    }
    if (strcmp(name, "--changes") == 0) {
        t->changes = changes_of(text);
        return t->changes != 0;
    }
    if (strcmp(name, "--seed") == 0) {
        char *end = NULL;
        t->given.seed = strtoull(text, &end, 10);
        return end != text && *end == '\0';
    }
    if (!number(text, &value)) {
        return false;
    }
    if (strcmp(name, "--load") == 0) {
        t->given.load = value;
    } else if (strcmp(name, "--alike") == 0) {
        t->given.alike = value;
    } else if (!(fabs(value) <= 1e9)) {
        return false;
    } else if (strcmp(name, "--size") == 0) {
        t->given.nonzeros = (int64_t)value;
    } else if (strcmp(name, "--edits") == 0) {
        t->edits = (int64_t)value;
    } else if (strcmp(name, "--skew") == 0) {
        t->given.skew = (int)value;
    } else if (strcmp(name, "--kinds") == 0) {
        t->given.kinds = (int)value;
    } else if (strcmp(name, "--failures") == 0) {
        t->given.failures = (int)value;
    } else {
        return false;
    }
    return true;
}

static bool parse(int argc, char **argv, task *t)
{
    t->family = argc > 1 ? dc_family_find(argv[1]) : NULL;
    if (t->family == NULL) {
        return false;
    }
    t->given = t->family->defaults;
    t->given.nonzeros = 10000;
    t->changes = (1U << DC_CHANGES) - 1U;
    for (int k = 2; k < argc; k++) {
        if (strcmp(argv[k], "--hard") == 0) {
            t->given.hard = true;
        } else if (k + 1 >= argc || !take(t, argv[k], argv[k + 1])) {
            return false;
        } else {
            k++;
        }
    }
    return true;
}

/* .json: the model; else MPS. */
static bool write_file(const dc_instance *instance, const char *path)
{
    dca_error error = DCA_ERROR_INIT;
    const char *dot = strrchr(path, '.');
    dca_status status = DCA_E_ARG;
    if (dot == NULL || strcmp(dot, ".json") != 0) {
        status = dca_lp_write_mps(instance->lp, path, &error);
    } else if (instance->model != NULL) {
        status = dca_model_write_json(instance->model, path, &error);
    } else {
        snprintf(error.text, sizeof error.text, "this family is made in the LP layer, as MPS only");
    }
    if (status != DCA_OK) {
        fprintf(stderr, "bench_dc: %s: %s\n", path, error.text);
    }
    return status == DCA_OK;
}

static void put_head(FILE *out, const task *t)
{
    const dc_parameters *g = &t->given;
    fprintf(out, "dc %s %lld %llu %d %.17g %.17g %d %d %d\n", t->family->name,
            (long long)g->nonzeros, (unsigned long long)g->seed, g->skew, g->load, g->alike,
            g->kinds, g->failures, g->hard ? 1 : 0);
}

static bool write_trace(dc_instance *instance, const task *t)
{
    FILE *out = fopen(t->trace, "w");
    if (out == NULL) {
        perror(t->trace);
        return false;
    }
    put_head(out, t);
    bool done = dc_trace_write(instance, t->given.seed, t->changes, t->edits, out);
    done = fclose(out) == 0 && done;
    if (!done) {
        fprintf(stderr, "bench_dc: %s: no such edits in this family, or no room\n", t->trace);
    }
    return done;
}

static void tell(const task *t, const dc_instance *instance)
{
    const dc_parameters *g = &t->given;
    printf("{\"family\": \"%s\", \"size\": %lld, \"seed\": %llu, \"skew\": %d, \"load\": %.17g, "
           "\"alike\": %.17g, \"kinds\": %d, \"failures\": %d, \"hard\": %s, \"layer\": \"%s\", "
           "\"rows\": %d, \"columns\": %d, \"nonzeros\": %lld, \"demands\": %d, \"limits\": %d, "
           "\"expected\": \"%s\", \"optimum\": ",
           t->family->name, (long long)g->nonzeros, (unsigned long long)g->seed, g->skew, g->load,
           g->alike, g->kinds, g->failures, g->hard ? "true" : "false",
           instance->model != NULL ? "domain" : "lp", dca_lp_num_rows(instance->lp),
           dca_lp_num_columns(instance->lp), (long long)dca_lp_num_entries(instance->lp),
           instance->num_demands, instance->num_limits, dca_outcome_name(instance->expected));
    if (isfinite(instance->optimum)) {
        printf("%.17g}\n", instance->optimum);
    } else {
        puts("null}");
    }
}

int main(int argc, char **argv)
{
    task t = {.edits = 100};
    dc_instance instance;
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        return list();
    }
    if (!parse(argc, argv, &t)) {
        return usage();
    }
    if (!dc_make(t.family, &t.given, &instance)) {
        fputs("bench_dc: parameters out of range, or out of memory\n", stderr);
        return 1;
    }
    tell(&t, &instance);
    bool done = true;
    for (int k = 0; done && k < t.num_out; k++) {
        done = write_file(&instance, t.out[k]);
    }
    done = done && (t.trace == NULL || write_trace(&instance, &t));
    for (int k = 0; done && k < t.num_final; k++) {
        done = write_file(&instance, t.final[k]);
    }
    dc_free(&instance);
    return done ? 0 : 1;
}
