/* test_num.c - numbers to text and back: bit for bit, and as strtod of the C locale reads them. */
#include "base/num.h"
#include "base/rng.h"
#include "check.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The reference, strtod and printf, is that of the C locale; the library gets the test's own. */
static locale_t c_locale;

static double reference(const char *text)
{
    const locale_t own = uselocale(c_locale);
    const double value = strtod(text, NULL);
    uselocale(own);
    return value;
}

static void print_17_digits(char text[64], double value)
{
    const locale_t own = uselocale(c_locale);
    snprintf(text, 64, "%.17g", value);
    uselocale(own);
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double double_of(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void assert_same_number(const char *text, double got, double expected)
{
    if (bits_of(got) != bits_of(expected))
        fail_msg("%s: read %.17g, expected %.17g", text, got, expected);
}

static double parse(const char *text)
{
    double value = NAN;
    if (!dca__num_parse(text, strlen(text), &value))
        fail_msg("'%s' was not read as a number", text);
    return value;
}

/* Random bit patterns: every exponent, denormals every fourth time. */
static void test_round_trip(void **state)
{
    (void)state;
    for (uint64_t k = 0; k < 100000; k++) {
        uint64_t bits = dca__hash64(k);
        if (k % 4 == 0)
            bits &= 0x800FFFFFFFFFFFFFu;
        const double value = double_of(bits);
        if (!isfinite(value))
            continue;
        char exact[DCA_NUM_TEXT];
        assert_same_number(exact, parse(dca__num_exact(exact, value)), value);
        char printed[64];
        print_17_digits(printed, value);
        assert_same_number(printed, parse(printed), reference(printed));
    }
}

/* Short decimals, with the point anywhere: what people write. */
static void test_short_decimals(void **state)
{
    (void)state;
    for (uint64_t k = 0; k < 20000; k++) {
        char text[64];
        const int places = (int)(dca__hash64(k) % 12);
        const long long digits = (long long)(dca__hash64(k + 77777) % 100000000u);
        snprintf(text, sizeof text, "%s%lld.%0*lldE%d", k % 2 ? "-" : "", digits, places + 1,
                 digits, (int)(k % 60) - 30);
        assert_same_number(text, parse(text), reference(text));
    }
}

/* Exactly between two doubles, and a digit far behind that decides. 2^53 + 1 lies half way between
 * 2^53 and 2^53 + 2 and goes to the even one; the smallest denormal's half is a tie to zero. */
static void test_halfway(void **state)
{
    (void)state;
    assert_same_number("2^53+1", parse("9007199254740993"), 0x1p53);
    assert_same_number("2^53+1 and a bit",
                       parse("9007199254740993.000000000000000000000000000000000000000000000001"),
                       0x1p53 + 2);
    assert_same_number("2^53+3", parse("9007199254740995e0"), 0x1p53 + 4);
    assert_same_number("1+2^-53", parse("1.00000000000000011102230246251565404236316680908203125"),
                       1.0);
    assert_same_number("1+2^-53 and a bit",
                       parse("1.00000000000000011102230246251565404236316680908203126"),
                       1.0 + DBL_EPSILON);
    assert_same_number("below half of the smallest", parse("2.4703282292062327e-324"), 0.0);
    assert_same_number("above half of the smallest", parse("2.4703282292062328e-324"), 0x1p-1074);
}

static void test_long_digit_strings(void **state)
{
    (void)state;
    char text[4096];
    for (uint64_t k = 0; k < 300; k++) {
        const size_t length = 1 + (size_t)(dca__hash64(k) % 3000);
        const size_t point = (size_t)(dca__hash64(k + 1000) % length);
        for (size_t at = 0; at < length; at++)
            text[at] = at == point && at > 0 ? '.' : (char)('0' + dca__hash64(k * 4096 + at) % 10);
        snprintf(text + length, sizeof text - length, "e%d", (int)(k % 600) - 300);
        assert_same_number(text, parse(text), reference(text));
    }
    /* Leading and trailing zeros in their thousands are not digits that count. */
    memset(text, '0', 2000);
    memcpy(text + 2000, "1.5", 4);
    assert_same_number("zeros before", parse(text), 1.5);
    memcpy(text, "0.", 2);
    memset(text + 2, '0', 2000);
    memcpy(text + 2002, "25e2002", 8);
    assert_same_number("zeros behind the point", parse(text), 25.0);
}

static void test_forms(void **state)
{
    (void)state;
    assert_same_number("D exponent", parse("1.5D+03"), 1500.0);
    assert_same_number("d exponent", parse("15d-1"), 1.5);
    assert_same_number("point first", parse(".5"), 0.5);
    assert_same_number("point last", parse("5."), 5.0);
    assert_same_number("plus", parse("+7"), 7.0);
    assert_same_number("minus zero", parse("-0.0"), -0.0);
    assert_same_number("overflow", parse("1e999999999999"), INFINITY);
    assert_same_number("negative overflow", parse("-1e400"), -INFINITY);
    assert_same_number("underflow", parse("1e-999999999999"), 0.0);
    assert_same_number("largest", parse("1.7976931348623157e308"), DBL_MAX);
    assert_same_number("inf", parse("InF"), INFINITY);
    assert_same_number("-infinity", parse("-INFINITY"), -INFINITY);
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",   " ",    "+",   "-",    ".",   "e5",   "1e",    "1e+",
                                      "1 ", " 1",   "1,5", "0x10", "nan", "NaN",  "1.2.3", "--1",
                                      "1-", "infi", "1f",  "1e5.", "in",  "-nan", "1_0",   "1e1e1"};
    for (size_t k = 0; k < sizeof bad / sizeof bad[0]; k++) {
        double value = 42.0;
        if (dca__num_parse(bad[k], strlen(bad[k]), &value))
            fail_msg("'%s' was read as %.17g", bad[k], value);
    }
    double value = 0.0;
    assert_true(dca__num_parse("12345", 2, &value)); /* the length counts, not a terminator */
    assert_same_number("12", value, 12.0);
}

static void test_shortest(void **state)
{
    (void)state;
    char text[DCA_NUM_TEXT];
    assert_string_equal(dca__num_exact(text, 0.1), "0.1");
    assert_string_equal(dca__num_exact(text, 0.1 + 0.2), "0.30000000000000004");
    assert_string_equal(dca__num_exact(text, INFINITY), "inf");
    assert_string_equal(dca__num_exact(text, -INFINITY), "-inf");
    assert_string_equal(dca__num_exact(text, NAN), "nan");
    assert_string_equal(dca__num_text(text, 2.50, 6), "2.5");
    assert_string_equal(dca__num_text(text, 1.234567e20, 3), "1.23e+20");
    assert_true(strlen(dca__num_exact(text, -DBL_TRUE_MIN)) < DCA_NUM_TEXT);
    assert_true(strlen(dca__num_exact(text, -DBL_MAX)) < DCA_NUM_TEXT);
}

/* What is told to people is what printf() rounds to, near halves and powers of ten too. */
static void test_rounded(void **state)
{
    (void)state;
    uint64_t seed = 17;
    for (int k = 0; k < 200000; k++) {
        const int digits = 1 + (int)(dca__hash64(seed++) % 17);
        const int places = (int)(dca__hash64(seed++) % 24) - 8;
        double value = ldexp((double)(dca__hash64(seed++) >> 11), -53) * pow(10.0, places);
        value = k % 4 == 0 ? floor(value) : k % 4 == 1 ? floor(value) + 0.5 : value;
        value = k % 8 == 6 ? nextafter(pow(10.0, places), k % 16 == 6 ? 0.0 : 1e300) : value;
        char text[DCA_NUM_TEXT];
        char wanted[64];
        const locale_t own = uselocale(c_locale);
        snprintf(wanted, sizeof wanted, "%.*e", digits - 1, value);
        uselocale(own);
        assert_true(reference(dca__num_text(text, value, digits)) == reference(wanted));
        assert_true(reference(dca__num_text(text, -value, digits)) == -reference(wanted));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_short_decimals),
        cmocka_unit_test(test_halfway),    cmocka_unit_test(test_long_digit_strings),
        cmocka_unit_test(test_forms),      cmocka_unit_test(test_refused),
        cmocka_unit_test(test_shortest),   cmocka_unit_test(test_rounded),
    };
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    freelocale(c_locale);
    return failed;
}
