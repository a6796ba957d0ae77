/* missing.c - public calls that the library will have within the hour; goes when they are there. */
#include "cli.h"

dca_status dca_solver_new_model(dca_model *model, const dca_options *options, dca_solver **out,
                                dca_error *err)
{
    (void)model;
    (void)options;
    (void)out;
    err->code = DCA_E_UNSUPPORTED;
    snprintf(err->text, sizeof err->text, "scenarios cannot be solved yet");
    return DCA_E_UNSUPPORTED;
}
dca_index dca_result_num_sentences(const dca_result *r)
{
    (void)r;
    return 0;
}
const char *dca_result_sentence(const dca_result *r, dca_index k)
{
    (void)r;
    (void)k;
    return NULL;
}
dca_status dca_result_answer_json(const dca_result *r, char **o, size_t *l, dca_error *e)
{
    (void)r;
    (void)o;
    (void)l;
    (void)e;
    return DCA_E_STATE;
}
dca_index dca_result_count(const dca_result *r, dca_kind k)
{
    (void)r;
    (void)k;
    return 0;
}
dca_index dca_result_num_limits(const dca_result *r)
{
    (void)r;
    return 0;
}
dca_status dca_result_get_served(const dca_result *r, dca_index f, dca_index n, double *o)
{
    (void)r;
    (void)f;
    (void)n;
    (void)o;
    return DCA_E_STATE;
}
dca_status dca_result_get_unmet(const dca_result *r, dca_index f, dca_index n, double *o)
{
    (void)r;
    (void)f;
    (void)n;
    (void)o;
    return DCA_E_STATE;
}
dca_status dca_result_get_placed(const dca_result *r, dca_index f, dca_index n, double *o)
{
    (void)r;
    (void)f;
    (void)n;
    (void)o;
    return DCA_E_STATE;
}
dca_status dca_result_get_domains(const dca_result *r, dca_index f, dca_index n, double *c,
                                  double *o)
{
    (void)r;
    (void)f;
    (void)n;
    (void)c;
    (void)o;
    return DCA_E_STATE;
}
dca_status dca_result_get_pools(const dca_result *r, dca_index f, dca_index n, double *a, double *c,
                                double *o)
{
    (void)r;
    (void)f;
    (void)n;
    (void)a;
    (void)c;
    (void)o;
    return DCA_E_STATE;
}
dca_status dca_result_limit_at(const dca_result *r, dca_index k, dca_limit *o)
{
    (void)r;
    (void)k;
    (void)o;
    return DCA_E_STATE;
}
const char *dca_result_unit(const dca_result *r, dca_kind k, dca_index i)
{
    (void)r;
    (void)k;
    (void)i;
    return NULL;
}
const char *dca_result_name(const dca_result *r, dca_kind k, dca_index i)
{
    (void)r;
    (void)k;
    (void)i;
    return NULL;
}
dca_index dca_result_num_tiers(const dca_result *r)
{
    (void)r;
    return 0;
}
const char *dca_result_tier_name(const dca_result *r, dca_index k)
{
    (void)r;
    (void)k;
    return NULL;
}
dca_status dca_result_tier_value(const dca_result *r, dca_index t, double *o)
{
    (void)r;
    (void)t;
    (void)o;
    return DCA_E_STATE;
}
const char *dca_result_demand_note(const dca_result *r, dca_index d)
{
    (void)r;
    (void)d;
    return NULL;
}
dca_status dca_result_totals(const dca_result *r, double *c, double *e)
{
    (void)r;
    (void)c;
    (void)e;
    return DCA_E_STATE;
}
dca_status dca_result_repair_count(const dca_result *r, dca_repair_by by, dca_index *c, double *s)
{
    (void)r;
    (void)by;
    (void)c;
    (void)s;
    return DCA_E_STATE;
}
dca_status dca_result_repair_at(const dca_result *r, dca_repair_by by, dca_index k, dca_repair *o)
{
    (void)r;
    (void)by;
    (void)k;
    (void)o;
    return DCA_E_STATE;
}
