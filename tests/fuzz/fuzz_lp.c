/* fuzz_lp.c - any bytes as an LP file: an error with its place, or an LP that is written and read back as
 * the same text. */
#include "fuzz.h"
#include "io/lpfile.h"

static char *write_out(const dca_lp *lp, size_t *length)
{
    const dca_status status = dca__lpfile_write(lp, fuzz_path(), NULL);
    demand(status == DCA_OK || status == DCA_E_ARG, "written, or what the format cannot hold");
    return status == DCA_OK ? fuzz_take_file(length) : NULL;
}

static void check_round_trip(dca_env *env, const dca_lp *lp)
{
    size_t length;
    size_t length_again;
    dca_lp *again = NULL;
    char *text = write_out(lp, &length);
    if (text == NULL) {
        return;
    }
    demand(dca__lpfile_parse(env, text, length, NULL, &again, NULL) == DCA_OK, "reading again");
    demand(again->num_columns == lp->num_columns && again->num_integers == lp->num_integers,
           "the same columns");
    char *twice = write_out(again, &length_again);
    demand(twice != NULL && length == length_again && memcmp(text, twice, length) == 0,
           "the same text");
    dca__lp_release(again);
    free(twice);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_run run = fuzz_begin(size);
    dca_lp *lp = NULL;
    dca_error error = DCA_ERROR_INIT;
    const dca_status status =
        dca__lpfile_parse(run.env, (const char *)data, size, NULL, &lp, &error);
    fuzz_check_read(&run);
    demand(status == DCA_OK || status == DCA_E_SYNTAX || status == DCA_E_UNSUPPORTED, "a status");
    demand(status == DCA_OK || (error.line > 0 && error.column > 0), "a place");
    if (status == DCA_OK && fuzz_one_in_eight(data, size)) {
        check_round_trip(run.env, lp);
    }
    dca__lp_release(lp);
    fuzz_end(&run);
    return 0;
}
