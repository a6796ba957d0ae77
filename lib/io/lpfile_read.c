/* lpfile_read.c - reading LP files: the order of the sections, and what all of them use. */
#include "io/lpfile_reader.h"

#include "base/alloc.h"
#include "base/err.h"
#include "io/io_file.h"

#include <string.h>

/* ---- What all sections use ---------------------------------------------------------------------- */

dca_status dca__lpf_step(dca__lpf_reader *r)
{
    dca__lpf_next(&r->scan, &r->token);
    if (r->scan.status != DCA_OK) {
        return r->scan.status;
    }
    if (r->token.kind == DCA__LPF_STOPPED) {
        return dca__fail_at(r->err, DCA_E_STATE, r->token.line, r->token.column,
                            "reading was stopped by its control at line %lld",
                            (long long)r->token.line);
    }
    return DCA_OK;
}

/* Does the token belong to what is more than linear? */
static const char *beyond_linear(const dca__lpf_token *token)
{
    if (token->kind == DCA__LPF_ARROW) {
        return "indicator constraints are not read";
    }
    if (token->kind == DCA__LPF_SECTION && token->section == DCA__LPF_UNSUPPORTED) {
        return "semi-continuous columns, sets, lazy and general constraints are not read";
    }
    return token->kind == DCA__LPF_OTHER && strchr("[]^*", token->text.at[0]) != NULL &&
                   token->text.at[0] != '\0'
               ? "quadratic terms are not read"
               : NULL;
}

dca_status dca__lpf_expected(dca__lpf_reader *r, const char *expected)
{
    const dca__lpf_token *const at = &r->token;
    char shown[DCA_SHOWN];
    const char *const unread = beyond_linear(at);
    if (unread != NULL) {
        return dca__fail_at(r->err, DCA_E_UNSUPPORTED, at->line, at->column,
                            "found '%s', expected a linear programme: %s",
                            dca__file_show(shown, at->text.at, at->text.length), unread);
    }
    if (at->kind == DCA__LPF_END || at->text.at == r->scan.nul) {
        return dca__fail_at(r->err, DCA_E_SYNTAX, at->line, at->column, "found %s, expected %s",
                            at->kind == DCA__LPF_END ? "the end of the file" : "a zero byte",
                            at->kind == DCA__LPF_END ? expected : "text");
    }
    return dca__fail_at(r->err, DCA_E_SYNTAX, at->line, at->column, "found '%s', expected %s",
                        dca__file_show(shown, at->text.at, at->text.length), expected);
}

dca_status dca__lpf_wrong(dca__lpf_reader *r, const dca__lpf_token *at, const char *sentence)
{
    char shown[DCA_SHOWN];
    return dca__fail_at(r->err, DCA_E_SYNTAX, at->line, at->column, "found '%s' %s",
                        dca__file_show(shown, at->text.at, at->text.length), sentence);
}

void dca__lpf_extend(dca__lpf_token *begin, const dca__lpf_token *number)
{
    if (begin->line == number->line) {
        begin->text.length = (size_t)(number->text.at + number->text.length - begin->text.at);
    }
}

const char *dca__lpf_text(dca__lpf_reader *r, dca__field text)
{
    if (DCA_RESERVE(r->env, r->scratch, r->scratch_capacity, (dca_nnz)text.length + 1) != DCA_OK) {
        return NULL;
    }
    memcpy(r->scratch, text.at, text.length);
    r->scratch[text.length] = '\0';
    return r->scratch;
}

dca_status dca__lpf_column(dca__lpf_reader *r, dca_index *out)
{
    const dca__field name = r->token.text;
    *out = dca__strtab_find(&r->lp->column_names, name.at, name.length);
    if (*out >= 0) {
        return DCA_OK;
    }
    const dca_index n = r->lp->num_columns;
    if (n == INT32_MAX - 1) {
        return dca__lpf_expected(r, "at most 2147483646 columns");
    }
    const char *text = dca__lpf_text(r, name);
    if (text == NULL ||
        DCA_RESERVE(r->env, r->place, r->place_capacity, (dca_nnz)n + 1) != DCA_OK ||
        DCA_RESERVE(r->env, r->said, r->said_capacity, (dca_nnz)n + 1) != DCA_OK) {
        return dca__fail_nomem(r->err);
    }
    const dca_lp_columns column = {
        .struct_size = (uint32_t)sizeof column, .n = 1, .name = {&text, 0}};
    r->place[n] = 0;
    r->said[n] = 0;
    *out = n;
    return dca__lp_add_columns(r->lp, &column, r->err);
}

