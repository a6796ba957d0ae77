/* mps_read.c - reading MPS: the sections, NAME, OBJSENSE, OBJNAME and ROWS. */
#include "io/mps_reader.h"

#include "base/alloc.h"
#include "base/err.h"
#include "io/io_file.h"
#include "io/io_names.h"

#include <math.h>
#include <string.h>

/* ---- What all sections use -------------------------------------------------------------------- */

dca_status dca__mps_expected(dca__mps_reader *r, dca__field found, const char *expected)
{
    const int64_t column = dca__mps_column(&r->scan, found.at);
    if (found.length == 0) {
        const bool end = found.at >= r->scan.line + r->scan.length;
        return dca__fail_at(r->err, DCA_E_SYNTAX, r->scan.number, column, "found %s, expected %s",
                            end ? "the end of the line" : "nothing", expected);
    }
    char shown[DCA_SHOWN];
    return dca__fail_at(r->err, DCA_E_SYNTAX, r->scan.number, column, "found '%s', expected %s",
                        dca__file_show(shown, found.at, found.length), expected);
}

dca_status dca__mps_wrong(dca__mps_reader *r, dca__field at, const char *sentence)
{
    char shown[DCA_SHOWN];
    return dca__fail_at(r->err, DCA_E_SYNTAX, r->scan.number, dca__mps_column(&r->scan, at.at),
                        "found '%s' %s", dca__file_show(shown, at.at, at.length), sentence);
}

const char *dca__mps_name(dca__mps_reader *r, dca__field name)
{
    if (DCA_RESERVE(r->env, r->scratch, r->scratch_capacity, (dca_nnz)name.length + 1) != DCA_OK) {
        return NULL;
    }
    memcpy(r->scratch, name.at, name.length);
    r->scratch[name.length] = '\0';
    return r->scratch;
}

dca_index dca__mps_find_row(const dca__mps_reader *r, dca__field name)
{
    if (r->objective.length > 0 && dca__field_same(name, r->objective)) {
        return DCA__MPS_OBJECTIVE;
    }
    return name.length == 0 ? DCA__MPS_NO_ROW
                            : dca__strtab_find(&r->lp->row_names, name.at, name.length);
}

dca_status dca__mps_number(dca__mps_reader *r, dca__field field, bool finite, double *out)
{
    if (!dca__num_parse(field.at, field.length, out)) {
        return dca__mps_expected(r, field, "a number");
    }
    if (finite && !isfinite(*out)) {
        return dca__mps_expected(r, field, "a finite number");
    }
    return DCA_OK;
}

/* ---- NAME, OBJSENSE, OBJNAME -------------------------------------------------------------------- */

static dca_status keep_text(dca__mps_reader *r, dca__field text,
                            dca_status (*set)(dca_lp *lp, const char *name))
{
    const char *name = dca__mps_name(r, text);
    return name != NULL && set(r->lp, name) == DCA_OK ? DCA_OK : dca__fail_nomem(r->err);
}

/* NAME: all that follows, but a last word FREE. */
static dca_status read_name(dca__mps_reader *r)
{
    const dca__mps_scan *scan = &r->scan;
    if (scan->count < 2) {
        return DCA_OK;
    }
    dca__field name = scan->field[1];
    const char *end = scan->line + scan->length;
    const char *word = end;
    while (word > name.at && word[-1] != ' ' && word[-1] != '\t') {
        word--;
    }
    const dca__field last = {word, (size_t)(end - word)};
    if (word > name.at && dca__field_is(last, "FREE")) {
        end = word;
        while (end > name.at && (end[-1] == ' ' || end[-1] == '\t')) {
            end--;
        }
    }
    name.length = (size_t)(end - name.at);
    return keep_text(r, name, dca__lp_set_name);
}

static dca_status read_sense(dca__mps_reader *r, dca__field word)
{
    r->sense_due = false;
    const bool most = dca__field_is(word, "MAX") || dca__field_is(word, "MAXIMIZE") ||
                      dca__field_is(word, "MAXIMISE");
    if (!most && !dca__field_is(word, "MIN") && !dca__field_is(word, "MINIMIZE") &&
        !dca__field_is(word, "MINIMISE")) {
        return dca__mps_expected(r, word, "MIN or MAX");
    }
    dca__lp_set_sense(r->lp, most ? DCA_MAXIMISE : DCA_MINIMISE);
    return DCA_OK;
}

