/* print.c - the observable state of a stage as text. */
#include "base/alloc.h"
#include "io/json.h"
#include "model/model.h"
#include "oom.h"

#include <dirent.h>
#include <math.h>
#include <stdlib.h>

/* Two verified answers to one problem agree by so much, relative. */
static const double SAME_VALUE = 1e-7;

void print_free(print *p)
{
    free(p->text);
    *p = (print){0};
}

__attribute__((format(printf, 2, 3))) static void put(print *p, const char *format, ...)
{
    enum { LONGEST = 1 << 16 };
    va_list arguments;
    if (p->room - p->used < LONGEST) {
        p->room = 2 * p->room + LONGEST;
        p->text = realloc(p->text, p->room);
        assert_non_null(p->text);
    }
    va_start(arguments, format);
    const int length = vsnprintf(p->text + p->used, p->room - p->used, format, arguments);
    va_end(arguments);
    assert_true(length >= 0 && length < LONGEST);
    p->used += (size_t)length;
}

static void put_value(print *p, double value)
{
    assert_true(p->values < (int)(sizeof p->value / sizeof *p->value));
    p->value[p->values++] = value;
}

static const char *shown(const char *text)
{
    return text == NULL ? "(none)" : text;
}

bool print_same(const print *a, const print *b)
{
    if (a->used != b->used || (a->used > 0 && strcmp(a->text, b->text) != 0)) {
        print_message("--- is\n%s--- expected\n%s", shown(a->text), shown(b->text));
        return false;
    }
    bool same = a->values == b->values;
    for (int k = 0; same && k < a->values; k++) {
        const double scale = fmax(1.0, fabs(b->value[k]));
        same = isfinite(b->value[k]) ? fabs(a->value[k] - b->value[k]) <= SAME_VALUE * scale
                                     : memcmp(&a->value[k], &b->value[k], sizeof(double)) == 0;
        if (!same)
            print_message("value %d is %.17g, expected %.17g\n", k, a->value[k], b->value[k]);
    }
    return same;
}

/* ---- Objects ------------------------------------------------------------------------------------- */

static void put_lp(print *p, const dca_lp *lp)
{
    const dca_index m = dca_lp_num_rows(lp);
    const dca_index n = dca_lp_num_columns(lp);
    put(p,
        "lp %s objective %s %d x %d, %lld entries, %d integers, sense %d, offset %a, revision "
        "%llu\n",
        shown(dca_lp_name(lp)), shown(dca_lp_objective_name(lp)), (int)m, (int)n,
        (long long)dca_lp_num_entries(lp), (int)dca_lp_num_integers(lp), (int)dca_lp_sense(lp),
        dca_lp_offset(lp), (unsigned long long)dca_lp_revision(lp));
    for (dca_index i = 0; i < m; i++) {
        double lower, upper;
        const char *name = dca_lp_row_name(lp, i);
        must_be(dca_lp_get_rows(lp, i, 1, &lower, &upper));
        put(p, "row %s %a %a\n", shown(name), lower, upper);
        assert_int_equal(dca_lp_find_row(lp, name), name == NULL ? -1 : i);
    }
    for (dca_index j = 0; j < n; j++) {
        double cost, lower, upper;
        int32_t integer;
        dca_nnz start[2];
        const char *name = dca_lp_column_name(lp, j);
        must_be(dca_lp_get_columns(lp, j, 1, &cost, &lower, &upper, &integer));
        must_be(dca_lp_get_entries(lp, j, 1, start, NULL, NULL));
        dca_index *index = calloc((size_t)start[1] + 1, sizeof *index);
        double *value = calloc((size_t)start[1] + 1, sizeof *value);
        must_be(dca_lp_get_entries(lp, j, 1, start, index, value));
        put(p, "column %s %a %a %a %d:", shown(name), cost, lower, upper, (int)integer);
        for (dca_nnz e = 0; e < start[1]; e++)
            put(p, " %d %a", (int)index[e], value[e]);
        put(p, "\n");
        assert_int_equal(dca_lp_find_column(lp, name), name == NULL ? -1 : j);
        free(index);
        free(value);
    }
}

static void put_model(print *p, const dca_model *model)
{
    static const dca_kind kinds[] = {DCA_KIND_RESOURCE, DCA_KIND_POOL,   DCA_KIND_DOMAIN,
                                     DCA_KIND_LINK,     DCA_KIND_DEMAND, DCA_KIND_PLACEMENT,
                                     DCA_KIND_TIER};
    put(p, "model revision %llu\n", (unsigned long long)dca_model_revision(model));
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        const dca_index count = dca_model_count(model, kinds[k]);
        put(p, "kind %d:", (int)kinds[k]);
        for (dca_index i = 0; i < count; i++) {
            if (!dca_model_exists(model, kinds[k], i)) {
                put(p, " -");
                continue;
            }
            if (kinds[k] == DCA_KIND_PLACEMENT) { /* their names are made when asked for */
                put(p, " +");
                continue;
            }
            const char *name = dca_model_object_name(model, kinds[k], i);
            put(p, " '%s' %s", name, shown(dca_model_unit(model, kinds[k], i)));
            assert_int_equal(dca_model_find(model, kinds[k], name), i);
        }
        put(p, "\n");
    }
    char *text = NULL;
    dca_error err = DCA_ERROR_INIT;
    if (dca__json_write_model(model, &text, NULL, &err) != DCA_OK)
        fail_msg("%s", err.text);
    put(p, "%s\n", text);
    dca__free(model->env, text);
    for (dca_index k = 0; k < dca_model_count(model, DCA_KIND_PLACEMENT); k++)
        put(p, "%a ", model->placements[k].current);
    put(p, "\n");
}

