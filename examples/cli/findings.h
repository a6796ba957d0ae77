/* findings.h - what `dcalloc check` remarks on: sentences on lines of their own, or in the array
 * `findings` of one JSON object. */
#ifndef DCALLOC_CLI_FINDINGS_H
#define DCALLOC_CLI_FINDINGS_H

#include "cli.h"

typedef struct cli_findings {
    cli_json json; /* with `findings` open */
    bool to_json;
    int64_t count;
} cli_findings;

void findings_add(cli_findings *all, const char *sentence);
/* Print the object, or that there is nothing to remark; returns the exit status. */
int findings_close(cli_findings *all);

int check_model(const cli_run *run, dca_model *model);

#endif