static dca_status read_objective_name(dca__mps_reader *r, dca__field name)
{
    r->name_due = false;
    if ((r->seen & (1u << DCA__MPS_ROWS)) != 0) {
        return dca__mps_wrong(r, name, "as the objective, expected OBJNAME before ROWS");
    }
    r->wanted = name;
    r->wanted_line = r->scan.number;
    r->wanted_column = dca__mps_column(&r->scan, name.at);
    return DCA_OK;
}

/* ---- ROWS --------------------------------------------------------------------------------------- */

static dca_status add_row(dca__mps_reader *r, dca__field field, char type)
{
    if (dca__mps_find_row(r, field) != DCA__MPS_NO_ROW) {
        return dca__mps_wrong(r, field, "as the name of a second row, expected a name of its own");
    }
    if (type == 'N' && r->objective.length == 0 &&
        (r->wanted.length == 0 || dca__field_same(field, r->wanted))) {
        r->objective = field;
        r->scan.objective = field;
        return keep_text(r, field, dca__lp_set_objective_name);
    }
    if (r->lp->num_rows == INT32_MAX) {
        return dca__mps_expected(r, field, "at most 2147483647 rows");
    }
    const char *name = dca__mps_name(r, field);
    if (name == NULL || DCA_RESERVE(r->env, r->row_type, r->row_type_capacity,
                                    (dca_nnz)r->lp->num_rows + 1) != DCA_OK) {
        return dca__fail_nomem(r->err);
    }
    const dca_lp_rows row = {.struct_size = (uint32_t)sizeof row, .n = 1, .name = {&name, 0}};
    const dca_status status = dca__lp_add_rows(r->lp, &row, r->err);
    if (status == DCA_OK) {
        r->row_type[r->lp->num_rows - 1] = type;
    }
    return status;
}

static dca_status rows_line(dca__mps_reader *r)
{
    const dca__field type = r->scan.field[0];
    const char letter = type.length == 1 ? (char)(type.at[0] & ~32) : '\0';
    if (letter != 'N' && letter != 'E' && letter != 'L' && letter != 'G') {
        return dca__mps_expected(r, type, "N, E, L or G");
    }
    const dca__field name = r->scan.field[1];
    if (name.length == 0) {
        return dca__mps_expected(r, name, "the name of a row");
    }
    if (!r->scan.fixed && r->scan.count > 2) {
        return dca__mps_expected(r, r->scan.field[2], "the end of the line");
    }
    return add_row(r, name, letter);
}

/* All rows are known: make what is kept per row. */
static dca_status rows_end(dca__mps_reader *r)
{
    if (r->wanted.length > 0 && r->objective.length == 0) {
        char shown[DCA_SHOWN];
        return dca__fail_at(r->err, DCA_E_SYNTAX, r->wanted_line, r->wanted_column,
                            "found '%s', expected the name of an N row: ROWS has none of it",
                            dca__file_show(shown, r->wanted.at, r->wanted.length));
    }
    const dca_index m = r->lp->num_rows;
    r->rhs = DCA_ARRAY(r->env, double, m);
    r->range = DCA_ARRAY(r->env, double, m);
    r->stamp = DCA_ZEROS(r->env, dca_index, m);
    if (r->rhs == NULL || r->range == NULL || r->stamp == NULL) {
        return dca__fail_nomem(r->err);
    }
    for (dca_index i = 0; i < m; i++) {
        r->rhs[i] = NAN;
        r->range[i] = NAN;
    }
    return DCA_OK;
}

/* ---- Lines -------------------------------------------------------------------------------------- */

/* Put the words of a free line of COLUMNS, RHS or RANGES into the places of the fixed format. */
static dca_status arrange(dca__mps_reader *r)
{
    dca__mps_scan *scan = &r->scan;
    const int count = scan->count;
    const bool set = r->section == DCA__MPS_COLUMNS || count % 2 == 1;
    if (count < (r->section == DCA__MPS_COLUMNS ? 3 : 2) ||
        (r->section == DCA__MPS_COLUMNS && count == 4) || count > 5) {
        const dca__field end = {scan->line + scan->length, 0};
        return dca__mps_expected(r, count > 5 ? scan->field[5] : end,
                                 count > 5 ? "the end of the line"
                                 : r->section == DCA__MPS_COLUMNS
                                     ? "column, row, value, or column, row, value, row, value"
                                     : "set, row, value, or set, row, value, row, value");
    }
    dca__field word[6];
    memcpy(word, scan->field, sizeof word);
    const dca__field none = {scan->line, 0};
    scan->field[0] = none;
    scan->field[1] = set ? word[0] : none;
    for (int k = 0; k < 4; k++) {
        scan->field[2 + k] = word[(set ? 1 : 0) + k];
    }
    return DCA_OK;
}

