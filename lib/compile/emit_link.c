/* emit_link.c - links: sum_k carried_kl x_k <= capacity_l, where a capacity is set. */
#include "compile/build.h"

#include <math.h>

void dca__emit_link_rows(dca__build *build)
{
    const dca_model *model = build->model;
    for (dca_index l = 0; l < model->num_links; l++) {
        if (model->links[l].alive && isfinite(model->links[l].capacity)) {
            build->out->map.link_row[l] =
                dca__build_row(build, (dca__key){DCA__ROW_LINK, l, -1, -1, -1});
        }
    }
}

void dca__emit_link_entries(dca__build *build, dca_index k)
{
    const dca__placement *placement = &build->model->placements[k];
    const dca__lists *lists = &build->model->links_used;
    for (dca_nnz e = placement->link; e < placement->link + placement->link_length; e++) {
        dca__build_entry(build, build->out->map.link_row[lists->index[e]], lists->value[e]);
    }
}
