/* json_read.c - a scenario to a model, section by section: resources, domains, links, pools, demands
 * with their placements, placements, objective. The order in the file does not matter. Linear in the
 * length of the text, but for rules ("on"), which look at every pool once a pattern. */
#include "io/json.h"

#include "base/alloc.h"
#include "base/err.h"
#include "base/limit.h"
#include "io/json_read.h"

#include <string.h>

typedef dca_status (*section_reader)(dca__scenario *s, dca_index section);

dca_status dca__scenario_find(const dca__scenario *s, dca_index node, dca_kind kind,
                              const char *name, dca_index *out)
{
    const dca_index found = dca__model_find(s->model, kind, name);
    if (found < 0) {
        return dca__json_wrong(&s->in, node, "there is no %s '%.80s'", dca__kind_name(kind), name);
    }
    *out = found;
    return DCA_OK;
}

dca_status dca__scenario_named(const dca__scenario *s, dca_index node, dca_kind kind,
                               dca_index *out)
{
    const char *name = NULL;
    const dca_status status = dca__json_take(&s->in, node, DCA_FIELD_NAME, &name);
    return status != DCA_OK ? status : dca__scenario_find(s, node, kind, name, out);
}

dca_status dca__scenario_map(const dca__scenario *s, dca_index node, dca_kind kind,
                             dca__json_field_kind number, dca_index *list, double *value,
                             dca_index *count)
{
    dca_index n = 0;
    dca_status status = dca__json_want(&s->in, node, DCA_JSON_OBJECT);
    for (dca_index k = status == DCA_OK ? dca__json_first(s->in.json, node) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(s->in.json, k)->next) {
        status = dca__scenario_find(s, k, kind, dca__json_key(s->in.json, k), &list[n]);
        if (status == DCA_OK) {
            status = dca__json_take(&s->in, k, number, &value[n]);
        }
        if (status == DCA_OK && value[n] != 0.0) {
            n++;
        }
    }
    *count = n;
    return status;
}

dca_status dca__scenario_row(const dca__scenario *s, dca_index node, dca__json_field_kind number,
                             double *row)
{
    memset(row, 0, (size_t)s->model->num_resources * sizeof *row);
    if (node < 0) {
        return DCA_OK;
    }
    dca_status status = dca__json_want(&s->in, node, DCA_JSON_OBJECT);
    for (dca_index k = status == DCA_OK ? dca__json_first(s->in.json, node) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(s->in.json, k)->next) {
        dca_index r = 0;
        status = dca__scenario_find(s, k, DCA_KIND_RESOURCE, dca__json_key(s->in.json, k), &r);
        if (status == DCA_OK) {
            status = dca__json_take(&s->in, k, number, &row[r]);
        }
    }
    return status;
}

dca_status dca__scenario_has_name(const dca__scenario *s, dca_index object, const char *name)
{
    return name != NULL ? DCA_OK
                        : dca__json_wrong(&s->in, object, "there is no 'name', expected one");
}

dca_status dca__scenario_taken(const dca__scenario *s, dca_index node, dca_status status,
                               dca_kind kind, const char *name)
{
    if (status == DCA_E_NOMEM) {
        return dca__fail_nomem(s->in.err);
    }
    return dca__json_wrong(&s->in, node, "there is already a %s '%.80s'", dca__kind_name(kind),
                           name != NULL ? name : "");
}

dca_status dca__scenario_poll(const dca__scenario *s)
{
    if (dca__control_poll(s->control, 100) != DCA__GO) {
        return dca__fail(s->in.err, DCA_E_STATE, DCA_KIND_FILE, -1, "reading was stopped");
    }
    return DCA_OK;
}

/* Scratch for the sections that follow resources, pools and links. */
static dca_status make_scratch(dca__scenario *s, const dca__json *json)
{
    dca_index most = 1;
    static const char *const sections[] = {"resources", "pools", "links"};
    for (size_t k = 0; k < sizeof sections / sizeof *sections; k++) {
        const dca_index section = dca__json_member(json, 0, sections[k]);
        if (section >= 0 && dca__json_at(json, section)->count + 1 > most) {
            most = dca__json_at(json, section)->count + 1; /* and power */
        }
    }
    dca_env *const env = s->model->env;
    s->row[0] = DCA_ZEROS(env, double, most);
    s->row[1] = DCA_ZEROS(env, double, most);
    s->list = DCA_ZEROS(env, dca_index, most);
    s->value = DCA_ZEROS(env, double, most);
    s->taken = DCA_ZEROS(env, bool, most);
    bool whole = s->row[0] != NULL && s->row[1] != NULL && s->list != NULL && s->value != NULL &&
                 s->taken != NULL;
    for (int k = 0; k < 3; k++) {
        s->rule[k] = DCA_ZEROS(env, double, most);
        whole = whole && s->rule[k] != NULL;
    }
    if (!whole) {
        return dca__fail_nomem(s->in.err);
    }
    return DCA_OK;
}

