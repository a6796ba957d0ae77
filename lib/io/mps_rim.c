/* mps_rim.c - sections RHS, RANGES and BOUNDS, and what they make of rows and columns.
 *
 * With right-hand side b and range R a row is: N free; E [b, b], with R > 0 [b, b+R], with R < 0
 * [b+R, b]; L (-inf, b], with R [b-|R|, b]; G [b, inf), with R [b, b+|R|]. */
#include "io/mps_reader.h"

#include "base/alloc.h"
#include "base/err.h"
#include "base/log.h"
#include "io/io_bound.h"
#include "io/io_names.h"

#include <math.h>

/* Does the line belong to the set that is read, the first one named? */
static bool in_set(dca__mps_reader *r, dca__field *chosen)
{
    const dca__field set = r->scan.field[1];
    const unsigned known = 1u << r->section;
    const unsigned told = known << 16;
    if ((r->sets & known) == 0) {
        r->sets |= known;
        *chosen = set;
        return true;
    }
    if (dca__field_same(set, *chosen)) {
        return true;
    }
    if ((r->sets & told) == 0) {
        r->sets |= told;
        char shown[DCA_SHOWN];
        dca__log(r->env, DCA_LOG_WARNING,
                 "line %lld: set '%s' is passed over: the first set counts",
                 (long long)r->scan.number, dca__file_show(shown, set.at, set.length));
    }
    return false;
}

static dca_status set_rhs(dca__mps_reader *r, dca__field name, dca__field number)
{
    const dca_index i = dca__mps_find_row(r, name);
    if (i == DCA__MPS_NO_ROW) {
        return dca__mps_expected(r, name, "the name of a row");
    }
    double value;
    const dca_status status = dca__mps_number(r, number, i == DCA__MPS_OBJECTIVE, &value);
    if (status != DCA_OK) {
        return status;
    }
    if (i == DCA__MPS_OBJECTIVE ? r->objective_rhs : !isnan(r->rhs[i])) {
        return dca__mps_wrong(r, name, "a second time, expected one right-hand side per row");
    }
    if (i == DCA__MPS_OBJECTIVE) {
        r->objective_rhs = true;
        dca__lp_set_offset(r->lp, 0.0 - value); /* never -0 */
        return DCA_OK;
    }
    const char type = r->row_type[i];
    if ((value >= DCA__FILE_INFINITY && (type == 'E' || type == 'G')) ||
        (value <= -DCA__FILE_INFINITY && (type == 'E' || type == 'L'))) {
        return dca__mps_expected(r, number,
                                 type == 'E'   ? "a finite number (below 1e20)"
                                 : type == 'G' ? "a number below 1e20"
                                               : "a number above -1e20");
    }
    r->rhs[i] = value;
    return DCA_OK;
}

static dca_status set_range(dca__mps_reader *r, dca__field name, dca__field number)
{
    const dca_index i = dca__mps_find_row(r, name);
    if (i == DCA__MPS_NO_ROW) {
        return dca__mps_expected(r, name, "the name of a row");
    }
    double value;
    const dca_status status = dca__mps_number(r, number, false, &value);
    if (status != DCA_OK || i == DCA__MPS_OBJECTIVE) {
        return status; /* the objective has no bounds */
    }
    if (!isnan(r->range[i])) {
        return dca__mps_wrong(r, name, "a second time, expected one range per row");
    }
    r->range[i] = value;
    return DCA_OK;
}

/* One or two pairs of row and number. */
static dca_status pairs(dca__mps_reader *r, dca__field *chosen,
                        dca_status (*set)(dca__mps_reader *r, dca__field name, dca__field number))
{
    if (!in_set(r, chosen)) {
        return DCA_OK;
    }
    const dca__field *field = r->scan.field;
    const dca_status status = set(r, field[2], field[3]);
    if (status != DCA_OK || (field[4].length == 0 && field[5].length == 0)) {
        return status;
    }
    return set(r, field[4], field[5]);
}

dca_status dca__mps_rhs_line(dca__mps_reader *r)
{
    return pairs(r, &r->rhs_set, set_rhs);
}

dca_status dca__mps_ranges_line(dca__mps_reader *r)
{
    return pairs(r, &r->range_set, set_range);
}

/* ---- BOUNDS ------------------------------------------------------------------------------------- */

typedef struct bound_type {
    const char *word;
    uint8_t bit;
    bool valued, integer;
} bound_type;

