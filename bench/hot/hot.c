/* hot.c - the program around a solver that is edited and solved again: arguments, times, events. */
#include "hot.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double seconds_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

const char *hot_option(const hot_task *task, const char *name, const char *otherwise)
{
    for (int k = task->num_options - 1; k >= 0; k--) {
        if (strcmp(task->options[k].name, name) == 0) {
            return task->options[k].value;
        }
    }
    return otherwise;
}

static int fail(FILE *events, const char *status, const char *text)
{
    fprintf(events, "{\"event\": \"end\", \"status\": \"%s\", \"text\": \"", status);
    for (const char *at = text; *at != '\0'; at++) {
        fputc(*at == '"' || *at == '\\' || (unsigned char)*at < 0x20 ? '\'' : *at, events);
    }
    fputs("\"}\n", events);
    return 1;
}

/* What was measured of one edit. */
typedef struct turn {
    int64_t number;
    const char *change;
    double seconds, processor;
} turn;

static void put_edit(FILE *events, const turn *now, const hot_answer *answer, double objective)
{
    fprintf(events,
            "{\"event\": \"edit\", \"number\": %lld, \"change\": \"%s\", \"seconds\": %.9g, "
            "\"processor\": %.9g, \"status\": \"%s\", \"iterations\": %lld, \"work\": %lld, "
            "\"objective\": ",
            (long long)now->number, now->change, now->seconds, now->processor, answer->status,
            (long long)answer->iterations, (long long)answer->work);
    if (isfinite(objective)) {
        fprintf(events, "%.17g}\n", objective);
    } else {
        fputs("null}\n", events);
    }
    fflush(events);
}

/* Is there a solve after this edit? Takes the number from the list. */
static bool is_wanted(hot_task *task, int64_t number)
{
    char *end = NULL;
    if (task->cold == NULL) {
        return true;
    }
    const long long next = strtoll(task->cold, &end, 10);
    if (end == task->cold || next != number) {
        return false;
    }
    task->cold = end + strspn(end, ",");
    return true;
}

/* Make the edit (NULL: none, before the first solve), solve and tell; false: it was refused. */
static bool round_trip(FILE *events, void *problem, hot_task *task, const bench_lp *lp,
                       int64_t number, const hot_edit *edit, double offset)
{
    hot_answer answer = {.status = "failed", .objective = NAN, .iterations = -1, .work = -1};
    const bool cold = task->cold != NULL;
    const bool solving = is_wanted(task, number);
    const double used = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    const double begin = seconds_of(CLOCK_MONOTONIC);
    const bool taken = edit == NULL || hot_this_peer.apply(problem, edit);
    if (taken && solving) {
        hot_this_peer.solve(problem, cold, &answer);
    }
    turn now = {.number = number, .change = edit == NULL ? "first" : edit->change};
    now.seconds = seconds_of(CLOCK_MONOTONIC) - begin;
    now.processor = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - used;
    if (solving || !taken) {
        const double objective = lp->sign * answer.objective + offset;
        put_edit(events, &now, &answer, answer.whole ? answer.objective : objective);
    }
    return taken;
}

static int run(FILE *events, hot_task *task, FILE *trace, const bench_lp *lp)
{
    char error[256] = "the solver did not take the problem";
    hot_edit edit = {.has_offset = false};
    double offset = lp->offset;
    bool bad = false;
    const double begin = seconds_of(CLOCK_MONOTONIC);
    void *problem = hot_this_peer.load(lp, task, error, sizeof error);
    if (problem == NULL) {
        return fail(events, "failed", error);
    }
    fprintf(events, "{\"event\": \"loaded\", \"seconds\": %.9g}\n",
            seconds_of(CLOCK_MONOTONIC) - begin);
    fflush(events);
    bool ok = round_trip(events, problem, task, lp, 0, NULL, offset);
    for (int64_t k = 1; ok && hot_read_edit(trace, lp->sign, &edit, &bad); k++) {
        offset = edit.has_offset ? edit.offset : offset;
        ok = round_trip(events, problem, task, lp, k, &edit, offset);
    }
    hot_edit_free(&edit);
    hot_this_peer.unload(problem);
    if (!ok || bad) {
        return fail(events, "failed", bad ? "no trace" : "the solver did not take an edit");
    }
    fputs("{\"event\": \"end\", \"status\": \"done\", \"text\": \"\"}\n", events);
    return 0;
}

static int measure(FILE *events, hot_task *task)
{
    bench_lp lp;
    char error[256] = "";
    FILE *trace = fopen(task->trace, "r");
    if (trace == NULL || fgets(task->head, sizeof task->head, trace) == NULL) {
        if (trace != NULL) {
            fclose(trace);
        }
        return fail(events, "unreadable", "the trace");
    }
    if (!bench_read(task->path, &lp, error, sizeof error)) {
        fclose(trace);
        return fail(events, "unreadable", error);
    }
    fprintf(events, "{\"event\": \"read\", \"rows\": %d, \"columns\": %d, \"nonzeros\": %lld}\n",
            lp.m, lp.n, (long long)lp.start[lp.n]);
    fflush(events);
    const int status = run(events, task, trace, &lp);
    bench_lp_free(&lp);
    fclose(trace);
    return status;
}

static bool parse(int argc, char **argv, hot_task *task)
{
    for (int k = 1; k < argc; k++) {
        const bool more = k + 1 < argc;
        if (strcmp(argv[k], "--option") == 0 && more) {
            if (!bench_option_add(task->options, &task->num_options, argv[++k])) {
                return false;
            }
        } else if (strcmp(argv[k], "--limit") == 0 && more) {
            task->limit = strtod(argv[++k], NULL);
        } else if (strcmp(argv[k], "--cold") == 0 && more) {
            task->cold = argv[++k];
        } else if (argv[k][0] != '-' && task->path == NULL) {
            task->path = argv[k];
        } else if (argv[k][0] != '-' && task->trace == NULL) {
            task->trace = argv[k];
        } else {
            return false;
        }
    }
    return task->trace != NULL && task->limit > 0.0;
}

int main(int argc, char **argv)
{
    /* Solvers may print; events keep the real standard output. */
    const int out = dup(STDOUT_FILENO);
    FILE *events = out < 0 ? NULL : fdopen(out, "w");
    hot_task task = {.limit = 30.0};
    if (events == NULL || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
        perror("hot");
        return 2;
    }
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        char version[256] = "";
        hot_this_peer.version(version, sizeof version);
        fprintf(events, "{\"event\": \"version\", \"version\": \"%s\"}\n", version);
        return fclose(events) == 0 ? 0 : 1;
    }
    if (!parse(argc, argv, &task)) {
        fprintf(
            stderr,
            "usage: %s [--option NAME=VALUE]... [--limit SECONDS] [--cold N,N,...] LP.mps TRACE\n",
            hot_this_peer.name);
        return 2;
    }
    const int status = measure(events, &task);
    return fclose(events) == 0 ? status : 1;
}
