/* test_lu.c - B ftran(b) = b and B' btran(c) = c for bases of every shape, fresh, repaired and after
 * updates; work that does not grow with m; refused memory. */
#include "base/limit.h"
#include "bases.h"

static void random_bases(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    const dca_index sizes[] = {1, 2, 3, 10, 60, 300, 1000};
    for (int s = 0; s < 7; s++) {
        for (int kind = 0; kind < 4; kind++) {
            bases b;
            bases_init(&b, sizes[s], sizes[s], 12 * sizes[s] + 100, (uint64_t)(s * 10 + kind));
            fill_random(&b, 0.25 * kind, 2 + 2 * kind);
            if (sizes[s] > 3)
                assert_true(factorise(lu, &b) <= 2);
            else
                (void)factorise(lu, &b);
            check_solves(lu, &b, 1e-11);
            const dca__lu_matrix matrix = matrix_of(&b);
            assert_true(dca__lu_residual(lu, &matrix, b.basis) <= 1e-11);
            bases_free(&b);
        }
    }
    dca__lu_free(lu);
    dca__env_release(env);
}

static void triangular_bases_have_no_fill(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    for (int upper = 0; upper <= 1; upper++) {
        bases b;
        bases_init(&b, 500, 500, 5000, 7);
        fill_triangular(&b, 4, upper != 0);
        assert_int_equal(factorise(lu, &b), 0);
        check_solves(lu, &b, 1e-11);
        dca_nnz factor_entries;
        dca_nnz basis_entries;
        dca__lu_fill(lu, &factor_entries, &basis_entries);
        assert_int_equal(factor_entries, basis_entries);
        assert_int_equal(basis_entries, b.used);
        bases_free(&b);
    }
    dca__lu_free(lu);
    dca__env_release(env);
}

static void slack_basis_costs_nothing(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    bases b;
    bases_init(&b, 1000, 1, 1, 3);
    for (dca_index k = 0; k < b.m; k++)
        b.basis[k] = -1 - k;
    assert_int_equal(factorise(lu, &b), 0);
    check_solves(lu, &b, 0.0);
    bases_free(&b);
    dca__lu_free(lu);
    dca__env_release(env);
}

static void badly_scaled_bases(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    for (uint64_t seed = 0; seed < 5; seed++) {
        bases b;
        bases_init(&b, 200, 200, 2000, 100 + seed);
        fill_blocks(&b, 20, 4);
        scale_badly(&b, 10);
        (void)factorise(lu, &b);
        check_solves(lu, &b, 1e-9);
        bases_free(&b);
    }
    dca__lu_free(lu);
    dca__env_release(env);
}

/* Columns 0 and 1 differ by 1e-6 in one entry only: regular, if barely. */
static void nearly_singular_is_not_singular(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    bases b;
    bases_init(&b, 100, 100, 2000, 5);
    fill_blocks(&b, 10, 4);
    b.length[1] = b.length[0];
    b.start[1] = b.used;
    for (dca_index e = 0; e < b.length[0]; e++) {
        b.index[b.used] = b.index[b.start[0] + e];
        b.value[b.used] = b.value[b.start[0] + e] * (e == 0 ? 1.0 + 1e-6 : 1.0);
        b.used++;
    }
    assert_int_equal(factorise(lu, &b), 0);
    check_solves(lu, &b, 1e-10);
    bases_free(&b);
    dca__lu_free(lu);
    dca__env_release(env);
}

