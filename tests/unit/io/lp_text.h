/* lp_text.h - LPs from the text of LP files, for tests. */
#ifndef DCA_TESTS_LP_TEXT_H
#define DCA_TESTS_LP_TEXT_H

#include "io/lpfile.h"
#include "io/mps_text.h"

/** Parse or fail the test. */
static inline dca_lp *parse_lp(dca_env *env, const char *text)
{
    dca_lp *lp = NULL;
    dca_error err = DCA_ERROR_INIT;
    if (dca__lpfile_parse(env, text, strlen(text), NULL, &lp, &err) != DCA_OK)
        fail_msg("%d:%d: %s in\n%s", (int)err.line, (int)err.column, err.text, text);
    return lp;
}

#endif