static const bound_type bound_types[] = {
    {"UP", DCA__BOUND_UP, true, false},  {"LO", DCA__BOUND_LO, true, false},
    {"FX", DCA__BOUND_FX, true, false},  {"FR", DCA__BOUND_FR, false, false},
    {"MI", DCA__BOUND_MI, false, false}, {"PL", DCA__BOUND_PL, false, false},
    {"BV", DCA__BOUND_BV, false, true},  {"UI", DCA__BOUND_UP, true, true},
    {"LI", DCA__BOUND_LO, true, true},
};

static dca_status find_type(dca__mps_reader *r, dca__field word, const bound_type **out)
{
    for (size_t k = 0; k < sizeof bound_types / sizeof *bound_types; k++) {
        if (dca__field_is(word, bound_types[k].word)) {
            *out = &bound_types[k];
            return DCA_OK;
        }
    }
    if (dca__field_is(word, "SC") || dca__field_is(word, "SI")) {
        return dca__fail_at(r->err, DCA_E_UNSUPPORTED, r->scan.number,
                            dca__mps_column(&r->scan, word.at),
                            "found a semi-continuous column, expected UP, LO, FX, FR, MI, PL, BV, "
                            "UI or LI");
    }
    return dca__mps_expected(r, word, "UP, LO, FX, FR, MI, PL, BV, UI or LI");
}

/* The words of a free line: type, perhaps a set, column, and a number where the type has one. */
static dca_status arrange_bound(dca__mps_reader *r, bool valued)
{
    dca__mps_scan *scan = &r->scan;
    const int count = scan->count;
    const int least = valued ? 3 : 2;
    if (count < least) {
        return dca__mps_expected(r, scan->field[count],
                                 valued ? "type, set, column, value" : "type, set, column");
    }
    if (count > 4) {
        return dca__mps_expected(r, scan->field[4], "the end of the line");
    }
    bool set = count > least;
    if (!valued && count == 3) { /* set and column, or column and a number that says nothing */
        const dca__field last = scan->field[2];
        double number;
        set = dca__strtab_find(&r->lp->column_names, last.at, last.length) >= 0 ||
              !dca__num_parse(last.at, last.length, &number);
    }
    if (!set) {
        scan->field[3] = scan->field[2];
        scan->field[2] = scan->field[1];
        scan->field[1].at = scan->line;
        scan->field[1].length = 0;
    }
    return DCA_OK;
}

static void bound_column(dca__mps_reader *r, dca_index j, const bound_type *type, double value)
{
    dca_lp *lp = r->lp;
    switch (type->bit) {
    case DCA__BOUND_UP:
        lp->upper[j] = value >= DCA__FILE_INFINITY ? INFINITY : value;
        if (value < 0.0 && (r->bounds[j] & ~(DCA__BOUND_UP | DCA__BOUND_PL)) == 0) {
            lp->lower[j] = -INFINITY;
            dca__log(r->env, DCA_LOG_WARNING,
                     "line %lld: an upper bound below 0 without a lower one: the lower one is -inf",
                     (long long)r->scan.number);
        }
        break;
    case DCA__BOUND_LO:
        lp->lower[j] = value <= -DCA__FILE_INFINITY ? -INFINITY : value;
        break;
    case DCA__BOUND_FX:
        lp->lower[j] = lp->upper[j] = value;
        break;
    case DCA__BOUND_FR:
        lp->lower[j] = -INFINITY;
        lp->upper[j] = INFINITY;
        break;
    case DCA__BOUND_MI:
        lp->lower[j] = -INFINITY;
        break;
    case DCA__BOUND_PL:
        lp->upper[j] = INFINITY;
        break;
    default:
        lp->lower[j] = 0.0;
        lp->upper[j] = 1.0;
        break;
    }
    r->bounds[j] |= type->bit;
    if (type->integer) {
        dca__lp_set_integer(lp, j, true);
    }
}

static dca_status bound_value(dca__mps_reader *r, const bound_type *type, double *value)
{
    const dca__field field = r->scan.field[3];
    *value = 0.0;
    if (!type->valued) {
        return DCA_OK;
    }
    const dca_status status = dca__mps_number(r, field, false, value);
    if (status != DCA_OK) {
        return status;
    }
    if (*value >= DCA__FILE_INFINITY && type->bit != DCA__BOUND_UP) {
        return dca__mps_expected(r, field, "a number below 1e20");
    }
    if (*value <= -DCA__FILE_INFINITY && type->bit != DCA__BOUND_LO) {
        return dca__mps_expected(r, field, "a number above -1e20");
    }
    return DCA_OK;
}

