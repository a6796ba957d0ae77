/* io_calls.c - io.h: calls that allocate. On failure a file that was to be written is as it was. */
#include "oom.h"

/* A long name of a column, after short ones; a comment that tells the exact sides of a row. */
static const char mps[] =
    "NAME p\nROWS\n N obj\n L cap\n G floor\n E pair\nCOLUMNS\n a obj 1 cap 1\n a floor 1\n"
    " M1 'MARKER' 'INTORG'\n a_column_whose_name_is_rather_long obj 2 cap 3\n"
    " a_column_whose_name_is_rather_long pair 1\n M2 'MARKER' 'INTEND'\n c pair -1\n"
    "RHS\n r cap 4 floor 1\nRANGES\n g cap 2\n*exact_range cap 2 4\nBOUNDS\n UP d a 3\n MI d c\n"
    "ENDATA\n";
/* More keys in one object than are compared pair by pair. */
static const char json[] =
    "{\"dcalloc\": 1, \"name\": \"hall\", \"resources\": {\"GPU\": \"GPU\", \"a\": \"A\",\n"
    "  \"b\": \"B\", \"c\": \"C\", \"d\": \"D\", \"e\": \"E\", \"f\": \"F\", \"g\": \"G\", \"h\": "
    "\"H\",\n"
    "  \"i\": \"I\", \"j\": \"J\", \"k\": \"K\", \"l\": \"L\", \"m\": \"M\", \"n\": \"N\", \"o\": "
    "\"O\", \"q\": \"Q\"},\n"
    " \"pools\": [{\"name\": \"a\", \"count\": 2, \"capacity\": {\"GPU\": 8}}],\n"
    " \"demands\": [{\"name\": \"job\", \"amount\": 3, \"use\": {\"GPU\": 2},\n"
    "                \"on\": {\"a\": {\"cost\": 1}}}],\n"
    " \"placements\": [{\"demand\": \"job\", \"pool\": \"a\", \"use\": {\"GPU\": 1, \"a\": 0}}],\n"
    " \"objective\": [{\"name\": \"cost\", \"terms\": [{\"kind\": \"cost\"}]}]}\n";
/* A range, a name that is not the format's own, integers, a comment. */
static const char lp_text[] =
    "\\ a comment\nmaximize\n obj: a + 2 a_column_whose_name_is_rather_long + 3\nsubject to\n"
    " cap: 2 <= a + 3 a_column_whose_name_is_rather_long <= 4\n floor: a >= 1\n"
    " pair: a_column_whose_name_is_rather_long - c = 0\nbounds\n a <= 3\n c free\n"
    "general\n a_column_whose_name_is_rather_long\nend\n";
static const char basis[] = "NAME\n XU a cap\n UL b\nENDATA\n";

/* ---- LP files -------------------------------------------------------------------------------------- */

static void build_mps_file(stage *s)
{
    stage_file(s, mps);
}

static dca_status lp_read_mps(stage *s)
{
    return CALL(dca_lp_read_mps, (s->env, s->path, NULL, &s->made.lp, &s->err));
}

static dca_status lp_parse_mps(stage *s)
{
    return CALL(dca_lp_parse_mps, (s->env, mps, sizeof mps - 1, NULL, &s->made.lp, &s->err));
}

/* A sentence about a file takes no memory of its own: the error is told when all up to it was there. */
static dca_status lp_parse_bad_mps(stage *s)
{
    static const char bad[] = "NAME p\nROWS\n N obj\n L cap\nCOLUMNS\n a nothing 1\nENDATA\n";
    return CALL(dca_lp_parse_mps, (s->env, bad, sizeof bad - 1, NULL, &s->made.lp, &s->err));
}

static void build_lp_format_file(stage *s)
{
    stage_file(s, lp_text);
}

static dca_status lp_read_lp(stage *s)
{
    return CALL(dca_lp_read_lp, (s->env, s->path, NULL, &s->made.lp, &s->err));
}

static dca_status lp_parse_lp(stage *s)
{
    return CALL(dca_lp_parse_lp, (s->env, lp_text, sizeof lp_text - 1, NULL, &s->made.lp, &s->err));
}

static dca_status lp_parse_bad_lp(stage *s)
{
    static const char bad[] = "minimize\n x + y\nsubject to\n x + nan >= 1 1\nend\n";
    return CALL(dca_lp_parse_lp, (s->env, bad, sizeof bad - 1, NULL, &s->made.lp, &s->err));
}

static void build_lp_to_write(stage *s)
{
    build_lp(s);
    stage_file(s, "what was there\n");
}

static dca_status lp_write_mps(stage *s)
{
    return CALL(dca_lp_write_mps, (s->lp, s->path, &s->err));
}

static dca_status lp_write_lp(stage *s)
{
    return CALL(dca_lp_write_lp, (s->lp, s->path, &s->err));
}

static void build_lp_to_write_packed(stage *s)
{
    build_lp_to_write(s);
    strcat(s->path, ".gz");
}

static void build_packed(stage *s)
{
    build_lp_to_write_packed(s);
    must_be(dca_lp_write_mps(s->lp, s->path, NULL));
}

/* ---- Bases ------------------------------------------------------------------------------------------ */

static void build_basis(stage *s)
{
    build_lp(s);
    stage_file(s, basis);
}

