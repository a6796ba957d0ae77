"""What `meson install` puts down can be used: by pkg-config and CMake, from C, C++ and Go."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONSUMER = """
#include <dcalloc.h>
int main(void) { return dca_version() == DCA_VERSION ? 0 : 1; }
"""
CMAKE = """
cmake_minimum_required(VERSION 3.13)
project(consumer C)
find_package(dcalloc 0.1 REQUIRED)
add_executable(consumer consumer.c)
target_link_libraries(consumer dcalloc::dcalloc)
"""
GO_MODULE = """
module consumer

go 1.19

require dcalloc v0.0.0

replace dcalloc => {binding}
"""
GO_PROGRAM = """
package main

import (
	"context"
	"fmt"

	"dcalloc"
)

func main() {
	major, minor, patch := dcalloc.Version()
	lp, _ := dcalloc.NewLP(nil)
	_, _ = lp.AddColumn("x", 2, 3, 9)
	solver, _ := dcalloc.NewSolver(lp, nil)
	answer, _ := solver.Solve(context.Background())
	fmt.Println(major, minor, patch, answer.Objective())
}
"""


def call(*command: str | Path, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        list(map(str, command)),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(environment or {})},
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation in a folder of its own; the library's folder under it."""
    library = Path(os.environ.get("DCALLOC_LIBRARY", ROOT / "build/release/lib/libdcalloc.so"))
    build = library.parent.parent
    if not (build / "build.ninja").exists():
        pytest.skip(f"{build} is not built")
    root = tmp_path_factory.mktemp("root")
    call("meson", "install", "-C", build, "--no-rebuild", "--destdir", root)
    (found,) = root.rglob("libdcalloc.so")
    return found.parent


@pytest.fixture
def consumer(tmp_path: Path) -> Path:
    (tmp_path / "consumer.c").write_text(CONSUMER)
    (tmp_path / "CMakeLists.txt").write_text(CMAKE)
    return tmp_path


def root_of(library_folder: Path) -> Path:
    return next(path for path in library_folder.parents if path.name.startswith("root"))


@pytest.mark.parametrize("compiler", ["cc", "c++"])
def test_pkg_config(installed: Path, consumer: Path, compiler: str) -> None:
    for tool in ("pkg-config", compiler):
        if shutil.which(tool) is None:
            pytest.skip(f"no {tool}")
    flags = call(
        *("pkg-config", "--cflags", "--libs", "dcalloc"),
        environment={
            "PKG_CONFIG_PATH": str(installed / "pkgconfig"),
            "PKG_CONFIG_SYSROOT_DIR": str(root_of(installed)),
        },
    ).split()
    program = consumer / "program"
    call(compiler, consumer / "consumer.c", *flags, "-o", program)
    call(program, environment={"LD_LIBRARY_PATH": str(installed)})


def test_go(installed: Path, tmp_path: Path) -> None:
    """Without the tag dcalloc_tree the binding finds the installed library by pkg-config."""
    for tool in ("pkg-config", "go"):
        if shutil.which(tool) is None:
            pytest.skip(f"no {tool}")
    binding = tmp_path / "dcalloc"
    shutil.copytree(ROOT / "bindings" / "go", binding)  # away from the tree
    consumer = tmp_path / "consumer"
    consumer.mkdir()
    (consumer / "go.mod").write_text(GO_MODULE.format(binding=binding))
    (consumer / "main.go").write_text(GO_PROGRAM)
    environment = {
        "PKG_CONFIG_PATH": str(installed / "pkgconfig"),
        "PKG_CONFIG_SYSROOT_DIR": str(root_of(installed)),
        "LD_LIBRARY_PATH": str(installed),
        "GOTOOLCHAIN": "local",
        "GOPROXY": "off",
    }
    said = call("env", "-C", consumer, "go", "run", ".", environment=environment)
    assert said == "0 1 0 6\n"


def test_cmake(installed: Path, consumer: Path) -> None:
    if shutil.which("cmake") is None:
        pytest.skip("no cmake")
    built = consumer / "built"
    prefix = f"-DCMAKE_PREFIX_PATH={installed / 'cmake'}"
    call("cmake", "-S", consumer, "-B", built, prefix)
    call("cmake", "--build", built)
    call(built / "consumer", environment={"LD_LIBRARY_PATH": str(installed)})
    (consumer / "CMakeLists.txt").write_text(CMAKE.replace("dcalloc 0.1", "dcalloc 1.0"))
    with pytest.raises(AssertionError, match="dcalloc"):
        call("cmake", "-S", consumer, "-B", consumer / "wrong", prefix)


def test_the_library_carries_its_major_version(installed: Path) -> None:
    names = sorted(path.name for path in installed.glob("libdcalloc.so*"))
    assert names == ["libdcalloc.so", "libdcalloc.so.0", "libdcalloc.so.0.1.0"]


def prefix_of(library_folder: Path) -> Path:
    return next(
        path.parent for path in (library_folder, *library_folder.parents) if path.name == "lib"
    )


def ask(prefix: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What the installed program says of an LP, without any search path."""
    lp = folder / "lp.mps"
    lp.write_text("NAME toy\nROWS\n N cost\n L r\nCOLUMNS\n x cost -1 r 1\nRHS\n RHS r 4\nENDATA\n")
    command = [prefix / "bin" / "dcalloc", "solve", lp, *arguments]
    if not command[0].exists():
        pytest.skip("the program is not built")
    environment = {name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_the_program_finds_library_and_plug_in(installed: Path, tmp_path: Path) -> None:
    """Both are where its own place says, wherever that is."""
    moved = tmp_path / "moved"
    shutil.copytree(prefix_of(installed), moved, symlinks=True)
    done = ask(moved, tmp_path)
    assert done.returncode == 0 and "-4" in done.stdout, done.stderr
    plug_ins = list(moved.rglob("libdcalloc-glpk.so*"))
    if not plug_ins:
        pytest.skip("the plug-in is not built")
    done = ask(moved, tmp_path, "--method", "glpk", "--no-presolve")
    assert done.returncode == 0 and "-4" in done.stdout, done.stderr
    for path in plug_ins:
        path.unlink()
    done = ask(moved, tmp_path, "--method", "glpk")
    if done.returncode == 0:
        pytest.skip("another plug-in is installed in the system")
    assert done.returncode == 6
    assert "needs the plug-in, built where GLPK is: libdcalloc-glpk.so." in done.stderr
