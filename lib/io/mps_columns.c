/* mps_columns.c - section COLUMNS: entries, costs and integer markers. */
#include "io/mps_reader.h"

#include "base/alloc.h"
#include "base/err.h"

#include <math.h>

/* Give the column that was read to the LP. */
static dca_status flush_column(dca__mps_reader *r)
{
    if (r->column.length == 0) {
        return DCA_OK;
    }
    const char *name = dca__mps_name(r, r->column);
    if (name == NULL) {
        return dca__fail_nomem(r->err);
    }
    const dca_nnz start[2] = {0, r->num_entries};
    const dca_index integer = r->integer;
    const dca_lp_columns column = {
        .struct_size = (uint32_t)sizeof column,
        .n = 1,
        .cost = {&r->cost, 0},
        .integer = {&integer, 0},
        .name = {&name, 0},
        .entries = {start, r->entry_row, r->entry_value},
    };
    r->column.length = 0;
    return dca__lp_add_columns(r->lp, &column, r->err);
}

static dca_status begin_column(dca__mps_reader *r, dca__field name)
{
    const dca_status status = flush_column(r);
    if (status != DCA_OK) {
        return status;
    }
    if (dca__strtab_find(&r->lp->column_names, name.at, name.length) >= 0) {
        return dca__mps_wrong(r, name,
                              "again, expected the entries of a column on consecutive lines");
    }
    if (r->lp->num_columns == INT32_MAX - 1) {
        return dca__mps_expected(r, name, "at most 2147483646 columns");
    }
    r->column = name;
    r->cost = 0.0;
    r->cost_seen = false;
    r->num_entries = 0;
    return DCA_OK;
}

static dca_status add_entry(dca__mps_reader *r, dca__field row, dca__field number)
{
    const dca_index i = dca__mps_find_row(r, row);
    if (i == DCA__MPS_NO_ROW) {
        return dca__mps_expected(r, row, "the name of a row");
    }
    double value;
    const dca_status status = dca__mps_number(r, number, true, &value);
    if (status != DCA_OK) {
        return status;
    }
    const dca_index mark = r->lp->num_columns + 1;
    if (i == DCA__MPS_OBJECTIVE ? r->cost_seen : r->stamp[i] == mark) {
        return dca__mps_wrong(r, row, "a second time in this column, expected each row once");
    }
    if (i == DCA__MPS_OBJECTIVE) {
        r->cost = value;
        r->cost_seen = true;
        return DCA_OK;
    }
    if (DCA_RESERVE(r->env, r->entry_row, r->row_capacity, r->num_entries + 1) != DCA_OK ||
        DCA_RESERVE(r->env, r->entry_value, r->value_capacity, r->num_entries + 1) != DCA_OK) {
        return dca__fail_nomem(r->err);
    }
    r->stamp[i] = mark;
    r->entry_row[r->num_entries] = i;
    r->entry_value[r->num_entries++] = value;
    return DCA_OK;
}

/* 'MARKER' lines switch integer columns on and off. */
static dca_status marker(dca__mps_reader *r, dca__field word)
{
    const dca_status status = flush_column(r);
    if (status != DCA_OK) {
        return status;
    }
    r->integer = dca__field_is(word, "'INTORG'");
    return DCA_OK;
}

dca_status dca__mps_columns_line(dca__mps_reader *r)
{
    const dca__field *field = r->scan.field;
    if (dca__field_is(field[2], "'MARKER'")) {
        const dca__field word = field[3].length > 0 ? field[3] : field[4];
        if (dca__field_is(word, "'INTORG'") || dca__field_is(word, "'INTEND'")) {
            return marker(r, word);
        }
        if (dca__field_is(word, "'SOSORG'") || dca__field_is(word, "'SOSEND'")) {
            return dca__fail_at(r->err, DCA_E_UNSUPPORTED, r->scan.number,
                                dca__mps_column(&r->scan, word.at),
                                "found a special ordered set, expected 'INTORG' or 'INTEND'");
        }
    }
    if (field[1].length == 0) {
        return dca__mps_expected(r, field[1], "the name of a column");
    }
    dca_status status = DCA_OK;
    if (r->column.length == 0 || !dca__field_same(field[1], r->column)) {
        status = begin_column(r, field[1]);
    }
    if (status == DCA_OK) {
        status = add_entry(r, field[2], field[3]);
    }
    if (status == DCA_OK && (field[4].length > 0 || field[5].length > 0)) {
        status = add_entry(r, field[4], field[5]);
    }
    return status;
}

dca_status dca__mps_columns_end(dca__mps_reader *r)
{
    const dca_status status = flush_column(r);
    if (status != DCA_OK) {
        return status;
    }
    r->bounds = DCA_ZEROS(r->env, uint8_t, r->lp->num_columns);
    return r->bounds == NULL ? dca__fail_nomem(r->err) : DCA_OK;
}