static dca_status basis_read(stage *s)
{
    return CALL(dca_basis_read, (s->lp, s->path, s->made.byte, s->made.byte + 8, &s->err));
}

static void build_result(stage *s)
{
    if (s->with == 0)
        build_lp(s);
    else
        build_model(s);
    solved(s);
    must_be(dca_solver_solve(s->solver, NULL, &s->result));
    stage_file(s, "what was there\n");
}

static dca_status basis_write(stage *s)
{
    return CALL(dca_basis_write, (s->result, s->path, &s->err));
}

static dca_status result_write_solution(stage *s)
{
    return CALL(dca_result_write_solution, (s->result, s->path, &s->err));
}

/* ---- Models ----------------------------------------------------------------------------------------- */

static void build_json_file(stage *s)
{
    stage_file(s, json);
}

static dca_status model_read_json(stage *s)
{
    return CALL(dca_model_read_json, (s->env, s->path, NULL, &s->made.model, &s->err));
}

static dca_status model_parse_json(stage *s)
{
    return CALL(dca_model_parse_json,
                (s->env, json, sizeof json - 1, NULL, &s->made.model, &s->err));
}

static dca_status model_parse_bad_json(stage *s)
{
    static const char bad[] = "{\"dcalloc\": 1, \"pools\": [{\"name\": \"a\"}, {\"name\": \"a\"}]}";
    return CALL(dca_model_parse_json, (s->env, bad, sizeof bad - 1, NULL, &s->made.model, &s->err));
}

/* A whole scenario as it was written, with every kind of object. */
static void build_written(stage *s)
{
    build_model(s);
    stage_file(s, "");
    must_be(dca_model_write_json(s->model, s->path, NULL));
}

static void build_model_to_write(stage *s)
{
    build_model(s);
    stage_file(s, "what was there\n");
}

static dca_status model_write_json(stage *s)
{
    return CALL(dca_model_write_json, (s->model, s->path, &s->err));
}

static dca_status result_answer_json(stage *s)
{
    size_t length = 0;
    const dca_status status =
        CALL(dca_result_answer_json, (s->result, &s->made.text, &length, &s->err));
    if (status == DCA_OK)
        assert_int_equal(strlen(s->made.text), length);
    return status;
}

/* The answer of an infeasible model holds its repairs. */
static void build_repaired(stage *s)
{
    build_model(s);
    must_be(dca_model_set_demand_amount(s->model, 0, 1000));
    must_be(dca_model_set_demand_hard(s->model, 0, 1));
    solved(s);
    must_be(dca_solver_solve(s->solver, NULL, &s->result));
    assert_int_equal(dca_result_outcome(s->result), DCA_INFEASIBLE);
}

const oom_case io_cases[] = {
    {"lp_read_mps", build_mps_file, lp_read_mps, TOLD_ERR, 0, DCA_OK},
    {"lp_read_mps, packed", build_packed, lp_read_mps, TOLD_ERR, 0, DCA_OK},
    {"lp_parse_mps", NULL, lp_parse_mps, TOLD_ERR, 0, DCA_OK},
    {"lp_parse_mps, malformed", NULL, lp_parse_bad_mps, TOLD_ERR, 0, DCA_E_SYNTAX},
    {"lp_write_mps", build_lp_to_write, lp_write_mps, TOLD_ERR, 0, DCA_OK},
    {"lp_write_mps, packed", build_lp_to_write_packed, lp_write_mps, TOLD_ERR, 0, DCA_OK},
    {"lp_read_lp", build_lp_format_file, lp_read_lp, TOLD_ERR, 0, DCA_OK},
    {"lp_parse_lp", NULL, lp_parse_lp, TOLD_ERR, 0, DCA_OK},
    {"lp_parse_lp, malformed", NULL, lp_parse_bad_lp, TOLD_ERR, 0, DCA_E_SYNTAX},
    {"lp_write_lp", build_lp_to_write, lp_write_lp, TOLD_ERR, 0, DCA_OK},
    {"lp_write_lp, packed", build_lp_to_write_packed, lp_write_lp, TOLD_ERR, 0, DCA_OK},
    {"basis_read", build_basis, basis_read, TOLD_ERR, 0, DCA_OK},
    {"basis_write", build_result, basis_write, TOLD_ERR, 0, DCA_OK},
    {"basis_write, model", build_result, basis_write, TOLD_ERR, 5, DCA_OK},
    {"result_write_solution", build_result, result_write_solution, TOLD_ERR, 0, DCA_OK},
    {"result_write_solution, model", build_result, result_write_solution, TOLD_ERR, 5, DCA_OK},
    {"model_read_json", build_json_file, model_read_json, TOLD_ERR, 0, DCA_OK},
    {"model_read_json, whole", build_written, model_read_json, TOLD_ERR, 0, DCA_OK},
    {"model_parse_json", NULL, model_parse_json, TOLD_ERR, 0, DCA_OK},
    {"model_parse_json, malformed", NULL, model_parse_bad_json, TOLD_ERR, 0, DCA_E_SYNTAX},
    {"model_write_json", build_model_to_write, model_write_json, TOLD_ERR, 0, DCA_OK},
    {"result_answer_json", build_result, result_answer_json, TOLD_ERR, 5, DCA_OK},
    {"result_answer_json, repairs", build_repaired, result_answer_json, TOLD_ERR, 0, DCA_OK},
};
const size_t num_io_cases = sizeof io_cases / sizeof *io_cases;
