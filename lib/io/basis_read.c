/* basis_read.c - reading basis files. O(length of the file). */
#include "base/alloc.h"
#include "base/err.h"
#include "io/basis_file.h"
#include "io/io_file.h"
#include "io/io_names.h"
#include "io/mps_scan.h"

#include <math.h>
#include <string.h>

typedef struct reader {
    const dca_lp *lp;
    dca_error *err;
    dca__mps_scan scan;
    uint8_t *columns, *rows;
} reader;

/* The status of something nonbasic at a side of its bounds. */
static uint8_t nonbasic(double lower, double upper, bool at_upper)
{
    if (isinf(lower) && isinf(upper)) {
        return DCA_BASIS_FREE;
    }
    return isinf(lower) || (at_upper && !isinf(upper)) ? DCA_BASIS_UPPER : DCA_BASIS_LOWER;
}

static dca_status expected(reader *r, dca__field found, const char *what)
{
    char shown[DCA_SHOWN];
    const int64_t column = dca__mps_column(&r->scan, found.at);
    if (found.length == 0) {
        return dca__fail_at(r->err, DCA_E_SYNTAX, r->scan.number, column,
                            "found the end of the line, expected %s", what);
    }
    return dca__fail_at(r->err, DCA_E_SYNTAX, r->scan.number, column, "found '%s', expected %s",
                        dca__file_show(shown, found.at, found.length), what);
}

static dca_status read_line(reader *r)
{
    const dca_lp *lp = r->lp;
    const dca__field *word = r->scan.field;
    const bool upper = dca__field_is(word[0], "XU");
    const bool pair = upper || dca__field_is(word[0], "XL");
    const bool at_upper = dca__field_is(word[0], "UL");
    const bool basic = dca__field_is(word[0], "BS");
    if (!pair && !at_upper && !basic && !dca__field_is(word[0], "LL")) {
        return expected(r, word[0], "XU, XL, UL, LL or BS");
    }
    const dca_index j = word[1].length == 0
                            ? -1
                            : dca__file_find(&lp->column_names, 'C', word[1].at, word[1].length);
    if (j < 0) {
        return expected(r, word[1], "the name of a column");
    }
    if (!pair) {
        r->columns[j] = basic ? DCA_BASIS_BASIC : nonbasic(lp->lower[j], lp->upper[j], at_upper);
        return DCA_OK;
    }
    const dca_index i =
        word[2].length == 0 ? -1 : dca__file_find(&lp->row_names, 'R', word[2].at, word[2].length);
    if (i < 0) {
        return expected(r, word[2], "the name of a row");
    }
    r->columns[j] = DCA_BASIS_BASIC;
    r->rows[i] = nonbasic(lp->row_lower[i], lp->row_upper[i], upper);
    return DCA_OK;
}

static dca_status read_lines(reader *r)
{
    while (dca__mps_next_line(&r->scan)) {
        if (dca__mps_is_comment(&r->scan)) {
            continue;
        }
        dca__mps_split_words(&r->scan, 7, NULL);
        dca_status status = DCA_OK;
        if (dca__mps_is_data(&r->scan)) {
            status = read_line(r);
        } else if (dca__field_is(r->scan.field[0], "ENDATA")) {
            return DCA_OK;
        } else if (!dca__field_is(r->scan.field[0], "NAME")) {
            status = expected(r, r->scan.field[0], "NAME or ENDATA");
        }
        if (status != DCA_OK) {
            return status;
        }
    }
    return dca__fail_at(r->err, DCA_E_SYNTAX, r->scan.number + 1, 1,
                        "found the end of the file, expected ENDATA");
}

dca_status dca__basis_parse(const dca_lp *lp, const char *text, size_t length, uint8_t *columns,
                            uint8_t *rows, dca_error *err)
{
    dca_status status;
    reader r;
    memset(&r, 0, sizeof r);
    r.lp = lp;
    r.err = err;
    r.scan.at = text;
    r.scan.line = text;
    r.scan.end = text + length;
    r.columns = DCA_ARRAY(lp->env, uint8_t, lp->num_columns);
    r.rows = DCA_ZEROS(lp->env, uint8_t, lp->num_rows);
    if (r.columns == NULL || r.rows == NULL) {
        status = dca__fail_nomem(err);
        goto done;
    }
    for (dca_index j = 0; j < lp->num_columns; j++) {
        r.columns[j] = nonbasic(lp->lower[j], lp->upper[j], false);
    }
    status = read_lines(&r);
    if (status == DCA_OK && lp->num_columns > 0) {
        memcpy(columns, r.columns, (size_t)lp->num_columns);
    }
    if (status == DCA_OK && lp->num_rows > 0) {
        memcpy(rows, r.rows, (size_t)lp->num_rows);
    }
done:
    dca__free(lp->env, r.columns);
    dca__free(lp->env, r.rows);
    return status;
}

dca_status dca__basis_read(const dca_lp *lp, const char *path, uint8_t *columns, uint8_t *rows,
                           dca_error *err)
{
    char *text = NULL;
    size_t length = 0;
    dca_status status = dca__file_read(lp->env, path, NULL, &text, &length, err);
    if (status == DCA_OK) {
        status = dca__basis_parse(lp, text, length, columns, rows, err);
        dca__free(lp->env, text);
    }
    return status;
}
