/* proof.c - running sums of the optimality check.
 *
 * Notation and claims as in verify.c. Kept are
 *
 *     row i       (A x)_i in doubled precision, |A||x|_i
 *     column j    d_j = c_j - a_j'y, noise_j = |c_j| + sum |a_ij y_i|, and the bound it uses in D
 *     P, D, D~    in doubled precision, with the sums of their terms' magnitudes
 *
 * A change of x_j adds the products with its difference, which two doubles hold exactly. A changed y_i
 * makes the columns of row i dirty: their d_j are formed anew, as verify.c does, when the check is asked
 * for. So only the sums drift:
 *
 *     sums in doubled precision    every operation errs by at most 4 u^2 (largest magnitude so far)
 *     magnitudes                   by at most u (largest so far), or 2 u with the product
 *
 * With K operations since the sums were formed whole, a sum is right to 8 K u^2 peak and a magnitude to 4 K
 * u peak (twice what was derived, for the rounding of the bounds themselves). The first is added to every
 * miss and to the gap, the second taken from every floor. K stays below 2^40, so the loss is under
 * 2^-63 of a row's terms: what is proved here, verify.c proves (the tests compare).
 *
 * A d_j that points at an infinite bound needs one that rows imply, for D, which is told; its e_j is
 * credited at x_j, as in verify.c, and what is left of it counts against the claim at that bound. */
#include "lp/proof.h"

#include "base/alloc.h"
#include "base/env.h"
#include "lp/lp.h"
#include "lp/reach.h"
#include "lp/verify.h"
#include "lp/verify_sum.h"

#include <string.h>

/* Whole sums after so many times the size of the problem in touched entries. */
enum { WEAR = 32 };
/* x may be infeasible by rounding: P as a bound of c'x is enlarged by this part of its terms. */
#define CUTOFF_ROOM 1e-6

/* A sum that terms leave again. */
typedef struct running {
    dca__sum sum;
    double peak; /* largest magnitude since it was formed */
} running;

/* Members of a set that are listed once, and dropped from the list when it is read. */
typedef struct listing {
    uint8_t *listed; /* [size] */
    dca_index *list; /* [size] */
    dca_index count;
} listing;

struct dca__proof {
    dca_env *env;
    dca_index m, n; /* of the arrays below */
    dca__point point;
    dca_nnz *row_start;   /* [m+1] */
    dca_index *row_index; /* [entries] columns */
    double *row_value;    /* [entries] */
    running *row;         /* [m] */
    double *row_side;     /* [m] what y_i is multiplied with in D */
    double *cost;         /* [n] as in P */
    double *noise;        /* [n] */
    double *side;      /* [n] the bound that d_j is multiplied with in D; 0 where it is infinite */
    dca__reach *reach; /* bounds that rows imply */
    running primal, dual, resolved; /* P, D, D~ */
    uint8_t *counted;               /* [n] the terms of j are in D and D~ */
    listing dirty;                  /* columns whose d_j is to be formed anew */
    listing moved;                  /* others whose terms are to be counted again */
    listing touched;                /* rows whose sum is to be looked at */
    listing open;                   /* columns whose d_j points at an infinite bound */
    listing inexact;                /* basic columns whose d_j is not 0 */
    listing bad_rows, bad_columns;  /* that may miss by more than their floor */
    double dropped;                 /* largest price at an infinite side since begin */
    int64_t operations, wear, size;
};

static double larger(double a, double b)
{
    return b > a ? b : a;
}

/* ---- Storage --------------------------------------------------------------------------------------- */

static void listing_free(dca_env *env, listing *l)
{
    dca__free(env, l->listed);
    dca__free(env, l->list);
    *l = (listing){0};
}

static bool listing_new(dca_env *env, dca_index size, listing *l)
{
    l->listed = DCA_ZEROS(env, uint8_t, size);
    l->list = DCA_ARRAY(env, dca_index, size);
    l->count = 0;
    return l->listed != NULL && l->list != NULL;
}

static void enlist(listing *l, dca_index k)
{
    if (!l->listed[k]) {
        l->listed[k] = 1;
        l->list[l->count++] = k;
    }
}

static void listing_clear(listing *l)
{
    for (dca_index k = 0; k < l->count; k++) {
        l->listed[l->list[k]] = 0;
    }
    l->count = 0;
}