/* Several ways to be singular; each is repaired by as many pairs as the rank lacks. */
static void singular_bases_are_repaired(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    for (int kind = 0; kind < 8; kind++) {
        bases b;
        bases_init(&b, 100, 110, 4000, 50 + (uint64_t)kind);
        fill_blocks(&b, 10, 5);
        assert_int_equal(factorise(lu, &b), 0);
        dca_index lacking = 1;
        switch (kind) {
        case 0: /* the same column twice */
            b.basis[4] = b.basis[3];
            break;
        case 1: /* an empty column */
            b.basis[7] = open_column(&b);
            break;
        case 2: /* only stored zeros */
            b.basis[7] = open_column(&b);
            add_entry(&b, 1, 0.0);
            add_entry(&b, 2, 0.0);
            break;
        case 3: /* one unit vector three times */
            b.basis[2] = b.basis[50] = b.basis[77] = -1 - 5;
            lacking = 2;
            break;
        case 4: { /* the sum of two others */
            b.basis[40] = open_column(&b);
            for (dca_index j = 41; j <= 42; j++) {
                for (dca_nnz e = b.start[j]; e < b.start[j] + b.length[j]; e++) {
                    bool met = false;
                    for (dca_nnz f = b.start[b.num_columns - 1]; f < b.used; f++) {
                        if (b.index[f] == b.index[e]) {
                            b.value[f] += b.value[e];
                            met = true;
                        }
                    }
                    if (!met)
                        add_entry(&b, b.index[e], b.value[e]);
                }
            }
            break;
        }
        case 5: /* a column that is a multiple of a unit vector in the basis, a hair off */
            b.basis[30] = -1 - 33;
            b.basis[31] = open_column(&b);
            add_entry(&b, 33, 1.0);
            add_entry(&b, 34, 1e-13);
            break;
        default: /* a row that no column is in, but for a trace */
            for (dca_nnz e = 0, met = 0; e < b.used; e++) {
                if (b.index[e] == 17)
                    b.value[e] = kind == 7 && met++ == 0 ? 1e-13 : 0.0;
            }
            break;
        }
        const dca__lu_matrix matrix = matrix_of(&b);
        assert_int_equal(dca__lu_factorise(lu, b.m, &matrix, b.basis), DCA_OK);
        assert_true(dca__lu_residual(lu, &matrix, b.basis) <= 1e-9); /* repairs not in yet */
        if (kind == 3)
            assert_in_range(take_repairs(lu, &b), lacking, lacking + 1);
        else
            assert_int_equal(take_repairs(lu, &b), lacking);
        assert_null(dca__lu_check(lu));
        check_solves(lu, &b, 1e-9);
        assert_true(dca__lu_residual(lu, &matrix, b.basis) <= 1e-9);
        assert_int_equal(factorise(lu, &b), 0); /* the repaired basis is regular */
        bases_free(&b);
    }
    dca__lu_free(lu);
    dca__env_release(env);
}

/* Diagonal with a full first row and column: there is an order without fill. */
static void an_arrow_has_no_fill(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    bases b;
    bases_init(&b, 200, 200, 1000, 1);
    for (dca_index k = 0; k < b.m; k++) {
        b.basis[k] = open_column(&b);
        add_entry(&b, k, 3.0);
        for (dca_index i = 1; i < (k == 0 ? b.m : 0); i++)
            add_entry(&b, i, 1.0);
        add_entry(&b, 0, 1.0);
    }
    assert_int_equal(factorise(lu, &b), 0);
    dca_nnz factor_entries;
    dca_nnz basis_entries;
    dca__lu_fill(lu, &factor_entries, &basis_entries);
    assert_int_equal(factor_entries, basis_entries);
    check_solves(lu, &b, 1e-12);
    bases_free(&b);
    dca__lu_free(lu);
    dca__env_release(env);
}

/* Multipliers of the nucleus are at most 1 / threshold, where there is anything to eliminate. */
static void multipliers_are_bounded(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    bases b;
    bases_init(&b, 150, 150, 3000, 21);
    fill_random(&b, 0.0, 10);
    scale_badly(&b, 6);
    (void)factorise(lu, &b);
    assert_true(lu->num_steps > 50);
    double largest = 0.0;
    for (dca_index s = 0; s < lu->num_steps; s++) {
        const bool row_singleton = lu->raw_u_end[s] == (s == 0 ? 0 : lu->raw_u_end[s - 1]);
        for (dca_nnz e = s == 0 ? 0 : lu->raw_l_end[s - 1]; e < lu->raw_l_end[s]; e++) {
            if (!row_singleton)
                largest = fmax(largest, fabs(lu->raw_l.value[e]));
        }
    }
    assert_true(largest > 1.0); /* the threshold is used */
    assert_true(largest <= 1.0 / usual_settings.threshold * (1.0 + 1e-12));
    bases_free(&b);
    dca__lu_free(lu);
    dca__env_release(env);
}

