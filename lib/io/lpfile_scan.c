/* lpfile_scan.c - tokens of LP files. */
#include "io/lpfile_scan.h"

#include "base/num.h"

#include <math.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bit b of these 256: byte b may begin a name, stand in a name. Letters, bytes of 0x80 or more and
 * ! " # $ % & ( ) , ; ? @ _ ` ' { } | ~ / begin one; digits and . [ ] stand in one. */
static const uint64_t begins_name[4] = {0x880093FE00000000u, 0x7FFFFFFF87FFFFFFu,
                                        0xFFFFFFFFFFFFFFFFu, 0xFFFFFFFFFFFFFFFFu};
static const uint64_t within_name[4] = {0x8BFFD3FE00000000u, 0x7FFFFFFFAFFFFFFFu,
                                        0xFFFFFFFFFFFFFFFFu, 0xFFFFFFFFFFFFFFFFu};

static bool is_within(char c)
{
    const unsigned char byte = (unsigned char)c;
    return (within_name[byte / 64] >> (byte % 64) & 1) != 0;
}

bool dca__lpf_in_name(unsigned char byte, bool first)
{
    return first ? (begins_name[byte / 64] >> (byte % 64) & 1) != 0 : is_within((char)byte);
}

/* ---- Words -------------------------------------------------------------------------------------- */

/* `second` follows on the same line, or at once where it begins with '-'. Longer ones come first. */
static const struct {
    const char *word, *second;
    dca__lpf_section section;
} sections[] = {
    {"MINIMIZE", NULL, DCA__LPF_MINIMISE},
    {"MINIMISE", NULL, DCA__LPF_MINIMISE},
    {"MINIMUM", NULL, DCA__LPF_MINIMISE},
    {"MIN", NULL, DCA__LPF_MINIMISE},
    {"MAXIMIZE", NULL, DCA__LPF_MAXIMISE},
    {"MAXIMISE", NULL, DCA__LPF_MAXIMISE},
    {"MAXIMUM", NULL, DCA__LPF_MAXIMISE},
    {"MAX", NULL, DCA__LPF_MAXIMISE},
    {"SUBJECT", "TO", DCA__LPF_CONSTRAINTS},
    {"SUCH", "THAT", DCA__LPF_CONSTRAINTS},
    {"ST", NULL, DCA__LPF_CONSTRAINTS},
    {"ST.", NULL, DCA__LPF_CONSTRAINTS},
    {"S.T.", NULL, DCA__LPF_CONSTRAINTS},
    {"BOUNDS", NULL, DCA__LPF_BOUNDS},
    {"BOUND", NULL, DCA__LPF_BOUNDS},
    {"GENERAL", "CONSTRAINTS", DCA__LPF_UNSUPPORTED},
    {"GENERALS", NULL, DCA__LPF_GENERALS},
    {"GENERAL", NULL, DCA__LPF_GENERALS},
    {"GEN", NULL, DCA__LPF_GENERALS},
    {"INTEGERS", NULL, DCA__LPF_GENERALS},
    {"INTEGER", NULL, DCA__LPF_GENERALS},
    {"INT", NULL, DCA__LPF_GENERALS},
    {"BINARIES", NULL, DCA__LPF_BINARIES},
    {"BINARY", NULL, DCA__LPF_BINARIES},
    {"BIN", NULL, DCA__LPF_BINARIES},
    {"END", NULL, DCA__LPF_THE_END},
    {"SEMI", "-CONTINUOUS", DCA__LPF_UNSUPPORTED},
    {"SEMIS", NULL, DCA__LPF_UNSUPPORTED},
    {"SEMI", NULL, DCA__LPF_UNSUPPORTED},
    {"SOS", NULL, DCA__LPF_UNSUPPORTED},
    {"SOS1", NULL, DCA__LPF_UNSUPPORTED},
    {"SOS2", NULL, DCA__LPF_UNSUPPORTED},
    {"LAZY", "CONSTRAINTS", DCA__LPF_UNSUPPORTED},
    {"USER", "CUTS", DCA__LPF_UNSUPPORTED},
    {"PWLOBJ", NULL, DCA__LPF_UNSUPPORTED},
    {"PWL", NULL, DCA__LPF_UNSUPPORTED},
    {"GENCONS", NULL, DCA__LPF_UNSUPPORTED},
    {"SCENARIO", NULL, DCA__LPF_UNSUPPORTED},
};
enum { NUM_SECTIONS = sizeof sections / sizeof *sections };