static void free_arrays(dca__proof *proof)
{
    dca_env *env = proof->env;
    dca__free(env, proof->row_start);
    dca__free(env, proof->row_index);
    dca__free(env, proof->row_value);
    dca__free(env, proof->row);
    dca__free(env, proof->row_side);
    dca__free(env, proof->cost);
    dca__free(env, proof->noise);
    dca__free(env, proof->side);
    dca__free(env, proof->counted);
    dca__reach_free(proof->reach);
    listing_free(env, &proof->moved);
    listing_free(env, &proof->touched);
    listing_free(env, &proof->dirty);
    listing_free(env, &proof->open);
    listing_free(env, &proof->inexact);
    listing_free(env, &proof->bad_rows);
    listing_free(env, &proof->bad_columns);
    dca__point_free(env, &proof->point);
    *proof = (dca__proof){.env = env};
}

dca_status dca__proof_new(dca_env *env, dca__proof **out)
{
    dca__proof *proof = DCA_NEW(env, dca__proof);
    if (proof == NULL) {
        return DCA_E_NOMEM;
    }
    proof->env = dca__env_retain(env);
    *out = proof;
    return DCA_OK;
}

void dca__proof_free(dca__proof *proof)
{
    if (proof != NULL) {
        dca_env *env = proof->env;
        free_arrays(proof);
        dca__free(env, proof);
        dca__env_release(env);
    }
}

static bool allocate(dca__proof *proof, const dca_problem *problem)
{
    dca_env *env = proof->env;
    const dca_index m = problem->num_rows;
    const dca_index n = problem->num_columns;
    dca_nnz entries = 0;
    for (dca_index j = 0; j < n; j++) {
        entries += problem->length[j];
    }
    free_arrays(proof);
    proof->m = m;
    proof->n = n;
    proof->size = entries + m + n;
    return (proof->row_start = DCA_ARRAY(env, dca_nnz, (dca_nnz)m + 1)) != NULL &&
           (proof->row_index = DCA_ARRAY(env, dca_index, entries)) != NULL &&
           (proof->row_value = DCA_ARRAY(env, double, entries)) != NULL &&
           (proof->row = DCA_ARRAY(env, running, m)) != NULL &&
           (proof->row_side = DCA_ARRAY(env, double, m)) != NULL &&
           (proof->cost = DCA_ARRAY(env, double, n)) != NULL &&
           (proof->noise = DCA_ARRAY(env, double, n)) != NULL &&
           (proof->side = DCA_ARRAY(env, double, n)) != NULL &&
           (proof->counted = DCA_ARRAY(env, uint8_t, n)) != NULL &&
           listing_new(env, n, &proof->moved) && listing_new(env, m, &proof->touched) &&
           listing_new(env, n, &proof->dirty) && listing_new(env, n, &proof->open) &&
           listing_new(env, n, &proof->inexact) && listing_new(env, m, &proof->bad_rows) &&
           listing_new(env, n, &proof->bad_columns) &&
           dca__reach_new(env, problem,
                          (dca__rows){proof->row_start, proof->row_index, proof->row_value},
                          &proof->reach) == DCA_OK;
}

/* ---- Sums ------------------------------------------------------------------------------------------ */

/* Add `count` = 1, or take away again, -1, the product. */
static void change(running *r, double count, double a, double b)
{
    dca__dd_add_product(&r->sum.total, count * a, b);
    double low;
    r->sum.total.hi = dca__two_sum(r->sum.total.hi, r->sum.total.lo, &low);
    r->sum.total.lo = low;
    r->sum.magnitude += count * fabs(a * b);
    r->peak = larger(r->peak, r->sum.magnitude);
}

/* a (after - before) for hi + lo = after - before: counts as two operations. */
static void replace_term(running *r, double a, double hi, double lo, double growth)
{
    dca__dd_add_product(&r->sum.total, a, hi);
    double low;
    r->sum.total.lo += a * lo;
    r->sum.total.hi = dca__two_sum(r->sum.total.hi, r->sum.total.lo, &low);
    r->sum.total.lo = low;
    r->sum.magnitude += fabs(a) * growth;
    r->peak = larger(r->peak, r->sum.magnitude);
}

/* What the sum may be wrong by. */
static double drift(const dca__proof *proof, const running *r)
{
    return 8.0 * (double)proof->operations * DCA_UNIT_ROUNDOFF * DCA_UNIT_ROUNDOFF * r->peak;
}

