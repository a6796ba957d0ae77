/* lpfile_rows.c - linear expressions, the objective and the constraints.
 *
 * A constraint is two sides with a relation between them, or three, of which the outer ones are
 * constants. Variables are gathered on the left, constants on the right:
 *     left - right  REL  constant of right - constant of left. */
#include "io/lpfile_reader.h"

#include "base/alloc.h"
#include "base/err.h"
#include "io/io_bound.h"

#include <math.h>

/* ---- Expressions -------------------------------------------------------------------------------- */

/* Add `value` to the entry of the column that the token names, in the entries from `first` on. */
static dca_status add_term(dca__lpf_reader *r, dca_nnz first, double value)
{
    dca_index j;
    const dca_status status = dca__lpf_column(r, &j);
    if (status != DCA_OK) {
        return status;
    }
    const dca_nnz at = r->place[j];
    if (at >= first && at < r->num_entries && r->entry_column[at] == j) {
        r->entry_value[at] += value;
        return isfinite(r->entry_value[at])
                   ? DCA_OK
                   : dca__lpf_wrong(r, &r->token,
                                    "whose coefficients add up to more than a number can hold");
    }
    const dca_nnz need = r->num_entries + 1;
    if (DCA_RESERVE(r->env, r->entry_column, r->column_capacity, need) != DCA_OK ||
        DCA_RESERVE(r->env, r->entry_value, r->value_capacity, need) != DCA_OK) {
        return dca__fail_nomem(r->err);
    }
    r->place[j] = r->num_entries;
    r->entry_column[r->num_entries] = j;
    r->entry_value[r->num_entries++] = value;
    return DCA_OK;
}

/* A word for infinity is no term but a whole side. */
static dca_status add_constant(dca__lpf_reader *r, double value, bool infinite, dca__lpf_side *side)
{
    side->constant = side->constants ? side->constant + value : value; /* the first keeps its -0 */
    side->constants = true;
    side->infinite = infinite;
    return isfinite(side->constant) || infinite
               ? DCA_OK
               : dca__lpf_wrong(r, &side->begin,
                                "and constants that add up to more than a number can hold");
}

/* One term: signs, a number, a name, or a number and a name. */
static dca_status read_term(dca__lpf_reader *r, dca_nnz first, double sign, bool breaks,
                            dca__lpf_side *side)
{
    double value = 1.0;
    dca_status status = DCA_OK;
    const bool alone = !side->variables && !side->constants;
    while (status == DCA_OK &&
           (r->token.kind == DCA__LPF_PLUS || r->token.kind == DCA__LPF_MINUS)) {
        value = r->token.kind == DCA__LPF_MINUS ? -value : value;
        status = dca__lpf_step(r);
    }
    if (status == DCA_OK && r->token.kind == DCA__LPF_NUMBER) {
        const bool infinite = r->token.infinite;
        if ((infinite && !alone) || (!infinite && !isfinite(r->token.value))) {
            return dca__lpf_expected(r, "a finite number");
        }
        value *= r->token.value;
        const dca__lpf_token number = r->token;
        if (alone) {
            dca__lpf_extend(&side->begin, &number);
        }
        status = dca__lpf_step(r);
        const bool name = r->token.kind == DCA__LPF_NAME && !r->token.label;
        if (status == DCA_OK && (!name || (breaks && r->token.first))) {
            return add_constant(r, value, infinite, side);
        }
        if (status == DCA_OK && infinite) {
            return dca__lpf_wrong(r, &number, "as a coefficient, expected a finite number");
        }
    }
    if (status == DCA_OK && (r->token.kind != DCA__LPF_NAME || r->token.label)) {
        return dca__lpf_expected(r, "a number or the name of a column");
    }
    if (status == DCA_OK) {
        side->variables = true;
        status = add_term(r, first, sign * value);
    }
    return status == DCA_OK ? dca__lpf_step(r) : status;
}

dca_status dca__lpf_expression(dca__lpf_reader *r, dca_nnz first, double sign, bool breaks,
                               dca__lpf_side *out)
{
    *out = (dca__lpf_side){.begin = r->token};
    dca_status status = read_term(r, first, sign, breaks, out);
    while (status == DCA_OK &&
           (r->token.kind == DCA__LPF_PLUS || r->token.kind == DCA__LPF_MINUS) &&
           !(breaks && r->token.first)) {
        if (out->infinite) {
            return dca__lpf_expected(r, "nothing beside an infinite side");
        }
        status = read_term(r, first, sign, breaks, out);
    }
    return status;
}

