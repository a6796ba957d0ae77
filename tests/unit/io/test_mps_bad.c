/* Malformed MPS: where the error is, what was found and what was expected. Line and column are those
 * of the culprit, counted from 1. Every text is parsed from a block of its own length, so that a
 * memory checker sees a read beyond it. */
#include "io/mps_text.h"

#define HEAD   "NAME t\nROWS\n N o\n L r\n E e\nCOLUMNS\n" /* lines 1 to 6 */
#define MATRIX HEAD " x o 1 r 2\n y e 3\n"                 /* lines 7 and 8 */
/* Fixed format, told by a name with a blank: the line of COLUMNS is line 5. */
#define FIXED "ROWS\n N  OBJ\n L  ROW 1\nCOLUMNS\n    X         ROW 1              1.0\n"

static const struct {
    const char *text;
    int line, column;
    const char *sentence; /* part of it */
    dca_status status;    /* 0: DCA_E_SYNTAX */
} cases[] = {
    /* the whole */
    {"", 1, 1, "found the end of the file, expected ENDATA", 0},
    {"NAME t\n", 2, 1, "expected ENDATA", 0},
    {"* only a comment", 2, 1, "expected ENDATA", 0},
    {MATRIX, 9, 1, "expected ENDATA", 0},
    {"garbage\n", 1, 1, "found 'garbage', expected NAME", 0},
    {"\x7f"
     "ELF\n",
     1, 1, "found '?ELF'", 0},
    {" x r 1\n", 1, 2, "found 'x', expected a section", 0},
    {"NAME\n x y\n", 2, 2, "found 'x', expected a section", 0},
    {"ENDATA\n", 1, 1, "expected section ROWS first", 0},
    {"COLUMNS\n", 1, 1, "expected section ROWS first", 0},
    {"ROWS\n N o\nRHS\n", 3, 1, "expected section COLUMNS first", 0},
    {"ROWS\n N o\nENDATA\n", 3, 1, "expected section COLUMNS first", 0},
    {"ROWS\nROWS\n", 2, 1, "found 'ROWS' a second time", 0},
    {"NAME\nNAME\n", 2, 1, "found 'NAME' a second time", 0},
    {MATRIX "BOUNDS\nRHS\nBOUNDS\n", 11, 1, "'BOUNDS' a second time", 0},
    {MATRIX "RHSX\n", 9, 1, "found 'RHSX', expected NAME", 0},
    /* sense and name of the objective */
    {"OBJSENSE\n up\n", 2, 2, "found 'up', expected MIN or MAX", 0},
    {"OBJSENSE MAXI\n", 1, 10, "found 'MAXI', expected MIN or MAX", 0},
    {"OBJSENSE\nROWS\n", 2, 1, "found 'ROWS', expected MIN or MAX", 0},
    {"OBJNAME\nROWS\n", 2, 1, "expected the name of a row", 0},
    {"OBJNAME q\nROWS\n N o\nCOLUMNS\n", 1, 9, "found 'q', expected the name of an N row", 0},
    {"OBJNAME\n  r\nROWS\n L r\nCOLUMNS\n", 2, 3, "found 'r', expected the name of an N row", 0},
    {"ROWS\n N o\nOBJNAME o\n", 3, 9, "expected OBJNAME before ROWS", 0},
    /* rows */
    {"ROWS\n X r\n", 2, 2, "found 'X', expected N, E, L or G", 0},
    {"ROWS\n EE r\n", 2, 2, "found 'EE', expected N, E, L or G", 0},
    {"ROWS\n  L  \n", 2, 4, "found the end of the line, expected the name of a row", 0},
    {"ROWS\n L r\n\n E r\n", 4, 4, "found 'r' as the name of a second row", 0},
    {"ROWS\n N o\n N o\n", 3, 4, "found 'o' as the name of a second row", 0},
    {"ROWS\n L r s\n", 2, 6, "found 's', expected the end of the line", 0},
    /* columns */
    {HEAD " x q 1\n", 7, 4, "found 'q', expected the name of a row", 0},
    {HEAD " x r\n", 7, 5, "found the end of the line, expected column, row, value", 0},
    {HEAD " x r 1 e\n", 7, 9, "found the end of the line, expected column, row, value", 0},
    {HEAD " x r 1 e 2 o\n", 7, 12, "found 'o', expected the end of the line", 0},
    {HEAD " x r one\n", 7, 6, "found 'one', expected a number", 0},
    {HEAD " x r 1,5\n", 7, 6, "found '1,5', expected a number", 0},
    {HEAD " x r 1 e 2x\n", 7, 10, "found '2x', expected a number", 0},
    {HEAD " x r nan\n", 7, 6, "found 'nan', expected a number", 0},
    {HEAD " x r 0x10\n", 7, 6, "found '0x10', expected a number", 0},
    {HEAD " x r inf\n", 7, 6, "found 'inf', expected a finite number", 0},
    {HEAD " x o -1e999\n", 7, 6, "found '-1e999', expected a finite number", 0},
    {HEAD " x r 1 r 2\n", 7, 8, "found 'r' a second time in this column", 0},
    {HEAD " x r 1\n x r 2\n", 8, 4, "found 'r' a second time in this column", 0},
    {HEAD " x o 1 o 2\n", 7, 8, "found 'o' a second time in this column", 0},
    {HEAD " x r 0\n x r 1\n", 8, 4, "found 'r' a second time in this column", 0},
    {HEAD " x r 1\n y r 1\n x e 1\n", 9, 2, "found 'x' again", 0},
    {HEAD " M 'MARKER' 'INTERN'\n", 7, 4, "found ''MARKER'', expected the name of a row", 0},
    {HEAD " M 'MARKER' 'SOSORG'\n", 7, 13, "special ordered set", DCA_E_UNSUPPORTED},
    /* right-hand sides and ranges */
    {MATRIX "RHS\n S q 1\n", 10, 4, "found 'q', expected the name of a row", 0},
    {MATRIX "RHS\n r\n", 10, 3, "found the end of the line, expected set, row, value", 0},
    {MATRIX "RHS\n S r 1 e 2 x\n", 10, 12, "found 'x', expected the end of the line", 0},
    {MATRIX "RHS\n S r 1 e\n", 10, 2, "found 'S', expected the name of a row", 0}, /* no set */
    {MATRIX "RHS\n S r 1\n S r 1\n", 11, 4, "found 'r' a second time", 0},
    {MATRIX "RHS\n S o 1 o 1\n", 10, 8, "found 'o' a second time", 0},
    {MATRIX "RHS\n S o inf\n", 10, 6, "found 'inf', expected a finite number", 0},
    {MATRIX "RHS\n S e 1e20\n", 10, 6, "found '1e20', expected a finite number", 0},
    {MATRIX "RHS\n S r -1e20\n", 10, 6, "expected a number above -1e20", 0},
    {"ROWS\n G g\nCOLUMNS\nRHS\n g 1e20\n", 5, 4, "found '1e20', expected a number below 1e20", 0},
    {"ROWS\n E e\nCOLUMNS\nRHS\n e -1e20\n", 5, 4, "expected a finite number (below 1e20)", 0},
    {MATRIX "RHS\n S r nan\n", 10, 6, "found 'nan', expected a number", 0},
    {MATRIX "RANGES\n S q 1\n", 10, 4, "found 'q', expected the name of a row", 0},
    {MATRIX "RANGES\n S r 1 r 1\n", 10, 8, "found 'r' a second time", 0},
    {MATRIX "RANGES\n S r x\n", 10, 6, "found 'x', expected a number", 0},
    /* bounds */
    {MATRIX "BOUNDS\n XX B x 1\n", 10, 2, "found 'XX', expected UP, LO", 0},
    {MATRIX "BOUNDS\n UP B q 1\n", 10, 7, "found 'q', expected the name of a column", 0},
    {MATRIX "BOUNDS\n UP q 1\n", 10, 5, "found 'q', expected the name of a column", 0},
    {MATRIX "BOUNDS\n UP x\n", 10, 6, "found the end of the line, expected type, set, column", 0},
    {MATRIX "BOUNDS\n FR\n", 10, 4, "found the end of the line, expected type, set, column", 0},
    {MATRIX "BOUNDS\n UP B x 1 2\n", 10, 11, "found '2', expected the end of the line", 0},
    {MATRIX "BOUNDS\n UP B x one\n", 10, 9, "found 'one', expected a number", 0},
    {MATRIX "BOUNDS\n UP B x\n", 10, 5, "found 'B', expected the name of a column", 0},
    {MATRIX "BOUNDS\n FR B q\n", 10, 7, "found 'q', expected the name of a column", 0},
    {MATRIX "BOUNDS\n UP B x 1\n UP B x 2\n", 11, 7, "found 'x' with this type again", 0},
    {MATRIX "BOUNDS\n UP B x -inf\n", 10, 9, "expected a number above -1e20", 0},
    {MATRIX "BOUNDS\n LO B x 1e30\n", 10, 9, "expected a number below 1e20", 0},
    {MATRIX "BOUNDS\n FX B x inf\n", 10, 9, "expected a number below 1e20", 0},
    {MATRIX "BOUNDS\n SC B x 4\n", 10, 2, "semi-continuous", DCA_E_UNSUPPORTED},
    {MATRIX "BOUNDS\n SI B x 4\n", 10, 2, "semi-continuous", DCA_E_UNSUPPORTED},
    {MATRIX "BOUNDS\n FR B x 1 2\n", 10, 11, "found '2', expected the end of the line", 0},
    {HEAD " M 'MARKER' 'SOSEND'\n", 7, 13, "special ordered set", DCA_E_UNSUPPORTED},
    {MATRIX "QUADOBJ\n", 9, 1, "found section 'QUADOBJ'", DCA_E_UNSUPPORTED},
    {MATRIX "SOS1\n", 9, 1, "found section 'SOS1'", DCA_E_UNSUPPORTED},
    /* fixed format */
    {FIXED "    X         ROW 2              1.0\n", 6, 15, "found 'ROW 2', expected the name of a",
     0},
    {FIXED "    X         OBJ            one 1.0\n", 6, 30, "found 'one 1.0', expected a number",
     0},
    {FIXED "    X         OBJ\n", 6, 18, "found the end of the line, expected a number", 0},
    {FIXED "              OBJ                1.0\n", 6, 5,
     "found nothing, expected the name of a col", 0},
    {FIXED "RHS\n    RHS       ROW 2              1.0\n", 7, 15, "found 'ROW 2'", 0},
    {FIXED "BOUNDS\n UP BND       X              1.0e\n", 7, 30, "found '1.0e', expected a number",
     0},
    {FIXED "    X         OBJ                1.0                  2.0\n", 6, 40,
     "found nothing, expected the name of a row", 0},
    {FIXED "RHS\n    RHS       OBJ                1.0                  2.0\n", 7, 40,
     "found nothing, expected the name of a row", 0},
    {FIXED "BOUNDS\n UP BND\n", 7, 8, "expected the name of a column", 0},
};