/* ---- The order of the sections ------------------------------------------------------------------ */

static const char *const any_section = "subject to, bounds, generals, binaries or end, first on a "
                                       "line";

/* The first word says what to do with the objective. */
static dca_status read_sense(dca__lpf_reader *r)
{
    const dca__lpf_token *const token = &r->token;
    if (token->kind == DCA__LPF_NAME && token->label && dca__lpf_is_keyword(token->text)) {
        return dca__lpf_wrong(r, token,
                              "and a colon, expected minimize or maximize without one: lp_solve "
                              "has another format");
    }
    if (token->kind != DCA__LPF_SECTION ||
        (token->section != DCA__LPF_MINIMISE && token->section != DCA__LPF_MAXIMISE)) {
        return dca__lpf_expected(r, "minimize or maximize");
    }
    dca__lp_set_sense(r->lp, token->section == DCA__LPF_MAXIMISE ? DCA_MAXIMISE : DCA_MINIMISE);
    const dca_status status = dca__lpf_step(r);
    return status == DCA_OK ? dca__lpf_objective(r) : status;
}

/* `later`: sections behind the constraints were read. */
static dca_status read_section(dca__lpf_reader *r, bool *later)
{
    const dca__lpf_token head = r->token;
    if (head.kind != DCA__LPF_SECTION || head.section == DCA__LPF_UNSUPPORTED) {
        return dca__lpf_expected(r, any_section);
    }
    if (head.section == DCA__LPF_MINIMISE || head.section == DCA__LPF_MAXIMISE) {
        return dca__lpf_wrong(r, &head, "a second time, expected one objective");
    }
    if (head.section == DCA__LPF_CONSTRAINTS && *later) {
        return dca__lpf_wrong(r, &head, "here, expected it once, right behind the objective");
    }
    *later = true;
    const dca_status status = dca__lpf_step(r);
    if (status != DCA_OK) {
        return status;
    }
    switch (head.section) {
    case DCA__LPF_CONSTRAINTS:
        return dca__lpf_constraints(r);
    case DCA__LPF_BOUNDS:
        return dca__lpf_bounds(r);
    default:
        return dca__lpf_integers(r, head.section == DCA__LPF_BINARIES);
    }
}

static dca_status read_text(dca__lpf_reader *r)
{
    bool later = false;
    dca_status status = dca__lpf_step(r);
    if (status == DCA_OK) {
        status = read_sense(r);
    }
    while (status == DCA_OK &&
           (r->token.kind != DCA__LPF_SECTION || r->token.section != DCA__LPF_THE_END)) {
        status = read_section(r, &later);
    }
    return status;
}

static void release(dca__lpf_reader *r)
{
    dca__strtab_free(r->env, &r->row_names);
    dca__free(r->env, r->scratch);
    dca__free(r->env, r->row_lower);
    dca__free(r->env, r->row_upper);
    dca__free(r->env, r->row_start);
    dca__free(r->env, r->entry_column);
    dca__free(r->env, r->entry_value);
    dca__free(r->env, r->place);
    dca__free(r->env, r->said);
    dca__free(r->env, r->note);
    dca__lp_release(r->lp);
}

dca_status dca__lpfile_parse(dca_env *env, const char *text, size_t length, dca_control *control,
                             dca_lp **out, dca_error *err)
{
    dca__lpf_reader reader;
    memset(&reader, 0, sizeof reader);
    reader.env = env;
    reader.err = err;
    if (dca__lp_new(env, &reader.lp) != DCA_OK) {
        return dca__fail_nomem(err);
    }
    dca__lpf_scan_init(&reader.scan, text, length, control);
    reader.scan.on_comment = dca__lpf_keep_note;
    reader.scan.user = &reader;
    dca_status status = read_text(&reader);
    if (status == DCA_OK) {
        status = dca__lpf_finish(&reader);
    }
    if (status == DCA_OK) {
        *out = reader.lp;
        reader.lp = NULL;
    }
    release(&reader);
    return status;
}

dca_status dca__lpfile_read(dca_env *env, const char *path, dca_control *control, dca_lp **out,
                            dca_error *err)
{
    char *text = NULL;
    size_t length = 0;
    dca_status status = dca__file_read(env, path, control, &text, &length, err);
    if (status == DCA_OK) {
        status = dca__lpfile_parse(env, text, length, control, out, err);
        dca__free(env, text);
    }
    return status;
}