enum { LONGEST_WORD = 8 };

/* Is it the first word of section k? Mostly the first letter says no. */
static bool is_word(dca__field word, size_t k)
{
    return (word.at[0] & ~32) == sections[k].word[0] && dca__field_is(word, sections[k].word);
}

bool dca__lpf_is_keyword(dca__field word)
{
    if (word.length == 0 || word.length > LONGEST_WORD) {
        return false;
    }
    for (size_t k = 0; k < NUM_SECTIONS; k++) {
        if (is_word(word, k)) {
            return true;
        }
    }
    return dca__field_is(word, "FREE") || dca__field_is(word, "INF") ||
           dca__field_is(word, "INFINITY") || dca__field_is(word, "NAN");
}

/* Does `second` stand behind `at`? *behind is the place after it. */
static bool follows(const dca__lpf_scan *scan, const char *at, const char *second,
                    const char **behind)
{
    while (second[0] != '-' && at < scan->end && is_blank(*at)) {
        at++;
    }
    dca__field found = {at, strlen(second)};
    if ((size_t)(scan->end - at) < found.length || !dca__field_is(found, second)) {
        return false;
    }
    *behind = at + found.length;
    return *behind == scan->end || !is_within(**behind);
}

static void find_section(const dca__lpf_scan *scan, dca__lpf_token *token)
{
    if (token->text.length > LONGEST_WORD) {
        return;
    }
    const char *const end = token->text.at + token->text.length;
    for (size_t k = 0; k < NUM_SECTIONS; k++) {
        const char *behind = end;
        if (is_word(token->text, k) &&
            (sections[k].second == NULL || follows(scan, end, sections[k].second, &behind))) {
            token->kind = DCA__LPF_SECTION;
            token->section = sections[k].section;
            token->text.length = (size_t)(behind - token->text.at);
            return;
        }
    }
}

static void scan_name(dca__lpf_scan *scan, dca__lpf_token *token)
{
    const char *at = token->text.at + 1;
    while (at < scan->end && is_within(*at)) {
        at++;
    }
    token->kind = DCA__LPF_NAME;
    token->text.length = (size_t)(at - token->text.at);
    const char *behind = at;
    while (behind < scan->end && is_blank(*behind)) {
        behind++;
    }
    token->label = behind < scan->end && *behind == ':';
    if ((token->text.at[0] & ~32) == 'I' &&
        (dca__field_is(token->text, "INF") || dca__field_is(token->text, "INFINITY"))) {
        token->kind = DCA__LPF_NUMBER;
        token->value = INFINITY;
        token->infinite = true;
    } else if (token->first && !token->label) {
        find_section(scan, token);
    }
}

/* ---- Numbers and signs -------------------------------------------------------------------------- */

/* The end of the number that begins at `at`, or `at`. */
static const char *number_end(const char *at, const char *end)
{
    const char *const begin = at;
    while (at < end && is_digit(*at)) {
        at++;
    }
    bool digits = at > begin;
    if (at < end && *at == '.') {
        const char *const point = at++;
        while (at < end && is_digit(*at)) {
            at++;
        }
        digits = digits || at > point + 1;
    }
    if (!digits) {
        return begin;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        const char *exponent = at + 1;
        if (exponent < end && (*exponent == '+' || *exponent == '-')) {
            exponent++;
        }
        if (exponent < end && is_digit(*exponent)) {
            at = exponent;
            while (at < end && is_digit(*at)) {
                at++;
            }
        }
    }
    return at;
}

