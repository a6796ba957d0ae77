/* basis_file.h - basis files in the MPS bas format.
 *
 * Rows are basic and columns nonbasic at their lower bound unless a line says otherwise:
 *     XU column row   the column is basic, the row nonbasic at its upper bound
 *     XL column row   the column is basic, the row nonbasic at its lower bound
 *     UL column       the column is nonbasic at its upper bound
 *     LL column       the column is nonbasic at its lower bound
 *     BS column       the column is basic (only where no row is left to pair it with)
 * A side that has no bound stands for the other one, or for "free" where there is none. */
#ifndef DCA_IO_BASIS_FILE_H
#define DCA_IO_BASIS_FILE_H

#include "dcalloc/export.h"
#include "lp/lp.h"
#include "lp/point.h"

/** Read from memory into columns [num_columns] and rows [num_rows], which stay as they were on
 *  failure. O(length). */
DCA_NODISCARD dca_status dca__basis_parse(const dca_lp *lp, const char *text, size_t length,
                                          uint8_t *columns, uint8_t *rows, dca_error *err);
/** The same from a file. */
DCA_NODISCARD dca_status dca__basis_read(const dca_lp *lp, const char *path, uint8_t *columns,
                                         uint8_t *rows, dca_error *err);
/** Write the statuses of a point that has a basis (else DCA_E_STATE). Whole or not at all. */
DCA_NODISCARD dca_status dca__basis_write(dca_env *env, const dca__point *point,
                                          const dca__strtab *column_names,
                                          const dca__strtab *row_names, const char *path,
                                          dca_error *err);

#endif