/* At most the sum of magnitudes. */
static double sure_magnitude(const dca__proof *proof, const running *r)
{
    const double error = 4.0 * (double)proof->operations * DCA_UNIT_ROUNDOFF * r->peak;
    return larger(0.0, r->sum.magnitude - error);
}

/* How far the row misses its bounds for certain beyond its floor, if at all. */
static double row_excess(const dca__proof *proof, const dca_problem *problem, dca_index i)
{
    const running *r = &proof->row[i];
    const double miss = larger(dca__dd_below(r->sum.total, problem->row_lower[i]),
                               -dca__dd_below(r->sum.total, problem->row_upper[i]));
    return miss + drift(proof, r) -
           DCA_CLAIM_ROUNDING * DCA_UNIT_ROUNDOFF * sure_magnitude(proof, r);
}

static double column_excess(const dca__proof *proof, const dca_problem *problem, dca_index j)
{
    const double x = proof->point.x[j];
    const double miss = larger(problem->lower[j] - x, x - problem->upper[j]);
    return miss - DCA_CLAIM_ROUNDING * DCA_UNIT_ROUNDOFF * fabs(x);
}

static void look_at_row(dca__proof *proof, const dca_problem *problem, dca_index i)
{
    const dca__dd total = proof->row[i].sum.total;
    proof->point.activity[i] = dca__dd_value(total);
    if (!(row_excess(proof, problem, i) <= 0.0)) {
        enlist(&proof->bad_rows, i);
    }
}

static void look_at_column(dca__proof *proof, const dca_problem *problem, dca_index j)
{
    if (!(column_excess(proof, problem, j) <= 0.0)) {
        enlist(&proof->bad_columns, j);
    }
}

/* ---- Terms of D ------------------------------------------------------------------------------------- */

static double resolution(const dca__proof *proof, dca_index j)
{
    return DCA_CLAIM_ROUNDING * DCA_UNIT_ROUNDOFF * proof->noise[j];
}

static void change_column_term(dca__proof *proof, double count, dca_index j)
{
    const double d = proof->point.d[j];
    const double e = copysign(fmin(fabs(d), resolution(proof, j)), d);
    if (d != 0.0 && proof->side[j] != 0.0) {
        change(&proof->dual, count, d, proof->side[j]);
        change(&proof->resolved, count, d - e, proof->side[j]);
        proof->operations++;
    }
    if (e != 0.0 && proof->point.x[j] != 0.0) {
        change(&proof->resolved, count, e, proof->point.x[j]);
        proof->operations++;
    }
}

static void look_at_price(dca__proof *proof, dca_index j)
{
    if (proof->point.column_status[j] == DCA_BASIS_BASIC && proof->point.d[j] != 0.0) {
        enlist(&proof->inexact, j);
    }
}

static void count_column(dca__proof *proof, dca_index j)
{
    change_column_term(proof, 1.0, j);
    proof->counted[j] = 1;
}

static void discount_column(dca__proof *proof, dca_index j)
{
    if (proof->counted[j]) {
        change_column_term(proof, -1.0, j);
        proof->counted[j] = 0;
    }
}

static void refresh_column(dca__proof *proof, const dca_problem *problem, dca_index j)
{
    discount_column(proof, j);
    const dca__sum priced = dca__sum_column(problem, j, proof->point.y);
    const double d = dca__dd_below(priced.total, proof->cost[j]);
    const double side = d > 0.0 ? problem->lower[j] : d < 0.0 ? problem->upper[j] : 0.0;
    proof->point.d[j] = d;
    proof->noise[j] = fabs(proof->cost[j]) + priced.magnitude;
    proof->side[j] = isinf(side) ? 0.0 : side;
    if (isinf(side)) {
        enlist(&proof->open, j);
    }
    look_at_price(proof, j);
    count_column(proof, j);
    proof->wear += 1 + problem->length[j];
}

/* What waited for all changes to be told. */
static void catch_up(dca__proof *proof, const dca_problem *problem)
{
    for (dca_index k = 0; k < proof->dirty.count; k++) {
        refresh_column(proof, problem, proof->dirty.list[k]);
    }
    for (dca_index k = 0; k < proof->moved.count; k++) {
        if (!proof->counted[proof->moved.list[k]]) {
            count_column(proof, proof->moved.list[k]);
        }
    }
    for (dca_index k = 0; k < proof->touched.count; k++) {
        look_at_row(proof, problem, proof->touched.list[k]);
    }
    listing_clear(&proof->dirty);
    listing_clear(&proof->moved);
    listing_clear(&proof->touched);
}

