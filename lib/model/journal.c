/* journal.c - the log of edits: O(1) each, nothing is allocated. */
#include "model/model.h"

void dca__model_note(dca_model *model, dca__change_kind kind, dca_index index, dca_index resource)
{
    dca__change *change = &model->journal[model->journal_end % DCA__JOURNAL_LENGTH];
    change->kind = (int32_t)kind;
    change->index = index;
    change->resource = resource;
    model->journal_end++;
    model->revision++;
}

void dca__model_note_structure(dca_model *model)
{
    model->structure++;
    model->revision++;
}
