/* json_words.h - the words of scenario files for the enumerations of the domain layer. */
#ifndef DCA_IO_JSON_WORDS_H
#define DCA_IO_JSON_WORDS_H

#include "dcalloc/types.h"

enum { DCA_NUM_TERM_KINDS = 7, DCA_NUM_DOMAIN_KINDS = 4 };

#define DCA_TERM_WORDS   "cost, energy, unmet, utilisation, movement, value, share"
#define DCA_DOMAIN_WORDS "power, failure, network, tenant"

static inline const char *dca__term_word(int32_t kind)
{
    static const char *const words[] = {"cost",     "energy", "unmet", "utilisation",
                                        "movement", "value",  "share"};
    return words[kind];
}

static inline const char *dca__domain_word(int32_t kind)
{
    static const char *const words[] = {"power", "failure", "network", "tenant"};
    return words[kind];
}

#endif
