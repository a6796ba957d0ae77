/* io_field.h - a piece of a text that is being read, where it stands in it. */
#ifndef DCA_IO_IO_FIELD_H
#define DCA_IO_IO_FIELD_H

#include <stdbool.h>
#include <stddef.h>

typedef struct dca__field {
    const char *at;
    size_t length; /* 0: not there; `at` says where it would be */
} dca__field;

/** Equal, in any case of ASCII letters? `word` is upper case. */
bool dca__field_is(dca__field field, const char *word);
/** Byte for byte? */
bool dca__field_same(dca__field a, dca__field b);

#endif
