/* dc.h - seeded allocation problems of data centres, as models in domain terms and as LPs, with a
 * list of edits that come after them.
 *
 * The same parameters give the same bits on every machine: numbers come from an integer hash
 * (random.c), are small whole numbers or dyadic fractions, and go through + - * / and sqrt only,
 * which IEEE 754 rounds one way; the clock, libm and the order of evaluation have no say. */
#ifndef BENCH_DC_H
#define BENCH_DC_H

#include <dcalloc.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* ---- Problems -------------------------------------------------------------------------------- */

typedef struct dc_parameters {
    int64_t nonzeros; /* wanted of the LP, 10^3 .. 10^7; made within a factor of 1.5 */
    uint64_t seed;
    int skew;     /* Zipf exponent of sizes, in quarters: 4 is 1/k, 0 is all alike; 0 .. 12 */
    double load;  /* what is asked for over what there is; above 1: oversubscribed */
    double alike; /* share of the items that are copies of one of `kinds`, 0 .. 1 */
    int kinds;    /* >= 1 */
    int failures; /* pools, links, sites or failure domains that are lost from the start */
    bool hard;    /* demands insist on what they ask for; where a family has it */
} dc_parameters;

/* What a row of a demand holds. */
typedef enum dc_role {
    DC_FIXED, /* does not follow the amount */
    DC_EQUAL, /* both bounds are the amount */
    DC_LEAST, /* the lower bound is the amount */
    DC_SLOT   /* the upper bound is what the demand may have at most */
} dc_role;

/* A limit that may be changed, lost and returned: upper bounds of rows, factor times its value. */
typedef struct dc_limit {
    dca_kind kind; /* POOL (value: nodes), LINK, DOMAIN (of a resource), NONE: in the LP only */
    dca_index object, resource;
    double value;               /* as made */
    dca_index row[4], num_rows; /* of the LP */
    double factor[4];
} dc_limit;

/* A demand with what belongs to it alone: it arrives and leaves with these rows and columns. */
typedef struct dc_demand {
    dca_index object;            /* in the model, or -1 */
    dca_index link;              /* the link of the model that is its slot, or -1 */
    dca_index placement;         /* in the model: the first of `count` */
    double amount, now;          /* as made, and after edits */
    dca_index row[16], num_rows; /* of the LP */
    uint8_t role[16];            /* dc_role */
    dca_index first, count;      /* columns first .. first+count-1: ways to serve it */
    dca_index unmet;             /* the column that is at most the amount, or -1 */
} dc_demand;

typedef struct dc_instance {
    dca_env *env;
    dca_model *model;     /* NULL: made in the LP layer, as the family says */
    dca_lp *lp;           /* of the first tier; row and column order as in docs/model.md */
    dca_outcome expected; /* OPTIMAL or INFEASIBLE, by construction */
    double optimum;       /* by construction, or NAN */
    dc_limit *limits;     /* [num_limits] */
    dca_index num_limits;
    dc_demand *demands; /* [num_demands]; placements of the model are columns of the same number */
    dca_index num_demands;
    bool amounts; /* may be edited as right-hand sides: in max-min they are coefficients */
    bool costs;   /* costs of placements count in the objective */
    bool values;  /* -value * served is in the objective, to be small: amounts shift its offset */
    bool slots;   /* link i is the slot of demand i, and no limit that is lost */
    bool scaled;  /* limits are coefficients too, and are left alone */
} dc_instance;

typedef struct dc_family {
    const char *name;
    const char *about;
    dc_parameters defaults;                                     /* nonzeros and seed are not used */
    bool (*make)(const dc_parameters *given, dc_instance *out); /* model or LP, and what is known */
} dc_family;

extern const dc_family *const dc_families[]; /* NULL at the end */
const dc_family *dc_family_find(const char *name);

/* Make an instance, its LP and what may be edited in it. O(nonzeros). False: out of memory or
 * refused parameters; nothing to free then. */
bool dc_make(const dc_family *family, const dc_parameters *given, dc_instance *out);
void dc_free(dc_instance *instance);

/* ---- Edits (trace.c) ------------------------------------------------------------------------- */

typedef enum dc_change {
    DC_LIMIT,  /* one limit, by up to a quarter */
    DC_AMOUNT, /* one demand asks for more or less */
    DC_RHS,    /* 1 % of limits and amounts */
    DC_COST,   /* 1 % of the costs of placements */
    DC_ARRIVE, /* a demand like one that is there */
    DC_DEPART, /* a demand leaves */
    DC_LOSE,   /* half of a limit is lost */
    DC_RETURN, /* it returns */
    DC_CHANGES
} dc_change;
extern const char *const dc_change_name[DC_CHANGES];

/* Write `count` edits of the changes whose bits are set, as many of each as the mix says: 1 %
 * changes a twentieth each, arrivals and departures a tenth each, losses a twentieth, single
 * changes the rest. Format: bench/dc/README.md. The instance's LP is edited on the way. False:
 * nothing to edit, or a failure. */
bool dc_trace_write(dc_instance *instance, uint64_t seed, unsigned changes, int64_t count,
                    FILE *out);

/* What arrival means in a model: a demand like `object`, whose `count` placements begin at
 * `placement`, with placements like those, and a slot like its slot where `slots`. The new
 * demand's index, or -1. */
dca_index dc_model_arrive(dca_model *model, dca_index object, dca_index placement, dca_index count,
                          double amount, bool slots);
/* Departure: the demand with its placements, and its slot unless -1. */
bool dc_model_depart(dca_model *model, dca_index object, dca_index link);

/* ---- Numbers (random.c) ---------------------------------------------------------------------- */

/* 64 bits that depend on all of seed, stream and index. */
uint64_t dc_hash(uint64_t seed, uint64_t stream, uint64_t index);
/* A whole number 0 .. n-1, 0 < n < 2^32. */
int64_t dc_below(uint64_t seed, uint64_t stream, uint64_t index, int64_t n);
/* A multiple of 2^-20 in [0, 1). */
double dc_fraction(uint64_t seed, uint64_t stream, uint64_t index);
/* rank^(-skew/4), rank >= 1. */
double dc_zipf(int64_t rank, int skew);
/* A size of 1 .. largest: largest * rank^(-skew/4), rounded down, all ranks 1 .. 64 as likely. */
double dc_size(uint64_t seed, uint64_t stream, uint64_t index, int skew, double largest);
/* The number that item i draws its properties by: its own, or that of its kind. */
uint64_t dc_identity(const dc_parameters *given, uint64_t i);
/* Is object i of n among the `failures` that are lost? Never all of them. */
bool dc_lost(const dc_parameters *given, dca_index i, dca_index n);

#endif /* BENCH_DC_H */