static dca_status split_line(dca__mps_reader *r)
{
    static const int comment[] = {[DCA__MPS_ROWS] = 2,
                                  [DCA__MPS_COLUMNS] = 1,
                                  [DCA__MPS_RHS] = 1,
                                  [DCA__MPS_RANGES] = 1,
                                  [DCA__MPS_BOUNDS] = 2};
    if (r->scan.fixed) {
        dca__mps_split_columns(&r->scan);
        return DCA_OK;
    }
    const dca__strtab *names = r->section == DCA__MPS_ROWS     ? NULL
                               : r->section == DCA__MPS_BOUNDS ? &r->lp->column_names
                                                               : &r->lp->row_names;
    dca__mps_split_words(&r->scan, comment[r->section], names);
    return r->section == DCA__MPS_ROWS || r->section == DCA__MPS_BOUNDS ? DCA_OK : arrange(r);
}

static dca_status data_line(dca__mps_reader *r)
{
    if (r->sense_due || r->name_due) {
        dca__mps_split_words(&r->scan, 7, NULL);
        return r->sense_due ? read_sense(r, r->scan.field[0])
                            : read_objective_name(r, r->scan.field[0]);
    }
    if (r->section < DCA__MPS_ROWS) {
        dca__mps_split_words(&r->scan, 7, NULL);
        return dca__mps_expected(r, r->scan.field[0], "a section: ROWS");
    }
    const dca_status status = split_line(r);
    if (status != DCA_OK) {
        return status;
    }
    switch (r->section) {
    case DCA__MPS_ROWS:
        return rows_line(r);
    case DCA__MPS_COLUMNS:
        return dca__mps_columns_line(r);
    case DCA__MPS_RHS:
        return dca__mps_rhs_line(r);
    case DCA__MPS_RANGES:
        return dca__mps_ranges_line(r);
    default:
        return dca__mps_bounds_line(r);
    }
}

/* The section before this line ends. */
static dca_status leave_section(dca__mps_reader *r, dca__field word)
{
    if (r->sense_due || r->name_due) {
        return dca__mps_expected(r, word, r->sense_due ? "MIN or MAX" : "the name of a row");
    }
    if (r->section == DCA__MPS_ROWS) {
        return rows_end(r);
    }
    return r->section == DCA__MPS_COLUMNS ? dca__mps_columns_end(r) : DCA_OK;
}

/* May this section stand here? */
static dca_status check_order(dca__mps_reader *r, dca__mps_section next, dca__field word)
{
    const bool rows = (r->seen & (1u << DCA__MPS_ROWS)) != 0;
    const bool columns = (r->seen & (1u << DCA__MPS_COLUMNS)) != 0;
    if (next >= DCA__MPS_COLUMNS && !rows) {
        return dca__mps_expected(r, word, "section ROWS first");
    }
    if (next >= DCA__MPS_RHS && !columns) {
        return dca__mps_expected(r, word, "section COLUMNS first");
    }
    if ((r->seen & (1u << next)) != 0) {
        return dca__mps_wrong(r, word, "a second time, expected each section once");
    }
    return DCA_OK;
}

static dca_status section_line(dca__mps_reader *r)
{
    dca__mps_split_words(&r->scan, 7, NULL);
    const dca__field word = r->scan.field[0];
    dca_status status = leave_section(r, word);
    if (status != DCA_OK) {
        return status;
    }
    const dca__mps_section next = dca__mps_section_of(word);
    if (next == DCA__MPS_UNKNOWN) {
        return dca__mps_expected(r, word,
                                 "NAME, OBJSENSE, OBJNAME, ROWS, COLUMNS, RHS, RANGES, BOUNDS or "
                                 "ENDATA");
    }
    if (next == DCA__MPS_UNSUPPORTED) {
        char shown[DCA_SHOWN];
        return dca__fail_at(r->err, DCA_E_UNSUPPORTED, r->scan.number, 1,
                            "found section '%s', expected a linear programme: quadratic terms, "
                            "sets and general constraints are not read",
                            dca__file_show(shown, word.at, word.length));
    }
    status = check_order(r, next, word);
    if (status != DCA_OK) {
        return status;
    }
    r->section = next;
    r->seen |= 1u << next;
    if (next == DCA__MPS_NAME) {
        return read_name(r);
    }
    if (next == DCA__MPS_OBJSENSE || next == DCA__MPS_OBJNAME) {
        const bool inline_word = r->scan.count > 1;
        r->sense_due = next == DCA__MPS_OBJSENSE && !inline_word;
        r->name_due = next == DCA__MPS_OBJNAME && !inline_word;
        return !inline_word                ? DCA_OK
               : next == DCA__MPS_OBJSENSE ? read_sense(r, r->scan.field[1])
                                           : read_objective_name(r, r->scan.field[1]);
    }
    return DCA_OK;
}

