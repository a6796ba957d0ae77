/* mps_scan.c - lines and fields of MPS text, and which of the two formats it is. */
#include "io/mps_scan.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

dca__mps_section dca__mps_section_of(dca__field word)
{
    static const struct {
        const char *word;
        dca__mps_section section;
    } sections[] = {
        {"NAME", DCA__MPS_NAME},
        {"OBJSENSE", DCA__MPS_OBJSENSE},
        {"OBJNAME", DCA__MPS_OBJNAME},
        {"ROWS", DCA__MPS_ROWS},
        {"COLUMNS", DCA__MPS_COLUMNS},
        {"RHS", DCA__MPS_RHS},
        {"RANGES", DCA__MPS_RANGES},
        {"BOUNDS", DCA__MPS_BOUNDS},
        {"ENDATA", DCA__MPS_ENDATA},
        {"QUADOBJ", DCA__MPS_UNSUPPORTED},
        {"QMATRIX", DCA__MPS_UNSUPPORTED},
        {"QSECTION", DCA__MPS_UNSUPPORTED},
        {"QCMATRIX", DCA__MPS_UNSUPPORTED},
        {"CSECTION", DCA__MPS_UNSUPPORTED},
        {"SOS", DCA__MPS_UNSUPPORTED},
        {"SOS1", DCA__MPS_UNSUPPORTED},
        {"SOS2", DCA__MPS_UNSUPPORTED},
        {"SETS", DCA__MPS_UNSUPPORTED},
        {"INDICATORS", DCA__MPS_UNSUPPORTED},
        {"GENCONS", DCA__MPS_UNSUPPORTED},
        {"PWLOBJ", DCA__MPS_UNSUPPORTED},
        {"LAZYCONS", DCA__MPS_UNSUPPORTED},
        {"USERCUTS", DCA__MPS_UNSUPPORTED},
        {"BRANCH", DCA__MPS_UNSUPPORTED},
        {"SCENARIOS", DCA__MPS_UNSUPPORTED},
    };
    for (size_t k = 0; k < sizeof sections / sizeof *sections; k++) {
        if (dca__field_is(word, sections[k].word)) {
            return sections[k].section;
        }
    }
    return DCA__MPS_UNKNOWN;
}

bool dca__mps_next_line(dca__mps_scan *scan)
{
    while (scan->at < scan->end) {
        const char *begin = scan->at;
        const char *stop = memchr(begin, '\n', (size_t)(scan->end - begin));
        scan->at = stop == NULL ? scan->end : stop + 1;
        if (stop == NULL) {
            stop = scan->end;
        }
        while (stop > begin && is_blank(stop[-1])) {
            stop--;
        }
        scan->number++;
        if (stop > begin) {
            scan->line = begin;
            scan->length = (size_t)(stop - begin);
            return true;
        }
    }
    scan->line = scan->end;
    scan->length = 0;
    return false;
}

static bool is_name(const dca__mps_scan *scan, const dca__strtab *names, const char *text,
                    size_t length)
{
    if (names == NULL) {
        return false;
    }
    return dca__strtab_find(names, text, length) >= 0 ||
           (scan->objective.length == length && memcmp(scan->objective.at, text, length) == 0);
}

void dca__mps_split_words(dca__mps_scan *scan, int comment, const dca__strtab *names)
{
    const char *p = scan->line;
    const char *stop = p + scan->length;
    int count = 0;
    while (count < 7) {
        while (p < stop && is_blank(*p)) {
            p++;
        }
        if (p == stop) {
            break;
        }
        const char *begin = p;
        while (p < stop && !is_blank(*p)) {
            p++;
        }
        if (*begin == '$' && count >= comment &&
            !is_name(scan, names, begin, (size_t)(p - begin))) {
            stop = begin;
            break;
        }
        if (count < 6) {
            scan->field[count].at = begin;
            scan->field[count].length = (size_t)(p - begin);
        }
        count++;
    }
    scan->count = count;
    for (int k = count; k < 6; k++) {
        scan->field[k].at = stop;
        scan->field[k].length = 0;
    }
}

/* The columns of the fixed format, from 0, ends excluded. */
static const unsigned char first_column[6] = {1, 4, 14, 24, 39, 49};
static const unsigned char end_column[6] = {3, 12, 22, 36, 47, 61};

void dca__mps_split_columns(dca__mps_scan *scan)
{
    bool comment = false;
    for (int k = 0; k < 6; k++) {
        size_t begin = first_column[k] < scan->length ? first_column[k] : scan->length;
        size_t stop = end_column[k] < scan->length ? end_column[k] : scan->length;
        while (stop > begin && is_blank(scan->line[stop - 1])) {
            stop--;
        }
        while (begin < stop && is_blank(scan->line[begin])) {
            begin++;
        }
        comment = comment || ((k == 2 || k == 4) && begin < stop && scan->line[begin] == '$');
        scan->field[k].at = scan->line + begin;
        scan->field[k].length = comment ? 0 : stop - begin;
    }
    scan->count = 0;
}

/* Are the places between the fields of the fixed format blank? */
static bool fits_columns(const char *line, size_t length)
{
    static const unsigned char gaps[] = {0, 3, 12, 13, 22, 23, 36, 37, 38, 47, 48};
    if (memchr(line, '\t', length < 61 ? length : 61) != NULL) {
        return false;
    }
    const bool comment = (length > 14 && line[14] == '$') || (length > 39 && line[39] == '$');
    for (size_t k = 0; k < sizeof gaps && gaps[k] < length; k++) {
        if (line[gaps[k]] != ' ' && !comment) {
            return false;
        }
    }
    return true;
}

/* Can a line of ROWS or COLUMNS be read word by word? */
static bool words_fit(dca__mps_scan *scan, dca__mps_section section)
{
    dca__mps_split_words(scan, section == DCA__MPS_ROWS ? 2 : 1, NULL);
    return section == DCA__MPS_ROWS ? scan->count == 2 : scan->count == 3 || scan->count == 5;
}

/* All data lines fit the columns, and some line of ROWS or COLUMNS has the wrong number of words. */
static bool is_fixed(dca__mps_scan scan, dca_control *control)
{
    dca__mps_section section = DCA__MPS_NONE;
    bool words = true;
    while (dca__mps_next_line(&scan) && dca__control_poll(control, 1) == DCA__GO) {
        if (dca__mps_is_comment(&scan)) {
            continue;
        }
        if (!dca__mps_is_data(&scan)) {
            dca__mps_split_words(&scan, 7, NULL);
            section = dca__mps_section_of(scan.field[0]);
            if (section == DCA__MPS_NAME && scan.count > 2 && scan.count < 7 &&
                dca__field_is(scan.field[scan.count - 1], "FREE")) {
                return false;
            }
            if (section == DCA__MPS_ENDATA) {
                break;
            }
            continue;
        }
        if (section < DCA__MPS_ROWS || section > DCA__MPS_BOUNDS) {
            continue;
        }
        if (!fits_columns(scan.line, scan.length)) {
            return false;
        }
        if (words && section <= DCA__MPS_COLUMNS) {
            words = words_fit(&scan, section);
        }
    }
    return !words;
}

void dca__mps_scan_init(dca__mps_scan *scan, const char *text, size_t length, dca_control *control)
{
    memset(scan, 0, sizeof *scan);
    text = length == 0 ? "" : text;
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3; /* byte order mark */
        length -= 3;
    }
    scan->at = text;
    scan->end = text + length;
    scan->line = text;
    scan->fixed = is_fixed(*scan, control);
}
