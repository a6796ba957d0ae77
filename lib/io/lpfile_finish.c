/* lpfile_finish.c - the end of reading an LP file: rows into the LP, binaries, and what comments note.
 *
 * A range that is held in a column, row: expression - column = 0, goes back into the row when the
 * column has no other entry and no cost; so does a constant, held in a column fixed at 1 that no row
 * has. Then true names are set, where they are free. Notes that do not fit are passed over. */
#include "io/lpfile_reader.h"

#include "base/alloc.h"
#include "base/err.h"
#include "base/log.h"

#include <string.h>

dca_status dca__lpf_keep_note(void *reader, dca__field comment)
{
    dca__lpf_reader *r = reader;
    const dca__lpf_note note = dca__lpf_note_of(comment);
    if (note.topic == DCA__LPF_NOTE_NONE) {
        return DCA_OK;
    }
    if (DCA_RESERVE(r->env, r->note, r->note_capacity, r->num_notes + 1) != DCA_OK) {
        return dca__fail_nomem(r->err);
    }
    r->note[r->num_notes++] = note;
    return DCA_OK;
}

/* ---- Columns that stand for a range or a constant ----------------------------------------------- */

typedef struct use {
    dca_index count; /* of entries */
    dca_index row;   /* of the last one */
    double value;
} use;

typedef struct folding {
    use *column;     /* [num_columns] */
    uint8_t *folded; /* [num_rows] */
    dca_index *gone; /* [num_gone] columns to delete */
    dca_index num_gone;
} folding;

static dca_index find(const dca__strtab *names, dca__field name)
{
    return name.length == 0 ? -1 : dca__strtab_find(names, name.at, name.length);
}

static dca_status folding_new(dca__lpf_reader *r, folding *f)
{
    f->column = DCA_ZEROS(r->env, use, r->lp->num_columns);
    f->folded = DCA_ZEROS(r->env, uint8_t, r->num_rows);
    f->gone = DCA_ARRAY(r->env, dca_index, r->lp->num_columns);
    if (f->column == NULL || f->folded == NULL || f->gone == NULL) {
        return dca__fail_nomem(r->err);
    }
    for (dca_index i = 0; i < r->num_rows; i++) {
        for (dca_nnz e = r->row_start[i]; e < r->row_start[i + 1]; e++) {
            use *const of = &f->column[r->entry_column[e]];
            of->count++;
            of->row = i;
            of->value = r->entry_value[e];
        }
    }
    return DCA_OK;
}

static void folding_free(dca__lpf_reader *r, folding *f)
{
    dca__free(r->env, f->column);
    dca__free(r->env, f->folded);
    dca__free(r->env, f->gone);
}

static void fold_range(dca__lpf_reader *r, folding *f, const dca__lpf_note *note)
{
    const dca_index i = find(&r->row_names, note->name);
    const dca_index j = find(&r->lp->column_names, note->other);
    if (i < 0 || j < 0 || f->folded[i] || f->column[j].count != 1 || f->column[j].row != i ||
        f->column[j].value != -1.0 || r->lp->cost[j] != 0.0 || r->lp->integer[j] != 0 ||
        r->row_lower[i] != 0.0 || r->row_upper[i] != 0.0) {
        return;
    }
    r->row_lower[i] = r->lp->lower[j];
    r->row_upper[i] = r->lp->upper[j];
    f->folded[i] = 1;
    f->column[j].count = -1; /* not a second time */
    f->gone[f->num_gone++] = j;
}

static void fold_constant(dca__lpf_reader *r, folding *f, const dca__lpf_note *note)
{
    const dca_index j = find(&r->lp->column_names, note->name);
    if (j < 0 || f->column[j].count != 0 || r->lp->integer[j] != 0 || r->lp->lower[j] != 1.0 ||
        r->lp->upper[j] != 1.0) {
        return;
    }
    dca__lp_set_offset(r->lp, r->lp->offset + r->lp->cost[j]);
    f->column[j].count = -1;
    f->gone[f->num_gone++] = j;
}

/* ---- Names -------------------------------------------------------------------------------------- */

/* The true name of a note as a C string in scratch, or NULL with *status. */
static const char *true_name(dca__lpf_reader *r, const dca__lpf_note *note, dca_status *status)
{
    const dca_nnz need = (dca_nnz)note->other.length + 1;
    if (DCA_RESERVE(r->env, r->scratch, r->scratch_capacity, need) != DCA_OK) {
        *status = dca__fail_nomem(r->err);
        return NULL;
    }
    return dca__lpf_decode(note->other, r->scratch) ? r->scratch : NULL;
}

/* DCA_E_ARG: another has the name, and the note is passed over. */
static dca_status unless_taken(dca__lpf_reader *r, dca_status status)
{
    return status == DCA_OK || status == DCA_E_ARG ? DCA_OK : dca__fail_nomem(r->err);
}