/* ---- The objective ------------------------------------------------------------------------------ */

/* A label and its colon, when there is one. */
static dca_status read_label(dca__lpf_reader *r, dca__lpf_token *out)
{
    *out = r->token;
    if (r->token.kind != DCA__LPF_NAME || !r->token.label) {
        out->text.length = 0;
        return DCA_OK;
    }
    dca_status status = dca__lpf_step(r); /* to the colon */
    if (status == DCA_OK) {
        status = dca__lpf_step(r);
    }
    return status;
}

dca_status dca__lpf_objective(dca__lpf_reader *r)
{
    dca__lpf_token label;
    dca_status status = read_label(r, &label);
    if (status == DCA_OK && label.text.length > 0) {
        const char *name = dca__lpf_text(r, label.text);
        status = name == NULL || dca__lp_set_objective_name(r->lp, name) != DCA_OK
                     ? dca__fail_nomem(r->err)
                     : DCA_OK;
    }
    if (status != DCA_OK || r->token.kind == DCA__LPF_SECTION || r->token.kind == DCA__LPF_END) {
        return status; /* an empty objective; the order of sections is not our business */
    }
    dca__lpf_side side;
    status = dca__lpf_expression(r, 0, 1.0, false, &side);
    if (status == DCA_OK && side.infinite) {
        return dca__lpf_wrong(r, &side.begin, "in the objective, expected a finite number");
    }
    if (status == DCA_OK && r->token.kind != DCA__LPF_SECTION) {
        return dca__lpf_expected(r, "+, -, or a section: subject to");
    }
    for (dca_nnz e = 0; e < r->num_entries; e++) {
        r->lp->cost[r->entry_column[e]] = r->entry_value[e];
    }
    r->num_entries = 0;
    if (status == DCA_OK && side.constants) {
        dca__lp_set_offset(r->lp, 0.0 + side.constant); /* never -0 */
    }
    return status;
}

/* ---- Constraints -------------------------------------------------------------------------------- */

/* Narrow the row that is read: its variables REL value. */
static dca_status set_bound(dca__lpf_reader *r, dca__lpf_kind relation, double value,
                            const dca__lpf_side *side)
{
    const double bound = dca__file_bound(value);
    if (bound == INFINITY && relation != DCA__LPF_LESS) {
        return dca__lpf_wrong(r, &side->begin, "as a lower limit, expected one below 1e20");
    }
    if (bound == -INFINITY && relation != DCA__LPF_GREATER) {
        return dca__lpf_wrong(r, &side->begin, "as an upper limit, expected one above -1e20");
    }
    if (relation != DCA__LPF_LESS) {
        r->row_lower[r->num_rows] = bound;
    }
    if (relation != DCA__LPF_GREATER) {
        r->row_upper[r->num_rows] = bound;
    }
    return DCA_OK;
}

/* right - left, where a side without constants counts as 0 and keeps the other's bits. */
static double difference(const dca__lpf_side *right, const dca__lpf_side *left)
{
    return !left->constants ? (right->constants ? right->constant : 0.0)
                            : (right->constants ? right->constant : 0.0) - left->constant;
}

static dca_status read_relation(dca__lpf_reader *r, dca__lpf_kind *out)
{
    *out = r->token.kind;
    return dca__lpf_is_relation(r->token.kind)
               ? dca__lpf_step(r)
               : dca__lpf_expected(r, "+, -, or a relation: <=, >= or =");
}