/* Marks of old solves mean nothing when the epochs start over. */
static void epochs_start_over(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    bases b;
    bases_init(&b, 200, 200, 2000, 22);
    fill_blocks(&b, 10, 4);
    (void)factorise(lu, &b);
    for (dca_index i = 0; i < b.m; i++)
        lu->mark[i] = 1 + (uint32_t)(i % 5); /* as early solves may have left them */
    lu->epoch = UINT32_MAX - 2;
    for (int t = 0; t < 20; t++)
        check_solve(lu, &b, 2, t % 2 == 1, 1e-11);
    assert_true(lu->epoch < 200);
    bases_free(&b);
    dca__lu_free(lu);
    dca__env_release(env);
}

/* Replace the column at `position` by column j; returns the verdict. */
static dca__lu_verdict replace(dca__lu *lu, bases *b, dca__spvec *x, dca_index position,
                               dca_index j)
{
    dca__spvec_clear(x);
    for (dca_nnz e = b->start[j]; e < b->start[j] + b->length[j]; e++) {
        x->value[b->index[e]] = b->value[e];
        x->index[x->count++] = b->index[e];
    }
    dca__lu_ftran(lu, x, true);
    vector_holds(x);
    const dca__lu_verdict verdict = dca__lu_update(lu, position, x->value[position]);
    if (verdict == DCA__LU_UPDATED)
        b->basis[position] = j;
    return verdict;
}

static void unit_btran(dca__lu *lu, dca__spvec *x, dca_index position)
{
    dca__spvec_clear(x);
    x->value[position] = 1.0;
    x->index[x->count++] = position;
    dca__lu_btran(lu, x);
}

/* As the simplex would: a random entering column, a pivot of some size, refactorise when told. */
static void many_updates(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    const dca_index sizes[] = {5, 40, 150, 600};
    for (int s = 0; s < 4; s++) {
        const dca_index m = sizes[s];
        dca__lu *lu = new_lu(env);
        bases b;
        bases_init(&b, m, m + 400, 12 * (m + 400), 900 + (uint64_t)s);
        fill_random(&b, 0.5, 3);
        (void)factorise(lu, &b);
        dca__spvec x;
        assert_int_equal(dca__spvec_init(env, &x, m), DCA_OK);
        int updates = 0;
        int refused = 0;
        dca_index longest = 0;
        for (int t = 0; t < 350; t++) {
            const dca_index j = random_column(&b, below(&b, m), below(&b, 6), 0, m);
            dca__spvec_clear(&x);
            for (dca_nnz e = b.start[j]; e < b.start[j] + b.length[j]; e++) {
                x.value[b.index[e]] = b.value[e];
                x.index[x.count++] = b.index[e];
            }
            dca__lu_ftran(lu, &x, false);
            dca_index position = below(&b, m);
            while (!(fabs(x.value[position]) > 0.01))
                position = (position + 1) % m;
            if (t % 2 == 0)
                unit_btran(lu, &x, t % 4 == 0 ? position : (position + 1) % m);
            const dca__lu_verdict verdict = replace(lu, &b, &x, position, j);
            if (verdict == DCA__LU_UPDATED) {
                updates++;
                longest = dca__lu_num_updates(lu) > longest ? dca__lu_num_updates(lu) : longest;
                assert_null(dca__lu_check(lu));
            }
            if (verdict != DCA__LU_UPDATED || dca__lu_wants_refactor(lu)) {
                refused += verdict == DCA__LU_UNSTABLE;
                assert_int_equal(factorise(lu, &b), 0);
            }
            if (t % 10 == 0 || t > 340)
                check_solves(lu, &b, 1e-8);
        }
        assert_true(updates >= 340);
        assert_true(refused <= 5);
        assert_true(longest >= 20);
        dca__spvec_free(env, &x);
        bases_free(&b);
        dca__lu_free(lu);
    }
    dca__env_release(env);
}

