/* fuzz_lp.c - any bytes as a CPLEX LP file. */
#include "fuzz_lp_text.h"
#include "io/lpfile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const fuzz_format format = {dca__lpfile_parse, dca__lpfile_write};
    return fuzz_lp_text(&format, data, size);
}
