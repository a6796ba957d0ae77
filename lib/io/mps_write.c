/* mps_write.c - writing free MPS that reads back the same bit for bit.
 *
 * Numbers are the shortest decimals that read back the same. A row with two finite bounds is written as
 * G with a width that, added to the lower bound, rounds to the upper one, or as L with a width that,
 * taken from the upper bound, rounds to the lower one. There are pairs of bounds that no width
 * connects either way (-1 and 1 + 2^-52: their distance needs 54 bits); then the nearest width is
 * followed by a comment that holds both, which our reader reads and others pass over. */
#include "io/mps.h"

#include "base/err.h"
#include "io/io_bound.h"
#include "io/io_file.h"
#include "io/io_names.h"

#include <math.h>
#include <string.h>

typedef struct writer {
    const dca_lp *lp;
    dca__sink *sink;
    const char *objective;
    char objective_room[DCA_NAME_ROOM];
    char room[DCA_NAME_ROOM]; /* for a name that is made up */
} writer;

static bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static const char *row_name(writer *w, dca_index i)
{
    return dca__file_name(&w->lp->row_names, i, 'R', w->room);
}

static const char *column_name(writer *w, dca_index j)
{
    return dca__file_name(&w->lp->column_names, j, 'C', w->room);
}

/* ---- What the format cannot hold ---------------------------------------------------------------- */

static dca_status check_name(dca_kind kind, dca_index index, const char *name, dca_error *err)
{
    if (name == NULL || dca__file_name_valid(name)) {
        return DCA_OK;
    }
    char shown[DCA_SHOWN];
    return dca__fail(err, DCA_E_ARG, kind, index,
                     "%s %d has the name '%s', expected one that MPS can hold: not empty, without "
                     "blanks and control characters",
                     dca__kind_name(kind), (int)index, dca__file_show(shown, name, strlen(name)));
}

static dca_status check_rows(writer *w, dca_error *err)
{
    const dca_lp *lp = w->lp;
    dca_status status = DCA_OK;
    for (dca_index i = 0; i < lp->num_rows && status == DCA_OK; i++) {
        const char *name = row_name(w, i);
        status = check_name(DCA_KIND_ROW, i, name, err);
        if (status == DCA_OK) {
            status = dca__file_check_bound(DCA_KIND_ROW, i, name, lp->row_lower[i], "MPS", err);
        }
        if (status == DCA_OK) {
            status = dca__file_check_bound(DCA_KIND_ROW, i, name, lp->row_upper[i], "MPS", err);
        }
        if (status == DCA_OK && lp->row_lower[i] > lp->row_upper[i]) {
            status = dca__fail(err, DCA_E_ARG, DCA_KIND_ROW, i,
                               "row '%.80s' has the lower bound %s above its upper bound %s, which "
                               "MPS cannot hold",
                               name, DCA_G(lp->row_lower[i]), DCA_G(lp->row_upper[i]));
        }
    }
    return status;
}

static dca_status check_columns(writer *w, dca_error *err)
{
    const dca_lp *lp = w->lp;
    dca_status status = DCA_OK;
    for (dca_index j = 0; j < lp->num_columns && status == DCA_OK; j++) {
        const char *name = column_name(w, j);
        status = check_name(DCA_KIND_COLUMN, j, name, err);
        if (status == DCA_OK) {
            status = dca__file_check_bound(DCA_KIND_COLUMN, j, name, lp->lower[j], "MPS", err);
        }
        if (status == DCA_OK) {
            status = dca__file_check_bound(DCA_KIND_COLUMN, j, name, lp->upper[j], "MPS", err);
        }
    }
    return status;
}

/* The name of the problem may hold blanks, but none at its ends. */
static dca_status check_problem_name(const char *name, dca_error *err)
{
    bool valid = name == NULL || (*name > ' ' && name[strlen(name) - 1] != ' ');
    for (const unsigned char *at = (const unsigned char *)name; valid && at != NULL && *at != '\0';
         at++) {
        valid = *at >= ' ' && *at != 127;
    }
    if (valid) {
        return DCA_OK;
    }
    char shown[DCA_SHOWN];
    return dca__fail(err, DCA_E_ARG, DCA_KIND_NONE, -1,
                     "the problem has the name '%s', expected one that MPS can hold: not empty, no "
                     "blank at its ends and no control characters",
                     dca__file_show(shown, name, strlen(name)));
}

