/* lpfile_write.c - writing LP files that CPLEX, GLPK, HiGHS and Gurobi read, and that read back the same
 * here.
 *
 * Numbers are the shortest decimals that read back the same. Readers number columns as they meet them,
 * so the objective lists all columns up to the last one that would come out of order, those that cost
 * nothing with 0. What some reader does not take is written in other words, with a comment by which
 * ours undoes them (lpfile_notes.h): a row l <= a'x <= u as a'x - s = 0 with a column s in [l, u]; the
 * constant of the objective as the cost of a column fixed at 1; names. A row without limits is written
 * as a'x >= -1e30, which is no limit to any of them. */
#include "io/lpfile.h"

#include "base/alloc.h"
#include "base/err.h"
#include "io/io_bound.h"
#include "io/io_file.h"
#include "io/lpfile_notes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 78 };

typedef struct writer {
    const dca_lp *lp;
    dca__sink *sink;
    int used;         /* of the current line */
    bool begun;       /* the line has more than its indentation */
    dca_nnz *start;   /* [num_rows + 1] the matrix by rows */
    dca_index *index; /* [num_entries] */
    double *value;
    char objective[DCA__LPF_NAME_ROOM];
    char constant[DCA_NAME_ROOM]; /* the column of the objective's constant */
} writer;

static bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* ---- Lines -------------------------------------------------------------------------------------- */

static void text(writer *w, const char *piece)
{
    dca__sink_text(w->sink, piece);
}

static void end_line(writer *w)
{
    text(w, "\n");
    w->used = 0;
    w->begun = false;
}

/* A piece of a line, set off by a blank; on a new line where it does not fit this one. */
static void put(writer *w, const char *sign, const char *number, const char *name)
{
    const size_t length = strlen(sign) + strlen(number) + strlen(name) + 1;
    if (w->begun && w->used + (int)length > WIDTH) {
        end_line(w);
    }
    text(w, " ");
    text(w, sign);
    text(w, number);
    text(w, *number != '\0' && *name != '\0' ? " " : "");
    text(w, name);
    w->used += (int)length;
    w->begun = true;
}

/* value * name, behind other terms or as the first one. */
static void put_term(writer *w, bool first, double value, const char *name)
{
    char number[DCA_NUM_TEXT] = "";
    if (fabs(value) != 1.0) {
        dca__num_exact(number, fabs(value));
    }
    put(w, signbit(value) != 0 ? "- " : first ? "" : "+ ", number, name);
}

static void put_number(writer *w, const char *relation, double value)
{
    char number[DCA_NUM_TEXT];
    put(w, relation, dca__num_exact(number, value), "");
}

static void put_label(writer *w, const char *name)
{
    text(w, " ");
    text(w, name);
    text(w, ":");
    w->used = (int)strlen(name) + 2;
    w->begun = true;
}

/* ---- Names -------------------------------------------------------------------------------------- */

static const char *column_name(const writer *w, dca_index j, char room[DCA__LPF_NAME_ROOM])
{
    return dca__lpf_name(&w->lp->column_names, j, 'C', room);
}

/* The column that holds the range of row i. */
static void range_name(const writer *w, dca_index i, char room[DCA_NAME_ROOM])
{
    const dca__strtab *names = &w->lp->column_names;
    int length = snprintf(room, DCA_NAME_ROOM, "Rg%lld", (long long)i + 1);
    while (length < DCA_NAME_ROOM - 1 && dca__strtab_find(names, room, (size_t)length) >= 0) {
        room[length++] = '_';
        room[length] = '\0';
    }
}

static void choose_names(writer *w)
{
    const dca__strtab *rows = &w->lp->row_names;
    const char *name = w->lp->objective_name;
    if (name == NULL) { /* as in MPS */
        memcpy(w->objective, "obj", 4);
        for (size_t k = 3; k < DCA_NAME_ROOM && dca__file_find(rows, 'R', w->objective, k) >= 0;
             k++) {
            memcpy(w->objective + k, "_", 2);
        }
    } else if (dca__lpf_name_valid(name) && dca__file_find(rows, 'R', name, strlen(name)) < 0) {
        memcpy(w->objective, name, strlen(name) + 1);
    } else {
        dca__lpf_make_name(rows, name, 0, w->objective);
    }
    memcpy(w->constant, "constant", 9);
    for (size_t k = 8;
         k < DCA_NAME_ROOM - 1 && dca__strtab_find(&w->lp->column_names, w->constant, k) >= 0;
         k++) {
        memcpy(w->constant + k, "_", 2);
    }
}

/* ---- The comments ------------------------------------------------------------------------------- */

static void note_name(writer *w, const char *topic, const char *name, const char *truth)
{
    text(w, topic);
    text(w, name);
    text(w, " = ");
    for (; *truth != '\0'; truth++) {
        char coded[3];
        dca__sink_bytes(w->sink, coded, (size_t)dca__lpf_encode((unsigned char)*truth, coded));
    }
    end_line(w);
}