/* A btran of e_p before the update at p spares the update a solve and changes nothing else. */
static void a_unit_btran_serves_the_update(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca_nnz etas[2] = {0, 0};
    int64_t work[2] = {0, 0};
    for (int served = 0; served <= 1; served++) {
        dca__lu *lu = new_lu(env);
        bases b;
        bases_init(&b, 100, 130, 1500, 78);
        fill_random(&b, 0.0, 4);
        (void)factorise(lu, &b);
        dca__spvec x;
        assert_int_equal(dca__spvec_init(env, &x, b.m), DCA_OK);
        for (dca_index t = 0; t < 30; t++) {
            const dca_index j = random_column(&b, t, 4, 0, b.m);
            unit_btran(lu, &x, served ? t : 99);
            const int64_t before = lu->work;
            if (replace(lu, &b, &x, t, j) == DCA__LU_UPDATED)
                work[served] += lu->work - before;
        }
        check_solves(lu, &b, 1e-8);
        etas[served] = lu->eta.used;
        dca__spvec_free(env, &x);
        bases_free(&b);
        dca__lu_free(lu);
    }
    assert_true(etas[0] > 0);
    assert_in_range(etas[1], etas[0] - 5, etas[0] + 5); /* but for entries near the drop */
    assert_true(work[1] < work[0]);
    dca__env_release(env);
}

/* A wrong alpha_p is refused and nothing has changed: the same update passes with the right one. */
static void a_wrong_pivot_is_refused(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    bases b;
    bases_init(&b, 50, 60, 1000, 77);
    fill_blocks(&b, 10, 4);
    (void)factorise(lu, &b);
    dca__spvec x;
    assert_int_equal(dca__spvec_init(env, &x, b.m), DCA_OK);
    const dca_index j = random_column(&b, 13, 4, 0, 50);
    for (dca_nnz e = b.start[j]; e < b.start[j] + b.length[j]; e++) {
        x.value[b.index[e]] = b.value[e];
        x.index[x.count++] = b.index[e];
    }
    dca__lu_ftran(lu, &x, true);
    dca_index position = 13;
    while (!(fabs(x.value[position]) > 0.1))
        position++;
    assert_int_equal(dca__lu_update(lu, position, x.value[position] * (1.0 + 1e-5)),
                     DCA__LU_UNSTABLE);
    assert_null(dca__lu_check(lu));
    assert_int_equal(dca__lu_num_updates(lu), 0);
    check_solves(lu, &b, 1e-10);
    assert_int_equal(dca__lu_update(lu, position, x.value[position]), DCA__LU_UPDATED);
    b.basis[position] = j;
    check_solves(lu, &b, 1e-10);
    dca__spvec_free(env, &x);
    bases_free(&b);
    dca__lu_free(lu);
    dca__env_release(env);
}

static void updates_end_at_the_maximum(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu_settings settings = usual_settings;
    settings.max_updates = 3;
    dca__lu *lu = NULL;
    assert_int_equal(dca__lu_new(env, &settings, &lu), DCA_OK);
    bases b;
    bases_init(&b, 20, 30, 300, 8);
    fill_blocks(&b, 5, 2);
    (void)factorise(lu, &b);
    dca__spvec x;
    assert_int_equal(dca__spvec_init(env, &x, b.m), DCA_OK);
    for (int t = 0; t < 3; t++) {
        const dca_index j = random_column(&b, t, 0, 0, 20);
        assert_int_equal(replace(lu, &b, &x, t, j), DCA__LU_UPDATED);
    }
    assert_true(dca__lu_wants_refactor(lu));
    assert_int_equal(replace(lu, &b, &x, 3, random_column(&b, 3, 0, 0, 20)), DCA__LU_FULL);
    assert_int_equal(dca__lu_num_updates(lu), 3);
    check_solves(lu, &b, 1e-10);
    dca__spvec_free(env, &x);
    bases_free(&b);
    dca__lu_free(lu);
    dca__env_release(env);
}

/* New pivot 2 eps = (1 + 2 eps) - 1: harmless for one update, but no ground to build on. */
static void cancellation_asks_for_fresh_factors(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    bases b;
    bases_init(&b, 2000, 20, 100, 8);
    for (dca_index k = 0; k < b.m; k++)
        b.basis[k] = -1 - k;
    b.basis[0] = open_column(&b);
    add_entry(&b, 0, 2.0);
    b.basis[1] = open_column(&b);
    add_entry(&b, 0, 1.0);
    add_entry(&b, 1, 1.0);
    (void)factorise(lu, &b);
    dca__spvec x;
    assert_int_equal(dca__spvec_init(env, &x, b.m), DCA_OK);
    for (dca_index t = 2; t < 14; t++) {
        assert_int_equal(replace(lu, &b, &x, t, random_column(&b, t, 0, 0, b.m)), DCA__LU_UPDATED);
        assert_false(dca__lu_wants_refactor(lu));
    }
    const double eps = 1e-6;
    const dca_index j = open_column(&b);
    add_entry(&b, 0, 1.0 + 2.0 * eps);
    add_entry(&b, 1, 1.0);
    assert_int_equal(replace(lu, &b, &x, 0, j), DCA__LU_UPDATED);
    assert_true(dca__lu_wants_refactor(lu));
    dca__spvec_free(env, &x);
    bases_free(&b);
    dca__lu_free(lu);
    dca__env_release(env);
}

