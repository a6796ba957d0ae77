/* style.c - how the answer is set: colours and Unicode on a terminal, plain text in a pipe. NO_COLOR
 * and TERM=dumb are honoured. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static bool speaks_utf8(void)
{
    const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        const char *const value = getenv(names[k]);
        if (value != NULL && value[0] != '\0') {
            return strstr(value, "UTF-8") != NULL || strstr(value, "utf8") != NULL;
        }
    }
    return false;
}

cli_style style_of(FILE *out)
{
    cli_style style = {.width = 100};
    const int file = fileno(out);
    if (!isatty(file)) {
        return style;
    }
    const char *const no_color = getenv("NO_COLOR");
    const char *const term = getenv("TERM");
    style.colour =
        (no_color == NULL || no_color[0] == '\0') && (term == NULL || strcmp(term, "dumb") != 0);
    style.tables = speaks_utf8();
    struct winsize size;
    if (ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) {
        style.width = size.ws_col > 140 ? 140 : size.ws_col;
    }
    return style;
}

const char *style_on(const cli_style *style, cli_colour colour)
{
    static const char *const codes[] = {"\033[0m",  "\033[1m",  "\033[2m",  "\033[31m",
                                        "\033[32m", "\033[33m", "\033[34m", "\033[36m"};
    return style->colour ? codes[colour] : "";
}

void style_seconds(double seconds, char out[32])
{
    if (seconds < 1e-3) {
        snprintf(out, 32, "%.0f us", seconds * 1e6);
    } else if (seconds < 1.0) {
        snprintf(out, 32, "%.1f ms", seconds * 1e3);
    } else {
        snprintf(out, 32, "%.2f s", seconds);
    }
}

double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
