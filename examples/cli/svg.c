/* svg.c - shapes as SVG 1.1, see svg.h. */
#include "svg.h"

#include <string.h>

/* Text for XML: markup escaped, control characters and bytes that are not UTF-8 dropped. */
static void svg_escaped(cli_text *svg, const char *words, int most)
{
    int count = 0;
    for (const unsigned char *c = (const unsigned char *)words; *c != '\0'; c++) {
        const bool first = (*c & 0xC0) != 0x80;
        if (first && most > 0 && count++ >= most) {
            text_add(svg, "…", strlen("…"));
            return;
        }
        switch (*c) {
        case '<':
            text_add(svg, "&lt;", 4);
            break;
        case '>':
            text_add(svg, "&gt;", 4);
            break;
        case '&':
            text_add(svg, "&amp;", 5);
            break;
        case '"':
            text_add(svg, "&quot;", 6);
            break;
        default:
            if (*c >= 0x20 && *c != 0x7F) {
                text_add(svg, (const char *)c, 1);
            }
        }
    }
}

void svg_begin(cli_text *svg, double width, double height, const char *title)
{
    text_print(svg,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" "
               "height=\"%.0f\" font-family=\"Inter, 'Helvetica Neue', Helvetica, Arial, "
               "'Liberation Sans', 'DejaVu Sans', sans-serif\">\n<title>",
               width, height, width, height);
    svg_escaped(svg, title, 0);
    text_print(svg, "</title>\n<rect width=\"%.0f\" height=\"%.0f\" fill=\"#ffffff\"/>\n", width,
               height);
}

void svg_end(cli_text *svg)
{
    text_print(svg, "</svg>\n");
}

void svg_rect(cli_text *svg, double x, double y, double width, double height, double radius,
              const char *colour, const char *tip)
{
    if (!(width >= 0.01)) {
        return;
    }
    text_print(svg, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"", x, y,
               width, height, colour);
    if (radius > 0.0) {
        text_print(svg, " rx=\"%.1f\"", radius);
    }
    if (tip == NULL) {
        text_print(svg, "/>\n");
        return;
    }
    text_print(svg, "><title>");
    svg_escaped(svg, tip, 0);
    text_print(svg, "</title></rect>\n");
}

void svg_line(cli_text *svg, double x, double y, double to_x, double to_y, const char *colour)
{
    text_print(svg, "<line x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\" stroke=\"%s\"/>\n", x, y,
               to_x, to_y, colour);
}

void svg_words(cli_text *svg, double x, double y, const svg_font *font, int most, const char *words)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    text_print(svg, "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%d\" fill=\"%s\"", x, y, font->size,
               font->colour);
    if (font->bold) {
        text_print(svg, " font-weight=\"600\"");
    }
    if (font->anchor != ANCHOR_START) {
        text_print(svg, " text-anchor=\"%s\"", anchors[font->anchor]);
    }
    text_print(svg, ">");
    svg_escaped(svg, words, most);
    text_print(svg, "</text>\n");
}