/* Updates that fill the factors up: the work model calls before the maximum does. */
static void the_work_model_calls(void **state)
{
    (void)state;
    enum { ROUNDS = 1000 };
    dca_env *env = plain_env();
    dca__lu_settings settings = usual_settings;
    settings.max_updates = ROUNDS + 1;
    dca__lu *lu = NULL;
    assert_int_equal(dca__lu_new(env, &settings, &lu), DCA_OK);
    bases b;
    bases_init(&b, 100, 100 + ROUNDS, 30 * ROUNDS, 23);
    for (dca_index k = 0; k < b.m; k++)
        b.basis[k] = -1 - k;
    (void)factorise(lu, &b);
    dca__spvec x;
    assert_int_equal(dca__spvec_init(env, &x, b.m), DCA_OK);
    int round = 0;
    while (round < ROUNDS && !dca__lu_wants_refactor(lu)) {
        const dca_index i = below(&b, b.m);
        const dca_index j = random_column(&b, i, 20, 0, b.m);
        for (dca_nnz e = b.start[j]; e < b.used; e++)
            b.value[e] *= b.index[e] == i ? 50.0 : 1.0; /* dominant: nothing cancels */
        assert_int_equal(replace(lu, &b, &x, i, j), DCA__LU_UPDATED);
        round++;
    }
    assert_in_range(round, 2, ROUNDS - 1);
    assert_true(lu->cancellation < 100.0 && lu->growth < 100.0);
    dca__spvec_free(env, &x);
    bases_free(&b);
    dca__lu_free(lu);
    dca__env_release(env);
}

/* A dense solve with few nonzeros comes back listed, and leaves the next sparse one sparse. */
static void dense_and_sparse_do_not_mix(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    bases b;
    bases_init(&b, 5000, 5000, 30000, 24);
    fill_blocks(&b, 10, 3);
    (void)factorise(lu, &b);
    dca__spvec x;
    assert_int_equal(dca__spvec_init(env, &x, b.m), DCA_OK);
    for (int transposed = 0; transposed <= 1; transposed++) {
        for (int t = 0; t < 5; t++) {
            dca__spvec_clear(&x);
            for (dca_index i = 0; i < b.m; i++)
                x.value[i] = 1.0;
            x.count = DCA__DENSE;
            transposed ? dca__lu_btran(lu, &x) : dca__lu_ftran(lu, &x, false);
            assert_int_equal(x.count, DCA__DENSE);
        }
        dca__spvec_clear(&x);
        x.value[77] = 1.0;
        x.count = DCA__DENSE;
        transposed ? dca__lu_btran(lu, &x) : dca__lu_ftran(lu, &x, false);
        assert_in_range(x.count, 1, 10);
        vector_holds(&x);
        dca__spvec_clear(&x);
        x.value[77] = 1.0;
        x.index[x.count++] = 77;
        const int64_t before = dca__lu_work(lu);
        transposed ? dca__lu_btran(lu, &x) : dca__lu_ftran(lu, &x, false);
        assert_true(dca__lu_work(lu) - before < 500);
    }
    dca__spvec_free(env, &x);
    bases_free(&b);
    dca__lu_free(lu);
    dca__env_release(env);
}

/* A few structurals in many rows: what is asked for is as ftran has it, also after updates, and costs a
 * fraction. */
