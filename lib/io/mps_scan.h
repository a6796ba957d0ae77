/* mps_scan.h - MPS text as lines of fields, the same for the fixed and the free format.
 *
 * A line that begins with a blank is data, another one begins a section, '*' in the first column is a
 * comment. In the free format blanks separate fields. In the fixed format fields stand in columns 2-3,
 * 5-12, 15-22, 25-36, 40-47, 50-61, and names may hold blanks. A text is read as fixed when all its
 * data lines fit these columns and some line of ROWS or COLUMNS makes no sense as free. */
#ifndef DCA_IO_MPS_SCAN_H
#define DCA_IO_MPS_SCAN_H

#include "base/limit.h"
#include "base/strtab.h"
#include "dcalloc/types.h"
#include "io/io_field.h"

#include <stdbool.h>

typedef enum dca__mps_section {
    DCA__MPS_NONE = 0, /* before the first section */
    DCA__MPS_NAME,
    DCA__MPS_OBJSENSE,
    DCA__MPS_OBJNAME,
    DCA__MPS_ROWS,
    DCA__MPS_COLUMNS,
    DCA__MPS_RHS,
    DCA__MPS_RANGES,
    DCA__MPS_BOUNDS,
    DCA__MPS_ENDATA,
    DCA__MPS_UNSUPPORTED, /* a section of quadratic, conic or integer extensions */
    DCA__MPS_UNKNOWN
} dca__mps_section;

typedef struct dca__mps_scan {
    const char *at, *end; /* not read yet */
    const char *line;     /* the current one, without its end */
    size_t length;
    int64_t number; /* of the line, from 1 */
    bool fixed;
    dca__field field[6];  /* type, name, name, number, name, number: or the words of a free line */
    int count;            /* words of a free line, up to 7 */
    dca__field objective; /* never the begin of a comment; empty: not known yet */
} dca__mps_scan;

/** Begin; decides between fixed and free, unless the control stops it: then the next poll does too.
 *  O(length), mostly less. */
void dca__mps_scan_init(dca__mps_scan *scan, const char *text, size_t length, dca_control *control);
/** Step to the next line that is not blank. False at the end of the text. */
bool dca__mps_next_line(dca__mps_scan *scan);
/** What kind of line is it? */
static inline bool dca__mps_is_comment(const dca__mps_scan *scan)
{
    return scan->line[0] == '*';
}
static inline bool dca__mps_is_data(const dca__mps_scan *scan)
{
    return scan->line[0] == ' ' || scan->line[0] == '\t';
}
/** Split a free line, or a section line, into words. A word at place `comment` or later that begins
 *  with '$' and is no name of `names` (NULL: any) begins a comment. */
void dca__mps_split_words(dca__mps_scan *scan, int comment, const dca__strtab *names);
/** Split a line of fixed format. */
void dca__mps_split_columns(dca__mps_scan *scan);
/** The section that the word begins. */
dca__mps_section dca__mps_section_of(dca__field word);
/** Column of a place in the current line, from 1. */
static inline int64_t dca__mps_column(const dca__mps_scan *scan, const char *at)
{
    return (int64_t)(at - scan->line) + 1;
}

#endif
