"""What the library exports, imports and keeps: nothing but what docs/architecture.md says.

    check_symbols.py --include DIR --shared FILE --archive FILE [--debug]
    check_symbols.py --self-test --cc COMPILER...

Reads with nm and objdump (binutils). --debug lets __assert_fail pass, which release builds do not
have. The self-test builds a library that breaks every rule and sees that each is reported.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

DECLARATION = re.compile(r"^DCA_API\b([^;{]*?)\b(dca_\w+)\s*\(", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
FORBIDDEN = re.compile(
    r"^(_IO_)?(__)?(isoc99_)?("
    r"v?[fds]?printf|vas?printf|asprintf|puts|fputs|putchar|_?putc|perror|v?[fs]?scanf"
    r"|exit|_exit|_Exit|quick_exit|abort|atexit|system|popen|fork|exec\w+"
    r"|(secure_)?getenv|setenv|putenv|setlocale|newlocale|uselocale|localeconv"
    r"|signal|sigaction|raise|kill|s?longjmp|_?setjmp|alarm|pthread_create|thrd_create"
    r"|chdir|umask|fesetround|feenableexcept|qsort|rand|srand|random|strtok|gets"
    r")(_chk)?$"
)
FORBIDDEN_DATA = {"stderr", "environ", "__environ"}
NEEDED = re.compile(r"^(libc|libm|libz|libopenblas|libpthread|ld-linux[\w-]*)\.so\b")
WRITABLE = re.compile(r"^(\.data|\.bss|\.tdata|\.tbss|\*COM\*)")
CONSTANT = re.compile(r"^\.data\.rel\.ro")
INSTRUMENTED = re.compile(r"^(__gcov|__llvm|__asan|__ubsan|\.L)")


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def declared(include: Path) -> set[str]:
    names: set[str] = set()
    for path in include.rglob("*.h"):
        text = COMMENT.sub(" ", path.read_text())
        names.update(found[2] for found in DECLARATION.finditer(text))
        if len(re.findall(r"^DCA_API\b", text, re.MULTILINE)) != len(DECLARATION.findall(text)):
            raise SystemExit(f"{path}: a DCA_API declaration that this check cannot read")
    return names


def symbols(*arguments: str) -> list[str]:
    """Names that nm lists, without versions."""
    lines = output("nm", "-P", *arguments).splitlines()
    return [line.split()[0].split("@")[0] for line in lines if len(line.split()) > 1]


def check_exports(include: Path, shared: Path) -> Iterator[str]:
    promised, there = declared(include), set(symbols("-D", "--defined-only", str(shared)))
    there -= {"_init", "_fini", "_edata", "_end", "__bss_start"}
    for name in sorted(there - promised):
        yield f"{shared.name} exports {name}, which no header declares"
    for name in sorted(promised - there):
        yield f"{shared.name} does not export {name}, which a header declares"


def check_imports(shared: Path, debug: bool) -> Iterator[str]:
    for name in sorted(set(symbols("-D", "--undefined-only", str(shared)))):
        if FORBIDDEN.match(name) or name in FORBIDDEN_DATA:
            yield f"{shared.name} imports {name}"
        if name == "__assert_fail" and not debug:
            yield f"{shared.name} imports {name}: assertions in a release build"
    for name in re.findall(
        r"^\s*NEEDED\s+(\S+)", output("objdump", "-p", str(shared)), re.MULTILINE
    ):
        if not NEEDED.match(name):
            yield f"{shared.name} needs {name}"


def check_archive(archive: Path) -> Iterator[str]:
    names = set(symbols("-g", "--defined-only", str(archive)))
    if not names:
        yield f"{archive.name} has no globals: nothing was checked"
    for name in sorted(names):
        if not name.startswith("dca_") and not INSTRUMENTED.match(name):
            yield f"{archive.name} has the global {name}: it must begin with dca_"
    # address flags section <tab> size name; a writable section with an object in it is a fault
    for line in output("objdump", "-t", str(archive)).splitlines():
        found = re.match(r"^[0-9a-f]+ (.{7}) (\S+)\t([0-9a-f]+)\s+(?:\.hidden )?(\S+)$", line)
        if not found or "d" in found[1] or int(found[3], 16) == 0 or INSTRUMENTED.match(found[4]):
            continue
        if WRITABLE.match(found[2]) and not CONSTANT.match(found[2]):
            yield f"{archive.name} has writable data: {found[4]} in {found[2]}"


def check(include: Path, shared: Path, archive: Path, debug: bool) -> list[str]:
    return [
        *check_exports(include, shared),
        *check_imports(shared, debug),
        *check_archive(archive),
    ]


# ---- Self-test ---------------------------------------------------------------------------------

HEADER = """
#define DCA_API __attribute__((visibility("default")))
/* DCA_API int dca_in_a_comment(void); */
DCA_API int dca_promised(void);
DCA_API
int dca_missing(void);
"""
FULFILLED = "int dca_missing(void) { return 0; }\n"
CLEAN = """
#include "api.h"
static const char *const words[] = {"a", "b"};
static const int table[3] = {1, 2, 3};
int dca__private(int k) { return words[k][0] + table[k]; }
int dca_promised(void) { return dca__private(1); }
"""
DIRTY = """
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
int plain_global(void) { return getenv("HOME") != 0; }
DCA_API int dca_undeclared(int k) { assert(k); return k; }
static int initialised = 7;
static int zeroed;
static _Thread_local int per_thread;
DCA_API int dca__count(void) { return ++initialised + ++zeroed + ++per_thread; }
void dca__talk(void) { fprintf(stderr, "%d", zeroed); exit(1); }
"""
EXPECTED = [
    "exports dca_undeclared",
    "exports dca__count",
    "does not export dca_missing",
    "imports getenv",
    "imports __assert_fail",
    "imports exit",
    "imports stderr",
    "global plain_global",
    "writable data: initialised",
    "writable data: zeroed",
    "writable data: per_thread",
]


def build(folder: Path, source: str, compiler: list[str]) -> tuple[Path, Path]:
    (folder / "api.h").write_text(HEADER)
    (folder / "lib.c").write_text(source)
    made = folder / "lib.o", folder / "lib.so", folder / "lib.a"
    flags = ["-O1", "-fPIC", "-fvisibility=hidden", "-UNDEBUG", "-I", str(folder)]
    subprocess.run([*compiler, *flags, "-c", str(folder / "lib.c"), "-o", str(made[0])], check=True)
    subprocess.run([*compiler, "-shared", str(made[0]), "-o", str(made[1])], check=True)
    subprocess.run(["ar", "rcs", str(made[2]), str(made[0])], check=True)
    return made[1], made[2]


def self_test(compiler: list[str]) -> list[str]:
    faults = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shared, archive = build(folder, CLEAN + FULFILLED, compiler)
        left = check(folder, shared, archive, False)
        faults += [f"clean library: {fault}" for fault in left]
        shared, archive = build(folder, CLEAN + DIRTY, compiler)
        found = check(folder, shared, archive, False)
        faults += [f"not reported: {e}" for e in EXPECTED if not any(e in f for f in found)]
        if any("__assert_fail" in f for f in check(folder, shared, archive, True)):
            faults.append("--debug does not let __assert_fail pass")
    for name in ("printf", "__printf_chk", "vfprintf", "__vsprintf_chk", "abort", "signal"):
        if not FORBIDDEN.match(name):
            faults.append(f"{name} is let pass")
    for name in ("snprintf", "__snprintf_chk", "vsnprintf", "fwrite", "realloc", "strtod"):
        if FORBIDDEN.match(name):
            faults.append(f"{name} is not let pass")
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--include", type=Path)
    parser.add_argument("--shared", type=Path)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--debug", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--cc", nargs=argparse.REMAINDER, default=["cc"])
    options = parser.parse_args()
    if options.self_test:
        faults = self_test(options.cc)
    else:
        faults = check(options.include, options.shared, options.archive, options.debug)
    print("\n".join(faults) or "no faults")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