static void wanted_entries(void **state)
{
    (void)state;
    enum { ROWS = 2000, STRUCTURALS = 30, WANTED = 6, ROUNDS = 200 };
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    bases b;
    bases_init(&b, ROWS, ROWS + ROUNDS, 200000, 77);
    for (dca_index k = 0; k < ROWS; k++)
        b.basis[k] = k < STRUCTURALS ? random_column(&b, k, 300, 0, ROWS) : -1 - k;
    (void)factorise(lu, &b);
    dca__spvec x;
    dca__spvec all;
    dca__spvec want;
    assert_int_equal(dca__spvec_init(env, &x, ROWS), DCA_OK);
    assert_int_equal(dca__spvec_init(env, &all, ROWS), DCA_OK);
    assert_int_equal(dca__spvec_init(env, &want, ROWS), DCA_OK);
    int64_t work_all = 0;
    int64_t work_wanted = 0;
    for (int t = 0; t < ROUNDS; t++) {
        dca__spvec_clear(&x);
        dca__spvec_clear(&all);
        dca__spvec_clear(&want);
        for (dca_index k = 0; k < WANTED; k++) { /* the first is a structural */
            want.index[want.count++] = STRUCTURALS * k + below(&b, STRUCTURALS);
        }
        for (dca_index k = 0; k < 3; k++) {
            x.index[x.count++] = STRUCTURALS * k + below(&b, STRUCTURALS);
            x.value[x.index[k]] = coefficient(&b);
        }
        dca__spvec_copy(&x, &all);
        const int64_t start = dca__lu_work(lu);
        dca__lu_ftran(lu, &all, false);
        work_all += dca__lu_work(lu) - start;
        const int64_t middle = dca__lu_work(lu);
        dca__lu_ftran_at(lu, &x, &want);
        work_wanted += dca__lu_work(lu) - middle;
        vector_holds(&x);
        for (dca_index k = 0; k < want.count; k++) {
            const dca_index p = want.index[k];
            assert_true(fabs(x.value[p] - all.value[p]) <= 1e-9 * (1.0 + fabs(all.value[p])));
        }
        if (t % 8 == 0) {
            const dca_index position = below(&b, STRUCTURALS);
            const dca_index j = random_column(&b, position, 300, 0, ROWS);
            if (replace(lu, &b, &x, position, j) != DCA__LU_UPDATED)
                (void)factorise(lu, &b);
        }
    }
    assert_true(work_wanted < work_all / 2);
    dca__spvec_free(env, &x);
    dca__spvec_free(env, &all);
    dca__spvec_free(env, &want);
    bases_free(&b);
    dca__lu_free(lu);
    dca__env_release(env);
}

/* Entries touched by `rounds` pairs of sparse solves and updates on m rows in blocks of ten. */
static int64_t sparse_work(dca_env *env, dca_index m)
{
    enum { ROUNDS = 50 };
    dca__lu *lu = new_lu(env);
    bases b;
    bases_init(&b, m, m + ROUNDS, 6 * (m + ROUNDS), 31);
    fill_blocks(&b, 10, 3);
    assert_int_equal(factorise(lu, &b), 0);
    dca__spvec x;
    assert_int_equal(dca__spvec_init(env, &x, m), DCA_OK);
    const int64_t before = dca__lu_work(lu);
    for (dca_index t = 0; t < ROUNDS; t++) {
        dca__spvec_clear(&x);
        x.value[10 * t] = 1.0;
        x.index[x.count++] = 10 * t;
        dca__lu_btran(lu, &x);
        const dca_index j = random_column(&b, 10 * t + 3, 3, 10 * t, 10);
        assert_int_equal(replace(lu, &b, &x, 10 * t + 3, j), DCA__LU_UPDATED);
    }
    const int64_t work = dca__lu_work(lu) - before;
    dca__spvec_free(env, &x);
    bases_free(&b);
    dca__lu_free(lu);
    return work;
}

static void work_does_not_grow_with_m(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    const int64_t small = sparse_work(env, 1000);
    const int64_t large = sparse_work(env, 30000);
    assert_true(small > 0);
    assert_true(large < 2 * small);
    assert_true(large < 30000);
    dca__env_release(env);
}

/* Factorising slacks with a few structurals among them is linear in m + nnz. */
static void factorising_is_linear(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    bases b;
    bases_init(&b, 50000, 50000, 500000, 4);
    fill_random(&b, 0.97, 4);
    const int64_t before = dca__lu_work(lu);
    (void)factorise(lu, &b);
    assert_true(dca__lu_work(lu) - before < 40 * (int64_t)(b.m + b.used));
    bases_free(&b);
    dca__lu_free(lu);
    dca__env_release(env);
}