static dca_status choose_objective(writer *w, dca_error *err)
{
    const dca__strtab *rows = &w->lp->row_names;
    const char *name = w->lp->objective_name;
    if (name == NULL) { /* as row names are made up */
        char *made = w->objective_room;
        memcpy(made, "obj", 4);
        for (size_t k = 3; k < DCA_NAME_ROOM - 1 && dca__file_find(rows, 'R', made, k) >= 0; k++) {
            memcpy(made + k, "_", 2);
        }
        w->objective = made;
        return DCA_OK;
    }
    w->objective = name;
    if (!dca__file_name_valid(name) || dca__file_find(rows, 'R', name, strlen(name)) >= 0) {
        char shown[DCA_SHOWN];
        return dca__fail(
            err, DCA_E_ARG, DCA_KIND_NONE, -1,
            "the objective has the name '%s', expected one that no row has and that MPS "
            "can hold: not empty, without blanks and control characters",
            dca__file_show(shown, name, strlen(name)));
    }
    return DCA_OK;
}

/* ---- Rows --------------------------------------------------------------------------------------- */

/* How a row is written: N, E, L or G, its right-hand side, and a width where there is one. */
typedef struct row_form {
    char type;
    double rhs, width; /* width NaN: none */
    bool exact;        /* reads back bit for bit */
} row_form;

/* A width near `guess` that leads from `from` to `to`, or NaN. */
static double find_width(double from, double to, double sign, double guess)
{
    const double tries[] = {guess, nextafter(guess, 0.0), nextafter(guess, INFINITY)};
    for (size_t k = 0; k < sizeof tries / sizeof *tries; k++) {
        if (same(from + sign * tries[k], to)) {
            return tries[k];
        }
    }
    return NAN;
}

static row_form form_of(double lower, double upper)
{
    row_form form = {'N', 0.0, NAN, true};
    if (same(lower, upper)) {
        form.type = 'E';
        form.rhs = lower;
    } else if (isinf(lower) && !isinf(upper)) {
        form.type = 'L';
        form.rhs = upper;
    } else if (isinf(upper) && !isinf(lower)) {
        form.type = 'G';
        form.rhs = lower;
    } else if (!isinf(lower)) {
        const double guess = fabs(upper - lower); /* no -0 */
        form.type = 'G';
        form.rhs = lower;
        form.width = find_width(lower, upper, 1.0, guess);
        if (isnan(form.width)) {
            const double other = find_width(upper, lower, -1.0, guess);
            form.exact = !isnan(other);
            form.type = form.exact ? 'L' : 'G';
            form.rhs = form.exact ? upper : lower;
            form.width = form.exact ? other : guess;
        }
    }
    return form;
}

static void line_of(writer *w, const char *set, const char *name, double value)
{
    dca__sink_text(w->sink, set);
    dca__sink_text(w->sink, name);
    dca__sink_text(w->sink, " ");
    dca__sink_number(w->sink, value);
    dca__sink_text(w->sink, "\n");
}

static void write_rows(writer *w)
{
    const dca_lp *lp = w->lp;
    dca__sink_text(w->sink, "ROWS\n N ");
    dca__sink_text(w->sink, w->objective);
    dca__sink_text(w->sink, "\n");
    for (dca_index i = 0; i < lp->num_rows; i++) {
        const row_form form = form_of(lp->row_lower[i], lp->row_upper[i]);
        const char start[] = {' ', form.type, ' ', '\0'};
        dca__sink_text(w->sink, start);
        dca__sink_text(w->sink, row_name(w, i));
        dca__sink_text(w->sink, "\n");
    }
}

static void write_rhs(writer *w)
{
    const dca_lp *lp = w->lp;
    dca__sink_text(w->sink, "RHS\n");
    if (lp->offset != 0.0) {
        line_of(w, " RHS ", w->objective, -lp->offset);
    }
    for (dca_index i = 0; i < lp->num_rows; i++) {
        const row_form form = form_of(lp->row_lower[i], lp->row_upper[i]);
        if (form.type != 'N' && !same(form.rhs, 0.0)) {
            line_of(w, " RHS ", row_name(w, i), form.rhs);
        }
    }
}

static void write_ranges(writer *w)
{
    const dca_lp *lp = w->lp;
    bool begun = false;
    for (dca_index i = 0; i < lp->num_rows; i++) {
        const row_form form = form_of(lp->row_lower[i], lp->row_upper[i]);
        if (isnan(form.width)) {
            continue;
        }
        dca__sink_text(w->sink, begun ? "" : "RANGES\n");
        begun = true;
        line_of(w, " RNG ", row_name(w, i), form.width);
        if (!form.exact) {
            dca__sink_text(w->sink, "*exact_range ");
            dca__sink_text(w->sink, row_name(w, i));
            dca__sink_text(w->sink, " ");
            dca__sink_number(w->sink, lp->row_lower[i]);
            line_of(w, "", "", lp->row_upper[i]);
        }
    }
}

