/* emit_move.c - movement from the current allocation: x_k - more_k + less_k = current_k, more, less >= 0,
 * for placements with something placed now; elsewhere x_k itself is the movement. */
#include "compile/build.h"

#include <math.h>

void dca__emit_movement_rows(dca__build *build)
{
    const dca_model *model = build->model;
    for (dca_index k = 0; build->out->moves && k < model->num_placements; k++) {
        if (model->placements[k].alive && model->placements[k].current > 0.0) {
            (void)dca__build_row(build, (dca__key){DCA__ROW_MOVEMENT, k, -1, -1, -1});
        }
    }
}

void dca__emit_movements(dca__build *build)
{
    for (int side = 0; side < 2; side++) {
        for (dca_index i = 0; i < build->num_rows && !build->failed; i++) {
            if (build->row_key[i].kind == DCA__ROW_MOVEMENT) {
                dca__build_entry(build, i, side == 0 ? -1.0 : 1.0);
                (void)dca__build_column(build, side == 0 ? DCA__COLUMN_MORE : DCA__COLUMN_LESS,
                                        build->row_key[i].a, 0.0, INFINITY);
            }
        }
    }
}
