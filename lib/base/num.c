/* num.c - numbers to text and back, the same in every locale. */
#include "base/num.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool equals_nocase(const char *text, size_t length, const char *word)
{
    if (strlen(word) != length) {
        return false;
    }
    for (size_t k = 0; k < length; k++) {
        const char c = text[k] >= 'A' && text[k] <= 'Z' ? (char)(text[k] + 32) : text[k];
        if (c != word[k]) {
            return false;
        }
    }
    return true;
}

/* Powers of ten that doubles hold exactly. */
static const double exact_tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* digits * 10^exponent, correctly rounded. Beyond 780 significant digits none can change the
 * rounding but their being nonzero, so a single 1 stands for the rest. */
static double scale_digits(const char *digits, size_t count, int64_t exponent)
{
    enum { KEPT = 780 };
    uint64_t mantissa = 0;
    if (count <= 15) {
        for (size_t k = 0; k < count; k++) {
            mantissa = mantissa * 10 + (uint64_t)(digits[k] - '0');
        }
        if (mantissa == 0) {
            return 0.0;
        }
        if (exponent >= 0 && exponent <= 22) {
            return (double)mantissa * exact_tens[exponent];
        }
        if (exponent < 0 && exponent >= -22) {
            return (double)mantissa / exact_tens[-exponent];
        }
    }
    char text[KEPT + 32];
    size_t kept = count;
    if (kept > KEPT) {
        kept = KEPT;
        exponent += (int64_t)(count - KEPT);
    }
    memcpy(text, digits, kept);
    if (kept < count) {
        text[kept++] = '1';
        exponent--;
    }
    const long long bounded = exponent > 99999 ? 99999 : exponent < -99999 ? -99999 : exponent;
    snprintf(text + kept, sizeof text - kept, "e%lld", bounded);
    return strtod(text, NULL);
}

bool dca__num_parse(const char *text, size_t length, double *out)
{
    enum { DIGITS = 1024 };
    char digits[DIGITS];
    size_t count = 0;
    size_t k = 0;
    bool negative = false;
    if (k < length && (text[k] == '+' || text[k] == '-')) {
        negative = text[k++] == '-';
    }
    if (equals_nocase(text + k, length - k, "inf") ||
        equals_nocase(text + k, length - k, "infinity")) {
        *out = negative ? -INFINITY : INFINITY;
        return true;
    }
    int64_t exponent = 0;
    bool seen_digit = false;
    bool seen_point = false;
    for (; k < length && (is_digit(text[k]) || (text[k] == '.' && !seen_point)); k++) {
        if (text[k] == '.') {
            seen_point = true;
            continue;
        }
        seen_digit = true;
        exponent -= seen_point;
        if (count == 0 && text[k] == '0') {
            continue; /* leading zeros */
        }
        if (count < DIGITS - 1) {
            digits[count++] = text[k];
        } else {
            exponent++;
            if (text[k] != '0') {
                digits[DIGITS - 2] = '1'; /* sticky: far below the last place that counts */
            }
        }
    }
    if (!seen_digit) {
        return false;
    }
    if (k < length && strchr("eEdD", text[k]) != NULL && text[k] != '\0') {
        k++;
        bool exponent_negative = false;
        if (k < length && (text[k] == '+' || text[k] == '-')) {
            exponent_negative = text[k++] == '-';
        }
        if (k == length || !is_digit(text[k])) {
            return false;
        }
        int64_t value = 0;
        for (; k < length && is_digit(text[k]); k++) {
            value = value < 1000000 ? value * 10 + (text[k] - '0') : value;
        }
        exponent += exponent_negative ? -value : value;
    }
    if (k != length) {
        return false;
    }
    const double magnitude = count == 0 ? 0.0 : scale_digits(digits, count, exponent);
    *out = negative ? -magnitude : magnitude;
    return true;
}

/* Eight times what one product is wrong by, relative. */
#define ROUNDING 0x1p-50

/* Digits of value > 0 by one multiplication or division with an exact power of ten, whose rounding
 * is known: 0 where it leaves the last digit in doubt, or no such power is there. */
