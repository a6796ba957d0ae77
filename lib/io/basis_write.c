/* basis_write.c - writing basis files: the k-th basic column is paired with the k-th nonbasic row. */
#include "base/err.h"
#include "io/basis_file.h"
#include "io/io_file.h"
#include "io/io_names.h"

#include <string.h>

/* Names that cannot be written, or more nonbasic rows than basic columns to name them with. */
static dca_status check(const dca__point *point, const dca__strtab *column_names,
                        const dca__strtab *row_names, dca_error *err)
{
    if (!point->has_basis) {
        return dca__fail(err, DCA_E_STATE, DCA_KIND_NONE, -1,
                         "the answer has no basis, expected one to write");
    }
    dca_nnz pairs = 0;
    for (dca_index j = 0; j < point->num_columns; j++) {
        const char *name = dca__strtab_name(column_names, j);
        if (name != NULL && !dca__file_name_valid(name)) {
            return dca__fail(err, DCA_E_ARG, DCA_KIND_COLUMN, j,
                             "column %d has a name with blanks or none, which a basis file cannot "
                             "hold",
                             (int)j);
        }
        pairs += point->column_status[j] == DCA_BASIS_BASIC;
    }
    for (dca_index i = 0; i < point->num_rows; i++) {
        const char *name = dca__strtab_name(row_names, i);
        if (name != NULL && !dca__file_name_valid(name)) {
            return dca__fail(
                err, DCA_E_ARG, DCA_KIND_ROW, i,
                "row %d has a name with blanks or none, which a basis file cannot hold", (int)i);
        }
        pairs -= point->row_status[i] != DCA_BASIS_BASIC;
    }
    if (pairs < 0) {
        return dca__fail(err, DCA_E_STATE, DCA_KIND_NONE, -1,
                         "%lld rows and columns too few are basic, expected a basis",
                         (long long)-pairs);
    }
    return DCA_OK;
}

dca_status dca__basis_write(dca_env *env, const dca__point *point, const dca__strtab *column_names,
                            const dca__strtab *row_names, const char *path, dca_error *err)
{
    dca__sink *sink = NULL;
    dca_status status = check(point, column_names, row_names, err);
    if (status == DCA_OK) {
        status = dca__sink_open(env, path, &sink, err);
    }
    if (status != DCA_OK) {
        return status;
    }
    char room[DCA_NAME_ROOM];
    dca_index i = 0;
    dca__sink_text(sink, "NAME\n");
    for (dca_index j = 0; j < point->num_columns; j++) {
        if (point->column_status[j] == DCA_BASIS_LOWER ||
            point->column_status[j] == DCA_BASIS_FREE) {
            continue;
        }
        const bool basic = point->column_status[j] == DCA_BASIS_BASIC;
        while (basic && i < point->num_rows && point->row_status[i] == DCA_BASIS_BASIC) {
            i++;
        }
        const bool pair = basic && i < point->num_rows;
        dca__sink_text(sink, !basic                                    ? " UL "
                             : !pair                                   ? " BS "
                             : point->row_status[i] == DCA_BASIS_UPPER ? " XU "
                                                                       : " XL ");
        dca__sink_text(sink, dca__file_name(column_names, j, 'C', room));
        if (pair) {
            dca__sink_text(sink, " ");
            dca__sink_text(sink, dca__file_name(row_names, i++, 'R', room));
        }
        dca__sink_text(sink, "\n");
    }
    dca__sink_text(sink, "ENDATA\n");
    return dca__sink_close(sink, err);
}