/* Refuse the k-th request of a factorisation of a larger basis, then of an update, for every k: the
 * old factors stand, and a second try succeeds. */
static void refused_memory(void **state)
{
    (void)state;
    for (long k = 1; k < 400; k++) {
        account book = {0};
        dca_env *env = account_env(&book, 0);
        bases small;
        bases large;
        bases_init(&small, 30, 80, 1000, 11);
        bases_init(&large, 90, 190, 4000, 12);
        fill_blocks(&small, 10, 3);
        fill_random(&large, 0.2, 6);
        dca__lu *lu = NULL;
        book.refuse_at = book.requests + k;
        if (dca__lu_new(env, &usual_settings, &lu) != DCA_OK) {
            assert_null(lu);
            lu = new_lu(env);
        }
        dca__lu_matrix matrix = matrix_of(&small);
        if (dca__lu_factorise(lu, small.m, &matrix, small.basis) != DCA_OK)
            (void)factorise(lu, &small);
        matrix = matrix_of(&large);
        if (dca__lu_factorise(lu, large.m, &matrix, large.basis) != DCA_OK) {
            assert_null(dca__lu_check(lu));
            check_solves(lu, &small, 1e-10);
            (void)factorise(lu, &large);
        } else {
            take_repairs(lu, &large);
        }
        dca_env *other = plain_env();
        dca__spvec x;
        assert_int_equal(dca__spvec_init(other, &x, large.m), DCA_OK);
        for (dca_index t = 0; t < 60; t++) {
            const dca_index j = random_column(&large, t, 8, 0, large.m);
            dca__lu_verdict verdict = replace(lu, &large, &x, t, j);
            if (verdict != DCA__LU_UPDATED) {
                assert_null(dca__lu_check(lu));
                check_solves(lu, &large, 1e-7);
            }
        }
        check_solves(lu, &large, 1e-7);
        const bool over = book.requests < book.refuse_at;
        dca__spvec_free(other, &x);
        dca__env_release(other);
        dca__lu_free(lu);
        bases_free(&small);
        bases_free(&large);
        account_close(&book, env);
        if (over) {
            assert_true(k > 60);
            return;
        }
    }
    fail_msg("the sweep did not come to an end");
}

/* More updates, then fewer, between updates: the factors stand, the new maximum holds, and a refused
 * allocation changes nothing. */
static void settings_may_change(void **state)
{
    (void)state;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    dca__lu_settings settings = usual_settings;
    settings.max_updates = 2;
    dca__lu *lu = NULL;
    assert_int_equal(dca__lu_new(env, &settings, &lu), DCA_OK);
    bases b;
    bases_init(&b, 40, 100, 1000, 25);
    fill_blocks(&b, 10, 3);
    (void)factorise(lu, &b);
    dca_env *other = plain_env();
    dca__spvec x;
    assert_int_equal(dca__spvec_init(other, &x, b.m), DCA_OK);
    for (dca_index t = 0; t < 2; t++)
        assert_int_equal(replace(lu, &b, &x, t, random_column(&b, t, 0, 0, 40)), DCA__LU_UPDATED);
    assert_int_equal(replace(lu, &b, &x, 2, random_column(&b, 2, 0, 0, 40)), DCA__LU_FULL);
    settings.max_updates = 30;
    settings.threshold = 0.5;
    long refused = 0;
    for (;;) { /* what a refused try has grown is not asked for again */
        book.refuse_at = book.requests + refused + 1;
        if (dca__lu_configure(lu, &settings) == DCA_OK)
            break;
        refused++;
        assert_int_equal(lu->settings.max_updates, 2);
        assert_null(dca__lu_check(lu));
        check_solves(lu, &b, 1e-9);
    }
    book.refuse_at = 0;
    assert_true(refused >= 3);
    assert_true(lu->settings.threshold == 0.5);
    for (dca_index t = 2; t < 30; t++)
        assert_int_equal(replace(lu, &b, &x, t, random_column(&b, t, 0, 0, 40)), DCA__LU_UPDATED);
    assert_null(dca__lu_check(lu));
    check_solves(lu, &b, 1e-9);
    settings.max_updates = 5;
    assert_int_equal(dca__lu_configure(lu, &settings), DCA_OK);
    assert_true(dca__lu_wants_refactor(lu));
    assert_int_equal(replace(lu, &b, &x, 30, random_column(&b, 30, 0, 0, 40)), DCA__LU_FULL);
    check_solves(lu, &b, 1e-9);
    (void)factorise(lu, &b);
    check_solves(lu, &b, 1e-9);
    dca__spvec_free(other, &x);
    dca__env_release(other);
    dca__lu_free(lu);
    bases_free(&b);
    account_close(&book, env);
}