static void change_row_term(dca__proof *proof, double count, dca_index i)
{
    if (proof->point.y[i] != 0.0) {
        change(&proof->dual, count, proof->point.y[i], proof->row_side[i]);
        change(&proof->resolved, count, proof->point.y[i], proof->row_side[i]);
        proof->operations++;
    }
}

/* ---- Changes ---------------------------------------------------------------------------------------- */

static void change_cost_term(dca__proof *proof, double count, dca_index j)
{
    if (proof->point.x[j] != 0.0 && proof->cost[j] != 0.0) {
        change(&proof->primal, count, proof->cost[j], proof->point.x[j]);
        proof->operations++;
    }
}

/* The difference of the values is taken exactly, so that what was added is what leaves. */
static void change_rows(dca__proof *proof, const dca_problem *problem, dca_index j, double before,
                        double after)
{
    double lo;
    const double hi = dca__two_sum(after, -before, &lo);
    const double growth = fabs(after) - fabs(before);
    const dca_nnz end = problem->start[j] + problem->length[j];
    for (dca_nnz k = problem->start[j]; k < end; k++) {
        replace_term(&proof->row[problem->index[k]], problem->value[k], hi, lo, growth);
        enlist(&proof->touched, problem->index[k]);
    }
    proof->operations += 2; /* of a row: two for each column */
    proof->wear += 1 + problem->length[j];
}

static void set_value(dca__proof *proof, const dca_problem *problem, dca_index j, double x)
{
    change_cost_term(proof, -1.0, j);
    discount_column(proof, j);
    change_rows(proof, problem, j, proof->point.x[j], x);
    proof->point.x[j] = x;
    change_cost_term(proof, 1.0, j);
    enlist(&proof->moved, j);
}

/* A fixed variable that is not basic is at its lower bound. */
static uint8_t settled(uint8_t status, double lower, double upper)
{
    return status == DCA_BASIS_UPPER && lower == upper ? DCA_BASIS_LOWER : status;
}

void dca__proof_set_column(dca__proof *proof, const dca_problem *problem, dca_index j, double x,
                           uint8_t status)
{
    proof->point.column_status[j] = settled(status, problem->lower[j], problem->upper[j]);
    if (x != proof->point.x[j]) {
        set_value(proof, problem, j, x);
    }
    look_at_column(proof, problem, j);
    look_at_price(proof, j);
}

static void set_price(dca__proof *proof, const dca_problem *problem, dca_index i, double y)
{
    const double side = y > 0.0 ? problem->row_lower[i] : problem->row_upper[i];
    const bool useless = y != 0.0 && isinf(side);
    const double price = useless ? 0.0 : y;
    proof->dropped = useless ? larger(proof->dropped, fabs(y)) : proof->dropped;
    change_row_term(proof, -1.0, i);
    proof->row_side[i] = price == 0.0 ? 0.0 : side;
    if (price != proof->point.y[i]) {
        for (dca_nnz e = proof->row_start[i]; e < proof->row_start[i + 1]; e++) {
            enlist(&proof->dirty, proof->row_index[e]);
        }
        proof->wear += proof->row_start[i + 1] - proof->row_start[i];
    }
    proof->point.y[i] = price;
    change_row_term(proof, 1.0, i);
}

void dca__proof_set_row(dca__proof *proof, const dca_problem *problem, dca_index i, double y,
                        uint8_t status)
{
    proof->point.row_status[i] = settled(status, problem->row_lower[i], problem->row_upper[i]);
    set_price(proof, problem, i, y);
}

void dca__proof_edit(dca__proof *proof, const dca_problem *problem, const dca_edit *edit)
{
    const dca_index k = edit->index;
    switch (edit->kind) {
    case DCA_EDIT_COST:
        change_cost_term(proof, -1.0, k);
        proof->cost[k] = problem->cost[k];
        change_cost_term(proof, 1.0, k);
        enlist(&proof->dirty, k);
        dca__reach_edit(proof->reach, problem, k);
        break;
    case DCA_EDIT_COLUMN_BOUNDS:
        look_at_column(proof, problem, k);
        enlist(&proof->dirty, k);
        dca__reach_edit(proof->reach, problem, k);
        break;
    default:
        enlist(&proof->touched, k);
        break;
    }
}

