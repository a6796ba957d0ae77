/* peer.c - the program around a solver: arguments, repeats, times, memory, events. See peer.h. */
#include "peer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A first solve at least this long, in seconds, is the measurement. */
static const double LONG_SOLVE = 1.0;

static double seconds_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int bench_choice(const bench_task *task, const char *name, const char *const *words)
{
    for (int k = task->num_options - 1; k >= 0; k--) {
        if (strcmp(task->options[k].name, name) == 0) {
            for (int w = 0; words[w] != NULL; w++) {
                if (strcmp(task->options[k].value, words[w]) == 0) {
                    return w;
                }
            }
            return -1;
        }
    }
    return 0;
}

const char *bench_unknown(const bench_task *task, const char *const *names)
{
    for (int k = 0; k < task->num_options; k++) {
        int w = 0;
        while (names[w] != NULL && strcmp(names[w], task->options[k].name) != 0) {
            w++;
        }
        if (names[w] == NULL) {
            return task->options[k].name;
        }
    }
    return NULL;
}

/* A quoted JSON string. */
static void put_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (const char *at = text; *at != '\0'; at++) {
        const unsigned char byte = (unsigned char)*at;
        if (byte == '"' || byte == '\\') {
            fprintf(out, "\\%c", byte);
        } else if (byte < 0x20) {
            fprintf(out, "\\u%04x", byte);
        } else {
            fputc(byte, out);
        }
    }
    fputc('"', out);
}

static void put_number(FILE *out, const char *name, double value)
{
    if (isfinite(value)) {
        fprintf(out, ", \"%s\": %.17g", name, value);
    } else {
        fprintf(out, ", \"%s\": null", name);
    }
}

static int fail(FILE *events, const char *kind, const char *text)
{
    fprintf(events, "{\"event\": \"answer\", \"status\": \"%s\", \"text\": ", kind);
    put_text(events, text);
    fputs("}\n", events);
    fflush(events);
    return 1;
}

static bool write_point(const bench_lp *lp, const bench_answer *answer, const char *path)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return false;
    }
    const int64_t head[4] = {lp->n, lp->m, answer->has_x, answer->has_y};
    bool done = fwrite(head, sizeof head, 1, file) == 1;
    if (answer->has_x) {
        done = done && fwrite(answer->x, sizeof(double), (size_t)lp->n, file) == (size_t)lp->n;
    }
    if (answer->has_y) {
        done = done && fwrite(answer->y, sizeof(double), (size_t)lp->m, file) == (size_t)lp->m;
    }
    return fclose(file) == 0 && done;
}

static void put_answer(FILE *events, const bench_lp *lp, const bench_answer *answer,
                       uint64_t memory)
{
    fprintf(events, "{\"event\": \"answer\", \"status\": \"%s\"", answer->status);
    put_number(events, "objective", lp->sign * answer->objective + lp->offset);
    fprintf(events, ", \"iterations\": %lld, \"work\": %lld, \"memory\": %llu%s}\n",
            (long long)answer->iterations, (long long)answer->work, (unsigned long long)memory,
            answer->extra);
    fflush(events);
}

/* Load, solve, tell; false when the solver refused the problem. */
static bool round_trip(FILE *events, const bench_lp *lp, const bench_task *task,
                       bench_answer *answer, double *seconds)
{
    char error[256] = "the solver did not take the problem";
    const double begin = seconds_of(CLOCK_MONOTONIC);
    void *problem = bench_this_peer.load(lp, task, error, sizeof error);
    if (problem == NULL) {
        fail(events, "failed", error);
        return false;
    }
    const double loaded = seconds_of(CLOCK_MONOTONIC);
    fprintf(events, "{\"event\": \"loaded\", \"seconds\": %.9g}\n", loaded - begin);
    fflush(events);
    const double used = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    const double start = seconds_of(CLOCK_MONOTONIC);
    bench_this_peer.solve(problem);
    *seconds = seconds_of(CLOCK_MONOTONIC) - start;
    const double processor = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - used;
    answer->status = "failed";
    answer->objective = NAN;
    answer->iterations = answer->work = -1;
    answer->has_x = answer->has_y = false;
    answer->extra[0] = '\0';
    bench_this_peer.answer(problem, answer);
    bench_this_peer.unload(problem);
    fprintf(events,
            "{\"event\": \"solved\", \"seconds\": %.9g, \"processor\": %.9g, \"status\": \"%s\"}\n",
            *seconds, processor, answer->status);
    fflush(events);
    return true;
}

