/* json_read_objective.c - the tiers of the objective and their terms. */
#include "io/json_read.h"

#include "base/err.h"
#include "io/json_words.h"

#include <string.h>

static dca_status read_term_kind(const dca__scenario *s, dca_index object, int32_t *kind)
{
    const dca_index node = dca__json_member(s->in.json, object, "kind");
    const char *word = NULL;
    if (node < 0) {
        return dca__json_wrong(&s->in, object, "there is no 'kind', expected one of %s",
                               DCA_TERM_WORDS);
    }
    const dca_status status = dca__json_take(&s->in, node, DCA_FIELD_NAME, &word);
    for (int32_t k = 0; status == DCA_OK && k < DCA_NUM_TERM_KINDS; k++) {
        if (strcmp(word, dca__term_word(k)) == 0) {
            *kind = k;
            return DCA_OK;
        }
    }
    return status != DCA_OK ? status
                            : dca__json_wrong(&s->in, node, "found \"%.40s\", expected one of %s",
                                              word, DCA_TERM_WORDS);
}

/* What narrows a term fits its kind: "domain" a tenant for terms about demands, "resource" only the
 * utilisation. Nodes are -1 where the key is not there. */
static dca_status check_scope(const dca__scenario *s, const dca_term_spec *spec, dca_index domain,
                              dca_index resource)
{
    const bool of_demands = spec->kind == DCA_TERM_UNMET || spec->kind == DCA_TERM_VALUE ||
                            spec->kind == DCA_TERM_SHARE;
    if (domain >= 0 && of_demands && s->model->domains[spec->domain].kind != DCA_DOMAIN_TENANT) {
        return dca__json_wrong(&s->in, domain,
                               "the term is about demands, expected a domain of kind tenant");
    }
    if (domain >= 0 && spec->kind == DCA_TERM_MOVEMENT) {
        return dca__json_wrong(&s->in, domain,
                               "a movement term is about all placements, expected no domain");
    }
    if (resource >= 0 && spec->kind != DCA_TERM_UTILISATION) {
        return dca__json_wrong(&s->in, resource,
                               "only a utilisation term may be narrowed to a resource");
    }
    return DCA_OK;
}

static dca_status add_term(dca__scenario *s, dca_index object, dca_index tier)
{
    static const dca__json_field fields[] = {
        {"weight", DCA_FIELD_POSITIVE, offsetof(dca_term_spec, weight)},
        {"priority", DCA_FIELD_INTEGER, offsetof(dca_term_spec, priority)},
        {"kind", DCA_FIELD_OTHER, 0},
        {"domain", DCA_FIELD_OTHER, 0},
        {"resource", DCA_FIELD_OTHER, 0}};
    const dca__json *const json = s->in.json;
    dca_term_spec spec = DCA_TERM_SPEC_INIT;
    dca_status status = dca__json_fields(&s->in, object, DCA_FIELDS(fields), &spec);
    if (status == DCA_OK) {
        status = read_term_kind(s, object, &spec.kind);
    }
    const dca_index domain = status == DCA_OK ? dca__json_member(json, object, "domain") : -1;
    if (domain >= 0) {
        status = dca__scenario_named(s, domain, DCA_KIND_DOMAIN, &spec.domain);
    }
    const dca_index resource = status == DCA_OK ? dca__json_member(json, object, "resource") : -1;
    if (resource >= 0) {
        status = dca__scenario_named(s, resource, DCA_KIND_RESOURCE, &spec.resource);
    }
    if (status == DCA_OK) {
        status = check_scope(s, &spec, domain, resource);
    }
    if (status == DCA_OK && dca__model_add_term(s->model, tier, &spec) != DCA_OK) {
        status = dca__fail_nomem(s->in.err);
    }
    return status;
}

static dca_status add_tier(dca__scenario *s, dca_index object)
{
    static const dca__json_field fields[] = {{"name", DCA_FIELD_NAME, 0},
                                             {"terms", DCA_FIELD_OTHER, 0}};
    const dca__json *const json = s->in.json;
    const char *name = NULL;
    dca_status status = dca__json_fields(&s->in, object, DCA_FIELDS(fields), &name);
    if (status != DCA_OK) {
        return status;
    }
    status = dca__model_add_tier(s->model, name);
    if (status != DCA_OK) {
        return dca__scenario_taken(s, object, status, DCA_KIND_TIER, name);
    }
    const dca_index terms = dca__json_member(json, object, "terms");
    if (terms < 0) {
        return dca__json_wrong(&s->in, object, "there are no 'terms', expected a list of them");
    }
    status = dca__json_want(&s->in, terms, DCA_JSON_ARRAY);
    for (dca_index k = status == DCA_OK ? dca__json_first(json, terms) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(json, k)->next) {
        status = add_term(s, k, s->model->num_tiers - 1);
    }
    return status;
}

dca_status dca__scenario_objective(dca__scenario *s, dca_index section)
{
    const dca__json *const json = s->in.json;
    dca_status status = dca__json_want(&s->in, section, DCA_JSON_ARRAY);
    for (dca_index k = status == DCA_OK ? dca__json_first(json, section) : -1;
         k >= 0 && status == DCA_OK; k = dca__json_at(json, k)->next) {
        status = add_tier(s, k);
    }
    return status;
}
