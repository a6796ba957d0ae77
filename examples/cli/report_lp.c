/* report_lp.c - the answer to an LP, for people. */
#include "cli.h"

#include <math.h>

void report_verdict(const cli_style *style, const dca_result *result)
{
    const dca_outcome outcome = dca_result_outcome(result);
    dca_certificate certificate = {.struct_size = sizeof certificate};
    const bool checked = dca_result_certificate(result, &certificate) == DCA_OK;
    const bool valid = checked && certificate.valid;
    cli_colour colour = YELLOW;
    if (outcome == DCA_OPTIMAL) {
        colour = GREEN;
    } else if (outcome == DCA_INFEASIBLE || outcome == DCA_UNBOUNDED) {
        colour = RED;
    }
    printf("%s%s%s%s", style_on(style, colour), style_on(style, BOLD), dca_outcome_name(outcome),
           style_on(style, PLAIN));
    switch (checked ? certificate.kind : DCA_CERTIFICATE_NONE) {
    case DCA_CERTIFICATE_KKT:
        printf("%s: primal violation %.2g, dual violation %.2g, relative gap %.2g%s\n",
               valid ? ", proved" : ", not proved", certificate.primal_violation,
               certificate.dual_violation, certificate.relative_gap,
               certificate.rounded ? " (rounded)" : "");
        break;
    case DCA_CERTIFICATE_FARKAS:
        printf("%s: a Farkas ray was multiplied out, margin %.2g\n",
               valid ? ", proved" : ", not proved", certificate.relative_gap);
        if (certificate.primal_violation > 0.0) { /* the narrow claim of docs/numerics.md */
            printf("every point misses a row or bound by at least %.2g, which is within the "
                   "tolerance of 1e-7; the best point found misses by %.2g\n",
                   certificate.relative_gap, certificate.primal_violation);
        }
        break;
    case DCA_CERTIFICATE_RAY:
        printf("%s: a direction without end improves the objective\n",
               valid ? ", proved" : ", not proved");
        break;
    default:
        printf("%s\n", outcome == DCA_OPTIMAL ? ", not proved" : "");
    }
}

void report_how(const cli_style *style, const cli_run *run, const dca_result *result)
{
    dca_solve_info info = {.struct_size = sizeof info};
    if (dca_result_info(result, &info) != DCA_OK) {
        return;
    }
    char solve[32];
    char read[32];
    style_seconds(info.seconds, solve);
    style_seconds(run->read_seconds, read);
    printf("%s%lld rows, %lld columns, %lld nonzeros", style_on(style, DIM), (long long)info.rows,
           (long long)info.columns, (long long)info.entries);
    if (info.presolved_rows != info.rows || info.presolved_columns != info.columns) {
        printf(" (%lld, %lld, %lld after presolve)", (long long)info.presolved_rows,
               (long long)info.presolved_columns, (long long)info.presolved_entries);
    }
    printf("; %s, %lld iterations%s, %s to read, %s to solve%s\n", info.method,
           (long long)info.iterations, info.warm ? ", warm" : "", read, solve,
           style_on(style, PLAIN));
}

void report_lp(const cli_run *run, const dca_lp *lp, const dca_result *result)
{
    const cli_style style = style_of(stdout);
    const char *const name = dca_lp_name(lp);
    if (name != NULL) {
        printf("%s%s%s  ", style_on(&style, BOLD), name, style_on(&style, PLAIN));
    }
    report_verdict(&style, result);
    const double objective = dca_result_objective(result);
    if (isfinite(objective)) {
        printf("objective %.12g (%s)\n", objective,
               dca_lp_sense(lp) == DCA_MAXIMISE ? "maximised" : "minimised");
    }
    report_how(&style, run, result);
}