/* ---- Columns ------------------------------------------------------------------------------------ */

static void write_columns(writer *w)
{
    const dca_lp *lp = w->lp;
    bool integer = false;
    dca__sink_text(w->sink, "COLUMNS\n");
    for (dca_index j = 0; j < lp->num_columns; j++) {
        if ((lp->integer[j] != 0) != integer) {
            integer = !integer;
            dca__sink_text(w->sink,
                           integer ? " MARKER 'MARKER' 'INTORG'\n" : " MARKER 'MARKER' 'INTEND'\n");
        }
        char room[DCA_NAME_ROOM];
        const char *name = dca__file_name(&lp->column_names, j, 'C', room);
        if (lp->length[j] == 0 || !same(lp->cost[j], 0.0)) {
            dca__sink_text(w->sink, " ");
            dca__sink_text(w->sink, name);
            line_of(w, " ", w->objective, lp->cost[j]);
        }
        for (dca_nnz e = lp->start[j]; e < lp->start[j] + lp->length[j]; e++) {
            dca__sink_text(w->sink, " ");
            dca__sink_text(w->sink, name);
            line_of(w, " ", row_name(w, lp->index[e]), lp->value[e]);
        }
    }
    if (integer) {
        dca__sink_text(w->sink, " MARKER 'MARKER' 'INTEND'\n");
    }
}

/* The bounds of one column; none for [0, inf) where that is the default. */
static void write_bound(writer *w, dca_index j)
{
    const double lower = w->lp->lower[j];
    const double upper = w->lp->upper[j];
    const char *name = column_name(w, j);
    if (same(lower, upper)) {
        line_of(w, " FX BND ", name, lower);
        return;
    }
    if (isinf(lower) && isinf(upper)) {
        dca__sink_text(w->sink, " FR BND ");
        dca__sink_text(w->sink, name);
        dca__sink_text(w->sink, "\n");
        return;
    }
    if (isinf(lower)) {
        dca__sink_text(w->sink, " MI BND ");
        dca__sink_text(w->sink, name);
        dca__sink_text(w->sink, "\n");
    } else if (!same(lower, 0.0) || upper < 0.0) {
        line_of(w, " LO BND ", name, lower);
    }
    if (!isinf(upper)) {
        line_of(w, " UP BND ", name, upper);
    } else if (w->lp->integer[j] != 0 && same(lower, 0.0)) {
        dca__sink_text(w->sink, " PL BND ");
        dca__sink_text(w->sink, name);
        dca__sink_text(w->sink, "\n");
    }
}

static void write_bounds(writer *w)
{
    const dca_lp *lp = w->lp;
    bool begun = false;
    for (dca_index j = 0; j < lp->num_columns; j++) {
        const bool usual = same(lp->lower[j], 0.0) && lp->upper[j] == INFINITY;
        if (usual && lp->integer[j] == 0) {
            continue;
        }
        dca__sink_text(w->sink, begun ? "" : "BOUNDS\n");
        begun = true;
        write_bound(w, j);
    }
}

static void write_head(writer *w)
{
    dca__sink_text(w->sink, "NAME");
    if (w->lp->name != NULL) {
        dca__sink_text(w->sink, " ");
        dca__sink_text(w->sink, w->lp->name);
        dca__sink_text(w->sink, " FREE");
    }
    dca__sink_text(w->sink, w->lp->sense == DCA_MAXIMISE ? "\nOBJSENSE\n MAX\n" : "\n");
}

dca_status dca__mps_write(const dca_lp *lp, const char *path, dca_error *err)
{
    writer w;
    memset(&w, 0, sizeof w);
    w.lp = lp;
    dca_status status = check_problem_name(lp->name, err);
    if (status == DCA_OK) {
        status = choose_objective(&w, err);
    }
    if (status == DCA_OK) {
        status = check_rows(&w, err);
    }
    if (status == DCA_OK) {
        status = check_columns(&w, err);
    }
    if (status == DCA_OK) {
        status = dca__sink_open(lp->env, path, &w.sink, err);
    }
    if (status != DCA_OK) {
        return status;
    }
    write_head(&w);
    write_rows(&w);
    write_columns(&w);
    write_rhs(&w);
    write_ranges(&w);
    write_bounds(&w);
    dca__sink_text(w.sink, "ENDATA\n");
    return dca__sink_close(w.sink, err);
}