static int split_near(double value, int digits, char out[24], int *exponent)
{
    if (!(value >= 1e-6 && value < 1e15)) {
        return 0;
    }
    int e = 0;
    while (value >= exact_tens[e + 1]) {
        e++;
    }
    while (e <= 0 && value * exact_tens[-e] < 1.0) {
        e--;
    }
    const int shift = digits - 1 - e;
    const double scaled = shift < 0 ? value / exact_tens[-shift] : value * exact_tens[shift];
    uint64_t whole = (uint64_t)scaled;
    const double rest = scaled - (double)whole;
    if (fabs(rest - 0.5) <= ROUNDING * scaled) {
        return 0;
    }
    whole += rest > 0.5;
    if ((double)whole >= exact_tens[digits]) {
        whole /= 10;
        e++;
    }
    int count = digits;
    for (int k = digits - 1; k >= 0; k--, whole /= 10) {
        out[k] = (char)('0' + whole % 10);
        count = count == k + 1 && k > 0 && out[k] == '0' ? k : count;
    }
    *exponent = e;
    return count;
}

/* At most `digits` significant digits without trailing zeros, their number, and the exponent: what
 * "%.*e" prints (its decimal point may be any bytes). */
static int split(double value, int digits, char out[24], int *exponent)
{
    char text[64];
    const int near = split_near(fabs(value), digits, out, exponent);
    if (near > 0) {
        return near;
    }
    snprintf(text, sizeof text, "%.*e", digits - 1, fabs(value));
    int count = 0;
    const char *p = text;
    for (; *p != 'e'; p++) {
        if (is_digit(*p)) {
            out[count++] = *p;
        }
    }
    *exponent = atoi(p + 1);
    while (count > 1 && out[count - 1] == '0') {
        count--;
    }
    return count;
}

/* As %g: plain notation for exponents in [-5, 15], else scientific. */
static char *layout(char *buffer, bool negative, const char *digits, int count, int exponent)
{
    char *p = buffer;
    if (negative) {
        *p++ = '-';
    }
    if (exponent < -5 || exponent > 15) {
        *p++ = digits[0];
        if (count > 1) {
            *p++ = '.';
            memcpy(p, digits + 1, (size_t)count - 1);
            p += count - 1;
        }
        snprintf(p, 8, "e%+03d", exponent);
        return buffer;
    }
    if (exponent < 0) {
        *p++ = '0';
        *p++ = '.';
        for (int k = -1; k > exponent; k--) {
            *p++ = '0';
        }
    }
    for (int k = 0; k < count || k <= exponent; k++) {
        if (k > 0 && k == exponent + 1) {
            *p++ = '.';
        }
        *p++ = k < count ? digits[k] : '0';
    }
    *p = '\0';
    return buffer;
}

static char *special(char *buffer, double value)
{
    memcpy(buffer,
           isnan(value) ? "nan"
           : value > 0  ? "inf"
                        : "-inf",
           isnan(value) || value > 0 ? 4 : 5);
    return buffer;
}

char *dca__num_text(char buffer[DCA_NUM_TEXT], double value, int digits)
{
    if (!isfinite(value)) {
        return special(buffer, value);
    }
    char mantissa[24] = {0};
    int exponent;
    const int count = split(value, digits < 1 ? 1 : digits > 17 ? 17 : digits, mantissa, &exponent);
    return layout(buffer, value < 0, mantissa, count, exponent);
}

char *dca__num_exact(char buffer[DCA_NUM_TEXT], double value)
{
    if (!isfinite(value)) {
        return special(buffer, value);
    }
    for (int digits = 15; digits <= 17; digits++) {
        double back;
        char mantissa[24] = {0};
        int exponent;
        const int count = split(value, digits, mantissa, &exponent);
        layout(buffer, signbit(value) != 0, mantissa, count, exponent);
        if (digits == 17 || (dca__num_parse(buffer, strlen(buffer), &back) && back == value)) {
            break;
        }
    }
    return buffer;
}
