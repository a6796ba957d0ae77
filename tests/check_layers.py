"""The law of the layers: what docs/architecture.md says is what the sources do.

    check_layers.py [ROOT]        exit status 1 and one line per fault
    check_layers.py --self-test   break every rule in a small tree and see that each is reported

Text only: comments and strings are blanked out, then #include lines and calls are looked at.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

TABLE = re.compile(r"^```layers\n(.*?)^```", re.DOTALL | re.MULTILINE)
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
COMMENT_OR_STRING = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL
)
CALL = re.compile(r"(?<![\w.>])([A-Za-z_]\w*)\s*\(")
CONFINED = {
    "cblas.h": "la/dense_blas.c",
    "lapacke.h": "la/dense_blas.c",
    "glpk.h": "plugins/glpk.c",
}
ESCAPES = {  # how GLPK's error hook comes back
    "setjmp": ("plugins/glpk.c",),
    "longjmp": ("plugins/glpk.c",),
}
ALLOCATION = {
    *("malloc", "calloc", "realloc", "free", "aligned_alloc", "posix_memalign", "alloca"),
    *("strdup", "strndup", "reallocarray"),
}
FORBIDDEN = {
    *("printf", "fprintf", "sprintf", "vprintf", "vfprintf", "vsprintf", "dprintf", "asprintf"),
    *("puts", "fputs", "putchar", "perror", "scanf", "sscanf", "fscanf"),
    *("exit", "_exit", "_Exit", "quick_exit", "abort", "atexit", "system", "popen", "fork"),
    *("getenv", "secure_getenv", "setenv", "putenv", "setlocale", "localeconv", "uselocale"),
    *("signal", "sigaction", "raise", "kill", "longjmp", "setjmp", "alarm"),
    *("pthread_create", "thrd_create", "chdir", "umask", "fesetround", "feenableexcept"),
    *("qsort", "bsearch", "rand", "srand", "random", "drand48", "strtok", "gets", "strcpy"),
    *("strcat", "isalpha", "isspace", "toupper", "tolower", "strcasecmp", "time", "clock"),
}
WORDS = ("long double", "TODO", "FIXME", "XXX")  # in code, and the last three in comments too
PUBLIC_BENCH = ("build", "dc", "hot", "lp", "peers")  # bench/micro may see all of lib
MAX_LINES = 900
MAX_FUNCTION = 120


def blank(text: str) -> str:
    """Comments and strings as blanks; lines stay where they are."""
    return COMMENT_OR_STRING.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def read_table(root: Path) -> dict[str, set[str]]:
    found = TABLE.search((root / "docs" / "architecture.md").read_text())
    if not found:
        raise SystemExit("docs/architecture.md has no ```layers block")
    table = {}
    for line in found[1].splitlines():
        if line.strip():
            names, _, allowed = line.partition("->")
            for name in names.replace(",", " ").split():
                table[name] = set(allowed.split())
    return table


def plain_headers(root: Path) -> set[str]:
    """The public headers without functions."""
    return {
        f"dcalloc/{path.name}"
        for path in (root / "include" / "dcalloc").glob("*.h")
        if not re.search(r"^DCA_API\b", blank(path.read_text()), re.MULTILINE)
    }


def sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in (".c", ".h", ".def"))


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def includes(path: Path) -> Iterator[tuple[int, str]]:
    """Every included name with its line; those in comments do not count."""
    text = path.read_text()
    bare = blank(text)
    for found in INCLUDE.finditer(text):
        if bare[found.start() : found.end()].lstrip().startswith("#"):
            yield line_of(text, found.start(1)), found[2]


def check_include(
    name: str, layer: str, inside: str, table: dict[str, set[str]], plain: set[str], root: Path
) -> str:
    """What is wrong with an include in lib, or nothing."""
    home = CONFINED.get(Path(name).name)
    if home and inside != home:
        return f"{name} belongs to lib/{home} alone"
    if name == "dcalloc.h" or name.startswith("dcalloc/"):
        if layer not in ("api", "plugins") and name not in plain:
            return f"{name} declares functions: it belongs to api"
        return ""
    if (root / "lib" / name).exists():
        target = name.split("/")[0]
        if target != layer and target not in table[layer] and name not in table[layer]:
            return f"{layer} may not include {name}"
    elif layer == "plugins":
        return "" if "/" not in name else f"plugins include public headers only, not {name}"
    return ""


def check_lib(root: Path) -> Iterator[str]:
    table, plain = read_table(root), plain_headers(root)
    listed = (root / "lib" / "meson.build").read_text()
    seen: dict[str, str] = {}
    for path in sources(root / "lib"):
        inside = path.relative_to(root / "lib").as_posix()
        layer = inside.split("/")[0]
        if "/" not in inside or layer not in table:
            yield f"lib/{inside}: {layer} is no layer of docs/architecture.md"
            continue
        if path.name in seen:
            yield f"lib/{inside}: the name is taken by lib/{seen[path.name]}"
        seen[path.name] = inside
        if path.suffix == ".c" and f"'{inside}'" not in listed:
            yield f"lib/{inside}: not listed in lib/meson.build"
        for line, name in includes(path):
            fault = check_include(name, layer, inside, table, plain, root)
            if fault:
                yield f"lib/{inside}:{line}: {fault}"
        yield from check_text(path, inside)


def check_text(path: Path, inside: str) -> Iterator[str]:
    text = path.read_text()
    bare = blank(text)
    for found in CALL.finditer(bare):
        name = found[1]
        place = f"lib/{inside}:{line_of(bare, found.start())}"
        if name in ALLOCATION and inside != "base/alloc.c":
            yield f"{place}: {name}() outside base/alloc.c"
        if name in FORBIDDEN and inside not in ESCAPES.get(name, ()):
            yield f"{place}: {name}() is not for a library"
    for word in WORDS:
        searched = bare if word == "long double" else text
        for found in re.finditer(rf"\b{word}\b", searched):
            yield f"lib/{inside}:{line_of(text, found.start())}: {word}"
    for found in re.finditer(r"^\s*#\s*if\s+0\b", bare, re.MULTILINE):
        yield f"lib/{inside}:{line_of(text, found.start())}: #if 0"
    lines = bare.splitlines()
    if len(lines) > MAX_LINES:
        yield f"lib/{inside}: {len(lines)} lines, at most {MAX_LINES}"
    start = 0
    for number, line in enumerate(lines, 1):
        if line.startswith("{"):
            start = number
        elif line.startswith("}") and start:
            if number - start > MAX_FUNCTION:
                yield f"lib/{inside}:{start}: a function of {number - start} lines"
            start = 0


def check_outside(root: Path) -> Iterator[str]:
    """Examples, bindings and bench see the public headers; unit tests are all listed."""
    private = {path.relative_to(root / "lib").as_posix() for path in sources(root / "lib")}
    for folder in ("examples", "bindings", *(f"bench/{part}" for part in PUBLIC_BENCH)):
        for path in sources(root / folder):
            for line, name in includes(path):
                if name in private or "lib/" in name:
                    place = path.relative_to(root).as_posix()
                    yield f"{place}:{line}: {name} is private to lib"
    listed = (root / "tests" / "meson.build").read_text()
    for path in sorted((root / "tests" / "unit").rglob("test_*.c")):
        layer, name = path.parent.name, path.stem[len("test_") :]
        if not re.search(rf"\['{layer}', '{name}'[\],]", listed):
            yield f"tests/unit/{layer}/{path.name}: not listed in tests/meson.build"


def check(root: Path) -> list[str]:
    return [*check_lib(root), *check_outside(root)]


# ---- Self-test ---------------------------------------------------------------------------------

GOOD = {
    "docs/architecture.md": "```layers\nbase ->\nlp -> base\nsimplex -> lp/lp.h base\n"
    "api -> lp\n```\n",
    "include/dcalloc/types.h": "typedef int dca_index;\n",
    "include/dcalloc/lp.h": "DCA_API int dca_lp_rows(void);\n",
    "lib/meson.build": "'base/alloc.c' 'lp/lp.c' 'simplex/dual.c' 'api/api_lp.c'\n",
    "lib/base/alloc.h": "void *dca__alloc(void);\n",
    "lib/base/alloc.c": '#include "base/alloc.h"\n#include <stdlib.h>\nvoid *f(void)\n'
    "{\n    return malloc(1);\n}\n",
    "lib/lp/lp.h": '#include "dcalloc/types.h"\n',
    "lib/lp/point.h": "int dca__point;\n",
    "lib/lp/lp.c": '#include "lp/lp.h"\n#include "base/alloc.h"\n',
    "lib/simplex/dual.c": '#include "lp/lp.h"\n/* no malloc(1), exit(1) here */\n'
    'const char *s = "printf(";\n// #include "lp/point.h"\nint f(void)\n'
    "{\n    return state->free(1) + snprintf(0, 0, s);\n}\n",
    "lib/api/api_lp.c": '#include "dcalloc/lp.h"\n#include "lp/lp.h"\n',
    "examples/small.c": "#include <dcalloc.h>\n",
    "tests/meson.build": "['base', 'alloc'],\n",
    "tests/unit/base/test_alloc.c": '#include "base/alloc.h"\n',
}
BAD = [  # file, its text, what must be said
    ("lib/base/alloc.c", '#include "lp/lp.h"\n', "may not include"),
    ("lib/lp/lp.c", '#include "simplex/dual.c"\n', "may not include"),
    ("lib/simplex/dual.c", '#include "lp/point.h"\n', "may not include"),
    ("lib/lp/lp.c", '#include "dcalloc/lp.h"\n', "declares functions"),
    ("lib/lp/lp.c", '#include "dcalloc.h"\n', "declares functions"),
    ("lib/lp/lp.c", "#include <glpk.h>\n", "belongs to lib/plugins/glpk.c"),
    ("lib/lp/lp.c", "#include <openblas/cblas.h>\n", "belongs to lib/la/dense_blas.c"),
    ("lib/lp/alloc.h", "int x;\n", "the name is taken"),
    ("lib/lp/forgotten.c", "int x;\n", "not listed in lib/meson.build"),
    ("lib/extra/file.c", "int x;\n", "is no layer"),
    ("lib/stray.c", "int x;\n", "is no layer"),
    ("lib/lp/lp.c", "int *p = malloc(4);\n", "malloc() outside"),
    ("lib/lp/lp.c", "void f(void)\n{\n    free(0);\n}\n", "free() outside"),
    ("lib/lp/lp.c", "int f = printf (1);\n", "not for a library"),
    ("lib/base/alloc.c", "int f = exit(1);\n", "not for a library"),
    ("lib/lp/lp.c", "int f = getenv(1);\n", "not for a library"),
    ("lib/lp/lp.c", "int f = qsort(1);\n", "not for a library"),
    ("lib/lp/lp.c", "long double x;\n", "long double"),
    ("lib/lp/lp.c", "/* TODO later */\n", "TODO"),
    ("lib/lp/lp.c", "#if 0\n#endif\n", "#if 0"),
    ("lib/lp/lp.c", "\n" * (MAX_LINES + 1), "at most"),
    ("lib/lp/lp.c", "int f(void)\n{\n" + "\n" * MAX_FUNCTION + "}\n", "a function of"),
    ("examples/small.c", '#include "lp/lp.h"\n', "private to lib"),
    ("bench/peers/small.c", '#include "lp/lp.h"\n', "private to lib"),
    ("tests/unit/lp/test_lp.c", "int x;\n", "not listed in tests/meson.build"),
]


def plant(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def self_test() -> list[str]:
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        plant(Path(folder), GOOD)
        faults += [f"clean tree: {fault}" for fault in check(Path(folder))]
    for name, text, expected in BAD:
        with tempfile.TemporaryDirectory() as folder:
            plant(Path(folder), {**GOOD, name: text})
            found = check(Path(folder))
            if len(found) != 1 or expected not in found[0]:
                faults.append(f"{name} with {text[:40]!r}: expected '{expected}', got {found}")
    return faults


def main(arguments: list[str]) -> int:
    if arguments == ["--self-test"]:
        faults = self_test()
    else:
        faults = check(Path(arguments[0] if arguments else "."))
    print("\n".join(faults) or "no faults")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
