/* opt.c - options by name. */
#include "base/opt.h"

#include "base/err.h"
#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef enum type { REAL, INTEGER, WORDS } type;

typedef struct row {
    const char *name;
    type type;
    size_t offset;
    double initial, lower, upper; /* integers fit: beyond 2^53 only INT64_MAX, "no limit" */
    const char *unit, *words, *sentence;
} row;

static const row table[] = {
#define OPTION_REAL(field, name, initial, lower, upper, unit, sentence)                            \
    {name, REAL, offsetof(dca__settings, field), initial, lower, upper, unit, NULL, sentence},
#define OPTION_INT(field, name, initial, lower, upper, unit, sentence)                             \
    {name,                                                                                         \
     INTEGER,                                                                                      \
     offsetof(dca__settings, field),                                                               \
     (double)(initial),                                                                            \
     (double)(lower),                                                                              \
     (double)(upper),                                                                              \
     unit,                                                                                         \
     NULL,                                                                                         \
     sentence},
#define OPTION_ENUM(field, name, initial, words, sentence)                                         \
    {name, WORDS, offsetof(dca__settings, field), initial, 0, 0, "", words, sentence},
#include "base/options.def"
#undef OPTION_REAL
#undef OPTION_INT
#undef OPTION_ENUM
};
enum { COUNT = sizeof table / sizeof *table };

static void store(dca__settings *settings, const row *option, double value)
{
    char *at = (char *)settings + option->offset;
    if (option->type == REAL) {
        memcpy(at, &value, sizeof value);
    } else if (option->type == INTEGER) {
        const int64_t whole = value >= 0x1p63 ? INT64_MAX : (int64_t)value;
        memcpy(at, &whole, sizeof whole);
    } else {
        const int word = (int)value;
        memcpy(at, &word, sizeof word);
    }
}

void dca__settings_init(dca__settings *settings)
{
    memset(settings, 0, sizeof *settings);
    for (int k = 0; k < COUNT; k++) {
        store(settings, &table[k], table[k].initial);
    }
}

bool dca__settings_agree(const dca__settings *a, const dca__settings *b)
{
    dca__settings other = *b;
    other.time_limit = a->time_limit;
    other.work_limit = a->work_limit;
    other.iteration_limit = a->iteration_limit;
#define OPTION_REAL(field, name, initial, lower, upper, unit, sentence) a->field == other.field &&
#define OPTION_INT(field, name, initial, lower, upper, unit, sentence)  a->field == other.field &&
#define OPTION_ENUM(field, name, initial, words, sentence)              a->field == other.field &&
    return
#include "base/options.def"
        true;
#undef OPTION_REAL
#undef OPTION_INT
#undef OPTION_ENUM
}

/* A limit of 0 is none, so that one that is used up stays at 1. */
static void spend(int64_t *limit, int64_t spent)
{
    if (*limit > 0) {
        *limit = *limit - spent > 1 ? *limit - spent : 1;
    }
}

void dca__settings_spend(dca__settings *settings, double seconds, int64_t work, int64_t iterations)
{
    settings->time_limit = fmax(0.0, settings->time_limit - seconds);
    spend(&settings->work_limit, work);
    spend(&settings->iteration_limit, iterations);
}

static const row *find(const char *name, dca_error *err)
{
    for (int k = 0; k < COUNT; k++) {
        if (strcmp(table[k].name, name) == 0) {
            return &table[k];
        }
    }
    dca__fail(err, DCA_E_ARG, DCA_KIND_OPTION, -1,
              "option '%.60s' does not exist: `dcalloc options` lists the names", name);
    return NULL;
}

/* Index of `value` in "a|b|c", or -1. */
static int word_index(const char *words, const char *value)
{
    const size_t length = strlen(value);
    int index = 0;
    for (const char *p = words;; index++) {
        const size_t span = strcspn(p, "|");
        if (span == length && strncmp(p, value, length) == 0) {
            return index;
        }
        if (p[span] == '\0') {
            return -1;
        }
        p += span + 1;
    }
}

/* A whole number: digits as they stand, or a double below 2^63 such as 2e6. */
static bool whole_number(const char *value, double number, int64_t *out)
{
    int64_t whole = 0;
    const char *p = value;
    for (; *p >= '0' && *p <= '9'; p++) {
        const int digit = *p - '0';
        if (whole > (INT64_MAX - digit) / 10) {
            return false;
        }
        whole = whole * 10 + digit;
    }
    if (p == value || *p != '\0') {
        if (!(fabs(number) < 0x1p63) || number != floor(number)) {
            return false;
        }
        whole = (int64_t)number;
    }
    *out = whole;
    return true;
}

