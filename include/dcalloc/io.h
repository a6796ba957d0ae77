/* io.h - files in and out. Numbers do not depend on the locale; files are written whole or not at
 * all (a temporary file beside the target, then rename). A path of "-" is standard input or output.
 * A path that ends in .gz is compressed (zlib builds); reading recognises gzip by its content. */
#ifndef DCALLOC_IO_H
#define DCALLOC_IO_H

#include "dcalloc/export.h"
#include "dcalloc/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Read MPS, fixed or free (recognised by content), see docs/formats.md.
 *  @param control  cancel and deadline (may be NULL)
 *  @param err      line, column, what was found and what was expected (may be NULL)
 *  @return DCA_OK, DCA_E_IO, DCA_E_SYNTAX, DCA_E_UNSUPPORTED (quadratic, conic and the like),
 *          DCA_E_NOMEM, DCA_E_STATE (stopped by control) */
DCA_API DCA_NODISCARD dca_status dca_lp_read_mps(dca_env *env, const char *path,
                                                 dca_control *control, dca_lp **out,
                                                 dca_error *err);
/** The same from memory; text need not end in a newline or a zero byte. */
DCA_API DCA_NODISCARD dca_status dca_lp_parse_mps(dca_env *env, const char *text, size_t length,
                                                  dca_control *control, dca_lp **out,
                                                  dca_error *err);
/** Write free MPS: reading it back gives the same LP bit for bit. Unnamed rows and columns are
 *  written as R1, C1, ...; a name that the format cannot hold (blank, empty) is DCA_E_ARG. */
DCA_API DCA_NODISCARD dca_status dca_lp_write_mps(const dca_lp *lp, const char *path,
                                                  dca_error *err);

/** Read a CPLEX LP file, see docs/formats.md: rows without a label stay unnamed, columns are numbered
 *  as the text mentions them first.
 *  @return as dca_lp_read_mps(), and DCA_E_UNSUPPORTED for what is more than linear */
DCA_API DCA_NODISCARD dca_status dca_lp_read_lp(dca_env *env, const char *path,
                                                dca_control *control, dca_lp **out, dca_error *err);
/** The same from memory; text need not end in a newline or a zero byte. */
DCA_API DCA_NODISCARD dca_status dca_lp_parse_lp(dca_env *env, const char *text, size_t length,
                                                 dca_control *control, dca_lp **out,
                                                 dca_error *err);
/** Write a CPLEX LP file that other codes read as well. Reading it back here gives the same LP bit for
 *  bit, but that unnamed rows and columns are R1, C1, ... and an unnamed objective is obj, as in MPS.
 *  Any name can be written; a finite bound of 1e20 or more is DCA_E_ARG. */
DCA_API DCA_NODISCARD dca_status dca_lp_write_lp(const dca_lp *lp, const char *path,
                                                 dca_error *err);

/** Read a scenario (JSON, docs/formats.md, docs/scenario.schema.json): a whole model. */
DCA_API DCA_NODISCARD dca_status dca_model_read_json(dca_env *env, const char *path,
                                                     dca_control *control, dca_model **out,
                                                     dca_error *err);
DCA_API DCA_NODISCARD dca_status dca_model_parse_json(dca_env *env, const char *text, size_t length,
                                                      dca_control *control, dca_model **out,
                                                      dca_error *err);
DCA_API DCA_NODISCARD dca_status dca_model_write_json(const dca_model *model, const char *path,
                                                      dca_error *err);

/** The solution file of the program: columns and rows with name, value, dual and status, and the ray
 *  where there is one. Names come from the result. */
DCA_API DCA_NODISCARD dca_status dca_result_write_solution(const dca_result *result,
                                                           const char *path, dca_error *err);
/** The answer of a model as the versioned JSON object `answer`, into a block that the caller frees with
 *  dca_text_free(); *length may be NULL. */
DCA_API DCA_NODISCARD dca_status dca_result_answer_json(const dca_result *result, char **out,
                                                        size_t *length, dca_error *err);
DCA_API void dca_text_free(dca_env *env, char *text);
/** The environment of a result, borrowed: for dca_text_free(). */
DCA_API dca_env *dca_result_env(const dca_result *result);

/** Basis files: one line a row or column that is not at its default, MPS bas format. */
DCA_API DCA_NODISCARD dca_status dca_basis_read(const dca_lp *lp, const char *path,
                                                uint8_t *columns, uint8_t *rows, dca_error *err);
DCA_API DCA_NODISCARD dca_status dca_basis_write(const dca_result *result, const char *path,
                                                 dca_error *err);

#ifdef __cplusplus
}
#endif
#endif /* DCALLOC_IO_H */
