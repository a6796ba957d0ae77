/* num.h - numbers to text and back, the same in every locale.
 *
 * Text to number is correctly rounded (the digits are handed to strtod without a decimal point,
 * which is the only thing a locale changes); number to text is the shortest of 15, 16 or 17 digits
 * that reads back bit for bit. */
#ifndef DCA_BASE_NUM_H
#define DCA_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>

enum { DCA_NUM_TEXT = 32 }; /* Room for any number as text. */

/** Parse the whole of text[0..length): decimal, exponent by e, E, d or D, "inf", "infinity" with
 *  sign in any case. False when it is not a number; nan is not one. Overflow gives +-infinity. */
bool dca__num_parse(const char *text, size_t length, double *out);

/** Shortest text that reads back the same; "inf", "-inf", "nan". Returns buffer. */
char *dca__num_exact(char buffer[DCA_NUM_TEXT], double value);

/** At most `digits` significant digits, without trailing zeros: for people. Returns buffer. */
char *dca__num_text(char buffer[DCA_NUM_TEXT], double value, int digits);

/** A double in a message, 6 digits. Lives until the end of the enclosing block. */
#define DCA_G(value) dca__num_text((char[DCA_NUM_TEXT]){0}, (value), 6)

#endif