dca_status dca__proof_open(dca__proof *proof)
{
    return dca__point_own(proof->env, &proof->point);
}

/* ---- Whole ------------------------------------------------------------------------------------------ */

/* Sums of nothing: x = 0, y = 0, d_j at hand. */
static void clear_sums(dca__proof *proof, const dca_problem *problem)
{
    memset(proof->row, 0, (size_t)proof->m * sizeof *proof->row);
    memset(proof->side, 0, (size_t)proof->n * sizeof *proof->side);
    memset(proof->noise, 0, (size_t)proof->n * sizeof *proof->noise);
    memset(proof->counted, 0, (size_t)proof->n);
    memcpy(proof->cost, problem->cost, (size_t)proof->n * sizeof *proof->cost);
    proof->primal = proof->dual = proof->resolved = (running){0};
    listing_clear(&proof->dirty);
    listing_clear(&proof->moved);
    listing_clear(&proof->touched);
    listing_clear(&proof->open);
    listing_clear(&proof->inexact);
    listing_clear(&proof->bad_rows);
    listing_clear(&proof->bad_columns);
    proof->dropped = 0.0;
    proof->operations = 0;
}

dca_status dca__proof_begin(dca__proof *proof, const dca_problem *problem, bool same_matrix,
                            dca__point *point)
{
    const bool kept = same_matrix && proof->row_start != NULL && proof->m == problem->num_rows &&
                      proof->n == problem->num_columns;
    if (!kept && !allocate(proof, problem)) {
        free_arrays(proof);
        return DCA_E_NOMEM;
    }
    if (!kept) {
        dca__lp_transpose(problem, proof->row_start, proof->row_index, proof->row_value);
    }
    dca__point_free(proof->env, &proof->point);
    proof->point = *point;
    memset(point, 0, sizeof *point);
    dca__point *own = &proof->point;
    own->has_point = own->has_dual = own->has_basis = true;
    clear_sums(proof, problem);
    dca__reach_begin(proof->reach, problem);
    for (dca_index j = 0; j < proof->n; j++) {
        own->column_status[j] =
            settled(own->column_status[j], problem->lower[j], problem->upper[j]);
        own->d[j] = 0.0;
        change_cost_term(proof, 1.0, j);
        if (own->x[j] != 0.0) {
            change_rows(proof, problem, j, 0.0, own->x[j]);
        }
        look_at_column(proof, problem, j);
    }
    for (dca_index i = 0; i < proof->m; i++) {
        const double y = own->y[i];
        own->row_status[i] =
            settled(own->row_status[i], problem->row_lower[i], problem->row_upper[i]);
        own->y[i] = 0.0;
        set_price(proof, problem, i, y);
        enlist(&proof->touched, i);
    }
    for (dca_index j = 0; j < proof->n; j++) {
        enlist(&proof->dirty, j);
    }
    catch_up(proof, problem);
    proof->wear = 0;
    return DCA_OK;
}

/* ---- Check ------------------------------------------------------------------------------------------ */

/* Largest of those listed; who misses nothing leaves the list. NAN counts as infinite. */
static double worst(const dca__proof *proof, const dca_problem *problem, listing *bad,
                    double (*excess)(const dca__proof *, const dca_problem *, dca_index))
{
    double most = 0.0;
    dca_index kept = 0;
    for (dca_index k = 0; k < bad->count; k++) {
        const dca_index at = bad->list[k];
        const double by = excess(proof, problem, at);
        if (by <= 0.0) {
            bad->listed[at] = 0;
            continue;
        }
        bad->list[kept++] = at;
        most = by > most ? by : isnan(by) ? INFINITY : most;
    }
    bad->count = kept;
    return most;
}

/* A bound of x_j on the side that d_j points at, from rows or from c'x <= P (verify.c enlarges P
 * likewise). */
static double implied_side(dca__proof *proof, const dca_problem *problem, dca_index j)
{
    const double cutoff =
        dca__dd_value(proof->primal.sum.total) + CUTOFF_ROOM * proof->primal.sum.magnitude;
    return dca__reach_bound(proof->reach, problem, cutoff, j, proof->point.d[j] < 0.0,
                            &proof->wear);
}

