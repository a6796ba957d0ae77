/* fuzz_lp_text.h - any bytes as an LP in one of the text formats: an error with its place, or an LP that is
 * written and read back as the same text. */
#ifndef DCA_TESTS_FUZZ_LP_TEXT_H
#define DCA_TESTS_FUZZ_LP_TEXT_H

#include "fuzz.h"
#include "lp/lp.h"

typedef struct fuzz_format {
    dca_status (*parse)(dca_env *env, const char *text, size_t length, dca_control *control,
                        dca_lp **out, dca_error *err);
    dca_status (*write)(const dca_lp *lp, const char *path, dca_error *err);
} fuzz_format;

static inline char *fuzz_write_out(const fuzz_format *format, const dca_lp *lp, size_t *length)
{
    const dca_status status = format->write(lp, fuzz_path(), NULL);
    demand(status == DCA_OK || status == DCA_E_ARG, "written, or what the format cannot hold");
    return status == DCA_OK ? fuzz_take_file(length) : NULL;
}

static inline void fuzz_check_round_trip(const fuzz_format *format, dca_env *env, const dca_lp *lp)
{
    size_t length;
    size_t length_again;
    dca_lp *again = NULL;
    char *text = fuzz_write_out(format, lp, &length);
    if (text == NULL) {
        return;
    }
    demand(format->parse(env, text, length, NULL, &again, NULL) == DCA_OK, "reading again");
    demand(again->num_rows == lp->num_rows && again->num_columns == lp->num_columns &&
               again->num_entries == lp->num_entries && again->num_integers == lp->num_integers,
           "the same size");
    char *twice = fuzz_write_out(format, again, &length_again);
    demand(twice != NULL && length == length_again && memcmp(text, twice, length) == 0,
           "the same text");
    dca__lp_release(again);
    free(twice);
    free(text);
}

static inline int fuzz_lp_text(const fuzz_format *format, const uint8_t *data, size_t size)
{
    fuzz_run run = fuzz_begin(size);
    dca_lp *lp = NULL;
    dca_error error = DCA_ERROR_INIT;
    const dca_status status = format->parse(run.env, (const char *)data, size, NULL, &lp, &error);
    fuzz_check_read(&run);
    demand(status == DCA_OK || status == DCA_E_SYNTAX || status == DCA_E_UNSUPPORTED, "a status");
    demand(status == DCA_OK || (error.line > 0 && error.column > 0), "a place");
    if (status == DCA_OK && fuzz_one_in_eight(data, size)) {
        fuzz_check_round_trip(format, run.env, lp);
    }
    dca__lp_release(lp);
    fuzz_end(&run);
    return 0;
}

#endif
