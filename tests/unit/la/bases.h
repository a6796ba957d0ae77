/* bases.h - random bases for the tests of lib/la, and the identities B x = b and B'y = c. */
#ifndef DCA_TESTS_BASES_H
#define DCA_TESTS_BASES_H

#include "base/rng.h"
#include "la/lu_object.h"
#include "../account.h"

#include <math.h>

/* Columns in test memory (not the account's), room for all that a test wants. */
typedef struct bases {
    dca_index m, num_columns, column_room;
    dca_nnz used, room;
    dca_nnz *start;
    dca_index *length, *index, *basis;
    double *value;
    uint64_t seed;
} bases;

static inline double uniform(bases *b)
{
    return dca__hash_unit(b->seed++);
}

static inline dca_index below(bases *b, dca_index n)
{
    return (dca_index)(uniform(b) * (double)n);
}

static inline double coefficient(bases *b)
{
    const double size = 0.5 + uniform(b);
    return uniform(b) < 0.5 ? -size : size;
}

static inline void bases_init(bases *b, dca_index m, dca_index column_room, dca_nnz room,
                              uint64_t seed)
{
    memset(b, 0, sizeof *b);
    b->m = m;
    b->column_room = column_room;
    b->room = room;
    b->seed = seed * 1000003u;
    b->start = malloc(sizeof *b->start * (size_t)column_room);
    b->length = malloc(sizeof *b->length * (size_t)column_room);
    b->index = malloc(sizeof *b->index * (size_t)room);
    b->value = malloc(sizeof *b->value * (size_t)room);
    b->basis = malloc(sizeof *b->basis * (size_t)(m + 1));
}

static inline void bases_free(bases *b)
{
    free(b->start);
    free(b->length);
    free(b->index);
    free(b->value);
    free(b->basis);
}

static inline dca__lu_matrix matrix_of(const bases *b)
{
    return (dca__lu_matrix){b->start, b->length, b->index, b->value};
}

static inline dca_index open_column(bases *b)
{
    if (b->num_columns == b->column_room)
        fail_msg("the test needs more columns");
    b->start[b->num_columns] = b->used;
    b->length[b->num_columns] = 0;
    return b->num_columns++;
}

/* Add to the column opened last; an entry in the same row is left as it is. */
static inline void add_entry(bases *b, dca_index i, double value)
{
    const dca_index j = b->num_columns - 1;
    for (dca_nnz e = b->start[j]; e < b->used; e++) {
        if (b->index[e] == i)
            return;
    }
    if (b->used == b->room)
        fail_msg("the test needs more entries");
    b->index[b->used] = i;
    b->value[b->used++] = value;
    b->length[j]++;
}

/* A column with a strong entry in row i and `others` more in rows first .. first+span-1. */
static inline dca_index random_column(bases *b, dca_index i, dca_index others, dca_index first,
                                      dca_index span)
{
    const dca_index j = open_column(b);
    add_entry(b, i, 2.0 * coefficient(b));
    for (dca_index t = 0; t < others; t++)
        add_entry(b, first + below(b, span), coefficient(b));
    return j;
}

static inline void shuffle(bases *b, dca_index *items, dca_index n)
{
    for (dca_index k = n - 1; k > 0; k--) {
        const dca_index other = below(b, k + 1);
        const dca_index kept = items[k];
        items[k] = items[other];
        items[other] = kept;
    }
}

/* Share `logical` of unit vectors; the rest random with `others` entries off a hidden diagonal. */
static inline void fill_random(bases *b, double logical, dca_index others)
{
    for (dca_index k = 0; k < b->m; k++) {
        b->basis[k] =
            uniform(b) < logical ? -1 - k : random_column(b, k, below(b, others + 1), 0, b->m);
    }
    shuffle(b, b->basis, b->m);
}

/* Lower or upper triangular under a hidden permutation of rows. */
static inline void fill_triangular(bases *b, dca_index others, bool upper)
{
    dca_index *row = malloc(sizeof *row * (size_t)b->m);
    for (dca_index k = 0; k < b->m; k++)
        row[k] = k;
    shuffle(b, row, b->m);
    for (dca_index k = 0; k < b->m; k++) {
        b->basis[k] = open_column(b);
        add_entry(b, row[k], 2.0 * coefficient(b));
        const dca_index span = upper ? k : b->m - 1 - k;
        for (dca_index t = 0; t < others && span > 0; t++)
            add_entry(b, row[upper ? below(b, span) : k + 1 + below(b, span)], coefficient(b));
    }
    shuffle(b, b->basis, b->m);
    free(row);
}

/* Blocks of `size` rows. */
static inline void fill_blocks(bases *b, dca_index size, dca_index others)
{
    for (dca_index k = 0; k < b->m; k++) {
        const dca_index first = k - k % size;
        const dca_index span = first + size > b->m ? b->m - first : size;
        b->basis[k] = random_column(b, k, others, first, span);
    }
}

/* Multiply rows and columns by powers of two up to 2^+-range. */
static inline void scale_badly(bases *b, int range)
{
    int *row = malloc(sizeof *row * (size_t)b->m);
    for (dca_index i = 0; i < b->m; i++)
        row[i] = (int)below(b, 2 * range + 1) - range;
    for (dca_index j = 0; j < b->num_columns; j++) {
        const int column = (int)below(b, 2 * range + 1) - range;
        for (dca_nnz e = b->start[j]; e < b->start[j] + b->length[j]; e++)
            b->value[e] = ldexp(b->value[e], row[b->index[e]] + column);
    }
    free(row);
}