/* What the reduced costs that point at infinite bounds stand for. */
typedef struct opening {
    double largest;   /* of all of them */
    double term;      /* what those whose column rows bound are worth in D */
    double apart;     /* at most, what they are worth in D~ beyond their e_j */
    dca_index beyond; /* the others */
} opening;

/* Whoever points at a finite bound by now leaves the list. Bounds are looked for as long as that touches
 * no more than a whole check would. */
static opening look_at_open(dca__proof *proof, const dca_problem *problem)
{
    opening found = {0};
    dca_index kept = 0;
    const int64_t most = proof->wear + proof->size;
    for (dca_index k = 0; k < proof->open.count; k++) {
        const dca_index j = proof->open.list[k];
        const double d = proof->point.d[j];
        if (d == 0.0 || !isinf(d > 0.0 ? problem->lower[j] : problem->upper[j])) {
            proof->open.listed[j] = 0;
            continue;
        }
        proof->open.list[kept++] = j;
        found.largest = larger(found.largest, fabs(d));
        const bool worth = found.beyond == 0 && proof->wear < most;
        const double side = worth ? implied_side(proof, problem, j) : INFINITY;
        if (isinf(side)) {
            found.beyond++;
            continue;
        }
        found.term += d * side;
        found.apart += larger(0.0, fabs(d) - resolution(proof, j)) * fabs(side);
    }
    proof->open.count = kept;
    return found;
}

void dca__proof_check(dca__proof *proof, const dca_problem *problem, dca_certificate *cert)
{
    dca__certificate_clear(cert, DCA_CERTIFICATE_KKT);
    catch_up(proof, problem);
    const opening open = look_at_open(proof, problem);
    cert->dual_violation = larger(proof->dropped, open.largest);
    cert->primal_violation = larger(worst(proof, problem, &proof->bad_rows, row_excess),
                                    worst(proof, problem, &proof->bad_columns, column_excess));
    if (open.beyond > 0) {
        return;
    }
    const double value = dca__dd_value(proof->primal.sum.total);
    const double resolved = dca__dd_value(proof->resolved.sum.total);
    const double error = drift(proof, &proof->primal) + drift(proof, &proof->resolved) + open.apart;
    const double gap = fabs(value - resolved) + error;
    const double scale = larger(0.0, larger(fabs(value), fabs(resolved)) - error);
    const double floor =
        DCA_CLAIM_ROUNDING * DCA_UNIT_ROUNDOFF *
        (sure_magnitude(proof, &proof->primal) + sure_magnitude(proof, &proof->resolved));
    if (!isfinite(gap) || !isfinite(floor)) {
        return;
    }
    cert->dual_bound = dca__dd_value(proof->dual.sum.total) + open.term + problem->offset;
    cert->relative_gap = scale > 0.0 ? larger(0.0, gap - floor) / scale : 0.0;
    cert->valid =
        cert->primal_violation <= DCA_CLAIM_PRIMAL && gap - floor <= DCA_CLAIM_GAP * scale;
}

const dca_index *dca__proof_open_columns(dca__proof *proof, dca_index *count)
{
    *count = proof->open.count;
    return proof->open.list;
}

bool dca__proof_has_drifted(const dca__proof *proof)
{
    dca_index k = 0;
    while (k < proof->open.count &&
           fabs(proof->point.d[proof->open.list[k]]) <= resolution(proof, proof->open.list[k])) {
        k++;
    }
    return k < proof->open.count;
}

const dca_index *dca__proof_inexact_columns(dca__proof *proof, dca_index *count)
{
    listing *l = &proof->inexact;
    dca_index kept = 0;
    for (dca_index k = 0; k < l->count; k++) {
        const dca_index j = l->list[k];
        if (proof->point.column_status[j] == DCA_BASIS_BASIC && proof->point.d[j] != 0.0) {
            l->list[kept++] = j;
        } else {
            l->listed[j] = 0;
        }
    }
    *count = l->count = kept;
    return l->list;
}

double dca__proof_objective(const dca__proof *proof, const dca_problem *problem)
{
    dca__dd value = proof->primal.sum.total;
    dca__dd_add(&value, problem->offset);
    return dca__dd_value(value);
}

dca__point *dca__proof_point(dca__proof *proof)
{
    return &proof->point;
}

bool dca__proof_is_worn(const dca__proof *proof)
{
    return proof->wear > WEAR * proof->size;
}