/* The third side of a range: the first REL middle REL it. */
static dca_status read_range(dca__lpf_reader *r, dca__lpf_kind relation, const dca__lpf_side *first,
                             const dca__lpf_side *middle)
{
    if (first->variables || relation == DCA__LPF_EQUAL || r->token.kind != relation) {
        return dca__lpf_expected(
            r, first->variables             ? "a new line: outside of a range stand numbers only"
               : relation == DCA__LPF_EQUAL ? "a new line: an equation has two sides"
               : relation == DCA__LPF_LESS  ? "a new line, or <="
                                            : "a new line, or >=");
    }
    dca__lpf_side last;
    dca_status status = dca__lpf_step(r);
    if (status == DCA_OK) {
        status = dca__lpf_expression(r, r->num_entries, 1.0, true, &last);
    }
    if (status == DCA_OK && last.variables) {
        return dca__lpf_wrong(r, &last.begin, "as the end of a range, expected a number");
    }
    return status == DCA_OK ? set_bound(r, relation, difference(&last, middle), &last) : status;
}

/* The sides of a constraint; behind a label the left one may be missing (HiGHS writes rows without
 * entries so): it is 0. */
static dca_status read_sides(dca__lpf_reader *r, bool labelled)
{
    const dca_nnz first = r->num_entries;
    const bool missing = labelled && dca__lpf_is_relation(r->token.kind);
    dca__lpf_kind relation = DCA__LPF_EQUAL;
    dca__lpf_side left = {.begin = r->token};
    dca__lpf_side right;
    dca_status status = DCA_OK;
    if (!missing) {
        status = dca__lpf_expression(r, first, 1.0, false, &left);
    }
    if (status == DCA_OK) {
        status = read_relation(r, &relation);
    }
    if (status == DCA_OK) {
        status = dca__lpf_expression(r, first, left.variables ? -1.0 : 1.0, left.variables, &right);
    }
    if (status != DCA_OK) {
        return status;
    }
    const bool ranged = dca__lpf_is_relation(r->token.kind);
    if (missing && ranged) {
        return dca__lpf_expected(r, "a new line: the first side is missing");
    }
    if (right.infinite && (left.infinite || ranged)) {
        return dca__lpf_wrong(r, &right.begin, "here, expected an expression");
    }
    if (left.variables || (!right.variables && !ranged)) {
        status = set_bound(r, relation, difference(&right, &left), &right);
    } else {
        status = set_bound(r, dca__lpf_turned(relation), difference(&left, &right), &left);
    }
    return status == DCA_OK && ranged ? read_range(r, relation, &left, &right) : status;
}

/* Make room for a row that limits nothing so far. */
static dca_status open_row(dca__lpf_reader *r, const dca__lpf_token *label)
{
    const dca_nnz need = (dca_nnz)r->num_rows + 1;
    if (r->num_rows == INT32_MAX) {
        return dca__lpf_expected(r, "at most 2147483647 rows");
    }
    if (label->text.length > 0 &&
        dca__strtab_find(&r->row_names, label->text.at, label->text.length) >= 0) {
        return dca__lpf_wrong(r, label, "as the name of a second row, expected a name of its own");
    }
    const char *name = label->text.length > 0 ? dca__lpf_text(r, label->text) : NULL;
    if ((label->text.length > 0 && name == NULL) ||
        DCA_RESERVE(r->env, r->row_lower, r->lower_capacity, need) != DCA_OK ||
        DCA_RESERVE(r->env, r->row_upper, r->upper_capacity, need) != DCA_OK ||
        DCA_RESERVE(r->env, r->row_start, r->start_capacity, need + 1) != DCA_OK ||
        dca__strtab_append(r->env, &r->row_names, name) != DCA_OK) {
        return dca__fail_nomem(r->err);
    }
    r->row_lower[r->num_rows] = -INFINITY;
    r->row_upper[r->num_rows] = INFINITY;
    r->row_start[r->num_rows] = r->num_entries;
    return DCA_OK;
}

dca_status dca__lpf_constraints(dca__lpf_reader *r)
{
    while (r->token.kind != DCA__LPF_SECTION && r->token.kind != DCA__LPF_END) {
        dca__lpf_token label;
        dca_status status = read_label(r, &label);
        if (status == DCA_OK) {
            status = open_row(r, &label);
        }
        if (status == DCA_OK) {
            status = read_sides(r, label.text.length > 0);
        }
        if (status != DCA_OK) {
            return status;
        }
        r->row_start[++r->num_rows] = r->num_entries;
        if (!r->token.first && !r->token.label && r->token.kind != DCA__LPF_END) {
            return dca__lpf_expected(r, "+, -, or a new line");
        }
    }
    return DCA_OK;
}
