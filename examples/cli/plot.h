/* plot.h - what the two files of the plot share. */
#ifndef DCALLOC_CLI_PLOT_H
#define DCALLOC_CLI_PLOT_H

#include "summary.h"
#include "svg.h"

enum { PLOT_COLOURS = 8, PLOT_ROWS = 48 };

#define INK      "#1b2430"
#define GREY     "#6b7685"
#define PALE     "#eef1f5"
#define REST     "#c3cad4"
#define SERVED   "#2f9e6e"
#define UNSERVED "#d64550"
#define TIGHT    "#c2410c"

/* The answer to draw and where drawing stands. */
typedef struct plot {
    const cli_summary *s;
    cli_text *svg;
    dca_index main;              /* the resource that is fullest over all pools */
    dca_index top[PLOT_COLOURS]; /* demands with a colour of their own, most use first */
    int num_top;
    dca_index *shown; /* [pools] the resource of its bar, or -1 */
    double *part;     /* [pools * (PLOT_COLOURS + 1)] what each colour uses of it, the rest last */
    bool *drawn;      /* [pools] it has a row: the PLOT_ROWS largest have */
} plot;

/* plot_pools.c: who gets what, pool by pool. False when out of memory. */
bool plot_choose(plot *p);
void plot_release(plot *p);
/* Returns where the next thing may begin. */
double plot_pools(const plot *p, double x, double y, double width);

#endif
