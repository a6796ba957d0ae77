/* emit_balance.c - the largest utilisation u of a term: use of a limit - limit u <= 0, for every limit in
 * scope (what is used whatever is placed stands on the right). Elastic pools count against the limit
 * of all their nodes. */
#include "compile/build.h"

#include <math.h>

void dca__emit_balance_rows(dca__build *build)
{
    const dca_model *model = build->model;
    dca_index limits = 0; /* rows of pools, domains and links */
    while (limits < build->num_rows && build->row_key[limits].kind < DCA__ROW_DEMAND) {
        limits++;
    }
    dca_index number = 0;
    for (dca_index t = 0; t < model->num_tiers; t++) {
        for (dca_index e = 0; e < model->tiers[t].count; e++, number++) {
            const dca__term *term = &model->tiers[t].terms[e];
            for (dca_index i = 0; term->kind == DCA_TERM_UTILISATION && i < limits; i++) {
                const dca__key limit = build->failed ? (dca__key){0} : build->row_key[i];
                if (!build->failed && dca__objective_balances(model, build->out, term, &limit)) {
                    (void)dca__build_row(build, (dca__key){DCA__ROW_UTILISATION, number, limit.kind,
                                                           limit.a, limit.b});
                }
            }
        }
    }
}

void dca__emit_balances(dca__build *build)
{
    const dca_model *model = build->model;
    dca_index row = 0;
    while (row < build->num_rows && build->row_key[row].kind < DCA__ROW_UTILISATION) {
        row++;
    }
    dca_index number = 0;
    for (dca_index t = 0; t < model->num_tiers; t++) {
        for (dca_index e = 0; e < model->tiers[t].count; e++, number++) {
            if (model->tiers[t].terms[e].kind != DCA_TERM_UTILISATION) {
                continue;
            }
            const dca_index before = row;
            for (; row < build->num_rows && build->row_key[row].kind == DCA__ROW_UTILISATION &&
                   build->row_key[row].a == number;
                 row++) {
                const dca__key *key = &build->row_key[row];
                const dca__key limit = {key->b, key->c, key->d, -1, -1};
                dca__build_entry(build, row, -dca__map_limit_value(model, &limit));
            }
            build->out->map.term_column[number] = dca__build_column(
                build, DCA__COLUMN_UTILISATION, number, 0.0, row > before ? INFINITY : 0.0);
        }
    }
}