static dca_status all_placements(dca__scenario *s, dca_index section)
{
    return dca__scenario_placements(s, section, -1);
}

static dca_status read_header(dca__scenario *s)
{
    static const dca__json_field fields[] = {
        {"dcalloc", DCA_FIELD_OTHER, 0},   {"name", DCA_FIELD_OTHER, 0},
        {"resources", DCA_FIELD_OTHER, 0}, {"domains", DCA_FIELD_OTHER, 0},
        {"links", DCA_FIELD_OTHER, 0},     {"pools", DCA_FIELD_OTHER, 0},
        {"demands", DCA_FIELD_OTHER, 0},   {"placements", DCA_FIELD_OTHER, 0},
        {"objective", DCA_FIELD_OTHER, 0}, {"$schema", DCA_FIELD_OTHER, 0}};
    const dca__json *const json = s->in.json;
    int32_t version = 0;
    const char *name = NULL;
    dca_status status = dca__json_fields(&s->in, 0, DCA_FIELDS(fields), NULL);
    if (status != DCA_OK) {
        return status;
    }
    const dca_index mark = dca__json_member(json, 0, "dcalloc");
    if (mark < 0) {
        return dca__json_wrong(&s->in, 0,
                               "there is no key 'dcalloc', expected \"dcalloc\": 1, the version");
    }
    status = dca__json_take(&s->in, mark, DCA_FIELD_INTEGER, &version);
    if (status == DCA_OK && version != DCA_SCENARIO_VERSION) {
        return dca__json_wrong(&s->in, mark, "version %d is not known here, expected 1",
                               (int)version);
    }
    const dca_index title = dca__json_member(json, 0, "name");
    if (status == DCA_OK && title >= 0) {
        status = dca__json_take(&s->in, title, DCA_FIELD_NAME, &name);
        if (status == DCA_OK && dca__model_set_name(s->model, name) != DCA_OK) {
            status = dca__fail_nomem(s->in.err);
        }
    }
    return status;
}

static dca_status read_sections(dca__scenario *s)
{
    static const struct {
        const char *key;
        section_reader read;
    } sections[] = {{"resources", dca__scenario_resources}, {"domains", dca__scenario_domains},
                    {"links", dca__scenario_links},         {"pools", dca__scenario_pools},
                    {"demands", dca__scenario_demands},     {"placements", all_placements},
                    {"objective", dca__scenario_objective}};
    for (size_t k = 0; k < sizeof sections / sizeof *sections; k++) {
        const dca_index section = dca__json_member(s->in.json, 0, sections[k].key);
        if (section < 0) {
            continue;
        }
        const dca_status status = sections[k].read(s, section);
        if (status != DCA_OK) {
            return status;
        }
    }
    return DCA_OK;
}

dca_status dca__json_read_model(dca_env *env, const char *text, size_t length, dca_control *control,
                                dca_model **out, dca_error *err)
{
    dca__json json = {0};
    dca__scenario s = {.in = {&json, err}, .control = control};
    dca_status status = dca__json_parse(env, text, length, control, &json, err);
    if (status != DCA_OK) {
        return status;
    }
    if (dca__model_new(env, &s.model) != DCA_OK) {
        status = dca__fail_nomem(err);
        goto done;
    }
    status = read_header(&s);
    if (status == DCA_OK) {
        status = make_scratch(&s, &json);
    }
    if (status == DCA_OK) {
        status = read_sections(&s);
    }
    if (status == DCA_OK) {
        *out = s.model;
        s.model = NULL;
    }
done:
    dca__free(env, s.row[0]);
    dca__free(env, s.row[1]);
    dca__free(env, s.list);
    dca__free(env, s.value);
    dca__free(env, s.taken);
    for (int k = 0; k < 3; k++) {
        dca__free(env, s.rule[k]);
    }
    dca__model_release(s.model);
    dca__json_free(&json);
    return status;
}
