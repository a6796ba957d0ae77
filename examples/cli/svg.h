/* svg.h - the few shapes that the plot is made of. Lengths are pixels, y grows downwards. */
#ifndef DCALLOC_CLI_SVG_H
#define DCALLOC_CLI_SVG_H

#include "cli.h"

typedef enum svg_anchor { ANCHOR_START = 0, ANCHOR_MIDDLE, ANCHOR_END } svg_anchor;

typedef struct svg_font {
    int size;
    const char *colour;
    bool bold;
    svg_anchor anchor;
} svg_font;

void svg_begin(cli_text *svg, double width, double height, const char *title);
void svg_end(cli_text *svg);
/* A rectangle with an optional tooltip; nothing where it is narrower than a hundredth. */
void svg_rect(cli_text *svg, double x, double y, double width, double height, double radius,
              const char *colour, const char *tip);
void svg_line(cli_text *svg, double x, double y, double to_x, double to_y, const char *colour);
/* A text, cut after `most` characters (0: never). */
void svg_words(cli_text *svg, double x, double y, const svg_font *font, int most,
               const char *words);

#endif