/* out[i] = (B x)_i or (B'x)_k, and the same with absolute values. */
static inline void multiply(const bases *b, const double *x, bool transposed, double *out,
                            double *absolute)
{
    memset(out, 0, sizeof *out * (size_t)b->m);
    memset(absolute, 0, sizeof *absolute * (size_t)b->m);
    for (dca_index k = 0; k < b->m; k++) {
        const dca_index j = b->basis[k];
        const dca_index unit = -1 - j;
        const double one = 1.0;
        const dca_index *index = j < 0 ? &unit : b->index + b->start[j];
        const double *value = j < 0 ? &one : b->value + b->start[j];
        const dca_index length = j < 0 ? 1 : b->length[j];
        for (dca_index e = 0; e < length; e++) {
            const dca_index from = transposed ? index[e] : k;
            const dca_index to = transposed ? k : index[e];
            out[to] += value[e] * x[from];
            absolute[to] += fabs(value[e] * x[from]);
        }
    }
}

static inline dca_env *plain_env(void)
{
    dca_env *env = NULL;
    if (dca__env_new(NULL, &env) != DCA_OK)
        fail_msg("no env");
    return env;
}

static inline void vector_holds(const dca__spvec *x)
{
    char *listed = calloc((size_t)x->size + 1, 1);
    for (dca_index t = 0; t < x->count; t++) {
        if (x->index[t] < 0 || x->index[t] >= x->size || listed[x->index[t]])
            fail_msg("entry %d of the list is out of range or listed twice", (int)t);
        listed[x->index[t]] = 1;
    }
    for (dca_index i = 0; i < x->size && x->count >= 0; i++) {
        if (x->value[i] != 0.0 && !listed[i])
            fail_msg("nonzero %d is not listed", (int)i);
    }
    free(listed);
}

/* Solve with a right-hand side of `count` entries and see that the factors are those of B: the
 * residual is at most `tolerance` of the largest |B||x| + |b|. */
static inline void check_solve(dca__lu *lu, bases *b, dca_index count, bool transposed,
                               double tolerance)
{
    dca_env *env = plain_env();
    dca__spvec x;
    if (dca__spvec_init(env, &x, b->m) != DCA_OK)
        fail_msg("no vector");
    double *rhs = calloc((size_t)b->m + 1, sizeof *rhs);
    double *out = malloc(sizeof *out * (size_t)(b->m + 1));
    double *absolute = malloc(sizeof *absolute * (size_t)(b->m + 1));
    for (dca_index t = 0; t < count; t++) {
        const dca_index i = below(b, b->m);
        if (rhs[i] == 0.0) {
            rhs[i] = coefficient(b);
            x.value[i] = rhs[i];
            x.index[x.count++] = i;
        }
    }
    if (transposed)
        dca__lu_btran(lu, &x);
    else
        dca__lu_ftran(lu, &x, false);
    vector_holds(&x);
    multiply(b, x.value, transposed, out, absolute);
    double worst = 0.0;
    double size = 1.0;
    for (dca_index i = 0; i < b->m; i++) {
        worst = fmax(worst, fabs(out[i] - rhs[i]));
        size = fmax(size, absolute[i]);
    }
    if (!(worst <= tolerance * size))
        fail_msg("residual %g, size %g (m %d, rhs %d, transposed %d)", worst, size, (int)b->m,
                 (int)count, transposed);
    free(rhs);
    free(out);
    free(absolute);
    dca__spvec_free(env, &x);
    dca__env_release(env);
}

static inline void check_solves(dca__lu *lu, bases *b, double tolerance)
{
    for (int transposed = 0; transposed <= 1; transposed++) {
        check_solve(lu, b, 1, transposed != 0, tolerance);
        check_solve(lu, b, 3, transposed != 0, tolerance);
        check_solve(lu, b, b->m, transposed != 0, tolerance);
    }
}

static const dca__lu_settings usual_settings = {0.1, 1e-14, 1e-11, 100};

static inline dca__lu *new_lu(dca_env *env)
{
    dca__lu *lu = NULL;
    if (dca__lu_new(env, &usual_settings, &lu) != DCA_OK)
        fail_msg("no factor object");
    return lu;
}

/* Change the basis to the one that was factorised. Returns the deficiency. */
static inline dca_index take_repairs(const dca__lu *lu, bases *b)
{
    const dca_index deficient = dca__lu_num_deficient(lu);
    for (dca_index d = 0; d < deficient; d++) {
        dca_index position;
        dca_index row;
        dca__lu_deficient(lu, d, &position, &row);
        b->basis[position] = -1 - row;
    }
    return deficient;
}

/* Factorise, take over the repairs, and see that all invariants hold. Returns the deficiency. */
static inline dca_index factorise(dca__lu *lu, bases *b)
{
    const dca__lu_matrix matrix = matrix_of(b);
    if (dca__lu_factorise(lu, b->m, &matrix, b->basis) != DCA_OK)
        fail_msg("factorise");
    const dca_index deficient = take_repairs(lu, b);
    const char *broken = dca__lu_check(lu);
    if (broken != NULL)
        fail_msg("does not hold: %s", broken);
    return deficient;
}

#endif