static int measure(FILE *events, const bench_task *task)
{
    bench_lp lp;
    bench_answer answer = {.status = "failed"};
    char error[256] = "";
    int status = 1;
    double seconds = 0.0;
    const double begin = seconds_of(CLOCK_MONOTONIC);
    if (!bench_read(task->path, &lp, error, sizeof error)) {
        return fail(events, "unreadable", error);
    }
    const double read = seconds_of(CLOCK_MONOTONIC) - begin;
    answer.x = calloc((size_t)lp.n + 1, sizeof *answer.x);
    answer.y = calloc((size_t)lp.m + 1, sizeof *answer.y);
    if (answer.x == NULL || answer.y == NULL) {
        fail(events, "out_of_memory", "no room for the answer");
        goto done;
    }
    bench_memory_mark();
    const uint64_t before = bench_memory_now();
    fprintf(events,
            "{\"event\": \"read\", \"seconds\": %.9g, \"rows\": %d, \"columns\": %d, "
            "\"nonzeros\": %lld, \"resident\": %llu}\n",
            read, lp.m, lp.n, (long long)lp.start[lp.n], (unsigned long long)before);
    fflush(events);
    if (!round_trip(events, &lp, task, &answer, &seconds)) {
        goto done;
    }
    const uint64_t peak = bench_memory_peak();
    for (int k = 0; k < task->repeats && seconds < LONG_SOLVE; k++) {
        double again = 0.0;
        if (!round_trip(events, &lp, task, &answer, &again)) {
            goto done;
        }
    }
    if (task->point != NULL && !write_point(&lp, &answer, task->point)) {
        fail(events, "failed", "cannot write the point");
        goto done;
    }
    put_answer(events, &lp, &answer, peak > before ? peak - before : 0);
    status = 0;
done:
    free(answer.x);
    free(answer.y);
    bench_lp_free(&lp);
    return status;
}

static bool parse(int argc, char **argv, bench_task *task)
{
    for (int k = 1; k < argc; k++) {
        const bool more = k + 1 < argc;
        if (strcmp(argv[k], "--option") == 0 && more) {
            if (!bench_option_add(task->options, &task->num_options, argv[++k])) {
                return false;
            }
        } else if (strcmp(argv[k], "--limit") == 0 && more) {
            task->limit = strtod(argv[++k], NULL);
        } else if (strcmp(argv[k], "--repeats") == 0 && more) {
            task->repeats = (int)strtol(argv[++k], NULL, 10);
        } else if (strcmp(argv[k], "--point") == 0 && more) {
            task->point = argv[++k];
        } else if (argv[k][0] != '-' && task->path == NULL) {
            task->path = argv[k];
        } else {
            return false;
        }
    }
    return task->path != NULL && task->limit > 0.0 && task->repeats >= 0;
}

int main(int argc, char **argv)
{
    /* Solvers may print; events keep the real standard output. */
    const int out = dup(STDOUT_FILENO);
    FILE *events = out < 0 ? NULL : fdopen(out, "w");
    if (events == NULL || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
        perror("bench");
        return 2;
    }
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        char version[256] = "";
        bench_this_peer.version(version, sizeof version);
        fputs("{\"event\": \"version\", \"version\": ", events);
        put_text(events, version);
        fputs("}\n", events);
        return fclose(events) == 0 ? 0 : 1;
    }
    bench_task task = {.limit = 30.0, .repeats = 5};
    if (!parse(argc, argv, &task)) {
        fprintf(stderr,
                "usage: %s [--option NAME=VALUE]... [--limit SECONDS] [--repeats N] "
                "[--point FILE] LP.mps\n",
                bench_this_peer.name);
        return 2;
    }
    const int status = measure(events, &task);
    return fclose(events) == 0 ? status : 1;
}
