/* emit_demand.c - demands, placements, and the smallest share.
 *
 *     balance:  sum_k rate_k x_k + unmet_i = amount_i          (no row bounds when it is infinite)
 *               0 <= unmet_i <= (1 - min_share_i) amount_i     (0 when hard or infinite)
 *     share:    unmet_i + weight_i amount_i t <= amount_i,     that is served_i >= t weight amount
 *
 * The column of a placement is x_k in [0, ceiling_k], or fixed at 0 where a unit does not fit. */
#include "compile/build.h"

#include <math.h>

void dca__emit_demand_rows(dca__build *build)
{
    for (dca_index i = 0; i < build->model->num_demands; i++) {
        if (build->model->demands[i].alive) {
            build->out->map.demand_row[i] =
                dca__build_row(build, (dca__key){DCA__ROW_DEMAND, i, -1, -1, -1});
        }
    }
}

void dca__emit_placed(dca__build *build)
{
    const dca_model *model = build->model;
    dca__map *map = &build->out->map;
    dca_index move = 0; /* movement rows are the last, ascending in placements */
    while (move < build->num_rows && build->row_key[move].kind != DCA__ROW_MOVEMENT) {
        move++;
    }
    for (dca_index k = 0; k < model->num_placements && !build->failed; k++) {
        const dca__placement *placement = &model->placements[k];
        if (!placement->alive) {
            continue;
        }
        dca__emit_pool_entries(build, k);
        dca__emit_domain_entries(build, k);
        dca__emit_link_entries(build, k);
        dca__build_repeat(build);
        dca__build_entry(build, map->demand_row[placement->demand], placement->rate);
        if (move < build->num_rows && build->row_key[move].a == k) {
            dca__build_entry(build, move++, 1.0);
        }
        map->placed[k] =
            dca__build_column(build, DCA__COLUMN_PLACED, k, 0.0, dca__compile_ceiling(model, k));
    }
}

/* Does demand i have a row under this share term? Unlimited demands have no share. */
static bool has_share(const dca__build *build, const dca__term *term, dca_index i)
{
    return build->model->demands[i].alive && isfinite(build->model->demands[i].amount) &&
           dca__objective_covers(build->model, build->out, term, i);
}

void dca__emit_share_rows(dca__build *build)
{
    const dca_model *model = build->model;
    dca_index number = 0;
    for (dca_index t = 0; t < model->num_tiers; t++) {
        for (dca_index e = 0; e < model->tiers[t].count; e++, number++) {
            const dca__term *term = &model->tiers[t].terms[e];
            for (dca_index i = 0; term->kind == DCA_TERM_SHARE && i < model->num_demands; i++) {
                if (has_share(build, term, i)) {
                    (void)dca__build_row(build, (dca__key){DCA__ROW_SHARE, number, i, -1, -1});
                }
            }
        }
    }
}

/* The first row of a kind, or num_rows. */
static dca_index first_row(const dca__build *build, dca__row_kind kind)
{
    dca_index low = 0;
    dca_index high = build->num_rows;
    while (low < high) {
        const dca_index middle = low + (high - low) / 2;
        if (build->row_key[middle].kind < (int32_t)kind) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void dca__emit_unmet(dca__build *build)
{
    const dca_model *model = build->model;
    dca__map *map = &build->out->map;
    for (dca_index i = 0; i < model->num_demands && !build->failed; i++) {
        if (!model->demands[i].alive) {
            continue;
        }
        dca__build_entry(build, map->demand_row[i], 1.0);
        dca__build_repeat(build);
        map->unmet[i] =
            dca__build_column(build, DCA__COLUMN_UNMET, i, 0.0, dca__compile_slack(model, i));
    }
}

void dca__emit_shares(dca__build *build)
{
    const dca_model *model = build->model;
    dca_index row = first_row(build, DCA__ROW_SHARE);
    dca_index number = 0;
    for (dca_index t = 0; t < model->num_tiers; t++) {
        for (dca_index e = 0; e < model->tiers[t].count; e++, number++) {
            const dca__term *term = &model->tiers[t].terms[e];
            if (term->kind != DCA_TERM_SHARE) {
                continue;
            }
            for (; row < build->num_rows && build->row_key[row].kind == DCA__ROW_SHARE &&
                   build->row_key[row].a == number;
                 row++) {
                const dca__demand *demand = &model->demands[build->row_key[row].b];
                dca__build_entry(build, row, demand->weight * demand->amount);
            }
            build->out->map.term_column[number] =
                dca__build_column(build, DCA__COLUMN_SHARE, number, 0.0,
                                  dca__compile_share_bound(model, build->out, term));
        }
    }
}
