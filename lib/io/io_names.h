/* io_names.h - what a row or a column is called in a file: its name, or R1, R2, ..., C1, C2, ... for
 * those without, with '_' appended while another has that name. */
#ifndef DCA_IO_IO_NAMES_H
#define DCA_IO_IO_NAMES_H

#include "base/strtab.h"
#include "dcalloc/types.h"

#include <stdbool.h>

enum { DCA_NAME_ROOM = 64 }; /* for a name that is made up */

/** The name of slot k in a file; `letter` is 'R' or 'C'. Borrowed from the table or from buffer. */
const char *dca__file_name(const dca__strtab *names, dca_index k, char letter,
                           char buffer[DCA_NAME_ROOM]);
/** The slot of such a name, or -1. */
dca_index dca__file_find(const dca__strtab *names, char letter, const char *text, size_t length);
/** Can MPS and basis files hold it? Not empty, no blank and no control character. */
bool dca__file_name_valid(const char *name);

/** Show at most 60 bytes of a text in a message: control characters become '?'. Returns out. */
enum { DCA_SHOWN = 68 };
char *dca__file_show(char out[DCA_SHOWN], const char *text, size_t length);

#endif