static dca_status rename_rows(dca__lpf_reader *r)
{
    dca_status status = DCA_OK;
    for (dca_nnz k = 0; k < r->num_notes && status == DCA_OK; k++) {
        const dca__lpf_note *const note = &r->note[k];
        if (note->topic == DCA__LPF_NOTE_ROW) {
            const dca_index i = find(&r->row_names, note->name);
            const char *name = i < 0 ? NULL : true_name(r, note, &status);
            if (name != NULL) {
                status = unless_taken(r, dca__strtab_set(r->env, &r->row_names, i, name));
            }
        }
    }
    return status;
}

static dca_status rename_others(dca__lpf_reader *r)
{
    dca_status status = DCA_OK;
    for (dca_nnz k = 0; k < r->num_notes && status == DCA_OK; k++) {
        const dca__lpf_note *const note = &r->note[k];
        if (note->topic == DCA__LPF_NOTE_COLUMN) {
            const dca_index j = find(&r->lp->column_names, note->name);
            const char *name = j < 0 ? NULL : true_name(r, note, &status);
            if (name != NULL) {
                status = unless_taken(r, dca__lp_set_column_name(r->lp, j, name));
            }
        } else if (note->topic == DCA__LPF_NOTE_OBJECTIVE || note->topic == DCA__LPF_NOTE_PROBLEM) {
            const char *name = true_name(r, note, &status);
            if (name != NULL) {
                status = unless_taken(r, note->topic == DCA__LPF_NOTE_PROBLEM
                                             ? dca__lp_set_name(r->lp, name)
                                             : dca__lp_set_objective_name(r->lp, name));
            }
        } else if (note->topic == DCA__LPF_NOTE_PROBLEM_PLAIN) {
            const char *name = dca__lpf_text(r, note->other);
            status = name == NULL ? dca__fail_nomem(r->err)
                                  : unless_taken(r, dca__lp_set_name(r->lp, name));
        }
    }
    return status;
}

/* ---- The whole ---------------------------------------------------------------------------------- */

/* A binary column keeps what the bounds say of it within [0, 1]. */
static void finish_column(dca__lpf_reader *r, dca_index j)
{
    dca_lp *lp = r->lp;
    if ((r->said[j] & DCA__LPF_BINARY) != 0) {
        lp->lower[j] = lp->lower[j] < 0.0 ? 0.0 : lp->lower[j];
        lp->upper[j] = lp->upper[j] > 1.0 ? 1.0 : lp->upper[j];
    }
    if ((r->said[j] & (DCA__LPF_LOWER | DCA__LPF_UPPER)) == DCA__LPF_UPPER && lp->upper[j] < 0.0) {
        char shown[DCA_SHOWN];
        const char *name = dca__strtab_name(&lp->column_names, j);
        dca__log(r->env, DCA_LOG_WARNING,
                 "column '%s' has an upper bound below 0 and no lower one, which stays 0",
                 dca__file_show(shown, name, strlen(name)));
    }
}

static dca_status add_rows(dca__lpf_reader *r)
{
    if (r->num_rows == 0) {
        return DCA_OK;
    }
    const char *const *names = (const char *const *)r->row_names.text;
    const dca_lp_rows rows = {
        .struct_size = (uint32_t)sizeof rows,
        .n = r->num_rows,
        .lower = {r->row_lower, sizeof *r->row_lower},
        .upper = {r->row_upper, sizeof *r->row_upper},
        .name = {names, sizeof *names},
        .entries = {r->row_start, r->entry_column, r->entry_value},
    };
    return dca__lp_add_rows(r->lp, &rows, r->err);
}

dca_status dca__lpf_finish(dca__lpf_reader *r)
{
    folding f = {0};
    dca_status status = DCA_OK;
    for (dca_index j = 0; j < r->lp->num_columns; j++) {
        finish_column(r, j);
    }
    for (dca_nnz k = 0; k < r->num_notes && status == DCA_OK; k++) {
        const dca__lpf_topic topic = r->note[k].topic;
        if (topic != DCA__LPF_NOTE_RANGE && topic != DCA__LPF_NOTE_CONSTANT) {
            continue;
        }
        if (f.column == NULL) {
            status = folding_new(r, &f);
        }
        if (status == DCA_OK && topic == DCA__LPF_NOTE_RANGE) {
            fold_range(r, &f, &r->note[k]);
        } else if (status == DCA_OK) {
            fold_constant(r, &f, &r->note[k]);
        }
    }
    if (status == DCA_OK) {
        status = rename_rows(r);
    }
    if (status == DCA_OK) {
        status = add_rows(r);
    }
    if (status == DCA_OK && f.num_gone > 0) {
        status = dca__lp_delete_columns(r->lp, f.num_gone, f.gone, NULL) == DCA_OK
                     ? DCA_OK
                     : dca__fail_nomem(r->err);
    }
    if (status == DCA_OK) {
        status = rename_others(r);
    }
    folding_free(r, &f);
    return status;
}
