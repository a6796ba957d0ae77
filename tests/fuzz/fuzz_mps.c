/* fuzz_mps.c - any bytes as MPS. */
#include "fuzz_lp_text.h"
#include "io/mps.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const fuzz_format format = {dca__mps_parse, dca__mps_write};
    return fuzz_lp_text(&format, data, size);
}