static void table(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    int wrong = 0;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const size_t length = strlen(cases[k].text);
        char *text = malloc(length + (length == 0));
        memcpy(text, cases[k].text, length);
        dca_lp *lp = NULL;
        dca_error err = DCA_ERROR_INIT;
        const dca_status status = dca__mps_parse(env, text, length, NULL, &lp, &err);
        const dca_status expected = cases[k].status == 0 ? DCA_E_SYNTAX : cases[k].status;
        if (status != expected || err.code != status || err.line != cases[k].line ||
            err.column != cases[k].column || strstr(err.text, cases[k].sentence) == NULL) {
            wrong++;
            print_error("%s--- status %d, %d:%d: %s\n--- expected %d, %d:%d: %s\n", cases[k].text,
                        status, (int)err.line, (int)err.column, err.text, expected, cases[k].line,
                        cases[k].column, cases[k].sentence);
        }
        assert_null(lp);
        free(text);
    }
    assert_int_equal(wrong, 0);
    account_close(&book, env);
}

/* A zero byte is found where it stands, and sentences never hold control characters. */
static void bytes(void **unused)
{
    (void)unused;
    account book = {0};
    dca_env *env = account_env(&book, 0);
    static const char zero[] = "ROWS\n N o\n L r\0s\nCOLUMNS\nENDATA\n";
    dca_lp *lp = NULL;
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca__mps_parse(env, zero, sizeof zero - 1, NULL, &lp, &err), DCA_E_SYNTAX);
    assert_int_equal(err.line, 3);
    assert_int_equal(err.column, 5);
    for (int byte = 1; byte < 256; byte++) {
        char text[32];
        const int length = snprintf(text, sizeof text, "ROWS\n %c%c\n", byte, byte);
        err.text[0] = '\0';
        assert_int_equal(dca__mps_parse(env, text, (size_t)length, NULL, &lp, &err), DCA_E_SYNTAX);
        assert_true(err.text[0] != '\0');
        for (const char *at = err.text; *at != '\0'; at++)
            assert_true((unsigned char)*at >= ' ' && (unsigned char)*at < 127);
    }
    account_close(&book, env);
}