static void put_options(print *p, const dca_options *options)
{
    for (dca_index k = 0; k < dca_options_count(); k++) {
        dca_option_info info = {.struct_size = sizeof info};
        char text[32];
        must_be(dca_options_describe(k, &info));
        must_be(dca_options_get(options, info.name, text));
        put(p, "%s %s\n", info.name, text);
    }
}

/* The file that the call writes, and how many files lie beside it: a temporary one is gone. */
static void put_file(print *p, const char *path)
{
    FILE *file = fopen(path, "rb");
    char buffer[4096];
    put(p, "file:");
    if (file != NULL) {
        const size_t length = fread(buffer, 1, sizeof buffer - 1, file);
        buffer[length] = '\0';
        put(p, "%s", buffer);
        fclose(file);
    }
    char folder[96];
    snprintf(folder, sizeof folder, "%s", path);
    *strrchr(folder, '/') = '\0';
    int count = 0;
    DIR *list = opendir(folder);
    for (; readdir(list) != NULL; count++) {
    }
    closedir(list);
    put(p, "\n%d files\n", count);
}

/* What every right answer says: verdict, proof, and values that do not depend on the vertex. */
static void put_result(print *p, const dca_result *result)
{
    dca_certificate proof = {.struct_size = sizeof proof};
    must_be(dca_result_certificate(result, &proof));
    put(p, "%s, certificate %d valid %d, %d x %d\n", dca_outcome_name(dca_result_outcome(result)),
        (int)proof.kind, (int)proof.valid, (int)dca_result_num_rows(result),
        (int)dca_result_num_columns(result));
    if (proof.valid) /* a point that missed its check may be any */
        put_value(p, dca_result_objective(result));
    for (dca_index t = 0; t < dca_result_num_tiers(result); t++) {
        double value = NAN;
        const dca_status status = dca_result_tier_value(result, t, &value);
        put(p, "tier %s %d\n", shown(dca_result_tier_name(result, t)), (int)status);
        put_value(p, value);
    }
    for (int by = DCA_REPAIR_CHEAPEST; by <= DCA_REPAIR_DEMAND; by++) {
        dca_index count;
        double size;
        if (dca_result_repair_count(result, (dca_repair_by)by, &count, &size) == DCA_OK)
            put_value(p, size);
    }
    dca_index members;
    int32_t irreducible;
    if (dca_result_conflict_count(result, &members, &irreducible) == DCA_OK)
        put(p, "conflict %d, irreducible %d\n", members > 0, (int)irreducible);
    put(p, "sentences %d\n", dca_result_num_sentences(result) > 0);
    for (dca_index d = 0; d < dca_result_count(result, DCA_KIND_DEMAND); d++)
        put(p, "note %d\n", dca_result_demand_note(result, d) != NULL);
}

void print_objects(print *p, const stage *s)
{
    if (s->lp != NULL)
        put_lp(p, s->lp);
    if (s->model != NULL)
        put_model(p, s->model);
    if (s->options != NULL)
        put_options(p, s->options);
    if (s->result != NULL)
        put_result(p, s->result);
    if (s->path[0] != '\0')
        put_file(p, s->path);
}

static void solve_and_put(print *p, dca_solver *solver)
{
    dca_result *result = NULL;
    const dca_status status = dca_solver_solve(solver, NULL, &result);
    put(p, "solve %s\n", dca_status_name(status));
    if (status == DCA_OK) {
        put_result(p, result);
        dca_result_free(result);
    }
}

void print_outcome(print *p, stage *s)
{
    const made *m = &s->made;
    print_objects(p, s);
    put(p, "made: %d %d %d %d %d %d\n", m->env != NULL, m->options != NULL, m->control != NULL,
        m->solver != NULL, m->block != NULL, m->text != NULL);
    if (m->lp != NULL)
        put_lp(p, m->lp);
    if (m->model != NULL)
        put_model(p, m->model);
    if (m->options != NULL)
        put_options(p, m->options);
    if (m->result != NULL)
        put_result(p, m->result);
    put(p, "%s\n", shown(m->borrowed));
    for (int k = 0; k < MADE_INDICES; k++)
        put(p, "%d ", (int)m->index[k]);
    for (int k = 0; k < MADE_VALUES; k++)
        put(p, "%a ", m->value[k]);
    for (int k = 0; k < MADE_BYTES; k++)
        put(p, "%d ", (int)m->byte[k]);
    put(p, "\n");
    if (s->solver != NULL)
        solve_and_put(p, s->solver);
    if (m->solver != NULL)
        solve_and_put(p, m->solver);
}
