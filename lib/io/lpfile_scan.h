/* lpfile_scan.h - the text of an LP file as tokens.
 *
 * Blanks, comments and line ends separate tokens; whether a token is the first on its line is kept,
 * because section words count only there and a line end may end a constraint. A number is as long as
 * it can be: "3e2x" is 3e2 and x, "3 e2x" is 3 and e2x, "3ex" is 3 and ex. */
#ifndef DCA_IO_LPFILE_SCAN_H
#define DCA_IO_LPFILE_SCAN_H

#include "base/limit.h"
#include "dcalloc/types.h"
#include "io/io_field.h"

#include <stdint.h>

typedef enum dca__lpf_kind {
    DCA__LPF_END = 0, /* of the text */
    DCA__LPF_NAME,
    DCA__LPF_NUMBER, /* without a sign; inf and infinity too */
    DCA__LPF_PLUS,
    DCA__LPF_MINUS,
    DCA__LPF_COLON,
    DCA__LPF_LESS, /* < <= =< */
    DCA__LPF_GREATER,
    DCA__LPF_EQUAL,
    DCA__LPF_ARROW,   /* -> */
    DCA__LPF_SECTION, /* the word or words that begin one */
    DCA__LPF_OTHER,   /* a byte that begins nothing */
    DCA__LPF_STOPPED  /* the control said so */
} dca__lpf_kind;

typedef enum dca__lpf_section {
    DCA__LPF_NO_SECTION = 0,
    DCA__LPF_MINIMISE,
    DCA__LPF_MAXIMISE,
    DCA__LPF_CONSTRAINTS,
    DCA__LPF_BOUNDS,
    DCA__LPF_GENERALS,
    DCA__LPF_BINARIES,
    DCA__LPF_THE_END,
    DCA__LPF_UNSUPPORTED
} dca__lpf_section;

typedef struct dca__lpf_token {
    dca__lpf_kind kind;
    dca__field text;
    int64_t line, column; /* from 1, bytes */
    bool first;           /* on its line */
    bool label;           /* a name before a colon on the same line */
    double value;         /* of a number; beyond the range of doubles: INFINITY */
    bool infinite;        /* it was a word, not digits */
    dca__lpf_section section;
} dca__lpf_token;

typedef struct dca__lpf_scan {
    const char *begin, *at, *end; /* the text; what is not read yet */
    const char *line;             /* begin of the current line */
    int64_t number;               /* of it, from 1 */
    bool fresh;                   /* no token on it so far */
    const char *nul;              /* first zero byte, or NULL */
    dca_control *control;
    /* Called with each comment that begins a line, without backslash and line end. */
    dca_status (*on_comment)(void *user, dca__field comment);
    void *user;
    dca_status status; /* what on_comment said */
} dca__lpf_scan;

void dca__lpf_scan_init(dca__lpf_scan *scan, const char *text, size_t length, dca_control *control);
/** Step to the next token. After END, STOPPED, or a status, there is no next one. */
void dca__lpf_next(dca__lpf_scan *scan, dca__lpf_token *out);

static inline bool dca__lpf_is_relation(dca__lpf_kind kind)
{
    return kind == DCA__LPF_LESS || kind == DCA__LPF_GREATER || kind == DCA__LPF_EQUAL;
}
/** The relation with its sides exchanged. */
static inline dca__lpf_kind dca__lpf_turned(dca__lpf_kind relation)
{
    return relation == DCA__LPF_LESS      ? DCA__LPF_GREATER
           : relation == DCA__LPF_GREATER ? DCA__LPF_LESS
                                          : relation;
}

/** Is it a word of the grammar, or the first of two? Writers take no such name. */
bool dca__lpf_is_keyword(dca__field word);
/** May the byte stand in a name, as its first one? */
bool dca__lpf_in_name(unsigned char byte, bool first);

#endif
