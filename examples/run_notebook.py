#!/usr/bin/env python3
"""Run a notebook of this folder from top to bottom, and keep what it shows.

    run_notebook.py NOTEBOOK...

Outputs are stored in the notebook, because that is what people see where they find it. They are
made by this program only (`./dev notebook`), so that they come from one run, in order, without what
differs from run to run but says nothing: times of cells, and the way of a progress bar. A test runs
every notebook again and compares. Needs nbclient, ipykernel and Pillow.
"""

from __future__ import annotations

import base64
import io
import os
import pathlib
import shutil
import sys
import tempfile
from typing import Any

import nbformat
from nbclient import NotebookClient
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
BINDING = HERE.parent / "bindings" / "python"
TIME_LIMIT = 120  # seconds that one cell may take
COLOURS = 64  # of a stored picture


def run(path: pathlib.Path, last_cell: str | None = None) -> Any:
    """The notebook with its outputs, run on a copy of the scenarios beside it, where it may write.

    Args:
        last_cell: code that is run after the notebook's own, as one more cell.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell failed.
    """
    notebook = nbformat.read(path, as_version=4)
    if last_cell is not None:
        notebook.cells.append(nbformat.v4.new_code_cell(last_cell))
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(HERE / "scenarios", pathlib.Path(folder, "scenarios"))
        env = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(
                filter(None, (str(BINDING), os.environ.get("PYTHONPATH")))
            ),
            "IPYTHONDIR": str(pathlib.Path(folder, "ipython")),  # nobody's own settings
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
        client = NotebookClient(
            notebook,
            timeout=TIME_LIMIT,
            kernel_name="python3",
            resources={"metadata": {"path": folder}},
        )
        client.execute(env=env)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02}"
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            tidy(cell)
    notebook.metadata.language_info = {"name": "python"}
    return notebook


def tidy(cell: Any) -> None:
    """What a stream shows at last, in one piece; pictures in a palette, a third of the size."""
    kept: list[Any] = []
    for output in cell.outputs:
        if output.output_type == "stream":
            if kept and kept[-1].get("name") == output.name:
                kept[-1].text += output.text
                continue
        elif "image/png" in output.data:
            output.data["image/png"] = small_png(output.data["image/png"])
        kept.append(output)
    for output in kept:
        if output.output_type == "stream":
            output.text = "\n".join(last_shown(line) for line in output.text.split("\n"))
    cell.outputs = kept


def last_shown(line: str) -> str:
    """What a terminal shows of a line: what stands behind its last carriage return."""
    return line.rstrip("\r").rpartition("\r")[2]


def small_png(text: str) -> str:
    """A picture in COLOURS colours, enough for flat areas and grey text; base64 both ways."""
    drawn, small = io.BytesIO(base64.b64decode(text)), io.BytesIO()
    with Image.open(drawn) as image:
        image.convert("RGB").quantize(COLOURS).save(small, format="png", optimize=True)
    return base64.b64encode(small.getvalue()).decode()


def main(paths: list[str]) -> int:
    if not paths:
        print("usage: run_notebook.py NOTEBOOK...", file=sys.stderr)
        return 2
    for path in map(pathlib.Path, paths):
        notebook = run(path)
        nbformat.validate(notebook)
        nbformat.write(notebook, path)
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