static dca__lpf_kind sign_kind(const char *at, const char *end, size_t *length)
{
    const char next = at + 1 < end ? at[1] : '\0';
    *length = 1;
    switch (*at) {
    case '+':
        return DCA__LPF_PLUS;
    case '-':
        *length = next == '>' ? 2 : 1;
        return next == '>' ? DCA__LPF_ARROW : DCA__LPF_MINUS;
    case ':':
        return DCA__LPF_COLON;
    case '<':
        *length = next == '=' ? 2 : 1;
        return DCA__LPF_LESS;
    case '>':
        *length = next == '=' ? 2 : 1;
        return DCA__LPF_GREATER;
    case '=':
        *length = next == '<' || next == '>' ? 2 : 1;
        return next == '<' ? DCA__LPF_LESS : next == '>' ? DCA__LPF_GREATER : DCA__LPF_EQUAL;
    default:
        return DCA__LPF_OTHER;
    }
}

/* ---- The next token ----------------------------------------------------------------------------- */

/* Count a line or token as work; false: stop. */
static bool keep_going(dca__lpf_scan *scan)
{
    enum { LINES = 4096 };
    if (!scan->fresh || scan->number % LINES != 0) {
        return dca__control_poll(scan->control, 1) == DCA__GO;
    }
    dca_progress progress = {.struct_size = (uint32_t)sizeof progress,
                             .phase = DCA_PHASE_READ,
                             .objective = NAN,
                             .infeasibility = NAN};
    progress.fraction = (double)(scan->at - scan->begin) / (double)(scan->end - scan->begin);
    return dca__control_progress(scan->control, 1, &progress) == DCA__GO;
}

/* Step over a comment; false at a zero byte in it, which is where the scan then stands, or when its
 * receiver failed. */
static bool skip_comment(dca__lpf_scan *scan)
{
    const char *const begin = scan->at + 1;
    const char *stop = memchr(begin, '\n', (size_t)(scan->end - begin));
    stop = stop == NULL ? scan->end : stop;
    const bool whole = scan->nul == NULL || scan->nul < begin || scan->nul >= stop;
    if (whole && scan->at == scan->line) {
        const dca__field comment = {begin, (size_t)(stop - begin)};
        scan->status = scan->on_comment(scan->user, comment);
    }
    scan->at = whole ? stop : scan->nul;
    return whole && scan->status == DCA_OK;
}

/* Step over blanks, comments and line ends; false when the control stops it. */
static bool skip(dca__lpf_scan *scan)
{
    while (scan->at < scan->end) {
        if (*scan->at == '\n') {
            scan->line = ++scan->at;
            scan->number++;
            scan->fresh = true;
            if (!keep_going(scan)) {
                return false;
            }
        } else if (is_blank(*scan->at)) {
            scan->at++;
        } else if (*scan->at != '\\' || !skip_comment(scan)) {
            break;
        }
    }
    return true;
}

void dca__lpf_next(dca__lpf_scan *scan, dca__lpf_token *out)
{
    const bool go = skip(scan) && keep_going(scan);
    const char *const at = scan->at;
    const dca__lpf_token blank = {.text = {at, 1},
                                  .line = scan->number,
                                  .column = (int64_t)(at - scan->line) + 1,
                                  .first = scan->fresh};
    *out = blank;
    scan->fresh = false;
    if (!go) {
        out->kind = DCA__LPF_STOPPED;
        out->text.length = 0;
    } else if (at == scan->end) {
        out->kind = DCA__LPF_END;
        out->text.length = 0;
    } else if (dca__lpf_in_name((unsigned char)*at, true)) {
        scan_name(scan, out);
    } else if (is_digit(*at) || *at == '.') {
        const char *const end = number_end(at, scan->end);
        if (end > at && dca__num_parse(at, (size_t)(end - at), &out->value)) {
            out->kind = DCA__LPF_NUMBER;
            out->text.length = (size_t)(end - at);
        } else {
            out->kind = DCA__LPF_OTHER;
        }
    } else {
        out->kind = sign_kind(at, scan->end, &out->text.length);
    }
    scan->at = at + out->text.length;
}

void dca__lpf_scan_init(dca__lpf_scan *scan, const char *text, size_t length, dca_control *control)
{
    memset(scan, 0, sizeof *scan);
    text = length == 0 ? "" : text;
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3; /* byte order mark */
        length -= 3;
    }
    scan->begin = text;
    scan->at = text;
    scan->end = text + length;
    scan->line = text;
    scan->number = 1;
    scan->fresh = true;
    scan->nul = length == 0 ? NULL : memchr(text, 0, length);
    scan->control = control;
}
