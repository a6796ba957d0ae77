/* lpfile_bounds.c - sections bounds, generals and binaries.
 *
 * Columns are [0, inf) until a bound says otherwise; the last one said holds. */
#include "io/lpfile_reader.h"

#include "base/log.h"
#include "io/io_bound.h"

#include <math.h>

/* The column that the token names; said when no objective and no row has it. */
static dca_status named_column(dca__lpf_reader *r, dca_index *out)
{
    const dca_index before = r->lp->num_columns;
    const dca_status status = dca__lpf_column(r, out);
    if (status == DCA_OK && r->lp->num_columns > before) {
        char shown[DCA_SHOWN];
        dca__log(r->env, DCA_LOG_WARNING,
                 "line %lld: column '%s' stands in no row and not in the objective",
                 (long long)r->token.line,
                 dca__file_show(shown, r->token.text.at, r->token.text.length));
    }
    return status;
}

/* A bound: signs and a number. *at is where it begins. */
static dca_status read_value(dca__lpf_reader *r, dca__lpf_token *at, double *out)
{
    dca_status status = DCA_OK;
    double sign = 1.0;
    *at = r->token;
    while (status == DCA_OK &&
           (r->token.kind == DCA__LPF_PLUS || r->token.kind == DCA__LPF_MINUS)) {
        sign = r->token.kind == DCA__LPF_MINUS ? -sign : sign;
        status = dca__lpf_step(r);
    }
    if (status == DCA_OK && r->token.kind != DCA__LPF_NUMBER) {
        return dca__lpf_expected(r, "a number");
    }
    if (status != DCA_OK) {
        return status;
    }
    if (!r->token.infinite && !isfinite(r->token.value)) {
        return dca__lpf_expected(r, "a finite number, or inf");
    }
    dca__lpf_extend(at, &r->token);
    *out = sign * r->token.value;
    return dca__lpf_step(r);
}

/* Column REL value. */
static dca_status bound_column(dca__lpf_reader *r, dca_index j, dca__lpf_kind relation,
                               double value, const dca__lpf_token *at)
{
    const double bound = dca__file_bound(value);
    if (bound == INFINITY && relation != DCA__LPF_LESS) {
        return dca__lpf_wrong(r, at, "as a lower bound, expected one below 1e20");
    }
    if (bound == -INFINITY && relation != DCA__LPF_GREATER) {
        return dca__lpf_wrong(r, at, "as an upper bound, expected one above -1e20");
    }
    if (relation != DCA__LPF_LESS) {
        r->lp->lower[j] = bound;
        r->said[j] |= DCA__LPF_LOWER;
    }
    if (relation != DCA__LPF_GREATER) {
        r->lp->upper[j] = bound;
        r->said[j] |= DCA__LPF_UPPER;
    }
    return DCA_OK;
}

/* The relation and the number behind a column. */
static dca_status read_right(dca__lpf_reader *r, dca_index j)
{
    const dca__lpf_kind relation = r->token.kind;
    dca__lpf_token at;
    double value = 0.0;
    dca_status status = dca__lpf_step(r);
    if (status == DCA_OK) {
        status = read_value(r, &at, &value);
    }
    return status == DCA_OK ? bound_column(r, j, relation, value, &at) : status;
}

/* number REL column, or number REL column REL number. */
static dca_status read_two_sided(dca__lpf_reader *r)
{
    dca__lpf_token at;
    double value = 0.0;
    dca_index j;
    dca_status status = read_value(r, &at, &value);
    if (status == DCA_OK && !dca__lpf_is_relation(r->token.kind)) {
        return dca__lpf_expected(r, "<=, >= or =");
    }
    const dca__lpf_kind relation = r->token.kind;
    if (status == DCA_OK) {
        status = dca__lpf_step(r);
    }
    if (status == DCA_OK && r->token.kind != DCA__LPF_NAME) {
        return dca__lpf_expected(r, "the name of a column");
    }
    if (status == DCA_OK) {
        status = named_column(r, &j);
    }
    if (status == DCA_OK) {
        status = bound_column(r, j, dca__lpf_turned(relation), value, &at);
    }
    if (status == DCA_OK) {
        status = dca__lpf_step(r);
    }
    if (status != DCA_OK || !dca__lpf_is_relation(r->token.kind)) {
        return status;
    }
    if (relation == DCA__LPF_EQUAL || r->token.kind != relation) {
        return dca__lpf_expected(r, relation == DCA__LPF_EQUAL  ? "the next bound"
                                    : relation == DCA__LPF_LESS ? "the next bound, or <="
                                                                : "the next bound, or >=");
    }
    return read_right(r, j);
}

/* column REL number, or column free. */
static dca_status read_one_sided(dca__lpf_reader *r)
{
    dca_index j;
    dca_status status = named_column(r, &j);
    if (status == DCA_OK) {
        status = dca__lpf_step(r);
    }
    if (status != DCA_OK) {
        return status;
    }
    if (dca__lpf_is_relation(r->token.kind)) {
        return read_right(r, j);
    }
    if (r->token.kind != DCA__LPF_NAME || !dca__field_is(r->token.text, "FREE")) {
        return dca__lpf_expected(r, "<=, >=, = or free");
    }
    r->lp->lower[j] = -INFINITY;
    r->lp->upper[j] = INFINITY;
    r->said[j] |= DCA__LPF_LOWER | DCA__LPF_UPPER;
    return dca__lpf_step(r);
}

dca_status dca__lpf_bounds(dca__lpf_reader *r)
{
    dca_status status = DCA_OK;
    while (status == DCA_OK && r->token.kind != DCA__LPF_SECTION && r->token.kind != DCA__LPF_END) {
        switch (r->token.kind) {
        case DCA__LPF_NAME:
            status = read_one_sided(r);
            break;
        case DCA__LPF_NUMBER:
        case DCA__LPF_PLUS:
        case DCA__LPF_MINUS:
            status = read_two_sided(r);
            break;
        default:
            status = dca__lpf_expected(r, "a bound or a section");
            break;
        }
    }
    return status;
}

dca_status dca__lpf_integers(dca__lpf_reader *r, bool binary)
{
    dca_status status = DCA_OK;
    while (status == DCA_OK && r->token.kind != DCA__LPF_SECTION && r->token.kind != DCA__LPF_END) {
        dca_index j;
        if (r->token.kind != DCA__LPF_NAME) {
            return dca__lpf_expected(r, "the name of a column, or a section");
        }
        status = named_column(r, &j);
        if (status == DCA_OK) {
            dca__lp_set_integer(r->lp, j, true);
            r->said[j] |= binary ? DCA__LPF_BINARY : 0;
            status = dca__lpf_step(r);
        }
    }
    return status;
}