static void note_names(writer *w, const dca__strtab *names, const char *topic, char letter)
{
    for (dca_index k = 0; k < names->count; k++) {
        const char *truth = dca__strtab_name(names, k);
        if (truth != NULL && !dca__lpf_name_valid(truth)) {
            char room[DCA__LPF_NAME_ROOM];
            note_name(w, topic, dca__lpf_name(names, k, letter, room), truth);
        }
    }
}

/* Visible ASCII and blanks, none at the ends. */
static bool is_plain(const char *name)
{
    const size_t length = strlen(name);
    bool plain = length > 0 && name[0] != ' ' && name[length - 1] != ' ';
    for (size_t k = 0; k < length && plain; k++) {
        plain = (unsigned char)name[k] >= ' ' && (unsigned char)name[k] < 127;
    }
    return plain;
}

static bool is_ranged(const dca_lp *lp, dca_index i)
{
    return !isinf(lp->row_lower[i]) && !isinf(lp->row_upper[i]) &&
           !same(lp->row_lower[i], lp->row_upper[i]);
}

static void write_notes(writer *w)
{
    const dca_lp *lp = w->lp;
    if (lp->name != NULL && is_plain(lp->name)) {
        text(w, "\\Problem name: ");
        text(w, lp->name);
        end_line(w);
    } else if (lp->name != NULL) {
        note_name(w, "\\@problem", "", lp->name);
    }
    if (lp->objective_name != NULL && strcmp(lp->objective_name, w->objective) != 0) {
        note_name(w, "\\@objective", "", lp->objective_name);
    }
    note_names(w, &lp->row_names, "\\@row ", 'R');
    note_names(w, &lp->column_names, "\\@column ", 'C');
    for (dca_index i = 0; i < lp->num_rows; i++) {
        if (is_ranged(lp, i)) {
            char row[DCA__LPF_NAME_ROOM];
            char column[DCA_NAME_ROOM];
            range_name(w, i, column);
            text(w, "\\@range ");
            text(w, dca__lpf_name(&lp->row_names, i, 'R', row));
            text(w, " ");
            text(w, column);
            end_line(w);
        }
    }
    if (lp->offset != 0.0) {
        text(w, "\\@constant ");
        text(w, w->constant);
        end_line(w);
    }
}

/* ---- Objective and rows ------------------------------------------------------------------------- */

/* How many columns the objective must list for the rest to come in order. */
static dca_index listed_columns(const dca_lp *lp)
{
    dca_index count = lp->num_columns;
    dca_index next = INT32_MAX; /* the first row of the column behind */
    while (count > 1 && same(lp->cost[count - 1], 0.0) && lp->length[count - 1] > 0 &&
           lp->index[lp->start[count - 1]] <= next) {
        next = lp->index[lp->start[--count]];
    }
    return count;
}

static void write_objective(writer *w)
{
    const dca_lp *lp = w->lp;
    char room[DCA__LPF_NAME_ROOM];
    const dca_index count = listed_columns(lp);
    text(w, lp->sense == DCA_MAXIMISE ? "Maximize" : "Minimize");
    end_line(w);
    put_label(w, w->objective);
    for (dca_index j = 0; j < count; j++) {
        put_term(w, j == 0, lp->cost[j], column_name(w, j, room));
    }
    if (lp->offset != 0.0) {
        put_term(w, count == 0, lp->offset, w->constant);
    }
    end_line(w);
}

static void write_row(writer *w, dca_index i)
{
    const dca_lp *lp = w->lp;
    char room[DCA__LPF_NAME_ROOM];
    const double lower = lp->row_lower[i];
    const double upper = lp->row_upper[i];
    const bool ranged = is_ranged(lp, i);
    put_label(w, dca__lpf_name(&lp->row_names, i, 'R', room));
    for (dca_nnz e = w->start[i]; e < w->start[i + 1]; e++) {
        put_term(w, e == w->start[i], w->value[e], column_name(w, w->index[e], room));
    }
    const bool empty = w->start[i] == w->start[i + 1];
    if (ranged) {
        range_name(w, i, room);
        put_term(w, empty, -1.0, room);
    } else if (empty) {
        put(w, "", "0", lp->num_columns > 0 ? column_name(w, 0, room) : "");
    }
    if (ranged) {
        put_number(w, "= ", 0.0);
    } else if (same(lower, upper)) {
        put_number(w, "= ", lower);
    } else if (!isinf(upper)) {
        put_number(w, "<= ", upper);
    } else {
        put_number(w, ">= ", isinf(lower) ? -1e30 : lower);
    }
    end_line(w);
}

/* ---- Bounds and marks --------------------------------------------------------------------------- */

