"""Layout and signatures of _ffi.py against the C compiler and the headers."""

from __future__ import annotations

import ctypes
import re
import shutil
import subprocess
import warnings
from pathlib import Path

import headers
import pytest
from dcalloc import _ffi, enums

ENUMS = {
    "DCA_E_": enums.Status,
    "DCA_BASIS_": enums.BasisStatus,
    "DCA_KIND_": enums.Kind,
    "DCA_LOG_": enums.LogLevel,
    "DCA_PHASE_": enums.Phase,
    "DCA_CERTIFICATE_": enums.CertificateKind,
    "DCA_DOMAIN_": enums.DomainKind,
    "DCA_TERM_": enums.TermKind,
    "DCA_REPAIR_": enums.RepairBy,
    "DCA_UNTOUCHABLE_": enums.Untouchable,
}
# Constants of the expert tier, which Python code has no use for.
UNUSED = ("DCA_BACKEND_", "DCA_EDIT_")
# Members of a class that are sums of enumerators.
SUMS = {"DCA_UNTOUCHABLE_BOTH"}


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    assert compiler, "the ABI test needs a C compiler"
    program = tmp_path_factory.mktemp("abi") / "abi_dump"
    source = headers.ROOT / "tests" / "abi" / "abi_dump.c"
    include = str(headers.ROOT / "include")
    subprocess.run([compiler, "-I", include, str(source), "-o", str(program)], check=True)
    out = subprocess.run([str(program)], check=True, capture_output=True, text=True).stdout
    return [line.split() for line in out.splitlines()]


def members(cls: type[ctypes.Structure]) -> list[str]:
    return [field[0] for field in getattr(cls, "_fields_", [])]


def test_every_structure_is_dumped_and_declared(dump: list[list[str]]) -> None:
    dumped = {words[1] for words in dump if words[0] == "struct"}
    assert dumped == headers.structures()
    declared = {
        name
        for name, value in vars(_ffi).items()
        if isinstance(value, type) and issubclass(value, ctypes.Structure) and members(value)
    }
    assert declared == dumped


def test_sizes_and_offsets(dump: list[list[str]]) -> None:
    seen: dict[str, list[str]] = {}
    for words in dump:
        if words[0] == "struct":
            assert ctypes.sizeof(getattr(_ffi, words[1])) == int(words[2]), words[1]
        elif words[0] == "field":
            field = getattr(getattr(_ffi, words[1]), words[2])
            assert (field.offset, field.size) == (int(words[3]), int(words[4])), words
            seen.setdefault(words[1], []).append(words[2])
    for name, fields in seen.items():
        assert members(getattr(_ffi, name)) == fields


def test_enumerators(dump: list[list[str]]) -> None:
    values = {words[1]: int(words[2]) for words in dump if words[0] == "enum"}
    assert headers.enumerators() <= set(values)
    expected = {}
    for prefix, cls in ENUMS.items():
        expected.update({prefix + member.name: int(member) for member in cls})
    expected = {name: value for name, value in expected.items() if name not in SUMS}
    expected["DCA_OK"] = expected.pop("DCA_E_OK")
    for cls in (enums.Outcome, enums.Sense):
        expected.update({"DCA_" + member.name: int(member) for member in cls})
    expected["DCA_POWER"] = _ffi.POWER
    version = values.pop("DCA_VERSION")
    assert (version // 1000000, version // 1000 % 1000) == _ffi.HEADER_VERSION
    assert {k: v for k, v in values.items() if not k.startswith(UNUSED)} == expected


C_TYPES = {
    "void": None,
    "int32_t": ctypes.c_int32,
    "dca_index": ctypes.c_int32,
    "dca_nnz": ctypes.c_int64,
    "int64_t": ctypes.c_int64,
    "uint64_t": ctypes.c_uint64,
    "uint8_t": ctypes.c_uint8,
    "double": ctypes.c_double,
    "size_t": ctypes.c_size_t,
    "dca_status": ctypes.c_int,
    "dca_outcome": ctypes.c_int,
    "dca_sense": ctypes.c_int,
    "dca_kind": ctypes.c_int,
    "dca_repair_by": ctypes.c_int,
}


def as_ctypes(declaration: str, named: bool) -> object:
    """The ctypes type that a C declaration asks for."""
    if "(*" in declaration:
        assert "const dca_progress *" in declaration
        return _ffi.PROGRESS_CALLBACK
    array = declaration.endswith("]")
    plain = re.sub(r"\bconst\b", "", re.sub(r"\[\d+\]$", "", declaration))
    if named:
        plain = re.sub(r"\w+\s*$", "", plain)
    stars = plain.count("*") + array
    base = plain.replace("*", "").strip()
    if base == "char" and "const" in declaration:
        kind, stars = ctypes.c_char_p, stars - 1
    elif base == "char":
        kind = ctypes.c_char
    elif base == "void" and stars:
        kind, stars = ctypes.c_void_p, stars - 1
    else:
        kind = C_TYPES[base] if base in C_TYPES else getattr(_ffi, base)
    for _ in range(stars):
        kind = ctypes.POINTER(kind)
    return kind


def test_every_function_is_declared_as_in_the_header() -> None:
    declared = headers.functions()
    assert len(declared) > 150
    assert set(_ffi.SIGNATURES) == set(declared)
    for name, (result, arguments) in declared.items():
        restype, argtypes = _ffi.SIGNATURES[name]
        assert restype is as_ctypes(result, named=False), name
        assert argtypes == [as_ctypes(one, named=True) for one in arguments], name


def test_every_function_is_in_the_library() -> None:
    library = _ffi.library()
    for name in _ffi.SIGNATURES:
        assert getattr(library, name).argtypes == _ffi.SIGNATURES[name][1]


def test_handles_do_not_mix() -> None:
    with pytest.raises(ctypes.ArgumentError):
        _ffi.library().dca_lp_num_rows(_ffi.P(_ffi.dca_model)())


def test_only_private_modules_import_ctypes() -> None:
    package = Path(_ffi.__file__).parent
    offenders = [
        path.name
        for path in package.glob("*.py")
        if not path.name.startswith("_")
        and re.search(r"^\s*(from|import) ctypes", path.read_text(), flags=re.M)
    ]
    assert offenders == []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, (_, argtypes) in _ffi.SIGNATURES.items():
            plain = name in ("dca_control_set_progress", "dca_env_resize")
            assert plain or ctypes.c_void_p not in argtypes, name
