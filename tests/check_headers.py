"""Each public header compiles alone, without a warning, as C99, C11 and C++.

    check_headers.py INCLUDE --cc COMPILER... [--cxx COMPILER...]
    check_headers.py --self-test --cc ...        headers that must be refused are refused

Also: the umbrella includes every header, and meson installs every one.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

STRICT = ["-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror"]
C = (["-x", "c", "-std=c99"], ["-x", "c", "-std=c11"])
CXX = (["-x", "c++", "-std=c++11"], ["-x", "c++", "-std=c++17"])


def compile_alone(include: Path, header: str, compiler: list[str], flags: list[str]) -> str:
    """What the compiler says, or nothing. Included twice: the guard is tested too."""
    text = f'#include "{header}"\n#include "{header}"\nextern int dca_nothing;\n'
    command = [*compiler, *flags, *STRICT, "-I", str(include), "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    first = next((line for line in done.stderr.splitlines() if "error" in line), "refused")
    return f"{header} as {flags[-1][5:]}: {first}"


def check(include: Path, cc: list[str], cxx: list[str]) -> list[str]:
    headers = sorted(path.relative_to(include).as_posix() for path in include.rglob("*.h"))
    jobs = [(header, cc, flags) for header in headers for flags in C]
    jobs += [(header, cxx, flags) for header in headers for flags in CXX if cxx]
    with ThreadPoolExecutor(2) as pool:
        said = pool.map(lambda job: compile_alone(include, *job), jobs)
    faults = [fault for fault in said if fault]
    umbrella = (include / "dcalloc.h").read_text()
    installed = (include / "meson.build").read_text()
    for header in headers:
        if header != "dcalloc.h" and f'#include "{header}"' not in umbrella:
            faults.append(f"dcalloc.h does not include {header}")
        if not re.search(rf"'{re.escape(header.split('/')[-1])}'", installed):
            faults.append(f"include/meson.build does not install {header}")
    return faults


GOOD = "#ifndef {0}\n#define {0}\n#include <stdint.h>\nint32_t dca_{0}(void);\n#endif\n"
BAD = {
    "no stdint.h": "int32_t dca_f(void);\n",
    "no guard": "struct dca_s { int x; };\n",
    "C++ keyword": "#include <stdint.h>\nint32_t dca_f(int32_t new);\n",
    "C11 only": 'typedef int dca_t;\ntypedef int dca_t;\n_Static_assert(1, "x");\n',
    "a function body that is never used": "static int dca_f(void) { return 1; }\n",
}


def self_test(cc: list[str], cxx: list[str]) -> list[str]:
    faults = []
    with tempfile.TemporaryDirectory() as name:
        include = Path(name)
        (include / "dcalloc").mkdir()
        (include / "meson.build").write_text("'dcalloc.h' 'a.h'")
        (include / "dcalloc.h").write_text('#include "dcalloc/a.h"\n')
        (include / "dcalloc" / "a.h").write_text(GOOD.format("a"))
        faults += [f"good header: {fault}" for fault in check(include, cc, cxx)]
        for title, text in BAD.items():
            (include / "dcalloc" / "a.h").write_text(text)
            if not check(include, cc, cxx) and (cxx or title != "C++ keyword"):
                faults.append(f"let pass: {title}")
        (include / "dcalloc" / "a.h").write_text(GOOD.format("a"))
        (include / "dcalloc" / "b.h").write_text(GOOD.format("b"))
        if len(check(include, cc, cxx)) != 2:
            faults.append("let pass: a header outside the umbrella that is not installed")
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("include", nargs="?", type=Path)
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--cc", nargs="+", default=["cc"])
    parser.add_argument("--cxx", nargs="+", default=[])
    options = parser.parse_args()
    if options.self_test:
        faults = self_test(options.cc, options.cxx)
    else:
        faults = check(options.include, options.cc, options.cxx)
    if not options.cxx:
        print("no C++ compiler: the headers were not tried as C++")
    print("\n".join(faults) or "no faults")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