dca_status dca__mps_bounds_line(dca__mps_reader *r)
{
    const bound_type *type = NULL;
    dca_status status = find_type(r, r->scan.field[0], &type);
    if (status == DCA_OK && !r->scan.fixed) {
        status = arrange_bound(r, type->valued);
    }
    if (status != DCA_OK) {
        return status;
    }
    if (!in_set(r, &r->bound_set)) {
        return DCA_OK;
    }
    const dca__field name = r->scan.field[2];
    const dca_index j =
        name.length == 0 ? -1 : dca__strtab_find(&r->lp->column_names, name.at, name.length);
    if (j < 0) {
        return dca__mps_expected(r, name, "the name of a column");
    }
    if ((r->bounds[j] & type->bit) != 0) {
        return dca__mps_wrong(r, name, "with this type again, expected each bound once");
    }
    double value;
    status = bound_value(r, type, &value);
    if (status == DCA_OK) {
        bound_column(r, j, type, value);
    }
    return status;
}

/* ---- Exact ranges ------------------------------------------------------------------------------- */

dca_status dca__mps_comment_line(dca__mps_reader *r)
{
    if (r->section != DCA__MPS_RANGES || r->scan.length < 2 || r->scan.line[1] != 'e') {
        return DCA_OK;
    }
    dca__mps_split_words(&r->scan, 7, NULL);
    const dca__field *word = r->scan.field;
    double lower;
    double upper;
    if (r->scan.count != 4 || !dca__field_is(word[0], "*EXACT_RANGE") ||
        !dca__num_parse(word[2].at, word[2].length, &lower) ||
        !dca__num_parse(word[3].at, word[3].length, &upper)) {
        return DCA_OK; /* an ordinary comment */
    }
    const dca_index i = dca__mps_find_row(r, word[1]);
    if (i < 0) {
        return DCA_OK;
    }
    if (r->exact_lower == NULL || r->exact_upper == NULL) {
        const dca_index m = r->lp->num_rows;
        dca__free(r->env, r->exact_lower);
        r->exact_lower = DCA_ARRAY(r->env, double, m);
        r->exact_upper = DCA_ARRAY(r->env, double, m);
        if (r->exact_lower == NULL || r->exact_upper == NULL) {
            return dca__fail_nomem(r->err);
        }
        for (dca_index k = 0; k < m; k++) {
            r->exact_lower[k] = NAN;
        }
    }
    r->exact_lower[i] = lower;
    r->exact_upper[i] = upper;
    return DCA_OK;
}

/* The comment only sharpens what the section says: it may move a bound by its last places. */
static void sharpen(dca__mps_reader *r, dca_index i)
{
    if (r->exact_lower == NULL || isnan(r->exact_lower[i])) {
        return;
    }
    dca_lp *lp = r->lp;
    const double lower = r->exact_lower[i];
    const double upper = r->exact_upper[i];
    const double slack = 0x1p-50 * fmax(fabs(lower), fabs(upper));
    if (isfinite(slack) && lower <= upper && fabs(lp->row_lower[i] - lower) <= slack &&
        fabs(lp->row_upper[i] - upper) <= slack) {
        lp->row_lower[i] = lower;
        lp->row_upper[i] = upper;
    }
}

/* ---- The end ------------------------------------------------------------------------------------ */

static void finish_row(dca__mps_reader *r, dca_index i)
{
    const double b = isnan(r->rhs[i]) ? 0.0 : dca__file_bound(r->rhs[i]);
    const bool ranged = !isnan(r->range[i]) && isfinite(b);
    const double range = ranged ? r->range[i] : 0.0;
    double lower = -INFINITY;
    double upper = INFINITY;
    switch (r->row_type[i]) {
    case 'E':
        lower = range < 0.0 ? dca__file_bound(b + range) : b;
        upper = range > 0.0 ? dca__file_bound(b + range) : b;
        break;
    case 'L':
        upper = b;
        lower = ranged ? dca__file_bound(b - fabs(range)) : -INFINITY;
        break;
    case 'G':
        lower = b;
        upper = ranged ? dca__file_bound(b + fabs(range)) : INFINITY;
        break;
    default:
        break;
    }
    r->lp->row_lower[i] = lower;
    r->lp->row_upper[i] = upper;
}

void dca__mps_finish(dca__mps_reader *r)
{
    dca_lp *lp = r->lp;
    for (dca_index i = 0; i < lp->num_rows; i++) {
        finish_row(r, i);
        sharpen(r, i);
    }
    for (dca_index j = 0; j < lp->num_columns; j++) {
        if (lp->integer[j] != 0 && r->bounds[j] == 0) {
            lp->upper[j] = 1.0;
        }
    }
}
