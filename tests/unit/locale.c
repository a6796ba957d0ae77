/* locale.c - linked into every unit test: adopt the locale of the environment before main, so that a
 * run under LC_ALL=de_DE.UTF-8 is one. DCALLOC_TEST_LOCALE names a locale that must be in force. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((constructor)) static void adopt_locale(void)
{
    const char *adopted = setlocale(LC_ALL, "");
    const char *wanted = getenv("DCALLOC_TEST_LOCALE");
    if (wanted == NULL)
        return;
    if (adopted == NULL || strcmp(adopted, wanted) != 0) {
        fprintf(stderr, "locale %s was asked for, %s is in force\n", wanted,
                adopted == NULL ? "none" : adopted);
        exit(1);
    }
    if (strncmp(wanted, "de_DE", 5) == 0 && strcmp(localeconv()->decimal_point, ",") != 0) {
        fprintf(stderr, "locale %s has no decimal comma\n", wanted);
        exit(1);
    }
}
