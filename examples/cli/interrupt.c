/* interrupt.c - SIGINT cancels through the control, a second one kills; a progress line on terminals.
 *
 * The variables below are the globals of the program: a signal handler has no argument. */
#include "cli.h"

#include <math.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static dca_control *volatile interrupted_control;
static volatile sig_atomic_t interrupted;
static bool progress_shown;

static void on_interrupt(int signal)
{
    (void)signal;
    interrupted = 1;
    dca_control_cancel(interrupted_control);
}

void interrupt_install(dca_control *control)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    interrupted_control = control;
    action.sa_handler = on_interrupt;
    action.sa_flags = SA_RESETHAND; /* the second SIGINT has its usual effect */
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

bool interrupt_seen(void)
{
    return interrupted != 0;
}

static int32_t on_progress(void *user, const dca_progress *progress)
{
    static const char *const phases[] = {"reading",    "compiling", "presolve",  "feasibility",
                                         "optimality", "verifying", "explaining"};
    const double *const started = user;
    const double seconds = clock_seconds() - *started;
    const int32_t phase = progress->phase;
    const bool known = phase >= 0 && phase < (int32_t)(sizeof phases / sizeof *phases);
    fprintf(stderr, "\r\033[K%-11s %6.1f s", known ? phases[phase] : "working", seconds);
    if (progress->iteration > 0) {
        fprintf(stderr, "  %lld iterations", (long long)progress->iteration);
    }
    if (isfinite(progress->objective)) {
        fprintf(stderr, "  objective %.8g", progress->objective);
    }
    if (isfinite(progress->infeasibility) && progress->infeasibility > 0.0) {
        fprintf(stderr, "  violation %.2g", progress->infeasibility);
    }
    if (isfinite(progress->fraction)) {
        const int filled = (int)(progress->fraction * 20.0 + 0.5);
        fprintf(stderr, "  [%-20.*s]", filled < 0 ? 0 : (filled > 20 ? 20 : filled),
                "####################");
    }
    fflush(stderr);
    progress_shown = true;
    return 0;
}

void progress_install(dca_control *control)
{
    static double started;
    if (!isatty(STDERR_FILENO)) {
        return;
    }
    started = clock_seconds();
    if (dca_control_set_progress(control, on_progress, &started, 0.25) != DCA_OK) {
        return; /* no bar then */
    }
}

void progress_clear(void)
{
    if (progress_shown) {
        fputs("\r\033[K", stderr);
        progress_shown = false;
    }
}
