/* check.h - cmocka with the headers it wants, and nothing else. */
#ifndef DCA_TESTS_CHECK_H
#define DCA_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#endif