/* A nucleus without structure is long work; a control that says stop ends it, and the old factors
 * stand. Without a limit the control's count is as before. */
static void a_control_stops_it(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    bases small;
    bases large;
    bases_init(&small, 30, 30, 1000, 11);
    bases_init(&large, 300, 300, 30000, 12);
    fill_blocks(&small, 10, 3);
    for (dca_index k = 0; k < large.m; k++)
        large.basis[k] = random_column(&large, k, 30, 0, large.m);
    assert_int_equal(factorise(lu, &small), 0);
    dca_control *control = NULL;
    assert_int_equal(dca__control_new(env, &control), DCA_OK);
    dca__lu_set_control(lu, control);
    dca__control_set_work_limit(control, 150000);
    const int64_t before = dca__lu_work(lu);
    const dca__lu_matrix matrix = matrix_of(&large);
    assert_int_equal(dca__lu_factorise(lu, large.m, &matrix, large.basis), DCA_E_STATE);
    assert_in_range(dca__lu_work(lu) - before, 150000, 1000000);
    assert_null(dca__lu_check(lu));
    check_solves(lu, &small, 1e-10);
    assert_int_equal(dca__control_poll(control, 0), DCA__GO);
    dca__control_set_work_limit(control, 0);
    assert_int_equal(factorise(lu, &large), 0);
    check_solves(lu, &large, 1e-9);
    dca__lu_free(lu);
    dca__control_free(control);
    bases_free(&small);
    bases_free(&large);
    dca__env_release(env);
}

static void no_rows(void **state)
{
    (void)state;
    dca_env *env = plain_env();
    dca__lu *lu = new_lu(env);
    bases b;
    bases_init(&b, 0, 1, 1, 1);
    assert_int_equal(factorise(lu, &b), 0);
    dca__spvec x;
    assert_int_equal(dca__spvec_init(env, &x, 0), DCA_OK);
    dca__lu_ftran(lu, &x, true);
    dca__lu_btran(lu, &x);
    bases_free(&b);
    bases_init(&b, 100, 100, 1000, 1);
    fill_blocks(&b, 10, 3);
    assert_int_equal(factorise(lu, &b), 0);
    check_solves(lu, &b, 1e-10);
    dca__spvec_free(env, &x);
    bases_free(&b);
    dca__lu_free(lu);
    dca__env_release(env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_bases),
        cmocka_unit_test(triangular_bases_have_no_fill),
        cmocka_unit_test(slack_basis_costs_nothing),
        cmocka_unit_test(badly_scaled_bases),
        cmocka_unit_test(nearly_singular_is_not_singular),
        cmocka_unit_test(singular_bases_are_repaired),
        cmocka_unit_test(an_arrow_has_no_fill),
        cmocka_unit_test(multipliers_are_bounded),
        cmocka_unit_test(epochs_start_over),
        cmocka_unit_test(many_updates),
        cmocka_unit_test(a_unit_btran_serves_the_update),
        cmocka_unit_test(a_wrong_pivot_is_refused),
        cmocka_unit_test(updates_end_at_the_maximum),
        cmocka_unit_test(cancellation_asks_for_fresh_factors),
        cmocka_unit_test(the_work_model_calls),
        cmocka_unit_test(dense_and_sparse_do_not_mix),
        cmocka_unit_test(wanted_entries),
        cmocka_unit_test(work_does_not_grow_with_m),
        cmocka_unit_test(factorising_is_linear),
        cmocka_unit_test(refused_memory),
        cmocka_unit_test(settings_may_change),
        cmocka_unit_test(a_control_stops_it),
        cmocka_unit_test(no_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