static void write_bound(writer *w, const char *name, double lower, double upper)
{
    if (same(lower, upper)) {
        put(w, name, "", "");
        put_number(w, "= ", lower);
    } else if (isinf(lower) && isinf(upper)) {
        put(w, name, " free", "");
    } else if (same(lower, 0.0) && upper > 0.0) {
        put(w, name, "", "");
        put_number(w, "<= ", upper);
    } else if (isinf(upper)) {
        put(w, name, "", "");
        put_number(w, ">= ", lower);
    } else {
        put_number(w, "", lower);
        put(w, "<= ", "", name);
        put_number(w, "<= ", upper);
    }
    end_line(w);
}

/* The head of the section, before its first bound. */
static void begin_bounds(writer *w, bool *begun)
{
    if (!*begun) {
        text(w, "Bounds");
        end_line(w);
        *begun = true;
    }
}

static void write_bounds(writer *w)
{
    const dca_lp *lp = w->lp;
    char room[DCA__LPF_NAME_ROOM];
    bool begun = false;
    for (dca_index j = 0; j < lp->num_columns; j++) {
        if (!same(lp->lower[j], 0.0) || lp->upper[j] != INFINITY) {
            begin_bounds(w, &begun);
            write_bound(w, column_name(w, j, room), lp->lower[j], lp->upper[j]);
        }
    }
    for (dca_index i = 0; i < lp->num_rows; i++) {
        if (is_ranged(lp, i)) {
            range_name(w, i, room);
            begin_bounds(w, &begun);
            write_bound(w, room, lp->row_lower[i], lp->row_upper[i]);
        }
    }
    if (lp->offset != 0.0) {
        begin_bounds(w, &begun);
        write_bound(w, w->constant, 1.0, 1.0);
    }
}

static void write_marks(writer *w)
{
    const dca_lp *lp = w->lp;
    char room[DCA__LPF_NAME_ROOM];
    if (lp->num_integers == 0) {
        return;
    }
    text(w, "Generals");
    end_line(w);
    for (dca_index j = 0; j < lp->num_columns; j++) {
        if (lp->integer[j] != 0) {
            put(w, "", "", column_name(w, j, room));
        }
    }
    end_line(w);
}

/* ---- The whole ---------------------------------------------------------------------------------- */

static dca_status check_bounds(const dca_lp *lp, dca_error *err)
{
    char room[DCA__LPF_NAME_ROOM];
    dca_status status = DCA_OK;
    for (int side = 0; side < 2; side++) {
        const double *row = side == 0 ? lp->row_lower : lp->row_upper;
        const double *column = side == 0 ? lp->lower : lp->upper;
        for (dca_index i = 0; i < lp->num_rows && status == DCA_OK; i++) {
            status =
                dca__file_check_bound(DCA_KIND_ROW, i, dca__lpf_name(&lp->row_names, i, 'R', room),
                                      row[i], "LP format", err);
        }
        for (dca_index j = 0; j < lp->num_columns && status == DCA_OK; j++) {
            status = dca__file_check_bound(DCA_KIND_COLUMN, j,
                                           dca__lpf_name(&lp->column_names, j, 'C', room),
                                           column[j], "LP format", err);
        }
    }
    return status;
}

/* The matrix by rows. */
static dca_status transpose(writer *w, dca_error *err)
{
    const dca_lp *lp = w->lp;
    w->start = DCA_ARRAY(lp->env, dca_nnz, (dca_nnz)lp->num_rows + 1);
    w->index = DCA_ARRAY(lp->env, dca_index, lp->num_entries);
    w->value = DCA_ARRAY(lp->env, double, lp->num_entries);
    if (w->start == NULL || w->index == NULL || w->value == NULL) {
        return dca__fail_nomem(err);
    }
    const dca_problem matrix = {.struct_size = (uint32_t)sizeof matrix,
                                .num_rows = lp->num_rows,
                                .num_columns = lp->num_columns,
                                .start = lp->start,
                                .length = lp->length,
                                .index = lp->index,
                                .value = lp->value};
    dca__lp_transpose(&matrix, w->start, w->index, w->value);
    return DCA_OK;
}

dca_status dca__lpfile_write(const dca_lp *lp, const char *path, dca_error *err)
{
    writer w;
    memset(&w, 0, sizeof w);
    w.lp = lp;
    dca_status status = check_bounds(lp, err);
    if (status == DCA_OK) {
        status = transpose(&w, err);
    }
    if (status == DCA_OK) {
        status = dca__sink_open(lp->env, path, &w.sink, err);
    }
    if (status == DCA_OK) {
        choose_names(&w);
        write_notes(&w);
        write_objective(&w);
        text(&w, "Subject To");
        end_line(&w);
        for (dca_index i = 0; i < lp->num_rows; i++) {
            write_row(&w, i);
        }
        write_bounds(&w);
        write_marks(&w);
        text(&w, "End");
        end_line(&w);
        status = dca__sink_close(w.sink, err);
    }
    dca__free(lp->env, w.start);
    dca__free(lp->env, w.index);
    dca__free(lp->env, w.value);
    return status;
}