/* A long name is cut in the sentence, not in the file. */
static void long_words(void **unused)
{
    (void)unused;
    enum { LONG = 100000 };
    account book = {0};
    dca_env *env = account_env(&book, 0);
    char *text = malloc(2 * LONG + 64);
    char *at = text + sprintf(text, "ROWS\n L ");
    memset(at, 'a', LONG);
    at += LONG;
    at += sprintf(at, "\nCOLUMNS\n x ");
    memset(at, 'a', LONG);
    at += LONG;
    char *value = at;
    at += sprintf(at, " 1\nENDATA\n");
    dca_lp *lp = parse_text(env, text);
    assert_int_equal(strlen(lp->row_names.text[0]), LONG);
    assert_int_equal(lp->num_entries, 1);
    dca__lp_release(lp);
    lp = NULL;
    value[-1] = 'b';
    dca_error err = DCA_ERROR_INIT;
    assert_int_equal(dca__mps_parse(env, text, strlen(text), NULL, &lp, &err), DCA_E_SYNTAX);
    assert_int_equal(err.line, 4);
    assert_int_equal(err.column, 4);
    assert_non_null(strstr(err.text, "aaa...', expected the name of a row"));
    free(text);
    account_close(&book, env);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table),
        cmocka_unit_test(bytes),
        cmocka_unit_test(long_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