/* ---- The whole ---------------------------------------------------------------------------------- */

/* Count the line as work and look whether to stop. */
static dca_status poll(dca__mps_reader *r, const char *text, size_t length)
{
    enum { LINES = 4096 };
    dca__stop stop;
    if (r->scan.number % LINES == 0) {
        dca_progress progress = {.struct_size = (uint32_t)sizeof progress,
                                 .phase = DCA_PHASE_READ,
                                 .objective = NAN,
                                 .infeasibility = NAN};
        progress.fraction = (double)(r->scan.at - text) / (double)length;
        stop = dca__control_progress(r->control, 2, &progress);
    } else {
        stop = dca__control_poll(r->control, 2);
    }
    if (stop == DCA__GO) {
        return DCA_OK;
    }
    return dca__fail_at(r->err, DCA_E_STATE, r->scan.number, 1,
                        "reading was stopped by its control at line %lld",
                        (long long)r->scan.number);
}

static dca_status read_lines(dca__mps_reader *r, const char *text, size_t length)
{
    while (dca__mps_next_line(&r->scan)) {
        dca_status status = poll(r, text, length);
        if (status != DCA_OK) {
            return status;
        }
        if (r->nul != NULL && r->nul < r->scan.line + r->scan.length) {
            return dca__fail_at(r->err, DCA_E_SYNTAX, r->scan.number,
                                dca__mps_column(&r->scan, r->nul),
                                "found a zero byte, expected text");
        }
        if (dca__mps_is_comment(&r->scan)) {
            status = dca__mps_comment_line(r);
        } else if (dca__mps_is_data(&r->scan)) {
            status = data_line(r);
        } else {
            status = section_line(r);
        }
        if (status != DCA_OK) {
            return status;
        }
        if (r->section == DCA__MPS_ENDATA) {
            return DCA_OK;
        }
    }
    return dca__fail_at(r->err, DCA_E_SYNTAX, r->scan.number + 1, 1,
                        "found the end of the file, expected ENDATA");
}

static void release(dca__mps_reader *r)
{
    dca__free(r->env, r->scratch);
    dca__free(r->env, r->row_type);
    dca__free(r->env, r->rhs);
    dca__free(r->env, r->range);
    dca__free(r->env, r->exact_lower);
    dca__free(r->env, r->exact_upper);
    dca__free(r->env, r->stamp);
    dca__free(r->env, r->entry_row);
    dca__free(r->env, r->entry_value);
    dca__free(r->env, r->bounds);
    dca__lp_release(r->lp);
}

dca_status dca__mps_parse(dca_env *env, const char *text, size_t length, dca_control *control,
                          dca_lp **out, dca_error *err)
{
    dca__mps_reader reader;
    memset(&reader, 0, sizeof reader);
    reader.env = env;
    reader.control = control;
    reader.err = err;
    reader.nul = length == 0 ? NULL : memchr(text, 0, length);
    if (dca__lp_new(env, &reader.lp) != DCA_OK) {
        return dca__fail_nomem(err);
    }
    dca__mps_scan_init(&reader.scan, text, length, control);
    const dca_status status = read_lines(&reader, text, length);
    if (status == DCA_OK) {
        dca__mps_finish(&reader);
        *out = reader.lp;
        reader.lp = NULL;
    }
    release(&reader);
    return status;
}

dca_status dca__mps_read(dca_env *env, const char *path, dca_control *control, dca_lp **out,
                         dca_error *err)
{
    char *text = NULL;
    size_t length = 0;
    dca_status status = dca__file_read(env, path, control, &text, &length, err);
    if (status == DCA_OK) {
        status = dca__mps_parse(env, text, length, control, out, err);
        dca__free(env, text);
    }
    return status;
}