dca_status dca__settings_set(dca__settings *settings, const char *name, const char *value,
                             dca_error *err)
{
    const row *option = find(name, err);
    if (option == NULL) {
        return DCA_E_ARG;
    }
    const dca_index index = (dca_index)(option - table);
    if (option->type == WORDS) {
        const int word = word_index(option->words, value);
        if (word < 0) {
            return dca__fail(err, DCA_E_ARG, DCA_KIND_OPTION, index,
                             "option '%s' is '%.60s', expected one of %s", name, value,
                             option->words);
        }
        store(settings, option, word);
        return DCA_OK;
    }
    double number;
    if (!dca__num_parse(value, strlen(value), &number)) {
        return dca__fail(err, DCA_E_ARG, DCA_KIND_OPTION, index,
                         "option '%s' is '%.60s', expected a number", name, value);
    }
    int64_t whole = 0;
    if (option->type == INTEGER && !whole_number(value, number, &whole)) {
        return dca__fail(err, DCA_E_ARG, DCA_KIND_OPTION, index,
                         "option '%s' is %.60s, expected a whole number below 2^63", name, value);
    }
    if (!(number >= option->lower && number <= option->upper)) {
        return dca__fail(err, DCA_E_ARG, DCA_KIND_OPTION, index,
                         "option '%s' is %.60s, expected a value in [%s, %s]", name, value,
                         DCA_G(option->lower), DCA_G(option->upper));
    }
    if (option->type == INTEGER) {
        memcpy((char *)settings + option->offset, &whole, sizeof whole);
    } else {
        store(settings, option, number);
    }
    return DCA_OK;
}

/* The k-th word of "a|b|c". */
static void word_text(const char *words, int k, char out[32])
{
    const char *p = words;
    for (; k > 0; k--) {
        p += strcspn(p, "|") + 1;
    }
    snprintf(out, 32, "%.*s", (int)strcspn(p, "|"), p);
}

static void value_text(const row *option, double value, char out[32])
{
    if (option->type == WORDS) {
        word_text(option->words, (int)value, out);
    } else if (option->type == INTEGER) {
        const int64_t whole = value >= 0x1p63 ? INT64_MAX : (int64_t)value;
        snprintf(out, 32, "%lld", (long long)whole);
    } else {
        dca__num_exact(out, value);
    }
}

dca_index dca__settings_count(void)
{
    return COUNT;
}

void dca__settings_describe(dca_index k, dca__option_info *out)
{
    static const char *const type_names[] = {"real", "integer"};
    const row *option = &table[k];
    memset(out, 0, sizeof *out);
    out->name = option->name;
    out->type = option->type == WORDS ? option->words : type_names[option->type];
    out->unit = option->unit;
    out->sentence = option->sentence;
    value_text(option, option->initial, out->initial);
    if (option->type != WORDS) {
        value_text(option, option->lower, out->lower);
        value_text(option, option->upper, out->upper);
    }
}

dca_status dca__settings_get(const dca__settings *settings, const char *name, char out[32],
                             dca_error *err)
{
    const row *option = find(name, err);
    if (option == NULL) {
        return DCA_E_ARG;
    }
    const char *at = (const char *)settings + option->offset;
    if (option->type == INTEGER) {
        int64_t whole;
        memcpy(&whole, at, sizeof whole);
        snprintf(out, 32, "%lld", (long long)whole);
    } else if (option->type == WORDS) {
        int word;
        memcpy(&word, at, sizeof word);
        word_text(option->words, word, out);
    } else {
        double number;
        memcpy(&number, at, sizeof number);
        dca__num_exact(out, number);
    }
    return DCA_OK;
}

dca_status dca__settings_get_number(const dca__settings *settings, const char *name, double *out,
                                    dca_error *err)
{
    const row *option = find(name, err);
    if (option == NULL) {
        return DCA_E_ARG;
    }
    const char *at = (const char *)settings + option->offset;
    if (option->type == INTEGER) {
        int64_t whole;
        memcpy(&whole, at, sizeof whole);
        *out = (double)whole;
    } else if (option->type == WORDS) {
        int word;
        memcpy(&word, at, sizeof word);
        *out = word;
    } else {
        memcpy(out, at, sizeof *out);
    }
    return DCA_OK;
}
